/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/mdm_int.h"

enum { STATES = MDM_CHECKED_OUT + 1, VOICES = MDM_VOICE_BEFORE + 1 };

#define NO MDM_STEP_REFUSE

/* By state (none, authenticated, enrolled, checked out) and voice (new, own, renewed, before). */
static const enum mdm_step authenticate[STATES][VOICES] = {
	{MDM_STEP_BEGIN, NO, NO, NO},
	{MDM_STEP_BEGIN, MDM_STEP_BEGIN, NO, NO},
	/* a new key means it was erased or left; its own key again is a message sent twice, and
	 * wiping for it would lose the only push token we may ever get */
	{MDM_STEP_BEGIN, MDM_STEP_NOTHING, MDM_STEP_RENEWING, NO},
	{MDM_STEP_BEGIN, NO, NO, NO},
};

static const enum mdm_step token_update[STATES][VOICES] = {
	{NO, NO, NO, NO},
	{NO, MDM_STEP_ENROLL, NO, NO},
	{NO, MDM_STEP_TOKEN, MDM_STEP_RENEWED, NO},
	{NO, NO, NO, NO},
};

static const enum mdm_step check_out[STATES][VOICES] = {
	{NO, NO, NO, NO},
	{NO, MDM_STEP_LEAVE, NO, NO},
	{NO, MDM_STEP_LEAVE, MDM_STEP_LEAVE, NO},
	{NO, MDM_STEP_NOTHING, NO, NO},
};

static const enum mdm_step others[STATES][VOICES] = {
	{NO, NO, NO, NO},
	{NO, NO, NO, NO},
	{NO, MDM_STEP_NOTHING, MDM_STEP_NOTHING, NO},
	{NO, NO, NO, NO},
};

enum mdm_step mdm_enrollment_step(
	uint32_t state, enum mdm_checkin_kind message, enum mdm_voice voice)
{
	if (state >= STATES || (unsigned)voice >= VOICES)
		return MDM_STEP_REFUSE;
	switch (message) {
	case MDM_CHECKIN_AUTHENTICATE:
		return authenticate[state][voice];
	case MDM_CHECKIN_TOKEN_UPDATE:
		return token_update[state][voice];
	case MDM_CHECKIN_CHECK_OUT:
		return check_out[state][voice];
	default:
		return others[state][voice];
	}
}

static bool same(const uint8_t a[CERT_FINGERPRINT], const uint8_t b[CERT_FINGERPRINT])
{
	return memcmp(a, b, CERT_FINGERPRINT) == 0;
}

static bool text_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

int mdm_voice_decide(const struct cert_identity *id, const struct mdm_enrollment *e,
	int64_t own_issued_at, enum mdm_voice *ret)
{
	bool bound = id->udid != NULL;

	if (e && same(id->fingerprint, e->identity))
		*ret = MDM_VOICE_OWN;
	else if (e && same(id->fingerprint, e->identity_before))
		*ret = MDM_VOICE_BEFORE;
	else if (e && id->purpose == CERT_FOR_RENEWAL && text_same(id->udid, e->udid) &&
		 id->issued_at >= own_issued_at)
		*ret = MDM_VOICE_RENEWED;
	else if (id->purpose == CERT_FOR_ENROLMENT && !bound)
		*ret = MDM_VOICE_NEW;
	else
		return ERR_DENIED;
	return 0;
}
