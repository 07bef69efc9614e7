/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of accounts, and of tokens and sign-ins. */
#include "web/listed_int.h"
#include "web/scope_int.h"
#include "web/sign_in_int.h"

#include "base/text.h"

/* "role.it" is "IT". */
static const struct web_choice roles[] = {{"it", "role.it"}, {"konsulent", "role.konsulent"},
	{"bibliotek", "role.bibliotek"}, {"admin", "role.admin"}, {"reader", "role.reader"}, {0}};

/* {"has":{"it":true,…}}: for the boxes of a form, which are ticked or not. */
static void roles_has(struct doc *d, uint32_t has)
{
	struct doc *list = doc_set_object(d, "has");

	for (const struct web_choice *c = roles; c->code; c++) {
		uint32_t role;

		if (web_roles_parse(c->code, &role) == 0)
			doc_set_bool(list, c->code, has & role);
	}
}

/* "IT, konsulent". */
static const char *roles_said(const struct http_request *rq, uint32_t has)
{
	const char *said = NULL;

	for (const struct web_choice *c = roles; c->code; c++) {
		uint32_t role;

		if (web_roles_parse(c->code, &role) == 0 && has & role)
			said = arena_printf(rq->arena, "%s%s%s", said ? said : "",
				said ? ", " : "", web_text(rq->lang, c->text));
	}
	return said;
}

static void put_yes(const struct http_request *rq, struct doc *row, const char *key, bool yes)
{
	doc_set_str(row, key, web_text(rq->lang, yes ? "sift.yes" : "sift.no"));
}

/* --- accounts --- */

static void put_state(const struct http_request *rq, const struct web_account *u, struct doc *row)
{
	const char *state = u->closed_at ? "closed" : u->one_time ? "new" : "open";
	const char *text = u->closed_at ? "accounts.closed"
			   : u->one_time ? "accounts.state_new"
					 : "accounts.open";

	doc_set_str(row, "state", state);
	doc_set_str(row, "state_text", web_text(rq->lang, text));
	doc_set_str(row, "look", u->closed_at ? "over" : u->one_time ? "waits" : "done");
}

static int put_account(struct web_walk *k, const struct web_account *u, struct doc *row)
{
	const struct http_request *rq = k->job->rq;
	struct web_totp totp = {0};
	int err = web_totp_get(k->txn, rq->arena, u->name, &totp);

	web_account_doc(u, row);
	doc_set_bool(row, "open", u->closed_at == 0);
	doc_set_bool(row, "two_step", totp.on_at != 0);
	doc_set_str(row, "roles_text", roles_said(rq, u->roles));
	put_state(rq, u, row);
	put_yes(rq, row, "two_step_text", totp.on_at != 0);
	put_yes(rq, row, "provider_text", u->by_provider);
	if (web_is_page(rq))
		roles_has(row, u->roles);
	return err;
}

static int walk_accounts(struct web_walk *k)
{
	struct web_account *u;
	size_t n = 0;
	int err = web_account_list(k->txn, k->job->rq->arena, &u, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = put_account(k, &u[i], doc_add_object(k->rows));
	return err;
}

static int beside_accounts(struct api_read *job, struct store_txn *txn)
{
	(void)txn;
	if (web_is_page(job->rq))
		doc_set_bool(job->d, "any_provider", job->w->oidc != NULL);
	return 0;
}

static const struct web_col account_columns[] = {
	{"name", "accounts.name", WEB_COL_OWN},
	{"roles_text", "accounts.roles", WEB_COL_SORT},
	{"state_text", "column.state", WEB_COL_SORT, .look = "look"},
	{"signed_in", "accounts.last", WEB_COL_SORT | WEB_COL_DOWN},
	{"two_step_text", "accounts.two_step_head", WEB_COL_SORT},
	{"provider_text", "accounts.provider", WEB_COL_SORT | WEB_COL_FILE},
	{"made", "column.made", WEB_COL_SORT | WEB_COL_DOWN | WEB_COL_FILE},
	{"closed", "accounts.closed_at", WEB_COL_SORT | WEB_COL_DOWN | WEB_COL_FILE},
	{0},
};
static const struct web_choice account_states[] = {{"open", "accounts.open"},
	{"new", "accounts.state_new"}, {"closed", "accounts.closed"}, {0}};
static const struct web_sift account_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"role", WEB_SIFT_AMONG, "accounts.role", "roles", .choices = roles},
	{"state", WEB_SIFT_SAME, "column.state", .choices = account_states},
	{"two_step", WEB_SIFT_SAID, "accounts.two_step", .choices = web_yes_no},
	{"older", WEB_SIFT_AGE, "accounts.away", "signed_in", .choices = web_ages},
	{0},
};
static const struct web_listed accounts = {
	.list = "accounts",
	.path = "/accounts",
	.title = "accounts.title",
	.none = "sift.none",
	.columns = account_columns,
	.sifts = account_sifts,
	.walk = walk_accounts,
	.beside = beside_accounts,
	.whole = "name",
	.rows = 15,
};

