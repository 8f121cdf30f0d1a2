/* SPDX-License-Identifier: Apache-2.0
 * kill_test.c - a house killed at any instant, with the real turn behind it: what was acknowledged is there, once; what
 * was not is said again by its client, and is there once too. */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include "base/hash.h"
#include "base/text.h"
#include "raw.h"

enum { ROUNDS = 8, EACH = 4, ALL = ROUNDS * EACH };
static char data[160];
static bool acked[ALL];
static uint64_t dice = 20260504;

static pid_t house_start(void) {
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid > 0) return pid;
    clk *now = clk_real();
    serve *s;
    fail why = { 0 };
    if (serve_open(&s, &(serve_options){ .data = data, .clock = now, .workers = 2 }, &why) != 0) {
        fprintf(stderr, "%s\n", why.text);
        _exit(3);
    }
    for (;;) pause();
}

static raw enter(void) {
    struct timespec ms = { 0, 2000000 };
    int fd;
    for (int i = 0; serve_connect(data, &fd, NULL) != 0; i++) {
        CHECK(i < 10000);
        nanosleep(&ms, NULL);
    }
    raw r = { .fd = fd };
    raw_send(&r, "{\"t\":\"hello\",\"v\":1,\"person\":\"theodore\"}");
    raw_expect(&r, "hello", "person", "theodore");
    return r;
}

static void say(raw *r, int n) {
    char line[160];
    snprintf(line, sizeof line, "{\"t\":\"say\",\"id\":\"k%d\",\"text\":\"entry number %d of the ledger\"}\n", n, n);
    send(r->fd, line, strlen(line), MSG_NOSIGNAL);              /* the house may be dead already */
}

static int count(void) {
    int n = 0;
    for (int i = 0; i < ALL; i++) n += acked[i];
    return n;
}

/* Take what comes until it has been quiet for `ms`, the house is gone, or `enough` messages are acknowledged. */
static void listen_for(raw *r, int ms, int enough) {
    while (count() < enough) {
        struct pollfd p = { r->fd, POLLIN, 0 };
        bool here = r->in.n > r->at && memchr(r->in.p + r->at, '\n', r->in.n - r->at);
        if (!here && poll(&p, 1, ms) != 1) return;
        json_t *v = raw_next(r);
        if (!v) return;
        const char *id = json_str(v, "id", "");
        if (strcmp(json_str(v, "t", ""), "ack") == 0 && id[0] == 'k') acked[atoi(id + 1)] = true;
        json_decref(v);
    }
}

static void what_was_acknowledged_survives_any_kill(void) {
    for (int round = 0; round < ROUNDS; round++) {
        pid_t pid = house_start();
        raw r = enter();
        int again = 0;
        for (int n = 0; n < round * EACH && again < 12; n++)
            if (!acked[n]) say(&r, n), again++;                 /* the client's duty */
        for (int n = round * EACH; n < (round + 1) * EACH; n++) say(&r, n);
        listen_for(&r, 5000, count() + (int)(rand_next(&dice) % (EACH + 1)));
        struct timespec wait = { 0, (long)(rand_next(&dice) % 12000) * 1000L };
        nanosleep(&wait, NULL);                                 /* anywhere in the next turn */
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        listen_for(&r, 0, ALL);                                    /* what had been sent before the kill counts */
        raw_close(&r);
    }
    int n_acked = count();
    pid_t pid = house_start();
    raw r = enter();
    int left[ALL], n_left = 0;
    for (int n = 0; n < ALL; n++)
        if (!acked[n]) left[n_left++] = n;
    for (int i = 0; i < n_left; i += 16) {
        for (int k = i; k < i + 16 && k < n_left; k++) say(&r, left[k]);
        for (int k = i; k < i + 16 && k < n_left; k++) {
            char id[16];
            snprintf(id, sizeof id, "k%d", left[k]);
            raw_expect(&r, "ack", "id", id);
        }
    }
    raw_send(&r, "{\"t\":\"command\",\"id\":\"h\",\"argv\":[\"history\",\"ledger\"]}");
    int seen[ALL] = { 0 };
    for (json_t *v; (v = raw_next(&r)); json_decref(v)) {
        const json_t *row = json_object_get(v, "json");
        int n;
        if (strcmp(json_str(row, "speaker", ""), "person") == 0 && sscanf(json_str(row, "text", ""), "entry number %d", &n) == 1) seen[n]++;
        if (strcmp(json_str(v, "t", ""), "done") == 0 && strcmp(json_str(v, "id", ""), "h") == 0) {
            json_decref(v);
            break;
        }
    }
    for (int n = 0; n < ALL; n++) {
        if (seen[n] != 1) fprintf(stderr, "entry %d, %s, is there %d times\n", n, acked[n] ? "acknowledged" : "resent", seen[n]);
        CHECK(seen[n] == 1);
    }
    raw_close(&r);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    printf("# %d kills: %d messages acknowledged before one, %d resent after; all there once\n", ROUNDS, n_acked, ALL - n_acked);
}

int main(void) {
    const char *tmp = getenv("TMPDIR");
    snprintf(data, sizeof data, "%s/kill-%ld", tmp ? tmp : "/tmp", (long)getpid());
    what_was_acknowledged_survives_any_kill();
    char rm[220];
    snprintf(rm, sizeof rm, "rm -rf '%s'", data);
    return system(rm) != 0;
}
