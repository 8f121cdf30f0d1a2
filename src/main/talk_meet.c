/* SPDX-License-Identifier: Apache-2.0
 * talk_meet.c - the first meeting on a terminal: the house asks, the person answers or skips.
 *
 * DESIGN  The questions are turn_meet()'s. Here is only how each kind is asked: a secret is typed unseen and twice,
 *         because one typed wrongly would lock its owner out for good. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "main/talk_parts.h"

static void forget_secret(talk *t) {
    if (t->secret) explicit_bzero(t->secret, strlen(t->secret));
    free(t->secret);
    t->secret = NULL;
}

static void send_answer(talk *t, const json_t *answer) {
    json_t *v = json_pack("{s:s,s:s}", "t", "meet", "id", "meet");
    json_object_set(v, "answer", (json_t *)answer);
    client_send(t->house, v);
}

void meet_begin(talk *t) {
    t->mode = MODE_MEET;
    t->meet_kind[0] = '\0';
    json_t *none = json_null();
    send_answer(t, none);
    json_decref(none);
}

void meet_heard(talk *t, const json_t *v) {
    const char *ask = json_str(v, "ask", ""), *kind = json_str(v, "kind", "");
    bool refused = json_flag(v, "refused", false), done = json_flag(v, "done", false);
    bool hers = done && !refused;                         /* the last question is the first thing she says */
    if (*ask) screen_say(&t->screen, hers ? STYLE_HERS : STYLE_SYSTEM, text_of(ask));
    snprintf(t->meet_kind, sizeof t->meet_kind, "%s", kind);
    t->mode = done ? MODE_TALK : MODE_MEET;
    if (refused) t->leaving = true;
}

static bool is_secret(const talk *t) { return strcmp(t->meet_kind, "secret") == 0; }

void meet_answer(talk *t, text answer) {
    if (t->mode == MODE_MEET && is_secret(t) && answer.n) {
        forget_secret(t);
        t->secret = mem_text(answer.p, answer.n);
        t->mode = MODE_SECRET_AGAIN;
        talk_note(t, "Once more, so that it is spelled as you meant it.");
        return;
    }
    if (t->mode == MODE_SECRET_AGAIN && !text_is(answer, t->secret)) {
        forget_secret(t);
        t->mode = MODE_MEET;
        talk_note(t, "Those two were not the same. Choose one again, or leave it empty for none.");
        return;
    }
    if (!is_secret(t) && answer.n && !t->screen.plain) screen_say(&t->screen, STYLE_MINE, answer);
    json_t *words = json_stringn(answer.n ? answer.p : "", answer.n);
    send_answer(t, words);
    json_decref(words);
    forget_secret(t);
    t->mode = MODE_MEET;
    t->meet_kind[0] = '\0';
}

/* An empty answer keeps the default. */
void meet_skip(talk *t) {
    forget_secret(t);
    t->mode = MODE_MEET;
    edit_wipe(&t->edit);
    t->meet_kind[0] = '\0';
    json_t *empty = json_string("");
    send_answer(t, empty);
    json_decref(empty);
}