int api_account_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &accounts);
}

/* --- tokens --- */

static const char *area_title(const struct http_request *rq, const char *area)
{
	return web_text(rq->lang, arena_printf(rq->arena, "name.area.%s", area));
}

/* "Loans, holds and agreements; Borrowers; only reads"; NULL: all, and everything. */
static const char *limits_said(const struct http_request *rq, const struct web_token *t)
{
	const char *said = NULL;

	for (size_t i = 0; i < WEB_AREAS; i++) {
		if (t->areas & (1u << i))
			said = arena_printf(rq->arena, "%s%s%s", said ? said : "",
				said ? "; " : "", area_title(rq, web_area_name(i)));
	}
	if (!t->read_only)
		return said;
	return arena_printf(rq->arena, "%s%s%s", said ? said : "", said ? "; " : "",
		web_text(rq->lang, "tokens.reads"));
}

/* The boxes of the form, ticked as they were sent. */
static void offer_scope(struct http_request *rq, struct doc *d)
{
	const struct doc *form = web_form(rq);
	const char *areas = form ? web_form_value(rq->arena, form, "areas") : NULL;
	const char *ticked_roles = form ? web_form_value(rq->arena, form, "roles") : NULL;
	struct doc *list = doc_set_list(d, "areas_known");
	uint32_t ticked = 0, has = 0;

	if (areas && web_areas_parse(areas, &ticked) != 0)
		ticked = 0;
	if (ticked_roles && web_roles_parse(ticked_roles, &has) == 0)
		roles_has(d, has);
	for (size_t i = 0; i < WEB_AREAS; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "name", web_area_name(i));
		doc_set_str(row, "title", area_title(rq, web_area_name(i)));
		doc_set_bool(row, "has", ticked & (1u << i));
	}
}

static void put_token(const struct http_request *rq, const struct web_token *t, struct doc *row)
{
	const bool person = !text_empty(t->account);

	web_token_doc(t, row);
	doc_set_str(row, "called", person ? t->account : !text_empty(t->note) ? t->note : t->id);
	doc_set_str(row, "kind", person ? "person" : "program");
	doc_set_str(row, "kind_text", web_text(rq->lang, person ? "tokens.person" : "tokens.program"));
	doc_set_str(row, "roles_text", roles_said(rq, t->roles));
	web_doc_opt(row, "limits", limits_said(rq, t));
}

static int walk_tokens(struct web_walk *k)
{
	struct web_token *t;
	size_t n = 0;
	int err = web_token_list(k->txn, k->job->rq->arena, &t, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		put_token(k->job->rq, &t[i], doc_add_object(k->rows));
	return err;
}

static int beside_tokens(struct api_read *job, struct store_txn *txn)
{
	(void)txn;
	if (web_is_page(job->rq))
		offer_scope(job->rq, job->d);
	return 0;
}

static const struct web_col token_columns[] = {
	{"called", "tokens.called", WEB_COL_SORT},
	{"kind_text", "column.kind", WEB_COL_SORT},
	{"roles_text", "accounts.roles", WEB_COL_SORT},
	{"limits", "tokens.only", WEB_COL_SORT},
	{"made", "column.made", WEB_COL_OWN | WEB_COL_DOWN},
	{"made_by", "column.made_by", WEB_COL_SORT | WEB_COL_FILE},
	{"used", "tokens.used", WEB_COL_SORT | WEB_COL_DOWN},
	{"expires", "tokens.last_day", WEB_COL_SORT},
	{"note", "column.note", WEB_COL_FILE},
	{"station", "field.station", WEB_COL_FILE},
	{"id", "column.number", WEB_COL_FILE},
	{0},
};
static const struct web_choice token_kinds[] = {
	{"program", "tokens.program"}, {"person", "tokens.person"}, {0}};
static const struct web_sift token_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"kind", WEB_SIFT_SAME, "column.kind", .choices = token_kinds},
	{"role", WEB_SIFT_AMONG, "accounts.role", "roles", .choices = roles},
	{"read_only", WEB_SIFT_SAID, "tokens.reads", .choices = web_yes_no},
	{"ends", WEB_SIFT_SAID, "tokens.ends", "expires", .choices = web_yes_no},
	{"older", WEB_SIFT_AGE, "tokens.unused", "used", .choices = web_ages},
	{0},
};
static const struct web_listed tokens = {
	.list = "tokens",
	.path = "/tokens",
	.title = "tokens.title",
	.none = "sift.none",
	.columns = token_columns,
	.sifts = token_sifts,
	.walk = walk_tokens,
	.beside = beside_tokens,
	.whole = "id",
};

int api_token_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &tokens);
}
