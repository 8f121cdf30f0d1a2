/* SPDX-License-Identifier: Apache-2.0
 * doctor.c - looks at this machine and says what to mend.
 *
 * DESIGN  A table of looks; each says one thing as ok, note or fault. A fault makes the exit status 1. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "main/commands.h"
#include "serve/serve.h"

typedef enum { FINE, NOTE, FAULT } finding;
typedef struct { const cli *cli; char text[320]; } look;

static finding say(look *l, finding f, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static finding say(look *l, finding f, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(l->text, sizeof l->text, fmt, ap);
    va_end(ap);
    return f;
}

static finding look_program(look *l) { return say(l, FINE, "samantha %s", SAMANTHA_VERSION); }

static finding look_folder(look *l) {
    fail why = { 0 };
    const char *data = l->cli->data;
    if (!file_exists(data)) return say(l, NOTE, "%s is not there yet; the first talk makes it", data);
    if (file_folder(data, &why) != 0) return say(l, FAULT, "%s", why.text);
    struct stat st;
    if (stat(data, &st) == 0 && (st.st_mode & 077))
        return say(l, FAULT, "%s can be read by others; mend it with: chmod 700 '%s'", data, data);
    return say(l, FINE, "%s is yours alone", data);
}

static finding look_room(look *l) {
    struct statvfs v;
    char at[300];
    snprintf(at, sizeof at, "%s", l->cli->data);
    while (*at && statvfs(at, &v) != 0) {                      /* the nearest folder that exists */
        char *slash = strrchr(at, '/');
        if (!slash) break;
        *slash = '\0';
    }
    if (statvfs(*at ? at : "/", &v) != 0) return say(l, NOTE, "cannot tell how much room is on the disk");
    unsigned long long mb = (unsigned long long)v.f_bavail * v.f_frsize >> 20;
    if (mb < 20) return say(l, FAULT, "only %llu MB are free where her data lives; nothing new can be kept", mb);
    return say(l, mb < 200 ? NOTE : FINE, "%llu MB are free where her data lives", mb);
}

static finding look_settings(look *l) {
    const char *stray = conf_stray(l->cli->conf, 0);
    if (stray) return say(l, NOTE, "%s: nothing is called \"%.60s\"", l->cli->config, stray);
    return say(l, FINE, "%s: %s", l->cli->config, file_exists(l->cli->config) ? "every setting is understood" : "none yet, the defaults hold");
}

static finding look_house(look *l) {
    int fd;
    fail why = { 0 };
    int err = serve_connect(l->cli->data, &fd, &why);
    if (!err) {
        close(fd);
        return say(l, FINE, "a house is running there");
    }
    if (err == ERR_DENIED) return say(l, FAULT, "%s", why.text);
    return say(l, FINE, "no house is running there; the next talk opens one");
}

static finding look_letters(look *l) {
    setlocale(LC_CTYPE, "");
    const char *set = nl_langinfo(CODESET);
    if (strcmp(set, "UTF-8") == 0) return say(l, FINE, "this terminal speaks UTF-8");
    return say(l, NOTE, "the locale's letters are %s; set LANG to one that ends in .UTF-8 for accents and emoji", set);
}

static finding look_clock(look *l) {
    clk *now = clk_real();
    civil c = civil_local(clk_now_ms(now));
    clk_free(now);
    if (c.year < 2024) return say(l, FAULT, "the clock says it is %d; dates and reminders will be wrong", c.year);
    return say(l, FINE, "the clock says %04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

static finding look_country(look *l) {
    const char *own = conf_word(l->cli->conf, "house.locale"), *lang = getenv("LC_ALL");
    if (!lang || !*lang) lang = getenv("LANG");
    if (*own) return say(l, FINE, "help lines are those of %s", own);
    if (lang && strchr(lang, '_')) return say(l, FINE, "help lines follow LANG (%s)", lang);
    return say(l, NOTE, "your country is unknown, so help lines are international; set it: samantha config set house.locale GB");
}

static finding look_open_files(look *l) {
    struct rlimit r;
    getrlimit(RLIMIT_NOFILE, &r);
    if (r.rlim_cur < 256) return say(l, NOTE, "only %llu files may be open at once", (unsigned long long)r.rlim_cur);
    return say(l, FINE, "%llu files may be open at once", (unsigned long long)r.rlim_cur);
}

static finding (*const LOOKS[])(look *l) = {
    look_program, look_folder, look_room, look_settings, look_house, look_letters, look_clock, look_country, look_open_files,
};

int command_doctor(cli *c) {
    static const char *const names[] = { "ok", "note", "FAULT" };
    int status = EXIT_DONE;
    for (size_t i = 0; i < sizeof LOOKS / sizeof *LOOKS; i++) {
        look l = { .cli = c };
        finding f = LOOKS[i](&l);
        if (f == FAULT) status = EXIT_FAILED;
        if (c->json) {
            buf b = { 0 };
            json_t *v = json_pack("{s:s,s:s}", "finding", names[f], "text", l.text);
            json_write(v, &b);
            printf("%s\n", b.p ? b.p : "{}");
            buf_release(&b);
            json_decref(v);
        } else {
            printf("%-6s", names[f]);
            print_clean(l.text);
        }
    }
    return status;
}
