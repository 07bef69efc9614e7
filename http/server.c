/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "http/server_int.h"

#include <gnutls/abstract.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define HEADER_S 10
#define BODY_S 30
#define IDLE_S 60
#define HEADER_BYTES 32768
#define CONNECTIONS 1000
/* Beside the headers themselves: the library's note of each, and the head of the reply. */
#define POOL_SPARE 16384
/* Handlers verify and parse here; sanitizers' frames are several times as big. */
#if defined(__SANITIZE_ADDRESS__)
#define STACK_BYTES (2 * 1024 * 1024)
#else
#define STACK_BYTES (256 * 1024)
#endif
#define FDS_BESIDE 256 /* store, logs, outgoing connections */

/* --- options --- */

static unsigned or_default(unsigned value, unsigned otherwise)
{
	return value ? value : otherwise;
}

static const char *copied(struct arena *a, const char *s)
{
	return s ? arena_strdup(a, s) : NULL;
}

static void options_copy(struct http_server *s, const struct http_options *o)
{
	struct http_routes *tables = ARENA_ARRAY(s->arena, struct http_routes, o->table_count + 1);

	s->o = *o;
	s->lang = o->lang;
	s->o.header_s = or_default(o->header_s, HEADER_S);
	s->o.body_s = or_default(o->body_s, BODY_S);
	s->o.idle_s = or_default(o->idle_s, IDLE_S);
	s->o.header_bytes = or_default(o->header_bytes, HEADER_BYTES);
	if (o->table_count)
		memcpy(tables, o->tables, o->table_count * sizeof(*tables));
	s->o.tables = tables;
	s->o.listeners = NULL; /* copied into the ports */
}

static int trusted_copy(struct http_server *s, const struct http_listener *l, struct http_port *p)
{
	size_t n = 0;

	while (l->trusted_proxies && l->trusted_proxies[n])
		n++;
	p->trusted = ARENA_ARRAY(s->arena, struct http_net, n + 1);
	for (; p->trusted_n < n; p->trusted_n++) {
		const char *net = l->trusted_proxies[p->trusted_n];

		if (http_net_parse(net, &p->trusted[p->trusted_n]) != 0) {
			log_event(LOG_ERROR, "http.trusted_proxy", "listener=%s value=%s why=%s",
				l->name, net, "not an address or CIDR block");
			return ERR_BADINPUT;
		}
	}
	return 0;
}

/* --- ports --- */

static int port_fill(struct http_server *s, const struct http_listener *l, struct http_port *p)
{
	if (!l->name || !l->sides || !l->tls_cert_path != !l->tls_key_path) {
		log_event(LOG_ERROR, "http.listener", "listener=%s why=%s", l->name,
			"it needs a name, a side, and both or none of certificate and key");
		return ERR_USAGE;
	}
	if (l->cert_header && !http_field_is_cert(l->cert_header)) {
		log_event(LOG_ERROR, "http.listener", "listener=%s why=%s", l->name,
			"client_cert_header is Client-Cert or X-SSL-Client-Cert");
		return ERR_USAGE;
	}
	p->server = s;
	p->name = arena_strdup(s->arena, l->name);
	p->sides = l->sides;
	p->connections = or_default(l->connections, CONNECTIONS);
	p->connections_per_address = l->connections_per_address;
	p->cert_path = copied(s->arena, l->tls_cert_path);
	p->key_path = copied(s->arena, l->tls_key_path);
	p->cert_header = copied(s->arena, l->cert_header);
	return trusted_copy(s, l, p);
}

static int port_open(struct http_server *s, const struct http_listener *l, struct http_port *p)
{
	int err;

	p->fd = -1;
	pthread_mutex_init(&p->lock, NULL);
	s->port_count++; /* from here on port_close() has something to undo */
	err = port_fill(s, l, p);
	if (!err && p->cert_path)
		err = http_tls_load(p->cert_path, p->key_path, &p->tls);
	if (err)
		return err;
	p->fd_lent = l->fd >= 0;
	p->fd = l->fd;
	err = p->fd_lent ? http_listen_adopt(l->fd) : http_listen_open(l, &p->fd);
	if (!err)
		p->number = http_listen_port(p->fd);
	return err;
}

