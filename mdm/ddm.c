/* SPDX-License-Identifier: EUPL-1.2 */
/* The check-in of declarative management: tokens, the list, each declaration, reports. */
#include "mdm/ade_int.h"
#include "mdm/ddm_int.h"

#include "base/clock.h"
#include "base/text.h"

#define BODY_MOST (4 << 20)

struct ddm_job {
	struct mdm *m;
	const struct mdm_caller *who;
	const struct mdm_checkin *c;
	int64_t now;
	struct arena *a;
	struct mdm_owner owner;
	struct mdm_ddm ddm;
	bool none;  /* no manifest was ever made for it */
	bool write; /* what it is given has changed */
	const char *body, *why;
	int status;
	const char *hash;         /* of the profile that is looked for; NULL: any declaration */
	const char *server_token; /* of the one that was found */
};

static int owner_load(struct ddm_job *j, struct store_txn *txn)
{
	int err = mdm_owner_get(txn, j->a, j->who, j->c->udid, &j->owner);

	if (err == ERR_STRANGER || err == ERR_DENIED) {
		j->why = "not-its-identity";
		return err;
	}
	if (err)
		return err;
	if (j->owner.expired || j->owner.superseded || j->owner.e.state != MDM_ENROLLED) {
		j->why = "out-of-step";
		return ERR_DENIED;
	}
	err = mdm_ddm_get(txn, j->a, j->owner.e.serial, &j->ddm);
	j->none = err == ERR_NOTFOUND;
	return j->none ? 0 : err;
}

static const char *doc_text(struct arena *a, const struct doc *d)
{
	AUTO(buf) struct buf b = BUF_INIT(BODY_MOST);

	doc_format(d, &b);
	return arena_strdup(a, buf_str(&b));
}

/* The token of no declarations at all. */
static const char *token_of(struct ddm_job *j)
{
	char *none;

	if (!j->none)
		return j->ddm.token;
	none = arena_alloc(j->a, MDM_TOKEN_TEXT);
	mdm_manifest_token(NULL, 0, none);
	return none;
}

/* The time is the manifest's, not the question's: the answer changes only with the content. */
static int tokens_answer(struct ddm_job *j)
{
	struct doc *d = doc_new(j->a), *t = doc_set_object(d, "SyncTokens");
	char at[CLOCK_TEXT];

	doc_set_str(t, "DeclarationsToken", token_of(j));
	doc_set_str(t, "Timestamp",
		clock_format_utc(j->none ? j->owner.e.enrolled_at : j->ddm.made_at, at));
	j->body = doc_text(j->a, d);
	return 0;
}

static int items_answer(struct ddm_job *j, struct store_txn *txn)
{
	static const char *const names[MDM_CLASSES] = {
		"Activations", "Assets", "Configurations", "Management"};
	struct doc *d = doc_new(j->a), *all = doc_set_object(d, "Declarations");
	struct doc *lists[MDM_CLASSES];
	struct mdm_manifest_row *rows = NULL;
	size_t n = 0;
	int err = j->none ? 0 : mdm_manifest_get(txn, j->a, j->ddm.token, &rows, &n);

	if (err)
		return err == ERR_NOTFOUND ? ERR_CORRUPT : err;
	for (int i = 0; i < MDM_CLASSES; i++)
		lists[i] = doc_set_list(all, names[i]);
	for (size_t i = 0; i < n; i++) {
		struct doc *one = doc_add_object(lists[rows[i].class]);

		doc_set_str(one, "Identifier", rows[i].identifier);
		doc_set_str(one, "ServerToken", rows[i].server_token);
	}
	doc_set_str(d, "DeclarationsToken", token_of(j));
	j->body = doc_text(j->a, d);
	j->write = !j->none && !text_equal(j->ddm.given, j->ddm.token);
	return 0;
}

/* --- one declaration --- */

/* Does it carry the profile with this hash? */
static bool carries(const struct ddm_job *j)
{
	struct doc *d;
	const char *url = doc_parse(j->a, bytes_of_str(j->body), &d) == 0
				  ? doc_str(doc_object(d, "Payload"), "ProfileURL")
				  : NULL;
	const char *slash = url ? strrchr(url, '/') : NULL;

	return slash && text_equal(slash + 1, j->hash);
}

static int row_take(struct ddm_job *j, struct store_txn *txn, const struct mdm_manifest_row *row)
{
	int err = mdm_declaration_get(txn, j->a, row->server_token, &j->body);

	j->server_token = row->server_token;
	return err == 0 && j->hash && !carries(j) ? ERR_NOTFOUND : err;
}

/* ERR_NOTFOUND: not in this manifest, or the manifest is gone. */
static int manifest_search(struct ddm_job *j, struct store_txn *txn, const char *token,
	enum mdm_declaration_class class, const char *identifier)
{
	struct mdm_manifest_row *rows;
	size_t n;
	int err = mdm_manifest_get(txn, j->a, token, &rows, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (rows[i].class == class && text_equal(rows[i].identifier, identifier))
			return row_take(j, txn, &rows[i]);
	}
	return err ? err : ERR_NOTFOUND;
}

/* As it was told first, then as it is now, then as it was. */
static int manifests_search(struct ddm_job *j, struct store_txn *txn,
	enum mdm_declaration_class class, const char *identifier)
{
	const char *at = j->ddm.before ? j->ddm.before : "";
	int err = j->ddm.given ? manifest_search(j, txn, j->ddm.given, class, identifier)
			       : ERR_NOTFOUND;

	if (err == ERR_NOTFOUND)
		err = manifest_search(j, txn, j->ddm.token, class, identifier);
	while (err == ERR_NOTFOUND && *at) {
		size_t n = strcspn(at, " ");

		err = manifest_search(j, txn, arena_strndup(j->a, at, n), class, identifier);
		at += n + strspn(at + n, " ");
		at += strcspn(at, " ");
		at += strspn(at, " ");
	}
	return err;
}

