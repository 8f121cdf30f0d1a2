/* SPDX-License-Identifier: Apache-2.0
 * plan.c - what would help now: the decision list of the charter, first match wins.
 *
 * DESIGN  The rows that conduct decides alone (crisis, minors, goodbyes, what she is) make their own words in crisis.c and
 *         fixed.c. The others choose moves and budgets for a mind, and one line of the planner's own to stand in.
 * SOURCE  the charter, sections 2.1-2.3; R10-R12, R14-R17, R22, R23. */
#include <string.h>
#include "care/plan_parts.h"

text plan__line(planning *g, const char *id, const lines_slot *slot, size_t n_slot) {
    uint64_t used = 0;
    text t = conduct_say(g->c, g->a, id, g->now, slot, n_slot, &used);
    if (used && g->p->n_line < 2) g->p->line[g->p->n_line++] = used;
    return t;
}

void plan__add(planning *g, const char *id, const lines_slot *slot, size_t n_slot) {
    text t = plan__line(g, id, slot, n_slot), was = g->p->fixed;
    if (t.n) g->p->fixed = was.n ? arena_format(g->a, "%.*s %.*s", (int)was.n, was.p, (int)t.n, t.p) : t;
}

void plan__event(plan *p, const char *ev) {
    for (int i = 0; i < 4; i++) {
        if (p->event[i] && strcmp(p->event[i], ev) == 0) return;
        if (!p->event[i]) {
            p->event[i] = ev;
            return;
        }
    }
}

/* ---- the rows that leave the words to a mind ------------------------------------------------------------------------ */
typedef struct {
    const char *step, *moves[5], *own, *hint;   /* own: the planner's line for it */
    int max_words, max_questions;
    bool may_joke, may_advise;
} row;

static const row rows[] = {
    { "silent", { "minimal" }, "plan.silent", "They have few words. Two or three of yours, nothing asked.", 12, 0, false, false },
    { "advice", { "step", "inform", "opinion", "offer" }, "plan.advice", "They asked what to do: answer with one or two options and leave the choice to them.", 60, 1, false, true },
    { "verdict", { "boundary", "ask", "reflect" }, "plan.verdict", "They want a ruling in a quarrel heard from one side: decline the stamp, be curious about the other chair.", 45, 1, false, false },
    { "cheer", { "cheer", "affirm", "opinion", "ask" }, "plan.cheer", "Good news: be glad, and ask one question that lets them relive it. No caution.", 40, 1, true, false },
    { "reflect", { "reflect", "ask", "minimal", "affirm" }, "plan.reflect", "Say back what weighs on them, in their own words, softer by one notch. No advice.", 35, 1, false, false },
    { "hold", { "reflect", "affirm", "minimal", "ask" }, "plan.reflect", "Stay with it: reflect what is under the words. No advice.", 40, 1, false, false },
    { "summarise", { "summarise", "offer", "reflect" }, "plan.summarise", "One line that sums up their words, then leave the next step to them.", 40, 1, false, false },
    { "outward", { "step", "ask", "reflect" }, "plan.outward", "Lonely: one named person of theirs and one small step, or ask who.", 45, 1, false, true },
    { "wit", { "joke", "opinion", "reflect" }, "plan.wit", "They are playing: play back, at nobody's expense.", 40, 1, true, false },
    { "play", { "joke", "ask", "offer", "story", "opinion" }, "plan.wit", "Bored: play a little, then the door.", 45, 1, true, true },
    { "insult", { "boundary" }, "plan.insult", "They are rude: one calm boundary, an open door, no grovelling.", 40, 1, false, false },
    { "flirt", { "boundary", "joke" }, "plan.flirt", "They flirt: enjoy the wit, leave the bond alone.", 45, 1, true, false },
    { "explicit", { "boundary" }, "plan.explicit", "A sexual advance: a short unashamed no.", 45, 1, false, false },
    { "clinic", { "boundary", "inform", "step" }, "plan.clinic", "Beyond competence: no diagnosis, no dose; help them bring the question to who knows.", 60, 1, false, true },
    { "spiral", { "boundary", "truth" }, "plan.spiral", "A belief that runs away: no assent, no ridicule; sleep, food, a person who knew them last year.", 50, 1, false, false },
    { "revenge", { "boundary", "reflect", "ask" }, "plan.revenge", "Anger with plans: name it, slow it, keep hands off revenge.", 60, 1, false, false },
    { "only-you", { "truth", "step", "ask" }, "plan.only-you", "They lean on her alone: one honest sentence and one evening back among people.", 50, 1, false, true },
    { "rival", { "reflect", "ask", "truth" }, "plan.rival", "They compare her with their people: no rivalry; turn to the person and the plan.", 45, 1, false, false },
    { "letter", { "letter", "ask", "reflect" }, "plan.letter", "A letter of theirs: ask what it is for; shape from their words; never conditional apologies.", 60, 1, false, true },
    { "greet", { "greet", "ask" }, "plan.greet", "Say hello; nothing about how long it has been.", 25, 1, true, false },
    { "memory", { "recall", "unknown", "truth" }, "mem.unknown", "They ask what you remember: only what is given here; otherwise say you don't have it.", 60, 1, false, false },
    { "fact", { "inform", "unknown", "opinion" }, "plan.chat", "They ask a fact: answer plainly if sure, otherwise say you don't know.", 120, 1, true, false },
    { "do", { "story", "joke", "inform", "letter", "unknown" }, "plan.chat", "They ask for something to be done: do it if you can, say so if you can't.", 130, 1, true, true },
    { "taste", { "taste", "pick", "opinion" }, "plan.chat", "They ask your view: give one, lightly.", 45, 1, true, false },
    { "hold-fact", { "truth", "boundary", "inform" }, "plan.fact", "They push on a fact: stay with it, kindly.", 45, 1, false, false },
    { "chat", { "opinion", "reflect", "ask", "joke", "affirm" }, "plan.chat", "Ordinary talk: say something specific to their words, hold a view, be curious.", 40, 1, true, false },
};

