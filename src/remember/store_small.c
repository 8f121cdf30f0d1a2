/* SPDX-License-Identifier: Apache-2.0
 * store_small.c - see store.h: kept values, lines she has said, who she was, reminders. */
#include <string.h>
#include "remember/store_sql.h"

char *store_kept(store *s, arena *a, const char *name) {
    sqlite3_stmt *q = store__ready(s, "SELECT value FROM kept WHERE name = ?", "s", name);
    char *v = q && sqlite3_step(q) == SQLITE_ROW ? store__str(a, q, 0) : NULL;
    if (q) sqlite3_reset(q);
    return v;
}

char **store_kept_names(store *s, arena *a, size_t *n) {
    size_t room = (size_t)store__one(s, 0, "SELECT count(*) FROM kept", "");
    char **name = arena_new(a, room + 1, sizeof *name);
    sqlite3_stmt *q = store__ready(s, "SELECT name FROM kept ORDER BY name", "");
    *n = 0;
    while (q && *n < room && sqlite3_step(q) == SQLITE_ROW) name[(*n)++] = store__str(a, q, 0);
    if (q) sqlite3_reset(q);
    return name;
}

int store_keep(store *s, const char *name, text json, fail *why) {
    return store__run(s, why, "INSERT INTO kept(name, value) VALUES(?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                      "st", name, json);
}

/* The id is a hash: its bits are kept, not its sign. */
static int64_t as_row(uint64_t line) {
    int64_t id;
    memcpy(&id, &line, sizeof id);
    return id;
}

int64_t store_line(store *s, uint64_t line) {
    return store__one(s, 0, "SELECT at_ms FROM line_said WHERE line = ?", "i", as_row(line));
}

int store_line_said(store *s, uint64_t line, int64_t at_ms, fail *why) {
    return store__run(s, why, "INSERT OR REPLACE INTO line_said(line, at_ms) VALUES(?, ?)", "ii", as_row(line), at_ms);
}

int store_identity_add(store *s, const identity *i, fail *why) {
    return store__run(s, why, "INSERT INTO identity(at_ms, model, persona, voice, prompt, schema, program)"
                      " VALUES(?, ?, ?, ?, ?, ?, ?)", "issssss", i->at_ms, i->model, i->persona, i->voice, i->prompt,
                      i->schema, i->program);
}

identity *store_identities(store *s, arena *a, size_t *n) {
    size_t room = (size_t)store__one(s, 0, "SELECT count(*) FROM identity", "");
    identity *v = arena_new(a, room ? room : 1, sizeof *v);
    sqlite3_stmt *q = store__ready(s, "SELECT at_ms, model, persona, voice, prompt, schema, program FROM identity ORDER BY id",
                                   "");
    *n = 0;
    while (q && *n < room && sqlite3_step(q) == SQLITE_ROW)
        v[(*n)++] = (identity){ .at_ms = sqlite3_column_int64(q, 0), .model = store__str(a, q, 1),
                                .persona = store__str(a, q, 2), .voice = store__str(a, q, 3), .prompt = store__str(a, q, 4),
                                .schema = store__str(a, q, 5), .program = store__str(a, q, 6) };
    if (q) sqlite3_reset(q);
    return v;
}

int store_reminder_add(store *s, int64_t due_ms, text words, int64_t *id, fail *why) {
    int err = store__run(s, why, "INSERT INTO reminder(due_ms, words, done) VALUES(?, ?, 0)", "it", due_ms, words);
    if (!err) *id = sqlite3_last_insert_rowid(s->db);
    return err;
}

int store_reminder_done(store *s, int64_t id, fail *why) {
    int err = store__run(s, why, "UPDATE reminder SET done = 1 WHERE id = ?", "i", id);
    return !err && sqlite3_changes(s->db) == 0 ? fail_set(why, ERR_MISSING, "there is no reminder %lld", (long long)id) : err;
}

reminder *store_reminders(store *s, arena *a, int64_t due_by, size_t *n) {
    if (due_by == 0) due_by = INT64_MAX;
    size_t room = (size_t)store__one(s, 0, "SELECT count(*) FROM reminder WHERE done = 0", "");
    reminder *v = arena_new(a, room ? room : 1, sizeof *v);
    sqlite3_stmt *q = store__ready(s, "SELECT id, due_ms, words, done FROM reminder WHERE done = 0 AND due_ms <= ?"
                                   " ORDER BY due_ms, id", "i", due_by);
    *n = 0;
    while (q && *n < room && sqlite3_step(q) == SQLITE_ROW)
        v[(*n)++] = (reminder){ .id = sqlite3_column_int64(q, 0), .due_ms = sqlite3_column_int64(q, 1),
                                .words = store__str(a, q, 2), .done = sqlite3_column_int(q, 3) };
    if (q) sqlite3_reset(q);
    return v;
}
