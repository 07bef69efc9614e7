/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/borrower-policies, borrower-notices: how long persons are kept, and who looked at the
 * protected ones. Nothing personal here. */
#include "web/borrower_int.h"
#include "web/listed_int.h"
#include "web/thing_int.h"

#include "base/clock.h"
#include "base/text.h"

/* --- how long --- */

static int put_due(struct api_read *job, struct store_txn *txn, size_t most, struct doc *list)
{
	const char *before = http_query(job->rq, "before");
	struct people_borrower *b;
	int64_t at = job->rq->now;
	size_t n;
	int err = before ? clock_parse(before, &at) : 0;

	if (err == 0)
		err = people_due_list(job->w->o.people, txn, job->rq->arena,
			api_people_warden(job->rq).zones, at, most, &b, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *d = doc_add_object(list);

		doc_set_str(d, "id", b[i].id);
		doc_set_str(d, "zone", people_zone_name((enum people_zone)b[i].zone));
		doc_set_str(d, "kind", b[i].kind);
		doc_set_time(d, "erase_at", b[i].erase_at);
		doc_set_time(d, "needs_at", b[i].needs_at);
	}
	return err;
}

static int due_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;

	return put_due(job, txn, api_most(job->rq), doc_set_list(job->d, "borrowers"));
}

static int walk_due(struct web_walk *k)
{
	struct http_request *rq = k->job->rq;
	int err = put_due(k->job, k->txn, API_FILE_MOST, k->rows);

	for (size_t i = 0; err == 0 && i < doc_list_size(k->rows); i++) {
		struct doc *d = doc_list_object(k->rows, i);

		doc_set_str(d, "zone_text", web_code_text(rq, "zone", doc_str(d, "zone")));
		if (!text_empty(doc_str(d, "kind")))
			doc_set_str(d, "kind_text", web_code_text(rq, "kind", doc_str(d, "kind")));
	}
	return err;
}

static const struct web_sift no_sifts[] = {{0}};
static const struct web_col due_columns[] = {
	{"id", "column.borrower", WEB_COL_SORT},
	{"zone_text", "extract.zone", WEB_COL_SORT},
	{"kind_text", "column.borrower_kind", WEB_COL_SORT},
	{"erase_at", "retention.up", WEB_COL_OWN},
	{"needs_at", "retention.needs", WEB_COL_SORT},
	{0},
};
const struct web_listed web_due_files = {
	.list = "borrowers",
	.path = "/retention",
	.title = "retention.due",
	.none = "retention.nobody",
	.columns = due_columns,
	.sifts = no_sifts,
	.walk = walk_due,
};

int api_borrower_due(struct http_request *rq, void *ctx)
{
	return web_is_file(rq) ? web_listed(rq, ctx, &web_due_files) : api_read(rq, ctx, due_in);
}

static void policy_doc(const struct people_policy *x, struct doc *d)
{
	doc_set_str(d, "zone", people_zone_name((enum people_zone)x->zone));
	doc_set_str(d, "kind", x->kind ? x->kind : "");
	doc_set_int(d, "keep_days", x->keep_days);
	doc_set_int(d, "needs_days", x->needs_days);
	doc_set_bool(d, "no_identity", x->no_identity);
	doc_set_bool(d, "by_protocol", x->by_protocol);
	doc_set_str(d, "decision", x->decision);
	doc_set_time(d, "changed_at", x->changed_at);
	doc_set_str(d, "changed_by", x->changed_by);
	web_doc_opt_time(d, "counts_at", x->counts_at);
}

static int policies_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "policies");
	struct doc *waiting = doc_set_list(job->d, "waiting");
	struct people_policy *x;
	size_t n;
	int err = people_policy_list(txn, job->rq->arena, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		policy_doc(&x[i], doc_add_object(list));
	if (err == 0)
		err = people_policy_waiting(txn, job->rq->arena, &x, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		policy_doc(&x[i], doc_add_object(waiting));
	return err ? err : web_sweep_doc(txn, job->rq, job->d);
}

int api_policy_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, policies_in);
}

static int days_of(const struct doc *in, const char *key, bool form, uint32_t *ret)
{
	int64_t n = 0;

	/* a form sends texts, and leaves out what is empty */
	if (doc_has(in, key) && web_number_of(in, key, &n) != 0)
		return ERR_BADINPUT;
	if (n < 0 || n > UINT32_MAX || (!form && !doc_has(in, key)))
		return ERR_BADINPUT;
	*ret = (uint32_t)n;
	return 0;
}

int api_policy_set(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"zone", "kind", "keep_days", "needs_days", "no_identity",
		"by_protocol", "decision", NULL};
	const struct people_caller who = api_people_warden(rq);
	struct people_policy want = {0};
	enum people_zone zone;
	struct web *w = ctx;
	struct refusal r = {0};
	bool form = web_is_page(rq);
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (people_zone_parse(doc_str(in, "zone"), &zone) != 0)
		return api_bad_field(rq, "zone", "care, library");
	if (days_of(in, "keep_days", false, &want.keep_days) != 0)
		return api_bad_field(rq, "keep_days", "0…");
	if (days_of(in, "needs_days", form, &want.needs_days) != 0)
		return api_bad_field(rq, "needs_days", "0…");
	want.zone = zone;
	want.kind = doc_str(in, "kind");
	want.no_identity = doc_bool(in, "no_identity", text_equal(doc_str(in, "no_identity"), "yes"));
	want.by_protocol = doc_bool(in, "by_protocol", text_equal(doc_str(in, "by_protocol"), "yes"));
	want.decision = doc_str(in, "decision");
	return api_done(rq, people_policy_set(w->o.people, &who, &want, &r), &r);
}