static void library_log(void *cls, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
static void library_log(void *cls, const char *fmt, va_list ap)
{
	const struct http_port *p = cls;
	char text[256];
	int n = vsnprintf(text, sizeof(text), fmt, ap);

	while (n > 0 && (size_t)n < sizeof(text) && text[n - 1] == '\n')
		text[--n] = '\0';
	log_event(LOG_DEBUG, "http.library", "listener=%s text=%s", p->name, text);
}

/* We take requests apart ourselves: the library is to leave the escapes as they are. */
static size_t unescape_nothing(void *cls, struct MHD_Connection *connection, char *s)
{
	(void)cls;
	(void)connection;
	return strlen(s);
}

/* Never asked: each session gets our own credentials before it begins (http_tls_begin). */
static int certificate_none(gnutls_session_t session, const gnutls_datum_t *names, int n,
	const gnutls_pk_algorithm_t *algos, int algos_n, gnutls_pcert_st **pcert, unsigned *pcert_n,
	gnutls_privkey_t *key)
{
	return -1;
}

static int port_start(struct http_port *p)
{
	const struct http_options *o = &p->server->o;
	unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION |
			 MHD_USE_ITC | MHD_USE_ERROR_LOG;
	struct MHD_OptionItem tls[] = {
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)http_tls_priorities},
		{MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)certificate_none},
		{MHD_OPTION_END, 0, NULL}};
	struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};

	/*
	 * Not used, since 0.9.75 does them worse: CONNECTION_TIMEOUT (its last second is spent
	 * spinning, and the watchdog does more) and STRICT_FOR_CLIENT (it hangs up, or sends its
	 * refusal's head twice; open.c refuses the same properly). Our own cap comes before the
	 * library's, so that it is counted.
	 */
	p->daemon = MHD_start_daemon(flags | (p->tls ? MHD_USE_TLS : 0), 0, http_on_accept, p,
		http_on_request, p, MHD_OPTION_EXTERNAL_LOGGER, library_log, p,
		MHD_OPTION_LISTEN_SOCKET, p->fd, MHD_OPTION_CONNECTION_LIMIT, p->connections + 1,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)o->header_bytes + POOL_SPARE,
		MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_BYTES, MHD_OPTION_UNESCAPE_CALLBACK,
		unescape_nothing, NULL, MHD_OPTION_URI_LOG_CALLBACK, http_on_uri, p,
		MHD_OPTION_NOTIFY_CONNECTION, http_on_connection, p, MHD_OPTION_NOTIFY_COMPLETED,
		http_on_completed, p, MHD_OPTION_ARRAY, p->tls ? tls : plain, MHD_OPTION_END);
	if (!p->daemon) {
		log_event(LOG_ERROR, "http.start", "listener=%s why=%s", p->name,
			"the library would not start");
		return ERR_INTERNAL;
	}
	log_event(LOG_INFO, "http.listening", "listener=%s port=%u tls=%d", p->name, p->number,
		p->tls != NULL);
	return 0;
}

static void port_close(struct http_port *p)
{
	if (p->daemon)
		MHD_stop_daemon(p->daemon);
	if (p->fd >= 0)
		close(p->fd);
	http_tls_drop(p->tls);
	http_census_release(&p->census);
	pthread_mutex_destroy(&p->lock);
}

/* --- start --- */

/* A connection is a descriptor; the usual 1024 are soon gone. */
static void descriptors_raise(const struct http_server *s)
{
	struct rlimit r;
	rlim_t need = FDS_BESIDE;

	for (size_t i = 0; i < s->port_count; i++)
		need += s->ports[i].connections;
	if (getrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur >= need)
		return;
	r.rlim_cur = need < r.rlim_max ? need : r.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur < need)
		log_event(LOG_WARN, "http.descriptors", "allowed=%llu needed=%llu",
			(unsigned long long)r.rlim_cur, (unsigned long long)need);
}

static int map_make(struct http_server *s)
{
	const struct http_route *bad = NULL;
	int err = http_map_new(s->o.tables, s->o.table_count, &s->map, &bad);

	if (err)
		log_event(LOG_ERROR, "http.route", "method=%s path=%s why=%s", bad->method,
			bad->path, err == ERR_EXISTS ? "twice in the tables" : "not well-formed");
	return err;
}

