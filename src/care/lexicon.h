/* SPDX-License-Identifier: Apache-2.0
 * lexicon.h - lists of words and short phrases under a name, found in a message by their stems.
 *
 * A file is lines of `name: term, term, …`; `#` starts a comment line; a name may return. A term is one to six
 * words, matched by stem ("walk" finds "walked"); `=term` matches the words exactly as they are spelt.
 * Read once and never changed: any thread. */
#ifndef CARE_LEXICON_H
#define CARE_LEXICON_H
#include "base/arena.h"
#include "base/fail.h"
#include "base/words.h"

typedef struct lexicon lexicon;

/* `bytes` are not kept. Owner: lexicon_close(). Errors: ERR_FORMAT with the line's number. */
int lexicon_open(lexicon **out, text bytes, fail *why);
void lexicon_close(lexicon *l);

int lexicon_names(const lexicon *l);                      /* how many names there are */
const char *lexicon_name(const lexicon *l, int name);     /* borrowed until close */
int lexicon_index(const lexicon *l, const char *name);    /* or -1 */

typedef struct { int name; size_t at, n; } lexicon_hit;   /* words at .. at+n-1 */

/* Every term found in `w`, in the order of the words; at most `max`. Returns how many. */
size_t lexicon_find(const lexicon *l, words w, lexicon_hit *out, size_t max);

#endif
