/* SPDX-License-Identifier: Apache-2.0
 * recall.c - a handful of what is known, for the words just heard; and searching.
 *
 * DESIGN      Several roads give candidates: the index over memories, the index over messages, the people spoken of, the times
 *             spoken of, and the neighbours of a message found. One score joins them: how much of what was asked (weighed
 *             by how rare each word is in this life) the candidate holds, whether it is about whom was meant, whether it
 *             is of the time meant. The weights were set on tests/remember/recall.jsonl, so that a score above
 *             REMEMBER_SURE means: about this.
 * INVARIANTS  (1) What is sensitive comes only to a question that uses its words.
 *             (2) The talk that is going on anyway (the last few messages) is not recalled.
 *             (3) Nothing comes twice: a message on which a recalled memory rests stays out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/words.h"
#include "remember/extract.h"
#include "remember/life.h"
#include "remember/relation.h"

enum { TERMS = 16, ROAD = 20, GOING_ON = 8, CANDIDATES = 160 };

typedef struct { text stem, low; double weight, df; bool name; } term;
typedef struct {
    remember *r;
    arena *a;
    folk folk;
    term term[TERMS];
    size_t n_term;
    double whole;                   /* sum of weights                                        */
    const store_person *meant[4];   /* spoken of by name or tie                              */
    size_t n_meant;
    bool asks, first_time, of_self;
    dated when;                     /* took == 0: no time is spoken of                       */
    int64_t from_ms, to_ms;
    int64_t last;                   /* messages above are going on anyway                    */
    recalled *out;
    size_t n;
} search;

/* ---- what was asked ------------------------------------------------------------------------------------------------------ */
static bool vague(text low) {
    static const char *const rows[] = { "remember", "tell", "told", "know", "think", "say", "said", "mention", "thing", "things", "today", "day",
        "time", "good", "bad", "really", "lot", "bit", "people", "feel", "feeling", "want", "need", "make", "made", "come", "went", "back",
        "ok", "okay", "yeah", "yes", "no", "hello", "hi", "hey", "thanks", "please", "lol", "haha", "got", "get", "give", "take", "keep",
        "put", "way", "week", "year", "month", "night", "morning", "last", "next", "talk", "talked", "talking", "i've", "i'd", "ve", "one",
        "something", "anything", "nothing", "never", "always", "still", "now", "just", "much", "new", "old", "little", "big", "long", "went" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_is(low, rows[i])) return true;
    return false;
}

static text strip(text low) { return low.n > 2 && text_ends(low, "'s") ? (text){ low.p, low.n - 2 } : low; }

static double holding(search *q, text stem) {
    remember *r = q->r;
    uint64_t h = hash_fnv(stem);
    int64_t now = store_message_last(r->st);
    rarity *slot = &r->rare[h % RARITY_SLOTS];
    if (slot->word == h && slot->at <= now && now - slot->at < RARITY_FRESH && now - slot->at <= now / 10) return slot->count;
    *slot = (rarity){ h, now, (double)store_word_count(r->st, STORE_MESSAGES, stem) };
    return slot->count;
}

static void add_term(search *q, text low, text stem, bool name, double n_docs) {
    for (size_t i = 0; i < q->n_term; i++)
        if (text_eq(q->term[i].stem, stem)) return;
    if (q->n_term == TERMS) return;
    double df = holding(q, stem);
    double weight = log((n_docs + 20) / (df + 1)) / log(n_docs + 20);      /* 1: never said; 0: said all the time */
    if (weight < 0.15) weight = 0.15;
    if (vague(low)) weight *= 0.25;
    q->term[q->n_term++] = (term){ stem, low, weight, df, name };
    q->whole += weight;
}

static bool person_named(const store_person *p, text low, arena *a) {
    return *p->a.name && text_find_word(text_of(p->a.name), arena_str(a, low.p, low.n));
}

