/* SPDX-License-Identifier: Apache-2.0
 * log.h - what the operator may read. Never a person's words. Any thread. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

typedef enum { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG } log_level;

/* Where lines go; main/ sets it (default: nowhere). `line` is borrowed for the call. */
typedef void log_sink(void *ctx, log_level level, const char *line);
void log_to(log_sink *sink, void *ctx, log_level most);
void log_line(log_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
