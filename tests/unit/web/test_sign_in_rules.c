/* SPDX-License-Identifier: EUPL-1.2 */
/* sign_in_rules_db.c: what an older program kept as one record becomes settings, once. */
#include "base/rec.h"
#include "web/sign_in_int.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
	char dir[64];
	struct store *st;
	struct settings *settings;
	struct arena *a;
} house;

static void begin(void)
{
	struct store_options so = {.create = true, .map_bytes = 1u << 30};

	snprintf(house.dir, sizeof(house.dir), "/tmp/hylla-rules-XXXXXX");
	cr_assert_not_null(mkdtemp(house.dir));
	house.a = arena_new();
	cr_assert_eq(store_open(house.dir, &so, &house.st), 0);
	cr_assert_eq(settings_open(house.st, NULL, &house.settings), 0);
}

static void end(void)
{
	settings_close(house.settings);
	store_close(house.st);
	cr_assert_eq(system(arena_printf(house.a, "rm -rf '%s'", house.dir)), 0);
	arena_free(house.a);
}

TestSuite(sign_in_rules, .init = begin, .fini = end);

static const struct rec_field old_fields[] = {
	REC_U32(1, struct web_sign_in_rules, totp_roles),
	REC_U32(2, struct web_sign_in_rules, lock_s),
	REC_U32(3, struct web_sign_in_rules, shift_s),
	REC_END,
};
static const struct rec_type old_rec = REC_TYPE(struct web_sign_in_rules, 1, old_fields);

static int put_old(struct store_txn *txn, void *arg)
{
	AUTO(buf) struct buf v = BUF_INIT(256);
	struct store_key k = store_key("s", "sign-in");

	rec_encode(&old_rec, arg, &v);
	return store_put(txn, WEB_SETTING, &k, buf_bytes(&v));
}

struct asked {
	struct arena *a;
	struct web_sign_in_rules rules;
	bool old;
};

static int get_in(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "sign-in");
	struct asked *x = arg;
	struct bytes v;

	x->old = store_get(txn, WEB_SETTING, &k, &v) == 0;
	return web_sign_in_rules_get(txn, x->a, &x->rules);
}

static struct asked get(void)
{
	struct asked x = {.a = house.a};

	cr_assert_eq(store_read(house.st, get_in, &x), 0);
	return x;
}

Test(sign_in_rules, of_an_older_program_become_settings)
{
	struct web_sign_in_rules old = {
		.totp_roles = WEB_ADMIN | WEB_IT, .lock_s = 300, .shift_s = 4 * 3600};
	struct asked x;
	uint64_t version;

	cr_assert_eq(store_write(house.st, put_old, &old), 0);
	cr_assert_eq(web_sign_in_rules_renew(house.st, house.settings, 1800000000), 0);
	x = get();
	cr_expect_eq(x.rules.totp_roles, WEB_ADMIN | WEB_IT);
	cr_expect_eq(x.rules.lock_s, 300);
	cr_expect_eq(x.rules.shift_s, 4 * 3600);
	cr_expect_not(x.old, "the record is gone");
	version = store_version(house.st);
	cr_assert_eq(web_sign_in_rules_renew(house.st, house.settings, 1800000001), 0);
	cr_expect_eq(store_version(house.st), version, "the second time there is nothing to do");
}

/* Zeros meant what the program takes by itself. */
Test(sign_in_rules, what_was_not_chosen_stays_the_usual)
{
	struct web_sign_in_rules old = {0}, usual;

	usual = get().rules;
	cr_assert_eq(store_write(house.st, put_old, &old), 0);
	cr_assert_eq(web_sign_in_rules_renew(house.st, house.settings, 1800000000), 0);
	cr_expect_eq(get().rules.lock_s, usual.lock_s);
	cr_expect_eq(get().rules.shift_s, usual.shift_s);
	cr_expect_eq(get().rules.totp_roles, 0);
}
