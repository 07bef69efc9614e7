/* SPDX-License-Identifier: EUPL-1.2 */
/* Behind a reverse proxy: whose word is taken for what. */
#include "base/log.h"
#include "base/text.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>

static const char *const trusted[] = {"10.0.0.0/8", "127.0.0.1", NULL};
static const char *const others[] = {"10.0.0.0/8", "::1", NULL};
static struct test_server t;
static struct buf reply = BUF_INIT(1024 * 1024);

/* ":abc:" is the certificate "abc". */
static int cert_parse(struct arena *a, const char *value, struct bytes *ret_der)
{
	size_t n = strlen(value);

	if (n < 2 || value[0] != ':' || value[n - 1] != ':')
		return ERR_BADINPUT;
	*ret_der = bytes_of(arena_strndup(a, value + 1, n - 2), n - 2);
	return 0;
}

static void begin(void)
{
	log_set_level(LOG_ERROR);
	test_server_init(&t);
	t.listeners[0].trusted_proxies = trusted;
	t.listeners[1] = t.listeners[0];
	t.listeners[1].name = "others";
	t.listeners[1].trusted_proxies = others;
	t.listeners[0].cert_header = "Client-Cert";
	t.listeners[2] = t.listeners[0];
	t.listeners[2].name = "nginx";
	t.listeners[2].cert_header = "X-SSL-Client-Cert";
	t.listeners[3] = t.listeners[0];
	t.listeners[3].name = "none";
	t.listeners[3].cert_header = NULL;
	t.o.listener_count = 4;
	t.o.proxy_cert_parse = cert_parse;
	test_server_start(&t);
}

static void end(void)
{
	test_server_stop(&t);
	buf_release(&reply);
}

TestSuite(proxy, .init = begin, .fini = end);

static int ask(const char *listener, const char *path, const char *headers)
{
	struct buf rq = BUF_INIT(65536);
	int status;

	buf_printf(&rq, "GET %s HTTP/1.1\r\nHost: h\r\n%s\r\n", path, headers);
	status = client_ask(http_port(t.s, listener), buf_str(&rq), &reply);
	buf_release(&rq);
	return status;
}

#define ALL_OF_THEM                                                                     \
	"X-Forwarded-For: 1.1.1.1, 192.0.2.7, 10.0.0.3\r\nX-Forwarded-Proto: https\r\n" \
	"Client-Cert: :abc:\r\n"

Test(proxy, believed)
{
	cr_assert_eq(ask("all", "/show", ALL_OF_THEM), 200);
	cr_expect(strstr(reply_body(&reply), "peer=192.0.2.7\ntls=1\ncert=3\n"));
	cr_expect(strstr(reply_body(&reply), "forwarded=1.1.1.1, 192.0.2.7, 10.0.0.3\n"));
	cr_assert_eq(ask("nginx", "/cert", "X-SSL-Client-Cert: :wxyz:\r\n"), 200);
	cr_expect_str_eq(reply_body(&reply), "wxyz");
	cr_assert_eq(ask("all", "/show", "X-Forwarded-Proto: http\r\n"), 200);
	cr_expect(strstr(reply_body(&reply), "peer=127.0.0.1\ntls=0\ncert=0\n"));
}

Test(proxy, not_believed)
{
	cr_assert_eq(ask("others", "/show", ALL_OF_THEM), 200);
	cr_expect(strstr(reply_body(&reply), "peer=127.0.0.1\ntls=0\ncert=0\n"));
	cr_expect(strstr(reply_body(&reply), "forwarded=(none)\nclient_cert=(none)\n"));
	/* what a stranger writes there is not even read */
	cr_expect_eq(ask("others", "/show",
			     "X-Forwarded-For: nonsense\r\nClient-Cert: x\r\n"
			     "X-SSL-Client-Cert: y\r\n"),
		200);
}

/* A header that the proxy does not know is what the client wrote there. */
Test(proxy, one_header_carries_the_certificate)
{
	static const char *const cases[][2] = {{"nginx", "Client-Cert: :abc:\r\n"},
		{"all", "X-SSL-Client-Cert: :abc:\r\n"}, {"none", "Client-Cert: :abc:\r\n"},
		{"none", "X-SSL-Client-Cert: :abc:\r\n"},
		{"nginx", "Client-Cert: :abc:\r\nX-SSL-Client-Cert: \r\n"}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(ask(cases[i][0], "/show", cases[i][1]), 200);
		cr_expect(
			strstr(reply_body(&reply), "cert=0\n"), "%s %s", cases[i][0], cases[i][1]);
	}
}

/* A proxy that passes on what the client wrote beside its own word is set up wrongly. */
Test(proxy, ambiguous)
{
	static const char *const headers[] = {"Client-Cert: :a:\r\nClient-Cert: :b:\r\n",
		"X-Forwarded-For: nonsense\r\n", "X-Forwarded-Proto: ftp\r\n",
		"Client-Cert: broken\r\n"};

	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		cr_expect_eq(ask("all", "/show", headers[i]), 400, "%s", headers[i]);
}
