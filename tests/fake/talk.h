/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What stand-ins that speak in lines have in common: a listener on loopback, a thread for each
 * connection, TLS from the start or from the middle. http_service and mail_service stand on it.
 */
#ifndef FAKE_TALK_H
#define FAKE_TALK_H

#include "base/buf.h"

struct talk;         /* one connection, used by its thread alone */
struct talk_service; /* the listener and its connections */
typedef void talk_handler(struct talk *t, void *ctx);

struct talk_options {
	unsigned port;                  /* 0: any that is free */
	const char *cert_pem, *key_pem; /* texts; NULL: TLS cannot be begun */
	bool tls;                       /* from the first byte */
	talk_handler *handler;          /* called once a connection; it ends with the return */
	void *ctx;
};
/* 0, or -1 (port taken, certificate unusable). Texts are copied. */
int talk_service_start(const struct talk_options *o, struct talk_service **ret);
unsigned talk_service_port(const struct talk_service *s);
/* Cuts every connection and waits for its thread. Accepts NULL. */
void talk_service_stop(struct talk_service *s);

bool talk_begin_tls(struct talk *t);
bool talk_is_tls(const struct talk *t);
/* The next line without its end, at most size - 1 bytes; false: the other side is gone. */
bool talk_line(struct talk *t, char *to, size_t size);
bool talk_read(struct talk *t, void *to, size_t n);
bool talk_write(struct talk *t, const void *p, size_t n);
bool talk_say(struct talk *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Until the other side ends the connection, or the service stops. */
void talk_wait(struct talk *t);

#endif
