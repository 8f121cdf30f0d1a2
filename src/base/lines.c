/* SPDX-License-Identifier: Apache-2.0
 * lines.c - see lines.h: which line fits what holds now, and has not been said.
 *
 * DESIGN  Facts, the stems and the words of the message become bits; a head is judged by testing a few of them, its
 *         patterns only when one of their anchor words is there. Among heads that fit, the closest tier is looked at
 *         first and asked for a line not yet said, so that the life's memory is asked about few lines, not thousands.
 * SOURCE  The layout is in lines_own.h. */
#include "base/lines.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/lines_own.h"
#include "base/mem.h"

enum { TIER = 6 };                     /* weights this close are near-equals: which is said is left to the seed */

/* ---- open, close, look ---------------------------------------------------------------------------------------------- */
static int by_id(const void *x, const void *y) {
    const uint64_t *a = x, *b = y;
    return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : a[1] > b[1];
}

static void index_ids(lines *l) {
    uint64_t (*pair)[2] = mem_new(l->n + 1, sizeof *pair);
    for (size_t i = 0; i < l->n; i++) pair[i][0] = l->at[i].id, pair[i][1] = i;
    qsort(pair, l->n, sizeof *pair, by_id);
    l->id_sorted = mem_new(l->n + 1, sizeof *l->id_sorted);
    l->id_line = mem_new(l->n + 1, sizeof *l->id_line);
    for (size_t i = 0; i < l->n; i++) l->id_sorted[i] = pair[i][0], l->id_line[i] = (uint32_t)pair[i][1];
    free(pair);
}

static void index_moves(lines *l) {
    for (int pass = 0; pass < 2; pass++)
        for (size_t h = 0; h < l->n_head; h++) {
            int m = lines__move_number(l->head[h]->move);
            if (pass) l->by_move[m][l->n_by_move[m]] = (uint32_t)h;
            l->n_by_move[m]++;
            if (!pass && h + 1 == l->n_head)
                for (int k = 0; k < MOVES_MOST; k++) {
                    l->by_move[k] = mem_new(l->n_by_move[k] + 1, sizeof **l->by_move);
                    l->n_by_move[k] = 0;
                }
        }
}

int lines_open(lines **out, const lines_file *file, size_t n, fail *why) {
    lines *l = mem_new(1, sizeof *l);
    l->shelf = mem_new(SHELF_MOST, sizeof *l->shelf);
    pthread_mutex_init(&l->lock, NULL);
    lines_draft d = { 0 };
    int err = 0;
    for (size_t i = 0; i < n && !err; i++) err = lines__read(l, &d, &file[i], why);
    l->at = d.at, l->n = d.n, l->head = d.head, l->n_head = d.n_head, l->first = d.first;
    if (err) {
        lines_close(l);
        return err;
    }
    index_ids(l);
    index_moves(l);
    *out = l;
    return 0;
}

void lines_close(lines *l) {
    if (!l) return;
    free(l->at);
    free(l->head);
    free(l->first);
    free(l->id_sorted);
    free(l->id_line);
    free(l->intern);
    free(l->shelf);
    for (int i = 0; i < MOVES_MOST; i++) free(l->by_move[i]);
    pthread_mutex_destroy(&l->lock);
    arena_release(&l->shelf_mem);
    arena_release(&l->mem);
    free(l);
}

size_t lines_count(const lines *l) { return l->n; }
const line *lines_at(const lines *l, size_t i) {
    assert(i < l->n);
    return &l->at[i];
}
uint64_t line_id(const line *u) { return u->id; }
const char *line_move(const line *u) { return u->head->move; }
const char *line_follow(const line *u) { return u->follow; }
text line_text(const line *u) { return u->text; }
bool line_asks(const line *u) { return u->asks; }
bool line_by_pattern(const line *u) {
    for (size_t i = 0; i < u->head->n_condition; i++)
        if (strcmp(u->head->condition[i].key, "on") == 0) return true;
    return u->head->n_match > 0;
}
const char *line_where(const line *u, unsigned *row) {
    *row = u->head->row;
    return u->head->file;
}

text line_condition_at(const lines *l, const line *u, const char *key, size_t i) {
    for (size_t c = 0; c < u->head->n_condition; c++) {
        const line_condition *k = &u->head->condition[c];
        if (strcmp(k->key, key) != 0) continue;
        if (i >= k->n) {
            i -= k->n;
            continue;
        }
        for (size_t r = 0; r < l->intern_cap; r++)
            if (l->intern[r].name.p && l->intern[r].number == k->value[i]) {
                text pair = { l->intern[r].name.p + 1, l->intern[r].name.n - 1 };
                text_cut(&pair, '=');
                return pair;
            }
    }
    return (text){ NULL, 0 };
}

