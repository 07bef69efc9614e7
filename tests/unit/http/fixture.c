/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"
#include "base/text.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>
#include <time.h>

_Atomic int test_handled, test_slow_now, test_status;

#define ALL_SIDES (HTTP_DEVICE_SIDE | HTTP_STAFF_SIDE | HTTP_PUBLIC_SIDE)

static int hello(struct http_request *rq, void *ctx)
{
	test_handled++;
	return http_reply(rq, 200, "text/plain", bytes_of_str("hello\n"));
}

/* The body as it came. */
static int echo(struct http_request *rq, void *ctx)
{
	test_handled++;
	return http_reply(rq, 200, "application/octet-stream", rq->body);
}

static const char *shown(const char *s)
{
	return s ? s : "(none)";
}

/* Everything a handler was told, one word a line. */
static int show(struct http_request *rq, void *ctx)
{
	return http_reply(rq, 200, "text/plain; charset=utf-8",
		bytes_of_str(arena_printf(rq->arena,
			"method=%s\npath=%s\npeer=%s\ntls=%d\ncert=%zu\nside=%d\nlang=%s\ntype=%s\n"
			"id=%s\nq=%s\nq_literal=%s\nforwarded=%s\nclient_cert=%s\nagent=%s\n"
			"body=%zu\nctx=%s\n",
			rq->method, rq->path, rq->peer, rq->tls, rq->client_cert.n, rq->side,
			say_lang_name(rq->lang), shown(rq->content_type),
			shown(http_param(rq, "id")), shown(http_query(rq, "q")),
			shown(http_query_literal(rq, "q")),
			shown(http_header(rq, "x-forwarded-for")),
			shown(http_header(rq, "Client-Cert")), shown(http_header(rq, "User-Agent")),
			rq->body.n, (const char *)ctx)));
}

static int cert(struct http_request *rq, void *ctx)
{
	return http_reply(rq, 200, "application/pkix-cert", rq->client_cert);
}

static int slow(struct http_request *rq, void *ctx)
{
	static const struct timespec nap = {.tv_nsec = 600 * 1000 * 1000};

	test_slow_now++;
	nanosleep(&nap, NULL);
	test_slow_now--;
	return http_reply(rq, 200, "text/plain", bytes_of_str("at last\n"));
}

static int fail(struct http_request *rq, void *ctx)
{
	int64_t err = 0;

	if (text_parse_i64(shown(http_query(rq, "err")), &err) != 0)
		return ERR_BADINPUT;
	return (int)err;
}

static int status(struct http_request *rq, void *ctx)
{
	return http_reply_empty(rq, test_status);
}

static int page(struct http_request *rq, void *ctx)
{
	http_reply_header(rq, "Set-Cookie", "a=1");
	http_reply_header(rq, "Set-Cookie", "b=2");
	http_reply_header(rq, "ETag", "\"1\"");
	http_reply_header(rq, "etag", "\"2\"");
	http_reply_header(rq, "X-Split", "a\r\nX-Evil: 1");
	return http_reply(rq, 200, "text/html; charset=utf-8", bytes_of_str("<p>hej\n"));
}

static int large(struct http_request *rq, void *ctx)
{
	size_t n = 4 * 1024 * 1024;
	char *p = arena_alloc(rq->arena, n);

	memset(p, 'x', n);
	return http_reply(rq, 200, "text/plain", bytes_of(p, n));
}

static int nothing(struct http_request *rq, void *ctx)
{
	return 0;
}

static int twice(struct http_request *rq, void *ctx)
{
	cr_expect_eq(http_reply(rq, 200, "text/plain", bytes_of_str("one\n")), 0);
	cr_expect_eq(http_reply(rq, 500, "text/plain", bytes_of_str("two\n")), ERR_INTERNAL);
	return ERR_IO;
}

static int refusal(struct http_request *rq, void *ctx)
{
	static const struct say no = {"t.no", {"Nej till {0}.", "Ei: {0}.", "No to {0}."}};
	struct refusal r = {0};

	(void)!refuse(&r, &no, "X", NULL, NULL);
	return http_reply_refusal(rq, &r);
}

