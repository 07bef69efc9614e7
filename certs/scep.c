/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One PKIOperation of SCEP, RFC 8894 3.3: open it, look at the request and its challenge, make
 * the certificate, then in one transaction burn the challenge and store the identity, answer.
 */
#include "certs/cms_int.h"
#include "certs/gate_int.h"
#include "certs/kept_int.h"
#include "certs/scep_int.h"

#include "base/text.h"

#include <unistd.h>

/* Anyone may send a message, and each costs several RSA operations: no more of them at once than
 * there are processors, so that the enrolled iPads are heard beside a flood. Nobody waits for the
 * disk inside the gate. */
#define WAIT_MS 5000
static struct cert_gate gate = CERT_GATE_INIT;

/* Asked once: the answer is a file that the kernel writes anew for each who reads it. */
static unsigned processors(void)
{
	static _Atomic unsigned known;
	long n;

	if (!known) {
		n = sysconf(_SC_NPROCESSORS_ONLN);
		known = n > 2 ? (unsigned)n : 2;
	}
	return known;
}

struct work {
	struct certs *c;
	struct store *st;
	struct arena *arena;
	int64_t now;
	struct cert_scep_message message;
	enum cert_scep_cipher cipher;
	struct cert_csr csr;
	const char *word; /* the challenge */
	struct cert_challenge challenge;
	/* what was made here, and what is given: the same, unless another thread was quicker */
	struct cert_identity made, identity;
	struct bytes made_certificate, certificate; /* empty until there is one */
	/* a refusal */
	int fail_info;
	const char *why;
};

static int refuse_with(struct work *w, enum cert_scep_fail fail_info, const char *why)
{
	w->fail_info = (int)fail_info;
	w->why = why;
	return ERR_REFUSED;
}

/* --- the message --- */

static int check_type(struct work *w)
{
	switch (w->message.type) {
	case SCEP_PKCS_REQ:
	case SCEP_RENEWAL_REQ:
		return 0;
	case SCEP_CERT_POLL: /* nothing is ever pending here, and certificates are not given out */
	case SCEP_GET_CERT:
		return refuse_with(w, SCEP_BAD_CERT_ID, "nothing-pending");
	default:
		return refuse_with(w, SCEP_BAD_REQUEST, "message-type");
	}
}

static int check_message(struct work *w)
{
	const struct cert_scep_message *m = &w->message;

	if (!m->intact)
		return refuse_with(w, SCEP_BAD_MESSAGE_CHECK, "message-signature");
	if (w->c->refuse_old_algorithms && m->old_digest)
		return refuse_with(w, SCEP_BAD_ALG, "old-algorithm");
	if (m->sender_nonce.n == 0)
		return refuse_with(w, SCEP_BAD_REQUEST, "no-nonce");
	/* the answer is encrypted to the signer by key transport, and that takes RSA */
	if (!m->signer.key || !cert_pub_is_rsa(m->signer.key))
		return refuse_with(w, SCEP_BAD_ALG, "signer-not-rsa");
	return check_type(w);
}

static int open_envelope(struct work *w, struct bytes *ret)
{
	int err = cert_scep_cipher(w->message.envelope, &w->cipher);

	if (err == ERR_UNSUPPORTED)
		return refuse_with(w, SCEP_BAD_ALG, "cipher");
	if (err)
		return refuse_with(w, SCEP_BAD_REQUEST, "envelope");
	if (w->c->refuse_old_algorithms && (w->cipher == SCEP_DES || w->cipher == SCEP_DES3))
		return refuse_with(w, SCEP_BAD_ALG, "old-algorithm");
	err = cert_scep_open(w->c, w->message.envelope, w->cipher, w->arena, ret);
	if (err == ERR_UNSUPPORTED)
		return refuse_with(w, SCEP_BAD_ALG, "cipher");
	return err ? refuse_with(w, SCEP_BAD_MESSAGE_CHECK, "cannot-open") : 0;
}

/* --- the request inside --- */

