/* SPDX-License-Identifier: EUPL-1.2 */
/* Starting, stopping, and what a server refuses to start with. */
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "tests/unit/http/client.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static struct test_server t;
static struct buf reply = BUF_INIT(1024 * 1024);

static void begin(void)
{
	log_set_level(LOG_ERROR);
	test_server_init(&t);
}

static void end(void)
{
	buf_release(&reply);
}

TestSuite(server, .init = begin, .fini = end);

static void *stopper(void *arg)
{
	http_stop(t.s, *(unsigned *)arg);
	return NULL;
}

static void wait_for_slow(int n)
{
	for (int i = 0; i < 6000 && test_slow_now != n; i++)
		usleep(10 * 1000);
	cr_assert_eq(test_slow_now, n);
}

static int try_connect(unsigned port)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(fd, (struct sockaddr *)&in, sizeof(in)) == 0)
		return fd;
	close(fd);
	return -1;
}

#define SLOW "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n"
#define HELLO "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"

/* What is in flight is finished, who is idle is let go, and nobody new is kept waiting. */
Test(server, graceful_stop)
{
	unsigned wait_s = 60;
	int working, idle, half;
	pthread_t thread;
	int64_t begun;

	test_server_start(&t);
	working = client_connect(t.port);
	idle = client_connect(t.port);
	half = client_connect(t.port);
	client_send(idle, HELLO);
	cr_assert_eq(client_reply(idle, &reply), 200);
	client_send(half, "PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc");
	client_send(working, SLOW);
	wait_for_slow(1);
	begun = clock_mono_us();
	cr_assert_eq(pthread_create(&thread, NULL, stopper, &wait_s), 0);
	cr_expect(client_ended(idle, 20000));
	cr_expect_eq(try_connect(t.port), -1, "nobody listens any more");
	client_send(half, "def");
	cr_expect_eq(client_reply(half, &reply), 200);
	cr_expect(reply_has(&reply, "Connection: close"));
	cr_expect_eq(client_reply(working, &reply), 200);
	cr_expect_str_eq(reply_body(&reply), "at last\n");
	cr_expect(reply_has(&reply, "Connection: close"));
	pthread_join(thread, NULL);
	cr_expect_lt(clock_mono_us() - begun, 40 * 1000000);
	close(working);
	close(idle);
	close(half);
}

/* Who does not finish in time is cut; a handler is still let out. */
Test(server, impatient_stop)
{
	int half, working;
	int64_t begun;

	test_server_start(&t);
	half = client_connect(t.port);
	working = client_connect(t.port);
	client_send(half, "PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc");
	client_send(working, SLOW);
	wait_for_slow(1);
	begun = clock_mono_us();
	http_stop(t.s, 0);
	cr_expect_eq(test_slow_now, 0);
	cr_expect_lt(clock_mono_us() - begun, 10 * 1000000);
	cr_expect(client_ended(half, 20000));
	close(half);
	close(working);
}

/* A socket that was lent stays open: the next server serves who came in between. */
Test(server, lent_socket)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), waiting;

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	cr_assert_eq(bind(fd, (struct sockaddr *)&in, sizeof(in)), 0);
	cr_assert_eq(listen(fd, 16), 0);
	t.listeners[0].fd = dup(fd);
	t.listeners[0].address = NULL;
	test_server_start(&t);
	cr_assert_eq(client_get(t.port, "/hello", &reply), 200);
	http_stop(t.s, 1);
	waiting = client_connect(t.port);
	client_send(waiting, HELLO);
	t.listeners[0].fd = dup(fd);
	test_server_start(&t);
	cr_expect_eq(client_reply(waiting, &reply), 200);
	close(waiting);
	test_server_stop(&t);
	close(fd);
}

static int handler(struct http_request *rq, void *ctx)
{
	return 0;
}

