/* SPDX-License-Identifier: EUPL-1.2 */
/* What a handler may ask of its request. */
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

TestSuite(ask, .init = begin, .fini = end);

Test(ask, what_a_handler_is_told)
{
	cr_assert_eq(ask("POST", "/show?q=a+b%2Bc",
			     "Content-Type: text/xml \r\nUser-Agent: mdm/1\r\n"
			     "Client-Cert: :AAAA:\r\nX-Forwarded-For: "
			     "9.9.9.9\r\nX-Forwarded-Proto: https\r\n",
			     bytes_of_str("12345")),
		200);
	/* a stranger's word about who he is does not even reach the handler */
	cr_expect_str_eq(reply_body(&reply),
		"method=POST\npath=/show\npeer=127.0.0.1\ntls=0\ncert=0\nside=1\nlang=sv\n"
		"type=text/xml\nid=(none)\nq=a b+c\nq_literal=a+b+c\nforwarded=(none)\n"
		"client_cert=(none)\nagent=mdm/1\nbody=5\nctx=context\n");
}

Test(ask, languages)
{
	static const struct {
		const char *query, *header, *said;
	} cases[] = {
		{"", "", "lang=sv"},
		{"", "Accept-Language: fi-FI,fi;q=0.9\r\n", "lang=fi"},
		{"", "Accept-Language: de\r\n", "lang=sv"},
		{"?lang=en", "Accept-Language: fi\r\n", "lang=en"},
		{"?lang=xx", "Accept-Language: fi\r\n", "lang=fi"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char path[64];

		snprintf(path, sizeof(path), "/show%s", cases[i].query);
		cr_assert_eq(ask("GET", path, cases[i].header, no_body), 200);
		cr_expect(strstr(reply_body(&reply), cases[i].said), "%s", path);
	}
}

Test(ask, who_wants_what)
{
	static const struct {
		const char *path, *accept;
		bool json, html;
	} cases[] = {
		{"/x", NULL, false, false},
		{"/x", "", false, false},
		{"/x", "*/*", false, false},
		{"/x", "application/json", true, false},
		{"/x", "text/plain, Application/JSON;q=0.5", true, false},
		{"/x", "application/json-seq", false, false},
		{"/x", "text/html,application/xhtml+xml,*/*;q=0.8", false, true},
		{"/x", "text/html, application/json", true, false},
		{"/x", "text/htmlx", false, false},
		{"/api/v1/x", "text/html", true, false},
		{"/apis", "text/html", false, true},
		{NULL, "text/html", false, true},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_field field = {"accept", cases[i].accept};
		struct http_exchange x = {.head.fields = &field, .head.n = cases[i].accept != NULL};
		struct http_request r = {.path = cases[i].path, .x = &x};

		cr_expect_eq(http_wants_json(&r), cases[i].json, "case %zu", i);
		cr_expect_eq(http_wants_html(&r), cases[i].html, "case %zu", i);
	}
}
