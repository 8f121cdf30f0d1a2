/* SPDX-License-Identifier: Apache-2.0
 * when.c - see when.h.
 *
 * DESIGN  One table of shapes would not do: each family (days, weekdays, months, spans, feasts) has its own arithmetic, so
 *         each has its own function, tried in order at one piece. All arithmetic is in days since 1970.
 * SOURCE  Easter: the anonymous Gregorian algorithm, Nature 1876. */
#include "remember/when.h"
#include <stdio.h>
#include <string.h>
#include "base/clock.h"

typedef struct { const said *s; int lean; civil now; int today; } ground;

/* ---- days and ISO ------------------------------------------------------------------------------------------------- */
static civil day_civil(int days) {
    civil c = civil_utc((int64_t)days * 86400000);
    return c;
}

static void iso_day(char out[static 12], int days) {
    civil c = day_civil(days);
    snprintf(out, 12, "%04u-%02u-%02u", (unsigned)c.year % 10000u, (unsigned)c.month % 100u, (unsigned)c.day % 100u);
}

static void iso_month(char out[static 12], int year, int month) {
    snprintf(out, 12, "%04u-%02u", (unsigned)year % 10000u, (unsigned)month % 100u);
}

static void iso_year(char out[static 12], int year) { snprintf(out, 12, "%04u", (unsigned)year % 10000u); }

void when_day(int64_t ms, char out[static 12]) {
    civil c = civil_local(ms);
    iso_day(out, civil_days(c.year, c.month, c.day));
}

static bool one_day(dated *d, int day, size_t took) {
    iso_day(d->from, day);
    iso_day(d->until, day);
    d->took = took;
    return true;
}

static bool span_days(dated *d, int from, int until, size_t took) {
    iso_day(d->from, from);
    iso_day(d->until, until);
    d->took = took;
    return true;
}

/* ---- names of days, months, feasts -------------------------------------------------------------------------------- */
static int weekday_of(const said *s, size_t i, bool *plural) {
    static const char *const names[7] = { "sunday|sun", "monday|mon", "tuesday|tue|tues", "wednesday|wed|weds|wednes",
        "thursday|thu|thur|thurs", "friday|fri", "saturday|sat" };
    static const char *const many[7] = { "sundays", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays" };
    for (int d = 0; d < 7; d++) {
        *plural = parsed_is(s, i, many[d]);
        if (*plural || parsed_is(s, i, names[d])) return d;
    }
    return -1;
}

static int month_of(const said *s, size_t i) {
    static const char *const names[13] = { "", "january|jan", "february|feb", "march", "april|apr", "may", "june|jun", "july|jul",
        "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec" };
    for (int m = 1; m <= 12; m++)
        if (parsed_is(s, i, names[m])) return m;
    return 0;
}

/* "3", "3rd", "third", "twenty-first". */
static int ordinal_of(const said *s, size_t i, bool must_be_ordinal) {
    static const char *const names[] = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
        "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth",
        "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first" };
    if (i >= s->n) return 0;
    text low = s->at[i].low;
    for (int k = 0; k < 31; k++)
        if (text_is(low, names[k])) return k + 1;
    int v = 0;
    size_t n = 0;
    while (n < low.n && n < 2 && low.p[n] >= '0' && low.p[n] <= '9') v = v * 10 + (low.p[n++] - '0');
    text rest = { low.p + n, low.n - n };
    bool suffix = text_is(rest, "st") || text_is(rest, "nd") || text_is(rest, "rd") || text_is(rest, "th");
    if (n == 0 || (rest.n && !suffix) || (must_be_ordinal && !suffix)) return 0;
    return v >= 1 && v <= 31 ? v : 0;
}

static int easter(int y) {
    int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, mo = (h + l - 7 * m + 114) / 31, da = (h + l - 7 * m + 114) % 31 + 1;
    return civil_days(y, mo, da);
}

