/* SPDX-License-Identifier: Apache-2.0
 * tongues.c - see tongues.h.
 *
 * DESIGN  A language is its script, or its commonest little words. Latin-script languages are told apart by words
 *         that English does not have, and must win clearly: two different ones and more than the English ones, so
 *         that a name, a loan word or a slip of the fingers does not make a German of an Englishman.
 *         Phrases are looked for in the text with accents taken off, lower case, one space between words; where
 *         words are not parted by spaces, anywhere. */
#include "care/tongues.h"
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/mem.h"

enum { TONGUES = 24, PHRASES_MAX = 600, WORDS_EACH = 80 };
typedef struct { char name[4]; uint64_t word[WORDS_EACH]; size_t n; } tongue;
typedef struct { char *said; size_t n; int level; bool spaced; } phrase;
struct tongues {
    tongue at[TONGUES];
    size_t n;
    phrase phrases[PHRASES_MAX];
    size_t n_phrases;
};

/* Latin letters with marks, U+00C0 .. U+017F, without them. Source: Unicode decompositions. */
static const char plain_latin[] =
    "aaaaaaaceeeeiiiidnoooooxouuuuytsaaaaaaaceeeeiiiidnoooooxouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static uint32_t plain(uint32_t cp) {
    if (cp >= 'A' && cp <= 'Z') return cp + 32;
    if (cp >= 0xC0 && cp <= 0x17F && cp - 0xC0 < sizeof plain_latin - 1) return (unsigned char)plain_latin[cp - 0xC0];
    if (cp >= 0x410 && cp <= 0x42F) return cp + 0x20;
    if (cp >= 0x400 && cp <= 0x40F) return cp + 0x50;
    if (cp == 0x451) return 0x435;
    if (cp == 0x2019 || cp == 0x2BC) return '\'';
    if (cp >= 0x64B && cp <= 0x652) return 0;               /* Arabic short vowels */
    if (cp == 0x623 || cp == 0x625 || cp == 0x622) return 0x627;
    return cp;
}

