/* SPDX-License-Identifier: Apache-2.0
 * pace.h - her words, unfolded at a reading pace that costs at most so many milliseconds a reply. One thread.
 *
 * A reply that comes at once is shown word by word; one that comes slowly is shown as it comes. Nothing is held back
 * longer than `most_ms` after the reply's first word, whatever its length. A word is shown when it is whole, or when
 * nothing has followed it for a moment. */
#ifndef MAIN_PACE_H
#define MAIN_PACE_H
#include "base/text.h"

typedef struct {
    int most_ms;                /* 0: everything at once                            */
    buf held; size_t at;        /* come, and not yet shown                          */
    int64_t first_us, due_us;   /* when the reply's first word came; the next word  */
    int64_t came_us;            /* when something last came                         */
    bool whole;                 /* the reply has ended: its last word is a word     */
    bool hurry;                 /* the rest was asked for: show it as it comes      */
} pace;                         /* { .most_ms = … } is ready. pace_release() it     */

void pace_add(pace *p, text words, int64_t now_us);
void pace_whole(pace *p);                        /* no more of this reply will come */
/* What is to be shown now: whole words, often none. Borrowed until the next call of pace_add() or pace_reset(). */
text pace_take(pace *p, int64_t now_us);
text pace_rest(pace *p);                         /* all of it now, and what else comes at once */
/* Milliseconds until the next word; -1: nothing waits. */
int pace_wait_ms(const pace *p, int64_t now_us);
bool pace_holds(const pace *p);
void pace_reset(pace *p);                        /* the next words begin a reply    */
void pace_release(pace *p);

#endif
