/* SPDX-License-Identifier: Apache-2.0
 * store_sql.h - how the store's own files speak to SQLite. Private to store*.c (tests may look). */
#ifndef REMEMBER_STORE_SQL_H
#define REMEMBER_STORE_SQL_H
#include <sqlite3.h>
#include "remember/store.h"

enum { STORE_STATEMENTS = 96 };

struct store {
    sqlite3 *db;
    struct { const char *sql; sqlite3_stmt *stmt; } kept[STORE_STATEMENTS];   /* prepared once; found by the literal's address */
    int n_kept;
    int depth;              /* transactions begun and not ended */
    bool lost;              /* SQLite gave the transaction up (disk full): writes fail until the outermost end */
    int wal_pages;          /* pages waiting in the write-ahead log */
    int lock;               /* descriptor of the lock file, or -1 */
    char *path;             /* for sentences; owned */
};

/* A statement, reset and bound: types is one letter an argument, i int64_t, d double, s const char *, t text.
 * NULL when SQLite refuses it (its message waits in the connection). Borrowed until the next use of the same literal. */
sqlite3_stmt *store__ready(store *s, const char *sql, const char *types, ...);
/* The same, run to its end. */
int store__run(store *s, fail *why, const char *sql, const char *types, ...);
/* The first column of the first row, or `otherwise`. */
int64_t store__one(store *s, int64_t otherwise, const char *sql, const char *types, ...);
/* What SQLite's last word means to us. */
int store__fail(store *s, fail *why);
/* Column `c` as a string in the arena, never NULL. */
char *store__str(arena *a, sqlite3_stmt *q, int c);
/* All rows of a one-column query of numbers. */
int64_t *store__numbers(arena *a, sqlite3_stmt *q, size_t *n);

#endif
