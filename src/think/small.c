/* SPDX-License-Identifier: Apache-2.0
 * small.c - the weightless mind: opened once, asked by any thread.
 *
 * STATES  prompt -> hearing (hear.c) -> the parts in their order (small.h) -> said, thread written */
#include "think/small.h"
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/hash.h"
#include "base/mem.h"

/* ---- open, close --------------------------------------------------------------------------------------------------------- */
static bool is_ours(const char *name) {
    size_t n = strlen(name);
    return strncmp(name, "voice/", 6) == 0 && n > 4 && strcmp(name + n - 4, ".say") == 0 && strncmp(name, "voice/conduct/", 14) != 0;
}

static int repertoire_open(lines **out, hash_sha *sha, fail *why) {
    size_t n = 0, all = 0;
    while (embed_files[all].name) all++;
    lines_file *file = mem_new(all + 1, sizeof *file);
    for (size_t i = 0; i < all; i++) {
        const embed_file *e = &embed_files[i];
        text bytes = { (const char *)e->from, (size_t)(e->to - e->from) };
        bool lexicon = strncmp(e->name, "voice/lexicon/", 14) == 0;
        if (is_ours(e->name)) file[n++] = (lines_file){ e->name, bytes };
        if (is_ours(e->name) || lexicon) hash_sha_add(sha, bytes);
    }
    int err = lines_open(out, file, n, why);
    free(file);
    return err;
}

static void small_close(mind *base) {
    small *m = (small *)base;
    lines_close(m->say);
    grammar_close(m->g);
    quiz_close(m->quiz);
    subjects_free(m->subjects);
    free(m);
}

static const char *small_name(const mind *m) { return (void)m, "small"; }
static const char *small_host(const mind *m) { return (void)m, ""; }
static bool small_leaves(const mind *m) { return (void)m, false; }
static void small_hash(const mind *m, char hex[static 65]) { memcpy(hex, ((const small *)m)->hash, 65); }
static int small_say(mind *m, const prompt *p, const think_sink *sink, arena *a, think_reply *out, fail *why);

static const mind_back small_back_end = { small_say, small_name, small_host, small_leaves, small_hash, small_close };

int small_open(mind **out, fail *why) {
    small *m = mem_new(1, sizeof *m);
    m->base.back = &small_back_end;
    hash_sha *sha = hash_sha_new();
    hash_sha_add(sha, TEXT("small 1\n"));
    int err = repertoire_open(&m->say, sha, why);
    hash_sha_end(sha, m->hash);
    if (!err) err = grammar_open(&m->g, why);
    if (!err) err = quiz_open(&m->quiz, why);
    m->subjects = subjects_new();
    if (err) {
        small_close(&m->base);
        return err;
    }
    *out = &m->base;
    return 0;
}

/* ---- one reply -------------------------------------------------------------------------------------------------------------- */
/* What the next turn must know of this one. */
static json_t *thread_after(telling *k) {
    thread *t = &k->t;
    t->n++;
    t->n_q += k->asked;
    t->q_run = k->asked ? t->q_run + 1 : 0;
    t->asked = k->asked;
    if (k->last) t->last = k->last;
    for (int i = 0; i < k->reply->n_line; i++) thread_used(t, k->reply->line[i]);
    t->move = text_of(k->move);
    t->question = k->asked ? k->question : (text){ "", 0 };
    bool told = !text_is(t->topic, k->topic) || (k->p->topic && strcmp(k->topic, k->p->topic) == 0);   /* not only kept in play */
    if (*k->topic && !text_is(t->topic, k->topic)) {
        t->old_topic = t->topic;
        t->topic = text_of(k->topic);
    }
    if (*k->topic && told) t->topic_at = t->n;
    if (!k->weak) t->situation = text_of(k->situation);
    if (k->h.n.n && !text_eq(k->h.n, t->thing)) {
        t->old_thing = t->thing;
        t->thing = k->h.n;
        t->bare = k->h.bare;
    }
    if (k->h.c.n) t->clause = k->h.c;
    return thread_write(t, k->how, k->play);
}

typedef struct { const char *name; bool (*say)(telling *k); } part;
static const part parts[] = { { "play", small_play }, { "turn", small_turn }, { "know", small_know }, { "facts", small_facts },
                              { "her", small_to_her }, { "shaped", small_shaped }, { "back", small_back }, { "ask", small_ask }, { "unknown", small_unknown },
                              { "answer", small_answer_hers }, { "reply", small_reply } };

static void say_it(telling *k) {
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        k->how = parts[i].name;
        if (parts[i].say(k)) return;
    }
}

static int small_say(mind *base, const prompt *p, const think_sink *sink, arena *a, think_reply *out, fail *why) {
    telling k = { .m = (const small *)base, .p = p, .a = a, .reply = out };
    thread_read(&k.t, a, p->thread);
    if (p->opening.n) {                       /* the planner has said what was to be said */
        json_t *play = p->distress < 2 ? json_deep_copy(k.t.play) : NULL;
        out->thread = thread_write(&k.t, "planner", play);
        return 0;
    }
    hear(k.m->g, a, p->heard, p->said, &k.h);
    small_narrow(&k);
    tell_begin(&k);
    say_it(&k);
    int err = k.out.n && sink->say(sink->ctx, buf_text(&k.out)) ? fail_set(why, ERR_STOPPED, "stopped") : 0;
    out->thread = thread_after(&k);
    buf_release(&k.out);
    return err;
}
