/* SPDX-License-Identifier: Apache-2.0
 * file.c - see file.h. */
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/mem.h"

static int fail_errno(fail *why, const char *what, const char *path) {
    int e = errno;
    int code = e == ENOENT ? ERR_MISSING : e == EACCES || e == EPERM || e == EROFS ? ERR_DENIED
             : e == ENOSPC || e == EDQUOT || e == EFBIG ? ERR_FULL : ERR_IO;
    return fail_set(why, code, "%s %s: %s", what, path, strerror(e));
}

int file_read(const char *path, size_t max, buf *out, fail *why) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail_errno(why, "cannot open", path);
    char block[16384];
    int err = 0;
    size_t total = 0;
    for (;;) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) err = fail_errno(why, "cannot read", path);
        if (n <= 0) break;
        total += (size_t)n;
        if (total > max) {
            err = fail_set(why, ERR_FULL, "%s is larger than %zu bytes", path, max);
            break;
        }
        buf_add(out, (text){ block, (size_t)n });
    }
    close(fd);
    return err;
}

static bool write_all(int fd, text t) {
    while (t.n) {
        ssize_t n = write(fd, t.p, t.n);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        t.p += n;
        t.n -= (size_t)n;
    }
    return true;
}

static void sync_folder_of(const char *path) {
    char *folder = mem_text(path, strlen(path));
    char *slash = strrchr(folder, '/');
    if (slash) *slash = '\0';
    int fd = open(slash ? (*folder ? folder : "/") : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int file_write(const char *path, text bytes, fail *why) {
    buf temp = { 0 };
    buf_format(&temp, "%s.new-%ld", path, (long)getpid());
    int err = 0;
    int fd = open(temp.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        err = fail_errno(why, "cannot write", path);
        goto out;
    }
    if (!write_all(fd, bytes) || fsync(fd) != 0) err = fail_errno(why, "cannot write", path);
    close(fd);
    if (!err && rename(temp.p, path) != 0) err = fail_errno(why, "cannot replace", path);
    if (err) unlink(temp.p);
    else sync_folder_of(path);
out:
    buf_release(&temp);
    return err;
}

int file_folder(const char *path, fail *why) {
    char *p = mem_text(path, strlen(path));
    int err = 0;
    for (char *s = p + 1; !err; s++) {
        char was = *s;
        if (was != '/' && was != '\0') continue;
        *s = '\0';
        if (*p && mkdir(p, 0700) != 0 && errno != EEXIST) err = fail_errno(why, "cannot make folder", p);
        *s = was;
        if (was == '\0') break;
    }
    struct stat st;
    if (!err && stat(p, &st) != 0) err = fail_errno(why, "cannot use folder", p);
    else if (!err && !S_ISDIR(st.st_mode)) err = fail_set(why, ERR_DENIED, "%s is not a folder", p);
    else if (!err && st.st_uid != geteuid())
        err = fail_set(why, ERR_DENIED, "%s belongs to another user; choose a folder of your own with --data", p);
    else if (!err && access(p, W_OK | X_OK) != 0) err = fail_errno(why, "cannot write in folder", p);
    free(p);
    return err;
}

int file_lock(const char *path, int *fd, fail *why) {
    int f = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (f < 0) return fail_errno(why, "cannot open", path);
    if (flock(f, LOCK_EX | LOCK_NB) != 0) {
        int err = errno == EWOULDBLOCK ? fail_set(why, ERR_BUSY, "%s is in use by another program", path)
                                       : fail_errno(why, "cannot lock", path);
        close(f);
        return err;
    }
    *fd = f;
    return 0;
}

bool file_exists(const char *path) { return access(path, F_OK) == 0; }

int file_data_dir(buf *out, fail *why) {
    const char *own = getenv("SAMANTHA_DATA"), *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (own && *own) buf_str(out, own);
    else if (xdg && *xdg == '/') buf_format(out, "%s/samantha", xdg);
    else if (home && *home) buf_format(out, "%s/.local/share/samantha", home);
    else return fail_set(why, ERR_MISSING, "no HOME is set; say where her data should live with --data DIR");
    return 0;
}
