/* SPDX-License-Identifier: Apache-2.0
 * say_try.c - for the desk: whole conversations from standard input, answered by the real turn with the small mind.
 *
 * One message a line; a line that begins with --- starts a new life, # is a remark. With -v each message's sense is
 * shown. The clock is simulated: 40 s a message. `make build/tests/tooling/say_try && build/tests/tooling/say_try -v < talk.txt` */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "care/care.h"
#include "turn/turn.h"

typedef struct { buf said; long replies, asked; } ear;

static void on_words(void *c, text more) { buf_add(&((ear *)c)->said, more); }
static void on_event(void *c, const char *ev, const json_t *more) {
    (void)c;
    if (strcmp(ev, "mem.add") != 0) printf("      <%s%s%s>\n", ev, more ? " " : "", more ? json_str(more, "rule", "") : "");
}
static void quiet(void *c, text t) { (void)c, (void)t; }

static void show_sense(const care *c, arena *a, const char *line, clk *clock) {
    care_now now = { .now_ms = clk_now_ms(clock), .hour = 15, .locale = "GB", .name = "", .her_name = "Samantha" };
    sense s;
    care_sense(c, a, text_of(line), &now, &s);
    printf("      [%s %.2f · %s %.2f · %s/%s · dist %d val %d%s%s%s]\n", s.situation, s.situation_p, s.topic, s.topic_p, s.act, s.ask,
           s.distress, s.valence, s.joked ? " joked" : "", s.feel[0] ? " " : "", s.feel[0] ? s.feel[0] : "");
}

int main(int argc, char **argv) {
    bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    char dir[] = "/tmp/samantha-try-XXXXXX", line[65536], person[32];
    clk *clock = clk_simulated(1794312000000);
    fail why = { 0 };
    home *h = NULL;
    care *c = NULL;
    turn *t = NULL;
    arena a = { 0 };
    int lives = 0;
    ear e = { 0 };
    turn_sink out = { .words = on_words, .system = quiet, .event = on_event, .ctx = &e };
    if (!mkdtemp(dir)) return 1;
    home_options o = { .data = dir, .mind = "small", .clock = clock, .seed = 11, .locale = "GB" };
    if (home_open(&h, &o, &why) || care_open(&c, &why)) return fprintf(stderr, "%s\n", why.text), 1;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (!t || strncmp(line, "---", 3) == 0) {
            turn_close(t);
            snprintf(person, sizeof person, "person%d", ++lives);
            if (turn_open(&t, h, person, NULL, false, &why)) return fprintf(stderr, "%s\n", why.text), 1;
        }
        if (strncmp(line, "---", 3) == 0 || *line == '#') {
            printf("%s%s\n", *line == '-' ? "\n" : "", line);
            continue;
        }
        clk_set(clock, clk_now_ms(clock) + 40000);
        printf("> %s\n", line);
        arena_reset(&a);
        if (verbose) show_sense(c, &a, line, clock);
        buf_clear(&e.said);
        if (turn_take(t, text_of(line), NULL, &out, &why)) printf("      ! %s\n", why.text);
        printf("    %s\n", e.said.n ? e.said.p : "");
        e.replies++;
        e.asked += e.said.n && e.said.p[e.said.n - 1] == '?';
    }
    printf("\n%ld replies, %ld ending in a question\n", e.replies, e.asked);
    turn_close(t);
    home_close(h);
    care_close(c);
    clk_free(clock);
    arena_release(&a);
    buf_release(&e.said);
    return 0;
}
