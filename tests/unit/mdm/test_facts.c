/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(facts, .init = q_open, .fini = house_close);

static int facts_in(struct store_txn *txn, void *arg)
{
	return mdm_facts_get(txn, house.a, Q_UDID, arg);
}

static const struct doc *facts(void)
{
	const char *json = NULL;
	struct doc *d;

	cr_assert_eq(q_read(facts_in, &json), 0);
	cr_assert_eq(doc_parse(house.a, bytes_of_str(json), &d), 0, "%s", json);
	return d;
}

#define ANSWER                                                                                \
	"<key>QueryResponses</key><dict><key>OSVersion</key><string>18.3</string>"            \
	"<key>BatteryLevel</key><real>0.5</real><key>IsSupervised</key><false/>"              \
	"<key>PushToken</key><data>AAAA</data><key>CurrentMCC</key><string>240</string>"      \
	"<key>LastCloudBackupDate</key><date>2026-01-02T03:04:05Z</date>"                     \
	"<key>ServiceSubscriptions</key><array><dict><key>ICCID</key><string>89</string>"     \
	"<key>CurrentMCC</key><string>262</string><key>IsRoaming</key><true/></dict></array>" \
	"<key>Quote</key><string>\"&amp;</string></dict>"

Test(facts, an_answer_becomes_facts)
{
	const char *json = NULL, *uuid = q_add(MDM_DEVICE_INFORMATION);
	const struct doc *d, *sub;
	struct mdm_enrollment e;

	cr_assert_eq(q_read(facts_in, &json), ERR_NOTFOUND);
	q_poll();
	q_answer(uuid, "Acknowledged", ANSWER);
	d = facts();
	cr_assert_str_eq(doc_str(doc_object(d, "information"), "OSVersion"), "18.3");
	cr_assert_str_eq(doc_str(doc_object(d, "information"), "Quote"), "\"&");
	cr_assert_str_eq(doc_str(doc_object(d, "information"), "LastCloudBackupDate"),
		"2026-01-02T03:04:05Z");
	cr_assert(doc_str(d, "information_at"));
	cr_assert_not(doc_has(d, "security"));
	sub = doc_list_object(doc_list(doc_object(d, "information"), "ServiceSubscriptions"), 0);
	cr_assert_str_eq(doc_str(sub, "ICCID"), "89");
	/* not watching: where the iPad is does not stay, nor do blobs */
	cr_assert_not(doc_has(sub, "CurrentMCC"));
	cr_assert_not(doc_has(sub, "IsRoaming"));
	cr_assert_not(doc_has(doc_object(d, "information"), "CurrentMCC"));
	cr_assert_not(doc_has(doc_object(d, "information"), "PushToken"));
	cr_assert_eq(q_get(uuid).answer.n, 0, "kept once, as facts");
	e = q_enrollment_now();
	cr_assert_str_eq(e.os_version, "18.3");
	cr_assert_eq(e.supervised, 1);
	cr_assert_eq(e.told_at, q.now);
}

Test(facts, the_enrolment_is_not_rewritten_for_nothing)
{
	for (int i = 0; i < 2; i++, q.now += 100) {
		const char *uuid = q_add(MDM_DEVICE_INFORMATION);

		q_poll();
		q_answer(uuid, "Acknowledged", ANSWER);
	}
	cr_assert_eq(q_enrollment_now().told_at, HOUSE_NOW);
	cr_assert_str_eq(doc_str(facts(), "information_at"), "2026-11-21T09:13:40Z");
}

Test(facts, security_stands_beside)
{
	const char *uuid = q_add(MDM_SECURITY_INFO);
	bool b;

	q_poll();
	q_answer(uuid, "Acknowledged",
		"<key>SecurityInfo</key><dict><key>PasscodePresent</key><true/></dict>");
	b = doc_bool(doc_object(facts(), "security"), "PasscodePresent", false);
	cr_assert(b);
	/* an answer without its part is kept as it came */
	uuid = q_add(MDM_SECURITY_INFO);
	q_poll();
	q_answer(uuid, "Acknowledged", NULL);
	cr_assert(q_get(uuid).answer_unreadable);
	cr_assert_gt(q_get(uuid).answer.n, 0);
	cr_assert(doc_bool(doc_object(facts(), "security"), "PasscodePresent", false));
}

static int bypass_in(struct store_txn *txn, void *arg)
{
	return mdm_bypass_get(
		house.m, &(struct mdm_act){txn, &q.who, q.now, NULL}, Q_SERIAL, house.a, arg);
}

static void bypass_tell(const char *code)
{
	const char *uuid = q_add(MDM_ACTIVATION_LOCK_BYPASS_CODE);

	q_poll();
	q_answer(uuid, "Acknowledged",
		arena_printf(
			house.a, "<key>ActivationLockBypassCode</key><string>%s</string>", code));
	cr_assert_not(q_holds(q_get(uuid).answer, "SECRET"), "no code lies open in history");
}

static int audit_in(struct store_txn *txn, void *arg)
{
	struct audit_record *list;
	size_t n;
	int err = audit_list(txn, Q_SERIAL, STORE_PIECE_N(house.a, 0, 1), &list, &n);

	cr_assert_eq(n, 1);
	*(const char **)arg = list[0].act;
	return err;
}

Test(facts, two_codes_are_kept_and_reading_them_is_told)
{
	struct mdm_bypass b;
	const char *act;

	cr_assert_eq(q_write(bypass_in, &b), ERR_NOTFOUND);
	bypass_tell("SECRET-1");
	bypass_tell("SECRET-1");
	cr_assert_eq(q_write(bypass_in, &b), 0);
	cr_assert_str_eq(b.code, "SECRET-1");
	cr_assert_null(b.code_before, "the same code again is no new one");
	bypass_tell("SECRET-2");
	bypass_tell("");
	cr_assert_eq(q_write(bypass_in, &b), 0);
	cr_assert_str_eq(b.code, "SECRET-2");
	cr_assert_str_eq(b.code_before, "SECRET-1");
	cr_assert_eq(q_read(audit_in, &act), 0);
	cr_assert_str_eq(act, "device.bypass.read");
}
