/* SPDX-License-Identifier: Apache-2.0
 * small_play.h - what the games share. Private to the small mind.
 *
 * A game's start and move return true when they have said something; a move returns false when the message was none. */
#ifndef THINK_SMALL_PLAY_H
#define THINK_SMALL_PLAY_H
#include "think/small.h"

bool play_say(telling *k, const char *id, text answer);       /* a named line with {answer} */
bool play_go_on(telling *k, json_t *state);                   /* state is taken; always true */
/* A remark from voice/moves/games-words.say on=`what`, when there is a fresh one; always true. */
bool play_flair(telling *k, const char *what);
text play_count(telling *k, int n);

/* small_quiz.c: games with data */
bool twenty_start(telling *k);
bool twenty_move(telling *k, const json_t *s);
bool turned_start(telling *k);
bool turned_move(telling *k, const json_t *s);
bool riddle_start(telling *k);
bool riddle_move(telling *k, const json_t *s);
bool chain_start(telling *k);
bool chain_move(telling *k, const json_t *s);
/* small_noughts.c */
bool noughts_start(telling *k);
bool noughts_move(telling *k, const json_t *s);
#endif
