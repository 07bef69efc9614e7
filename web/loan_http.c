/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/loans, and what is done to a thing that is on one. */
#include "web/circulation_int.h"
#include "web/product_int.h"

#include "base/text.h"

/* --- read --- */

struct loan_read {
	struct web *w;
	struct http_request *rq;
	struct doc *d;
	struct inv_loan_ask ask;
	struct web_loan_order order;
	uint64_t loan;
	unsigned zones;
};

static int add_rows(struct store_txn *txn, const struct loan_read *j,
	const struct inv_loan_row *rows, size_t n)
{
	struct api_read job = {.w = j->w, .rq = j->rq, .d = j->d};
	struct doc *list = doc_list(j->d, "loans");
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_loan_row_doc(&rows[i], row, j->rq->lang);
		err = web_doc_place(&job, txn, row, "place_name", rows[i].loan.place);
	}
	return err;
}

static int sorted_in(struct store_txn *txn, struct loan_read *j)
{
	struct api_read job = {.w = j->w, .rq = j->rq, .d = j->d};
	struct web_loans all = {0};
	int err = web_loan_sorted(&job, txn, &j->ask, &j->order, &all);

	if (err)
		return err;
	doc_set_str(j->d, "next", all.next);
	if (all.bounded)
		doc_set_bool(j->d, "bounded", true);
	return add_rows(txn, j, all.rows, all.n);
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct loan_read *j = arg;
	struct inv_loan_row *rows;
	const char *next;
	size_t n;
	int err;

	doc_set_list(j->d, "loans");
	if (j->order.key)
		return sorted_in(txn, j);
	err = inv_loan_list(txn, j->rq->arena, &j->ask, &rows, &n, &next);
	if (err)
		return err;
	doc_set_str(j->d, "next", next);
	return add_rows(txn, j, rows, n);
}

/* A thing is asked for as it is scanned; the index has it by its serial number. */
static int unit_in(struct store_txn *txn, void *arg)
{
	struct loan_read *j = arg;
	struct inv_unit u;
	int err = inv_unit_find(txn, j->rq->arena, j->ask.key, &u);

	j->ask.key = u.serial;
	return err ? err : list_in(txn, arg);
}

static int read_days(struct http_request *rq, struct inv_loan_ask *ask)
{
	const char *from = http_query(rq, "due_from"), *to = http_query(rq, "due_to");

	if (from && day_parse(from, &ask->from) != 0)
		return ERR_BADINPUT;
	return to && day_parse(to, &ask->to) != 0 ? ERR_BADINPUT : 0;
}

int api_loan_list(struct http_request *rq, void *ctx)
{
	struct loan_read j = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	const char *borrower = http_query(rq, "borrower"), *thing = http_query(rq, "thing"),
		   *place = http_query(rq, "place"), *product = http_query(rq, "product");
	int err = read_days(rq, &j.ask);

	if (err)
		return err;
	j.ask.zones = api_people_caller(rq).zones;
	j.ask.after = http_query(rq, "after");
	j.ask.most = api_most(rq);
	j.ask.look = web_loan_look(rq);
	/* Each name is a look, and stands in the audit log. */
	if (text_equal(http_query(rq, "names"), "yes") && j.ask.most > API_PAGE_MOST)
		j.ask.most = API_PAGE_MOST;
	j.ask.open_only = text_equal(http_query(rq, "open"), "yes");
	j.ask.key = borrower ? borrower : thing ? thing : place ? place : product;
	j.ask.order = borrower ? INV_LOANS_OF_BORROWER
		      : thing  ? INV_LOANS_OF_UNIT
		      : place  ? INV_LOANS_OF_PLACE
		      : product ? INV_LOANS_OF_PRODUCT
			       : INV_LOANS_DUE;
	err = web_loan_show(rq, &j.ask);
	if (err)
		return err;
	err = web_loan_sort(rq, &j.ask, &j.order);
	if (err)
		return err;
	err = store_read(j.w->o.st, thing && !borrower ? unit_in : list_in, &j);
	return err ? err : web_loan_list_reply(rq, j.w, j.d);
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct loan_read *j = arg;
	struct inv_loan_full f;
	int err = inv_loan_load(txn, j->rq->arena, j->loan, &f);

	if (err == 0 && !(f.loan.zone & j->zones))
		return ERR_NOTFOUND;
	if (err)
		return err;
	web_loan_full_doc(&f, j->d, j->rq->lang);
	web_loan_moved_doc(&f, j->d, j->rq);
	return web_loan_opens_doc(txn, &f, j->d);
}

