/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages that only ask or only tell: the questions before an act, the components. */
#include "web/api_int.h"

#include "base/text.h"

/* --- questions about an iPad --- */

static int device_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *code = http_param(job->rq, "code");
	int err = web_device_doc(
		job->w, txn, code, job->d, job->rq->arena, job->rq->lang, job->rq->now);
	struct inv_unit u;

	if (err == 0)
		err = inv_unit_find(txn, job->rq->arena, code, &u);
	if (err)
		return err;
	doc_set_bool(job->d, "screen", inv_unit_may_enrol(&u));
	return web_device_face(job, txn);
}

static int questions(struct http_request *rq, struct web *w, const char *template)
{
	struct api_read job = {.w = w, .rq = rq, .d = doc_new(rq->arena)};
	int err = store_read(w->o.st, device_in, &job);

	if (err)
		return err;
	doc_set_str(job.d, "organisation_phone", web_lost_phone(w));
	doc_set_str(job.d, "house_words", web_words(w, SETTING_LOST_WORDS));
	return web_reply(rq, 200, template, job.d);
}

int page_device_lost(struct http_request *rq, void *ctx)
{
	return questions(rq, ctx, "lost");
}

/* What was answered, shown as the finder will see it; nothing is done yet. */
int page_device_lost_preview(struct http_request *rq, void *ctx)
{
	static const char *const keys[] = {"message", "phone", "footnote", "note", "police"};
	struct api_read job = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	const struct refusal words = {.say = &web_say_screen_words};
	int err = store_read(job.w->o.st, device_in, &job);

	if (err)
		return err;
	if (!web_form_str(rq, "stolen"))
		return web_page_again(
			rq, 400, say_plain(&web_say_lost_or_stolen, rq->lang), "stolen");
	if (doc_bool(job.d, "screen", false) && !web_form_str(rq, "message") &&
		!web_form_str(rq, "phone"))
		return web_page_again(
			rq, 400, refusal_text(rq->arena, rq->lang, &words), "message");
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		doc_set_str(job.d, keys[i], web_form_str(rq, keys[i]));
	doc_set_bool(job.d, "unsupervised",
		!doc_bool(doc_object(job.d, "mdm"), "supervised", true));
	doc_set_bool(job.d, "stolen", text_equal(web_form_str(rq, "stolen"), "yes"));
	return web_reply(rq, 200, "lost-preview", job.d);
}

int page_device_returned(struct http_request *rq, void *ctx)
{
	return questions(rq, ctx, "returned");
}

/* --- told --- */

int page_components(struct http_request *rq, void *ctx)
{
	static const char *const states[] = {"ordered", "delivered", "in_stock", "on_loan", "lost",
		"stolen", "repair", "returned_to_lessor", "discarded", "quarantined"};
	struct doc *d = doc_new(rq->arena), *list = doc_set_list(d, "states");

	(void)ctx;
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		struct doc *row = doc_add_object(list);
		enum inv_state s;

		if (inv_state_parse(states[i], &s) != 0)
			continue;
		doc_set_str(row, "state", states[i]);
		doc_set_str(row, "text", say_plain(inv_state_say(s), rq->lang));
	}
	doc_set_time(d, "soon", rq->now + 86400);
	doc_set_time(d, "past", rq->now - 3600);
	return web_reply(rq, 200, "components", d);
}

int page_help(struct http_request *rq, void *ctx)
{
	(void)ctx;
	return web_reply(rq, 200, "help", doc_new(rq->arena));
}
