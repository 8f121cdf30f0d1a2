/* SPDX-License-Identifier: Apache-2.0
 * talk.c - the conversation: on a terminal for people, through a pipe for scripts. */
#include <unistd.h>
#include "main/commands.h"

int command_talk(cli *c) {
    if (c->n_word) {
        fprintf(stderr, "samantha: talk takes no words after it; say them to her\n");
        return EXIT_WRONG_USE;
    }
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !c->json ? talk_term(c) : talk_pipe(c);
}
