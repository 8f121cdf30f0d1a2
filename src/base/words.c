/* SPDX-License-Identifier: Apache-2.0
 * words.c - see words.h.
 *
 * DESIGN  One pass over the code points. What people really type is mended at the level of single words only
 *         ("cant", "im", "u", curly quotes): spelling beyond that is left alone, since a wrong guess about
 *         somebody's words is worse than a missed one. */
#include "base/words.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- function words, sorted for bsearch ---------------------------------------------------------------- */
static const char *const stops[] = {
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "aren't", "as", "at", "be",
    "because", "been", "before", "being", "but", "by", "can", "can't", "cannot", "could", "couldn't", "did",
    "didn't", "do", "does", "doesn't", "doing", "don't", "down", "even", "ever", "every", "for", "from", "get",
    "gets", "getting", "go", "goes", "going", "gonna", "got", "had", "hadn't", "has", "hasn't", "have",
    "haven't", "having", "he", "he'd", "he'll", "he's", "her", "here", "hers", "him", "his", "how", "i", "i'd",
    "i'll", "i'm", "i've", "if", "in", "into", "is", "isn't", "it", "it'd", "it'll", "it's", "its", "just",
    "let", "let's", "like", "me", "mine", "more", "most", "much", "my", "myself", "no", "nor", "not", "now",
    "of", "off", "oh", "ok", "okay", "on", "one", "only", "or", "other", "our", "ours", "out", "over", "own",
    "quite", "really", "said", "same", "say", "says", "shall", "she", "she'd", "she'll", "she's", "should",
    "shouldn't", "so", "some", "still", "such", "than", "that", "that'll", "that's", "the", "their", "them",
    "then", "there", "there's", "these", "they", "they'd", "they'll", "they're", "they've", "thing", "things",
    "this", "those", "though", "to", "too", "um", "until", "up", "us", "very", "wanna", "was", "wasn't", "we",
    "we'd", "we'll", "we're", "we've", "well", "were", "weren't", "what", "what's", "when", "where", "which",
    "while", "who", "who's", "whom", "why", "will", "with", "won't", "would", "wouldn't", "yeah", "yes", "you",
    "you'd", "you'll", "you're", "you've", "your", "yours", "yourself"
};

static int by_name(const void *key, const void *row) {
    const text *k = key;
    const char *r = *(const char *const *)row;
    size_t n = strlen(r);
    int c = memcmp(k->p, r, k->n < n ? k->n : n);
    return c ? c : k->n < n ? -1 : k->n > n;
}

bool words_is_stop(text low) {
    return bsearch(&low, stops, sizeof stops / sizeof *stops, sizeof *stops, by_name) != NULL;
}

/* ---- mending single words, sorted by what was typed ---------------------------------------------------- */
typedef struct { const char *typed, *meant; } mend;
static const mend mends[] = {
    { "arent", "aren't" }, { "bc", "because" }, { "becuase", "because" }, { "cant", "can't" },
    { "couldnt", "couldn't" }, { "coz", "because" }, { "cuz", "because" }, { "definately", "definitely" },
    { "didnt", "didn't" }, { "doesnt", "doesn't" }, { "dont", "don't" }, { "freind", "friend" },
    { "freinds", "friends" }, { "hadnt", "hadn't" }, { "hasnt", "hasn't" }, { "havent", "haven't" },
    { "hes", "he's" }, { "i'am", "i'm" }, { "im", "i'm" }, { "isnt", "isn't" }, { "ive", "i've" },
    { "pls", "please" }, { "plz", "please" }, { "r", "are" }, { "recieve", "receive" }, { "shes", "she's" },
    { "shouldnt", "shouldn't" }, { "teh", "the" }, { "thats", "that's" }, { "theres", "there's" },
    { "theyre", "they're" }, { "tho", "though" }, { "thx", "thanks" }, { "tmrw", "tomorrow" },
    { "tommorow", "tomorrow" }, { "tomorow", "tomorrow" }, { "u", "you" }, { "ur", "your" },
    { "wasnt", "wasn't" }, { "werent", "weren't" }, { "whats", "what's" }, { "wheres", "where's" },
    { "whos", "who's" }, { "wierd", "weird" }, { "wont", "won't" }, { "wouldnt", "wouldn't" },
    { "ya", "you" }, { "youre", "you're" }, { "youve", "you've" }
};

static int by_typed(const void *key, const void *row) { return by_name(key, &((const mend *)row)->typed); }

static text mended(text low) {
    const mend *m = bsearch(&low, mends, sizeof mends / sizeof *mends, sizeof *mends, by_typed);
    return m ? text_of(m->meant) : low;
}

/* ---- Porter's stemmer ------------------------------------------------------------------------------------ */
typedef struct { char *b; int k; int j; } porter;   /* b[0..k] the word, j the end of the stem being looked at */

