/* SPDX-License-Identifier: EUPL-1.2 */
/* What came of a call, and when to call again. */
#include "inventory/circulation_int.h"

#include <criterion/criterion.h>

#define DAY 20778 /* 2026-11-21 */
#define AT (DAY * INT64_C(86400) + 36000)

Test(contact_rules, has_names)
{
	unsigned how = 0;

	for (unsigned i = 1; i < INV_CONTACTS; i++) {
		cr_assert_eq(inv_contact_parse(inv_contact_name(i), &how), 0);
		cr_expect_eq(how, i);
		cr_expect_not_null(inv_contact_say(i)->text[SAY_FI]);
	}
	cr_expect_eq(inv_contact_parse("unknown", &how), ERR_BADINPUT);
	cr_expect_eq(inv_contact_parse(NULL, &how), ERR_BADINPUT);
	cr_expect_str_eq(inv_contact_name(INV_CONTACTS), "unknown");
}

Test(contact_rules, say_what_is_late)
{
	static const struct {
		unsigned state;
		int32_t due;
		bool late;
	} v[] = {{INV_LINE_OUT, DAY - 1, true}, {INV_LINE_OUT, DAY, false}, {INV_LINE_OUT, 0, false},
		{INV_LINE_CLAIMED, DAY - 1, true}, {INV_LINE_LOST, DAY - 1, false},
		{INV_LINE_IN, DAY - 1, false}, {INV_LINE_WRITTEN_OFF, DAY - 1, false}};

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		const struct inv_loan_line l = {.state = v[i].state, .due = v[i].due};

		cr_expect_eq(inv_line_is_late(&l, DAY), v[i].late, "case %zu", i);
	}
}

Test(contact_rules, wait_for_a_promise_and_for_the_post)
{
	static const struct {
		unsigned how;
		int32_t promised, again;
	} v[] = {{0, 0, 0}, {INV_CONTACT_NO_ANSWER, 0, DAY + 1}, {INV_CONTACT_REACHED, 0, DAY + 3},
		{INV_CONTACT_WRONG, 0, DAY}, {INV_CONTACT_LETTER, 0, DAY + 7},
		{INV_CONTACT_PROMISED, DAY + 5, DAY + 6}};

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		const struct inv_loan_line l = {
			.contact = v[i].how, .contact_at = AT, .promised = v[i].promised};

		cr_expect_eq(inv_contact_again(&l), v[i].again, "case %zu", i);
		cr_expect_not(inv_contact_broken(&l, DAY + 5));
		cr_expect_eq(inv_contact_broken(&l, DAY + 6), v[i].promised != 0);
	}
}

Test(contact_rules, forget_with_a_new_day)
{
	struct inv_loan_line l = {.contact = INV_CONTACT_PROMISED,
		.contacts = 2,
		.contact_at = AT,
		.contact_by = "anna",
		.promised = DAY};

	inv_contact_clear(&l);
	cr_expect_eq(inv_contact_again(&l), 0);
	cr_expect_eq(l.contacts, 0);
	cr_expect_null(l.contact_by);
	cr_expect_not(inv_contact_broken(&l, DAY + 1));
}
