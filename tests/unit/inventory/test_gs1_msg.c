/* SPDX-License-Identifier: EUPL-1.2 */
#include "inventory/inventory_int.h"

#include <criterion/criterion.h>

Test(gs1_msg, check_digits)
{
	static const char *const good[] = {
		"96385074", "036000291452", "4006381333931", "04006381333931", "7310865004703"};
	static const char *const bad[] = {
		"96385075", "4006381333932", "400638133393", "", "40063813339311", "400638133393a"};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		cr_expect(inv_gtin_is(good[i]), "%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_not(inv_gtin_is(bad[i]), "%s", bad[i]);
}

static const struct {
	const char *s;
	int err;
	const char *gtin, *serial, *lot, *expires;
} cases[] = {
	{"(01)04006381333931(17)270228(10)AB(21)77", 0, "04006381333931", "77", "AB", "2027-02-28"},
	{"(01)04006381333931(17)280200(21)77", 0, "04006381333931", "77", NULL, "2028-02-29"},
	{"01040063813339311727022810AB\x1d"
	 "2177",
		0, "04006381333931", "77", "AB", "2027-02-28"},
	{"\x1d"
	 "010400638133393111250101310300012521X",
		0, "04006381333931", "X"},
	{"(01)04006381333931(240)PART(8)(21)9", 0, "04006381333931", "9"},
	{"(21)ONLY", 0, NULL, "ONLY"},
	{"(01)04006381333931(01)04006381333931(21)1", 0, "04006381333931", "1"},
	{"(01)04006381333931(17)270230(21)1", ERR_BADINPUT},
	{"(01)04006381333931(17)271301(21)1", ERR_BADINPUT},
	{"(01)0400638133393(21)1", ERR_BADINPUT},
	{"(01)04006381333930", ERR_BADINPUT},
	{"(01)", ERR_BADINPUT},
	{"(10)LOT", ERR_BADINPUT},
	{"(21)ABCDEFGHIJKLMNOPQRSTU", ERR_BADINPUT},
	{"(21)with blank", ERR_BADINPUT},
	{"01040063813339", ERR_BADINPUT},
	{"", ERR_BADINPUT},
};

Test(gs1_msg, element_strings)
{
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct inv_scan s = {0};
		char day[DAY_TEXT];

		cr_expect_eq(inv_gs1_parse(a, cases[i].s, &s), cases[i].err, "%s", cases[i].s);
		if (cases[i].err) {
			cr_expect_null(s.gtin, "untouched on failure: %s", cases[i].s);
			continue;
		}
		if (cases[i].gtin)
			cr_expect_str_eq(s.gtin, cases[i].gtin);
		cr_expect_str_eq(s.serial, cases[i].serial);
		if (cases[i].lot)
			cr_expect_str_eq(s.lot, cases[i].lot);
		if (cases[i].expires)
			cr_expect_str_eq(day_format(s.expires_day, day), cases[i].expires);
	}
}
