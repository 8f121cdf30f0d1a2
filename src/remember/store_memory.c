/* SPDX-License-Identifier: Apache-2.0
 * store_memory.c - see store.h: memories, what they rest on, and people.
 *
 * INVARIANTS  (1) A kept memory is in the index unless it is sensitive or has faded.
 *             (2) Every memory with a message has that message among its evidence. */
#include <string.h>
#include "remember/store_sql.h"

enum { PINNED = 1, SENSITIVE = 2, FADED = 4, CLOSED = 8 };

#define COLUMNS "id, kind, person, about, relation, value, words, quote, message, said_ms, valid_from, valid_until, sure, why," \
                " consent, flags, used_ms, fades_ms, hints"

static store_item read_row(arena *a, sqlite3_stmt *q) {
    int flags = sqlite3_column_int(q, 15);
    store_item it = { .person = sqlite3_column_int64(q, 2), .closed = flags & CLOSED, .hints = store__str(a, q, 18) };
    it.m = (memory){
        .id = sqlite3_column_int64(q, 0), .kind = store__str(a, q, 1), .about = store__str(a, q, 3),
        .relation = store__str(a, q, 4), .value = store__str(a, q, 5), .words = store__str(a, q, 6),
        .quote = store__str(a, q, 7), .message = sqlite3_column_int64(q, 8), .said_ms = sqlite3_column_int64(q, 9),
        .from = store__str(a, q, 10), .until = store__str(a, q, 11), .sure = sqlite3_column_double(q, 12),
        .why = store__str(a, q, 13), .consent = store__str(a, q, 14), .pinned = flags & PINNED,
        .sensitive = flags & SENSITIVE, .faded = flags & FADED, .used_ms = sqlite3_column_int64(q, 16),
        .fades_ms = sqlite3_column_int64(q, 17) };
    return it;
}

static store_item *read_rows(arena *a, sqlite3_stmt *q, size_t *n) {
    size_t room = 32;
    store_item *it = arena_new(a, room, sizeof *it);
    *n = 0;
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        if (*n == room) {
            store_item *more = arena_new(a, room * 2, sizeof *it);
            memcpy(more, it, room * sizeof *it);
            it = more;
            room *= 2;
        }
        it[(*n)++] = read_row(a, q);
    }
    if (q) sqlite3_reset(q);
    return it;
}

static int64_t flags_of(const store_item *it) {
    return (it->m.pinned ? PINNED : 0) | (it->m.sensitive ? SENSITIVE : 0) | (it->m.faded ? FADED : 0) |
           (it->closed ? CLOSED : 0);
}

static text index_words(arena *a, const store_item *it) {
    return arena_format(a, "%s %s %s %s %s", it->m.about, it->m.words, it->m.value, it->m.relation, it->hints);
}

static int index_put(store *s, const store_item *it, bool in, fail *why) {
    if (it->m.sensitive || it->m.faded) return 0;
    arena a = { 0 };
    text t = index_words(&a, it);
    int err = in ? store__run(s, why, "INSERT INTO memory_index(rowid, words) VALUES(?, ?)", "it", it->m.id, t)
                 : store__run(s, why, "INSERT INTO memory_index(memory_index, rowid, words) VALUES('delete', ?, ?)", "it",
                              it->m.id, t);
    arena_release(&a);
    return err;
}

static int put_row(store *s, const store_item *it, fail *why) {
    const memory *m = &it->m;
    return store__run(s, why, "INSERT INTO memory(" COLUMNS ")"
        " VALUES(nullif(?, 0), ?, nullif(?, 0), ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "isisssssiissdssiiis",
        m->id, m->kind, it->person, m->about, m->relation, m->value, m->words, m->quote, m->message, m->said_ms, m->from,
        m->until, m->sure, m->why, m->consent, flags_of(it), m->used_ms, m->fades_ms, it->hints);
}

int store_memory_add(store *s, store_item *it, fail *why) {
    int err = store_begin(s, why);
    if (err) return err;
    err = put_row(s, it, why);
    if (!err && !it->m.id) it->m.id = sqlite3_last_insert_rowid(s->db);
    if (!err) err = index_put(s, it, true, why);
    if (!err && it->m.message) err = store_evidence_add(s, it->m.id, it->m.message, why);
    if (err) store_cancel(s);
    return err ? err : store_end(s, why);
}

int store_memory_save(store *s, const store_item *it, fail *why) {
    int err = store_begin(s, why);
    if (err) return err;
    arena a = { 0 };
    store_item old;
    const memory *m = &it->m;
    if (!store_memory(s, &a, m->id, &old)) err = fail_set(why, ERR_MISSING, "there is no memory %lld", (long long)m->id);
    if (!err) err = index_put(s, &old, false, why);
    if (!err) err = store__run(s, why, "UPDATE memory SET kind = ?, person = nullif(?, 0), about = ?, relation = ?, value = ?,"
        " words = ?, quote = ?, message = nullif(?, 0), said_ms = ?, valid_from = ?, valid_until = ?, sure = ?, why = ?,"
        " consent = ?, flags = ?, used_ms = ?, fades_ms = ?, hints = ? WHERE id = ?", "sisssssiissdssiiisi",
        m->kind, it->person, m->about, m->relation, m->value, m->words, m->quote, m->message, m->said_ms, m->from, m->until,
        m->sure, m->why, m->consent, flags_of(it), m->used_ms, m->fades_ms, it->hints, m->id);
    if (!err) err = index_put(s, it, true, why);
    arena_release(&a);
    if (err) store_cancel(s);
    return err ? err : store_end(s, why);
}

