/* SPDX-License-Identifier: Apache-2.0
 * json.h - jansson with our limits: no duplicate keys, bounded depth and size, UTF-8 only. Any thread. */
#ifndef BASE_JSON_H
#define BASE_JSON_H
#include <jansson.h>
#include "base/arena.h"
#include "base/fail.h"
#include "base/text.h"

/* Parse one value. Owner: json_decref(). Errors: ERR_FORMAT says where. */
int json_read(json_t **out, text bytes, fail *why);

/* Compact UTF-8 text of `v`, keys in the order they were set, appended to *out. */
void json_write(const json_t *v, buf *out);

/* Fields with defaults; borrowed from `obj`. A field of another type counts as absent. */
const char *json_str(const json_t *obj, const char *key, const char *otherwise);
int64_t json_int(const json_t *obj, const char *key, int64_t otherwise);
double json_num(const json_t *obj, const char *key, double otherwise);
bool json_flag(const json_t *obj, const char *key, bool otherwise);

#endif
