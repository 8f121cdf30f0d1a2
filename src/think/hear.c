/* SPDX-License-Identifier: Apache-2.0
 * hear.c - see hear.h.
 *
 * DESIGN  A message is cut where one statement ends and the next begins; each piece must show a subject and a verb with
 *         a tense before it may be said back. What is not sure is left alone: a short reply beats a broken sentence.
 *         People drop "I" ("went to the shop", "so tired of this"), so it is put back where the verb allows no other.
 * STATES  words -> tags (grammar.c) -> clauses (cut) -> judged (subject, verb, score) -> the clearest, and the thing */
#include "think/hear.h"
#include <string.h>
#include "base/lines.h"

enum { CLAUSE_MOST = 12, CLAUSE_LEAST = 2 };

static bool is(const heard *h, size_t i, const char *s) { return i < h->w.n && text_is(h->w.at[i].low, s); }
static word_kind kind(const heard *h, size_t i) { return i < h->w.n ? h->t[i].kind : W_NONE; }

/* ---- cutting into clauses -------------------------------------------------------------------------------------------- */
/* Does a subject with its verb begin at i? */
static bool clause_begins(const heard *h, size_t i, size_t to) {
    size_t k = i;
    while (k < to && kind(h, k) == W_ADV) k++;
    if (kind(h, k) == W_SUBJ) {
        if (h->t[k].finite) return true;
        for (size_t j = k + 1; j < to && j < k + 4 && !h->w.at[j - 1].after; j++) {
            if (h->t[j].finite) return true;
            if (kind(h, j) != W_ADV) return false;
        }
        return false;
    }
    bool thing = false;
    for (; k < to && k < i + 6; k++) {
        word_kind t = kind(h, k);
        if (h->t[k].finite && thing) return true;
        if (h->t[k].finite && (t == W_VERB || t == W_AUX) && k == i) return true;      /* "and went home" */
        if (t == W_NOUN || t == W_NAME) thing = true;
        else if (t != W_DET && t != W_POSS && t != W_ADJ && t != W_NUM && t != W_ADV) return false;
        if (h->w.at[k].after) return false;
    }
    return false;
}

static bool always_cuts(text low) {
    static const char *const rows[] = { "but", "because", "so", "when", "while", "if", "although", "though", "unless",
        "cos", "cause", "whereas", "whenever", "which", "plus", NULL };
    return grammar_is(low, rows);
}

/* After these a clause is the object, not a new statement: "i think he left". */
static bool takes_clause(const heard *h, size_t i) {
    static const char *const rows[] = { "think", "thought", "know", "knew", "say", "said", "says", "hope", "wish", "guess",
        "feel", "felt", "believe", "bet", "told", "tell", "me", "sure", "glad", "afraid", "scared", "worried", "sorry",
        "realise", "realised", "realized", "mean", "means", "reckon", "swear", "suppose", "wonder", "heard", "hear", "see",
        "love", "hate", "like", "imagine", "pretend", "forgot", "remember", "noticed", "happy", "sad", "angry", "that",
        "time", "way", "thing", "everything", "all", "what", "how", "why", "where", "who", "if", "than", "as", "day",
        "reason", "moment", "only", "person", "one", "anything", "something", "nothing", "then", "and", "or", NULL };
    return grammar_is(h->w.at[i].low, rows) || kind(h, i) == W_CONJ || kind(h, i) == W_PREP || kind(h, i) == W_TO ||
           kind(h, i) == W_DET || kind(h, i) == W_POSS;
}

/* Is there a cut between i - 1 and i, with clause words from .. i - 1 before it? */
static bool cut_before(const heard *h, size_t from, size_t i, size_t to, bool has_finite) {
    char after = h->w.at[i - 1].after;
    text low = h->w.at[i].low;
    if (after && after != ',') return true;
    if (after == ',') return has_finite || clause_begins(h, i, to) || grammar_is_filler(h->w.at[i - 1].low) || i - from > 4;
    static const char *const all_but[] = { "nothing", "anything", "all", "everything", "everyone", "nobody", "none", NULL };
    if (text_is(low, "but") && grammar_is(h->w.at[i - 1].low, all_but)) return false;
    if (always_cuts(low) && kind(h, i) != W_ADV) return !is(h, i - 1, "like") && !is(h, i - 1, "know") && !is(h, i - 1, "wonder") &&
                                   !is(h, i - 1, "than") && !(is(h, i, "so") && !clause_begins(h, i + 1, to));
    if ((text_is(low, "and") || text_is(low, "or") || text_is(low, "then")) && has_finite) return clause_begins(h, i + 1, to);
    if (text_is(low, "and") && i + 1 < to && kind(h, i + 1) == W_SUBJ && !is(h, i + 1, "i")) return has_finite;
    for (size_t k = from; k + 1 < i; k++)
        if (is(h, k, "so") && kind(h, k + 1) == W_ADJ && kind(h, i) == W_SUBJ) return false;       /* so tired i cried */
    if (kind(h, i) == W_SUBJ && has_finite && i > from + 1 && !text_is(low, "it") && kind(h, i - 1) != W_AUX) return !takes_clause(h, i - 1) && clause_begins(h, i, to);
    return false;
}

