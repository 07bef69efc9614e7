/* SPDX-License-Identifier: EUPL-1.2 */
/* Signing in and out: /sign-in, /sign-out, /password and /sessions for browsers, and the same of
 * /api/v1 for programs. */
#include "web/api_int.h"

#include "base/text.h"
#include "web/oidc_int.h"
#include "web/pin_int.h"

/* An account with its second step, and what the rules say of that. */
struct account_read {
	const char *name;
	struct http_request *rq;
	struct web_account u;
	struct web_totp totp;
	struct web_sign_in_rules rules;
};

static int account_in(struct store_txn *txn, void *arg)
{
	struct account_read *job = arg;
	int err = web_account_get(txn, job->rq->arena, job->name, &job->u);

	if (err == 0)
		err = web_totp_get(txn, job->rq->arena, job->name, &job->totp);
	return err ? err : web_sign_in_rules_get(txn, job->rq->arena, &job->rules);
}

/* Where a provider is, a password opens only to those the settings name. */
static int may_by_password(struct web *w, const struct web_account *u, struct refusal *r)
{
	if (!w->oidc || (u->roles & w->o.oidc.local_roles))
		return 0;
	return refuse(r, &web_say_provider_only, w->o.oidc.name, NULL, NULL);
}

/* --- programs --- */

/* The second step of a program that signs in as a person. */
static int check_code(struct http_request *rq, struct web *w, const struct web_account *u,
	const char *code, struct refusal *r)
{
	const struct audit_who who = {.actor = u->name, .via = "sign-in", .request = rq->id};
	const struct web_totp_ask ask = {
		.who = &who, .account = u->name, .code = code, .now = rq->now};
	struct account_read job = {.name = u->name, .rq = rq};
	int err = store_read(w->o.st, account_in, &job);

	if (err)
		return err;
	if (!job.totp.on_at)
		return job.rules.totp_roles & u->roles
			       ? refuse(r, &web_say_totp_needed, NULL, NULL, NULL)
			       : 0;
	return code ? web_totp_check(w, &ask, r)
		    : refuse(r, &web_say_code_needed, NULL, NULL, NULL);
}

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

/* Both steps come before a new password is taken: the old one alone must change nothing. */
static int sign_in_by(struct http_request *rq, struct web *w, const struct doc *d,
	struct web_account *ret, struct refusal *r)
{
	struct web_sign_in ask = {.name = doc_str(d, "name"),
		.password = doc_str(d, "password"),
		.peer = rq->peer,
		.one_time_ok = doc_str(d, "new_password") != NULL,
		.now = rq->now};
	int err = web_sign_in(w->o.st, &ask, rq->arena, ret, r);

	if (err == 0)
		err = may_by_password(w, ret, r);
	if (err == 0)
		err = check_code(rq, w, ret, doc_str(d, "code"), r);
	ask.new_password = doc_str(d, "new_password");
	if (err || !ask.new_password)
		return err;
	return web_sign_in(w->o.st, &ask, rq->arena, ret, r);
}

int api_sign_in(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"name", "password", "new_password", "code", NULL};
	struct web *w = ctx;
	struct web_account u;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!doc_str(d, "name") || !doc_str(d, "password"))
		return api_missing_field(rq, doc_str(d, "name") ? "password" : "name");
	err = sign_in_by(rq, w, d, &u, &r);
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

/* --- browsers --- */

const char *web_return_of(struct http_request *rq)
{
	const char *to = text_equal(rq->method, "POST") ? web_form_str(rq, "return")
							: http_query(rq, "return");

	return web_return_ok(to) ? to : "/";
}

static int reply_sign_in(struct http_request *rq, struct web *w, int status, const char *kept)
{
	/* 401: the form of some page, which has come to this instead. */
	const char *back = status == 401 ? web_address_of_form(rq) : web_return_of(rq);
	struct doc *d = doc_new(rq->arena);
	struct web_kept k = {0};

	doc_set_str(d, "kept", kept);
	doc_set_bool(d, "own", web_kept_open(w, kept, rq->now, rq->arena, &k) == 0 && k.own);
	doc_set_str(d, "return", back);
	doc_set_str(d, "return_query", web_escape(rq->arena, back));
	doc_set_bool(d, "password", !w->oidc || w->o.oidc.local_roles);
	if (w->oidc) {
		const char *to = web_kept_address(rq, w, kept);

		doc_set_str(d, "provider", w->o.oidc.name);
		doc_set_str(d, "provider_return",
			web_escape(rq->arena, to ? to : back));
	}
	return web_reply(rq, status, "sign-in", d);
}

