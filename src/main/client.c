/* SPDX-License-Identifier: Apache-2.0
 * client.c - a connection to the house that survives the house.
 *
 * DESIGN      One way in for everything: the socket, even when the house is inside this very program. To join is to
 *             try the socket, then the lock, then the socket again: while one house closes, both fail for a moment.
 * INVARIANTS  (1) A message stands in `unanswered` from client_say() until its done or error line.
 *             (2) After every change of house, hello goes first and every unanswered message again, in order. */
#include "main/client.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "base/hash.h"
#include "base/mem.h"
#include "serve/serve.h"

enum { JOIN_MS = 15000, RETRY_MS = 20, LEAVE_MS = 3000 };

typedef struct {
    char id[27];
    char *words; size_t n;         /* owned */
} said;

struct client {
    client_options o;              /* strings owned */
    clk *clock;
    serve *house;                  /* when this program is it */
    int fd;
    buf in; size_t at;
    json_t *welcome;
    said *unanswered; size_t n_unanswered;
    bool is_again;                 /* tell the caller so first */
};

static char *copy(const char *s) { return s ? mem_text(s, strlen(s)) : NULL; }

/* ---- sending --------------------------------------------------------------------------------------------------- */
/* All of it, waiting for the house to take it. A failure shows when we read. */
static void send_bytes(client *c, text t) {
    while (t.n && c->fd >= 0) {
        ssize_t n = send(c->fd, t.p, t.n, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return;
        t.p += n;
        t.n -= (size_t)n;
    }
}

void client_send(client *c, json_t *v) {
    buf b = { 0 };
    json_write(v, &b);
    buf_char(&b, '\n');
    json_decref(v);
    send_bytes(c, buf_text(&b));
    buf_release(&b);
}

static void send_said(client *c, const said *s) {
    json_t *v = json_pack("{s:s,s:s}", "t", "say", "id", s->id);
    json_object_set_new(v, "text", json_stringn(s->words, s->n));
    client_send(c, v);
}

void client_say(client *c, text words, char id[static 27]) {
    buf clean = { 0 };
    text_clean(words, &clean);
    c->unanswered = mem_grow(c->unanswered, c->n_unanswered + 1, sizeof *c->unanswered);
    said *s = &c->unanswered[c->n_unanswered++];
    *s = (said){ .words = mem_text(clean.n ? clean.p : "", clean.n), .n = clean.n };
    rand_ulid(clk_now_ms(c->clock), s->id);
    memcpy(id, s->id, sizeof s->id);
    send_said(c, s);
    buf_release(&clean);
}

static void answered(client *c, const char *id) {
    for (size_t i = 0; i < c->n_unanswered; i++) {
        if (strcmp(c->unanswered[i].id, id) != 0) continue;
        free(c->unanswered[i].words);
        memmove(&c->unanswered[i], &c->unanswered[i + 1], (c->n_unanswered - i - 1) * sizeof *c->unanswered);
        c->n_unanswered--;
        return;
    }
}

/* ---- receiving ------------------------------------------------------------------------------------------------- */
/* One whole line that is here already; NULL when there is none. *broken: it was no JSON, which a house never sends. */
static json_t *line_here(client *c) {
    char *start = c->in.p ? c->in.p + c->at : NULL;
    char *nl = start ? memchr(start, '\n', c->in.n - c->at) : NULL;
    if (!nl) {
        if (c->at) {
            memmove(c->in.p, start, c->in.n - c->at);
            c->in.n -= c->at;
            c->at = 0;
        }
        return NULL;
    }
    json_t *v = NULL;
    json_read(&v, (text){ start, (size_t)(nl - start) }, NULL);
    c->at = (size_t)(nl - c->in.p) + 1;
    return v ? v : json_object();
}

/* Wait for bytes. 1: some came, 0: none in time, -1: the house is gone. */
static int more_bytes(client *c, int wait_ms) {
    struct pollfd p = { c->fd, POLLIN, 0 };
    int n = poll(&p, 1, wait_ms);
    if (n == 0 || (n < 0 && errno == EINTR)) return 0;
    char block[65536];
    ssize_t got = recv(c->fd, block, sizeof block, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (got <= 0) return -1;
    buf_add(&c->in, (text){ block, (size_t)got });
    return 1;
}

/* ---- joining ------------------------------------------------------------------------------------------------------ */
static int say_hello(client *c, fail *why) {
    json_t *v = json_pack("{s:s,s:i,s:s,s:b}", "t", "hello", "v", SERVE_VERSION, "person", c->o.person, "private",
                          c->o.private);
    if (!v) return fail_set(why, ERR_USAGE, "that name is not UTF-8");
    if (c->o.passphrase) json_object_set_new(v, "passphrase", json_string(c->o.passphrase));
    client_send(c, v);
    for (;;) {
        json_t *line = line_here(c);
        if (!line && more_bytes(c, JOIN_MS) != 1) return fail_set(why, ERR_IO, "the house did not answer");
        const char *t = json_str(line, "t", "");
        if (strcmp(t, "hello") == 0) {
            json_decref(c->welcome);
            c->welcome = line;
            return 0;
        }
        int err = strcmp(t, "error") == 0 ? serve_err(json_str(line, "code", "io")) : 0;
        if (err) fail_set(why, err, "%s", json_str(line, "text", ""));
        json_decref(line);
        if (err) return err;
    }
}

static int become_house(client *c, fail *why) {
    serve_options o = { .data = c->o.data, .mind = c->o.mind, .locale = c->o.locale, .clock = c->clock,
                        .workers = c->o.workers, .patience_ms = c->o.patience_ms, .context_tokens = c->o.context_tokens };
    return serve_open(&c->house, &o, why);
}

/* Find a way in: somebody's house, or our own. */
static int find_house(client *c, bool first, fail *why) {
    struct timespec pause = { 0, RETRY_MS * 1000000 };
    fail here = { 0 };
    for (int64_t until = clk_steady_us() + JOIN_MS * 1000LL;;) {
        int err = serve_connect(c->o.data, &c->fd, &here);
        if (!err && first && c->o.mind && !c->house) {
            close(c->fd);
            c->fd = -1;
            return fail_set(why, ERR_BUSY, "a house is already running in %.100s and thinks as it was told; choose with "
                            "`samantha mind use`, or end it first", c->o.data);
        }
        if (!err) return 0;
        if (err == ERR_MISSING) err = become_house(c, &here);
        if (!err) continue;
        if (err != ERR_BUSY || clk_steady_us() > until) return fail_set(why, err, "%s", here.text);
        nanosleep(&pause, NULL);
    }
}

static int join(client *c, bool first, fail *why) {
    int err = find_house(c, first, why);
    if (err) return err;
    buf_clear(&c->in);
    c->at = 0;
    return say_hello(c, why);
}

static void leave(client *c) {
    if (c->fd >= 0) close(c->fd);
    c->fd = -1;
}

/* The house is gone: find the next, and say again what is unanswered. A house that goes while we say hello is one more
 * change of house, so try a few times. */
static int rejoin(client *c, fail *why) {
    int err = ERR_IO;
    for (int i = 0; i < 5 && (err == ERR_IO || err == ERR_STOPPED); i++) {
        leave(c);
        err = join(c, false, why);
    }
    if (err) return err;
    for (size_t i = 0; i < c->n_unanswered; i++) send_said(c, &c->unanswered[i]);
    c->is_again = true;
    return 0;
}

int client_open(client **out, const client_options *o, fail *why) {
    client *c = mem_new(1, sizeof *c);
    c->fd = -1;
    c->o = *o;
    c->o.data = copy(o->data);
    c->o.person = copy(o->person);
    c->o.passphrase = copy(o->passphrase);
    c->o.mind = copy(o->mind);
    c->o.locale = copy(o->locale && *o->locale ? o->locale : NULL);
    c->clock = clk_real();
    int err = join(c, true, why);
    for (int i = 0; i < 5 && err == ERR_IO && !c->house; i++) {      /* a house that closed as we came */
        leave(c);
        err = join(c, true, why);
    }
    if (err) client_close(c);
    else *out = c;
    return err;
}

void client_close(client *c) {
    if (!c) return;
    leave(c);
    bool down = serve_close(c->house, LEAVE_MS);
    for (size_t i = 0; i < c->n_unanswered; i++) free(c->unanswered[i].words);
    free(c->unanswered);
    buf_release(&c->in);
    json_decref(c->welcome);
    if (c->o.passphrase) explicit_bzero((char *)c->o.passphrase, strlen(c->o.passphrase));
    free((char *)c->o.passphrase);
    if (!down) return;               /* a turn still runs and uses the rest; the program is about to end */
    free((char *)c->o.data);
    free((char *)c->o.person);
    free((char *)c->o.mind);
    free((char *)c->o.locale);
    clk_free(c->clock);
    free(c);
}

const json_t *client_welcome(const client *c) { return c->welcome; }
bool client_is_house(const client *c) { return c->house != NULL; }
int client_fd(const client *c) { return c->fd; }

json_t *client_next(client *c, int wait_ms, int *err, fail *why) {
    *err = 0;
    for (;;) {
        if (c->is_again) {
            c->is_again = false;
            return json_pack("{s:s,s:s}", "t", "again", "status", json_str(c->welcome, "status", ""));
        }
        json_t *v = line_here(c);
        if (v) {
            const char *t = json_str(v, "t", "");
            if (strcmp(t, "done") == 0 || strcmp(t, "error") == 0) answered(c, json_str(v, "id", ""));
            return v;
        }
        int came = more_bytes(c, wait_ms);
        if (came == 0) return NULL;
        if (came < 0 && (*err = rejoin(c, why)) != 0) return NULL;
    }
}
