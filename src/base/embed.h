/* SPDX-License-Identifier: Apache-2.0
 * embed.h - the files that ship inside the program: voice/, the sense model, the crisis lines. Any thread. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H
#include "base/text.h"

typedef struct { const char *name; const unsigned char *from, *to; } embed_file;   /* name: "voice/topics/garden.say" */

extern const embed_file embed_files[];      /* sorted by name; made by the Makefile; ends with name == NULL */

/* Bytes of one file, static; { NULL, 0 } when there is none. */
text embed_bytes(const char *name);

#endif
