/* SPDX-License-Identifier: Apache-2.0
 * wrap.h - words laid into rows of a given width, as they come. One thread. */
#ifndef MAIN_WRAP_H
#define MAIN_WRAP_H
#include "base/text.h"

typedef struct {
    int width;          /* columns a row may fill, >= 4                         */
    int indent;         /* columns every row but the first begins with          */
    int col;            /* columns filled in this row                           */
    int gap;            /* spaces that go before the next word, if it fits      */
    bool kept;          /* leading spaces of this row are the writer's: keep    */
} wrap;

/* Begin a paragraph whose first row has `col` columns filled already. Thereafter every row begins with `indent`. */
void wrap_begin(wrap *w, int width, int indent, int col);

/* Lay `t` (UTF-8 without control characters but newline and tab; whole words) into rows: text, "\r\n" and indents are
 * appended to *out. A word longer than a row is broken; between wide characters a row may end. */
void wrap_add(wrap *w, text t, buf *out);

#endif
