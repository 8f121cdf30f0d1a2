/* SPDX-License-Identifier: Apache-2.0
 * note_fuzz.c - any bytes as a talk, line by line: noted, learned, recalled, listed, fixed, forgotten, in a life that
 * stays whole. The first byte of a line says what is done with the rest. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "remember/life.h"
#include "remember/store_sql.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void one(remember *r, clk *now, arena *a, unsigned char how, text line) {
    size_t k;
    int64_t id = 0;
    switch (how % 16) {
        case 0: remember_list(r, a, arena_str(a, line.p, line.n), &k); break;
        case 1: remember_recall(r, a, line, 7, &k); break;
        case 2: remember_search(r, a, line, 10, &k); break;
        case 3: remember_forget(r, 0, line, NULL, NULL); break;
        case 4: remember_forget(r, 1 + (int64_t)(line.n ? (unsigned char)line.p[0] % 12 : 0), TEXT(""), NULL, NULL); break;
        case 5: remember_told(r, a, line, clk_now_ms(now), NULL); break;
        case 6: remember_fix(r, a, 1 + (int64_t)(line.n % 8), line, NULL); break;
        case 7: clk_set(now, clk_now_ms(now) + (int64_t)line.n * 86400000 * 9); remember_fade(r, NULL, NULL); break;
        case 8: remember_mark_sensitive(r, remember_message_count(r), NULL); break;
        case 9: remember_pause(r, line.n & 1, NULL); break;
        case 10: id = (int64_t)line.n % 9; remember_consent(r, &id, 1, line.n & 16, NULL); break;
        case 11: remember_history(r, a, line, 9, &k); remember_ally(r, a, line, &(ally){ 0 }); break;
        default: {
            learned l;
            if (remember_note(r, line, how & 32 ? "same" : "", &id, NULL, NULL)) abort();
            remember_said(r, id, line, how & 64, NULL, NULL);
            if (remember_learn(r, a, id, &l, NULL)) abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    arena a = { 0 };
    clk *now = clk_simulated(1795435200000);
    remember *r = NULL;
    remember_options o = { .clock = now, .temporary = true };
    if (remember_open(&r, "", &o, NULL)) abort();
    text rest = { (const char *)data, n < 4096 ? n : 4096 };
    while (rest.n) {
        text line = text_cut(&rest, '\n');
        unsigned char how = line.n ? (unsigned char)line.p[0] : 15;
        if (line.n) line.p++, line.n--;
        one(r, now, &a, how, line);
        arena_reset(&a);
    }
    static const char *const whole[] = { "INSERT INTO message_index(message_index) VALUES('integrity-check')",
                                         "INSERT INTO memory_index(memory_index) VALUES('integrity-check')" };
    for (int i = 0; i < 2; i++)
        if (sqlite3_exec(r->st->db, whole[i], NULL, NULL, NULL) != SQLITE_OK) abort();
    remember_close(r);
    clk_free(now);
    arena_release(&a);
    return 0;
}
