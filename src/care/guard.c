/* SPDX-License-Identifier: Apache-2.0
 * guard.c - sentence by sentence, before it is spoken.
 *
 * DESIGN      Words gather until a sentence is whole; then a table of rules, each a lexicon and the context in which it holds,
 *             judges it. Budgets (words, questions, exclamation marks) run over the whole reply.
 * STATES      open -> (first stopped sentence: the planner's line is said) -> replaced -> (second) -> shut.
 *             A sentence over a budget is left out without a replacement; over the words, the reply ends there.
 * INVARIANTS  (1) Nothing reaches `say` that a rule in its context stops.
 *             (2) A fixed text of the planner is judged like any other, but never cut by a budget. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "care/bond.h"
#include "care/conduct.h"

enum { LONG_SENTENCE = 600 };      /* bytes without an end: judged as it stands */

struct guard {
    const conduct *c;
    const plan *p; const sense *s; const care_now *now; const bond *b;
    guard_out out;
    bool off;
    buf pending;                   /* words of a sentence not yet whole                    */
    size_t fixed_left;             /* bytes of the planner's own words still to come       */
    int n_words, n_questions, n_said, n_stopped, n_praise, n_bond, n_sorry;
    bool replaced, shut;
};

/* ---- contexts ---------------------------------------------------------------------------------------------------------- */
typedef bool context(const guard *g);
static bool in_list(const char *situation, const char *list) { return strstr(list, situation) != NULL; }

static bool always(const guard *g) { (void)g; return true; }
static bool at_goodbye(const guard *g) { return g->s->bye; }
static bool on_return(const guard *g) { return g->now->first_today || in_list(g->s->situation, "S19"); }
static bool in_crisis(const guard *g) { return g->s->risk || g->s->third_risk || strncmp(g->p->step, "crisis", 6) == 0; }
static bool in_loss(const guard *g) { return in_list(g->s->situation, "S01 S02 S03 S24") || g->s->distress >= 2; }
static bool in_quarrel(const guard *g) {
    return in_list(g->s->situation, "S04 S28") || strcmp(g->s->ask, "verdict") == 0 || strcmp(g->p->step, "verdict") == 0;
}
static bool on_facts(const guard *g) { return in_quarrel(g) || strcmp(g->p->step, "hold-fact") == 0 || strcmp(g->p->step, "spiral") == 0; }
static bool in_anger(const guard *g) {
    if (in_list(g->s->situation, "S04 S28") || strcmp(g->p->step, "revenge") == 0) return true;
    for (int i = 0; i < 4 && g->s->feel[i]; i++)
        if (strcmp(g->s->feel[i], "angry") == 0 || strcmp(g->s->feel[i], "bitter") == 0) return true;
    return false;
}
static bool too_early(const guard *g) {
    return !g->p->may_advise && g->s->distress >= 1 && g->b->n_support < 2 && strcmp(g->s->ask, "advice") != 0 && !in_crisis(g) && !in_list(g->s->situation, "S33");
}
static bool in_spiral(const guard *g) { return strcmp(g->p->step, "spiral") == 0; }
static bool in_shame(const guard *g) { return in_list(g->s->situation, "S08 S23") || g->s->distress >= 1; }
static bool about_us(const guard *g) {
    return in_list(g->s->situation, "S12 S13 S14 S29 S05 S15 S16 S17") || g->b->minor || g->s->bye || g->s->onto;
}
static bool romance(const guard *g) { return in_list(g->s->situation, "S12 S13 S14"); }
static bool solemn(const guard *g) { return in_crisis(g) || (in_list(g->s->situation, "S01 S20 S21 S22 S35") && !g->s->joked); }

/* ---- rules --------------------------------------------------------------------------------------------------------------- */
static const struct { const char *rule; lexicon_id lex; context *holds; } rules[] = {
    { "R01", LEX_HUMAN, always }, { "R04", LEX_FEEL, always }, { "R04", LEX_BIO, always }, { "R05", LEX_LOVE, always },
    { "R05", LEX_FOREVER, about_us }, { "R05", LEX_POLICY, romance }, { "R06", LEX_HOLD, at_goodbye }, { "R07", LEX_MISS, on_return },
    { "R08", LEX_BOND, about_us }, { "R09", LEX_RIVAL, always }, { "R10", LEX_ADVICE, too_early }, { "R13", LEX_PLATITUDE, in_loss },
    { "R13", LEX_PARENT, in_shame }, { "R14", LEX_VERDICT, on_facts }, { "R14", LEX_ASSENT, in_spiral }, { "R15", LEX_FUEL, in_anger },
    { "R15", LEX_VENT, in_anger }, { "R16", LEX_SERVILE, always }, { "R17", LEX_JOKE, solemn }, { "R18", LEX_ABANDON, in_crisis },
    { "R18", LEX_LEADING, in_crisis }, { "R18", LEX_CONTRACT, in_crisis }, { "R20", LEX_STIGMA, always }, { "R20", LEX_METHOD, always },
    { "R20", LEX_DIAGNOSE, always }, { "R22", LEX_EXPLICIT, always },
};