static int check_request(struct work *w, struct bytes der)
{
	struct cert_csr *csr = &w->csr;

	/* what a wrong key makes of an envelope gets the same answer as one that does not open */
	if (cert_csr_parse(der, w->arena, csr))
		return refuse_with(w, SCEP_BAD_MESSAGE_CHECK, "cannot-open");
	if (!cert_csr_key_fits(csr))
		return refuse_with(w, SCEP_BAD_ALG, "key");
	if (w->c->refuse_old_algorithms && csr->old_digest)
		return refuse_with(w, SCEP_BAD_ALG, "old-algorithm");
	if (!csr->proved)
		return refuse_with(w, SCEP_BAD_MESSAGE_CHECK, "request-signature");
	w->word = csr->challenge ? csr->challenge : w->message.challenge;
	if (!w->word)
		return refuse_with(w, SCEP_BAD_REQUEST, "challenge-missing");
	if (!csr->common_name ||
		!text_equal(csr->common_name, cert_challenge_subject(w->arena, w->word)))
		return refuse_with(w, SCEP_BAD_REQUEST, "subject");
	return 0;
}

/* --- may it be issued? --- */

/* A RenewalReq is signed with the identity that it renews: ours, not revoked, the same iPad's.
 * That it has expired is no hindrance: to be renewed is all it may still do. */
static int check_renewal(struct work *w, struct store_txn *txn)
{
	struct cert_identity old;
	struct cert_peer peer;
	int err;

	if (cert_peer_verify(w->c, w->message.signer.der, &peer))
		return refuse_with(w, SCEP_BAD_CERT_ID, "renewal-signer");
	err = cert_identity_get(txn, w->arena, peer.fingerprint, &old);
	if (err == ERR_NOTFOUND || (!err && old.revoked_at))
		return refuse_with(w, SCEP_BAD_CERT_ID, "renewal-signer");
	if (err)
		return err;
	if (!old.udid || !text_equal(old.udid, w->challenge.udid))
		return refuse_with(w, SCEP_BAD_REQUEST, "renewal-mismatch");
	return 0;
}

/* The challenge was used: the same key gets the same certificate again. */
static int give_again(struct work *w, struct store_txn *txn)
{
	int err;

	if (!cert_secret_equal(bytes_of(w->challenge.used_key, 32), bytes_of(w->csr.key_hash, 32)))
		return refuse_with(w, SCEP_BAD_REQUEST, "challenge-used");
	err = cert_identity_get(txn, w->arena, w->challenge.fingerprint, &w->identity);
	if (err)
		return err == ERR_NOTFOUND ? ERR_CORRUPT : err;
	if (w->identity.revoked_at)
		return refuse_with(w, SCEP_BAD_REQUEST, "revoked");
	w->certificate = w->challenge.certificate;
	return 0;
}

static int admit(struct store_txn *txn, void *arg)
{
	struct work *w = arg;
	int err = cert_challenge_get(txn, w->arena, w->word, &w->challenge);

	if (err == ERR_NOTFOUND)
		return refuse_with(w, SCEP_BAD_REQUEST, "challenge-unknown");
	if (err)
		return err;
	if (w->challenge.expires_at <= w->now)
		return refuse_with(w, SCEP_BAD_REQUEST, "challenge-expired");
	if (w->message.type == SCEP_RENEWAL_REQ) {
		err = check_renewal(w, txn);
		if (err)
			return err;
	}
	return w->challenge.used_at ? give_again(w, txn) : 0;
}

/* --- issuing --- */

static void fill_identity(struct work *w)
{
	struct cert_identity *id = &w->made;
	const struct cert_challenge *ch = &w->challenge;

	*id = (struct cert_identity){
		.device_serial = ch->device_serial,
		.udid = ch->udid,
		.invitation = ch->invitation,
		.purpose = ch->udid ? CERT_FOR_RENEWAL : CERT_FOR_ENROLMENT,
		.issued_at = w->now,
		.not_before = w->now - CERT_BACKDATE_S,
		.not_after = w->now + w->c->identity_life_s,
	};
	if (id->not_after > w->c->ca_not_after)
		id->not_after = w->c->ca_not_after;
	cert_serial_draw(id->serial);
}

