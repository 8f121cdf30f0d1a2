/* SPDX-License-Identifier: Apache-2.0
 * wrap.c - word wrap for a stream.
 *
 * DESIGN      Spaces are held back (`gap`) until the next word says whether it still fits, so no row ends in one.
 * INVARIANTS  (1) col <= width after every call. */
#include "main/wrap.h"
#include "main/edit.h"

void wrap_begin(wrap *w, int width, int indent, int col) {
    if (width < 4) width = 4;
    if (indent > width - 4) indent = 0;
    *w = (wrap){ .width = width, .indent = indent, .col = col < width ? col : width };
}

static void new_row(wrap *w, buf *out) {
    buf_str(out, "\r\n");
    for (int i = 0; i < w->indent; i++) buf_char(out, ' ');
    w->col = w->indent;
    w->gap = 0;
}

/* Bytes of `t` up to where a row may end: a run without spaces, or one wide character. *cols: its width. */
static size_t unit_len(text t, int *cols) {
    size_t at = 0;
    *cols = 0;
    while (at < t.n && t.p[at] != ' ' && t.p[at] != '\n' && t.p[at] != '\t') {
        size_t next = edit_next(t, at);
        int c = (int)text_width((text){ t.p + at, next - at });
        bool wide = c >= 2;
        if (wide && at > 0) break;
        at = next;
        *cols += c;
        if (wide) break;
    }
    return at;
}

static void put_broken(wrap *w, text unit, buf *out) {
    for (size_t at = 0, next; at < unit.n; at = next) {
        next = edit_next(unit, at);
        int c = (int)text_width((text){ unit.p + at, next - at });
        if (c > w->width - w->indent) c = w->width - w->indent;      /* an emoji of many parts: what it really takes */
        if (w->col + c > w->width) new_row(w, out);
        buf_add(out, (text){ unit.p + at, next - at });
        w->col += c;
    }
}

static void put_unit(wrap *w, text unit, int cols, buf *out) {
    bool first = w->col <= w->indent && !w->kept;
    if (first) w->gap = 0;
    if (w->col + w->gap + cols > w->width && w->col > w->indent) new_row(w, out);
    if (w->gap > w->width - w->col) w->gap = w->width - w->col;
    for (; w->gap > 0; w->gap--, w->col++) buf_char(out, ' ');
    put_broken(w, unit, out);
    w->kept = false;
}

void wrap_add(wrap *w, text t, buf *out) {
    while (t.n) {
        int cols;
        size_t n = unit_len(t, &cols);
        if (n) put_unit(w, (text){ t.p, n }, cols, out);
        else if (t.p[0] == '\n') {
            new_row(w, out);
            w->kept = true;
            n = 1;
        } else {
            w->gap++;
            n = 1;
        }
        t.p += n;
        t.n -= n;
    }
}
