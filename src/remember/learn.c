/* SPDX-License-Identifier: Apache-2.0
 * learn.c - what becomes of what a message tells: kept, joined to what is known, closing it, or waiting for a yes.
 *
 * DESIGN      extract.c reads; here each fact meets the life. Of one slot ("home", "job") one thing is true at a time: a new
 *             one closes the old, which keeps its words and its days. What is sensitive waits in memory (never on the disk)
 *             for remember_consent(), and is let go with the conversation.
 * INVARIANTS  (1) Each message is learned from once, in order ("learned" in the life): what was forgotten is not learned
 *                 again from an old message.
 *             (2) Every memory rests on messages by the person, and quotes one (or on a statement, remember_told()).
 *             (3) One learning is one transaction. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "remember/extract.h"
#include "remember/life.h"
#include "remember/redact.h"
#include "remember/relation.h"

enum { HEAR_BACK = 7, LEARN_BACK = 40, SWAP_BACK = 24 };

typedef struct {
    remember *r;
    arena *a;
    int64_t message;             /* 0 for a statement                     */
    int64_t at_ms;
    text said;
    cast cast;
    int64_t *id;                 /* [cast.room] store ids of the cast     */
    int heard_from;              /* cast clock when the message began     */
    extract x;
    learned *out;
    size_t room_added, room_closed, room_ask;
    fail *why;
} lesson;

/* ---- handing out what happened ---------------------------------------------------------------------------------------- */
static void push(lesson *l, memory **list, size_t *n, size_t *room, const store_item *it) {
    if (*n == *room) {
        size_t more = *room ? *room * 2 : 8;
        memory *m = arena_new(l->a, more, sizeof *m);
        if (*n) memcpy(m, *list, *n * sizeof *m);
        *list = m;
        *room = more;
    }
    folk f = life__folk(l->r, l->a);
    (*list)[(*n)++] = life__memory(l->a, it, &f, l->at_ms);
}

static char *str(arena *a, text t) { return arena_str(a, t.p ? t.p : "", t.n); }

/* ---- the cast -------------------------------------------------------------------------------------------------------------- */
static char gender_of(const char *she) { return strcmp(she, "she") == 0 ? 'f' : strcmp(she, "he") == 0 ? 'm' : 'n'; }
static const char *pronoun_of(char g) { return g == 'f' ? "she" : g == 'm' ? "he" : "they"; }

static void gather(lesson *l) {
    size_t n;
    l->cast.a = l->a;
    char *settings = store_kept(l->r->st, l->a, "settings");
    json_t *v = NULL;
    if (settings && json_read(&v, text_of(settings), NULL) == 0) {
        const char *her = json_str(v, "her_name", "");
        l->cast.her = text_of(arena_str(l->a, her, strlen(her)));
        json_decref(v);
    }
    store_person *p = store_people(l->r->st, l->a, false, &n);
    for (size_t i = 0; i < n; i++)
        cast_add(&l->cast, (who){ .id = p[i].id, .name = text_of(p[i].a.name), .tie = text_of(p[i].a.tie),
                                  .word = text_of(p[i].a.word), .she = gender_of(p[i].a.she), .pet = p[i].pet });
    l->cast.n_known = n;
    if (!l->message) return;
    message *m = store_messages(l->r->st, l->a, HEAR_BACK, l->message, -1, &n);
    message now;
    bool have = store_message(l->r->st, l->a, l->message, &now);
    for (size_t i = 0; i < n; i++) {
        if (have && m[i].conversation != now.conversation) continue;
        said s = said_of(l->a, m[i].words, m[i].at_ms);
        cast_hear(&l->cast, &s);
    }
    l->heard_from = l->cast.clock;
}

static bool used_by_fact(const lesson *l, int index) {
    for (size_t i = 0; i < l->x.n_fact; i++)
        if (l->x.fact[i].who == index && !l->x.fact[i].ends && !l->x.fact[i].sensitive) return true;
    return false;
}

static bool hinted_at(const lesson *l, int index) {        /* a secret of theirs waits for a yes */
    for (size_t i = 0; i < l->x.n_fact; i++)
        if (l->x.fact[i].who == index) return true;
    return false;
}

