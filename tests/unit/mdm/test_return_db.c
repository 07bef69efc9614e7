/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(return_db, .init = house_store, .fini = house_close);

struct act {
	struct mdm_return_plan p;
	const char *after;
	bool due;
};

static int put_in(struct store_txn *txn, void *arg)
{
	struct act *x = arg;

	return mdm_return_plan_put(txn, &x->p, x->due);
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct act *x = arg;

	return mdm_return_plan_get(txn, house.a, x->p.serial, &x->p, &x->due);
}

static int next_in(struct store_txn *txn, void *arg)
{
	struct act *x = arg;

	return mdm_return_plan_next(txn, house.a, x->after, &x->p);
}

static int del_in(struct store_txn *txn, void *arg)
{
	return mdm_return_plan_del(txn, arg);
}

static void put(struct mdm_return_plan p, bool due)
{
	struct act x = {.p = p, .due = due};

	cr_assert_eq(q_write(put_in, &x), 0);
}

Test(return_db, what_is_due_is_walked_and_the_rest_is_found)
{
	struct act x = {.p = {.serial = "B"}};

	put((struct mdm_return_plan){.serial = "B",
		    .service = true,
		    .keep_plan = true,
		    .wifi = bytes_of_str("sealed"),
		    .by = "anna",
		    .made_at = 5,
		    .tried_at = 6,
		    .hindrance = "ask.twice"},
		false);
	put((struct mdm_return_plan){.serial = "A"}, true);
	put((struct mdm_return_plan){.serial = "AA"}, true);
	cr_assert_eq(q_read(get_in, &x), 0);
	cr_assert_not(x.due);
	cr_assert(x.p.service && x.p.keep_plan && q_holds(x.p.wifi, "sealed"));
	cr_assert_str_eq(x.p.by, "anna");
	cr_assert_eq(x.p.made_at + x.p.tried_at, 11);
	cr_assert_str_eq(x.p.hindrance, "ask.twice");
	x.after = NULL;
	cr_assert_eq(q_read(next_in, &x), 0);
	cr_assert_str_eq(x.p.serial, "A");
	x.after = "A";
	cr_assert_eq(q_read(next_in, &x), 0);
	cr_assert_str_eq(x.p.serial, "AA");
	x.after = "AA";
	cr_assert_eq(q_read(next_in, &x), ERR_NOTFOUND, "B is not due");
	cr_assert_eq(q_write(del_in, (char[]){"AA"}), 0);
	cr_assert_eq(q_write(del_in, (char[]){"AA"}), 0, "again");
	x.p.serial = "AA";
	cr_assert_eq(q_read(get_in, &x), ERR_NOTFOUND);
}
