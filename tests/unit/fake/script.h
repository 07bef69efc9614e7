/* SPDX-License-Identifier: EUPL-1.2 */
/* A server on a loopback port that says what the test wrote, whatever it is asked. */
#ifndef UNIT_FAKE_SCRIPT_H
#define UNIT_FAKE_SCRIPT_H

#include "tests/fake/http_client.h"

#include <pthread.h>

struct script {
	const char *replies[4]; /* one a request, on one connection; NULL: closes */
	unsigned connections;   /* to serve, each from the next reply on */
	bool tls;
	int fd;
	unsigned port;
	EVP_PKEY *key;
	X509 *cert;
	pthread_t thread;
	struct buf got; /* all that came; to be read when it is closed */
	bool client_cert;
};

void script_open(struct script *s);
/* Waits until it has served its connections. */
void script_wait(struct script *s);
void script_close(struct script *s);

#endif
