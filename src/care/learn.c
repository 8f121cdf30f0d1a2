/* SPDX-License-Identifier: Apache-2.0
 * learn.c - a trained model, read and asked. Layout: learn.h.
 *
 * INVARIANTS of an open model, checked when it is read:
 *  1. the spans of the tasks follow one another and end at n_out;
 *  2. keys ascend; from[] ascends from 0 to n_weights; every output[] is below n_out. */
#include "care/learn.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/mem.h"

const learn_task learn_tasks[LEARN_TASKS] = {
    { "situation", false }, { "topic", false }, { "act", false },       { "ask", false },
    { "feelings", true },   { "distress", false }, { "valence", false }, { "bye", false },
    { "onto", false },      { "risk", false },     { "third_risk", false }
};

struct learn {
    uint32_t n_out, n_features, n_weights;
    int from_out[LEARN_TASKS + 1];        /* span of each task */
    char (*label)[24];                    /* [n_out] */
    float *bias, *step;                   /* [n_out] */
    uint32_t *key;                        /* [n_features] */
    float *idf;                           /* [n_features] */
    uint32_t *from;                       /* [n_features + 1] */
    uint16_t *out;                        /* [n_weights] */
    int8_t *weight;                       /* [n_weights] */
};

/* ---- reading ----------------------------------------------------------------------------------------------- */
typedef struct { const unsigned char *p; size_t n; bool bad; } rest;

static uint64_t number(rest *r, size_t bytes) {
    uint64_t v = 0;
    if (r->n < bytes) r->bad = true, r->n = 0;
    else {
        for (size_t i = bytes; i-- > 0;) v = v << 8 | r->p[i];
        r->p += bytes;
        r->n -= bytes;
    }
    return v;
}

static float real(rest *r) {
    uint32_t bits = (uint32_t)number(r, 4);
    float f;
    memcpy(&f, &bits, 4);
    if (!isfinite(f)) r->bad = true;
    return f;
}

static void read_labels(learn *l, rest *r) {
    for (int t = 0; t < LEARN_TASKS; t++) {
        uint64_t n = number(r, 2);
        if (n > LEARN_LABELS_MAX || (uint64_t)l->from_out[t] + n > l->n_out) {
            r->bad = true;
            return;
        }
        l->from_out[t + 1] = l->from_out[t] + (int)n;
        for (int i = l->from_out[t]; i < l->from_out[t + 1] && !r->bad; i++) {
            size_t size = (size_t)number(r, 1);
            if (size >= sizeof *l->label || size > r->n) { r->bad = true; return; }
            memcpy(l->label[i], r->p, size);
            r->p += size;
            r->n -= size;
        }
    }
    if (l->from_out[LEARN_TASKS] != (int)l->n_out) r->bad = true;   /* INVARIANT 1 */
}

static void read_weights(learn *l, rest *r) {
    for (uint32_t i = 0; i < l->n_out; i++) l->bias[i] = real(r), l->step[i] = real(r);
    for (uint32_t i = 0; i < l->n_features; i++) {
        l->key[i] = (uint32_t)number(r, 4);
        if (i && l->key[i] <= l->key[i - 1]) r->bad = true;         /* INVARIANT 2 */
    }
    for (uint32_t i = 0; i < l->n_features; i++) l->idf[i] = (float)(number(r, 1) + 1) / 16;
    for (uint32_t i = 0; i <= l->n_features; i++) {
        l->from[i] = (uint32_t)number(r, 4);
        if (l->from[i] > l->n_weights || (i && l->from[i] < l->from[i - 1])) r->bad = true;
    }
    if (l->from[0] != 0 || l->from[l->n_features] != l->n_weights) r->bad = true;
    for (uint32_t i = 0; i < l->n_weights; i++) {
        l->out[i] = (uint16_t)number(r, 2);
        if (l->out[i] >= l->n_out) r->bad = true;
    }
    for (uint32_t i = 0; i < l->n_weights; i++) l->weight[i] = (int8_t)(uint8_t)number(r, 1);
}

