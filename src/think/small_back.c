/* SPDX-License-Identifier: Apache-2.0
 * small_back.c - replies to what she said: yes, no, why?, what do you mean?, that's not what I said.
 *
 * DESIGN  A table of patterns, most particular first, each with what to try. A row speaks only when the whole message is
 *         about as long as such a message is: "why?" is a question to her, "why does my dad do that" is not. */
#include <string.h>
#include "think/small.h"

typedef struct back_row back_row;
typedef bool row_way(telling *k, const back_row *r);
struct back_row { const char *pattern; size_t words_most; const char *acts; row_way *way; };

static const char *const opinion_moves[] = { "opinion", "taste", NULL };
static const char *const words_back[] = { "repair", "reflect", "opinion", "joke", "affirm", "truth", "boundary", NULL };
static const char *const openly[] = { "ask", NULL };

static void thing_slot(telling *k) {
    tell_slot(k, "x", k->h.n.n ? k->h.n : k->t.thing);
    if (!k->h.c.n) tell_slot(k, "c", k->t.clause);
}

/* Such a message is what its row says it is, whatever it was sensed as. */
static void acts(telling *k, const char *list) {
    text t = text_of(list);
    while (t.n) {
        text one = text_cut(&t, ' ');
        tell_fact(k, "act", arena_str(k->a, one.p, one.n));
    }
}

/* A way on, when there is a subject to go on with. */
static void go_on(telling *k, uint64_t in_ten) {
    if (k->asked || tell_dice(k, 10) >= in_ten) return;
    tell_topic_again(k);
    lines_pick p = tell_find(k, openly, 9, 1);
    if (p.line && !p.spent) tell_say(k, p);
}

/* What voice/moves/answers.say has for it. */
static bool answered(telling *k, const back_row *r) {
    acts(k, r->acts);
    if (tell_line(k, words_back, 32, -1)) {
        go_on(k, 4);
        return true;
    }
    return tell_line(k, openly, 32, 1);
}

static bool why(telling *k, const back_row *r) {
    static const char *const whys[] = { "why", NULL };
    (void)r;
    return k->t.n && (tell_follow(k, "why") || tell_line(k, whys, 0, 0));
}

static bool what(telling *k, const back_row *r) {
    if (!k->t.n) return false;
    acts(k, r->acts);
    if (tell_follow(k, "what")) return true;
    thing_slot(k);
    if (k->t.question.n && tell_slot_value(k, "x").n && tell_named(k, "back.what-thing")) return true;
    static const char *const repair[] = { "repair", NULL };
    return tell_line(k, repair, 32, 0) || tell_named(k, "back.what");
}

static bool not_said(telling *k, const back_row *r) {
    text kept[2];
    if (heard_kept(k, "i (said|meant|mean|was talking about|am talking about|was asking about|asked about) @x+", kept) && kept[0].n) {
        tell_slot(k, "x", kept[0]);
        return tell_named(k, "back.corrected");
    }
    if (k->h.c.n && k->h.w.n > 6) return false;               /* the correction says it: hear that */
    k->t.topic = k->t.old_topic;
    return answered(k, r);
}

static bool said_before(telling *k, const back_row *r) { return k->t.n && answered(k, r); }

static bool no_questions(telling *k, const back_row *r) {
    enum { HUSH = 10 };                        /* replies without a question, once they have asked for that */
    (void)r;
    k->t.hush_until = k->t.n + HUSH;
    return tell_named(k, "back.no-questions");
}

static bool more(telling *k, const back_row *r) {
    (void)r;
    if (!k->t.n) return false;
    if (heard_is(k, "(another|more|again|next)") && small_another(k)) return true;
    tell_topic_again(k);
    const char *last[] = { k->t.move.n ? arena_str(k->a, k->t.move.p, k->t.move.n) : "opinion", NULL };
    lines_pick p = tell_find(k, last, 9, -1);
    if (p.line && !p.spent) {
        tell_say(k, p);
        return true;
    }
    thing_slot(k);
    return tell_line(k, opinion_moves, 9, -1) || tell_named(k, tell_slot_value(k, "x").n ? "back.more-thing" : "back.more");
}

static bool and_you(telling *k, const back_row *r) {
    (void)r;
    tell_topic_again(k);
    return tell_line(k, opinion_moves, 9, -1) || tell_named(k, "back.and-you");
}

static bool new_subject(telling *k, const back_row *r) {
    (void)r;
    k->t.topic = k->t.thing = (text){ "", 0 };
    return tell_named(k, "back.new-subject");
}

