/* SPDX-License-Identifier: Apache-2.0
 * keys.h - bytes from a terminal become keys. One thread. */
#ifndef MAIN_KEYS_H
#define MAIN_KEYS_H
#include "base/text.h"

typedef enum {
    KEY_TEXT,                     /* typed: one character                                */
    KEY_PASTE,                    /* pasted: any length, newlines inside                 */
    KEY_ENTER, KEY_NEWLINE, KEY_TAB,
    KEY_LEFT, KEY_RIGHT, KEY_UP, KEY_DOWN, KEY_HOME, KEY_END, KEY_WORD_LEFT, KEY_WORD_RIGHT,
    KEY_BACKSPACE, KEY_DELETE, KEY_KILL_LEFT, KEY_KILL_RIGHT, KEY_KILL_WORD_LEFT, KEY_KILL_WORD_RIGHT, KEY_YANK,
    KEY_CLEAR, KEY_INTERRUPT, KEY_EOF, KEY_SUSPEND, KEY_ESC
} key_kind;

typedef struct {
    key_kind kind;
    text text;                    /* KEY_TEXT, KEY_PASTE; borrowed until the next keys_next() */
    bool cut;                     /* a paste longer than KEYS_PASTE_MAX: its end is missing   */
} key;

enum { KEYS_PASTE_MAX = 1 << 20, KEYS_ESC_MS = 60 };

typedef struct {
    buf in; size_t at;            /* bytes not yet understood              */
    bool pasting;
    buf paste; bool cut;          /* what has come of a paste              */
} keys;                           /* { 0 } is ready. keys_release() it     */

void keys_add(keys *k, text bytes);
/* The next key. False when there is none (yet). With `no_more` (nothing came for KEYS_ESC_MS) an escape byte that was
 * waiting for company is the Esc key. */
bool keys_next(keys *k, bool no_more, key *out);
/* Is an escape sequence unfinished? Then look again after KEYS_ESC_MS. */
bool keys_waits(const keys *k);
void keys_release(keys *k);

#endif
