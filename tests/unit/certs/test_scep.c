/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"
#include "certs/scep_int.h"
#include "tests/unit/certs/fixture.h"

#include <criterion/criterion.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdlib.h>

/* Keys are slow to make: the signer's and the request's are shared by all cases. */
struct desk {
	struct fixture f;
	EVP_PKEY *device, *other, *signer_key;
	X509 *signer;
};

static void desk_open(struct desk *d)
{
	fixture_house(&d->f);
	d->device = EVP_RSA_gen(2048);
	d->signer_key = EVP_RSA_gen(2048);
	d->other = EVP_EC_gen("P-256");
	d->signer = client_self_signed(d->signer_key, "MDM SCEP SIGNER");
}

static void desk_close(struct desk *d)
{
	EVP_PKEY_free(d->device);
	EVP_PKEY_free(d->other);
	EVP_PKEY_free(d->signer_key);
	X509_free(d->signer);
	fixture_end(&d->f);
}

/* A request as the profile with this word asks for it. */
static struct client_ask usual(struct desk *d, const char *word)
{
	return (struct client_ask){
		.challenge = word,
		.common_name = cert_challenge_subject(d->f.a, word),
		.key = d->device,
		.signer = d->signer,
		.signer_key = d->signer_key,
	};
}

static const char *word_for(struct desk *d, const char *udid)
{
	return fixture_challenge(&d->f, "DMPXK0Q1", udid, d->f.now + 3600);
}

static struct cert_scep_answer operate(
	struct desk *d, struct client_ask *ask, struct client_answer *ret)
{
	struct fixture *f = &d->f;
	struct cert_scep_answer out = {0};
	struct bytes in = client_scep_ask(f->a, f->c->ca_der, ask);

	cr_assert_eq(cert_scep_operate(f->c, f->st, in, f->now, f->a, &out), 0);
	cr_assert_eq(client_scep_read(f->a, f->c->ca_der, out.body, ask, ret), 0, "%s", out.why);
	cr_assert_str_eq(ret->transaction_id, CLIENT_TRANSACTION);
	cr_assert_str_eq(out.transaction_id, CLIENT_TRANSACTION);
	if (!ask->no_nonce)
		cr_assert(bytes_equal(ret->recipient_nonce,
			bytes_of(client_nonce, ask->nonce_octets ? ask->nonce_octets : 16)));
	return out;
}

static struct cert_identity issues(
	struct desk *d, struct client_ask *ask, struct client_answer *ret)
{
	struct cert_scep_answer out = operate(d, ask, ret);
	uint8_t print[32];

	cr_assert(out.issued, "%s", out.why);
	cr_assert_eq(out.fail_info, -1);
	cr_assert_str_eq(ret->status, "0");
	cert_sha256(ret->certificate, print);
	cr_assert_arr_eq(print, out.identity.fingerprint, 32);
	return out.identity;
}

static void refuses(struct desk *d, struct client_ask *ask, int fail_info, const char *why)
{
	struct client_answer got;
	struct cert_scep_answer out = operate(d, ask, &got);

	cr_assert(!out.issued, "wanted: %s", why);
	cr_assert_str_eq(out.why, why);
	cr_assert_eq(out.fail_info, fail_info, "%s", why);
	cr_assert_str_eq(got.status, "2");
	cr_assert_eq(got.fail_info[0] - '0', fail_info, "%s", why);
	cr_assert_eq(got.certificate.n, 0);
}

static int get_identity(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_identity *id = arg;

	return cert_identity_get(txn, f->a, id->fingerprint, id);
}

/* --- what is taken --- */

