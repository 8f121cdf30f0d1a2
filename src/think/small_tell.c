/* SPDX-License-Identifier: Apache-2.0
 * small_tell.c - from what holds now to lines said: facts, slots, choosing, appending.
 *
 * DESIGN  Facts and slots are set once a turn and may be added to by a part. A line said in this talk counts as used
 *         even when the life has not written it down yet. */
#include <string.h>
#include "base/clock.h"
#include "base/hash.h"
#include "think/small.h"

enum { DEFAULT_WORDS = 45, ASKED_WORDS = 130 };

/* ---- facts and slots ---------------------------------------------------------------------------------------------- */
void tell_fact(telling *k, const char *key, const char *value) {
    if (value && *value && k->n_fact < FACTS_MOST) k->fact[k->n_fact++] = (lines_fact){ key, value };
}

void tell_slot(telling *k, const char *name, text value) {
    for (size_t i = 0; i < k->n_slot; i++)
        if (strcmp(k->slot[i].name, name) == 0) {
            k->slot[i].value = value;
            return;
        }
    if (k->n_slot < SLOTS_MOST) k->slot[k->n_slot++] = (lines_slot){ name, value };
}

text tell_slot_value(const telling *k, const char *name) {
    for (size_t i = 0; i < k->n_slot; i++)
        if (strcmp(k->slot[i].name, name) == 0) return k->slot[i].value;
    return (text){ "", 0 };
}

static const char *hour_name(int hour) {
    if (hour >= 23 || hour < 5) return "night";
    return hour < 12 ? "morning" : hour < 18 ? "day" : "evening";
}

static bool mentions(words w, const char *name) {
    if (!name || !*name) return false;
    for (size_t i = 0; i < w.n; i++) {
        text low = w.at[i].low;
        if (text_ends(low, "'s")) low.n -= 2;
        if (text_is_fold(low, name)) return true;
    }
    return false;
}

/* Who of theirs is in play: named or meant in this message, else the nearest. */
static void who_slots(telling *k) {
    const prompt *p = k->p;
    const think_ally *who = NULL;
    for (size_t i = 0; i < p->n_ally; i++) {
        bool now = mentions(p->said, p->ally[i].name) || mentions(p->said, p->ally[i].tie);
        if (!now) continue;
        tell_fact(k, "tie", p->ally[i].tie);
        if (!who) who = &p->ally[i];
    }
    if (!who) return;
    bool named = who->name && *who->name;
    text name = named ? text_of(who->name) : arena_format(k->a, "your %s", who->tie);
    const char *she = who->she ? who->she : "";
    bool f = strcmp(she, "she") == 0, m = strcmp(she, "he") == 0;
    tell_slot(k, "who", name);
    tell_slot(k, "he", text_of(f ? "she" : m ? "he" : "they"));
    tell_slot(k, "him", text_of(f ? "her" : m ? "him" : "them"));
    tell_slot(k, "his", text_of(f ? "her" : m ? "his" : "their"));
}

/* Nobody known is in play: whoever the clearest clause is about will do. */
static void subject_slots(telling *k) {
    if (!k->h.subject.n || tell_slot_value(k, "who").n) return;
    bool f = k->h.subject_lex & LEX_SHE, m = k->h.subject_lex & LEX_HE;
    tell_slot(k, "who", k->h.subject);
    tell_slot(k, "he", text_of(f ? "she" : m ? "he" : "they"));
    tell_slot(k, "him", text_of(f ? "her" : m ? "him" : "them"));
    tell_slot(k, "his", text_of(f ? "her" : m ? "his" : "their"));
}

static void tie_facts(telling *k) {
    static const char *const ties[] = { "sister", "brother", "mother", "mum", "mom", "father", "dad", "wife", "husband", "partner",
        "girlfriend", "boyfriend", "son", "daughter", "friend", "boss", "colleague", "neighbour", "landlord", "gran", "grandad", "nan",
        "aunt", "uncle", "cousin", "ex", "flatmate", "teacher", "doctor", "dog", "cat", NULL };
    for (size_t i = 0; i + 1 < k->h.w.n; i++) {
        text low = k->h.w.at[i].low;
        if (!text_is(low, "my") && !text_is(low, "our")) continue;
        for (const char *const *t = ties; *t; t++)
            if (text_is(k->h.w.at[i + 1].low, *t)) tell_fact(k, "tie", *t);
    }
}

static void time_slots(telling *k, civil now) {
    tell_slot(k, "day", text_of(civil_day_name[now.weekday]));
    tell_slot(k, "time", arena_format(k->a, "%d:%02d", now.hour, now.minute));
    tell_slot(k, "date", arena_format(k->a, "%d %s", now.day, civil_month_name[now.month]));
}

