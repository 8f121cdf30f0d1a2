/* SPDX-License-Identifier: Apache-2.0
 * home.c - what all lives in one house share, and opening one of them.
 *
 * LAYOUT  DATA/lives/ID/life.db; ID is the person's name made safe for a file name. DATA/lives/ID/lock.pass holds
 *         the passphrase's Argon2id hash when one was set. */
#include <ctype.h>
#include <dirent.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "turn/turn_parts.h"

#define PROMPT_VERSION "1"           /* of prompt_build() and think/'s remote prompt; part of who she is */

/* ---- identity: hashes over what ships ----------------------------------------------------------------------- */
static void hash_files(const char *prefix, const char *also, char hex[static 65]) {
    hash_sha *s = hash_sha_new();
    for (const embed_file *f = embed_files; f->name; f++) {
        if (strncmp(f->name, prefix, strlen(prefix)) != 0 && (!also || strcmp(f->name, also) != 0)) continue;
        hash_sha_add(s, text_of(f->name));
        hash_sha_add(s, (text){ (const char *)f->from, (size_t)(f->to - f->from) });
    }
    hash_sha_end(s, hex);
}

int home_identity(const home *h, const mind *m, identity *out, char hex[static 65]) {
    think_hash(m, hex);
    *out = (identity){ .at_ms = clk_now_ms(h->clock), .model = hex, .persona = h->persona_hash, .voice = h->voice_hash,
                       .prompt = h->prompt_hash, .schema = h->schema_hash, .program = SAMANTHA_VERSION };
    return 0;
}

