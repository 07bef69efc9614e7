/* SPDX-License-Identifier: EUPL-1.2 */
/* Before a borrower is erased: what goes, what stays and why, and what stands in the way. Opens
 * nothing: what there is can be told without. */
#include "web/borrower_int.h"
#include "web/handout_int.h"

#include "base/text.h"
#include "inventory/agreement.h"

#define KEPT_LOANS 2000

static int add_agreements(struct http_request *rq, struct store_txn *txn, uint64_t loan,
	struct doc *out, struct web_borrower_kept *k)
{
	char number[INV_LOAN_NUMBER];
	struct inv_agreement *x;
	size_t n = 0;
	int err = inv_agreement_list(txn, rq->arena, api_people_caller(rq).zones,
		inv_loan_number(loan, number), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row;

		if (!x[i].signed_at)
			continue;
		row = doc_add_object(out);
		k->agreements++;
		k->until = x[i].forget_at > k->until ? x[i].forget_at : k->until;
		doc_set_str(row, "id", x[i].id);
		doc_set_str(row, "loan", x[i].loan);
		doc_set_bool(row, "of_return", x[i].of_return);
		doc_set_time(row, "signed", x[i].signed_at);
		web_doc_opt_time(row, "void", x[i].void_at);
		web_doc_opt_time(row, "forget", x[i].forget_at);
	}
	return err;
}

int web_borrower_kept(struct http_request *rq, struct store_txn *txn, const char *id,
	struct doc *agreements, struct web_borrower_kept *ret)
{
	struct inv_loan_ask ask = {.order = INV_LOANS_OF_BORROWER,
		.key = id,
		.zones = api_people_caller(rq).zones,
		.most = API_PAGE_MOST};
	const struct inv_hold_ask holds = {
		.borrower = id, .zones = ask.zones, .most = API_PAGE_MOST};
	struct web_borrower_kept k = {0};
	struct inv_loan_row *rows;
	struct inv_hold *h;
	const char *next;
	size_t n;
	int err;

	do {
		err = inv_loan_list(txn, rq->arena, &ask, &rows, &n, &ask.after);
		for (size_t i = 0; err == 0 && i < n; i++)
			err = add_agreements(rq, txn, rows[i].loan.id, agreements, &k);
		k.loans += err ? 0 : n;
	} while (err == 0 && ask.after && k.loans < KEPT_LOANS);
	if (err == 0)
		err = inv_hold_list(txn, rq->arena, &holds, &h, &k.holds, &next);
	if (err == 0)
		*ret = k;
	return err;
}

struct erasing {
	struct http_request *rq;
	struct web *w;
	struct doc *d;
};

static void put_goes(struct doc *d, const struct people_borrower *b)
{
	struct doc *goes = doc_set_object(d, "goes");

	doc_set_bool(goes, "person", b->person.n > 0);
	doc_set_bool(goes, "needs", b->needs.n > 0);
	doc_set_bool(goes, "relatives", b->relatives.n > 0);
	doc_set_bool(goes, "consents", b->consents.n > 0);
}

static int put_stays(struct store_txn *txn, struct erasing *j, const char *id)
{
	struct doc *stays = doc_set_object(j->d, "stays");
	struct web_borrower_kept k;
	int err = web_borrower_kept(j->rq, txn, id, doc_set_list(stays, "papers"), &k);

	if (err)
		return err;
	doc_set_int(stays, "loans", (int64_t)k.loans);
	doc_set_int(stays, "agreements", (int64_t)k.agreements);
	doc_set_int(stays, "holds", (int64_t)k.holds);
	web_doc_opt_time(stays, "until", k.until);
	doc_set_bool(stays, "any_loans", k.loans > 0);
	doc_set_bool(stays, "any_agreements", k.agreements > 0);
	doc_set_bool(stays, "any_holds", k.holds > 0);
	return 0;
}

/* What is planned for them is cancelled with them: named, so that nobody goes there in vain. */
static int put_planned(struct store_txn *txn, struct erasing *j, const char *id)
{
	struct api_read job = {.w = j->w, .rq = j->rq, .d = j->d};
	const struct inv_handout_ask ask = {
		.borrower = id, .zones = api_people_caller(j->rq).zones, .most = API_PAGE_MOST};
	struct doc *list = doc_set_list(j->d, "handouts");
	struct inv_handouts h;
	int err = inv_handout_list(txn, j->rq->arena, &ask, &h);

	for (size_t i = 0; err == 0 && i < h.n; i++)
		err = web_handout_row(&job, txn, &h.rows[i], doc_add_object(list));
	if (err == 0)
		doc_set_bool(j->d, "any_handouts", h.n > 0);
	return err;
}

static int erase_in(struct store_txn *txn, void *arg)
{
	static const char *const reasons[] = {"asked", "died", "moved", "other", NULL};
	struct erasing *j = arg;
	struct people_borrower b;
	int err = web_borrower_head(j->rq, j->w, txn, j->d, &b);

	if (err == 0 && b.state == PEOPLE_ERASED)
		err = ERR_NOTFOUND;
	if (err == 0)
		err = put_stays(txn, j, b.id);
	if (err == 0)
		err = put_planned(txn, j, b.id);
	if (err)
		return err;
	put_goes(j->d, &b);
	doc_set_bool(j->d, "possible", b.open_loans == 0);
	if (web_is_page(j->rq))
		web_codes_put(j->rq, j->d, "reason", reasons, "asked");
	return 0;
}

int api_borrower_erase_look(struct http_request *rq, void *ctx)
{
	struct erasing j = {rq, ctx, doc_new(rq->arena)};
	int err = store_write(j.w->o.st, erase_in, &j);

	return err ? err : web_reply(rq, 200, "borrower-erase", j.d);
}
