/* SPDX-License-Identifier: Apache-2.0
 * small_back.c - replies to what she said: yes, no, why?, what do you mean?, that's not what I said.
 *
 * DESIGN  A table of patterns, most particular first, each with what to try. A row speaks only when the whole message is
 *         about as long as such a message is: "why?" is a question to her, "why does my dad do that" is not. */
#include <string.h>
#include "think/small.h"

typedef bool row_way(telling *k);
typedef struct { const char *pattern; size_t words_most; row_way *way; } back_row;

static const char *const opinion_moves[] = { "opinion", "taste", NULL };

static void thing_slot(telling *k) {
    tell_slot(k, "x", k->h.n.n ? k->h.n : k->t.thing);
    tell_slot(k, "c", k->h.c.n ? k->h.c : k->t.clause);
}

static bool why(telling *k) {
    static const char *const whys[] = { "why", NULL };
    if (!k->t.n) return false;
    thing_slot(k);
    return tell_follow(k, "why") || tell_line(k, whys, 9, 0) || tell_named(k, k->t.asked ? "back.why-ask" : "back.why");
}

static bool what(telling *k) {
    if (!k->t.n) return false;
    thing_slot(k);
    if (tell_follow(k, "what")) return true;
    if (k->t.question.n) {
        tell_slot(k, "answer", k->t.question);
        return tell_named(k, tell_slot_value(k, "x").n ? "back.what-thing" : "back.what-ask");
    }
    return tell_named(k, tell_slot_value(k, "c").n ? "back.what-clause" : "back.what");
}

static bool not_said(telling *k) {
    text kept[2];
    if (heard_kept(k, "i (said|meant|mean|was talking about|am talking about|was asking about|asked about) @x+", kept) && kept[0].n) {
        tell_slot(k, "x", kept[0]);
        return tell_named(k, "back.corrected");
    }
    if (k->h.c.n && k->h.w.n > 6) return false;               /* the correction says it: hear that */
    k->t.topic = k->t.old_topic;
    return tell_named(k, "back.not-said");
}

static bool said_before(telling *k) {
    bool first = k->t.n == 0;
    return !first && tell_named(k, "back.said-before");
}

static bool no_questions(telling *k) {
    k->t.q_run = 2;
    return tell_named(k, "back.no-questions");
}

static bool more(telling *k) {
    if (!k->t.n) return false;
    thing_slot(k);
    const char *last[] = { k->t.move.n ? arena_str(k->a, k->t.move.p, k->t.move.n) : "opinion", NULL };
    if (heard_is(k, "(another|more|again|next)") && small_another(k)) return true;
    lines_pick p = tell_find(k, last, 9, -1);
    if (p.line && !p.spent) {
        tell_say(k, p);
        return true;
    }
    return tell_line(k, opinion_moves, 9, -1) || tell_named(k, tell_slot_value(k, "x").n ? "back.more-thing" : "back.more");
}

static bool and_you(telling *k) {
    thing_slot(k);
    return tell_line(k, opinion_moves, 9, -1) || tell_named(k, "back.and-you");
}

static bool named(telling *k, const char *id) {
    thing_slot(k);
    return tell_named(k, id);
}
/* A short word on what she said, then a way on, when there is a subject to go on with. */
static bool named_on(telling *k, const char *id) {
    static const char *const ask[] = { "ask", NULL };
    if (!named(k, id)) return false;
    if (tell_dice(k, 2) && !k->asked) {
        lines_pick p = tell_find(k, ask, 9, 1);
        if (p.line && !p.spent) tell_say(k, p);
    }
    return true;
}
static bool thanks(telling *k) { return named(k, "back.thanks"); }
static bool laugh(telling *k) { return named_on(k, "back.laugh"); }
static bool praise(telling *k) { return named(k, "back.praise"); }
static bool agree(telling *k) { return k->t.n && named_on(k, "back.agree"); }
static bool disagree(telling *k) { return k->t.n && named(k, "back.disagree"); }
static bool sorry(telling *k) { return named(k, "back.sorry"); }
static bool fine(telling *k) { return named_on(k, "back.fine"); }
static bool so_what(telling *k) { return named(k, "back.so-what"); }
static bool forget_it(telling *k) { return named(k, "back.forget-it"); }
static bool there(telling *k) { return named(k, "back.there"); }
static bool guess(telling *k) { return named(k, "back.guess"); }

