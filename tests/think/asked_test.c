/* SPDX-License-Identifier: Apache-2.0
 * asked_test.c - what is asked is answered: the asking sentence wins, tables are right, small moves get their own size. */
#include <string.h>
#include "base/json.h"
#include "test.h"
#include "think/think.h"

static mind *small;
static json_t *thread;

static int keep(void *ctx, text more) {
    buf_add(ctx, more);
    return 0;
}

/* Her reply to one message of a running talk; in the arena. */
static const char *said(arena *a, const char *message) {
    buf b = { 0 };
    think_sink sink = { keep, &b };
    think_reply out = { 0 };
    fail why = { 0 };
    prompt p = { .heard = text_of(message), .said = words_of(a, text_of(message)), .situation = "chat", .topic = "", .act = "tell", .ask = "",
        .step = "chat", .moves = { "opinion", "reflect", "ask" }, .stage = "arrive", .hint = "", .max_words = 40, .max_questions = 1, .may_joke = true,
        .opening = { "", 0 }, .name = "", .her_name = "Samantha", .persona = "", .locale = "GB", .now_ms = 1777888800000, .seed = 5, .thread = thread };
    CHECK(think_say(small, &p, &sink, a, &out, &why) == 0);
    json_t *next = json_deep_copy(out.thread);
    json_decref(out.thread);
    json_decref(thread);
    thread = next;
    const char *s = arena_str(a, b.p ? b.p : "", b.n);
    buf_release(&b);
    return s;
}

static void fresh(void) {
    json_decref(thread);
    thread = NULL;
}

typedef struct { const char *asked, *wanted; } row;

static void has(const row *r, size_t n) {
    for (size_t i = 0; i < n; i++) {
        arena a = { 0 };
        const char *s = said(&a, r[i].asked);
        if (!strstr(s, r[i].wanted)) {
            fprintf(stderr, "%s -> %s (wanted %s)\n", r[i].asked, s, r[i].wanted);
            exit(1);
        }
        arena_release(&a);
    }
}
#define HAS(rows) has(rows, sizeof rows / sizeof *rows)

static void the_asking_sentence_wins(void) {
    static const row rows[] = { { "whats the capital of peru? person is arguing with me here", "Lima" },
        { "can you tell me what 15% of 84 is? I am working out a tip.", "12.6" }, { "i have three kids, how many bones in the body", "206" },
        { "my brother is useless. who wrote war and peace", "Tolstoy" }, { "we are at the pub and what is the currency of thailand", "baht" } };
    fresh();
    HAS(rows);
}

static void tables_are_read_whole(void) {
    static const row rows[] = { { "what's the capital of trinidad and tobago", "Port of Spain" }, { "and of chad?", "N'Djamena" }, { "what about norway", "Oslo" },
        { "capital of the netherlands please", "Amsterdam" }, { "who wrote pride and prejudice", "Austen" }, { "where is lisbon", "Portugal" },
        { "which continent is egypt in", "Africa" }, { "what language do they speak in brazil", "Portuguese" }, { "symbol for tin", "Sn" },
        { "what do red and yellow make", "Orange" }, { "how old is someone born in 1956", "70" }, { "what is a lurcher", "sighthound" } };
    fresh();
    HAS(rows);
    arena a = { 0 };
    CHECK(!strstr(said(&a, "what is the capital of the roman empire"), "Rome"));       /* not in the table: not guessed */
    arena_release(&a);
}

static void sums_in_words(void) {
    static const row rows[] = { { "and 2 to the power of 16?", "65,536" }, { "whats 6 more points from 22", "28" }, { "3 quarters of 60", "45" },
        { "what is the square of 17", "289" }, { "cube root of 27", "3" }, { "square root of 144", "12" }, { "20% off 45", "36" }, { "half of 90", "45" } };
    fresh();
    HAS(rows);
}

static void names_are_greeted(void) {
    static const row rows[] = { { "hi its priya", "Priya" }, { "his name is Derek", "Derek" }, { "hes a lurcher called biscuit", "Biscuit the lurcher" },
        { "My name is Harold. I was a surveyor", "Harold" }, { "this is my mate tom", "Tom" }, { "I am Margaret, I'm 84", "Margaret" } };
    fresh();
    HAS(rows);
    static const char *const none[] = { "i'm knackered", "it's raining here", "i am going home" };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        arena a = { 0 };
        CHECK(!strstr(said(&a, none[i]), "Hello"));
        arena_release(&a);
    }
}

/* Whatever is asked, she says something, and never the "X, then." of an echo. */
static void nothing_asked_is_echoed(void) {
    static const char *const asked[] = { "will the plumber come on thursday", "is english hard?", "why does my boiler hum", "which of the rooks moved first",
        "have you ever grown anything", "do you know anything about dahlias", "can you fetch the milk", "would you wear a hat", "does it matter",
        "how many rivets are in a bus", "what should i do with her bowl", "who was the third person in the queue" };
    fresh();
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        arena a = { 0 };
        const char *s = said(&a, asked[i]);
        CHECK(*s && !strstr(s, ", then.") && !strstr(s, "of all things") && !strstr(s, "So it's "));
        arena_release(&a);
    }
}

int main(void) {
    fail why = { 0 };
    CHECK(think_open(&small, "small", NULL, &why) == 0);
    the_asking_sentence_wins();
    tables_are_read_whole();
    sums_in_words();
    names_are_greeted();
    nothing_asked_is_echoed();
    fresh();
    think_close(small);
    return 0;
}
