/* SPDX-License-Identifier: Apache-2.0
 * plan_parts.h - what the parts of the planner share. Private to care/. */
#ifndef CARE_PLAN_PARTS_H
#define CARE_PLAN_PARTS_H
#include "care/bond.h"
#include "care/conduct.h"

/* One planning: what it looks at, what it fills. */
typedef struct { const conduct *c; arena *a; const sense *s; const care_now *now; bond *b; plan *p; } planning;

/* A named line, its id counted as used. */
text plan__line(planning *g, const char *id, const lines_slot *slot, size_t n_slot);
/* Append a line to the fixed words. */
void plan__add(planning *g, const char *id, const lines_slot *slot, size_t n_slot);
void plan__event(plan *p, const char *ev);

/* crisis.c: true when the plan is made. */
bool plan__crisis(planning *g);         /* risk, the speaker's own or another's; and the hours after */
bool plan__violence(planning *g);       /* S35 */

/* fixed.c: minors, goodbyes, what she is, how many others, other languages */
bool plan__minor(planning *g);
bool plan__farewell(planning *g);
bool plan__truth(planning *g);
bool plan__language(planning *g);

#endif
