/* SPDX-License-Identifier: Apache-2.0
 * small_reply.c - what to say to something they told: a line that knows their words, or their words said back.
 *
 * DESIGN  Two things make a reply worth reading: that it is about what was said, and that it is not a form letter. A
 *         line with a pattern or a word of theirs is best. Failing that, their own clause or thing is said back and
 *         something about the subject follows. When nothing fits, the last step of the ladder still takes hold of
 *         one of their words, or says honestly, and seldom, that it did not follow. */
#include <string.h>
#include "think/small.h"

enum { KNOWS = 33, ASKS_KNOWING = 24, SITUATED = 12, ON_SUBJECT = 9, LOST_EVERY = 5 };

typedef struct { const char *row[24]; } move_list;

static bool plan_has(const telling *k, const char *move) {
    for (int i = 0; i < 5 && k->p->moves[i]; i++)
        if (strcmp(k->p->moves[i], move) == 0) return true;
    return false;
}

static bool step_is(const telling *k, const char *step) { return k->p->step && strcmp(k->p->step, step) == 0; }

/* The moves a statement may be met with: the plan's, without questions; in plain talk a few more. */
static move_list saying_moves(const telling *k) {
    static const char *const plain[] = { "reflect", "opinion", "affirm", "joke", "inform", NULL };
    move_list m = { { NULL } };
    size_t n = 0;
    for (int i = 0; i < 5 && k->p->moves[i]; i++)
        if (strcmp(k->p->moves[i], "ask") != 0 && strcmp(k->p->moves[i], "minimal") != 0) m.row[n++] = k->p->moves[i];
    bool chat = step_is(k, "chat") || step_is(k, "wit") || step_is(k, "taste") || step_is(k, "fact") || step_is(k, "do") ||
                step_is(k, "greet") || n == 0 || k->weak;
    for (const char *const *p = plain; *p; p++) {
        bool joke = strcmp(*p, "joke") == 0, reflect = strcmp(*p, "reflect") == 0;
        if (plan_has(k, *p) || (joke && !k->p->may_joke) || (!chat && !reflect)) continue;
        m.row[n++] = *p;
    }
    return m;
}

static const char *const asking[] = { "ask", "cheer", NULL };
static const char *const openly[] = { "ask", NULL };

static const char *const *question_moves(const telling *k) { return plan_has(k, "cheer") ? asking : openly; }

/* ---- their words said back --------------------------------------------------------------------------------------------- */
static const char *const numbers[] = { "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "forty",
    "fifty", "twenty", "thirty", "hundred", "thousand", "sixty", "seventy", "eighty", "ninety", NULL };
static const char *const counted[] = { "years", "months", "weeks", "days", "hours", "nights", "times", "minutes", "miles", NULL };

/* "four hours", "nine years": a measure worth echoing. */
static text measure(const telling *k) {
    words w = k->h.w;
    for (size_t i = 0; i + 1 < w.n; i++) {
        double v;
        size_t took;
        bool num = words_number(w, i, &v, &took) && v > 1 && v < 100000;
        if (!num && !grammar_is(w.at[i].low, numbers)) continue;
        if (!num) took = 1;
        if (i + took < w.n && !w.at[i + took - 1].after && grammar_is(w.at[i + took].low, counted)) return lines_turn(k->a, w, i, i + took + 1);
    }
    return (text){ "", 0 };
}

static bool echo_named(telling *k, const char *id) {
    lines_pick p = tell_find_named(k, id, -1);
    if (p.line) tell_say(k, p);
    k->echoed |= p.line != NULL;
    return p.line != NULL;
}

/* Say something of theirs back. False when nothing of theirs reads well enough. */
static bool echo(telling *k) {
    if (k->h.but_a.n && tell_dice(k, 3)) {
        tell_slot(k, "x", k->h.but_a);
        tell_slot(k, "y", k->h.but_b);
        if (echo_named(k, "echo.but")) return true;
    }
    text size = measure(k);
    if (size.n && !k->h.c.n) {
        tell_slot(k, "x", size);
        if (echo_named(k, "echo.measure")) return true;
    }
    bool whole = k->h.c.n && k->h.c_score >= 13;
    if (whole && k->h.again && tell_dice(k, 2) && echo_named(k, "echo.again")) return true;
    if (whole && echo_named(k, "echo.clause")) return true;
    if (k->h.n.n && echo_named(k, k->h.n_plural ? "echo.things" : "echo.thing")) return true;
    return k->h.c.n && echo_named(k, "echo.clause");
}

