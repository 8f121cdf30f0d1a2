/* SPDX-License-Identifier: Apache-2.0
 * queue.c - a ring of pointers under one lock.
 *
 * DESIGN      A lock and two conditions rather than something lock-free: an item here is a whole message or a whole
 *             turn, never a token, so the lock is taken some thousand times a second at the very most.
 * INVARIANTS  (1) n <= most; the items are ring[first .. first + n), modulo most.
 *             (2) Once closed, n only falls. */
#include "base/queue.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include "base/mem.h"

struct queue {
    pthread_mutex_t lock;      /* guards everything below                  */
    pthread_cond_t came, went; /* an item came; an item went, or it closed */
    void **ring;               /* [most]                                   */
    size_t most, first, n;
    bool closed;
};

queue *queue_new(size_t most) {
    assert(most >= 1);
    queue *q = mem_new(1, sizeof *q);
    q->ring = mem_new(most, sizeof *q->ring);
    q->most = most;
    pthread_mutex_init(&q->lock, NULL);
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&q->came, &steady);
    pthread_cond_init(&q->went, &steady);
    pthread_condattr_destroy(&steady);
    return q;
}

void queue_free(queue *q) {
    if (!q) return;
    assert(q->n == 0);
    pthread_cond_destroy(&q->came);
    pthread_cond_destroy(&q->went);
    pthread_mutex_destroy(&q->lock);
    free(q->ring);
    free(q);
}

/* With the lock held and room inside. */
static void put(queue *q, void *item) {
    q->ring[(q->first + q->n) % q->most] = item;
    q->n++;
    pthread_cond_signal(&q->came);
}

bool queue_try(queue *q, void *item) {
    assert(item);
    pthread_mutex_lock(&q->lock);
    bool fits = !q->closed && q->n < q->most;
    if (fits) put(q, item);
    pthread_mutex_unlock(&q->lock);
    return fits;
}

bool queue_push(queue *q, void *item) {
    assert(item);
    pthread_mutex_lock(&q->lock);
    while (!q->closed && q->n == q->most) pthread_cond_wait(&q->went, &q->lock);
    bool open = !q->closed;
    if (open) put(q, item);
    pthread_mutex_unlock(&q->lock);
    return open;
}

static struct timespec in_ms(int ms) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

void *queue_pop(queue *q, int wait_ms) {
    struct timespec until = in_ms(wait_ms > 0 ? wait_ms : 0);
    void *item = NULL;
    pthread_mutex_lock(&q->lock);
    while (q->n == 0 && !q->closed && wait_ms != 0) {
        if (wait_ms < 0) pthread_cond_wait(&q->came, &q->lock);
        else if (pthread_cond_timedwait(&q->came, &q->lock, &until) != 0) break;
    }
    if (q->n) {
        item = q->ring[q->first];
        q->first = (q->first + 1) % q->most;
        q->n--;
        pthread_cond_signal(&q->went);
    }
    pthread_mutex_unlock(&q->lock);
    return item;
}

void queue_close(queue *q) {
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->came);
    pthread_cond_broadcast(&q->went);
    pthread_mutex_unlock(&q->lock);
}

size_t queue_len(queue *q) {
    pthread_mutex_lock(&q->lock);
    size_t n = q->n;
    pthread_mutex_unlock(&q->lock);
    return n;
}
