/* SPDX-License-Identifier: Apache-2.0
 * ask.c - the commands about one's own life (memory, history, people, who, mind, remind, ps): asked of the house. */
#include <stdlib.h>
#include <string.h>
#include "main/commands.h"
#include "serve/serve.h"

void print_clean(const char *s) {
    buf clean = { 0 };
    text_clean(text_of(s), &clean);
    printf("%s\n", clean.p ? clean.p : "");
    buf_release(&clean);
}

static void print_row(const cli *c, const json_t *v) {
    const json_t *row = json_object_get(v, "json");
    if (!c->json) {
        print_clean(json_str(v, "text", ""));
        return;
    }
    buf b = { 0 };
    if (row) json_write(row, &b);
    else {
        json_t *plain = json_pack("{s:s}", "text", json_str(v, "text", ""));
        json_write(plain, &b);
        json_decref(plain);
    }
    printf("%s\n", b.p ? b.p : "");
    buf_release(&b);
}

static json_t *as_message(const cli *c) {
    json_t *argv = json_array();
    json_array_append_new(argv, json_string(c->command->name));
    for (int i = 0; i < c->n_word; i++) {
        json_t *word = json_string(c->word[i]);
        if (!word) {                                      /* not UTF-8: made so */
            buf clean = { 0 };
            text_clean(text_of(c->word[i]), &clean);
            word = json_string(clean.p ? clean.p : "");
            buf_release(&clean);
        }
        json_array_append_new(argv, word);
    }
    return json_pack("{s:s,s:s,s:o}", "t", "command", "id", "c", "argv", argv);
}

int command_ask(cli *c) {
    client *house;
    fail why = { 0 };
    int err = house_join(c, false, &house, &why);
    if (err) return cli_fail(err, &why);
    client_send(house, as_message(c));
    bool finished = false;
    while (!err && !finished) {
        json_t *v = client_next(house, -1, &err, &why);
        const char *t = json_str(v, "t", "");
        bool mine = strcmp(json_str(v, "id", ""), "c") == 0;
        if (strcmp(t, "row") == 0 && mine) print_row(c, v);
        else if (strcmp(t, "again") == 0)
            err = fail_set(&why, ERR_STOPPED, "the house closed before it had answered; see whether it was done, and ask again");
        else if (strcmp(t, "error") == 0) {
            err = serve_err(json_str(v, "code", "io"));
            err = fail_set(&why, err ? err : ERR_IO, "%s", json_str(v, "text", ""));
        }
        finished = strcmp(t, "done") == 0 && mine;
        json_decref(v);
    }
    client_close(house);
    if (fflush(stdout) != 0 && !err) err = fail_set(&why, ERR_IO, "standard output does not take any more");
    return err ? cli_fail(err, &why) : EXIT_DONE;
}
