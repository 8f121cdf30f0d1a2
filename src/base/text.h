/* SPDX-License-Identifier: Apache-2.0
 * text.h - a run of UTF-8 bytes, borrowed from whoever holds it; and a buffer that grows.
 *
 * Any thread; nothing is shared. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct { const char *p; size_t n; } text;

#define TEXT(literal) ((text){ (literal), sizeof(literal) - 1 })

text text_of(const char *s);                      /* NULL is the empty text; borrowed           */
bool text_eq(text a, text b);
bool text_is(text a, const char *s);
bool text_is_fold(text a, const char *s);         /* ASCII letters of either case               */
bool text_starts(text a, const char *s);
bool text_ends(text a, const char *s);
text text_trim(text t);                           /* ASCII white space off both ends            */
text text_cut(text *rest, char sep);              /* the part before `sep`; *rest moves past it */
ptrdiff_t text_find(text t, const char *needle);  /* first byte offset, or -1                   */
bool text_find_word(text t, const char *word);    /* whole ASCII word, either case              */

/* One code point of `t` (t.n > 0) into *cp; bytes eaten, 1 .. 4. Ill-formed bytes give U+FFFD, one
 * byte at a time. Source: RFC 3629 (no overlong forms, surrogates, or above U+10FFFF). */
size_t text_next(text t, uint32_t *cp);
bool text_is_utf8(text t);
/* Encode `cp` into out[4]; the number of bytes. */
size_t text_encode(uint32_t cp, char out[static 4]);
/* Terminal columns of one code point: 0 combining, 1, or 2 wide. Source: Unicode 15 EastAsianWidth, abridged. */
int text_cp_width(uint32_t cp);
size_t text_width(text t);                        /* terminal columns of the whole              */

/* A growing string. { 0 } is empty. Owner: buf_release() it, or keep b.p (free()). b.p has a NUL after b.n. */
typedef struct { char *p; size_t n, cap; } buf;

void buf_add(buf *b, text t);
void buf_str(buf *b, const char *s);
void buf_char(buf *b, char c);
void buf_cp(buf *b, uint32_t cp);
void buf_format(buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(buf *b);
void buf_release(buf *b);
text buf_text(const buf *b);                      /* borrowed until the next change             */

/* What came from outside, made fit to keep: ill-formed UTF-8 becomes U+FFFD, NUL and other control
 * characters (C0, C1, DEL; escape sequences whole) go, CR LF becomes LF, tab and LF stay. Appends to *out.
 * Returns how many bytes were changed or dropped. */
size_t text_clean(text t, buf *out);

#endif
