/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/push-certificate: what wakes the iPads, made and renewed once a year. */
#include "web/api_int.h"

#include "base/text.h"

static int show_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct cert_push p;
	int err = cert_push_get(job->w->o.certs, txn, job->rq->arena, false, &p);

	if (err)
		return err == ERR_NOTFOUND && web_is_page(job->rq) ? 0 : err;
	doc_set_str(job->d, "topic", p.topic);
	doc_set_time(job->d, "starts", p.not_before);
	doc_set_time(job->d, "ends", p.not_after);
	return 0;
}

int api_push_certificate(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, show_in, "push-certificate");
}

/* A text of the body, or a file of the form. */
static const char *text_or_file(struct http_request *rq, const struct doc *d, const char *name)
{
	const struct http_upload *up = web_form_file(rq, name);

	if (!up)
		return doc_str(d, name);
	return memchr(up->content.p, '\0', up->content.n)
		       ? ""
		       : arena_strndup(rq->arena, up->content.p, up->content.n);
}

int api_push_request(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"vendor_cert", "vendor_key", "vendor_chain", NULL};
	const char *cert, *key, *text;
	struct web *w = ctx;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	cert = text_or_file(rq, d, "vendor_cert");
	key = text_or_file(rq, d, "vendor_key");
	if (!cert != !key)
		return api_missing_field(rq, cert ? "vendor_key" : "vendor_cert");
	err = mdm_push_request(w->o.mdm,
		&(struct mdm_push_vendor){cert, key, text_or_file(rq, d, "vendor_chain")},
		rq->arena, &text);
	if (err == ERR_BADINPUT || err == ERR_CRYPTO)
		return api_bad_field(rq, "vendor_cert", "PEM");
	if (err)
		return err;
	if (web_is_page(rq)) {
		http_reply_header(rq, "Content-Disposition",
			cert ? "attachment; filename=\"hylla-push.plist\""
			     : "attachment; filename=\"hylla-push.csr\"");
		return http_reply(rq, 200, "application/octet-stream", bytes_of_str(text));
	}
	d = doc_new(rq->arena);
	doc_set_str(d, "request", text);
	return http_reply_doc(rq, 200, d);
}

int api_push_import(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"certificate", "key", "accept_loss", NULL};
	const char *cert;
	struct web *w = ctx;
	struct cert_push push;
	struct refusal r = {0};
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	cert = text_or_file(rq, d, "certificate");
	if (text_empty(cert))
		return api_missing_field(rq, "certificate");
	err = mdm_push_import(w->o.mdm,
		&(struct mdm_push_ask){&api_caller(rq)->who, cert, text_or_file(rq, d, "key"),
			doc_str(d, "accept_loss"), rq->now},
		rq->arena, &push, &r);
	if (err == ERR_BADINPUT || err == ERR_CRYPTO)
		return web_is_page(rq)
			       ? web_page_again(rq, 400, say_plain(&web_say_no_push, rq->lang),
					 "certificate")
			       : api_bad_field(rq, "certificate", "PEM");
	return api_done(rq, err, &r);
}