static bool was_met(const lesson *l, int index) {
    for (size_t i = 0; i < l->x.n_met; i++)
        if (l->x.met[i].who == index && l->cast.at[index].name.n) return true;
    return false;
}

/* Named before, though without a tie: somebody who belongs to this life all the same. */
static bool named_before(const lesson *l, const who *w) {
    if (!w->name.n || w->heard <= l->heard_from || !l->message) return false;
    words n = words_of(l->a, w->name);
    return n.n > 0 && store_word_count(l->r->st, STORE_MESSAGES, n.at[n.n - 1].stem) > 0;
}

/* ---- keeping one item --------------------------------------------------------------------------------------------------------- */
static store_item item_of(lesson *l, int rel, int64_t person, const char *value, double sure, text quote) {
    const relation *row = relation_at(rel);
    store_item it = { .person = person, .hints = row->hints };
    it.m = (memory){ .kind = row->kind, .about = "you", .relation = row->key, .value = value, .words = "", .quote = str(l->a, quote),
                     .message = l->message, .said_ms = l->at_ms, .from = "", .until = "", .sure = sure > 1 ? 1 : sure,
                     .why = row->why, .consent = "general" };
    return it;
}

static void name_about(lesson *l, store_item *it) {
    folk f = life__folk(l->r, l->a);
    it->m.about = life__about(life__person(&f, it->person));
}

static int keep(lesson *l, store_item *it) {
    name_about(l, it);
    it->m.fades_ms = relation_fades(it->m.kind, it->m.relation, it->person != 0, l->at_ms, it->m.from, it->m.until);
    it->m.id = l->r->next_memory++;                         /* one sequence for what is kept and what waits */
    int err = store_memory_add(l->r->st, it, l->why);
    if (!err) push(l, &l->out->added, &l->out->n_added, &l->room_added, it);
    return err;
}

static int close_item(lesson *l, store_item *it) {
    char today[12];
    when_day(l->at_ms, today);
    it->m.until = str(l->a, text_of(today));
    it->closed = true;
    int err = store_memory_save(l->r->st, it, l->why);
    if (!err && l->message) err = store_evidence_add(l->r->st, it->m.id, l->message, l->why);
    if (!err) push(l, &l->out->closed, &l->out->n_closed, &l->room_closed, it);
    return err;
}

/* Said again: it rests on this message too, and its life begins anew. */
static int confirm(lesson *l, store_item *it, const char *from) {
    if (!*it->m.from && *from) it->m.from = from;
    if (it->m.sure < 0.99) it->m.sure += (1 - it->m.sure) / 2;
    it->m.faded = false;
    it->m.fades_ms = relation_fades(it->m.kind, it->m.relation, it->person != 0, l->at_ms, it->m.from, it->m.until);
    int err = store_memory_save(l->r->st, it, l->why);
    return err || !l->message ? err : store_evidence_add(l->r->st, it->m.id, l->message, l->why);
}

static int wait_for_yes(lesson *l, store_item *it, const char *person_name) {
    remember *r = l->r;
    if (r->n_wait == r->room_wait) {
        r->room_wait = r->room_wait ? r->room_wait * 2 : 4;
        r->wait = mem_grow(r->wait, r->room_wait, sizeof *r->wait);
    }
    pending *p = &r->wait[r->n_wait++];
    *p = (pending){ .it = *it };
    memory *m = &p->it.m;
    const char **field[] = { &m->kind, &m->about, &m->relation, &m->value, &m->words, &m->quote, &m->from, &m->until, &m->why };
    m->about = person_name;
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) *field[i] = arena_str(&p->a, *field[i], strlen(*field[i]));
    m->consent = "pending";
    m->sensitive = true;
    m->id = r->next_memory++;
    p->it.hints = "";
    push(l, &l->out->ask, &l->out->n_ask, &l->room_ask, &p->it);
    return 0;
}