static bool guess(telling *k, const back_row *r) {
    (void)r;
    return tell_named(k, "back.guess");
}

static bool ok(telling *k, const back_row *r) {
    if (!k->t.n) return false;
    tell_topic_again(k);
    if (!k->t.asked && tell_dice(k, 2)) {
        lines_pick p = tell_find(k, openly, 9, 1);
        if (p.line && !p.spent) {
            tell_say(k, p);
            return true;
        }
    }
    return answered(k, r);
}

static const back_row rows[] = {
    { "^(why|how come|why not|but why|why though|why is that|why's that|why so|why that|why tho|says who)$", 4, "ask-opinion unclear", why },
    { "^(but )?(why|what makes you) (do|did|would|are) you (say|ask|think|asking|saying|want to know) *", 10, "ask-opinion unclear", why },
    { "what makes you (say|think|ask) (that|so|it)", 9, "ask-opinion unclear", why },
    { "(what do you mean|what does that mean|what did you mean|what are you on about|meaning what|i don't (get|follow|understand) "
      "(it|that|you|what you mean|what you're saying)|i dont get (it|you)|explain yourself|come again|you lost me|you've lost me|"
      "what are you talking about|that makes no sense|that doesn't make sense|you're not making sense|i don't understand|not sure what you mean)", 16, "unclear", what },
    { "^(what|huh|eh|pardon|sorry what|wait what|what now|hm what|what was that|say again|you what)$", 3, "unclear", what },
    { "(that's|thats|that is|it's|it is) not what i (said|meant|mean|asked|told|was saying|was talking about)", 24, "correct disagree tell unclear", not_said },
    { "i (didn't|never|did not) (say|said|mean|ask) (that|anything about|it)", 18, "correct disagree tell unclear", not_said },
    { "(you|you've|you have) (misunderstood|misheard|misread|got it wrong|got that wrong|got me wrong|missed the point)", 18, "correct disagree tell unclear", not_said },
    { "^(no )?(not|nothing to do with) (that|what i meant|my point|the point)$", 6, "correct disagree tell unclear", not_said },
    { "^(no|wrong) (that's wrong|you're wrong about that|i said|i meant) *", 18, "correct disagree tell unclear", not_said },
    { "(you're|you are|are you|you) (not|even|never)? (listening|listen|hearing me|paying attention|even reading)( to me| at all| are you)?$", 10, "correct disagree tell unclear", not_said },
    { "(you|you've|you have) (already|just)? (said|asked|told|ask|say) (me )?(that|this|it) ?(already|before|twice|again|earlier|a minute ago|same)?$", 12, "correct disagree tell", said_before },
    { "(stop|you keep|you're) (repeating|repeating yourself|saying the same|asking the same|asking me the same) *", 12, "correct disagree tell", said_before },
    { "(same (thing|question|answer) (again|every time|as before)|you said that|already told you|i (already|just) (said|told you|answered) *)", 12, "correct disagree tell", said_before },
    { "(stop|enough|no more|quit|too many|so many|don't|do you have to|why so many|you ask) * (asking|questions|interrogat)", 14, "command", no_questions },
    { "(stop|quit) asking|no more questions|is this an (interview|interrogation)|twenty questions is it", 12, "command", no_questions },
    { "^(ok |yes |yeah )?(go on|tell me more|more|continue|and|and then|what else|anything else|keep going|carry on|another|another one|"
      "one more|more please|say more|go ahead|and so|then what|next)$", 5, "command", more },
    { "^(and |so )?(you|and you|what about you|how about you|yourself|and yourself|what about yourself|hbu|wbu|how are you then)$", 6, "ask-her", and_you },
    { "^(ok |oh |ah |haha |aw )?(thanks|thank you|cheers|ta|thx|ty|thanks a lot|thank you so much|many thanks|much appreciated|thanks samantha|"
      "thank you samantha|that's kind|appreciate it|i appreciate (it|that)|bless you|thanks for (that|listening|this|asking))( so much| a lot)?$", 9, "thank", answered },
    { "^(that|this) (helps|helped|was helpful|is helpful|is kind|was kind|is good advice)|you (helped|were helpful)", 12, "thank", answered },
    { "^(ha|haha|hahaha|lol|lmao|rofl|hehe|heh|ha ha|hahahaha|lololol|hah|ahaha|that's funny|very funny|good one|nice one|funny|i'm laughing|"
      "you're funny|you made me laugh|made me laugh|that made me (laugh|smile)|ok that's funny)( that's (funny|good)| good one| nice one| very good)?$", 8, "joke answer-short", answered },
    { "^(you're|you are|ur) (so |really |very |quite |pretty |actually |kind of )?(funny|nice|kind|sweet|clever|smart|good|lovely|great|wise|cool|the best|helpful|"
      "easy to talk to|a good listener|good at this)|^(i like you|you're alright|well said|nicely put|good (answer|point|question)|great (question|answer))$", 10, "thank agree tell", answered },
    { "^(true|exactly|agreed|i agree|right|you're right|thats right|that's right|that's true|so true|precisely|indeed|fair|fair enough|fair point|"
      "good point|i know|i know right|spot on|yes exactly|totally|quite|can't argue with that|correct|absolutely|this|you get it)$", 6, "agree answer-short answer-yes", answered },
    { "^(no )?(you're wrong|that's wrong|i disagree|not true|that's not true|rubbish|nonsense|bullshit|wrong|no way|don't agree|i don't agree|"
      "disagree|that's rubbish|that's nonsense|as if|hardly|not sure about that|i don't think so|i doubt (it|that))$", 8, "disagree correct", answered },
    { "^(sorry|i'm sorry|my bad|apologies|sorry about that|sorry for (ranting|rambling|moaning|that|going on|the rant|venting|dumping)|sorry to (moan|ramble|go on|rant)) *$", 10, "tell disclose answer-short", answered },
    { "^(fine|i'm fine|i'm ok|i'm okay|im ok|not bad|ok i guess|alright|so so|can't complain|same old|same as always|same|nothing much|not much|nm|"
      "nothing|nothing really|nothing new|meh|the usual|good thanks|i'm good|all good|i'm alright|surviving|getting by|bit of this and that)$", 5, "answer-short tell", answered },
    { "^(so what|so|who cares|and what|whatever|big deal|your point|what's your point|what's the point of (that|this))$", 5, "insult disagree answer-short", answered },
    { "^(never mind|nevermind|forget it|forget i said|doesn't matter|drop it|leave it|skip it|it's nothing|nvm|let's drop it|change the subject|"
      "can we change the subject|let's talk about something else|talk about something else|something else|new subject|different subject)( please| anything)?$", 8, "command answer-short", new_subject },
    { "^(are you (still )?there|you there|hello hello|still there|anyone there|anybody there|you still there|u there)$", 5, "ask-her", answered },
    { "^(guess|guess what|guess who|you'll never guess|you will never guess|guess what happened|you won't believe this|you won't believe what happened)$", 6, "tell", guess },
    { "^(ok|okay|k|kk|right|mm|mmm|hmm|hm|mhm|cool|nice|great|i see|got it|alright|sure|good|oh|ah|oh ok|oh right|ok then|right then|wow|interesting|"
      "good to know|noted|makes sense|ok cool|aha|yep ok|well|oh well|huh ok|ok thanks|will do|i will|i'll try|i might|good idea|maybe i will)$", 5, "answer-short agree answer-yes", ok },
};

