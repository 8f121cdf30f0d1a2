/* SPDX-License-Identifier: Apache-2.0
 * extract.c - see extract.h: reading a message clause by clause.
 *
 * DESIGN      Left to right over the pieces. Where somebody is mentioned, the rules of rules.c are tried on what follows;
 *             after "and" and "who" they are tried again for the same subject; at a clause's start those without one.
 *             What stands before decides whether it counts at all: nothing asked, supposed, dreamt, quoted, sung, or
 *             claimed by somebody else is told (unreal()).
 * INVARIANTS  (1) A fact quotes the clause it was found in, as typed.
 *             (2) What holds a sensitive word is marked so here, whatever rule found it. */
#include "remember/extract.h"
#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "remember/relation.h"

enum { FACTS_MOST = 24 };

enum { RULES_MOST = 256 };
typedef struct {
    arena *a;
    const said *s;
    cast *c;
    extract *out;
    const rule *some[RULES_MOST], *start[64];    /* the rows that could fit this message at all; NULL-ended */
} reader;

/* ---- does it count? --------------------------------------------------------------------------------------------------- */
static const char supposing[] = "if|unless|wish|wishes|wished|imagine|imagining|suppose|supposing|pretend|pretending|pretended|whether|hypothetically|"
    "would|could|might|dreamt|dreamed|dream|dreams|dreaming|nightmare|maybe|perhaps|lets|what-if|should|almost|nearly|as-if|joking|jk|"
    "kidding|apparently-not|fake|hope|hoping|hopes";
static const char claims[] = "says|said|telling|saying|convinced|thinks|think|thought|reckons|calls|called|told|tells|claims|believes|insists|asked|asks|wonders|assumes|swears|jokes";

/* Somebody else's claim about the writer ("she says i'm a mess") tells of nobody. */
static bool claimed(const said *s, size_t from, size_t i, bool self) {
    for (size_t k = from; k < i; k++) {
        if (!parsed_is(s, k, claims)) continue;
        bool mine = k > from && parsed_is(s, k - 1, "i|'d|'ve|have|just|also|always|already|never");
        bool yours = k > from && parsed_is(s, k - 1, "you|u");
        if (yours) return true;
        if (self && !mine && !parsed_is(s, k, "called|calls")) return true;
    }
    return false;
}

static bool fiction_before(const said *s, size_t from, size_t i) {
    for (size_t k = from; k < i; k++) {
        size_t took;
        const lex *l = said_lex(s, k, &took);
        if (l && (l->is & LEX_FICTION)) return true;
        if (parsed_is(s, k, "sings|lyric|lyrics|quote|goes") && i - k <= 2) return true;
    }
    return false;
}

/* Is what begins at piece i only asked, supposed, told of a story? `self`: it is of the writer. */
static bool unreal(const said *s, size_t i, bool self) {
    const sentence *x = &s->sent[s->at[i].sentence];
    if (x->asks || s->at[i].quoted) return true;
    for (size_t k = x->from; k < i; k++)
        if (parsed_is(s, k, supposing) && !(parsed_is(s, k, "maybe|perhaps|almost|nearly|hope|hoping") && i - k > 4)) return true;
    if (i > x->from && parsed_is(s, i - 1, "like|as") && i - 1 > x->from && parsed_is(s, i - 2, "feel|feels|felt|like|act|acts|as")) return true;
    return claimed(s, x->from, i, self) || fiction_before(s, x->from, i);
}

/* ---- taking a fact down -------------------------------------------------------------------------------------------------- */
static size_t clause_start(const said *s, size_t i) {
    size_t from = s->sent[s->at[i].sentence].from;
    while (i > from && !said_stops(s, i)) i--;
    return i < s->n && parsed_is(s, i, "and|but|because|so|cos|coz|then|plus|though") ? i + 1 : i;
}

static uint32_t sensitive_in(const said *s, size_t from, size_t to) {
    uint32_t is = 0;
    for (size_t k = from; k < to && k < s->n; k++) {
        size_t took;
        const lex *l = said_lex(s, k, &took);
        if (l) is |= l->is & LEX_SENSITIVE;
        if (parsed_is(s, k, "owe|owes|owed|lost|earn|earns|paid") && k + 1 < to)
            for (size_t j = k + 1; j < to; j++)
                if (parsed_is(s, j, "grand|quid|pounds|dollars|euros|thousand|k|money") || (s->at[j].from > 0 && s->message.p[s->at[j].from - 1] == '$'))
                    is |= LEX_MONEY;
    }
    return is;
}

static fact *fact_add(reader *r, int rel, int whose, double sure) {
    extract *x = r->out;
    if (x->n_fact == FACTS_MOST) return NULL;
    fact *f = &x->fact[x->n_fact++];
    *f = (fact){ .rel = rel, .who = whose, .sure = sure, .value = { "", 0 }, .form = { "", 0 }, .quote = { "", 0 } };
    return f;
}

static void put_when(fact *f, const dated *d) {
    if (d->took == 0 || d->habit) return;
    memcpy(f->from, d->from, sizeof f->from);
    memcpy(f->until, d->until, sizeof f->until);
}

/* Fill the verb forms of a rule's own sentence for its subject: "{A} work{s}" -> "{A} works". */
static text form_for(arena *a, const char *form, bool self, text v, text w) {
    static const struct { const char *slot, *you, *they; } slots[] = { { "{s}", "", "s" }, { "{is}", "are", "is" }, { "{was}", "were", "was" },
        { "{has}", "have", "has" }, { "{your}", "your", "their" }, { "{do}", "do", "does" } };
    buf b = { 0 };
    while (*form) {
        bool done = false;
        for (size_t i = 0; i < sizeof slots / sizeof *slots && !done; i++)
            if (strncmp(form, slots[i].slot, strlen(slots[i].slot)) == 0) {
                buf_str(&b, self ? slots[i].you : slots[i].they);
                form += strlen(slots[i].slot);
                done = true;
            }
        if (done) continue;
        if (strncmp(form, "{v}", 3) == 0) buf_add(&b, v), form += 3;
        else if (strncmp(form, "{w}", 3) == 0) buf_add(&b, w), form += 3;
        else buf_char(&b, *form++);
    }
    text t = arena_text(a, buf_text(&b));
    buf_release(&b);
    return t;
}

