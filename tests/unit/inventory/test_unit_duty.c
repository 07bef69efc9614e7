/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose duty a mark is, whichever way it is made. */
#include "tests/unit/inventory/counter.h"

#define LIBRARY (INV_DUTIED | INV_DUTY_LIBRARY)
#define CARE (INV_DUTIED | INV_DUTY_CARE)

static const struct inv_mark words = {.phone = "033-35 70 00"};

static void expect_refused(struct counter *c, int err, const char *code)
{
	cr_expect_eq(err, ERR_REFUSED);
	cr_assert_not_null(c->r.say);
	cr_expect_str_eq(c->r.say->code, code);
	cr_expect_not_null(strstr(refusal_text(c->a, SAY_SV, &c->r), "ring dem"));
}

static int mark(struct counter *c, const char *code, unsigned duties, enum inv_state to)
{
	const struct inv_act act = {
		.who = &counter_anna, .code = code, .now = COUNTER_NOW, .duties = duties};
	struct inv_mark m = words;

	m.to = to;
	m.erase = MDM_NO;
	return inv_mark(c->inv, &act, &m, &c->r);
}

Test(unit_duty, the_library_marks_its_own_things_on_a_loan_but_no_ipad)
{
	struct inv_out_result out;
	struct counter c;

	counter_open(&c);
	c.by.duties = LIBRARY;
	cr_assert_eq(COUNTER_LEND(&c, 0, INV_YES_LIMIT, &out, "VB-0001", "VB-0002", "VB-0012"), 0, "%s",
		counter_said(&c));
	expect_refused(&c, inv_loan_lost(c.inv, &c.by, "VB-0012", true, &words, &c.r), "item.role");
	expect_refused(&c, inv_loan_lost(c.inv, &c.by, "VB-0012", false, &words, &c.r), "item.role");
	expect_refused(&c, inv_write_off(c.inv, &c.by, "VB-0012", "brand", &c.r), "item.role");
	cr_expect_eq(counter_look(&c, out.loan, "VB-0012", NULL).u.state, INV_ON_LOAN);
	cr_assert_eq(inv_loan_lost(c.inv, &c.by, "VB-0001", false, &words, &c.r), 0, "%s",
		counter_said(&c));
	cr_assert_eq(inv_write_off(c.inv, &c.by, "VB-0002", "brand", &c.r), 0, "%s",
		counter_said(&c));
	c.by.duties = INV_DUTIED;
	expect_refused(&c, inv_write_off(c.inv, &c.by, "VB-0001", "brand", &c.r), "item.role");
	c.by.duties = CARE;
	cr_expect_eq(inv_loan_lost(c.inv, &c.by, "VB-0012", true, &words, &c.r), 0, "%s",
		counter_said(&c));
	counter_check(&c);
	counter_close(&c);
}

Test(unit_duty, the_same_by_a_mark_on_the_shelf)
{
	struct counter c;

	counter_open(&c);
	expect_refused(&c, mark(&c, "VB-0012", LIBRARY, INV_LOST), "item.role");
	expect_refused(&c, mark(&c, "VB-0012", LIBRARY, INV_DISCARDED), "item.role");
	expect_refused(&c, mark(&c, "VB-0001", CARE, INV_ORDERED), "item.role-it");
	cr_expect_eq(mark(&c, "VB-0001", LIBRARY, INV_DISCARDED), 0, "%s", counter_said(&c));
	cr_expect_eq(mark(&c, "VB-0012", CARE, INV_DISCARDED), 0, "%s", counter_said(&c));
	cr_expect_eq(mark(&c, "VB-0002", 0, INV_DISCARDED), 0, "the house itself");
	counter_close(&c);
}

static int find(struct counter *c, const char *code, unsigned duties)
{
	const struct inv_act act = {
		.who = &counter_anna, .code = code, .now = COUNTER_NOW, .duties = duties};

	return inv_found(c->inv, &act, &c->r);
}

