/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of planned hand-outs: the missed ones first, then day by day. */
#include "web/handout_int.h"
#include "web/listed_int.h"
#include "web/product_int.h"

#include "base/text.h"
#include "base/when.h"

/* ?day=2026-11-21: that day alone; else all that are planned. */
static int ask_of(const struct web_walk *k, struct inv_handout_ask *ret)
{
	const struct http_request *rq = k->job->rq;
	const char *day = http_query(rq, "day"), *of = http_query(rq, "borrower");
	int32_t d;

	*ret = (struct inv_handout_ask){.borrower = text_empty(of) ? NULL : of,
		.zones = api_people_caller(rq).zones,
		.after = k->after,
		.most = k->most};
	if (text_empty(day))
		return 0;
	if (day_parse(day, &d) != 0)
		return ERR_BADINPUT;
	ret->from = day_start(d);
	ret->to = day_end(d) + 1;
	return 0;
}

/* What it still needs, in words; or that all is there. */
static void put_ready(const struct http_request *rq, struct doc *row)
{
	const struct doc *needs = doc_list(row, "needs");
	bool ready = doc_bool(row, "ready", false);
	const char *all = ready ? web_text(rq->lang, "handout.ready") : "";

	for (size_t i = 0; i < doc_list_size(needs); i++)
		all = arena_printf(rq->arena, "%s%s%s", all, *all ? " " : "",
			doc_str(doc_list_object(needs, i), "text"));
	doc_set_str(row, "ready_text", all);
	doc_set_str(row, "look", ready ? "done" : "waits");
	if (!doc_str(row, "place_name"))
		doc_set_str(row, "place_name", web_text(rq->lang, "handout.at_home"));
}

static int walk(struct web_walk *k)
{
	struct inv_handout_ask ask;
	struct inv_handouts h = {0};
	int err = ask_of(k, &ask);

	if (err == 0)
		err = inv_handout_list(k->txn, k->job->rq->arena, &ask, &h);
	for (size_t i = 0; err == 0 && i < h.n; i++) {
		struct doc *row = doc_add_object(k->rows);

		err = web_handout_row(k->job, k->txn, &h.rows[i], row);
		if (err == 0)
			put_ready(k->job->rq, row);
	}
	k->next = h.next;
	return err;
}

static struct doc *day_of(struct api_read *job, const char *day)
{
	int32_t d = 0, today = day_of_time(job->rq->now);
	AUTO(buf) struct buf text = BUF_INIT(128);
	struct doc *days = doc_list(job->d, "days");
	struct doc *last = doc_list_object(days, doc_list_size(days) - 1);

	if (last && text_equal(doc_str(last, "day"), day))
		return doc_list(last, "handouts");
	last = doc_add_object(days);
	if (day_parse(day, &d) == 0)
		when_near_day(&text, job->rq->lang, d, today);
	doc_set_str(last, "day", day);
	doc_set_str(last, "heading", buf_str(&text));
	doc_set_bool(last, "gone", d < today);
	return doc_set_list(last, "handouts");
}

/* In their own order they stand by day, under headings; in another as a table. */
static int dress(struct api_read *job, struct store_txn *txn, struct doc *row, size_t i)
{
	(void)txn;
	if (!text_empty(http_query(job->rq, "sort")))
		return 0;
	if (i == 0) {
		doc_set_list(job->d, "days");
		doc_set_bool(job->d, "by_day", true);
	}
	doc_add_doc(day_of(job, doc_str(row, "day")), row);
	return 0;
}

static const struct web_col columns[] = {
	{"at", "column.when", WEB_COL_OWN, "/handouts/", "handout"},
	{"title", "column.thing", WEB_COL_SORT},
	{"number", "column.item_number", WEB_COL_SORT},
	{"place_name", "column.place", WEB_COL_SORT},
	{"staff", "handout.staff", WEB_COL_SORT},
	{"ready_text", "column.state", WEB_COL_SORT, .look = "look"},
	{"made", "column.made", WEB_COL_SORT | WEB_COL_FILE},
	{0},
};
static const struct web_sift sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"day", WEB_SIFT_SOURCE, "handout.day", .day = true},
	{"product", WEB_SIFT_SAME, "column.product", .options = web_options_product},
	{"place", WEB_SIFT_SAME, "column.place", .options = web_options_place},
	{"staff", WEB_SIFT_SAME, "handout.staff", .options = web_options_staff},
	{"ready", WEB_SIFT_SAID, "handout.ready", .choices = web_yes_no},
	{"late", WEB_SIFT_PAST, "sift.handout_over", "at", .choices = web_yes},
	{"borrower", WEB_SIFT_SOURCE, NULL},
	{0},
};
static const struct web_listed handouts = {
	.list = "handouts",
	.path = "/handouts",
	.title = "handout.title",
	.none = "handout.none",
	.columns = columns,
	.sifts = sifts,
	.walk = walk,
	.beside = web_handout_list_face,
	.dress = dress,
	.live = "handout. hold. loan.",
	.rows = 30,
};

int api_handout_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &handouts);
}
