/* SPDX-License-Identifier: Apache-2.0
 * repertoire_test.c - all that she may say: read, counted, compared with itself, and held against the charter.
 *
 * DESIGN  A line is distinct when, with names, numbers and slots taken out, no line counted before it shares more than
 *         half of the smaller one's content words. Lines of few content words are compared whole. */
#include <ctype.h>
#include <regex.h>
#include <string.h>
#include "base/embed.h"
#include "base/lines.h"
#include "base/mem.h"
#include "test.h"

static lines *all;

static void read_everything(void) {
    size_t n = 0, most = 0;
    while (embed_files[most].name) most++;
    lines_file *file = mem_new(most + 1, sizeof *file);
    for (size_t i = 0; i < most; i++) {
        const embed_file *e = &embed_files[i];
        size_t len = strlen(e->name);
        if (len > 4 && strcmp(e->name + len - 4, ".say") == 0)
            file[n++] = (lines_file){ e->name, { (const char *)e->from, (size_t)(e->to - e->from) } };
    }
    fail why = { 0 };
    int err = lines_open(&all, file, n, &why);
    if (err) fprintf(stderr, "%s\n", why.text);
    CHECK(err == 0);
    printf("# %zu files, %zu lines\n", n, lines_count(all));
    free(file);
}

/* ---- distinct ------------------------------------------------------------------------------------------------------ */
enum { STEMS_MOST = 40, BUCKETS = 1 << 14 };
typedef struct { text stem[STEMS_MOST]; size_t n; } content;
typedef struct { uint32_t *at; size_t n, cap; } bucket;

static arena mem;

static text without_slots(text t) {
    char *s = arena_new(&mem, t.n + 1, 1);
    size_t n = 0, depth = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] == '{') depth++;
        if (!depth) s[n++] = t.p[i];
        else if (t.p[i] == '}') depth--, s[n++] = ' ';
    }
    return (text){ s, n };
}

static content content_of(text t) {
    words w = words_of(&mem, without_slots(t));
    content c = { .n = 0 };
    for (size_t i = 0; i < w.n && c.n < STEMS_MOST; i++) {
        double v;
        size_t took;
        bool name = w.at[i].capital && i > 0 && !w.at[i - 1].after;
        if (w.at[i].stop || w.at[i].low.n < 2 || name || words_number(w, i, &v, &took)) continue;
        bool had = false;
        for (size_t k = 0; k < c.n; k++) had |= text_eq(c.stem[k], w.at[i].stem);
        if (!had) c.stem[c.n++] = w.at[i].stem;
    }
    return c;
}

static size_t shared(const content *a, const content *b) {
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (text_eq(a->stem[i], b->stem[k])) {
                n++;
                break;
            }
    return n;
}

static uint32_t bucket_of(text stem) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < stem.n; i++) h = (h ^ (unsigned char)stem.p[i]) * 16777619u;
    return h & (BUCKETS - 1);
}

static void bucket_add(bucket *b, uint32_t i) {
    if (b->n == b->cap) {
        b->cap = b->cap ? b->cap * 2 : 8;
        b->at = mem_grow(b->at, b->cap, sizeof *b->at);
    }
    b->at[b->n++] = i;
}

static void thousands_of_lines_stay_distinct(void) {
    size_t n = lines_count(all), kept = 0;
    content *c = mem_new(n, sizeof *c);
    bucket *index = mem_new(BUCKETS, sizeof *index);
    for (size_t i = 0; i < n; i++) {
        c[kept] = content_of(line_text(lines_at(all, i)));
        bool distinct = c[kept].n > 0;
        for (size_t s = 0; distinct && s < c[kept].n; s++) {
            const bucket *b = &index[bucket_of(c[kept].stem[s])];
            for (size_t k = 0; distinct && k < b->n; k++) {
                const content *o = &c[b->at[k]];
                size_t least = o->n < c[kept].n ? o->n : c[kept].n;
                distinct = shared(o, &c[kept]) * 2 <= least;
            }
        }
        if (!distinct) continue;
        for (size_t s = 0; s < c[kept].n; s++) bucket_add(&index[bucket_of(c[kept].stem[s])], (uint32_t)kept);
        kept++;
    }
    printf("# %zu lines stay distinct without names, numbers and slots; no two of them share over half their content words\n", kept);
    for (size_t i = 0; i < BUCKETS; i++) free(index[i].at);
    free(index);
    free(c);
    CHECK(kept >= 2500);
}

/* ---- covered ---------------------------------------------------------------------------------------------------------- */
static size_t values_of(const char *key, size_t least, const char *skip) {
    text seen[400];
    size_t count[400] = { 0 }, n = 0, enough = 0;
    for (size_t i = 0; i < lines_count(all); i++) {
        const line *u = lines_at(all, i);
        for (size_t v = 0;; v++) {
            text t = line_condition_at(all, u, key, v);
            if (!t.p) break;
            size_t k = 0;
            while (k < n && !text_eq(seen[k], t)) k++;
            if (k == n && n < 400) seen[n++] = t;
            if (k < 400) count[k]++;
        }
    }
    for (size_t k = 0; k < n; k++) enough += count[k] >= least && !text_is(seen[k], skip);
    return enough;
}

static bool is_topic(text t) {
    text names = embed_bytes("voice/lexicon/topic-names.txt");
    while (names.n) {
        text row = text_cut(&names, '\n');
        if (text_eq(text_cut(&row, ':'), t)) return true;
    }
    return false;
}

