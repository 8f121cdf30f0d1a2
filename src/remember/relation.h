/* SPDX-License-Identifier: Apache-2.0
 * relation.h - the kinds of thing she can know of somebody, and how each is said. Private to remember/. Any thread. */
#ifndef REMEMBER_RELATION_H
#define REMEMBER_RELATION_H
#include "remember/remember.h"
#include "remember/store.h"

enum {
    REL_NAME, REL_TIE, REL_AGE, REL_BIRTHDAY, REL_BORN, REL_LIVES, REL_MOVED, REL_MOVING, REL_FROM, REL_GREW, REL_LIVES_WITH,
    REL_HOME, REL_WORKS_AS, REL_WORKS_AT, REL_WORKS_IN, REL_HOURS, REL_WORK_DOES, REL_STUDIES, REL_STUDIES_AT, REL_WORK_STATE,
    REL_LOST_JOB, REL_BOND, REL_DIED, REL_LIKES, REL_DISLIKES, REL_ALLERGIC, REL_DIET, REL_FAVOURITE, REL_PLAYS, REL_SPEAKS,
    REL_SUPPORTS, REL_LEARNING, REL_GAVE_UP, REL_HABIT, REL_HAS, REL_IS, REL_EVENT, REL_PLAN, REL_APPOINTMENT, REL_PROMISE, REL_OWES,
    REL_FEELS, REL_FEELS_ABOUT, REL_JOY, REL_PRIVATE, REL_TOLD, REL_N
};

typedef struct {
    int rel;
    const char *key;         /* kept in the life: "lives in"                                                        */
    const char *kind;        /* fact person date …                                                                  */
    const char *slot;        /* of one slot only one is true at a time; NULL: many                                  */
    const char *self, *ally; /* {A} the subject, {v} the value, {when} its time; NULL: the memory brings its own    */
    const char *hints;       /* words a question about it would use                                                 */
    const char *why;         /* why it is worth keeping                                                             */
} relation;

const relation *relation_at(int rel);
const relation *relation_named(const char *key);       /* NULL for one this version does not know */

/* "Your friend Amy", "Amy", "Your sister"; `start` false: "your friend Amy". `who` NULL: "You". */
text relation_subject(arena *a, const ally *who, bool start);
/* The memory as a sentence to the person, as of now. */
text relation_words(arena *a, const store_item *it, const ally *who, int64_t now_ms);
/* When it fades by itself, said at `said_ms`: 0 never. `until`: a plan's day, or "". */
int64_t relation_fades(const char *kind, const char *key, bool of_people, int64_t said_ms, const char *from, const char *until);

#endif
