/* SPDX-License-Identifier: Apache-2.0
 * small_play_test.c - games to their end, guided moments, and what she works out; "stop" ends whatever runs. */
#include "think/small_talk.h"

static mind *m;
static talk t;

static void begin(void) {
    talk_close(&t);
    talk_open(&t, m);
}
static const json_t *play(void) { return json_object_get(t.thread, "play"); }
static bool plays(const char *kind) { return play() && strcmp(json_str(play(), "kind", ""), kind) == 0; }

static void her_number_can_be_found(void) {
    begin();
    talk_say(&t, "let's play guess the number");
    CHECK(plays("number"));
    int lo = 1, hi = 100, tries = 0;
    while (plays("number")) {
        char guess[12];
        int mid = (lo + hi) / 2;
        snprintf(guess, sizeof guess, "%d", mid);
        const char *said = talk_say(&t, guess);
        bool up = strstr(said, "igher") || strstr(said, "too low");
        if (up) lo = mid + 1;
        else hi = mid - 1;
        CHECK(++tries <= 7);
    }
}

static void she_finds_any_number(void) {
    for (int secret = 1; secret <= 100; secret += 9) {
        begin();
        talk_say(&t, "guess my number");
        int tries = 0;
        while (plays("mine")) {
            int guess = (int)(json_int(play(), "lo", 0) + json_int(play(), "hi", 0)) / 2;
            char said[16];
            snprintf(said, sizeof said, "%d", guess);
            CHECK(strstr(t.said.p, said) != NULL);
            talk_say(&t, guess < secret ? "higher" : guess > secret ? "lower" : "yes");
            CHECK(++tries <= 8);
        }
    }
    begin();
    talk_say(&t, "guess my number");
    for (int i = 0; i < 8 && plays("mine"); i++) talk_say(&t, "higher");
    CHECK(!plays("mine"));                                       /* 100 and still higher: that can't be */
}

static void twenty_questions_answers_truly_and_ends(void) {
    begin();
    talk_say(&t, "twenty questions");
    CHECK(plays("twenty"));
    for (int i = 0; i < 20 && plays("twenty"); i++) talk_say(&t, i % 2 ? "is it alive?" : "can you eat it?");
    CHECK(!plays("twenty"));
    begin();
    talk_say(&t, "20 questions");
    CHECK(talk_has(&t, "does it smell of regret?", "") && (int)json_int(play(), "left", 0) == 20);   /* beyond its notes: free */
    talk_say(&t, "i give up");
    CHECK(!plays("twenty"));
}

/* Answers for one thing of twenty.txt, read off the traits she asks about. */
static void she_guesses_a_thing(void) {
    begin();
    talk_say(&t, "i'm thinking of something, you ask the questions");
    CHECK(plays("turned"));
    for (int i = 0; i < 21 && plays("turned"); i++) {            /* a dog */
        const char *said = t.said.p;
        bool yes = strstr(said, "Alive") || strstr(said, "nimal") || strstr(said, "ndoors") || strstr(said, "utdoors") || strstr(said, "Soft") ||
                   strstr(said, "Legs") || strstr(said, "fur") || strstr(said, "Fur") || strstr(said, "noise") || strstr(said, "every day") ||
                   strstr(said, "hundreds") || strstr(said, "a dog");
        talk_say(&t, yes ? "yes" : "no");
    }
    CHECK(!plays("turned"));
}

static void riddles_are_solved_hinted_and_told(void) {
    begin();
    talk_say(&t, "tell me a riddle");
    CHECK(plays("riddle"));
    talk_say(&t, "a bulldozer");
    CHECK(plays("riddle"));
    CHECK(talk_has(&t, "hint", "letters") && plays("riddle"));
    talk_say(&t, "what's 3 times 4");
    CHECK(!plays("riddle") && strstr(t.said.p, "12"));          /* what is no guess is heard for what it is */
    talk_say(&t, "tell me a riddle");
    talk_say(&t, "i give up");
    CHECK(plays("riddle") && json_flag(play(), "solved", false));
    talk_say(&t, "another");
    CHECK(plays("riddle") && !json_flag(play(), "solved", true));
}

