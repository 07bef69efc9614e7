/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests that the library would take and that must not get in, over real sockets. */
#include "base/log.h"
#include "base/text.h"
#include "http/http_int.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>
#include <time.h>
#include <unistd.h>

static struct test_server t;
static struct buf reply = BUF_INIT(1024 * 1024);
static struct buf rq = BUF_INIT(1024 * 1024);

static void begin(void)
{
	log_set_level(LOG_ERROR);
	test_server_init(&t);
	test_server_start(&t);
}

static void end(void)
{
	test_server_stop(&t);
	buf_release(&reply);
	buf_release(&rq);
}

TestSuite(open, .init = begin, .fini = end);

#define TAIL "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"
#define RAW(s)                   \
	{                        \
		s, sizeof(s) - 1 \
	}

/* Each ends in something that a second reader could take for a request of its own. It must be
 * answered 400 once, run no handler, and end the connection. */
static const struct {
	const char *p;
	size_t n;
} smuggled[] = {
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nContent-Length: "
	    "4\r\n\r\nabcd" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: "
	    "40\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
	    "\r\n0\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n"
	    "\r\n0\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
	    "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n "
	    "chunked\r\n\r\n0\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length : 33\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n 3\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nX: a\r\n Content-Length: 3\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: +4\r\n\r\nabcd" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4,4\r\n\r\nabcd" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nX: \0\r\nContent-Length: 4\r\n\r\nabcd" TAIL),
	RAW("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\0"
	    "0\r\n\r\nabcd" TAIL),
	RAW("GET /hello HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n" TAIL),
	RAW("GET /hello\0/x HTTP/1.1\r\nHost: h\r\n\r\n" TAIL),
	RAW("GET /hello?\0 HTTP/1.1\r\nHost: h\r\n\r\n" TAIL),
	RAW("GET /hello HTTP/1.1\nHost: h\n\n" TAIL),
	RAW("GET /hello HTTP/1.1\r\nHost: h\nX: y\r\n\r\n" TAIL),
	RAW("GET /hello HTTP/1.1\r\nHost: h\r\nX: y\n\r\n" TAIL),
	RAW("GET /hello HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n" TAIL),
	RAW("GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" TAIL),
	RAW("GET /hello HTTP/1.1\r\nX: y\r\n\r\n" TAIL),
	RAW("GET /hello HTTP/1.1\r\nHost: h\r\nno colon here\r\n\r\n" TAIL),
	RAW("GET /hello HTTP/1.1\r\nHost: h\r\n: empty\r\n\r\n" TAIL),
	RAW("GET /hel lo HTTP/1.1\r\nHost: h\r\n\r\n" TAIL),
	RAW("GET /hello?a b HTTP/1.1\r\nHost: h\r\n\r\n" TAIL),
	RAW("GET /hello  HTTP/1.1\r\nHost: h\r\n\r\n" TAIL),
	RAW("G@T /hello HTTP/1.1\r\nHost: h\r\n\r\n" TAIL),
	RAW("POST /echo HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" TAIL),
};

Test(open, smuggling)
{
	int handled = test_handled;

	for (size_t i = 0; i < sizeof(smuggled) / sizeof(smuggled[0]); i++) {
		int fd = client_connect(t.port);

		client_send_bytes(fd, smuggled[i].p, smuggled[i].n);
		cr_expect_eq(client_reply(fd, &reply), 400, "case %zu: %s", i, buf_str(&reply));
		cr_expect(reply_has(&reply, "Connection: close"), "case %zu", i);
		cr_expect_eq(client_reply(fd, &reply), 0, "case %zu answered twice", i);
		cr_expect_eq(test_handled, handled, "case %zu reached a handler", i);
		close(fd);
	}
}

/* Not even an answer, but nothing served either. */
Test(open, not_http)
{
	static const char *const lines[] = {"GET /hello\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n",
		"GET /hello HTTP/2.0\r\nHost: h\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"GET /hello FTP/1.1\r\nHost: h\r\n\r\n"};
	int handled = test_handled;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		int status = client_ask(t.port, lines[i], &reply);

		cr_expect(status == 0 || status == 400 || status == 505, "case %zu: %d", i, status);
	}
	cr_expect_eq(test_handled, handled);
}

