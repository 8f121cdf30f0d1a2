/* SPDX-License-Identifier: Apache-2.0
 * small_facts.c - plain facts she was given: capitals, who wrote what, symbols, and the lines of voice/moves/world.say.
 *
 * DESIGN  Countries stand in voice/lexicon/countries.txt, the rest in facts.txt; a row's names are compared whole, so what
 *         is not in the table is never guessed at. "and of kenya?" goes on from the column that was asked for last.
 * SOURCE  Common knowledge, written from memory and checked against one another; see the heads of the two files. */
#include <string.h>
#include "base/clock.h"
#include "base/embed.h"
#include "think/small.h"

typedef struct { const char *kind, *pattern, *id; int column; } fact_row;   /* column: of countries.txt; -1: a section of facts.txt */

static const fact_row asked[] = {
    { "capital", "(capital|capital city) (of|for|in) @x+", "fact.plain", 0 },
    { "continent", "(what|which) continent (is|does|has) @x ?(in|on|lie in|belong to)$", "fact.continent", 1 },
    { "language", "(what|which) (language|languages) (do|does|is|are) ?(they|people) (speak|spoken) in @x+", "fact.plain", 2 },
    { "language", "(language|languages) (of|in|do they speak in|is spoken in|are spoken in) @x+", "fact.plain", 2 },
    { "currency", "(currency|money) (of|in|do they use in|is used in|does) @x+", "fact.currency", 3 },
    { "currency", "(what|which) (currency|money) (do|does) ?(they) ?(use in) @x ?(use|have)", "fact.currency", 3 },
    { "wrote", "(who) (wrote|is the author of|was the author of|penned) @x+", "fact.plain", -1 },
    { "wrote", "author of @x+", "fact.plain", -1 },
    { "painted", "who (painted|drew|did the painting of) @x+", "fact.plain", -1 },
    { "composed", "who (composed|wrote the music for|wrote) @x+", "fact.plain", -1 },
    { "invented", "who (invented|discovered|made the first|came up with|thought up) @x+", "fact.plain", -1 },
    { "invented", "when was @x (invented|discovered)", "fact.plain", -1 },
    { "symbol", "(symbol|formula|chemical symbol) (for|of) @x+", "fact.plain", -1 },
    { "baby", "(what is|what's|whats|what do you call) ?(the name for|the name of|called) (a baby|a young|baby|young) @x ?(called)$", "fact.plain", -1 },
    { "group", "(group|collective noun|collection|bunch) (of|for|for a group of) @x", "fact.plain", -1 },
};

/* ---- the tables ------------------------------------------------------------------------------------------------------ */
static text bare(text t) {
    if (text_starts(t, "the ")) t.p += 4, t.n -= 4;
    else if (text_starts(t, "a ")) t.p += 2, t.n -= 2;
    else if (text_starts(t, "an ")) t.p += 3, t.n -= 3;
    static const char *const tails[] = { " called", " please", " again", " then", " use", " samantha", NULL };
    for (const char *const *p = tails; *p; p++)
        if (text_ends(t, *p)) t.n -= strlen(*p);
    return text_trim(t);
}

static bool among(text names, text key) {
    key = bare(key);
    while (names.n)
        if (text_eq(bare(text_trim(text_cut(&names, ','))), key)) return true;
    return false;
}

static text column_of(text row, int column) {
    text field = { "", 0 };
    for (int i = 0; i <= column; i++) field = text_trim(text_cut(&row, '|'));
    return field;
}

/* The row of countries.txt for a country, after its names; n == 0: none. */
static text country(text key) {
    text all = embed_bytes("voice/lexicon/countries.txt");
    while (all.n) {
        text row = text_trim(text_cut(&all, '\n'));
        if (!row.n || row.p[0] == '#') continue;
        text names = text_cut(&row, ':');
        if (among(names, key)) return row;
    }
    return (text){ "", 0 };
}

/* The country whose capital begins with `key`: its first name; n == 0: none. */
static text capital_of(arena *a, text key) {
    text all = embed_bytes("voice/lexicon/countries.txt");
    while (all.n) {
        text row = text_trim(text_cut(&all, '\n'));
        if (!row.n || row.p[0] == '#') continue;
        text names = text_cut(&row, ':'), capital = column_of(row, 0);
        const char *comma = memchr(capital.p, ',', capital.n);
        if (comma) capital.n = (size_t)(comma - capital.p);
        if (text_is_fold(capital, arena_str(a, key.p, key.n))) return text_trim(text_cut(&names, ','));
    }
    return (text){ "", 0 };
}

