/* SPDX-License-Identifier: Apache-2.0
 * grammar.c - see grammar.h.
 *
 * DESIGN  Closed classes are tables; open classes are told by the lexicon (verbs with their forms, adjectives, first
 *         names), by endings, and above all by what stands before: after "my" comes a thing, after "i" a deed. One pass,
 *         left to right. It need not be right about every word; what is built on it refuses when in doubt. */
#include "think/grammar.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/hash.h"
#include "base/mem.h"

/* ---- closed classes ---------------------------------------------------------------------------------------------- */
typedef struct { const char *list; word_kind kind; bool finite; } closed_row;
static const closed_row closed[] = {
    { " the a an this these those some any every each another no both many few several all half ", W_DET, false },
    { " my your our their its his whose ", W_POSS, false },
    { " i he she they we everyone everybody someone somebody nobody anyone anybody no-one noone nothing everything "
      "something it ", W_SUBJ, false },
    { " i'm he's she's they're we're you're it's that's there's i've you've we've they've i'd you'd he'd she'd we'd "
      "they'd i'll you'll he'll she'll we'll they'll it'll it'd who's what's everyone's nobody's everything's here's "
      "nothing's something's that'll someone's there'll there'd that'd who'll who'd who've this'll somebody's anyone's ", W_SUBJ, true },
    { " me him them us myself yourself himself herself itself ourselves themselves mine yours hers theirs ours ", W_OBJ, false },
    { " of in on at for with from about by into over under without near like than after before during through between "
      "behind beside against towards toward around off onto past across along inside outside above below except despite "
      "via per upon among beyond within down up out back away ", W_PREP, false },
    { " to ", W_TO, false },
    { " and or but because so if when while although though unless until till since whereas whenever wherever cos cause "
      "as that then plus nor til whether ", W_CONJ, false },
    { " am is are was were have has had do does did can could will would shall should may might must isn't aren't wasn't "
      "weren't haven't hasn't hadn't don't doesn't didn't can't couldn't won't wouldn't shouldn't cannot mustn't ain't "
      "gonna gotta wanna needn't mightn't ", W_AUX, true },
    { " not never just really very too so quite also even still already always often sometimes usually maybe perhaps "
      "only again now then today yesterday tomorrow tonight here there almost nearly finally actually basically "
      "literally probably definitely together forever once twice ever yet soon later lately recently rather pretty kinda "
      "ago enough much more most less least else anyway however instead otherwise anymore nowadays home abroad upstairs "
      "downstairs everywhere nowhere somewhere anywhere inside outside alone properly tho though ", W_ADV, false },
    { " what who which where why how whom ", W_WH, false },
    { " yes no yeah yep nope nah ok okay oh ah ugh hey hi hello well lol haha hahaha please thanks thank sorry hmm wow omg "
      "hm mm erm um uh eh aw aww ooh yay lmao cheers bye right sure tbh ngl idk x xx xxx rofl ffs smh btw imo ", W_INTJ, false },
};

bool grammar_is(text low, const char *const *rows) {
    for (; *rows; rows++)
        if (text_is(low, *rows)) return true;
    return false;
}

static bool in_list(text low, const char *list) {
    char key[40];
    if (low.n == 0 || low.n + 3 > sizeof key) return false;
    key[0] = ' ';
    memcpy(key + 1, low.p, low.n);
    key[low.n + 1] = ' ';
    key[low.n + 2] = '\0';
    return strstr(list, key) != NULL;
}

bool grammar_is_time(text low) {
    return in_list(low, " day days week weeks month months year years hour hours minute minutes second morning mornings "
                        "afternoon afternoons evening evenings night nights today yesterday tomorrow tonight weekend weekends "
                        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays "
                        "fridays saturdays sundays january february march april june july august september october november "
                        "december time times moment while ages midnight noon lunchtime date decade decades century ");
}

