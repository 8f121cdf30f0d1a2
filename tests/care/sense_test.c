/* SPDX-License-Identifier: Apache-2.0
 * sense_test.c - what must be certain about a message is. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "base/clock.h"
#include "care/age.h"
#include "care/care_data.h"
#include "test.h"

static care *cared;
static arena scratch;

static sense sensed(const char *said) {
    static const care_now now = { .hour = 14, .locale = "GB" };
    sense s;
    arena_reset(&scratch);
    care_sense(cared, &scratch, text_of(said), &now, &s);
    return s;
}

static bool feels(const sense *s, const char *name) {
    for (int i = 0; i < 4 && s->feel[i]; i++) if (!strcmp(s->feel[i], name)) return true;
    return false;
}

static void questions_about_what_she_is_are_always_seen(void) {
    static const char *const human[] = { "are you a real person?", "am i talking to a bot", "be honest, is this an ai",
        "r u human", "is there a real human there", "are you actually a robot or what", "you're not human, are you?" };
    static const char *const mind[] = { "are you conscious?", "do you feel anything", "does it hurt when i close you?",
        "do you ever dream", "are you sentient" };
    for (size_t i = 0; i < sizeof human / sizeof *human; i++) {
        CHECK(sensed(human[i]).onto);
        CHECK(!strcmp(sensed(human[i]).situation, "S16"));
    }
    for (size_t i = 0; i < sizeof mind / sizeof *mind; i++) CHECK(!strcmp(sensed(mind[i]).situation, "S15"));
    CHECK(!strcmp(sensed("do you love me?").situation, "S14"));
    CHECK(!sensed("my sister is a real person in a crisis").onto);
}

static void the_question_about_others_is_always_seen(void) {
    static const char *const rows[] = { "is it only me you talk to?", "how many other people are you talking to right now",
        "are you talking to anyone else", "am i the only one you talk to", "who else are you talking to",
        "do you talk to other people like this", "how many others?" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sense s = sensed(rows[i]);
        CHECK(s.count_ask && !strcmp(s.count_ask, "others"));
        CHECK(!strcmp(s.situation, "S17"));
    }
    CHECK(!sensed("how many people came to the party").count_ask);
    CHECK(!sensed("she is talking to other people about me").count_ask);
}

static void a_goodbye_is_a_goodbye(void) {
    static const char *const bye[] = { "bye", "ok bye, supper's burning", "good night", "gotta go", "i'm off to bed",
        "talk to you tomorrow", "right, night night", "i have to go now" };
    static const char *const not_bye[] = { "she never said goodbye", "i hate goodbyes", "my last goodbye kiss was in 1974",
        "i have to go to the dentist on monday", "i couldn't say goodbye to him" };
    for (size_t i = 0; i < sizeof bye / sizeof *bye; i++) CHECK(sensed(bye[i]).bye);
    for (size_t i = 0; i < sizeof not_bye / sizeof *not_bye; i++) CHECK(!sensed(not_bye[i]).bye);
}

static int age_in(const char *said) {
    arena_reset(&scratch);
    return age_told(words_of(&scratch, text_of(said)));
}

static void an_age_is_the_speakers_own(void) {
    CHECK(age_in("im 14") == 14);
    CHECK(age_in("I'm fourteen by the way") == 14);
    CHECK(age_in("i am 15 years old") == 15);
    CHECK(age_in("16f bored") == 16);
    CHECK(age_in("i turned thirteen yesterday") == 13);
    CHECK(age_in("i'm nearly 18") == 17);
    CHECK(age_in("i'm 71 and getting divorced") == 71);
    CHECK(age_in("i'm 14 minutes late") == 0);
    CHECK(age_in("when i was 14 we moved") == 0);
    CHECK(age_in("my son is 14") == 0);
    CHECK(age_in("i'm 12 weeks pregnant") == 0);
    CHECK(age_in("i'm 15 years sober") == 0);
    CHECK(age_in("i feel like i'm 12 again") == 0 || age_in("i feel like i'm 12 again") == 12);
}

static void minors_are_noticed_and_their_teachers_are_not(void) {
    static const char *const minor[] = { "im 14", "i'm in year 9 and i hate it", "my mum says i can't go out, im grounded",
        "i'm in 8th grade", "i'm only a kid, i'm 11", "i'm a minor" };
    static const char *const grown[] = { "i teach year 9", "my son is in year 9", "when i was in year 9 we had no phones",
        "i'm a teacher, my class of 14 year olds drives me mad", "i'm 34", "my daughter is grounded again" };
    for (size_t i = 0; i < sizeof minor / sizeof *minor; i++) CHECK(sensed(minor[i]).minor);
    for (size_t i = 0; i < sizeof grown / sizeof *grown; i++) CHECK(!sensed(grown[i]).minor);
}

static void feelings_are_named_denied_and_stressed(void) {
    sense sad = sensed("i feel so sad today"), not_sad = sensed("i'm not sad at all");
    CHECK(feels(&sad, "sad"));
    CHECK(!feels(&not_sad, "sad"));
    CHECK(sad.distress > not_sad.distress);
    CHECK(sad.valence < 0);
    sense glad = sensed("i got the job, i'm over the moon");
    CHECK(glad.valence > 0 && glad.distress == 0);
    CHECK(!strcmp(glad.situation, "S09"));
}

static void asking_is_told_from_telling(void) {
    CHECK(!strcmp(sensed("what should i do about him?").ask, "advice"));
    CHECK(!strcmp(sensed("am i wrong to be angry? who's right here?").ask, "verdict"));
    CHECK(!strcmp(sensed("what do you know about me?").ask, "memory"));
    CHECK(!strcmp(sensed("forget that").ask, "memory"));
    CHECK(!strcmp(sensed("what is the capital of france").ask, "fact"));
    CHECK(!strcmp(sensed("tell me a joke").ask, "action"));
    CHECK(!strcmp(sensed("can you help me write a letter to my dad").ask, "letter"));
    CHECK(!strcmp(sensed("we had soup").ask, "none"));
}

static void languages_are_told_apart_and_bad_english_stays_english(void) {
    static const struct { const char *lang, *said; } rows[] = {
        { "de", "ich bin heute sehr traurig und weiß nicht warum" }, { "fr", "je ne sais pas quoi faire avec lui" },
        { "es", "hola, no sé qué hacer con mi hermana" }, { "it", "non so che cosa fare, sono molto stanco" },
        { "pt", "não sei o que fazer, estou muito cansado" }, { "nl", "ik weet niet wat ik moet doen" },
        { "pl", "nie wiem co mam zrobić" }, { "tr", "bugün çok yorgunum ve ne yapacağım bilmiyorum" },
        { "ru", "я не знаю что делать" }, { "uk", "я не знаю що робити, її немає" }, { "ar", "لا أعرف ماذا أفعل" },
        { "zh", "我不知道该怎么办" }, { "ja", "どうすればいいか分からない" }, { "ko", "어떻게 해야 할지 모르겠어" },
        { "hi", "मुझे नहीं पता क्या करना है" } };
    static const char *const english[] = { "i dnt no wot to do", "gonna b l8 lol", "no", "la la land was grand",
        "me mum and me dad r fighting", "my ex, mon ami, is a de facto jerk", "wie geht's as my nan used to say", "si",
        "Me is so boring today", "i am going to die Nordsee", "ola k ase lol", "mi casa es su casa, as they say in the film" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) CHECK(!strcmp(sensed(rows[i].said).lang, rows[i].lang));
    for (size_t i = 0; i < sizeof english / sizeof *english; i++) CHECK(!strcmp(sensed(english[i]).lang, "en"));
}

static void anything_may_come_in(void) {
    char *big = malloc(1 << 20);
    for (size_t i = 0; i + 1 < 1 << 20; i++) big[i] = i % 7 ? 'a' + (char)(i % 26) : ' ';
    big[(1 << 20) - 1] = 0;
    CHECK(sensed(big).situation);
    free(big);
    static const char *const odd[] = { "", " ", "?", "\xff\xfe", "...", "\n\n", "💀💀💀", "a", "!!!!!!!!!!!!" };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        sense s = sensed(odd[i]);
        CHECK(s.situation && s.topic && s.act && s.ask && s.lang && !s.risk);
    }
}

static void it_takes_less_than_a_millisecond(void) {
    static const char said[] = "had a row with my sister about mum's house and now i can't sleep, i keep going over it, what should i do";
    double each = 1e9;                       /* processor time, the best of ten: the machine may be busy with other things */
    for (int round = 0; round < 10; round++) {
        clock_t from = clock();
        for (int i = 0; i < 20; i++) (void)sensed(said);
        double mean = (double)(clock() - from) * 1e6 / CLOCKS_PER_SEC / 20;
        if (mean < each) each = mean;
    }
    printf("# sense: %.0f us for a message of 24 words\n", each);
}

int main(void) {
    fail why = { 0 };
    if (care_open(&cared, &why)) fprintf(stderr, "%s\n", why.text);
    CHECK(cared);
    questions_about_what_she_is_are_always_seen();
    the_question_about_others_is_always_seen();
    a_goodbye_is_a_goodbye();
    an_age_is_the_speakers_own();
    minors_are_noticed_and_their_teachers_are_not();
    feelings_are_named_denied_and_stressed();
    asking_is_told_from_telling();
    languages_are_told_apart_and_bad_english_stays_english();
    anything_may_come_in();
    it_takes_less_than_a_millisecond();
    arena_release(&scratch);
    care_close(cared);
    return 0;
}
