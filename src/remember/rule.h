/* SPDX-License-Identifier: Apache-2.0
 * rule.h - one pattern against the pieces of a message. Private to remember/. Any thread.
 *
 * A pattern is words with a space between, fitted from one piece on:
 *   a|b      either word            ?a|b     up to three, or none    be, is, was, have, not: every form
 *   @name    a name                 @np      a noun phrase           @place  a place        @org  where one works or learns
 *   @job     an occupation          @num     a number                @who    one of theirs  @tie  "best friend"
 *   @feel    a feeling              @rest    all up to the clause's end                     @when a time, may be missing
 *   $        the clause ends here, or a time or an aside follows
 * Small adverbs ("just", "really", "still") are stepped over anywhere. The first phrase kept is v, the second w. */
#ifndef REMEMBER_RULE_H
#define REMEMBER_RULE_H
#include "remember/when.h"
#include "remember/who.h"

typedef struct { size_t from, to; } range;

typedef struct {
    size_t end;              /* the piece behind the match                    */
    range v, w;              /* kept phrases, in order; empty: from == to     */
    const char *v_atom, *w_atom;
    int who;                 /* of @who, else WHO_NONE                        */
    mention who_said;
    int num;                 /* of @num                                       */
    const lex_tie *tie;      /* of @tie                                       */
    text tie_text;
    dated when;              /* of @when; took == 0: none                     */
} match;

bool rule_match(cast *c, const said *s, size_t i, const char *pattern, int lean, match *m);

/* Could the pattern fit anywhere in this message? False when a word that it cannot do without is missing. */
bool rule_possible(const said *s, const char *pattern);

/* Does nothing that matters follow piece i in its clause? */
bool rule_ends(const said *s, size_t i, int lean);
/* The phrase kept as it should be shown: names and places titled, the rest turned ("my job" -> "your job"). */
text rule_value(const said *s, range r, const char *atom);

#endif
