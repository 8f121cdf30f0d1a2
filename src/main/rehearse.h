/* SPDX-License-Identifier: Apache-2.0
 * rehearse.h - the small readings of a rehearsal script, apart so that they can be tested and fuzzed. Any thread. */
#ifndef MAIN_REHEARSE_H
#define MAIN_REHEARSE_H
#include <stdbool.h>
#include <stdint.h>
#include "base/text.h"

/* "16d", "3h10m", "90s", "2w": milliseconds, or -1 when it is no such thing (or longer than a hundred years). */
int64_t rehearse_span(text t);

/* Where "HH:MM" (the next time it is that late, local; now counts) or "+3h10m" moves a clock that stands at `now_ms`;
 * -1 when it is neither. */
int64_t rehearse_clock(text t, int64_t now_ms);

#endif
