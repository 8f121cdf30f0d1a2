/* SPDX-License-Identifier: Apache-2.0
 * rules.c - see rules.h.
 *
 * LAYOUT  Everything a pattern is made of lies in four flat arrays that point into one another by index:
 *             pattern -> parts[from .. from+n) -> alts[from .. from+n) -> atoms[from .. from+n)
 *         A class is a run of alts that patterns share. An atom is a word's hash, or a prefix with its length.
 *         Patterns hang in a hash table under every word they can begin with; the few that can begin with anything
 *         are tried everywhere.
 *
 * INVARIANTS
 *  1. an alternative has at least one atom; a part has at least one alternative unless it is a skip or an anchor;
 *  2. matching always moves on to a later part or a later word, so it ends: at most 10^parts steps, parts <= 16. */
#include "care/rules.h"
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/mem.h"

enum { PARTS_MAX = 16, NAME_BYTES = 24, BUCKETS = 8192, HITS_MAX = 400, GROW = 256 };

typedef enum { PART_WORDS, PART_SKIP, PART_BEGIN, PART_END } part_kind;
typedef struct { uint64_t hash; uint16_t prefix; char start[14]; } atom;   /* prefix > 0: begins with start[0..prefix) */
typedef struct { uint32_t from, n; } span;
typedef struct { part_kind kind; bool optional, or_end; int skip; span alts; } part;   /* or_end: `|$` */
typedef struct { span parts; int section, line; } pattern;
typedef struct { uint64_t hash; int32_t pattern, next; } hook;             /* a word a pattern can begin with */
typedef struct { char name[NAME_BYTES]; span alts; } group;

struct rules {
    atom *atoms; uint32_t n_atoms, cap_atoms;
    span *alts; uint32_t n_alts, cap_alts;
    part *parts; uint32_t n_parts, cap_parts;
    pattern *patterns; uint32_t n_patterns, cap_patterns;
    group *groups; uint32_t n_groups, cap_groups;
    char (*sections)[NAME_BYTES]; uint32_t n_sections, cap_sections;
    hook *hooks; uint32_t n_hooks, cap_hooks;
    int32_t bucket[BUCKETS + 1];      /* first hook; [BUCKETS]: patterns that can begin with anything */
};

