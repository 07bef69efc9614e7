/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include <criterion/criterion.h>

#define DAY INT64_C(86400)
#define NOW INT64_C(1795252320)

static struct web_deadline push_in(int64_t days)
{
	return (struct web_deadline){.what = WEB_END_PUSH, .name = "", .at = NOW + days * DAY};
}

Test(alarm_msg, each_step_once_and_anew_for_another_date)
{
	const struct web_deadline far = push_in(100), soon = push_in(50), near = push_in(2);
	struct web_alarm said = {.at = soon.at, .step = 1};

	cr_expect_not(web_alarm_due(&far, NULL, NOW));
	cr_expect(web_alarm_due(&soon, NULL, NOW));
	cr_expect_not(web_alarm_due(&soon, &said, NOW));
	cr_expect(web_alarm_due(&soon, &said, NOW + 25 * DAY), "a month is left");
	said.at = near.at;
	said.step = 5;
	cr_expect_not(web_alarm_due(&near, &said, NOW));
	cr_expect(web_alarm_due(&near, &said, NOW + 3 * DAY), "over");
	said.step = 7;
	cr_expect_not(web_alarm_due(&near, &said, NOW + 30 * DAY), "no nagging");
	said.at = NOW - 300 * DAY;
	cr_expect(web_alarm_due(&near, &said, NOW), "last year's is another");
}

Test(alarm_msg, louder_with_each_step_in_each_language)
{
	static const int64_t days[] = {55, 29, 13, 6, 2, 1, 0};
	static const char *const serials[] = {"DMPX1", "DMPX2"};
	AUTO(arena) struct arena *a = arena_new();

	for (int l = 0; l < SAY_LANGS; l++) {
		const char *last = "";

		for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
			struct web_deadline d = push_in(days[i]);
			const char *subject, *text;

			d.serials = (const char **)(uintptr_t)serials;
			d.serial_count = 2;
			web_alarm_text(a, &d, (enum say_lang)l, NOW, &subject, &text);
			cr_expect_str_neq(subject, last);
			cr_expect_not_null(strstr(text, "DMPX1, DMPX2"), "%s", text);
			cr_expect_not_null(
				strstr(text, say_plain(web_end_remedy(d.what), (enum say_lang)l)));
			last = subject;
		}
		cr_expect_null(strstr(last, "Hylla: a date"));
	}
}
