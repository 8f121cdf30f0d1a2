/* SPDX-License-Identifier: Apache-2.0
 * turn_test.c - whole exchanges, with the mind that ships: what is kept, said, refused and forgotten. */
#include "turn/turn.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "base/file.h"
#include "test.h"

typedef struct { buf said, system, events; int64_t message; bool is_new; } ear;

static void on_ack(void *c, int64_t m, bool is_new) { ((ear *)c)->message = m, ((ear *)c)->is_new = is_new; }
static void on_words(void *c, text t) { buf_add(&((ear *)c)->said, t); }
static void on_system(void *c, text t) { buf_add(&((ear *)c)->system, t); buf_char(&((ear *)c)->system, '\n'); }
static void on_event(void *c, const char *ev, const json_t *more) { (void)more; buf_str(&((ear *)c)->events, ev); buf_char(&((ear *)c)->events, ' '); }

static ear heard;
static turn_sink sink = { on_ack, on_words, on_system, NULL, on_event, &heard };
static char dir[] = "/tmp/samantha-turn-XXXXXX";
static clk *now;

static home *house(void) {
    home *h;
    fail why = { 0 };
    home_options o = { .data = dir, .mind = "small", .clock = now, .seed = 11, .locale = "GB" };
    int err = home_open(&h, &o, &why);
    if (err) fprintf(stderr, "%s\n", why.text);
    CHECK(err == 0);
    return h;
}

static turn *life(home *h, const char *who, bool private) {
    turn *t;
    fail why = { 0 };
    int err = turn_open(&t, h, who, NULL, private, &why);
    if (err) fprintf(stderr, "%s\n", why.text);
    CHECK(err == 0);
    return t;
}

static text say_id(turn *t, const char *words, const char *id) {
    fail why = { 0 };
    buf_clear(&heard.said), buf_clear(&heard.system), buf_clear(&heard.events);
    int err = turn_take(t, text_of(words), id, &sink, &why);
    if (err) fprintf(stderr, "%s\n", why.text);
    CHECK(err == 0);
    return buf_text(&heard.said);
}
static text say(turn *t, const char *words) { return say_id(t, words, NULL); }
static bool has(text t, const char *s) { return text_find(t, s) >= 0; }

static void what_was_told_is_there_in_another_program(void) {
    home *h = house();
    turn *t = life(h, "theodore", false);
    CHECK(say(t, "hi, i am theodore. my friend amy moved to oslo in may").n > 0);
    turn_close(t);
    home_close(h);
    h = house();
    t = life(h, "theodore", false);
    text r = say(t, "what do you know about my friend?");
    if (!has(r, "Oslo")) fprintf(stderr, "%.*s\n", (int)r.n, r.p);
    CHECK(has(r, "Amy") && has(r, "Oslo") && has(r, "May"));
    r = say(t, "why do you know that?");
    CHECK(has(r, "my friend amy moved to oslo in may"));
    turn_close(t);
    home_close(h);
}

static void the_same_id_is_noted_once(void) {
    home *h = house();
    turn *t = life(h, "twice", false);
    text first = say_id(t, "the boiler is making a noise again", "c-1");
    char *copy = strndup(first.p, first.n);
    int64_t message = heard.message;
    CHECK(heard.is_new && first.n > 0);
    text again = say_id(t, "the boiler is making a noise again", "c-1");
    CHECK(!heard.is_new && heard.message == message && text_is(again, copy));
    free(copy);
    turn_close(t);
    home_close(h);
}

static void an_empty_line_is_no_message(void) {
    home *h = house();
    turn *t = life(h, "quiet", false);
    CHECK(say(t, "   ").n == 0 && say(t, "\x1b[2J\x07").n == 0);
    turn_close(t);
    home_close(h);
}

static void two_people_never_meet(void) {
    home *h = house();
    turn *a = life(h, "ada", false), *b = life(h, "ben", false);
    say(a, "my sister zenobia is a beekeeper in porto");
    text r = say(b, "what do you know about zenobia?");
    CHECK(!has(r, "beekeeper") && !has(r, "Porto"));
    r = say(b, "what do you know about me?");
    CHECK(!has(r, "Zenobia") && !has(r, "beekeeper"));
    int others_now, others_total;
    home_presence(h, a, &others_now, &others_total);
    CHECK(others_now == 1 && others_total >= 1);
    turn_close(a);
    turn_close(b);
    home_close(h);
}

static void what_is_forgotten_stays_forgotten(void) {
    home *h = house();
    turn *t = life(h, "forgetful", false);
    say(t, "my cousin wilfred keeps ferrets in grimsby");
    CHECK(has(say(t, "what did i tell you about my cousin?"), "rimsby"));
    text r = say(t, "forget what i told you about wilfred");
    CHECK(has(buf_text(&heard.events), "mem.del") && !has(r, "ferret") && !has(r, "rimsby"));
    r = say(t, "what do you know about my cousin?");
    CHECK(!has(r, "ferret") && !has(r, "rimsby") && !has(r, "Wilfred"));
    turn_close(t);
    home_close(h);
}

