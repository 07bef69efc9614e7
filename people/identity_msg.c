/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Personnummer and samordningsnummer (SKV 704, SKV 707): YYYYMMDDNNNC or YYMMDD-NNNC, where '+'
 * stands for '-' from the year in which one turns a hundred; the check digit is Luhn's over the
 * nine digits from YY on. A samordningsnummer has 60 added to the day.
 */
#include "people/people_int.h"

#include <ctype.h>
#include <stdio.h>
#include <time.h>

struct digits {
	char d[13];
	size_t n;
	char mark; /* '-', '+' or 0 */
};

/* A mark stands before the last four alone. */
static int collect(const char *s, struct digits *ret)
{
	struct digits x = {.n = 0};
	size_t mark_at = 0;

	for (; *s; s++) {
		if (*s == ' ')
			continue;
		if (*s == '-' || *s == '+') {
			if (x.mark)
				return ERR_BADINPUT;
			x.mark = *s;
			mark_at = x.n;
			continue;
		}
		if (!isdigit((unsigned char)*s) || x.n == 12)
			return ERR_BADINPUT;
		x.d[x.n++] = *s;
	}
	if ((x.n != 10 && x.n != 12) || (x.mark && mark_at != x.n - 4))
		return ERR_BADINPUT;
	*ret = x;
	return 0;
}

static int two(const char *d)
{
	return (d[0] - '0') * 10 + (d[1] - '0');
}

/* Luhn over ten digits, the check digit among them. */
static bool luhn_holds(const char *d)
{
	int sum = 0;

	for (int i = 0; i < 10; i++) {
		int v = (d[i] - '0') * (i % 2 ? 1 : 2);

		sum += v > 9 ? v - 9 : v;
	}
	return sum % 10 == 0;
}

static bool date_is(int year, int month, int day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12 || day < 1)
		return false;
	return day <= days[month - 1] + (month == 2 && leap);
}

static struct tm today(int64_t now)
{
	time_t t = (time_t)now;
	struct tm tm = {0};

	gmtime_r(&t, &tm);
	return tm;
}

static bool is_after(const struct people_identity *x, const struct tm *tm)
{
	if (x->year != tm->tm_year + 1900)
		return x->year > tm->tm_year + 1900;
	if (x->month != tm->tm_mon + 1)
		return x->month > tm->tm_mon + 1;
	/* a day's grace: it may be tomorrow here */
	return x->day > tm->tm_mday + 1;
}

static void set_date(struct people_identity *x, int year, const char *d)
{
	int day = two(d + 4);

	x->year = year;
	x->month = two(d + 2);
	x->day = day > 60 ? day - 60 : day;
	x->kind = day > 60 ? PEOPLE_SAMORDNING : PEOPLE_PERSONNUMMER;
}

/* The tax agency gives out numbers for tests whose last four begin with 98 or 99. */
static bool is_test(const char *d)
{
	return d[6] == '9' && d[7] >= '8';
}

int people_identity_parse(const char *s, int64_t now, struct people_identity *ret)
{
	struct people_identity x = {0};
	struct tm tm = today(now);
	struct digits g;
	const char *d;
	int err = s ? collect(s, &g) : ERR_BADINPUT, year;

	if (err)
		return err;
	d = g.d + (g.n - 10);
	if (!luhn_holds(d) || strncmp(d + 6, "000", 3) == 0)
		return ERR_BADINPUT;
	if (g.n == 12) {
		set_date(&x, two(g.d) * 100 + two(d), d);
	} else {
		year = (tm.tm_year + 1900) / 100 * 100 + two(d);
		set_date(&x, year, d);
		if (is_after(&x, &tm))
			set_date(&x, year - 100, d);
		/* '+' from the first of January of the year of the hundredth birthday */
		if (g.mark == '+' && tm.tm_year + 1900 - x.year < 100)
			set_date(&x, x.year - 100, d);
	}
	if (x.year < 1850 || is_after(&x, &tm) || !date_is(x.year, x.month, x.day))
		return ERR_BADINPUT;
	if (g.n == 12 && g.mark == '+' && tm.tm_year + 1900 - x.year < 100)
		return ERR_BADINPUT;
	snprintf(x.text, sizeof(x.text), "%04d%.8s", x.year, d + 2);
	x.is_test = is_test(d);
	*ret = x;
	return 0;
}

bool people_identity_is_doubtful(const char *s, int64_t now)
{
	struct people_identity x;
	struct digits g;

	if (!s || collect(s, &g) || g.n == 12 || g.mark == '+' || people_identity_parse(s, now, &x))
		return false;
	return today(now).tm_year + 1900 - x.year < 18;
}

bool people_identity_is_slip(const char *s, int64_t now)
{
	struct people_identity x;
	struct digits g;

	if (!s || collect(s, &g) || people_identity_parse(s, now, &x) == 0)
		return false;
	if (g.n == 12)
		return two(g.d) >= 18 && two(g.d) <= 20;
	return g.mark || g.d[0] != '0';
}

void people_identity_make_older(struct people_identity *x)
{
	char last[9];

	text_copy(last, sizeof(last), x->text + 4);
	x->year -= 100;
	snprintf(x->text, sizeof(x->text), "%04d%s", x->year, last);
}

int people_reserve_parse(const char *s, struct people_identity *ret)
{
	struct people_identity x = {.kind = PEOPLE_RESERVE};
	size_t n = 0;

	for (; s && *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == ' ' || c == '-')
			continue;
		if (!isalnum(c) || n == 20)
			return ERR_BADINPUT;
		x.text[n++] = (char)toupper(c);
	}
	if (n < 6)
		return ERR_BADINPUT;
	*ret = x;
	return 0;
}

/* --- in a text --- */

/* Digits with one mark at most, before the last four, from `s`; how long it is in octets. */
static size_t token_of(const char *s, char out[16], bool *ret_marked)
{
	size_t n = 0, digits = 0;

	*ret_marked = false;
	for (; n < 14 && (isdigit((unsigned char)s[n]) || s[n] == '-' || s[n] == '+'); n++) {
		if (!isdigit((unsigned char)s[n])) {
			if (*ret_marked || !isdigit((unsigned char)s[n + 1]))
				break;
			*ret_marked = true;
		}
		digits += isdigit((unsigned char)s[n]) != 0;
	}
	memcpy(out, s, n);
	out[n] = '\0';
	return digits == 10 || digits == 12 ? n : 0;
}

bool people_text_has_identity(const char *text, int64_t now)
{
	struct people_identity x;
	char token[16];

	for (const char *s = text; s && *s; s++) {
		bool marked, inside = s > text && (isalnum((unsigned char)s[-1]) || s[-1] == '-');
		size_t n = isdigit((unsigned char)*s) && !inside ? token_of(s, token, &marked) : 0;

		if (n == 0 || isalnum((unsigned char)s[n]))
			continue;
		if (n == 10 && !marked && *s == '0')
			continue;
		if (marked && (n < 11 || isdigit((unsigned char)token[n - 5])))
			continue;
		if (people_identity_parse(token, now, &x) == 0)
			return true;
	}
	return false;
}
