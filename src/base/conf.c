/* SPDX-License-Identifier: Apache-2.0
 * conf.c - settings and where they came from.
 *
 * DESIGN      inih reads; writing is ours, line by line, because a person's comments and order are theirs. A value is
 *             checked where it enters, so the rest of the program never meets a bad one.
 * INVARIANTS  (1) value[i] always fits keys[i]: defaults are checked by assert, all others by fits(). */
#include "base/conf.h"
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/mem.h"

enum { FILE_MOST = 256 * 1024, LINE_MOST = 190 /* inih 55 as Debian builds it cuts at 200 */ };

typedef struct {
    char *value, *source;      /* owned                                        */
    bool above;                /* came from the environment or an option       */
} slot;

struct conf {
    const conf_key *keys;      /* borrowed */
    size_t n_key;
    slot *slot;                /* [n_key]  */
    char *path;
    char **stray;              /* [n_stray] */
    size_t n_stray;
    fail bad;                  /* while reading: the first thing wrong */
};

static ptrdiff_t key_find(const conf *c, const char *key) {
    for (size_t i = 0; i < c->n_key; i++)
        if (strcmp(c->keys[i].key, key) == 0) return (ptrdiff_t)i;
    return -1;
}

static const slot *slot_of(const conf *c, const char *key) {
    ptrdiff_t i = key_find(c, key);
    assert(i >= 0);
    return &c->slot[i];
}

static bool word_in(const char *value, const char *const *list) {
    for (; *list; list++)
        if (text_is_fold(text_of(value), *list)) return true;
    return false;
}
static const char *const YES[] = { "yes", "true", "on", "1", NULL }, *const NO[] = { "no", "false", "off", "0", NULL };

static bool whole_read(const char *value, int64_t *out) {
    errno = 0;
    char *end;
    long long v = strtoll(value, &end, 10);
    *out = v;
    return end != value && *end == '\0' && errno == 0;
}

