/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents of Apple's device assignment, for the API and for --json. */
#include "web/web_int.h"

#include "base/text.h"

void web_ade_doc(const struct mdm_ade_state *s, enum say_lang lang, struct arena *a, struct doc *d)
{
	doc_set_bool(d, "key", s->has_key);
	doc_set_bool(d, "token", s->has_token);
	doc_set_time(d, "token_expires", s->token_expires_at);
	web_doc_opt(d, "server", s->server_name);
	web_doc_opt(d, "organisation", s->organisation);
	web_doc_opt(d, "profile", s->profile_uuid);
	doc_set_int(d, "devices", (int64_t)s->devices);
	doc_set_bool(d, "complete", s->fetched);
	doc_set_bool(d, "asked", s->asked_at != s->answered_at);
	doc_set_time(d, "synced", s->synced_at);
	doc_set_time(d, "tried", s->tried_at);
	doc_set_str(d, "trouble", s->trouble);
	if (s->trouble) {
		doc_set_str(d, "trouble_text", mdm_ade_trouble_say(a, s->trouble, lang));
		doc_set_time(d, "trouble_since", s->trouble_at);
		doc_set_time(d, "retry", s->retry_at);
	}
}

void web_ade_device_doc(
	const struct mdm_ade_device *v, enum say_lang lang, struct arena *a, struct doc *d)
{
	doc_set_str(d, "serial", v->serial);
	doc_set_bool(d, "assigned", v->gone_at == 0);
	web_doc_opt(d, "model", v->model);
	web_doc_opt(d, "description", v->description);
	web_color_doc(d, lang, v->color);
	web_doc_opt(d, "family", v->family);
	web_doc_opt(d, "asset_tag", v->asset_tag);
	web_doc_opt(d, "imei", v->imei);
	web_doc_opt(d, "meid", v->meid);
	web_doc_opt(d, "eid", v->eid);
	web_doc_opt(d, "profile", v->profile_uuid);
	web_doc_opt(d, "profile_status", v->profile_status);
	web_doc_opt(d, "replaces", v->replaces);
	doc_set_time(d, "assigned_at", v->assigned_at);
	doc_set_time(d, "heard", v->first_at);
	web_doc_opt_time(d, "gone", v->gone_at);
	web_doc_opt_time(d, "migrate_by", v->migrate_by);
	web_doc_opt_time(d, "profile_due", v->due_at);
	web_doc_opt(d, "disown_asked_by", v->disown_by);
	web_doc_opt_time(d, "disown_asked", v->disown_asked_at);
	web_doc_opt_time(d, "disowned", v->disown_at);
	if (v->trouble) {
		doc_set_str(d, "trouble", v->trouble);
		doc_set_str(d, "trouble_text", mdm_ade_trouble_say(a, v->trouble, lang));
	}
}

static const char *activation_state(uint32_t state)
{
	static const char *const names[] = {[MDM_ACTIVATION_NONE] = "none",
		[MDM_ACTIVATION_LOCK_WANTED] = "lock wanted",
		[MDM_ACTIVATION_LOCKED] = "locked",
		[MDM_ACTIVATION_UNLOCK_WANTED] = "unlock wanted",
		[MDM_ACTIVATION_UNLOCKED] = "unlocked",
		[MDM_ACTIVATION_NOT_OPENED] = "not opened"};

	return state < sizeof(names) / sizeof(names[0]) ? names[state] : "unknown";
}

/* In words; whose lock it is, the reason tells. */
static const struct say *activation_say(const struct mdm_activation *v)
{
	static const struct say none = {"activation.none",
		{"Inget lås härifrån.", "Ei lukkoa täältä.", "No lock of ours."}};
	static const struct say ours[] = {
		[MDM_ACTIVATION_LOCK_WANTED] = {"activation.wanted",
			{"Ska låsas hos Apple.", "Lukitaan Applella.", "To be locked at Apple."}},
		[MDM_ACTIVATION_LOCKED] = {"activation.locked",
			{"Låst hos Apple av oss.", "Lukitsimme sen Applella.",
				"Locked at Apple by us."}},
		[MDM_ACTIVATION_UNLOCK_WANTED] = {"activation.opening",
			{"Låset öppnas hos Apple.", "Lukkoa avataan Applella.",
				"The lock is being opened at Apple."}},
		[MDM_ACTIVATION_UNLOCKED] = {"activation.opened",
			{"Låset är öppnat hos Apple.", "Lukko on avattu Applella.",
				"The lock was opened at Apple."}},
		[MDM_ACTIVATION_NOT_OPENED] = {"activation.not-opened",
			{"Apple öppnade inte låset.", "Apple ei avannut lukkoa.",
				"Apple did not open the lock."}},
	};

	return v->state > 0 && v->state < sizeof(ours) / sizeof(ours[0]) ? &ours[v->state] : &none;
}

int web_activation_doc(struct store_txn *txn, const char *serial, enum say_lang lang,
	struct arena *a, struct doc *d)
{
	struct mdm_activation v;
	struct doc *in;
	int err = mdm_activation_get(txn, a, serial, &v);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	in = doc_set_object(d, "activation_lock");
	doc_set_str(in, "state", activation_state(v.state));
	doc_set_str(in, "state_text", say_plain(activation_say(&v), lang));
	/* Apple takes no other words as long as the lock stands */
	if (v.state == MDM_ACTIVATION_LOCKED)
		web_doc_opt(in, "lock_message", v.message);
	web_doc_opt(in, "by", v.by);
	web_doc_opt(in, "reason", v.reason);
	doc_set_time(in, "asked", v.asked_at);
	web_doc_opt_time(in, "settled", v.settled_at);
	web_doc_opt_time(in, "next_try", v.due_at);
	if (v.trouble) {
		doc_set_str(in, "trouble", v.trouble);
		doc_set_str(in, "trouble_text", mdm_ade_trouble_say(a, v.trouble, lang));
	}
	return 0;
}
