/* SPDX-License-Identifier: Apache-2.0
 * mem.c - see mem.h. */
#include "base/mem.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local long fail_countdown;   /* 0: off; see mem_fail_at() */
static _Thread_local int fail_was_hit;

void mem_fail_at(long n) {
    fail_countdown = n;
    fail_was_hit = 0;
}

int mem_fail_hit(void) { return fail_was_hit; }

void *mem_try(size_t count, size_t size) {
    if (fail_countdown > 0 && --fail_countdown == 0) {
        fail_was_hit = 1;
        return NULL;
    }
    return calloc(count ? count : 1, size ? size : 1);
}

void *mem_new(size_t count, size_t size) {
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p) abort();
    return p;
}

void *mem_grow(void *p, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) abort();
    p = realloc(p, count && size ? count * size : 1);
    if (!p) abort();
    return p;
}

char *mem_text(const char *p, size_t n) {
    char *s = mem_new(n + 1, 1);
    if (n) memcpy(s, p, n);
    return s;
}