/* ---- how far the sense can be trusted ------------------------------------------------------------------------------- */
enum { TOPIC_LASTS = 4 };                      /* replies for which a subject stays in play unsaid */

static bool names_feeling(const telling *k) {
    for (size_t i = 0; i < k->h.w.n; i++)
        if (k->h.t[i].lex & LEX_FEEL) return true;
    return false;
}

/* Situations whose lines would be grave to say to the wrong person. */
static bool grave(const char *s) {
    static const char *const rows[] = { "S13", "S20", "S21", "S22", "S29", "S32", "S34", "S35", NULL };
    return grammar_is(text_of(s), rows);
}

/* Subjects whose lines can stand beside pain. */
static bool bears_weight(const char *topic) {
    static const char *const rows[] = { "grief", "illness", "loneliness", "divorce", "breakup", "selfworth", "abuse", "crisis", "quarrels", "health",
        "doctors", "ageing", "faith", NULL };
    return grammar_is(text_of(topic), rows);
}

/* A death of someone of theirs is too heavy to be left to chance. Pets' and famous people's have lines of their own. */
static bool bereaved(const telling *k) {
    if (heard_is(k, "(phone|laptop|battery|car|computer|engine|plant|fish|goldfish|hamster|character|boiler|kettle|wifi|printer) (died|is dead|has died)")) return false;
    return heard_is(k, "my ?(poor|dear|best|old|own|little|big|older|younger) (mum|mam|mom|mother|dad|father|wife|husband|partner|son|daughter|brother|sister|gran|nan|"
        "grandma|grandmother|grandad|grandfather|grandpa|aunt|uncle|cousin|friend|mate|baby|child|boy|girl|fiance|girlfriend|boyfriend|boss|neighbour|teacher|twin) "
        "?(just|has|had|suddenly|recently) (died|passed|passed away|is dead|was killed|killed himself|killed herself)|"
        "(lost|buried|burying) my (mum|mam|mom|mother|dad|father|wife|husband|partner|son|daughter|brother|sister|gran|nan|grandma|grandad|baby|best friend|twin)$|"
        "my late (mum|mother|dad|father|wife|husband|partner|brother|sister|son|daughter|gran|friend)|"
        "^(he|she) (died|passed away|is dead|passed)|(his|her|my dad's|my mum's|the) (funeral|wake|cremation)");
}

static void trust(telling *k) {
    const prompt *p = k->p;
    const thread *t = &k->t;
    k->weak = k->h.content <= 3 && k->h.w.n <= 7 && !names_feeling(k);
    k->distress = k->weak ? 0 : p->distress;
    k->valence = k->weak ? 0 : p->valence;
    k->quiet = k->distress >= 2;
    double lead;
    const char *shown = subjects_guess(k->m->subjects, k->h.w, &lead);
    bool sensed = p->topic && *p->topic && p->topic_p >= 0.30, agree = sensed && strcmp(shown, p->topic) == 0;
    bool sure = agree || (sensed && p->topic_p >= (k->weak ? 0.70 : 0.50)), clear = lead >= 0.80;
    const char *now = sure ? p->topic : clear ? shown : "";
    k->topic = *now ? now : "";
    if (k->quiet && !bears_weight(k->topic)) k->topic = "";
    bool back = p->situation && strcmp(p->situation, "S19") == 0 && !heard_is(k, "(back again|i'm back|im back|me again|long time|been a while|it's been|miss me|remember me|hello again|hi again)");
    double need = !p->situation || !*p->situation || back ? 2 : grave(p->situation) ? 0.75 : k->weak ? 0.85 : 0.50;
    bool known = p->situation_p >= need;
    bool lasting = t->topic.n && t->n - t->topic_at < TOPIC_LASTS;
    bool hold = k->weak && t->situation.n && lasting && !text_is(t->situation, "S36");
    if (bereaved(k)) {
        k->situation = heard_is(k, "(years|year) ago|my late") ? "S02" : "S01";
        k->topic = "grief";
        if (k->valence >= 0) k->valence = -1;
        k->weak = false;
        return;
    }
    k->situation = known ? p->situation : hold ? arena_str(k->a, t->situation.p, t->situation.n) : "chat";
}

void tell_topic_again(telling *k) {
    if (!*k->topic && k->t.topic.n && k->t.n - k->t.topic_at < TOPIC_LASTS) tell_fact(k, "topic", arena_str(k->a, k->t.topic.p, k->t.topic.n));
}

