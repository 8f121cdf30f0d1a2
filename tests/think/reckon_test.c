/* SPDX-License-Identifier: Apache-2.0
 * reckon_test.c - sums, measures and the calendar. Expected values were worked out by hand, or with bc(1) and cal(1). */
#include "think/reckon.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/clock.h"
#include "test.h"

static arena scratch;

typedef struct { const char *asked; double value; } sum_row;
static const sum_row sums[] = {
    { "what's 15% of 80", 12 }, { "15 percent of 80", 12 }, { "split 84 between 3", 28 }, { "84 split between 3", 28 },
    { "divide 84 by 3", 28 }, { "share 90 among 4 people", 22.5 }, { "(3 + 4) * 2", 14 }, { "3 + 4 * 2", 11 }, { "2 ^ 10", 1024 },
    { "2 to the power of 10", 1024 }, { "square root of 144", 12 }, { "what is the square root of 2?", 1.41421356237 }, { "9 squared", 81 },
    { "3 cubed", 27 }, { "what is seven times eight", 56 }, { "twenty one plus nine", 30 }, { "50 plus 20%", 60 }, { "20% off 49.99", 39.992 },
    { "1,200 - 350", 850 }, { "1200/12", 100 }, { "17 times 23", 391 }, { "half of 37", 18.5 }, { "a quarter of 60", 15 }, { "a third of 90", 30 },
    { "twice 21", 42 }, { "double 4.5", 9 }, { "add 4 and 5 and 6", 15 }, { "subtract 3 from 10", 7 }, { "average of 3, 4 and 8", 5 },
    { "-3 * -4", 12 }, { "how much is 12 x 12?", 144 }, { "100 minus 1", 99 }, { "10 divided by 4", 2.5 }, { "7 over 2", 3.5 },
    { "what's 340 euros split between 4", 85 }, { "calculate 19.99 * 3 please", 59.97 }, { "8\xC3\xB7" "2", 4 }, { "6\xC3\x97" "7 =", 42 },
};
static const char *const no_sums[] = { "he works 24/7", "i have 3 cats and 2 dogs", "i'm 34", "we lost 4-0", "call me at 5", "two years ago",
    "what is love", "half of me wants to go", "it's 5 or 6", "he's over 60", "route 66", "twice a day", "", "?", "(((((", "plus", "1.2.3 + 4",
    "the average man", "i gave 110% of myself", "3 of my friends", "what's 5", "9 to 5 job" };

static void sums_are_worked_out(void) {
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        double v = NAN;
        reckoned r = reckon_sum(&scratch, text_of(sums[i].asked), &v);
        if (r != RECKON_YES || fabs(v - sums[i].value) > 1e-9) fprintf(stderr, "%s: %d %g\n", sums[i].asked, (int)r, v);
        CHECK(r == RECKON_YES && fabs(v - sums[i].value) <= 1e-9);
    }
}

static void talk_with_numbers_in_it_is_no_sum(void) {
    for (size_t i = 0; i < sizeof no_sums / sizeof *no_sums; i++) {
        double v;
        reckoned r = reckon_sum(&scratch, text_of(no_sums[i]), &v);
        if (r != RECKON_NO) fprintf(stderr, "%s: %d\n", no_sums[i], (int)r);
        CHECK(r == RECKON_NO);
    }
}

static void what_cannot_be_reckoned_is_undefined(void) {
    double v;
    CHECK(reckon_sum(&scratch, TEXT("10 divided by 0"), &v) == RECKON_UNDEFINED);
    CHECK(reckon_sum(&scratch, TEXT("5 / (3 - 3)"), &v) == RECKON_UNDEFINED);
    CHECK(reckon_sum(&scratch, TEXT("9 ^ 9 ^ 9 ^ 9"), &v) != RECKON_YES || isfinite(v));
    CHECK(reckon_sum(&scratch, TEXT("99999999 ^ 99999999"), &v) == RECKON_UNDEFINED);
    char deep[200] = "";
    for (int i = 0; i < 60; i++) strcat(deep, "(");
    strcat(deep, "1+1");
    CHECK(reckon_sum(&scratch, text_of(deep), &v) == RECKON_NO);
}

static void numbers_are_said_as_people_write_them(void) {
    static const struct { double v; const char *said; } rows[] = { { 0, "0" }, { -0.0, "0" }, { 12, "12" }, { 1234, "1,234" }, { 1234567, "1,234,567" },
        { -1500, "-1,500" }, { 0.5, "0.5" }, { 39.992, "39.99" }, { 1.0 / 3, "0.3333" }, { 85.000000000001, "85" }, { 1931.2128, "1,931.21" },
        { 999999, "999,999" } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text t = reckon_number(&scratch, rows[i].v);
        if (!text_is(t, rows[i].said)) fprintf(stderr, "%s: %.*s\n", rows[i].said, (int)t.n, t.p);
        CHECK(text_is(t, rows[i].said));
    }
}

