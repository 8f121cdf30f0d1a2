/* SPDX-License-Identifier: Apache-2.0
 * stream_fuzz.c - what a remote server may send as a reply: any bytes, in any cuts, never a crash, only clean text out. */
#include <stdlib.h>
#include "think/remote.h"

static int take(void *ctx, text t) {
    size_t *n = ctx;
    if (!text_is_utf8(t)) abort();
    for (size_t i = 0; i < t.n; i++)
        if ((unsigned char)t.p[i] < 0x20 && t.p[i] != '\n' && t.p[i] != '\t') abort();
    *n += t.n;
    return *n > 100000 ? ERR_STOPPED : 0;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    if (size < 1) return 0;
    size_t said = 0, step = data[0] % 64u + 1u;
    stream *s = stream_new((stream_out){ take, &said });
    fail why = { 0 };
    int err = 0;
    for (size_t i = 1; i < size && !err; i += step)
        err = stream_feed(s, (text){ (const char *)data + i, i + step < size ? step : size - i }, &why);
    if (!err) stream_end(s, &why);
    stream_free(s);
    remote_url u;
    char spec[300];
    size_t n = size < sizeof spec ? size : sizeof spec - 1;
    for (size_t i = 0; i < n; i++) spec[i] = (char)data[i];
    spec[n < size ? n : size] = '\0';
    remote_url_read(spec, &u, &why);
    return 0;
}
