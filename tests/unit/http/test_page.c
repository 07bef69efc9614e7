/* SPDX-License-Identifier: EUPL-1.2 */
/* A document as JSON or as a page, and files that are kept. */
#include "base/log.h"
#include "base/text.h"
#include "http/http_int.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <unistd.h>

#define BYTES(s)                                       \
	{                                              \
		(const uint8_t *)(s), sizeof(s "") - 1 \
	}
#define PLAIN "text/html; charset=utf-8"

static const struct http_file files[] = {
	{"page.mustache", PLAIN, "1", BYTES("{{>head}}<p>{{who}} {{lang}}{{#none}}x{{/none}}\n")},
	{"head.mustache", PLAIN, "2", BYTES("<!doctype html>")},
	{"endless.mustache", PLAIN, "3", BYTES("{{>endless}}")},
	{"look.css", "text/css", "abc123", BYTES("p{}"), BYTES("packed")},
	{0},
};

static int page(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "who", "<Anna>");
	return http_reply_page(rq, 200, http_param(rq, "name"), d);
}

static int file(struct http_request *rq, void *ctx)
{
	return http_reply_file(rq, &files[3]);
}

static const struct http_route routes[] = {
	{"GET", "/page/{name}", HTTP_PUBLIC_SIDE, HTTP_ANYONE, 0, 0, page, "a page"},
	{"GET", "/file", HTTP_PUBLIC_SIDE, HTTP_ANYONE, 0, 0, file, "a file"},
	{0},
};

static void around(struct http_request *rq, struct doc *d, void *ctx)
{
	doc_set_str(d, "who", "nobody");
	doc_set_str(d, "lang", ctx);
}

static struct test_server t;
static struct http_pages *pages;
static struct buf reply = BUF_INIT(1 << 20);

static void begin(void)
{
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	cr_assert_eq(http_pages_new(files, &pages), 0);
	test_server_init(&t);
	t.tables[0] = (struct http_routes){.routes = routes};
	for (int i = 0; i < SAY_LANGS; i++)
		t.o.pages.sets[i] = pages;
	t.o.pages.around = around;
	t.o.pages.ctx = (void *)(uintptr_t) "sv";
	test_server_start(&t);
}

static void end(void)
{
	test_server_stop(&t);
	http_pages_free(pages);
	buf_release(&reply);
}

TestSuite(page, .init = begin, .fini = end);

static int ask(const char *path, const char *headers)
{
	AUTO(arena) struct arena *a = arena_new();

	buf_reset(&reply);
	return client_ask(t.port,
		arena_printf(a, "GET %s HTTP/1.1\r\nHost: h\r\n%s\r\n", path, headers), &reply);
}

Test(page, is_a_page_for_a_browser)
{
	cr_assert_eq(ask("/page/page", "Accept: text/html\r\n"), 200);
	cr_expect_str_eq(reply_body(&reply), "<!doctype html><p>&lt;Anna&gt; sv\n");
	cr_expect(reply_has(&reply, "Content-Type: text/html; charset=utf-8"));
	cr_expect(reply_has(&reply, "Vary: Accept, Accept-Language"));
	cr_expect(reply_has(&reply, "Content-Language: sv"));
	cr_assert_eq(ask("/page/page?lang=fi", "Accept: */*\r\n"), 200);
	cr_expect(reply_has(&reply, "Content-Language: fi"));
}

Test(page, is_the_document_for_a_program)
{
	cr_assert_eq(ask("/page/page", "Accept: application/json\r\n"), 200);
	cr_expect_str_eq(reply_body(&reply), "{\"who\":\"<Anna>\"}");
	cr_expect(reply_has(&reply, "Content-Type: application/json"));
	cr_expect(reply_has(&reply, "Vary: Accept, Accept-Language"));
}

Test(page, is_an_error_when_its_template_fails)
{
	cr_expect_eq(ask("/page/nothing", "Accept: text/html\r\n"), 500);
	cr_expect_eq(ask("/page/endless", "Accept: text/html\r\n"), 413);
	cr_expect_eq(ask("/page/look", "Accept: text/html\r\n"), 500);
}

Test(page, files_are_kept_by_their_tag)
{
	cr_assert_eq(ask("/file", ""), 200);
	cr_expect_str_eq(reply_body(&reply), "p{}");
	cr_expect(reply_has(&reply, "ETag: \"abc123\""));
	cr_expect(reply_has(&reply, "Cache-Control: public, no-cache"));
	cr_assert_eq(ask("/file?v=abc123", ""), 200);
	cr_expect(reply_has(&reply, "Cache-Control: public, max-age=31536000, immutable"));
	cr_assert_eq(ask("/file?v=old", ""), 200);
	cr_expect(reply_has(&reply, "Cache-Control: public, no-cache"));
}

Test(page, files_are_packed_for_who_takes_it)
{
	static const char *const takes[] = {
		"gzip", "br, gzip", "deflate;q=0.5, gzip;q=0.8", "GZIP; q=1"};
	static const char *const refuses[] = {
		"br", "gzip;q=0", "gzip; q=0.00, br", "xgzip", "identity"};

	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(takes) / sizeof(takes[0]); i++) {
		cr_assert_eq(
			ask("/file", arena_printf(a, "Accept-Encoding: %s\r\n", takes[i])), 200);
		cr_expect_str_eq(reply_body(&reply), "packed", "%s", takes[i]);
		cr_expect(reply_has(&reply, "Content-Encoding: gzip"));
		cr_expect(reply_has(&reply, "ETag: \"abc123-gzip\""));
		cr_expect(reply_has(&reply, "Vary: Accept-Encoding"));
	}
	for (size_t i = 0; i < sizeof(refuses) / sizeof(refuses[0]); i++) {
		cr_assert_eq(ask("/file", arena_printf(a, "Accept-Encoding: %s\r\n", refuses[i])),
			200);
		cr_expect_str_eq(reply_body(&reply), "p{}", "%s", refuses[i]);
		cr_expect_not(reply_has(&reply, "Content-Encoding"));
		cr_expect(reply_has(&reply, "Vary: Accept-Encoding"), "a keeper between must know");
	}
}

Test(page, files_are_not_sent_twice)
{
	int fd = client_connect(t.port);

	client_send(fd, "GET /file HTTP/1.1\r\nHost: h\r\nIf-None-Match: W/\"abc123\"\r\n\r\n");
	cr_expect_eq(client_reply_head(fd, &reply), 304);
	cr_expect(reply_has(&reply, "ETag: \"abc123\""));
	/* The connection is good for more. */
	client_send(fd, "GET /file HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"abc12\"\r\n\r\n");
	buf_reset(&reply);
	cr_expect_eq(client_reply(fd, &reply), 200);
	close(fd);
}

Test(page, sets_that_make_no_sense_are_refused)
{
	static const struct {
		struct http_file files[3];
		int err;
	} rows[] = {
		{{{"a.mustache", PLAIN, "1", BYTES("{{#x}}")}, {0}}, ERR_BADINPUT},
		{{{"a.mustache", PLAIN, "1", BYTES("")}, {"a.mustache", PLAIN, "1", BYTES("")},
			 {0}},
			ERR_EXISTS},
		{{{0}}, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct http_pages *p = NULL;

		cr_expect_eq(http_pages_new(rows[i].files, &p), rows[i].err);
		http_pages_free(p);
	}
}
