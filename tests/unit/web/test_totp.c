/* SPDX-License-Identifier: EUPL-1.2 */
/* The second step over a store: on, asked for, off, reset. */
#include "tests/unit/web/office.h"

#include "base/text.h"
#include "web/sign_in_int.h"

#define NOW 1800000000

static const struct audit_who anna = {.actor = "anna", .via = "page"};
static const struct audit_who root = {.actor = "it", .via = "page"};

struct desk {
	struct arena *a;
	struct bytes key;
	const char *codes[WEB_RECOVERY_CODES];
	struct refusal r;
	const char *session;
	int64_t now;
};

static struct web_totp_ask ask(struct desk *d, const char *code)
{
	return (struct web_totp_ask){.who = &anna,
		.account = "anna",
		.code = code,
		.token_id = d->session,
		.now = d->now};
}

static void arrive(struct desk *d)
{
	const struct web_token want = {.account = "anna",
		.note = "session",
		.roles = WEB_KONSULENT,
		.expires_at = d->now + WEB_SESSION_S,
		.used_at = d->now,
		.full_at = d->now,
		.browser = true};
	struct web_token t;
	const char *word;

	cr_assert_eq(web_token_add(house.st, &anna, &want, d->now, d->a, &t, &word), 0);
	d->session = t.id;
}

static const char *code_at(struct desk *d, int64_t at)
{
	char code[WEB_TOTP_TEXT];

	web_totp_code(d->key, at / WEB_TOTP_STEP_S, WEB_TOTP_DIGITS, code);
	return arena_strdup(d->a, code);
}

static int check(struct desk *d, const char *code)
{
	const struct web_totp_ask x = ask(d, code);

	return web_totp_check(office.w, &x, &d->r);
}

static void desk_open(struct desk *d)
{
	const char *password;
	struct web_totp_ask x;

	office_open(&(struct web_options){0});
	*d = (struct desk){.a = arena_new(), .now = NOW};
	cr_assert_eq(web_account_add(
			     house.st, &root, "anna", WEB_KONSULENT, NOW, d->a, &password, &d->r),
		0);
	arrive(d);
	x = ask(d, NULL);
	cr_assert_eq(web_totp_begin(office.w, &x, d->a, &d->key, &d->r), 0);
}

static void desk_on(struct desk *d)
{
	struct web_totp_ask x;

	desk_open(d);
	x = ask(d, code_at(d, d->now));
	cr_assert_eq(web_totp_confirm(office.w, &x, d->a, d->codes, &d->r), 0);
}

static void desk_close(struct desk *d)
{
	arena_free(d->a);
	office_close();
}

static int get_in(struct store_txn *txn, void *arg)
{
	static struct arena *a;

	a = a ? a : arena_new();
	return web_totp_get(txn, a, "anna", arg);
}

static struct web_totp kept(void)
{
	struct web_totp x;

	cr_assert_eq(store_read(house.st, get_in, &x), 0);
	return x;
}

static void refused(int err, const struct desk *d, const char *code)
{
	cr_assert_eq(err, ERR_REFUSED);
	cr_expect_str_eq(d->r.say->code, code);
}

Test(totp, is_begun_by_whoever_has_just_signed_in)
{
	struct web_totp_ask x;
	struct bytes key;
	struct desk d;

	desk_open(&d);
	d.now += 901;
	x = ask(&d, NULL);
	refused(web_totp_begin(office.w, &x, d.a, &key, &d.r), &d, "two-step.not-fresh");
	arrive(&d);
	x = ask(&d, NULL);
	cr_expect_eq(web_totp_begin(office.w, &x, d.a, &key, &d.r), 0);
	desk_close(&d);
}

Test(totp, is_not_asked_for_until_the_app_has_proved_itself)
{
	struct web_totp_ask x;
	struct bytes again;
	struct desk d;

	desk_open(&d);
	refused(check(&d, code_at(&d, d.now)), &d, "two-step.none");
	cr_assert_eq(web_totp_pending(office.w, "anna", d.a, &again), 0);
	cr_expect(cert_secret_equal(again, d.key), "the page can show it again");
	x = ask(&d, "000000");
	refused(web_totp_confirm(office.w, &x, d.a, d.codes, &d.r), &d, "sign-in.code-wrong");
	cr_expect_eq(kept().on_at, 0);
	x = ask(&d, code_at(&d, d.now));
	cr_assert_eq(web_totp_confirm(office.w, &x, d.a, d.codes, &d.r), 0);
	cr_expect_eq(kept().on_at, NOW);
	cr_expect_eq(web_totp_begin(office.w, &x, d.a, &again, &d.r), ERR_CONFLICT,
		"a stolen session draws no new key");
	cr_expect_eq(web_totp_pending(office.w, "anna", d.a, &again), ERR_NOTFOUND);
	desk_close(&d);
}