int learn_open(learn **out, text bytes, fail *why) {
    rest r = { (const unsigned char *)bytes.p, bytes.n, false };
    if (bytes.n < 32 || memcmp(bytes.p, "SAMSENSE", 8) != 0)
        return fail_set(why, ERR_FORMAT, "the sense model does not begin as one");
    r.p += 8, r.n -= 8;
    uint32_t version = (uint32_t)number(&r, 4);
    if (version != 1) return fail_set(why, ERR_FORMAT, "the sense model has version %u, expected 1", version);
    learn *l = mem_new(1, sizeof *l);
    l->n_out = (uint32_t)number(&r, 4);
    l->n_features = (uint32_t)number(&r, 4);
    l->n_weights = (uint32_t)number(&r, 4);
    uint64_t sum = number(&r, 8);
    uint64_t need = (uint64_t)l->n_out * 8 + (uint64_t)l->n_features * 9 + 4 + (uint64_t)l->n_weights * 3;
    if (l->n_out > LEARN_OUT_MAX || need > r.n || sum != hash_fnv((text){ (const char *)r.p, r.n })) {
        learn_close(l);
        return fail_set(why, ERR_FORMAT, "the sense model is damaged");
    }
    l->label = mem_try(l->n_out + 1, sizeof *l->label);
    l->bias = mem_try(l->n_out + 1, sizeof *l->bias);
    l->step = mem_try(l->n_out + 1, sizeof *l->step);
    l->key = mem_try(l->n_features + 1, sizeof *l->key);
    l->idf = mem_try(l->n_features + 1, sizeof *l->idf);
    l->from = mem_try((size_t)l->n_features + 1, sizeof *l->from);
    l->out = mem_try(l->n_weights + 1, sizeof *l->out);
    l->weight = mem_try(l->n_weights + 1, sizeof *l->weight);
    if (!l->label || !l->bias || !l->step || !l->key || !l->idf || !l->from || !l->out || !l->weight) {
        learn_close(l);
        return fail_set(why, ERR_NOMEM, "no memory for the sense model");
    }
    read_labels(l, &r);
    if (!r.bad) read_weights(l, &r);
    if (r.bad || r.n) {
        learn_close(l);
        return fail_set(why, ERR_FORMAT, "the sense model is damaged");
    }
    *out = l;
    return 0;
}

void learn_close(learn *l) {
    if (!l) return;
    free(l->label);
    free(l->bias);
    free(l->step);
    free(l->key);
    free(l->idf);
    free(l->from);
    free(l->out);
    free(l->weight);
    free(l);
}

/* ---- asking ------------------------------------------------------------------------------------------------ */
int learn_outs(const learn *l) { return (int)l->n_out; }

void learn_span(const learn *l, int task, int *from, int *n) {
    *from = l->from_out[task];
    *n = l->from_out[task + 1] - *from;
}

const char *learn_label(const learn *l, int task, int i) { return l->label[l->from_out[task] + i]; }

static ptrdiff_t index_of(const learn *l, uint32_t key) {
    size_t low = 0, high = l->n_features;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (l->key[mid] < key) low = mid + 1;
        else high = mid;
    }
    return low < l->n_features && l->key[low] == key ? (ptrdiff_t)low : -1;
}

void learn_judge(const learn *l, learn_bag bag, float *score) {
    enum { SOME = 4096 };
    float idf[SOME];
    ptrdiff_t row[SOME];
    size_t n = 0;
    for (size_t i = 0; i < bag.n && n < SOME; i++) {     /* keep what the model knows, at most SOME of it */
        ptrdiff_t at = index_of(l, bag.at[i].key);
        if (at < 0) continue;
        bag.at[n] = bag.at[i];
        idf[n] = l->idf[at];
        row[n++] = at;
    }
    bag.n = n;
    learn_bag_scale(&bag, idf);
    for (uint32_t o = 0; o < l->n_out; o++) score[o] = 0;
    for (size_t i = 0; i < bag.n; i++) {
        float v = bag.at[i].value;
        for (uint32_t k = l->from[row[i]]; k < l->from[row[i] + 1]; k++)
            score[l->out[k]] += v * (float)l->weight[k];
    }
    for (uint32_t o = 0; o < l->n_out; o++) score[o] = score[o] * l->step[o] + l->bias[o];
}

double learn_chance(float margin) { return 1 / (1 + exp(-2.5 * (double)margin)); }

int learn_best(const learn *l, int task, const float *score, double *p) {
    int from, n, best = 0;
    learn_span(l, task, &from, &n);
    for (int i = 1; i < n; i++) if (score[from + i] > score[from + best]) best = i;
    if (p) {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += exp(3.0 * ((double)score[from + i] - (double)score[from + best]));
        *p = n ? 1 / sum : 0;
    }
    return best;
}
