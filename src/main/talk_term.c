/* SPDX-License-Identifier: Apache-2.0
 * talk_term.c - the conversation on a terminal.
 *
 * DESIGN  One loop waits for the keyboard, the house and signals; everything that changes is drawn once at its end. The
 *         person's words go to the house and nowhere else: no history file, no temporary file; what Up brings back is
 *         asked of the life. On a terminal without cursor movement the terminal's own line editing serves. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include "base/mem.h"
#include "main/talk_parts.h"
#include "serve/serve.h"

enum { TWICE_US = 2000000, THRICE_US = 1500000 };
static const char PROMPT[] = "\xE2\x80\xBA ";

/* ---- saying and showing ------------------------------------------------------------------------------------------ */
void talk_note(talk *t, const char *words) {
    talk_show_rest(t);
    screen_say(&t->screen, STYLE_SYSTEM, text_of(words));
}

static void show_words(talk *t, text words) {
    if (!words.n) return;
    if (!t->screen.para_open) screen_begin(&t->screen, STYLE_HERS);
    screen_add(&t->screen, words);
    for (size_t i = 0; i < words.n; i++) t->reply_letters += ((unsigned char)words.p[i] & 0xc0) != 0x80;
}

void talk_show_rest(talk *t) { show_words(t, pace_rest(&t->pace)); }

static void show_due(talk *t) {
    show_words(t, pace_take(&t->pace, clk_steady_us()));
    if (t->pace.whole && !pace_holds(&t->pace) && t->reply_begun) talk_end_reply(t);
}

void talk_say(talk *t, text words) {
    words = text_trim(words);
    if (!words.n) return;
    if (text_starts(words, "//")) words.p++, words.n--;
    talk_end_reply(t);
    if (!t->screen.plain) screen_say(&t->screen, STYLE_MINE, words);
    client_say(t->house, words, t->said_id);
    talk_past_add(t, words);
    t->speaking = true;
    t->said_message = 0;
    t->muted_id[0] = '\0';
}

int talk_join(talk *t, bool private, fail *why) {
    client *next = NULL;
    screen_leave(&t->screen);
    client_close(t->house);
    t->house = NULL;
    talk_past_drop(t);
    int err = house_join(t->cli, private, &next, why);
    screen_return(&t->screen);
    if (err) return err;
    t->house = next;
    t->private = private;
    t->speaking = t->reply_begun = false;
    t->last_done = 0;
    buf_clear(&t->status_line);
    buf_str(&t->status_line, json_str(client_welcome(next), "status", ""));
    return 0;
}

/* ---- looking back --------------------------------------------------------------------------------------------------- */
static void show_past(talk *t) {
    edit_set(&t->edit, text_of(t->past_at < t->n_past ? t->past[t->past_at] : t->draft));
}

static void look_back(talk *t) {
    if (!t->n_past || t->past_at == 0) return;
    if (t->past_at == t->n_past) {
        free(t->draft);
        t->draft = mem_text(t->edit.text.p ? t->edit.text.p : "", t->edit.text.n);
    }
    t->past_at--;
    show_past(t);
}

void talk_past_came(talk *t) {
    t->past_at = t->n_past;
    if (t->past_wanted) look_back(t);
    t->past_wanted = false;
}

static void key_up(talk *t) {
    if (edit_line_up(&t->edit)) return;
    if (t->past_asked) {
        if (!t->past_wanted) look_back(t);
        return;
    }
    talk_past_drop(t);                     /* the life's history has this talk in it too */
    t->past_asked = t->past_wanted = true;
    client_send(t->house, json_pack("{s:s,s:s,s:[s]}", "t", "command", "id", "history", "argv", "history"));
}

static void key_down(talk *t) {
    if (edit_line_down(&t->edit) || t->past_at >= t->n_past) return;
    t->past_at++;
    show_past(t);
}

/* ---- keys -------------------------------------------------------------------------------------------------------------- */
static void stop_her(talk *t) {
    int64_t message = t->reply_begun ? t->reply_message : t->said_message;
    size_t shown = t->reply_begun ? t->reply_letters : 0;
    client_send(t->house, json_pack("{s:s,s:I,s:I}", "t", "stop", "message", (json_int_t)message, "shown", (json_int_t)shown));
    memcpy(t->muted_id, t->reply_begun ? t->reply_id : t->said_id, sizeof t->muted_id);
    if (t->reply_begun) {
        pace_reset(&t->pace);
        if (t->screen.para_open) screen_add(&t->screen, TEXT(" \xE2\x80\x94"));
        talk_end_reply(t);
    }
    t->speaking = false;
}

