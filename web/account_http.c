/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/accounts and /tokens: who may work here. Their lists: account_list.c. */
#include "web/api_int.h"

#include "web/scope_int.h"
#include "web/sign_in_int.h"

/* --- accounts --- */

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
