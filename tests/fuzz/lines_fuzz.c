/* SPDX-License-Identifier: Apache-2.0
 * lines_fuzz.c - a .say file, a pattern and a message made of anything: no crash, no hang, bounded work. */
#include "base/lines.h"
#include <stdlib.h>
#include <string.h>

static const char *const moves[] = { "reflect", "ask", "taste", NULL };

/* The input is cut at NUL bytes: file, pattern, message. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    arena a = { 0 };
    text all = { (const char *)data, size }, file = text_cut(&all, '\0'), pattern = text_cut(&all, '\0');
    words w = words_of(&a, all);
    text kept[2], turned = lines_turn(&a, w, 0, w.n);
    if (turned.n > 4 * all.n + 64) abort();
    lines_match(&a, arena_str(&a, pattern.p, pattern.n), w, kept);
    lines_slot slot[] = { { "x", turned }, { "he", TEXT("they") }, { "name", pattern } };
    text filled;
    lines_fill(&a, file, slot, 3, &filled);
    lines *l = NULL;
    lines_file f = { "fuzz.say", file };
    fail why = { 0 };
    if (lines_open(&l, &f, 1, &why) == 0) {
        lines_fact fact[] = { { "topic", "garden" }, { "situation", "S01" } };
        lines_now now = { .fact = fact, .n_fact = 2, .slot = slot, .n_slot = 3, .said = w, .seed = size };
        lines_pick p = lines_choose(l, &a, moves, &now, 0);
        if (p.line && lines_by_id(l, line_id(p.line)) == NULL) abort();
        for (size_t i = 0; i < lines_count(l); i++)
            if (!line_follow(lines_at(l, i))) lines_follow(l, &a, lines_at(l, i), "any", &now);
        lines_close(l);
    } else if (!why.text[0]) {
        abort();
    }
    arena_release(&a);
    return 0;
}
