/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A small HTTP/1.1 server on loopback for stand-ins of services that we call: the handler is
 * given a whole request and fills a reply, or misbehaves as it is told.
 *
 * Threads. The handler is called on the connection's thread: several at once.
 */
#ifndef FAKE_HTTP_SERVICE_H
#define FAKE_HTTP_SERVICE_H

#include "base/buf.h"

struct http_service_request {
	struct arena *arena;         /* of this request */
	const char *method, *target; /* target: path with the query, as sent */
	const char *head;            /* all header lines */
	struct bytes body;
	unsigned port; /* of this service */
};
/* A header's value in the arena; NULL: absent. */
const char *http_service_header(const struct http_service_request *rq, const char *name);

struct http_service_reply {
	int status;          /* 0: 200 */
	const char *type;    /* NULL: none */
	const char *headers; /* whole lines with their ends, or NULL */
	struct bytes body;
	bool raw;         /* the body is all that is sent: for broken replies */
	bool hang;        /* nothing is sent until the other side gives up */
	bool cut;         /* the connection ends without an answer */
	size_t cut_after; /* it ends after so many bytes of the body; 0: whole */
	bool close_after; /* the connection ends after this reply */
};
typedef void http_service_handler(
	const struct http_service_request *rq, struct http_service_reply *ret, void *ctx);

struct http_service_options {
	unsigned port;
	const char *cert_pem, *key_pem; /* NULL: plain */
	http_service_handler *handler;
	void *ctx;
};
struct http_service;
int http_service_start(const struct http_service_options *o, struct http_service **ret);
unsigned http_service_port(const struct http_service *s);
void http_service_stop(struct http_service *s); /* accepts NULL */

#endif
