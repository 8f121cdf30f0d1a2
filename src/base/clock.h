/* SPDX-License-Identifier: Apache-2.0
 * clock.h - what time it is, for real or in a rehearsal; and the calendar.
 *
 * A `clk` is owned by whoever opened the house; reading is safe from any thread, moving it is the owner's. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H
#include <stdbool.h>
#include <stdint.h>
#include "base/text.h"

typedef struct clk clk;

/* The machine's clock; or one that stands at `start_ms` until moved. Owner: clk_free(). */
clk *clk_real(void);
clk *clk_simulated(int64_t start_ms);
void clk_free(clk *c);
int64_t clk_now_ms(const clk *c);             /* ms since 1970 UTC                                       */
void clk_set(clk *c, int64_t now_ms);         /* simulated only                                          */
int64_t clk_steady_us(void);                  /* for measuring: never jumps                              */

typedef struct { int year, month, day, hour, minute, second, weekday; } civil;   /* month 1-12, weekday 0 = Sunday */

civil civil_local(int64_t ms);                /* in the process's time zone                              */
civil civil_utc(int64_t ms);
int64_t civil_to_ms(civil c);                 /* local civil time to ms; weekday ignored                 */
int civil_days(int year, int month, int day); /* days since 1970-01-01; proleptic Gregorian              */
int civil_month_days(int year, int month);
bool civil_parse_date(text iso, civil *out);  /* "2026-05-03"; false if no such day                      */
/* ISO 8601 local with offset, e.g. "2026-05-03T22:14:05+02:00". */
void civil_iso(int64_t ms, char out[static 32]);
/* How she says a day: "today", "yesterday", "on Tuesday" (within 6 days), "on 3 May", "on 3 May 2025". */
void civil_said(int64_t ms, int64_t now_ms, char out[static 32]);
extern const char *const civil_month_name[13];   /* [1] = "January" */
extern const char *const civil_day_name[7];

#endif
