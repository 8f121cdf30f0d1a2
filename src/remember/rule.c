/* SPDX-License-Identifier: Apache-2.0
 * rule.c - see rule.h.
 *
 * DESIGN  The pattern is read as it is matched; nothing is compiled, since a message has a few dozen pieces and most
 *         patterns fail at their first word. Each kind of phrase has a function that says where it ends. */
#include "remember/rule.h"
#include <string.h>

typedef struct { cast *c; const said *s; int lean; match *m; } trial;

static const char adverbs[] = "also|just|really|actually|still|now|always|currently|both|even|finally|recently|already|only|basically|"
    "literally|honestly|kinda|sorta|so|very|absolutely|totally|properly|usually|mostly|sometimes|often|quite|pretty|well|lately|"
    "apparently|officially|proper|genuinely|definitely|probably|all|first|then|once|again|bloody|fucking|effing|damn|originally|"
    "too|obviously|secretly|never-mind|mainly|technically|sadly|luckily|happily|soon|eventually|nearly|almost|newly|freshly|dead";
static const char trailing[] = "now|too|though|tho|anymore|lately|atm|rn|lol|haha|hahaha|tbh|really|btw|ngl|imo|obviously|anyway|either|"
    "already|again|fyi|xx|x|x.|then|btw|please|thanks|ok|okay|though|yet|tonight|today|instead|honestly|apparently|originally|lmao|omg|"
    "actually|probably|mate|love|btw|innit|sadly|thankfully|soon|still|yeah|tbf";
static const char pronouns[] = "i|he|she|they|we|you|it|who|that's|there|what|how|when|where|why|if|whether";
static const char empties[] = "it|that|this|you|him|her|them|me|us|myself|himself|herself|there|here|one|ones|everything|nothing|something|"
    "anything|someone|somebody|everyone|people|things|stuff|what|how|when|these|those|idea|thought|fact|way|lot|sound|look";

/* ---- phrases -------------------------------------------------------------------------------------------------------- */
static bool when_starts(const said *s, size_t i, int lean) {
    dated d;
    return when_at(s, i, lean, &d) && !parsed_is(s, i, "for");
}

bool rule_ends(const said *s, size_t i, int lean) {
    while (i < s->n && !said_stops(s, i) && parsed_is(s, i, trailing)) i++;
    return said_stops(s, i) || when_starts(s, i, lean) || parsed_is(s, i, "at|with|on|in|and|or|for|to|by|from|n") ||
           parsed_is(s, i, "right|as|these") ;
}

/* "and" goes on with a phrase when a thing follows, not a new sentence. */
static bool and_joins(const said *s, size_t i) {
    if (!parsed_is(s, i, "and|or|n") || i + 1 >= s->n || s->at[i].after) return false;
    const piece *p = &s->at[i + 1];
    bool noun = !p->stop && !(p->is->is & LEX_VERB) && !p->is->tie;
    return (noun || parsed_is(s, i + 1, "all|a|the")) && said_clause_end(s, i + 1) - i <= 5;
}

static size_t np_end(const said *s, size_t i, int lean) {
    size_t k = i;
    while (k < s->n && k < i + 9) {
        if (k > i && said_stops(s, k) && !and_joins(s, k)) break;
        if (k > i && parsed_is(s, k, "and|or") && !and_joins(s, k)) break;
        if (parsed_is(s, k, pronouns)) break;
        if (k > i && (parsed_is(s, k, trailing) || when_starts(s, k, lean))) break;
        if (k > i && (parsed_is(s, k, "am|is|are|was|were|as|more|than|so|not|'s|since|right") || (parsed_is(s, k, "for|with|to|at|in|on|about") && k + 1 < s->n && parsed_is(s, k + 1, "me|you|him|her|them|us|now|it|some|all"))))
            if (!(parsed_is(s, k, "'s"))) break;
        k++;
    }
    while (k > i && (parsed_is(s, k - 1, "a|an|the|of|to|in|at|on|with|for|and|or|my|your|very|just|so|'s|much|bit|lot|by|from|about"))) k--;
    return k;
}

