/* SPDX-License-Identifier: Apache-2.0
 * cli.h - the command line of one run: which command, whose life, which folder, which settings. Main thread. */
#ifndef MAIN_CLI_H
#define MAIN_CLI_H
#include "base/conf.h"
#include "base/fail.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_WRONG_USE = 2 };

typedef struct cli cli;
typedef struct {
    const char *name;
    int (*run)(cli *c);           /* the exit status; NULL: not built yet                             */
    const char *usage, *help;     /* "memory list|why ID|…"; one line                                 */
    const char *options;          /* its own options: "seed= guard=" ("=" takes a value), or NULL     */
} command;

struct cli {
    const command *command; bool is_named;   /* false: no command was given, and talk is meant       */
    const char *word[64]; int n_word;    /* what follows the command, options taken out; borrowed    */
    char *data;                          /* the house's folder; owned                                */
    char *config;                        /* the settings file; owned                                 */
    char *person;                        /* whose life; owned                                        */
    const char *mind;                    /* --mind, else the setting; NULL: the life's own           */
    const char *passphrase_file, *seed, *guard, *listen;
    bool json, help, version;
    conf *conf;                          /* owned                                                    */
};

/* Read the command line and the settings. `commands` ends with a NULL name; no command means the first.
 * Errors: ERR_USAGE, and what conf_open() says. cli_release() it either way. */
int cli_read(cli *c, const command *commands, int argc, char **argv, fail *why);
void cli_release(cli *c);

/* One line on standard error, "samantha: …", without control characters; and the exit status that goes with `err`. */
int cli_fail(int err, const fail *why);

/* The passphrase in --passphrase-file (first line), owned, or NULL when the option was not given. */
int cli_passphrase(const cli *c, char **out, fail *why);

/* The table of settings, for `config` and `doctor`. */
extern const conf_key cli_keys[];

#endif