static void clause_add(heard *h, size_t from, size_t to, bool asks) {
    clause c = { .at = { from, to }, .add = "", .asks = asks };
    static const char *const keep[] = { "because", "but", "so", "when", "if", "while", "although", "though", "unless", "which",
        "cos", "who", "that", "until", "since", "where", "before", "after", "as", NULL };
    while (c.at.from < c.at.to) {
        text low = h->w.at[c.at.from].low;
        word_kind k = kind(h, c.at.from);
        bool so_adjective = text_is(low, "so") && c.at.from + 1 < c.at.to && !clause_begins(h, c.at.from + 1, c.at.to);
        bool no_thing = text_is(low, "no") && k == W_DET;
        if (so_adjective || no_thing || (text_is(low, "like") && k == W_VERB)) break;
        if (grammar_is(low, keep) && (k == W_CONJ || k == W_PREP || k == W_WH)) c.lead = low;
        else if (!grammar_is_filler(low) && !(k == W_CONJ && !text_is(low, "that"))) break;
        c.at.from++;
    }
    static const char *const tails[] = { "lol", "haha", "hahaha", "lmao", "tbh", "though", "tho", "anyway", "please", "ugh", "x",
        "xx", "xxx", "ok", "okay", "yeah", "innit", "right", "honestly", "basically", "anyways", "and", "but", "so", "or",
        "because", "then", "samantha", "rn", "atm", "too", "either", "etc", "sorry", "thanks", "idk", "omg", "huh", "eh", "yes", "no", "yep", "lads", "mate", "actually", "already", "anyhow", NULL };
    while (c.at.to > c.at.from + 1 && grammar_is(h->w.at[c.at.to - 1].low, tails)) c.at.to--;
    if (c.at.to > c.at.from + 2 && ((is(h, c.at.to - 2, "i") && (is(h, c.at.to - 1, "guess") || is(h, c.at.to - 1, "think") ||
        is(h, c.at.to - 1, "suppose"))) || (is(h, c.at.to - 2, "you") && is(h, c.at.to - 1, "know")))) c.at.to -= 2;
    if (c.at.to > c.at.from + 2 && (is(h, c.at.to - 2, "or") || is(h, c.at.to - 2, "and")) &&
        (is(h, c.at.to - 1, "something") || is(h, c.at.to - 1, "whatever") || is(h, c.at.to - 1, "stuff") || is(h, c.at.to - 1, "everything")))
        c.at.to -= 2;
    if (c.at.from < c.at.to) h->clause[h->n_clause++] = c;
}

static void cut(heard *h, arena *a) {
    size_t n;
    word_span *s = words_sentences(a, h->w, false, &n);
    h->clause = arena_new(a, h->w.n + 1, sizeof *h->clause);
    for (size_t i = 0; i < n; i++) {
        size_t from = s[i].from;
        bool asks = h->w.at[s[i].to - 1].after == '?', finite = false;
        for (size_t k = s[i].from; k < s[i].to; k++) {
            if (k > from && cut_before(h, from, k, s[i].to, finite)) {
                clause_add(h, from, k, asks);
                from = k;
                finite = false;
            }
            finite |= h->t[k].finite;
        }
        clause_add(h, from, s[i].to, asks);
    }
}

/* ---- subject and verb ----------------------------------------------------------------------------------------------------- */
/* The end of the noun phrase that begins at i; i when none does. */
static size_t phrase_end(const heard *h, size_t i, size_t to) {
    size_t k = i;
    bool thing = false;
    while (k < to) {
        word_kind t = kind(h, k);
        if (t == W_NOUN || t == W_NAME) thing = true;
        else if (t == W_POSS && thing) thing = false;                        /* my boss 's car */
        else if ((t != W_DET && t != W_POSS && t != W_ADJ && t != W_NUM && t != W_ADV) || thing) break;
        k++;
        if (thing && h->t[k - 1].finite) break;                              /* my mum's ill */
        if (h->w.at[k - 1].after) break;
    }
    if (!thing) return i;
    while (k + 1 < to && !h->w.at[k - 1].after && kind(h, k) == W_PREP && !h->t[k - 1].finite) {
        static const char *const joins[] = { "of", "in", "at", "from", "with", "on", "next", "for", "about", NULL };
        if (!grammar_is(h->w.at[k].low, joins)) break;
        size_t more = phrase_end(h, k + 1, to);
        if (more == k + 1) break;
        k = more;
    }
    return k;
}

