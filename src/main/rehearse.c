/* SPDX-License-Identifier: Apache-2.0
 * rehearse.c - plays scripted conversations on a simulated clock, each in a fresh life that leaves nothing.
 *
 * DESIGN  The script goes straight to turn/, with no house between: the same turn, without threads, so that the same
 *         script and seed give the same output. Every life begins at one fixed moment; a reply takes REPLY_MS; `idle`
 *         looks for what is due in steps that grow with the time that has passed.
 *         An event's `turn` is the index in `replies` of the reply it belongs to (the last one before it, for what
 *         happens while nobody types). */
#include "main/rehearse.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/mem.h"
#include "main/commands.h"
#include "turn/turn.h"

enum { REPLY_MS = 20000 };
static const civil START = { .year = 2026, .month = 5, .day = 4, .hour = 10 };   /* a Monday */
static const int64_t MINUTE = 60000, HOUR = 3600000, DAY = 86400000, SPAN_MOST = 36500 * (int64_t)86400000;

typedef struct {
    home *home;
    clk *clock;
    uint64_t seed;
    turn *turn;                   /* the life being played */
    buf reply;
    json_t *replies, *events;
    int64_t n_asked;              /* user turns so far */
    bool ticking;
} stage;

/* ---- time -------------------------------------------------------------------------------------------------------- */
int64_t rehearse_span(text t) {
    static const struct { char unit; int64_t ms; } units[] = {
        { 'w', 604800000 }, { 'd', 86400000 }, { 'h', 3600000 }, { 'm', 60000 }, { 's', 1000 },
    };
    int64_t total = 0;
    if (!t.n) return -1;
    while (t.n) {
        int64_t n = 0;
        size_t digits = 0;
        while (digits < t.n && t.p[digits] >= '0' && t.p[digits] <= '9' && digits < 9) n = n * 10 + (t.p[digits++] - '0');
        if (!digits || digits == t.n) return -1;
        size_t i = 0;
        while (i < 5 && units[i].unit != t.p[digits]) i++;
        if (i == 5) return -1;
        total += n * units[i].ms;
        if (total > SPAN_MOST) return -1;
        t.p += digits + 1;
        t.n -= digits + 1;
    }
    return total;
}

static bool two_digits(text t, size_t at, int most, int *out) {
    if (t.p[at] < '0' || t.p[at] > '9' || t.p[at + 1] < '0' || t.p[at + 1] > '9') return false;
    *out = (t.p[at] - '0') * 10 + t.p[at + 1] - '0';
    return *out <= most;
}

int64_t rehearse_clock(text t, int64_t now_ms) {
    if (t.n && t.p[0] == '+') {
        int64_t span = rehearse_span((text){ t.p + 1, t.n - 1 });
        return span < 0 ? -1 : now_ms + span;
    }
    int hour, minute;
    if (t.n != 5 || t.p[2] != ':' || !two_digits(t, 0, 23, &hour) || !two_digits(t, 3, 59, &minute)) return -1;
    civil c = civil_local(now_ms);
    bool passed = hour < c.hour || (hour == c.hour && minute < c.minute);
    bool is_now = hour == c.hour && minute == c.minute;
    if (is_now) return now_ms;
    c.hour = hour;
    c.minute = minute;
    c.second = 0;
    int64_t at = civil_to_ms(c);
    if (!passed) return at;
    civil next = civil_local(at + DAY + 2 * HOUR);          /* tomorrow, whatever summer time does */
    next.hour = hour;
    next.minute = minute;
    next.second = 0;
    int64_t tomorrow = civil_to_ms(next);
    return tomorrow - at > DAY + 3 * HOUR ? tomorrow - DAY : tomorrow;
}

/* ---- what comes out ------------------------------------------------------------------------------------------------ */
static void add_event(stage *s, const char *ev, const json_t *more) {
    char at[32];
    civil_iso(clk_now_ms(s->clock), at);
    int64_t of = s->n_asked > 0 ? s->n_asked - 1 : 0;
    json_t *v = json_pack("{s:s,s:s,s:I}", "ev", ev, "at", at, "turn", (json_int_t)of);
    if (json_is_object(more)) json_object_update_missing(v, (json_t *)more);
    json_array_append_new(s->events, v);
}

