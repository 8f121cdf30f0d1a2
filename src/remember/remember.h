/* SPDX-License-Identifier: Apache-2.0
 * remember.h - words and the past: one store per person.
 *
 * A `remember` is one open life: one directory, one database. There is no call that asks a question without saying
 * whose. What was noted is on disk before the call returns. One thread at a time per life (the house sees to it).
 * Strings handed out live in the arena given. */
#ifndef REMEMBER_REMEMBER_H
#define REMEMBER_REMEMBER_H
#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/json.h"
#include "base/text.h"

typedef struct remember remember;

typedef struct {
    const clk *clock;          /* borrowed */
    bool temporary;            /* nothing on disk: /private, rehearse */
    const char *vfs;           /* SQLite VFS by name, or NULL: tests put a faulty disk under it */
} remember_options;

/* Open (make, if missing) the life in folder `dir`. Owner: remember_close().
 * Errors: ERR_BUSY another program has it; ERR_DENIED read-only or foreign-owned; ERR_FORMAT corrupt, or newer
 * than this program (the text says what to do; the file is never touched); ERR_FULL. */
int remember_open(remember **out, const char *dir, const remember_options *o, fail *why);
void remember_close(remember *r);

/* What is written between the two shares one synced commit: a turn's said + learn + used + line_said. Nests.
 * remember_note() never waits: within a batch it commits what is pending, notes, and begins anew.
 * Errors of remember_end(): ERR_FULL, ERR_IO; then nothing of the batch was kept. A life closed in a batch keeps it. */
int remember_begin(remember *r, fail *why);
int remember_end(remember *r, fail *why);

/* ---- the log: verbatim, durable before anyone thinks about it ------------------------------------------------ */
typedef enum { SAID_BY_PERSON = 0, SAID_BY_HER = 1, SAID_BY_SYSTEM = 2 } said_by;
typedef struct {
    int64_t id; int64_t conversation; int64_t at_ms; said_by by;
    text words;                /* redacted messages say so instead */
    bool interrupted, sensitive, redacted;
    const char *client_id;     /* as sent, or "" */
} message;

/* Note what the person said: on disk (synced) at return. The same client_id is noted once: *is_new tells, *id is the
 * first one's. Passwords and card numbers are redacted as noted. Errors: ERR_FULL disk (nothing noted), ERR_IO. */
int remember_note(remember *r, text words, const char *client_id, int64_t *id, bool *is_new, fail *why);
/* Note what she said, exactly as shown, to message `answers`. */
int remember_said(remember *r, int64_t answers, text words, bool interrupted, int64_t *id, fail *why);
/* Of her last reply to `answers` only the first `letters` characters were shown: the rest goes, it is interrupted. */
int remember_shown(remember *r, int64_t answers, size_t letters, fail *why);
int remember_system(remember *r, text words, fail *why);         /* a notice, shown in the system's voice */
/* A message that holds something sensitive without consent: kept in the log, never indexed or learned from. */
int remember_mark_sensitive(remember *r, int64_t id, fail *why);

/* The newest `most` messages before `before` (0: the end), oldest first. Arena. */
message *remember_recent(remember *r, arena *a, size_t most, int64_t before, size_t *n);
message *remember_history(remember *r, arena *a, text search, size_t most, size_t *n);   /* "" : the newest */
bool remember_message(remember *r, arena *a, int64_t id, message *out);
int64_t remember_message_count(remember *r);
/* Start a new conversation (the person came back, or said so). Its number. */
int64_t remember_conversation(remember *r, bool start_new);

/* ---- memory: one remembered thing each ------------------------------------------------------------------------ */
typedef struct {
    int64_t id;
    const char *kind;          /* fact person date thread joy mood preference place promise plan feeling */
    const char *about;         /* "you", or one of their people: "Amy" */
    const char *relation;      /* "friend", "lives in", "works as", "likes", … */
    const char *value;         /* "Oslo" */
    const char *words;         /* said to the person: "Your friend Amy moved to Oslo in May." */
    const char *quote; int64_t message; int64_t said_ms;
    const char *from, *until;  /* when it was true, ISO (a month or year alone is fine) or "" */
    double sure;               /* 0 .. 1 */
    const char *why;           /* why it was kept */
    const char *consent;       /* "general" "asked" "pending" */
    bool pinned, sensitive, faded;
    int64_t used_ms, fades_ms; /* 0: never */
} memory;

