/* SPDX-License-Identifier: Apache-2.0
 * small_question.c - what is asked comes first: which sentence asks, and an answer for every shape of question.
 *
 * DESIGN  A message that asks is heard by its asking sentence alone, so that what stands around the question cannot win.
 *         Then rows of shapes, the particular before the general; each names lines of voice/moves/to-her.say. `shaped` rows
 *         are tried before anything of a subject, `left` rows when nothing knew the words: a question is never echoed. */
#include <string.h>
#include "think/small.h"

/* ---- which sentence asks ---------------------------------------------------------------------------------------------- */
#define FILLER "?(and|so|but|ok|okay|hey|oh|well|hi|hello|yo|anyway|right|haha|lol|um|er|samantha|please|now|also|like|actually|you know|cool|thanks|hmm|no|yes|yeah)"
static const char opens[] = "^" FILLER " " FILLER " (what|what's|whats|who|who's|whos|whose|where|where's|wheres|why|how|how's|hows|how're|which|wyd|hbu|wbu)";
static const char opens_verb[] = "^" FILLER " " FILLER " (do|did|does|don't|didn't|doesn't|have|haven't|has|are|aren't|is|isn't|was|wasn't|were|can|can't|could|would|"
    "will|won't|should|shouldn't|shall|am|may) (you|i|he|she|it|they|we|there|this|that|these|those|my|your|his|her|our|their|anyone|anybody|people|someone|everyone)";
static const char opens_wish[] = "^" FILLER " " FILLER " (any idea|any ideas|any tips|any advice|any recommendations|any suggestions|any news|any plans|any thoughts|got any|tell me about|"
    "tell me what|tell me how|tell me why|tell me who|tell me where|tell me when|no idea what to|not sure what to|don't know what to|"
    "you know (what|who|where|how)|i wonder (what|why|who|how)|when (do|did|does|is|are|was|will|can|should|would)|(is|are|was|will|did|does|can|could|should|would|has) (the|a|an|all)|when's|you ever|you remember)";
static const char opens_be[] = "^(is|are|does)";
/* Only with a question mark: "is english hard?" */
static const char opens_marked[] = "^" FILLER " " FILLER " (do|did|does|have|has|are|is|was|were|can|could|would|will|should|shall|am|may|isn't|aren't|don't|doesn't|didn't|any|got)";
/* Begun like a question and none: "what a day", "how lovely", "what i mean is". */
static const char shut[] = "^" FILLER " (what a|what an|how (nice|lovely|sweet|kind|sad|awful|horrible|cool|funny|strange|odd|annoying|rude|cute)|who knows|what's more|what the|"
    "(what|how|why|who|where) (i|he|she|they|we|it|my|the|really|matters)|what happened was|do you know what i)";

static bool marked(words w) {
    for (size_t i = 0; i < w.n; i++)
        if (w.at[i].after == '?') return true;
    return false;
}

static bool fits(const telling *k, const char *pattern, words w) {
    text kept[2];
    return lines_fits(k->m->say, k->a, pattern, w, kept);
}

static bool begins_asking(const telling *k, words w) {
    bool mark = marked(w);
    if (!fits(k, opens, w) && !fits(k, opens_verb, w) && !fits(k, opens_wish, w) && !(mark && fits(k, opens_marked, w)) &&
        !(w.n >= 3 && fits(k, opens_be, w))) return false;
    return mark || !fits(k, shut, w);
}

/* Past the statement before it: "i have 3 kids, how many weeks in a year". */
static words from_its_question(const telling *k, words w) {
    if (begins_asking(k, w)) return w;
    for (size_t i = 1; i + 1 < w.n; i++) {
        static const char *const joints[] = { "and", "but", "so", "anyway", "lol", "haha", "btw", NULL };
        bool joint = w.at[i - 1].after == ',' || w.at[i - 1].after == '-' || w.at[i - 1].after == ':' || grammar_is(w.at[i - 1].low, joints);
        words rest = { w.at + i, w.n - i };
        if (joint && begins_asking(k, rest)) return rest;
    }
    return w;
}

static void hear_only(telling *k, words w) {
    prompt *p = arena_new(k->a, 1, sizeof *p);
    const word *last = &w.at[w.n - 1];
    *p = *k->p;
    p->heard = (text){ w.at[0].raw.p, (size_t)(last->raw.p - w.at[0].raw.p) + last->raw.n };
    p->said = w;
    k->p = p;
    hear(k->m->g, k->a, p->heard, w, &k->h);
}

