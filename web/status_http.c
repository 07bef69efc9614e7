/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/status, /push-certificate and /audit: how things stand, and who did what. */
#include "web/list_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/when.h"

static int status_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *by = doc_set_object(job->d, "items");
	struct cert_push push;
	uint64_t n[INV_STATES];
	int err = inv_count_by_state(txn, n);

	if (err)
		return err;
	for (unsigned s = 1; s < INV_STATES; s++)
		doc_set_int(by, inv_state_name((enum inv_state)s), (int64_t)n[s]);
	err = cert_push_get(job->w->o.certs, txn, job->rq->arena, false, &push);
	doc_set_time(job->d, "push_certificate_ends", err ? 0 : push.not_after);
	doc_set_time(job->d, "ca_ends", cert_ca_not_after(job->w->o.certs));
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_status_fill(struct api_read *job)
{
	struct web *w = job->w;
	struct apns_state push = {0};
	struct doc *d;
	int err = store_read(w->o.st, status_in, job);

	if (err)
		return err;
	if (w->o.apns)
		apns_state_get(w->o.apns, &push);
	d = doc_set_object(job->d, "push");
	doc_set_bool(d, "connected", push.connected);
	doc_set_bool(d, "stopped_by_certificate", push.stopped_by_cert);
	doc_set_str(d, "alarm", push.alarm);
	doc_set_time(d, "alarm_at", push.alarm_at);
	return 0;
}

int api_status(struct http_request *rq, void *ctx)
{
	struct api_read job = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	int err = web_status_fill(&job);

	return err ? err : http_reply_doc(rq, 200, job.d);
}

static const char *const audit_filters[] = {"object", NULL};
static const struct web_list audit = {"/audit", audit_filters, NULL};

/* A value of a detail: a time as people say it, else as it was written. */
static void put_detail_value(
	const struct http_request *rq, const struct doc *of, const char *key, struct buf *out)
{
	const char *s = doc_str(of, key);
	int64_t n, t;

	if (s && clock_parse(s, &t) == 0)
		when_moment(out, rq->lang, t);
	else if (s)
		when_said(out, rq->lang, s);
	else if (doc_int(of, key, &n) == 0)
		buf_printf(out, "%lld", (long long)n);
	else if (doc_kind(doc_value(of, key)) == DOC_TRUE || doc_kind(doc_value(of, key)) == DOC_FALSE)
		buf_add_str(out, web_text(rq->lang, doc_bool(of, key, false) ? "form.yes" : "form.no"));
	else
		buf_add_str(out, "…"); /* a list or more: the file has it */
}

/* {"product":"ipad-10"} is "Produkt: ipad-10": the words of columns and fields, where they have one. */
static const char *detail_words(const struct http_request *rq, const char *detail)
{
	AUTO(buf) struct buf out = BUF_INIT(65536);
	struct doc *d;

	if (!detail || *detail != '{' || doc_parse(rq->arena, bytes_of_str(detail), &d) != 0)
		return detail;
	for (size_t i = 0; doc_key(d, i); i++) {
		const char *key = doc_key(d, i);
		const char *name = web_text(rq->lang, arena_printf(rq->arena, "column.%s", key));

		if (!name)
			name = web_text(rq->lang, arena_printf(rq->arena, "field.%s", key));
		buf_printf(&out, "%s%s: ", i ? ", " : "", name ? name : key);
		put_detail_value(rq, d, key, &out);
	}
	return buf_ok(&out) ? arena_strdup(rq->arena, buf_str(&out)) : detail;
}

static void audit_face(const struct http_request *rq, const struct audit_record *x, struct doc *row)
{
	const char *actor =
		web_text(rq->lang, arena_printf(rq->arena, "name.actor.%s", x->actor));

	doc_set_str(row, "actor_text", actor ? actor : x->actor);
	if (!text_empty(x->detail))
		doc_set_str(row, "detail_text", detail_words(rq, x->detail));
}

static int audit_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *object = http_query(job->rq, "object"), *before = http_query(job->rq, "before");
	struct doc *list = doc_set_list(job->d, "records");
	struct audit_record *records;
	uint64_t seq = 0;
	size_t n;
	int err = before ? text_parse_u64(before, &seq) : 0;

	if (err == 0)
		err = audit_list(txn, object, STORE_PIECE_N(job->rq->arena, seq, api_most(job->rq)),
			&records, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_audit_doc(&records[i], row);
		if (web_is_page(job->rq))
			audit_face(job->rq, &records[i], row);
	}
	if (err)
		return err;
	doc_set_str(job->d, "object", object);
	if (n == api_most(job->rq))
		doc_set_int(job->d, "next", (int64_t)records[n - 1].seq);
	if (web_is_page(job->rq))
		web_list_face(job->rq, &audit, job->d);
	return 0;
}

static const struct web_column audit_columns[] = {
	{"at", "column.when"},
	{"actor", "column.who"},
	{"via", "column.via"},
	{"act", "column.act"},
	{"object", "column.object"},
	{"detail", "column.detail"},
	{"seq", "column.number"},
	{0},
};

int api_audit_list(struct http_request *rq, void *ctx)
{
	const struct web_table table = {
		.list = "records", .page = "audit", .columns = audit_columns};

	return web_read_table(rq, ctx, audit_in, &table);
}
