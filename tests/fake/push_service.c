/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/push_service_int.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

/* --- TLS --- */

static X509 *cert_read(const char *pem)
{
	BIO *b = BIO_new_mem_buf(pem, -1);
	X509 *cert = b ? PEM_read_bio_X509(b, NULL, NULL, NULL) : NULL;

	BIO_free(b);
	return cert;
}

static bool own_certificate_use(SSL_CTX *tls, const struct push_service_options *o)
{
	BIO *b = BIO_new_mem_buf(o->key_pem, -1);
	EVP_PKEY *key = b ? PEM_read_bio_PrivateKey(b, NULL, NULL, NULL) : NULL;
	X509 *cert = cert_read(o->cert_pem);
	bool ok = key && cert && SSL_CTX_use_certificate(tls, cert) == 1 &&
		  SSL_CTX_use_PrivateKey(tls, key) == 1;

	X509_free(cert);
	EVP_PKEY_free(key);
	BIO_free(b);
	return ok;
}

static bool root_use(SSL_CTX *tls, const char *ca_pem)
{
	X509 *ca = cert_read(ca_pem);
	bool ok = ca && X509_STORE_add_cert(SSL_CTX_get_cert_store(tls), ca) == 1;

	X509_free(ca);
	return ok;
}

static int on_certificate(X509_STORE_CTX *ctx, void *arg)
{
	struct push_service *ps = arg;

	if (ps->faults.refuse_tls) {
		X509_STORE_CTX_set_error(ctx, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
		return 0;
	}
	return ps->options.ca_pem ? X509_verify_cert(ctx) : 1;
}

static int on_alpn(SSL *ssl, const unsigned char **ret, unsigned char *ret_n,
	const unsigned char *in, unsigned in_n, void *arg)
{
	for (unsigned i = 0; i + 2 < in_n; i += in[i] + 1u) {
		if (in[i] == 2 && memcmp(in + i + 1, "h2", 2) == 0) {
			*ret = in + i + 1;
			*ret_n = 2;
			return SSL_TLSEXT_ERR_OK;
		}
	}
	return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static SSL_CTX *tls_new(struct push_service *ps, const struct push_service_options *o)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

	if (!tls)
		return NULL;
	SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
	SSL_CTX_set_options(tls, SSL_OP_NO_TICKET);
	SSL_CTX_set_num_tickets(tls, 0);
	SSL_CTX_set_read_ahead(tls, 1);
	SSL_CTX_set_default_read_buffer_len(tls, 65536);
	SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	SSL_CTX_set_verify(tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
	SSL_CTX_set_cert_verify_callback(tls, on_certificate, ps);
	SSL_CTX_set_alpn_select_cb(tls, on_alpn, NULL);
	if (own_certificate_use(tls, o) && (!o->ca_pem || root_use(tls, o->ca_pem)))
		return tls;
	SSL_CTX_free(tls);
	return NULL;
}

/* --- the thread --- */

void service_publish(struct push_service *ps)
{
	pthread_mutex_lock(&ps->lock);
	ps->counts_shown = ps->counts;
	pthread_mutex_unlock(&ps->lock);
}

/* False: stop. */
static bool wishes_take(struct push_service *ps)
{
	bool go_on;

	pthread_mutex_lock(&ps->lock);
	if (ps->faults_new) {
		ps->faults = ps->faults_next;
		ps->faults_new = false;
		ps->good = ps->streams = 0;
	}
	go_on = !ps->stopping;
	pthread_mutex_unlock(&ps->lock);
	return go_on;
}

static void watch(struct push_service *ps, int fd, void *who, uint32_t events, int how)
{
	struct epoll_event ev = {.events = events, .data.ptr = who};

	if (epoll_ctl(ps->epoll_fd, how, fd, &ev) != 0)
		abort();
}

static void accept_all(struct push_service *ps)
{
	int one = 1, fd;

	while ((fd = accept4(ps->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		struct connection *c = connection_new(ps, fd);

		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		c->next = ps->connections;
		ps->connections = c;
		c->watched = EPOLLIN;
		watch(ps, fd, c, EPOLLIN, EPOLL_CTL_ADD);
		ps->counts.open++;
	}
}

static void connection_drop(struct push_service *ps, struct connection *c)
{
	struct connection **at = &ps->connections;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	ps->counts.open--;
	/* closing alone does not end the watch while a process that was just forked holds it too */
	(void)epoll_ctl(ps->epoll_fd, EPOLL_CTL_DEL, c->fd, NULL);
	connection_free(c);
}

static void connection_work(struct push_service *ps, struct connection *c)
{
	uint32_t events;

	if (!connection_step(c, now_us())) {
		connection_drop(ps, c);
		return;
	}
	events = connection_events(c);
	if (events == c->watched)
		return;
	c->watched = events;
	watch(ps, c->fd, c, events, EPOLL_CTL_MOD);
}

/* Steps those whose answers are due; returns how long to wait for the next, in ms. */
static int timers_work(struct push_service *ps)
{
	int64_t next = INT64_MAX, now = now_us();
	struct connection *c = ps->connections;

	while (c) {
		struct connection *after = c->next;

		if (connection_wake_us(c) <= now)
			connection_work(ps, c);
		c = after;
	}
	for (c = ps->connections; c; c = c->next)
		if (connection_wake_us(c) < next)
			next = connection_wake_us(c);
	if (next == INT64_MAX)
		return -1;
	now = now_us();
	return next <= now ? 0 : (int)((next - now + 999) / 1000);
}

static void *service_run(void *arg)
{
	struct push_service *ps = arg;
	struct epoll_event ev[64];
	uint64_t woken;

	while (wishes_take(ps)) {
		int wait_ms = timers_work(ps);
		int n;

		service_publish(ps);
		n = epoll_wait(ps->epoll_fd, ev, 64, wait_ms);
		wishes_take(ps);
		for (int i = 0; i < n; i++) {
			if (ev[i].data.ptr == &ps->listen_fd)
				accept_all(ps);
			else if (ev[i].data.ptr == &ps->wake_fd)
				(void)!read(ps->wake_fd, &woken, sizeof(woken));
			else
				connection_work(ps, ev[i].data.ptr);
		}
	}
	while (ps->connections)
		connection_drop(ps, ps->connections);
	return NULL;
}

/* --- begin and end --- */

static int listen_begin(struct push_service *ps, unsigned port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);
	int one = 1;

	ps->listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (ps->listen_fd < 0)
		return -1;
	setsockopt(ps->listen_fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(ps->listen_fd, (struct sockaddr *)&at, n) != 0 ||
		listen(ps->listen_fd, 128) != 0 ||
		getsockname(ps->listen_fd, (struct sockaddr *)&at, &n) != 0)
		return -1;
	ps->port = ntohs(at.sin_port);
	return 0;
}

static int thread_begin(struct push_service *ps)
{
	sigset_t all, before;
	int rc;

	watch(ps, ps->listen_fd, &ps->listen_fd, EPOLLIN, EPOLL_CTL_ADD);
	watch(ps, ps->wake_fd, &ps->wake_fd, EPOLLIN, EPOLL_CTL_ADD);
	/* SIGPIPE of a connection that went away is not for it either. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&ps->thread, NULL, service_run, ps);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc ? -1 : 0;
}

static void service_free(struct push_service *ps)
{
	if (ps->listen_fd >= 0)
		close(ps->listen_fd);
	if (ps->wake_fd >= 0)
		close(ps->wake_fd);
	if (ps->epoll_fd >= 0)
		close(ps->epoll_fd);
	SSL_CTX_free(ps->tls);
	ERR_clear_error();
	pthread_mutex_destroy(&ps->lock);
	free(ps);
}

int push_service_start(const struct push_service_options *o, struct push_service **ret)
{
	struct push_service *ps = calloc(1, sizeof(*ps));

	if (!ps)
		return -1;
	pthread_mutex_init(&ps->lock, NULL);
	ps->options = *o;
	ps->listen_fd = -1;
	ps->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	ps->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	ps->tls = tls_new(ps, o);
	/* Only whether there was one is asked from here on. */
	ps->options.ca_pem = o->ca_pem ? "" : NULL;
	ps->options.cert_pem = ps->options.key_pem = NULL;
	if (!ps->tls || ps->epoll_fd < 0 || ps->wake_fd < 0 || listen_begin(ps, o->port) ||
		thread_begin(ps)) {
		service_free(ps);
		return -1;
	}
	*ret = ps;
	return 0;
}

static void wake(struct push_service *ps)
{
	uint64_t one = 1;

	(void)!write(ps->wake_fd, &one, sizeof(one));
}

void push_service_stop(struct push_service *ps)
{
	if (!ps)
		return;
	pthread_mutex_lock(&ps->lock);
	ps->stopping = true;
	pthread_mutex_unlock(&ps->lock);
	wake(ps);
	pthread_join(ps->thread, NULL);
	service_free(ps);
}

unsigned push_service_port(const struct push_service *ps)
{
	return ps->port;
}

void push_service_set_faults(struct push_service *ps, const struct push_service_faults *f)
{
	pthread_mutex_lock(&ps->lock);
	ps->faults_next = *f;
	ps->faults_new = true;
	pthread_mutex_unlock(&ps->lock);
	wake(ps);
}

void push_service_get_counts(struct push_service *ps, struct push_service_counts *ret)
{
	pthread_mutex_lock(&ps->lock);
	*ret = ps->counts_shown;
	pthread_mutex_unlock(&ps->lock);
}
