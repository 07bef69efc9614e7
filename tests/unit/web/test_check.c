/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/event_int.h"
#include "web/web_int.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static char told[2048];

static void fault(void *arg, const char *what)
{
	size_t n = strlen(told);

	(void)arg;
	snprintf(told + n, sizeof(told) - n, "%s\n", what);
}

static int whole_in(struct store_txn *txn, void *arg)
{
	const uint8_t place[WEB_NETWORK] = {1};
	const struct web_account u = {.name = "it", .roles = WEB_IT, .password_hash = "x"};
	const struct web_network p = {.signed_in_at = 5};
	struct web_hook h = {.id = "h1", .url = "https://example.se/", .topics = "*", .counted = true};
	struct web_post post = {.topic = "item.mark", .body = "{}", .due_at = 7};
	int err = web_account_put(txn, &u);

	(void)arg;
	if (err == 0)
		err = web_network_add(txn, "it", place, &p);
	if (err == 0)
		err = web_post_add(txn, &h, &post);
	return err ? err : web_hook_put(txn, &h);
}

static int no_hook(struct store_txn *txn)
{
	struct store_key k = store_key("s", "h1");

	return store_del(txn, WEB_HOOK, &k);
}

static int no_post(struct store_txn *txn)
{
	struct store_key k = store_key("sq", "h1", (uint64_t)1);

	return store_del(txn, WEB_POST, &k);
}

static int miscounted(struct store_txn *txn)
{
	const struct web_hook h = {.id = "h1",
		.url = "https://example.se/",
		.topics = "*",
		.posts = 1,
		.dead = 1,
		.counted = true};

	return web_hook_put(txn, &h);
}

static int no_account(struct store_txn *txn)
{
	struct store_key k = store_key("s", "it");

	return store_del(txn, WEB_ACCOUNT, &k);
}

static int ahead(struct store_txn *txn)
{
	const struct web_hook h = {
		.id = "h1", .url = "https://example.se/", .topics = "*", .audit_seq = 99, .posts = 1};

	return web_hook_put(txn, &h);
}

struct spoiling {
	int (*spoil)(struct store_txn *txn);
	const char *says;
};

static int spoil_in(struct store_txn *txn, void *arg)
{
	const struct spoiling *s = arg;
	int err = s->spoil ? s->spoil(txn) : 0;

	told[0] = '\0';
	if (err == 0)
		err = web_check(txn, fault, NULL);
	return err ? err : ERR_CONFLICT; /* all is as before */
}

Test(web_check, each_broken_reference_is_told)
{
	static const struct spoiling spoilings[] = {
		{NULL, ""},
		{no_hook, "an event for a webhook that is not there"},
		{no_post, "an event is due that is not there"},
		{no_account, "a network of no account"},
		{miscounted, "webhook h1 counts its events wrong"},
		{ahead, "webhook h1 is ahead of the audit log"},
	};
	struct store_options so = {.create = true, .map_bytes = 1u << 30};
	AUTO(arena) struct arena *a = arena_new();
	char dir[64] = "/tmp/hylla-check-XXXXXX";
	struct store *st;

	cr_assert_not_null(mkdtemp(dir));
	cr_assert_eq(store_open(dir, &so, &st), 0);
	cr_assert_eq(store_write(st, whole_in, NULL), 0);
	for (size_t i = 0; i < sizeof(spoilings) / sizeof(spoilings[0]); i++) {
		cr_assert_eq(store_write(st, spoil_in, (void *)(uintptr_t)&spoilings[i]),
			ERR_CONFLICT);
		if (spoilings[i].spoil)
			cr_expect_not_null(strstr(told, spoilings[i].says), "%zu: %s", i, told);
		else
			cr_expect_str_eq(told, "");
	}
	store_close(st);
	cr_assert_eq(system(arena_printf(a, "rm -rf '%s'", dir)), 0);
}