Test(unit_duty, the_library_finds_its_own_and_no_ipad)
{
	struct counter c;

	counter_open(&c);
	cr_assert_eq(mark(&c, "VB-0001", LIBRARY, INV_LOST), 0, "%s", counter_said(&c));
	cr_assert_eq(mark(&c, "VB-0002", LIBRARY, INV_STOLEN), 0, "%s", counter_said(&c));
	cr_assert_eq(mark(&c, "VB-0012", CARE, INV_LOST), 0, "%s", counter_said(&c));
	expect_refused(&c, find(&c, "VB-0012", LIBRARY), "item.role");
	cr_expect_not_null(strstr(refusal_text(c.a, SAY_SV, &c.r), "som upphittad"));
	expect_refused(&c, find(&c, "VB-0001", INV_DUTIED), "item.role");
	cr_expect_eq(find(&c, "VB-0001", LIBRARY), 0, "%s", counter_said(&c));
	cr_expect_eq(find(&c, "VB-0002", LIBRARY), 0, "%s", counter_said(&c));
	cr_expect_eq(find(&c, "VB-0012", CARE), 0, "%s", counter_said(&c));
	cr_expect_eq(find(&c, "VB-0001", LIBRARY), ERR_REFUSED, "once");
	cr_expect_str_eq(c.r.say->code, "unit.not-lost");
	counter_check(&c);
	counter_close(&c);
}

Test(unit_duty, a_bag_with_an_ipad_in_it_is_an_ipad)
{
	const struct inv_act act = {.who = &counter_anna, .code = "VB-0003", .now = COUNTER_NOW};
	const struct inv_part part = {.name = "Platta", .expected = 1, .present = 1, .unit = "VB-0012"};
	struct counter c;

	counter_open(&c);
	cr_assert_eq(inv_kit_add(c.inv, &act, &part, &c.r), 0, "%s", counter_said(&c));
	expect_refused(&c, mark(&c, "VB-0003", LIBRARY, INV_DISCARDED), "item.role");
	cr_expect_eq(mark(&c, "VB-0003", CARE, INV_DISCARDED), 0, "%s", counter_said(&c));
	counter_close(&c);
}

static int police(struct counter *c, const char *code, unsigned duties, const char *number)
{
	const struct inv_act act = {
		.who = &counter_anna, .code = code, .now = COUNTER_NOW, .duties = duties};

	return inv_unit_police(c->inv, &act, number, &c->r);
}

Test(unit_duty, the_police_number_is_written_by_who_may_mark_it_so)
{
	struct counter c;

	counter_open(&c);
	cr_assert_eq(mark(&c, "VB-0012", CARE, INV_STOLEN), 0, "%s", counter_said(&c));
	cr_assert_eq(mark(&c, "VB-0001", LIBRARY, INV_STOLEN), 0, "%s", counter_said(&c));
	cr_expect_eq(police(&c, "VB-0012", CARE, "5000-K1-26"), 0, "%s", counter_said(&c));
	cr_expect_eq(police(&c, "VB-0012", LIBRARY, "5000-K2-26"), ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "item.role-police");
	cr_expect_not_null(strstr(refusal_text(c.a, SAY_SV, &c.r), "stulen"));
	cr_expect_not_null(strstr(refusal_text(c.a, SAY_SV, &c.r), "VB-0012"));
	cr_expect_eq(police(&c, "VB-0001", INV_DUTIED, "5000-K2-26"), ERR_REFUSED);
	cr_expect_str_eq(counter_look(&c, 0, "VB-0012", NULL).u.police, "5000-K1-26");
	cr_expect_eq(police(&c, "VB-0001", LIBRARY, "5000-K3-26"), 0, "its own");
	cr_expect_eq(police(&c, "VB-0012", 0, "5000-K4-26"), 0, "the house itself");
	/* given up since: whose it was to say so may still put the number right */
	cr_assert_eq(mark(&c, "VB-0001", LIBRARY, INV_DISCARDED), 0, "%s", counter_said(&c));
	cr_expect_eq(police(&c, "VB-0001", LIBRARY, "5000-K5-26"), 0, "%s", counter_said(&c));
	cr_assert_eq(mark(&c, "VB-0012", CARE, INV_DISCARDED), 0, "%s", counter_said(&c));
	cr_expect_eq(police(&c, "VB-0012", LIBRARY, "5000-K6-26"), ERR_REFUSED);
	counter_check(&c);
	counter_close(&c);
}

/* --- what it is, and whose --- */