/* ---- people -------------------------------------------------------------------------------------------------------------------- */
static int tie_memory(lesson *l, const who *w, int64_t person) {
    size_t n;
    int err = 0;
    store_item *all = store_memories(l->r->st, l->a, person, &n);
    bool have = false;
    for (size_t i = 0; i < n && !err; i++) {
        bool tie = !all[i].closed && strcmp(all[i].m.relation, "tie") == 0;
        if (!tie) continue;
        if (text_is(w->tie, all[i].m.value)) {
            have = true;
            if (w->renamed) err = confirm(l, &all[i], "");
        } else err = close_item(l, &all[i]);
    }
    if (err || have || !w->tie.n) return err;
    size_t from = w->at, to = w->at + w->took;
    said s = said_of(l->a, l->said, l->at_ms);
    if (to > s.n || to == from) from = 0, to = s.n;
    if (to < s.n) to = said_clause_end(&s, to > 0 ? to - 1 : 0);
    while (from > 0 && from < s.n && !said_stops(&s, from)) from--;
    text quote = said_raw(&s, from, to);
    store_item it = item_of(l, REL_TIE, person, str(l->a, w->tie), 0.9, quote);
    return keep(l, &it);
}

static int rename_memories(lesson *l, int64_t person) {
    size_t n;
    int err = 0;
    store_item *all = store_memories(l->r->st, l->a, person, &n);
    for (size_t i = 0; i < n && !err; i++) {
        name_about(l, &all[i]);
        err = store_memory_save(l->r->st, &all[i], l->why);
    }
    return err;
}

static int keep_person(lesson *l, int index) {
    who *w = &l->cast.at[index];
    store_person p = { .id = w->id, .pet = w->pet };
    p.a = (ally){ .name = str(l->a, w->name), .tie = str(l->a, w->tie), .word = str(l->a, w->word), .she = pronoun_of(w->she),
                  .said_ms = l->at_ms };
    for (size_t i = 0; i < l->x.n_met; i++)
        if (l->x.met[i].who == index && l->x.met[i].at_ms > p.a.met_ms) p.a.met_ms = l->x.met[i].at_ms;
    if (w->id) {
        folk f = life__folk(l->r, l->a);
        const store_person *old = life__person(&f, w->id);
        if (old && old->a.met_ms > p.a.met_ms) p.a.met_ms = old->a.met_ms;
    }
    int err = w->id ? store_person_save(l->r->st, &p, l->why) : store_person_add(l->r->st, &p, l->why);
    if (err) return err;
    bool fresh = !w->id;
    w->id = p.id;
    if (w->renamed) err = rename_memories(l, w->id);
    if (!err && w->told && w->tie.n && (fresh || w->retied || w->renamed)) err = tie_memory(l, w, w->id);
    if (!err && w->late) {
        store_item it = item_of(l, REL_DIED, w->id, "", 0.9, l->said);
        size_t n;
        store_item *all = store_memories(l->r->st, l->a, w->id, &n);
        bool have = false;
        for (size_t i = 0; i < n; i++) have = have || strcmp(all[i].m.relation, "died") == 0;
        if (!have) err = keep(l, &it);
    }
    return err;
}

static int keep_people(lesson *l) {
    int err = 0;
    for (size_t i = 0; i < l->cast.n && !err; i++) {
        const who *w = &l->cast.at[i];
        bool heard = w->heard > l->heard_from || w->renamed || w->retied;
        bool wanted = w->id ? heard : w->told || hinted_at(l, (int)i) || was_met(l, (int)i) || named_before(l, w);
        if (wanted && w->tie.n && (w->name.n || text_find(w->tie, "'s ") < 0) && used_by_fact(l, (int)i)) l->cast.at[i].told = true;
        if (wanted) err = keep_person(l, (int)i);
    }
    return err;
}

/* ---- facts ---------------------------------------------------------------------------------------------------------------------- */
static bool same_slot(const relation *a, const relation *b) {
    return a->slot && b && b->slot && strcmp(a->slot, b->slot) == 0;
}

static bool work_rel(int rel) {
    return rel == REL_WORKS_AS || rel == REL_WORKS_AT || rel == REL_WORKS_IN || rel == REL_HOURS || rel == REL_WORK_DOES;
}

