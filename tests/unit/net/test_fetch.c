/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"
#include "base/log.h"
#include "net/net_int.h"
#include "tests/fake/free_port.h"
#include "tests/fake/http_service.h"
#include "tests/fake/push_service.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena *a;
static struct net *n;
static struct http_service *s, *other;
static struct push_service_certificates certs;
static char ca_path[64];
static _Atomic int calls;

static void answer(const struct http_service_request *rq, struct http_service_reply *ret, void *arg)
{
	const char *path = rq->target;
	char to[128];

	atomic_fetch_add(&calls, 1);
	if (strcmp(path, "/echo") == 0) {
		const char *x = http_service_header(rq, "X-Test");
		const char *type = http_service_header(rq, "Content-Type");

		ret->body = bytes_of_str(arena_printf(rq->arena, "%s|%s|%s|%.*s", rq->method,
			x ? x : "-", type ? type : "-", (int)rq->body.n, (const char *)rq->body.p));
		ret->status = 201;
		ret->headers = "X-One:  first \r\nX-One: second\r\nRetry-After: 120\r\n";
	} else if (strcmp(path, "/hang") == 0) {
		ret->hang = true;
	} else if (strcmp(path, "/cut") == 0) {
		ret->cut = true;
	} else if (strcmp(path, "/short") == 0) {
		ret->body = bytes_of_str("0123456789");
		ret->cut_after = 5;
	} else if (strcmp(path, "/noise") == 0) {
		ret->raw = true;
		ret->body = bytes_of_str("SSH-2.0-OpenSSH\r\n\r\n");
	} else if (strcmp(path, "/big") == 0) {
		ret->body = bytes_of(arena_alloc(rq->arena, 1 << 20), 1 << 20);
	} else if (strcmp(path, "/headers") == 0) {
		char *much = arena_alloc(rq->arena, 80001);

		memset(much, 'x', 80000);
		for (size_t i = 0; i < 80000; i += 100) {
			memcpy(much + i + 20, ": ", 2);
			memcpy(much + i + 98, "\r\n", 2);
		}
		ret->headers = much;
	} else if (strncmp(path, "/to/", 4) == 0) {
		const char *where = path + 4;

		snprintf(to, sizeof(to), "Location: %s\r\n",
			strcmp(where, "here") == 0   ? "/echo"
			: strcmp(where, "loop") == 0 ? "/to/loop"
			: strcmp(where, "file") == 0
				? "file:///etc/passwd"
				: arena_printf(rq->arena, "http://127.0.0.1:%u/echo",
					  http_service_port(other)));
		ret->headers = arena_strdup(rq->arena, to);
		ret->status = 302;
		ret->body = bytes_of_str("moved");
	} else {
		ret->status = 404;
		ret->body = bytes_of_str("nothing");
	}
}

static void begin(void)
{
	static const char *const inside[] = {"127.0.0.1", NULL};
	struct http_service_options o = {.handler = answer};

	signal(SIGPIPE, SIG_IGN);
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	atomic_store(&calls, 0);
	a = arena_new();
	cr_assert_eq(net_open(&(struct net_options){.inside = inside}, &n), 0);
	cr_assert_eq(http_service_start(&o, &s), 0);
	cr_assert_eq(http_service_start(&o, &other), 0);
}

static void end(void)
{
	http_service_stop(s);
	http_service_stop(other);
	net_close(n);
	arena_free(a);
}

static const char *at(const char *path)
{
	return arena_printf(a, "http://127.0.0.1:%u%s", http_service_port(s), path);
}

static int fetch(struct net_ask ask, const char *path, struct net_reply *ret)
{
	ask.url = path[0] == '/' ? at(path) : path;
	if (!ask.total_s)
		ask.total_s = 10;
	return net_fetch(n, &ask, a, ret);
}

static bool body_is(const struct net_reply *r, const char *want)
{
	return bytes_equal(r->body, bytes_of_str(want));
}