int api_loan_get(struct http_request *rq, void *ctx)
{
	struct loan_read j = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	int err = api_loan_number(rq, &j.loan);

	j.zones = api_people_caller(rq).zones;
	if (err == 0)
		err = store_read(j.w->o.st, get_in, &j);
	return err ? err : web_loan_reply(rq, j.w, j.loan, j.d);
}

static int count_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_loan_counts n;
	int err = inv_loan_count(txn, &n);

	if (err)
		return err;
	doc_set_int(job->d, "loans", (int64_t)n.loans);
	doc_set_int(job->d, "open_loans", (int64_t)n.open_loans);
	doc_set_int(job->d, "lines", (int64_t)n.lines);
	doc_set_int(job->d, "open_lines", (int64_t)n.open_lines);
	doc_set_int(job->d, "lost_lines", (int64_t)n.lost_lines);
	doc_set_int(job->d, "handed_in", (int64_t)n.handed_in);
	return 0;
}

int api_loan_counts(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, count_in);
}

/* --- check out --- */

static int read_item(
	struct http_request *rq, const struct doc *things, size_t i, struct inv_out_item *ret)
{
	const struct doc *d = doc_list_object(things, i);
	int err;

	ret->code = d ? doc_str(d, "code") : doc_list_str(things, i);
	if (!ret->code)
		return api_missing_field(rq, "code") == 0 ? ERR_BADINPUT : ERR_INTERNAL;
	if (!d)
		return 0;
	ret->note = doc_str(d, "note");
	err = api_day(rq, d, "due", &ret->due);
	return err ? err : api_condition(rq, d, &ret->condition);
}

/* A form has one thing, or several with blanks between. */
static const struct doc *things_of(struct http_request *rq, const struct doc *in)
{
	const char *typed = doc_str(in, "things");
	struct doc *list;
	char *word, *save = NULL;

	if (!typed)
		return doc_list(in, "things");
	list = doc_set_list(doc_new(rq->arena), "things");
	word = strtok_r(arena_strdup(rq->arena, typed), " ,\n", &save);
	for (; word; word = strtok_r(NULL, " ,\n", &save))
		doc_add_str(list, word);
	return list;
}

static int read_out(struct http_request *rq, const struct doc *in, struct inv_out *out)
{
	const struct doc *things = things_of(rq, in);
	size_t n = things ? doc_list_size(things) : 0;
	struct inv_out_item *items = ARENA_ARRAY(rq->arena, struct inv_out_item, n + 1);
	int err = api_yes(rq, in, &out->yes);

	if (err == 0)
		err = api_time(rq, in, "happened", &out->happened_at);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = read_item(rq, things, i, &items[i]);
	if (err == 0 && doc_has(in, "swap_of") &&
		inv_loan_number_parse(doc_str(in, "swap_of"), &out->swap_of) != 0)
		err = api_bad_field(rq, "swap_of", "L-10009") == 0 ? ERR_BADINPUT : ERR_INTERNAL;
	if (err == 0 && doc_has(in, "kind") &&
		inv_loan_kind_parse(doc_str(in, "kind"), &out->kind) != 0)
		err = api_bad_field(rq, "kind", "ordinary, trial, swap") == 0 ? ERR_BADINPUT
									      : ERR_INTERNAL;
	out->items = items;
	out->item_count = n;
	out->borrower = doc_str(in, "borrower");
	out->place = doc_str(in, "place");
	out->place_back = doc_str(in, "place_back");
	out->back_reason = doc_str(in, "back_reason");
	out->agreement = doc_str(in, "agreement");
	out->swap_serial = doc_str(in, "swap_thing");
	return err;
}

/* Those that are due sooner than the terms say, since their lease ends. */
static void set_by_lease(struct doc *d, const struct inv_out *out, const struct inv_out_result *res)
{
	struct doc *list = NULL;

	for (size_t i = 0; i < out->item_count; i++) {
		if (!res->item_by_lease[i])
			continue;
		if (!list)
			list = doc_set_list(d, "by_lease");
		doc_add_str(list, out->items[i].code);
	}
}

