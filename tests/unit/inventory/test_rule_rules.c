/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/counter.h"

static const struct inv_product bell = {
	.id = "ringklocka", .kind = INV_KIND_THING, .category = "larm", .price_ore = 19900};
static const struct inv_product pad = {.id = "platta", .kind = INV_KIND_IPAD, .category = "dator"};

static struct inv_terms terms_of(
	const struct inv_rule *rules, size_t n, const struct inv_product *p, const char *kind)
{
	const struct inv_rule_case c = {
		.zone = PEOPLE_LIBRARY, .borrower_kind = kind, .place = "disk", .product = p};
	struct inv_terms t;

	inv_terms_decide(rules, n, &c, &t);
	return t;
}

Test(rule_rules, has_terms_where_no_rule_says_anything)
{
	struct inv_terms t = terms_of(NULL, 0, &bell, "senior");

	cr_expect_eq(t.value[INV_TERM_LOAN_DAYS], 42, "six weeks");
	cr_expect_eq(t.value[INV_TERM_LOAN_MONTHS], 0);
	cr_expect_eq(t.replacement_ore, 19900);
	t = terms_of(NULL, 0, &pad, "senior");
	cr_expect_eq(t.value[INV_TERM_LOAN_MONTHS], 36, "three years");
	cr_expect(t.value[INV_TERM_WIPE] && t.value[INV_TERM_INSPECT]);
}

/* Each row is narrower than the one before; the narrowest that fits decides, in any order. */
Test(rule_rules, lets_the_narrowest_rule_decide_each_term)
{
	struct inv_rule rules[] = {
		{.set = {[INV_TERM_LOAN_DAYS] = 11}},
		{.zone = PEOPLE_LIBRARY, .set = {[INV_TERM_LOAN_DAYS] = 12}},
		{.place = "disk", .set = {[INV_TERM_LOAN_DAYS] = 13}},
		{.borrower_kind = "senior", .set = {[INV_TERM_LOAN_DAYS] = 14}},
		{.kind = INV_KIND_THING, .set = {[INV_TERM_LOAN_DAYS] = 15}},
		{.category = "larm", .set = {[INV_TERM_LOAN_DAYS] = 16}},
		{.product = "ringklocka", .set = {[INV_TERM_LOAN_DAYS] = 17}},
	};
	const size_t n = sizeof(rules) / sizeof(rules[0]);

	for (size_t k = 1; k <= n; k++) {
		struct inv_rule turned[7];

		cr_expect_eq(terms_of(rules, k, &bell, "senior").value[INV_TERM_LOAN_DAYS], 9 + k,
			"%zu rules", k);
		for (size_t i = 0; i < k; i++)
			turned[i] = rules[k - 1 - i];
		cr_expect_eq(terms_of(turned, k, &bell, "senior").value[INV_TERM_LOAN_DAYS], 9 + k,
			"%zu rules, turned", k);
	}
	/* What does not fit says nothing; a term that no rule names stays as it is. */
	cr_expect_eq(terms_of(rules + 3, 1, &bell, "staff").value[INV_TERM_LOAN_DAYS], 42);
	cr_expect_eq(terms_of(rules, n, &bell, "senior").value[INV_TERM_RENEWALS], 2);
	/* Days said by a rule end the months that are usual. */
	cr_expect_eq(terms_of(rules, 1, &pad, "senior").value[INV_TERM_LOAN_MONTHS], 0);
	cr_expect_eq(terms_of(rules, 1, &pad, "senior").value[INV_TERM_LOAN_DAYS], 10);
}

Test(rule_rules, takes_a_products_own_time_unless_a_rule_names_the_product)
{
	struct inv_product p = bell;
	struct inv_rule rule = {.category = "larm", .set = {[INV_TERM_LOAN_DAYS] = 31}};

	p.loan_days = 7;
	cr_expect_eq(terms_of(&rule, 1, &p, NULL).value[INV_TERM_LOAN_DAYS], 7);
	rule.product = "ringklocka";
	cr_expect_eq(terms_of(&rule, 1, &p, NULL).value[INV_TERM_LOAN_DAYS], 30);
}

