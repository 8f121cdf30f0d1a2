/* SPDX-License-Identifier: Apache-2.0
 * reckon_sum.c - sums, in figures or in words.
 *
 * DESIGN      The message becomes tokens; words that merely ask ("what's", "please") are dropped; anything else that is
 *             no number and no operator means it was not a sum. Then an ordinary parser by precedence.
 * INVARIANTS  (1) No more than TOKENS_MOST tokens and DEPTH_MOST brackets: time and stack are bounded. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "think/reckon.h"

enum { TOKENS_MOST = 64, DEPTH_MOST = 16 };

typedef enum { TOK_NUMBER, TOK_PLUS, TOK_MINUS, TOK_TIMES, TOK_OVER, TOK_POWER, TOK_PERCENT, TOK_OPEN, TOK_CLOSE, TOK_ROOT, TOK_SQUARED,
               TOK_CUBED, TOK_OF, TOK_OFF, TOK_HALF, TOK_THIRD, TOK_QUARTER, TOK_TWICE, TOK_SPLIT, TOK_BETWEEN, TOK_FROM, TOK_TAKE, TOK_ADD,
               TOK_AND, TOK_AVERAGE, TOK_MORE, TOK_SQUARE, TOK_CUBE } token_kind;
typedef struct { token_kind kind; double value; } token;
typedef struct { token t[TOKENS_MOST]; size_t n; size_t at; int depth; bool failed, undefined; } summing;

/* ---- tokens ------------------------------------------------------------------------------------------------------ */
typedef struct { const char *word; token_kind kind; } word_row;
static const word_row operators[] = { { "plus", TOK_PLUS }, { "add", TOK_ADD }, { "added", TOK_PLUS }, { "minus", TOK_MINUS }, { "less", TOK_MINUS },
    { "times", TOK_TIMES }, { "multiplied", TOK_TIMES }, { "x", TOK_TIMES }, { "divided", TOK_OVER }, { "over", TOK_OVER }, { "percent", TOK_PERCENT },
    { "cent", TOK_PERCENT }, { "squared", TOK_SQUARED }, { "cubed", TOK_CUBED }, { "root", TOK_ROOT }, { "of", TOK_OF }, { "off", TOK_OFF },
    { "half", TOK_HALF }, { "third", TOK_THIRD }, { "quarter", TOK_QUARTER }, { "twice", TOK_TWICE }, { "double", TOK_TWICE }, { "split", TOK_SPLIT },
    { "share", TOK_SPLIT }, { "shared", TOK_SPLIT }, { "divide", TOK_SPLIT }, { "between", TOK_BETWEEN }, { "among", TOK_BETWEEN },
    { "by", TOK_BETWEEN }, { "from", TOK_FROM }, { "subtract", TOK_TAKE }, { "take", TOK_TAKE }, { "and", TOK_AND }, { "average", TOK_AVERAGE },
    { "mean", TOK_AVERAGE }, { "power", TOK_POWER }, { "more", TOK_MORE }, { "square", TOK_SQUARE }, { "cube", TOK_CUBE }, { "quarters", TOK_QUARTER }, { "thirds", TOK_THIRD }, { "dividing", TOK_SPLIT }, { "splitting", TOK_SPLIT } };
static const char asking[] = " what what's whats is are how much does do make makes equal equals calculate work out tell me can you could please the a an "
    "sum answer to give hey ok so and i need it's its pounds pound euros euro dollars dollar quid pence people ways friends us each per result total "
    "points point marks mark miles km apples goals runs than is't be would that's thats then lol working out in all come comes get gets compute solve figure bill tip for on if we whatis quick hi samantha now then ";

static bool in_list(const char *list, text low) {
    char key[40];
    if (low.n + 3 > sizeof key) return false;
    key[0] = ' ';
    memcpy(key + 1, low.p, low.n);
    memcpy(key + 1 + low.n, " ", 2);
    return strstr(list, key) != NULL;
}

