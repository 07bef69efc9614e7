/* SPDX-License-Identifier: EUPL-1.2 */
/* What people type of telephones, addresses, cards and codes: made one form, or refused. */
#include "people/people_int.h"

#include <ctype.h>

/* Digits with '+' first; blanks, hyphens, brackets and slashes dropped, "(0)" too. */
int people_phone_parse(struct arena *a, const char *s, const char **ret)
{
	char d[24];
	size_t n = 0;
	bool plus = false;

	for (; s && *s; s++) {
		if (strncmp(s, "(0)", 3) == 0 && plus) {
			s += 2;
			continue;
		}
		if (*s == '+' && n == 0 && !plus) {
			plus = true;
			continue;
		}
		if (strchr(" -()/.", *s))
			continue;
		if (!isdigit((unsigned char)*s) || n == 20)
			return ERR_BADINPUT;
		d[n++] = *s;
	}
	d[n] = '\0';
	if (!plus && n > 4 && strncmp(d, "00", 2) == 0)
		*ret = arena_printf(a, "+%s", d + 2);
	else if (plus)
		*ret = arena_printf(a, "+%s", d);
	else if (n > 5 && d[0] == '0')
		*ret = arena_printf(a, "+46%s", d + 1);
	else
		return ERR_BADINPUT;
	return strlen(*ret) >= 8 && strlen(*ret) <= 16 && (*ret)[1] != '0' ? 0 : ERR_BADINPUT;
}

bool people_email_is(const char *s)
{
	const char *at = strchr(s, '@');
	size_t n = strlen(s);

	if (!at || at == s || strchr(at + 1, '@') || n > PEOPLE_TEXT)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c <= ' ' || c == 0x7f || strchr("<>,;\"\\()[]", c))
			return false;
	}
	return strchr(at + 1, '.') && at[1] != '.' && s[n - 1] != '.' && !strstr(at, "..");
}

/* Five digits as 501 80; others as they are, for those who live abroad. */
int people_postcode_parse(struct arena *a, const char *s, const char **ret)
{
	char d[6];
	size_t n = 0;
	bool other = false;

	for (const char *c = s; *c; c++) {
		if (*c == ' ')
			continue;
		if (!isdigit((unsigned char)*c) || n == 5)
			other = true;
		else
			d[n++] = *c;
	}
	d[n] = '\0';
	if (!other && n == 5) {
		*ret = arena_printf(a, "%.3s %s", d, d + 3);
		return 0;
	}
	if (!people_text_is(s, 16))
		return ERR_BADINPUT;
	*ret = arena_strdup(a, s);
	return 0;
}

int people_card_parse(struct arena *a, const char *s, const char **ret)
{
	char out[PEOPLE_CODE + 1];
	size_t n = 0;

	for (; s && *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == ' ' || c == '-')
			continue;
		if (!isalnum(c) || n == PEOPLE_CODE)
			return ERR_BADINPUT;
		out[n++] = (char)toupper(c);
	}
	if (n < 4)
		return ERR_BADINPUT;
	*ret = arena_strndup(a, out, n);
	return 0;
}

bool people_code_is(const char *s)
{
	size_t n = s ? strlen(s) : 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (!islower(c) && !isdigit(c) && c != '.' && c != '_' && c != '-')
			return false;
	}
	return n > 0 && n <= PEOPLE_CODE;
}

bool people_text_is_blank(const char *s)
{
	return s[strspn(s, " \t\n")] == '\0';
}

bool people_lines_are(const char *s, size_t most)
{
	return strlen(s) <= most && !people_text_is_blank(s) && text_is_shown(s, true) &&
	       text_is_utf8(bytes_of_str(s));
}

bool people_text_is(const char *s, size_t most)
{
	return people_lines_are(s, most) && text_is_shown(s, false);
}

bool people_has_number(const char *s)
{
	size_t row = 0;

	for (; s && *s; s++) {
		if (isdigit((unsigned char)*s))
			row++;
		else if (*s != '-' && *s != '+' && *s != ' ')
			row = 0;
		if (row == 6)
			return true;
	}
	return false;
}
