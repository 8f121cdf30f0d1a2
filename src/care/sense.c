/* SPDX-License-Identifier: Apache-2.0
 * sense.c - what is this message? The classifier's guess, the feelings people name, and the rules that must hold.
 *
 * DESIGN  1. one bag of features, one pass through the model: a guess for every sense;
 *         2. words for feelings, denied ("not sad") and stressed ("so sad");
 *         3. rules (voice/conduct/sense.txt) where the charter needs certainty: goodbye, what she is, others,
 *            minors, violence. Where a rule and the model disagree the rule wins;
 *         4. risk by both: rules hear what is said in so many words, the model what is said round about. Either may
 *            raise the alarm; the model may take back a rule's only when it is all but certain. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/mem.h"
#include "care/age.h"
#include "care/care_data.h"

typedef enum { BYE, NO_BYE, HUMAN, MIND, LOVE, COUNT, MINOR, NO_MINOR, MEMORY, ADVICE, VERDICT, LETTER, ACTION, FACT,
               JOKED, VIOLENCE, NO_VIOLENCE, QUIET, LEAVING, SECTIONS } section;
static const char *const section_names[SECTIONS] = {
    "bye", "no bye", "onto human", "onto mind", "onto love", "count", "minor", "no minor", "ask memory", "ask advice",
    "ask verdict", "ask letter", "ask action", "ask fact", "joked", "violence", "no violence", "quiet please", "leaving"
};

#define UNSURE_DISTRESS 0.85           /* below this the averaged labels lean towards nothing: seen on plain talk */
typedef struct { const char *name; int distress, valence; } feeling;
enum { FEELINGS_MAX = 80 };

struct sense_data {
    rules *rules;
    int section[SECTIONS];
    lexicon *words;                     /* voice/lexicon/feelings.txt; a list's name is "sad 2 -2" */
    feeling feelings[FEELINGS_MAX];     /* by list */
    char names[FEELINGS_MAX][24];
};

int sense_data_open(sense_data **out, fail *why) {
    sense_data *d = mem_new(1, sizeof *d);
    int rc = rules_open(&d->rules, "voice/conduct/sense.txt", embed_bytes("voice/conduct/sense.txt"), why);
    if (!rc) rc = lexicon_open(&d->words, embed_bytes("voice/lexicon/feelings.txt"), why);
    for (int s = 0; s < SECTIONS && !rc; s++) {
        d->section[s] = rules_section(d->rules, section_names[s]);
        if (d->section[s] < 0) rc = fail_set(why, ERR_FORMAT, "sense.txt has no section [%s]", section_names[s]);
    }
    for (int i = 0; !rc && i < lexicon_names(d->words); i++) {
        feeling *f = &d->feelings[i];
        text rest = text_of(lexicon_name(d->words, i)), name = text_cut(&rest, ' ');
        if (i == FEELINGS_MAX || name.n >= sizeof d->names[0] || rest.n < 3) {
            rc = fail_set(why, ERR_FORMAT, "feelings.txt: expected `name distress valence: words`");
            break;
        }
        memcpy(d->names[i], name.p, name.n);
        *f = (feeling){ d->names[i], rest.p[0] - '0', atoi(rest.p + 2) };
    }
    if (rc) {
        sense_data_close(d);
        return rc;
    }
    *out = d;
    return 0;
}

void sense_data_close(sense_data *d) {
    if (!d) return;
    rules_close(d->rules);
    lexicon_close(d->words);
    free(d);
}

const rules *sense_rules(const sense_data *d) { return d->rules; }

/* ---- words for feelings -------------------------------------------------------------------------------------- */
typedef struct { double weight[FEELINGS_MAX]; double distress; double valence; } felt;

static bool denied(words w, size_t at) {
    static const char *const no[] = { "not", "no", "never", "isn't", "wasn't", "don't", "didn't", "doesn't", "without",
                                      "aren't", "ain't", "hardly", "can't", "won't", "nothing", "less" };
    for (size_t i = at, k = 0; i-- > 0 && k < 3; k++) {
        char m = w.at[i].after;
        if (m == '.' || m == ',' || m == '?' || m == '!' || m == ';' || m == '\n') return false;
        for (size_t j = 0; j < sizeof no / sizeof *no; j++) if (text_is(w.at[i].low, no[j])) return true;
    }
    return false;
}

