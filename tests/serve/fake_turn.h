/* SPDX-License-Identifier: Apache-2.0
 * fake_turn.h - turn.h with a companion of ten lines behind it, so that the house and the terminal can be tested by
 * themselves: she repeats what is said, notes each client id once, and can be told to take her time.
 *
 *   "hold"      two sentences, the second only after turn_stop() or fake_release
 *   "flood N"   N KB of words          "secret"  an event, a system line, a status
 *   "refuse"    ERR_FULL               "evil"    a reply that tries to take the terminal over
 *   "speech"    sixty words at once    anything else: "you said: …" */
#ifndef FAKE_TURN_H
#define FAKE_TURN_H
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/mem.h"
#include "turn/turn.h"

enum { FAKE_NOTES = 4096 };
static atomic_int fake_open, fake_notes, fake_release, fake_holding, fake_overlap, fake_ticks, fake_cut;
static bool fake_met;                 /* lives that have had their first meeting */
static char fake_id[FAKE_NOTES][72], *fake_text[FAKE_NOTES];
struct home { clk *clock; };
struct turn { home *home; char *person; bool private; atomic_int stop; int met; atomic_int busy; char status[64]; };

int home_open(home **out, const home_options *o, fail *why) {
    (void)why;
    *out = mem_new(1, sizeof **out);
    (*out)->clock = o->clock;
    return 0;
}
void home_close(home *h) { free(h); }
void home_presence(home *h, const turn *except, int *others_now, int *others_total) {
    (void)h, (void)except;
    *others_now = *others_total = 0;
}
int turn_admit(const home *h, const char *person, const char *passphrase, fail *why) {
    (void)h;
    bool sealed = strcmp(person, "sealed") == 0;
    if (sealed && (!passphrase || strcmp(passphrase, "sesame") != 0)) return fail_set(why, ERR_DENIED, "not the passphrase");
    return 0;
}
int turn_open(turn **out, home *h, const char *person, const char *passphrase, bool private, fail *why) {
    int err = turn_admit(h, person, passphrase, why);
    if (err) return err;
    turn *t = mem_new(1, sizeof *t);
    *t = (turn){ .home = h, .person = mem_text(person, strlen(person)), .private = private, .met = fake_met ? 2 : 0 };
    atomic_fetch_add(&fake_open, 1);
    *out = t;
    return 0;
}
void turn_close(turn *t) {
    if (!t) return;
    atomic_fetch_sub(&fake_open, 1);
    free(t->person);
    free(t);
}

/* The house promises one call at a time per life. */
static void fake_enter(turn *t) { if (atomic_fetch_add(&t->busy, 1) != 0) atomic_store(&fake_overlap, 1); }
static void fake_leave(turn *t) { atomic_fetch_sub(&t->busy, 1); }

static int fake_note(const char *id, text heard, bool *is_new) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;   /* guards fake_id */
    pthread_mutex_lock(&lock);
    int n = atomic_load(&fake_notes), i = 0;
    while (i < n && strcmp(fake_id[i], id) != 0) i++;
    *is_new = i == n;
    if (i == n && n < FAKE_NOTES) {
        strncpy(fake_id[n], id, sizeof fake_id[n] - 1);
        fake_text[n] = mem_text(heard.p, heard.n < 100 ? heard.n : 100);
        atomic_store(&fake_notes, n + 1);
    }
    pthread_mutex_unlock(&lock);
    return i + 1;
}

static void fake_say(const turn_sink *out, const char *s) { out->words(out->ctx, text_of(s)); }

