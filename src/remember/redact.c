/* SPDX-License-Identifier: Apache-2.0
 * redact.c - see redact.h.
 *
 * DESIGN  A card number proves itself (13 to 19 digits that pass the check digit of ISO/IEC 7812). A password does not,
 *         so it is known by what stands before it ("my wifi password is …") and by not being an ordinary remark about
 *         passwords ("my password is wrong again"): after the word and its "is" or ":", a token is a secret when it holds
 *         a digit or a sign, or when it ends the sentence and no remark begins with it. */
#include "remember/redact.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Check digit: ISO/IEC 7812-1, annex B (Luhn). */
static bool checks(const char *digit, size_t n) {
    int sum = 0;
    for (size_t i = 0; i < n; i++) {
        int d = digit[n - 1 - i] - '0';
        if (i % 2) d = d * 2 > 9 ? d * 2 - 9 : d * 2;
        sum += d;
    }
    return sum % 10 == 0;
}

/* Bytes of a card number at `at`, or 0. Groups may be parted by one space or hyphen. */
static size_t card_at(text t, size_t at) {
    char digit[20];
    size_t n = 0, i = at, end = 0;
    if (at > 0 && (is_digit(t.p[at - 1]) || isalpha((unsigned char)t.p[at - 1]))) return 0;
    while (i < t.n && n < sizeof digit) {
        if (is_digit(t.p[i])) {
            digit[n++] = t.p[i++];
            end = i;
        } else if ((t.p[i] == ' ' || t.p[i] == '-') && i + 1 < t.n && is_digit(t.p[i + 1])) i++;
        else break;
    }
    return n >= 13 && n <= 19 && !(end < t.n && is_digit(t.p[end])) && checks(digit, n) ? end - at : 0;
}

/* One token from `at` on: letters, digits, signs, up to white space. */
static text token_at(text t, size_t *at) {
    while (*at < t.n && strchr(" \t\n\"'`", t.p[*at])) ++*at;
    size_t from = *at;
    while (*at < t.n && !strchr(" \t\n", t.p[*at])) ++*at;
    return (text){ t.p + from, *at - from };
}

static bool one_of(text t, const char *list) {
    text rest = text_of(list);
    while (rest.n) {
        text w = text_cut(&rest, ' ');
        if (t.n && w.n == t.n && strncasecmp(w.p, t.p, w.n) == 0) return true;
    }
    return false;
}

static text bare(text t) {
    while (t.n && strchr(".,!?;:\"')", t.p[t.n - 1])) t.n--;
    return t;
}

static const char asks[] = "password passwords passcode passphrase passwd pword pw pin cvv cvc passkey";
static const char links[] = "is was are = : - -> 's code number for to the my new old now set as it's its still changed";
static const char remarks[] = "wrong expired not too a an so being lost broken working hacked stupid weak long short incorrect "
    "gone stolen changed reset again that this what because and but or if i you he she they we in on of with by please "
    "manager managers protected protection field box screen thing needed required same different safe secure written "
    "somewhere everywhere always never just only terrible awful easy hard difficult complicated secret private me him "
    "her them us here there today tomorrow yesterday now board cushion head money number badge up down point drop prick "
    "ball hole wheel stripe stripes";

static bool has_sign(text t) {
    for (size_t i = 0; i < t.n; i++)
        if (is_digit(t.p[i]) || (ispunct((unsigned char)t.p[i]) && t.p[i] != '\'' && t.p[i] != '-')) return true;
    return false;
}

static bool ends_here(text t, size_t at, text token) {
    if (bare(token).n < token.n) return true;
    while (at < t.n && t.p[at] == ' ') at++;
    return at == t.n || t.p[at] == '\n';
}

/* A secret that follows the word at `at`; its span, or {0}. */
static text secret_after(text t, size_t at, text word) {
    bool pin = one_of(word, "pin cvv cvc");
    bool linked = at > 0 && at <= t.n && (t.p[at - 1] == ':' || t.p[at - 1] == '=');
    for (int i = 0; i < 8; i++) {
        size_t next = at;
        text w = token_at(t, &next), b = bare(w);
        if (w.n == 0) return (text){ NULL, 0 };
        if (b.n == 0 || one_of(b, links)) {
            linked = linked || b.n == 0 || one_of(b, "is was are = : 's to it's its");
            at = next;
            continue;
        }
        bool digits = b.n >= 3 && b.n <= 8;
        for (size_t k = 0; k < b.n; k++) digits = digits && is_digit(b.p[k]);
        if (digits) return b;
        if (pin || one_of(b, remarks)) return (text){ NULL, 0 };
        if (has_sign(b) && b.n >= 4) return b;
        return linked && b.n >= 3 && ends_here(t, next, w) ? b : (text){ NULL, 0 };
    }
    return (text){ NULL, 0 };
}

static bool word_starts(text t, size_t at) {
    return isalpha((unsigned char)t.p[at]) && (at == 0 || !isalnum((unsigned char)t.p[at - 1]));
}

bool redact_secrets(arena *a, text said, text *out) {
    buf b = { 0 };
    size_t kept = 0;
    *out = said;
    for (size_t at = 0; at < said.n;) {
        size_t card = is_digit(said.p[at]) ? card_at(said, at) : 0;
        if (card) {
            buf_add(&b, (text){ said.p + kept, at - kept });
            buf_str(&b, "[card number not kept]");
            kept = at += card;
            continue;
        }
        if (!word_starts(said, at)) {
            at++;
            continue;
        }
        size_t end = at;
        while (end < said.n && isalpha((unsigned char)said.p[end])) end++;
        text word = { said.p + at, end - at };
        size_t from = end;
        if (from + 1 < said.n && said.p[from] == '\'' && said.p[from + 1] == 's') from += 2;
        else if (from < said.n && strchr(":=", said.p[from])) from++;
        text secret = one_of(word, asks) ? secret_after(said, from, word) : (text){ NULL, 0 };
        at = end;
        if (!secret.n) continue;
        buf_add(&b, (text){ said.p + kept, (size_t)(secret.p - said.p) - kept });
        buf_str(&b, "[not kept]");
        kept = at = (size_t)(secret.p - said.p) + secret.n;
    }
    if (!kept) return false;
    buf_add(&b, (text){ said.p + kept, said.n - kept });
    *out = arena_text(a, buf_text(&b));
    buf_release(&b);
    return true;
}
