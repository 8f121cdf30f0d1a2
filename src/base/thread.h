/* SPDX-License-Identifier: Apache-2.0
 * thread.h - a thread with a name, that never takes a signal meant for the program. Any thread. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H
#include "base/fail.h"

typedef struct thread thread;

/* Start `run(ctx)` with every signal blocked. `name` (15 bytes are kept) shows in debuggers and `top`.
 * Owner: thread_join(). Errors: ERR_NOMEM. */
int thread_start(thread **out, const char *name, void (*run)(void *ctx), void *ctx, fail *why);
/* Wait for its end and free it; NULL is fine. */
void thread_join(thread *t);

/* Cores this process may use, at least 1. */
int thread_cores(void);

#endif
