/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A small blocking HTTP/1.1 client over plain TCP or TLS, for simulated devices, hostile tests
 * and benches: keep-alive, TCP_NODELAY, time limits, and a raw mode that sends any bytes.
 *
 * Words. Trust: what a client believes of servers, shared by many clients. Via: another address
 * to connect to than the one in the URL, as when TLS ends in a proxy in front of the server.
 *
 * Threads. A client is used by one thread at a time; a trust by all at once, once it is filled.
 */
#ifndef FAKE_HTTP_CLIENT_H
#define FAKE_HTTP_CLIENT_H

#include "base/buf.h"
#include "base/err.h"

#include <openssl/ssl.h>

struct client_trust;

/* Nothing but what is added is trusted; `insecure` checks no certificate at all. */
struct client_trust *client_trust_new(bool insecure);
/* Another holder of the same; each holder calls client_trust_free. Both accept NULL. */
struct client_trust *client_trust_share(struct client_trust *t);
void client_trust_free(struct client_trust *t);
/* A copy that can be added to. */
struct client_trust *client_trust_copy(const struct client_trust *t);
/* All certificates of a PEM file. ERR_IO, ERR_BADINPUT. */
int client_trust_file(struct client_trust *t, const char *pem_path) MUST_CHECK;
int client_trust_der(struct client_trust *t, struct bytes der) MUST_CHECK;
bool client_trust_has(const struct client_trust *t, struct bytes der);
AUTO_FREE(client_trust, client_trust_free)

struct client_url {
	bool tls;
	const char *host;
	unsigned port;
	const char *path; /* with the query; at least "/" */
};
/* http and https only, no user names, strings in the arena. ERR_BADINPUT. */
int client_url_parse(struct arena *a, const char *url, struct client_url *ret) MUST_CHECK;

struct client_options {
	bool tls;
	const char *host; /* for the Host header, SNI and the certificate's name */
	unsigned port;
	const char *via;            /* "address:port" to connect to instead, or NULL */
	struct client_trust *trust; /* for TLS; NULL trusts nothing */
	EVP_PKEY *key;              /* client certificate, or NULL */
	X509 *cert;
	unsigned timeout_ms;    /* for each wait; 0: 60 s */
	int64_t clock_offset_s; /* certificates are judged by a clock that is wrong by this */
};

struct client_header {
	const char *name, *value;
};

struct client_request {
	const char *method;
	const char *path;
	const struct client_header *headers; /* Host and Content-Length are added */
	size_t header_count;
	struct bytes body;
};

struct client_reply {
	int status;
	const char *content_type; /* or NULL */
	const char *location;     /* or NULL */
	struct bytes head;        /* status line and headers as they came */
	struct bytes body;
	bool closes; /* the server ends the connection after this */
};

struct client;
struct client *client_new(const struct client_options *o);
void client_free(struct client *c);
AUTO_FREE(client, client_free)

/*
 * One request and its reply, connecting first when need be. A connection the server had closed
 * meanwhile is opened anew once. The reply lives until the client's next call. ERR_NET,
 * ERR_TIMEOUT, ERR_CRYPTO (the server's certificate), ERR_BADINPUT (not HTTP), ERR_TOOBIG.
 */
int client_exchange(
	struct client *c, const struct client_request *rq, struct client_reply *ret) MUST_CHECK;
/* The bytes client_exchange would send: to build once and send often. */
void client_request_format(
	const struct client *c, const struct client_request *rq, struct buf *out);

/* --- raw mode --- */
int client_connect(struct client *c) MUST_CHECK; /* 0 as well when connected */
int client_write(struct client *c, struct bytes b) MUST_CHECK;
int client_read_reply(struct client *c, struct client_reply *ret) MUST_CHECK;
/* client_write and client_read_reply, for prepared requests. */
int client_exchange_raw(struct client *c, struct bytes rq, struct client_reply *ret) MUST_CHECK;
/* True when the peer has closed (or reset) within wait_ms. */
bool client_wait_closed(struct client *c, unsigned wait_ms);
void client_close(struct client *c);
/* Without a farewell, as when the network goes away (RST where the system allows). */
void client_drop(struct client *c);
bool client_connected(const struct client *c);
/* Whether it was made for this place and this client certificate (NULL: none). */
bool client_serves(const struct client *c, const char *host, unsigned port, const X509 *cert);
/* Connections opened so far. */
unsigned client_connects(const struct client *c);

#endif
