/* SPDX-License-Identifier: EUPL-1.2 */
#include "net/net_int.h"

#include <criterion/criterion.h>

Test(url, takes_http_and_https_alone)
{
	static const struct {
		const char *url;
		bool https_only;
		int want;
	} cases[] = {
		{"https://mdmenrollment.apple.com/session", true, 0},
		{"http://127.0.0.1:8080/x?y=z", false, 0},
		{"http://127.0.0.1:8080/x", true, ERR_BADINPUT},
		{"HTTPS://EXAMPLE.SE", true, 0},
		{"https://[2001:db8::1]:8443/", true, 0},
		{"", false, ERR_BADINPUT},
		{"example.se/x", false, ERR_BADINPUT},
		{"//example.se/x", false, ERR_BADINPUT},
		{"file:///etc/passwd", false, ERR_BADINPUT},
		{"ftp://example.se/", false, ERR_BADINPUT},
		{"gopher://example.se/", false, ERR_BADINPUT},
		{"https://user:word@example.se/", false, ERR_BADINPUT},
		{"https://user@example.se/", false, ERR_BADINPUT},
		{"https://example.se:0/", false, ERR_BADINPUT},
		{"https://example.se:99999/", false, ERR_BADINPUT},
		{"https://exam ple.se/", false, ERR_BADINPUT},
		{"https://example.se/\r\nX: y", false, ERR_BADINPUT},
		{"https://example.se/å", false, ERR_BADINPUT},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(net_url_check(cases[i].url, cases[i].https_only), cases[i].want, "%s",
			cases[i].url);
}

Test(url, same_place_is_scheme_host_and_port)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{"https://a.se/x", "https://A.SE:443/y", true},
		{"http://a.se/x", "https://a.se/x", false},
		{"https://a.se/x", "https://b.se/x", false},
		{"https://a.se/x", "https://a.se:444/x", false},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct net_url x, y;

		cr_assert_eq(net_url_split(a, cases[i].a, &x), 0);
		cr_assert_eq(net_url_split(a, cases[i].b, &y), 0);
		cr_expect_eq(
			net_url_same_place(&x, &y), cases[i].same, "%s %s", cases[i].a, cases[i].b);
	}
}

Test(url, escapes_all_but_the_unreserved)
{
	AUTO(buf) struct buf b = BUF_INIT(1000);

	net_add_escaped(&b, "aZ09-._~ &=+/å\n%");
	cr_expect_str_eq(buf_str(&b), "aZ09-._~%20%26%3D%2B%2F%C3%A5%0A%25");
}
