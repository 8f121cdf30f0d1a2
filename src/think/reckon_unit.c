/* SPDX-License-Identifier: Apache-2.0
 * reckon_unit.c - one measure in another.
 *
 * SOURCE  International yard and pound agreement of 1959 (inch 0.0254 m, pound 0.45359237 kg); imperial gallon 4.54609 l,
 *         US gallon 3.785411784 l; ITS-90 scales for temperature. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "think/reckon.h"

typedef enum { LENGTH, MASS, VOLUME, TIME, WARMTH, SPEED, AREA, DATA } measure;
typedef struct { const char *names; measure of; double factor, offset; const char *one, *many; } unit;
/* factor: how many base units (m, g, l, s, K, m/s, m2, byte) one of it is. */
static const unit units[] = {
    { " mm millimetre millimetres millimeter millimeters ", LENGTH, 0.001, 0, "millimetre", "millimetres" },
    { " cm centimetre centimetres centimeter centimeters cms ", LENGTH, 0.01, 0, "centimetre", "centimetres" },
    { " m metre metres meter meters ", LENGTH, 1, 0, "metre", "metres" },
    { " km kilometre kilometres kilometer kilometers kms k ", LENGTH, 1000, 0, "kilometre", "kilometres" },
    { " inch inches ", LENGTH, 0.0254, 0, "inch", "inches" },
    { " ft foot feet ", LENGTH, 0.3048, 0, "foot", "feet" },
    { " yd yard yards ", LENGTH, 0.9144, 0, "yard", "yards" },
    { " mi mile miles ", LENGTH, 1609.344, 0, "mile", "miles" },
    { " nmi ", LENGTH, 1852, 0, "nautical mile", "nautical miles" },
    { " mg milligram milligrams ", MASS, 0.001, 0, "milligram", "milligrams" },
    { " g gram grams gramme grammes gr ", MASS, 1, 0, "gram", "grams" },
    { " kg kilo kilos kilogram kilograms kgs ", MASS, 1000, 0, "kilogram", "kilograms" },
    { " oz ounce ounces ", MASS, 28.349523125, 0, "ounce", "ounces" },
    { " lb lbs pound pounds ", MASS, 453.59237, 0, "pound", "pounds" },
    { " st stone stones ", MASS, 6350.29318, 0, "stone", "stone" },
    { " tonne tonnes ", MASS, 1e6, 0, "tonne", "tonnes" },
    { " ml millilitre millilitres milliliter milliliters ", VOLUME, 0.001, 0, "millilitre", "millilitres" },
    { " cl centilitre centilitres ", VOLUME, 0.01, 0, "centilitre", "centilitres" },
    { " l litre litres liter liters ", VOLUME, 1, 0, "litre", "litres" },
    { " pint pints pt ", VOLUME, 0.56826125, 0, "imperial pint", "imperial pints" },
    { " gallon gallons gal ", VOLUME, 4.54609, 0, "imperial gallon", "imperial gallons" },
    { " cup cups ", VOLUME, 0.2365882365, 0, "US cup", "US cups" },
    { " tbsp tablespoon tablespoons ", VOLUME, 0.015, 0, "tablespoon", "tablespoons" },
    { " tsp teaspoon teaspoons ", VOLUME, 0.005, 0, "teaspoon", "teaspoons" },
    { " s sec secs second seconds ", TIME, 1, 0, "second", "seconds" },
    { " min mins minute minutes ", TIME, 60, 0, "minute", "minutes" },
    { " h hr hrs hour hours ", TIME, 3600, 0, "hour", "hours" },
    { " day days ", TIME, 86400, 0, "day", "days" },
    { " week weeks ", TIME, 604800, 0, "week", "weeks" },
    { " fortnight fortnights ", TIME, 1209600, 0, "fortnight", "fortnights" },
    { " year years yr yrs ", TIME, 31556952, 0, "year", "years" },
    { " c celsius centigrade ", WARMTH, 1, 273.15, "degree Celsius", "degrees Celsius" },
    { " f fahrenheit ", WARMTH, 5.0 / 9, 273.15 - 32 * 5.0 / 9, "degree Fahrenheit", "degrees Fahrenheit" },
    { " kelvin ", WARMTH, 1, 0, "kelvin", "kelvin" },
    { " mph ", SPEED, 0.44704, 0, "mile an hour", "miles an hour" },
    { " kmh kph ", SPEED, 1000.0 / 3600, 0, "kilometre an hour", "kilometres an hour" },
    { " knot knots ", SPEED, 1852.0 / 3600, 0, "knot", "knots" },
    { " acre acres ", AREA, 4046.8564224, 0, "acre", "acres" },
    { " hectare hectares ha ", AREA, 10000, 0, "hectare", "hectares" },
    { " byte bytes ", DATA, 1, 0, "byte", "bytes" },
    { " kb kilobyte kilobytes ", DATA, 1e3, 0, "kilobyte", "kilobytes" },
    { " mb megabyte megabytes ", DATA, 1e6, 0, "megabyte", "megabytes" },
    { " gb gigabyte gigabytes gig gigs ", DATA, 1e9, 0, "gigabyte", "gigabytes" },
    { " tb terabyte terabytes ", DATA, 1e12, 0, "terabyte", "terabytes" },
};

