/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"

bool text_equal(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a, b) == 0;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_equal_case(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

bool text_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool text_empty(const char *s)
{
	return !s || !*s;
}

void text_copy(char *to, size_t size, const char *from)
{
	size_t n;

	if (size == 0)
		return;
	n = strnlen(from, size - 1);
	memcpy(to, from, n);
	to[n] = '\0';
}

/* --- UTF-8 --- */

/* Bytes of the well-formed character at p (RFC 3629 section 4); 0 when it is not one. */
static size_t utf8_char(const uint8_t *p, size_t n)
{
	uint8_t low = 0x80, high = 0xbf;
	size_t len;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (n < len)
		return 0;
	if (p[0] == 0xe0)
		low = 0xa0; /* shorter forms exist */
	else if (p[0] == 0xed)
		high = 0x9f; /* surrogates */
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f; /* past U+10FFFF */
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	return len;
}

static bool turns(const uint8_t *p)
{
	return p[0] == 0xe2 && ((p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae) ||
				       (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9));
}

bool text_is_shown(const char *s, bool lines)
{
	for (const uint8_t *p = (const uint8_t *)s; p && *p; p++) {
		if (lines && (*p == '\t' || *p == '\n' || (*p == '\r' && p[1] == '\n')))
			continue;
		if (*p < 0x20 || *p == 0x7f || turns(p))
			return false;
	}
	return true;
}

static bool ascii_8(const uint8_t *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	return (w & UINT64_C(0x8080808080808080)) == 0;
}

bool text_is_utf8(struct bytes b)
{
	size_t i = 0;

	while (i < b.n) {
		size_t len;

		if (b.n - i >= 8 && ascii_8(b.p + i)) {
			i += 8;
			continue;
		}
		len = utf8_char(b.p + i, b.n - i);
		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

void text_add_utf8(struct buf *out, struct bytes b)
{
	size_t i = 0;

	while (i < b.n) {
		size_t len = utf8_char(b.p + i, b.n - i);

		if (len == 0)
			buf_add_str(out, "\xef\xbf\xbd");
		else
			buf_add(out, b.p + i, len);
		i += len ? len : 1;
	}
}

/* --- numbers --- */

int text_parse_u64(const char *s, uint64_t *ret)
{
	uint64_t v = 0;

	if (text_empty(s))
		return ERR_BADINPUT;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return ERR_BADINPUT;
		if (__builtin_mul_overflow(v, 10, &v) ||
			__builtin_add_overflow(v, (uint64_t)(*s - '0'), &v))
			return ERR_BADINPUT;
	}
	*ret = v;
	return 0;
}

int text_parse_i64(const char *s, int64_t *ret)
{
	bool minus;
	uint64_t v;

	if (text_empty(s))
		return ERR_BADINPUT;
	minus = *s == '-';
	if (text_parse_u64(s + minus, &v) != 0 || v > (uint64_t)INT64_MAX + minus)
		return ERR_BADINPUT;
	*ret = minus ? (int64_t)-v : (int64_t)v;
	return 0;
}

/* --- hex --- */

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

int text_parse_hex(struct arena *a, struct bytes s, struct bytes *ret)
{
	uint8_t *to;

	if (s.n % 2)
		return ERR_BADINPUT;
	to = arena_alloc(a, s.n / 2 + 1);
	for (size_t i = 0; i < s.n; i += 2) {
		int high = hex_digit(s.p[i]), low = hex_digit(s.p[i + 1]);

		if (high < 0 || low < 0)
			return ERR_BADINPUT;
		to[i / 2] = (uint8_t)(high << 4 | low);
	}
	*ret = bytes_of(to, s.n / 2);
	return 0;
}

char *text_hex(struct arena *a, struct bytes b)
{
	AUTO(buf) struct buf out = BUF_INIT(SIZE_MAX);

	buf_add_hex(&out, b);
	return arena_strndup(a, out.p, out.n);
}

unsigned text_distance(const char *a, const char *b)
{
	enum { MOST = 255 };
	uint8_t rows[3][MOST + 1];
	size_t na = strnlen(a, MOST + 1), nb = strnlen(b, MOST + 1);

	if (na > MOST || nb > MOST)
		return MOST;
	for (size_t j = 0; j <= nb; j++)
		rows[0][j] = (uint8_t)j;
	for (size_t i = 1; i <= na; i++) {
		const uint8_t *two = rows[(i + 1) % 3], *one = rows[(i + 2) % 3];
		uint8_t *row = rows[i % 3];

		row[0] = (uint8_t)i;
		for (size_t j = 1; j <= nb; j++) {
			unsigned best = one[j - 1] + (a[i - 1] != b[j - 1]);

			if (one[j] + 1u < best)
				best = one[j] + 1u;
			if (row[j - 1] + 1u < best)
				best = row[j - 1] + 1u;
			/* two neighbours swapped are one slip */
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
				two[j - 2] + 1u < best)
				best = two[j - 2] + 1u;
			row[j] = (uint8_t)(best < MOST ? best : MOST);
		}
	}
	return rows[na % 3][nb];
}
