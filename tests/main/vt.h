/* SPDX-License-Identifier: Apache-2.0
 * vt.h - a terminal for tests: a pseudo-terminal with a program on it, and a screen of what it has drawn. It knows the
 * few control sequences ours may use and fails the test at any other. */
#ifndef VT_H
#define VT_H
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/text.h"
#include "test.h"

enum { VT_ROWS = 60, VT_COLS = 160, VT_WAIT_MS = 15000 };
typedef struct {
    int fd; pid_t pid;
    int rows, cols, row, col;
    char cell[VT_ROWS][VT_COLS][16];      /* one cluster; "" blank; "\1" the right half of a wide one */
    int n_gone;                           /* rows that have scrolled away */
    bool cleared;                         /* ED 3 was seen: the scrollback is gone */
    buf raw;                              /* everything that came */
    char seq[40]; int n_seq;              /* a sequence not yet whole */
    char utf[4]; int n_utf;
    bool ended;
} vt;

static inline int64_t vt_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static inline void vt_blank(vt *v, int r, int from) {
    for (int c = from; c < VT_COLS; c++) v->cell[r][c][0] = '\0';
}
static inline void vt_down(vt *v) {
    if (++v->row < v->rows) return;
    v->row = v->rows - 1;
    memmove(v->cell[0], v->cell[1], sizeof v->cell[0] * (size_t)(v->rows - 1));
    vt_blank(v, v->rows - 1, 0);
    v->n_gone++;
}
static inline void vt_put(vt *v, const char *p, int n) {
    uint32_t cp;
    text_next((text){ p, (size_t)n }, &cp);
    int w = text_cp_width(cp);
    char *before = v->col > 0 ? v->cell[v->row][v->col - 1] : NULL;
    if (before && *before == '\1' && v->col > 1) before = v->cell[v->row][v->col - 2];
    bool joins = w == 0 || (before && strlen(before) >= 3 && memcmp(before + strlen(before) - 3, "\xE2\x80\x8D", 3) == 0);
    if (joins && before && strlen(before) + (size_t)n < 16) {
        strncat(before, p, (size_t)n);
        return;
    }
    CHECK(v->col + w <= v->cols);                   /* ours never writes past the edge */
    snprintf(v->cell[v->row][v->col], 16, "%.*s", n, p);
    if (w == 2) strcpy(v->cell[v->row][v->col + 1], "\1");
    v->col += w;
}

static inline void vt_sequence(vt *v) {
    char final = v->seq[v->n_seq - 1];
    int a = v->n_seq > 2 ? atoi(v->seq + 1) : 0;
    if (v->seq[1] == '?') CHECK(strcmp(v->seq, "[?2004h") == 0 || strcmp(v->seq, "[?2004l") == 0);
    else if (final == 'm') return;
    else if (final == 'A') v->row = v->row - (a ? a : 1) < 0 ? 0 : v->row - (a ? a : 1);
    else if (final == 'G') v->col = a ? a - 1 : 0;
    else if (final == 'H') v->row = v->col = 0;
    else if (final == 'J' && a == 3) v->cleared = true;
    else if (final == 'J') {
        if (a == 2) for (int r = 0; r < v->rows; r++) vt_blank(v, r, 0);
        vt_blank(v, v->row, v->col);
        for (int r = v->row + 1; r < v->rows; r++) vt_blank(v, r, 0);
    } else {
        fprintf(stderr, "a sequence that is not ours: ESC %s\n", v->seq);
        exit(1);
    }
}

static inline void vt_byte(vt *v, char b) {
    unsigned char c = (unsigned char)b;
    if (v->n_seq || v->seq[0] == 27) {
        if (v->n_seq == 0) CHECK(b == '[');
        CHECK(v->n_seq < 30);
        v->seq[v->n_seq++] = b;
        v->seq[v->n_seq] = '\0';
        if (v->n_seq > 1 && c >= 0x40 && c <= 0x7e) {
            vt_sequence(v);
            v->n_seq = 0;
            v->seq[0] = '\0';
        }
    } else if (c == 27) v->seq[0] = 27;
    else if (b == '\r') v->col = 0;
    else if (b == '\n') vt_down(v);
    else if (c < 32 || c == 127) {
        fprintf(stderr, "a control character that is not ours: %02x\n", c);
        exit(1);
    } else {
        v->utf[v->n_utf++] = b;
        int want = (unsigned char)v->utf[0] < 0xc0 ? 1 : (unsigned char)v->utf[0] < 0xe0 ? 2 : (unsigned char)v->utf[0] < 0xf0 ? 3 : 4;
        if (v->n_utf < want) return;
        vt_put(v, v->utf, v->n_utf);
        v->n_utf = 0;
    }
}

