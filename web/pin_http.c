/* SPDX-License-Identifier: EUPL-1.2 */
/* Locking, opening by PIN, changing places at a shared desk. */
#include "web/api_int.h"

#include "base/text.h"
#include "web/pin_int.h"

#define STATION_NAME_MOST 60

/* --- the page of a locked desk: names of colleagues, and nothing else --- */

struct locked_read {
	struct http_request *rq;
	const char *station;
	const char *names[WEB_STATION_MOST];
	size_t n;
};

static int locked_in(struct store_txn *txn, void *arg)
{
	struct locked_read *j = arg;

	return web_station_accounts(txn, j->rq->arena, j->station, j->rq->now, j->names, &j->n);
}

bool web_station_waits(struct http_request *rq, struct web *w)
{
	struct locked_read j = {.rq = rq, .station = web_station_id(rq)};

	return j.station && store_read(w->o.st, locked_in, &j) == 0 && j.n > 0;
}

static int reply_locked(struct http_request *rq, struct web *w, int status, const char *kept)
{
	struct locked_read j = {.rq = rq, .station = web_station_id(rq)};
	struct doc *d = doc_new(rq->arena), *list = doc_set_list(d, "accounts");
	const char *back = text_equal(rq->method, "POST") && !web_form_str(rq, "return")
				   ? web_address_above(rq)
				   : web_return_of(rq);
	int err = j.station ? store_read(w->o.st, locked_in, &j) : 0;

	if (err)
		return err;
	for (size_t i = 0; i < j.n; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "account", j.names[i]);
		doc_set_bool(row, "only", j.n == 1);
	}
	doc_set_bool(d, "any", j.n > 0);
	doc_set_str(d, "return", back);
	doc_set_str(d, "return_query", web_escape(rq->arena, back));
	doc_set_str(d, "kept", kept);
	rq->who = NULL;
	return web_reply(rq, status, "locked", d);
}

int page_locked(struct http_request *rq, void *ctx)
{
	web_page_begin(rq, ctx);
	return reply_locked(rq, ctx, 200, web_form_str(rq, "kept"));
}

int web_page_locked(struct http_request *rq, struct web *w)
{
	return reply_locked(rq, w, 401, web_kept_take(rq, w));
}

/* --- opened --- */

static int reply_resume(struct http_request *rq, const struct web_kept *k, const char *token)
{
	struct doc *d = doc_new(rq->arena), *list = doc_set_list(d, "fields");

	for (size_t i = 0; doc_key(k->fields, i); i++) {
		const char *key = doc_key(k->fields, i);
		const struct doc *many = doc_list(k->fields, key);

		for (size_t n = 0; n < (many ? doc_list_size(many) : 1); n++) {
			struct doc *row = doc_add_object(list);

			doc_set_str(row, "name", key);
			doc_set_str(row, "value",
				many ? doc_list_str(many, n) : doc_str(k->fields, key));
			doc_set_str(row, "label",
				web_text(rq->lang, arena_printf(rq->arena, "field.%s", key)));
		}
	}
	doc_set_str(d, "to", k->path);
	doc_set_bool(d, "old", http_query(rq, "old") != NULL);
	doc_set_str(d, "form_token", token);
	return web_reply(rq, 200, "resume", d);
}

int web_page_go_on(struct http_request *rq, struct web *w, const struct web_arrival *x)
{
	const char *token = web_form_token_for(rq, x->word, x->account);
	struct web_kept k;
	struct doc *d;

	if (!web_is_page(rq)) {
		d = doc_new(rq->arena);
		doc_set_str(d, "account", x->account);
		doc_set_str(d, "form_token", token);
		return http_reply_doc(rq, 200, d);
	}
	if (web_kept_open(w, web_form_str(rq, "kept"), rq->now, rq->arena, &k) == 0 &&
		web_kept_may(&k, x->account, x->roles, web_station_id(rq)))
		return reply_resume(rq, &k, token);
	return http_reply_see_other(rq, web_return_of(rq));
}

/* After a round to the provider, or of a form that had grown old (form_late.c). What is another's, or too old, is not offered; nor what was sent
 * from another browser: who found an old cookie could write a form with it, and send its owner the
 * address. */
int page_kept(struct http_request *rq, void *ctx)
{
	const struct web_caller *who = api_caller(rq);
	const char *station = web_station_id(rq);
	struct web_kept k;

	if (!who->browser)
		return ERR_DENIED;
	if (web_kept_find(rq, ctx, http_query(rq, "form"), &k) != 0 || !station ||
		!text_equal(k.station, station) ||
		!web_kept_may(&k, who->account, who->roles, station))
		return http_reply_see_other(rq, "/");
	return reply_resume(rq, &k, who->form_token);
}

static int open_by_pin(struct http_request *rq, struct web *w, struct web_pin_ask *ask)
{
	const struct audit_who who = {.actor = ask->account, .via = "sign-in", .request = rq->id};
	struct web_arrival x = {.account = ask->account};
	struct refusal r = {.say = &web_say_pin_none};
	int err = ERR_REFUSED;

	ask->who = &who;
	if (ask->station)
		err = web_pin_unlock(w, ask, rq->arena, &x.word, &x.roles, &r);
	if (err)
		return api_done(rq, err, &r);
	web_cookie_set(rq, x.word);
	return web_page_go_on(rq, w, &x);
}

