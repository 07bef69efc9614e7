/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of the rules of loans: the widest first, as they are weighed. */
#include "web/circulation_int.h"
#include "web/listed_int.h"

#include "base/text.h"

#include <stdlib.h>

static int by_weight(const void *a, const void *b)
{
	const struct inv_rule *x = a, *y = b;
	unsigned wx = inv_rule_weight(x), wy = inv_rule_weight(y);

	return wx != wy ? (wx > wy) - (wx < wy) : (x->id > y->id) - (x->id < y->id);
}

/* Its list of what it says, as one text: "Loan days: 14; Renewals: 0". */
static void put_says_text(struct arena *a, struct doc *row)
{
	const struct doc *says = doc_list(row, "says");
	const char *all = "";

	for (size_t i = 0; i < doc_list_size(says); i++) {
		const struct doc *one = doc_list_object(says, i);

		all = arena_printf(a, "%s%s%s: %s", all, i ? "; " : "", doc_str(one, "text"),
			doc_str(one, "value"));
	}
	doc_set_str(row, "says_text", all);
}

static int walk(struct web_walk *k)
{
	struct arena *a = k->job->rq->arena;
	struct inv_rule *rules;
	size_t n = 0;
	int err = inv_rule_list(k->txn, a, &rules, &n);

	if (err == 0 && n)
		qsort(rules, n, sizeof(*rules), by_weight);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		web_rule_doc(&rules[i], row);
		web_rule_row(k->job, k->txn, &rules[i], row);
		put_says_text(a, row);
	}
	return err;
}

static int beside(struct api_read *job, struct store_txn *txn)
{
	(void)txn;
	if (web_is_page(job->rq))
		web_rule_usual(job->rq, job->d);
	return 0;
}

static const struct web_col columns[] = {
	{"scope", "rule.scope", WEB_COL_SORT, "/loan-rules/", "rule"},
	{"says_text", "rule.says", WEB_COL_FILE},
	{"why", "field.decision", WEB_COL_SORT},
	{"changed", "column.changed", WEB_COL_SORT | WEB_COL_DOWN},
	{"changed_by", "column.made_by", WEB_COL_SORT},
	{"rule", "column.number", WEB_COL_FILE},
	{"product", "column.product", WEB_COL_FILE},
	{"category", "field.category", WEB_COL_FILE},
	{"kind", "product.kind", WEB_COL_FILE},
	{"borrower_kind", "field.borrower_kind", WEB_COL_FILE},
	{"place", "column.place", WEB_COL_FILE},
	{"zone", "field.zone", WEB_COL_FILE},
	{0},
};
static const struct web_sift sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"product", WEB_SIFT_SAME, "column.product", .options = web_options_product},
	{"category", WEB_SIFT_SAME, "field.category", .options = web_options_category},
	{"kind", WEB_SIFT_SAME, "product.kind", .word = inv_kind_name, .say = inv_kind_say},
	{"borrower_kind", WEB_SIFT_SAME, "field.borrower_kind",
		.options = web_options_borrower_kind},
	{"place", WEB_SIFT_SAME, "column.place", .options = web_options_place},
	{"zone", WEB_SIFT_SAME, "field.zone", .options = web_options_zone},
	{0},
};
static const struct web_listed rules = {
	.list = "rules",
	.page = "loan-rules",
	.path = "/loan-rules",
	.title = "place.rules",
	.none = "rule.none",
	.columns = columns,
	.sifts = sifts,
	.walk = walk,
	.beside = beside,
	.live = "rule.",
	.numbered = true,
	.whole = "rule",
};

int api_rule_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &rules);
}
