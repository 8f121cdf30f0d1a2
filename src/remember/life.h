/* SPDX-License-Identifier: Apache-2.0
 * life.h - what an open life is made of. Private to remember/. */
#ifndef REMEMBER_LIFE_H
#define REMEMBER_LIFE_H
#include "remember/remember.h"
#include "remember/store.h"

typedef struct { store_item it; arena a; bool fresh_person; } pending;   /* waits for a yes; never on the disk */

/* How many messages hold a word, remembered for a while: asking the index costs more than a recall may. */
enum { RARITY_SLOTS = 1024, RARITY_FRESH = 400 };
typedef struct { uint64_t word; int64_t at; double count; } rarity;

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
    pending *wait;               /* [n_wait] owned */
    size_t n_wait, room_wait;
    rarity *rare;                /* [RARITY_SLOTS] owned; by hash, as of message `at` */
    int64_t next_memory;         /* the next pending one's id; above every kept one's */
};

int64_t life__now(const remember *r);

/* ---- people, shared by learning, recalling and forgetting ----------------------------------------------------- */
typedef struct { store_person *at; size_t n; } folk;
folk life__folk(remember *r, arena *a);
const store_person *life__person(const folk *f, int64_t id);     /* NULL: not there (or 0, the person themself) */
const char *life__about(const store_person *p);                  /* "Amy", "sister", "you" for NULL */
/* Those of `f` whom words speak of: all who are named, else whom a tie in them means. At most `most`. */
size_t life__meant(arena *a, const folk *f, text said_words, const store_person **out, size_t most);
/* The store's row as the memory it is for the outside: its sentence made, "tie" shown as the tie. */
memory life__memory(arena *a, const store_item *it, const folk *f, int64_t now_ms);
bool life__same(const char *a, const char *b);                   /* values alike: case, articles, endings apart */
/* Let go of what waits for a yes. */
void life__let_go(remember *r);

#endif
