/* SPDX-License-Identifier: Apache-2.0
 * remind.c - reminders the person sets: "remind me at 6 to ring mum".
 *
 * DESIGN  The time is found first, wherever it stands, and cut out; what is left is what to say. A bare hour means
 *         the next such hour; a bare day means nine in the morning. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/lines.h"
#include "turn/turn_parts.h"

typedef struct { int64_t ms; size_t from, to; } moment;      /* words [from, to) told it */

static bool is(words w, size_t i, const char *s) { return i < w.n && text_is(w.at[i].low, s); }

/* "6", "6pm", "18:30", "7.15", "noon" at word i: minutes after midnight; *half says a bare 1-12 without am or pm. */
static bool clock_at(words w, size_t i, int *minutes, bool *half, size_t *took) {
    if (i >= w.n) return false;
    *took = 1;
    *half = false;
    if (is(w, i, "noon") || is(w, i, "midday")) return *minutes = 720, true;
    if (is(w, i, "midnight")) return *minutes = 1440, true;
    char raw[16];
    if (w.at[i].low.n >= sizeof raw) return false;
    memcpy(raw, w.at[i].low.p, w.at[i].low.n);
    raw[w.at[i].low.n] = '\0';
    int h = 0, m = 0, used = 0;
    double spelt;
    size_t n;
    if (sscanf(raw, "%2d%*1[:.]%2d%n", &h, &m, &used) < 2 && (m = 0, sscanf(raw, "%2d%n", &h, &used) < 1)) {
        if (!words_number(w, i, &spelt, &n) || spelt < 1 || spelt > 12) return false;
        h = (int)spelt;
        *took = n;
        used = (int)w.at[i].low.n;
    }
    const char *tail = raw + used;
    bool pm = strcmp(tail, "pm") == 0, am = strcmp(tail, "am") == 0;
    if (*tail && !pm && !am) return false;
    if (!*tail && i + *took < w.n && (is(w, i + *took, "pm") || is(w, i + *took, "am"))) {
        pm = is(w, i + *took, "pm");
        am = !pm;
        ++*took;
    }
    if (h > 24 || m > 59 || ((am || pm) && (h < 1 || h > 12))) return false;
    if (pm && h < 12) h += 12;
    if (am && h == 12) h = 0;
    *half = !am && !pm && h >= 1 && h <= 12;
    *minutes = h * 60 + m;
    return true;
}

static int weekday_at(words w, size_t i) {
    for (int d = 0; i < w.n && d < 7; d++)
        if (text_is_fold(w.at[i].low, civil_day_name[d])) return d;
    return -1;
}

/* "in 20 minutes", "in an hour", "in two days" from word i ("in"). */
static bool span_at(words w, size_t i, int64_t now, moment *out) {
    static const struct { const char *stem; int64_t ms; } units[] = { { "minut", 60000 }, { "min", 60000 }, { "hour", 3600000 },
        { "hr", 3600000 }, { "dai", 86400000 }, { "day", 86400000 }, { "week", 604800000 } };
    double v = 1;
    size_t took = 1;
    if (!is(w, i, "in")) return false;
    if (is(w, i + 1, "half") && is(w, i + 2, "an")) v = 0.5, took = 2;
    else if (!is(w, i + 1, "a") && !is(w, i + 1, "an") && !words_number(w, i + 1, &v, &took)) return false;
    size_t u = i + 1 + took;
    for (size_t k = 0; u < w.n && k < sizeof units / sizeof *units; k++)
        if (text_is(w.at[u].stem, units[k].stem)) {
            *out = (moment){ now + (int64_t)(v * (double)units[k].ms), i, u + 1 };
            return v > 0 && v < 10000;
        }
    return false;
}

