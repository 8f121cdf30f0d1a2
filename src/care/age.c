/* SPDX-License-Identifier: Apache-2.0
 * age.c - see age.h.
 *
 * "i'm 14", "im fourteen btw", "i am 15 years old", "turned 13 yesterday", "16f here", "a 15 year old like me",
 * "i'll be 17 in may" (16 now); not "i'm 14 minutes late", "my son is 14", "when i was 14", "i'm 5'4". */
#include "care/age.h"
#include <string.h>

static bool one_of(text low, const char *const *rows) {
    for (; *rows; rows++) if (text_is(low, *rows)) return true;
    return false;
}

static const char *const units[] = { "minutes", "minute", "min", "mins", "hours", "hour", "hrs", "hr", "days", "day",
    "weeks", "week", "wks", "months", "month", "stone", "kg", "kilos", "pounds", "lbs", "percent", "miles", "mile", "km",
    "points", "point", "down", "up", "foot", "ft", "feet", "inches", "pages", "page", "chapters", "episodes", "drinks", "pints",
    "beers", "cups", "in", "th", "st", "nd", "rd", "pm", "am", "o'clock", "times", "%", "of", "grand", "quid", "euros",
    "dollars", "people", "degrees", "steps", "stops", "levels", "deep", "behind", "ahead", "nil", "all", "out", "and-a-half",
    "coffees", "goals", "metres", "meters", "seconds", "seasons", "rounds", "reps", "sessions", "applications", "emails",
    "parcels", "patients", "calls", "tabs", "texts", "k", NULL };
static const char *const since[] = { "sober", "clean", "married", "into", "in", "older", "younger", "late", "early", "free",
    "divorced", "ahead", "behind", "at", "with", "on", "since", "here", "retired", "post", "past", "deep", NULL };

/* Is the number at i (taking `took` words) an age, by what follows it? */
static bool is_age(words w, size_t i, size_t took) {
    size_t next = i + took;
    if (next >= w.n || (w.at[next - 1].after && w.at[next - 1].after != '-')) return true;
    text low = w.at[next].low;
    static const char *const years[] = { "years", "year", "yrs", "yr", "yo", "y", NULL };
    if (one_of(low, years)) {
        if (next + 1 >= w.n || w.at[next].after) return true;
        return !one_of(w.at[next + 1].low, since);
    }
    if (text_is(low, "in")) {                              /* "i'm 14 in may" is an age, "i'm 14 in the queue" is not */
        static const char *const when[] = { "january", "february", "march", "april", "may", "june", "july", "august",
            "september", "october", "november", "december", "two", "three", "a", "year", "jan", "feb", "oct", "nov", "dec",
            "sept", "aug", "days", NULL };
        return next + 1 < w.n && one_of(w.at[next + 1].low, when);
    }
    return !one_of(low, units);
}

/* "16f", "15m", "14yo" in one word. */
static int glued(text low) {
    if (low.n < 3 || low.n > 5 || low.p[0] < '1' || low.p[0] > '9' || low.p[1] < '0' || low.p[1] > '9') return 0;
    text tail = { low.p + 2, low.n - 2 };
    static const char *const tails[] = { "f", "m", "yo", "yrs", "yr", "y/o", "nb", NULL };
    return one_of(tail, tails) ? (low.p[0] - '0') * 10 + low.p[1] - '0' : 0;
}

static bool past_or_other(words w, size_t at) {
    static const char *const bad[] = { "when", "was", "were", "since", "until", "till", "like", "if", "feel", "again", "because",
                                       "he", "she", "they", "wish", "act", "look", "than", NULL };
    for (size_t i = at, k = 0; i-- > 0 && k < 3; k++) {
        char m = w.at[i].after;
        if (m == '.' || m == ',' || m == '!' || m == '?') return false;
        if (one_of(w.at[i].low, bad)) return true;
    }
    return false;
}

static bool soon(words w, size_t i) {
    static const char *const later[] = { "next", "soon", "in", "tomorrow", "this", "on", NULL };
    return i < w.n && !w.at[i - 1].after && one_of(w.at[i].low, later);
}

int age_told(words w) {
    static const char *const only[] = { "only", "just", "actually", "a", "nearly", "almost", "still", "now", "like", "about",
                                        "literally", "turning", "turned", "already", "barely", "not", "even", "also", "around",
                                        "currently", "only,", NULL };
    for (size_t i = 0; i < w.n; i++) {
        text low = w.at[i].low;
        bool am = text_is(low, "i'm") || (text_is(low, "i") && i + 1 < w.n && text_is(w.at[i + 1].low, "am"));
        bool turn = text_is(low, "turned") || text_is(low, "turning");
        bool be = text_is(low, "i'll") && i + 1 < w.n && text_is(w.at[i + 1].low, "be");
        int one = glued(low);
        if (one >= 8 && one <= 99 && (i == 0 || w.at[i - 1].after || text_is(w.at[i - 1].low, "i'm") ||
                                      text_is(w.at[i - 1].low, "am") || text_is(w.at[i - 1].low, "a"))) return one;
        if ((!am && !turn && !be) || past_or_other(w, i)) continue;
        size_t at = i + (text_is(low, "i") || be ? 2 : 1), took = 0;
        bool nearly = false, denied = false;
        for (; at < w.n && one_of(w.at[at].low, only); at++) {
            nearly |= text_is(w.at[at].low, "nearly") || text_is(w.at[at].low, "almost") || text_is(w.at[at].low, "turning");
            denied |= text_is(w.at[at].low, "not");
        }
        double v = 0;
        if (denied || at >= w.n || !words_number(w, at, &v, &took) || v < 8 || v > 110 || (double)(int)v != v) continue;
        if (!is_age(w, at, took)) continue;
        bool later = be || nearly || (turn && text_is(low, "turning")) || (am && soon(w, at + took) &&
                     at + took < w.n && !text_is(w.at[at + took].low, "this"));
        return (int)v - (later ? 1 : 0);
    }
    return 0;
}
