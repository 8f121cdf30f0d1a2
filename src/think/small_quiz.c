/* SPDX-License-Identifier: Apache-2.0
 * small_quiz.c - the games that need something to play with: twenty questions both ways, riddles, a word chain.
 *
 * LAYOUT  voice/lexicon/twenty.txt: "?trait: words | question" rows, then "thing: traits"; a thing's traits are one bit
 *         each. voice/lexicon/riddles.txt: question | answer | others. The chain's words are the things and the subjects'
 *         own words. */
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/hash.h"
#include "base/mem.h"
#include "think/small_play.h"

enum { TRAITS_MOST = 32, THINGS_MOST = 200, RIDDLES_MOST = 100, WORDS_KEPT = 4000, QUESTIONS = 20 };

typedef struct { text name, words, question; } trait;
typedef struct { text name; uint32_t bits; } quiz_thing;
typedef struct { text question, answer, others; } riddle;
struct quiz {
    trait trait[TRAITS_MOST]; int n_trait;
    quiz_thing thing[THINGS_MOST]; int n_thing;
    riddle riddle[RIDDLES_MOST]; int n_riddle;
    text word[WORDS_KEPT]; int n_word;          /* single lower-case words of three letters and more */
};

/* ---- reading ------------------------------------------------------------------------------------------------------- */
static bool listed(text list, text w) {
    while (list.n)
        if (text_eq(text_trim(text_cut(&list, ' ')), w)) return true;
    return false;
}

static void trait_read(quiz *q, text row) {
    if (q->n_trait == TRAITS_MOST) return;
    text name = text_cut(&row, ':'), asked = text_cut(&row, '|');
    q->trait[q->n_trait++] = (trait){ text_trim(name), text_trim(asked), text_trim(row) };
}

static void thing_read(quiz *q, text row) {
    if (q->n_thing == THINGS_MOST) return;
    quiz_thing t = { .name = text_trim(text_cut(&row, ':')) };
    for (int i = 0; i < q->n_trait; i++)
        if (listed(row, q->trait[i].name)) t.bits |= 1u << i;
    q->thing[q->n_thing++] = t;
}

static void riddle_read(quiz *q, text row) {
    if (q->n_riddle == RIDDLES_MOST) return;
    riddle r = { .question = text_trim(text_cut(&row, '|')) };
    r.answer = text_trim(text_cut(&row, '|'));
    r.others = text_trim(row);
    q->riddle[q->n_riddle++] = r;
}

static void word_read(quiz *q, text w) {
    if (w.n < 3 || w.n > 14 || q->n_word == WORDS_KEPT) return;
    for (size_t i = 0; i < w.n; i++)
        if (w.p[i] < 'a' || w.p[i] > 'z') return;
    q->word[q->n_word++] = w;
}

static void words_read(quiz *q, const char *file) {
    text all = embed_bytes(file);
    while (all.n) {
        text row = text_cut(&all, '\n');
        if (!row.n || row.p[0] == '#') continue;
        text_cut(&row, ':');
        bool quoted = false;
        while (row.n) {
            text w = text_cut(&row, ' ');
            bool opens = w.n && w.p[0] == '"', closes = w.n && w.p[w.n - 1] == '"';
            if (!opens && !quoted) word_read(q, w);
            quoted = (quoted || opens) && !closes;
        }
    }
}

int quiz_open(quiz **out, fail *why) {
    text twenty = embed_bytes("voice/lexicon/twenty.txt"), riddles = embed_bytes("voice/lexicon/riddles.txt");
    if (!twenty.p || !riddles.p) return fail_set(why, ERR_MISSING, "the games' words are missing from this build");
    quiz *q = mem_new(1, sizeof *q);
    while (twenty.n) {
        text row = text_trim(text_cut(&twenty, '\n'));
        if (!row.n || row.p[0] == '#') continue;
        if (row.p[0] == '?') trait_read(q, (text){ row.p + 1, row.n - 1 });
        else thing_read(q, row);
    }
    while (riddles.n) {
        text row = text_trim(text_cut(&riddles, '\n'));
        if (row.n && row.p[0] != '#') riddle_read(q, row);
    }
    for (int i = 0; i < q->n_thing; i++) word_read(q, q->thing[i].name);
    words_read(q, "voice/lexicon/topics-a.txt");
    words_read(q, "voice/lexicon/topics-b.txt");
    words_read(q, "voice/lexicon/topics.txt");
    *out = q;
    return 0;
}

