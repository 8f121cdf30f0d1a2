/* SPDX-License-Identifier: Apache-2.0
 * store_log.c - see store.h: the log of messages and the index over it.
 *
 * DESIGN      Noting a message writes one row and nothing else; the index follows later, off the turn's path, up to a
 *             watermark ("indexed"). So what turns out to be sensitive in between never enters the index at all.
 *             The index holds no text of its own (contentless): a row leaves it by giving the same words again.
 * INVARIANTS  (1) A message with id <= indexed that is neither sensitive, redacted, a cut-off reply, the system's nor said
 *                 while memory was paused is in the index; no other is.
 *             (2) A message row is never removed, so its id is also its number. */
#include <string.h>
#include "remember/store_sql.h"

enum { INTERRUPTED = 1, SENSITIVE = 2, REDACTED = 4, APART = 8 };
enum { INDEX_BYTES = 16384 };        /* of one message; a page of text is enough to find it by */

#define COLUMNS "id, conversation, at_ms, by, flags, client, words"

static message read_row(arena *a, sqlite3_stmt *q) {
    message m = { .id = sqlite3_column_int64(q, 0), .conversation = sqlite3_column_int64(q, 1),
                  .at_ms = sqlite3_column_int64(q, 2), .by = (said_by)sqlite3_column_int(q, 3) };
    int flags = sqlite3_column_int(q, 4);
    m.interrupted = flags & INTERRUPTED;
    m.sensitive = flags & SENSITIVE;
    m.redacted = flags & REDACTED;
    m.client_id = store__str(a, q, 5);
    m.words.p = store__str(a, q, 6);
    m.words.n = (size_t)sqlite3_column_bytes(q, 6);
    return m;
}

static message *read_rows(arena *a, sqlite3_stmt *q, size_t most, bool newest_first, size_t *n) {
    size_t room = most < 32 ? most : 32;
    message *m = arena_new(a, room ? room : 1, sizeof *m);
    *n = 0;
    while (q && *n < most && sqlite3_step(q) == SQLITE_ROW) {
        if (*n == room) {
            message *more = arena_new(a, room * 2, sizeof *m);
            memcpy(more, m, room * sizeof *m);
            m = more;
            room *= 2;
        }
        m[(*n)++] = read_row(a, q);
    }
    if (q) sqlite3_reset(q);
    for (size_t i = 0; newest_first && i < *n / 2; i++) {
        message t = m[i];
        m[i] = m[*n - 1 - i];
        m[*n - 1 - i] = t;
    }
    return m;
}

int store_message_add(store *s, message *m, int64_t answers, bool apart, bool *is_new, fail *why) {
    *is_new = true;
    if (*m->client_id) {
        int64_t seen = store__one(s, 0, "SELECT id FROM message WHERE client = ? AND client <> ''", "s", m->client_id);
        if (seen) {
            m->id = seen;
            *is_new = false;
            return 0;
        }
    }
    int64_t flags = (m->interrupted ? INTERRUPTED : 0) | (m->sensitive ? SENSITIVE : 0) | (m->redacted ? REDACTED : 0) |
                    (apart ? APART : 0);
    int err = store__run(s, why, "INSERT INTO message(conversation, at_ms, by, answers, flags, client, words)"
                         " VALUES(?, ?, ?, ?, ?, ?, ?)", "iiiiist", m->conversation, m->at_ms, (int64_t)m->by, answers,
                         flags, m->client_id, m->words);
    if (!err) m->id = sqlite3_last_insert_rowid(s->db);
    return err;
}

bool store_message(store *s, arena *a, int64_t id, message *out) {
    sqlite3_stmt *q = store__ready(s, "SELECT " COLUMNS " FROM message WHERE id = ?", "i", id);
    size_t n;
    message *m = read_rows(a, q, 1, false, &n);
    if (n) *out = *m;
    return n > 0;
}

int64_t store_message_last(store *s) { return store__one(s, 0, "SELECT max(id) FROM message", ""); }

