/* SPDX-License-Identifier: Apache-2.0
 * screen.h - a terminal as a transcript that scrolls away upwards, and a dock below it: a quiet line and the line being
 * written. Main thread.
 *
 * Nothing reaches the terminal but through here, and no control character that is not ours. Changes are collected and
 * drawn by screen_show(). On a terminal that cannot move its cursor (TERM=dumb) there is no dock: text goes out as is
 * and lines come in as the terminal edits them. */
#ifndef MAIN_SCREEN_H
#define MAIN_SCREEN_H
#include <termios.h>
#include "base/fail.h"
#include "main/wrap.h"

enum { SCREEN_DOCK_ROWS = 256 };

typedef enum { STYLE_HERS, STYLE_MINE, STYLE_SYSTEM } style;

typedef struct {
    bool plain, colour;
    int cols, rows;
    struct termios was;                       /* as we found it                                        */
    bool raw;
    buf out;                                  /* not yet written                                       */
    wrap para; bool para_open; style para_style;
    bool any;                                 /* something stands above                                */
    /* the dock: what it should show, and where what it shows stands */
    buf status, input; const char *prompt;    /* prompt: static                                        */
    size_t cursor; bool secret;
    bool drawn, stale;
    int row_cols[SCREEN_DOCK_ROWS], n_row;    /* columns filled in each row drawn                      */
    int at_row, at_col;                       /* the cursor, from the dock's first row                 */
} screen;

/* Take the terminal on standard input and output. Errors: ERR_IO. Owner: screen_close(), which gives it back. */
int screen_open(screen *s, bool colour, fail *why);
void screen_close(screen *s);
/* Give the terminal back for a while, and take it again. */
void screen_leave(screen *s);
void screen_return(screen *s);

/* A paragraph of the transcript: opened, added to word by word, ended. Text may be anything. */
void screen_begin(screen *s, style st);
void screen_add(screen *s, text words);
void screen_end(screen *s);
void screen_say(screen *s, style st, text words);        /* all three */

/* What the dock shows. `prompt` is static. A secret input is not shown. Copied. */
void screen_dock(screen *s, const char *prompt, text input, size_t cursor, bool secret);
void screen_status(screen *s, text status);              /* "" : none */

/* Draw what has changed. */
void screen_show(screen *s);
/* The window has another size now. */
void screen_resize(screen *s);
/* Clear what can be seen; with `all` what has scrolled away too. */
void screen_clear(screen *s, bool all);

#endif