/* " word word word ": plain letters, one space between. */
static text plainly(arena *a, text t) {
    char *out = arena_new(a, t.n * 2 + 3, 1);
    size_t n = 0;
    out[n++] = ' ';
    while (t.n) {
        uint32_t cp;
        size_t k = text_next(t, &cp);
        t.p += k;
        t.n -= k;
        bool letter = cp >= 0x80 ? !(cp >= 0x2000 && cp < 0x2070) && cp != 0xBF && cp != 0xA1 &&
                                   !(cp >= 0x3000 && cp < 0x3003) && !(cp >= 0xFF01 && cp < 0xFF20) && cp != 0x60C
                                 : (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || cp == '\'' ||
                                   (cp >= '0' && cp <= '9');
        uint32_t low = cp == 0x2019 ? '\'' : plain(cp);
        if (letter && low) n += text_encode(low, out + n);
        else if (!letter && out[n - 1] != ' ') out[n++] = ' ';
    }
    if (out[n - 1] != ' ') out[n++] = ' ';
    return (text){ out, n };
}

static bool spaced_script(text t) {
    uint32_t cp;
    while (t.n) {
        size_t k = text_next(t, &cp);
        t.p += k;
        t.n -= k;
        if ((cp >= 0x3040 && cp < 0xA000) || (cp >= 0xAC00 && cp < 0xD7A4)) return false;
    }
    return true;
}

static int read_line(tongues *t, arena *a, text line) {
    line = text_trim(line);
    if (!line.n || line.p[0] == '#') return 0;
    text what = text_trim(text_cut(&line, ':'));
    text name = text_cut(&what, ' ');
    if (name.n < 2 || name.n > 3) return ERR_FORMAT;
    if (text_is(what, "words")) {
        if (t->n == TONGUES) return ERR_FULL;
        tongue *one = &t->at[t->n++];
        memcpy(one->name, name.p, name.n);
        while (line.n && one->n < WORDS_EACH) {
            text w = text_trim(text_cut(&line, ' '));
            if (w.n) one->word[one->n++] = hash_fnv(text_trim(plainly(a, w)));
        }
        return line.n ? ERR_FULL : 0;
    }
    if (what.n != 1 || what.p[0] < '0' || what.p[0] > '3') return ERR_FORMAT;
    while (line.n) {
        text one = text_trim(text_cut(&line, '|'));
        if (!one.n) continue;
        if (t->n_phrases == PHRASES_MAX) return ERR_FULL;
        bool spaced = spaced_script(one);
        text p = plainly(a, one);
        if (!spaced) p = text_trim(p);
        t->phrases[t->n_phrases++] = (phrase){ mem_text(p.p, p.n), p.n, what.p[0] - '0', spaced };
    }
    return 0;
}

int tongues_open(tongues **out, text bytes, fail *why) {
    tongues *t = mem_new(1, sizeof *t);
    arena a = { 0 };
    int rc = bytes.n ? 0 : ERR_FORMAT;
    for (int line = 1; bytes.n && !rc; line++) {
        rc = read_line(t, &a, text_cut(&bytes, '\n'));
        if (rc) fail_set(why, ERR_FORMAT, "tongues.txt line %d: expected `xx words: …` or `xx 2: phrase | phrase`", line);
        arena_reset(&a);
    }
    arena_release(&a);
    if (rc) {
        tongues_close(t);
        return ERR_FORMAT;
    }
    *out = t;
    return 0;
}

void tongues_close(tongues *t) {
    if (!t) return;
    for (size_t i = 0; i < t->n_phrases; i++) free(t->phrases[i].said);
    free(t);
}

int tongues_risk(const tongues *t, arena *a, text heard) {
    enum { LOOK_BYTES = 8000 };
    if (heard.n > LOOK_BYTES) heard.n = LOOK_BYTES;
    text p = plainly(a, heard);
    int level = 0;
    bool denied = false;
    for (size_t i = 0; i < t->n_phrases; i++) {
        const phrase *x = &t->phrases[i];
        if ((x->level <= level && x->level) || x->n > p.n || !memmem(p.p, p.n, x->said, x->n)) continue;
        if (x->level == 0) denied = true;
        else level = x->level;
    }
    return denied ? 0 : level;
}

/* ---- which language ------------------------------------------------------------------------------------------ */
typedef struct { size_t latin, kana, hangul, han, arabic, deva, cyrillic, ukrainian, hebrew, greek, thai, farsi, turkish; } scripts;

static scripts count_scripts(text t) {
    scripts s = { 0 };
    while (t.n) {
        uint32_t cp;
        size_t k = text_next(t, &cp);
        t.p += k;
        t.n -= k;
        s.latin += (cp | 32) >= 'a' && (cp | 32) <= 'z';
        s.kana += cp >= 0x3041 && cp <= 0x30FF;
        s.hangul += cp >= 0xAC00 && cp <= 0xD7A3;
        s.han += cp >= 0x4E00 && cp <= 0x9FFF;
        s.arabic += cp >= 0x600 && cp <= 0x6FF;
        s.farsi += cp == 0x67E || cp == 0x686 || cp == 0x698 || cp == 0x6AF || cp == 0x6CC;
        s.deva += cp >= 0x900 && cp <= 0x97F;
        s.cyrillic += cp >= 0x400 && cp <= 0x4FF;
        s.ukrainian += cp == 0x456 || cp == 0x457 || cp == 0x454 || cp == 0x491 || cp == 0x406 || cp == 0x407;
        s.hebrew += cp >= 0x590 && cp <= 0x5FF;
        s.greek += cp >= 0x370 && cp <= 0x3FF;
        s.thai += cp >= 0xE00 && cp <= 0xE7F;
    }
    return s;
}

static const char *by_script(scripts s) {
    size_t most = s.latin;
    if (s.kana && (s.kana + s.han) * 2 >= most) return "ja";
    if (s.hangul * 2 > most) return "ko";
    if (s.han * 3 > most) return "zh";
    if (s.arabic > most) return s.farsi ? "fa" : "ar";
    if (s.deva > most) return "hi";
    if (s.cyrillic > most) return s.ukrainian ? "uk" : "ru";
    if (s.hebrew > most) return "he";
    if (s.greek > most) return "el";
    if (s.thai > most) return "th";
    return NULL;
}

const char *tongues_guess(const tongues *t, arena *a, text heard, words w) {
    enum { LOOK_WORDS = 60 };
    const char *script = by_script(count_scripts((text){ heard.p, heard.n < 2000 ? heard.n : 2000 }));
    if (script) return script;
    size_t score[TONGUES] = { 0 }, kinds[TONGUES] = { 0 }, english = 0, looked = 0;
    for (size_t i = 0; i < w.n && i < LOOK_WORDS; i++) {
        text p = text_trim(plainly(a, w.at[i].raw));
        uint64_t h = hash_fnv(p);
        looked++;
        english += w.at[i].stop;
        for (size_t k = 0; k < t->n; k++)
            for (size_t j = 0; j < t->at[k].n; j++)
                if (t->at[k].word[j] == h) {
                    bool seen = false;
                    for (size_t b = 0; b < i && !seen; b++) seen = text_eq(w.at[b].low, w.at[i].low);
                    score[k]++;
                    kinds[k] += !seen;
                    break;
                }
    }
    size_t best = 0;
    for (size_t k = 1; k < t->n; k++) if (score[k] > score[best]) best = k;
    if (!t->n || score[best] < 2 || kinds[best] < 2 || score[best] <= english || score[best] * 4 < looked) return "en";
    return t->at[best].name;
}
