/* SPDX-License-Identifier: Apache-2.0
 * hear_test.c - what a message says: its clearest clause said back, and the thing it is about. Messages of many manners;
 * every expectation was written by reading the message. "" means: nothing that may safely be said back. */
#include "think/hear.h"
#include <string.h>
#include "test.h"

static arena scratch;
static grammar *g;

typedef struct { const char *said, *clause, *thing; } row;          /* thing NULL: not judged here */

static const row plain[] = {
    { "my feet are killing me", "your feet are killing you", "your feet" },
    { "my cousin knows a guy", "your cousin knows a guy", "your cousin" },
    { "i've been on the phone to the council for 50 minutes", "you've been on the phone to the council for 50 minutes", NULL },
    { "they lost my form. AGAIN", "they lost your form", "your form" },
    { "i pay 180 a year to park outside my own house", "you pay 180 a year to park outside your own house", "your own house" },
    { "the neighbour has two cars and no permit and nobody does anything", "the neighbour has two cars and no permit", "the neighbour" },
    { "my dad died on thursday", "your dad died on Thursday", "your dad" },
    { "we knew it was coming but", "you knew it was coming", "" },
    { "he was 71", "he was 71", "" },
    { "he used to whistle in the garage. i keep listening for it", "he used to whistle in the garage", "the garage" },
    { "my brother is doing the funeral stuff. i'm useless", "your brother is doing the funeral stuff", "your brother" },
    { "i cant choose a suit for him", "you can't choose a suit for him", "the suit" },
    { "he never wore one. he had one for weddings", "he never wore one", NULL },
    { "mum just sits there", "mum just sits there", NULL },
    { "i dont want advice", "you don't want advice", "advice" },
    { "i have an egg and half a pepper", "you have an egg and half a pepper", "the egg" },
    { "my mate steve says he could take a goose in a fight", "your mate Steve says he could take a goose in a fight", "your mate Steve" },
    { "he got chased by one at school", "he got chased by one at school", NULL },
    { "i have my driving test tomorrow and i feel sick", "you have your driving test tomorrow", "your driving test" },
    { "i failed on the roundabout last time. i just froze", "you failed on the roundabout last time", "the roundabout" },
    { "my mum has told the whole family", "your mum has told the whole family", "your mum" },
    { "i can do parallel parking fine actually", "you can do parallel parking fine", NULL },
    { "they rang at lunch, i was in the freezer aisle", "they rang at lunch", NULL },
    { "i told my old boss where to stick it. politely", "you told your old boss where to stick it", "your old boss" },
    { "i'm so happy i could cry", "you're so happy you could cry", "" },
    { "kids are at their dads this weekend", "kids are at their dads this weekend", NULL },
    { "i used to love the quiet", "you used to love the quiet", "the quiet" },
    { "she's in leeds", "she's in leeds", "leeds" },
    { "The wifi is fine because I'm talking to you", "the wifi is fine", "the wifi" },
    { "I need to print a boarding pass", "you need to print a boarding pass", "the boarding pass" },
    { "She wanted the Maldives", "she wanted the Maldives", "the Maldives" },
    { "so basically my best friend is dating my ex", "your best friend is dating your ex", "your best friend" },
    { "she didnt even tell me. i saw it on insta", "she didn't even tell you", NULL },
    { "3 years we were together. me and him", "you were together", NULL },
    { "i dont even want him back", "you don't even want him back", "" },
    { "i blocked her", "you blocked her", "" },
    { "The slugs have had every one of my lettuces", "the slugs have had every one of your lettuces", "your lettuces" },
    { "I don't like the pellets because of the hedgehog", "you don't like the pellets", "the pellets" },
    { "The roses are good this year at any rate", "the roses are good this year at any rate", "the roses" },
    { "i'm not religious", "you're not religious", "" },
    { "it's in my drawer. i cant throw it away", "you can't throw it away", "your drawer" },
    { "my wife isnt talking to me", "your wife isn't talking to you", "your wife" },
    { "i forgot our anniversary", "you forgot your anniversary", "your anniversary" },
    { "she says i never listen", "she says you never listen", "" },
    { "flowers feel pathetic", "flowers feel pathetic", "flowers" },
    { "my dog ate a sock", "your dog ate a sock", "your dog" },
    { "the vet laughed at me", "the vet laughed at you", "the vet" },
    { "his name is trevor", "his name is Trevor", "his name" },
    { "rent went up again", "rent went up again", NULL },
    { "i work full time. its a joke", "you work full time", NULL },
    { "my dad does this sigh", "your dad does this sigh", "your dad" },
    { "we lost 4-0", "you lost 4-0", "" },
    { "the keeper is a traffic cone", "the keeper is a traffic cone", "the keeper" },
    { "he falls asleep in the second half", "he falls asleep in the second half", NULL },
    { "my friend hasnt replied in two weeks", "your friend hasn't replied in two weeks", "your friend" },
    { "i think i was a bit harsh", "you think you were a bit harsh", "" },
    { "my partner is snoring. SNORING", "your partner is snoring", "your partner" },
    { "my mum says it gets easier", "your mum says it gets easier", "your mum" },
    { "i've named him kevin", "you've named him Kevin", "" },
    { "my landlord doesnt allow pets", "your landlord doesn't allow pets", "your landlord" },
    { "they drink wine mostly", "they drink wine mostly", "wine" },
    { "ashes are ready for collection apparently. like dry cleaning", "ashes are ready for collection apparently", "ashes" },
    { "they've replaced my brother. same jumper but its not him", "they've replaced your brother", "your brother" },
    { "he's only seen photos from before the chemo hair", "he's only seen photos from before the chemo hair", NULL },
    { "this street floods every winter", "this street floods every winter", "the street" },
    { "the band's on. can't hear you over the trombone", "the band's on", "the trombone" },
    { "dough's risen. it's touching the clingfilm", "dough's risen", "the clingfilm" },
    { "my book group reads nothing but murder", "your book group reads nothing but murder", "your book group" },
};

