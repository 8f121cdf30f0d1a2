/* SPDX-License-Identifier: Apache-2.0
 * conn.c - one client of the house: lines in, lines out, neither without bounds.
 *
 * DESIGN      Bytes are collected to whole lines and handed to life.c. What cannot be written at once waits in
 *             `pending`; a client that lets it grow past OUT_MAX or takes nothing for STALL_S is cut, which costs
 *             nobody else anything. Rows of a long command are counted by a lane instead, so their worker waits.
 * STATES      NEW -> WAITS (hello read; reading pauses) -> IN (let in) -> ENDING (conn_end) -> freed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/log.h"
#include "base/mem.h"
#include "serve/hub.h"

/* ---- lanes -------------------------------------------------------------------------------------------------- */
static lane *lane_new(void) {
    lane *l = mem_new(1, sizeof *l);
    atomic_init(&l->held, 1);
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->moved, NULL);
    return l;
}

lane *lane_hold(lane *l) {
    atomic_fetch_add(&l->held, 1);
    return l;
}

void lane_drop(lane *l) {
    if (!l || atomic_fetch_sub(&l->held, 1) > 1) return;
    pthread_cond_destroy(&l->moved);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

bool lane_wait(lane *l, size_t more) {
    pthread_mutex_lock(&l->lock);
    while (l->ahead > ROWS_AHEAD && !l->dead) pthread_cond_wait(&l->moved, &l->lock);
    bool alive = !l->dead;
    if (alive) l->ahead += more;
    pthread_mutex_unlock(&l->lock);
    return alive;
}

void lane_moved(lane *l, size_t n, bool dead) {
    pthread_mutex_lock(&l->lock);
    l->ahead -= n < l->ahead ? n : l->ahead;
    l->dead |= dead;
    pthread_cond_broadcast(&l->moved);
    pthread_mutex_unlock(&l->lock);
}

/* ---- coming and going --------------------------------------------------------------------------------------------- */
conn *conn_find(hub *h, uint64_t number) {
    if (!number) return NULL;
    conn *c = h->by_number[number % CONN_BUCKETS];
    while (c && c->number != number) c = c->next;
    return c;
}

void conn_free(conn *c) {
    hub *h = c->hub;
    if (c->life) life_leave(c);
    conn **p = &h->by_number[c->number % CONN_BUCKETS];
    while (*p != c) p = &(*p)->next;
    *p = c->next;
    h->n_conn--;
    ev_io_stop(h->loop, &c->in);
    ev_io_stop(h->loop, &c->out);
    ev_timer_stop(h->loop, &c->stall);
    close(c->fd);
    lane_moved(c->rows, 0, true);
    lane_drop(c->rows);
    buf_release(&c->line);
    buf_release(&c->pending);
    free(c);
    if (h->ending && h->n_conn == 0) ev_break(h->loop, EVBREAK_ALL);
    if (!atomic_load(&h->is_closing) && !ev_is_active(&h->door)) ev_io_start(h->loop, &h->door);
}

/* Write what the socket takes. False when the client is gone (and freed). */
static bool flush(conn *c) {
    while (c->sent < c->pending.n) {
        ssize_t n = send(c->fd, c->pending.p + c->sent, c->pending.n - c->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            ev_io_start(c->hub->loop, &c->out);
            if (!ev_is_active(&c->stall)) ev_timer_again(c->hub->loop, &c->stall);
            return true;
        }
        if (n <= 0) {
            conn_free(c);
            return false;
        }
        c->sent += (size_t)n;
        ev_timer_again(c->hub->loop, &c->stall);
    }
    buf_clear(&c->pending);
    c->sent = 0;
    ev_io_stop(c->hub->loop, &c->out);
    ev_timer_stop(c->hub->loop, &c->stall);
    if (c->row_bytes) lane_moved(c->rows, c->row_bytes, false);
    c->row_bytes = 0;
    if (c->state == CONN_ENDING) {
        conn_free(c);
        return false;
    }
    return true;
}

static void on_writable(struct ev_loop *loop, ev_io *w, int events) {
    (void)loop;
    (void)events;
    flush(w->data);
}

static void on_stall(struct ev_loop *loop, ev_timer *w, int events) {
    (void)loop;
    (void)events;
    log_line(LOG_INFO, "a client took nothing any more and was cut");
    conn_free(w->data);
}

/* Queue `line`; the loop writes it when it next comes round (so nobody frees `c` under the caller). */
void conn_send(conn *c, text line) {
    if (c->state == CONN_ENDING) return;
    if (c->pending.n - c->sent + line.n > OUT_MAX) {
        conn_end(c);
        buf_clear(&c->pending);          /* it would not have read the goodbye either */
        c->sent = 0;
        return;
    }
    buf_add(&c->pending, line);
    ev_io_start(c->hub->loop, &c->out);
}

void conn_send_json(conn *c, json_t *v) {
    buf b = { 0 };
    chan_line(&b, v);
    conn_send(c, buf_text(&b));
    buf_release(&b);
}

void conn_error(conn *c, const char *id, int err, const char *story) {
    json_t *v = chan_new("error", id);
    json_object_set_new(v, "code", json_string(serve_code(err)));
    json_object_set_new(v, "text", chan_text(text_of(story)));
    conn_send_json(c, v);
}

void conn_end(conn *c) {
    if (c->life) life_leave(c);
    c->state = CONN_ENDING;
    ev_io_stop(c->hub->loop, &c->in);
    ev_io_start(c->hub->loop, &c->out);
}

/* ---- lines in ------------------------------------------------------------------------------------------------------ */
static void on_line(conn *c, text line) {
    if (line.n && line.p[line.n - 1] == '\r') line.n--;
    if (!line.n) return;
    chan_message m;
    fail why = { 0 };
    int err = chan_read(&m, line, &why);
    if (!err && m.kind != CHAN_HELLO && c->state != CONN_IN)
        err = fail_set(&why, ERR_FORMAT, "say hello first");
    if (!err && m.kind == CHAN_HELLO && c->state != CONN_NEW)
        err = fail_set(&why, ERR_FORMAT, "hello was said already; open another connection for another life");
    if (err) {
        conn_error(c, m.id, err, why.text);
        if (c->state == CONN_NEW) conn_end(c);       /* whoever this is, it does not speak the channel */
    } else life_hear(c, &m);
    chan_release(&m);
}

static void too_long(conn *c) {
    conn_error(c, NULL, ERR_FORMAT, "that line is too long for the channel; it was dropped");
    buf_release(&c->line);
    c->skipping = true;
}

/* Whole lines out of `got`; what is left over waits in c->line. */
static void cut_lines(conn *c, text got) {
    while (got.n && (c->state == CONN_IN || c->state == CONN_NEW)) {
        const char *end = memchr(got.p, '\n', got.n);
        size_t n = end ? (size_t)(end - got.p) : got.n;
        if (!c->skipping && c->line.n + n > SERVE_LINE_MAX) too_long(c);
        if (!c->skipping) buf_add(&c->line, (text){ got.p, n });
        got.p += n + (end != NULL);
        got.n -= n + (end != NULL);
        if (!end) return;
        if (!c->skipping) {
            buf whole = c->line;
            c->line = (buf){ 0 };
            on_line(c, buf_text(&whole));
            buf_release(&whole);
        }
        c->skipping = false;
    }
    if (got.n && c->state == CONN_WAITS) buf_add(&c->line, got);     /* said before it was let in: kept for later */
}

static void on_readable(struct ev_loop *loop, ev_io *w, int events) {
    (void)loop;
    (void)events;
    conn *c = w->data;
    char block[65536];
    ssize_t n = recv(c->fd, block, sizeof block, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return;
    if (n <= 0) {
        conn_free(c);
        return;
    }
    cut_lines(c, (text){ block, (size_t)n });
}

void conn_listen(conn *c, bool on) {
    if (!on) {
        ev_io_stop(c->hub->loop, &c->in);
        return;
    }
    ev_io_start(c->hub->loop, &c->in);
    buf held = c->line;                  /* what it said while it waited */
    c->line = (buf){ 0 };
    cut_lines(c, buf_text(&held));
    buf_release(&held);
}

/* ---- the door --------------------------------------------------------------------------------------------------------- */
static bool is_ours(int fd) {
    struct ucred peer;
    socklen_t n = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 && peer.uid == geteuid();
}

void conn_accept(hub *h) {
    int fd = accept4(h->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        /* out of descriptors: wait until a client leaves rather than spin */
        if (errno == EMFILE || errno == ENFILE) ev_io_stop(h->loop, &h->door);
        return;
    }
    if (!is_ours(fd) || h->n_conn >= CONNS_MAX) {
        close(fd);
        return;
    }
    conn *c = mem_new(1, sizeof *c);
    *c = (conn){ .hub = h, .number = ++h->last_number, .fd = fd, .rows = lane_new() };
    conn **bucket = &h->by_number[c->number % CONN_BUCKETS];
    c->next = *bucket;
    *bucket = c;
    h->n_conn++;
    ev_io_init(&c->in, on_readable, fd, EV_READ);
    ev_io_init(&c->out, on_writable, fd, EV_WRITE);
    ev_timer_init(&c->stall, on_stall, STALL_S, STALL_S);
    c->in.data = c->out.data = c->stall.data = c;
    ev_io_start(h->loop, &c->in);
}
