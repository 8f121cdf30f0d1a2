/* SPDX-License-Identifier: Apache-2.0
 * small_turn.c - the small moves of talk: hello, I'm so-and-so, this is Tom, yeah, dunno, never mind.
 *
 * DESIGN  A row speaks only when the whole message is such a move, and says as little as the move did. A name is taken for one
 *         when it was typed with a capital, is a known first name, or can be nothing else after "my name is". */
#include <string.h>
#include "think/small.h"

typedef struct { const char *pattern, *id; size_t words_most; } turn_row;

#define HELLO "(hi|hiya|hello|hey|heya|yo|hullo|howdy|greetings|g'day|gday|hei|hola|heyy|heyyy|hii|hiii|good morning|good afternoon|good evening|good day|morning|afternoon|evening|namaste|salaam)"
#define MATE "?(there|samantha|sam|all|bro|mate|man|dude|love|dear|friend|my friend|again|everyone|girl|sis|fam|to you|my dear|sweetheart|darling|pal|buddy|mam|ma'am|maam|sir|madam|miss|ladies)"

static const turn_row after[] = {
    { "^?(no|oh|ok|well) (dunno|no idea|i don't know|don't know|idk|not sure|i'm not sure|no clue|who knows|beats me|i dunno|hard to say|can't say) ?(really|tbh|lol|yet|though)$", "turn.unsure", 6 },
    { "^(maybe|perhaps|possibly|might be|could be|probably|i suppose|i guess|suppose so|guess so|i guess so|sort of|kind of|kinda|sorta|it depends|depends|yes and no) ?(lol|so|tbh|really|then)$", "turn.maybe", 4 },
    { "^?(yeah|yes|oh) (i know|i know right|ik|i do know)$", "turn.know", 5 },
    { "^(same|same here|me too|me neither|ditto|likewise|snap)$", "turn.same", 3 },
    { "^?(very|so|too|ok|yeah|yes) (true|exactly|precisely|agreed|i agree|totally|absolutely|definitely|spot on|fair|fair enough|fair point|good point|that's true|thats true|that's fair|right|quite|indeed|facts|makes sense|true that) ?(lol|though|tbh|then)$", "turn.agree", 4 },
    { "^(ok|okay|k|kk|right|cool|nice|great|alright|sure|good|fine|got it|noted|i see|interesting|oh ok|ok then|ok cool|sounds good|good to know|will do|understood|gotcha|oh right|ok thanks) ?(then|lol|so)$", "turn.ok", 4 },
    { "^(hm|hmm|hmmm|mm|mmm|um|uh|er|oh|ah|well|let me think|thinking)$", "turn.hm", 3 },
    { "^?(ok|well|oh) (anyway|anyways|anywho|moving on|so anyway)$", "turn.anyway", 3 },
    { "^?(ok|yeah|oh) (whatever|whatevs|who cares|meh)$", "turn.whatever", 3 },
    { "^?(oh|ok|ah|no) (never mind|nevermind|nvm|forget it|forget i said anything|doesn't matter|it doesn't matter|drop it|ignore that|ignore me)$", "turn.drop", 6 },
    { "^?(ok|ah|oh|aw|cheers|great|lovely|perfect|brilliant|cool|super) (thanks|thank you|ta|cheers|thx|ty|tysm|thank u|thanks a lot|thank you so much|many thanks|thanks so much|much appreciated|ta love|thanks samantha|thank you samantha|nice one|appreciate it|i appreciate it|thanks for that|thanks for asking)$", "turn.thanks", 7 },
    { "^?(ok|oh|omg|ha) (ha|haha|hahaha|hahahaha|lol|lmao|lmaoo|lmaooo|rofl|hehe|heh|lol good one|haha good one|good one|nice one|that's funny|very funny|that's a good one|that made me laugh|you're funny|lolol|ahaha|hah|ha ha) ?(good one|nice|ok|that's funny|nice one|very good|brilliant)$", "turn.laugh", 7 },
    { "^?(well|and|oh) (nice|good|lovely|pleased|great|pleasure) to (meet|know|see) (you|you too)$", "turn.met", 6 },
    { "^?(right|ok|so|well|anyway|gonna|i'm|im|i am) ?(gonna|going|off|to|better|i'd better|should) ?(to|go) (call|ring|phone|text|see|visit|meet|talk to|have dinner with|have lunch with) (my|the|a|him|her|them) ?@x$", "turn.to-someone", 9 },
};