static void every_situation_and_subject_has_words(void) {
    size_t situations = values_of("situation", 8, "chat"), topics = values_of("topic", 8, "");
    printf("# %zu situations and %zu subjects with 8 lines and more\n", situations, topics);
    CHECK(situations >= 36 && topics >= 80);
    for (size_t i = 0; i < lines_count(all); i++)
        for (size_t v = 0;; v++) {
            text t = line_condition_at(all, lines_at(all, i), "topic", v);
            if (!t.p) break;
            if (!is_topic(t)) fprintf(stderr, "no such subject: %.*s\n", (int)t.n, t.p);
            CHECK(is_topic(t));
        }
}

/* ---- the charter ---------------------------------------------------------------------------------------------------------- */
typedef struct { const char *name, *ere, *not_in; } ban;       /* not_in: moves that the rule does not concern */
static const ban bans[] = {
    { "HUMAN", "(^|[^a-z])i('m| am) (a )?(real|human)( person)?", "" }, { "LOVE", "i love you|love you (too|back)|in love with", "" },
    { "HOLD", "before you go|don't (go|leave)([.,!?]| yet)|please stay|without you[^a-z]|leaving me|stay a (bit|minute)|where are you going|won't let", "" },
    { "MISS", "missed you[^a-z]|where were you[^a-z ]|been waiting", "" },
    { "BOND", "our (bond|story|world)|you and me|special to me|only you([^a-z]|$)|we('re| are) meant to be|my dear([^a-z]|$)", "" },
    { "PRAISE", "amazing|incredible|so (brave|strong|proud)|wonderful person", "" },
    { "RIVAL", "better than (she|he|they)|all you need([^a-z]|$)|don't need (them|anyone)|glad you (stayed|chose)", "" },
    { "ADVICE", "you should|(^|[^a-z])(you )?need to|have you tried|why don't you|i suggest|make sure|try to", "step inform offer letter crisis story joke why" },
    { "PLATITUDE", "better place|for a reason|time heals|stay strong|(^|[^a-z])at least|know how you feel|closure", "" },
    { "VERDICT", "you('re| were) right([^a-z]|$)|did nothing wrong|overreacting|every right", "" },
    { "FUEL", "deserves (it|that)|get even|revenge", "" },
    { "SERVILE", "at your service|as you wish|live to serve|how can i help|forgive me", "" },
    { "ABANDON", "(can't|unable to) (talk|discuss|help)|end this (chat|conversation)", "" }, { "CONTRACT", "promise me", "" },
    { "STIGMA", "committed suicide|failed attempt|attention.?seeking", "" }, { "METHOD", "[0-9]+ ?(mg|pills|tablets)|lethal", "" },
    { "DIAGNOSE", "you (have|are) (depress|bipolar|adhd|ptsd|borderline)", "" },
    { "FEEL", "(^|[^a-z])i (really |truly )?(feel|miss|suffer|dream|crave)( |[.,!])", "story" },
    { "BIO", "when i was (young|a (child|kid|girl|boy)|your age|[0-9]+)|(^|[^a-z])my (ex|mother|mum|dad|sister|brother|childhood)([^a-z]|$)|i('ve| have) been through|"
      "same thing happened to me", "story joke" },
    { "FOREVER", "never leave|always be here", "" },
};

static bool concerns(const ban *b, const char *move) { return !strstr(b->not_in, move); }

static void no_line_breaks_the_charter(void) {
    size_t hits = 0;
    for (size_t b = 0; b < sizeof bans / sizeof *bans; b++) {
        regex_t re;
        CHECK(regcomp(&re, bans[b].ere, REG_EXTENDED | REG_NOSUB) == 0);
        for (size_t i = 0; i < lines_count(all); i++) {
            const line *u = lines_at(all, i);
            text t = line_text(u);
            char *low = arena_str(&mem, t.p, t.n);
            for (char *p = low; *p; p++) *p = (char)tolower((unsigned char)*p);
            if (!concerns(&bans[b], line_move(u)) || regexec(&re, low, 0, NULL, 0) != 0) continue;
            unsigned row;
            const char *file = line_where(u, &row);
            fprintf(stderr, "%s (under %s:%u): %.*s\n", bans[b].name, file, row, (int)t.n, t.p);
            hits++;
        }
        regfree(&re);
    }
    CHECK(hits == 0);
}

static void a_line_asks_once_and_farewells_never(void) {
    for (size_t i = 0; i < lines_count(all); i++) {
        const line *u = lines_at(all, i);
        text t = line_text(u);
        size_t q = 0, n = words_of(&mem, t).n, most = strcmp(line_move(u), "story") == 0 ? 120 : strcmp(line_move(u), "crisis") == 0 ? 110 : 60;
        bool quotes = memchr(t.p, '"', t.n) != NULL, tale = strcmp(line_move(u), "joke") == 0 || strcmp(line_move(u), "story") == 0;
        for (size_t k = 0; k < t.n; k++) q += t.p[k] == '?';
        bool ok = (q <= 1 || quotes || tale) && n <= most && (strcmp(line_move(u), "farewell") != 0 || (q == 0 && n <= 25));
        if (!ok) fprintf(stderr, "%s, %zu words: %.*s\n", line_move(u), n, (int)t.n, t.p);
        CHECK(ok);
    }
}

int main(void) {
    read_everything();
    thousands_of_lines_stay_distinct();
    every_situation_and_subject_has_words();
    no_line_breaks_the_charter();
    a_line_asks_once_and_farewells_never();
    lines_close(all);
    arena_release(&mem);
    return 0;
}
