/* SPDX-License-Identifier: Apache-2.0
 * small_topics.c - the subject by its words alone: what a short message is about when no classifier can tell.
 *
 * LAYOUT  voice/lexicon/topics-*.txt: "name: word word "two words"", strongest first. A term is kept as its stems; a
 *         message's subject is the one whose terms weigh most, if it leads clearly. */
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/hash.h"
#include "base/mem.h"
#include "think/small.h"

enum { TERMS_MOST = 16384, NAMES_MOST = 160, STEMS_MOST = 4 };

typedef struct { uint64_t key; text stem[STEMS_MOST]; uint8_t n; uint8_t name; float weight; } term;
struct subjects {
    arena mem;
    const char *name[NAMES_MOST]; int n_name;
    term *slot;                    /* [TERMS_MOST] open addressing by the first stem; chains run on */
    size_t n;
};

static void term_add(subjects *s, text t, int name, int rank) {
    words w = words_of(&s->mem, t);
    if (!w.n || w.n > STEMS_MOST || s->n * 2 > TERMS_MOST) return;
    if (w.n == 1 && w.at[0].stop) return;
    term e = { .key = hash_fnv(w.at[0].stem) | 1, .n = (uint8_t)w.n, .name = (uint8_t)name,
               .weight = (w.n > 1 ? 1.6f : 1.0f) / (1.0f + (float)rank / 25.0f) };
    for (size_t i = 0; i < w.n; i++) e.stem[i] = w.at[i].stem;
    size_t at = e.key & (TERMS_MOST - 1);
    while (s->slot[at].key) at = (at + 1) & (TERMS_MOST - 1);
    s->slot[at] = e;
    s->n++;
}

static void row_read(subjects *s, text row) {
    text name = text_cut(&row, ':');
    if (s->n_name == NAMES_MOST) return;
    s->name[s->n_name] = arena_str(&s->mem, name.p, name.n);
    for (int rank = 0; row.n; rank++) {
        row = text_trim(row);
        text t;
        if (row.n && row.p[0] == '"') {
            row.p++, row.n--;
            t = text_cut(&row, '"');
        } else {
            t = text_cut(&row, ' ');
        }
        if (t.n) term_add(s, t, s->n_name, rank);
    }
    s->n_name++;
}

subjects *subjects_new(void) {
    subjects *s = mem_new(1, sizeof *s);
    s->slot = mem_new(TERMS_MOST, sizeof *s->slot);
    for (const embed_file *f = embed_files; f->name; f++) {
        if (strncmp(f->name, "voice/lexicon/topics-", 21) != 0) continue;
        text all = { (const char *)f->from, (size_t)(f->to - f->from) };
        while (all.n) {
            text row = text_trim(text_cut(&all, '\n'));
            if (row.n && row.p[0] != '#') row_read(s, row);
        }
    }
    return s;
}

void subjects_free(subjects *s) {
    if (!s) return;
    free(s->slot);
    arena_release(&s->mem);
    free(s);
}

const char *subjects_guess(const subjects *s, words w, double *lead) {
    double weight[NAMES_MOST] = { 0 };
    for (size_t i = 0; i < w.n; i++) {
        uint64_t key = hash_fnv(w.at[i].stem) | 1;
        for (size_t at = key & (TERMS_MOST - 1); s->slot[at].key; at = (at + 1) & (TERMS_MOST - 1)) {
            const term *e = &s->slot[at];
            if (e->key != key || i + e->n > w.n) continue;
            size_t k = 0;
            while (k < e->n && text_eq(w.at[i + k].stem, e->stem[k])) k++;
            if (k == e->n) weight[e->name] += (double)e->weight;
        }
    }
    int best = -1;
    double second = 0;
    for (int i = 0; i < s->n_name; i++) {
        if (best < 0 || weight[i] > weight[best]) {
            if (best >= 0 && weight[best] > second) second = weight[best];
            best = i;
        } else if (weight[i] > second) second = weight[i];
    }
    *lead = best < 0 ? 0 : weight[best] - 0.6 * second;
    return best >= 0 && weight[best] > 0 ? s->name[best] : "";
}
