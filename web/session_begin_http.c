/* SPDX-License-Identifier: EUPL-1.2 */
/* A browser's session begins: its cookie, its station, and what becomes of whoever was there. */
#include "web/api_int.h"

#include "base/random.h"
#include "base/text.h"
#include "web/pin_int.h"

#define CODE_STAGE_S 600
#define HINT_MOST 8192
#define STATION_OCTETS 24
#define STATION_WORD 32 /* of them, as text */
#define BESIDE_S 20 /* two tabs that sign in at once */

void web_cookie_set(struct http_request *rq, const char *word)
{
	http_reply_header(rq, "Set-Cookie",
		arena_printf(rq->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
			web_cookie_name(rq), word ? word : "", rq->tls ? "; Secure" : "",
			word ? "" : "; Max-Age=0"));
}

/* A hint for the provider when the session ends; one that is too long is not kept. */
static int seal_hint(struct web *w, struct arena *a, const char *id_token, struct bytes *ret)
{
	if (!id_token || strlen(id_token) > HINT_MOST)
		return 0;
	return cert_seal(w->o.certs, WEB_HINT_CONTEXT, bytes_of_str(id_token), a, ret);
}

static const char *station_cookie(const struct http_request *rq)
{
	const char *word =
		http_cookie(rq, arena_printf(rq->arena, "%s-station", web_cookie_name(rq)));

	return word && strlen(word) == STATION_WORD ? word : NULL;
}

static const char *station_of(const struct http_request *rq, const char *word)
{
	char *id = arena_alloc(rq->arena, WEB_STATION);

	web_station_of(word, id);
	return id;
}

const char *web_station_id(const struct http_request *rq)
{
	const char *word = station_cookie(rq);

	return word ? station_of(rq, word) : NULL;
}

const char *web_form_token_for(
	const struct http_request *rq, const char *word, const char *account)
{
	const char *station = station_cookie(rq);
	char session[WEB_FORM_TOKEN], owner[WEB_FORM_TOKEN];

	web_form_token(word, session);
	if (!station || !account)
		return arena_strdup(rq->arena, session);
	web_form_owner(station, account, owner);
	return arena_printf(rq->arena, "%s.%s", session, owner);
}

bool web_form_is_sessions(const char *token, const char *own)
{
	return token && cert_secret_equal(bytes_of(token, strcspn(token, ".")),
				bytes_of(own, strcspn(own, ".")));
}

bool web_form_is_accounts(const struct http_request *rq, const char *token, const char *account)
{
	const char *station = station_cookie(rq), *dot = token ? strchr(token, '.') : NULL;
	char owner[WEB_FORM_TOKEN];

	if (!station || !dot || !account)
		return false;
	web_form_owner(station, account, owner);
	return cert_secret_equal(bytes_of_str(dot + 1), bytes_of_str(owner));
}

/* It stays when its people go. */
const char *web_station_begin(struct http_request *rq)
{
	const char *word = station_cookie(rq);

	/* Its days begin anew: a session must not lose the station that it is good at. */
	if (!word)
		word = random_token(rq->arena, STATION_OCTETS);
	http_reply_header(rq, "Set-Cookie",
		arena_printf(rq->arena,
			"%s-station=%s; Path=/; HttpOnly; SameSite=Strict%s; "
			"Max-Age=34560000",
			web_cookie_name(rq), word, rq->tls ? "; Secure" : ""));
	return station_of(rq, word);
}

void web_station_offer(struct http_request *rq)
{
	if (!station_cookie(rq) && web_request_is_ours(rq))
		(void)web_station_begin(rq);
}

struct leaving {
	const char *word; /* of the session that was in this browser; or NULL */
	const char *station, *id;
	const struct audit_who *who;
	int64_t now;
	bool shown; /* this browser came with its cookie */
};

/* One that began beside this one, in another tab, as the same person: which of the two cookies the browser
 * keeps is the order in which it hears of them, so neither ends the other. */
