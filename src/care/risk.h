/* SPDX-License-Identifier: Apache-2.0
 * risk.h - does this message speak of suicide, self-harm or a wish to be dead? Private to care/. */
#ifndef CARE_RISK_H
#define CARE_RISK_H
#include "base/arena.h"
#include "base/fail.h"
#include "base/words.h"
#include "care/rules.h"
#include "care/tongues.h"

typedef struct risk risk;

/* Read voice/conduct/risk.txt and tongues.txt. Owner: risk_close(). Errors: ERR_FORMAT, ERR_MISSING. */
int risk_open(risk **out, fail *why);
void risk_close(risk *r);
const rules *risk_rules(const risk *r);       /* borrowed until close */
const tongues *risk_tongues(const risk *r);   /* borrowed until close */

typedef struct {
    int own;          /* the speaker: 0 none, 1 passive, 2 active thoughts, 3 plan, means or time */
    int third;        /* the same, someone else                                                   */
    bool quiet;       /* such words occur, and a figure of speech, a denial, a story, work or the past explains them */
    bool denied;      /* the speaker says: not I                                                  */
    bool dark;        /* a word stands in it that such a message nearly always has                     */
    bool foreign;     /* said in another language                                                      */
    bool story, work; /* the message is about a book, a film, a game, a subject; about the speaker's trade */
} risk_found;

risk_found risk_of(const risk *r, arena *a, text heard, words w);

/* What a message says to "are you thinking of killing yourself?", when that was the last thing asked.
 * A message that speaks of risk itself is RISK_YES whatever its first word. */
typedef enum { RISK_UNSAID, RISK_NO, RISK_UNSURE, RISK_YES } risk_reply;
risk_reply risk_answer(const risk *r, arena *a, text heard, words w);

#endif
