/* SPDX-License-Identifier: Apache-2.0
 * small_noughts.c - noughts and crosses. The board is nine characters, 'X' theirs, 'O' hers, '1' to '9' free.
 *
 * She plays perfectly but for the first move of a game, which is left to chance so that games differ. */
#include <string.h>
#include "think/small_play.h"

static const int rows_of_three[8][3] = { { 0, 1, 2 }, { 3, 4, 5 }, { 6, 7, 8 }, { 0, 3, 6 }, { 1, 4, 7 }, { 2, 5, 8 }, { 0, 4, 8 }, { 2, 4, 6 } };

static bool wins(const char *b, char who) {
    for (int i = 0; i < 8; i++)
        if (b[rows_of_three[i][0]] == who && b[rows_of_three[i][1]] == who && b[rows_of_three[i][2]] == who) return true;
    return false;
}

static int left(const char *b) {
    int n = 0;
    for (int i = 0; i < 9; i++) n += b[i] != 'X' && b[i] != 'O';
    return n;
}

/* Best result she can force, `who` to move: 1 she wins, 0 draw, -1 she loses. At most 9 deep. */
static int worth(char *b, char who) {
    if (wins(b, 'O')) return 1;
    if (wins(b, 'X')) return -1;
    if (!left(b)) return 0;
    int best = who == 'O' ? -2 : 2;
    for (int i = 0; i < 9; i++) {
        char was = b[i];
        if (was == 'X' || was == 'O') continue;
        b[i] = who;
        int v = worth(b, who == 'O' ? 'X' : 'O');
        b[i] = was;
        if (who == 'O' ? v > best : v < best) best = v;
    }
    return best;
}

static void reply(telling *k, char *b) {
    int best = -2, at = -1, ties = 0;
    for (int i = 0; i < 9; i++) {
        char was = b[i];
        if (was == 'X' || was == 'O') continue;
        b[i] = 'O';
        int v = worth(b, 'X');
        b[i] = was;
        if (v > best) best = v, at = i, ties = 1;
        else if (v == best && tell_dice(k, (uint64_t)++ties) == 0) at = i;
    }
    if (at >= 0) b[at] = 'O';
}

static text board(telling *k, const char *b) {
    return arena_format(k->a, "\n%c %c %c\n%c %c %c\n%c %c %c", b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8]);
}

static bool keep(telling *k, const char *b) { return play_go_on(k, json_pack("{s:s,s:s}", "kind", "noughts", "board", b)); }

bool noughts_start(telling *k) {
    const char *b = "123456789";
    return keep(k, b) && play_say(k, "play.noughts.start", board(k, b));
}

bool noughts_move(telling *k, const json_t *s) {
    const char *saved = json_str(s, "board", "");
    char b[10];
    if (strlen(saved) != 9 || k->h.w.n > 5) return false;
    memcpy(b, saved, 10);
    int at = -1;
    for (size_t i = 0; i < k->h.w.n && at < 0; i++) {
        double v;
        size_t took;
        if (words_number(k->h.w, i, &v, &took)) at = (int)v - 1;
        else if (text_is(k->h.w.at[i].low, "middle") || text_is(k->h.w.at[i].low, "centre") || text_is(k->h.w.at[i].low, "center")) at = 4;
    }
    if (at == -1) return false;
    if (at < 0 || at > 8 || b[at] == 'X' || b[at] == 'O') return keep(k, b) && play_say(k, "play.noughts.taken", board(k, b));
    b[at] = 'X';
    if (wins(b, 'X')) return play_say(k, "play.noughts.won", board(k, b)) && play_flair(k, "game-win");
    if (left(b)) reply(k, b);
    if (wins(b, 'O')) return play_say(k, "play.noughts.lost", board(k, b));
    if (!left(b)) return play_say(k, "play.noughts.drawn", board(k, b)) && play_flair(k, "game-draw");
    return keep(k, b) && play_say(k, "play.noughts.mine", board(k, b));
}
