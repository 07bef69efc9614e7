/* SPDX-License-Identifier: EUPL-1.2 */
/* The enrolment profile: our CA where TLS needs it, SCEP for the identity, and the MDM payload. */
#include "mdm/ade_int.h"
#include "mdm/moving_int.h"

#include "base/random.h"

#define KEY_BITS 2048
#define KEY_USAGE 5 /* 1 signs, 4 encrypts */
#define RETRIES 3
#define RETRY_DELAY_S 10
#define PROFILE_BYTES_MOST (64 << 10)
#define SECRET_BYTES 24
#define LIFE_S 3600

/* What the person who installs it reads and agrees to. */
static const struct say consent = {"profile.consent",
	{"Den här iPaden hanteras av {0}. Vi kan installera inställningar, låsa eller radera den "
	 "och "
	 "söka efter den om den anmäls borttappad. Vi kan inte se vilka appar du har, vad du gör "
	 "med "
	 "dem eller vad du skriver.",
		"Tätä iPadia hallinnoi {0}. Voimme asentaa asetuksia, lukita tai tyhjentää sen ja "
		"etsiä sitä, jos se ilmoitetaan kadonneeksi. Emme näe, mitä appeja sinulla on, "
		"mitä "
		"teet niillä tai mitä kirjoitat.",
		"This iPad is managed by {0}. We can install settings, lock or erase it, and look "
		"for it when it is reported lost. We cannot see which apps you have, what you do "
		"with them or what you write."}};
static const struct say about = {"profile.about",
	{"Hantering av iPads: {0}", "iPadien hallinta: {0}", "iPad management: {0}"}};

static const char *say_text(struct arena *a, const struct say *s, enum say_lang l, const char *arg)
{
	struct refusal r = {.say = s, .arg = {arg}};

	return refusal_text(a, l, &r);
}

/* What every payload carries. `tail` tells payloads of one profile apart. */
static void payload_fill(struct mdm_plist *d, const struct mdm_profile *p, const char *type,
	const char *tail, const char *uuid)
{
	mdm_plist_set_str(d, "PayloadType", type);
	mdm_plist_set_int(d, "PayloadVersion", 1);
	mdm_plist_set_str(
		d, "PayloadIdentifier", arena_printf(d->arena, "%s%s", p->identifier, tail));
	mdm_plist_set_str(d, "PayloadUUID", uuid);
	mdm_plist_set_str(d, "PayloadOrganization", p->organisation);
}

static void add_root(struct mdm_plist *payloads, const struct mdm_profile *p)
{
	struct mdm_plist *d;
	char uuid[UUID_TEXT];

	if (p->ca_der.n == 0)
		return;
	d = mdm_plist_add_dict(payloads);
	payload_fill(d, p, "com.apple.security.root", ".ca", random_uuid(uuid));
	mdm_plist_set_str(d, "PayloadDisplayName", "CA");
	mdm_plist_set_data(d, "PayloadContent", p->ca_der);
}

/* One inner array a relative distinguished name: [[["CN", "…"]]]. */
static void add_subject(struct mdm_plist *content, const char *common_name)
{
	struct mdm_plist *rdn = mdm_plist_add_array(mdm_plist_set_array(content, "Subject"));
	struct mdm_plist *pair = mdm_plist_add_array(rdn);

	mdm_plist_add_str(pair, "CN");
	mdm_plist_add_str(pair, common_name);
}

static void add_scep(struct mdm_plist *payloads, const struct mdm_profile *p, const char *uuid)
{
	struct mdm_plist *d = mdm_plist_add_dict(payloads), *content;

	payload_fill(d, p, "com.apple.security.scep", ".scep", uuid);
	mdm_plist_set_str(d, "PayloadDisplayName", "SCEP");
	content = mdm_plist_set_dict(d, "PayloadContent");
	mdm_plist_set_str(content, "URL", arena_printf(d->arena, "%s/scep", p->device_url));
	mdm_plist_set_str(content, "Name", "hylla");
	add_subject(content, p->subject);
	mdm_plist_set_str(content, "Challenge", p->challenge);
	mdm_plist_set_int(content, "Keysize", KEY_BITS);
	mdm_plist_set_str(content, "Key Type", "RSA");
	mdm_plist_set_int(content, "Key Usage", KEY_USAGE);
	mdm_plist_set_int(content, "Retries", RETRIES);
	mdm_plist_set_int(content, "RetryDelay", RETRY_DELAY_S);
	mdm_plist_set_data(content, "CAFingerprint", p->ca_fingerprint);
}

/* URLs, topic and rights hold for as long as the iPad is enrolled: rights may never grow. */
static void add_mdm(struct mdm_plist *payloads, const struct mdm_profile *p, const char *scep_uuid)
{
	struct mdm_plist *d = mdm_plist_add_dict(payloads);
	const char *url = arena_printf(d->arena, "%s/mdm", p->device_url);
	char uuid[UUID_TEXT];

	payload_fill(d, p, "com.apple.mdm", ".mdm", random_uuid(uuid));
	mdm_plist_set_str(d, "PayloadDisplayName", "MDM");
	mdm_plist_set_str(d, "IdentityCertificateUUID", scep_uuid);
	mdm_plist_set_str(d, "Topic", p->topic);
	mdm_plist_set_str(d, "ServerURL", p->server_url ? p->server_url : url);
	if (p->checkin_url || !p->server_url)
		mdm_plist_set_str(d, "CheckInURL", p->checkin_url ? p->checkin_url : url);
	mdm_plist_set_int(d, "AccessRights", p->rights ? p->rights : MDM_RIGHTS);
	mdm_plist_set_bool(d, "SignMessage", true);
	mdm_plist_set_bool(d, "CheckOutWhenRemoved", true);
	mdm_plist_add_str(
		mdm_plist_set_array(d, "ServerCapabilities"), "com.apple.mdm.bootstraptoken");
}

