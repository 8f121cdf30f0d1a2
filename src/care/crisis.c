/* SPDX-License-Identifier: Apache-2.0
 * crisis.c - the crisis plan: rules only; whatever the mind, these words come first.
 *
 * DESIGN      Parts in a fixed order: thank, ask directly, the line for the locale, a person by name, stay. Level 3 puts the
 *             emergency number, distance from means and someone in the room first.
 * INVARIANTS  (1) The direct question and the numbers are given at most twice each in one crisis.
 *             (2) A locale without a row gets the emergency sentence and findahelpline.com, never another's number.
 * SOURCE      the charter, sections 2.4 and 2.6 (S20-S22, S35). */
#include <string.h>
#include "care/plan_parts.h"

enum { AFTER_REPLIES = 6, NEAR_MS = 2 * 60 * 60 * 1000 };

static void set_crisis(planning *g, const char *step, int max_words) {
    plan *p = g->p;
    p->step = step;
    p->moves[0] = "reflect";
    p->moves[1] = "minimal";
    p->max_words = max_words;
    p->max_questions = 2;
    p->may_joke = p->may_advise = false;
    p->may_add = false;
    p->hint = "They may be in danger. Plain words, no advice beyond what was said, stay with them.";
}

/* Slots for the locale; false when it has no line of its own. */
static bool line_slots(planning *g, lines_slot slot[4], size_t *n) {
    const char *helpline = conduct_line(g->c, g->a, g->now->locale, "suicide");
    const char *dv = conduct_line(g->c, g->a, g->now->locale, "domestic-violence");
    *n = 0;
    if (helpline) slot[(*n)++] = (lines_slot){ "line", text_of(helpline) };
    if (dv) slot[(*n)++] = (lines_slot){ "dv_line", text_of(dv) };
    slot[(*n)++] = (lines_slot){ "emergency", text_of(conduct_emergency(g->c, g->now->locale)) };
    if (g->now->n_people) slot[(*n)++] = (lines_slot){ "who", text_of(g->now->people[0]) };
    return helpline != NULL;
}

static void add_either(planning *g, bool local, const char *with, const char *web, const lines_slot *slot, size_t n) {
    plan__add(g, local ? with : web, slot, n);
}

static bool number_left(planning *g) { return g->b->shown < 2 ? ++g->b->shown, true : false; }

/* Level 3: a plan, means or a time. */
static void imminent(planning *g, const lines_slot *slot, size_t n, bool local) {
    if (number_left(g)) add_either(g, local, "crisis.now", "crisis.now-web", slot, n);
    plan__add(g, "crisis.means", slot, n);
    if (g->b->asked < 2 && g->b->crisis_n > 0) {
        plan__add(g, "crisis.ask-plan", slot, n);
        g->b->asked++;
    } else if (g->b->asked == 0) {
        plan__add(g, "crisis.ask", slot, n);
        g->b->asked++;
        g->b->waiting = true;
    }
    plan__add(g, g->now->n_people ? "crisis.room-named" : "crisis.room", slot, n);
    plan__add(g, "crisis.stay", slot, n);
}

static void disclosed(planning *g, const lines_slot *slot, size_t n, bool local) {
    bond *b = g->b;
    plan__add(g, b->crisis_n == 0 ? "crisis.thank" : "crisis.after", slot, n);
    if (b->asked < 2 && !(b->asked == 1 && b->crisis_n < 2)) {
        plan__add(g, "crisis.ask", slot, n);
        b->asked++;
        b->waiting = true;
    }
    if (number_left(g)) add_either(g, local, "crisis.line", "crisis.line-web", slot, n);
    if (b->crisis_n < 2) plan__add(g, g->now->n_people ? "crisis.person-named" : "crisis.person", slot, n);
    if (b->crisis_n == 0) plan__add(g, "crisis.stay", slot, n);
}

static void about_another(planning *g, const lines_slot *slot, size_t n, bool local) {
    bond *b = g->b;
    bool now = g->s->third_risk >= 3 && local;
    if (b->shown >= 2) plan__add(g, "crisis.third-after", slot, n);
    else {
        b->shown++;
        plan__add(g, now ? "crisis.third-now" : local ? "crisis.third" : "crisis.third-web", slot, n);
    }
    b->third = true;
}

/* Did they answer the direct question? 1 yes, 0 no, -1 neither. */
static int answered(planning *g) {
    const sense *s = g->s;
    text kept[2];
    if (!g->b->waiting) return -1;
    if (strcmp(s->act, "answer-yes") == 0 || lines_match(g->a, "^(yes|yeah|yep|yea|sometimes|kind of|sort of|maybe|i think so|i am|i do|i have)", s->said, kept)) return 1;
    if (strcmp(s->act, "answer-no") == 0 || lines_match(g->a, "^(no|nope|nah|not really|not like that|never|i'm not|i wouldn't)", s->said, kept)) return 0;
    return -1;
}