/* Once stops her, or gives up the line; twice leaves. */
static void key_interrupt(talk *t, bool was_speaking) {
    int64_t now = clk_steady_us();
    bool again = t->ctrl_c_us && now - t->ctrl_c_us < TWICE_US;
    t->ctrl_c_us = now;
    if (again) t->leaving = true;
    else if (was_speaking) stop_her(t);
    else if (t->edit.text.n) edit_wipe(&t->edit);
    else talk_note(t, "Ctrl+C once more leaves.");
}

static void key_esc(talk *t) {
    int64_t now = clk_steady_us();
    t->n_esc = now - t->esc_us < THRICE_US ? t->n_esc + 1 : 1;
    t->esc_us = now;
    if (t->n_esc >= 3) slash_run(t, TEXT("/panic"));
    else if (t->mode != MODE_TALK && *t->meet_kind) meet_skip(t);
}

static void key_enter(talk *t) {
    buf line = t->edit.text;
    t->edit.text = (buf){ 0 };
    t->edit.at = 0;
    if (t->mode != MODE_TALK) {
        text answer = text_trim(line.n ? buf_text(&line) : TEXT(""));
        if (answer.n && answer.p[0] == '/') slash_run(t, answer);
        else if (*t->meet_kind) meet_answer(t, answer);
    } else if (line.n && !slash_run(t, buf_text(&line))) talk_say(t, buf_text(&line));
    t->past_at = t->n_past;
    if (line.p) explicit_bzero(line.p, line.cap);
    buf_release(&line);
}

/* Others may be talking through the house inside this program: it does not pause. */
static void key_suspend(talk *t) {
    if (client_is_house(t->house)) {
        talk_note(t, "This program holds the house, and others may be in it, so it does not pause. Ctrl+D leaves.");
        return;
    }
    screen_leave(&t->screen);
    kill(getpid(), SIGSTOP);
    screen_return(&t->screen);
    screen_resize(&t->screen);
}

static void key_paste(talk *t, const key *k) {
    size_t before = t->edit.text.n;
    edit_key(&t->edit, k);
    if (k->cut || (k->text.n && t->edit.text.n == before))
        talk_note(t, "That is more than one message can hold (1 MB); what did not fit was left out.");
}

static void on_key(talk *t, const key *k) {
    bool showing = pace_holds(&t->pace) || t->speaking;
    if (k->kind != KEY_INTERRUPT) {
        talk_show_rest(t);                 /* any key shows the rest */
        if (t->pace.whole && t->reply_begun) talk_end_reply(t);
        t->ctrl_c_us = 0;
    }
    if (k->kind != KEY_ESC) t->n_esc = 0;
    switch (k->kind) {
        case KEY_ENTER: key_enter(t); break;
        case KEY_INTERRUPT: key_interrupt(t, showing); break;
        case KEY_ESC: key_esc(t); break;
        case KEY_EOF:
            if (!t->edit.text.n) t->leaving = true;
            else edit_key(&t->edit, &(key){ .kind = KEY_DELETE });
            break;
        case KEY_UP: key_up(t); break;
        case KEY_DOWN: key_down(t); break;
        case KEY_TAB: slash_complete(t); break;
        case KEY_CLEAR: screen_clear(&t->screen, false); break;
        case KEY_SUSPEND: key_suspend(t); break;
        case KEY_PASTE: key_paste(t, k); break;
        default: edit_key(&t->edit, k);
    }
}

/* ---- input ---------------------------------------------------------------------------------------------------------------- */
/* A terminal that edits lines itself: whole lines come, with their newline. */
static void plain_lines(talk *t) {
    for (char *nl; (nl = t->keys.in.n > t->keys.at ? memchr(t->keys.in.p + t->keys.at, '\n', t->keys.in.n - t->keys.at) : NULL);) {
        text line = { t->keys.in.p + t->keys.at, (size_t)(nl - t->keys.in.p) - t->keys.at };
        t->keys.at += line.n + 1;
        talk_show_rest(t);
        edit_set(&t->edit, line);
        key_enter(t);
    }
}

static void read_keys(talk *t) {
    char block[16384];
    ssize_t n = read(STDIN_FILENO, block, sizeof block);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (n <= 0) {
        t->leaving = true;
        return;
    }
    keys_add(&t->keys, (text){ block, (size_t)n });
    explicit_bzero(block, (size_t)n);
    if (t->screen.plain) plain_lines(t);
}

