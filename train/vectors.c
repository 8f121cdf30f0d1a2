/* SPDX-License-Identifier: Apache-2.0
 * vectors.c - train-vectors -o FILE [-dim 64] [-words 20000] [-epochs 3] WEIGHT:TEXT...: what words mean by the company
 *             they keep. Made once from a large body of text and kept in the tree (voice/lexicon/vectors.bin), since
 *             the text itself is too large to ship; `make` does not run it.
 *
 * DESIGN  Skip-gram with negative sampling, one thread, one seed: the same texts give the same file. A text is taken
 *         WEIGHT times an epoch. The vectors lose their common direction, are scaled to length 1 and kept as bytes.
 * LAYOUT  "SAMWORDS"  u32 version  u32 n  u32 dim  u64 FNV-1a of all that follows
 *         n times, by ascending word: u8 length, bytes, i8[dim]
 * SOURCE  Mikolov et al. 2013, "Distributed representations of words and phrases and their compositionality". */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/words.h"

enum { SLOTS = 1 << 22, WINDOW = 5, NEGATIVE = 5, NOISE = 1 << 22, TEXT_MAX = 1 << 30 };
static const double RARE_CUT = 1e-4, RATE = 0.03;

typedef struct { uint64_t hash; char *word; uint64_t seen; int32_t id; } slot;
typedef struct { int32_t *at; size_t n, cap; int weight; } stream;    /* word ids; -1 ends a line */
typedef struct {
    slot *slots;
    size_t n_kept;
    slot **kept;            /* [n_kept] by falling count; id = place */
    uint64_t total;
    int dim;
    float *in, *out;        /* [n_kept][dim] */
    int32_t *noise;
    uint64_t seed;
} work;

static slot *slot_of(work *w, text t, bool make) {
    uint64_t h = hash_fnv(t);
    for (size_t i = h % SLOTS;; i = (i + 1) % SLOTS) {
        slot *s = &w->slots[i];
        if (!s->word) {
            if (!make) return NULL;
            *s = (slot){ h, mem_text(t.p, t.n), 0, -1 };
            return s;
        }
        if (s->hash == h) return s;
    }
}

static void each_word(work *w, text bytes, int weight, void (*use)(work *, slot *, int, void *), void *ctx) {
    arena a = { 0 };
    while (bytes.n) {
        text line = text_cut(&bytes, '\n');
        words l = words_of(&a, line);
        for (size_t i = 0; i < l.n; i++) {
            text low = l.at[i].low;
            if (low.n > 24 || (low.p[0] >= '0' && low.p[0] <= '9')) continue;
            use(w, slot_of(w, low, true), weight, ctx);
        }
        use(w, NULL, weight, ctx);
        arena_reset(&a);
    }
    arena_release(&a);
}

static void count(work *w, slot *s, int weight, void *ctx) {
    (void)ctx;
    if (s) s->seen += (uint64_t)weight, w->total += (uint64_t)weight;
}

static void keep(work *w, slot *s, int weight, void *ctx) {
    stream *t = ctx;
    (void)w;
    (void)weight;
    if (s && s->id < 0) return;
    if (t->n == t->cap) t->at = mem_grow(t->at, t->cap = t->cap ? t->cap * 2 : 1 << 20, sizeof *t->at);
    t->at[t->n++] = s ? s->id : -1;
}

static int by_count(const void *a, const void *b) {
    const slot *x = *(slot *const *)a, *y = *(slot *const *)b;
    return x->seen != y->seen ? (x->seen < y->seen ? 1 : -1) : strcmp(x->word, y->word);
}

static int by_word(const void *a, const void *b) { return strcmp((*(slot *const *)a)->word, (*(slot *const *)b)->word); }

