/* SPDX-License-Identifier: EUPL-1.2 */
/* What the day asks of those who lend: what is due today, what is late, what stands ready, what came
 * back and is to be looked at. Of the caller's own zones; no names. */
#include "web/circulation_int.h"
#include "web/start_int.h"

#include "base/text.h"

#define LINES 6
#define RETURNS 50
#define COUNTED 50 /* of unsigned loans: "more than" behind that */

static int put_due(struct api_read *job, struct store_txn *txn, const char *key, int32_t from,
	int32_t to)
{
	const struct inv_loan_ask ask = {.order = INV_LOANS_DUE,
		.zones = api_people_caller(job->rq).zones,
		.from = from,
		.to = to,
		.awaited = true,
		.most = LINES,
		.look = web_loan_look(job->rq)};
	struct doc *part = doc_set_object(job->d, key), *list = doc_set_list(part, "lines");
	struct inv_loan_row *rows;
	const char *next;
	size_t n;
	int err = inv_loan_list(txn, job->rq->arena, &ask, &rows, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_loan_row_doc(&rows[i], doc_add_object(list), job->rq->lang);
	if (err)
		return err;
	doc_set_bool(part, "any", n > 0);
	doc_set_bool(part, "more", next != NULL);
	return 0;
}

/* Whether anybody has lent or taken back what is still to be signed for. */
static int put_unsigned(struct api_read *job, struct store_txn *txn)
{
	const struct inv_loan_ask ask = {.order = INV_LOANS_UNSIGNED,
		.zones = api_people_caller(job->rq).zones,
		.most = COUNTED};
	struct inv_loan_row *rows;
	const char *next;
	size_t n;
	int err = inv_loan_list(txn, job->rq->arena, &ask, &rows, &n, &next);

	if (err)
		return err;
	doc_set_int(job->d, "unsigned", (int64_t)n);
	doc_set_bool(job->d, "more_unsigned", next != NULL);
	doc_set_bool(job->d, "any_unsigned", n > 0);
	return 0;
}

int web_start_people(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	int32_t today = day_of_time(job->rq->now);
	int err = put_due(job, txn, "due_today", today, today);

	if (err == 0)
		err = put_due(job, txn, "late", 0, today - 1);
	if (err == 0)
		err = web_start_calls(txn, job);
	return err ? err : put_unsigned(job, txn);
}

/* iPads on their way from one borrower to the next. */
int web_start_returns(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *part = doc_set_object(job->d, "returning"), *list = doc_set_list(part, "lines");
	struct inv_return *r;
	size_t n;
	int err = inv_return_list(txn, job->rq->arena, NULL, RETURNS, &r, &n);

	for (size_t i = 0; err == 0 && i < n && i < LINES; i++)
		err = web_return_doc(txn, &r[i], doc_add_object(list), job->rq->arena,
			job->rq->lang, job->rq->now);
	if (err)
		return err;
	doc_set_int(part, "count", (int64_t)n);
	doc_set_bool(part, "any", n > 0);
	return 0;
}

/* Who was given a password and has not come yet. */
int web_start_accounts(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct web_account *u;
	int64_t waiting = 0;
	size_t n;
	int err = web_account_list(txn, job->rq->arena, &u, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		waiting += u[i].one_time && !u[i].closed_at;
	if (err)
		return err;
	doc_set_int(job->d, "accounts_waiting", waiting);
	doc_set_bool(job->d, "any_accounts_waiting", waiting > 0);
	return 0;
}

/* A look at a protected identity to judge, an erasure list to confirm: what another did. */
int web_start_privacy(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	unsigned zones = api_people_warden(job->rq).zones;
	const char *me = api_caller(job->rq)->who.actor;
	struct people_protocol *list;
	struct people_notice *x;
	size_t n = 0, m = 0;
	bool waits = false, looks = false;
	int err = people_notice_list(
		txn, zones, true, STORE_PIECE(job->rq->arena, NULL, LINES), &x, &n);

	if (err == 0)
		err = people_protocol_list(txn, job->rq->arena, zones, &list, &m);
	for (size_t i = 0; err == 0 && i < n; i++)
		looks = looks || !text_equal(x[i].actor, me);
	for (size_t i = 0; err == 0 && i < m; i++)
		waits = waits || (list[i].state == PEOPLE_PROTOCOL_PROPOSED &&
					 !text_equal(list[i].made_by, me));
	doc_set_bool(job->d, "looks_waiting", looks);
	doc_set_bool(job->d, "erasure_waiting", waits);
	return err;
}

/* Dates that come near; not in a transaction: files are read. */
int web_start_dates(struct api_read *job)
{
	struct doc *list = doc_set_list(job->d, "dates");
	struct web_deadline *d;
	size_t n;
	int err = web_deadlines_get(job->w, job->rq->arena, job->rq->now, &d, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row;

		if (web_light_decide(&d[i], job->rq->now) == WEB_GREEN)
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "sentence",
			web_deadline_sentence(
				job->rq->arena, &d[i], job->rq->lang, job->rq->now));
		doc_set_bool(row, "first", doc_list_size(list) == 1);
	}
	doc_set_bool(job->d, "any_dates", err == 0 && doc_list_size(list) > 0);
	return err;
}
