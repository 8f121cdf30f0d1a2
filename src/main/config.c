/* SPDX-License-Identifier: Apache-2.0
 * config.c - `config show`: every setting, its value and where it came from; `config set KEY VALUE`. */
#include <string.h>
#include "base/file.h"
#include "base/json.h"
#include "main/commands.h"

static void show_one(const cli *c, const conf_key *k) {
    const char *value = conf_word(c->conf, k->key), *source = conf_source(c->conf, k->key);
    if (!c->json) {
        printf("%-16s %-12s  %s\n                 %s\n", k->key, *value ? value : "(empty)", source, k->help);
        return;
    }
    buf b = { 0 };
    json_t *v = json_pack("{s:s,s:s,s:s}", "key", k->key, "value", value, "source", source);
    json_write(v, &b);
    printf("%s\n", b.p);
    buf_release(&b);
    json_decref(v);
}

static int show(const cli *c) {
    for (const conf_key *k = cli_keys; k->key; k++) show_one(c, k);
    const char *stray;
    for (size_t i = 0; (stray = conf_stray(c->conf, i)); i++) {
        buf clean = { 0 };
        text_clean(text_of(stray), &clean);
        fprintf(stderr, "samantha: %s: nothing is called \"%s\"\n", c->config, clean.p ? clean.p : "");
        buf_release(&clean);
    }
    return EXIT_DONE;
}

static int set(cli *c, const char *key, const char *value) {
    fail why = { 0 };
    int err = file_folder(c->data, &why);
    if (!err) err = conf_set(c->conf, key, value, &why);
    if (err) return cli_fail(err == ERR_FORMAT || err == ERR_MISSING ? ERR_USAGE : err, &why);
    if (strcmp(conf_word(c->conf, key), *value ? value : conf_word(c->conf, key)) != 0)
        fprintf(stderr, "samantha: written, but %s still decides: %s\n", conf_source(c->conf, key), conf_word(c->conf, key));
    return EXIT_DONE;
}

int command_config(cli *c) {
    if (c->n_word == 0 || (c->n_word == 1 && strcmp(c->word[0], "show") == 0)) return show(c);
    if (c->n_word == 3 && strcmp(c->word[0], "set") == 0) return set(c, c->word[1], c->word[2]);
    fprintf(stderr, "usage: samantha %s\n", c->command->usage);
    return EXIT_WRONG_USE;
}
