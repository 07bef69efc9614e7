/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of webhooks. */
#include "web/event_int.h"
#include "web/listed_int.h"

#include "base/text.h"

static void put_hook(const struct http_request *rq, const struct web_hook *h, struct doc *row)
{
	const char *state = h->paused_at ? "paused" : h->failure ? "failing" : "well";

	web_hook_doc(h, row);
	doc_set_str(row, "topics_text",
		text_empty(h->topics) ? web_text(rq->lang, "webhooks.all_topics") : h->topics);
	doc_set_str(row, "state", state);
	doc_set_str(row, "state_text",
		web_text(rq->lang, arena_printf(rq->arena, "webhooks.%s", state)));
	doc_set_str(row, "look", h->paused_at ? "over" : h->failure ? "waits" : "done");
}

static int walk(struct web_walk *k)
{
	struct web_hook *h;
	size_t n = 0;
	int err = web_hook_list(k->txn, k->job->rq->arena, &h, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		put_hook(k->job->rq, &h[i], doc_add_object(k->rows));
	return err;
}

static const struct web_col columns[] = {
	{"url", "field.url", WEB_COL_OWN, "/webhooks/", "id"},
	{"note", "column.note", WEB_COL_SORT},
	{"topics_text", "webhooks.topics", WEB_COL_SORT},
	{"state_text", "column.state", WEB_COL_SORT, .look = "look"},
	{"delivered", "webhooks.delivered", WEB_COL_SORT | WEB_COL_DOWN},
	{"failure", "column.why", WEB_COL_SORT},
	{"made", "column.made", WEB_COL_SORT | WEB_COL_DOWN | WEB_COL_FILE},
	{"made_by", "column.made_by", WEB_COL_SORT | WEB_COL_FILE},
	{0},
};
static const struct web_choice states[] = {{"well", "webhooks.well"},
	{"failing", "webhooks.failing"}, {"paused", "webhooks.paused"}, {0}};
static const struct web_sift sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"state", WEB_SIFT_SAME, "column.state", .choices = states},
	{"delivered", WEB_SIFT_SAID, "webhooks.ever", .choices = web_yes_no},
	{0},
};
static const struct web_listed hooks = {
	.list = "webhooks",
	.path = "/webhooks",
	.title = "webhooks.title",
	.none = "webhooks.none",
	.columns = columns,
	.sifts = sifts,
	.walk = walk,
	.live = "hook.",
	.whole = "id",
};

int api_hook_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &hooks);
}