static bool push(summing *s, token_kind kind, double value) {
    if (s->n == TOKENS_MOST) return false;
    s->t[s->n++] = (token){ kind, value };
    return true;
}

/* Figures at *t: 1,200.50 */
static bool figures(text *t, double *v) {
    char raw[48];
    size_t n = 0, i = 0;
    while (i < t->n && (isdigit((unsigned char)t->p[i]) || ((t->p[i] == ',' || t->p[i] == '.') && i + 1 < t->n &&
           isdigit((unsigned char)t->p[i + 1])))) {
        if (t->p[i] != ',' && n + 1 < sizeof raw) raw[n++] = t->p[i];
        i++;
    }
    if (!n) return false;
    raw[n] = '\0';
    char *end;
    *v = strtod(raw, &end);
    if (*end) return false;                              /* 1.2.3 */
    t->p += i, t->n -= i;
    return true;
}

static bool sign_token(summing *s, text *t) {
    static const struct { const char *sign; token_kind kind; } signs[] = { { "+", TOK_PLUS }, { "-", TOK_MINUS }, { "\xE2\x88\x92", TOK_MINUS },
        { "**", TOK_POWER }, { "*", TOK_TIMES }, { "\xC3\x97", TOK_TIMES }, { "/", TOK_OVER }, { "\xC3\xB7", TOK_OVER }, { "^", TOK_POWER },
        { "%", TOK_PERCENT }, { "(", TOK_OPEN }, { ")", TOK_CLOSE }, { "\xE2\x88\x9A", TOK_ROOT } };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_starts(*t, signs[i].sign)) {
            size_t n = strlen(signs[i].sign);
            t->p += n, t->n -= n;
            return push(s, signs[i].kind, 0);
        }
    static const char *const ignored[] = { "\xC2\xA3", "\xE2\x82\xAC", "$", "?", "=", "!", ".", ",", " ", "\t", "\n", ":", NULL };
    for (const char *const *p = ignored; *p; p++)
        if (text_starts(*t, *p)) {
            size_t n = strlen(*p);
            t->p += n, t->n -= n;
            return true;
        }
    return false;
}

/* A word, or a number in words ("twenty one"), at *t. */
static bool word_token(arena *a, summing *s, text *t) {
    size_t n = 0;
    while (n < t->n && (isalpha((unsigned char)t->p[n]) || t->p[n] == '\'' || (t->p[n] == '-' && n + 1 < t->n && isalpha((unsigned char)t->p[n + 1])))) n++;
    if (!n || n > 30) return false;
    size_t look = t->n < 60 ? t->n : 60;
    words w = words_of(a, (text){ t->p, look });
    double v;
    size_t took;
    if (w.n && words_number(w, 0, &v, &took)) {
        const word *last = &w.at[took - 1];
        size_t eaten = (size_t)(last->raw.p - t->p) + last->raw.n;
        t->p += eaten, t->n -= eaten;
        return push(s, TOK_NUMBER, v);
    }
    text low = w.n ? w.at[0].low : (text){ t->p, n };
    if (w.n && w.at[0].raw.n > n) n = w.at[0].raw.n;
    t->p += n, t->n -= n;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (text_is(low, operators[i].word)) return push(s, operators[i].kind, 0);
    return in_list(asking, low);
}

static bool tokens(arena *a, summing *s, text t) {
    while (t.n) {
        double v;
        if (isdigit((unsigned char)t.p[0])) {
            if (!figures(&t, &v) || !push(s, TOK_NUMBER, v)) return false;
            if (t.n && isalpha((unsigned char)t.p[0]) && t.p[0] != 'x') return false;          /* 5km is no sum */
        } else if (isalpha((unsigned char)t.p[0])) {
            if (!word_token(a, s, &t)) return false;
        } else if (!sign_token(s, &t)) return false;
    }
    return true;
}

/* ---- the parser --------------------------------------------------------------------------------------------------------- */
static double expression(summing *s);