int api_loan_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"borrower", "things", "place", "place_back", "kind",
		"happened", "back_reason", "agreement", "yes", "swap_of", "swap_thing", "fault",
		"desk", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	char number[INV_LOAN_NUMBER];
	struct inv_out out = {0};
	struct inv_out_result res;
	struct inv_desk_who by;
	struct refusal r = {0};
	uint32_t fault = 0;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = read_out(rq, in, &out);
	if (err == 0)
		err = api_count(rq, in, "fault", UINT32_MAX, &fault);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	out.fault = fault;
	by = api_desk_who(rq, doc_str(in, "desk"));
	err = inv_check_out(w->o.inv, &by, &out, &r, &res);
	if (err == 0) {
		doc_set_str(d, "loan", inv_loan_number(res.loan, number));
		web_doc_opt_day(d, "due", res.due);
		set_by_lease(d, &out, &res);
		web_out_moved_doc(d, rq, &out, &res);
	}
	return api_circulated(rq, err, &r, d);
}

/* --- check in --- */

/* A form ticks what is missing: "1 3". */
static int read_missing(
	struct http_request *rq, const char *words, struct inv_in_part **ret, size_t *ret_n)
{
	struct inv_in_part *parts = ARENA_ARRAY(rq->arena, struct inv_in_part, strlen(words) + 1);
	char *word, *save = NULL;
	size_t n = 0;

	word = strtok_r(arena_strdup(rq->arena, words), " ", &save);
	for (; word; word = strtok_r(NULL, " ", &save)) {
		uint64_t no;

		if (text_parse_u64(word, &no) != 0 || no > 10000)
			return api_bad_field(rq, "missing", "1 3") == 0 ? ERR_BADINPUT
									: ERR_INTERNAL;
		parts[n++].no = (uint32_t)no;
	}
	*ret = parts;
	*ret_n = n;
	return 0;
}

static int read_parts(
	struct http_request *rq, const struct doc *in, struct inv_in_part **ret, size_t *ret_n)
{
	const struct doc *list = doc_list(in, "parts");
	size_t n = list ? doc_list_size(list) : 0;
	struct inv_in_part *parts = ARENA_ARRAY(rq->arena, struct inv_in_part, n + 1);
	int err = 0;

	if (doc_str(in, "missing"))
		return read_missing(rq, doc_str(in, "missing"), ret, ret_n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		const struct doc *d = doc_list_object(list, i);

		if (!d)
			return api_bad_field(rq, "parts", "[{\"part\":1,\"back\":0}]") == 0
				       ? ERR_BADINPUT
				       : ERR_INTERNAL;
		parts[i].note = doc_str(d, "note");
		err = api_count(rq, d, "part", 10000, &parts[i].no);
		if (err == 0)
			err = api_count(rq, d, "back", 10000, &parts[i].back);
	}
	*ret = parts;
	*ret_n = n;
	return err;
}

static void in_doc(const struct inv_in_result *res, struct doc *d)
{
	char number[INV_LOAN_NUMBER];

	doc_set_str(d, "loan", inv_loan_number(res->loan, number));
	doc_set_int(d, "line", res->line);
	doc_set_bool(d, "closed", res->closed);
	doc_set_bool(d, "handed_in", res->handed_in);
	doc_set_int(d, "days_late", res->days_late);
	doc_set_int(d, "parts_missing", res->parts_missing);
	doc_set_bool(d, "was_lost", res->was_lost);
	if (res->hold)
		doc_set_int(d, "hold", (int64_t)res->hold);
}

