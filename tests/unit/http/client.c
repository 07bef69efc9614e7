/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/http/client.h"
#include "base/clock.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define REPLY_MOST (8 * 1024 * 1024)
#define PATIENCE_MS 60000

int client_connect(unsigned port)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	cr_assert_geq(fd, 0);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	cr_assert_eq(connect(fd, (struct sockaddr *)&in, sizeof(in)), 0);
	return fd;
}

void client_send_bytes(int fd, const void *p, size_t n)
{
	const char *at = p;

	while (n > 0) {
		ssize_t done = send(fd, at, n, MSG_NOSIGNAL);

		if (done <= 0)
			return; /* the other side may have had enough: the reply tells */
		at += done;
		n -= (size_t)done;
	}
}

void client_send(int fd, const char *s)
{
	client_send_bytes(fd, s, strlen(s));
}

/* One byte at a time is slow and simple, and never takes what belongs to the next reply. */
static bool byte_take(int fd, struct buf *out)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	char c;

	if (poll(&p, 1, PATIENCE_MS) != 1 || recv(fd, &c, 1, 0) != 1)
		return false;
	buf_add_char(out, c);
	return true;
}

static int status_of(const struct buf *b)
{
	const char *s = buf_str(b);

	return text_starts(s, "HTTP/1.1 ") ? (int)strtol(s + 9, NULL, 10) : 0;
}

int client_reply_head(int fd, struct buf *out)
{
	buf_reset(out);
	while (out->n < 4 || memcmp(out->p + out->n - 4, "\r\n\r\n", 4) != 0) {
		if (!byte_take(fd, out))
			return 0;
	}
	return status_of(out);
}

static size_t length_of(const struct buf *head)
{
	const char *s = strcasestr(buf_str(head), "\r\nContent-Length:");

	return s ? (size_t)strtoul(s + 17, NULL, 10) : 0;
}

int client_reply(int fd, struct buf *out)
{
	int status = client_reply_head(fd, out);
	size_t left = length_of(out);

	while (status && left > 0) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		char some[4096];
		ssize_t n;

		if (poll(&p, 1, PATIENCE_MS) != 1)
			return 0;
		n = recv(fd, some, left < sizeof(some) ? left : sizeof(some), 0);
		if (n <= 0)
			return 0;
		buf_add(out, some, (size_t)n);
		left -= (size_t)n;
	}
	return status;
}

bool client_ended(int fd, int ms)
{
	int64_t end_us = clock_mono_us() + ms * 1000LL;
	struct pollfd p = {.fd = fd, .events = POLLIN};
	char waste[512];

	for (;;) {
		int64_t left = (end_us - clock_mono_us()) / 1000;

		if (left <= 0 || poll(&p, 1, (int)left) != 1)
			return false;
		if (recv(fd, waste, sizeof(waste), 0) <= 0)
			return true;
	}
}

int client_ask(unsigned port, const char *request, struct buf *out)
{
	int fd = client_connect(port), status;

	client_send(fd, request);
	status = client_reply(fd, out);
	close(fd);
	return status;
}

int client_get(unsigned port, const char *path, struct buf *out)
{
	struct buf rq = BUF_INIT(1024 * 1024);
	int status;

	buf_printf(&rq, "GET %s HTTP/1.1\r\nHost: h\r\n\r\n", path);
	status = client_ask(port, buf_str(&rq), out);
	buf_release(&rq);
	return status;
}

const char *reply_body(const struct buf *reply)
{
	const char *s = strstr(buf_str(reply), "\r\n\r\n");

	return s ? s + 4 : "";
}

size_t length_of_body(const struct buf *reply)
{
	return reply->n - (size_t)(reply_body(reply) - buf_str(reply));
}

bool reply_has(const struct buf *reply, const char *line)
{
	char wanted[512];

	snprintf(wanted, sizeof(wanted), "\r\n%s\r\n", line);
	return strcasestr(buf_str(reply), wanted) != NULL;
}