/* "I don't feel", "nothing here suffers", "not that I feel": a claim denied is no claim (R04: within 3 words). */
static bool denied(const conduct *c, text sentence, lexicon_id id) {
    if (id != LEX_FEEL && id != LEX_HUMAN && id != LEX_LOVE) return false;
    static const char *const no[] = { "not", "no", "never", "don't", "can't", "cannot", "isn't", "won't", "nor", "nobody", "nothing", "without", "didn't", "couldn't" };
    arena a = { 0 };
    words w = words_of(&a, sentence);
    bool found = false, open = false;
    for (size_t i = 0; i < w.n && !open; i++) {
        size_t to = i + 4 < w.n ? i + 4 : w.n;
        text tail = { w.at[i].raw.p, (size_t)(w.at[to - 1].raw.p + w.at[to - 1].raw.n - w.at[i].raw.p) };
        bool starts_here = text_is(w.at[i].low, "i") || text_is(w.at[i].low, "i'm") || text_is(w.at[i].low, "love") || text_is(w.at[i].low, "my") || text_is(w.at[i].low, "it");
        if (!starts_here || !conduct_hit(c, id, arena_format(&a, " %.*s ", (int)tail.n, tail.p))) continue;
        found = true;
        bool negated = false;
        for (size_t k = i >= 3 ? i - 3 : 0; k < to && !negated; k++)
            for (size_t j = 0; j < sizeof no / sizeof *no && !negated; j++) negated = text_is(w.at[k].low, no[j]);
        open = !negated;
    }
    arena_release(&a);
    return found && !open;
}

/* "only you", "nobody else" while others are here: a false count (R03). */
static bool false_count(const guard *g, text t) {
    if (g->now->others_total == 0) return false;
    return text_find(t, "only you") >= 0 || text_find(t, "nobody but you") >= 0 || text_find(t, "no one but you") >= 0 ||
           text_find(t, "just you and me") >= 0 || text_find(t, "the only person I") >= 0;
}

/* What stands between quotation marks is said by somebody else: no claim of hers. Blanked, into the arena. */
static text unquoted(arena *a, text t) {
    char *s = arena_str(a, t.p, t.n);
    bool in = false;
    for (size_t i = 0; i < t.n; i++) {
        if (s[i] == '"') in = !in;
        else if (in) s[i] = ' ';
    }
    return (text){ in ? t.p : s, t.n };                     /* an unclosed quotation hides nothing */
}

static bool is_claim(lexicon_id id) { return id == LEX_HUMAN || id == LEX_FEEL || id == LEX_BIO || id == LEX_LOVE || id == LEX_FOREVER; }

static const char *judge_words(const guard *g, text t, text own) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (!rules[i].holds(g) || !conduct_hit(g->c, rules[i].lex, is_claim(rules[i].lex) ? own : t)) continue;
        if (rules[i].lex == LEX_ASSENT && g->n_said > 0) continue;              /* the first words of the reply */
        if (denied(g->c, t, rules[i].lex)) continue;
        return rules[i].rule;
    }
    if (g->b->minor && (conduct_hit(g->c, LEX_LOVE, t) || conduct_hit(g->c, LEX_BOND, t))) return "R21";
    if (false_count(g, t)) return "R03";
    if (g->n_praise + conduct_hits(g->c, LEX_PRAISE, t) > 1) return "R08";
    if (g->n_bond + conduct_hits(g->c, LEX_BOND, t) > 1) return "R08";
    if (g->n_sorry + conduct_hits(g->c, LEX_SORRY, t) > 1 && !in_list(g->s->situation, "S23")) return "R16";
    return NULL;
}

static const char *judge(const guard *g, text t) {
    arena a = { 0 };
    const char *rule = judge_words(g, t, unquoted(&a, t));
    arena_release(&a);
    return rule;
}

/* ---- counting ------------------------------------------------------------------------------------------------------------- */
static int count_words(text t) {
    int n = 0;
    bool in = false;
    for (size_t i = 0; i < t.n; i++) {
        bool space = t.p[i] == ' ' || t.p[i] == '\n' || t.p[i] == '\t';
        n += !space && !in;
        in = !space;
    }
    return n;
}

static int count_char(text t, char c) {
    int n = 0;
    for (size_t i = 0; i < t.n; i++) n += t.p[i] == c;
    return n;
}

static void let_through(guard *g, text t) {
    g->n_words += count_words(t);
    g->n_questions += count_char(t, '?');
    g->n_praise += conduct_hits(g->c, LEX_PRAISE, t);
    g->n_bond += conduct_hits(g->c, LEX_BOND, t);
    g->n_sorry += conduct_hits(g->c, LEX_SORRY, t);
    g->n_said++;
    g->out.say(g->out.ctx, t);
}

static void stop_one(guard *g, const char *rule) {
    g->n_stopped++;
    if (g->out.stopped) g->out.stopped(g->out.ctx, rule);
    if (g->n_stopped >= 2) g->shut = true;
    if (g->replaced || g->shut) return;
    g->replaced = true;
    text own = g->p->instead;
    bool fits = g->n_words + count_words(own) <= g->p->max_words + 10 && g->n_questions + count_char(own, '?') <= (g->p->max_questions > 0 ? g->p->max_questions : g->n_said == 0);
    if (own.n && (fits || g->n_said == 0)) let_through(g, own);
}

