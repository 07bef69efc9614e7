/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV (RFC 4180), as text.h promises it: lists that people export from a spreadsheet. */
#include "base/text.h"

static char csv_separator(struct bytes in)
{
	size_t commas = 0, semicolons = 0;
	bool quoted = false;

	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = in.p[i];

		if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '\n' || c == '\r') && commas + semicolons > 0)
			break;
		else if (!quoted && c == ',')
			commas++;
		else if (!quoted && c == ';')
			semicolons++;
	}
	return semicolons > commas ? ';' : ',';
}

int text_csv_init(struct text_csv *c, struct bytes in)
{
	struct text_csv made = {.in = in, .lines = 1};

	if (!text_is_utf8(in) || (in.n && memchr(in.p, '\0', in.n)))
		return ERR_BADINPUT;
	if (in.n >= 3 && memcmp(in.p, "\xef\xbb\xbf", 3) == 0)
		made.at = 3;
	made.sep = csv_separator(in);
	*c = made;
	return 0;
}

static bool csv_at_line_end(const struct text_csv *c)
{
	return c->at < c->in.n && (c->in.p[c->at] == '\n' || c->in.p[c->at] == '\r');
}

/* Steps over one LF, CR or CRLF. */
static void csv_skip_line_end(struct text_csv *c)
{
	if (c->in.p[c->at] == '\r' && c->at + 1 < c->in.n && c->in.p[c->at + 1] == '\n')
		c->at++;
	c->at++;
	c->lines++;
}

static bool csv_at_field_end(const struct text_csv *c)
{
	return c->at >= c->in.n || csv_at_line_end(c) || c->in.p[c->at] == (uint8_t)c->sep;
}

/* From behind the opening quote to behind the closing one. */
static int csv_quoted(struct text_csv *c, struct arena *a, const char **ret)
{
	size_t start = c->at, n = 0;
	char *s;

	for (; c->at < c->in.n; c->at++) {
		if (c->in.p[c->at] != '"')
			continue;
		if (c->at + 1 >= c->in.n || c->in.p[c->at + 1] != '"')
			break;
		c->at++;
	}
	if (c->at >= c->in.n)
		return ERR_BADINPUT;
	s = arena_strndup(a, c->in.p + start, c->at - start);
	for (const char *from = s; *from; from++) {
		if (*from == '"')
			from++;
		if (*from == '\n' || (*from == '\r' && from[1] != '\n'))
			c->lines++;
		s[n++] = *from;
	}
	s[n] = '\0';
	c->at++;
	*ret = s;
	return csv_at_field_end(c) ? 0 : ERR_BADINPUT;
}

static int csv_field(struct text_csv *c, struct arena *a, const char **ret)
{
	size_t start = c->at;

	if (c->at < c->in.n && c->in.p[c->at] == '"') {
		c->at++;
		return csv_quoted(c, a, ret);
	}
	while (!csv_at_field_end(c)) {
		if (c->in.p[c->at] == '"')
			return ERR_BADINPUT;
		c->at++;
	}
	*ret = arena_strndup(a, c->in.p + start, c->at - start);
	return 0;
}

int text_csv_row(struct text_csv *c, struct arena *a, const char ***ret_fields, size_t *ret_n)
{
	size_t n = 0, cap = 16;
	const char **fields, **more;

	while (csv_at_line_end(c))
		csv_skip_line_end(c);
	if (c->at >= c->in.n)
		return ERR_NOTFOUND;
	c->line = c->lines;
	fields = ARENA_ARRAY(a, const char *, cap);
	for (;;) {
		if (csv_field(c, a, &fields[n++]) != 0)
			return ERR_BADINPUT;
		if (c->at >= c->in.n || csv_at_line_end(c))
			break;
		c->at++; /* the separator */
		if (n == cap) {
			more = ARENA_ARRAY(a, const char *, cap * 2);
			memcpy(more, fields, cap * sizeof(*fields));
			fields = more;
			cap *= 2;
		}
	}
	if (c->at < c->in.n)
		csv_skip_line_end(c);
	*ret_fields = fields;
	*ret_n = n;
	return 0;
}