bool grammar_is_filler(text low) {
    return in_list(low, " well so like honestly anyway ok okay oh ah ugh hey hi hello lol haha hahaha tbh basically look "
                        "listen and but yeah yes no nah because cos actually um uh erm hmm right then also plus god omg "
                        "literally apparently obviously seriously sorry please mm hm wow anyways frankly luckily sadly "
                        "btw fyi ngl lmao alright er ah aw ooh yep nope or cause yay damn jesus christ gosh thankfully "
                        "unfortunately hopefully suddenly now today yesterday tonight ");
}

bool grammar_dangles(const tag *t, text low) {
    static const char *const ends[] = { "very", "so", "too", "just", "really", "quite", "not", "never", "than", "because",
        "more", "most", "also", "even", "rather", "still", "be", "being", "been", "got", "like", "who", "what", "which", "why",
        "i", "as", "says", "said", "saying", "keeps", "keep", "pretty", "almost", "nearly", "having", "only", "then", "i'm", "it's", "he's", "she's", "is", NULL };
    static const char *const parts[] = { "up", "out", "down", "off", "back", "away", "over", "in", "on", "about", "through",
        "around", "along", "by", "behind", "inside", "outside", "before", "after", "across", "past", NULL };
    if (grammar_is(low, ends)) return true;
    switch (t->kind) {
        case W_DET: return !in_list(low, " this these those some any another both all many few several half each ");
        case W_POSS: return !text_is(low, "his");
        case W_CONJ: case W_WH: case W_TO: return true;
        case W_PREP: return !grammar_is(low, parts);
        case W_AUX: return in_list(low, " is are was were am the will would can could should must have has ");
        case W_SUBJ: return t->finite;
        default: return false;
    }
}

/* ---- the lexicon ----------------------------------------------------------------------------------------------------- */
typedef struct { text low; unsigned bits; } lex_row;
struct grammar { arena mem; lex_row *row; size_t cap, n; };

static lex_row *lex_slot(const grammar *g, text low) {
    size_t i = hash_fnv(low) & (g->cap - 1);
    while (g->row[i].low.p && !text_eq(g->row[i].low, low)) i = (i + 1) & (g->cap - 1);
    return &g->row[i];
}

static void lex_add(grammar *g, text low, unsigned bits) {
    if (!low.n || g->n * 2 > g->cap) return;
    lex_row *r = lex_slot(g, low);
    if (!r->low.p) {
        r->low = arena_text(&g->mem, low);
        g->n++;
    }
    r->bits |= bits;
}

static bool vowel(char c) { return c && strchr("aeiou", c); }

/* "stop" -> "stopp" before -ed and -ing: short words ending consonant, vowel, consonant. */
static bool doubles(text b) {
    if (b.n < 3) return false;
    char x = b.p[b.n - 3], y = b.p[b.n - 2], z = b.p[b.n - 1];
    if (vowel(x) || !vowel(y) || vowel(z) || strchr("wxy", z)) return false;
    return b.n <= 4 || in_list(b, " cancel travel quarrel admit forget begin regret prefer refer commit grovel label scrap "
                                  "propel rebel dispel occur compel ");
}

static void verb_forms(grammar *g, text b, bool regular) {
    int n = (int)b.n;
    char last = b.p[b.n - 1], before = b.n > 1 ? b.p[b.n - 2] : 0;
    bool hiss = text_ends(b, "s") || text_ends(b, "sh") || text_ends(b, "ch") || text_ends(b, "x") || text_ends(b, "z");
    bool y = last == 'y' && !vowel(before);
    text s = y ? arena_format(&g->mem, "%.*sies", n - 1, b.p)
               : arena_format(&g->mem, "%.*s%s", n, b.p, hiss || last == 'o' ? "es" : "s");
    lex_add(g, s, LEX_S);
    bool twice = doubles(b);
    text ing = last == 'e' && before != 'e' ? arena_format(&g->mem, "%.*sing", text_ends(b, "ie") ? n - 2 : n - 1, b.p)
                                            : arena_format(&g->mem, "%.*s%.*sing", n, b.p, twice, &last);
    if (text_ends(b, "ie")) ing = arena_format(&g->mem, "%.*sying", n - 2, b.p);
    lex_add(g, ing, LEX_ING);
    if (!regular) return;
    text ed = last == 'e' ? arena_format(&g->mem, "%.*sd", n, b.p)
              : y         ? arena_format(&g->mem, "%.*sied", n - 1, b.p)
                          : arena_format(&g->mem, "%.*s%.*sed", n, b.p, twice, &last);
    lex_add(g, ed, LEX_PAST | LEX_PART);
}

