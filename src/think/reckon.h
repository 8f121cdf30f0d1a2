/* SPDX-License-Identifier: Apache-2.0
 * reckon.h - what can be worked out from the words alone: sums, measures, the calendar. Private to think/.
 *
 * Each reader takes a whole message and says yes only when it is that kind of question; numbers are doubles, and an
 * answer is ready to be said. Everything is borrowed from the arena. Any thread. */
#ifndef THINK_RECKON_H
#define THINK_RECKON_H
#include <stdint.h>
#include "base/arena.h"
#include "base/words.h"

typedef enum { RECKON_NO, RECKON_YES, RECKON_UNDEFINED } reckoned;      /* undefined: a division by zero and its kin */

/* "what's 15% of 80", "split 84 between 3", "(3 + 4) * 2", "square root of 144". *ask: the sum as understood. */
reckoned reckon_sum(arena *a, text heard, double *value);
/* "how many pints in a gallon", "5 miles in km", "convert 20 c to f". Undefined: the two do not measure the same. */
reckoned reckon_unit(arena *a, text heard, words w, text *answer);
/* "what day is 3 May", "how many days until christmas", "what's the date in ten days". `us`: 7/4 is July. */
reckoned reckon_date(arena *a, words w, int64_t now_ms, bool us, text *answer);

/* A number as one would say it: "1,200", "0.125", "3.33". */
text reckon_number(arena *a, double v);
#endif
