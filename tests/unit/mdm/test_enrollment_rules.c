/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/mdm_int.h"

#include <criterion/criterion.h>

enum { NONE = 0 };
#define NEW MDM_VOICE_NEW
#define OWN MDM_VOICE_OWN
#define RENEWED MDM_VOICE_RENEWED
#define BEFORE MDM_VOICE_BEFORE

/* Every pair that leads somewhere; all others are refused. */
static const struct {
	uint32_t state;
	enum mdm_checkin_kind message;
	enum mdm_voice voice;
	enum mdm_step step;
} steps[] = {
	{NONE, MDM_CHECKIN_AUTHENTICATE, NEW, MDM_STEP_BEGIN},
	{MDM_AUTHENTICATED, MDM_CHECKIN_AUTHENTICATE, NEW, MDM_STEP_BEGIN},
	{MDM_AUTHENTICATED, MDM_CHECKIN_AUTHENTICATE, OWN, MDM_STEP_BEGIN},
	{MDM_ENROLLED, MDM_CHECKIN_AUTHENTICATE, NEW, MDM_STEP_BEGIN},
	{MDM_ENROLLED, MDM_CHECKIN_AUTHENTICATE, OWN, MDM_STEP_NOTHING},
	{MDM_ENROLLED, MDM_CHECKIN_AUTHENTICATE, RENEWED, MDM_STEP_RENEWING},
	{MDM_CHECKED_OUT, MDM_CHECKIN_AUTHENTICATE, NEW, MDM_STEP_BEGIN},
	{MDM_AUTHENTICATED, MDM_CHECKIN_TOKEN_UPDATE, OWN, MDM_STEP_ENROLL},
	{MDM_ENROLLED, MDM_CHECKIN_TOKEN_UPDATE, OWN, MDM_STEP_TOKEN},
	{MDM_ENROLLED, MDM_CHECKIN_TOKEN_UPDATE, RENEWED, MDM_STEP_RENEWED},
	{MDM_AUTHENTICATED, MDM_CHECKIN_CHECK_OUT, OWN, MDM_STEP_LEAVE},
	{MDM_ENROLLED, MDM_CHECKIN_CHECK_OUT, OWN, MDM_STEP_LEAVE},
	{MDM_ENROLLED, MDM_CHECKIN_CHECK_OUT, RENEWED, MDM_STEP_LEAVE},
	{MDM_CHECKED_OUT, MDM_CHECKIN_CHECK_OUT, OWN, MDM_STEP_NOTHING},
};

static enum mdm_step wanted(uint32_t state, enum mdm_checkin_kind message, enum mdm_voice voice)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i].state == state && steps[i].message == message &&
			steps[i].voice == voice)
			return steps[i].step;
	}
	if (message > MDM_CHECKIN_CHECK_OUT && state == MDM_ENROLLED &&
		(voice == OWN || voice == RENEWED))
		return MDM_STEP_NOTHING;
	return MDM_STEP_REFUSE;
}

Test(enrollment_rules, every_state_message_and_voice)
{
	for (uint32_t state = 0; state <= MDM_CHECKED_OUT + 1; state++) {
		for (int message = 1; message < MDM_CHECKIN_KINDS; message++) {
			for (int voice = 0; voice <= MDM_VOICE_BEFORE + 1; voice++)
				cr_expect_eq(mdm_enrollment_step(state, message, voice),
					wanted(state, message, voice),
					"state %u message %d voice %d", state, message, voice);
		}
	}
}

static struct cert_identity identity(uint8_t byte, uint32_t purpose, const char *udid, int64_t at)
{
	struct cert_identity id = {.purpose = purpose, .udid = udid, .issued_at = at};

	memset(id.fingerprint, byte, sizeof(id.fingerprint));
	return id;
}

Test(enrollment_rules, who_speaks)
{
	static const struct {
		const char *what;
		uint8_t byte;
		uint32_t purpose;
		const char *udid;
		int64_t issued_at;
		bool enrolled;
		int err;
		enum mdm_voice voice;
	} cases[] = {
		{"first of all", 7, CERT_FOR_ENROLMENT, NULL, 0, false, 0, NEW},
		{"a new one", 7, CERT_FOR_ENROLMENT, NULL, 200, true, 0, NEW},
		{"its own", 1, CERT_FOR_ENROLMENT, "A", 100, true, 0, OWN},
		{"its own, once renewed", 1, CERT_FOR_RENEWAL, "A", 100, true, 0, OWN},
		{"the one before", 2, CERT_FOR_ENROLMENT, "A", 50, true, 0, BEFORE},
		{"a renewal", 7, CERT_FOR_RENEWAL, "A", 200, true, 0, RENEWED},
		{"a renewal in the same second", 7, CERT_FOR_RENEWAL, "A", 100, true, 0, RENEWED},
		{"an older renewal", 7, CERT_FOR_RENEWAL, "A", 99, true, ERR_DENIED, 0},
		{"another's renewal", 7, CERT_FOR_RENEWAL, "B", 200, true, ERR_DENIED, 0},
		{"a renewal bound to none", 7, CERT_FOR_RENEWAL, NULL, 200, true, ERR_DENIED, 0},
		{"a renewal of nothing", 7, CERT_FOR_RENEWAL, "A", 200, false, ERR_DENIED, 0},
		{"another's", 7, CERT_FOR_ENROLMENT, "B", 200, true, ERR_DENIED, 0},
		{"from its past", 7, CERT_FOR_ENROLMENT, "A", 10, true, ERR_DENIED, 0},
		{"bound, of nothing", 7, CERT_FOR_ENROLMENT, "A", 10, false, ERR_DENIED, 0},
		{"without purpose", 7, 0, NULL, 10, true, ERR_DENIED, 0},
	};
	struct mdm_enrollment e = {.udid = "A", .state = MDM_ENROLLED};

	memset(e.identity, 1, sizeof(e.identity));
	memset(e.identity_before, 2, sizeof(e.identity_before));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cert_identity id = identity(
			cases[i].byte, cases[i].purpose, cases[i].udid, cases[i].issued_at);
		enum mdm_voice voice = 99;
		int err = mdm_voice_decide(&id, cases[i].enrolled ? &e : NULL, 100, &voice);

		cr_expect_eq(err, cases[i].err, "%s", cases[i].what);
		cr_expect_eq(voice, err == 0 ? cases[i].voice : 99, "%s", cases[i].what);
	}
}
