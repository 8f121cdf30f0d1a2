/* SPDX-License-Identifier: Apache-2.0
 * fail.c - see fail.h. */
#include "base/fail.h"
#include <stdarg.h>
#include <stdio.h>

int fail_set(fail *why, int code, const char *fmt, ...) {
    if (why) {
        va_list ap;
        va_start(ap, fmt);
        why->code = code;
        vsnprintf(why->text, sizeof why->text, fmt, ap);
        va_end(ap);
    }
    return code;
}
