/* SPDX-License-Identifier: Apache-2.0
 * cli_test.c - the command line, and the times a rehearsal may name. */
#include "main/cli.h"
#include <string.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "main/rehearse.h"
#include "test.h"

static int nothing(cli *c) { return c->n_word; }
static const command TABLE[] = {
    { "talk", nothing, "talk", "", NULL },
    { "rehearse", nothing, "rehearse FILE", "", "seed= guard=" },
    { "later", NULL, "later", "", NULL },
    { NULL, NULL, NULL, NULL, NULL },
};
static cli c;
static fail why;

#define READ(...) read_line((char *[]){ "samantha", __VA_ARGS__, NULL })
static int read_line(char **argv) {
    int argc = 0;
    while (argv[argc]) argc++;
    cli_release(&c);
    why = (fail){ 0 };
    return cli_read(&c, TABLE, argc, argv, &why);
}

static void options_stand_anywhere_and_take_values_both_ways(void) {
    CHECK(READ("--data", "/tmp/none", "rehearse", "a.jsonl", "--seed=7", "--guard", "off", "--as=Amy") == 0);
    CHECK(c.command == &TABLE[1] && c.n_word == 1 && strcmp(c.word[0], "a.jsonl") == 0);
    CHECK(strcmp(c.data, "/tmp/none") == 0 && strcmp(c.seed, "7") == 0 && strcmp(c.guard, "off") == 0 && strcmp(c.person, "Amy") == 0);
    CHECK(strcmp(c.config, "/tmp/none/config.ini") == 0 && !c.json && c.mind == NULL);
    CHECK(READ("rehearse", "--data=/tmp/none", "--", "--seed", "-") == 0 && c.n_word == 2 && strcmp(c.word[0], "--seed") == 0);
}

static void no_command_is_the_first(void) {
    CHECK(READ("--data", "/tmp/none", "--json") == 0 && c.command == &TABLE[0] && !c.is_named && c.json);
    CHECK(*c.person);                                         /* the login name */
}

static void the_mind_comes_from_the_option_then_the_environment(void) {
    setenv("SAMANTHA_MIND_USE", "http://x/v1", 1);
    CHECK(READ("--data=/tmp/none") == 0 && strcmp(c.mind, "http://x/v1") == 0);
    CHECK(READ("--data=/tmp/none", "--mind", "small") == 0 && strcmp(c.mind, "small") == 0);
    CHECK(strcmp(conf_source(c.conf, "mind.use"), "--mind") == 0);
    unsetenv("SAMANTHA_MIND_USE");
}

static void wrong_use_is_said(void) {
    CHECK(READ("dance") == ERR_USAGE && strstr(why.text, "dance"));
    CHECK(READ("talk", "--sing") == ERR_USAGE && strstr(why.text, "--sing"));
    CHECK(READ("talk", "--seed", "3") == ERR_USAGE);           /* another command's */
    CHECK(READ("talk", "--data") == ERR_USAGE && READ("talk", "--json=yes") == ERR_USAGE && READ("talk", "--data=") == ERR_USAGE);
    CHECK(READ("talk", "--as", "") == ERR_USAGE);
    CHECK(READ("later", "--whatever", "x", "y") == 0 && !c.command->run);      /* says so itself */
    CHECK(READ("rehearse", "--help") == 0 && c.help && c.is_named);
}

static void a_passphrase_file_gives_its_first_line(void) {
    char path[100], *pass = NULL;
    snprintf(path, sizeof path, "/tmp/cli_test.%ld", (long)getpid());
    CHECK(file_write(path, TEXT("open sesame \r\nsecond\n"), NULL) == 0);
    CHECK(READ("--data=/tmp/none", "--passphrase-file", path) == 0);
    CHECK(cli_passphrase(&c, &pass, &why) == 0 && strcmp(pass, "open sesame ") == 0);
    free(pass);
    unlink(path);
    CHECK(cli_passphrase(&c, &pass, &why) == ERR_MISSING && pass == NULL);
    CHECK(READ("--data=/tmp/none") == 0 && cli_passphrase(&c, &pass, &why) == 0 && pass == NULL);
}

static void spans_of_time_are_read(void) {
    CHECK(rehearse_span(TEXT("16d")) == 16 * 86400000LL && rehearse_span(TEXT("3h10m")) == 11400000);
    CHECK(rehearse_span(TEXT("1w2d3h4m5s")) == 788645000 && rehearse_span(TEXT("0s")) == 0);
    const char *bad[] = { "", "d", "3", "3x", "-1d", "1.5h", " 1d", "999999999w", "1d ", "999999999999d" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) CHECK(rehearse_span(text_of(bad[i])) == -1);
}

static void clocks_move_on_and_never_back(void) {
    const char *zones[] = { "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu" };
    for (size_t z = 0; z < 4; z++) {
        setenv("TZ", zones[z], 1);
        for (int day = 1; day <= 366; day++) {                /* over both changes of the clocks */
            civil start = { .year = 2026, .month = 1, .day = 1, .hour = 10 };
            int64_t now = civil_to_ms(start) + (day - 1) * 86400000LL;
            int64_t at = rehearse_clock(TEXT("23:30"), now), early = rehearse_clock(TEXT("08:15"), now);
            civil c1 = civil_local(at), c2 = civil_local(early), c0 = civil_local(now);
            CHECK(c1.hour == 23 && c1.minute == 30 && c1.day == c0.day && at > now);
            CHECK(c2.hour == 8 && c2.minute == 15 && c2.day != c0.day && early > now && early - now < 26 * 3600000LL);
        }
    }
    CHECK(rehearse_clock(TEXT("+3h10m"), 1000) == 11401000);
    const char *bad[] = { "24:00", "8:15", "12:60", "noon", "", "+", "12:3x", "12-30" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) CHECK(rehearse_clock(text_of(bad[i]), 0) == -1);
}

int main(void) {
    options_stand_anywhere_and_take_values_both_ways();
    no_command_is_the_first();
    the_mind_comes_from_the_option_then_the_environment();
    wrong_use_is_said();
    a_passphrase_file_gives_its_first_line();
    spans_of_time_are_read();
    clocks_move_on_and_never_back();
    cli_release(&c);
    return 0;
}
