/* SPDX-License-Identifier: Apache-2.0
 * reckon_date.c - the calendar: what day a date is, how far off it lies, what the date will be.
 *
 * DESIGN  Dates are days since 1970 (civil_days). A day named without a year is the next one, or for "was" and "since"
 *         the last one. Feasts that move are Easter alone; the others would need tables this program does not carry.
 * SOURCE  Easter: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/clock.h"
#include "think/reckon.h"

typedef struct { words w; int today; civil now; bool past, us; } dating;
typedef struct { int day; size_t took; bool year; } found;         /* day: days since 1970 */

static bool low_is(const dating *d, size_t i, const char *s) { return i < d->w.n && text_is(d->w.at[i].low, s); }

static bool any(const dating *d, size_t from, const char *list) {
    for (size_t i = from; i < d->w.n; i++) {
        char key[40];
        text low = d->w.at[i].low;
        if (low.n + 3 > sizeof key) continue;
        key[0] = ' ';
        memcpy(key + 1, low.p, low.n);
        memcpy(key + 1 + low.n, " ", 2);
        if (strstr(list, key)) return true;
    }
    return false;
}

/* Days since 1970 to a calendar day. */
static civil civil_of(int day) {
    int lo = 1900, hi = 2400;
    while (lo + 1 < hi) {
        int mid = (lo + hi) / 2;
        if (civil_days(mid, 1, 1) <= day) lo = mid;
        else hi = mid;
    }
    civil c = { .year = lo, .month = 1, .weekday = ((day % 7) + 7 + 4) % 7 };
    while (c.month < 12 && civil_days(lo, c.month + 1, 1) <= day) c.month++;
    c.day = day - civil_days(lo, c.month, 1) + 1;
    return c;
}

static text day_said(arena *a, int day, int this_year) {
    civil c = civil_of(day);
    if (c.year == this_year) return arena_format(a, "%s %d %s", civil_day_name[c.weekday], c.day, civil_month_name[c.month]);
    return arena_format(a, "%s %d %s %d", civil_day_name[c.weekday], c.day, civil_month_name[c.month], c.year);
}

/* ---- reading a date ------------------------------------------------------------------------------------------------- */
static int month_of(text low) {
    for (int m = 1; m <= 12; m++) {
        const char *name = civil_month_name[m];
        if (text_is_fold(low, name)) return m;
        if (low.n == 3 && strncasecmp(low.p, name, 3) == 0 && !text_is(low, "may") && !text_is(low, "mar")) return m;
    }
    return text_is(low, "sept") ? 9 : text_is(low, "mar") ? 3 : 0;
}

static int weekday_of(text low) {
    for (int i = 0; i < 7; i++)
        if (text_is_fold(low, civil_day_name[i])) return i;
    return -1;
}

static int whole_number(text low, int most) {              /* 3, 3rd */
    int v = 0;
    size_t i = 0;
    while (i < low.n && isdigit((unsigned char)low.p[i]) && v < 100000) v = v * 10 + (low.p[i++] - '0');
    text rest = { low.p + i, low.n - i };
    if (!i || v > most || (rest.n && !text_is(rest, "st") && !text_is(rest, "nd") && !text_is(rest, "rd") && !text_is(rest, "th"))) return -1;
    return v;
}

static bool year_at(const dating *d, size_t i, int *year) {
    if (i >= d->w.n || d->w.at[i].low.n != 4) return false;
    int y = whole_number(d->w.at[i].low, 2399);
    if (y < 1900) return false;
    *year = y;
    return true;
}