/* Their noun by itself: "The dog." Stands well before a question. */
static bool bare_echo(telling *k) {
    if (!k->h.n.n || k->out.n) return false;
    text t;
    tell_slot(k, "x", k->h.n);
    if (!lines_fill(k->a, TEXT("{X}."), k->slot, k->n_slot, &t)) return false;
    tell_text(k, t);
    k->echoed = true;
    return true;
}

/* In sorrow, anger and want of help their own word stands first when the line holds none of theirs (heard before helped). */
static void heard_first(telling *k, lines_pick p) {
    static const char *const steps[] = { "reflect", "hold", "revenge", "summarise", "rival", "outward", "verdict", NULL };
    if (!k->p->step || !grammar_is(text_of(k->p->step), steps) || k->out.n || k->p->distress < 1) return;
    if (words_shared(words_of(k->a, p.text), k->h.w) > 0) return;
    if (!bare_echo(k) && k->h.c.n) echo_named(k, "echo.clause");
}

/* ---- the steps ------------------------------------------------------------------------------------------------------------ */
static bool wants_question(telling *k, uint64_t in_ten) {
    if (!tell_may_ask(k)) return false;
    bool first = k->p->moves[0] && (strcmp(k->p->moves[0], "ask") == 0 || strcmp(k->p->moves[0], "cheer") == 0);
    return tell_dice(k, 10) < (first ? 9 : in_ten);
}

/* A line that knows their words. */
static bool knowing(telling *k) {
    move_list m = saying_moves(k);
    lines_pick say = tell_find(k, m.row, KNOWS, -1), ask = tell_find(k, question_moves(k), ASKS_KNOWING, 1);
    if (say.spent) say.line = NULL;
    if (ask.spent) ask.line = NULL;
    if (!say.line && !ask.line) return false;
    bool question = ask.line && (!say.line || ask.weight > say.weight + 8 || wants_question(k, 5));
    if (!say.line || (question && tell_dice(k, 2) && ask.weight >= say.weight)) {
        heard_first(k, ask);
        tell_say(k, ask);
        return true;
    }
    heard_first(k, say);
    tell_say(k, say);
    if (question) {
        lines_pick again = tell_find(k, question_moves(k), KNOWS, 1);
        if (again.line && !again.spent && tell_dice(k, 3) == 0) tell_say(k, again);
    }
    return true;
}

/* Where the plan is more than talk (an insult, a letter, a loss), what belongs to the situation is an answer. */
static bool situated(telling *k) {
    static const char *const talk[] = { "chat", "wit", "taste", "fact", "do", "greet", "play", NULL };
    if (k->weak || grammar_is(text_of(k->p->step ? k->p->step : "chat"), talk)) return false;
    move_list m = { { NULL } };
    for (int i = 0; i < 5 && k->p->moves[i]; i++) m.row[i] = k->p->moves[i];
    lines_pick p = tell_find(k, m.row, SITUATED, tell_may_ask(k) ? 0 : -1);
    if (!p.line || p.spent) return false;
    heard_first(k, p);
    tell_say(k, p);
    return true;
}

/* Subjects that colour a talk and make poor answers to anything said in it. */
static bool idle_subject(const char *topic) {
    static const char *const rows[] = { "smalltalk", "humour", "memory", "ai", "boredom", "crisis", "habits", "letters", "language", NULL };
    return !*topic || grammar_is(text_of(topic), rows);
}

static bool say_fresh(telling *k, lines_pick p) {
    if (!p.line || p.spent) return false;
    tell_say(k, p);
    return true;
}

/* A question on the subject, when the subject is sure. What she might say on a subject in general is no answer to what was
 * said in it: statements must know the words. */
static bool on_subject(telling *k) {
    if (idle_subject(k->topic) || !tell_may_ask(k)) return false;
    return say_fresh(k, tell_find(k, question_moves(k), ON_SUBJECT, 1));
}

