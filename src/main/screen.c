/* SPDX-License-Identifier: Apache-2.0
 * screen.c - the transcript above, the dock below.
 *
 * DESIGN      No full-screen mode: her words stay in the terminal's own scrollback, where people look for them, until
 *             they clear it. To add to the transcript the dock is erased, the text written, the dock drawn again, all
 *             in one write. The last column is never filled, so no terminal's idea of pending wrap matters.
 *                  row of the open paragraph ...she says|          <- para.col
 *                  quiet line                                      <- the dock's first row
 *                  > what is being wri|ten                         <- at_row, at_col
 * INVARIANTS  (1) While `drawn`, the cursor stands at (at_row, at_col) of the dock.
 *             (2) While not `drawn`, it stands where the next text of the transcript goes.
 * SOURCE      ECMA-48: CUU, CHA, ED, SGR. xterm: ED 3 (scrollback), 2004 (bracketed paste). */
#include "main/screen.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "main/edit.h"

enum { COLS_LEAST = 8, ROWS_LEAST = 3, AIRY_ROWS = 12 };   /* so many rows have room for empty ones */

/* ---- the terminal ------------------------------------------------------------------------------------------------- */
static void measure(screen *s) {
    struct winsize w;
    s->cols = 80;
    s->rows = 24;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0 && w.ws_row > 0) {
        s->cols = w.ws_col;
        s->rows = w.ws_row;
    }
    if (s->cols < COLS_LEAST) s->cols = COLS_LEAST;
    if (s->rows < ROWS_LEAST) s->rows = ROWS_LEAST;
}

static void write_out(screen *s) {
    for (size_t at = 0; at < s->out.n;) {
        ssize_t n = write(STDOUT_FILENO, s->out.p + at, s->out.n - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        at += (size_t)n;
    }
    if (s->out.p) explicit_bzero(s->out.p, s->out.cap);
    buf_clear(&s->out);
}

static void take(screen *s) {
    if (s->plain || s->raw) return;
    struct termios t = s->was;
    t.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
    t.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &t);
    s->raw = true;
    buf_str(&s->out, "\x1b[?2004h");
}

int screen_open(screen *s, bool colour, fail *why) {
    *s = (screen){ .prompt = "" };
    if (tcgetattr(STDIN_FILENO, &s->was) != 0) return fail_set(why, ERR_IO, "no terminal: %s", strerror(errno));
    const char *term = getenv("TERM"), *none = getenv("NO_COLOR");
    s->plain = !term || !*term || strcmp(term, "dumb") == 0;
    s->colour = colour && !s->plain && !(none && *none);
    measure(s);
    take(s);
    return 0;
}

/* Where the terminal edits the line, it must be told to keep a secret. */
static void echo(screen *s, bool on) {
    struct termios t = s->was;
    if (!on) t.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &t);
}

static void sgr(screen *s, const char *code) {
    if (s->colour) buf_format(&s->out, "\x1b[%sm", code);
}

/* ---- the dock -------------------------------------------------------------------------------------------------------- */
static void erase_dock(screen *s) {
    if (!s->drawn) return;
    buf_char(&s->out, '\r');
    if (s->at_row > 0) buf_format(&s->out, "\x1b[%dA", s->at_row);
    buf_str(&s->out, "\x1b[J");
    if (s->para_open) buf_format(&s->out, "\x1b[A\x1b[%dG", s->para.col + 1);
    s->drawn = false;
}

void screen_leave(screen *s) {
    erase_dock(s);
    if (s->para_open) screen_end(s);
    if (s->raw) {
        buf_str(&s->out, "\x1b[?2004l");
        write_out(s);
        tcsetattr(STDIN_FILENO, TCSADRAIN, &s->was);
        s->raw = false;
    }
    if (s->plain && s->secret) echo(s, true);
    s->secret = false;
    write_out(s);
}

void screen_return(screen *s) {
    measure(s);
    take(s);
    s->stale = true;
}

void screen_close(screen *s) {
    screen_leave(s);
    if (s->input.p) explicit_bzero(s->input.p, s->input.cap);
    buf_release(&s->out);
    buf_release(&s->status);
    buf_release(&s->input);
}

