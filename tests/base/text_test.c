/* SPDX-License-Identifier: Apache-2.0
 * text_test.c - bytes from outside, made fit to keep. */
#include "base/text.h"
#include <string.h>
#include "test.h"

static void cleaned(const char *raw, size_t n, const char *want) {
    buf b = { 0 };
    text_clean((text){ raw, n }, &b);
    if (strcmp(b.p ? b.p : "", want) != 0) fprintf(stderr, "got [%s] want [%s]\n", b.p, want);
    CHECK(strcmp(b.p ? b.p : "", want) == 0);
    CHECK(text_is_utf8(buf_text(&b)));
    buf_release(&b);
}

static void control_sequences_never_survive(void) {
    cleaned("a\x1b[2Jb", 6, "ab");
    cleaned("\x1b]0;title\x07hi", 12, "hi");
    cleaned("\x1bP1;2|x\x1b\\y", 10, "y");
    cleaned("a\0b\x7f" "c\r\nd\te", 11, "abc\nd\te");
    cleaned("\xc2\x9b" "31mred", 8, "31mred");
    cleaned("open \x1b]8;;http", 14, "open 8;;http");
}

static void ill_formed_utf8_is_replaced(void) {
    cleaned("\xff\xc0\xaf\xed\xa0\x80", 6, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    cleaned("na\xc3\xafve \xf0\x9f\x90\x8c", 11, "na\xc3\xafve \xf0\x9f\x90\x8c");
    CHECK(!text_is_utf8(TEXT("\xf4\x90\x80\x80")) && text_is_utf8(TEXT("\xEF\xBF\xBD")));
}

static void columns_are_counted_as_terminals_draw_them(void) {
    CHECK(text_width(TEXT("abc")) == 3 && text_width(TEXT("\xe6\x97\xa5\xe6\x9c\xac")) == 4);
    CHECK(text_width(TEXT("e\xcc\x81")) == 1 && text_width(TEXT("\xf0\x9f\x98\x80")) == 2);
}

static void parts_are_cut_in_order(void) {
    text t = TEXT("a,,b");
    CHECK(text_is(text_cut(&t, ','), "a") && text_is(text_cut(&t, ','), "") && text_is(text_cut(&t, ','), "b"));
    CHECK(t.n == 0 && text_is(text_cut(&t, ','), ""));
    CHECK(text_find_word(TEXT("an Oslo trip"), "oslo") && !text_find_word(TEXT("tripod"), "trip"));
}

int main(void) {
    control_sequences_never_survive();
    ill_formed_utf8_is_replaced();
    columns_are_counted_as_terminals_draw_them();
    parts_are_cut_in_order();
    return 0;
}
