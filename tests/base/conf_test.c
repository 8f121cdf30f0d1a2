/* SPDX-License-Identifier: Apache-2.0
 * conf_test.c - settings and where they came from. */
#include "base/conf.h"
#include <string.h>
#include <unistd.h>
#include "base/file.h"
#include "test.h"

static const conf_key KEYS[] = {
    { "talk.pace_ms", CONF_WHOLE, "1200", 0, 1500, "how long a reply may take to unfold" },
    { "talk.colour", CONF_YESNO, "yes", 0, 0, "colours" },
    { "mind.use", CONF_WORD, "small", 0, 0, "the mind" },
    { NULL, CONF_WORD, NULL, 0, 0, NULL },
};
static char path[200];

static conf *with(const char *file) {
    if (file) CHECK(file_write(path, text_of(file), NULL) == 0);
    else unlink(path);
    conf *c = NULL;
    fail why = { 0 };
    int err = conf_open(&c, KEYS, path, &why);
    if (err) fprintf(stderr, "%s\n", why.text);
    CHECK(err == 0);
    return c;
}

static fail refused(const char *file) {
    CHECK(file_write(path, text_of(file), NULL) == 0);
    conf *c = NULL;
    fail why = { 0 };
    CHECK(conf_open(&c, KEYS, path, &why) == ERR_FORMAT && !c && why.code == ERR_FORMAT);
    return why;
}

static void without_a_file_the_defaults_hold(void) {
    conf *c = with(NULL);
    CHECK(conf_whole(c, "talk.pace_ms") == 1200 && conf_yes(c, "talk.colour"));
    CHECK(strcmp(conf_word(c, "mind.use"), "small") == 0 && strcmp(conf_source(c, "mind.use"), "default") == 0);
    CHECK(conf_stray(c, 0) == NULL);
    conf_close(c);
    conf_close(NULL);
}

static void later_sources_win_and_are_named(void) {
    setenv("SAMANTHA_MIND_USE", "http://127.0.0.1:11434/v1", 1);
    conf *c = with("[talk]\npace_ms = 300\ncolour=Off\n[mind]\nuse = /x.gguf\n");
    CHECK(conf_whole(c, "talk.pace_ms") == 300 && !conf_yes(c, "talk.colour"));
    CHECK(strcmp(conf_source(c, "talk.pace_ms"), path) == 0);
    CHECK(strcmp(conf_word(c, "mind.use"), "http://127.0.0.1:11434/v1") == 0);
    CHECK(strstr(conf_source(c, "mind.use"), "SAMANTHA_MIND_USE"));
    CHECK(conf_override(c, "mind.use", "small", "--mind", NULL) == 0);
    CHECK(strcmp(conf_word(c, "mind.use"), "small") == 0 && strcmp(conf_source(c, "mind.use"), "--mind") == 0);
    conf_close(c);
    unsetenv("SAMANTHA_MIND_USE");
}

static void what_is_wrong_is_said_with_its_place(void) {
    fail f = refused("[talk]\npace_ms = soon\n");
    CHECK(strstr(f.text, "talk.pace_ms") && strstr(f.text, "soon") && strstr(f.text, path));
    f = refused("[talk]\npace_ms = 9999\n");
    CHECK(strstr(f.text, "1500"));
    f = refused("[talk]\npace_ms = 12\nnonsense\n");
    CHECK(strstr(f.text, "line 3"));
    f = refused("[talk]\ncolour = maybe\n");
    CHECK(strstr(f.text, "yes or no"));
    setenv("SAMANTHA_TALK_PACE_MS", "-4", 1);
    f = refused("");
    CHECK(strstr(f.text, "SAMANTHA_TALK_PACE_MS"));
    unsetenv("SAMANTHA_TALK_PACE_MS");
}

