/* SPDX-License-Identifier: Apache-2.0
 * remote_stream.c - reading a chat completion as it comes.
 *
 * DESIGN      Bytes to lines to events to deltas; each step keeps what is not whole yet. A server that ignores
 *             `stream` and answers with one JSON object is understood too. Reasoning (`<think>…</think>`, or a field of its
 *             own) is not speech and is left out.
 * SOURCE      HTML living standard 9.2 (event stream format); OpenAI chat completion chunk object. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "think/remote.h"

enum { EVENT_MAX = 1 << 20, REPLY_MAX = 64 * 1024, ERROR_MAX = 160 };

struct stream {
    stream_out out;
    buf line;            /* bytes of a line not yet ended                                   */
    buf data;            /* data: lines of the event not yet ended, joined by newlines       */
    buf whole;           /* everything, while it does not look like an event stream          */
    buf tail;            /* reply bytes held back: half a code point, or half a think tag    */
    bool is_events;      /* a data:, event: or comment line has been seen                    */
    bool finished;       /* [DONE] or a finish_reason came                                   */
    bool thinking;       /* inside <think>                                                   */
    bool said;
    size_t n_said;
};

stream *stream_new(stream_out out) {
    stream *s = mem_new(1, sizeof *s);
    s->out = out;
    return s;
}

void stream_free(stream *s) {
    if (!s) return;
    buf_release(&s->line);
    buf_release(&s->data);
    buf_release(&s->whole);
    buf_release(&s->tail);
    free(s);
}

bool stream_said(const stream *s) { return s->said; }

/* ---- reply text ------------------------------------------------------------------------------------------------- */
static int speak(stream *s, text t) {
    if (t.n == 0) return 0;
    buf clean = { 0 };
    text_clean(t, &clean);
    text c = buf_text(&clean);
    bool blank = text_trim(c).n == 0;
    int err = 0;
    if (s->said || !blank) {
        s->said = true;
        s->n_said += c.n;
        err = s->out.say(s->out.ctx, c);
    }
    buf_release(&clean);
    return err;
}

/* Bytes at the end of t that may be half a code point. */
static size_t half_code_point(text t) {
    for (size_t back = 1; back <= 3 && back <= t.n; back++) {
        unsigned char c = (unsigned char)t.p[t.n - back];
        if (c < 0x80) return 0;
        if (c >= 0xC0) return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) > back ? back : 0;
    }
    return 0;
}

/* Bytes at the end of t that may be the start of `tag`. */
static size_t half_tag(text t, const char *tag) {
    size_t n = strlen(tag);
    for (size_t k = n - 1 < t.n ? n - 1 : t.n; k > 0; k--)
        if (memcmp(t.p + t.n - k, tag, k) == 0) return k;
    return 0;
}

static int reply_text(stream *s, text more) {
    buf_add(&s->tail, more);
    text t = buf_text(&s->tail);
    int err = 0;
    for (;;) {
        const char *tag = s->thinking ? "</think>" : "<think>";
        ptrdiff_t at = text_find(t, tag);
        size_t hold = at >= 0 ? 0 : half_tag(t, tag);
        if (at < 0 && !hold) hold = half_code_point(t);
        size_t n = at >= 0 ? (size_t)at : t.n - hold;
        if (!s->thinking && !err) err = speak(s, (text){ t.p, n });
        t.p += n;
        t.n -= n;
        if (at < 0) break;
        t.p += strlen(tag);
        t.n -= strlen(tag);
        s->thinking = !s->thinking;
    }
    buf rest = { 0 };
    buf_add(&rest, t);
    buf_release(&s->tail);
    s->tail = rest;
    return err;
}

/* ---- events ------------------------------------------------------------------------------------------------------- */
static int server_said_error(const json_t *v, fail *why) {
    const json_t *e = json_object_get(v, "error");
    if (!e || json_is_null(e)) return 0;
    const char *m = json_is_string(e) ? json_string_value(e) : json_str(e, "message", "it gave no reason");
    buf clean = { 0 };
    text_clean((text){ m, strnlen(m, ERROR_MAX) }, &clean);
    int err = fail_set(why, ERR_NET, "the server says: %s", clean.p ? clean.p : "");
    buf_release(&clean);
    return err;
}

