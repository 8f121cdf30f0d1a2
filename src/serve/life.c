/* SPDX-License-Identifier: Apache-2.0
 * life.c - one open life as the loop sees it: who is in it, what waits to be said to her, and what comes back.
 *
 * DESIGN      A life is an actor: its jobs wait in a line and go to the workers one at a time. Joining a life that is
 *             already open, and `ps`, need no turn and go beside the line. A message that comes while she is replying
 *             ends that reply at the sentence and is next.
 * STATES      opening (HELLO out) -> open -> closing (CLOSE out, when the last client has left) -> freed, or opened
 *             again when somebody said hello meanwhile. */
#include <stdlib.h>
#include <string.h>
#include "base/log.h"
#include "base/mem.h"
#include "serve/hub.h"

/* ---- jobs ------------------------------------------------------------------------------------------------------ */
static job *job_new(hub *h, job_kind kind, life *l, conn *from, chan_message *m) {
    job *j = mem_new(1, sizeof *j);
    *j = (job){ .kind = kind, .hub = h, .life = l, .came_us = clk_steady_us(), .ask = { .id = "" } };
    atomic_init(&j->from, from ? from->number : 0);
    if (m) {
        j->ask = *m;
        m->json = NULL;
    }
    if (kind == JOB_COMMAND || kind == JOB_PS) j->rows = lane_hold(from->rows);
    return j;
}

static void job_free(job *j) {
    chan_release(&j->ask);
    lane_drop(j->rows);
    json_decref(j->snapshot);
    free(j->status);
    free(j);
}

/* Hand a job to the workers. False (and freed) when far too much is out already. */
static bool send_out(hub *h, job *j) {
    if (!queue_try(h->work, j)) {
        conn *c = conn_find(h, j->from);
        if (c) conn_error(c, j->ask.id, ERR_BUSY, "the house has too much to do just now; try again");
        if (c && c->state == CONN_WAITS) conn_end(c);
        job_free(j);
        return false;
    }
    h->n_out++;
    return true;
}

static void next_job(life *l) {
    while (!l->running && l->first && !atomic_load(&l->hub->is_closing)) {
        job *j = l->first;
        l->first = j->next;
        if (!l->first) l->last = NULL;
        l->n_waiting--;
        j->next = NULL;
        if (send_out(l->hub, j)) l->running = j;
    }
}

static void add_job(life *l, job *j) {
    if (l->last) l->last->next = j;
    else l->first = j;
    l->last = j;
    l->n_waiting++;
    next_job(l);
}

/* ---- lives -------------------------------------------------------------------------------------------------------- */
static life *life_new(hub *h, const char *person, bool private) {
    life *l = mem_new(1, sizeof *l);
    *l = (life){ .hub = h, .person = mem_text(person, strlen(person)), .private = private, .next = h->lives };
    h->lives = l;
    return l;
}

void life_free(life *l) {
    life **p = &l->hub->lives;
    while (*p != l) p = &(*p)->next;
    *p = l->next;
    for (job *j = l->first, *next; j; j = next) {
        next = j->next;
        job_free(j);
    }
    buf_release(&l->live);
    free(l->status);
    free(l->person);
    free(l);
}

/* Nobody left and nothing to do: close it. */
static void rest(life *l) {
    if (l->conns || l->first || l->running || l->n_joining || atomic_load(&l->hub->is_closing)) return;
    if (!l->is_open) {
        life_free(l);
        return;
    }
    l->closing = true;
    l->is_open = false;
    add_job(l, job_new(l->hub, JOB_CLOSE, l, NULL, NULL));
}

void life_leave(conn *c) {
    life *l = c->life;
    conn **p = &l->conns;
    while (*p != c) p = &(*p)->next_of_life;
    *p = c->next_of_life;
    c->life = NULL;
    rest(l);
}

static void stop_reply(life *l) {
    if (!l->running || l->running->kind != JOB_TAKE) return;
    atomic_store(&l->running->stop, true);
    turn_stop(l->turn);
}

