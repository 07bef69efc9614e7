/* SPDX-License-Identifier: EUPL-1.2 */
/* Authenticate: who may enrol, and what an enrolment begins with. */
#include "mdm/ade_int.h"
#include "mdm/checkin_int.h"

#include "base/text.h"

/* The identity is good, and for this iPad if it was made for one. */
static int admit_identity(struct mdm_checkin_job *x, const struct cert_identity *id)
{
	if (id->revoked_at != 0)
		return mdm_job_deny(x, ERR_DENIED, "identity-revoked");
	if (id->not_after < x->now)
		return mdm_job_deny(x, ERR_EXPIRED, "identity-expired");
	if (id->device_serial && strcmp(id->device_serial, x->c->serial) != 0)
		return mdm_job_deny(x, ERR_DENIED, "invited-another-serial-number");
	return 0;
}

/* Only what we can push to may begin; the topic then holds for the enrolment's life. */
static int admit_topic(struct mdm_checkin_job *x, struct store_txn *txn)
{
	struct cert_push push;
	int err = cert_push_get(x->m->certs, txn, x->a, false, &push);

	if (err == ERR_NOTFOUND || (err == 0 && strcmp(push.topic, x->c->topic) != 0))
		return mdm_job_deny(x, ERR_DENIED, "not-our-topic");
	return err;
}

/* One that began by this invitation before is not counted again. */
static int invitation_begin(struct mdm_checkin_job *x, struct store_txn *txn,
	struct mdm_invitation *inv, const struct mdm_enrollment *old)
{
	if (old && text_equal(old->invitation, inv->id))
		return 0;
	if (!mdm_invitation_room(inv))
		return mdm_job_deny(x, ERR_EXPIRED, "invitation-begun-too-often");
	inv->begun++;
	return mdm_invitation_put(txn, inv);
}

static int admit_invitation(struct mdm_checkin_job *x, struct store_txn *txn,
	const struct cert_identity *id, const struct mdm_enrollment *old)
{
	struct mdm_invitation inv;
	int err;

	if (!id->invitation || text_equal(id->invitation, MDM_ADE_INVITATION))
		return 0;
	err = mdm_invitation_get(txn, x->a, id->invitation, &inv);
	if (err == ERR_NOTFOUND)
		return mdm_job_deny(x, ERR_DENIED, "invitation-unknown");
	if (err == 0 && mdm_invitation_usable(&inv, x->now) != 0)
		return mdm_job_deny(x, ERR_EXPIRED, "invitation-over");
	return err != 0 ? err : invitation_begin(x, txn, &inv, old);
}

/* Is an iPad that wants in again what the server expects? Else only an invitation for it helps. */
static int batch_again(
	struct mdm_checkin_job *x, struct store_txn *txn, const struct mdm_enrollment *e)
{
	struct mdm_lost lost;
	int err;

	if (e->erased_at != 0)
		return 0;
	/* Whoever erased a stolen one otherwise must still meet Lost Mode when it comes back. */
	err = mdm_lost_get(txn, x->a, e->serial, &lost);
	if (err == 0 && (lost.phase == MDM_LOST_WANTED || lost.phase == MDM_LOST_ON))
		return 0;
	if (err != 0 && err != ERR_NOTFOUND)
		return err;
	return mdm_job_deny(x, ERR_DENIED, MDM_WHY_HELD);
}

/* A batch's word is known to many, and UDID and serial number can be read off an iPad: together
 * they may not take the place of one that is enrolled. */
static int admit_batch(struct mdm_checkin_job *x, struct store_txn *txn,
	const struct cert_identity *id, const struct mdm_enrollment *old)
{
	struct mdm_enrollment other;
	int err;

	if (id->device_serial)
		return 0;
	if (old && old->state == MDM_ENROLLED) {
		err = batch_again(x, txn, old);
		if (err != 0)
			return err;
	}
	err = mdm_enrollment_by_serial(txn, x->a, x->c->serial, &other);
	if (err != 0)
		return err == ERR_NOTFOUND ? 0 : err;
	if (other.state == MDM_ENROLLED && strcmp(other.udid, x->c->udid) != 0)
		return mdm_job_deny(x, ERR_DENIED, MDM_WHY_HELD);
	return 0;
}

