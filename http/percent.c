/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The byte at in[*at], escaped or not, moving past it; negative for a broken escape. */
static int percent_next(struct bytes in, size_t *at)
{
	int high, low;

	if (in.p[*at] != '%')
		return in.p[(*at)++];
	if (in.n - *at < 3)
		return -1;
	high = hex_digit(in.p[*at + 1]);
	low = hex_digit(in.p[*at + 2]);
	if (high < 0 || low < 0)
		return -1;
	*at += 3;
	return high << 4 | low;
}

int http_percent_decode(struct arena *a, struct bytes in, bool plus, char **ret)
{
	char *out = arena_alloc(a, in.n + 1);
	size_t n = 0;

	for (size_t at = 0; at < in.n;) {
		bool blank = plus && in.p[at] == '+';
		int c = percent_next(in, &at);

		if (c <= 0) /* a NUL would end the text early for whoever reads it as a string */
			return ERR_BADINPUT;
		out[n++] = (char)(blank ? ' ' : c);
	}
	if (!text_is_utf8(bytes_of(out, n)))
		return ERR_BADINPUT;
	*ret = out;
	return 0;
}

/* No segment may decode to "." or "..": nothing here has such a name, and what reads the path
 * after us might climb. */
static bool has_dot_segment(const char *path)
{
	for (const char *s = path; *s; s += strcspn(s, "/")) {
		size_t n;

		s++;
		n = strcspn(s, "/");
		if ((n == 1 && s[0] == '.') || (n == 2 && s[0] == '.' && s[1] == '.'))
			return true;
	}
	return false;
}

int http_path_decode(struct arena *a, struct bytes raw, char **ret)
{
	char *path;

	if (raw.n == 0 || raw.p[0] != '/')
		return ERR_BADINPUT;
	for (size_t at = 0; at < raw.n;) {
		bool escaped = raw.p[at] == '%';
		int c = percent_next(raw, &at);

		if (c < ' ' || c == 0x7f || (escaped && c == '/'))
			return ERR_BADINPUT;
		if (!escaped && (c == ' ' || c == '#' || c > 0x7f))
			return ERR_BADINPUT; /* RFC 3986: these come escaped or not at all */
	}
	if (http_percent_decode(a, raw, false, &path) != 0 || has_dot_segment(path))
		return ERR_BADINPUT;
	*ret = path;
	return 0;
}

bool http_query_next(struct bytes *query, struct bytes *ret_name, struct bytes *ret_value)
{
	while (query->n > 0) {
		const uint8_t *end = memchr(query->p, '&', query->n), *equals;
		size_t n = end ? (size_t)(end - query->p) : query->n;
		struct bytes pair = bytes_of(query->p, n);

		query->p += end ? n + 1 : n;
		query->n -= end ? n + 1 : n;
		if (pair.n == 0)
			continue;
		equals = memchr(pair.p, '=', pair.n);
		*ret_name = bytes_of(pair.p, equals ? (size_t)(equals - pair.p) : pair.n);
		*ret_value = equals ? bytes_of(equals + 1, (size_t)(pair.p + pair.n - equals - 1))
				    : bytes_of(pair.p + pair.n, 0);
		return true;
	}
	return false;
}

int http_query_check(struct arena *a, struct bytes query)
{
	char *decoded;

	for (size_t i = 0; i < query.n; i++) {
		if (query.p[i] <= ' ' || query.p[i] == '#' || query.p[i] == 0x7f)
			return ERR_BADINPUT;
	}
	/* Decoding the whole once decodes every part: the separators are single bytes. */
	if (!memchr(query.p ? query.p : (const uint8_t *)"", '%', query.n))
		return text_is_utf8(query) ? 0 : ERR_BADINPUT;
	return http_percent_decode(a, query, true, &decoded);
}

static bool name_is(struct arena *a, struct bytes raw, const char *name)
{
	char *decoded;

	if (!memchr(raw.p, '%', raw.n) && !memchr(raw.p, '+', raw.n))
		return bytes_equal(raw, bytes_of_str(name));
	return http_percent_decode(a, raw, true, &decoded) == 0 && text_equal(decoded, name);
}

int http_query_find(struct arena *a, struct bytes query, const char *name, bool plus, char **ret)
{
	struct bytes key, value;

	while (http_query_next(&query, &key, &value)) {
		if (name_is(a, key, name))
			return http_percent_decode(a, value, plus, ret);
	}
	return ERR_NOTFOUND;
}
