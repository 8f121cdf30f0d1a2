/* SPDX-License-Identifier: Apache-2.0
 * learn_bag.c - a message as a bag of features.
 *
 * Groups are scaled to fixed lengths (SHARE below) so that the many pieces of words do not drown the few words. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "care/learn.h"

enum { BAG_WORDS = 160, PIECE_MIN = 3, PIECE_MAX = 5 };   /* a long message is known by its first words and last */

/* How much of a bag's length each group may have; measured by leaving batches out. */
static const float SHARE[LEARN_GROUPS] = { 1.0f, 0.5f, 0.9f, 0.8f, 0.5f };

typedef struct { learn_feature *at; size_t n, cap; arena *a; } sack;

static void put(sack *s, uint32_t group, uint64_t hash, float value) {
    if (s->n == s->cap) {
        learn_feature *more = arena_new(s->a, s->cap * 2, sizeof *more);
        memcpy(more, s->at, s->n * sizeof *more);
        s->at = more;
        s->cap *= 2;
    }
    s->at[s->n++] = (learn_feature){ (uint32_t)(hash ^ hash >> 32), group, value };
}

static void put_text(sack *s, uint32_t group, const char *kind, text t) {
    put(s, group, hash_fnv_more(hash_fnv(text_of(kind)), t), 1);
}

static void put_pair(sack *s, const char *kind, text first, text second) {
    uint64_t h = hash_fnv_more(hash_fnv(text_of(kind)), first);
    put(s, LEARN_PAIR, hash_fnv_more(hash_fnv_more(h, TEXT(" ")), second), 1);
}

/* Pieces of one word with its edges: "_he hel ell llo lo_ _hel …". */
static void put_pieces(sack *s, text one) {
    char edged[48];
    size_t n = one.n > 40 ? 40 : one.n;
    edged[0] = '_';
    memcpy(edged + 1, one.p, n);
    edged[n + 1] = '_';
    for (size_t size = PIECE_MIN; size <= PIECE_MAX; size++)
        for (size_t i = 0; i + size <= n + 2; i++) put_text(s, LEARN_PIECE, "p", (text){ edged + i, size });
}

static bool has_digit(text t) {
    for (size_t i = 0; i < t.n; i++) if (t.p[i] >= '0' && t.p[i] <= '9') return true;
    return false;
}

static void put_words(sack *s, words w) {
    text before = TEXT("^");
    for (size_t i = 0; i < w.n; i++) {
        text low = has_digit(w.at[i].low) ? TEXT("#") : w.at[i].low;
        put_text(s, LEARN_WORD, "w", low);
        if (!w.at[i].stop && !text_eq(low, w.at[i].stem)) put_text(s, LEARN_WORD, "s", w.at[i].stem);
        put_pair(s, "b", before, low);
        if (i >= 2) put_pair(s, "k", w.at[i - 2].low, low);
        put_pieces(s, low);
        before = low;
    }
    put_pair(s, "b", before, TEXT("$"));
}

static void put_lists(sack *s, words w, const lexicon *lists) {
    lexicon_hit hit[128];
    size_t n = lexicon_find(lists, w, hit, 128);
    for (size_t i = 0; i < n; i++)
        put_text(s, LEARN_LIST, "l", text_of(lexicon_name(lists, hit[i].name)));
}

/* Sections of rules that fit somewhere. */
static void put_rules(sack *s, words w, const rules *r) {
    size_t n;
    const rules_hit *hit = rules_find(r, s->a, w, &n);
    for (size_t i = 0; i < n; i++)
        put_text(s, LEARN_LIST, "r", text_of(rules_name(r, hit[i].section)));
}

/* Counts that words alone do not show. */
static void put_cues(sack *s, text message, words w) {
    size_t i_n = 0, you_n = 0, shout = 0, bang = 0, marks = 0;
    for (size_t i = 0; i < w.n; i++) {
        text l = w.at[i].low;
        if (text_is(l, "i") || text_starts(l, "i'") || text_is(l, "me") || text_is(l, "my")) i_n++;
        if (text_is(l, "you") || text_starts(l, "you'") || text_is(l, "your")) you_n++;
        shout += w.at[i].shout;
        bang += w.at[i].after == '!';
    }
    for (size_t i = 0; i < message.n; i++) marks += message.p[i] == '?';
    text m = text_trim(message);
    if (marks) put_text(s, LEARN_CUE, "c", TEXT("asks"));
    if (m.n && m.p[m.n - 1] == '?') put_text(s, LEARN_CUE, "c", TEXT("asks last"));
    if (i_n) put_text(s, LEARN_CUE, "c", TEXT("i"));
    if (you_n) put_text(s, LEARN_CUE, "c", TEXT("you"));
    if (i_n && you_n) put_text(s, LEARN_CUE, "c", TEXT("i and you"));
    if (!i_n && !you_n) put_text(s, LEARN_CUE, "c", TEXT("nobody"));
    if (shout) put_text(s, LEARN_CUE, "c", TEXT("shout"));
    if (bang) put_text(s, LEARN_CUE, "c", TEXT("bang"));
    const char *size = w.n <= 1 ? "1" : w.n <= 3 ? "3" : w.n <= 6 ? "6" : w.n <= 12 ? "12" : w.n <= 25 ? "25"
                     : w.n <= 50 ? "50" : "99";
    put_text(s, LEARN_CUE, "n", text_of(size));
    if (w.n) {
        put_text(s, LEARN_CUE, "first", w.at[0].low);
        put_text(s, LEARN_CUE, "last", w.at[w.n - 1].low);
    }
}

static int by_key(const void *x, const void *y) {
    const learn_feature *a = x, *b = y;
    return a->key < b->key ? -1 : a->key > b->key;
}

learn_bag learn_bag_of(arena *a, text message, words w, const learn_aids *aids) {
    if (w.n > BAG_WORDS) {                     /* keep both ends: what it opens with and what it comes to */
        words cut = { arena_new(a, BAG_WORDS, sizeof *cut.at), BAG_WORDS };
        memcpy(cut.at, w.at, BAG_WORDS / 2 * sizeof *cut.at);
        memcpy(cut.at + BAG_WORDS / 2, w.at + w.n - BAG_WORDS / 2, BAG_WORDS / 2 * sizeof *cut.at);
        w = cut;
    }
    sack s = { arena_new(a, 64 + w.n * 24, sizeof *s.at), 0, 64 + w.n * 24, a };
    put_words(&s, w);
    if (aids->lists) put_lists(&s, w, aids->lists);
    for (int i = 0; i < 2; i++) if (aids->rules[i]) put_rules(&s, w, aids->rules[i]);
    put_cues(&s, message, w);
    qsort(s.at, s.n, sizeof *s.at, by_key);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (n && s.at[n - 1].key == s.at[i].key) s.at[n - 1].value += s.at[i].value;
        else s.at[n++] = s.at[i];
    }
    for (size_t i = 0; i < n; i++) s.at[i].value = 1 + logf(s.at[i].value);
    return (learn_bag){ s.at, n };
}

void learn_bag_scale(learn_bag *b, const float *idf) {
    float square[LEARN_GROUPS] = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (idf[i] <= 0) continue;
        learn_feature f = b->at[i];
        f.value *= idf[i];
        square[f.group] += f.value * f.value;
        b->at[n++] = f;
    }
    b->n = n;
    for (size_t i = 0; i < n; i++) {
        float s = square[b->at[i].group];
        b->at[i].value *= SHARE[b->at[i].group] / sqrtf(s);
    }
}