static bool cons(const porter *z, int i) {
    switch (z->b[i]) {
        case 'a': case 'e': case 'i': case 'o': case 'u': return false;
        case 'y': return i == 0 ? true : !cons(z, i - 1);
        default: return true;
    }
}

static int measure(const porter *z) {
    int n = 0, i = 0;
    while (i <= z->j && cons(z, i)) i++;
    for (;;) {
        while (i <= z->j && !cons(z, i)) i++;
        if (i > z->j) return n;
        n++;
        while (i <= z->j && cons(z, i)) i++;
        if (i > z->j) return n;
    }
}

static bool vowel_in_stem(const porter *z) {
    for (int i = 0; i <= z->j; i++)
        if (!cons(z, i)) return true;
    return false;
}

static bool double_cons(const porter *z, int i) { return i >= 1 && z->b[i] == z->b[i - 1] && cons(z, i); }

static bool cvc(const porter *z, int i) {
    if (i < 2 || !cons(z, i) || cons(z, i - 1) || !cons(z, i - 2)) return false;
    return z->b[i] != 'w' && z->b[i] != 'x' && z->b[i] != 'y';
}

static bool ends(porter *z, const char *s) {
    int n = (int)strlen(s);
    if (n > z->k + 1 || memcmp(z->b + z->k - n + 1, s, (size_t)n) != 0) return false;
    z->j = z->k - n;
    return true;
}

static void set_to(porter *z, const char *s) {
    int n = (int)strlen(s);
    memcpy(z->b + z->j + 1, s, (size_t)n);
    z->k = z->j + n;
}

static void replace_first(porter *z, const char *const (*rows)[2], size_t n) {
    for (size_t i = 0; i < n; i++)
        if (ends(z, rows[i][0])) {
            if (measure(z) > 0) set_to(z, rows[i][1]);
            return;
        }
}

static void step1(porter *z) {
    if (z->b[z->k] == 's') {
        if (ends(z, "sses")) z->k -= 2;
        else if (ends(z, "ies")) set_to(z, "i");
        else if (z->k > 0 && z->b[z->k - 1] != 's') z->k--;
    }
    if (ends(z, "eed")) {
        if (measure(z) > 0) z->k--;
    } else if ((ends(z, "ed") || ends(z, "ing")) && vowel_in_stem(z)) {
        z->k = z->j;
        if (ends(z, "at")) set_to(z, "ate");
        else if (ends(z, "bl")) set_to(z, "ble");
        else if (ends(z, "iz")) set_to(z, "ize");
        else if (double_cons(z, z->k)) {
            char c = z->b[z->k];
            if (c != 'l' && c != 's' && c != 'z') z->k--;
        } else {
            z->j = z->k;
            if (measure(z) == 1 && cvc(z, z->k)) set_to(z, "e");
        }
    }
    if (ends(z, "y") && vowel_in_stem(z)) z->b[z->k] = 'i';
}

static void step4(porter *z) {
    static const char *const rows[] = { "ance", "ence", "able", "ible", "ement", "ment", "ant", "ent", "al", "er",
        "ic", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!ends(z, rows[i])) continue;
        bool ion = strcmp(rows[i], "ion") == 0;
        if (ion && !(z->j >= 0 && (z->b[z->j] == 's' || z->b[z->j] == 't'))) return;
        if (measure(z) > 1) z->k = z->j;
        return;
    }
}

static void step5(porter *z) {
    z->j = z->k;
    if (z->b[z->k] == 'e') {
        z->j = z->k - 1;
        int m = measure(z);
        if (m > 1 || (m == 1 && !cvc(z, z->k - 1))) z->k--;
    }
    z->j = z->k;
    if (z->b[z->k] == 'l' && double_cons(z, z->k) && measure(z) > 1) z->k--;
}

text words_stem(arena *a, text low) {
    static const char *const two[][2] = { { "ational", "ate" }, { "tional", "tion" }, { "enci", "ence" },
        { "anci", "ance" }, { "izer", "ize" }, { "bli", "ble" }, { "alli", "al" }, { "entli", "ent" }, { "eli", "e" },
        { "ousli", "ous" }, { "ization", "ize" }, { "ation", "ate" }, { "ator", "ate" }, { "alism", "al" },
        { "iveness", "ive" }, { "fulness", "ful" }, { "ousness", "ous" }, { "aliti", "al" }, { "iviti", "ive" },
        { "biliti", "ble" }, { "logi", "log" } };
    static const char *const three[][2] = { { "icate", "ic" }, { "ative", "" }, { "alize", "al" }, { "iciti", "ic" },
        { "ical", "ic" }, { "ful", "" }, { "ness", "" } };
    if (low.n > 2 && low.p[low.n - 1] == 's' && low.p[low.n - 2] == '\'') low.n -= 2;   /* amy's -> amy */
    for (size_t i = 0; i < low.n; i++)
        if (low.p[i] < 'a' || low.p[i] > 'z') return low;
    if (low.n <= 2 || low.n > 40) return low;
    porter z = { arena_new(a, low.n + 4, 1), (int)low.n - 1, 0 };   /* room for "e" and more */
    memcpy(z.b, low.p, low.n);
    step1(&z);
    replace_first(&z, two, sizeof two / sizeof *two);
    replace_first(&z, three, sizeof three / sizeof *three);
    if (z.k > 0) step4(&z);
    if (z.k > 0) step5(&z);
    return (text){ z.b, (size_t)(z.k + 1) };
}

