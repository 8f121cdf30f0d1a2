/* SPDX-License-Identifier: Apache-2.0
 * term_test.c - the conversation on a terminal, driven from the other end of a pseudo-terminal; the companion behind it
 * is the one of fake_turn.h. */
#include <fcntl.h>
#include <sys/stat.h>
#include "../serve/fake_turn.h"
#include "main/commands.h"
#include "vt.h"

static char data[160];
static bool met = true;
static vt v;

static const command TALK[] = { { "talk", command_talk, "talk", "", NULL }, { NULL, NULL, NULL, NULL, NULL } };

static int talk_child(void) {
    cli c;
    fail why = { 0 };
    char *argv[] = { "samantha", "talk", "--data", data, "--as", "theodore", NULL };
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    fake_met = met;
    if (cli_read(&c, TALK, 6, argv, &why) != 0) return 99;
    int status = c.command->run(&c);
    cli_release(&c);
    return status;
}

static void start(int cols, int rows) {
    vt_start(&v, cols, rows, talk_child);
    if (met) vt_wait(&v, "\xE2\x80\xBA");
}
static void leave(void) {
    vt_type(&v, "\x04");
    CHECK(vt_end(&v) == 0);
}
static bool shows(const char *s) { return strstr(vt_screen(&v), s) != NULL; }
static bool sent(const char *s) { return text_find(buf_text(&v.raw), s) >= 0; }

static void people_talk_and_the_quiet_line_stays_below(void) {
    start(60, 14);
    vt_type(&v, "hello there\r");
    vt_wait(&v, "you said: hello there");
    vt_wait(&v, "fake, notes 1");
    vt_settle(&v);
    CHECK(strcmp(vt_screen(&v), "\xE2\x80\xBA hello there\nyou said: hello there\nfake, notes 1\n\xE2\x80\xBA\n") == 0);
    CHECK(sent("\x1b[?2004h") && sent("\x1b[2m"));
    leave();
    CHECK(sent("\x1b[?2004l"));
    CHECK(strcmp(vt_screen(&v), "\xE2\x80\xBA hello there\nyou said: hello there\n") == 0);      /* nothing of the dock is left */
}

static void a_line_is_edited_before_it_is_said(void) {
    start(60, 14);
    vt_type(&v, "my sistr\x1b[D\xE2\x80\x94\x7f" "e\x01oh, \x05!");
    vt_wait(&v, "oh, my sister!");
    vt_type(&v, "\x17\x17now\x0a" "and a second line");
    vt_wait(&v, "  and a second line");
    vt_type(&v, "\r");
    vt_wait(&v, "you said: oh, now");
    vt_settle(&v);
    CHECK(shows("\xE2\x80\xBA oh, now\n  and a second line\nyou said: oh, now\nand a second line\n"));
    leave();
}

static void every_language_and_a_narrow_window(void) {
    start(20, 10);
    vt_type(&v, "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E wor\xC3\xB0s e\xCC\x81 \xF0\x9F\x98\x80!\r");
    vt_wait(&v, "\xF0\x9F\x98\x80!");
    vt_settle(&v);
    CHECK(shows("wor\xC3\xB0s"));
    for (int i = 0; i < 8; i++) vt_type(&v, "a long line that must be folded many times over and over ");
    vt_settle(&v);                                        /* longer than the window: the end of it is shown */
    CHECK(shows("over and over"));
    vt_type(&v, "\x15" "ok\r");
    vt_wait(&v, "you said: ok");
    leave();
}

static void it_follows_the_windows_size(void) {
    start(70, 14);
    vt_type(&v, "first\r");
    vt_wait(&v, "you said: first");
    vt_type(&v, "this is being written while the window changes its size");
    vt_wait(&v, "changes its size");
    vt_size(&v, 30, 12);
    vt_settle(&v);
    CHECK(shows("this is being written while\n") || shows("this is being written while t"));
    vt_type(&v, "\r");
    vt_wait(&v, "you said: this is being");
    vt_size(&v, 120, 20);
    vt_settle(&v);
    vt_type(&v, "and it is wide again, so wide that all of this fits on one line of the window\r");
    vt_wait(&v, "\xE2\x80\xBA and it is wide again, so wide that all of this fits on one line of the window\n");
    leave();
}

static void a_paste_of_lines_is_one_message(void) {
    start(60, 14);
    vt_type(&v, "\x1b[200~one\rtwo\r\nthree\x1b[201~");
    vt_wait(&v, "three");
    CHECK(!shows("you said"));
    vt_type(&v, "\r");
    vt_wait(&v, "you said: one\ntwo\nthree");
    leave();
}

