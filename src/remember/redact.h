/* SPDX-License-Identifier: Apache-2.0
 * redact.h - what is never kept at all: passwords, PINs, card numbers. Private to remember/. Any thread. */
#ifndef REMEMBER_REDACT_H
#define REMEMBER_REDACT_H
#include "base/arena.h"
#include "base/text.h"

/* `said` with every secret replaced by a word in brackets; true when there was one, else *out is `said` itself. */
bool redact_secrets(arena *a, text said, text *out);

#endif
