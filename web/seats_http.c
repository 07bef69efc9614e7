/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/handouts/seats: how many are handed to at one time and place. */
#include "web/form_int.h"
#include "web/handout_int.h"
#include "web/listed_int.h"
#include "web/product_int.h"

#include "base/text.h"

#define COMING_MOST 200
#define BESIDE_MOST 10
/* One that has begun is still to be seen while it goes on. */
#define GOES_ON_S (2 * 3600)

static int coming(
	struct api_read *job, struct store_txn *txn, size_t most, struct inv_seats_list *ret)
{
	const struct inv_seats_ask ask = {.from = job->rq->now - GOES_ON_S,
		.zones = INV_ZONED | api_people_caller(job->rq).zones,
		.most = most};

	return inv_seats_list(txn, job->rq->arena, &ask, ret);
}

static uint32_t left_of(const struct inv_seats *s)
{
	return s->booked < s->seats ? s->seats - s->booked : 0;
}

/* In the address of the form of a new hand-out, and of its own. */
static const char *asked_of(const struct http_request *rq, const struct inv_seats *s,
	const struct doc *row)
{
	return arena_printf(rq->arena, "day=%s&time=%s&place=%s", doc_str(row, "day"),
		doc_str(row, "clock"), web_escape(rq->arena, s->place));
}

static int put_row(
	struct api_read *job, struct store_txn *txn, const struct inv_seats *s, struct doc *row)
{
	doc_set_time(row, "at", s->at);
	doc_set_str(row, "place", s->place);
	doc_set_int(row, "seats", s->seats);
	doc_set_int(row, "booked", s->booked);
	doc_set_int(row, "left", left_of(s));
	doc_set_bool(row, "full", left_of(s) == 0);
	if (!web_is_page(job->rq) && !web_is_file(job->rq))
		return 0;
	web_handout_clock(job->rq, s->at, row);
	doc_set_str(row, "asked", asked_of(job->rq, s, row));
	return web_doc_place(job, txn, row, "place_name", s->place);
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_seats_list l;
	struct doc *list;
	bool page = web_is_page(job->rq);
	int err = coming(job, txn, page ? API_ROWS : COMING_MOST, &l);

	job->d = doc_new(job->rq->arena);
	list = doc_set_list(job->d, "seats");
	for (size_t i = 0; err == 0 && i < l.n; i++)
		err = put_row(job, txn, &l.rows[i], doc_add_object(list));
	if (err)
		return err;
	doc_set_bool(job->d, "any", l.n > 0);
	doc_set_bool(job->d, "more", l.more);
	if (page)
		doc_set_int(job->d, "shown", (int64_t)l.n);
	return web_handout_list_face(job, txn);
}

static int walk_seats(struct web_walk *k)
{
	struct inv_seats_list l;
	int err = coming(k->job, k->txn, API_FILE_MOST, &l);

	for (size_t i = 0; err == 0 && i < l.n; i++)
		err = put_row(k->job, k->txn, &l.rows[i], doc_add_object(k->rows));
	return err;
}

static const struct web_col columns[] = {
	{"at", "column.when", WEB_COL_OWN},
	{"place_name", "column.place", WEB_COL_SORT},
	{"seats", "seats.number", WEB_COL_SORT | WEB_COL_DOWN},
	{"booked", "seats.booked", WEB_COL_SORT | WEB_COL_DOWN},
	{"left", "seats.left", WEB_COL_SORT | WEB_COL_DOWN},
	{0},
};
static const struct web_sift no_sifts[] = {{0}};
static const struct web_listed files = {
	.list = "seats",
	.path = "/handouts/seats",
	.title = "seats.title",
	.none = "seats.none",
	.columns = columns,
	.sifts = no_sifts,
	.walk = walk_seats,
};

int api_seats_list(struct http_request *rq, void *ctx)
{
	return web_is_file(rq) ? web_listed(rq, ctx, &files) : web_read(rq, ctx, list_in, "handout-seats");
}

static bool is_here(const struct inv_seats *s, const struct inv_handout *h)
{
	return s->at == h->at && text_equal(s->place, h->place);
}

int web_seats_beside(struct api_read *job, struct store_txn *txn, const struct inv_handout *h)
{
	struct doc *free = doc_set_list(job->d, "free");
	struct inv_seats_list l;
	size_t n = 0;
	int err = coming(job, txn, COMING_MOST, &l);

	for (size_t i = 0; err == 0 && i < l.n; i++) {
		const struct inv_seats *s = &l.rows[i];

		if (is_here(s, h))
			err = put_row(job, txn, s, doc_set_object(job->d, "group"));
		else if (left_of(s) && n++ < BESIDE_MOST)
			err = put_row(job, txn, s, doc_add_object(free));
	}
	doc_set_bool(job->d, "any_free", n > 0);
	return err;
}

int api_seats_set(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"at", "day", "time", "place", "seats", NULL};
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_seats want = {0};
	struct web *w = ctx;
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = web_handout_at(rq, in, &want.at);
	if (err == 0)
		err = api_count(rq, in, "seats", INT32_MAX, &want.seats);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!doc_has(in, "seats")) /* which would be 0: no limit any more */
		return api_missing_field(rq, "seats");
	want.place = doc_str(in, "place");
	return api_done(rq, inv_seats_set(w->o.inv, &by, &want, &r), &r);
}

static const struct web_input inputs[] = {
	{.name = "day", .kind = WEB_INPUT_DAY, .label = "handout.day", .needed = true},
	{.name = "time", .label = "handout.time", .needed = true, .hint = "handout.time_hint"},
	{.name = "place",
		.kind = WEB_INPUT_CHOICE,
		.label = "handout.place",
		.needed = true,
		.options = web_options_place},
	{.name = "seats",
		.kind = WEB_INPUT_COUNT,
		.label = "seats.number",
		.needed = true,
		.hint = "seats.number_hint"},
	{0},
};

static int fill_new(struct web_form_ask *ask)
{
	static const char *const given[] = {"day", "time", "place", "seats"};
	const struct http_request *rq = ask->job->rq;
	struct doc *d = doc_new(rq->arena);

	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
		doc_set_str(d, given[i], http_query(rq, given[i]));
	ask->values = d;
	ask->next = "/handouts/seats?done=seats";
	ask->back = "/handouts/seats";
	return 0;
}

int page_seats_new(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "seats.new",
		.lead = "seats.lead",
		.button = "seats.button",
		.inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_new);
}
