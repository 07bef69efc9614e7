/* SPDX-License-Identifier: EUPL-1.2 */
/* The client against a server that says what the test wrote. */
#include "tests/unit/fake/script.h"
#include "tests/fake/ipad.h"
#include "base/clock.h"
#include "base/text.h"

#include <criterion/criterion.h>

static struct bytes der_of(struct arena *a, X509 *cert)
{
	unsigned char *der = NULL;
	int n = i2d_X509(cert, &der);
	struct bytes out = arena_bytes(a, bytes_of(der, (size_t)n));

	OPENSSL_free(der);
	return out;
}

static const struct {
	const char *url, *host, *path;
	unsigned port;
	bool tls;
	int err;
} urls[] = {
	{"https://a.se/x?y=1", "a.se", "/x?y=1", 443, true, 0},
	{"http://a.se", "a.se", "/", 80, false, 0},
	{"https://a.se:8443/", "a.se", "/", 8443, true, 0},
	{"https://[::1]:8443/m", "::1", "/m", 8443, true, 0},
	{"https://a.se?q#part", "a.se", "/?q", 443, true, 0},
	{"https://", NULL, NULL, 0, false, ERR_BADINPUT},
	{"https://a.se:0/", NULL, NULL, 0, false, ERR_BADINPUT},
	{"https://a.se:99999/", NULL, NULL, 0, false, ERR_BADINPUT},
	{"https://me@a.se/", NULL, NULL, 0, false, ERR_BADINPUT},
	{"ftp://a.se/", NULL, NULL, 0, false, ERR_BADINPUT},
};

Test(http_client, urls)
{
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		struct client_url u;

		cr_expect_eq(client_url_parse(a, urls[i].url, &u), urls[i].err, "%s", urls[i].url);
		if (urls[i].err)
			continue;
		cr_expect_str_eq(u.host, urls[i].host);
		cr_expect_str_eq(u.path, urls[i].path);
		cr_expect_eq(u.port, urls[i].port);
		cr_expect_eq(u.tls, urls[i].tls);
	}
}

#define OK "HTTP/1.1 200 OK\r\n"

/* What a server may write, and what is read. */
static const struct {
	const char *reply;
	int err, status;
	const char *body;
} replies[] = {
	{OK "Content-Length: 2\r\nContent-Type: text/x \r\n\r\nhi", 0, 200, "hi"},
	{OK "content-length:0\r\n\r\n", 0, 200, ""},
	{"HTTP/1.1 204 No Content\r\n\r\n", 0, 204, ""},
	{"HTTP/1.1 100 Continue\r\n\r\n" OK "Content-Length: 1\r\n\r\nx", 0, 200, "x"},
	{OK "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n", 0,
		200, "abc0123456789abcdef"},
	{"HTTP/1.0 200 OK\r\nX: until-close\r\n\r\nall of it", 0, 200, "all of it"},
	{"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlate", 0, 503, "late"},
	{OK "Content-Length: x\r\n\r\n", ERR_BADINPUT, 0, NULL},
	{"SMTP ready, how do you do\r\n\r\n", ERR_BADINPUT, 0, NULL},
	{OK "X: until-close\r\nContent-Length: 9\r\n\r\ncut", ERR_NET, 0, NULL},
	{NULL, ERR_NET, 0, NULL},
};

Test(http_client, replies)
{
	for (size_t i = 0; i < sizeof(replies) / sizeof(replies[0]); i++) {
		struct script s = {.replies = {replies[i].reply}, .connections = 1};
		struct client_options o = {.host = "127.0.0.1", .timeout_ms = 60000};
		struct client_request rq = {.method = "GET", .path = "/"};
		struct client_reply r;
		struct client *c;

		script_open(&s);
		o.port = s.port;
		c = client_new(&o);
		cr_expect_eq(client_exchange(c, &rq, &r), replies[i].err, "case %zu", i);
		if (!replies[i].err) {
			cr_expect_eq(r.status, replies[i].status);
			cr_expect(bytes_equal(r.body, bytes_of_str(replies[i].body)),
				"case %zu: %.*s", i, (int)r.body.n, r.body.p);
			cr_expect_eq(r.closes, !client_connected(c));
		}
		client_free(c);
		script_wait(&s);
		script_close(&s);
	}
}

Test(http_client, keeps_a_connection_and_opens_a_stale_one_anew)
{
	struct script s = {.replies = {OK "Content-Length: 1\r\n\r\na",
				   OK "Content-Length: 1\r\nX: until-close\r\n\r\nb",
				   OK "Content-Length: 1\r\n\r\nc"},
		.connections = 2};
	struct client_options o = {.host = "127.0.0.1"};
	struct client_header h = {"Mdm-Signature", "sig"};
	struct client_request rq = {.method = "PUT",
		.path = "/mdm",
		.headers = &h,
		.header_count = 1,
		.body = bytes_of_str("body")};
	struct client_reply r;
	struct client *c;

	script_open(&s);
	o.port = s.port;
	c = client_new(&o);
	for (unsigned i = 0; i < 3; i++) {
		cr_assert_eq(client_exchange(c, &rq, &r), 0);
		cr_assert_eq(r.body.p[0], 'a' + i);
		if (i == 1)
			cr_assert(client_wait_closed(c, 2000));
	}
	cr_assert_eq(client_connects(c), 2);
	client_close(c);
	script_wait(&s);
	script_close(&s);
	client_free(c);
}

