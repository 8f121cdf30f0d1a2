/* SPDX-License-Identifier: Apache-2.0
 * cli.c - reading the command line.
 *
 * DESIGN  Options may stand anywhere; "--" ends them. Two passes: the first finds the command (so that its own options
 *         are known), the second takes every option. Nothing here touches a life. */
#include "main/cli.h"
#include <pwd.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

const conf_key cli_keys[] = {
    { "talk.pace_ms", CONF_WHOLE, "1200", 0, 1500, "how long her words may take to unfold on a terminal, in all; 0: at once" },
    { "talk.colour", CONF_YESNO, "yes", 0, 0, "dim and bold on a terminal (NO_COLOR and a dumb TERM switch it off too)" },
    { "talk.status", CONF_YESNO, "yes", 0, 0, "the quiet line above the prompt: what she is, who else is here, which mind" },
    { "house.locale", CONF_WORD, "", 0, 0, "your country, two letters (GB, US, DE …): which help lines are shown; empty: from LANG" },
    { "house.workers", CONF_WHOLE, "0", 0, 256, "how many conversations are answered at once; 0: from the number of cores" },
    { "mind.use", CONF_WORD, "", 0, 0, "the mind for every life in this house, like --mind; empty: each life's own choice" },
    { "mind.patience_ms", CONF_WHOLE, "0", 0, 600000, "how long a remote mind may be silent; 0: 20 s, and 60 s before its first word" },
    { "mind.context_tokens", CONF_WHOLE, "0", 0, 10000000, "how much a remote mind can hold; 0: what its server says, else 4096" },
    { NULL, CONF_WORD, NULL, 0, 0, NULL },
};

typedef struct {
    const char *name;
    bool takes;                   /* a value */
    size_t at;                    /* offset of the field in cli */
} option;

#define AT(field) offsetof(cli, field)
static const option COMMON[] = {
    { "data", true, AT(data) }, { "config", true, AT(config) }, { "as", true, AT(person) }, { "mind", true, AT(mind) },
    { "passphrase-file", true, AT(passphrase_file) }, { "json", false, AT(json) }, { "help", false, AT(help) },
    { "version", false, AT(version) },
};
static const option OWN[] = { { "seed", true, AT(seed) }, { "guard", true, AT(guard) }, { "listen", true, AT(listen) } };

/* Does the command have this option of its own? Its list holds "seed=" or "force". */
static bool has_own(const command *c, const option *o) {
    text list = text_of(c ? c->options : NULL);
    while (list.n) {
        text one = text_cut(&list, ' ');
        if (one.n && one.p[one.n - 1] == '=') one.n--;
        if (text_is(one, o->name)) return true;
    }
    return false;
}

/* "--data", "--data=x", "-h": the option meant, and the value after "=" if there is one. NULL: no such option. */
static const option *option_of(const char *arg, const command *cmd, const char **value) {
    if (strcmp(arg, "-h") == 0) arg = "--help";
    if (strcmp(arg, "-V") == 0) arg = "--version";
    if (strncmp(arg, "--", 2) != 0) return NULL;
    const char *eq = strchr(arg, '=');
    text name = { arg + 2, eq ? (size_t)(eq - arg - 2) : strlen(arg + 2) };
    *value = eq ? eq + 1 : NULL;
    for (size_t i = 0; i < sizeof COMMON / sizeof *COMMON; i++)
        if (text_is(name, COMMON[i].name)) return &COMMON[i];
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
        if (text_is(name, OWN[i].name) && has_own(cmd, &OWN[i])) return &OWN[i];
    return NULL;
}

/* Any option that takes a value, known or of any command: for the first pass, which must step over values. */
static bool steps_over(const char *arg) {
    if (strchr(arg, '=')) return false;
    for (size_t i = 0; i < sizeof COMMON / sizeof *COMMON; i++)
        if (COMMON[i].takes && strcmp(arg + 2, COMMON[i].name) == 0) return true;
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
        if (strcmp(arg + 2, OWN[i].name) == 0) return true;
    return false;
}

static int find_command(cli *c, const command *commands, int argc, char **argv, int *at, fail *why) {
    *at = 0;
    c->command = commands;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) return 0;
        if (argv[i][0] == '-' && argv[i][1]) {
            i += steps_over(argv[i]);
            continue;
        }
        for (const command *k = commands; k->name; k++)
            if (strcmp(k->name, argv[i]) == 0) {
                c->command = k;
                c->is_named = true;
                *at = i;
                return 0;
            }
        return fail_set(why, ERR_USAGE, "there is no command \"%.40s\"; samantha --help lists them", argv[i]);
    }
    return 0;
}

