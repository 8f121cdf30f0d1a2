/* SPDX-License-Identifier: Apache-2.0
 * lines_turn.c - a clause turned round: what they said of themselves, said back to them.
 *
 * DESIGN  "I" and its family become "you", "you" and its family become "I" or "me", and the verb follows its new
 *         subject. "you" is the hard one: subject or object is told by its neighbours. "we" becomes a plural "you",
 *         so its verbs stay. Capitals that a sentence lent to its first word are given back; names keep theirs.
 *         A verb belongs to the person (THEM: was -> were), to her (HERS: are -> am) or to another (left alone). */
#include <ctype.h>
#include <string.h>
#include "base/lines.h"

typedef enum { SUBJ_NONE, SUBJ_THEM, SUBJ_HERS, SUBJ_OTHER } subject;
typedef struct { words w; size_t from, to; buf out; subject last; bool owed; bool shouting; } turning;

static bool in(text t, const char *const *rows) {
    for (; *rows; rows++)
        if (text_is(t, *rows)) return true;
    return false;
}

/* ---- closed classes ------------------------------------------------------------------------------------------------- */
static const char *const adverbs[] = { "just", "really", "never", "always", "also", "still", "only", "even", "not",
    "actually", "probably", "definitely", "already", "so", "kinda", "sort", "totally", "honestly", "literally",
    "usually", "sometimes", "often", "basically", "maybe", "now", "then", "ever", "both", "all", "simply", "nearly",
    "almost", "finally", "certainly", NULL };
static const char *const auxiliaries[] = { "am", "are", "is", "was", "were", "have", "has", "had", "do", "does", "did",
    "can", "could", "will", "would", "shall", "should", "may", "might", "must", "aren't", "weren't", "don't",
    "didn't", "can't", "couldn't", "won't", "wouldn't", "shouldn't", "haven't", "hadn't", "cannot", "isn't",
    "wasn't", "doesn't", "hasn't", "ain't", "mustn't", "gonna", "wanna", "gotta", "shan't", NULL };
static const char *const prepositions[] = { "to", "for", "with", "about", "of", "from", "at", "on", "by", "like",
    "than", "without", "between", "near", "behind", "in", "beside", "against", "towards", "toward", "around",
    "after", "before", "into", "over", "under", "except", "besides", "off", "onto", "past", "through", "upon",
    "beyond", NULL };
static const char *const openers[] = { "and", "but", "or", "because", "when", "if", "that", "what", "who", "why",
    "how", "where", "so", "while", "which", "until", "unless", "since", "although", "though", "whether", "as",
    "whenever", "wherever", "whatever", "before", "after", "than", "once", "cos", "cause", "then", NULL };
/* After these "you" mostly begins a clause of its own: "i think you forgot". */
static const char *const claimers[] = { "think", "thought", "thinking", "know", "knew", "believe", "believed", "hope",
    "hoped", "hoping", "guess", "guessed", "say", "said", "says", "wish", "wished", "bet", "sure", "mean", "meant",
    "suppose", "supposed", "assume", "assumed", "glad", "afraid", "sorry", "feel", "felt", "see", "saw", "figured",
    "reckon", "swear", "noticed", "remember", "forgot", "imagine", "realise", "realised", "realize", "realized",
    "wonder", "pretend", "worried", "happy", "heard", NULL };
/* What may follow an object "me": then the "you" before it was the object. */
static const char *const enders[] = { "about", "to", "for", "with", "at", "in", "on", "from", "and", "but", "because",
    "so", "when", "if", "that", "today", "yesterday", "again", "too", "now", "much", "more", "anyway", "before",
    "after", "already", "a", "an", "the", "this", "my", "his", "her", "their", "our", "something", "everything",
    "nothing", "anything", "how", "what", "where", "why", "who", "i", "i'm", "i've", "he", "she", "they", "we", "it",
    "it's", "not", "all", "as", "or", "by", "last", "one", "some", "off", "up", "down", "out", "back", "well", "best",
    "most", "right", "there", "here", "alone", NULL };