static void her_words_unfold_and_any_key_shows_the_rest(void) {
    start(60, 20);
    vt_type(&v, "speech\r");
    vt_wait(&v, "w1");
    int64_t begin = vt_ms();
    bool partly = !shows("w60");
    vt_wait(&v, "w60");
    int64_t took = vt_ms() - begin;
    CHECK(partly && took > 300 && took < 1500);
    leave();
    start(60, 20);
    vt_type(&v, "speech\r");
    vt_wait(&v, "w1");
    begin = vt_ms();
    partly = !shows("w40");
    vt_type(&v, "x");
    vt_wait(&v, "w60");
    int64_t rest_ms = vt_ms() - begin;
    if (!partly || rest_ms >= 400) fprintf(stderr, "partly %d, %lld ms\n", partly, (long long)rest_ms);
    CHECK(partly && rest_ms < 400);
    vt_type(&v, "\x7f");
    leave();
}

static void ctrl_c_stops_her_and_twice_leaves(void) {
    start(60, 14);
    vt_type(&v, "hold\r");
    vt_wait(&v, "First.");
    vt_type(&v, "\x03");
    vt_wait(&v, "First. \xE2\x80\x94");
    vt_wait(&v, "notes 1");
    vt_type(&v, "go on\r");                                /* and the talk goes on */
    vt_wait(&v, "you said: go on");
    vt_type(&v, "half a li\x03");                          /* gives up the line */
    vt_settle(&v);
    CHECK(!shows("half a li"));
    vt_type(&v, "\x03");
    CHECK(vt_end(&v) == 0);
}

static void a_new_message_interrupts_her(void) {
    start(60, 14);
    vt_type(&v, "hold\r");
    vt_wait(&v, "First.");
    vt_type(&v, "wait\r");
    vt_wait(&v, "you said: wait");
    vt_settle(&v);
    CHECK(!shows("Second."));
    leave();
}

static void up_brings_back_what_the_life_remembers(void) {
    start(60, 14);
    vt_type(&v, "alpha\r");
    vt_wait(&v, "you said: alpha");
    vt_type(&v, "beta\r");
    vt_wait(&v, "you said: beta");
    vt_type(&v, "draft\x1b[A");
    vt_wait(&v, "\xE2\x80\xBA beta\n");
    vt_settle(&v);
    vt_type(&v, "\x1b[A");
    vt_settle(&v);
    const char *last = strstr(vt_screen(&v), "notes 2\n\xE2\x80\xBA alpha");
    CHECK(last);
    vt_type(&v, "\x1b[B\x1b[B");
    vt_wait(&v, "notes 2\n\xE2\x80\xBA draft");
    vt_type(&v, "\x15");
    leave();
}

static void slash_commands_complete_and_answer(void) {
    start(70, 30);
    vt_type(&v, "/he\t");
    vt_wait(&v, "\xE2\x80\xBA /help");
    vt_type(&v, "\r");
    vt_wait(&v, "/panic");
    vt_type(&v, "/p\t");
    vt_wait(&v, "/people  /private  /panic");
    vt_type(&v, "\x15/nonsense\r");
    vt_wait(&v, "no such command");
    vt_type(&v, "/forget\r");
    vt_wait(&v, "/forget N or words");
    vt_type(&v, "//slashed\r");
    vt_wait(&v, "you said: /slashed");
    vt_type(&v, "/home/me is a folder\r");
    vt_wait(&v, "you said: /home/me");
    vt_type(&v, "/history\r");
    vt_wait(&v, "\xC2\xB7 /slashed");
    vt_type(&v, "/quit\r");
    CHECK(vt_end(&v) == 0);
}

static void panic_clears_everything_and_leaves(void) {
    static const char *const ways[] = { "/panic\r", "\x1b\x1b\x1b" };
    for (int i = 0; i < 2; i++) {
        start(60, 10);
        vt_type(&v, "something nobody may read\r");
        vt_wait(&v, "you said: something");
        vt_type(&v, "half written");
        vt_wait(&v, "half written");
        vt_type(&v, i ? ways[i] : "\x15/panic\r");
        CHECK(vt_end(&v) == 0);
        CHECK(v.cleared && strcmp(vt_screen(&v), "\n") == 0);
    }
}

static void escape_twice_does_nothing_and_slowly_thrice_neither(void) {
    start(60, 10);
    vt_type(&v, "\x1b\x1b");
    vt_settle_esc(&v);
    vt_type(&v, "still here\r");
    vt_wait(&v, "you said: still here");
    vt_type(&v, "\x1b");
    vt_settle_esc(&v);
    vt_type(&v, "x\x1b\x1b");
    vt_settle_esc(&v);
    vt_type(&v, "\r");
    vt_wait(&v, "you said: x");
    leave();
}

static void what_she_says_cannot_touch_the_terminal(void) {
    start(60, 14);
    vt_type(&v, "evil\r");
    vt_wait(&v, "after");
    vt_settle(&v);                                         /* vt.h fails at any sequence that is not ours */
    CHECK(!sent("\x1b]") && !sent("owned\x07") && shows("\xE2\x80\xBA evil\n"));
    leave();
}

