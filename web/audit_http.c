/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/audit: who did what. */
#include "web/list_int.h"

#include "base/day.h"
#include "base/text.h"

#define ACTORS_MOST 200 /* that are offered; any can be typed */

static const char *const audit_filters[] = {"act", "object", "actor", "from", "to", NULL};
static const char *const no_filters[] = {NULL};
static const struct web_sort audit_sorts[] = {{"at", .down_first = true}, {0}};
static const struct web_list audit = {"/audit", audit_filters, audit_sorts};

static const char *typed(const struct http_request *rq, const char *key)
{
	const char *s = http_query(rq, key);

	return text_empty(s) ? NULL : s;
}

/* "2026-11-21": its first second, and with `days` 1 the second behind its last. */
static int day_asked(const struct http_request *rq, const char *key, int days, int64_t *ret)
{
	const char *s = typed(rq, key);
	int32_t day;

	if (!s)
		return 0;
	if (day_parse(s, &day) != 0)
		return ERR_BADINPUT;
	*ret = day_start(day + days);
	return 0;
}

/* ?act= is an act, or what several of them are about. */
static int ask_of(
	const struct http_request *rq, const struct web_sorted *order, struct audit_ask *ret)
{
	const char *act = typed(rq, "act");
	bool one = act && strchr(act, '.');
	int err;

	*ret = (struct audit_ask){.object = typed(rq, "object"),
		.actor = typed(rq, "actor"),
		.act = one ? act : NULL,
		.about = one ? NULL : act,
		.oldest_first = !order->down};
	err = day_asked(rq, "from", 0, &ret->from);
	return err ? err : day_asked(rq, "to", 1, &ret->to);
}

/* Where it goes on: the number of the last one that was told. */
static int after_of(const struct http_request *rq, uint64_t *ret)
{
	const char *after = http_query(rq, "after");

	if (text_empty(after))
		after = http_query(rq, "before");
	return text_empty(after) ? 0 : text_parse_u64(after, ret);
}

/* Who there is to ask for. */
static int put_actors(struct store_txn *txn, struct api_read *job)
{
	struct doc *list = doc_set_list(job->d, "actors");
	const char **names;
	size_t n;
	int err = audit_actors(txn, job->rq->arena, ACTORS_MOST, &names, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		doc_set_str(doc_add_object(list), "name", names[i]);
	return err;
}

/* What was asked for, as the form has it, and the way out of it. */
static void put_asked(struct api_read *job)
{
	struct http_request *rq = job->rq;

	for (const char *const *key = audit_filters; *key; key++) {
		if (!typed(rq, *key))
			continue;
		doc_set_str(job->d, *key, typed(rq, *key));
		doc_set_str(job->d, "without",
			web_list_address(
				rq, &(struct web_list){"/audit", no_filters, NULL}, NULL, ""));
	}
}

static int put_face(struct store_txn *txn, struct api_read *job)
{
	struct http_request *rq = job->rq;
	int64_t next;

	web_list_face(rq, &audit, job->d);
	if (doc_int(job->d, "next", &next) == 0)
		doc_set_str(doc_object(job->d, "list"), "next",
			web_list_address(rq, &audit, NULL,
				arena_printf(rq->arena, "after=%lld", (long long)next)));
	put_asked(job);
	web_audit_choices(rq->lang, rq->arena, http_query(rq, "act"), doc_set_list(job->d, "abouts"));
	return put_actors(txn, job);
}

static int audit_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct http_request *rq = job->rq;
	struct doc *list = doc_set_list(job->d, "records");
	bool words = web_is_page(rq) || web_is_file(rq);
	struct web_sorted order;
	struct audit_record *records;
	struct audit_ask ask;
	uint64_t after = 0;
	size_t n = 0;
	int err = web_list_order(rq, &audit, &order);

	if (err == 0)
		err = after_of(rq, &after);
	if (err == 0)
		err = ask_of(rq, &order, &ask);
	if (err)
		return err;
	err = audit_find(txn, &ask, STORE_PIECE_N(rq->arena, after, api_most(rq)), &records, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_audit_doc(&records[i], row);
		if (words)
			web_audit_words(rq->arena, rq->lang, &records[i], row);
	}
	if (err)
		return err;
	doc_set_str(job->d, "object", ask.object);
	if (n == api_most(rq))
		doc_set_int(job->d, "next", (int64_t)records[n - 1].seq);
	return web_is_page(rq) ? put_face(txn, job) : 0;
}

/* Codes for whoever counts, words for whoever reads. */
static const struct web_column audit_columns[] = {
	{"at", "column.when"},
	{"actor", "column.who"},
	{"act_text", "column.act"},
	{"object", "column.object"},
	{"detail_text", "column.detail"},
	{"via_text", "column.via"},
	{"seq", "column.number"},
	{"act", "column.act_code"},
	{"via", "column.via_code"},
	{"detail", "column.detail_code"},
	{0},
};

int api_audit_list(struct http_request *rq, void *ctx)
{
	const struct web_table table = {
		.list = "records", .page = "audit", .columns = audit_columns};

	return web_read_table(rq, ctx, audit_in, &table);
}
