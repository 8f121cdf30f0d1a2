/* SPDX-License-Identifier: Apache-2.0
 * lines_fill.c - slots filled so that the sentence still reads as one somebody typed with care.
 *
 * DESIGN  What goes into a slot was typed by a person in a hurry, so four things are mended where it goes in: a
 *         capital at the start of a sentence, "a" before a vowel, the verb after "they", and a full stop that would
 *         stand twice. */
#include <ctype.h>
#include <string.h>
#include "base/lines_own.h"

/* The slots of doc/voice.md, in lower case; a capital first letter asks for a capital. */
static const char *const slots[] = { "x", "y", "c", "n", "w", "name", "who", "he", "him", "his", "feel", "a", "b",
    "mem", "when", "others_now", "others_total", "line", "emergency", "dv_line", "panic", "day", "time", "date",
    NULL };

static bool slot_known(text name, bool named) {
    if (!name.n || name.n > 20) return false;
    for (size_t i = 0; i < name.n; i++)
        if (!isalpha((unsigned char)name.p[i]) && name.p[i] != '_') return false;
    if (named) return true;
    char low[24];
    for (size_t i = 0; i < name.n; i++) low[i] = (char)(i ? name.p[i] : tolower((unsigned char)name.p[i]));
    for (const char *const *s = slots; *s; s++)
        if (text_is((text){ low, name.n }, *s)) return true;
    return false;
}

bool lines__slots(arena *a, text t, bool named, text **slot, size_t *n, text *bad) {
    size_t most = 0;
    for (size_t i = 0; i < t.n; i++) most += t.p[i] == '{';
    *slot = most ? arena_new(a, most, sizeof **slot) : NULL;
    *n = 0;
    while (t.n) {
        const char *open = memchr(t.p, '{', t.n);
        if (!open) return true;
        text rest = { open + 1, t.n - (size_t)(open - t.p) - 1 };
        const char *close = memchr(rest.p, '}', rest.n);
        text name = close ? (text){ rest.p, (size_t)(close - rest.p) } : rest;
        if (!close || !slot_known(name, named)) {
            *bad = name;
            return false;
        }
        bool had = false;
        for (size_t i = 0; i < *n; i++) had |= text_eq((*slot)[i], name);
        if (!had) (*slot)[(*n)++] = name;
        t = (text){ close + 1, rest.n - name.n - 1 };
    }
    return true;
}

/* The value for a slot named in the template: itself, or its lower-case twin with *capital set. */
static const lines_slot *slot_find(text name, const lines_slot *slot, size_t n, bool *capital) {
    *capital = name.n && isupper((unsigned char)name.p[0]);
    for (size_t i = 0; i < n; i++)
        if (text_is(name, slot[i].name)) return &slot[i];
    if (!*capital) return NULL;
    for (size_t i = 0; i < n; i++)
        if (text_is_fold(name, slot[i].name)) return &slot[i];
    return NULL;
}

/* ---- the verb after "they" ------------------------------------------------------------------------------------------ */
static const struct { const char *one, *many; } verbs[] = { { "is", "are" }, { "was", "were" }, { "has", "have" },
    { "does", "do" }, { "isn't", "aren't" }, { "wasn't", "weren't" }, { "hasn't", "haven't" }, { "doesn't", "don't" },
    { "goes", "go" }, { "says", "say" } };

static bool same_in_plural(text w) {
    static const char *const rows[] = { "always", "perhaps", "sometimes", "less", "miss", "pass", "guess", "press",
        "yes", "this", "as", "us", "his", "its", "across", "towards", "afterwards", "besides", NULL };
    for (const char *const *s = rows; *s; s++)
        if (text_is(w, *s)) return true;
    return false;
}