typedef struct { const char *words; int month, day, from_easter; size_t took; } feast;
static const feast feasts[] = {
    { "christmas eve", 12, 24, 0, 2 }, { "christmas day", 12, 25, 0, 2 }, { "christmas", 12, 25, 0, 1 }, { "xmas", 12, 25, 0, 1 },
    { "boxing day", 12, 26, 0, 2 }, { "new year 's eve", 12, 31, 0, 3 }, { "new years eve", 12, 31, 0, 3 },
    { "new year 's day", 1, 1, 0, 3 }, { "new year 's", 1, 1, 0, 2 }, { "new years", 1, 1, 0, 2 }, { "new year", 1, 1, 0, 2 },
    { "nye", 12, 31, 0, 1 }, { "valentine 's day", 2, 14, 0, 3 }, { "valentines day", 2, 14, 0, 2 }, { "valentine 's", 2, 14, 0, 2 },
    { "valentines", 2, 14, 0, 1 }, { "halloween", 10, 31, 0, 1 }, { "bonfire night", 11, 5, 0, 2 }, { "good friday", 0, 0, -2, 2 },
    { "easter sunday", 0, 0, 0, 2 }, { "easter monday", 0, 0, 1, 2 }, { "easter", 0, 0, 0, 1 }, { "shrove tuesday", 0, 0, -47, 2 },
    { "pancake day", 0, 0, -47, 2 }, { "ash wednesday", 0, 0, -46, 2 }, { "st patrick 's day", 3, 17, 0, 4 },
    { "paddy 's day", 3, 17, 0, 3 }, { "burns night", 1, 25, 0, 2 },
};

static bool spelled(const said *s, size_t i, const char *names) {
    text rest = text_of(names);
    for (; rest.n; i++) {
        text w = text_cut(&rest, ' ');
        if (i >= s->n || !text_eq(s->at[i].low, w)) return false;
        if (rest.n && s->at[i].after) return false;
    }
    return true;
}

/* ---- the families --------------------------------------------------------------------------------------------------- */
static bool near_day(const ground *g, size_t i, dated *d) {
    const said *s = g->s;
    if (parsed_is(s, i, "today|tonight|tonite")) return one_day(d, g->today, 1);
    if (parsed_is(s, i, "tomorrow|tmrw|tomoz|2moro")) return one_day(d, g->today + 1, parsed_is(s, i + 1, "night|morning|evening|afternoon") ? 2 : 1);
    if (parsed_is(s, i, "yesterday|yday")) return one_day(d, g->today - 1, parsed_is(s, i + 1, "night|morning|evening|afternoon") ? 2 : 1);
    if (spelled(s, i, "last night")) return one_day(d, g->today - 1, 2);
    if (parsed_is(s, i, "this") && parsed_is(s, i + 1, "morning|afternoon|evening")) return one_day(d, g->today, 2);
    size_t the = parsed_is(s, i, "the") ? 1 : 0;
    if (spelled(s, i + the, "day after tomorrow")) return one_day(d, g->today + 2, the + 3);
    if (spelled(s, i + the, "day before yesterday")) return one_day(d, g->today - 2, the + 3);
    if (spelled(s, i + the, "other day")) return the ? span_days(d, g->today - 7, g->today - 1, 3) : false;
    return false;
}

