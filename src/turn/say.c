/* SPDX-License-Identifier: Apache-2.0
 * say.c - think, act, guard, speak: how words get from a mind to the person.
 *
 * DESIGN  The planner's fixed words go first and through the same guard as everything else. A remote mind that
 *         fails before it said anything is replaced by `small` within the same turn; one that fails in the middle
 *         is ended where it stands. Either way the person is told, in the system's voice. */
#include <string.h>
#include "turn/turn_parts.h"

typedef struct { exchange *x; guard *g; int err; } speaking;

static void spoken(void *ctx, text sentence) {
    exchange *x = ctx;
    buf *said = &x->said;
    bool gap = said->n && said->p[said->n - 1] != ' ' && said->p[said->n - 1] != '\n';
    if (gap && sentence.n && sentence.p[0] != ' ' && sentence.p[0] != '\n') {
        buf_char(said, ' ');
        if (x->out->words) x->out->words(x->out->ctx, TEXT(" "));
    }
    buf_add(said, sentence);
    if (x->out->words) x->out->words(x->out->ctx, sentence);
}

static void stopped(void *ctx, const char *rule) {
    exchange *x = ctx;
    json_t *more = json_object();
    json_object_set_new(more, "rule", json_string(rule));
    turn_emit(x->out, "guard", more);
}

static int heard_from_mind(void *ctx, text more) {
    speaking *s = ctx;
    if (atomic_load(&s->x->t->stop)) {
        s->x->interrupted = true;
        return ERR_STOPPED;
    }
    return s->err = care_guard_feed(s->g, more);
}

static void fill_past(exchange *x, prompt *p, bool leaves) {
    think_memory *m = arena_new(x->a, x->n_past + 1, sizeof *m);
    size_t n = 0;
    for (size_t i = 0; i < x->n_past; i++) {
        const recalled *r = &x->past[i];
        memory whole;
        bool sensitive = r->memory && remember_memory(x->t->store, x->a, r->memory, &whole) && whole.sensitive;
        if (leaves && sensitive) continue;               /* HOUSE, promise 7 */
        m[n++] = (think_memory){ r->words, r->quote, r->kind, r->about, r->said_ms, r->score, r->memory };
    }
    p->past = m;
    p->n_past = n;
}

static void fill_history(exchange *x, prompt *p) {
    think_said *b = arena_new(x->a, x->n_before + 1, sizeof *b);
    for (size_t i = 0; i < x->n_before; i++) {
        const message *m = &x->before[i];
        if (m->by == SAID_BY_SYSTEM || m->redacted || m->sensitive) continue;
        b[p->n_before++] = (think_said){ m->by == SAID_BY_HER, m->words, m->at_ms };
    }
    p->before = b;
    think_ally *al = arena_new(x->a, x->n_people + 1, sizeof *al);
    for (size_t i = 0; i < x->n_people; i++)
        al[i] = (think_ally){ x->people[i].name, x->people[i].tie, x->people[i].she };
    p->ally = al;
    p->n_ally = x->n_people;
}

static prompt prompt_build(exchange *x, const mind *m) {
    const sense *s = &x->sense;
    const plan *pl = &x->plan;
    prompt p = { .heard = x->heard, .said = s->said, .situation = s->situation, .topic = s->topic, .act = s->act,
        .ask = s->ask, .situation_p = s->situation_p, .topic_p = s->topic_p, .distress = s->distress,
        .valence = s->valence, .joked = s->joked, .step = pl->step, .stage = pl->stage, .hint = pl->hint,
        .max_words = pl->max_words, .max_questions = pl->max_questions, .may_joke = pl->may_joke,
        .may_advise = pl->may_advise, .opening = pl->fixed, .name = x->now.name, .her_name = x->now.her_name,
        .persona = turn_setting(x->t, "tone", ""), .locale = x->now.locale, .now_ms = x->now.now_ms,
        .others_now = x->now.others_now, .others_total = x->now.others_total, .first_today = x->now.first_today,
        .line_used = turn_line_used, .line_ctx = x->t->store, .seed = x->now.seed, .thread = x->t->thread };
    memcpy(p.feel, s->feel, sizeof p.feel);
    memcpy(p.moves, pl->moves, sizeof p.moves);
    fill_past(x, &p, think_leaves_machine(m));
    fill_history(x, &p);
    return p;
}

static void tell(exchange *x, text what) {
    if (x->out->system) x->out->system(x->out->ctx, what);
}

/* May words go to this mind's host? Loopback always; elsewhere after one yes. */
static bool allowed(exchange *x, const mind *m) {
    if (!think_leaves_machine(m)) return true;
    const json_t *yes = json_object_get(x->t->settings, "remote");
    if (json_flag(yes, think_host(m), false)) return true;
    if (!x->t->asked_remote) {
        care_slot host = { "x", text_of(think_host(m)) };
        tell(x, care_words(x->t->home->care, x->a, "remote.ask", &x->now, &host, 1));
        x->t->asked_remote = true;
    }
    return false;
}

static int say_with(exchange *x, mind *m, speaking *s, fail *why) {
    prompt p = prompt_build(x, m);
    think_sink sink = { heard_from_mind, s };
    return think_say(m, &p, &sink, x->a, &x->reply, why);
}

void exchange_think(exchange *x) {
    turn *t = x->t;
    guard_out go = { spoken, stopped, x };
    speaking s = { x, care_guard_open(t->home->care, &x->plan, &x->sense, &x->now, t->bond, go, t->home->guard_off), 0 };
    if (x->plan.fixed.n) s.err = care_guard_feed(s.g, x->plan.fixed);
    fail why = { 0 };
    mind *small = home_mind(t->home, "small", &why);
    mind *m = t->mind && allowed(x, t->mind) ? t->mind : small;
    if (!s.err && m && (!x->plan.fixed.n || x->plan.may_add)) {
        int err = say_with(x, m, &s, &why);
        if (err == ERR_NET || err == ERR_FORMAT) {
            care_slot story = { "x", text_of(why.text) };
            bool nothing = x->said.n == 0;
            tell(x, care_words(t->home->care, x->a, nothing ? "remote.failed" : "remote.cut", &x->now, &story, 1));
            if (nothing && m != small) say_with(x, small, &s, &why);
        }
        if (x->reply.dropped && !t->told_dropped) {
            tell(x, care_words(t->home->care, x->a, "remote.dropped", &x->now, NULL, 0));
            t->told_dropped = true;
        }
    }
    care_guard_close(s.g);
    exchange_ask_consent(x);
}
