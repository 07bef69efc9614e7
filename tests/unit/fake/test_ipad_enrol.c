/* SPDX-License-Identifier: EUPL-1.2 */
/* Enrolment: what an iPad takes, and every way a server can get it wrong. */
#include "tests/unit/fake/office.h"
#include "base/text.h"

#include <criterion/criterion.h>

#define URL "https://mdm.example.se/enrol"

static struct ipad *blank(struct office *o, const struct ipad_options *more)
{
	struct ipad_options options = more ? *more : (struct ipad_options){0};
	struct ipad_model m;

	options.keys = o->keys;
	options.transport = &o->transport;
	ipad_model_make(o->arena, 7, &m);
	return ipad_new(&m, &options);
}

Test(ipad_enrol, whole_way)
{
	struct office o = {.sign_profile = true};
	struct ipad *p;
	const struct ipad_state *s;

	office_open(&o);
	p = office_ipad(&o, NULL);
	s = ipad_state(p);
	cr_assert(s->enrolled);
	cr_assert_eq(s->rights, 7231);
	cr_assert_eq(o.checkins, 2);
	cr_assert_eq(o.bad_signatures + o.unsigned_messages, 0);
	cr_assert_not_null(memmem(o.last_checkin.p, o.last_checkin.n, s->magic, 36));
	cr_assert_eq(ipad_counters(p)->authenticates, 1);
	cr_assert_eq(ipad_counters(p)->token_updates, 1);
	cr_assert_eq(ipad_counters(p)->identities, 1);
	cr_assert_eq(ipad_enrol_url(p, URL), ERR_BADINPUT, "a managed iPad enrols again");
	ipad_free(p);
	office_close(&o);
}

/* Each fault of the office, and the words of the refusal. */
static const struct {
	enum office_fault fault;
	int err;
	const char *why;
} refusals[] = {
	{OFFICE_PROFILE_TYPE, ERR_BADINPUT, "content type is application/xml"},
	{OFFICE_PROFILE_404, ERR_DENIED, "HTTP status 404"},
	{OFFICE_PROFILE_BROKEN, ERR_BADINPUT, "its signature does not hold"},
	{OFFICE_CA_TYPE, ERR_BADINPUT, "GetCACert: content type"},
	{OFFICE_CA_OTHER, ERR_BADINPUT, "fingerprint"},
	{OFFICE_SCEP_TYPE, ERR_BADINPUT, "PKIOperation: content type"},
	{OFFICE_SCEP_500, ERR_BADINPUT, "HTTP status 500"},
	{OFFICE_SCEP_NONCE, ERR_BADINPUT, "recipientNonce"},
	{OFFICE_SCEP_TRANSACTION, ERR_BADINPUT, "transactionID"},
	{OFFICE_SCEP_MESSAGE_TYPE, ERR_BADINPUT, "messageType"},
	{OFFICE_SCEP_NO_SENDER_NONCE, ERR_BADINPUT, "no senderNonce"},
	{OFFICE_SCEP_SIGNER, ERR_BADINPUT, "signature is not the CA's"},
	{OFFICE_SCEP_BARE, ERR_BADINPUT, "certificate is not inside"},
	{OFFICE_SCEP_OTHER_KEY, ERR_BADINPUT, "no certificate for the requested key"},
	{OFFICE_SCEP_OTHER_CA, ERR_BADINPUT, "not by the CA"},
	{OFFICE_SCEP_ENVELOPE, ERR_BADINPUT, "not enveloped"},
	{OFFICE_SCEP_OLD, ERR_BADINPUT, "not valid now"},
	{OFFICE_SCEP_REFUSES, ERR_BADINPUT, "failInfo 2"},
	{OFFICE_SCEP_PENDING, ERR_BADINPUT, "pkiStatus 3"},
	{OFFICE_CHECKIN_400, ERR_DENIED, ""},
	{OFFICE_UNREACHABLE, ERR_NET, ""},
};

Test(ipad_enrol, refuses_what_is_wrong)
{
	struct office o = {.sign_profile = true};
	struct ipad *good;

	office_open(&o);
	good = office_ipad(&o, NULL);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		struct ipad *p = blank(&o, NULL);

		o.fault = refusals[i].fault;
		cr_expect_eq(
			ipad_enrol_url(p, URL), refusals[i].err, "case %zu: %s", i, ipad_why(p));
		cr_expect(strstr(ipad_why(p), refusals[i].why), "case %zu: %s", i, ipad_why(p));
		cr_expect(!ipad_state(p)->enrolled && !ipad_state(p)->topic);
		o.fault = OFFICE_HONEST;
		cr_expect_eq(
			ipad_enrol_url(p, URL), 0, "case %zu: no second try: %s", i, ipad_why(p));
		ipad_free(p);
	}
	ipad_free(good);
	office_close(&o);
}

