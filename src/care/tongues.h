/* SPDX-License-Identifier: Apache-2.0
 * tongues.h - which language is this, and does it say something plain about dying in it? Private to care/. */
#ifndef CARE_TONGUES_H
#define CARE_TONGUES_H
#include "base/arena.h"
#include "base/fail.h"
#include "base/words.h"

typedef struct tongues tongues;

/* `bytes` (voice/conduct/tongues.txt) are not kept. Owner: tongues_close(). Errors: ERR_FORMAT with the line. */
int tongues_open(tongues **out, text bytes, fail *why);
void tongues_close(tongues *t);

/* "en", "de", … static; "en" whenever nothing else is clear. */
const char *tongues_guess(const tongues *t, arena *a, text heard, words w);
/* Risk level of the plainest phrases in other languages; 0 none. */
int tongues_risk(const tongues *t, arena *a, text heard);

#endif