/* Tuesday, last tuesday, next friday, friday week, a week on friday, tuesdays, every tuesday. */
static bool weekday(const ground *g, size_t i, dated *d) {
    const said *s = g->s;
    bool plural, last = parsed_is(s, i, "last"), next = parsed_is(s, i, "next"), coming = parsed_is(s, i, "this|coming");
    bool every = parsed_is(s, i, "every|most");
    bool week_on = (spelled(s, i, "a week on") || spelled(s, i, "a week this"));
    size_t skip = week_on ? 3 : last || next || coming || every ? 1 : 0;
    if (coming && parsed_is(s, i + 1, "coming")) skip = 2;
    if (every && parsed_is(s, i + 1, "other|single|second")) skip = 2;
    int day = weekday_of(s, i + skip, &plural);
    if (day < 0) return false;
    /* "sun", "sat", "wed" and "mon" are also other words: only with something before or behind that makes them days */
    bool short_word = parsed_is(s, i + skip, "sun|sat|wed|mon");
    if (short_word && !skip && !(i > 0 && parsed_is(s, i - 1, "on|by|until|till|since|from|next|last|this"))) return false;
    d->took = skip + 1;
    if (plural || every) return d->habit = true;
    if (parsed_is(s, i + d->took, "morning|afternoon|evening|night|lunchtime")) d->took++;
    if (parsed_is(s, i + d->took, "just") && parsed_is(s, i + d->took + 1, "gone")) { last = true; d->took += 2; }
    int ahead = ((day - g->now.weekday) % 7 + 7) % 7, back = ahead ? 7 - ahead : 7;
    bool week = parsed_is(s, i + d->took, "week") && !last;
    if (week) d->took++;
    /* "next friday" said on Monday to Thursday is the one after the coming one for some and not for others: the coming one
     * is "friday" or "this friday", so "next" is read as the one in the next calendar week. */
    int until_week = (8 - g->now.weekday) % 7;
    if (until_week == 0) until_week = 7;
    int next_week = until_week + (day + 6) % 7;
    int at = last || (g->lean < 0 && !next && !coming && !week && !week_on) ? -back
           : next ? next_week : ahead ? ahead : coming || g->lean > 0 ? 7 : 0;
    if (at == 0 && !coming) at = g->lean < 0 ? -7 : i > 0 && parsed_is(s, i - 1, "on|by") ? 7 : 0;   /* not the day it is */
    if (week || week_on) at += 7;
    return one_day(d, g->today + at, d->took);
}

static int year_at(const said *s, size_t i) {
    if (i >= s->n || s->at[i].low.n != 4) return 0;
    int y = 0;
    for (size_t k = 0; k < 4; k++) {
        char c = s->at[i].low.p[k];
        if (c < '0' || c > '9') return 0;
        y = y * 10 + (c - '0');
    }
    return y >= 1900 && y <= 2100 ? y : 0;
}

/* Which year a month (and day) without one belongs to. */
static int year_for(const ground *g, int month, int day) {
    int y = g->now.year, at = civil_days(y, month, day ? day : 15);
    bool same_month = !day && month == g->now.month;
    if (same_month || at == g->today) return y;
    if (g->lean < 0) return at > g->today ? y - 1 : y;
    if (g->lean > 0) return at < g->today ? y + 1 : y;
    if (at > g->today + 200) return y - 1;
    return at < g->today - 200 ? y + 1 : y;
}

static bool set_day(const ground *g, dated *d, int year, int month, int day, size_t took) {
    if (day > civil_month_days(year ? year : 2024, month)) return false;
    d->yearless = !year;
    if (!year) year = year_for(g, month, day);
    if (day > civil_month_days(year, month)) day = civil_month_days(year, month);
    return one_day(d, civil_days(year, month, day), took);
}

