/* SPDX-License-Identifier: Apache-2.0
 * small_talk.h - for the tests of the small mind: one talk with it, its thread and its used lines kept. */
#ifndef SMALL_TALK_H
#define SMALL_TALK_H
#include <string.h>
#include "base/clock.h"
#include "test.h"
#include "think/small.h"

enum { USED_MOST = 20000 };
typedef struct { uint64_t id; int64_t at; } used_line;
typedef struct {
    mind *m;
    arena a;
    buf said;                       /* her last reply                                       */
    json_t *thread;
    used_line used[USED_MOST]; int n_used;
    think_reply reply;
    prompt p;                       /* what the next message is given with; set by the test */
    int64_t now;
    think_said before[64]; size_t n_before; buf kept[64];
} talk;

static inline int talk_sink(void *ctx, text more) { return buf_add(&((talk *)ctx)->said, more), 0; }

static inline int64_t talk_used(void *ctx, uint64_t id) {
    talk *t = ctx;
    for (int i = t->n_used; i-- > 0;)
        if (t->used[i].id == id) return t->used[i].at;
    return 0;
}

static inline prompt talk_prompt(void) {
    return (prompt){ .situation = "chat", .situation_p = 0.9, .topic = "", .act = "tell", .ask = "none", .step = "chat", .stage = "hold", .hint = "",
        .moves = { "opinion", "reflect", "ask", "joke", "affirm" }, .max_words = 45, .max_questions = 1, .may_joke = true, .name = "", .her_name = "Samantha",
        .persona = "", .locale = "GB", .others_now = 1, .others_total = 3, .seed = 5 };
}

static inline void talk_open(talk *t, mind *m) { *t = (talk){ .m = m, .p = talk_prompt(), .now = 1794400000000 }; }

static inline void talk_close(talk *t) {
    json_decref(t->thread);
    arena_release(&t->a);
    buf_release(&t->said);
    for (size_t i = 0; i < t->n_before; i++) buf_release(&t->kept[i]);
}

/* Say something; her reply, borrowed until the next. */
static inline const char *talk_say(talk *t, const char *said) {
    fail why = { 0 };
    arena_reset(&t->a);
    buf_clear(&t->said);
    prompt p = t->p;
    t->now += 40000;
    p.heard = text_of(said);
    p.said = words_of(&t->a, p.heard);
    p.now_ms = t->now;
    p.thread = t->thread;
    p.line_used = talk_used;
    p.line_ctx = t;
    p.before = t->before;
    p.n_before = t->n_before;
    CHECK(think_say(t->m, &p, &(think_sink){ talk_sink, t }, &t->a, &t->reply, &why) == 0);
    json_decref(t->thread);
    t->thread = t->reply.thread;
    for (int i = 0; i < t->reply.n_line && t->n_used < USED_MOST; i++) t->used[t->n_used++] = (used_line){ t->reply.line[i], t->now };
    if (t->n_before < 64) {
        buf_str(&t->kept[t->n_before], said);
        t->before[t->n_before] = (think_said){ false, buf_text(&t->kept[t->n_before]), t->now };
        t->n_before++;
    }
    return t->said.p ? t->said.p : "";
}

static inline bool talk_has(talk *t, const char *theirs, const char *wanted) {
    const char *said = talk_say(t, theirs);
    if (!strstr(said, wanted)) fprintf(stderr, "> %s\n  %s\n  wanted: %s\n", theirs, said, wanted);
    return strstr(said, wanted) != NULL;
}
static inline const char *talk_how(const talk *t) { return json_str(t->thread, "how", ""); }
#endif
