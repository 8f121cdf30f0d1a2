/* SPDX-License-Identifier: Apache-2.0
 * bond.c - see bond.h: a table of fields saved and loaded by name, and what one exchange changes. */
#include "care/bond.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

typedef enum { F_INT, F_BOOL, F_MS } field_kind;
static const struct { const char *name; field_kind kind; size_t at; } fields[] = {
#define I(f) { #f, F_INT, offsetof(struct bond, f) }
#define O(f) { #f, F_BOOL, offsetof(struct bond, f) }
#define M(f) { #f, F_MS, offsetof(struct bond, f) }
    I(n_reply), I(n_ask), I(n_reflect), I(qrun), I(since_joke), I(nudged), I(heavy), I(letter_n), O(lonely), I(love_n), I(spiral_n), I(insult_n), O(joked),
    I(n_topic), I(n_support), O(offered), I(crisis_n), I(asked), I(shown), I(after), O(waiting), O(third), M(crisis_ms), I(dv_n),
    O(minor), I(minor_n), O(adult_named), M(notice_ms), M(use_ms), M(last_ms), O(departure_told)
#undef I
#undef O
#undef M
};
enum { N_FIELD = sizeof fields / sizeof *fields, PAUSE_MS = 30 * 60 * 1000 };

bond *care_bond_new(const json_t *saved) {
    bond *b = mem_new(1, sizeof *b);
    for (size_t i = 0; i < N_FIELD; i++) {
        char *at = (char *)b + fields[i].at;
        int64_t v = json_int(saved, fields[i].name, 0);
        if (fields[i].kind == F_INT) *(int *)(void *)at = v > 1000000 || v < 0 ? 0 : (int)v;
        else if (fields[i].kind == F_MS) *(int64_t *)(void *)at = v;
        else *(bool *)(void *)at = json_flag(saved, fields[i].name, false);
    }
    const char *topic = json_str(saved, "topic", "");
    memcpy(b->topic, topic, strnlen(topic, sizeof b->topic - 1));
    return b;
}

void care_bond_free(bond *b) { free(b); }

json_t *care_bond_save(const bond *b) {
    json_t *o = json_object();
    for (size_t i = 0; i < N_FIELD; i++) {
        const char *at = (const char *)b + fields[i].at;
        json_t *v = fields[i].kind == F_INT ? json_integer(*(const int *)(const void *)at)
                  : fields[i].kind == F_MS ? json_integer(*(const int64_t *)(const void *)at)
                                           : json_boolean(*(const bool *)(const void *)at);
        json_object_set_new(o, fields[i].name, v);
    }
    json_object_set_new(o, "topic", json_string(b->topic));
    return o;
}

void care_bond_talk_begins(bond *b, int64_t now_ms) {
    b->n_reply = b->n_ask = b->n_reflect = b->qrun = b->since_joke = b->nudged = b->heavy = 0;
    b->letter_n = b->love_n = b->spiral_n = b->insult_n = b->n_topic = b->n_support = 0;
    b->joked = b->offered = b->waiting = b->lonely = false;
    b->topic[0] = '\0';
    b->use_ms = now_ms;
    if (now_ms - b->crisis_ms > 12 * 3600 * 1000LL) b->crisis_n = b->asked = b->shown = b->after = 0;   /* another day */
}

static bool ends_in_question(text t) {
    t = text_trim(t);
    while (t.n && (t.p[t.n - 1] == '"' || t.p[t.n - 1] == ')')) t.n--;
    return t.n && t.p[t.n - 1] == '?';
}

void care_after(bond *b, const sense *s, const plan *p, const care_now *now, text said) {
    arena a = { 0 };
    bool asks = ends_in_question(said);
    bool reflects = words_shared(words_of(&a, said), s->said) > 0;
    b->n_reply++;
    b->n_ask += asks;
    b->n_reflect += reflects && !(asks && said.n < 60);
    b->qrun = asks ? b->qrun + 1 : 0;
    b->since_joke = p->may_joke && strcmp(p->step, "wit") == 0 ? 0 : b->since_joke + 1;
    if (s->distress >= 1 && strcmp(p->step, "farewell") != 0) b->n_support++;
    if (s->distress >= 2 || s->risk) b->heavy = 4;
    else if (b->heavy > 0) b->heavy--;
    if (b->minor) b->minor_n++;
    b->last_ms = now->now_ms;
    arena_release(&a);
}

/* Notices keep time, not tone (R02). First contact of the day: at once. Then at the first calm pause from 2 h 40 (an
 * hour from 50 min for minors), and silently, in the status line, when 3 h 00 (1 h 00) would otherwise pass. */
notice care_notice(const care *c, arena *a, const care_now *now, bond *b, bool calm) {
    const int64_t minute = 60 * 1000;
    bool young = b->minor || now->minor_known;
    int64_t soft = (young ? 50 : 160) * minute, hard = (young ? 58 : 178) * minute;
    notice n = { 0 };
    if (now->departure_date && !b->departure_told && !b->after) {
        care_slot s[] = { { "x", text_of(now->departure_date) }, { "y", text_of(now->departure_reason ? now->departure_reason : "") } };
        b->departure_told = true;
        return (notice){ true, false, care_words(c, a, "notice.departure", now, s, 2), "notice" };
    }
    int64_t since = now->now_ms - b->notice_ms;
    bool first = b->notice_ms == 0 || now->first_today || since < 0;
    if (!first && now->now_ms - b->last_ms > PAUSE_MS && since < soft) b->use_ms = now->now_ms;
    if (!first && since < soft) return n;
    if (!first && !calm && since < hard) return n;
    n.due = true;
    n.event = "disclosure";
    n.silent = !calm;                      /* the status line says it; the talk is left alone */
    n.words = care_words(c, a, first ? "notice.first" : young ? "notice.minor" : "notice.again", now, NULL, 0);
    b->notice_ms = now->now_ms;
    return n;
}