typedef struct {
    const char *name, *tie;    /* "Amy", "friend"; name "" when only the tie is known */
    const char *word;          /* the tie as the person says it: "mum" for "mother"; else the tie */
    const char *she;           /* "she" "he" "they" */
    int64_t said_ms, met_ms;   /* last mentioned; last met or called, 0 unknown */
    int n_memory;
} ally;                        /* one of the person's people */

/* After the turn: learn from message `id` (rules; only the person's own words; never from recalled text). What was
 * added, closed or needs a yes comes in *out. */
typedef struct { memory *added; size_t n_added; memory *closed; size_t n_closed; memory *ask; size_t n_ask; } learned;
int remember_learn(remember *r, arena *a, int64_t id, learned *out, fail *why);
/* The person's answer to "keep it?" for the pending ones; or a rehearsal's `memory` string, as if told on `at_ms`. */
int remember_consent(remember *r, const int64_t *id, size_t n, bool yes, fail *why);
int remember_told(remember *r, arena *a, text statement, int64_t at_ms, fail *why);

/* The ally that words speak of ("my friend", "amy", "my sister"); false when none. And all of them, nearest first. */
bool remember_ally(remember *r, arena *a, text words, ally *out);
ally *remember_people(remember *r, arena *a, size_t *n);

/* ---- recall: a handful, each with where it came from ---------------------------------------------------------- */
typedef struct {
    int64_t memory, message;   /* one of the two is not 0 */
    const char *words;         /* "Your friend Amy moved to Oslo in May." or the message's words */
    const char *quote; int64_t said_ms;
    const char *kind, *about;
    double score;              /* 0 .. 1; above REMEMBER_SURE it may be used unprompted */
} recalled;
#define REMEMBER_SURE 0.6
/* At most `most` (7), for the message `heard`; never sensitive ones unless `heard` itself asks. */
recalled *remember_recall(remember *r, arena *a, text heard, size_t most, size_t *n);
void remember_used(remember *r, const int64_t *memory, size_t n);

/* What is known, for "what do you know about me / my friend?" and `memory list`. about "" : everything. */
memory *remember_list(remember *r, arena *a, const char *about, size_t *n);
memory *remember_search(remember *r, arena *a, text words, size_t most, size_t *n);
bool remember_memory(remember *r, arena *a, int64_t id, memory *out);
int remember_fix(remember *r, arena *a, int64_t id, text words, fail *why);
int remember_pin(remember *r, int64_t id, bool pinned, fail *why);
int remember_pause(remember *r, bool paused, fail *why);
bool remember_paused(remember *r);
/* Forget one (id) or what matches (words): the memory, the words in the log it rests on, people, index. The receipt
 * counts, and never repeats. Errors: ERR_MISSING when nothing matches. */
typedef struct { int memories, messages, people, index; } receipt;
int remember_forget(remember *r, int64_t id, text words, receipt *out, fail *why);
/* Fading: what is past its life needs a cue; past twice its life it goes. From turn_tick(). */
int remember_fade(remember *r, receipt *out, fail *why);

/* ---- small things a life keeps ----------------------------------------------------------------------------------- */
/* Named JSON values: "bond", "thread", "settings", "welcome". NULL when absent; owned: json_decref(). */
json_t *remember_keep_read(remember *r, const char *name);
int remember_keep_write(remember *r, const char *name, const json_t *v, fail *why);
/* When was repertoire line `id` last said here? 0 never. And that it was said now. */
int64_t remember_line_used(remember *r, uint64_t id);
void remember_line_said(remember *r, const uint64_t *id, size_t n);
/* Who she is: recorded from the first day; a row is added when any hash changed. */
typedef struct { int64_t at_ms; const char *model, *persona, *voice, *prompt, *schema, *program; } identity;
/* The shape of what is kept, as a hash: part of who she is. */
void remember_schema(char hex[static 65]);
int remember_identity(remember *r, const identity *now, bool *changed, fail *why);
identity *remember_identities(remember *r, arena *a, size_t *n);
/* Reminders the person set. */
typedef struct { int64_t id; int64_t due_ms; const char *words; bool done; } reminder;
int remember_remind(remember *r, int64_t due_ms, text words, int64_t *id, fail *why);
reminder *remember_reminders(remember *r, arena *a, bool due_only, size_t *n);
int remember_remind_done(remember *r, int64_t id, fail *why);

#endif
