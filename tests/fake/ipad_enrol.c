/* SPDX-License-Identifier: EUPL-1.2 */
/* Enrolment: the profile, its certificates, an identity, Authenticate, TokenUpdate. */
#include "tests/fake/ipad_int.h"
#include "base/text.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

static bool payload_is_cert(plist_t payload)
{
	const char *type = ipad_plist_string_or(payload, "PayloadType", "");

	return text_equal(type, "com.apple.security.root") ||
	       text_equal(type, "com.apple.security.pkcs1") ||
	       text_equal(type, "com.apple.security.pem");
}

/* A certificate payload's content is DER; some write PEM. */
static int cert_payload_der(struct arena *a, plist_t payload, struct bytes *ret)
{
	struct bytes in;
	BIO *text;
	X509 *cert;
	unsigned char *der = NULL;
	int n;

	if (ipad_plist_data(payload, "PayloadContent", &in))
		return ERR_BADINPUT;
	if (in.n > 0 && in.p[0] == 0x30) {
		*ret = in;
		return 0;
	}
	text = BIO_new_mem_buf(in.p, (int)in.n);
	cert = PEM_read_bio_X509(text, NULL, NULL, NULL);
	n = cert ? i2d_X509(cert, &der) : -1;
	if (n > 0)
		*ret = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	X509_free(cert);
	BIO_free(text);
	return n > 0 ? 0 : ERR_BADINPUT;
}

/* From here on the profile's roots are trusted for TLS. A trust shared by a fleet is copied only
 * when the profile brings something new. */
static int certs_install(struct ipad *p, struct arena *a, const struct ipad_profile *pr)
{
	plist_t list = plist_dict_get_item(pr->dict, "PayloadContent");

	for (uint32_t i = 0; i < plist_array_get_size(list); i++) {
		plist_t one = plist_array_get_item(list, i);
		struct client_trust *wider;
		struct bytes der;

		if (!payload_is_cert(one))
			continue;
		if (cert_payload_der(a, one, &der))
			return ipad_refuse(p, "certificate payload: not a certificate");
		if (client_trust_has(p->trust, der))
			continue;
		wider = client_trust_copy(p->trust);
		if (client_trust_der(wider, der)) {
			client_trust_free(wider);
			return ipad_refuse(p, "certificate payload: not a certificate");
		}
		client_trust_free(p->trust);
		p->trust = wider;
		ipad_hang_up(p);
	}
	return 0;
}

static bool capability(plist_t mdm, const char *word)
{
	plist_t list = NULL;

	if (ipad_plist_array(mdm, "ServerCapabilities", &list))
		return false;
	for (uint32_t i = 0; i < plist_array_get_size(list); i++) {
		plist_t one = plist_array_get_item(list, i);

		if (PLIST_IS_STRING(one) && text_equal(plist_get_string_ptr(one, NULL), word))
			return true;
	}
	return false;
}

static void mdm_take(struct ipad *p, const struct ipad_profile *pr)
{
	struct ipad_mdm *m = &p->mdm;

	ipad_string_set(&m->topic, ipad_plist_string_or(pr->mdm, "Topic", ""));
	ipad_string_set(&m->server_url, ipad_plist_string_or(pr->mdm, "ServerURL", ""));
	ipad_string_set(&m->checkin_url, ipad_plist_string_or(pr->mdm, "CheckInURL", NULL));
	ipad_string_set(&m->profile_identifier, pr->identifier);
	(void)!ipad_plist_int(pr->mdm, "AccessRights", &m->rights);
	m->sign = ipad_plist_is(pr->mdm, "SignMessage");
	m->check_out = ipad_plist_is(pr->mdm, "CheckOutWhenRemoved");
	m->removal_disallowed = pr->removal_disallowed && p->model.supervised;
	m->bootstrap = capability(pr->mdm, "com.apple.mdm.bootstraptoken");
	m->get_token = capability(pr->mdm, "com.apple.mdm.token");
	p->state.topic = m->topic;
	p->state.server_url = m->server_url;
	p->state.rights = m->rights;
}

static int authenticate(struct ipad *p, struct arena *a)
{
	struct ipad_reply reply;
	int err = ipad_message(p, a, true, ipad_body_authenticate(p, a), &reply);

	if (!err)
		p->counters.authenticates++;
	return err;
}

/* A server that could not take it now (5xx, no network) gets it again. */
int ipad_enrol_finish(struct ipad *p)
{
	int err;

	p->state.token_owed = true;
	err = ipad_token_update(p, true);
	if (err)
		return err;
	p->state.token_owed = false;
	p->state.enrolled = true;
	ipad_tell(p, IPAD_EV_ENROLLED, "at %s", p->mdm.server_url);
	return 0;
}

int ipad_enrol_install(struct ipad *p, struct arena *a, const struct ipad_profile *pr)
{
	int err = ipad_profile_mdm_check(p, pr);

	if (!err)
		err = certs_install(p, a, pr);
	if (!err)
		err = ipad_scep_get(p, a, pr->scep, &p->identity);
	if (!err) {
		mdm_take(p, pr);
		err = authenticate(p, a);
	}
	if (err) {
		ipad_enrolment_forget(p, NULL);
		return err;
	}
	ipad_profile_put(p, pr, true, true);
	return ipad_enrol_finish(p);
}

