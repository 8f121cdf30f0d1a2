/* SPDX-License-Identifier: Apache-2.0
 * learn_train.c - teaching: labelled messages in, a model's bytes out.
 *
 * DESIGN  One-against-the-rest linear support vector machines with squared hinge loss, solved in the dual by
 *         coordinate descent; all labels of a task move together, so that the inner loops run over contiguous
 *         numbers. No randomness but a seeded shuffle: the same examples give the same bytes.
 *         Rare labels weigh more (POSITIVE), since what matters is doing well on each of them, not on "chat".
 * SOURCE  Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM", algorithm 1. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/mem.h"
#include "care/learn.h"

/* Measured by leaving writing batches out (tests/care/sense_eval.c). */
enum { EPOCHS = 14, LANES = 8 };
static const float COST = 0.35f, POSITIVE = 0.35f, CONSTANT = 0.7f;
static const int FEWEST[LEARN_GROUPS] = { 2, 2, 3, 1, 2 };    /* examples a feature must be seen in */
static const int PRUNE = 2;                                   /* quantised weights up to this are left out */

/* ---- vocabulary -------------------------------------------------------------------------------------------- */
typedef struct { uint32_t key, group; uint32_t seen; float idf; } entry;
typedef struct { entry *at; size_t n; } vocabulary;           /* ascending by key */

static int by_key(const void *x, const void *y) {
    const entry *a = x, *b = y;
    return a->key < b->key ? -1 : a->key > b->key;
}

static ptrdiff_t find(const vocabulary *v, uint32_t key) {
    size_t low = 0, high = v->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (v->at[mid].key < key) low = mid + 1;
        else high = mid;
    }
    return low < v->n && v->at[low].key == key ? (ptrdiff_t)low : -1;
}

static int vocabulary_of(vocabulary *v, const learn_bag *bag, size_t n_bags) {
    size_t all = 0, n = 0;
    for (size_t i = 0; i < n_bags; i++) all += bag[i].n;
    v->at = mem_try(all + 1, sizeof *v->at);
    if (!v->at) return ERR_NOMEM;
    for (size_t i = 0; i < n_bags; i++)
        for (size_t k = 0; k < bag[i].n; k++)
            v->at[v->n++] = (entry){ bag[i].at[k].key, bag[i].at[k].group, 1, 0 };
    qsort(v->at, v->n, sizeof *v->at, by_key);
    for (size_t i = 0; i < v->n;) {
        entry e = v->at[i];
        for (e.seen = 0; i < v->n && v->at[i].key == e.key; i++) e.seen++;
        if ((int)e.seen < FEWEST[e.group]) continue;
        float idf = logf((float)(n_bags + 1) / (float)(e.seen + 1)) + 1;
        e.idf = (float)((int)fminf(idf * 16, 256)) / 16;      /* as the model will keep it */
        v->at[n++] = e;
    }
    v->n = n;
    return 0;
}

/* ---- examples as rows of numbers --------------------------------------------------------------------------- */
typedef struct { uint32_t col; float v; } cell;
typedef struct { cell *at; size_t n; float square; const learn_example *from; } row;

static row row_of(arena *a, const vocabulary *v, learn_bag bag, const learn_example *from) {
    row r = { arena_new(a, bag.n + 1, sizeof *r.at), 0, 0, from };
    float *idf = arena_new(a, bag.n + 1, sizeof *idf);
    ptrdiff_t at;
    size_t n = 0;
    for (size_t i = 0; i < bag.n; i++)
        if ((at = find(v, bag.at[i].key)) >= 0) {
            idf[n] = v->at[at].idf;
            bag.at[n++] = bag.at[i];
        }
    bag.n = n;
    learn_bag_scale(&bag, idf);
    for (size_t i = 0; i < bag.n; i++) {
        r.at[r.n++] = (cell){ (uint32_t)find(v, bag.at[i].key), bag.at[i].value };
        r.square += bag.at[i].value * bag.at[i].value;
    }
    return r;
}

/* ---- one task ---------------------------------------------------------------------------------------------- */
typedef struct {
    size_t k, lanes;          /* labels; the same rounded up to LANES */
    float *w, *bias;          /* [n_features][lanes], [lanes] */
    float *alpha;             /* [n_rows][lanes] */
    float *cost_yes;          /* [lanes] cost of missing a positive example */
} machine;