const line *lines_by_id(const lines *l, uint64_t id) {
    size_t lo = 0, hi = l->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (l->id_sorted[mid] < id) lo = mid + 1;
        else hi = mid;
    }
    return lo < l->n && l->id_sorted[lo] == id ? &l->at[l->id_line[lo]] : NULL;
}

/* ---- what holds now, as bits --------------------------------------------------------------------------------------------- */
typedef struct { int weight; pattern_kept kept; } judged;       /* of a head: UNKNOWN, -1 does not hold, else its weight */
enum { UNKNOWN = -2 };
struct lines_view {
    uint64_t *bit;                    /* [n_intern] */
    text *stem;                       /* [said.n]   */
    word_span *sentence; size_t n_sentence;
    judged *head;                     /* [n_head]   */
};
typedef struct {
    const lines *l;
    arena *a;
    const lines_now *now;
    struct lines_view *v;
    lines_slot *slot;                 /* now->slot and room for x, y */
} looking;

static void bit_set(struct lines_view *v, uint32_t number) {
    if (number != UINT32_MAX) v->bit[number / 64] |= 1ULL << (number % 64);
}
static bool bit_is(const looking *k, uint32_t number) { return (k->v->bit[number / 64] >> (number % 64)) & 1; }

static void fact_set(const lines *l, struct lines_view *v, const lines_fact *f) {
    char pair[128];
    if (!f->value || !*f->value) return;
    size_t nk = strlen(f->key), nv = strlen(f->value);
    if (nk + nv + 1 > sizeof pair) return;
    memcpy(pair, f->key, nk);
    pair[nk] = '=';
    memcpy(pair + nk + 1, f->value, nv);
    bit_set(v, lines__number(l, '=', (text){ pair, nk + nv + 1 }));
}

static struct lines_view *view_new(const lines *l, arena *a, const lines_now *now) {
    struct lines_view *v = arena_new(a, 1, sizeof *v);
    v->bit = arena_new(a, l->n_intern / 64 + 1, sizeof *v->bit);
    for (size_t i = 0; i < now->n_fact; i++) fact_set(l, v, &now->fact[i]);
    v->stem = arena_new(a, now->said.n + 1, sizeof *v->stem);
    for (size_t i = 0; i < now->said.n; i++) {
        v->stem[i] = lines__stem(a, now->said.at[i].stem);
        bit_set(v, lines__number(l, '~', v->stem[i]));
        bit_set(v, lines__number(l, '\'', now->said.at[i].low));
    }
    v->sentence = words_sentences(a, now->said, false, &v->n_sentence);
    v->head = arena_new(a, l->n_head + 1, sizeof *v->head);
    for (size_t i = 0; i < l->n_head; i++) v->head[i].weight = UNKNOWN;
    return v;
}

static looking look(const lines *l, arena *a, const lines_now *now) {
    looking k = { .l = l, .a = a, .now = now, .v = now->view ? *now->view : NULL };
    if (!k.v) k.v = view_new(l, a, now);
    if (now->view) *now->view = k.v;
    k.slot = arena_new(a, now->n_slot + 2, sizeof *k.slot);
    if (now->n_slot) memcpy(k.slot, now->slot, now->n_slot * sizeof *k.slot);
    return k;
}

/* ---- does a head hold? ------------------------------------------------------------------------------------------------------ */
static bool conditions_hold(const looking *k, const line_head *h) {
    for (size_t i = 0; i < h->n_condition; i++) {
        bool any = false;
        for (size_t v = 0; v < h->condition[i].n && !any; v++) any = bit_is(k, h->condition[i].value[v]);
        if (!any) return false;
    }
    return true;
}

static bool phrase_is_said(const looking *k, const line_phrase *p) {
    if (!bit_is(k, p->first)) return false;
    if (p->n == 1) return true;
    for (size_t i = 0; i + p->n <= k->now->said.n; i++) {
        size_t j = 0;
        while (j < p->n && text_eq(k->v->stem[i + j], p->word[j])) j++;
        if (j == p->n) return true;
    }
    return false;
}