static void ciphers_and_digests(struct desk *d)
{
	static const struct {
		const char *cipher, *digest;
		int answer;
		size_t nonce;
		bool outside, version_2;
	} cases[] = {
		{"AES-128-CBC", "SHA256", NID_aes_128_cbc, 16, false, false},
		{"AES-256-CBC", "SHA512", NID_aes_256_cbc, 16, false, true},
		{"DES-EDE3-CBC", "SHA1", NID_des_ede3_cbc, 8, true, true},
		{"DES-EDE3-CBC", "SHA512", NID_des_ede3_cbc, 8, false, false},
		{"DES-CBC", "SHA1", NID_des_ede3_cbc, 16, false, false},
		{"DES-CBC", "SHA256", NID_des_ede3_cbc, 16, true, false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct client_ask ask = usual(d, word_for(d, NULL));
		struct client_answer got;

		ask.cipher = cases[i].cipher;
		ask.digest = cases[i].digest;
		ask.nonce_octets = cases[i].nonce;
		ask.challenge_outside = cases[i].outside;
		ask.version_2 = cases[i].version_2;
		issues(d, &ask, &got);
		cr_assert_eq(got.cipher_nid, cases[i].answer, "case %zu", i);
	}
}

static void the_certificate(struct desk *d)
{
	struct fixture *f = &d->f;
	const char *word = word_for(d, NULL);
	struct client_ask ask = usual(d, word);
	struct client_answer got;
	struct cert_identity id = issues(d, &ask, &got), kept = id;
	AUTO(X509) X509 *x = NULL;
	char name[100];
	struct cert_peer peer;
	int64_t t;

	cr_assert_eq(cert_x509_parse(got.certificate, &x), 0);
	cr_assert_eq(X509_verify(x, f->c->ca.key), 1);
	cr_assert_eq(EVP_PKEY_eq(X509_get0_pubkey(x), d->device), 1, "the request's key");
	X509_NAME_get_text_by_NID(X509_get_subject_name(x), NID_commonName, name, sizeof(name));
	cr_assert_str_eq(name, ask.common_name);
	cr_assert_eq(X509_get_extended_key_usage(x), (uint32_t)XKU_SSL_CLIENT);
	cr_assert_eq(cert_time_of(X509_get0_notAfter(x), &t), 0);
	cr_assert_eq(t, f->now + 5 * CERT_YEAR_S);
	cr_assert_eq(cert_peer_verify(f->c, got.certificate, &peer), 0);
	cr_assert_eq(fixture_read(f, get_identity, &kept), 0);
	cr_assert_str_eq(kept.device_serial, "DMPXK0Q1");
	cr_assert_str_eq(kept.invitation, "invitation-1");
	cr_assert_null(kept.udid);
	cr_assert_eq(kept.purpose, (uint32_t)CERT_FOR_ENROLMENT);
	cr_assert_eq(kept.not_after, t);
	cr_assert_arr_eq(
		kept.serial, ASN1_STRING_get0_data(X509_get0_serialNumber(x)), CERT_SERIAL);
	/* a CA that ends sooner ends the identity with it */
	f->c->ca_not_after = f->now + 100;
	ask = usual(d, word_for(d, NULL));
	cr_assert_eq(issues(d, &ask, &got).not_after, f->now + 100);
}

/* --- what is refused --- */

static void refusals(struct desk *d)
{
	static const uint8_t junk[] = {0x30, 0x03, 0x02, 0x01, 0x05};
	AUTO(EVP_PKEY) EVP_PKEY *small = EVP_RSA_gen(1024);
	AUTO(X509) X509 *ec_signer = client_self_signed(d->other, "signer");
	struct client_ask good = usual(d, word_for(d, NULL)), ask;
	struct cert_scep_answer out;
	struct fixture *f = &d->f;

#define REFUSES(fail_info, why, ...)              \
	do {                                      \
		ask = good;                       \
		__VA_ARGS__;                      \
		refuses(d, &ask, fail_info, why); \
	} while (0)
	REFUSES(SCEP_BAD_MESSAGE_CHECK, "message-signature", ask.break_message = true);
	REFUSES(SCEP_BAD_MESSAGE_CHECK, "request-signature", ask.break_request = true);
	REFUSES(SCEP_BAD_MESSAGE_CHECK, "cannot-open", ask.content = junk, ask.content_n = 5);
	REFUSES(SCEP_BAD_REQUEST, "no-nonce", ask.no_nonce = true);
	REFUSES(SCEP_BAD_REQUEST, "challenge-missing", ask.challenge = NULL);
	REFUSES(SCEP_BAD_REQUEST, "subject", ask.challenge = "another word");
	REFUSES(SCEP_BAD_REQUEST, "subject", ask.common_name = "DMPXK0Q1");
	REFUSES(SCEP_BAD_REQUEST, "subject", ask.common_name = NULL);
	REFUSES(SCEP_BAD_REQUEST, "challenge-unknown", ask.challenge = "made up",
		ask.common_name = cert_challenge_subject(f->a, "made up"));
	REFUSES(SCEP_BAD_ALG, "key", ask.key = small);
	REFUSES(SCEP_BAD_ALG, "cipher", ask.cipher = "CAMELLIA-128-CBC");
	REFUSES(SCEP_BAD_ALG, "signer-not-rsa", ask.signer = ec_signer, ask.signer_key = d->other);
	REFUSES(SCEP_BAD_CERT_ID, "nothing-pending", ask.type = 20);
	REFUSES(SCEP_BAD_CERT_ID, "nothing-pending", ask.type = 21);
	REFUSES(SCEP_BAD_REQUEST, "message-type", ask.type = 22);
	REFUSES(SCEP_BAD_REQUEST, "message-type", ask.type = 3);
	REFUSES(SCEP_BAD_REQUEST, "message-type", ask.type = 123456);
	cr_assert_eq(cert_scep_operate(f->c, f->st, bytes_of_str("garbage"), f->now, f->a, &out),
		ERR_BADINPUT);
	cr_assert_eq(cert_scep_operate(f->c, f->st, bytes_of(NULL, 0), f->now, f->a, &out),
		ERR_BADINPUT);
	/* none of these burned it */
	struct client_answer got;

	issues(d, &good, &got);
}

static void one_time(struct desk *d)
{
	const char *word = word_for(d, NULL);
	struct client_ask ask = usual(d, word), other;
	struct client_answer first, again;
	struct cert_identity id = issues(d, &ask, &first);

	/* the answer was lost: the same key asks again, even with a new message */
	issues(d, &ask, &again);
	cr_assert(bytes_equal(first.certificate, again.certificate));
	ask.cipher = "DES-EDE3-CBC";
	cr_assert_arr_eq(issues(d, &ask, &again).serial, id.serial, CERT_SERIAL);
	/* somebody else has seen the word */
	other = ask;
	other.key = d->other;
	refuses(d, &other, SCEP_BAD_REQUEST, "challenge-used");
	d->f.now += 3600;
	refuses(d, &ask, SCEP_BAD_REQUEST, "challenge-expired");
	ask = usual(d, fixture_challenge(&d->f, "DMPXK0Q1", NULL, d->f.now));
	refuses(d, &ask, SCEP_BAD_REQUEST, "challenge-expired");
}

static int bind(struct store_txn *txn, struct fixture *f, void *arg)
{
	return cert_identity_bind(txn, arg, "UDID-1");
}

static int revoke(struct store_txn *txn, struct fixture *f, void *arg)
{
	return cert_identity_revoke(txn, arg, 4, f->now);
}

static void renewal(struct desk *d)
{
	struct fixture *f = &d->f;
	struct client_ask ask = usual(d, word_for(d, NULL)), bare;
	struct client_answer got;
	struct cert_identity id = issues(d, &ask, &got), next;
	AUTO(X509) X509 *old = NULL;

	cr_assert_eq(cert_x509_parse(got.certificate, &old), 0);
	/* not bound to an iPad yet: nothing to renew */
	ask = usual(d, word_for(d, "UDID-1"));
	ask.type = 17;
	refuses(d, &ask, SCEP_BAD_CERT_ID, "renewal-signer");
	ask.signer = old;
	ask.signer_key = d->device;
	refuses(d, &ask, SCEP_BAD_REQUEST, "renewal-mismatch");
	cr_assert_eq(fixture_write(f, bind, id.fingerprint), 0);
	/* another iPad's challenge, and one that is for no renewal */
	bare = usual(d, word_for(d, "UDID-2"));
	bare.type = 17;
	bare.signer = old;
	bare.signer_key = d->device;
	refuses(d, &bare, SCEP_BAD_REQUEST, "renewal-mismatch");
	bare = usual(d, word_for(d, NULL));
	bare.type = 17;
	bare.signer = old;
	bare.signer_key = d->device;
	refuses(d, &bare, SCEP_BAD_REQUEST, "renewal-mismatch");
	next = issues(d, &ask, &got);
	cr_assert_eq(next.purpose, (uint32_t)CERT_FOR_RENEWAL);
	cr_assert_str_eq(next.udid, "UDID-1");
	cr_assert_arr_neq(next.fingerprint, id.fingerprint, 32);
	/* as real iPads renew: a PKCSReq by a key of its own, with a challenge for the renewal */
	bare = usual(d, word_for(d, "UDID-1"));
	cr_assert_eq(issues(d, &bare, &got).purpose, (uint32_t)CERT_FOR_RENEWAL);
	cr_assert_eq(fixture_write(f, revoke, id.fingerprint), 0);
	ask = usual(d, word_for(d, "UDID-1"));
	ask.type = 17;
	ask.signer = old;
	ask.signer_key = d->device;
	refuses(d, &ask, SCEP_BAD_CERT_ID, "renewal-signer");
	/* revoked: not given again either */
	cr_assert_eq(fixture_write(f, revoke, next.fingerprint), 0);
}

static void old_algorithms(struct desk *d)
{
	struct client_ask good = usual(d, word_for(d, NULL)), ask;
	struct client_answer got;

	fixture_reopen(&d->f, true);
	REFUSES(SCEP_BAD_ALG, "old-algorithm", ask.digest = "SHA1");
	REFUSES(SCEP_BAD_ALG, "old-algorithm", ask.cipher = "DES-EDE3-CBC");
	REFUSES(SCEP_BAD_ALG, "old-algorithm", ask.cipher = "DES-CBC");
	issues(d, &good, &got);
	cr_assert_eq(cert_legacy_ca(d->f.c) == NULL, false);
	fixture_reopen(&d->f, false);
	cr_assert_not_null(strstr(cert_scep_caps(d->f.c), "POSTPKIOperation\n"));
	cr_assert_null(strstr(cert_scep_caps(d->f.c), "DES"));
}

/* --- the same request on many threads at once --- */

struct racer {
	struct desk *d;
	struct bytes message;
	struct arena *a;
	struct cert_scep_answer answer;
	int err;
};

static void *race(void *arg)
{
	struct racer *r = arg;
	struct fixture *f = &r->d->f;

	r->err = cert_scep_operate(f->c, f->st, r->message, f->now, r->a, &r->answer);
	return NULL;
}

static void races(struct desk *d)
{
	const char *word = word_for(d, NULL);
	struct client_ask ask = usual(d, word);
	struct racer r[6];
	pthread_t t[6];
	int issued = 0, used = 0;

	for (int i = 0; i < 6; i++) {
		ask.key = i < 3 ? d->device : d->other;
		r[i] = (struct racer){.d = d, .a = arena_new()};
		r[i].message = client_scep_ask(d->f.a, d->f.c->ca_der, &ask);
		cr_assert_eq(pthread_create(&t[i], NULL, race, &r[i]), 0);
	}
	for (int i = 0; i < 6; i++)
		pthread_join(t[i], NULL);
	for (int i = 0; i < 6; i++) {
		cr_assert_eq(r[i].err, 0);
		issued += r[i].answer.issued;
		used += !strcmp(r[i].answer.why, "challenge-used");
	}
	/* one key won, and all its askers have the same certificate */
	cr_assert_eq(issued, 3);
	cr_assert_eq(used, 3);
	for (int i = 0; i < 6; i++) {
		for (int j = 0; j < i; j++)
			cr_assert(!r[i].answer.issued || !r[j].answer.issued ||
				  !memcmp(r[i].answer.identity.serial, r[j].answer.identity.serial,
					  CERT_SERIAL));
	}
	for (int i = 0; i < 6; i++)
		arena_free(r[i].a);
}

Test(scep, whole_operations, .timeout = 300)
{
	struct desk d;

	desk_open(&d);
	ciphers_and_digests(&d);
	refusals(&d);
	renewal(&d);
	old_algorithms(&d);
	races(&d);
	one_time(&d);
	the_certificate(&d);
	cr_assert_eq(fixture_faults(&d.f), 0);
	desk_close(&d);
}