static int admit_begin(struct mdm_checkin_job *x, struct store_txn *txn,
	const struct cert_identity *id, const struct mdm_enrollment *old)
{
	int err;

	if (old && strcmp(old->serial, x->c->serial) != 0)
		return mdm_job_deny(x, ERR_DENIED, "udid-had-another-serial-number");
	err = admit_topic(x, txn);
	if (err == 0)
		err = admit_batch(x, txn, id, old);
	return err != 0 ? err : admit_invitation(x, txn, id, old);
}

static void enrollment_begin(struct mdm_checkin_job *x, const struct cert_identity *id,
	const struct mdm_enrollment *old, struct mdm_enrollment *ret)
{
	const struct mdm_checkin *c = x->c;
	struct mdm_enrollment e = {
		.udid = c->udid,
		.serial = c->serial,
		.topic = c->topic,
		.state = MDM_AUTHENTICATED,
		.os_version = c->os_version,
		.build = c->build,
		.product = c->product,
		.imei = c->imei,
		.meid = c->meid,
		.identity_ends_at = id->not_after,
		.authenticated_at = x->now,
		.invitation = id->invitation,
		.unknown = old ? old->unknown : (struct bytes){NULL, 0},
	};

	memcpy(e.identity, id->fingerprint, sizeof(e.identity));
	*ret = e;
}

static int serial_take_if_free(struct mdm_checkin_job *x, struct store_txn *txn)
{
	const char *udid;
	int err = mdm_serial_get(txn, x->a, x->c->serial, &udid);

	return err == ERR_NOTFOUND ? mdm_serial_put(txn, x->c->serial, x->c->udid) : err;
}

/* A new enrolment, or one from the start again: nothing of the old one holds any more. */
static int step_begin(struct mdm_checkin_job *x, struct store_txn *txn,
	const struct cert_identity *id, const struct mdm_enrollment *old)
{
	bool again = old && memcmp(old->identity, id->fingerprint, CERT_FINGERPRINT) == 0;
	struct mdm_enrollment e;
	int err = admit_begin(x, txn, id, old);

	if (err == 0 && old && !again)
		err = mdm_job_leave(x, txn, old, MDM_SUPERSEDED);
	if (err != 0)
		return err;
	err = cert_identity_bind(txn, id->fingerprint, x->c->udid);
	if (err == ERR_CONFLICT)
		return mdm_job_deny(x, ERR_DENIED, "identity-of-another");
	enrollment_begin(x, id, old, &e);
	if (err == 0)
		err = mdm_event_enrolling(x->m, txn, &e, &e.trusted, x->now);
	if (err == 0)
		err = mdm_enrollment_put(txn, &e);
	if (err == 0)
		err = serial_take_if_free(x, txn);
	if (err == 0 && old && old->state == MDM_ENROLLED)
		err = audit_add(
			txn, &mdm_device_who, x->now, "device.enrolling_again", e.serial, NULL);
	mdm_job_fine(x, old ? "again" : "new");
	return err;
}

/* `old` NULL: the UDID is new to us. */
static int authenticate_as(struct mdm_checkin_job *x, struct store_txn *txn,
	const struct cert_identity *id, const struct mdm_enrollment *old)
{
	enum mdm_voice voice;
	enum mdm_step step;
	int err = mdm_voice_get(txn, x->a, id, old, &voice);

	if (err == ERR_DENIED)
		return mdm_job_deny(x, ERR_DENIED, "identity-of-another");
	if (err == 0)
		err = admit_identity(x, id);
	if (err != 0)
		return err;
	step = mdm_enrollment_step(old ? old->state : 0, x->c->kind, voice);
	if (step == MDM_STEP_REFUSE)
		return mdm_job_deny(x, ERR_DENIED, "out-of-step");
	if (step == MDM_STEP_BEGIN)
		return step_begin(x, txn, id, old);
	mdm_job_fine(x, step == MDM_STEP_RENEWING ? "renewing" : "said-already");
	return 0;
}

int mdm_authenticate(struct store_txn *txn, struct mdm_checkin_job *x)
{
	struct cert_identity id;
	struct mdm_enrollment old;
	int err = cert_identity_get(txn, x->a, x->who->peer.fingerprint, &id);

	if (err != 0)
		return err == ERR_NOTFOUND ? mdm_job_deny(x, ERR_STRANGER, "identity-unknown")
					   : err;
	err = mdm_enrollment_get(txn, x->a, x->c->udid, &old);
	if (err != 0 && err != ERR_NOTFOUND)
		return err;
	return authenticate_as(x, txn, &id, err == 0 ? &old : NULL);
}
