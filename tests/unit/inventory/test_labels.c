/* SPDX-License-Identifier: EUPL-1.2 */
/* A thing is called by the number on its label, not by its maker's serial number, wherever staff are told of it. */
#include "counter.h"

static void make(struct counter *c, const char *product, const char *serial, const char *label)
{
	struct inv_new n = {.f = INV_FIELDS_NONE, .serial = serial};
	const char **serials;

	n.f.product_id = product;
	n.f.item_number = label;
	cr_assert_eq(inv_unit_make(c->inv, &counter_anna, &n, COUNTER_NOW, c->a, &c->r, &serials), 0, "%s",
		counter_said(c));
}

static const struct inv_act *of(const char *serial)
{
	static struct inv_act act;

	act = (struct inv_act){.who = &counter_anna, .code = serial, .now = COUNTER_NOW};
	return &act;
}

static void expect_label(const char *text, const char *label)
{
	cr_expect(strstr(text, label), "%s: %s", label, text);
	cr_expect_null(strstr(text, "R58M"), "%s", text);
}

Test(labels, an_undo_names_what_stands_on_the_thing)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	struct inv_last last;

	counter_open(&c);
	make(&c, "lupp", "R58M11AA", "LUPP-77");
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "LUPP-77"), 0, "%s", counter_said(&c));
	cr_assert_eq(counter_back(&c, "LUPP-77", &in), 0, "%s", counter_said(&c));
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), 0, "%s", counter_said(&c));
	cr_expect_str_eq(last.act, "loan.in");
	cr_expect_str_eq(last.serial, "R58M11AA");
	expect_label(inv_last_text(c.a, SAY_SV, &last), "LUPP-77");
	counter_end(&c);
}

Test(labels, what_a_thing_is_a_part_of)
{
	const struct inv_part sleeve = {.name = "fodral", .unit = "R58M22BB", .expected = 1};
	struct inv_out_result out;
	struct inv_scanned s;
	struct counter c;

	counter_open(&c);
	make(&c, "lupp", "R58M11AA", "LUPP-77");
	make(&c, "ringklocka", "R58M22BB", "KLOCKA-5");
	cr_assert_eq(inv_kit_add(c.inv, of("R58M11AA"), &sleeve, &c.r), 0, "%s", counter_said(&c));
	cr_expect_eq(COUNTER_LEND(&c, 0, 0, &out, "KLOCKA-5"), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.part-of-kit");
	expect_label(refusal_text(c.a, SAY_SV, &c.r), "KLOCKA-5");
	expect_label(refusal_text(c.a, SAY_SV, &c.r), "LUPP-77");
	s = counter_scan(&c, "KLOCKA-5", NULL);
	cr_expect_eq(s.tone, INV_TONE_NO);
	expect_label(refusal_text(c.a, SAY_SV, &s.said), "LUPP-77");
	cr_expect_eq(inv_kit_add(c.inv, of("VB-0001"), &sleeve, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "kit.part-elsewhere");
	expect_label(refusal_text(c.a, SAY_SV, &c.r), "LUPP-77");
	counter_end(&c);
}

Test(labels, a_state_that_cannot_be)
{
	const struct inv_mark stock = {.to = INV_IN_STOCK};
	struct inv_unit u = {.serial = "R58M11AA", .item_number = "LUPP-77", .state = INV_IN_STOCK};
	struct refusal r = {0};
	struct arena *a = arena_new();

	cr_expect_eq(inv_mark_decide(&u, &stock, &r), ERR_REFUSED);
	expect_label(refusal_text(a, SAY_SV, &r), "LUPP-77");
	u.item_number = NULL;
	cr_expect_eq(inv_mark_decide(&u, &stock, &r), ERR_REFUSED);
	cr_expect(strstr(refusal_text(a, SAY_SV, &r), "R58M11AA"), "it has no label");
	arena_free(a);
}

/* It would stand there for nobody, which the check of the store would find. */
Test(labels, nothing_is_set_aside_by_a_mark)
{
	const struct inv_mark shelf = {.to = INV_AWAITING};
	struct counter c;

	counter_open(&c);
	cr_expect_eq(inv_mark(c.inv, of("VB-0001"), &shelf, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "unit.mark-awaiting");
	counter_end(&c);
}
