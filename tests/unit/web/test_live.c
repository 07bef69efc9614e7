/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/web/office.h"

static void begin(void)
{
	office_open(&(struct web_options){0});
}

static int write_in(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "x");

	(void)arg;
	return store_put(txn, WEB_ACCOUNT, &k, bytes_of_str("x"));
}

static int speak_in(struct store_txn *txn, void *arg)
{
	web_live_note(office.w, arg);
	return write_in(txn, NULL);
}

Test(live, is_told_once_its_word_is_there, .init = begin, .fini = office_close)
{
	uint64_t seen = web_live_count(office.w), before = store_version(house.st);
	char serial[WEB_LIVE_SERIAL] = "";

	cr_assert_eq(store_write(house.st, speak_in, (char[]){"DMPX1"}), 0);
	cr_expect_not(web_live_next(office.w, before, &seen, serial), "not before it is written");
	cr_assert(web_live_next(office.w, store_version(house.st), &seen, serial));
	cr_expect_str_eq(serial, "DMPX1");
	cr_expect_not(web_live_next(office.w, store_version(house.st), &seen, serial));
}

Test(live, whoever_is_far_behind_hears_that_there_were_many, .init = begin, .fini = office_close)
{
	uint64_t seen = web_live_count(office.w);
	char serial[WEB_LIVE_SERIAL] = "";

	for (int i = 0; i < WEB_LIVE + 1; i++)
		web_live_note(office.w, "DMPX2");
	cr_assert_eq(store_write(house.st, write_in, NULL), 0);
	cr_assert(web_live_next(office.w, store_version(house.st), &seen, serial));
	cr_expect_str_eq(serial, WEB_LIVE_MANY);
	cr_expect_not(web_live_next(office.w, store_version(house.st), &seen, serial));
}