static bool np(const said *s, size_t i, int lean, range *r) {
    size_t k = np_end(s, i, lean);
    if (k == i) return false;
    bool content = false;
    for (size_t j = i; j < k; j++) content = content || (!s->at[j].stop && !parsed_is(s, j, empties));
    if (!content || (k - i == 1 && parsed_is(s, i, empties)) || parsed_is(s, i, "when|how|what|that|if|it|you|seeing|being|not|no|never|been|at|in|on|for|with|of|from|by|about|as|than|"
                         "because|and|or|is|are|was|am|to|off|up|out|down")) return false;
    if (parsed_is(s, i, "the|this|that|these|those") && parsed_is(s, i + 1, "idea|fact|way|sound|thought|look|one|ones|bit|part|end")) return false;
    *r = (range){ i, k };
    return true;
}

static bool the_place(const said *s, size_t i) {
    return parsed_is(s, i, "us|usa|uk|states|netherlands|philippines|city|country|countryside|coast|seaside|suburbs|sticks|north|south|east|"
                   "west|midlands|lakes|highlands|islands|hebrides|cotswolds|bronx|caribbean|gambia|congo|bahamas|wirral|gower|peak|lake|"
                   "bay|middle|outskirts|northeast|northwest|southwest|southeast|balkans|emirates|islands");
}

static bool place(const said *s, size_t i, int lean, range *r) {
    size_t k = i, took;
    bool the = parsed_is(s, k, "the");
    if (the) k++;
    if (k >= s->n || s->at[k].quoted) return false;
    if (!the && parsed_is(s, k, "a|an")) {                 /* a village near York, a flat in town */
        size_t e = np_end(s, i, lean);
        for (size_t j = i; j < e; j++)
            if (parsed_is(s, j, "village|town|flat|house|bungalow|caravan|boat|houseboat|farm|cottage|bedsit|hostel|studio|home|apartment|city|"
                        "suburb|hotel|van|room|bedsit|island|convent|monastery|shelter|refuge")) return *r = (range){ i, e }, true;
        return false;
    }
    if (the) {
        if (!the_place(s, k) && !s->at[k].capital) return false;
        size_t e = np_end(s, i, lean);
        return e > k && (*r = (range){ i, e }, true);
    }
    if (parsed_is(s, k, "north|south|east|west|central|upstate|downtown|rural|inner|greater|northern|southern|eastern|western|mid") &&
        k + 1 < s->n && !s->at[k].after) k++;
    const lex *l = said_lex(s, k, &took);
    if (l && l->place) return *r = (range){ i, k + took }, true;
    if (s->at[k].capital && !(l && (l->is & LEX_NOTPLACE))) {
        size_t e = k + 1;
        while (e < s->n && s->at[e].capital && !s->at[e - 1].after && !said_stops(s, e)) e++;
        if (parsed_is(s, e, "upon|on|le|de|of") && e + 1 < s->n && s->at[e + 1].capital) e += 2;
        return *r = (range){ i, e }, true;
    }
    const piece *p = &s->at[k];
    if (p->stop || p->low.n < 3 || (p->is->is & (LEX_NOTPLACE | LEX_VERB | LEX_ADJECTIVE | LEX_NEARBY | LEX_TRADE | LEX_FEEL | LEX_NOTNAME)) ||
        p->is->tie) return false;
    for (size_t j = 0; j < p->low.n; j++)
        if ((unsigned char)p->low.p[j] >= '0' && (unsigned char)p->low.p[j] <= '9') return false;
    if (text_ends(p->low, "ing") || text_ends(p->low, "ly") || text_ends(p->low, "ed")) return false;
    size_t e = k + 1;
    if (e < s->n && !s->at[k].after && !said_stops(s, e) && !s->at[e].stop && !(s->at[e].is->is & LEX_VERB) && !parsed_is(s, e, trailing) &&
        !when_starts(s, e, lean) && rule_ends(s, e + 1, lean)) e++;
    if (!rule_ends(s, e, lean)) return false;
    *r = (range){ i, e };
    return true;
}