/* "the bakery" ends "the bakery on Elm Row", and "my job" ends any. */
static bool value_meets(const char *known, text said_value) {
    if (!said_value.n) return true;
    arena a = { 0 };
    words k = words_of(&a, text_of(known)), v = words_of(&a, said_value);
    bool meets = words_shared(k, v) > 0;
    bool vague = true;
    for (size_t i = 0; i < v.n; i++)
        vague = vague && (v.at[i].stop || text_is(v.at[i].low, "job") || text_is(v.at[i].low, "work") || text_is(v.at[i].low, "there"));
    arena_release(&a);
    return meets || vague;
}

/* What ends with it: the same relation or slot with a like value. With a place of work go the job and the hours that were
 * told in the same breath, or all of them when there is no other. */
static int end_fact(lesson *l, const fact *f, int64_t person, bool *closed) {
    size_t n, places = 0;
    int err = 0;
    int64_t with = 0;
    const relation *row = relation_at(f->rel);
    store_item *all = store_memories(l->r->st, l->a, person, &n);
    *closed = false;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < n && !err; i++) {
            const relation *was = relation_named(all[i].m.relation);
            if (all[i].closed || !was) continue;
            bool work = work_rel(f->rel) && work_rel(was->rel);
            bool hit = (was->rel == f->rel || same_slot(row, was) || work) && value_meets(all[i].m.value, f->value);
            places += round == 0 && was->rel == REL_WORKS_AT;
            if (round && work && with) hit = hit || all[i].m.message == with || (places == 1 && was->rel != REL_WORKS_AT);
            if (!hit || (round == 0 && was->rel == REL_HOURS && f->rel != REL_HOURS)) continue;
            with = all[i].m.message;
            err = close_item(l, &all[i]);
            *closed = true;
        }
    return err;
}

/* What a new fact closes: another of its slot; liking closes disliking. True in *known: it was known already. */
static int make_room(lesson *l, const fact *f, int64_t person, const char *value, bool *known) {
    size_t n;
    int err = 0;
    const relation *row = relation_at(f->rel);
    store_item *all = store_memories(l->r->st, l->a, person, &n);
    *known = false;
    for (size_t i = 0; i < n && !err; i++) {
        const relation *was = relation_named(all[i].m.relation);
        if (all[i].closed || !was) continue;
        bool same_value = life__same(all[i].m.value, value);
        bool taste = (row->rel == REL_LIKES && was->rel == REL_DISLIKES) || (row->rel == REL_DISLIKES && was->rel == REL_LIKES);
        if (same_value && (was->rel == row->rel || same_slot(row, was))) {
            if (row->kind && strcmp(row->kind, "mood") == 0 && l->at_ms - all[i].m.said_ms > 86400000) continue;
            *known = true;
            err = confirm(l, &all[i], f->from);
        } else if (same_slot(row, was) || (taste && same_value)) {
            /* a birthday said twice with and without its year is one */
            err = close_item(l, &all[i]);
        }
    }
    return err;
}

static bool lasting(const relation *row) { return row->slot || strcmp(row->kind, "preference") == 0 || strcmp(row->kind, "place") == 0; }

static int keep_fact(lesson *l, const fact *f) {
    const relation *row = relation_at(f->rel);
    if (f->who == WHO_NONE || (f->who >= 0 && !l->cast.at[f->who].id)) return 0;
    int64_t person = f->who >= 0 ? l->cast.at[f->who].id : 0;
    const char *value = str(l->a, f->value);
    if (f->rel == REL_TIE) {                                 /* "i don't have a brother" */
        size_t n;
        store_person *p = store_people(l->r->st, l->a, false, &n);
        int err = 0;
        bool closed;
        for (size_t i = 0; i < n && !err; i++)
            if (strcmp(p[i].a.tie, value) == 0) err = end_fact(l, f, p[i].id, &closed);
        return err;
    }
    if (f->ends || f->lessens) {
        bool closed = false;
        int err = f->ends || f->lessens ? end_fact(l, f, person, &closed) : 0;
        if (err || !f->form.n || (!closed && f->lessens)) return err;
    }
    store_item it = item_of(l, f->ends ? REL_EVENT : f->rel, person, value, f->sure + (l->x.corrects ? 0.05 : 0), f->quote);
    it.m.words = str(l->a, f->form);
    it.m.from = f->from;
    if (!lasting(row) || f->rel == REL_BIRTHDAY || !*f->from) it.m.until = lasting(row) ? "" : f->until;
    if (f->sensitive) {
        folk folk_now = life__folk(l->r, l->a);
        return wait_for_yes(l, &it, life__about(life__person(&folk_now, person)));
    }
    bool known = false;
    int err = f->ends ? 0 : make_room(l, f, person, value, &known);
    return err || known ? err : keep(l, &it);
}

