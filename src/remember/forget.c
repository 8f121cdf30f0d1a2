/* SPDX-License-Identifier: Apache-2.0
 * forget.c - letting go: what is forgotten leaves the memories, the people, the index and the words of the log; and fading.
 *
 * DESIGN      First it is settled what goes (memories, people, messages), then all of it goes in one transaction, then the
 *             file is scrubbed (store_scrub()): index segments merged, pages vacuumed, the write-ahead log overwritten.
 *             A message goes when a forgotten memory rests on it, and when it says the same again: it holds the words of the
 *             value together with whom it was about, or it is hers, or those words are rare in this life.
 * INVARIANTS  (1) No row of the log is removed: its words are overwritten, its id and time stay.
 *             (2) A receipt counts; it never repeats. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/words.h"
#include "remember/life.h"
#include "remember/parse.h"
#include "remember/relation.h"
#include "remember/when.h"

enum { ECHO_MOST = 400, RARE = 12 };

typedef struct { int64_t *id; size_t n, room; } ids;
typedef struct {
    remember *r;
    arena a;
    folk folk;
    ids memories, people, messages;
    text told[64];               /* what was forgotten, as runs of words: for kept values */
    size_t n_told;
} letting;

static bool has(const ids *s, int64_t id) {
    for (size_t i = 0; i < s->n; i++)
        if (s->id[i] == id) return true;
    return false;
}

static void put(letting *l, ids *s, int64_t id) {
    if (!id || has(s, id)) return;
    if (s->n == s->room) {
        size_t room = s->room ? s->room * 2 : 16;
        int64_t *more = arena_new(&l->a, room, sizeof *more);
        if (s->n) memcpy(more, s->id, s->n * sizeof *more);
        s->id = more;
        s->room = room;
    }
    s->id[s->n++] = id;
}

/* ---- words ------------------------------------------------------------------------------------------------------------------ */
static bool filler(text low) {
    static const char *const rows[] = { "forget", "scrap", "delete", "erase", "drop", "bit", "part", "thing", "things", "everything", "anything",
        "told", "tell", "said", "say", "mention", "mentioned", "know", "remember", "please", "stuff", "memory", "memories", "you", "about",
        "regarding", "concerning", "knew", "kept", "fact", "forgetting", "ever", "that's", "what's", "i've" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_is(low, rows[i])) return true;
    return words_is_stop(low);
}

static words content(arena *a, text t) {
    words w = words_of(a, t);
    size_t n = 0;
    for (size_t i = 0; i < w.n; i++)
        if (!filler(w.at[i].low)) w.at[n++] = w.at[i];
    w.n = n;
    return w;
}

static text singular(text low) {
    if (low.n > 2 && text_ends(low, "'s")) return (text){ low.p, low.n - 2 };
    return low;
}

/* How many of the words of `want` stand in `t`, by stem. */
static size_t found_in(arena *a, words want, text t) {
    words have = words_of(a, t);
    size_t n = 0;
    for (size_t i = 0; i < want.n; i++)
        for (size_t k = 0; k < have.n; k++)
            if (text_eq(want.at[i].stem, have.at[k].stem) || text_eq(singular(want.at[i].low), singular(have.at[k].low))) {
                n++;
                break;
            }
    return n;
}

/* Messages that hold all these words, by what they begin with ("bakery" finds "bakeries"). */
static message *holding(letting *l, words w, size_t *n) {
    text *part = arena_new(&l->a, w.n + 1, sizeof *part);
    for (size_t i = 0; i < w.n; i++) {
        text low = singular(w.at[i].low), stem = w.at[i].stem;
        size_t same = 0;
        while (same < low.n && same < stem.n && low.p[same] == stem.p[same]) same++;
        part[i] = same >= 3 ? (text){ low.p, same } : low;
    }
    return store_messages_holding(l->r->st, &l->a, part, w.n, ECHO_MOST, n);
}

static bool speaks(letting *l, text said_words, const store_person *p) {
    if (!p) return false;
    (void)l;
    return (*p->a.name && text_find_word(said_words, p->a.name)) || (*p->a.tie && text_find_word(said_words, p->a.tie)) ||
           (*p->a.word && text_find_word(said_words, p->a.word));
}

/* ---- what goes ------------------------------------------------------------------------------------------------------------- */
static void note_told(letting *l, text t) {
    if (t.n && l->n_told < sizeof l->told / sizeof *l->told) l->told[l->n_told++] = t;
}

