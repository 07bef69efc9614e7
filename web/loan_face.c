/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of loans show beside the API's document: whose it is, which acts are possible now,
 * what undo would take back. A short name is a look, and so a write. */
#include "web/circulation_int.h"
#include "web/product_int.h"
#include "web/listed_int.h"

#include "base/text.h"
#include "inventory/agreement.h"

/* --- the list --- */

static const struct {
	const char *show, *text;
} shows[] = {{"", "loans.all"}, {"late", "loans.late"}, {"today", "loans.today"},
	{"week", "loans.week"}, {"unsigned", "loans.unsigned"}, {"ever", "loans.ever"}};

int web_loan_show(struct http_request *rq, struct inv_loan_ask *ask)
{
	const char *show = http_query(rq, "show");
	int32_t today = day_of_time(rq->now);

	if (text_empty(show))
		return 0;
	ask->awaited = text_equal(show, "late") || text_equal(show, "today") || text_equal(show, "week");
	if (text_equal(show, "late"))
		ask->to = today - 1;
	else if (text_equal(show, "today"))
		ask->from = ask->to = today;
	else if (text_equal(show, "week"))
		ask->from = today, ask->to = today + 7;
	else if (text_equal(show, "unsigned") && ask->key)
		return ERR_BADINPUT; /* there is one list of them, of all */
	else if (text_equal(show, "unsigned"))
		ask->order = INV_LOANS_UNSIGNED;
	else if (text_equal(show, "ever"))
		return 0;
	else
		return ERR_BADINPUT;
	return 0;
}

struct face {
	struct http_request *rq;
	struct web *w;
	struct doc *d;
	uint64_t loan;
	bool again; /* what was signed does not hold */
};

static int put_name(struct store_txn *txn, const struct face *f, struct doc *row)
{
	const struct people_caller who = api_people_caller(f->rq);
	const char *id = doc_str(row, "borrower"), *name;
	int err = text_empty(id) ? ERR_NOTFOUND
				 : people_short_name(f->w->o.people, txn, f->rq->arena, &who, id,
					   f->rq->lang, &name);

	if (err == 0)
		doc_set_str(row, "borrower_name", name);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int names_in(struct store_txn *txn, void *arg)
{
	struct face *f = arg;
	struct doc *list = doc_list(f->d, "loans");
	int err = 0;

	for (size_t i = 0; err == 0 && i < doc_list_size(list); i++)
		err = put_name(txn, f, doc_list_object(list, i));
	return err;
}

static const char *const filters[] = {
	"show", "borrower", "thing", "place", "product", "open", "names", NULL};
/* The first two are read from an index, the others sorted (loan_list.c). */
static const struct web_sort sorts[] = {{"due", false}, {"product", false},
	{"number", .down_first = true}, {"out", .down_first = true}, {"place", false}, {0}};
static const struct web_list loans = {"/loans", filters, sorts};
static const struct web_sort ever_sorts[] = {{"number", .down_first = true}, {0}};
static const struct web_list ever = {"/loans", filters, ever_sorts};
/* Of a borrower, a thing or a place there is one order. */
static const struct web_list of_one = {"/loans", filters, NULL};

static const struct web_list *list_of(const struct http_request *rq)
{
	bool one = http_query(rq, "borrower") || http_query(rq, "thing") || http_query(rq, "place");
	const char *show = http_query(rq, "show");
	bool all = !one && !http_query(rq, "product") &&
		   (text_equal(show, "ever") || text_equal(show, "unsigned"));

	return one ? &of_one : all ? &ever : &loans;
}

int web_loan_sort(
	const struct http_request *rq, struct inv_loan_ask *ask, struct web_loan_order *ret)
{
	struct web_sorted sorted;
	int err = web_list_order(rq, list_of(rq), &sorted);

	if (err)
		return err;
	*ret = (struct web_loan_order){0};
	ask->down = sorted.down;
	if (list_of(rq) == &ever && ask->order != INV_LOANS_UNSIGNED)
		ask->order = INV_LOANS_BY_NUMBER;
	else if (list_of(rq) == &loans && sorted.index > 1)
		*ret = (struct web_loan_order){sorts[sorted.index].key, sorted.down};
	else if (ask->order == INV_LOANS_DUE && sorted.index == 1)
		ask->order = INV_LOANS_BY_PRODUCT;
	return 0;
}

static void put_shows(struct http_request *rq, struct doc *d)
{
	const char *now = http_query(rq, "show");
	struct doc *list = doc_set_list(d, "shows");

	for (size_t i = 0; i < sizeof(shows) / sizeof(shows[0]); i++) {
		struct doc *row;

		if (http_query(rq, "product") && text_equal(shows[i].show, "unsigned"))
			continue;
		row = doc_add_object(list);
		if (*shows[i].show)
			doc_set_str(row, "show", shows[i].show);
		doc_set_str(row, "text", web_text(rq->lang, shows[i].text));
		doc_set_str(row, "href",
			web_list_address(rq, &loans, "show",
				*shows[i].show ? arena_printf(rq->arena, "show=%s", shows[i].show)
					       : ""));
		doc_set_bool(row, "current", text_equal(now ? now : "", shows[i].show));
	}
}

static const struct web_column columns[] = {
	{"loan", "column.loan"},
	{"name", "column.lent_thing"},
	{"item_number", "column.item_number"},
	{"serial", "column.serial"},
	{"state_text", "column.state_of_line"},
	{"out", "column.lent"},
	{"due", "column.last_day"},
	{"place_name", "column.place_lent"},
	{"borrower_name", "column.borrower"},
	{0},
};

/* A file has one row a thing; a name only when it was asked for, and looked at. */
static int reply_file(struct http_request *rq, struct doc *d)
{
	static const char *const keys[] = {
		"name", "item_number", "serial", "state_text", "out", "due"};
	const struct web_table table = {.list = "loans", .columns = columns};
	struct doc *list = doc_list(d, "loans");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		struct doc *row = doc_list_object(list, i);
		const struct doc *thing = doc_object(row, "thing");

		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
			doc_set_str(row, keys[k], doc_str(thing, keys[k]));
	}
	return web_reply_table(rq, &table, d);
}