static int declaration_answer(struct ddm_job *j, struct store_txn *txn, const char *rest)
{
	const char *slash = strchr(rest, '/');
	int class = 0;
	int err = ERR_NOTFOUND;

	if (!slash || !slash[1] || strlen(slash + 1) > MDM_TEXT_MAX) {
		j->why = "endpoint";
		return ERR_BADINPUT;
	}
	while (class < MDM_CLASSES &&
		!text_equal(mdm_class_name((enum mdm_declaration_class) class),
			arena_strndup(j->a, rest, (size_t)(slash - rest))))
		class ++;
	if (class < MDM_CLASSES && !j->none)
		err = manifests_search(j, txn, (enum mdm_declaration_class) class, slash + 1);
	if (err == ERR_NOTFOUND) { /* it is gone for certain: the iPad may drop it */
		j->status = 404;
		j->why = "declaration-gone";
		return 0;
	}
	return err;
}

static int read_in(struct store_txn *txn, void *arg)
{
	struct ddm_job *j = arg;
	const char *at = j->c->endpoint;
	int err;

	j->status = 200;
	j->why = at;
	err = owner_load(j, txn);
	if (err)
		return err;
	if (text_equal(at, "tokens"))
		return tokens_answer(j);
	if (text_equal(at, "declaration-items"))
		return items_answer(j, txn);
	if (text_starts(at, "declaration/")) {
		j->why = "declaration";
		return declaration_answer(j, txn, at + strlen("declaration/"));
	}
	j->why = "endpoint";
	return ERR_BADINPUT;
}

/* --- the profile that a declaration carries --- */

struct declared_job {
	struct ddm_job j;
	const struct mdm_declared *ask;
	struct bytes sealed;
};

/* Whose the identity is says which iPad asks: the address alone opens nothing. */
static int declared_in(struct store_txn *txn, void *arg)
{
	struct declared_job *k = arg;
	struct mdm_checkin c = {0};
	struct cert_identity id;
	int err = cert_identity_get(txn, k->j.a, k->ask->who->peer.fingerprint, &id);

	if (err || !id.udid)
		return err && err != ERR_NOTFOUND ? err : ERR_STRANGER;
	c.udid = id.udid;
	k->j.c = &c;
	err = owner_load(&k->j, txn);
	if (err == 0)
		err = k->j.none ? ERR_NOTFOUND
				: manifests_search(&k->j, txn, MDM_CLASS_CONFIGURATION,
					  mdm_declaration_identifier(
						  k->j.a, k->j.m->o->profile_id, k->ask->id));
	if (err == 0)
		err = mdm_declared_get(txn, k->j.a, k->j.server_token, &k->sealed);
	return err == 0 && k->sealed.n == 0 ? ERR_NOTFOUND : err;
}

int mdm_declared_read(
	struct mdm *m, const struct mdm_declared *ask, struct arena *a, struct bytes *ret)
{
	struct declared_job k = {
		.j = {.m = m, .who = ask->who, .now = ask->now, .a = a, .hash = ask->hash},
		.ask = ask};
	int err = store_read(m->st, declared_in, &k);

	if (err)
		return err;
	return cert_unseal(m->certs, mdm_seal_context(a, MDM_DECLARED_CONTEXT, k.j.server_token),
		k.sealed, a, ret);
}

/* What it was told of stays to be fetched, whatever comes after. */
static int given_in(struct store_txn *txn, void *arg)
{
	struct ddm_job *j = arg;
	struct mdm_ddm x;
	int err = mdm_ddm_get(txn, j->a, j->owner.e.serial, &x);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	x.given = j->ddm.token;
	return mdm_ddm_put(txn, j->owner.e.serial, &x);
}

/* --- reports --- */

static int status_in(struct store_txn *txn, void *arg)
{
	struct ddm_job *j = arg;
	struct mdm_report x = {0};
	size_t ignored = 0;
	int err;

	j->status = 200;
	j->why = "status";
	err = owner_load(j, txn);
	if (err == 0)
		err = mdm_report_get(txn, j->a, j->owner.e.serial, &x);
	if (err && err != ERR_NOTFOUND)
		return err;
	err = mdm_status_merge(j->a, x.json, j->c->data, &x.json, &ignored);
	if (err) {
		j->why = "status-report";
		return err;
	}
	x.at = j->now;
	x.ignored = (int64_t)ignored;
	err = mdm_report_put(txn, j->owner.e.serial, &x);
	if (err == 0)
		err = mdm_standing_settle(txn, j->owner.e.serial);
	/* what it waited for in Setup Assistant may have been this */
	if (err == 0 && j->owner.e.awaiting_configuration)
		err = mdm_gate_try(j->m, txn, &j->owner.e, j->now);
	return err;
}

int mdm_ddm_checkin(struct mdm *m, const struct mdm_caller *who, const struct mdm_checkin *c,
	struct arena *a, struct mdm_checkin_answer *ret)
{
	struct ddm_job j = {.m = m, .who = who, .c = c, .now = who->now, .a = a};
	int err = text_equal(c->endpoint, "status") ? store_write(m->st, status_in, &j)
						    : store_read(m->st, read_in, &j);

	if (err == 0 && j.write)
		err = store_write(m->st, given_in, &j);
	if (err) {
		ret->why = j.why ? j.why : err_name(err);
		return err;
	}
	mdm_seen_note(m->seen, c->udid, who->now);
	*ret = (struct mdm_checkin_answer){
		.status = j.status, .body = bytes_of_str(j.body), .json = true, .why = j.why};
	return 0;
}
