/* SPDX-License-Identifier: Apache-2.0
 * remote.c - a mind elsewhere: any OpenAI-compatible server, streamed.
 *
 * DESIGN      One libcurl handle a call, so that calls of many threads do not meet. The server is asked for its models (and
 *             their context length) once, at the first need. Nothing is sent before somebody says something.
 * INVARIANTS  (1) No redirect is followed: words go to the host the person agreed to, or nowhere.
 *             (2) The key appears in no message and no log. */
#include "think/remote.h"
#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"

enum { CONTEXT_GUESS = 4096, STALL_MS = 20000, FIRST_MS = 60000, MODELS_MAX = 1 << 20, MODELS_MS = 10000 };

typedef struct {
    mind base;
    remote_url url;
    char *key;                     /* owned, or NULL                                    */
    int stall_ms, first_ms;
    int context_set;               /* what the caller said, or 0                        */
    pthread_mutex_t lock;          /* guards the fields below                           */
    bool asked;                    /* the server has been asked what it offers          */
    char model[128];
    int context_tokens;
    char title[416];               /* "model at host"                                   */
} remote;

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;
static void curl_begin(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

/* ---- one request ---------------------------------------------------------------------------------------------------- */
typedef struct {
    stream *stream;                /* a reply; or                                       */
    const think_sink *sink;        /* whom it is for, asked whether they still wait; or NULL */
    buf *body;                     /* everything, at most MODELS_MAX                    */
    fail *why;
    int err;
    int64_t last_us;               /* when the last byte came                           */
    int64_t first_us, stall_us;    /* patience before and after the first byte          */
    bool begun;
    long status;
    CURL *curl;
} exchange_wire;

static size_t on_bytes(char *p, size_t size, size_t n, void *ctx) {
    exchange_wire *w = ctx;
    text t = { p, size * n };
    w->last_us = clk_steady_us();
    w->begun = true;
    curl_easy_getinfo(w->curl, CURLINFO_RESPONSE_CODE, &w->status);
    if (w->stream && w->status < 300) w->err = stream_feed(w->stream, t, w->why);
    else if (w->body->n + t.n <= MODELS_MAX) buf_add(w->body, t);
    else w->err = fail_set(w->why, ERR_NET, "the server sent more than anyone asked for");
    return w->err ? 0 : t.n;
}

static int on_progress(void *ctx, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    (void)a, (void)b, (void)c, (void)d;
    exchange_wire *w = ctx;
    if (w->sink && w->sink->say(w->sink->ctx, TEXT("")) != 0) {      /* nobody waits for it any more */
        w->err = fail_set(w->why, ERR_STOPPED, "stopped");
        return 1;
    }
    int64_t quiet = clk_steady_us() - w->last_us;
    if (quiet <= (w->begun ? w->stall_us : w->first_us)) return 0;
    w->err = fail_set(w->why, ERR_NET, "no word from it for %d seconds", (int)(quiet / 1000000));
    return 1;
}

static struct curl_slist *headers(const char *key) {
    struct curl_slist *h = curl_slist_append(NULL, "Content-Type: application/json");
    h = curl_slist_append(h, "Accept: text/event-stream, application/json");
    h = curl_slist_append(h, "Expect:");
    if (key && *key) {
        buf line = { 0 };
        buf_format(&line, "Authorization: Bearer %s", key);
        h = curl_slist_append(h, line.p);
        buf_release(&line);
    }
    return h;
}

/* An error body in one plain sentence. */
static int bad_status(long status, const buf *body, fail *why) {
    json_t *v = NULL;
    const char *m = NULL;
    if (json_read(&v, buf_text(body), NULL) == 0) {
        const json_t *e = json_object_get(v, "error");
        m = json_is_string(e) ? json_string_value(e) : json_str(e, "message", NULL);
    }
    buf clean = { 0 };
    if (m) text_clean((text){ m, strnlen(m, 120) }, &clean);
    int err = status == 401 || status == 403 ? fail_set(why, ERR_NET, "it wants another key (status %ld); set OPENAI_API_KEY", status)
            : status == 404 ? fail_set(why, ERR_NET, "it knows no such model or path (404)%s%s", clean.n ? ": " : "", clean.n ? clean.p : "")
            : fail_set(why, ERR_NET, "status %ld%s%s", status, clean.n ? ": " : "", clean.n ? clean.p : "");
    buf_release(&clean);
    json_decref(v);
    return err;
}

static int wire_run(exchange_wire *w, const char *url, const char *key, const char *body, int connect_ms) {
    pthread_once(&curl_once, curl_begin);
    CURL *c = w->curl = curl_easy_init();
    if (!c) return fail_set(w->why, ERR_NOMEM, "no room for a connection");
    struct curl_slist *h = headers(key);
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, h);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);                     /* invariant (1) */
    curl_easy_setopt(c, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)connect_ms);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, w);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, w);
    if (body) curl_easy_setopt(c, CURLOPT_POSTFIELDS, body);
    w->last_us = clk_steady_us();
    CURLcode rc = curl_easy_perform(c);
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &w->status);
    if (!w->err && rc == CURLE_PARTIAL_FILE) w->err = fail_set(w->why, ERR_NET, "it hung up in the middle");
    else if (!w->err && rc != CURLE_OK) w->err = fail_set(w->why, ERR_NET, "%.120s", curl_easy_strerror(rc));
    if (!w->err && (w->status < 200 || w->status >= 300)) w->err = bad_status(w->status, w->body, w->why);
    curl_slist_free_all(h);
    curl_easy_cleanup(c);
    return w->err;
}

