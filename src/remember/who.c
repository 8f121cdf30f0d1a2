/* SPDX-License-Identifier: Apache-2.0
 * who.c - see who.h.
 *
 * DESIGN      A mention is read left to right: owner ("my", "her"), adjectives, tie, name, and the same with the name first
 *             ("amy, my sister,"). Names typed in lower case count when the lexicon has them and they are no everyday
 *             words, when the life knows them, or when they stand next to a tie.
 * INVARIANTS  (1) Two people never merge by guess: a name joins an unnamed tie only where there is a single such tie of a
 *                 kind people have one or few of (kin, love, pets).
 *             (2) "She" means the one of that gender last mentioned; one whose gender is unknown only if nobody fits better. */
#include "remember/who.h"
#include <stdio.h>
#include <string.h>
#include "remember/when.h"

static const char verbs[] = "is|'s|was|has|had|moved|said|says|lives|works|got|went|came|told|died|who|just|rang|called|texted|thinks|"
    "loves|likes|hates|asked|left|gave|bought|started|wants|turned|and|met|married|used|keeps|knows|did|does|plays|goes|looks|can|"
    "would|could|wrote|sent|took|made|passed|lost|found|broke|comes|stays|snores|ate|reckons|feels|helped|brought|visited|won't|"
    "reminded|taught|teaches|runs|studies|drives|speaks|still|never|always|will|isn't|wasn't|hasn't|not|finally|needs|sings";
static const char prepositions[] = "in|to|from|at|near|around|via|through|across|towards|outside|inside|into|of";

void cast_add(cast *c, who w) {
    if (c->n == c->room) {
        size_t room = c->room ? c->room * 2 : 16;
        who *more = arena_new(c->a, room, sizeof *more);
        if (c->n) memcpy(more, c->at, c->n * sizeof *more);
        c->at = more;
        c->room = room;
    }
    c->at[c->n++] = w;
}

static bool same_fold(text a, text b) {
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        unsigned char x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];
        if (x >= 'A' && x <= 'Z') x = (unsigned char)(x + 32);
        if (y >= 'A' && y <= 'Z') y = (unsigned char)(y + 32);
        if (x != y) return false;
    }
    return true;
}

int cast_find(const cast *c, text name) {
    int best = WHO_NONE;
    for (size_t i = 0; i < c->n; i++)
        if (name.n && same_fold(c->at[i].name, name) && (best < 0 || c->at[i].heard > c->at[best].heard)) best = (int)i;
    return best;
}

static const char *group_of(const who *w) {
    const lex_tie *t = NULL;
    text tie = w->tie;
    char key[64];
    if (tie.n && tie.n < sizeof key) {
        memcpy(key, tie.p, tie.n);
        key[tie.n] = '\0';
        t = lex_tie_named(key);
    }
    return t ? t->group : "";
}

static bool known_name(const cast *c, text low) { return cast_find(c, low) >= 0; }

bool who_is_name(const cast *c, const said *s, size_t i) {
    if (i >= s->n || s->at[i].quoted) return false;
    const piece *p = &s->at[i];
    size_t took;
    const lex *l = said_lex(s, i, &took);
    if (l && (l->is & LEX_FAMOUS)) return false;
    bool known = known_name(c, p->low), name = p->is->name != 0;
    if (!known && !name) return false;
    if (same_fold(p->low, c->her.n ? c->her : TEXT("samantha"))) return false;
    if (i > 0 && parsed_is(s, i - 1, "st|saint|san")) return false;
    if (i > 0 && parsed_is(s, i - 1, "a|an|the|this|some|every") && !known) return false;
    if (p->is->place && i > 0 && parsed_is(s, i - 1, prepositions)) return false;
    if (p->capital) return !(p->is->word_too && parsed_is(s, i, "may|april|june|august|jan|sunday") && i > 0 &&
                             parsed_is(s, i - 1, "in|of|by|until|since|last|next|this|early|late|for"));
    if (!p->is->word_too) return name || known;
    /* an everyday word in lower case, or first in its sentence */
    bool acts = parsed_is(s, i + 1, verbs) && !parsed_is(s, i + 1, "and|can|would|could|not|will|just|still|never|always");
    bool first = i == 0 || s->at[i - 1].sentence != p->sentence || s->at[i - 1].after;
    bool with = i > 0 && parsed_is(s, i - 1, "with|told|saw|met|rang|texted|called|named|and|phoned|asked");
    if (parsed_is(s, i, "will|may|can|said|made|so|sing|ran|art|don|pat|mark|grant|rob|rich|bill|drew|chase|hope|faith|joy|rose|jean|mo"))
        return (known && acts && first) || (known && with) || (p->typed_capital && acts && first && !parsed_is(s, i, "will|may|can|so"));
    return known ? acts || with : p->typed_capital && first && acts;
}