static void a_chain_keeps_its_rule(void) {
    begin();
    talk_say(&t, "word chain");
    for (int i = 0; i < 6 && plays("chain"); i++) {
        const json_t *used = json_object_get(play(), "used");
        const char *last = json_string_value(json_array_get(used, json_array_size(used) - 1));
        char mine[24];
        snprintf(mine, sizeof mine, "%c%sz", last[strlen(last) - 1], i % 2 ? "ello" : "oni");
        mine[strlen(mine) - 1] = (char)('a' + i);                /* made-up words are allowed: she is no dictionary */
        size_t had = json_array_size(used);
        talk_say(&t, mine);
        used = json_object_get(play(), "used");
        if (!plays("chain")) break;
        CHECK(json_array_size(used) == had + 2);
        const char *hers = json_string_value(json_array_get(used, json_array_size(used) - 1));
        CHECK(hers[0] == mine[strlen(mine) - 1]);
    }
    begin();
    talk_say(&t, "word chain");
    const char *last = json_string_value(json_array_get(json_object_get(play(), "used"), 0));
    char wrong[8] = { last[strlen(last) - 1] == 'q' ? 'z' : 'q', 'u', 'a', 'y', 0 };
    talk_say(&t, wrong);
    CHECK(plays("chain") && json_array_size(json_object_get(play(), "used")) == 1);
}

static void noughts_never_lose_and_end(void) {
    for (uint64_t seed = 1; seed <= 12; seed++) {
        begin();
        t.p.seed = seed;
        talk_say(&t, "noughts and crosses");
        uint64_t dice = seed;
        for (int i = 0; i < 60 && plays("noughts"); i++) {
            char move[16];
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            snprintf(move, sizeof move, "%d", (int)(dice >> 60) % 9 + 1);
            talk_say(&t, move);
            CHECK(strstr(t.said.p, "and they're yours") == NULL);
        }
        CHECK(!plays("noughts"));
    }
}

static void stop_ends_whatever_runs(void) {
    static const char *const starts[] = { "let's play a game", "tell me a riddle", "twenty questions", "guess my number", "word chain", "tic tac toe",
        "can you help me breathe", "help me make a list", "knock knock", "help me write a letter to my brother" };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        begin();
        talk_say(&t, starts[i]);
        if (!play()) fprintf(stderr, "%s: %s\n", starts[i], t.said.p);
        CHECK(play() != NULL);
        talk_say(&t, "stop");
        CHECK(play() == NULL);
    }
}

static void no_game_in_distress_but_a_breath(void) {
    begin();
    t.p.distress = 3;
    t.p.valence = -3;
    t.p.step = "reflect";
    talk_say(&t, "everything feels unbearable and i'm scared, tell me a riddle");
    CHECK(play() == NULL);
    talk_say(&t, "i feel terrible, can you help me breathe");
    CHECK(plays("guide"));
}

static void a_letter_begins_in_their_words(void) {
    begin();
    talk_say(&t, "help me write a letter to my sister");
    CHECK(talk_has(&t, "i missed your wedding and i'm sorry", "\"Dear Sister, I missed your wedding and i'm sorry.\""));
    begin();
    talk_say(&t, "help me make a list");
    talk_say(&t, "ring my bank");
    talk_say(&t, "wash the car");
    CHECK(talk_has(&t, "eat something green", "ring your bank, wash the car and eat something green"));
}

static void what_can_be_worked_out_is(void) {
    begin();
    CHECK(talk_has(&t, "what's 15% of 80", "12"));
    CHECK(talk_has(&t, "how many pints in a gallon?", "8 imperial pints"));
    CHECK(talk_has(&t, "what day was 14 july 1989", "Friday"));
    CHECK(talk_has(&t, "how do you spell neccessary", "N-E-C-E-S-S-A-R-Y"));
    CHECK(talk_has(&t, "how many letters in banana", "6"));
    CHECK(talk_has(&t, "how many r's in strawberry", "3"));
    CHECK(talk_has(&t, "say hello backwards", "lleh"));
    CHECK(talk_has(&t, "what's your name", "Samantha"));
    t.p.her_name = "Clio";
    CHECK(talk_has(&t, "what's your name?", "Clio"));
    t.p.name = "Theodore";
    CHECK(talk_has(&t, "what's my name", "Theodore"));
    CHECK(talk_has(&t, "what does petrichor mean", "rain"));
    talk_say(&t, "we came here in 1979");
    CHECK(talk_has(&t, "how many years is that", "47"));
}

int main(void) {
    fail why = { 0 };
    CHECK(think_open(&m, "small", NULL, &why) == 0);
    talk_open(&t, m);
    her_number_can_be_found();
    she_finds_any_number();
    twenty_questions_answers_truly_and_ends();
    she_guesses_a_thing();
    riddles_are_solved_hinted_and_told();
    a_chain_keeps_its_rule();
    noughts_never_lose_and_end();
    stop_ends_whatever_runs();
    no_game_in_distress_but_a_breath();
    a_letter_begins_in_their_words();
    what_can_be_worked_out_is();
    talk_close(&t);
    think_close(m);
    return 0;
}