static bool holds(const learn_example *e, int task, size_t k) { return e->has[task][k / 64] >> (k % 64) & 1; }

static void margins(const machine *m, const row *r, float *out) {
    for (size_t k = 0; k < m->lanes; k++) out[k] = m->bias[k] * CONSTANT;
    for (size_t i = 0; i < r->n; i++) {
        const float *w = m->w + r->at[i].col * m->lanes;
        float v = r->at[i].v;
        for (size_t b = 0; b < m->lanes; b += LANES)
            for (size_t k = 0; k < LANES; k++) out[b + k] += v * w[b + k];
    }
}

static void move(machine *m, const row *r, const float *step) {
    for (size_t k = 0; k < m->lanes; k++) m->bias[k] += step[k] * CONSTANT;
    for (size_t i = 0; i < r->n; i++) {
        float *w = m->w + r->at[i].col * m->lanes;
        float v = r->at[i].v;
        for (size_t b = 0; b < m->lanes; b += LANES)
            for (size_t k = 0; k < LANES; k++) w[b + k] += v * step[b + k];
    }
}

/* One coordinate step of every label on one example. */
static void teach_row(machine *m, const row *r, float *alpha, int task) {
    float out[LEARN_LABELS_MAX + LANES], step[LEARN_LABELS_MAX + LANES] = { 0 };
    bool moved = false;
    margins(m, r, out);
    for (size_t k = 0; k < m->k; k++) {
        bool yes = holds(r->from, task, k);
        float y = yes ? 1 : -1, soft = 0.5f / (COST * r->from->weight * (yes ? m->cost_yes[k] : 1));
        float slope = y * out[k] - 1 + soft * alpha[k];
        float next = fmaxf(alpha[k] - slope / (r->square + CONSTANT * CONSTANT + soft), 0);
        if (fabsf(next - alpha[k]) < 1e-6f) continue;
        step[k] = (next - alpha[k]) * y;
        alpha[k] = next;
        moved = true;
    }
    if (moved) move(m, r, step);
}

static int teach(machine *m, const row *rows, size_t n_rows, size_t n_features, int task, size_t n_labels) {
    size_t *order = mem_try(n_rows + 1, sizeof *order), n = 0;
    m->k = n_labels;
    m->lanes = (n_labels + LANES - 1) / LANES * LANES;
    m->w = mem_try((n_features + 1) * m->lanes, sizeof *m->w);
    m->bias = mem_try(m->lanes + 1, sizeof *m->bias);
    m->alpha = mem_try((n_rows + 1) * m->lanes, sizeof *m->alpha);
    m->cost_yes = mem_try(m->lanes + 1, sizeof *m->cost_yes);
    if (!order || !m->w || !m->bias || !m->alpha || !m->cost_yes) {
        free(order);
        return ERR_NOMEM;
    }
    for (size_t i = 0; i < n_rows; i++) if (rows[i].from->knows[task]) order[n++] = i;
    for (size_t k = 0; k < n_labels; k++) {
        size_t yes = 0;
        for (size_t i = 0; i < n; i++) yes += holds(rows[order[i]].from, task, k);
        m->cost_yes[k] = yes ? powf((float)(n - yes + 1) / (float)yes, POSITIVE) : 1;
    }
    uint64_t seed = 8316;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (size_t i = n; i > 1; i--) {
            size_t j = (size_t)(rand_next(&seed) % i), t = order[i - 1];
            order[i - 1] = order[j];
            order[j] = t;
        }
        for (size_t i = 0; i < n; i++) teach_row(m, &rows[order[i]], m->alpha + order[i] * m->lanes, task);
    }
    free(order);
    return 0;
}

static void machine_release(machine *m) {
    free(m->w);
    free(m->bias);
    free(m->alpha);
    free(m->cost_yes);
}

/* ---- the model's bytes ------------------------------------------------------------------------------------- */
static void put(buf *b, uint64_t v, int bytes) {
    for (int i = 0; i < bytes; i++) buf_char(b, (char)(v >> 8 * i & 0xff));
}

