/* SPDX-License-Identifier: Apache-2.0
 * serve_test.c - the house from outside: a raw client on its socket, a companion of ten lines behind it. */
#include "serve/serve.h"
#include <fcntl.h>
#include <sys/stat.h>
#include "base/file.h"
#include "base/text.h"
#include "fake_turn.h"
#include "raw.h"

static char data[160];
static serve *house;
static clk *now;

static void house_open(void) {
    fail why = { 0 };
    int err = serve_open(&house, &(serve_options){ .data = data, .clock = now, .workers = 3, .tick_ms = 20000 }, &why);
    if (err) fprintf(stderr, "%s\n", why.text);
    CHECK(err == 0);
}
static void house_close(void) {
    CHECK(serve_close(house, 20000));
    house = NULL;
    CHECK(atomic_load(&fake_open) == 0 && !atomic_load(&fake_overlap));
}

static void somebody_says_something_and_is_answered(void) {
    static int times;
    char id[20], line[100];
    snprintf(id, sizeof id, "t%d", ++times);
    snprintf(line, sizeof line, "{\"t\":\"say\",\"id\":\"%s\",\"text\":\"good evening\"}", id);
    raw a = raw_hello(data, "theodore");
    buf said = { 0 };
    raw_send(&a, line);
    json_t *ack = raw_until(&a, "ack", "id", id);
    CHECK(json_int(ack, "message", 0) > 0 && json_flag(ack, "new", false));
    json_decref(ack);
    raw_reply(&a, id, &said);
    CHECK(text_is(buf_text(&said), "you said: good evening"));
    buf_release(&said);
    raw_close(&a);
}

static void only_the_owner_may_even_look_at_the_socket(void) {
    struct stat st;
    char path[200];
    snprintf(path, sizeof path, "%s/house.sock", data);
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
}

static void the_same_message_sent_again_is_noted_once(void) {
    raw a = raw_hello(data, "theodore");
    int before = atomic_load(&fake_notes);
    buf said = { 0 };
    raw_send(&a, "{\"t\":\"say\",\"id\":\"again\",\"text\":\"x\"}");
    raw_reply(&a, "again", &said);
    raw_close(&a);
    a = raw_hello(data, "theodore");
    raw_send(&a, "{\"t\":\"say\",\"id\":\"again\",\"text\":\"x\"}");
    json_t *ack = raw_until(&a, "ack", "id", "again");
    CHECK(!json_flag(ack, "new", true));
    json_decref(ack);
    CHECK(atomic_load(&fake_notes) == before + 1);
    buf_release(&said);
    raw_close(&a);
}

static void wait_for_hold(void) {
    struct timespec ms = { 0, 1000000 };
    for (int i = 0; !atomic_load(&fake_holding) && i < 20000; i++) nanosleep(&ms, NULL);
    CHECK(atomic_load(&fake_holding));
}

static void resent_while_she_replies_it_is_one_message_of_the_new_client(void) {
    raw a = raw_hello(data, "theodore");
    int before = atomic_load(&fake_notes);
    raw_send(&a, "{\"t\":\"say\",\"id\":\"cable\",\"text\":\"hold\"}");
    raw_expect(&a, "ack", "id", "cable");
    wait_for_hold();
    raw b = raw_hello(data, "theodore");
    raw_send(&b, "{\"t\":\"say\",\"id\":\"cable\",\"text\":\"hold\"}");
    raw_expect(&b, "ack", "id", "cable");
    atomic_store(&fake_release, 1);
    buf said = { 0 };
    raw_reply(&a, "cable", &said);
    CHECK(text_is(buf_text(&said), "First. Second."));
    raw_expect(&b, "done", "id", "cable");
    CHECK(atomic_load(&fake_notes) == before + 1);
    atomic_store(&fake_release, 0);
    buf_release(&said);
    raw_close(&a);
    raw_close(&b);
}

