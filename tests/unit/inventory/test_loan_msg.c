/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/counter.h"

Test(loan_msg, numbers_carry_a_digit_that_checks)
{
	static const char *const wrong[] = {"", "L-", "L-1", "L-0", "L-00", "10008", "L-1000a",
		"K-10009", "L-1000999999999999999999999", "L--10009", "10009 x"};
	char text[INV_LOAN_NUMBER];
	uint64_t id = 7;

	for (uint64_t i = 1; i < 200000; i += 37) {
		const char *number = inv_loan_number(i, text);

		cr_assert_eq(inv_loan_number_parse(number, &id), 0, "%s", number);
		cr_assert_eq(id, i);
		/* One digit misread, or two turned round, is seen. */
		text[2] = text[2] == '9' ? '1' : (char)(text[2] + 1);
		cr_assert_eq(inv_loan_number_parse(text, &id), ERR_BADINPUT, "%s", text);
	}
	cr_expect_eq(inv_loan_number_parse(" l-1000 9", &id), ERR_BADINPUT);
	cr_expect_eq(inv_loan_number_parse("l-1000 9", &id), 0);
	cr_expect_eq(id, 1000);
	cr_expect_eq(inv_loan_number_parse("10009", &id), 0);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		cr_expect_eq(inv_loan_number_parse(wrong[i], &id), ERR_BADINPUT, "%s", wrong[i]);
	cr_expect_eq(inv_loan_number_parse(NULL, &id), ERR_BADINPUT);
}
