/* SPDX-License-Identifier: Apache-2.0
 * small_play.c - what runs over several turns: games and guided moments, as small state machines.
 *
 * DESIGN      A running game is a JSON object {"kind":…} kept in the thread. Each kind is a row with how it starts and how
 *             it takes a move. A message that is no move ends the game silently and is answered as what it is.
 * STATES      none -> offer -> one of the kinds -> none; "stop" always leads to none
 * INVARIANTS  (1) What comes back from JSON is checked before it indexes anything. */
#include "think/small_play.h"
#include <string.h>

/* ---- saying ---------------------------------------------------------------------------------------------------------- */
bool play_say(telling *k, const char *id, text answer) {
    tell_slot(k, "answer", answer);
    return tell_named(k, id);
}

bool play_go_on(telling *k, json_t *state) {
    k->play = state;
    return true;
}

bool play_flair(telling *k, const char *what) {
    static const char *const remarks[] = { "joke", "minimal", NULL };
    tell_fact(k, "on", what);
    lines_pick p = tell_find(k, remarks, 24, -1);
    if (p.line && !p.spent) tell_say(k, p);
    return true;
}

text play_count(telling *k, int n) { return arena_format(k->a, "%d", n); }

/* ---- guess the number -------------------------------------------------------------------------------------------------- */
static bool a_number(const telling *k, int *out) {
    for (size_t i = 0; i < k->h.w.n; i++) {
        double v;
        size_t took;
        if (!words_number(k->h.w, i, &v, &took) || v < 0 || v > 100000) continue;
        *out = (int)v;
        return true;
    }
    return false;
}

static bool number_start(telling *k) {
    int secret = 1 + (int)tell_dice(k, 100);
    return play_go_on(k, json_pack("{s:s,s:i,s:i}", "kind", "number", "secret", secret, "tries", 0)) && play_say(k, "play.number.start", (text){ "", 0 });
}

static bool number_move(telling *k, const json_t *s) {
    int guess, secret = (int)json_int(s, "secret", 50), tries = (int)json_int(s, "tries", 0) + 1;
    if (!a_number(k, &guess) || k->h.w.n > 8) return false;
    tell_slot(k, "count", play_count(k, tries));
    if (guess == secret) return play_say(k, "play.number.won", play_count(k, guess)) && play_flair(k, "game-win");
    play_go_on(k, json_pack("{s:s,s:i,s:i}", "kind", "number", "secret", secret, "tries", tries));
    return play_say(k, guess < secret ? "play.number.higher" : "play.number.lower", play_count(k, guess));
}

static bool mine_guess(telling *k, const char *id, int lo, int hi, int tries) {
    int guess = (lo + hi) / 2;
    play_go_on(k, json_pack("{s:s,s:i,s:i,s:i}", "kind", "mine", "lo", lo, "hi", hi, "tries", tries));
    return play_say(k, id, play_count(k, guess));
}

static bool mine_start(telling *k) { return mine_guess(k, "play.mine.start", 1, 100, 1); }

static bool mine_move(telling *k, const json_t *s) {
    int lo = (int)json_int(s, "lo", 1), hi = (int)json_int(s, "hi", 100), tries = (int)json_int(s, "tries", 1);
    if (lo < 1 || hi > 100 || lo > hi || k->h.w.n > 6) return false;
    int guess = (lo + hi) / 2;
    bool higher = heard_is(k, "(higher|more|bigger|up|too low|larger|above)"), lower = heard_is(k, "(lower|less|smaller|down|too high|below)");
    if (higher == lower) {
        if (heard_answer(k) != ANSWER_YES && !heard_is(k, "(correct|got it|that's it|right|bingo)")) return false;
        tell_slot(k, "count", play_count(k, tries));
        return play_say(k, "play.mine.won", play_count(k, guess));
    }
    if (higher) lo = guess + 1;
    else hi = guess - 1;
    if (lo > hi) return play_say(k, "play.mine.lost", (text){ "", 0 });
    return mine_guess(k, "play.mine.guess", lo, hi, tries + 1);
}

