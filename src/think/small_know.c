/* SPDX-License-Identifier: Apache-2.0
 * small_know.c - what a program can know: the hour, sums, measures, the calendar, letters and words, chance.
 *
 * DESIGN  What is worked out is an {answer}; how it is said is a named line of voice/moves/known.say. */
#include <ctype.h>
#include <string.h>
#include "base/clock.h"
#include "base/embed.h"
#include "base/hash.h"
#include "think/reckon.h"
#include "think/small.h"

static bool answered(telling *k, const char *id, text answer) {
    k->asked_for = true;
    tell_slot(k, "answer", answer);
    return tell_named(k, id);
}

/* ---- now ------------------------------------------------------------------------------------------------------------ */
static bool the_time(telling *k) {
    if (k->h.w.n > 12) return false;
    civil c = civil_local(k->p->now_ms);
    text here = arena_format(k->a, "%d:%02d", c.hour, c.minute);
    if (heard_is(k, "(what time is it|what's the time|whats the time|what is the time|the time) (in|over in|at) @x")) return answered(k, "know.time-there", here);
    if (heard_is(k, "(what time is it|what's the time|whats the time|what is the time|time is it|tell me the time|got the time|have you got the time|"
                   "what time do you have|do you know the time|do you have the time|current time)"))
        return answered(k, "know.time", here);
    text date = arena_format(k->a, "%s %d %s %d", civil_day_name[c.weekday], c.day, civil_month_name[c.month], c.year);
    if (heard_is(k, "(what day is it|what's the date|whats the date|what is the date|what date is it|what's today's date|what is today's date|today's date|"
                   "what day is today|which day is it|what's today|what is today|what day are we)( today| now)?$"))
        return answered(k, "know.date", date);
    if (heard_is(k, "what (year|month) (is it|are we in)")) return answered(k, "know.date", date);
    return false;
}

/* "how many years is that?": the year last spoken of, by them. */
static bool since_when(telling *k) {
    if (k->h.w.n > 9 || !heard_is(k, "how (many years|long) ?(ago|back) (is|was|would) (that|it)|how (many years|long) (is|was|would|does) (that|it) ?(be|make)?$")) return false;
    for (size_t i = k->p->n_before; i-- > 0 && i + 6 > k->p->n_before;) {
        const think_said *s = &k->p->before[i];
        if (s->hers) continue;
        words w = words_of(k->a, s->words);
        for (size_t j = w.n; j-- > 0;) {
            double y;
            size_t took;
            int now = civil_local(k->p->now_ms).year;
            if (w.at[j].low.n != 4 || !words_number(w, j, &y, &took) || y < 1850 || y > now) continue;
            return answered(k, "know.years", reckon_number(k->a, now - y));
        }
    }
    return false;
}

/* ---- sums, measures, days --------------------------------------------------------------------------------------------- */
static bool reckonings(telling *k) {
    double v;
    text t;
    switch (reckon_sum(k->a, k->p->heard, &v)) {
        case RECKON_YES: return answered(k, "know.sum", reckon_number(k->a, v));
        case RECKON_UNDEFINED: return tell_named(k, "know.sum-undefined");
        case RECKON_NO: break;
    }
    switch (reckon_unit(k->a, k->p->heard, k->h.w, &t)) {
        case RECKON_YES: return answered(k, "know.unit", t);
        case RECKON_UNDEFINED: return tell_named(k, "know.unit-undefined");
        case RECKON_NO: break;
    }
    bool us = k->p->locale && strcmp(k->p->locale, "US") == 0;
    return reckon_date(k->a, k->h.w, k->p->now_ms, us, &t) == RECKON_YES && answered(k, "know.day", t);
}

/* ---- letters and words ---------------------------------------------------------------------------------------------------- */
/* The word that is meant: the last one, quotes off. */
static const word *last_word(const telling *k) {
    size_t i = k->h.w.n;
    static const char *const tail[] = { "please", "samantha", "again", "then", "for", "me", NULL };
    while (i && grammar_is(k->h.w.at[i - 1].low, tail)) i--;
    return i ? &k->h.w.at[i - 1] : NULL;
}

/* voice/lexicon/spelling.txt: what is typed, what is meant. */
static text spelt_right(text low) {
    text all = embed_bytes("voice/lexicon/spelling.txt");
    while (all.n) {
        text row = text_trim(text_cut(&all, '\n'));
        if (!row.n || row.p[0] == '#') continue;
        text typed = text_cut(&row, ' ');
        if (text_eq(typed, low)) return text_trim(row);
    }
    return (text){ "", 0 };
}

static text letters_of(telling *k, text w) {
    buf b = { 0 };
    for (size_t i = 0; i < w.n;) {
        uint32_t cp;
        size_t n = text_next((text){ w.p + i, w.n - i }, &cp);
        if (b.n) buf_char(&b, '-');
        if (cp < 128) buf_char(&b, (char)toupper((int)cp));
        else buf_add(&b, (text){ w.p + i, n });
        i += n;
    }
    text t = arena_text(k->a, buf_text(&b));
    buf_release(&b);
    return t;
}

static bool spelling(telling *k) {
    if (k->h.w.n > 10 || !heard_is(k, "(how do (you|i|u) spell|can you spell|spell out|how to spell|spelling of|is it spelt|is it spelled)|how is * (spelt|spelled)|^spell")) return false;
    const word *w = last_word(k);
    if (!w || w->low.n < 2 || w->low.n > 30 || heard_is(k, "(spell|it|spelt|spelled|that)$")) return false;
    text right = spelt_right(w->low);
    tell_slot(k, "x", right.n ? right : w->low);
    return answered(k, right.n ? "know.spell" : "know.spell-as-typed", letters_of(k, right.n ? right : w->low));
}

