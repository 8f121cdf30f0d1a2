/* SPDX-License-Identifier: Apache-2.0
 * edit.h - the line being written: text, cursor, what was cut. Knows no terminal. One thread. */
#ifndef MAIN_EDIT_H
#define MAIN_EDIT_H
#include "main/keys.h"

enum { EDIT_MAX = 1 << 20 };       /* bytes of one message */

typedef struct {
    buf text;                      /* UTF-8, newlines inside               */
    size_t at;                     /* cursor: a byte offset between characters */
    buf cut;                       /* for yank                             */
} edit;                            /* { 0 } is empty. edit_release() it    */

/* Do what `k` does to a line: insert, move, delete, cut, yank. False when this key is not the editor's. */
bool edit_key(edit *e, const key *k);
/* Up or down inside a message of several lines; false when there is no line there (then it is history's). */
bool edit_line_up(edit *e);
bool edit_line_down(edit *e);
void edit_insert(edit *e, text t);
void edit_set(edit *e, text t);    /* replace all; the cursor goes to the end */
void edit_wipe(edit *e);           /* empty, and nothing of it left in memory */
void edit_release(edit *e);

/* The next and previous place a cursor may stand: a letter with its accents, an emoji with its parts, is one. */
size_t edit_next(text t, size_t at);
size_t edit_back(text t, size_t at);

#endif
