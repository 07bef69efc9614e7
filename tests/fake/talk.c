/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/talk.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct talk {
	struct talk_service *s;
	struct talk *next;
	pthread_t thread;
	int fd;
	SSL *ssl;
	bool done;
	char in[16384];
	size_t at, n;
};

struct talk_service {
	struct talk_options o;
	SSL_CTX *tls;
	int fd;
	unsigned port;
	pthread_t thread;
	pthread_mutex_t lock;
	struct talk *talks;
	bool stopping;
};

/* --- bytes --- */

bool talk_begin_tls(struct talk *t)
{
	if (!t->s->tls)
		return false;
	t->ssl = SSL_new(t->s->tls);
	if (!t->ssl)
		return false;
	SSL_set_fd(t->ssl, t->fd);
	t->at = t->n = 0; /* what was sent in the clear before is not to be believed */
	return SSL_accept(t->ssl) == 1;
}

bool talk_is_tls(const struct talk *t)
{
	return t->ssl != NULL;
}

static bool fill(struct talk *t)
{
	ssize_t n = t->ssl ? SSL_read(t->ssl, t->in, sizeof(t->in))
			   : recv(t->fd, t->in, sizeof(t->in), 0);

	t->at = 0;
	t->n = n > 0 ? (size_t)n : 0;
	return n > 0;
}

bool talk_line(struct talk *t, char *to, size_t size)
{
	size_t k = 0;

	for (;;) {
		char c;

		if (t->at == t->n && !fill(t))
			return false;
		c = t->in[t->at++];
		if (c == '\n')
			break;
		if (k + 1 < size)
			to[k++] = c;
	}
	if (k > 0 && to[k - 1] == '\r')
		k--;
	to[k] = '\0';
	return true;
}

bool talk_read(struct talk *t, void *to, size_t n)
{
	char *p = to;

	while (n > 0) {
		size_t k;

		if (t->at == t->n && !fill(t))
			return false;
		k = t->n - t->at < n ? t->n - t->at : n;
		memcpy(p, t->in + t->at, k);
		t->at += k;
		p += k;
		n -= k;
	}
	return true;
}

bool talk_write(struct talk *t, const void *p, size_t n)
{
	const char *from = p;

	while (n > 0) {
		ssize_t k = t->ssl ? SSL_write(t->ssl, from, n > 1 << 20 ? 1 << 20 : (int)n)
				   : send(t->fd, from, n, MSG_NOSIGNAL);

		if (k <= 0)
			return false;
		from += k;
		n -= (size_t)k;
	}
	return true;
}

bool talk_say(struct talk *t, const char *fmt, ...)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	char line[2048];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	buf_add_str(&b, line);
	buf_add_str(&b, "\r\n");
	return talk_write(t, b.p, b.n);
}

void talk_wait(struct talk *t)
{
	char byte;

	while (talk_read(t, &byte, 1))
		;
}

/* --- connections --- */

static void *talk_run(void *arg)
{
	struct talk *t = arg;
	struct talk_service *s = t->s;

	if (!s->o.tls || talk_begin_tls(t))
		s->o.handler(t, s->o.ctx);
	if (t->ssl)
		SSL_shutdown(t->ssl);
	shutdown(t->fd, SHUT_RDWR);
	pthread_mutex_lock(&s->lock);
	t->done = true;
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static void talk_free(struct talk *t)
{
	pthread_join(t->thread, NULL);
	SSL_free(t->ssl);
	close(t->fd);
	free(t);
}

/* Those that are over, taken out of the list. */
static struct talk *take_done(struct talk_service *s)
{
	struct talk *done = NULL, **at = &s->talks;

	while (*at) {
		struct talk *t = *at;

		if (!t->done) {
			at = &t->next;
			continue;
		}
		*at = t->next;
		t->next = done;
		done = t;
	}
	return done;
}

static void free_all(struct talk *t)
{
	while (t) {
		struct talk *next = t->next;

		talk_free(t);
		t = next;
	}
}

static void talk_start(struct talk_service *s, int fd)
{
	struct talk *t = mem_zalloc(sizeof(*t)), *done;
	int one = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	t->s = s;
	t->fd = fd;
	pthread_mutex_lock(&s->lock);
	done = take_done(s);
	if (s->stopping || pthread_create(&t->thread, NULL, talk_run, t) != 0) {
		close(fd);
		free(t);
	} else {
		t->next = s->talks;
		s->talks = t;
	}
	pthread_mutex_unlock(&s->lock);
	free_all(done);
}

static void *service_run(void *arg)
{
	struct talk_service *s = arg;

	for (;;) {
		int fd = accept4(s->fd, NULL, NULL, SOCK_CLOEXEC);

		if (fd < 0)
			return NULL;
		talk_start(s, fd);
	}
}

/* --- the service --- */

static bool tls_load(struct talk_service *s, const char *cert_pem, const char *key_pem)
{
	BIO *c = BIO_new_mem_buf(cert_pem, -1), *k = BIO_new_mem_buf(key_pem, -1);
	X509 *cert = PEM_read_bio_X509(c, NULL, NULL, NULL);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(k, NULL, NULL, NULL);
	bool ok;

	s->tls = SSL_CTX_new(TLS_server_method());
	ok = s->tls && cert && key && SSL_CTX_use_certificate(s->tls, cert) == 1 &&
	     SSL_CTX_use_PrivateKey(s->tls, key) == 1;
	X509_free(cert);
	EVP_PKEY_free(key);
	BIO_free(c);
	BIO_free(k);
	return ok;
}

static bool listen_on(struct talk_service *s, unsigned port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((uint16_t)port)};
	socklen_t n = sizeof(at);
	int one = 1;

	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return false;
	setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(s->fd, (struct sockaddr *)&at, n) != 0 || listen(s->fd, 128) != 0 ||
		getsockname(s->fd, (struct sockaddr *)&at, &n) != 0)
		return false;
	s->port = ntohs(at.sin_port);
	return true;
}

int talk_service_start(const struct talk_options *o, struct talk_service **ret)
{
	struct talk_service *s = mem_zalloc(sizeof(*s));

	s->o = *o;
	s->fd = -1;
	pthread_mutex_init(&s->lock, NULL);
	if ((o->cert_pem && !tls_load(s, o->cert_pem, o->key_pem)) || !listen_on(s, o->port) ||
		pthread_create(&s->thread, NULL, service_run, s) != 0) {
		if (s->fd >= 0)
			close(s->fd);
		SSL_CTX_free(s->tls);
		free(s);
		return -1;
	}
	s->o.cert_pem = s->o.key_pem = NULL;
	*ret = s;
	return 0;
}

unsigned talk_service_port(const struct talk_service *s)
{
	return s->port;
}

void talk_service_stop(struct talk_service *s)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	for (struct talk *t = s->talks; t; t = t->next)
		shutdown(t->fd, SHUT_RDWR);
	pthread_mutex_unlock(&s->lock);
	shutdown(s->fd, SHUT_RDWR);
	pthread_join(s->thread, NULL);
	free_all(s->talks);
	close(s->fd);
	SSL_CTX_free(s->tls);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
