/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/fake/script.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

static void cert_make(struct script *s)
{
	X509_EXTENSION *x;
	X509V3_CTX ctx;

	s->key = EVP_EC_gen("P-256");
	s->cert = X509_new();
	X509_set_version(s->cert, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(s->cert), 7);
	X509_gmtime_adj(X509_getm_notBefore(s->cert), -60);
	X509_gmtime_adj(X509_getm_notAfter(s->cert), 3600);
	X509_set_pubkey(s->cert, s->key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(s->cert), "CN", MBSTRING_ASC,
		(const unsigned char *)"server", -1, -1, 0);
	X509_set_issuer_name(s->cert, X509_get_subject_name(s->cert));
	X509V3_set_ctx(&ctx, s->cert, s->cert, NULL, NULL, 0);
	x = X509V3_EXT_conf_nid(NULL, &ctx, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
	X509_add_ext(s->cert, x, -1);
	X509_EXTENSION_free(x);
	cr_assert(X509_sign(s->cert, s->key, EVP_sha256()) > 0);
}

static int any_cert(int ok, X509_STORE_CTX *store)
{
	return 1;
}

/* One read is one request here: they are small. */
static void serve_one(struct script *s, int fd, SSL *ssl, unsigned *at)
{
	char in[65536];

	for (;;) {
		ssize_t n = ssl ? SSL_read(ssl, in, sizeof(in)) : read(fd, in, sizeof(in));
		const char *out;

		if (n <= 0)
			return;
		buf_add(&s->got, in, (size_t)n);
		if (!memmem(s->got.p, s->got.n, "\r\n\r\n", 4))
			continue;
		out = *at < 4 ? s->replies[(*at)++] : NULL;
		if (!out)
			return;
		if (ssl)
			SSL_write(ssl, out, (int)strlen(out));
		else if (write(fd, out, strlen(out)) < 0)
			return;
		if (strstr(out, "until-close"))
			return;
	}
}

static void *serve(void *arg)
{
	struct script *s = arg;
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	unsigned at = 0;

	SSL_CTX_use_certificate(ctx, s->cert);
	SSL_CTX_use_PrivateKey(ctx, s->key);
	SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, any_cert);
	for (unsigned i = 0; i < s->connections; i++) {
		int fd = accept(s->fd, NULL, NULL);
		SSL *ssl = s->tls ? SSL_new(ctx) : NULL;

		if (ssl)
			SSL_set_fd(ssl, fd);
		if (!ssl || SSL_accept(ssl) == 1) {
			X509 *peer = ssl ? SSL_get1_peer_certificate(ssl) : NULL;

			s->client_cert = peer != NULL;
			X509_free(peer);
			serve_one(s, fd, ssl, &at);
		}
		SSL_free(ssl);
		close(fd);
	}
	SSL_CTX_free(ctx);
	return NULL;
}

void script_open(struct script *s)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t n = sizeof(in);

	s->got = (struct buf)BUF_INIT(1u << 20);
	cert_make(s);
	s->fd = socket(AF_INET, SOCK_STREAM, 0);
	cr_assert_eq(bind(s->fd, (struct sockaddr *)&in, sizeof(in)), 0);
	cr_assert_eq(listen(s->fd, 8), 0);
	getsockname(s->fd, (struct sockaddr *)&in, &n);
	s->port = ntohs(in.sin_port);
	pthread_create(&s->thread, NULL, serve, s);
}

void script_wait(struct script *s)
{
	pthread_join(s->thread, NULL);
}

void script_close(struct script *s)
{
	close(s->fd);
	buf_release(&s->got);
	EVP_PKEY_free(s->key);
	X509_free(s->cert);
}
