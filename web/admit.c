/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who is asking. A program sends "Authorization: Bearer WORD" (RFC 6750), a browser its session's
 * cookie; either becomes an account or a program. What a browser's forms change is believed only
 * from a page of ours (Sec-Fetch-Site, Origin) that was given to that session (the form token).
 */
#include "web/page_int.h"
#include "web/pin_int.h"
#include "web/scope_int.h"

#include "base/text.h"

#define USED_STEP_S 3600 /* "last used" is kept to the hour: no write a request */
#define USED_STEP_BROWSER_S 60

struct admission {
	struct arena *a;
	const char *word;
	bool browser;
	uint8_t hash[32];
	struct web_token t;
	struct web_account u;
	const char *station; /* that the browser shows; or NULL */
	bool elsewhere;      /* the session is another browser's */
	bool needs_totp; /* the rules want a second step, and it has none */
	struct web_sign_in_rules rules;
	enum web_session_state state;
	int64_t now;
};

static int check_second_step(struct store_txn *txn, struct admission *ad)
{
	struct web_totp x;
	int err;

	/* Who signed in by the provider has shown there what it takes. */
	if (ad->t.provider || !(ad->rules.totp_roles & ad->u.roles))
		return 0;
	err = web_totp_get(txn, ad->a, ad->u.name, &x);
	ad->needs_totp = x.on_at == 0;
	return err;
}

/* The account behind a session may have been closed since. */
static int check_account(struct store_txn *txn, struct admission *ad)
{
	int err;

	if (!ad->t.account)
		return 0;
	err = web_account_get(txn, ad->a, ad->t.account, &ad->u);
	if (err)
		return err == ERR_NOTFOUND ? ERR_STRANGER : err;
	if (ad->u.closed_at)
		return ERR_STRANGER;
	ad->t.roles &= ad->u.roles;
	err = web_sign_in_rules_get(txn, ad->a, &ad->rules);
	if (err)
		return err;
	ad->state = web_session_state(&ad->t, ad->u.pin_hash != NULL, &ad->rules, ad->now);
	return ad->browser ? check_second_step(txn, ad) : 0;
}

/* Closed by time (web_token_drop_expired()), not by anybody: its pages are known again. */
static bool is_ended(const struct web_token *t)
{
	return t->closed_at && t->closed_at != t->expires_at;
}

/*
 * A session begun at a station is good there and nowhere else: a cookie that was carried off is
 * worth nothing without the station's. One that ended so tells it to whoever still has it.
 */
static bool is_elsewhere(const struct admission *ad)
{
	const struct web_token *t = &ad->t;

	if (!ad->browser || t->closed_at)
		return ad->browser && t->elsewhere;
	return t->station && !text_equal(t->station, ad->station);
}

static int load_in(struct store_txn *txn, void *arg)
{
	struct admission *ad = arg;
	int err = web_token_get(txn, ad->a, ad->hash, &ad->t);

	if (err)
		return err == ERR_NOTFOUND ? ERR_STRANGER : err;
	if (ad->t.browser != ad->browser)
		return ERR_STRANGER;
	ad->elsewhere = is_elsewhere(ad);
	if (ad->elsewhere || is_ended(&ad->t))
		return ERR_STRANGER;
	ad->state = web_session_state(&ad->t, false, &ad->rules, ad->now);
	err = check_account(txn, ad);
	return err == 0 && ad->state != WEB_SESSION_OPEN && !ad->browser ? ERR_STRANGER : err;
}

static int note_use_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct admission *ad = arg;
	struct web_token t;
	int err = web_token_get(txn, a, ad->hash, &t);

	if (err)
		return err;
	t.used_at = ad->now;
	return web_token_put(txn, ad->hash, &t);
}

static int note_use(struct web *w, struct admission *ad)
{
	int64_t step = ad->browser ? USED_STEP_BROWSER_S : USED_STEP_S;
	int err;

	if (ad->now - ad->t.used_at < step)
		return 0;
	err = store_write(w->o.st, note_use_in, ad);
	/* A full disk must not shut out those who come to mend it. */
	return err == ERR_NOSPACE ? 0 : err;
}

