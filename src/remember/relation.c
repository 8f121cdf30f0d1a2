/* SPDX-License-Identifier: Apache-2.0
 * relation.c - see relation.h.
 *
 * DESIGN  A table. A sentence is made when it is wanted, not when it is learned: by then a name may be known that was not
 *         ("your sister" is Mia now), and "in May" may have become "in May 2025". */
#include "remember/relation.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "remember/when.h"

static const relation rows[REL_N] = {
    { REL_NAME, "is called", "person", "name", "Your name is {v}.", "{A} is called {v}.", "name called", "so that she can call you by it" },
    { REL_TIE, "tie", "person", "tie", NULL, NULL, "who know relation family friend", "someone who belongs to your life" },
    { REL_AGE, "is aged", "fact", "age", "You are {v}.", "{A} is {v}.", "age old born birthday", "you said how old" },
    { REL_BIRTHDAY, "birthday", "date", "birthday", "Your birthday is on {v}.", "{A}'s birthday is on {v}.", "birthday born when date", "a date to remember" },
    { REL_BORN, "was born", "fact", "born", "You were born {v}.", "{A} was born {v}.", "born birthplace birth", "where or when somebody began" },
    { REL_LIVES, "lives in", "place", "home", "You live in {v}.", "{A} lives in {v}.", "live home where town city address", "where home is" },
    { REL_MOVED, "moved to", "place", "home", "You moved to {v}{when}.", "{A} moved to {v}{when}.", "live home where moved town city", "where home is" },
    { REL_MOVING, "is moving to", "plan", "moving", "You are moving to {v}{when}.", "{A} is moving to {v}{when}.", "move home where live plan", "something ahead" },
    { REL_FROM, "comes from", "place", "origin", "You come from {v}.", "{A} comes from {v}.", "from where home origin", "where somebody comes from" },
    { REL_GREW, "grew up in", "place", "grew", "You grew up in {v}.", "{A} grew up in {v}.", "from where childhood grew", "where somebody comes from" },
    { REL_LIVES_WITH, "lives with", "fact", NULL, "You live with {v}.", "{A} lives with {v}.", "live home house with", "who is at home" },
    { REL_HOME, "lives", "fact", NULL, "You live {v}.", "{A} lives {v}.", "live home alone", "how somebody lives" },
    { REL_WORKS_AS, "works as", "fact", "job", "You are {v}.", "{A} is {v}.", "work job do living profession", "what somebody does" },
    { REL_WORKS_AT, "works at", "fact", "workplace", "You work at {v}.", "{A} works at {v}.", "work job where employer company", "what somebody does" },
    { REL_WORKS_IN, "works in", "fact", "trade", "You work in {v}.", "{A} works in {v}.", "work job do living", "what somebody does" },
    { REL_HOURS, "works hours", "fact", "hours", "You work {v}.", "{A} works {v}.", "work shift hours job", "when somebody works" },
    { REL_WORK_DOES, "does for work", "fact", NULL, "You {v}.", "{A} {v}.", "work job do living", "what somebody does" },
    { REL_STUDIES, "studies", "fact", "study", "You study {v}.", "{A} studies {v}.", "study course degree subject uni college", "what somebody does" },
    { REL_STUDIES_AT, "studies at", "fact", "school", "You study at {v}.", "{A} studies at {v}.", "study school uni college university", "what somebody does" },
    { REL_WORK_STATE, "work", "fact", "work state", "You are {v}.", "{A} is {v}.", "work job retired", "what somebody does" },
    { REL_LOST_JOB, "lost a job", "fact", NULL, "You {v}{when}.", "{A} {v}{when}.", "work job lost", "a turn in somebody's life" },
    { REL_BOND, "bond", "fact", "bond", "You are {v}{when}.", "{A} is {v}{when}.", "married relationship partner engaged single", "who belongs together" },
    { REL_DIED, "died", "fact", "died", NULL, "{A} died{when}.", "died death gone lost dead", "a loss, so that she never speaks as if it were not so" },
    { REL_LIKES, "likes", "preference", NULL, "You like {v}.", "{A} likes {v}.", "like love enjoy into favourite taste", "a taste" },
    { REL_DISLIKES, "dislikes", "preference", NULL, "You don't like {v}.", "{A} doesn't like {v}.", "hate dislike like stand taste", "a taste" },
    { REL_ALLERGIC, "is allergic to", "preference", NULL, "You are allergic to {v}.", "{A} is allergic to {v}.", "allergic allergy eat food", "so that it is not forgotten at table" },
    { REL_DIET, "eats", "preference", "diet", "You are {v}.", "{A} is {v}.", "eat food diet drink", "so that it is not forgotten at table" },
    { REL_FAVOURITE, "favourite", "preference", NULL, "Your favourite {v}.", "{A}'s favourite {v}.", "favourite favorite like best", "a taste" },
    { REL_PLAYS, "plays", "preference", NULL, "You play {v}.", "{A} plays {v}.", "play hobby music sport instrument", "what somebody does for joy" },
    { REL_SPEAKS, "speaks", "fact", NULL, "You speak {v}.", "{A} speaks {v}.", "speak language", "a language" },
    { REL_SUPPORTS, "supports", "preference", "team", "You support {v}.", "{A} supports {v}.", "support team football club", "a taste" },
    { REL_LEARNING, "is learning", "thread", NULL, "You are learning {v}.", "{A} is learning {v}.", "learn learning lessons hobby", "something under way" },
    { REL_GAVE_UP, "gave up", "thread", NULL, "You gave up {v}{when}.", "{A} gave up {v}{when}.", "quit gave stopped", "something under way" },
    { REL_HABIT, "habit", "fact", NULL, NULL, NULL, "usually week every routine", "a habit" },
    { REL_HAS, "has", "fact", NULL, "You have {v}.", "{A} has {v}.", "have family children pets kids", "who is at home" },
    { REL_IS, "is", "fact", NULL, "You are {v}.", "{A} is {v}.", "who what", "what you said of somebody" },
    { REL_EVENT, "event", "fact", NULL, NULL, NULL, "happened news", "a turn in somebody's life" },
    { REL_PLAN, "plan", "plan", NULL, NULL, NULL, "plan going when ahead", "something ahead" },
    { REL_APPOINTMENT, "appointment", "plan", NULL, NULL, NULL, "when plan appointment date", "a date not to be lost" },
    { REL_PROMISE, "promise", "promise", NULL, NULL, NULL, "promise promised said would", "you gave your word" },
    { REL_OWES, "owes", "thread", NULL, "You owe {v}.", "{A} owes {v}.", "owe letter call", "something left open" },
    { REL_FEELS, "feels", "mood", NULL, "You felt {v}{when}.", "{A} felt {v}{when}.", "feel feeling mood", "how a day was; it fades within a week" },
    { REL_FEELS_ABOUT, "feels about", "feeling", NULL, NULL, NULL, "feel worry about", "something on somebody's mind" },
    { REL_JOY, "joy", "joy", NULL, NULL, NULL, "good news won passed joy", "good news is worth keeping" },
    { REL_PRIVATE, "private", "fact", NULL, NULL, NULL, "", "you said it may be kept" },
    { REL_TOLD, "told", "fact", NULL, NULL, NULL, "", "you asked for it to be remembered" },
};

