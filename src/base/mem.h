/* SPDX-License-Identifier: Apache-2.0
 * mem.h - memory: small things of ours abort when there is none, big or foreign things say so.
 *
 * All blocks are released with free(). Any thread. */
#ifndef BASE_MEM_H
#define BASE_MEM_H
#include <stddef.h>

/* Zeroed count * size bytes, owned. Aborts on exhaustion: for small blocks of our own sizing. */
void *mem_new(size_t count, size_t size);

/* The same, or NULL: for big blocks and sizes that come from outside. */
void *mem_try(size_t count, size_t size);

/* `p` resized to count * size bytes (new bytes are garbage); aborts on exhaustion. `p` is taken. */
void *mem_grow(void *p, size_t count, size_t size);

/* `n` bytes of `p` copied, with a NUL after them; owned. */
char *mem_text(const char *p, size_t n);

/* For tests: let the n-th mem_try() from now (1 = the next) return NULL, once. 0 switches it off.
 * mem_fail_hit() says whether it did. This thread only. */
void mem_fail_at(long n);
int mem_fail_hit(void);

#endif
