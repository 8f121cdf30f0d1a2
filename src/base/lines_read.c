/* SPDX-License-Identifier: Apache-2.0
 * lines_read.c - from .say files (doc/voice.md) to heads and lines; every complaint names file and line.
 *
 * STATES  outside any header -> [header] (head_read) -> utterances (utterance_read) -> their follow-ups */
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/lines_own.h"
#include "base/mem.h"

static const char *const moves[] = { "reflect", "ask", "affirm", "cheer", "minimal", "summarise", "opinion", "joke",
    "inform", "offer", "step", "truth", "boundary", "recall", "unknown", "letter", "farewell", "greet", "story",
    "repair", "taste", "pick", "why", "crisis", NULL };
static const char *const follows[] = { "yes", "no", "any", "why", "what", NULL };

/* Keys of conditions and what each says about how well a line fits. has= and match= are weighed on their own. */
static const struct { const char *key; int weight; } keys[] = { { "situation", 12 }, { "topic", 10 }, { "feel", 7 },
    { "act", 4 }, { "val", 2 }, { "stage", 2 }, { "on", 24 }, { "tie", 10 }, { "at", 3 }, { "turn", 3 },
    { "laugh", 4 }, { "last", 3 }, { "plan", 6 }, { "id", 40 } };
enum { WEIGHT_HAS = 20, WEIGHT_MATCH = 32 };

static const char *one_of(text name, const char *const *rows) {
    for (; *rows; rows++)
        if (text_is(name, *rows)) return *rows;
    return NULL;
}

const char *lines__move(text name) { return one_of(name, moves); }
int lines__move_number(const char *move) {
    for (int i = 0; moves[i]; i++)
        if (moves[i] == move || strcmp(moves[i], move) == 0) return i;
    return -1;
}
const char *lines__follow_kind(text name) { return one_of(name, follows); }

/* ---- interning --------------------------------------------------------------------------------------------------- */
static uint64_t intern_hash(char prefix, text name) { return hash_fnv_more(hash_fnv((text){ &prefix, 1 }), name); }

static bool intern_is(const intern_row *r, char prefix, text name) {
    return r->name.n == name.n + 1 && r->name.p[0] == prefix && memcmp(r->name.p + 1, name.p, name.n) == 0;
}

uint32_t lines__number(const lines *l, char prefix, text name) {
    if (!l->intern_cap) return UINT32_MAX;
    size_t i = intern_hash(prefix, name) & (l->intern_cap - 1);
    for (; l->intern[i].name.p; i = (i + 1) & (l->intern_cap - 1))
        if (intern_is(&l->intern[i], prefix, name)) return l->intern[i].number;
    return UINT32_MAX;
}

static void intern_place(intern_row *rows, size_t cap, intern_row r) {
    size_t i = hash_fnv(r.name) & (cap - 1);
    while (rows[i].name.p) i = (i + 1) & (cap - 1);
    rows[i] = r;
}

static void intern_grow(lines *l) {
    size_t cap = l->intern_cap ? l->intern_cap * 2 : 1024;
    intern_row *rows = mem_new(cap, sizeof *rows);
    for (size_t i = 0; i < l->intern_cap; i++)
        if (l->intern[i].name.p) intern_place(rows, cap, l->intern[i]);
    free(l->intern);
    l->intern = rows;
    l->intern_cap = cap;
}

uint32_t lines__intern(lines *l, char prefix, text name) {
    uint32_t known = lines__number(l, prefix, name);
    if (known != UINT32_MAX) return known;
    if (l->n_intern * 2 >= l->intern_cap) intern_grow(l);
    intern_row r = { arena_format(&l->mem, "%c%.*s", prefix, (int)name.n, name.p), (uint32_t)l->n_intern++ };
    intern_place(l->intern, l->intern_cap, r);
    return r.number;
}

text lines__stem(arena *a, text stem) {
    if (stem.n < 3 || stem.p[stem.n - 1] != 'i') return stem;
    return arena_format(a, "%.*sy", (int)stem.n - 1, stem.p);
}

/* ---- headers ------------------------------------------------------------------------------------------------------ */
typedef struct {
    lines *l;
    lines_draft *d;
    const char *file;
    unsigned row;
    fail *why;
    bool open;                   /* a header has been read                */
    size_t above;                /* the line that follow-ups belong to    */
    bool has_above;
} reading;

static int complain(const reading *r, const char *what, text about) {
    int n = about.n > 80 ? 80 : (int)about.n;
    return fail_set(r->why, ERR_FORMAT, "%s:%u: %s%s%.*s", r->file, r->row, what, n ? ": " : "", n, about.p);
}