/* Day and month known; the year that is meant. */
static bool placed(const dating *d, int year, int month, int day, found *f) {
    bool given = year != 0;
    if (!given) year = d->now.year;
    if (month < 1 || month > 12 || day < 1 || day > civil_month_days(year, month)) {
        if (given || month != 2 || day != 29) return false;
        while (civil_month_days(year, 2) != 29) year += d->past ? -1 : 1;
    }
    f->day = civil_days(year, month, day);
    f->year = given;
    if (!given && !d->past && f->day < d->today) f->day = civil_days(year + 1, month, day > civil_month_days(year + 1, month) ? 28 : day);
    if (!given && d->past && f->day > d->today) f->day = civil_days(year - 1, month, day > civil_month_days(year - 1, month) ? 28 : day);
    return true;
}

static bool numeric_date(const dating *d, size_t i, found *f) {          /* 2026-05-03 · 3/5/2026 */
    const char *p = d->w.at[i].raw.p;
    int v[3], n = 0, parts = 0;
    size_t k = 0;
    const char *last = d->w.at[d->w.n - 1].raw.p + d->w.at[d->w.n - 1].raw.n;
    for (; parts < 3 && k < 12 && p + k < last; k++) {
        if (isdigit((unsigned char)p[k]) && n < 4) {
            v[parts] = n ? v[parts] * 10 + (p[k] - '0') : p[k] - '0';
            n++;
        } else if ((p[k] == '-' || p[k] == '/' || p[k] == '.') && n && parts < 2) parts++, n = 0;
        else break;
    }
    if (parts != 2 || !n) return false;
    size_t took = 0;
    while (i + took < d->w.n && d->w.at[i + took].raw.p < p + k) took++;
    f->took = took;
    if (v[0] > 31) return placed(d, v[0], v[1], v[2], f);
    int year = v[2] < 100 ? (v[2] > (d->now.year % 100) + 10 ? 1900 : 2000) + v[2] : v[2];
    bool swap = (d->us && v[0] <= 12) || v[1] > 12;
    return placed(d, year, swap ? v[0] : v[1], swap ? v[1] : v[0], f);
}

static bool month_date(const dating *d, size_t i, found *f) {            /* 3 may · the 3rd of may · may 3rd 2027 */
    size_t k = i;
    int day = whole_number(d->w.at[k].low, 31), month = 0, year = 0;
    if (day > 0) {
        k++;
        if (low_is(d, k, "of")) k++;
        if (k >= d->w.n || !(month = month_of(d->w.at[k].low))) return false;
    } else {
        if (!(month = month_of(d->w.at[k].low))) return false;
        k++;
        if (low_is(d, k, "the")) k++;
        if (k >= d->w.n || (day = whole_number(d->w.at[k].low, 31)) < 1) return false;
    }
    k++;
    if (year_at(d, k, &year)) k++;
    f->took = k - i;
    return placed(d, year, month, day, f);
}

static int easter(int y) {
    int a = y % 19, b = y / 100, c = y % 100, e = b % 4, g = (8 * b + 13) / 25, h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7, m = (a + 11 * h + 22 * l) / 451;
    int month = (h + l - 7 * m + 114) / 31;
    return civil_days(y, month, (h + l - 7 * m + 114) % 31 + 1);
}