void screen_dock(screen *s, const char *prompt, text input, size_t cursor, bool secret) {
    s->prompt = prompt;
    if (s->input.p) explicit_bzero(s->input.p, s->input.cap);
    buf_clear(&s->input);
    if (!secret) buf_add(&s->input, input);
    s->cursor = secret ? 0 : cursor;
    if (s->plain && secret != s->secret) echo(s, !secret);
    s->secret = secret;
    s->stale = true;
}

void screen_status(screen *s, text status) {
    if (s->plain && s->para_open) return;        /* a line by itself, so not in the middle of a reply */
    buf clean = { 0 };
    text_clean(status, &clean);
    for (size_t i = 0; i < clean.n; i++)
        if (clean.p[i] == '\n' || clean.p[i] == '\t') clean.p[i] = ' ';
    bool same = text_eq(buf_text(&clean), buf_text(&s->status));
    if (!same) {
        buf_clear(&s->status);
        buf_add(&s->status, buf_text(&clean));
        s->stale = true;
        if (s->plain && s->status.n) screen_say(s, STYLE_SYSTEM, buf_text(&s->status));
    }
    buf_release(&clean);
}

/* As much of `t` as fits `cols`, with "…" when some is left out. Returns the columns taken. */
static int put_cut(screen *s, text t, int cols) {
    int whole = (int)text_width(t), used = 0;
    for (size_t at = 0, next; at < t.n; at = next) {
        next = edit_next(t, at);
        int c = (int)text_width((text){ t.p + at, next - at });
        if (used + c > (whole > cols ? cols - 1 : cols)) {
            buf_str(&s->out, "\xE2\x80\xA6");
            return used + 1;
        }
        buf_add(&s->out, (text){ t.p + at, next - at });
        used += c;
    }
    return used;
}

/* The input cut into rows: row r is input[from[r] .. from[r + 1]). At most SCREEN_DOCK_ROWS around the cursor count. */
typedef struct { size_t from, to; int cols; } input_row;

/* Lay the input out from row to row; calls back for each. Returns the number of rows. */
static int lay_input(const screen *s, input_row *rows, int most, int *at_row, int *at_col) {
    text t = buf_text(&s->input);
    int indent = (int)text_width(text_of(s->prompt)), width = s->cols - 1, n = 0;
    input_row row = { 0, 0, indent };
    *at_row = *at_col = -1;
    for (size_t at = 0;; ) {
        size_t next = edit_next(t, at);
        bool newline = at < t.n && t.p[at] == '\n';
        int c = at < t.n && !newline ? (int)text_width((text){ t.p + at, next - at }) : 0;
        if (at < t.n && t.p[at] == '\t') c = 1;
        bool full = row.cols + c > width;
        if (full) {
            row.to = at;
            rows[n++ % most] = row;
            row = (input_row){ at, at, indent };
        }
        if (at == s->cursor) *at_row = n, *at_col = row.cols;
        if (at >= t.n || newline) {
            row.to = at;
            rows[n++ % most] = row;
            if (at >= t.n) return n;
            row = (input_row){ next, next, indent };
        }
        row.cols += c;
        at = next;
        if (*at_row >= 0 && n - *at_row >= most / 2 && n >= most) return n;     /* the rest is below the window */
    }
}

static void put_row(screen *s, text t) {
    for (size_t i = 0; i < t.n; i++) buf_char(&s->out, t.p[i] == '\t' ? ' ' : t.p[i]);
}

static void row_drawn(screen *s, int cols) {
    if (s->n_row < SCREEN_DOCK_ROWS) s->row_cols[s->n_row++] = cols;
}

static void draw_status(screen *s) {
    if (!s->status.n) return;
    sgr(s, "2");
    row_drawn(s, put_cut(s, buf_text(&s->status), s->cols - 1));
    sgr(s, "0");
    buf_str(&s->out, "\r\n");
}