static bool next_is(const summing *s, token_kind k) { return s->at < s->n && s->t[s->at].kind == k; }
static bool take(summing *s, token_kind k) {
    if (!next_is(s, k)) return false;
    s->at++;
    return true;
}
static double wrong(summing *s) {
    s->failed = true;
    return 0;
}
static double divided(summing *s, double x, double y) {
    if (y == 0) {
        s->undefined = true;
        return 0;
    }
    return x / y;
}

static double primary(summing *s);

/* After "square" or "cube": "root of 27", "of 3". */
static double raised(summing *s, bool cube) {
    bool root = take(s, TOK_ROOT);
    take(s, TOK_OF);
    double v = primary(s);
    if (!root) return cube ? v * v * v : v * v;
    if (cube) return cbrt(v);
    if (v < 0) s->undefined = true;
    return sqrt(fabs(v));
}

static double primary(summing *s) {
    if (++s->depth > DEPTH_MOST || s->failed) return wrong(s);
    double v = 0;
    if (take(s, TOK_MINUS)) v = -primary(s);
    else if (next_is(s, TOK_SQUARE) || next_is(s, TOK_CUBE)) v = raised(s, s->t[s->at++].kind == TOK_CUBE);
    else if (take(s, TOK_ROOT)) {
        take(s, TOK_OF);
        v = primary(s);
        if (v < 0) s->undefined = true;
        v = sqrt(fabs(v));
    } else if (take(s, TOK_OPEN)) {
        v = expression(s);
        if (!take(s, TOK_CLOSE)) s->failed = true;
    } else if (take(s, TOK_HALF)) v = take(s, TOK_OF) || s->at < s->n ? primary(s) / 2 : 0.5;
    else if (take(s, TOK_THIRD)) v = take(s, TOK_OF) ? primary(s) / 3 : wrong(s);
    else if (take(s, TOK_QUARTER)) v = take(s, TOK_OF) ? primary(s) / 4 : wrong(s);
    else if (take(s, TOK_TWICE)) v = 2 * primary(s);
    else if (next_is(s, TOK_NUMBER)) v = s->t[s->at++].value;
    else v = wrong(s);
    if (take(s, TOK_SQUARED)) v *= v;
    else if (take(s, TOK_CUBED)) v *= v * v;
    s->depth--;
    return v;
}

static double power(summing *s) {
    double v = primary(s);
    if (take(s, TOK_POWER)) {
        take(s, TOK_OF);
        v = pow(v, primary(s));
    }
    return v;
}

/* 15% of 80, 20% off 50. */
static double percent(summing *s, bool *is_percent) {
    double v = power(s);
    *is_percent = false;
    bool quarters = next_is(s, TOK_QUARTER);
    if (quarters || next_is(s, TOK_THIRD)) {                  /* 3 quarters of 60 */
        s->at++;
        return take(s, TOK_OF) ? v * power(s) / (quarters ? 4 : 3) : wrong(s);
    }
    if (!take(s, TOK_PERCENT)) return v;
    if (take(s, TOK_OF)) return v / 100 * power(s);
    if (take(s, TOK_OFF)) return power(s) * (1 - v / 100);
    *is_percent = true;
    return v / 100;
}

static double product(summing *s, bool *is_percent) {
    double v = percent(s, is_percent);
    bool p;
    for (;;) {
        if (take(s, TOK_MORE)) {                              /* 6 more from 22, 6 more than 22 */
            take(s, TOK_FROM);
            v += percent(s, &p);
        } else if (take(s, TOK_TIMES)) {
            take(s, TOK_BETWEEN);
            v *= percent(s, &p);
        } else if (take(s, TOK_OVER)) {
            take(s, TOK_BETWEEN);
            v = divided(s, v, percent(s, &p));
        } else if (take(s, TOK_SPLIT)) {                      /* 84 shared between 3 */
            if (!take(s, TOK_BETWEEN)) return wrong(s);
            v = divided(s, v, percent(s, &p));
        } else return v;
        *is_percent = false;
    }
}

