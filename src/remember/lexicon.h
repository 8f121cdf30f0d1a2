/* SPDX-License-Identifier: Apache-2.0
 * lexicon.h - first names, ties, places and what words are: voice/lexicon/ read once. Private to remember/. Any thread. */
#ifndef REMEMBER_LEXICON_H
#define REMEMBER_LEXICON_H
#include <stdbool.h>
#include <stdint.h>
#include "base/text.h"

/* The sections of voice/lexicon/memory.txt, as bits. */
enum {
    LEX_JOB = 1 << 0, LEX_NOTJOB = 1 << 1, LEX_FEEL = 1 << 2, LEX_WEAKFEEL = 1 << 3, LEX_HEALTH = 1 << 4,
    LEX_SEXUALITY = 1 << 5, LEX_FAITH = 1 << 6, LEX_STATUS = 1 << 7, LEX_MONEY = 1 << 8, LEX_CRIME = 1 << 9,
    LEX_SECRET = 1 << 10, LEX_DIET = 1 << 11, LEX_NEARBY = 1 << 12, LEX_NOTPLACE = 1 << 13, LEX_TRADE = 1 << 14,
    LEX_FICTION = 1 << 15, LEX_FAMOUS = 1 << 16, LEX_APPOINTMENT = 1 << 17, LEX_EVENT = 1 << 18, LEX_NOTNAME = 1 << 19,
    LEX_VERB = 1 << 20, LEX_ADJECTIVE = 1 << 21,         /* of verbs.txt (every form) and adjectives.txt */
    LEX_SENSITIVE = LEX_HEALTH | LEX_SEXUALITY | LEX_FAITH | LEX_STATUS | LEX_MONEY | LEX_CRIME | LEX_SECRET
};

typedef struct {
    const char *tie;         /* "mother"                            */
    const char *group;       /* "kin" "love" "ex" "friend" …        */
    char gender;             /* 'f' 'm' 'n'                         */
    bool one;                /* there is only one of this kind      */
} lex_tie;

typedef struct {
    uint32_t is;             /* LEX_ bits                                        */
    char name;               /* 0, or 'f' 'm' 'n': a first name                  */
    bool word_too;           /* … that is an everyday word as well               */
    bool place;
    const lex_tie *tie;      /* NULL, or what tie it names                       */
    bool tie_name;           /* the tie word stands alone as a name ("mum")      */
} lex;

/* What is known of one lower-case word, or of several joined by hyphens ("best-friend"); NULL when nothing. Static. */
const lex *lex_find(text low);
/* Do any longer entries begin with this word? ("best": "best-friend") */
bool lex_begins(text low);
/* The tie of that name, or NULL. */
const lex_tie *lex_tie_named(const char *tie);

#endif
