/* SPDX-License-Identifier: Apache-2.0
 * client.h - one connection to the house, which outlives the house: when the program that holds it leaves, this one
 * joins the next, or becomes it. Main thread.
 *
 * What was said and not yet answered is remembered here and sent again under the same id, so nothing is lost and nothing
 * is noted twice. */
#ifndef MAIN_CLIENT_H
#define MAIN_CLIENT_H
#include "base/clock.h"
#include "base/fail.h"
#include "base/json.h"

typedef struct client client;

typedef struct {
    const char *data, *person;
    const char *passphrase;        /* or NULL; copied, and wiped at the end                            */
    const char *mind, *locale;     /* for the house this program may become; NULL: its own choice      */
    int workers, patience_ms, context_tokens;   /* for that house, as in serve_options                */
    bool private;
} client_options;

/* Join the house in `data`, or become it; say hello and be let in. Strings are copied.
 * Owner: client_close(). Errors: ERR_DENIED (passphrase, or somebody else's house), what serve_open() says. */
int client_open(client **out, const client_options *o, fail *why);
void client_close(client *c);

/* What the house said when it let us in (person, met, status, private). Borrowed. */
const json_t *client_welcome(const client *c);
bool client_is_house(const client *c);

/* Ready to read when this is (it changes when the house does). */
int client_fd(const client *c);

/* Say something; `id` is what its lines will carry. */
void client_say(client *c, text words, char id[static 27]);
/* Anything else of the channel; `v` is taken. */
void client_send(client *c, json_t *v);

/* The next line from the house, owned; NULL when none came in `wait_ms` (-1: as long as it takes) or on an error.
 * After the house has changed, a line {"t":"again"} comes first: what was shown of an unfinished reply comes anew.
 * Errors: *err set (ERR_IO …) when there is no house any more and none can be opened. */
json_t *client_next(client *c, int wait_ms, int *err, fail *why);

#endif
