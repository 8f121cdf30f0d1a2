/* SPDX-License-Identifier: Apache-2.0
 * parse.c - see parse.h.
 *
 * DESIGN  Contractions are taken apart, so that the rules need one form of each verb; "'s" stays as it is, since only the
 *         rule that reads it knows whether it is "is", "has" or an owner's. Quoted runs are marked by looking at the
 *         message's own quotation marks, because words.h has dropped them. */
#include "remember/parse.h"
#include <ctype.h>
#include <string.h>

/* ---- taking contractions apart ---------------------------------------------------------------------------------- */
typedef struct { const char *typed, *one, *two; } pair;
static const pair pairs[] = {
    { "i'm", "i", "am" }, { "im", "i", "am" }, { "can't", "can", "not" }, { "cannot", "can", "not" },
    { "won't", "will", "not" }, { "ain't", "am", "not" }, { "gonna", "going", "to" }, { "wanna", "want", "to" },
    { "gotta", "got", "to" }, { "theyre", "they", "are" }, { "weve", "we", "have" }, { "theyve", "they", "have" },
    { "y'all", "you", "all" }, { "id", "i", "'d" }, { "dunno", "not", "know" }, { "shes", "she", "'s" },
    { "hes", "he", "'s" }, { "dont", "do", "not" }, { "doesnt", "does", "not" }, { "innit", "is", "it" },
    { "mums", "mum", "'s" }, { "moms", "mom", "'s" }, { "dads", "dad", "'s" },
};
static const pair tails[] = {            /* what stands after the apostrophe */
    { "'m", NULL, "am" }, { "'re", NULL, "are" }, { "'ve", NULL, "have" }, { "'ll", NULL, "will" }, { "'d", NULL, "'d" },
    { "'s", NULL, "'s" },
};

static bool take_apart(arena *a, text low, text *one, text *two) {
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (text_is(low, pairs[i].typed)) return *one = text_of(pairs[i].one), *two = text_of(pairs[i].two), true;
    if (low.n > 3 && text_ends(low, "n't"))
        return *one = (text){ low.p, low.n - 3 }, *two = TEXT("not"), true;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t n = strlen(tails[i].typed);
        if (low.n > n && text_ends(low, tails[i].typed))
            return *one = (text){ low.p, low.n - n }, *two = text_of(tails[i].two), true;
    }
    (void)a;
    return false;
}

static const lex nothing;

static void add(said *s, const word *w, text low, bool head, bool tail) {
    piece *p = &s->at[s->n++];
    const lex *is = lex_find(low);
    *p = (piece){ .raw = w->raw, .low = low, .typed_capital = w->capital && head, .stop = words_is_stop(low),
                  .from = (size_t)(w->raw.p - s->message.p), .is = is ? is : &nothing };
    p->to = p->from + w->raw.n;
    p->after = tail ? w->after : 0;
    p->capital = p->typed_capital;
}

/* "my brothers called dele", "sisters a nurse": a tie with the apostrophe left out. */
static bool bare_owner(const words *w, size_t i, text *one) {
    static const char *const next[] = { "called", "name", "named", "a", "an", "birthday", "not", "moving", "getting", "got",
        "been", "just", "coming", "having", "in", "at", "from", "died", "turning", "going", "pregnant", "really", "called" };
    text low = w->at[i].low;
    if (i + 1 >= w->n || w->at[i].after || low.n < 4 || low.p[low.n - 1] != 's') return false;
    *one = (text){ low.p, low.n - 1 };
    const lex *is = lex_find(*one);
    if (!is || !(is->tie || (is->name && !is->word_too)) || lex_find(low)) return false;
    if (i + 2 < w->n && text_is(w->at[i + 1].low, "called") &&
        (text_is(w->at[i + 2].low, "me") || text_is(w->at[i + 2].low, "us"))) return false;
    for (size_t k = 0; k < sizeof next / sizeof *next; k++)
        if (text_is(w->at[i + 1].low, next[k])) return true;
    return false;
}