message *store_messages(store *s, arena *a, size_t most, int64_t before, int by, size_t *n) {
    if (before <= 0) before = INT64_MAX;
    sqlite3_stmt *q = by < 0
        ? store__ready(s, "SELECT " COLUMNS " FROM message WHERE id < ? ORDER BY id DESC LIMIT ?", "ii",
                       before, (int64_t)most)
        : store__ready(s, "SELECT " COLUMNS " FROM message WHERE id < ? AND by = ? ORDER BY id DESC LIMIT ?", "iii",
                       before, (int64_t)by, (int64_t)most);
    return read_rows(a, q, most, true, n);
}

message *store_messages_between(store *s, arena *a, int64_t from, int64_t to, size_t *n) {
    sqlite3_stmt *q = store__ready(s, "SELECT " COLUMNS " FROM message WHERE id BETWEEN ? AND ? ORDER BY id", "ii", from, to);
    return read_rows(a, q, SIZE_MAX, false, n);
}

/* ASCII letters of either case; other bytes as they are. */
static bool holds(const char *p, size_t n, text word) {
    for (size_t i = 0; word.n && i + word.n <= n; i++) {
        size_t k = 0;
        while (k < word.n) {
            unsigned char x = (unsigned char)p[i + k], y = (unsigned char)word.p[k];
            if (x >= 'A' && x <= 'Z') x = (unsigned char)(x + 32);
            if (y >= 'A' && y <= 'Z') y = (unsigned char)(y + 32);
            if (x != y) break;
            k++;
        }
        if (k == word.n) return true;
    }
    return word.n == 0;
}

message *store_messages_holding(store *s, arena *a, const text *word, size_t n_word, size_t most, size_t *n) {
    sqlite3_stmt *q = store__ready(s, "SELECT id, words FROM message ORDER BY id DESC", "");
    size_t room = most < 4096 ? most : 4096, found = 0;
    int64_t *id = arena_new(a, room ? room : 1, sizeof *id);
    while (q && found < room && sqlite3_step(q) == SQLITE_ROW) {
        const char *p = (const char *)sqlite3_column_text(q, 1);
        size_t bytes = (size_t)sqlite3_column_bytes(q, 1), k = 0;
        while (p && k < n_word && holds(p, bytes, word[k])) k++;
        if (p && k == n_word) id[found++] = sqlite3_column_int64(q, 0);
    }
    if (q) sqlite3_reset(q);
    message *m = arena_new(a, found ? found : 1, sizeof *m);
    *n = 0;
    while (found)
        if (store_message(s, a, id[--found], &m[*n])) ++*n;
    return m;
}

int64_t *store_messages_in_time(store *s, arena *a, int64_t from_ms, int64_t to_ms, size_t most, size_t *n) {
    return store__numbers(a, store__ready(s, "SELECT id FROM message WHERE at_ms >= ? AND at_ms < ? ORDER BY id DESC LIMIT ?",
                                          "iii", from_ms, to_ms, (int64_t)most), n);
}

int64_t store_message_answer(store *s, int64_t id, int64_t after) {
    return store__one(s, 0, "SELECT min(id) FROM message WHERE answers = ? AND answers <> 0 AND id > ?", "ii", id, after);
}

/* ---- the index ------------------------------------------------------------------------------------------------- */
static text index_words(text t) {
    if (t.n > INDEX_BYTES) t.n = INDEX_BYTES;
    return t;
}

int store_index_upto(store *s, int64_t upto, fail *why) {
    int64_t done = store_number(s, "indexed", 0);
    arena a = { 0 };
    int err = 0;
    while (!err && done < upto) {
        size_t n;
        sqlite3_stmt *q = store__ready(s, "SELECT " COLUMNS " FROM message WHERE id BETWEEN ? AND ? AND flags = 0 AND by <> 2",
                                       "ii", done + 1, done + 64 < upto ? done + 64 : upto);
        message *m = read_rows(&a, q, 64, false, &n);
        for (size_t i = 0; i < n && !err; i++)
            err = store__run(s, why, "INSERT INTO message_index(rowid, words) VALUES(?, ?)", "it", m[i].id,
                             index_words(m[i].words));
        done = done + 64 < upto ? done + 64 : upto;
        if (!err) err = store_number_set(s, "indexed", done, why);
        arena_reset(&a);
    }
    arena_release(&a);
    return err;
}

