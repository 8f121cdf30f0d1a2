/* SPDX-License-Identifier: Apache-2.0
 * arena.h - memory with one lifetime: a turn's work is dropped in one stroke at its end.
 *
 * Everything an arena hands out is borrowed until arena_reset() or arena_release().
 * One thread at a time. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stdarg.h>
#include <stddef.h>
#include "base/text.h"

typedef struct arena_block arena_block;
typedef struct { arena_block *top; } arena;   /* { 0 } is a valid, empty arena */

/* Zeroed bytes, aligned for anything. Aborts on exhaustion. */
void *arena_new(arena *a, size_t count, size_t size);

/* `t` copied, with a NUL after it. */
text arena_text(arena *a, text t);
char *arena_str(arena *a, const char *p, size_t n);

/* printf into the arena. */
text arena_format(arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Forget everything; keeps one block for the next turn. */
void arena_reset(arena *a);
/* Give everything back; the arena is { 0 } again. */
void arena_release(arena *a);

#endif