/* ---- ties -------------------------------------------------------------------------------------------------------- */
static const char adjectives[] = "big|little|older|younger|elder|eldest|oldest|youngest|middle|baby|old|former|good|close|dear|new|"
    "lovely|poor|only|lil|great|own|darling|crazy|stupid|beloved|estranged|adopted|foster|biological|birth|identical|favourite|"
    "favorite|elderly|bloody|fucking|daft|beautiful|gorgeous|wonderful|sweet|first|current|closest|dearest|teenage|grown-up|lifelong|"
    "childhood|school|work|uni|gay|late|other|another|second|dead|ex|best|step|half|twin|previous|future";

/* "ex husband" is kept as "ex-husband"; "best friend" is one tie, "best man" none. */
size_t who_tie_at(const said *s, size_t i, const lex_tie **row, text *tie, bool *late, bool *other) {
    size_t k = i;
    bool ex = false, step = false, half = false;
    *late = *other = false;
    for (; k < s->n && k < i + 4; k++) {
        size_t took;
        const lex *l = said_lex(s, k, &took);
        if (l && l->tie && !(took == 1 && parsed_is(s, k, "ex|twin|half|step|little|baby") && k + 1 < s->n && s->at[k + 1].is->tie && !s->at[k].after)) {
            *row = l->tie;
            *tie = text_of(l->tie->tie);
            if (ex && strcmp(l->tie->group, "ex") != 0) *tie = arena_format(s->a, "ex-%s", l->tie->tie);
            if (step || half) *tie = arena_format(s->a, "%s%s", step ? "step" : "half-", l->tie->tie);
            char key[64];
            snprintf(key, sizeof key, "%.*s", (int)tie->n, tie->p);
            const lex_tie *exact = lex_tie_named(key);
            if (exact) *row = exact;
            /* "my gym buddy", "my work wife": known as one entry or by its head */
            return k + took - i;
        }
        if (!parsed_is(s, k, adjectives) || s->at[k].after == '.') return 0;
        ex = ex || parsed_is(s, k, "ex|former|previous");
        step = step || parsed_is(s, k, "step");
        half = half || parsed_is(s, k, "half");
        *late = *late || parsed_is(s, k, "late|dead");
        *other = *other || parsed_is(s, k, "other|another|second|new");
    }
    return 0;
}

/* ---- joining a mention to the cast ---------------------------------------------------------------------------------- */
static bool may_join_name(const lex_tie *t) {
    return t && (strcmp(t->group, "kin") == 0 || strcmp(t->group, "love") == 0 || strcmp(t->group, "pet") == 0 || t->one);
}

static bool same_person(const who *w, const lex_tie *t, text tie) {
    if (!w->tie.n || !tie.n || text_eq(w->tie, tie)) return true;
    const char *g = group_of(w), *h = t ? t->group : "";
    if (strcmp(g, h) == 0) return strcmp(g, "kin") != 0 && strcmp(g, "pet") != 0 && *g;
    bool bond = (strcmp(g, "love") == 0 || strcmp(g, "ex") == 0 || strcmp(g, "friend") == 0);
    return bond && (strcmp(h, "love") == 0 || strcmp(h, "ex") == 0);
}

static int find_named(cast *c, text name, const lex_tie *t, text tie) {
    int best = WHO_NONE;
    for (size_t i = 0; i < c->n; i++)
        if (same_fold(c->at[i].name, name) && same_person(&c->at[i], t, tie) && (best < 0 || c->at[i].heard > c->at[best].heard))
            best = (int)i;
    return best;
}

