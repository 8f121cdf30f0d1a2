/* SPDX-License-Identifier: Apache-2.0
 * know.c - what is known, as the person sees it: lists, people, search, fixing, pinning, pausing.
 *
 * DESIGN  A memory's sentence is made here, when it is asked for (relation.c), so that it is right about names and days as
 *         they are now. What no longer holds is found by search and by number, but not listed. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/words.h"
#include "remember/extract.h"
#include "remember/life.h"
#include "remember/relation.h"

folk life__folk(remember *r, arena *a) {
    folk f;
    f.at = store_people(r->st, a, false, &f.n);
    return f;
}

const store_person *life__person(const folk *f, int64_t id) {
    for (size_t i = 0; id && i < f->n; i++)
        if (f->at[i].id == id) return &f->at[i];
    return NULL;
}

const char *life__about(const store_person *p) { return !p ? "you" : *p->a.name ? p->a.name : p->a.tie; }

memory life__memory(arena *a, const store_item *it, const folk *f, int64_t now_ms) {
    const store_person *p = life__person(f, it->person);
    memory m = it->m;
    text t = relation_words(a, it, p ? &p->a : NULL, now_ms);
    m.words = arena_str(a, t.p, t.n);
    if (p) m.about = life__about(p);
    if (strcmp(m.relation, "tie") == 0) {
        m.relation = m.value;
        m.value = p && *p->a.name ? p->a.name : m.value;
    }
    if (m.fades_ms && p && !m.pinned) {                    /* a year after the last mention, not after the first */
        int64_t later = relation_fades(m.kind, it->m.relation, true, p->a.said_ms, m.from, m.until);
        if (later > m.fades_ms) m.fades_ms = later;
    }
    if (m.pinned) m.fades_ms = 0;
    return m;
}

/* ---- values ------------------------------------------------------------------------------------------------------- */
static words content_of(arena *a, const char *s) {
    words w = words_of(a, text_of(s));
    size_t n = 0;
    for (size_t i = 0; i < w.n; i++)
        if (!w.at[i].stop) w.at[n++] = w.at[i];
    w.n = n;
    return w;
}

bool life__same(const char *one, const char *two) {
    arena a = { 0 };
    words x = content_of(&a, one), y = content_of(&a, two);
    bool same = x.n == y.n && x.n > 0;
    for (size_t i = 0; same && i < x.n; i++) same = text_eq(x.at[i].stem, y.at[i].stem);
    if (x.n == 0 && y.n == 0) same = strcmp(one, two) == 0;
    arena_release(&a);
    return same;
}

/* ---- one and many --------------------------------------------------------------------------------------------------- */
bool remember_memory(remember *r, arena *a, int64_t id, memory *out) {
    folk f = life__folk(r, a);
    store_item it;
    for (size_t i = 0; i < r->n_wait; i++)
        if (r->wait[i].it.m.id == id) {
            *out = life__memory(a, &r->wait[i].it, &f, life__now(r));
            return true;
        }
    if (!store_memory(r->st, a, id, &it)) return false;
    *out = life__memory(a, &it, &f, life__now(r));
    return true;
}

/* Ties first, then in the order of relation.c's table, then as they came. */
static int by_relation(const void *x, const void *y) {
    const store_item *a = x, *b = y;
    if ((a->person == 0) != (b->person == 0)) return a->person == 0 ? -1 : 1;
    if (a->person != b->person) return a->person < b->person ? -1 : 1;
    const relation *p = relation_named(a->m.relation), *q = relation_named(b->m.relation);
    int i = p ? p->rel : REL_N, j = q ? q->rel : REL_N;
    if (i == REL_TIE) i = -1;
    if (j == REL_TIE) j = -1;
    return i != j ? i - j : a->m.id < b->m.id ? -1 : 1;
}

static memory *shown(remember *r, arena *a, store_item *it, size_t n, bool closed_too, size_t *n_out) {
    folk f = life__folk(r, a);
    memory *m = arena_new(a, n ? n : 1, sizeof *m);
    *n_out = 0;
    for (size_t i = 0; i < n; i++)
        if (closed_too || !it[i].closed) m[(*n_out)++] = life__memory(a, &it[i], &f, life__now(r));
    return m;
}

static bool is_self(remember *r, arena *a, text about) {
    static const char *const names[] = { "you", "me", "i", "myself", "my", "yourself" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is_fold(about, names[i])) return true;
    size_t n;
    store_item *it = store_memories(r->st, a, 0, &n);
    for (size_t i = 0; i < n; i++)
        if (!it[i].closed && strcmp(it[i].m.relation, "is called") == 0 && text_is_fold(about, it[i].m.value)) return true;
    return false;
}

static bool word_at(text t, const char *one) { return *one && text_find_word(t, one); }

/* What words say of people, read once: the ties named in them. */
typedef struct { text said; text tie[8]; bool friendly[8]; size_t n; } cue;

static cue cue_of(arena *a, text said_words) {
    cue c = { .said = said_words };
    said s = said_of(a, said_words, 0);
    for (size_t i = 0; i < s.n && c.n < 8; i++) {
        const lex_tie *row;
        bool late, other;
        size_t took = who_tie_at(&s, i, &row, &c.tie[c.n], &late, &other);
        if (!took) continue;
        c.friendly[c.n] = strcmp(row->tie, "friend") == 0;
        c.n++;
        i += took - 1;
    }
    return c;
}