/* ---- corrections ------------------------------------------------------------------------------------------------------------- */
static int distance(text a, text b) {                        /* Levenshtein, for short words; any case */
    int row[40];
    if (a.n > 38 || b.n > 38) return 99;
    for (size_t j = 0; j <= b.n; j++) row[j] = (int)j;
    for (size_t i = 1; i <= a.n; i++) {
        int diagonal = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= b.n; j++) {
            int up = row[j], cost = (a.p[i - 1] | 32) == (b.p[j - 1] | 32) ? 0 : 1;
            int best = diagonal + cost;
            if (up + 1 < best) best = up + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            row[j] = best;
            diagonal = up;
        }
    }
    return row[b.n];
}

/* "ana, not anna": whose name is put right. */
static int swap_name(lesson *l, bool *done) {
    const swap *w = &l->x.swap;
    int best = WHO_NONE;
    for (size_t i = 0; i < l->cast.n_known; i++) {
        const who *p = &l->cast.at[i];
        bool was = w->was.n && p->name.n && text_is_fold(p->name, str(l->a, w->was));
        int far = w->was.n || !p->name.n ? 99 : distance(p->name, w->now);
        bool alike = far > 0 && far <= (w->spelling ? 3 : 2) && (p->heard > 0 || w->spelling) && (size_t)far < p->name.n;
        if ((was || alike) && (best < 0 || p->heard > l->cast.at[best].heard)) best = (int)i;
    }
    if (best < 0) return 0;
    who *p = &l->cast.at[best];
    p->name = w->now;
    p->renamed = p->told = true;
    *done = true;
    return keep_person(l, best);
}

static bool about_same(const store_item *it, const swap *w, const dated *d, bool is_date, arena *a) {
    if (w->was.n && *it->m.value && life__same(it->m.value, str(a, w->was))) return true;
    if (w->was.n && !is_date) return false;
    if (is_date) return *it->m.from && (strlen(it->m.from) == strlen(d->from) || strlen(d->from) == 7) && !w->was.n;
    bool place = lex_find(w->now) && lex_find(w->now)->place;
    return place ? strcmp(it->m.kind, "place") == 0 : false;
}

/* "i meant june", "leeds not leicester": the latest memory it fits is closed and said anew. */
static int swap_value(lesson *l, bool *done) {
    const swap *w = &l->x.swap;
    size_t n;
    store_item *all = store_memories(l->r->st, l->a, -1, &n);
    text low = arena_text(l->a, w->now);
    for (size_t i = 0; i < low.n; i++) ((char *)(uintptr_t)low.p)[i] = (char)(low.p[i] >= 'A' && low.p[i] <= 'Z' ? low.p[i] + 32 : low.p[i]);
    swap lowered = *w;
    lowered.now = low;
    for (size_t i = n; i-- > 0;) {
        store_item *it = &all[i];
        if (it->closed || it->m.message < l->message - SWAP_BACK) continue;
        int lean = strcmp(it->m.kind, "plan") == 0 ? 1 : -1;
        text phrase = arena_format(l->a, "in %.*s", (int)low.n, low.p);
        said s = said_of(l->a, phrase, l->at_ms), t = said_of(l->a, low, l->at_ms);
        dated d = { 0 };
        bool is_date = when_at(&s, 0, lean, &d) || when_at(&t, 0, lean, &d);
        bool date_now = is_date && *it->m.from && (!w->was.n || strlen(it->m.from) == strlen(d.from));
        if (!about_same(it, &lowered, &d, is_date, l->a) && !(date_now && w->was.n)) continue;
        store_item fresh = *it;
        fresh.m.id = 0;
        fresh.m.message = l->message;
        fresh.m.said_ms = l->at_ms;
        fresh.m.quote = str(l->a, l->said);
        fresh.m.sure = 0.95;
        if (date_now) {
            fresh.m.from = str(l->a, text_of(d.from));
            if (*it->m.until) fresh.m.until = str(l->a, text_of(d.until));
        } else {
            fresh.m.value = str(l->a, strcmp(it->m.kind, "place") == 0 || strcmp(it->m.kind, "person") == 0 ? w->now : low);
            if (*it->m.words && !strstr(it->m.words, "{v}")) fresh.m.words = "";
        }
        int64_t first = it->m.message;
        int err = close_item(l, it);
        if (!err) err = keep(l, &fresh);
        if (!err && first) err = store_evidence_add(l->r->st, fresh.m.id, first, l->why);
        *done = true;
        return err;
    }
    return 0;
}