int store_index_drop(store *s, int64_t id, fail *why) {
    arena a = { 0 };
    message m;
    int err = 0;
    bool in = id <= store_number(s, "indexed", 0) &&
              store__one(s, 0, "SELECT flags = 0 AND by <> 2 FROM message WHERE id = ?", "i", id);
    if (in && store_message(s, &a, id, &m))
        err = store__run(s, why, "INSERT INTO message_index(message_index, rowid, words) VALUES('delete', ?, ?)", "it", id,
                         index_words(m.words));
    arena_release(&a);
    return err;
}

int store_message_flag(store *s, int64_t id, bool sensitive, fail *why) {
    int err = store_begin(s, why);
    if (err) return err;
    arena a = { 0 };
    message m;
    if (!store_message(s, &a, id, &m)) err = fail_set(why, ERR_MISSING, "there is no message %lld", (long long)id);
    else if (m.sensitive != sensitive) {
        if (sensitive) err = store_index_drop(s, id, why);
        if (!err) err = store__run(s, why, "UPDATE message SET flags = (flags & ~2) | ? WHERE id = ?", "ii",
                                   (int64_t)(sensitive ? SENSITIVE : 0), id);
    }
    arena_release(&a);
    if (err) store_cancel(s);
    return err ? err : store_end(s, why);
}

int store_message_redact(store *s, int64_t id, text instead, fail *why) {
    int err = store_begin(s, why);
    if (err) return err;
    err = store_index_drop(s, id, why);
    if (!err) err = store__run(s, why, "UPDATE message SET flags = flags | 4, client = '', words = ? WHERE id = ?", "ti",
                               instead, id);
    if (err) store_cancel(s);
    return err ? err : store_end(s, why);
}

int store_message_cut(store *s, int64_t id, text left, fail *why) {
    int err = store_begin(s, why);
    if (err) return err;
    err = store_index_drop(s, id, why);
    if (!err) err = store__run(s, why, "UPDATE message SET flags = flags | ?, words = ? WHERE id = ?", "iti",
                               (int64_t)INTERRUPTED, left, id);
    if (err) store_cancel(s);
    return err ? err : store_end(s, why);
}

store_hit *store_search(store *s, arena *a, int what, const char *query, size_t most, size_t *n) {
    sqlite3_stmt *q = what == STORE_MESSAGES
        ? store__ready(s, "SELECT rowid, rank FROM message_index WHERE message_index MATCH ? ORDER BY rank LIMIT ?", "si",
                       query, (int64_t)most)
        : store__ready(s, "SELECT rowid, rank FROM memory_index WHERE memory_index MATCH ? ORDER BY rank LIMIT ?", "si",
                       query, (int64_t)most);
    store_hit *hit = arena_new(a, most ? most : 1, sizeof *hit);
    *n = 0;
    while (q && *n < most && sqlite3_step(q) == SQLITE_ROW)
        hit[(*n)++] = (store_hit){ sqlite3_column_int64(q, 0), -sqlite3_column_double(q, 1) };
    if (q) sqlite3_reset(q);
    return hit;
}

int64_t store_word_count(store *s, int what, text word) {
    return what == STORE_MESSAGES ? store__one(s, 0, "SELECT doc FROM message_word WHERE term = ?", "t", word)
                                  : store__one(s, 0, "SELECT doc FROM memory_word WHERE term = ?", "t", word);
}

bool store_message_apart(store *s, int64_t id) {
    return store__one(s, 0, "SELECT flags & 8 FROM message WHERE id = ?", "i", id) != 0;
}