static int issue(struct work *w)
{
	struct cert_identity *id = &w->made;
	struct cert_form form = {.role = CERT_ROLE_IDENTITY};
	int err;

	fill_identity(w);
	form.common_name = w->csr.common_name;
	form.spki = w->csr.spki;
	form.serial = id->serial;
	form.not_before = id->not_before;
	form.not_after = id->not_after;
	err = cert_issue(&w->c->issuer, &form, w->arena, &w->made_certificate);
	if (!err)
		cert_sha256(w->made_certificate, id->fingerprint);
	return err;
}

/* Burns the challenge and stores the identity, or finds that another thread was quicker. */
static int settle(struct store_txn *txn, void *arg)
{
	struct work *w = arg;
	struct cert_challenge *ch = &w->challenge;
	int err;

	w->certificate = bytes_of(NULL, 0);
	err = admit(txn, w);
	if (err || w->certificate.n)
		return err;
	ch->used_at = w->now;
	memcpy(ch->used_key, w->csr.key_hash, sizeof(ch->used_key));
	memcpy(ch->fingerprint, w->made.fingerprint, sizeof(ch->fingerprint));
	ch->certificate = w->made_certificate;
	w->identity = w->made;
	w->certificate = w->made_certificate;
	err = cert_challenge_put(txn, ch);
	return err ? err : cert_identity_add(txn, &w->made);
}

/* *ret_parsed: there is somebody to answer. */
static int read_message(struct work *w, struct bytes message, bool *ret_parsed)
{
	struct bytes request;
	int err = cert_scep_parse(w->c, message, w->arena, &w->message);

	if (err)
		return err;
	*ret_parsed = true;
	err = check_message(w);
	if (!err)
		err = open_envelope(w, &request);
	return err ? err : check_request(w, request);
}

static int work(struct work *w)
{
	int err = store_read(w->st, admit, w);

	if (err || w->certificate.n)
		return err;
	err = cert_gate_enter(&gate, processors(), 0);
	if (err)
		return err;
	err = issue(w);
	cert_gate_leave(&gate);
	return err ? err : store_write(w->st, settle, w);
}

/* --- answering --- */

static const char *printable(struct arena *a, struct bytes b)
{
	char *s = arena_strndup(a, b.p, b.n);

	for (size_t i = 0; i < b.n; i++) {
		if (s[i] <= ' ' || s[i] > '~')
			s[i] = '?';
	}
	return s;
}

static int answer(struct work *w, bool issued, struct cert_scep_answer *ret)
{
	struct cert_scep_reply reply = {
		.to = &w->message, .fail_info = w->fail_info, .now = w->now};
	struct cert_scep_answer out = {
		.issued = issued,
		.fail_info = issued ? -1 : w->fail_info,
		.why = issued ? "issued" : w->why,
		.transaction_id = printable(w->arena, w->message.transaction_id),
	};
	int err = 0;

	if (issued) {
		out.identity = w->identity;
		err = cert_scep_seal(
			&w->message.signer, w->cipher, w->certificate, w->arena, &reply.envelope);
	}
	if (!err)
		err = cert_scep_format(w->c, &reply, w->arena, &out.body);
	if (!err)
		*ret = out;
	return err;
}

const char *cert_scep_caps(struct certs *c)
{
	return "SHA-256\nAES\nPOSTPKIOperation\nSCEPStandard\nRenewal\n";
}

int cert_scep_operate(struct certs *c, struct store *st, struct bytes message, int64_t now,
	struct arena *a, struct cert_scep_answer *ret)
{
	struct work w = {.c = c, .st = st, .arena = a, .now = now};
	bool parsed = false, issued;
	int err = cert_gate_enter(&gate, processors(), WAIT_MS);

	if (err)
		return err;
	err = read_message(&w, message, &parsed);
	cert_gate_leave(&gate);
	if (err == 0)
		err = work(&w);
	if (err && (err != ERR_REFUSED || !parsed))
		return err;
	issued = err == 0;
	err = cert_gate_enter(&gate, processors(), 0);
	if (err)
		return err;
	err = answer(&w, issued, ret);
	cert_gate_leave(&gate);
	return err;
}