Test(fetch, brings_status_headers_and_body, .init = begin, .fini = end)
{
	struct net_header x = {"X-Test", "värde"};
	struct net_reply r;

	cr_assert_eq(fetch((struct net_ask){.headers = &x, .header_count = 1}, "/echo", &r), 0);
	cr_expect_eq(r.status, 201);
	cr_expect(body_is(&r, "GET|värde|-|"));
	cr_expect_str_eq(net_reply_header(&r, "x-one"), "first");
	cr_expect_null(net_reply_header(&r, "X-Two"));
	cr_expect_eq(net_reply_retry_after(&r, 0), 120);
	cr_assert_eq(fetch((struct net_ask){.body = bytes_of_str("{}"),
				   .content_type = "application/json"},
			     "/echo", &r),
		0);
	cr_expect(body_is(&r, "POST|-|application/json|{}"));
	cr_assert_eq(
		fetch((struct net_ask){.method = "PUT", .body = bytes_of_str("a")}, "/echo", &r),
		0);
	cr_expect(body_is(&r, "PUT|-|application/octet-stream|a"));
	cr_assert_eq(
		fetch((struct net_ask){.method = "DELETE", .body = bytes_of_str("a")}, "/echo", &r),
		0);
	cr_expect(body_is(&r, "DELETE|-|application/octet-stream|a"));
	cr_assert_eq(fetch((struct net_ask){.method = "HEAD"}, "/echo", &r), 0);
	cr_expect_eq(r.status, 201);
	cr_expect_eq(r.body.n, 0);
	cr_assert_eq(fetch((struct net_ask){0}, "/nowhere", &r), 0);
	cr_expect_eq(r.status, 404);
	cr_expect(body_is(&r, "nothing"));
}

Test(fetch, tells_what_went_wrong, .init = begin, .fini = end)
{
	static const struct {
		const char *path;
		int want;
	} cases[] = {
		{"/hang", ERR_TIMEOUT},
		{"/cut", ERR_NET},
		{"/short", ERR_NET},
		{"/noise", ERR_BADINPUT},
		{"/big", ERR_TOOBIG},
		{"/headers", ERR_TOOBIG},
		{"ftp://127.0.0.1/", ERR_BADINPUT},
		{"http://nobody.invalid/", ERR_NET},
	};
	struct net_reply r = {.status = 7};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct net_ask ask = {.reply_cap = 1000, .total_s = i == 0 ? 1 : 10};

		cr_expect_eq(fetch(ask, cases[i].path, &r), cases[i].want, "%s", cases[i].path);
	}
	cr_expect_eq(r.status, 7);
	cr_expect_eq(fetch((struct net_ask){0},
			     arena_printf(a, "http://127.0.0.1:%u/", free_port()), &r),
		ERR_NET);
	cr_assert_eq(fetch((struct net_ask){.reply_cap = 1 << 20}, "/big", &r), 0);
	cr_expect_eq(r.body.n, 1 << 20);
}

Test(fetch, refuses_an_ask_that_would_smuggle, .init = begin, .fini = end)
{
	static const struct net_header bad[] = {
		{"X", "a\r\nY: b"}, {"X: y", "a"}, {"", "a"}, {"X\n", "a"}, {"X", "a\x7f"}};
	struct net_reply r;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(
			fetch((struct net_ask){.headers = &bad[i], .header_count = 1}, "/echo", &r),
			ERR_BADINPUT);
	cr_expect_eq(fetch((struct net_ask){.method = "GET / HTTP/1.1\r\nX:"}, "/echo", &r),
		ERR_BADINPUT);
	cr_expect_eq(fetch((struct net_ask){.https_only = true}, "/echo", &r), ERR_BADINPUT);
	cr_expect_eq(atomic_load(&calls), 0);
}

Test(fetch, follows_only_when_asked_and_only_to_the_same_place, .init = begin, .fini = end)
{
	static const struct {
		const char *path;
		unsigned redirects;
		const char *method;
		int status, calls;
	} cases[] = {
		{"/to/here", 0, NULL, 302, 1},
		{"/to/here", 1, NULL, 201, 2},
		{"/to/here", 1, "POST", 302, 1},
		{"/to/loop", 3, NULL, 302, 4},
		{"/to/other", 3, NULL, 302, 1},
		{"/to/file", 3, NULL, 302, 1},
	};
	struct net_reply r;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct net_ask ask = {.redirects = cases[i].redirects, .method = cases[i].method};

		atomic_store(&calls, 0);
		cr_assert_eq(fetch(ask, cases[i].path, &r), 0, "%s", cases[i].path);
		cr_expect_eq(r.status, cases[i].status, "%s", cases[i].path);
		cr_expect_eq(atomic_load(&calls), cases[i].calls, "%s", cases[i].path);
		cr_expect(body_is(&r, r.status == 302 ? "moved" : "GET|-|-|"));
	}
}