static int fits(const conf_key *k, const char *value, const char *where, fail *why) {
    int64_t n;
    if (k->kind == CONF_YESNO && !word_in(value, YES) && !word_in(value, NO))
        return fail_set(why, ERR_FORMAT, "%s: %s is yes or no, not \"%.40s\"", where, k->key, value);
    if (k->kind == CONF_WHOLE && (!whole_read(value, &n) || n < k->least || n > k->most))
        return fail_set(why, ERR_FORMAT, "%s: %s is a whole number from %lld to %lld, not \"%.40s\"", where, k->key,
                        (long long)k->least, (long long)k->most, value);
    for (const char *p = value; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return fail_set(why, ERR_FORMAT, "%s: %s may not hold control characters", where, k->key);
    return 0;
}

static void slot_take(slot *s, const char *value, const char *source, bool above) {
    free(s->value);
    free(s->source);
    s->value = mem_text(value, strlen(value));
    s->source = mem_text(source, strlen(source));
    s->above = above;
}

/* inih's callback: 1 goes on, 0 makes inih report the line. A value that does not fit is kept in c->bad. */
static int on_pair(void *ctx, const char *section, const char *name, const char *value) {
    conf *c = ctx;
    if (!*name) return 0;              /* "= value": inih reports the line */
    buf key = { 0 };
    buf_format(&key, "%s%s%s", section, *section ? "." : "", name);
    ptrdiff_t i = key_find(c, key.p);
    if (i < 0) {
        c->stray = mem_grow(c->stray, c->n_stray + 1, sizeof *c->stray);
        c->stray[c->n_stray++] = key.p;
        return 1;
    }
    buf_release(&key);
    fail bad;
    if (fits(&c->keys[i], value, c->path, &bad) != 0) {
        if (!c->bad.code) c->bad = bad;
    } else slot_take(&c->slot[i], value, c->path, false);
    return 1;
}

static int read_file(conf *c, fail *why) {
    buf b = { 0 };
    fail here = { 0 };
    int err = file_read(c->path, FILE_MOST, &b, &here);
    if (err == ERR_MISSING) err = 0;
    else if (err) return fail_set(why, err, "%s", here.text);
    else if (memchr(b.p ? b.p : "", '\0', b.n)) err = fail_set(why, ERR_FORMAT, "%s holds a NUL byte", c->path);
    else if (b.n) {
        int line = ini_parse_string(b.p, on_pair, c);
        if (c->bad.code) err = fail_set(why, ERR_FORMAT, "%s", c->bad.text);
        else if (line > 0)
            err = fail_set(why, ERR_FORMAT, "%s line %d is not `key = value` (or is longer than %d bytes)", c->path,
                           line, (int)LINE_MOST);
        else if (line < 0) err = fail_set(why, ERR_NOMEM, "%s: no memory to read it", c->path);
    }
    buf_release(&b);
    return err;
}

static void variable_of(const char *key, buf *out) {
    buf_str(out, "SAMANTHA_");
    for (; *key; key++) buf_char(out, *key == '.' || *key == '-' ? '_' : (char)toupper((unsigned char)*key));
}

static int read_environment(conf *c, fail *why) {
    int err = 0;
    for (size_t i = 0; i < c->n_key && !err; i++) {
        buf name = { 0 }, source = { 0 };
        variable_of(c->keys[i].key, &name);
        const char *value = getenv(name.p);
        if (value) {
            buf_format(&source, "environment (%s)", name.p);
            err = fits(&c->keys[i], value, name.p, why);
            if (!err) slot_take(&c->slot[i], value, source.p, true);
        }
        buf_release(&name);
        buf_release(&source);
    }
    return err;
}

int conf_open(conf **out, const conf_key *keys, const char *path, fail *why) {
    conf *c = mem_new(1, sizeof *c);
    c->keys = keys;
    while (keys[c->n_key].key) c->n_key++;
    c->slot = mem_new(c->n_key, sizeof *c->slot);
    c->path = mem_text(path, strlen(path));
    for (size_t i = 0; i < c->n_key; i++) {
        assert(fits(&keys[i], keys[i].otherwise, "default", NULL) == 0);
        slot_take(&c->slot[i], keys[i].otherwise, "default", false);
    }
    int err = read_file(c, why);
    if (!err) err = read_environment(c, why);
    if (err) conf_close(c);
    else *out = c;
    return err;
}

void conf_close(conf *c) {
    if (!c) return;
    for (size_t i = 0; i < c->n_key; i++) {
        free(c->slot[i].value);
        free(c->slot[i].source);
    }
    for (size_t i = 0; i < c->n_stray; i++) free(c->stray[i]);
    free(c->stray);
    free(c->slot);
    free(c->path);
    free(c);
}

const char *conf_word(const conf *c, const char *key) { return slot_of(c, key)->value; }
const char *conf_source(const conf *c, const char *key) { return slot_of(c, key)->source; }
bool conf_yes(const conf *c, const char *key) { return word_in(slot_of(c, key)->value, YES); }
const char *conf_stray(const conf *c, size_t i) { return i < c->n_stray ? c->stray[i] : NULL; }

int64_t conf_whole(const conf *c, const char *key) {
    int64_t v = 0;
    whole_read(slot_of(c, key)->value, &v);
    return v;
}

int conf_override(conf *c, const char *key, const char *value, const char *source, fail *why) {
    ptrdiff_t i = key_find(c, key);
    assert(i >= 0);
    int err = fits(&c->keys[i], value, source, why);
    if (!err) slot_take(&c->slot[i], value, source, true);
    return err;
}

/* Is `line` a "[name]" heading, and is it this one? */
static bool is_heading(text line, text *name) {
    line = text_trim(line);
    if (line.n < 2 || line.p[0] != '[') return false;
    const char *close = memchr(line.p, ']', line.n);
    if (!close) return false;
    *name = (text){ line.p + 1, (size_t)(close - line.p - 1) };
    return true;
}

static bool is_pair_of(text line, text name) {
    line = text_trim(line);
    if (!line.n || line.p[0] == ';' || line.p[0] == '#') return false;
    size_t eq = 0;
    while (eq < line.n && line.p[eq] != '=' && line.p[eq] != ':') eq++;
    return eq < line.n && text_eq(text_trim((text){ line.p, eq }), name);
}

static void add_pair(buf *out, text name, const char *value) {
    if (!*value) return;
    buf_format(out, "%.*s = %s\n", (int)name.n, name.p, value);
}

/* `old` with the pair in its section replaced, added at the section's end, or taken out (value ""). */
static void rewrite(text old, text section, text name, const char *value, buf *out) {
    bool inside = section.n == 0, done = false;
    size_t at_end = 0;                 /* where in *out a new pair of the section would go */
    while (old.n) {
        text line = text_cut(&old, '\n'), heading;
        if (is_heading(line, &heading)) {
            inside = text_eq(heading, section);
        } else if (inside && is_pair_of(line, name)) {
            if (!done) add_pair(out, name, value);
            done = true;
            at_end = out->n;
            continue;
        }
        buf_add(out, line);
        buf_char(out, '\n');
        if (inside && text_trim(line).n) at_end = out->n;
    }
    if (done || !*value) return;
    if (!at_end) {
        buf_format(out, "%s[%.*s]\n", out->n ? "\n" : "", (int)section.n, section.p);
        add_pair(out, name, value);
        return;
    }
    char *tail = mem_text(out->p + at_end, out->n - at_end);
    size_t n_tail = out->n - at_end;
    out->n = at_end;
    add_pair(out, name, value);
    buf_add(out, (text){ tail, n_tail });
    free(tail);
}

static int no_such_key(const conf *c, const char *key, fail *why) {
    buf near = { 0 };
    const char *dot = strrchr(key, '.');
    text last = text_of(dot ? dot + 1 : key);
    for (size_t i = 0; i < c->n_key; i++) {
        text k = text_of(c->keys[i].key);
        text section = text_cut(&k, '.');
        if (text_is_fold(k, last.p) || (dot && text_eq(section, (text){ key, (size_t)(dot - key) })))
            buf_format(&near, "%s%s", near.n ? ", " : "", c->keys[i].key);
    }
    fail_set(why, ERR_MISSING, "there is no setting \"%.60s\"%s%.120s; `config show` lists them all", key,
             near.n ? "; perhaps " : "", near.n ? near.p : "");
    buf_release(&near);
    return ERR_MISSING;
}

int conf_set(conf *c, const char *key, const char *value, fail *why) {
    ptrdiff_t i = key_find(c, key);
    if (i < 0) return no_such_key(c, key, why);
    const char *taken = *value ? value : c->keys[i].otherwise;
    int err = fits(&c->keys[i], taken, "config set", why);
    if (err) return err;
    if (strlen(key) + strlen(value) > LINE_MOST - 3)
        return fail_set(why, ERR_FORMAT, "%s: a value is at most %d bytes", key, (int)(LINE_MOST - 3 - strlen(key)));
    if (strpbrk(value, ";#") || *value == ' ' || (*value && value[strlen(value) - 1] == ' '))
        return fail_set(why, ERR_FORMAT, "%s: a value may not hold ; or # or begin or end in a space", key);
    buf old = { 0 }, now = { 0 };
    fail here = { 0 };
    err = file_read(c->path, FILE_MOST, &old, &here);
    if (err == ERR_MISSING) err = 0;
    if (err) fail_set(why, err, "%s", here.text);
    else {
        text name = text_of(key), section = text_cut(&name, '.');
        rewrite(buf_text(&old), section, name, value, &now);
        err = file_write(c->path, buf_text(&now), why);
    }
    if (!err && !c->slot[i].above) slot_take(&c->slot[i], taken, *value ? c->path : "default", false);
    buf_release(&old);
    buf_release(&now);
    return err;
}
