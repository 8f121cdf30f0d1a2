/* SPDX-License-Identifier: Apache-2.0
 * small_thread_test.c - the thread of a talk: answers to what she said, what she was asked, budgets, nothing said twice. */
#include "think/small_talk.h"

static mind *m;
static talk t;

static lines *repertoire(void) { return ((small *)m)->say; }

static const line *line_with(const char *move, const char *follow) {
    for (size_t i = 0; i + 1 < lines_count(repertoire()); i++) {
        const line *u = lines_at(repertoire(), i), *f = lines_at(repertoire(), i + 1);
        if (!line_follow(u) && strcmp(line_move(u), move) == 0 && line_follow(f) && strcmp(line_follow(f), follow) == 0 &&
            text_find(line_text(u), "{") < 0 && text_find(line_text(f), "{") < 0) return u;
    }
    return NULL;
}

static void begin(void) {
    talk_close(&t);
    talk_open(&t, m);
}

static void as_if_she_had_said(const line *u) {
    json_decref(t.thread);
    t.thread = json_pack("{s:i,s:I,s:b,s:s}", "n", 3, "last", (json_int_t)line_id(u), "asked", line_asks(u), "move", line_move(u));
}

static bool said_line(text wanted) { return memmem(t.said.p, t.said.n, wanted.p, wanted.n) != NULL; }

static void an_answer_gets_the_follow_up_of_its_kind(void) {
    static const char *const kinds[][2] = { { "yes", "yeah" }, { "no", "not really" }, { "any", "the blue ones" } };
    for (size_t k = 0; k < 3; k++) {
        begin();
        const line *u = line_with("ask", kinds[k][0]);
        CHECK(u != NULL);
        as_if_she_had_said(u);
        talk_say(&t, kinds[k][1]);
        bool any = false;
        for (size_t i = 0; i < lines_count(repertoire()); i++) {
            const line *f = lines_at(repertoire(), i);
            if (f != u) continue;
            for (size_t j = i + 1; j < lines_count(repertoire()) && line_follow(lines_at(repertoire(), j)); j++)
                any |= strcmp(line_follow(lines_at(repertoire(), j)), kinds[k][0]) == 0 && said_line(line_text(lines_at(repertoire(), j)));
        }
        if (!any) fprintf(stderr, "%s: %s\n", kinds[k][0], t.said.p);
        CHECK(any);
    }
}

static void why_gets_her_reason(void) {
    begin();
    const line *u = line_with("opinion", "why");
    CHECK(u != NULL);
    as_if_she_had_said(u);
    talk_say(&t, "why?");
    CHECK(strcmp(talk_how(&t), "back") == 0 && t.reply.n_line == 1);
    const line *f = lines_by_id(repertoire(), t.reply.line[0]);
    CHECK(f && line_follow(f) && strcmp(line_follow(f), "why") == 0);
    begin();
    talk_say(&t, "my landlord put the rent up");
    talk_say(&t, "why");
    CHECK(strcmp(talk_how(&t), "back") == 0);
}

static void a_correction_is_taken(void) {
    begin();
    talk_say(&t, "my cousin is marrying a dentist");
    CHECK(talk_has(&t, "that's not what i said, i said he's marrying a pilot", "pilot"));
}

static void no_more_questions_means_none(void) {
    begin();
    talk_say(&t, "stop asking me questions");
    static const char *const said[] = { "my boss moved my shift", "i work in a bakery", "my sister rang about the car", "we sold the boat", "ok" };
    for (size_t i = 0; i < 5; i++) CHECK(strchr(talk_say(&t, said[i]), '?') == NULL);
}

static void budgets_hold(void) {
    static const char *const said[] = { "my neighbour has bought a drum kit", "it's raining again", "my sister sold her bicycle",
        "i lost my keys on the bus yesterday and had to walk home in the dark with no coat", "do you like tea", "hello", "ok", "no" };
    for (int most = 6; most <= 40; most += 17) {
        begin();
        t.p.max_questions = 0;
        t.p.max_words = most;
        for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
            const char *reply = talk_say(&t, said[i]);
            size_t n = words_of(&t.a, text_of(reply)).n;
            if (n > (size_t)most + 12 || strchr(reply, '?')) fprintf(stderr, "%d: %s\n", most, reply);
            CHECK(strchr(reply, '?') == NULL && n <= (size_t)most + 12);      /* their own words may be longer than a slot */
        }
    }
}

static const char *const everyday[] = { "my boss moved my shift again", "third time this month", "my sister is coming on friday with her dog", "it's a greyhound",
    "i made a lemon cake", "nobody ate it", "the bus was late", "i hate mondays", "my back hurts", "we went to the sea", "it was cold", "i swam anyway",
    "my son wants a drum kit", "he is nine", "the neighbours will kill us", "i might say yes", "my car failed its test", "400 pounds", "i can't afford it",
    "maybe i'll cycle", "i used to cycle everywhere", "my dad taught me", "he had a red bike", "i still have the bell", "it doesn't ring" };

