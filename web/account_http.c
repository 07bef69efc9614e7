/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/accounts and /tokens: who may work here. */
#include "web/api_int.h"

#include "web/scope_int.h"
#include "web/sign_in_int.h"

/* --- accounts --- */

/* {"has":{"it":true,…}}: for the boxes of a form, which are ticked or not. */
static void roles_has(struct doc *d, uint32_t roles)
{
	static const char *const names[] = {"it", "konsulent", "bibliotek", "admin", "reader"};
	struct doc *has = doc_set_object(d, "has");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint32_t role;

		if (web_roles_parse(names[i], &role) == 0)
			doc_set_bool(has, names[i], roles & role);
	}
}

static int account_list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "accounts");
	struct web_account *u;
	size_t n;
	int err = web_account_list(txn, job->rq->arena, &u, &n);

	if (web_is_page(job->rq))
		doc_set_bool(job->d, "any_provider", job->w->oidc != NULL);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);
		struct web_totp totp = {0};

		web_account_doc(&u[i], row);
		doc_set_bool(row, "open", u[i].closed_at == 0);
		err = web_totp_get(txn, job->rq->arena, u[i].name, &totp);
		doc_set_bool(row, "two_step", totp.on_at != 0);
		if (web_is_page(job->rq))
			roles_has(row, u[i].roles);
	}
	return err;
}

int api_account_list(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, account_list_in, "accounts");
}

static int reply_password(struct http_request *rq, const char *name, const char *password)
{
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "name", name);
	doc_set_str(d, "one_time_password", password);
	/* Told only now, so it cannot wait behind a redirect. */
	return web_reply(rq, 201, "account-password", d);
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
		return api_missing_field(rq, "name");
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
	err = web_account_set_roles(
		w->o.st, &api_caller(rq)->who, http_param(rq, "name"), roles, rq->now, &r);
	return api_done(rq, err, &r);
}

int api_account_reset(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const char *name = http_param(rq, "name"), *password;
	struct refusal r;
	int err = web_account_reset(
		w->o.st, &api_caller(rq)->who, name, rq->now, rq->arena, &password, &r);

	return err ? api_done(rq, err, &r) : reply_password(rq, name, password);
}

int api_account_close(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct refusal r;
	int err = web_account_close(
		w->o.st, &api_caller(rq)->who, http_param(rq, "name"), rq->now, &r);

	return api_done(rq, err, &r);
}

/* --- tokens --- */

static const char *area_title(const struct http_request *rq, const char *area)
{
	return web_text(rq->lang, arena_printf(rq->arena, "name.area.%s", area));
}

/* "Loans, holds and agreements; Borrowers"; NULL: all. */
static const char *areas_said(const struct http_request *rq, uint32_t areas)
{
	const char *said = NULL;

	for (size_t i = 0; i < WEB_AREAS; i++) {
		if (areas & (1u << i))
			said = arena_printf(rq->arena, "%s%s%s", said ? said : "",
				said ? "; " : "", area_title(rq, web_area_name(i)));
	}
	return said;
}

/* The boxes of the form, ticked as they were sent. */
static void offer_scope(struct http_request *rq, struct doc *d)
{
	const struct doc *form = web_form(rq);
	const char *areas = form ? web_form_value(rq->arena, form, "areas") : NULL;
	const char *roles = form ? web_form_value(rq->arena, form, "roles") : NULL;
	struct doc *list = doc_set_list(d, "areas_known");
	uint32_t ticked = 0, has = 0;

	if (areas && web_areas_parse(areas, &ticked) != 0)
		ticked = 0;
	if (roles && web_roles_parse(roles, &has) == 0)
		roles_has(d, has);
	for (size_t i = 0; i < WEB_AREAS; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "name", web_area_name(i));
		doc_set_str(row, "title", area_title(rq, web_area_name(i)));
		doc_set_bool(row, "has", ticked & (1u << i));
	}
}

static int token_list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "tokens");
	struct web_token *t;
	size_t n;
	int err = web_token_list(txn, job->rq->arena, &t, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_token_doc(&t[i], row);
		if (web_is_page(job->rq))
			web_doc_opt(row, "areas_said", areas_said(job->rq, t[i].areas));
	}
	if (web_is_page(job->rq))
		offer_scope(job->rq, job->d);
	return err;
}

int api_token_list(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, token_list_in, "tokens");
}

/* Which field is wrong, and what it takes; NULL: none. */
static const char *token_want(const struct http_request *rq, const struct doc *d,
	struct web_token *ret, const char **ret_takes, struct refusal *r)
{
	const char *areas = doc_str(d, "areas"), *until = doc_str(d, "until");
	enum mdm_choice read_only;

	*ret_takes = "it konsulent bibliotek admin reader";
	if (!doc_str(d, "roles") || web_roles_parse(doc_str(d, "roles"), &ret->roles) != 0)
		return "roles";
	*ret_takes = WEB_AREAS_KNOWN;
	if (areas && web_areas_parse(areas, &ret->areas) != 0)
		return "areas";
	*ret_takes = "yes, no";
	if (api_choice(d, "read_only", &read_only) != 0)
		return "read_only";
	ret->read_only = read_only == MDM_YES;
	ret->note = doc_str(d, "note");
	*ret_takes = until ? "2027-01-31" : "90d, 12h";
	return web_token_end(until, doc_str(d, "life"), rq->now, &ret->expires_at, r) ==
			       ERR_BADINPUT
		       ? until ? "until" : "life"
		       : NULL;
}

int api_token_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"roles", "areas", "read_only", "note", "life", "until", NULL};
	const struct web_caller *who = api_caller(rq);
	struct web *w = ctx;
	struct web_token want = {0}, t;
	struct refusal r = {0};
	const char *word, *wrong, *takes;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	wrong = token_want(rq, d, &want, &takes, &r);
	if (wrong)
		return api_bad_field(rq, wrong, takes);
	if (r.say || web_scope_give(who->areas, who->read_only, &want, &r) != 0)
		return api_done(rq, ERR_REFUSED, &r);
	err = web_token_add(w->o.st, &who->who, &want, rq->now, rq->arena, &t, &word);
	if (err)
		return err;
	d = doc_new(rq->arena);
	web_token_doc(&t, d);
	doc_set_str(d, "token", word);
	return web_reply(rq, 201, "token-word", d);
}

int api_token_close(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;

	return api_done(rq,
		web_token_close(w->o.st, &api_caller(rq)->who, http_param(rq, "id"), rq->now),
		NULL);
}
