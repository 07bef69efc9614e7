/* SPDX-License-Identifier: EUPL-1.2 */
/* What would happen to a loan, by the rules as they are: its terms, its last day, or the no. */
#include "inventory/circulation_int.h"

#include "base/text.h"

static int load(struct store_txn *txn, struct arena *a, const struct inv_rule_ask *ask,
	struct inv_rule_tried *x, struct refusal *r)
{
	struct inv_place place;
	int err = text_empty(ask->product) ? ERR_NOTFOUND
					   : inv_product_get(txn, a, ask->product, &x->product);

	if (err == ERR_NOTFOUND)
		return refuse(r, &inv_say_hold_product, ask->product ? ask->product : "", NULL, NULL);
	if (err || text_empty(ask->place))
		return err;
	err = inv_place_get(txn, a, ask->place, &place);
	return err == ERR_NOTFOUND ? refuse(r, &inv_say_try_place, ask->place, NULL, NULL) : err;
}

/* One of the product, at home and waited for by nobody, to somebody who has nothing. */
static void decide(const struct inv_rule_ask *ask, struct inv_rule_tried *x)
{
	const struct inv_unit unit = {.item_number = inv_product_name(&x->product, ask->lang),
		.state = INV_IN_STOCK};
	const struct inv_out_facts f = {.unit = &unit,
		.product = &x->product,
		.terms = &x->terms,
		.borrower_zone = ask->zone,
		.zones = ask->zone,
		.today = ask->start,
		.due = x->due};

	x->no = (struct refusal){0};
	x->lent = inv_out_decide(&f, &x->no) == 0;
}

int inv_rule_try(struct store_txn *txn, struct arena *a, const struct inv_rule_ask *ask,
	struct inv_rule_tried *ret, struct refusal *r)
{
	struct inv_rule_case c = {
		.zone = ask->zone, .borrower_kind = ask->borrower_kind, .place = ask->place};
	struct inv_rule_tried x = {0};
	struct inv_rule *rules;
	size_t n;
	int err = load(txn, a, ask, &x, r);

	if (err == 0)
		err = inv_rule_list(txn, a, &rules, &n);
	if (err)
		return err;
	c.product = &x.product;
	inv_terms_explain(rules, n, &c, &x.terms, x.by);
	x.counted = inv_due_decide(&x.terms, ask->start);
	err = inv_open_day(txn, ask->place, x.counted, &x.due);
	if (err)
		return err;
	decide(ask, &x);
	*ret = x;
	return 0;
}
