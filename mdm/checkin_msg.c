/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/mdm_int.h"

#include "base/text.h"

#define CHECKIN_BYTES_MOST 65536 /* but for reports of declarative management */
#define TOKEN_BYTES_MOST 16384   /* UnlockToken and BootstrapToken: 1 to 2 kB in the wild */

#define CHECKIN(key_, kind_, required_, most_, member_) \
	MDM_PLIST_FIELD(key_, kind_, required_, most_, struct mdm_checkin, member_)
#define UDID CHECKIN("UDID", STRING, true, MDM_UDID_MAX, udid)
#define TOPIC CHECKIN("Topic", STRING, true, MDM_TEXT_MAX, topic)

static const struct mdm_plist_field authenticate[] = {
	UDID,
	TOPIC,
	/* right 16 is among ours, so an iPad always tells it */
	CHECKIN("SerialNumber", STRING, true, MDM_SERIAL_MAX, serial),
	CHECKIN("OSVersion", STRING, false, MDM_TEXT_MAX, os_version),
	CHECKIN("BuildVersion", STRING, false, MDM_TEXT_MAX, build),
	CHECKIN("ProductName", STRING, false, MDM_TEXT_MAX, product),
	CHECKIN("IMEI", STRING, false, MDM_TEXT_MAX, imei),
	CHECKIN("MEID", STRING, false, MDM_TEXT_MAX, meid),
	MDM_PLIST_FIELDS_END,
};

static const struct mdm_plist_field token_update[] = {
	UDID,
	TOPIC,
	CHECKIN("Token", DATA, true, APNS_TOKEN_MAX, token),
	CHECKIN("PushMagic", STRING, true, MDM_TEXT_MAX, push_magic),
	CHECKIN("UnlockToken", DATA, false, TOKEN_BYTES_MOST, unlock_token),
	CHECKIN("AwaitingConfiguration", BOOL, false, 0, awaiting_configuration),
	MDM_PLIST_FIELDS_END,
};

static const struct mdm_plist_field check_out[] = {UDID, TOPIC, MDM_PLIST_FIELDS_END};

static const struct mdm_plist_field set_bootstrap_token[] = {
	UDID,
	CHECKIN("BootstrapToken", DATA, false, TOKEN_BYTES_MOST, bootstrap_token),
	MDM_PLIST_FIELDS_END,
};

static const struct mdm_plist_field declarative[] = {
	UDID,
	CHECKIN("Endpoint", STRING, true, 2 * MDM_TEXT_MAX, endpoint),
	CHECKIN("Data", DATA, false, 0, data),
	MDM_PLIST_FIELDS_END,
};

static const struct mdm_plist_field udid_alone[] = {UDID, MDM_PLIST_FIELDS_END};

static const struct message {
	const char *type;
	enum mdm_checkin_kind kind;
	const struct mdm_plist_field *fields;
} messages[] = {
	{"Authenticate", MDM_CHECKIN_AUTHENTICATE, authenticate},
	{"TokenUpdate", MDM_CHECKIN_TOKEN_UPDATE, token_update},
	{"CheckOut", MDM_CHECKIN_CHECK_OUT, check_out},
	{"GetToken", MDM_CHECKIN_GET_TOKEN, udid_alone},
	{"GetBootstrapToken", MDM_CHECKIN_GET_BOOTSTRAP_TOKEN, udid_alone},
	{"SetBootstrapToken", MDM_CHECKIN_SET_BOOTSTRAP_TOKEN, set_bootstrap_token},
	{"UserAuthenticate", MDM_CHECKIN_USER_AUTHENTICATE, udid_alone},
	{"DeclarativeManagement", MDM_CHECKIN_DECLARATIVE_MANAGEMENT, declarative},
	{"ReturnToService", MDM_CHECKIN_RETURN_TO_SERVICE, udid_alone},
	{NULL, 0, NULL},
};

bool mdm_id_is_plain(const char *s)
{
	for (; *s; s++) {
		if (*s <= ' ' || *s > '~')
			return false;
	}
	return true;
}

static const struct message *message_find(const char *type)
{
	const struct message *m = messages;

	while (m->type && strcmp(m->type, type) != 0)
		m++;
	return m->type ? m : NULL;
}

/* Users enrol with their own Apple accounts and are not ours; only UserAuthenticate has an answer
 * for them. */
static const char *user_key(const struct mdm_plist *d, enum mdm_checkin_kind kind)
{
	static const char *const keys[] = {"EnrollmentID", "EnrollmentUserID", "UserID"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (kind != MDM_CHECKIN_USER_AUTHENTICATE && mdm_plist_get(d, keys[i]))
			return keys[i];
	}
	return NULL;
}

static int checkin_texts_check(const struct mdm_checkin *c, const char **ret_bad)
{
	const struct {
		const char *key, *text;
	} ids[] = {{"UDID", c->udid}, {"Topic", c->topic}, {"SerialNumber", c->serial}};

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		if (ids[i].text && !mdm_id_is_plain(ids[i].text)) {
			*ret_bad = ids[i].key;
			return ERR_BADINPUT;
		}
	}
	if (c->kind == MDM_CHECKIN_TOKEN_UPDATE && c->token.n == 0) {
		*ret_bad = "Token";
		return ERR_BADINPUT;
	}
	return 0;
}

static int checkin_fill(const struct mdm_plist *d, const struct message *m, struct mdm_checkin *c,
	const char **ret_bad)
{
	const char *user = user_key(d, m->kind);
	int err;

	if (user) {
		*ret_bad = user;
		return ERR_UNSUPPORTED;
	}
	err = mdm_plist_fill(d, m->fields, c, ret_bad);
	return err != 0 ? err : checkin_texts_check(c, ret_bad);
}

int mdm_checkin_parse(
	struct bytes in, struct arena *a, struct mdm_checkin *ret, const char **ret_bad)
{
	static const struct xml_limits limits = {
		.bytes = 1 << 20, .depth = 16, .elements = 1000, .entities = 1000};
	struct mdm_checkin c = {.kind = 0};
	struct mdm_plist *root = NULL;
	const struct message *m;
	int err = mdm_plist_parse(in, &limits, a, &root);

	if (err != 0) {
		*ret_bad = "plist";
		return err;
	}
	*ret_bad = "MessageType";
	c.message_type = mdm_plist_str(root, "MessageType");
	if (!c.message_type)
		return ERR_BADINPUT;
	m = message_find(c.message_type);
	if (!m)
		return ERR_UNSUPPORTED;
	if (in.n > CHECKIN_BYTES_MOST && m->kind != MDM_CHECKIN_DECLARATIVE_MANAGEMENT)
		return ERR_TOOBIG;
	c.kind = m->kind;
	c.message_type = m->type;
	err = checkin_fill(root, m, &c, ret_bad);
	if (err == 0) {
		*ret_bad = NULL;
		*ret = c;
	}
	return err;
}