/* "me and my sister", "my mum and dad": past the joined phrases. */
static size_t subject_end(const heard *h, size_t i, size_t to) {
    size_t k = i;
    if (kind(h, i) == W_SUBJ) k = i + 1;
    else if ((is(h, i, "me") || is(h, i, "myself")) && is(h, i + 1, "and")) k = i + 1;
    else k = phrase_end(h, i, to);
    if (k > i && k + 1 < to && is(h, k, "and") && !h->t[k - 1].finite) {
        size_t more = kind(h, k + 1) == W_SUBJ || kind(h, k + 1) == W_OBJ ? k + 2 : phrase_end(h, k + 1, to);
        if (more > k + 1) k = more;
    }
    return k;
}

/* What to put back where the subject was left out; NULL: it cannot be told. */
static const char *left_out(const heard *h, const clause *c) {
    static const char *const mine[] = { "need", "want", "hate", "love", "miss", "feel", "hope", "wish", "think", "don't", "can't",
        "couldn't", "won't", "didn't", "haven't", "wouldn't", "shouldn't", "hadn't", "wanna", "gotta", NULL };
    static const char *const theirs[] = { "seems", "sounds", "looks", "said", "says", "told", "thought", "set", "put", "let", "cut",
        "shut", "hit", "read", "hurt", "cost", "split", "spread", "burst", "upset", "quit", "became", "meant", "called", "named", "took", "made", NULL };
    size_t i = c->at.from;
    while (i < c->at.to && kind(h, i) == W_ADV && !is(h, i, "so") && !is(h, i, "too")) i++;
    if (i + 1 >= c->at.to) return NULL;
    text low = h->w.at[i].low;
    word_kind next = kind(h, i + 1);
    static const char *const inner[] = { "know", "think", "want", "like", "feel", "care", "understand", "see", "have", "need", "trust",
        "believe", "mind", "really", "even", "get", "sleep", "eat", "drink", "drive", "work", "fancy", "recognise", "deserve", NULL };
    if (is(h, i, "don't") && !grammar_is(h->w.at[i + 1].low, inner)) return NULL;    /* "don't tell him": an order */
    if (grammar_is(low, mine) && next != W_SUBJ) return "you";
    if (is(h, i, "was") || is(h, i, "wasn't")) return next == W_SUBJ || next == W_DET || next == W_POSS ? NULL : "you";
    if (is(h, i, "am") || is(h, i, "been")) return next == W_SUBJ ? NULL : is(h, i, "been") ? "you've" : "you";
    if (kind(h, i) != W_VERB) return NULL;
    unsigned lex = h->t[i].lex;
    if (is(h, i + 1, "me")) return NULL;                                              /* "took me four months" */
    if (text_is(low, "supposed") && next == W_TO) return "you're";
    if (grammar_is(low, theirs) && !(text_is(low, "told") && next == W_OBJ) && next != W_POSS && next != W_DET) return NULL;
    if ((lex & LEX_PAST) && !(lex & LEX_BASE)) return next == W_SUBJ ? NULL : "you";
    if ((lex & LEX_ING) && !(next == W_AUX)) {
        for (size_t k = i + 1; k < c->at.to; k++)
            if (h->t[k].finite) return NULL;                                 /* "sleeping is hard" */
        return "you're";
    }
    return NULL;
}

static size_t skip_adverbs(const heard *h, size_t i, size_t to) {
    while (i < to && kind(h, i) == W_ADV) i++;
    return i;
}

static size_t skip_opening_time(const heard *h, size_t i, size_t to) {
    size_t k = i;
    while (k < to && k < i + 3 && (kind(h, k) == W_DET || kind(h, k) == W_NUM || is(h, k, "last") || is(h, k, "next") || is(h, k, "on") ||
           kind(h, k) == W_ADV || kind(h, k) == W_ADJ)) k++;
    if (k < to && grammar_is_time(h->w.at[k].low) && kind(h, k) != W_VERB && clause_begins(h, k + 1, to)) return k + 1;
    return i;
}

static bool is_order(const heard *h, const clause *c) {       /* told to her: "tell me a joke", "don't ask" */
    size_t i = c->at.from;
    static const char *const rows[] = { "tell", "give", "let's", "let", "ask", "stop", "help", "show", "write", "make", "talk", "try",
        "say", "explain", "remind", "remember", "forget", "play", "sing", "count", "spell", "pick", "choose", "guess", "wait", "look",
        "listen", "imagine", "suggest", "go", "come", "keep", "be", "please", "set", "read", "translate", "call", NULL };
    return grammar_is(h->w.at[i].low, rows) && kind(h, i + 1) != W_AUX && !h->t[i + 1].finite;
}