/* ---- quotation ------------------------------------------------------------------------------------------------------ */
static size_t mark_at(text t, size_t i, bool *opens, bool *closes) {
    uint32_t cp;
    size_t n = text_next((text){ t.p + i, t.n - i }, &cp);
    bool before = i > 0 && !strchr(" \n\t([-", t.p[i - 1]), behind = i + n < t.n && !strchr(" \n\t.,!?;:)]-", t.p[i + n]);
    *opens = *closes = false;
    if (cp == '"') *opens = *closes = true;
    else if (cp == 0x201C || cp == 0xAB) *opens = true;
    else if (cp == 0x201D || cp == 0xBB) *closes = true;
    else if (cp == 0x2018) *opens = !before;
    else if (cp == '\'' || cp == 0x2019) *opens = !before && behind, *closes = before && !behind;
    return n;
}

/* Marks the pieces between a pair of quotation marks. A mark that is never closed quotes nothing: it was an apostrophe. */
static void mark_quotes(said *s) {
    text t = s->message;
    size_t k = 0;
    for (size_t i = 0; i < t.n;) {
        bool opens, closes;
        size_t n = mark_at(t, i, &opens, &closes), end = i + n;
        if (!opens) {
            i = end;
            continue;
        }
        bool o, c = false;
        size_t j = end;
        while (j < t.n && t.p[j] != '\n') {
            size_t step = mark_at(t, j, &o, &c);
            if (c) break;
            j += step;
        }
        if (!c || j >= t.n) {
            i = end;
            continue;
        }
        while (k < s->n && s->at[k].from < i) k++;
        for (; k < s->n && s->at[k].from < j; k++) s->at[k].quoted = true;
        i = j + 1;
    }
}

/* ---- sentences ------------------------------------------------------------------------------------------------------ */
bool parsed_is(const said *s, size_t i, const char *words_barred) {
    if (i >= s->n) return false;
    text low = s->at[i].low;
    for (const char *p = words_barred; *p;) {
        size_t n = strcspn(p, "|");
        if (n == low.n && memcmp(p, low.p, n) == 0) return true;
        p += n + (p[n] == '|');
    }
    return false;
}

static const char aux[] = "do|does|did|is|are|am|was|were|can|could|should|would|will|have|has|had|shall|may|might|ain't";
static const char someone[] = "i|you|he|she|they|we|it|my|your|his|her|our|their|the|this|that|there|anyone|someone|everyone|'s|not";
static const char asking[] = "what|where|why|how|who|when|which|whose|wheres|whats|hows|whos";

/* "do you", "is she", "where does": also without a question mark, as people type. */
static bool turned_round(const said *s, size_t i) {
    if (parsed_is(s, i, asking)) return parsed_is(s, i + 1, aux) || parsed_is(s, i + 1, "'s|'re|many|much|old|long|far|come|about");
    if (parsed_is(s, i + 1, "not") && !parsed_is(s, i + 2, someone)) return false;            /* "don't forget" */
    return parsed_is(s, i, aux) && (parsed_is(s, i + 1, someone) || (i + 1 < s->n && s->at[i + 1].is->name));
}

/* "did i tell you …", "guess what", "remember": a way to begin telling. The pieces it takes. */
static size_t telling(const said *s, size_t i) {
    size_t k = i;
    if (parsed_is(s, k, "did|have|has") && parsed_is(s, k + 1, "i|'ve") && parsed_is(s, k + 2, "tell|told|mention|mentioned|say|said"))
        k += parsed_is(s, k + 3, "you|u") ? 4 : 3;
    else if (parsed_is(s, k, "you") && parsed_is(s, k + 1, "know|remember") && !parsed_is(s, k + 2, "who|what|where|when|why|how"))
        k += 2;
    else return 0;
    if (parsed_is(s, k, "that|about|how")) k++;
    return k - i;
}

static bool tag(const said *s, size_t from, size_t to) {
    return to - from <= 4 && (parsed_is(s, from, "right|remember|yeah|innit|no|ok|okay|eh|huh|yes|correct|you") ||
                              turned_round(s, from));
}

/* Where a question mark rules only the last part ("i moved to leeds, did i tell you?"), cut it off. */
static void judge(said *s, sentence *x) {
    size_t told = telling(s, x->from);
    char end = s->at[x->to - 1].after;
    if (told && x->from + told < x->to) return;
    if (turned_round(s, x->from)) {
        x->asks = true;
        return;
    }
    if (end != '?') return;
    for (size_t i = x->to - 1; i > x->from; i--)
        if (strchr(",;:-", s->at[i - 1].after) && s->at[i - 1].after && tag(s, i, x->to)) return;
    x->asks = true;
}