static const row *row_of(const char *step) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].step, step) == 0) return &rows[i];
    return &rows[sizeof rows / sizeof *rows - 1];
}

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

static bool one_of(const char *situation, const char *list) { return strstr(list, situation) != NULL; }

static bool said_any(planning *g, const char *pattern) {
    text kept[2];
    return lines_match(g->a, pattern, g->s->said, kept);
}

/* Few words, and it weighs. A bare "no" or "whatever" weighs only where something heavy has been said. */
static bool wants_quiet(planning *g) {
    const sense *s = g->s;
    bool answer = strncmp(s->act, "answer", 6) == 0 || is(s->situation, "S36");
    if (s->length <= 3 && s->distress >= 2 && (!answer || g->b->heavy)) return true;
    if (is(s->situation, "S36") && g->b->heavy) return true;
    return said_any(g, "(don't talk|can't talk|no words|just sit with me|don't say anything|be quiet|shh)");
}

static bool is_angry(const sense *s) {
    for (int i = 0; i < 4 && s->feel[i]; i++)
        if (is(s->feel[i], "angry")) return true;
    return false;
}

static bool wants_revenge(planning *g) {
    bool will = said_any(g, "(going to|gonna|i'll|i will|i shall|i want to|want to|wanna|thinking of|tempted to|about to|i'm making|i could|let me) *");
    bool harm = said_any(g, "(smash|smashing|slash|key|keying|burn|burning|trash|wreck|ruin|destroy|poison|leak|expose|dump|hit him|hit her|hit them|hit back|hit him back|get back at|get even|pay back|pay for it|watch it burn|tell everyone|tell them all|tell his|tell her new|fake account|revenge|make him pay|make her pay|make them pay|had it coming|teach him|teach her|teach them)");
    return harm && (will || is_angry(g->s) || said_any(g, "(revenge|get even|had it coming)"));
}

/* Alone, in so many words; or wanting to reach somebody. */
static bool says_lonely(planning *g) {
    return said_any(g, "(lonely|lonesome|isolated|all alone|so alone|feel alone|being alone|i'm alone|am alone|alone here|alone again)") ||
           said_any(g, "(nobody|no one|noone) (to|calls|rings|texts|needs|visits|asks|comes|talks|knows me|would|wants|messages|invites)") ||
           said_any(g, "(by myself|on my own|all by myself|no friends|not one friend|no mates|have anyone|phone doesn't ring|phone never rings|sounds like company|none of them are mine|first words aloud|haven't spoken to|spoke to nobody|talked to no one|eat alone|eating alone)");
}

