/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of leases and of deliveries. */
#include "web/listed_int.h"
#include "web/product_int.h"

#include "base/text.h"

/* --- leases --- */

static int walk_leases(struct web_walk *k)
{
	struct arena *a = k->job->rq->arena;
	struct inv_lease *l;
	size_t n = 0;
	int err = inv_lease_list(k->txn, STORE_PIECE(a, k->after, k->most), &l, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		l[i].end_day = inv_lease_end(&l[i]);
		web_fields_doc(web_lease_fields, &l[i], row);
		err = web_lease_counts(k->job, k->txn, &l[i], row);
		web_doc_kronor(a, row, "monthly_all");
		doc_set_str(row, "closed_text",
			l[i].closed ? web_text(k->job->rq->lang, "lease.closed") : NULL);
	}
	if (err == 0)
		web_walk_next_text(k, n, n ? l[n - 1].id : NULL);
	return err;
}

static const struct web_col lease_columns[] = {
	{"id", "column.lease", WEB_COL_OWN, "/leases/", "id"},
	{"supplier", "field.supplier", WEB_COL_SORT},
	{"here", "column.count", WEB_COL_SORT | WEB_COL_DOWN},
	{"on_loan", "column.lent_now", WEB_COL_SORT | WEB_COL_DOWN | WEB_COL_FILE},
	{"away", "column.away", WEB_COL_SORT | WEB_COL_DOWN | WEB_COL_FILE},
	{"gone_back", "column.gone_back", WEB_COL_SORT | WEB_COL_DOWN | WEB_COL_FILE},
	{"monthly_all_text", "lease.monthly_all", WEB_COL_SORT | WEB_COL_DOWN,
		.by = "monthly_all_ore"},
	{"end", "lease.end", WEB_COL_SORT},
	{"closed_text", "column.state", WEB_COL_SORT, .shape = "done"},
	{0},
};
static const struct web_sift lease_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"closed", WEB_SIFT_SAID, "sift.closed_lease", .choices = web_yes_no},
	{"late", WEB_SIFT_PAST, "sift.end_over", "end", .choices = web_yes},
	{"here", WEB_SIFT_SAID, "sift.here", .choices = web_yes_no},
	{0},
};
static const struct web_listed leases = {
	.list = "leases",
	.path = "/leases",
	.title = "place.leases",
	.none = "lease.none",
	.columns = lease_columns,
	.sifts = lease_sifts,
	.walk = walk_leases,
	.live = "lease. item.",
};

int api_lease_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &leases);
}

/* --- deliveries --- */

/* How it stands: closed, the three agree, or they differ. */
static void put_stand(const struct http_request *rq, const struct inv_delivery *l, struct doc *row)
{
	bool agrees = inv_delivery_agrees(l);

	doc_set_str(row, "stand",
		web_text(rq->lang, l->closed ? "delivery.closed"
				   : agrees  ? "delivery.agrees"
					     : "delivery.differs"));
	doc_set_str(row, "look", l->closed ? "over" : agrees ? "done" : "waiting");
}

static int walk_deliveries(struct web_walk *k)
{
	struct api_read *job = k->job;
	struct inv_delivery *l;
	size_t n = 0;
	int err = inv_delivery_list(
		k->txn, STORE_PIECE(job->rq->arena, k->after, k->most), &l, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		web_fields_doc(web_delivery_fields, &l[i], row);
		web_delivery_sums(job, &l[i], row);
		put_stand(job->rq, &l[i], row);
		err = web_doc_place(job, k->txn, row, "place_name", l[i].place);
	}
	if (err == 0)
		web_walk_next_text(k, n, n ? l[n - 1].id : NULL);
	return err;
}

static const struct web_col delivery_columns[] = {
	{"id", "delivery.title", WEB_COL_OWN, "/deliveries/", "id"},
	{"supplier", "field.supplier", WEB_COL_SORT},
	{"expected_day", "field.expected_day", WEB_COL_SORT},
	{"expected", "delivery.ordered", WEB_COL_SORT | WEB_COL_DOWN},
	{"announced", "delivery.announced", WEB_COL_SORT | WEB_COL_DOWN},
	{"received", "delivery.received", WEB_COL_SORT | WEB_COL_DOWN},
	{"stand", "column.state", WEB_COL_SORT, .look = "look"},
	{"place_name", "column.place", WEB_COL_SORT | WEB_COL_FILE},
	{"order", "field.order", WEB_COL_FILE},
	{"lease", "column.lease", WEB_COL_FILE},
	{0},
};
static const struct web_sift delivery_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"product", WEB_SIFT_SAME, "column.product", .options = web_options_product},
	{"place", WEB_SIFT_SAME, "column.place", .options = web_options_place},
	{"agrees", WEB_SIFT_SAID, "delivery.agrees", .choices = web_yes_no},
	{"closed", WEB_SIFT_SAID, "delivery.closed", .choices = web_yes_no},
	{"late", WEB_SIFT_PAST, "sift.day_over", "expected_day", .choices = web_yes},
	{0},
};
static const struct web_listed deliveries = {
	.list = "deliveries",
	.path = "/deliveries",
	.title = "place.deliveries",
	.none = "delivery.none",
	.columns = delivery_columns,
	.sifts = delivery_sifts,
	.walk = walk_deliveries,
	.live = "delivery. item.",
};

int api_delivery_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &deliveries);
}