/* ---- what the server offers -------------------------------------------------------------------------------------------- */
static int ask_models(const char *base, const char *key, const think_sink *sink, json_t **out, fail *why) {
    buf url = { 0 }, body = { 0 };
    buf_format(&url, "%s/models", base);
    exchange_wire w = { .sink = sink, .body = &body, .why = why, .first_us = MODELS_MS * 1000LL, .stall_us = MODELS_MS * 1000LL };
    int err = wire_run(&w, url.p, key, NULL, MODELS_MS);
    json_t *v = NULL;
    if (!err && json_read(&v, buf_text(&body), NULL) != 0) err = fail_set(why, ERR_NET, "what answers at %.100s is no model server", base);
    json_t *data = json_object_get(v, "data");
    if (!err && !json_is_array(data)) err = fail_set(why, ERR_NET, "%.100s names no models", base);
    if (!err) *out = json_incref(data);
    json_decref(v);
    buf_release(&url);
    buf_release(&body);
    return err;
}

static int context_of(const json_t *m) {
    static const char *const keys[] = { "context_length", "max_model_len", "context_window", "n_ctx" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        int64_t n = json_int(m, keys[i], 0);
        if (n >= 256 && n < 1 << 24) return (int)n;
    }
    int64_t n = json_int(json_object_get(m, "meta"), "n_ctx", 0);
    return n >= 256 && n < 1 << 24 ? (int)n : 0;
}

/* The caller holds no lock. Keeps what it learned; an unreachable server leaves the guesses. */
static int ask_once(remote *r, const think_sink *sink, fail *why) {
    pthread_mutex_lock(&r->lock);
    bool need = !r->asked;
    pthread_mutex_unlock(&r->lock);
    if (!need) return 0;
    json_t *list = NULL;
    int err = ask_models(r->url.base, r->key, sink, &list, why);
    pthread_mutex_lock(&r->lock);
    const json_t *found = NULL, *m;
    size_t i;
    json_array_foreach(list, i, m) {
        const char *id = json_str(m, "id", "");
        bool other_kind = strstr(id, "embed") || strstr(id, "tts") || strstr(id, "whisper");
        if (*r->model ? strcmp(id, r->model) == 0 : !found && *id && !other_kind) found = m;
    }
    if (found && !*r->model) snprintf(r->model, sizeof r->model, "%s", json_str(found, "id", ""));
    if (found && !r->context_set && context_of(found)) r->context_tokens = context_of(found);
    if (!err && !*r->model) err = fail_set(why, ERR_NET, "the server at %.100s offers no model", r->url.host);
    if (*r->model) {
        snprintf(r->title, sizeof r->title, "%s at %s", r->model, r->url.host);
        if (!err) r->asked = true;
        else err = r->url.model[0] ? 0 : err;       /* the person named the model: try it */
    }
    pthread_mutex_unlock(&r->lock);
    json_decref(list);
    return err;
}

