/* SPDX-License-Identifier: Apache-2.0
 * small.h - the weightless mind: what its parts share. Private to think/.
 *
 * DESIGN      A reply is tried for in order: what is running (a game, a breath), what can be worked out (a sum, a date),
 *             what concerns the talk itself ("why?", "not what I said"), what has an answer of its own (a taste, a
 *             question about her), and then the person's words: a line that knows them, or their own clause said back,
 *             and at most one open question. Each part either says something and returns true, or changes nothing.
 * LAYOUT      small_thread.c  the state of a talk, to and from JSON
 *             small_tell.c    facts and slots; choosing, filling, appending lines
 *             small_reply.c   statements: specific line, echo, topic, the ladder's end
 *             small_back.c    replies to her: yes, no, why?, what do you mean?, you said that before
 *             small_ask.c     questions and wishes put to her: tastes, either/or, jokes, stories
 *             small_question.c which sentence asks, and an answer for every shape of question
 *             small_turn.c    small moves: hello, names, yeah, dunno, never mind
 *             small_facts.c   plain facts: capitals, who wrote what, the lines of world.say
 *             small_know.c    what can be worked out: sums, units, dates, spelling (reckon_*.c)
 *             small_play.c    games and guided moments (small_quiz.c, small_noughts.c)
 *             small_topics.c  the subject by its words */
#ifndef THINK_SMALL_H
#define THINK_SMALL_H
#include "base/lines.h"
#include "think/hear.h"
#include "think/mind.h"

enum { RECENT_MOST = 60, FACTS_MOST = 96, SLOTS_MOST = 40 };

typedef struct quiz quiz;                     /* what the games are played with (small_quiz.c)  */
typedef struct subjects subjects;             /* subjects and the words that show them (small_topics.c) */
typedef struct {
    mind base;
    grammar *g;
    lines *say;                               /* voice/ without conduct/ */
    quiz *quiz;
    subjects *subjects;
    char hash[65];
} small;

/* What is remembered of this conversation. Texts are borrowed from the JSON it came from, or the arena. */
typedef struct {
    int n;                                    /* replies so far                                              */
    uint64_t last;                            /* her last line that may have follow-ups; 0: none             */
    bool asked;                               /* her last reply ended in a question                          */
    int q_run, n_q;                           /* questions in a row, in all                                  */
    text move;                                /* her last move                                               */
    text question;                            /* her last question, as said                                  */
    text told; int told_at;                   /* joke, story or inform last asked for, and at which reply    */
    text topic, thing, bare, clause;          /* in play: subject, "your landlord", "landlord", "you moved"  */
    text situation; int topic_at;             /* situation in play; the reply at which the subject was last sure */
    text old_thing, old_topic;                /* what it was before                                          */
    uint64_t recent[RECENT_MOST]; int n_recent;
    text fact;                                /* the kind of fact asked for last: "capital"; "" when none */
    int recall_at, lost_at, name_at;          /* reply numbers: last call-back, last "I'm not sure", last name */
    int hush_until;                           /* they asked for no questions: none before this reply         */
    const json_t *play;                       /* a running game or guided moment; NULL: none                 */
} thread;

void thread_read(thread *t, arena *a, const json_t *saved);
json_t *thread_write(const thread *t, const char *how, json_t *play);   /* owned; `play` is taken; both may be NULL */
void thread_used(thread *t, uint64_t id);

typedef struct {
    const small *m;
    const prompt *p;
    arena *a;
    heard h;
    thread t;                                 /* as it was; the new one is written from it at the end */
    bool weak;                                /* too few words to be judged by themselves: the talk so far counts */
    int distress, valence;                    /* as far as they can be trusted                         */
    const char *topic, *situation;            /* likewise; "" and "chat" when unsure                   */
    bool quiet;                               /* distress: no play                                     */
    bool put;                                 /* they put a question: it gets an answer, never an echo     */
    bool asked_for;                           /* they asked for it: the word budget of talk does not hold */
    /* what has been built of the reply */
    buf out;
    bool asked;
    const char *move;
    const char *how;                          /* the part that spoke: kept in the thread, for those who mend her */
    uint64_t last;                            /* the line whose follow-ups will count                  */
    text question;
    json_t *play;                             /* running afterwards; owned                             */
    think_reply *reply;
    /* scratch */
    lines_fact fact[FACTS_MOST]; size_t n_fact;
    lines_slot slot[SLOTS_MOST]; size_t n_slot;
    bool echoed;                                                  /* their words have been said back already */
    uint64_t dice;
    struct lines_view *view; size_t view_facts;                   /* valid while the facts are those it was made with */
} telling;

/* ---- small_tell.c ---------------------------------------------------------------------------------------------- */
void tell_begin(telling *k);                                   /* facts and slots from prompt and hearing */
void tell_fact(telling *k, const char *key, const char *value);
void tell_topic_again(telling *k);                             /* the subject of the last replies counts as this one's */
void tell_slot(telling *k, const char *name, text value);      /* replaces one of the same name           */
text tell_slot_value(const telling *k, const char *name);
size_t tell_words(const telling *k);                           /* words said so far                       */
bool tell_may_ask(const telling *k);
uint64_t tell_dice(telling *k, uint64_t sides);
/* The best line, not yet said. `asking`: -1 none that asks, 1 only those, 0 either. line == NULL: none. */
lines_pick tell_find(telling *k, const char *const *moves, int min_weight, int asking);
void tell_say(telling *k, lines_pick pick);
/* Find and say; not a line that has been said before. */
bool tell_line(telling *k, const char *const *moves, int min_weight, int asking);
/* The same among lines that hold a word of theirs: {c} {n} {who} … */
lines_pick tell_find_theirs(telling *k, const char *const *moves, int asking);
bool tell_named(telling *k, const char *id);                   /* a line with id=, slots as set           */
lines_pick tell_find_named(telling *k, const char *id, int asking);
bool tell_follow(telling *k, const char *kind);                /* a follow-up of her last line            */
void tell_text(telling *k, text t);                            /* appended as a sentence of its own       */

/* ---- the parts, in the order they are tried ---------------------------------------------------------------------- */
bool small_play(telling *k);
void small_narrow(telling *k);                /* hears the asking sentence alone, when one asks */
bool small_turn(telling *k);
bool small_know(telling *k);
bool small_facts(telling *k);
bool small_to_her(telling *k);                /* about herself: voice/moves/to-her.say */
bool small_shaped(telling *k);                /* "should i", "is it silly to", "what should i wear" */
bool small_unknown(telling *k);               /* a question nothing else answered: always says something, if one was put */
bool small_back(telling *k);
bool small_ask(telling *k);
bool small_another(telling *k);               /* another joke, story, fact: like the last */
bool small_answer_hers(telling *k);           /* an answer to her last question */
bool small_reply(telling *k);                 /* says something unless there is no line left at all */

subjects *subjects_new(void);
void subjects_free(subjects *s);
/* The subject that the words show, "" when none, and how clearly it leads (1 and more: clearly). Static. */
const char *subjects_guess(const subjects *s, words w, double *lead);

int quiz_open(quiz **out, fail *why);
void quiz_close(quiz *q);

/* ---- reading the message ---------------------------------------------------------------------------------------- */
bool heard_is(const telling *k, const char *pattern);           /* does a pattern of doc/voice.md fit? */
bool heard_kept(const telling *k, const char *pattern, text kept[2]);
typedef enum { ANSWER_NONE, ANSWER_YES, ANSWER_NO, ANSWER_MAYBE } answer_kind;
answer_kind heard_answer(const telling *k);                     /* does the message begin as a yes, no, maybe? */
#endif
