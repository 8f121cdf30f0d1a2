/* SPDX-License-Identifier: Apache-2.0
 * chan_fuzz.c - any bytes as a line of the channel: a message within its bounds, or an error with a story. */
#include <stdlib.h>
#include <string.h>
#include "serve/chan.h"
#include "serve/serve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    chan_message m;
    fail why = { 0 };
    int err = chan_read(&m, (text){ (const char *)data, size }, &why);
    if (err && (why.code != err || !*why.text)) abort();
    if (!m.id || strlen(m.id) > CHAN_ID_MAX) abort();
    if (!err) {
        if (m.kind == CHAN_HELLO && (!m.person || !*m.person || m.version != SERVE_VERSION)) abort();
        if (m.kind == CHAN_SAY && (!m.words.p || !*m.id || m.words.n > SERVE_TEXT_MAX)) abort();
        if (m.kind == CHAN_COMMAND && (m.argc < 1 || m.argc > CHAN_ARGS || !m.argv[m.argc - 1])) abort();
        /* what we could read we can write, on one line */
        buf b = { 0 };
        chan_line(&b, json_incref(m.json));
        if (b.n < 3 || memchr(b.p, '\n', b.n) != b.p + b.n - 1) abort();
        buf_release(&b);
    }
    json_t *v = chan_text((text){ (const char *)data, size });
    if (!v) abort();
    json_decref(v);
    chan_release(&m);
    return 0;
}
