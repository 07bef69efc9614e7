/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of faults and of safety notices. */
#include "web/product_int.h"

#include "base/text.h"
#include "web/circulation_int.h"

static int put_title(struct api_read *job, struct store_txn *txn, struct doc *row)
{
	const char *serial = doc_str(row, "serial");
	struct inv_unit u;
	int err = serial ? inv_unit_get(txn, job->rq->arena, serial, &u) : ERR_NOTFOUND;

	if (err == 0) {
		doc_set_str(row, "unit_title", web_unit_title(job, txn, &u));
		doc_set_str(row, "now_text",
			say_plain(inv_state_say((enum inv_state)u.state), job->rq->lang));
		doc_set_str(row, "now_state", inv_state_name((enum inv_state)u.state));
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int fault_row(
	struct api_read *job, struct store_txn *txn, const struct inv_fault *f, struct doc *row)
{
	doc_set_str(row, "state_text", say_plain(inv_fault_state_say(f->state), job->rq->lang));
	doc_set_bool(row, "over", f->state == INV_FAULT_CLOSED);
	doc_set_str(row, "made_by", web_actor_text(txn, job->rq, f->made_by));
	web_doc_opt(row, "closed_by", web_actor_text(txn, job->rq, f->closed_by));
	return put_title(job, txn, row);
}

/* The loan it is on, so that another can be lent in its place. */
static int put_loan(struct api_read *job, struct store_txn *txn, const struct inv_fault *f)
{
	struct inv_loan_line line;
	struct inv_loan loan;
	struct doc *d;
	char number[INV_LOAN_NUMBER];
	int err = inv_loan_of_unit(txn, job->rq->arena, f->serial, &loan, &line);

	if (err || !(loan.zone & api_people_caller(job->rq).zones))
		return err == ERR_NOTFOUND ? 0 : err;
	d = doc_set_object(job->d, "lent");
	doc_set_str(d, "number", inv_loan_number(loan.id, number));
	doc_set_str(d, "who", loan.borrower);
	doc_set_bool(d, "can_swap", loan.borrower && f->state != INV_FAULT_CLOSED && !f->swap_unit);
	return 0;
}

/* What was lent instead is a link for those who may open that loan. */
static int put_swap(struct api_read *job, struct store_txn *txn, const struct inv_fault *f)
{
	struct inv_loan loan;
	uint64_t id;
	int err = text_empty(f->swap_loan) ? ERR_NOTFOUND : inv_loan_number_parse(f->swap_loan, &id);

	if (err == 0)
		err = inv_loan_get(txn, job->rq->arena, id, &loan);
	if (err == 0)
		doc_set_bool(job->d, "swap_ours", loan.zone & api_people_caller(job->rq).zones);
	return err == ERR_NOTFOUND || err == ERR_BADINPUT ? 0 : err;
}

int web_fault_face(struct api_read *job, struct store_txn *txn, const struct inv_fault *f)
{
	static const struct web_input inputs[] = {
		{.name = "tried", .kind = WEB_INPUT_AREA, .hint = "form.no_names"},
		{.name = "outcome", .kind = WEB_INPUT_AREA, .hint = "fault.outcome_hint"},
		{.name = "state",
			.kind = WEB_INPUT_CHOICE,
			.needed = true,
			.word = inv_fault_state_name,
			.say = inv_fault_state_say},
		{0}};
	static const struct web_form form = {
		.title = "fault.step", .button = "form.save", .inputs = inputs};
	struct web_form_ask ask = {.job = job, .txn = txn, .form = &form, .values = job->d};
	int err = fault_row(job, txn, f, job->d);

	if (err == 0)
		err = web_photos_put(job, txn,
			arena_printf(job->rq->arena, "fault:%llu", (unsigned long long)f->id));
	if (err == 0)
		err = put_loan(job, txn, f);
	if (err == 0)
		err = put_swap(job, txn, f);
	ask.next = arena_printf(job->rq->arena, "/faults/%llu?done=saved", (unsigned long long)f->id);
	ask.back = "/faults";
	return err ? err : web_form_put(&ask, "asked");
}

/* --- safety notices --- */

int web_notice_face(struct api_read *job, struct store_txn *txn)
{
	struct inv_product p;
	const char *product = doc_str(job->d, "product");

	if (product && inv_product_get(txn, job->rq->arena, product, &p) == 0)
		doc_set_str(job->d, "product_title", inv_product_name(&p, job->rq->lang));
	doc_set_bool(job->d, "is_open", !doc_has(job->d, "closed"));
	return 0;
}

static int fill_notice(struct web_form_ask *ask)
{
	ask->next = "/safety-notices/*?done=notice-made";
	ask->back = "/safety-notices";
	return 0;
}

int page_notice_new(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {{.name = "title", .needed = true},
		{.name = "text", .kind = WEB_INPUT_AREA, .label = "notice.text", .needed = true},
		{.name = "source", .hint = "notice.source_hint"},
		{.name = "product",
			.kind = WEB_INPUT_CHOICE,
			.label = "column.product",
			.options = web_options_product},
		{.name = "model"}, {.name = "lot"}, {.name = "serial_from"}, {.name = "serial_to"},
		{.name = "made_from", .kind = WEB_INPUT_DAY},
		{.name = "made_to", .kind = WEB_INPUT_DAY},
		{.name = "stop", .kind = WEB_INPUT_TICK, .hint = "notice.stop_hint"}, {0}};
	static const struct web_form f = {.title = "notice.new",
		.lead = "notice.new_lead",
		.button = "notice.new_button",
		.inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_notice);
}