static void all_of_a_persons_clients_see_the_turn_live_even_when_they_join_in_the_middle(void) {
    raw a = raw_hello(data, "theodore"), b = raw_hello(data, "theodore"), other = raw_hello(data, "amy");
    raw_send(&a, "{\"t\":\"say\",\"id\":\"live\",\"text\":\"hold\"}");
    wait_for_hold();
    raw c = raw_hello(data, "theodore");
    raw_send(&other, "{\"t\":\"say\",\"id\":\"o\",\"text\":\"mine\"}");      /* amy is not kept waiting */
    buf said = { 0 };
    raw_reply(&other, "o", &said);
    CHECK(text_is(buf_text(&said), "you said: mine"));
    atomic_store(&fake_release, 1);
    raw *both[] = { &b, &c };
    for (int i = 0; i < 2; i++) {
        json_t *say = raw_until(both[i], "say", "id", "live");
        CHECK(strcmp(json_str(say, "text", ""), "hold") == 0);
        json_decref(say);
        raw_reply(both[i], "live", &said);
        CHECK(text_is(buf_text(&said), "First. Second."));
    }
    raw_reply(&a, "live", &said);
    atomic_store(&fake_release, 0);
    raw_send(&other, "{\"t\":\"say\",\"id\":\"p\",\"text\":\"still mine\"}");
    for (json_t *v; (v = raw_next(&other)); json_decref(v)) {               /* and hears nothing of theodore's */
        CHECK(strcmp(json_str(v, "id", ""), "live") != 0);
        if (strcmp(json_str(v, "t", ""), "done") == 0) {
            json_decref(v);
            break;
        }
    }
    buf_release(&said);
    raw_close(&a), raw_close(&b), raw_close(&c), raw_close(&other);
}

static void a_new_message_ends_her_reply_and_a_stop_does_too(void) {
    raw a = raw_hello(data, "theodore");
    buf said = { 0 };
    raw_send(&a, "{\"t\":\"say\",\"id\":\"n1\",\"text\":\"hold\"}");
    wait_for_hold();
    raw_send(&a, "{\"t\":\"say\",\"id\":\"n2\",\"text\":\"wait\"}");
    raw_reply(&a, "n1", &said);
    CHECK(text_is(buf_text(&said), "First."));
    raw_reply(&a, "n2", &said);
    CHECK(text_is(buf_text(&said), "you said: wait"));
    raw_send(&a, "{\"t\":\"say\",\"id\":\"n3\",\"text\":\"hold\"}");
    wait_for_hold();
    raw_send(&a, "{\"t\":\"stop\"}");
    json_t *done = raw_until(&a, "done", "id", "n3");
    CHECK(json_flag(done, "stopped", false) && json_int(json_object_get(done, "ms"), "total", -1) >= 0);
    int64_t message = json_int(done, "message", 0);
    json_decref(done);
    char line[100];                                        /* what stood on the screen is what is kept */
    snprintf(line, sizeof line, "{\"t\":\"stop\",\"message\":%d,\"shown\":7}", (int)message);
    raw_send(&a, line);
    raw_send(&a, "{\"t\":\"say\",\"id\":\"n4\",\"text\":\"x\"}");
    raw_reply(&a, "n4", &said);
    CHECK(atomic_load(&fake_cut) == message * 1000 + 7);
    buf_release(&said);
    raw_close(&a);
}

static void events_and_notices_travel_and_cannot_forge_the_frame(void) {
    raw a = raw_hello(data, "theodore");
    raw_send(&a, "{\"t\":\"say\",\"id\":\"e\",\"text\":\"secret\"}");
    json_t *ev = raw_until(&a, "event", "ev", "guard");
    CHECK(strcmp(json_str(ev, "rule", ""), "R06") == 0 && *json_str(ev, "at", ""));
    json_decref(ev);
    raw_expect(&a, "system", "text", "a notice");
    raw_expect(&a, "status", "text", "busy");
    raw_expect(&a, "done", "id", "e");
    raw_close(&a);
}

