/* SPDX-License-Identifier: Apache-2.0
 * small_ask.c - questions and wishes put to her: tastes, either/or, opinions, a joke, a story; and what she cannot do.
 *
 * DESIGN  Most of it is data: lines with match= or on= under the moves taste, pick, truth, unknown, boundary. Here is only
 *         what needs the question taken apart. A taste with no line of its own is chosen by a hash of the two things,
 *         so that tea beats coffee today, tomorrow, and the other way round. */
#include <string.h>
#include "base/hash.h"
#include "think/small.h"

enum { KNOWN = 32, ON = 24 };

static const char *const direct[] = { "truth", "unknown", "boundary", "repair", "taste", "pick", "story", "letter", "inform", "step", "opinion",
    "recall", "offer", "joke", NULL };
static const char *const views[] = { "taste", "opinion", NULL };
static const char *const steps[] = { "step", "inform", "offer", NULL };

static bool step_is(const telling *k, const char *step) { return k->p->step && strcmp(k->p->step, step) == 0; }
static bool act_is(const telling *k, const char *act) { return k->p->act && strcmp(k->p->act, act) == 0; }

/* ---- a or b? ----------------------------------------------------------------------------------------------------------- */
static bool part_of_thing(const telling *k, size_t i) {
    word_kind t = k->h.t[i].kind;
    return t == W_NOUN || t == W_NAME || t == W_ADJ || t == W_DET || t == W_POSS || t == W_NUM || (k->h.t[i].lex & LEX_ING) != 0 ||
           (t == W_VERB && !k->h.t[i].finite);
}

/* "tea or coffee": the two, as ranges. */
static bool two_of(const telling *k, word_span *a, word_span *b) {
    words w = k->h.w;
    for (size_t i = 1; i + 1 < w.n; i++) {
        if (!text_is(w.at[i].low, "or")) continue;
        size_t from = i, to = i + 1;
        while (from > 0 && i - from < 4 && part_of_thing(k, from - 1) && (!w.at[from - 1].after || from == i)) from--;
        while (to < w.n && to - i <= 4 && part_of_thing(k, to)) {
            to++;
            if (w.at[to - 1].after) break;
        }
        if (from == i && i > 0 && !w.at[i - 1].stop) from = i - 1;
        if (to == i + 1 && !w.at[i + 1].stop) to = i + 2;
        static const char *const no[] = { "not", "no", "something", "what", "yes", "anything", "whatever", "less", "later", "else", "two", NULL };
        if (from == i || to == i + 1 || grammar_is(w.at[i + 1].low, no)) return false;
        *a = (word_span){ from, i };
        *b = (word_span){ i + 1, to };
        return true;
    }
    return false;
}

static void on_facts(telling *k, text t) {
    words w = words_of(k->a, t);
    tell_fact(k, "on", arena_str(k->a, t.p, t.n));
    for (size_t i = 0; i < w.n; i++) {
        text low = w.at[i].low;
        if (w.at[i].stop) continue;
        tell_fact(k, "on", arena_str(k->a, low.p, low.n));
        if (text_ends(low, "s") && low.n > 3) tell_fact(k, "on", arena_str(k->a, low.p, low.n - 1));
        else tell_fact(k, "on", arena_format(k->a, "%.*ss", (int)low.n, low.p).p);
    }
}

static text without_article(text t) {
    if (text_starts(t, "a ")) t.p += 2, t.n -= 2;
    else if (text_starts(t, "an ")) t.p += 3, t.n -= 3;
    else if (text_starts(t, "the ")) t.p += 4, t.n -= 4;
    return t;
}

static bool pick_one(telling *k) {
    static const char *const pick[] = { "pick", NULL };
    word_span sa, sb;
    bool put = k->h.asks || act_is(k, "ask-her") || act_is(k, "ask-opinion") || k->h.w.n <= 5 ||
               heard_is(k, "(would you rather|pick one|choose one|your choice|which (is|one|would|do))");
    if (!put || k->h.w.n > 24 || !two_of(k, &sa, &sb)) return false;
    text a = lines_turn(k->a, k->h.w, sa.from, sa.to), b = lines_turn(k->a, k->h.w, sb.from, sb.to);
    bool theirs = heard_is(k, "(should|shall|do|must|can) i") || heard_is(k, "am i") || heard_is(k, "^(is|are|was|were|did|does|has|have) (it|he|she|they|that|this|my|the|there)");
    text first = without_article(a), second = without_article(b);
    bool swap = (hash_fnv(first) ^ hash_fnv(second)) & (hash_fnv(first) < hash_fnv(second) ? 1u : 0u);
    bool other = hash_fnv(first) < hash_fnv(second) ? swap : !((hash_fnv(first) ^ hash_fnv(second)) & 1u);
    tell_slot(k, "a", theirs || !other ? a : b);
    tell_slot(k, "b", theirs || !other ? b : a);
    if (theirs) return heard_is(k, "(should|shall) i") && tell_named(k, "ask.two-doors");
    on_facts(k, first);
    on_facts(k, second);
    if (tell_line(k, pick, ON, 0)) return true;
    return tell_named(k, "ask.pick");
}