void tell_begin(telling *k) {
    const prompt *p = k->p;
    civil now = civil_local(p->now_ms);
    trust(k);
    tell_fact(k, "topic", k->topic);
    tell_fact(k, "situation", k->situation);
    for (int i = 0; i < 4 && p->feel[i] && !k->weak; i++) tell_fact(k, "feel", p->feel[i]);
    tell_fact(k, "act", p->act);
    tell_fact(k, "val", k->valence < 0 ? "neg" : k->valence > 0 ? "pos" : "neu");
    tell_fact(k, "stage", p->stage);
    tell_fact(k, "plan", p->step);
    tell_fact(k, "at", hour_name(now.hour));
    tell_fact(k, "turn", k->t.n == 0 ? "first" : "later");
    tell_fact(k, "laugh", p->joked ? "yes" : "no");
    if (k->t.move.n) tell_fact(k, "last", arena_str(k->a, k->t.move.p, k->t.move.n));
    tie_facts(k);
    tell_slot(k, "c", k->h.c);
    tell_slot(k, "n", k->h.n);
    tell_slot(k, "w", k->h.bare);
    if (p->feel[0] && !k->weak) tell_slot(k, "feel", text_of(p->feel[0]));
    if (p->name && *p->name && (k->t.name_at == 0 || k->t.n - k->t.name_at >= 8)) tell_slot(k, "name", text_of(p->name));
    tell_slot(k, "her_name", text_of(p->her_name && *p->her_name ? p->her_name : "Samantha"));
    tell_slot(k, "others_now", arena_format(k->a, "%d", p->others_now));
    tell_slot(k, "others_total", arena_format(k->a, "%d", p->others_total));
    who_slots(k);
    subject_slots(k);
    time_slots(k, now);
    uint64_t seed = p->seed ^ hash_fnv(p->heard) ^ ((uint64_t)k->t.n << 32);
    k->dice = seed;
}

/* ---- budgets ---------------------------------------------------------------------------------------------------------- */
size_t tell_words(const telling *k) {
    size_t n = 0;
    for (size_t i = 0; i < k->out.n; i++) n += k->out.p[i] != ' ' && (i == 0 || k->out.p[i - 1] == ' ');
    return n;
}

static int room(const telling *k) {
    int most = k->p->max_words > 0 ? k->p->max_words : DEFAULT_WORDS;
    if (k->asked_for && most < ASKED_WORDS) most = ASKED_WORDS;
    return most - (int)tell_words(k);
}

bool tell_may_ask(const telling *k) {
    if (k->asked || k->p->max_questions <= 0 || k->t.q_run >= 2 || k->t.n < k->t.hush_until) return false;
    return k->t.n < 2 || (k->t.n_q + 1) * 10 <= (k->t.n + 1) * 4 + 4;
}

uint64_t tell_dice(telling *k, uint64_t sides) { return rand_next(&k->dice) % sides; }

/* ---- choosing and saying -------------------------------------------------------------------------------------------------- */
static int64_t used_here(void *ctx, uint64_t id) {
    telling *k = ctx;
    for (int i = 0; i < k->reply->n_line; i++)
        if (k->reply->line[i] == id) return INT64_MAX;
    for (int i = 0; i < k->t.n_recent; i++)
        if (k->t.recent[i] == id) return k->p->now_ms + i + 1;
    return k->p->line_used ? k->p->line_used(k->p->line_ctx, id) : 0;
}

static lines_now now_of(telling *k) {
    if (k->view_facts != k->n_fact) k->view = NULL;
    k->view_facts = k->n_fact;
    return (lines_now){ .view = &k->view, .fact = k->fact, .n_fact = k->n_fact, .slot = k->slot, .n_slot = k->n_slot, .said = k->h.w,
        .used = used_here, .ctx = k, .no_slots = k->echoed, .no_questions = !tell_may_ask(k), .max_words = room(k) > 0 ? room(k) : 1, .seed = k->dice };
}

lines_pick tell_find(telling *k, const char *const *moves, int min_weight, int asking) {
    if (asking > 0 && !tell_may_ask(k)) return (lines_pick){ 0 };
    lines_now now = now_of(k);
    if (asking < 0) now.no_questions = true;
    return lines_choose(k->m->say, k->a, moves, &now, min_weight);
}

lines_pick tell_find_theirs(telling *k, const char *const *moves, int asking) {
    if (asking > 0 && !tell_may_ask(k)) return (lines_pick){ 0 };
    lines_now now = now_of(k);
    if (asking < 0) now.no_questions = true;
    now.slots_only = true;
    return lines_choose(k->m->say, k->a, moves, &now, 0);
}

lines_pick tell_find_named(telling *k, const char *id, int asking) {
    if (asking > 0 && !tell_may_ask(k)) return (lines_pick){ 0 };
    lines_now now = now_of(k);
    if (asking < 0) now.no_questions = true;
    return lines_named(k->m->say, k->a, id, &now);
}