/* --- the officer's notices --- */

static void put_notice_face(
	const struct http_request *rq, const struct people_notice *x, struct doc *d)
{
	doc_set_str(d, "zone_text",
		web_code_text(rq, "zone", people_zone_name((enum people_zone)x->zone)));
	doc_set_str(d, "why_text", web_code_text(rq, "why", x->why));
	doc_set_bool(d, "open", !x->seen_at);
	doc_set_bool(d, "own", text_equal(x->actor, api_caller(rq)->who.actor));
	doc_set_bool(d, "mine", api_people_caller(rq).zones & x->zone);
}

static void put_notice(struct api_read *job, const struct people_notice *x, struct doc *d)
{
	doc_set_int(d, "number", (int64_t)x->number);
	doc_set_str(d, "zone", people_zone_name((enum people_zone)x->zone));
	doc_set_str(d, "borrower", x->borrower);
	doc_set_str(d, "by", x->actor);
	doc_set_str(d, "why", x->why);
	doc_set_time(d, "at", x->at);
	doc_set_time(d, "seen_at", x->seen_at);
	doc_set_str(d, "seen_by", x->seen_by);
	if (web_is_page(job->rq) || web_is_file(job->rq))
		put_notice_face(job->rq, x, d);
}

/* The words are opened, which is written down: a transaction that writes, and may run twice. */
static int notices_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const struct people_caller who = api_people_warden(job->rq);
	const bool all = text_equal(http_query(job->rq, "all"), "yes");
	const char *after = http_query(job->rq, "after");
	const size_t most = api_most(job->rq);
	struct people_notice *x;
	struct doc *list;
	size_t n = 0, found = 0;
	int err = people_notice_list(txn, who.zones, !all,
		STORE_PIECE(job->rq->arena, text_empty(after) ? NULL : after, most + 1), &x, &found);

	n = found > most ? most : found;
	if (err == 0)
		err = people_notice_open(job->w->o.people, txn, job->rq->arena, &who, x, n);
	job->d = doc_new(job->rq->arena);
	list = doc_set_list(job->d, "notices");
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *d = doc_add_object(list);

		put_notice(job, &x[i], d);
		doc_set_str(d, "words", x[i].words);
	}
	doc_set_bool(job->d, "any", err == 0 && n);
	doc_set_bool(job->d, "all", all);
	doc_set_bool(job->d, "later", !text_empty(after));
	doc_set_str(job->d, "next",
		err == 0 && found > most ? people_notice_cursor(job->rq->arena, &x[n - 1]) : NULL);
	return err;
}

/* In a file the words stay closed: it is carried about. */
static int walk_notices(struct web_walk *k)
{
	struct http_request *rq = k->job->rq;
	const bool all = text_equal(http_query(rq, "all"), "yes");
	struct people_notice *x;
	size_t n = 0;
	int err = people_notice_list(k->txn, api_people_warden(rq).zones, !all,
		STORE_PIECE(rq->arena, k->after, k->most), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		put_notice(k->job, &x[i], doc_add_object(k->rows));
	if (err == 0 && n)
		web_walk_next_text(k, n, people_notice_cursor(rq->arena, &x[n - 1]));
	return err;
}

static const struct web_col notice_columns[] = {
	{"at", "column.when", WEB_COL_OWN | WEB_COL_DOWN},
	{"by", "column.who", WEB_COL_SORT},
	{"borrower", "column.borrower", WEB_COL_SORT},
	{"why_text", "column.reason", WEB_COL_SORT},
	{"zone_text", "extract.zone", WEB_COL_SORT},
	{"seen_at", "looks.seen", WEB_COL_SORT | WEB_COL_DOWN},
	{"seen_by", "column.done_by", WEB_COL_SORT},
	{0},
};
static const struct web_listed notice_files = {
	.list = "notices",
	.path = "/protected-looks",
	.title = "looks.title",
	.none = "looks.none",
	.columns = notice_columns,
	.sifts = no_sifts,
	.walk = walk_notices,
};

int api_notice_list(struct http_request *rq, void *ctx)
{
	struct api_read job = {.w = ctx, .rq = rq};
	int err;

	if (web_is_file(rq))
		return web_listed(rq, ctx, &notice_files);
	err = store_write(job.w->o.st, notices_in, &job);

	return err ? err : web_reply(rq, 200, "protected-looks", job.d);
}

int api_notice_seen(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_warden(rq);
	enum people_zone zone;
	struct web *w = ctx;
	struct refusal r = {0};
	uint32_t n;

	if (people_zone_parse(http_param(rq, "zone"), &zone) != 0 || api_number(rq, &n) != 0)
		return ERR_NOTFOUND;
	return api_done(rq, people_notice_seen(w->o.people, &who, zone, n, &r), &r);
}

int api_policy_withdraw(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"zone", "kind", NULL};
	const struct people_caller who = api_people_warden(rq);
	enum people_zone zone;
	struct web *w = ctx;
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (people_zone_parse(doc_str(in, "zone"), &zone) != 0)
		return api_bad_field(rq, "zone", "care, library");
	return api_done(rq,
		people_policy_withdraw(w->o.people, &who, zone, doc_str(in, "kind")), NULL);
}