static int relabel(struct counter *c, const char *code, unsigned duties, const char *zone_or_product)
{
	const struct inv_act act = {.who = &counter_anna,
		.code = code,
		.now = COUNTER_NOW,
		.duties = duties,
		.zones = duties & INV_DUTY_LIBRARY ? INV_ZONED | PEOPLE_LIBRARY
			 : duties & INV_DUTY_CARE  ? INV_ZONED | PEOPLE_CARE
						   : 0};
	struct inv_fields f = INV_FIELDS_NONE;

	if (strcmp(zone_or_product, "library") == 0)
		f.zone = PEOPLE_LIBRARY;
	else if (strcmp(zone_or_product, "care") == 0)
		f.zone = PEOPLE_CARE;
	else
		f.product_id = zone_or_product;
	c->r = (struct refusal){0};
	return inv_unit_change(c->inv, &act, &f, &c->r);
}

Test(unit_duty, nobody_makes_a_thing_their_own_by_a_label)
{
	static const struct {
		const char *code;
		unsigned duties;
		const char *to, *refused;
	} rows[] = {
		{"VB-0001", LIBRARY, "care", "item.other-zone"},
		{"VB-0001", CARE, "care", NULL},
		{"VB-0001", LIBRARY, "library", "item.other-zone"},
		{"VB-0001", LIBRARY, "lupp", "item.other-zone"},
		{"VB-0001", LIBRARY, "ringklocka", NULL}, /* which it is */
		{"VB-0012", LIBRARY, "lupp", "item.role-relabel"},
		{"VB-0012", LIBRARY, "library", "item.role-relabel"},
		{"VB-0002", LIBRARY, "platta", "item.role-relabel"},
		{"VB-0002", LIBRARY, "lupp", NULL},
		{"VB-0002", LIBRARY, "library", NULL},
		{"VB-0002", CARE, "care", "item.other-zone"},
		{"VB-0012", CARE, "lupp", NULL},
		{"VB-0002", 0, "care", NULL},
		{"VB-0002", INV_DUTIED | INV_DUTY_IT, "library", NULL},
	};
	struct counter c;

	counter_open(&c);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_eq(relabel(&c, rows[i].code, rows[i].duties, rows[i].to),
			rows[i].refused ? ERR_REFUSED : 0, "%zu: %s", i, counter_said(&c));
		cr_expect_str_eq(c.r.say ? c.r.say->code : "", rows[i].refused ? rows[i].refused : "",
			"%zu", i);
	}
	expect_refused(&c, mark(&c, "VB-0001", LIBRARY, INV_DISCARDED), "item.role");
	counter_check(&c);
	counter_close(&c);
}

