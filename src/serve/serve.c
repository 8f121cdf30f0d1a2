/* SPDX-License-Identifier: Apache-2.0
 * serve.c - opening and closing the house, its socket and its threads.
 *
 * DESIGN      One loop thread owns the sockets (libev); a few workers run turns; base/queue between them. Whoever holds
 *             DATA/house.lock is the house, so a socket left behind by a crash is known to be dead and is replaced.
 *             The socket is reached through /proc/self/fd, because its name must fit 108 bytes and a folder's need not.
 * STATES      open -> closing (serve_close: no new clients, replies end at the sentence) -> ending (all jobs are back:
 *             clients are sent what is left) -> down (the loop has returned). */
#include "serve/serve.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "serve/hub.h"

enum { TICK_MS = 30000, LAST_WORDS_MS = 500 };

/* ---- the socket ---------------------------------------------------------------------------------------------------- */
/* The address of DATA/house.sock by way of an open folder (*dir, to be closed). */
static int address_of(const char *data, struct sockaddr_un *out, int *dir, fail *why) {
    *dir = open(data, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*dir < 0) {
        int code = errno == ENOENT ? ERR_MISSING : errno == EACCES ? ERR_DENIED : ERR_IO;
        return fail_set(why, code, "cannot open %.150s: %s", data, strerror(errno));
    }
    *out = (struct sockaddr_un){ .sun_family = AF_UNIX };
    snprintf(out->sun_path, sizeof out->sun_path, "/proc/self/fd/%d/house.sock", *dir);
    return 0;
}

static int listen_at(const char *data, int *fd, fail *why) {
    struct sockaddr_un at;
    int dir, s = -1, err = address_of(data, &at, &dir, why);
    if (err) return err;
    unlinkat(dir, "house.sock", 0);
    s = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (s < 0 || bind(s, (struct sockaddr *)&at, sizeof at) != 0 || fchmodat(dir, "house.sock", 0600, 0) != 0 ||
        listen(s, 128) != 0) {
        int code = errno == ENOSPC || errno == EDQUOT ? ERR_FULL : errno == EACCES || errno == EROFS ? ERR_DENIED : ERR_IO;
        err = fail_set(why, code, "cannot listen on %.150s/house.sock: %s", data, strerror(errno));
        if (s >= 0) close(s);
    } else *fd = s;
    close(dir);
    return err;
}

int serve_connect(const char *data, int *fd, fail *why) {
    struct sockaddr_un at;
    int dir, err = address_of(data, &at, &dir, why);
    if (err) return err;
    int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct ucred peer;
    socklen_t n = sizeof peer;
    if (s < 0 || connect(s, (struct sockaddr *)&at, sizeof at) != 0) {
        int code = errno == EACCES ? ERR_DENIED : ERR_MISSING;
        err = fail_set(why, code, "no house is running in %.150s: %s", data, strerror(errno));
    } else if (getsockopt(s, SOL_SOCKET, SO_PEERCRED, &peer, &n) != 0 || peer.uid != geteuid()) {
        err = fail_set(why, ERR_DENIED, "the house running in %.150s belongs to another user", data);
    }
    if (err && s >= 0) close(s);
    if (!err) *fd = s;
    close(dir);
    return err;
}

/* ---- the loop ------------------------------------------------------------------------------------------------------------ */
static void on_door(struct ev_loop *loop, ev_io *w, int events) {
    (void)loop;
    (void)events;
    conn_accept(w->data);
}

static void on_tick(struct ev_loop *loop, ev_timer *w, int events) {
    (void)loop;
    (void)events;
    hub *h = w->data;
    if (!atomic_load(&h->is_closing)) life_tick_all(h);
    if (!atomic_load(&h->is_closing) && !ev_is_active(&h->door)) ev_io_start(h->loop, &h->door);
}

static void on_end(struct ev_loop *loop, ev_timer *w, int events) {
    (void)w;
    (void)events;
    ev_break(loop, EVBREAK_ALL);
}