static int find_tied(cast *c, text tie, bool unnamed_only, int *count) {
    int best = WHO_NONE;
    *count = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (!same_fold(c->at[i].tie, tie) || (unnamed_only && c->at[i].name.n)) continue;
        ++*count;
        if (best < 0 || c->at[i].heard > c->at[best].heard) best = (int)i;
    }
    return best;
}

static char gender_of_name(text low) {
    const lex *l = lex_find(low);
    return l && l->name ? l->name : 'n';
}

/* The one meant by this name and tie (either may be empty); a new one if there is none. */
static int join(cast *c, const said *s, text name, const lex_tie *t, text tie, bool other, size_t at, size_t took) {
    int i = WHO_NONE, count;
    if (name.n) i = find_named(c, name, t, tie);
    if (i < 0 && name.n && tie.n && may_join_name(t) && !other) {
        i = find_tied(c, tie, true, &count);
        if (i >= 0 && count == 1 && !c->read_only) {
            c->at[i].name = arena_text(s->a, name);
            c->at[i].renamed = true;
            if (c->at[i].she == 'n') c->at[i].she = gender_of_name(name);
        } else i = WHO_NONE;
    }
    if (i < 0 && !name.n) {
        i = find_tied(c, tie, false, &count);
        if (other && i >= 0 && count < 2) i = WHO_NONE;
    }
    if (i < 0 && c->read_only) return WHO_NONE;
    if (i < 0) {
        text low = name.n ? arena_text(s->a, name) : (text){ "", 0 };
        char *p = (char *)(uintptr_t)low.p;
        for (size_t k = 0; k < low.n; k++)
            if (p[k] >= 'A' && p[k] <= 'Z') p[k] = (char)(p[k] + 32);
        who w = { .name = name, .tie = tie, .word = tie, .she = t && t->gender != 'n' ? t->gender : gender_of_name(low),
                  .pet = t && strcmp(t->group, "pet") == 0, .at = at, .took = took };
        cast_add(c, w);
        i = (int)c->n - 1;
    }
    who *w = &c->at[i];
    if (tie.n && !text_eq(w->tie, tie) && !c->read_only && !w->parted) {
        /* "friend" does not replace "best friend" */
        if (!(w->tie.n && t && text_is(tie, "friend"))) {
            w->tie = w->word = tie;
            w->retied = w->id != 0;
        }
    }
    if (w->she == 'n' && t && t->gender != 'n' && !c->read_only) w->she = t->gender, w->regendered = true;
    if (w->heard <= c->stale || !w->took) w->at = at, w->took = took;
    w->heard = ++c->clock;
    return i;
}

/* The name at i, titled: one piece, and a surname where capitals show one. 0 when there is none. */
static size_t name_run(const said *s, size_t i, text *name) {
    size_t n = 1;
    while (i + n < s->n && !s->at[i + n - 1].after && s->at[i + n].capital && !said_stops(s, i + n) && n < 3 &&
           !(s->at[i + n].is->is & LEX_NOTNAME) && !s->at[i + n].stop) n++;
    *name = said_titled(s, i, i + n);
    return n;
}

static bool when_here(const said *s, size_t i) {
    dated d;
    return when_at(s, i, 0, &d) || parsed_is(s, i, "here|there|too|now|today|tonight|tomorrow|yesterday|lately|etc|both|xx|instead|earlier|later|either|again");
}

/* After a tie anything may be a name that is no other word: "my friend xochitl moved". */
static bool name_after_tie(const cast *c, const said *s, size_t i) {
    if (i >= s->n || s->at[i].quoted) return false;
    const piece *p = &s->at[i];
    if (i > 0 && s->at[i - 1].after && !strchr(",-:(", s->at[i - 1].after)) return false;
    if (p->is->is & LEX_NOTNAME) {
        if (!p->capital) return false;
    }
    if (parsed_is(s, i, "will|may|can|said|made") && !p->capital) return parsed_is(s, i + 1, "is|'s|was|has|said|says|moved|lives|works|got|came|died");
    if (p->is->name || known_name(c, p->low)) return true;
    if (p->is->tie || p->is->place || (p->is->is & ~(uint32_t)LEX_NOTNAME)) return p->capital && !p->is->tie;
    if (p->capital) return true;
    if (p->stop || p->low.n < 3) return false;
    for (size_t k = 0; k < p->low.n; k++)
        if ((unsigned char)p->low.p[k] < 'a' && p->low.p[k] != '-' && p->low.p[k] != '\'') return false;
    if (text_ends(p->low, "ed") || text_ends(p->low, "ing") || text_ends(p->low, "ly")) return false;
    if (p->is->is & (LEX_VERB | LEX_ADJECTIVE)) return false;
    return said_stops(s, i + 1) ? !text_ends(p->low, "s") && !when_here(s, i)
                                : s->at[i + 1].is->is & LEX_VERB || parsed_is(s, i + 1, "is|'s|was|has|who|and");
}