static void an_unknown_key_is_kept_and_named(void) {
    conf *c = with("[talk]\npase_ms = 3\n[future]\nx = y\n");
    CHECK(strcmp(conf_stray(c, 0), "talk.pase_ms") == 0 && strcmp(conf_stray(c, 1), "future.x") == 0);
    CHECK(conf_stray(c, 2) == NULL && conf_whole(c, "talk.pace_ms") == 1200);
    conf_close(c);
}

static void file_is(const char *want) {
    buf b = { 0 };
    CHECK(file_read(path, 4096, &b, NULL) == 0);
    if (!text_is(buf_text(&b), want)) fprintf(stderr, "file is <%s>\n", b.p);
    CHECK(text_is(buf_text(&b), want));
    buf_release(&b);
}

static void setting_keeps_every_other_line(void) {
    conf *c = with("# mine\n[talk]\n; slow\npace_ms = 300   \n\n[mind]\nuse = x\n");
    CHECK(conf_set(c, "talk.pace_ms", "10", NULL) == 0);
    file_is("# mine\n[talk]\n; slow\npace_ms = 10\n\n[mind]\nuse = x\n");
    CHECK(conf_set(c, "talk.colour", "no", NULL) == 0);
    file_is("# mine\n[talk]\n; slow\npace_ms = 10\ncolour = no\n\n[mind]\nuse = x\n");
    CHECK(conf_whole(c, "talk.pace_ms") == 10 && !conf_yes(c, "talk.colour"));
    CHECK(conf_set(c, "mind.use", "", NULL) == 0);
    file_is("# mine\n[talk]\n; slow\npace_ms = 10\ncolour = no\n\n[mind]\n");
    CHECK(strcmp(conf_word(c, "mind.use"), "small") == 0 && strcmp(conf_source(c, "mind.use"), "default") == 0);
    CHECK(conf_set(c, "mind.use", "y", NULL) == 0);
    conf_close(c);
    c = with("[mind]\nuse = z\n");
    CHECK(conf_set(c, "talk.colour", "off", NULL) == 0);
    file_is("[mind]\nuse = z\n\n[talk]\ncolour = off\n");
    conf_close(c);
    c = with(NULL);
    CHECK(conf_set(c, "mind.use", "w", NULL) == 0);
    file_is("[mind]\nuse = w\n");
    conf_close(c);
}

static void setting_nonsense_changes_nothing(void) {
    conf *c = with("[mind]\nuse = z\n");
    fail why = { 0 };
    CHECK(conf_set(c, "talk.pase_ms", "10", &why) == ERR_MISSING && strstr(why.text, "talk.pace_ms"));
    CHECK(conf_set(c, "talk.pace_ms", "ten", &why) == ERR_FORMAT);
    CHECK(conf_set(c, "mind.use", "a ; b", &why) == ERR_FORMAT);
    CHECK(conf_set(c, "mind.use", "a\nb = c", &why) == ERR_FORMAT);
    char longer[300];
    memset(longer, 'x', sizeof longer);
    longer[299] = '\0';
    CHECK(conf_set(c, "mind.use", longer, &why) == ERR_FORMAT);
    file_is("[mind]\nuse = z\n");
    conf_close(c);
    /* the longest value that is taken is read back whole */
    c = with(NULL);
    longer[190 - 3 - 8] = '\0';
    CHECK(conf_set(c, "mind.use", longer, &why) == 0);
    conf_close(c);
    CHECK(conf_open(&c, KEYS, path, &why) == 0 && strcmp(conf_word(c, "mind.use"), longer) == 0);
    conf_close(c);
}

int main(void) {
    const char *tmp = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/conf_test.%ld.ini", tmp ? tmp : "/tmp", (long)getpid());
    without_a_file_the_defaults_hold();
    later_sources_win_and_are_named();
    what_is_wrong_is_said_with_its_place();
    an_unknown_key_is_kept_and_named();
    setting_keeps_every_other_line();
    setting_nonsense_changes_nothing();
    unlink(path);
    return 0;
}
