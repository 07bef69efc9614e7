/* SPDX-License-Identifier: EUPL-1.2 */
/* How a webhook and what waits for it are told. */
#include "web/event_int.h"

void web_hook_doc(const struct web_hook *h, struct doc *d)
{
	doc_set_str(d, "id", h->id);
	doc_set_str(d, "url", h->url);
	doc_set_str(d, "topics", h->topics ? h->topics : "");
	doc_set_bool(d, "results", h->results);
	doc_set_bool(d, "calls", h->calls);
	web_doc_opt(d, "note", h->note);
	doc_set_time(d, "made", h->made_at);
	doc_set_str(d, "made_by", h->made_by);
	doc_set_bool(d, "paused", h->paused_at != 0);
	web_doc_opt_time(d, "delivered", h->delivered_at);
	if (h->failure) {
		web_doc_opt_time(d, "failed", h->failed_at);
		doc_set_str(d, "failure", h->failure);
	}
}

int web_hook_posts_doc(struct store_txn *txn, struct arena *a, const char *id, uint64_t after,
	size_t most, struct doc *d)
{
	struct doc *list = doc_set_list(d, "posts");
	struct web_hook h;
	struct web_post *p;
	size_t n;
	int err = web_hook_get(txn, a, id, &h);

	if (err == 0)
		err = web_post_list(txn, a, id, after, most, &p, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *o = doc_add_object(list);

		doc_set_int(o, "number", (int64_t)p[i].number);
		doc_set_str(o, "event_id", p[i].event_id);
		doc_set_str(o, "topic", p[i].topic);
		doc_set_bool(o, "dead", p[i].due_at == 0);
		doc_set_time(o, "made", p[i].made_at);
		web_doc_opt_time(o, "due", p[i].due_at);
		doc_set_int(o, "tries", p[i].tries);
		web_doc_opt(o, "error", p[i].error);
	}
	return err;
}
