/* SPDX-License-Identifier: EUPL-1.2 */
/* A stream of events that this thread reads as it comes. */
#ifndef FLOW_STREAM_H
#define FLOW_STREAM_H

#include "tests/flow/flow.h"

#include "tests/fake/http_client_int.h"

static inline struct client *stream_open(
	struct flow *f, const char *path, const struct client_header *headers, size_t n)
{
	const struct client_options o = {
		.tls = true, .host = "localhost", .port = f->staff_port, .trust = f->trust};
	const struct client_request rq = {
		.method = "GET", .path = path, .headers = headers, .header_count = n};
	AUTO(buf) struct buf out = BUF_INIT(4096);
	struct client *c = client_new(&o);

	client_request_format(c, &rq, &out);
	cr_assert_eq(client_connect(c), 0);
	cr_assert_eq(client_write(c, buf_bytes(&out)), 0);
	return c;
}

/* A program's. */
static inline struct client *stream_of(struct flow *f, const char *token)
{
	const struct client_header who = {
		"Authorization", arena_printf(f->a, "Bearer %s", token)};

	return stream_open(f, "/api/v1/events", &who, 1);
}

/* Until it has said this: each wait for more ends after a minute. */
static inline bool stream_says(struct client *c, const char *what)
{
	while (!strstr(buf_str(&c->in), what)) {
		if (client_fill(c) != 0)
			return false;
	}
	return true;
}

#endif