static int take_option(cli *c, const option *o, const char *value, const char *arg, fail *why) {
    char *field = (char *)c + o->at;
    if (o->takes != (value != NULL))
        return fail_set(why, ERR_USAGE, o->takes ? "%.40s wants a value after it" : "%.40s takes no value", arg);
    if (!o->takes) *(bool *)(void *)field = true;
    else if (o->at == AT(data) || o->at == AT(config) || o->at == AT(person)) {
        char **own = (char **)(void *)field;
        free(*own);
        *own = mem_text(value, strlen(value));
    } else *(const char **)(void *)field = value;
    return 0;
}

static int take_all(cli *c, int argc, char **argv, int command_at, fail *why) {
    bool plain = false;                  /* after "--" */
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i], *value = NULL;
        if (i == command_at) continue;
        if (!plain && strcmp(arg, "--") == 0) {
            plain = true;
            continue;
        }
        if (plain || arg[0] != '-' || !arg[1]) {
            if (c->n_word == (int)(sizeof c->word / sizeof *c->word))
                return fail_set(why, ERR_USAGE, "too many words; put a long text in quotes");
            c->word[c->n_word++] = arg;
            continue;
        }
        const option *o = option_of(arg, c->command, &value);
        if (!o && c->command->run)
            return fail_set(why, ERR_USAGE, "samantha %s has no option %.40s; see samantha %s --help", c->command->name, arg,
                            c->command->name);
        if (!o) continue;                /* of a command to come, which says so itself */
        if (o->takes && !value && i + 1 < argc) value = argv[++i];
        int err = take_option(c, o, value, arg, why);
        if (err) return err;
    }
    return 0;
}

static char *login_name(void) {
    const struct passwd *me = getpwuid(geteuid());
    const char *name = me && me->pw_name && *me->pw_name ? me->pw_name : getenv("USER");
    if (!name || !*name) name = "me";
    return mem_text(name, strlen(name));
}

static int find_places(cli *c, fail *why) {
    buf b = { 0 };
    if (!c->data || !*c->data) {
        if (c->data) return fail_set(why, ERR_USAGE, "--data wants a folder");
        int err = file_data_dir(&b, why);
        if (err) return err;
        c->data = b.p;
        b = (buf){ 0 };
    }
    if (!c->config) {
        buf_format(&b, "%s/config.ini", c->data);
        c->config = b.p;
    }
    if (!c->person) c->person = login_name();
    if (!*c->person || strlen(c->person) > 64) return fail_set(why, ERR_USAGE, "--as wants a name of 1 to 64 letters");
    return 0;
}

int cli_read(cli *c, const command *commands, int argc, char **argv, fail *why) {
    *c = (cli){ 0 };
    int at, err = find_command(c, commands, argc, argv, &at, why);
    if (!err) err = take_all(c, argc, argv, at, why);
    if (err || c->help || c->version || !c->command->run) return err;
    err = find_places(c, why);
    if (!err) err = conf_open(&c->conf, cli_keys, c->config, why);
    if (!err && c->mind) err = conf_override(c->conf, "mind.use", c->mind, "--mind", why);
    if (!err) {
        const char *use = conf_word(c->conf, "mind.use");
        c->mind = *use ? use : NULL;
    }
    return err;
}

void cli_release(cli *c) {
    free(c->data);
    free(c->config);
    free(c->person);
    conf_close(c->conf);
}

int cli_fail(int err, const fail *why) {
    buf clean = { 0 };
    text_clean(text_of(why->code ? why->text : "it did not work"), &clean);
    fprintf(stderr, "samantha: %s\n", clean.p ? clean.p : "");
    buf_release(&clean);
    return err == ERR_USAGE ? EXIT_WRONG_USE : EXIT_FAILED;
}

int cli_passphrase(const cli *c, char **out, fail *why) {
    *out = NULL;
    if (!c->passphrase_file) return 0;
    buf b = { 0 };
    int err = file_read(c->passphrase_file, 4096, &b, why);
    if (!err) {
        text rest = buf_text(&b), first = text_cut(&rest, '\n');
        if (first.n && first.p[first.n - 1] == '\r') first.n--;
        *out = mem_text(first.n ? first.p : "", first.n);
    }
    if (b.p) explicit_bzero(b.p, b.cap);
    buf_release(&b);
    return err;
}
