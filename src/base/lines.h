/* SPDX-License-Identifier: Apache-2.0
 * lines.h - her words as data: the `.say` files of voice/, read, matched and filled. Format: doc/voice.md.
 *
 * A `lines` is read once at start and never changes: any number of threads may pick from it. It knows no
 * conduct and no person; what holds now comes in as plain facts, and who said what when through a callback. */
#ifndef BASE_LINES_H
#define BASE_LINES_H
#include <stdint.h>
#include "base/arena.h"
#include "base/fail.h"
#include "base/words.h"

typedef struct lines lines;
typedef struct line line;          /* one utterance; borrowed from its `lines` */

/* Read `n` files (name, bytes; copied). Owner: lines_close(). Errors: ERR_FORMAT with file and line number. */
typedef struct { const char *name; text bytes; } lines_file;
int lines_open(lines **out, const lines_file *file, size_t n, fail *why);
void lines_close(lines *l);
size_t lines_count(const lines *l);
const line *lines_at(const lines *l, size_t i);          /* i < lines_count; follow-ups included */

/* What a line is. The id is a hash of move and text: stable while the line is unchanged. */
uint64_t line_id(const line *u);
const char *line_move(const line *u);                    /* "reflect"; a follow-up has its parent's move */
const char *line_follow(const line *u);                  /* NULL, or "yes" "no" "any" "why" "what"       */
text line_text(const line *u);                           /* with its slots                               */
bool line_asks(const line *u);                           /* ends in a question                           */
bool line_by_pattern(const line *u);                      /* its header has match= or on=            */
const line *lines_by_id(const lines *l, uint64_t id);
/* The i-th value its header wants for `key` ("topic" …; not has, match); { NULL, 0 } past the last. Static. */
text line_condition_at(const lines *l, const line *u, const char *key, size_t i);
/* The file its header stands in, and the row there. */
const char *line_where(const line *u, unsigned *row);

/* What holds now. A NULL or empty key satisfies no condition on it. */
typedef struct { const char *key; const char *value; } lines_fact;   /* several rows may share a key */
typedef struct { const char *name; text value; } lines_slot;         /* "name" -> Theodore           */

typedef struct {
    const lines_fact *fact; size_t n_fact;     /* situation, topic, feel, act, val, stage, tie, at, turn, laugh, last, on, plan, id */
    const lines_slot *slot; size_t n_slot;     /* what may be filled; {X} is made from {x} by itself                      */
    words said;                                /* their message, for has= and match=                                      */
    /* When was this line last said in this life? 0 never, else a clock in ms. NULL: never. */
    int64_t (*used)(void *ctx, uint64_t id);
    void *ctx;
    /* What was found out about this message, kept from call to call; start with a NULL in the same place each time and
     * change neither said nor facts while it is in use. NULL: nothing is kept. In the arena. */
    struct lines_view **view;
    bool no_questions;                         /* leave out lines that ask     */
    bool slots_only, no_slots;                 /* leave out lines with no slot; with one */
    int max_words;                             /* 0: no limit                  */
    uint64_t seed;                             /* breaks ties, reproducibly    */
} lines_now;

typedef struct {
    const line *line;
    text text;            /* filled, ready to say; in the arena             */
    int weight;           /* how closely it fits: match > has > on > situation+topic > … > nothing */
    bool spent;           /* every line that fits has been said before; this is the oldest       */
} lines_pick;

/* The best-fitting line of any of the `moves` (NULL-ended list): unsaid before said, then closer fit first, then by
 * seed among near-equals. line == NULL when none fits. `min_weight` leaves out looser ones (0: all). */
lines_pick lines_choose(const lines *l, arena *a, const char *const *moves, const lines_now *now, int min_weight);

/* The same among the lines whose header has id=`id`, of any move. */
lines_pick lines_named(const lines *l, arena *a, const char *id, const lines_now *now);

/* A follow-up of `parent` of the kind ("yes" …), filled; line == NULL when it has none. */
lines_pick lines_follow(const lines *l, arena *a, const line *parent, const char *kind, const lines_now *now);

/* Does `pattern` (doc/voice.md) fit a sentence of `said`? Captures go to out[0] = x, out[1] = y, turned round. */
bool lines_match(arena *a, const char *pattern, words said, text out[2]);

/* The same with the pattern compiled once: `pattern` is a literal, known by its address. Any thread. */
bool lines_fits(const lines *l, arena *a, const char *pattern, words said, text out[2]);

/* Turn a clause round: I→you, my→your, me→you, am→are, was→were after I, you→me (object) or I (subject), and back.
 * "i lost my keys when you rang me" -> "you lost your keys when I rang you". Result in the arena. */
text lines_turn(arena *a, words w, size_t from, size_t to);

/* Fill the slots of any template; false when one is missing (out untouched). */
bool lines_fill(arena *a, text template, const lines_slot *slot, size_t n_slot, text *out);

#endif