static int read_in(struct http_request *rq, const struct doc *in, struct inv_in *ret)
{
	struct inv_in_part *parts;
	int err = api_yes(rq, in, &ret->yes);

	if (err == 0)
		err = api_time(rq, in, "happened", &ret->happened_at);
	if (err == 0)
		err = api_condition(rq, in, &ret->condition);
	if (err == 0)
		err = read_parts(rq, in, &parts, &ret->part_count);
	if (err)
		return err;
	ret->parts = parts;
	ret->code = http_param(rq, "code");
	ret->place = doc_str(in, "place");
	ret->back_reason = doc_str(in, "back_reason");
	ret->note = doc_str(in, "note");
	ret->early_reason = doc_str(in, "early_reason");
	ret->late_reason = doc_str(in, "late_reason");
	ret->inspected = doc_bool(in, "inspected", text_equal(doc_str(in, "inspected"), "yes"));
	if (api_choice(in, "erase", &ret->erase) != 0)
		return api_bad_field(rq, "erase", "yes, no") == 0 ? ERR_BADINPUT : ERR_INTERNAL;
	if (api_choice(in, "preserve_data_plan", &ret->preserve_data_plan) != 0)
		return api_bad_field(rq, "preserve_data_plan", "yes, no") == 0 ? ERR_BADINPUT
									       : ERR_INTERNAL;
	return 0;
}

int api_item_check_in(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"place", "happened", "back_reason", "condition", "note",
		"parts", "missing", "early_reason", "late_reason", "erase", "preserve_data_plan",
		"inspected", "yes", "desk", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	struct inv_in how = {0};
	struct inv_in_result res;
	struct inv_desk_who by;
	struct refusal r = {0};
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = read_in(rq, in, &how);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	by = api_desk_who(rq, doc_str(in, "desk"));
	err = inv_check_in(w->o.inv, &by, &how, &r, &res);
	if (err == 0)
		in_doc(&res, d);
	return api_circulated(rq, err, &r, d);
}

int api_item_inspected(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"condition", "note", "parts", "missing", "broken", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_inspect x = {.code = http_param(rq, "code")};
	struct inv_in_part *parts;
	struct inv_in_result res;
	struct refusal r = {0};
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_condition(rq, in, &x.condition);
	if (err == 0)
		err = read_parts(rq, in, &parts, &x.part_count);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	x.parts = doc_has(in, "parts") || doc_has(in, "missing") ? parts : NULL;
	x.note = doc_str(in, "note");
	x.broken = doc_bool(in, "broken", text_equal(doc_str(in, "broken"), "yes"));
	err = inv_inspected(w->o.inv, &by, &x, &r, &res);
	/* what is to be mended is found by its ticket */
	if (err == 0 && x.broken && web_is_page(rq))
		return http_reply_see_other(rq, arena_printf(rq->arena, "/items/%s/fault?done=loan-inspected", web_escape(rq->arena, x.code)));
	if (err == 0)
		in_doc(&res, d);
	return api_circulated(rq, err, &r, d);
}

/* --- while it is out --- */

int api_loan_renew(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"line", "yes", "late_reason", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_renewal how = {0};
	struct inv_renewed res;
	struct refusal r = {0};
	int err = api_loan_number(rq, &how.loan);

	if (err)
		return err;
	err = api_body(rq, known, &in);
	if (err == 0)
		err = api_yes(rq, in, &how.yes);
	if (err == 0)
		err = api_count(rq, in, "line", 1000, &how.line);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	how.late_reason = doc_str(in, "late_reason");
	err = inv_renew(w->o.inv, &by, &how, &r, &res);
	if (err == 0) {
		doc_set_int(d, "lines", res.lines);
		web_doc_opt_day(d, "due", res.due);
	}
	return api_circulated(rq, err, &r, d);
}

int api_loan_due(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"line", "due", "reason", NULL};
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct refusal r = {0};
	uint32_t line = 0;
	int32_t asked = 0, due;
	uint64_t loan;
	struct doc *in, *d = doc_new(rq->arena);
	int err = api_loan_number(rq, &loan);

	if (err)
		return err;
	err = api_body(rq, known, &in);
	if (err == 0)
		err = api_count(rq, in, "line", 1000, &line);
	if (err == 0)
		err = api_day(rq, in, "due", &asked);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!asked)
		return api_missing_field(rq, "due");
	due = asked;
	err = inv_due_change(w->o.inv, &by, loan, line, &due, doc_str(in, "reason"), &r);
	if (err || web_is_page(rq))
		return api_done(rq, err, &r);
	doc_set_bool(d, "done", true);
	web_day_moved_doc(d, rq, asked, due);
	return http_reply_doc(rq, 200, d);
}