/* ---- what clients ask ------------------------------------------------------------------------------------------------ */
static void hear_hello(conn *c, chan_message *m) {
    hub *h = c->hub;
    life *l = m->private ? NULL : h->lives;
    while (l && (l->private || strcmp(l->person, m->person) != 0)) l = l->next;
    if (!l) l = life_new(h, m->person, m->private);
    c->state = CONN_WAITS;
    conn_listen(c, false);
    if (l->is_open) {
        job *j = job_new(h, JOB_JOIN, l, c, m);
        l->n_joining += send_out(h, j);
    } else add_job(l, job_new(h, JOB_HELLO, l, c, m));
}

/* The same message sent again while it waits or is being answered: it is one message, now of this client. */
static bool said_again(conn *c, chan_message *m) {
    life *l = c->life;
    for (job *j = l->running ? l->running : l->first; j; j = j == l->running ? l->first : j->next) {
        if (j->kind != JOB_TAKE || strcmp(j->ask.id, m->id) != 0) continue;
        atomic_store(&j->from, c->number);
        if (j->acked) {
            json_t *v = chan_new("ack", m->id);
            json_object_set_new(v, "message", json_integer(j->message));
            json_object_set_new(v, "new", json_false());
            conn_send_json(c, v);
        }
        return true;
    }
    return false;
}

static void hear_say(conn *c, chan_message *m) {
    life *l = c->life;
    if (said_again(c, m)) return;
    if (l->n_waiting >= JOBS_MAX) {
        conn_error(c, m->id, ERR_FULL, "too many messages at once; this one was not taken");
        return;
    }
    l->last_word_ms = clk_now_ms(c->hub->clock);
    stop_reply(l);
    add_job(l, job_new(c->hub, JOB_TAKE, l, c, m));
}

/* End the reply; and when it was broken off on a screen, keep only what stood there, once it has ended. */
static void hear_stop(conn *c, chan_message *m) {
    stop_reply(c->life);
    if (m->shown >= 0 && c->life->n_waiting < JOBS_MAX) add_job(c->life, job_new(c->hub, JOB_SHOWN, c->life, c, m));
}

static json_t *snapshot(hub *h) {
    json_t *all = json_array();
    for (life *l = h->lives; l; l = l->next) {
        int n = 0;
        for (conn *c = l->conns; c; c = c->next_of_life) n++;
        json_t *one = json_object();
        json_object_set_new(one, "person", l->private ? json_string("(private)") : json_string(l->person));
        json_object_set_new(one, "state", json_string(l->running && l->running->kind == JOB_TAKE ? "speaking" : "listening"));
        json_object_set_new(one, "clients", json_integer(n));
        json_object_set_new(one, "private", json_boolean(l->private));
        json_object_set_new(one, "last_ms", json_integer(l->last_word_ms));
        json_array_append_new(all, one);
    }
    return all;
}

static void hear_command(conn *c, chan_message *m) {
    if (strcmp(m->argv[0], "ps") == 0) {
        job *j = job_new(c->hub, JOB_PS, NULL, c, m);
        j->snapshot = snapshot(c->hub);
        send_out(c->hub, j);
    } else if (c->life->n_waiting >= JOBS_MAX) {
        conn_error(c, m->id, ERR_FULL, "too many commands at once; this one was not taken");
    } else add_job(c->life, job_new(c->hub, JOB_COMMAND, c->life, c, m));
}

static void hear_plain(conn *c, chan_message *m) {
    if (c->life->n_waiting >= JOBS_MAX) conn_error(c, m->id, ERR_FULL, "too much at once; this was not taken");
    else add_job(c->life, job_new(c->hub, m->kind == CHAN_MEET ? JOB_MEET : JOB_TICK, c->life, c, m));
}

static void (*const HEAR[])(conn *c, chan_message *m) = {
    [CHAN_HELLO] = hear_hello, [CHAN_SAY] = hear_say,    [CHAN_STOP] = hear_stop,
    [CHAN_COMMAND] = hear_command, [CHAN_MEET] = hear_plain, [CHAN_TICK] = hear_plain,
};

