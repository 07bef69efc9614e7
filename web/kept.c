/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A form that came when the session had locked or ended. Nothing of it is done, and nothing is
 * lost: it goes sealed into the page to sign in on, which therefore shows none of it, and is
 * offered again afterwards, to its owner or to a colleague who may see as much.
 */
#include "web/page_int.h"

#include "base/text.h"
#include "web/pin_int.h"

#define CONTEXT "web.kept"
#define KEPT_S (12 * 3600)
#define KEPT_MOST 24576

/* What only its owner should know is typed again. */
static bool may_keep(const char *key)
{
	static const char *const never[] = {"form_token", "pin", "puk", "again", "kept"};

	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		if (text_equal(key, never[i]))
			return false;
	}
	return !strstr(key, "password");
}

static bool is_of_sign_in(const char *path)
{
	static const char *const own[] = {"/sign-", "/lock", "/pin", "/password", "/two-step",
		"/language", "/api/", "/station", "/sessions"};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		if (text_starts(path, own[i]))
			return true;
	}
	return false;
}

static void copy_field(struct doc *to, const struct doc *from, const char *key)
{
	const struct doc *list = doc_list(from, key);
	struct doc *out;

	if (!list) {
		doc_set_str(to, key, doc_str(from, key));
		return;
	}
	out = doc_set_list(to, key);
	for (size_t i = 0; i < doc_list_size(list); i++)
		doc_add_str(out, doc_list_str(list, i));
}

const char *web_kept_take(struct http_request *rq, struct web *w)
{
	AUTO(buf) struct buf text = BUF_INIT_SECRET(KEPT_MOST);
	const struct web_caller *who = rq->who;
	const struct doc *form = web_form(rq);
	struct doc *d = doc_new(rq->arena), *fields;
	struct bytes sealed;

	if (!form || !who || !who->account || is_of_sign_in(rq->path))
		return NULL;
	/* What its owner may not do is not laid before a colleague who may. */
	if (!(who->roles & rq->route->roles))
		return NULL;
	doc_set_str(d, "path", rq->path);
	doc_set_str(d, "account", who->account);
	doc_set_int(d, "roles", who->roles);
	doc_set_str(d, "station", web_station_id(rq));
	doc_set_bool(d, "own", who->ended);
	doc_set_int(d, "until", rq->now + KEPT_S);
	fields = doc_set_object(d, "fields");
	for (size_t i = 0; doc_key(form, i); i++) {
		if (may_keep(doc_key(form, i)))
			copy_field(fields, form, doc_key(form, i));
	}
	doc_format(d, &text);
	if (!buf_ok(&text) ||
		cert_seal(w->o.certs, CONTEXT, buf_bytes(&text), rq->arena, &sealed) != 0)
		return NULL;
	return text_base64url(rq->arena, sealed);
}

int web_kept_open(
	struct web *w, const char *text, int64_t now, struct arena *a, struct web_kept *ret)
{
	struct bytes sealed, plain;
	int64_t until, roles;
	struct doc *d;

	if (text_empty(text) || text_parse_base64(a, bytes_of_str(text), &sealed) != 0 ||
		cert_unseal(w->o.certs, CONTEXT, sealed, a, &plain) != 0 ||
		doc_parse(a, plain, &d) != 0 || doc_int(d, "until", &until) != 0 || until < now ||
		doc_int(d, "roles", &roles) != 0)
		return ERR_NOTFOUND;
	*ret = (struct web_kept){.path = doc_str(d, "path"),
		.account = doc_str(d, "account"),
		.roles = (uint32_t)roles,
		.until = until,
		.own = doc_bool(d, "own", false),
		.station = doc_str(d, "station"),
		.fields = doc_object(d, "fields")};
	return 0;
}

bool web_kept_may(
	const struct web_kept *k, const char *account, uint32_t roles, const char *station)
{
	if (text_equal(k->account, account))
		return true;
	return !k->own && station && text_equal(k->station, station) && !(k->roles & ~roles);
}

/* --- over a round to the provider --- */

struct keeping {
	struct http_request *rq;
	int64_t until;
	uint8_t hash[32]; /* its beginning is the key */
	const char *text;
};

static int put_in(struct store_txn *txn, void *arg)
{
	struct keeping *j = arg;

	return web_kept_put(txn, j->until, j->hash, j->text, j->rq->now);
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct keeping *j = arg;

	return web_kept_get(txn, j->rq->arena, j->until, j->hash, &j->text);
}

const char *web_kept_address(struct http_request *rq, struct web *w, const char *text)
{
	struct keeping j = {.rq = rq};
	struct bytes sealed;
	struct web_kept k;

	/* Only what we sealed ourselves gets in. */
	if (!text || web_kept_open(w, text, rq->now, rq->arena, &k) != 0 ||
		text_parse_base64(rq->arena, bytes_of_str(text), &sealed) != 0)
		return NULL;
	j.until = k.until;
	/* Blanks and the like make another text of the same seal, and must not make another row. */
	j.text = text_base64url(rq->arena, sealed);
	cert_sha256(sealed, j.hash);
	if (store_write(w->o.st, put_in, &j) != 0)
		return NULL;
	return arena_printf(rq->arena, "/kept?form=%lld.%s", (long long)k.until,
		text_hex(rq->arena, bytes_of(j.hash, WEB_KEPT_HASH)));
}

int web_kept_find(struct http_request *rq, struct web *w, const char *name, struct web_kept *ret)
{
	struct keeping j = {.rq = rq};
	const char *dot = name ? strchr(name, '.') : NULL;
	struct bytes hash;
	int err;

	if (!dot || text_parse_hex(rq->arena, bytes_of_str(dot + 1), &hash) != 0 ||
		hash.n != WEB_KEPT_HASH ||
		text_parse_i64(arena_strndup(rq->arena, name, (size_t)(dot - name)), &j.until) != 0)
		return ERR_NOTFOUND;
	memcpy(j.hash, hash.p, hash.n);
	err = store_read(w->o.st, get_in, &j);
	return err ? err : web_kept_open(w, j.text, rq->now, rq->arena, ret);
}
