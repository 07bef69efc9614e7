/* SPDX-License-Identifier: EUPL-1.2 */
/* The second step: /sign-in/code, and /two-step where one sets up one's own. */
#include "web/api_int.h"

#include "base/text.h"
#include "print/print.h"
#include "web/sign_in_int.h"

static struct web_totp_ask ask_of(const struct http_request *rq)
{
	const struct web_caller *who = api_caller(rq);

	return (struct web_totp_ask){.who = &who->who, .account = who->account, .token_id = who->token_id, .now = rq->now};
}

/* A program has no second step; 0: a person. */
static int person_only(struct http_request *rq)
{
	const struct refusal r = {.say = &web_say_person_needed};
	int err;

	if (api_caller(rq)->account)
		return 0;
	err = api_done(rq, ERR_REFUSED, &r);
	return err ? err : ERR_BADINPUT;
}

static int replied(int err)
{
	return err == ERR_BADINPUT ? 0 : err;
}

static int code_of(struct http_request *rq, struct web_totp_ask *ask)
{
	static const char *const known[] = {"code", NULL};
	struct doc *d;
	int err = person_only(rq);

	if (err == 0)
		err = api_body(rq, known, &d);
	if (err)
		return err;
	*ask = ask_of(rq);
	ask->code = doc_str(d, "code");
	if (ask->code)
		return 0;
	err = api_missing_field(rq, "code");
	return err ? err : ERR_BADINPUT;
}

/* --- after the password --- */

int page_code(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	(void)ctx;
	doc_set_str(d, "return", web_return_of(rq));
	doc_set_str(d, "kept", web_form_str(rq, "kept"));
	return web_reply(rq, 200, "sign-in-code", d);
}

int page_code_do(struct http_request *rq, void *ctx)
{
	const struct web_caller *who = api_caller(rq);
	struct web_totp_ask ask = ask_of(rq);
	struct web_arrival x;
	struct web *w = ctx;
	struct refusal r;
	int err;

	if (!who->account || !who->browser)
		return ERR_DENIED;
	/* Only from half in to in: whoever is in already, by the provider perhaps, stays so. */
	if (!who->held)
		return web_page_go(rq, "/");
	ask.code = web_form_str(rq, "code");
	if (!ask.code)
		return api_missing_field(rq, "code");
	err = web_totp_check(w, &ask, &r);
	if (err == ERR_REFUSED)
		return api_done(rq, err, &r);
	if (err == 0)
		err = web_session_begin(
			rq, w, &(struct web_session_want){.account = who->account}, &x);
	if (err)
		return err;
	return who->one_time ? http_reply_see_other(rq, "/password") : web_page_go_on(rq, w, &x);
}

/* --- one's own --- */

static int state_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const struct web_caller *who = api_caller(job->rq);
	struct web_sign_in_rules rules;
	struct web_totp x;
	int err = web_sign_in_rules_get(txn, job->rq->arena, &rules);

	if (err == 0)
		err = web_totp_get(txn, job->rq->arena, who->account, &x);
	if (err)
		return err;
	doc_set_bool(job->d, "on", x.on_at != 0);
	doc_set_time(job->d, "since", x.on_at);
	doc_set_bool(job->d, "pending", x.pending.n != 0);
	doc_set_int(job->d, "recovery_codes_left", (int64_t)(x.recovery.n / 32));
	doc_set_bool(job->d, "required", rules.totp_roles & who->roles);
	return 0;
}

/* In groups of four, as one types it. */
static const char *in_groups(struct arena *a, const char *s)
{
	AUTO(buf) struct buf b = BUF_INIT(256);

	for (size_t i = 0; s[i]; i++)
		buf_printf(&b, "%s%c", i && i % 4 == 0 ? " " : "", s[i]);
	return arena_strdup(a, buf_str(&b));
}

