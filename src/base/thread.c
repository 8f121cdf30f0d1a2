/* SPDX-License-Identifier: Apache-2.0
 * thread.c - a thin coat over POSIX threads.
 *
 * DESIGN  Signals are the main thread's business: a new thread starts with all of them blocked, so a signalfd, a
 *         sigwait or a handler in main/ sees each exactly once. Stacks are small and said here, since a house may
 *         hold many threads and the default (8 MB of address space each) tells nobody anything. */
#include "base/thread.h"
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

struct thread {
    pthread_t id;
    void (*run)(void *ctx);
    void *ctx;                 /* borrowed until the end of run() */
    char name[16];
};

enum { STACK_BYTES = 1 << 20 };   /* SQLite, jansson (depth-bounded) and curl all stay well under half of it */

static void *begin(void *arg) {
    thread *t = arg;
    pthread_setname_np(pthread_self(), t->name);
    t->run(t->ctx);
    return NULL;
}

int thread_start(thread **out, const char *name, void (*run)(void *ctx), void *ctx, fail *why) {
    thread *t = mem_new(1, sizeof *t);
    t->run = run;
    t->ctx = ctx;
    strncpy(t->name, name, sizeof t->name - 1);
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, STACK_BYTES);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int err = pthread_create(&t->id, &attr, begin, t);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attr);
    if (err) {
        free(t);
        return fail_set(why, ERR_NOMEM, "no room for another thread (%s): %s", name, strerror(err));
    }
    *out = t;
    return 0;
}

void thread_join(thread *t) {
    if (!t) return;
    pthread_join(t->id, NULL);
    free(t);
}

int thread_cores(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    int n = CPU_COUNT(&set);
    return n > 0 ? n : 1;
}