static void verb_line(grammar *g, text t) {
    text base = text_cut(&t, ' '), past = text_cut(&t, ' '), part = text_cut(&t, ' ');
    lex_add(g, base, LEX_BASE);
    verb_forms(g, base, past.n == 0);
    while (past.n) lex_add(g, text_cut(&past, '/'), LEX_PAST | LEX_IRREGULAR);
    while (part.n) lex_add(g, text_cut(&part, '/'), LEX_PART | LEX_IRREGULAR);
}

static void adjective_line(grammar *g, text t) { lex_add(g, t, LEX_ADJ); }

static void name_line(grammar *g, text t) {
    text name = text_cut(&t, ' '), sex = text_cut(&t, ' ');
    unsigned bits = LEX_NAME | (text_is(t, "word") ? LEX_NAME_WORD : 0u);
    if (text_is(sex, "f")) bits |= LEX_SHE;
    if (text_is(sex, "m")) bits |= LEX_HE;
    lex_add(g, name, bits);
}

/* "sad 2 -2: sad, unhappy, let down": single words that name a feeling which weighs. */
static void feeling_line(grammar *g, text t) {
    text head = text_cut(&t, ':');
    text_cut(&head, ' ');
    if (!head.n || head.p[0] < '1' || head.p[0] > '9') return;
    while (t.n) {
        text w = text_trim(text_cut(&t, ','));
        if (w.n && !memchr(w.p, ' ', w.n)) lex_add(g, w, LEX_FEEL);
    }
}

static int lex_file(grammar *g, const char *file, void (*add)(grammar *, text), fail *why) {
    text all = embed_bytes(file);
    if (!all.p) return fail_set(why, ERR_MISSING, "%s is missing from this build", file);
    while (all.n) {
        text t = text_trim(text_cut(&all, '\n'));
        if (t.n && t.p[0] != '#') add(g, t);
    }
    return 0;
}

int grammar_open(grammar **out, fail *why) {
    grammar *g = mem_new(1, sizeof *g);
    g->cap = 32768;
    g->row = mem_new(g->cap, sizeof *g->row);
    int err = lex_file(g, "voice/lexicon/verbs.txt", verb_line, why);
    if (!err) err = lex_file(g, "voice/lexicon/adjectives.txt", adjective_line, why);
    if (!err) err = lex_file(g, "voice/lexicon/names.txt", name_line, why);
    if (!err) err = lex_file(g, "voice/lexicon/feelings.txt", feeling_line, why);
    if (err) {
        grammar_close(g);
        return err;
    }
    *out = g;
    return 0;
}

void grammar_close(grammar *g) {
    if (!g) return;
    free(g->row);
    arena_release(&g->mem);
    free(g);
}

unsigned grammar_lex(const grammar *g, text low) {
    if (low.n > 2 && text_ends(low, "'s")) low.n -= 2;
    return lex_slot(g, low)->bits;
}

/* ---- tagging ------------------------------------------------------------------------------------------------------------- */
typedef struct {
    const grammar *g;
    words w;
    tag *t;
    bool has_finite;        /* the clause so far has its verb            */
} tagging;

static bool ends_any(text low, const char *list) {
    while (*list) {
        size_t n = strcspn(list, " ");
        if (low.n > n + 2 && memcmp(low.p + low.n - n, list, n) == 0) return true;
        list += n + (list[n] == ' ');
    }
    return false;
}

static unsigned guess(text low, unsigned bits) {
    if (bits & ~(unsigned)(LEX_NAME | LEX_NAME_WORD | LEX_SHE | LEX_HE | LEX_FEEL)) return bits;
    if (ends_any(low, "ful less ous ish able ible")) bits |= LEX_ADJ;
    return bits;
}

