/* SPDX-License-Identifier: Apache-2.0
 * chan.h - the channel of doc/talk.md as values: what a client may send, and the lines a house answers with. Private to
 * serve/. Any thread. */
#ifndef SERVE_CHAN_H
#define SERVE_CHAN_H
#include "base/json.h"

enum { CHAN_ARGS = 64, CHAN_ID_MAX = 64 };

typedef enum { CHAN_HELLO, CHAN_SAY, CHAN_STOP, CHAN_COMMAND, CHAN_MEET, CHAN_TICK } chan_kind;

/* One message from a client. Everything borrows from `json`. */
typedef struct {
    chan_kind kind;
    const char *id;                        /* the client's name for it, "" when it gave none     */
    int version;                           /* hello                                              */
    const char *person, *passphrase;       /* hello; passphrase may be NULL                      */
    bool private;                          /* hello                                              */
    text words;                            /* say                                                */
    const char *argv[CHAN_ARGS]; int argc; /* command                                            */
    const char *answer;                    /* meet; NULL starts or skips                         */
    int64_t message, shown;                /* stop: how much of which reply was shown; -1 unsaid */
    json_t *json;                          /* owned: chan_release()                              */
} chan_message;

/* Read one line (without its newline). Errors: ERR_FORMAT: not a message, and why; out->id is still filled when the
 * line had one, so the answer can name it. Either way chan_release() it. */
int chan_read(chan_message *out, text line, fail *why);
void chan_release(chan_message *m);

/* `v` (taken) as a line with its newline, appended to *out. */
void chan_line(buf *out, json_t *v);

/* {"t":t,"id":id} to be added to; without "id" when it is "" or NULL. Owned. */
json_t *chan_new(const char *t, const char *id);
/* Text that may hold anything, as a JSON string: ill-formed UTF-8 is mended. */
json_t *chan_text(text t);

#endif
