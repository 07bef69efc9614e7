/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/ipads.h"
#include "tests/unit/mdm/oracle.h"

TestSuite(profile, .init = house_open, .fini = house_close);

static const struct audit_who anna = {.actor = "anna", .via = "api"};

static struct mdm_plist *made(const char *serial)
{
	struct mdm_invitation_ask ask = {
		.who = &anna, .now = HOUSE_NOW, .serial = serial, .most = 5};
	struct mdm_invitation i;
	struct mdm_plist *root;
	struct bytes xml;
	const char *url;
	plist_t theirs;

	cr_assert_eq(mdm_invite(house.m, &ask, house.a, &i, &url), 0);
	cr_assert_eq(mdm_profile_make(house.m,
			     &(struct mdm_profile_ask){.invitation = i.id, .now = HOUSE_NOW},
			     house.a, &xml),
		0);
	cr_assert_eq(mdm_plist_parse(xml, NULL, house.a, &root), 0);
	theirs = oracle_read(xml);
	oracle_same(theirs, root);
	plist_free(theirs);
	return root;
}

static const struct mdm_plist *payload(const struct mdm_plist *root, const char *type)
{
	const struct mdm_plist *p = mdm_plist_first(mdm_plist_array(root, "PayloadContent"));

	while (p && strcmp(mdm_plist_str(p, "PayloadType"), type) != 0)
		p = p->next;
	return p;
}

static void expect_str(const struct mdm_plist *d, const char *key, const char *value)
{
	const char *got = mdm_plist_str(d, key);

	cr_expect(got && strcmp(got, value) == 0, "%s is %s", key, got ? got : "absent");
}

static void expect_int(const struct mdm_plist *d, const char *key, int64_t value)
{
	int64_t got = -1;

	cr_expect_eq(mdm_plist_int(d, key, &got), 0, "%s", key);
	cr_expect_eq(got, value, "%s", key);
}

static void expect_true(const struct mdm_plist *d, const char *key)
{
	bool got = false;

	cr_expect_eq(mdm_plist_bool(d, key, &got), 0, "%s", key);
	cr_expect(got, "%s", key);
}

Test(profile, scep_payload)
{
	const struct mdm_plist *d = payload(made("S-1"), "com.apple.security.scep");
	const struct mdm_plist *c = mdm_plist_dict(d, "PayloadContent"), *pair;
	uint8_t sha1[20];

	expect_str(d, "PayloadIdentifier", "se.example.mdm.scep");
	expect_int(d, "PayloadVersion", 1);
	expect_str(c, "URL", HOUSE_URL "/scep");
	expect_int(c, "Keysize", 2048);
	expect_str(c, "Key Type", "RSA");
	expect_int(c, "Key Usage", 5);
	expect_int(c, "Retries", 3);
	expect_int(c, "RetryDelay", 10);
	cert_ca_sha1(house.certs, sha1);
	cr_expect(bytes_equal(mdm_plist_data(c, "CAFingerprint"), bytes_of(sha1, 20)));
	pair = mdm_plist_first(mdm_plist_first(mdm_plist_array(c, "Subject")));
	cr_assert_str_eq(mdm_plist_text(mdm_plist_first(pair)), "CN");
	cr_assert_str_eq(mdm_plist_text(mdm_plist_first(pair)->next),
		cert_challenge_subject(house.a, mdm_plist_str(c, "Challenge")));
	cr_assert_null(pair->next);
}

Test(profile, mdm_payload)
{
	const struct mdm_plist *root = made("S-1"), *d = payload(root, "com.apple.mdm");
	bool b;

	expect_int(d, "AccessRights", 7231);
	expect_str(d, "Topic", HOUSE_TOPIC);
	expect_str(d, "ServerURL", HOUSE_URL "/mdm");
	expect_str(d, "CheckInURL", HOUSE_URL "/mdm");
	expect_true(d, "SignMessage");
	expect_true(d, "CheckOutWhenRemoved");
	expect_str(d, "IdentityCertificateUUID",
		mdm_plist_str(payload(root, "com.apple.security.scep"), "PayloadUUID"));
	cr_expect_eq(mdm_plist_bool(d, "UseDevelopmentAPNS", &b), ERR_NOTFOUND);
	cr_expect_null(mdm_plist_get(d, "ServerURLPinningCertificateUUIDs"));
}

Test(profile, is_one_profile_with_texts)
{
	const struct mdm_plist *root = made("S-1"), *consent = mdm_plist_dict(root, "ConsentText");

	expect_str(root, "PayloadType", "Configuration");
	expect_str(root, "PayloadIdentifier", "se.example.mdm");
	expect_str(root, "PayloadDisplayName", "Provkommunen");
	expect_int(root, "PayloadVersion", 1);
	cr_assert_null(payload(root, "com.apple.security.root"), "only where it is asked for");
	cr_assert_null(mdm_plist_get(root, "PayloadRemovalDisallowed"));
	cr_assert(strstr(mdm_plist_str(consent, "sv"), "Provkommunen"));
	cr_assert(strstr(mdm_plist_str(consent, "fi"), "Provkommunen"));
	cr_assert(strstr(mdm_plist_str(consent, "en"), "Provkommunen"));
	cr_assert_str_eq(mdm_plist_str(consent, "default"), mdm_plist_str(consent, "sv"));
}

