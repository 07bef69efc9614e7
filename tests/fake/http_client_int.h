/* SPDX-License-Identifier: EUPL-1.2 */
/* The inside of the HTTP client: the socket below, the messages above. */
#ifndef FAKE_HTTP_CLIENT_INT_H
#define FAKE_HTTP_CLIENT_INT_H

#include "tests/fake/http_client.h"

#include <openssl/err.h>

#define CLIENT_REPLY_MAX (64u << 20)

struct client {
	bool tls;
	char *host;
	unsigned port;
	char *via;
	struct client_trust *trust;
	EVP_PKEY *key;
	X509 *cert;
	unsigned timeout_ms;
	int64_t clock_offset_s;
	int fd;
	SSL *ssl;
	unsigned connects;
	struct buf in;   /* bytes read; the reply last parsed lies at its start */
	size_t consumed; /* of `in`, by the last reply */
	struct buf out;  /* the request being sent */
	char text[2048]; /* header values handed out as strings */
	size_t text_n;
};

SSL_CTX *client_trust_ctx(const struct client_trust *t);
/* At least one more byte into c->in; ERR_NOTFOUND at the end of the stream. */
int client_fill(struct client *c) MUST_CHECK;

#endif
