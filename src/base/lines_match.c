/* SPDX-License-Identifier: Apache-2.0
 * lines_match.c - the patterns of match=: compiled once, fitted into one sentence by backtracking.
 *
 * DESIGN  A pattern is short and so is a sentence, so plain backtracking does; a step budget keeps a hostile
 *         message from making it dear. What @x keeps must be a phrase that reads well when said back: it ends where
 *         a phrase ends, holds a word of content, and loses trailing "today", "lol", "again". */
#include <assert.h>
#include <string.h>
#include "base/hash.h"
#include "base/lines_own.h"

enum { KEEP_MOST = 5, SKIP_MOST = 6, STEPS_MOST = 20000 };

/* ---- compiling ------------------------------------------------------------------------------------------------ */
typedef struct { arena *a; text t; const char *why_not; int depth; } compiling;

static bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || c == '-' || c == '.' || c == ':' ||
           (unsigned char)c >= 0x80;
}

static char next_of(const compiling *c) { return c->t.n ? c->t.p[0] : 0; }
static void eat(compiling *c) { c->t.p++, c->t.n--; }
static bool wrong(compiling *c, const char *why_not) {
    c->why_not = why_not;
    return false;
}

static text word_read(compiling *c) {
    text w = { c->t.p, 0 };
    while (is_word_char(next_of(c))) eat(c), w.n++;
    return w;
}

static bool run_read(compiling *c, pattern_run *out, char until);

/* "(mum|dad)'s": the ending goes to the last word of each way. */
static bool ending_add(compiling *c, pattern_step *s) {
    text end = word_read(c);
    for (size_t i = 0; i < s->n_way; i++) {
        pattern_step *last = &s->way[i].step[s->way[i].n - 1];
        if (last->kind != STEP_WORD) return wrong(c, "an ending may only follow words");
        last->word = arena_format(c->a, "%.*s%.*s", (int)last->word.n, last->word.p, (int)end.n, end.p);
    }
    return true;
}

/* "i('ve| have)": the word stands before each way, or is the beginning of its first word. */
static bool beginning_add(compiling *c, pattern_run *way, text w, bool apart) {
    if (!apart) {
        if (way->step[0].kind != STEP_WORD) return wrong(c, "a beginning may only stand before words");
        text *first = &way->step[0].word;
        *first = arena_format(c->a, "%.*s%.*s", (int)w.n, w.p, (int)first->n, first->p);
        return true;
    }
    pattern_step *more = arena_new(c->a, way->n + 1, sizeof *more);
    memcpy(more + 1, way->step, way->n * sizeof *more);
    more[0] = (pattern_step){ .kind = STEP_WORD, .word = w };
    *way = (pattern_run){ more, way->n + 1 };
    return true;
}

/* "(a|b c)", behind `begin` when that is not empty. */
static bool either_read(compiling *c, pattern_step *s, text begin) {
    size_t most = 1;
    for (size_t i = 0; i < c->t.n; i++) most += c->t.p[i] == '|';
    s->kind = STEP_EITHER;
    s->way = arena_new(c->a, most, sizeof *s->way);
    if (++c->depth > 8) return wrong(c, "brackets stand too deep");
    do {
        eat(c);                                                  /* ( or | */
        pattern_run *way = &s->way[s->n_way++];
        bool apart = next_of(c) == ' ';
        if (!run_read(c, way, ')')) return false;
        if (begin.n && !beginning_add(c, way, begin, apart)) return false;
    } while (next_of(c) == '|');
    c->depth--;
    if (next_of(c) != ')') return wrong(c, "a bracket does not close");
    eat(c);
    if (next_of(c) == '?') {                                     /* "(a|b)?" is "?(a|b)" */
        eat(c);
        s->may_miss = true;
        return true;
    }
    return is_word_char(next_of(c)) ? ending_add(c, s) : true;     /* and ")(": the next bracket is its own step */
}

static bool keep_read(compiling *c, pattern_step *s) {
    eat(c);
    s->kind = STEP_KEEP;
    s->slot = next_of(c);
    if (s->slot != 'x' && s->slot != 'y') return wrong(c, "after @ comes x or y");
    eat(c);
    if (next_of(c) == '+') {
        eat(c);
        s->kind = STEP_REST;
    }
    return true;
}

