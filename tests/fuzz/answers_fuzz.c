/* SPDX-License-Identifier: Apache-2.0
 * answers_fuzz.c - sums, measures, dates and the hearing of a message made of anything: bounded, finite, no crash. */
#include <math.h>
#include <stdlib.h>
#include "think/hear.h"
#include "think/reckon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static grammar *g;
    fail why = { 0 };
    if (!g && grammar_open(&g, &why)) abort();
    arena a = { 0 };
    text heard_text = { (const char *)data, size }, t;
    words w = words_of(&a, heard_text);
    double v = 0;
    if (reckon_sum(&a, heard_text, &v) == RECKON_YES) {
        if (!isfinite(v) || reckon_number(&a, v).n > 60) abort();
    }
    if (reckon_unit(&a, heard_text, w, &t) == RECKON_YES && !t.n) abort();
    if (reckon_date(&a, w, 1794400000000, size & 1, &t) == RECKON_YES && !t.n) abort();
    heard h;
    hear(g, &a, heard_text, w, &h);
    if (h.c.n > 2 * size + 64) abort();
    for (size_t i = 0; i < h.n_clause; i++)
        if (h.clause[i].at.from >= h.clause[i].at.to || h.clause[i].at.to > w.n) abort();
    arena_release(&a);
    return 0;
}