Test(totp, a_key_that_waited_too_long_is_void)
{
	struct web_totp_ask x;
	struct desk d;

	desk_open(&d);
	d.now += 3601;
	x = ask(&d, code_at(&d, d.now));
	cr_expect_eq(web_totp_confirm(office.w, &x, d.a, d.codes, &d.r), ERR_CONFLICT);
	desk_close(&d);
}

Test(totp, a_code_opens_once)
{
	struct desk d;

	desk_on(&d);
	refused(check(&d, code_at(&d, d.now)), &d, "sign-in.code-wrong"); /* used to turn it on */
	d.now += WEB_TOTP_STEP_S;
	cr_expect_eq(check(&d, code_at(&d, d.now)), 0);
	refused(check(&d, code_at(&d, d.now)), &d, "sign-in.code-wrong");
	d.now += WEB_TOTP_STEP_S;
	refused(check(&d, code_at(&d, d.now - WEB_TOTP_STEP_S)), &d, "sign-in.code-wrong");
	cr_expect_eq(check(&d, code_at(&d, d.now + WEB_TOTP_STEP_S)), 0, "a clock that is fast");
	desk_close(&d);
}

Test(totp, a_recovery_code_opens_once_and_new_ones_void_the_old)
{
	const char *fresh[WEB_RECOVERY_CODES];
	struct web_totp_ask x;
	struct desk d;

	desk_on(&d);
	cr_expect_eq(kept().recovery.n, WEB_RECOVERY_CODES * 32);
	cr_expect_eq(check(&d, d.codes[3]), 0);
	cr_expect_eq(kept().recovery.n, (WEB_RECOVERY_CODES - 1) * 32);
	refused(check(&d, d.codes[3]), &d, "sign-in.code-wrong");
	x = ask(&d, d.codes[0]);
	cr_assert_eq(web_totp_renew(office.w, &x, d.a, fresh, &d.r), 0);
	refused(check(&d, d.codes[1]), &d, "sign-in.code-wrong");
	cr_expect_eq(check(&d, fresh[1]), 0);
	desk_close(&d);
}

Test(totp, guessing_is_throttled)
{
	struct desk d;

	desk_on(&d);
	d.now += 3600;
	for (int i = 0; i < 5; i++)
		refused(check(&d, "000000"), &d, "sign-in.code-wrong");
	refused(check(&d, code_at(&d, d.now)), &d, "sign-in.code-wait");
	d.now += 30;
	cr_expect_eq(check(&d, code_at(&d, d.now)), 0);
	cr_expect_eq(kept().wrong_count, 0);
	desk_close(&d);
}

static void require(uint32_t roles)
{
	static const struct audit_who boss = {"boss", "api", 0};
	const struct web_sign_in_rules rules = {.totp_roles = roles};
	const struct web_sign_in_rules_ask ask = {
		.rules = &rules, .who = &boss, .why = "prov", .now = 1};
	struct web w = {.o = {.st = house.st}};
	struct refusal r;

	cr_assert_eq(settings_open(house.st, NULL, &w.o.settings), 0);
	cr_assert_eq(web_sign_in_rules_set(&w, &ask, &r), 0);
	settings_close(w.o.settings);
}

Test(totp, ends_by_a_code_unless_the_role_wants_it)
{
	struct web_totp_ask x;
	struct desk d;

	desk_on(&d);
	d.now += WEB_TOTP_STEP_S;
	require(WEB_KONSULENT);
	x = ask(&d, code_at(&d, d.now));
	refused(web_totp_end(office.w, &x, &d.r), &d, "two-step.required");
	require(WEB_ADMIN);
	x.code = "000000";
	refused(web_totp_end(office.w, &x, &d.r), &d, "sign-in.code-wrong");
	cr_expect_neq(kept().on_at, 0);
	x.code = code_at(&d, d.now);
	cr_expect_eq(web_totp_end(office.w, &x, &d.r), 0);
	cr_expect_eq(kept().on_at, 0);
	desk_close(&d);
}

static int account_in(struct store_txn *txn, void *arg)
{
	static struct arena *a;

	a = a ? a : arena_new();
	return web_account_get(txn, a, "anna", arg);
}

Test(totp, an_administrator_takes_it_away_and_the_account_is_told)
{
	struct web_account u;
	struct desk d;

	desk_on(&d);
	cr_assert_eq(web_account_totp_reset(house.st, &root, "anna", NOW + 9, &d.r), 0);
	cr_expect_eq(kept().on_at, 0);
	cr_assert_eq(store_read(house.st, account_in, &u), 0);
	cr_expect_eq(u.totp_reset_at, NOW + 9);
	cr_expect_str_eq(u.totp_reset_by, "it");
	refused(web_account_totp_reset(house.st, &root, "nobody", NOW, &d.r), &d,
		"account.unknown");
	desk_close(&d);
}