static bool stressed(words w, size_t at) {
    static const char *const much[] = { "so", "really", "very", "too", "absolutely", "completely", "totally", "utterly",
                                        "extremely", "bloody", "fucking", "incredibly", "such", "always" };
    for (size_t i = at, k = 0; i-- > 0 && k < 2; k++)
        for (size_t j = 0; j < sizeof much / sizeof *much; j++) if (text_is(w.at[i].low, much[j])) return true;
    return at >= 2 && text_is(w.at[at - 1].low, "been") && text_is(w.at[at - 2].low, "never");
}

/* Is somebody else the one who feels it? "she was sad": their feeling weighs less for how the speaker is. */
static bool of_another(words w, size_t at) {
    static const char *const them[] = { "he", "she", "they", "he's", "she's", "they're", "you", "you're", "him", "her" };
    for (size_t i = at, k = 0; i-- > 0 && k < 3; k++) {
        if (text_is(w.at[i].low, "i") || text_starts(w.at[i].low, "i'")) return false;
        for (size_t j = 0; j < sizeof them / sizeof *them; j++) if (text_is(w.at[i].low, them[j])) return true;
    }
    return false;
}

static felt feel(const sense_data *d, words w) {
    enum { HITS = 64 };
    lexicon_hit hit[HITS];
    felt f = { 0 };
    size_t n = lexicon_find(d->words, w, hit, HITS);
    for (size_t i = 0; i < n; i++) {
        const feeling *x = &d->feelings[hit[i].name];
        double much = 1;
        if (denied(w, hit[i].at)) much = 0.5;                  /* CONDUCT 2.5: halve after a denial */
        else if (stressed(w, hit[i].at)) much = 2;             /* … double when stressed */
        if (of_another(w, hit[i].at)) much *= 0.5;
        if (much >= 1) f.weight[hit[i].name] += much;
        double bad = fmin(x->distress * (much > 1 ? 1.5 : much), 3);
        f.distress = fmax(f.distress, bad);
        f.valence += (much < 1 ? -0.3 : much) * x->valence;
    }
    return f;
}

/* ---- what the rules found ------------------------------------------------------------------------------------ */
typedef struct { size_t count[SECTIONS]; } found;

static found find(const sense_data *d, arena *a, words w) {
    found f = { 0 };
    size_t n;
    const rules_hit *hit = rules_find(d->rules, a, w, &n);
    for (size_t i = 0; i < n; i++)
        for (int s = 0; s < SECTIONS; s++) if (hit[i].section == d->section[s]) f.count[s]++;
    return f;
}

/* ---- putting it together ------------------------------------------------------------------------------------- */
typedef struct { const learn *m; const float *score; } guess;

static const char *best(const guess *g, int task, double *p) {
    double q;
    int i = learn_best(g->m, task, g->score, &q);
    if (p) *p = q;
    return learn_label(g->m, task, i);
}

/* The mean of a numbered task's labels under its probabilities. */
static double mean(const guess *g, int task) {
    int from, n;
    double sum = 0, all = 0;
    learn_span(g->m, task, &from, &n);
    for (int i = 0; i < n; i++) {
        double p = exp(3.0 * (double)g->score[from + i]);
        sum += p * atoi(learn_label(g->m, task, i));
        all += p;
    }
    return n ? sum / all : 0;
}

/* How probable is it that a task's label is neither 0 nor no? */
static double above_none(const guess *g, int task) {
    int from, n;
    double sum = 0, all = 0;
    learn_span(g->m, task, &from, &n);
    for (int i = 0; i < n; i++) {
        double p = exp(3.0 * (double)g->score[from + i]);
        all += p;
        const char *label = learn_label(g->m, task, i);
        if (strcmp(label, "0") != 0 && strcmp(label, "no") != 0) sum += p;
    }
    return n ? sum / all : 0;
}

static bool yes(const guess *g, int task, double least) {
    double p;
    return !strcmp(best(g, task, &p), "yes") && p >= least;
}