int page_sign_in(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;

	web_page_begin(rq, w);
	web_station_offer(rq);
	/* Whoever left a session here comes back to it by PIN; the page there leads here as well.
	 */
	if (text_equal(rq->path, "/sign-in") && text_equal(rq->method, "GET") &&
		!http_query(rq, "done") && web_station_waits(rq, w))
		return http_reply_see_other(rq, arena_printf(rq->arena, "/locked?return=%s",
							web_escape(rq->arena, web_return_of(rq))));
	return reply_sign_in(rq, w, 200, web_form_str(rq, "kept"));
}

int web_page_sign_in_kept(struct http_request *rq, struct web *w)
{
	return web_page_sign_in_with(rq, w, web_kept_take(rq, w));
}

int web_page_sign_in_with(struct http_request *rq, struct web *w, const char *kept)
{
	rq->who = NULL;
	return reply_sign_in(rq, w, 401, kept);
}

bool web_page_full_first(struct http_request *rq, struct web *w, int *ret)
{
	const struct refusal r = {.say = &web_say_full_first};
	struct web_note *note;

	if (!api_caller(rq)->by_pin)
		return false;
	if (!web_is_page(rq)) {
		*ret = http_reply_refusal(rq, &r);
		return true;
	}
	note = web_page_begin(rq, w);
	note->problem = say_plain(&web_say_full_first, rq->lang);
	note->status = 401;
	*ret = web_page_sign_in_kept(rq, w);
	return true;
}

/* What was kept cannot walk behind a redirect: the page of the code is the answer itself. */
static int code_with_kept(struct http_request *rq, const char *word, const char *account)
{
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "form_token", web_form_token_for(rq, word, account));
	doc_set_str(d, "return", web_return_of(rq));
	doc_set_str(d, "kept", web_form_str(rq, "kept"));
	return web_reply(rq, 200, "sign-in-code", d);
}

/* The password was right: in, or to the second step. */
static int go_on(struct http_request *rq, struct web *w, const struct web_account *u)
{
	struct account_read job = {.name = u->name, .rq = rq};
	int err = store_read(w->o.st, account_in, &job);
	bool code = err == 0 && job.totp.on_at;
	struct web_arrival x;

	if (err == 0)
		err = web_session_begin(rq, w,
			&(struct web_session_want){.account = u->name,
				.stage = code ? WEB_STAGE_CODE : WEB_STAGE_FULL},
			&x);
	if (err)
		return err;
	if (code && web_form_str(rq, "kept"))
		return code_with_kept(rq, x.word, x.account);
	if (code)
		return http_reply_see_other(rq, arena_printf(rq->arena, "/sign-in/code?return=%s",
							web_escape(rq->arena, web_return_of(rq))));
	return u->one_time ? http_reply_see_other(rq, "/password") : web_page_go_on(rq, w, &x);
}

int page_sign_in_do(struct http_request *rq, void *ctx)
{
	struct web_sign_in ask = {.peer = rq->peer, .one_time_ok = true, .now = rq->now};
	struct web *w = ctx;
	struct web_account u;
	struct refusal r;
	int err;

	web_page_begin(rq, w);
	/* Nor may another site sign somebody in here, as somebody else. */
	if (!web_request_is_ours(rq))
		return web_page_refuse(rq, ERR_DENIED, &web_say_form_foreign);
	ask.name = web_form_str(rq, "name");
	ask.password = web_form_str(rq, "password");
	if (!ask.name || !ask.password)
		return api_missing_field(rq, ask.name ? "password" : "name");
	err = web_sign_in(w->o.st, &ask, rq->arena, &u, &r);
	if (err == 0)
		err = may_by_password(w, &u, &r);
	if (err == ERR_REFUSED)
		return api_done(rq, err, &r);
	return err ? err : go_on(rq, w, &u);
}

struct hint_read {
	struct arena *a;
	const char *id;
	struct web_token t;
};

static int hint_in(struct store_txn *txn, void *arg)
{
	struct hint_read *j = arg;

	return web_token_by_id(txn, j->a, j->id, &j->t);
}

/* The address that ends the provider's session as well; NULL: there is none to end. A form may not
 * lead to another house (the policy of our pages), so it is offered as a link. */
static const char *end_address(struct http_request *rq, struct web *w)
{
	struct hint_read j = {.a = rq->arena, .id = api_caller(rq)->token_id};
	struct bytes plain = {0};

	if (!w->oidc || store_read(w->o.st, hint_in, &j) != 0 || !j.t.provider)
		return NULL;
	if (j.t.id_token.n &&
		cert_unseal(w->o.certs, WEB_HINT_CONTEXT, j.t.id_token, rq->arena, &plain) != 0)
		return NULL;
	return web_oidc_end_address(
		w, plain.n ? arena_strndup(rq->arena, plain.p, plain.n) : NULL, rq->now, rq->arena);
}

