/* SPDX-License-Identifier: EUPL-1.2 */
/* Commands about profiles and certificates. */
#include "tests/fake/ipad_answer_int.h"
#include "base/text.h"

#include <openssl/x509.h>

/* The enrolment's own profile again is a renewal; another MDM payload has no place here. */
void answer_install_profile(struct answer *an)
{
	struct ipad *p = an->p;
	struct ipad_profile pr;
	struct bytes payload;
	int err;

	if (ipad_plist_data(an->command, "Payload", &payload)) {
		answer_format_error(an);
		return;
	}
	if (ipad_profile_read(p, an->a, payload, &pr)) {
		answer_error(an, DOMAIN_PROFILE, ERROR_PROFILE_MALFORMED, "%s", p->why);
		return;
	}
	if (!pr.mdm && text_equal(pr.identifier, p->mdm.profile_identifier)) {
		answer_error(an, DOMAIN_MDM, ERROR_REPLACEMENT,
			"The enrolment profile can only be replaced by an enrolment profile.");
		return;
	}
	if (!pr.mdm) {
		ipad_profile_put(p, &pr, true, false);
		return;
	}
	err = ipad_enrol_replace(p, an->a, &pr);
	if (err)
		answer_error(an, DOMAIN_INSTALL, ERROR_INSTALL,
			"The profile could not be installed: %s", p->why);
}

void answer_remove_profile(struct answer *an)
{
	struct ipad *p = an->p;
	const char *identifier;
	struct ipad_installed *one;

	if (ipad_plist_string(an->command, "Identifier", &identifier)) {
		answer_format_error(an);
		return;
	}
	one = ipad_profile_find(p, identifier);
	/* On a supervised iPad the server may remove what people installed. */
	if (!one || (!one->managed && !p->model.supervised)) {
		answer_error(an, DOMAIN_MDM, ERROR_NOT_MANAGED,
			"The profile “%s” is not managed by MDM.", identifier);
		return;
	}
	if (one->enrolment)
		p->after = AFTER_UNENROL;
	else
		ipad_profile_drop(p, one);
}

static void string_carry(plist_t from, plist_t to, const char *key)
{
	ipad_plist_set_string(to, key, ipad_plist_string_or(from, key, NULL));
}

static plist_t payload_summary(plist_t payload)
{
	plist_t s = plist_new_dict();

	string_carry(payload, s, "PayloadType");
	string_carry(payload, s, "PayloadIdentifier");
	string_carry(payload, s, "PayloadUUID");
	string_carry(payload, s, "PayloadDisplayName");
	string_carry(payload, s, "PayloadDescription");
	string_carry(payload, s, "PayloadOrganization");
	ipad_plist_set_int(s, "PayloadVersion", 1);
	return s;
}

static plist_t profile_summary(const struct ipad *p, const struct ipad_installed *one, plist_t dict)
{
	plist_t s = payload_summary(dict), list = NULL, out = plist_new_array();

	plist_dict_remove_item(s, "PayloadType");
	ipad_plist_set_bool(s, "HasRemovalPasscode", false);
	ipad_plist_set_bool(s, "IsEncrypted", false);
	ipad_plist_set_bool(
		s, "PayloadRemovalDisallowed", ipad_plist_is(dict, "PayloadRemovalDisallowed"));
	if (!p->model.supervised)
		ipad_plist_set_bool(s, "IsManaged", one->managed);
	if (one->signer_n > 0) {
		plist_t signers = plist_new_array();

		plist_array_append_item(
			signers, plist_new_data((const char *)one->signer, one->signer_n));
		plist_dict_set_item(s, "SignerCertificates", signers);
	}
	if (ipad_plist_array(dict, "PayloadContent", &list) == 0)
		for (uint32_t i = 0; i < plist_array_get_size(list); i++)
			plist_array_append_item(
				out, payload_summary(plist_array_get_item(list, i)));
	plist_dict_set_item(s, "PayloadContent", out);
	return s;
}

void answer_profile_list(struct answer *an)
{
	bool managed_only = ipad_plist_is(an->command, "ManagedOnly");
	plist_t list = plist_new_array();

	for (struct ipad_installed *one = an->p->installed; one; one = one->next) {
		plist_t dict;

		if (managed_only && !one->managed)
			continue;
		if (ipad_plist_parse(an->a, bytes_of(one->plain, one->plain_n), &dict) == 0)
			plist_array_append_item(list, profile_summary(an->p, one, dict));
	}
	plist_dict_set_item(an->result, "ProfileList", list);
}

static void certificate_append(plist_t list, X509 *cert, bool identity)
{
	plist_t one = plist_new_dict();
	unsigned char *der = NULL;
	char name[128] = "";
	int n = i2d_X509(cert, &der);

	X509_NAME_get_text_by_NID(X509_get_subject_name(cert), NID_commonName, name, sizeof(name));
	ipad_plist_set_string(one, "CommonName", name);
	ipad_plist_set_data(one, "Data", bytes_of(der, n > 0 ? (size_t)n : 0));
	ipad_plist_set_bool(one, "IsIdentity", identity);
	plist_array_append_item(list, one);
	OPENSSL_free(der);
}

static void profile_certificates(struct answer *an, const struct ipad_installed *one, plist_t to)
{
	plist_t dict, list = NULL;

	if (ipad_plist_parse(an->a, bytes_of(one->plain, one->plain_n), &dict) ||
		ipad_plist_array(dict, "PayloadContent", &list))
		return;
	for (uint32_t i = 0; i < plist_array_get_size(list); i++) {
		plist_t payload = plist_array_get_item(list, i);
		struct bytes der;
		const uint8_t *p;
		X509 *cert;

		if (ipad_plist_data(payload, "PayloadContent", &der))
			continue;
		p = der.p;
		cert = d2i_X509(NULL, &p, (long)der.n);
		if (cert)
			certificate_append(to, cert, false);
		X509_free(cert);
	}
}

void answer_certificate_list(struct answer *an)
{
	plist_t list = plist_new_array();

	for (struct ipad_installed *one = an->p->installed; one; one = one->next)
		profile_certificates(an, one, list);
	if (an->p->identity.cert)
		certificate_append(list, an->p->identity.cert, true);
	plist_dict_set_item(an->result, "CertificateList", list);
}
