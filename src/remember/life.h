/* SPDX-License-Identifier: Apache-2.0
 * life.h - what an open life is made of. Private to remember/. */
#ifndef REMEMBER_LIFE_H
#define REMEMBER_LIFE_H
#include "remember/remember.h"
#include "remember/store.h"

struct remember {
    store *st;                   /* owned */
    const clk *clock;            /* borrowed, or own_clock */
    clk *own_clock;              /* owned; NULL when one was given */
    int64_t conversation;        /* the number of the one that runs */
    bool fresh_conversation;     /* nothing was said in it yet */
    int batch;                   /* remember_begin() calls not ended */
    bool batch_open;             /* their transaction runs */
    int batch_err;               /* what became of an earlier part of it */
    bool paused;
    char *dir;                   /* owned; for sentences */
};

int64_t life__now(const remember *r);

#endif
