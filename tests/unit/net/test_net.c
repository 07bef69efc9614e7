/* SPDX-License-Identifier: EUPL-1.2 */
#include "net/net_int.h"

#include <criterion/criterion.h>

Test(net, refuses_options_that_make_no_sense)
{
	static const char *const bad_inside[] = {"10.0.0.0/8", "nonsense", NULL};
	static const char *const inside[] = {"10.0.0.0/8", "::1", NULL};
	struct net *n = NULL;

	cr_expect_eq(
		net_open(&(struct net_options){.trust_path = "/no/such/file"}, &n), ERR_NOTFOUND);
	cr_expect_eq(net_open(&(struct net_options){.proxy = "socks5://x:1"}, &n), ERR_BADINPUT);
	cr_expect_eq(net_open(&(struct net_options){.inside = bad_inside}, &n), ERR_BADINPUT);
	cr_expect_null(n);
	cr_assert_eq(
		net_open(&(struct net_options){.inside = inside, .proxy = "http://p:3128"}, &n), 0);
	cr_expect_eq(n->inside_n, 2);
	net_close(n);
	net_close(NULL);
}

Test(net, keeps_few_handles)
{
	CURL *h[NET_IDLE + 2];
	struct net *n;

	cr_assert_eq(net_open(&(struct net_options){0}, &n), 0);
	for (size_t i = 0; i < NET_IDLE + 2; i++)
		h[i] = net_handle_take(n);
	for (size_t i = 0; i < NET_IDLE + 2; i++)
		net_handle_give(n, h[i], true);
	cr_expect_eq(n->idle_n, NET_IDLE);
	net_handle_give(n, net_handle_take(n), false);
	cr_expect_eq(n->idle_n, NET_IDLE - 1);
	net_close(n);
}
