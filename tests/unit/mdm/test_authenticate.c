/* SPDX-License-Identifier: EUPL-1.2 */
/* Who may enrol, and that a message said twice costs an iPad nothing. */
#include "tests/unit/mdm/ipads.h"

#include "mdm/queue_int.h"

#define U "00008027-000A1"
#define S "DMPXK1ABCD"

static int begun;

static int on_enrolling(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	begun++;
	*ret_trusted = true;
	return 0;
}

static void open_house(void)
{
	house.ev = (struct mdm_events){.enrolling = on_enrolling};
	house_open();
}

TestSuite(authenticate, .init = open_house, .fini = ipads_close);

static int revoke_in(struct store_txn *txn, void *arg)
{
	struct mdm_caller who = ipads_caller(*(uint8_t *)arg);

	return cert_identity_revoke(txn, who.peer.fingerprint, 1, ipads_now);
}

static void expect_refusal(uint8_t identity, struct mdm_checkin m, int err, const char *why)
{
	ipads_answer.why = NULL;
	cr_expect_eq(ipads_say(identity, m), err, "%s", why);
	cr_expect(ipads_answer.why && strcmp(ipads_answer.why, why) == 0, "%s: %s", why,
		ipads_answer.why ? ipads_answer.why : "NULL");
}

Test(authenticate, refusals)
{
	uint8_t byte = 3;
	struct mdm_checkin m = ipads_authenticate(U, S), other = m;

	expect_refusal(1, m, ERR_STRANGER, "identity-unknown");
	IPADS_IDENTITY(2, .serial = "OTHER");
	expect_refusal(2, m, ERR_DENIED, "invited-another-serial-number");
	IPADS_IDENTITY(3);
	cr_assert_eq(store_write(house.st, revoke_in, &byte), 0);
	expect_refusal(3, m, ERR_DENIED, "identity-revoked");
	IPADS_IDENTITY(4, .life_s = 10);
	ipads_now += 11;
	expect_refusal(4, m, ERR_EXPIRED, "identity-expired");
	IPADS_IDENTITY(5, .udid = "ANOTHER");
	expect_refusal(5, m, ERR_DENIED, "identity-of-another");
	IPADS_IDENTITY(6);
	other.topic = "com.apple.mgmt.External.other";
	expect_refusal(6, other, ERR_DENIED, "not-our-topic");
	IPADS_IDENTITY(7, .invitation = "gone");
	expect_refusal(7, m, ERR_DENIED, "invitation-unknown");
	IPADS_IDENTITY(8, .purpose = CERT_FOR_RENEWAL, .udid = U);
	expect_refusal(8, m, ERR_DENIED, "identity-of-another");
	cr_assert_eq(begun, 0);
}

/* An enrolment keeps its topic for life; a renewal of it says the old one. */
Test(authenticate, renewal_under_an_older_topic)
{
	struct mdm_checkin m = ipads_authenticate(U, S);

	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	house_topic("com.apple.mgmt.External.new");
	IPADS_IDENTITY(2, .purpose = CERT_FOR_RENEWAL, .udid = U);
	cr_assert_eq(ipads_say(2, m), 0, "%s", ipads_answer.why);
	cr_assert_eq(ipads_say(2, ipads_token(U, "new")), 0);
	cr_assert_str_eq(ipads_get(U).e.topic, HOUSE_TOPIC);
	IPADS_IDENTITY(3);
	expect_refusal(3, m, ERR_DENIED, "not-our-topic");
}

Test(authenticate, one_identity_is_never_for_two_ipads)
{
	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	cr_expect_eq(ipads_say(1, ipads_authenticate("U-2", "S-2")), ERR_DENIED);
	cr_expect_eq(ipads_say(1, ipads_token("U-2", "t")), ERR_DENIED);
	IPADS_IDENTITY(2);
	ipads_enrol(2, "U-2", "S-2");
	cr_expect_eq(ipads_say(1, ipads_token("U-2", "t")), ERR_DENIED, "another's UDID");
	cr_expect_eq(ipads_say(2, ipads_other(MDM_CHECKIN_CHECK_OUT, U)), ERR_DENIED);
	cr_assert(bytes_equal(ipads_get("U-2").e.push_token, bytes_of_str("token")));
}

Test(authenticate, own_authenticate_again_wipes_nothing)
{
	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_get(U).e.state, MDM_ENROLLED);
	cr_assert_gt(ipads_get(U).queued, 0);
	cr_assert(bytes_equal(ipads_get(U).e.push_token, bytes_of_str("token")));
	cr_assert_eq(begun, 1);
}

Test(authenticate, authenticate_twice_before_the_token)
{
	IPADS_IDENTITY(1);
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_say(1, ipads_token(U, "t")), 0);
	cr_assert_eq(ipads_get(U).e.state, MDM_ENROLLED);
}

