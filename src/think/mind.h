/* SPDX-License-Identifier: Apache-2.0
 * mind.h - what a back end of think.h must be. Private to think/.
 *
 * A back end keeps its own state behind a struct that begins with a `mind`. */
#ifndef THINK_MIND_H
#define THINK_MIND_H
#include "think/think.h"

typedef struct {
    int (*say)(mind *m, const prompt *p, const think_sink *sink, arena *a, think_reply *out, fail *why);
    const char *(*name)(const mind *m);
    const char *(*host)(const mind *m);                       /* "" when nothing leaves the machine */
    bool (*leaves)(const mind *m);
    void (*hash)(const mind *m, char hex[static 65]);
    void (*close)(mind *m);
} mind_back;

struct mind { const mind_back *back; };

/* Owner of *out: think_close(). Errors as think_open(). */
int small_open(mind **out, fail *why);
int remote_open(mind **out, const char *base_url, const think_options *o, fail *why);

#endif
