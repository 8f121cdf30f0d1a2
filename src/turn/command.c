/* SPDX-License-Identifier: Apache-2.0
 * command.c - what the person may ask of their own life by command: memory, history, who, people, mind, remind.
 *
 * DESIGN  A table of verbs. Every row goes out twice, as a line for people and as an object for scripts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "turn/turn_parts.h"

typedef struct { turn *t; int argc; const char *const *argv; const turn_rows *out; fail *why; arena *a; int64_t now; } job;
typedef struct { const char *name, *sub; int (*run)(job *j); int min; const char *usage; } verb;

static void row(job *j, json_t *object, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void row(job *j, json_t *object, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    char *human = NULL;
    int n = vasprintf(&human, fmt, ap);
    va_end(ap);
    if (n >= 0 && j->out->row) j->out->row(j->out->ctx, human, object);
    if (n >= 0) free(human);
    json_decref(object);
}

static text joined(job *j, int from) {
    text all = TEXT("");
    for (int i = from; i < j->argc; i++)
        all = arena_format(j->a, "%.*s%s%s", (int)all.n, all.p, all.n ? " " : "", j->argv[i]);
    return all;
}

static int number(job *j, int i, int64_t *id) {
    char *end;
    long long v = i < j->argc ? strtoll(j->argv[i], &end, 10) : 0;
    if (v <= 0 || *end) return fail_set(j->why, ERR_USAGE, "that wants the number of a memory, as shown by: memory list");
    *id = v;
    return 0;
}

static void set_time(json_t *o, const char *key, int64_t ms) {
    char iso[32];
    civil_iso(ms, iso);
    json_object_set_new(o, key, ms ? json_string(iso) : json_null());
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */
static void memory_row(job *j, const memory *m) {
    json_t *o = json_object();
    json_object_set_new(o, "id", json_integer(m->id));
    json_object_set_new(o, "kind", json_string(m->kind));
    json_object_set_new(o, "about", json_string(m->about));
    json_object_set_new(o, "words", json_string(m->words));
    json_object_set_new(o, "quote", json_string(m->quote));
    set_time(o, "said", m->said_ms);
    json_object_set_new(o, "from", json_string(m->from ? m->from : ""));
    json_object_set_new(o, "until", json_string(m->until ? m->until : ""));
    json_object_set_new(o, "sure", json_real(m->sure));
    json_object_set_new(o, "why", json_string(m->why));
    json_object_set_new(o, "consent", json_string(m->consent));
    json_object_set_new(o, "pinned", json_boolean(m->pinned));
    set_time(o, "fades", m->fades_ms);
    char day[32];
    civil_said(m->said_ms, j->now, day);
    row(j, o, "%5lld  %s  (%s, %s%s%s)", (long long)m->id, m->words, m->kind, day, m->pinned ? ", pinned" : "",
        m->until && *m->until ? ", past" : "");
}

static int memory_list(job *j) {
    size_t n;
    memory *m = remember_list(j->t->store, j->a, j->argc > 2 ? joined(j, 2).p : "", &n);
    for (size_t i = 0; i < n; i++) memory_row(j, &m[i]);
    return 0;
}

static int memory_search(job *j) {
    size_t n;
    memory *m = remember_search(j->t->store, j->a, joined(j, 2), 50, &n);
    for (size_t i = 0; i < n; i++) memory_row(j, &m[i]);
    return 0;
}

