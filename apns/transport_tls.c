/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/transport_int.h"
#include "base/clock.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_AHEAD 65536

struct tls {
	SSL_CTX *ctx;
	SSL *ssl;
	struct addrinfo *addresses, *at; /* at: the one being tried */
	int fd;
	bool connected; /* TCP */
	bool up;        /* TLS */
	bool want_write;
	bool dead;
	bool cert_refused;
	int64_t deadline_us;
	int connect_wait_ms;
	const char *why;
	char host[256];
};

/* --- certificates --- */

/* No passphrase is ever asked for: a prompt would hang the server. */
static int no_passphrase(char *buf, int size, int writing, void *arg)
{
	return 0;
}

static int chain_use(SSL_CTX *ctx, BIO *in)
{
	X509 *cert = PEM_read_bio_X509(in, NULL, no_passphrase, NULL);
	int ok = cert && SSL_CTX_use_certificate(ctx, cert) == 1;

	X509_free(cert);
	while (ok && (cert = PEM_read_bio_X509(in, NULL, no_passphrase, NULL)))
		ok = SSL_CTX_add0_chain_cert(ctx, cert) == 1;
	ERR_clear_error(); /* the end of the file is told as an error */
	return ok ? 0 : ERR_CRYPTO;
}

static int identity_use(SSL_CTX *ctx, const char *cert_pem, const char *key_pem)
{
	BIO *cert_in = BIO_new_mem_buf(cert_pem, -1);
	BIO *key_in = BIO_new_mem_buf(key_pem, -1);
	EVP_PKEY *key = key_in ? PEM_read_bio_PrivateKey(key_in, NULL, no_passphrase, NULL) : NULL;
	int rc = ERR_CRYPTO;

	if (cert_in && key && chain_use(ctx, cert_in) == 0 &&
		SSL_CTX_use_PrivateKey(ctx, key) == 1 && SSL_CTX_check_private_key(ctx) == 1)
		rc = 0;
	EVP_PKEY_free(key);
	BIO_free(key_in);
	BIO_free(cert_in);
	ERR_clear_error();
	return rc;
}

/* --- whom we trust --- */

/* What a file looked like; zeros: it is not there. */
struct stamp {
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec changed;
};

struct tls_roots {
	char *path;
	X509_STORE *store; /* NULL: to be read */
	struct stamp stamp[2];
	unsigned reads;
};

struct tls_roots *tls_roots_new(const char *path)
{
	struct tls_roots *r = mem_zalloc(sizeof(*r));

	r->path = path ? mem_strdup(path) : NULL;
	return r;
}

void tls_roots_free(struct tls_roots *r)
{
	if (!r)
		return;
	X509_STORE_free(r->store);
	free(r->path);
	free(r);
}

unsigned tls_roots_reads(const struct tls_roots *r)
{
	return r->reads;
}

static struct stamp stamp_of(const char *path)
{
	struct stat s;

	if (!path || stat(path, &s) != 0)
		return (struct stamp){0};
	return (struct stamp){s.st_dev, s.st_ino, s.st_size, s.st_mtim};
}