#define PUSH(r, what, ...) do { \
    if ((r)->n_##what == (r)->cap_##what) \
        (r)->what = mem_grow((r)->what, (r)->cap_##what += GROW, sizeof *(r)->what); \
    (r)->what[(r)->n_##what++] = (__VA_ARGS__); } while (0)

size_t rules_bare(text low, char out[static 40]) {
    size_t n = 0;
    for (size_t i = 0; i < low.n && n < 40; i++) if (low.p[i] != '\'') out[n++] = low.p[i];
    return n;
}

static uint64_t bare_hash(text low) {
    char b[40];
    size_t n = rules_bare(low, b);
    return hash_fnv((text){ b, n });
}

/* ---- reading ----------------------------------------------------------------------------------------------- */
static int add_atom(rules *r, text t) {
    atom a = { 0 };
    if (t.n > 1 && t.p[t.n - 1] == '*') {
        if (t.n - 1 > sizeof a.start) return ERR_FORMAT;
        a.prefix = (uint16_t)(t.n - 1);
        memcpy(a.start, t.p, a.prefix);
    } else {
        a.hash = bare_hash(t);
    }
    PUSH(r, atoms, a);
    return 0;
}

static const group *group_named(const rules *r, text name) {
    for (uint32_t i = 0; i < r->n_groups; i++) if (text_is(name, r->groups[i].name)) return &r->groups[i];
    return NULL;
}

/* "a | b c | @class" appended as alternatives; "$" among them sets *or_end. */
static int add_alts(rules *r, text list, span *out, bool *or_end) {
    out->from = r->n_alts;
    while (list.n) {
        text one = text_trim(text_cut(&list, '|'));
        if (!one.n) return ERR_FORMAT;
        if (text_is(one, "$")) {
            *or_end = true;
            continue;
        }
        if (one.p[0] == '@') {
            const group *g = group_named(r, (text){ one.p + 1, one.n - 1 });
            if (!g) return ERR_FORMAT;
            span of = g->alts;
            for (uint32_t i = 0; i < of.n; i++) {
                span s = r->alts[of.from + i];
                PUSH(r, alts, s);
            }
            continue;
        }
        span s = { r->n_atoms, 0 };
        while (one.n) {
            text w = text_cut(&one, ' ');
            if (!w.n) continue;
            int rc = add_atom(r, w);
            if (rc) return rc;
            s.n++;
        }
        PUSH(r, alts, s);
    }
    out->n = r->n_alts - out->from;
    return out->n || *or_end ? 0 : ERR_FORMAT;      /* INVARIANT 1 */
}

/* Cut the next part of a pattern off *rest: up to a space outside brackets. */
static text next_part(text *rest) {
    size_t i = 0;
    for (int depth = 0; i < rest->n && (depth || rest->p[i] != ' '); i++) {
        if (rest->p[i] == '(') depth++;
        if (rest->p[i] == ')' && depth) depth--;
    }
    text t = { rest->p, i };
    if (i < rest->n) i++;
    rest->p += i;
    rest->n -= i;
    return t;
}

static int add_part(rules *r, text t) {
    part p = { PART_WORDS, false, false, 0, { 0, 0 } };
    if (text_is(t, "^")) p.kind = PART_BEGIN;
    else if (text_is(t, "$")) p.kind = PART_END;
    else if (t.n == 3 && t.p[0] == '.' && t.p[1] == '.' && t.p[2] >= '1' && t.p[2] <= '9') {
        p.kind = PART_SKIP;
        p.skip = t.p[2] - '0';
    } else {
        if (t.p[0] == '?') p.optional = true, t.p++, t.n--;
        if (t.n >= 2 && t.p[0] == '(' && t.p[t.n - 1] == ')') t.p++, t.n -= 2;
        if (!t.n) return ERR_FORMAT;
        int rc;
        const group *g = t.p[0] == '@' ? group_named(r, (text){ t.p + 1, t.n - 1 }) : NULL;
        if (g) p.alts = g->alts;
        else if ((rc = add_alts(r, t, &p.alts, &p.or_end)) != 0) return rc;
        if (p.or_end) p.optional = false;
    }
    PUSH(r, parts, p);
    return 0;
}

static int add_pattern(rules *r, text t, int line) {
    if (!r->n_sections) return ERR_FORMAT;
    pattern p = { { r->n_parts, 0 }, (int)r->n_sections - 1, line };
    while (t.n) {
        text one = next_part(&t);
        if (!one.n) continue;
        int rc = p.parts.n == PARTS_MAX ? ERR_FULL : add_part(r, one);
        if (rc) return rc;
        p.parts.n++;
    }
    PUSH(r, patterns, p);
    return 0;
}

static int add_section(rules *r, text name) {
    if (!name.n || name.n >= NAME_BYTES) return ERR_FORMAT;
    struct { char at[NAME_BYTES]; } none = { { 0 } };
    if (r->n_sections == r->cap_sections)
        r->sections = mem_grow(r->sections, r->cap_sections += GROW, sizeof *r->sections);
    memcpy(r->sections[r->n_sections], &none, sizeof none);
    memcpy(r->sections[r->n_sections++], name.p, name.n);
    return 0;
}

static int add_group(rules *r, text line) {
    ptrdiff_t eq = text_find(line, "=");
    if (eq < 2) return ERR_FORMAT;
    text name = text_trim((text){ line.p + 1, (size_t)eq - 1 });
    group g = { { 0 }, { 0, 0 } };
    if (!name.n || name.n >= NAME_BYTES || group_named(r, name)) return ERR_FORMAT;
    memcpy(g.name, name.p, name.n);
    bool or_end = false;
    int rc = add_alts(r, text_trim((text){ line.p + eq + 1, line.n - (size_t)eq - 1 }), &g.alts, &or_end);
    if (or_end) rc = ERR_FORMAT;
    if (!rc) PUSH(r, groups, g);
    return rc;
}

static void hang(rules *r, uint64_t hash, uint32_t p, int at) {
    for (int32_t h = r->bucket[at]; h >= 0; h = r->hooks[h].next)
        if (r->hooks[h].hash == hash && r->hooks[h].pattern == (int32_t)p) return;
    hook one = { hash, (int32_t)p, r->bucket[at] };
    PUSH(r, hooks, one);
    r->bucket[at] = (int32_t)r->n_hooks - 1;
}

/* Can the pattern begin with anything? Its first part that must be there decides, and what may stand before it. */
static bool begins_anyhow(const rules *r, const pattern *p) {
    for (uint32_t k = 0; k < p->parts.n; k++) {
        const part *x = &r->parts[p->parts.from + k];
        if (x->kind == PART_BEGIN) continue;
        if (x->kind != PART_WORDS || x->or_end) return true;
        for (uint32_t a = 0; a < x->alts.n; a++)
            if (r->atoms[r->alts[x->alts.from + a].from].prefix) return true;
        if (!x->optional) return false;
    }
    return true;
}

/* Hang each pattern under every word it can begin with. */
static void index_patterns(rules *r) {
    for (int i = 0; i <= BUCKETS; i++) r->bucket[i] = -1;
    for (uint32_t i = 0; i < r->n_patterns; i++) {
        const pattern *p = &r->patterns[i];
        if (begins_anyhow(r, p)) {
            hang(r, 0, i, BUCKETS);
            continue;
        }
        for (uint32_t k = 0; k < p->parts.n; k++) {
            const part *x = &r->parts[p->parts.from + k];
            for (uint32_t a = 0; a < x->alts.n; a++) {
                uint64_t hash = r->atoms[r->alts[x->alts.from + a].from].hash;
                hang(r, hash, i, (int)(hash % BUCKETS));
            }
            if (x->kind == PART_WORDS && !x->optional) break;
        }
    }
}

static int read_line(rules *r, text t, int line) {
    t = text_trim(t);
    if (!t.n || t.p[0] == '#') return 0;
    if (line == 1) return text_is(t, "%rules 1") ? 0 : ERR_FORMAT;
    if (t.p[0] == '@' && text_find(t, " = ") > 0) return add_group(r, t);
    if (t.p[0] == '[' && t.p[t.n - 1] == ']') return add_section(r, (text){ t.p + 1, t.n - 2 });
    return add_pattern(r, t, line);
}

int rules_open(rules **out, const char *name, text bytes, fail *why) {
    rules *r = mem_new(1, sizeof *r);
    int rc = bytes.n ? 0 : ERR_FORMAT;
    for (int line = 1; bytes.n && !rc; line++) {
        rc = read_line(r, text_cut(&bytes, '\n'), line);
        if (rc) fail_set(why, ERR_FORMAT, "%s line %d: not a rule I can read", name, line);
    }
    if (rc) {
        rules_close(r);
        return ERR_FORMAT;
    }
    index_patterns(r);
    *out = r;
    return 0;
}

void rules_close(rules *r) {
    if (!r) return;
    free(r->atoms);
    free(r->alts);
    free(r->parts);
    free(r->patterns);
    free(r->hooks);
    free(r->groups);
    free(r->sections);
    free(r);
}

int rules_section(const rules *r, const char *name) {
    for (uint32_t i = 0; i < r->n_sections; i++) if (!strcmp(r->sections[i], name)) return (int)i;
    return -1;
}

const char *rules_name(const rules *r, int section) { return r->sections[section]; }

size_t rules_count(const rules *r) { return r->n_patterns; }

/* ---- finding ----------------------------------------------------------------------------------------------- */
typedef struct {
    const rules *r;
    text *bare;                /* [n] words without apostrophes */
    uint64_t *hash;            /* [n] */
    bool *begins, *ends;       /* [n] a sentence begins, ends at this word */
    bool *clause;              /* [n] a clause ends with this word */
    size_t n;
} look;

static bool atom_fits(const atom *a, const look *l, size_t i) {
    if (!a->prefix) return l->hash[i] == a->hash;
    return l->bare[i].n >= a->prefix && !memcmp(l->bare[i].p, a->start, a->prefix);
}

/* Where the alternative ends when it begins at word i, or 0. May not run over a sentence's end. */
static size_t alt_fits(const look *l, span alt, size_t i) {
    for (uint32_t k = 0; k < alt.n; k++, i++) {
        if (i >= l->n || (k && l->begins[i])) return 0;
        if (!atom_fits(&l->r->atoms[alt.from + k], l, i)) return 0;
    }
    return i;
}

/* Does the pattern from its part k on fit at word i? Where it ends, or 0. `start`: where the whole began. */
static size_t fits(const look *l, const pattern *p, uint32_t k, size_t i, size_t start) {
    if (k == p->parts.n) return i;
    const part *x = &l->r->parts[p->parts.from + k];
    size_t end;
    if (x->kind == PART_BEGIN) return i < l->n && l->begins[i] ? fits(l, p, k + 1, i, start) : 0;
    if (x->kind == PART_END) return i > start && l->ends[i - 1] ? fits(l, p, k + 1, i, start) : 0;
    if (x->kind == PART_SKIP) {
        for (int s = 0; s <= x->skip && i + (size_t)s < l->n; s++) {
            if (i + (size_t)s > start && l->begins[i + (size_t)s]) return 0;
            if ((end = fits(l, p, k + 1, i + (size_t)s, start)) != 0) return end;
        }
        return 0;
    }
    if (i < l->n && (i == start || !l->begins[i]))
        for (uint32_t a = 0; a < x->alts.n; a++) {
            size_t next = alt_fits(l, l->r->alts[x->alts.from + a], i);
            if (next && (end = fits(l, p, k + 1, next, start)) != 0) return end;
        }
    if (x->or_end && i > start && l->clause[i - 1] && (end = fits(l, p, k + 1, i, start)) != 0) return end;
    return x->optional ? fits(l, p, k + 1, i, start) : 0;
}

static bool opens_clause(text low) {
    static const char *const rows[] = { "and", "but", "so", "because", "cos", "or", "if", "since", "when", "while", "i",
                                        "i'm", "lol", "tbh", "though", "then", "as", "\xf0\x9f\x98\xad" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) if (text_is(low, rows[i])) return true;
    return false;
}

static look look_at(const rules *r, arena *a, words w) {
    look l = { r, arena_new(a, w.n + 1, sizeof *l.bare), arena_new(a, w.n + 1, sizeof *l.hash),
               arena_new(a, w.n + 1, sizeof *l.begins), arena_new(a, w.n + 1, sizeof *l.ends),
               arena_new(a, w.n + 1, sizeof *l.clause), w.n };
    for (size_t i = 0; i < w.n; i++) {
        char bare[40];
        l.bare[i] = arena_text(a, (text){ bare, rules_bare(w.at[i].low, bare) });
        l.hash[i] = hash_fnv(l.bare[i]);
        char m = w.at[i].after;
        l.ends[i] = i + 1 == w.n || m == '.' || m == '?' || m == '!' || m == '\n';
        l.begins[i] = i == 0 || l.ends[i - 1];
        l.clause[i] = l.ends[i] || m || opens_clause(l.n > i + 1 ? w.at[i + 1].low : TEXT(""));
    }
    return l;
}

static int by_line(const void *a, const void *b) { return ((const rules_hit *)a)->line - ((const rules_hit *)b)->line; }

rules_hit *rules_find(const rules *r, arena *a, words w, size_t *n) {
    look l = look_at(r, a, w);
    rules_hit *out = arena_new(a, HITS_MAX, sizeof *out);
    *n = 0;
    for (size_t i = 0; i < w.n; i++) {
        const int32_t heads[] = { r->bucket[l.hash[i] % BUCKETS], r->bucket[BUCKETS] };
        size_t first = *n;
        for (int h = 0; h < 2; h++)
            for (int32_t k = heads[h]; k >= 0 && *n < HITS_MAX; k = r->hooks[k].next) {
                if (h == 0 && r->hooks[k].hash != l.hash[i]) continue;
                const pattern *p = &r->patterns[r->hooks[k].pattern];
                size_t end = fits(&l, p, 0, i, i);
                if (end > i) out[(*n)++] = (rules_hit){ p->section, p->line, i, end };
            }
        qsort(out + first, *n - first, sizeof *out, by_line);
    }
    return out;
}

bool rules_in_class(const rules *r, const char *class_name, text low) {
    const group *g = group_named(r, text_of(class_name));
    uint64_t h = bare_hash(low);
    for (uint32_t i = 0; g && i < g->alts.n; i++) {
        span s = r->alts[g->alts.from + i];
        if (s.n == 1 && !r->atoms[s.from].prefix && r->atoms[s.from].hash == h) return true;
    }
    return false;
}