/* Wherever the same was said again. */
static void echoes(letting *l, const store_item *it) {
    words value = content(&l->a, text_of(it->m.value));
    if (value.n == 0 || strcmp(it->m.relation, "tie") == 0) return;
    const store_person *p = life__person(&l->folk, it->person);
    size_t n;
    message *m = holding(l, value, &n);
    for (size_t i = 0; i < n; i++) {
        if (m[i].redacted || found_in(&l->a, value, m[i].words) < value.n) continue;
        bool hers = m[i].by != SAID_BY_PERSON;
        if (hers || speaks(l, m[i].words, p) || (n <= RARE && value.n > 0) || (!it->person && value.n > 2)) put(l, &l->messages, m[i].id);
    }
}

/* Her answers that gave the words back. */
static void answers(letting *l, int64_t id, text quote) {
    words q = content(&l->a, quote);
    for (int64_t at = store_message_answer(l->r->st, id, id); at; at = store_message_answer(l->r->st, id, at)) {
        message m;
        if (store_message(l->r->st, &l->a, at, &m) && found_in(&l->a, q, m.words) > 0) put(l, &l->messages, at);
    }
}

static void settle_memory(letting *l, const store_item *it) {
    if (has(&l->memories, it->m.id)) return;
    put(l, &l->memories, it->m.id);
    size_t n;
    int64_t *e = store_evidence(l->r->st, &l->a, it->m.id, &n);
    for (size_t i = 0; i < n; i++) {
        put(l, &l->messages, e[i]);
        answers(l, e[i], text_of(it->m.quote));
    }
    note_told(l, text_of(it->m.value));
    echoes(l, it);
}

/* A whole person: all that is known of them and every message that names them. */
static void settle_person(letting *l, const store_person *p) {
    size_t n;
    put(l, &l->people, p->id);
    store_item *it = store_memories(l->r->st, &l->a, p->id, &n);
    for (size_t i = 0; i < n; i++) settle_memory(l, &it[i]);
    text name = text_of(*p->a.name ? p->a.name : p->a.word);
    if (!name.n) return;
    note_told(l, name);
    message *m = store_messages_holding(l->r->st, &l->a, &name, 1, SIZE_MAX, &n);
    for (size_t i = 0; i < n; i++)
        if (!m[i].redacted && text_find_word(m[i].words, name.p)) put(l, &l->messages, m[i].id);
    it = store_memories(l->r->st, &l->a, -1, &n);                    /* "You live with Amy." */
    for (size_t i = 0; *p->a.name && i < n; i++)
        if (text_find_word(text_of(it[i].m.value), p->a.name) || text_find_word(text_of(it[i].m.words), p->a.name)) settle_memory(l, &it[i]);
}

/* The person meant, when the words say nothing else: "amy", "everything about my sister". */
static const store_person *whole_person(letting *l, words w) {
    const store_person *found = NULL;
    for (size_t i = 0; i < l->folk.n; i++) {
        const store_person *p = &l->folk.at[i];
        size_t named = 0;
        for (size_t k = 0; k < w.n; k++) {
            text one = singular(w.at[k].low);
            bool tie = false;
            const lex *x = lex_find(one);
            if (x && x->tie && (text_is_fold(one, p->a.word) || strcmp(x->tie->tie, p->a.tie) == 0)) tie = true;
            named += tie || text_find_word(text_of(p->a.name), arena_str(&l->a, one.p, one.n)) || text_find_word(text_of(p->a.tie), arena_str(&l->a, one.p, one.n));
        }
        if (w.n && named == w.n && (!found || found->a.said_ms < p->a.said_ms)) found = p;
    }
    return found;
}

static void settle_words(letting *l, text said_words) {
    words w = content(&l->a, said_words);
    size_t n, hits = 0;
    if (w.n == 0) return;
    const store_person *p = whole_person(l, w);
    if (p) {
        settle_person(l, p);
        return;
    }
    store_item *it = store_memories(l->r->st, &l->a, -1, &n);
    for (int loose = 0; loose < 2 && !hits; loose++)
        for (size_t i = 0; i < n; i++) {
            memory m = life__memory(&l->a, &it[i], &l->folk, life__now(l->r));
            const store_person *q = life__person(&l->folk, it[i].person);
            text all = arena_format(&l->a, "%s %s %s %s %s %s", m.about, m.words, m.quote, it[i].hints, q ? q->a.tie : "", q ? q->a.word : "");
            size_t found = found_in(&l->a, w, all);
            if (found < w.n && !(loose && w.n > 2 && found * 4 >= w.n * 3)) continue;
            settle_memory(l, &it[i]);
            hits++;
        }
    message *m = holding(l, w, &n);
    for (size_t i = 0; i < n; i++)
        if (!m[i].redacted && found_in(&l->a, w, m[i].words) == w.n && (w.n > 1 || n <= RARE || !hits)) put(l, &l->messages, m[i].id);
    for (size_t i = 0; i < w.n && w.n == 1; i++) note_told(l, w.at[i].low);
}