static bool owner_word(const said *s, size_t i) { return parsed_is(s, i, "my|our|me|mi|ma") ; }

/* "the wife", "the dog": theirs, as people say it. */
static bool the_tie(const said *s, size_t i) {
    return parsed_is(s, i, "the") && parsed_is(s, i + 1, "wife|missus|husband|hubby|kids|dog|cat|puppy|kitten|baby|boyfriend|girlfriend|boss|ex|in-laws");
}

static int last_of_gender(const cast *c, char gender);

/* Whoever says "mum" has no mother but a mum. */
static void own_word(who *w, const said *s, size_t i) {
    if (s->at[i].is->tie_name && s->at[i].is->tie && text_is(w->tie, s->at[i].is->tie->tie) && text_eq(w->word, w->tie))
        w->word = arena_text(s->a, s->at[i].low);
}

/* Ties of which it is worth knowing that there is one, even without a name. */
static bool close_group(const lex_tie *t) {
    return strcmp(t->group, "kin") == 0 || strcmp(t->group, "love") == 0 || strcmp(t->group, "ex") == 0 || strcmp(t->group, "pet") == 0;
}

static bool title_at(const said *s, size_t i) {
    return parsed_is(s, i, "mr|mrs|ms|miss|dr|prof|professor") && i + 1 < s->n && !s->at[i + 1].stop && !(s->at[i + 1].is->is & LEX_NOTNAME);
}

/* "my [adj] tie [name]", "her husband joe", "our dog". */
static bool tied(cast *c, const said *s, size_t i, mention *m) {
    text owner = { "", 0 };
    size_t k = i + 1;
    if (parsed_is(s, i, "his|her|their") && !c->read_only) {
        int o = last_of_gender(c, parsed_is(s, i, "her") ? 'f' : parsed_is(s, i, "his") ? 'm' : 'n');
        if (o < 0) return false;
        owner = c->at[o].name.n ? c->at[o].name : arena_format(s->a, "your %.*s", (int)c->at[o].tie.n, c->at[o].tie.p);
    } else if (parsed_is(s, i, "my") && parsed_is(s, i + 1, "imaginary|character|oc|dream")) return false;
    else if (!owner_word(s, i) && !the_tie(s, i)) return false;
    if (parsed_is(s, i, "me|mi|ma") && !(k < s->n && s->at[k].is->tie_name)) return false;
    const lex_tie *row;
    text tie, name = { "", 0 };
    bool late, other;
    size_t took = who_tie_at(s, k, &row, &tie, &late, &other);
    if (!took) return false;
    k += took;
    /* "my boyfriend's mum" */
    while (parsed_is(s, k, "'s") && !s->at[k].after) {
        const lex_tie *row2;
        text tie2;
        bool late2, other2;
        size_t took2 = who_tie_at(s, k + 1, &row2, &tie2, &late2, &other2);
        if (!took2) break;
        int o = join(c, s, name, row, tie, other, i, k - i);
        if (o < 0) return false;
        if (close_group(row)) c->at[o].told = true;
        owner = c->at[o].name.n ? c->at[o].name : arena_format(s->a, "your %.*s", (int)tie.n, tie.p);
        row = row2;
        tie = tie2;
        late = late2;
        other = other2;
        k += 1 + took2;
    }
    if (owner.n) tie = arena_format(s->a, "%.*s's %.*s", (int)owner.n, owner.p, (int)tie.n, tie.p);
    bool comma = s->at[k - 1].after == ',' || s->at[k - 1].after == '-';
    if (k < s->n && (!s->at[k - 1].after || comma) && (title_at(s, k) || name_after_tie(c, s, k))) {
        text found;
        bool title = title_at(s, k);
        size_t n = title + name_run(s, k + title, &found);
        if (title) found = said_titled(s, k, k + n);
        bool closed = k + n >= s->n || s->at[k + n - 1].after || !comma;
        if (closed && !(comma && parsed_is(s, k + n, "and|is|'s"))) {
            name = found;
            k += n;
        }
    }
    /* "my best friend from uni" */
    if (parsed_is(s, k, "from|at") && k + 1 < s->n && !s->at[k - 1].after && (s->at[k + 1].is->is & LEX_NEARBY || parsed_is(s, k + 1, "uni|choir|chess|karate|football|yoga|band"))) k += 2;
    int w = join(c, s, name, owner.n ? NULL : row, tie, other, i, k - i);
    if (w < 0) return false;
    if (!owner.n && took == 1) own_word(&c->at[w], s, i + 1);
    if (owner.n && c->at[w].she == 'n' && row->gender != 'n') c->at[w].she = row->gender;
    if (late) c->at[w].late = true;
    if (name.n || (!owner.n && close_group(row))) c->at[w].told = true;
    *m = (mention){ .at = i, .took = k - i, .who = w, .tied = true, .named = name.n > 0 };
    return true;
}

