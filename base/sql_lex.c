/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/sql_int.h"

#include "base/text.h"

#define TEXT_MOST (4u << 20)

void sql_lex_init(struct sql_lex *x, struct bytes in, struct arena *a)
{
	static const char head[] = "PostgreSQL database";
	size_t n = in.n < 4096 ? in.n : 4096;

	*x = (struct sql_lex){.in = in, .line = 1, .a = a};
	x->postgres = n && memmem(in.p, n, head, sizeof(head) - 1) != NULL;
}

/* 0 at the end. */
static uint8_t peek(const struct sql_lex *x, size_t ahead)
{
	return ahead < x->in.n - x->at ? x->in.p[x->at + ahead] : 0;
}

static void step(struct sql_lex *x, size_t n)
{
	for (; n > 0; n--)
		x->line += x->in.p[x->at++] == '\n';
}

static bool is_at(const struct sql_lex *x, const char *s)
{
	size_t n = strlen(s);

	return x->in.n - x->at >= n && memcmp(x->in.p + x->at, s, n) == 0;
}

/* To behind the next `s`. */
static int step_behind(struct sql_lex *x, const char *s)
{
	const uint8_t *end = memmem(x->in.p + x->at, x->in.n - x->at, s, strlen(s));

	if (!end)
		return ERR_BADINPUT;
	step(x, (size_t)(end - (x->in.p + x->at)) + strlen(s));
	return 0;
}

int sql_lex_line(struct sql_lex *x, struct bytes *ret)
{
	const uint8_t *from = x->in.p + x->at;
	int err = step_behind(x, "\n");
	size_t n;

	if (err)
		return err;
	n = (size_t)(x->in.p + x->at - from) - 1;
	*ret = bytes_of(from, n && from[n - 1] == '\r' ? n - 1 : n);
	return 0;
}

/* Blanks and comments. A comment at the end of the file may lack its line's end. */
static int space(struct sql_lex *x)
{
	struct bytes line;

	while (x->at < x->in.n) {
		uint8_t c = peek(x, 0);

		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			step(x, 1);
		} else if (is_at(x, "--") || (c == '#' && !x->postgres)) {
			if (sql_lex_line(x, &line) != 0)
				x->at = x->in.n;
		} else if (is_at(x, "/*")) {
			if (step_behind(x, "*/") != 0)
				return ERR_BADINPUT;
		} else {
			break;
		}
	}
	return 0;
}