/* 3rd of may, may 3rd, 3 may 2026, the 3rd, may, last may, may 2019, early may, end of may. */
static bool month_day(const ground *g, size_t i, dated *d) {
    const said *s = g->s;
    size_t k = i;
    if (parsed_is(s, k, "the")) k++;
    int day = ordinal_of(s, k, false);
    if (day) {
        size_t j = k + 1;
        if (parsed_is(s, j, "of")) j++;
        int month = s->at[k].after ? 0 : month_of(s, j);
        if (month) {
            int y = s->at[j].after == '.' ? 0 : year_at(s, j + 1);
            return set_day(g, d, y, month, day, j + (y ? 2 : 1) - i);
        }
        if (k > i && ordinal_of(s, k, true) && !parsed_is(s, k + 1, "time|floor|one|of|year|day|grade|place|person|thing|week|month") &&
            said_stops(s, k + 1)) {
            int m = g->now.month, y = g->now.year;       /* "the 3rd": this month's, or the nearest in the right direction */
            if (g->lean >= 0 && day < g->now.day) m = m == 12 ? (y++, 1) : m + 1;
            if (g->lean < 0 && day > g->now.day) m = m == 1 ? (y--, 12) : m - 1;
            return day <= civil_month_days(y, m) && one_day(d, civil_days(y, m, day), k + 1 - i);
        }
        return false;
    }
    k = i;
    bool last = parsed_is(s, k, "last"), next = parsed_is(s, k, "next"), every = parsed_is(s, k, "every"), part = false;
    if (last || next || every || parsed_is(s, k, "this")) k++;
    else if (parsed_is(s, k, "early|late|mid")) k++, part = true;
    else if ((parsed_is(s, k, "end|start|beginning|middle") && parsed_is(s, k + 1, "of")) ||
             (parsed_is(s, k, "the") && parsed_is(s, k + 1, "end|start|beginning|middle") && parsed_is(s, k + 2, "of")))
        k += parsed_is(s, k, "the") ? 3 : 2, part = true;
    int month = month_of(s, k);
    if (!month) return false;
    bool clear = k > i || (i > 0 && parsed_is(s, i - 1, "in|since|until|till|by|from|around|about|during|back|of|to|for|before|after|on")) || s->at[k].typed_capital;
    int year = s->at[k].after ? 0 : year_at(s, k + 1);
    day = part || s->at[k].after ? 0 : ordinal_of(s, k + 1, false);
    if (day && parsed_is(s, k + 2, "of")) day = 0;
    if (day) {
        int y = year_at(s, k + 2);
        return set_day(g, d, y, month, day, k + (y ? 3 : 2) - i);
    }
    if (!year && !clear && parsed_is(s, k, "may|march|mar|jan|sun|august|april|june|dec|sep")) return false;
    if (!clear && !year && !part) return false;
    d->took = k + (year ? 2 : 1) - i;
    if (every) return d->habit = true;
    ground lean = *g;
    if (last) lean.lean = -1;
    if (next) lean.lean = 1;
    int y = year ? year : year_for(&lean, month, 0);
    if (last && month == g->now.month && !year) y--;
    if (next && month == g->now.month && !year) y++;
    iso_month(d->from, y, month);
    iso_month(d->until, y, month);
    return true;
}

static int unit_days(const said *s, size_t i) {
    if (parsed_is(s, i, "day|days")) return 1;
    if (parsed_is(s, i, "week|weeks|wk|wks|fortnight|fortnights")) return parsed_is(s, i, "fortnight|fortnights") ? 14 : 7;
    if (parsed_is(s, i, "month|months|mth|mths")) return 30;
    if (parsed_is(s, i, "year|years|yr|yrs|decade|decades")) return parsed_is(s, i, "decade|decades") ? 3650 : 365;
    return 0;
}

/* The moment `n` units of `days` each away, as exactly as the unit is. */
static bool away(const ground *g, dated *d, int n, int days, int sign, size_t took) {
    d->took = took;
    if (days >= 365) {
        iso_year(d->from, g->now.year + sign * n * (days / 365));
        memcpy(d->until, d->from, sizeof d->from);
    } else if (days == 30) {
        int m = g->now.year * 12 + g->now.month - 1 + sign * n;
        iso_month(d->from, m / 12, m % 12 + 1);
        memcpy(d->until, d->from, sizeof d->from);
    } else return one_day(d, g->today + sign * n * days, took);
    return true;
}

