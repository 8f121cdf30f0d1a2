/* SPDX-License-Identifier: Apache-2.0
 * hash.h - fingerprints. Any thread. */
#ifndef BASE_HASH_H
#define BASE_HASH_H
#include <stdint.h>
#include "base/text.h"

/* FNV-1a, 64 bit: for tables and line ids, never for trust. Source: draft-eastlake-fnv. */
uint64_t hash_fnv(text t);
uint64_t hash_fnv_more(uint64_t h, text t);

/* SHA-256 as 64 hex digits and a NUL: for identities. Source: FIPS 180-4, by libsodium. */
typedef struct hash_sha hash_sha;
hash_sha *hash_sha_new(void);
void hash_sha_add(hash_sha *s, text t);
void hash_sha_end(hash_sha *s, char hex[static 65]);   /* frees s */

/* A reproducible random stream (SplitMix64, Steele et al. 2014). */
uint64_t rand_next(uint64_t *state);
/* 16 random bytes from the kernel as 26 characters of Crockford base 32, time-ordered (ULID). */
void rand_ulid(int64_t now_ms, char out[static 27]);

#endif