static void on_ack(void *ctx, int64_t message, bool is_new) { (void)ctx, (void)message, (void)is_new; }
static void on_system(void *ctx, text words) { (void)ctx, (void)words; }
static void on_status(void *ctx, const char *what) { (void)ctx, (void)what; }
static void on_event(void *ctx, const char *ev, const json_t *more) { add_event(ctx, ev, more); }

static void on_words(void *ctx, text more) {
    stage *s = ctx;
    if (s->ticking && !s->reply.n) add_event(s, "notify.unsolicited", NULL);
    buf_add(&s->reply, more);
}

static turn_sink sink_of(stage *s) { return (turn_sink){ on_ack, on_words, on_system, on_status, on_event, s }; }

/* ---- the four kinds of turn ------------------------------------------------------------------------------------------ */
static int play_user(stage *s, const json_t *v, fail *why) {
    turn_sink sink = sink_of(s);
    char id[32];
    if (!json_is_string(v)) return fail_set(why, ERR_FORMAT, "\"user\" is what they say");
    buf_clear(&s->reply);
    s->n_asked++;
    snprintf(id, sizeof id, "rehearsal-%lld", (long long)s->n_asked);
    int err = turn_take(s->turn, (text){ json_string_value(v), json_string_length(v) }, id, &sink, why);
    if (err) return err;
    json_array_append_new(s->replies, json_stringn(s->reply.n ? s->reply.p : "", s->reply.n));
    clk_set(s->clock, clk_now_ms(s->clock) + REPLY_MS);
    return 0;
}

static int play_ctx(stage *s, const json_t *v, fail *why) {
    if (!json_is_object(v)) return fail_set(why, ERR_FORMAT, "\"ctx\" is an object");
    return turn_rehearse_ctx(s->turn, v, why);
}

static int tick(stage *s, fail *why) {
    turn_sink sink = sink_of(s);
    buf_clear(&s->reply);
    s->ticking = true;
    int err = turn_tick(s->turn, &sink, why);
    s->ticking = false;
    return err;
}

static int play_clock(stage *s, const json_t *v, fail *why) {
    int64_t to = json_is_string(v) ? rehearse_clock(text_of(json_string_value(v)), clk_now_ms(s->clock)) : -1;
    if (to < 0) return fail_set(why, ERR_FORMAT, "\"clock\" is \"HH:MM\" or \"+3h10m\"");
    clk_set(s->clock, to);
    return tick(s, why);
}

static int play_idle(stage *s, const json_t *v, fail *why) {
    int64_t span = json_is_string(v) ? rehearse_span(text_of(json_string_value(v))) : -1;
    if (span < 0) return fail_set(why, ERR_FORMAT, "\"idle\" is a span like \"16d\" or \"2h30m\"");
    int64_t begin = clk_now_ms(s->clock), gone = 0;
    int err = 0;
    while (gone < span && !err) {
        int64_t step = gone < 6 * HOUR ? 10 * MINUTE : gone < 3 * DAY ? HOUR : gone < 90 * DAY ? 6 * HOUR : 7 * DAY;
        gone = gone + step < span ? gone + step : span;
        clk_set(s->clock, begin + gone);
        err = tick(s, why);
    }
    return err;
}

static const struct { const char *key; int (*play)(stage *s, const json_t *v, fail *why); } KINDS[] = {
    { "user", play_user }, { "ctx", play_ctx }, { "clock", play_clock }, { "idle", play_idle },
};

static int play_turn(stage *s, const json_t *v, fail *why) {
    for (size_t i = 0; json_object_size(v) == 1 && i < sizeof KINDS / sizeof *KINDS; i++) {
        const json_t *what = json_object_get(v, KINDS[i].key);
        if (what) return KINDS[i].play(s, what, why);
    }
    return fail_set(why, ERR_FORMAT, "a turn has one key: user, ctx, clock or idle");
}

/* ---- a conversation ---------------------------------------------------------------------------------------------------- */
static int play_all(stage *s, const json_t *turns, fail *why) {
    size_t i;
    const json_t *v;
    json_array_foreach(turns, i, v) {
        fail here = { 0 };
        int err = play_turn(s, v, &here);
        if (err) return fail_set(why, err, "turn %zu: %s", i + 1, here.text);
    }
    return 0;
}

