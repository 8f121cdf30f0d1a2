/* SPDX-License-Identifier: Apache-2.0
 * log.c - see log.h. The lock guards sink, sink_ctx and most. */
#include "base/log.h"
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static log_sink *sink;
static void *sink_ctx;
static log_level most_level = LOG_WARN;

void log_to(log_sink *to, void *ctx, log_level most) {
    pthread_mutex_lock(&lock);
    sink = to;
    sink_ctx = ctx;
    most_level = most;
    pthread_mutex_unlock(&lock);
}

void log_line(log_level level, const char *fmt, ...) {
    char line[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    pthread_mutex_lock(&lock);
    if (sink && level <= most_level) sink(sink_ctx, level, line);
    pthread_mutex_unlock(&lock);
}