/* Mr Adeyemi, Dr Okafor, auntie jo, uncle raj. */
static bool titled(cast *c, const said *s, size_t i, mention *m) {
    bool title = parsed_is(s, i, "mr|mrs|ms|miss|dr|prof|professor|doctor|father|sir|mx");
    const lex *l = s->at[i].is;
    bool kin = l->tie && (strcmp(l->tie->tie, "aunt") == 0 || strcmp(l->tie->tie, "uncle") == 0 || l->tie_name) && s->at[i].low.n > 2;
    if ((!title && !kin) || s->at[i].after || i + 1 >= s->n) return false;
    const piece *p = &s->at[i + 1];
    bool name = p->capital || (p->typed_capital && s->at[i].typed_capital) || (p->is->name && !p->is->word_too) ||
                (title && parsed_is(s, i, "mr|mrs|ms|dr|miss") && !p->stop && p->low.n > 2 && !(p->is->is & LEX_NOTNAME));
    if (!name || (p->is->is & LEX_NOTNAME) || p->stop) return false;
    text found;
    size_t n = name_run(s, i + 1, &found);
    text tie = kin ? text_of(l->tie->tie) : parsed_is(s, i, "dr|doctor") ? TEXT("doctor") : TEXT("");
    if (!kin || l->tie_name) found = arena_format(s->a, "%.*s %.*s", (int)said_titled(s, i, i + 1).n, said_titled(s, i, i + 1).p, (int)found.n, found.p);
    int w = join(c, s, found, kin ? l->tie : NULL, tie, false, i, 1 + n);
    if (w < 0) return false;
    if (parsed_is(s, i, "mr|sir|father")) c->at[w].she = 'm';
    if (parsed_is(s, i, "mrs|ms|miss")) c->at[w].she = 'f';
    if (kin) c->at[w].told = true;
    *m = (mention){ .at = i, .took = 1 + n, .who = w, .tied = kin, .named = true };
    return true;
}

/* mum, dad, nan: a tie that is a name. */
static bool tie_alone(cast *c, const said *s, size_t i, mention *m) {
    const lex *l = s->at[i].is;
    if (!l->tie_name || s->at[i].quoted) return false;
    if (i > 0 && !s->at[i - 1].after && parsed_is(s, i - 1, "a|the|your|his|her|their|every|some|single|no|any|this|that|'s|her|stay-at-home|new|as|ya|yo")) return false;
    if (parsed_is(s, i, "ma|pa|da|pop|oma|opa|mater|baba|tad|nana|nain|taid") && !s->at[i].capital && !s->at[i].typed_capital &&
        !parsed_is(s, i + 1, "is|'s|was|died|rang|has|said|says|used")) return false;
    int w = join(c, s, TEXT(""), l->tie, text_of(l->tie->tie), false, i, 1);
    if (w < 0) return false;
    own_word(&c->at[w], s, i);
    c->at[w].told = true;
    *m = (mention){ .at = i, .took = 1, .who = w, .tied = true };
    return true;
}

