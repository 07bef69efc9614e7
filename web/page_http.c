/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages for people: the promise, errors, and what pages load. */
#include "web/api_int.h"

#include "base/text.h"

/* No scripts, no forms: a page of these is text and its style. */
#define POLICY                                                                          \
	"default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; " \
	"form-action 'none'; frame-ancestors 'none'"

static int promise(struct http_request *rq, const struct web *w, const char *template)
{
	struct doc *d = doc_new(rq->arena);

	web_promise_doc(d, rq->lang);
	if (!template)
		return http_reply_doc(rq, 200, d);
	doc_set_bool(d, "catalogue", web_catalogue_open(w));
	http_reply_header(rq, "Content-Security-Policy", POLICY);
	return http_reply_page(rq, 200, template, d);
}

int page_promise(struct http_request *rq, void *ctx)
{
	return promise(rq, ctx, "promise");
}

int api_promise(struct http_request *rq, void *ctx)
{
	return promise(rq, ctx, NULL);
}

int page_asset(struct http_request *rq, void *ctx)
{
	const struct http_file *f = web_file_find(http_param(rq, "name"));

	(void)ctx;
	return f ? http_reply_file(rq, f) : ERR_NOTFOUND;
}

/* The iPads' side has no pages: what is wrong there is a line of text. */
int page_error(struct http_request *rq, int status, const char *code, const char *text, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	if (rq->side == HTTP_DEVICE_SIDE)
		return ERR_UNSUPPORTED;
	if (!rq->route && rq->side == HTTP_STAFF_SIDE)
		web_admit_look(rq, ctx);
	if (status == 401)
		doc_set_str(d, "return_query", web_escape(rq->arena, web_address_of_form(rq)));
	else if (text_equal(rq->method, "POST"))
		doc_set_str(d, "above", web_address_above(rq));
	doc_set_str(d, "code", code);
	doc_set_str(d, "text", text);
	web_error_doc(d, rq->lang, status, true);
	/* No role would have helped. */
	if (status == 403 && text_starts(code, "form."))
		doc_set_str(d, "title", web_text(rq->lang, "error.form"));
	return http_reply_page(rq, status, "error", d);
}