/* ---- and goes ------------------------------------------------------------------------------------------------------------------ */
/* Strings in kept values ("thread", "bond") that repeat it are emptied. */
static bool blank(json_t *v, const text *told, size_t n) {
    bool changed = false;
    const char *key;
    json_t *child;
    size_t i;
    if (json_is_object(v)) json_object_foreach(v, key, child) changed = blank(child, told, n) || changed;
    else if (json_is_array(v)) json_array_foreach(v, i, child) changed = blank(child, told, n) || changed;
    else if (json_is_string(v)) {
        arena a = { 0 };
        for (i = 0; i < n; i++) {
            words w = content(&a, told[i]);
            if (w.n && found_in(&a, w, text_of(json_string_value(v))) == w.n) {
                json_string_set(v, "");
                changed = true;
                break;
            }
        }
        arena_release(&a);
    }
    return changed;
}

static int blank_kept(letting *l, fail *why) {
    size_t n;
    int err = 0;
    char **name = store_kept_names(l->r->st, &l->a, &n);
    for (size_t i = 0; i < n && !err; i++) {
        json_t *v = strcmp(name[i], "settings") == 0 ? NULL : remember_keep_read(l->r, name[i]);
        if (v && blank(v, l->told, l->n_told)) err = remember_keep_write(l->r, name[i], v, why);
        json_decref(v);
    }
    return err;
}

static bool bare(remember *r, arena *a, int64_t person) {
    size_t n;
    store_memories(r->st, a, person, &n);
    return n == 0;
}

static int carry_out(letting *l, receipt *out, fail *why) {
    store *st = l->r->st;
    char day[12];
    civil now = civil_local(life__now(l->r));
    text instead = arena_format(&l->a, "[forgotten by you on %d %s %d]", now.day, civil_month_name[now.month], now.year);
    (void)day;
    int err = store_begin(st, why);
    if (err) return err;
    int64_t learned_upto = store_number(st, "learned", 0);
    for (size_t i = 0; i < l->memories.n && !err; i++) {
        store_item it;
        if (store_memory(st, &l->a, l->memories.id[i], &it) && strcmp(it.m.relation, "tie") == 0) put(l, &l->people, it.person);
        err = store_memory_remove(st, l->memories.id[i], why);
        out->memories++;
        out->index++;
    }
    for (size_t i = 0; i < l->messages.n && !err; i++) {
        if (l->messages.id[i] > learned_upto) learned_upto = l->messages.id[i];
        err = store_message_redact(st, l->messages.id[i], instead, why);
        out->messages++;
        out->index++;
    }
    for (size_t i = 0; i < l->people.n && !err; i++)
        if (bare(l->r, &l->a, l->people.id[i])) {
            err = store_person_remove(st, l->people.id[i], why);
            out->people++;
        }
    if (!err) err = blank_kept(l, why);
    if (err) store_cancel(st);
    return err ? err : store_end(st, why);
}

static void forget_waiting(remember *r, const letting *l) {
    size_t kept = 0;
    for (size_t i = 0; i < r->n_wait; i++)
        if (has(&l->messages, r->wait[i].it.m.message) || has(&l->memories, r->wait[i].it.m.id)) arena_release(&r->wait[i].a);
        else r->wait[kept++] = r->wait[i];
    r->n_wait = kept;
}

/* The file is cleaned outside any transaction; a batch that runs is committed first and begun anew. */
static int scrub(remember *r, fail *why) {
    int err = 0;
    if (r->batch_open) {
        r->batch_open = false;
        err = store_end(r->st, why);
        if (err) r->batch_err = err;
    }
    if (!err) err = store_scrub(r->st, why);
    if (r->batch > 0) r->batch_open = store_begin(r->st, NULL) == 0;
    return err;
}

