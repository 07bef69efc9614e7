/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/ipads.h"

#define U "00008027-000A1"
#define S "DMPXK1ABCD"

static struct {
	int enrolling, enrolled, checked_out, done;
	bool trust;
} heard;

static int on_enrolling(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	heard.enrolling++;
	*ret_trusted = heard.trust;
	return 0;
}

static int on_enrolled(
	void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	cr_assert_eq(e->state, MDM_ENROLLED);
	heard.enrolled++;
	return 0;
}

static int on_checked_out(
	void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	cr_assert_eq(e->state, MDM_CHECKED_OUT);
	heard.checked_out++;
	return 0;
}

static void open_house(void)
{
	heard.trust = true;
	house.ev = (struct mdm_events){
		.enrolling = on_enrolling, .enrolled = on_enrolled, .checked_out = on_checked_out};
	house_open();
}

TestSuite(checkin, .init = open_house, .fini = ipads_close);

Test(checkin, enrols)
{
	struct ipads_get g;

	IPADS_IDENTITY(1, .serial = S);
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_answer.status, 200);
	cr_assert_eq(ipads_answer.body.n, 0);
	g = ipads_get(U);
	cr_assert_eq(g.e.state, MDM_AUTHENTICATED);
	cr_assert_str_eq(g.e.serial, S);
	cr_assert_str_eq(g.e.os_version, "18.2");
	cr_assert(g.e.trusted);
	cr_assert_eq(g.topic_count, 0, "asking is not enrolled");
	cr_assert_eq(g.queued, 0);
	cr_assert_str_eq(ipads_identity_of(1).udid, U);

	cr_assert_eq(ipads_say(1, ipads_token(U, "token")), 0);
	cr_assert(ipads_answer.wake);
	g = ipads_get(U);
	cr_assert_eq(g.e.state, MDM_ENROLLED);
	cr_assert_eq(g.e.enrolled_at, HOUSE_NOW);
	cr_assert_eq(g.e.token_at_ms, HOUSE_NOW * 1000);
	cr_assert(bytes_equal(g.e.push_token, bytes_of_str("token")));
	cr_assert_str_eq(g.e.push_magic, "MAGIC");
	cr_assert_eq(g.topic_count, 1);
	cr_assert_geq(g.queued, 2, "DeviceInformation and SecurityInfo");
	cr_assert(g.wished);
	cr_assert(heard.enrolling == 1 && heard.enrolled == 1 && heard.checked_out == 0);
}

Test(checkin, unknown_serial_number_is_not_trusted)
{
	struct ipads_get g;

	heard.trust = false;
	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	g = ipads_get(U);
	cr_assert_not(g.e.trusted);
	cr_assert_eq(g.queued, 1);
	cr_assert_str_eq(g.queue[0].request_type, "DeviceInformation");
}

static int gate_in(struct store_txn *txn, void *arg)
{
	return mdm_gate_get(txn, house.a, U, arg);
}

Test(checkin, awaiting_configuration_waits_at_the_gate)
{
	struct mdm_gate gate;
	struct mdm_checkin token = ipads_token(U, "token");
	struct ipads_get g;

	IPADS_IDENTITY(1);
	token.awaiting_configuration = true;
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_say(1, token), 0);
	g = ipads_get(U);
	cr_assert_gt(g.queued, 1);
	cr_assert_str_neq(g.queue[g.queued - 1].request_type, "DeviceConfigured");
	cr_assert_eq(store_read(house.st, gate_in, &gate), 0);
	cr_assert_eq(gate.until, ipads_now + 600);
}

Test(checkin, token_refusals)
{
	struct mdm_checkin m = ipads_token(U, "token");

	IPADS_IDENTITY(1);
	cr_expect_eq(ipads_say(9, m), ERR_STRANGER);
	cr_expect_eq(ipads_say(1, m), ERR_DENIED, "before Authenticate");
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	m.topic = "com.apple.mgmt.External.other";
	cr_expect_eq(ipads_say(1, m), ERR_BADINPUT, "the topic is for life");
	cr_assert_eq(ipads_get(U).e.state, MDM_AUTHENTICATED);
}

Test(checkin, expired_identity_may_say_nothing_here)
{
	IPADS_IDENTITY(1, .life_s = 100);
	ipads_enrol(1, U, S);
	ipads_now += 101;
	cr_expect_eq(ipads_say(1, ipads_token(U, "new")), ERR_EXPIRED);
	cr_expect_eq(ipads_say(1, ipads_other(MDM_CHECKIN_CHECK_OUT, U)), ERR_EXPIRED);
	cr_assert_eq(ipads_get(U).e.state, MDM_ENROLLED);
}

static struct bytes unlock_token(const char *udid)
{
	struct bytes plain = {NULL, 0}, sealed = ipads_get(udid).e.unlock_token;

	cr_assert_eq(
		cert_unseal(house.certs, mdm_seal_context(house.a, MDM_UNLOCK_TOKEN_CONTEXT, udid),
			sealed, house.a, &plain),
		0);
	return plain;
}

