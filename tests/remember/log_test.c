/* SPDX-License-Identifier: Apache-2.0
 * log_test.c - the log: what was said is kept, once, in order, and comes back. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "remember/life.h"
#include "remember/store_sql.h"
#include "test.h"

static char dir[256];
static arena a;
static clk *now;

static remember *life(void) {
    remember *r = NULL;
    fail why = { 0 };
    remember_options o = { .clock = now };
    int err = remember_open(&r, dir, &o, &why);
    if (err) fprintf(stderr, "%s\n", why.text);
    CHECK(err == 0);
    sqlite3_exec(r->st->db, "PRAGMA synchronous=OFF", NULL, NULL, NULL);   /* no crash here: crash_test.c has those */
    return r;
}

static int64_t note(remember *r, const char *words) {
    int64_t id = 0;
    CHECK(remember_note(r, text_of(words), "", &id, NULL, NULL) == 0);
    return id;
}

static void what_was_said_comes_back_in_order(void) {
    remember *r = life();
    int64_t one = note(r, "hello there"), her, two;
    CHECK(remember_said(r, one, TEXT("Hello."), false, &her, NULL) == 0);
    two = note(r, "my cat fell in the bath");
    remember_close(r);
    r = life();
    size_t n;
    message *m = remember_recent(r, &a, 10, 0, &n);
    CHECK(n == 3 && m[0].id == one && m[1].id == her && m[2].id == two);
    CHECK(m[0].by == SAID_BY_PERSON && m[1].by == SAID_BY_HER && text_is(m[1].words, "Hello."));
    m = remember_recent(r, &a, 1, two, &n);
    CHECK(n == 1 && m[0].id == her);
    CHECK(remember_message_count(r) == 3);
    m = remember_history(r, &a, TEXT("CAT bath"), 5, &n);
    CHECK(n == 1 && m[0].id == two);
    CHECK(remember_history(r, &a, TEXT("dog"), 5, &n) && n == 0);
    remember_close(r);
}

static void the_same_client_id_is_noted_once(void) {
    remember *r = life();
    int64_t one, two;
    bool is_new;
    CHECK(remember_note(r, TEXT("once"), "c-1", &one, &is_new, NULL) == 0 && is_new);
    int64_t count = remember_message_count(r);
    CHECK(remember_note(r, TEXT("once"), "c-1", &two, &is_new, NULL) == 0 && !is_new && two == one);
    CHECK(remember_message_count(r) == count);
    remember_close(r);
}

static void a_clock_that_jumps_back_leaves_the_order(void) {
    remember *r = life();
    int64_t first = note(r, "before the jump");
    clk_set(now, clk_now_ms(now) - 86400000);
    int64_t second = note(r, "after the jump");
    size_t n;
    message *m = remember_recent(r, &a, 2, 0, &n);
    CHECK(n == 2 && m[0].id == first && m[1].id == second && m[1].at_ms < m[0].at_ms);
    clk_set(now, clk_now_ms(now) + 86400000);
    remember_close(r);
}

static void hostile_bytes_are_made_fit_to_keep(void) {
    remember *r = life();
    int64_t id;
    message m;
    CHECK(remember_note(r, (text){ "a\0b\xff\x1b[31mred", 12 }, NULL, &id, NULL, NULL) == 0);
    CHECK(remember_message(r, &a, id, &m) && text_is_utf8(m.words) && !memchr(m.words.p, 0, m.words.n));
    CHECK(remember_note(r, TEXT(""), NULL, &id, NULL, NULL) == 0);
    CHECK(remember_message(r, &a, id, &m) && m.words.n == 0);
    size_t big = 1 << 20;
    char *line = malloc(big);
    memset(line, 'x', big);
    CHECK(remember_note(r, (text){ line, big }, NULL, &id, NULL, NULL) == 0);
    CHECK(remember_message(r, &a, id, &m) && m.words.n == big);
    free(line);
    remember_close(r);
}

static void passwords_and_card_numbers_are_not_kept(void) {
    static const struct { const char *said, *kept; } row[] = {
        { "my card is 4111 1111 1111 1111 ok", "my card is [card number not kept] ok" },
        { "the wifi password is hunter2", "the wifi password is [not kept]" },
        { "password: correcthorse", "password: [not kept]" },
        { "pin's 4821, don't tell", "pin's [not kept], don't tell" },
        { "new password is Xk9!pq and it works", "new password is [not kept] and it works" },
    };
    static const char *const plain[] = { "my password is wrong again", "forgot my password", "you could hear a pin drop",
        "i changed the password and it's still slow", "call me on 07700 900123", "order 1234567890123456 is late" };
    remember *r = life();
    message m;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        CHECK(remember_message(r, &a, note(r, row[i].said), &m));
        if (!text_is(m.words, row[i].kept)) fprintf(stderr, "%.*s\n", (int)m.words.n, m.words.p);
        CHECK(text_is(m.words, row[i].kept) && m.redacted);
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        CHECK(remember_message(r, &a, note(r, plain[i]), &m) && text_is(m.words, plain[i]) && !m.redacted);
    remember_close(r);
}

