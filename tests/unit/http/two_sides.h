/* SPDX-License-Identifier: EUPL-1.2 */
/* A server with a staff's and an iPads' side for each test, and one request to the first. */
#ifndef TEST_HTTP_TWO_SIDES_H
#define TEST_HTTP_TWO_SIDES_H

#include "base/log.h"
#include "tests/unit/http/client.h"

#include <unistd.h>

static struct test_server t;
static struct buf reply = BUF_INIT(8 * 1024 * 1024);
static struct buf rq = BUF_INIT(16 * 1024 * 1024);

static inline void begin(void)
{
	log_set_level(LOG_ERROR);
	test_server_init(&t);
	/* Only the iPads' side: what is not for them does not exist here. */
	t.listeners[1] = (struct http_listener){
		.name = "device", .address = "127.0.0.1:0", .sides = HTTP_DEVICE_SIDE, .fd = -1};
	t.o.listener_count = 2;
	test_server_start(&t);
}

static inline void end(void)
{
	test_server_stop(&t);
	buf_release(&reply);
	buf_release(&rq);
}

/* A request with these extra header lines (each with its CRLF) and this body. */
static inline int ask(const char *method, const char *path, const char *headers, struct bytes body)
{
	int fd = client_connect(t.port), status;

	buf_reset(&rq);
	buf_printf(&rq, "%s %s HTTP/1.1\r\nHost: h\r\n%s", method, path, headers);
	if (body.n)
		buf_printf(&rq, "Content-Length: %zu\r\n", body.n);
	buf_add_str(&rq, "\r\n");
	buf_add_bytes(&rq, body);
	client_send_bytes(fd, rq.p, rq.n);
	status = client_reply(fd, &reply);
	close(fd);
	return status;
}

static const struct bytes no_body = {NULL, 0};

#endif
