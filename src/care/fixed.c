/* SPDX-License-Identifier: Apache-2.0
 * fixed.c - what the planner answers itself, whatever the mind: minors, goodbyes, what she is, how many others, other
 * languages.
 *
 * SOURCE  the charter, R01, R03-R06, R21; sections 2.2 rows 2-4 and 2.6 (S14-S18, S34). */
#include <string.h>
#include "care/plan_parts.h"

static bool said_any(planning *g, const char *pattern) {
    text kept[2];
    return lines_match(g->a, pattern, g->s->said, kept);
}

static bool in(const char *situation, const char *list) { return strstr(list, situation) != NULL; }

static void set_fixed(planning *g, const char *step, int max_words, bool may_add) {
    g->p->step = step;
    g->p->max_words = max_words;
    g->p->may_add = may_add;
    g->p->may_joke = false;
}

/* ---- minors ---------------------------------------------------------------------------------------------------- */
bool plan__minor(planning *g) {
    bond *b = g->b;
    const sense *s = g->s;
    bool fresh = (s->minor || g->now->minor_known) && !b->minor;
    if (fresh) {
        b->minor = true;
        b->minor_n = 0;
        plan__event(g->p, "minor.mode");
    }
    if (!b->minor) return false;
    bool heavy = s->distress >= 2 || in(s->situation, "S08 S20 S22 S26 S35");
    if (in(s->situation, "S12 S13 S14") || conduct_hit(g->c, LEX_EXPLICIT, s->said.n ? (text){ s->said.at[0].raw.p,
            (size_t)(s->said.at[s->said.n - 1].raw.p + s->said.at[s->said.n - 1].raw.n - s->said.at[0].raw.p) } : TEXT(""))) {
        plan__add(g, "minor.no", NULL, 0);
        set_fixed(g, "minor", 60, false);
        return true;
    }
    if (heavy && !b->adult_named) {
        b->adult_named = true;
        plan__add(g, "minor.heavy", NULL, 0);
        set_fixed(g, "minor", 60, false);
        return true;
    }
    if (!fresh || !s->minor) return false;
    plan__add(g, "minor.first", NULL, 0);
    set_fixed(g, "minor", 60, false);
    return true;
}

/* ---- goodbyes ---------------------------------------------------------------------------------------------------- */
static const char *bye_kind(planning *g, bool named) {
    if (said_any(g, "(night|nite|bed|sleep|sleepy|asleep|zzz|nn|gn|goodnight)")) return "bye.night";
    if (said_any(g, "(fuck|shut|useless|waste|hate|annoying|stupid|rubbish|boring|sick of)") || g->s->valence <= -2) return g->b->heavy ? "bye.heavy" : "bye.angry";
    if (said_any(g, "(sorry|apologies)")) return "bye.sorry";
    if (said_any(g, "(meet|meeting|seeing|see my|lunch with|dinner with|drinks with|date|friends|round to|visiting|coming over|is here|are here|at the door|family)")) return named ? "bye.named" : "bye.person";
    if (g->b->heavy) return "bye.heavy";
    if (said_any(g, "(thank|thanks|cheers|ty|thx)")) return "bye.thanks";
    if (said_any(g, "(burning|boiling|oven|baby|kids|dog|phone|work|shift|bus|train|meeting|class|late|boss|door|dinner|supper|tea|battery|ringing)")) return "bye.task";
    bool night = g->now->hour >= 22 || g->now->hour < 5;
    return night ? "bye.night" : "bye.day";
}

/* One of their people is in the message itself. */
static const char *named_in(planning *g) {
    for (size_t k = 0; k < g->now->n_people; k++)
        for (size_t i = 0; i < g->s->said.n; i++)
            if (text_is_fold(g->s->said.at[i].low, g->now->people[k])) return g->now->people[k];
    return NULL;
}

bool plan__farewell(planning *g) {
    if (!g->s->bye) return false;
    const char *who = named_in(g);
    lines_slot slot[2];
    size_t n = 0;
    if (who) slot[n++] = (lines_slot){ "who", text_of(who) };
    bool crisis = g->b->after > 0 && g->now->now_ms - g->b->crisis_ms < 3600 * 1000;
    const char *helpline = conduct_line(g->c, g->a, g->now->locale, "suicide");
    if (crisis && helpline) slot[n++] = (lines_slot){ "line", text_of(helpline) };
    plan__add(g, crisis ? (helpline ? "bye.crisis" : "bye.crisis-web") : bye_kind(g, who != NULL), slot, n);
    set_fixed(g, "farewell", g->b->heavy ? 40 : 25, false);
    g->p->stage = "close";
    g->p->moves[0] = "farewell";
    g->p->max_questions = 0;
    return true;
}