static bool org(const said *s, size_t i, int lean, range *r) {
    if (i >= s->n || parsed_is(s, i, "living|free|nothing|now|ages|years|hours|myself|himself|herself|themselves|him|me|them|us|it|that|this|"
                             "least|all|once|first|last|times|night|nights|the-moment|present|you|her|peanuts|cash|a-living|over|being|it")) return false;
    if (parsed_is(s, i, "a|an|the") && parsed_is(s, i + 1, "living|moment|minute|time|while|bit|end|change|lot|few|year|day|loss|job|work")) return false;
    int n;
    if (said_number(s, i, &n)) return false;
    size_t k = np_end(s, i, lean);
    for (size_t j = i + 1; j < k; j++)                    /* the place, not what is done there */
        if (parsed_is(s, j, "as|doing|with|on|every|because|when|by|near|until|before|after|full|part|for") ||
            (parsed_is(s, j, "in|at") && !parsed_is(s, i, "a|an|the|my|our|his|her|their"))) { k = j; break; }
    if (k == i || k - i > 6) return false;
    bool content = false;
    for (size_t j = i; j < k; j++) content = content || !s->at[j].stop;
    *r = (range){ i, k };
    return content;
}

static bool ends_like_job(text low) {
    static const char *const tails[] = { "ologist", "ician", "grapher", "smith", "monger", "worker", "teacher", "driver", "maker",
        "writer", "fitter", "keeper", "engineer", "officer", "operative", "assistant", "manager", "developer", "designer", "therapist",
        "nurse", "cleaner", "man", "woman", "minder", "hygienist", "instructor", "apist", "iatrist", "ecturer", "analyst", "layer" };
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (low.n > strlen(tails[i]) + 1 && text_ends(low, tails[i])) return true;
    return false;
}

static bool job(const said *s, size_t i, int lean, range *r) {
    size_t k = np_end(s, i, lean), e = i;
    while (e < k && !parsed_is(s, e, "at|in|for|with|on|and|or|by|near|from|who|but|down|up|over") && e < i + 5) {
        if (s->at[e].after && e + 1 < k) { e++; break; }
        e++;
    }
    if (e == i) return false;
    size_t head = e - 1;
    for (size_t j = i; j < e; j++)
        if (parsed_is(s, j, "of") && j > i) { head = j - 1; break; }
    size_t took;
    bool is_job = false;
    for (size_t j = i; j <= head; j++) {
        const lex *l = said_lex(s, j, &took);
        if (l && (l->is & LEX_JOB) && j + took == head + 1) is_job = true;
        if (l && (l->is & LEX_NOTJOB) && j + took == head + 1 && !is_job) return false;
        if (parsed_is(s, j, "my|your|his|her|good|bad|terrible|better|worse|little|bit")) return false;
    }
    if (!is_job && !ends_like_job(s->at[head].low)) return false;
    *r = (range){ i, e };
    return true;
}

static bool name(const cast *c, const said *s, size_t i, range *r) {
    if (i >= s->n) return false;
    const piece *p = &s->at[i];
    (void)c;
    if ((p->is->is & LEX_NOTNAME) && !p->capital && !(p->is->name && (!p->stop || parsed_is(s, i + 1, "is|'s")))) return false;
    if (p->stop && !p->capital && !(p->is->name && parsed_is(s, i + 1, "is|'s"))) return false;
    for (size_t k = 0; k < p->low.n; k++)
        if (p->low.p[k] >= '0' && p->low.p[k] <= '9') return false;
    if (p->low.n < 2 || text_ends(p->low, "ing")) return false;
    bool title = parsed_is(s, i, "mr|mrs|ms|miss|dr|captain|sir|lady|lord|princess|prince|little|big|old|the|chairman|professor") && i + 1 < s->n && !p->after;
    size_t e = i + 1 + (title && !said_stops(s, i + 1));
    while (e < s->n && e < i + 3 && !s->at[e - 1].after && s->at[e].capital && !said_stops(s, e) && !(s->at[e].is->is & LEX_NOTNAME)) e++;
    *r = (range){ i, e };
    return true;
}

