/* SPDX-License-Identifier: EUPL-1.2 */
/* "Was it of use?", asked when a thing comes back. Of the answer only the product's sum is kept: not
 * whose it was, nor when, nor who of the staff took it down; and the sum is told from five answers
 * on. */
#include "web/circulation_int.h"
#include "web/product_int.h"

#define FEWEST 5

struct rating {
	const char *product;
	uint32_t stars;
};

static int rate_in(struct store_txn *txn, void *arg)
{
	const struct rating *x = arg;

	return inv_product_rate(txn, x->product, x->stars);
}

int api_product_rate(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"stars", NULL};
	struct rating x = {.product = http_param(rq, "product")};
	struct web *w = ctx;
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_count(rq, in, "stars", 5, &x.stars);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (x.stars == 0)
		return api_bad_field(rq, "stars", "1-5");
	return api_done(rq, store_write(w->o.st, rate_in, &x), &r);
}

/* 1 to 5 as 0 to 100. */
void web_of_use_doc(const struct inv_product *p, struct doc *d)
{
	if (p->ratings >= FEWEST)
		doc_set_int(d, "of_use_percent",
			(25 * (int64_t)(p->rating_sum - p->ratings) + p->ratings / 2) / p->ratings);
}
