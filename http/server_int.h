/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The parts of http that run: listeners ("ports" here), their connections, the watchdog.
 *
 * Threads. Each port has libmicrohttpd's accepting thread, which alone makes and ends
 * connections, and one thread a connection, which alone touches the connection's arena, body and
 * exchange. The watchdog walks the lists of connections under each port's lock and reads only
 * the atomics and the descriptor; a descriptor is closed only after its connection has left the
 * list.
 */
#ifndef HTTP_SERVER_INT_H
#define HTTP_SERVER_INT_H

#include "http/http_int.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

struct http_tls;

enum conn_phase {
	CONN_FRESH, /* nothing read yet */
	CONN_HEAD,
	CONN_BODY,
	CONN_WORK, /* a handler has it: no deadline but its own */
	CONN_SEND,
	CONN_IDLE /* between two requests */
};

struct http_conn {
	struct http_conn *prev, *next; /* of the port's list */
	struct http_port *port;
	int fd;
	struct http_address address;
	char peer[HTTP_ADDRESS_TEXT];
	bool trusted;
	struct http_tls *tls;        /* held until the session is gone */
	void *session;               /* gnutls_session_t */
	_Atomic int64_t deadline_us; /* INT64_MAX: none */
	_Atomic int phase;
	atomic_bool cut; /* by the watchdog */
	struct arena *arena;
	struct buf body;
	size_t body_shared; /* its part of the server's `bodies` */
	struct http_exchange x;
};

struct http_port {
	struct http_server *server;
	const char *name;
	unsigned sides;
	int fd;
	bool fd_lent; /* by systemd: the queue behind it outlives us */
	unsigned number;
	struct http_net *trusted;
	size_t trusted_n;
	const char *cert_header;
	unsigned connections, connections_per_address;
	const char *cert_path, *key_path; /* NULL: plain */
	struct MHD_Daemon *daemon;
	pthread_mutex_t lock; /* guards what follows */
	struct http_conn *conns;
	unsigned conn_count;
	struct http_census census;
	struct http_tls *tls;
};

struct http_server {
	struct arena *arena;
	struct http_options o; /* with defaults filled in; its lists are in the arena */
	struct http_map *map;
	struct http_port *ports;
	size_t port_count;
	_Atomic enum say_lang lang; /* when the client names none */
	_Atomic uint64_t next_id;
	_Atomic size_t bodies; /* bytes in long bodies, of all connections */
	atomic_bool stopping;
	bool old_library; /* libmicrohttpd 0.9: it works in place, and we know how */
	pthread_t watchdog;
	bool watching;
	pthread_mutex_t watch_lock;
	pthread_cond_t watch_wake;
	bool watch_stop;
};

/* --- connection.c --- */
enum MHD_Result http_on_accept(void *cls, const struct sockaddr *sa, socklen_t len);
void http_on_connection(void *cls, struct MHD_Connection *connection, void **context,
	enum MHD_ConnectionNotificationCode code);
void http_conn_enter(struct http_conn *c, enum conn_phase phase, int64_t now_us, int64_t allow_us);
/* Reads and drops what the client still sends, so that it gets to see our reply. */
void http_conn_linger(struct http_conn *c);
/* Cuts connections that wait for a next request and have none on its way. */
void http_port_cut_idle(struct http_port *p);
unsigned http_port_conns(struct http_port *p);

/* --- watchdog.c --- */
int http_watchdog_start(struct http_server *s) MUST_CHECK;
void http_watchdog_stop(struct http_server *s);

/* --- request.c --- */
void *http_on_uri(void *cls, const char *uri, struct MHD_Connection *connection);
enum MHD_Result http_on_request(void *cls, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_n,
	void **context);
void http_on_completed(void *cls, struct MHD_Connection *connection, void **context,
	enum MHD_RequestTerminationCode code);

/* --- open.c: everything between the headers and the handler --- */

/* Checks the request and finds its route. Whatever is wrong becomes the answer. */
void http_exchange_open(struct http_conn *c, size_t head_bytes);
/* Path and query of the target. ERR_BADINPUT. */
int http_target_open(struct http_exchange *x, struct bytes *ret_path) MUST_CHECK;
void http_exchange_admit(struct http_exchange *x);
/* How much of a body is read: where none is taken, enough to see whether it says anything. */
#define HTTP_NO_BODY_READ 1024
uint32_t http_exchange_most(const struct http_exchange *x);
/* A body of a length that is said, and more than is read where none is taken: 400. */
void http_exchange_expect(struct http_exchange *x);
void http_exchange_work(struct http_exchange *x);

/* --- send.c --- */
enum MHD_Result http_exchange_send(struct http_conn *c, struct MHD_Connection *connection);

/* --- stream.c --- */
struct MHD_Response *http_going_response(struct http_conn *c);

/* --- listen.c --- */
int http_listen_open(const struct http_listener *l, int *ret_fd) MUST_CHECK;
/* A socket that was handed over must not block the accepting thread. */
int http_listen_adopt(int fd) MUST_CHECK;
unsigned http_listen_port(int fd);

/* --- tls.c: GnuTLS, which only hands over bytes --- */
extern const char http_tls_priorities[];
int http_tls_load(const char *cert_path, const char *key_path, struct http_tls **ret) MUST_CHECK;
struct http_tls *http_tls_hold(struct http_tls *t);
void http_tls_drop(struct http_tls *t);
/* For a new session: our certificate, tickets, and on the device side the request for theirs. */
int http_tls_begin(struct http_tls *t, void *session, bool ask_client) MUST_CHECK;
/* The peer's leaf certificate in DER, not verified; borrowed from the session. */
struct bytes http_tls_peer(void *session);

/* --- meter.c --- */
void http_meter_init(void);
void http_meter_request(unsigned side, int status, int64_t us);
void http_meter_connections(int by);
enum http_meter_event {
	HTTP_METER_FULL,
	HTTP_METER_ADDRESS_FULL,
	HTTP_METER_CUT,
	HTTP_METER_MALFORMED
};
void http_meter_event(enum http_meter_event e);

#endif
