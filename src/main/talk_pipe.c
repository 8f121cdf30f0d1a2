/* SPDX-License-Identifier: Apache-2.0
 * talk_pipe.c - the conversation for scripts: one message a line in, one reply a line out.
 *
 * DESIGN  Newlines inside a reply become "\n" (two characters), so a line is always a whole reply. An empty line, or one
 *         with nothing left in it once control characters are gone, is not a message: nothing is said and nothing is
 *         printed. A message that could not be taken (too long) prints an empty line, so that replies stay in step, and
 *         a sentence on standard error. The first byte of a reply on standard output is the acknowledgement that its
 *         message is on disk.
 *         What the system says (the AI notice and other notices) goes to standard error. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/mem.h"
#include "main/commands.h"
#include "serve/serve.h"

/* Larger than any line that can still be a message after cleaning: six bytes of escape sequence may hide each byte. */
enum { RAW_LINE_MAX = 8 << 20 };

typedef struct { buf held; size_t at; bool ended; } lines_in;

typedef struct {
    cli *cli;
    client *house;
    lines_in in;
    buf reply;
    json_t *events;
    int status;                   /* the exit status so far */
} pipe_talk;

/* The next line of standard input (borrowed until the next call). False at the end. *too_long: only its head is kept. */
static bool line_read(lines_in *in, text *line, bool *too_long) {
    *too_long = false;
    if (in->at) {
        memmove(in->held.p, in->held.p + in->at, in->held.n - in->at);
        in->held.n -= in->at;
        in->at = 0;
    }
    size_t seen = 0;
    for (;;) {
        char *nl = in->held.n > seen ? memchr(in->held.p + seen, '\n', in->held.n - seen) : NULL;
        if (nl || (in->ended && in->held.n)) {
            line->p = in->held.p;
            line->n = nl ? (size_t)(nl - in->held.p) : in->held.n;
            in->at = nl ? line->n + 1 : in->held.n;
            return true;
        }
        if (in->ended) return false;
        if (in->held.n > RAW_LINE_MAX) {
            in->held.n = 1;                     /* the rest is read and dropped */
            *too_long = true;
        }
        seen = in->held.n;
        char block[65536];
        ssize_t n = read(STDIN_FILENO, block, sizeof block);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) in->ended = true;
        else buf_add(&in->held, (text){ block, (size_t)n });
    }
}

/* Write and flush a line; false when nobody reads any more. */
static bool print_line(text t) {
    fwrite(t.p, 1, t.n, stdout);
    putchar('\n');
    return fflush(stdout) == 0;
}

/* A reply on one line. */
static bool print_plain(text reply) {
    buf one = { 0 }, clean = { 0 };
    text_clean(reply, &clean);
    for (size_t i = 0; i < clean.n; i++) {
        if (clean.p[i] == '\n') buf_str(&one, "\\n");
        else buf_char(&one, clean.p[i]);
    }
    bool ok = print_line(one.n ? buf_text(&one) : TEXT(""));
    buf_release(&one);
    buf_release(&clean);
    return ok;
}

static bool print_json(pipe_talk *p, const json_t *ms, const char *error) {
    json_t *v = json_object();
    buf b = { 0 };
    json_object_set_new(v, "reply", json_stringn(p->reply.n ? p->reply.p : "", p->reply.n));
    json_object_set(v, "events", p->events);
    if (ms) json_object_set(v, "ms", (json_t *)ms);
    if (error) json_object_set_new(v, "error", json_string(error));
    json_write(v, &b);
    bool ok = print_line(buf_text(&b));
    buf_release(&b);
    json_decref(v);
    return ok;
}

static void say_aside(const char *s) {
    buf clean = { 0 };
    text_clean(text_of(s), &clean);
    fprintf(stderr, "%s\n", clean.p ? clean.p : "");
    buf_release(&clean);
}

static void add_event(pipe_talk *p, json_t *v) {
    json_object_del(v, "t");
    json_object_del(v, "id");
    json_object_del(v, "message");
    json_array_append(p->events, v);
}

static bool could_not(pipe_talk *p, const char *story) {
    fprintf(stderr, "samantha: ");
    say_aside(story);
    p->status = EXIT_FAILED;
    return p->cli->json ? print_json(p, NULL, story) : print_line(TEXT(""));
}

/* One line from the house. True: this message is finished; *go_on says whether to read the next. */
static bool take_line(pipe_talk *p, json_t *v, const char *id, bool *go_on) {
    const char *t = json_str(v, "t", ""), *of = json_str(v, "id", "");
    bool mine = strcmp(of, id) == 0;
    if (strcmp(t, "again") == 0) {
        buf_clear(&p->reply);
        json_array_clear(p->events);
    } else if (strcmp(t, "words") == 0 && mine) buf_str(&p->reply, json_str(v, "text", ""));
    else if (strcmp(t, "event") == 0 && mine) add_event(p, v);
    else if (strcmp(t, "system") == 0) say_aside(json_str(v, "text", ""));
    else if (strcmp(t, "error") == 0 && mine) {
        *go_on = could_not(p, json_str(v, "text", "")) && serve_err(json_str(v, "code", "")) == ERR_FORMAT;
        return true;
    } else if (strcmp(t, "done") == 0 && mine) {
        if (json_int(v, "message", 0) == 0) return true;         /* nothing was left of it: not a message */
        *go_on = p->cli->json ? print_json(p, json_object_get(v, "ms"), NULL) : print_plain(buf_text(&p->reply));
        return true;
    }
    return false;
}

/* Say it, and wait until it is answered. False: stop here. */
static bool exchange_one(pipe_talk *p, text line) {
    char id[27];
    bool go_on = true, finished = false;
    buf_clear(&p->reply);
    json_array_clear(p->events);
    client_say(p->house, line, id);
    while (!finished) {
        fail why = { 0 };
        int err;
        json_t *v = client_next(p->house, -1, &err, &why);
        if (err) {
            p->status = cli_fail(err, &why);
            return false;
        }
        if (v) finished = take_line(p, v, id, &go_on);
        json_decref(v);
    }
    return go_on;
}

/* Anything to be said in it? White space and control characters alone are not a message. */
static bool is_message(text line, bool *too_long) {
    buf clean = { 0 };
    text_clean(line, &clean);
    bool some = text_trim(buf_text(&clean)).n > 0;
    *too_long |= clean.n > SERVE_TEXT_MAX;
    buf_release(&clean);
    return some || *too_long;
}

int talk_pipe(cli *c) {
    pipe_talk p = { .cli = c, .events = json_array() };
    fail why = { 0 };
    int err = house_join(c, false, &p.house, &why);
    if (err) {
        json_decref(p.events);
        return cli_fail(err, &why);
    }
    say_aside(json_str(client_welcome(p.house), "status", ""));
    text line;
    bool go_on = true, too_long;
    while (go_on && line_read(&p.in, &line, &too_long)) {
        if (!is_message(line, &too_long)) continue;
        if (!too_long) go_on = exchange_one(&p, line);
        else {
            buf_clear(&p.reply);
            json_array_clear(p.events);
            go_on = could_not(&p, "that line is too long to be one message (over 1200 KB); say it in parts");
        }
    }
    client_close(p.house);
    buf_release(&p.in.held);
    buf_release(&p.reply);
    json_decref(p.events);
    return p.status;
}
