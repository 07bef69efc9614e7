/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

static int put_in(struct store_txn *txn, void *arg)
{
	return inv_return_put(txn, arg);
}

static void put(struct shelf *s, struct inv_return r)
{
	cr_assert_eq(store_write(s->st, put_in, &r), 0);
}

struct listing {
	struct shelf *s;
	struct inv_return_after after;
	size_t most, n;
	struct inv_return *r;
	struct inv_return newest;
	bool open;
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct listing *l = arg;
	int err = inv_return_list(txn, l->s->a, &l->after, l->most, &l->r, &l->n);

	if (err == 0)
		err = inv_return_get(txn, l->s->a, "A", &l->newest);
	return err ? err : inv_return_is_open(txn, "A", &l->open);
}

static struct listing list(struct shelf *s, struct inv_return_after after, size_t most)
{
	struct listing l = {.s = s, .after = after, .most = most};

	cr_assert_eq(store_read(s->st, list_in, &l), 0);
	return l;
}

Test(return_db, open_ones_oldest_first_and_the_newest_of_each)
{
	struct listing l;
	struct shelf s;

	shelf_open(&s);
	put(&s, (struct inv_return){.serial = "A",
			.number = 1,
			.phase = INV_RETURN_DONE,
			.opened_at = 10,
			.note = "gick bra"});
	put(&s, (struct inv_return){
			.serial = "A", .number = 2, .phase = INV_RETURN_ERASING, .opened_at = 30});
	put(&s, (struct inv_return){
			.serial = "AB", .number = 1, .phase = INV_RETURN_ASKING, .opened_at = 20});
	put(&s, (struct inv_return){
			.serial = "B", .number = 1, .phase = INV_RETURN_JUDGING, .opened_at = 20});
	l = list(&s, (struct inv_return_after){0}, 10);
	cr_assert_eq(l.n, 3);
	cr_expect_str_eq(l.r[0].serial, "AB");
	cr_expect_str_eq(l.r[1].serial, "B");
	cr_expect_str_eq(l.r[2].serial, "A");
	cr_expect_eq(l.newest.number, 2);
	cr_expect(l.open);
	l = list(&s, (struct inv_return_after){20, "AB"}, 1);
	cr_assert_eq(l.n, 1);
	cr_expect_str_eq(l.r[0].serial, "B");
	put(&s, (struct inv_return){
			.serial = "A", .number = 2, .phase = INV_RETURN_DONE, .opened_at = 30});
	l = list(&s, (struct inv_return_after){0}, 10);
	cr_expect_eq(l.n, 2);
	cr_expect_not(l.open);
	shelf_close(&s);
}

Test(return_db, every_member_comes_back)
{
	const struct inv_return r = {.serial = "A",
		.number = 7,
		.phase = INV_RETURN_JUDGING,
		.proof = INV_PROOF_BACK,
		.erase = MDM_YES,
		.service = true,
		.keep_plan = true,
		.loan = "10442",
		.opened_by = "anna",
		.opened_at = 1,
		.erasing_at = 2,
		.erased_at = 3,
		.back_at = 4,
		.lock = MDM_LOCK_OFF,
		.battery = 82,
		.battery_health = INV_BATTERY_SERVICE,
		.faulty_parts = "Camera Display",
		.told_at = 5,
		.verdict = INV_VERDICT_REPAIR,
		.looked = true,
		.closed_by = "eva",
		.note = "spricka",
		.closed_at = 6};
	struct inv_return got;
	struct shelf s;

	shelf_open(&s);
	put(&s, r);
	got = list(&s, (struct inv_return_after){0}, 1).newest;
	cr_expect_eq(got.number, 7);
	cr_expect_eq(got.phase, r.phase);
	cr_expect_eq(got.proof, r.proof);
	cr_expect_eq(got.erase, r.erase);
	cr_expect(got.service && got.keep_plan && got.looked);
	cr_expect_str_eq(got.loan, "10442");
	cr_expect_str_eq(got.opened_by, "anna");
	cr_expect_eq(got.opened_at * 1000 + got.erasing_at * 100 + got.erased_at * 10 + got.back_at,
		1234);
	cr_expect_eq(got.lock, r.lock);
	cr_expect_eq(got.battery, 82);
	cr_expect_eq(got.battery_health, r.battery_health);
	cr_expect_str_eq(got.faulty_parts, r.faulty_parts);
	cr_expect_eq(got.told_at, 5);
	cr_expect_eq(got.verdict, r.verdict);
	cr_expect_str_eq(got.closed_by, "eva");
	cr_expect_str_eq(got.note, "spricka");
	cr_expect_eq(got.closed_at, 6);
	shelf_close(&s);
}