static int server_start(struct http_server *s, const struct http_options *o)
{
	int err = map_make(s);

	s->ports = ARENA_ARRAY(s->arena, struct http_port, o->listener_count + 1);
	for (size_t i = 0; !err && i < o->listener_count; i++)
		err = port_open(s, &o->listeners[i], &s->ports[i]);
	if (err)
		return err;
	descriptors_raise(s);
	err = http_watchdog_start(s);
	for (size_t i = 0; !err && i < s->port_count; i++)
		err = port_start(&s->ports[i]);
	return err;
}

int http_start(const struct http_options *o, struct http_server **ret)
{
	struct http_server *s = mem_zalloc(sizeof(*s));
	uint64_t id;
	int err;

	s->arena = arena_new();
	random_bytes(&id, sizeof(id));
	s->next_id = id >> 16; /* so that numbers of two runs do not meet */
	s->old_library = text_starts(MHD_get_version(), "0.9.");
	http_meter_init();
	options_copy(s, o);
	err = server_start(s, o);
	if (err) {
		http_stop(s, 0);
		return err;
	}
	*ret = s;
	return 0;
}

void http_lang_set(struct http_server *s, enum say_lang lang)
{
	s->lang = lang;
}

unsigned http_port(const struct http_server *s, const char *listener)
{
	for (size_t i = 0; i < s->port_count; i++) {
		if (text_equal(s->ports[i].name, listener))
			return s->ports[i].number;
	}
	return 0;
}

const struct http_routes *http_tables(const struct http_server *s, size_t *ret_n)
{
	*ret_n = s->o.table_count;
	return s->o.tables;
}

/* --- reload --- */

int http_reload(struct http_server *s)
{
	struct http_tls **fresh = mem_zalloc((s->port_count + 1) * sizeof(*fresh));
	int err = 0;

	for (size_t i = 0; !err && i < s->port_count; i++) {
		if (s->ports[i].cert_path)
			err = http_tls_load(s->ports[i].cert_path, s->ports[i].key_path, &fresh[i]);
	}
	for (size_t i = 0; i < s->port_count; i++) {
		struct http_port *p = &s->ports[i];
		struct http_tls *old = fresh[i];

		/* All or none: on an error what was read is dropped, not the one in use. */
		if (!err && fresh[i]) {
			pthread_mutex_lock(&p->lock);
			old = p->tls;
			p->tls = fresh[i];
			pthread_mutex_unlock(&p->lock);
		}
		http_tls_drop(old);
	}
	free(fresh);
	log_event(err ? LOG_ERROR : LOG_INFO, "http.reload", "err=%s", err ? err_name(err) : "-");
	return err;
}

/* --- stop --- */

static unsigned conns_left(struct http_server *s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s->port_count; i++)
		n += http_port_conns(&s->ports[i]);
	return n;
}

static void port_quiesce(struct http_port *p)
{
	if (!p->daemon || MHD_quiesce_daemon(p->daemon) == MHD_INVALID_SOCKET)
		return;
	/* The library leaves the socket listening, and new clients would hang. A lent one stays:
	 * what queues there is for our successor. */
	if (!p->fd_lent)
		shutdown(p->fd, SHUT_RDWR);
}

void http_stop(struct http_server *s, unsigned wait_s)
{
	static const struct timespec nap = {.tv_nsec = 10 * 1000 * 1000};
	int64_t end_us = clock_mono_us() + wait_s * 1000000LL;

	if (!s)
		return;
	atomic_store(&s->stopping, true);
	for (size_t i = 0; i < s->port_count; i++)
		port_quiesce(&s->ports[i]);
	while (conns_left(s) > 0 && clock_mono_us() < end_us) {
		for (size_t i = 0; i < s->port_count; i++)
			http_port_cut_idle(&s->ports[i]);
		nanosleep(&nap, NULL);
	}
	if (conns_left(s) > 0)
		log_event(LOG_WARN, "http.stop", "cut=%u waited_s=%u", conns_left(s), wait_s);
	http_watchdog_stop(s);
	for (size_t i = 0; i < s->port_count; i++)
		port_close(&s->ports[i]);
	http_map_free(s->map);
	arena_free(s->arena);
	free(s);
}
