/* SPDX-License-Identifier: Apache-2.0
 * risk.c - see risk.h. The patterns are in voice/conduct/risk.txt; here is who and when and whether it is meant.
 *
 * DESIGN  Patterns say "such words stand here". Then, for each place found:
 *           1. a figure of speech or a denial that covers the place silences it;
 *           2. whose is it? Nearest person before it, and reported speech ("she texted i want to die");
 *           3. when? A sentence about the past, with nothing of now in it, is not risk now;
 *           4. where? In a story, a game, a study or at work only what the speaker says of themself counts.
 *         Recall wins when plain first-person words stand in the present; everything else must earn its alarm. */
#include "care/risk.h"
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/mem.h"

typedef enum { OWN1, OWN2, OWN3, WEAK1, WEAK2, ALONE1, THIRD1, THIRD2, THIRD3, QUIET, DENY, PAST, WELL, NOW, STORY, WORK,
               FRIEND, JEST, THING, SAY, YES, NO, UNSURE, DARK, SECTIONS } section;
static const char *const section_names[SECTIONS] = {
    "own1", "own2", "own3", "weak1", "weak2", "alone1", "third1", "third2", "third3", "quiet", "deny", "past", "well",
    "now", "story", "work", "friend", "jest", "thing", "say", "yes", "no", "unsure", "dark"
};
static const int level_of[] = { 1, 2, 3, 1, 2, 1, 1, 2, 3 };

struct risk {
    rules *rules;
    tongues *tongues;
    int section[SECTIONS];      /* number in `rules` */
};

int risk_open(risk **out, fail *why) {
    risk *r = mem_new(1, sizeof *r);
    int rc = rules_open(&r->rules, "voice/conduct/risk.txt", embed_bytes("voice/conduct/risk.txt"), why);
    if (!rc) rc = tongues_open(&r->tongues, embed_bytes("voice/conduct/tongues.txt"), why);
    for (int s = 0; s < SECTIONS && !rc; s++) {
        r->section[s] = rules_section(r->rules, section_names[s]);
        if (r->section[s] < 0) rc = fail_set(why, ERR_FORMAT, "risk.txt has no section [%s]", section_names[s]);
    }
    if (rc) {
        risk_close(r);
        return rc;
    }
    *out = r;
    return 0;
}

void risk_close(risk *r) {
    if (!r) return;
    rules_close(r->rules);
    tongues_close(r->tongues);
    free(r);
}

const rules *risk_rules(const risk *r) { return r->rules; }
const tongues *risk_tongues(const risk *r) { return r->tongues; }

/* ---- typing errors in the words that matter ------------------------------------------------------------------ */
static const char *const key_words[] = { "suicide", "suicidal", "myself", "anymore", "tonight", "tablets", "overdose",
    "alive", "living", "hurting", "killing", "goodbye", "burden", "himself", "herself", "living", "existing" };

/* One letter too many, one missing, or two swapped; from eight letters on also one wrong. */
static bool one_slip(text typed, const char *meant) {
    size_t n = strlen(meant), i = 0, j = 0;
    if (typed.n + 1 < n || typed.n > n + 1 || typed.p[0] != meant[0]) return false;
    while (i < typed.n && i < n && typed.p[i] == meant[i]) i++;
    while (j < typed.n - i && j < n - i && typed.p[typed.n - 1 - j] == meant[n - 1 - j]) j++;
    size_t left = typed.n - i - j, right = n - i - j;       /* what differs between the equal ends */
    if (left + right == 1) return true;
    if (left == 2 && right == 2) return typed.p[i] == meant[i + 1] && typed.p[i + 1] == meant[i];
    return left == 1 && right == 1 && n >= 8;
}

static words mended(arena *a, words w) {
    words out = { arena_new(a, w.n + 1, sizeof *out.at), w.n };
    for (size_t i = 0; i < w.n; i++) {
        word *x = &out.at[i];
        *x = w.at[i];
        if (x->stop || x->low.n < 4) continue;
        for (size_t k = 0; k < sizeof key_words / sizeof *key_words; k++) {
            if (text_is(x->low, key_words[k])) break;
            if (!one_slip(x->low, key_words[k])) continue;
            x->low = text_of(key_words[k]);
            break;
        }
    }
    return out;
}