Test(checkin, unlock_token_is_sealed_and_outlives_an_update_without_it)
{
	struct mdm_checkin m = ipads_token(U, "token");

	IPADS_IDENTITY(1);
	m.unlock_token = bytes_of_str("a great secret");
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_say(1, m), 0);
	cr_assert_null(
		memmem(ipads_get(U).e.unlock_token.p, ipads_get(U).e.unlock_token.n, "great", 5));
	cr_assert(bytes_equal(unlock_token(U), m.unlock_token));
	cr_assert_eq(ipads_say(1, ipads_token(U, "token2")), 0);
	cr_assert(bytes_equal(unlock_token(U), m.unlock_token));
	m.unlock_token = bytes_of_str("another");
	cr_assert_eq(ipads_say(1, m), 0);
	cr_assert(bytes_equal(unlock_token(U), m.unlock_token));
}

Test(checkin, later_token_goes_into_the_waiting_wish)
{
	struct ipads_get g;

	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	cr_assert(bytes_equal(ipads_get(U).wish.token, bytes_of_str("token")));
	ipads_now += 60;
	cr_assert_eq(ipads_say(1, ipads_token(U, "token-2")), 0);
	cr_assert_not(ipads_answer.wake);
	g = ipads_get(U);
	cr_assert(bytes_equal(g.wish.token, bytes_of_str("token-2")));
	cr_assert_eq(g.wish.token_at_ms, ipads_now * 1000);
	cr_assert_eq(g.topic_count, 1);
	cr_assert_eq(heard.enrolled, 1);
}

/* --- renewal --- */

struct owner_question {
	uint8_t byte;
	struct mdm_owner o;
};

static int owner_in(struct store_txn *txn, void *arg)
{
	struct owner_question *q = arg;
	struct mdm_caller who = ipads_caller(q->byte);

	return mdm_owner_get(txn, house.a, &who, U, &q->o);
}

static int owner(uint8_t byte, struct mdm_owner *ret)
{
	struct owner_question q = {.byte = byte};
	int err = store_read(house.st, owner_in, &q);

	*ret = q.o;
	return err;
}

Test(checkin, renewal_wipes_nothing)
{
	struct mdm_checkin m = ipads_token(U, "token");
	struct mdm_owner o;
	struct ipads_get g;
	size_t queued;

	IPADS_IDENTITY(1, .life_s = 1000);
	m.unlock_token = bytes_of_str("secret");
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_say(1, m), 0);
	queued = ipads_get(U).queued;
	ipads_now += 500;
	IPADS_IDENTITY(2, .purpose = CERT_FOR_RENEWAL, .udid = U, .serial = S);

	cr_assert_eq(ipads_say(2, ipads_authenticate(U, S)), 0);
	g = ipads_get(U);
	cr_assert_eq(g.e.state, MDM_ENROLLED);
	cr_assert_eq(g.queued, queued);
	cr_assert(ipads_is(g.e.identity, 1));
	cr_assert_eq(owner(1, &o), 0, "both are believed");
	cr_assert_eq(owner(2, &o), 0, "both are believed");
	cr_assert(o.renewing);

	cr_assert_eq(ipads_say(2, ipads_token(U, "token-2")), 0);
	g = ipads_get(U);
	cr_assert(ipads_is(g.e.identity, 2) && ipads_is(g.e.identity_before, 1));
	cr_assert_eq(g.e.identity_ends_at, ipads_identity_of(2).not_after);
	cr_assert_eq(g.queued, queued);
	cr_assert_eq(g.topic_count, 1);
	cr_assert(bytes_equal(unlock_token(U), bytes_of_str("secret")));
	cr_assert(bytes_equal(g.wish.token, bytes_of_str("token-2")));
	cr_assert_eq(ipads_identity_of(1).revoked_reason, 4, "superseded");
	cr_assert(heard.enrolling == 1 && heard.enrolled == 1);
}

Test(checkin, superseded_identity_brings_results_for_a_while)
{
	struct mdm_owner o;

	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	ipads_now += 10;
	IPADS_IDENTITY(2, .purpose = CERT_FOR_RENEWAL, .udid = U);
	cr_assert_eq(ipads_say(2, ipads_token(U, "new")), 0, "also without an Authenticate");
	cr_assert_eq(owner(1, &o), 0);
	cr_assert(o.superseded);
	cr_assert_eq(ipads_say(1, ipads_token(U, "old")), ERR_DENIED);
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), ERR_DENIED);
	cr_assert_eq(ipads_say(1, ipads_other(MDM_CHECKIN_CHECK_OUT, U)), ERR_DENIED);
	ipads_now += MDM_SUPERSEDED_GRACE_S;
	cr_assert_eq(owner(1, &o), ERR_DENIED);
	cr_assert_eq(owner(2, &o), 0);
	cr_assert_eq(owner(3, &o), ERR_STRANGER);
}