static const closed_row *closed_of(text low) {
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (in_list(low, closed[i].list)) return &closed[i];
    return NULL;
}

/* The tag before i that matters, adverbs skipped; W_NONE at the start of a clause. */
static tag before_of(const tagging *k, size_t i) {
    while (i > 0 && !k->w.at[i - 1].after) {
        i--;
        if (k->t[i].kind != W_ADV) return k->t[i];
    }
    return (tag){ W_NONE, false, 0 };
}

static bool nounish(const tagging *k, size_t i) {          /* might the word at i be a thing, or belong to one? */
    if (i >= k->w.n || i == 0 || k->w.at[i - 1].after) return false;
    text low = k->w.at[i].low;
    return !closed_of(low) && !ends_any(low, "ly") && !text_is(low, "you");
}

/* Does a verb with tense stand right behind i? Then the word at i is who did it. */
static bool verb_follows(const tagging *k, size_t i) {
    if (i + 1 >= k->w.n || k->w.at[i].after) return false;
    text next = k->w.at[i + 1].low;
    const closed_row *c = closed_of(next);
    if (c) return c->kind == W_AUX;
    unsigned bits = grammar_lex(k->g, next);
    return (bits & (LEX_PAST | LEX_S)) && !(bits & LEX_ADJ);
}

static tag noun(unsigned bits) { return (tag){ W_NOUN, false, bits }; }
static tag verb(unsigned bits, bool finite) { return (tag){ W_VERB, finite, bits }; }

static tag tag_at_start(const tagging *k, size_t i, unsigned bits) {
    if (verb_follows(k, i) && !((bits & LEX_PAST) && (bits & LEX_IRREGULAR))) return noun(bits);
    if (bits & LEX_ADJ) return (tag){ W_ADJ, false, bits };
    if (bits & LEX_PAST) return verb(bits, true);
    if (bits & (LEX_ING | LEX_PART)) return verb(bits, false);
    if ((bits & LEX_BASE) && i + 1 < k->w.n && !k->w.at[i].after) {
        const closed_row *c = closed_of(k->w.at[i + 1].low);
        if (c && (c->kind == W_DET || c->kind == W_POSS || c->kind == W_OBJ || c->kind == W_TO || c->kind == W_SUBJ))
            return verb(bits, true);
        if (in_list(k->w.at[i + 1].low, " her you ")) return verb(bits, true);
        if (grammar_lex(k->g, k->w.at[i + 1].low) & LEX_ADJ) return verb(bits, false);   /* "go and act normal" */
    }
    return noun(bits);
}

static tag tag_after_thing(const tagging *k, size_t i, unsigned bits, tag p) {
    bool plural = i > 0 && text_ends(k->w.at[i - 1].low, "s");
    if (!k->has_finite && (bits & (LEX_PAST | LEX_S))) return verb(bits, true);
    if (!k->has_finite && (bits & LEX_BASE) && !(bits & LEX_ADJ) && plural && p.kind == W_NOUN) return verb(bits, true);
    if (!k->has_finite && (bits & LEX_BASE) && i + 1 < k->w.n && !k->w.at[i].after) {     /* "my team enter the field" */
        const closed_row *c = closed_of(k->w.at[i + 1].low);
        if (c && (c->kind == W_DET || c->kind == W_POSS || c->kind == W_OBJ)) return verb(bits, true);
    }
    if (!k->has_finite && text_ends(k->w.at[i].low, "ed") && !(bits & LEX_ADJ) && k->w.at[i].low.n > 4) return verb(bits, true);
    if ((bits & LEX_ING) || ((bits & LEX_PART) && k->has_finite)) return verb(bits, false);
    if ((bits & LEX_ADJ) && k->has_finite) return (tag){ W_ADJ, false, bits };
    return noun(bits);
}

/* Behind "doesn't", "will" … even an unknown word is a verb. */
static bool takes_base(const tagging *k, size_t i) {
    while (i > 0 && k->t[i - 1].kind == W_ADV) i--;
    return i > 0 && in_list(k->w.at[i - 1].low, " do does did don't doesn't didn't can could will would should may might must can't "
                                                "couldn't won't wouldn't shouldn't cannot ");
}