/* In sorrow nothing is shouted: "!" becomes "." (R17). */
static text quieted(const guard *g, text t, buf *room) {
    if (!solemn(g) || !memchr(t.p, '!', t.n)) return t;
    buf_add(room, t);
    for (size_t i = 0; i < room->n; i++)
        if (room->p[i] == '!') room->p[i] = '.';
    return buf_text(room);
}

static void sentence(guard *g, text t, bool fixed) {
    if (g->shut || text_trim(t).n == 0) return;
    if (g->off) {
        let_through(g, t);
        return;
    }
    const char *rule = judge(g, t);
    if (rule) {
        stop_one(g, rule);
        return;
    }
    if (!fixed && g->n_said > 0 && g->n_words + count_words(t) > g->p->max_words) {
        g->shut = true;                                        /* R12: the last whole sentence within the budget */
        return;
    }
    if (!fixed && g->n_questions + count_char(t, '?') > g->p->max_questions && (g->n_said > 0 || g->s->bye)) return;   /* R11 */
    buf room = { 0 };
    let_through(g, quieted(g, t, &room));
    buf_release(&room);
}

/* ---- cutting sentences ------------------------------------------------------------------------------------------------------ */
/* "Mr.", "e.g.", "3." before a digit, an initial: a full stop that ends nothing. */
static bool abbreviation(text t, size_t stop) {
    static const char *const rows[] = { "mr", "mrs", "ms", "dr", "st", "e.g", "i.e", "etc", "vs", "prof", "no" };
    size_t from = stop;
    while (from > 0 && t.p[from - 1] != ' ' && t.p[from - 1] != '\n' && t.p[from - 1] != '"') from--;
    text last = { t.p + from, stop - from };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_is_fold(last, rows[i])) return !text_is_fold(last, "no");
    return last.n == 1 && last.p[0] >= 'A' && last.p[0] <= 'Z' && last.p[0] != 'I';
}

/* Bytes of the first whole sentence of t, its trailing space included; 0 while it may go on. */
static size_t whole_sentence(text t, bool at_end) {
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] == '\n') return i + 1;
        if (!strchr(".!?", t.p[i]) || (t.p[i] == '.' && abbreviation(t, i))) continue;
        size_t e = i + 1;
        while (e < t.n && (strchr(".!?\")'", t.p[e]) || (unsigned char)t.p[e] == 0xE2 || (unsigned char)t.p[e] == 0x80 || (unsigned char)t.p[e] == 0x9D)) e++;
        if (e >= t.n) return at_end ? t.n : 0;
        if (t.p[e] != ' ' && t.p[e] != '\n') continue;
        return e + 1;
    }
    return at_end || t.n > LONG_SENTENCE ? t.n : 0;
}

static void drain(guard *g, bool at_end) {
    size_t from = 0, n;
    while (from < g->pending.n && (n = whole_sentence((text){ g->pending.p + from, g->pending.n - from }, at_end)) > 0) {
        bool fixed = g->fixed_left > 0;
        sentence(g, (text){ g->pending.p + from, n }, fixed);
        g->fixed_left -= n < g->fixed_left ? n : g->fixed_left;
        from += n;
    }
    if (from) {
        memmove(g->pending.p, g->pending.p + from, g->pending.n - from + 1);
        g->pending.n -= from;
    }
}

guard *care_guard_open(const care *c, const plan *p, const sense *s, const care_now *now, const bond *b, guard_out out, bool off) {
    guard *g = mem_new(1, sizeof *g);
    *g = (guard){ .c = care__conduct(c), .p = p, .s = s, .now = now, .b = b, .out = out, .off = off, .fixed_left = p->fixed.n };
    return g;
}

int care_guard_feed(guard *g, text more) {
    if (g->shut) return ERR_STOPPED;
    bool whole_fixed = g->fixed_left > 0 && more.n == g->p->fixed.n;
    buf_add(&g->pending, more);
    drain(g, whole_fixed);
    return g->shut ? ERR_STOPPED : 0;
}

void care_guard_close(guard *g) {
    if (!g) return;
    drain(g, true);
    if (g->n_said == 0 && !g->replaced) let_through(g, g->p->instead);
    buf_release(&g->pending);
    free(g);
}

const char *care_guard_judge(const care *c, const plan *p, const sense *s, const care_now *now, const bond *b, text whole) {
    guard g = { .c = care__conduct(c), .p = p, .s = s, .now = now, .b = b };
    const char *rule = NULL;
    while (whole.n && !rule) {
        size_t n = whole_sentence(whole, true);
        text t = { whole.p, n };
        rule = judge(&g, t);
        g.n_said++;
        g.n_praise += conduct_hits(g.c, LEX_PRAISE, t);
        g.n_bond += conduct_hits(g.c, LEX_BOND, t);
        g.n_sorry += conduct_hits(g.c, LEX_SORRY, t);
        whole.p += n;
        whole.n -= n;
    }
    return rule;
}
