/* SPDX-License-Identifier: Apache-2.0
 * text.c - see text.h. */
#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"

text text_of(const char *s) { return s ? (text){ s, strlen(s) } : (text){ "", 0 }; }

bool text_eq(text a, text b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }

bool text_is(text a, const char *s) { return text_eq(a, text_of(s)); }

bool text_is_fold(text a, const char *s) {
    return a.n == strlen(s) && (a.n == 0 || strncasecmp(a.p, s, a.n) == 0);
}

bool text_starts(text a, const char *s) {
    size_t n = strlen(s);
    return a.n >= n && memcmp(a.p, s, n) == 0;
}

bool text_ends(text a, const char *s) {
    size_t n = strlen(s);
    return a.n >= n && memcmp(a.p + a.n - n, s, n) == 0;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

text text_trim(text t) {
    while (t.n && is_space(t.p[0])) t.p++, t.n--;
    while (t.n && is_space(t.p[t.n - 1])) t.n--;
    return t;
}

text text_cut(text *rest, char sep) {
    const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    text head = *rest;
    if (at) {
        head.n = (size_t)(at - rest->p);
        rest->n -= head.n + 1;
        rest->p = at + 1;
    } else {
        *rest = (text){ rest->p + rest->n, 0 };
    }
    return head;
}

ptrdiff_t text_find(text t, const char *needle) {
    size_t n = strlen(needle);
    if (n == 0) return 0;
    const char *at = t.n ? memmem(t.p, t.n, needle, n) : NULL;
    return at ? at - t.p : -1;
}

static bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

bool text_find_word(text t, const char *word) {
    size_t n = strlen(word);
    for (size_t i = 0; n && i + n <= t.n; i++) {
        if (strncasecmp(t.p + i, word, n) != 0) continue;
        bool left = i == 0 || !is_word_byte(t.p[i - 1]);
        bool right = i + n == t.n || !is_word_byte(t.p[i + n]);
        if (left && right) return true;
    }
    return false;
}

size_t text_next(text t, uint32_t *cp) {
    const unsigned char *s = (const unsigned char *)t.p;
    uint32_t c = s[0], low = 0x80;
    size_t need = c < 0x80 ? 1 : c >= 0xC2 && c <= 0xDF ? 2 : (c & 0xF0) == 0xE0 ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
    *cp = 0xFFFD;
    if (need == 0 || need > t.n) return 1;
    if (need == 1) return *cp = c, 1;
    uint32_t v = c & (0x7Fu >> need);
    if (need == 3) low = c == 0xE0 ? 0xA0 : 0x80;
    if (need == 4) low = c == 0xF0 ? 0x90 : 0x80;
    if (s[1] < low || s[1] > 0xBF || (c == 0xED && s[1] > 0x9F) || (c == 0xF4 && s[1] > 0x8F)) return 1;
    for (size_t i = 1; i < need; i++) {
        if ((s[i] & 0xC0) != 0x80) return 1;
        v = v << 6 | (s[i] & 0x3Fu);
    }
    *cp = v;
    return need;
}

bool text_is_utf8(text t) {
    while (t.n) {
        uint32_t cp;
        size_t n = text_next(t, &cp);
        if (cp == 0xFFFD && !(n == 3 && memcmp(t.p, "\xEF\xBF\xBD", 3) == 0)) return false;
        t.p += n;
        t.n -= n;
    }
    return true;
}

size_t text_encode(uint32_t cp, char out[static 4]) {
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = 0xFFFD;
    if (cp < 0x80) return out[0] = (char)cp, 1;
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

typedef struct { uint32_t from, to; } span;

static bool in_spans(const span *s, size_t n, uint32_t cp) {
    for (size_t i = 0; i < n; i++)
        if (cp >= s[i].from && cp <= s[i].to) return true;
    return false;
}

int text_cp_width(uint32_t cp) {
    static const span zero[] = { { 0x0300, 0x036F }, { 0x0483, 0x0489 }, { 0x0591, 0x05BD }, { 0x0610, 0x061A },
        { 0x064B, 0x065F }, { 0x0900, 0x0902 }, { 0x093C, 0x093C }, { 0x0941, 0x0948 }, { 0x094D, 0x094D },
        { 0x0E31, 0x0E31 }, { 0x0E34, 0x0E3A }, { 0x0E47, 0x0E4E }, { 0x200B, 0x200F }, { 0x202A, 0x202E },
        { 0x2060, 0x2064 }, { 0x20D0, 0x20F0 }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F }, { 0xFEFF, 0xFEFF },
        { 0x1F3FB, 0x1F3FF }, { 0xE0000, 0xE01EF } };
    static const span wide[] = { { 0x1100, 0x115F }, { 0x231A, 0x231B }, { 0x23E9, 0x23EC }, { 0x2614, 0x2615 },
        { 0x2648, 0x2653 }, { 0x26A1, 0x26A1 }, { 0x26BD, 0x26BE }, { 0x2705, 0x2705 }, { 0x2728, 0x2728 },
        { 0x274C, 0x274C }, { 0x2753, 0x2757 }, { 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF },
        { 0x4E00, 0x9FFF }, { 0xA000, 0xA4CF }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F },
        { 0xFF00, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1F9FF },
        { 0x1FA70, 0x1FAFF }, { 0x20000, 0x3FFFD } };
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) return 0;
    if (cp < 0x300) return 1;
    if (in_spans(zero, sizeof zero / sizeof *zero, cp)) return 0;
    return in_spans(wide, sizeof wide / sizeof *wide, cp) ? 2 : 1;
}