static void cut_sentences(said *s) {
    s->sent = arena_new(s->a, s->n + 1, sizeof *s->sent);
    size_t from = 0;
    for (size_t i = 0; i < s->n; i++) {
        char m = s->at[i].after;
        s->at[i].sentence = (uint16_t)s->n_sent;
        bool list_end = m == ';' || (m == '-' && !(i + 1 < s->n && parsed_is(s, i + 1, "my|our|the|a|an|his|her")));
        if (m != '.' && m != '?' && m != '!' && m != '\n' && !list_end && i + 1 < s->n) continue;
        sentence x = { from, i + 1, false };
        judge(s, &x);
        s->sent[s->n_sent++] = x;
        from = i + 1;
    }
}

/* A capital means a name only where people use capitals to mean something. */
static void weigh_capitals(said *s) {
    size_t shouted = 0, capitals = 0;
    for (size_t i = 0; i < s->n; i++) {
        shouted += s->at[i].typed_capital && s->at[i].raw.n > 1 && isupper((unsigned char)s->at[i].raw.p[1]);
        capitals += s->at[i].typed_capital;
    }
    bool mean = shouted * 2 < s->n && (s->n < 4 || capitals * 3 < s->n * 2);
    for (size_t i = 0; i < s->n; i++) {
        bool first = i == 0 || s->at[i - 1].sentence != s->at[i].sentence || s->at[i - 1].after == '\n';
        s->at[i].capital = s->at[i].typed_capital && mean && !first && !text_is(s->at[i].low, "i");
    }
}

said said_of(arena *a, text message, int64_t now_ms) {
    words w = words_of(a, message);
    said s = { .a = a, .message = message, .now_ms = now_ms };
    s.at = arena_new(a, w.n * 2 + 1, sizeof *s.at);
    for (size_t i = 0; i < w.n; i++) {
        text one, two = TEXT("'s");
        if (take_apart(a, w.at[i].low, &one, &two) || bare_owner(&w, i, &one)) {
            add(&s, &w.at[i], one, true, false);
            add(&s, &w.at[i], two, false, true);
        } else add(&s, &w.at[i], w.at[i].low, true, true);
    }
    mark_quotes(&s);
    cut_sentences(&s);
    weigh_capitals(&s);
    return s;
}

/* ---- clauses ---------------------------------------------------------------------------------------------------------- */
bool said_stops(const said *s, size_t i) {
    if (i >= s->n || i == 0) return i >= s->n;
    if (s->at[i - 1].after && s->at[i - 1].sentence != s->at[i].sentence) return true;
    if (s->at[i - 1].after && strchr(".?!\n;:,-)", s->at[i - 1].after)) return true;
    if (parsed_is(s, i, "but|because|cos|coz|so|when|while|which|who|though|although|if|unless|whereas|until|except|anyway"))
        return true;
    return parsed_is(s, i, "and|then|plus|n") && i + 1 < s->n &&
           (parsed_is(s, i + 1, "i|he|she|they|we|you|it|my|our|his|her|then|now|so|got|have|has|is|was|am|im|that|there|this|just|'s") ||
            s->at[i + 1].is->name);
}

size_t said_clause_end(const said *s, size_t i) {
    do i++;
    while (!said_stops(s, i));
    return i < s->n ? i : s->n;
}

const lex *said_lex(const said *s, size_t i, size_t *took) {
    *took = 1;
    if (i >= s->n) return NULL;
    const lex *best = s->at[i].is != &nothing ? s->at[i].is : NULL;
    if (!lex_begins(s->at[i].low)) return best;
    char key[64];
    size_t n = 0;
    for (size_t k = 0; k < 4 && i + k < s->n; k++) {
        text low = s->at[i + k].low;
        if (k && (s->at[i + k - 1].after || n + low.n + 2 > sizeof key)) break;
        if (low.n + 2 > sizeof key) break;
        if (k && !(low.p[0] == '\'')) key[n++] = '-';
        memcpy(key + n, low.p, low.n);
        n += low.n;
        const lex *l = k ? lex_find((text){ key, n }) : NULL;
        if (!l || !(l->is || l->tie || l->place || l->name)) continue;
        best = l;
        *took = k + 1;
    }
    return best;
}

