/* SPDX-License-Identifier: Apache-2.0
 * remember.c - see remember.h: opening a life, its log, and the small things it keeps.
 *
 * INVARIANTS  (1) remember_note() returns 0 only after its row was synced.
 *             (2) Order is by id, never by the clock: a clock that jumps back changes what is shown, not what came first. */
#include "remember/remember.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/words.h"
#include "remember/life.h"
#include "remember/redact.h"

int64_t life__now(const remember *r) { return clk_now_ms(r->clock); }

int remember_open(remember **out, const char *dir, const remember_options *o, fail *why) {
    store *st = NULL;
    int err = store_open(&st, dir, o && o->temporary, o ? o->vfs : NULL, why);
    if (err) return err;
    remember *r = mem_new(1, sizeof *r);
    r->st = st;
    r->dir = mem_text(dir ? dir : "", dir ? strlen(dir) : 0);
    if (o && o->clock) r->clock = o->clock;
    else r->clock = r->own_clock = clk_real();
    r->rare = mem_new(RARITY_SLOTS, sizeof *r->rare);
    arena a = { 0 };
    size_t n;
    message *last = store_messages(st, &a, 1, 0, -1, &n);
    r->conversation = n ? last->conversation : 1;
    r->fresh_conversation = n == 0;
    r->next_memory = store_memory_next(st);
    r->paused = store_number(st, "paused", 0) != 0;
    arena_release(&a);
    *out = r;
    return 0;
}

void remember_close(remember *r) {
    if (!r) return;
    if (r->batch_open) store_end(r->st, NULL);
    life__let_go(r);
    free(r->wait);
    free(r->rare);
    store_close(r->st);
    clk_free(r->own_clock);
    free(r->dir);
    free(r);
}

int remember_begin(remember *r, fail *why) {
    if (r->batch == 0) {
        int err = store_begin(r->st, why);
        if (err) return err;
        r->batch_open = true;
        r->batch_err = 0;
    }
    r->batch++;
    return 0;
}

int remember_end(remember *r, fail *why) {
    if (r->batch == 0 || --r->batch > 0) return 0;
    if (!r->batch_open) return r->batch_err ? fail_set(why, r->batch_err, "%s: what was pending was not kept", r->dir) : 0;
    r->batch_open = false;
    return store_end(r->st, why);
}

/* ---- the log ---------------------------------------------------------------------------------------------------- */
static int add(remember *r, message *m, int64_t answers, bool *is_new, fail *why) {
    m->conversation = r->conversation;
    m->at_ms = life__now(r);
    int err = store_message_add(r->st, m, answers, r->paused, is_new, why);
    if (!err) r->fresh_conversation = false;
    return err;
}

/* A note within a batch: what is pending goes to the disk first, and the batch begins anew behind it. */
static int note_in_batch(remember *r, message *m, bool *is_new, fail *why) {
    if (r->batch_open) {
        r->batch_open = false;
        int err = store_end(r->st, NULL);
        if (err) r->batch_err = err;
    }
    int err = add(r, m, 0, is_new, why);
    r->batch_open = store_begin(r->st, NULL) == 0;
    return err;
}

int remember_note(remember *r, text said, const char *client_id, int64_t *id, bool *is_new, fail *why) {
    arena a = { 0 };
    buf clean = { 0 };
    text_clean(said, &clean);
    message m = { .by = SAID_BY_PERSON, .client_id = client_id ? client_id : "" };
    m.redacted = redact_secrets(&a, buf_text(&clean), &m.words);
    bool fresh = true;
    int err = r->batch ? note_in_batch(r, &m, &fresh, why) : add(r, &m, 0, &fresh, why);
    if (!err && id) *id = m.id;
    if (!err && is_new) *is_new = fresh;
    buf_release(&clean);
    arena_release(&a);
    return err;
}

static int add_other(remember *r, said_by by, int64_t answers, text said, bool interrupted, int64_t *id, fail *why) {
    buf clean = { 0 };
    text_clean(said, &clean);
    message m = { .by = by, .client_id = "", .words = buf_text(&clean), .interrupted = interrupted };
    bool fresh;
    int err = add(r, &m, answers, &fresh, why);
    if (!err && id) *id = m.id;
    buf_release(&clean);
    return err;
}

int remember_said(remember *r, int64_t answers, text said, bool interrupted, int64_t *id, fail *why) {
    return add_other(r, SAID_BY_HER, answers, said, interrupted, id, why);
}

