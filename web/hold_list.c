/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of holds: the shelf, a product's queue, a borrower's, or all that wait; and above the
 * shelf what to fetch for it today. */
#include "web/circulation_int.h"
#include "web/listed_int.h"
#include "web/product_int.h"

#include "base/text.h"

#define PICKS_SHOWN 200
#define SHELVES 3 /* things told of in a pick */

static const char *asked(const struct http_request *rq, const char *key)
{
	const char *s = http_query(rq, key);

	return text_empty(s) ? NULL : s;
}

/* In any state but ready they stand in no order of their own across products. */
static bool is_shelf(const struct http_request *rq)
{
	return !asked(rq, "product") && !asked(rq, "borrower") && !asked(rq, "all") &&
	       (!asked(rq, "state") || text_equal(asked(rq, "state"), "ready"));
}

/* Of another service's hold is told what to fetch for it, and that somebody there waits. */
static int put_hold(
	struct api_read *job, struct store_txn *txn, const struct inv_hold *h, struct doc *row)
{
	const unsigned zones = api_people_caller(job->rq).zones;
	const struct inv_hold told = web_hold_told(h, zones);
	const enum say_lang lang = job->rq->lang;
	bool ours = h->zone & zones;
	int err;

	doc_set_bool(row, "ours", ours);
	doc_set_str(row, "who", ours ? NULL : web_text(lang, "hold.other_zone"));
	err = web_hold_row(job, txn, &told, row);
	doc_set_str(row, "stand",
		told.paused ? web_text(lang, "hold.paused") : doc_str(row, "state_text"));
	doc_set_str(row, "day", doc_str(row, told.ready_until ? "ready_until" : "from"));
	return err;
}

static int walk_holds(struct web_walk *k)
{
	struct api_read *job = k->job;
	const struct inv_hold_ask ask = {.product = asked(job->rq, "product"),
		.borrower = asked(job->rq, "borrower"),
		.all = !is_shelf(job->rq),
		.zones = api_people_caller(job->rq).zones,
		.after = k->after,
		.most = k->most};
	struct inv_hold *h = NULL;
	size_t n = 0;
	int err = inv_hold_list(k->txn, job->rq->arena, &ask, &h, &n, &k->next);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = put_hold(job, k->txn, &h[i], doc_add_object(k->rows));
	return err;
}

/* --- what to fetch --- */

static int put_shelves(
	struct api_read *job, struct store_txn *txn, const struct inv_pick *pick, struct doc *row)
{
	struct doc *list = doc_set_list(row, "things");
	const struct inv_unit *u = pick->things;
	int err = 0;

	for (size_t i = 0; err == 0 && i < pick->thing_count && i < SHELVES; i++) {
		struct doc *d = doc_add_object(list);

		doc_set_str(d, "serial", u[i].serial);
		doc_set_str(d, "number",
			text_empty(u[i].item_number) ? u[i].serial : u[i].item_number);
		err = web_doc_place(job, txn, d, "where", u[i].place);
	}
	return err;
}

static int put_picks(struct api_read *job, struct store_txn *txn)
{
	const struct inv_pick_ask ask = {.today = day_of_time(job->rq->now),
		.zones = api_people_caller(job->rq).zones,
		.most = PICKS_SHOWN};
	struct doc *list = doc_set_list(job->d, "picks");
	struct inv_pick *rows;
	size_t n;
	int err = inv_pick_list(txn, job->rq->arena, &ask, &rows, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		err = put_hold(job, txn, &rows[i].hold, row);
		if (err == 0)
			err = put_shelves(job, txn, &rows[i], row);
		doc_set_bool(row, "left_to_others", rows[i].thing_count == 0);
	}
	if (err == 0)
		doc_set_bool(job->d, "any_picks", n > 0);
	return err;
}

/* --- the page --- */

/* Where an act on a row leads back to; "done=" follows. */
static const char *here(const struct http_request *rq)
{
	const char *product = asked(rq, "product"), *borrower = asked(rq, "borrower");

	if (product)
		return arena_printf(rq->arena, "/holds?product=%s%s%s&",
			web_escape(rq->arena, product), borrower ? "&borrower=" : "",
			borrower ? web_escape(rq->arena, borrower) : "");
	return borrower ? arena_printf(rq->arena, "/holds?borrower=%s&",
				  web_escape(rq->arena, borrower))
			: asked(rq, "all") ? "/holds?all=yes&" : "/holds?";
}

