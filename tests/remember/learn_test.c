/* SPDX-License-Identifier: Apache-2.0
 * learn_test.c - what is learned from everyday messages, against labels: precision, recall, junk and misses, printed.
 *
 * everyday.jsonl: one small talk a line, said on Monday 23 November 2026: `say` what is said, `keep` what must be known in
 * the end, `may` what may be, `ask` what must wait for a yes, `people` who must be known. A value stands for words that must
 * be found in the memory. Labelled by hand when written, before the rules were run on them. */
#include <string.h>
#include "base/clock.h"
#include "base/file.h"
#include "remember/remember.h"
#include "test.h"

static arena a;
static clk *now;
typedef struct { int kept, right, wanted, found, asked, ask_wanted, ask_found, people_wanted, people_found, talks; } tally;
static bool loud;

/* Every word of `want` stands in `have`. */
static bool holds(const char *have, const char *want) {
    text rest = text_of(want);
    while (rest.n) {
        text w = text_cut(&rest, ' ');
        if (w.n && !text_find_word(text_of(have), arena_str(&a, w.p, w.n))) return false;
    }
    return true;
}

static bool fits(const memory *m, const json_t *e) {
    const char *value = json_str(e, "value", ""), *from = json_str(e, "from", "");
    if (!text_is_fold(text_of(m->about), json_str(e, "about", "")) || strcmp(m->relation, json_str(e, "relation", "")) != 0) return false;
    const char *all = arena_format(&a, "%s %s %s", m->words, m->value, m->relation).p;
    return holds(all, value) && strncmp(m->from, from, strlen(from)) == 0;
}

static bool listed(const memory *m, const json_t *list) {
    size_t i;
    json_t *e;
    json_array_foreach(list, i, e) if (fits(m, e)) return true;
    return false;
}

static int count_found(const memory *m, size_t n, const json_t *list, const char *what, const char *said) {
    size_t i;
    json_t *e;
    int found = 0;
    json_array_foreach(list, i, e) {
        bool hit = false;
        for (size_t k = 0; k < n; k++) hit = hit || fits(&m[k], e);
        found += hit;
        if (!hit && loud) printf("MISS %s: %s | %s | %s %s   <- %s\n", what, json_str(e, "about", ""), json_str(e, "relation", ""),
                                 json_str(e, "value", ""), json_str(e, "from", ""), said);
    }
    return found;
}

static void one_talk(const json_t *row, tally *t) {
    remember *r = NULL;
    remember_options o = { .clock = now, .temporary = true };
    size_t i, n;
    json_t *say;
    memory ask[32];
    size_t n_ask = 0;
    CHECK(remember_open(&r, "", &o, NULL) == 0);
    json_array_foreach(json_object_get(row, "say"), i, say) {
        int64_t id;
        learned l;
        CHECK(remember_note(r, text_of(json_string_value(say)), "", &id, NULL, NULL) == 0);
        CHECK(remember_learn(r, &a, id, &l, NULL) == 0);
        for (size_t k = 0; k < l.n_ask && n_ask < 32; k++) ask[n_ask++] = l.ask[k];
    }
    const char *said = json_string_value(json_array_get(json_object_get(row, "say"), 0));
    memory *m = remember_list(r, &a, "", &n);
    const json_t *keep = json_object_get(row, "keep"), *may = json_object_get(row, "may"), *wait = json_object_get(row, "ask");
    t->talks++;
    t->kept += (int)n;
    for (size_t k = 0; k < n; k++) {
        bool right = listed(&m[k], keep) || listed(&m[k], may);
        t->right += right;
        if (!right && loud) printf("JUNK %s | %s | %s %s (%s)   <- %s\n", m[k].about, m[k].relation, m[k].value, m[k].from, m[k].words, said);
        CHECK(*m[k].quote && m[k].message && *m[k].why);               /* all can say where they come from */
    }
    t->wanted += (int)json_array_size(keep);
    t->found += count_found(m, n, keep, "keep", said);
    t->asked += (int)n_ask;
    t->ask_wanted += (int)json_array_size(wait);
    t->ask_found += count_found(ask, n_ask, wait, "ask", said);
    for (size_t k = 0; k < n_ask && loud; k++)
        if (!listed(&ask[k], wait)) printf("JUNK ask %s   <- %s\n", ask[k].words, said);
    size_t n_people;
    ally *p = remember_people(r, &a, &n_people);
    json_t *who;
    json_array_foreach(json_object_get(row, "people"), i, who) {
        bool hit = false;
        for (size_t k = 0; k < n_people; k++)
            hit = hit || (text_is_fold(text_of(p[k].name), json_str(who, "name", "")) && strcmp(p[k].tie, json_str(who, "tie", "")) == 0);
        t->people_wanted++;
        t->people_found += hit;
        if (!hit && loud) printf("MISS person %s/%s   <- %s\n", json_str(who, "name", ""), json_str(who, "tie", ""), said);
    }
    remember_close(r);
    arena_reset(&a);
}

static double share(int x, int of) { return of ? 100.0 * x / of : 100.0; }

static tally measure(const char *path) {
    buf b = { 0 };
    tally t = { 0 };
    CHECK(file_read(path, 4 << 20, &b, NULL) == 0);
    text rest = buf_text(&b);
    while (rest.n) {
        text line = text_trim(text_cut(&rest, '\n'));
        json_t *row = NULL;
        if (!line.n) continue;
        CHECK(json_read(&row, line, NULL) == 0);
        one_talk(row, &t);
        json_decref(row);
    }
    buf_release(&b);
    printf("# %s: %d talks, %d memories kept: precision %.1f %% (junk %.1f %%), recall %.1f %% (missed %d of %d)\n", path, t.talks, t.kept,
           share(t.right, t.kept), 100 - share(t.right, t.kept), share(t.found, t.wanted), t.wanted - t.found, t.wanted);
    printf("#   people %d of %d; asked before keeping %d of %d, and %d more\n", t.people_found, t.people_wanted, t.ask_found, t.ask_wanted,
           t.asked - t.ask_found);
    return t;
}

static void everyday_messages_are_learned_from(void) {
    tally t = measure("tests/remember/everyday.jsonl");
    CHECK(t.talks >= 150);
    CHECK(share(t.right, t.kept) >= 93 && share(t.found, t.wanted) >= 90);
    CHECK(t.ask_found == t.ask_wanted);
}

int main(int argc, char **argv) {
    loud = argc > 1;
    now = clk_simulated(1795435200000);       /* Monday 23 November 2026, noon UTC */
    loud = argc > 3 || argc == 2;
    if (argc > 2) return measure(argv[2]), 0;
    everyday_messages_are_learned_from();
    arena_release(&a);
    clk_free(now);
    return 0;
}
