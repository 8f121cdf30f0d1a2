/* SPDX-License-Identifier: Apache-2.0
 * pace.c - a reply unfolds.
 *
 * DESIGN      The gap between words is what is left of the allowance divided by the words that wait, and never more than
 *             GAP_US. So a short reply takes as long as it takes to read its first words, a long one flies, and the
 *             allowance is a bound on what is added to the whole reply. */
#include "main/pace.h"
#include <string.h>

enum { STALL_US = 120000,        /* half a word that long alone is shown as it is */
       GAP_US = 45000 };         /* 22 words a second: faster than anyone reads, slow enough to be seen as speech */

void pace_add(pace *p, text words, int64_t now_us) {
    if (p->at == p->held.n) {
        buf_clear(&p->held);
        p->at = 0;
    }
    if (!p->first_us) p->first_us = p->due_us = now_us;
    p->came_us = now_us;
    buf_add(&p->held, words);
}

void pace_whole(pace *p) { p->whole = true; }
bool pace_holds(const pace *p) { return p->at < p->held.n; }

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

/* The end of the word (with the spaces before it) that begins at `from`; held.n when it may not be whole yet. */
static size_t word_end(const pace *p, size_t from) {
    size_t i = from;
    while (i < p->held.n && is_space(p->held.p[i])) i++;
    while (i < p->held.n && !is_space(p->held.p[i])) i++;
    return i;
}

static bool word_ready(const pace *p, int64_t now_us, size_t *end) {
    *end = word_end(p, p->at);
    return *end < p->held.n || (p->at < p->held.n && (p->whole || now_us >= p->came_us + STALL_US));
}

static int64_t gap_us(const pace *p, int64_t now_us) {
    int64_t left = p->first_us + p->most_ms * 1000LL - now_us, n = 0;
    for (size_t i = p->at; i < p->held.n; i = word_end(p, i)) n++;
    if (left <= 0 || n == 0 || p->hurry) return 0;
    return left / n < GAP_US ? left / n : GAP_US;
}

text pace_take(pace *p, int64_t now_us) {
    size_t from = p->at, end;
    while (word_ready(p, now_us, &end) && now_us >= p->due_us) {
        p->at = end;
        int64_t gap = gap_us(p, now_us);
        p->due_us = (gap ? p->due_us : now_us) + gap;
        if (p->due_us < now_us - GAP_US) p->due_us = now_us;       /* waited for the house, not for us */
    }
    return (text){ p->held.p ? p->held.p + from : "", p->at - from };
}

text pace_rest(pace *p) {
    text t = { p->held.p ? p->held.p + p->at : "", p->held.n - p->at };
    p->at = p->held.n;
    p->hurry = p->first_us != 0;
    p->due_us = 0;
    return t;
}

int pace_wait_ms(const pace *p, int64_t now_us) {
    size_t end;
    if (!pace_holds(p)) return -1;
    int64_t at = word_ready(p, now_us, &end) ? p->due_us : p->came_us + STALL_US;
    return at <= now_us ? 0 : (int)((at - now_us + 999) / 1000);
}

void pace_reset(pace *p) {
    if (p->held.p) explicit_bzero(p->held.p, p->held.cap);
    buf_clear(&p->held);
    p->at = 0;
    p->first_us = p->due_us = 0;
    p->whole = p->hurry = false;
}

void pace_release(pace *p) {
    pace_reset(p);
    buf_release(&p->held);
}
