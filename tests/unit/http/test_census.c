/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/http_int.h"

#include <criterion/criterion.h>
#include <stdio.h>

static struct http_address address(const char *s)
{
	struct http_address a;

	cr_assert_eq(http_address_parse(bytes_of_str(s), &a), 0);
	return a;
}

Test(census, counts)
{
	struct http_address a = address("192.0.2.1"), b = address("192.0.2.2");
	struct http_census c = {{NULL}};

	http_census_leave(&c, &a); /* nobody there: nothing happens */
	http_census_enter(&c, &a);
	http_census_enter(&c, &a);
	http_census_enter(&c, &b);
	cr_expect_eq(http_census_count(&c, &a), 2);
	cr_expect_eq(http_census_count(&c, &b), 1);
	http_census_leave(&c, &a);
	http_census_leave(&c, &b);
	cr_expect_eq(http_census_count(&c, &a), 1);
	cr_expect_eq(http_census_count(&c, &b), 0);
	http_census_release(&c);
	cr_expect_eq(http_census_count(&c, &a), 0);
}

/* A client may change the lower half of its IPv6 address as it likes. */
Test(census, one_subnet_is_one)
{
	struct http_address a = address("2001:db8:0:1::1"), b = address("2001:db8:0:1:ffff::2"),
			    c6 = address("2001:db8:0:2::1");
	struct http_census c = {{NULL}};

	http_census_enter(&c, &a);
	cr_expect_eq(http_census_count(&c, &b), 1);
	cr_expect_eq(http_census_count(&c, &c6), 0);
	http_census_leave(&c, &b);
	cr_expect_eq(http_census_count(&c, &a), 0);
}

Test(census, many)
{
	struct http_census c = {{NULL}};
	char s[32];

	for (int i = 0; i < 2000; i++) {
		struct http_address a;

		snprintf(s, sizeof(s), "10.0.%d.%d", i / 250, i % 250);
		a = address(s);
		for (int k = 0; k <= i % 3; k++)
			http_census_enter(&c, &a);
	}
	for (int i = 0; i < 2000; i++) {
		struct http_address a;

		snprintf(s, sizeof(s), "10.0.%d.%d", i / 250, i % 250);
		a = address(s);
		cr_assert_eq(http_census_count(&c, &a), i % 3 + 1);
		for (int k = 0; k <= i % 3; k++)
			http_census_leave(&c, &a);
		cr_assert_eq(http_census_count(&c, &a), 0);
	}
	for (size_t i = 0; i < HTTP_CENSUS_BUCKETS; i++)
		cr_assert_null(c.buckets[i]);
}
