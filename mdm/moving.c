/* SPDX-License-Identifier: EUPL-1.2 */
/* iPads of another server's become ours, in one transaction. */
#include "mdm/moving_int.h"

#include "base/random.h"
#include "base/text.h"

#define DAY_S 86400
#define BEFORE_S (90 * (int64_t)DAY_S) /* when renewals begin, see renewal.c */

static const struct say no_push = {"move.topic",
	{"{0} väcks med {1}, men här finns ett annat pushcertifikat. Läs in samma certifikat, "
	 "eller ta med det i flytten.",
		"{0} herätetään aiheella {1}, mutta täällä on toinen push-varmenne. Tuo sama "
		"varmenne ensin tai ota se mukaan siirtoon.",
		"{0} is woken by {1}, but the push certificate here is another. Import that one "
		"first, or bring it along in the move."}};
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
		if (!same_origin(urls[i], m->o->device_url) || !path_known(urls[i]))
			return refuse(r, &other_address, urls[i], m->o->device_url, NULL);
	}
	return 0;
}

static const struct say double_identity = {"move.identity",
	{"{0} har ett certifikat som redan hör till en annan iPad.",
		"Laitteella {0} on varmenne, joka kuuluu jo toiselle iPadille.",
		"{0} has a certificate that belongs to another iPad already."}};
static const struct say unreadable = {
	"move.unreadable", {"{0} går inte att läsa: {1}.", "Kohdetta {0} ei voi lukea: {1}.",
				   "{0} cannot be read: {1}."}};
static const struct say bad_push = {"move.push",
	{"Pushcertifikatet går inte att läsa. Ta det som Apples portal gav, i PEM, med sin nyckel.",
		"Push-varmennetta ei voi lukea. Käytä Applen portaalista saatua PEM-tiedostoa ja "
		"sen avainta.",
		"The push certificate cannot be read. Take what Apple's portal gave, as PEM, with "
		"its key."}};

struct moving {
	struct mdm *m;
	const struct mdm_mover *mover;
	const struct mdm_move_set *set;
	struct { /* tokens, sealed, of each row */
		struct bytes unlock, bootstrap;
	} *sealed;
	struct mdm_push_new *push; /* NULL: none came along */
	int64_t now;
	struct mdm_move_told *told;
	struct refusal *r;
};

static int decide(const struct moving *k, struct store_txn *txn, const struct mdm_move *x,
	struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment old;
	struct cert_push push;
	const char *udid;
	int err = cert_push_get(k->m->certs, txn, a, false, &push);

	if (err == ERR_NOTFOUND || (err == 0 && !text_equal(push.topic, x->topic)))
		return refuse(r, &no_push, x->udid, x->topic, NULL);
	if (err)
		return err;
	if (text_empty(x->serial))
		return refuse(r, &no_serial, x->udid, NULL, NULL);
	err = mdm_enrollment_get(txn, a, x->udid, &old);
	if (err == ERR_NOTFOUND)
		err = mdm_enrollment_by_serial(txn, a, x->serial, &old);
	if (err == 0)
		return refuse(r, &here_already, x->serial, NULL, NULL);
	if (err == ERR_NOTFOUND)
		err = mdm_pin_get(txn, a, x->identity, &udid);
	if (err == 0)
		return refuse(r, &double_identity, x->serial, NULL, NULL);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* It ends so soon here that its renewal starts at once. */
static int identity_put(const struct moving *k, struct store_txn *txn, const struct mdm_move *x,
	int64_t *ret_end)
{
	int64_t before = k->m->o->renew_before_s ? k->m->o->renew_before_s : BEFORE_S;
	struct cert_identity id = {.device_serial = x->serial,
		.udid = x->udid,
		.purpose = CERT_FOR_ENROLMENT,
		.issued_at = k->now,
		.not_before = k->now - DAY_S,
		.not_after = k->now + before - before / 8};
	int err;

	if (x->identity_ends_at && x->identity_ends_at < id.not_after)
		id.not_after = x->identity_ends_at;
	memcpy(id.fingerprint, x->identity, sizeof(id.fingerprint));
	random_bytes(id.serial, sizeof(id.serial));
	id.serial[0] &= 0x7f;
	*ret_end = id.not_after;
	err = cert_identity_adopt(txn, &id);
	return err ? err : mdm_pin_put(txn, id.fingerprint, id.udid);
}

static int enrollment_write(
	const struct moving *k, struct store_txn *txn, struct mdm_enrollment *e)
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
		err = audit_add(txn, k->mover->who, k->now, "device.moved-in", e->serial, NULL);
	/* asked at once: so it shows whether it really calls us now */
	return err ? err : mdm_setup_queue(k->m, txn, e, k->now);
}