/* ---- tokens ----------------------------------------------------------------------------------------------- */
static bool is_letter(uint32_t cp) {
    if (cp < 0x80) return isalpha((int)cp) != 0;
    return (cp >= 0xC0 && cp < 0x2000 && cp != 0xD7 && cp != 0xF7) || (cp >= 0x2C00 && cp < 0x2E00) ||
           (cp >= 0x3040 && cp < 0xD7A4) || (cp >= 0xF900 && cp < 0xFB00) || (cp >= 0x10000 && cp < 0x1F000) ||
           (cp >= 0x20000 && cp < 0x30000);
}

static bool is_apostrophe(uint32_t cp) { return cp == '\'' || cp == 0x2019 || cp == 0x02BC; }

static bool is_pictograph(uint32_t cp) {
    return (cp >= 0x1F300 && cp <= 0x1FAFF) || (cp >= 0x2600 && cp <= 0x27BF) || cp == 0x2764;
}

typedef struct { uint32_t cp; size_t n; } glyph;
static glyph peek(text t, size_t at) {
    if (at >= t.n) return (glyph){ 0, 0 };
    glyph g;
    g.n = text_next((text){ t.p + at, t.n - at }, &g.cp);
    return g;
}

/* End of the word that starts at `at`: letters and digits, with ' and - between them, and . : , between digits. */
static size_t word_end(text t, size_t at) {
    uint32_t last = 0;
    for (;;) {
        glyph g = peek(t, at), next = peek(t, at + g.n);
        bool digit = g.cp >= '0' && g.cp <= '9', next_digit = next.cp >= '0' && next.cp <= '9';
        bool last_digit = last >= '0' && last <= '9';
        if (is_letter(g.cp) || digit || (g.cp >= 0x300 && g.cp < 0x370)) {
        } else if (last && (is_apostrophe(g.cp) || g.cp == '-') && (is_letter(next.cp) || next_digit)) {
        } else if (last_digit && next_digit && (g.cp == '.' || g.cp == ':' || g.cp == ',')) {
        } else return at;
        last = g.cp;
        at += g.n;
    }
}

static text lowered(arena *a, text raw) {
    char *s = arena_new(a, raw.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n;) {
        glyph g = peek(raw, i);
        if (is_apostrophe(g.cp)) s[n++] = '\'';
        else if (g.cp < 0x80) s[n++] = (char)tolower((int)g.cp);
        else if ((g.cp >= 0xC0 && g.cp <= 0xDE && g.cp != 0xD7) || (g.cp >= 0x391 && g.cp <= 0x3A9) ||
                 (g.cp >= 0x410 && g.cp <= 0x42F)) n += text_encode(g.cp + 0x20, s + n);
        else if (g.cp >= 0x400 && g.cp <= 0x40F) n += text_encode(g.cp + 0x50, s + n);
        else {
            memcpy(s + n, raw.p + i, g.n);
            n += g.n;
        }
        i += g.n;
    }
    return (text){ s, n };
}

static char mark_of(uint32_t cp) {
    switch (cp) {
        case '.': case 0x2026: case 0x3002: return '.';
        case ',': case 0x3001: return ',';
        case '?': case 0xFF1F: return '?';
        case '!': case 0xFF01: return '!';
        case ';': case ':': case '\n': case ')': return (char)cp;
        case 0x2013: case 0x2014: return '-';
        default: return 0;
    }
}

/* How strongly a mark ends a sentence; the strongest after a word wins. */
static int mark_rank(char m) {
    switch (m) {
        case '?': return 6;
        case '!': return 5;
        case '.': return 4;
        case '\n': return 3;
        case ';': case ':': case '-': return 2;
        case ',': case ')': return 1;
        default: return 0;
    }
}

static word word_make(arena *a, text raw) {
    word w = { .raw = raw, .low = mended(lowered(a, raw)) };
    unsigned upper = 0, letters = 0;
    for (size_t i = 0; i < raw.n; i++) {
        upper += raw.p[i] >= 'A' && raw.p[i] <= 'Z';
        letters += isalpha((unsigned char)raw.p[i]) != 0;
    }
    glyph first = peek(raw, 0);
    w.capital = (first.cp >= 'A' && first.cp <= 'Z') || (first.cp >= 0xC0 && first.cp <= 0xDE);
    w.shout = letters >= 2 && upper == letters;
    w.stop = words_is_stop(w.low);
    w.stem = words_stem(a, w.low);
    return w;
}

