/* SPDX-License-Identifier: Apache-2.0
 * remind_test.c - times as people type them. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "test.h"
#include "turn/turn_parts.h"

static const struct { const char *said, *when, *rest; } rows[] = {          /* now: Thursday 14 May 2026, 15:00 */
    { "ring mum at 6", "2026-05-14 18:00", "ring mum" }, { "at 6pm ring mum", "2026-05-14 18:00", "ring mum" },
    { "take the bread out in 20 minutes", "2026-05-14 15:20", "take the bread out" }, { "in an hour check the oven", "2026-05-14 16:00", "check the oven" },
    { "in half an hour call joe", "2026-05-14 15:30", "call joe" }, { "tomorrow at nine to post the letter", "2026-05-15 09:00", "to post the letter" },
    { "post it tomorrow", "2026-05-15 09:00", "post it" }, { "water the plants on friday", "2026-05-15 09:00", "water the plants" },
    { "bins out tonight", "2026-05-14 20:00", "bins out" }, { "tonight at 9 take the pill", "2026-05-14 21:00", "take the pill" },
    { "at 18:30 feed the cat", "2026-05-14 18:30", "feed the cat" }, { "on thursday at 10am dentist", "2026-05-21 10:00", "dentist" },
    { "at 2pm stretch", "2026-05-15 14:00", "stretch" }, { "at midnight look at the moon", "2026-05-15 00:00", "look at the moon" },
    { "in two days ring the bank", "2026-05-16 15:00", "ring the bank" },
};

int main(void) {
    setenv("TZ", "UTC", 1);
    tzset();
    arena a = { 0 };
    int64_t now = civil_to_ms((civil){ 2026, 5, 14, 15, 0, 0, 4 });
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text rest;
        int64_t ms = remind_when(&a, text_of(rows[i].said), now, &rest);
        civil c = civil_local(ms);
        char got[32];
        snprintf(got, sizeof got, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
        if (strcmp(got, rows[i].when) != 0 || !text_is(rest, rows[i].rest))
            fprintf(stderr, "%s -> %s [%.*s], wanted %s [%s]\n", rows[i].said, got, (int)rest.n, rest.p, rows[i].when, rows[i].rest);
        CHECK(strcmp(got, rows[i].when) == 0 && text_is(rest, rows[i].rest));
    }
    text rest;
    CHECK(remind_when(&a, TEXT("to be kinder"), now, &rest) == 0 && text_is(rest, "to be kinder"));
    CHECK(remind_when(&a, TEXT(""), now, &rest) == 0);
    arena_release(&a);
    return 0;
}