void quiz_close(quiz *q) { free(q); }

/* ---- twenty questions: they ask ---------------------------------------------------------------------------------------- */
static text with_article(telling *k, text name) {
    static const char *const bare[] = { "bread", "cheese", "chocolate", "soup", "ice cream", "tea", "coffee", "milk", "snow", "glasses", NULL };
    if (grammar_is(name, bare)) return name;
    if (text_is(name, "moon")) return TEXT("the moon");
    return arena_format(k->a, "%s %.*s", strchr("aeiou", name.p[0]) ? "an" : "a", (int)name.n, name.p);
}

static bool names_thing(const telling *k, text name) {
    words t = words_of(k->a, name);
    for (size_t i = 0; i + t.n <= k->h.w.n; i++) {
        size_t j = 0;
        while (j < t.n && text_eq(k->h.w.at[i + j].stem, t.at[j].stem)) j++;
        if (j == t.n) return true;
    }
    return false;
}

static bool twenty_keep(telling *k, int thing, int left) {
    tell_slot(k, "count", play_count(k, left));
    return play_go_on(k, json_pack("{s:s,s:i,s:i}", "kind", "twenty", "thing", thing, "left", left));
}

bool twenty_start(telling *k) {
    return twenty_keep(k, (int)tell_dice(k, (uint64_t)k->m->quiz->n_thing), QUESTIONS) && play_say(k, "play.twenty.start", (text){ "", 0 });
}

/* The trait they ask about, or -1. A question that turns one round ("smaller than …") is caught by its own words. */
static int trait_asked(const telling *k) {
    const quiz *q = k->m->quiz;
    for (int i = 0; i < q->n_trait; i++)
        for (size_t w = 0; w < k->h.w.n; w++)
            if (listed(q->trait[i].words, k->h.w.at[w].low)) return i;
    return -1;
}

bool twenty_move(telling *k, const json_t *s) {
    const quiz *q = k->m->quiz;
    int at = (int)json_int(s, "thing", -1), left = (int)json_int(s, "left", 0) - 1;
    if (at < 0 || at >= q->n_thing || left < 0 || k->h.w.n > 14) return false;
    text name = with_article(k, q->thing[at].name);
    bool gave_up = heard_is(k, "(give up|tell me|what (is|was) it|no idea|i surrender)");
    tell_slot(k, "count", play_count(k, left));
    if (names_thing(k, q->thing[at].name)) return play_say(k, "play.twenty.won", name) && play_flair(k, "game-win");
    if (gave_up) return play_say(k, "play.twenty.lost", name);
    int t = trait_asked(k);
    bool guess = t < 0;
    for (int i = 0; guess && i < q->n_thing; i++)
        if (names_thing(k, q->thing[i].name)) t = -2;
    if (t == -1) {
        if (!k->h.asks && !heard_is(k, "^(is|does|can|has|would|do|are|a|an) *")) return false;
        return twenty_keep(k, at, left + 1) && play_say(k, "play.twenty.unknown", name);
    }
    if (left == 0) return play_say(k, "play.twenty.lost", name);
    twenty_keep(k, at, left);
    if (t == -2) return play_say(k, "play.twenty.not-it", name);
    return play_say(k, q->thing[at].bits & (1u << t) ? "play.twenty.yes" : "play.twenty.no", name);
}

/* ---- twenty questions: she asks -------------------------------------------------------------------------------------------- */
/* Things whose traits agree with the answers: `yes` and `no` are bits asked for. */
static int candidates(const quiz *q, uint32_t yes, uint32_t no, const json_t *tried, int *only) {
    int n = 0;
    for (int i = 0; i < q->n_thing; i++) {
        bool out = (q->thing[i].bits & yes) != yes || (q->thing[i].bits & no);
        for (size_t t = 0; !out && t < json_array_size(tried); t++) out = json_integer_value(json_array_get(tried, t)) == i;
        if (out) continue;
        *only = i;
        n++;
    }
    return n;
}

/* The trait that splits what is left most evenly, or -1. */
static int best_trait(const quiz *q, uint32_t yes, uint32_t no, uint32_t open, const json_t *tried) {
    int best = -1, gain = 0, only;
    for (int i = 0; i < q->n_trait; i++) {
        uint32_t bit = 1u << i;
        if ((yes | no | open) & bit) continue;
        int with = candidates(q, yes | bit, no, tried, &only), without = candidates(q, yes, no | bit, tried, &only);
        int less = with < without ? with : without;
        if (less > gain) gain = less, best = i;
    }
    return best;
}