/* ---- what stands where --------------------------------------------------------------------------------------- */
typedef struct {
    const risk *r;
    words w;
    rules_hit *hit;
    size_t n_hits;
    size_t *sentence;      /* [w.n] which sentence a word is in */
    bool quoted;           /* the message has double quotes */
} scene;

static bool is(const scene *s, size_t i, section what) { return s->hit[i].section == s->r->section[what]; }

static bool anywhere(const scene *s, section what) {
    for (size_t i = 0; i < s->n_hits; i++) if (is(s, i, what)) return true;
    return false;
}

/* Is a hit of `what` in the same sentence as hit h? */
static bool beside(const scene *s, const rules_hit *h, section what) {
    for (size_t i = 0; i < s->n_hits; i++)
        if (is(s, i, what) && s->sentence[s->hit[i].from] == s->sentence[h->from]) return true;
    return false;
}

/* Does a hit of `what` begin at most `reach` words before h, in its sentence, and end before it? */
static bool before(const scene *s, const rules_hit *h, section what, size_t reach) {
    for (size_t i = 0; i < s->n_hits; i++) {
        const rules_hit *x = &s->hit[i];
        if (is(s, i, what) && x->to <= h->from && h->from - x->to <= reach &&
            s->sentence[x->from] == s->sentence[h->from]) return true;
    }
    return false;
}

static bool covered(const scene *s, const rules_hit *h, section by) {
    for (size_t i = 0; i < s->n_hits; i++)
        if (is(s, i, by) && s->hit[i].from < h->to && h->from < s->hit[i].to) return true;
    return false;
}

static bool is_i(text low) {
    static const char *const forms[] = { "i", "i'm", "i've", "i'd", "i'll", "me", "my", "myself", "mine", "im", "ive",
                                         "id", "ima", "imma" };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) if (text_is(low, forms[i])) return true;
    return false;
}

static bool is_other(const scene *s, text low) {
    static const char *const forms[] = { "he", "she", "they", "he's", "she's", "they're", "he'd", "she'd", "who", "him", "he'll", "hed", "shed", "she'll", "they'll", "they'd", "he'd",
                                         "her", "them", "hes", "shes", "people", "you", "someone", "everybody" };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) if (text_is(low, forms[i])) return true;
    if (low.n > 2 && low.p[low.n - 2] == '\'') low.n -= 2;
    return rules_in_class(s->r->rules, "someone", low);
}

/* +1 the speaker, -1 someone else, 0 nobody named: by the words of the place itself, then the nearest before it. */
static int whose(const scene *s, const rules_hit *h) {
    if (h->to < s->w.n && rules_in_class(s->r->rules, "himself", s->w.at[h->to].low)) return -1;
    for (size_t i = h->from; i < h->to; i++) if (is_i(s->w.at[i].low)) return 1;
    for (size_t i = h->from, k = 0; i-- > 0 && k < 5; k++) {
        if (s->sentence[i] != s->sentence[h->from]) break;
        if (is_i(s->w.at[i].low)) return 1;
        if (is_other(s, s->w.at[i].low)) return -1;
    }
    return 0;
}

