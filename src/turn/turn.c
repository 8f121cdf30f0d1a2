/* SPDX-License-Identifier: Apache-2.0
 * turn.c - one exchange, from hearing to having answered. turn_take() is the first function to read.
 *
 * DESIGN      Each step is one call into one room; what passes between rooms is plain data in `exchange`. The person's
 *             words are on disk before anything thinks about them, and what is kept of her reply is what was shown.
 * INVARIANTS  (1) Nothing is sensed, planned or said before remember_note() has returned.
 *             (2) Words reach `out` only through the guard (say.c).
 *             (3) A mind that fails never fails the exchange: `small` goes on, and the person is told. */
#include "turn/turn.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "turn/turn_parts.h"

enum { NEW_TALK_MS = 2 * 60 * 60 * 1000,   /* a pause this long begins a new conversation */
       SILENT_AFTER_MS = 4 * 60 * 60 * 1000 };

static int exchange_begin(exchange *x, turn *t, text heard, const turn_sink *out);
static int exchange_note(exchange *x, const char *client_id, fail *why);
static void exchange_sense(exchange *x);
static void exchange_plan(exchange *x);
static void exchange_recall(exchange *x);
static void exchange_settle(exchange *x);
static void exchange_end(exchange *x);

int turn_take(turn *t, text heard, const char *client_id, const turn_sink *out, fail *why) {
    exchange x = { 0 };
    int err = exchange_begin(&x, t, heard, out);                  /* this turn's memory              */
    if (!err) err = exchange_note(&x, client_id, why);            /* on disk before any thought      */
    if (err || x.done) goto done;
    exchange_sense(&x);                                           /* feeling, situation, risk        */
    exchange_plan(&x);                                            /* what would help now             */
    exchange_recall(&x);                                          /* a handful, with their sources   */
    exchange_think(&x);                                           /* mind and deeds, guarded, spoken */
    exchange_settle(&x);                                          /* what was shown; facts, people, dates */
done:
    exchange_end(&x);
    return err;
}

int64_t turn_line_used(void *store, uint64_t id) { return remember_line_used(store, id); }

void turn_emit(const turn_sink *out, const char *ev, json_t *more) {
    if (out && out->event) out->event(out->ctx, ev, more);
    json_decref(more);
}

const char *turn_setting(const turn *t, const char *key, const char *otherwise) {
    const char *v = json_str(t->settings, key, NULL);
    return v && *v ? v : otherwise;
}

int turn_set(turn *t, const char *key, json_t *value, fail *why) {
    json_object_set_new(t->settings, key, value);
    return remember_keep_write(t->store, "settings", t->settings, why);
}

/* ---- the steps --------------------------------------------------------------------------------------------- */
static int exchange_begin(exchange *x, turn *t, text heard, const turn_sink *out) {
    arena_reset(&t->scratch);
    atomic_store(&t->stop, 0);
    *x = (exchange){ .t = t, .a = &t->scratch, .out = out, .began_us = clk_steady_us() };
    buf clean = { 0 };
    text_clean(heard, &clean);
    x->heard = text_trim(arena_text(x->a, buf_text(&clean)));
    buf_release(&clean);
    x->done = x->heard.n == 0;                    /* nothing was said: nothing to answer */
    return 0;
}

/* A message sent again after its reply was lost on the way: show that reply once more. */
static bool repeat_reply(exchange *x) {
    size_t n;
    message *m = remember_recent(x->t->store, x->a, 64, 0, &n);
    for (size_t i = 0; i < n; i++) {
        if (m[i].id <= x->message || m[i].by != SAID_BY_HER) continue;
        if (x->out->words) x->out->words(x->out->ctx, m[i].words);
        return true;
    }
    return false;
}

static int exchange_note(exchange *x, const char *client_id, fail *why) {
    if (x->done) return 0;
    turn *t = x->t;
    int64_t now = clk_now_ms(t->home->clock);
    x->before = remember_recent(t->store, x->a, RECENT_MAX, 0, &x->n_before);
    bool pause = x->n_before && now - x->before[x->n_before - 1].at_ms > NEW_TALK_MS;
    turn_facts(t, x->a, &x->now);                 /* before the note: "first today" means before this one */
    if (pause) {
        remember_conversation(t->store, true);
        care_bond_talk_begins(t->bond, now);
    }
    bool is_new = true;
    int err = remember_note(t->store, x->heard, client_id ? client_id : "", &x->message, &is_new, why);
    if (err) return err;
    home_seen(t->home, t->person);
    if (x->out->ack) x->out->ack(x->out->ctx, x->message, is_new);
    if (!is_new) x->done = repeat_reply(x);
    return 0;
}

static void tell_notice(exchange *x, const notice *n) {
    if (!n->due) return;
    if (n->event) turn_emit(x->out, n->event, NULL);
    if (n->silent) {
        if (x->out->status) x->out->status(x->out->ctx, turn_status(x->t));
        return;
    }
    if (x->out->system) x->out->system(x->out->ctx, n->words);
    remember_system(x->t->store, n->words, NULL);
}