/* ---- what do you think of x? ------------------------------------------------------------------------------------------------- */
static const char *const taste_patterns[] = {
    "do you ?(really|ever|actually|even) (like|love|hate|enjoy|prefer|fancy|mind|believe in|care for|dislike|approve of|trust) @x",
    "what do you ?(really|honestly|actually) (think|reckon|make) ?(of|about) @x", "(what's|what is|whats) (your|ur|you) (favourite|favorite|fave|fav|best) ?(ever|kind of|type of|sort of) @x",
    "(thoughts|opinion|opinions|views|view|take|feelings) (on|about) @x", "how do you feel about @x", "are you (into|a fan of|fond of|for or against) @x",
    "^(and |so )?(what|how) about @x", "what's so (good|great|bad) about @x", "(have you|do you) (got|have) a favourite @x",
    "(who's|who is) your favourite @x", "is @x ?(any|really|that) (good|bad|overrated|underrated)", "is @x worth it$", "^(is|are) @x (overrated|underrated|good|bad|evil|stupid)", NULL };

static bool taste(telling *k) {
    text kept[2];
    for (const char *const *p = taste_patterns; *p; p++) {
        if (!heard_kept(k, *p, kept) || !kept[0].n) continue;
        text x = without_article(kept[0]);
        static const char *const clauses[] = { "what", "how", "when", "if", "that", "why", "who", "him", "her", "them", "you", "the", "this", NULL };
        text rest = x, first = text_cut(&rest, ' ');
        if (grammar_is(first, clauses) || k->h.w.n > 16) return false;
        if (text_starts(x, "your ") && p != taste_patterns + 6 && k->h.c.n) return false;
        on_facts(k, x);
        tell_slot(k, "x", kept[0]);
        lines_pick v = tell_find(k, views, 20, 0);
        if (v.line && !v.spent && line_by_pattern(v.line)) {
            tell_say(k, v);
            return true;
        }
        tell_slot(k, "x", x);
        bool fav = heard_is(k, "(favourite|favorite|fave|fav)"), belief = heard_is(k, "believe in");
        return tell_named(k, fav ? "ask.favourite" : belief ? "ask.belief" : "ask.taste");
    }
    return false;
}

/* ---- tell me something ------------------------------------------------------------------------------------------------------------ */
/* What they may wish for: the kind of line, and the plain way of asking, which is what the lines themselves listen for. */
typedef struct { const char *pattern, *move, *plainly; } wish_row;
static const wish_row wishes[] = {
    { "(tell|give|say|know|got|have|hear|another|some|share) * (joke|jokes|pun|puns)|make me (laugh|smile)|cheer me up|say something funny|be funny|"
      "crack a joke|i (need|could use|want) a (laugh|joke)", "joke", "tell me a joke" },
    { "(tell|read|give|know|got|hear|want|another|make up) * (story|stories|tale|fairy tale|anecdote)|^story time$", "story", "tell me a story" },
    { "(tell|give|know|say|share|teach|got|another) * (fact|facts|trivia)|(tell|teach|show) me something ?(interesting|new|cool|random|weird|odd|else|i don't know|fun|"
      "strange|surprising)?$", "inform", "tell me a fact" },
    { "(give|ask|tell|throw) me (a|another|an interesting|one) (question|prompt)|ask me (something|anything|a question|another)|question me", "ask", "ask me something" },
};
typedef struct { const char *pattern, *id; } named_row;
static const named_row named_wishes[] = {
    { "(say|tell me) something ?(nice|kind|good|cheerful|happy|positive|beautiful)$", "tell.small-good" },
    { "^(play )?would you rather$|(ask|give) me a would you rather|(do|another) would you rather", "tell.rather" },
    { "(recite|write|read|tell|give|do|make|know|say) * (poem|haiku|limerick|rhyme|verse)", "tell.poem" },
};

static bool tell_wished(telling *k, const wish_row *r) {
    const char *moves[] = { r->move, NULL };
    lines_pick p = tell_find(k, moves, KNOWN, 0);          /* asked for in a way of its own: "a bedtime story" */
    if (!p.line || p.spent) {
        words had = k->h.w;
        k->h.w = words_of(k->a, text_of(r->plainly));
        k->view = NULL;
        p = tell_find(k, moves, KNOWN, 0);
        k->h.w = had;
        k->view = NULL;
    }
    if (!p.line) return false;
    tell_say(k, p);
    k->t.told = text_of(r->move);
    k->t.told_at = k->t.n + 1;
    return true;
}

static bool wish(telling *k) {
    if (k->h.w.n > 16) return false;
    k->asked_for = true;
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        if (heard_is(k, wishes[i].pattern) && tell_wished(k, &wishes[i])) return true;
    for (size_t i = 0; i < sizeof named_wishes / sizeof *named_wishes; i++)
        if (heard_is(k, named_wishes[i].pattern) && tell_named(k, named_wishes[i].id)) return true;
    k->asked_for = k->put;
    return false;
}

