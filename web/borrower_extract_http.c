/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is stored of a person, for that person (GDPR, article 15): as a document, as a page to
 * print, as a file. The person's own loans, holds and agreements stand beside what people/ opens.
 */
#include "web/borrower_int.h"
#include "web/circulation_int.h"
#include "web/handout_int.h"

#include "base/text.h"
#include "inventory/agreement.h"

struct extract {
	struct http_request *rq;
	struct web *w;
	struct people_caller who;
	struct doc *d;
	struct refusal r;
	bool by_two; /* a protected identity's */
};

const char *web_code_text(const struct http_request *rq, const char *key, const char *code)
{
	const char *text =
		code ? web_text(rq->lang, arena_printf(rq->arena, "name.%s.%s", key, code)) : NULL;

	return text ? text : code;
}

int web_borrower_head(struct http_request *rq, struct web *w, struct store_txn *txn, struct doc *d,
	struct people_borrower *ret)
{
	const struct people_caller who = api_people_caller(rq);
	const char *id = http_param(rq, "id"), *name;
	struct doc *row;
	int err = people_get(w->o.people, txn, rq->arena, who.zones, id, ret);

	if (err)
		return err;
	row = doc_set_object(d, "borrower");
	people_borrower_doc(ret, row);
	doc_set_bool(row, "active", ret->state == PEOPLE_ACTIVE);
	doc_set_bool(row, "care", ret->zone == PEOPLE_CARE);
	doc_set_bool(row, "gone", ret->state == PEOPLE_ERASED);
	if (ret->state == PEOPLE_ERASED)
		return 0;
	err = people_short_name(w->o.people, txn, rq->arena, &who, id, rq->lang, &name);
	if (err == 0)
		doc_set_str(row, "name", name);
	return err;
}

/* --- what inventory/ has --- */

static int add_loan(struct store_txn *txn, struct extract *x, uint64_t loan, struct doc *out)
{
	struct inv_loan_full full;
	char number[INV_LOAN_NUMBER];
	int err = inv_loan_load(txn, x->rq->arena, loan, &full);

	for (size_t i = 0; err == 0 && i < full.line_count; i++) {
		struct doc *row = doc_add_object(out);

		doc_set_str(row, "loan", inv_loan_number(loan, number));
		web_loan_line_doc(&full.lines[i], row, x->rq->lang);
	}
	return err;
}

static int add_loans(struct store_txn *txn, struct extract *x)
{
	struct inv_loan_ask ask = {.order = INV_LOANS_OF_BORROWER,
		.key = http_param(x->rq, "id"),
		.zones = x->who.zones,
		.most = API_PAGE_MOST};
	struct doc *out = doc_set_list(x->d, "loans");
	struct inv_loan_row *rows;
	size_t n;
	int err;

	do {
		err = inv_loan_list(txn, x->rq->arena, &ask, &rows, &n, &ask.after);
		for (size_t i = 0; err == 0 && i < n; i++)
			err = add_loan(txn, x, rows[i].loan.id, out);
	} while (err == 0 && ask.after);
	return err;
}