Test(server, refuses_to_start)
{
	static const struct http_route bad_route[] = {
		{"GET", "/a{", 1, HTTP_ANYONE, 0, 0, handler, ""}, {NULL}};
	static const char *const bad_proxies[] = {"10.0.0.0/8", "proxy.example", NULL};
	static const struct http_listener good = {
		.name = "x", .address = "127.0.0.1:0", .sides = 1, .fd = -1};
	struct {
		struct http_listener l;
		int err;
	} cases[] = {
		{good, ERR_BADINPUT},
		{good, ERR_BADINPUT},
		{good, ERR_USAGE},
		{good, ERR_USAGE},
		{good, ERR_USAGE},
		{good, ERR_NOTFOUND},
		{good, ERR_EXISTS},
		{good, ERR_BADINPUT},
		{good, ERR_IO},
	};
	struct http_server *s = NULL;
	char taken[32];

	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	test_server_start(&t);
	snprintf(taken, sizeof(taken), "127.0.0.1:%u", t.port);
	cases[0].l.address = "localhost:1";
	cases[1].l.trusted_proxies = bad_proxies;
	cases[2].l.sides = 0;
	cases[3].l.name = NULL;
	cases[4].l.tls_cert_path = "/none";
	cases[5].l.tls_cert_path = cases[5].l.tls_key_path = "/none";
	cases[6].l.address = taken;
	cases[7].l.address = NULL;
	cases[8].l.address = "192.0.2.1:0"; /* not an address of this machine */
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_listener two[2] = {good, cases[i].l};
		struct http_options o = t.o;

		o.listeners = two;
		o.listener_count = 2;
		cr_expect_eq(http_start(&o, &s), cases[i].err, "case %zu", i);
		cr_expect_null(s);
	}
	{
		struct http_routes tables[] = {{bad_route, NULL}};
		struct http_options o = t.o;

		o.tables = tables;
		cr_expect_eq(http_start(&o, &s), ERR_USAGE);
	}
	test_server_stop(&t);
	http_stop(NULL, 1);
}

/* Every route with nobody, a body one byte too long and the wrong method. */
Test(server, walk_of_the_tables)
{
	const struct http_routes *tables;
	struct buf rq = BUF_INIT(4 * 1024 * 1024);
	size_t n = 0, walked = 0;

	test_server_start(&t);
	tables = http_tables(t.s, &n);
	cr_assert_eq(n, 1);
	for (const struct http_route *r = tables[0].routes; r->method; r++) {
		int status, want;

		buf_reset(&rq);
		buf_printf(&rq, "%s %s HTTP/1.1\r\nHost: h\r\nContent-Length: %u\r\n\r\n",
			r->method, r->path, r->body_cap ? r->body_cap + 1 : 5000);
		status = client_ask(t.port, buf_str(&rq), &reply);
		want = r->body_cap ? 413 : r->caller == HTTP_STAFF ? 401 : 400;
		if (strchr(r->path, '{'))
			cr_expect(status == want || status == 404, "%s", r->path);
		else
			cr_expect_eq(status, r->caller == HTTP_NOBODY ? 404 : want, "%s", r->path);
		buf_reset(&rq);
		buf_printf(&rq, "BREW %s HTTP/1.1\r\nHost: h\r\n\r\n", r->path);
		status = client_ask(t.port, buf_str(&rq), &reply);
		cr_expect_eq(status, r->caller == HTTP_NOBODY ? 404 : 405, "%s", r->path);
		if (r->caller == HTTP_STAFF || r->caller == HTTP_DEVICE) {
			buf_reset(&rq);
			buf_printf(&rq, "%s %s HTTP/1.1\r\nHost: h\r\n\r\n", r->method, r->path);
			status = client_ask(t.port, buf_str(&rq), &reply);
			cr_expect_eq(status, r->caller == HTTP_STAFF ? 401 : 400, "%s", r->path);
		}
		walked++;
	}
	cr_expect_gt(walked, 20);
	buf_release(&rq);
	test_server_stop(&t);
}

