/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the stand-in for Apple's push service. */
#ifndef FAKE_PUSH_SERVICE_INT_H
#define FAKE_PUSH_SERVICE_INT_H

#include "tests/fake/push_service.h"

#include <openssl/ssl.h>
#include <pthread.h>
#include <stddef.h>

/* --- one request (push_service_check.c) --- */

enum {
	HEADER_METHOD,
	HEADER_PATH,
	HEADER_TOPIC,
	HEADER_PUSH_TYPE,
	HEADER_PRIORITY,
	HEADER_EXPIRATION,
	HEADER_ID,
	HEADER_COLLAPSE_ID,
	HEADER_COUNT
};
#define HEADER_MAX 300

struct request {
	uint32_t seen; /* bits of HEADER_… */
	bool twice;    /* some header came twice */
	char header[HEADER_COUNT][HEADER_MAX];
	const char *token, *magic; /* when it is good */
	size_t body_n;
	char body[4200]; /* a little more than Apple takes */
};

void request_header(struct request *rq, const uint8_t *name, size_t name_n, const uint8_t *value,
	size_t value_n);
void request_body(struct request *rq, const uint8_t *p, size_t n);
/* False: refused with what is in *ret. */
bool request_check(struct request *rq, const char *topic, struct push_service_answer *ret);

/* --- the service (push_service.c) --- */

struct push_service {
	struct push_service_options options; /* certificates are NULL: taken at start */
	SSL_CTX *tls;
	pthread_t thread;
	int listen_fd, epoll_fd, wake_fd;
	unsigned port;
	struct connection *connections;
	uint64_t good;                     /* pushes since the faults were set */
	uint64_t streams;                  /* the same of all streams */
	struct push_service_faults faults; /* the thread's copy */
	struct push_service_counts counts; /* the thread's */

	pthread_mutex_t lock;
	bool stopping, faults_new;
	struct push_service_faults faults_next;
	struct push_service_counts counts_shown;
};

/* Makes the thread's counts visible; before an answer leaves, so that who has the answer sees
 * them. */
void service_publish(struct push_service *ps);

/* --- one connection (push_service_conn.c) --- */

struct connection *connection_new(struct push_service *ps, int fd);
void connection_free(struct connection *c);
/* Reads, acts, writes; false: it is over. */
bool connection_step(struct connection *c, int64_t now_us);
/* What epoll is to watch, and when to step it anyway (us; INT64_MAX: never). */
uint32_t connection_events(const struct connection *c);
int64_t connection_wake_us(const struct connection *c);

struct connection {
	struct push_service *ps;
	struct connection *next;
	int fd;
	uint32_t watched; /* events epoll knows of */
	struct http2 *http2;
};

#endif
