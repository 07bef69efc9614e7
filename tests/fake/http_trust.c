/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/http_client_int.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

struct client_trust {
	atomic_uint holders;
	SSL_CTX *ctx;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* OpenSSL writes with write(): a peer that is gone must be an error, not the end of us. */
static void pipe_ignore(void)
{
	signal(SIGPIPE, SIG_IGN);
}

struct client_trust *client_trust_new(bool insecure)
{
	struct client_trust *t = mem_zalloc(sizeof(*t));

	pthread_once(&once, pipe_ignore);
	atomic_init(&t->holders, 1);
	t->ctx = SSL_CTX_new(TLS_client_method());
	if (!t->ctx)
		abort();
	SSL_CTX_set_min_proto_version(t->ctx, TLS1_2_VERSION);
	SSL_CTX_set_mode(t->ctx, SSL_MODE_AUTO_RETRY);
	SSL_CTX_set_verify(t->ctx, insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
	return t;
}

struct client_trust *client_trust_share(struct client_trust *t)
{
	if (t)
		atomic_fetch_add(&t->holders, 1);
	return t;
}

void client_trust_free(struct client_trust *t)
{
	if (!t || atomic_fetch_sub(&t->holders, 1) > 1)
		return;
	SSL_CTX_free(t->ctx);
	free(t);
}

SSL_CTX *client_trust_ctx(const struct client_trust *t)
{
	return t->ctx;
}

static int trust_cert(struct client_trust *t, X509 *cert)
{
	if (!X509_STORE_add_cert(SSL_CTX_get_cert_store(t->ctx), cert))
		return ERR_BADINPUT;
	return 0;
}

struct client_trust *client_trust_copy(const struct client_trust *t)
{
	bool insecure = SSL_CTX_get_verify_mode(t->ctx) == SSL_VERIFY_NONE;
	struct client_trust *copy = client_trust_new(insecure);
	STACK_OF(X509) *all = X509_STORE_get1_all_certs(SSL_CTX_get_cert_store(t->ctx));

	for (int i = 0; i < sk_X509_num(all); i++)
		(void)!trust_cert(copy, sk_X509_value(all, i));
	sk_X509_pop_free(all, X509_free);
	return copy;
}

int client_trust_file(struct client_trust *t, const char *pem_path)
{
	BIO *in = BIO_new_file(pem_path, "r");
	X509 *cert;
	int n = 0, err = 0;

	if (!in)
		return ERR_IO;
	while (!err && (cert = PEM_read_bio_X509(in, NULL, NULL, NULL)) != NULL) {
		err = trust_cert(t, cert);
		X509_free(cert);
		n++;
	}
	BIO_free(in);
	ERR_clear_error();
	return err ? err : n > 0 ? 0 : ERR_BADINPUT;
}

int client_trust_der(struct client_trust *t, struct bytes der)
{
	const uint8_t *p = der.p;
	X509 *cert = d2i_X509(NULL, &p, (long)der.n);
	int err = cert ? trust_cert(t, cert) : ERR_BADINPUT;

	X509_free(cert);
	return err;
}

bool client_trust_has(const struct client_trust *t, struct bytes der)
{
	const uint8_t *p = der.p;
	X509 *cert = d2i_X509(NULL, &p, (long)der.n);
	STACK_OF(X509) *all = X509_STORE_get1_all_certs(SSL_CTX_get_cert_store(t->ctx));
	bool found = false;

	for (int i = 0; cert && !found && i < sk_X509_num(all); i++)
		found = X509_cmp(cert, sk_X509_value(all, i)) == 0;
	sk_X509_pop_free(all, X509_free);
	X509_free(cert);
	return found;
}