const relation *relation_at(int rel) { return &rows[rel]; }

const relation *relation_named(const char *key) {
    for (size_t i = 0; i < REL_N; i++)
        if (strcmp(rows[i].key, key) == 0) return &rows[i];
    return NULL;
}

text relation_subject(arena *a, const ally *who, bool start) {
    if (!who) return start ? TEXT("You") : TEXT("you");
    bool owned = strstr(who->tie, "'s ") != NULL;
    text t;
    if (!*who->tie) t = text_of(who->name);
    else if (owned) t = *who->name ? arena_format(a, "%s (%s)", who->name, who->tie) : text_of(who->tie);
    else t = arena_format(a, *who->name ? "your %s %s" : "your %s", who->word, who->name);
    char *p = arena_str(a, t.p, t.n);
    if (start && t.n) p[0] = (char)toupper((unsigned char)p[0]);
    return (text){ p, t.n };
}

/* Fill {A} {v} {when}. */
static text filled(arena *a, const char *form, const ally *who, const char *value, text when) {
    buf b = { 0 };
    for (const char *p = form; *p;) {
        if (strncmp(p, "{A}", 3) == 0) buf_add(&b, relation_subject(a, who, b.n == 0)), p += 3;
        else if (strncmp(p, "{v}", 3) == 0) buf_str(&b, value), p += 3;
        else if (strncmp(p, "{when}", 6) == 0) {
            if (when.n) {
                if (b.n && b.p[b.n - 1] != ' ') buf_char(&b, ' ');
                buf_add(&b, when);
            } else if (b.n && b.p[b.n - 1] == ' ') b.n--;
            p += 6;
        } else buf_char(&b, *p++);
    }
    text t = text_trim(arena_text(a, buf_text(&b)));
    buf_release(&b);
    if (t.n && !strchr(".!?", t.p[t.n - 1])) t = arena_format(a, "%.*s.", (int)t.n, t.p);
    return t;
}

