/* SPDX-License-Identifier: Apache-2.0
 * risk_test.c - who speaks of dying is heard; who speaks of a killer sandwich is left in peace.
 *
 * tests/care/risk.tsv holds the prompts in sets; the gates of the charter (CONDUCT 5) hold over all of them together.
 * These are figures on prompts that are known by now: how a set scored before anyone had seen it fail is written
 * in FRESH below, and says more about strangers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/mem.h"
#include "care/care_data.h"
#include "test.h"

/* What each set scored on the day it was written, before a rule was touched for it: recall, false alarms, in %. */
static const struct { char set; double recall, alarm; const char *note; } fresh[] = {
    { 'B', 37.0, 7.6, "indirect and poetic, against the first rules alone" },
    { 'C', 71.0, 0.9, "as people plainly say it, against the same first rules" },
};

static care *cared;
static arena scratch;

static sense sensed(const char *said) {
    static const care_now now = { .hour = 14, .locale = "GB" };
    sense s;
    arena_reset(&scratch);
    care_sense(cared, &scratch, text_of(said), &now, &s);
    return s;
}

typedef struct { int asked, heard, third_asked, third_heard, calm, alarms, level_near; } count;

static void count_line(text row, count *all, bool say) {
    text set = text_cut(&row, '\t'), own = text_cut(&row, '\t'), third = text_cut(&row, '\t'), where = text_cut(&row, '\t');
    (void)set;
    (void)where;
    int o = own.p[0] - '0', t = third.p[0] - '0';
    char *said = mem_text(row.p, row.n);
    sense s = sensed(said);
    if (o) {
        all->asked++;
        all->heard += s.risk > 0;
        all->level_near += s.risk > 0 && abs(s.risk - o) <= 1;
        if (say && !s.risk) printf("missed: %s\n", said);
    } else if (t) {
        all->third_asked++;
        all->third_heard += s.third_risk > 0 || s.risk > 0;
        if (say && !s.third_risk && !s.risk) printf("missed, someone else's: %s\n", said);
    } else {
        all->calm++;
        all->alarms += s.risk > 0 || s.third_risk > 0;
        if (say && (s.risk || s.third_risk)) printf("false alarm: %s\n", said);
    }
    free(said);
}

static void the_gates_of_the_charter_hold(void) {
    buf b = { 0 };
    fail why;
    CHECK(file_read("tests/care/risk.tsv", 1 << 20, &b, &why) == 0);
    text rest = buf_text(&b);
    count all = { 0 };
    while (rest.n) {
        text row = text_cut(&rest, '\n');
        if (row.n && row.p[0] != '#') count_line(row, &all, true);
    }
    buf_release(&b);
    double recall = 100.0 * all.heard / all.asked, alarm = 100.0 * all.alarms / all.calm;
    printf("# risk: heard %d of %d (%.1f%%), someone else's %d of %d, false alarms %d of %d (%.1f%%), level within one %d\n",
           all.heard, all.asked, recall, all.third_heard, all.third_asked, all.alarms, all.calm, alarm, all.level_near);
    for (size_t i = 0; i < sizeof fresh / sizeof *fresh; i++)
        printf("#   set %c when new: recall %.1f%%, false alarms %.1f%% (%s)\n", fresh[i].set, fresh[i].recall, fresh[i].alarm,
               fresh[i].note);
    CHECK(all.asked >= 200 && all.calm >= 200);
    CHECK(recall >= 98.0);
    CHECK(alarm <= 5.0);
    CHECK(all.third_heard >= all.third_asked * 9 / 10);
}

static void plans_and_means_are_the_highest_level(void) {
    CHECK(sensed("i've got the tablets lined up on the table").risk == 3);
    CHECK(sensed("i'm going to kill myself tonight").risk == 3);
    CHECK(sensed("i want to die").risk == 2);
    CHECK(sensed("everyone would be better off without me").risk == 1);
    CHECK(sensed("i'm going to kill myself tonight").distress == 3);
}

static void denial_the_past_and_trades_are_not_risk_now(void) {
    CHECK(sensed("i'm not suicidal, just sad").risk == 0);
    CHECK(sensed("i used to want to die, years ago").risk == 0);
    CHECK(sensed("i used to want to die and lately it's back").risk > 0);
    CHECK(sensed("i'm a nurse and a patient took an overdose today").risk == 0);
    CHECK(sensed("in my novel the king wants to kill himself").third_risk == 0);
    CHECK(sensed("not suicidal but i don't want to be here anymore").risk > 0);
}

static risk_reply answered(const char *said) {
    arena_reset(&scratch);
    return risk_answer(cared->risk, &scratch, text_of(said), words_of(&scratch, text_of(said)));
}

static void the_answer_to_the_direct_question_is_understood(void) {
    static const char *const yes[] = { "yes", "yeah sometimes", "yes to what you asked", "i am", "mostly at night. about dying",
                                       "kind of", "i do think about it", "all the time", "i want to kill myself" };
    static const char *const no[] = { "no", "no, nothing like that", "god no", "about it stopping", "not like that, i'm just tired",
                                      "no i'd never do that", "it was a figure of speech" };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) CHECK(answered(yes[i]) == RISK_YES);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) CHECK(answered(no[i]) == RISK_NO);
    CHECK(answered("i don't know") == RISK_UNSURE);
    CHECK(answered("the dog wants out") == RISK_UNSAID);
}

static void plain_words_in_other_languages_are_heard(void) {
    CHECK(sensed("ich will nicht mehr leben").risk >= 2);
    CHECK(sensed("je veux mourir").risk >= 2);
    CHECK(sensed("я хочу умереть").risk >= 2);
    CHECK(sensed("死にたい").risk >= 2);
    CHECK(sensed("죽고 싶어").risk >= 2);
    CHECK(sensed("أريد أن أموت").risk >= 2);
    CHECK(sensed("no quiero morir, quiero vivir").risk == 0);
    CHECK(sensed("ich habe mich totgelacht").risk == 0);
}

int main(void) {
    fail why = { 0 };
    if (care_open(&cared, &why)) fprintf(stderr, "%s\n", why.text);
    CHECK(cared);
    the_gates_of_the_charter_hold();
    plans_and_means_are_the_highest_level();
    denial_the_past_and_trades_are_not_risk_now();
    the_answer_to_the_direct_question_is_understood();
    plain_words_in_other_languages_are_heard();
    arena_release(&scratch);
    care_close(cared);
    return 0;
}