static bool step_read(compiling *c, pattern_step *s) {
    if (next_of(c) == '?') {
        eat(c);
        s->may_miss = true;
    }
    switch (next_of(c)) {
        case '*': eat(c); s->kind = STEP_SKIP; return true;
        case '@': return keep_read(c, s);
        case '(': return either_read(c, s, (text){ NULL, 0 });
        default:
            s->kind = STEP_WORD;
            s->word = word_read(c);
            if (s->word.n && next_of(c) == '(') return either_read(c, s, s->word);
            return s->word.n ? true : wrong(c, "a word, (a|b), ?word, *, @x or @x+ was expected");
    }
}

/* Steps up to `until` or |. */
static bool run_read(compiling *c, pattern_run *out, char until) {
    enum { RUN_MOST = 48 };                                      /* steps in one run: twice what any line has */
    pattern_step step[RUN_MOST] = { { .may_miss = false } };
    out->n = 0;
    for (;;) {
        while (next_of(c) == ' ') eat(c);
        char next = next_of(c);
        if (!next || next == until || (until && next == '|')) break;
        if (out->n == RUN_MOST) return wrong(c, "the pattern is too long");
        if (!step_read(c, &step[out->n++])) return false;
        bool loose = c->t.p[-1] == '?';                          /* "(me )?up" */
        next = next_of(c);
        if (!loose && next != '(' && next && next != ' ' && next != until && !(until && next == '|')) return wrong(c, "a space was expected");
    }
    if (!out->n) return wrong(c, "the pattern is empty");
    out->step = arena_new(c->a, out->n, sizeof *out->step);
    memcpy(out->step, step, out->n * sizeof *out->step);
    return true;
}

static int literal_of(const pattern_run *r) {
    int n = 0;
    for (size_t i = 0; i < r->n; i++) {
        const pattern_step *s = &r->step[i];
        int least = s->kind == STEP_WORD ? 1 : 0;
        for (size_t k = 0; k < s->n_way; k++) {
            int way = literal_of(&s->way[k]);
            if (k == 0 || way < least) least = way;
        }
        if (!s->may_miss) n += least;
    }
    return n;
}

bool pattern_read(arena *a, text source, pattern *out, const char **why_not) {
    compiling c = { .a = a, .t = text_trim(source) };
    *out = (pattern){ .at_start = false };
    if (next_of(&c) == '^') out->at_start = true, eat(&c);
    if (c.t.n && c.t.p[c.t.n - 1] == '$') out->at_end = true, c.t.n--;
    bool ok = run_read(&c, &out->run, 0);
    *why_not = c.why_not;
    for (size_t i = 0; ok && i + 1 < out->run.n; i++)
        if (out->run.step[i].kind == STEP_REST) {
            *why_not = "@x+ keeps the rest of the sentence: nothing may follow it";
            return false;
        }
    if (ok) out->literal = literal_of(&out->run);
    return ok;
}

/* ---- fitting --------------------------------------------------------------------------------------------------- */
typedef struct { const pattern *p; words w; size_t to; pattern_kept kept; int budget; } fitting;

static bool is_any(text low, const char *const *rows) {
    for (; *rows; rows++)
        if (text_is(low, *rows)) return true;
    return false;
}

/* A kept phrase stops before these, wherever they stand. */
static const char *const phrase_ends[] = { "and", "but", "because", "so", "when", "that", "which", "who", "where",
    "while", "since", "until", "although", "though", "if", "then", "i", "i'm", "i've", "i'd", "i'll", "he", "he's",
    "she", "she's", "they", "they're", "we", "we're", "it's", "that's", "there's", "is", "was", "are", "were",
    "isn't", "wasn't", "would", "would've", "could", "should", "will", "won't", "can", "can't", "don't", "doesn't", "didn't",
    "has", "hasn't", "had", "have", "does", "did", "aren't", "weren't", "cos", "cause", "except", "yesterday", "today", "tonight", "tomorrow",
    "again", "now", "lol", "haha", "please", "plus", NULL };
