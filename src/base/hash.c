/* SPDX-License-Identifier: Apache-2.0
 * hash.c - see hash.h. */
#include "base/hash.h"
#include <sodium.h>
#include <stdlib.h>
#include "base/mem.h"

uint64_t hash_fnv_more(uint64_t h, text t) {
    for (size_t i = 0; i < t.n; i++) h = (h ^ (unsigned char)t.p[i]) * 0x100000001B3u;
    return h;
}

uint64_t hash_fnv(text t) { return hash_fnv_more(0xCBF29CE484222325u, t); }

struct hash_sha { crypto_hash_sha256_state state; };

hash_sha *hash_sha_new(void) {
    hash_sha *s = mem_new(1, sizeof *s);
    crypto_hash_sha256_init(&s->state);
    return s;
}

void hash_sha_add(hash_sha *s, text t) {
    crypto_hash_sha256_update(&s->state, (const unsigned char *)t.p, t.n);
}

void hash_sha_end(hash_sha *s, char hex[static 65]) {
    unsigned char raw[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&s->state, raw);
    sodium_bin2hex(hex, 65, raw, sizeof raw);
    free(s);
}

uint64_t rand_next(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Source: the ULID specification: 48 bits of ms, 80 random bits, Crockford base 32. */
void rand_ulid(int64_t now_ms, char out[static 27]) {
    static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char raw[16];
    randombytes_buf(raw, sizeof raw);
    for (int i = 0; i < 6; i++) raw[i] = (unsigned char)((uint64_t)now_ms >> (40 - 8 * i));
    for (int i = 0; i < 26; i++) {                    /* 130 bits, the top two are zero */
        int low = 125 - 5 * i;                        /* lowest bit of this digit       */
        unsigned v = 0;
        for (int b = 4; b >= 0; b--) {
            int bit = low + b;
            unsigned on = bit < 128 ? ((unsigned)raw[15 - bit / 8] >> (bit % 8)) & 1u : 0u;
            v = v << 1 | on;
        }
        out[i] = crockford[v];
    }
    out[26] = '\0';
}