static void a_temporary_life_leaves_nothing(void) {
    remember *r = NULL;
    char none[300];
    snprintf(none, sizeof none, "%s-none", dir);
    remember_options o = { .clock = now, .temporary = true };
    CHECK(remember_open(&r, none, &o, NULL) == 0);
    note(r, "nobody will know");
    CHECK(remember_message_count(r) == 1);
    remember_close(r);
    CHECK(access(none, F_OK) != 0);
}

static void conversations_are_counted_only_when_something_is_said(void) {
    remember *r = life();
    int64_t c = remember_conversation(r, true);
    CHECK(remember_conversation(r, true) == c && remember_conversation(r, false) == c);
    note(r, "hi");
    CHECK(remember_conversation(r, true) == c + 1);
    remember_close(r);
}

static void a_batch_is_one_commit_and_a_note_in_it_is_kept_at_once(void) {
    remember *r = life();
    CHECK(remember_begin(r, NULL) == 0);
    CHECK(remember_said(r, 1, TEXT("in a batch"), false, NULL, NULL) == 0);
    int64_t before = remember_message_count(r);
    note(r, "noted inside");
    CHECK(remember_message_count(r) == before + 1);
    CHECK(remember_end(r, NULL) == 0);
    remember_close(r);
    r = life();
    CHECK(remember_message_count(r) == before + 1);
    remember_close(r);
}

static void kept_values_lines_identities_and_reminders_survive(void) {
    remember *r = life();
    json_t *v = json_pack("{s:i,s:s}", "topic", 3, "word", "leek");
    CHECK(remember_keep_read(r, "thread") == NULL);
    CHECK(remember_keep_write(r, "thread", v, NULL) == 0);
    uint64_t line[2] = { 0xffffffffffffff01u, 7 };
    remember_line_said(r, line, 2);
    identity me = { .model = "m1", .persona = "p", .voice = "v", .prompt = "q", .schema = "1", .program = "0.1" };
    bool changed;
    CHECK(remember_identity(r, &me, &changed, NULL) == 0 && !changed);
    CHECK(remember_identity(r, &me, &changed, NULL) == 0 && !changed);
    me.model = "m2";
    CHECK(remember_identity(r, &me, &changed, NULL) == 0 && changed);
    int64_t soon, later;
    CHECK(remember_remind(r, clk_now_ms(now) - 5, TEXT("bins"), &soon, NULL) == 0);
    CHECK(remember_remind(r, clk_now_ms(now) + 60000, TEXT("call mum"), &later, NULL) == 0);
    remember_close(r);
    r = life();
    json_t *back = remember_keep_read(r, "thread");
    CHECK(json_equal(v, back));
    json_decref(v);
    json_decref(back);
    CHECK(remember_line_used(r, line[0]) > 0 && remember_line_used(r, 9) == 0);
    size_t n;
    identity *all = remember_identities(r, &a, &n);
    CHECK(n == 2 && strcmp(all[0].model, "m1") == 0 && strcmp(all[1].model, "m2") == 0);
    reminder *due = remember_reminders(r, &a, true, &n);
    CHECK(n == 1 && due[0].id == soon && strcmp(due[0].words, "bins") == 0);
    CHECK(remember_remind_done(r, soon, NULL) == 0 && remember_remind_done(r, 999, NULL) == ERR_MISSING);
    due = remember_reminders(r, &a, false, &n);
    CHECK(n == 1 && due[0].id == later);
    remember_close(r);
}

static void files_are_private(void) {
    struct stat st;
    char path[300];
    CHECK(stat(dir, &st) == 0 && (st.st_mode & 0777) == 0700);
    snprintf(path, sizeof path, "%s/life.db", dir);
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
}

int main(void) {
    const char *tmp = getenv("TMP");
    snprintf(dir, sizeof dir, "%s/life-%d", tmp ? tmp : "/tmp", (int)getpid());
    now = clk_simulated(1790000000000);
    what_was_said_comes_back_in_order();
    the_same_client_id_is_noted_once();
    a_clock_that_jumps_back_leaves_the_order();
    hostile_bytes_are_made_fit_to_keep();
    passwords_and_card_numbers_are_not_kept();
    a_temporary_life_leaves_nothing();
    conversations_are_counted_only_when_something_is_said();
    a_batch_is_one_commit_and_a_note_in_it_is_kept_at_once();
    kept_values_lines_identities_and_reminders_survive();
    files_are_private();
    arena_release(&a);
    clk_free(now);
    char rm[400];
    snprintf(rm, sizeof rm, "rm -rf '%s'", dir);
    return system(rm) == 0 ? 0 : 1;
}