/* three weeks ago, a couple of days ago, in two weeks, in a fortnight, two weeks' time. */
static bool counted(const ground *g, size_t i, dated *d) {
    const said *s = g->s;
    size_t k = i;
    bool in = parsed_is(s, k, "in|within");
    if (in) k++;
    if (parsed_is(s, k, "about|around|like|nearly|almost|over|exactly|just|roughly")) k++;
    int n = 0;
    size_t took = said_number(s, k, &n);
    if (!took && parsed_is(s, k, "a|an|one")) {
        n = 1;
        took = 1;
        if (parsed_is(s, k + 1, "couple")) n = 2, took = parsed_is(s, k + 2, "of") ? 3 : 2;
        else if (parsed_is(s, k + 1, "few")) n = 3, took = 2;
    } else if (!took && parsed_is(s, k, "few|several")) n = 3, took = 1;
    if (!took || n > 1000) return false;
    k += took;
    int days = unit_days(s, k);
    if (!days) return false;
    k++;
    if (parsed_is(s, k, "'s") || parsed_is(s, k, "'")) k++;
    if (parsed_is(s, k, "ago|back|since")) return away(g, d, n, days, -1, k + 1 - i);
    if (parsed_is(s, k, "time") && (in || g->lean > 0)) return away(g, d, n, days, 1, k + 1 - i);
    if (parsed_is(s, k, "from") && parsed_is(s, k + 1, "now|today")) return away(g, d, n, days, 1, k + 2 - i);
    if (days >= 365 && n > 5) return false;                   /* "my first date in nineteen years" looks back */
    if (in && g->lean >= 0 && said_stops(s, k)) return away(g, d, n, days, 1, k - i);
    return false;
}

static bool near_span(const ground *g, size_t i, dated *d) {
    const said *s = g->s;
    int step = parsed_is(s, i, "next") ? 1 : parsed_is(s, i, "last") ? -1 : 0;
    if (!step && !parsed_is(s, i, "this|the")) return false;
    bool in_the = parsed_is(s, i, "the") && i > 0 && parsed_is(s, i - 1, "in|by|during") && parsed_is(s, i + 1, "spring|summer|autumn|winter|fall");
    if (parsed_is(s, i, "the") && !in_the && !parsed_is(s, i + 1, "coming|following|past")) return false;
    size_t k = (parsed_is(s, i, "the") && !in_the) || parsed_is(s, i + 1, "coming|past") ? i + 2 : i + 1;
    int monday = g->today - (g->now.weekday + 6) % 7;
    size_t took = k + 1 - i;
    if (parsed_is(s, k, "week")) return span_days(d, monday + 7 * step, monday + 7 * step + 6, took);
    if (parsed_is(s, k, "weekend"))
        return span_days(d, monday + 7 * step + 5 - (g->lean < 0 && !step ? 7 : 0), monday + 7 * step + 6 - (g->lean < 0 && !step ? 7 : 0), took);
    if (parsed_is(s, k, "month")) {
        int m = g->now.year * 12 + g->now.month - 1 + step;
        iso_month(d->from, m / 12, m % 12 + 1);
    } else if (parsed_is(s, k, "year")) iso_year(d->from, g->now.year + step);
    else {
        static const char *const names[4] = { "winter", "spring", "summer", "autumn|fall" };
        static const int first[4] = { 12, 3, 6, 9 };
        int which = -1;
        for (int q = 0; q < 4; q++)
            if (parsed_is(s, k, names[q])) which = q;
        if (which < 0) return false;
        int y = g->now.year + (which == 0 ? -1 : 0), end = civil_days(y + (which == 0), (first[which] + 2) % 12 ? (first[which] + 2) % 12 : 12, 28);
        if (step > 0 || (step == 0 && g->lean > 0)) while (end < g->today || (step > 0 && civil_days(y, first[which], 1) <= g->today)) y++, end += 365;
        else if (step < 0) while (end >= g->today) y--, end -= 365;
        iso_month(d->from, y, first[which]);
        iso_month(d->until, first[which] == 12 ? y + 1 : y, first[which] == 12 ? 2 : first[which] + 2);
        d->took = took;
        return true;
    }
    memcpy(d->until, d->from, sizeof d->from);
    d->took = took;
    return true;
}