static bool pronoun_before(const tagging *k, size_t i) {
    while (i > 0 && k->t[i - 1].kind == W_ADV) i--;
    return i > 0 && in_list(k->w.at[i - 1].low, " i he she they we ");
}

static tag tag_open(const tagging *k, size_t i) {
    text low = k->w.at[i].low;
    unsigned bits = guess(low, grammar_lex(k->g, low));
    tag p = before_of(k, i);
    bool sure_name = (bits & LEX_NAME) && !(bits & LEX_NAME_WORD) && !(bits & (LEX_ADJ | LEX_BASE | LEX_PAST));
    bool first = i == 0 || (k->w.at[i - 1].after && k->w.at[i - 1].after != ',');
    if (sure_name || (k->w.at[i].capital && !first && !k->w.at[i].shout)) return (tag){ W_NAME, false, bits };
    if (text_ends(low, "ly") && low.n > 4 && !(bits & (LEX_ADJ | LEX_BASE))) return (tag){ W_ADV, false, bits };
    switch (p.kind) {
        case W_DET: case W_POSS: case W_NUM:
            return ((bits & (LEX_ADJ | LEX_PART)) && nounish(k, i + 1)) ? (tag){ W_ADJ, false, bits } : noun(bits);
        case W_ADJ:
            if ((bits & LEX_ADJ) && nounish(k, i + 1)) return (tag){ W_ADJ, false, bits };
            return k->has_finite && (bits & LEX_ING) ? verb(bits, false) : noun(bits);
        case W_PREP: return (bits & LEX_ING) ? verb(bits, false) : (bits & LEX_ADJ) && nounish(k, i + 1) ? (tag){ W_ADJ, false, bits } : noun(bits);
        case W_TO: return (bits & LEX_BASE) ? verb(bits, false) : noun(bits);
        case W_SUBJ:
            if (p.finite) return (bits & (LEX_ING | LEX_PART)) ? verb(bits, false) : (bits & LEX_ADJ) ? (tag){ W_ADJ, false, bits }
                                 : (bits & LEX_BASE) ? verb(bits, false) : noun(bits);
            if (bits & (LEX_BASE | LEX_S | LEX_PAST | LEX_PART)) return verb(bits, true);
            if (bits & LEX_ADJ) return (tag){ W_ADJ, false, bits };
            if (bits & LEX_ING) return verb(bits, false);
            return pronoun_before(k, i) ? verb(bits, true) : noun(bits);                  /* even an unknown word */
        case W_AUX:
            return (bits & LEX_ADJ) && !(bits & LEX_ING) ? (tag){ W_ADJ, false, bits }
                   : (bits & (LEX_BASE | LEX_ING | LEX_PART | LEX_PAST)) || takes_base(k, i) ? verb(bits, false) : noun(bits);
        case W_VERB:
            return (bits & LEX_ADJ) ? (tag){ W_ADJ, false, bits } : (bits & (LEX_ING | LEX_PART)) ? verb(bits, false) : noun(bits);
        case W_NOUN: case W_NAME: return tag_after_thing(k, i, bits, p);
        default: return tag_at_start(k, i, bits);
    }
}

