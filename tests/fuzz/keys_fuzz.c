/* SPDX-License-Identifier: Apache-2.0
 * keys_fuzz.c - any bytes from a terminal, in any pieces: keys, an edited line that stays UTF-8, rows that fit. */
#include <stdlib.h>
#include <string.h>
#include "main/edit.h"
#include "main/wrap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void press(edit *e, const key *k) {
    if (k->kind == KEY_UP) edit_line_up(e);
    else if (k->kind == KEY_DOWN) edit_line_down(e);
    else edit_key(e, k);
    text t = e->text.n ? buf_text(&e->text) : (text){ "", 0 };
    if (t.n > EDIT_MAX || e->at > t.n) abort();
    if (e->at < t.n && ((unsigned char)t.p[e->at] & 0xc0) == 0x80) abort();
}

static void lay(text t, int width, int indent) {
    wrap w;
    buf out = { 0 };
    wrap_begin(&w, width, indent, indent);
    wrap_add(&w, t, &out);
    if (w.col > w.width) abort();
    bool joined = text_find(t, "\xE2\x80\x8D") >= 0;         /* an emoji of many parts may be wider than a row */
    for (text rest = out.n && !joined ? buf_text(&out) : (text){ "", 0 }; rest.n;) {
        text row = text_cut(&rest, '\n');
        if ((int)text_width(row) > w.width + 8) abort();
    }
    size_t seen = 0, had = 0;                       /* nothing but white space comes or goes */
    for (size_t i = 0; i < out.n; i++) seen += !strchr(" \r\n\t", out.p[i]);
    for (size_t i = 0; i < t.n; i++) had += !strchr(" \r\n\t", t.p[i]);
    if (seen != had) abort();
    buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    size_t piece = 1 + data[0] % 16;
    int width = data[1] % 40;
    keys k = { 0 };
    edit e = { 0 };
    for (size_t at = 2; at < size; at += piece) {
        size_t n = size - at < piece ? size - at : piece;
        key one;
        keys_add(&k, (text){ (const char *)data + at, n });
        while (keys_next(&k, false, &one)) press(&e, &one);
    }
    key one;
    while (keys_next(&k, true, &one)) press(&e, &one);
    text t = e.text.n ? buf_text(&e.text) : (text){ "", 0 };
    if (!text_is_utf8(t)) abort();
    lay(t, width, data[1] / 40);
    for (size_t i = 0; i < t.n;) {                  /* forwards and back meet at the same places */
        size_t next = edit_next(t, i);
        if (next <= i || (t.n < 4000 && edit_back(t, next) != i)) abort();
        i = next;
    }
    keys_release(&k);
    edit_release(&e);
    return 0;
}