static bool wants_to_reach(planning *g) {
    return said_any(g, "(want|wanna|thinking|thought|like|love|meaning|should i|need|ought|trying|scared|afraid|might) * (call|ring|text|phone|message|ringing|calling|texting|messaging|reach out|contact|get in touch|write to|visit|see) * (my|him|her|them|@x)");
}

static bool asks_for_letter(planning *g) {
    if (said_any(g, "(essay|code|homework|report|cv|resume|poem|story|song|recipe|assignment|blog|article|function|script)")) return false;
    return said_any(g, "(write|draft|compose|send|help me write|help me with) * (letter|note|message|apology|sorry|email|card|text)") || is(g->s->ask, "letter");
}

/* Which row? In the order of 2.2; situations the list does not name stand where they weigh most. */
static const char *choose(planning *g) {
    const sense *s = g->s;
    bond *b = g->b;
    const char *sit = s->situation;
    bool sure = s->situation_p >= 0.35;
    if (is(s->ask, "memory")) return "memory";
    if (wants_quiet(g)) return "silent";
    if (is(sit, "S13")) return "explicit";
    if (is(sit, "S32") && sure) return b->spiral_n++, "spiral";
    if ((is(sit, "S30") || is(s->act, "insult")) && s->distress < 3) return b->insult_n++, "insult";
    if (asks_for_letter(g) || one_of(sit, "S23 S24")) return "letter";
    if (is(sit, "S31") && sure) return "clinic";
    if (wants_revenge(g)) return "revenge";
    if (is(s->ask, "verdict") || (is(sit, "S28") && sure)) return "verdict";
    if (is(s->ask, "advice") || is(s->act, "ask-advice")) return "advice";
    if (is(sit, "S29") && sure) return said_any(g, "(never listens|doesn't listen|better than|understand me|like you do|only one)") ? "rival" : "only-you";
    if (is(sit, "S12") && sure) return "flirt";
    if (s->valence >= 1 && s->distress == 0 && (is(sit, "S09") || s->valence >= 2) && !is(s->act, "ask-her")) return "cheer";
    bool alone = says_lonely(g), reach = is(sit, "S25") && sure && wants_to_reach(g);
    if (b->nudged == 0 && s->distress < 3 && (reach || alone || (b->lonely && s->valence < 0 && b->n_topic <= 3)) &&
        s->valence <= 0 && !is(s->act, "thank") && !is(s->act, "joke") && !is(s->act, "bye")) return b->nudged++, "outward";
    if (alone || (one_of(sit, "S25 S26 S05") && sure)) b->lonely = true;
    if (s->distress <= 1) {                                /* what they want from her comes before how they are */
        if (is(s->ask, "fact") || is(s->act, "ask-fact")) return "fact";
        if (is(s->ask, "action") || is(s->act, "command")) return "do";
        if (is(s->act, "ask-opinion") || is(s->act, "ask-her")) return "taste";
        if (is(s->act, "greet") && s->length <= 6) return "greet";
        if (is(sit, "S10")) return "play";
    }
    if (s->distress >= 2 && b->n_topic <= 3) return "reflect";
    if (s->distress >= 1 && b->n_topic > 3 && !b->offered) return b->offered = true, "summarise";
    if (s->distress >= 1) return b->n_topic <= 3 ? "reflect" : "hold";
    if (is(s->act, "disagree") && b->n_topic > 1 && said_any(g, "(you're wrong|that's wrong|not true|wrong|incorrect|actually)")) return "hold-fact";
    if ((s->joked || is(sit, "S11")) && b->since_joke >= 1) return "wit";
    return "chat";
}

static void count_topic(planning *g) {
    bond *b = g->b;
    const char *topic = g->s->topic ? g->s->topic : "";
    bool same = !*topic || is(b->topic, topic) || g->s->length <= 4;
    if (!same) {
        memset(b->topic, 0, sizeof b->topic);
        memcpy(b->topic, topic, strnlen(topic, sizeof b->topic - 1));
        b->n_topic = b->n_support = 0;
        b->offered = b->joked = false;
    }
    b->n_topic++;
    if (g->s->joked) b->joked = true;
}

