/* SPDX-License-Identifier: Apache-2.0
 * interrupt_test.c - a remote mind that takes the call and never answers: a new message does not wait for its patience to
 * end, and closing the house does not either. The real turn is behind the house. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include "base/thread.h"
#include "raw.h"

enum { SOON_MS = 8000 };            /* curl looks up once a second; the minds' own patience is 10, 20 and 60 s */
static int listening;

/* Accept and say nothing. */
static void never_answer(void *ctx) {
    (void)ctx;
    int held[64], n = 0;
    while (n < 64 && (held[n] = accept(listening, NULL, NULL)) >= 0) n++;
    while (n > 0) close(held[--n]);
}

static int start_server(void) {
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    listening = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(bind(listening, (struct sockaddr *)&at, sizeof at) == 0 && listen(listening, 16) == 0);
    CHECK(getsockname(listening, (struct sockaddr *)&at, &n) == 0);
    return ntohs(at.sin_port);
}

static int64_t ms_now(void) { return clk_steady_us() / 1000; }

int main(void) {
    char data[160], rm[220], mind[64];
    const char *tmp = getenv("TMPDIR");
    snprintf(data, sizeof data, "%s/interrupt-%ld", tmp ? tmp : "/tmp", (long)getpid());
    snprintf(mind, sizeof mind, "http://127.0.0.1:%d/v1", start_server());
    thread *server;
    CHECK(thread_start(&server, "mute", never_answer, NULL, NULL) == 0);
    clk *now = clk_real();
    serve *house;
    CHECK(serve_open(&house, &(serve_options){ .data = data, .clock = now, .mind = mind, .workers = 2 }, NULL) == 0);
    raw r = raw_hello(data, "theodore");
    raw_send(&r, "{\"t\":\"say\",\"id\":\"one\",\"text\":\"the kettle broke this morning\"}");
    raw_expect(&r, "ack", "id", "one");
    int64_t begin = ms_now();
    raw_send(&r, "{\"t\":\"say\",\"id\":\"two\",\"text\":\"and then the cup too\"}");
    raw_expect(&r, "ack", "id", "two");
    int64_t noted = ms_now() - begin;
    CHECK(noted < SOON_MS);
    begin = ms_now();
    CHECK(serve_close(house, 20000));
    int64_t closed = ms_now() - begin;
    CHECK(closed < SOON_MS);
    printf("# noted %lld ms after it was said, closed in %lld ms, with a mute mind\n", (long long)noted, (long long)closed);
    raw_close(&r);
    shutdown(listening, SHUT_RDWR);
    thread_join(server);
    close(listening);
    clk_free(now);
    snprintf(rm, sizeof rm, "rm -rf '%s'", data);
    return system(rm) != 0;
}