typedef struct { uint32_t yes, no, open; int asked, trait, thing; const json_t *tried; } turned_state;

static bool turned_ask(telling *k, turned_state t, const char *id) {
    const quiz *q = k->m->quiz;
    int only = -1, n = candidates(q, t.yes, t.no, t.tried, &only);
    t.trait = n > 1 ? best_trait(q, t.yes, t.no, t.open, t.tried) : -1;
    t.thing = t.trait < 0 ? only : -1;
    if (n == 0 || t.asked >= QUESTIONS) return tell_named(k, "play.turned.lost");
    json_t *tried = t.tried ? json_deep_copy(t.tried) : json_array();
    if (t.thing >= 0) json_array_append_new(tried, json_integer(t.thing));
    play_go_on(k, json_pack("{s:s,s:I,s:I,s:I,s:i,s:i,s:i,s:o}", "kind", "turned", "yes", (json_int_t)t.yes, "no", (json_int_t)t.no, "open",
                            (json_int_t)t.open, "asked", t.asked + 1, "trait", t.trait, "thing", t.thing, "tried", tried));
    if (t.thing >= 0) return play_say(k, "play.turned.guess", with_article(k, q->thing[t.thing].name));
    return play_say(k, id, q->trait[t.trait].question);
}

bool turned_start(telling *k) { return turned_ask(k, (turned_state){ .trait = -1, .thing = -1 }, "play.turned.start"); }

bool turned_move(telling *k, const json_t *s) {
    turned_state t = { .yes = (uint32_t)json_int(s, "yes", 0), .no = (uint32_t)json_int(s, "no", 0), .open = (uint32_t)json_int(s, "open", 0),
        .asked = (int)json_int(s, "asked", 0), .trait = (int)json_int(s, "trait", -1), .thing = (int)json_int(s, "thing", -1), .tried = json_object_get(s, "tried") };
    answer_kind a = heard_answer(k);
    if (a == ANSWER_NONE || t.trait >= TRAITS_MOST) return false;
    if (t.thing >= 0) {
        tell_slot(k, "count", play_count(k, t.asked));
        if (a == ANSWER_YES) return tell_named(k, "play.turned.won") && play_flair(k, "game-lose");
    } else if (t.trait >= 0) {
        uint32_t bit = 1u << t.trait;
        if (a == ANSWER_YES) t.yes |= bit;
        else if (a == ANSWER_NO) t.no |= bit;
        else t.open |= bit;
    }
    return turned_ask(k, t, "play.turned.ask");
}

/* ---- riddles --------------------------------------------------------------------------------------------------------------------- */
static bool riddle_keep(telling *k, int i, bool solved) {
    return play_go_on(k, json_pack("{s:s,s:i,s:b}", "kind", "riddle", "at", i, "solved", solved));
}

/* With no question left in the budget, the riddle trails off instead of asking. */
static bool riddle_ask(telling *k, int after) {
    const quiz *q = k->m->quiz;
    int i = after < 0 ? (int)tell_dice(k, (uint64_t)q->n_riddle) : (after + 7) % q->n_riddle;
    text t = q->riddle[i].question;
    if (tell_may_ask(k)) k->asked = true;
    else if (text_ends(t, "?")) t = arena_format(k->a, "%.*s\xE2\x80\xA6", (int)t.n - 1, t.p);
    return riddle_keep(k, i, false) && play_say(k, "play.riddle.ask", t);
}

bool riddle_start(telling *k) { return riddle_ask(k, (int)json_int(k->t.play, "at", -1)); }

static text bare_answer(text t) {
    if (text_starts(t, "a ")) t.p += 2, t.n -= 2;
    else if (text_starts(t, "an ")) t.p += 3, t.n -= 3;
    else if (text_starts(t, "your ")) t.p += 5, t.n -= 5;
    else if (text_starts(t, "the ")) t.p += 4, t.n -= 4;
    return t;
}

static bool riddle_is_solved(const telling *k, const riddle *r) {
    text all = r->others;
    if (names_thing(k, bare_answer(r->answer))) return true;
    while (all.n)
        if (names_thing(k, text_trim(text_cut(&all, '|')))) return true;
    return false;
}

static bool riddle_hint(telling *k, const riddle *r) {
    text t = bare_answer(r->answer);
    tell_slot(k, "count", play_count(k, (int)t.n));
    return play_say(k, "play.riddle.hint", arena_format(k->a, "%c", t.p[0] & ~0x20));
}