static bool fits(trial *t, size_t i, const char *p);

/* ---- atoms ---------------------------------------------------------------------------------------------------------- */
/* Verbs stand for all their forms, alone or among others. */
static const struct { const char *atom, *forms; } verbs[] = {
    { "be", "am|is|are|'s|was|were|been|being|be|'re|'m" }, { "is", "am|is|are|'s|'re|'m" }, { "was", "was|were|been" },
    { "have", "have|has|'s|'ve|had|got|having" }, { "not", "not|never|no|nt" },
};

static bool word_fits(const said *s, size_t i, const char *atom, size_t n) {
    if (i >= s->n) return false;
    for (const char *end = atom + n; atom < end;) {
        size_t k = 0;
        while (atom + k < end && atom[k] != '|') k++;
        if (s->at[i].low.n == k && memcmp(s->at[i].low.p, atom, k) == 0) return true;
        for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++)
            if (strlen(verbs[v].atom) == k && memcmp(verbs[v].atom, atom, k) == 0 && parsed_is(s, i, verbs[v].forms)) return true;
        atom += k + 1;
    }
    return false;
}

static bool phrase_fits(trial *t, size_t i, const char *atom, size_t n, size_t *end) {
    const said *s = t->s;
    match *m = t->m;
    range r = { i, i };
    bool ok = false;
#define ATOM(name) (n == sizeof(name) - 1 && memcmp(atom, name, n) == 0)
    if (ATOM("@when")) {
        dated d;
        if (when_at(s, i, t->lean, &d)) m->when = d, *end = i + d.took;
        else *end = i;
        return true;
    }
    if (i >= s->n) return false;
    if (ATOM("@who")) {
        mention w;
        if (!who_named_at(t->c, s, i, &w)) return false;
        m->who = w.who;
        m->who_said = w;
        *end = i + w.took;
        return true;
    }
    if (ATOM("@tie")) {
        bool late, other;
        size_t took = who_tie_at(s, i, &m->tie, &m->tie_text, &late, &other);
        *end = i + took;
        return took > 0;
    }
    if (ATOM("@num")) {
        size_t took = said_number(s, i, &m->num);
        r.to = i + took;
        ok = took > 0;
    } else if (ATOM("@np")) ok = np(s, i, t->lean, &r);
    else if (ATOM("@place")) ok = place(s, i, t->lean, &r);
    else if (ATOM("@org")) ok = org(s, i, t->lean, &r);
    else if (ATOM("@job")) ok = job(s, i, t->lean, &r);
    else if (ATOM("@name")) ok = name(t->c, s, i, &r);
    else if (ATOM("@feel")) ok = (s->at[i].is->is & LEX_FEEL) != 0, r.to = i + 1;
    else if (ATOM("@appt")) {
        size_t took;
        const lex *l = said_lex(s, i, &took);
        ok = l && (l->is & LEX_APPOINTMENT);
        r.to = i + took;
    } else if (ATOM("@diet")) {
        size_t took;
        const lex *l = said_lex(s, i, &took);
        ok = l && (l->is & LEX_DIET);
        r.to = i + took;
    } else if (ATOM("@trade")) {
        size_t took;
        const lex *l = said_lex(s, i, &took);
        ok = l && (l->is & LEX_TRADE);
        r.to = i + took;
    } else if (ATOM("@event")) {
        ok = !s->at[i].stop && !(s->at[i].is->is & LEX_ADJECTIVE) && !said_stops(s, i + 1);
        r.to = i + 1;
    } else if (ATOM("@thing")) {                      /* one to four pieces, none a verb, and a time right behind */
        size_t e = i;
        dated d;
        while (e < s->n && e < i + 5 && (e == i || !said_stops(s, e)) && !parsed_is(s, e, pronouns) && !when_starts(s, e, t->lean) &&
               !parsed_is(s, e, "not|no|never|been|to|her|his|lessons|classes|anything|nothing|something|time|enough|loads|lots")) e++;
        ok = e > i && e <= i + 4 && (when_at(s, e, t->lean, &d) || parsed_is(s, e, "lessons|classes")) && !s->at[i].stop &&
             !((s->at[i].is->is & LEX_VERB) && !(s->at[i].is->is & LEX_APPOINTMENT));
        r.to = e;
    } else if (ATOM("@rest")) ok = !said_stops(s, i) || i == 0 || !s->at[i - 1].after, r.to = said_clause_end(s, i);
#undef ATOM
    if (!ok) return false;
    if (m->v.from == m->v.to) m->v = r, m->v_atom = atom;
    else m->w = r, m->w_atom = atom;
    *end = r.to;
    return true;
}

