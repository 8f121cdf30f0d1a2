/* SPDX-License-Identifier: Apache-2.0
 * json.c - see json.h. */
#include "base/json.h"
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 64 };   /* nobody's message needs more; jansson itself stops at 2048 */

/* Deeper than DEPTH_MAX brackets outside strings? Cheap, and before any allocation. */
static bool too_deep(text t) {
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < t.n; i++) {
        char c = t.p[i];
        if (in_string) {
            if (c == '\\') i++;
            else if (c == '"') in_string = false;
        } else if (c == '"') in_string = true;
        else if (c == '[' || c == '{') {
            if (++depth > DEPTH_MAX) return true;
        } else if (c == ']' || c == '}') depth--;
    }
    return false;
}

int json_read(json_t **out, text bytes, fail *why) {
    if (too_deep(bytes)) return fail_set(why, ERR_FORMAT, "JSON nested deeper than %d", DEPTH_MAX);
    json_error_t e;
    json_t *v = json_loadb(bytes.n ? bytes.p : "", bytes.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if (!v) return fail_set(why, ERR_FORMAT, "not JSON: %.100s at byte %d", e.text, e.position);
    *out = v;
    return 0;
}

void json_write(const json_t *v, buf *out) {
    char *s = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
    if (!s) return;
    buf_str(out, s);
    free(s);
}

const char *json_str(const json_t *obj, const char *key, const char *otherwise) {
    const json_t *v = json_object_get(obj, key);
    return json_is_string(v) ? json_string_value(v) : otherwise;
}

int64_t json_int(const json_t *obj, const char *key, int64_t otherwise) {
    const json_t *v = json_object_get(obj, key);
    return json_is_integer(v) ? (int64_t)json_integer_value(v) : otherwise;
}

double json_num(const json_t *obj, const char *key, double otherwise) {
    const json_t *v = json_object_get(obj, key);
    return json_is_number(v) ? json_number_value(v) : otherwise;
}

bool json_flag(const json_t *obj, const char *key, bool otherwise) {
    const json_t *v = json_object_get(obj, key);
    return json_is_boolean(v) ? json_is_true(v) : otherwise;
}