/* "tomorrow", "tonight", "on friday", "at 6" in any order around word i; days and clock combine. */
static bool day_clock_at(words w, size_t i, int64_t now, moment *out) {
    size_t at = i;
    int day = -1, minutes = -1;
    bool half = false, evening = false;
    civil c = civil_local(now);
    for (int round = 0; round < 3 && at < w.n; round++) {
        size_t k = at, took = 1;
        int wd;
        if (is(w, k, "on") || is(w, k, "this") || is(w, k, "next")) k++;
        if (is(w, k, "tomorrow")) day = 1;
        else if (is(w, k, "today")) day = 0;
        else if (is(w, k, "tonight")) day = 0, evening = true;
        else if ((wd = weekday_at(w, k)) >= 0) day = (wd - c.weekday + 6) % 7 + 1;
        else if (k > 0 && (is(w, k, "morning") || is(w, k, "evening") || is(w, k, "night")) && day >= 0) evening = !is(w, k, "morning");
        else if (is(w, at, "at") && clock_at(w, at + 1, &minutes, &half, &took)) k = at + took;
        else break;
        at = k + 1;
    }
    if (day < 0 && minutes < 0) return false;
    if (minutes < 0) minutes = evening ? 20 * 60 : 9 * 60;
    if (half && evening && minutes < 720) minutes += 720;
    c.hour = 0, c.minute = minutes, c.second = 0;
    c.day += day > 0 ? day : 0;
    int64_t ms = civil_to_ms(c);
    if (day < 0 && half && ms <= now) c.minute += 720, ms = civil_to_ms(c);
    if (day <= 0 && ms <= now) c.day += 1, c.minute = minutes, ms = civil_to_ms(c);
    *out = (moment){ ms, i, at };
    return true;
}

int64_t remind_when(arena *a, text said, int64_t now_ms, text *rest) {
    words w = words_of(a, said);
    for (size_t i = 0; i < w.n; i++) {
        moment m;
        if (!span_at(w, i, now_ms, &m) && !day_clock_at(w, i, now_ms, &m)) continue;
        text before = { said.p, (size_t)(w.at[m.from].raw.p - said.p) };
        text after = m.to < w.n ? (text){ w.at[m.to].raw.p, (size_t)(said.p + said.n - w.at[m.to].raw.p) } : (text){ "", 0 };
        before = text_trim(before);
        *rest = text_trim(arena_format(a, "%.*s%s%.*s", (int)before.n, before.p, before.n && after.n ? " " : "", (int)after.n, after.p));
        return m.ms;
    }
    *rest = said;
    return 0;
}

bool exchange_reminder(exchange *x) {
    text k[2] = { { 0 } };
    if (!lines_match(x->a, "(remind me|set a reminder|give me a nudge) ?(to|about|that|for) @x+", x->sense.said, k)) return false;
    ptrdiff_t at = text_find(x->heard, "remind");
    const char *from = at >= 0 ? x->heard.p + at : x->heard.p;
    text said = { from, (size_t)(x->heard.p + x->heard.n - from) };
    for (int skip = 0; skip < 2 && said.n; skip++) text_cut(&said, ' ');     /* "remind me" / "reminder to" */
    text what;
    int64_t due = remind_when(x->a, said, x->now.now_ms, &what);
    static const char *const lead[] = { "to ", "that ", "about ", "for " };
    for (size_t i = 0; i < 4; i++)
        if (text_starts(what, lead[i])) what.p += strlen(lead[i]), what.n -= strlen(lead[i]);
    if (!due) {
        exchange_answer(x, "remind", exchange_words(x, "remind.when", NULL, 0));
        return true;
    }
    words w = words_of(x->a, what);
    text turned = lines_turn(x->a, w, 0, w.n);
    int64_t id;
    if (what.n == 0 || remember_remind(x->t->store, due, turned, &id, NULL) != 0) return false;
    civil c = civil_local(due);
    char day[32];
    int ahead = civil_days(c.year, c.month, c.day);
    civil n = civil_local(x->now.now_ms);
    ahead -= civil_days(n.year, n.month, n.day);
    snprintf(day, sizeof day, "%s", ahead == 0 ? "today" : ahead == 1 ? "tomorrow" : ahead < 7 ? civil_day_name[c.weekday] : "");
    text when = *day ? arena_format(x->a, "%s at %02d:%02d", day, c.hour, c.minute)
                     : arena_format(x->a, "%d %s at %02d:%02d", c.day, civil_month_name[c.month], c.hour, c.minute);
    care_slot s[] = { { "x", turned }, { "when", when } };
    exchange_answer(x, "remind", exchange_words(x, "remind.set", s, 2));
    return true;
}
