/* SPDX-License-Identifier: Apache-2.0
 * lexicon.c - see lexicon.h.
 *
 * DESIGN  One open-addressing table of all words of six files, built at first use and never changed. Keys point into the
 *         embedded files, which are static; ties and the forms of verbs are copied once and live as long as the program. */
#include "remember/lexicon.h"
#include <pthread.h>
#include <string.h>
#include "base/embed.h"
#include "base/hash.h"
#include "base/mem.h"

enum { SLOTS = 1 << 15, TIES = 160 };

typedef struct { text key; lex is; bool begins; } slot;
static slot *table;                  /* [SLOTS] */
static lex_tie ties[TIES];
static size_t n_tie, n_key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const char *const sections[] = { "job", "notjob", "feel", "weakfeel", "health", "sexuality", "faith", "status", "money",
    "crime", "secret", "diet", "nearby", "notplace", "trade", "fiction", "famous", "appointment", "event", "notname" };

static slot *seek(text key) {
    for (size_t i = (size_t)hash_fnv(key) % SLOTS;; i = (i + 1) % SLOTS)
        if (!table[i].key.n || text_eq(table[i].key, key)) return &table[i];
}

static slot *place(text key) {
    slot *s = seek(key);
    if (!s->key.n && n_key < SLOTS * 3 / 4) {
        s->key = key;
        n_key++;
    }
    return s;
}

static slot *put(text key) {
    text rest = key, head = text_cut(&rest, '-');
    if (rest.n) place(head)->begins = true;
    return place(key);
}

/* The next line that is not a comment. */
static bool next_line(text *rest, text *line) {
    while (rest->n) {
        *line = text_trim(text_cut(rest, '\n'));
        if (line->n && line->p[0] != '#') return true;
    }
    return false;
}

static void read_names(text file) {
    for (text line; next_line(&file, &line);) {
        text name = text_cut(&line, ' '), gender = text_cut(&line, ' ');
        slot *s = put(name);
        s->is.name = gender.n ? gender.p[0] : 'n';
        s->is.word_too = text_is(line, "word");
    }
}

static void read_places(text file) {
    for (text line; next_line(&file, &line);) put(line)->is.place = true;
}

static void read_ties(text file) {
    for (text line; next_line(&file, &line) && n_tie < TIES;) {
        text list = line, head = text_cut(&list, ':'), group = { 0 }, gender = { 0 };
        size_t at = head.n;                        /* "best friend n friend": the last two words are gender and group */
        while (at && head.p[at - 1] != ' ') at--;
        group = (text){ head.p + at, head.n - at };
        head.n = at ? at - 1 : 0;
        at = head.n;
        while (at && head.p[at - 1] != ' ') at--;
        gender = (text){ head.p + at, head.n - at };
        head.n = at ? at - 1 : 0;
        lex_tie *t = &ties[n_tie++];
        t->one = text_ends(head, "!");
        if (t->one) head.n--;
        *t = (lex_tie){ mem_text(head.p, head.n), mem_text(group.p, group.n), gender.n ? gender.p[0] : 'n', t->one };
        for (list = text_trim(list); list.n; list = text_trim(list)) {
            text w = text_cut(&list, ' ');
            bool alone = text_ends(w, "*");
            if (alone) w.n--;
            slot *s = put(w);
            s->is.tie = t;
            s->is.tie_name = alone;
        }
    }
}

static void read_classes(text file) {
    uint32_t bit = 0;
    for (text line; next_line(&file, &line);) {
        if (line.p[0] == '[') {
            bit = 0;
            for (unsigned i = 0; i < sizeof sections / sizeof *sections; i++)
                if (line.n == strlen(sections[i]) + 2 && memcmp(line.p + 1, sections[i], line.n - 2) == 0) bit = 1u << i;
            continue;
        }
        while (line.n) {
            text w = text_cut(&line, ' ');
            if (w.n) put(w)->is.is |= bit;
        }
    }
}

static void put_form(text form) {
    slot *s = seek(form);
    if (!s->key.n) s = place((text){ mem_text(form.p, form.n), form.n });
    s->is.is |= LEX_VERB;
}

/* "carry": carries, carried, carrying; "stop": stopped; the form that is no word does no harm. */
static void put_verb(text base) {
    static const char *const tails[] = { "s", "es", "ed", "d", "ing" };
    char form[48];
    if (base.n == 0 || base.n + 8 > sizeof form) return;
    put(base)->is.is |= LEX_VERB;
    char last = base.p[base.n - 1];
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t n = base.n;
        memcpy(form, base.p, n);
        if (last == 'y' && i != 0 && i != 4) form[n - 1] = 'i';
        if (last == 'e' && i == 4) n--;
        size_t tail = strlen(tails[i]);
        memcpy(form + n, tails[i], tail);
        put_form((text){ form, n + tail });
        if (i != 2 && i != 4) continue;
        form[n] = last;                                           /* stopped, stopping */
        memcpy(form + n + 1, tails[i], tail);
        if (last != 'e' && last != 'y') put_form((text){ form, n + 1 + tail });
    }
}

static void read_verbs(text file) {
    for (text line; next_line(&file, &line);) {
        put_verb(text_cut(&line, ' '));
        while (line.n) {
            text forms = text_cut(&line, ' ');
            while (forms.n) {
                text f = text_cut(&forms, '/');
                if (f.n) place(f)->is.is |= LEX_VERB;
            }
        }
    }
}

static void read_adjectives(text file) {
    for (text line; next_line(&file, &line);) put(line)->is.is |= LEX_ADJECTIVE;
}

static void read_all(void) {
    table = mem_new(SLOTS, sizeof *table);
    read_names(embed_bytes("voice/lexicon/names.txt"));
    read_places(embed_bytes("voice/lexicon/places.txt"));
    read_ties(embed_bytes("voice/lexicon/ties.txt"));
    read_classes(embed_bytes("voice/lexicon/memory.txt"));
    read_verbs(embed_bytes("voice/lexicon/verbs.txt"));
    read_adjectives(embed_bytes("voice/lexicon/adjectives.txt"));
}

const lex *lex_find(text low) {
    pthread_once(&once, read_all);
    if (!low.n) return NULL;
    slot *s = seek(low);
    return s->key.n ? &s->is : NULL;
}

bool lex_begins(text low) {
    pthread_once(&once, read_all);
    return low.n && seek(low)->begins;
}

const lex_tie *lex_tie_named(const char *tie) {
    pthread_once(&once, read_all);
    for (size_t i = 0; i < n_tie; i++)
        if (strcmp(ties[i].tie, tie) == 0) return &ties[i];
    return NULL;
}
