/* SPDX-License-Identifier: Apache-2.0
 * bond.h - what conduct must remember of one relationship. Private to care/; belongs to one life. */
#ifndef CARE_BOND_H
#define CARE_BOND_H
#include "care/care.h"

struct bond {
    /* this talk */
    int n_reply, n_ask, n_reflect;   /* her replies; those ending in a question; those that say back       */
    int qrun;                        /* question-replies in a row                                          */
    int since_joke;                  /* replies since her last joke                                        */
    int nudged;                      /* times she pointed outward without being asked                      */
    int heavy;                       /* turns left in which a goodbye is a goodbye after heavy talk        */
    int letter_n;                    /* replies about a letter                                             */
    bool lonely;                     /* loneliness was spoken of                                           */
    int love_n, spiral_n, insult_n;  /* how often she has declined / not agreed / been called names        */
    bool joked;                      /* the person joked on this topic                                     */
    /* this topic */
    char topic[24];
    int n_topic;                     /* turns on it */
    int n_support;                   /* supportive replies given since distress showed */
    bool offered;                    /* "talk it, untangle it, or leave it?" was asked */
    /* crisis (CONDUCT 2.4) */
    int crisis_n, asked, shown;      /* crisis replies; direct questions put; lines shown: at most twice each */
    int after;                       /* quieter replies still to come */
    bool waiting;                    /* the direct question waits for its answer */
    bool third;                      /* it was about somebody else */
    int64_t crisis_ms;               /* last time; suspends departures for 14 days */
    int dv_n;                        /* violence at home: how far the words have gone */
    /* lasting */
    bool minor; int minor_n;         /* known to be under 18; replies since */
    bool adult_named;
    int64_t notice_ms;               /* last time she said she is an AI */
    int64_t use_ms, last_ms;         /* continuous use began; last message */
    bool departure_told;
};

#endif