static text who_words(reader *r, int index) {
    if (index < 0) return TEXT("you");
    const who *w = &r->c->at[index];
    return w->name.n ? w->name : arena_format(r->a, strstr(w->word.p, "'s ") ? "%.*s" : "your %.*s", (int)w->word.n, w->word.p);
}

/* The clause itself as a sentence: the subject as {A}, the time as {when}, the rest turned to the person. */
static text own_words(reader *r, const mention *subject, size_t from, size_t to, const dated *d) {
    const said *s = r->s;
    buf b = { 0 };
    bool self = subject->who == WHO_SELF || subject->with_self;
    bool bare = subject->took == 0;                /* "seeing ana on friday": "You are seeing …" */
    if (subject->with_self && subject->who >= 0) {
        text name = who_words(r, subject->who);
        buf_format(&b, "You and %.*s", (int)name.n, name.p);
    } else buf_str(&b, "{A}");
    bool dated_in = d->took && !d->habit && d->at >= from && d->at < to;
    size_t cut = dated_in ? d->at : to, k = from;
    while (k < cut && parsed_is(s, k, "just|finally|also|actually|really|only")) k++;
    if (k < cut && bare && (text_ends(s->at[k].low, "ing") || parsed_is(s, k, "off|back"))) buf_str(&b, " are");
    if (k < cut && self && parsed_is(s, k, "am|was|'s|is")) {
        buf_str(&b, parsed_is(s, k, "was") ? " were" : " are");
        k++;
    } else if (k < cut && parsed_is(s, k, "'s")) {
        buf_str(&b, k + 1 < cut && parsed_is(s, k + 1, "got|been|had|just|lost|passed|moved|finally|started|given|quit") ? " has" : " is");
        k++;
    } else if (k < cut && parsed_is(s, k, "are|have|were") && !self) {
        buf_str(&b, parsed_is(s, k, "are") ? " is" : parsed_is(s, k, "were") ? " was" : " has");
        k++;
    } else if (k < cut && self && parsed_is(s, k, "has")) buf_str(&b, " have"), k++;
    text head = said_turned(s, k, cut), tail = dated_in ? said_turned(s, d->at + d->took, to) : (text){ "", 0 };
    if (head.n) buf_format(&b, " %.*s", (int)head.n, head.p);
    if (dated_in) buf_str(&b, " {when}");
    if (tail.n) buf_format(&b, " %.*s", (int)tail.n, tail.p);
    if (d->took && !d->habit && !dated_in) buf_str(&b, " {when}");
    text t = arena_text(r->a, buf_text(&b));
    buf_release(&b);
    return t;
}

static bool day_exact(const char *iso) { return strlen(iso) == 10; }

/* ---- the rules' special cases ------------------------------------------------------------------------------------------- */
static bool take_age(reader *r, const rule *row, const match *m, const mention *who_is, const dated *d, size_t to) {
    const said *s = r->s;
    int age = m->num;
    size_t after = m->end;
    bool turning = row->flags & RULE_TURNING || (d->took && !d->habit && strcmp(d->until, "") != 0 && d->at >= m->v.to && r->s->now_ms);
    bool years = after > 0 && parsed_is(s, after - 1, "old|years|yrs|year|yr|age");
    if (age < 1 || age > 115) return false;
    if (!years && !rule_ends(s, after, row->lean)) return false;
    if (!years && parsed_is(s, after, "in|by|on|to|at|with|or|for") && !d->took) return false;
    if (after < s->n && !s->at[after - 1].after && parsed_is(s, after, "weeks|months|days|minutes|hours|mins|percent|times|stone|kg|pounds|foot|ft|miles|points|th"))
        return false;
    if (m->v.to < s->n && s->at[m->v.from].raw.n < 4 && s->message.p[s->at[m->v.to - 1].to] == '%') return false;
    fact *f = fact_add(r, REL_AGE, who_is->who, row->sure);
    if (!f) return true;
    char today[12];
    when_day(s->now_ms, today);
    bool ahead = d->took && strcmp(d->from, today) > 0 && *d->from;
    f->value = arena_format(r->a, "%d", age);
    if (turning && d->took && !d->habit && day_exact(d->from)) {
        fact *b = fact_add(r, REL_BIRTHDAY, who_is->who, row->sure - 0.1);
        if (b && strcmp(d->from, d->until) == 0) {
            civil c;
            civil_parse_date(text_of(d->from), &c);
            b->value = arena_format(r->a, "%d %s", c.day, civil_month_name[c.month]);
            put_when(b, d);
        } else if (b) r->out->n_fact--;
    }
    if (ahead) {                                   /* "mum's 70 next week": not yet, but on its way */
        f->rel = REL_APPOINTMENT;
        f->form = form_for(r->a, "{A} turn{s} {v} {when}.", who_is->who == WHO_SELF, f->value, f->value);
        put_when(f, d);
    }
    (void)to;
    return true;
}

static bool take_birthday(reader *r, const rule *row, const match *m, const mention *who_is, const dated *d) {
    const dated *t = m->when.took ? &m->when : d;
    civil c;
    if (!t->took || t->habit || !day_exact(t->from) || strcmp(t->from, t->until) != 0) {
        if (!t->took || t->habit || strlen(t->from) != 7) return false;
        fact *f = fact_add(r, REL_BIRTHDAY, who_is->who, row->sure - 0.1);        /* "my birthday's in june" */
        if (!f) return true;
        int month = (t->from[5] - '0') * 10 + t->from[6] - '0';
        f->value = text_of(civil_month_name[month <= 12 ? month : 0]);
        f->form = TEXT("{A}'s birthday is in {v}.");
        if (who_is->who == WHO_SELF) f->form = TEXT("Your birthday is in {v}.");
        put_when(f, t);
        return true;
    }
    fact *f = fact_add(r, REL_BIRTHDAY, who_is->who, row->sure);
    if (!f) return true;
    civil_parse_date(text_of(t->from), &c);
    civil now = civil_local(r->s->now_ms);
    f->value = c.year < now.year - 1 ? arena_format(r->a, "%d %s %d", c.day, civil_month_name[c.month], c.year)
                                     : arena_format(r->a, "%d %s", c.day, civil_month_name[c.month]);
    put_when(f, t);
    return true;
}

