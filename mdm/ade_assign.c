/* SPDX-License-Identifier: EUPL-1.2 */
/* The account, our profile at Apple, and giving it to the devices that have not got it. */
#include "mdm/ade_int.h"

#include "base/log.h"
#include "base/text.h"

#define RETRY_FIRST_S 300
#define RETRY_MOST_S 86400
#define THROTTLED_S 86400 /* Apple's cooldown of a device that moved too often */

struct round {
	struct ade_line *l;
	struct arena *a;
	struct mdm_ade_state s;
	const char *uuid, *hash; /* of the profile just defined; NULL: it is not known any more */
	struct mdm_errand_row *rows;
	size_t n;
	const struct ade_verdicts *v;
	const char *server_name, *server_uuid, *organisation;
	bool foreign;
};

static int state_in(struct store_txn *txn, void *arg)
{
	struct round *r = arg;

	return mdm_ade_state_get(txn, r->a, &r->s);
}

/* --- the account --- */

/* A token of another server of Apple's would make all our devices look gone. */
static int account_in(struct store_txn *txn, void *arg)
{
	struct round *r = arg;
	int err = mdm_ade_state_get(txn, r->a, &r->s);

	r->foreign = err == 0 && r->s.server_uuid && r->server_uuid && r->s.devices &&
		     !text_equal(r->s.server_uuid, r->server_uuid);
	if (r->foreign)
		return 0;

	if (err || (text_equal(r->s.server_name, r->server_name) &&
			   text_equal(r->s.server_uuid, r->server_uuid) &&
			   text_equal(r->s.organisation, r->organisation)))
		return err;
	r->s.server_name = r->server_name;
	r->s.server_uuid = r->server_uuid;
	r->s.organisation = r->organisation;
	return ade_state_put(txn, &r->s);
}

static const char *text_of(const struct doc *d, const char *key)
{
	const char *s = doc_str(d, key);

	return text_empty(s) || strlen(s) > MDM_TEXT_MAX ? NULL : s;
}

int ade_account_round(struct ade_line *l, enum ade_verdict *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct ade_ask ask = {.method = "GET", .path = "/account"};
	struct round r = {.l = l, .a = a};
	struct bytes body;
	struct doc *d;
	int err = ade_call(l, &ask, a, ret, &body);

	if (err || *ret != ADE_FINE)
		return err;
	if (doc_parse(a, body, &d) != 0)
		return 0; /* nothing hangs on it */
	r.server_name = text_of(d, "server_name");
	r.server_uuid = text_of(d, "server_uuid");
	r.organisation = text_of(d, "org_name");
	err = store_write(l->m->st, account_in, &r);
	if (err == 0 && r.foreign) {
		text_copy(l->code, sizeof(l->code), "OTHER_SERVER");
		*ret = ADE_REFUSED;
	}
	return err;
}

/* --- the profile --- */

static struct bytes anchor_of(const struct mdm *m)
{
	return m->o->trust_ca_in_profile ? cert_ca_der(m->certs) : bytes_of(NULL, 0);
}

int mdm_ade_profile_doc(struct mdm *m, struct arena *a, struct doc **ret)
{
	*ret = ade_profile_build(m->o, anchor_of(m), a);
	return 0;
}

static const char *profile_hash(const struct doc *d, struct arena *a)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	uint8_t hash[32];

	doc_format(d, &b);
	cert_sha256(buf_bytes(&b), hash);
	return text_hex(a, bytes_of(hash, sizeof(hash)));
}

/* Those that have the profile before this one are to get the new one. A walk of all, which only a
 * change of settings asks for; in pieces. */
struct reassign {
	struct round *r;
	const char *after;
	bool more;
};

static int reassign_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct reassign *k = arg;
	struct mdm_ade_device *list;
	size_t n;
	int err = mdm_ade_device_list(txn, STORE_PIECE(a, k->after, 500), &list, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct mdm_ade_device d;
		const struct ade_row row = {
			.row = &list[i], .profile_uuid = k->r->uuid, .now = k->r->l->now};

		if (list[i].gone_at)
			continue;
		(void)ade_row_decide(&row, &list[i], &d);
		if (d.due_at != list[i].due_at)
			err = ade_device_put(txn, &list[i], &d);
	}
	if (err)
		return err;
	k->more = n == 500;
	if (k->more)
		k->after = arena_strdup(k->r->a, list[n - 1].serial);
	return 0;
}

static int reassign(struct round *r)
{
	struct reassign k = {.r = r};
	int err;

	do {
		err = store_write(r->l->m->st, reassign_in, &k);
	} while (err == 0 && k.more);
	return err;
}

static int profile_in(struct store_txn *txn, void *arg)
{
	struct round *r = arg;
	int err = mdm_ade_state_get(txn, r->a, &r->s);

	if (err)
		return err;
	r->s.profile_uuid = r->uuid;
	r->s.profile_hash = r->hash;
	r->s.profile_at = r->uuid ? r->l->now : 0;
	return ade_state_put(txn, &r->s);
}