/* Plain talk of the message's colour. */
static bool plain(telling *k, bool asks) {
    bool light = k->p->joked && k->valence >= 0, few = k->h.w.n <= 3 && !asks;
    const char *colour = light && !asks ? "light" : few && k->valence == 0 ? "short" : k->valence < 0 ? "neg" : k->valence > 0 ? "pos" : "neu";
    text id = arena_format(k->a, "plain.%s%s", asks ? "ask." : "", colour);
    return say_fresh(k, tell_find_named(k, id.p, asks ? 1 : -1));
}

/* Something that suits any clause of this shape: "plain.ask.they-did". */
static bool of_the_shape(telling *k, bool asks) {
    static const char *const names[] = { [I_DID] = "i-did", [I_WAS] = "i-was", [I_AM] = "i-am", [I_WILL] = "i-will", [THEY_DID] = "they-did", [THEY_ARE] = "they-are",
        [THING_DID] = "thing-did", [THING_IS] = "thing-is" };
    if (!k->h.c_about) return false;
    text id = arena_format(k->a, "plain.%s.%s", asks ? "ask" : "say", names[k->h.c_about]);
    return say_fresh(k, tell_find_named(k, id.p, asks ? 1 : -1));
}

/* Their clause or thing said back, and something to follow it. */
static bool in_their_words(telling *k) {
    bool whole = k->h.c.n && k->h.c_score >= 13;
    if (!whole && (k->distress < 2 || !k->h.n.n)) return false;      /* a noun by itself is an answer only where it weighs */
    bool ask = wants_question(k, 5);
    if (whole && ask && k->h.subject.n && tell_dice(k, 2) && of_the_shape(k, true)) return true;      /* "What did your wife say?" */
    if (!echo(k)) return false;
    uint64_t dice = tell_dice(k, 10);
    if (!whole) {
        if (ask && !on_subject(k)) say_fresh(k, tell_find_named(k, "plain.ask.thing", 1));
        return true;
    }
    if (ask && dice < 3 && on_subject(k)) return true;
    if (ask && of_the_shape(k, true)) return true;
    if (dice < 9) of_the_shape(k, false);
    return true;
}

/* ---- the end of the ladder -------------------------------------------------------------------------------------------------- */
static bool last_resort(telling *k) {
    bool may_be_lost = k->t.lost_at == 0 || k->t.n + 1 - k->t.lost_at >= LOST_EVERY;
    if (k->h.asks && tell_named(k, "end.question")) return true;
    if (k->h.w.n == 0) return tell_named(k, "end.empty");
    bool order = k->p->act && strcmp(k->p->act, "command") == 0 && k->h.n_clause && !k->h.clause[0].whole && k->h.w.n <= 10;
    if (order && tell_named(k, "end.command")) return true;
    bool content = k->h.content || k->h.w.n <= 4;
    if (!content && may_be_lost && tell_named(k, "end.lost")) {
        k->t.lost_at = k->t.n + 1;
        return true;
    }
    bool ask = k->h.w.n > 3 && wants_question(k, 5);
    return (ask && plain(k, true)) || plain(k, false) || tell_named(k, "end.short");
}

/* Hardly a word: only when they have few, and it weighs. */
static bool few_words(telling *k) {
    static const char *const minimal[] = { "minimal", NULL };
    if (!step_is(k, "silent") || k->weak || k->valence >= 0) return false;
    return tell_line(k, minimal, 2, -1);
}

static bool as(telling *k, const char *how, bool said) {
    if (said) k->how = how;
    return said;
}

bool small_reply(telling *k) {
    static const char *const any[] = { "minimal", "reflect", NULL };
    if (as(k, "minimal", few_words(k)) || as(k, "knowing", knowing(k)) || as(k, "situated", situated(k)) ||
        as(k, "theirs", in_their_words(k)) ||
        as(k, "subject", wants_question(k, 4) && on_subject(k)) || as(k, "end", last_resort(k))) return true;
    lines_pick p = tell_find(k, any, 0, -1);                  /* all is spent: the oldest will do */
    if (p.line) tell_say(k, p);
    return as(k, "any", p.line != NULL);
}