words words_of(arena *a, text message) {
    enum { LOOK_BYTES = WORDS_MAX * 16 };   /* more than any kept word needs; bounds the work on huge lines */
    if (message.n > LOOK_BYTES) message.n = LOOK_BYTES;
    size_t room = message.n / 2 + 1 > WORDS_MAX ? WORDS_MAX : message.n / 2 + 1;
    words w = { arena_new(a, room, sizeof *w.at), 0 };
    for (size_t at = 0; at < message.n && w.n < room;) {
        glyph g = peek(message, at);
        size_t end = is_pictograph(g.cp) ? at + g.n : word_end(message, at);
        if (end > at) {
            w.at[w.n++] = word_make(a, (text){ message.p + at, end - at });
            at = end;
            continue;
        }
        char m = mark_of(g.cp);
        bool dash = g.cp == '-' && at > 0 && message.p[at - 1] == ' ';
        if (dash) m = '-';
        if (w.n && mark_rank(m) > mark_rank(w.at[w.n - 1].after)) w.at[w.n - 1].after = m;
        at += g.n;
    }
    return w;
}

static bool ends_sentence(char m) { return m == '.' || m == '?' || m == '!' || m == '\n'; }

static bool opens_clause(text low) {
    static const char *const rows[] = { "and", "because", "before", "but", "so", "when", "which", "while", "who" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_is(low, rows[i])) return true;
    return false;
}

word_span *words_sentences(arena *a, words w, bool clauses, size_t *n) {
    word_span *s = arena_new(a, w.n ? w.n : 1, sizeof *s);
    size_t from = 0;
    *n = 0;
    for (size_t i = 0; i < w.n; i++) {
        char m = w.at[i].after;
        bool cut = ends_sentence(m) || i + 1 == w.n;
        if (clauses && !cut) cut = mark_rank(m) > 0 || (i + 1 > from && opens_clause(w.at[i + 1].low));
        if (!cut) continue;
        s[(*n)++] = (word_span){ from, i + 1 };
        from = i + 1;
    }
    return s;
}

static int unit_of(text low) {
    static const char *const names[] = { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
        "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen" };
    for (int i = 0; i < 20; i++)
        if (text_is(low, names[i])) return i;
    return -1;
}

static int tens_of(text low) {
    static const char *const names[] = { "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety" };
    for (int i = 0; i < 8; i++)
        if (text_is(low, names[i])) return 20 + 10 * i;
    return -1;
}

static bool numeral(text low, double *value) {
    char raw[32];
    size_t n = 0;
    if (low.n == 0 || low.n >= sizeof raw || low.p[0] < '0' || low.p[0] > '9') return false;
    for (size_t i = 0; i < low.n; i++) {
        if (low.p[i] == ',') continue;
        if ((low.p[i] < '0' || low.p[i] > '9') && low.p[i] != '.') return false;
        raw[n++] = low.p[i];
    }
    raw[n] = '\0';
    *value = strtod(raw, NULL);
    return true;
}

bool words_number(words w, size_t i, double *value, size_t *took) {
    if (i >= w.n) return false;
    *took = 1;
    if (numeral(w.at[i].low, value)) return true;
    text low = w.at[i].low, rest = low;
    int tens = tens_of(low), unit = unit_of(low);
    if (tens < 0 && unit < 0 && low.n > 4) {            /* twenty-one */
        text head = text_cut(&rest, '-');
        if (rest.n) tens = tens_of(head), unit = tens >= 0 ? unit_of(rest) : -1;
        if (tens < 0 || unit < 1 || unit > 9) return false;
        *value = tens + unit;
        return true;
    }
    if (tens >= 0) {
        *value = tens;
        int next = i + 1 < w.n && !w.at[i].after ? unit_of(w.at[i + 1].low) : -1;
        if (next >= 1 && next <= 9) *value += next, *took = 2;
    } else if (unit >= 0) *value = unit;
    else return false;
    if (i + *took < w.n && text_is(w.at[i + *took].low, "hundred")) *value *= 100, ++*took;
    else if (i + *took < w.n && text_is(w.at[i + *took].low, "thousand")) *value *= 1000, ++*took;
    return true;
}

size_t words_shared(words a, words b) {
    size_t n = 0;
    for (size_t i = 0; i < a.n; i++) {
        if (a.at[i].stop || a.at[i].low.n < 2) continue;
        for (size_t j = 0; j < b.n; j++)
            if (!b.at[j].stop && text_eq(a.at[i].stem, b.at[j].stem)) {
                n++;
                break;
            }
    }
    return n;
}