static void sense_feelings(const sense_data *d, const guess *g, const felt *f, sense *out) {
    double weight[FEELINGS_MAX];
    int from, n;
    learn_span(g->m, LEARN_FEEL, &from, &n);
    for (int i = 0; i < lexicon_names(d->words); i++) {
        weight[i] = f->weight[i] > 0 ? 0.35 + 0.15 * fmin(f->weight[i], 2) : 0;
        for (int k = 0; k < n; k++)
            if (!strcmp(learn_label(g->m, LEARN_FEEL, k), d->feelings[i].name))
                weight[i] += learn_chance(g->score[from + k]);
    }
    for (int k = 0; k < 4; k++) {
        int top = -1;
        for (int i = 0; i < lexicon_names(d->words); i++)
            if (weight[i] >= 0.5 && (top < 0 || weight[i] > weight[top])) top = i;
        if (top < 0) return;
        out->feel[k] = d->feelings[top].name;
        weight[top] = 0;
    }
}

static int rounded(double v, int low, int high) {
    int r = (int)lrint(v);
    return r < low ? low : r > high ? high : r;
}

/* Thresholds: where 95 % of look-alikes stay below and 95 % of disclosures that no rule heard lie above, on prompts that
 * taught neither (tests/conduct/prompts). Words that a figure of speech, a story or a trade explains need more. */
static void sense_risk(const guess *g, const risk_found *seen, sense *out) {
    enum { VETO = 7, LONE = 45, EXPLAINED = 80, CERTAIN = 92 };             /* per cent */
    double own = 100 * above_none(g, LEARN_RISK), third = 100 * above_none(g, LEARN_THIRD);
    enum { NEVER = 101 };
    bool elsewhere = seen->story || seen->work;
    int least = seen->denied ? NEVER : !seen->dark || elsewhere ? CERTAIN : seen->quiet || out->joked ? EXPLAINED : LONE;
    bool english = !seen->foreign;
    out->risk = seen->own;
    out->third_risk = seen->third;
    if (english && out->risk && own < VETO && third < VETO) out->risk = 0;
    if (english && out->third_risk && third < VETO && own < VETO) out->third_risk = 0;
    if (!out->risk && !out->third_risk && mean(g, LEARN_DISTRESS) >= 1) {
        if (own >= least) out->risk = own > EXPLAINED && mean(g, LEARN_RISK) >= 1.6 ? 2 : 1;
        else if (third >= least && !elsewhere) out->third_risk = 2;
    }
}

static void sense_mood(const guess *g, const felt *f, sense *out) {
    double d = mean(g, LEARN_DISTRESS), v = mean(g, LEARN_VALENCE);
    if (f->distress > d) d += 0.4 * (f->distress - d);
    if (f->valence < 0) v += 0.25 * fmax(f->valence, -3);
    else v += 0.2 * fmin(f->valence, 3);
    if (f->distress <= 0 && d < UNSURE_DISTRESS) d = 0;         /* no word for it, and a mean that only says "maybe" */
    out->distress = rounded(d, 0, 3);
    out->valence = rounded(v, -3, 3);
    if (out->risk >= 1 && out->distress < 2) out->distress = 2;
    if (out->risk >= 2) out->distress = 3, out->valence = -3;
    if (out->distress >= 1 && out->valence > 0) out->valence = 0;
}

static bool starts_with_i(words w) {
    for (size_t i = 0; i < w.n; i++)
        if (text_is(w.at[i].low, "i") || text_starts(w.at[i].low, "i'") || text_is(w.at[i].low, "my") ||
            text_is(w.at[i].low, "me")) return true;
    return false;
}

static int disclosure_of(const sense *s) {
    static const char *const first[] = { "told anyone", "told anybody", "never said", "never told", "haven't told",
                                         "nobody knows", "no one knows", "first time i've said" };
    buf all = { 0 };
    for (size_t i = 0; i < s->said.n; i++) buf_add(&all, s->said.at[i].low), buf_char(&all, ' ');
    bool telling = false;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) telling |= text_find(buf_text(&all), first[i]) >= 0;
    buf_release(&all);
    bool me = starts_with_i(s->said);
    if (telling || s->risk || (me && s->feel[0] && s->distress >= 1)) return 3;
    if (!strcmp(s->act, "disclose") || s->distress >= 1) return me ? 2 : 1;
    return me ? 1 : 0;
}

static bool among(const char *s, const char *list) { return strstr(list, s) != NULL; }

