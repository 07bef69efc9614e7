/* SPDX-License-Identifier: EUPL-1.2 */
/* Wireless networks: one password for all, an account for each (PEAP), or a certificate (EAP-TLS). */
#include "mdm/payload_int.h"
#include "mdm/payload_rows_int.h"

#include "base/text.h"

#define ANCHORS "anchors" /* until mdm_wifi_beside() has taken it out */
#define EAP_TLS 13
#define EAP_PEAP 25

/* A network where each signs in by name (PEAP): whom the iPad may give its password to is said by
 * the names in the server's certificate. */
static const struct mdm_field wifi_account[] = {
	NEED_TEXT("user", "UserName", 128),
	{.name = "password", .key = "UserPassword", .form = MDM_FORM_TEXT, .required = true,
		.secret = true, .max = 128},
	{.name = "servers", .key = "TLSTrustedServerNames", .form = MDM_FORM_TEXTS,
		.required = true, .max = 8},
	TEXT("outer_identity", "OuterIdentity", 128),
	END,
};
/* A network where each shows a certificate (EAP-TLS). The file and its password become a payload of
 * their own: mdm_wifi_beside(). */
static const struct mdm_field wifi_certificate[] = {
	{.name = "identity", .key = "PayloadContent", .form = MDM_FORM_DATA, .required = true,
		.secret = true, .max = 100000},
	{.name = "password", .key = "Password", .form = MDM_FORM_TEXT, .required = true,
		.secret = true, .max = 128},
	{.name = "servers", .key = "TLSTrustedServerNames", .form = MDM_FORM_TEXTS,
		.required = true, .max = 8},
	TEXT("outer_identity", "OuterIdentity", 128),
	END,
};
const struct mdm_field mdm_wifi_fields[] = {
	NEED_TEXT("ssid", "SSID_STR", 32),
	WORD("security", "EncryptionType", "WPA2 WPA3 WPA WEP Any None"),
	SECRET("password", "Password", 63),
	DICT("account", "EAPClientConfiguration", wifi_account),
	DICT("certificate", "EAPClientConfiguration", wifi_certificate),
	{.name = "anchors", .key = ANCHORS, .form = MDM_FORM_DATA, .max = 100000},
	TEXT("proxy", "ProxyServer", 255),
	INT("proxy_port", "ProxyServerPort", 1, 65535),
	URL("proxy_pac", "ProxyPACURL"),
	BOOL("hidden", "HIDDEN_NETWORK"),
	BOOL("auto_join", "AutoJoin"),
	BOOL("captive_bypass", "CaptiveBypass"),
	BOOL("fixed_mac", "DisableAssociationMACRandomization"),
	END,
};

static bool password_fits(const char *security, const char *password, bool account)
{
	size_t n = password ? strlen(password) : 0;

	if (account)
		return n == 0 && !text_equal(security, "None") && !text_equal(security, "WEP");
	if (text_equal(security, "None"))
		return n == 0;
	return n >= 8 || (n > 0 && text_equal(security, "WEP"));
}

/* By a server and its port, or by a file that says which; not by both. */
static int proxy_finish(const struct mdm_build *b, struct mdm_plist *d)
{
	bool server = mdm_plist_get(d, "ProxyServer"), port = mdm_plist_get(d, "ProxyServerPort"),
	     pac = mdm_plist_get(d, "ProxyPACURL");

	if (server != port || (server && pac))
		return refuse(b->r, &mdm_say_wifi_proxy, NULL, NULL, NULL);
	if (server || pac)
		mdm_plist_set_str(d, "ProxyType", pac ? "Auto" : "Manual");
	return 0;
}

static struct mdm_plist *eap_of(const struct mdm_plist *d)
{
	return (struct mdm_plist *)(uintptr_t)mdm_plist_dict(d, "EAPClientConfiguration");
}

int mdm_wifi_finish(const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	const char *security = mdm_plist_str(d, "EncryptionType");
	bool both = doc_has(spec, "account") && doc_has(spec, "certificate");
	struct mdm_plist *eap = eap_of(d);

	if (!security)
		mdm_plist_set_str(d, "EncryptionType", "WPA2");
	if (both || !password_fits(security, mdm_plist_str(d, "Password"), eap != NULL))
		return refuse(b->r, &mdm_say_wifi_password, NULL, NULL, NULL);
	if (eap && !mdm_plist_first(mdm_plist_array(eap, "TLSTrustedServerNames")))
		return refuse(b->r, &mdm_say_field_missing, "servers", "wifi", NULL);
	if (eap)
		mdm_plist_add_int(mdm_plist_set_array(eap, "AcceptEAPTypes"),
			doc_has(spec, "certificate") ? EAP_TLS : EAP_PEAP);
	return proxy_finish(b, d);
}

