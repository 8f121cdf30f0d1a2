/* SPDX-License-Identifier: Apache-2.0
 * keys.c - the bytes a terminal sends, read as keys.
 *
 * DESIGN      Tables for the control bytes and for what follows ESC. What is not understood is eaten whole and means
 *             nothing, so no stray piece of a sequence ever lands in a message. Bytes that are no UTF-8 become U+FFFD.
 * STATES      plain, or `pasting` between ESC[200~ and ESC[201~ (everything is text).
 * SOURCE      ECMA-48 section 5.4 (shape of control sequences); xterm's ctlseqs for the keys and bracketed paste. */
#include "main/keys.h"
#include <stdlib.h>
#include <string.h>

enum { SEQUENCE_MAX = 32 };

static const struct { unsigned char byte; key_kind kind; } CONTROLS[] = {
    { 0x01, KEY_HOME }, { 0x02, KEY_LEFT }, { 0x03, KEY_INTERRUPT }, { 0x04, KEY_EOF }, { 0x05, KEY_END },
    { 0x06, KEY_RIGHT }, { 0x08, KEY_BACKSPACE }, { 0x09, KEY_TAB }, { 0x0a, KEY_NEWLINE }, { 0x0b, KEY_KILL_RIGHT },
    { 0x0c, KEY_CLEAR }, { 0x0d, KEY_ENTER }, { 0x0e, KEY_DOWN }, { 0x10, KEY_UP }, { 0x15, KEY_KILL_LEFT },
    { 0x17, KEY_KILL_WORD_LEFT }, { 0x19, KEY_YANK }, { 0x1a, KEY_SUSPEND }, { 0x7f, KEY_BACKSPACE },
};

/* After ESC: what Alt and a plain key mean. */
static const struct { char byte; key_kind kind; } ALTS[] = {
    { 'b', KEY_WORD_LEFT }, { 'f', KEY_WORD_RIGHT }, { 'd', KEY_KILL_WORD_RIGHT }, { 0x7f, KEY_KILL_WORD_LEFT },
    { 0x08, KEY_KILL_WORD_LEFT }, { '\r', KEY_NEWLINE }, { '\n', KEY_NEWLINE },
};

/* After ESC [ or ESC O: parameters and the final byte. */
static const struct { const char *sequence; key_kind kind; } SEQUENCES[] = {
    { "A", KEY_UP }, { "B", KEY_DOWN }, { "C", KEY_RIGHT }, { "D", KEY_LEFT }, { "H", KEY_HOME }, { "F", KEY_END },
    { "1~", KEY_HOME }, { "7~", KEY_HOME }, { "4~", KEY_END }, { "8~", KEY_END }, { "3~", KEY_DELETE },
    { "1;5C", KEY_WORD_RIGHT }, { "1;3C", KEY_WORD_RIGHT }, { "5C", KEY_WORD_RIGHT },
    { "1;5D", KEY_WORD_LEFT }, { "1;3D", KEY_WORD_LEFT }, { "5D", KEY_WORD_LEFT },
    { "3;5~", KEY_KILL_WORD_RIGHT }, { "13;2u", KEY_NEWLINE }, { "13;5u", KEY_NEWLINE }, { "27;2;13~", KEY_NEWLINE },
    { "M", KEY_ENTER },                                       /* the keypad's, as ESC O M */
};

void keys_add(keys *k, text bytes) {
    if (k->at == k->in.n) {
        buf_clear(&k->in);
        k->at = 0;
    }
    buf_add(&k->in, bytes);
}

void keys_release(keys *k) {
    if (k->in.p) explicit_bzero(k->in.p, k->in.cap);
    if (k->paste.p) explicit_bzero(k->paste.p, k->paste.cap);
    buf_release(&k->in);
    buf_release(&k->paste);
}

static text rest_of(const keys *k) {
    return (text){ k->in.p ? k->in.p + k->at : "", k->in.n - k->at };
}

bool keys_waits(const keys *k) { return k->in.n > k->at; }

/* How long is the sequence that begins `t` (ESC [ … or ESC O …)? 0: not all here; -1: no sequence at all. */
static ptrdiff_t sequence_len(text t) {
    for (size_t i = 2; i < t.n; i++) {
        unsigned char c = (unsigned char)t.p[i];
        if (c >= 0x40 && c <= 0x7e) return (ptrdiff_t)i + 1;
        if (c < 0x20 || c > 0x7e || i > SEQUENCE_MAX) return -1;
    }
    return 0;
}

typedef enum { GOT_KEY, GOT_NOTHING, NEEDS_MORE } got;