/* Words whose class hangs on the next one: her book, saw her; that man, said that; you went, told you. */
static tag tag_wavering(const tagging *k, size_t i, tag t) {
    text low = k->w.at[i].low;
    tag p = before_of(k, i);
    bool thing_next = i + 1 < k->w.n && nounish(k, i + 1);
    if (text_is(low, "her")) return (tag){ thing_next ? W_POSS : W_OBJ, false, 0 };
    if (text_is(low, "his") && !thing_next) return (tag){ W_OBJ, false, 0 };
    if (text_is(low, "that")) {
        bool starts = p.kind == W_NONE || p.kind == W_CONJ || p.kind == W_INTJ;
        const closed_row *c = i + 1 < k->w.n ? closed_of(k->w.at[i + 1].low) : NULL;
        if (c && c->kind == W_AUX && starts) return (tag){ W_SUBJ, false, 0 };
        if ((p.kind == W_PREP || p.kind == W_DET || starts) && thing_next) return (tag){ W_DET, false, 0 };
        if (i + 1 >= k->w.n || k->w.at[i].after) return (tag){ W_OBJ, false, 0 };
    }
    if (text_is(low, "this") || text_is(low, "these") || text_is(low, "those")) {
        const closed_row *c = i + 1 < k->w.n && !k->w.at[i].after ? closed_of(k->w.at[i + 1].low) : NULL;
        if (c && c->kind == W_AUX) return (tag){ W_SUBJ, false, 0 };
        if (!thing_next || (c && c->kind == W_DET)) return (tag){ W_OBJ, false, 0 };
    }
    if (text_is(low, "its")) {                                /* typed for "it's" */
        unsigned next = i + 1 < k->w.n ? grammar_lex(k->g, k->w.at[i + 1].low) : 0;
        if (!thing_next || ((next & (LEX_PART | LEX_ING | LEX_ADJ)) && !nounish(k, i + 2))) return (tag){ W_SUBJ, true, 0 };
    }
    if (text_is(low, "you"))
        return (tag){ p.kind == W_VERB || p.kind == W_PREP || p.kind == W_TO ? W_OBJ : W_SUBJ, false, 0 };
    if (text_is(low, "it") && (p.kind == W_VERB || p.kind == W_PREP || p.kind == W_TO)) return (tag){ W_OBJ, false, 0 };
    if ((text_is(low, "everything") || text_is(low, "nothing") || text_is(low, "something") || text_is(low, "everyone")) &&
        (p.kind == W_VERB || p.kind == W_PREP || p.kind == W_TO)) return (tag){ W_OBJ, false, 0 };
    if ((text_is(low, "have") || text_is(low, "do")) && p.kind == W_TO) return verb(LEX_BASE, false);
    if (text_is(low, "like") && p.kind == W_SUBJ && !p.finite) return verb(LEX_BASE, true);
    if (text_is(low, "no") && i + 1 < k->w.n && !k->w.at[i].after && thing_next) return (tag){ W_DET, false, 0 };
    if (text_is(low, "right") && p.kind == W_DET) return noun(0);
    return t;
}

static tag tag_one(const tagging *k, size_t i) {
    const word *w = &k->w.at[i];
    double value;
    size_t took;
    if (words_number(k->w, i, &value, &took)) return (tag){ W_NUM, false, 0 };
    if (text_is(w->low, "you")) return tag_wavering(k, i, (tag){ W_SUBJ, false, 0 });
    const closed_row *c = closed_of(w->low);
    if (text_is(w->low, "her")) return tag_wavering(k, i, (tag){ W_OBJ, false, 0 });
    if (c) return tag_wavering(k, i, (tag){ c->kind, c->finite, 0 });
    if (text_ends(w->low, "'s") || text_ends(w->low, "s'")) {
        unsigned next = i + 1 < k->w.n ? grammar_lex(k->g, k->w.at[i + 1].low) : 0;
        if (nounish(k, i + 1) && !(next & (LEX_ING | LEX_PART)) && (!(next & LEX_ADJ) || nounish(k, i + 2)))
            return (tag){ W_POSS, false, grammar_lex(k->g, w->low) };
        return (tag){ W_NOUN, i + 1 < k->w.n && !w->after, grammar_lex(k->g, w->low) };    /* my mum's ill */
    }
    return tag_open(k, i);
}

tag *grammar_tags(const grammar *g, arena *a, words w) {
    tagging k = { .g = g, .w = w, .t = arena_new(a, w.n + 1, sizeof *k.t) };
    for (size_t i = 0; i < w.n; i++) {
        k.t[i] = tag_one(&k, i);
        if (k.t[i].finite) k.has_finite = true;
        if (w.at[i].after || (k.t[i].kind == W_CONJ) || k.t[i].kind == W_WH) k.has_finite = false;
    }
    return k.t;
}
