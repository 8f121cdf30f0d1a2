/* SPDX-License-Identifier: Apache-2.0
 * queue_test.c - a bounded line of messages between threads, and threads themselves. */
#include "base/queue.h"
#include <signal.h>
#include <stdint.h>
#include "base/thread.h"
#include "test.h"

static void items_come_out_in_the_order_they_went_in(void) {
    queue *q = queue_new(3);
    int a[5];
    CHECK(queue_try(q, &a[0]) && queue_try(q, &a[1]));
    CHECK(queue_pop(q, 0) == &a[0]);
    CHECK(queue_try(q, &a[2]) && queue_try(q, &a[3]));
    for (int i = 1; i <= 3; i++) CHECK(queue_pop(q, 0) == &a[i]);
    CHECK(queue_pop(q, 0) == NULL && queue_pop(q, 1) == NULL);
    queue_free(q);
}

static void a_full_queue_says_so_and_keeps_what_it_has(void) {
    queue *q = queue_new(1);
    int a, b;
    CHECK(queue_try(q, &a) && !queue_try(q, &b));
    CHECK(queue_len(q) == 1 && queue_pop(q, 0) == &a);
    queue_free(q);
}

static void a_closed_queue_takes_nothing_and_gives_out_what_it_held(void) {
    queue *q = queue_new(2);
    int a, b;
    CHECK(queue_push(q, &a));
    queue_close(q);
    CHECK(!queue_push(q, &b) && !queue_try(q, &b));
    CHECK(queue_pop(q, -1) == &a);
    CHECK(queue_pop(q, -1) == NULL);          /* closed and empty: does not wait */
    queue_free(q);
}

enum { SENDERS = 3, EACH = 4000 };
static queue *shared;

static void send_many(void *ctx) {
    for (uintptr_t i = 1; i <= EACH; i++) CHECK(queue_push(shared, (void *)((uintptr_t)ctx * EACH * 2 + i)));
}

static void many_senders_lose_nothing_and_keep_their_own_order(void) {
    shared = queue_new(7);
    thread *t[SENDERS];
    for (uintptr_t i = 0; i < SENDERS; i++) CHECK(thread_start(&t[i], "sender", send_many, (void *)i, NULL) == 0);
    uintptr_t last[SENDERS] = { 0 };
    for (int i = 0; i < SENDERS * EACH; i++) {
        uintptr_t v = (uintptr_t)queue_pop(shared, -1), from = (v - 1) / (EACH * 2), nth = v - from * EACH * 2;
        CHECK(from < SENDERS && nth == last[from] + 1);
        last[from] = nth;
    }
    for (int i = 0; i < SENDERS; i++) thread_join(t[i]);
    CHECK(queue_len(shared) == 0);
    queue_free(shared);
}

static void wait_for_nothing(void *ctx) { *(void **)ctx = queue_pop(shared, -1); }

static void closing_wakes_whoever_waits(void) {
    shared = queue_new(1);
    int something;
    void *got = &something;
    thread *t;
    CHECK(thread_start(&t, "waiter", wait_for_nothing, &got, NULL) == 0);
    queue_close(shared);
    thread_join(t);
    CHECK(got == NULL);
    queue_free(shared);
}

static void look_at_signals(void *ctx) {
    sigset_t now;
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    *(int *)ctx = sigismember(&now, SIGINT) && sigismember(&now, SIGTERM) && sigismember(&now, SIGWINCH);
}

static void a_new_thread_takes_no_signals(void) {
    int blocked = 0;
    thread *t;
    CHECK(thread_start(&t, "a name longer than the kernel keeps", look_at_signals, &blocked, NULL) == 0);
    thread_join(t);
    CHECK(blocked == 1);
    sigset_t mine;
    pthread_sigmask(SIG_SETMASK, NULL, &mine);
    CHECK(!sigismember(&mine, SIGINT));
    CHECK(thread_cores() >= 1);
    thread_join(NULL);
}

int main(void) {
    items_come_out_in_the_order_they_went_in();
    a_full_queue_says_so_and_keeps_what_it_has();
    a_closed_queue_takes_nothing_and_gives_out_what_it_held();
    many_senders_lose_nothing_and_keep_their_own_order();
    closing_wakes_whoever_waits();
    a_new_thread_takes_no_signals();
    return 0;
}