static void garbage_gets_an_error_and_costs_nobody_else_anything(void) {
    static const char *const bad[] = { "GET / HTTP/1.1", "{", "[]", "{\"t\":\"nonsense\"}", "\"hello\"", "{\"t\":\"hello\"}",
        "{\"t\":\"hello\",\"v\":99,\"person\":\"x\"}", "{\"t\":\"say\",\"id\":\"1\",\"text\":\"before hello\"}",
        "{\"t\":\"hello\",\"v\":1,\"person\":7}", "\xff\xfe{}" };
    raw good = raw_hello(data, "theodore");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        raw r = raw_open(data);
        raw_send(&r, bad[i]);
        raw_expect(&r, "error", "code", "format");
        CHECK(raw_next(&r) == NULL);                      /* and is shown out */
        raw_close(&r);
    }
    /* once in, a bad line is answered and the talk goes on */
    static const char *const odd[] = { "{\"t\":\"say\",\"text\":\"no id\"}", "{\"t\":\"say\",\"id\":\"1\",\"text\":5}",
        "{\"t\":\"command\",\"argv\":[]}", "{\"t\":\"command\",\"argv\":[1]}", "{\"t\":\"hello\",\"v\":1,\"person\":\"x\"}",
        "{\"a\":{\"a\":1,\"a\":2}}", "nul \\u0000" };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        raw_send(&good, odd[i]);
        raw_expect(&good, "error", "code", "format");
    }
    buf said = { 0 };
    raw_send(&good, "{\"t\":\"say\",\"id\":\"g\",\"text\":\"still here\"}");
    raw_reply(&good, "g", &said);
    CHECK(text_is(buf_text(&said), "you said: still here"));
    buf_release(&said);
    raw_close(&good);
}

static void a_line_may_come_in_any_pieces_and_many_in_one(void) {
    raw a = raw_open(data);
    const char *hello = "{\"t\":\"hello\",\"v\":1,\"person\":\"bits\"}\r\n\n{\"t\":\"say\",\"id\":\"b1\",\"text\":\"h\\u00e9llo\"}\n"
                        "{\"t\":\"command\",\"id\":\"c\",\"argv\":[\"count\",\"2\"]}\n";
    for (const char *p = hello; *p; p++) raw_bytes(&a, p, 1);
    buf said = { 0 };
    raw_reply(&a, "b1", &said);
    CHECK(text_is(buf_text(&said), "you said: h\xC3\xA9llo"));
    raw_expect(&a, "row", "text", "1 ");
    raw_expect(&a, "done", "id", "c");
    raw_close(&a);
    a = raw_open(data);                                   /* the same in one piece, and gone in the middle of a line */
    raw_bytes(&a, hello, strlen(hello));
    raw_bytes(&a, "{\"t\":\"sa", 8);
    raw_expect(&a, "done", "id", "c");
    raw_close(&a);
    buf_release(&said);
}

static void a_huge_line_is_refused_and_a_large_one_is_not(void) {
    raw a = raw_hello(data, "theodore");
    char *big = mem_new(SERVE_LINE_MAX + 2000, 1);
    memset(big, 'y', SERVE_LINE_MAX + 1000);
    raw_send(&a, big);
    raw_expect(&a, "error", "code", "format");
    int n = snprintf(big, 64, "{\"t\":\"say\",\"id\":\"big\",\"text\":\"");
    memset(big + n, 'z', 1024 * 1024);
    strcpy(big + n + 1024 * 1024, "\"}");
    raw_send(&a, big);
    buf said = { 0 };
    raw_reply(&a, "big", &said);
    CHECK(said.n == 1024 * 1024 + strlen("you said: "));
    memset(big + n, 'z', SERVE_TEXT_MAX + 1);
    strcpy(big + n + SERVE_TEXT_MAX + 1, "\"}");
    raw_send(&a, big);
    json_t *v = raw_until(&a, "error", "id", "big");
    CHECK(strstr(json_str(v, "text", ""), "longer"));
    json_decref(v);
    buf_release(&said);
    free(big);
    raw_close(&a);
}

