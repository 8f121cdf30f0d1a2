/* SPDX-License-Identifier: Apache-2.0
 * words_test.c - English as tokens. */
#include "base/words.h"
#include <string.h>
#include "test.h"

static arena scratch;

static words of(const char *s) { return words_of(&scratch, text_of(s)); }

static void typed_words_are_mended_one_by_one(void) {
    words w = of("im sure u dont, Amy\xE2\x80\x99s");
    CHECK(w.n == 5);
    CHECK(text_is(w.at[0].low, "i'm") && text_is(w.at[0].raw, "im"));
    CHECK(text_is(w.at[2].low, "you") && text_is(w.at[3].low, "don't") && w.at[3].after == ',');
    CHECK(text_is(w.at[4].low, "amy's") && w.at[4].capital && text_is(w.at[4].stem, "ami"));
}

static void times_and_numbers_stay_whole(void) {
    words w = of("up at 4.10 again, 1,200 steps by 19:30!");
    CHECK(text_is(w.at[2].low, "4.10") && text_is(w.at[4].low, "1,200") && text_is(w.at[7].low, "19:30"));
    CHECK(w.at[7].after == '!');
    double v;
    size_t took;
    CHECK(words_number(w, 4, &v, &took) && (int)v == 1200);
    w = of("twenty one, sixty-three, three hundred, several");
    CHECK(words_number(w, 0, &v, &took) && (int)v == 21 && took == 2);
    CHECK(words_number(w, 2, &v, &took) && (int)v == 63 && took == 1);
    CHECK(words_number(w, 3, &v, &took) && (int)v == 300 && took == 2);
    CHECK(!words_number(w, 5, &v, &took));
}

static void porter_agrees_with_its_paper(void) {
    static const char *const rows[][2] = { { "caresses", "caress" }, { "ponies", "poni" }, { "cats", "cat" },
        { "agreed", "agre" }, { "plastered", "plaster" }, { "motoring", "motor" }, { "hopping", "hop" },
        { "falling", "fall" }, { "filing", "file" }, { "happy", "happi" }, { "relational", "relat" },
        { "conditional", "condit" }, { "triplicate", "triplic" }, { "hopeful", "hope" }, { "goodness", "good" },
        { "revival", "reviv" }, { "adjustment", "adjust" }, { "adoption", "adopt" }, { "rate", "rate" },
        { "cease", "ceas" }, { "controll", "control" }, { "roll", "roll" }, { "sky", "sky" } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text s = words_stem(&scratch, text_of(rows[i][0]));
        if (!text_is(s, rows[i][1])) fprintf(stderr, "%s -> %.*s\n", rows[i][0], (int)s.n, s.p);
        CHECK(text_is(s, rows[i][1]));
    }
}

static void clauses_are_cut_where_people_breathe(void) {
    size_t n;
    words w = of("my boss rang and i didn't pick up because i was in the bath. sorry");
    word_span *s = words_sentences(&scratch, w, false, &n);
    CHECK(n == 2 && s[1].from == 14);
    s = words_sentences(&scratch, w, true, &n);
    CHECK(n == 4 && s[1].from == 3 && s[2].from == 8);
}

static void function_words_are_known(void) {
    CHECK(words_is_stop(TEXT("i'm")) && words_is_stop(TEXT("a")) && words_is_stop(TEXT("yourself")));
    CHECK(words_is_stop(TEXT("doesn't")) && words_is_stop(TEXT("the")) && !words_is_stop(TEXT("kettle")));
}

static void a_huge_line_costs_a_page(void) {
    size_t n = 1 << 20;
    char *s = malloc(n);
    memset(s, 'a', n);
    for (size_t i = 3; i < n; i += 4) s[i] = ' ';
    words w = words_of(&scratch, (text){ s, n });
    CHECK(w.n <= WORDS_MAX && w.n > 1000);
    free(s);
    CHECK(of("").n == 0 && of("  ?!  ").n == 0);
    CHECK(words_shared(of("the kettle boiled dry"), of("kettles boil")) == 2);
}

int main(void) {
    typed_words_are_mended_one_by_one();
    times_and_numbers_stay_whole();
    porter_agrees_with_its_paper();
    clauses_are_cut_where_people_breathe();
    function_words_are_known();
    a_huge_line_costs_a_page();
    arena_release(&scratch);
    return 0;
}
