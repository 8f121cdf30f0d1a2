/* SPDX-License-Identifier: Apache-2.0
 * conf_fuzz.c - any bytes as config.ini: read, or refused with a reason; and a setting written into them is read back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/conf.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const conf_key KEYS[] = {
    { "a.n", CONF_WHOLE, "1", -5, 500, "" },
    { "a.b", CONF_YESNO, "no", 0, 0, "" },
    { "mind.use", CONF_WORD, "small", 0, 0, "" },
    { NULL, CONF_WORD, NULL, 0, 0, NULL },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static char path[64];
    if (!*path) {
        snprintf(path, sizeof path, "/dev/shm/conf_fuzz.%ld", (long)getpid());
        if (access("/dev/shm", W_OK) != 0) snprintf(path, sizeof path, "/tmp/conf_fuzz.%ld", (long)getpid());
    }
    FILE *f = fopen(path, "wb");
    if (!f) abort();
    fwrite(data, 1, size, f);
    fclose(f);
    conf *c = NULL;
    fail why = { 0 };
    int err = conf_open(&c, KEYS, path, &why);
    if (err && (c || !why.text[0])) abort();
    if (!err) {
        if (conf_whole(c, "a.n") < -5 || conf_whole(c, "a.n") > 500) abort();
        if (conf_set(c, "mind.use", "fuzz", NULL) != 0) abort();
        conf_close(c);
        c = NULL;
        if (conf_open(&c, KEYS, path, &why) == 0) {
            if (strcmp(conf_word(c, "mind.use"), "fuzz") != 0 && !memchr(data, ':', size) && !memchr(data, '[', size)) abort();
            conf_close(c);
        }
    }
    unlink(path);
    return 0;
}