static void a_client_that_stops_reading_is_cut_and_others_go_on(void) {
    raw deaf = raw_hello(data, "theodore"), a = raw_hello(data, "theodore");
    buf said = { 0 };
    for (int i = 0; i < 7; i++) {                          /* 7 MB in all, of which it reads nothing */
        char line[80], id[8];
        snprintf(id, sizeof id, "f%d", i);
        snprintf(line, sizeof line, "{\"t\":\"say\",\"id\":\"%s\",\"text\":\"flood 1000\"}", id);
        raw_send(&a, line);
        raw_reply(&a, id, &said);                          /* the other reads all of it */
        CHECK(said.n == 1000 * 1024);
    }
    raw_send(&a, "{\"t\":\"say\",\"id\":\"after\",\"text\":\"ok\"}");
    raw_reply(&a, "after", &said);
    bool cut = true;
    for (json_t *v; (v = raw_next(&deaf)); json_decref(v))
        if (strcmp(json_str(v, "id", ""), "after") == 0) cut = false;
    CHECK(cut);
    buf_release(&said);
    raw_close(&deaf), raw_close(&a);
}

static void a_long_list_waits_for_its_reader_and_arrives_whole(void) {
    raw a = raw_hello(data, "theodore");
    raw_send(&a, "{\"t\":\"command\",\"id\":\"l\",\"argv\":[\"count\",\"20000\",\"long\"]}");   /* over OUT_MAX in all */
    raw b = raw_hello(data, "theodore");                                                  /* meanwhile the house lives */
    raw_send(&b, "{\"t\":\"command\",\"id\":\"p\",\"argv\":[\"ps\"]}");
    raw_expect(&b, "done", "id", "p");
    for (int i = 0; i < 20000; i++) {
        json_t *v = raw_until(&a, "row", "id", "l");
        CHECK(json_integer_value(json_object_get(v, "json")) == i);
        json_decref(v);
    }
    raw_expect(&a, "done", "id", "l");
    raw_send(&a, "{\"t\":\"command\",\"id\":\"l2\",\"argv\":[\"count\",\"20000\",\"long\"]}");
    raw_expect(&a, "row", "id", "l2");
    raw_close(&a);                                                                        /* leaving frees the worker */
    raw_send(&b, "{\"t\":\"say\",\"id\":\"s\",\"text\":\"free\"}");
    buf said = { 0 };
    raw_reply(&b, "s", &said);
    buf_release(&said);
    raw_close(&b);
}

static void a_sealed_life_opens_only_with_its_passphrase_for_the_first_and_for_the_next(void) {
    const char *with = "{\"t\":\"hello\",\"v\":1,\"person\":\"sealed\",\"passphrase\":\"sesame\"}";
    const char *without = "{\"t\":\"hello\",\"v\":1,\"person\":\"sealed\"}";
    const char *wrong = "{\"t\":\"hello\",\"v\":1,\"person\":\"sealed\",\"passphrase\":\"x\"}\n{\"t\":\"say\",\"id\":\"w\",\"text\":\"in?\"}";
    int notes = atomic_load(&fake_notes);
    raw in = { .fd = -1 };
    for (int round = 0; round < 2; round++) {            /* round 1: the life is open already */
        const char *refused[] = { without, wrong };
        for (int i = 0; i < 2; i++) {
            raw r = raw_open(data);
            raw_send(&r, refused[i]);
            raw_expect(&r, "error", "code", "denied");
            CHECK(raw_next(&r) == NULL);
            raw_close(&r);
        }
        raw r = raw_open(data);
        raw_send(&r, with);
        raw_expect(&r, "hello", "person", "sealed");
        if (round == 0) in = r;
        else raw_close(&r);
    }
    raw_close(&in);
    CHECK(atomic_load(&fake_notes) == notes);
}