static bool feast(const dating *d, size_t i, found *f) {
    static const struct { const char *name; size_t words; int month, day; } feasts[] = { { "christmas eve", 2, 12, 24 }, { "christmas day", 2, 12, 25 },
        { "christmas", 1, 12, 25 }, { "xmas", 1, 12, 25 }, { "boxing day", 2, 12, 26 }, { "new year's eve", 3, 12, 31 }, { "new years eve", 3, 12, 31 },
        { "new year's day", 3, 1, 1 }, { "new year's", 2, 1, 1 }, { "new year", 2, 1, 1 }, { "halloween", 1, 10, 31 }, { "valentine's day", 2, 2, 14 },
        { "valentine's", 1, 2, 14 }, { "valentines", 1, 2, 14 }, { "st patrick's day", 3, 3, 17 }, { "bonfire night", 2, 11, 5 }, { "april fools", 2, 4, 1 } };
    for (size_t k = 0; k < sizeof feasts / sizeof *feasts; k++) {
        words name = d->w;
        text rest = text_of(feasts[k].name);
        size_t n = 0;
        bool same = true;
        while (rest.n && same) {
            text part = text_cut(&rest, ' ');
            same = i + n < name.n && text_eq(name.at[i + n].low, part);
            n++;
        }
        if (!same) continue;
        int year = 0;
        f->took = n + (year_at(d, i + n, &year) ? 1 : 0);
        return placed(d, year, feasts[k].month, feasts[k].day, f);
    }
    if (!low_is(d, i, "easter")) return false;
    int year = 0;
    f->took = (size_t)1 + (year_at(d, i + 1, &year) ? 1 : 0) + (low_is(d, i + 1, "sunday") ? 1 : 0);
    f->year = year != 0;
    f->day = easter(year ? year : d->now.year);
    if (!year && !d->past && f->day < d->today) f->day = easter(d->now.year + 1);
    if (!year && d->past && f->day > d->today) f->day = easter(d->now.year - 1);
    return true;
}

static int unit_days(text low) {
    if (text_is(low, "day") || text_is(low, "days")) return 1;
    if (text_is(low, "week") || text_is(low, "weeks")) return 7;
    return text_is(low, "fortnight") || text_is(low, "fortnights") ? 14 : 0;
}

static bool near_day(const dating *d, size_t i, found *f) {              /* tomorrow · friday · next friday · in ten days · 3 weeks ago */
    f->took = 1;
    f->year = false;
    if (low_is(d, i, "today") || low_is(d, i, "tonight")) return f->day = d->today, true;
    if (low_is(d, i, "tomorrow")) return f->day = d->today + 1, true;
    if (low_is(d, i, "yesterday")) return f->day = d->today - 1, true;
    size_t k = i;
    bool next = low_is(d, k, "next"), last = low_is(d, k, "last");
    if (next || last || low_is(d, k, "this")) k++;
    int wd = k < d->w.n ? weekday_of(d->w.at[k].low) : -1;
    if (wd >= 0) {
        int ahead = (wd - d->now.weekday + 7) % 7;
        f->day = last || d->past ? d->today - (ahead ? 7 - ahead : 7) : d->today + (ahead ? ahead : 7);
        f->took = k - i + 1;
        return true;
    }
    bool in = low_is(d, i, "in");
    double v;
    size_t took;
    if (words_number(d->w, i + in, &v, &took) && v >= 0 && v < 100000 && i + in + took < d->w.n) {
        size_t u = i + in + took;
        int days = unit_days(d->w.at[u].low);
        bool ago = low_is(d, u + 1, "ago"), hence = low_is(d, u + 1, "from") && (low_is(d, u + 2, "now") || low_is(d, u + 2, "today"));
        if (days && (in || ago || hence)) {
            f->day = d->today + (ago ? -1 : 1) * days * (int)v;
            f->took = in + took + 1 + (ago ? 1 : hence ? 2 : 0);
            return true;
        }
    }
    return false;
}

static bool date_at(const dating *d, size_t i, found *f) {
    if (isdigit((unsigned char)d->w.at[i].raw.p[0]) && numeric_date(d, i, f)) return true;
    return month_date(d, i, f) || feast(d, i, f) || near_day(d, i, f);
}

static size_t dates(const dating *d, found *out, size_t most) {
    size_t n = 0;
    for (size_t i = 0; i < d->w.n && n < most; i++) {
        found f = { 0 };
        if (!date_at(d, i, &f)) continue;
        out[n++] = f;
        i += f.took - 1;
    }
    return n;
}

/* ---- the questions --------------------------------------------------------------------------------------------------------- */
static text distance(arena *a, int days, bool weeks) {
    int n = abs(days);
    if (weeks && n >= 7) {
        int w = n / 7, r = n % 7;
        text tail = r ? arena_format(a, " and %d day%s", r, r == 1 ? "" : "s") : (text){ "", 0 };
        return arena_format(a, "%d week%s%.*s", w, w == 1 ? "" : "s", (int)tail.n, tail.p);
    }
    return arena_format(a, "%d day%s", n, n == 1 ? "" : "s");
}