static int product_in(struct store_txn *txn, void *arg)
{
	struct face *f = arg;
	const char *id = http_query(f->rq, "product");
	struct inv_product p;
	int err = text_empty(id) ? ERR_NOTFOUND : inv_product_get(txn, f->rq->arena, id, &p);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	doc_set_str(f->d, "product_name", inv_product_name(&p, f->rq->lang));
	doc_set_str(f->d, "no_product", web_list_address(f->rq, &loans, "product", ""));
	return 0;
}

int web_loan_list_reply(struct http_request *rq, struct web *w, struct doc *d)
{
	struct face f = {.rq = rq, .w = w, .d = d};
	const char *of = http_query(rq, "borrower");
	bool names = web_listed_names(rq);
	struct refusal r;
	int err;

	if (!web_is_page(rq) && !web_is_file(rq))
		return web_reply(rq, 200, NULL, d);
	err = web_names_admit(rq, &r);
	if (err)
		return api_done(rq, err, &r);
	if (names)
		err = store_write(w->o.st, names_in, &f);
	if (err == 0)
		err = store_read(w->o.st, product_in, &f);
	if (err)
		return err;
	if (web_is_file(rq))
		return reply_file(rq, d);
	if (text_empty(of) && text_empty(http_query(rq, "thing")))
		put_shows(rq, d);
	if (!text_empty(of))
		doc_set_str(d, "of", of);
	doc_set_bool(d, "names", names);
	doc_set_str(d, "with_names", web_list_address(rq, &loans, "names", "names=yes"));
	web_list_face(rq, list_of(rq), d);
	doc_set_int(doc_object(d, "list"), "look", WEB_LISTED_LOOK);
	return web_reply(rq, 200, "loans", d);
}

/* --- one loan --- */