/* "that's wrong": what she just said of it is closed. */
static int wrong(lesson *l) {
    size_t n, n_all;
    int err = 0;
    message *m = store_messages(l->r->st, l->a, 1, l->message, SAID_BY_HER, &n);
    if (n == 0) return 0;
    store_item *all = store_memories(l->r->st, l->a, -1, &n_all);
    for (size_t i = 0; i < n_all && !err; i++) {
        const char *v = all[i].m.value;
        if (all[i].closed || strlen(v) < 3 || !text_find_word(m->words, v)) continue;
        if (strcmp(all[i].m.relation, "tie") == 0) continue;
        err = close_item(l, &all[i]);
    }
    return err;
}

static int corrections(lesson *l) {
    bool done = false;
    int err = 0;
    if (l->x.swap.said) err = swap_name(l, &done);
    if (!err && l->x.swap.said && !done) err = swap_value(l, &done);
    if (!err && l->x.wrong && !done && l->x.n_fact == 0) err = wrong(l);
    return err;
}

/* "remember that …" that no rule understood is kept as it was said. */
static int keep_told(lesson *l) {
    bool known = l->out->n_added || l->out->n_ask || l->out->n_closed || l->x.n_fact;
    if (!l->x.keep.n || known) return 0;
    store_item it = item_of(l, REL_TOLD, 0, str(l->a, l->x.keep), 0.9, l->said);
    char *form = str(l->a, l->x.keep);
    if (*form >= 'a' && *form <= 'z') *form = (char)(*form - 32);
    it.m.words = form;
    return keep(l, &it);
}

static int learn_from(lesson *l) {
    gather(l);
    extract_message(l->a, l->said, l->at_ms, &l->cast, &l->x);
    if (l->x.command) return 0;
    int err = keep_people(l);
    for (size_t i = 0; i < l->x.n_fact && !err; i++) err = keep_fact(l, &l->x.fact[i]);
    if (!err) err = corrections(l);
    if (!err) err = keep_told(l);
    return err;
}

/* A message marked as sensitive from outside tells nothing unasked: all of it waits for a yes. */
static void all_ask(lesson *l) {
    for (size_t i = 0; i < l->x.n_fact; i++) l->x.fact[i].sensitive |= LEX_SECRET;
}

static int learn_message(remember *r, arena *a, const message *m, learned *out, fail *why) {
    if (m->by != SAID_BY_PERSON || m->redacted || store_message_apart(r->st, m->id)) return 0;
    lesson l = { .r = r, .a = a, .message = m->id, .at_ms = m->at_ms, .said = m->words, .out = out, .why = why };
    if (!m->sensitive) {
        int err = learn_from(&l);
        if (!err && l.x.sensitive) err = store_message_flag(r->st, m->id, true, why);
        return err;
    }
    gather(&l);
    size_t known = l.cast.n;
    extract_message(a, l.said, l.at_ms, &l.cast, &l.x);
    all_ask(&l);
    int err = 0;
    for (size_t i = 0; i < l.x.n_fact && !err && !l.x.command; i++)
        if (!l.x.fact[i].ends && !l.x.fact[i].lessens && l.x.fact[i].who < (int)known) err = keep_fact(&l, &l.x.fact[i]);
    return err;
}

