/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/house.h"
#include "web/web_int.h"

TestSuite(alarm_db, .init = house_store, .fini = house_close);

struct act {
	struct web_deadline d;
	struct web_alarm x;
};

static int put_in(struct store_txn *txn, void *arg)
{
	struct act *t = arg;

	return web_alarm_put(txn, &t->d, &t->x);
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct act *t = arg;

	return web_alarm_get(txn, house.a, &t->d, &t->x);
}

Test(alarm_db, each_deadline_has_its_own)
{
	struct act a = {
		{.what = WEB_END_TLS, .name = "device"}, {.at = 5, .step = 3, .told_at = 6}};
	struct act b = {{.what = WEB_END_TLS, .name = "staff"}, {0}};

	cr_assert_eq(store_write(house.st, put_in, &a), 0);
	cr_expect_eq(store_read(house.st, get_in, &b), ERR_NOTFOUND);
	a.x = (struct web_alarm){0};
	cr_assert_eq(store_read(house.st, get_in, &a), 0);
	cr_expect_eq(a.x.at * 100 + a.x.step * 10 + a.x.told_at, 536);
}