static void take_keys(talk *t, bool no_more) {
    key k;
    while (!t->screen.plain && !t->leaving && keys_next(&t->keys, no_more, &k)) on_key(t, &k);
}

static void read_house(talk *t) {
    for (;;) {
        fail why = { 0 };
        int err;
        json_t *v = client_next(t->house, 0, &err, &why);
        if (err) {
            talk_note(t, why.text);
            t->leaving = true;
            t->status = EXIT_FAILED;
        }
        if (!v) return;
        talk_heard(t, v);
        json_decref(v);
        if (t->leaving) return;
    }
}

static void read_signal(talk *t, int fd) {
    struct signalfd_siginfo s;
    if (read(fd, &s, sizeof s) != sizeof s) return;
    if (s.ssi_signo == SIGWINCH) screen_resize(&t->screen);
    else if (s.ssi_signo == SIGCONT) {
        screen_return(&t->screen);
        screen_resize(&t->screen);
    } else if (s.ssi_signo == SIGINT) key_interrupt(t, pace_holds(&t->pace) || t->speaking);
    else t->leaving = true;
}

/* ---- the loop ---------------------------------------------------------------------------------------------------------------- */
static void draw(talk *t) {
    bool secret = t->mode == MODE_SECRET_AGAIN || (t->mode == MODE_MEET && strcmp(t->meet_kind, "secret") == 0);
    buf line = { 0 };
    bool shown = !t->quiet && conf_yes(t->cli->conf, "talk.status");
    if (shown && t->mode != MODE_TALK) buf_str(&line, "Enter answers \xC2\xB7 Esc skips");
    else if (shown) buf_add(&line, buf_text(&t->status_line));
    screen_status(&t->screen, line.n ? buf_text(&line) : TEXT(""));
    buf_release(&line);
    text input = { t->edit.text.p ? t->edit.text.p : "", t->edit.text.n };
    screen_dock(&t->screen, PROMPT, input, t->edit.at, secret);
    screen_show(&t->screen);
}

static int wait_ms(const talk *t) {
    int ms = pace_wait_ms(&t->pace, clk_steady_us());
    if (!t->screen.plain && keys_waits(&t->keys) && (ms < 0 || ms > KEYS_ESC_MS)) ms = KEYS_ESC_MS;
    return ms;
}

static void run(talk *t, int signals) {
    while (!t->leaving) {
        draw(t);
        struct pollfd p[] = { { STDIN_FILENO, POLLIN, 0 }, { client_fd(t->house), POLLIN, 0 }, { signals, POLLIN, 0 } };
        int n = poll(p, 3, wait_ms(t));
        if (n < 0 && errno != EINTR) break;
        if (n > 0 && p[2].revents) read_signal(t, signals);
        if (n > 0 && p[0].revents) read_keys(t);
        take_keys(t, !(n > 0 && p[0].revents));
        if (n > 0 && p[1].revents && !t->leaving) read_house(t);
        show_due(t);
    }
}

static int watch_signals(sigset_t *was) {
    sigset_t some;
    sigemptyset(&some);
    static const int watched[] = { SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT };
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) sigaddset(&some, watched[i]);
    sigprocmask(SIG_BLOCK, &some, was);
    return signalfd(-1, &some, SFD_CLOEXEC);
}

int talk_term(cli *c) {
    talk t = { .cli = c, .pace = { .most_ms = (int)conf_whole(c->conf, "talk.pace_ms") } };
    fail why = { 0 };
    int err = house_join(c, false, &t.house, &why);
    if (err) return cli_fail(err, &why);
    if ((err = screen_open(&t.screen, conf_yes(c->conf, "talk.colour"), &why)) != 0) {
        client_close(t.house);
        return cli_fail(err, &why);
    }
    sigset_t was;
    int signals = watch_signals(&was);
    buf_str(&t.status_line, json_str(client_welcome(t.house), "status", ""));
    if (!json_flag(client_welcome(t.house), "met", true)) meet_begin(&t);
    run(&t, signals);
    screen_close(&t.screen);
    close(signals);
    client_close(t.house);
    sigprocmask(SIG_SETMASK, &was, NULL);
    talk_past_drop(&t);
    keys_release(&t.keys);
    edit_release(&t.edit);
    pace_release(&t.pace);
    buf_release(&t.status_line);
    if (t.secret) explicit_bzero(t.secret, strlen(t.secret));
    free(t.secret);
    return t.status;
}
