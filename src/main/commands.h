/* SPDX-License-Identifier: Apache-2.0
 * commands.h - the commands of `samantha`, one function each: run it, return the exit status. Main thread. */
#ifndef MAIN_COMMANDS_H
#define MAIN_COMMANDS_H
#include <stdio.h>
#include "main/cli.h"
#include "main/client.h"

int command_talk(cli *c);          /* talk.c: a terminal or a pipe         */
int command_rehearse(cli *c);      /* rehearse.c                           */
int command_serve(cli *c);         /* house.c                              */
int command_ask(cli *c);           /* ask.c: whatever turn_command() knows */
int command_config(cli *c);        /* config.c                             */
int command_doctor(cli *c);        /* doctor.c                             */

/* talk_pipe.c, talk_term.c: the two halves of talk */
int talk_pipe(cli *c);
int talk_term(cli *c);

/* Join or become the house for `c`. Asks for a passphrase on the terminal when one is needed and there is one.
 * Owner: client_close(). */
int house_join(const cli *c, bool private, client **out, fail *why);

/* Print one line without control characters (tab and newline stay) and a newline. */
void print_clean(const char *s);

#endif
