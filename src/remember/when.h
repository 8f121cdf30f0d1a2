/* SPDX-License-Identifier: Apache-2.0
 * when.h - times as people say them, put on the calendar. Private to remember/. Any thread. */
#ifndef REMEMBER_WHEN_H
#define REMEMBER_WHEN_H
#include "remember/parse.h"

typedef struct {
    char from[12], until[12];   /* ISO: a day, a month "2026-05" or a year; "" where open            */
    size_t at, took;            /* pieces, a leading "in" or "on" included                           */
    bool since, by;             /* "since May": from then on; "until June": up to then               */
    bool habit;                 /* "on tuesdays", "every may": again and again                       */
    bool yearless;              /* a day and month with no year: a birthday's shape                  */
} dated;

/* Does a time stand at piece i? `lean` says which way what is told looks: -1 back, 1 ahead, 0 either.
 * "in may" said in November is this May looking back and next May looking ahead. */
bool when_at(const said *s, size_t i, int lean, dated *out);
/* The first time within pieces [from, to). */
bool when_in(const said *s, size_t from, size_t to, int lean, dated *out);

/* How a time is said: "in May", "on Friday 27 November", "in 2019", "in May 2025"; "" for "". Into the arena. */
text when_said(arena *a, const char *from, const char *until, int64_t now_ms);
/* First and last millisecond (local) of an ISO day, month or year; false when it is none. */
bool when_span(const char *iso, int64_t *from_ms, int64_t *to_ms);
/* "2026-11-23" of a moment, local. */
void when_day(int64_t ms, char out[static 12]);

#endif
