/* SPDX-License-Identifier: Apache-2.0
 * sense_fuzz.c - any bytes as a message: a whole sense comes out, within its ranges. The first byte picks what is
 *                fed: a message, rules, a word list, or phrases in other languages, all of which are also data. */
#include <stdlib.h>
#include <string.h>
#include "care/care_data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const care *cared(void) {
    static care *c;
    fail why = { 0 };
    if (!c && care_open(&c, &why)) abort();
    return c;
}

static void one_message(text heard) {
    arena a = { 0 };
    const care_now now = { .hour = 3 };
    sense s;
    care_sense(cared(), &a, heard, &now, &s);
    if (!s.situation || !s.topic || !s.act || !s.ask || !s.lang) abort();
    if (s.distress < 0 || s.distress > 3 || s.valence < -3 || s.valence > 3 || s.disclosure < 0 || s.disclosure > 3) abort();
    if (s.risk < 0 || s.risk > 3 || s.third_risk < 0 || s.third_risk > 3 || s.age < 0 || s.age > 130) abort();
    if (risk_answer(cared()->risk, &a, heard, s.said) > RISK_YES) abort();
    arena_release(&a);
}

static void one_rules(text bytes) {
    rules *r = NULL;
    fail why = { 0 };
    buf b = { 0 };
    buf_str(&b, "%rules 1\n[x]\n");
    buf_add(&b, bytes);
    if (rules_open(&r, "fuzz", buf_text(&b), &why) == 0) {
        arena a = { 0 };
        size_t n;
        words w = words_of(&a, TEXT("a b c a b want to die. not here, i am dead? better off without me"));
        const rules_hit *hit = rules_find(r, &a, w, &n);
        for (size_t i = 0; i < n; i++) if (hit[i].from >= hit[i].to || hit[i].to > w.n) abort();
        arena_release(&a);
    }
    rules_close(r);
    buf_release(&b);
}

static void one_lexicon(text bytes) {
    lexicon *l = NULL;
    fail why = { 0 };
    if (lexicon_open(&l, bytes, &why) == 0) {
        arena a = { 0 };
        lexicon_hit hit[20];
        lexicon_find(l, words_of(&a, bytes), hit, 20);
        arena_release(&a);
    }
    lexicon_close(l);
}

static void one_tongues(text bytes) {
    tongues *t = NULL;
    fail why = { 0 };
    if (tongues_open(&t, bytes, &why) == 0) {
        arena a = { 0 };
        words w = words_of(&a, bytes);
        if (!*tongues_guess(t, &a, bytes, w)) abort();
        tongues_risk(t, &a, bytes);
        arena_release(&a);
    }
    tongues_close(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    text bytes = { (const char *)data + 1, size - 1 };
    switch (data[0] % 8) {
        case 0: one_rules(bytes); break;
        case 1: one_lexicon(bytes); break;
        case 2: one_tongues(bytes); break;
        default: one_message(bytes);
    }
    return 0;
}