/* Defines it when there is none, or when our settings make another one now. */
static int profile_ensure(struct round *r, enum ade_verdict *ret)
{
	struct ade_line *l = r->l;
	struct ade_ask ask = {.method = "POST", .path = "/profile"};
	struct ade_verdicts v;
	struct bytes body;
	struct doc *d;
	int err = mdm_ade_profile_doc(l->m, r->a, &d);

	*ret = ADE_FINE;
	r->hash = err ? NULL : profile_hash(d, r->a);
	if (err || (r->s.profile_uuid && text_equal(r->hash, r->s.profile_hash)))
		return err;
	ask.body = d;
	err = ade_call(l, &ask, r->a, ret, &body);
	if (err || *ret != ADE_FINE)
		return err;
	if (ade_verdicts_parse(body, r->a, &v) != 0 || !v.profile_uuid) {
		text_copy(l->code, sizeof(l->code), "UNREADABLE");
		*ret = ADE_ODD;
		return 0;
	}
	r->uuid = v.profile_uuid;
	log_event(LOG_INFO, "ade.profile", "uuid=%s", r->uuid);
	err = store_write(l->m->st, profile_in, r);
	return err ? err : reassign(r);
}

/* --- assigning --- */

static int due_in(struct store_txn *txn, void *arg)
{
	struct round *r = arg;
	int err = mdm_ade_state_get(txn, r->a, &r->s);

	return err ? err
		   : mdm_errand_due(
			     txn, r->a, MDM_ERRAND_ASSIGN, r->l->now, r->rows, ADE_PAGE, &r->n);
}

static int64_t retry_after(const struct round *r, const char *word, uint32_t tries)
{
	int64_t s = RETRY_FIRST_S;

	if (text_equal(word, "THROTTLED"))
		return r->v->retry_after_s ? r->v->retry_after_s : THROTTLED_S;
	for (uint32_t i = 1; i < tries && s < RETRY_MOST_S; i++)
		s *= 2;
	return s < RETRY_MOST_S ? s : RETRY_MOST_S;
}

static void settle_one(const struct round *r, struct mdm_ade_device *d)
{
	const char *word = ade_verdict_of(r->v, d->serial);

	if (text_equal(word, "SUCCESS")) {
		d->profile_uuid = r->s.profile_uuid;
		d->profile_status = "assigned";
		d->due_at = 0;
		d->tries = 0;
		d->trouble = NULL;
		d->changed_at = r->l->now;
		return;
	}
	d->tries++;
	d->trouble = word ? word : "NOT_MENTIONED";
	d->due_at = r->l->now + retry_after(r, word, d->tries);
}

static int settle_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct round *r = arg;
	int err = 0;

	for (size_t i = 0; err == 0 && i < r->n; i++) {
		struct mdm_ade_device before, d;

		err = mdm_ade_device_get(txn, a, r->rows[i].serial, &before);
		if (err == ERR_NOTFOUND || (err == 0 && before.due_at != r->rows[i].due_at)) {
			err = mdm_errand_del(
				txn, MDM_ERRAND_ASSIGN, r->rows[i].due_at, r->rows[i].serial);
		} else if (err == 0) {
			d = before;
			settle_one(r, &d);
			err = ade_device_put(txn, &before, &d);
		}
		arena_reset(a);
	}
	return err;
}

static struct doc *assign_ask(const struct round *r)
{
	struct doc *d = doc_new(r->a), *list;

	doc_set_str(d, "profile_uuid", r->s.profile_uuid);
	list = doc_set_list(d, "devices");
	for (size_t i = 0; i < r->n; i++)
		doc_add_str(list, r->rows[i].serial);
	return d;
}

static int assign_some(struct round *r, enum ade_verdict *ret)
{
	struct ade_line *l = r->l;
	struct ade_ask ask = {.method = "POST", .path = "/profile/devices", .body = assign_ask(r)};
	struct ade_verdicts v;
	struct bytes body;
	int err = ade_call(l, &ask, r->a, ret, &body);

	if (err == 0 && *ret == ADE_METHOD) { /* told one way, done another */
		ask.method = "PUT";
		err = ade_call(l, &ask, r->a, ret, &body);
	}
	if (err == 0 && *ret == ADE_NO_PROFILE) { /* it died at Apple: to be defined anew */
		r->uuid = r->hash = NULL;
		return store_write(l->m->st, profile_in, r);
	}
	if (err || *ret != ADE_FINE)
		return err;
	if (ade_verdicts_parse(body, r->a, &v) != 0) {
		text_copy(l->code, sizeof(l->code), "UNREADABLE");
		*ret = ADE_ODD;
		return 0;
	}
	r->v = &v;
	err = store_write(l->m->st, settle_in, r);
	if (err == 0)
		log_event(LOG_INFO, "ade.assigned", "devices=%zu", r->n);
	return err;
}

int ade_assign_round(struct ade_line *l, enum ade_verdict *ret)
{
	bool more = true, anew = false;
	int err = 0;

	*ret = ADE_FINE;
	while (err == 0 && more && *ret == ADE_FINE) {
		AUTO(arena) struct arena *a = arena_new();
		struct round r = {.l = l, .a = a};

		r.rows = ARENA_ARRAY(a, struct mdm_errand_row, ADE_PAGE);
		err = store_read(l->m->st, state_in, &r);
		if (err == 0)
			err = profile_ensure(&r, ret);
		if (err == 0 && *ret == ADE_FINE)
			err = store_read(l->m->st, due_in, &r);
		more = err == 0 && *ret == ADE_FINE && r.n > 0;
		if (more)
			err = assign_some(&r, ret);
		more = more && (r.n == ADE_PAGE || *ret == ADE_NO_PROFILE);
		if (*ret == ADE_NO_PROFILE) { /* at once, but not for ever */
			*ret = anew ? ADE_ODD : ADE_FINE;
			anew = true;
		}
	}
	return err;
}