static char gender_of_name(text name) {
    char low[64];
    size_t n = name.n < sizeof low ? name.n : sizeof low - 1;
    for (size_t i = 0; i < n; i++) low[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z' ? name.p[i] + 32 : name.p[i]);
    const lex *l = lex_find((text){ low, n });
    return l && l->name ? l->name : 'n';
}

/* "we have a greyhound, Moose, and …" */
static text apposed_name(const said *s, size_t i) {
    const piece *p = i < s->n ? &s->at[i] : NULL;
    bool fits = p && i > 0 && strchr(",-", s->at[i - 1].after) && (said_stops(s, i + 1) || p->after) &&
                (p->capital || (p->is->name && !p->is->word_too)) && !(p->is->is & LEX_NOTNAME) && !p->stop;
    return fits ? said_titled(s, i, i + 1) : (text){ "", 0 };
}

/* "she's my cousin", "i have a sister called mia", "i don't have a brother". */
static bool take_tie(reader *r, const rule *row, const match *m, const mention *who_is, size_t at) {
    cast *c = r->c;
    int whose = who_is->who;
    if (row->rel2 == REL_NAME || whose == WHO_SELF) {
        if (!m->tie) return false;
        bool lent = strcmp(m->tie->group, "help") == 0 || strcmp(m->tie->group, "school") == 0 || strcmp(m->tie->group, "work") == 0;
        if (row->flags & RULE_ENDS) {
            fact *f = fact_add(r, REL_TIE, WHO_SELF, row->sure);
            if (f) f->value = m->tie_text, f->ends = true;
            return true;
        }
        if (lent && row->rel2 != REL_NAME) return false;
        bool placed = m->w.to > m->w.from, name_last = m->w_atom && strncmp(m->w_atom, "@name", 5) == 0;
        range at_name = placed && name_last ? m->w : m->v, at_place = name_last ? m->v : m->w;
        text name = row->rel2 == REL_NAME ? rule_value(r->s, at_name, "@name") : apposed_name(r->s, m->end);
        int found = WHO_NONE;
        for (size_t i = 0; i < c->n; i++) {
            bool tie = text_eq(c->at[i].tie, m->tie_text);
            if (tie && (!name.n || !c->at[i].name.n || text_is_fold(c->at[i].name, name.p))) found = (int)i;
        }
        if (found < 0) {
            char she = m->tie->gender != 'n' ? m->tie->gender : gender_of_name(name);
            cast_add(c, (who){ .name = name, .tie = m->tie_text, .word = m->tie_text, .she = she,
                               .pet = strcmp(m->tie->group, "pet") == 0, .at = at, .took = m->end - at });
            found = (int)c->n - 1;
        } else if (name.n && !c->at[found].name.n) c->at[found].name = name, c->at[found].renamed = true;
        c->at[found].told = true;
        c->at[found].heard = ++c->clock;
        if (placed) {
            fact *f = fact_add(r, REL_LIVES, found, 0.85);
            if (f) f->value = rule_value(r->s, at_place, "@place");
        }
        return true;
    }
    if (whose < 0 || !m->tie) return false;
    who *w = &c->at[whose];
    /* "is my best friend" says who somebody is; "was my rock" was no tie and does not come here */
    w->tie = w->word = m->tie_text;
    w->told = true;
    w->retied = w->id != 0;
    w->pet = strcmp(m->tie->group, "pet") == 0;
    if (m->tie->gender != 'n') w->she = m->tie->gender;
    if (who_is->pronoun || w->took == 0) w->at = at, w->took = m->end - at;
    return true;
}

/* A name that stands for itself: "will is my brother", "her name is ada" (of somebody known by a tie, or somebody new). */
static bool take_somebody(reader *r, const rule *row, const match *m, size_t at) {
    cast *c = r->c;
    const piece *p = &r->s->at[m->v.from];
    bool surely = p->is->name || p->capital || (p->typed_capital && !p->stop);
    if (!surely || ((p->is->is & LEX_NOTNAME) && !p->is->name)) return false;
    text name = rule_value(r->s, m->v, "@name");
    char she = gender_of_name(name);
    int found = cast_find(c, name);
    if (row->rel == REL_NAME) {
        she = parsed_is(r->s, at, "her") ? 'f' : parsed_is(r->s, at, "his") ? 'm' : she;
        for (size_t i = 0; i < c->n; i++)                      /* whom "his" speaks of, if they have no name yet */
            if (c->at[i].heard > c->stale && !c->at[i].name.n && (c->at[i].she == she || c->at[i].she == 'n') &&
                (found < 0 || c->at[i].heard > c->at[found].heard)) found = (int)i;
        if (found >= 0 && !c->at[found].name.n) c->at[found].name = name, c->at[found].renamed = c->at[found].id != 0;
    }
    if (found < 0) {
        cast_add(c, (who){ .name = name, .tie = { "", 0 }, .word = { "", 0 }, .she = she, .at = at, .took = m->end - at });
        found = (int)c->n - 1;
    }
    who *w = &c->at[found];
    if (m->tie) {
        w->retied = w->id != 0 && !text_eq(w->tie, m->tie_text);
        w->tie = w->word = m->tie_text;
        if (m->tie->gender != 'n') w->she = m->tie->gender;
        w->pet = strcmp(m->tie->group, "pet") == 0;
    }
    w->told = true;
    w->heard = ++c->clock;
    return true;
}

static bool is_own_name(reader *r, const match *m) {
    const said *s = r->s;
    if (m->v.to != m->v.from + 1 && !s->at[m->v.from].capital) return false;
    const piece *p = &s->at[m->v.from];
    int age;
    bool introduced = p->after == ',' && (said_number(s, m->v.to, &age) || parsed_is(s, m->v.to, "from|and"));
    bool greeted = introduced || (parsed_is(s, 0, "hi|hello|hey|hiya|greetings|evening|morning|afternoon|yo|sup") && m->v.from <= 8);
    if (!rule_ends(s, m->v.to, 0) && !parsed_is(s, m->v.to, "and|nice|pleased|good")) return false;
    if (parsed_is(s, m->v.to, "at|in|on|to|for|with|of|or") && !greeted) return false;
    if (p->is->place && !greeted) return false;
    if (p->is->name && (!p->is->word_too || p->capital || greeted)) return !parsed_is(s, m->v.from, "may|will|joy|hope|grant|frank|earnest") || greeted;
    bool other = p->is->is & (LEX_ADJECTIVE | LEX_VERB | LEX_FEEL | LEX_FAITH | LEX_DIET | LEX_NOTJOB | LEX_NOTNAME) || p->is->tie || p->stop;
    return greeted && !other && (p->capital || introduced || s->n <= 8) && !text_ends(p->low, "ish") && !text_ends(p->low, "ese") &&
           !text_ends(p->low, "ian") && !text_ends(p->low, "ing") && !text_ends(p->low, "ed");
}

/* Nothing to like, hate or play. */
static bool is_junk(const said *s, range v, int rel) {
    size_t n = v.to - v.from;
    if (n == 0) return true;
    if (parsed_is(s, v.from, "it|that|this|you|him|her|them|me|when|how|what|to|being|having|knowing|seeing|getting|myself|feeling|everything|"
                    "the-way|your|u|each|doing|people|everyone|everybody|who|not|their|his|one|these|those|hearing|thinking|saying"))
        return !(parsed_is(s, v.from, "to|people|being") && n > 1 && rel == REL_DISLIKES);
    if (parsed_is(s, v.from, "my|our|your|the") && n >= 2 && (s->at[v.from + 1].is->tie || parsed_is(s, v.from + 1, "chats|chat|talks|talk|conversations|little"))) return true;
    if (rel == REL_LIKES && s->at[v.from].is->tie_name) return true;
    if (n == 1 && parsed_is(s, v.from, "stuff|things|life|lol|so|much|more|most|one|us|today|tomorrow|idea|song|film|feeling")) return true;
    if (parsed_is(s, v.from, "a|an") && rel == REL_LIKES && n > 5) return true;
    return parsed_is(s, v.to - 1, "idea|fact|way|sound|look|feeling|person|moment|bit|part|thing|people") && n <= 3;
}

/* ---- one fit of one row -------------------------------------------------------------------------------------------------- */
static void met(reader *r, const rule *row, const match *m, const mention *subject, const dated *d) {
    int whom = m->who >= 0 ? m->who : subject->who;
    if (whom < 0 || r->out->n_met == FACTS_MOST) return;
    int64_t at = r->s->now_ms, from, to;
    if (d->took && !d->habit && when_span(d->from, &from, &to) && from < at) at = from + (to - from) / 2;
    (void)row;
    r->out->met[r->out->n_met++] = (meet){ whom, at };
}

static text quote_of(const said *s, size_t from, size_t to) {
    text t = said_raw(s, from, to);
    if (t.n > 300) {
        t.n = 300;
        while (t.n && ((unsigned char)t.p[t.n] & 0xC0) == 0x80) t.n--;
    }
    return t;
}

/* "interview friday 2pm" -> "You have an interview {when} 2pm."; "my test's on the 3rd" -> "Your test is {when}." */
static text appointment_words(reader *r, const match *m, size_t from, size_t to, const dated *d) {
    const said *s = r->s;
    while (from < m->v.from && parsed_is(s, from, "and|but|so|got|have|also|just|log|this|that|oh|well|plus|then|'ve|note|ok")) from++;
    size_t np = from, head = m->v.to;
    size_t verb = head;
    while (verb < d->at && !parsed_is(s, verb, "is|'s|starts|runs|opens|begins|ends|on|at|in")) verb++;
    bool says = verb < d->at && !parsed_is(s, verb, "on|at|in");
    text thing = said_turned(s, np, head), tail = d->at + d->took < to ? said_turned(s, d->at + d->took, to) : (text){ "", 0 };
    text middle = says && d->at > verb && !parsed_is(s, verb, "is|'s") ? said_turned(s, verb, d->at) : (text){ "", 0 };
    bool owned = parsed_is(s, np, "my|our|the|his|her") || m->who >= 0;
    if (says || owned) {
        if (!owned) thing = arena_format(r->a, "your %.*s", (int)thing.n, thing.p);
        char *p = arena_str(r->a, thing.p, thing.n);
        if (*p >= 'a' && *p <= 'z') *p = (char)(*p - 32);
        return middle.n ? arena_format(r->a, "%s %.*s {when} %.*s", p, (int)middle.n, middle.p, (int)tail.n, tail.p)
                        : arena_format(r->a, "%s is {when} %.*s", p, (int)tail.n, tail.p);
    }
    const char *article = parsed_is(s, np, "a|an|two|three|another|some") || text_ends(thing, "s") || parsed_is(s, np, "dentist|vet|prom|optician") ? ""
                        : strchr("aeiou", thing.n ? thing.p[0] : 'x') ? "an " : "a ";
    if (parsed_is(s, np, "dentist|vet|optician")) article = "the ";
    return arena_format(r->a, "You have %s%.*s {when} %.*s", article, (int)thing.n, thing.p, (int)tail.n, tail.p);
}

static bool sworn(const said *s, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (parsed_is(s, i, "married|engaged|together|hitched")) return true;
    return false;
}

static bool parted(const said *s, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (parsed_is(s, i, "split|broke|broken|dumped|divorced|left|splitting|breaking")) return true;
    return false;
}

/* A husband becomes an ex-husband. */
static void part(reader *r, int index, size_t from, size_t to) {
    who *w = &r->c->at[index];
    char ex[64];
    snprintf(ex, sizeof ex, "ex-%.*s", (int)w->tie.n, w->tie.p);
    const lex_tie *t = lex_tie_named(ex);
    if (text_starts(w->tie, "ex")) return;
    w->tie = w->word = text_of(t ? t->tie : "ex");
    w->told = w->parted = true;
    w->retied = w->id != 0;
    w->at = from;
    w->took = to - from;
}

/* The fact's sentence, where it is not its relation's own. */
static void shape(reader *r, const rule *row, const match *m, const mention *subject, fact *f, range clause, size_t at, const dated *d) {
    const said *s = r->s;
    size_t from = clause.from, to = clause.to;
    bool self = subject->who == WHO_SELF || subject->with_self;
    if (row->rel == REL_APPOINTMENT && !subject->took && (row->flags & RULE_FREE)) {
        f->form = appointment_words(r, m, from, to, d);
        f->value = said_turned(s, m->v.from, m->v.to);
    } else if (row->flags & RULE_FREE) {
        size_t begin = subject->took ? subject->at + subject->took : at;
        f->form = own_words(r, subject, begin, to, d);
        if (!f->value.n || row->rel == REL_PLAN || row->rel == REL_EVENT || row->rel == REL_APPOINTMENT || row->rel == REL_PROMISE)
            f->value = said_turned(s, begin, to);
    } else if (row->form && strcmp(row->form, "hours") == 0) {
        for (size_t j = at; j < m->end; j++)
            if (parsed_is(s, j, "nights|days|weekends|lates|earlies|shifts|part-time|full-time|remotely|nightshifts|nightshift|freelance|shift")) {
                f->value = s->at[j].low;
                if (parsed_is(s, j, "shift|shifts") && j > at && parsed_is(s, j - 1, "night|day|late|early|double|weekend"))
                    f->value = arena_format(r->a, "%.*s shifts", (int)s->at[j - 1].low.n, s->at[j - 1].low.p);
            }
    } else if (row->form && strcmp(row->form, "favourite") == 0)
        f->value = arena_format(r->a, "%.*s is %.*s", (int)f->value.n, f->value.p, (int)said_turned(s, m->w.from, m->w.to).n, said_turned(s, m->w.from, m->w.to).p);
    else if (row->form && strcmp(row->form, "eats not") == 0) {
        size_t v = at;
        while (v < m->v.from && !parsed_is(s, v, "eat|drink|touch")) v++;
        f->form = form_for(r->a, arena_format(r->a, "{A} {do}n't %.*s {v}.", (int)s->at[v < m->v.from ? v : at].low.n, s->at[v < m->v.from ? v : at].low.p).p,
                           self, f->value, f->value);
    } else if (row->form && strcmp(row->form, "strong") != 0)
        f->form = form_for(r->a, row->form, self, f->value, rule_value(s, m->w, m->w_atom));
}

static bool violent(const said *s, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (parsed_is(s, i, "kill|hurt|hit|murder|punch|smash|end|die|stab|burn")) return true;
    return false;
}

/* The hour behind a day ("at 2", "2pm", "at half seven", "at 19:30") ends here; what follows is another matter. */
static size_t hour_end(const said *s, size_t i, size_t to) {
    size_t k = i;
    if (parsed_is(s, k, "at|about|around|from")) k++;
    if (parsed_is(s, k, "half|quarter")) k++;
    if (parsed_is(s, k, "past|to")) k++;
    int n;
    bool clock = k < to && s->at[k].low.n && s->at[k].low.p[0] >= '0' && s->at[k].low.p[0] <= '9';
    size_t took = said_number(s, k, &n);
    if (parsed_is(s, k, "noon|midday|midnight|lunchtime|lunch")) return k + 1;
    if (!clock && !(took && k > i)) return i;
    k += took ? took : 1;
    if (parsed_is(s, k, "am|pm|o'clock|oclock|ish|sharp")) k++;
    return k < to ? k : to;
}

static bool later_job(const rule *row, const dated *d, const char *today) {
    bool work = row->rel == REL_WORKS_AT || row->rel == REL_WORKS_AS || row->rel == REL_WORKS_IN || row->rel == REL_HOURS || row->rel == REL_STUDIES;
    return work && !(row->flags & (RULE_ENDS | RULE_LESSENS)) && d->took && !d->habit && !d->since && *d->from && strncmp(d->from, today, strlen(d->from)) > 0;
}

/* Does it lie ahead? What is only for tonight is no plan to keep. */
static bool ahead_of(const dated *d, const char *today, bool not_today) {
    if (d->habit || d->since || !*d->until) return false;
    int c = strncmp(d->until, today, strlen(d->until));
    return c > 0 || (c == 0 && !(not_today && strlen(d->until) == 10));
}

/* "my dog is called moss": the unnamed one gets a name; one that had another stays, and this is a second, unless there can
 * be only one or it is put right. */
static void name_them(reader *r, const mention *subject, text name, size_t from, size_t to) {
    who *w = &r->c->at[subject->who];
    char tie[64];
    snprintf(tie, sizeof tie, "%.*s", (int)w->tie.n, w->tie.p);
    const lex_tie *t = lex_tie_named(tie);
    bool other = w->id && w->name.n && !text_is_fold(w->name, name.p) && !r->out->corrects && !subject->pronoun && !subject->named && !(t && t->one);
    if (other) {
        cast_add(r->c, (who){ .name = name, .tie = w->tie, .word = w->word, .she = t && t->gender != 'n' ? t->gender : gender_of_name(name), .pet = w->pet });
        w = &r->c->at[r->c->n - 1];
    } else w->renamed = w->id != 0;
    w->name = name;
    w->told = true;
    w->at = from;
    w->took = to - from;
    w->heard = ++r->c->clock;
}

static bool take(reader *r, const rule *row, const match *m, const mention *subject, size_t at) {
    const said *s = r->s;
    size_t from = clause_start(s, at), to = m->end;
    while (to < s->n && !said_stops(s, to)) to++;
    if (from > subject->at) from = subject->at;
    dated d = { 0 };
    if (m->when.took) d = m->when;
    else if (!when_in(s, from, to, row->lean, &d)) d = (dated){ 0 };
    char today[12];
    when_day(s->now_ms, today);
    if ((row->flags & RULE_DATED) && !d.took) return false;
    if ((row->flags & RULE_AHEAD) && !ahead_of(&d, today, row->rel == REL_PLAN || (!subject->took && m->v_atom && strncmp(m->v_atom, "@thing", 6) == 0)))
        return false;
    if (row->rel == REL_APPOINTMENT && m->who >= 0 && m->v.to > m->v.from && parsed_is(s, m->v.from, "birthday")) return false;
    if ((row->flags & RULE_WE) && !subject->with_self) return false;
    if (row->flags & RULE_MET) return met(r, row, m, subject, &d), true;
    if (row->flags & RULE_SOMEBODY) return take_somebody(r, row, m, at);
    size_t first = r->out->n_fact;
    bool done = false;
    if (later_job(row, &d, today)) {                       /* "starting at the library on monday" is a plan yet */
        static const rule plan = { "", RULE_ANY, 1, REL_PLAN, -1, RULE_FREE, 0.85, NULL };
        row = &plan;
    }
    if (row->rel == REL_APPOINTMENT && d.took && d.at + d.took < to) to = hour_end(s, d.at + d.took, to);
    if (row->flags & RULE_AGE) done = take_age(r, row, m, subject, &d, to);
    else if (row->flags & RULE_BIRTHDAY) done = take_birthday(r, row, m, subject, &d);
    else if ((row->flags & RULE_TIE) && row->rel == REL_TIE) done = take_tie(r, row, m, subject, at);
    if (row->flags & (RULE_AGE | RULE_BIRTHDAY) || row->rel == REL_TIE) {
        for (size_t i = first; i < r->out->n_fact; i++) r->out->fact[i].quote = quote_of(s, from, to);
        return done;
    }
    if ((row->flags & RULE_SELFNAME) && (!is_own_name(r, m) || (subject->who >= 0 && (!subject->tied || subject->named)))) return false;
    bool taste = row->rel == REL_LIKES || row->rel == REL_DISLIKES || row->rel == REL_PLAYS || row->rel == REL_SUPPORTS || row->rel == REL_LEARNING ||
                 row->rel == REL_ALLERGIC || (row->rel == REL_FEELS_ABOUT && m->who < 0 && m->v_atom && strncmp(m->v_atom, "@np", 3) == 0);
    if (taste && m->who < 0 && is_junk(s, m->v, row->rel)) return false;
    if (row->form && strcmp(row->form, "strong") == 0 && (s->at[m->v.from].is->is & LEX_WEAKFEEL)) return false;
    fact *f = fact_add(r, row->rel, subject->who, row->sure);
    if (!f) return true;
    f->value = row->flags & RULE_WHO ? who_words(r, m->who) : rule_value(s, m->v, m->v_atom);
    f->ends = row->flags & RULE_ENDS;
    f->lessens = row->flags & RULE_LESSENS;
    f->quote = quote_of(s, from, to);
    put_when(f, &d);
    if (row->rel == REL_BOND && subject->with_self && subject->who >= 0 && !r->c->at[subject->who].tie.n && sworn(s, at, to)) {
        who *w = &r->c->at[subject->who];
        w->tie = w->word = TEXT("partner");
        w->told = true;
        w->retied = w->id != 0;
        w->at = from;
        w->took = to - from;
    }
    if (row->rel == REL_BOND && m->who >= 0 && parted(s, at, to)) part(r, m->who, from, to);
    shape(r, row, m, subject, f, (range){ from, to }, at, &d);
    if (row->rel == REL_WORKS_AS)
        f->value = arena_format(r->a, "%s %.*s", f->value.n && strchr("aeiou", f->value.p[0]) ? "an" : "a", (int)f->value.n, f->value.p);
    if (row->rel == REL_NAME && !f->value.n) return r->out->n_fact--, false;
    if (row->rel == REL_PROMISE && violent(s, at, to)) return r->out->n_fact--, false;
    if (row->rel == REL_NAME && subject->who >= 0) {
        r->out->n_fact--;
        name_them(r, subject, f->value, from, to);
        return true;
    }
    if (row->rel == REL_DIED && (row->flags & RULE_WHO)) f->who = m->who, f->value = TEXT("");
    if (row->flags & RULE_SENSITIVE) f->sensitive |= LEX_HEALTH;
    if (row->rel2 >= 0 && m->w.to > m->w.from) {
        fact *g = fact_add(r, row->rel2, subject->who, row->sure);
        if (g) g->value = rule_value(s, m->w, m->w_atom), g->quote = f->quote;
    } else if (row->rel2 >= 0 && ((row->flags & RULE_WHO) || row->rel == REL_HOURS) && m->v.to > m->v.from) {
        fact *g = fact_add(r, row->rel2, subject->who, row->sure);
        if (g) g->value = rule_value(s, m->v, m->v_atom), g->quote = f->quote;
    }
    for (size_t i = first; i < r->out->n_fact; i++) r->out->fact[i].sensitive |= sensitive_in(s, from, to);
    return true;
}

/* Try every row behind a subject; the piece behind the one that fitted, or 0. */
static size_t try_rows(reader *r, const rule *const *rows, const mention *subject, size_t at, bool fragment, double scale) {
    int mask = subject->who == WHO_SELF ? RULE_I : RULE_THEY;
    if (subject->with_self) mask = RULE_ANY;
    for (; *rows; rows++) {
        const rule *row = *rows;
        match m;
        if (!(row->who & mask) || (fragment && !(row->flags & RULE_FRAG))) continue;
        if (!rule_match(r->c, r->s, at, row->pattern, row->lean, &m) || m.end == at) continue;
        mention as = *subject;
        if (as.with_self && as.who >= 0 && !(row->flags & RULE_FREE)) as.who = WHO_SELF;
        size_t was = r->out->n_fact;
        if (!take(r, row, &m, &as, at)) continue;
        for (size_t i = was; i < r->out->n_fact; i++) r->out->fact[i].sure *= scale;
        return m.end;
    }
    return 0;
}

/* ---- the message as a whole ------------------------------------------------------------------------------------------------ */
static bool command(const said *s) {
    size_t i = 0;
    while (parsed_is(s, i, "please|ok|okay|hey|can|could|you|just|samantha|so|and|no|actually|now")) i++;
    if (parsed_is(s, i, "forget|scrap|delete|erase|drop|unlearn|wipe") && i + 1 < s->n && !parsed_is(s, i + 1, "it") ) return true;
    if (parsed_is(s, i, "do") && parsed_is(s, i + 1, "not") && parsed_is(s, i + 2, "remember|keep|save|store|note")) return true;
    return parsed_is(s, i, "remind") && parsed_is(s, i + 1, "me");
}

/* "remember that …", "for the record, …", "put me down as …": where what is to be kept begins; 0 none. */
static size_t keeping(const said *s, bool *someone) {
    size_t i = 0;
    *someone = false;
    while (parsed_is(s, i, "please|ok|okay|hey|can|could|you|just|samantha|so|and|also|btw|oh")) i++;
    if (parsed_is(s, i, "remember|note|log|record") && parsed_is(s, i + 1, "that|this|it|down|i|my|for")) i += parsed_is(s, i + 1, "i|my|for") ? 1 : 2;
    else if (parsed_is(s, i, "do") && parsed_is(s, i + 1, "not") && parsed_is(s, i + 2, "forget")) i += parsed_is(s, i + 3, "that|this") ? 4 : 3;
    else if (parsed_is(s, i, "for") && parsed_is(s, i + 1, "the|your") && parsed_is(s, i + 2, "record|records|info|information")) i += 3;
    else if (parsed_is(s, i, "write|keep|get") && parsed_is(s, i + 1, "this|that|it") && parsed_is(s, i + 2, "down|in|safe|on")) i += 3;
    else if (parsed_is(s, i, "new") && parsed_is(s, i + 1, "thing|one") && parsed_is(s, i + 2, "to|for")) i += 4;
    else if (parsed_is(s, i, "put|mark") && parsed_is(s, i + 1, "me") && parsed_is(s, i + 2, "down")) {
        i += 3;
        if (parsed_is(s, i, "as|for")) i++;
        if (parsed_is(s, i, "someone|somebody|a|one") && parsed_is(s, i + 1, "who|person|that")) i += 2, *someone = true;
        return i < s->n ? i : 0;
    } else return 0;
    while (parsed_is(s, i, "that|this|:|down|please|for|me|future|and")) i++;
    return i < s->n ? i : 0;
}

/* "i meant june", "june not may", "it's ana with one n", "not anna, ana". */
static void swaps(reader *r, size_t i) {
    const said *s = r->s;
    extract *x = r->out;
    size_t begin = i;
    while (parsed_is(s, i, "no|nope|sorry|actually|oops|wait|hang|on|oh|well|*|ah|argh|correction|nah|but|eh|sry")) i++;
    x->corrects = x->corrects || (i > 0 && begin == 0 && parsed_is(s, 0, "no|nope|actually|sorry|oops|correction|wait|nah"));
    if (parsed_is(s, i, "that|thats|it") && parsed_is(s, i + 1, "'s|is|was|are") && parsed_is(s, i + 2, "wrong|not|incorrect|untrue|false")) {
        x->corrects = true;
        x->wrong = parsed_is(s, i + 2, "wrong|incorrect|untrue|false") || parsed_is(s, i + 3, "right|true|correct|what");
    }
    if (parsed_is(s, i, "i") && parsed_is(s, i + 1, "never|did") && parsed_is(s, i + 2, "said|not|told")) x->wrong = true;
    if (parsed_is(s, i, "i") && parsed_is(s, i + 1, "meant|mean") && i + 2 < s->n && said_clause_end(s, i + 2) - i <= 7) {
        size_t e = said_clause_end(s, i + 2), k = i + 2;
        if (parsed_is(s, k, "to") && parsed_is(s, k + 1, "say|type|write")) k += 2;
        for (size_t j = k; j < e; j++)
            if (parsed_is(s, j, "not")) e = j;
        x->swap = (swap){ .said = e > k, .now = said_titled(s, k, e), .was = { "", 0 } };
        if (parsed_is(s, e, "not") && e + 1 < s->n) x->swap.was = said_titled(s, e + 1, said_clause_end(s, e + 1));
        return;
    }
    if (parsed_is(s, i, "it|its|that") && parsed_is(s, i + 1, "'s|is")) i += 2;
    else if (parsed_is(s, i, "it's|its")) i++;
    if (parsed_is(s, i, "spelled|spelt|called")) i++;
    if (i + 3 < s->n && parsed_is(s, i + 1, "with") && parsed_is(s, i + 2, "one|two|a|an|no|1|2") && s->n - i <= 8) {
        x->swap = (swap){ .said = true, .now = said_titled(s, i, i + 1), .was = { "", 0 }, .spelling = true };
        return;
    }
    /* "leeds not leicester": two short things of which one is right */
    bool first_not = parsed_is(s, i, "not");
    size_t a = first_not ? i + 1 : i, n = s->sent && s->n_sent ? s->sent[s->at[i < s->n ? i : 0].sentence].to : s->n;
    for (size_t k = a + 1; k < n && k <= a + 3; k++) {
        bool cut = first_not ? s->at[k - 1].after == ',' || parsed_is(s, k, "but|it") : parsed_is(s, k, "not");
        if (!cut) continue;
        size_t b = k + (parsed_is(s, k, "not|but") ? 1 : 0), e = n;
        if (parsed_is(s, b, "it") && parsed_is(s, b + 1, "'s|is")) b += 2;
        for (size_t j = b; j < e; j++)
            if (s->at[j].after) e = j + 1;
        if (b >= e || e - b > 3) return;
        for (size_t j = a; j < e; j++)
            if (!(j >= k && j < b) && (s->at[j].stop || ((s->at[j].is->is & LEX_VERB) && !s->at[j].is->name) || (s->at[j].is->is & (LEX_ADJECTIVE | LEX_FEEL))))
                return;
        text one = said_titled(s, a, k), two = said_titled(s, b, e);
        x->swap = (swap){ .said = true, .now = first_not ? two : one, .was = first_not ? one : two };
        x->corrects = true;
        return;
    }
}

/* A clause that holds something sensitive about a known subject is offered whole: kept only with a yes. */
static void whole_if_sensitive(reader *r, const mention *subject, size_t at) {
    const said *s = r->s;
    size_t to = said_clause_end(s, at > 0 ? at - 1 : 0);
    if (to < at) to = at;
    uint32_t is = sensitive_in(s, at, to);
    if (!is || to == at || r->out->n_fact == FACTS_MOST) return;
    for (size_t i = 0; i < r->out->n_fact; i++)
        if (r->out->fact[i].sensitive & is) return;
    dated d = { 0 };
    if (!when_in(s, at, to, 0, &d)) d = (dated){ 0 };
    fact *f = fact_add(r, REL_PRIVATE, subject->who, 0.7);
    f->form = own_words(r, subject, at, to, &d);
    f->value = said_turned(s, at, to);
    f->quote = quote_of(s, clause_start(s, at > 0 ? at - 1 : 0), to);
    f->sensitive = is;
    put_when(f, &d);
}

static bool begins_clause(const said *s, size_t i) {
    if (i == 0 || said_stops(s, i)) return true;
    return parsed_is(s, i - 1, "and|but|so|then|plus|because|oh|well|also|hi|hello|hey|yeah|yes|no|ok|okay|anyway|btw|who|actually|now|just|um|er|that|guess|what|lol|ugh|yay|god|haha") ||
           (parsed_is(s, i, "and|but|who") );
}

/* Whom a clause names is heard of, whatever rule read it. */
static void hear_inside(reader *r, size_t from, size_t to) {
    for (size_t k = from; k < to; k++) {
        mention inside;
        if (who_named_at(r->c, r->s, k, &inside)) k += inside.took - 1;
    }
}

static void read_pieces(reader *r, size_t from) {
    const said *s = r->s;
    mention subject = { .who = WHO_NONE };
    size_t sentence_of = SIZE_MAX;
    for (size_t i = from; i < s->n;) {
        if (s->at[i].sentence != sentence_of) {
            sentence_of = s->at[i].sentence;
            subject = (mention){ .who = WHO_NONE };
        }
        size_t end = 0;
        mention self = { .at = i, .took = 0, .who = WHO_SELF };
        bool starts = begins_clause(s, i) && !s->at[i].quoted;
        if (starts && !unreal(s, i, true)) end = try_rows(r, r->start, &self, i, false, 1);
        mention m;
        size_t known = r->c->n;
        if (!end && who_at(r->c, s, i, &m)) {
            bool real = !unreal(s, i, m.who == WHO_SELF || m.with_self);
            size_t at = i + m.took;
            if (m.who >= 0 && !real && (s->at[i].quoted || fiction_before(s, s->sent[sentence_of].from, i)))
                for (size_t k = known; k < r->c->n; k++)                      /* a story's people are nobody's */
                    if (r->c->at[k].id == 0) r->c->at[k].told = false;
            bool company = i > 0 && parsed_is(s, i - 1, "with|w") && !s->at[i - 1].after && !parsed_is(s, at, "'s");
            if (real && m.named && !m.tied && (company || parsed_is(s, i - 1, "our"))) r->c->at[m.who].told = true;
            if (real && at < s->n) {
                if (!m.tied || m.pronoun || m.who >= 0) subject = m;
                size_t next = try_rows(r, r->some, &m, at, false, m.pronoun && m.who >= 0 ? 0.85 : 1);
                whole_if_sensitive(r, &m, at);
                hear_inside(r, at, next);
                if (next > at) at = next;
            }
            i = at > i ? at : i + 1;
            continue;
        }
        if (!end && starts && !unreal(s, i, true)) {
            bool same = subject.who != WHO_NONE && i > 0 && !(s->at[i - 1].sentence != s->at[i].sentence);
            size_t at = parsed_is(s, i, "and|but|who|then") ? i + 1 : i;
            if (same) end = try_rows(r, r->some, &subject, at, false, 0.85);
            else if (i == s->sent[sentence_of].from || said_stops(s, i)) end = try_rows(r, r->some, &self, at, true, 0.8);
        }
        hear_inside(r, i + 1, end);
        i = end > i ? end : i + 1;
    }
}

static void possible_rows(const said *s, const rule *rows, const rule **out, size_t most) {
    size_t n = 0;
    for (; rows->pattern && n + 1 < most; rows++)
        if (rule_possible(s, rows->pattern)) out[n++] = rows;
    out[n] = NULL;
}

void extract_message(arena *a, text heard, int64_t day_ms, cast *c, extract *out) {
    *out = (extract){ 0 };
    out->fact = arena_new(a, FACTS_MOST, sizeof *out->fact);
    out->met = arena_new(a, FACTS_MOST, sizeof *out->met);
    said *s = arena_new(a, 1, sizeof *s);
    *s = said_of(a, heard, day_ms);
    if (s->n == 0) return;
    reader r = { .a = a, .s = s, .c = c, .out = out };
    possible_rows(s, rules_of_somebody, r.some, RULES_MOST);
    possible_rows(s, rules_of_clauses, r.start, 64);
    if ((out->command = command(s))) return;
    bool someone;
    size_t keep = keeping(s, &someone);
    for (size_t i = 0; i < s->n_sent && !out->swap.said; i++) swaps(&r, s->sent[i].from);
    if (someone) {
        mention self = { .at = keep, .took = 0, .who = WHO_SELF };
        try_rows(&r, r.some, &self, keep, false, 1);
    }
    read_pieces(&r, keep);
    if (keep) out->keep = said_turned(s, keep, s->n);
    for (size_t i = 0; i < s->n; i++) {
        size_t took;
        const lex *l = said_lex(s, i, &took);
        if (l && (l->is & LEX_SENSITIVE) && !fiction_before(s, s->sent[s->at[i].sentence].from, i)) out->sensitive |= l->is & LEX_SENSITIVE;
    }
}