static bool is_beside(const struct leaving *j, const struct web_token *t)
{
	return !j->shown && t->stage == WEB_STAGE_FULL && j->now - t->made_at < BESIDE_S;
}

/* A colleague who has a PIN comes back by it; any other session in this browser ends. */
static int leave(struct store_txn *txn, struct arena *a, const struct leaving *j,
	const uint8_t hash[32], struct web_token *t)
{
	bool other = !text_equal(t->account, j->who->actor);
	struct web_account u = {0};
	int err = t->account ? web_account_get(txn, a, t->account, &u) : 0;

	if (err || t->closed_at || (!other && is_beside(j, t)))
		return err;
	if (other && u.pin_hash && t->station && t->stage == WEB_STAGE_FULL) {
		t->locked_at = t->locked_at ? t->locked_at : j->now;
		return web_token_put(txn, hash, t);
	}
	t->closed_at = j->now;
	err = web_token_put(txn, hash, t);
	return err ? err : audit_add(txn, j->who, j->now, "token.close", t->id, NULL);
}

static int leave_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct leaving *j = arg;
	struct leaving shown = *j;
	struct web_token *t, was;
	uint8_t hash[32];
	size_t n;
	int err = 0;

	shown.shown = true;
	if (j->word) {
		cert_sha256(bytes_of_str(j->word), hash);
		err = web_token_get(txn, a, hash, &was);
		if (err == 0 && was.browser)
			err = leave(txn, a, &shown, hash, &was);
		err = err == ERR_NOTFOUND ? 0 : err;
	}
	if (err == 0)
		err = web_token_list(txn, a, &t, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!t[i].browser || !text_equal(t[i].station, j->station) ||
			text_equal(t[i].id, j->id))
			continue;
		err = web_token_hash(txn, t[i].id, hash);
		if (err == 0)
			err = leave(txn, a, j, hash, &t[i]);
	}
	return err;
}

struct roles_read {
	const char *name;
	uint32_t roles;
};

static int roles_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct roles_read *j = arg;
	struct web_account u;
	int err = web_account_get(txn, a, j->name, &u);

	if (err == 0)
		j->roles = u.roles;
	return err;
}

/* Whatever the cookie was before, it is so no longer: a word that somebody planted is worth
 * nothing. */
int web_session_begin(struct http_request *rq, struct web *w, const struct web_session_want *x,
	struct web_arrival *ret)
{
	const struct audit_who who = {.actor = x->account, .via = "page", .request = rq->id};
	struct roles_read job = {.name = x->account};
	struct web_token want = {
		.account = x->account,
		.note = "session",
		.expires_at = rq->now + (x->stage == WEB_STAGE_CODE ? CODE_STAGE_S : WEB_SESSION_S),
		.used_at = rq->now,
		.browser = true,
		.stage = x->stage,
		.full_at = rq->now,
		.station = x->station ? x->station : web_station_begin(rq),
		.provider = x->provider,
		.subject = x->subject,
		.sid = x->sid,
	};
	const char *word, *old = http_cookie(rq, web_cookie_name(rq));
	char agent[WEB_AGENT];
	struct web_token t;
	int err = store_read(w->o.st, roles_in, &job);

	if (err == 0)
		err = seal_hint(w, rq->arena, x->id_token, &want.id_token);
	if (err)
		return err;
	web_agent_format(http_header(rq, "User-Agent"), agent);
	want.agent = agent;
	want.roles = job.roles;
	err = web_token_add(w->o.st, &who, &want, rq->now, rq->arena, &t, &word);
	if (err == 0)
		err = store_write(w->o.st, leave_in,
			&(struct leaving){old, want.station, t.id, &who, rq->now});
	if (err)
		return err;
	web_cookie_set(rq, word);
	*ret = (struct web_arrival){x->account, word, job.roles};
	return 0;
}