/* ---- back to words ------------------------------------------------------------------------------------------------- */
text said_raw(const said *s, size_t from, size_t to) {
    if (from >= to) return TEXT("");
    size_t b = s->at[from].from, e = s->at[to - 1].to;
    /* a piece that is the tail of a contraction begins inside its word */
    if (from > 0 && s->at[from].from == s->at[from - 1].from) b = s->at[from].to;
    if (to < s->n && s->at[to].from == s->at[to - 1].from) {
        text low = s->at[to - 1].low, raw = s->at[to - 1].raw;
        e = s->at[to - 1].from + (low.n < raw.n ? low.n : raw.n);
    }
    if (b > e) return TEXT("");
    buf out = { 0 };
    for (size_t i = b; i < e; i++) {
        bool space = strchr(" \t\n", s->message.p[i]) != NULL;
        if (!space) buf_char(&out, s->message.p[i]);
        else if (out.n && out.p[out.n - 1] != ' ') buf_char(&out, ' ');
    }
    text t = text_trim(arena_text(s->a, buf_text(&out)));
    buf_release(&out);
    return t;
}

typedef struct { const char *from, *to; } turn_row;
static const turn_row turns[] = { { "i", "you" }, { "me", "you" }, { "my", "your" }, { "mine", "yours" }, { "myself", "yourself" },
    { "we", "you" }, { "us", "you" }, { "our", "your" }, { "ours", "yours" }, { "ourselves", "yourselves" }, { "am", "are" },
    { "you", "me" }, { "your", "my" }, { "'m", "are" } };

text said_turned(const said *s, size_t from, size_t to) {
    buf out = { 0 };
    bool was_i = false;
    for (size_t i = from; i < to; i++) {
        const piece *p = &s->at[i];
        text w = p->low;
        bool split = i > 0 && p->from == s->at[i - 1].from, splits = i + 1 < s->n && s->at[i + 1].from == p->from;
        if (!split && !splits && (p->capital || p->raw.n != p->low.n || p->is->name == 0)) w = p->capital ? p->raw : p->low;
        for (size_t k = 0; k < sizeof turns / sizeof *turns; k++)
            if (text_is(p->low, turns[k].from)) w = text_of(turns[k].to);
        if (was_i && text_is(p->low, "was")) w = TEXT("were");
        if (was_i && text_is(p->low, "'s")) w = TEXT("are");
        was_i = text_is(p->low, "i") || text_is(p->low, "we");
        bool glued = text_is(p->low, "'s") || text_is(p->low, "'d");
        if (text_is(p->low, "not") && split && out.n) {
            buf_str(&out, text_is(s->at[i - 1].low, "will") || text_is(s->at[i - 1].low, "can") ? " not" : "n't");
            continue;
        }
        if (out.n && !glued) buf_char(&out, ' ');
        buf_add(&out, w);
        if (p->after == ',' && i + 1 < to) buf_char(&out, ',');
    }
    text t = arena_text(s->a, buf_text(&out));
    buf_release(&out);
    return t;
}

text said_titled(const said *s, size_t from, size_t to) {
    text raw = said_raw(s, from, to);
    char *p = arena_str(s->a, raw.p, raw.n);
    for (size_t i = 0; i < raw.n; i++) {
        bool starts = i == 0 || p[i - 1] == ' ' || p[i - 1] == '-';
        text rest = { p + i, raw.n - i };
        bool small = i && (text_starts(rest, "of ") || text_starts(rest, "the ") || text_starts(rest, "upon ") ||
                           text_starts(rest, "on ") || text_starts(rest, "and ") || text_starts(rest, "in-") ||
                           text_starts(rest, "le-") || text_starts(rest, "de "));
        if (starts && !small) p[i] = (char)toupper((unsigned char)p[i]);
    }
    return (text){ p, raw.n };
}

size_t said_number(const said *s, size_t i, int *value) {
    if (i >= s->n) return 0;
    word w[3];
    size_t n = 0;
    for (; n < 3 && i + n < s->n; n++) w[n] = (word){ .raw = s->at[i + n].raw, .low = s->at[i + n].low, .after = s->at[i + n].after };
    double v;
    size_t took;
    if (!words_number((words){ w, n }, 0, &v, &took) || v < 0 || v > 1e6 || v != (double)(int)v) return 0;
    *value = (int)v;
    return took;
}
