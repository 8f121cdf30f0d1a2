/* SPDX-License-Identifier: Apache-2.0
 * wrap_test.c - words laid into rows, and unfolded at a pace. */
#include "main/wrap.h"
#include <string.h>
#include "main/pace.h"
#include "test.h"

static buf out;

static void rows(int width, int indent, const char *t, const char *want) {
    wrap w;
    wrap_begin(&w, width, indent, indent);
    buf_clear(&out);
    wrap_add(&w, text_of(t), &out);
    if (strcmp(out.p ? out.p : "", want) != 0) fprintf(stderr, "<%s>\nwanted\n<%s>\n", out.p, want);
    CHECK(strcmp(out.p ? out.p : "", want) == 0 && w.col <= w.width);
}

static void words_go_where_they_fit(void) {
    rows(10, 0, "one two three four", "one two\r\nthree four");
    rows(10, 2, "one two three", "one two\r\n  three");
    rows(9, 0, "a  b     cccccc", "a  b\r\ncccccc");
    rows(10, 0, "exactly ten!", "exactly\r\nten!");
    rows(10, 0, "0123456789 x", "0123456789\r\nx");
}

static void long_words_are_broken_and_nothing_is_lost(void) {
    rows(5, 0, "abcdefghijkl mn", "abcde\r\nfghij\r\nkl mn");
    rows(6, 2, "abcdefghij", "abcd\r\n  efgh\r\n  ij");
    rows(0, 0, "abcde", "abcd\r\ne");                                  /* however narrow */
}

static void wide_letters_take_two_columns_and_may_part(void) {
    rows(6, 0, "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5", "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\r\n\xE6\x97\xA5");
    rows(5, 0, "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", "\xE6\x97\xA5\xE6\x9C\xAC\r\n\xE8\xAA\x9E");
    rows(4, 0, "e\xCC\x81" "e\xCC\x81" "e\xCC\x81" "e\xCC\x81 x", "e\xCC\x81" "e\xCC\x81" "e\xCC\x81" "e\xCC\x81\r\nx");
}

static void newlines_and_what_they_begin_are_the_writers(void) {
    rows(20, 2, "a list:\n  - one\n  - two\n\nend", "a list:\r\n    - one\r\n    - two\r\n  \r\n  end");
}

static void it_is_the_same_in_pieces(void) {
    wrap w;
    wrap_begin(&w, 12, 0, 0);
    buf_clear(&out);
    const char *pieces[] = { "She", " says", " it", " slowly,", " and", " then", " goes", " on." };
    for (size_t i = 0; i < 8; i++) wrap_add(&w, text_of(pieces[i]), &out);
    CHECK(strcmp(out.p, "She says it\r\nslowly, and\r\nthen goes\r\non.") == 0);
}

/* ---- pace ------------------------------------------------------------------------------------------------------------ */
/* Unfold `t`, given whole at time 0, and say when its last word was shown (ms). *steps: in how many goes. */
static int64_t unfold(int most_ms, const char *t, int *steps) {
    pace p = { .most_ms = most_ms };
    buf shown = { 0 };
    int64_t now = 1000000;
    *steps = 0;
    pace_add(&p, text_of(t), now);
    pace_whole(&p);
    for (int ms; (ms = pace_wait_ms(&p, now)) >= 0;) {
        now += ms * 1000LL;
        text more = pace_take(&p, now);
        *steps += more.n > 0;
        buf_add(&shown, more);
    }
    CHECK(text_is(buf_text(&shown), t) && !pace_holds(&p));
    buf_release(&shown);
    pace_release(&p);
    return (now - 1000000) / 1000;
}

static void a_reply_unfolds_within_its_allowance(void) {
    int steps;
    int64_t ms = unfold(1200, "Four words in all.", &steps);
    CHECK(steps == 4 && ms > 0 && ms < 200);
    char longer[4000] = "";
    for (int i = 0; i < 300; i++) strcat(longer, "word ");
    ms = unfold(1200, longer, &steps);
    CHECK(ms <= 1200 && ms >= 1000 && steps > 40);
    CHECK(unfold(0, longer, &steps) == 0 && steps == 1);
    CHECK(unfold(1500, longer, &steps) <= 1500);
}

static void slow_words_are_not_made_slower(void) {
    pace p = { .most_ms = 1200 };
    int64_t now = 5000000;
    pace_add(&p, TEXT("One "), now);
    CHECK(text_is(pace_take(&p, now), "One"));
    for (int i = 0; i < 5; i++) {
        now += 400000;
        pace_add(&p, TEXT("more "), now);
        CHECK(pace_take(&p, now).n > 0);                     /* shown the moment it comes */
    }
    pace_release(&p);
}

static void half_a_word_waits_a_moment_for_the_rest(void) {
    pace p = { .most_ms = 1200 };
    int64_t now = 5000000;
    pace_add(&p, TEXT("won"), now);
    CHECK(pace_take(&p, now).n == 0 && pace_wait_ms(&p, now) > 0);
    pace_add(&p, TEXT("derful "), now + 10000);
    CHECK(text_is(pace_take(&p, now + 10000), "wonderful"));
    pace_add(&p, TEXT("end"), now + 20000);
    int ms = pace_wait_ms(&p, now + 20000);
    CHECK(ms > 0 && ms < 500 && text_is(pace_take(&p, now + 20000 + ms * 1000), " end"));
    pace_add(&p, TEXT(" and the rest of it"), now + 3000000);
    CHECK(text_is(pace_rest(&p), " and the rest of it") && !pace_holds(&p));
    CHECK(pace_wait_ms(&p, now) == -1);
    pace_release(&p);
}

int main(void) {
    words_go_where_they_fit();
    long_words_are_broken_and_nothing_is_lost();
    wide_letters_take_two_columns_and_may_part();
    newlines_and_what_they_begin_are_the_writers();
    it_is_the_same_in_pieces();
    a_reply_unfolds_within_its_allowance();
    slow_words_are_not_made_slower();
    half_a_word_waits_a_moment_for_the_rest();
    buf_release(&out);
    return 0;
}