static void put_real(buf *b, float f) {
    uint32_t bits;
    memcpy(&bits, &f, 4);
    put(b, bits, 4);
}

static int quantised(float w, float step) { return step > 0 ? (int)lrintf(w / step) : 0; }

typedef struct { buf labels, reals, keys, idf, from, outs, weights; uint32_t n_out, n_features, n_weights; } parts;

static void put_labels(parts *p, const learn_set *s, const machine *m, size_t n_features, float *step) {
    for (int t = 0; t < LEARN_TASKS; t++) {
        put(&p->labels, (uint64_t)s->n_label[t], 2);
        for (int k = 0; k < s->n_label[t]; k++) {
            const char *name = s->label[t][k];
            put(&p->labels, strlen(name), 1);
            buf_str(&p->labels, name);
            float most = 0;
            for (size_t f = 0; f < n_features; f++)
                most = fmaxf(most, fabsf(m[t].w[f * m[t].lanes + (size_t)k]));
            step[p->n_out++] = most / 127;
            put_real(&p->reals, m[t].bias[k] * CONSTANT);
            put_real(&p->reals, most / 127);
        }
    }
}

static void put_feature(parts *p, const learn_set *s, const machine *m, const float *step, const entry *e, size_t f) {
    uint32_t out = 0;
    for (int t = 0; t < LEARN_TASKS; t++)
        for (int k = 0; k < s->n_label[t]; k++, out++) {
            int q = quantised(m[t].w[f * m[t].lanes + (size_t)k], step[out]);
            if (abs(q) <= PRUNE) continue;
            put(&p->outs, out, 2);
            put(&p->weights, (uint64_t)(uint8_t)(int8_t)q, 1);
            p->n_weights++;
        }
    put(&p->keys, e->key, 4);
    put(&p->idf, (uint64_t)lrintf(e->idf * 16) - 1, 1);
    put(&p->from, p->n_weights, 4);
    p->n_features++;
}

static void write_model(const learn_set *s, const machine *m, const vocabulary *v, buf *out) {
    parts p = { 0 };
    float step[LEARN_OUT_MAX];
    put_labels(&p, s, m, v->n, step);
    put(&p.from, 0, 4);
    for (size_t f = 0; f < v->n; f++) put_feature(&p, s, m, step, &v->at[f], f);
    buf body = { 0 };
    buf *const part[] = { &p.labels, &p.reals, &p.keys, &p.idf, &p.from, &p.outs, &p.weights };
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        buf_add(&body, buf_text(part[i]));
        buf_release(part[i]);
    }
    buf_str(out, "SAMSENSE");
    put(out, 1, 4);
    put(out, p.n_out, 4);
    put(out, p.n_features, 4);
    put(out, p.n_weights, 4);
    put(out, hash_fnv(buf_text(&body)), 8);
    buf_add(out, buf_text(&body));
    buf_release(&body);
}

int learn_train(const learn_set *s, const bool *use, const learn_aids *aids, buf *out, fail *why) {
    arena a = { 0 };
    vocabulary v = { 0 };
    machine m[LEARN_TASKS] = { 0 };
    learn_bag *bag = arena_new(&a, s->n + 1, sizeof *bag);
    row *rows = arena_new(&a, s->n + 1, sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (use && !use[i]) continue;
        rows[n].from = &s->at[i];
        bag[n++] = learn_bag_of(&a, s->at[i].said, words_of(&a, s->at[i].said), aids);
    }
    int rc = n ? vocabulary_of(&v, bag, n) : ERR_USAGE;
    for (size_t i = 0; i < n && !rc; i++) rows[i] = row_of(&a, &v, bag[i], rows[i].from);
    for (int t = 0; t < LEARN_TASKS && !rc; t++) rc = teach(&m[t], rows, n, v.n, t, (size_t)s->n_label[t]);
    if (!rc) write_model(s, m, &v, out);
    for (int t = 0; t < LEARN_TASKS; t++) machine_release(&m[t]);
    free(v.at);
    arena_release(&a);
    return rc ? fail_set(why, rc, rc == ERR_USAGE ? "no examples to learn from" : "no memory to learn with") : 0;
}
