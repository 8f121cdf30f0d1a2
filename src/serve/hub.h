/* SPDX-License-Identifier: Apache-2.0
 * hub.h - what the files of serve/ share: the house, its clients, its open lives, and the work between threads.
 *
 *      client ──line──▶ conn ──job──▶ life ──job──▶ worker (turn_take …)
 *      client ◀─line─── conn ◀─────── hub ◀──post── worker
 *
 * Who owns what. The loop thread owns every conn, every life and every job that waits. A worker owns the job it runs,
 * and of its life only `turn`. They meet in two queues: `work` (jobs out) and `inbox` (posts back).
 * INVARIANTS  (1) Of one life at most one actor job is out with the workers: one turn at a time.
 *             (2) A life is freed only when none of its jobs is out, so a post's life is always there.
 *             (3) A conn may go at any time: posts and jobs name it by number, never by pointer. */
#ifndef SERVE_HUB_H
#define SERVE_HUB_H
#include <ev.h>
#include <pthread.h>
#include <stdatomic.h>
#include "base/queue.h"
#include "base/thread.h"
#include "serve/chan.h"
#include "serve/serve.h"
#include "turn/turn.h"

enum {
    OUT_MAX = 4 << 20,          /* bytes that may wait for one client; a client that lets more pile up is cut */
    ROWS_AHEAD = 256 << 10,     /* bytes of command rows on their way before the worker waits for the client  */
    LIVE_MAX = 256 << 10,       /* bytes of a running turn kept for a client that joins in the middle          */
    STALL_S = 30,               /* a client that takes nothing for this long is cut                            */
    JOBS_MAX = 32,              /* messages waiting for one life                                               */
    CONNS_MAX = 4096, CONN_BUCKETS = 256, INBOX_MAX = 1024, WORK_MAX = 8192
};

typedef struct hub hub;
typedef struct conn conn;
typedef struct life life;
typedef struct job job;

/* How much of a command's output is still on its way to one client. Shared by the loop and a worker; counted. */
typedef struct {
    atomic_int held;            /* freed when nobody holds it                      */
    pthread_mutex_t lock;       /* guards the rest                                 */
    pthread_cond_t moved;
    size_t ahead;               /* bytes posted and not yet taken by the socket    */
    bool dead;                  /* the client is gone                              */
} lane;

typedef enum { CONN_NEW, CONN_WAITS, CONN_IN, CONN_ENDING } conn_state;
struct conn {                   /* one client                                      */
    hub *hub;
    uint64_t number;
    int fd;
    conn_state state;           /* NEW -hello-> WAITS -answer-> IN; ENDING: flush, then close */
    ev_io in, out;
    ev_timer stall;
    buf line;                   /* a line not yet whole                            */
    bool skipping;              /* the rest of a line that was too long            */
    buf pending; size_t sent;   /* bytes for the client, and how many are gone     */
    size_t row_bytes;           /* of those, bytes that `rows` counts              */
    lane *rows;
    life *life;                 /* when IN                                         */
    conn *next_of_life, *next;  /* in its life; in its bucket                      */
};

typedef enum { JOB_HELLO, JOB_JOIN, JOB_TAKE, JOB_SHOWN, JOB_COMMAND, JOB_MEET, JOB_TICK, JOB_PS, JOB_CLOSE } job_kind;
struct job {                    /* one thing to be done by a worker                */
    job_kind kind;
    hub *hub;
    life *life;
    atomic_ullong from;         /* the client's number; 0: nobody's                */
    chan_message ask;           /* what it asked; owned                            */
    int64_t came_us;
    atomic_bool stop;           /* end this reply                                  */
    lane *rows;                 /* COMMAND, PS                                     */
    json_t *snapshot;           /* PS: what the loop knows                         */
    job *next;
    /* filled in by the worker */
    int err;
    int64_t message, first_us;  /* TAKE                                            */
    char *status; bool met;     /* as the life now says; status owned              */
    /* the loop's own */
    bool acked;
};

struct life {                   /* one open life and whoever is in it              */
    hub *hub;
    char *person;
    bool private;               /* a talk that leaves nothing: nobody joins it     */
    turn *turn;                 /* NULL until opened. The worker's, but for turn_stop() */
    conn *conns;
    job *first, *last;          /* waiting                                         */
    int n_waiting;
    job *running;               /* out with a worker, or NULL                      */
    int n_joining;              /* JOIN jobs out                                   */
    bool is_open, closing, met;
    char *status;               /* as last told                                    */
    buf live;                   /* lines of the running turn, for whoever joins    */
    int64_t last_word_ms;
    life *next;
};

typedef struct {                /* from a worker to the loop                       */
    life *life;                 /* NULL: JOIN and PS                               */
    uint64_t to, not_to;        /* to one client; or 0: to all in the life but one */
    char *line; size_t n;       /* owned; with its newline                         */
    bool counted;               /* a row that its lane counts                      */
    int64_t acks;               /* the running message is on disk as this one; 0   */
    job *done;                  /* instead of a line: this job has ended           */
} post;

struct hub {
    home *home;
    clk *clock;                 /* borrowed                                        */
    char *data;
    int lock_fd, listen_fd;
    queue *work, *inbox;
    thread **worker; int n_worker;
    thread *looper;
    struct ev_loop *loop;
    ev_io door;
    ev_async knock;             /* the inbox holds something, or we are to close   */
    ev_timer tick, end;
    atomic_bool is_closing;
    pthread_mutex_t lock;       /* guards is_down                                  */
    pthread_cond_t down;
    bool is_down, ending;
    /* the loop's own */
    conn *by_number[CONN_BUCKETS];
    int n_conn;
    uint64_t last_number;
    life *lives;
    int n_out;                  /* jobs out with the workers                       */
};
struct serve { hub hub; };

/* conn.c: the loop's side of a client */
void conn_accept(hub *h);
conn *conn_find(hub *h, uint64_t number);
void conn_send(conn *c, text line);
void conn_send_json(conn *c, json_t *v);             /* takes `v` */
void conn_error(conn *c, const char *id, int err, const char *story);
void conn_listen(conn *c, bool on);                  /* go on reading, or wait */
void conn_end(conn *c);                              /* close when everything has been sent */
void conn_free(conn *c);
lane *lane_hold(lane *l);
void lane_drop(lane *l);
bool lane_wait(lane *l, size_t more);                /* a worker's: false when the client is gone */
void lane_moved(lane *l, size_t n, bool dead);       /* the loop's: `n` bytes taken; or the client is gone */

/* life.c: the loop's side of a life */
void life_hear(conn *c, chan_message *m);            /* takes what `m` holds */
void life_leave(conn *c);
void life_told(hub *h, post *p);                     /* takes `p` */
void life_tick_all(hub *h);
void life_stop_all(hub *h);                          /* the house closes */
void life_free(life *l);

/* work.c: the workers' side */
void work_run(void *hub_ptr);

#endif
