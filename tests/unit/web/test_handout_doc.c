/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/handout_int.h"

#include <criterion/criterion.h>

Test(handout_doc, a_time_of_day_as_people_type_it)
{
	static const struct {
		const char *typed, *clock;
	} rows[] = {{"10.30", "10:30"}, {"9:05", "09:05"}, {"kl. 9.05", "09:05"}, {"klo 14.00", "14:00"},
		{"14", "14:00"}, {"9", "09:00"}, {" 07:15", "07:15"}, {"", NULL}, {"fel", NULL},
		{"10.3", NULL}, {"10.300", NULL}, {"123.00", NULL}, {"10-30", NULL}, {".30", NULL},
		{"1o.30", NULL}, {NULL, NULL}};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *clock = web_clock_typed(a, rows[i].typed);

		if (rows[i].clock)
			cr_expect_str_eq(clock ? clock : "-", rows[i].clock);
		else
			cr_expect_null(clock, "%s", rows[i].typed ? rows[i].typed : "NULL");
	}
}
