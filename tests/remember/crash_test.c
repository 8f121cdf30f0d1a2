/* SPDX-License-Identifier: Apache-2.0
 * crash_test.c - kill -9 at any instant: everything acknowledged is there, and the life opens clean.
 *
 * DESIGN  A child opens the life and notes, says and learns without pause, writing each message's number to a pipe once it
 *         was acknowledged. The parent kills it at a random instant, opens the life again and compares. Three ways: plainly;
 *         on a disk that loses whatever was not synced (cutvfs); and on that disk with syncing switched off, where the
 *         comparison must fail, or it proves nothing. CRASH_RUNS sets the runs of each (default 6; 200 is the promise). */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "cutvfs.c"
#include "remember/life.h"
#include "remember/store_sql.h"
#include "test.h"

typedef enum { PLAIN, CUT, CUT_UNSYNCED } way;
static char dir[256];
static clk *now;

static void say(char out[static 200], int64_t id, uint64_t salt) {
    static const char *const forms[] = { "message %lld: my friend ada%llu moved to oslo in may", "message %lld, and i hate coriander %llu",
        "%lld rain again, the gutters sing %llu times", "i promised dad i'd fix gate %lld by %llu" };
    snprintf(out, 200, forms[salt % 4], (long long)id, (unsigned long long)(salt >> 8) % 1000);
}

/* In the child, until it is killed: each line is one acknowledged id with the salt of its words. */
static void talk_for_ever(way how, int fd, uint64_t seed) {
    cutvfs_register(seed, 0);
    remember *r = NULL;
    remember_options o = { .clock = now, .vfs = how == PLAIN ? NULL : "cut" };
    if (remember_open(&r, dir, &o, NULL)) _exit(9);
    if (how == CUT_UNSYNCED) sqlite3_exec(r->st->db, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
    arena a = { 0 };
    for (;;) {
        uint64_t salt = draw();
        char words_now[200], line[64];
        int64_t next = remember_message_count(r) + 1, id = 0;
        say(words_now, next, salt);
        if (remember_note(r, text_of(words_now), "", &id, NULL, NULL) || id != next) _exit(8);
        int n = snprintf(line, sizeof line, "%lld %llu\n", (long long)id, (unsigned long long)salt);
        if (write(fd, line, (size_t)n) != n) _exit(7);
        if (salt % 3 == 0) {
            remember_begin(r, NULL);
            remember_said(r, id, TEXT("Oslo in May. Cold hands."), false, NULL, NULL);
            remember_learn(r, &a, id, NULL, NULL);
            remember_line_said(r, &salt, 1);
            remember_end(r, NULL);
        }
        arena_reset(&a);
    }
}

typedef struct { int64_t id; uint64_t salt; } ack;

/* How many of the acknowledged are not there as they were said. */
static int lost(const ack *acked, size_t n) {
    remember *r = NULL;
    fail why = { 0 };
    remember_options o = { .clock = now };
    int err = remember_open(&r, dir, &o, &why), gone = 0;
    if (err) {
        printf("# %s\n", why.text);
        return (int)n + 1;
    }
    sqlite3_stmt *q = NULL;
    CHECK(sqlite3_prepare_v2(r->st->db, "PRAGMA integrity_check", -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW);
    if (strcmp((const char *)sqlite3_column_text(q, 0), "ok") != 0) gone++;
    sqlite3_finalize(q);
    arena a = { 0 };
    for (size_t i = 0; i < n; i++) {
        message m;
        char words_then[200];
        say(words_then, acked[i].id, acked[i].salt);
        if (!remember_message(r, &a, acked[i].id, &m) || !(text_is(m.words, words_then) || m.redacted)) gone++;
    }
    size_t n_list;
    for (int i = 0; i < 2; i++)
        gone += sqlite3_exec(r->st->db, i ? "INSERT INTO memory_index(memory_index) VALUES('integrity-check')"
                                          : "INSERT INTO message_index(message_index) VALUES('integrity-check')", NULL, NULL, NULL) != SQLITE_OK;
    remember_list(r, &a, "", &n_list);
    arena_release(&a);
    remember_close(r);
    return gone;
}

static void clean(void) {
    char cmd[400];
    snprintf(cmd, sizeof cmd, "rm -rf '%s'", dir);
    CHECK(system(cmd) == 0);
}

/* One child, killed a moment after it acknowledged some messages (or while it opens); what it acknowledged is appended. */
static size_t run_and_kill(way how, uint64_t seed, ack *acked, size_t n, size_t most) {
    int fd[2];
    CHECK(pipe(fd) == 0);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        close(fd[0]);
        talk_for_ever(how, fd[1], seed);
    }
    close(fd[1]);
    state = seed ^ 0x5bd1e995;
    size_t wanted = how == CUT_UNSYNCED ? 4 + draw() % 6 : draw() % 9, from = n;
    bool killed = false;
    FILE *f = fdopen(fd[0], "r");
    char line[64];
    for (;;) {
        if (!killed && n - from >= wanted) {
            nanosleep(&(struct timespec){ 0, (long)(draw() % (wanted ? 9000000u : 30000000u)) }, NULL);
            kill(child, SIGKILL);
            killed = true;
        }
        unsigned long long salt;
        long long id;
        if (!fgets(line, sizeof line, f)) break;
        if (!strchr(line, '\n') || sscanf(line, "%lld %llu", &id, &salt) != 2 || n == most) break;
        acked[n++] = (ack){ id, salt };
    }
    fclose(f);
    int status;
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    return n;
}

/* `runs` kills; a life lives through ten of them. The number of runs after which something was lost. */
static int kills(way how, int runs, uint64_t seed, size_t *n_acked) {
    enum { MOST = 100000 };
    ack *acked = calloc(MOST, sizeof *acked);
    int bad = 0;
    size_t n = 0;
    *n_acked = 0;
    for (int i = 0; i < runs; i++) {
        if (i % 10 == 0) clean(), n = 0;
        size_t was = n;
        n = run_and_kill(how, seed + (uint64_t)i * 977, acked, n, MOST);
        *n_acked += n - was;
        if (lost(acked, n)) {
            bad++;
            clean();
            n = 0;
        }
    }
    clean();
    free(acked);
    return bad;
}

int main(void) {
    const char *env = getenv("CRASH_RUNS"), *tmp = getenv("TMP");
    int runs = env ? atoi(env) : 6;
    size_t n;
    snprintf(dir, sizeof dir, "%s/crash-%d", tmp ? tmp : "/tmp", (int)getpid());
    now = clk_simulated(1795435200000);
    uint64_t seed = (uint64_t)time(NULL);
    int bad = kills(PLAIN, runs, seed, &n);
    printf("# %d kills, plain: %zu messages acknowledged, %d times anything lost\n", runs, n, bad);
    CHECK(bad == 0);
    bad = kills(CUT, runs, seed + 1, &n);
    printf("# %d kills, losing what was not synced: %zu messages acknowledged, %d times anything lost\n", runs, n, bad);
    CHECK(bad == 0);
    int fewer = runs < 8 ? 4 : 10;
    bad = kills(CUT_UNSYNCED, fewer, seed + 2, &n);
    printf("# %d kills with syncing switched off: %zu acknowledged, %d times lost (as it must)\n", fewer, n, bad);
    CHECK(bad == fewer);
    clk_free(now);
    return 0;
}
