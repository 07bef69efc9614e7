/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/sign-in and /sign-out: a password for a token of twelve hours, and its end. */
#include "web/api_int.h"

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
		return api_missing_field(rq, doc_str(d, "name") ? "password" : "name");
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
