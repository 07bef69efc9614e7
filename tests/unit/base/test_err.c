/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/err.h"

#include <criterion/criterion.h>
#include <limits.h>

Test(err, each_has_a_name_of_its_own)
{
	for (int e = 0; e >= ERR_USAGE; e--) {
		cr_expect_str_neq(err_name(e), "unknown error", "%d", e);
		for (int other = 0; other > e; other--)
			cr_expect_str_neq(err_name(e), err_name(other));
	}
}

Test(err, names_others_unknown)
{
	static const int others[] = {1, 1000, INT_MAX, ERR_USAGE - 1, -1000, INT_MIN};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		cr_expect_str_eq(err_name(others[i]), "unknown error");
}