static const char *bearer(const struct http_request *rq)
{
	const char *h = http_header(rq, "Authorization");

	if (!h || strlen(h) < 8)
		return NULL;
	return text_equal_case(arena_strndup(rq->arena, h, 7), "Bearer ") ? h + 7 : NULL;
}

static const char *word_of(const struct http_request *rq, bool *ret_browser)
{
	const char *word = bearer(rq);

	*ret_browser = word == NULL;
	return word ? word : http_cookie(rq, web_cookie_name(rq));
}

static bool is_reading(const struct http_request *rq)
{
	return text_equal(rq->method, "GET") || text_equal(rq->method, "HEAD");
}

/* The one page of whoever may not go on yet; NULL: any. */
static const char *held_to(const struct admission *ad)
{
	if (!ad->browser)
		return NULL;
	if (ad->t.stage == WEB_STAGE_CODE)
		return "/sign-in/code";
	if (ad->u.one_time)
		return "/password";
	return ad->needs_totp ? "/two-step" : NULL;
}

/* There, or out, or in another language. */
static bool may_be_at(const struct http_request *rq, const char *page)
{
	const char *path = rq->route->path;

	return !page || text_starts(path, page) || text_equal(path, "/sign-out") ||
	       text_equal(path, "/language");
}

/* A page that looks by itself whether the desk is locked, or what is new, is nobody who is there:
 * a desk that is left locks, however much happens on its page. */
static bool is_alone(const struct http_request *rq)
{
	return http_query(rq, "look") || http_header(rq, "X-By-Itself");
}

static void set_caller(struct http_request *rq, const struct admission *ad)
{
	struct web_caller *who = ARENA_NEW(rq->arena, struct web_caller);

	who->account = ad->t.account;
	who->token_id = ad->t.id;
	who->roles = ad->t.roles;
	who->areas = ad->t.areas;
	who->read_only = ad->t.read_only;
	who->browser = ad->browser;
	who->one_time = ad->browser && ad->u.one_time;
	who->held = held_to(ad) != NULL;
	who->totp_reset_at = ad->u.totp_reset_at;
	who->totp_reset_by = ad->u.totp_reset_by;
	who->who.actor =
		ad->t.account ? ad->t.account : arena_printf(rq->arena, "token:%s", ad->t.id);
	who->who.via = ad->browser ? "page" : "api";
	who->who.request = rq->id;
	who->lock_s = ad->t.station ? web_lock_s(&ad->rules) : 0;
	who->by_pin = ad->t.by_pin;
	who->locked = ad->state == WEB_SESSION_LOCKED;
	who->over = ad->state == WEB_SESSION_OVER;
	if (ad->browser) {
		who->form_token = web_form_token_for(rq, ad->word, ad->t.account);
		if (ad->u.lang && ad->u.lang <= SAY_LANGS && !http_query(rq, "lang"))
			rq->lang = (enum say_lang)(ad->u.lang - 1);
	}
	rq->who = who;
}

/* Locked or over: whoever comes with a form keeps it (web_admit_form), all else begins anew. */
static int admit_nobody(struct http_request *rq, struct admission *ad)
{
	bool locked = ad->state == WEB_SESSION_LOCKED;

	if (!web_is_page(rq))
		return ERR_STRANGER;
	if (!is_reading(rq) && http_is_form(rq)) {
		set_caller(rq, ad);
		return 0;
	}
	if (!locked || !is_reading(rq))
		return ERR_STRANGER;
	return http_reply_see_other(rq, arena_printf(rq->arena, "/locked?return=%s",
						web_escape(rq->arena, http_target(rq))));
}

static int admit(struct http_request *rq, struct web *w, struct admission *ad)
{
	struct refusal narrow = {0};
	int err;

	cert_sha256(bytes_of_str(ad->word), ad->hash);
	err = store_read(w->o.st, load_in, ad);
	if (err == 0 && ad->browser && !is_reading(rq) && !web_request_is_ours(rq))
		return web_page_refuse(rq, ERR_DENIED, &web_say_form_foreign);
	if (err)
		return err;
	if (ad->state != WEB_SESSION_OPEN && !text_equal(rq->route->path, "/sign-out"))
		return admit_nobody(rq, ad);
	if (!(ad->t.roles & rq->route->roles))
		err = ERR_DENIED;
	if (err == 0 && web_scope_decide(&ad->t, rq->route, &narrow) != 0)
		return http_reply_error(
			rq, ERR_DENIED, refusal_text(rq->arena, rq->lang, &narrow));
	if (err == 0 && web_format_unknown(rq))
		return http_reply_error(rq, ERR_BADINPUT, web_format_unknown(rq));
	if (err == 0 && !may_be_at(rq, held_to(ad)))
		return web_page_go(rq, held_to(ad));
	if (err == 0 && !is_alone(rq))
		err = note_use(w, ad);
	set_caller(rq, ad);
	return err;
}

