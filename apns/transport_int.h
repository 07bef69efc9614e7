/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The transport: one HTTP/2 connection over TLS to Apple. transport.c speaks HTTP/2 (RFC 9113,
 * nghttp2), transport_tls.c connects and encrypts (OpenSSL); nothing else in this folder touches
 * those libraries. Belongs to one thread and never blocks, but for looking up the host's name.
 *
 * A push given to it comes back exactly once, in the list `done`, with its fate set.
 */
#ifndef APNS_TRANSPORT_INT_H
#define APNS_TRANSPORT_INT_H

#include "apns/apns_int.h"

/* --- TLS (transport_tls.c) --- */

/* Whom we trust: PEM in a file, NULL the system's. Read when first needed, and again when the file
 * has changed. */
struct tls_roots;
struct tls_roots *tls_roots_new(const char *path) __attribute__((returns_nonnull));
void tls_roots_free(struct tls_roots *r);
/* How often they were read. */
unsigned tls_roots_reads(const struct tls_roots *r);

struct tls_setup {
	const char *host;
	unsigned port;
	struct tls_roots *roots;
	const char *cert_pem, *key_pem;
	int connect_wait_ms;
};

struct tls;
/* Begins to connect. What goes wrong at once (a certificate that cannot be used, a name that is
 * not found) is told by the first tls_connect. */
struct tls *tls_new(const struct tls_setup *s) __attribute__((returns_nonnull));
/* Says goodbye if it can. Accepts NULL. */
void tls_free(struct tls *t);
/* Goes on connecting: 0 done; ERR_BUSY not yet: poll; ERR_NET: over, see tls_why. */
int tls_connect(struct tls *t, int64_t now_us) MUST_CHECK;
/* 0 with *ret_n > 0; ERR_BUSY: nothing now; ERR_NET: the connection is over. */
int tls_read(struct tls *t, uint8_t *p, size_t most, size_t *ret_n) MUST_CHECK;
int tls_write(struct tls *t, const uint8_t *p, size_t n, size_t *ret_n) MUST_CHECK;
int tls_fd(const struct tls *t); /* -1: none at the moment */
short tls_poll_events(const struct tls *t, bool writing);
int64_t tls_deadline_us(const struct tls *t); /* of connecting */
/* Why it failed, static text; and whether the other side refused our certificate. */
const char *tls_why(const struct tls *t);
bool tls_cert_refused(const struct tls *t);

/* --- HTTP/2 (transport.c) --- */

enum transport_state {
	TRANSPORT_CONNECTING,
	TRANSPORT_OPEN,
	TRANSPORT_DRAINING, /* takes no more; what is in flight is still answered */
	TRANSPORT_CLOSED,
};

struct transport_setup {
	struct tls_setup tls;
	unsigned streams;
	struct apns_timing timing;
	struct apns_list *done; /* where pushes come back */
};

struct transport;
/* Begins to connect; what goes wrong is told by the state. */
struct transport *transport_new(const struct transport_setup *s) __attribute__((returns_nonnull));
/* What is still in flight comes back as `fate`. Accepts NULL. */
void transport_free(struct transport *t, enum apns_fate fate);
enum transport_state transport_state(const struct transport *t);
/* How many pushes it can take now. */
size_t transport_room(const struct transport *t);
size_t transport_in_flight(const struct transport *t);
/* The push and what it points to must stay as they are until it comes back. */
void transport_push(struct transport *t, struct apns_push *p, int64_t now_us);
/* No more pushes on this one. */
void transport_drain(struct transport *t);
/* Reads and acts on what came, and keeps the clocks. */
void transport_step(struct transport *t, int64_t now_us);
/* Writes what waits to be written. */
void transport_flush(struct transport *t);
int transport_fd(const struct transport *t);
short transport_poll_events(const struct transport *t);
/* When to step it though nothing has come. */
int64_t transport_wake_us(const struct transport *t);
/* After it closed: why, static text or the transport's own; of a GOAWAY, Apple's reason or NULL. */
const char *transport_why(const struct transport *t);
const char *transport_goaway_reason(const struct transport *t);
bool transport_cert_refused(const struct transport *t);

#endif
