/* SPDX-License-Identifier: EUPL-1.2 */
/* Ordered, announced, received: three numbers that must agree, and what settles each difference. */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

struct look {
	struct arena *a;
	const char *id;
	struct inv_delivery d;
	struct inv_lease l;
	uint64_t n[INV_STATES];
	size_t units;
};

static int delivery_in(struct store_txn *txn, void *arg)
{
	struct look *l = arg;
	struct inv_unit *u;
	int err = inv_delivery_get(txn, l->a, l->id, &l->d);

	return err ? err : inv_delivery_units(txn, l->id, STORE_PIECE(l->a, NULL, 100), &u, &l->units);
}

static int lease_in(struct store_txn *txn, void *arg)
{
	struct look *l = arg;
	int err = inv_lease_get(txn, l->a, l->id, &l->l);

	return err ? err : inv_count_lease(txn, l->id, l->n);
}

static void counts(struct shelf *s, unsigned announced, unsigned awaited, unsigned received,
	unsigned unlisted)
{
	struct look l = {.a = s->a, .id = "D-1"};

	cr_assert_eq(store_read(s->st, delivery_in, &l), 0);
	cr_expect_eq(l.d.announced, announced, "announced %u", l.d.announced);
	cr_expect_eq(l.d.awaited, awaited, "awaited %u", l.d.awaited);
	cr_expect_eq(l.d.received, received, "received %u", l.d.received);
	cr_expect_eq(l.d.unlisted, unlisted, "unlisted %u", l.d.unlisted);
	cr_expect_eq(l.units, l.d.awaited + l.d.received, "each is listed");
}

static struct inv_delivery the_delivery(void)
{
	return (struct inv_delivery){
		.id = "d-1", .product_id = "surf", .lease = "l-7", .expected = 3};
}

static void begin(struct shelf *s)
{
	const struct inv_lease lease = {
		.id = "L-7", .months = 36, .start_day = day_from_date(2026, 1, 31)};
	const struct inv_delivery d = the_delivery();

	shelf_open(s);
	shelf_product(s, "surf", INV_KIND_IPAD, "Surfplatta");
	SHELF_OK(s, inv_lease_put(s->inv, &anna, &lease, 1000, &s->r));
	SHELF_OK(s, inv_delivery_put(s->inv, &anna, &d, 1000, &s->r));
}

static int receive(struct shelf *s, const char *code)
{
	return inv_delivery_receive(s->inv, &SHELF_ACT(code, 2000), "D-1", &s->r);
}

static int settle(struct shelf *s, const char *code, enum inv_settle how)
{
	return inv_delivery_settle(s->inv, &SHELF_ACT(code, 2000), "d-1", how, &s->r);
}