static int memory_why(job *j) {
    int64_t id;
    memory m;
    int err = number(j, 2, &id);
    if (err) return err;
    if (!remember_memory(j->t->store, j->a, id, &m)) return fail_set(j->why, ERR_MISSING, "there is no memory %lld", (long long)id);
    char day[32], iso[32];
    civil_said(m.said_ms, j->now, day);
    civil_iso(m.said_ms, iso);
    json_t *o = json_object();
    json_object_set_new(o, "id", json_integer(m.id));
    json_object_set_new(o, "words", json_string(m.words));
    json_object_set_new(o, "quote", json_string(m.quote));
    json_object_set_new(o, "said", json_string(iso));
    json_object_set_new(o, "message", json_integer(m.message));
    json_object_set_new(o, "why", json_string(m.why));
    json_object_set_new(o, "consent", json_string(m.consent));
    set_time(o, "used", m.used_ms);
    set_time(o, "fades", m.fades_ms);
    row(j, o, "%s\nYou said, %s (%.10s): \"%s\"\nKept because: %s. Consent: %s.", m.words, day, iso, m.quote, m.why, m.consent);
    return 0;
}

static int memory_fix(job *j) {
    int64_t id;
    int err = number(j, 2, &id);
    if (!err) err = remember_fix(j->t->store, j->a, id, joined(j, 3), j->why);
    memory m;
    if (!err && remember_memory(j->t->store, j->a, id, &m)) memory_row(j, &m);
    return err;
}

static int memory_pin(job *j) {
    int64_t id;
    int err = number(j, 2, &id);
    if (!err) err = remember_pin(j->t->store, id, true, j->why);
    if (!err) row(j, json_pack("{s:I,s:b}", "id", (json_int_t)id, "pinned", 1), "pinned %lld: it will not fade", (long long)id);
    return err;
}

static int memory_forget(job *j) {
    receipt r;
    char *end;
    long long id = strtoll(j->argv[2], &end, 10);
    bool by_id = j->argc == 3 && *end == '\0' && id > 0;
    int err = remember_forget(j->t->store, by_id ? id : 0, by_id ? (text){ 0 } : joined(j, 2), &r, j->why);
    if (err) return err;
    row(j, json_pack("{s:i,s:i,s:i,s:i}", "memories", r.memories, "messages", r.messages, "people", r.people, "index", r.index),
        "forgotten: %d memories, words in %d messages, %d people, %d index entries", r.memories, r.messages, r.people, r.index);
    return 0;
}

static int memory_pause(job *j) {
    bool off = j->argc > 2 && strcmp(j->argv[2], "off") == 0;
    int err = remember_pause(j->t->store, !off, j->why);
    if (!err) row(j, json_pack("{s:b}", "paused", !off), off ? "memory is on" : "memory is paused; 'memory pause off' goes on");
    return err;
}

/* ---- history, people, who ---------------------------------------------------------------------------------------- */
static int history(job *j) {
    size_t n;
    message *m = remember_history(j->t->store, j->a, joined(j, 1), 200, &n);
    const char *her = turn_setting(j->t, "her_name", "Samantha");
    static const char *const who[] = { "person", "her", "system" };
    for (size_t i = 0; i < n; i++) {
        char iso[32];
        civil_iso(m[i].at_ms, iso);
        json_t *o = json_object();
        json_object_set_new(o, "id", json_integer(m[i].id));
        json_object_set_new(o, "at", json_string(iso));
        json_object_set_new(o, "speaker", json_string(who[m[i].by]));
        json_object_set_new(o, "text", json_stringn(m[i].words.p, m[i].words.n));
        json_object_set_new(o, "interrupted", json_boolean(m[i].interrupted));
        row(j, o, "%.16s  %s: %.*s", iso, m[i].by == SAID_BY_PERSON ? "you" : m[i].by == SAID_BY_HER ? her : "(system)",
            (int)m[i].words.n, m[i].words.p);
    }
    return 0;
}

static int people(job *j) {
    size_t n;
    ally *al = remember_people(j->t->store, j->a, &n);
    for (size_t i = 0; i < n; i++) {
        char day[32];
        civil_said(al[i].said_ms, j->now, day);
        json_t *o = json_object();
        json_object_set_new(o, "name", json_string(al[i].name));
        json_object_set_new(o, "tie", json_string(al[i].tie));
        json_object_set_new(o, "memories", json_integer(al[i].n_memory));
        set_time(o, "said", al[i].said_ms);
        set_time(o, "met", al[i].met_ms);
        row(j, o, "%s%s%s  (last mentioned %s; %d remembered)", *al[i].name ? al[i].name : "your ", *al[i].name && *al[i].tie ? ", your " : "",
            al[i].tie, day, al[i].n_memory);
    }
    return 0;
}