static bool feast_at(const ground *g, size_t i, dated *d) {
    const said *s = g->s;
    int step = parsed_is(s, i, "last") ? -1 : parsed_is(s, i, "next") ? 1 : 0;
    size_t skip = step || parsed_is(s, i, "this|every") ? 1 : 0;
    for (size_t k = 0; k < sizeof feasts / sizeof *feasts; k++) {
        const feast *f = &feasts[k];
        if (!spelled(s, i + skip, f->words)) continue;
        size_t behind = i + skip + f->took;                   /* "christmas decorations" are no day */
        if (behind < s->n && !said_stops(s, behind) && !s->at[behind].stop && !step) continue;
        if (strcmp(f->words, "new year") == 0 && !(i > 0 && parsed_is(s, i - 1, "in|at|the|for|after|before|by|until"))) continue;
        d->took = f->took + skip;
        if (parsed_is(s, i, "every")) return d->habit = true;
        int lean = step ? step : g->lean, y = g->now.year;
        int at = f->month ? civil_days(y, f->month, f->day) : easter(y) + f->from_easter;
        if ((lean < 0 && at > g->today) || (lean <= 0 && at > g->today + 200)) y--;
        else if ((lean > 0 && at < g->today) || (lean >= 0 && at < g->today - 200)) y++;
        return one_day(d, f->month ? civil_days(y, f->month, f->day) : easter(y) + f->from_easter, d->took);
    }
    return false;
}

/* 2026-05-03, 03/05/2026 (words.h cuts at the bars: 03 05 2026), 3.5.2026, and a bare year after "in" or "since". */
static bool figures(const ground *g, size_t i, dated *d) {
    const said *s = g->s;
    civil c;
    if (i < s->n && civil_parse_date(s->at[i].low, &c)) return one_day(d, civil_days(c.year, c.month, c.day), 1);
    unsigned day, month, year;
    char raw[24], end;
    if (i < s->n && s->at[i].low.n < sizeof raw) {
        memcpy(raw, s->at[i].low.p, s->at[i].low.n);
        raw[s->at[i].low.n] = '\0';
        if (sscanf(raw, "%2u.%2u.%4u%c", &day, &month, &year, &end) == 3 && day >= 1 && month >= 1 && month <= 12 && year >= 1900 &&
            year <= 2100 && (int)day <= civil_month_days((int)year, (int)month))
            return one_day(d, civil_days((int)year, (int)month, (int)day), 1);
    }
    if (i + 2 < s->n && i + 1 < s->n && s->message.p[s->at[i].to] == '/' && year_at(s, i + 2)) {
        int a = ordinal_of(s, i, false), b = ordinal_of(s, i + 1, false), y = year_at(s, i + 2);
        if (a > 12 && b <= 12 && b) return set_day(g, d, y, b, a, 3);
        if (b > 12 && a <= 12 && a) return set_day(g, d, y, a, b, 3);
        if (a && b && b <= 12) return set_day(g, d, y, b, a, 3);
    }
    int y = year_at(s, i);
    if (!y || !(i > 0 && parsed_is(s, i - 1, "in|since|until|till|by|from|back|during|around|about|of|before|after|summer|winter|spring|autumn|late|early")))
        return false;
    iso_year(d->from, y);
    iso_year(d->until, y);
    d->took = 1;
    return true;
}

bool when_at(const said *s, size_t i, int lean, dated *out) {
    ground g = { s, lean, civil_local(s->now_ms), 0 };
    g.today = civil_days(g.now.year, g.now.month, g.now.day);
    static const char pre[] = "on|in|at|by|for|from|since|until|till|til|before|after|around|about|during|over|back";
    for (size_t k = i; k <= i + 2 && k < s->n; k++) {
        dated d = { 0 };
        if (k > i && !parsed_is(s, k - 1, pre)) return false;
        if (near_day(&g, k, &d) || weekday(&g, k, &d) || counted(&g, k, &d) || near_span(&g, k, &d) || feast_at(&g, k, &d) ||
            month_day(&g, k, &d) || figures(&g, k, &d)) {
            d.at = i;
            d.took += k - i;
            d.since = k > i && parsed_is(s, k - 1, "since|from");
            d.by = k > i && parsed_is(s, k - 1, "until|till|til");
            if (d.since) d.until[0] = '\0';
            if (d.by) d.from[0] = '\0';
            *out = d;
            return true;
        }
    }
    return false;
}