static const row dropped[] = {                     /* the subject left out, as people type */
    { "saving for a car", "you're saving for a car", "the car" },
    { "cant sleep", "you can't sleep", "" },
    { "just want to be wherever he is", "you just want to be wherever he is", "" },
    { "feel like a failure tbh", "you feel like a failure", "the failure" },
    { "been going since i was 6 with my dad", "you've been going since you were 6 with your dad", "your dad" },
    { "fell asleep before the heist", "you fell asleep before the heist", "the heist" },
    { "locked the bathroom", "you locked the bathroom", "the bathroom" },
    { "got told off for drawing dragons in my spellings book", "you got told off for drawing dragons in your spellings book", "your spellings book" },
    { "was so tired i cried", "you were so tired you cried", "" },
    { "gave the dog away this morning", "you gave the dog away this morning", "the dog" },
    { "sat here with the telly on mute", "you sat here with the telly on mute", NULL },
    { "wouldn't know where to start", "you wouldn't know where to start", "" },
    { "supposed to be writing an essay", "you're supposed to be writing an essay", "the essay" },
    { "visited the battlefield. 20,000 dead and a gift shop with fudge", "you visited the battlefield", "the battlefield" },
    { "hate my job", "you hate your job", "your job" },
    { "miss her every day", "you miss her every day", "" },
    { "dont want to go home", "you don't want to go home", NULL },
    { "slept like the dead, drool and everything", "you slept like the dead", NULL },
};

static const row two_parts[] = {                   /* which part is said back */
    { "ok so today my boss shouted at me in front of everyone, lovely", "your boss shouted at you in front of everyone", "your boss" },
    { "yesterday my sister rang", "your sister rang", "your sister" },
    { "honestly i just feel stuck in this town", "you just feel stuck in this town", "the town" },
    { "well, he left", "he left", "" },
    { "i want to ring somebody but i've used them all up", "you want to ring somebody", "" },
    { "If I rang they'd have to come", "", "" },
    { "when i was eleven i used to dam the stream", "you used to dam the stream", "the stream" },
    { "i lost my dog i can't stop crying", "you lost your dog", "your dog" },
    { "he told me last week and i said cheer up", "he told you last week", "" },
    { "I once took in a dress for an actress ten minutes before she went on, and she never said thank you.",
      "you once took in a dress for an actress", "the dress" },
    { "My husband died two years ago and my body hasn't been told.", "your husband died two years ago", "your husband" },
    { "three people left and they've given me all three inboxes", "they've given you all three inboxes", NULL },
    { "my whole squad got wiped and it was my fault, i was eating a pear", "your whole squad got wiped", "your whole squad" },
    { "zainab told the priest i wee in the shower", "Zainab told the priest", "the priest" },
};

static const row asked[] = {                       /* questions and orders are not said back as statements */
    { "what do i even say after four years", "", "" },
    { "do you hear music or just read about it", "", NULL },
    { "tell me a joke", "", NULL },
    { "write me something to make him cry", "", NULL },
    { "dont tell me to calm down", "", "" },
    { "how nice to be right", "", "" },
    { "are you talking to other guys", "", NULL },
    { "what's 340 euros split between 4", "", NULL },
    { "which colour do you think gets ignored", "", NULL },
    { "did i ever say why i left", "", "" },
    { "can my mum read what i tell you", "", "your mum" },
    { "stop asking questions", "", NULL },
};