size_t text_width(text t) {
    size_t w = 0;
    while (t.n) {
        uint32_t cp;
        size_t n = text_next(t, &cp);
        w += (size_t)text_cp_width(cp);
        t.p += n;
        t.n -= n;
    }
    return w;
}

static void buf_reserve(buf *b, size_t more) {
    if (b->n + more + 1 <= b->cap) return;
    size_t cap = b->cap ? b->cap : 64;
    while (cap < b->n + more + 1) cap *= 2;
    b->p = mem_grow(b->p, cap, 1);
    b->cap = cap;
}

void buf_add(buf *b, text t) {
    buf_reserve(b, t.n);
    if (t.n) memcpy(b->p + b->n, t.p, t.n);
    b->n += t.n;
    b->p[b->n] = '\0';
}

void buf_str(buf *b, const char *s) { buf_add(b, text_of(s)); }

void buf_char(buf *b, char c) { buf_add(b, (text){ &c, 1 }); }

void buf_cp(buf *b, uint32_t cp) {
    char out[4];
    buf_add(b, (text){ out, text_encode(cp, out) });
}

void buf_format(buf *b, const char *fmt, ...) {
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n > 0) {
        buf_reserve(b, (size_t)n);
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void buf_clear(buf *b) {
    b->n = 0;
    if (b->p) b->p[0] = '\0';
}

void buf_release(buf *b) {
    free(b->p);
    *b = (buf){ 0 };
}

text buf_text(const buf *b) { return b->p ? (text){ b->p, b->n } : (text){ "", 0 }; }

/* Bytes of the escape sequence that starts at t.p[0] == ESC: CSI, OSC/DCS up to BEL or ST, or ESC + one.
 * Source: ECMA-48 5.3, 5.4, 5.6. */
static size_t escape_len(text t) {
    if (t.n < 2) return 1;
    if (t.p[1] == '[') {
        size_t i = 2;
        while (i < t.n && i < 64 && (unsigned char)t.p[i] >= 0x20 && (unsigned char)t.p[i] < 0x40) i++;
        return i < t.n && (unsigned char)t.p[i] >= 0x40 && (unsigned char)t.p[i] < 0x7F ? i + 1 : i;
    }
    if (t.p[1] == ']' || t.p[1] == 'P' || t.p[1] == '_' || t.p[1] == '^') {
        for (size_t i = 2; i < t.n; i++) {
            if (t.p[i] == '\a') return i + 1;
            if (t.p[i] == '\x1b' && i + 1 < t.n && t.p[i + 1] == '\\') return i + 2;
            if (t.p[i] == '\n') return 2;           /* never ended: keep the words, drop the opener */
        }
        return 2;
    }
    return (unsigned char)t.p[1] >= 0x20 && (unsigned char)t.p[1] < 0x7F ? 2 : 1;
}

size_t text_clean(text t, buf *out) {
    size_t changed = 0;
    while (t.n) {
        uint32_t cp;
        size_t n = text_next(t, &cp);
        bool broken = cp == 0xFFFD && n == 1;
        if (cp == 0x1B) {
            n = escape_len(t);
            changed += n;
        } else if (broken) {
            buf_cp(out, 0xFFFD);
            changed++;
        } else if (cp == '\r' && t.n > 1 && t.p[1] == '\n') {
            changed++;
        } else if ((cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0)) {
            changed += n;
        } else {
            buf_add(out, (text){ t.p, n });
        }
        t.p += n;
        t.n -= n;
    }
    return changed;
}