Test(unit_duty, a_bag_with_a_thing_of_cares_in_it_is_cares)
{
	const struct inv_act act = {.who = &counter_anna, .code = "VB-0003", .now = COUNTER_NOW};
	const struct inv_part part = {.name = "Klocka", .expected = 1, .present = 1, .unit = "VB-0001"};
	const struct inv_part plain = {.name = "Sladd", .expected = 1, .present = 1};
	struct inv_act library = act;
	struct counter c;

	counter_open(&c);
	cr_assert_eq(relabel(&c, "VB-0001", CARE, "care"), 0, "%s", counter_said(&c));
	library.zones = INV_ZONED | PEOPLE_LIBRARY;
	cr_expect_eq(inv_kit_add(c.inv, &library, &part, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "item.other-zone");
	library.code = "VB-0001";
	cr_expect_eq(inv_kit_add(c.inv, &library, &plain, &c.r), ERR_REFUSED, "nor is it taken for a bag");
	cr_assert_eq(inv_kit_add(c.inv, &act, &part, &c.r), 0, "%s", counter_said(&c));
	expect_refused(&c, mark(&c, "VB-0003", LIBRARY, INV_DISCARDED), "item.role");
	cr_expect_eq(relabel(&c, "VB-0003", LIBRARY, "lupp"), ERR_REFUSED);
	cr_expect_eq(mark(&c, "VB-0003", CARE, INV_DISCARDED), 0, "%s", counter_said(&c));
	counter_close(&c);
}

/* --- tasks --- */

struct tasked {
	struct counter *c;
	const char *serials[3], *kinds[3];
	uint64_t ids[3];
};

static int add_tasks(struct store_txn *txn, void *arg)
{
	struct tasked *x = arg;
	int err = 0;

	for (size_t i = 0; err == 0 && i < 3; i++)
		err = inv_task_add(txn, x->serials[i], x->kinds[i], NULL, "anna", COUNTER_NOW);
	return err;
}

static int find_tasks(struct store_txn *txn, void *arg)
{
	struct tasked *x = arg;
	struct inv_task *t = NULL;
	size_t n = 0;
	int err = inv_task_list(txn, x->c->a, true, 50, &t, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		for (size_t k = 0; k < 3; k++)
			if (strcmp(t[i].serial, x->serials[k]) == 0 && strcmp(t[i].kind, x->kinds[k]) == 0)
				x->ids[k] = t[i].id;
	return err;
}

static int done(struct counter *c, uint64_t id, unsigned duties)
{
	const struct inv_act act = {.who = &counter_anna, .now = COUNTER_NOW + 1, .duties = duties};

	c->r = (struct refusal){0};
	return inv_task_done(c->inv, &act, id, &c->r);
}

Test(unit_duty, what_is_stopped_is_said_to_be_done_by_who_knows_but_of_the_librarys_own)
{
	struct counter c;
	struct tasked x = {.c = &c, .kinds = {"sim.stop", "charge", "sim.stop"}};

	counter_open(&c);
	x.serials[0] = x.serials[1] = counter_look(&c, 0, "VB-0012", NULL).u.serial;
	x.serials[2] = counter_look(&c, 0, "VB-0001", NULL).u.serial;
	cr_assert_eq(store_write(c.st, add_tasks, &x), 0);
	cr_assert_eq(store_read(c.st, find_tasks, &x), 0);
	expect_refused(&c, done(&c, x.ids[0], LIBRARY), "task.role");
	cr_expect_eq(done(&c, x.ids[1], LIBRARY), 0, "anybody charges it");
	cr_expect_eq(done(&c, x.ids[2], LIBRARY), 0, "%s", counter_said(&c));
	cr_expect_eq(done(&c, x.ids[0], LIBRARY | INV_DUTY_CARE), 0, "%s", counter_said(&c));
	cr_expect_eq(done(&c, x.ids[0], CARE), ERR_REFUSED, "once");
	counter_close(&c);
}

/* --- whose work it is --- */

struct concerned {
	struct counter *c;
	struct inv_act act;
	struct inv_task t;
	bool is;
};

static int concerned_in(struct store_txn *txn, void *arg)
{
	struct concerned *x = arg;

	return inv_task_concerns(txn, &x->t, &x->act, &x->is);
}

static bool concerns(struct counter *c, unsigned duties, unsigned zones, const char *kind, const char *serial)
{
	struct concerned x = {c, {.who = &counter_anna, .duties = duties, .zones = zones},
		{.kind = kind, .serial = serial}, false};

	cr_assert_eq(store_read(c->st, concerned_in, &x), 0);
	return x.is;
}

#define LIBRARYS(c, kind, serial) concerns(c, LIBRARY, INV_ZONED | PEOPLE_LIBRARY, kind, serial)

Test(unit_duty, the_library_is_shown_the_tasks_of_its_own_things_and_loans)
{
	struct inv_out_result out;
	struct counter c;
	const char *ipad, *own;

	counter_open(&c);
	own = counter_look(&c, 0, "VB-0001", NULL).u.serial;
	ipad = counter_look(&c, 0, "VB-0012", NULL).u.serial;
	cr_expect(LIBRARYS(&c, "sim.stop", own));
	cr_expect_not(LIBRARYS(&c, "sim.stop", ipad));
	cr_expect_not(LIBRARYS(&c, "charge", ipad), "nobody said that it is the library's");
	cr_expect(concerns(&c, CARE, INV_ZONED | PEOPLE_CARE, "sim.stop", ipad));
	cr_expect(concerns(&c, INV_DUTIED | INV_DUTY_IT, 0, "sim.stop", ipad));
	cr_expect(concerns(&c, INV_DUTIED, INV_ZONED, "sim.stop", ipad), "who reads sees all");
	cr_assert_eq(COUNTER_LEND(&c, 0, INV_YES_LIMIT, &out, "VB-0012"), 0, "%s", counter_said(&c));
	cr_expect(LIBRARYS(&c, "charge", ipad), "lent by the library");
	cr_expect_not(LIBRARYS(&c, "sim.stop", ipad), "and still not its to end");
	c.by.zones = PEOPLE_CARE;
	cr_assert_eq(COUNTER_LEND(&c, 3, INV_YES_LIMIT, &out, "VB-0002"), 0, "%s", counter_said(&c));
	cr_expect_not(LIBRARYS(&c, "charge", own = counter_look(&c, 0, "VB-0002", NULL).u.serial), "%s", own);
	counter_close(&c);
}