static int take_object(stream *s, const json_t *v, fail *why) {
    int err = server_said_error(v, why);
    if (err) return err;
    const json_t *choice = json_array_get(json_object_get(v, "choices"), 0);
    const json_t *part = json_object_get(choice, "delta");
    if (!part) part = json_object_get(choice, "message");
    const json_t *content = json_object_get(part, "content");
    if (json_is_string(content)) {
        text t = { json_string_value(content), json_string_length(content) };
        if (s->n_said + t.n > REPLY_MAX) return fail_set(why, ERR_NET, "the reply does not end");
        err = reply_text(s, t);
        if (err) return err;
    }
    const json_t *finish = json_object_get(choice, "finish_reason");
    if (json_is_string(finish)) s->finished = true;
    return 0;
}

static int take_event(stream *s, fail *why) {
    text d = text_trim(buf_text(&s->data));
    int err = 0;
    if (text_is(d, "[DONE]")) s->finished = true;
    else if (d.n) {
        json_t *v = NULL;
        fail bad = { 0 };
        err = json_read(&v, d, &bad);
        if (err) err = fail_set(why, ERR_NET, "the server sent something that is no reply (%.80s)", bad.text);
        else err = take_object(s, v, why);
        json_decref(v);
    }
    buf_clear(&s->data);
    return err;
}

static int take_line(stream *s, fail *why) {
    text l = buf_text(&s->line);
    if (l.n && l.p[l.n - 1] == '\r') l.n--;
    int err = 0;
    if (l.n == 0) err = take_event(s, why);
    else if (text_starts(l, "data:")) {
        s->is_events = true;
        l.p += 5;
        l.n -= 5;
        if (l.n && l.p[0] == ' ') l.p++, l.n--;
        if (s->data.n) buf_char(&s->data, '\n');
        buf_add(&s->data, l);
        if (s->data.n > EVENT_MAX) err = fail_set(why, ERR_NET, "the server sent an event larger than %d bytes", EVENT_MAX);
    } else if (l.p[0] == ':' || text_starts(l, "event:") || text_starts(l, "id:") || text_starts(l, "retry:")) s->is_events = true;
    buf_clear(&s->line);
    return err;
}

int stream_feed(stream *s, text bytes, fail *why) {
    if (!s->is_events && s->whole.n + bytes.n <= EVENT_MAX) buf_add(&s->whole, bytes);
    int err = 0;
    while (bytes.n && !err) {
        const char *nl = memchr(bytes.p, '\n', bytes.n);
        size_t n = nl ? (size_t)(nl - bytes.p) : bytes.n;
        if (s->line.n + n > EVENT_MAX) return fail_set(why, ERR_NET, "the server sent a line larger than %d bytes", EVENT_MAX);
        buf_add(&s->line, (text){ bytes.p, n });
        bytes.p += n + (nl ? 1 : 0);
        bytes.n -= n + (nl ? 1 : 0);
        if (nl) err = take_line(s, why);
    }
    return err;
}

int stream_end(stream *s, fail *why) {
    int err = 0;
    if (s->is_events) {
        if (s->line.n) err = take_line(s, why);
        if (!err && s->data.n) err = take_event(s, why);
    } else if (s->whole.n) {                          /* one plain object, not a stream */
        json_t *v = NULL;
        if (json_read(&v, buf_text(&s->whole), NULL) != 0 || !json_is_object(v))
            err = fail_set(why, ERR_NET, "what answers there does not speak this protocol");
        else err = take_object(s, v, why);
        json_decref(v);
    }
    if (!err && s->tail.n && !s->thinking) err = speak(s, buf_text(&s->tail));
    if (err) return err;
    if (!s->finished) return fail_set(why, ERR_NET, s->said ? "it stopped in the middle" : "it said nothing");
    return s->said ? 0 : fail_set(why, ERR_NET, "it said nothing");
}