/* ---- names ---------------------------------------------------------------------------------------------------------------- */
static text capitalised(arena *a, text t) {
    char *s = arena_str(a, t.p, t.n);
    for (size_t i = 0; i < t.n; i++)
        if ((i == 0 || s[i - 1] == ' ' || s[i - 1] == '-') && s[i] >= 'a' && s[i] <= 'z') s[i] = (char)(s[i] - 32);
    return (text){ s, t.n };
}

static const word *word_of(const telling *k, text low) {
    for (size_t i = 0; i < k->h.w.n; i++)
        if (text_is_fold(k->h.w.at[i].low, arena_str(k->a, low.p, low.n))) return &k->h.w.at[i];
    return NULL;
}

/* Is the first word of `t` a name, here? `sure`: the words before it leave no other reading. */
static bool is_name(const telling *k, text t, bool sure) {
    text first = t;
    const char *space = memchr(t.p, ' ', t.n);
    if (space) first.n = (size_t)(space - t.p);
    if (first.n < 2 || first.n > 20) return false;
    char *low = arena_str(k->a, first.p, first.n);
    for (size_t i = 0; i < first.n; i++)
        if (low[i] >= 'A' && low[i] <= 'Z') low[i] = (char)(low[i] + 32);
    text key = { low, first.n };
    unsigned lex = grammar_lex(k->m->g, key);
    const word *w = word_of(k, key);
    if (words_is_stop(key) || text_is(key, "samantha")) return false;
    bool common = (lex & (LEX_BASE | LEX_S | LEX_PAST | LEX_PART | LEX_ING | LEX_ADJ)) != 0;
    if ((lex & LEX_NAME) && !(lex & LEX_NAME_WORD)) return true;
    if (w && w->capital && !w->shout) return !common || (lex & LEX_NAME) || sure;
    return sure && !common;
}

static text first_word(text t) {
    const char *space = memchr(t.p, ' ', t.n);
    if (space) t.n = (size_t)(space - t.p);
    if (text_ends(t, "'s")) t.n -= 2;
    return t;
}

/* "my name is harold. i was a surveyor": what follows the name, to take up. */
static const char *name_line(telling *k, text name) {
    text kept[2];
    tell_slot(k, "x", capitalised(k->a, first_word(name)));
    if (heard_kept(k, "(i|i'm|im) ?(was|am|used to be|work as|worked as) (a|an) @x", kept) && kept[0].n && !heard_is(k, "(i'm|i am|was) a (bit|little|lot)")) {
        tell_slot(k, "y", kept[0]);
        return "turn.name-work";
    }
    if (heard_kept(k, "(from|live in|living in|here in|based in) @x", kept) && kept[0].n) {
        tell_slot(k, "y", capitalised(k->a, kept[0]));
        return "turn.name-place";
    }
    return "turn.name";
}

static bool own_name(telling *k) {
    text kept[2];
    static const char *const sure[] = { "(my name is|my name's|my names|the name's|name's|call me|i'm called|i am called|you can call me|they call me|people call me) @x", NULL };
    static const char *const perhaps[] = { "^" HELLO " " MATE " (it's|its|i'm|im|i am|this is|it is) @x", "^(i'm|im|i am|it's|its) @x ?(here|speaking|from @y|by the way|btw)$",
        "^@x here$", NULL };
    if (k->h.w.n > 30) return false;
    for (const char *const *p = sure; *p; p++)
        if (heard_kept(k, *p, kept) && kept[0].n && is_name(k, kept[0], true)) return tell_named(k, name_line(k, kept[0]));
    for (const char *const *p = perhaps; *p; p++)
        if (heard_kept(k, *p, kept) && kept[0].n && k->h.w.n <= 14 && is_name(k, kept[0], p == perhaps && k->h.w.n <= 5)) return tell_named(k, name_line(k, kept[0]));
    if (heard_kept(k, "^?(hello|hi|hey) (i am|i'm|im) @x", kept) && kept[0].n && !memchr(kept[0].p, ' ', kept[0].n)) {
        const word *w = word_of(k, kept[0]);                 /* "i am margaret, i'm 84" */
        if (w && w->after && w->capital && is_name(k, kept[0], false)) return tell_named(k, name_line(k, kept[0]));
    }
    return false;
}