int ipad_enrol_profile(struct ipad *p, struct bytes profile)
{
	AUTO(arena) struct arena *a = arena_new();
	struct ipad_profile pr;
	int err;

	if (!p->state.on)
		return ERR_BUSY;
	if (p->state.enrolled || p->state.token_owed)
		return ipad_refuse(p, "profile: the iPad is managed already");
	err = ipad_profile_read(p, a, profile, &pr);
	if (!err)
		err = ipad_enrol_install(p, a, &pr);
	if (!p->o.keep_open)
		ipad_hang_up(p);
	return err;
}

static int profile_fetch(struct ipad *p, struct arena *a, const char *url, struct bytes *ret)
{
	struct ipad_request rq = {.method = "GET", .url = url};
	struct ipad_reply reply;
	int err = ipad_send(p, &rq, a, &reply);

	if (err)
		return err;
	if (reply.status != 200) {
		ipad_refuse(p, "enrolment profile: HTTP status %d", reply.status);
		return ERR_DENIED;
	}
	if (!text_equal(reply.content_type, IPAD_TYPE_PROFILE))
		return ipad_refuse(p, "enrolment profile: content type is %s",
			reply.content_type ? reply.content_type : "missing");
	*ret = reply.body;
	return 0;
}

int ipad_enrol_url(struct ipad *p, const char *url)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes profile;
	int err = profile_fetch(p, a, url, &profile);

	if (!err)
		err = ipad_enrol_profile(p, profile);
	if (p->enrol_url != url && (!err || p->state.token_owed))
		ipad_string_set(&p->enrol_url, url);
	return err;
}

int ipad_restart_setup(struct ipad *p, const char *url)
{
	if (p->state.enrolled)
		return ERR_CONFLICT;
	p->state.unenrolled = false;
	ipad_string_set(&p->enrol_url, url ? url : p->enrol_url);
	return p->enrol_url ? ipad_enrol_url(p, p->enrol_url) : ERR_NOTFOUND;
}

int ipad_remove_enrolment(struct ipad *p)
{
	if (!p->state.enrolled)
		return ERR_STRANGER;
	if (p->mdm.removal_disallowed)
		return ERR_DENIED;
	(void)!ipad_check_out(p);
	ipad_unenrol(p, "someone removed the profile");
	return 0;
}

/* --- a second profile for the same enrolment --- */

/* What may not change while the enrolment lives. */
static int replacement_check(struct ipad *p, const struct ipad_profile *pr)
{
	const char *checkin = ipad_plist_string_or(pr->mdm, "CheckInURL", NULL);
	int64_t rights = 0;

	if (!text_equal(pr->identifier, p->mdm.profile_identifier))
		return ipad_refuse(p, "MDM payload: there is an enrolment profile already");
	if (!text_equal(ipad_plist_string_or(pr->mdm, "Topic", ""), p->mdm.topic))
		return ipad_refuse(p, "MDM payload: Topic may not change");
	if (!text_equal(ipad_plist_string_or(pr->mdm, "ServerURL", ""), p->mdm.server_url))
		return ipad_refuse(p, "MDM payload: ServerURL may not change");
	if (!text_equal(checkin, p->mdm.checkin_url))
		return ipad_refuse(p, "MDM payload: CheckInURL may not change");
	(void)!ipad_plist_int(pr->mdm, "AccessRights", &rights);
	if (rights & ~p->mdm.rights)
		return ipad_refuse(p, "MDM payload: AccessRights may not grow");
	return 0;
}

/* A signed enrolment profile is only replaced by one of the same signer. */
static int signer_check(struct ipad *p, const struct ipad_profile *pr)
{
	struct ipad_installed *old = ipad_profile_find(p, pr->identifier);

	if (old && old->signer_n > 0 &&
		!bytes_equal(bytes_of(old->signer, old->signer_n), pr->signer))
		return ipad_refuse(p, "profile: the replaced one was signed by another");
	return 0;
}

int ipad_enrol_replace(struct ipad *p, struct arena *a, const struct ipad_profile *pr)
{
	struct ipad_pair fresh = {0}, old = p->identity;
	int err = ipad_profile_mdm_check(p, pr);

	if (!err)
		err = replacement_check(p, pr);
	if (!err)
		err = signer_check(p, pr);
	if (!err)
		err = certs_install(p, a, pr);
	if (!err)
		err = ipad_scep_get(p, a, pr->scep, &fresh);
	if (err)
		return err;
	p->identity = fresh;
	err = authenticate(p, a);
	if (!err)
		err = ipad_token_update(p, true);
	if (err && p->state.enrolled) {
		ipad_pair_release(&p->identity);
		p->identity = old;
		return err;
	}
	ipad_pair_release(&old);
	if (err)
		return err;
	mdm_take(p, pr);
	ipad_profile_put(p, pr, true, true);
	ipad_tell(p, IPAD_EV_RENEWED, "identity");
	return 0;
}