/* "amy", "amy, my sister,", "amy (my sister)", "amy my sister". */
static bool named(cast *c, const said *s, size_t i, mention *m) {
    bool name = who_is_name(c, s, i);
    size_t j = i + 1;
    bool apposed = j < s->n && parsed_is(s, j, "my|our") && (!s->at[i].after || strchr(",-(", s->at[i].after));
    const lex_tie *row = NULL;
    text tie = { "", 0 };
    bool late = false, other = false;
    size_t took = apposed ? who_tie_at(s, j + 1, &row, &tie, &late, &other) : 0;
    if (took && !s->at[i].after && !s->at[i].capital && !name) took = 0;
    /* "dele, my brother" is told of by the tie alone, if what stands before it could be a name at all */
    bool could = s->at[i].typed_capital || s->at[i].is->name;
    if (!name && !(took && could && !s->at[i].stop && !(s->at[i].is->is & LEX_NOTNAME) && !s->at[i].is->tie && !s->at[i].quoted)) return false;
    if (took && parsed_is(s, j + 1 + took, "'s") && s->at[i].after == ',') took = 0;
    text found;
    size_t n = took ? 1 : name_run(s, i, &found);
    if (took) found = said_titled(s, i, i + 1);
    size_t end = took ? j + 1 + took : i + n;
    if (took && s->at[i].after == ',' && end < s->n && !s->at[end - 1].after && !parsed_is(s, end, verbs)) took = 0, end = i + 1;
    int w = join(c, s, found, took ? row : NULL, took ? tie : (text){ "", 0 }, other, i, end - i);
    if (w < 0) return false;
    if (took) c->at[w].told = true, c->at[w].late = c->at[w].late || late;
    *m = (mention){ .at = i, .took = end - i, .who = w, .tied = took > 0, .named = true };
    return true;
}

/* "amy's husband": the owner is a name. */
static bool owned_by_name(cast *c, const said *s, size_t i, mention *m) {
    size_t k = i + m->took;
    while (parsed_is(s, k, "'s") && !s->at[k].after) {
        const lex_tie *row;
        text tie, name = { "", 0 };
        bool late, other;
        size_t took = who_tie_at(s, k + 1, &row, &tie, &late, &other);
        if (!took) return true;
        const who *o = &c->at[m->who];
        text owner = o->name.n ? o->name : arena_format(s->a, "your %.*s", (int)o->tie.n, o->tie.p);
        tie = arena_format(s->a, "%.*s's %.*s", (int)owner.n, owner.p, (int)tie.n, tie.p);
        k += 1 + took;
        if (k < s->n && !s->at[k - 1].after && name_after_tie(c, s, k)) k += name_run(s, k, &name);
        int w = join(c, s, name, NULL, tie, other, i, k - i);
        if (w < 0) return false;
        if (c->at[w].she == 'n') c->at[w].she = row->gender;
        c->at[w].told = name.n > 0;
        *m = (mention){ .at = i, .took = k - i, .who = w, .tied = true, .named = name.n > 0 };
    }
    return true;
}

/* a friend called amy, a mate of mine called dave, this girl called tessa */
static bool called(cast *c, const said *s, size_t i, mention *m) {
    if (!parsed_is(s, i, "a|an|this|one|another")) return false;
    const lex_tie *row;
    text tie, name;
    bool late, other;
    size_t took = who_tie_at(s, i + 1, &row, &tie, &late, &other), k = i + 1 + took;
    bool anyone = !took && parsed_is(s, i + 1, "girl|guy|bloke|woman|man|lady|dude|chap|boy|kid|lass|lad|person");
    if (anyone) row = NULL, tie = (text){ "", 0 }, k = i + 2, other = false;
    else if (!took || strcmp(row->group, "kin") == 0 || strcmp(row->group, "help") == 0) return false;
    if (anyone && parsed_is(s, k, "at|from") && k + 1 < s->n && (s->at[k + 1].is->is & LEX_NEARBY)) k += 2;
    if (parsed_is(s, k, "of") && parsed_is(s, k + 1, "mine|ours")) k += 2;
    if (!parsed_is(s, k, "called|named") || !name_after_tie(c, s, k + 1)) return false;
    k += 1 + name_run(s, k + 1, &name);
    int w = join(c, s, name, row, tie, !anyone, i, k - i);
    if (w < 0) return false;
    if (anyone && c->at[w].she == 'n') c->at[w].she = parsed_is(s, i + 1, "girl|woman|lady|lass") ? 'f' : parsed_is(s, i + 1, "kid|person") ? 'n' : 'm';
    c->at[w].told = true;
    *m = (mention){ .at = i, .took = k - i, .who = w, .tied = !anyone, .named = true };
    return true;
}