Test(profile, identifiers_stay_and_uuids_do_not)
{
	const struct mdm_plist *one = made("S-1"), *two = made("S-1");
	static const char *const types[] = {"com.apple.security.scep", "com.apple.mdm"};

	cr_assert_str_neq(mdm_plist_str(one, "PayloadUUID"), mdm_plist_str(two, "PayloadUUID"));
	cr_assert_str_eq(
		mdm_plist_str(one, "PayloadIdentifier"), mdm_plist_str(two, "PayloadIdentifier"));
	for (size_t i = 0; i < 2; i++) {
		const struct mdm_plist *a = payload(one, types[i]), *b = payload(two, types[i]);

		cr_assert_str_eq(mdm_plist_str(a, "PayloadIdentifier"),
			mdm_plist_str(b, "PayloadIdentifier"));
		cr_assert_str_neq(mdm_plist_str(a, "PayloadUUID"), mdm_plist_str(b, "PayloadUUID"));
		cr_assert_str_neq(
			mdm_plist_str(a, "PayloadUUID"), mdm_plist_str(one, "PayloadUUID"));
	}
	cr_assert_str_neq(mdm_plist_str(mdm_plist_dict(payload(one, types[0]), "PayloadContent"),
				  "Challenge"),
		mdm_plist_str(
			mdm_plist_dict(payload(two, types[0]), "PayloadContent"), "Challenge"));
}

Test(profile, root_and_signature_where_asked_for)
{
	static const struct mdm_options o = {.trust_ca_in_profile = true, .sign_profiles = true};
	struct mdm_invitation_ask ask = {.who = &anna, .now = HOUSE_NOW, .serial = "S"};
	struct mdm_invitation i;
	struct mdm_plist *root;
	struct bytes signed_profile, inner;
	const char *url;
	const uint8_t *from, *to;

	mdm_close(house.m);
	house_mdm(&o);
	cr_assert_eq(mdm_invite(house.m, &ask, house.a, &i, &url), 0);
	cr_assert_eq(mdm_profile_make(house.m,
			     &(struct mdm_profile_ask){.invitation = i.id, .now = HOUSE_NOW},
			     house.a, &signed_profile),
		0);
	cr_assert_eq(signed_profile.p[0], 0x30, "DER");
	from = memmem(signed_profile.p, signed_profile.n, "<?xml", 5);
	to = memmem(signed_profile.p, signed_profile.n, "</plist>\n", 9);
	cr_assert(from && to);
	inner = bytes_of(from, (size_t)(to + 9 - from));
	cr_assert_eq(mdm_plist_parse(inner, NULL, house.a, &root), 0);
	cr_assert(bytes_equal(
		mdm_plist_data(payload(root, "com.apple.security.root"), "PayloadContent"),
		cert_ca_der(house.certs)));
	cr_assert_str_eq(mdm_plist_str(mdm_plist_first(mdm_plist_array(root, "PayloadContent")),
				 "PayloadType"),
		"com.apple.security.root", "first");
}

Test(profile, refusals)
{
	struct mdm_invitation_ask ask = {
		.who = &anna, .now = HOUSE_NOW, .serial = "S", .life_s = 100};
	struct mdm_invitation i;
	struct bytes xml = {NULL, 0};
	const char *url;

	cr_assert_eq(mdm_invite(house.m, &ask, house.a, &i, &url), 0);
	cr_assert_eq(mdm_profile_make(house.m,
			     &(struct mdm_profile_ask){.invitation = "none", .now = HOUSE_NOW},
			     house.a, &xml),
		ERR_NOTFOUND);
	cr_assert_eq(mdm_profile_make(house.m,
			     &(struct mdm_profile_ask){.invitation = i.id, .now = HOUSE_NOW + 100},
			     house.a, &xml),
		ERR_EXPIRED);
	cr_assert_null(xml.p);
}

static void open_without_topic(void)
{
	house_store();
	house_certs();
	house_mdm(NULL);
}

TestSuite(profile_early, .init = open_without_topic, .fini = house_close);

Test(profile_early, none_without_a_push_certificate)
{
	struct mdm_invitation_ask ask = {.who = &anna, .now = HOUSE_NOW, .serial = "S"};
	struct mdm_invitation i;
	struct bytes xml;
	const char *url;

	cr_assert_eq(mdm_invite(house.m, &ask, house.a, &i, &url), 0);
	cr_assert_eq(mdm_profile_make(house.m,
			     &(struct mdm_profile_ask){.invitation = i.id, .now = HOUSE_NOW},
			     house.a, &xml),
		ERR_CONFLICT);
}

Test(profile, renewal_keeps_the_topic_of_the_enrolment)
{
	struct mdm_enrollment e = {.udid = "U", .serial = "S", .topic = "an.older.topic"};
	struct mdm_plist *root;
	struct bytes xml;

	cr_assert_eq(mdm_profile_make(house.m,
			     &(struct mdm_profile_ask){.e = &e, .life_s = 1000, .now = HOUSE_NOW},
			     house.a, &xml),
		0);
	cr_assert_eq(mdm_plist_parse(xml, NULL, house.a, &root), 0);
	expect_str(payload(root, "com.apple.mdm"), "Topic", "an.older.topic");
	expect_str(root, "PayloadIdentifier", "se.example.mdm");
}