int remember_learn(remember *r, arena *a, int64_t id, learned *out, fail *why) {
    learned nothing;
    if (!out) out = &nothing;
    *out = (learned){ 0 };
    int err = store_begin(r->st, why);
    if (err) return err;
    int64_t done = store_number(r->st, "learned", 0);
    if (id > done) {
        size_t n;
        message *m = store_messages_between(r->st, a, id - done > LEARN_BACK ? id - LEARN_BACK : done + 1, id, &n);
        for (size_t i = 0; i < n && !err && !r->paused; i++) {
            learned earlier = { 0 };                         /* one that a crash left behind tells nobody */
            err = learn_message(r, a, &m[i], m[i].id == id ? out : &earlier, why);
        }
        if (!err) err = store_number_set(r->st, "learned", id, why);
    }
    if (!err) err = store_index_upto(r->st, store_message_last(r->st), why);
    if (err) store_cancel(r->st);
    return err ? err : store_end(r->st, why);
}

/* ---- yes or no -------------------------------------------------------------------------------------------------------------- */
int remember_consent(remember *r, const int64_t *id, size_t n, bool yes, fail *why) {
    int err = store_begin(r->st, why);
    if (err) return err;
    size_t kept = 0;
    for (size_t i = 0; i < r->n_wait; i++) {
        pending *p = &r->wait[i];
        bool meant = false;
        for (size_t k = 0; k < n; k++) meant = meant || id[k] == p->it.m.id;
        if (meant && yes && !err) {
            p->it.m.consent = "asked";
            p->it.m.fades_ms = 0;                            /* until withdrawn */
            err = store_memory_add(r->st, &p->it, why);
        }
        if (meant && !err) arena_release(&p->a);
        else r->wait[kept++] = *p;
    }
    r->n_wait = kept;
    if (err) store_cancel(r->st);
    return err ? err : store_end(r->st, why);
}

/* ---- statements ------------------------------------------------------------------------------------------------------------- */
/* "Your friend Amy moved to Oslo." and "The user is a nurse." as the person would say them. */
static text as_theirs(arena *a, text t) {
    static const struct { const char *from, *to; } rows[] = { { "your", "my" }, { "you're", "i'm" }, { "you've", "i've" },
        { "yours", "mine" }, { "yourself", "myself" } };
    words w = words_of(a, t);
    buf b = { 0 };
    size_t at = 0;
    for (size_t i = 0; i < w.n; i++) {
        const word *x = &w.at[i];
        const char *to = NULL;
        for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
            if (text_is(x->low, rows[k].from)) to = rows[k].to;
        bool user = i < 2 && (text_is(x->low, "user") || text_is(x->low, "person") || text_is(x->low, "user's") || text_is(x->low, "person's")) &&
                    (i == 1 ? text_is(w.at[0].low, "the") : true);
        if (text_is(x->low, "you")) to = i > 0 && (text_is(w.at[i - 1].low, "to") || text_is(w.at[i - 1].low, "with")) ? "me" : "i";
        if (i > 0 && text_is(w.at[i - 1].low, "you") && text_is(x->low, "are")) to = "am";
        if (i > 0 && text_is(w.at[i - 1].low, "you") && text_is(x->low, "were")) to = "was";
        if (user) to = text_ends(x->low, "'s") ? "my" : "i";
        if (user && i == 1) b.n = 0;
        size_t from = (size_t)(x->raw.p - t.p);
        buf_add(&b, (text){ t.p + at, from - at });
        if (user && i == 1) b.n = 0;
        if (to) buf_str(&b, to);
        else buf_add(&b, x->raw);
        at = from + x->raw.n;
        if (user && i + 1 < w.n && text_is(w.at[i + 1].low, "is")) {
            buf_str(&b, " am");
            at = (size_t)(w.at[i + 1].raw.p - t.p) + w.at[i + 1].raw.n;
            i++;
        }
    }
    buf_add(&b, (text){ t.p + at, t.n - at });
    text out = arena_text(a, buf_text(&b));
    buf_release(&b);
    return out;
}

/* Whom a statement that no rule understood is about: the one person it names. */
static int64_t whom(lesson *l) {
    int64_t id = 0;
    for (size_t i = 0; i < l->cast.n; i++) {
        if (l->cast.at[i].heard <= l->heard_from || !l->cast.at[i].id) continue;
        if (id && id != l->cast.at[i].id) return 0;
        id = l->cast.at[i].id;
    }
    return id;
}

