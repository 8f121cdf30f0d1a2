/* SPDX-License-Identifier: Apache-2.0
 * embed.c - see embed.h; the table itself is made by packaging/embed.sh. */
#include "base/embed.h"
#include <string.h>

text embed_bytes(const char *name) {
    for (const embed_file *f = embed_files; f->name; f++)
        if (strcmp(f->name, name) == 0) return (text){ (const char *)f->from, (size_t)(f->to - f->from) };
    return (text){ NULL, 0 };
}
