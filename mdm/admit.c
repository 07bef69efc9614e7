/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/mdm_int.h"

/* RFC 5280 5.3.1 */
#define SUPERSEDED 4

static bool in_grace(const struct cert_identity *id, enum mdm_voice voice, int64_t now)
{
	return voice == MDM_VOICE_BEFORE && id->revoked_reason == SUPERSEDED &&
	       now - id->revoked_at < MDM_SUPERSEDED_GRACE_S;
}

/* When the enrolment's own identity was issued: needed only for one that would follow it. */
static int own_issued_at(struct store_txn *txn, struct arena *a, const struct cert_identity *id,
	const struct mdm_enrollment *e, int64_t *ret)
{
	struct cert_identity own;
	int err;

	*ret = 0;
	if (id->purpose != CERT_FOR_RENEWAL || !e)
		return 0;
	err = cert_identity_get(txn, a, e->identity, &own);
	if (err == 0)
		*ret = own.issued_at;
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_voice_get(struct store_txn *txn, struct arena *a, const struct cert_identity *id,
	const struct mdm_enrollment *e, enum mdm_voice *ret)
{
	int64_t issued_at;
	int err = own_issued_at(txn, a, id, e, &issued_at);

	return err != 0 ? err : mdm_voice_decide(id, e, issued_at, ret);
}

int mdm_owner_get(struct store_txn *txn, struct arena *a, const struct mdm_caller *who,
	const char *udid, struct mdm_owner *ret)
{
	struct mdm_owner o = {.expired = false};
	int err = cert_identity_get(txn, a, who->peer.fingerprint, &o.identity);

	if (err == ERR_NOTFOUND)
		return ERR_STRANGER;
	if (err == 0)
		err = mdm_enrollment_get(txn, a, udid, &o.e);
	if (err == 0)
		err = mdm_voice_get(txn, a, &o.identity, &o.e, &o.voice);
	if (err != 0)
		return err == ERR_NOTFOUND ? ERR_DENIED : err;
	if (o.voice == MDM_VOICE_NEW)
		return ERR_DENIED;
	o.superseded = o.voice == MDM_VOICE_BEFORE;
	if (o.identity.revoked_at != 0 && !in_grace(&o.identity, o.voice, who->now))
		return ERR_DENIED;
	o.expired = o.identity.not_after < who->now;
	o.renewing = o.voice == MDM_VOICE_RENEWED;
	*ret = o;
	return 0;
}