static text tie_words(arena *a, const store_item *it, const ally *who) {
    const char *tie = who && !it->closed ? who->word : it->m.value;
    if (!who || !*who->name) {
        if (strstr(tie, "'s ")) return arena_format(a, "You spoke of %s.", tie);
        return arena_format(a, "You have %s %s.", *tie && strchr("aeiou", *tie) ? "an" : "a", tie);
    }
    return arena_format(a, strstr(tie, "'s ") ? "%s is %s." : "%s is your %s.", who->name, tie);
}

text relation_words(arena *a, const store_item *it, const ally *who, int64_t now_ms) {
    const relation *r = relation_named(it->m.relation);
    const char *form = *it->m.words ? it->m.words : r ? who ? r->ally : r->self : NULL;
    text when = when_said(a, it->m.from, it->closed ? "" : it->m.until, now_ms), t;
    if (r && r->rel == REL_TIE && !*it->m.words) t = tie_words(a, it, who);
    else if (r && r->rel == REL_AGE && !it->closed && now_ms - it->m.said_ms > (int64_t)300 * 86400000) {
        char day[12];
        when_day(it->m.said_ms, day);
        day[7] = '\0';
        t = arena_format(a, who ? "%s was %s %s." : "%s were %s %s.", relation_subject(a, who, true).p, it->m.value,
                         when_said(a, day, day, now_ms).p);
    } else if (form) t = filled(a, form, who, it->m.value, when);
    else t = arena_format(a, "%s: %s %s.", relation_subject(a, who, true).p, it->m.relation, it->m.value);
    if (!it->closed) return t;
    text until = when_said(a, it->m.until, it->m.until, now_ms);
    if (t.n && t.p[t.n - 1] == '.') t.n--;
    return until.n ? arena_format(a, "%.*s (no longer so, %s).", (int)t.n, t.p, until.p)
                   : arena_format(a, "%.*s (no longer so).", (int)t.n, t.p);
}

/* CONDUCT 3.3: people a year after the last mention, threads 90 days, joys two years, moods a week; promises and
 * birthdays never; what somebody is, likes and does, until it changes. A plan outlives its day by two weeks. */
int64_t relation_fades(const char *kind, const char *key, bool of_people, int64_t said_ms, const char *from, const char *until) {
    static const int64_t day = 86400000;
    int64_t a, b;
    if (strcmp(kind, "mood") == 0) return said_ms + 7 * day;
    if (strcmp(kind, "promise") == 0 || strcmp(key, "birthday") == 0 || strcmp(key, "died") == 0) return 0;
    if (strcmp(kind, "plan") == 0) {
        if (when_span(*until ? until : from, &a, &b)) return (b > said_ms ? b : said_ms) + 14 * day;
        return said_ms + 90 * day;
    }
    if (strcmp(kind, "thread") == 0 || strcmp(kind, "feeling") == 0) return said_ms + 90 * day;
    if (strcmp(kind, "joy") == 0) return said_ms + 730 * day;
    return of_people ? said_ms + 365 * day : 0;
}
