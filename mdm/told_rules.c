/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What of an iPad's answer may leave the house, for receivers that are told of results. The seniors
 * were promised that their iPads are not watched: of each command only what stands in its row goes
 * on, of all others whether it was done, and whatever would tell of use, of a place, or would open
 * an iPad goes nowhere, however deep it lies.
 */
#include "mdm/queue_int.h"
#include "mdm/request_int.h"

#include "base/text.h"

/* Of each answer: which, of whom, and how it went. */
static const char *const words[] = {"CommandUUID", "UDID", "RequestType", "Status", "ErrorChain", NULL};

/* The answers that say more. Locations, bypass codes and all that has no row do not. */
static const struct {
	const char *type;
	const char *key;
} rows[] = {
	{"DeviceInformation", "QueryResponses"},
	{"SecurityInfo", "SecurityInfo"},
	{"ProfileList", "ProfileList"},
	{"CertificateList", "CertificateList"},
	{"Settings", "Settings"},
	{"DeviceLock", "MessageResult"},
	{"InstallMedia", "State"},
	{"InstallMedia", "RejectionReason"},
	{"InstallMedia", "MediaType"},
	{"InstallMedia", "PersistentID"},
};

/* In no answer, at no depth: what opens an iPad, where it is, what wakes it. */
static const char *const never[] = {"UnlockToken", "ActivationLockBypassCode", "BypassCode", "EscrowKey",
	"RecoveryKey", "PersonalRecoveryKey", "BootstrapToken", "PIN", "Passcode", "PushMagic", "Token",
	"Latitude", "Longitude", "Altitude", "HorizontalAccuracy", "VerticalAccuracy", "Speed",
	"Course", "MediaURL", NULL};

static bool is_in(const char *const *list, const char *key)
{
	while (*list && !text_equal(*list, key))
		list++;
	return *list != NULL;
}

static bool may_be_told(const char *type, const char *key)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text_equal(rows[i].type, type) && text_equal(rows[i].key, key))
			return true;
	return is_in(words, key);
}

static bool goes_nowhere(const char *key)
{
	return key && (is_in(never, key) || mdm_query_is_watching(key));
}

/* Takes out of a tree what goes nowhere; of its first level (type) what has no row besides. */
static size_t strip(struct mdm_plist *in, const char *type)
{
	struct mdm_plist *last = NULL, *p;
	size_t gone = 0;

	if (in->kind != MDM_PLIST_DICT && in->kind != MDM_PLIST_ARRAY)
		return 0;
	for (p = in->v.in.first; p; p = p->next) {
		if (goes_nowhere(p->key) || (type && !may_be_told(type, p->key))) {
			if (last)
				last->next = p->next;
			else
				in->v.in.first = p->next;
			in->v.in.n--;
			gone++;
			continue;
		}
		gone += strip(p, NULL);
		last = p;
	}
	in->v.in.last = last;
	return gone;
}

int mdm_answer_told(const struct mdm_command *c, struct arena *a, struct bytes *ret)
{
	struct mdm_plist *root;
	int err = c->heard.n ? mdm_plist_parse(c->heard, NULL, a, &root) : ERR_NOTFOUND;

	if (err || root->kind != MDM_PLIST_DICT)
		return ERR_NOTFOUND;
	if (strip(root, c->request_type ? c->request_type : "") == 0) {
		*ret = c->heard;
		return 0;
	}
	err = mdm_plist_format_in(root, MDM_ANSWER_MAX, a, ret);
	return err ? ERR_NOTFOUND : 0;
}
