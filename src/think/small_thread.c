/* SPDX-License-Identifier: Apache-2.0
 * small_thread.c - the state of one talk as JSON: small enough to save after every reply.
 *
 * What comes back may be from an older version or broken: every field has a default, texts are cut. */
#include <string.h>
#include "think/small.h"

enum { TEXT_MOST = 160 };

static text text_field(arena *a, const json_t *o, const char *key) {
    text t = text_of(json_str(o, key, ""));
    if (t.n > TEXT_MOST) t.n = 0;
    return arena_text(a, t);
}

static int int_field(const json_t *o, const char *key, int most) {
    int64_t v = json_int(o, key, 0);
    return v < 0 || v > most ? 0 : (int)v;
}

void thread_read(thread *t, arena *a, const json_t *saved) {
    *t = (thread){ .n = int_field(saved, "n", 1000000), .last = (uint64_t)json_int(saved, "last", 0),
        .asked = json_flag(saved, "asked", false), .q_run = int_field(saved, "q_run", 100), .n_q = int_field(saved, "n_q", 1000000),
        .recall_at = int_field(saved, "recall_at", 1000000), .lost_at = int_field(saved, "lost_at", 1000000),
        .name_at = int_field(saved, "name_at", 1000000), .hush_until = int_field(saved, "hush_until", 1000000) };
    t->move = text_field(a, saved, "move");
    t->question = text_field(a, saved, "question");
    t->told = text_field(a, saved, "told");
    t->told_at = int_field(saved, "told_at", 1000000);
    t->topic = text_field(a, saved, "topic");
    t->situation = text_field(a, saved, "situation");
    t->topic_at = int_field(saved, "topic_at", 1000000);
    t->thing = text_field(a, saved, "thing");
    t->bare = text_field(a, saved, "bare");
    t->clause = text_field(a, saved, "clause");
    t->fact = text_field(a, saved, "fact");
    t->old_thing = text_field(a, saved, "old_thing");
    t->old_topic = text_field(a, saved, "old_topic");
    const json_t *recent = json_object_get(saved, "recent");
    for (size_t i = 0; i < json_array_size(recent) && t->n_recent < RECENT_MOST; i++)
        t->recent[t->n_recent++] = (uint64_t)json_integer_value(json_array_get(recent, i));
    t->play = json_object_get(saved, "play");
    if (!json_is_object(t->play)) t->play = NULL;
}

void thread_used(thread *t, uint64_t id) {
    if (t->n_recent == RECENT_MOST) {
        memmove(t->recent, t->recent + 1, (RECENT_MOST - 1) * sizeof *t->recent);
        t->n_recent--;
    }
    t->recent[t->n_recent++] = id;
}

static void set_text(json_t *o, const char *key, text t) {
    if (t.n && t.n <= TEXT_MOST) json_object_set_new(o, key, json_stringn(t.p, t.n));
}

json_t *thread_write(const thread *t, const char *how, json_t *play) {
    json_t *o = json_object();
    json_object_set_new(o, "n", json_integer(t->n));
    json_object_set_new(o, "last", json_integer((json_int_t)t->last));
    json_object_set_new(o, "asked", json_boolean(t->asked));
    json_object_set_new(o, "q_run", json_integer(t->q_run));
    json_object_set_new(o, "n_q", json_integer(t->n_q));
    json_object_set_new(o, "recall_at", json_integer(t->recall_at));
    json_object_set_new(o, "lost_at", json_integer(t->lost_at));
    json_object_set_new(o, "name_at", json_integer(t->name_at));
    json_object_set_new(o, "hush_until", json_integer(t->hush_until));
    set_text(o, "move", t->move);
    set_text(o, "question", t->question);
    set_text(o, "told", t->told);
    json_object_set_new(o, "told_at", json_integer(t->told_at));
    set_text(o, "topic", t->topic);
    set_text(o, "situation", t->situation);
    json_object_set_new(o, "topic_at", json_integer(t->topic_at));
    set_text(o, "thing", t->thing);
    set_text(o, "bare", t->bare);
    set_text(o, "clause", t->clause);
    set_text(o, "fact", t->fact);
    set_text(o, "old_thing", t->old_thing);
    set_text(o, "old_topic", t->old_topic);
    json_t *recent = json_array();
    for (int i = 0; i < t->n_recent; i++) json_array_append_new(recent, json_integer((json_int_t)t->recent[i]));
    json_object_set_new(o, "recent", recent);
    if (how) json_object_set_new(o, "how", json_string(how));
    if (play) json_object_set_new(o, "play", play);
    return o;
}
