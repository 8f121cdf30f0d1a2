/* SPDX-License-Identifier: Apache-2.0
 * extract.h - what a message tells of its writer and theirs, by rules. Private to remember/; all in the arena given.
 * It knows no store and changes nothing: learn.c decides what becomes of what is found here. Any thread. */
#ifndef REMEMBER_EXTRACT_H
#define REMEMBER_EXTRACT_H
#include "remember/rule.h"

typedef struct {
    int rel;                 /* REL_ of relation.h                                                        */
    int who;                 /* index into the cast, or WHO_SELF                                          */
    text value;              /* "Oslo"                                                                    */
    text form;               /* a sentence of its own with {A} and {when}; empty: the relation's          */
    char from[12], until[12];
    bool ends;               /* no longer so: closes what is known, adds nothing                          */
    bool lessens;            /* only where something is known: "quit the bakery"                          */
    uint32_t sensitive;      /* LEX_ bits: kept only with a yes                                           */
    double sure;
    text quote;              /* the clause it rests on, as typed                                          */
} fact;

typedef struct { int who; int64_t at_ms; } meet;                    /* met, rang, visited: when */

typedef struct {                                                   /* "i meant june", "ana, not anna" */
    bool said;
    text now, was;           /* was may be empty                                                          */
    bool spelling;           /* "with one n"                                                              */
} swap;

typedef struct {
    fact *fact; size_t n_fact;
    meet *met; size_t n_met;
    swap swap;
    bool corrects;           /* begins with "no," "actually," …                                           */
    bool wrong;              /* "that's wrong", "i never said that"                                       */
    bool command;            /* about memory itself: nothing is told                                      */
    uint32_t sensitive;      /* anything in it that is                                                    */
    text keep;               /* "remember that …": what was asked to be kept, turned to the person        */
} extract;

void extract_message(arena *a, text message, int64_t day_ms, cast *c, extract *out);

/* One row of what a clause may say, rules.c. */
enum {
    RULE_I = 1, RULE_THEY = 2, RULE_ANY = 3,
    RULE_FRAG = 1 << 0,      /* the subject may be missing at a clause's start: it is the writer          */
    RULE_FREE = 1 << 1,      /* the clause itself is what is kept                                         */
    RULE_DATED = 1 << 2,     /* only with a time                                                          */
    RULE_ENDS = 1 << 3,      /* no longer so                                                              */
    RULE_LESSENS = 1 << 4,   /* only against something known                                              */
    RULE_WHO = 1 << 5,       /* its value is the person matched by @who                                   */
    RULE_MET = 1 << 6,       /* not a memory: a meeting with @who (or, without one, with the subject)     */
    RULE_AGE = 1 << 7, RULE_TURNING = 1 << 8, RULE_BIRTHDAY = 1 << 9, RULE_TIE = 1 << 10, RULE_SELFNAME = 1 << 11,
    RULE_WE = 1 << 12,       /* only of the writer with somebody: "sam and i"                             */
    RULE_SENSITIVE = 1 << 13, RULE_AHEAD = 1 << 14,    /* only if its time lies ahead                                           */
    RULE_SOMEBODY = 1 << 15  /* it names somebody by itself: "will is my brother", "her name is ada"      */
};
typedef struct {
    const char *pattern;     /* behind the subject; see rule.h                                            */
    int who, lean, rel, rel2;    /* rel2: what the second phrase kept is, or -1                           */
    unsigned flags;
    double sure;
    const char *form;        /* NULL: the relation's own; {v} {w} {when} {is} {was} {has}                 */
} rule;
extern const rule rules_of_somebody[];      /* behind a subject; ends with pattern NULL   */
extern const rule rules_of_clauses[];       /* at a clause's start                        */

#endif
