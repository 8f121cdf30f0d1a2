/* SPDX-License-Identifier: Apache-2.0
 * file.h - files and folders, with durability said out loud. Any thread. */
#ifndef BASE_FILE_H
#define BASE_FILE_H
#include <stdbool.h>
#include <stddef.h>
#include "base/fail.h"
#include "base/text.h"

/* Whole file into *out (appended). Errors: ERR_MISSING, ERR_IO, ERR_FULL when over `max` bytes. */
int file_read(const char *path, size_t max, buf *out, fail *why);

/* Replace `path` so that a crash leaves the old or the new content, synced; mode 0600.
 * Errors: ERR_IO, ERR_FULL (disk), ERR_DENIED. */
int file_write(const char *path, text bytes, fail *why);

/* Folder and its parents, mode 0700. Errors: ERR_DENIED when foreign-owned or read-only, ERR_IO. */
int file_folder(const char *path, fail *why);

/* Take an exclusive lock (flock) on `path`, made if missing. *fd is owned: close() it. Errors: ERR_BUSY. */
int file_lock(const char *path, int *fd, fail *why);

bool file_exists(const char *path);

/* XDG: $SAMANTHA_DATA, else $XDG_DATA_HOME/samantha, else $HOME/.local/share/samantha. */
int file_data_dir(buf *out, fail *why);

#endif
