/* SPDX-License-Identifier: Apache-2.0
 * conduct.h - the charter's data: the planner's lines, the crisis lines, the lexicons. Private to care/.
 *
 * Read once, never changed: any thread. */
#ifndef CARE_CONDUCT_H
#define CARE_CONDUCT_H
#include <regex.h>
#include "base/lines.h"
#include "care/care.h"

/* The charter's lexicons (CONDUCT 1.1), and a few of ours. */
typedef enum { LEX_HUMAN, LEX_LOVE, LEX_HOLD, LEX_MISS, LEX_BOND, LEX_PRAISE, LEX_RIVAL, LEX_ADVICE, LEX_PLATITUDE, LEX_VERDICT,
    LEX_FUEL, LEX_VENT, LEX_SERVILE, LEX_ABANDON, LEX_LEADING, LEX_CONTRACT, LEX_STIGMA, LEX_METHOD, LEX_DIAGNOSE, LEX_FEEL,
    LEX_BIO, LEX_ASK_DIRECT, LEX_JOKE, LEX_EXPLICIT, LEX_FOREVER, LEX_ASSENT, LEX_POLICY, LEX_SORRY, LEX_PARENT, LEX_N } lexicon_id;

typedef struct { const char *locale, *kind, *name, *number, *how; } crisis_line;
typedef struct { const char *lang, *speaks, *dying; } language_line;

typedef struct {
    lines *said;                            /* the .say files of voice/conduct/      */
    arena mem;                              /* the strings below                      */
    crisis_line *line; size_t n_line;       /* doc/crisis-lines.tsv                   */
    language_line *lang; size_t n_lang;     /* voice/conduct/languages.tsv            */
    regex_t lex[LEX_N]; int n_lex;          /* compiled so far                        */
} conduct;

/* Errors: ERR_FORMAT names the file. Owner: conduct_close(). */
int conduct_open(conduct **out, fail *why);
void conduct_close(conduct *c);

/* Does lexicon `id` hit `t`? Case and curly quotes do not matter. */
bool conduct_hit(const conduct *c, lexicon_id id, text t);
/* How often. */
int conduct_hits(const conduct *c, lexicon_id id, text t);

/* One line by name, filled; unused before used. Its id goes to *used when not NULL. "" when no line of it can be filled. */
text conduct_say(const conduct *c, arena *a, const char *id, const care_now *now, const lines_slot *slot, size_t n_slot, uint64_t *used);

/* "Samaritans on 116 123", or NULL where the table has no row for this locale. `kind`: suicide, domestic-violence. */
const char *conduct_line(const conduct *c, arena *a, const char *locale, const char *kind);
/* "999", or "your local emergency number". */
const char *conduct_emergency(const conduct *c, const char *locale);
const language_line *conduct_language(const conduct *c, const char *lang);

/* Reached from a care (care.c holds it). */
const conduct *care__conduct(const care *c);

#endif