static void a_private_talk_is_shared_with_nobody(void) {
    raw a = raw_open(data), b = raw_open(data);
    raw_send(&a, "{\"t\":\"hello\",\"v\":1,\"person\":\"theodore\",\"private\":true}");
    raw_expect(&a, "hello", "person", "theodore");
    raw_send(&b, "{\"t\":\"hello\",\"v\":1,\"person\":\"theodore\",\"private\":true}");
    raw_expect(&b, "hello", "person", "theodore");
    raw_send(&a, "{\"t\":\"say\",\"id\":\"quiet\",\"text\":\"secret thing\"}");
    raw_expect(&a, "done", "id", "quiet");
    raw_send(&b, "{\"t\":\"command\",\"id\":\"p\",\"argv\":[\"ps\"]}");
    int n_private = 0;
    for (json_t *v; (v = raw_next(&b)); json_decref(v)) {
        CHECK(strcmp(json_str(v, "id", ""), "quiet") != 0);
        n_private += strcmp(json_str(json_object_get(v, "json"), "person", ""), "(private)") == 0;
        if (strcmp(json_str(v, "t", ""), "done") == 0) {
            json_decref(v);
            break;
        }
    }
    CHECK(n_private == 2);
    raw_close(&a), raw_close(&b);
}

static void the_first_meeting_goes_step_by_step(void) {
    raw a = raw_open(data);
    raw_send(&a, "{\"t\":\"hello\",\"v\":1,\"person\":\"new here\"}");
    json_t *v = raw_until(&a, "hello", NULL, NULL);
    CHECK(!json_flag(v, "met", true));
    json_decref(v);
    raw_send(&a, "{\"t\":\"meet\",\"id\":\"m\",\"answer\":null}");
    raw_expect(&a, "meet", "kind", "yesno");
    raw_send(&a, "{\"t\":\"meet\",\"id\":\"m\",\"answer\":\"yes\"}");
    raw_expect(&a, "meet", "kind", "secret");
    raw_send(&a, "{\"t\":\"meet\",\"id\":\"m\",\"answer\":\"\"}");
    v = raw_until(&a, "meet", NULL, NULL);
    CHECK(json_flag(v, "done", false));
    json_decref(v);
    raw_close(&a);
}

static void errors_name_the_message_they_belong_to(void) {
    raw a = raw_hello(data, "theodore");
    raw_send(&a, "{\"t\":\"say\",\"id\":\"full\",\"text\":\"refuse\"}");
    json_t *v = raw_until(&a, "error", "id", "full");
    CHECK(strcmp(json_str(v, "code", ""), "full") == 0 && serve_err("full") == ERR_FULL);
    json_decref(v);
    raw_send(&a, "{\"t\":\"command\",\"id\":\"c9\",\"argv\":[\"dance\"]}");
    v = raw_until(&a, "error", "id", "c9");
    CHECK(serve_err(json_str(v, "code", "")) == ERR_USAGE);
    json_decref(v);
    raw_close(&a);
    for (int e = ERR_NOMEM; e >= ERR_NET; e--) CHECK(serve_err(serve_code(e)) == e);
}

static void many_clients_come_and_go_at_once(void) {
    enum { N = 40 };
    raw r[N];
    char line[128], person[20], id[20];
    for (int i = 0; i < N; i++) {
        r[i] = raw_open(data);
        snprintf(line, sizeof line, "{\"t\":\"hello\",\"v\":1,\"person\":\"p%d\"}", i % 11);
        raw_send(&r[i], line);
        for (int k = 0; k < 5; k++) {
            snprintf(line, sizeof line, "{\"t\":\"say\",\"id\":\"m%d.%d\",\"text\":\"hello %d\"}", i, k, k);
            raw_send(&r[i], line);
        }
        if (i % 4 == 3) raw_close(&r[i]);                  /* some leave at once */
    }
    for (int i = 0; i < N; i++) {
        if (i % 4 == 3) continue;
        snprintf(person, sizeof person, "p%d", i % 11);
        snprintf(id, sizeof id, "m%d.4", i);
        raw_expect(&r[i], "done", "id", id);
        raw_close(&r[i]);
    }
}

