/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/money.h"

#include "base/err.h"

#include <criterion/criterion.h>

#define NB "\xc2\xa0"

Test(money, is_said_in_threes)
{
	static const struct {
		int64_t ore;
		const char *text, *typed;
	} rows[] = {{0, "0" NB "kr", "0"}, {5, "0,05" NB "kr", "0,05"},
		{99900, "999" NB "kr", "999"}, {34950, "349,50" NB "kr", "349,50"},
		{2856500, "28" NB "565" NB "kr", "28565"},
		{100000000, "1" NB "000" NB "000" NB "kr", "1000000"},
		{123456750, "1" NB "234" NB "567,50" NB "kr", "1234567,50"}};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t back = -1;

		cr_expect_str_eq(money_text(a, rows[i].ore), rows[i].text);
		cr_expect_str_eq(money_typed(a, rows[i].ore), rows[i].typed);
		cr_expect_eq(money_parse(rows[i].text, &back), 0, "%s", rows[i].text);
		cr_expect_eq(back, rows[i].ore, "%s", rows[i].text);
	}
	cr_expect_str_eq(money_text(a, -123450), "−1" NB "234,50" NB "kr");
}

Test(money, is_typed_in_many_ways)
{
	static const struct {
		const char *s;
		int64_t ore;
	} good[] = {{"349", 34900}, {"349,50", 34950}, {"0.05", 5}, {"0", 0},
		{"999999999", 99999999900}, {"1 000", 100000}, {"28" NB "565 kr", 2856500},
		{" 12kr ", 1200}};
	static const char *const bad[] = {"", " ", "kr", "12,5", "12,", ",50", "-1", "12,5x",
		"1234567890", "12,500", "1,2,3", "0x10", "1e5", "12 kronor"};
	int64_t ore;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ore = -1;
		cr_expect_eq(money_parse(good[i].s, &ore), 0, "%s", good[i].s);
		cr_expect_eq(ore, good[i].ore, "%s", good[i].s);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(money_parse(bad[i], &ore), ERR_BADINPUT, "%s", bad[i]);
}