bool small_another(telling *k) {
    if (k->t.told.n && k->t.n - k->t.told_at < 5)
        for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
            if (text_is(k->t.told, wishes[i].move)) {
                k->asked_for = true;
                if (tell_wished(k, &wishes[i])) return true;
                k->asked_for = false;
            }
    return false;
}

/* ---- the rest --------------------------------------------------------------------------------------------------------------------------- */
static bool known(telling *k, int least) {
    lines_pick p = tell_find(k, direct, least, 0);
    if (!p.line || (k->put && !line_by_pattern(p.line))) return false;       /* a line of the subject is no answer */
    tell_say(k, p);
    return true;
}

/* "what's the capital of peru", "who won the match": a question about the world. */
static bool world_question(telling *k) {
    text kept[2];
    if (heard_kept(k, "^(so |and |hey |ok )?(what is|what's|whats|what are|what was|who is|who's|who was|where is|where's|when was|when did|when is|how do|how does|"
                     "how far|how old is|how tall|how big|how much|how many|who won|who invented|who wrote|what does|what causes|why do|why is the|why are) @x", kept)) {
        bool hers = heard_is(k, "(you|your|you're)") || heard_is(k, "(i|my|me|i'm)");
        if (hers) return false;
        tell_slot(k, "x", without_article(kept[0]));
        return tell_named(k, "q.world");
    }
    return false;
}

static bool advice(telling *k) {
    bool asked = step_is(k, "advice") || step_is(k, "clinic") ||
                 heard_is(k, "(what (should|do|can|would) (i|you) do|should i|shall i|how (do|can|should|would) i|any (advice|tips|ideas|suggestions)|what would you do|"
                            "help me (decide|choose|with)|give me advice|what do i do|what now|advice please|your advice)");
    if (!asked) return false;
    text kept[2];
    lines_pick p = tell_find(k, steps, 9, 0);
    if (p.line && !p.spent && line_by_pattern(p.line)) {
        tell_say(k, p);
        return true;
    }
    if (heard_kept(k, "^?(so|ok|and|but|maybe|then) (should|shall) i ?(just|really|even) @x+", kept)) {
        tell_slot(k, "x", kept[0]);
        return tell_named(k, "ask.should");
    }
    tell_slot(k, "x", k->h.n.n ? k->h.n : k->t.thing);
    return k->put ? tell_named(k, "q.what-do") : tell_named(k, tell_slot_value(k, "x").n ? "ask.advice-thing" : "ask.advice");
}

static bool opinion(telling *k) {
    if (!heard_is(k, "(what do you (think|reckon)|your (opinion|thoughts|view|take)|do you (think|reckon)|don't you think|what would you say|is that (bad|weird|normal|ok|wrong|stupid)|"
                    "am i (being |just |going )?(stupid|silly|mad|crazy|weird|unreasonable|mean|selfish|too harsh|harsh|dramatic|horrible|awful|paranoid|ridiculous|pathetic|needy|"
                    "rude|insane|unfair|wrong|soft|daft|a bad person|a bad friend|a terrible person|an idiot|losing it))")) return false;
    lines_pick p = tell_find(k, views, 9, -1);
    if (p.line && !p.spent && line_by_pattern(p.line)) {
        tell_say(k, p);
        return true;
    }
    tell_slot(k, "x", k->h.n.n ? k->h.n : k->t.thing);
    return tell_named(k, heard_is(k, "am i (being|just|going|a|an|stupid|silly|mad|crazy|weird|unreasonable|mean|selfish|too|dramatic|horrible|wrong|losing)") ? "ask.am-i" : tell_slot_value(k, "x").n ? "ask.view-thing" : "ask.view");
}

static bool greeted(telling *k) {
    static const char *const greet[] = { "greet", NULL };
    if (k->h.w.n > 5 || k->h.asks || !heard_is(k, "^?(oh|well|um|ah) (hi|hey|heya|hello|hullo|hiya|helo|hai|yo|greetings|morning|good morning|afternoon|good afternoon|evening|"
        "good evening|sup|howdy|hola|ello)( (there|samantha|again|hi|hello|you|everyone|love|mate))?$")) return false;
    tell_fact(k, "act", "greet");
    return tell_line(k, greet, 0, 0);
}

bool small_ask(telling *k) {
    if (!k->h.w.n) return false;
    if (greeted(k)) return true;
    bool put = k->h.asks || act_is(k, "ask-her") || act_is(k, "ask-fact") || act_is(k, "ask-opinion") || act_is(k, "ask-advice") ||
               act_is(k, "command") || act_is(k, "greet") || act_is(k, "insult") || act_is(k, "flirt") || act_is(k, "thank");
    if (wish(k)) return true;
    if (put && known(k, KNOWN + 4)) return true;
    if (taste(k) || pick_one(k)) return true;
    if (put && (known(k, KNOWN))) return true;
    if (advice(k) || opinion(k)) return true;

    static const char *const firm[] = { "boundary", "truth", "repair", NULL };
    if (!put && k->h.w.n <= 14) {
        lines_pick p = tell_find(k, firm, KNOWN, 0);
        if (!p.line) return false;
        tell_say(k, p);
        return true;
    }
    return put && world_question(k);
}
