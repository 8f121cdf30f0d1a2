/* SPDX-License-Identifier: Apache-2.0
 * store.c - see store.h: opening a life without harming it, transactions, and what SQLite's errors mean.
 *
 * DESIGN      SQLite in write-ahead mode, synchronous=FULL: a commit is one write and one sync of the log. The lock is
 *             ours (flock on `lock`) and SQLite's own is exclusive, so there is no shared-memory file, and a life that
 *             two programs want is refused with a sentence instead of an error in the middle of a turn.
 *             Checkpoints are held back while a note waits for its sync and happen at the end of a batch.
 * INVARIANTS  (1) Until the checks of open_checked() have passed, nothing is written: a damaged or newer life keeps
 *                 every byte (its write-ahead log is not even folded in at closing).
 *             (2) No byte of a life leaves its folder: temporary tables and journals live in memory.
 *             (3) life.db is mode 0600 before SQLite first opens it; its log inherits that. */
#include "remember/store.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "remember/store_sql.h"

enum {
    VERSION = 1,                    /* of the schema below */
    APPLICATION = 0x53616d61,       /* "Sama", so that no other database is taken for a life */
    CHECK_BYTES = 48 << 20,         /* up to this size a life is checked whole when opened */
    FOLD_PAGES = 250,               /* fold the write-ahead log in at the end of a batch from this length on … */
    FOLD_PAGES_MOST = 4000          /* … and whatever happens from this one */
};

static const char schema[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE message(id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, at_ms INTEGER NOT NULL,"
    " by INTEGER NOT NULL, answers INTEGER NOT NULL, flags INTEGER NOT NULL, client TEXT NOT NULL, words TEXT NOT NULL);"
    "CREATE UNIQUE INDEX message_client ON message(client) WHERE client <> '';"
    "CREATE INDEX message_answers ON message(answers) WHERE answers <> 0;"
    "CREATE INDEX message_time ON message(at_ms);"
    "CREATE VIRTUAL TABLE message_index USING fts5(words, content='',"
    " tokenize=\"porter unicode61 remove_diacritics 2\");"
    "CREATE VIRTUAL TABLE message_word USING fts5vocab(message_index, row);"
    "CREATE TABLE people(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, tie TEXT NOT NULL, word TEXT NOT NULL, she TEXT NOT NULL,"
    " pet INTEGER NOT NULL, said_ms INTEGER NOT NULL, met_ms INTEGER NOT NULL);"
    "CREATE TABLE memory(id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, person INTEGER REFERENCES people(id),"
    " about TEXT NOT NULL, relation TEXT NOT NULL, value TEXT NOT NULL, words TEXT NOT NULL, quote TEXT NOT NULL,"
    " message INTEGER REFERENCES message(id), said_ms INTEGER NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT NOT NULL,"
    " sure REAL NOT NULL, why TEXT NOT NULL, consent TEXT NOT NULL, flags INTEGER NOT NULL, used_ms INTEGER NOT NULL,"
    " fades_ms INTEGER NOT NULL, hints TEXT NOT NULL);"
    "CREATE INDEX memory_person ON memory(person);"
    "CREATE TABLE evidence(memory INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,"
    " message INTEGER NOT NULL REFERENCES message(id), PRIMARY KEY(memory, message)) WITHOUT ROWID;"
    "CREATE INDEX evidence_message ON evidence(message);"
    "CREATE VIRTUAL TABLE memory_index USING fts5(words, content='',"
    " tokenize=\"porter unicode61 remove_diacritics 2\");"
    "CREATE VIRTUAL TABLE memory_word USING fts5vocab(memory_index, row);"
    "CREATE TABLE kept(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE line_said(line INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL);"
    "CREATE TABLE identity(id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, model TEXT NOT NULL, persona TEXT NOT NULL,"
    " voice TEXT NOT NULL, prompt TEXT NOT NULL, schema TEXT NOT NULL, program TEXT NOT NULL);"
    "CREATE TABLE reminder(id INTEGER PRIMARY KEY AUTOINCREMENT, due_ms INTEGER NOT NULL, words TEXT NOT NULL,"
    " done INTEGER NOT NULL);";

void remember_schema(char hex[static 65]) {
    hash_sha *sha = hash_sha_new();
    hash_sha_add(sha, text_of(schema));
    hash_sha_end(sha, hex);
}

int store_version(void) { return VERSION; }

/* ---- errors --------------------------------------------------------------------------------------------------- */
static int mean(const char *path, int rc, const char *said, fail *why) {
    switch (rc & 0xff) {
        case SQLITE_FULL:
            return fail_set(why, ERR_FULL, "the disk is full: %s could not grow, and nothing already kept was lost", path);
        case SQLITE_CORRUPT: case SQLITE_NOTADB:
            return fail_set(why, ERR_FORMAT, "%s is damaged (%s). It was left as it is: put a copy of it back, "
                            "or choose another folder with --data", path, said);
        case SQLITE_READONLY: case SQLITE_PERM: case SQLITE_AUTH: case SQLITE_CANTOPEN:
            return fail_set(why, ERR_DENIED, "cannot write %s (%s): it must be yours and writable", path, said);
        case SQLITE_BUSY: case SQLITE_LOCKED:
            return fail_set(why, ERR_BUSY, "%s is in use by another program", path);
        case SQLITE_NOMEM:
            return fail_set(why, ERR_NOMEM, "not enough memory to use %s", path);
        default:
            return fail_set(why, ERR_IO, "%s could not be read or written (%s); nothing already kept was lost", path, said);
    }
}

int store__fail(store *s, fail *why) {
    int rc = sqlite3_extended_errcode(s->db);
    if ((rc & 0xff) == SQLITE_OK || (rc & 0xff) == SQLITE_ROW || (rc & 0xff) == SQLITE_DONE)
        return fail_set(why, ERR_IO, "%s could not be written: an earlier write failed", s->path);
    return mean(s->path, rc, sqlite3_errmsg(s->db), why);
}

/* ---- statements ------------------------------------------------------------------------------------------------ */
static sqlite3_stmt *prepared(store *s, const char *sql) {
    for (int i = 0; i < s->n_kept; i++)
        if (s->kept[i].sql == sql) {
            sqlite3_reset(s->kept[i].stmt);
            return s->kept[i].stmt;
        }
    sqlite3_stmt *q = NULL;
    if (s->n_kept == STORE_STATEMENTS) return NULL;
    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL) != SQLITE_OK) return NULL;
    s->kept[s->n_kept].sql = sql;
    s->kept[s->n_kept++].stmt = q;
    return q;
}