/* Whose it is cannot be told from here: both are out, and both are told why. */
static int end_elsewhere(struct http_request *rq, struct web *w, const struct admission *ad)
{
	const struct audit_who who = {
		.actor = ad->t.account, .via = "page", .request = rq->id};
	int err = ad->t.closed_at
			  ? 0
			  : web_token_end_elsewhere(w->o.st, &who, ad->t.id, rq->now);

	return err ? err : web_page_sign_in_because(rq, "elsewhere");
}

int web_admit_staff(struct http_request *rq, void *ctx)
{
	struct admission ad = {.a = rq->arena, .now = rq->now};
	int err = ERR_STRANGER;

	web_page_begin(rq, ctx);
	ad.station = web_station_id(rq);
	ad.word = word_of(rq, &ad.browser);
	if (ad.word)
		err = admit(rq, ctx, &ad);
	if (err == ERR_STRANGER && ad.elsewhere)
		return end_elsewhere(rq, ctx, &ad);
	if (err == ERR_STRANGER && !is_reading(rq) && web_form_may_be_ended(rq)) {
		struct web_caller *who = ARENA_NEW(rq->arena, struct web_caller);

		*who = (struct web_caller){.browser = true, .over = true, .ended = true};
		rq->who = who;
		return 0;
	}
	return err == ERR_STRANGER ? web_page_sign_in_first(rq) : err;
}

void web_admit_look(struct http_request *rq, struct web *w)
{
	struct admission ad = {.a = rq->arena, .now = rq->now, .browser = true};

	ad.word = http_cookie(rq, web_cookie_name(rq));
	ad.station = web_station_id(rq);
	if (!ad.word)
		return;
	cert_sha256(bytes_of_str(ad.word), ad.hash);
	if (store_read(w->o.st, load_in, &ad) == 0 && ad.state == WEB_SESSION_OPEN && !held_to(&ad))
		set_caller(rq, &ad);
}

struct web_stay {
	uint8_t hash[32];
	bool browser;
	const char *station;
	uint32_t roles;
};

struct web_stay *web_stay(const struct http_request *rq)
{
	struct web_stay *s = ARENA_NEW(rq->arena, struct web_stay);
	const struct web_caller *who = rq->who;
	const char *word = word_of(rq, &s->browser);

	if (word) /* none: it was asked from within, and stays for no stream */
		cert_sha256(bytes_of_str(word), s->hash);
	s->station = web_station_id(rq);
	s->roles = who->roles;
	return s;
}

int web_stays(struct store_txn *txn, const struct web_stay *s, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct admission ad = {.a = a, .browser = s->browser, .station = s->station, .now = now};
	int err;

	memcpy(ad.hash, s->hash, sizeof(ad.hash));
	err = load_in(txn, &ad);
	if (err)
		return err;
	return ad.state == WEB_SESSION_OPEN && ad.t.roles == s->roles && !held_to(&ad)
		       ? 0
		       : ERR_STRANGER;
}

int web_admit_form(struct http_request *rq, void *ctx)
{
	const struct web_caller *who = rq->who;
	const char *token;

	token = http_header(rq, "X-Form-Token");
	if (!token)
		token = web_form_str(rq, "form_token");
	if (who->ended)
		return web_page_form_ended(rq, ctx, token);
	if (who->locked || who->over)
		return who->locked ? web_page_locked(rq, ctx) : web_page_sign_in_kept(rq, ctx);
	if (!who->browser || is_reading(rq))
		return 0;
	if (web_form_is_sessions(token, who->form_token))
		return 0;
	return web_page_form_old(rq, ctx, token);
}
