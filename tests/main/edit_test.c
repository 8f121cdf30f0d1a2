/* SPDX-License-Identifier: Apache-2.0
 * edit_test.c - the line being written. */
#include "main/edit.h"
#include <string.h>
#include "test.h"

static edit e;

static void start(const char *s, size_t at) {
    edit_set(&e, text_of(s));
    e.at = at;
}
static void press(key_kind kind) { CHECK(edit_key(&e, &(key){ .kind = kind })); }
static void type(const char *s) { CHECK(edit_key(&e, &(key){ KEY_TEXT, text_of(s), false })); }
static void is(const char *s, size_t at) {
    text t = e.text.n ? buf_text(&e.text) : TEXT("");
    if (!text_is(t, s) || e.at != at) fprintf(stderr, "<%.*s> at %zu, wanted <%s> at %zu\n", (int)t.n, t.p, e.at, s, at);
    CHECK(text_is(t, s) && e.at == at);
}

static void typing_goes_where_the_cursor_is(void) {
    start("", 0);
    type("a"), type("c");
    press(KEY_LEFT);
    type("b");
    is("abc", 2);
    press(KEY_HOME), type("-"), press(KEY_END), type("!");
    is("-abc!", 5);
}

static void deleting_takes_whole_characters(void) {
    start("e\xCC\x81x\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", 15);      /* e + accent, x, woman ZWJ girl */
    press(KEY_BACKSPACE);
    is("e\xCC\x81x", 4);
    press(KEY_HOME), press(KEY_DELETE);
    is("x", 0);
    press(KEY_DELETE), press(KEY_DELETE), press(KEY_BACKSPACE);
    is("", 0);
    start("\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7", 16);   /* two flags */
    press(KEY_LEFT);
    CHECK(e.at == 8);
    press(KEY_BACKSPACE);
    is("\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7", 0);
}

static void words_are_stepped_over_and_cut(void) {
    start("call mum's sister, now", 22);
    press(KEY_WORD_LEFT);
    CHECK(e.at == 19);
    press(KEY_WORD_LEFT), press(KEY_WORD_LEFT);
    CHECK(e.at == 5);
    press(KEY_WORD_RIGHT);
    CHECK(e.at == 10);
    press(KEY_KILL_WORD_LEFT);
    is("call  sister, now", 5);
    press(KEY_YANK);
    is("call mum's sister, now", 10);
    press(KEY_KILL_RIGHT);
    is("call mum's", 10);
    press(KEY_KILL_LEFT);
    is("", 0);
    press(KEY_YANK);
    is("call mum's", 10);
    press(KEY_HOME), press(KEY_KILL_WORD_RIGHT);
    is(" mum's", 0);
}

static void a_message_may_have_lines(void) {
    start("one", 3);
    press(KEY_NEWLINE);
    type("second line");
    press(KEY_NEWLINE);
    type("3");
    is("one\nsecond line\n3", 17);
    CHECK(edit_line_up(&e) && e.at == 5);
    CHECK(edit_line_up(&e) && e.at == 1);
    CHECK(!edit_line_up(&e));
    CHECK(edit_line_down(&e) && e.at == 5);
    press(KEY_END);
    CHECK(e.at == 15);
    CHECK(edit_line_down(&e) && e.at == 17);        /* a shorter line: its end */
    CHECK(!edit_line_down(&e));
    press(KEY_HOME), press(KEY_KILL_LEFT);
    is("one\nsecond line\n3", 16);                   /* only its own line is cut */
    CHECK(edit_line_up(&e));
    press(KEY_END), press(KEY_KILL_RIGHT);
    is("one\nsecond line3", 15);
}

static void a_message_is_bounded_and_a_wiped_one_leaves_nothing(void) {
    static char big[EDIT_MAX];
    memset(big, 'm', sizeof big);
    start("", 0);
    edit_insert(&e, (text){ big, sizeof big });
    CHECK(e.text.n == EDIT_MAX);
    type("x");
    CHECK(e.text.n == EDIT_MAX);
    char *where = e.text.p;
    edit_wipe(&e);
    CHECK(e.text.n == 0 && e.at == 0 && e.text.p == where && where[0] == 0 && where[EDIT_MAX / 2] == 0);
    CHECK(!edit_key(&e, &(key){ .kind = KEY_ENTER }) && !edit_key(&e, &(key){ .kind = KEY_UP }));
}

int main(void) {
    typing_goes_where_the_cursor_is();
    deleting_takes_whole_characters();
    words_are_stepped_over_and_cut();
    a_message_may_have_lines();
    a_message_is_bounded_and_a_wiped_one_leaves_nothing();
    edit_release(&e);
    return 0;
}
