/* SPDX-License-Identifier: EUPL-1.2 */
/* What is told of holds to whoever they are none of. */
#include "web/circulation_int.h"

#include <criterion/criterion.h>

Test(circulation_doc, of_another_services_hold_only_what_to_fetch_is_told)
{
	const struct inv_hold h = {.id = 7,
		.zone = PEOPLE_CARE,
		.borrower = "b2x7k9mqp4a",
		.product = "ringklocka",
		.place = "disk",
		.note = "efter operationen",
		.made_by = "anna",
		.made_at = 1800000000};
	struct inv_hold told = web_hold_told(&h, PEOPLE_LIBRARY);

	cr_expect_str_eq(told.product, "ringklocka");
	cr_expect_str_eq(told.place, "disk");
	cr_expect_null(told.borrower);
	cr_expect_null(told.note);
	cr_expect_null(told.made_by);
	cr_expect_eq(told.id, 0);
	cr_expect_eq(told.made_at, 0);
	told = web_hold_told(&h, PEOPLE_ZONES);
	cr_expect_str_eq(told.note, "efter operationen");
	cr_expect_eq(told.id, 7);
}
