/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An Activation Lock that the borrower made with an account of their own. The code that the iPad
 * told us in its first fifteen days opens it at Apple; the worker does that (activation.c), and
 * what came of it is in the audit log beside who asked and why.
 */
#include "mdm/ade_int.h"

#include "base/text.h"

static const struct say no_reason = {"activation.reason",
	{"Skriv varför låset ska öppnas, i högst 200 tecken och utan namn.",
		"Kirjoita, miksi lukko avataan, enintään 200 merkkiä ja ilman nimiä.",
		"Write why the lock is to be opened, in at most 200 characters and without "
		"names."}};
static const struct say ours = {"activation.ours",
	{"Låset på {0} är vårt eget: det öppnas när den märks som återfunnen.",
		"Laitteen {0} lukko on meidän: se avataan, kun laite merkitään löytyneeksi.",
		"The lock of {0} is our own: it is opened when it is marked as found."}};
static const struct say no_code = {"activation.no-code",
	{"Vi har ingen kod till {0}: den kan bara läsas de första femton dagarna. Be låntagaren "
	 "logga ut under Inställningar, eller ta kvittot till Apples support.",
		"Meillä ei ole koodia laitteelle {0}: sen voi lukea vain viidentoista ensimmäisen "
		"päivän aikana. Pyydä lainaajaa kirjautumaan ulos Asetuksissa, tai näytä "
		"ostokuitti Applen tuelle.",
		"We have no code for {0}: it can be read in the first fifteen days only. Ask the "
		"borrower to sign out in Settings, or take the proof of purchase to Apple's "
		"support."}};

int mdm_activation_open_decide(const char *serial, const struct mdm_activation *v,
	const char *reason, bool has_code, struct refusal *r)
{
	bool own = v->state == MDM_ACTIVATION_LOCK_WANTED || v->state == MDM_ACTIVATION_LOCKED ||
		   (v->state == MDM_ACTIVATION_UNLOCK_WANTED && !v->reason);

	if (text_empty(reason) || strlen(reason) > MDM_OPEN_REASON)
		return refuse(r, &no_reason, NULL, NULL, NULL);
	if (own)
		return refuse(r, &ours, serial, NULL, NULL);
	if (!has_code)
		return refuse(r, &no_code, serial, NULL, NULL);
	return 0;
}

static int open_audit(struct store_txn *txn, const struct audit_who *who, struct arena *a,
	const struct mdm_activation *v)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "reason", v->reason);
	doc_format(d, &text);
	return audit_add(
		txn, who, v->asked_at, "device.activation.open", v->serial, buf_str(&text));
}

int mdm_activation_open(
	struct mdm *m, const struct mdm_act *act, const char *serial, const char *reason)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_activation before = {.serial = serial}, v;
	struct mdm_bypass told = {0};
	int err = mdm_activation_get(act->txn, a, serial, &before);
	bool known = err == 0;

	if (err == 0 || err == ERR_NOTFOUND)
		err = mdm_bypass_codes(m, act->txn, serial, a, &told);
	if (err && err != ERR_NOTFOUND)
		return err;
	err = mdm_activation_open_decide(
		serial, &before, reason, told.code || told.code_before, act->r);
	if (err)
		return refusal_keep(act->r, err);
	v = before;
	mdm_activation_want(&v, MDM_ACTIVATION_UNLOCK_WANTED, act);
	v.reason = reason;
	err = mdm_activation_put(act->txn, known ? &before : NULL, &v);
	return err ? err : open_audit(act->txn, act->who, a, &v);
}