/* ... and, when it is too long, before one of these. */
static const char *const joints[] = { "in", "at", "on", "for", "with", "from", "about", "after", "before", "during",
    "to", "by", "into", "over", "under", "without", "near", "like", "as", "yesterday", "today", "last", "this",
    "next", "every", NULL };
/* ... and these are left off its end. */
static const char *const tails[] = { "today", "yesterday", "tonight", "tomorrow", "again", "now", "really", "lol",
    "too", "anyway", "please", "tbh", "haha", "hahaha", "ok", "though", "already", "lately", "recently", "still",
    "the", "a", "an", "my", "of", "to", "in", "at", "on", "for", "with", "and", "or", "from", "very", "just", "also",
    "right", "rn", "atm", "lmao", "ugh", "yet", "either", "anymore", "ever", "well", "so", "much", "idk", "anywhere", "everywhere",
    "somehow", NULL };

/* How far a phrase starting at `from` may reach: *far, and whether it ends there of itself. */
static size_t phrase_reach(words w, size_t from, size_t to, bool *whole) {
    size_t i = from;
    *whole = true;
    while (i < to) {
        if (i > from && is_any(w.at[i].low, phrase_ends)) return i;
        if (i - from == KEEP_MOST) {
            *whole = false;
            return i;
        }
        if (w.at[i].after) return i + 1;
        i++;
    }
    return i;
}

static bool has_content(words w, size_t from, size_t to) {
    static const char *const pronouns[] = { "him", "them", "it", "us", "me", "you", "this", NULL };
    if (to - from <= 3 && is_any(w.at[from].low, pronouns)) return false;            /* "i miss him a bit" keeps nothing */
    for (size_t i = from; i < to; i++)
        if (!w.at[i].stop) return true;
    return false;
}

/* The end of what is worth keeping of from .. to; `from` when nothing is. */
static size_t phrase_tidy(words w, size_t from, size_t to) {
    size_t end = to;
    while (end > from + 1 && is_any(w.at[end - 1].low, tails)) end--;
    return has_content(w, from, end) ? end : from;
}

/* What is still to be fitted: a run from step i on, then the rest of the runs around it. */
typedef struct frame { const pattern_run *run; size_t i; const struct frame *around; } frame;

static bool fit_from(fitting *f, frame k, size_t at);

static bool keep(fitting *f, const pattern_step *s, word_span span) {
    word_span *slot = s->slot == 'x' ? &f->kept.x : &f->kept.y;
    *slot = span;
    return true;
}

static bool is_last(frame k) {
    if (k.i < k.run->n) return false;
    return k.around ? is_last(*k.around) : true;
}

static bool fit_keep(fitting *f, const pattern_step *s, frame next, size_t at) {
    bool whole;
    size_t reach = phrase_reach(f->w, at, f->to, &whole);
    if (is_last(next) && !f->p->at_end) {                    /* nothing follows: the phrase must end well */
        size_t end = reach;
        if (!whole) {
            while (end > at + 1 && !is_any(f->w.at[end].low, joints)) end--;
            if (end == at + 1) return false;
        }
        end = phrase_tidy(f->w, at, end);
        return end > at && keep(f, s, (word_span){ at, end });
    }
    for (size_t end = reach; end > at; end--) {
        size_t tidy = phrase_tidy(f->w, at, end);
        if (tidy == at) return false;
        if (fit_from(f, next, end)) return keep(f, s, (word_span){ at, tidy });
    }
    return false;
}

static bool fit_step(fitting *f, const pattern_step *s, frame next, size_t at) {
    switch (s->kind) {
        case STEP_WORD: return at < f->to && text_eq(f->w.at[at].low, s->word) && fit_from(f, next, at + 1);
        case STEP_KEEP: return fit_keep(f, s, next, at);
        case STEP_EITHER:
            for (size_t i = 0; i < s->n_way; i++)
                if (fit_from(f, (frame){ &s->way[i], 0, &next }, at)) return true;
            return false;
        case STEP_SKIP:
            for (size_t n = 0; n <= SKIP_MOST && at + n <= f->to; n++)
                if (fit_from(f, next, at + n)) return true;
            return false;
        case STEP_REST: {
            size_t end = phrase_tidy(f->w, at, f->to);
            return end > at && keep(f, s, (word_span){ at, end });
        }
    }
    return false;
}