static void read_question(search *q, text heard) {
    words w = words_of(q->a, heard);
    double n_docs = (double)store_message_last(q->r->st);
    said s = said_of(q->a, heard, life__now(q->r));
    for (size_t i = 0; i < s.n_sent; i++) q->asks = q->asks || s.sent[i].asks;
    for (size_t i = 0; i < w.n; i++) {
        text low = strip(w.at[i].low);
        if (w.at[i].stop || low.n < 2) continue;
        bool name = false;
        for (size_t k = 0; k < q->folk.n; k++) name = name || person_named(&q->folk.at[k], low, q->a);
        add_term(q, low, words_stem(q->a, low), name, n_docs);
    }
    q->n_meant = life__meant(q->a, &q->folk, heard, q->meant, 4);
    q->of_self = parsed_is(&s, 0, "i|my|i'm") || text_find_word(heard, "my") || text_find_word(heard, "i") || text_find_word(heard, "me");
    q->first_time = text_find(heard, "first") >= 0 && (text_find_word(heard, "talked") || text_find_word(heard, "spoke") || text_find_word(heard, "met"));
    if (when_in(&s, 0, s.n, q->asks ? -1 : 0, &q->when) && !q->when.habit) {
        int64_t x;
        const char *from = *q->when.from ? q->when.from : q->when.until, *until = *q->when.until ? q->when.until : q->when.from;
        if (!when_span(from, &q->from_ms, &x) || !when_span(until, &x, &q->to_ms)) q->when.took = 0;
    } else q->when.took = 0;
}

static int by_rarity(const void *x, const void *y) {
    const term *a = x, *b = y;
    return a->df != b->df ? (a->df < b->df ? -1 : 1) : 0;
}

/* FTS5's language: the rarest words, quoted, any of them (or all). Ranking costs by the row found, so common words are
 * left out once rarer ones have brought enough. NULL when there is nothing to look for. */
static const char *match_any(search *q, bool all) {
    enum { WORDS_ASKED = 8, ROWS_ENOUGH = 200 };
    term sorted[TERMS];
    buf b = { 0 };
    double rows = 0;
    size_t n = 0;
    memcpy(sorted, q->term, q->n_term * sizeof *sorted);
    qsort(sorted, q->n_term, sizeof *sorted, by_rarity);
    for (size_t i = 0; i < q->n_term && n < WORDS_ASKED; i++) {
        if (!all && n && rows + sorted[i].df > ROWS_ENOUGH) break;
        rows += sorted[i].df;
        n++;
        if (b.n) buf_str(&b, all ? " AND " : " OR ");
        buf_char(&b, '"');
        for (size_t k = 0; k < sorted[i].low.n; k++)
            if (sorted[i].low.p[k] != '"') buf_char(&b, sorted[i].low.p[k]);
        buf_char(&b, '"');
    }
    char *s = b.n ? arena_str(q->a, b.p, b.n) : NULL;
    buf_release(&b);
    return s;
}

/* ---- how well it fits ---------------------------------------------------------------------------------------------------- */
typedef struct { double share; size_t hits; double best; } fit;

static fit fit_of(search *q, text t, text hints) {
    fit f = { 0 };
    words w = words_of(q->a, t), h = words_of(q->a, hints);
    double got = 0;
    for (size_t i = 0; i < q->n_term; i++) {
        bool hit = false, hint = false;
        for (size_t k = 0; k < w.n && !hit; k++) hit = text_eq(w.at[k].stem, q->term[i].stem);
        for (size_t k = 0; k < h.n && !hit && !hint; k++) hint = text_eq(h.at[k].stem, q->term[i].stem);
        if (!hit && !hint) continue;
        double weight = q->term[i].weight * (hit ? 1 : 0.7);
        got += weight;
        if (!vague(q->term[i].low)) f.hits++;
        if (weight > f.best) f.best = weight;
    }
    f.share = q->whole > 0 ? got / q->whole : 0;
    return f;
}

static bool is_meant(const search *q, int64_t person) {
    for (size_t i = 0; i < q->n_meant; i++)
        if (q->meant[i]->id == person) return true;
    return false;
}

static double in_time(const search *q, const char *from, int64_t said_ms) {
    if (!q->when.took) return 0;
    int64_t a, b;
    if (*from && when_span(from, &a, &b) && a < q->to_ms && b > q->from_ms) return 1;
    return said_ms >= q->from_ms && said_ms < q->to_ms ? 0.7 : 0;
}

static double score_memory(search *q, const store_item *it, const memory *m) {
    const store_person *p = life__person(&q->folk, it->person);
    text all = arena_format(q->a, "%s %s %s", m->words, p ? p->a.name : "", p ? p->a.tie : "");
    fit f = fit_of(q, all, text_of(it->hints));
    bool meant = is_meant(q, it->person), tie = strcmp(it->m.relation, "tie") == 0;
    double time = in_time(q, m->from, m->said_ms), score;
    if (meant) {
        score = 0.52 + 0.45 * f.share;
        if (tie) score -= q->asks ? 0.05 : 0.15;              /* that Amy is a friend is no news when Amy is named */
    } else if (it->person && q->n_meant) score = 0.25 * f.share;
    else score = f.hits ? 0.12 + 0.35 * f.share + 0.4 * f.best : 0.2 * f.share;
    if (!meant && f.hits && f.best < 0.5 && f.hits < 2) score -= 0.1;
    if (q->when.took) score += time > 0 ? 0.2 * time : -0.05;
    if (it->closed) score -= 0.25;
    if (strcmp(it->m.kind, "mood") == 0) score -= 0.25;
    if (m->faded) score -= f.share > 0.5 ? 0.1 : 0.4;
    int64_t since = life__now(q->r) - m->used_ms;
    if (!q->asks && m->used_ms && since >= 0 && since < 86400000) score -= 0.2;   /* just said: not again */
    score *= 0.7 + 0.3 * m->sure;
    return score > 1 ? 1 : score;
}