static void a_second_house_is_refused_and_a_dead_ones_socket_is_replaced(void) {
    serve *second = NULL;
    fail why = { 0 };
    CHECK(serve_open(&second, &(serve_options){ .data = data, .clock = now }, &why) == ERR_BUSY && !second);
    raw a = raw_hello(data, "theodore");                   /* and did not disturb the first */
    house_close();
    raw_expect(&a, "bye", NULL, NULL);
    CHECK(raw_next(&a) == NULL);
    raw_close(&a);
    int fd;
    CHECK(serve_connect(data, &fd, &why) == ERR_MISSING);
    char path[200];
    snprintf(path, sizeof path, "%s/house.sock", data);
    CHECK(!file_exists(path));
    fd = open(path, O_CREAT | O_WRONLY, 0600);             /* what a crash may leave behind */
    close(fd);
    house_open();
    somebody_says_something_and_is_answered();
}

static void closing_ends_the_reply_and_keeps_what_waited_for_its_client(void) {
    raw a = raw_hello(data, "theodore");
    raw_send(&a, "{\"t\":\"say\",\"id\":\"z1\",\"text\":\"hold\"}");
    wait_for_hold();
    house_close();
    buf said = { 0 };
    raw_reply(&a, "z1", &said);
    CHECK(text_is(buf_text(&said), "First."));
    for (json_t *v; (v = raw_next(&a)); json_decref(v)) CHECK(strcmp(json_str(v, "t", ""), "words") != 0);
    buf_release(&said);
    raw_close(&a);
    house_open();
}

static void a_folder_with_a_long_name_works_too(void) {
    char longer[400], deep[600];
    memset(longer, 'd', 180);
    longer[180] = '\0';
    snprintf(deep, sizeof deep, "%s/%s", data, longer);
    serve *s = NULL;
    CHECK(serve_open(&s, &(serve_options){ .data = deep, .clock = now }, NULL) == 0);
    raw a = raw_hello(deep, "theodore");
    raw_close(&a);
    CHECK(serve_close(s, 20000));
}

static void what_is_due_is_looked_for_while_a_life_is_open(void) {
    house_close();
    atomic_store(&fake_ticks, 0);
    CHECK(serve_open(&house, &(serve_options){ .data = data, .clock = now, .tick_ms = 20 }, NULL) == 0);
    raw a = raw_hello(data, "theodore");
    raw_expect(&a, "system", "text", "tick");
    raw_close(&a);
}

int main(void) {
    const char *tmp = getenv("TMPDIR");
    snprintf(data, sizeof data, "%s/house-%ld", tmp ? tmp : "/tmp", (long)getpid());
    now = clk_real();
    house_open();
    only_the_owner_may_even_look_at_the_socket();
    somebody_says_something_and_is_answered();
    the_same_message_sent_again_is_noted_once();
    resent_while_she_replies_it_is_one_message_of_the_new_client();
    all_of_a_persons_clients_see_the_turn_live_even_when_they_join_in_the_middle();
    a_new_message_ends_her_reply_and_a_stop_does_too();
    events_and_notices_travel_and_cannot_forge_the_frame();
    garbage_gets_an_error_and_costs_nobody_else_anything();
    a_line_may_come_in_any_pieces_and_many_in_one();
    a_huge_line_is_refused_and_a_large_one_is_not();
    a_client_that_stops_reading_is_cut_and_others_go_on();
    a_long_list_waits_for_its_reader_and_arrives_whole();
    a_sealed_life_opens_only_with_its_passphrase_for_the_first_and_for_the_next();
    a_private_talk_is_shared_with_nobody();
    the_first_meeting_goes_step_by_step();
    errors_name_the_message_they_belong_to();
    many_clients_come_and_go_at_once();
    a_second_house_is_refused_and_a_dead_ones_socket_is_replaced();
    closing_ends_the_reply_and_keeps_what_waited_for_its_client();
    a_folder_with_a_long_name_works_too();
    what_is_due_is_looked_for_while_a_life_is_open();
    house_close();
    clk_free(now);
    char rm[220];
    snprintf(rm, sizeof rm, "rm -rf '%s'", data);
    return system(rm) != 0;
}
