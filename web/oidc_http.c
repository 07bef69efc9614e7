/* SPDX-License-Identifier: EUPL-1.2 */
/* /sign-in/provider: to the provider, back from it, and out when it says so. */
#include "web/api_int.h"

#include "base/text.h"
#include "web/oidc_int.h"

/* Lax: it must come along when the provider sends the browser back. */
static void set_round(struct http_request *rq, const char *carried)
{
	http_reply_header(rq, "Set-Cookie",
		arena_printf(rq->arena, "%s-round=%s; Path=/; HttpOnly; SameSite=Lax%s; Max-Age=%d",
			web_cookie_name(rq), carried ? carried : "", rq->tls ? "; Secure" : "",
			carried ? 600 : 0));
}

/* The page to sign in on, with what went wrong; it can be tried again, or by password. */
static int sign_in_again(struct http_request *rq, struct web *w, int status, const char *text)
{
	struct web_note *note = web_page_begin(rq, w);

	note->problem = text;
	note->status = status;
	return page_sign_in(rq, w);
}

static int not_answering(struct http_request *rq, struct web *w)
{
	const struct refusal r = {.say = &web_say_provider_down, .arg = {w->o.oidc.name}};

	return sign_in_again(rq, w, 503, refusal_text(rq->arena, rq->lang, &r));
}

int page_provider(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct web_round round = {.back = web_return_of(rq)};
	const char *address, *carried;

	if (!w->oidc)
		return ERR_NOTFOUND;
	/* Sent here by another site it shows no station (SameSite=Strict): a new one would end what
	 * is open at the one it has. */
	if (http_header(rq, "Sec-Fetch-Site") && !web_request_is_ours(rq))
		return http_reply_see_other(rq, arena_printf(rq->arena, "/sign-in?return=%s",
							web_escape(rq->arena, round.back)));
	round.station = web_station_begin(rq);
	if (web_oidc_begin(w, &round, rq->now, rq->arena, &address, &carried) != 0)
		return not_answering(rq, w);
	set_round(rq, carried);
	/* To another house, which the settings name: not what http_reply_see_other() is for. */
	http_reply_header(rq, "Location", address);
	return http_reply_empty(rq, 303);
}

/* The browser was sent here by another site and so shows no cookie of ours (SameSite=Strict) until
 * a page of ours sends it on. */
static int go_in(struct http_request *rq, const char *back)
{
	struct doc *d = doc_new(rq->arena);
	const char *to = web_return_ok(back) ? back : "/";

	doc_set_str(d, "to", to);
	http_reply_header(rq, "Refresh", arena_printf(rq->arena, "0; url=%s", to));
	return web_reply(rq, 200, "signed-in", d);
}

static int refused_by_provider(struct http_request *rq, struct web *w)
{
	const struct refusal r = {.say = &web_say_provider_denied, .arg = {w->o.oidc.name}};

	set_round(rq, NULL);
	return sign_in_again(rq, w, 403, refusal_text(rq->arena, rq->lang, &r));
}

static int begin(struct http_request *rq, struct web *w, const struct web_identity *who,
	const struct web_account *u)
{
	const struct web_session_want want = {.account = u->name,
		.subject = who->subject,
		.sid = who->sid,
		.id_token = who->id_token,
		.station = who->round.station,
		.provider = true};
	struct web_arrival x;
	int err = web_session_begin(rq, w, &want, &x);

	return err ? err : go_in(rq, who->round.back);
}

int page_provider_back(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct web_back back = {
		.carried =
			http_cookie(rq, arena_printf(rq->arena, "%s-round", web_cookie_name(rq))),
		.code = http_query(rq, "code"),
		.state = http_query(rq, "state"),
		.iss = http_query(rq, "iss"),
		.now = rq->now,
	};
	struct web_identity who;
	struct web_account u;
	struct refusal r = {.say = &web_say_provider_refused, .arg = {w->o.oidc.name}};
	int err;

	if (!w->oidc)
		return ERR_NOTFOUND;
	if (http_query(rq, "error"))
		return refused_by_provider(rq, w);
	set_round(rq, NULL);
	err = web_oidc_finish(w, &back, rq->arena, &who);
	if (err == ERR_DENIED)
		return sign_in_again(rq, w, 403, refusal_text(rq->arena, rq->lang, &r));
	if (err)
		return not_answering(rq, w);
	err = web_oidc_account(w, &who, rq->now, rq->arena, &u, &r);
	if (err == ERR_REFUSED)
		return sign_in_again(rq, w, 409, refusal_text(rq->arena, rq->lang, &r));
	return err ? err : begin(rq, w, &who, &u);
}

/* --- out, told by the provider --- */

struct end_job {
	const struct web_identity *who;
	int64_t now;
};

static int end_in(struct store_txn *txn, void *arg)
{
	const struct end_job *j = arg;

	return web_token_close_provider(txn, j->who->subject, j->who->sid, j->now);
}

int page_provider_logout(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct web_identity who;
	struct end_job j = {.who = &who, .now = rq->now};
	struct doc *form;
	const char *token;
	int err;

	if (!w->oidc || http_form_parse(rq->arena, rq->body, &form) != 0)
		return w->oidc ? ERR_BADINPUT : ERR_NOTFOUND;
	token = doc_str(form, "logout_token");
	if (text_empty(token))
		return ERR_BADINPUT;
	err = web_oidc_logout(w, bytes_of_str(token), rq->now, rq->arena, &who);
	if (err == ERR_DENIED)
		return http_reply_error(rq, ERR_BADINPUT, NULL);
	if (err == 0)
		err = store_write(w->o.st, end_in, &j);
	return err ? err : http_reply_empty(rq, 200);
}

int api_account_provider(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"allow", NULL};
	struct web *w = ctx;
	enum mdm_choice allow;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (api_choice(d, "allow", &allow) != 0 || allow == MDM_NOT_CHOSEN)
		return api_bad_field(rq, "allow", "yes, no");
	err = web_account_provider(w->o.st, &api_caller(rq)->who, http_param(rq, "name"),
		allow == MDM_YES, rq->now, &r);
	return api_done(rq, err, &r);
}