static bool ok(telling *k) {
    static const char *const ask[] = { "ask", NULL };
    if (!k->t.n) return false;
    thing_slot(k);
    if (k->t.move.n && !k->t.asked) {
        lines_pick p = tell_find(k, ask, 9, 1);
        if (p.line && !p.spent && tell_dice(k, 2)) {
            tell_say(k, p);
            return true;
        }
    }
    return tell_named(k, "back.ok");
}

static const back_row rows[] = {
    { "^(why|how come|why not|but why|why though|why is that|why's that|why so|why that|why tho|says who)$", 4, why },
    { "^(but )?(why|what makes you) (do|did|would|are) you (say|ask|think|asking|saying|want to know) *", 10, why },
    { "what makes you (say|think|ask) (that|so|it)", 9, why },
    { "(what do you mean|what does that mean|what did you mean|what are you on about|meaning what|i don't (get|follow|understand) "
      "(it|that|you|what you mean|what you're saying)|i dont get (it|you)|explain yourself|come again|you lost me|you've lost me|"
      "what are you talking about|that makes no sense|that doesn't make sense|you're not making sense|i don't understand|not sure what you mean)", 16, what },
    { "^(what|huh|eh|pardon|sorry what|wait what|what now|hm what|what was that|say again|you what)$", 3, what },
    { "(that's|thats|that is|it's|it is) not what i (said|meant|mean|asked|told|was saying|was talking about)", 24, not_said },
    { "i (didn't|never|did not) (say|said|mean|ask) (that|anything about|it)", 18, not_said },
    { "(you|you've|you have) (misunderstood|misheard|misread|got it wrong|got that wrong|got me wrong|missed the point)", 18, not_said },
    { "^(no )?(not|nothing to do with) (that|what i meant|my point|the point)$", 6, not_said },
    { "^(no|wrong) (that's wrong|you're wrong about that|i said|i meant) *", 18, not_said },
    { "(you're|you are|are you|you) (not|even|never)? (listening|listen|hearing me|paying attention|even reading)( to me| at all| are you)?$", 10, not_said },
    { "(you|you've|you have) (already|just)? (said|asked|told|ask|say) (me )?(that|this|it) ?(already|before|twice|again|earlier|a minute ago|same)?$", 12, said_before },
    { "(stop|you keep|you're) (repeating|repeating yourself|saying the same|asking the same|asking me the same) *", 12, said_before },
    { "(same (thing|question|answer) (again|every time|as before)|you said that|already told you|i (already|just) (said|told you|answered) *)", 12, said_before },
    { "(stop|enough|no more|quit|too many|so many|don't|do you have to|why so many|you ask) * (asking|questions|interrogat)", 14, no_questions },
    { "(stop|quit) asking|no more questions|is this an (interview|interrogation)|twenty questions is it", 12, no_questions },
    { "^(ok |yes |yeah )?(go on|tell me more|more|continue|and|and then|what else|anything else|keep going|carry on|another|another one|"
      "one more|more please|say more|go ahead|and so|then what|next)$", 5, more },
    { "^(and |so )?(you|and you|what about you|how about you|yourself|and yourself|what about yourself|hbu|wbu|how are you then)$", 6, and_you },
    { "^(ok |oh |ah |haha |aw )?(thanks|thank you|cheers|ta|thx|ty|thanks a lot|thank you so much|many thanks|much appreciated|thanks samantha|"
      "thank you samantha|that's kind|appreciate it|i appreciate (it|that)|bless you|thanks for (that|listening|this|asking))( so much| a lot)?$", 9, thanks },
    { "^(that|this) (helps|helped|was helpful|is helpful|is kind|was kind|is good advice)|you (helped|were helpful)", 12, thanks },
    { "^(ha|haha|hahaha|lol|lmao|rofl|hehe|heh|ha ha|hahahaha|lololol|hah|ahaha|that's funny|very funny|good one|nice one|funny|i'm laughing|"
      "you're funny|you made me laugh|made me laugh|that made me (laugh|smile)|ok that's funny)( that's (funny|good)| good one| nice one| very good)?$", 8, laugh },
    { "^(you're|you are|ur) (so |really |very |quite |pretty |actually |kind of )?(funny|nice|kind|sweet|clever|smart|good|lovely|great|wise|cool|the best|helpful|"
      "easy to talk to|a good listener|good at this)|^(i like you|you're alright|well said|nicely put|good (answer|point|question)|great (question|answer))$", 10, praise },
    { "^(true|exactly|agreed|i agree|right|you're right|thats right|that's right|that's true|so true|precisely|indeed|fair|fair enough|fair point|"
      "good point|i know|i know right|spot on|yes exactly|totally|quite|can't argue with that|correct|absolutely|this|you get it)$", 6, agree },
    { "^(no )?(you're wrong|that's wrong|i disagree|not true|that's not true|rubbish|nonsense|bullshit|wrong|no way|don't agree|i don't agree|"
      "disagree|that's rubbish|that's nonsense|as if|hardly|not sure about that|i don't think so|i doubt (it|that))$", 8, disagree },
    { "^(sorry|i'm sorry|my bad|apologies|sorry about that|sorry for (ranting|rambling|moaning|that|going on|the rant|venting|dumping)|sorry to (moan|ramble|go on|rant)) *$", 10, sorry },
    { "^(fine|i'm fine|i'm ok|i'm okay|im ok|not bad|ok i guess|alright|so so|can't complain|same old|same as always|same|nothing much|not much|nm|"
      "nothing|nothing really|nothing new|meh|the usual|good thanks|i'm good|all good|i'm alright|surviving|getting by|bit of this and that)$", 5, fine },
    { "^(so what|so|who cares|and what|whatever|big deal|your point|what's your point|what's the point of (that|this))$", 5, so_what },
    { "^(never mind|nevermind|forget it|forget i said|doesn't matter|drop it|leave it|skip it|it's nothing|nvm|let's drop it|change the subject|"
      "can we change the subject|let's talk about something else|talk about something else|something else|new subject|different subject)( please| anything)?$", 8, forget_it },
    { "^(are you (still )?there|you there|hello hello|still there|anyone there|anybody there|you still there|u there)$", 5, there },
    { "^(guess|guess what|guess who|you'll never guess|you will never guess|guess what happened|you won't believe this|you won't believe what happened)$", 6, guess },
    { "^(ok|okay|k|kk|right|mm|mmm|hmm|hm|mhm|cool|nice|great|i see|got it|alright|sure|good|oh|ah|oh ok|oh right|ok then|right then|wow|interesting|"
      "good to know|noted|makes sense|ok cool|aha|yep ok|well|oh well|huh ok|ok thanks|will do|i will|i'll try|i might|good idea|maybe i will)$", 5, ok },
};