static void close_door(hub *h) {
    if (h->listen_fd < 0) return;
    ev_io_stop(h->loop, &h->door);
    close(h->listen_fd);
    h->listen_fd = -1;
    int dir = open(h->data, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (dir >= 0) {
        unlinkat(dir, "house.sock", 0);
        close(dir);
    }
    life_stop_all(h);
}

/* All work is back: send what is left, then leave the loop. */
static void end(hub *h) {
    h->ending = true;
    for (size_t i = 0; i < CONN_BUCKETS; i++)
        for (conn *c = h->by_number[i]; c; c = c->next) conn_end(c);
    if (h->n_conn == 0) ev_break(h->loop, EVBREAK_ALL);
    ev_timer_start(h->loop, &h->end);
}

static void on_knock(struct ev_loop *loop, ev_async *w, int events) {
    (void)loop;
    (void)events;
    hub *h = w->data;
    for (post *p; (p = queue_pop(h->inbox, 0));) life_told(h, p);
    if (atomic_load(&h->is_closing)) close_door(h);
    if (atomic_load(&h->is_closing) && h->n_out == 0 && !h->ending) end(h);
}

static void loop_run(void *hub_ptr) {
    hub *h = hub_ptr;
    ev_run(h->loop, 0);
    for (size_t i = 0; i < CONN_BUCKETS; i++)
        while (h->by_number[i]) conn_free(h->by_number[i]);
    pthread_mutex_lock(&h->lock);
    h->is_down = true;
    pthread_cond_broadcast(&h->down);
    pthread_mutex_unlock(&h->lock);
}

/* ---- open, close ------------------------------------------------------------------------------------------------------------ */
static int take_lock(hub *h, fail *why) {
    buf path = { 0 };
    buf_format(&path, "%s/house.lock", h->data);
    int err = file_lock(path.p, &h->lock_fd, why);
    if (err == ERR_BUSY) fail_set(why, ERR_BUSY, "another program is the house in %.150s", h->data);
    buf_release(&path);
    return err;
}

static int loop_prepare(hub *h, int tick_ms, fail *why) {
    double every = (tick_ms > 0 ? tick_ms : TICK_MS) / 1000.0;
    h->loop = ev_loop_new(EVFLAG_AUTO);
    if (!h->loop) return fail_set(why, ERR_IO, "the kernel gives no event loop: %s", strerror(errno));
    ev_io_init(&h->door, on_door, h->listen_fd, EV_READ);
    ev_async_init(&h->knock, on_knock);
    ev_timer_init(&h->tick, on_tick, every, every);
    ev_timer_init(&h->end, on_end, LAST_WORDS_MS / 1000.0, 0);
    h->door.data = h->knock.data = h->tick.data = h->end.data = h;
    ev_io_start(h->loop, &h->door);
    ev_async_start(h->loop, &h->knock);
    ev_timer_start(h->loop, &h->tick);
    return 0;
}

static int start_threads(hub *h, int n, fail *why) {
    if (n <= 0) n = 2 * thread_cores() > 4 ? 2 * thread_cores() : 4;
    h->work = queue_new(WORK_MAX);
    h->inbox = queue_new(INBOX_MAX);
    h->worker = mem_new((size_t)n, sizeof *h->worker);
    int err = 0;
    for (int i = 0; i < n && !err; i++) {
        err = thread_start(&h->worker[i], "samantha-work", work_run, h, why);
        if (!err) h->n_worker++;
    }
    return err ? err : thread_start(&h->looper, "samantha-loop", loop_run, h, why);
}

/* Everything that is not a thread; the threads are gone. */
static void put_away(hub *h) {
    if (h->work) queue_close(h->work);
    for (int i = 0; i < h->n_worker; i++) thread_join(h->worker[i]);
    while (h->lives) {
        turn_close(h->lives->turn);
        life_free(h->lives);
    }
    home_close(h->home);
    if (h->listen_fd >= 0) close(h->listen_fd);
    if (h->loop) ev_loop_destroy(h->loop);
    queue_free(h->work);
    queue_free(h->inbox);
    free(h->worker);
    if (h->lock_fd >= 0) close(h->lock_fd);     /* last: now another program may be the house */
    pthread_cond_destroy(&h->down);
    pthread_mutex_destroy(&h->lock);
    free(h->data);
}

int serve_open(serve **out, const serve_options *o, fail *why) {
    serve *s = mem_new(1, sizeof *s);
    hub *h = &s->hub;
    h->lock_fd = h->listen_fd = -1;
    h->clock = o->clock;
    h->data = mem_text(o->data, strlen(o->data));
    pthread_mutex_init(&h->lock, NULL);
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&h->down, &steady);
    pthread_condattr_destroy(&steady);
    home_options shared = { .data = o->data, .mind = o->mind, .clock = o->clock, .vfs = o->vfs, .locale = o->locale,
                            .patience_ms = o->patience_ms, .context_tokens = o->context_tokens };
    int err = file_folder(o->data, why);
    if (!err) err = take_lock(h, why);
    if (!err) err = home_open(&h->home, &shared, why);
    if (!err) err = listen_at(o->data, &h->listen_fd, why);
    if (!err) err = loop_prepare(h, o->tick_ms, why);
    if (!err) err = start_threads(h, o->workers, why);
    if (err) {
        put_away(h);
        free(s);
        return err;
    }
    *out = s;
    return 0;
}

bool serve_close(serve *s, int wait_ms) {
    if (!s) return true;
    hub *h = &s->hub;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
    atomic_store(&h->is_closing, true);
    ev_async_send(h->loop, &h->knock);
    pthread_mutex_lock(&h->lock);
    while (!h->is_down && pthread_cond_timedwait(&h->down, &h->lock, &until) == 0) continue;
    bool down = h->is_down;
    pthread_mutex_unlock(&h->lock);
    if (!down) return false;
    thread_join(h->looper);
    put_away(h);
    free(s);
    return true;
}