static void choose_words(work *w, size_t most) {
    size_t n = 0;
    slot **all = mem_new(SLOTS, sizeof *all);
    for (size_t i = 0; i < SLOTS; i++) if (w->slots[i].word) all[n++] = &w->slots[i];
    qsort(all, n, sizeof *all, by_count);
    w->n_kept = n < most ? n : most;
    w->kept = all;
    for (size_t i = 0; i < w->n_kept; i++) all[i]->id = (int32_t)i;
}

static float unit(work *w) { return (float)(rand_next(&w->seed) >> 40) / (float)(1 << 24); }

static void prepare(work *w) {
    size_t n = w->n_kept * (size_t)w->dim;
    w->in = mem_new(n, sizeof *w->in);
    w->out = mem_new(n, sizeof *w->out);
    w->noise = mem_new(NOISE, sizeof *w->noise);
    for (size_t i = 0; i < n; i++) w->in[i] = (unit(w) - 0.5f) / (float)w->dim;
    double sum = 0, at = 0;
    for (size_t i = 0; i < w->n_kept; i++) sum += pow((double)w->kept[i]->seen, 0.75);
    size_t k = 0;
    for (size_t i = 0; i < w->n_kept; i++) {
        at += pow((double)w->kept[i]->seen, 0.75) / sum;
        for (; k < NOISE && (double)k < at * NOISE; k++) w->noise[k] = (int32_t)i;
    }
    for (; k < NOISE; k++) w->noise[k] = (int32_t)w->n_kept - 1;
}

static void teach_pair(work *w, int32_t centre, int32_t near, float rate) {
    float *v = w->in + (size_t)centre * (size_t)w->dim, move[256] = { 0 };
    for (int k = 0; k <= NEGATIVE; k++) {
        int32_t other = k ? w->noise[rand_next(&w->seed) % NOISE] : near;
        if (k && other == near) continue;
        float *u = w->out + (size_t)other * (size_t)w->dim, dot = 0;
        for (int d = 0; d < w->dim; d++) dot += v[d] * u[d];
        float p = dot > 8 ? 1 : dot < -8 ? 0 : 1 / (1 + expf(-dot));
        float g = ((k ? 0.0f : 1.0f) - p) * rate;
        for (int d = 0; d < w->dim; d++) move[d] += g * u[d], u[d] += g * v[d];
    }
    for (int d = 0; d < w->dim; d++) v[d] += move[d];
}

/* One pass over a text; *done of `all` words are behind us. */
static void teach_stream(work *w, const stream *t, double *done, double all) {
    int32_t line[1000];
    int n = 0;
    for (size_t i = 0; i < t->n; i++) {
        int32_t id = t->at[i];
        if (id >= 0) {
            *done += 1;
            double f = (double)w->kept[id]->seen / (double)w->total;
            double stay = sqrt(RARE_CUT / f) + RARE_CUT / f;
            if (stay < 1 && (double)unit(w) > stay) continue;
            if (n < 1000) line[n++] = id;
            continue;
        }
        float rate = (float)(RATE * fmax(1 - *done / all, 0.001));
        for (int c = 0; c < n; c++) {
            int reach = 1 + (int)(rand_next(&w->seed) % WINDOW);
            for (int k = c - reach; k <= c + reach; k++)
                if (k >= 0 && k < n && k != c) teach_pair(w, line[c], line[k], rate);
        }
        n = 0;
    }
}

/* Take off the mean and scale each vector to length 1. */
static void finish(work *w) {
    size_t dim = (size_t)w->dim;
    double *mean = mem_new(dim, sizeof *mean);
    for (size_t i = 0; i < w->n_kept; i++) for (size_t d = 0; d < dim; d++) mean[d] += (double)w->in[i * dim + d];
    for (size_t i = 0; i < w->n_kept; i++) {
        double square = 0;
        for (size_t d = 0; d < dim; d++) {
            w->in[i * dim + d] -= (float)(mean[d] / (double)w->n_kept);
            square += (double)w->in[i * dim + d] * (double)w->in[i * dim + d];
        }
        for (size_t d = 0; d < dim && square > 0; d++) w->in[i * dim + d] /= (float)sqrt(square);
    }
    free(mean);
}