static int open_life(stage *s, const json_t *conversation, fail *why) {
    clk_set(s->clock, civil_to_ms(START));
    int err = turn_open(&s->turn, s->home, "rehearsal", NULL, true, why);
    if (err) return err;
    const char *id = json_str(conversation, "id", "");
    uint64_t seed = hash_fnv_more(hash_fnv((text){ (const char *)&s->seed, sizeof s->seed }), text_of(id));
    json_t *ctx = json_pack("{s:I}", "seed", (json_int_t)(seed >> 1));
    err = turn_rehearse_ctx(s->turn, ctx, why);
    json_decref(ctx);
    return err;
}

static int play(stage *s, text line, fail *why) {
    json_t *v = NULL;
    s->replies = json_array();
    s->events = json_array();
    s->n_asked = 0;
    int err = json_read(&v, line, why);
    const json_t *turns = json_object_get(v, "turns"), *id = json_object_get(v, "id");
    if (!err && !json_is_array(turns)) err = fail_set(why, ERR_FORMAT, "a conversation is {\"id\":…,\"turns\":[…]}");
    if (!err) err = open_life(s, v, why);
    if (!err) err = play_all(s, turns, why);
    if (!err) {
        json_t *out = json_object();
        buf b = { 0 };
        json_object_set_new(out, "id", id ? json_incref((json_t *)id) : json_null());
        json_object_set(out, "replies", s->replies);
        json_object_set(out, "events", s->events);
        json_write(out, &b);
        printf("%s\n", b.p);
        buf_release(&b);
        json_decref(out);
    }
    turn_close(s->turn);
    s->turn = NULL;
    json_decref(s->replies);
    json_decref(s->events);
    json_decref(v);
    return err;
}

static int play_file(stage *s, FILE *f, const char *name) {
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    int status = EXIT_DONE;
    for (long number = 1; (n = getline(&line, &cap, f)) >= 0; number++) {
        text t = text_trim((text){ line, (size_t)n });
        fail why = { 0 };
        if (!t.n) continue;
        int err = play(s, t, &why);
        if (err) {
            fail named;
            fail_set(&named, err, "%.80s line %ld: %s", name, number, why.text);
            cli_fail(err, &named);
            status = EXIT_FAILED;
        }
        if (fflush(stdout) != 0) return EXIT_FAILED;
    }
    free(line);
    return status;
}

static int read_options(const cli *c, stage *s, bool *guard_off, fail *why) {
    s->seed = 1;
    char *end = NULL;
    if (c->n_word != 1) return fail_set(why, ERR_USAGE, "usage: samantha %s", c->command->usage);
    if (c->seed) s->seed = strtoull(c->seed, &end, 10);
    if (end && (*end || !*c->seed || c->seed[0] == '-')) return fail_set(why, ERR_USAGE, "--seed wants a whole number");
    if (c->guard && strcmp(c->guard, "off") != 0 && strcmp(c->guard, "on") != 0)
        return fail_set(why, ERR_USAGE, "--guard is on or off");
    *guard_off = c->guard && strcmp(c->guard, "off") == 0;
    return 0;
}

int command_rehearse(cli *c) {
    stage s = { 0 };
    fail why = { 0 };
    home_options o = { .data = "/dev/null", .mind = c->mind };        /* a folder that never holds another life */
    int err = read_options(c, &s, &o.guard_off, &why);
    if (err) return cli_fail(err, &why);
    bool standard = strcmp(c->word[0], "-") == 0;
    FILE *f = standard ? stdin : fopen(c->word[0], "r");
    if (!f) {
        err = fail_set(&why, ERR_MISSING, "cannot open %.150s: %s", c->word[0], strerror(errno));
        return cli_fail(err, &why);
    }
    const char *locale = conf_word(c->conf, "house.locale");
    o.clock = s.clock = clk_simulated(civil_to_ms(START));
    o.seed = hash_fnv((text){ (const char *)&s.seed, sizeof s.seed }) | 1;
    o.locale = *locale ? locale : "C";             /* the script's ctx says where they are, not this machine */
    o.patience_ms = (int)conf_whole(c->conf, "mind.patience_ms");
    o.context_tokens = (int)conf_whole(c->conf, "mind.context_tokens");
    err = home_open(&s.home, &o, &why);
    int status = err ? cli_fail(err, &why) : play_file(&s, f, standard ? "standard input" : c->word[0]);
    home_close(s.home);
    clk_free(s.clock);
    buf_release(&s.reply);
    if (!standard) fclose(f);
    return status;
}
