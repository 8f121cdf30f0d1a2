/* SPDX-License-Identifier: Apache-2.0
 * remote.h - the parts of the remote mind: what it is sent, and how its stream is read. Private to think/. */
#ifndef THINK_REMOTE_H
#define THINK_REMOTE_H
#include "think/mind.h"

/* ---- remote_stream.c: server-sent events of a chat completion, as hostile bytes ------------------------------- */
typedef struct {
    int (*say)(void *ctx, text more);   /* reply text, valid UTF-8, no control characters, reasoning left out */
    void *ctx;
} stream_out;
typedef struct stream stream;

stream *stream_new(stream_out out);
void stream_free(stream *s);
/* More bytes of the body. 0, ERR_STOPPED (the sink said so), ERR_NET (*why: what was wrong with it). */
int stream_feed(stream *s, text bytes, fail *why);
/* The connection has ended: ERR_NET when the reply was not brought to its end by the server. */
int stream_end(stream *s, fail *why);
bool stream_said(const stream *s);      /* did any reply text come? */

/* ---- remote_prompt.c --------------------------------------------------------------------------------------------- */
/* The request body. Drops the oldest messages (never the persona, never the newest) until it fits `context_tokens`;
 * *dropped says how many. Owned: json_decref(). */
json_t *remote_request(const prompt *p, const char *model, int context_tokens, int *dropped);

/* Is `host` this machine? localhost, 127.0.0.0/8, ::1. */
bool remote_is_loopback(const char *host);
/* "http://h:1/v1/" and friends to scheme, host and a base without a slash at the end; `#model` cut off. Errors: ERR_FORMAT. */
typedef struct { char base[512], host[256], model[128]; } remote_url;
int remote_url_read(const char *spec, remote_url *out, fail *why);
/* From OPENAI_BASE_URL, OPENAI_API_BASE_URL, OLLAMA_HOST; false when none is set. */
bool remote_url_default(char out[static 512]);

#endif
