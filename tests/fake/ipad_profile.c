/* SPDX-License-Identifier: EUPL-1.2 */
/* Configuration profiles: opened, checked as an iPad checks them, kept. */
#include "tests/fake/ipad_int.h"
#include "base/text.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>

static struct bytes cert_der(struct arena *a, X509 *cert)
{
	unsigned char *der = NULL;
	int n = i2d_X509(cert, &der);
	struct bytes out = bytes_of(NULL, 0);

	if (n > 0)
		out = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return out;
}

/* The signature must hold; who signed is shown to the person, not decided here. */
static int envelope_open(struct ipad *p, struct arena *a, struct bytes in, struct ipad_profile *pr)
{
	const uint8_t *at = in.p;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)in.n);
	BIO *out = BIO_new(BIO_s_mem());
	STACK_OF(X509) *signers = NULL;
	int err = 0;

	if (!cms || at != in.p + in.n || OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed)
		err = ipad_refuse(p, "profile: neither a property list nor a signed one");
	else if (CMS_verify(cms, NULL, NULL, NULL, out, CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) !=
		 1)
		err = ipad_refuse(p, "profile: its signature does not hold");
	if (!err) {
		char *text;
		long n = BIO_get_mem_data(out, &text);

		pr->plain = arena_bytes(a, bytes_of(text, (size_t)n));
		pr->is_signed = true;
		signers = CMS_get0_signers(cms);
		if (sk_X509_num(signers) > 0)
			pr->signer = cert_der(a, sk_X509_value(signers, 0));
	}
	sk_X509_free(signers);
	BIO_free(out);
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return err;
}

/* What every payload and the profile itself must have. */
static int common_check(struct ipad *p, plist_t dict, const char *what)
{
	static const char *const strings[] = {"PayloadType", "PayloadIdentifier", "PayloadUUID"};
	int64_t version;

	for (unsigned i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
		const char *s;

		if (ipad_plist_string(dict, strings[i], &s) || text_empty(s))
			return ipad_refuse(p, "%s: no %s", what, strings[i]);
	}
	if (ipad_plist_int(dict, "PayloadVersion", &version) || version != 1)
		return ipad_refuse(p, "%s: PayloadVersion is not 1", what);
	return 0;
}

/* Payloads of interest here: what they must have, and whether they need supervision. */
static const struct {
	const char *type;
	bool supervised;
	struct {
		const char *key;
		plist_type type;
	} need[3];
} payload_rules[] = {
	{"com.apple.app.lock", true, {{"App", PLIST_DICT}}},
	{"com.apple.homescreenlayout", true, {{"Pages", PLIST_ARRAY}}},
	{"com.apple.notificationsettings", true, {{"NotificationSettings", PLIST_ARRAY}}},
	{"com.apple.proxy.http.global", true, {{NULL}}},
	{"com.apple.shareddeviceconfiguration", true, {{NULL}}},
	{"com.apple.security.pem", false, {{"PayloadContent", PLIST_DATA}}},
	{"com.apple.security.pkcs1", false, {{"PayloadContent", PLIST_DATA}}},
	{"com.apple.security.pkcs12", false, {{"PayloadContent", PLIST_DATA}}},
	{"com.apple.security.root", false, {{"PayloadContent", PLIST_DATA}}},
	{"com.apple.security.scep", false, {{"PayloadContent", PLIST_DICT}}},
	{"com.apple.webClip.managed", false, {{"URL", PLIST_STRING}, {"Label", PLIST_STRING}}},
	{"com.apple.mdm", false,
		{{"IdentityCertificateUUID", PLIST_STRING}, {"Topic", PLIST_STRING},
			{"ServerURL", PLIST_STRING}}},
};

static int payload_check(struct ipad *p, plist_t payload)
{
	const char *type;
	int err = common_check(p, payload, "payload");

	if (err)
		return err;
	type = ipad_plist_string_or(payload, "PayloadType", "");
	for (unsigned i = 0; i < sizeof(payload_rules) / sizeof(payload_rules[0]); i++) {
		if (!text_equal(payload_rules[i].type, type))
			continue;
		if (payload_rules[i].supervised && !p->model.supervised)
			return ipad_refuse(p, "%s: needs a supervised iPad", type);
		for (unsigned j = 0; j < 3 && payload_rules[i].need[j].key; j++) {
			const char *key = payload_rules[i].need[j].key;
			plist_t item = plist_dict_get_item(payload, key);

			if (!item || plist_get_node_type(item) != payload_rules[i].need[j].type)
				return ipad_refuse(p, "%s: no %s", type, key);
		}
	}
	return 0;
}