/* The name "localhost" means 127.0.0.1: it is the address that counts, not the name. */
Test(fetch, a_guarded_ask_reaches_public_addresses_alone, .init = begin, .fini = end)
{
	struct net_ask ask = {.guarded = true};
	struct net_reply r;
	struct net *strict;

	cr_assert_eq(net_open(&(struct net_options){0}, &strict), 0);
	ask.total_s = 5;
	ask.url = arena_printf(a, "http://localhost:%u/echo", http_service_port(s));
	cr_expect_eq(net_fetch(strict, &ask, a, &r), ERR_DENIED);
	ask.url = at("/echo");
	cr_expect_eq(net_fetch(strict, &ask, a, &r), ERR_DENIED);
	ask.url = arena_printf(a, "http://2130706433:%u/echo", http_service_port(s));
	cr_expect_eq(net_fetch(strict, &ask, a, &r), ERR_DENIED);
	ask.url = arena_printf(a, "http://[::ffff:127.0.0.1]:%u/echo", http_service_port(s));
	cr_expect_eq(net_fetch(strict, &ask, a, &r), ERR_DENIED);
	cr_expect_eq(atomic_load(&calls), 0);
	/* A connection that an unguarded ask left open is no way round. */
	ask.guarded = false;
	ask.url = at("/echo");
	cr_expect_eq(net_fetch(strict, &ask, a, &r), 0);
	ask.guarded = true;
	cr_expect_eq(net_fetch(strict, &ask, a, &r), ERR_DENIED);
	cr_expect_eq(atomic_load(&calls), 1);
	/* The list lets it through. */
	cr_expect_eq(net_fetch(n, &ask, a, &r), 0);
	net_close(strict);
}

Test(fetch, goes_by_the_proxy_and_not_by_the_environment, .init = begin, .fini = end)
{
	const char *proxy = arena_printf(a, "http://127.0.0.1:%u", http_service_port(other));
	struct net_reply r;
	struct net *by;

	setenv("http_proxy", "http://127.0.0.1:1", 1);
	cr_assert_eq(fetch((struct net_ask){0}, "/echo", &r), 0);
	cr_assert_eq(net_open(&(struct net_options){.proxy = proxy}, &by), 0);
	cr_assert_eq(
		net_fetch(by, &(struct net_ask){.url = "http://nobody.invalid/echo"}, a, &r), 0);
	cr_expect_eq(r.status, 404); /* asked with the whole address, as proxies are */
	net_close(by);
}

static void *stop_soon(void *arg)
{
	while (atomic_load(&calls) == 0)
		usleep(1000);
	net_stop(n);
	return NULL;
}

Test(fetch, ends_when_we_stop, .init = begin, .fini = end)
{
	struct net_reply r;
	pthread_t t;

	cr_assert_eq(pthread_create(&t, NULL, stop_soon, NULL), 0);
	cr_expect_eq(fetch((struct net_ask){.total_s = 60}, "/hang", &r), ERR_BUSY);
	pthread_join(t, NULL);
	cr_expect_eq(fetch((struct net_ask){0}, "/echo", &r), ERR_BUSY);
}

static void end_tls(void)
{
	unlink(ca_path);
	push_service_free_certificates(&certs);
	end();
}

Test(fetch, believes_a_certificate_only_of_the_roots_it_has, .init = begin, .fini = end_tls)
{
	struct http_service_options o = {.handler = answer};
	struct net_ask ask = {.https_only = true, .total_s = 10};
	struct net_reply r;

	cr_assert_eq(push_service_make_certificates("x", &certs), 0);
	snprintf(ca_path, sizeof(ca_path), "/tmp/hylla-fetch-%d.pem", (int)getpid());
	cr_assert_eq(file_write(ca_path, bytes_of_str(certs.ca_pem), 0600), 0);
	http_service_stop(other);
	o.cert_pem = certs.server_cert_pem;
	o.key_pem = certs.server_key_pem;
	cr_assert_eq(http_service_start(&o, &other), 0);
	ask.url = arena_printf(a, "https://localhost:%u/echo", http_service_port(other));
	cr_expect_eq(net_fetch(n, &ask, a, &r), ERR_CRYPTO);
	ask.trust_path = ca_path;
	cr_assert_eq(net_fetch(n, &ask, a, &r), 0);
	cr_expect_eq(r.status, 201);
	ask.client_cert_pem = bytes_of_str(certs.client_cert_pem);
	ask.client_key_pem = bytes_of_str(certs.client_key_pem);
	cr_expect_eq(net_fetch(n, &ask, a, &r), 0);
	ask.client_key_pem = bytes_of_str(certs.server_key_pem);
	cr_expect_eq(net_fetch(n, &ask, a, &r), ERR_CRYPTO);
}