static sqlite3_stmt *ready(store *s, const char *sql, const char *types, va_list args) {
    sqlite3_stmt *q = prepared(s, sql);
    for (int i = 1; q && *types; i++, types++) {
        text t;
        switch (*types) {
            case 'i': sqlite3_bind_int64(q, i, va_arg(args, int64_t)); break;
            case 'd': sqlite3_bind_double(q, i, va_arg(args, double)); break;
            case 's': sqlite3_bind_text(q, i, va_arg(args, const char *), -1, SQLITE_TRANSIENT); break;
            default:
                t = va_arg(args, text);
                sqlite3_bind_text64(q, i, t.n ? t.p : "", t.n, SQLITE_TRANSIENT, SQLITE_UTF8);
        }
    }
    return q;
}

sqlite3_stmt *store__ready(store *s, const char *sql, const char *types, ...) {
    va_list args;
    va_start(args, types);
    sqlite3_stmt *q = ready(s, sql, types, args);
    va_end(args);
    return q;
}

int store__run(store *s, fail *why, const char *sql, const char *types, ...) {
    if (s->lost) return store__fail(s, why);
    va_list args;
    va_start(args, types);
    sqlite3_stmt *q = ready(s, sql, types, args);
    va_end(args);
    if (!q) return store__fail(s, why);
    int rc;
    do rc = sqlite3_step(q);
    while (rc == SQLITE_ROW);
    int err = rc == SQLITE_DONE ? 0 : store__fail(s, why);
    if (err && s->depth && sqlite3_get_autocommit(s->db)) s->lost = true;
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    return err;
}

int64_t store__one(store *s, int64_t otherwise, const char *sql, const char *types, ...) {
    va_list args;
    va_start(args, types);
    sqlite3_stmt *q = ready(s, sql, types, args);
    va_end(args);
    int64_t v = otherwise;
    if (q && sqlite3_step(q) == SQLITE_ROW && sqlite3_column_type(q, 0) != SQLITE_NULL) v = sqlite3_column_int64(q, 0);
    if (q) sqlite3_reset(q);
    return v;
}

char *store__str(arena *a, sqlite3_stmt *q, int c) {
    const char *p = (const char *)sqlite3_column_text(q, c);
    return arena_str(a, p ? p : "", p ? (size_t)sqlite3_column_bytes(q, c) : 0);
}

int64_t *store__numbers(arena *a, sqlite3_stmt *q, size_t *n) {
    size_t room = 16;
    int64_t *v = arena_new(a, room, sizeof *v);
    *n = 0;
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        if (*n == room) {
            int64_t *more = arena_new(a, room * 2, sizeof *v);
            memcpy(more, v, room * sizeof *v);
            v = more;
            room *= 2;
        }
        v[(*n)++] = sqlite3_column_int64(q, 0);
    }
    if (q) sqlite3_reset(q);
    return v;
}

