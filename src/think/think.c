/* SPDX-License-Identifier: Apache-2.0
 * think.c - which mind is meant, and the way to it. */
#include <string.h>
#include "think/mind.h"

int think_open(mind **out, const char *spec, const think_options *o, fail *why) {
    static const think_options none = { 0 };
    if (!spec || !*spec) return fail_set(why, ERR_FORMAT, "no mind was named: \"small\", or a base URL such as http://host/v1");
    if (strcmp(spec, "small") == 0) return small_open(out, why);
    if (strncmp(spec, "http://", 7) == 0 || strncmp(spec, "https://", 8) == 0)
        return remote_open(out, spec, o ? o : &none, why);
    return fail_set(why, ERR_FORMAT, "\"%.80s\" is not a mind: \"small\", or a base URL such as http://host/v1", spec);
}

void think_close(mind *m) {
    if (m) m->back->close(m);
}

const char *think_name(const mind *m) { return m->back->name(m); }
bool think_leaves_machine(const mind *m) { return m->back->leaves(m); }
const char *think_host(const mind *m) { return m->back->host(m); }
void think_hash(const mind *m, char hex[static 65]) { m->back->hash(m, hex); }

int think_say(mind *m, const prompt *p, const think_sink *sink, arena *a, think_reply *out, fail *why) {
    memset(out, 0, sizeof *out);
    return m->back->say(m, p, sink, a, out, why);
}