typedef struct { const char *asked, *answer; } ask_row;
static const ask_row measures[] = {
    { "how many pints in a gallon", "1 imperial gallon is 8 imperial pints" }, { "5 miles in km", "5 miles is 8.05 kilometres" },
    { "what is 20c in f", "20 degrees Celsius is 68 degrees Fahrenheit" }, { "100 degrees f to celsius", "100 degrees Fahrenheit is 37.78 degrees Celsius" },
    { "convert 3 kg to pounds", "3 kilograms is 6.61 pounds" }, { "how many grams in an ounce", "1 ounce is 28.35 grams" },
    { "how many km is 1200 miles", "1,200 miles is 1,931.21 kilometres" }, { "how many seconds are there in a day?", "1 day is 86,400 seconds" },
    { "6 feet in cm please", "6 feet is 182.88 centimetres" }, { "half a mile in metres", "0.5 miles is 804.67 metres" },
    { "11 stone in kg", "11 stone is 69.85 kilograms" }, { "how many teaspoons in a tablespoon", "1 tablespoon is 3 teaspoons" },
    { "60 mph in kph", "60 miles an hour is 96.56 kilometres an hour" }, { "-40 c in f", "-40 degrees Celsius is -40 degrees Fahrenheit" },
    { "two weeks in hours", "2 weeks is 336 hours" }, { "3 gb in mb", "3 gigabytes is 3,000 megabytes" },
};
static reckoned unit_of(text asked, text *t) { return reckon_unit(&scratch, asked, words_of(&scratch, asked), t); }

static void measures_are_turned_into_others(void) {
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        text t = { "", 0 };
        reckoned r = unit_of(text_of(measures[i].asked), &t);
        if (r != RECKON_YES || !text_is(t, measures[i].answer)) fprintf(stderr, "%s: %d %.*s\n", measures[i].asked, (int)r, (int)t.n, t.p);
        CHECK(r == RECKON_YES && text_is(t, measures[i].answer));
    }
    text t;
    CHECK(unit_of(TEXT("how many pints in a mile"), &t) == RECKON_UNDEFINED);
    CHECK(unit_of(TEXT("i ran 5 miles in the rain"), &t) == RECKON_NO);
    CHECK(unit_of(TEXT("back in 5 minutes"), &t) == RECKON_NO);
    CHECK(unit_of(TEXT("we have 2 cups in the sink"), &t) == RECKON_NO);
}

/* Today is Wednesday 11 November 2026. */
static const ask_row days[] = {
    { "what day is 3 may", "That's Monday 3 May 2027" }, { "what day was 14 july 1989", "That was Friday 14 July 1989" },
    { "What day of the week was the 6th of June 1953?", "That was Saturday 6 June 1953" }, { "what day of the week is christmas", "That's Friday 25 December" },
    { "how many days until christmas", "44 days to go: it's Friday 25 December" }, { "how many weeks until christmas", "6 weeks and 2 days to go: it's Friday 25 December" },
    { "how long until 12 december?", "31 days to go: it's Saturday 12 December" }, { "how many days between 1 march and 4 april", "That's 34 days" },
    { "what's the date in ten days", "That's Saturday 21 November" }, { "what day is it tomorrow", "That's Thursday 12 November" },
    { "what date is next friday", "That's Friday 13 November" }, { "when is easter 2027", "That's Sunday 28 March 2027" },
    { "when is easter", "That's Sunday 28 March 2027" }, { "how many days in february 2028", "February 2028 has 29 days" },
    { "is 2028 a leap year", "2028 is a leap year" }, { "is 1900 a leap year", "1900 is not a leap year" },
    { "what day was 2024-02-29", "That was Thursday 29 February 2024" }, { "how many days since 1 january", "314 days ago: it was Thursday 1 January" },
    { "what day is 7/4/2027", "That's Wednesday 7 April 2027" }, { "how many days till new year's eve", "50 days to go: it's Thursday 31 December" },
};
static void the_calendar_answers(void) {
    civil c = { .year = 2026, .month = 11, .day = 11, .hour = 15 };
    int64_t now = civil_to_ms(c);
    text t;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        t = (text){ "", 0 };
        reckoned r = reckon_date(&scratch, words_of(&scratch, text_of(days[i].asked)), now, false, &t);
        if (r != RECKON_YES || !text_is(t, days[i].answer)) fprintf(stderr, "%s: %d %.*s\n", days[i].asked, (int)r, (int)t.n, t.p);
        CHECK(r == RECKON_YES && text_is(t, days[i].answer));
    }
    CHECK(reckon_date(&scratch, words_of(&scratch, TEXT("what day is 7/4/2027")), now, true, &t) == RECKON_YES && text_is(t, "That's Sunday 4 July 2027"));
    static const char *const none[] = { "my exam is on friday", "what a day", "how was your day", "i moved in may", "what should i do on sunday", "what day is 31 february" };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK(reckon_date(&scratch, words_of(&scratch, text_of(none[i])), now, false, &t) == RECKON_NO);
}

int main(void) {
    setenv("TZ", "UTC", 1);
    tzset();
    sums_are_worked_out();
    talk_with_numbers_in_it_is_no_sum();
    what_cannot_be_reckoned_is_undefined();
    numbers_are_said_as_people_write_them();
    measures_are_turned_into_others();
    the_calendar_answers();
    arena_release(&scratch);
    return 0;
}