static double expression(summing *s) {
    bool p;
    double v = product(s, &p);
    while (!s->failed) {
        bool plus = take(s, TOK_PLUS), minus = !plus && take(s, TOK_MINUS);
        if (!plus && !minus) break;
        double x = product(s, &p);
        if (p) x *= v;                                        /* 50 plus 20% */
        v = plus ? v + x : v - x;
    }
    return v;
}

/* "split 84 between 3", "add 4 and 5", "take 3 from 10", "average of 3, 4 and 5". */
static double whole(summing *s) {
    if (take(s, TOK_SPLIT)) {
        double v = expression(s);
        return take(s, TOK_BETWEEN) ? divided(s, v, expression(s)) : wrong(s);
    }
    if (take(s, TOK_TAKE)) {
        double v = expression(s);
        return take(s, TOK_FROM) ? expression(s) - v : wrong(s);
    }
    bool average = take(s, TOK_AVERAGE);
    if (average || take(s, TOK_ADD)) {
        double sum = 0, n = 0;
        take(s, TOK_OF);
        do {
            sum += expression(s);
            n++;
        } while (!s->failed && s->at < s->n && (take(s, TOK_AND) || next_is(s, TOK_NUMBER)));
        return average ? sum / n : n > 1 ? sum : wrong(s);
    }
    return expression(s);
}

static bool worth(const summing *s) {          /* at least one operation and a number */
    size_t n = 0, op = 0;
    for (size_t i = 0; i < s->n; i++) {
        n += s->t[i].kind == TOK_NUMBER;
        op += s->t[i].kind != TOK_NUMBER && s->t[i].kind != TOK_AND && s->t[i].kind != TOK_OF && s->t[i].kind != TOK_FROM;
    }
    return n >= 1 && op >= 1 && (n >= 2 || s->t[0].kind == TOK_ROOT || s->t[0].kind == TOK_SQUARE || s->t[0].kind == TOK_CUBE || s->t[0].kind == TOK_HALF || s->t[0].kind == TOK_TWICE ||
           s->t[0].kind == TOK_THIRD || s->t[0].kind == TOK_QUARTER || s->t[s->n - 1].kind == TOK_SQUARED || s->t[s->n - 1].kind == TOK_CUBED);
}

reckoned reckon_sum(arena *a, text heard, double *value) {
    summing s = { .n = 0 };
    if (heard.n > 300 || !tokens(a, &s, heard) || !worth(&s)) return RECKON_NO;
    while (s.at < s.n && s.t[s.at].kind == TOK_AND) s.at++;          /* "and 2 to the power of 16?" */
    while (s.n && (s.t[s.n - 1].kind == TOK_AND || s.t[s.n - 1].kind == TOK_OF || s.t[s.n - 1].kind == TOK_BETWEEN)) s.n--;
    *value = whole(&s);
    if (s.failed || s.at != s.n) return RECKON_NO;
    return s.undefined || !isfinite(*value) ? RECKON_UNDEFINED : RECKON_YES;
}

text reckon_number(arena *a, double v) {
    char raw[64];
    if (fabs(v) >= 1e15) return arena_format(a, "about %.3g", v);
    double near = round(v);
    if (fabs(v - near) < 1e-9) v = near;
    if (v == 0) v = 0;                                   /* no "-0" */
    int places = v == near ? 0 : fabs(v) >= 1 ? 2 : 4;
    int n = snprintf(raw, sizeof raw, "%.*f", places, v);
    if (places)
        while (n > 1 && raw[n - 1] == '0') raw[--n] = '\0';
    if (n > 1 && raw[n - 1] == '.') raw[--n] = '\0';
    buf b = { 0 };
    const char *dot = strchr(raw, '.');
    int whole_digits = dot ? (int)(dot - raw) : n, first = raw[0] == '-';
    for (int i = 0; i < n; i++) {
        int left = whole_digits - i;
        if (i > first && i < whole_digits && left % 3 == 0) buf_char(&b, ',');
        buf_char(&b, raw[i]);
    }
    text out = arena_text(a, buf_text(&b));
    buf_release(&b);
    return out;
}
