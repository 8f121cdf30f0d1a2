/* SPDX-License-Identifier: Apache-2.0
 * parse.h - a message as pieces with what is known of each: what the rules of extract.c read. Private to remember/.
 *
 * Everything lives in the arena given; texts are borrowed from the message or static. Any thread. */
#ifndef REMEMBER_PARSE_H
#define REMEMBER_PARSE_H
#include "base/arena.h"
#include "base/words.h"
#include "remember/lexicon.h"

typedef struct {
    text raw, low;           /* "She's" is two pieces, "she" and "'s"; "won't" is "will" "not"              */
    size_t from, to;         /* bytes in the message: the piece's whole word                                */
    char after;              /* punctuation behind it, as in words.h                                        */
    bool capital;            /* a capital that means something: not a sentence's first, not SHOUTED         */
    bool typed_capital;      /* as typed                                                                    */
    bool quoted;             /* somebody's words, a title                                                   */
    bool stop;
    uint16_t sentence;
    const lex *is;           /* never NULL                                                                  */
} piece;

typedef struct {
    size_t from, to;         /* pieces                                    */
    bool asks;               /* a question: nothing is told by it         */
} sentence;

typedef struct {
    arena *a;
    text message;
    piece *at;
    size_t n;
    sentence *sent;
    size_t n_sent;
    int64_t now_ms;          /* the day it was said on                    */
} said;

said said_of(arena *a, text message, int64_t now_ms);

/* Is piece i one of the words of "a|b|c"? False beyond the end. */
bool parsed_is(const said *s, size_t i, const char *words_barred);
/* Does a clause end before piece i: the end, punctuation, or a conjunction that opens another. */
bool said_stops(const said *s, size_t i);
/* The end of the clause that i is in (exclusive). */
size_t said_clause_end(const said *s, size_t i);
/* The longest lexicon entry that begins at i, over several pieces; *took pieces; NULL when nothing is known. */
const lex *said_lex(const said *s, size_t i, size_t *took);
/* Pieces [from, to) as typed, joined by single spaces, without outer punctuation. */
text said_raw(const said *s, size_t from, size_t to);
/* The same turned to the person: my -> your, i -> you, am -> are. */
text said_turned(const said *s, size_t from, size_t to);
/* "oslo" -> "Oslo", "st thomas'" -> "St Thomas'", "McKay" stays. */
text said_titled(const said *s, size_t from, size_t to);
/* A whole number at i ("seventy-two", "34"): the pieces it takes, 0 when there is none. */
size_t said_number(const said *s, size_t i, int *value);

#endif
