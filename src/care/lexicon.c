/* SPDX-License-Identifier: Apache-2.0
 * lexicon.c - see lexicon.h.
 *
 * LAYOUT  terms[] in file order; bucket[] is a hash table over each term's first word; terms with the same first
 *         word are chained by `next`. A term's words are hashes, so finding compares numbers only. */
#include "care/lexicon.h"
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/mem.h"

enum { TERM_WORDS = 6, NAMES_MAX = 1000, TERMS_MAX = 100000 };

typedef struct {
    uint64_t word[TERM_WORDS];   /* hash of each stem, or of each word as spelt */
    uint16_t n;
    bool exact;
    int name;
    int32_t next;                /* next term with this bucket, or -1 */
} term;

struct lexicon {
    term *terms;
    size_t n_terms, cap;
    char **names;
    size_t n_names;
    int32_t *bucket;             /* [n_buckets], a power of two */
    size_t n_buckets;
};

static uint64_t key_of(text one, bool exact) {
    return hash_fnv_more(hash_fnv(exact ? TEXT("=") : TEXT("~")), one);
}

static int name_of(lexicon *l, text name) {
    for (size_t i = 0; i < l->n_names; i++) if (text_is(name, l->names[i])) return (int)i;
    if (l->n_names == NAMES_MAX) return -1;
    l->names = mem_grow(l->names, l->n_names + 1, sizeof *l->names);
    l->names[l->n_names++] = mem_text(name.p, name.n);
    return (int)l->n_names - 1;
}

static int add_term(lexicon *l, arena *a, int name, text t) {
    bool exact = t.n && t.p[0] == '=';
    if (exact) t.p++, t.n--;
    words w = words_of(a, t);
    if (!w.n) return 0;
    if (w.n > TERM_WORDS || l->n_terms == TERMS_MAX) return ERR_FULL;
    if (l->n_terms == l->cap) l->terms = mem_grow(l->terms, l->cap = l->cap ? l->cap * 2 : 256, sizeof *l->terms);
    term *new = &l->terms[l->n_terms++];
    *new = (term){ .n = (uint16_t)w.n, .exact = exact, .name = name, .next = -1 };
    for (size_t i = 0; i < w.n; i++) new->word[i] = key_of(exact ? w.at[i].low : w.at[i].stem, exact);
    return 0;
}

static void chain_terms(lexicon *l) {
    for (l->n_buckets = 64; l->n_buckets < l->n_terms * 2; l->n_buckets *= 2) {}
    l->bucket = mem_new(l->n_buckets, sizeof *l->bucket);
    memset(l->bucket, 0xff, l->n_buckets * sizeof *l->bucket);
    for (size_t i = l->n_terms; i-- > 0;) {
        int32_t *head = &l->bucket[l->terms[i].word[0] & (l->n_buckets - 1)];
        l->terms[i].next = *head;
        *head = (int32_t)i;
    }
}

static int read_line(lexicon *l, arena *a, text line) {
    line = text_trim(line);
    if (!line.n || line.p[0] == '#') return 0;
    ptrdiff_t colon = text_find(line, ":");
    if (colon <= 0) return ERR_FORMAT;
    text rest = { line.p + colon + 1, line.n - (size_t)colon - 1 };
    int name = name_of(l, text_trim((text){ line.p, (size_t)colon }));
    if (name < 0) return ERR_FULL;
    while (rest.n) {
        int rc = add_term(l, a, name, text_trim(text_cut(&rest, ',')));
        if (rc) return rc;
    }
    return 0;
}

int lexicon_open(lexicon **out, text bytes, fail *why) {
    lexicon *l = mem_new(1, sizeof *l);
    arena a = { 0 };
    int rc = 0;
    for (int line = 1; bytes.n && !rc; line++) {
        rc = read_line(l, &a, text_cut(&bytes, '\n'));
        if (rc) fail_set(why, ERR_FORMAT, "lexicon line %d: expected `name: term, term`, terms of at most %d words",
                         line, TERM_WORDS);
        arena_reset(&a);
    }
    arena_release(&a);
    if (rc) {
        lexicon_close(l);
        return ERR_FORMAT;
    }
    chain_terms(l);
    *out = l;
    return 0;
}

void lexicon_close(lexicon *l) {
    if (!l) return;
    for (size_t i = 0; i < l->n_names; i++) free(l->names[i]);
    free(l->names);
    free(l->terms);
    free(l->bucket);
    free(l);
}

int lexicon_names(const lexicon *l) { return (int)l->n_names; }
const char *lexicon_name(const lexicon *l, int name) { return l->names[name]; }

int lexicon_index(const lexicon *l, const char *name) {
    for (size_t i = 0; i < l->n_names; i++) if (!strcmp(l->names[i], name)) return (int)i;
    return -1;
}

static bool fits(const term *t, words w, size_t at) {
    if (at + t->n > w.n) return false;
    for (size_t k = 0; k < t->n; k++) {
        const word *x = &w.at[at + k];
        if (key_of(t->exact ? x->low : x->stem, t->exact) != t->word[k]) return false;
    }
    return true;
}

size_t lexicon_find(const lexicon *l, words w, lexicon_hit *out, size_t max) {
    size_t n = 0;
    for (size_t i = 0; i < w.n; i++)
        for (int exact = 0; exact < 2; exact++) {
            uint64_t first = key_of(exact ? w.at[i].low : w.at[i].stem, exact);
            for (int32_t t = l->bucket[first & (l->n_buckets - 1)]; t >= 0 && n < max; t = l->terms[t].next)
                if (l->terms[t].exact == exact && l->terms[t].word[0] == first && fits(&l->terms[t], w, i))
                    out[n++] = (lexicon_hit){ l->terms[t].name, i, l->terms[t].n };
        }
    return n;
}
