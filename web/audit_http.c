/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/audit: who did what. */
#include "web/list_int.h"

#include "base/text.h"

static const char *const audit_filters[] = {"act", "object", NULL};
static const struct web_sort audit_sorts[] = {{"at", .down_first = true}, {0}};
static const struct web_list audit = {"/audit", audit_filters, audit_sorts};

/* ?act= is an act, or what several of them are about. */
static struct audit_ask ask_of(const struct http_request *rq, const struct web_sorted *order)
{
	const char *object = http_query(rq, "object"), *act = http_query(rq, "act");
	bool one = act && strchr(act, '.');

	return (struct audit_ask){.object = text_empty(object) ? NULL : object,
		.act = one ? act : NULL,
		.about = one || text_empty(act) ? NULL : act,
		.oldest_first = !order->down};
}

/* Where it goes on: the number of the last one that was told. */
static int after_of(const struct http_request *rq, uint64_t *ret)
{
	const char *after = http_query(rq, "after");

	if (text_empty(after))
		after = http_query(rq, "before");
	return text_empty(after) ? 0 : text_parse_u64(after, ret);
}

static void put_face(struct api_read *job)
{
	struct http_request *rq = job->rq;
	int64_t next;

	web_list_face(rq, &audit, job->d);
	if (doc_int(job->d, "next", &next) == 0)
		doc_set_str(doc_object(job->d, "list"), "next",
			web_list_address(rq, &audit, NULL,
				arena_printf(rq->arena, "after=%lld", (long long)next)));
	doc_set_str(job->d, "act", http_query(rq, "act"));
	doc_set_str(job->d, "without",
		web_list_address(rq, &(struct web_list){"/audit", audit_filters + 2, NULL}, NULL, ""));
	web_audit_choices(rq->lang, rq->arena, http_query(rq, "act"), doc_set_list(job->d, "abouts"));
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
	if (err)
		return err;
	ask = ask_of(rq, &order);
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
	if (web_is_page(rq))
		put_face(job);
	return 0;
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
