/* SPDX-License-Identifier: Apache-2.0
 * store_test.c - a life that cannot be opened says why and is left as it is; a disk that fills up loses nothing. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/file.h"
#include "cutvfs.c"
#include "remember/life.h"
#include "remember/store_sql.h"
#include "test.h"

static char dir[200], db[256];
static clk *now;
static fail why;

static int open_life(remember **out, const char *disk) {
    remember_options o = { .clock = now, .vfs = disk };
    why = (fail){ 0 };
    *out = NULL;
    return remember_open(out, dir, &o, &why);
}

static void clean(void) {
    char cmd[600];
    snprintf(cmd, sizeof cmd, "chmod -R u+rwx '%s' 2>/dev/null; rm -rf '%s'", dir, dir);
    CHECK(system(cmd) == 0);
}

static void make_life(int n) {
    remember *r;
    clean();
    CHECK(open_life(&r, NULL) == 0);
    CHECK(remember_begin(r, NULL) == 0);
    for (int i = 0; i < n; i++) {
        char line[80];
        snprintf(line, sizeof line, "message %d about the garden and the rain", i);
        CHECK(remember_said(r, 0, text_of(line), false, NULL, NULL) == 0);
    }
    CHECK(remember_end(r, NULL) == 0);
    arena once = { 0 };
    CHECK(remember_learn(r, &once, n, NULL, NULL) == 0);
    arena_release(&once);
    remember_close(r);
}

static buf whole(void) {
    buf b = { 0 };
    CHECK(file_read(db, 64 << 20, &b, NULL) == 0);
    return b;
}

/* Opening fails with `err`, the sentence holds `word`, and not a byte of the life has changed. */
static void refused(int err, const char *part) {
    remember *r;
    buf before = whole();
    int got = open_life(&r, NULL);
    buf after = whole();
    if (got != err || !strstr(why.text, part)) fprintf(stderr, "got %d: %s\n", got, why.text);
    CHECK(got == err && strstr(why.text, part));
    CHECK(text_eq(buf_text(&before), buf_text(&after)));
    buf_release(&before);
    buf_release(&after);
}

static void spoil(long at, const char *bytes, size_t n) {
    int fd = open(db, O_RDWR);
    CHECK(fd >= 0 && pwrite(fd, bytes, n, at) == (ssize_t)n);
    close(fd);
}

static void a_damaged_life_is_refused_and_never_touched(void) {
    char junk[3000];
    memset(junk, 0x5a, sizeof junk);
    make_life(200);
    spoil(0, junk, sizeof junk);
    refused(ERR_FORMAT, "damaged");
    make_life(200);
    for (long page = 2; page < 12; page++) spoil(4096 * page, junk, 200);
    refused(ERR_FORMAT, "damaged");
    make_life(200);
    CHECK(truncate(db, 4096 * 4 + 17) == 0);
    refused(ERR_FORMAT, "damaged");
}