static int beside(struct api_read *job, struct store_txn *txn)
{
	const char *product = asked(job->rq, "product");
	struct inv_product p;

	if (!web_is_page(job->rq) || web_is_file(job->rq))
		return 0;
	doc_set_str(job->d, "here", here(job->rq));
	doc_set_bool(job->d, "shelf", is_shelf(job->rq));
	doc_set_str(job->d, "product", product);
	doc_set_str(job->d, "borrower", asked(job->rq, "borrower"));
	if (product && inv_product_get(txn, job->rq->arena, product, &p) == 0)
		doc_set_str(job->d, "of", inv_product_name(&p, job->rq->lang));
	return is_shelf(job->rq) ? put_picks(job, txn) : 0;
}

/* Which one its buttons are for is said by its number in the list. */
static int dress(struct api_read *job, struct store_txn *txn, struct doc *row, size_t i)
{
	struct inv_hold h;
	int64_t id = 0;
	size_t place = 0;
	int err = 0;

	doc_set_int(row, "number_in_list", (int64_t)i + 1);
	if (doc_bool(row, "ours", false))
		doc_set_str(row, "who",
			arena_printf(job->rq->arena, "%s %zu",
				web_text(job->rq->lang, "hold.who"), i + 1));
	if (!doc_bool(row, "waits", false) || !doc_bool(row, "ours", false))
		return 0;
	err = doc_int(row, "hold", &id);
	if (err == 0)
		err = inv_hold_get(txn, job->rq->arena, (uint64_t)id, &h);
	if (err == 0)
		err = inv_hold_place(txn, job->rq->arena, &h, &place);
	if (err == 0)
		doc_set_int(row, "place_in_queue", (int64_t)place);
	return err;
}

/* A short name is a look; a protected identity stays a word. */
static int open_name(struct api_read *job, struct store_txn *txn, struct doc *row)
{
	const struct people_caller who = api_people_caller(job->rq);
	const char *id = doc_str(row, "borrower"), *name;
	int err = text_empty(id) ? ERR_NOTFOUND
				 : people_short_name(job->w->o.people, txn, job->rq->arena, &who, id,
					   job->rq->lang, &name);

	if (err == 0) {
		doc_set_str(row, "name", name);
		doc_set_str(row, "who", name);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static const struct web_col columns[] = {
	{"title", "column.product", WEB_COL_SORT, "/holds?product=", "product"},
	{"stand", "column.state", WEB_COL_SORT, .look = "look"},
	{"place_in_queue", "column.in_queue", WEB_COL_PAGE},
	{"number", "column.thing", WEB_COL_SORT, "/items/", "serial"},
	{"who", "column.borrower", 0, "/borrowers/", "borrower"},
	{"day", "column.day", WEB_COL_SORT},
	{"ready_until", "column.kept_until", WEB_COL_SORT | WEB_COL_FILE},
	{"from", "field.from", WEB_COL_SORT | WEB_COL_FILE},
	{"to", "hold.until", WEB_COL_SORT | WEB_COL_FILE},
	{"place_name", "hold.fetch_at", WEB_COL_SORT},
	{"made", "column.made", WEB_COL_SORT | WEB_COL_FILE},
	{"note", "column.note", WEB_COL_FILE},
	{0},
};
static const char *state_name(unsigned state)
{
	return state <= INV_HOLD_READY ? inv_hold_state_name(state) : "unknown";
}

static const struct web_choice every[] = {{"yes", "hold.every"}, {0}};
static const struct web_sift sifts[] = {
	{"product", WEB_SIFT_SOURCE, "column.product", .options = web_options_product},
	{"state", WEB_SIFT_SAME, "column.state", .word = state_name, .say = inv_hold_state_say},
	{"place", WEB_SIFT_SAME, "hold.fetch_at", .options = web_options_place},
	{"older", WEB_SIFT_AGE, "sift.older", "made", .choices = web_ages},
	{"paused", WEB_SIFT_SAID, "column.paused", .choices = web_yes_no},
	{"all", WEB_SIFT_SOURCE, "hold.waiting", .choices = every,
		.every = "hold.shelf_title"},
	{"borrower", WEB_SIFT_SOURCE, NULL},
	{0},
};
static const struct web_listed holds = {
	.list = "holds",
	.path = "/holds",
	.title = "place.holds",
	.none = "hold.none",
	.columns = columns,
	.sifts = sifts,
	.walk = walk_holds,
	.beside = beside,
	.dress = dress,
	.open = open_name,
	.open_too = "picks",
	.live = "hold.",
	.rows = 20,
};

int api_hold_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &holds);
}