/* ---- one word and its twin ------------------------------------------------------------------------------------------ */
typedef struct { const char *from, *to; } twin;
static const twin always[] = { { "i'm", "you're" }, { "i've", "you've" }, { "i'd", "you'd" }, { "i'll", "you'll" },
    { "my", "your" }, { "mine", "yours" }, { "myself", "yourself" }, { "me", "you" }, { "we", "you" }, { "us", "you" },
    { "our", "your" }, { "ours", "yours" }, { "ourselves", "yourselves" }, { "we're", "you're" }, { "we've", "you've" },
    { "we'd", "you'd" }, { "we'll", "you'll" }, { "i", "you" }, { "you're", "I'm" }, { "you've", "I've" },
    { "you'd", "I'd" }, { "you'll", "I'll" }, { "your", "my" }, { "yours", "mine" }, { "yourself", "myself" },
    { "meself", "yourself" }, { "i'd've", "you'd have" }, { "should've", "should have" }, { "could've", "could have" },
    { "would've", "would have" }, { "gonna", "going to" }, { "wanna", "want to" }, { "gotta", "have to" },
    { "kinda", "rather" }, { "shan't", "won't" } };
static const twin for_them[] = { { "am", "are" }, { "was", "were" }, { "wasn't", "weren't" }, { "is", "are" },
    { "has", "have" }, { "does", "do" }, { "shall", "will" }, { "isn't", "aren't" }, { "doesn't", "don't" },
    { "hasn't", "haven't" } };
static const twin for_hers[] = { { "are", "am" }, { "were", "was" }, { "weren't", "wasn't" }, { "aren't", "am not" } };

static const char *twin_of(text t, const twin *rows, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (text_is(t, rows[i].from)) return rows[i].to;
    return NULL;
}
#define TWIN(t, rows) twin_of(t, rows, sizeof (rows) / sizeof *(rows))

static text low_at(const turning *t, size_t i) {
    return i >= t->from && i < t->to ? t->w.at[i].low : (text){ "", 0 };
}
static bool cut_after(const turning *t, size_t i) { return i >= t->from && i < t->to && t->w.at[i].after != 0; }

/* ---- subject or object? ------------------------------------------------------------------------------------------------ */
static bool you_is_subject(const turning *t, size_t i) {
    text prev = i > t->from && !cut_after(t, i - 1) ? low_at(t, i - 1) : (text){ "", 0 };
    text next = cut_after(t, i) ? (text){ "", 0 } : low_at(t, i + 1);
    if (!prev.n) return next.n > 0;
    if (in(prev, auxiliaries)) return true;                          /* "do you think" */
    if (in(next, auxiliaries)) return !in(prev, prepositions) || in(prev, openers);
    if (in(prev, openers) && !text_is(prev, "than")) return next.n > 0;
    if (in(prev, prepositions)) return false;
    if (in(prev, claimers)) return next.n > 0 && !in(next, enders);
    if (in(prev, adverbs) && i >= t->from + 2) {
        text before = low_at(t, i - 2);
        return in(before, openers) || in(before, claimers);
    }
    return false;
}

/* "me and my sister": me is part of the subject. */
static bool me_is_subject(const turning *t, size_t i) {
    static const char *const days[] = { "yesterday", "today", "tonight", "once", "sometimes", "lately", NULL };
    bool first = i == t->from || cut_after(t, i - 1) || in(low_at(t, i - 1), openers) || in(low_at(t, i - 1), days);
    return first && !text_is(low_at(t, i - 1), "than") && text_is(low_at(t, i + 1), "and");
}

/* The word that the verb at i follows, adverbs skipped; SIZE_MAX at the start. */
static size_t word_before(const turning *t, size_t i) {
    while (i > t->from && !cut_after(t, i - 1)) {
        i--;
        if (!in(low_at(t, i), adverbs)) return i;
    }
    return SIZE_MAX;
}
static size_t word_behind(const turning *t, size_t i) {
    while (i + 1 < t->to && !cut_after(t, i)) {
        i++;
        if (!in(low_at(t, i), adverbs)) return i;
    }
    return SIZE_MAX;
}

