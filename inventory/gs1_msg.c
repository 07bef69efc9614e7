/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * GS1 element strings (GS1 General Specifications, chapters 3 and 7.8): application identifiers
 * with their values, run together with FNC1 (GS) behind those of variable length, or written with
 * brackets. Of all identifiers four are used: (01) GTIN, (21) serial number, (10) batch or lot,
 * (17) expiration date; the others are stepped over.
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

#include <ctype.h>

#define GS 0x1d
#define VALUE_MOST 90
#define ELEMENTS_MOST 30

struct element {
	char ai[5];
	char value[VALUE_MOST + 1];
};

/* The last digit of all but it, as GS1 computes it; `digits` without the check digit. */
static char check_digit(const char *digits, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (unsigned)(digits[n - 1 - i] - '0') * (i % 2 ? 1 : 3);
	return (char)('0' + (10 - sum % 10) % 10);
}

static bool all_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!isdigit((unsigned char)s[i]))
			return false;
	}
	return n > 0;
}

bool inv_gtin_is(const char *s)
{
	size_t n = strlen(s);

	return (n == 8 || n == 12 || n == 13 || n == 14) && all_digits(s, n) &&
	       s[n - 1] == check_digit(s, n - 1);
}

const char *inv_gtin_14(struct arena *a, const char *s)
{
	return arena_printf(a, "%.*s%s", (int)(14 - strlen(s)), "00000000000000", s);
}

/* How many digits an identifier has, by its first two. */
static size_t ai_digits(const char *s)
{
	static const struct {
		const char *first;
		unsigned char digits;
	} rows[] = {
		{"23", 3},
		{"24", 3},
		{"25", 3},
		{"31", 4},
		{"32", 4},
		{"33", 4},
		{"34", 4},
		{"35", 4},
		{"36", 4},
		{"39", 4},
		{"40", 3},
		{"41", 3},
		{"42", 3},
		{"43", 4},
		{"70", 4},
		{"71", 3},
		{"72", 4},
		{"80", 4},
		{"81", 4},
		{"82", 4},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strncmp(s, rows[i].first, 2) == 0)
			return rows[i].digits;
	}
	return 2;
}

/* The length of a value that has always the same one; 0 for one that ends with FNC1. */
static size_t fixed_length(const char *ai)
{
	static const struct {
		const char *first;
		unsigned char length;
	} rows[] = {
		{"00", 18},
		{"01", 14},
		{"02", 14},
		{"03", 14},
		{"04", 16},
		{"11", 6},
		{"12", 6},
		{"13", 6},
		{"14", 6},
		{"15", 6},
		{"16", 6},
		{"17", 6},
		{"18", 6},
		{"19", 6},
		{"20", 2},
		{"31", 6},
		{"32", 6},
		{"33", 6},
		{"34", 6},
		{"35", 6},
		{"36", 6},
		{"41", 13},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strncmp(ai, rows[i].first, 2) == 0)
			return rows[i].length;
	}
	return 0;
}

/* The characters a value may have: GS1's set 82, which has no blank. */
static bool is_value(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] <= ' ' || s[i] > 'z' || strchr("#$@[\\]^`", s[i]))
			return false;
	}
	return n > 0 && n <= VALUE_MOST;
}

static int take_element(struct element *e, const char *ai, size_t ai_n, const char *value, size_t n)
{
	if (ai_n > 4 || !all_digits(ai, ai_n) || ai_n < 2 || !is_value(value, n))
		return ERR_BADINPUT;
	memcpy(e->ai, ai, ai_n);
	e->ai[ai_n] = '\0';
	memcpy(e->value, value, n);
	e->value[n] = '\0';
	return fixed_length(e->ai) == 0 || fixed_length(e->ai) == n ? 0 : ERR_BADINPUT;
}

/* 01073500000000021ABC<GS>10L1 */
static int next_plain(const char **at, struct element *e)
{
	const char *s = *at + strspn(*at, "\x1d");
	size_t left = strlen(s), digits, n;

	if (left < 3)
		return left == 0 && s != *at ? ERR_NOTFOUND : ERR_BADINPUT;
	digits = ai_digits(s);
	if (left <= digits || !all_digits(s, digits))
		return ERR_BADINPUT;
	n = strcspn(s + digits, "\x1d");
	if (fixed_length(s)) {
		if (n < fixed_length(s))
			return ERR_BADINPUT;
		n = fixed_length(s);
	}
	*at = s + digits + n;
	return take_element(e, s, digits, s + digits, n);
}

/* Does an identifier in brackets stand here? */
static size_t bracket(const char *s)
{
	size_t n = s[0] == '(' ? strspn(s + 1, "0123456789") : 0;

	return n >= 2 && n <= 4 && s[1 + n] == ')' ? n : 0;
}

/* (01)0735000000000 2(21)ABC */
static int next_bracketed(const char **at, struct element *e)
{
	size_t n = bracket(*at);
	const char *ai = *at + 1, *value = ai + n + 1, *end = value;

	if (n == 0)
		return ERR_BADINPUT;
	while (*end && *end != GS && !(end > value && bracket(end)))
		end++;
	*at = end + (*end == GS);
	return take_element(e, ai, n, value, (size_t)(end - value));
}

/* YYMMDD; a day 00 is the month's last (7.12). Things of this house are of this century. */
static int parse_expiry(const char *s, int32_t *ret)
{
	int year, month, day;

	if (!all_digits(s, 6))
		return ERR_BADINPUT;
	year = 2000 + (s[0] - '0') * 10 + (s[1] - '0');
	month = (s[2] - '0') * 10 + (s[3] - '0');
	day = (s[4] - '0') * 10 + (s[5] - '0');
	if (!day_date_exists(year, month, day ? day : 1))
		return ERR_BADINPUT;
	*ret = day ? day_from_date(year, month, day)
		   : day_add_months(day_from_date(year, month, 1), 1) - 1;
	return 0;
}

static int keep_element(struct arena *a, const struct element *e, struct inv_scan *scan)
{
	if (strcmp(e->ai, "01") == 0) {
		if (!inv_gtin_is(e->value) || (scan->gtin && strcmp(scan->gtin, e->value) != 0))
			return ERR_BADINPUT;
		scan->gtin = arena_strdup(a, e->value);
	} else if (strcmp(e->ai, "21") == 0) {
		scan->serial = arena_strdup(a, e->value);
		return strlen(e->value) <= 20 ? 0 : ERR_BADINPUT;
	} else if (strcmp(e->ai, "10") == 0) {
		scan->lot = arena_strdup(a, e->value);
		return strlen(e->value) <= 20 ? 0 : ERR_BADINPUT;
	} else if (strcmp(e->ai, "17") == 0) {
		return parse_expiry(e->value, &scan->expires_day);
	}
	return 0;
}

int inv_gs1_parse(struct arena *a, const char *s, struct inv_scan *scan)
{
	struct inv_scan out = *scan;
	bool brackets = bracket(s) != 0;
	size_t n = 0;
	int err = 0;

	while (err == 0 && *s && n++ < ELEMENTS_MOST) {
		struct element e;

		err = brackets ? next_bracketed(&s, &e) : next_plain(&s, &e);
		if (err == ERR_NOTFOUND) {
			err = 0;
			s = "";
			break;
		}
		if (err == 0)
			err = keep_element(a, &e, &out);
	}
	if (err || n == 0 || *s || (!out.gtin && !out.serial))
		return err ? err : ERR_BADINPUT;
	*scan = out;
	return 0;
}