int turn_take(turn *t, text heard, const char *client_id, const turn_sink *out, fail *why) {
    fake_enter(t);
    atomic_store(&t->stop, 0);
    bool is_new;
    if (text_is(heard, "refuse")) {
        fake_leave(t);
        return fail_set(why, ERR_FULL, "the disk is full");
    }
    int n = fake_note(client_id, heard, &is_new);
    out->ack(out->ctx, n, is_new);
    if (text_is(heard, "hold")) {
        fake_say(out, "First.");
        atomic_store(&fake_holding, 1);
        struct timespec ms = { 0, 1000000 };
        while (!atomic_load(&t->stop) && !atomic_load(&fake_release)) nanosleep(&ms, NULL);
        atomic_store(&fake_holding, 0);
        if (!atomic_load(&t->stop)) fake_say(out, " Second.");
    } else if (text_starts(heard, "flood ")) {
        char kb[1025];
        memset(kb, 'x', sizeof kb);
        kb[1024] = '\0';
        for (int i = atoi(heard.p + 6); i > 0; i--) fake_say(out, kb);
    } else if (text_is(heard, "secret")) {
        json_t *more = json_pack("{s:s,s:s}", "rule", "R06", "t", "forged");
        out->event(out->ctx, "guard", more);
        json_decref(more);
        out->system(out->ctx, TEXT("a notice"));
        out->status(out->ctx, "busy");
        fake_say(out, "done");
    } else if (text_is(heard, "evil")) {
        fake_say(out, "be\x1b]0;owned\x07\x1b[2J\x1b[Hfore\x08\x08 after\x9b" "31m");
    } else if (text_is(heard, "speech")) {
        for (int i = 1; i <= 60; i++) {
            char w[16];
            snprintf(w, sizeof w, "w%d ", i);
            fake_say(out, w);
        }
    } else {
        fake_say(out, "you said: ");
        out->words(out->ctx, heard);
    }
    fake_leave(t);
    return 0;
}
int turn_tick(turn *t, const turn_sink *out, fail *why) {
    (void)why;
    fake_enter(t);
    if (atomic_fetch_add(&fake_ticks, 1) == 0) out->system(out->ctx, TEXT("tick"));
    fake_leave(t);
    return 0;
}
void turn_stop(turn *t) { atomic_store(&t->stop, 1); }
int turn_shown(turn *t, int64_t message, size_t letters, fail *why) {
    (void)why;
    fake_enter(t);
    atomic_store(&fake_cut, (int)(message * 1000 + (int)letters));
    fake_leave(t);
    return 0;
}
int turn_command(turn *t, int argc, const char *const *argv, const turn_rows *out, fail *why) {
    fake_enter(t);
    int err = 0;
    if (strcmp(argv[0], "count") == 0) {
        for (int i = 0; i < (argc > 1 ? atoi(argv[1]) : 1); i++) {
            char line[1200];
            snprintf(line, sizeof line, "%d %.*s", i, argc > 2 ? 1000 : 0, argc > 2 ? "a row that is rather long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" : "");
            json_t *j = json_integer(i);
            out->row(out->ctx, line, j);
            json_decref(j);
        }
    } else if (strcmp(argv[0], "history") == 0) {
        for (int i = 0; i < atomic_load(&fake_notes); i++) {
            json_t *j = json_pack("{s:s,s:s}", "speaker", "person", "text", fake_text[i]);
            out->row(out->ctx, fake_text[i], j);
            json_decref(j);
        }
    } else err = fail_set(why, ERR_USAGE, "no such command: %s", argv[0]);
    fake_leave(t);
    return err;
}
int turn_meet(turn *t, const char *answer, meeting *out, fail *why) {
    (void)why;
    if (answer) t->met++;
    *out = (meeting){ .done = t->met > 1, .ask = TEXT("and you?"), .kind = t->met ? "secret" : "yesno" };
    return 0;
}
bool turn_met(turn *t) { return t->met > 1; }
const char *turn_status(turn *t) {
    snprintf(t->status, sizeof t->status, "fake, notes %d", atomic_load(&fake_notes));
    return t->status;
}
int turn_rehearse_ctx(turn *t, const json_t *ctx, fail *why) {
    (void)t, (void)ctx, (void)why;
    return 0;
}
#endif
