/* SPDX-License-Identifier: Apache-2.0
 * cutvfs.h - a disk that forgets: a SQLite VFS under which nothing is on the disk until it was synced. */
#ifndef TESTS_REMEMBER_CUTVFS_H
#define TESTS_REMEMBER_CUTVFS_H
#include <stdint.h>

/* Register the VFS "cut", on top of the default one. What is written waits in this process and reaches the file at xSync
 * only, in a random order (as a disk with a cache may write it): a kill discards what was not synced.
 * `seed` shuffles; `room` > 0 lets the files grow by so many bytes altogether, then the disk is full. */
void cutvfs_register(uint64_t seed, int64_t room);
/* From now on the disk has room again (or, with a number, so much). */
void cutvfs_room(int64_t room);

#endif
