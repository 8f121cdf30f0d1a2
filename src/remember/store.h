/* SPDX-License-Identifier: Apache-2.0
 * store.h - where a life lies: one SQLite database, and the only door to it.
 *
 * Private to remember/. Nothing outside the store*.c files knows a table or a word of SQL; rows come and go as the plain
 * structs of remember.h, their strings in the arena given. Writes return 0 or a negative ERR_* with the story in *why
 * (may be NULL). Finders give none (NULL, false, 0) for "not there"; a broken disk shows in the next write.
 * Thread: one at a time per store. */
#ifndef REMEMBER_STORE_H
#define REMEMBER_STORE_H
#include "remember/remember.h"

typedef struct store store;

/* Open or make `dir`/life.db, holding `dir`/lock; with `temporary` nothing touches the disk (dir is ignored).
 * Owner: store_close(). Errors: as remember_open(). */
int store_open(store **out, const char *dir, bool temporary, const char *vfs, fail *why);
void store_close(store *s);
int store_version(void);                       /* of the schema */

/* One transaction, nested at will: the outermost store_end() is the commit, and synced. store_cancel() undoes what was
 * done since its own begin. Every store_begin() that returned 0 is followed by exactly one of the two. */
int store_begin(store *s, fail *why);
int store_end(store *s, fail *why);
void store_cancel(store *s);
/* After forgetting: nothing of what was deleted stays in free pages, index segments or the write-ahead log. */
int store_scrub(store *s, fail *why);

/* ---- numbers that must survive: "conversation", "learned", "indexed", "paused" -------------------------------- */
int64_t store_number(store *s, const char *key, int64_t otherwise);
int store_number_set(store *s, const char *key, int64_t v, fail *why);

/* ---- the log ---------------------------------------------------------------------------------------------------- */
/* m->id is filled in. A client_id seen before: *is_new false, m->id the first one's, nothing written. `apart`: said while
 * memory was paused; it is never indexed or learned from. */
int store_message_add(store *s, message *m, int64_t answers, bool apart, bool *is_new, fail *why);
bool store_message_apart(store *s, int64_t id);
bool store_message(store *s, arena *a, int64_t id, message *out);
int64_t store_message_last(store *s);          /* the highest id; messages are never removed, so also their count */
/* The newest `most` with id < before (0: no bound) by anyone, or only `by` (>= 0) the person; oldest first. */
message *store_messages(store *s, arena *a, size_t most, int64_t before, int by, size_t *n);
/* The newest `most` that hold every one of these words (any case, anywhere); oldest first. */
message *store_messages_holding(store *s, arena *a, const text *word, size_t n_word, size_t most, size_t *n);
/* Messages from..to by id, oldest first. */
message *store_messages_between(store *s, arena *a, int64_t from, int64_t to, size_t *n);
/* The ids whose time lies in [from_ms, to_ms), the newest `most`. */
int64_t *store_messages_in_time(store *s, arena *a, int64_t from_ms, int64_t to_ms, size_t most, size_t *n);
int store_message_flag(store *s, int64_t id, bool sensitive, fail *why);
int store_message_redact(store *s, int64_t id, text instead, fail *why);   /* words overwritten, out of the index */
int store_message_cut(store *s, int64_t id, text left, fail *why);         /* a reply of which only this was shown */
int64_t store_message_answer(store *s, int64_t id, int64_t after);        /* the next reply of hers to `id`, or 0 */
/* Bring the index up to message `upto`: sensitive, redacted and cut-off ones are passed over. */
int store_index_upto(store *s, int64_t upto, fail *why);
int store_index_drop(store *s, int64_t id, fail *why);

/* ---- the index: what holds these words? ------------------------------------------------------------------------- */
typedef struct { int64_t id; double rank; } store_hit;       /* rank: BM25, larger is better */
enum { STORE_MESSAGES, STORE_MEMORIES };
/* `query` is FTS5's own language, made by recall.c from quoted words only. Best first. */
store_hit *store_search(store *s, arena *a, int what, const char *query, size_t most, size_t *n);
/* In how many messages or memories does this one word stand? */
int64_t store_word_count(store *s, int what, text word);

/* ---- memories ------------------------------------------------------------------------------------------------------ */
typedef struct {
    memory m;                  /* m.words: a sentence with places to fill (relation.h), or "" for its relation's own   */
    int64_t person;            /* people id, 0 the person themself                                                     */
    bool closed;               /* no longer true, or never was                                                         */
    const char *hints;         /* more words to be found by, never shown                                               */
} store_item;
/* id 0: a new one, filled in. The first evidence is m.message. */
int store_memory_add(store *s, store_item *it, fail *why);
int store_memory_save(store *s, const store_item *it, fail *why);       /* all fields of a kept one */
int store_memory_remove(store *s, int64_t id, fail *why);
bool store_memory(store *s, arena *a, int64_t id, store_item *out);
store_item *store_memories(store *s, arena *a, int64_t person, size_t *n);   /* person -1: everyone's; newest last */
store_item *store_memories_from(store *s, arena *a, const char *iso, size_t most, size_t *n);   /* true from that day, month, year */
store_item *store_memories_sensitive(store *s, arena *a, size_t *n);
int64_t store_memory_next(store *s);           /* the id the next new one will have */
int store_memory_used(store *s, int64_t id, int64_t at_ms, fail *why);
int store_evidence_add(store *s, int64_t memory, int64_t message, fail *why);
int64_t *store_evidence(store *s, arena *a, int64_t memory, size_t *n);      /* messages it rests on */
int64_t *store_evidence_of(store *s, arena *a, int64_t message, size_t *n);  /* memories that rest on it */

/* ---- people -------------------------------------------------------------------------------------------------------- */
typedef struct { int64_t id; ally a; bool pet; } store_person;
int store_person_add(store *s, store_person *p, fail *why);
int store_person_save(store *s, const store_person *p, fail *why);
int store_person_remove(store *s, int64_t id, fail *why);
store_person *store_people(store *s, arena *a, bool counted, size_t *n); /* last mentioned first; `counted`: with n_memory */

/* ---- small things --------------------------------------------------------------------------------------------------- */
char *store_kept(store *s, arena *a, const char *name);
char **store_kept_names(store *s, arena *a, size_t *n);
int store_keep(store *s, const char *name, text json, fail *why);
int64_t store_line(store *s, uint64_t line);
int store_line_said(store *s, uint64_t line, int64_t at_ms, fail *why);
int store_identity_add(store *s, const identity *i, fail *why);
identity *store_identities(store *s, arena *a, size_t *n);
int store_reminder_add(store *s, int64_t due_ms, text words, int64_t *id, fail *why);
int store_reminder_done(store *s, int64_t id, fail *why);
reminder *store_reminders(store *s, arena *a, int64_t due_by, size_t *n);    /* due_by 0: all that are not done */

#endif