static void a_private_talk_leaves_nothing(void) {
    home *h = house();
    turn *t = life(h, "nobody-here", true);
    CHECK(say(t, "i moved the money to my sister hildegard").n > 0);
    turn_close(t);
    char path[300];
    snprintf(path, sizeof path, "%s/lives/nobody-here", dir);
    CHECK(!file_exists(path));
    home_close(h);
}

static void reminders_come_when_they_are_due(void) {
    home *h = house();
    turn *t = life(h, "busy", false);
    text r = say(t, "remind me in 20 minutes to take the bread out");
    CHECK(has(r, "bread"));
    fail why = { 0 };
    buf_clear(&heard.system);
    CHECK(turn_tick(t, &sink, &why) == 0 && heard.system.n == 0);
    clk_set(now, clk_now_ms(now) + 21 * 60000);
    CHECK(turn_tick(t, &sink, &why) == 0 && has(buf_text(&heard.system), "take the bread out"));
    buf_clear(&heard.system);
    CHECK(turn_tick(t, &sink, &why) == 0 && !has(buf_text(&heard.system), "bread"));
    turn_close(t);
    home_close(h);
}

static void the_first_meeting_keeps_what_was_answered(void) {
    home *h = house();
    turn *t = life(h, "new", false);
    meeting m;
    fail why = { 0 };
    CHECK(!turn_met(t) && turn_meet(t, NULL, &m, &why) == 0 && has(m.ask, "AI"));
    CHECK(turn_meet(t, "hm?", &m, &why) == 0 && has(m.ask, "eighteen"));
    CHECK(turn_meet(t, "yes", &m, &why) == 0 && has(m.ask, "call you"));
    CHECK(turn_meet(t, "i'm theodore", &m, &why) == 0);
    CHECK(turn_meet(t, "", &m, &why) == 0);
    CHECK(turn_meet(t, "dry", &m, &why) == 0);
    CHECK(turn_meet(t, "yes", &m, &why) == 0 && strcmp(m.kind, "secret") == 0);
    CHECK(turn_meet(t, "", &m, &why) == 0 && m.done && turn_met(t));
    turn_close(t);
    t = life(h, "new", false);
    CHECK(turn_met(t));
    turn_close(t);
    t = life(h, "child", false);
    CHECK(turn_meet(t, "no, i'm 12", &m, &why) == 0 && m.refused && m.done);
    turn_close(t);
    home_close(h);
}

static void a_passphrase_keeps_others_out(void) {
    home *h = house();
    turn *t = life(h, "sealed", false);
    meeting m;
    fail why = { 0 };
    static const char *const answers[] = { "yes", "Rosa", "", "", "yes", "two blue herons" };
    for (size_t i = 0; i < 6; i++) CHECK(turn_meet(t, answers[i], &m, &why) == 0);
    turn_close(t);
    CHECK(turn_open(&t, h, "sealed", NULL, false, &why) == ERR_DENIED);
    CHECK(turn_open(&t, h, "sealed", "one blue heron", false, &why) == ERR_DENIED);
    CHECK(turn_open(&t, h, "sealed", "two blue herons", false, &why) == 0);
    turn_close(t);
    home_close(h);
}

static void rows_of(void *ctx, const char *human, const json_t *j) { (void)j; buf_str(ctx, human); buf_char(ctx, '\n'); }

static void commands_answer_about_one_life(void) {
    home *h = house();
    turn *t = life(h, "theodore", false);
    buf out = { 0 };
    turn_rows rows = { rows_of, &out };
    fail why = { 0 };
    CHECK(turn_command(t, 2, (const char *const[]){ "memory", "list" }, &rows, &why) == 0 && has(buf_text(&out), "Oslo"));
    buf_clear(&out);
    CHECK(turn_command(t, 1, (const char *const[]){ "who" }, &rows, &why) == 0 && has(buf_text(&out), "voice"));
    buf_clear(&out);
    CHECK(turn_command(t, 1, (const char *const[]){ "history" }, &rows, &why) == 0 && has(buf_text(&out), "theodore"));
    CHECK(turn_command(t, 1, (const char *const[]){ "memory" }, &rows, &why) == ERR_USAGE);
    CHECK(turn_command(t, 3, (const char *const[]){ "memory", "why", "99999" }, &rows, &why) == ERR_MISSING);
    CHECK(turn_command(t, 1, (const char *const[]){ "dance" }, &rows, &why) == ERR_USAGE);
    buf_release(&out);
    turn_close(t);
    home_close(h);
}

int main(void) {
    setenv("TZ", "UTC", 1);
    tzset();
    CHECK(mkdtemp(dir));
    now = clk_simulated(civil_to_ms((civil){ 2026, 5, 28, 15, 0, 0, 0 }));
    what_was_told_is_there_in_another_program();
    the_same_id_is_noted_once();
    an_empty_line_is_no_message();
    two_people_never_meet();
    what_is_forgotten_stays_forgotten();
    a_private_talk_leaves_nothing();
    reminders_come_when_they_are_due();
    the_first_meeting_keeps_what_was_answered();
    a_passphrase_keeps_others_out();
    commands_answer_about_one_life();
    buf_release(&heard.said), buf_release(&heard.system), buf_release(&heard.events);
    clk_free(now);
    char rm[100];
    snprintf(rm, sizeof rm, "rm -rf %s", dir);
    return system(rm) != 0;
}
