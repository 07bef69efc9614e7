/* SPDX-License-Identifier: EUPL-1.2 */
/* What a client is answered. */
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "http/http_int.h"
#include "tests/unit/http/two_sides.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

TestSuite(reply, .init = begin, .fini = end);

Test(reply, errors_by_who_asks)
{
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	cr_expect_eq(ask("GET", "/fail?err=-2", "", no_body), 404);
	cr_expect(reply_has(&reply, "Content-Type: text/plain; charset=utf-8"));
	cr_expect(text_starts(reply_body(&reply), "Det finns inget"));
	cr_expect_eq(ask("GET", "/fail?err=-2", "Accept: application/json\r\n", no_body), 404);
	cr_expect(reply_has(&reply, "Content-Type: application/json"));
	cr_expect(text_starts(reply_body(&reply), "{\"code\":\"http.not_found\",\"text\":\"Det"));
	cr_expect_eq(ask("GET", "/api/v1/fail?err=-11&lang=en", "", no_body), 503);
	cr_expect(text_starts(reply_body(&reply), "{\"code\":\"http.busy\",\"text\":\"The server"));
	cr_expect(reply_has(&reply, "Retry-After: 5"));
	cr_expect_eq(ask("GET", "/api/none", "", no_body), 404);
	cr_expect(text_starts(reply_body(&reply), "{\"code\":"));
	cr_expect_eq(ask("GET", "/staff/fail?err=-2", "", no_body), 401);
	cr_expect(reply_has(&reply, "WWW-Authenticate: Bearer"));
	cr_expect_eq(
		ask("GET", "/staff/fail?err=-2", "Authorization: Bearer staff\r\n", no_body), 404);
	cr_expect_eq(ask("GET", "/nothing?lang=en", "", no_body), 500);
	cr_expect(strstr(reply_body(&reply), "give IT this number: "));
	cr_expect_eq(ask("GET", "/twice", "", no_body), 200);
	cr_expect_str_eq(reply_body(&reply), "one\n");
	log_set_fd(-1);
	cr_expect_eq(ask("GET", "/refusal?lang=fi", "Accept: application/json\r\n", no_body), 409);
	cr_expect_str_eq(reply_body(&reply), "{\"code\":\"t.no\",\"text\":\"Ei: X.\"}");
	cr_expect_eq(ask("GET", "/refusal", "", no_body), 409);
	cr_expect_str_eq(reply_body(&reply), "Nej till X.\n");
}

Test(reply, pages)
{
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	cr_assert_eq(ask("GET", "/page", "", no_body), 200);
	cr_expect(strcasestr(buf_str(&reply), "\r\nContent-Security-Policy: default-src 'none'; "));
	cr_expect(reply_has(&reply, "Referrer-Policy: same-origin"));
	cr_expect(reply_has(&reply, "Set-Cookie: a=1"));
	cr_expect(reply_has(&reply, "Set-Cookie: b=2"));
	cr_expect(reply_has(&reply, "ETag: \"2\""));
	cr_expect(!strstr(buf_str(&reply), "\"1\""));
	cr_expect(!strstr(buf_str(&reply), "Evil"));
}

Test(reply, large_reply)
{
	cr_assert_eq(client_get(t.port, "/large", &reply), 200);
	cr_expect_eq(strlen(reply_body(&reply)), 4 * 1024 * 1024);
}

/* What does not fit or could split a reply is left out and logged; the rest stands. */
Test(reply, headers)
{
	AUTO(arena) struct arena *a = arena_new();
	struct http_exchange x = {.answer.n = 0};
	struct http_request r = {.x = &x, .arena = a};

	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	for (int i = 0; i < HTTP_REPLY_FIELDS + 3; i++)
		http_reply_header(&r, "Set-Cookie", "a=1");
	cr_expect_eq(x.answer.n, HTTP_REPLY_FIELDS);
	x.answer.n = 0;
	http_reply_header(&r, "X-A", "one\ntwo");
	http_reply_header(&r, "X-A", "one\x7f");
	cr_expect_eq(x.answer.n, 0);
	http_reply_header(&r, "X-A", "1");
	http_reply_header(&r, "X-B", "1");
	http_reply_header(&r, "x-a", "2");
	cr_assert_eq(x.answer.n, 2);
	cr_expect_str_eq(x.answer.fields[0].value, "2");
	cr_expect_eq(http_reply_refusal(&r, &(struct refusal){.say = NULL}), ERR_INTERNAL);
	cr_expect_eq(http_reply_empty(&r, 99), 0);
	cr_expect_eq(x.answer.status, 500);
	cr_expect_eq(http_reply_empty(&r, 204), ERR_INTERNAL);
}
