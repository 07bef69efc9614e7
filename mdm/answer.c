/* SPDX-License-Identifier: EUPL-1.2 */
/* What an answer changes besides ending its command: facts, secrets, lost state, the end. */
#include "mdm/desired_int.h"

#include "base/text.h"

/* Apple's words for Lost Mode, MCMDMErrorDomain. */
#define NOT_IN_LOST_MODE 12067
#define NOT_WHILE_LOST 12078

static bool is_acknowledged(const struct mdm_answer *an)
{
	return an->c->state == MDM_ACKNOWLEDGED && an->result->readable;
}

/* What may be personal or a secret does not lie open in history. */
static int answer_seal(struct mdm_answer *an)
{
	const struct mdm_request_row *row = mdm_command_row(an->c);
	bool secret = !row || row->keep == MDM_KEEP_SEALED;
	bool empty_words = an->result->readable && an->c->state != MDM_ACKNOWLEDGED;

	if (!secret || empty_words || an->c->answer.n == 0)
		return 0;
	an->c->sealed = true;
	return cert_seal(an->m->certs, mdm_seal_context(an->a, MDM_ANSWER_CONTEXT, an->c->uuid),
		an->c->answer, an->a, &an->c->answer);
}

int mdm_answer_take(struct mdm_answer *an)
{
	int err = 0;

	an->c->sealed = false; /* that was said of the message, which goes */
	switch (an->c->request) {
	case MDM_DEVICE_INFORMATION:
	case MDM_SECURITY_INFO:
		if (is_acknowledged(an))
			err = mdm_facts_take(an);
		break;
	case MDM_ACTIVATION_LOCK_BYPASS_CODE:
		if (is_acknowledged(an))
			err = mdm_bypass_take(an);
		break;
	case MDM_DEVICE_LOCATION:
		if (an->result->readable)
			err = mdm_location_take(an);
		else
			err = mdm_location_end(an->txn, an->a, an->c);
		break;
	default:
		break;
	}
	return err ? err : answer_seal(an);
}

/* Whom an erase makes new: the line is for an iPad that is no more, and comes back by enrolling. */
static int erased_follow(struct mdm_answer *an)
{
	int err;

	an->e->erased_at = an->now;
	an->changed = true;
	err = mdm_enrollment_put(an->txn, an->e);
	if (err == 0)
		err = mdm_queue_forget(an->m, an->txn, an->e->udid, an->now);
	if (err == 0)
		err = mdm_desired_forget(an->txn, an->e->serial);
	if (err == 0)
		err = apns_withdraw(an->txn, an->e->udid);
	if (err)
		return err;
	return mdm_lost_told(an->m, an->txn, an->e, MDM_TOLD_ERASED, an->now);
}

/* Out of Setup Assistant; and setting up made it a new Activation Lock code. */
static int configured_follow(struct mdm_answer *an)
{
	an->e->awaiting_configuration = false;
	an->changed = true;
	if (an->e->supervised == 1)
		return 0;
	return mdm_queue_own_once(an->m, an->txn, an->e, MDM_ACTIVATION_LOCK_BYPASS_CODE, an->now);
}

bool mdm_command_was_out(const struct mdm_command *c)
{
	return c->request == MDM_DISABLE_LOST_MODE && c->state == MDM_ERROR &&
	       c->error_code == NOT_IN_LOST_MODE;
}

static enum mdm_lost_told error_told(const struct mdm_answer *an)
{
	bool said = an->c->state == MDM_ERROR && an->result->readable;

	if (said && an->c->error_code == NOT_IN_LOST_MODE)
		return MDM_TOLD_NOT_LOST;
	if (an->c->request == MDM_ENABLE_LOST_MODE)
		return MDM_TOLD_NOT_ENABLED;
	if (an->c->request == MDM_DISABLE_LOST_MODE)
		return MDM_TOLD_NOT_DISABLED;
	return said && an->c->error_code == NOT_WHILE_LOST ? MDM_TOLD_INVALID : 0;
}

static enum mdm_lost_told told_decide(const struct mdm_answer *an)
{
	const struct mdm_plist *facts;
	bool lost;

	if (an->c->state != MDM_ACKNOWLEDGED)
		return error_told(an);
	switch (an->c->request) {
	case MDM_ENABLE_LOST_MODE:
		return MDM_TOLD_ENABLED;
	case MDM_DISABLE_LOST_MODE:
		return MDM_TOLD_DISABLED;
	case MDM_DEVICE_INFORMATION:
		facts = mdm_plist_dict(an->result->root, "QueryResponses");
		if (mdm_plist_bool(facts, "IsMDMLostModeEnabled", &lost))
			return 0;
		return lost ? MDM_TOLD_LOST : MDM_TOLD_NOT_LOST;
	default:
		return 0;
	}
}

int mdm_answer_follow(struct mdm_answer *an)
{
	enum mdm_lost_told told = told_decide(an);
	int err;

	if (an->c->request == MDM_ERASE_DEVICE && an->c->state == MDM_ACKNOWLEDGED)
		return erased_follow(an);
	if (an->c->request == MDM_DEVICE_CONFIGURED && an->c->state == MDM_ACKNOWLEDGED)
		return configured_follow(an);
	err = mdm_desired_told(an);
	if (err == 0)
		err = mdm_erase_told(an);
	if (err)
		return err;
	return told ? mdm_lost_told(an->m, an->txn, an->e, told, an->now) : 0;
}