static double score_message(search *q, const message *m, double rank_share) {
    fit f = fit_of(q, m->words, TEXT(""));
    double time = in_time(q, "", m->at_ms);
    if (!f.hits && time <= 0) return 0;
    double score = 0.05 + 0.55 * f.share + 0.15 * (f.hits > 3 ? 3 : (double)f.hits) / 3 + 0.1 * f.best + 0.08 * rank_share;
    if (f.hits < 2) score -= q->n_term > 1 ? 0.25 : 0.1;
    if (q->when.took) score += time > 0 ? 0.2 : -0.1;
    if (m->by != SAID_BY_PERSON) score *= 0.55;
    size_t many = m->words.n > 1200 ? 2 : m->words.n > 500 ? 1 : 0;
    return score > 0.95 ? 0.95 : score - 0.05 * (double)many;
}

/* ---- gathering ----------------------------------------------------------------------------------------------------------- */
static bool taken(const search *q, int64_t memory_id, int64_t message_id) {
    for (size_t i = 0; i < q->n; i++)
        if (q->out[i].memory == memory_id && q->out[i].message == message_id) return true;
    return false;
}

static void offer_memory(search *q, const store_item *it, bool asked) {
    if (q->n == CANDIDATES || taken(q, it->m.id, 0)) return;
    if (it->m.sensitive && !asked) return;
    memory m = life__memory(q->a, it, &q->folk, life__now(q->r));
    double score = score_memory(q, it, &m);
    if (score < 0.25) return;
    q->out[q->n++] = (recalled){ .memory = m.id, .words = m.words, .quote = m.quote, .said_ms = m.said_ms, .kind = m.kind,
                                 .about = m.about, .score = score };
}

static void offer_message(search *q, int64_t id, double rank_share, double scale) {
    message m;
    if (q->n == CANDIDATES || id > q->last || taken(q, 0, id) || !store_message(q->r->st, q->a, id, &m)) return;
    if (m.redacted || m.sensitive || m.interrupted || m.by == SAID_BY_SYSTEM) return;
    double score = score_message(q, &m, rank_share) * scale;
    if (score < 0.3) return;
    char *said_words = arena_str(q->a, m.words.p, m.words.n);
    q->out[q->n++] = (recalled){ .message = id, .words = said_words, .quote = said_words, .said_ms = m.at_ms, .kind = "said",
                                 .about = m.by == SAID_BY_PERSON ? "you" : "her", .score = score };
}

static void road_of_people(search *q) {
    size_t n;
    for (size_t i = 0; i < q->n_meant; i++) {
        store_item *it = store_memories(q->r->st, q->a, q->meant[i]->id, &n);
        for (size_t k = n > 64 ? n - 64 : 0; k < n; k++) offer_memory(q, &it[k], false);
    }
}

static void road_of_memories(search *q, const char *sought) {
    size_t n;
    store_hit *hit = store_search(q->r->st, q->a, STORE_MEMORIES, sought, ROAD, &n);
    for (size_t i = 0; i < n; i++) {
        store_item it;
        if (store_memory(q->r->st, q->a, hit[i].id, &it)) offer_memory(q, &it, false);
    }
}

static void road_of_messages(search *q, const char *sought) {
    size_t n;
    store_hit *hit = store_search(q->r->st, q->a, STORE_MESSAGES, sought, ROAD, &n);
    for (size_t i = 0; i < n; i++) {
        double share = n && hit[0].rank > 0 ? hit[i].rank / hit[0].rank : 0;
        size_t before = q->n;
        offer_message(q, hit[i].id, share, 1);
        if (i > 2 || q->n == before || q->out[q->n - 1].score < 0.5) continue;
        offer_message(q, hit[i].id - 2, 0, 0.6);           /* neighbours: what they said before and after */
        offer_message(q, hit[i].id + 2, 0, 0.6);
    }
}

