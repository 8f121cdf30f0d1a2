/* SPDX-License-Identifier: Apache-2.0
 * alloc_test.c - every open, with the n-th large allocation failing, for every n: it says so, and leaves nothing behind
 * (the address sanitizer looks). */
#include <string.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/mem.h"
#include "care/care.h"
#include "serve/serve.h"
#include "test.h"
#include "think/think.h"
#include "turn/turn.h"

static char data[160];
static clk *now;
static home *house;

static int open_care(fail *why) {
    care *c;
    int err = care_open(&c, why);
    if (!err) care_close(c);
    return err;
}
static int open_mind(fail *why) {
    mind *m;
    int err = think_open(&m, "small", &(think_options){ 0 }, why);
    if (!err) think_close(m);
    return err;
}
static int open_home(fail *why) {
    home *h;
    int err = home_open(&h, &(home_options){ .data = data, .clock = now, .seed = 1 }, why);
    if (!err) home_close(h);
    return err;
}
static int open_turn(fail *why) {
    turn *t;
    int err = turn_open(&t, house, "theodore", NULL, false, why);
    if (!err) turn_close(t);
    return err;
}
static int open_serve(fail *why) {
    serve *s;
    int err = serve_open(&s, &(serve_options){ .data = data, .clock = now, .workers = 1 }, why);
    if (!err) CHECK(serve_close(s, 20000));
    return err;
}

static const struct { const char *name; int (*open)(fail *why); } OPENS[] = {
    { "care", open_care }, { "mind", open_mind }, { "home", open_home }, { "turn", open_turn }, { "serve", open_serve },
};

/* The number of failures met on the way to success. */
static int fails_at_each(const char *name, int (*open)(fail *why)) {
    for (int n = 1;; n++) {
        fail why = { 0 };
        mem_fail_at(n);
        int err = open(&why);
        bool hit = mem_fail_hit();
        mem_fail_at(0);
        if (!hit) {
            if (err) fprintf(stderr, "%s: %s\n", name, why.text);
            CHECK(err == 0);
            return n - 1;
        }
        if (err != ERR_NOMEM || !*why.text) fprintf(stderr, "%s, allocation %d: %d \"%s\"\n", name, n, err, why.text);
        CHECK(err == ERR_NOMEM && *why.text);
    }
}

int main(void) {
    const char *tmp = getenv("TMPDIR");
    snprintf(data, sizeof data, "%s/alloc-%ld", tmp ? tmp : "/tmp", (long)getpid());
    now = clk_real();
    CHECK(home_open(&house, &(home_options){ .data = data, .clock = now, .seed = 1 }, NULL) == 0);
    int total = 0;
    for (size_t i = 0; i < sizeof OPENS / sizeof *OPENS; i++) total += fails_at_each(OPENS[i].name, OPENS[i].open);
    CHECK(total > 0);
    printf("# %d allocations failed in turn, each was said\n", total);
    home_close(house);
    clk_free(now);
    char rm[220];
    snprintf(rm, sizeof rm, "rm -rf '%s'", data);
    return system(rm) != 0;
}