static int told(lesson *l, text statement) {
    int err = learn_from(l);
    for (size_t i = 0; i < l->x.n_fact && !err; i++)         /* what somebody lets her know on purpose is a yes */
        l->x.fact[i].sensitive = 0;
    if (err || l->x.n_fact > 0 || (l->out->n_added && l->cast.n > 0 && words_of(l->a, statement).n <= 7)) return err;
    for (size_t i = 0; i < l->cast.n && !err; i++)
        if (!l->cast.at[i].id && l->cast.at[i].heard > l->heard_from && l->cast.at[i].name.n) err = keep_person(l, (int)i);
    store_item it = item_of(l, REL_TOLD, whom(l), str(l->a, statement), 0.95, statement);
    said s = said_of(l->a, l->said, l->at_ms);
    text own = parsed_is(&s, 0, "i|my|we|our|i'm") ? said_turned(&s, 0, s.n) : statement;
    char *form = str(l->a, own);
    if (*form >= 'a' && *form <= 'z') *form = (char)(*form - 32);
    it.m.words = form;
    return err ? err : keep(l, &it);
}

int remember_told(remember *r, arena *a, text statement, int64_t at_ms, fail *why) {
    learned out = { 0 };
    statement = text_trim(statement);
    if (statement.n == 0) return 0;
    text clean;
    if (redact_secrets(a, statement, &clean)) statement = clean;
    int err = store_begin(r->st, why);
    if (err) return err;
    size_t waiting = r->n_wait;
    lesson l = { .r = r, .a = a, .at_ms = at_ms, .said = as_theirs(a, statement), .out = &out, .why = why };
    err = told(&l, statement);
    while (!err && r->n_wait > waiting) {                    /* told on purpose: kept, and still treated as sensitive */
        pending *p = &r->wait[--r->n_wait];
        p->it.m.consent = "asked";
        err = store_memory_add(r->st, &p->it, why);
        arena_release(&p->a);
    }
    if (err) store_cancel(r->st);
    return err ? err : store_end(r->st, why);
}

int remember_fix(remember *r, arena *a, int64_t id, text said_now, fail *why) {
    store_item it;
    said_now = text_trim(said_now);
    if (!store_memory(r->st, a, id, &it)) return fail_set(why, ERR_MISSING, "there is no memory %lld", (long long)id);
    if (!said_now.n) return fail_set(why, ERR_USAGE, "say what it should be");
    lesson l = { .r = r, .a = a, .at_ms = life__now(r), .said = as_theirs(a, said_now), .why = why };
    gather(&l);
    extract_message(a, l.said, l.at_ms, &l.cast, &l.x);
    int err = store_begin(r->st, why);
    if (err) return err;
    const relation *row = relation_named(it.m.relation);
    it.m.words = str(a, said_now);
    if (*it.m.words >= 'a' && *it.m.words <= 'z') *(char *)(uintptr_t)it.m.words = (char)(*it.m.words - 32);
    it.m.sure = 1;
    it.m.why = "you put it right";
    for (size_t i = 0; i < l.x.n_fact; i++) {
        const fact *f = &l.x.fact[i];
        const relation *now = relation_at(f->rel);
        if (!row || (now != row && !same_slot(now, row)) || f->ends) continue;
        it.m.relation = now->key;
        it.m.value = str(a, f->value);
        it.m.words = str(a, f->form);
        it.m.from = f->from;
        it.m.until = lasting(now) ? "" : f->until;
        break;
    }
    for (size_t i = 0; i < l.cast.n_known && row && row->rel == REL_TIE; i++)
        if (l.cast.at[i].id == it.person && l.cast.at[i].retied) {
            it.m.value = str(a, l.cast.at[i].tie);
            it.m.words = "";
            err = keep_person(&(lesson){ .r = r, .a = a, .at_ms = l.at_ms, .said = l.said, .cast = l.cast, .out = &(learned){ 0 }, .why = why }, (int)i);
        }
    if (!err) err = store_memory_save(r->st, &it, why);
    if (err) store_cancel(r->st);
    return err ? err : store_end(r->st, why);
}