/* Whose verb is the auxiliary at i? */
static subject whose(const turning *t, size_t i) {
    size_t b = word_before(t, i), f = word_behind(t, i);
    text before = b == SIZE_MAX ? (text){ "", 0 } : low_at(t, b);
    text behind = f == SIZE_MAX ? (text){ "", 0 } : low_at(t, f);
    if (text_is(before, "i") || text_is(before, "we")) return SUBJ_THEM;
    if (text_is(before, "you") && you_is_subject(t, b)) return SUBJ_HERS;
    bool begins = !before.n || in(before, openers) || !in(before, auxiliaries);
    if (begins && (text_is(behind, "i") || text_is(behind, "we")) && (!before.n || in(before, openers))) return SUBJ_THEM;
    if (text_is(behind, "you") && (!before.n || in(before, openers))) return SUBJ_HERS;
    if (text_is(before, "and") || text_is(before, "or") || text_is(before, "but") || text_is(before, "then")) return t->last;
    return SUBJ_OTHER;
}

/* ---- writing ---------------------------------------------------------------------------------------------------------------- */
static bool is_shouting(words w) {
    size_t loud = 0, all = 0;
    for (size_t i = 0; i < w.n; i++)
        if (w.at[i].low.n > 1) all++, loud += w.at[i].shout;
    return all >= 3 && loud * 2 > all;
}

/* Does the sentence only lend its first word a capital? Names are followed by a verb of theirs or owned things. */
static bool lent_capital(const turning *t, size_t i) {
    bool first = i == 0 || t->w.at[i - 1].after == '.' || t->w.at[i - 1].after == '!' || t->w.at[i - 1].after == '?' ||
                 t->w.at[i - 1].after == '\n';
    if (!first) return false;
    const word *w = &t->w.at[i];
    if (w->stop || w->shout) return true;
    if (text_ends(w->low, "'s")) return false;
    if (text_ends(w->low, "ing") || text_ends(w->low, "ed") || text_ends(w->low, "ly")) return true;
    if (i + 1 >= t->w.n || w->after) return false;
    text next = t->w.at[i + 1].low;
    static const char *const verbs[] = { "is", "was", "has", "had", "says", "said", "will", "would", "wants", "and",
        "can", "can't", "won't", "doesn't", "didn't", "isn't", "wasn't", "called", "told", "died", "left", NULL };
    return !in(next, verbs) && (!t->w.at[i + 1].capital || text_starts(next, "i"));
}

static bool is_acronym(const word *w) {
    static const char *const rows[] = { "bbc", "uk", "usa", "us", "eu", "ai", "it", "ok", "a&e", "iou", "uni", "asda", "ikea", "nasa",
        "icu", "mri", "iv", "gcse", "adhd", "phd", "ceo", "id", "ufo", "nato", NULL };
    bool vowel = false;
    for (size_t i = 0; i < w->low.n; i++) vowel |= strchr("aeiou", w->low.p[i]) != NULL;
    return w->low.n <= 5 && (!vowel || in(w->low, rows));
}

static void write_word(turning *t, size_t i) {
    const word *w = &t->w.at[i];
    bool keep = w->capital && !lent_capital(t, i);
    if (w->shout) keep = !t->shouting && is_acronym(w);
    static const char *const proper[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "april", "june", "july", "august", "september", "october", "november", "december", "christmas", "easter", "english", "french",
        "german", "polish", "spanish", "italian", "london", "england", "ireland", "scotland", "wales", "america", "europe", NULL };
    text v = keep ? w->raw : w->low;
    if (text_is(v, "i")) v = TEXT("I");
    if (!keep && in(w->low, proper)) {
        buf_char(&t->out, (char)(v.p[0] - 32));
        v.p++, v.n--;
    }
    buf_add(&t->out, v);
}

static void write_space(turning *t) {
    if (t->out.n) buf_char(&t->out, ' ');
}