Test(checkin, expired_owner_is_told)
{
	struct mdm_owner o;

	IPADS_IDENTITY(1, .life_s = 100);
	ipads_enrol(1, U, S);
	cr_assert_eq(owner(1, &o), 0);
	cr_assert_not(o.expired);
	ipads_now += 101;
	cr_assert_eq(owner(1, &o), 0);
	cr_assert(o.expired);
	IPADS_IDENTITY(2, .purpose = CERT_FOR_RENEWAL, .udid = U);
	cr_assert_eq(ipads_say(2, ipads_token(U, "new")), 0, "renewed after its end");
	cr_assert(ipads_is(ipads_get(U).e.identity, 2));
}

Test(checkin, renewed_identity_lets_the_next_renewal_in)
{
	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	for (uint8_t i = 2; i < 6; i++) {
		ipads_now += 1000;
		IPADS_IDENTITY(i, .purpose = CERT_FOR_RENEWAL, .udid = U);
		cr_assert_eq(ipads_say(i, ipads_authenticate(U, S)), 0);
		cr_assert_eq(ipads_say(i, ipads_token(U, "new")), 0);
		cr_assert(ipads_is(ipads_get(U).e.identity, i));
		cr_assert_eq(ipads_say(i - 1, ipads_token(U, "old")), ERR_DENIED);
	}
}

/* --- goodbye --- */

Test(checkin, check_out)
{
	struct ipads_get g;

	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	ipads_now += 5;
	cr_assert_eq(ipads_say(1, ipads_other(MDM_CHECKIN_CHECK_OUT, U)), 0);
	cr_assert_eq(ipads_answer.status, 200);
	g = ipads_get(U);
	cr_assert_eq(g.e.state, MDM_CHECKED_OUT);
	cr_assert_eq(g.e.checked_out_at, ipads_now);
	cr_assert_eq(g.queued, 0);
	cr_assert_not(g.wished);
	cr_assert_eq(g.e.push_token.n, 0);
	cr_assert_eq(g.topic_count, 0);
	cr_assert_eq(heard.checked_out, 1);
	cr_assert_eq(ipads_identity_of(1).revoked_at, ipads_now);
	cr_assert_eq(ipads_say(1, ipads_token(U, "t")), ERR_DENIED);
	IPADS_IDENTITY(2);
	ipads_enrol(2, U, S);
	cr_assert_eq(ipads_get(U).e.state, MDM_ENROLLED, "and back again");
	cr_assert_eq(ipads_get(U).e.checked_out_at, 0);
}

/* --- the rest --- */

Test(checkin, bootstrap_token)
{
	struct mdm_checkin set = ipads_other(MDM_CHECKIN_SET_BOOTSTRAP_TOKEN, U);
	struct mdm_checkin get = ipads_other(MDM_CHECKIN_GET_BOOTSTRAP_TOKEN, U);
	struct mdm_plist *d;

	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	cr_assert_eq(ipads_say(1, get), 0);
	cr_assert_eq(ipads_answer.status, 200);
	cr_assert_eq(ipads_answer.body.n, 0, "none is an empty answer");
	set.bootstrap_token = bytes_of_str("secret");
	cr_assert_eq(ipads_say(1, set), 0);
	cr_assert_null(memmem(
		ipads_get(U).e.bootstrap_token.p, ipads_get(U).e.bootstrap_token.n, "secret", 6));
	cr_assert_eq(ipads_say(1, get), 0);
	cr_assert_eq(mdm_plist_parse(ipads_answer.body, NULL, house.a, &d), 0);
	cr_assert(bytes_equal(mdm_plist_data(d, "BootstrapToken"), set.bootstrap_token));
	set.bootstrap_token = bytes_of(NULL, 0);
	cr_assert_eq(ipads_say(1, set), 0);
	cr_assert_eq(ipads_say(1, get), 0);
	cr_assert_eq(ipads_answer.body.n, 0, "none again");
}

Test(checkin, what_we_do_not_offer)
{
	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	cr_assert_eq(ipads_say(1, ipads_other(MDM_CHECKIN_USER_AUTHENTICATE, U)), 0);
	cr_assert_eq(ipads_answer.status, 410);
	cr_assert_eq(ipads_say(1, ipads_other(MDM_CHECKIN_GET_TOKEN, U)), 0);
	cr_assert_eq(ipads_answer.status, 400);
	cr_assert_eq(ipads_say(1, ipads_other(MDM_CHECKIN_RETURN_TO_SERVICE, U)), 0);
	cr_assert_eq(ipads_answer.status, 400);
}

static int seen_in(struct store_txn *txn, void *arg)
{
	return mdm_seen_get(house.m, txn, U, arg);
}

Test(checkin, is_seen)
{
	int64_t at = 0;

	IPADS_IDENTITY(1);
	ipads_enrol(1, U, S);
	cr_assert_eq(store_read(house.st, seen_in, &at), 0);
	cr_assert_eq(at, HOUSE_NOW);
	ipads_now += 50;
	cr_assert_eq(ipads_say(9, ipads_token(U, "t")), ERR_STRANGER);
	cr_assert_eq(store_read(house.st, seen_in, &at), 0);
	cr_assert_eq(at, HOUSE_NOW, "a stranger who names it is not it");
}