static text fact_of(const char *kind, text key) {
    text all = embed_bytes("voice/lexicon/facts.txt");
    bool here = false;
    while (all.n) {
        text row = text_trim(text_cut(&all, '\n'));
        if (!row.n || row.p[0] == '#') continue;
        if (row.p[0] == '[') {
            here = text_eq((text){ row.p + 1, row.n - 2 }, text_of(kind));
            continue;
        }
        if (!here) continue;
        text names = text_cut(&row, ':');
        if (among(names, key)) return text_trim(row);
    }
    return (text){ "", 0 };
}

/* "papua new guinea" -> "Papua New Guinea" */
static text titled(arena *a, text t) {
    char *s = arena_str(a, t.p, t.n);
    for (size_t i = 0; i < t.n; i++) {
        bool small_word = i && (strncmp(s + i, "and ", 4) == 0 || strncmp(s + i, "of ", 3) == 0 || strncmp(s + i, "the ", 4) == 0);
        if ((i == 0 || s[i - 1] == ' ') && s[i] >= 'a' && s[i] <= 'z' && !small_word) s[i] = (char)(s[i] - 32);
    }
    return (text){ s, t.n };
}

/* ---- saying ---------------------------------------------------------------------------------------------------------------- */
static bool said(telling *k, const fact_row *r, text key, text answer) {
    k->asked_for = true;
    tell_slot(k, "answer", answer);
    tell_slot(k, "x", titled(k->a, bare(key)));
    if (!tell_named(k, r->id)) return false;
    k->t.fact = text_of(r->kind);
    return true;
}

static bool row_answer(telling *k, const fact_row *r, text key) {
    text answer = r->column < 0 ? fact_of(r->kind, key) : column_of(country(key), r->column);
    return answer.n && said(k, r, key, answer);
}

/* "and of kenya?", "what about kenya": the same question of another. */
static bool goes_on(telling *k) {
    text kept[2];
    if (!k->t.fact.n || k->h.w.n > 6) return false;
    if (!heard_kept(k, "^(and|what about|how about|ok and|now|then) ?(of|for|in|about|by) @x$", kept) && !heard_kept(k, "^@x$", kept)) return false;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (text_is(k->t.fact, asked[i].kind) && row_answer(k, &asked[i], kept[0])) return true;
    return false;
}

static bool tables(telling *k) {
    text kept[2];
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (heard_kept(k, asked[i].pattern, kept) && kept[0].n && row_answer(k, &asked[i], kept[0])) return true;
    if (!heard_kept(k, "(where is|where's|wheres) @x$", kept)) return false;
    text row = country(kept[0]);
    if (row.n) {
        tell_slot(k, "answer", column_of(row, 1));
        tell_slot(k, "x", titled(k->a, bare(kept[0])));
        return tell_named(k, "fact.where");
    }
    text of = capital_of(k->a, kept[0]);
    if (!of.n) return false;
    tell_slot(k, "answer", titled(k->a, of));
    tell_slot(k, "x", titled(k->a, bare(kept[0])));
    return tell_named(k, "fact.capital-of");
}

/* ---- two colours --------------------------------------------------------------------------------------------------------------- */
static bool colours(telling *k) {
    text kept[2];
    if (!heard_kept(k, "(mix|mixing|mixed|get from|from|makes|does|do) @x (and|with|plus) @y", kept)) return false;
    if (!heard_is(k, "(colour|color|mix|mixing|make|makes|get)")) return false;
    words x = words_of(k->a, kept[0]), y = words_of(k->a, kept[1]);
    if (!x.n || !y.n) return false;
    text one[2] = { x.at[x.n - 1].low, y.at[0].low };
    for (int turn = 0; turn < 2; turn++) {
        text p = one[turn], q = one[!turn];
        text key = arena_format(k->a, "%.*s %.*s", (int)p.n, p.p, (int)q.n, q.p);
        text answer = fact_of("mix", key);
        if (!answer.n) continue;
        tell_slot(k, "answer", answer);
        return tell_named(k, "fact.plain");
    }
    return false;
}

/* ---- born in 1956 -------------------------------------------------------------------------------------------------------------- */
static bool age(telling *k) {
    if (!heard_is(k, "(how old|what age) * (born|born in|were born)")) return false;
    int now = civil_local(k->p->now_ms).year;
    for (size_t i = 0; i < k->h.w.n; i++) {
        double v;
        size_t took;
        if (!words_number(k->h.w, i, &v, &took) || v < 1880 || v > now) continue;
        int years = now - (int)v;
        tell_slot(k, "answer", years < 1 ? TEXT("Not yet one") : arena_format(k->a, "%d, or %d before this year's birthday", years, years - 1));
        return tell_named(k, "fact.plain");
    }
    return false;
}

bool small_facts(telling *k) {
    if (!k->h.w.n || k->h.w.n > 24) return false;
    if (goes_on(k)) return true;
    if (tables(k) || colours(k) || age(k)) return true;
    k->asked_for = true;
    if (tell_named(k, "world")) return true;
    k->asked_for = false;
    return false;
}
