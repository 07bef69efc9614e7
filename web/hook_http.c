/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/webhooks. */
#include "web/api_int.h"

#include "base/text.h"

/* True in JSON; a form's box says yes. */
static bool ticked(const struct doc *in, const char *name)
{
	return doc_bool(in, name, text_equal(doc_str(in, name), "yes"));
}

int api_hook_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"url", "topics", "note", "results", "calls", NULL};
	struct web *w = ctx;
	struct web_hook_ask ask;
	const char *id, *secret;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	ask = (struct web_hook_ask){.url = doc_str(d, "url"),
		.topics = doc_str(d, "topics"),
		.note = doc_str(d, "note"),
		.results = ticked(d, "results"),
		.calls = ticked(d, "calls")};
	if (text_empty(ask.url))
		return api_missing_field(rq, "url");
	if (!api_note_ok(ask.note))
		return api_bad_field(rq, "note", "0-500");
	err = web_hook_add(w, &api_caller(rq)->who, &ask, rq->now, rq->arena, &id, &secret, &r);
	if (err)
		return api_done(rq, err, &r);
	d = doc_new(rq->arena);
	doc_set_str(d, "id", id);
	doc_set_str(d, "secret", secret);
	doc_set_str(d, "url", ask.url);
	return web_reply(rq, 201, "webhook-secret", d);
}

/* The page has the hook itself besides what waits. */
static int hook_face(struct api_read *job, struct store_txn *txn)
{
	const struct doc *posts = doc_list(job->d, "posts");
	struct web_hook h;
	int64_t dead = 0;
	int err = web_hook_get(txn, job->rq->arena, http_param(job->rq, "id"), &h);

	if (err)
		return err;
	web_hook_doc(&h, job->d);
	for (size_t i = 0; i < doc_list_size(posts); i++)
		dead += doc_bool(doc_list_object(posts, i), "dead", false);
	doc_set_bool(job->d, "any_dead", dead > 0);
	return 0;
}

static int posts_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *after = http_query(job->rq, "after");
	uint64_t number = 0;
	int err = after ? text_parse_u64(after, &number) : 0;

	if (err == 0)
		err = web_hook_posts_doc(txn, job->rq->arena, http_param(job->rq, "id"), number,
			api_most(job->rq), job->d);
	return err == 0 && web_is_page(job->rq) ? hook_face(job, txn) : err;
}

int api_hook_posts(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, posts_in, "webhook");
}

static int act(struct http_request *rq, void *ctx, enum web_hook_act what)
{
	return api_done(rq,
		web_hook_act(ctx, &api_caller(rq)->who, http_param(rq, "id"), what, rq->now), NULL);
}

int api_hook_pause(struct http_request *rq, void *ctx)
{
	return act(rq, ctx, WEB_HOOK_PAUSE);
}

int api_hook_resume(struct http_request *rq, void *ctx)
{
	return act(rq, ctx, WEB_HOOK_RESUME);
}

int api_hook_again(struct http_request *rq, void *ctx)
{
	return act(rq, ctx, WEB_HOOK_AGAIN);
}

int api_hook_remove(struct http_request *rq, void *ctx)
{
	return act(rq, ctx, WEB_HOOK_REMOVE);
}

int api_hook_test(struct http_request *rq, void *ctx)
{
	return act(rq, ctx, WEB_HOOK_TEST);
}
