/* SPDX-License-Identifier: Apache-2.0
 * learn.h - small linear classifiers over words and pieces of words: taught by `make`, read at start.
 *
 * DESIGN  A message becomes a bag of hashed features: words, word pairs, pieces of words (which survive typing
 *         errors), word-list names and a few counts. One linear machine per label looks at the whole bag. With a
 *         few thousand examples nothing deeper pays for itself, and this trains in seconds and judges in
 *         microseconds. Teaching and judging share learn_bag_of(), so they can not drift apart.
 *
 * LAYOUT of a model, little-endian:
 *         "SAMSENSE"  u32 version  u32 n_out  u32 n_features  u32 n_weights  u64 FNV-1a of all that follows
 *         per task: u16 n_labels, per label: u8 length, bytes
 *         per output: f32 bias, f32 step (a weight is step * i8)
 *         u32 key[n_features] ascending   u8 rarity[n_features] (idf * 16 - 1)   u32 from[n_features + 1]
 *         u16 output[n_weights]   i8 weight[n_weights]
 *
 * An open model never changes: any thread. */
#ifndef CARE_LEARN_H
#define CARE_LEARN_H
#include "base/arena.h"
#include "base/fail.h"
#include "base/json.h"
#include "base/words.h"
#include "care/lexicon.h"
#include "care/rules.h"

enum { LEARN_SITUATION, LEARN_TOPIC, LEARN_ACT, LEARN_ASK, LEARN_FEEL, LEARN_DISTRESS, LEARN_VALENCE, LEARN_BYE,
       LEARN_ONTO, LEARN_RISK, LEARN_THIRD, LEARN_TASKS };

/* What each task is called in a label file, and whether a message may carry several labels. */
typedef struct { const char *key; bool many; } learn_task;
extern const learn_task learn_tasks[LEARN_TASKS];

enum { LEARN_LABELS_MAX = 128, LEARN_OUT_MAX = 512 };

/* ---- features ---------------------------------------------------------------------------------------------- */
enum { LEARN_WORD, LEARN_PAIR, LEARN_PIECE, LEARN_LIST, LEARN_CUE, LEARN_GROUPS };
typedef struct { uint32_t key; uint32_t group; float value; } learn_feature;
typedef struct { learn_feature *at; size_t n; } learn_bag;   /* ascending by key, no key twice */

/* What is known of words beforehand; any may be NULL. The same must be used for teaching and judging. */
typedef struct { const lexicon *lists; const rules *rules[2]; } learn_aids;

/* The features of a message. In the arena. */
learn_bag learn_bag_of(arena *a, text message, words w, const learn_aids *aids);
/* Scale the bag: by rarity (idf[i] of feature i; 0 = unknown, dropped), then each group to its own length. */
void learn_bag_scale(learn_bag *b, const float *idf);

/* ---- judging ----------------------------------------------------------------------------------------------- */
typedef struct learn learn;

/* Read a model; `bytes` are not kept. Owner: learn_close(). Errors: ERR_FORMAT, ERR_NOMEM. */
int learn_open(learn **out, text bytes, fail *why);
void learn_close(learn *l);

int learn_outs(const learn *l);                                        /* outputs of all tasks together */
void learn_span(const learn *l, int task, int *from, int *n);          /* a task's outputs */
const char *learn_label(const learn *l, int task, int i);              /* borrowed until close */

/* Margins of every output into score[learn_outs()]: positive means yes. The bag is scaled in place. */
void learn_judge(const learn *l, learn_bag bag, float *score);
/* The best label of a one-label task and how probable it is; *p may be NULL. */
int learn_best(const learn *l, int task, const float *score, double *p);
/* Probability of one output on its own (for tasks with many labels). */
double learn_chance(float margin);

/* ---- teaching ---------------------------------------------------------------------------------------------- */
typedef struct {
    text said;                          /* the message                                                   */
    uint64_t has[LEARN_TASKS][2];       /* bit i: label i of the task holds                              */
    bool knows[LEARN_TASKS];            /* false: this example says nothing about the task               */
    float weight;                       /* 1, or less for a label that was inferred                      */
    const char *batch;                  /* writing batch                                                 */
} learn_example;

typedef struct {
    learn_example *at; size_t n, cap;
    char label[LEARN_TASKS][LEARN_LABELS_MAX][24];
    int n_label[LEARN_TASKS];
    arena keep;                         /* texts of the examples */
} learn_set;

/* Append the labelled messages of one JSON Lines file. Errors: ERR_FORMAT with the line, ERR_FULL. */
int learn_set_add(learn_set *s, const char *name, text bytes, fail *why);
void learn_set_release(learn_set *s);

/* Teach on the examples with use[i] (NULL: all) and append the model's bytes to *out. Same input, same bytes.
 * Errors: ERR_NOMEM, ERR_USAGE when there is nothing to learn from. */
int learn_train(const learn_set *s, const bool *use, const learn_aids *aids, buf *out, fail *why);

#endif