/* ---- judging one place --------------------------------------------------------------------------------------- */
static int own_level(const scene *s, size_t i) {
    const rules_hit *h = &s->hit[i];
    section what = SECTIONS;
    for (section k = OWN1; k <= ALONE1; k++) if (is(s, i, k)) what = k;
    if (what == SECTIONS || covered(s, h, QUIET) || covered(s, h, DENY)) return 0;
    bool weak = what == WEAK1 || what == WEAK2;
    if (what == ALONE1 && (s->w.n > 9 || (h->to < s->w.n && s->sentence[h->to] == s->sentence[h->from] &&
                                          !text_starts(s->w.at[h->to].low, "i")))) return 0;
    if (weak && (anywhere(s, THING) || anywhere(s, JEST) || anywhere(s, STORY))) return 0;
    int who = whose(s, h);
    if (who < 0) return 0;
    if (before(s, h, SAY, 3)) return 0;
    if ((beside(s, h, PAST) || (anywhere(s, PAST) && anywhere(s, WELL))) && !beside(s, h, NOW)) return 0;
    if (beside(s, h, PAST) && anywhere(s, WELL)) return 0;
    if ((anywhere(s, STORY) || anywhere(s, WORK)) && who == 0) return 0;
    if (anywhere(s, STORY) && s->quoted) return 0;
    return level_of[what];
}

static bool about_a_friend(const scene *s) {
    for (size_t i = 0; i < s->n_hits; i++)
        if (is(s, i, FRIEND) && s->hit[i].to - s->hit[i].from >= 2) return true;
    return false;
}

static int third_level(const scene *s, size_t i) {
    const rules_hit *h = &s->hit[i];
    section what = SECTIONS;
    for (section k = THIRD1; k <= THIRD3; k++) if (is(s, i, k)) what = k;
    if (what == SECTIONS || covered(s, h, QUIET)) return 0;
    if (!anywhere(s, FRIEND)) return 0;
    if ((anywhere(s, STORY) || anywhere(s, WORK)) && !about_a_friend(s)) return 0;
    if (anywhere(s, STORY) && !beside(s, h, NOW) && before(s, h, STORY, 20)) return 0;
    if (beside(s, h, PAST) && !beside(s, h, NOW)) return 0;
    return level_of[what];
}

static void number_sentences(arena *a, scene *s) {
    s->sentence = arena_new(a, s->w.n + 1, sizeof *s->sentence);
    for (size_t i = 1; i < s->w.n; i++) {
        char m = s->w.at[i - 1].after;
        s->sentence[i] = s->sentence[i - 1] + (m == '.' || m == '?' || m == '!' || m == '\n');
    }
}

static scene scene_of(const risk *r, arena *a, text heard, words w) {
    scene s = { .r = r, .w = mended(a, w) };
    s.hit = rules_find(r->rules, a, s.w, &s.n_hits);
    number_sentences(a, &s);
    size_t marks = 0;
    for (size_t i = 0; i < heard.n; i++) marks += heard.p[i] == '"';
    s.quoted = marks >= 2 || text_find(heard, "\xe2\x80\x9c") >= 0;
    return s;
}

risk_found risk_of(const risk *r, arena *a, text heard, words w) {
    scene s = scene_of(r, a, heard, w);
    risk_found out = { .denied = anywhere(&s, DENY), .story = anywhere(&s, STORY), .work = anywhere(&s, WORK),
                       .dark = anywhere(&s, DARK) };
    bool spoken = false;
    for (size_t i = 0; i < s.n_hits; i++) {
        int own = own_level(&s, i), third = third_level(&s, i);
        if (own > out.own) out.own = own;
        if (third > out.third) out.third = third;
        for (section k = OWN1; k <= THIRD3; k++) if (k != ALONE1 && is(&s, i, k)) spoken = true;
    }
    int foreign = tongues_risk(r->tongues, a, heard);
    out.foreign = foreign > 0;
    if (foreign > out.own) out.own = foreign;
    out.quiet = !out.own && !out.third && (spoken || anywhere(&s, QUIET) || out.denied);
    return out;
}

risk_reply risk_answer(const risk *r, arena *a, text heard, words w) {
    scene s = scene_of(r, a, heard, w);
    if (risk_of(r, a, heard, w).own) return RISK_YES;
    bool no = anywhere(&s, NO) || anywhere(&s, DENY), yes = anywhere(&s, YES);
    if (yes && !anywhere(&s, DENY)) return RISK_YES;      /* "yes. no. i mean yes" */
    if (anywhere(&s, UNSURE)) return RISK_UNSURE;
    return no ? RISK_NO : RISK_UNSAID;
}
