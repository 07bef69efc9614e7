/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A stand-in for Apple's push service: a real HTTP/2 server over TLS on loopback that asks for a
 * client certificate, checks each request as Apple documents it, and answers with Apple's
 * reasons. For tests, for the demo, and as a sink for benches. It is written from Apple's
 * documents and shares no code with apns/.
 *
 * Threads. One thread of its own serves all connections; on_push and decide are called there.
 * All other functions may be called from any thread.
 */
#ifndef FAKE_PUSH_SERVICE_H
#define FAKE_PUSH_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

/* Certificates for one trial: a root, a server certificate for localhost, 127.0.0.1 and ::1, and
 * a client certificate with the topic as its UID. PEM texts, owned. */
struct push_service_certificates {
	char *ca_pem, *ca_key_pem;
	char *server_cert_pem, *server_key_pem;
	char *client_cert_pem, *client_key_pem;
};
/* 0, or -1 when OpenSSL cannot. */
int push_service_make_certificates(const char *topic, struct push_service_certificates *ret);
/* Another client certificate from the same root, as Apple's portal would give: for the key of
 * `csr_pem` (then *ret_key_pem is NULL), or for a new key when that is NULL. `days` may be
 * negative: it has expired. */
int push_service_make_client(const struct push_service_certificates *c, const char *topic, int days,
	const char *csr_pem, char **ret_cert_pem, char **ret_key_pem);
void push_service_free_certificates(struct push_service_certificates *c);

/* An answer other than 200. */
struct push_service_answer {
	int status;
	const char *reason;     /* NULL: no body */
	int64_t timestamp_ms;   /* 0: none */
	unsigned retry_after_s; /* 0: none */
};

/* What goes wrong. All zero: nothing. */
struct push_service_faults {
	unsigned delay_ms; /* each answer comes this much later */
	bool hold;         /* answers wait until there are faults without this */
	unsigned every;    /* each so-many-th good push gets `answer` instead; 1: all */
	struct push_service_answer answer;
	unsigned swallow; /* each so-many-th good push gets no answer at all */
	unsigned refuse;  /* each so-many-th stream is reset with REFUSED_STREAM, unprocessed */
	unsigned goaway_after; /* once, after so many good pushes: GOAWAY, then close when idle */
	const char *goaway_reason; /* in it as Apple does; NULL: none */
	unsigned goaway_lost;      /* so many of the last streams are said to be not processed */
	unsigned reset_after; /* once, after so many good pushes: the TCP connection is reset */
	bool refuse_tls;      /* handshakes fail: unknown client authority */
	uint32_t max_streams; /* of new connections; 0: 1000 */
};

struct push_service_options {
	unsigned port;      /* 0: any that is free */
	const char *ca_pem; /* client certificates must come from here; NULL: any will do */
	const char *cert_pem, *key_pem; /* of the server */
	/* An accepted push, for waking simulated iPads. May be NULL. */
	void (*on_push)(void *ctx, const char *token_hex, const char *magic);
	/* True and an answer: this push is refused. May be NULL. */
	bool (*decide)(void *ctx, const char *token_hex, struct push_service_answer *ret);
	void *ctx;
};

struct push_service;
/* 0, or -1 (port taken, certificate unusable). Texts are copied, but for the faults' ones, which
 * must outlive the service. */
int push_service_start(const struct push_service_options *o, struct push_service **ret);
unsigned push_service_port(const struct push_service *ps);
void push_service_set_faults(struct push_service *ps, const struct push_service_faults *f);
void push_service_stop(struct push_service *ps); /* accepts NULL */

struct push_service_counts {
	uint64_t connections; /* with a finished handshake */
	uint64_t handshakes_failed;
	uint64_t requests;
	uint64_t accepted;
	uint64_t refused; /* answered with a reason */
	uint64_t pings;
	unsigned open;         /* connections now */
	unsigned most_streams; /* at once on one connection */
	/* of the last request */
	int64_t expiration;
	int priority;
	char topic[256];
};
void push_service_get_counts(struct push_service *ps, struct push_service_counts *ret);

#endif