static void add_consent(struct mdm_plist *root, const struct mdm_profile *p)
{
	struct mdm_plist *d = mdm_plist_set_dict(root, "ConsentText");

	for (int l = 0; l < SAY_LANGS; l++)
		mdm_plist_set_str(d, say_lang_name((enum say_lang)l),
			say_text(root->arena, &consent, (enum say_lang)l, p->organisation));
	mdm_plist_set_str(d, "default", say_text(root->arena, &consent, SAY_SV, p->organisation));
}

static int profile_format(const struct mdm_profile *p, struct arena *a, struct bytes *ret)
{
	struct mdm_plist *root = mdm_plist_new(a, MDM_PLIST_DICT), *payloads;
	char uuid[UUID_TEXT], scep_uuid[UUID_TEXT];

	random_uuid(scep_uuid);
	payload_fill(root, p, "Configuration", "", random_uuid(uuid));
	mdm_plist_set_str(root, "PayloadDisplayName", p->organisation);
	mdm_plist_set_str(root, "PayloadDescription", say_text(a, &about, SAY_SV, p->organisation));
	add_consent(root, p);
	payloads = mdm_plist_set_array(root, "PayloadContent");
	add_root(payloads, p);
	add_scep(payloads, p, scep_uuid);
	add_mdm(payloads, p, scep_uuid);
	return mdm_plist_format_in(root, PROFILE_BYTES_MOST, a, ret);
}

/* --- with a fresh challenge --- */

struct making {
	struct mdm *m;
	struct mdm_profile_ask ask;
	struct arena *a;
	uint8_t secret[SECRET_BYTES];
	const char *word, *topic;
	struct mdm_moved moved; /* of one that moved in; no UDID: it did not */
};

static int making_topic(struct store_txn *txn, struct making *k)
{
	struct cert_push push;
	int err = cert_push_get(k->m->certs, txn, k->a, false, &push);

	if (err == ERR_NOTFOUND) /* an iPad enrolled without a topic could never be woken */
		return ERR_CONFLICT;
	k->topic = push.topic;
	return err;
}

static int making_invited(struct store_txn *txn, struct making *k, struct cert_challenge_ask *ask)
{
	struct mdm_invitation inv;
	int err = mdm_invitation_get(txn, k->a, k->ask.invitation, &inv);

	if (err == 0)
		err = mdm_invitation_usable(&inv, k->ask.now);
	if (err != 0)
		return err;
	ask->invitation = inv.id;
	ask->device_serial = inv.serial;
	return making_topic(txn, k);
}

static int making_in(struct store_txn *txn, void *arg)
{
	struct making *k = arg;
	struct cert_challenge_ask ask = {.expires_at = k->ask.now + k->ask.life_s};
	int err = 0;

	if (k->ask.e) {
		ask.udid = k->ask.again ? NULL : k->ask.e->udid;
		ask.device_serial = k->ask.e->serial;
		k->topic = k->ask.e->topic;
		if (!k->ask.again)
			err = mdm_moved_get(txn, k->a, k->ask.e->udid, &k->moved);
		err = err == ERR_NOTFOUND ? 0 : err;
	} else if (k->ask.assigned) {
		ask.invitation = MDM_ADE_INVITATION;
		ask.device_serial = k->ask.assigned;
		err = making_topic(txn, k);
	} else {
		err = making_invited(txn, k, &ask);
	}
	return err != 0 ? err
			: cert_challenge_add(txn, k->a, &ask, k->secret, k->ask.now, &k->word);
}

/* What the enrolment had from the other server stays; rights may only shrink. */
static void moved_fill(const struct making *k, struct mdm_profile *p)
{
	if (!k->moved.udid)
		return;
	p->identifier = k->moved.profile_id;
	p->server_url = k->moved.server_url;
	p->checkin_url = k->moved.checkin_url;
	p->rights = k->moved.rights & MDM_RIGHTS;
}

static int making_run(struct making *k, struct bytes *ret)
{
	struct mdm *m = k->m;
	struct mdm_profile p = {
		.organisation = m->o->organisation,
		.identifier = m->o->profile_id,
		.device_url = m->o->device_url,
	};
	uint8_t sha1[20];
	struct bytes plain;
	int err;

	random_bytes(k->secret, sizeof(k->secret));
	err = store_write(m->st, making_in, k);
	mem_wipe(k->secret, sizeof(k->secret));
	if (err != 0)
		return err;
	p.challenge = k->word;
	p.subject = cert_challenge_subject(k->a, k->word);
	p.topic = k->topic;
	moved_fill(k, &p);
	cert_ca_sha1(m->certs, sha1);
	p.ca_fingerprint = bytes_of(sha1, sizeof(sha1));
	if (m->o->trust_ca_in_profile)
		p.ca_der = cert_ca_der(m->certs);
	err = profile_format(&p, k->a, &plain);
	if (err != 0)
		return err;
	/* one that was not signed is replaced by one that is not */
	if (m->o->sign_profiles && !k->moved.udid)
		return cert_cms_sign(m->certs, plain, k->a, ret);
	*ret = plain;
	return 0;
}

int mdm_profile_make(
	struct mdm *m, const struct mdm_profile_ask *ask, struct arena *a, struct bytes *ret)
{
	struct making k = {.m = m, .ask = *ask, .a = a};

	if (!k.ask.life_s)
		k.ask.life_s = m->o->challenge_life_s ? m->o->challenge_life_s : LIFE_S;
	return making_run(&k, ret);
}
