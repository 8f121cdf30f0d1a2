/* SPDX-License-Identifier: Apache-2.0
 * conf.h - settings: an INI file, the environment, the command line, and where each value came from.
 *
 * The table of keys is the caller's: "section.key", its default, what it must look like. The environment's name of
 * `talk.pace_ms` is SAMANTHA_TALK_PACE_MS. Later sources win: default, file, environment, command line.
 * Read once; after that any number of threads may ask. conf_set() writes the file and belongs to one thread. */
#ifndef BASE_CONF_H
#define BASE_CONF_H
#include <stdbool.h>
#include <stdint.h>
#include "base/fail.h"
#include "base/text.h"

typedef struct conf conf;

typedef enum { CONF_WORD, CONF_WHOLE, CONF_YESNO } conf_kind;   /* any text; a whole number; yes or no */

typedef struct {
    const char *key;           /* "talk.pace_ms"                       */
    conf_kind kind;
    const char *otherwise;     /* its default, as it would be written  */
    int64_t least, most;       /* CONF_WHOLE                           */
    const char *help;          /* one line                             */
} conf_key;                    /* a table of these ends with key == NULL; it is borrowed for good */

/* Read the file at `path` (none is fine) and the environment. Owner: conf_close().
 * Errors: ERR_FORMAT (which file or variable, which line, what is wrong), ERR_IO, ERR_DENIED. */
int conf_open(conf **out, const conf_key *keys, const char *path, fail *why);
void conf_close(conf *c);

/* Values; asking for a key that is not in the table is a bug. Borrowed until conf_close() or a conf_set() of it. */
const char *conf_word(const conf *c, const char *key);
int64_t conf_whole(const conf *c, const char *key);
bool conf_yes(const conf *c, const char *key);
/* "default", "FILE", "environment (SAMANTHA_…)", or what conf_override() was told. Borrowed likewise. */
const char *conf_source(const conf *c, const char *key);

/* A value from the command line. Errors: ERR_FORMAT. */
int conf_override(conf *c, const char *key, const char *value, const char *source, fail *why);

/* Write `value` for `key` into the file, keeping every other line and its comments, and take it as the file's value
 * (an environment variable or option still wins). "" brings the default back. Errors: ERR_MISSING (no such key; the
 * text lists near ones), ERR_FORMAT, ERR_IO, ERR_DENIED, ERR_FULL. */
int conf_set(conf *c, const char *key, const char *value, fail *why);

/* Keys of the file that are not in the table, one by one: a typing error, or a newer program's. NULL: no more. */
const char *conf_stray(const conf *c, size_t i);

#endif