static bool stamp_equal(const struct stamp *a, const struct stamp *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	       a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

static int roots_read(struct tls_roots *r)
{
	int ok;

	X509_STORE_free(r->store);
	r->store = X509_STORE_new();
	r->reads++;
	if (!r->store)
		return ERR_CRYPTO;
	ok = r->path ? X509_STORE_load_file(r->store, r->path)
		     : X509_STORE_set_default_paths(r->store);
	ERR_clear_error();
	if (ok == 1)
		return 0;
	X509_STORE_free(r->store);
	r->store = NULL;
	return ERR_CRYPTO;
}

/* The system's are a file or a folder whose files are read as they are needed. The stamps are
 * taken before: what changes while it is read is read again next time. */
static int roots_use(SSL_CTX *ctx, struct tls_roots *r)
{
	const struct stamp now[2] = {
		stamp_of(r->path ? r->path : X509_get_default_cert_file()),
		stamp_of(r->path ? NULL : X509_get_default_cert_dir()),
	};

	if (!r->store || !stamp_equal(&now[0], &r->stamp[0]) ||
		!stamp_equal(&now[1], &r->stamp[1])) {
		if (roots_read(r))
			return ERR_CRYPTO;
		memcpy(r->stamp, now, sizeof(now));
	}
	SSL_CTX_set1_cert_store(ctx, r->store);
	return 0;
}

/* --- connecting: the context --- */

static int context_make(struct tls *t, const struct tls_setup *s)
{
	static const unsigned char h2[] = {2, 'h', '2'};

	t->ctx = SSL_CTX_new(TLS_client_method());
	if (!t->ctx)
		return ERR_CRYPTO;
	SSL_CTX_set_min_proto_version(t->ctx, TLS1_2_VERSION);
	SSL_CTX_set_options(t->ctx, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
	SSL_CTX_set_mode(
		t->ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	SSL_CTX_set_verify(t->ctx, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_read_ahead(t->ctx, 1);
	SSL_CTX_set_default_read_buffer_len(t->ctx, READ_AHEAD);
	if (SSL_CTX_set_alpn_protos(t->ctx, h2, sizeof(h2)) != 0)
		return ERR_CRYPTO;
	if (roots_use(t->ctx, s->roots)) {
		t->why = "the trusted roots cannot be read";
		return ERR_CRYPTO;
	}
	if (identity_use(t->ctx, s->cert_pem, s->key_pem)) {
		t->why = "the push certificate or its key cannot be used";
		t->cert_refused = true;
		return ERR_CRYPTO;
	}
	return 0;
}

/* The name that the server's certificate must carry; no SNI for an address (RFC 6066 3). */
static int host_expect(struct tls *t)
{
	struct in6_addr ip;
	bool ok;

	if (inet_pton(AF_INET, t->host, &ip) == 1 || inet_pton(AF_INET6, t->host, &ip) == 1)
		ok = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(t->ssl), t->host) == 1;
	else
		ok = SSL_set_tlsext_host_name(t->ssl, t->host) == 1 &&
		     SSL_set1_host(t->ssl, t->host) == 1;
	return ok ? 0 : ERR_CRYPTO;
}

/* --- connecting --- */

static void socket_close(struct tls *t)
{
	SSL_free(t->ssl);
	t->ssl = NULL;
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
	t->connected = t->up = t->want_write = false;
}

static int socket_open(const struct addrinfo *ai)
{
	int fd = socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int one = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(fd, ai->ai_addr, ai->ai_addrlen) == 0 || errno == EINPROGRESS)
		return fd;
	close(fd);
	return -1;
}

/* Begins with the next address; ERR_NET when there is none left. */
static int address_next(struct tls *t, int64_t now_us)
{
	socket_close(t);
	t->at = t->at ? t->at->ai_next : t->addresses;
	for (; t->at; t->at = t->at->ai_next) {
		t->fd = socket_open(t->at);
		if (t->fd >= 0)
			break;
	}
	if (!t->at)
		return ERR_NET;
	t->ssl = SSL_new(t->ctx);
	if (!t->ssl || host_expect(t) || SSL_set_fd(t->ssl, t->fd) != 1)
		return ERR_CRYPTO;
	SSL_set_connect_state(t->ssl);
	t->want_write = true;
	t->deadline_us = now_us + (int64_t)t->connect_wait_ms * 1000;
	return 0;
}

static int host_find(struct tls *t, const struct tls_setup *s)
{
	struct addrinfo hints = {.ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV};
	char port[8];

	snprintf(port, sizeof(port), "%u", s->port);
	text_copy(t->host, sizeof(t->host), s->host);
	if (getaddrinfo(t->host, port, &hints, &t->addresses) != 0) {
		t->addresses = NULL;
		t->why = "the host's name is not found";
		return ERR_NET;
	}
	return 0;
}

static int begin(struct tls *t, const struct tls_setup *s)
{
	int rc = context_make(t, s);

	t->connect_wait_ms = s->connect_wait_ms;
	if (rc == 0)
		rc = host_find(t, s);
	if (rc == 0)
		rc = address_next(t, clock_mono_us());
	return rc;
}

struct tls *tls_new(const struct tls_setup *s)
{
	struct tls *t = mem_zalloc(sizeof(*t));

	t->fd = -1;
	t->why = "nothing listens there";
	t->dead = begin(t, s) != 0;
	ERR_clear_error();
	return t;
}

void tls_free(struct tls *t)
{
	if (!t)
		return;
	if (t->up && !t->dead)
		SSL_shutdown(t->ssl);
	ERR_clear_error();
	socket_close(t);
	SSL_CTX_free(t->ctx);
	if (t->addresses)
		freeaddrinfo(t->addresses);
	free(t);
}

/* --- what went wrong --- */

static bool reason_is_our_cert(int reason)
{
	switch (reason) {
	case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
	case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
	case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
	case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
	case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
	case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
	case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
	case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
		return true;
	default:
		return false;
	}
}

/* Takes the first error of the queue as the reason. */
static int failed(struct tls *t)
{
	unsigned long e = ERR_peek_error();
	long verified = t->ssl ? SSL_get_verify_result(t->ssl) : X509_V_OK;

	if (verified != X509_V_OK)
		t->why = X509_verify_cert_error_string(verified);
	else if (e && ERR_reason_error_string(e))
		t->why = ERR_reason_error_string(e);
	else
		t->why = t->up ? "the connection was closed" : "the connection was not taken";
	if (e && ERR_GET_LIB(e) == ERR_LIB_SSL && reason_is_our_cert(ERR_GET_REASON(e)))
		t->cert_refused = true;
	ERR_clear_error();
	t->dead = true;
	return ERR_NET;
}

/* What an SSL call that returned n <= 0 means. */
static int outcome(struct tls *t, int n)
{
	switch (SSL_get_error(t->ssl, n)) {
	case SSL_ERROR_WANT_READ:
		t->want_write = false;
		return ERR_BUSY;
	case SSL_ERROR_WANT_WRITE:
		t->want_write = true;
		return ERR_BUSY;
	default:
		return failed(t);
	}
}

static int handshake(struct tls *t)
{
	const unsigned char *proto;
	unsigned proto_n;
	int n;

	ERR_clear_error();
	n = SSL_do_handshake(t->ssl);
	if (n != 1)
		return outcome(t, n);
	SSL_get0_alpn_selected(t->ssl, &proto, &proto_n);
	if (proto_n != 2 || memcmp(proto, "h2", 2) != 0) {
		t->why = "the other side does not speak HTTP/2";
		t->dead = true;
		return ERR_NET;
	}
	t->up = true;
	t->want_write = false;
	return 0;
}

/* Whether the TCP connection stands: 0, ERR_BUSY, ERR_NET. */
static int tcp_connect(struct tls *t)
{
	struct pollfd pfd = {.fd = t->fd, .events = POLLOUT};
	socklen_t n = sizeof(int);
	int err = 0;

	if (t->connected)
		return 0;
	if (poll(&pfd, 1, 0) == 0)
		return ERR_BUSY;
	if (getsockopt(t->fd, SOL_SOCKET, SO_ERROR, &err, &n) != 0 || err != 0)
		return ERR_NET;
	t->connected = true;
	return 0;
}

/* Only an address that never answered at all is worth trying another. */
static int tcp_step(struct tls *t, int64_t now_us)
{
	int rc = tcp_connect(t);

	if (rc == 0 || (rc == ERR_BUSY && now_us < t->deadline_us))
		return rc;
	t->why = rc == ERR_BUSY ? "no answer while connecting" : "nothing listens there";
	return address_next(t, now_us) == 0 ? ERR_BUSY : ERR_NET;
}

int tls_connect(struct tls *t, int64_t now_us)
{
	int rc;

	if (t->up || t->dead)
		return t->dead ? ERR_NET : 0;
	rc = tcp_step(t, now_us);
	if (rc == 0)
		rc = handshake(t);
	if (rc == ERR_BUSY && now_us >= t->deadline_us) {
		t->why = "no answer while connecting";
		rc = ERR_NET;
	}
	t->dead = rc != 0 && rc != ERR_BUSY;
	return rc;
}

/* --- bytes --- */

int tls_read(struct tls *t, uint8_t *p, size_t most, size_t *ret_n)
{
	size_t n;

	if (t->dead)
		return ERR_NET;
	ERR_clear_error();
	if (SSL_read_ex(t->ssl, p, most, &n) != 1)
		return outcome(t, 0);
	*ret_n = n;
	return 0;
}

int tls_write(struct tls *t, const uint8_t *p, size_t n, size_t *ret_n)
{
	size_t done;

	if (t->dead)
		return ERR_NET;
	ERR_clear_error();
	if (SSL_write_ex(t->ssl, p, n, &done) != 1)
		return outcome(t, 0);
	t->want_write = false;
	*ret_n = done;
	return 0;
}

int tls_fd(const struct tls *t)
{
	return t->fd;
}

short tls_poll_events(const struct tls *t, bool writing)
{
	return (short)(POLLIN | (writing || t->want_write ? POLLOUT : 0));
}

int64_t tls_deadline_us(const struct tls *t)
{
	return t->up || t->dead ? INT64_MAX : t->deadline_us;
}

const char *tls_why(const struct tls *t)
{
	return t->why;
}

bool tls_cert_refused(const struct tls *t)
{
	return t->cert_refused;
}
