/* SPDX-License-Identifier: Apache-2.0
 * chan.c - reading and writing the lines of the channel.
 *
 * DESIGN  A table says which kinds there are and who reads their fields. Unknown fields are ignored, so that a newer
 *         client can talk with an older house; a known field of the wrong type is an error, never a guess. */
#include "serve/chan.h"
#include <string.h>
#include "serve/serve.h"

/* A string field: false when it is there and not a string. */
static bool field(const json_t *v, const char *key, const char **out) {
    const json_t *f = json_object_get(v, key);
    if (!f || json_is_null(f)) return true;
    *out = json_string_value(f);
    return *out != NULL;
}

static int read_hello(chan_message *m, fail *why) {
    const json_t *v = json_object_get(m->json, "v");
    m->version = json_is_integer(v) ? (int)json_integer_value(v) : 0;
    m->private = json_flag(m->json, "private", false);
    if (!field(m->json, "person", &m->person) || !m->person || !*m->person)
        return fail_set(why, ERR_FORMAT, "hello: \"person\" says whose life it is");
    if (!field(m->json, "passphrase", &m->passphrase))
        return fail_set(why, ERR_FORMAT, "hello: \"passphrase\" is a string");
    if (m->version != SERVE_VERSION)
        return fail_set(why, ERR_FORMAT, "hello: this house speaks version %d of the channel", SERVE_VERSION);
    return 0;
}

static int read_say(chan_message *m, fail *why) {
    const json_t *t = json_object_get(m->json, "text");
    if (!json_is_string(t)) return fail_set(why, ERR_FORMAT, "say: \"text\" is what is said");
    m->words = (text){ json_string_value(t), json_string_length(t) };
    if (m->words.n > SERVE_TEXT_MAX)
        return fail_set(why, ERR_FORMAT, "that message is longer than %d KB; say it in parts", SERVE_TEXT_MAX / 1024);
    if (!*m->id) return fail_set(why, ERR_FORMAT, "say: \"id\" is yours to choose, new for each message");
    return 0;
}

static int read_command(chan_message *m, fail *why) {
    const json_t *list = json_object_get(m->json, "argv"), *one;
    size_t i, n = json_array_size(list);
    if (n == 0 || n > CHAN_ARGS) return fail_set(why, ERR_FORMAT, "command: \"argv\" holds 1 to %d words", CHAN_ARGS);
    json_array_foreach(list, i, one) {
        if (!json_is_string(one)) return fail_set(why, ERR_FORMAT, "command: \"argv\" holds strings only");
        m->argv[m->argc++] = json_string_value(one);
    }
    return 0;
}

static int read_meet(chan_message *m, fail *why) {
    if (!field(m->json, "answer", &m->answer)) return fail_set(why, ERR_FORMAT, "meet: \"answer\" is a string or null");
    return 0;
}

static int read_stop(chan_message *m, fail *why) {
    m->message = json_int(m->json, "message", 0);
    m->shown = m->message > 0 ? json_int(m->json, "shown", -1) : -1;
    if (m->shown < -1) return fail_set(why, ERR_FORMAT, "stop: \"shown\" is a number of characters");
    return 0;
}

static int read_plain(chan_message *m, fail *why) {
    (void)m;
    (void)why;
    return 0;
}

static const struct {
    const char *t;
    chan_kind kind;
    int (*read)(chan_message *m, fail *why);
} KINDS[] = {
    { "hello", CHAN_HELLO, read_hello },
    { "say", CHAN_SAY, read_say },
    { "stop", CHAN_STOP, read_stop },
    { "command", CHAN_COMMAND, read_command },
    { "meet", CHAN_MEET, read_meet },
    { "tick", CHAN_TICK, read_plain },
};

int chan_read(chan_message *out, text line, fail *why) {
    *out = (chan_message){ .id = "" };
    int err = json_read(&out->json, line, why);
    if (err) return err;
    if (!json_is_object(out->json)) return fail_set(why, ERR_FORMAT, "a message is a JSON object");
    if (!field(out->json, "id", &out->id) || strlen(out->id) > CHAN_ID_MAX) {
        out->id = "";
        return fail_set(why, ERR_FORMAT, "\"id\" is a string of at most %d bytes", CHAN_ID_MAX);
    }
    const char *t = json_str(out->json, "t", "");
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (strcmp(KINDS[i].t, t) != 0) continue;
        out->kind = KINDS[i].kind;
        return KINDS[i].read(out, why);
    }
    return fail_set(why, ERR_FORMAT, "\"t\" is hello, say, stop, command, meet or tick");
}

void chan_release(chan_message *m) {
    json_decref(m->json);
    m->json = NULL;
}

void chan_line(buf *out, json_t *v) {
    json_write(v, out);
    buf_char(out, '\n');
    json_decref(v);
}

json_t *chan_new(const char *t, const char *id) {
    json_t *v = json_object();
    json_object_set_new(v, "t", json_string(t));
    if (id && *id) json_object_set_new(v, "id", json_string(id));
    return v;
}

json_t *chan_text(text t) {
    json_t *v = json_stringn(t.n ? t.p : "", t.n);
    if (v) return v;
    buf clean = { 0 };
    text_clean(t, &clean);
    v = json_stringn(clean.n ? clean.p : "", clean.n);
    buf_release(&clean);
    return v;
}

/* ---- errors by name ------------------------------------------------------------------------------------------ */
static const struct { int err; const char *code; } CODES[] = {
    { ERR_NOMEM, "nomem" },     { ERR_IO, "io" },           { ERR_FORMAT, "format" }, { ERR_FULL, "full" },
    { ERR_MISSING, "missing" }, { ERR_DENIED, "denied" },   { ERR_BUSY, "busy" },     { ERR_STOPPED, "stopped" },
    { ERR_USAGE, "usage" },     { ERR_NET, "net" },
};

const char *serve_code(int err) {
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
        if (CODES[i].err == err) return CODES[i].code;
    return "io";
}

int serve_err(const char *code) {
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
        if (strcmp(CODES[i].code, code) == 0) return CODES[i].err;
    return 0;
}