void life_hear(conn *c, chan_message *m) {
    if (!atomic_load(&c->hub->is_closing)) HEAR[m->kind](c, m);
}

/* ---- what comes back --------------------------------------------------------------------------------------------------- */
/* Let a client in: hello, then what has been said of the running turn. */
static void admit(conn *c, life *l) {
    c->life = l;
    c->next_of_life = l->conns;
    l->conns = c;
    c->state = CONN_IN;
    json_t *v = chan_new("hello", NULL);
    json_object_set_new(v, "v", json_integer(SERVE_VERSION));
    json_object_set_new(v, "program", json_string(SAMANTHA_VERSION));
    json_object_set_new(v, "person", json_string(l->person));
    json_object_set_new(v, "private", json_boolean(l->private));
    json_object_set_new(v, "met", json_boolean(l->met));
    json_object_set_new(v, "status", chan_text(text_of(l->status)));
    conn_send_json(c, v);
    if (l->live.n) conn_send(c, buf_text(&l->live));
    conn_listen(c, true);
}

static void told_status(life *l, job *j) {
    bool same = l->status && j->status && strcmp(l->status, j->status) == 0;
    l->met = j->met;
    if (same || !j->status) return;
    free(l->status);
    l->status = j->status;
    j->status = NULL;
    for (conn *c = l->conns; c; c = c->next_of_life) {
        json_t *v = chan_new("status", NULL);
        json_object_set_new(v, "text", chan_text(text_of(l->status)));
        conn_send_json(c, v);
    }
}

static void job_ended(hub *h, job *j) {
    life *l = j->life;
    h->n_out--;
    if (l && l->running == j) l->running = NULL;
    if (j->kind == JOB_JOIN) l->n_joining--;
    if (j->kind == JOB_TAKE) buf_clear(&l->live);
    if (j->kind == JOB_CLOSE) l->closing = false;
    else if (l && j->kind != JOB_JOIN) told_status(l, j);
    if (j->kind == JOB_HELLO || j->kind == JOB_JOIN) {
        conn *c = conn_find(h, j->from);
        if (j->kind == JOB_HELLO && !j->err) l->is_open = true;
        if (c && j->err) conn_end(c);           /* the worker has said why */
        else if (c && c->state == CONN_WAITS) admit(c, l);
    }
    job_free(j);
    if (!l) return;
    next_job(l);
    rest(l);
}

static void deliver(hub *h, post *p) {
    text line = { p->line, p->n };
    if (p->to) {
        conn *c = conn_find(h, p->to);
        if (!c || c->state == CONN_ENDING) return;
        conn_send(c, line);
        if (p->counted) c->row_bytes += p->n;
        return;
    }
    life *l = p->life;
    if (l->running && l->running->kind == JOB_TAKE && l->live.n + p->n <= LIVE_MAX) buf_add(&l->live, line);
    for (conn *c = l->conns, *next; c; c = next) {
        next = c->next_of_life;                 /* a client cut for its slowness leaves the list */
        if (c->number != p->not_to) conn_send(c, line);
    }
}

void life_told(hub *h, post *p) {
    if (p->acks && p->life->running) p->life->running->acked = true;
    if (p->done) job_ended(h, p->done);
    else deliver(h, p);
    free(p->line);
    free(p);
}

void life_tick_all(hub *h) {
    for (life *l = h->lives; l; l = l->next)
        if (l->is_open && !l->running && !l->first) add_job(l, job_new(h, JOB_TICK, l, NULL, NULL));
}

void life_stop_all(hub *h) {
    for (life *l = h->lives; l; l = l->next) {
        stop_reply(l);
        for (job *j = l->first, *next; j; j = next) {    /* not acknowledged: their clients will send them again */
            next = j->next;
            job_free(j);
        }
        l->first = l->last = NULL;
        l->n_waiting = 0;
    }
    for (size_t i = 0; i < CONN_BUCKETS; i++)
        for (conn *c = h->by_number[i]; c; c = c->next) {
            lane_moved(c->rows, 0, true);
            conn_send_json(c, chan_new("bye", NULL));
        }
}
