/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/accounts, /tokens and /invitations: who may work here, and which iPads may come. */
#include "web/api_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "print/print.h"

/* --- accounts --- */

void web_account_doc(const struct web_account *u, struct doc *d)
{
	AUTO(buf) struct buf roles = BUF_INIT(128);

	web_roles_format(u->roles, &roles);
	doc_set_str(d, "name", u->name);
	doc_set_str(d, "roles", buf_str(&roles));
	doc_set_bool(d, "one_time_password", u->one_time);
	doc_set_time(d, "made", u->made_at);
	doc_set_time(d, "signed_in", u->signed_in_at);
	doc_set_time(d, "closed", u->closed_at);
}

static int account_list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "accounts");
	struct web_account *u;
	size_t n;
	int err = web_account_list(txn, job->rq->arena, &u, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_account_doc(&u[i], doc_add_object(list));
	return err;
}

int api_account_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, account_list_in);
}

static int reply_password(struct http_request *rq, const char *name, const char *password)
{
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "name", name);
	doc_set_str(d, "one_time_password", password);
	return http_reply_doc(rq, 201, d);
}

int api_account_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"name", "roles", NULL};
	struct web *w = ctx;
	const char *password;
	struct refusal r;
	uint32_t roles;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!doc_str(d, "name"))
		return api_bad_field(rq, "name", "missing");
	if (!doc_str(d, "roles") || web_roles_parse(doc_str(d, "roles"), &roles) != 0)
		return api_bad_field(rq, "roles", "it konsulent bibliotek admin reader");
	err = web_account_add(w->o.st, &api_caller(rq)->who, doc_str(d, "name"), roles, rq->now,
		rq->arena, &password, &r);
	return err ? api_done(rq, err, &r) : reply_password(rq, doc_str(d, "name"), password);
}

int api_account_roles(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"roles", NULL};
	struct web *w = ctx;
	struct refusal r;
	uint32_t roles;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!doc_str(d, "roles") || web_roles_parse(doc_str(d, "roles"), &roles) != 0)
		return api_bad_field(rq, "roles", "it konsulent bibliotek admin reader");
	err = web_account_set_roles(w->o.st, &api_caller(rq)->who, http_param(rq, "name"), roles,
		rq->now, &r);
	return api_done(rq, err, &r);
}

int api_account_reset(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const char *name = http_param(rq, "name"), *password;
	struct refusal r;
	int err = web_account_reset(w->o.st, &api_caller(rq)->who, name, rq->now, rq->arena,
		&password, &r);

	return err ? api_done(rq, err, &r) : reply_password(rq, name, password);
}

int api_account_close(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct refusal r;
	int err = web_account_close(w->o.st, &api_caller(rq)->who, http_param(rq, "name"), rq->now,
		&r);

	return api_done(rq, err, &r);
}

/* --- tokens --- */

void web_token_doc(const struct web_token *t, struct doc *d)
{
	AUTO(buf) struct buf roles = BUF_INIT(128);

	web_roles_format(t->roles, &roles);
	doc_set_str(d, "id", t->id);
	doc_set_str(d, "account", t->account);
	doc_set_str(d, "note", t->note);
	doc_set_str(d, "roles", buf_str(&roles));
	doc_set_time(d, "made", t->made_at);
	doc_set_str(d, "made_by", t->made_by);
	doc_set_time(d, "used", t->used_at);
	doc_set_time(d, "expires", t->expires_at);
}

static int token_list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "tokens");
	struct web_token *t;
	size_t n;
	int err = web_token_list(txn, job->rq->arena, &t, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_token_doc(&t[i], doc_add_object(list));
	return err;
}

int api_token_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, token_list_in);
}