/* has=: none wanted, or how long the longest phrase is that was said; 0: wanted and missing. */
static int has_holds(const looking *k, const line_head *h) {
    int best = h->n_has ? 0 : 1;
    for (size_t i = 0; i < h->n_has; i++)
        if ((int)h->has[i].n > best && phrase_is_said(k, &h->has[i])) best = (int)h->has[i].n;
    return best;
}

static bool anchored(const looking *k, const pattern *p) {
    for (size_t i = 0; i < p->n_anchor; i++)
        if (bit_is(k, p->anchor[i])) return true;
    return p->n_anchor == 0;
}

/* "^yeah$" is about a message that says no more than that, not about a sentence in a long one. */
static bool nearly_all(const looking *k, word_span s) { return (s.to - s.from) * 3 >= k->now->said.n * 2; }

/* match=: none wanted, or the pattern that fits best with what it kept. */
static bool match_holds(const looking *k, const line_head *h, pattern_kept *kept, int *literal) {
    bool any = h->n_match == 0;
    *kept = (pattern_kept){ { 0, 0 }, { 0, 0 } };
    *literal = 0;
    for (size_t i = 0; i < h->n_match; i++) {
        if (!anchored(k, &h->match[i]) || (any && h->match[i].literal <= *literal)) continue;
        for (size_t s = 0; s < k->v->n_sentence; s++) {
            pattern_kept one;
            if (h->match[i].at_start && h->match[i].at_end && !nearly_all(k, k->v->sentence[s])) continue;
            if (!pattern_fits(&h->match[i], k->now->said, k->v->sentence[s], &one)) continue;
            any = true;
            *kept = one;
            *literal = h->match[i].literal;
            break;
        }
    }
    return any;
}

typedef struct { const line *line; pattern_kept kept; int weight; uint64_t dice; } candidate;

/* The head's weight with everything that holds, or -1. */
static int head_judge(const looking *k, const line_head *h, pattern_kept *kept) {
    int literal, has;
    if (!conditions_hold(k, h)) return -1;
    if (!(has = has_holds(k, h))) return -1;
    if (!match_holds(k, h, kept, &literal)) return -1;
    return h->weight + (has - 1) * 2 + (literal > 4 ? 4 : literal);
}

static const judged *head_judged(const looking *k, size_t h) {
    judged *j = &k->v->head[h];
    if (j->weight == UNKNOWN) j->weight = head_judge(k, k->l->head[h], &j->kept);
    return j;
}

/* ---- filling a candidate ------------------------------------------------------------------------------------------------------ */
static bool fill(looking *k, const candidate *c, text *out) {
    size_t n = k->now->n_slot;
    words w = k->now->said;
    if (c->kept.x.to > c->kept.x.from)
        k->slot[n++] = (lines_slot){ "x", lines_turn(k->a, w, c->kept.x.from, c->kept.x.to) };
    if (c->kept.y.to > c->kept.y.from)
        k->slot[n++] = (lines_slot){ "y", lines_turn(k->a, w, c->kept.y.from, c->kept.y.to) };
    return lines_fill(k->a, c->line->text, k->slot, n, out);
}

static bool slot_given(const looking *k, text name) {
    for (size_t i = 0; i < k->now->n_slot; i++)
        if (k->now->slot[i].value.n && text_is_fold(name, k->now->slot[i].name)) return true;
    return false;
}

static bool can_say(const looking *k, const line *u, const pattern_kept *kept) {
    if (k->now->no_questions && u->asks) return false;
    if (u->n_slot ? k->now->no_slots : k->now->slots_only) return false;
    if (k->now->max_words > 0 && u->n_words > (unsigned)k->now->max_words) return false;
    for (size_t i = 0; i < u->n_slot; i++) {
        text s = u->slot[i];
        bool x = text_is_fold(s, "x") && kept->x.to > kept->x.from, y = text_is_fold(s, "y") && kept->y.to > kept->y.from;
        if (!x && !y && !slot_given(k, s)) return false;
    }
    return true;
}

/* A line that says something of theirs back is worth a little more than one that could be said to anyone. */
static int line_weight(const line *u, int head) { return head + (u->n_slot ? 3 : 0); }

/* ---- choosing ---------------------------------------------------------------------------------------------------------------------- */
static int by_fit(const void *x, const void *y) {
    const candidate *a = x, *b = y;
    int ta = a->weight / TIER, tb = b->weight / TIER;
    if (ta != tb) return ta > tb ? -1 : 1;
    return a->dice < b->dice ? -1 : a->dice > b->dice;
}

