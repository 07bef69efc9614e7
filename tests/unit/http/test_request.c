/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests over real sockets: what a handler is told and what a client gets. */
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "tests/unit/http/two_sides.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define MANY 300000

TestSuite(request, .init = begin, .fini = end);

Test(request, plain)
{
	cr_assert_eq(client_get(t.port, "/hello", &reply), 200);
	cr_assert_str_eq(reply_body(&reply), "hello\n");
	cr_assert(reply_has(&reply, "X-Content-Type-Options: nosniff"));
	cr_assert(reply_has(&reply, "Cache-Control: no-store"));
	cr_assert(reply_has(&reply, "Content-Type: text/plain"));
	cr_assert(strcasestr(buf_str(&reply), "\r\nDate: "));
	cr_assert(!strcasestr(buf_str(&reply), "Security-Policy"));
}

Test(request, keep_alive_and_pipelining)
{
	int fd = client_connect(t.port);

	for (int i = 0; i < 5; i++) {
		client_send(fd, "PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
		cr_assert_eq(client_reply(fd, &reply), 200);
		cr_assert_str_eq(reply_body(&reply), "abc");
		cr_assert(!reply_has(&reply, "Connection: close"));
	}
	/* refusals without a body to come leave the connection open, too */
	client_send(fd, "GET /none HTTP/1.1\r\nHost: h\r\n\r\n"
			"PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"
			"GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"
			"POST /hello HTTP/1.1\r\nHost: h\r\n\r\n"
			"GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
	cr_expect_eq(client_reply(fd, &reply), 404);
	cr_expect_eq(client_reply(fd, &reply), 200);
	cr_expect_str_eq(reply_body(&reply), "x");
	cr_expect_eq(client_reply(fd, &reply), 200);
	cr_expect_eq(client_reply(fd, &reply), 405);
	cr_expect_eq(client_reply(fd, &reply), 200);
	cr_expect(client_ended(fd, 5000));
	close(fd);
	/* nothing of one request is left for the next */
	fd = client_connect(t.port);
	client_send(fd, "GET /show/7?q=1&lang=fi HTTP/1.1\r\nHost: h\r\nUser-Agent: x\r\n\r\n");
	cr_assert_eq(client_reply(fd, &reply), 200);
	client_send(fd, "GET /show HTTP/1.1\r\nHost: h\r\n\r\n");
	cr_assert_eq(client_reply(fd, &reply), 200);
	cr_expect(strstr(reply_body(&reply), "lang=sv\ntype=(none)\nid=(none)\nq=(none)\n"));
	cr_expect(strstr(reply_body(&reply), "agent=(none)\nbody=0\n"));
	close(fd);
}

Test(request, head)
{
	int fd = client_connect(t.port);

	client_send(fd, "HEAD /hello HTTP/1.1\r\nHost: h\r\n\r\n"
			"GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
	cr_assert_eq(client_reply_head(fd, &reply), 200);
	cr_expect(reply_has(&reply, "Content-Length: 6"));
	cr_assert_eq(client_reply(fd, &reply), 200);
	cr_expect_str_eq(reply_body(&reply), "hello\n");
	close(fd);
}

Test(request, paths)
{
	static const struct {
		const char *path;
		int status;
		const char *id;
	} cases[] = {
		{"/show/abc", 200, "id=abc\n"},
		{"/show/a%20b", 200, "id=a b\n"},
		{"/show/%C3%A5", 200, "id=\xc3\xa5\n"},
		{"/show/a+b", 200, "id=a+b\n"},
		{"/show/%2525", 200, "id=%25\n"},
		{"/show/a?b=/../c", 200, "id=a\n"},
		{"/show/a%2Fb", 400, NULL},
		{"/show/a%00b", 400, NULL},
		{"/show/..", 400, NULL},
		{"/show/%2e%2e", 400, NULL},
		{"/show/%", 400, NULL},
		{"/show/%zz", 400, NULL},
		{"/show/%E5", 400, NULL},
		{"/show/a%0d%0a", 400, NULL},
		{"/show/\xc3\xa5", 400, NULL},
		{"/show/a#b", 400, NULL},
		{"/hello/../hello", 400, NULL},
		{"/hello?a=%", 400, NULL},
		{"/hello?a=%00", 400, NULL},
		{"/hello?%ff", 400, NULL},
		{"http://h/hello", 400, NULL},
		{"*", 400, NULL},
		{"hello", 400, NULL},
		{"//hello", 404, NULL},
		{"/hello/", 404, NULL},
		{"/show/", 404, NULL},
		{"/show/a/b", 404, NULL},
		{"/%68ello", 404, NULL},
		{"/HELLO", 404, NULL},
		{"/nobody", 404, NULL},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(client_get(t.port, cases[i].path, &reply), cases[i].status, "%s: %s",
			cases[i].path, buf_str(&reply));
		if (cases[i].id)
			cr_expect(strstr(reply_body(&reply), cases[i].id), "%s", cases[i].path);
	}
}

Test(request, methods_and_sides)
{
	unsigned device = http_port(t.s, "device");

	cr_expect_eq(ask("DELETE", "/echo", "", no_body), 405);
	cr_expect(reply_has(&reply, "Allow: POST, PUT"));
	cr_expect_eq(ask("PUT", "/hello", "", bytes_of_str("x")), 405);
	cr_expect(reply_has(&reply, "Allow: GET, HEAD"));
	cr_expect_eq(ask("BREW", "/hello", "", no_body), 405);
	cr_expect_eq(ask("POST", "/nobody", "", no_body), 404);
	test_status = 204;
	cr_expect_eq(client_get(t.port, "/staff/status", &reply), 204);
	cr_expect_eq(client_get(device, "/staff/status", &reply), 404);
	cr_expect_eq(client_get(device, "/public/hello", &reply), 404);
	cr_expect_eq(client_get(device, "/hello", &reply), 200);
	cr_expect_eq(http_port(t.s, "none"), 0);
}

Test(request, bodies)
{
	struct buf big = BUF_INIT(2 * 1024 * 1024);

	for (int i = 0; i < 100000; i++)
		buf_add_char(&big, (char)i);
	cr_assert_eq(ask("PUT", "/echo", "", buf_bytes(&big)), 200);
	cr_expect_arr_eq(reply_body(&reply), big.p, big.n);
	cr_expect_eq(ask("POST", "/echo", "", bytes_of(big.p, 1000)), 200);
	cr_expect_eq(ask("POST", "/echo", "", bytes_of(big.p, 1001)), 413);
	cr_expect(reply_has(&reply, "Connection: close"));
	cr_expect_eq(ask("POST", "/echo", "Content-Length: 0\r\n", no_body), 200);
	cr_expect_eq(ask("POST", "/echo", "", no_body), 200);
	buf_release(&big);
}

/* Where no body is taken an empty object is none, and anything else is named as what it is. */
Test(request, no_body)
{
	static const char *const nothing[] = {"", "{}", " {\r\n\t} ", "\n"};
	static const char *const something[] = {"x", "{", "}", "{}{}", "{\"a\": 1}", "[]", "null"};
	struct buf big = BUF_INIT(1024 * 1024);

	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		cr_expect_eq(ask("GET", "/hello", "", bytes_of_str(nothing[i])), 200, "%s", nothing[i]);
	for (size_t i = 0; i < sizeof(something) / sizeof(something[0]); i++) {
		cr_expect_eq(ask("GET", "/hello", "Accept: application/json\r\n",
				     bytes_of_str(something[i])),
			400, "%s", something[i]);
		cr_expect(strstr(reply_body(&reply), "\"http.no_body\""));
	}
	for (int i = 0; i < 1024; i++)
		buf_add_char(&big, ' ');
	cr_expect_eq(ask("GET", "/hello", "", buf_bytes(&big)), 200);
	for (int i = 0; i < 100000; i++)
		buf_add_char(&big, ' ');
	cr_expect_eq(ask("GET", "/hello", "", buf_bytes(&big)), 400);
	cr_expect(reply_has(&reply, "Connection: close"));
	/* Who is not known hears that first, however long the body. */
	cr_expect_eq(ask("GET", "/staff/fail?err=-2", "", bytes_of_str("x")), 401);
	cr_expect_eq(ask("GET", "/staff/fail?err=-2", "", buf_bytes(&big)), 401);
	cr_expect_eq(ask("GET", "/staff/fail?err=-2", "Authorization: Bearer staff\r\n", bytes_of_str("x")), 400);
	cr_expect_eq(ask("GET", "/staff/fail?err=-2", "Authorization: Bearer staff\r\n", buf_bytes(&big)), 400);
	cr_expect_eq(ask("GET", "/staff/fail?err=-2", "Authorization: Bearer staff\r\n", bytes_of_str("{}")), 404);
	buf_release(&big);
}

Test(request, chunked)
{
	int handled = test_handled, fd;

	cr_assert_eq(client_ask(t.port,
			     "PUT /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
			     "\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Tail: 1\r\n\r\n",
			     &reply),
		200);
	cr_expect_str_eq(reply_body(&reply), "abcde");
	cr_expect_eq(test_handled, handled + 1);
	cr_expect_eq(client_ask(t.port,
			     "PUT /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
			     "\r\nzz\r\n\r\n",
			     &reply),
		400);
	/* past the cap in the middle of an upload nothing but the end is possible */
	fd = client_connect(t.port);
	client_send(fd, "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 300; i++)
		client_send(fd, "5\r\nabcde\r\n");
	client_send(fd, "0\r\n\r\n");
	cr_expect_eq(client_reply(fd, &reply), 0);
	cr_expect_eq(test_handled, handled + 1);
	close(fd);
	/* where none is taken it may be empty, and is not read far */
	cr_expect_eq(client_ask(t.port,
			     "GET /hello HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
			     "\r\n0\r\n\r\n",
			     &reply),
		200);
	fd = client_connect(t.port);
	client_send(fd, "GET /hello HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 300; i++)
		client_send(fd, "5\r\n     \r\n");
	client_send(fd, "0\r\n\r\n");
	cr_expect_eq(client_reply(fd, &reply), 0);
	close(fd);
}

/* A client that asks first is told before it has sent a byte of the body. */
Test(request, expect_100)
{
	int fd = client_connect(t.port);

	client_send(fd, "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
			"Content-Length: 1001\r\n\r\n");
	cr_expect_eq(client_reply(fd, &reply), 413);
	close(fd);
	fd = client_connect(t.port);
	client_send(fd, "POST /staff/echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
			"Content-Length: 5\r\n\r\n");
	cr_expect_eq(client_reply(fd, &reply), 401, "staff are known before the body");
	close(fd);
	fd = client_connect(t.port);
	client_send(fd, "POST /staff/echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
			"Authorization: Bearer staff\r\nContent-Length: 5\r\n\r\n");
	cr_expect_eq(client_reply_head(fd, &reply), 100);
	client_send(fd, "12345");
	cr_expect_eq(client_reply(fd, &reply), 200);
	cr_expect_str_eq(reply_body(&reply), "12345");
	close(fd);
}

/* The reply to a body that is far too large gets through although the client is still sending. */
Test(request, refusal_is_seen_by_who_still_sends)
{
	struct buf big = BUF_INIT(4 * 1024 * 1024);

	for (int i = 0; i < MANY; i++)
		buf_add_str(&big, "abcdefgh");
	for (int i = 0; i < 5; i++)
		cr_expect_eq(ask("POST", "/echo", "", buf_bytes(&big)), 413);
	buf_release(&big);
}

/*
 * Some systems throw the reply away when a reset follows it. So who is refused in the middle of
 * sending may go on for a while without being reset.
 */
Test(request, refusal_is_not_followed_by_a_reset)
{
	int fd = client_connect(t.port);
	char waste[4096] = "";
	int64_t begun;

	client_send(fd, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n");
	begun = clock_mono_us();
	cr_assert_eq(client_reply(fd, &reply), 413);
	for (int i = 0; i < 200 && clock_mono_us() - begun < 1500000; i++) {
		cr_assert_eq(send(fd, waste, sizeof(waste), MSG_NOSIGNAL), sizeof(waste));
		usleep(100);
	}
	close(fd);
}

/* An iPad is known by its signed body; whoever it is, it never sees 401, 403 or 404. */
Test(request, devices)
{
	char path[64];

	cr_expect_eq(ask("PUT", "/mdm/fail", "", bytes_of_str("unsigned")), 400);
	cr_expect_eq(ask("PUT", "/mdm/fail", "", no_body), 400);
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	for (int err = -25; err < 0; err++) {
		int status;

		snprintf(path, sizeof(path), "/mdm/fail?err=%d", err);
		status = ask("PUT", path, "", bytes_of_str("signed"));
		cr_expect(status == 400 || status == 413 || status == 500 || status == 503,
			"%d: %d", err, status);
		cr_expect(!strcasestr(buf_str(&reply), "WWW-Authenticate"));
	}
	test_status = 401;
	cr_expect_eq(ask("PUT", "/mdm/status", "", bytes_of_str("signed")), 400);
	cr_expect_eq(client_get(t.port, "/enroll/status", &reply), 400);
	cr_expect_eq(client_get(t.port, "/staff/status", &reply), 401);
	test_status = 7;
	cr_expect_eq(client_get(t.port, "/staff/status", &reply), 500);
	test_status = 410;
	cr_expect_eq(ask("PUT", "/mdm/status", "", bytes_of_str("signed")), 410);
	log_set_fd(-1);
}

Test(request, probes)
{
	cr_expect_eq(client_get(t.port, "/healthz", &reply), 200);
	cr_expect_str_eq(reply_body(&reply), "ok\n");
	cr_expect_eq(client_get(t.port, "/hello", &reply), 200);
	cr_assert_eq(client_get(t.port, "/metrics", &reply), 200);
	cr_expect(reply_has(&reply, "Content-Type: text/plain; version=0.0.4; charset=utf-8"));
	cr_expect(strstr(reply_body(&reply), "# TYPE hylla_http_requests_total counter\n"));
	cr_expect(strstr(reply_body(&reply),
		"hylla_http_requests_total{side=\"device\",class=\"2xx\"} 2\n"));
	cr_expect(strstr(
		reply_body(&reply), "hylla_http_request_seconds_count{side=\"device\"} 2\n"));
	cr_expect(strstr(reply_body(&reply),
		"hylla_http_connections_refused_total{reason=\"too_slow\"} 0\n"));
}

static size_t times(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *p = text; (p = strstr(p, what)); p++)
		n++;
	return n;
}

/* The log is for the night operator, not for whoever finds it. */
Test(request, log_keeps_secrets)
{
	char path[] = "/tmp/hylla-http-log-XXXXXX";
	int fd = mkstemp(path);
	static char text[65536];
	ssize_t n = 0;

	cr_assert_geq(fd, 0);
	unlink(path);
	log_set_level(LOG_DEBUG);
	log_set_fd(fd);
	ask("POST", "/show?q=SECRET1",
		"Authorization: SECRET2\r\nCookie: s=SECRET3\r\n"
		"Content-Type: SECRET4\r\n",
		bytes_of_str("SECRET5"));
	ask("GET", "/show/SECRET6", "", no_body);
	ask("GET", "/SECRET7", "", no_body);
	ask("GET", "/show/%SECRET8", "", no_body);
	ask("PUT", "/hello", "SECRET9 : x\r\n", bytes_of_str("SECRET10"));
	client_get(t.port, "/hello", &reply);
	/* a line is written after its reply: wait for all six */
	for (int i = 0; i < 6000 && times(text, "event=http.request") < 6; i++) {
		usleep(10 * 1000);
		n = pread(fd, text, sizeof(text) - 1, 0);
	}
	log_set_fd(-1);
	cr_assert_gt(n, 0);
	cr_expect_eq(times(text, "event=http.request"), 6);
	cr_expect(strstr(text, "method=POST route=/show status=200"));
	cr_expect(strstr(text, "route=/show/{id} status=200"));
	cr_expect(!strstr(text, "SECRET"), "%s", strstr(text, "SECRET"));
}
