/* SPDX-License-Identifier: EUPL-1.2 */
/* The number of a loan as it stands on slips: "L-", the number, a check digit (Luhn). */
#include "inventory/circulation_int.h"

#include <ctype.h>
#include <stdio.h>

#define DIGITS_MOST 18

/* The Luhn sum of digits, doubling every second from the right, beginning with the last or not. */
static unsigned luhn_sum(const char *digits, size_t n, bool double_last)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned d = (unsigned)(digits[n - 1 - i] - '0');

		if ((i % 2 == 0) == double_last)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return sum;
}

const char *inv_loan_number(uint64_t id, char out[INV_LOAN_NUMBER])
{
	char digits[21];
	int n = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)id);
	unsigned check = (10 - luhn_sum(digits, (size_t)n, true) % 10) % 10;

	snprintf(out, INV_LOAN_NUMBER, "L-%.20s%u", digits, check % 10);
	return out;
}

/* The digits, without "L-" and blanks; their count, 0 when it is no number. */
static size_t take_digits(const char *s, char digits[DIGITS_MOST + 1])
{
	size_t n = 0;

	if (s[0] == 'L' || s[0] == 'l')
		s += s[1] == '-' ? 2 : 1;
	for (; *s; s++) {
		if (*s == ' ')
			continue;
		if (!isdigit((unsigned char)*s) || n == DIGITS_MOST)
			return 0;
		digits[n++] = *s;
	}
	return n;
}

int inv_loan_number_parse(const char *s, uint64_t *ret)
{
	char digits[DIGITS_MOST + 1];
	size_t n = s ? take_digits(s, digits) : 0;
	uint64_t id = 0;

	if (n < 2 || digits[0] == '0' || luhn_sum(digits, n, false) % 10 != 0)
		return ERR_BADINPUT;
	for (size_t i = 0; i + 1 < n; i++)
		id = id * 10 + (uint64_t)(digits[i] - '0');
	*ret = id;
	return 0;
}