Test(authenticate, re_enrolment_starts_from_nothing)
{
	struct mdm_checkin m = ipads_token(U, "token");
	struct ipads_get g;

	IPADS_IDENTITY(1);
	m.unlock_token = bytes_of_str("secret");
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_say(1, m), 0);
	ipads_now += 1000;
	IPADS_IDENTITY(2, .serial = S);
	cr_assert_eq(ipads_say(2, ipads_authenticate(U, S)), 0);
	g = ipads_get(U);
	cr_assert_eq(g.e.state, MDM_AUTHENTICATED);
	cr_assert_eq(g.queued, 0);
	cr_assert_not(g.wished);
	cr_assert_eq(g.e.push_token.n, 0);
	cr_assert_null(g.e.push_magic);
	cr_assert_eq(g.e.unlock_token.n, 0);
	cr_assert_eq(g.topic_count, 0);
	cr_assert_neq(ipads_identity_of(1).revoked_at, 0);
	cr_expect_eq(ipads_say(1, ipads_token(U, "old")), ERR_DENIED, "its old identity is out");
	cr_assert_eq(ipads_say(2, ipads_token(U, "new")), 0);
	g = ipads_get(U);
	cr_assert_eq(g.topic_count, 1);
	cr_assert_gt(g.queued, 0);
	cr_assert_eq(begun, 2);
}

Test(authenticate, same_udid_with_another_serial_number_is_refused)
{
	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	IPADS_IDENTITY(2);
	cr_assert_eq(ipads_say(2, ipads_authenticate(U, "ELSE")), ERR_DENIED);
	cr_assert_eq(ipads_get(U).e.state, MDM_ENROLLED);
	cr_assert_eq(ipads_identity_of(1).revoked_at, 0);
}

static int erase_in(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment e;

	cr_assert_eq(mdm_enrollment_get(txn, house.a, U, &e), 0);
	e.erased_at = ipads_now;
	return mdm_enrollment_put(txn, &e);
}

static int lose_in(struct store_txn *txn, void *arg)
{
	const struct mdm_lost l = {.serial = S, .phase = *(uint32_t *)arg, .reason = "stolen"};

	return mdm_lost_put(txn, &l);
}

Test(authenticate, batch_may_not_replace_an_enrolled_ipad)
{
	struct mdm_checkin m = ipads_authenticate(U, S);
	uint32_t phase = MDM_LOST_LEAVING;

	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	IPADS_IDENTITY(2);
	ipads_now += 365 * 86400;
	expect_refusal(2, m, ERR_DENIED, MDM_WHY_HELD);
	cr_assert_eq(store_write(house.st, lose_in, &phase), 0);
	expect_refusal(2, m, ERR_DENIED, MDM_WHY_HELD);
	cr_assert_eq(ipads_get(U).e.state, MDM_ENROLLED);
	cr_assert_eq(ipads_identity_of(1).revoked_at, 0);
	cr_assert_eq(ipads_say(1, ipads_token(U, "t")), 0, "nobody else's word stops it");
	cr_assert_eq(ipads_say(2, ipads_token(U, "t")), ERR_DENIED);
}

Test(authenticate, batch_may_bring_back_what_was_erased)
{
	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	cr_assert_eq(store_write(house.st, erase_in, NULL), 0);
	IPADS_IDENTITY(2);
	ipads_enrol(2, U, S);
	IPADS_IDENTITY(3);
	expect_refusal(3, ipads_authenticate(U, S), ERR_DENIED, MDM_WHY_HELD);
	cr_assert_eq(ipads_say(2, ipads_other(MDM_CHECKIN_CHECK_OUT, U)), 0);
	ipads_enrol(3, U, S);
}

/* A thief erased it by a cable: it must not be kept from Lost Mode. */
Test(authenticate, batch_may_bring_back_what_is_lost)
{
	uint32_t phase = MDM_LOST_WANTED;

	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	cr_assert_eq(store_write(house.st, lose_in, &phase), 0);
	IPADS_IDENTITY(2);
	ipads_enrol(2, U, S);
	cr_assert_eq(ipads_get(U).e.state, MDM_ENROLLED);
}

Test(authenticate, batch_may_not_take_over_a_serial_number)
{
	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	IPADS_IDENTITY(2);
	cr_assert_eq(ipads_say(2, ipads_authenticate("U-2", S)), ERR_DENIED);
	IPADS_IDENTITY(3, .serial = S);
	cr_assert_eq(ipads_say(3, ipads_authenticate("U-2", S)), 0, "an invitation for it may");
	cr_assert_eq(ipads_get(U).e.state, MDM_ENROLLED, "not before its token");
	cr_assert_eq(ipads_say(3, ipads_token("U-2", "t")), 0);
	cr_assert_eq(ipads_get(U).e.state, MDM_CHECKED_OUT);
	cr_assert_eq(ipads_get(U).queued, 0);
	cr_assert_eq(ipads_get("U-2").topic_count, 1);
	cr_assert_eq(ipads_say(1, ipads_token(U, "t")), ERR_DENIED);
}
