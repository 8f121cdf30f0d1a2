/* SPDX-License-Identifier: Apache-2.0
 * lines_turn_test.c - what people say of themselves, said back to them. Every row was read by a person. */
#include "base/lines.h"
#include "test.h"

static arena scratch;

typedef struct { const char *said, *back; } row;

static const row first_person[] = {
    { "i lost my keys", "you lost your keys" },
    { "I lost my keys when you rang me", "you lost your keys when I rang you" },
    { "i'm tired", "you're tired" },
    { "im tired of my job", "you're tired of your job" },
    { "i am tired", "you are tired" },
    { "i was tired", "you were tired" },
    { "i wasn't ready", "you weren't ready" },
    { "i wasnt ready", "you weren't ready" },
    { "i was just sitting there", "you were just sitting there" },
    { "i just was not ready", "you just were not ready" },
    { "i have had enough", "you have had enough" },
    { "i've had enough", "you've had enough" },
    { "ive had enough", "you've had enough" },
    { "i do like it", "you do like it" },
    { "i shall go on monday", "you will go on Monday" },
    { "i'll go myself", "you'll go yourself" },
    { "i'd rather stay", "you'd rather stay" },
    { "it is mine", "it is yours" },
    { "that one's mine not his", "that one's yours not his" },
    { "he gave it to me", "he gave it to you" },
    { "she hates me", "she hates you" },
    { "she never even looked at me", "she never even looked at you" },
    { "they laughed at me and my accent", "they laughed at you and your accent" },
    { "i did it by myself", "you did it by yourself" },
    { "my own mother forgot my birthday", "your own mother forgot your birthday" },
    { "nobody asked me", "nobody asked you" },
    { "i don't know what i want", "you don't know what you want" },
    { "i dont think i was fair to her", "you don't think you were fair to her" },
    { "i can't stop thinking about my exam", "you can't stop thinking about your exam" },
    { "i've been told i am difficult", "you've been told you are difficult" },
    { "i'm not sure i was ever happy there", "you're not sure you were ever happy there" },
    { "i'm 40 and i was hoping for more", "you're 40 and you were hoping for more" },
    { "i was tired and was late", "you were tired and were late" },
    { "i'm broke and wasn't paid", "you're broke and weren't paid" },
    { "i am cold, am i not", "you are cold, are you not" },
    { "was i wrong", "were you wrong" },
    { "am i being silly", "are you being silly" },
    { "why am i like this", "why are you like this" },
    { "when was i ever rude", "when were you ever rude" },
    { "i and my dog", "you and your dog" },
    { "i never asked for any of it", "you never asked for any of it" },
    { "all i wanted was a quiet day", "all you wanted was a quiet day" },
    { "what i need is sleep", "what you need is sleep" },
    { "the thing i hate is the noise", "the thing you hate is the noise" },
    { "i hate that he was right", "you hate that he was right" },
    { "my hands were shaking", "your hands were shaking" },
    { "my sister was crying", "your sister was crying" },
    { "i should've rung", "you should have rung" },
    { "i could've been there", "you could have been there" },
    { "i'm gonna quit", "you're going to quit" },
    { "i wanna go home", "you want to go home" },
    { "i gotta work tomorrow", "you have to work tomorrow" },
    { "i ain't going", "you ain't going" },
    { "i didnt sleep", "you didn't sleep" },
    { "i couldnt tell them", "you couldn't tell them" },
    { "i were sat on my own", "you were sat on your own" },
    { "i've a cold", "you've a cold" },
    { "i've got a new job", "you've got a new job" },
    { "my mum's ill", "your mum's ill" },
    { "i got my hair cut", "you got your hair cut" },
    { "it was me who broke it", "it was you who broke it" },
    { "i burnt the rice", "you burnt the rice" },
};

