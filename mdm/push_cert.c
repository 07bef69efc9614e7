/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/mdm_int.h"

#include "base/text.h"

#define REQUEST_BYTES_MOST (256 << 10)

/* {0} iPads, {1} their topic. The last words are `sentence`, to be typed as they stand. */
static const struct say other_topic = {"push.other_topic",
	{"Certifikatet har ett annat ämne (topic). {0} anslutna iPads hör till {1} och skulle "
	 "aldrig "
	 "mer "
	 "gå att väcka. Förnya samma certifikat hos Apple i stället. Om de verkligen ska överges, "
	 "skriv: jag överger {0} iPads",
		"Varmenteella on toinen aihe (topic). {0} liitettyä iPadia kuuluu aiheeseen {1}, "
		"eikä niitä voisi enää koskaan herättää. Uusi sama varmenne Applella. Jos ne "
		"todella "
		"hylätään, kirjoita: hylkään {0} iPadia",
		"This certificate is for another topic. {0} enrolled iPads belong to {1} and could "
		"never be woken again. Renew the same certificate with Apple instead. If they "
		"really "
		"are to be given up, type: I give up {0} iPads"}};
static const struct say sentence = {
	"push.sentence", {"jag överger {0} iPads", "hylkään {0} iPadia", "I give up {0} iPads"}};
static const struct say ended = {
	"push.ended", {"Certifikatet har redan gått ut.", "Varmenne on jo vanhentunut.",
			      "This certificate has already ended."}};
static const struct say wrong_key = {"push.wrong_key",
	{"Certifikatet hör inte till nyckeln i vår begäran. Gör en ny begäran och skicka in den.",
		"Varmenne ei vastaa pyyntömme avainta. Tee uusi pyyntö ja lähetä se.",
		"This certificate does not belong to the key of our request. Make a new request "
		"and "
		"send that in."}};

/* --- the request --- */

/* PushCertRequest: what Apple's portal takes, Base64 over a property list. */
static int request_wrap(struct arena *a, const char *csr_b64, const char *signature_b64,
	const char *chain_pem, const char **ret)
{
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);
	struct bytes xml;
	int err;

	mdm_plist_set_str(d, "PushCertRequestCSR", csr_b64);
	mdm_plist_set_str(d, "PushCertCertificateChain", chain_pem);
	mdm_plist_set_str(d, "PushCertSignature", signature_b64);
	err = mdm_plist_format_in(d, REQUEST_BYTES_MOST, a, &xml);
	if (err == 0)
		*ret = text_base64(a, xml);
	return err;
}

int mdm_push_request(
	struct mdm *m, const struct mdm_push_vendor *v, struct arena *a, const char **ret_text)
{
	const char *csr, *csr_b64, *signature_b64;
	int err = cert_push_request(m->certs, m->st, a, &csr);

	if (err != 0)
		return err;
	if (!v->cert_pem || !v->key_pem) {
		*ret_text = csr;
		return 0;
	}
	err = cert_push_vendor_sign(a, csr, v->cert_pem, v->key_pem, &csr_b64, &signature_b64);
	return err != 0 ? err
			: request_wrap(a, csr_b64, signature_b64,
				  arena_printf(
					  a, "%s%s", v->cert_pem, v->chain_pem ? v->chain_pem : ""),
				  ret_text);
}

/* --- taking the answer --- */

struct import {
	struct mdm *m;
	const struct mdm_push_ask *ask;
	const struct mdm_push_new *new;
	struct refusal *r;
};

static const char *sentence_text(struct arena *a, enum say_lang lang, const char *count)
{
	struct refusal r = {.say = &sentence, .arg = {count}};

	return refusal_text(a, lang, &r);
}

/* The sentence counts in any of the languages. */
static bool loss_is_typed(struct arena *a, const char *loss, const char *count)
{
	for (int l = 0; loss && l < SAY_LANGS; l++) {
		if (strcmp(loss, sentence_text(a, (enum say_lang)l, count)) == 0)
			return true;
	}
	return false;
}

static int topic_check(
	const struct mdm_act *act, struct arena *a, const struct mdm_push_new *p, const char *loss)
{
	const char *topic, *count;
	uint64_t n;
	int err = mdm_topic_other(act->txn, a, p->push.topic, &topic, &n);

	if (err != 0)
		return err == ERR_NOTFOUND ? 0 : err;
	count = arena_printf(a, "%llu", (unsigned long long)n);
	return loss_is_typed(a, loss, count) ? 0 : refuse(act->r, &other_topic, count, topic, NULL);
}

int mdm_push_new_put(const struct mdm_act *act, const struct mdm_push_new *p, const char *loss)
{
	AUTO(arena) struct arena *a = arena_new();
	int err = refusal_keep(act->r, topic_check(act, a, p, loss));

	if (err == 0)
		err = cert_push_put(act->txn, &p->push, p->sealed_key);
	return err ? err
		   : audit_add(
			     act->txn, act->who, act->now, "push_cert.import", p->push.topic, NULL);
}

static int import_in(struct store_txn *txn, void *arg)
{
	const struct import *im = arg;
	const struct mdm_act act = {txn, im->ask->who, im->ask->now, im->r};

	return mdm_push_new_put(&act, im->new, im->ask->loss);
}

int mdm_push_new_make(struct mdm *m, const struct mdm_push_ask *ask, struct arena *a,
	struct mdm_push_new *ret, struct refusal *r)
{
	int err = cert_push_inspect(m->certs, m->st, a, ask->cert_pem, ask->key_pem, &ret->push);

	if (err == ERR_CRYPTO)
		return refuse(r, &wrong_key, NULL, NULL, NULL);
	if (err != 0)
		return err;
	if (ret->push.not_after < ask->now)
		err = refuse(r, &ended, NULL, NULL, NULL);
	if (err == 0)
		err = cert_seal(m->certs, CERT_PUSH_KEY_CONTEXT, bytes_of_str(ret->push.key_pem), a,
			&ret->sealed_key);
	cert_push_wipe(&ret->push);
	return err;
}

struct stored {
	struct mdm *m;
	struct arena *a;
	struct cert_push push;
};

static int stored_in(struct store_txn *txn, void *arg)
{
	struct stored *s = arg;

	return cert_push_get(s->m->certs, txn, s->a, false, &s->push);
}

int mdm_push_import(struct mdm *m, const struct mdm_push_ask *ask, struct arena *a,
	struct cert_push *ret, struct refusal *r)
{
	struct mdm_push_new new;
	struct stored stored = {.m = m, .a = a};
	struct import im = {.m = m, .ask = ask, .new = &new, .r = r};
	int err = mdm_push_new_make(m, ask, a, &new, r);

	if (err == 0)
		err = store_write(m->st, import_in, &im);
	if (err != 0)
		return err;
	mdm_wake(m);
	err = store_read(m->st, stored_in, &stored);
	if (err == 0)
		*ret = stored.push;
	return err;
}