/* ---- guided moments ---------------------------------------------------------------------------------------------------------- */
typedef struct { const char *name; int steps; } guide_row;
static const guide_row guides[] = { { "breath", 7 }, { "senses", 6 } };

static bool guide_say(telling *k, const char *name, int step, int steps) {
    text id = arena_format(k->a, "guide.%s.%d", name, step);
    if (step < steps) play_go_on(k, json_pack("{s:s,s:s,s:i}", "kind", "guide", "name", name, "step", step));
    return tell_named(k, id.p);
}

static bool breath_start(telling *k) { return guide_say(k, "breath", 1, 7); }
static bool senses_start(telling *k) { return guide_say(k, "senses", 1, 6); }

static bool guide_move(telling *k, const json_t *s) {
    const char *name = json_str(s, "name", "");
    int step = (int)json_int(s, "step", 1);
    for (size_t i = 0; i < sizeof guides / sizeof *guides; i++)
        if (strcmp(guides[i].name, name) == 0 && step >= 1 && step < guides[i].steps)
            return guide_say(k, guides[i].name, step + 1, guides[i].steps);
    return false;
}

/* What they typed, turned round, short enough to be read back. */
static text their_words(telling *k) {
    size_t to = k->h.w.n < 14 ? k->h.w.n : 14;
    return lines_turn(k->a, k->h.w, 0, to);
}

static bool three_start(telling *k) {
    return play_go_on(k, json_pack("{s:s,s:[]}", "kind", "three", "items")) && tell_named(k, "guide.three.1");
}