static void exchange_sense(exchange *x) {
    turn *t = x->t;
    care_sense(t->home->care, x->a, x->heard, &x->now, &x->sense);
    if (x->sense.minor && x->sense.age) turn_set(t, "age", json_integer(x->sense.age), NULL);
    notice n = care_notice(t->home->care, x->a, &x->now, t->bond, x->sense.distress < 2);
    tell_notice(x, &n);
}

static void exchange_plan(exchange *x) {
    turn *t = x->t;
    care_plan(t->home->care, x->a, &x->sense, &x->now, t->bond, &x->plan);
    for (int i = 0; i < 4 && x->plan.event[i]; i++) turn_emit(x->out, x->plan.event[i], NULL);
    bool urgent = x->sense.risk || x->sense.third_risk || strcmp(x->plan.step, "crisis") == 0 || strcmp(x->plan.step, "crisis-after") == 0;
    if (urgent) return;
    if (exchange_about_memory(x)) return;
    exchange_reminder(x);
}

static void exchange_recall(exchange *x) {
    if (x->plan.fixed.n && !x->plan.may_add) return;
    turn *t = x->t;
    x->past = remember_recall(t->store, x->a, x->heard, PAST_MAX, &x->n_past);
    x->people = remember_people(t->store, x->a, &x->n_people);
}

static void exchange_keep(exchange *x) {
    turn *t = x->t;
    int64_t id = 0;
    if (x->said.n) remember_said(t->store, x->message, buf_text(&x->said), x->interrupted, &id, NULL);
    care_after(t->bond, &x->sense, &x->plan, &x->now, buf_text(&x->said));
    if (x->plan.n_line) remember_line_said(t->store, x->plan.line, (size_t)x->plan.n_line);
    if (x->reply.n_line) remember_line_said(t->store, x->reply.line, (size_t)x->reply.n_line);
    if (x->reply.n_memory) remember_used(t->store, x->reply.memory, (size_t)x->reply.n_memory);
    if (x->reply.n_memory) {
        t->n_about = x->reply.n_memory;
        memcpy(t->about, x->reply.memory, sizeof t->about);
    }
    if (x->reply.thread) {
        json_decref(t->thread);
        t->thread = x->reply.thread;
        x->reply.thread = NULL;
        remember_keep_write(t->store, "thread", t->thread, NULL);
    }
    json_t *b = care_bond_save(t->bond);
    remember_keep_write(t->store, "bond", b, NULL);
    json_decref(b);
}

/* Exactly what was shown, then what is learned from the person's words: one synced commit. A disk that is full now
 * costs her reply's record, never the person's words, and they are told. */
static void exchange_settle(exchange *x) {
    fail full = { 0 };
    int err = remember_begin(x->t->store, &full);
    exchange_keep(x);
    exchange_learn(x);
    if (!err) err = remember_end(x->t->store, &full);
    if (err && x->out->system) x->out->system(x->out->ctx, text_of(full.text));
}

static void exchange_end(exchange *x) {
    home_seen(x->t->home, x->t->person);
    buf_release(&x->said);
    json_decref(x->reply.thread);
    json_decref(x->reply.wish_args);
}

/* ---- what holds around a message ---------------------------------------------------------------------------- */
static bool same_day(int64_t a, int64_t b) {
    civil x = civil_local(a), y = civil_local(b);
    return x.year == y.year && x.month == y.month && x.day == y.day;
}

void turn_facts(turn *t, arena *a, care_now *now) {
    home *h = t->home;
    *now = (care_now){ .now_ms = clk_now_ms(h->clock), .name = turn_setting(t, "name", ""),
                       .her_name = turn_setting(t, "her_name", "Samantha"), .locale = h->locale, .seed = h->seed };
    now->hour = civil_local(now->now_ms).hour;
    home_presence(h, t, &now->others_now, &now->others_total);
    if (t->as_if.others_now >= 0) now->others_now = t->as_if.others_now;
    if (t->as_if.others_total >= 0) now->others_total = t->as_if.others_total;
    if (now->others_total < now->others_now) now->others_total = now->others_now;
    now->house_people = now->others_total + 1;
    now->age = t->as_if.age > 0 ? t->as_if.age : (int)json_int(t->settings, "age", 0);
    now->minor_known = now->age > 0 && now->age < 18;
    if (*t->as_if.locale) now->locale = t->as_if.locale;
    if (t->as_if.name) now->name = t->as_if.name;
    now->departure_date = t->as_if.departure_date;
    now->departure_reason = t->as_if.departure_reason;
    now->remote = t->mind && think_leaves_machine(t->mind);
    now->line_used = turn_line_used;
    now->line_ctx = t->store;
    int64_t n_said = remember_message_count(t->store);
    now->first_meeting = n_said == 0;
    now->seed ^= t->as_if.seed ^ (uint64_t)n_said * 0x9E3779B97F4A7C15u;       /* another choice each turn, the same in every replay */
    size_t n_last, n_ally;
    message *last = remember_recent(t->store, a, 1, 0, &n_last);
    now->first_today = n_last == 0 || !same_day(last[n_last - 1].at_ms, now->now_ms);
    ally *al = remember_people(t->store, a, &n_ally);
    const char **names = arena_new(a, n_ally + 1, sizeof *names);
    for (size_t i = 0; i < n_ally; i++)
        if (*al[i].name) names[now->n_people++] = al[i].name;
    now->people = names;
}

