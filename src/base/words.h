/* SPDX-License-Identifier: Apache-2.0
 * words.h - English as tokens: what everyone above needs before they can understand a message.
 *
 * Borrowed throughout from the arena given. Any thread. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H
#include "base/arena.h"
#include "base/text.h"

typedef struct {
    text raw;        /* as typed, borrowed from the message                                     */
    text low;        /* lower case, curly quotes straightened, "cant"->"can't", "im"->"i'm", "u"->"you" */
    text stem;       /* low, stemmed (Porter 1980); a number word stays itself                  */
    char after;      /* the punctuation that follows: 0 . , ? ! ; : - ) or newline              */
    bool stop;       /* a function word                                                         */
    bool capital;    /* begins with a capital                                                   */
    bool shout;      /* two letters or more, all capitals                                       */
} word;

typedef struct { word *at; size_t n; } words;

/* Cut a message into words. Apostrophes and inner hyphens stay inside; digits group ("4.10", "19:30"); each emoji
 * is a word. At most WORDS_MAX words are kept; the rest is ignored (a 1 MB line costs no more than a page). */
enum { WORDS_MAX = 2000 };
words words_of(arena *a, text message);

/* Sentences (or clauses, with `clauses`: also cut at , ; : and before and/but/because/so/which/who/when/while):
 * ranges of w. *n of them in an arena array. */
typedef struct { size_t from, to; } word_span;
word_span *words_sentences(arena *a, words w, bool clauses, size_t *n);

/* One lower-case word, Porter-stemmed. Source: Porter 1980, "An algorithm for suffix stripping". */
text words_stem(arena *a, text low);
bool words_is_stop(text low);

/* "seven", "7", "twenty one" at w.at[i]: true, *value and how many words it took. */
bool words_number(words w, size_t i, double *value, size_t *took);

/* Content words (not stop, longer than 1) shared by two messages, by stem. */
size_t words_shared(words a, words b);

#endif