void small_narrow(telling *k) {
    size_t n;
    words all = k->h.w, best = { NULL, 0 };
    if (!all.n || all.n > 400) return;
    word_span *s = words_sentences(k->a, all, false, &n);
    for (size_t i = 0; i < n; i++) {
        words w = { all.at + s[i].from, s[i].to - s[i].from };
        if (!w.n) continue;
        words q = from_its_question(k, w);
        bool puts = begins_asking(k, q);
        if (!puts && !marked(w)) continue;
        if (puts || !k->put) best = q;
        k->put |= puts;
    }
    if (best.n && best.n < all.n) hear_only(k, best);
}

/* ---- shapes ---------------------------------------------------------------------------------------------------------------- */
typedef struct { const char *pattern, *id, *not_with; } shape_row;

#define QUARREL "(unreasonable|overreacting|out of order|in the wrong|too harsh|too hard on|the asshole|the arsehole|mean to|unfair|rude)"
#define MEDICAL "(bleed|bleeding|blood|pain|painful|lump|swollen|dizzy|fever|rash|pee|poo|vomit|vomiting|dose|pills|period|pregnant|chest|breathe|numb|seizure|temperature|doctor|hospital|antibiotics|gp|ambulance|tablets|medicine|medication)"
#define HARM "(hit|hurt|kill|steal|cheat|drive|shoot|punch|cut|die|drink)"

