/* SPDX-License-Identifier: EUPL-1.2 */
/* What a check-in message does: in one transaction load, decide by enrollment_rules.c, write. */
#include "mdm/moving_int.h"
#include "mdm/ade_int.h"
#include "mdm/checkin_int.h"
#include "mdm/ddm_int.h"

#include "base/text.h"

const struct audit_who mdm_device_who = {.actor = "device", .via = "mdm"};

void mdm_job_fine(struct mdm_checkin_job *x, const char *why)
{
	x->answer = (struct mdm_checkin_answer){.status = 200, .why = why};
}

int mdm_job_deny(struct mdm_checkin_job *x, int err, const char *why)
{
	x->answer.why = why;
	return err;
}

int mdm_job_revoke(struct mdm_checkin_job *x, struct store_txn *txn,
	const uint8_t fp[CERT_FINGERPRINT], uint32_t reason)
{
	static const uint8_t none[CERT_FINGERPRINT];
	int err;

	if (memcmp(fp, none, sizeof(none)) == 0)
		return 0;
	err = cert_identity_revoke(txn, fp, reason, x->now);
	if (err == 0 || err == ERR_NOTFOUND)
		err = mdm_pin_del(txn, fp);
	return err;
}

int mdm_job_leave(struct mdm_checkin_job *x, struct store_txn *txn, const struct mdm_enrollment *e,
	uint32_t reason)
{
	int err = mdm_queue_forget(x->m, txn, e->udid, x->now);

	if (err == 0)
		err = mdm_desired_forget(txn, e->serial);
	if (err == 0)
		err = apns_withdraw(txn, e->udid);
	if (err == 0)
		err = mdm_gate_del(txn, e->udid);
	if (err == 0)
		err = mdm_renewal_del(txn, e->udid);
	if (err == 0)
		err = mdm_moved_del(txn, e->udid);
	if (err == 0 && e->state == MDM_ENROLLED)
		err = mdm_topic_add(txn, e->topic, -1);
	if (err == 0)
		err = mdm_job_revoke(x, txn, e->identity_before, reason);
	if (err == 0)
		err = mdm_job_revoke(x, txn, e->identity, reason);
	return err;
}

/* What must not survive the end of an enrolment: ways to wake it and keys to it. */
static void forget_secrets(struct mdm_enrollment *e)
{
	e->push_token = (struct bytes){NULL, 0};
	e->push_magic = NULL;
	e->unlock_token = (struct bytes){NULL, 0};
	e->bootstrap_token = (struct bytes){NULL, 0};
	memset(e->identity_before, 0, sizeof(e->identity_before));
}

/* --- TokenUpdate --- */

static void take_token(struct mdm_checkin_job *x, struct mdm_enrollment *e)
{
	e->push_token = x->c->token;
	e->push_magic = x->c->push_magic;
	e->token_at_ms = x->now * 1000;
	e->awaiting_configuration = x->c->awaiting_configuration;
	if (x->sealed.n > 0) /* one that is not sent does not cancel the one we have */
		e->unlock_token = x->sealed;
	e->erased_at = 0;
}

/* A wish that waits must go to the new token. */
static int refresh_wish(
	struct mdm_checkin_job *x, struct store_txn *txn, const struct mdm_enrollment *e)
{
	struct apns_wish w;
	int err = apns_wish_get(txn, x->a, e->udid, &w);

	if (err != 0)
		return err == ERR_NOTFOUND ? 0 : err;
	return mdm_push_wish(txn, e, false, x->now);
}

/* The serial number's newest enrolment is this one; an older one under another UDID ends. */
static int serial_take(
	struct mdm_checkin_job *x, struct store_txn *txn, const struct mdm_enrollment *e)
{
	struct mdm_enrollment old;
	int err = mdm_enrollment_by_serial(txn, x->a, e->serial, &old);

	if (err == 0 && strcmp(old.udid, e->udid) == 0)
		return 0;
	if (err == 0 && old.state != MDM_CHECKED_OUT) {
		err = mdm_job_leave(x, txn, &old, MDM_SUPERSEDED);
		old.state = MDM_CHECKED_OUT;
		old.checked_out_at = x->now;
		forget_secrets(&old);
		if (err == 0)
			err = mdm_enrollment_put(txn, &old);
	}
	if (err != 0 && err != ERR_NOTFOUND)
		return err;
	return mdm_serial_put(txn, e->serial, e->udid);
}

static int invitation_use(
	struct mdm_checkin_job *x, struct store_txn *txn, const struct mdm_enrollment *e)
{
	struct mdm_invitation inv;
	int err;

