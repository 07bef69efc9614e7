/* SPDX-License-Identifier: EUPL-1.2 */
/* Text and numbers: strict parsers, encoders, comparisons. All locale-free. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/buf.h"
#include "base/err.h"

bool text_equal(const char *a, const char *b);      /* NULL equals only NULL */
bool text_equal_case(const char *a, const char *b); /* ASCII letters alike */
bool text_starts(const char *s, const char *prefix);
bool text_empty(const char *s);    /* NULL or "" */
bool text_is_utf8(struct bytes b); /* RFC 3629, no surrogates; NUL is allowed here */
/* Of UTF-8: nothing but what is seen as it stands. No control characters and nothing that turns the direction of
 * what follows (U+202A to U+202E, U+2066 to U+2069); letters from right to left are letters. With `lines` it
 * may have line ends, LF or CR LF, and tabs, as what was pasted from a sheet has. NULL is nothing. */
bool text_is_shown(const char *s, bool lines);
/* Adds text, each broken byte as U+FFFD. */
void text_add_utf8(struct buf *out, struct bytes b);
/* Copies with a NUL, cutting silently at size: for fixed fields of known short content. */
void text_copy(char *to, size_t size, const char *from);

/* The whole string must be the number: no blanks, no sign for unsigned, no overflow. */
int text_parse_i64(const char *s, int64_t *ret) MUST_CHECK;
int text_parse_u64(const char *s, uint64_t *ret) MUST_CHECK;

/* Strict: even count, hex digits only. Result in the arena. */
int text_parse_hex(struct arena *a, struct bytes s, struct bytes *ret) MUST_CHECK;
/*
 * Base64 as senders write it: standard or URL-safe alphabet, padding optional, white space
 * (also of folded lines) skipped; anything else is ERR_BADINPUT.
 */
int text_parse_base64(struct arena *a, struct bytes s, struct bytes *ret) MUST_CHECK;
char *text_hex(struct arena *a, struct bytes b);
char *text_base64(struct arena *a, struct bytes b);
char *text_base64url(struct arena *a, struct bytes b); /* no padding */

/* Edit distance, for "did you mean"; capped at 255. */
unsigned text_distance(const char *a, const char *b);

/*
 * CSV of RFC 4180, separator ',' or ';' found from the first line, UTF-8 with optional BOM.
 * Line ends may be LF; empty lines are skipped.
 */
struct text_csv {
	struct bytes in;
	size_t at;
	size_t line;  /* of the row last returned or found broken, 1-based */
	size_t lines; /* begun so far */
	char sep;
};
/* ERR_BADINPUT when the bytes are not UTF-8 or hold a NUL. */
int text_csv_init(struct text_csv *c, struct bytes in) MUST_CHECK;
/* The next row's fields in the arena; ERR_NOTFOUND at the end, ERR_BADINPUT on a broken quote. */
int text_csv_row(
	struct text_csv *c, struct arena *a, const char ***ret_fields, size_t *ret_n) MUST_CHECK;

#endif