static void judge_shape(heard *h, clause *c) {
    c->at.from = skip_opening_time(h, c->at.from, c->at.to);
    size_t from = c->at.from, to = c->at.to;
    c->verb = to;
    if (to - from < CLAUSE_LEAST) return;
    size_t s = skip_adverbs(h, from, to);
    if (h->t[s].finite && kind(h, s) == W_SUBJ) {              /* i'm, he's */
        c->verb = s;
        c->whole = s + 1 < to;
    } else {
        size_t e = subject_end(h, s, to);
        size_t v = skip_adverbs(h, e, to);
        if (e > s && h->t[e - 1].finite && kind(h, e - 1) == W_NOUN) v = e - 1;
        c->whole = e > s && v < to && h->t[v].finite && kind(h, v) != W_SUBJ;
        c->verb = c->whole ? v : to;
        if (c->whole && v + 1 == to && kind(h, v) == W_AUX) c->whole = false;
    }
    if (!c->whole && !is_order(h, c)) {
        const char *add = left_out(h, c);
        if (add) c->add = add, c->whole = true, c->verb = from;
    }
    c->about_her = is(h, s, "you") || is(h, s, "you're") || is(h, s, "you've") || is(h, s, "you'd") || is(h, s, "you'll");
    if (kind(h, s) == W_AUX && kind(h, s + 1) == W_SUBJ) c->asks = true;
    bool cries = (is(h, from, "what") && kind(h, from + 1) == W_DET) ||                          /* what a day, how nice */
                 (is(h, from, "how") && (kind(h, from + 1) == W_ADJ || kind(h, from + 1) == W_ADV) && kind(h, from + 2) != W_AUX);
    static const char *const wh[] = { "what's", "who's", "whats", "where's", "how's", "when's", "why's", NULL };
    if (grammar_is(h->w.at[from].low, wh)) c->asks = true, c->whole = false;
    if (kind(h, from) == W_WH) c->whole = false;
    if (kind(h, from) == W_WH && !cries) c->asks = true;
}

/* ---- fitness to be said back --------------------------------------------------------------------------------------------------- */
static bool quoted(const heard *h, const clause *c) {
    const char *p = h->w.at[c->at.from].raw.p, *end = h->w.at[c->at.to - 1].raw.p + h->w.at[c->at.to - 1].raw.n;
    if (p > h->whole.p) p--;
    if (end < h->whole.p + h->whole.n) end++;
    for (; p < end; p++)
        if (*p == '"' || (unsigned char)*p == 0xE2) {
            if (*p == '"') return true;
            if ((unsigned char)p[1] == 0x80 && ((unsigned char)p[2] == 0x9C || (unsigned char)p[2] == 0x9D)) return true;
        }
    return false;
}

/* Would a clause that ends before `to` hang in the air? "wherever he is" would not. */
static bool dangles(const heard *h, size_t to) {
    if (kind(h, to - 1) == W_AUX && to >= 3 && kind(h, to - 2) == W_SUBJ && (kind(h, to - 3) == W_CONJ || kind(h, to - 3) == W_WH)) return false;
    static const char *const alone[] = { "i", "he", "she", "they", "we", NULL };
    if (grammar_is(h->w.at[to - 1].low, alone)) return true;
    if (is(h, to - 1, "else") && to >= 2 && kind(h, to - 2) == W_WH) return true;
    return grammar_dangles(&h->t[to - 1], h->w.at[to - 1].low);
}

/* Shorten a long clause at a joint behind its verb; false when it has none. */
static bool trim(heard *h, clause *c) {
    if (c->at.to - c->at.from > CLAUSE_MOST) {
        size_t best = 0;
        for (size_t k = c->verb + 3; k < c->at.to && k - c->at.from <= CLAUSE_MOST; k++) {
            word_kind t = kind(h, k);
            static const char *const loose[] = { "of", "to", "like", "than", "as", NULL };
            bool joint = (t == W_PREP && !grammar_is(h->w.at[k].low, loose)) || t == W_CONJ || t == W_WH || h->w.at[k - 1].after == ',';
            if (joint && !grammar_dangles(&h->t[k - 1], h->w.at[k - 1].low) && kind(h, k - 1) != W_VERB) best = k;
        }
        if (!best) return false;
        c->at.to = best;
        static const char *const spans[] = { "before", "after", "ago", "until", "till", "later", NULL };
        if (grammar_is(h->w.at[best].low, spans) && grammar_is_time(h->w.at[best - 1].low) && kind(h, best - 2) == W_NUM) c->at.to = best - 2;
    }
    while (c->at.to > c->at.from + CLAUSE_LEAST && dangles(h, c->at.to)) c->at.to--;
    return !dangles(h, c->at.to) && (*c->add || c->verb < c->at.to);
}