/* How surely words speak of a person: 3 by name, 2 by "my sister", 1 by a looser tie; 0 not. */
static int speaks_of(arena *a, const cue *c, const store_person *p) {
    if (*p->a.name) {
        if (word_at(c->said, p->a.name)) return 3;
        text rest = text_of(p->a.name), first = text_cut(&rest, ' ');
        if (rest.n && first.n > 2 && !text_is_fold(first, "mrs") && !text_is_fold(first, "the") &&
            text_find_word(c->said, arena_str(a, first.p, first.n))) return 3;
    }
    if (!*p->a.tie) return 0;
    if (strstr(p->a.tie, "'s ")) return text_find(c->said, p->a.tie) >= 0 ? 2 : 0;
    if (word_at(c->said, p->a.word) || word_at(c->said, p->a.tie)) return 2;
    for (size_t i = 0; i < c->n; i++) {
        if (text_is(c->tie[i], p->a.tie)) return 2;
        if (c->friendly[i] && strcmp(p->a.tie, "best friend") == 0) return 1;      /* "my friend" may mean the best one */
    }
    return 0;
}

size_t life__meant(arena *a, const folk *f, text said_words, const store_person **out, size_t most) {
    cue c = cue_of(a, said_words);
    int best = 0;
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        int how = speaks_of(a, &c, &f->at[i]);
        if (how == 3 && n < most) out[n++] = &f->at[i];        /* all who are named … */
        if (how > best) best = how;
    }
    for (size_t i = 0; i < f->n && best > 0 && best < 3 && n < most; i++)
        if (speaks_of(a, &c, &f->at[i]) == best) out[n++] = &f->at[i];      /* … or whom the tie means */
    return n;
}

static int nearness(const store_person *p) {
    const lex_tie *t = lex_tie_named(p->a.tie);
    static const char *const order[] = { "love", "kin", "friend", "pet", "home", "ex", "work", "school", "help" };
    for (int i = 0; t && i < 9; i++)
        if (strcmp(t->group, order[i]) == 0) return i;
    return 9;
}

static int by_nearness(const void *x, const void *y) {
    const store_person *a = x, *b = y;
    int i = nearness(a), j = nearness(b);
    if (i != j) return i - j;
    if (a->a.said_ms != b->a.said_ms) return a->a.said_ms > b->a.said_ms ? -1 : 1;
    return a->id < b->id ? -1 : 1;
}

ally *remember_people(remember *r, arena *a, size_t *n) {
    folk f;
    f.at = store_people(r->st, a, true, &f.n);
    if (f.n) qsort(f.at, f.n, sizeof *f.at, by_nearness);
    ally *all = arena_new(a, f.n + 1, sizeof *all);
    for (size_t i = 0; i < f.n; i++) all[i] = f.at[i].a;
    *n = f.n;
    return all;
}

bool remember_ally(remember *r, arena *a, text said_words, ally *out) {
    folk f = life__folk(r, a);
    const store_person *p;
    bool found = life__meant(a, &f, said_words, &p, 1) > 0;      /* last mentioned first */
    if (found) *out = p->a;
    return found;
}

memory *remember_list(remember *r, arena *a, const char *about, size_t *n) {
    text t = text_trim(text_of(about));
    size_t n_all;
    store_item *all = store_memories(r->st, a, -1, &n_all), *it = arena_new(a, n_all + 1, sizeof *it);
    size_t kept = 0;
    if (t.n == 0) {
        for (size_t i = 0; i < n_all; i++) it[kept++] = all[i];
    } else if (is_self(r, a, t)) {
        for (size_t i = 0; i < n_all; i++)
            if (!all[i].person) it[kept++] = all[i];
    } else {
        folk f = life__folk(r, a);
        const store_person **meant = arena_new(a, f.n + 1, sizeof *meant);
        size_t n_meant = life__meant(a, &f, t, meant, f.n);
        for (size_t i = 0; i < n_all; i++)
            for (size_t k = 0; k < n_meant; k++)
                if (meant[k]->id == all[i].person) it[kept++] = all[i];
    }
    if (kept) qsort(it, kept, sizeof *it, by_relation);
    return shown(r, a, it, kept, false, n);
}

/* ---- changing ---------------------------------------------------------------------------------------------------------- */
int remember_pin(remember *r, int64_t id, bool pinned, fail *why) {
    arena a = { 0 };
    store_item it;
    int err;
    if (!store_memory(r->st, &a, id, &it)) err = fail_set(why, ERR_MISSING, "there is no memory %lld", (long long)id);
    else {
        it.m.pinned = pinned;
        if (pinned) it.m.faded = false;
        err = store_memory_save(r->st, &it, why);
    }
    arena_release(&a);
    return err;
}

/* While paused nothing is learned or indexed; what was said then stays in the log alone (store_message_add's `apart`). */
int remember_pause(remember *r, bool paused, fail *why) {
    int err = store_number_set(r->st, "paused", paused, why);
    if (!err) r->paused = paused;
    return err;
}

bool remember_paused(remember *r) { return r->paused; }

void life__let_go(remember *r) {
    for (size_t i = 0; i < r->n_wait; i++) arena_release(&r->wait[i].a);
    r->n_wait = 0;
}