bool who_named_at(cast *c, const said *s, size_t i, mention *out) {
    if (i >= s->n || s->at[i].quoted) return false;
    if (tied(c, s, i, out) || called(c, s, i, out) || titled(c, s, i, out)) return true;
    return (tie_alone(c, s, i, out) || named(c, s, i, out)) && owned_by_name(c, s, i, out);
}

/* ---- pronouns --------------------------------------------------------------------------------------------------------- */
static int last_of_gender(const cast *c, char gender) {
    int sure = WHO_NONE, maybe = WHO_NONE;
    for (size_t i = 0; i < c->n; i++) {
        const who *w = &c->at[i];
        if (w->heard <= c->stale) continue;
        if (gender == w->she && (sure < 0 || w->heard > c->at[sure].heard)) sure = (int)i;
        if (gender != 'n' && w->she == 'n' && (maybe < 0 || w->heard > c->at[maybe].heard)) maybe = (int)i;
    }
    /* "my cousin came. she …" beats a woman named long before */
    if (sure >= 0 && maybe >= 0 && c->at[maybe].heard > c->at[sure].heard + 2) return maybe;
    return sure >= 0 ? sure : maybe;
}

bool who_at(cast *c, const said *s, size_t i, mention *out) {
    if (i >= s->n || s->at[i].quoted) return false;
    if (parsed_is(s, i, "i|we")) {
        *out = (mention){ .at = i, .took = 1, .who = WHO_SELF, .with_self = parsed_is(s, i, "we"), .pronoun = true };
        return true;
    }
    mention m;
    if (parsed_is(s, i, "me") && parsed_is(s, i + 1, "and|n|&") && who_named_at(c, s, i + 2, &m)) {
        *out = (mention){ .at = i, .took = 2 + m.took, .who = m.who, .with_self = true, .tied = m.tied, .named = m.named };
        return true;
    }
    if (parsed_is(s, i, "she|he|they")) {
        char gender = parsed_is(s, i, "she") ? 'f' : parsed_is(s, i, "he") ? 'm' : 'n';
        int w = last_of_gender(c, gender);
        if (w < 0) return false;
        if (c->at[w].she == 'n' && gender != 'n' && !c->read_only) {
            c->at[w].she = gender;
            c->at[w].regendered = true;
        }
        c->at[w].heard = ++c->clock;
        *out = (mention){ .at = i, .took = 1, .who = w, .pronoun = true };
        return true;
    }
    if (!who_named_at(c, s, i, &m)) return false;
    size_t k = i + m.took;
    if (k + 1 < s->n && parsed_is(s, k, "and|n") && parsed_is(s, k + 1, "i|me|myself")) {
        m.took += 2;
        m.with_self = true;
    }
    *out = m;
    return true;
}

void cast_hear(cast *c, const said *s) {
    bool was = c->read_only;
    c->read_only = true;
    for (size_t i = 0; i < s->n;) {
        mention m;
        if (parsed_is(s, i, "your") && i + 1 < s->n) {            /* her own words: "How is your sister?" */
            const lex_tie *row;
            text tie;
            bool late, other;
            if (who_tie_at(s, i + 1, &row, &tie, &late, &other)) join(c, s, TEXT(""), row, tie, false, i, 1);
        }
        i += who_named_at(c, s, i, &m) ? m.took : 1;
    }
    c->read_only = was;
}