/* ---- the back end --------------------------------------------------------------------------------------------------------- */
static int remote_say(mind *m, const prompt *p, const think_sink *sink, arena *a, think_reply *out, fail *why) {
    (void)a;
    remote *r = (remote *)m;
    int err = ask_once(r, sink, why);
    if (err) return err;
    json_t *request = remote_request(p, r->model, r->context_tokens, &out->dropped);
    buf body = { 0 }, url = { 0 }, other = { 0 };
    json_write(request, &body);
    json_decref(request);
    buf_format(&url, "%s/chat/completions", r->url.base);
    stream *s = stream_new((stream_out){ sink->say, sink->ctx });
    exchange_wire w = { .stream = s, .sink = sink, .body = &other, .why = why, .first_us = r->first_ms * 1000LL, .stall_us = r->stall_ms * 1000LL };
    err = wire_run(&w, url.p, r->key, body.p, r->first_ms);
    if (!err) err = stream_end(s, why);
    stream_free(s);
    buf_release(&body);
    buf_release(&url);
    buf_release(&other);
    return err;
}

static const char *remote_name(const mind *m) { return ((const remote *)m)->title; }
static const char *remote_host(const mind *m) { return ((const remote *)m)->url.host; }
static bool remote_leaves(const mind *m) { return !remote_is_loopback(((const remote *)m)->url.host); }

static void remote_hash(const mind *m, char hex[static 65]) {
    const remote *r = (const remote *)m;
    hash_sha *s = hash_sha_new();
    hash_sha_add(s, TEXT("remote 1 "));
    hash_sha_add(s, text_of(r->url.base));
    hash_sha_add(s, TEXT(" "));
    hash_sha_add(s, text_of(r->url.model));
    hash_sha_end(s, hex);
}

static void remote_close(mind *m) {
    remote *r = (remote *)m;
    pthread_mutex_destroy(&r->lock);
    if (r->key) memset(r->key, 0, strlen(r->key));
    free(r->key);
    free(r);
}

static const mind_back remote_back = { remote_say, remote_name, remote_host, remote_leaves, remote_hash, remote_close };

int remote_open(mind **out, const char *base_url, const think_options *o, fail *why) {
    remote_url u;
    int err = remote_url_read(base_url, &u, why);
    if (err) return err;
    const char *key = o->api_key ? o->api_key : getenv("OPENAI_API_KEY");
    remote *r = mem_new(1, sizeof *r);
    *r = (remote){ .base = { &remote_back }, .url = u, .stall_ms = o->stall_ms ? o->stall_ms : STALL_MS,
                   .first_ms = o->stall_ms ? o->stall_ms : FIRST_MS, .context_set = o->context_tokens,
                   .context_tokens = o->context_tokens ? o->context_tokens : CONTEXT_GUESS };
    if (key && *key) r->key = mem_text(key, strlen(key));
    if (o->model) snprintf(r->url.model, sizeof r->url.model, "%s", o->model);
    snprintf(r->model, sizeof r->model, "%s", r->url.model);
    snprintf(r->title, sizeof r->title, "%s%s%s", r->model, *r->model ? " at " : "remote at ", u.host);
    pthread_mutex_init(&r->lock, NULL);
    *out = &r->base;
    return 0;
}

int think_models(const char *base_url, const char *api_key, arena *a, const char ***names, size_t *n, fail *why) {
    char fallback[512];
    *n = 0;
    if (!base_url && !remote_url_default(fallback)) return fail_set(why, ERR_MISSING, "no server is known; give its address: mind list http://host/v1");
    remote_url u;
    int err = remote_url_read(base_url ? base_url : fallback, &u, why);
    json_t *list = NULL;
    if (!err) err = ask_models(u.base, api_key ? api_key : getenv("OPENAI_API_KEY"), NULL, &list, why);
    if (err) return err;
    *names = arena_new(a, json_array_size(list) + 1, sizeof **names);
    size_t i;
    const json_t *m;
    json_array_foreach(list, i, m) {
        buf clean = { 0 };
        text_clean(text_of(json_str(m, "id", "")), &clean);
        if (clean.n) (*names)[(*n)++] = arena_str(a, clean.p, clean.n);
        buf_release(&clean);
    }
    json_decref(list);
    return 0;
}
