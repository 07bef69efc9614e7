/* SPDX-License-Identifier: EUPL-1.2 */
/* What the handlers share, and the small ones: sign-in, status, the promise, the audit log. */
#include "web/api_int.h"

#include "base/text.h"

static bool is_known(const char *key, const char *const *known)
{
	for (; *known; known++) {
		if (text_equal(key, *known))
			return true;
	}
	return false;
}

int api_bad_field(struct http_request *rq, const char *field, const char *what)
{
	const struct refusal r = {.say = &web_say_bad_field, .arg = {field, what}};
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "code", r.say->code);
	doc_set_str(d, "text", refusal_text(rq->arena, rq->lang, &r));
	doc_set_str(d, "field", field);
	return http_reply_doc(rq, 400, d);
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
		if (is_known(doc_key(d, i), known))
			continue;
		if (api_bad_field(rq, doc_key(d, i), "unknown") != 0)
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

/* --- signing in and out --- */

static int make_session(struct http_request *rq, struct web *w, const struct web_account *u)
{
	const struct audit_who who = {.actor = u->name, .via = "api", .request = rq->id};
	const struct web_token want = {
		.account = u->name,
		.note = "session",
		.roles = u->roles,
		.expires_at = rq->now + WEB_SESSION_S,
	};
	AUTO(buf) struct buf roles = BUF_INIT(128);
	struct doc *d = doc_new(rq->arena);
	struct web_token t;
	const char *word;
	int err = web_token_add(w->o.st, &who, &want, rq->now, rq->arena, &t, &word);

	if (err)
		return err;
	web_roles_format(u->roles, &roles);
	doc_set_str(d, "token", word);
	doc_set_str(d, "account", u->name);
	doc_set_str(d, "roles", buf_str(&roles));
	doc_set_time(d, "expires", t.expires_at);
	return http_reply_doc(rq, 200, d);
}

int api_sign_in(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"name", "password", "new_password", NULL};
	struct web *w = ctx;
	struct web_account u;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!doc_str(d, "name") || !doc_str(d, "password"))
		return api_bad_field(rq, doc_str(d, "name") ? "password" : "name", "missing");
	err = web_sign_in(w->o.st, doc_str(d, "name"), doc_str(d, "password"),
		doc_str(d, "new_password"), rq->now, rq->arena, &u, &r);
	if (err)
		return api_done(rq, err, &r);
	return make_session(rq, w, &u);
}

int api_sign_out(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct web_caller *who = api_caller(rq);

	return api_done(rq, web_token_close(w->o.st, &who->who, who->token_id, rq->now), NULL);
}

/* --- how things stand --- */

static int status_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *by = doc_set_object(job->d, "items");
	struct cert_push push;
	uint64_t n[INV_STATES];
	int err = inv_count_by_state(txn, n);

	if (err)
		return err;
	for (unsigned s = 1; s < INV_STATES; s++)
		doc_set_int(by, inv_state_name((enum inv_state)s), (int64_t)n[s]);
	err = cert_push_get(job->w->o.certs, txn, job->rq->arena, false, &push);
	doc_set_time(job->d, "push_certificate_ends", err ? 0 : push.not_after);
	doc_set_time(job->d, "ca_ends", cert_ca_not_after(job->w->o.certs));
	return err == ERR_NOTFOUND ? 0 : err;
}

int api_status(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct api_read job = {.w = w, .rq = rq, .d = doc_new(rq->arena)};
	struct apns_state push = {0};
	struct doc *d;
	int err = store_read(w->o.st, status_in, &job);

	if (err)
		return err;
	if (w->o.apns)
		apns_state_get(w->o.apns, &push);
	d = doc_set_object(job.d, "push");
	doc_set_bool(d, "connected", push.connected);
	doc_set_bool(d, "stopped_by_certificate", push.stopped_by_cert);
	doc_set_str(d, "alarm", push.alarm);
	doc_set_time(d, "alarm_at", push.alarm_at);
	return http_reply_doc(rq, 200, job.d);
}

int api_promise(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	(void)ctx;
	mdm_promise(d, rq->lang);
	return http_reply_doc(rq, 200, d);
}

/* --- the audit log --- */

void web_audit_doc(const struct audit_record *x, struct doc *d)
{
	doc_set_int(d, "seq", (int64_t)x->seq);
	doc_set_time(d, "at", x->at);
	doc_set_str(d, "actor", x->actor);
	doc_set_str(d, "via", x->via);
	doc_set_str(d, "act", x->act);
	doc_set_str(d, "object", x->object);
	if (!text_empty(x->detail))
		doc_set_str(d, "detail", x->detail);
}

static int audit_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *object = http_query(job->rq, "object"), *before = http_query(job->rq, "before");
	struct doc *list = doc_set_list(job->d, "records");
	struct audit_record *records;
	uint64_t seq = 0;
	size_t n;
	int err = before ? text_parse_u64(before, &seq) : 0;

	if (err == 0)
		err = audit_list(txn, job->rq->arena, object, seq, api_most(job->rq), &records, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		web_audit_doc(&records[i], doc_add_object(list));
	return err;
}

int api_audit_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, audit_in);
}

static int push_certificate_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct cert_push p;
	int err = cert_push_get(job->w->o.certs, txn, job->rq->arena, false, &p);

	if (err)
		return err;
	doc_set_str(job->d, "topic", p.topic);
	doc_set_time(job->d, "starts", p.not_before);
	doc_set_time(job->d, "ends", p.not_after);
	return 0;
}

int api_push_certificate(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, push_certificate_in);
}
