/* SPDX-License-Identifier: EUPL-1.2 */
/* The client's socket: connecting, TLS, reading, writing, going away. */
#include "tests/fake/http_client_int.h"
#include "base/clock.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* "1.2.3.4:80" or "[::1]:80" taken apart; `host` keeps no brackets. */
static int address_split(const char *text, char *host, size_t size, const char **ret_port)
{
	const char *colon = strrchr(text, ':');
	size_t n;

	if (!colon || colon == text)
		return ERR_BADINPUT;
	n = (size_t)(colon - text);
	if (text[0] == '[' && n > 2 && text[n - 1] == ']') {
		text++;
		n -= 2;
	}
	if (n >= size)
		return ERR_BADINPUT;
	memcpy(host, text, n);
	host[n] = '\0';
	*ret_port = colon + 1;
	return 0;
}

static int socket_open(const struct addrinfo *ai, unsigned timeout_ms)
{
	int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct timeval tv = {timeout_ms / 1000, (timeout_ms % 1000) * 1000};
	int one = 1;

	if (fd < 0)
		return -1;
	/* Linux lets SO_SNDTIMEO bound connect() as well. */
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	/* Without it the first request after a TLS 1.3 handshake waits 40 ms for an ACK. */
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(fd, ai->ai_addr, ai->ai_addrlen) == 0)
		return fd;
	close(fd);
	return -1;
}

static int tcp_connect(struct client *c)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list, *ai;
	char host[256], number[16];
	const char *port = number;

	if (c->via) {
		int err = address_split(c->via, host, sizeof(host), &port);

		if (err)
			return err;
	} else {
		text_copy(host, sizeof(host), c->host);
		snprintf(number, sizeof(number), "%u", c->port);
	}
	if (getaddrinfo(host, port, &hints, &list) != 0)
		return ERR_NET;
	for (ai = list; ai && c->fd < 0; ai = ai->ai_next)
		c->fd = socket_open(ai, c->timeout_ms);
	freeaddrinfo(list);
	return c->fd >= 0 ? 0 : ERR_NET;
}

static void name_expect(SSL *ssl, const char *host)
{
	struct in6_addr ip;
	X509_VERIFY_PARAM *param = SSL_get0_param(ssl);

	if (inet_pton(AF_INET, host, &ip) == 1 || inet_pton(AF_INET6, host, &ip) == 1) {
		X509_VERIFY_PARAM_set1_ip_asc(param, host);
	} else {
		X509_VERIFY_PARAM_set1_host(param, host, 0);
		SSL_set_tlsext_host_name(ssl, host);
	}
}

static int tls_connect(struct client *c)
{
	if (!c->trust)
		return ERR_CRYPTO;
	c->ssl = SSL_new(client_trust_ctx(c->trust));
	if (!c->ssl)
		return ERR_INTERNAL;
	name_expect(c->ssl, c->host);
	if (c->clock_offset_s)
		X509_VERIFY_PARAM_set_time(
			SSL_get0_param(c->ssl), (time_t)(clock_now() + c->clock_offset_s));
	if (c->cert && c->key) {
		SSL_use_certificate(c->ssl, c->cert);
		SSL_use_PrivateKey(c->ssl, c->key);
	}
	SSL_set_fd(c->ssl, c->fd);
	ERR_clear_error();
	if (SSL_connect(c->ssl) == 1)
		return 0;
	return SSL_get_verify_result(c->ssl) != X509_V_OK ? ERR_CRYPTO : ERR_NET;
}

int client_connect(struct client *c)
{
	int err;

	if (c->fd >= 0)
		return 0;
	buf_reset(&c->in);
	c->consumed = 0;
	err = tcp_connect(c);
	if (err)
		return err;
	c->connects++;
	if (c->tls)
		err = tls_connect(c);
	if (err)
		client_drop(c);
	return err;
}

static int write_plain(int fd, struct bytes b)
{
	while (b.n > 0) {
		ssize_t n = send(fd, b.p, b.n, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return errno == EAGAIN ? ERR_TIMEOUT : ERR_NET;
		b.p += n;
		b.n -= (size_t)n;
	}
	return 0;
}

static int write_tls(SSL *ssl, struct bytes b)
{
	size_t n;

	ERR_clear_error();
	if (b.n == 0 || SSL_write_ex(ssl, b.p, b.n, &n) == 1)
		return 0;
	return SSL_get_error(ssl, 0) == SSL_ERROR_WANT_WRITE ? ERR_TIMEOUT : ERR_NET;
}

int client_write(struct client *c, struct bytes b)
{
	if (c->fd < 0)
		return ERR_NET;
	return c->ssl ? write_tls(c->ssl, b) : write_plain(c->fd, b);
}

static int read_plain(int fd, void *p, size_t size, size_t *ret)
{
	for (;;) {
		ssize_t n = recv(fd, p, size, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? ERR_TIMEOUT : ERR_NET;
		*ret = (size_t)n;
		return n > 0 ? 0 : ERR_NOTFOUND;
	}
}

static int read_tls(SSL *ssl, void *p, size_t size, size_t *ret)
{
	ERR_clear_error();
	if (SSL_read_ex(ssl, p, size, ret) == 1)
		return 0;
	switch (SSL_get_error(ssl, 0)) {
	case SSL_ERROR_ZERO_RETURN:
		return ERR_NOTFOUND;
	case SSL_ERROR_WANT_READ:
		return ERR_TIMEOUT;
	default:
		return ERR_NET;
	}
}

int client_fill(struct client *c)
{
	uint8_t chunk[16384];
	size_t n = 0;
	int err;

	if (c->fd < 0)
		return ERR_NET;
	err = c->ssl ? read_tls(c->ssl, chunk, sizeof(chunk), &n)
		     : read_plain(c->fd, chunk, sizeof(chunk), &n);
	if (err)
		return err;
	buf_add(&c->in, chunk, n);
	return buf_ok(&c->in) ? 0 : ERR_TOOBIG;
}

bool client_wait_closed(struct client *c, unsigned wait_ms)
{
	struct pollfd p = {c->fd, POLLIN, 0};
	char scrap[4096];
	size_t n;

	if (c->fd < 0)
		return true;
	while (poll(&p, 1, (int)wait_ms) > 0) {
		/* What still comes (a last reply, a TLS alert) is of no interest here. */
		if (read_plain(c->fd, scrap, sizeof(scrap), &n) != 0)
			return true;
	}
	return false;
}

void client_close(struct client *c)
{
	if (c->ssl)
		SSL_shutdown(c->ssl);
	SSL_free(c->ssl);
	c->ssl = NULL;
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

void client_drop(struct client *c)
{
	struct linger hard = {1, 0};

	if (c->fd >= 0)
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	SSL_free(c->ssl);
	c->ssl = NULL;
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

bool client_connected(const struct client *c)
{
	return c->fd >= 0;
}

unsigned client_connects(const struct client *c)
{
	return c->connects;
}