/* ---- transactions ----------------------------------------------------------------------------------------------- */
static int exec(store *s, const char *sql, fail *why) {
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : store__fail(s, why);
}

static int exec_depth(store *s, const char *format, fail *why) {
    char sql[64];
    snprintf(sql, sizeof sql, format, s->depth);
    return exec(s, sql, why);
}

int store_begin(store *s, fail *why) {
    if (s->lost) return store__fail(s, why);
    int err = s->depth ? exec_depth(s, "SAVEPOINT s%d", why) : store__run(s, why, "BEGIN IMMEDIATE", "");
    if (!err) s->depth++;
    return err;
}

int store_end(store *s, fail *why) {
    s->depth--;
    if (s->depth) return s->lost ? store__fail(s, why) : exec_depth(s, "RELEASE s%d", why);
    int err = s->lost ? store__fail(s, why) : store__run(s, why, "COMMIT", "");
    if (err && !sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->lost = false;
    if (!err && s->wal_pages >= FOLD_PAGES)
        sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return err;
}

void store_cancel(store *s) {
    s->depth--;
    if (s->depth && !s->lost) {
        exec_depth(s, "ROLLBACK TO s%d", NULL);
        exec_depth(s, "RELEASE s%d", NULL);
    } else if (!s->depth) {
        if (!sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        s->lost = false;
    }
}

/* The log's length after each commit. It is folded in here only when it has become absurd: a note must not wait for it. */
static int on_commit(void *ctx, sqlite3 *db, const char *name, int pages) {
    store *s = ctx;
    s->wal_pages = pages;
    if (pages >= FOLD_PAGES_MOST) sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return SQLITE_OK;
}

/* The write-ahead log was folded in whole: overwrite it, first (and alone) its header, so that a crash in between leaves
 * a log without a beginning, never one with an old beginning that would be played back. */
static int blank_log(store *s) {
    sqlite3_file *log = NULL;
    sqlite3_int64 size = 0;
    char zero[4096] = { 0 };
    if (sqlite3_file_control(s->db, NULL, SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK) return SQLITE_ERROR;
    if (!log || !log->pMethods || log->pMethods->xFileSize(log, &size) != SQLITE_OK || size == 0) return SQLITE_OK;
    int rc = log->pMethods->xWrite(log, zero, 32, 0);
    if (rc == SQLITE_OK) rc = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    for (sqlite3_int64 at = 0; rc == SQLITE_OK && at < size; at += (sqlite3_int64)sizeof zero)
        rc = log->pMethods->xWrite(log, zero, (int)(size - at < (sqlite3_int64)sizeof zero ? size - at
                                                    : (sqlite3_int64)sizeof zero), at);
    return rc == SQLITE_OK ? log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) : rc;
}

int store_scrub(store *s, fail *why) {
    int err = 0;
    if (s->depth) return fail_set(why, ERR_BUSY, "%s: cannot be cleaned while something is being written", s->path);
    if (!err) err = exec(s, "INSERT INTO message_index(message_index) VALUES('optimize')", why);
    if (!err) err = exec(s, "INSERT INTO memory_index(memory_index) VALUES('optimize')", why);
    for (int i = 0; i < s->n_kept; i++) sqlite3_reset(s->kept[i].stmt);
    if (!err) err = exec(s, "VACUUM", why);
    int left = 0, done = 0;
    if (!err && sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_RESTART, &left, &done) != SQLITE_OK)
        err = store__fail(s, why);
    if (!err && left == done && blank_log(s) != SQLITE_OK) err = store__fail(s, why);
    if (!err && sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK)
        err = store__fail(s, why);
    return err;
}

/* ---- opening ------------------------------------------------------------------------------------------------------ */
/* Make or mend the file's mode, and learn its size, before SQLite sees it. */
static int file_ready(const char *path, int64_t *size, fail *why) {
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return errno == ENOSPC || errno == EDQUOT
                   ? fail_set(why, ERR_FULL, "the disk is full: %s could not be made", path)
                   : fail_set(why, ERR_DENIED, "cannot write %s: %s", path, strerror(errno));
    struct stat st;
    int err = 0;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) err = fail_set(why, ERR_DENIED, "%s is not a plain file", path);
    else if (st.st_uid != geteuid()) err = fail_set(why, ERR_DENIED, "%s belongs to another user", path);
    else if ((st.st_mode & 0777) != 0600 && fchmod(fd, 0600) != 0)
        err = fail_set(why, ERR_DENIED, "cannot make %s private: %s", path, strerror(errno));
    *size = st.st_size;
    close(fd);
    return err;
}