static int tls_get(
	struct script *s, const char *host, struct client_trust *t, EVP_PKEY *key, X509 *cert)
{
	char via[32];
	struct client_options o = {
		.tls = true, .host = host, .trust = t, .via = via, .key = key, .cert = cert};
	struct client_request rq = {.method = "GET", .path = "/"};
	struct client_reply r;
	struct client *c;
	int err;

	snprintf(via, sizeof(via), "127.0.0.1:%u", s->port);
	o.port = s->port;
	c = client_new(&o);
	err = client_exchange(c, &rq, &r);
	if (!err)
		cr_expect(bytes_equal(r.body, bytes_of_str("tls")));
	client_free(c);
	return err;
}

Test(http_client, believes_only_whom_it_trusts)
{
	static const char hi[] = OK "Content-Length: 3\r\n\r\ntls";
	struct script s = {.replies = {hi, hi, hi, hi}, .connections = 6, .tls = true};
	struct client_trust *none = client_trust_new(false), *all = client_trust_new(true), *good;
	struct ipad_keys *keys = ipad_keys_new(1);
	struct arena *a = arena_new();
	struct bytes der;

	script_open(&s);
	der = der_of(a, s.cert);
	cr_assert_eq(tls_get(&s, "127.0.0.1", none, NULL, NULL), ERR_CRYPTO);
	cr_assert_eq(tls_get(&s, "127.0.0.1", all, NULL, NULL), 0);
	cr_assert(!client_trust_has(none, der));
	good = client_trust_copy(none);
	cr_assert_eq(client_trust_der(good, der), 0);
	cr_assert_eq(client_trust_der(good, bytes_of_str("no certificate")), ERR_BADINPUT);
	cr_assert(client_trust_has(good, der) && !client_trust_has(none, der));
	cr_assert_eq(tls_get(&s, "127.0.0.1", good, NULL, NULL), 0);
	cr_assert(!s.client_cert);
	cr_assert_eq(tls_get(&s, "localhost", good, NULL, NULL), 0);
	cr_assert_eq(tls_get(&s, "example.se", good, NULL, NULL), ERR_CRYPTO, "another name");
	cr_assert_eq(tls_get(&s, "127.0.0.1", good, s.key, s.cert), 0);
	cr_assert(s.client_cert);
	cr_assert_eq(client_trust_file(good, "/nonexistent"), ERR_IO);
	client_trust_free(good);
	client_trust_free(all);
	client_trust_free(none);
	ipad_keys_free(keys);
	arena_free(a);
	script_wait(&s);
	script_close(&s);
}

Test(http_client, gives_up_in_time)
{
	struct script s = {.replies = {OK "Content-Length: 5\r\n\r\nhal"}, .connections = 1};
	struct client_options o = {.host = "127.0.0.1", .timeout_ms = 200};
	struct client_request rq = {.method = "GET", .path = "/"};
	struct client_reply r;
	int64_t from = clock_mono_us();
	struct client *c;

	script_open(&s);
	o.port = s.port;
	c = client_new(&o);
	cr_assert_eq(client_exchange(c, &rq, &r), ERR_TIMEOUT);
	cr_assert_lt(clock_mono_us() - from, 9000000);
	cr_assert(!client_connected(c));
	client_free(c);
	script_wait(&s);
	script_close(&s);
}

Test(http_client, raw)
{
	struct script s = {.replies = {OK "Content-Length: 2\r\n\r\nok"}, .connections = 1};
	struct client_options o = {.host = "127.0.0.1"};
	struct client_request rq = {.method = "PUT", .path = "/x", .body = bytes_of_str("b")};
	AUTO(buf) struct buf whole = BUF_INIT(4096);
	struct client_reply r;
	struct client *c;

	script_open(&s);
	o.port = s.port;
	c = client_new(&o);
	client_request_format(c, &rq, &whole);
	cr_assert(strstr(buf_str(&whole), "Content-Length: 1\r\n\r\nb"));
	cr_assert_eq(client_connect(c), 0);
	cr_assert_eq(client_write(c, bytes_of(whole.p, 5)), 0);
	cr_assert_eq(client_write(c, bytes_of(whole.p + 5, whole.n - 5)), 0);
	cr_assert_eq(client_read_reply(c, &r), 0);
	cr_assert(bytes_equal(r.body, bytes_of_str("ok")));
	client_drop(c);
	cr_assert_eq(client_write(c, buf_bytes(&whole)), ERR_NET);
	client_free(c);
	script_wait(&s);
	script_close(&s);
}