static const row several[] = {
    { "me and my sister was fighting", "you and your sister were fighting" },
    { "me and my sister had a row", "you and your sister had a row" },
    { "me and tom are fine", "you and tom are fine" },
    { "my sister and i were late", "you and your sister were late" },
    { "My husband and I argued", "you and your husband argued" },
    { "amy and i went to oslo", "you and amy went to oslo" },
    { "yesterday me and my dad was fishing", "yesterday you and your dad were fishing" },
    { "we moved when i was nine", "you moved when you were nine" },
    { "we're selling the house", "you're selling the house" },
    { "we've run out of milk", "you've run out of milk" },
    { "we were young", "you were young" },
    { "we was young", "you were young" },
    { "they told us nothing", "they told you nothing" },
    { "our landlord is selling up", "your landlord is selling up" },
    { "it's our last week", "it's your last week" },
    { "we'd been married nine years", "you'd been married nine years" },
    { "we'll see them sunday", "you'll see them Sunday" },
    { "we did it ourselves", "you did it yourselves" },
    { "that house was ours", "that house was yours" },
    { "myself and my wife are thinking about it", "yourself and your wife are thinking about it" },
    { "he said me and him were done", "he said you and him were done" },
    { "my mum and my dad were there", "your mum and your dad were there" },
    { "he came with me and my brother", "he came with you and your brother" },
};

static const row second_person[] = {
    { "you are right", "I am right" },
    { "you're right", "I'm right" },
    { "you were right", "I was right" },
    { "you weren't listening", "I wasn't listening" },
    { "you've said that before", "I've said that before" },
    { "you'd know", "I'd know" },
    { "you'll forget", "I'll forget" },
    { "i told you", "you told me" },
    { "i told you i was sad", "you told me you were sad" },
    { "i told you about my dad", "you told me about your dad" },
    { "i told you yesterday", "you told me yesterday" },
    { "i think you are right", "you think I am right" },
    { "i think you're wrong", "you think I'm wrong" },
    { "i know you like dogs", "you know I like dogs" },
    { "i know you", "you know me" },
    { "i wish you could meet my dad", "you wish I could meet your dad" },
    { "i hope you remember my name", "you hope I remember your name" },
    { "i hate you", "you hate me" },
    { "i hate your voice", "you hate my voice" },
    { "i gave you my word", "you gave me your word" },
    { "i'm talking to you", "you're talking to me" },
    { "i like talking with you", "you like talking with me" },
    { "it's easier with you than with them", "it's easier with me than with them" },
    { "do you think i'm stupid", "do I think you're stupid" },
    { "are you happy", "am I happy" },
    { "were you listening to me", "was I listening to you" },
    { "can you help me", "can I help you" },
    { "what do you want from me", "what do I want from you" },
    { "why do you ask me that", "why do I ask you that" },
    { "you told me you were busy", "I told you I was busy" },
    { "you said my name wrong", "I said your name wrong" },
    { "if you were me", "if I was you" },
    { "because you forgot", "because I forgot" },
    { "that joke of yours was bad", "that joke of mine was bad" },
    { "you like yourself too much", "I like myself too much" },
    { "i'd have told you if you asked", "you'd have told me if I asked" },
    { "i sent you a photo", "you sent me a photo" },
    { "i asked you something", "you asked me something" },
    { "i wanted to tell you how it went", "you wanted to tell me how it went" },
    { "thank you for that", "thank you for that" },
    { "you and my mum would get on", "I and your mum would get on" },
    { "i don't want you to fix it", "you don't want me to fix it" },
    { "i need you to listen", "you need me to listen" },
    { "i was wrong about you", "you were wrong about me" },
};

