/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/api_int.h"

#include "base/clock.h"

#include <criterion/criterion.h>

Test(mailing_face, a_day_and_a_time_are_those_of_the_wall)
{
	static const struct {
		const char *day, *time, *local;
	} rows[] = {
		{"2026-12-08", NULL, "2026-12-08 00:00"},
		{"2026-12-08", "09:30", "2026-12-08 09:30"},
		{"2027-03-28", "09:30", "2027-03-28 09:30"}, /* an hour is left out that night */
		{"2026-10-25", "23:59", "2026-10-25 23:59"}, /* and one is there twice */
	};
	static const char *const bad[][2] = {{"2026-13-01", NULL}, {"2026-12-08T09:00:00Z", NULL},
		{"2026-12-08", "9:30"}, {"2026-12-08", "24:00"}, {"2026-12-08", "09:60"},
		{"", "09:00"}};
	char text[CLOCK_TEXT];
	int64_t t;

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_assert_eq(web_mailing_start(rows[i].day, rows[i].time, &t), 0);
		cr_expect_str_eq(clock_format_local(t, text), rows[i].local);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(web_mailing_start(bad[i][0], bad[i][1], &t), ERR_BADINPUT, "%zu", i);
}