static void a_private_talk_says_so_and_comes_back(void) {
    start(60, 20);
    vt_type(&v, "/private\r");
    vt_wait(&v, "nothing of it is kept");
    vt_type(&v, "psst\r");
    vt_wait(&v, "you said: psst");
    vt_type(&v, "/private\r");
    vt_wait(&v, "Back again");
    leave();
}

static void the_first_meeting_asks_and_hides_the_secret(void) {
    met = false;
    start(60, 20);
    vt_wait(&v, "and you?");
    vt_wait(&v, "Esc skips");
    vt_type(&v, "yes\r");
    vt_wait(&v, "\xE2\x80\xBA yes\n\xC2\xB7 and you?");
    vt_settle(&v);
    vt_type(&v, "opensesame\r");
    vt_wait(&v, "Once more");
    vt_type(&v, "opensesami\r");
    vt_wait(&v, "not the same");
    vt_type(&v, "opensesame\r");
    vt_settle(&v);
    vt_type(&v, "opensesame\r");
    vt_wait(&v, "fake, notes 0");
    CHECK(!sent("opensesam"));
    vt_type(&v, "hello\r");
    vt_wait(&v, "you said: hello");
    leave();
    start(60, 20);                                         /* and it can be skipped, question by question */
    vt_wait(&v, "and you?");
    vt_type(&v, "\x1b");
    vt_settle_esc(&v);
    vt_type(&v, "\x1b");
    vt_wait(&v, "fake, notes 0");
    leave();
    met = true;
}

static void no_color_means_none_and_a_dumb_terminal_gets_plain_text(void) {
    setenv("NO_COLOR", "1", 1);
    start(60, 14);
    vt_type(&v, "hello\r");
    vt_wait(&v, "you said: hello");
    leave();
    CHECK(!sent("m\xE2\x80\xBA") && !sent("\x1b[2m") && !sent("\x1b[0m"));
    unsetenv("NO_COLOR");
    setenv("TERM", "dumb", 1);
    vt_start(&v, 60, 14, talk_child);
    vt_wait(&v, "fake, notes 0");
    vt_type(&v, "plainly\n");
    vt_wait(&v, "you said: plainly");
    vt_type(&v, "/quit\n");
    CHECK(vt_end(&v) == 0 && !sent("\x1b"));
    setenv("TERM", "xterm-256color", 1);
}

static void a_signal_gives_the_terminal_back(void) {
    start(60, 14);
    struct termios t;
    CHECK(tcgetattr(v.fd, &t) == 0 && !(t.c_lflag & ICANON));
    kill(v.pid, SIGTERM);
    while (vt_read(&v, 2000)) continue;
    CHECK(sent("\x1b[?2004l"));
    CHECK(vt_end(&v) == 0);
}

static void two_talks_share_one_life_and_the_second_takes_over(void) {
    start(60, 14);
    vt first = v;
    v = (vt){ 0 };
    start(60, 14);
    vt_type(&v, "from the second\r");
    vt_wait(&v, "you said: from the second");
    vt_wait(&first, "you said: from the second");          /* live */
    vt_wait(&first, "\xE2\x80\xBA from the second");
    vt_type(&first, "\x04");                                /* the house leaves */
    CHECK(vt_end(&first) == 0);
    vt_type(&v, "still there?\r");
    vt_wait(&v, "you said: still there?");
    leave();
    buf_release(&first.raw);
}

int main(void) {
    const char *tmp = getenv("TMPDIR");
    snprintf(data, sizeof data, "%s/term-%ld", tmp ? tmp : "/tmp", (long)getpid());
    setenv("TERM", "xterm-256color", 1);
    people_talk_and_the_quiet_line_stays_below();
    a_line_is_edited_before_it_is_said();
    every_language_and_a_narrow_window();
    it_follows_the_windows_size();
    a_paste_of_lines_is_one_message();
    her_words_unfold_and_any_key_shows_the_rest();
    ctrl_c_stops_her_and_twice_leaves();
    a_new_message_interrupts_her();
    up_brings_back_what_the_life_remembers();
    slash_commands_complete_and_answer();
    panic_clears_everything_and_leaves();
    escape_twice_does_nothing_and_slowly_thrice_neither();
    what_she_says_cannot_touch_the_terminal();
    a_private_talk_says_so_and_comes_back();
    the_first_meeting_asks_and_hides_the_secret();
    no_color_means_none_and_a_dumb_terminal_gets_plain_text();
    a_signal_gives_the_terminal_back();
    two_talks_share_one_life_and_the_second_takes_over();
    buf_release(&v.raw);
    char rm[220];
    snprintf(rm, sizeof rm, "rm -rf '%s'", data);
    return system(rm) != 0;
}
