/* SPDX-License-Identifier: Apache-2.0
 * main.c - the `samantha` command: the table of commands, and how a run of it begins.
 *
 * DESIGN  Before anything else the process makes itself private: no core dump can ever hold a person's words, no other
 *         process of the same user may read its memory, and no file it makes is readable by anybody else. */
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include "main/commands.h"

static const command COMMANDS[] = {
    { "talk", command_talk, "talk [--json]", "the conversation (also with no command); a line a message when piped", NULL },
    { "rehearse", command_rehearse, "rehearse FILE|- [--seed N] [--guard off]", "play scripted conversations on a simulated clock",
      "seed= guard=" },
    { "serve", command_serve, "serve", "keep the house open for other programs, until it is told to end", "listen=" },
    { "who", command_ask, "who", "who she is: what she is made of, and what changed when", NULL },
    { "ps", command_ask, "ps", "conversations and their state", NULL },
    { "mind", command_ask, "mind list [URL] | use small|URL", "the minds she can think with", NULL },
    { "memory", command_ask, "memory list [ABOUT] | why ID | fix ID TEXT | pin ID | forget ID|TEXT | search TEXT | pause [off]",
      "what she remembers of you", NULL },
    { "history", command_ask, "history [TEXT]", "what was said", NULL },
    { "people", command_ask, "people", "who matters to you", NULL },
    { "remind", command_ask, "remind TEXT WHEN | list | done ID", "reminders you set", NULL },
    { "config", command_config, "config show | set KEY VALUE", "settings, and where each came from", NULL },
    { "doctor", command_doctor, "doctor", "checks this machine and says what to mend", NULL },
    { "person", NULL, "person invite|list|revoke|passphrase", "who the house serves", NULL },
    { "diary", NULL, "diary [DATE]", "what she made of a day", NULL },
    { "letter", NULL, "letter new|list|show|print|send|burn", "the letter desk", NULL },
    { "sunrise", NULL, "sunrise [--lat D --lon D] [--date YYYY-MM-DD]", "when the sun rises", NULL },
    { "export", NULL, "export DIR", "everything that is yours, out", NULL },
    { "import", NULL, "import DIR|FILE", "and back in", NULL },
    { "goodbye", NULL, "goodbye [--export DIR] [--erase --yes]", "the departure", NULL },
    { "complete", NULL, "complete --model FILE --prompt TEXT", "raw completion by the engine", NULL },
    { "tokenize", NULL, "tokenize --model FILE", "standard input to token ids", NULL },
    { NULL, NULL, NULL, NULL, NULL },
};

static void be_private(void) {
    struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)     /* their leak check must look inside */
    prctl(PR_SET_DUMPABLE, 0);
#endif
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    setlocale(LC_CTYPE, "");
}

static void help_all(void) {
    puts("Samantha, a companion that lives on your machine.\n\nusage: samantha COMMAND [words] [options]\n");
    for (const command *k = COMMANDS; k->name; k++)
        if (k->run) printf("  %-9s  %s\n", k->name, k->help);
    printf("\nto come:");
    for (const command *k = COMMANDS; k->name; k++)
        if (!k->run) printf(" %s", k->name);
    puts("\n\noptions of every command:\n"
         "  --data DIR              where her house is (default: $SAMANTHA_DATA, else ~/.local/share/samantha)\n"
         "  --config FILE           settings (default: DIR/config.ini)\n"
         "  --as PERSON             whose life (default: your login name)\n"
         "  --mind MIND             small, or an http(s)://…/v1 base URL\n"
         "  --passphrase-file FILE  the passphrase of a sealed life: its first line\n"
         "  --json                  lists as JSON Lines\n"
         "  --help, --version\n\n"
         "Exit status: 0 done, 1 it failed, 2 wrong usage. Details: man samantha");
}

static void help_one(const command *k) {
    printf("usage: samantha %s\n\n%s%s\n", k->usage, k->help, k->run ? "" : " (not built yet)");
}

int main(int argc, char **argv) {
    be_private();
    cli c;
    fail why = { 0 };
    int err = cli_read(&c, COMMANDS, argc, argv, &why), status;
    if (err) status = cli_fail(err, &why);
    else if (c.version) status = (puts("samantha " SAMANTHA_VERSION), EXIT_DONE);
    else if (c.help && c.is_named) status = (help_one(c.command), EXIT_DONE);
    else if (c.help) status = (help_all(), EXIT_DONE);
    else if (!c.command->run) {
        fprintf(stderr, "samantha: %s is not built yet; it will come with a later version\n", c.command->name);
        status = EXIT_WRONG_USE;
    } else status = c.command->run(&c);
    cli_release(&c);
    return status;
}
