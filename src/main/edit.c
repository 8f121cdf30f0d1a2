/* SPDX-License-Identifier: Apache-2.0
 * edit.c - editing one line (which may hold newlines).
 *
 * INVARIANTS  (1) text is UTF-8 and at most EDIT_MAX bytes. (2) `at` stands on a character's first byte, or at the end. */
#include "main/edit.h"
#include <string.h>

/* ---- characters as people see them ------------------------------------------------------------------------------- */
static bool joins_before(uint32_t cp) {             /* belongs to the character before it */
    return (cp >= 0x20 && text_cp_width(cp) == 0) || (cp >= 0x1f3fb && cp <= 0x1f3ff);
}
static bool is_flag_half(uint32_t cp) { return cp >= 0x1f1e6 && cp <= 0x1f1ff; }

size_t edit_next(text t, size_t at) {
    if (at >= t.n) return t.n;
    uint32_t cp, before;
    at += text_next((text){ t.p + at, t.n - at }, &cp);
    bool half = is_flag_half(cp);
    for (before = cp; at < t.n; before = cp) {
        size_t n = text_next((text){ t.p + at, t.n - at }, &cp);
        bool joins = cp != '\n' && (joins_before(cp) || before == 0x200d || (half && is_flag_half(cp)));
        if (!joins || before == '\n') break;
        half = half && !is_flag_half(cp);
        at += n;
    }
    return at;
}

/* Walk from the start of the line: what joins what can only be told forwards. */
size_t edit_back(text t, size_t at) {
    if (at == 0) return 0;
    size_t from = at - 1;
    while (from > 0 && t.p[from - 1] != '\n' && at - from < 4096) from--;
    while (from > 0 && ((unsigned char)t.p[from] & 0xc0) == 0x80) from--;
    for (size_t next; (next = edit_next(t, from)) < at;) from = next;
    return from;
}

/* ---- changing ------------------------------------------------------------------------------------------------------ */
void edit_insert(edit *e, text t) {
    if (!t.n || e->text.n + t.n > EDIT_MAX) return;
    size_t tail = e->text.n - e->at;
    buf_add(&e->text, t);                            /* makes room, and its bytes are written over below */
    memmove(e->text.p + e->at + t.n, e->text.p + e->at, tail);
    memcpy(e->text.p + e->at, t.p, t.n);
    e->at += t.n;
}

static void erase(edit *e, size_t from, size_t to, bool keep) {
    if (from >= to) return;
    if (keep) {
        buf_clear(&e->cut);
        buf_add(&e->cut, (text){ e->text.p + from, to - from });
    }
    memmove(e->text.p + from, e->text.p + to, e->text.n - to);
    e->text.n -= to - from;
    e->text.p[e->text.n] = '\0';
    e->at = from;
}

void edit_set(edit *e, text t) {
    buf_clear(&e->text);
    if (t.n <= EDIT_MAX) buf_add(&e->text, t);
    e->at = e->text.n;
}

void edit_wipe(edit *e) {
    if (e->text.p) explicit_bzero(e->text.p, e->text.cap);
    buf_clear(&e->text);
    e->at = 0;
}

void edit_release(edit *e) {
    edit_wipe(e);
    if (e->cut.p) explicit_bzero(e->cut.p, e->cut.cap);
    buf_release(&e->text);
    buf_release(&e->cut);
}

/* ---- moving ----------------------------------------------------------------------------------------------------------- */
static bool is_word(text t, size_t at) {
    uint32_t cp;
    text_next((text){ t.p + at, t.n - at }, &cp);
    return cp > 0x7f || (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || cp == '\'';
}

static size_t word_left(text t, size_t at) {
    while (at > 0 && !is_word(t, edit_back(t, at))) at = edit_back(t, at);
    while (at > 0 && is_word(t, edit_back(t, at))) at = edit_back(t, at);
    return at;
}

static size_t word_right(text t, size_t at) {
    while (at < t.n && !is_word(t, at)) at = edit_next(t, at);
    while (at < t.n && is_word(t, at)) at = edit_next(t, at);
    return at;
}

static size_t line_start(text t, size_t at) {
    while (at > 0 && t.p[at - 1] != '\n') at--;
    return at;
}

static size_t line_end(text t, size_t at) {
    while (at < t.n && t.p[at] != '\n') at++;
    return at;
}

/* As many characters into the line that begins at `start` as the cursor is into its own. */
static void go_to_line(edit *e, size_t start) {
    text t = buf_text(&e->text);
    size_t in = 0, to = start, end = line_end(t, start);
    for (size_t i = line_start(t, e->at); i < e->at; i = edit_next(t, i)) in++;
    for (; in > 0 && to < end; in--) to = edit_next(t, to);
    e->at = to;
}

bool edit_line_up(edit *e) {
    text t = buf_text(&e->text);
    size_t start = line_start(t, e->at);
    if (start == 0) return false;
    go_to_line(e, line_start(t, start - 1));
    return true;
}

bool edit_line_down(edit *e) {
    text t = buf_text(&e->text);
    size_t end = line_end(t, e->at);
    if (end == t.n) return false;
    go_to_line(e, end + 1);
    return true;
}

/* ---- keys --------------------------------------------------------------------------------------------------------------- */
static bool edit_move(edit *e, key_kind kind) {
    text t = buf_text(&e->text);
    switch (kind) {
        case KEY_LEFT: e->at = edit_back(t, e->at); return true;
        case KEY_RIGHT: e->at = edit_next(t, e->at); return true;
        case KEY_HOME: e->at = line_start(t, e->at); return true;
        case KEY_END: e->at = line_end(t, e->at); return true;
        case KEY_WORD_LEFT: e->at = word_left(t, e->at); return true;
        case KEY_WORD_RIGHT: e->at = word_right(t, e->at); return true;
        default: return false;
    }
}

bool edit_key(edit *e, const key *k) {
    text t = buf_text(&e->text);
    size_t at = e->at;
    switch (k->kind) {
        case KEY_TEXT:
        case KEY_PASTE: edit_insert(e, k->text); return true;
        case KEY_NEWLINE: edit_insert(e, TEXT("\n")); return true;
        case KEY_BACKSPACE: erase(e, edit_back(t, at), at, false); return true;
        case KEY_DELETE: erase(e, at, edit_next(t, at), false); return true;
        case KEY_KILL_LEFT: erase(e, line_start(t, at), at, true); return true;
        case KEY_KILL_RIGHT: {
            size_t end = line_end(t, at);
            erase(e, at, end > at || end == t.n ? end : end + 1, true);
            return true;
        }
        case KEY_KILL_WORD_LEFT: erase(e, word_left(t, at), at, true); return true;
        case KEY_KILL_WORD_RIGHT: erase(e, at, word_right(t, at), true); return true;
        case KEY_YANK: edit_insert(e, buf_text(&e->cut)); return true;
        default: return edit_move(e, k->kind);
    }
}