static bool vague_subject(const heard *h, const clause *c) {
    static const char *const rows[] = { "it", "it's", "that's", "this", "that", "there's", "these", "those", "there", "what's", "everything",
        "nothing", "something", NULL };
    return grammar_is(h->w.at[skip_adverbs(h, c->at.from, c->at.to)].low, rows);
}

/* Said of every message and worth nothing back: "i don't know", "i mean", "i think so". */
static bool hollow(const heard *h, const clause *c) {
    static const char *const empty[] = { "know", "mean", "think", "guess", "suppose", "say", "said", "see", "sure", "sorry", "thing",
        "things", "stuff", "do", "did", "go", "went", "get", "got", "ok", "okay", "fine", "that", "here", "there", "back", "good",
        "like", "feel", "want", "need", "wish", "hope", "tell", "told", "asked", "care", "matter", "understand", "agree", "way",
        "bit", "kind", "sort", "way", "one", "ones", "time", "try", "tried", "yes", "no", "maybe", "ask", "once", "them", "knew", "thought", "felt", "saw", "heard", "asked", "said", "meant", "lay", "sat", "stood", "looked", "tells", "come", "came", "being", "done", "word", "call", NULL };
    if (c->at.to - c->at.from > 4) return false;
    for (size_t i = c->at.from; i < c->at.to; i++)
        if (!h->w.at[i].stop && !grammar_is(h->w.at[i].low, empty)) return false;
    return true;
}

static int score(const heard *h, const clause *c, size_t index) {
    int s = 10;
    size_t n = c->at.to - c->at.from, content = 0;
    for (size_t i = c->at.from; i < c->at.to; i++) {
        content += !h->w.at[i].stop;
        if (is(h, i, "my") || is(h, i, "our")) s += 2;
        if (kind(h, i) == W_NAME) s += 1;
    }
    s += content > 4 ? 4 : (int)content;
    if (n >= 4 && n <= 9) s += 2;
    if (text_is(c->lead, "but")) s += 2;
    if (text_is(c->lead, "because") || text_is(c->lead, "cos")) s -= 1;
    if (vague_subject(h, c)) s -= 5;
    if (*c->add) s -= 1;
    if (index == 0) s += 1;
    return s;
}

static void judge(heard *h, clause *c, size_t index) {
    static const char *const shut[] = { "if", "when", "while", "although", "unless", "which", "who", "that", "until", "since", "where",
        "after", "before", "as", "though", NULL };
    judge_shape(h, c);
    if (!c->whole || c->asks || c->about_her) return;
    if (grammar_is(c->lead, shut) || quoted(h, c) || is_order(h, c) || !trim(h, c) || hollow(h, c)) {
        c->whole = false;
        return;
    }
    for (size_t i = c->at.from; i < c->at.to; i++)
        if (is(h, i, "you") || is(h, i, "your") || is(h, i, "you're")) c->score -= 4;    /* said to her: tells little */
    c->score += score(h, c, index);
}

/* Names typed small get their capital back. */
static text named_well(arena *a, const heard *h, word_span s, text t) {
    for (size_t i = s.from; i < s.to; i++) {
        const word *w = &h->w.at[i];
        if (h->t[i].kind != W_NAME || w->capital || !w->low.n || w->low.p[0] < 'a' || w->low.p[0] > 'z') continue;
        char *low = arena_str(a, w->low.p, w->low.n);
        ptrdiff_t at = text_find(t, low);
        bool whole = at >= 0 && (at == 0 || t.p[at - 1] == ' ');
        if (!whole) continue;
        char *copy = arena_str(a, t.p, t.n);
        copy[at] = (char)(copy[at] - 32);
        t.p = copy;
    }
    return t;
}

/* "my son ask me": said back with the ending that English wants. */
static bool wants_s(const heard *h, const clause *c) {
    size_t v = c->verb, s = skip_adverbs(h, c->at.from, v);
    if (v >= c->at.to || v == s || kind(h, v) != W_VERB || !(h->t[v].lex & LEX_BASE) || (h->t[v].lex & (LEX_PAST | LEX_S))) return false;
    if (is(h, s, "he") || is(h, s, "she") || is(h, s, "it")) return true;
    for (size_t i = s; i < v; i++)
        if (is(h, i, "and") || kind(h, i) == W_SUBJ || is(h, i, "me") || kind(h, i) == W_NUM) return false;
    text head = h->w.at[v - 1].low;
    return (kind(h, v - 1) == W_NOUN || kind(h, v - 1) == W_NAME) && !text_ends(head, "s") && !text_is(head, "people") &&
           !text_is(head, "kids") && (kind(h, s) == W_POSS || kind(h, s) == W_DET || kind(h, s) == W_NAME);
}

