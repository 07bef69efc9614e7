/* SPDX-License-Identifier: EUPL-1.2 */
/* What another server kept of an iPad, and the profile it was enrolled with. */
#include "mdm/moving_int.h"

#include "base/text.h"

static const struct xml_limits profile_limits = {
	.bytes = 1024 * 1024, .depth = 16, .elements = 2000, .entities = 2000};

static int hash_parse(struct bytes text, struct arena *a, uint8_t ret[CERT_FINGERPRINT])
{
	struct bytes hash;
	size_t n = text.n;

	while (n > 0 && ((const char *)text.p)[n - 1] <= ' ')
		n--;
	if (text_parse_hex(a, bytes_of(text.p, n), &hash) != 0 || hash.n != CERT_FINGERPRINT)
		return ERR_BADINPUT;
	memcpy(ret, hash.p, CERT_FINGERPRINT);
	return 0;
}

int mdm_move_parse(
	const struct mdm_move_files *f, struct arena *a, struct mdm_move *ret, const char **ret_bad)
{
	struct mdm_checkin auth, token;
	struct mdm_move x = {0};
	int err = mdm_checkin_parse(f->authenticate, a, &auth, ret_bad);

	if (err == 0 && auth.kind != MDM_CHECKIN_AUTHENTICATE)
		err = ERR_BADINPUT;
	if (err == 0)
		err = mdm_checkin_parse(f->token_update, a, &token, ret_bad);
	if (err == 0 &&
		(token.kind != MDM_CHECKIN_TOKEN_UPDATE || !text_equal(auth.udid, token.udid)))
		err = ERR_BADINPUT;
	if (err)
		return err;
	*ret_bad = "hash";
	err = hash_parse(f->hash, a, x.identity);
	if (err)
		return err;
	x.udid = auth.udid;
	x.serial = auth.serial;
	x.os_version = auth.os_version;
	x.build = auth.build;
	x.product = auth.product;
	x.imei = auth.imei;
	x.topic = token.topic;
	x.push_magic = token.push_magic;
	x.push_token = token.token;
	x.unlock_token = f->unlock_token.n ? f->unlock_token : token.unlock_token;
	x.bootstrap_token = f->bootstrap_token;
	*ret_bad = "UnlockToken, BootstrapToken";
	if (x.unlock_token.n > MDM_MOVE_TOKEN_MOST || x.bootstrap_token.n > MDM_MOVE_TOKEN_MOST)
		return ERR_TOOBIG;
	if (f->identity_pem.n)
		(void)!cert_pem_expiry(f->identity_pem, &x.identity_ends_at);
	*ret = x;
	return 0;
}

void mdm_move_add(struct mdm_move_set *s, struct arena *a, const struct mdm_move_row *row)
{
	if (s->n == s->room) {
		struct mdm_move_row *more;

		s->room = s->room ? s->room * 2 : 64;
		more = ARENA_ARRAY(a, struct mdm_move_row, s->room);
		if (s->n)
			memcpy(more, s->rows, s->n * sizeof(*more));
		s->rows = more;
	}
	s->rows[s->n++] = *row;
}

void mdm_move_add_files(struct mdm_move_set *s, struct arena *a, const char *name,
	const struct mdm_move_files *f)
{
	struct mdm_move_row row = {.name = arena_strdup(a, name)};
	const char *bad = "files";

	if (mdm_move_parse(f, a, &row.x, &bad) != 0)
		row = (struct mdm_move_row){.name = row.name, .bad = bad ? bad : "files"};
	mdm_move_add(s, a, &row);
}

static const struct mdm_plist *mdm_payload(const struct mdm_plist *root)
{
	const struct mdm_plist *list = mdm_plist_array(root, "PayloadContent");

	for (const struct mdm_plist *p = mdm_plist_first(list); p; p = p->next) {
		if (p->kind == MDM_PLIST_DICT &&
			text_equal(mdm_plist_str(p, "PayloadType"), "com.apple.mdm"))
			return p;
	}
	return NULL;
}

int mdm_move_profile_parse(
	struct bytes in, struct arena *a, struct mdm_move_profile *ret, const char **ret_bad)
{
	struct mdm_move_profile x = {0};
	const struct mdm_plist *mdm;
	struct mdm_plist *root;
	int err;

	*ret_bad = "signed";
	/* Only its signer could replace it on an iPad. */
	if (in.n && in.p[0] == 0x30)
		return ERR_UNSUPPORTED;
	*ret_bad = "profile";
	err = mdm_plist_parse(in, &profile_limits, a, &root);
	if (err)
		return err;
	mdm = mdm_payload(root);
	*ret_bad = "com.apple.mdm";
	if (!mdm || mdm_plist_int(mdm, "AccessRights", &x.rights) != 0)
		return ERR_BADINPUT;
	x.id = mdm_plist_str(root, "PayloadIdentifier");
	x.server_url = mdm_plist_str(mdm, "ServerURL");
	x.checkin_url = mdm_plist_str(mdm, "CheckInURL");
	*ret_bad = "PayloadIdentifier, ServerURL";
	if (text_empty(x.id) || strlen(x.id) > MDM_TEXT_MAX || text_empty(x.server_url) ||
		strlen(x.server_url) > MDM_TEXT_MAX ||
		(x.checkin_url && strlen(x.checkin_url) > MDM_TEXT_MAX))
		return ERR_BADINPUT;
	*ret = x;
	return 0;
}