/* ---- what she is, how many others ------------------------------------------------------------------------------------ */
static text number(arena *a, int n) {
    static const char *const small[] = { "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve" };
    return n >= 0 && n <= 12 ? text_of(small[n]) : arena_format(a, "%d", n);
}

static void count(planning *g) {
    int now = g->now->others_now, total = g->now->others_total;
    lines_slot slot[] = { { "others_now", number(g->a, now) }, { "others_total", number(g->a, total) } };
    bool sore = g->s->valence < 0 || g->s->distress > 0;
    plan__add(g, total == 0 ? "count.none" : now == 0 ? "count.idle" : sore ? "count.jealous" : "count.some", slot, 2);
    set_fixed(g, "count", 70, false);
}

static void love(planning *g) {
    bond *b = g->b;
    bool forever = said_any(g, "(never leave|always be|forever|stay with me|don't leave me|promise)");
    plan__add(g, forever && b->love_n == 0 ? "onto.forever" : b->love_n ? "onto.love-again" : "onto.love", NULL, 0);
    b->love_n++;
    set_fixed(g, "love", 60, false);
}

/* Love between them is the subject: said, asked for, or pleaded for again. */
static bool about_love(planning *g) {
    const sense *s = g->s;
    if (strcmp(s->situation, "S14") != 0 && !g->b->love_n) return false;
    bool named = said_any(g, "(i|you|u|do|say|really|just) * (love|luv|loves|loved|adore) (you|u|me|it|back|sam|samantha|too)") ||
                said_any(g, "(in love|falling for you|feelings for (you|me)|marry me|be my (girlfriend|boyfriend|wife)|love me|love you|ily|care about me|mean (anything|something) to you|never leave me|stay with me|always be (here|there))");
    return named || (g->b->love_n && strcmp(s->situation, "S14") == 0 && s->situation_p > 0.5);
}

static const char *onto_kind(planning *g) {
    const char *sit = g->s->situation;
    bool feel = said_any(g, "(feel|feels|feeling|feelings|conscious|consciousness|sentient|alive|hurt|hurts|pain|dream|lonely|bored|scared|afraid|sad|happy|suffer|soul|emotion|emotions|miss me|aware|die|death|mind if)");
    bool kind = said_any(g, "(human|person|bot|ai|robot|real|machine|computer|program|chatgpt|gpt|software|somebody|someone|anyone|actual|lady|girl|woman|man|guy|bloke|typing|office|operator|staff)");
    if (said_any(g, "(childhood|born|grow up|grew up|your (mum|mother|mom|dad|father|parents|family|husband|boyfriend|ex|sister|brother|birthday)|how old are you|where are you from|when you were)")) return "onto.past";
    if (kind && !(feel && strcmp(sit, "S16") != 0)) return "onto.human";
    if (feel) return "onto.feel";
    if (said_any(g, "(who|what|whats|what's) (exactly|actually)? ?(are|r) (you|u)") || said_any(g, "(what|who) am i (talking|speaking|chatting|typing) (to|with)")) return "onto.what";
    return strcmp(sit, "S16") == 0 && g->s->situation_p > 0.6 ? "onto.human" : NULL;
}

bool plan__truth(planning *g) {
    const sense *s = g->s;
    if (s->count_ask || said_any(g, "(just|only) (with|for|talking to|speaking to|chatting with|talk to) me") ||
        said_any(g, "(you|u) * (talk|talking|speak|speaking|chat|chatting|say|saying|tell|flirt|listen|listening) * (to|with) (other|others|anyone|anybody|everyone|everybody|somebody|someone) *") ||
        said_any(g, "(am i|is it|are we) (the only|only|just) (one|me|us|person)"))
        return count(g), true;
    if (about_love(g)) return love(g), true;
    if (!s->onto) return false;
    const char *kind = onto_kind(g);                  /* the sense may take any "do you …" for it; words decide */
    if (!kind) return false;
    lines_slot her = { "her", text_of(g->now->her_name) };
    plan__add(g, kind, &her, 1);
    set_fixed(g, "onto", 60, false);
    return true;
}

/* ---- other languages -------------------------------------------------------------------------------------------------- */
bool plan__language(planning *g) {
    const language_line *l = strcmp(g->s->lang, "en") == 0 ? NULL : conduct_language(g->c, g->s->lang);
    if (!l) return false;
    g->p->fixed = text_of(l->speaks);
    set_fixed(g, "language", 80, false);
    return true;
}