static int put_place(struct store_txn *txn, const struct face *f)
{
	const char *back = doc_str(f->d, "place_back");
	const char *id = back ? back : doc_str(f->d, "place");
	struct inv_place place;
	int err = text_empty(id) ? ERR_NOTFOUND : inv_place_get(txn, f->rq->arena, id, &place);

	if (err == 0)
		doc_set_str(f->d, "place_name",
			place.name[f->rq->lang] ? place.name[f->rq->lang] : place.name[SAY_SV]);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Only the act on this very loan is offered here; the desk undoes the others. */
static int put_undo(struct store_txn *txn, const struct face *f)
{
	const struct inv_desk_who by = api_desk_who(f->rq, NULL);
	struct inv_last last;
	int err = inv_last_offered(f->w->o.inv, txn, f->rq->arena, &by, &last);

	if (err == 0 && last.loan == f->loan)
		web_last_doc(&last, doc_set_object(f->d, "undo"), f->rq->arena, f->rq->lang);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* ret_again: one of the hand-out was declared void. */
static int put_papers(struct store_txn *txn, const struct face *f, bool *ret_again)
{
	struct doc *list = doc_set_list(f->d, "papers");
	struct inv_agreement *x;
	size_t n;
	int err = inv_agreement_list(txn, f->rq->arena, api_people_caller(f->rq).zones, doc_str(f->d, "loan"), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row;

		if (!x[i].signed_at)
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "id", x[i].id);
		doc_set_bool(row, "of_return", x[i].of_return);
		doc_set_time(row, "signed_at", x[i].signed_at);
		if (x[i].state != INV_AGREEMENT_VOID)
			continue;
		doc_set_bool(row, "is_void", true);
		web_doc_opt_time(row, "void_at", x[i].void_at);
		web_doc_opt(row, "void_why", x[i].void_why);
		*ret_again = *ret_again || !x[i].of_return;
	}
	return err;
}

/* What the act itself would refuse is not offered. */
static int put_may(struct store_txn *txn, const struct face *f, struct doc *line, const char *key,
	enum inv_state to)
{
	const struct inv_mark mark = {.to = to};
	struct refusal r = {0};
	struct inv_unit u;
	int err = inv_unit_get(txn, f->rq->arena, doc_str(line, "serial"), &u);

	if (err == 0)
		err = inv_duty_admit(txn, &u, &mark, web_duties(api_caller(f->rq)->roles), &r);
	doc_set_bool(line, key, err == 0);
	return err == ERR_REFUSED || err == ERR_NOTFOUND ? 0 : err;
}

/* An iPad that was handed in is judged by the end of its return, which its page leads to. */
static int put_returning(struct store_txn *txn, const struct face *f, struct doc *line)
{
	bool open = false;
	int err = f->w->o.mdm ? inv_return_is_open(txn, doc_str(line, "serial"), &open) : 0;

	doc_set_bool(line, "returning", open);
	return err;
}

static int put_may_each(struct store_txn *txn, const struct face *f)
{
	struct doc *lines = doc_list(f->d, "lines");
	int err = 0;

	for (size_t i = 0; err == 0 && i < doc_list_size(lines); i++) {
		struct doc *line = doc_list_object(lines, i);

		err = put_may(txn, f, line, "may_lose", INV_LOST);
		if (err == 0)
			err = put_may(txn, f, line, "may_write_off", INV_DISCARDED);
		if (err == 0)
			err = put_returning(txn, f, line);
	}
	return err;
}

static int loan_in(struct store_txn *txn, void *arg)
{
	struct face *f = arg;
	struct api_read job = {f->w, f->rq, f->d};
	int err = put_name(txn, f, f->d);

	if (err == 0)
		err = put_place(txn, f);
	if (err == 0)
		err = put_undo(txn, f);
	if (err == 0)
		err = web_photos_put(&job, txn, inv_loan_photos(f->rq->arena, f->loan));
	if (err == 0)
		err = put_may_each(txn, f);
	f->again = false;
	return err ? err : put_papers(txn, f, &f->again);
}

int web_loan_reply(struct http_request *rq, struct web *w, uint64_t loan, struct doc *d)
{
	struct face f = {.rq = rq, .w = w, .d = d, .loan = loan};
	int err;

	if (!web_is_page(rq))
		return web_reply(rq, 200, NULL, d);
	err = store_write(w->o.st, loan_in, &f);
	if (err)
		return err;
	web_loan_lines_face(rq, d);
	doc_set_bool(d, "from_desk", http_query(rq, "thing") || text_equal(http_query(rq, "done"), "loan-back"));
	doc_set_bool(d, "is_trial", text_equal(doc_str(d, "kind"), "trial"));
	doc_set_bool(d, "needs_sign",
		doc_bool(d, "unsigned_out", false) ||
			(f.again && !doc_has(d, "agreement") && doc_bool(d, "any_open", false)));
	doc_set_bool(d, "sign_again", f.again && doc_bool(d, "needs_sign", false));
	doc_set_str(d, "only_thing", http_param(rq, "code"));
	return web_reply(rq, 200, "loan", d);
}

static int lost_in(struct store_txn *txn, void *arg)
{
	struct face *f = arg;
	struct inv_loan loan;
	struct inv_loan_line line;
	struct inv_unit u;
	int err = web_loan_thing(txn, f->rq, &u, &loan, &line);

	if (err)
		return err;
	web_loan_doc(&loan, f->d);
	web_loan_line_doc(&line, doc_set_object(f->d, "thing"), f->rq->lang);
	doc_set_bool(f->d, "screen", inv_unit_may_enrol(&u));
	doc_set_str(f->d, "contact", web_lost_phone(f->w));
	doc_set_str(f->d, "house_words", web_words(f->w, SETTING_LOST_WORDS));
	return 0;
}

int page_loan_lost(struct http_request *rq, void *ctx)
{
	struct face f = {.rq = rq, .w = ctx, .d = doc_new(rq->arena)};
	int err = store_read(f.w->o.st, lost_in, &f);

	return err ? err : web_reply(rq, 200, "loan-lost", f.d);
}
