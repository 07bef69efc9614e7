/* SPDX-License-Identifier: EUPL-1.2 */
/* What a handler answers. Nothing is sent before the handler has returned. */
#include "base/doc.h"
#include "base/log.h"
#include "base/text.h"
#include "http/http_int.h"

#include <inttypes.h>
#include <stdio.h>

#define DOC_MOST (64u * 1024 * 1024)
#define TEXT_MOST 4096
#define ID_TEXT 17

static bool is_devices(const struct http_request *rq)
{
	return rq->route &&
	       (rq->route->caller == HTTP_DEVICE || (rq->route->sides & HTTP_DEVICE_SIDE));
}

int http_reply(struct http_request *rq, int status, const char *type, struct bytes body)
{
	struct http_answer *a = &rq->x->answer;

	if (a->ready) {
		log_event(LOG_ERROR, "http.replied_twice", "route=%s status=%d",
			rq->route ? rq->route->path : "-", status);
		return ERR_INTERNAL;
	}
	if (status == 401 && is_devices(rq)) {
		log_event(LOG_ERROR, "http.device_401", "route=%s why=%s", rq->route->path,
			"would have unenrolled an iPad: our own fault, made 400");
		status = 400;
	}
	if (status < 200 || status > 599) {
		log_event(LOG_ERROR, "http.status", "status=%d", status);
		status = 500;
	}
	a->status = status;
	a->type = type;
	a->body = body;
	a->ready = true;
	return 0;
}

int http_reply_pieces(struct http_request *rq, int status, const char *type, uint64_t bytes,
	http_read *read, void *ctx)
{
	int err = http_reply(rq, status, type, bytes_of(NULL, 0));

	if (err)
		return err;
	rq->x->answer.read = read;
	rq->x->answer.read_ctx = ctx;
	rq->x->answer.read_bytes = bytes;
	return 0;
}

int http_reply_empty(struct http_request *rq, int status)
{
	return http_reply(rq, status, NULL, bytes_of(NULL, 0));
}

int http_reply_see_other(struct http_request *rq, const char *location)
{
	if (!http_is_local(location))
		return ERR_INTERNAL;
	http_reply_header(rq, "Location", location);
	return http_reply_empty(rq, 303);
}

static void buf_end(void *p)
{
	buf_release(p);
}

/* A buffer that lives as long as the request. */
static struct buf *reply_buf(struct http_request *rq, size_t limit)
{
	struct buf *b = ARENA_NEW(rq->arena, struct buf);

	b->limit = limit;
	arena_defer(rq->arena, buf_end, b);
	return b;
}

int http_reply_doc(struct http_request *rq, int status, struct doc *d)
{
	struct buf *b = reply_buf(rq, DOC_MOST);

	doc_format(d, b);
	if (!buf_ok(b))
		return ERR_TOOBIG;
	return http_reply(rq, status, "application/json", buf_bytes(b));
}

/* {"code","text"} for programs, the server's page for browsers, a line of text for the rest. */
static int reply_said(struct http_request *rq, int status, const char *code, const char *text)
{
	const struct http_options *o = rq->x->options;

	if (http_wants_json(rq)) {
		struct doc *d = doc_new(rq->arena);

		doc_set_str(d, "code", code);
		doc_set_str(d, "text", text);
		return http_reply_doc(rq, status, d);
	}
	if (o && o->error_page.fn && !is_devices(rq) && http_wants_html(rq) &&
		o->error_page.fn(rq, status, code, text, o->error_page.ctx) == 0 &&
		rq->x->answer.ready)
		return 0;
	return http_reply(rq, status, "text/plain; charset=utf-8",
		bytes_of_str(arena_printf(rq->arena, "%s\n", text)));
}

/* "10 MB", "64 kB" */
static const char *most_text(const struct http_request *rq)
{
	uint32_t most = rq->route ? rq->route->body_cap : 0;

	return most >= 1u << 20 ? arena_printf(rq->arena, "%u MB", most >> 20)
				: arena_printf(rq->arena, "%u kB", most >> 10);
}

static const char *say_text(struct http_request *rq, const struct say *say)
{
	struct buf *b = reply_buf(rq, TEXT_MOST);
	char id[ID_TEXT];
	const char *arg[SAY_ARGS] = {id, most_text(rq), NULL};

	snprintf(id, sizeof(id), "%016" PRIx64, rq->id);
	say_format(b, rq->lang, say, arg);
	return buf_str(b);
}

int http_reply_refusal(struct http_request *rq, const struct refusal *r)
{
	enum http_caller caller = rq->route ? rq->route->caller : HTTP_ANYONE;

	if (!r->say)
		return ERR_INTERNAL; /* a refusal without a reason is a slip of ours */
	return reply_said(rq, http_status(ERR_REFUSED, caller), r->say->code,
		refusal_text(rq->arena, rq->lang, r));
}

int http_reply_error(struct http_request *rq, int err, const char *text)
{
	enum http_caller caller = rq->route ? rq->route->caller : HTTP_ANYONE;
	struct http_error e = http_error_of(err, caller);

	if (e.retry_after_s)
		http_reply_header(
			rq, "Retry-After", arena_printf(rq->arena, "%u", e.retry_after_s));
	if (e.status == 401 && !is_devices(rq)) /* RFC 9110 section 15.5.2 */
		http_reply_header(rq, "WWW-Authenticate", "Bearer");
	return reply_said(rq, e.status, e.say->code, text ? text : say_text(rq, e.say));
}

int http_reply_error_say(struct http_request *rq, int err, const struct say *say)
{
	enum http_caller caller = rq->route ? rq->route->caller : HTTP_ANYONE;
	int status = http_status(err, caller);

	if (status == 401 && !is_devices(rq)) /* RFC 9110 section 15.5.2 */
		http_reply_header(rq, "WWW-Authenticate", "Bearer");
	return reply_said(rq, status, say->code, say_text(rq, say));
}

int http_reply_status(struct http_request *rq, int status)
{
	const struct say *say = http_say_of_status(status);

	return reply_said(rq, status, say->code, say_text(rq, say));
}

int http_reply_no_body(struct http_request *rq)
{
	return reply_said(rq, 400, http_say_no_body.code, say_text(rq, &http_say_no_body));
}

void http_reply_header(struct http_request *rq, const char *name, const char *value)
{
	struct http_answer *a = &rq->x->answer;
	size_t i = 0;

	for (const char *s = value; *s; s++) {
		if ((unsigned char)*s < ' ' || *s == 0x7f) {
			log_event(LOG_ERROR, "http.reply_header", "name=%s why=%s", name,
				"a control character in the value");
			return;
		}
	}
	/* Each cookie is a line of its own; everything else is said once. */
	while (i < a->n &&
		(text_equal_case(name, "Set-Cookie") || !text_equal_case(a->fields[i].name, name)))
		i++;
	if (i == HTTP_REPLY_FIELDS) {
		log_event(LOG_ERROR, "http.reply_header", "name=%s why=%s", name, "too many");
		return;
	}
	a->fields[i].name = arena_strdup(rq->arena, name);
	a->fields[i].value = arena_strdup(rq->arena, value);
	if (i == a->n)
		a->n++;
}
