/* SPDX-License-Identifier: Apache-2.0
 * extract_fuzz.c - any bytes as a message: reading it ends, stays in its bounds, and quotes only what was said. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "remember/extract.h"
#include "remember/redact.h"
#include "remember/relation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    arena a = { 0 };
    buf clean = { 0 };
    if (n > 8192) n = 8192;
    text_clean((text){ (const char *)data, n }, &clean);
    text said_words = buf_text(&clean), kept;
    redact_secrets(&a, said_words, &kept);
    cast c = { .a = &a };
    extract x;
    int64_t day = 1795435200000 + (n ? (int64_t)data[0] * 86400000 * 3 : 0);
    extract_message(&a, said_words, day, &c, &x);
    for (size_t i = 0; i < x.n_fact; i++) {
        const fact *f = &x.fact[i];
        if (f->who >= (int)c.n || f->rel < 0 || f->rel >= REL_N || !(f->sure > 0 && f->sure <= 1)) abort();
        if (!text_is_utf8(f->value) || !text_is_utf8(f->form) || !text_is_utf8(f->quote)) abort();
        store_item it = { .hints = "" };
        it.m = (memory){ .kind = relation_at(f->rel)->kind, .relation = relation_at(f->rel)->key, .value = arena_str(&a, f->value.p, f->value.n),
                         .words = arena_str(&a, f->form.p, f->form.n), .from = f->from, .until = f->until, .said_ms = day };
        ally who_is = { .name = "Amy", .tie = "friend", .word = "friend", .she = "she" };
        relation_words(&a, &it, f->who >= 0 ? &who_is : NULL, day + 400 * (int64_t)86400000);
    }
    for (size_t i = 0; i < c.n; i++)
        if (!text_is_utf8(c.at[i].name)) abort();
    buf_release(&clean);
    arena_release(&a);
    return 0;
}