static lines_pick settle(looking *k, candidate *c, size_t n) {
    lines_pick pick = { 0 };
    int64_t oldest = 0;
    const candidate *old = NULL;
    qsort(c, n, sizeof *c, by_fit);
    for (size_t i = 0; i < n; i++) {
        int64_t used = k->now->used ? k->now->used(k->now->ctx, c[i].line->id) : 0;
        if (used && (!old || used < oldest)) old = &c[i], oldest = used;
        if (used || !fill(k, &c[i], &pick.text)) continue;
        pick.line = c[i].line;
        pick.weight = c[i].weight;
        return pick;
    }
    if (!old || !fill(k, old, &pick.text)) return (lines_pick){ 0 };
    pick.line = old->line;
    pick.weight = old->weight;
    pick.spent = true;
    return pick;
}

typedef struct { candidate *at; size_t n, cap; } candidates;

static void candidate_add(candidates *c, candidate one) {
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 256;
        c->at = mem_grow(c->at, c->cap, sizeof *c->at);
    }
    c->at[c->n++] = one;
}

static void lines_of_head(const looking *k, size_t h, int min_weight, const judged *j, candidates *c) {
    const lines *l = k->l;
    size_t end = h + 1 < l->n_head ? l->first[h + 1] : l->n;
    for (size_t i = l->first[h]; i < end; i++) {
        const line *u = &l->at[i];
        int w = line_weight(u, j->weight);
        if (u->follow || w < min_weight || !can_say(k, u, &j->kept)) continue;
        uint64_t dice = u->id ^ k->now->seed;
        candidate_add(c, (candidate){ u, j->kept, w, rand_next(&dice) });
    }
}

lines_pick lines_choose(const lines *l, arena *a, const char *const *moves, const lines_now *now, int min_weight) {
    looking k = look(l, a, now);
    candidates c = { 0 };
    for (; *moves; moves++) {
        int m = lines__move_number(*moves);
        for (size_t i = 0; m >= 0 && i < l->n_by_move[m]; i++) {
            size_t h = l->by_move[m][i];
            const judged *j = head_judged(&k, h);
            if (j->weight >= 0) lines_of_head(&k, h, min_weight, j, &c);
        }
    }
    lines_pick pick = c.n ? settle(&k, c.at, c.n) : (lines_pick){ 0 };
    free(c.at);
    return pick;
}

static bool is_named(const line_head *h, uint32_t id) {
    for (size_t i = 0; h->named && i < h->n_condition; i++)
        for (size_t v = 0; v < h->condition[i].n; v++)
            if (h->condition[i].value[v] == id) return true;
    return false;
}

lines_pick lines_named(const lines *l, arena *a, const char *id, const lines_now *now) {
    looking k = look(l, a, now);
    candidates c = { 0 };
    char pair[80] = "id=";
    size_t n = strlen(id);
    if (n + 4 > sizeof pair) return (lines_pick){ 0 };
    memcpy(pair + 3, id, n);
    uint32_t number = lines__number(l, '=', (text){ pair, n + 3 });
    for (size_t h = 0; number != UINT32_MAX && h < l->n_head; h++) {
        if (!is_named(l->head[h], number)) continue;
        bool had = bit_is(&k, number);
        bit_set(k.v, number);
        judged j = { .weight = 0 };
        j.weight = head_judge(&k, l->head[h], &j.kept);
        if (!had) k.v->bit[number / 64] &= ~(1ULL << (number % 64));
        if (j.weight >= 0) lines_of_head(&k, h, 0, &j, &c);
    }
    lines_pick pick = c.n ? settle(&k, c.at, c.n) : (lines_pick){ 0 };
    free(c.at);
    return pick;
}

lines_pick lines_follow(const lines *l, arena *a, const line *parent, const char *kind, const lines_now *now) {
    looking k = look(l, a, now);
    candidates c = { 0 };
    uint32_t at = (uint32_t)(parent - l->at);
    static const pattern_kept none = { { 0, 0 }, { 0, 0 } };
    assert(at < l->n);
    for (size_t i = at + 1; i < l->n && l->at[i].follow && l->at[i].parent == at; i++) {
        const line *u = &l->at[i];
        if (strcmp(u->follow, kind) != 0 || !can_say(&k, u, &none)) continue;
        uint64_t dice = u->id ^ now->seed;
        candidate_add(&c, (candidate){ u, none, 0, rand_next(&dice) });
    }
    lines_pick pick = c.n ? settle(&k, c.at, c.n) : (lines_pick){ 0 };
    free(c.at);
    return pick;
}
