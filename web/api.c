/* SPDX-License-Identifier: EUPL-1.2 */
/* What the handlers share: reading a body, and the usual replies. */
#include "web/api_int.h"

#include "base/text.h"

bool api_key_known(const char *key, const char *const *known)
{
	for (; *known; known++) {
		if (text_equal(key, *known))
			return true;
	}
	return false;
}

static int reply_field(struct http_request *rq, const struct refusal *r)
{
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "code", r->say->code);
	doc_set_str(d, "text", refusal_text(rq->arena, rq->lang, r));
	doc_set_str(d, "field", r->arg[0]);
	return http_reply_doc(rq, 400, d);
}

int api_bad_field(struct http_request *rq, const char *field, const char *what)
{
	const struct refusal r = {.say = &web_say_bad_field, .arg = {field, what}};

	return reply_field(rq, &r);
}

int api_missing_field(struct http_request *rq, const char *field)
{
	const struct refusal r = {.say = &web_say_missing_field, .arg = {field}};

	return reply_field(rq, &r);
}

static int reply_unknown_field(struct http_request *rq, const char *field)
{
	const struct refusal r = {.say = &web_say_unknown_field, .arg = {field}};

	return reply_field(rq, &r);
}

/* Returns 0 when *ret is set; else the reply is made and ERR_BADINPUT says to stop. */
int api_body(struct http_request *rq, const char *const *known, struct doc **ret)
{
	struct bytes body = rq->body.n ? rq->body : bytes_of_str("{}");
	const struct refusal r = {.say = &web_say_bad_body};
	struct doc *d;

	if (doc_parse(rq->arena, body, &d) != 0) {
		if (http_reply_error(rq, ERR_BADINPUT, refusal_text(rq->arena, rq->lang, &r)) != 0)
			return ERR_INTERNAL;
		return ERR_BADINPUT;
	}
	for (size_t i = 0; doc_key(d, i); i++) {
		if (api_key_known(doc_key(d, i), known))
			continue;
		if (reply_unknown_field(rq, doc_key(d, i)) != 0)
			return ERR_INTERNAL;
		return ERR_BADINPUT;
	}
	*ret = d;
	return 0;
}

int api_done(struct http_request *rq, int err, const struct refusal *r)
{
	struct doc *d;

	if (err == ERR_REFUSED)
		return http_reply_refusal(rq, r);
	if (err)
		return err;
	d = doc_new(rq->arena);
	doc_set_bool(d, "done", true);
	return http_reply_doc(rq, 200, d);
}

int api_choice(const struct doc *d, const char *key, enum mdm_choice *ret)
{
	const char *s = doc_str(d, key);

	if (!doc_has(d, key)) {
		*ret = MDM_NOT_CHOSEN;
		return 0;
	}
	if (s && !text_equal(s, "yes") && !text_equal(s, "no"))
		return ERR_BADINPUT;
	if (s)
		*ret = text_equal(s, "yes") ? MDM_YES : MDM_NO;
	else
		*ret = doc_bool(d, key, false) ? MDM_YES : MDM_NO;
	return 0;
}

size_t api_most(const struct http_request *rq)
{
	const char *s = http_query(rq, "most");
	uint64_t n = API_PAGE;

	if (s && (text_parse_u64(s, &n) != 0 || n == 0))
		n = API_PAGE;
	return n > API_PAGE_MOST ? API_PAGE_MOST : (size_t)n;
}

int api_read(struct http_request *rq, struct web *w, store_fn *fn)
{
	struct api_read job = {.w = w, .rq = rq, .d = doc_new(rq->arena)};
	int err = store_read(w->o.st, fn, &job);

	return err ? err : http_reply_doc(rq, 200, job.d);
}