static const row others[] = {
    { "he was late", "he was late" },
    { "she is leaving on friday", "she is leaving on Friday" },
    { "it was raining and i was soaked", "it was raining and you were soaked" },
    { "they are moving in", "they are moving in" },
    { "the bus was late again", "the bus was late again" },
    { "she said she was sorry", "she said she was sorry" },
    { "he said he loved me but he doesn't", "he said he loved you but he doesn't" },
    { "nothing was where i left it", "nothing was where you left it" },
    { "he told me i was lazy", "he told you you were lazy" },
    { "she thinks i'm lying", "she thinks you're lying" },
    { "everyone is against me", "everyone is against you" },
    { "the dog ate my homework", "the dog ate your homework" },
    { "the dog and me walked home", "the dog and you walked home" },
    { "who was i kidding", "who were you kidding" },
    { "there was a man in my garden", "there was a man in your garden" },
    { "he has my car", "he has your car" },
    { "she does my head in", "she does your head in" },
    { "my boss is the one who was wrong", "your boss is the one who was wrong" },
    { "either he goes or i do", "either he goes or you do" },
    { "his dog is older than mine", "his dog is older than yours" },
    { "the flat is too small for us", "the flat is too small for you" },
};

static const row learners[] = {                 /* English as a second language, and in a hurry */
    { "i is very tired", "you are very tired" },
    { "i has two sons", "you have two sons" },
    { "i am agree with my wife", "you are agree with your wife" },
    { "i no have money", "you no have money" },
    { "my english it is not so good", "your English it is not so good" },
    { "i are student", "you are student" },
    { "he not like me", "he not like you" },
    { "i does not understand", "you do not understand" },
    { "u told me", "I told you" },
    { "i luv ur voice", "you luv my voice" },
};

static const row manners[] = {                  /* capitals, names, noise, punctuation */
    { "Theodore left me", "Theodore left you" },
    { "Broke my arm", "broke your arm" },
    { "My Boss Shouted at me", "your Boss Shouted at you" },
    { "MY BOSS SHOUTED AT ME AND I CRIED", "your boss shouted at you and you cried" },
    { "the NHS lost my letter", "the NHS lost your letter" },
    { "We moved to Leeds in May", "you moved to Leeds in May" },
    { "I saw Amy in Oslo", "you saw Amy in Oslo" },
    { "my fucking landlord lied to me", "your landlord lied to you" },
    { "i failed lol", "you failed" },
    { "i cried \xF0\x9F\x98\xAD in the car", "you cried in the car" },
    { "i tried, i failed, i slept", "you tried, you failed, you slept" },
    { "Yesterday I was in bed", "yesterday you were in bed" },
    { "i don\xE2\x80\x99t know", "you don't know" },
    { "I\xE2\x80\x99m my mother\xE2\x80\x99s favourite", "you're your mother's favourite" },
    { "Sleeping badly", "sleeping badly" },
    { "i paid \xC2\xA3" "40 for my ticket", "you paid 40 for your ticket" },
};

static size_t wrong, all;

static void check(const row *r, size_t n) {
    for (size_t i = 0; i < n; i++, all++) {
        words w = words_of(&scratch, text_of(r[i].said));
        text back = lines_turn(&scratch, w, 0, w.n);
        if (text_is(back, r[i].back)) continue;
        wrong++;
        fprintf(stderr, "%s\n  said   %.*s\n  wanted %s\n", r[i].said, (int)back.n, back.p, r[i].back);
    }
}
#define CHECK_ROWS(rows) check(rows, sizeof(rows) / sizeof *(rows))

static void a_range_is_turned_by_itself(void) {
    words w = words_of(&scratch, TEXT("honestly i lost my temper, sorry"));
    CHECK(text_is(lines_turn(&scratch, w, 1, 5), "you lost your temper"));
    CHECK(text_is(lines_turn(&scratch, w, 3, 3), ""));
    CHECK(text_is(lines_turn(&scratch, w, 3, 99), "your temper, sorry"));
}

int main(void) {
    CHECK_ROWS(first_person);
    CHECK_ROWS(several);
    CHECK_ROWS(second_person);
    CHECK_ROWS(others);
    CHECK_ROWS(learners);
    CHECK_ROWS(manners);
    a_range_is_turned_by_itself();
    printf("# clauses turned round: %zu of %zu\n", all - wrong, all);
    CHECK(wrong == 0);
    arena_release(&scratch);
    return 0;
}