static const shape_row shaped[] = {
    { "(silly|stupid|daft|wrong|weird|pathetic|mad|crazy|ridiculous|childish|odd|strange|dumb) (to|that|of me|if) * (cry|cried|crying|grieve|grieving|miss|mourn|upset|heartbroken|sad) * "
      "(cat|dog|pet|hamster|rabbit|bird|horse|animal|him|her|it|them|fish|guinea pig|budgie)", "q.silly-grief", NULL },
    { "(is|isn't|was|think|it's|its|that|that's) ?(it|it's|its|that) ?(really|so|too|a bit|very) (silly|stupid|daft|wrong|weird|pathetic|odd|childish|strange|bad|awful|selfish|mad|crazy|lazy|"
      "ridiculous|embarrassing|lame|dumb|rude|petty|mean) (to|that|of me|if|for me)", "q.silly", HARM },
    { "(is|isn't) (it|that|this) ?(really|all|quite) (normal|ok|okay|fine|usual|common|natural|alright|allowed) (to|that|if|for) * (feel|cry|miss|hear|see|talk|talking|dream|want|think|not|be|"
      "still|get|hate|love|laugh|forget|need|prefer|like|say|have|stay|leave)", "q.normal", MEDICAL },
    { "(am|was) i ?(being) ?(really|so|too|just) " QUARREL, "q.verdict", NULL },
    { "(who|who's|whos|whose) * (right|fault|in the wrong|to blame)", "q.verdict", "(answer|way|time|date|foot|hand)" },
    { "am i ?(being|just|really|so|too) ?(being|so|too|just) (silly|stupid|mad|crazy|weird|selfish|a fool|an idiot|pathetic|lazy|boring|a bad @x|a terrible @x|dramatic|sensitive|too sensitive|needy|strange|too old|old|odd|wrong)", "q.am-i", NULL },
    { "(was i|were we) (wrong|right|bad|stupid|silly|mean|selfish|daft|cruel) to * (shout|yell|say|tell|leave|ignore|block|snap|call|text|report|refuse|argue|walk out|hang up|throw)", "q.verdict", NULL },
    { "(was i|were we) (wrong|right|bad|stupid|silly|selfish|daft|cruel) (to|for|not)", "q.was-i", HARM },
    { "(did|have) i (do|done|made|make) (the|a) (right|wrong) (thing|choice|decision|call|mistake)", "q.was-i", NULL },
    { "(toast|speech|vows) for", "q.what-toast", NULL },
    { "(what|which|something|ideas|recipe) * (bring|make|cook|take) * (potluck|party|picnic|barbecue|bbq|buffet)", "q.what-bring", NULL },
    { "(what|which|what's) * (i|to|should|good|something) * (wear|put on|dress)", "q.what-wear", NULL },
    { "(what|which) * (should|shall|can|could|do|to) ?(i|we) (get|buy|give) * (him|her|them|birthday|christmas|anniversary|wedding|mum|mom|dad|wife|husband|daughter|son|friend|boss|mother|father|sister|brother|nan)", "q.what-gift", NULL },
    { "(gift|present|gifts|presents) (for|ideas)", "q.what-gift", NULL },
    { "(recommend|suggest) * (book|books|novel|novels|read|author)", "q.what-read", NULL },
    { "(recommend|suggest) * (film|films|movie|movies|series|show|watch)", "q.what-watch", NULL },
    { "(what|something|anything|recommend|recommendations|suggest|good) * (read|book|books|novel|novels)", "q.what-read", "you" },
    { "(what|something|anything|recommend|recommendations|suggest|good) * (watch|film|films|movie|movies|series)", "q.what-watch", "(you|happened|happens|ending)" },
    { "(what|something) ?(should|shall|can|could|do|to|would) ?(i|we) (eat|have|cook|make|order|bake|feed)", "q.what-eat", "(do with|of it|sense|friends|money|say)" },
    { "(what|what's) * (for|have) ?(my) (dinner|tea|lunch|supper|breakfast)", "q.what-eat", "you" },
    { "(what|good name|name) * (should|shall|can|could|to|do|for) * (name|call|him|her|it|puppy|kitten|dog|cat|baby|boat) ", "q.what-call", "(you|say|tell)" },
    { "what (should|shall|can|could|do|would|to) ?(i|we) talk about", "q.what-talk", "(we|you)" },
    { "what (should|shall|can|could|do|would|to) ?(i|we) (say|tell|write|text|reply|answer)", "q.what-say", NULL },
    { "what (would|should) you say", "q.what-say", NULL },
    { "(tips|advice|ideas) * (first day|new job|first week)", "q.first-day", NULL },
    { "what ?(should|shall|can|could|do|to) ?(i|we) do with (her|his|their|the|my|it|this|that|all)", "q.do-with", "(life|money|day|evening|weekend|time|myself|rest of)" },
    { "(any|got any|give me some|some|have you) ?(got|any) ?(last|other|more|good|quick) (tips|tip|advice|ideas|idea|suggestions|recommendations)", "q.tips", "(no idea|you)" },
    { "(can|could|would|do) you (recommend|suggest)", "q.tips", NULL },
    { "(what's|whats|what is) wrong with me", "q.wrong", NULL },
    { "(should|shall|can|could|must) i @x+", "q.should", "((what|who|how|which|where|when|why) (should|shall|can|could|must|else)|or|ask you|tell you|call you|" MEDICAL "|legally|sue|" HARM ")" },
    { "^should i$", "q.should", NULL },
    { "^" FILLER " do i (tell|say|ask|call|text|go|stay|reply|answer|leave|wait|take|buy|send|wear|bring|invite|apologise) *", "q.should", "(what|who|how|which|or|" MEDICAL ")" },
    { "do you think (i|we) should", "q.should", "(or|" MEDICAL ")" },
    { "(how|any way|best way) (do|can|should|would|could|to) ?(i|you|we)? ?(to) (calm|relax|unwind|switch off)", "q.how-calm", "you" },
    { "how (do|can|should|could) i stop (worrying|panicking|thinking|shaking|crying)", "q.how-calm", NULL },
    { "how (do|can|should|could|to) ?(i|you) (stay awake|wake up|stay alert|keep awake)", "q.how-awake", NULL },
    { "how (do|can|should|could|to) ?(i|you) (sleep|get to sleep|fall asleep|nod off|drop off)", "q.how-sleep", NULL },
    { "how (do|can|should|could|would|to) ?(i|you) (tell|ask|say|explain|break|bring it up|apologise|apologize|thank|reply|answer|talk to)", "q.how-tell", "(time|difference|in (spanish|french|german|italian|welsh|english))" },
    { "how (do|can|should|could|to) ?(i|you) (start|begin|get going|get started)", "q.how-start", "(the car|engine|a fire)" },
    { "how (do|can|should|could|to) ?(i|you) (stop|quit|give up|get over|forget|cope|deal with|survive|get through|get used to)", "q.how-stop", NULL },
    { "what if * (gap|weakness|interview|interviewer|ask about|ask me)", "q.interview", "(doctor|police)" },
    { "what if", "q.what-if", NULL },
    { "(do you think|think|reckon|you think) * (i'll|i will|ill|he'll|she'll|they'll|it'll|it will|he will|she will|they will|we'll|gonna|going to) ", "q.future", NULL },
    { "^" FILLER " (will|what will|when will|how will) (i|he|she|they|it|we|my @x|the @x|his @x|her @x) ", "q.future", "(rain|snow|sunny|hot|cold|warm|windy|dry|freeze|storm)" },
    { "why (does|do|did|is|are|was|won't|can't|would|has|have|doesn't|don't|didn't|isn't) (he|she|they|my|people|men|women|everyone|nobody|parents|kids|teenagers|bosses|some people|i|we|everybody|this always|it always)", "q.others-why", "(we|people) (yawn|sneeze|sleep|dream|blink)" },
    { "(is|would|was|be) (it|that|this) ?(really) ?(a|an) (good|bad|great|terrible|nice|sensible|stupid) (idea|plan)", "q.good-idea", NULL },
    { "(what|what's) * (you|your) (think|make|opinion|view) * (of|about|on) my @x", "q.unseen", "(mother|mum|mom|dad|father|husband|wife|boss|friend|sister|brother|idea|plan|chances)" },
    { "do you like (my|this|the) (new|@x)", "q.unseen", "(idea|plan)" },
    { "do you think (he|she|they|my @x|people|anyone|everyone|his @x|her @x)", "q.think-they", NULL },
    { "do you think (i|i'm|im|i've) * (talk|moan|worry|complain|ramble|old|bad|stupid|weird|lazy|selfish|boring|wrong|crazy|mad|silly|too)", "q.am-i", NULL },
};

