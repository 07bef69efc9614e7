/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "web/form_int.h"

#include <criterion/criterion.h>

static struct doc *json(struct arena *a, const char *s)
{
	struct doc *d;

	cr_assert_eq(doc_parse(a, bytes_of_str(s), &d), 0, "%s", s);
	return d;
}

/* What a form of a whole record leaves empty is cleared; what a program leaves out stays. */
Test(thing_msg, empty_clears_and_absent_stays)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_product p = {.maker = "Doro", .price_ore = 100, .zone = 2, .lendable = true};
	const char *bad = NULL;

	cr_assert_eq(web_fields_take(web_product_fields, json(a, "{}"), NULL, &p, &bad), 0);
	cr_expect_eq(p.price_ore, 100);
	cr_assert_eq(web_fields_take(web_product_fields,
			     json(a, "{\"maker\":\"\",\"price_ore\":\"\",\"zone\":\"\",\"loan_"
				     "days\":\"14\",\"lendable\":\"no\"}"),
			     NULL, &p, &bad),
		0, "%s", bad);
	cr_expect_str_eq(p.maker, "");
	cr_expect_eq(p.price_ore, 0);
	cr_expect_eq(p.zone, 0);
	cr_expect_eq(p.loan_days, 14);
	cr_expect_not(p.lendable);
}

Test(thing_msg, what_is_wrong_is_named)
{
	static const struct {
		const char *json, *field;
	} rows[] = {{"{\"price_ore\":\"12,5\"}", "price_ore"}, {"{\"kind\":\"horse\"}", "kind"},
		{"{\"nonsense\":1}", "nonsense"}, {"{\"id\":\"x\"}", "id"},
		{"{\"loan_days\":-1}", "loan_days"}};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct inv_product p = {0};
		const char *bad = NULL;

		cr_expect_eq(web_fields_take(
				     web_product_fields, json(a, rows[i].json), NULL, &p, &bad),
			ERR_BADINPUT, "%s", rows[i].json);
		cr_expect_str_eq(bad, rows[i].field);
	}
	cr_expect_str_eq(web_field_form(a, web_product_fields, "price_ore"), "349, 349,50");
	cr_expect_str_eq(web_field_form(a, web_product_fields, "loan_days"), "0, 1, 2 …");
	cr_expect_str_eq(web_field_form(a, web_item_fields, "condition"), "new, good, worn, poor, broken");
	cr_expect_null(web_field_form(a, web_item_fields, "no_such"));
}
