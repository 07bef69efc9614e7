/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"
#include "base/log.h"
#include "http/server_int.h"

#include <poll.h>
#include <stdlib.h>

#define LINGER_MS 2000
#define LINGER_BYTES (4 * 1024 * 1024)
#define LINGER_STAFF_BYTES (64 * 1024 * 1024) /* a film sent as a picture: staff hear why not */

/* --- coming and going: only on the port's accepting thread --- */

static const char *accept_fault(struct http_port *p, const struct http_address *a)
{
	if (p->conn_count >= p->connections) {
		http_meter_event(HTTP_METER_FULL);
		return "full";
	}
	/* A proxy of ours stands for everybody behind it. */
	if (p->connections_per_address > 0 && !http_net_has(p->trusted, p->trusted_n, a) &&
		http_census_count(&p->census, a) >= p->connections_per_address) {
		http_meter_event(HTTP_METER_ADDRESS_FULL);
		return "address_full";
	}
	return NULL;
}

enum MHD_Result http_on_accept(void *cls, const struct sockaddr *sa, socklen_t len)
{
	struct http_port *p = cls;
	char peer[HTTP_ADDRESS_TEXT];
	struct http_address a;
	const char *why;

	(void)len;
	if (http_address_of(sa, &a) != 0)
		return MHD_NO;
	pthread_mutex_lock(&p->lock);
	why = accept_fault(p, &a);
	pthread_mutex_unlock(&p->lock);
	if (!why)
		return MHD_YES;
	log_event(LOG_DEBUG, "http.refused", "listener=%s peer=%s why=%s", p->name,
		http_address_format(&a, peer), why);
	return MHD_NO;
}

static void conn_list_add(struct http_conn *c)
{
	struct http_port *p = c->port;

	pthread_mutex_lock(&p->lock);
	c->next = p->conns;
	if (c->next)
		c->next->prev = c;
	p->conns = c;
	p->conn_count++;
	http_census_enter(&p->census, &c->address);
	pthread_mutex_unlock(&p->lock);
}

static void conn_list_remove(struct http_conn *c)
{
	struct http_port *p = c->port;

	pthread_mutex_lock(&p->lock);
	if (c->next)
		c->next->prev = c->prev;
	if (c->prev)
		c->prev->next = c->next;
	else
		p->conns = c->next;
	p->conn_count--;
	http_census_leave(&p->census, &c->address);
	pthread_mutex_unlock(&p->lock);
}

/* A session that cannot be set up must not go on with the library's own defaults. */
static void conn_begin_tls(struct http_conn *c, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	struct http_port *p = c->port;

	c->session = info ? info->tls_session : NULL;
	pthread_mutex_lock(&p->lock);
	c->tls = http_tls_hold(p->tls);
	pthread_mutex_unlock(&p->lock);
	if (!c->session || http_tls_begin(c->tls, c->session, p->sides & HTTP_DEVICE_SIDE) != 0) {
		log_event(LOG_ERROR, "http.tls", "listener=%s", p->name);
		shutdown(c->fd, SHUT_RDWR);
	}
}

static struct http_conn *conn_new(struct http_port *p, struct MHD_Connection *connection)
{
	struct http_conn *c = mem_zalloc(sizeof(*c));
	const union MHD_ConnectionInfo *info;

	c->port = p;
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	c->fd = info->connect_fd;
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (http_address_of(info->client_addr, &c->address) != 0)
		memset(&c->address, 0, sizeof(c->address)); /* http_on_accept let it in: it is IP */
	http_address_format(&c->address, c->peer);
	c->trusted = http_net_has(p->trusted, p->trusted_n, &c->address);
	c->arena = arena_new();
	http_conn_enter(c, CONN_FRESH, clock_mono_us(), p->server->o.header_s * 1000000LL);
	return c;
}

void http_on_connection(void *cls, struct MHD_Connection *connection, void **context,
	enum MHD_ConnectionNotificationCode code)
{
	struct http_port *p = cls;
	struct http_conn *c = *context;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		c = conn_new(p, connection);
		if (p->tls)
			conn_begin_tls(c, connection);
		conn_list_add(c);
		http_meter_connections(1);
		*context = c;
		return;
	}
	if (!c)
		return;
	conn_list_remove(c);
	http_meter_connections(-1);
	arena_free(c->arena);
	buf_release(&c->body);
	http_tls_drop(c->tls);
	free(c);
	*context = NULL;
}

/* --- on the connection's own thread --- */

void http_conn_enter(struct http_conn *c, enum conn_phase phase, int64_t now_us, int64_t allow_us)
{
	atomic_store_explicit(&c->phase, phase, memory_order_relaxed);
	atomic_store_explicit(
		&c->deadline_us, allow_us ? now_us + allow_us : INT64_MAX, memory_order_relaxed);
}

/*
 * Closing a socket with bytes unread resets the connection, and the reset may overtake the reply
 * that says why. So the rest is read for a moment and thrown away.
 */
void http_conn_linger(struct http_conn *c)
{
	int64_t end_us = clock_mono_us() + LINGER_MS * 1000;
	struct pollfd p = {.fd = c->fd, .events = POLLIN};
	const struct http_route *route = c->x.rq.route;
	size_t most = route && route->caller == HTTP_STAFF ? LINGER_STAFF_BYTES : LINGER_BYTES;
	size_t total = 0;
	char waste[8192];

	if (!c->session)
		shutdown(c->fd, SHUT_WR);
	while (total < most && !atomic_load(&c->port->server->stopping)) {
		int64_t left_ms = (end_us - clock_mono_us()) / 1000;
		ssize_t n;

		if (left_ms <= 0 || poll(&p, 1, (int)left_ms) <= 0)
			return;
		n = recv(c->fd, waste, sizeof(waste), MSG_DONTWAIT);
		if (n <= 0)
			return;
		total += (size_t)n;
	}
}

/* --- from other threads --- */

unsigned http_port_conns(struct http_port *p)
{
	unsigned n;

	pthread_mutex_lock(&p->lock);
	n = p->conn_count;
	pthread_mutex_unlock(&p->lock);
	return n;
}

void http_port_cut_idle(struct http_port *p)
{
	char byte;

	pthread_mutex_lock(&p->lock);
	for (struct http_conn *c = p->conns; c; c = c->next) {
		/* What has come in is served; only silence is cut. */
		if (atomic_load(&c->phase) == CONN_IDLE &&
			recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0)
			shutdown(c->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&p->lock);
}
