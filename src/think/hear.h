/* SPDX-License-Identifier: Apache-2.0
 * hear.h - what a message says, as far as a program can tell: its clauses, its thing, its turn of mind. Private to think/.
 *
 * Everything is borrowed from the arena given. Any thread. */
#ifndef THINK_HEAR_H
#define THINK_HEAR_H
#include "think/grammar.h"

typedef struct {
    word_span at;          /* words of it, fillers and conjunctions off                       */
    text lead;             /* the conjunction it came with: "but", "because", … or ""         */
    size_t verb;           /* its verb with tense, or at.to                                   */
    const char *add;       /* what must stand before it when its subject was left out: "you" … or "" */
    bool whole;            /* subject and verb: it can be said back                           */
    bool asks;             /* it is (part of) a question                                      */
    bool about_her;        /* "you" is its subject                                            */
    int score;
} clause;

typedef struct {
    words w;
    tag *t;
    clause *clause; size_t n_clause;
    text c;                /* the clearest clause, turned round; "" when none reads well       */
    int c_score;
    text n, bare;          /* the thing it is about: "your landlord", "landlord"; "" when none */
    bool n_plural;
    word_span n_span;
    text but_a, but_b;     /* "x but y", both turned round and whole                           */
    bool again;            /* again, always, every time, third                                 */
    bool asks;             /* a question, with or without its mark                             */
    size_t content;        /* words that are not function words                                */
} heard;

void hear(const grammar *g, arena *a, words w, heard *out);

/* One range of the message as it would be said back. */
text hear_turned(arena *a, const heard *h, word_span s, const char *add);
#endif
