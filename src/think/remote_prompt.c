/* SPDX-License-Identifier: Apache-2.0
 * remote_prompt.c - what a language model is sent.
 *
 * DESIGN      Append-only: the persona first and unchanging, then the talk, and everything that is new (today, memories,
 *             the plan) in brackets with the newest message, so that a server's prefix cache stays good.
 * INVARIANTS  (1) The persona and the newest message are always sent; only the oldest turns give way.
 *             (2) Tokens are estimated from above: a byte count over BYTES_PER_TOKEN, plus TURN_TOKENS a message. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/embed.h"
#include "base/lines.h"
#include "think/remote.h"

enum { TURN_TOKENS = 8, REPLY_MIN = 96, REPLY_MAX_TOKENS = 600 };
#define BYTES_PER_TOKEN 3.0      /* English on the vocabularies in use gives 3.5 to 4.5; other scripts less */

static int tokens_of(size_t bytes) { return (int)((double)bytes / BYTES_PER_TOKEN) + TURN_TOKENS; }

static void put_slot(buf *out, text all, const char *const (*slot)[2], size_t n) {
    while (all.n) {
        size_t i = 0;
        for (; i < n; i++)
            if (text_starts(all, slot[i][0])) break;
        if (i < n) {
            buf_str(out, slot[i][1]);
            all.p += strlen(slot[i][0]);
            all.n -= strlen(slot[i][0]);
        } else {
            buf_char(out, all.p[0]);
            all.p++;
            all.n--;
        }
    }
}

static void persona(const prompt *p, buf *out) {
    const char *const slot[][2] = { { "{her}", p->her_name }, { "{name}", p->name && *p->name ? p->name : "the person" },
        { "{tone}", p->persona && *p->persona ? p->persona : "plain, dry and kind" }, { "{words}", "60" } };
    put_slot(out, embed_bytes("voice/persona/persona.txt"), slot, sizeof slot / sizeof *slot);
}

static void notes(const prompt *p, buf *out) {
    civil c = civil_local(p->now_ms);
    buf_format(out, "[Today is %s %d %s %d, %02d:%02d.", civil_day_name[c.weekday], c.day, civil_month_name[c.month], c.year, c.hour, c.minute);
    for (size_t i = 0; i < p->n_past; i++) {
        char day[32];
        civil_said(p->past[i].said_ms, p->now_ms, day);
        buf_format(out, " You may remember: %s (told %s)", p->past[i].words, day);
    }
    if (p->hint && *p->hint) buf_format(out, " Now: %s", p->hint);
    if (p->max_questions == 0) buf_str(out, " Ask nothing this time.");
    buf_format(out, " At most %d words.", p->max_words);
    if (p->opening.n) buf_format(out, " You have already said: \"%.*s\" Add at most one short sentence.", (int)p->opening.n, p->opening.p);
    buf_str(out, "]\n");
    buf_add(out, p->heard);
}

static void add_message(json_t *list, const char *role, text t) {
    json_t *m = json_object();
    json_object_set_new(m, "role", json_string(role));
    json_object_set_new(m, "content", json_stringn(t.p, t.n));
    json_array_append_new(list, m);
}

static int reply_tokens(const prompt *p) {
    int n = p->max_words * 3;
    return n < REPLY_MIN ? REPLY_MIN : n > REPLY_MAX_TOKENS ? REPLY_MAX_TOKENS : n;
}

json_t *remote_request(const prompt *p, const char *model, int context_tokens, int *dropped) {
    buf system = { 0 }, newest = { 0 };
    persona(p, &system);
    notes(p, &newest);
    int left = context_tokens - tokens_of(system.n) - tokens_of(newest.n) - reply_tokens(p);
    size_t from = p->n_before;
    while (from > 0 && (left -= tokens_of(p->before[from - 1].words.n)) >= 0) from--;
    *dropped = (int)from;
    json_t *list = json_array();
    add_message(list, "system", buf_text(&system));
    for (size_t i = from; i < p->n_before; i++)
        add_message(list, p->before[i].hers ? "assistant" : "user", p->before[i].words);
    add_message(list, "user", buf_text(&newest));
    buf_release(&system);
    buf_release(&newest);
    json_t *body = json_object();
    json_object_set_new(body, "model", json_string(model));
    json_object_set_new(body, "messages", list);
    json_object_set_new(body, "stream", json_true());
    json_object_set_new(body, "max_tokens", json_integer(reply_tokens(p)));
    json_object_set_new(body, "temperature", json_real(0.7));
    return body;
}

/* ---- addresses --------------------------------------------------------------------------------------------------- */
bool remote_is_loopback(const char *host) {
    unsigned char v4[4];
    if (strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 || strcmp(host, "[::1]") == 0) return true;
    return inet_pton(AF_INET, host, v4) == 1 && v4[0] == 127;
}

int remote_url_read(const char *spec, remote_url *out, fail *why) {
    memset(out, 0, sizeof *out);
    const char *hash = strchr(spec, '#');
    size_t n = hash ? (size_t)(hash - spec) : strlen(spec);
    while (n && spec[n - 1] == '/') n--;
    const char *rest = strstr(spec, "://");
    if (!rest || n >= sizeof out->base - 8) return fail_set(why, ERR_FORMAT, "\"%.80s\" is no base URL such as http://host/v1", spec);
    rest += 3;
    const char *at = memchr(rest, '@', strcspn(rest, "/#"));
    if (at) return fail_set(why, ERR_FORMAT, "a key does not belong in the address; set OPENAI_API_KEY instead");
    size_t h = *rest == '[' ? strcspn(rest, "]") + 1 : strcspn(rest, ":/#?");
    if (h == 0 || h >= sizeof out->host) return fail_set(why, ERR_FORMAT, "\"%.80s\" names no host", spec);
    memcpy(out->host, rest, h);
    memcpy(out->base, spec, n);
    if (hash) snprintf(out->model, sizeof out->model, "%s", hash + 1);
    for (const char *s = out->base; *s; s++)
        if ((unsigned char)*s <= ' ' || *s == '"') return fail_set(why, ERR_FORMAT, "an address holds no spaces");
    return 0;
}

bool remote_url_default(char out[static 512]) {
    const char *base = getenv("OPENAI_BASE_URL");
    if (!base || !*base) base = getenv("OPENAI_API_BASE_URL");
    if (base && *base) return snprintf(out, 512, "%s", base), true;
    const char *ollama = getenv("OLLAMA_HOST");
    if (!ollama || !*ollama) return false;
    bool scheme = strstr(ollama, "://") != NULL;
    const char *after = scheme ? strstr(ollama, "://") + 3 : ollama;
    bool port = strrchr(after, ':') && strrchr(after, ':') > (strchr(after, ']') ? strchr(after, ']') : after);
    snprintf(out, 512, "%s%s%s/v1", scheme ? "" : "http://", ollama, port ? "" : ":11434");
    return true;
}
