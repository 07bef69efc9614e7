/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

static struct shelf s;

static void begin(void)
{
	shelf_open(&s);
}

static void end(void)
{
	shelf_close(&s);
}

TestSuite(assigned, .init = begin, .fini = end);

static int hear_in(struct store_txn *txn, void *arg)
{
	return inv_hear_assigned(s.inv, txn, arg, 1000);
}

static int leave_in(struct store_txn *txn, void *arg)
{
	return inv_hear_unassigned(s.inv, txn, arg, 2000);
}

struct got {
	const char *serial;
	struct inv_unit u;
	struct inv_event *events;
	size_t n;
};

static int get_in(struct store_txn *txn, void *arg)
{
	struct got *g = arg;
	int err = inv_unit_get(txn, s.a, g->serial, &g->u);

	return err ? err
		   : inv_history_list(txn, g->serial, STORE_PIECE_N(s.a, 0, 10), &g->events, &g->n);
}

static struct got got(const char *serial)
{
	struct got g = {.serial = serial};

	cr_assert_eq(store_read(s.st, get_in, &g), 0);
	return g;
}

static struct mdm_ade_device device(const char *serial)
{
	return (struct mdm_ade_device){.serial = serial,
		.description = "IPAD 10.9",
		.color = "SILVER",
		.imei = "35",
		.eid = "89"};
}

Test(assigned, a_new_one_is_delivered_with_what_its_maker_tells)
{
	struct mdm_ade_device d = device("NEW1");
	struct got g;

	cr_assert_eq(store_write(s.st, hear_in, &d), 0);
	g = got("NEW1");
	cr_expect_eq(g.u.state, INV_DELIVERED);
	cr_expect_str_eq(g.u.product, "IPAD 10.9");
	cr_expect_str_eq(g.u.color, "SILVER");
	cr_expect_str_eq(g.u.eid, "89");
	cr_expect_str_eq(g.events[0].kind, "assigned");
	cr_assert_eq(store_write(s.st, hear_in, &d), 0);
	cr_expect_eq(got("NEW1").n, 1, "told again: nothing new");
	cr_assert_eq(store_write(s.st, leave_in, &d), 0);
	cr_expect_str_eq(got("NEW1").events[0].kind, "unassigned");
}

Test(assigned, what_people_know_is_not_overwritten)
{
	struct mdm_ade_device d = device("OLD1");

	(void)shelf_import(&s, "serial,state,product\nOLD1,in_stock,Mormors platta\n", 0);
	cr_assert_eq(store_write(s.st, hear_in, &d), 0);
	cr_expect_eq(got("OLD1").u.state, INV_IN_STOCK);
	cr_expect_str_eq(got("OLD1").u.product, "Mormors platta");
	cr_expect_str_eq(got("OLD1").u.imei, "35");
	d.serial = "not a code of ours?";
	cr_assert_eq(store_write(s.st, hear_in, &d), 0, "left alone");
}

static int replace_in(struct store_txn *txn, void *arg)
{
	return inv_hear_replaced(s.inv, txn, "OLD1", "NEW1", 3000);
}

static int tasks_in(struct store_txn *txn, void *arg)
{
	struct inv_task *t;
	size_t *n = arg;

	return inv_task_list(txn, s.a, true, 10, &t, n);
}

Test(assigned, an_exchanged_one_inherits_the_lease)
{
	struct mdm_ade_device d = device("NEW1");
	struct got g;
	size_t n;

	(void)shelf_import(&s, "serial,lease,lease_end\nOLD1,LEASE-7,2029-01-31\n", 0);
	cr_assert_eq(store_write(s.st, hear_in, &d), 0);
	cr_assert_eq(store_write(s.st, replace_in, NULL), 0);
	g = got("NEW1");
	cr_expect_str_eq(g.u.lease, "LEASE-7");
	cr_expect_neq(g.u.lease_ends_at, 0);
	cr_expect_str_eq(g.events[0].kind, "replaces");
	cr_expect_str_eq(got("OLD1").events[0].kind, "replaced_by");
	cr_assert_eq(store_read(s.st, tasks_in, &n), 0);
	cr_expect_eq(n, 1, "the label is to be moved");
}

/* --- one that has left us --- */

static int enrolled_in(struct store_txn *txn, void *arg)
{
	const struct mdm_enrollment e = {.serial = arg, .awaiting_configuration = true};

	return inv_hear_left(s.inv, txn, &e, 3000);
}

static size_t tasks_open(void)
{
	return shelf_find(&s, "DMPX1").task_count;
}

Test(assigned, one_that_has_left_us_and_enrols_is_one_task)
{
	struct mdm_ade_device d = device("DMPX1");

	cr_assert_eq(store_write(s.st, hear_in, &d), 0);
	cr_assert_eq(store_write(s.st, enrolled_in, (void *)"DMPX1"), 0);
	cr_expect_eq(tasks_open(), 0, "it is ours");
	cr_assert_eq(inv_mark(s.inv, &SHELF_ACT("DMPX1", 2500),
			     &(struct inv_mark){.to = INV_DISCARDED}, &s.r), 0);
	cr_assert_eq(store_write(s.st, enrolled_in, (void *)"DMPX1"), 0);
	cr_assert_eq(store_write(s.st, enrolled_in, (void *)"DMPX1"), 0);
	cr_assert_eq(store_write(s.st, enrolled_in, (void *)"NOBODYS1"), 0);
	cr_assert_eq(store_write(s.st, enrolled_in, (void *)"dmpx 1"), 0);
	cr_assert_eq(tasks_open(), 1);
	cr_expect_str_eq(shelf_find(&s, "DMPX1").tasks[0].kind, "left.enrolled");
	cr_expect_str_eq(got("DMPX1").events[0].kind, "left.enrolled");
	cr_assert_eq(store_write(s.st, leave_in, &d), 0);
	cr_expect_eq(tasks_open(), 0, "assigned to us no longer");
}

/* --- the code of its Activation Lock --- */

struct news {
	enum mdm_bypass_news news;
	int64_t now;
};

static int bypass_in(struct store_txn *txn, void *arg)
{
	const struct news *n = arg;

	return inv_hear_bypass(s.inv, txn, "DMPX1", n->news, n->now);
}

static const char *task_after(enum mdm_bypass_news news, int64_t now)
{
	struct news n = {news, now};
	struct shelf_find f;

	cr_assert_eq(store_write(s.st, bypass_in, &n), 0);
	f = shelf_find(&s, "DMPX1");
	cr_assert_leq(f.task_count, 1);
	return f.task_count ? f.tasks[0].kind : "none";
}

Test(assigned, a_code_that_does_not_come_is_a_task_until_it_comes)
{
	struct mdm_ade_device d = device("DMPX1");

	cr_assert_eq(store_write(s.st, hear_in, &d), 0);
	cr_expect_str_eq(task_after(MDM_BYPASS_WANTED, 4000), "bypass.wanted");
	cr_expect_str_eq(got("DMPX1").events[0].kind, "bypass.wanted");
	cr_expect_str_eq(task_after(MDM_BYPASS_TOLD, 4100), "none");
	cr_expect_str_eq(task_after(MDM_BYPASS_WANTED, 4200), "bypass.wanted");
	cr_expect_str_eq(task_after(MDM_BYPASS_OVER, 4300), "bypass.over", "the other is over");
	cr_assert_eq(inv_mark(s.inv, &SHELF_ACT("DMPX1", 4400),
			     &(struct inv_mark){.to = INV_DISCARDED}, &s.r), 0);
	cr_expect_eq(tasks_open(), 0, "no more ours, no more our lock");
}