Test(delivery, agrees_when_each_difference_is_settled)
{
	static const char *const list[] = {"dmpx1", "DMPX2", "DMPX3"};
	struct inv_delivery d = the_delivery();
	struct shelf s;

	begin(&s);
	SHELF_OK(&s, inv_delivery_announce(s.inv, &SHELF_ACT("d-1", 1500), list, 3, &s.r));
	counts(&s, 3, 3, 0, 0);
	cr_expect_eq(shelf_find(&s, "DMPX1").u.state, INV_ORDERED);
	cr_expect_eq(shelf_find(&s, "DMPX1").u.lease_ends_at,
		day_start(day_from_date(2029, 1, 30)), "the lease's end");
	SHELF_OK(&s, receive(&s, "DMPX1"));
	SHELF_OK(&s, receive(&s, "DMPX2"));
	SHELF_OK(&s, receive(&s, "DMPX9"));
	counts(&s, 3, 1, 3, 1);
	SHELF_REFUSED(&s, receive(&s, "DMPX9"), "delivery.received");
	d.closed = true;
	SHELF_REFUSED(&s, inv_delivery_put(s.inv, &anna, &d, 2000, &s.r), "delivery.differs");
	SHELF_OK(&s, settle(&s, "DMPX3", INV_SETTLE_LATER));
	SHELF_OK(&s, settle(&s, "DMPX9", INV_SETTLE_KEEP));
	counts(&s, 3, 0, 3, 0);
	cr_expect_eq(shelf_find(&s, "DMPX3").u.state, INV_ORDERED, "still to come");
	SHELF_OK(&s, inv_delivery_put(s.inv, &anna, &d, 2000, &s.r));
	SHELF_REFUSED(&s, receive(&s, "DMPX3"), "delivery.closed");
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(delivery, a_scan_by_mistake_is_taken_back)
{
	static const char *const list[] = {"DMPX1"};
	struct shelf s;

	begin(&s);
	shelf_import(&s, "serial,state\nDMPX2,ordered\n", 0);
	SHELF_OK(&s, inv_delivery_announce(s.inv, &SHELF_ACT("D-1", 1500), list, 1, &s.r));
	SHELF_OK(&s, receive(&s, "DMPX1"));
	SHELF_OK(&s, receive(&s, "STRANGE"));
	SHELF_OK(&s, settle(&s, "DMPX1", INV_SETTLE_UNDO));
	SHELF_OK(&s, settle(&s, "STRANGE", INV_SETTLE_UNDO));
	counts(&s, 1, 1, 0, 0);
	cr_expect_eq(shelf_find(&s, "DMPX1").u.state, INV_ORDERED);
	cr_expect_eq(shelf_find(&s, "STRANGE").u.state, INV_DISCARDED);
	SHELF_REFUSED(&s, settle(&s, "DMPX1", INV_SETTLE_UNDO), "delivery.moved");
	SHELF_REFUSED(&s, settle(&s, "STRANGE", INV_SETTLE_KEEP), "delivery.not-of");
	SHELF_OK(&s, receive(&s, "DMPX1"));
	SHELF_OK(&s, inv_mark(s.inv, &SHELF_ACT("DMPX1", 2500),
			&(struct inv_mark){.to = INV_IN_STOCK}, &s.r));
	SHELF_REFUSED(&s, settle(&s, "DMPX1", INV_SETTLE_UNDO), "delivery.moved");
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(delivery, what_was_announced_for_another_is_on_no_list_here)
{
	static const char *const list[] = {"DMPX1", "DMPX2"};
	const struct inv_delivery other = {.id = "D-2", .product_id = "surf", .expected = 2};
	struct shelf s;

	begin(&s);
	SHELF_OK(&s, inv_delivery_put(s.inv, &anna, &other, 1000, &s.r));
	SHELF_OK(&s, inv_delivery_announce(s.inv, &SHELF_ACT("D-2", 1500), list, 2, &s.r));
	SHELF_OK(&s, receive(&s, "DMPX1"));
	SHELF_OK(&s, receive(&s, "DMPX2"));
	counts(&s, 0, 0, 2, 2);
	SHELF_OK(&s, settle(&s, "DMPX1", INV_SETTLE_KEEP));
	SHELF_OK(&s, settle(&s, "DMPX2", INV_SETTLE_UNDO));
	counts(&s, 1, 0, 1, 0);
	cr_expect_eq(shelf_find(&s, "DMPX2").u.state, INV_ORDERED, "still to come");
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(delivery, a_list_of_the_supplier_announces)
{
	struct shelf s;

	begin(&s);
	shelf_import(&s, "serial,delivery,lease\nDMPX1,d-1,l-7\nDMPX2,D-1,\n", 0);
	counts(&s, 2, 2, 0, 0);
	cr_expect_str_eq(shelf_find(&s, "DMPX1").u.lease, "L-7", "as the lease is written");
	SHELF_OK(&s, receive(&s, "DMPX1"));
	counts(&s, 2, 1, 1, 0);
	SHELF_REFUSED(&s,
		inv_delivery_announce(s.inv, &SHELF_ACT("D-1", 1500),
			(const char *const[]){"DMPX4", "no code!\n"}, 2, &s.r),
		"import.bad-code");
	counts(&s, 2, 1, 1, 0);
	SHELF_REFUSED(&s, inv_delivery_announce(s.inv, &SHELF_ACT("D-1", 1500), NULL, 0, &s.r),
		"delivery.announce-none");
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(lease, ends_when_nothing_of_it_is_left_here)
{
	struct inv_lease lease = {.id = "L-7", .end_day = day_from_date(2030, 3, 14)};
	struct look l = {.id = "L-7"};
	struct shelf s;
	size_t n = 0;

	begin(&s);
	l.a = s.a;
	shelf_import(&s, "serial,state,lease,lease_end\nDMPX1,in_stock,L-7,2029-01-30\n"
			 "DMPX2,in_stock,L-7,2030-03-14\n", 0);
	SHELF_OK(&s, inv_lease_put(s.inv, &anna, &lease, 1000, &s.r));
	SHELF_OK(&s, inv_lease_follow(s.inv, &SHELF_ACT("l-7", 3000), &s.r, &n));
	cr_expect_eq(n, 1, "the other had that end already");
	cr_expect_eq(shelf_find(&s, "DMPX1").u.lease_ends_at, day_start(lease.end_day));
	SHELF_REFUSED(&s, inv_lease_follow(s.inv, &SHELF_ACT("L-8", 3000), &s.r, &n),
		"lease.unknown");
	lease.id = "2026/17";
	SHELF_REFUSED(&s, inv_lease_put(s.inv, &anna, &lease, 3000, &s.r), "id.slash");
	lease.id = "l-7";
	lease.closed = true;
	SHELF_REFUSED(&s, inv_lease_put(s.inv, &anna, &lease, 3000, &s.r), "lease.holds");
	for (int i = 1; i <= 2; i++)
		SHELF_OK(&s, inv_mark(s.inv, &SHELF_ACT(i == 1 ? "DMPX1" : "DMPX2", 3000),
				     &(struct inv_mark){.to = INV_RETURNED_TO_LESSOR}, &s.r));
	SHELF_OK(&s, inv_lease_put(s.inv, &anna, &lease, 3000, &s.r));
	cr_assert_eq(store_read(s.st, lease_in, &l), 0);
	cr_expect(l.l.closed);
	cr_expect_eq(l.n[INV_RETURNED_TO_LESSOR], 2);
	shelf_is_sound(&s);
	shelf_close(&s);
}
