/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of planned hand-outs: by day, one of them, a new one, and today's on the start page. */
#include "web/handout_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/when.h"
#include "web/product_int.h"
#include "web/start_int.h"

#define TODAY_MOST 20

/* --- one line --- */

static int put_title(struct api_read *job, struct store_txn *txn, const struct inv_handout *h,
	struct doc *row)
{
	struct arena *a = job->rq->arena;
	struct inv_product p;
	struct inv_unit u;
	int err = h->product ? inv_product_get(txn, a, h->product, &p) : ERR_NOTFOUND;

	if (err == 0)
		doc_set_str(row, "title", inv_product_name(&p, job->rq->lang));
	if (err == ERR_NOTFOUND && h->serial) {
		err = inv_unit_get(txn, a, h->serial, &u);
		if (err == 0)
			doc_set_str(row, "title", web_unit_title(job, txn, &u));
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

void web_handout_clock(const struct http_request *rq, int64_t at, struct doc *row)
{
	AUTO(buf) struct buf day = BUF_INIT(128);
	char text[CLOCK_TEXT], date[DAY_TEXT];

	clock_format_local(at, text);
	doc_set_str(row, "clock",
		arena_printf(rq->arena, "%.2s%c%.2s", text + 11, rq->lang == SAY_EN ? ':' : '.',
			text + 14));
	when_near_day(&day, rq->lang, day_of_time(at), day_of_time(rq->now));
	doc_set_str(row, "on_day", buf_str(&day));
	doc_set_str(row, "day", day_format(day_of_time(at), date));
}

int web_handout_row(struct api_read *job, struct store_txn *txn, const struct inv_handout *h,
	struct doc *row)
{
	int err = web_handout_doc(job, txn, h, row);

	if (err == 0)
		err = put_title(job, txn, h, row);
	if (err)
		return err;
	web_handout_clock(job->rq, h->at, row);
	doc_set_bool(row, "planned", h->state == INV_HANDOUT_PLANNED);
	doc_set_bool(row, "today", day_of_time(h->at) == day_of_time(job->rq->now));
	doc_set_bool(row, "mine", text_equal(h->staff, api_caller(job->rq)->who.actor));
	return web_doc_place(job, txn, row, "place_name", h->place);
}

/* The last act of this desk, when it is one of these: it can be taken back here. */
int web_handout_list_face(struct api_read *job, struct store_txn *txn)
{
	const struct inv_desk_who by = api_desk_who(job->rq, NULL);
	struct inv_last last;
	int err = !web_is_page(job->rq) ? ERR_NOTFOUND : inv_last_offered(
		job->w->o.inv, txn, job->rq->arena, &by, &last);

	if (err == 0 && text_starts(last.act, "handout."))
		web_last_doc(&last, doc_set_object(job->d, "undo"), job->rq->arena, job->rq->lang);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* What was missed and what is to be done today, the soonest first. */
int web_start_handouts(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *part = doc_set_object(job->d, "handing"), *list = doc_set_list(part, "handouts");
	const struct inv_handout_ask ask = {.zones = api_people_caller(job->rq).zones,
		.to = day_end(day_of_time(job->rq->now)) + 1,
		.most = TODAY_MOST};
	struct inv_handouts h;
	int err = inv_handout_list(txn, job->rq->arena, &ask, &h);

	for (size_t i = 0; err == 0 && i < h.n; i++)
		err = web_handout_row(job, txn, &h.rows[i], doc_add_object(list));
	if (err)
		return err;
	doc_set_bool(part, "any", h.n > 0);
	doc_set_bool(part, "more", h.next != NULL);
	return 0;
}

/* --- a new one --- */

static int options_lendable(struct web_form_ask *ask)
{
	return web_options_product_of(
		ask, &(struct inv_product_ask){.lendable_only = true, .most = 1000});
}

/* Who may hand out. */
int web_options_staff(struct web_form_ask *ask)
{
	struct web_account *u;
	size_t n;
	int err = web_account_list(ask->txn, ask->job->rq->arena, &u, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!u[i].closed_at && (u[i].roles & API_PEOPLE))
			web_option_add(ask, u[i].name, u[i].name);
	}
	return err;
}

#define TIME_AND_PLACE                                                                       \
	{.name = "day", .kind = WEB_INPUT_DAY, .label = "handout.day", .needed = true},      \
		{.name = "time", .label = "handout.time", .needed = true,                    \
			.hint = "handout.time_hint"},                                        \
		{.name = "place",                                                            \
			.kind = WEB_INPUT_CHOICE,                                            \
			.label = "handout.place",                                            \
			.hint = "handout.place_hint",                                        \
			.options = web_options_place},                                       \
	{                                                                                    \
		.name = "staff", .kind = WEB_INPUT_CHOICE, .label = "handout.staff",         \
		.options = web_options_staff                                                     \
	}

static const struct web_input inputs[] = {
	{.name = "borrower", .label = "column.borrower", .needed = true, .hint = "hold.who_hint"},
	{.name = "product",
		.kind = WEB_INPUT_CHOICE,
		.label = "column.product",
		.options = options_lendable},
	{.name = "thing", .label = "handout.thing", .hint = "handout.thing_hint"},
	TIME_AND_PLACE,
	{.name = "note",
		.kind = WEB_INPUT_AREA,
		.label = "handout.note",
		.hint = "handout.note_hint"},
	{0},
};

static const struct web_input move_inputs[] = {TIME_AND_PLACE, {0}};

static int fill_new(struct web_form_ask *ask)
{
	static const char *const given[] = {"borrower", "product", "thing", "place", "time"};
	const struct http_request *rq = ask->job->rq;
	struct doc *d = doc_new(rq->arena);
	char day[DAY_TEXT];

	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
		doc_set_str(d, given[i], http_query(rq, given[i]));
	doc_set_str(d, "day", text_empty(http_query(rq, "day"))
				      ? day_format(day_of_time(rq->now), day)
				      : http_query(rq, "day"));
	doc_set_str(d, "staff", api_caller(rq)->who.actor);
	ask->values = d;
	ask->next = "/handouts?done=handout";
	ask->back = "/handouts";
	return 0;
}

int page_handout_new(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {
		.title = "handout.new", .button = "handout.new_button", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_new);
}

static const struct web_input choose_inputs[] = {
	{.name = "product",
		.kind = WEB_INPUT_CHOICE,
		.label = "column.product",
		.options = options_lendable},
	{.name = "thing", .label = "handout.thing", .hint = "handout.choose_hint"},
	{0},
};

/* The one of the address, and the way back to it. */
static int load_asked(struct web_form_ask *ask, struct inv_handout *ret)
{
	struct http_request *rq = ask->job->rq;
	uint64_t id;
	int err = api_id(rq, &id);

	if (err == 0)
		err = inv_handout_get(ask->txn, rq->arena, id, ret);
	if (err == 0 && !(ret->zone & api_people_caller(rq).zones))
		err = ERR_NOTFOUND;
	if (err == 0)
		ask->back = arena_printf(rq->arena, "/handouts/%llu", (unsigned long long)id);
	return err;
}

static int fill_move(struct web_form_ask *ask)
{
	struct http_request *rq = ask->job->rq;
	struct doc *d = doc_new(rq->arena);
	struct inv_handout h;
	int err = load_asked(ask, &h);

	if (err)
		return err;
	web_handout_clock(rq, h.at, d);
	doc_set_str(d, "time", doc_str(d, "clock"));
	doc_set_str(d, "place", h.place);
	doc_set_str(d, "staff", h.staff);
	ask->values = d;
	ask->next = "/handouts?done=handout-moved";
	return 0;
}

int page_handout_move(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {
		.title = "handout.move", .button = "handout.move_button", .inputs = move_inputs};

	return web_form_reply(rq, ctx, &f, fill_move);
}

/* The product stands there as it is; which thing is scanned or typed. */
static int fill_choose(struct web_form_ask *ask)
{
	struct http_request *rq = ask->job->rq;
	struct doc *d = doc_new(rq->arena), *row = doc_new(rq->arena);
	struct inv_handout h;
	int err = load_asked(ask, &h);

	if (err == 0)
		err = put_title(ask->job, ask->txn, &h, row);
	if (err)
		return err;
	doc_set_str(d, "product", h.product);
	ask->values = d;
	ask->subject = doc_str(row, "title");
	ask->next = "/handouts?done=handout-chosen";
	return 0;
}

int page_handout_choose(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "handout.choose",
		.lead = "handout.choose_lead",
		.button = "handout.choose_button",
		.inputs = choose_inputs};

	return web_form_reply(rq, ctx, &f, fill_choose);
}
