/* SPDX-License-Identifier: EUPL-1.2 */
#include "people/people_int.h"
#include "tests/unit/web/office.h"

static const char *const care[] = {"eva@kommun.example", "bo@kommun.example", NULL};

static void open_office(void)
{
	office_open(&(struct web_options){.mail = {.host = "127.0.0.1",
						  .from = "hylla@kommun.example",
						  .looks_to = care,
						  .lang = SAY_SV}});
}

TestSuite(look_mail, .init = open_office, .fini = office_close);

static int add_in(struct store_txn *txn, void *arg)
{
	struct people_notice x = {.zone = *(uint32_t *)arg,
		.borrower = "b7n3k2",
		.actor = "anna",
		.why = "call",
		.words = "Hjördis Xylander ringde",
		.at = HOUSE_NOW};

	return people_notice_add(txn, &x);
}

static void look(uint32_t zone)
{
	cr_assert_eq(store_write(house.st, add_in, &zone), 0);
}

Test(look_mail, each_look_is_told_once_in_ids)
{
	struct mail_service_mail m;

	look(PEOPLE_CARE);
	cr_assert_eq(web_looks_round(office.w, HOUSE_NOW), 0);
	cr_expect_eq(mail_service_count(office.sink), 0, "what was there before is passed over");
	look(PEOPLE_CARE);
	look(PEOPLE_CARE);
	cr_assert_eq(web_looks_round(office.w, HOUSE_NOW), 0);
	cr_assert_eq(web_looks_round(office.w, HOUSE_NOW), 0);
	cr_expect_eq(mail_service_count(office.sink), 2, "to both, and once");
	cr_assert(mail_service_wait(office.sink, 0, 5000, &m));
	cr_expect_str_eq(m.to, "<eva@kommun.example>");
	cr_expect_not_null(strstr(m.text, "b7n3k2"));
	cr_expect_not_null(strstr(m.text, "anna"));
	cr_expect_not_null(strstr(m.text, "looks-care-3-0@kommun.example"));
	cr_expect_null(strstr(m.text, "Xylander"), "no words: %s", m.text);
}

Test(look_mail, a_zone_without_an_address_tells_nobody)
{
	cr_assert_eq(web_looks_round(office.w, HOUSE_NOW), 0);
	look(PEOPLE_LIBRARY);
	cr_assert_eq(web_looks_round(office.w, HOUSE_NOW), 0);
	cr_expect_eq(mail_service_count(office.sink), 0);
	office.w->o.mail.looks_to = NULL;
	look(PEOPLE_CARE);
	cr_assert_eq(web_looks_round(office.w, HOUSE_NOW), 0);
	office.w->o.mail.looks_to = care;
	cr_assert_eq(web_looks_round(office.w, HOUSE_NOW), 0);
	cr_expect_eq(mail_service_count(office.sink), 0, "from then on");
}

Test(look_mail, what_was_not_taken_is_tried_again)
{
	const struct mail_service_faults busy = {.from = "451 not now"}, none = {0};

	cr_assert_eq(web_looks_round(office.w, HOUSE_NOW), 0);
	look(PEOPLE_CARE);
	mail_service_set_faults(office.sink, &busy);
	cr_expect_eq(web_looks_round(office.w, HOUSE_NOW), ERR_BUSY);
	mail_service_set_faults(office.sink, &none);
	cr_expect_eq(web_looks_round(office.w, HOUSE_NOW), 0);
	cr_expect_eq(mail_service_count(office.sink), 2);
}
