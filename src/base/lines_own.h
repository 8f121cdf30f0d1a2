/* SPDX-License-Identifier: Apache-2.0
 * lines_own.h - what lines.c and its parts share; nobody else includes it (tests may look).
 *
 * LAYOUT      file -> heads ([reflect topic=…]) -> lines -> their follow-ups, which stand right behind them.
 *             Every (key, value) of a condition and every word a pattern or a has= wants is interned to a small
 *             number; choosing sets one bit per number that holds now, so a head is judged by a few bit tests.
 * INVARIANTS  (1) After lines_open() nothing here changes.
 *             (2) A follow-up has the same head as the line above it, and parent < its own index. */
#ifndef BASE_LINES_OWN_H
#define BASE_LINES_OWN_H
#include <pthread.h>
#include "base/lines.h"

/* A compiled pattern: steps one behind the other; "(a|b c)" is a step with a sequence for each way. */
typedef enum { STEP_WORD, STEP_EITHER, STEP_SKIP, STEP_KEEP, STEP_REST } step_kind;
typedef struct pattern_step pattern_step;
typedef struct { pattern_step *step; size_t n; } pattern_run;
struct pattern_step {
    step_kind kind;
    bool may_miss;                         /* ?                                                           */
    char slot;                             /* KEEP, REST: 'x' or 'y'                                      */
    text word;                             /* WORD                                                        */
    pattern_run *way; size_t n_way;        /* EITHER                                                      */
};
typedef struct {
    pattern_run run;
    bool at_start, at_end;                 /* ^ and $                                                     */
    uint32_t *anchor; size_t n_anchor;     /* one of these words must be there, or it cannot fit; 0: none */
    int literal;                           /* words it surely fits: how telling it is                     */
} pattern;

/* What a pattern kept, as ranges of the message; from == to: nothing. */
typedef struct { word_span x, y; } pattern_kept;

/* The part of *t before a | that stands in no bracket; *t moves past it. */
text pattern_cut(text *t);
/* Compile one way. Everything in the arena. false: *why_not says what is wrong with it. */
bool pattern_read(arena *a, text source, pattern *out, const char **why_not);
/* Fit it into the words from .. to (one sentence). */
bool pattern_fits(const pattern *p, words w, word_span sentence, pattern_kept *kept);

typedef struct { const char *key; uint32_t *value; size_t n; } line_condition;   /* interned (key, value) pairs */
typedef struct { uint32_t first; text *word; size_t n; } line_phrase;            /* has=: stems; first interned */
typedef struct {
    const char *move;
    line_condition *condition; size_t n_condition;
    line_phrase *has; size_t n_has;        /* any of them         */
    pattern *match; size_t n_match;        /* any of them         */
    int weight;                            /* of the conditions   */
    bool named;                            /* has an id=          */
    const char *file; unsigned row;
} line_head;

struct line {
    text text;
    const line_head *head;
    const char *follow;
    uint32_t parent;                       /* own index unless a follow-up */
    uint64_t id;
    text *slot; size_t n_slot;             /* names as written, each once  */
    uint16_t n_words;
    bool asks;
};

typedef struct { text name; uint32_t number; } intern_row;
typedef struct { const char *source; pattern *way; size_t n; } shelf_row;          /* by address of the literal */
enum { MOVES_MOST = 32, SHELF_MOST = 1024 };
struct lines {
    arena mem;                             /* heads, texts, patterns                        */
    line *at; size_t n;
    line_head **head; size_t n_head;
    uint32_t *first;                       /* [n_head] index of its first line              */
    uint64_t *id_sorted; uint32_t *id_line;/* [n] for lines_by_id                           */
    intern_row *intern; size_t intern_cap, n_intern;
    uint32_t *by_move[MOVES_MOST]; size_t n_by_move[MOVES_MOST];      /* heads of each move           */
    /* Patterns of callers, compiled at first use; the lock guards shelf, n_shelf and shelf_mem. */
    pthread_mutex_t lock;
    arena shelf_mem;
    shelf_row *shelf; size_t n_shelf;
};

/* Interned number of prefix + name: "=topic=garden", "~stem", "'word". UINT32_MAX: not known. */
uint32_t lines__number(const lines *l, char prefix, text name);
uint32_t lines__intern(lines *l, char prefix, text name);
/* A stem as has= compares it: "fly" and "flies" ("fli") are one. In the arena when it is not `stem` itself. */
text lines__stem(arena *a, text stem);

/* The reader (lines_read.c): appends one file. */
typedef struct { line *at; size_t n, cap; line_head **head; uint32_t *first; size_t n_head, cap_head; } lines_draft;
int lines__read(lines *l, lines_draft *d, const lines_file *file, fail *why);

/* Move names are static strings; NULL when there is no such move, follow-up or key. */
const char *lines__move(text name);
int lines__move_number(const char *move);               /* 0 .. MOVES_MOST - 1, or -1 */
const char *lines__follow_kind(text name);

/* lines_fill.c: names of the slots of `t` (each once), or false and *bad when braces do not close or a name is not one
 * of doc/voice.md. `named`: a line with an id=, whose caller may bring slots of its own. */
bool lines__slots(arena *a, text t, bool named, text **slot, size_t *n, text *bad);
#endif