static got take_sequence(keys *k, text t, bool no_more, key *out) {
    ptrdiff_t n = sequence_len(t);
    if (n == 0 && !no_more) return NEEDS_MORE;
    if (n <= 0) {                                  /* broken off: its introducer is eaten, what follows is read anew */
        k->at += n == 0 ? t.n : 2;
        return GOT_NOTHING;
    }
    k->at += (size_t)n;
    text body = { t.p + 2, (size_t)n - 2 };
    if (text_is(body, "200~")) {
        k->pasting = true;
        buf_clear(&k->paste);
        return GOT_NOTHING;
    }
    for (size_t i = 0; i < sizeof SEQUENCES / sizeof *SEQUENCES; i++)
        if (text_is(body, SEQUENCES[i].sequence)) {
            out->kind = SEQUENCES[i].kind;
            return GOT_KEY;
        }
    return GOT_NOTHING;
}

static got take_escape(keys *k, text t, bool no_more, key *out) {
    if (t.n == 1 && !no_more) return NEEDS_MORE;
    if (t.n == 1 || t.p[1] == 0x1b) {              /* alone, or one of several */
        k->at += 1;
        out->kind = KEY_ESC;
        return GOT_KEY;
    }
    if (t.p[1] == '[' || t.p[1] == 'O') return take_sequence(k, t, no_more, out);
    for (size_t i = 0; i < sizeof ALTS / sizeof *ALTS; i++)
        if (ALTS[i].byte == t.p[1]) {
            k->at += 2;
            out->kind = ALTS[i].kind;
            return GOT_KEY;
        }
    uint32_t cp;                                   /* Alt and some other key: nothing; a control byte stays a key */
    k->at += (unsigned char)t.p[1] < 0x20 ? 1 : 1 + text_next((text){ t.p + 1, t.n - 1 }, &cp);
    return GOT_NOTHING;
}

/* Bytes the character that begins with `lead` should have. */
static size_t character_len(unsigned char lead) { return lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1; }

static got take_character(keys *k, text t, bool no_more, key *out) {
    uint32_t cp;
    size_t n = text_next(t, &cp);
    if (cp == 0xfffd && n == 1 && t.n < character_len((unsigned char)t.p[0]) && !no_more) return NEEDS_MORE;
    k->at += n;
    bool broken = cp == 0xfffd && n == 1, control = cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
    if (control) return GOT_NOTHING;
    *out = (key){ KEY_TEXT, broken ? TEXT("\xEF\xBF\xBD") : (text){ t.p, n }, false };
    return GOT_KEY;
}

static got take_plain(keys *k, text t, bool no_more, key *out) {
    unsigned char c = (unsigned char)t.p[0];
    if (c == 0x1b) return take_escape(k, t, no_more, out);
    for (size_t i = 0; i < sizeof CONTROLS / sizeof *CONTROLS; i++)
        if (CONTROLS[i].byte == c) {
            k->at += 1;
            out->kind = CONTROLS[i].kind;
            return GOT_KEY;
        }
    return take_character(k, t, no_more, out);
}

static void paste_add(keys *k, text t) {
    size_t room = k->paste.n < KEYS_PASTE_MAX ? KEYS_PASTE_MAX - k->paste.n : 0;
    k->cut |= t.n > room;
    buf_add(&k->paste, (text){ t.p, t.n < room ? t.n : room });
}

/* A paste is done: line ends become newlines, everything else unfit goes. */
static void paste_end(keys *k, key *out) {
    buf lines = { 0 };
    for (size_t i = 0; i < k->paste.n; i++) {
        char c = k->paste.p[i];
        if (c == '\r') {
            if (i + 1 < k->paste.n && k->paste.p[i + 1] == '\n') continue;
            c = '\n';
        }
        buf_char(&lines, c);
    }
    buf_clear(&k->paste);
    text_clean(buf_text(&lines), &k->paste);
    if (lines.p) explicit_bzero(lines.p, lines.cap);
    buf_release(&lines);
    k->pasting = false;
    *out = (key){ KEY_PASTE, buf_text(&k->paste), k->cut };
    k->cut = false;
}

static got take_paste(keys *k, text t, key *out) {
    static const char end[] = "\x1b[201~";
    ptrdiff_t at = text_find(t, end);
    const char *ctrl_c = memchr(t.p, 0x03, at >= 0 ? (size_t)at : t.n);   /* the way out of a paste that never ends */
    if (at >= 0 || ctrl_c) {
        size_t n = ctrl_c ? (size_t)(ctrl_c - t.p) : (size_t)at;
        paste_add(k, (text){ t.p, n });
        k->at += n + (ctrl_c ? 0 : sizeof end - 1);
        paste_end(k, out);
        return GOT_KEY;
    }
    size_t keep = t.n < sizeof end - 2 ? t.n : sizeof end - 2;       /* the end may be cut in two */
    paste_add(k, (text){ t.p, t.n - keep });
    k->at += t.n - keep;
    return NEEDS_MORE;
}

bool keys_next(keys *k, bool no_more, key *out) {
    *out = (key){ .kind = KEY_ESC };
    for (text t; (t = rest_of(k)).n;) {
        got g = k->pasting ? take_paste(k, t, out) : take_plain(k, t, no_more, out);
        if (g != GOT_NOTHING) return g == GOT_KEY;
    }
    return false;
}