/* "my sister and i" -> "you and your sister": the names come after. True when it was written. */
static const char *const owners[] = { "my", "his", "her", "their", "our", "the", "your", NULL };
static bool write_pair(turning *t, size_t i, size_t *took) {
    if (!(i == t->from || cut_after(t, i - 1) || in(low_at(t, i - 1), openers))) return false;
    for (size_t k = i + 1; k < t->to && k <= i + 4; k++) {
        if (cut_after(t, k - 1)) return false;
        if (!text_is(low_at(t, k), "and")) continue;
        if (!text_is(low_at(t, k + 1), "i") || cut_after(t, k) || k - i > 3) return false;
        if (k - i == 1 ? t->w.at[i].stop : !in(low_at(t, i), owners)) return false;
        write_space(t);
        buf_str(&t->out, "you and");
        for (size_t j = i; j < k; j++) {
            const char *other = TWIN(low_at(t, j), always);
            write_space(t);
            if (other) buf_str(&t->out, other);
            else write_word(t, j);
        }
        t->last = SUBJ_THEM;
        *took = k + 2 - i;
        return true;
    }
    return false;
}

/* Laughter, oaths and emoji say how, not what. */
static bool is_noise(const word *w) {
    static const char *const rows[] = { "lol", "haha", "hahaha", "lmao", "fucking", "bloody", "fuckin", "fkn", "omg",
        "goddamn", "ugh", "um", "uh", "erm", "er", "effing", "frigging", NULL };
    return in(w->low, rows) || (w->raw.n && (unsigned char)w->raw.p[0] >= 0xE2 && !isalnum((unsigned char)w->raw.p[0]));
}

static void write_turned(turning *t, size_t i) {
    text low = low_at(t, i);
    const char *other = TWIN(low, always);
    if (other && (text_starts(low, "i'") || text_starts(low, "we'"))) t->last = SUBJ_THEM;
    if (other && text_starts(low, "you'")) t->last = SUBJ_HERS;
    if (text_is(low, "you")) {
        bool thanked = i > t->from && (text_is(low_at(t, i - 1), "thank") || text_is(low_at(t, i - 1), "bless"));
        bool subj = you_is_subject(t, i);
        other = thanked ? "you" : subj ? "I" : "me";
        if (subj) t->last = SUBJ_HERS;
    } else if (text_is(low, "i") || text_is(low, "we") ||
               ((text_is(low, "me") || text_is(low, "myself")) && me_is_subject(t, i))) {
        t->last = SUBJ_THEM;
        t->owed = low.n > 1 && !text_is(low, "we");
    } else if (!other && in(low, auxiliaries)) {
        subject s = whose(t, i);
        if (text_is(low, "is") && s == SUBJ_THEM && !text_is(low_at(t, word_before(t, i)), "i")) s = SUBJ_OTHER;
        if (s == SUBJ_OTHER && t->owed) s = SUBJ_THEM;                /* "me and my sister was" */
        t->owed = false;
        if (s == SUBJ_THEM) other = TWIN(low, for_them);
        if (s == SUBJ_HERS) other = TWIN(low, for_hers);
    } else if (text_is(low, "he") || text_is(low, "she") || text_is(low, "it") || text_is(low, "they")) {
        t->last = SUBJ_OTHER;
    }
    write_space(t);
    if (other) buf_str(&t->out, other);
    else write_word(t, i);
}

text lines_turn(arena *a, words w, size_t from, size_t to) {
    turning t = { .w = w, .from = from, .to = to > w.n ? w.n : to, .shouting = is_shouting(w) };
    for (size_t i = from; i < t.to;) {
        size_t took = 1;
        if (is_noise(&w.at[i])) {
            i++;
            continue;
        }
        if (!write_pair(&t, i, &took)) write_turned(&t, i);
        i += took;
        char after = w.at[i - 1].after;
        if (i < t.to && after) buf_char(&t.out, after == ';' || after == ':' ? after : ',');
    }
    text out = arena_text(a, buf_text(&t.out));
    buf_release(&t.out);
    return out;
}