static int add_holds(struct store_txn *txn, struct extract *x)
{
	const struct inv_hold_ask ask = {.borrower = http_param(x->rq, "id"),
		.zones = x->who.zones,
		.most = API_PAGE_MOST};
	struct doc *out = doc_set_list(x->d, "holds");
	struct inv_hold *h;
	const char *next;
	size_t n;
	int err = inv_hold_list(txn, x->rq->arena, &ask, &h, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_hold_doc(&h[i], doc_add_object(out), x->rq->lang);
	return err;
}

/* Hand-outs that are planned, with the words beside them. */
static int add_handouts(struct store_txn *txn, struct extract *x)
{
	const struct inv_handout_ask ask = {.borrower = http_param(x->rq, "id"),
		.zones = x->who.zones,
		.most = API_PAGE_MOST};
	struct doc *out = doc_set_list(x->d, "handouts");
	struct api_read job = {.w = x->w, .rq = x->rq, .d = x->d};
	const struct inv_handout_look look = {x->w->o.inv, txn, x->rq->arena, x->rq->now};
	struct inv_handouts h;
	const char *note;
	int err = inv_handout_list(txn, x->rq->arena, &ask, &h);

	for (size_t i = 0; err == 0 && i < h.n; i++) {
		struct doc *row = doc_add_object(out);

		err = web_handout_row(&job, txn, &h.rows[i], row);
		if (err == 0)
			err = inv_handout_note(&look, &x->who, &h.rows[i], &note);
		if (err == 0)
			web_doc_opt(row, "note", note);
		err = err == ERR_REFUSED ? 0 : err;
	}
	return err;
}

static int add_rest(struct store_txn *txn, void *arg)
{
	struct extract *x = arg;
	struct web_borrower_kept kept;
	int err = add_loans(txn, x);

	if (err == 0)
		err = add_holds(txn, x);
	if (err == 0)
		err = add_handouts(txn, x);
	return err ? err
		   : web_borrower_kept(x->rq, txn, http_param(x->rq, "id"),
			     doc_set_list(x->d, "agreements"), &kept);
}

/* --- as a page --- */

static void put_text(const struct extract *x, struct doc *row, const char *key, const char *of)
{
	doc_set_str(row, arena_printf(x->rq->arena, "%s_text", of),
		web_code_text(x->rq, key, doc_str(row, of)));
}

static void put_words(struct extract *x)
{
	struct doc *b = doc_object(x->d, "borrower"), *consents = doc_list(x->d, "consents");
	struct doc *acts = doc_list(x->d, "acts");

	web_person_face(x->rq, doc_object(x->d, "person"));
	put_text(x, b, "zone", "zone");
	put_text(x, b, "kind", "kind");
	put_text(x, b, "lang", "lang");
	put_text(x, b, "borrower_state", "state");
	for (size_t i = 0; i < doc_list_size(consents); i++) {
		put_text(x, doc_list_object(consents, i), "consent", "kind");
		put_text(x, doc_list_object(consents, i), "about", "about");
		put_text(x, doc_list_object(consents, i), "giver", "giver");
	}
	for (size_t i = 0; i < doc_list_size(acts); i++)
		put_text(x, doc_list_object(acts, i), "act", "act");
	doc_set_bool(x->d, "any_loans", doc_list_size(doc_list(x->d, "loans")));
	doc_set_bool(x->d, "any_holds", doc_list_size(doc_list(x->d, "holds")));
	doc_set_bool(x->d, "any_handouts", doc_list_size(doc_list(x->d, "handouts")));
	doc_set_bool(x->d, "any_relatives", doc_list_size(doc_list(x->d, "relatives")));
	doc_set_bool(x->d, "any_consents", doc_list_size(consents));
	doc_set_bool(x->d, "any_agreements", doc_list_size(doc_list(x->d, "agreements")));
	doc_set_time(x->d, "made", x->rq->now);
}

static int head_in(struct store_txn *txn, void *arg)
{
	struct extract *x = arg;
	struct people_borrower b;

	return web_borrower_head(x->rq, x->w, txn, x->d, &b);
}

int page_borrower_extract(struct http_request *rq, void *ctx)
{
	struct extract x = {rq, ctx, api_people_caller(rq), doc_new(rq->arena), {0}, false};
	int err = store_write(x.w->o.st, head_in, &x);

	return err ? err : web_reply(rq, 200, "borrower-extract-ask", x.d);
}

static int reply(struct extract *x, const char *as)
{
	AUTO(buf) struct buf out = BUF_INIT(16u << 20);

	if (!web_is_page(x->rq))
		return http_reply_doc(x->rq, 200, x->d);
	if (text_equal(as, "file")) {
		doc_format(x->d, &out);
		if (!buf_ok(&out))
			return ERR_TOOBIG;
		http_reply_header(
			x->rq, "Content-Disposition", "attachment; filename=\"registerutdrag.json\"");
		return http_reply(x->rq, 200, "application/json",
			arena_bytes(x->rq->arena, buf_bytes(&out)));
	}
	put_words(x);
	return web_reply(x->rq, 200, "borrower-extract", x->d);
}

/* Of a protected identity two people fetch it: neither by an account that the other just made. */
static int two_in(struct store_txn *txn, void *arg)
{
	struct extract *x = arg;
	struct people_borrower b;
	int err = people_get(x->w->o.people, txn, x->rq->arena, x->who.zones,
		http_param(x->rq, "id"), &b);

	if (err || !b.is_protected)
		return err;
	x->by_two = true;
	err = web_second_check(txn, x->rq->arena, x->who.who->actor, x->rq->now, &x->r);
	return refusal_keep(&x->r, err);
}

int api_borrower_extract(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"words", "as", NULL};
	struct extract x = {rq, ctx, api_people_caller(rq), doc_new(rq->arena), {0}, false};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = store_read(x.w->o.st, two_in, &x);
	if (err == 0 && x.by_two && web_page_full_first(rq, x.w, &err))
		return err;
	if (err == 0)
		err = people_extract(x.w->o.people, &x.who, http_param(rq, "id"),
			doc_str(in, "words"), rq->arena, x.d, &x.r);
	if (err == ERR_REFUSED)
		return api_done(rq, err, &x.r);
	if (err == 0)
		err = store_write(x.w->o.st, add_rest, &x);
	return err ? err : reply(&x, doc_str(in, "as"));
}