static int who(job *j) {
    size_t n;
    identity *id = remember_identities(j->t->store, j->a, &n);
    for (size_t i = 0; i < n; i++) {
        char iso[32];
        civil_iso(id[i].at_ms, iso);
        json_t *o = json_object();
        json_object_set_new(o, "since", json_string(iso));
        json_object_set_new(o, "model", json_string(id[i].model));
        json_object_set_new(o, "persona", json_string(id[i].persona));
        json_object_set_new(o, "voice", json_string(id[i].voice));
        json_object_set_new(o, "prompt", json_string(id[i].prompt));
        json_object_set_new(o, "schema", json_string(id[i].schema));
        json_object_set_new(o, "program", json_string(id[i].program));
        buf changed = { 0 };
        const char *const *a = i ? (const char *const[]){ id[i - 1].model, id[i - 1].persona, id[i - 1].voice, id[i - 1].prompt, id[i - 1].schema } : NULL;
        const char *const b[] = { id[i].model, id[i].persona, id[i].voice, id[i].prompt, id[i].schema };
        static const char *const names[] = { "model", "persona", "voice", "prompt", "schema" };
        for (size_t k = 0; a && k < 5; k++)
            if (strcmp(a[k], b[k]) != 0) buf_format(&changed, "%s%s", changed.n ? ", " : "", names[k]);
        json_object_set_new(o, "changed", json_string(i ? buf_text(&changed).p : "first day"));
        row(j, o, "since %.16s  (%s)\n  model   %.16s\n  persona %.16s\n  voice   %.16s\n  prompt  %.16s\n  schema  %.16s\n  program %s", iso,
            i ? (changed.n ? changed.p : "nothing changed") : "the first day", id[i].model, id[i].persona, id[i].voice, id[i].prompt, id[i].schema, id[i].program);
        buf_release(&changed);
    }
    return 0;
}

/* ---- minds --------------------------------------------------------------------------------------------------------- */
static int mind_list(job *j) {
    const char *in_use = think_name(j->t->mind);
    row(j, json_pack("{s:s,s:b}", "mind", "small", "in_use", strcmp(in_use, "small") == 0), "%c small   ships with the house; needs nothing",
        strcmp(in_use, "small") == 0 ? '*' : ' ');
    if (strcmp(in_use, "small") != 0)
        row(j, json_pack("{s:s,s:b}", "mind", in_use, "in_use", 1), "* %s", in_use);
    const char *url = j->argc > 2 ? j->argv[2] : turn_setting(j->t, "mind", NULL);
    const char **names;
    size_t n = 0;
    if (!url || strcmp(url, "small") == 0) return 0;
    int err = think_models(url, NULL, j->a, &names, &n, j->why);
    for (size_t i = 0; !err && i < n; i++)
        row(j, json_pack("{s:s,s:s,s:b}", "mind", url, "model", names[i], "in_use", 0), "  %s   at %s", names[i], url);
    return err;
}

static int mind_use(job *j) {
    mind *m = home_mind(j->t->home, j->argv[2], j->why);
    if (!m) return j->why && j->why->code ? j->why->code : ERR_MISSING;
    int err = turn_set(j->t, "mind", json_string(j->argv[2]), j->why);
    if (err) return err;
    j->t->mind = m;
    char hex[65];
    identity id;
    bool changed;
    home_identity(j->t->home, m, &id, hex);
    err = remember_identity(j->t->store, &id, &changed, j->why);
    row(j, json_pack("{s:s,s:b}", "mind", think_name(m), "leaves_machine", think_leaves_machine(m)), "she thinks with %s now%s", think_name(m),
        think_leaves_machine(m) ? "; she will ask before anything goes there" : "");
    return err;
}