static void set_pragma(const char *sql) {
    sqlite3 *raw = NULL;
    CHECK(sqlite3_open(db, &raw) == SQLITE_OK && sqlite3_exec(raw, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(raw);
}

static void a_newer_life_is_refused_and_never_touched(void) {
    make_life(3);
    set_pragma("PRAGMA user_version=99");
    refused(ERR_FORMAT, "newer");
    set_pragma("PRAGMA user_version=1; PRAGMA application_id=7");
    refused(ERR_FORMAT, "not a life");
}

static void two_programs_cannot_have_one_life(void) {
    remember *one, *two;
    make_life(1);
    CHECK(open_life(&one, NULL) == 0);
    CHECK(open_life(&two, NULL) == ERR_BUSY && strstr(why.text, "another program") && !two);
    CHECK(remember_note(one, TEXT("still mine"), "", NULL, NULL, NULL) == 0);
    remember_close(one);
    CHECK(open_life(&two, NULL) == 0);
    CHECK(remember_message_count(two) == 2);
    remember_close(two);
}

/* In a child that is nobody (or just without leave), so that root can run this as well. */
static void a_folder_without_leave_is_refused(void) {
    make_life(1);
    CHECK(chmod(db, 0400) == 0 && chmod(dir, 0500) == 0);
    if (geteuid() == 0) CHECK(chown(dir, 65534, 65534) == 0 && chown(db, 65534, 65534) == 0);
    pid_t child = fork();
    if (child == 0) {
        remember *r;
        if (geteuid() == 0 && setuid(65534) != 0) _exit(3);
        int err = open_life(&r, NULL);
        _exit(err == ERR_DENIED && why.text[0] ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    if (geteuid() == 0) {                                    /* and one that belongs to somebody else */
        remember *r;
        CHECK(chmod(dir, 0700) == 0);
        CHECK(open_life(&r, NULL) == ERR_DENIED && strstr(why.text, "another user"));
        CHECK(chown(dir, 0, 0) == 0 && chmod(db, 0600) == 0);
        CHECK(open_life(&r, NULL) == ERR_DENIED && strstr(why.text, "another user"));
        CHECK(chown(db, 0, 0) == 0);
    }
    CHECK(chmod(dir, 0700) == 0 && chmod(db, 0600) == 0);
}

static void a_full_disk_is_said_and_loses_nothing(void) {
    remember *r;
    clean();
    cutvfs_register(7, 0);
    CHECK(open_life(&r, "cut") == 0);
    CHECK(remember_note(r, TEXT("kept before"), "", NULL, NULL, NULL) == 0);
    cutvfs_room(30000);
    int err = 0, noted = 1;
    char big[3000];
    memset(big, 'w', sizeof big);
    for (int i = 0; i < 40 && !err; i++) {
        err = remember_note(r, (text){ big, sizeof big }, "", NULL, NULL, &why);
        noted += err == 0;
    }
    CHECK(err == ERR_FULL && strstr(why.text, "full") && noted > 1);
    CHECK(remember_message_count(r) == noted);
    CHECK(remember_begin(r, NULL) != 0 || remember_said(r, 1, (text){ big, sizeof big }, false, NULL, NULL) != 0 || remember_end(r, NULL) != 0);
    cutvfs_room(0);
    CHECK(remember_note(r, TEXT("room again"), "", NULL, NULL, NULL) == 0);
    remember_close(r);
    CHECK(open_life(&r, NULL) == 0);
    CHECK(remember_message_count(r) >= noted + 1);
    remember_close(r);
}

/* ---- memory runs out in SQLite ------------------------------------------------------------------------------------- */
static sqlite3_mem_methods real_mem;
static long fail_in;
static void *short_malloc(int n) { return fail_in > 0 && --fail_in == 0 ? NULL : real_mem.xMalloc(n); }
static void *short_realloc(void *p, int n) { return fail_in > 0 && --fail_in == 0 ? NULL : real_mem.xRealloc(p, n); }

static void opening_survives_every_failed_allocation(void) {
    static const long steps[] = { 1, 7, 53 };
    make_life(5);
    int failed = 0, opened = 0;
    long n = 1;
    for (int i = 0; i < 400 && opened < 3; i++) {
        remember *r;
        fail_in = n;
        int err = open_life(&r, NULL);
        bool hit = fail_in == 0;
        fail_in = 0;
        if (err) {
            failed++;
            CHECK(why.text[0] && !r && hit);
        } else {
            opened += !hit;
            CHECK(remember_message_count(r) == 5);
            remember_close(r);
        }
        n += steps[n > 600 ? 2 : n > 60 ? 1 : 0];
    }
    CHECK(failed > 20 && opened > 0);
}

int main(void) {
    const char *tmp = getenv("TMP");
    snprintf(dir, sizeof dir, "%s/store-%d", tmp ? tmp : "/tmp", (int)getpid());
    snprintf(db, sizeof db, "%s/life.db", dir);
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_mem);
    sqlite3_mem_methods scarce = real_mem;
    scarce.xMalloc = short_malloc;
    scarce.xRealloc = short_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &scarce);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    now = clk_simulated(1795435200000);
    a_damaged_life_is_refused_and_never_touched();
    a_newer_life_is_refused_and_never_touched();
    two_programs_cannot_have_one_life();
    a_folder_without_leave_is_refused();
    a_full_disk_is_said_and_loses_nothing();
    opening_survives_every_failed_allocation();
    clean();
    clk_free(now);
    return 0;
}