static text with_s(arena *a, text v) {
    char last = v.p[v.n - 1], before = v.n > 1 ? v.p[v.n - 2] : 0;
    bool y = last == 'y' && !strchr("aeiou", before);
    bool hiss = last == 's' || last == 'x' || last == 'z' || last == 'o' || (last == 'h' && (before == 'c' || before == 's'));
    return y ? arena_format(a, "%.*sies", (int)v.n - 1, v.p) : arena_format(a, "%.*s%s", (int)v.n, v.p, hiss ? "es" : "s");
}

text hear_turned(arena *a, const heard *h, const clause *c) {
    word_span s = c->at;
    text t;
    if (wants_s(h, c)) {
        text subject = lines_turn(a, h->w, s.from, c->verb), v = with_s(a, h->w.at[c->verb].low), rest = lines_turn(a, h->w, c->verb + 1, s.to);
        t = arena_format(a, "%.*s %.*s%s%.*s", (int)subject.n, subject.p, (int)v.n, v.p, rest.n ? " " : "", (int)rest.n, rest.p);
    } else {
        t = lines_turn(a, h->w, s.from, s.to);
    }
    t = named_well(a, h, s, t);
    if (is(h, s.from, "its") && kind(h, s.from) == W_SUBJ) t = arena_format(a, "it's%.*s", (int)t.n - 3, t.p + 3);
    if (!*c->add) return t;
    text first = h->w.at[s.from].low;
    if (text_is(first, "was")) return arena_format(a, "you were%.*s", (int)t.n - 3, t.p + 3);
    if (text_is(first, "wasn't")) return arena_format(a, "you weren't%.*s", (int)t.n - 6, t.p + 6);
    if (text_is(first, "am")) return arena_format(a, "you are%.*s", (int)t.n - 2, t.p + 2);
    return arena_format(a, "%s %.*s", c->add, (int)t.n, t.p);
}

/* ---- whose clause, and when --------------------------------------------------------------------------------------------------- */
static bool is_person(const heard *h, size_t from, size_t to) {
    static const char *const rows[] = { "he", "she", "they", "he's", "she's", "they're", "they've", "he'd", "she'd", "they'd", "he'll", "she'll",
        "they'll", "everyone", "everybody", "someone", "somebody", "nobody", "mum", "mom", "dad", "mother", "father", "sister", "brother", "wife",
        "husband", "partner", "girlfriend", "boyfriend", "son", "daughter", "friend", "friends", "mate", "mates", "boss", "manager", "colleague",
        "colleagues", "neighbour", "neighbours", "neighbor", "landlord", "landlady", "gran", "grandad", "nan", "grandma", "grandpa", "aunt", "uncle",
        "cousin", "ex", "flatmate", "roommate", "teacher", "doctor", "vet", "nurse", "kids", "kid", "baby", "boy", "girl", "man", "woman", "people",
        "parents", "family", "team", "guy", "bloke", "lady", "grandson", "granddaughter", "stepdad", "stepmum", "therapist", "driver", "dog", "cat",
        "lad", "lads", "girls", "boys", "children", "child", "niece", "nephew", "pastor", "priest", "coach", "tutor", "professor", NULL };
    for (size_t i = from; i < to; i++)
        if (kind(h, i) == W_NAME || grammar_is(h->w.at[i].low, rows)) return true;
    return false;
}

static bool is_past(const heard *h, const clause *c) {
    static const char *const past[] = { "was", "were", "wasn't", "weren't", "had", "hadn't", "did", "didn't", "could", "couldn't", NULL };
    static const char *const perfect[] = { "have", "has", "i've", "we've", "they've", "haven't", "hasn't", "he's", "she's", "it's", NULL };
    size_t v = c->verb;
    if (v >= c->at.to) return false;
    if (grammar_is(h->w.at[v].low, past)) return true;
    if (kind(h, v) == W_VERB && (h->t[v].lex & LEX_PAST) && !(h->t[v].lex & LEX_BASE)) return true;
    size_t n = skip_adverbs(h, v + 1, c->at.to);
    bool part = n < c->at.to && (h->t[n].lex & LEX_PART) && !(h->t[n].lex & LEX_ADJ);
    return part && grammar_is(h->w.at[v].low, perfect);
}

static bool is_to_come(const heard *h, const clause *c) {
    static const char *const will[] = { "will", "won't", "i'll", "we'll", "gonna", "shall", "might", NULL };
    for (size_t i = c->at.from; i < c->at.to && i < c->at.from + 5; i++)
        if (grammar_is(h->w.at[i].low, will) || (is(h, i, "going") && is(h, i + 1, "to") && kind(h, i + 2) == W_VERB)) return true;
    return false;
}