/* --- certificates, each a payload of its own --- */

/* Out of the dictionary; NULL: it is not there. */
static struct mdm_plist *member_take(struct mdm_plist *d, const char *key)
{
	struct mdm_plist *before = NULL, *p = d ? d->v.in.first : NULL;

	while (p && !text_equal(p->key, key)) {
		before = p;
		p = p->next;
	}
	if (!p)
		return NULL;
	if (before)
		before->next = p->next;
	else
		d->v.in.first = p->next;
	if (d->v.in.last == p)
		d->v.in.last = before;
	d->v.in.n--;
	p->next = NULL;
	return p;
}

/* The network points at the identity, which holds what was typed with it. */
static void identity_beside(const struct mdm_beside *side, struct mdm_plist *d)
{
	struct mdm_plist *file = member_take(eap_of(d), "PayloadContent");
	struct mdm_plist *password = member_take(eap_of(d), "Password"), *payload;

	if (!file)
		return;
	payload = mdm_plist_new(side->b->a, MDM_PLIST_DICT);
	mdm_plist_set_data(payload, "PayloadContent", file->v.data);
	mdm_plist_set_str(payload, "Password", mdm_plist_text(password));
	mdm_plist_set_str(d, "PayloadCertificateUUID",
		mdm_payload_beside(side, "com.apple.security.pkcs12", "identity", payload));
}

int mdm_wifi_beside(const struct mdm_beside *side, struct mdm_plist *d)
{
	struct mdm_plist *file = member_take(d, ANCHORS), *eap = eap_of(d), *uuids;
	struct cert_anchor *anchors;
	size_t n;

	identity_beside(side, d);
	if (!file)
		return 0;
	if (!eap)
		return refuse(side->b->r, &mdm_say_wifi_anchors_alone, NULL, NULL, NULL);
	if (cert_anchors_parse(file->v.data, side->b->a, &anchors, &n) != 0)
		return refuse(side->b->r, &mdm_say_wifi_anchors, NULL, NULL, NULL);
	uuids = mdm_plist_set_array(eap, "PayloadCertificateAnchorUUID");
	for (size_t i = 0; i < n; i++) {
		struct mdm_plist *payload = mdm_plist_new(side->b->a, MDM_PLIST_DICT);

		mdm_plist_set_data(payload, "PayloadContent", anchors[i].der);
		mdm_plist_add_str(uuids,
			mdm_payload_beside(side,
				anchors[i].self ? "com.apple.security.root"
						: "com.apple.security.pkcs1",
				arena_printf(side->b->a, "anchor.%zu", i), payload));
	}
	return 0;
}

/* --- before it is taken in --- */

static int opened(int err, int64_t not_after, int64_t now, struct refusal *r)
{
	if (err == ERR_DENIED)
		return refuse(r, &mdm_say_wifi_p12_password, NULL, NULL, NULL);
	if (err == ERR_NOTFOUND)
		return refuse(r, &mdm_say_wifi_p12_key, NULL, NULL, NULL);
	if (err)
		return refuse(r, &mdm_say_wifi_p12, NULL, NULL, NULL);
	return not_after > now ? 0 : refuse(r, &mdm_say_wifi_p12_ended, NULL, NULL, NULL);
}

int mdm_wifi_vet(struct certs *c, struct arena *a, const struct doc *spec, int64_t now,
	struct refusal *r)
{
	const struct doc *x = doc_object(spec, "certificate");
	const char *file = doc_str(x, "identity"), *password = doc_str(x, "password");
	int64_t not_after = 0;
	struct bytes der;
	int err;

	if (!text_equal(doc_str(spec, "type"), "wifi") || !file || !password ||
		text_parse_base64(a, bytes_of_str(file), &der) != 0)
		return 0; /* what is missing or no Base64 is said when it is built */
	err = cert_p12_open(c, der, password, &not_after);
	return opened(err, not_after, now, r);
}