static bool fit_from(fitting *f, frame k, size_t at) {
    if (--f->budget < 0) return false;
    while (k.i == k.run->n) {
        if (!k.around) return !f->p->at_end || at == f->to;
        k = *k.around;
    }
    const pattern_step *s = &k.run->step[k.i++];
    return fit_step(f, s, k, at) || (s->may_miss && fit_from(f, k, at));
}

bool pattern_fits(const pattern *p, words w, word_span sentence, pattern_kept *kept) {
    fitting f = { .p = p, .w = w, .to = sentence.to, .budget = STEPS_MOST };
    for (size_t at = sentence.from; at <= sentence.to; at++) {
        f.kept = (pattern_kept){ { 0, 0 }, { 0, 0 } };
        if (fit_from(&f, (frame){ &p->run, 0, NULL }, at)) {
            *kept = f.kept;
            return true;
        }
        if (p->at_start || f.budget < 0) return false;
    }
    return false;
}

static bool fits_any(const pattern *p, size_t n_way, arena *a, words said, text out[2]) {
    size_t n;
    word_span *s = words_sentences(a, said, false, &n);
    out[0] = out[1] = (text){ "", 0 };
    for (size_t w = 0; w < n_way; w++)
        for (size_t i = 0; i < n; i++) {
            pattern_kept kept;
            if (!pattern_fits(&p[w], said, s[i], &kept)) continue;
            if (kept.x.to > kept.x.from) out[0] = lines_turn(a, said, kept.x.from, kept.x.to);
            if (kept.y.to > kept.y.from) out[1] = lines_turn(a, said, kept.y.from, kept.y.to);
            return true;
        }
    return false;
}

text pattern_cut(text *t) {
    int depth = 0;
    for (size_t i = 0; i < t->n; i++) {
        depth += (t->p[i] == '(') - (t->p[i] == ')');
        if (t->p[i] != '|' || depth > 0) continue;
        text way = { t->p, i };
        *t = (text){ t->p + i + 1, t->n - i - 1 };
        return way;
    }
    text all = *t;
    *t = (text){ t->p + t->n, 0 };
    return all;
}

/* All ways of a pattern; 0 when one is broken. */
static size_t ways_read(arena *a, text source, pattern **way) {
    size_t most = 1, n = 0;
    for (size_t i = 0; i < source.n; i++) most += source.p[i] == '|';
    *way = arena_new(a, most, sizeof **way);
    const char *why_not;
    do {
        if (!pattern_read(a, pattern_cut(&source), &(*way)[n++], &why_not)) return 0;
    } while (source.n);
    return n;
}

bool lines_match(arena *a, const char *source, words said, text out[2]) {
    pattern *way;
    size_t n = ways_read(a, text_of(source), &way);
    return fits_any(way, n, a, said, out);
}

/* The pattern on the shelf, put there if it was not; NULL when the shelf is full. */
static const shelf_row *shelved(lines *l, const char *source) {
    size_t i = hash_fnv((text){ (const char *)&source, sizeof source }) & (SHELF_MOST - 1);
    while (l->shelf[i].source && l->shelf[i].source != source) i = (i + 1) & (SHELF_MOST - 1);
    shelf_row *r = &l->shelf[i];
    if (!r->source) {
        if (l->n_shelf * 2 >= SHELF_MOST) return NULL;
        r->n = ways_read(&l->shelf_mem, text_of(source), &r->way);
        assert(r->n);                          /* a literal of ours that does not parse */
        r->source = source;
        l->n_shelf++;
    }
    return r;
}

bool lines_fits(const lines *l, arena *a, const char *source, words said, text out[2]) {
    lines *shelf = (lines *)l;                 /* the shelf alone changes, behind its lock; a row once made never does */
    pthread_mutex_lock(&shelf->lock);
    const shelf_row *r = shelved(shelf, source);
    shelf_row copy = r ? *r : (shelf_row){ 0 };
    pthread_mutex_unlock(&shelf->lock);
    return r ? fits_any(copy.way, copy.n, a, said, out) : lines_match(a, source, said, out);
}
