/* SPDX-License-Identifier: EUPL-1.2 */
/* One iPad of another server's becomes one of ours. */
#include "mdm/moving_int.h"

#include "base/random.h"
#include "base/text.h"

#define DAY_S 86400
#define BEFORE_S (90 * (int64_t)DAY_S) /* when renewals begin, see renewal.c */

static const struct say no_push = {"move.topic",
	{"{0} väcks med {1}, men här finns ett annat pushcertifikat. Läs in samma certifikat "
	 "först.",
		"{0} herätetään aiheella {1}, mutta täällä on toinen push-varmenne. Tuo sama "
		"varmenne ensin.",
		"{0} is woken by {1}, but the push certificate here is another. Import that one "
		"first."}};
static const struct say here_already = {
	"move.here", {"{0} är redan ansluten här.", "{0} on jo liitetty tänne.",
			     "{0} is enrolled here already."}};
static const struct say other_address = {"move.address",
	{"Den gamla profilen säger {0}, men den här servern heter {1}. Sätt device.url till samma.",
		"Vanha profiili sanoo {0}, mutta tämän palvelimen osoite on {1}. Aseta device.url "
		"samaksi.",
		"The old profile says {0}, but this server is {1}. Set device.url to the same."}};
static const struct say no_serial = {
	"move.serial", {"{0} har inget serienummer i sitt Authenticate.",
			       "{0}: Authenticate-viestissä ei ole "
			       "sarjanumeroa.",
			       "{0} has no serial number in its Authenticate."}};

/* "https://host:port" of an address. */
static bool same_origin(const char *a, const char *b)
{
	const char *x = strstr(a, "://"), *y = strstr(b, "://");
	size_t n, m;

	if (!x || !y)
		return false;
	n = (size_t)(x - a) + 3 + strcspn(x + 3, "/");
	m = (size_t)(y - b) + 3 + strcspn(y + 3, "/");
	return n == m && strncmp(a, b, n) == 0;
}

/* The paths at which such servers' iPads call; routes[] of mdm_http.c has them. */
static bool path_known(const char *url)
{
	static const char *const paths[] = {"/mdm", "/checkin", "/mdm/connect", "/mdm/checkin"};
	const char *at = strstr(url, "://");

	at = at ? strchr(at + 3, '/') : NULL;
	for (size_t i = 0; at && i < sizeof(paths) / sizeof(paths[0]); i++) {
		if (text_equal(at, paths[i]))
			return true;
	}
	return false;
}

static int profile_decide(const struct mdm *m, const struct mdm_move_profile *p, struct refusal *r)
{
	const char *const urls[] = {p->server_url, p->checkin_url ? p->checkin_url : p->server_url};

	for (size_t i = 0; i < 2; i++) {
		if (!same_origin(urls[i], m->o.device_url) || !path_known(urls[i]))
			return refuse(r, &other_address, urls[i], m->o.device_url, NULL);
	}
	return 0;
}

struct moving {
	struct mdm *m;
	const struct audit_who *who;
	const struct mdm_move *x;
	const struct mdm_move_profile *p;
	const char *source;
	int64_t now;
	struct refusal *r;
	struct bytes sealed; /* the unlock token */
};

