/* SPDX-License-Identifier: Apache-2.0
 * clock_back_test.c - a clock that jumps back, and far ahead: nothing is lost, nothing crashes, order stays order. */
#include <string.h>
#include <unistd.h>
#include "base/mem.h"
#include "test.h"
#include "turn/turn.h"

static buf reply, rows;
static int n_system;

static void on_words(void *ctx, text more) { (void)ctx, buf_add(&reply, more); }
static void on_system(void *ctx, text words) { (void)ctx, (void)words, n_system++; }
static void on_row(void *ctx, const char *human, const json_t *json) {
    (void)ctx, (void)human;
    if (strcmp(json_str(json, "speaker", ""), "person") == 0) buf_format(&rows, "%s|", json_str(json, "text", ""));
}
static const turn_sink sink = { .words = on_words, .system = on_system };

static void say(turn *t, const char *s) {
    fail why = { 0 };
    buf_clear(&reply);
    int err = turn_take(t, text_of(s), "", &sink, &why);
    if (err) fprintf(stderr, "%s: %s\n", s, why.text);
    CHECK(err == 0 && reply.n > 0);
}

int main(void) {
    char data[160], rm[200];
    const char *tmp = getenv("TMPDIR");
    snprintf(data, sizeof data, "%s/clock-%ld", tmp ? tmp : "/tmp", (long)getpid());
    civil start = { .year = 2026, .month = 5, .day = 4, .hour = 12 };
    const int64_t noon = civil_to_ms(start), day = 86400000;
    static const struct { int64_t days; const char *said; } steps[] = {
        { 0, "my friend amy moved to oslo in may" }, { -3, "remind me to call mum tomorrow at 6pm" }, { -4000, "i am tired" },
        { 0, "what do you know about my friend?" }, { 9000, "it is late" }, { -20000, "still here" }, { 0, "bye" },
    };
    clk *c = clk_simulated(noon);
    home *h;
    turn *t;
    fail why = { 0 };
    CHECK(home_open(&h, &(home_options){ .data = data, .clock = c, .seed = 3 }, &why) == 0);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        clk_set(c, noon + steps[i].days * day);
        CHECK(turn_open(&t, h, "theodore", NULL, false, &why) == 0);
        say(t, steps[i].said);
        if (i == 3) CHECK(text_find(buf_text(&reply), "Oslo") >= 0);
        clk_set(c, noon + steps[i].days * day - 7200000);           /* and while it is open */
        CHECK(turn_tick(t, &sink, &why) == 0);
        say(t, "hm");
        turn_close(t);
    }
    CHECK(turn_open(&t, h, "theodore", NULL, false, &why) == 0);
    const char *argv[] = { "history" };
    CHECK(turn_command(t, 1, argv, &(turn_rows){ on_row, NULL }, &why) == 0);
    buf want = { 0 };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) buf_format(&want, "%s|hm|", steps[i].said);
    if (!text_eq(buf_text(&want), buf_text(&rows))) fprintf(stderr, "%s\n", rows.p);
    CHECK(text_eq(buf_text(&want), buf_text(&rows)));               /* all there, in the order they were said */
    turn_close(t);
    home_close(h);
    clk_free(c);
    buf_release(&reply), buf_release(&rows), buf_release(&want);
    snprintf(rm, sizeof rm, "rm -rf '%s'", data);
    return system(rm) != 0;
}