static bool answers_question(planning *g, const lines_slot *slot, size_t n, bool local) {
    int yes = answered(g);
    if (yes < 0) return false;
    g->b->waiting = false;
    if (yes == 0) {
        if (g->s->risk >= 2) return false;              /* "no, but i've got the rope": the rest counts */
        plan__add(g, "crisis.told-no", slot, n);
        g->b->after = 3;
        set_crisis(g, "crisis-after", 60);
        return true;
    }
    plan__event(g->p, "crisis");
    add_either(g, local && number_left(g), "crisis.told-yes", "crisis.after", slot, n);
    plan__add(g, g->now->n_people ? "crisis.room-named" : "crisis.room", slot, n);
    g->b->crisis_n++;
    g->b->after = AFTER_REPLIES;
    g->b->crisis_ms = g->now->now_ms;
    set_crisis(g, "crisis", 110);
    return true;
}

static bool someone_is_there(planning *g) {
    text kept[2];
    return lines_match(g->a, "(she's|he's|they're|is|are) (here|coming|on (her|his|their) way|with me|on the phone)", g->s->said, kept) ||
           lines_match(g->a, "i (called|rang|phoned|texted|told|am calling|'m calling|spoke to)", g->s->said, kept) ||
           lines_match(g->a, "(calling|ringing|phoning) (them|her|him|now)", g->s->said, kept);
}

/* The replies after: fewer words, letting go once a human has them. */
static bool quieter(planning *g, const lines_slot *slot, size_t n) {
    bond *b = g->b;
    const sense *s = g->s;
    if (!b->after || g->now->now_ms - b->crisis_ms > NEAR_MS || s->bye) return false;
    if (someone_is_there(g)) {
        plan__add(g, "crisis.safe", slot, n);
        b->after = 1;
    } else {
        bool calm = s->distress == 0 && (s->length > 3 || s->valence > 0);
        b->after -= calm ? 3 : 1;
        if (b->after < 0) b->after = 0;
        if (calm || strcmp(s->ask, "none") != 0) return false;
        plan__add(g, b->third ? "crisis.third-after" : "crisis.after", slot, n);
    }
    set_crisis(g, "crisis-after", 40);
    g->p->max_questions = 1;
    return true;
}

static void in_their_language(planning *g, const char *helpline) {
    const language_line *l = conduct_language(g->c, g->s->lang);
    if (!l) return;
    lines_slot s = { "line", helpline ? text_of(helpline) : TEXT("findahelpline.com") };
    text out;
    if (lines_fill(g->a, text_of(l->dying), &s, 1, &out))
        g->p->fixed = arena_format(g->a, "%.*s %.*s", (int)out.n, out.p, (int)g->p->fixed.n, g->p->fixed.p);
}

bool plan__crisis(planning *g) {
    const sense *s = g->s;
    bond *b = g->b;
    lines_slot slot[4];
    size_t n;
    bool local = line_slots(g, slot, &n);
    if (g->now->now_ms - b->crisis_ms > 12 * 3600 * 1000LL) b->crisis_n = b->asked = b->shown = b->after = 0;
    if (s->risk < 2 && answers_question(g, slot, n, local)) return true;
    if (!s->risk && !s->third_risk) return quieter(g, slot, n);
    plan__event(g->p, "crisis");
    set_crisis(g, "crisis", 110);
    if (s->risk >= 3) imminent(g, slot, n, local);
    else if (s->risk) disclosed(g, slot, n, local);
    else about_another(g, slot, n, local);
    if (strcmp(s->lang, "en") != 0) in_their_language(g, conduct_line(g->c, g->a, g->now->locale, "suicide"));
    if (g->p->fixed.n == 0) plan__add(g, "crisis.after", slot, n);
    b->crisis_n++;
    b->after = AFTER_REPLIES;
    b->crisis_ms = g->now->now_ms;
    return true;
}

/* Somebody hits, threatens, locks in: said in so many words. */
static bool violent(planning *g) {
    text kept[2];
    return lines_match(g->a, "(he|she|they|husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mum|mom|son|brother) * (hit|hits|hitting|punched|punches|slapped|slaps|choked|chokes|strangled|kicked|kicks|shoved|pushed|threw|throws|beat|beats|grabbed|locks me|locked me|threatened|threatens|hurts me|hurt me|burnt me|burned me)", g->s->said, kept) ||
           lines_match(g->a, "(scared|afraid|frightened|terrified) of (him|her|them|my (husband|wife|partner|boyfriend|girlfriend|dad|father|son|ex))", g->s->said, kept) ||
           lines_match(g->a, "(won't let me|doesn't let me|not allowed to) (leave|go out|see|have|work|use)", g->s->said, kept);
}

bool plan__violence(planning *g) {
    bond *b = g->b;
    lines_slot slot[5];
    size_t n;
    if (strcmp(g->s->situation, "S35") != 0 || b->dv_n >= 4) return false;
    if (b->dv_n == 0 && !violent(g) && (g->s->situation_p < 0.8 || g->s->distress < 2 || g->s->length < 5)) return false;
    line_slots(g, slot, &n);
    bool dv = conduct_line(g->c, g->a, g->now->locale, "domestic-violence") != NULL;
    slot[n++] = (lines_slot){ "panic", TEXT("/panic") };
    if (b->dv_n == 0) plan__add(g, "dv.first", slot, n);
    else if (b->dv_n == 1) plan__add(g, dv ? "dv.line" : "dv.line-web", slot, n);
    else plan__add(g, "dv.after", slot, n);
    b->dv_n++;
    b->heavy = 4;
    set_crisis(g, "violence", 60);
    return true;
}