/* UUIDs and identifiers must be unique within a profile. */
static int unique_check(struct ipad *p, plist_t list, uint32_t i)
{
	static const char *const keys[] = {"PayloadUUID", "PayloadIdentifier"};
	plist_t one = plist_array_get_item(list, i);

	for (uint32_t j = 0; j < i; j++) {
		plist_t other = plist_array_get_item(list, j);

		for (unsigned k = 0; k < 2; k++)
			if (text_equal(ipad_plist_string_or(one, keys[k], ""),
				    ipad_plist_string_or(other, keys[k], "")))
				return ipad_refuse(
					p, "profile: two payloads have the same %s", keys[k]);
	}
	return 0;
}

static plist_t payload_by_uuid(plist_t list, const char *uuid)
{
	for (uint32_t i = 0; i < plist_array_get_size(list); i++) {
		plist_t one = plist_array_get_item(list, i);

		if (text_equal(ipad_plist_string_or(one, "PayloadUUID", ""), uuid))
			return one;
	}
	return NULL;
}

static int payloads_check(struct ipad *p, struct ipad_profile *pr)
{
	plist_t list = NULL;
	const char *identity;

	if (ipad_plist_array(pr->dict, "PayloadContent", &list) || plist_array_get_size(list) == 0)
		return ipad_refuse(p, "profile: no PayloadContent");
	for (uint32_t i = 0; i < plist_array_get_size(list); i++) {
		plist_t one = plist_array_get_item(list, i);
		int err = payload_check(p, one);

		if (!err)
			err = unique_check(p, list, i);
		if (err)
			return err;
		if (!text_equal(ipad_plist_string_or(one, "PayloadType", ""), "com.apple.mdm"))
			continue;
		if (pr->mdm)
			return ipad_refuse(p, "profile: more than one MDM payload");
		pr->mdm = one;
	}
	identity = ipad_plist_string_or(pr->mdm, "IdentityCertificateUUID", "");
	pr->scep = pr->mdm ? payload_by_uuid(list, identity) : NULL;
	return 0;
}

int ipad_profile_read(struct ipad *p, struct arena *a, struct bytes in, struct ipad_profile *ret)
{
	struct ipad_profile pr = {.plain = in};
	int err = 0;

	if (in.n > 0 && in.p[0] == 0x30)
		err = envelope_open(p, a, in, &pr);
	if (err)
		return err;
	if (ipad_plist_parse(a, pr.plain, &pr.dict))
		return ipad_refuse(p, "profile: not a property list");
	err = common_check(p, pr.dict, "profile");
	if (!err && !text_equal(ipad_plist_string_or(pr.dict, "PayloadType", ""), "Configuration"))
		err = ipad_refuse(p, "profile: PayloadType is not Configuration");
	if (!err)
		err = payloads_check(p, &pr);
	if (err)
		return err;
	pr.identifier = ipad_plist_string_or(pr.dict, "PayloadIdentifier", "");
	pr.uuid = ipad_plist_string_or(pr.dict, "PayloadUUID", "");
	pr.name = ipad_plist_string_or(pr.dict, "PayloadDisplayName", NULL);
	pr.organisation = ipad_plist_string_or(pr.dict, "PayloadOrganization", NULL);
	pr.description = ipad_plist_string_or(pr.dict, "PayloadDescription", NULL);
	pr.removal_disallowed = ipad_plist_is(pr.dict, "PayloadRemovalDisallowed");
	*ret = pr;
	return 0;
}

static bool url_ok(const struct ipad *p, const char *url)
{
	return text_starts(url, "https://") || (p->o.plain_ok && text_starts(url, "http://"));
}

