/* SPDX-License-Identifier: Apache-2.0
 * keys_test.c - bytes from terminals, read as keys. */
#include "main/keys.h"
#include <string.h>
#include "test.h"

/* All keys of `bytes` as letters, one a key; typed text stands for itself, a paste in brackets. */
static const char *read_all(keys *k, const char *bytes, size_t n, bool no_more) {
    static const char names[] = "tpENT<>^vHEwW" "bdlrxXy" "cCDZ!";
    static buf out;
    buf_clear(&out);
    buf_str(&out, "");
    keys_add(k, (text){ bytes, n });
    key one;
    while (keys_next(k, no_more, &one)) {
        if (one.kind == KEY_TEXT) buf_add(&out, one.text);
        else if (one.kind == KEY_PASTE) buf_format(&out, "[%.*s]", (int)one.text.n, one.text.p);
        else buf_format(&out, "{%c}", names[one.kind]);
    }
    return out.p ? out.p : "";
}

static void reads(const char *bytes, const char *want) {
    keys k = { 0 };
    const char *got = read_all(&k, bytes, strlen(bytes), true);
    if (strcmp(got, want) != 0) fprintf(stderr, "read <%s>, wanted <%s>\n", got, want);
    CHECK(strcmp(got, want) == 0 && !keys_waits(&k));
    keys_release(&k);
}

/* The same, byte by byte: a sequence may come in any pieces. */
static void reads_in_pieces(const char *bytes, const char *want) {
    keys k = { 0 };
    buf all = { 0 };
    for (const char *p = bytes; *p; p++) buf_str(&all, read_all(&k, p, 1, false));
    buf_str(&all, read_all(&k, "", 0, true));
    if (strcmp(all.p, want) != 0) fprintf(stderr, "read <%s> in pieces, wanted <%s>\n", all.p, want);
    CHECK(strcmp(all.p, want) == 0);
    buf_release(&all);
    keys_release(&k);
}

static void letters_of_every_language_are_themselves(void) {
    reads("abc", "abc");
    reads_in_pieces("h\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80", "h\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80");
    reads("a\xff" "b\xC3", "a\xEF\xBF\xBD" "b\xEF\xBF\xBD");            /* what is no UTF-8 is shown as such */
}

static void keys_have_their_usual_names(void) {
    reads("\r\n\t\x7f\x08", "{E}{N}{T}{b}{b}");
    reads("\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F\x1bOA\x1bOH", "{^}{v}{>}{<}{H}{E}{^}{H}");
    reads_in_pieces("\x1b[1~\x1b[4~\x1b[3~\x1b[1;5C\x1b[1;5D\x1b" "b\x1b" "f\x1b" "d\x1b\x7f", "{H}{E}{d}{W}{w}{w}{W}{X}{x}");
    reads("\x01\x05\x02\x06\x10\x0e\x0b\x15\x17\x19\x0c\x03\x04\x1a", "{H}{E}{<}{>}{^}{v}{r}{l}{x}{y}{c}{C}{D}{Z}");
    reads("\x1b\r\x1b[13;2u", "{N}{N}");
}

static void what_is_not_understood_leaves_nothing_behind(void) {
    reads("a\x1b[38;5;1mb\x1b[?1;2cc\x1b[200000~d\x1bQe", "abcde");
    reads_in_pieces("x\x1b[<0;12;9My", "xy");                          /* a mouse */
    reads("\x1b[99;99", "");                                           /* broken off */
}

static void escape_alone_is_a_key_and_three_are_three(void) {
    reads("\x1b", "{!}");
    reads("\x1b\x1b\x1b", "{!}{!}{!}");
    reads_in_pieces("\x1b\x1b\x1b", "{!}{!}{!}");
    reads("\x1b\x1b[A", "{!}{^}");
    keys k = { 0 };
    CHECK(*read_all(&k, "\x1b", 1, false) == '\0' && keys_waits(&k));   /* company may still come */
    CHECK(strcmp(read_all(&k, "[D", 2, false), "{<}") == 0 && !keys_waits(&k));
    keys_release(&k);
}

static void a_paste_is_one_text_whatever_it_holds(void) {
    reads("\x1b[200~two\rlines\r\nand\ttab\x1b[201~x", "[two\nlines\nand\ttab]x");
    reads_in_pieces("\x1b[200~a\x1b[31mred\x1b[0m\x07\x1b[201~", "[ared]");
    reads("\x1b[200~never ends\x03", "[never ends]{C}");               /* Ctrl+C is the way out */
    keys k = { 0 };
    CHECK(*read_all(&k, "\x1b[200~waits", 11, true) == '\0');
    CHECK(strcmp(read_all(&k, "\x1b[20", 4, true), "") == 0);
    CHECK(strcmp(read_all(&k, "1~", 2, true), "[waits]") == 0);
    keys_release(&k);
}

static void a_huge_paste_is_bounded(void) {
    keys k = { 0 };
    char block[4096];
    memset(block, 'z', sizeof block);
    keys_add(&k, TEXT("\x1b[200~"));
    key one;
    for (int i = 0; i < 600; i++) {
        keys_add(&k, (text){ block, sizeof block });
        CHECK(!keys_next(&k, false, &one));
    }
    keys_add(&k, TEXT("\x1b[201~"));
    CHECK(keys_next(&k, false, &one) && one.kind == KEY_PASTE && one.text.n == KEYS_PASTE_MAX && one.cut);
    keys_release(&k);
}

int main(void) {
    letters_of_every_language_are_themselves();
    keys_have_their_usual_names();
    what_is_not_understood_leaves_nothing_behind();
    escape_alone_is_a_key_and_three_are_three();
    a_paste_is_one_text_whatever_it_holds();
    a_huge_paste_is_bounded();
    return 0;
}