static void put(buf *b, uint64_t v, int bytes) {
    for (int i = 0; i < bytes; i++) buf_char(b, (char)(v >> 8 * i & 0xff));
}

static void write_words(work *w, size_t ship, buf *out) {
    size_t n = w->n_kept < ship ? w->n_kept : ship;
    slot **sorted = mem_new(n, sizeof *sorted);
    memcpy(sorted, w->kept, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_word);
    buf body = { 0 };
    for (size_t i = 0; i < n; i++) {
        put(&body, strlen(sorted[i]->word), 1);
        buf_str(&body, sorted[i]->word);
        const float *v = w->in + (size_t)sorted[i]->id * (size_t)w->dim;
        for (int d = 0; d < w->dim; d++) {
            long q = lrintf(v[d] * 256);
            put(&body, (uint64_t)(uint8_t)(int8_t)(q > 127 ? 127 : q < -127 ? -127 : q), 1);
        }
    }
    buf_str(out, "SAMWORDS");
    put(out, 1, 4);
    put(out, n, 4);
    put(out, (uint64_t)w->dim, 4);
    put(out, hash_fnv(buf_text(&body)), 8);
    buf_add(out, buf_text(&body));
    buf_release(&body);
    free(sorted);
}

static int read_texts(work *w, int n, char **arg, stream *streams, size_t most, fail *why) {
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < n; i++) {
            text name = text_of(arg[i]), weight = text_cut(&name, ':');
            buf b = { 0 };
            int rc = file_read(name.p, TEXT_MAX, &b, why);
            if (rc) return rc;
            streams[i].weight = atoi(weight.p);
            if (pass == 0) each_word(w, buf_text(&b), streams[i].weight, count, NULL);
            else each_word(w, buf_text(&b), streams[i].weight, keep, &streams[i]);
            buf_release(&b);
        }
        if (pass == 0) choose_words(w, most);
    }
    return 0;
}

int main(int argc, char **argv) {
    work w = { .dim = 64, .seed = 8316 };
    size_t most = 20000;
    int epochs = 3, at = 1;
    const char *path = NULL;
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (!strcmp(argv[at], "-o")) path = argv[at + 1];
        else if (!strcmp(argv[at], "-dim")) w.dim = atoi(argv[at + 1]);
        else if (!strcmp(argv[at], "-words")) most = (size_t)atol(argv[at + 1]);
        else if (!strcmp(argv[at], "-epochs")) epochs = atoi(argv[at + 1]);
    }
    if (!path || at >= argc || w.dim < 1 || w.dim > 256) {
        fprintf(stderr, "usage: train-vectors -o FILE [-dim 64] [-words 20000] [-epochs 3] WEIGHT:TEXT...\n");
        return 2;
    }
    fail why = { 0 };
    int n = argc - at;
    stream *streams = mem_new((size_t)n, sizeof *streams);
    w.slots = mem_new(SLOTS, sizeof *w.slots);
    int rc = read_texts(&w, n, argv + at, streams, most * 2, &why);
    if (rc) {
        fprintf(stderr, "train-vectors: %s\n", why.text);
        return 1;
    }
    prepare(&w);
    double all = 0, done = 0;
    for (int i = 0; i < n; i++) all += (double)streams[i].n * streams[i].weight * epochs;
    for (int e = 0; e < epochs; e++)
        for (int i = 0; i < n; i++)
            for (int k = 0; k < streams[i].weight; k++) {
                teach_stream(&w, &streams[i], &done, all);
                fprintf(stderr, "\r%3.0f %%", 100 * done / all);
            }
    finish(&w);
    buf out = { 0 };
    write_words(&w, most, &out);
    rc = file_write(path, buf_text(&out), &why);
    fprintf(stderr, rc ? "\n%s\n" : "\nwritten\n", why.text);
    return rc ? 1 : 0;
}