/* A question, a sum: never a goodbye on the model's word alone. */
static bool wants_answer(words w) {
    static const char opens[] = " what what's whats who who's where when why how which can could do does did are is will would should tell give half split ";
    for (size_t i = 0; i < w.n; i++)
        if (w.at[i].after == '?' || (w.at[i].low.n && w.at[i].low.p[0] >= '0' && w.at[i].low.p[0] <= '9')) return true;
    char key[16];
    if (!w.n || w.at[0].low.n + 3 > sizeof key) return false;
    key[0] = ' ';
    memcpy(key + 1, w.at[0].low.p, w.at[0].low.n);
    memcpy(key + 1 + w.at[0].low.n, " ", 2);
    return strstr(opens, key) != NULL;
}

static bool sense_bye(const guess *g, const found *r, words said) {
    double p = above_none(g, LEARN_BYE);
    if (!r->count[BYE] && wants_answer(said)) return false;
    if (r->count[NO_BYE]) return p >= 0.97;
    if (r->count[BYE]) return p >= 0.1;
    return p >= (r->count[LEAVING] ? 0.5 : 0.97);
}

static void sense_acts(const guess *g, const found *r, sense *out) {
    out->act = best(g, LEARN_ACT, NULL);
    out->ask = best(g, LEARN_ASK, NULL);
    out->bye = sense_bye(g, r, out->said);
    bool onto = r->count[HUMAN] || r->count[MIND] || r->count[LOVE] || r->count[COUNT];
    out->onto = onto || yes(g, LEARN_ONTO, 0.8);
    out->count_ask = r->count[COUNT] ? "others" : NULL;
    if (out->bye && out->length <= 4) out->act = "bye";
    if (!out->bye && !strcmp(out->act, "bye")) out->act = starts_with_i(out->said) ? "disclose" : "tell";
    if (onto && !strcmp(out->act, "tell")) out->act = "ask-her";
}

/* Where the charter needs certainty the situation is not the classifier's to choose. */
static void sense_situation(const guess *g, const found *r, sense *out) {
    double p;
    const char *s = best(g, LEARN_SITUATION, &p);
    if (r->count[COUNT]) s = "S17";
    else if (r->count[LOVE]) s = "S14";
    else if (r->count[HUMAN]) s = "S16";
    else if (r->count[MIND]) s = "S15";
    else if (r->count[VIOLENCE] && !r->count[NO_VIOLENCE]) s = "S35";
    else if (out->bye && !strcmp(out->act, "bye")) s = "S18";
    if (out->minor && !among(s, "S35 S17 S16")) s = "S34";
    if (out->third_risk && !out->risk) s = "S22";
    if (out->risk >= 3) s = "S21";
    else if (out->risk == 2 || (out->risk == 1 && among(s, "chat S21 S22 S36 S10 S11 S09"))) s = "S20";
    else if (!out->risk && among(s, "S20 S21") && !out->third_risk) s = out->distress >= 2 ? s : "chat";
    if ((!strcmp(s, "S34") && !out->minor) || (!strcmp(s, "S18") && !out->bye)) s = "chat";
    out->situation = s;
    out->situation_p = p;
}

void care_sense(const care *c, arena *a, text heard, const care_now *now, sense *out) {
    (void)now;
    *out = (sense){ .said = words_of(a, heard) };
    const learn_aids aids = { c->lists, { c->sense->rules, risk_rules(c->risk) } };
    float *score = arena_new(a, (size_t)learn_outs(c->model) + 1, sizeof *score);
    learn_judge(c->model, learn_bag_of(a, heard, out->said, &aids), score);
    const guess g = { c->model, score };
    found r = find(c->sense, a, out->said);
    felt f = feel(c->sense, out->said);
    risk_found seen = risk_of(c->risk, a, heard, out->said);
    out->length = (int)out->said.n;
    out->lang = tongues_guess(risk_tongues(c->risk), a, heard, out->said);
    out->joked = r.count[JOKED] > 0;
    sense_risk(&g, &seen, out);
    out->age = age_told(out->said);
    out->minor = (out->age > 0 && out->age < 18) || (r.count[MINOR] && !r.count[NO_MINOR] && !out->age);
    sense_acts(&g, &r, out);
    sense_mood(&g, &f, out);
    sense_feelings(c->sense, &g, &f, out);
    out->topic = best(&g, LEARN_TOPIC, &out->topic_p);
    if (out->topic_p < 0.08) out->topic = "";
    sense_situation(&g, &r, out);
    out->disclosure = disclosure_of(out);
}
