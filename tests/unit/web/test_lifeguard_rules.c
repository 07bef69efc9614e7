/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include <criterion/criterion.h>

#define DAY INT64_C(86400)
#define NOW INT64_C(1795252320)

static struct web_deadline in_days(enum web_end what, int64_t days)
{
	return (struct web_deadline){.what = what, .name = "", .at = NOW + days * DAY, .ipads = 12};
}

static const struct {
	enum web_end what;
	int64_t days;
	enum web_light light;
	unsigned step;
} rows[] = {
	{WEB_END_PUSH, 200, WEB_GREEN, 0},
	{WEB_END_PUSH, 61, WEB_GREEN, 0},
	{WEB_END_PUSH, 60, WEB_AMBER, 1},
	{WEB_END_PUSH, 30, WEB_AMBER, 2},
	{WEB_END_PUSH, 14, WEB_RED, 3},
	{WEB_END_PUSH, 7, WEB_RED, 4},
	{WEB_END_PUSH, 3, WEB_RED, 5},
	{WEB_END_PUSH, 1, WEB_RED, 6},
	{WEB_END_PUSH, 0, WEB_OVER, 7},
	{WEB_END_PUSH, -400, WEB_OVER, 7},
	{WEB_END_CA, 400, WEB_GREEN, 0},
	{WEB_END_CA, 300, WEB_AMBER, 1},
	{WEB_END_CA, 45, WEB_RED, 1},
	{WEB_END_ADE, 31, WEB_GREEN, 0},
	{WEB_END_ADE, 29, WEB_AMBER, 2},
	{WEB_END_TLS, 22, WEB_GREEN, 0},
	{WEB_END_TLS, 20, WEB_AMBER, 2},
	{WEB_END_IDENTITIES, 6, WEB_RED, 4},
	{WEB_END_TERMS, -1, WEB_OVER, 7},
	{WEB_END_ADE_STOP, -1, WEB_OVER, 7},
	{WEB_END_ADE_STILL, -1, WEB_OVER, 7},
	{WEB_END_PUSH_STOP, -1, WEB_OVER, 7},
};

Test(lifeguard_rules, lights_and_steps)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct web_deadline d = in_days(rows[i].what, rows[i].days);

		cr_expect_eq(web_light_decide(&d, NOW), rows[i].light, "%s in %d days: %s",
			web_end_name(d.what), (int)rows[i].days,
			web_light_name(web_light_decide(&d, NOW)));
		cr_expect_eq(web_alarm_step(&d, NOW), rows[i].step, "%s in %d days: step %u",
			web_end_name(d.what), (int)rows[i].days, web_alarm_step(&d, NOW));
	}
}

Test(lifeguard_rules, it_never_gets_quieter_as_it_comes_nearer)
{
	for (unsigned what = 1; what < WEB_ENDS; what++) {
		unsigned last = 0;

		for (int64_t days = 800; days > -5; days--) {
			const struct web_deadline d = in_days((enum web_end)what, days);
			unsigned step = web_alarm_step(&d, NOW);

			cr_assert_geq(step, last, "%s at %d days", web_end_name(d.what), (int)days);
			cr_assert_leq(step, WEB_ALARM_STEPS);
			last = step;
		}
		cr_expect_eq(last, WEB_ALARM_STEPS);
	}
}

Test(lifeguard_rules, each_says_what_happens_and_what_to_do)
{
	AUTO(arena) struct arena *a = arena_new();

	for (unsigned what = 1; what < WEB_ENDS; what++) {
		for (int l = 0; l < SAY_LANGS; l++) {
			for (int64_t days = -1; days <= 1; days += 2) {
				struct web_deadline d = in_days((enum web_end)what, days);
				const char *s = web_deadline_sentence(a, &d, (enum say_lang)l, NOW);

				cr_expect(strlen(s) > 20 && !strchr(s, '{'), "%s", s);
				cr_expect_not_null(strstr(s, "12"), "%s", s);
				cr_expect_gt(
					strlen(say_plain(web_end_remedy(d.what), (enum say_lang)l)),
					10);
			}
		}
		cr_expect_str_neq(web_end_name((enum web_end)what), "unknown");
	}
	cr_expect_str_eq(web_end_name(0), "unknown");
	cr_expect_str_eq(web_light_name(99), "unknown");
}

Test(lifeguard_rules, the_headline_is_of_what_needs_somebody)
{
	AUTO(arena) struct arena *a = arena_new();
	const int64_t now = 1795252320;
	const struct web_deadline list[] = {
		{.what = WEB_END_KEEPING, .name = "", .at = now + 40 * 86400},
		{.what = WEB_END_PUSH, .name = "", .at = now + 50 * 86400}};
	struct doc *d = doc_new(a);

	cr_assert_eq(web_light_decide(&list[0], now), WEB_GREEN);
	web_lifeguard_doc(a, list, 2, SAY_EN, now, d);
	cr_expect_not_null(strstr(doc_str(d, "text"), "One date needs you"), "%s", doc_str(d, "text"));
	cr_expect_not_null(strstr(doc_str(d, "text"), "push certificate"), "%s", doc_str(d, "text"));
}