static int row_write(const struct moving *k, struct store_txn *txn, size_t i)
{
	const struct mdm_move *x = &k->set->rows[i].x;
	const struct mdm_moved moved = {.udid = x->udid,
		.profile_id = k->mover->profile->id,
		.server_url = k->mover->profile->server_url,
		.checkin_url = k->mover->profile->checkin_url,
		.rights = k->mover->profile->rights,
		.source = k->mover->source,
		.moved_at = k->now};
	struct mdm_enrollment e = {.udid = x->udid,
		.serial = x->serial,
		.state = MDM_ENROLLED,
		.topic = x->topic,
		.push_token = x->push_token,
		.push_magic = x->push_magic,
		.token_at_ms = k->now * 1000,
		.unlock_token = k->sealed[i].unlock,
		.bootstrap_token = k->sealed[i].bootstrap,
		.os_version = x->os_version,
		.build = x->build,
		.product = x->product,
		.imei = x->imei,
		.authenticated_at = k->now,
		.enrolled_at = k->now};
	int err = identity_put(k, txn, x, &e.identity_ends_at);

	memcpy(e.identity, x->identity, sizeof(e.identity));
	if (err == 0)
		err = mdm_moved_put(txn, &moved);
	return err ? err : enrollment_write(k, txn, &e);
}

/* One that is refused is noted and no error. */
static int row_in(const struct moving *k, struct store_txn *txn, size_t i)
{
	const struct mdm_move_row *row = &k->set->rows[i];
	struct refusal *r = &k->told->rows[i];
	int err = row->bad ? refuse(r, &unreadable, row->name, row->bad, NULL)
			   : decide(k, txn, &row->x, r);

	k->told->refused += err == ERR_REFUSED;
	if (err)
		return refusal_keep(r, err) == ERR_REFUSED ? 0 : err;
	k->told->moved++;
	return row_write(k, txn, i);
}

/* One that has been renewed here since is not put back. */
static int push_in(const struct moving *k, struct store_txn *txn)
{
	AUTO(arena) struct arena *a = arena_new();
	struct cert_push here;
	int err = k->push ? cert_push_get(k->m->certs, txn, a, false, &here) : 0;

	if (!k->push || (err && err != ERR_NOTFOUND))
		return err;
	if (err == 0 && text_equal(here.topic, k->push->push.topic) &&
		here.not_after >= k->push->push.not_after)
		return 0;
	k->told->push_topic = k->push->push.topic;
	return mdm_push_new_put(&(struct mdm_act){txn, k->mover->who, k->now, k->r}, k->push, NULL);
}

static int all_in(struct store_txn *txn, void *arg)
{
	struct moving *k = arg;
	struct refusal *rows = k->told->rows;
	int err;

	*k->told = (struct mdm_move_told){.rows = rows};
	memset(rows, 0, k->set->n * sizeof(*rows));
	err = push_in(k, txn);
	for (size_t i = 0; err == 0 && i < k->set->n; i++)
		err = row_in(k, txn, i);
	if (err)
		return err;
	if (k->told->refused && !k->mover->take_good_rows)
		return ERR_REFUSED;
	/* ends the transaction without its changes; mdm_move_in() takes it for the yes it is */
	return k->mover->preview ? ERR_EXPIRED : 0;
}

static int seal(const struct moving *k, const char *context, const char *udid, struct bytes token,
	struct arena *a, struct bytes *ret)
{
	return token.n ? cert_seal(k->m->certs, mdm_seal_context(a, context, udid), token, a, ret)
		       : 0;
}

static int seal_all(struct moving *k, struct arena *a)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < k->set->n; i++) {
		const struct mdm_move *x = &k->set->rows[i].x;

		if (k->set->rows[i].bad)
			continue;
		err = seal(k, MDM_UNLOCK_TOKEN_CONTEXT, x->udid, x->unlock_token, a,
			&k->sealed[i].unlock);
		if (err == 0)
			err = seal(k, MDM_BOOTSTRAP_TOKEN_CONTEXT, x->udid, x->bootstrap_token, a,
				&k->sealed[i].bootstrap);
	}
	return err;
}

static int push_make(struct moving *k, struct arena *a)
{
	int err;

	if (!k->set->push_cert_pem)
		return 0;
	k->push = ARENA_NEW(a, struct mdm_push_new);
	err = mdm_push_new_make(k->m,
		&(struct mdm_push_ask){.cert_pem = k->set->push_cert_pem,
			.key_pem = k->set->push_key_pem,
			.now = k->now},
		a, k->push, k->r);
	return err == ERR_BADINPUT ? refuse(k->r, &bad_push, NULL, NULL, NULL) : err;
}

int mdm_move_in(struct mdm *m, const struct mdm_mover *mover, const struct mdm_move_set *set,
	int64_t now, struct arena *a, struct mdm_move_told *ret, struct refusal *r)
{
	struct moving k = {.m = m,
		.mover = mover,
		.set = set,
		.sealed = arena_alloc_array(a, set->n + 1, sizeof(*k.sealed)),
		.now = now,
		.told = ret,
		.r = r};
	int err;

	*r = (struct refusal){0};
	*ret = (struct mdm_move_told){.rows = ARENA_ARRAY(a, struct refusal, set->n + 1)};
	err = profile_decide(m, mover->profile, r);
	if (err == 0)
		err = push_make(&k, a);
	if (err == 0)
		err = seal_all(&k, a);
	if (err == 0)
		err = store_write(m->st, all_in, &k);
	if (err == ERR_EXPIRED && mover->preview)
		return 0;
	if (err == 0)
		mdm_wake(m);
	return refusal_keep(r, err);
}
