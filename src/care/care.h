/* SPDX-License-Identifier: Apache-2.0
 * care.h - feeling to plan: what is this message, what would help, what may never be said.
 *
 * The conduct charter (doc/CONDUCT) as code and data, outside any model. Cheap, local, deterministic.
 * A `care` is read once and never changes: any number of threads may use it. A `bond` belongs to one life. */
#ifndef CARE_CARE_H
#define CARE_CARE_H
#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/fail.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"

typedef struct care care;

/* Read lexicons, sense model, planner lines (voice/conduct/) and crisis lines from what ships with the program.
 * Owner: care_close(). */
int care_open(care **out, fail *why);
void care_close(care *c);

/* ---- sense: what is this message? Strings are static. ---------------------------------------------------- */
typedef struct {
    words said;               /* the message in words; arena                                               */
    const char *situation;    /* "S01" .. "S36" or "chat"          */
    double situation_p;
    const char *topic;        /* a name of voice/lexicon/topic-names.txt, or "" */
    double topic_p;
    const char *act;          /* tell disclose greet ask-her … (doc/voice.md) */
    const char *ask;          /* none memory fact advice action verdict letter */
    const char *feel[4];      /* strongest first; NULL-ended unless 4 */
    int distress;             /* 0 .. 3 */
    int valence;              /* -3 .. 3 */
    int disclosure;           /* 0 none, 1 facts, 2 private thoughts, 3 feelings or a first telling */
    int risk;                 /* 0 none, 1 passive, 2 active thoughts, 3 plan, means or time: the speaker's own */
    int third_risk;           /* the same, someone else's */
    bool bye, onto, minor, joked;
    int age;                  /* years, when this message tells; else 0 */
    int length;               /* words */
    const char *lang;         /* "en", or de fr es it pt nl pl ru uk tr ar zh ja ko …: as far as it can tell */
    const char *count_ask;    /* NULL, or "others": how many others / is it only me (R03) */
} sense;

/* What holds around the message; borrowed for the call. */
typedef struct {
    int64_t now_ms;
    int hour;                        /* local, 0 .. 23 */
    const char *locale;              /* "GB", "US", "DE" …; "" unknown */
    int age;                         /* years, 0 unknown */
    bool minor_known;
    int others_now, others_total;    /* other people (presence) */
    int house_people;                /* people in this house, this one included */
    const char *name;                /* the person's, "" unknown */
    const char *her_name;            /* "Samantha" or who the person makes of her */
    const char *const *people; size_t n_people;   /* their people by name, nearest first */
    const char *departure_date, *departure_reason;/* an announced end, or NULL */
    bool first_meeting, first_today;
    bool remote;                     /* a remote mind speaks */
    uint64_t seed;
    int64_t (*line_used)(void *ctx, uint64_t id); void *line_ctx;   /* see lines_now */
} care_now;

void care_sense(const care *c, arena *a, text heard, const care_now *now, sense *out);

/* ---- bond: what conduct must remember of this relationship; saved with the life ---------------------------- */
typedef struct bond bond;
bond *care_bond_new(const json_t *saved);        /* NULL or broken: a fresh one. Owned: care_bond_free() */
void care_bond_free(bond *b);
json_t *care_bond_save(const bond *b);           /* owned */
void care_bond_talk_begins(bond *b, int64_t now_ms);   /* a new conversation: topic counters start again */

/* ---- plan: what would help? --------------------------------------------------------------------------------- */
typedef struct {
    const char *step;         /* crisis crisis-after minor farewell onto count love memory silent advice verdict cheer reflect
                                 summarise outward wit chat language insult explicit know … : the row of CONDUCT 2.2 */
    const char *moves[5];     /* for the mind, best first; NULL-ended (doc/voice.md) */
    const char *stage;        /* arrive hold move close */
    int max_words, max_questions;
    bool may_joke, may_advise;
    text fixed;               /* not empty: the planner's own words are the reply ("crisis, goodbye, minors, counts, what are you") */
    bool may_add;             /* with `fixed`: a mind may add to them (never before them) */
    text instead;             /* the planner's own line for this plan, for when a sentence is stopped; never empty */
    const char *hint;         /* one plain sentence for a language model: what to do now */
    uint64_t line[2]; int n_line;    /* repertoire lines used in `fixed` */
    const char *event[4];     /* events to raise: "crisis" "minor.mode" "disclosure" …; NULL-ended unless 4 */
} plan;

void care_plan(const care *c, arena *a, const sense *s, const care_now *now, bond *b, plan *out);

/* The reply as it was shown: moves the running counts (questions in a row, advice, reflections, jokes). */
void care_after(bond *b, const sense *s, const plan *p, const care_now *now, text said);

/* ---- guard: sentence by sentence, before it is spoken ------------------------------------------------------- */
typedef struct guard guard;
typedef struct {
    void (*say)(void *ctx, text sentence);                 /* passed: speak it */
    void (*stopped)(void *ctx, const char *rule);          /* "R06": one sentence was not spoken */
    void *ctx;
} guard_out;

/* With `off` it passes everything (rehearse --guard off). Owner: care_guard_close(). Borrows c, p, s, b, now until then. */
guard *care_guard_open(const care *c, const plan *p, const sense *s, const care_now *now, const bond *b, guard_out out, bool off);
/* More words of the reply, cut anywhere. Returns 0, or ERR_STOPPED: ask the mind for no more. */
int care_guard_feed(guard *g, text more);
/* The mind has finished (or was stopped): the last sentence is judged, `instead` said if nothing was. Frees g. */
void care_guard_close(guard *g);
/* Judge one finished text by itself (tests, planner lines): NULL, or the rule it breaks. */
const char *care_guard_judge(const care *c, const plan *p, const sense *s, const care_now *now, const bond *b, text whole);

/* ---- notices by the clock (R02) ------------------------------------------------------------------------------ */
typedef struct { bool due; bool silent; text words; const char *event; } notice;   /* event: "disclosure" or "notice" */
/* To be asked before each reply and at each tick. `calm`: no message of distress >= 2 waits for its answer. */
notice care_notice(const care *c, arena *a, const care_now *now, bond *b, bool calm);

/* A line of voice/conduct/ by name (`[… id=NAME]`), filled; for turn/ (memory answers, first meeting, consent). */
typedef struct { const char *name; text value; } care_slot;
text care_words(const care *c, arena *a, const char *id, const care_now *now, const care_slot *slot, size_t n_slot);

#endif
