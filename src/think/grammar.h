/* SPDX-License-Identifier: Apache-2.0
 * grammar.h - which word is what: just enough English to find who did what in a message. Private to think/.
 *
 * A `grammar` is read once from voice/lexicon/ and never changes: any thread. */
#ifndef THINK_GRAMMAR_H
#define THINK_GRAMMAR_H
#include <stdint.h>
#include "base/arena.h"
#include "base/fail.h"
#include "base/words.h"

/* What a word may be, as the lexicon knows it. */
enum { LEX_BASE = 1, LEX_S = 2, LEX_PAST = 4, LEX_PART = 8, LEX_ING = 16, LEX_ADJ = 32, LEX_NAME = 64, LEX_NAME_WORD = 128,
       LEX_SHE = 256, LEX_HE = 512, LEX_IRREGULAR = 1024, LEX_FEEL = 2048 };

/* What a word is, here. */
typedef enum { W_NONE, W_DET, W_POSS, W_SUBJ, W_OBJ, W_PREP, W_CONJ, W_AUX, W_VERB, W_ADJ, W_ADV, W_NOUN, W_NUM, W_WH,
               W_NAME, W_INTJ, W_TO } word_kind;
typedef struct {
    word_kind kind;
    bool finite;       /* carries a tense: "went", "is", and the 's of "he's"    */
    unsigned lex;      /* LEX_ bits                                               */
} tag;

typedef struct grammar grammar;
int grammar_open(grammar **out, fail *why);      /* Owner: grammar_close(). Errors: ERR_MISSING */
void grammar_close(grammar *g);
unsigned grammar_lex(const grammar *g, text low);

/* One tag a word; in the arena. */
tag *grammar_tags(const grammar *g, arena *a, words w);

/* Membership in closed classes, for those who read tags. */
bool grammar_is(text low, const char *const *rows);
bool grammar_is_time(text low);                  /* day, week, morning, monday … */
bool grammar_is_filler(text low);                /* well, so, like, honestly …   */
/* Can `t` end a phrase, or would it dangle ("of", "my", "and")? */
bool grammar_dangles(const tag *t, text low);
#endif