/* "GET path?q=aaaa…" and one header "X: bbbb…" of these sizes. */
static int sized(size_t query, size_t header)
{
	buf_reset(&rq);
	buf_add_str(&rq, "GET /show?q=");
	for (size_t i = 0; i < query; i++)
		buf_add_char(&rq, 'a');
	buf_add_str(&rq, " HTTP/1.1\r\nHost: h\r\nX: ");
	for (size_t i = 0; i < header; i++)
		buf_add_char(&rq, 'b');
	buf_add_str(&rq, "\r\n\r\n");
	return client_ask(t.port, buf_str(&rq), &reply);
}

Test(open, sizes_of_headers)
{
	/* request lines of clients that put a whole SCEP message there */
	cr_expect_eq(sized(6000, 1), 200);
	cr_expect_eq(sized(16384, 1), 200);
	cr_expect(strlen(reply_body(&reply)) > 16384);
	cr_expect_eq(sized(1, 30000), 200);
	cr_expect_eq(sized(1, 32768), 431);
	cr_expect_eq(sized(1, 60000), 431);
	cr_expect_eq(sized(1, 300000), 431);
	cr_expect_eq(sized(32768, 1), 414);
	cr_expect_eq(sized(60000, 1), 414);
	cr_expect_eq(sized(300000, 1), 414);
}

/* A body behind large headers has room, and headers in small pieces are laid out the same. */
Test(open, large_headers_in_pieces)
{
	static const struct timespec nap = {.tv_nsec = 1000 * 1000};
	int fd = client_connect(t.port);

	client_send(fd, "PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 50000\r\n");
	for (int i = 0; i < 90; i++) {
		buf_reset(&rq);
		buf_printf(&rq, "X-%d: %0*d\r\n", i, 300, i);
		client_send_bytes(fd, rq.p, rq.n / 2);
		nanosleep(&nap, NULL);
		client_send_bytes(fd, rq.p + rq.n / 2, rq.n - rq.n / 2);
	}
	client_send(fd, "\r\n");
	buf_reset(&rq);
	for (int i = 0; i < 50000; i++)
		buf_add_char(&rq, 'z');
	client_send_bytes(fd, rq.p, rq.n);
	cr_assert_eq(client_reply(fd, &reply), 200, "%s", buf_str(&reply));
	cr_expect_str_eq(reply_body(&reply), buf_str(&rq));
	close(fd);
}

Test(open, number_of_headers)
{
	for (int n = 99; n <= 100; n++) { /* and Host */
		buf_reset(&rq);
		buf_add_str(&rq, "GET /hello HTTP/1.1\r\nHost: h\r\n");
		for (int i = 0; i < n; i++)
			buf_add_str(&rq, "X: y\r\n");
		buf_add_str(&rq, "\r\n");
		cr_expect_eq(client_ask(t.port, buf_str(&rq), &reply), n == 99 ? 200 : 400);
	}
}

/* A query of very many names is no more than a long one. */
Test(open, many_names)
{
	buf_reset(&rq);
	buf_add_str(&rq, "GET /show?");
	for (int i = 0; i < 10000; i++)
		buf_add_str(&rq, "a&");
	buf_add_str(&rq, "q=last HTTP/1.1\r\nHost: h\r\n\r\n");
	cr_expect_eq(client_ask(t.port, buf_str(&rq), &reply), 200);
	cr_expect(strstr(reply_body(&reply), "q=last\n"));
	buf_reset(&rq);
	buf_add_str(&rq, "GET /hello HTTP/1.1\r\nHost: h\r\nCookie: ");
	for (int i = 0; i < 5000; i++)
		buf_add_str(&rq, "a=b; ");
	buf_add_str(&rq, "\r\n\r\n");
	cr_expect_eq(client_ask(t.port, buf_str(&rq), &reply), 431);
}

Test(open, http_1_0)
{
	cr_expect_eq(client_ask(t.port, "GET /hello HTTP/1.0\r\n\r\n", &reply), 200);
	cr_expect(reply_has(&reply, "Connection: close"));
	cr_expect_eq(client_ask(t.port, "\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n", &reply), 200);
}