int remember_shown(remember *r, int64_t answers, size_t letters, fail *why) {
    arena a = { 0 };
    message m;
    int64_t id = 0;
    for (int64_t next; (next = store_message_answer(r->st, answers, id)) != 0;) id = next;
    int err = 0;
    if (!id || !store_message(r->st, &a, id, &m)) err = fail_set(why, ERR_MISSING, "nothing was said to message %lld", (long long)answers);
    else {
        size_t at = 0;
        uint32_t cp;
        for (; letters > 0 && at < m.words.n; letters--) at += text_next((text){ m.words.p + at, m.words.n - at }, &cp);
        if (at < m.words.n && !m.redacted) err = store_message_cut(r->st, id, (text){ m.words.p, at }, why);
    }
    arena_release(&a);
    return err;
}

int remember_system(remember *r, text said, fail *why) {
    return add_other(r, SAID_BY_SYSTEM, 0, said, false, NULL, why);
}

int remember_mark_sensitive(remember *r, int64_t id, fail *why) { return store_message_flag(r->st, id, true, why); }

message *remember_recent(remember *r, arena *a, size_t most, int64_t before, size_t *n) {
    return store_messages(r->st, a, most, before, -1, n);
}

message *remember_history(remember *r, arena *a, text search, size_t most, size_t *n) {
    search = text_trim(search);
    if (search.n == 0) return store_messages(r->st, a, most, 0, -1, n);
    words w = words_of(a, search);
    if (w.n == 0) return store_messages_holding(r->st, a, &search, 1, most, n);
    text *part = arena_new(a, w.n, sizeof *part);
    for (size_t i = 0; i < w.n; i++) part[i] = w.at[i].raw;
    return store_messages_holding(r->st, a, part, w.n, most, n);
}

bool remember_message(remember *r, arena *a, int64_t id, message *out) { return store_message(r->st, a, id, out); }

int64_t remember_message_count(remember *r) { return store_message_last(r->st); }

int64_t remember_conversation(remember *r, bool start_new) {
    if (start_new && !r->fresh_conversation) {
        r->conversation++;
        r->fresh_conversation = true;
        life__let_go(r);                       /* "keep it, or let it go when we close?" was not answered */
    }
    return r->conversation;
}

/* ---- small things ------------------------------------------------------------------------------------------------ */
json_t *remember_keep_read(remember *r, const char *name) {
    arena a = { 0 };
    char *text_json = store_kept(r->st, &a, name);
    json_t *v = NULL;
    if (text_json && json_read(&v, text_of(text_json), NULL)) v = NULL;
    arena_release(&a);
    return v;
}

int remember_keep_write(remember *r, const char *name, const json_t *v, fail *why) {
    buf b = { 0 };
    json_write(v, &b);
    int err = store_keep(r->st, name, buf_text(&b), why);
    buf_release(&b);
    return err;
}

int64_t remember_line_used(remember *r, uint64_t id) { return store_line(r->st, id); }

void remember_line_said(remember *r, const uint64_t *id, size_t n) {
    if (n == 0 || store_begin(r->st, NULL)) return;
    for (size_t i = 0; i < n; i++) store_line_said(r->st, id[i], life__now(r), NULL);
    store_end(r->st, NULL);
}

static bool same(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

int remember_identity(remember *r, const identity *now, bool *changed, fail *why) {
    arena a = { 0 };
    size_t n;
    identity *all = store_identities(r->st, &a, &n);
    identity now_full = *now;
    const char **field[] = { &now_full.model, &now_full.persona, &now_full.voice, &now_full.prompt, &now_full.schema,
                             &now_full.program };
    for (size_t i = 0; i < sizeof field / sizeof *field; i++)
        if (!*field[i]) *field[i] = "";
    now_full.at_ms = now->at_ms ? now->at_ms : life__now(r);
    bool differs = n == 0;
    if (n) {
        const identity *was = &all[n - 1];
        differs = !same(was->model, now->model) || !same(was->persona, now->persona) || !same(was->voice, now->voice) ||
                  !same(was->prompt, now->prompt) || !same(was->schema, now->schema);
    }
    int err = differs ? store_identity_add(r->st, &now_full, why) : 0;
    if (!err && changed) *changed = differs && n > 0;
    arena_release(&a);
    return err;
}

identity *remember_identities(remember *r, arena *a, size_t *n) { return store_identities(r->st, a, n); }

int remember_remind(remember *r, int64_t due_ms, text what, int64_t *id, fail *why) {
    int64_t made = 0;
    int err = store_reminder_add(r->st, due_ms, what, &made, why);
    if (!err && id) *id = made;
    return err;
}

reminder *remember_reminders(remember *r, arena *a, bool due_only, size_t *n) {
    return store_reminders(r->st, a, due_only ? life__now(r) : 0, n);
}

int remember_remind_done(remember *r, int64_t id, fail *why) { return store_reminder_done(r->st, id, why); }
