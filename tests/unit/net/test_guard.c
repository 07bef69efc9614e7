/* SPDX-License-Identifier: EUPL-1.2 */
#include "net/net_int.h"

#include <criterion/criterion.h>

Test(guard, knows_public_addresses_from_others)
{
	static const struct {
		const char *ip;
		bool is_public;
	} cases[] = {
		{"17.253.144.10", true},
		{"193.10.5.4", true},
		{"172.15.255.255", true},
		{"172.32.0.0", true},
		{"100.63.255.255", true},
		{"0.0.0.0", false},
		{"10.1.2.3", false},
		{"100.64.0.1", false},
		{"100.127.255.255", false},
		{"127.0.0.1", false},
		{"127.255.255.255", false},
		{"169.254.169.254", false},
		{"172.16.0.1", false},
		{"172.31.255.255", false},
		{"192.168.1.1", false},
		{"198.19.255.255", false},
		{"198.20.0.0", true},
		{"203.0.113.7", false},
		{"224.0.0.1", false},
		{"255.255.255.255", false},
		{"2a00:1450:400f::1", true},
		{"[2620:149:af0::10]", true},
		{"::", false},
		{"::1", false},
		{"::ffff:10.0.0.1", false},
		{"::ffff:17.1.2.3", true},
		{"::10.0.0.1", false},
		{"64:ff9b::10.0.0.1", false},
		{"64:ff9b::17.1.2.3", true},
		{"fe80::1", false},
		{"fc00::1", false},
		{"fd12:3456::1", false},
		{"ff02::1", false},
		{"2001:db8::1", false},
		{"2001::1", false},
		{"2001:200::1", true},
		{"2002:a00:1::1", false},
		{"3fff:fff::1", false},
		{"3ffe::1", true},
		{"4000::1", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t ip[16];

		cr_assert_eq(net_ip_parse(cases[i].ip, ip), 0, "%s", cases[i].ip);
		cr_expect_eq(net_ip_is_public(ip), cases[i].is_public, "%s", cases[i].ip);
	}
}

Test(guard, spans_hold_what_they_say)
{
	static const struct {
		const char *span, *ip;
		bool has;
	} cases[] = {
		{"10.1.0.0/16", "10.1.255.1", true},
		{"10.1.0.0/16", "10.2.0.1", false},
		{"10.1.0.0/15", "10.0.7.1", true},
		{"127.0.0.1", "127.0.0.1", true},
		{"127.0.0.1", "127.0.0.2", false},
		{"::1", "::1", true},
		{"fd00::/8", "fd12::9", true},
		{"fd00::/8", "fc12::9", false},
		{"0.0.0.0/0", "8.8.8.8", true},
		{"0.0.0.0/0", "::1", false},
		{"::/0", "8.8.8.8", true},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct net_span s;
		uint8_t ip[16];

		cr_assert_eq(net_span_parse(cases[i].span, &s), 0);
		cr_assert_eq(net_ip_parse(cases[i].ip, ip), 0);
		cr_expect_eq(
			net_span_has(&s, 1, ip), cases[i].has, "%s %s", cases[i].span, cases[i].ip);
	}
}

Test(guard, refuses_what_is_no_address)
{
	static const char *const bad[] = {"", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x",
		"host.example", "::1/129", "[::1", "0x7f.1", "1.2.3.4.5", "127.1", "10.0.0.0/8 ",
		"fe80::1%eth0"};
	struct net_span s;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(net_span_parse(bad[i], &s), ERR_BADINPUT, "%s", bad[i]);
}