static bool month_length(const dating *d, arena *a, text *answer) {      /* how many days in february 2028 */
    for (size_t i = 0; i + 4 < d->w.n; i++) {
        if (!low_is(d, i, "how") || !low_is(d, i + 1, "many") || !low_is(d, i + 2, "days")) continue;
        for (size_t k = i + 3; k < d->w.n; k++) {
            int m = month_of(d->w.at[k].low), year = d->now.year;
            if (!m || !low_is(d, k - 1, "in") || (k + 1 < d->w.n && whole_number(d->w.at[k + 1].low, 31) > 0)) continue;
            year_at(d, k + 1, &year);
            *answer = arena_format(a, "%s %d has %d days", civil_month_name[m], year, civil_month_days(year, m));
            return true;
        }
    }
    return false;
}

static bool leap(const dating *d, arena *a, text *answer) {
    if (!any(d, 0, " leap ")) return false;
    int year = d->now.year;
    for (size_t i = 0; i < d->w.n; i++) year_at(d, i, &year);
    *answer = arena_format(a, "%d is %sa leap year", year, civil_month_days(year, 2) == 29 ? "" : "not ");
    return true;
}

static reckoned far(const dating *d, arena *a, const found *f, size_t n, text *answer) {
    bool weeks = any(d, 0, " weeks ");
    if (n == 2) {
        text t = distance(a, f[1].day - f[0].day, weeks);
        *answer = arena_format(a, "That's %.*s", (int)t.n, t.p);
        return RECKON_YES;
    }
    int off = f[0].day - d->today;
    text t = distance(a, off, weeks), day = day_said(a, f[0].day, d->now.year);
    if (!off) *answer = arena_format(a, "That's today, %.*s", (int)day.n, day.p);
    else if (off > 0) *answer = arena_format(a, "%.*s to go: it's %.*s", (int)t.n, t.p, (int)day.n, day.p);
    else *answer = arena_format(a, "%.*s ago: it was %.*s", (int)t.n, t.p, (int)day.n, day.p);
    return RECKON_YES;
}

reckoned reckon_date(arena *a, words w, int64_t now_ms, bool us, text *answer) {
    if (w.n < 3 || w.n > 18) return RECKON_NO;
    civil now = civil_local(now_ms);
    dating d = { .w = w, .now = now, .today = civil_days(now.year, now.month, now.day), .us = us };
    d.past = any(&d, 0, " was since ago were did last passed ");
    bool asks = any(&d, 0, " what what's which how when when's whats is ");
    if (!asks) return RECKON_NO;
    if (month_length(&d, a, answer) || leap(&d, a, answer)) return RECKON_YES;
    found f[2];
    size_t n = dates(&d, f, 2);
    if (!n) return RECKON_NO;
    bool how = any(&d, 0, " how "), long_or_many = any(&d, 0, " long many far "), days = any(&d, 0, " days weeks sleeps long ");
    bool reach = any(&d, 0, " until till til to since between before from and ago away off left ");
    if (how && long_or_many && days && reach) return far(&d, a, f, n, answer);
    bool which = any(&d, 0, " what what's which whats "), day = any(&d, 0, " day weekday ");
    bool date = any(&d, 0, " date "), when = any(&d, 0, " when when's ");
    if (n == 1 && ((which && (day || date)) || when)) {
        text t = day_said(a, f[0].day, f[0].year ? 0 : now.year);
        bool over = f[0].day < d.today;
        *answer = arena_format(a, "%s %.*s", over ? "That was" : f[0].day == d.today ? "That's today," : "That's", (int)t.n, t.p);
        return RECKON_YES;
    }
    return RECKON_NO;
}
