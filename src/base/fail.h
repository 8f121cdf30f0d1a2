/* SPDX-License-Identifier: Apache-2.0
 * fail.h - how errors travel: the code is the return value, the story rides along. */
#ifndef BASE_FAIL_H
#define BASE_FAIL_H

enum {
    ERR_NOMEM = -1,   /* a big or outside-sized block did not fit                 */
    ERR_IO = -2,      /* the disk or a socket said no                             */
    ERR_FORMAT = -3,  /* bytes from outside are not what they claim               */
    ERR_FULL = -4,    /* a limit of ours, or a full disk                          */
    ERR_MISSING = -5, /* no such file, key, memory or command                     */
    ERR_DENIED = -6,  /* not allowed: permissions, consent, passphrase            */
    ERR_BUSY = -7,    /* someone else holds it (two programs on one life)         */
    ERR_STOPPED = -8, /* the person or the guard stopped it; not a fault          */
    ERR_USAGE = -9,   /* the command's words are off                              */
    ERR_NET = -10     /* a remote mind did not answer as it should                */
};

typedef struct { int code; char text[240]; } fail;

/* Fill *why (may be NULL) and return `code`, so callers write `return fail_set(...)`. */
int fail_set(fail *why, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
