/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/past_ipad.h"

#include "base/random.h"
#include "mdm/mdm_int.h"

#define DAY_S 86400
#define LIFE_S (2 * 365 * (int64_t)DAY_S)

struct enrolling {
	struct mdm *m;
	const struct past_ipad *x;
	struct arena *a;
	uint8_t fingerprint[CERT_FINGERPRINT];
	struct cert_push push;
};

/* What SCEP would have given it. */
static int identity_in(struct store_txn *txn, void *arg)
{
	struct enrolling *e = arg;
	struct cert_identity id = {.device_serial = e->x->serial,
		.purpose = CERT_FOR_ENROLMENT,
		.issued_at = e->x->enrolled_at,
		.not_before = e->x->enrolled_at - DAY_S,
		.not_after = e->x->enrolled_at + LIFE_S};
	int err = cert_push_get(e->m->certs, txn, e->a, false, &e->push);

	cert_sha256(bytes_of_str(e->x->serial), e->fingerprint);
	memcpy(id.fingerprint, e->fingerprint, sizeof(id.fingerprint));
	random_bytes(id.serial, sizeof(id.serial));
	id.serial[0] &= 0x7f;
	return err ? err : cert_identity_adopt(txn, &id);
}

static int say(struct enrolling *e, struct mdm_checkin c, int64_t at)
{
	struct mdm_caller who = {.now = at};
	struct mdm_checkin_answer answer;

	memcpy(who.peer.fingerprint, e->fingerprint, sizeof(who.peer.fingerprint));
	c.udid = e->x->udid;
	c.topic = e->push.topic;
	return mdm_checkin_apply(e->m, &who, &c, e->a, &answer);
}

static struct mdm_checkin token_of(const struct enrolling *e)
{
	return (struct mdm_checkin){.kind = MDM_CHECKIN_TOKEN_UPDATE,
		.message_type = "TokenUpdate",
		.token = bytes_of(e->fingerprint, sizeof(e->fingerprint)),
		.push_magic = e->x->udid};
}

int past_ipad_enrol(struct mdm *m, const struct past_ipad *x, struct arena *a)
{
	struct enrolling e = {.m = m, .x = x, .a = a};
	const struct mdm_checkin hello = {.kind = MDM_CHECKIN_AUTHENTICATE,
		.message_type = "Authenticate",
		.serial = x->serial,
		.os_version = x->os_version,
		.build = x->build,
		.product = x->product};
	int err = store_write(m->st, identity_in, &e);

	if (err == 0)
		err = say(&e, hello, x->enrolled_at);
	if (err == 0)
		err = say(&e, token_of(&e), x->enrolled_at);
	if (err == 0)
		err = say(&e, token_of(&e), x->seen_at);
	if (err)
		return err;
	mdm_seen_note(m->seen, x->udid, x->seen_at);
	return mdm_flush(m);
}
