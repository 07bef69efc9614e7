/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

struct tasking {
	struct shelf *s;
	bool open_only;
	size_t most;
	struct inv_task *tasks;
	size_t n;
	unsigned closed;
};

static int add_in(struct store_txn *txn, void *arg)
{
	int err = inv_task_add(txn, "A1", "sim.stop", "894600", "anna", 10);

	(void)arg;
	if (err == 0)
		err = inv_task_add(txn, "A1", "sim.open", "894600", "anna", 11);
	if (err == 0)
		err = inv_task_add(txn, "A10", "sim.stop", "894601", "bo", 12);
	return err ? err : inv_task_add(txn, "A1", "sim.stop", "894602", "bo", 13);
}

static int close_in(struct store_txn *txn, void *arg)
{
	struct tasking *t = arg;

	return inv_task_close_for(txn, "A1", "sim.stop", "eva", 20, &t->closed);
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct tasking *t = arg;

	return inv_task_list(txn, t->s->a, t->open_only, t->most, &t->tasks, &t->n);
}

static struct tasking list(struct shelf *s, bool open_only, size_t most)
{
	struct tasking t = {.s = s, .open_only = open_only, .most = most};

	cr_assert_eq(store_read(s->st, list_in, &t), 0);
	return t;
}

Test(task_db, numbers_rise_and_the_newest_stands_first)
{
	struct tasking t;
	struct shelf s;

	shelf_open(&s);
	cr_expect_eq(list(&s, true, 10).n, 0);
	cr_assert_eq(store_write(s.st, add_in, NULL), 0);
	t = list(&s, false, 10);
	cr_assert_eq(t.n, 4);
	for (size_t i = 0; i < t.n; i++)
		cr_expect_eq(t.tasks[i].id, 4 - i);
	cr_expect_str_eq(t.tasks[1].made_by, "bo");
	cr_expect_eq(list(&s, false, 3).n, 3);
	cr_expect_eq(list(&s, true, 2).n, 2);
	shelf_close(&s);
}

Test(task_db, closing_ends_those_of_one_kind_and_one_thing)
{
	struct tasking t = {0};
	struct shelf s;

	shelf_open(&s);
	cr_assert_eq(store_write(s.st, add_in, NULL), 0);
	cr_assert_eq(store_write(s.st, close_in, &t), 0);
	cr_expect_eq(t.closed, 2);
	t = list(&s, true, 10);
	cr_assert_eq(t.n, 2, "the other kind and the other thing stay open");
	cr_expect_str_eq(t.tasks[0].kind, "sim.open");
	cr_expect_str_eq(t.tasks[1].serial, "A10");
	t = list(&s, false, 10);
	cr_assert_eq(t.n, 4, "closed ones are kept");
	cr_expect_eq(t.tasks[0].done_at, 20);
	cr_expect_str_eq(t.tasks[0].done_by, "eva");
	cr_assert_eq(store_write(s.st, close_in, &t), 0);
	cr_expect_eq(t.closed, 0, "again: nothing is left");
	shelf_close(&s);
}

static int page_in(struct store_txn *txn, void *arg)
{
	struct tasking *t = arg;
	struct inv_task_ask ask = {.oldest_first = true, .most = t->most};
	uint64_t id = 0;
	size_t n;

	do {
		struct inv_task *some;

		cr_assert_eq(inv_task_page(txn, t->s->a, &ask, &some, &n, &ask.after), 0);
		for (size_t i = 0; i < n; i++)
			cr_expect_eq(some[i].id, ++id, "oldest first, none twice");
	} while (ask.after);
	t->n = id;
	return 0;
}

Test(task_db, all_are_read_from_the_oldest_as_well)
{
	struct tasking t = {.most = 3};
	struct shelf s;

	shelf_open(&s);
	t.s = &s;
	cr_assert_eq(store_write(s.st, add_in, NULL), 0);
	cr_assert_eq(store_read(s.st, page_in, &t), 0);
	cr_expect_eq(t.n, 4);
	shelf_close(&s);
}
