/* SPDX-License-Identifier: Apache-2.0
 * work.c - the workers: they run turns and commands, and post what comes of it back to the loop.
 *
 * DESIGN  A worker knows a job and its life's `turn`, nothing of clients. Lines are made here, off the loop. The inbox
 *         is bounded: a worker that runs ahead of the loop waits for it, and the loop never waits for a worker. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/mem.h"
#include "serve/hub.h"

/* ---- posting ------------------------------------------------------------------------------------------------------ */
static void put(hub *h, post p) {
    post *mine = mem_new(1, sizeof *mine);
    *mine = p;
    if (queue_push(h->inbox, mine)) {
        ev_async_send(h->loop, &h->knock);
        return;
    }
    free(mine->line);
    free(mine);
}

static post with_line(life *l, json_t *v) {
    buf b = { 0 };
    chan_line(&b, v);
    return (post){ .life = l, .line = b.p, .n = b.n };
}

static void to_all(job *j, json_t *v) { put(j->hub, with_line(j->life, v)); }

static void to_one(job *j, json_t *v) {
    post p = with_line(j->life, v);
    p.to = j->from;
    if (p.to) put(j->hub, p);
    else free(p.line);
}

static void say_error(job *j, int err, const fail *why) {
    json_t *v = chan_new("error", j->ask.id);
    json_object_set_new(v, "code", json_string(serve_code(err)));
    json_object_set_new(v, "text", chan_text(text_of(why->code ? why->text : "it did not work")));
    to_one(j, v);
    j->err = err;
}

static json_t *done_line(job *j) {
    int64_t now = clk_steady_us(), first = j->first_us ? j->first_us : now;
    json_t *v = chan_new("done", j->ask.id), *ms = json_object();
    if (j->message) json_object_set_new(v, "message", json_integer(j->message));
    json_object_set_new(ms, "first", json_integer((first - j->came_us + 500) / 1000));
    json_object_set_new(ms, "total", json_integer((now - j->came_us + 500) / 1000));
    json_object_set_new(v, "ms", ms);
    if (atomic_load(&j->stop)) json_object_set_new(v, "stopped", json_true());
    return v;
}

/* ---- a turn's sink ---------------------------------------------------------------------------------------------------- */
/* A line of this turn: named by the client's id and the message's number. */
static json_t *turn_line(job *j, const char *t) {
    json_t *v = chan_new(t, j->ask.id);
    if (j->message) json_object_set_new(v, "message", json_integer(j->message));
    return v;
}

static void on_ack(void *ctx, int64_t message, bool is_new) {
    job *j = ctx;
    j->message = message;
    json_t *v = turn_line(j, "ack");
    json_object_set_new(v, "new", json_boolean(is_new));
    post p = with_line(j->life, v);
    p.acks = message;
    p.to = j->from;
    put(j->hub, p);
    if (!is_new) return;
    v = turn_line(j, "say");
    json_object_set_new(v, "text", chan_text(j->ask.words));
    p = with_line(j->life, v);
    p.not_to = j->from;
    put(j->hub, p);
}

static void on_words(void *ctx, text more) {
    job *j = ctx;
    if (!more.n) return;
    if (!j->first_us) j->first_us = clk_steady_us();
    json_t *v = turn_line(j, "words");
    json_object_set_new(v, "text", chan_text(more));
    to_all(j, v);
    if (atomic_load(&j->stop)) turn_stop(j->life->turn);     /* asked for before the turn had begun */
}

static void on_system(void *ctx, text words) {
    job *j = ctx;
    json_t *v = turn_line(j, "system");
    json_object_set_new(v, "text", chan_text(words));
    to_all(j, v);
}

static void on_status(void *ctx, const char *what) {
    job *j = ctx;
    json_t *v = chan_new("status", NULL);
    json_object_set_new(v, "text", chan_text(text_of(what)));
    to_all(j, v);
}