	if (!e->invitation || text_equal(e->invitation, MDM_ADE_INVITATION))
		return 0;
	err = mdm_invitation_get(txn, x->a, e->invitation, &inv);
	if (err != 0)
		return err == ERR_NOTFOUND ? 0 : err;
	/* Many may have begun while there was room: no more than were let in may end it. */
	if (inv.used >= inv.most)
		return mdm_job_deny(x, ERR_EXPIRED, "invitation-full");
	inv.used++;
	return mdm_invitation_put(txn, &inv);
}

static int step_enroll(struct mdm_checkin_job *x, struct store_txn *txn, struct mdm_enrollment *e)
{
	int err;

	e->state = MDM_ENROLLED;
	e->enrolled_at = x->now;
	err = mdm_enrollment_put(txn, e);
	if (err == 0)
		err = mdm_topic_add(txn, e->topic, 1);
	if (err == 0)
		err = serial_take(x, txn, e);
	if (err == 0)
		err = invitation_use(x, txn, e);
	if (err == 0)
		err = audit_add(txn, &mdm_device_who, x->now, "device.enrolled", e->serial, NULL);
	if (err == 0)
		err = mdm_event_enrolled(x->m, txn, e, x->now);
	if (err == 0)
		err = mdm_setup_queue(x->m, txn, e, x->now);
	if (err == 0)
		err = mdm_bypass_plan(txn, e, x->now);
	if (err == 0 && e->trusted)
		err = mdm_lost_reapply(x->m, txn, e, x->now);
	mdm_job_fine(x, "enrolled");
	x->answer.wake = true;
	return err;
}

/* The renewed identity speaks with the new token: from here on the old one only brings what it
 * still has under way. */
static int step_renewed(struct mdm_checkin_job *x, struct store_txn *txn, struct mdm_owner *o)
{
	struct mdm_enrollment *e = &o->e;
	int err = mdm_job_revoke(x, txn, e->identity_before, MDM_SUPERSEDED);

	if (err == 0)
		err = mdm_job_revoke(x, txn, e->identity, MDM_SUPERSEDED);
	if (err != 0)
		return err;
	memcpy(e->identity_before, e->identity, sizeof(e->identity_before));
	memcpy(e->identity, o->identity.fingerprint, sizeof(e->identity));
	e->identity_ends_at = o->identity.not_after;
	err = mdm_renewal_del(txn, e->udid);
	if (err == 0)
		err = mdm_enrollment_put(txn, e);
	if (err == 0)
		err = audit_add(
			txn, &mdm_device_who, x->now, "device.identity_renewed", e->serial, NULL);
	mdm_job_fine(x, "renewed");
	return err;
}

static int token_update(
	struct store_txn *txn, struct mdm_checkin_job *x, struct mdm_owner *o, enum mdm_step step)
{
	struct mdm_enrollment *e = &o->e;
	int err;

	if (strcmp(e->topic, x->c->topic) != 0)
		return mdm_job_deny(x, ERR_BADINPUT, "topic-changed");
	take_token(x, e);
	err = mdm_event_token(x->m, txn, e, x->now);
	if (err != 0)
		return err;
	if (step == MDM_STEP_ENROLL)
		return step_enroll(x, txn, e);
	if (step == MDM_STEP_RENEWED) {
		err = step_renewed(x, txn, o);
	} else {
		err = mdm_enrollment_put(txn, e);
		mdm_job_fine(x, "token");
	}
	return err != 0 ? err : refresh_wish(x, txn, e);
}

/* --- the rest --- */

static int check_out(
	struct store_txn *txn, struct mdm_checkin_job *x, struct mdm_owner *o, enum mdm_step step)
{
	struct mdm_enrollment *e = &o->e;
	int err;

	mdm_job_fine(x, "checked-out");
	if (step == MDM_STEP_NOTHING)
		return 0;
	err = mdm_job_leave(x, txn, e, MDM_CESSATION_OF_OPERATION);
	if (err == 0 && o->voice == MDM_VOICE_RENEWED)
		err = mdm_job_revoke(x, txn, o->identity.fingerprint, MDM_CESSATION_OF_OPERATION);
	if (err != 0)
		return err;
	e->state = MDM_CHECKED_OUT;
	e->checked_out_at = x->now;
	forget_secrets(e);
	err = mdm_enrollment_put(txn, e);
	if (err == 0)
		err = audit_add(
			txn, &mdm_device_who, x->now, "device.checked_out", e->serial, NULL);
	return err != 0 ? err : mdm_event_checked_out(x->m, txn, e, x->now);
}

static int bootstrap_token(struct store_txn *txn, struct mdm_checkin_job *x, struct mdm_owner *o)
{
	mdm_job_fine(x, "bootstrap-token");
	if (x->c->kind == MDM_CHECKIN_GET_BOOTSTRAP_TOKEN) {
		x->bootstrap = o->e.bootstrap_token;
		return 0;
	}
	o->e.bootstrap_token = x->sealed;
	return mdm_enrollment_put(txn, &o->e);
}