int remember_forget(remember *r, int64_t id, text said_words, receipt *out, fail *why) {
    receipt gone = { 0 };
    letting l = { .r = r };
    store_item it;
    l.folk = life__folk(r, &l.a);
    size_t waiting = r->n_wait;
    for (size_t i = 0; id && i < r->n_wait; i++)
        if (r->wait[i].it.m.id == id) put(&l, &l.memories, 0), put(&l, &l.messages, r->wait[i].it.m.message);
    if (id && store_memory(r->st, &l.a, id, &it)) settle_memory(&l, &it);
    if (!id) settle_words(&l, said_words);
    int err = 0;
    if (!l.memories.n && !l.messages.n && !l.people.n)
        err = fail_set(why, ERR_MISSING, id ? "there is no memory %lld" : "nothing I keep matches that", (long long)id);
    if (!err) forget_waiting(r, &l);
    if (!err) err = carry_out(&l, &gone, why);
    gone.memories += (int)(waiting - r->n_wait);
    arena_release(&l.a);
    if (!err) err = scrub(r, why);
    if (!err && out) *out = gone;
    return err;
}

/* ---- fading --------------------------------------------------------------------------------------------------------------------- */
enum { FADE_EVERY_MS = 6 * 60 * 60 * 1000 };

/* Raw moods become one line a week: how the week was, without the words. */
static int fold_mood(remember *r, arena *a, const store_item *mood, fail *why) {
    char monday[12];
    civil c = civil_local(mood->m.said_ms);
    when_day(mood->m.said_ms - (int64_t)((c.weekday + 6) % 7) * 86400000, monday);
    size_t n;
    store_item *all = store_memories(r->st, a, mood->person, &n), *week = NULL;
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].m.relation, "week") == 0 && strcmp(all[i].m.from, monday) == 0) week = &all[i];
    store_item it = week ? *week : *mood;
    int err;
    if (week && text_find_word(text_of(it.m.value), mood->m.value)) err = 0;
    else {
        it.m.value = week ? arena_format(a, "%s, %s", it.m.value, mood->m.value).p : mood->m.value;
        if (!week) {
            it.m.id = 0;
            it.m.relation = "week";
            it.m.words = "In that week {A} felt {v} {when}";
            it.m.quote = "";
            it.m.from = it.m.until = arena_str(a, monday, strlen(monday));
            it.m.fades_ms = mood->m.said_ms + (int64_t)365 * 86400000;
            it.m.faded = true;                     /* to be looked at, never to surface */
        }
        err = week ? store_memory_save(r->st, &it, why) : store_memory_add(r->st, &it, why);
    }
    size_t n_e;
    int64_t *e = store_evidence(r->st, a, mood->m.id, &n_e);
    for (size_t i = 0; i < n_e && !err; i++) err = store_evidence_add(r->st, it.m.id, e[i], why);
    return err ? err : store_memory_remove(r->st, mood->m.id, why);
}

static int fade_one(remember *r, arena *a, store_item *it, const folk *f, int64_t now, receipt *out, fail *why) {
    memory m = life__memory(a, it, f, now);
    if (it->m.pinned || !m.fades_ms || now < m.fades_ms) return 0;
    bool mood = strcmp(it->m.kind, "mood") == 0 && strcmp(it->m.relation, "week") != 0;
    if (mood && !it->m.sensitive) return fold_mood(r, a, it, why);
    const store_person *p = life__person(f, it->person);
    int64_t from = p && p->a.said_ms > it->m.said_ms ? p->a.said_ms : it->m.said_ms;
    if (now - m.fades_ms > m.fades_ms - from) {                       /* past twice its life */
        out->memories++;
        return store_memory_remove(r->st, it->m.id, why);
    }
    if (it->m.faded) return 0;
    it->m.faded = true;
    out->index++;
    store_item old;
    (void)old;
    return store_memory_save(r->st, it, why);
}

int remember_fade(remember *r, receipt *out, fail *why) {
    receipt none;
    if (!out) out = &none;
    *out = (receipt){ 0 };
    int64_t now = life__now(r), last = store_number(r->st, "faded", 0);
    if (last && now >= last && now - last < FADE_EVERY_MS) return 0;
    arena a = { 0 };
    int err = store_begin(r->st, why);
    if (err) return err;
    folk f = life__folk(r, &a);
    size_t n;
    store_item *it = store_memories(r->st, &a, -1, &n);
    for (size_t i = 0; i < n && !err; i++) err = fade_one(r, &a, &it[i], &f, now, out, why);
    if (!err) err = store_number_set(r->st, "faded", now, why);
    arena_release(&a);
    if (err) store_cancel(r->st);
    return err ? err : store_end(r->st, why);
}
