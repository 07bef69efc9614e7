/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A mail server that delivers to nobody: SMTP (RFC 5321) with STARTTLS, TLS and AUTH PLAIN or
 * LOGIN, which keeps what it was given and refuses as it is told.
 */
#ifndef FAKE_MAIL_SERVICE_H
#define FAKE_MAIL_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

struct mail_service_options {
	unsigned port;
	const char *cert_pem, *key_pem; /* NULL: STARTTLS is not offered */
	bool tls;                       /* from the first byte */
	const char *user, *password;    /* NULL: signing in is not offered */
};

/* "550 No such user" instead of the usual answer; NULL: as usual. Must outlive the service. */
struct mail_service_faults {
	const char *greeting, *sign_in, *from, *to, *data, *end;
	bool hang; /* says nothing at all */
};

struct mail_service;
int mail_service_start(const struct mail_service_options *o, struct mail_service **ret);
unsigned mail_service_port(const struct mail_service *s);
void mail_service_set_faults(struct mail_service *s, const struct mail_service_faults *f);
void mail_service_stop(struct mail_service *s); /* accepts NULL */

struct mail_service_mail {
	char *from, *to; /* of the envelope: "<a@b>"; several recipients with blanks between */
	char *text;      /* header and body as they came, with dots put right */
	bool tls, signed_in;
};
size_t mail_service_count(struct mail_service *s);
/* Waits up to ms for the i-th mail; false: it has not come. It lives until the service stops. */
bool mail_service_wait(
	struct mail_service *s, size_t i, unsigned ms, struct mail_service_mail *ret);

#endif
