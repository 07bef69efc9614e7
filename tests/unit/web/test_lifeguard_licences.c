/* SPDX-License-Identifier: EUPL-1.2 */
/* Licences and contracts: the lifeguard's dates that nobody but people knows of. */
#include "tests/unit/web/office.h"

#include "base/day.h"
#include "base/text.h"

#define DAY INT64_C(86400)

static struct settings *s;

static void begin(void)
{
	office_open(&(struct web_options){0});
	cr_assert_eq(settings_open(house.st, NULL, &s), 0);
	office.w->o.settings = s;
}

static void end(void)
{
	office.w->o.settings = NULL;
	settings_close(s);
	office_close();
}

TestSuite(lifeguard_licences, .init = begin, .fini = end);

static void written_down(const char *licences)
{
	const struct audit_who who = {.actor = "anna", .via = "cli"};
	const struct setting_ask ask = {
		.x = SETTING_LICENCES, .value = licences, .why = "the contracts of this year"};
	struct refusal r;

	cr_assert_eq(settings_set(s, &who, &ask, HOUSE_NOW, &r), 0);
}

static size_t licences(const struct web_deadline **ret_first)
{
	struct web_deadline *list;
	size_t n, count = 0;

	cr_assert_eq(web_deadlines_get(office.w, house.a, HOUSE_NOW, &list, &n), 0);
	for (size_t i = 0; i < n; i++) {
		if (list[i].what == WEB_END_LICENCE && count++ == 0)
			*ret_first = &list[i];
	}
	return count;
}

Test(lifeguard_licences, what_people_wrote_down_are_dates)
{
	const struct web_deadline *d = NULL;
	const char *said;
	int32_t day;

	cr_assert_eq(day_parse("2027-03-01", &day), 0);
	cr_expect_eq(licences(&d), 0);
	written_down("2027-05-30 boras.se; 2027-03-01 Developer agreement");
	cr_assert_eq(licences(&d), 2);
	cr_expect_str_eq(d->name, "Developer agreement", "the soonest first");
	cr_expect_eq(d->at, day_start(day + 1) - 1, "good until its day is over");
	cr_expect_eq(web_light_decide(d, d->at - 61 * DAY), WEB_GREEN);
	cr_expect_eq(web_light_decide(d, d->at - 30 * DAY), WEB_AMBER);
	cr_expect_eq(web_light_decide(d, d->at - 2 * DAY), WEB_RED);
	cr_expect_gt(web_alarm_step(d, d->at - 2 * DAY), 0, "and a mail");
	said = web_deadline_sentence(house.a, d, SAY_EN, HOUSE_NOW);
	cr_expect_not_null(strstr(said, "Developer agreement"), "%s", said);
	written_down("");
	cr_expect_eq(licences(&d), 0);
}