bool small_back(telling *k) {
    if (!k->h.w.n) return false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (k->h.w.n <= rows[i].words_most && heard_is(k, rows[i].pattern) && rows[i].way(k, &rows[i])) return true;
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

bool small_answer_hers(telling *k) {
    static const char *const knowing[] = { "reflect", "opinion", "affirm", "cheer", "ask", "joke", NULL };
    answer_kind a = heard_answer(k);
    if (k->h.asks) return false;
    if (a == ANSWER_NO && k->h.w.n > 3 && k->h.c.n) return false;         /* "no, he's called Biscuit": that is what counts */
    bool short_one = k->h.w.n <= 3 || (a != ANSWER_NONE && k->h.content <= 2 && k->h.w.n <= 5);
    if (k->t.asked && k->h.w.n <= 9 && !heard_is(k, "^(don't|dont|stop|anyway|forget|never mind)")) {
        lines_pick better = short_one ? (lines_pick){ 0 } : tell_find(k, knowing, 32, 0);
        if (better.line && !better.spent) return false;
        size_t had = k->out.n;
        if (a == ANSWER_NONE) echo_answer(k);
        if ((k->h.w.n <= 6 || a != ANSWER_NONE) && any_follow(k, a)) {
            go_on(k, 2);
            return true;
        }
        k->out.n = had;
        if (k->out.p) k->out.p[had] = '\0';
    }
    if (!short_one || !k->t.n || a == ANSWER_NONE) return false;
    acts(k, a == ANSWER_YES ? "answer-yes" : a == ANSWER_NO ? "answer-no" : "answer-short unclear");
    if (!tell_line(k, words_back, 7, -1)) return false;
    go_on(k, 4);
    return true;
}
