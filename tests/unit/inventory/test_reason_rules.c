/* SPDX-License-Identifier: EUPL-1.2 */
/* Why something came back early or late: the choices. */
#include "inventory/circulation_int.h"

#include <criterion/criterion.h>

Test(reason_rules, are_two_lists_of_codes_that_have_words)
{
	size_t n[2] = {0};

	for (int late = 0; late < 2; late++) {
		for (; inv_reason_at(late, n[late]); n[late]++) {
			const struct say *say = inv_reason_say(inv_reason_at(late, n[late]));

			cr_assert_not_null(say);
			for (int lang = 0; lang < SAY_LANGS; lang++)
				cr_expect(say->text[lang] && *say->text[lang]);
		}
	}
	cr_expect_gt(n[0], 2);
	cr_expect_gt(n[1], 2);
	cr_expect_str_neq(inv_reason_at(false, 0), inv_reason_at(true, 0));
	cr_expect_null(inv_reason_say("i egna ord"));
	cr_expect_null(inv_reason_say(NULL));
}

Test(reason_rules, ask_early_only_long_before_the_day)
{
	cr_expect(inv_reason_is_early(20815, 20800));
	cr_expect_not(inv_reason_is_early(20814, 20800));
	cr_expect_not(inv_reason_is_early(20790, 20800));
	cr_expect_not(inv_reason_is_early(0, 20800));
}