Test(rule_rules, refuses_a_rule_that_cannot_be_meant)
{
	static const struct {
		struct inv_rule rule;
		const char *code;
	} cases[] = {
		{{.why = "x"}, "rule.empty"},
		{{.set = {[INV_TERM_LOAN_DAYS] = 43}}, "rule.why"},
		{{.set = {[INV_TERM_LOAN_DAYS] = 1}, .why = "x"}, "rule.number"},
		{{.set = {[INV_TERM_LOAN_DAYS] = 999999}, .why = "x"}, "rule.number"},
		{{.set = {[INV_TERM_WIPE] = 4}, .why = "x"}, "rule.number"},
		{{.replacement_ore = -5, .why = "x"}, "rule.word"},
	};
	struct refusal r;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(inv_rule_decide(&cases[i].rule, &r), ERR_REFUSED);
		cr_expect_str_eq(r.say->code, cases[i].code);
	}
	cr_expect_eq(inv_rule_decide(&(struct inv_rule){.set = {[INV_TERM_RENEWALS] = 1},
					     .why = "no renewals"},
			     &r),
		0);
	for (unsigned t = 0; t < INV_TERMS; t++) {
		enum inv_term back = INV_TERMS;

		cr_expect_eq(inv_term_parse(inv_term_name((enum inv_term)t), &back), 0);
		cr_expect_eq((unsigned)back, t);
	}
}

struct rule_look {
	struct counter *c;
	uint64_t id;
};

static int look_in(struct store_txn *txn, void *arg)
{
	struct rule_look *x = arg;
	const struct inv_rule want = {.product = "lupp", .set = {[INV_TERM_LOAN_DAYS] = 8}};
	struct inv_rule_preview p;
	struct inv_rule *rules;
	size_t n;

	cr_assert_eq(inv_rule_history(txn, x->c->a, x->id, &rules, &n), 0);
	cr_expect_eq(n, 3);
	cr_expect_neq(rules[0].ended_at, 0);
	cr_expect_eq(rules[2].set[INV_TERM_LOAN_DAYS], 15);
	cr_assert_eq(inv_rule_list(txn, x->c->a, &rules, &n), 0);
	cr_expect_eq(n, 0);
	cr_assert_eq(inv_rule_preview(txn, x->c->a, &want, false, SAY_SV, &p), 0);
	cr_expect_eq(p.products, 3);
	cr_expect_eq(p.change_count, 2, "one product, two zones");
	cr_expect_eq(p.changes[0].after.value[INV_TERM_LOAN_DAYS], 7);
	return 0;
}

Test(rule_rules, is_looked_at_before_it_is_changed_and_remembered_after)
{
	struct counter c;
	struct inv_rule rule = {
		.product = "lupp", .why = "nämnden", .set = {[INV_TERM_LOAN_DAYS] = 15}};
	struct rule_look look = {&c, 0};

	counter_open(&c);
	cr_assert_eq(inv_rule_put(c.inv, &c.by, &rule, &c.r, &look.id), 0);
	rule.id = look.id;
	rule.version = 1;
	rule.set[INV_TERM_LOAN_DAYS] = 22;
	cr_assert_eq(inv_rule_put(c.inv, &c.by, &rule, &c.r, &look.id), 0);
	cr_expect_eq(inv_rule_put(c.inv, &c.by, &rule, &c.r, &look.id), ERR_CONFLICT,
		"another changed it since");
	rule.product = "nosuch";
	cr_expect_eq(inv_rule_put(c.inv, &c.by, &rule, &c.r, &look.id), ERR_REFUSED);
	cr_assert_eq(inv_rule_end(c.inv, &c.by, look.id, &c.r), 0);
	cr_expect_eq(inv_rule_end(c.inv, &c.by, look.id, &c.r), ERR_REFUSED);
	cr_assert_eq(store_read(c.st, look_in, &look), 0);
	counter_close(&c);
}