static void on_event(void *ctx, const char *ev, const json_t *more) {
    job *j = ctx;
    char at[32];
    civil_iso(clk_now_ms(j->hub->clock), at);
    json_t *v = turn_line(j, "event");
    json_object_set_new(v, "ev", json_string(ev));
    json_object_set_new(v, "at", json_string(at));
    if (json_is_object(more)) json_object_update_missing(v, (json_t *)more);
    to_all(j, v);
}

static turn_sink sink_of(job *j) { return (turn_sink){ on_ack, on_words, on_system, on_status, on_event, j }; }

/* ---- jobs ------------------------------------------------------------------------------------------------------------- */
static void run_hello(job *j) {
    life *l = j->life;
    fail why = { 0 };
    int err = l->turn ? turn_admit(j->hub->home, l->person, j->ask.passphrase, &why)
                      : turn_open(&l->turn, j->hub->home, l->person, j->ask.passphrase, l->private, &why);
    if (err) say_error(j, err, &why);
}

static void run_join(job *j) {
    fail why = { 0 };
    int err = turn_admit(j->hub->home, j->life->person, j->ask.passphrase, &why);
    if (err) say_error(j, err, &why);
}

static void run_take(job *j) {
    turn_sink sink = sink_of(j);
    fail why = { 0 };
    int err = turn_take(j->life->turn, j->ask.words, j->ask.id, &sink, &why);
    if (err && err != ERR_STOPPED) say_error(j, err, &why);
    else to_all(j, done_line(j));
}

static void run_shown(job *j) {
    fail why = { 0 };
    int err = turn_shown(j->life->turn, j->ask.message, (size_t)j->ask.shown, &why);
    if (err && err != ERR_MISSING) say_error(j, err, &why);      /* a reply that said nothing is none to shorten */
}

static void run_tick(job *j) {
    turn_sink sink = sink_of(j);
    fail why = { 0 };
    int err = turn_tick(j->life->turn, &sink, &why);
    if (err) say_error(j, err, &why);
    else if (j->first_us) to_all(j, done_line(j));
    else to_one(j, done_line(j));
}

static void on_row(void *ctx, const char *human, const json_t *json) {
    job *j = ctx;
    json_t *v = chan_new("row", j->ask.id);
    json_object_set_new(v, "text", chan_text(text_of(human)));
    if (json) json_object_set(v, "json", (json_t *)json);
    post p = with_line(j->life, v);
    p.to = j->from;
    p.counted = true;
    if (lane_wait(j->rows, p.n)) put(j->hub, p);
    else free(p.line);
}

static void run_command(job *j) {
    turn_rows rows = { on_row, j };
    fail why = { 0 };
    int err = turn_command(j->life->turn, j->ask.argc, j->ask.argv, &rows, &why);
    if (err) say_error(j, err, &why);
    else to_one(j, done_line(j));
}

static void run_meet(job *j) {
    meeting m = { 0 };
    fail why = { 0 };
    int err = turn_meet(j->life->turn, j->ask.answer, &m, &why);
    if (err) {
        say_error(j, err, &why);
        return;
    }
    json_t *v = chan_new("meet", j->ask.id);
    json_object_set_new(v, "done", json_boolean(m.done));
    json_object_set_new(v, "refused", json_boolean(m.refused));
    json_object_set_new(v, "ask", chan_text(m.ask));
    json_object_set_new(v, "kind", json_string(m.kind ? m.kind : ""));
    to_one(j, v);
}

static void run_close(job *j) {
    turn_close(j->life->turn);
    j->life->turn = NULL;
}

/* ---- ps --------------------------------------------------------------------------------------------------------------- */
static int hex_digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A life's folder back to its person's name: "%20" is a space. */
static void name_of(const char *folder, buf *out) {
    for (; *folder; folder++) {
        int hi = *folder == '%' ? hex_digit(folder[1]) : -1, lo = hi >= 0 ? hex_digit(folder[2]) : -1;
        if (lo >= 0) {
            buf_char(out, (char)(hi * 16 + lo));
            folder += 2;
        } else buf_char(out, *folder);
    }
}

