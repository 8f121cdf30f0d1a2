/* SPDX-License-Identifier: Apache-2.0
 * age.h - does the speaker tell their age? Private to care/. */
#ifndef CARE_AGE_H
#define CARE_AGE_H
#include "base/words.h"

/* The speaker's age in years as this message tells it, or 0. Ages of others, times, weights, counts are not. */
int age_told(words w);

#endif
