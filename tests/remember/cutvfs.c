/* SPDX-License-Identifier: Apache-2.0
 * cutvfs.c - see cutvfs.h.
 *
 * DESIGN  Each open file keeps a list of writes and cuts that have not been synced. Reading lays them over the real file, so
 *         that SQLite sees what it wrote; xSync applies them to the real file (shuffled where they do not overlap, which
 *         keeps the end state) and syncs it. SIGKILL takes the list with it. Version 1 of the I/O methods: no shared
 *         memory, as the life's exclusive lock needs none. */
#include "remember/cutvfs.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

typedef struct patch { struct patch *next; sqlite3_int64 at; int n; int cut; unsigned char bytes[]; } patch;   /* cut: a truncation to `at` */
typedef struct { sqlite3_file base; sqlite3_file *real; patch *first, **last; sqlite3_int64 size; } cut_file;

static sqlite3_vfs vfs;
static uint64_t state;
static int64_t left = -1;

static uint64_t draw(void) {
    state += 0x9E3779B97F4A7C15u;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static sqlite3_vfs *under(void) { return vfs.pAppData; }

static int add(cut_file *f, sqlite3_int64 at, const void *bytes, int n, int cut) {
    patch *p = malloc(sizeof *p + (size_t)n);
    if (!p) return SQLITE_IOERR_NOMEM;
    *p = (patch){ NULL, at, n, cut };
    if (n) memcpy(p->bytes, bytes, (size_t)n);
    *f->last = p;
    f->last = &p->next;
    return SQLITE_OK;
}

static void drop_all(cut_file *f) {
    for (patch *p = f->first, *next; p; p = next) {
        next = p->next;
        free(p);
    }
    f->first = NULL;
    f->last = &f->first;
}

static int overlap(const patch *a, const patch *b) {
    if (a->cut || b->cut) return 1;
    return a->at < b->at + b->n && b->at < a->at + a->n;
}

static int put(cut_file *f, const patch *p) {
    return p->cut ? f->real->pMethods->xTruncate(f->real, p->at) : f->real->pMethods->xWrite(f->real, p->bytes, p->n, p->at);
}

/* Take any patch that no earlier one overlaps. */
static patch *take(cut_file *f) {
    patch **best = &f->first;
    int seen = 0, tries = 0;
    for (patch **p = &f->first; *p && tries < 24; p = &(*p)->next, tries++) {
        int free_to_go = 1;
        for (patch *q = f->first; q != *p && free_to_go; q = q->next) free_to_go = !overlap(q, *p);
        if (free_to_go && draw() % (uint64_t)++seen == 0) best = p;
    }
    patch *p = *best;
    *best = p->next;
    if (!*best) {
        f->last = &f->first;
        while (*f->last) f->last = &(*f->last)->next;
    }
    return p;
}

static int cut_close(sqlite3_file *file) {
    cut_file *f = (cut_file *)file;
    drop_all(f);
    int rc = f->real->pMethods ? f->real->pMethods->xClose(f->real) : SQLITE_OK;
    sqlite3_free(f->real);
    return rc;
}

static int cut_read(sqlite3_file *file, void *out, int n, sqlite3_int64 at) {
    cut_file *f = (cut_file *)file;
    int rc = f->real->pMethods->xRead(f->real, out, n, at);
    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ) return rc;
    for (patch *p = f->first; p; p = p->next) {
        sqlite3_int64 from = p->at > at ? p->at : at, to = p->at + p->n < at + n ? p->at + p->n : at + n;
        if (p->cut && p->at < at + n) memset((char *)out + (p->at > at ? p->at - at : 0), 0, (size_t)(at + n - (p->at > at ? p->at : at)));
        else if (!p->cut && from < to) memcpy((char *)out + (from - at), p->bytes + (from - p->at), (size_t)(to - from));
    }
    return at + n <= f->size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int cut_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at) {
    cut_file *f = (cut_file *)file;
    sqlite3_int64 more = at + n > f->size ? at + n - f->size : 0;
    if (left >= 0 && more > left) return SQLITE_FULL;
    if (left >= 0) left -= more;
    f->size += more;
    return add(f, at, bytes, n, 0);
}

static int cut_truncate(sqlite3_file *file, sqlite3_int64 size) {
    cut_file *f = (cut_file *)file;
    if (size < f->size) f->size = size;
    return add(f, size, NULL, 0, 1);
}

