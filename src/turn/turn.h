/* SPDX-License-Identifier: Apache-2.0
 * turn.h - one exchange: the only place where remember, care, think … meet.
 *
 * A `home` holds what all lives share (conduct, minds, config, clock, presence); a `turn` is one open life in it.
 * Two ways in, no third: turn_take() for what someone says, turn_tick() for what is due.
 * Thread: a home's calls from any thread; one call at a time per `turn`, except turn_stop(). */
#ifndef TURN_TURN_H
#define TURN_TURN_H
#include <stdbool.h>
#include <stdint.h>
#include "base/clock.h"
#include "base/fail.h"
#include "base/json.h"
#include "base/text.h"

typedef struct home home;
typedef struct turn turn;

typedef struct {
    const char *data;            /* the house's folder; copied */
    const char *mind;            /* "small", a path, a base URL; NULL: the life's choice, else small */
    clk *clock;                  /* borrowed */
    bool guard_off;              /* rehearse only */
    uint64_t seed;               /* 0: from the kernel; else reproducible */
    const char *vfs;             /* tests: the SQLite VFS to use, or NULL */
    const char *locale;          /* NULL: from the environment */
    int patience_ms;             /* remote minds: how long a silence may last; 0: 20 s (60 s before the first word) */
    int context_tokens;          /* remote minds: how much they can hold; 0: what the server says, else 4096 */
} home_options;

/* Owner: home_close(), after its last turn. */
int home_open(home **out, const home_options *o, fail *why);
void home_close(home *h);
/* Presence: other people with a message noted or a reply running in the last ten minutes; other people with a life here. */
void home_presence(home *h, const turn *except, int *others_now, int *others_total);

/* Open a life: `person` is its name in the house ("" is refused), `private` a talk that leaves nothing. A life with a
 * passphrase opens only with it: ERR_DENIED without (NULL) or with a wrong one (slow: Argon2id). */
int turn_open(turn **out, home *h, const char *person, const char *passphrase, bool private, fail *why);
void turn_close(turn *t);
/* May whoever gives this passphrase (NULL: none) join a life that is already open? 0 or ERR_DENIED. Any thread. */
int turn_admit(const home *h, const char *person, const char *passphrase, fail *why);

/* What comes out, in order. All texts are borrowed for the call. */
typedef struct {
    void (*ack)(void *ctx, int64_t message, bool is_new);          /* it is on disk                             */
    void (*words)(void *ctx, text more);                           /* her reply, as it comes                    */
    void (*system)(void *ctx, text words);                         /* the system's voice: notices               */
    void (*status)(void *ctx, const char *what);                   /* the status line: "AI", others, mind       */
    void (*event)(void *ctx, const char *ev, const json_t *more);  /* crisis, mem.add … (CONTRACT); more or NULL*/
    void *ctx;
} turn_sink;

/* Someone says something: note, sense, plan, recall, think, act, guard, speak, learn. Errors: ERR_FULL, ERR_IO when it
 * could not be noted (then nothing happened); a mind that fails is not an error (she says so and goes on with small). */
int turn_take(turn *t, text heard, const char *client_id, const turn_sink *out, fail *why);
/* What is due: reminders, notices, departures, fading. */
int turn_tick(turn *t, const turn_sink *out, fail *why);
/* From any thread: end the reply that is running at the next sentence. */
void turn_stop(turn *t);

/* Her reply to `message` was broken off on the person's screen: only its first `letters` characters were shown, so only
 * those are kept. */
int turn_shown(turn *t, int64_t message, size_t letters, fail *why);

/* A command of the person's about their own life: {"memory","list"} … Output as rows for people (words) or, with
 * `json`, one object a row. Errors: ERR_USAGE, ERR_MISSING: *why says what to do. */
typedef struct { void (*row)(void *ctx, const char *human, const json_t *json); void *ctx; } turn_rows;
int turn_command(turn *t, int argc, const char *const *argv, const turn_rows *out, fail *why);

/* The first meeting, step by step: the question to show next (system voice), or done. `answer` NULL starts or skips. */
typedef struct { bool done; bool refused; text ask; const char *kind; /* "yesno" "text" "secret" */ } meeting;
int turn_meet(turn *t, const char *answer, meeting *out, fail *why);   /* ask: borrowed until the next call */
bool turn_met(turn *t);                                               /* has the first meeting been held? */

/* Presence and identity in one line, for the status line. Borrowed until the next call. */
const char *turn_status(turn *t);

/* A rehearsal's ctx object (CONTRACT.md): others_active_now, others_total, locale, age, today, memory, departure, name;
 * and `seed`, which sets one rehearsed life apart from the next. */
int turn_rehearse_ctx(turn *t, const json_t *ctx, fail *why);

#endif