static int64_t folder_bytes(const char *path, int64_t *newest_ms) {
    DIR *d = opendir(path);
    int64_t bytes = 0;
    for (struct dirent *e; d && (e = readdir(d));) {
        struct stat st;
        if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode)) continue;
        bytes += st.st_size;
        int64_t ms = (int64_t)st.st_mtim.tv_sec * 1000;
        if (strcmp(e->d_name, "life.db") == 0 || strcmp(e->d_name, "life.db-wal") == 0)
            if (ms > *newest_ms) *newest_ms = ms;
    }
    if (d) closedir(d);
    return bytes;
}

static json_t *snapshot_of(json_t *all, const char *person) {
    size_t i;
    json_t *one;
    json_array_foreach(all, i, one)
        if (!json_flag(one, "private", false) && strcmp(json_str(one, "person", ""), person) == 0) return one;
    return NULL;
}

static void ps_row(job *j, json_t *life_row, const char *person, int64_t bytes, int64_t last_ms) {
    char at[32] = "";
    if (last_ms) civil_iso(last_ms, at);
    const char *state = life_row ? json_str(life_row, "state", "") : "asleep";
    json_t *v = json_object();
    json_object_set_new(v, "person", chan_text(text_of(person)));
    json_object_set_new(v, "state", json_string(state));
    json_object_set_new(v, "clients", json_integer(life_row ? json_int(life_row, "clients", 0) : 0));
    json_object_set_new(v, "tokens", json_integer(0));       /* only the engine's sequences hold any */
    json_object_set_new(v, "bytes", json_integer(bytes));
    json_object_set_new(v, "last", last_ms ? json_string(at) : json_null());
    buf human = { 0 };
    buf_format(&human, "%-20s  %-9s  %8lld KB  %.16s", person, state, (long long)(bytes + 1023) / 1024, at);
    on_row(j, human.p, v);
    buf_release(&human);
    json_decref(v);
}

static void run_ps(job *j) {
    buf lives = { 0 };
    buf_format(&lives, "%s/lives", j->hub->data);
    DIR *d = opendir(lives.p);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        buf person = { 0 }, path = { 0 };
        name_of(e->d_name, &person);
        buf_format(&path, "%s/%s", lives.p, e->d_name);
        json_t *one = snapshot_of(j->snapshot, person.p);
        int64_t last_ms = 0, bytes = folder_bytes(path.p, &last_ms);
        if (one && json_int(one, "last_ms", 0)) last_ms = json_int(one, "last_ms", 0);
        ps_row(j, one, person.p, bytes, last_ms);
        buf_release(&person);
        buf_release(&path);
    }
    if (d) closedir(d);
    size_t i;
    json_t *one;
    json_array_foreach(j->snapshot, i, one)
        if (json_flag(one, "private", false)) ps_row(j, one, "(private)", 0, json_int(one, "last_ms", 0));
    buf_release(&lives);
    to_one(j, done_line(j));
}

/* ---- the worker ------------------------------------------------------------------------------------------------------- */
static void (*const RUN[])(job *j) = {
    [JOB_HELLO] = run_hello,     [JOB_JOIN] = run_join, [JOB_TAKE] = run_take, [JOB_COMMAND] = run_command,
    [JOB_SHOWN] = run_shown,     [JOB_MEET] = run_meet,       [JOB_TICK] = run_tick, [JOB_PS] = run_ps,     [JOB_CLOSE] = run_close,
};

void work_run(void *hub_ptr) {
    hub *h = hub_ptr;
    for (job *j; (j = queue_pop(h->work, -1));) {
        RUN[j->kind](j);
        if (j->kind != JOB_JOIN && j->life && j->life->turn) {
            const char *status = turn_status(j->life->turn);
            j->status = mem_text(status, strlen(status));
            j->met = turn_met(j->life->turn);
        }
        put(h, (post){ .life = j->life, .done = j });
    }
}