/* The pending key as code and text, for the page alone. */
static int put_key(struct http_request *rq, const struct web *w, struct bytes key, struct doc *d)
{
	AUTO(buf) struct buf svg = BUF_INIT(1 << 20);
	const char *uri = web_totp_uri(rq->arena, web_organisation(w) ? web_organisation(w) : "Hylla",
		api_caller(rq)->account, key);
	int err;

	doc_set_str(d, "secret", in_groups(rq->arena, web_base32(rq->arena, key)));
	doc_set_str(d, "address", uri);
	if (!web_is_page(rq))
		return 0;
	err = print_qr_svg(uri, web_text(rq->lang, "two_step.qr"), &svg);
	if (err == 0)
		doc_set_str(d, "qr_image",
			arena_printf(rq->arena, "data:image/svg+xml;base64,%s",
				text_base64(rq->arena, buf_bytes(&svg))));
	return err;
}

int api_totp_get(struct http_request *rq, void *ctx)
{
	struct api_read job = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	struct bytes key;
	int err = person_only(rq);

	if (err)
		return replied(err);
	err = store_read(job.w->o.st, state_in, &job);
	if (err == 0 && web_is_page(rq) && doc_bool(job.d, "pending", false)) {
		err = web_totp_pending(job.w, api_caller(rq)->account, rq->arena, &key);
		if (err == 0)
			err = put_key(rq, job.w, key, job.d);
	}
	return err ? err : web_reply(rq, 200, "two-step", job.d);
}

int api_totp_begin(struct http_request *rq, void *ctx)
{
	struct web_totp_ask ask = ask_of(rq);
	struct doc *d = doc_new(rq->arena);
	struct refusal r;
	struct bytes key;
	int err = person_only(rq);

	if (err)
		return replied(err);
	err = web_totp_begin(ctx, &ask, rq->arena, &key, &r);
	if (err)
		return api_done(rq, err, &r);
	if (web_is_page(rq))
		return http_reply_see_other(rq, "/two-step");
	err = put_key(rq, ctx, key, d);
	return err ? err : http_reply_doc(rq, 201, d);
}

/* Told only now, so they cannot wait behind a redirect. */
static int reply_codes(struct http_request *rq, const char *const codes[WEB_RECOVERY_CODES])
{
	struct doc *d = doc_new(rq->arena), *list = doc_set_list(d, "recovery_codes");

	for (size_t i = 0; i < WEB_RECOVERY_CODES; i++)
		doc_add_str(list, codes[i]);
	return web_reply(rq, 201, "two-step-codes", d);
}

int api_totp_confirm(struct http_request *rq, void *ctx)
{
	const char *codes[WEB_RECOVERY_CODES];
	struct web_totp_ask ask;
	struct refusal r;
	int err = code_of(rq, &ask);

	if (err)
		return replied(err);
	err = web_totp_confirm(ctx, &ask, rq->arena, codes, &r);
	if (err)
		return api_done(rq, err, &r);
	/* It is no longer held back by what it lacked. */
	((struct web_caller *)rq->who)->held = api_caller(rq)->one_time;
	return reply_codes(rq, codes);
}

int api_totp_codes(struct http_request *rq, void *ctx)
{
	const char *codes[WEB_RECOVERY_CODES];
	struct web_totp_ask ask;
	struct refusal r;
	int err = code_of(rq, &ask);

	if (err)
		return replied(err);
	err = web_totp_renew(ctx, &ask, rq->arena, codes, &r);
	return err ? api_done(rq, err, &r) : reply_codes(rq, codes);
}

int api_totp_end(struct http_request *rq, void *ctx)
{
	struct web_totp_ask ask;
	struct refusal r;
	int err = code_of(rq, &ask);

	if (err)
		return replied(err);
	return api_done(rq, web_totp_end(ctx, &ask, &r), &r);
}

/* --- told that an administrator reset it --- */

static int seen_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct http_request *rq = arg;
	struct web_account u;
	int err = web_account_get(txn, a, api_caller(rq)->account, &u);

	if (err)
		return err;
	u.totp_reset_at = 0;
	u.totp_reset_by = NULL;
	return web_account_put(txn, &u);
}

int page_totp_seen(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	int err = person_only(rq);

	return err ? replied(err) : api_done(rq, store_write(w->o.st, seen_in, rq), NULL);
}

int api_account_totp_reset(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct refusal r;
	int err = web_account_totp_reset(
		w->o.st, &api_caller(rq)->who, http_param(rq, "name"), rq->now, &r);

	return api_done(rq, err, &r);
}
