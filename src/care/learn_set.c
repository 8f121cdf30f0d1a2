/* SPDX-License-Identifier: Apache-2.0
 * learn_set.c - labelled messages, one JSON object a line, as examples.
 *
 * A field that is missing says nothing about its task, so that a file may label one thing only. `weak: true`
 * marks a label inferred from the conversation around the message. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "care/learn.h"

static int label_of(learn_set *s, int task, const char *name) {
    for (int i = 0; i < s->n_label[task]; i++) if (!strcmp(s->label[task][i], name)) return i;
    int n = s->n_label[task], total = 0;
    for (int t = 0; t < LEARN_TASKS; t++) total += s->n_label[t];
    if (n == LEARN_LABELS_MAX || total == LEARN_OUT_MAX || strlen(name) >= sizeof s->label[0][0]) return -1;
    snprintf(s->label[task][n], sizeof s->label[0][0], "%s", name);
    return s->n_label[task]++;
}

static int add_label(learn_set *s, learn_example *e, int task, const char *name) {
    int k = label_of(s, task, name);
    if (k < 0) return ERR_FULL;
    e->has[task][k / 64] |= 1ull << (k % 64);
    e->knows[task] = true;
    return 0;
}

/* The value of a field as the names of its labels. */
static int read_task(learn_set *s, learn_example *e, int task, const json_t *v) {
    char number[24];
    int rc = 0;
    if (json_is_string(v)) return add_label(s, e, task, json_string_value(v));
    if (json_is_boolean(v)) return add_label(s, e, task, json_is_true(v) ? "yes" : "no");
    if (json_is_integer(v)) {
        snprintf(number, sizeof number, "%d", (int)json_integer_value(v));
        return add_label(s, e, task, number);
    }
    if (json_is_array(v)) {
        size_t i;
        json_t *one;
        json_array_foreach(v, i, one) if (json_is_string(one) && !rc) rc = add_label(s, e, task, json_string_value(one));
        e->knows[task] = true;
    }
    return rc;
}

static int read_one(learn_set *s, const json_t *o) {
    const char *said = json_str(o, "text", NULL);
    if (!said) return ERR_FORMAT;
    if (s->n == s->cap) s->at = mem_grow(s->at, s->cap = s->cap ? s->cap * 2 : 1024, sizeof *s->at);
    learn_example *e = &s->at[s->n];
    *e = (learn_example){ .weight = json_flag(o, "weak", false) ? 0.3f : 1 };
    e->said = arena_text(&s->keep, text_of(said));
    e->batch = arena_text(&s->keep, text_of(json_str(o, "batch", ""))).p;
    for (int t = 0; t < LEARN_TASKS; t++) {
        const json_t *v = json_object_get(o, learn_tasks[t].key);
        int rc = v ? read_task(s, e, t, v) : 0;
        if (!v && t == LEARN_THIRD && e->knows[LEARN_RISK]) rc = add_label(s, e, t, "0");
        if (rc) return rc;
    }
    s->n++;
    return 0;
}

int learn_set_add(learn_set *s, const char *name, text bytes, fail *why) {
    for (int line = 1; bytes.n; line++) {
        text one = text_trim(text_cut(&bytes, '\n'));
        if (!one.n) continue;
        json_t *o = NULL;
        fail inner = { 0 };
        int rc = json_read(&o, one, &inner);
        if (!rc) rc = read_one(s, o);
        json_decref(o);
        if (rc) return fail_set(why, rc, "%s line %d: %s", name, line,
                                rc == ERR_FULL ? "too many different labels" : "not a labelled message");
    }
    return 0;
}

void learn_set_release(learn_set *s) {
    free(s->at);
    arena_release(&s->keep);
    *s = (learn_set){ 0 };
}