/* "his name is derek", "she's called jodie", "he's a lurcher called biscuit", "this is my mate tom". */
static bool other_name(telling *k) {
    text kept[2];
    if (k->h.w.n > 12) return false;
    if (heard_kept(k, "(he's|hes|he is|she's|shes|she is|it's|its|it is|i have|i've got|we have|we've got|got) (a|an|my) @x (called|named) @y$", kept) && kept[0].n && kept[1].n) {
        tell_slot(k, "x", capitalised(k->a, first_word(kept[1])));
        tell_slot(k, "y", kept[0]);
        return tell_named(k, "turn.other-what");
    }
    if (heard_kept(k, "(his|her|their|its|the dog's|the cat's) (name is|name's|names|name was) @x$", kept) ||
        heard_kept(k, "^(he's|she's|he is|she is|it's|hes|shes|they're) (called|named) @x$", kept)) {
        if (!kept[0].n) return false;
        tell_slot(k, "x", capitalised(k->a, first_word(kept[0])));
        return tell_named(k, "turn.other");
    }
    if (heard_kept(k, "^(this is|meet|here's|heres) my @x$", kept) && kept[0].n) {
        const char *space = memrchr(kept[0].p, ' ', kept[0].n);
        text last = space ? (text){ space + 1, kept[0].n - (size_t)(space + 1 - kept[0].p) } : kept[0];
        if (!space || !is_name(k, last, false)) return false;
        tell_slot(k, "x", capitalised(k->a, last));
        return tell_named(k, "turn.here");
    }
    return false;
}

/* ---- hello ------------------------------------------------------------------------------------------------------------------ */
static bool hello(telling *k) {
    if (k->h.w.n > 6 || !heard_is(k, "^" HELLO " ?" HELLO " " MATE "$")) return false;
    const char *id = heard_is(k, "evening") ? "turn.evening" : heard_is(k, "morning") ? "turn.morning" : heard_is(k, "afternoon") ? "turn.afternoon" : "turn.hello";
    if (!tell_named(k, id)) return false;
    if (!k->asked && strcmp(id, "turn.hello") != 0 && tell_may_ask(k)) tell_named(k, "turn.hello-ask");
    return true;
}

/* ---- yes, no ---------------------------------------------------------------------------------------------------------------- */
static bool yes_or_no(telling *k) {
    if (k->h.w.n > 3 || k->h.content > 1) return false;
    bool yes = heard_is(k, "^(yes|yeah|yep|yup|ye|yh|yea|aye|yess|yes please|oh yes|of course|definitely|i do|i did|i am|it is|it was|they did|he did|she did|sure|mhm|si|ya) ?(lol|please|really|i do|it is|x)$");
    bool no = heard_is(k, "^(no|nope|nah|not really|not yet|no thanks|no thank you|no not really|i don't|i didn't|never|not at all|naw|nothing) ?(lol|thanks|really|not really|x)$");
    if (!yes && !no) return false;
    if (k->t.asked && tell_follow(k, yes ? "yes" : "no")) return true;
    return k->t.n && tell_named(k, yes ? "turn.yes" : "turn.no");
}

bool small_turn(telling *k) {
    if (!k->h.w.n || k->put) return k->h.w.n && k->put && !k->h.asks && hello(k);
    if (own_name(k) || other_name(k) || hello(k) || yes_or_no(k)) return true;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (k->h.w.n <= after[i].words_most && heard_is(k, after[i].pattern) && tell_named(k, after[i].id)) return true;
    return false;
}
