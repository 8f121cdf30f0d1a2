/* SPDX-License-Identifier: Apache-2.0
 * turn_parts.h - what the files of turn/ share: a home, an open life, and one exchange in it. Private to turn/. */
#ifndef TURN_TURN_PARTS_H
#define TURN_TURN_PARTS_H
#include <pthread.h>
#include <stdatomic.h>
#include "base/arena.h"
#include "care/care.h"
#include "remember/remember.h"
#include "think/think.h"
#include "turn/turn.h"

enum { PRESENT_MS = 10 * 60 * 1000, RECENT_MAX = 24, PAST_MAX = 7, MINDS_MAX = 16 };

typedef struct { char *person; int64_t active_ms; } presence;

struct home {
    char *data;                      /* owned                                                    */
    char *mind_spec;                 /* --mind, or NULL                                          */
    clk *clock;                      /* borrowed                                                 */
    care *care;
    bool guard_off;
    uint64_t seed;
    const char *vfs;                 /* borrowed                                                 */
    think_options think;             /* for minds that are opened                                */
    char locale[8];
    char voice_hash[65], persona_hash[65], prompt_hash[65], schema_hash[65];
    pthread_mutex_t lock;            /* guards the fields below                                  */
    presence *here; size_t n_here;   /* who spoke lately                                         */
    char *spec[MINDS_MAX]; mind *mind_of[MINDS_MAX]; int n_mind;   /* minds already open         */
};

/* What a rehearsal pretends; -1, 0 or NULL where it does not. `seed` sets one rehearsed life apart from the next. */
typedef struct { int others_now, others_total, age; uint64_t seed; char locale[8]; char *name, *departure_date, *departure_reason; } pretence;

struct turn {
    home *home;                      /* borrowed                                                 */
    char *person;
    bool private;
    remember *store;
    bond *bond;
    json_t *thread;                  /* the small mind's state of this talk, or NULL             */
    json_t *settings;                /* name, her_name, tone, adult, people, mind, remote        */
    mind *mind;                      /* borrowed from the home                                   */
    atomic_int stop;                 /* set by turn_stop()                                       */
    arena scratch;                   /* this turn's memory                                       */
    pretence as_if;
    int64_t about[4]; int n_about;   /* memories her last reply brought up: "why do you know that?" */
    int64_t fresh[8]; int n_fresh;   /* memories learned from the last message: "forget that"    */
    int64_t asked[8]; int n_asked;   /* sensitive ones waiting for "keep it?"                    */
    bool asked_aloud;                /* the question has been put                                */
    bool asked_remote;               /* "may words go to HOST?" has been put                     */
    int meet_step;
    bool told_dropped;               /* said once that the oldest turns no longer fit            */
    buf status, meet_text;
};

/* One exchange: everything between hearing and having answered. Lives on turn_take()'s stack. */
typedef struct {
    turn *t;
    arena *a;                        /* t->scratch                                               */
    const turn_sink *out;
    text heard;                      /* cleaned                                                  */
    int64_t message;                 /* its number in the log                                    */
    bool done;                       /* nothing left to answer                                   */
    int64_t began_us;
    care_now now;
    sense sense;
    plan plan;
    message *before; size_t n_before;
    recalled *past; size_t n_past;
    ally *people; size_t n_people;
    learned learned;
    buf said;                        /* exactly what was shown                                   */
    bool interrupted;
    think_reply reply;
} exchange;

/* home.c */
mind *home_mind(home *h, const char *spec, fail *why);          /* borrowed; NULL with *why         */
void home_seen(home *h, const char *person);
char *home_life_dir(const home *h, const char *person);         /* owned                            */
int home_identity(const home *h, const mind *m, identity *out, char hex[static 65]);

/* turn.c */
void turn_facts(turn *t, arena *a, care_now *now);              /* what holds around a message      */
int64_t turn_line_used(void *store, uint64_t id);
void turn_emit(const turn_sink *out, const char *ev, json_t *more);   /* takes `more`               */
const char *turn_setting(const turn *t, const char *key, const char *otherwise);
int turn_set(turn *t, const char *key, json_t *value, fail *why);     /* takes `value`              */

/* say.c: think, act, guard, speak */
void exchange_think(exchange *x);

/* recall.c: the exchanges about memory itself; true: answered (plan.fixed is set) */
bool exchange_about_memory(exchange *x);
void exchange_learn(exchange *x);
void exchange_ask_consent(exchange *x);

/* remind.c */
bool exchange_reminder(exchange *x);
/* "at 6", "in 20 minutes", "tomorrow at nine", "on friday": ms, or 0; *rest gets the words without the time. */
int64_t remind_when(arena *a, text said, int64_t now_ms, text *rest);

/* The planner's own words are the reply. `id` names lines of voice/conduct/. */
void exchange_answer(exchange *x, const char *step, text reply);
text exchange_words(exchange *x, const char *id, const care_slot *slot, size_t n_slot);

#endif
