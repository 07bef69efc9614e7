/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of what is signed: which text is in force, how it was, and the form of a new version. */
#include "web/form_int.h"

#include "base/text.h"
#include "inventory/agreement.h"

static const char *kind_text(const struct http_request *rq, enum inv_text kind)
{
	return web_text(
		rq->lang, arena_printf(rq->arena, "name.wording.%s", inv_text_name(kind)));
}

static const char *lang_text(const struct http_request *rq, enum say_lang lang)
{
	return web_text(rq->lang, arena_printf(rq->arena, "name.lang.%s", say_lang_name(lang)));
}

void web_wording_head(const struct http_request *rq, enum inv_text kind, enum say_lang lang,
	struct doc *d)
{
	doc_set_str(d, "kind", inv_text_name(kind));
	doc_set_str(d, "lang", say_lang_name(lang));
	doc_set_str(d, "kind_text", kind_text(rq, kind));
	doc_set_str(d, "lang_text", lang_text(rq, lang));
}

static int all_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "texts");
	int err = 0;

	for (int i = 0; err == 0 && i < (INV_TEXTS - 1) * SAY_LANGS; i++) {
		enum inv_text kind = (enum inv_text)(1 + i / SAY_LANGS);
		enum say_lang lang = (enum say_lang)(i % SAY_LANGS);
		struct doc *row = doc_add_object(list);
		struct inv_wording t;

		err = inv_wording_get(txn, job->rq->arena, kind, lang, 0, &t);
		if (err)
			break;
		web_wording_head(job->rq, kind, lang, row);
		doc_set_str(row, "title", t.title);
		doc_set_int(row, "version", t.version);
		if (t.made_at)
			doc_set_time(row, "made_at", t.made_at);
		doc_set_str(row, "made_by", t.made_by);
	}
	return err;
}

int page_wordings(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, all_in, "wordings");
}

static const struct web_input inputs[] = {
	{.name = "title", .needed = true},
	{.name = "body", .kind = WEB_INPUT_AREA, .needed = true, .hint = "wording.hint"},
	{.name = "why", .label = "field.decision", .needed = true, .hint = "wording.why_hint"},
	{.name = "version", .kind = WEB_INPUT_HIDDEN},
	{0},
};

static int fill(struct web_form_ask *ask)
{
	struct http_request *rq = ask->job->rq;
	enum say_lang lang = say_lang_parse(http_param(rq, "lang"), SAY_LANGS);
	struct doc *d = doc_new(rq->arena);
	struct inv_wording t;
	enum inv_text kind;
	int err = inv_text_parse(http_param(rq, "kind"), &kind) != 0 || lang == SAY_LANGS
			  ? ERR_NOTFOUND
			  : inv_wording_get(ask->txn, rq->arena, kind, lang, 0, &t);

	if (err)
		return err;
	doc_set_str(d, "title", t.title);
	doc_set_str(d, "body", t.body);
	doc_set_str(d, "version", arena_printf(rq->arena, "%u", t.version));
	ask->values = d;
	ask->subject = arena_printf(
		rq->arena, "%s, %s", kind_text(rq, kind), lang_text(rq, lang));
	ask->back = arena_printf(
		rq->arena, "/wordings/%s/%s", inv_text_name(kind), say_lang_name(lang));
	ask->next = arena_printf(rq->arena, "%s?done=saved", ask->back);
	return 0;
}

int page_wording_change(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "wording.change",
		.lead = "wording.change_lead",
		.button = "form.save",
		.preview = "wording.preview_typed",
		.inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill);
}
