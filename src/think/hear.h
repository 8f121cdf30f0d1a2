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

/* Who the clearest clause is about, and when: the person, somebody of theirs, a thing; past, present, to come. */
typedef enum { ABOUT_NOBODY, I_DID, I_WAS, I_AM, I_WILL, THEY_DID, THEY_ARE, THING_DID, THING_IS } about;

typedef struct {
    text whole;            /* the message; w borrows from it                                     */
    words w;
    tag *t;
    clause *clause; size_t n_clause;
    text c;                /* the clearest clause, turned round; "" when none reads well       */
    int c_score;
    about c_about;
    text subject;          /* its subject, when that is somebody by name or tie: "your wife"     */
    unsigned subject_lex;  /* LEX_SHE, LEX_HE, or neither                                        */
    text n, bare;          /* the thing it is about: "your landlord", "landlord"; "" when none */
    bool n_plural;
    word_span n_span;
    text but_a, but_b;     /* "x but y", both turned round and whole                           */
    bool again;            /* again, always, every time, third                                 */
    bool asks;             /* a question, with or without its mark                             */
    size_t content;        /* words that are not function words                                */
} heard;

void hear(const grammar *g, arena *a, text message, words w, heard *out);

/* A clause as it would be said back: turned round, its subject put back, its verb made to agree. */
text hear_turned(arena *a, const heard *h, const clause *c);
#endif
