/* SPDX-License-Identifier: Apache-2.0
 * arena.c - see arena.h. A list of growing blocks; the newest is cut from its front. */
#include "base/arena.h"
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

enum { FIRST_BLOCK = 16 * 1024 };

struct arena_block {
    arena_block *below;   /* older block, owned                    */
    size_t size, used;    /* bytes of data, bytes handed out       */
    alignas(max_align_t) unsigned char data[];
};

static arena_block *block_new(arena_block *below, size_t need) {
    size_t size = below ? below->size * 2 : FIRST_BLOCK;
    if (size > (size_t)1 << 20) size = (size_t)1 << 20;
    if (size < need) size = need;
    arena_block *b = mem_new(1, sizeof *b + size);
    b->below = below;
    b->size = size;
    return b;
}

void *arena_new(arena *a, size_t count, size_t size) {
    if (size && count > (SIZE_MAX - 64) / size) abort();
    size_t need = (count * size + sizeof(max_align_t) - 1) & ~(sizeof(max_align_t) - 1);
    if (!a->top || a->top->size - a->top->used < need) a->top = block_new(a->top, need);
    void *p = a->top->data + a->top->used;
    a->top->used += need;
    memset(p, 0, need);
    return p;
}

char *arena_str(arena *a, const char *p, size_t n) {
    char *s = arena_new(a, n + 1, 1);
    if (n) memcpy(s, p, n);
    return s;
}

text arena_text(arena *a, text t) { return (text){ arena_str(a, t.p, t.n), t.n }; }

text arena_format(arena *a, const char *fmt, ...) {
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    size_t len = n > 0 ? (size_t)n : 0;
    char *s = arena_new(a, len + 1, 1);
    vsnprintf(s, len + 1, fmt, again);
    va_end(again);
    return (text){ s, len };
}

void arena_reset(arena *a) {
    while (a->top && a->top->below) {
        arena_block *below = a->top->below;
        free(a->top);
        a->top = below;
    }
    if (a->top) a->top->used = 0;
}

void arena_release(arena *a) {
    while (a->top) {
        arena_block *below = a->top->below;
        free(a->top);
        a->top = below;
    }
}