int page_locked_do(struct http_request *rq, void *ctx)
{
	struct web_pin_ask ask = {.now = rq->now};

	web_page_begin(rq, ctx);
	if (!web_request_is_ours(rq))
		return web_page_refuse(rq, ERR_DENIED, &web_say_form_foreign);
	ask.account = web_form_str(rq, "name");
	ask.pin = web_form_str(rq, "pin");
	ask.station = web_station_id(rq);
	if (!ask.account)
		return api_missing_field(rq, "name");
	if (!ask.pin)
		return api_missing_field(rq, "pin");
	return open_by_pin(rq, ctx, &ask);
}

int page_lock(struct http_request *rq, void *ctx)
{
	const struct web_pin_ask ask = {.token_id = api_caller(rq)->token_id, .now = rq->now};
	int err;

	if (!api_caller(rq)->browser)
		return ERR_DENIED;
	err = web_session_lock(ctx, &ask);
	return err ? err
		   : http_reply_see_other(rq, arena_printf(rq->arena, "/locked?return=%s",
						      web_escape(rq->arena, web_return_of(rq))));
}

/* Is somebody here? Asking counts as being; ?look does not. */
int page_here(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	(void)ctx;
	doc_set_bool(d, "locked", false);
	doc_set_str(d, "account", api_caller(rq)->account);
	return http_reply_doc(rq, 200, d);
}

/* --- one's own PIN, and the station's name --- */

struct pin_read {
	struct http_request *rq;
	struct doc *d;
};

static int pin_in(struct store_txn *txn, void *arg)
{
	struct pin_read *j = arg;
	const struct web_caller *who = api_caller(j->rq);
	const char *station = web_station_id(j->rq);
	struct web_sign_in_rules rules;
	struct web_station s = {0};
	struct web_account u;
	struct web_token t;
	int err = web_account_get(txn, j->rq->arena, who->account, &u);

	if (err == 0)
		err = web_token_by_id(txn, j->rq->arena, who->token_id, &t);
	if (err == 0)
		err = web_sign_in_rules_get(txn, j->rq->arena, &rules);
	if (err == 0 && station)
		err = web_station_get(txn, j->rq->arena, station, &s);
	if (err)
		return err;
	doc_set_bool(j->d, "on", u.pin_hash != NULL);
	doc_set_time(j->d, "since", u.pin_at);
	doc_set_bool(j->d, "fresh", web_token_is_fresh(&t, j->rq->now));
	doc_set_str(j->d, "station", s.name);
	doc_set_int(j->d, "lock_minutes", web_lock_s(&rules) / 60);
	doc_set_int(j->d, "shift_hours", web_shift_s(&rules) / 3600);
	return 0;
}

int page_pin(struct http_request *rq, void *ctx)
{
	struct pin_read j = {.rq = rq, .d = doc_new(rq->arena)};
	struct web *w = ctx;
	int err;

	if (!api_caller(rq)->browser)
		return ERR_DENIED;
	err = store_read(w->o.st, pin_in, &j);
	return err ? err : web_reply(rq, 200, "pin", j.d);
}

static struct web_pin_ask own(const struct http_request *rq)
{
	const struct web_caller *who = api_caller(rq);

	return (struct web_pin_ask){.who = &who->who,
		.account = who->account,
		.token_id = who->token_id,
		.now = rq->now};
}

int page_pin_set(struct http_request *rq, void *ctx)
{
	struct web_pin_ask ask = own(rq);
	struct refusal r;

	if (!api_caller(rq)->browser)
		return ERR_DENIED;
	ask.pin = web_form_str(rq, "pin");
	if (!ask.pin)
		return api_missing_field(rq, "pin");
	if (!text_equal(ask.pin, web_form_str(rq, "again")))
		return web_page_again(
			rq, 400, say_plain(&web_say_pin_not_the_same, rq->lang), "again");
	return api_done(rq, web_pin_set(ctx, &ask, &r), &r);
}

int page_pin_drop(struct http_request *rq, void *ctx)
{
	const struct web_pin_ask ask = own(rq);

	return api_caller(rq)->browser ? api_done(rq, web_pin_drop(ctx, &ask), NULL) : ERR_DENIED;
}

struct station_job {
	struct http_request *rq;
	const char *id, *name;
};

static int station_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct station_job *j = arg;
	struct web_station s;
	int err = web_station_get(txn, a, j->id, &s);

	if (err)
		return err;
	s.name = j->name;
	err = web_station_put(txn, j->id, &s);
	return err ? err
		   : audit_add(
			     txn, &api_caller(j->rq)->who, j->rq->now, "station.name", j->id, NULL);
}

int page_station(struct http_request *rq, void *ctx)
{
	struct station_job j = {
		.rq = rq, .id = web_station_id(rq), .name = web_form_str(rq, "station")};
	struct web *w = ctx;

	if (!api_caller(rq)->browser || !j.id)
		return ERR_DENIED;
	if (j.name && strlen(j.name) > STATION_NAME_MOST)
		return api_bad_field(rq, "station", "60");
	return api_done(rq, store_write(w->o.st, station_in, &j), NULL);
}