/* ---- reminders ------------------------------------------------------------------------------------------------------- */
static int remind_list(job *j) {
    size_t n;
    reminder *r = remember_reminders(j->t->store, j->a, false, &n);
    for (size_t i = 0; i < n; i++) {
        if (r[i].done) continue;
        char iso[32];
        civil_iso(r[i].due_ms, iso);
        row(j, json_pack("{s:I,s:s,s:s}", "id", (json_int_t)r[i].id, "due", iso, "text", r[i].words), "%5lld  %.16s  %s", (long long)r[i].id, iso, r[i].words);
    }
    return 0;
}

static int remind_done(job *j) {
    int64_t id;
    int err = number(j, 2, &id);
    if (!err) err = remember_remind_done(j->t->store, id, j->why);
    if (!err) row(j, json_pack("{s:I,s:b}", "id", (json_int_t)id, "done", 1), "done");
    return err;
}

static int remind_add(job *j) {
    text what;
    int64_t id, due = remind_when(j->a, joined(j, 1), j->now, &what);
    if (!due || what.n == 0) return fail_set(j->why, ERR_USAGE, "say what and when: remind ring mum tomorrow at 6pm");
    int err = remember_remind(j->t->store, due, what, &id, j->why);
    char iso[32];
    civil_iso(due, iso);
    if (!err) row(j, json_pack("{s:I,s:s,s:s}", "id", (json_int_t)id, "due", iso, "text", what.p), "%5lld  %.16s  %s", (long long)id, iso, what.p);
    return err;
}

static int set_name(job *j) {
    text n = joined(j, 1);
    int err = turn_set(j->t, "name", json_stringn(n.p, n.n), j->why);
    if (!err) row(j, json_pack("{s:s}", "name", n.p), "she calls you %s", n.p);
    return err;
}

static const verb verbs[] = {
    { "memory", "list", memory_list, 2, "memory list [ABOUT]" },
    { "memory", "why", memory_why, 3, "memory why ID" },
    { "memory", "fix", memory_fix, 4, "memory fix ID TEXT" },
    { "memory", "pin", memory_pin, 3, "memory pin ID" },
    { "memory", "forget", memory_forget, 3, "memory forget ID|TEXT" },
    { "memory", "search", memory_search, 3, "memory search TEXT" },
    { "memory", "pause", memory_pause, 2, "memory pause [off]" },
    { "history", NULL, history, 1, "history [TEXT]" },
    { "people", NULL, people, 1, "people" },
    { "who", NULL, who, 1, "who" },
    { "mind", "list", mind_list, 2, "mind list [URL]" },
    { "mind", "use", mind_use, 3, "mind use small|URL" },
    { "remind", "list", remind_list, 2, "remind list" },
    { "remind", "done", remind_done, 3, "remind done ID" },
    { "remind", NULL, remind_add, 2, "remind TEXT WHEN" },
    { "name", NULL, set_name, 2, "name NAME" },
};

int turn_command(turn *t, int argc, const char *const *argv, const turn_rows *out, fail *why) {
    arena_reset(&t->scratch);
    job j = { t, argc, argv, out, why, &t->scratch, clk_now_ms(t->home->clock) };
    if (argc < 1) return fail_set(why, ERR_USAGE, "no command");
    const verb *near = NULL;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const verb *v = &verbs[i];
        if (strcmp(v->name, argv[0]) != 0) continue;
        if (!near) near = v;
        if (v->sub && (argc < 2 || strcmp(v->sub, argv[1]) != 0)) continue;
        if (argc < v->min) return fail_set(why, ERR_USAGE, "usage: %s", v->usage);
        return v->run(&j);
    }
    if (near && near->sub) return fail_set(why, ERR_USAGE, "usage: %s (or another word after %s; see --help)", near->usage, near->name);
    return fail_set(why, ERR_USAGE, near ? "usage: %s" : "no such command: %.60s", near ? near->usage : argv[0]);
}
