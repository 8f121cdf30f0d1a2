/* SPDX-License-Identifier: Apache-2.0
 * clock.c - see clock.h.
 *
 * SOURCE  days from civil: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
#include "base/clock.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "base/mem.h"

struct clk {
    bool simulated;
    _Atomic int64_t now_ms;   /* simulated only */
};

const char *const civil_month_name[13] = { "", "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December" };
const char *const civil_day_name[7] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };

clk *clk_real(void) { return mem_new(1, sizeof(clk)); }

clk *clk_simulated(int64_t start_ms) {
    clk *c = mem_new(1, sizeof *c);
    c->simulated = true;
    atomic_store(&c->now_ms, start_ms);
    return c;
}

void clk_free(clk *c) { free(c); }

static int64_t read_clock(clockid_t id, int64_t per_second) {
    struct timespec ts;
    clock_gettime(id, &ts);
    return (int64_t)ts.tv_sec * per_second + (int64_t)ts.tv_nsec / (1000000000 / per_second);
}

int64_t clk_now_ms(const clk *c) {
    return c->simulated ? atomic_load(&c->now_ms) : read_clock(CLOCK_REALTIME, 1000);
}

void clk_set(clk *c, int64_t now_ms) {
    if (c->simulated) atomic_store(&c->now_ms, now_ms);
}

int64_t clk_steady_us(void) { return read_clock(CLOCK_MONOTONIC, 1000000); }

static time_t floor_seconds(int64_t ms) { return (time_t)(ms >= 0 ? ms / 1000 : -((-ms + 999) / 1000)); }

static civil from_tm(const struct tm *t) {
    return (civil){ t->tm_year + 1900, t->tm_mon + 1, t->tm_mday, t->tm_hour, t->tm_min, t->tm_sec, t->tm_wday };
}

civil civil_local(int64_t ms) {
    time_t s = floor_seconds(ms);
    struct tm t = { 0 };
    localtime_r(&s, &t);
    return from_tm(&t);
}

civil civil_utc(int64_t ms) {
    time_t s = floor_seconds(ms);
    struct tm t = { 0 };
    gmtime_r(&s, &t);
    return from_tm(&t);
}

int64_t civil_to_ms(civil c) {
    struct tm t = { .tm_year = c.year - 1900, .tm_mon = c.month - 1, .tm_mday = c.day, .tm_hour = c.hour,
                    .tm_min = c.minute, .tm_sec = c.second, .tm_isdst = -1 };
    return (int64_t)mktime(&t) * 1000;
}

int civil_days(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

int civil_month_days(int year, int month) {
    static const int days[13] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : month >= 1 && month <= 12 ? days[month] : 0;
}

static bool digits(text t, size_t at, size_t n, int *out) {
    int v = 0;
    for (size_t i = at; i < at + n; i++) {
        if (t.p[i] < '0' || t.p[i] > '9') return false;
        v = v * 10 + (t.p[i] - '0');
    }
    *out = v;
    return true;
}

bool civil_parse_date(text iso, civil *out) {
    civil c = { 0 };
    if (iso.n < 10 || iso.p[4] != '-' || iso.p[7] != '-') return false;
    if (iso.n > 10 && iso.p[10] >= '0' && iso.p[10] <= '9') return false;
    if (!digits(iso, 0, 4, &c.year) || !digits(iso, 5, 2, &c.month) || !digits(iso, 8, 2, &c.day)) return false;
    if (c.day < 1 || c.day > civil_month_days(c.year, c.month)) return false;
    c.weekday = ((civil_days(c.year, c.month, c.day) + 4) % 7 + 7) % 7;
    *out = c;
    return true;
}

void civil_iso(int64_t ms, char out[static 32]) {
    time_t s = floor_seconds(ms);
    struct tm t = { 0 };
    localtime_r(&s, &t);
    char raw[40];
    size_t n = strftime(raw, sizeof raw, "%Y-%m-%dT%H:%M:%S%z", &t);
    if (n < 5 || n > 29) n = 0, raw[0] = '\0';
    if (n) snprintf(out, 32, "%.*s:%s", (int)n - 2, raw, raw + n - 2);
    else out[0] = '\0';
}

void civil_said(int64_t ms, int64_t now_ms, char out[static 32]) {
    civil c = civil_local(ms), now = civil_local(now_ms);
    int ago = civil_days(now.year, now.month, now.day) - civil_days(c.year, c.month, c.day);
    const char *month = civil_month_name[c.month >= 1 && c.month <= 12 ? c.month : 0];
    if (ago == 0) snprintf(out, 32, "today");
    else if (ago == 1) snprintf(out, 32, "yesterday");
    else if (ago > 1 && ago <= 6) snprintf(out, 32, "on %s", civil_day_name[c.weekday]);
    else if (c.year == now.year) snprintf(out, 32, "on %d %s", c.day, month);
    else snprintf(out, 32, "on %d %s %d", c.day, month, c.year);
}