/* Read what is there, waiting up to `ms` for something. False when nothing came. */
static inline bool vt_read(vt *v, int ms) {
    struct pollfd p = { v->fd, POLLIN, 0 };
    if (v->ended || poll(&p, 1, ms) != 1) return false;
    char block[8192];
    ssize_t n = read(v->fd, block, sizeof block);
    if (n <= 0) {
        v->ended = true;
        return false;
    }
    buf_add(&v->raw, (text){ block, (size_t)n });
    for (ssize_t i = 0; i < n; i++) vt_byte(v, block[i]);
    return true;
}

/* The screen as text, rows without trailing blanks. Valid until the next call. */
static inline const char *vt_screen(vt *v) {
    static buf b;
    buf_clear(&b);
    buf_str(&b, "");
    for (int r = 0; r < v->rows; r++) {
        size_t keep = b.n;
        for (int c = 0; c < v->cols; c++) {
            const char *cell = v->cell[r][c];
            if (*cell == '\1') continue;
            buf_str(&b, *cell ? cell : " ");
            if (*cell && *cell != ' ') keep = b.n;
        }
        b.n = keep;
        buf_char(&b, '\n');
    }
    while (b.n > 1 && b.p[b.n - 2] == '\n') b.n--;
    b.p[b.n] = '\0';
    return b.p;
}

/* Wait until the screen shows `s`. */
static inline void vt_wait(vt *v, const char *s) {
    int64_t until = vt_ms() + VT_WAIT_MS;
    while (!strstr(vt_screen(v), s)) {
        if (vt_ms() > until || (v->ended && !vt_read(v, 0))) {
            fprintf(stderr, "waited for <%s>, the screen is\n%s\n", s, vt_screen(v));
            exit(1);
        }
        vt_read(v, 50);
    }
}
/* Read until nothing more comes for a while. */
static inline void vt_settle(vt *v) { while (vt_read(v, 70)) continue; }
/* The same, long enough for a lone Esc to be known as one. */
static inline void vt_settle_esc(vt *v) { for (int i = 0; i < 9; i++) vt_settle(v); }
static inline void vt_type(vt *v, const char *s) { CHECK(write(v->fd, s, strlen(s)) == (ssize_t)strlen(s)); }
static inline void vt_size(vt *v, int cols, int rows) {
    struct winsize w = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    for (; v->row >= rows; v->row--) memmove(v->cell[0], v->cell[1], sizeof v->cell[0] * (VT_ROWS - 1));
    for (int r = 0; r < VT_ROWS; r++) vt_blank(v, r, r < rows ? cols : 0);
    v->cols = cols;
    v->rows = rows;
    CHECK(ioctl(v->fd, TIOCSWINSZ, &w) == 0);
}
/* Start `run` on a terminal of its own. */
static inline void vt_start(vt *v, int cols, int rows, int (*run)(void)) {
    struct winsize w = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    buf_release(&v->raw);
    *v = (vt){ .rows = rows, .cols = cols };
    v->pid = forkpty(&v->fd, NULL, NULL, &w);
    CHECK(v->pid >= 0);
    if (v->pid == 0) exit(run());
}
/* Its exit status, once it has ended by itself. */
static inline int vt_end(vt *v) {
    int status;
    int64_t until = vt_ms() + VT_WAIT_MS;
    while (!v->ended && vt_ms() < until) vt_read(v, 100);
    if (!v->ended) {
        fprintf(stderr, "it does not end; the screen is\n%s\n", vt_screen(v));
        kill(v->pid, SIGKILL);
        exit(1);
    }
    CHECK(waitpid(v->pid, &status, 0) == v->pid);
    close(v->fd);
    if (!WIFEXITED(status)) fprintf(stderr, "it ended by signal %d\n", WTERMSIG(status));
    CHECK(WIFEXITED(status));
    return WEXITSTATUS(status);
}
#endif