static void nothing_is_said_twice_and_few_replies_ask(void) {
    begin();
    int asked = 0, run = 0, n = 0;
    for (int round = 0; round < 8; round++)
        for (size_t i = 0; i < sizeof everyday / sizeof *everyday; i++, n++) {
            int had = t.n_used;
            const char *reply = talk_say(&t, everyday[i]);
            CHECK(*reply);
            const char *q = strchr(reply, '?');
            CHECK(!q || !strchr(q + 1, '?'));
            bool asks = reply[strlen(reply) - 1] == '?';
            run = asks ? run + 1 : 0;
            asked += asks;
            CHECK(run <= 2);
            for (int k = had; k < t.n_used; k++) {
                const line *u = lines_by_id(repertoire(), t.used[k].id);
                if (text_find(line_text(u), "{") >= 0 || line_condition_at(repertoire(), u, "id", 0).p) continue;   /* their words make it new */
                for (int j = 0; j < had; j++) {
                    if (t.used[j].id == t.used[k].id) fprintf(stderr, "> %s\n  %s (%s)\n", everyday[i], reply, talk_how(&t));
                    CHECK(t.used[j].id != t.used[k].id);
                }
            }
        }
    printf("# of %d replies %d %% ended in a question; %d lines used, none of them twice\n", n, asked * 100 / n, t.n_used);
    CHECK(asked * 100 <= n * 40);
}

/* Which of the things asked about does the reply name first? */
static text named_first(const char *reply, const char *asked) {
    words r = words_of(&t.a, text_of(reply)), q = words_of(&t.a, text_of(asked));
    for (size_t i = 0; i < r.n; i++)
        for (size_t k = 0; k < q.n; k++)
            if (!q.at[k].stop && text_eq(r.at[i].stem, q.at[k].stem)) return r.at[i].stem;
    return (text){ "", 0 };
}

static void a_taste_is_the_same_both_ways_round(void) {
    static const char *const pairs[][2] = { { "cheese or chutney?", "chutney or cheese?" }, { "boots or sandals?", "sandals or boots?" },
        { "would you rather have a canoe or a ladder", "would you rather have a ladder or a canoe" } };
    for (size_t i = 0; i < 3; i++) {
        char first[200];
        begin();
        snprintf(first, sizeof first, "%s", talk_say(&t, pairs[i][0]));
        begin();
        const char *second = talk_say(&t, pairs[i][1]);
        if (!text_eq(named_first(first, pairs[i][0]), named_first(second, pairs[i][0]))) fprintf(stderr, "%s / %s\n", first, second);
        CHECK(named_first(first, pairs[i][0]).n && text_eq(named_first(first, pairs[i][0]), named_first(second, pairs[i][0])));
    }
}

static void a_broken_thread_is_a_fresh_one(void) {
    static const char *const broken[] = { "[]", "{\"n\":-5,\"last\":\"x\",\"recent\":{\"a\":1},\"play\":[]}", "{\"n\":1e99,\"topic\":5,\"play\":{\"kind\":7}}",
        "{\"recent\":[\"a\",null,{}],\"q_run\":99999999}", "{\"play\":{\"kind\":\"twenty\",\"thing\":-4,\"left\":90}}", "{\"play\":{\"kind\":\"noughts\",\"board\":\"XX\"}}",
        "{\"play\":{\"kind\":\"riddle\",\"at\":100000}}", "{\"play\":{\"kind\":\"chain\",\"used\":[1,2]}}", "{\"play\":{\"kind\":\"turned\",\"trait\":77,\"thing\":5000}}",
        "{\"play\":{\"kind\":\"three\",\"items\":\"no\"}}", "{\"play\":{\"kind\":\"guide\",\"name\":\"x\",\"step\":-1}}", "{\"play\":{\"kind\":\"mine\",\"lo\":90,\"hi\":3}}" };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        begin();
        json_decref(t.thread);
        t.thread = json_loads(broken[i], 0, NULL);
        CHECK(*talk_say(&t, "yes"));
        CHECK(*talk_say(&t, "is it alive"));
    }
}

static void any_bytes_get_a_reply(void) {
    begin();
    CHECK(*talk_say(&t, ""));
    CHECK(*talk_say(&t, "\xF0\x9F\x98\x80\xF0\x9F\x98\x80"));
    CHECK(*talk_say(&t, "?????"));
    CHECK(*talk_say(&t, "asdf qwer zxcv"));
    CHECK(*talk_say(&t, "{x} {C} %s \\n"));
    char *big = calloc(1, 200001);
    memset(big, 'a', 200000);
    CHECK(*talk_say(&t, big));
    free(big);
}

static void the_planners_words_are_left_alone(void) {
    begin();
    t.p.opening = TEXT("Good night.");
    CHECK(!*talk_say(&t, "night then"));
    CHECK(t.thread != NULL);
}

int main(void) {
    fail why = { 0 };
    CHECK(think_open(&m, "small", NULL, &why) == 0);
    char hex[65];
    think_hash(m, hex);
    CHECK(strlen(hex) == 64 && strcmp(think_name(m), "small") == 0 && !think_leaves_machine(m) && !*think_host(m));
    talk_open(&t, m);
    an_answer_gets_the_follow_up_of_its_kind();
    why_gets_her_reason();
    a_correction_is_taken();
    no_more_questions_means_none();
    budgets_hold();
    nothing_is_said_twice_and_few_replies_ask();
    a_taste_is_the_same_both_ways_round();
    a_broken_thread_is_a_fresh_one();
    any_bytes_get_a_reply();
    the_planners_words_are_left_alone();
    talk_close(&t);
    think_close(m);
    return 0;
}
