/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

struct parts {
	const char *serial;
	struct inv_part *p;
	size_t n;
};

static int parts_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct parts *p = out;

	return inv_kit_parts(txn, a, p->serial, &p->p, &p->n);
}

static int mark_as(struct shelf *s, const char *code, enum inv_state to)
{
	const struct inv_mark mark = {.to = to, .phone = "033-35 70 00"};

	return inv_mark(s->inv, &SHELF_ACT(code, 3000), &mark, &s->r);
}

/* A bag with a lamp of its own number, two cables that are only counted, and batteries. */
static const char *bag(struct shelf *s, const char **ret_lamp)
{
	static const struct inv_part template[] = {
		{.name = "Kabel", .expected = 2},
		{.name = "Batterier", .expected = 4, .consumable = true},
	};
	const char *kit;

	shelf_product(s, "vaska", INV_KIND_KIT, "Demoväska");
	shelf_product(s, "lampa", INV_KIND_THING, "Sensorlampa");
	SHELF_OK(s, inv_template_put(s->inv, ACT_OF(&anna, 1000), "vaska", template, 2, &s->r));
	kit = shelf_thing(s, "vaska", NULL);
	*ret_lamp = shelf_thing(s, "lampa", NULL);
	SHELF_OK(s, inv_kit_begin(s->inv, &SHELF_ACT(kit, 1500), &s->r));
	SHELF_OK(s, inv_kit_add(s->inv, &SHELF_ACT(kit, 1500),
			    &(struct inv_part){.unit = *ret_lamp}, &s->r));
	return kit;
}

Test(kit, its_units_go_where_it_goes)
{
	const char *kit, *lamp;
	struct shelf s;

	shelf_open(&s);
	kit = bag(&s, &lamp);
	cr_expect_eq(shelf_find(&s, kit).u.parts, 3);
	cr_assert_eq(mark_as(&s, kit, INV_ON_LOAN), 0);
	cr_expect_eq(shelf_find(&s, lamp).u.state, INV_ON_LOAN);
	cr_assert_eq(mark_as(&s, kit, INV_LOST), 0);
	cr_expect_eq(shelf_find(&s, lamp).u.state, INV_LOST);
	cr_assert_eq(inv_found(s.inv, &SHELF_ACT(kit, 3500), &s.r), 0);
	cr_expect_eq(shelf_find(&s, lamp).u.state, INV_ON_LOAN);
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(kit, what_is_missing_is_told_line_by_line)
{
	static const struct inv_part_seen short_of[] = {
		{1, 1, "en kabel borta"}, {2, 0, NULL}, {3, 0, NULL}};
	static const struct inv_part_seen whole[] = {{1, 2, NULL}, {3, 1, NULL}};
	const char *kit, *lamp;
	struct parts p;
	struct shelf s;

	shelf_open(&s);
	kit = bag(&s, &lamp);
	SHELF_OK(&s, inv_kit_count(s.inv, &SHELF_ACT(kit, 2000), short_of, 3, &s.r));
	cr_expect_eq(shelf_find(&s, kit).u.parts_missing, 2, "batteries are not missed");
	cr_expect_eq(shelf_find(&s, lamp).u.state, INV_MISSING);
	p.serial = kit;
	cr_assert_eq(shelf_read(&s, parts_in, &p), 0);
	cr_assert_eq(p.n, 3);
	cr_expect_eq(p.p[0].present, 1);
	cr_expect_str_eq(p.p[0].note, "en kabel borta");
	cr_expect_str_eq(p.p[2].product, "lampa");
	SHELF_OK(&s, inv_kit_count(s.inv, &SHELF_ACT(kit, 2100), whole, 2, &s.r));
	cr_expect_eq(shelf_find(&s, kit).u.parts_missing, 0);
	cr_expect_eq(shelf_find(&s, lamp).u.state, INV_IN_STOCK);
	SHELF_REFUSED(&s,
		inv_kit_count(
			s.inv, &SHELF_ACT(kit, 2200), &(struct inv_part_seen){9, 1, NULL}, 1, &s.r),
		"kit.no-part");
	SHELF_REFUSED(&s,
		inv_kit_count(s.inv, &SHELF_ACT(kit, 2200),
			&(struct inv_part_seen){1, 1, "hos 200316-9816"}, 1, &s.r),
		"note.identity");
	shelf_close(&s);
}

Test(kit, what_cannot_be_a_part_is_refused)
{
	const char *kit, *lamp, *other;
	struct shelf s;

	shelf_open(&s);
	kit = bag(&s, &lamp);
	SHELF_REFUSED(&s, inv_kit_begin(s.inv, &SHELF_ACT(kit, 2000), &s.r), "kit.begun");
	SHELF_REFUSED(&s,
		inv_kit_add(s.inv, &SHELF_ACT(kit, 2000), &(struct inv_part){.unit = kit}, &s.r),
		"kit.in-kit");
	SHELF_REFUSED(&s,
		inv_kit_add(s.inv, &SHELF_ACT(kit, 2000), &(struct inv_part){.unit = lamp}, &s.r),
		"kit.part-elsewhere");
	SHELF_REFUSED(&s,
		inv_kit_add(s.inv, &SHELF_ACT(kit, 2000), &(struct inv_part){.pos = 1}, &s.r),
		"kit.part-what");
	other = shelf_thing(&s, "lampa", NULL);
	cr_assert_eq(mark_as(&s, other, INV_REPAIR), 0);
	SHELF_REFUSED(&s,
		inv_kit_add(s.inv, &SHELF_ACT(kit, 2000), &(struct inv_part){.unit = other}, &s.r),
		"kit.part-state");
	SHELF_REFUSED(&s, inv_kit_begin(s.inv, &SHELF_ACT(other, 2000), &s.r), "kit.no-template");
	SHELF_OK(&s, inv_kit_drop(s.inv, &SHELF_ACT(kit, 2000), 3, &s.r));
	cr_expect_null(shelf_find(&s, lamp).u.kit);
	cr_expect_eq(shelf_find(&s, kit).u.parts, 2);
	SHELF_REFUSED(&s, inv_kit_drop(s.inv, &SHELF_ACT(kit, 2000), 3, &s.r), "kit.no-part");
	shelf_is_sound(&s);
	shelf_close(&s);
}
