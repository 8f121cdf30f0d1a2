/* SPDX-License-Identifier: Apache-2.0
 * talk_parts.h - what the files of the terminal conversation share. Main thread. */
#ifndef MAIN_TALK_PARTS_H
#define MAIN_TALK_PARTS_H
#include "main/commands.h"
#include "main/edit.h"
#include "main/keys.h"
#include "main/pace.h"
#include "main/screen.h"

typedef enum { MODE_TALK, MODE_MEET, MODE_SECRET_AGAIN } talk_mode;

typedef struct {
    cli *cli;
    client *house;
    screen screen;
    keys keys;
    edit edit;
    pace pace;
    talk_mode mode;
    bool leaving, private, quiet;             /* quiet: no status line                                  */
    int status;                               /* the exit status                                        */
    buf status_line;
    /* the reply that is being shown */
    char said_id[72]; bool speaking;          /* the person's last message; its reply is not done       */
    char reply_id[72]; bool reply_begun;      /* the reply on the screen: its id, and whether there is one */
    int64_t said_message, reply_message;      /* their numbers, 0 before they are known                 */
    size_t reply_letters;                     /* characters of the reply that stand on the screen       */
    char muted_id[72];                        /* the reply the person stopped: no more of it is shown   */
    int64_t last_done;                        /* the number of the last message answered                */
    /* what was said before, for Up: the life's, and this talk's */
    char **past; size_t n_past, past_at;      /* owned; past_at == n_past: not looking back             */
    bool past_asked, past_wanted;
    char *draft;                              /* what was being written before looking back; owned      */
    int n_row;                                /* of the answer to the last "/" command                  */
    /* the first meeting */
    char meet_kind[16];
    char *secret;                             /* the passphrase as first given; owned, wiped            */
    int64_t ctrl_c_us, esc_us;
    int n_esc;
} talk;

/* talk_term.c */
void talk_note(talk *t, const char *words);             /* a line of the system's */
void talk_say(talk *t, text words);                     /* the person says something */
void talk_show_rest(talk *t);                           /* what is held back of her reply, now */
int talk_join(talk *t, bool private, fail *why);

/* slash.c: the commands that begin with "/" */
bool slash_run(talk *t, text line);                     /* false: it is not one, say it */
/* Complete the command under the cursor. Several ways on are listed. */
void slash_complete(talk *t);

/* talk_heard.c: what the house says */
void talk_heard(talk *t, json_t *v);
void talk_end_reply(talk *t);
void talk_past_add(talk *t, text words);
void talk_past_came(talk *t);                           /* the life's history is all here */
void talk_past_drop(talk *t);

/* talk_meet.c: the first meeting */
void meet_begin(talk *t);
void meet_heard(talk *t, const json_t *v);
void meet_answer(talk *t, text answer);
void meet_skip(talk *t);

#endif
