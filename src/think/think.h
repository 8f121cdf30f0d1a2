/* SPDX-License-Identifier: Apache-2.0
 * think.h - words to words: a mind. Back ends: `small` (ships with the house), `remote` (any OpenAI-compatible server).
 *
 * A mind may be used by many threads at once, one prompt each; each call blocks until the reply has been said. */
#ifndef THINK_THINK_H
#define THINK_THINK_H
#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/fail.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"

typedef struct mind mind;

typedef struct {
    const char *base_url;      /* remote: ends in /v1 usually; NULL: from the environment (OPENAI_BASE_URL,
                                  OPENAI_API_BASE_URL, OLLAMA_HOST) */
    const char *model;         /* remote: NULL asks the server for its first */
    const char *api_key;       /* remote: NULL: OPENAI_API_KEY, else none; never logged */
    int context_tokens;        /* remote: 0 = ask or guess (4096) */
    int stall_ms;              /* remote: silence longer than this is a failure (default 20000; first byte 60000) */
} think_options;

/* `spec`: "small" or "http(s)://…/v1". Owner: think_close(). Errors: ERR_FORMAT (what is wrong with the spec), ERR_MISSING. */
int think_open(mind **out, const char *spec, const think_options *o, fail *why);
void think_close(mind *m);
const char *think_name(const mind *m);         /* "small", or "model at host" */
bool think_leaves_machine(const mind *m);      /* true: a host beyond loopback is told things */
const char *think_host(const mind *m);         /* "" for small */
void think_hash(const mind *m, char hex[static 65]);   /* what identity records */
/* Ask a remote server what it offers (mind list). Names in the arena. */
int think_models(const char *base_url, const char *api_key, arena *a, const char ***names, size_t *n, fail *why);

typedef struct { bool hers; text words; int64_t at_ms; } think_said;      /* one earlier message */
typedef struct { const char *words, *quote, *kind, *about; int64_t said_ms; double score; int64_t id; } think_memory;
typedef struct { const char *name, *tie, *she; } think_ally;

/* Everything a mind is given, as plain data; borrowed for the call. */
typedef struct {
    /* what was said */
    text heard;
    words said;                               /* heard, in words */
    const think_said *before; size_t n_before;/* this conversation, oldest first, heard not included */
    const think_memory *past; size_t n_past;  /* recalled */
    const think_ally *ally; size_t n_ally;    /* people in play, nearest first */
    /* what it is (care's sense) */
    const char *situation, *topic, *act, *ask, *feel[4];
    double situation_p, topic_p;
    int distress, valence; bool joked;
    /* what would help (care's plan) */
    const char *step, *moves[5], *stage, *hint;
    int max_words, max_questions; bool may_joke, may_advise;
    text opening;                             /* the planner's words already said this turn; the mind may add, or "" */
    /* who and when */
    const char *name, *her_name, *persona, *locale;
    int64_t now_ms; int others_now, others_total;
    bool first_today;
    int64_t (*line_used)(void *ctx, uint64_t id); void *line_ctx;
    uint64_t seed;
    const json_t *thread;                     /* the mind's own state of this conversation, as it gave it last; or NULL */
} prompt;

typedef struct {
    /* Words as they come, cut anywhere. Non-zero: stop now (ERR_STOPPED). */
    int (*say)(void *ctx, text more);
    void *ctx;
} think_sink;

typedef struct {
    json_t *thread;                           /* owned by the caller: json_decref(); NULL: none */
    uint64_t line[6]; int n_line;             /* repertoire lines used */
    int64_t memory[4]; int n_memory;          /* memories brought up */
    int dropped;                              /* oldest messages left out for room (remote) */
    const char *wish; json_t *wish_args;      /* a tool it wants, or NULL (act/) */
} think_reply;

/* Say something. Returns 0, ERR_STOPPED (the sink said so), ERR_NET (remote: nothing, stalled, cut short or broken; what
 * was said so far stands), ERR_FORMAT. *why has one plain sentence for the person. */
int think_say(mind *m, const prompt *p, const think_sink *sink, arena *a, think_reply *out, fail *why);

#endif
