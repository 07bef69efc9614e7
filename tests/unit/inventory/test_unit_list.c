/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

struct asking {
	struct inv_filter f;
	struct inv_unit *u;
	size_t n;
	const char *next;
	uint64_t counts[INV_STATES];
};

static int ask_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct asking *q = out;
	int err = inv_unit_filter(txn, a, &q->f, &q->u, &q->n, &q->next);

	return err || !q->f.product ? err : inv_count_product(txn, q->f.product, q->counts);
}

/* All pages of a question, each of `most`: how many, and that none comes twice. */
static size_t all_pages(struct shelf *s, struct inv_filter f, size_t most)
{
	struct asking q = {.f = f};
	char seen[200][32];
	size_t n = 0;

	q.f.most = most;
	do {
		cr_assert_eq(shelf_read(s, ask_in, &q), 0);
		for (size_t i = 0; i < q.n; i++) {
			for (size_t o = 0; o < n; o++)
				cr_assert_str_neq(seen[o], q.u[i].serial);
			text_copy(seen[n++], 32, q.u[i].serial);
		}
		q.f.after = q.next;
	} while (q.next);
	return n;
}

static void fill(struct shelf *s)
{
	static const enum inv_state states[] = {INV_ON_LOAN, INV_REPAIR, INV_MISSING};
	const struct inv_product gadget = {
		.id = "bus", .kind = INV_KIND_THING, .name = {"Busslampa"}, .category = "light"};

	shelf_product(s, "lampa", INV_KIND_THING, "Sensorlampa");
	SHELF_OK(s, inv_product_put(s->inv, ACT_OF(&anna, 1000), &gadget, true, &s->r));
	shelf_place(s, "disk", INV_PLACE_DESK, "Disken", NULL);
	shelf_place(s, "buss", INV_PLACE_BUS, "Bussen", NULL);
	for (int i = 0; i < 60; i++) {
		const char *serial =
			shelf_thing(s, i % 3 ? "lampa" : "bus", i % 2 ? "disk" : "buss");
		const struct inv_mark mark = {.to = states[i % 3]};

		if (i % 5 == 0)
			cr_assert_eq(inv_mark(s->inv, &SHELF_ACT(serial, 2000), &mark, &s->r), 0);
	}
	shelf_import(s, "serial,state,lease,lease_end\nDMPX1,in_stock,L-1,2028-03-14\n"
			"DMPX2,in_stock,L-1,2027-03-14\n", 0);
}

Test(unit_list, filters_pages_and_counts)
{
	static const struct {
		struct inv_filter f;
		size_t count;
	} cases[] = {
		{{0}, 62},
		{{.product = "lampa"}, 40},
		{{.product = "lampa", .state = INV_IN_STOCK}, 32},
		{{.product = "lampa", .place = "disk"}, 20},
		{{.place = "disk"}, 30},
		{{.place = "disk", .state = INV_REPAIR}, 2},
		{{.state = INV_IN_STOCK}, 50},
		{{.category = "light"}, 20},
		{{.category = "light", .place = "buss"}, 10},
		{{.category = "alarm"}, 0},
		{{.lease = "L-1"}, 2},
		{{.kind = INV_KIND_IPAD}, 2},
		{{.zone = 2}, 40},
		{{.zone = 1}, 2},
		{{.order = INV_BY_NUMBER}, 60},
		{{.order = INV_BY_NUMBER, .product = "nosuch"}, 0},
		{{.order = INV_BY_NUMBER, .down = true}, 60},
		{{.order = INV_BY_NUMBER, .product = "lampa", .place = "disk", .down = true}, 20},
		{{.order = INV_BY_PRODUCT_NAME}, 60},
		{{.order = INV_BY_PRODUCT_NAME, .state = INV_REPAIR}, 4},
		{{.order = INV_BY_LIFE}, 62},
		{{.order = INV_BY_LIFE, .down = true}, 62},
		{{.order = INV_BY_LIFE, .state = INV_IN_STOCK, .down = true}, 50},
		{{.order = INV_BY_END}, 2},
		{{.order = INV_BY_END, .down = true, .lease = "L-1"}, 2},
		{{.down = true}, 62},
		{{.down = true, .place = "disk"}, 30},
	};
	struct asking q = {.f = {.product = "lampa", .most = 5}};
	struct shelf s;

	shelf_open(&s);
	fill(&s);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(all_pages(&s, cases[i].f, 7), cases[i].count, "case %zu, %zu", i,
			all_pages(&s, cases[i].f, 7));
		cr_expect_eq(all_pages(&s, cases[i].f, 100), cases[i].count, "case %zu", i);
	}
	cr_assert_eq(shelf_read(&s, ask_in, &q), 0);
	cr_expect_eq(q.counts[INV_IN_STOCK], 32);
	for (size_t i = 1; i < q.n; i++)
		cr_expect_lt(strcmp(q.u[i - 1].serial, q.u[i].serial), 0);
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(unit_list, has_orders_both_ways)
{
	static const enum inv_order orders[] = {
		INV_BY_KEY, INV_BY_NUMBER, INV_BY_LIFE, INV_BY_END};
	struct asking end = {.f = {.order = INV_BY_END, .most = 1}};
	struct shelf s;

	shelf_open(&s);
	fill(&s);
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		struct asking up = {.f = {.order = orders[i], .most = 200}}, down = up;

		down.f.down = true;
		cr_assert_eq(shelf_read(&s, ask_in, &up), 0);
		cr_assert_eq(shelf_read(&s, ask_in, &down), 0);
		cr_assert_eq(up.n, down.n);
		for (size_t k = 0; k < up.n; k++)
			cr_expect_str_eq(up.u[k].serial, down.u[up.n - 1 - k].serial, "%zu", i);
	}
	cr_assert_eq(shelf_read(&s, ask_in, &end), 0);
	cr_expect_str_eq(end.u[0].serial, "DMPX2", "the lease that ends first");
	shelf_close(&s);
}

