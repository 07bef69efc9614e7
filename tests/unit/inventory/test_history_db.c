/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

struct telling {
	struct shelf *s;
	const char *serial;
	uint64_t before;
	size_t most;
	struct inv_event *events;
	size_t n;
};

static int add_in(struct store_txn *txn, void *arg)
{
	struct telling *t = arg;
	struct inv_unit u = {.serial = t->serial};
	const struct inv_event e = {.at = 100, .actor = "anna", .kind = "note", .text = t->serial};
	int err = 0;

	for (int i = 0; err == 0 && i < 5; i++)
		err = inv_history_add(txn, &u, &e);
	cr_expect_eq(u.history_seq, 5);
	return err;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct telling *t = arg;

	return inv_history_list(
		txn, t->serial, STORE_PIECE_N(t->s->a, t->before, t->most), &t->events, &t->n);
}

Test(history_db, is_told_newest_first_and_page_by_page)
{
	static const struct {
		uint64_t before;
		size_t most, n;
		uint64_t first;
	} cases[] = {
		{0, 10, 5, 5},
		{0, 2, 2, 5},
		{4, 2, 2, 3},
		{2, 2, 1, 1},
		{1, 2, 0, 0},
		{99, 1, 1, 5},
		{0, 0, 0, 0},
	};
	struct shelf s;

	shelf_open(&s);
	cr_assert_eq(store_write(s.st, add_in, &(struct telling){.s = &s, .serial = "A1"}), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct telling t = {
			.s = &s, .serial = "A1", .before = cases[i].before, .most = cases[i].most};

		cr_assert_eq(store_read(s.st, list_in, &t), 0);
		cr_expect_eq(t.n, cases[i].n, "case %zu: %zu", i, t.n);
		if (t.n)
			cr_expect_eq(t.events[0].seq, cases[i].first, "case %zu", i);
		for (size_t k = 1; k < t.n; k++)
			cr_expect_eq(t.events[k].seq, t.events[k - 1].seq - 1);
	}
	shelf_close(&s);
}

/* "A1" begins "A10" and "A1" itself: a key must not be a prefix of another thing's. */
Test(history_db, of_one_thing_is_not_another_s)
{
	struct shelf s;
	struct telling t = {.s = &s, .serial = "A1", .most = 50};

	shelf_open(&s);
	cr_assert_eq(store_write(s.st, add_in, &(struct telling){.s = &s, .serial = "A10"}), 0);
	cr_assert_eq(store_read(s.st, list_in, &t), 0);
	cr_expect_eq(t.n, 0);
	cr_assert_eq(store_write(s.st, add_in, &(struct telling){.s = &s, .serial = "A1"}), 0);
	cr_assert_eq(store_read(s.st, list_in, &t), 0);
	cr_expect_eq(t.n, 5);
	for (size_t i = 0; i < t.n; i++)
		cr_expect_str_eq(t.events[i].text, "A1");
	shelf_close(&s);
}