static bool is_letter(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* Numbers are words as well: 1, -2, 1.5e+3, 0xAB. */
static void word(struct sql_lex *x, struct sql_token *ret)
{
	size_t from = x->at;
	bool number = !is_letter(peek(x, 0));
	uint8_t c, before = 0;

	for (;; before = c) {
		c = peek(x, 0);
		if (!is_letter(c) && !is_digit(c) && c != '$' &&
			!(number && (c == '.' || (x->at == from && c == '-') ||
					    ((c == '+' || c == '-') && (before | 32) == 'e'))))
			break;
		step(x, 1);
	}
	*ret = (struct sql_token){SQL_WORD, bytes_of(x->in.p + from, x->at - from)};
}

/* What MySQL and E'' of PostgreSQL put behind a backslash. \% and \_ stand for themselves. */
static void escape(struct sql_lex *x, struct buf *out)
{
	static const char from[] = "0bnrtZ", to[] = "\0\b\n\r\t\032";
	uint8_t c = peek(x, 0);
	const char *at = c ? strchr(from, c) : NULL;

	if (!x->keep)
		;
	else if (at)
		buf_add_char(out, to[at - from]);
	else if (c == '%' || c == '_')
		buf_printf(out, "\\%c", c);
	else
		buf_add_char(out, (char)c);
	step(x, 1);
}

/* From behind the opening mark; a doubled mark is one. */
static int quoted(struct sql_lex *x, uint8_t mark, bool escapes, struct buf *out)
{
	while (x->at < x->in.n) {
		uint8_t c = peek(x, 0);

		step(x, 1);
		if (c == mark && peek(x, 0) != mark)
			return buf_ok(out) ? 0 : ERR_TOOBIG;
		if (c == mark) {
			step(x, 1);
		} else if (c == '\\' && escapes) {
			if (x->at < x->in.n)
				escape(x, out);
			continue;
		}
		if (x->keep)
			buf_add_char(out, (char)c);
	}
	return ERR_BADINPUT;
}

static int text_token(struct sql_lex *x, bool escapes, struct sql_token *ret)
{
	AUTO(buf) struct buf out = BUF_INIT(TEXT_MOST);
	uint8_t mark = peek(x, 0);
	int err;

	step(x, 1);
	err = quoted(x, mark, escapes, &out);
	if (err)
		return err;
	*ret = (struct sql_token){SQL_TEXT,
		x->keep ? arena_bytes(x->a, bytes_of(buf_str(&out), out.n)) : bytes_of("", 0)};
	return 0;
}

/* Names are kept whatever is kept of texts. */
static int name_token(struct sql_lex *x, struct sql_token *ret)
{
	bool keep = x->keep;
	int err;

	x->keep = true;
	err = text_token(x, false, ret);
	x->keep = keep;
	ret->kind = SQL_NAME;
	return err;
}

/* $tag$ … $tag$, in which nothing has a meaning. */
static int dollar_token(struct sql_lex *x, struct sql_token *ret)
{
	char tag[68];
	size_t n = 1;

	while (n < 65 && (is_letter(peek(x, n)) || is_digit(peek(x, n))))
		n++;
	if (peek(x, n) != '$') {
		*ret = (struct sql_token){SQL_MARK, bytes_of(x->in.p + x->at, 1)};
		step(x, 1);
		return 0;
	}
	memcpy(tag, x->in.p + x->at, n + 1);
	tag[n + 1] = '\0';
	step(x, n + 1);
	*ret = (struct sql_token){SQL_TEXT, bytes_of("", 0)};
	return step_behind(x, tag);
}

int sql_lex_next(struct sql_lex *x, struct sql_token *ret)
{
	int err = space(x);
	uint8_t c;

	*ret = (struct sql_token){SQL_END, bytes_of("", 0)};
	if (err || x->at == x->in.n)
		return err;
	c = peek(x, 0);
	if (c == '\'')
		return text_token(x, !x->postgres, ret);
	if (c == '"')
		return x->postgres ? name_token(x, ret) : text_token(x, true, ret);
	if (c == '`' && !x->postgres)
		return name_token(x, ret);
	if (c == '$' && x->postgres)
		return dollar_token(x, ret);
	if (x->postgres && (c | 32) == 'e' && peek(x, 1) == '\'') {
		step(x, 1);
		return text_token(x, true, ret);
	}
	if (is_letter(c) || is_digit(c) || (c == '-' && is_digit(peek(x, 1)))) {
		word(x, ret);
		return 0;
	}
	*ret = (struct sql_token){SQL_MARK, bytes_of(x->in.p + x->at, 1)};
	step(x, 1);
	return 0;
}

bool sql_is_word(const struct sql_token *t, const char *word)
{
	if (t->kind != SQL_WORD || t->text.n != strlen(word))
		return false;
	for (size_t i = 0; i < t->text.n; i++) {
		uint8_t c = t->text.p[i];

		if (c >= 'a' && c <= 'z')
			c -= 32;
		if (c != (uint8_t)word[i])
			return false;
	}
	return true;
}

bool sql_is_mark(const struct sql_token *t, char c)
{
	return t->kind == SQL_MARK && t->text.p[0] == (uint8_t)c;
}

/* --- COPY --- */

static int digit_of(uint8_t c, unsigned base)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, is_digit(c) ? c : c | 32) : NULL;

	return at && (size_t)(at - digits) < base ? (int)(at - digits) : -1;
}

/* Octal, at most three digits; hexadecimal behind x, at most two. */
static size_t copy_number(struct bytes in, unsigned base, size_t most, uint8_t *ret)
{
	unsigned v = 0;
	size_t n = 0;

	while (n < most && n < in.n && digit_of(in.p[n], base) >= 0)
		v = v * base + (unsigned)digit_of(in.p[n++], base);
	*ret = (uint8_t)v;
	return n;
}

/* What stands behind a backslash; returns how much of it was taken. */
static size_t copy_escape(struct bytes in, struct buf *out)
{
	static const char from[] = "bfnrtv", to[] = "\b\f\n\r\t\v";
	const char *at = in.p[0] ? strchr(from, in.p[0]) : NULL;
	uint8_t c;
	size_t n = copy_number(in, 8, 3, &c);

	if (n == 0 && in.p[0] == 'x') {
		n = copy_number(bytes_of(in.p + 1, in.n - 1), 16, 2, &c);
		n += n > 0;
	}
	if (n == 0)
		c = at ? (uint8_t)to[at - from] : in.p[0];
	buf_add_char(out, (char)c);
	return n ? n : 1;
}

int sql_copy_value(struct arena *a, struct bytes in, struct bytes *ret)
{
	AUTO(buf) struct buf out = BUF_INIT(TEXT_MOST);

	if (bytes_equal(in, bytes_of_str("\\N"))) {
		*ret = bytes_of(NULL, 0);
		return 0;
	}
	for (size_t i = 0; i < in.n; i++) {
		if (in.p[i] != '\\')
			buf_add_char(&out, (char)in.p[i]);
		else if (i + 1 == in.n)
			return ERR_BADINPUT;
		else
			i += copy_escape(bytes_of(in.p + i + 1, in.n - i - 1), &out);
	}
	if (!buf_ok(&out))
		return ERR_TOOBIG;
	*ret = arena_bytes(a, bytes_of(buf_str(&out), out.n));
	return 0;
}