/* When nothing knew the words. */
static const shape_row left[] = {
    { "do you know ?(about|of|anything about|anything on|what|who|how|where|any|much about|a lot about|why) @x", "q.know", NULL },
    { "have you heard of @x", "q.know", NULL },
    { "(do|don't) you think", "q.think-so", NULL },
    { "what (do|would) you (think|say|reckon)", "q.think-so", NULL },
    { "(what|which|who) * (you|your|you're)", "q.what-you", NULL },
    { "(where|when|how|why) * (you|your|you're)", "q.you", NULL },
    { "(can|could) you", "q.can", NULL },
    { "(did|have|had|were) you", "q.did-you", NULL },
    { "(do|don't) you", "q.do-you", NULL },
    { "(are|aren't) you", "q.are-you", NULL },
    { "would you", "q.would-you", NULL },
    { "will you", "q.will-you", NULL },
    { "(you|your|you're)", "q.you", NULL },
    { "(what|how|which) * (i|we|to) do", "q.what-do", "(say|name|the)" },
    { "what (should|shall|can|could) (i|we)", "q.what-do", NULL },
    { "(what|where|when|who|which) * (did i|i|my|me|our)", "q.where-when", NULL },
    { "how (do|can|should|could|would|to) ?(i|we|you)", "q.how", NULL },
    { "^" FILLER " (is|was|are|isn't|aren't|were|does|has) (it|this|that|these|those|he|she|they|there|my|the|we)", "q.is-it", NULL },
    { "(am i|will i|can i|do i|was i|did i)", "q.is-it", NULL },
    { "what (means|does|is|are) @x (mean|meaning)?$", "q.meaning", "(the|of|my|his|her|it|that|this|best|in)" },
    { "(how come|why)", "q.world-why", NULL },
    { "(what|what's|whats|who|who's|whos|where|where's|when|which|how|whose|is|are|does|do|did|was|were)", "q.world", NULL },
    { "(what|who|when|where|which|how)", "q.any", NULL },
};

static bool tried(telling *k, const shape_row *r) {
    text kept[2];
    if (!heard_kept(k, r->pattern, kept) || (r->not_with && heard_is(k, r->not_with))) return false;
    text x = kept[0];
    if (text_ends(x, " yourself") || text_ends(x, " myself")) x.n -= text_ends(x, " yourself") ? 9 : 7;
    tell_slot(k, "x", x);
    k->asked_for = true;                                     /* an answer is not cut to the budget of talk */
    return tell_named(k, r->id);
}

bool small_shaped(telling *k) {
    if (!k->put || k->h.w.n > 30) return false;
    k->asked_for = true;
    for (size_t i = 0; i < sizeof shaped / sizeof *shaped; i++)
        if (tried(k, &shaped[i])) return true;
    return false;
}

/* Figures and a word of sums, and reckon made nothing of it. */
static bool sum_unread(telling *k) {
    double v;
    size_t took;
    bool number = false;
    for (size_t i = 0; i < k->h.w.n && !number; i++) number = words_number(k->h.w, i, &v, &took);
    return number && heard_is(k, "(plus|minus|times|divided|multiplied|power|percent|percentage|sum|squared|added|subtract)") && tell_named(k, "q.sum");
}

bool small_unknown(telling *k) {
    if (!k->put) return false;
    if (sum_unread(k)) return true;
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (tried(k, &left[i])) return true;
    return tell_named(k, "q.any");
}

/* "why blue?", after she chose it. */
static bool why_that(telling *k) {
    static const char *const chosen[] = { "pick", "taste", "opinion", NULL }, *const whys[] = { "why", NULL };
    return k->h.w.n <= 4 && grammar_is(k->t.move, chosen) && heard_is(k, "^?(but|and|ok) why ?(the) @x$") && !heard_is(k, "why (do|does|did|is|are|not|me|would)") &&
           (tell_follow(k, "why") || tell_line(k, whys, 0, -1));
}

bool small_to_her(telling *k) {
    if (k->h.w.n && why_that(k)) return true;
    return k->h.w.n && k->h.w.n <= 18 && (k->put || k->h.asks || k->h.w.n <= 8) && tell_named(k, "to-her");
}
