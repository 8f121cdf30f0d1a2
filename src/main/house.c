/* SPDX-License-Identifier: Apache-2.0
 * house.c - joining the house, or being it for others (`samantha serve`). */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include "base/log.h"
#include "base/mem.h"
#include "main/commands.h"
#include "serve/serve.h"

enum { SECRET_MAX = 512 };

/* A line from the terminal without echo; owned. NULL: none. */
static char *ask_secret(const char *prompt) {
    struct termios was, quiet;
    if (tcgetattr(STDIN_FILENO, &was) != 0) return NULL;
    quiet = was;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    fprintf(stderr, "%s ", prompt);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    char line[SECRET_MAX];
    ssize_t n = read(STDIN_FILENO, line, sizeof line);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
    fputc('\n', stderr);
    while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r')) n--;
    char *secret = n > 0 ? mem_text(line, (size_t)n) : NULL;
    explicit_bzero(line, sizeof line);
    return secret;
}

static void forget(char *secret) {
    if (secret) explicit_bzero(secret, strlen(secret));
    free(secret);
}

int house_join(const cli *c, bool private, client **out, fail *why) {
    char *pass;
    int err = cli_passphrase(c, &pass, why);
    if (err) return err;
    client_options o = { .data = c->data, .person = c->person, .passphrase = pass, .mind = c->mind, .private = private,
                         .locale = conf_word(c->conf, "house.locale"), .workers = (int)conf_whole(c->conf, "house.workers"),
                         .patience_ms = (int)conf_whole(c->conf, "mind.patience_ms"),
                         .context_tokens = (int)conf_whole(c->conf, "mind.context_tokens") };
    err = client_open(out, &o, why);
    bool can_ask = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && !c->passphrase_file;
    for (int i = 0; err == ERR_DENIED && can_ask && i < 3; i++) {
        fprintf(stderr, "%s\n", why->text);
        forget(pass);
        o.passphrase = pass = ask_secret("passphrase:");
        if (!pass) break;
        err = client_open(out, &o, why);
    }
    forget(pass);
    return err;
}

static void log_aside(void *ctx, log_level level, const char *line) {
    (void)ctx;
    static const char *const names[] = { "error", "warning", "info", "debug" };
    fprintf(stderr, "samantha: %s: %s\n", names[level], line);
}

int command_serve(cli *c) {
    fail why = { 0 };
    if (c->listen) {
        fputs("samantha: serve --listen: the page and the public API are not built yet; the house listens on its socket\n", stderr);
        return EXIT_WRONG_USE;
    }
    log_to(log_aside, NULL, LOG_INFO);
    clk *now = clk_real();
    serve *house;
    serve_options o = { .data = c->data, .mind = c->mind, .locale = conf_word(c->conf, "house.locale"), .clock = now,
                        .workers = (int)conf_whole(c->conf, "house.workers"),
                         .patience_ms = (int)conf_whole(c->conf, "mind.patience_ms"),
                         .context_tokens = (int)conf_whole(c->conf, "mind.context_tokens") };
    if (o.locale && !*o.locale) o.locale = NULL;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    int err = serve_open(&house, &o, &why), got;
    if (err) {
        clk_free(now);
        return cli_fail(err, &why);
    }
    printf("samantha: the house in %s is open\n", c->data);
    fflush(stdout);
    sigwait(&ends, &got);
    if (serve_close(house, 10000)) clk_free(now);
    return EXIT_DONE;
}