static int signed_out_here(struct http_request *rq, struct web *w, const char *address)
{
	struct doc *d = doc_new(rq->arena);

	rq->who = NULL;
	doc_set_str(d, "address", address);
	doc_set_str(d, "provider", w->o.oidc.name);
	return web_reply(rq, 200, "signed-out", d);
}

int page_sign_out(struct http_request *rq, void *ctx)
{
	const struct web_caller *who = api_caller(rq);
	struct web *w = ctx;
	const char *address = end_address(rq, w);
	int err = web_token_close(w->o.st, &who->who, who->token_id, rq->now);

	if (err)
		return err;
	web_cookie_set(rq, NULL);
	if (address && web_is_page(rq))
		return signed_out_here(rq, w, address);
	return web_is_page(rq) ? http_reply_see_other(rq, "/sign-in?done=signed-out")
			       : api_done(rq, 0, NULL);
}

/* --- a password of one's own --- */

int page_password(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	(void)ctx;
	doc_set_bool(d, "first", api_caller(rq)->one_time);
	return web_reply(rq, 200, "password", d);
}

static int change_password(
	struct http_request *rq, struct web *w, const struct web_sign_in *ask, struct refusal *r)
{
	struct web_account u;
	int err;

	if (api_caller(rq)->one_time)
		return web_password_first(w->o.st, ask, r);
	err = web_sign_in(w->o.st, ask, rq->arena, &u, r);
	return err ? err : web_account_sign_out(w->o.st, &api_caller(rq)->who, ask->name, rq->now);
}

int page_password_do(struct http_request *rq, void *ctx)
{
	const struct web_caller *who = api_caller(rq);
	struct web_sign_in ask = {.name = who->account, .peer = rq->peer, .now = rq->now};
	struct web_arrival x;
	struct web *w = ctx;
	struct refusal r = {0};
	int err;

	if (!who->account || !who->browser)
		return ERR_DENIED;
	ask.password = web_form_str(rq, "password");
	ask.new_password = web_form_str(rq, "new_password");
	if (!ask.new_password || (!who->one_time && !ask.password))
		return api_missing_field(rq, ask.new_password ? "password" : "new_password");
	if (!text_equal(ask.new_password, web_form_str(rq, "again")))
		return web_page_again(rq, 400, say_plain(&web_say_not_the_same, rq->lang), "again");
	err = change_password(rq, w, &ask, &r);
	/* All sessions ended with the old password; this browser begins a new one. */
	if (err == 0)
		err = web_session_begin(
			rq, w, &(struct web_session_want){.account = who->account}, &x);
	return api_done(rq, err, &r);
}

/* --- where one is signed in --- */

static int sessions_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const struct web_caller *who = api_caller(job->rq);
	struct doc *list = doc_set_list(job->d, "sessions");
	struct web_token *t;
	size_t n;
	int err = web_token_list(txn, job->rq->arena, &t, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct web_station station = {0};
		struct doc *row;

		if (!who->account || !text_equal(t[i].account, who->account) ||
			web_session_is_over(&t[i], job->rq->now))
			continue;
		if (t[i].station)
			err = web_station_get(txn, job->rq->arena, t[i].station, &station);
		row = doc_add_object(list);
		web_session_doc(&t[i], row);
		web_doc_opt(row, "station_name", station.name);
		doc_set_bool(row, "current", text_equal(t[i].id, who->token_id));
	}
	return err;
}

int api_session_list(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, sessions_in, "sessions");
}

struct ending {
	const struct http_request *rq;
	bool own;
};

static int is_own_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct ending *e = arg;
	const struct web_caller *who = api_caller(e->rq);
	struct web_token t;
	int err = web_token_by_id(txn, a, http_param(e->rq, "id"), &t);

	e->own = err == 0 && who->account && text_equal(t.account, who->account);
	return err;
}

int api_session_end(struct http_request *rq, void *ctx)
{
	const struct web_caller *who = api_caller(rq);
	struct ending e = {.rq = rq};
	struct web *w = ctx;
	int err = store_read(w->o.st, is_own_in, &e);

	/* Another's is not there: neither to end nor to know of. */
	if (err == 0 && !e.own)
		err = ERR_NOTFOUND;
	if (err == 0)
		err = web_token_close(w->o.st, &who->who, http_param(rq, "id"), rq->now);
	return api_done(rq, err, NULL);
}

/* --- the language of one's pages --- */

static int language_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct http_request *rq = arg;
	struct web_account u;
	int err = web_account_get(txn, a, api_caller(rq)->account, &u);

	if (err)
		return err;
	u.lang = (uint32_t)rq->lang + 1;
	return web_account_put(txn, &u);
}

int page_language(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	int err = 0;

	rq->lang = say_lang_parse(web_form_str(rq, "lang"), rq->lang);
	if (api_caller(rq)->account)
		err = store_write(w->o.st, language_in, rq);
	return api_done(rq, err, NULL);
}