bool when_in(const said *s, size_t from, size_t to, int lean, dated *out) {
    for (size_t i = from; i < to && i < s->n; i++)
        if (!s->at[i].quoted && when_at(s, i, lean, out) && i + out->took <= to) return true;
    return false;
}

/* ---- back to words ----------------------------------------------------------------------------------------------------- */
typedef struct { int year, month, day; } ymd;

static bool read_iso(const char *iso, ymd *out) {
    *out = (ymd){ 0, 0, 0 };
    unsigned y = 0, m = 0, d = 0;
    int n = iso && *iso ? sscanf(iso, "%4u-%2u-%2u", &y, &m, &d) : 0;
    if (n < 1 || y < 1 || m > 12 || (n > 1 && m < 1)) return false;
    if (n > 2 && (d < 1 || (int)d > civil_month_days((int)y, (int)m))) return false;
    *out = (ymd){ (int)y, n > 1 ? (int)m : 0, n > 2 ? (int)d : 0 };
    return true;
}

bool when_span(const char *iso, int64_t *from_ms, int64_t *to_ms) {
    ymd d;
    if (!read_iso(iso, &d)) return false;
    civil a = { d.year, d.month ? d.month : 1, d.day ? d.day : 1, 0, 0, 0, 0 }, b = a;
    if (d.day) b = day_civil(civil_days(d.year, d.month, d.day) + 1);
    else if (d.month) b.month == 12 ? (b.year++, b.month = 1) : b.month++;
    else b.year++;
    b.hour = b.minute = b.second = 0;
    *from_ms = civil_to_ms(a);
    *to_ms = civil_to_ms(b);
    return true;
}

text when_said(arena *a, const char *from, const char *until, int64_t now_ms) {
    ymd f, u;
    bool has_from = read_iso(from, &f), has_until = read_iso(until, &u);
    if (!has_from && !has_until) return TEXT("");
    if (!has_from) {
        text t = when_said(a, until, until, now_ms);
        return arena_format(a, "until %s", text_starts(t, "on ") || text_starts(t, "in ") ? t.p + 3 : t.p);
    }
    civil now = civil_local(now_ms);
    int today = civil_days(now.year, now.month, now.day);
    if (!f.month) return arena_format(a, "in %d", f.year);
    int months = (f.year - now.year) * 12 + f.month - now.month;
    bool bare_year = f.year == now.year || (months > -10 && months < 10);
    if (has_until && f.day && u.day && civil_days(u.year, u.month, u.day) == civil_days(f.year, f.month, f.day) + 1)
        return arena_format(a, "on the weekend of %d %s", f.day, civil_month_name[f.month]);
    if (has_until && strcmp(from, until) != 0 && f.day && u.day)
        return bare_year ? arena_format(a, "in the week of %d %s", f.day, civil_month_name[f.month])
                         : arena_format(a, "in the week of %d %s %d", f.day, civil_month_name[f.month], f.year);
    if (!f.day)
        return bare_year ? arena_format(a, "in %s", civil_month_name[f.month])
                         : arena_format(a, "in %s %d", civil_month_name[f.month], f.year);
    int at = civil_days(f.year, f.month, f.day);
    const char *day = civil_day_name[day_civil(at).weekday];
    if (at == today) return TEXT("today");
    if (at == today - 1) return TEXT("yesterday");
    if (at == today + 1) return TEXT("tomorrow");
    if (at > today && at < today + 120) return arena_format(a, "on %s %d %s", day, f.day, civil_month_name[f.month]);
    return bare_year ? arena_format(a, "on %d %s", f.day, civil_month_name[f.month])
                     : arena_format(a, "on %d %s %d", f.day, civil_month_name[f.month], f.year);
}
