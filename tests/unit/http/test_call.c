/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows called without a socket: the same admission, the same answers. */
#include "base/text.h"
#include "http/http.h"

#include <criterion/criterion.h>

static int echo(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "ctx", ctx);
	doc_set_str(d, "id", http_param(rq, "id"));
	doc_set_str(d, "q", http_query(rq, "q"));
	doc_set_str(d, "body", arena_strndup(rq->arena, rq->body.p, rq->body.n));
	doc_set_str(d, "header", http_header(rq, "Authorization"));
	return http_reply_doc(rq, 200, d);
}

static int missing(struct http_request *rq, void *ctx)
{
	(void)rq;
	(void)ctx;
	return ERR_NOTFOUND;
}

static int drip(void *ctx, uint64_t at, uint8_t *to, size_t room)
{
	(void)ctx;
	(void)at;
	(void)to;
	(void)room;
	return 0;
}

static int pieces(struct http_request *rq, void *ctx)
{
	return http_reply_pieces(rq, 200, "text/plain", 10, drip, ctx);
}

static const struct http_route rows[] = {
	{"POST", "/api/v1/things/{id}", HTTP_STAFF_SIDE, HTTP_STAFF, 1, 16, echo, "Echo"},
	{"GET", "/api/v1/missing", HTTP_STAFF_SIDE, HTTP_STAFF, 1, 0, missing, "Nothing"},
	{"GET", "/api/v1/pieces", HTTP_STAFF_SIDE, HTTP_STAFF, 1, 0, pieces, "Bit by bit"},
	{"GET", "/api/v1/open", HTTP_STAFF_SIDE, HTTP_ANYONE, 0, 0, echo, "For everyone"},
	{"GET", "/api/v1/device", HTTP_DEVICE_SIDE, HTTP_DEVICE, 0, 0, echo, "An iPad's"},
	{0},
};
static char here[] = "here";
static const struct http_routes table = {rows, here};

static int admit(struct http_request *rq, void *ctx)
{
	const uint32_t *roles = ctx;

	return *roles & rq->route->roles ? 0 : ERR_DENIED;
}

static int call(struct arena *a, const char *method, const char *target, const char *body,
	struct http_called *ret)
{
	static uint32_t roles = 1;
	const struct http_call c = {.method = method,
		.target = target,
		.body = bytes_of_str(body),
		.lang = SAY_SV,
		.admit = admit,
		.ctx = &roles};

	return http_call(&table, &c, a, ret);
}

Test(call, a_row_answers_as_over_a_socket)
{
	AUTO(arena) struct arena *a = arena_new();
	struct http_called r;
	struct doc *d;

	cr_assert_eq(call(a, "POST", "/api/v1/things/a%20b?q=%C3%A5", "hello", &r), 0);
	cr_expect_eq(r.status, 200);
	cr_expect_str_eq(r.type, "application/json");
	cr_assert_eq(doc_parse(a, r.body, &d), 0);
	cr_expect_str_eq(doc_str(d, "ctx"), "here");
	cr_expect_str_eq(doc_str(d, "id"), "a b");
	cr_expect_str_eq(doc_str(d, "q"), "å");
	cr_expect_str_eq(doc_str(d, "body"), "hello");
	cr_expect_null(doc_str(d, "header"));
	cr_assert_eq(call(a, "GET", "/api/v1/open", "", &r), 0);
	cr_expect_eq(r.status, 200);
}

Test(call, what_is_wrong_is_an_answer_or_an_error)
{
	AUTO(arena) struct arena *a = arena_new();
	struct http_call denied = {.method = "GET", .target = "/api/v1/missing", .admit = admit};
	uint32_t none = 0;
	struct http_called r;
	struct doc *d;

	cr_assert_eq(call(a, "GET", "/api/v1/missing", "", &r), 0);
	cr_expect_eq(r.status, 404);
	cr_assert_eq(doc_parse(a, r.body, &d), 0);
	cr_expect_not(text_empty(doc_str(d, "text")));
	denied.ctx = &none;
	cr_assert_eq(http_call(&table, &denied, a, &r), 0);
	cr_expect_eq(r.status, 403);
	denied.admit = NULL;
	cr_assert_eq(http_call(&table, &denied, a, &r), 0);
	cr_expect_eq(r.status, 404, "nobody was named who lets them in");
	cr_expect_eq(call(a, "GET", "/api/v1/nowhere", "", &r), ERR_NOTFOUND);
	cr_expect_eq(call(a, "DELETE", "/api/v1/open", "", &r), ERR_NOTFOUND);
	cr_expect_eq(call(a, "GET", "/api/v1/device", "", &r), ERR_NOTFOUND);
	cr_expect_eq(call(a, "GET", "/api/v1/open?q=%zz", "", &r), ERR_BADINPUT);
	cr_expect_eq(call(a, "POST", "/api/v1/things/1", "seventeen letters", &r), ERR_TOOBIG);
	cr_expect_eq(call(a, "GET", "/api/v1/pieces", "", &r), ERR_UNSUPPORTED);
}