/* has="a|b c": words by stem, any ending. */
static int has_read(reading *r, line_head *h, text value) {
    size_t most = 1;
    for (size_t i = 0; i < value.n; i++) most += value.p[i] == '|';
    line_phrase *had = h->has;
    h->has = arena_new(&r->l->mem, h->n_has + most, sizeof *h->has);
    if (h->n_has) memcpy(h->has, had, h->n_has * sizeof *had);
    arena once = { 0 };                                  /* the words themselves are not kept, their stems are */
    while (value.n) {
        arena_reset(&once);
        words w = words_of(&once, text_trim(text_cut(&value, '|')));
        if (!w.n) {
            arena_release(&once);
            return complain(r, "an empty word in has=", (text){ "", 0 });
        }
        line_phrase *p = &h->has[h->n_has++];
        p->n = w.n;
        p->word = arena_new(&r->l->mem, w.n, sizeof *p->word);
        for (size_t i = 0; i < w.n; i++) p->word[i] = arena_text(&r->l->mem, lines__stem(&once, w.at[i].stem));
        p->first = lines__intern(r->l, '~', p->word[0]);
    }
    arena_release(&once);
    return 0;
}

/* Words of which one must be there for `r` to fit: of the step with the fewest. How many; 0: none is sure. */
static size_t anchors_of(const pattern_run *r, text *out, size_t room) {
    size_t best = 0;
    text *mine = mem_new(room + 1, sizeof *mine);
    for (size_t i = 0; i < r->n; i++) {
        const pattern_step *s = &r->step[i];
        size_t n = 0;
        if (s->may_miss) continue;
        if (s->kind == STEP_WORD) mine[n++] = s->word;
        for (size_t k = 0; k < s->n_way; k++) {
            size_t more = anchors_of(&s->way[k], mine + n, room - n);
            if (!more || n + more >= room) {
                n = 0;
                break;
            }
            n += more;
        }
        bool common = n == 1 && words_is_stop(mine[0]);
        bool better = !best || (!common && n <= best) || (n && best == 1 && words_is_stop(out[0]));
        if (n && n <= room && better) memcpy(out, mine, n * sizeof *out), best = n;
    }
    free(mine);
    return best;
}

static void anchor_set(lines *l, pattern *p) {
    enum { ROOM = 64 };
    text sure[ROOM];
    size_t n = anchors_of(&p->run, sure, ROOM);
    p->anchor = arena_new(&l->mem, n + 1, sizeof *p->anchor);
    for (size_t i = 0; i < n; i++) p->anchor[p->n_anchor++] = lines__intern(l, '\'', sure[i]);
}

static int match_read(reading *r, line_head *h, text value) {
    size_t most = 1;
    for (size_t i = 0; i < value.n; i++) most += value.p[i] == '|';
    const char *why_not = "";
    pattern *had = h->match;
    h->match = arena_new(&r->l->mem, h->n_match + most, sizeof *h->match);
    if (h->n_match) memcpy(h->match, had, h->n_match * sizeof *had);
    while (value.n) {
        text way = pattern_cut(&value);
        if (!pattern_read(&r->l->mem, way, &h->match[h->n_match], &why_not)) return complain(r, why_not, way);
        anchor_set(r->l, &h->match[h->n_match++]);
    }
    return 0;
}

static int condition_read(reading *r, line_head *h, text key, text value) {
    if (!value.n) return complain(r, "a key without a value", key);
    if (text_is(key, "has")) return has_read(r, h, value);
    if (text_is(key, "match")) return match_read(r, h, value);
    size_t k = 0, n_key = sizeof keys / sizeof *keys;
    while (k < n_key && !text_is(key, keys[k].key)) k++;
    if (k == n_key) return complain(r, "no such key", key);
    line_condition *had = h->condition;
    h->condition = arena_new(&r->l->mem, h->n_condition + 1, sizeof *h->condition);
    if (h->n_condition) memcpy(h->condition, had, h->n_condition * sizeof *had);
    line_condition *c = &h->condition[h->n_condition++];
    *c = (line_condition){ .key = keys[k].key, .value = arena_new(&r->l->mem, value.n + 1, sizeof *c->value) };
    while (value.n) {
        text one = text_trim(text_cut(&value, '|'));
        text pair = arena_format(&r->l->mem, "%s=%.*s", c->key, (int)one.n, one.p);
        c->value[c->n++] = lines__intern(r->l, '=', pair);
    }
    h->weight += keys[k].weight;
    h->named |= text_is(key, "id");
    return 0;
}

