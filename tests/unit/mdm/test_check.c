/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/ipads.h"

TestSuite(check, .init = house_open, .fini = house_close);

static int faults;
static char last[256];

static void on_fault(void *arg, const char *what)
{
	faults++;
	snprintf(last, sizeof(last), "%s", what);
}

static int check_in(struct store_txn *txn, void *arg)
{
	return mdm_check(txn, on_fault, NULL);
}

static int check(void)
{
	faults = 0;
	last[0] = '\0';
	cr_assert_eq(store_read(house.st, check_in, NULL), 0);
	return faults;
}

static int spoil_topic(struct store_txn *txn, void *arg)
{
	return mdm_topic_add(txn, HOUSE_TOPIC, 1);
}

static int spoil_topic_gone(struct store_txn *txn, void *arg)
{
	return mdm_topic_add(txn, HOUSE_TOPIC, -1);
}

static int spoil_serial(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "S");

	return store_del(txn, MDM_BY_SERIAL, &k);
}

static int spoil_serial_leads_away(struct store_txn *txn, void *arg)
{
	return mdm_serial_put(txn, "NONE", "no-such-udid");
}

static int spoil_enrollment(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "X");

	return store_put(txn, MDM_ENROLLMENT, &k, bytes_of("\1\377\377\377", 4));
}

static int spoil_identity(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment e;

	cr_assert_eq(mdm_enrollment_get(txn, house.a, "U", &e), 0);
	memset(e.identity, 0x55, sizeof(e.identity));
	return mdm_enrollment_put(txn, &e);
}

static int spoil_revoked(struct store_txn *txn, void *arg)
{
	struct mdm_caller who = ipads_caller(1);

	return cert_identity_revoke(txn, who.peer.fingerprint, 1, ipads_now);
}

static int spoil_token(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment e;

	cr_assert_eq(mdm_enrollment_get(txn, house.a, "U", &e), 0);
	e.push_magic = NULL;
	return mdm_enrollment_put(txn, &e);
}

static int spoil_renewal(struct store_txn *txn, void *arg)
{
	struct mdm_renewal r = {.udid = "gone", .command = "x"};

	return mdm_renewal_put(txn, &r);
}

Test(check, whole_store_has_no_fault)
{
	cr_assert_eq(check(), 0);
	IPADS_IDENTITY(1);
	IPADS_IDENTITY(2);
	ipads_enrol(1, "U", "S");
	ipads_enrol(2, "U-2", "S-2");
	cr_assert_eq(ipads_say(2, ipads_other(MDM_CHECKIN_CHECK_OUT, "U-2")), 0);
	cr_assert_eq(check(), 0, "%s", last);
}

Test(check, finds_what_does_not_fit)
{
	static const struct {
		const char *what;
		store_fn *spoil;
		const char *says;
	} cases[] = {
		{"count", spoil_topic, "count of enrolled"},
		{"no count", spoil_topic_gone, "topic is not counted"},
		{"by serial", spoil_serial, "not found by its serial"},
		{"serial leads away", spoil_serial_leads_away, "leads to no enrolment"},
		{"record", spoil_enrollment, "cannot be read"},
		{"identity", spoil_identity, "identity has no record"},
		{"revoked", spoil_revoked, "revoked"},
		{"token", spoil_token, "cannot be woken"},
		{"renewal", spoil_renewal, "not enrolled"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (i > 0) {
			house_close();
			house_open();
		}
		IPADS_IDENTITY(1);
		ipads_enrol(1, "U", "S");
		cr_assert_eq(store_write(house.st, cases[i].spoil, NULL), 0);
		cr_expect_geq(check(), 1, "%s", cases[i].what);
		cr_expect(strstr(last, cases[i].says), "%s: %s", cases[i].what, last);
	}
}
