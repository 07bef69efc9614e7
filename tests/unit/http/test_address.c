/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/http_int.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>

/* What is read and how it is written again; NULL: refused. */
Test(address, parse)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{"192.0.2.1", "192.0.2.1"},
		{"192.0.2.1:65535", "192.0.2.1"},
		{"::ffff:192.0.2.1", "192.0.2.1"},
		{"2001:DB8::1", "2001:db8::1"},
		{"[2001:db8::1]", "2001:db8::1"},
		{"[2001:db8::1]:443", "2001:db8::1"},
		{"::", "::"},
		{"", NULL},
		{"unknown", NULL},
		{"192.0.2", NULL},
		{"192.0.2.256", NULL},
		{"192.0.2.1:", NULL},
		{"192.0.2.1:123456", NULL},
		{"192.0.2.1:x", NULL},
		{"[2001:db8::1", NULL},
		{"[2001:db8::1]x", NULL},
		{"[2001:db8::1]:", NULL},
		{"fe80::1%eth0", NULL},
		{" 192.0.2.1", NULL},
		{"192.0.2.1 ", NULL},
		{"_hidden", NULL},
		{"[]", NULL},
		{":80", NULL},
		{"0000:0000:0000:0000:0000:0000:0000:0000:0000:0001", NULL},
	};
	char text[HTTP_ADDRESS_TEXT];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_address a;
		int err = http_address_parse(bytes_of_str(cases[i].in), &a);

		cr_expect_eq(err, cases[i].out ? 0 : ERR_BADINPUT, "%s", cases[i].in);
		if (!err && cases[i].out)
			cr_expect_str_eq(http_address_format(&a, text), cases[i].out);
	}
	cr_expect_eq(http_address_parse(bytes_of("192.0.2.1\0", 10), &(struct http_address){{0}}),
		ERR_BADINPUT);
}

Test(address, of_socket)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
	struct sockaddr un = {.sa_family = AF_UNIX};
	struct http_address a, b;

	inet_pton(AF_INET, "192.0.2.7", &in.sin_addr);
	inet_pton(AF_INET6, "::ffff:192.0.2.7", &in6.sin6_addr);
	cr_assert_eq(http_address_of((struct sockaddr *)&in, &a), 0);
	cr_assert_eq(http_address_of((struct sockaddr *)&in6, &b), 0);
	cr_expect_arr_eq(a.ip, b.ip, 16, "one client, whichever way it came in");
	cr_expect_eq(http_address_of(&un, &a), ERR_UNSUPPORTED);
}

Test(address, nets)
{
	static const struct {
		const char *net, *address;
		bool in;
	} cases[] = {
		{"192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false},
		{"10.0.0.0/8", "10.255.0.1", true},
		{"10.0.0.0/8", "11.0.0.1", false},
		{"10.1.2.3/8", "10.9.9.9", true},
		{"192.0.2.128/25", "192.0.2.200", true},
		{"192.0.2.128/25", "192.0.2.100", false},
		{"0.0.0.0/0", "203.0.113.9", true},
		{"0.0.0.0/0", "2001:db8::1", false},
		{"::/0", "203.0.113.9", true},
		{"2001:db8::/32", "2001:db8:ffff::1", true},
		{"2001:db8::/32", "2001:db9::1", false},
		{"2001:db8::/127", "2001:db8::1", true},
		{"2001:db8::/127", "2001:db8::2", false},
	};
	static const char *const bad[] = {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129",
		"10.0.0.0/-1", "10.0.0.0/8/8", "localhost", "[::1]", "10.0.0.0:80"};
	struct http_address a;
	struct http_net net;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_eq(http_net_parse(cases[i].net, &net), 0, "%s", cases[i].net);
		cr_assert_eq(http_address_parse(bytes_of_str(cases[i].address), &a), 0);
		cr_expect_eq(http_net_has(&net, 1, &a), cases[i].in, "%s in %s", cases[i].address,
			cases[i].net);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(http_net_parse(bad[i], &net), ERR_BADINPUT, "%s", bad[i]);
	cr_expect(!http_net_has(NULL, 0, &a));
}

Test(address, endpoint)
{
	static const char *const bad[] = {"", "127.0.0.1", ":80", "127.0.0.1:", "127.0.0.1:65536",
		"::1:80", "[::1]", "[127.0.0.1]:80", "localhost:80", "127.0.0.1:80x", "[::1]80"};
	struct sockaddr_storage ss;
	socklen_t len = 0;

	cr_assert_eq(http_endpoint_parse("127.0.0.1:8443", &ss, &len), 0);
	cr_expect_eq(ss.ss_family, AF_INET);
	cr_expect_eq(ntohs(((struct sockaddr_in *)&ss)->sin_port), 8443);
	cr_expect_eq(len, sizeof(struct sockaddr_in));
	cr_assert_eq(http_endpoint_parse("[::]:0", &ss, &len), 0);
	cr_expect_eq(ss.ss_family, AF_INET6);
	cr_expect_eq(len, sizeof(struct sockaddr_in6));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(http_endpoint_parse(bad[i], &ss, &len), ERR_BADINPUT, "%s", bad[i]);
}
