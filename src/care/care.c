/* SPDX-License-Identifier: Apache-2.0
 * care.c - opening and closing: everything the senses, the planner and the guard read, once. */
#include <stdlib.h>
#include "base/embed.h"
#include "base/mem.h"
#include "care/care_data.h"

/* The word lists the model was taught with: the same files in the same order as the Makefile gives the trainer. */
static int lists_open(lexicon **out, fail *why) {
    buf all = { 0 };
    buf_add(&all, embed_bytes("voice/lexicon/feelings.txt"));
    buf_char(&all, '\n');
    buf_add(&all, embed_bytes("voice/lexicon/concepts.txt"));
    int rc = lexicon_open(out, buf_text(&all), why);
    buf_release(&all);
    return rc;
}

int care_open(care **out, fail *why) {
    care *c = mem_new(1, sizeof *c);
    int rc = learn_open(&c->model, embed_bytes("sense.model"), why);
    if (!rc) rc = lists_open(&c->lists, why);
    if (!rc) rc = risk_open(&c->risk, why);
    if (!rc) rc = sense_data_open(&c->sense, why);
    if (!rc) rc = conduct_open(&c->conduct, why);
    if (rc) {
        care_close(c);
        return rc;
    }
    *out = c;
    return 0;
}

void care_close(care *c) {
    if (!c) return;
    conduct_close(c->conduct);
    sense_data_close(c->sense);
    risk_close(c->risk);
    lexicon_close(c->lists);
    learn_close(c->model);
    free(c);
}

const conduct *care__conduct(const care *c) { return c->conduct; }