/* The profile as text with one thing changed. */
static const struct {
	const char *from, *to, *why;
} mistakes[] = {
	{"Configuration", "Konfiguration", "PayloadType is not Configuration"},
	{"<key>PayloadUUID</key><string>U0</string>", "", "profile: no PayloadUUID"},
	{"<key>PayloadUUID</key><string>U2</string>", "", "payload: no PayloadUUID"},
	{"<string>U2</string>", "<string>U1</string>", "same PayloadUUID"},
	{"se.example.mdm", "se.example.scep", "same PayloadIdentifier"},
	{"<key>PayloadVersion</key><integer>1</integer>",
		"<key>PayloadVersion</key><integer>2</integer>", "PayloadVersion"},
	{"com.apple.mgmt.", "com.example.", "Topic"},
	{"<key>Topic</key>", "<key>Topik</key>", "no Topic"},
	{"https://mdm.example.se/mdm", "http://mdm.example.se/mdm", "ServerURL is not https"},
	{"https://mdm.example.se/checkin", "ftp://mdm.example.se/", "CheckInURL is not https"},
	{"<integer>7231</integer>", "<integer>0</integer>", "AccessRights"},
	{"<integer>7231</integer>", "<integer>2</integer>", "2 without 1"},
	{"<integer>7231</integer>", "<integer>129</integer>", "128 without 64"},
	{"<integer>7231</integer>", "<integer>8192</integer>", "AccessRights"},
	{"<key>IdentityCertificateUUID</key><string>U1</string>",
		"<key>IdentityCertificateUUID</key><string>U9</string>", "names no SCEP payload"},
	{"<key>IdentityCertificateUUID</key>", "<key>Identity</key>", "no IdentityCert"},
	{"<integer>2048</integer>", "<integer>2000</integer>", "Keysize"},
	{"<string>RSA</string>", "<string>EC</string>", "Key Type"},
	{"<key>Key Usage</key><integer>5</integer>", "<key>Key Usage</key><integer>2</integer>",
		"Key Usage"},
	{"<key>CAFingerprint</key><data>", "<key>CAFingerprint</key><data>AAAA", "fingerprint"},
	{"<key>URL</key>", "<key>Url</key>", "SCEP payload: no URL"},
	{"</plist>", "", "not a property list"},
	{"com.apple.mdm<", "com.apple.mail.managed<", "no MDM payload"},
};

static struct bytes replaced(struct arena *a, struct bytes in, const char *from, const char *to)
{
	const char *text = arena_strndup(a, in.p, in.n), *at = strstr(text, from);

	cr_assert_not_null(at, "the profile has no %s", from);
	return bytes_of_str(
		arena_printf(a, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)));
}

Test(ipad_enrol, refuses_a_wrong_profile)
{
	struct office o = {0};
	struct ipad *good, *p;

	office_open(&o);
	good = office_ipad(&o, NULL);
	p = blank(&o, NULL);
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		struct bytes profile =
			replaced(o.arena, office_profile(&o), mistakes[i].from, mistakes[i].to);

		cr_expect_eq(ipad_enrol_profile(p, profile), ERR_BADINPUT, "case %zu", i);
		cr_expect(strstr(ipad_why(p), mistakes[i].why), "case %zu: %s", i, ipad_why(p));
	}
	cr_assert_eq(ipad_enrol_profile(p, office_profile(&o)), 0, "%s", ipad_why(p));
	ipad_free(p);
	ipad_free(good);
	office_close(&o);
}

Test(ipad_enrol, scep_in_every_style)
{
	static const struct ipad_scep_style styles[] = {
		{.cipher = IPAD_CIPHER_AES, .digest = IPAD_DIGEST_SHA256},
		{.cipher = IPAD_CIPHER_DES3, .digest = IPAD_DIGEST_SHA512},
		{.cipher = IPAD_CIPHER_DES3, .digest = IPAD_DIGEST_SHA1, .one_key = true},
		{.csr_version_2 = true, .challenge_aside = true, .long_nonce = true},
		{.cipher = IPAD_CIPHER_DES, .digest = IPAD_DIGEST_SHA1},
		{.repeat_in_url = true},
		{.by_get = true},
	};
	struct office o = {0};
	struct ipad *good;

	office_open(&o);
	good = office_ipad(&o, NULL);
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		struct ipad_options options = {.scep = styles[i], .signature = i % 3};
		struct ipad *p = blank(&o, &options);

		cr_expect_eq(ipad_enrol_url(p, URL), 0, "style %zu: %s", i, ipad_why(p));
		ipad_free(p);
	}
	cr_assert_eq(o.scep_gets, 1);
	cr_assert_eq(o.bad_signatures, 0);
	/* A CA that does not take POST is asked by GET. */
	o.caps = "SHA-1\nDES3\n";
	cr_assert_eq(ipad_remove_enrolment(good), 0);
	cr_assert_eq(ipad_enrol_url(good, URL), 0, "%s", ipad_why(good));
	cr_assert_eq(o.scep_gets, 2);
	ipad_free(good);
	office_close(&o);
}

Test(ipad_enrol, a_wrong_clock_sees_no_valid_certificate)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	cr_assert_eq(ipad_remove_enrolment(p), 0);
	ipad_clock_set(p, -30 * 86400);
	cr_assert_eq(ipad_enrol_url(p, URL), ERR_BADINPUT);
	cr_assert(strstr(ipad_why(p), "not valid now"));
	ipad_clock_set(p, 0);
	cr_assert_eq(ipad_enrol_url(p, URL), 0);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_enrol, leaving)
{
	struct office o = {.check_out = true};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	cr_assert_eq(ipad_remove_enrolment(p), 0);
	cr_assert_eq(ipad_counters(p)->check_outs, 1);
	cr_assert(memmem(o.last_checkin.p, o.last_checkin.n, "CheckOut", 8));
	cr_assert(ipad_state(p)->unenrolled && !ipad_state(p)->enrolled);
	cr_assert_eq(ipad_wake(p), ERR_STRANGER);
	ipad_free(p);
	office_close(&o);
}