/* key=value or key="value" off the front of *t. */
static int pair_read(reading *r, line_head *h, text *t) {
    const char *eq = memchr(t->p, '=', t->n);
    if (!eq) return complain(r, "key=value was expected", *t);
    text key = { t->p, (size_t)(eq - t->p) };
    text rest = { eq + 1, t->n - key.n - 1 };
    text value;
    if (rest.n && rest.p[0] == '"') {
        rest.p++, rest.n--;
        const char *close = memchr(rest.p, '"', rest.n);
        if (!close) return complain(r, "a quote does not close", *t);
        value = text_cut(&rest, '"');
    } else {
        value = text_cut(&rest, ' ');
    }
    *t = text_trim(rest);
    return condition_read(r, h, text_trim(key), value);
}

static int head_read(reading *r, text t) {
    if (t.p[t.n - 1] != ']') return complain(r, "a header without ]", t);
    t = text_trim((text){ t.p + 1, t.n - 2 });
    text name = text_cut(&t, ' ');
    line_head *h = arena_new(&r->l->mem, 1, sizeof *h);
    *h = (line_head){ .move = lines__move(name), .file = r->file, .row = r->row };
    if (!h->move) return complain(r, "no such move", name);
    t = text_trim(t);
    while (t.n) {
        int err = pair_read(r, h, &t);
        if (err) return err;
    }
    if (h->n_has) h->weight += WEIGHT_HAS;
    if (h->n_match) h->weight += WEIGHT_MATCH;
    lines_draft *d = r->d;
    if (d->n_head == d->cap_head) {
        d->cap_head = d->cap_head ? d->cap_head * 2 : 256;
        d->head = mem_grow(d->head, d->cap_head, sizeof *d->head);
        d->first = mem_grow(d->first, d->cap_head, sizeof *d->first);
    }
    d->first[d->n_head] = (uint32_t)d->n;
    d->head[d->n_head++] = h;
    r->open = true;
    r->has_above = false;
    return 0;
}

/* ---- utterances --------------------------------------------------------------------------------------------------- */
static unsigned count_words(text t) {
    unsigned n = 0;
    for (size_t i = 0; i < t.n; i++) n += t.p[i] != ' ' && (i == 0 || t.p[i - 1] == ' ');
    return n;
}

static bool ends_asking(text t) {
    while (t.n && (t.p[t.n - 1] == '"' || t.p[t.n - 1] == ')' || t.p[t.n - 1] == '\'')) t.n--;
    return text_ends(t, "?") || text_ends(t, "?\xe2\x80\x9d");
}

static int line_add(reading *r, text t, const char *follow) {
    lines_draft *d = r->d;
    line u = { .text = arena_text(&r->l->mem, t), .head = d->head[d->n_head - 1], .follow = follow,
               .n_words = (uint16_t)count_words(t), .asks = ends_asking(t) };
    text bad;
    if (!lines__slots(&r->l->mem, u.text, u.head->named, &u.slot, &u.n_slot, &bad)) return complain(r, "no such slot", bad);
    u.id = hash_fnv(text_of(u.head->move));
    if (follow) u.id = hash_fnv_more(hash_fnv_more(u.id, TEXT(">")), text_of(follow));
    u.id = hash_fnv_more(hash_fnv_more(u.id, TEXT("|")), u.text);
    if (d->n == d->cap) {
        d->cap = d->cap ? d->cap * 2 : 1024;
        d->at = mem_grow(d->at, d->cap, sizeof *d->at);
    }
    if (!follow) r->above = d->n;
    u.parent = (uint32_t)r->above;
    r->has_above = true;
    d->at[d->n++] = u;
    return 0;
}

static int utterance_read(reading *r, text t) {
    if (!r->open) return complain(r, "a line before any header", t);
    if (t.p[0] != '>') return line_add(r, t, NULL);
    text rest = { t.p + 1, t.n - 1 };
    const char *kind = lines__follow_kind(text_cut(&rest, ' '));
    rest = text_trim(rest);
    if (!kind) return complain(r, "no such follow-up", t);
    if (!rest.n) return complain(r, "an empty follow-up", t);
    if (!r->has_above) return complain(r, "a follow-up with no line above it", t);
    return line_add(r, rest, kind);
}

int lines__read(lines *l, lines_draft *d, const lines_file *file, fail *why) {
    char *name = arena_str(&l->mem, file->name, strlen(file->name));
    reading r = { .l = l, .d = d, .file = name, .why = why };
    text all = file->bytes;
    if (!text_is_utf8(all)) return complain(&r, "this is not UTF-8", (text){ "", 0 });
    while (all.n) {
        text t = text_trim(text_cut(&all, '\n'));
        r.row++;
        if (r.row == 1) {
            if (!text_is(t, "%say 1")) return complain(&r, "the first line must be %say 1", t);
            continue;
        }
        if (!t.n || t.p[0] == '#') continue;
        int err = t.p[0] == '[' ? head_read(&r, t) : utterance_read(&r, t);
        if (err) return err;
    }
    return r.row ? 0 : complain(&r, "the file is empty", (text){ "", 0 });
}
