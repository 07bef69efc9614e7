/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/web/office.h"

#include "base/file.h"

#define DAY INT64_C(86400)
#define END (HOUSE_NOW + 365 * DAY) /* of the push certificate, see house.h */

static const char *const to[] = {"anna@kommun.example", "bo@kommun.example", NULL};

static void open_office(void)
{
	office_open(&(struct web_options){.mail = {.host = "127.0.0.1",
						  .from = "hylla@kommun.example",
						  .alarm_to = to,
						  .lang = SAY_SV}});
}

TestSuite(alarm, .init = open_office, .fini = office_close);

Test(alarm, each_step_once_to_everybody)
{
	struct mail_service_mail m;

	cr_assert_eq(web_alarm_round(office.w, END - 100 * DAY), 0);
	cr_expect_eq(mail_service_count(office.sink), 0);
	cr_assert_eq(web_alarm_round(office.w, END - 50 * DAY), 0);
	cr_assert_eq(web_alarm_round(office.w, END - 49 * DAY), 0);
	cr_expect_eq(mail_service_count(office.sink), 2);
	cr_assert(mail_service_wait(office.sink, 1, 5000, &m));
	cr_expect_str_eq(m.to, "<bo@kommun.example>");
	cr_expect_not_null(strstr(m.text, "push_certificate--1-"), "its name: %s", m.text);
	cr_assert_eq(web_alarm_round(office.w, END - 29 * DAY), 0);
	cr_expect_eq(mail_service_count(office.sink), 4);
	cr_assert_eq(web_alarm_round(office.w, END + 1), 0);
	cr_assert_eq(web_alarm_round(office.w, END + 9 * DAY), 0);
	cr_expect_eq(mail_service_count(office.sink), 6,
		"steps that were slept through are not "
		"told one by one");
}

Test(alarm, what_was_not_taken_is_tried_again)
{
	const struct mail_service_faults busy = {.from = "451 not now"}, none = {0};

	mail_service_set_faults(office.sink, &busy);
	cr_expect_eq(web_alarm_round(office.w, END - 50 * DAY), ERR_BUSY);
	cr_expect_eq(mail_service_count(office.sink), 0);
	mail_service_set_faults(office.sink, &none);
	cr_expect_eq(web_alarm_round(office.w, END - 50 * DAY), 0);
	cr_expect_eq(mail_service_count(office.sink), 2);
}

Test(alarm, one_of_two_is_enough)
{
	const struct mail_service_faults gone = {.to = "550 no such user"};

	mail_service_set_faults(office.sink, &gone);
	cr_expect_eq(web_alarm_round(office.w, END - 50 * DAY), ERR_DENIED);
	cr_expect_eq(web_mail_test(office.w, "eva@kommun.example", HOUSE_NOW), ERR_DENIED);
	cr_expect_eq(web_mail_test(office.w, "no address", HOUSE_NOW), ERR_BADINPUT);
}

Test(alarm, a_trial_goes_to_those_who_get_alarms)
{
	cr_assert_eq(web_mail_test(office.w, NULL, HOUSE_NOW), 0);
	cr_expect_eq(mail_service_count(office.sink), 2);
	cr_assert_eq(web_mail_test(office.w, "eva@kommun.example", HOUSE_NOW), 0);
	cr_expect_eq(mail_service_count(office.sink), 3);
	office.w->o.mail.password_path = "/no/such/file";
	cr_expect_eq(web_mail_test(office.w, NULL, HOUSE_NOW), ERR_NOTFOUND);
	office.w->o.mail.host = "";
	cr_expect_eq(web_mail_test(office.w, NULL, HOUSE_NOW), ERR_UNSUPPORTED);
	cr_expect_eq(web_alarm_round(office.w, END), ERR_UNSUPPORTED);
}