static unsigned sex_of(const heard *h, size_t i) {
    static const char *const hers[] = { "mum", "mom", "mam", "mother", "sister", "wife", "girlfriend", "daughter", "gran", "nan", "grandma", "aunt", "niece",
        "landlady", "granddaughter", "stepmum", "woman", "girl", "lady", NULL };
    static const char *const his[] = { "dad", "father", "brother", "husband", "boyfriend", "son", "grandad", "grandpa", "uncle", "nephew", "grandson",
        "stepdad", "man", "boy", "bloke", "lad", "priest", "pastor", NULL };
    text low = h->w.at[i].low;
    return grammar_is(low, hers) ? LEX_SHE : grammar_is(low, his) ? LEX_HE : h->t[i].lex & (LEX_SHE | LEX_HE);
}

/* "i knew", "i was": how it was, rather than what was done. */
static bool is_state(const heard *h, const clause *c) {
    static const char *const rows[] = { "was", "were", "wasn't", "weren't", "had", "hadn't", "knew", "thought", "felt", "wanted", "loved", "liked",
        "hated", "needed", "couldn't", "could", "didn't", "believed", "hoped", "missed", "lived", "understood", "remembered", "been", NULL };
    size_t v = c->verb;
    for (size_t i = v; i < c->at.to && i <= v + 2; i++)
        if (grammar_is(h->w.at[i].low, rows)) return true;
    return false;
}

static about about_of(heard *h, arena *a, const clause *c) {
    static const char *const first[] = { "i", "we", "i'm", "i've", "i'd", "i'll", "we're", "we've", "we'd", "we'll", "me", "myself", NULL };
    size_t s = skip_adverbs(h, c->at.from, c->at.to), v = c->verb > s ? c->verb : s + 1;
    bool past = is_past(h, c);
    bool mine = *c->add || grammar_is(h->w.at[s].low, first);
    for (size_t i = s; i < v && i < c->at.to; i++) mine |= is(h, i, "i") && i > s && is(h, i - 1, "and");
    if (mine) {
        if (*c->add) past = (h->t[s].lex & LEX_PAST) != 0 || is(h, s, "was") || is(h, s, "been") || is(h, s, "didn't");
        return is_to_come(h, c) ? I_WILL : !past ? I_AM : is_state(h, c) ? I_WAS : I_DID;
    }
    if (is_person(h, s, v)) {
        bool named = kind(h, s) == W_POSS || kind(h, s) == W_NAME;
        size_t e = named ? phrase_end(h, s, v) : s;
        if (e > s && e - s <= 3 && !h->t[e - 1].finite) {
            h->subject = named_well(a, h, (word_span){ s, e }, lines_turn(a, h->w, s, e));
            h->subject_lex = sex_of(h, e - 1);
        }
        return past ? THEY_DID : THEY_ARE;
    }
    return past ? THING_DID : THING_IS;
}

static void choose_clause(heard *h, arena *a) {
    static const char *const ifs[] = { "if", "unless", NULL };
    const clause *best = NULL;
    for (size_t i = 0; i < h->n_clause; i++) {
        clause *c = &h->clause[i];
        judge(h, c, i);
        if (i && grammar_is(h->clause[i - 1].lead, ifs) && h->w.at[c->at.from - 1].after != '.') c->whole = false;   /* only if */
        if (c->whole && !c->asks && !c->about_her && (!best || c->score > best->score)) best = c;
    }
    if (!best || best->score < 11) return;
    h->c = hear_turned(a, h, best);
    h->c_score = best->score;
    h->c_about = about_of(h, a, best);
    for (size_t i = 1; i < h->n_clause; i++) {
        const clause *x = &h->clause[i - 1], *y = &h->clause[i];
        if (!text_is(y->lead, "but") || !x->whole || !y->whole || x->asks || y->asks || y->about_her || x->about_her) continue;
        if (x->at.to - x->at.from > 8 || y->at.to - y->at.from > 8) continue;
        h->but_a = hear_turned(a, h, x);
        h->but_b = hear_turned(a, h, y);
    }
}

/* ---- the thing it is about ------------------------------------------------------------------------------------------------------- */
static bool empty_thing(text low) {
    static const char *const rows[] = { "thing", "things", "way", "lot", "lots", "bit", "kind", "sort", "stuff", "people", "one", "ones",
        "something", "anything", "everything", "nothing", "someone", "anyone", "everyone", "nobody", "place", "part", "side",
        "end", "point", "sense", "fact", "case", "idea", "reason", "rest", "half", "couple", "loads", "ages", "fun", "matter",
        "course", "example", "person", "man", "guy", "world", "life", "day", "number", "piece", "type", "mind", "luck", "hell",
        "god", "shit", "fuck", "x", "xx", "lol", "yes", "no", "ok", "samantha", "hi", "hello", "bye", "back", "front", "top", "bottom",
        "left", "right", "middle", "minute", "turn", "go", "try", "look", "chance", "trouble", "problem", "question", "answer",
        "word", "words", "self", "ass", "arse", "crap", "wtf", "idk", "ya", "em", "alot", "gonna", "half", "tons", "amount", "use", NULL };
    return grammar_is(low, rows) || grammar_is_time(low);
}