int store_memory_remove(store *s, int64_t id, fail *why) {
    int err = store_begin(s, why);
    if (err) return err;
    arena a = { 0 };
    store_item old;
    if (!store_memory(s, &a, id, &old)) err = fail_set(why, ERR_MISSING, "there is no memory %lld", (long long)id);
    if (!err) err = index_put(s, &old, false, why);
    if (!err) err = store__run(s, why, "DELETE FROM memory WHERE id = ?", "i", id);
    arena_release(&a);
    if (err) store_cancel(s);
    return err ? err : store_end(s, why);
}

bool store_memory(store *s, arena *a, int64_t id, store_item *out) {
    size_t n;
    store_item *it = read_rows(a, store__ready(s, "SELECT " COLUMNS " FROM memory WHERE id = ?", "i", id), &n);
    if (n) *out = *it;
    return n > 0;
}

store_item *store_memories(store *s, arena *a, int64_t person, size_t *n) {
    sqlite3_stmt *q = person < 0 ? store__ready(s, "SELECT " COLUMNS " FROM memory ORDER BY id", "")
                    : person == 0 ? store__ready(s, "SELECT " COLUMNS " FROM memory WHERE person IS NULL ORDER BY id", "")
                    : store__ready(s, "SELECT " COLUMNS " FROM memory WHERE person = ? ORDER BY id", "i", person);
    return read_rows(a, q, n);
}

store_item *store_memories_from(store *s, arena *a, const char *iso, size_t most, size_t *n) {
    return read_rows(a, store__ready(s, "SELECT " COLUMNS " FROM memory WHERE valid_from >= ? AND valid_from <= ? || '~'"
                                     " AND valid_from <> '' ORDER BY id DESC LIMIT ?", "ssi", iso, iso, (int64_t)most), n);
}

store_item *store_memories_sensitive(store *s, arena *a, size_t *n) {
    return read_rows(a, store__ready(s, "SELECT " COLUMNS " FROM memory WHERE flags & 2 ORDER BY id DESC LIMIT 100", ""), n);
}

int64_t store_memory_next(store *s) {
    return 1 + store__one(s, 0, "SELECT seq FROM sqlite_sequence WHERE name = 'memory'", "");
}

int store_memory_used(store *s, int64_t id, int64_t at_ms, fail *why) {
    return store__run(s, why, "UPDATE memory SET used_ms = ? WHERE id = ?", "ii", at_ms, id);
}

int store_evidence_add(store *s, int64_t memory_id, int64_t message_id, fail *why) {
    return store__run(s, why, "INSERT OR IGNORE INTO evidence(memory, message) VALUES(?, ?)", "ii", memory_id, message_id);
}

int64_t *store_evidence(store *s, arena *a, int64_t memory_id, size_t *n) {
    return store__numbers(a, store__ready(s, "SELECT message FROM evidence WHERE memory = ? ORDER BY message", "i", memory_id),
                          n);
}

int64_t *store_evidence_of(store *s, arena *a, int64_t message_id, size_t *n) {
    return store__numbers(a, store__ready(s, "SELECT memory FROM evidence WHERE message = ? ORDER BY memory", "i", message_id),
                          n);
}

/* ---- people -------------------------------------------------------------------------------------------------------- */
int store_person_add(store *s, store_person *p, fail *why) {
    int err = store__run(s, why, "INSERT INTO people(name, tie, word, she, pet, said_ms, met_ms) VALUES(?, ?, ?, ?, ?, ?, ?)", "ssssiii",
                         p->a.name, p->a.tie, p->a.word, p->a.she, (int64_t)p->pet, p->a.said_ms, p->a.met_ms);
    if (!err) p->id = sqlite3_last_insert_rowid(s->db);
    return err;
}

int store_person_save(store *s, const store_person *p, fail *why) {
    return store__run(s, why, "UPDATE people SET name = ?, tie = ?, word = ?, she = ?, pet = ?, said_ms = ?, met_ms = ?"
                      " WHERE id = ?", "ssssiiii", p->a.name, p->a.tie, p->a.word, p->a.she, (int64_t)p->pet, p->a.said_ms, p->a.met_ms, p->id);
}

int store_person_remove(store *s, int64_t id, fail *why) {
    return store__run(s, why, "DELETE FROM people WHERE id = ?", "i", id);
}

store_person *store_people(store *s, arena *a, bool counted, size_t *n) {
    sqlite3_stmt *q = counted
        ? store__ready(s, "SELECT p.id, name, tie, she, pet, p.said_ms, met_ms, word,"
              " (SELECT count(*) FROM memory m WHERE m.person = p.id) FROM people p ORDER BY p.said_ms DESC, p.id DESC", "")
        : store__ready(s, "SELECT id, name, tie, she, pet, said_ms, met_ms, word, 0 FROM people ORDER BY said_ms DESC, id DESC", "");
    size_t room = 32;
    store_person *p = arena_new(a, room, sizeof *p);
    *n = 0;
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        if (*n == room) {
            store_person *more = arena_new(a, room * 2, sizeof *p);
            memcpy(more, p, room * sizeof *p);
            p = more;
            room *= 2;
        }
        p[*n] = (store_person){ .id = sqlite3_column_int64(q, 0), .pet = sqlite3_column_int(q, 4) };
        p[(*n)++].a = (ally){ .name = store__str(a, q, 1), .tie = store__str(a, q, 2), .she = store__str(a, q, 3),
                              .word = store__str(a, q, 7), .said_ms = sqlite3_column_int64(q, 5),
                              .met_ms = sqlite3_column_int64(q, 6), .n_memory = sqlite3_column_int(q, 8) };
    }
    if (q) sqlite3_reset(q);
    return p;
}