/* `rest` begins at a word right behind a filled "they": its verb, put right, into *b; bytes of rest eaten. */
static size_t verb_for_they(text rest, buf *b) {
    if (rest.n >= 2 && text_starts(rest, "'s") && (rest.n == 2 || !isalpha((unsigned char)rest.p[2]))) {
        buf_str(b, "'re");
        return 2;
    }
    if (!rest.n || rest.p[0] != ' ') return 0;
    size_t n = 1;
    while (n < rest.n && (isalpha((unsigned char)rest.p[n]) || rest.p[n] == '\'')) n++;
    text w = { rest.p + 1, n - 1 };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (text_is(w, verbs[i].one)) {
            buf_format(b, " %s", verbs[i].many);
            return n;
        }
    if (w.n < 3 || w.p[w.n - 1] != 's' || w.p[w.n - 2] == 's' || same_in_plural(w)) return 0;
    buf_char(b, ' ');
    if (text_ends(w, "ies") && w.n > 4) {
        buf_add(b, (text){ w.p, w.n - 3 });
        buf_char(b, 'y');
    } else if (text_ends(w, "shes") || text_ends(w, "ches") || text_ends(w, "sses") || text_ends(w, "xes")) {
        buf_add(b, (text){ w.p, w.n - 2 });
    } else {
        buf_add(b, (text){ w.p, w.n - 1 });
    }
    return n;
}

/* ---- filling ----------------------------------------------------------------------------------------------------------- */
static bool at_sentence_start(const buf *b) {
    size_t i = b->n;
    while (i && (b->p[i - 1] == ' ' || b->p[i - 1] == '"' || b->p[i - 1] == '\n')) i--;
    return i == 0 || b->p[i - 1] == '.' || b->p[i - 1] == '?' || b->p[i - 1] == '!';
}

static void add_value(buf *b, text v, bool capital) {
    v = text_trim(v);
    bool start = capital || at_sentence_start(b);
    bool vowel = v.n && strchr("aeiouAEIOU", v.p[0]);
    if (vowel && b->n >= 2 && b->p[b->n - 1] == ' ' && (b->p[b->n - 2] == 'a' || b->p[b->n - 2] == 'A') &&
        (b->n == 2 || b->p[b->n - 3] == ' ')) {
        b->n--;                                            /* "a umbrella" */
        buf_str(b, "n ");
    }
    if (start && v.n && islower((unsigned char)v.p[0])) {
        buf_char(b, (char)toupper((unsigned char)v.p[0]));
        v.p++, v.n--;
    }
    buf_add(b, v);
}

static text tidied(arena *a, const buf *b) {
    char *out = arena_new(a, b->n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        char c = b->p[i], last = n ? out[n - 1] : 0, next = i + 1 < b->n ? b->p[i + 1] : 0;
        if (c == ' ' && (last == ' ' || last == 0)) continue;
        if (c == ' ' && (next == ',' || next == '.' || next == '?' || next == ';')) continue;
        if ((c == '.' || c == ',') && (last == '?' || last == '!' || last == '.' || last == ',')) continue;
        out[n++] = c;
    }
    while (n && out[n - 1] == ' ') n--;
    return (text){ out, n };
}

bool lines_fill(arena *a, text template, const lines_slot *slot, size_t n_slot, text *out) {
    buf b = { 0 };
    bool ok = true;
    text t = template;
    while (ok && t.n) {
        const char *open = memchr(t.p, '{', t.n);
        size_t before = open ? (size_t)(open - t.p) : t.n;
        buf_add(&b, (text){ t.p, before });
        if (!open) break;
        text rest = { open + 1, t.n - before - 1 };
        const char *close = memchr(rest.p, '}', rest.n);
        if (!close) {
            ok = false;
            break;
        }
        text name = { rest.p, (size_t)(close - rest.p) };
        bool capital;
        const lines_slot *s = slot_find(name, slot, n_slot, &capital);
        ok = s && s->value.n;
        if (!ok) break;
        add_value(&b, s->value, capital);
        t = (text){ close + 1, rest.n - name.n - 1 };
        if (text_is_fold(name, "he") && text_is_fold(s->value, "they")) {
            size_t eaten = verb_for_they(t, &b);
            t.p += eaten, t.n -= eaten;
        }
    }
    if (ok) *out = tidied(a, &b);
    buf_release(&b);
    return ok;
}