int api_token_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"roles", "note", "life", NULL};
	struct web *w = ctx;
	struct web_token want = {0}, t;
	const char *word;
	int64_t life = 0;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!doc_str(d, "roles") || web_roles_parse(doc_str(d, "roles"), &want.roles) != 0)
		return api_bad_field(rq, "roles", "it konsulent bibliotek admin reader");
	if (doc_str(d, "life") && clock_parse_span(doc_str(d, "life"), &life) != 0)
		return api_bad_field(rq, "life", "90d, 12h");
	want.note = doc_str(d, "note");
	want.expires_at = life ? rq->now + life : 0;
	err = web_token_add(w->o.st, &api_caller(rq)->who, &want, rq->now, rq->arena, &t, &word);
	if (err)
		return err;
	d = doc_new(rq->arena);
	web_token_doc(&t, d);
	doc_set_str(d, "token", word);
	return http_reply_doc(rq, 201, d);
}

int api_token_close(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;

	return api_done(rq,
		web_token_close(w->o.st, &api_caller(rq)->who, http_param(rq, "id"), rq->now), NULL);
}

/* --- invitations --- */

void web_invitation_doc(const struct mdm_invitation *i, struct doc *d)
{
	doc_set_str(d, "id", i->id);
	doc_set_str(d, "serial", i->serial);
	doc_set_str(d, "note", i->note);
	doc_set_int(d, "most", i->most);
	doc_set_int(d, "used", i->used);
	doc_set_time(d, "made", i->made_at);
	doc_set_str(d, "made_by", i->made_by);
	doc_set_time(d, "expires", i->expires_at);
	doc_set_time(d, "closed", i->closed_at);
}

static int invitation_list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "invitations");
	struct mdm_invitation *x;
	size_t n, most = api_most(job->rq);
	int err = mdm_invitation_list(txn, job->rq->arena, http_query(job->rq, "after"), most, &x,
		&n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_invitation_doc(&x[i], doc_add_object(list));
	if (err == 0)
		doc_set_str(job->d, "next", n == most ? x[n - 1].id : NULL);
	return err;
}

int api_invitation_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, invitation_list_in);
}

static int reply_invitation(struct http_request *rq, const struct mdm_invitation *i,
	const char *url)
{
	AUTO(buf) struct buf svg = BUF_INIT(1 << 20);
	struct doc *d = doc_new(rq->arena);
	int err = print_qr_svg(url, "QR", &svg);

	if (err)
		return err;
	web_invitation_doc(i, d);
	doc_set_str(d, "url", url);
	doc_set_str(d, "qr_svg", buf_str(&svg));
	return http_reply_doc(rq, 201, d);
}

int api_invitation_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"serial", "note", "most", "life", NULL};
	struct web *w = ctx;
	struct mdm_invitation_ask ask = {.most = 1};
	struct mdm_invitation made;
	const char *url;
	int64_t most = 1;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (doc_has(d, "most") && (doc_int(d, "most", &most) != 0 || most < 1 || most > 100000))
		return api_bad_field(rq, "most", "1 to 100000");
	if (doc_str(d, "life") && clock_parse_span(doc_str(d, "life"), &ask.life_s) != 0)
		return api_bad_field(rq, "life", "30d, 12h");
	ask.serial = doc_str(d, "serial");
	ask.note = doc_str(d, "note");
	ask.most = (uint32_t)most;
	err = mdm_invite(w->o.mdm, &api_caller(rq)->who, &ask, rq->now, rq->arena, &made, &url);
	return err ? err : reply_invitation(rq, &made, url);
}

int api_invitation_close(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;

	return api_done(rq, mdm_invitation_close(w->o.mdm, &api_caller(rq)->who, http_param(rq, "id"),
				    rq->now),
		NULL);
}

int api_invitation_profile(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct bytes profile;
	int err = mdm_profile_make(w->o.mdm, http_param(rq, "id"), 0, rq->now, rq->arena, &profile);

	if (err)
		return err;
	http_reply_header(rq, "Content-Disposition", "attachment; filename=\"hylla.mobileconfig\"");
	return http_reply(rq, 200, "application/x-apple-aspen-config", profile);
}