const struct http_route test_routes[] = {{"GET", "/hello", ALL_SIDES, HTTP_ANYONE, 0, 0, hello, ""},
	{"POST", "/echo", ALL_SIDES, HTTP_ANYONE, 0, 1000, echo, ""},
	{"PUT", "/echo", ALL_SIDES, HTTP_ANYONE, 0, 100000, echo, ""},
	{"GET", "/show", ALL_SIDES, HTTP_ANYONE, 0, 0, show, ""},
	{"POST", "/show", ALL_SIDES, HTTP_ANYONE, 0, 1000, show, ""},
	{"GET", "/show/{id}", ALL_SIDES, HTTP_ANYONE, 0, 0, show, ""},
	{"GET", "/cert", ALL_SIDES, HTTP_ANYONE, 0, 0, cert, ""},
	{"GET", "/slow", ALL_SIDES, HTTP_ANYONE, 0, 0, slow, ""},
	{"GET", "/fail", ALL_SIDES, HTTP_ANYONE, 0, 0, fail, ""},
	{"GET", "/staff/fail", HTTP_STAFF_SIDE, HTTP_STAFF, 1, 0, fail, ""},
	{"GET", "/api/v1/fail", HTTP_STAFF_SIDE, HTTP_ANYONE, 0, 0, fail, ""},
	{"PUT", "/mdm/fail", HTTP_DEVICE_SIDE, HTTP_DEVICE, 0, 1000, fail, ""},
	{"PUT", "/mdm/status", HTTP_DEVICE_SIDE, HTTP_DEVICE, 0, 1000, status, ""},
	{"GET", "/enroll/status", HTTP_DEVICE_SIDE, HTTP_ANYONE, 0, 0, status, ""},
	{"GET", "/staff/status", HTTP_STAFF_SIDE, HTTP_ANYONE, 0, 0, status, ""},
	{"POST", "/staff/echo", HTTP_STAFF_SIDE, HTTP_STAFF, 1, 1000, echo, ""},
	{"GET", "/nobody", ALL_SIDES, HTTP_NOBODY, 0, 0, hello, ""},
	{"GET", "/public/hello", HTTP_PUBLIC_SIDE, HTTP_ANYONE, 0, 0, hello, ""},
	{"GET", "/page", ALL_SIDES, HTTP_ANYONE, 0, 0, page, ""},
	{"GET", "/large", ALL_SIDES, HTTP_ANYONE, 0, 0, large, ""},
	{"GET", "/nothing", ALL_SIDES, HTTP_ANYONE, 0, 0, nothing, ""},
	{"GET", "/twice", ALL_SIDES, HTTP_ANYONE, 0, 0, twice, ""},
	{"GET", "/refusal", ALL_SIDES, HTTP_ANYONE, 0, 0, refusal, ""},
	{"GET", "/healthz", ALL_SIDES, HTTP_ANYONE, 0, 0, http_healthz, ""},
	{"GET", "/metrics", ALL_SIDES, HTTP_ANYONE, 0, 0, http_metrics, ""}, {NULL}};

/* Staff say who they are in a header, iPads in the body: as in earnest, but shorter. */
static int admit_staff(struct http_request *rq, void *ctx)
{
	return text_equal(http_header(rq, "Authorization"), "Bearer staff") ? 0 : ERR_STRANGER;
}

static int admit_device(struct http_request *rq, void *ctx)
{
	return rq->body.n >= 6 && memcmp(rq->body.p, "signed", 6) == 0 ? 0 : ERR_STRANGER;
}

void test_server_init(struct test_server *t)
{
	*t = (struct test_server){0};
	t->tables[0] = (struct http_routes){test_routes, (void *)(uintptr_t) "context"};
	t->listeners[0] = (struct http_listener){
		.name = "all", .address = "127.0.0.1:0", .sides = ALL_SIDES, .fd = -1};
	t->o.listeners = t->listeners;
	t->o.listener_count = 1;
	t->o.tables = t->tables;
	t->o.table_count = 1;
	t->o.admit[HTTP_STAFF].fn = admit_staff;
	t->o.admit[HTTP_DEVICE].fn = admit_device;
	t->o.lang = SAY_SV;
}

void test_server_start(struct test_server *t)
{
	cr_assert_eq(http_start(&t->o, &t->s), 0);
	t->port = http_port(t->s, t->listeners[0].name);
	cr_assert_neq(t->port, 0);
}

void test_server_stop(struct test_server *t)
{
	http_stop(t->s, 2);
}