static void folder_sync(const char *dir) {
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

static int whole(store *s, fail *why) {
    sqlite3_stmt *q = NULL;
    int err = 0;
    if (sqlite3_prepare_v2(s->db, "PRAGMA quick_check(1)", -1, &q, NULL) != SQLITE_OK || sqlite3_step(q) != SQLITE_ROW)
        err = store__fail(s, why);
    else if (strcmp((const char *)sqlite3_column_text(q, 0), "ok") != 0)
        err = mean(s->path, SQLITE_CORRUPT, (const char *)sqlite3_column_text(q, 0), why);
    sqlite3_finalize(q);
    return err;
}

/* Invariant (1): reads only. *fresh: there is nothing in it yet. */
static int open_checked(store *s, int64_t size, bool *fresh, fail *why) {
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    int err = exec(s, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192;"
                      "SELECT count(*) FROM sqlite_schema;", why);
    if (err) return err;
    int64_t version = store__one(s, -1, "PRAGMA user_version", "");
    int64_t tables = store__one(s, -1, "SELECT count(*) FROM sqlite_schema", "");
    *fresh = version == 0 && tables == 0;
    if (*fresh) return 0;
    if (version > 0 && store__one(s, 0, "PRAGMA application_id", "") != APPLICATION) version = 0;
    if (version <= 0) return fail_set(why, ERR_FORMAT, "%s is not a life of hers; it was left as it is", s->path);
    if (version > VERSION)
        return fail_set(why, ERR_FORMAT, "%s was written by a newer version (its form is %d, this program knows %d): "
                        "use that one; it was left as it is", s->path, (int)version, VERSION);
    return size <= CHECK_BYTES ? whole(s, why) : 0;
}

static int make_ready(store *s, bool fresh, fail *why) {
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, (int *)NULL);
    int err = exec(s, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;",
                   why);
    if (err) return err;
    sqlite3_wal_hook(s->db, on_commit, s);
    if (!fresh) return 0;
    if ((err = store_begin(s, why))) return err;
    char set[96];
    snprintf(set, sizeof set, "PRAGMA application_id=%d; PRAGMA user_version=%d;", APPLICATION, VERSION);
    err = exec(s, schema, why);
    if (!err) err = exec(s, set, why);
    if (err) store_cancel(s);
    return err ? err : store_end(s, why);
}

int store_open(store **out, const char *dir, bool temporary, const char *vfs, fail *why) {
    store *s = mem_new(1, sizeof *s);
    s->lock = -1;
    buf path = { 0 }, lock = { 0 };
    int64_t size = 0;
    int err = 0;
    bool fresh = true;
    if (!temporary) {
        buf_format(&path, "%s/life.db", dir);
        buf_format(&lock, "%s/lock", dir);
        if ((err = file_folder(dir, why))) goto out;
        if ((err = file_lock(lock.p, &s->lock, why))) {
            if (err == ERR_BUSY) fail_set(why, ERR_BUSY, "another program has this life open (%s): close it first", dir);
            goto out;
        }
        if ((err = file_ready(path.p, &size, why))) goto out;
    } else buf_str(&path, ":memory:");
    s->path = mem_text(path.p, path.n);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path.p, &s->db, flags, temporary ? NULL : vfs) != SQLITE_OK) {
        err = s->db ? store__fail(s, why) : fail_set(why, ERR_NOMEM, "not enough memory to open %s", path.p);
        goto out;
    }
    if ((err = open_checked(s, size, &fresh, why))) goto out;
    if ((err = make_ready(s, fresh, why))) goto out;
    if (!temporary) folder_sync(dir);
    *out = s;
out:
    buf_release(&path);
    buf_release(&lock);
    if (err) store_close(s);
    return err;
}

void store_close(store *s) {
    if (!s) return;
    for (int i = 0; i < s->n_kept; i++) sqlite3_finalize(s->kept[i].stmt);
    sqlite3_close(s->db);
    if (s->lock >= 0) close(s->lock);
    free(s->path);
    free(s);
}

/* ---- numbers ------------------------------------------------------------------------------------------------------- */
int64_t store_number(store *s, const char *key, int64_t otherwise) {
    return store__one(s, otherwise, "SELECT value FROM meta WHERE key = ?", "s", key);
}

int store_number_set(store *s, const char *key, int64_t v, fail *why) {
    return store__run(s, why, "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                      "si", key, v);
}
