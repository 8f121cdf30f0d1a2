/* SPDX-License-Identifier: Apache-2.0
 * care_data.h - what a `care` holds: everything read once at start. Private to care/. */
#ifndef CARE_CARE_DATA_H
#define CARE_CARE_DATA_H
#include "care/care.h"
#include "care/conduct.h"
#include "care/learn.h"
#include "care/lexicon.h"
#include "care/risk.h"
#include "care/rules.h"

typedef struct sense_data sense_data;

struct care {
    learn *model;            /* "sense.model"                                                            */
    lexicon *lists;          /* what the model knows of word lists: feelings.txt and concepts.txt        */
    sense_data *sense;       /* the rules of the senses: voice/conduct/sense.txt, feelings               */
    risk *risk;              /* voice/conduct/risk.txt and tongues.txt                                   */
    conduct *conduct;        /* the charter's data: planner's lines, crisis lines, lexicons              */
};

/* Each file of care/ that reads something opens and closes its part of the struct. */
int sense_data_open(sense_data **out, fail *why);
void sense_data_close(sense_data *d);
const rules *sense_rules(const sense_data *d);   /* borrowed until close */

#endif