static int thing_score(const heard *h, size_t from, size_t to) {
    size_t head = to - 1;
    text low = h->w.at[head].low;
    for (size_t i = 0; i < low.n; i++)
        if (low.p[i] >= '0' && low.p[i] <= '9') return -1;
    if (is(h, from, "your") || empty_thing(low) || h->w.at[head].stop || low.n < 3) return -1;
    if ((h->t[head].lex & (LEX_ING | LEX_ADJ)) && from == head) return -1;
    int s = 4;
    if (is(h, from, "my") || is(h, from, "our")) s += 5;
    else if (kind(h, from) == W_POSS) s += 2;
    else if (is(h, from, "the")) s += 2;
    else if (kind(h, from) == W_DET) s += 2;
    if (kind(h, head) == W_NAME) s -= 2;
    if (text_ends(low, "s") || kind(h, from) != W_NOUN) s += 1;
    if ((h->t[head].lex & LEX_S) && from == head) s -= 2;
    if ((h->t[head].lex & LEX_BASE) && from == head) s -= 2;            /* a bare "work", "call": likelier a verb */
    for (size_t i = 0; i < h->n_clause; i++)
        if (h->clause[i].whole && from >= h->clause[i].at.from && to <= h->clause[i].at.to) s += 1;
    return s;
}

/* How the thing is called back: "a dog" becomes "the dog", "my old car" "your old car", "slugs" stays. */
static text thing_said(arena *a, const heard *h, size_t from, size_t to) {
    if (kind(h, from) == W_DET && !is(h, from, "the") && from + 1 < to) {
        static const char *const counts[] = { "another", "no", "any", "every", "each", "many", "few", "several", "all", "both", "half", NULL };
        if (grammar_is(h->w.at[from].low, counts)) return lines_turn(a, h->w, from + 1, to);
        text t = lines_turn(a, h->w, from + 1, to);
        return arena_format(a, "the %.*s", (int)t.n, t.p);
    }
    return lines_turn(a, h->w, from, to);
}

static void choose_thing(heard *h, arena *a) {
    int best = 4;
    for (size_t i = 0; i < h->w.n; i++) {
        word_kind k = kind(h, i);
        if (k != W_DET && k != W_POSS && k != W_NOUN && k != W_ADJ && k != W_NAME) continue;
        size_t to = i;
        bool thing = false;
        while (to < h->w.n) {
            word_kind t = kind(h, to);
            if (t == W_NOUN || t == W_NAME) thing = true;
            else if ((t != W_DET && t != W_POSS && t != W_ADJ) || thing) break;
            to++;
            if (h->w.at[to - 1].after || h->t[to - 1].finite) break;
        }
        if (!thing || to - i > 4 || (kind(h, to - 1) != W_NOUN && kind(h, to - 1) != W_NAME) || h->t[to - 1].finite) {
            if (to > i) i = to - 1;
            continue;
        }
        int s = thing_score(h, i, to);
        if (s > best) {
            best = s;
            h->n = named_well(a, h, (word_span){ i, to }, thing_said(a, h, i, to));
            size_t head = to - 1;
            if (head > i && kind(h, head - 1) == W_NOUN && head - 1 > i) head--;
            h->bare = lines_turn(a, h->w, head, to);
            h->n_span = (word_span){ i, to };
            text low = h->w.at[to - 1].low;
            h->n_plural = text_ends(low, "s") && !text_ends(low, "ss") && !text_ends(low, "us");
        }
        i = to - 1;
    }
}

/* ---- all of it ---------------------------------------------------------------------------------------------------------------------- */
static bool asks_at_all(const heard *h) {
    for (size_t i = 0; i < h->n_clause; i++)
        if (h->clause[i].asks) return true;
    return false;
}

void hear(const grammar *g, arena *a, text message, words w, heard *out) {
    static const char *const repeats[] = { "again", "always", "every", "third", "fourth", "fifth", "another", "keeps", "still", NULL };
    *out = (heard){ .w = w, .t = grammar_tags(g, a, w), .c = { "", 0 }, .n = { "", 0 }, .bare = { "", 0 }, .but_a = { "", 0 }, .but_b = { "", 0 } };
    out->whole = message;
    cut(out, a);
    choose_clause(out, a);
    choose_thing(out, a);
    for (size_t i = 0; i < w.n; i++) {
        out->content += !w.at[i].stop;
        out->again |= grammar_is(w.at[i].low, repeats) && !text_is(w.at[i].low, "still");
    }
    out->asks = asks_at_all(out);
}
