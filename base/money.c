/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/money.h"

#include "base/buf.h"
#include "base/text.h"

#include <stdio.h>

#define NBSP "\xc2\xa0"

/* Digits in threes from the right. */
static void add_kronor(struct buf *out, int64_t kr)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%lld", (long long)kr);

	for (int i = 0; i < n; i++)
		buf_printf(out, "%s%c", i && (n - i) % 3 == 0 ? NBSP : "", digits[i]);
}

const char *money_text(struct arena *a, int64_t ore)
{
	AUTO(buf) struct buf b = BUF_INIT(128);

	if (ore < 0)
		return arena_printf(a, "−%s", money_text(a, -ore));
	add_kronor(&b, ore / 100);
	if (ore % 100)
		buf_printf(&b, ",%02d", (int)(ore % 100));
	buf_add_str(&b, NBSP "kr");
	return arena_strdup(a, buf_str(&b));
}

const char *money_typed(struct arena *a, int64_t ore)
{
	return ore % 100 ? arena_printf(a, "%lld,%02lld", (long long)(ore / 100),
				   (long long)(ore % 100))
			 : arena_printf(a, "%lld", (long long)(ore / 100));
}

/* Without blanks between digits, and without "kr" behind them. */
static bool strip(const char *s, char *out, size_t most)
{
	size_t n = 0;

	while (*s && n + 1 < most) {
		size_t blank = *s == ' ' ? 1 : text_starts(s, NBSP) ? strlen(NBSP) : 0;

		if (!blank)
			out[n++] = *s;
		s += blank ? blank : 1;
	}
	out[n] = '\0';
	if (n > 2 && strcmp(out + n - 2, "kr") == 0)
		out[n - 2] = '\0';
	return *s == '\0';
}

int money_parse(const char *s, int64_t *ret_ore)
{
	char plain[32], digits[16];
	size_t whole, cents;
	int64_t n;

	if (!strip(s, plain, sizeof(plain)))
		return ERR_BADINPUT;
	whole = strcspn(plain, ",.");
	cents = plain[whole] ? strlen(plain + whole + 1) : 0;
	if (whole == 0 || whole > 9 || (plain[whole] && cents != 2))
		return ERR_BADINPUT;
	snprintf(digits, sizeof(digits), "%.*s%s", (int)whole, plain,
		cents ? plain + whole + 1 : "00");
	if (digits[strspn(digits, "0123456789")] || text_parse_i64(digits, &n) != 0)
		return ERR_BADINPUT;
	*ret_ore = n;
	return 0;
}