/* A caller kind for which nobody was named to let them in is closed. */
Test(server, nobody_admits)
{
	t.o.admit[HTTP_STAFF].fn = NULL;
	t.o.admit[HTTP_DEVICE].fn = NULL;
	test_server_start(&t);
	cr_expect_eq(client_get(t.port, "/staff/fail", &reply), 404);
	cr_expect_eq(client_ask(t.port,
			     "PUT /mdm/fail HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n"
			     "\r\nsigned",
			     &reply),
		400);
	test_server_stop(&t);
}

static int page(struct http_request *rq, int status, const char *code, const char *text, void *ctx)
{
	return http_reply(rq, status, "text/html",
		bytes_of_str(arena_printf(rq->arena, "<h1>%s %s</h1>", (char *)ctx, code)));
}

static int page_broken(
	struct http_request *rq, int status, const char *code, const char *text, void *ctx)
{
	return ERR_IO;
}

#define ASK(path, accept) \
	client_ask(t.port, "GET " path " HTTP/1.1\r\nHost: h\r\nAccept: " accept "\r\n\r\n", &reply)

Test(server, error_page)
{
	t.o.error_page.fn = page;
	t.o.error_page.ctx = (void *)(uintptr_t) "oj";
	test_server_start(&t);
	cr_expect_eq(ASK("/none", "text/html,*/*;q=0.8"), 404);
	cr_expect_str_eq(reply_body(&reply), "<h1>oj http.not_found</h1>");
	cr_expect_eq(ASK("/none", "*/*"), 404);
	cr_expect(reply_has(&reply, "Content-Type: text/plain; charset=utf-8"));
	cr_expect_eq(ASK("/api/none", "text/html"), 404);
	cr_expect(reply_has(&reply, "Content-Type: application/json"));
	test_server_stop(&t);
	t.o.error_page.fn = page_broken;
	test_server_start(&t);
	cr_expect_eq(ASK("/none", "text/html"), 404);
	cr_expect(reply_has(&reply, "Content-Type: text/plain; charset=utf-8"));
	test_server_stop(&t);
}

/* --- many at once --- */

#define WORKERS 8
#define ROUNDS 150

static _Atomic int wrong;

static void *worker(void *arg)
{
	struct buf mine = BUF_INIT(1024 * 1024), body = BUF_INIT(65536);
	int k = *(int *)arg, fd = -1;

	for (int i = 0; i < ROUNDS; i++) {
		if (i % 20 == 0) {
			if (fd >= 0)
				close(fd);
			fd = client_connect(t.port);
		}
		buf_reset(&body);
		buf_printf(&body,
			"POST /show?q=%d.%d HTTP/1.1\r\nHost: h\r\nUser-Agent: u%d\r\n"
			"Content-Length: %d\r\n\r\n%0*d",
			k, i, k, i + 1, i + 1, i);
		client_send_bytes(fd, body.p, body.n);
		if (client_reply(fd, &mine) != 200)
			wrong++;
		buf_reset(&body);
		buf_printf(&body,
			"q=%d.%d\nq_literal=%d.%d\nforwarded=(none)\nclient_cert=(none)\n"
			"agent=u%d\nbody=%d\n",
			k, i, k, i, k, i + 1);
		if (!strstr(reply_body(&mine), buf_str(&body)))
			wrong++;
	}
	close(fd);
	buf_release(&mine);
	buf_release(&body);
	return NULL;
}

/* Nobody gets anything of another's. */
Test(server, many_at_once)
{
	pthread_t threads[WORKERS];
	int ids[WORKERS];

	test_server_start(&t);
	for (int i = 0; i < WORKERS; i++) {
		ids[i] = i;
		cr_assert_eq(pthread_create(&threads[i], NULL, worker, &ids[i]), 0);
	}
	for (int i = 0; i < 20; i++) {
		cr_expect_eq(http_reload(t.s), 0);
		cr_expect_eq(client_get(t.port, "/metrics", &reply), 200);
	}
	for (int i = 0; i < WORKERS; i++)
		pthread_join(threads[i], NULL);
	cr_expect_eq(wrong, 0);
	test_server_stop(&t);
}