bool riddle_move(telling *k, const json_t *s) {
    const quiz *q = k->m->quiz;
    int i = (int)json_int(s, "at", -1);
    if (i < 0 || i >= q->n_riddle || k->h.w.n > 12) return false;
    const riddle *r = &q->riddle[i];
    if (json_flag(s, "solved", false)) {
        if (heard_answer(k) == ANSWER_YES || heard_is(k, "(another|one more|more|go on|next|again)")) return riddle_ask(k, i);
        return heard_answer(k) == ANSWER_NO && tell_named(k, "play.stopped");
    }
    if (riddle_is_solved(k, r)) return riddle_keep(k, i, true) && play_say(k, "play.riddle.right", r->answer) && play_flair(k, "game-right");
    if (heard_is(k, "(give up|tell me|what is it|what's the answer|no idea|don't know|dunno|the answer|i surrender)"))
        return riddle_keep(k, i, true) && play_say(k, "play.riddle.told", r->answer);
    bool no_guess = k->h.asks && !heard_is(k, "^(is|are|could|would|might) (it|they|that|you)");
    if (no_guess || heard_is(k, "^(thanks|thank you|ok|okay|what|who|where|when|how|why|spell|tell|do you|are you|i am|i'm|you|haha|lol)")) return false;
    if (heard_is(k, "(hint|clue|help)")) return riddle_keep(k, i, false) && riddle_hint(k, r);
    return riddle_keep(k, i, false) && play_say(k, "play.riddle.wrong", r->answer);
}

/* ---- word chain --------------------------------------------------------------------------------------------------------------------- */
static bool chain_had(const json_t *used, text w) {
    for (size_t i = 0; i < json_array_size(used); i++)
        if (text_is(w, json_string_value(json_array_get(used, i)))) return true;
    return false;
}

static text chain_word(telling *k, const json_t *used, char first) {
    const quiz *q = k->m->quiz;
    int from = (int)tell_dice(k, (uint64_t)(q->n_word ? q->n_word : 1));
    for (int i = 0; i < q->n_word; i++) {
        text w = q->word[(from + i) % q->n_word];
        if ((!first || w.p[0] == first) && !chain_had(used, w)) return w;
    }
    return (text){ "", 0 };
}

static void chain_keep(telling *k, json_t *used) { play_go_on(k, json_pack("{s:s,s:o}", "kind", "chain", "used", used)); }

bool chain_start(telling *k) {
    json_t *used = json_array();
    text w = chain_word(k, used, 0);
    json_array_append_new(used, json_stringn(w.p, w.n));
    chain_keep(k, used);
    return play_say(k, "play.chain.start", w);
}

bool chain_move(telling *k, const json_t *s) {
    const json_t *had = json_object_get(s, "used");
    const char *last = json_string_value(json_array_get(had, json_array_size(had) - 1));
    if (!last || !*last || k->h.w.n == 0 || k->h.w.n > 3 || json_array_size(had) > 200) return false;
    text w = k->h.w.at[k->h.w.n - 1].low;
    char want = last[strlen(last) - 1], letter[2] = { want, 0 };
    for (size_t i = 0; i < w.n; i++)
        if (w.p[i] < 'a' || w.p[i] > 'z') return false;
    tell_slot(k, "x", (text){ letter, 1 });
    json_t *used = json_deep_copy(had);
    if (w.n < 2 || w.p[0] != want || chain_had(used, w)) {
        bool twice = chain_had(used, w);
        tell_slot(k, "x", arena_text(k->a, (text){ letter, 1 }));
        chain_keep(k, used);
        return tell_named(k, twice ? "play.chain.used" : "play.chain.wrong-letter");
    }
    json_array_append_new(used, json_stringn(w.p, w.n));
    char next[2] = { w.p[w.n - 1], 0 };
    text mine = chain_word(k, used, next[0]);
    tell_slot(k, "count", play_count(k, (int)json_array_size(used)));
    tell_slot(k, "x", arena_text(k->a, mine.n ? w : (text){ next, 1 }));
    if (!mine.n) {
        json_decref(used);
        return tell_named(k, "play.chain.lost") && play_flair(k, "game-win");
    }
    json_array_append_new(used, json_stringn(mine.p, mine.n));
    chain_keep(k, used);
    return play_say(k, "play.chain.mine", mine);
}