/* A thing is for display by its own mark, or since all of its product are. */
Test(unit_list, tells_what_is_for_display_from_the_rest)
{
	static const struct {
		struct inv_filter f;
		size_t count;
	} cases[] = {
		{{.display = 1}, 21},
		{{.display = -1}, 41},
		{{.display = 1, .product = "lampa"}, 1},
		{{.display = -1, .product = "lampa"}, 39},
		{{.display = 1, .product = "bus"}, 20},
		{{.display = 1, .category = "light"}, 20},
		{{.display = 1, .state = INV_IN_STOCK}, 17},
		{{.display = 1, .order = INV_BY_NUMBER, .down = true}, 21},
		{{.display = 1, .lease = "L-1"}, 0},
		{{.display = 1, .zone = 2}, 1},
	};
	const struct inv_product bus = {.id = "bus", .kind = INV_KIND_THING, .name = {"Busslampa"},
		.category = "light", .display_only = true};
	struct inv_fields one = INV_FIELDS_NONE;
	struct shelf s;

	one.display = 1;
	shelf_open(&s);
	fill(&s);
	SHELF_OK(&s, inv_product_put(s.inv, ACT_OF(&anna, 3000), &bus, false, &s.r));
	SHELF_OK(&s, inv_unit_change(s.inv, &SHELF_ACT("VB-000002", 3000), &one, &s.r));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(all_pages(&s, cases[i].f, 7), cases[i].count, "case %zu, %zu", i,
			all_pages(&s, cases[i].f, 7));
		cr_expect_eq(all_pages(&s, cases[i].f, 100), cases[i].count, "case %zu", i);
	}
	shelf_close(&s);
}

Test(unit_list, does_not_take_a_place_that_is_none)
{
	struct asking q = {.f = {.order = INV_BY_END, .after = "xyz", .most = 5}};
	struct shelf s;

	shelf_open(&s);
	fill(&s);
	cr_expect_eq(shelf_read(&s, ask_in, &q), ERR_BADINPUT);
	q.f = (struct inv_filter){.order = INV_BY_PRODUCT_NAME, .down = true, .most = 5};
	cr_expect_eq(shelf_read(&s, ask_in, &q), ERR_BADINPUT);
	shelf_close(&s);
}

static int kind_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct asking *q = out;

	return inv_count_kind(txn, a, q->f.kind, q->counts);
}

Test(unit_list, counts_all_products_of_a_kind_together)
{
	struct asking things = {.f = {.kind = INV_KIND_THING}}, sims = {.f = {.kind = INV_KIND_SIM}};
	struct shelf s;

	shelf_open(&s);
	fill(&s);
	shelf_product(&s, "kort", INV_KIND_SIM, "Abonnemang");
	shelf_product(&s, "kort2", INV_KIND_SIM, "Abonnemang till");
	shelf_thing(&s, "kort", "disk");
	shelf_thing(&s, "kort2", "disk");
	cr_assert_eq(shelf_read(&s, kind_in, &things), 0);
	cr_assert_eq(shelf_read(&s, kind_in, &sims), 0);
	cr_expect_eq(things.counts[INV_IN_STOCK], 48, "%d", (int)things.counts[INV_IN_STOCK]);
	cr_expect_eq(things.counts[INV_REPAIR], 4);
	cr_expect_eq(sims.counts[INV_IN_STOCK], 2);
	cr_expect_eq(sims.counts[INV_REPAIR], 0);
	shelf_close(&s);
}