bool small_back(telling *k) {
    if (!k->h.w.n) return false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (k->h.w.n <= rows[i].words_most && heard_is(k, rows[i].pattern) && rows[i].way(k)) return true;
    return false;
}

/* ---- answers to her question ---------------------------------------------------------------------------------------------- */
static bool any_follow(telling *k, answer_kind a) {
    if (a == ANSWER_YES && tell_follow(k, "yes")) return true;
    if (a == ANSWER_NO && tell_follow(k, "no")) return true;
    return tell_follow(k, "any");
}

/* A noun of theirs before the follow-up: "Tomatoes. That's the one …" */
static void echo_answer(telling *k) {
    text t;
    if (!k->h.n.n || k->h.w.n > 9) return;
    tell_slot(k, "x", k->h.n);
    if (lines_fill(k->a, TEXT("{X}."), k->slot, k->n_slot, &t)) tell_text(k, t);
}

static void go_on(telling *k) {
    static const char *const ask[] = { "ask", NULL };
    if (k->asked || tell_dice(k, 10) >= 3) return;
    lines_pick p = tell_find(k, ask, 9, 1);
    if (p.line && !p.spent) tell_say(k, p);
}

bool small_answer_hers(telling *k) {
    static const char *const knowing[] = { "reflect", "opinion", "affirm", "cheer", "ask", "joke", NULL };
    answer_kind a = heard_answer(k);
    if (k->h.asks) return false;
    bool short_one = k->h.w.n <= 3 || (a != ANSWER_NONE && k->h.content <= 2);
    if (k->t.asked) {
        lines_pick better = short_one ? (lines_pick){ 0 } : tell_find(k, knowing, 32, 0);
        if (better.line && !better.spent) return false;
        if (k->h.w.n > 14 && tell_dice(k, 2)) return false;
        size_t had = k->out.n;
        if (a == ANSWER_NONE) echo_answer(k);
        if (any_follow(k, a)) {
            go_on(k);
            return true;
        }
        k->out.n = had;
        if (k->out.p) k->out.p[had] = '\0';
    }
    if (!short_one || !k->t.n || a == ANSWER_NONE) return false;
    thing_slot(k);
    const char *id = a == ANSWER_YES ? "back.yes" : a == ANSWER_NO ? "back.no" : "back.maybe";
    if (!tell_named(k, id)) return false;
    go_on(k);
    return true;
}
