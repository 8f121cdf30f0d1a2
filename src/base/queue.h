/* SPDX-License-Identifier: Apache-2.0
 * queue.h - messages between threads: a bounded line of pointers, first in, first out. Any thread.
 *
 * Whoever takes an item out owns it. A full queue says so (queue_try) or makes the sender wait (queue_push): nothing
 * in the house grows without bound because somebody else is slow. */
#ifndef BASE_QUEUE_H
#define BASE_QUEUE_H
#include <stdbool.h>
#include <stddef.h>

typedef struct queue queue;

/* Holds at most `most` (>= 1) items. Owner: queue_free(), when it is empty and nobody waits on it. */
queue *queue_new(size_t most);
void queue_free(queue *q);

/* Put `item` (not NULL; taken on success) at the end. False when full or closed: the item is still the caller's. */
bool queue_try(queue *q, void *item);
/* The same, waiting for room. False only when closed. */
bool queue_push(queue *q, void *item);

/* The first item, waiting up to `wait_ms` (-1: as long as it takes, 0: not at all). NULL: none came, or the queue
 * is closed and empty. */
void *queue_pop(queue *q, int wait_ms);

/* No more items go in; what is inside can still be taken out; everybody who waits wakes up. */
void queue_close(queue *q);

size_t queue_len(queue *q);

#endif