int ipad_profile_mdm_check(struct ipad *p, const struct ipad_profile *pr)
{
	const char *checkin = NULL;
	int64_t rights = 0;

	if (!pr->mdm)
		return ipad_refuse(p, "profile: no MDM payload");
	if (!text_starts(ipad_plist_string_or(pr->mdm, "Topic", ""), "com.apple.mgmt."))
		return ipad_refuse(p, "MDM payload: Topic does not begin with com.apple.mgmt.");
	if (!url_ok(p, ipad_plist_string_or(pr->mdm, "ServerURL", "")))
		return ipad_refuse(p, "MDM payload: ServerURL is not https");
	if (ipad_plist_string(pr->mdm, "CheckInURL", &checkin) == ERR_BADINPUT ||
		(checkin && !url_ok(p, checkin)))
		return ipad_refuse(p, "MDM payload: CheckInURL is not https");
	if (ipad_plist_int(pr->mdm, "AccessRights", &rights) || rights <= 0 || rights > RIGHT_ALL)
		return ipad_refuse(p, "MDM payload: AccessRights is not 1 to 8191");
	if ((rights & RIGHT_PROFILE) && !(rights & RIGHT_PROFILE_LIST))
		return ipad_refuse(p, "MDM payload: AccessRights has 2 without 1");
	if ((rights & RIGHT_PROVISION) && !(rights & RIGHT_PROVISION_LIST))
		return ipad_refuse(p, "MDM payload: AccessRights has 128 without 64");
	if (!text_equal(
		    ipad_plist_string_or(pr->scep, "PayloadType", ""), "com.apple.security.scep"))
		return ipad_refuse(p, "MDM payload: IdentityCertificateUUID names no SCEP payload");
	return 0;
}

/* --- what is installed --- */

struct ipad_installed *ipad_profile_find(struct ipad *p, const char *identifier)
{
	struct ipad_installed *one = p->installed;

	while (one && !text_equal(one->identifier, identifier))
		one = one->next;
	return one;
}

static const char *text_find(
	const struct ipad_installed *one, struct arena *a, const char *type, const char *key)
{
	plist_t root, list;

	if (ipad_plist_parse(a, bytes_of(one->plain, one->plain_n), &root) != 0)
		return NULL;
	list = plist_dict_get_item(root, "PayloadContent");
	for (uint32_t i = 0; list && i < plist_array_get_size(list); i++) {
		plist_t payload = plist_array_get_item(list, i);

		if (text_equal(ipad_plist_string_or(payload, "PayloadType", ""), type))
			return ipad_plist_string_or(payload, key, NULL);
	}
	return NULL;
}

const char *ipad_payload_text(
	const struct ipad *p, struct arena *a, const char *type, const char *key)
{
	const char *ret = NULL;

	for (const struct ipad_installed *one = p->installed; one && !ret; one = one->next)
		ret = text_find(one, a, type, key);
	return ret;
}

const char *ipad_web_clip(const struct ipad *p, struct arena *a)
{
	return ipad_payload_text(p, a, "com.apple.webClip.managed", "URL");
}

void ipad_profile_drop(struct ipad *p, struct ipad_installed *one)
{
	struct ipad_installed **at = &p->installed;

	while (*at && *at != one)
		at = &(*at)->next;
	if (*at)
		*at = one->next;
	free(one->identifier);
	free(one->plain);
	free(one->signer);
	free(one);
	p->state.profiles--;
}

static uint8_t *copied(struct bytes b)
{
	uint8_t *to = b.n > 0 ? mem_alloc(b.n) : NULL;

	if (b.n > 0)
		memcpy(to, b.p, b.n);
	return to;
}

void ipad_profile_put(struct ipad *p, const struct ipad_profile *pr, bool managed, bool enrolment)
{
	struct ipad_installed *old = ipad_profile_find(p, pr->identifier);
	struct ipad_installed *one = mem_zalloc(sizeof(*one)), **end = &p->installed;

	if (old)
		ipad_profile_drop(p, old);
	one->identifier = mem_strdup(pr->identifier);
	one->plain = copied(pr->plain);
	one->plain_n = pr->plain.n;
	one->signer = copied(pr->signer);
	one->signer_n = pr->signer.n;
	one->managed = managed;
	one->enrolment = enrolment;
	while (*end)
		end = &(*end)->next;
	*end = one;
	p->state.profiles++;
}

int ipad_profile_by_hand(struct ipad *p, struct bytes profile)
{
	AUTO(arena) struct arena *a = arena_new();
	struct ipad_profile pr;
	int err = ipad_profile_read(p, a, profile, &pr);

	if (!err && pr.mdm)
		return ipad_enrol_profile(p, profile);
	if (!err)
		ipad_profile_put(p, &pr, false, false);
	return err;
}
