/* SPDX-License-Identifier: Apache-2.0
 * model_fuzz.c - any bytes as a sense model: refused, or a model that can be asked. The shipped model with a few
 *                bytes changed and its checksum made right again reaches what lies behind the checksum. */
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/hash.h"
#include "care/learn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(text bytes) {
    learn *l = NULL;
    fail why = { 0 };
    int rc = learn_open(&l, bytes, &why);
    if (rc) {
        if (rc != ERR_FORMAT && rc != ERR_NOMEM) abort();
        if (!*why.text) abort();
        return;
    }
    arena a = { 0 };
    static float score[LEARN_OUT_MAX];
    const learn_aids none = { 0 };
    text said = TEXT("i can't sleep, what should i do?");
    learn_judge(l, learn_bag_of(&a, said, words_of(&a, said), &none), score);
    for (int t = 0; t < LEARN_TASKS; t++) {
        int from, n;
        double p;
        learn_span(l, t, &from, &n);
        if (from < 0 || n < 0 || from + n > learn_outs(l)) abort();
        if (n) learn_label(l, t, learn_best(l, t, score, &p));
    }
    arena_release(&a);
    learn_close(l);
}

/* A small model of the right shape, with the input's bytes where numbers stand. */
static void ask_shaped(const uint8_t *data, size_t size) {
    buf body = { 0 }, all = { 0 };
    uint32_t head[4] = { 1, size > 0 ? data[0] % 40 : 0, size > 1 ? data[1] % 40 : 0, size > 2 ? data[2] : 0 };
    buf_add(&body, (text){ (const char *)data + (size > 3 ? 3 : size), size > 3 ? size - 3 : 0 });
    buf_str(&all, "SAMSENSE");
    buf_add(&all, (text){ (const char *)head, sizeof head });
    uint64_t sum = hash_fnv(buf_text(&body));
    buf_add(&all, (text){ (const char *)&sum, sizeof sum });
    buf_add(&all, buf_text(&body));
    ask(buf_text(&all));
    buf_release(&body);
    buf_release(&all);
}

/* The shipped model, a few of its bytes changed: u16 where (scaled), u8 what. */
static void ask_changed(const uint8_t *data, size_t size) {
    text real = embed_bytes("sense.model");
    char *copy = malloc(real.n);
    memcpy(copy, real.p, real.n);
    for (size_t i = 0; i + 3 <= size; i += 3) {
        size_t at = 12 + ((size_t)data[i] << 8 | data[i + 1]) * ((real.n - 12) / 65536 + 1);
        if (i % 2) at = 12 + ((size_t)data[i] << 8 | data[i + 1]) % 6000;     /* the heads of the tables */
        if (at < real.n && (at < 24 || at >= 32)) copy[at] = (char)data[i + 2];
    }
    uint64_t sum = hash_fnv((text){ copy + 32, real.n - 32 });
    memcpy(copy + 24, &sum, sizeof sum);
    ask((text){ copy, real.n });
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    if (data[0] % 16 == 0) ask_changed(data + 1, size - 1);
    else if (data[0] % 2) ask_shaped(data + 1, size - 1);
    else ask((text){ (const char *)data + 1, size - 1 });
    return 0;
}
