/* SPDX-License-Identifier: Apache-2.0
 * raw.h - a client of the channel that knows nothing: bytes out, lines in. For tests. */
#ifndef RAW_H
#define RAW_H
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/json.h"
#include "serve/serve.h"
#include "test.h"

enum { RAW_WAIT_MS = 20000 };
typedef struct { int fd; buf in; size_t at; bool ended; } raw;

static inline raw raw_open(const char *data) {
    raw r = { .fd = -1 };
    fail why = { 0 };
    if (serve_connect(data, &r.fd, &why) != 0) fprintf(stderr, "%s\n", why.text);
    CHECK(r.fd >= 0);
    return r;
}
static inline void raw_close(raw *r) {
    close(r->fd);
    buf_release(&r->in);
}
static inline void raw_bytes(raw *r, const char *p, size_t n) {
    while (n) {
        ssize_t k = send(r->fd, p, n, MSG_NOSIGNAL);
        CHECK(k > 0);
        p += k;
        n -= (size_t)k;
    }
}
static inline void raw_send(raw *r, const char *line) {       /* in one piece: an answer may close the connection */
    buf b = { 0 };
    buf_str(&b, line);
    buf_char(&b, '\n');
    raw_bytes(r, b.p, b.n);
    buf_release(&b);
}
/* The next line as JSON (owned); NULL when the house has closed the connection. Fails the test when nothing comes. */
static inline json_t *raw_next(raw *r) {
    for (;;) {
        char *nl = r->in.n > r->at ? memchr(r->in.p + r->at, '\n', r->in.n - r->at) : NULL;
        if (nl) {
            json_t *v = NULL;
            text line = { r->in.p + r->at, (size_t)(nl - r->in.p) - r->at };
            CHECK(json_read(&v, line, NULL) == 0);
            r->at += line.n + 1;
            return v;
        }
        if (r->ended) return NULL;
        if (r->at) {
            memmove(r->in.p, r->in.p + r->at, r->in.n - r->at);
            r->in.n -= r->at;
            r->at = 0;
        }
        struct pollfd p = { r->fd, POLLIN, 0 };
        int got = poll(&p, 1, RAW_WAIT_MS);
        if (got != 1) fprintf(stderr, "nothing came from the house\n");
        CHECK(got == 1);
        char block[65536];
        ssize_t n = recv(r->fd, block, sizeof block, 0);
        if (n <= 0) r->ended = true;
        else buf_add(&r->in, (text){ block, (size_t)n });
    }
}
/* Skip to the next line of type `t`; its string field `key` must be `value` when key is given. Owned. */
static inline json_t *raw_until(raw *r, const char *t, const char *key, const char *value) {
    for (json_t *v; (v = raw_next(r)); json_decref(v))
        if (strcmp(json_str(v, "t", ""), t) == 0 && (!key || strcmp(json_str(v, key, ""), value) == 0)) return v;
    fprintf(stderr, "the house closed before \"%s\" came\n", t);
    exit(1);
}
static inline void raw_expect(raw *r, const char *t, const char *key, const char *value) {
    json_decref(raw_until(r, t, key, value));
}
static inline raw raw_hello(const char *data, const char *person) {
    raw r = raw_open(data);
    char line[200];
    snprintf(line, sizeof line, "{\"t\":\"hello\",\"v\":1,\"person\":\"%s\"}", person);
    raw_send(&r, line);
    raw_expect(&r, "hello", "person", person);
    return r;
}
/* All words up to the `done` named `id`, in *out. */
static inline void raw_reply(raw *r, const char *id, buf *out) {
    buf_clear(out);
    for (json_t *v; (v = raw_next(r)); json_decref(v)) {
        const char *t = json_str(v, "t", "");
        if (strcmp(t, "words") == 0 && strcmp(json_str(v, "id", ""), id) == 0) buf_str(out, json_str(v, "text", ""));
        if (strcmp(t, "done") == 0 && strcmp(json_str(v, "id", ""), id) == 0) {
            json_decref(v);
            return;
        }
        CHECK(strcmp(t, "error") != 0);
    }
    fprintf(stderr, "the house closed before \"done\" came\n");
    exit(1);
}
#endif