static void draw_dock(screen *s) {
    static input_row rows[SCREEN_DOCK_ROWS];
    int most = s->rows - 2 < SCREEN_DOCK_ROWS - 1 ? s->rows - 2 : SCREEN_DOCK_ROWS - 1, at_row, at_col;
    if (most < 1) most = 1;
    int n = lay_input(s, rows, most, &at_row, &at_col);
    int first = n > most ? n - most : 0;
    if (at_row < first) at_row = first;
    if (s->para_open) buf_str(&s->out, "\r\n");
    s->n_row = 0;
    draw_status(s);
    int status_rows = s->n_row;
    for (int i = first; i < n; i++) {
        const input_row *r = &rows[i % most];
        if (i > first) buf_str(&s->out, "\r\n");
        if (i == 0) {
            sgr(s, "2");
            buf_str(&s->out, s->prompt);
            sgr(s, "0");
        } else
            for (size_t k = text_width(text_of(s->prompt)); k > 0; k--) buf_char(&s->out, ' ');
        put_row(s, (text){ s->input.p ? s->input.p + r->from : "", r->to - r->from });
        row_drawn(s, r->cols);
    }
    if (n - 1 > at_row) buf_format(&s->out, "\x1b[%dA", n - 1 - at_row);
    buf_format(&s->out, "\r\x1b[%dG", at_col + 1);
    s->at_row = status_rows + at_row - first;
    s->at_col = at_col;
    s->drawn = true;
}

void screen_show(screen *s) {
    if (!s->plain && (s->stale || !s->drawn)) {
        erase_dock(s);
        draw_dock(s);
    }
    s->stale = false;
    if (s->out.n) write_out(s);
}

/* ---- the transcript ------------------------------------------------------------------------------------------------------ */
static const struct { const char *lead, *on; } LOOKS[] = {
    [STYLE_HERS] = { "", NULL }, [STYLE_MINE] = { "\xE2\x80\xBA ", "2" }, [STYLE_SYSTEM] = { "\xC2\xB7 ", "2" },
};

void screen_begin(screen *s, style st) {
    if (s->para_open) screen_end(s);
    erase_dock(s);
    int lead = (int)text_width(text_of(LOOKS[st].lead));
    if (st == STYLE_MINE && s->any && s->rows >= AIRY_ROWS) buf_str(&s->out, "\r\n");
    s->para_open = s->any = true;
    s->para_style = st;
    wrap_begin(&s->para, s->cols - 1, lead, lead);
    if (LOOKS[st].on) sgr(s, LOOKS[st].on);
    buf_str(&s->out, LOOKS[st].lead);
    if (LOOKS[st].on) sgr(s, "0");
}

void screen_add(screen *s, text words) {
    buf clean = { 0 };
    if (!s->para_open) screen_begin(s, STYLE_HERS);
    erase_dock(s);
    text_clean(words, &clean);
    bool dim = s->para_style == STYLE_SYSTEM;
    if (dim) sgr(s, "2");
    wrap_add(&s->para, buf_text(&clean), &s->out);
    if (dim) sgr(s, "0");
    buf_release(&clean);
}

void screen_end(screen *s) {
    if (!s->para_open) return;
    erase_dock(s);
    s->para_open = false;
    buf_str(&s->out, "\r\n");
}

void screen_say(screen *s, style st, text words) {
    screen_begin(s, st);
    screen_add(s, words);
    screen_end(s);
}

/* Terminals lay long rows anew when they get narrower: the dock may stand lower than it was drawn. */
void screen_resize(screen *s) {
    if (s->plain) return;
    measure(s);
    if (s->drawn) {
        int above = s->at_col / s->cols;
        for (int i = 0; i < s->at_row && i < s->n_row; i++) above += s->row_cols[i] > 0 ? (s->row_cols[i] - 1) / s->cols + 1 : 1;
        buf_char(&s->out, '\r');
        if (above > 0) buf_format(&s->out, "\x1b[%dA", above);
        buf_str(&s->out, "\x1b[J");
        s->drawn = false;
        if (s->para_open) wrap_begin(&s->para, s->cols - 1, s->para.indent, 0);
    } else s->para.width = s->cols - 1;
    s->stale = true;
}

void screen_clear(screen *s, bool all) {
    if (s->plain) return;
    s->drawn = s->para_open = s->any = false;
    buf_str(&s->out, all ? "\x1b[H\x1b[2J\x1b[3J" : "\x1b[H\x1b[2J");
    s->stale = true;
}