void tell_text(telling *k, text t) {
    if (!t.n) return;
    if (k->out.n) buf_char(&k->out, ' ');
    buf_add(&k->out, t);
}

static bool names_them(const telling *k, const line *u) {
    return tell_slot_value(k, "name").n && text_find(line_text(u), "{name}") >= 0;
}

void tell_say(telling *k, lines_pick p) {
    const line *u = p.line;
    tell_text(k, p.text);
    if (k->reply->n_line < 6) k->reply->line[k->reply->n_line++] = line_id(u);
    if (names_them(k, u)) k->t.name_at = k->t.n + 1;
    k->last = line_id(u);
    k->move = line_move(u);
    if (line_asks(u)) {
        k->asked = true;
        k->question = p.text;
    }
}

bool tell_line(telling *k, const char *const *moves, int min_weight, int asking) {
    lines_pick p = tell_find(k, moves, min_weight, asking);
    if (!p.line || p.spent) return false;
    tell_say(k, p);
    return true;
}

bool tell_named(telling *k, const char *id) {
    lines_pick p = tell_find_named(k, id, 0);
    if (p.line) tell_say(k, p);
    return p.line != NULL;
}

bool tell_follow(telling *k, const char *kind) {
    const line *parent = k->t.last ? lines_by_id(k->m->say, k->t.last) : NULL;
    if (!parent || line_follow(parent)) return false;
    lines_now now = now_of(k);
    lines_pick p = lines_follow(k->m->say, k->a, parent, kind, &now);
    if (!p.line || p.spent) return false;
    tell_say(k, p);
    return true;
}

/* ---- reading the message ------------------------------------------------------------------------------------------------------ */
bool heard_kept(const telling *k, const char *pattern, text kept[2]) {
    return lines_fits(k->m->say, k->a, pattern, k->h.w, kept);
}

bool heard_is(const telling *k, const char *pattern) {
    text kept[2];
    return heard_kept(k, pattern, kept);
}

answer_kind heard_answer(const telling *k) {
    static const char *const yes[] = { "yes", "yeah", "yep", "yup", "yea", "aye", "sure", "definitely", "absolutely", "ok", "okay", "indeed",
        "exactly", "totally", "course", "oui", "si", "ya", "correct", "true", "alright", "certainly", NULL };
    static const char *const no[] = { "no", "nope", "nah", "never", "neither", "none", "nobody", "nothing", "naw", "na", "nowhere", NULL };
    static const char *const maybe[] = { "maybe", "perhaps", "dunno", "possibly", "idk", "depends", "sometimes", "probably", "kinda", "meh", NULL };
    if (!k->h.w.n) return ANSWER_NONE;
    size_t i = 0;
    static const char *const skip[] = { "well", "oh", "um", "hmm", "er", "erm", "haha", "lol", "ha", "ah", "uh", "of", "god", NULL };
    while (i + 1 < k->h.w.n && grammar_is(k->h.w.at[i].low, skip)) i++;
    text low = k->h.w.at[i].low;
    bool alone = i + 1 == k->h.w.n || k->h.w.at[i].after || grammar_is(k->h.w.at[i + 1].low, yes) || k->h.w.n - i <= 3;
    if (grammar_is(low, maybe) || heard_is(k, "^(i don't know|i do not know|not sure|no idea|i'm not sure|who knows|hard to say|don't know|"
                                             "i guess|i suppose|sort of|kind of|yes and no|yeah no|no idea)")) return ANSWER_MAYBE;
    if (heard_is(k, "^(not really|not yet|not at all|i don't|i didn't|i haven't|i'm not|i can't|don't think so|i don't think so|not much|"
                   "hardly)")) return ANSWER_NO;
    if (heard_is(k, "^(i do|i did|i am|i have|i can|i would|i was|i think so|i hope so|a bit|a little|very much|oh yes|too right|you bet|go on|"
                   "why not|of course|i guess so)$")) return ANSWER_YES;
    if (grammar_is(low, yes) && alone) return ANSWER_YES;
    static const char *const goes_on[] = { "i", "i'm", "it", "it's", "he", "he's", "she", "she's", "they", "we", "not", "but", "just", "because",
        "that", "that's", "never", "thanks", "thank", "there", "there's", "i've", "my", NULL };
    bool flat = i + 1 < k->h.w.n && grammar_is(k->h.w.at[i + 1].low, goes_on);
    bool plain = text_is(low, "no") || text_is(low, "nope") || text_is(low, "nah") || text_is(low, "naw") || text_is(low, "na");
    if (grammar_is(low, no) && (k->h.w.n - i == 1 || (plain && (alone || flat)))) return ANSWER_NO;
    if (grammar_is(low, yes) && flat) return ANSWER_YES;
    return ANSWER_NONE;
}
