/* SPDX-License-Identifier: Apache-2.0
 * rules.h - word patterns under section names, found in a message: how what must be certain is written as data.
 *
 * A file begins with `%rules 1`. `# …` is a comment. `@name = a | b c | d*` defines a class of alternatives (it may
 * name earlier classes). `[section]` opens a section; every other line is one pattern. In a pattern
 *     word     that word, in lower case, apostrophes left out ("dont" fits "don't" and "dont")
 *     wor*     a word that begins so
 *     (a|b c)  either            ?x  ?(a|b)   may be missing            @name  a class
 *     (a|$)    either, or a clause ends here (a mark, or and/but/so/because/i … comes next)
 *     ..2      up to two words, skipped (1 to 9)
 *     ^ $      the sentence begins, ends here
 * A pattern fits anywhere inside one sentence. Read once and never changed: any thread. */
#ifndef CARE_RULES_H
#define CARE_RULES_H
#include "base/arena.h"
#include "base/fail.h"
#include "base/words.h"

typedef struct rules rules;

/* `bytes` are not kept. Owner: rules_close(). Errors: ERR_FORMAT with the line's number. */
int rules_open(rules **out, const char *name, text bytes, fail *why);
void rules_close(rules *r);

int rules_section(const rules *r, const char *name);   /* its number, or -1 */
const char *rules_name(const rules *r, int section);   /* borrowed until close */
size_t rules_count(const rules *r);                    /* patterns */
/* Is `low` (apostrophes left out) one of the class's one-word members? false for an unknown class. */
bool rules_in_class(const rules *r, const char *class_name, text low);

typedef struct { int section, line; size_t from, to; } rules_hit;   /* words from .. to-1; line of the file */

/* Every pattern that fits, by ascending `from`; in the arena. `*n` of them, at most 400. */
rules_hit *rules_find(const rules *r, arena *a, words w, size_t *n);

/* `low` without its apostrophes, into out[40] (cut); its length. */
size_t rules_bare(text low, char out[static 40]);

#endif