static int decide(struct moving *k, struct store_txn *txn, struct arena *a)
{
	struct mdm_enrollment old;
	struct cert_push push;
	int err = cert_push_get(k->m->certs, txn, a, false, &push);

	if (err == ERR_NOTFOUND || (err == 0 && !text_equal(push.topic, k->x->topic)))
		return refuse(k->r, &no_push, k->x->udid, k->x->topic, NULL);
	if (err)
		return err;
	if (text_empty(k->x->serial))
		return refuse(k->r, &no_serial, k->x->udid, NULL, NULL);
	err = mdm_enrollment_get(txn, a, k->x->udid, &old);
	if (err == ERR_NOTFOUND)
		err = mdm_enrollment_by_serial(txn, a, k->x->serial, &old);
	if (err == 0)
		return refuse(k->r, &here_already, k->x->serial, NULL, NULL);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* It ends so soon here that its renewal starts at once. */
static int identity_put(struct moving *k, struct store_txn *txn, int64_t *ret_end)
{
	int64_t before = k->m->o.renew_before_s ? k->m->o.renew_before_s : BEFORE_S;
	struct cert_identity id = {.device_serial = k->x->serial,
		.udid = k->x->udid,
		.purpose = CERT_FOR_ENROLMENT,
		.issued_at = k->now,
		.not_before = k->now - DAY_S,
		.not_after = k->now + before - before / 8};
	int err;

	if (k->x->identity_ends_at && k->x->identity_ends_at < id.not_after)
		id.not_after = k->x->identity_ends_at;
	memcpy(id.fingerprint, k->x->identity, sizeof(id.fingerprint));
	random_bytes(id.serial, sizeof(id.serial));
	id.serial[0] &= 0x7f;
	*ret_end = id.not_after;
	err = cert_identity_adopt(txn, &id);
	return err ? err : mdm_pin_put(txn, id.fingerprint, id.udid);
}

static int enrollment_write(struct moving *k, struct store_txn *txn, struct mdm_enrollment *e)
{
	int err = mdm_event_enrolling(k->m, txn, e, &e->trusted, k->now);

	if (err == 0)
		err = mdm_enrollment_put(txn, e);
	if (err == 0)
		err = mdm_topic_add(txn, e->topic, 1);
	if (err == 0)
		err = mdm_serial_put(txn, e->serial, e->udid);
	if (err == 0)
		err = mdm_event_enrolled(k->m, txn, e, k->now);
	if (err == 0)
		err = audit_add(txn, k->who, k->now, "device.moved-in", e->serial, NULL);
	/* asked at once: so it shows whether it really calls us now */
	return err ? err : mdm_setup_queue(k->m, txn, e, k->now);
}

static int move_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct moving *k = arg;
	const struct mdm_move *x = k->x;
	const struct mdm_moved moved = {.udid = x->udid,
		.profile_id = k->p->id,
		.server_url = k->p->server_url,
		.checkin_url = k->p->checkin_url,
		.rights = k->p->rights,
		.source = k->source,
		.moved_at = k->now};
	struct mdm_enrollment e = {.udid = x->udid,
		.serial = x->serial,
		.state = MDM_ENROLLED,
		.topic = x->topic,
		.push_token = x->push_token,
		.push_magic = x->push_magic,
		.token_at_ms = k->now * 1000,
		.unlock_token = k->sealed,
		.os_version = x->os_version,
		.build = x->build,
		.product = x->product,
		.imei = x->imei,
		.authenticated_at = k->now,
		.enrolled_at = k->now};
	int err = decide(k, txn, a);

	memcpy(e.identity, x->identity, sizeof(e.identity));
	if (err == 0)
		err = identity_put(k, txn, &e.identity_ends_at);
	if (err == 0)
		err = mdm_moved_put(txn, &moved);
	if (err == 0)
		err = enrollment_write(k, txn, &e);
	return refusal_keep(k->r, err);
}

int mdm_move_in(struct mdm *m, const struct mdm_mover *mover, const struct mdm_move *x, int64_t now,
	struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct moving k = {.m = m,
		.who = mover->who,
		.x = x,
		.p = mover->profile,
		.source = mover->source,
		.now = now,
		.r = r};
	int err;

	*r = (struct refusal){0};
	err = profile_decide(m, mover->profile, r);
	if (err == 0 && x->unlock_token.n)
		err = cert_seal(m->certs, mdm_seal_context(a, MDM_UNLOCK_TOKEN_CONTEXT, x->udid),
			x->unlock_token, a, &k.sealed);
	if (err)
		return refusal_keep(r, err);
	return store_write(m->st, move_in, &k);
}
