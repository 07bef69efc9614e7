/* SPDX-License-Identifier: EUPL-1.2 */
/* One handler, two faces: see page_int.h. */
#include "web/api_int.h"

#include "base/text.h"

struct web_note *web_page_begin(struct http_request *rq, struct web *w)
{
	struct web_note *note = rq->note;

	if (!note) {
		note = ARENA_NEW(rq->arena, struct web_note);
		note->w = w;
		rq->note = note;
	}
	return note;
}

bool web_is_page(const struct http_request *rq)
{
	return !http_wants_json(rq) && !text_starts(rq->path, "/api/");
}

const char *web_query_unknown(const struct http_request *rq)
{
	/* a list that is told whole is never more than what may be asked for */
	static const char *const known[] = {"lang", "most", NULL};
	bool asked = text_equal(rq->method, "GET") && text_starts(rq->path, "/api/");

	return asked ? http_query_unasked(rq, known) : NULL;
}

int web_reply(struct http_request *rq, int status, const char *template, struct doc *d)
{
	const struct web_note *note = rq->note;
	const char *no_file = status == 200 ? web_format_none(rq) : NULL;

	if (no_file)
		return http_reply_error(rq, ERR_BADINPUT, no_file);
	if (status == 200 && web_query_unknown(rq))
		return api_unknown_field(rq, web_query_unknown(rq));
	if (!template || !web_is_page(rq))
		return http_reply_doc(rq, status, d);
	web_doc_when(d, rq->lang, rq->now);
	return http_reply_page(rq, note && note->status ? note->status : status, template, d);
}

int web_read(struct http_request *rq, struct web *w, store_fn *fn, const char *template)
{
	struct api_read job = {.w = w, .rq = rq, .d = doc_new(rq->arena)};
	int err = store_read(w->o.st, fn, &job);

	return err ? err : web_reply(rq, 200, template, job.d);
}

static int form_read(struct http_request *rq, struct http_form *ret)
{
	return http_is_form(rq) ? http_form_parse(rq->arena, rq->body, &ret->fields)
				: http_multipart_parse(
					  rq->arena, rq->content_type, rq->body, ret);
}

struct doc *web_form(struct http_request *rq)
{
	struct web_note *note = rq->note;

	/* The API is JSON, whatever a program's library calls it. */
	if (!note || text_starts(rq->path, "/api/") ||
		!(http_is_form(rq) || http_is_multipart(rq->content_type)))
		return NULL;
	if (!note->form_read && form_read(rq, &note->whole) != 0)
		note->whole = (struct http_form){0};
	note->form_read = true;
	note->form = note->whole.fields;
	return note->form;
}

const struct http_upload *web_form_file(struct http_request *rq, const char *name)
{
	const struct web_note *note = rq->note;

	if (!web_form(rq))
		return NULL;
	for (size_t i = 0; i < note->whole.file_n; i++) {
		if (text_equal(note->whole.files[i].field, name))
			return &note->whole.files[i];
	}
	return NULL;
}

const char *web_form_str(struct http_request *rq, const char *name)
{
	struct doc *form = web_form(rq);
	const char *s = form ? doc_str(form, name) : NULL;

	return text_empty(s) ? NULL : s;
}

int web_page_go(struct http_request *rq, const char *to)
{
	return web_is_page(rq) ? http_reply_see_other(rq, to) : ERR_DENIED;
}

const char *web_address_above(struct http_request *rq)
{
	const char *target = http_target(rq), *end;

	target = arena_strndup(rq->arena, target, strcspn(target, "?"));
	end = strrchr(target, '/');
	return end && end != target ? arena_strndup(rq->arena, target, (size_t)(end - target))
				    : "/";
}

const char *web_address_of_form(struct http_request *rq)
{
	const char *to = text_equal(rq->method, "POST") && !(rq->route && web_page_at(rq->route->path))
				 ? web_address_above(rq)
				 : rq->path;

	return web_return_ok(to) ? to : "/";
}

int web_page_done(struct http_request *rq)
{
	const char *next = web_form_str(rq, "next");

	return http_reply_see_other(rq, http_is_local(next) ? next : web_address_above(rq));
}

int web_page_made(struct http_request *rq, const char *id)
{
	const char *next = web_form_str(rq, "next"), *star = next ? strchr(next, '*') : NULL;

	if (!star || !http_is_local(next))
		return web_page_done(rq);
	return http_reply_see_other(rq,
		arena_printf(rq->arena, "%.*s%s%s", (int)(star - next), next,
			web_escape(rq->arena, id), star + 1));
}

int web_page_again(struct http_request *rq, int status, const char *text, const char *field)
{
	struct web_note *note = rq->note;
	const struct http_route *page = web_page_at(rq->route ? rq->route->path : "");

	if (!note || !page || note->status) {
		return http_reply_error(rq, status == 400 ? ERR_BADINPUT : ERR_REFUSED, text);
	}
	note->problem = text;
	note->field = field;
	note->status = status;
	return page->handler(rq, note->w);
}

int web_page_refuse(struct http_request *rq, int err, const struct say *say)
{
	return http_reply_error_say(rq, err, say);
}

const char *web_escape(struct arena *a, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "-._~/";
	AUTO(buf) struct buf b = BUF_INIT(65536);

	for (; *s; s++) {
		if (strchr(plain, *s))
			buf_add_char(&b, *s);
		else
			buf_printf(&b, "%%%02X", (unsigned char)*s);
	}
	return arena_strdup(a, buf_str(&b));
}

int web_page_sign_in_because(struct http_request *rq, const char *done)
{
	const char *target = http_target(rq), *to = "/sign-in", *first = "?";

	if (!web_is_page(rq) || !http_wants_html(rq) ||
		(!text_equal(rq->method, "GET") && !text_equal(rq->method, "HEAD")))
		return text_equal(rq->method, "POST") && web_is_page(rq) && http_wants_html(rq)
			       ? web_page_refuse(rq, ERR_STRANGER, &web_say_form_ended)
			       : ERR_STRANGER;
	if (done) {
		to = arena_printf(rq->arena, "/sign-in?done=%s", done);
		first = "&";
	}
	if (!text_equal(target, "/") && web_return_ok(target))
		to = arena_printf(rq->arena, "%s%sreturn=%s", to, first,
			web_escape(rq->arena, target));
	return http_reply_see_other(rq, to);
}

int web_page_sign_in_first(struct http_request *rq)
{
	return web_page_sign_in_because(rq, NULL);
}

const char *web_cookie_name(const struct http_request *rq)
{
	return rq->tls ? "__Host-hylla" : "hylla";
}

bool web_request_is_ours(const struct http_request *rq)
{
	const struct web_origin o = {
		.site = http_header(rq, "Sec-Fetch-Site"),
		.origin = http_header(rq, "Origin"),
		.host = http_header(rq, "Host"),
		.tls = rq->tls,
	};

	return web_origin_is_ours(&o);
}