/* ---- the house ------------------------------------------------------------------------------------------------ */
static void guess_locale(const char *given, char out[static 8]) {
    static const char *const vars[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    const char *v = given;
    for (size_t i = 0; (!v || !*v) && i < 3; i++) v = getenv(vars[i]);
    out[0] = '\0';
    const char *country = v ? strchr(v, '_') : NULL;
    if (given && strlen(given) == 2) country = given - 1;
    if (country && isalpha((unsigned char)country[1]) && isalpha((unsigned char)country[2])) {
        out[0] = (char)toupper((unsigned char)country[1]);
        out[1] = (char)toupper((unsigned char)country[2]);
        out[2] = '\0';
    }
}

int home_open(home **out, const home_options *o, fail *why) {
    if (sodium_init() < 0) return fail_set(why, ERR_IO, "the kernel gives no random numbers");
    home *h = mem_new(1, sizeof *h);
    *h = (home){ .data = mem_text(o->data, strlen(o->data)), .clock = o->clock, .guard_off = o->guard_off,
                 .seed = o->seed, .vfs = o->vfs, .think = { .stall_ms = o->patience_ms, .context_tokens = o->context_tokens } };
    pthread_mutex_init(&h->lock, NULL);
    if (o->mind) h->mind_spec = mem_text(o->mind, strlen(o->mind));
    if (!h->seed) randombytes_buf(&h->seed, sizeof h->seed);
    guess_locale(o->locale, h->locale);
    int err = care_open(&h->care, why);
    if (!err && !home_mind(h, "small", why)) err = ERR_FORMAT;
    if (!err && h->mind_spec && !home_mind(h, h->mind_spec, why)) err = why && why->code ? why->code : ERR_FORMAT;
    if (err) {
        home_close(h);
        return err;
    }
    remember_schema(h->schema_hash);
    hash_files("voice/", "sense.model", h->voice_hash);
    hash_files("voice/persona/", NULL, h->persona_hash);
    hash_sha *s = hash_sha_new();
    hash_sha_add(s, TEXT(PROMPT_VERSION));
    hash_sha_end(s, h->prompt_hash);
    *out = h;
    return 0;
}

void home_close(home *h) {
    if (!h) return;
    for (int i = 0; i < h->n_mind; i++) {
        think_close(h->mind_of[i]);
        free(h->spec[i]);
    }
    for (size_t i = 0; i < h->n_here; i++) free(h->here[i].person);
    free(h->here);
    care_close(h->care);
    pthread_mutex_destroy(&h->lock);
    free(h->mind_spec);
    free(h->data);
    free(h);
}

mind *home_mind(home *h, const char *spec, fail *why) {
    mind *m = NULL;
    pthread_mutex_lock(&h->lock);
    for (int i = 0; i < h->n_mind && !m; i++)
        if (strcmp(h->spec[i], spec) == 0) m = h->mind_of[i];
    if (!m && h->n_mind == MINDS_MAX) fail_set(why, ERR_FULL, "more than %d minds in one house", MINDS_MAX);
    else if (!m && think_open(&m, spec, &h->think, why) == 0) {
        h->spec[h->n_mind] = mem_text(spec, strlen(spec));
        h->mind_of[h->n_mind++] = m;
    }
    pthread_mutex_unlock(&h->lock);
    return m;
}

/* ---- presence -------------------------------------------------------------------------------------------------- */
void home_seen(home *h, const char *person) {
    int64_t now = clk_now_ms(h->clock);
    pthread_mutex_lock(&h->lock);
    size_t i = 0;
    while (i < h->n_here && strcmp(h->here[i].person, person) != 0) i++;
    if (i == h->n_here) {
        h->here = mem_grow(h->here, h->n_here + 1, sizeof *h->here);
        h->here[h->n_here++] = (presence){ mem_text(person, strlen(person)), 0 };
    }
    h->here[i].active_ms = now;
    pthread_mutex_unlock(&h->lock);
}

static int count_lives(const home *h, const char *except) {
    buf path = { 0 };
    buf_format(&path, "%s/lives", h->data);
    DIR *d = opendir(path.p);
    int n = 0;
    for (struct dirent *e; d && (e = readdir(d));)
        n += e->d_name[0] != '.' && strcmp(e->d_name, except) != 0;
    if (d) closedir(d);
    buf_release(&path);
    return n;
}

void home_presence(home *h, const turn *except, int *others_now, int *others_total) {
    char *dir = home_life_dir(h, except ? except->person : "");
    *others_total = count_lives(h, strrchr(dir, '/') + 1);
    free(dir);
    int64_t now = clk_now_ms(h->clock);
    *others_now = 0;
    pthread_mutex_lock(&h->lock);
    for (size_t i = 0; i < h->n_here; i++)
        if (!except || strcmp(h->here[i].person, except->person) != 0)
            *others_now += now - h->here[i].active_ms < PRESENT_MS;
    pthread_mutex_unlock(&h->lock);
}

/* ---- opening a life ------------------------------------------------------------------------------------------------ */
char *home_life_dir(const home *h, const char *person) {
    buf b = { 0 };
    buf_format(&b, "%s/lives/", h->data);
    for (const char *s = person; *s; s++) {
        bool plain = isalnum((unsigned char)*s) || *s == '-' || *s == '_' || (*s == '.' && s != person);
        if (plain) buf_char(&b, *s);
        else buf_format(&b, "%%%02X", (unsigned char)*s);
    }
    return b.p;
}

static int check_passphrase(const char *dir, const char *passphrase, fail *why) {
    buf path = { 0 }, hash = { 0 };
    buf_format(&path, "%s/lock.pass", dir);
    int err = file_exists(path.p) ? file_read(path.p, 256, &hash, why) : 0;
    if (!err && hash.n) {
        if (!passphrase) err = fail_set(why, ERR_DENIED, "this life has a passphrase; give it when asked, or with --passphrase-file");
        else if (crypto_pwhash_str_verify(hash.p, passphrase, strlen(passphrase)) != 0)
            err = fail_set(why, ERR_DENIED, "that is not the passphrase of this life");
    }
    buf_release(&path);
    buf_release(&hash);
    return err;
}

static int record_identity(turn *t, fail *why) {
    char hex[65];
    identity id;
    bool changed;
    home_identity(t->home, t->mind, &id, hex);
    return remember_identity(t->store, &id, &changed, why);
}

static int turn_load(turn *t, fail *why) {
    t->settings = remember_keep_read(t->store, "settings");
    if (!json_is_object(t->settings)) {
        json_decref(t->settings);
        t->settings = json_object();
    }
    json_t *saved = remember_keep_read(t->store, "bond");
    t->bond = care_bond_new(saved);
    json_decref(saved);
    t->thread = remember_keep_read(t->store, "thread");
    const char *spec = t->home->mind_spec ? t->home->mind_spec : turn_setting(t, "mind", "small");
    t->mind = home_mind(t->home, spec, why);
    if (!t->mind) {                              /* her chosen mind is away: small goes on */
        log_line(LOG_WARN, "mind %s: %s", spec, why ? why->text : "");
        t->mind = home_mind(t->home, "small", why);
    }
    return t->mind ? record_identity(t, why) : ERR_MISSING;
}

int turn_admit(const home *h, const char *person, const char *passphrase, fail *why) {
    char *dir = home_life_dir(h, person);
    int err = check_passphrase(dir, passphrase, why);
    free(dir);
    return err;
}

int turn_open(turn **out, home *h, const char *person, const char *passphrase, bool private, fail *why) {
    if (!person || !*person || strlen(person) > 64) return fail_set(why, ERR_USAGE, "a person's name has 1 to 64 letters");
    turn *t = mem_new(1, sizeof *t);
    *t = (turn){ .home = h, .person = mem_text(person, strlen(person)), .private = private,
                 .as_if = { .others_now = -1, .others_total = -1 } };
    char *dir = home_life_dir(h, person);
    int err = private ? 0 : file_folder(h->data, why);
    if (!err && !private) err = check_passphrase(dir, passphrase, why);
    remember_options o = { h->clock, private, h->vfs };
    if (!err) err = remember_open(&t->store, dir, &o, why);
    if (!err) err = turn_load(t, why);
    free(dir);
    if (err) {
        turn_close(t);
        return err;
    }
    *out = t;
    return 0;
}

void turn_close(turn *t) {
    if (!t) return;
    care_bond_free(t->bond);
    json_decref(t->thread);
    json_decref(t->settings);
    remember_close(t->store);
    arena_release(&t->scratch);
    buf_release(&t->status);
    buf_release(&t->meet_text);
    free(t->as_if.name);
    free(t->as_if.departure_date);
    free(t->as_if.departure_reason);
    free(t->person);
    free(t);
}