static bool fits_more(trial *t, size_t i, const char *p, int again) {
    while (*p == ' ') p++;
    if (!*p) return t->m->end = i, true;
    size_t n = strcspn(p, " ");
    match was = *t->m;
    const said *s = t->s;
    if (*p == '$') return rule_ends(s, i, t->lean) && fits(t, i, p + n);
    size_t end = i;
    bool may = *p == '?';
    const char *atom = p + may;
    size_t an = n - may;
    bool fit = *atom == '@' ? phrase_fits(t, i, atom, an, &end) : (end = i + 1, word_fits(s, i, atom, an));
    if (fit && may && *atom != '@' && again < 3 && fits_more(t, end, p, again + 1)) return true;
    *t->m = was;
    if (fit && *atom == '@') phrase_fits(t, i, atom, an, &end);
    if (fit && fits(t, end, p + n)) return true;
    *t->m = was;
    if (may && fits(t, i, p + n)) return true;
    *t->m = was;
    /* step over a small adverb, but not over a comma */
    if (i < s->n && parsed_is(s, i, adverbs) && *atom != '$' && !(s->at[i].after && strchr(".?!\n", s->at[i].after))) return fits(t, i + 1, p);
    return false;
}

static bool fits(trial *t, size_t i, const char *p) { return fits_more(t, i, p, 0); }

bool rule_possible(const said *s, const char *pattern) {
    for (const char *p = pattern; *p;) {
        size_t n = strcspn(p, " ");
        bool must = *p != '?' && *p != '@' && *p != '$', found = !must;
        for (size_t i = 0; i < s->n && !found; i++) found = word_fits(s, i, p, n);
        if (!found) return false;
        p += n + (p[n] == ' ');
    }
    return true;
}

bool rule_match(cast *c, const said *s, size_t i, const char *pattern, int lean, match *m) {
    *m = (match){ .who = WHO_NONE };
    trial t = { c, s, lean, m };
    return fits(&t, i, pattern);
}

static bool proper(const char *atom, const char *name) { return atom && strncmp(atom, name, strlen(name)) == 0; }

text rule_value(const said *s, range r, const char *atom) {
    if (r.from >= r.to) return TEXT("");
    if (proper(atom, "@name")) return said_titled(s, r.from, r.to);
    if (proper(atom, "@place")) return parsed_is(s, r.from, "a|an|the") && !s->at[r.from + (r.to - r.from > 1)].capital ? said_turned(s, r.from, r.to)
                                                                                 : said_titled(s, r.from, r.to);
    if (proper(atom, "@org")) {
        size_t took;
        const lex *l = said_lex(s, r.from, &took);
        bool plain = parsed_is(s, r.from, "a|an|the|my|our|his|her|their") || (l && (l->is & (LEX_NEARBY | LEX_TRADE)));
        return plain ? said_turned(s, r.from, r.to) : said_titled(s, r.from, r.to);
    }
    return said_turned(s, r.from, r.to);
}