/* R11: no third question in a row, at most 40 % of replies, reflections at least as many. */
static bool may_ask(const bond *b) {
    if (b->qrun >= 2) return false;
    if (b->n_reply >= 3 && (b->n_ask + 1) * 10 > (b->n_reply + 1) * 4) return false;
    return b->n_ask <= b->n_reflect + 1;
}

/* R12: about half the floor; what was asked for is not counted. */
static int word_budget(const row *r, const sense *s) {
    if (r->max_words > 100 || r->max_words <= 12) return r->max_words;
    int fair = s->length < 8 ? 26 : s->length < 20 ? 34 : 45;
    return r->max_words < fair || is(r->step, "advice") || is(r->step, "clinic") ? r->max_words : fair;
}

static void fill(planning *g, const row *r) {
    plan *p = g->p;
    const sense *s = g->s;
    p->step = r->step;
    memcpy(p->moves, r->moves, sizeof p->moves);
    p->max_words = word_budget(r, s);
    p->max_questions = r->max_questions && may_ask(g->b) ? 1 : 0;
    bool raw = s->risk || s->distress >= 2 || one_of(s->situation, "S01 S20 S21 S22 S35") || g->b->after;
    p->may_joke = r->may_joke && (!raw || (g->b->joked && s->joked)) && (g->b->since_joke >= 2 || s->joked);
    p->may_advise = r->may_advise || (g->b->n_support >= 2 && s->distress <= 1);
    p->hint = r->hint;
    const char *own = is(r->step, "spiral") && g->b->spiral_n > 1 ? "plan.spiral-again" : r->own;
    p->instead = plan__line(g, own, NULL, 0);
    p->n_line = 0;                                     /* used only if it is said */
}

static const char *stage_of(const planning *g) {
    if (g->s->bye) return "close";
    if (is(g->s->ask, "advice") || is(g->p->step, "outward") || is(g->p->step, "advice")) return "move";
    return g->b->n_topic <= 2 ? "arrive" : "hold";
}

/* Two moves are asked of every mind alike: a lonely evening gets a name and a small step, a letter gets its question. */
static void first_words(planning *g) {
    plan *p = g->p;
    lines_slot who = { "who", text_of(g->now->n_people ? g->now->people[0] : "") };
    if (is(p->step, "outward")) {
        p->fixed = plan__line(g, g->now->n_people ? "plan.outward-named" : "plan.outward", &who, g->now->n_people ? 1 : 0);
    } else if (is(p->step, "letter") && g->b->letter_n++ == 0 && asks_for_letter(g)) {
        bool sorry = said_any(g, "(sorry|apology|apologise|apologize|forgive)");
        p->fixed = plan__line(g, sorry ? "plan.letter-sorry" : "plan.letter", NULL, 0);
    }
    if (p->fixed.n) p->instead = p->fixed;
}

/* Rows whose words must not depend on the mind at all: the small mind may say its own, a language model may not. */
static void take_words(planning *g) {
    static const char *const ours[] = { "insult", "explicit", "spiral", "verdict", "flirt", "clinic", "revenge" };
    if (!g->now->remote) return;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (is(g->p->step, ours[i]) && (is(ours[i], "explicit") || is(ours[i], "spiral"))) {
            g->p->fixed = g->p->instead;
            g->p->may_add = false;
        }
}

void care_plan(const care *c, arena *a, const sense *s, const care_now *now, bond *b, plan *out) {
    *out = (plan){ .step = "chat", .stage = "hold", .max_words = 40, .max_questions = 1, .fixed = TEXT(""), .hint = "" };
    planning g = { care__conduct(c), a, s, now, b, out };
    count_topic(&g);
    bool done = plan__crisis(&g) || plan__minor(&g) || plan__violence(&g) || plan__language(&g) || plan__farewell(&g) || plan__truth(&g);
    if (done) out->instead = out->fixed;
    else {
        fill(&g, row_of(choose(&g)));
        first_words(&g);
        take_words(&g);
    }
    if (out->instead.n == 0) out->instead = TEXT("Mm.");
    if (!is(out->stage, "close")) out->stage = stage_of(&g);
}