static void road_of_time(search *q) {
    size_t n = 0;
    if (q->first_time) {
        message *m = store_messages_between(q->r->st, q->a, 1, 4, &n);
        for (size_t i = 0; i < n && q->n < CANDIDATES; i++)
            if (m[i].by == SAID_BY_PERSON && !m[i].sensitive && !m[i].redacted)
                q->out[q->n++] = (recalled){ .message = m[i].id, .words = m[i].words.p, .quote = m[i].words.p, .said_ms = m[i].at_ms,
                                             .kind = "said", .about = "you", .score = 0.7 - 0.1 * (double)i };
    }
    if (!q->when.took) return;
    int64_t *id = store_messages_in_time(q->r->st, q->a, q->from_ms, q->to_ms, 40, &n);
    for (size_t i = 0; i < n; i++) offer_message(q, id[i], 0, 1);
    store_item *it = store_memories_from(q->r->st, q->a, q->when.from, 64, &n);
    for (size_t i = 0; i < n; i++) offer_memory(q, &it[i], false);
}

/* Invariant (1): what waits behind its own yes comes only when asked for by its words. */
static void road_of_asking(search *q) {
    if (!q->asks) return;
    size_t n;
    store_item *it = store_memories_sensitive(q->r->st, q->a, &n);
    for (size_t i = 0; i < n; i++) {
        memory m = life__memory(q->a, &it[i], &q->folk, life__now(q->r));
        fit f = fit_of(q, text_of(m.words), text_of(""));
        if (f.hits > 0 && f.share > 0.2) offer_memory(q, &it[i], true);
    }
}

static int by_score(const void *x, const void *y) {
    const recalled *a = x, *b = y;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    if ((a->memory != 0) != (b->memory != 0)) return a->memory ? -1 : 1;
    return a->said_ms != b->said_ms ? (a->said_ms > b->said_ms ? -1 : 1) : (a->memory + a->message < b->memory + b->message ? -1 : 1);
}

/* Invariant (3). */
static bool rests_on_kept(search *q, int64_t message_id, size_t kept) {
    size_t n;
    int64_t *id = store_evidence_of(q->r->st, q->a, message_id, &n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < kept; k++)
            if (q->out[k].memory == id[i]) return true;
    return false;
}

recalled *remember_recall(remember *r, arena *a, text heard, size_t most, size_t *n) {
    search q = { .r = r, .a = a, .folk = life__folk(r, a), .last = store_message_last(r->st) - GOING_ON };
    q.out = arena_new(a, CANDIDATES, sizeof *q.out);
    *n = 0;
    if (heard.n > 4000) {
        heard.n = 4000;
        while (heard.n && ((unsigned char)heard.p[heard.n] & 0xC0) == 0x80) heard.n--;       /* never half a letter */
    }
    read_question(&q, heard);
    road_of_people(&q);
    const char *sought = match_any(&q, false);
    if (sought) {
        road_of_memories(&q, sought);
        road_of_messages(&q, sought);
    }
    road_of_time(&q);
    road_of_asking(&q);
    if (q.n) qsort(q.out, q.n, sizeof *q.out, by_score);
    size_t kept = 0;
    for (size_t i = 0; i < q.n && kept < most; i++)
        if (!q.out[i].message || !rests_on_kept(&q, q.out[i].message, kept)) q.out[kept++] = q.out[i];
    *n = kept;
    return q.out;
}

void remember_used(remember *r, const int64_t *id, size_t n) {
    if (n == 0 || store_begin(r->st, NULL)) return;
    for (size_t i = 0; i < n; i++) store_memory_used(r->st, id[i], life__now(r), NULL);
    store_end(r->st, NULL);
}

memory *remember_search(remember *r, arena *a, text said_words, size_t most, size_t *n) {
    search q = { .r = r, .a = a, .folk = life__folk(r, a) };
    memory *m = arena_new(a, most + 1, sizeof *m);
    *n = 0;
    read_question(&q, said_words);
    for (int all = 1; all >= 0 && *n == 0; all--) {
        const char *sought = match_any(&q, all);
        size_t n_hit = 0;
        store_hit *hit = sought ? store_search(r->st, a, STORE_MEMORIES, sought, most, &n_hit) : NULL;
        for (size_t i = 0; i < n_hit && *n < most; i++) {
            store_item it;
            if (!store_memory(r->st, a, hit[i].id, &it)) continue;
            memory found = life__memory(a, &it, &q.folk, life__now(r));
            if (all || fit_of(&q, arena_format(a, "%s %s", found.words, found.about), text_of(it.hints)).share > 0.4) m[(*n)++] = found;
        }
    }
    return m;
}