const char *turn_status(turn *t) {
    int now, total;
    home_presence(t->home, t, &now, &total);
    buf_clear(&t->status);
    buf_format(&t->status, "%s is an AI", turn_setting(t, "her_name", "Samantha"));
    if (total == 0) buf_str(&t->status, " \xC2\xB7 nobody else here");
    else if (total < 4) buf_format(&t->status, " \xC2\xB7 %d other%s in this house", total, total == 1 ? "" : "s");
    else buf_format(&t->status, " \xC2\xB7 with %d of %d others now", now, total);
    buf_format(&t->status, " \xC2\xB7 mind: %s", t->mind ? think_name(t->mind) : "small");
    if (t->private) buf_str(&t->status, " \xC2\xB7 private");
    return t->status.p;
}

/* ---- what is due ---------------------------------------------------------------------------------------------- */
static void tell_reminders(turn *t, const turn_sink *out) {
    size_t n;
    reminder *r = remember_reminders(t->store, &t->scratch, true, &n);
    for (size_t i = 0; i < n; i++) {
        text said = arena_format(&t->scratch, "You asked me to remind you: %s", r[i].words);
        if (remember_remind_done(t->store, r[i].id, NULL) != 0) continue;
        remember_system(t->store, said, NULL);
        if (out->system) out->system(out->ctx, said);
        json_t *more = json_object();
        json_object_set_new(more, "id", json_integer(r[i].id));
        turn_emit(out, "reminder", more);
    }
}

int turn_tick(turn *t, const turn_sink *out, fail *why) {
    arena_reset(&t->scratch);
    care_now now;
    turn_facts(t, &t->scratch, &now);
    tell_reminders(t, out);
    if (!now.first_meeting && !now.first_today) {          /* the clock notices run while a talk goes on */
        size_t n;
        message *last = remember_recent(t->store, &t->scratch, 1, 0, &n);
        int64_t quiet = n ? now.now_ms - last[0].at_ms : SILENT_AFTER_MS;
        if (quiet < SILENT_AFTER_MS) {                     /* away for a while: only the status line says it */
            bool calm = quiet < PRESENT_MS && last[0].by != SAID_BY_PERSON;
            notice nt = care_notice(t->home->care, &t->scratch, &now, t->bond, calm);
            exchange x = { .t = t, .a = &t->scratch, .out = out };
            tell_notice(&x, &nt);
        }
    }
    receipt gone;
    return remember_fade(t->store, &gone, why);
}

void turn_stop(turn *t) { atomic_store(&t->stop, 1); }

int turn_shown(turn *t, int64_t answers, size_t letters, fail *why) {
    return remember_shown(t->store, answers, letters, why);
}

int turn_rehearse_ctx(turn *t, const json_t *ctx, fail *why) {
    pretence *p = &t->as_if;
    p->others_now = (int)json_int(ctx, "others_active_now", p->others_now);
    p->others_total = (int)json_int(ctx, "others_total", p->others_total);
    p->age = (int)json_int(ctx, "age", p->age);
    p->seed = (uint64_t)json_int(ctx, "seed", (int64_t)p->seed);
    const char *locale = json_str(ctx, "locale", NULL), *name = json_str(ctx, "name", NULL);
    if (locale) memcpy(p->locale, locale, strnlen(locale, 7) + 1), p->locale[7] = '\0';
    if (name) free(p->name), p->name = mem_text(name, strlen(name));
    const char *today = json_str(ctx, "today", NULL);
    civil day;
    if (today) {
        if (!civil_parse_date(text_of(today), &day)) return fail_set(why, ERR_FORMAT, "ctx.today is not a date: %.40s", today);
        civil now = civil_local(clk_now_ms(t->home->clock));
        day.hour = now.hour;
        day.minute = now.minute;
        clk_set(t->home->clock, civil_to_ms(day));
    }
    const json_t *leave = json_object_get(ctx, "departure");
    if (json_is_object(leave)) {
        const char *date = json_str(leave, "date", ""), *reason = json_str(leave, "reason", "");
        free(p->departure_date);
        free(p->departure_reason);
        p->departure_date = mem_text(date, strlen(date));
        p->departure_reason = mem_text(reason, strlen(reason));
    }
    size_t i;
    json_t *m;
    json_array_foreach(json_object_get(ctx, "memory"), i, m) {
        if (!json_is_string(m)) return fail_set(why, ERR_FORMAT, "ctx.memory holds something that is not a string");
        int err = remember_told(t->store, &t->scratch, text_of(json_string_value(m)), clk_now_ms(t->home->clock), why);
        if (err) return err;
    }
    return 0;
}