static bool counting(telling *k) {
    text kept[2];
    const word *w = last_word(k);
    if (!w || k->h.w.n > 14) return false;
    if (heard_is(k, "how many letters (in|are in|are there in|has|does) *")) {
        size_t n = 0;
        for (size_t i = 0; i < w->low.n; i++) n += (unsigned char)w->low.p[i] < 0x80 ? isalpha((unsigned char)w->low.p[i]) != 0 : (w->low.p[i] & 0xC0) == 0xC0;
        tell_slot(k, "x", w->raw);
        return answered(k, "know.letters", reckon_number(k->a, (double)n));
    }
    if (heard_kept(k, "how many @x (in|are in|are there in) *", kept)) {
        text letter = kept[0];
        if (letter.n > 1 && (text_ends(letter, "'s") || text_ends(letter, "s"))) letter.n = 1;
        if (letter.n != 1 || !isalpha((unsigned char)letter.p[0]) || kept[0].n > 3) return false;
        size_t n = 0;
        for (size_t i = 0; i < w->low.n; i++) n += tolower((unsigned char)w->low.p[i]) == tolower((unsigned char)letter.p[0]);
        tell_slot(k, "x", w->raw);
        return answered(k, "know.letter-in", reckon_number(k->a, (double)n));
    }
    return false;
}

static bool backwards(telling *k) {
    const word *w = last_word(k);
    if (k->h.w.n > 8 || !w || w->low.n < 2 || w->low.n > 40) return false;
    if (!heard_is(k, "(backwards|reverse)") || heard_is(k, "(it|that) backwards")) return false;
    if (heard_is(k, "backwards$") && k->h.w.n >= 2) w = &k->h.w.at[k->h.w.n - 2];
    char *s = arena_new(k->a, w->low.n + 1, 1);
    for (size_t i = 0; i < w->low.n; i++) {
        if ((unsigned char)w->low.p[i] >= 0x80) return false;
        s[i] = w->low.p[w->low.n - 1 - i];
    }
    return answered(k, "know.backwards", (text){ s, w->low.n });
}

/* ---- chance ------------------------------------------------------------------------------------------------------------------ */
static bool chance(telling *k) {
    if (k->h.w.n > 14) return false;
    if (heard_is(k, "(flip|toss) (a|the) coin|heads or tails"))
        return answered(k, "know.coin", tell_dice(k, 2) ? TEXT("heads") : TEXT("tails"));
    if (heard_is(k, "(roll|throw) ?(a|the|some|two) (dice|die|d6)"))
        return answered(k, "know.die", arena_format(k->a, "%d", (int)tell_dice(k, 6) + 1));
    text kept[2];
    if (heard_kept(k, "(pick|choose|give me|random|think of) ?(me|us)? ?(a|any)? ?(random)? number (between|from) @x (and|to) @y", kept)) {
        words lo = words_of(k->a, kept[0]), hi = words_of(k->a, kept[1]);
        double a, b;
        size_t took;
        if (!lo.n || !hi.n || !words_number(lo, 0, &a, &took) || !words_number(hi, 0, &b, &took) || b <= a || b - a > 1e9) return false;
        return answered(k, "know.number", reckon_number(k->a, a + (double)tell_dice(k, (uint64_t)(b - a) + 1)));
    }
    return false;
}

/* ---- names and numbers of this house ---------------------------------------------------------------------------------------------- */
static bool names(telling *k) {
    if (k->h.w.n > 10) return false;
    if (heard_is(k, "(what's|what is|whats) your ?(good|first|full|own) name|who are you called|what (do|should|can) i call you|(do you have|have you got) a name|your name$"))
        return tell_named(k, "know.her-name");
    if (heard_is(k, "(what's|what is|whats) my name|(do you )?(know|remember) my name|who am i$")) {
        if (!k->p->name || !*k->p->name) return tell_named(k, "know.no-name");
        return answered(k, "know.their-name", text_of(k->p->name));
    }
    return false;
}

/* ---- meanings ------------------------------------------------------------------------------------------------------------------------ */
/* voice/lexicon/meanings.txt: "word: what it means", in our own words. */
static bool meaning(telling *k) {
    text kept[2];
    if (k->h.w.n > 12 || (!heard_kept(k, "know what ?(a|an) @x (is|are|means)$", kept) && !heard_kept(k, "^what means @x$", kept) && !heard_kept(k, "^(what's|what is|whats|what are) ?(a|an|the) @x$", kept) &&
                          !heard_kept(k, "what does ?(the word)? @x (mean|stand for)", kept) && !heard_kept(k, "(what's|what is|whats) ?the meaning of @x", kept) &&
                          !heard_kept(k, "(define|definition of|meaning of) @x", kept) && !heard_kept(k, "^(what's|what is|whats) (a|an)? ?@x$", kept))) return false;
    if (!kept[0].n) return false;
    if (text_starts(kept[0], "to ")) kept[0].p += 3, kept[0].n -= 3;
    text all = embed_bytes("voice/lexicon/meanings.txt");
    while (all.n) {
        text row = text_trim(text_cut(&all, '\n'));
        if (!row.n || row.p[0] == '#') continue;
        text name = text_cut(&row, ':');
        if (!text_eq(name, kept[0])) continue;
        tell_slot(k, "x", name);
        return answered(k, "know.meaning", text_trim(row));
    }
    return false;
}

bool small_know(telling *k) {
    if (!k->h.w.n) return false;
    return the_time(k) || since_when(k) || reckonings(k) || spelling(k) || counting(k) || backwards(k) || chance(k) || names(k) || meaning(k);
}
