/* SPDX-License-Identifier: Apache-2.0
 * serve.h - the front door: a house that keeps lives open and lets their people talk with her over a Unix socket.
 *
 * The channel (doc/talk.md) is one JSON object a line. A house is opened by `samantha serve`, or by any other command
 * inside itself when none is running: whoever asks, the way in is the socket.
 * Thread: serve_open and serve_close belong to one thread; everything runs in threads of the house's own. */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H
#include <stdbool.h>
#include "base/clock.h"
#include "base/fail.h"

typedef struct serve serve;

enum {
    SERVE_VERSION = 1,              /* of the channel                                             */
    SERVE_TEXT_MAX = 1200 * 1024,   /* bytes of one message (what a person says), UTF-8           */
    SERVE_LINE_MAX = 2500 * 1024    /* bytes of one line of the channel: such a text, all escaped */
};

typedef struct {
    const char *data;               /* the house's folder                                     */
    const char *mind;               /* as in home_options                                     */
    const char *locale;             /* as in home_options                                     */
    const char *vfs;                /* as in home_options                                     */
    int patience_ms, context_tokens;/* as in home_options                                     */
    clk *clock;                     /* borrowed until serve_close()                           */
    int workers;                    /* how many turns run at once; 0: two a core, at least 4  */
    int tick_ms;                    /* how often what is due is looked for; 0: 30 s           */
} serve_options;

/* Open the house in `data` and listen on DATA/house.sock.
 * Owner: serve_close(). Errors: ERR_BUSY (another program is this house; talk to it), ERR_DENIED, ERR_FULL, ERR_IO, and
 * whatever home_open() says. */
int serve_open(serve **out, const serve_options *o, fail *why);

/* Stop listening, end replies at the sentence, close every life. False when something still runs after `wait_ms`: what
 * was acknowledged is safe, but the program should end without touching the house again. NULL is fine. */
bool serve_close(serve *s, int wait_ms);

/* A way in to the house in `data`, if one is running under this user: *fd is owned, close() it.
 * Errors: ERR_MISSING nobody listens; ERR_DENIED somebody else's. */
int serve_connect(const char *data, int *fd, fail *why);

/* An error's name on the channel ("full", "denied" …) and back (0 for an unknown one). */
const char *serve_code(int err);
int serve_err(const char *code);

#endif
