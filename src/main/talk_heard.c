/* SPDX-License-Identifier: Apache-2.0
 * talk_heard.c - what the house says, put on the screen.
 *
 * DESIGN  A table from the channel's kinds to what is done with them. A reply is one paragraph; its words go through
 *         the pace; anything else that must be shown first shows the rest of it. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "main/talk_parts.h"

enum { PAST_MOST = 500 };

void talk_end_reply(talk *t) {
    talk_show_rest(t);
    screen_end(&t->screen);
    pace_reset(&t->pace);
    t->reply_id[0] = '\0';
    t->reply_begun = false;
    t->reply_letters = 0;
}

static bool is_mine(const talk *t, const char *id) { return *id && strcmp(id, t->said_id) == 0; }

static void heard_words(talk *t, json_t *v) {
    const char *id = json_str(v, "id", ""), *words = json_str(v, "text", "");
    int64_t message = json_int(v, "message", 0);
    if (message && message <= t->last_done && !is_mine(t, id)) return;   /* sent anew for another client */
    if (strcmp(id, t->reply_id) != 0 || !t->reply_begun) {
        talk_end_reply(t);
        snprintf(t->reply_id, sizeof t->reply_id, "%s", id);
        t->reply_begun = true;
        t->reply_message = message;
    }
    if (strcmp(id, t->muted_id) != 0 || !*id) pace_add(&t->pace, text_of(words), clk_steady_us());
}

static void heard_done(talk *t, json_t *v) {
    const char *id = json_str(v, "id", "");
    int64_t message = json_int(v, "message", 0);
    if (message > t->last_done) t->last_done = message;
    if (strcmp(id, "history") == 0) talk_past_came(t);
    if (strcmp(id, "slash") == 0 && t->n_row == 0) talk_note(t, "Nothing there yet.");
    if (is_mine(t, id)) t->speaking = false;
    if (!t->reply_begun || strcmp(id, t->reply_id) != 0) return;
    pace_whole(&t->pace);
    if (!pace_holds(&t->pace)) talk_end_reply(t);
}

static void heard_ack(talk *t, json_t *v) {
    if (is_mine(t, json_str(v, "id", ""))) t->said_message = json_int(v, "message", 0);
}

static void heard_say(talk *t, json_t *v) {                 /* said on another of the person's clients */
    talk_end_reply(t);
    screen_say(&t->screen, STYLE_MINE, text_of(json_str(v, "text", "")));
    talk_past_add(t, text_of(json_str(v, "text", "")));
}

static void heard_system(talk *t, json_t *v) {
    talk_show_rest(t);
    screen_say(&t->screen, STYLE_SYSTEM, text_of(json_str(v, "text", "")));
}

static void heard_status(talk *t, json_t *v) {
    buf_clear(&t->status_line);
    buf_str(&t->status_line, json_str(v, "text", json_str(v, "status", "")));
}

static void heard_error(talk *t, json_t *v) {
    talk_show_rest(t);
    talk_note(t, json_str(v, "text", "it did not work"));
    if (is_mine(t, json_str(v, "id", ""))) t->speaking = false;
}

static void heard_row(talk *t, json_t *v) {
    if (strcmp(json_str(v, "id", ""), "history") != 0) {
        t->n_row++;
        talk_show_rest(t);
        screen_say(&t->screen, STYLE_SYSTEM, text_of(json_str(v, "text", "")));
        return;
    }
    const json_t *row = json_object_get(v, "json");
    if (strcmp(json_str(row, "speaker", ""), "person") == 0) talk_past_add(t, text_of(json_str(row, "text", "")));
}

/* Another house: what was shown of an unfinished reply comes anew. */
static void heard_again(talk *t, json_t *v) {
    pace_reset(&t->pace);
    screen_end(&t->screen);
    t->reply_id[0] = '\0';
    t->reply_begun = false;
    if (t->past_wanted) t->past_asked = t->past_wanted = false;
    heard_status(t, v);
}

static void heard_meet(talk *t, json_t *v) { meet_heard(t, v); }

static const struct { const char *t; void (*heard)(talk *t, json_t *v); } HEARD[] = {
    { "words", heard_words },   { "done", heard_done },   { "say", heard_say },     { "system", heard_system },
    { "status", heard_status }, { "error", heard_error }, { "row", heard_row },     { "again", heard_again },
    { "meet", heard_meet },     { "ack", heard_ack },
};

void talk_heard(talk *t, json_t *v) {
    const char *kind = json_str(v, "t", "");
    for (size_t i = 0; i < sizeof HEARD / sizeof *HEARD; i++)
        if (strcmp(HEARD[i].t, kind) == 0) HEARD[i].heard(t, v);
}

/* ---- what was said before ----------------------------------------------------------------------------------------- */
void talk_past_add(talk *t, text words) {
    if (!words.n || (t->n_past && text_is(words, t->past[t->n_past - 1]))) return;
    if (t->n_past == PAST_MOST) {
        explicit_bzero(t->past[0], strlen(t->past[0]));
        free(t->past[0]);
        memmove(t->past, t->past + 1, (PAST_MOST - 1) * sizeof *t->past);
        t->n_past--;
    }
    t->past = mem_grow(t->past, t->n_past + 1, sizeof *t->past);
    t->past[t->n_past++] = mem_text(words.p, words.n);
    t->past_at = t->n_past;
}

void talk_past_drop(talk *t) {
    for (size_t i = 0; i < t->n_past; i++) {
        explicit_bzero(t->past[i], strlen(t->past[i]));
        free(t->past[i]);
    }
    free(t->past);
    t->past = NULL;
    t->n_past = t->past_at = 0;
    if (t->draft) explicit_bzero(t->draft, strlen(t->draft));
    free(t->draft);
    t->draft = NULL;
    t->past_asked = t->past_wanted = false;
}