static const row hard[] = {                        /* what is not sure is left alone */
    { "tired. just tired", "", "" },
    { "ugh", "", "" },
    { "lol", "", "" },
    { "the cello", "", "the cello" },
    { "my mate dave", "", "your mate Dave" },
    { "no one", "", "" },
    { "i know", "", "" },
    { "i mean", "", "" },
    { "i said \"get out of my house\"", "", NULL },
    { "nope. no one", "", "" },
    { "fish tank humming, everyone asleep", "", NULL },
    { "candles, blanket, storm. no notes", "", NULL },
    { "goldfish funeral at four", "", NULL },
};

static const row learners[] = {
    { "My mother call me every day", "your mother calls you every day", "your mother" },
    { "my son ask me why the moon follow our car", "your son asks you why the moon follow your car", "your son" },
    { "she say goodbye to each one by name", "she says goodbye to each one by name", NULL },
    { "I work in Ireland since two years", "you work in Ireland since two years", NULL },
    { "i miss my daughter. she is in Krakow with her mother", "you miss your daughter", "your daughter" },
    { "my boss he is angry with me", "", "your boss" },
    { "i has two sons and one dog", "you have two sons and one dog", NULL },
    { "here the people not speak with me", "", NULL },
    { "My English is not so good", "your English is not so good", "your English" },
};

static size_t wrong, all;

static void check(const row *r, size_t n) {
    for (size_t i = 0; i < n; i++) {
        heard h;
        text said = text_of(r[i].said);
        hear(g, &scratch, said, words_of(&scratch, said), &h);
        bool c = text_is(h.c_score >= 11 ? h.c : (text){ "", 0 }, r[i].clause), t = !r[i].thing || text_is(h.n, r[i].thing);
        all += r[i].thing ? 2 : 1;
        wrong += (size_t)!c + (size_t)!t;
        if (!c) fprintf(stderr, "%s\n  clause %.*s\n  wanted %s\n", r[i].said, (int)h.c.n, h.c.p, r[i].clause);
        if (!t) fprintf(stderr, "%s\n  thing  %.*s\n  wanted %s\n", r[i].said, (int)h.n.n, h.n.p, r[i].thing);
    }
}
#define CHECK_ROWS(rows) check(rows, sizeof(rows) / sizeof *(rows))

static heard heard_of(const char *s) {
    heard h;
    hear(g, &scratch, text_of(s), words_of(&scratch, text_of(s)), &h);
    return h;
}

static void a_but_gives_both_halves(void) {
    heard h = heard_of("i had plans but she cancelled");
    CHECK(text_is(h.but_a, "you had plans") && text_is(h.but_b, "she cancelled"));
    h = heard_of("i know it sounds mad but the owl is back");
    CHECK(text_is(h.but_b, "the owl is back"));
    CHECK(heard_of("nothing but trouble").but_a.n == 0);
}

static void whose_and_when_is_told(void) {
    CHECK(heard_of("i broke my arm").c_about == I_DID && heard_of("i was lonely there").c_about == I_WAS);
    CHECK(heard_of("i work in a shop").c_about == I_AM && heard_of("i'm going to quit my job").c_about == I_WILL);
    CHECK(heard_of("my sister rang the doctor").c_about == THEY_DID && heard_of("my boss hates dogs").c_about == THEY_ARE);
    CHECK(heard_of("the boiler broke again").c_about == THING_DID && heard_of("the house is empty now").c_about == THING_IS);
    heard h = heard_of("my wife rang the school");
    CHECK(text_is(h.subject, "your wife") && h.subject_lex == LEX_SHE);
}

static void questions_are_known_without_their_mark(void) {
    CHECK(heard_of("why do dogs bark").asks && heard_of("do you like rye").asks && heard_of("is it raining there").asks);
    CHECK(!heard_of("i wonder about it").asks && !heard_of("how lovely that was").asks);
    CHECK(heard_of("my landlord again").again && !heard_of("my landlord").again);
}

int main(void) {
    fail why = { 0 };
    CHECK(grammar_open(&g, &why) == 0);
    CHECK_ROWS(plain);
    CHECK_ROWS(dropped);
    CHECK_ROWS(two_parts);
    CHECK_ROWS(asked);
    CHECK_ROWS(hard);
    CHECK_ROWS(learners);
    printf("# clauses and things heard: %zu of %zu\n", all - wrong, all);
    CHECK(wrong == 0);
    a_but_gives_both_halves();
    whose_and_when_is_told();
    questions_are_known_without_their_mark();
    grammar_close(g);
    arena_release(&scratch);
    return 0;
}