static int cut_sync(sqlite3_file *file, int flags) {
    cut_file *f = (cut_file *)file;
    while (f->first) {
        patch *p = take(f);
        int rc = put(f, p);
        free(p);
        if (rc != SQLITE_OK) return rc;
    }
    return f->real->pMethods->xSync(f->real, flags);
}

static int cut_size(sqlite3_file *file, sqlite3_int64 *out) { return *out = ((cut_file *)file)->size, SQLITE_OK; }
static int cut_lock(sqlite3_file *f, int how) { return ((cut_file *)f)->real->pMethods->xLock(((cut_file *)f)->real, how); }
static int cut_unlock(sqlite3_file *f, int how) { return ((cut_file *)f)->real->pMethods->xUnlock(((cut_file *)f)->real, how); }
static int cut_reserved(sqlite3_file *f, int *out) {
    return ((cut_file *)f)->real->pMethods->xCheckReservedLock(((cut_file *)f)->real, out);
}
static int cut_control(sqlite3_file *f, int op, void *arg) {
    if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_OK;
    return ((cut_file *)f)->real->pMethods->xFileControl(((cut_file *)f)->real, op, arg);
}
static int cut_sector(sqlite3_file *f) { return ((cut_file *)f)->real->pMethods->xSectorSize(((cut_file *)f)->real); }
static int cut_traits(sqlite3_file *f) { (void)f; return 0; }   /* a write may be torn, and overtake another */

static const sqlite3_io_methods methods = { .iVersion = 1, .xClose = cut_close, .xRead = cut_read, .xWrite = cut_write,
    .xTruncate = cut_truncate, .xSync = cut_sync, .xFileSize = cut_size, .xLock = cut_lock, .xUnlock = cut_unlock,
    .xCheckReservedLock = cut_reserved, .xFileControl = cut_control, .xSectorSize = cut_sector, .xDeviceCharacteristics = cut_traits };

static int cut_open(sqlite3_vfs *v, const char *name, sqlite3_file *file, int flags, int *out) {
    cut_file *f = (cut_file *)file;
    (void)v;
    memset(f, 0, sizeof *f);
    f->last = &f->first;
    f->real = sqlite3_malloc(under()->szOsFile);
    if (!f->real) return SQLITE_NOMEM;
    memset(f->real, 0, (size_t)under()->szOsFile);
    int rc = under()->xOpen(under(), name, f->real, flags, out);
    if (rc != SQLITE_OK) {
        sqlite3_free(f->real);
        return rc;
    }
    f->base.pMethods = &methods;
    return f->real->pMethods->xFileSize(f->real, &f->size);
}

static int cut_delete(sqlite3_vfs *v, const char *name, int sync) { (void)v; return under()->xDelete(under(), name, sync); }
static int cut_access(sqlite3_vfs *v, const char *name, int flags, int *out) {
    (void)v;
    return under()->xAccess(under(), name, flags, out);
}
static int cut_path(sqlite3_vfs *v, const char *name, int n, char *out) { (void)v; return under()->xFullPathname(under(), name, n, out); }
static int cut_random(sqlite3_vfs *v, int n, char *out) { (void)v; return under()->xRandomness(under(), n, out); }
static int cut_sleep(sqlite3_vfs *v, int us) { (void)v; return under()->xSleep(under(), us); }
static int cut_time(sqlite3_vfs *v, double *out) { (void)v; return under()->xCurrentTime(under(), out); }
static int cut_error(sqlite3_vfs *v, int n, char *out) { (void)v; return under()->xGetLastError(under(), n, out); }

void cutvfs_register(uint64_t seed, int64_t room) {
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    state = seed;
    left = room > 0 ? room : -1;
    if (vfs.zName) return;
    vfs = (sqlite3_vfs){ .iVersion = 1, .szOsFile = sizeof(cut_file), .mxPathname = real->mxPathname, .zName = "cut", .pAppData = real,
        .xOpen = cut_open, .xDelete = cut_delete, .xAccess = cut_access, .xFullPathname = cut_path, .xRandomness = cut_random,
        .xSleep = cut_sleep, .xCurrentTime = cut_time, .xGetLastError = cut_error };
    sqlite3_vfs_register(&vfs, 0);
}

void cutvfs_room(int64_t room) { left = room > 0 ? room : -1; }
