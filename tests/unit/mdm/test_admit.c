/* SPDX-License-Identifier: EUPL-1.2 */
/* Who may speak for a UDID. What a renewal changes in it is told in test_checkin. */
#include "tests/unit/mdm/ipads.h"

TestSuite(admit, .init = house_open, .fini = ipads_close);

struct question {
	uint8_t byte;
	const char *udid;
	struct mdm_owner o;
};

static int owner_in(struct store_txn *txn, void *arg)
{
	struct question *q = arg;
	struct mdm_caller who = ipads_caller(q->byte);

	return mdm_owner_get(txn, house.a, &who, q->udid, &q->o);
}

static int owner(uint8_t byte, const char *udid)
{
	return store_read(house.st, owner_in, &(struct question){.byte = byte, .udid = udid});
}

static int revoke_in(struct store_txn *txn, void *arg)
{
	struct mdm_caller who = ipads_caller(1);

	return cert_identity_revoke(txn, who.peer.fingerprint, *(uint32_t *)arg, ipads_now);
}

Test(admit, owner_is_the_one_identity_that_enrolled)
{
	cr_assert_eq(owner(1, "U"), ERR_STRANGER, "never issued");
	IPADS_IDENTITY(1);
	cr_assert_eq(owner(1, "U"), ERR_DENIED, "no such enrolment");
	cr_assert_eq(ipads_say(1, ipads_authenticate("U", "S")), 0);
	cr_assert_eq(owner(1, "U"), 0);
	IPADS_IDENTITY(2);
	cr_assert_eq(owner(2, "U"), ERR_DENIED, "one that could enrol does not own yet");
	cr_assert_eq(owner(1, "u"), ERR_DENIED, "compared exactly");
	cr_assert_eq(owner(1, "U2"), ERR_DENIED);
	IPADS_IDENTITY(3, .udid = "U");
	cr_assert_eq(owner(3, "U"), ERR_DENIED, "bound to it, but not by an enrolment that lasts");
}

/* Only an identity that a renewal replaced has a grace: one revoked by hand has none. */
Test(admit, revoked_is_out_at_once)
{
	uint32_t superseded = 4;

	IPADS_IDENTITY(1);
	ipads_enrol(1, "U", "S");
	cr_assert_eq(owner(1, "U"), 0);
	cr_assert_eq(store_write(house.st, revoke_in, &superseded), 0);
	cr_assert_eq(owner(1, "U"), ERR_DENIED);
	IPADS_IDENTITY(2, .serial = "S");
	ipads_enrol(2, "U", "S");
}

Test(admit, renewed_identity_of_another_ipad_is_denied)
{
	IPADS_IDENTITY(1);
	IPADS_IDENTITY(2);
	ipads_enrol(1, "U-1", "S-1");
	ipads_enrol(2, "U-2", "S-2");
	IPADS_IDENTITY(3, .purpose = CERT_FOR_RENEWAL, .udid = "U-1");
	cr_assert_eq(owner(3, "U-1"), 0);
	cr_assert_eq(owner(3, "U-2"), ERR_DENIED);
}

/* A renewal begun before the iPad was erased says nothing about the one that came back. */
Test(admit, renewal_from_before_a_re_enrolment_is_denied)
{
	IPADS_IDENTITY(1);
	ipads_enrol(1, "U", "S");
	ipads_now += 10;
	IPADS_IDENTITY(2, .purpose = CERT_FOR_RENEWAL, .udid = "U");
	ipads_now += 10;
	IPADS_IDENTITY(3, .serial = "S");
	ipads_enrol(3, "U", "S");
	cr_assert_eq(owner(2, "U"), ERR_DENIED);
	cr_assert_eq(ipads_say(2, ipads_token("U", "t")), ERR_DENIED);
	cr_assert_eq(owner(3, "U"), 0);
}
