/* SPDX-License-Identifier: Apache-2.0
 * who.h - whom a message speaks of: the person, one of their people by name or tie, or a "she" that means one of them.
 * Private to remember/; everything lives in the arena given. Any thread. */
#ifndef REMEMBER_WHO_H
#define REMEMBER_WHO_H
#include "remember/parse.h"

enum { WHO_SELF = -1, WHO_NONE = -2 };

typedef struct {
    int64_t id;              /* the store's, or 0: first heard of now                       */
    text name, tie;          /* "Amy", "friend"; either may be empty                        */
    text word;               /* the tie in the person's own word: "mum"                     */
    char she;                /* 'f' 'm' 'n'                                                 */
    bool pet;
    bool told;               /* named together with a tie, or a tie that says they exist    */
    bool late;               /* "my late wife"                                              */
    bool parted;             /* an ex since this message                                    */
    bool renamed, retied, regendered;    /* news for a person already known                 */
    int heard;               /* when last mentioned: larger is later; 0 not lately          */
    size_t at, took;         /* where in this message they were first told of               */
} who;

/* Those in play: the life's people first, then whoever this message brings. */
typedef struct {
    arena *a;
    who *at;
    size_t n, room, n_known;
    int clock;               /* counts mentions                                             */
    int stale;               /* mentions at or before this are too long ago for a "she"     */
    bool read_only;          /* hearing an older message: nobody new                        */
    text her;                /* the companion's own name: never one of theirs               */
} cast;

typedef struct {
    size_t at, took;         /* pieces                                                      */
    int who;                 /* index into the cast, or WHO_SELF                            */
    bool with_self;          /* "sam and i", "we"                                           */
    bool pronoun, tied, named;
} mention;

void cast_add(cast *c, who w);

/* The mention that begins at piece i. New people join the cast (unless read_only) as they are named. */
bool who_at(cast *c, const said *s, size_t i, mention *out);
/* Only "my sister", "amy", "mum", not pronouns and not the person. */
bool who_named_at(cast *c, const said *s, size_t i, mention *out);
/* Let the cast hear a whole earlier message, so that "she" knows whom it means. */
void cast_hear(cast *c, const said *s);
/* Is piece i a first name here, as far as capitals and neighbours tell? */
bool who_is_name(const cast *c, const said *s, size_t i);
/* A tie at i with its adjectives ("older sister", "best friend", "ex husband"); its pieces, 0 for none. `tie` as kept. */
size_t who_tie_at(const said *s, size_t i, const lex_tie **row, text *tie, bool *late, bool *other);
/* Index of the one so named, or WHO_NONE. */
int cast_find(const cast *c, text name);

#endif