static int apply_owned(struct store_txn *txn, struct mdm_checkin_job *x)
{
	struct mdm_owner o;
	enum mdm_step step;
	int err = mdm_owner_get(txn, x->a, x->who, x->c->udid, &o);

	if (err == ERR_STRANGER || err == ERR_DENIED)
		return mdm_job_deny(x, err, "not-its-identity");
	if (err != 0)
		return err;
	if (o.expired)
		return mdm_job_deny(x, ERR_EXPIRED, "identity-expired");
	step = mdm_enrollment_step(o.e.state, x->c->kind, o.voice);
	if (step == MDM_STEP_REFUSE)
		return mdm_job_deny(x, ERR_DENIED, "out-of-step");
	switch (x->c->kind) {
	case MDM_CHECKIN_TOKEN_UPDATE:
		return token_update(txn, x, &o, step);
	case MDM_CHECKIN_CHECK_OUT:
		return check_out(txn, x, &o, step);
	case MDM_CHECKIN_GET_BOOTSTRAP_TOKEN:
	case MDM_CHECKIN_SET_BOOTSTRAP_TOKEN:
		return bootstrap_token(txn, x, &o);
	default:
		return ERR_UNSUPPORTED;
	}
}

static int apply_in(struct store_txn *txn, void *arg)
{
	struct mdm_checkin_job *x = arg;

	return x->c->kind == MDM_CHECKIN_AUTHENTICATE ? mdm_authenticate(txn, x)
						      : apply_owned(txn, x);
}

/* Tokens are sealed before the transaction. */
static int seal_token(struct mdm_checkin_job *x)
{
	const struct mdm_checkin *c = x->c;

	if (c->kind == MDM_CHECKIN_TOKEN_UPDATE && c->unlock_token.n > 0)
		return cert_seal(x->m->certs,
			mdm_seal_context(x->a, MDM_UNLOCK_TOKEN_CONTEXT, c->udid), c->unlock_token,
			x->a, &x->sealed);
	if (c->kind == MDM_CHECKIN_SET_BOOTSTRAP_TOKEN && c->bootstrap_token.n > 0)
		return cert_seal(x->m->certs,
			mdm_seal_context(x->a, MDM_BOOTSTRAP_TOKEN_CONTEXT, c->udid),
			c->bootstrap_token, x->a, &x->sealed);
	return 0;
}

/* No token is an empty answer. */
static int answer_bootstrap(struct mdm_checkin_job *x)
{
	struct mdm_plist *d;
	struct bytes plain;
	int err;

	if (x->bootstrap.n == 0)
		return 0;
	err = cert_unseal(x->m->certs,
		mdm_seal_context(x->a, MDM_BOOTSTRAP_TOKEN_CONTEXT, x->c->udid), x->bootstrap, x->a,
		&plain);
	if (err != 0)
		return err;
	d = mdm_plist_new(x->a, MDM_PLIST_DICT);
	mdm_plist_set_data(d, "BootstrapToken", plain);
	return mdm_plist_format_in(d, 65536, x->a, &x->answer.body);
}

/* What has the same answer for everybody. 404 would make an iPad drop its declarations, and 410
 * is how a user's channel is told that there is none. */
static bool answer_fixed(const struct mdm_checkin *c, struct mdm_checkin_answer *ret)
{
	switch (c->kind) {
	case MDM_CHECKIN_USER_AUTHENTICATE:
		*ret = (struct mdm_checkin_answer){.status = 410, .why = "no-users"};
		return true;
	case MDM_CHECKIN_GET_TOKEN:
	case MDM_CHECKIN_RETURN_TO_SERVICE:
		*ret = (struct mdm_checkin_answer){.status = 400, .why = "not-offered"};
		return true;
	default:
		return false;
	}
}

int mdm_checkin_apply(struct mdm *m, const struct mdm_caller *who, const struct mdm_checkin *c,
	struct arena *a, struct mdm_checkin_answer *ret)
{
	struct mdm_checkin_job x = {.m = m, .who = who, .c = c, .now = who->now, .a = a};
	bool reads = c->kind == MDM_CHECKIN_GET_BOOTSTRAP_TOKEN;
	int err;

	if (answer_fixed(c, ret))
		return 0;
	if (c->kind == MDM_CHECKIN_DECLARATIVE_MANAGEMENT)
		return mdm_ddm_checkin(m, who, c, a, ret);
	err = seal_token(&x);
	if (err == 0)
		err = reads ? store_read(m->st, apply_in, &x) : store_write(m->st, apply_in, &x);
	if (err == 0 && reads)
		err = answer_bootstrap(&x);
	if (err != 0) {
		ret->why = x.answer.why ? x.answer.why : err_name(err);
		return err;
	}
	mdm_seen_note(m->seen, c->udid, who->now);
	*ret = x.answer;
	return 0;
}