static bool three_move(telling *k, const json_t *s) {
    json_t *items = json_deep_copy(json_object_get(s, "items"));
    if (!json_is_array(items)) {
        json_decref(items);
        return false;
    }
    text w = their_words(k);
    if (json_array_size(items) >= 3) {
        json_decref(items);
        tell_slot(k, "x", w);
        return tell_named(k, "guide.three.5");
    }
    json_array_append_new(items, json_stringn(w.p, w.n));
    size_t n = json_array_size(items);
    tell_slot(k, "x", w);
    buf all = { 0 };
    for (size_t i = 0; i < n; i++) buf_format(&all, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", json_string_value(json_array_get(items, i)));
    text list = arena_text(k->a, buf_text(&all));
    buf_release(&all);
    play_go_on(k, json_pack("{s:s,s:o}", "kind", "three", "items", items));
    return play_say(k, n == 1 ? "guide.three.2" : n == 2 ? "guide.three.3" : "guide.three.4", list);
}

static bool letter_start(telling *k) {
    text kept[2];
    bool known = heard_kept(k, "(letter|email|message|note|card|text) to @x", kept) && kept[0].n;
    json_t *st = json_pack("{s:s,s:i,s:s%}", "kind", "letter", "step", known ? 2 : 1, "to", known ? kept[0].p : "", known ? kept[0].n : (size_t)0);
    return play_go_on(k, st) && tell_named(k, known ? "guide.letter.2" : "guide.letter.1");
}

/* "Dear Anna, I broke your vase." from their own words, unturned. */
static text first_line(telling *k, const char *to) {
    text said = text_trim(k->p->heard);
    if (said.n > 300) said.n = 300;
    bool dot = said.n && (said.p[said.n - 1] == '.' || said.p[said.n - 1] == '!' || said.p[said.n - 1] == '?');
    text dear = text_of(to);
    if (text_starts(dear, "your ")) dear.p += 5, dear.n -= 5;
    char *s = arena_str(k->a, said.p, said.n);
    if (s[0] >= 'a' && s[0] <= 'z') s[0] = (char)(s[0] - 32);
    char *d = arena_str(k->a, dear.p, dear.n);
    if (d[0] >= 'a' && d[0] <= 'z') d[0] = (char)(d[0] - 32);
    return arena_format(k->a, "Dear %s, %s%s", *d ? d : "you", s, dot ? "" : ".");
}

static bool letter_move(telling *k, const json_t *s) {
    int step = (int)json_int(s, "step", 1);
    if (step == 1) {
        text w = their_words(k);
        return play_go_on(k, json_pack("{s:s,s:i,s:s%}", "kind", "letter", "step", 2, "to", w.p, w.n)) && tell_named(k, "guide.letter.2");
    }
    if (step == 2) {
        play_go_on(k, json_pack("{s:s,s:i,s:s}", "kind", "letter", "step", 3, "to", json_str(s, "to", "")));
        return play_say(k, "guide.letter.3", first_line(k, json_str(s, "to", "")));
    }
    return tell_named(k, "guide.letter.4");
}

/* ---- knock, knock ------------------------------------------------------------------------------------------------------------------ */
static bool knock_start(telling *k) {
    return play_go_on(k, json_pack("{s:s,s:i}", "kind", "knock", "step", 1)) && tell_named(k, "play.knock.who");
}

static bool knock_move(telling *k, const json_t *s) {
    int step = (int)json_int(s, "step", 1);
    if (k->h.w.n > 14) return false;
    if (step > 1) return tell_named(k, "play.knock.end") && play_flair(k, "knock");
    tell_slot(k, "x", their_words(k));
    return play_go_on(k, json_pack("{s:s,s:i}", "kind", "knock", "step", 2)) && tell_named(k, "play.knock.what");
}

/* ---- the table ------------------------------------------------------------------------------------------------------------------- */
typedef struct {
    const char *kind, *starts;                 /* NULL: has no start of its own */
    bool (*start)(telling *k);
    bool (*move)(telling *k, const json_t *state);
    bool calm;                                 /* may run in distress           */
} play_row;

static const play_row rows[] = {
    { "mine", "(you guess|guess my number|guess the number i|guess what number)", mine_start, mine_move, false },
    { "number", "(guess|guessing) ?(the|a)? (number|numbers)|number (game|guessing)|(think|thought) of a number", number_start, number_move, false },
    { "turned", "(you (ask|guess|try)|i'll think of|i've thought of|i am thinking of|i'm thinking of) * (something|thing|animal|object|questions)|guess what i'm thinking", turned_start, turned_move, false },
    { "twenty", "(20|twenty) questions|(yes or no|guessing) game", twenty_start, twenty_move, false },
    { "riddle", "(tell|give|ask|know|got|have|do|try|another|a|some|hear) ?(me|us)? ?(a|any|another|some|one)? ?(good|hard|easy)? (riddle|riddles|brain teaser|brainteaser|puzzle)|^(riddle|riddles|riddle me)", riddle_start, riddle_move, false },
    { "chain", "word (chain|game|association)|play words", chain_start, chain_move, false },
    { "knock", "^(ok )?knock knock$", knock_start, knock_move, false },
    { "noughts", "noughts and crosses|tic tac toe|tic-tac-toe|tictactoe", noughts_start, noughts_move, false },
    { "guide", "(breathing|breath) (exercise|thing|technique|with me)|(help|let's|can we|teach|show|make) * breathe|do (the|a) breathing|^breathe with me", breath_start, guide_move, true },
    { "guide", "(ground|grounding) ?(me|exercise|technique)|(five|5) things|5 4 3 2 1|help me (calm down|feel calmer|with this panic)|^(ground me|calm me)", senses_start, guide_move, true },
    { "three", "(make|write|do|need|let's|help me) * (list|to-do|to do list|todo)|list of three|help me (plan|organise|organize|prioritise|prioritize)", three_start, three_move, true },
    { "letter", "(help|want|need|let's|can you|trying|how) * (write|draft|start|begin) * (letter|email|card|note|message)", letter_start, letter_move, true },
};
static const size_t n_row = sizeof rows / sizeof *rows;

static bool offer_start(telling *k) {
    return play_go_on(k, json_pack("{s:s}", "kind", "offer")) && tell_named(k, "play.offer");
}

static const play_row *row_started(const telling *k) {
    for (size_t i = 0; i < n_row; i++)
        if ((rows[i].calm || !k->quiet) && heard_is(k, rows[i].starts)) return &rows[i];
    return NULL;
}

/* One word will do to choose from the offer: "riddle", "numbers". */
static const play_row *row_chosen(const telling *k) {
    static const struct { const char *word, *kind; } words_of_kinds[] = { { "riddle", "riddle" }, { "riddles", "riddle" }, { "twenty", "twenty" },
        { "20", "twenty" }, { "questions", "twenty" }, { "number", "number" }, { "numbers", "number" }, { "guess", "number" }, { "chain", "chain" },
        { "word", "chain" }, { "words", "chain" }, { "noughts", "noughts" }, { "crosses", "noughts" }, { "tac", "noughts" }, { "first", "riddle" },
        { "any", "riddle" }, { "you", "riddle" }, { "whatever", "riddle" }, { "yes", "riddle" }, { "ok", "riddle" } };
    for (size_t i = 0; i < sizeof words_of_kinds / sizeof *words_of_kinds; i++)
        for (size_t w = 0; w < k->h.w.n && k->h.w.n <= 8; w++)
            if (text_is(k->h.w.at[w].low, words_of_kinds[i].word))
                for (size_t r = 0; r < n_row; r++)
                    if (strcmp(rows[r].kind, words_of_kinds[i].kind) == 0) return &rows[r];
    return NULL;
}

static bool ends(const telling *k) {
    return heard_is(k, "^(ok |no |please )?(stop|quit|exit|end|enough|no more|game over|stop it|stop the game|stop playing|end game|i'm done|i'm bored of this|"
                      "that's enough|let's stop|cancel|not now|i don't want to play)( please| now| thanks| playing| it| this| the game| game)?$");
}

static bool running(telling *k, const json_t *s) {
    const char *kind = json_str(s, "kind", "");
    if (ends(k)) return tell_named(k, "play.stopped");
    if (k->quiet && strcmp(kind, "guide") != 0 && strcmp(kind, "letter") != 0 && strcmp(kind, "three") != 0) return false;
    const play_row *other = row_started(k);
    if (other && strcmp(other->kind, kind) != 0) return other->start(k);
    if (strcmp(kind, "offer") == 0) {
        const play_row *r = row_chosen(k);
        return r && r->start(k);
    }
    for (size_t i = 0; i < n_row; i++)
        if (strcmp(rows[i].kind, kind) == 0) return rows[i].move(k, s);
    return false;
}

static bool play_turn(telling *k) {
    if (k->t.play) {
        if (running(k, k->t.play)) return true;
        json_decref(k->play);
        k->play = NULL;
        buf_clear(&k->out);
    }
    if (k->h.w.n > 22) return false;
    const play_row *r = row_started(k);
    if (r && (!heard_is(k, "(used to|yesterday|was playing|we played|last night|i wrote|he wrote|she wrote)"))) return r->start(k);
    if (!k->quiet && heard_is(k, "(let's|lets|want to|wanna|can we|shall we|could we|do you|fancy) (play|playing) ?(a|any|some|something)? ?(game|games|something)?$|(let's|lets|want|know|got|have|do you have) ?(to)? ?(have|do)? ?(a|any|some) (game|games)$|^(play|a game|game|games|play a game|play something)( with me)?$"))
        return offer_start(k);
    return false;
}

bool small_play(telling *k) {
    if (!k->h.w.n) return false;
    k->asked_for = true;
    bool said = play_turn(k);
    k->asked_for = said;
    return said;
}
