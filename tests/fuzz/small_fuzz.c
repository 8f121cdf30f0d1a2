/* SPDX-License-Identifier: Apache-2.0
 * small_fuzz.c - the small mind with any message and any saved thread: it answers, asks once at most, and stays whole. */
#include <stdlib.h>
#include <string.h>
#include "think/think.h"

static int hear_reply(void *ctx, text more) {
    buf_add(ctx, more);
    return 0;
}

/* The input is cut at the first NUL: the message, then the thread as JSON. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static mind *m;
    fail why = { 0 };
    if (!m && think_open(&m, "small", NULL, &why)) abort();
    arena a = { 0 };
    text all = { (const char *)data, size }, said = text_cut(&all, '\0');
    json_t *thread = NULL;
    if (all.n) json_read(&thread, all, NULL);
    prompt p = { .heard = said, .said = words_of(&a, said), .situation = "chat", .topic = size & 1 ? "garden" : "", .topic_p = 0.9, .act = "tell", .ask = "none",
        .step = "chat", .stage = "hold", .hint = "", .moves = { "reflect", "ask", "opinion" }, .max_words = 40, .max_questions = 1, .may_joke = true,
        .name = "Ana", .her_name = "Samantha", .persona = "", .locale = "GB", .now_ms = 1794400000000, .seed = size, .thread = thread };
    buf out = { 0 };
    think_reply r;
    if (think_say(m, &p, &(think_sink){ hear_reply, &out }, &a, &r, &why) || !out.n || !r.thread) abort();
    json_decref(r.thread);
    json_decref(thread);
    buf_release(&out);
    arena_release(&a);
    return 0;
}