static const unit *unit_of(text low) {
    char key[40];
    if (!low.n || low.n + 3 > sizeof key) return NULL;
    key[0] = ' ';
    memcpy(key + 1, low.p, low.n);
    memcpy(key + 1 + low.n, " ", 2);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strstr(units[i].names, key)) return &units[i];
    return NULL;
}

/* "5km": the figures and the letters behind them. */
static bool glued(text low, double *v, const unit **u) {
    size_t n = 0;
    while (n < low.n && (isdigit((unsigned char)low.p[n]) || low.p[n] == '.')) n++;
    char raw[24];
    if (!n || n == low.n || n >= sizeof raw) return false;
    memcpy(raw, low.p, n);
    raw[n] = '\0';
    *v = strtod(raw, NULL);
    *u = unit_of((text){ low.p + n, low.n - n });
    return *u != NULL;
}

/* An amount with its unit at i: "5 miles", "a gallon", "5km", "20 degrees c". */
static bool amount(text heard, words w, size_t i, double *v, const unit **u, size_t *took) {
    if (i >= w.n) return false;
    *took = 1;
    if (glued(w.at[i].low, v, u)) return true;
    size_t n = 0;
    if (words_number(w, i, v, &n)) {
        bool minus = w.at[i].raw.p > heard.p && w.at[i].raw.p[-1] == '-';
        if (minus) *v = -*v;
    } else if (text_is(w.at[i].low, "a") || text_is(w.at[i].low, "an")) *v = 1, n = 1;
    else if (text_is(w.at[i].low, "half")) {
        *v = 0.5, n = 1;
        if (i + 1 < w.n && (text_is(w.at[i + 1].low, "a") || text_is(w.at[i + 1].low, "an"))) n = 2;
    } else return false;
    if (i + n < w.n && (text_is(w.at[i + n].low, "degrees") || text_is(w.at[i + n].low, "degree"))) n++;
    if (i + n >= w.n) return false;
    *u = unit_of(w.at[i + n].low);
    *took = n + 1;
    return *u != NULL;
}

static text said(arena *a, double v, const unit *u) {
    text n = reckon_number(a, v);
    return arena_format(a, "%.*s %s", (int)n.n, n.p, fabs(v - 1) < 1e-9 ? u->one : u->many);
}

static reckoned convert(arena *a, double v, const unit *from, const unit *to, text *answer) {
    if (from->of != to->of) return RECKON_UNDEFINED;
    double out = (v * from->factor + from->offset - to->offset) / to->factor;
    if (!isfinite(out)) return RECKON_UNDEFINED;
    text x = said(a, v, from), y = said(a, out, to);
    *answer = arena_format(a, "%.*s is %.*s", (int)x.n, x.p, (int)y.n, y.p);
    return RECKON_YES;
}

static bool is_joint(text low) { return text_is(low, "in") || text_is(low, "to") || text_is(low, "into") || text_is(low, "as"); }

reckoned reckon_unit(arena *a, text heard, words w, text *answer) {
    if (w.n > 16) return RECKON_NO;
    double v;
    const unit *from, *to;
    size_t took;
    for (size_t i = 0; i + 3 < w.n; i++) {                /* how many pints (are there) in a gallon */
        if (!text_is(w.at[i].low, "how") || !text_is(w.at[i + 1].low, "many") || !(to = unit_of(w.at[i + 2].low))) continue;
        for (size_t k = i + 3; k < w.n; k++)
            if (text_is(w.at[k].low, "in") || text_is(w.at[k].low, "is") || text_is(w.at[k].low, "are"))
                if (amount(heard, w, k + 1, &v, &from, &took) && k + 1 + took == w.n) return convert(a, v, from, to, answer);
    }
    for (size_t i = 0; i + 2 < w.n; i++) {                /* 5 miles in km */
        if (!amount(heard, w, i, &v, &from, &took)) continue;
        size_t k = i + took;
        if (k + 1 >= w.n || !is_joint(w.at[k].low)) continue;
        if (k + 2 < w.n && (text_is(w.at[k + 1].low, "degrees") || text_is(w.at[k + 1].low, "the"))) k++;
        to = unit_of(w.at[k + 1].low);
        bool end = k + 2 == w.n || text_is(w.at[k + 2].low, "please");
        if (to && end && (to != from)) return convert(a, v, from, to, answer);
    }
    return RECKON_NO;
}
