/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct office {
	char dir[64];
	struct store *st;
	struct arena *a;
	struct refusal r;
	const char *password;
	const char *peer; /* where they sit */
};

static const struct audit_who root = {.actor = "cli:root", .via = "cli"};

static void office_open(struct office *o)
{
	struct store_options so = {.create = true, .map_bytes = 1u << 30};

	*o = (struct office){.dir = "/tmp/hylla-office-XXXXXX", .a = arena_new()};
	cr_assert_not_null(mkdtemp(o->dir));
	cr_assert_eq(store_open(o->dir, &so, &o->st), 0);
	cr_assert_eq(web_account_add(o->st, &root, "it", WEB_IT | WEB_ADMIN, 100, o->a,
			     &o->password, &o->r),
		0);
}

static void office_close(struct office *o)
{
	char command[128];

	store_close(o->st);
	arena_free(o->a);
	snprintf(command, sizeof(command), "rm -rf '%s'", o->dir);
	cr_assert_eq(system(command), 0);
}

static int sign_in(
	struct office *o, const char *name, const char *password, const char *new_one, int64_t now)
{
	const struct web_sign_in ask = {.name = name,
		.password = password,
		.new_password = new_one,
		.peer = o->peer,
		.now = now};
	struct web_account u;

	return web_sign_in(o->st, &ask, o->a, &u, &o->r);
}

#define GOOD "korrekt häst batteri"

Test(account, a_one_time_password_opens_only_to_a_new_one)
{
	struct office o;

	office_open(&o);
	cr_assert_eq(sign_in(&o, "it", o.password, NULL, 200), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "sign-in.new-password");
	cr_assert_eq(sign_in(&o, "it", o.password, "kort", 200), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "password.short");
	cr_assert_eq(sign_in(&o, "it", o.password, o.password, 200), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "password.same");
	cr_assert_eq(sign_in(&o, "it", o.password, GOOD, 200), 0);
	cr_assert_eq(sign_in(&o, "it", GOOD, NULL, 201), 0);
	cr_assert_eq(sign_in(&o, "it", o.password, NULL, 202), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "sign-in.wrong");
	office_close(&o);
}

Test(account, wrong_passwords_are_throttled_and_strangers_told_the_same)
{
	struct office o;

	office_open(&o);
	cr_assert_eq(sign_in(&o, "nobody", "x", NULL, 200), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "sign-in.wrong");
	for (int i = 0; i < 5; i++) {
		cr_assert_eq(sign_in(&o, "it", "wrong", NULL, 200), ERR_REFUSED);
		cr_expect_str_eq(o.r.say->code, "sign-in.wrong");
	}
	cr_assert_eq(sign_in(&o, "it", o.password, GOOD, 210), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "sign-in.wait");
	cr_assert_eq(sign_in(&o, "it", o.password, GOOD, 231), 0);
	office_close(&o);
}

/* What a stranger sees of a name that nobody has, of a closed account and of an open one. */
Test(account, what_is_answered_does_not_tell_which_names_exist)
{
	static const char *const names[] = {"it", "bo", "nobody", "not a name at all"};
	static const struct {
		int64_t at;
		const char *code;
	} tries[] = {
		{200, "sign-in.wrong"}, {201, "sign-in.wrong"}, {202, "sign-in.wrong"},
		{203, "sign-in.wrong"}, {204, "sign-in.wrong"}, {205, "sign-in.wait"},
		{233, "sign-in.wait"}, {234, "sign-in.wrong"}, {293, "sign-in.wait"},
		{294, "sign-in.wrong"}, /* and a day later anew */
		{294 + 86400, "sign-in.wrong"}, {294 + 86401, "sign-in.wrong"},
	};
	const char *password;
	struct office o;

	office_open(&o);
	cr_assert_eq(web_account_add(o.st, &root, "bo", WEB_IT, 3, o.a, &password, &o.r), 0);
	cr_assert_eq(web_account_close(o.st, &root, "bo", 4, &o.r), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		for (size_t j = 0; j < sizeof(tries) / sizeof(tries[0]); j++) {
			cr_assert_eq(sign_in(&o, names[i], "wrong", NULL, tries[j].at), ERR_REFUSED);
			cr_expect_str_eq(o.r.say->code, tries[j].code, "%s at %d", names[i],
				(int)tries[j].at);
		}
	}
	office_close(&o);
}

/* Guesses from elsewhere wait for each other, and the owner for none of them. */
Test(account, a_stranger_cannot_lock_out_whom_it_belongs_to)
{
	struct office o;

	office_open(&o);
	o.peer = "192.0.2.7";
	cr_assert_eq(sign_in(&o, "it", o.password, GOOD, 200), 0);
	o.peer = "198.51.100.9";
	for (int i = 0; i < 5; i++)
		cr_assert_eq(sign_in(&o, "it", "wrong", NULL, 210), ERR_REFUSED);
	o.peer = "203.0.113.5"; /* another stranger shares their tries */
	cr_assert_eq(sign_in(&o, "it", GOOD, NULL, 211), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "sign-in.wait");
	o.peer = "192.0.2.7";
	cr_expect_eq(sign_in(&o, "it", GOOD, NULL, 212), 0);
	/* and where one is known one has tries of one's own, but no more than others */
	for (int i = 0; i < 5; i++)
		cr_assert_eq(sign_in(&o, "it", "wrong", NULL, 213), ERR_REFUSED);
	cr_assert_eq(sign_in(&o, "it", GOOD, NULL, 214), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "sign-in.wait");
	cr_expect_eq(sign_in(&o, "it", GOOD, NULL, 244), 0);
	/* after a season a place is a strange one */
	o.peer = "192.0.2.7";
	for (int i = 0; i < 5; i++)
		cr_assert_eq(sign_in(&o, "it", "wrong", NULL, 244 + 91 * 86400), ERR_REFUSED);
	o.peer = "198.51.100.9";
	cr_assert_eq(sign_in(&o, "it", GOOD, NULL, 245 + 91 * 86400), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "sign-in.wait");
	office_close(&o);
}

static void *guess(void *arg)
{
	struct office *o = arg;
	struct arena *a = arena_new();
	struct web_account u;
	struct refusal r;
	const struct web_sign_in ask = {.name = "it", .password = "wrong", .now = 200};
	int err = web_sign_in(o->st, &ask, a, &u, &r);

	arena_free(a);
	return err == ERR_REFUSED && text_equal(r.say->code, "sign-in.wait") ? o : NULL;
}

Test(account, guesses_sent_at_once_are_no_more_than_one_by_one)
{
	pthread_t t[9];
	struct office o;
	void *waits;
	int n = 0;

	office_open(&o);
	for (size_t i = 0; i < 9; i++)
		cr_assert_eq(pthread_create(&t[i], NULL, guess, &o), 0);
	for (size_t i = 0; i < 9; i++) {
		cr_assert_eq(pthread_join(t[i], &waits), 0);
		n += waits != NULL;
	}
	cr_expect_eq(n, 4, "five were judged");
	office_close(&o);
}

Test(account, who_was_given_a_password_today_is_no_second_person)
{
	const int64_t day = 86400;
	struct web_account u = {.name = "bo", .given_by = "it", .given_at = 1000};
	struct refusal r = {0};

	cr_expect_eq(web_second_decide(&u, 1000 + day, &r), 0);
	cr_expect_eq(web_second_decide(&u, 999 + day, &r), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "locate.just-given");
	u.given_by = "cli:root";
	cr_expect_eq(web_second_decide(&u, 1000, &r), 0);
	u.given_by = NULL;
	cr_expect_eq(web_second_decide(&u, 1000, &r), 0);
}

static int get_bo(struct store_txn *txn, void *arg)
{
	struct office *o = arg;
	struct web_account u;

	cr_assert_eq(web_account_get(txn, o->a, "bo", &u), 0);
	cr_expect_str_eq(u.given_by, "it");
	cr_expect_eq(u.given_at, 500);
	return 0;
}

Test(account, who_gave_a_password_is_kept)
{
	const struct audit_who it = {.actor = "it", .via = "api"};
	struct office o;

	office_open(&o);
	cr_assert_eq(web_account_add(o.st, &root, "bo", WEB_IT, 400, o.a, &o.password, &o.r), 0);
	cr_assert_eq(web_account_reset(o.st, &it, "bo", 500, o.a, &o.password, &o.r), 0);
	cr_assert_eq(sign_in(&o, "bo", o.password, GOOD, 600), 0);
	cr_assert_eq(store_read(o.st, get_bo, &o), 0);
	office_close(&o);
}

Test(account, each_role_has_its_duty)
{
	cr_expect_eq(web_duties(WEB_BIBLIOTEK), INV_DUTIED | INV_DUTY_LIBRARY);
	cr_expect_eq(web_duties(WEB_KONSULENT | WEB_IT), INV_DUTIED | INV_DUTY_CARE | INV_DUTY_IT);
	cr_expect_eq(web_duties(WEB_ADMIN), INV_DUTIED | INV_DUTY_ADMIN);
	cr_expect_eq(web_duties(WEB_READER), INV_DUTIED, "none, and not the house itself");
}

Test(account, throttle_grows_and_survives_a_clock_set_back)
{
	cr_expect_eq(web_throttle_decide(5, 1000, 1000), 30);
	cr_expect_eq(web_throttle_decide(5, 1000, 1030), 0);
	cr_expect_eq(web_throttle_decide(7, 1000, 1000), 120);
	cr_expect_eq(web_throttle_decide(4000000000u, 1000, 1000), 900);
	cr_expect_eq(web_throttle_decide(4000000000u, 1000, -1000000), 900);
	cr_expect_eq(web_throttle_decide(4, 1000, 1000), 0);
}

Test(account, names_roles_and_the_last_administrator)
{
	static const char *const bad[] = {"", "x", "Anna", "a b", "å", "../etc",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "server", "device"};
	const char *password;
	struct office o;

	office_open(&o);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		cr_expect_eq(web_account_add(o.st, &root, bad[i], WEB_IT, 1, o.a, &password, &o.r),
			ERR_REFUSED, "%s", bad[i]);
		cr_expect_str_eq(o.r.say->code, "account.bad-name");
	}
	cr_expect_eq(
		web_account_add(o.st, &root, "it", WEB_IT, 1, o.a, &password, &o.r), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "account.exists");
	cr_expect_eq(web_account_close(o.st, &root, "it", 2, &o.r), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "account.last-admin");
	cr_expect_eq(web_account_set_roles(o.st, &root, "it", WEB_IT, 2, &o.r), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "account.last-admin");
	cr_assert_eq(web_account_add(o.st, &root, "bo", WEB_ADMIN, 3, o.a, &password, &o.r), 0);
	cr_expect_eq(web_account_close(o.st, &root, "it", 4, &o.r), 0);
	cr_expect_eq(sign_in(&o, "it", o.password, GOOD, 5), ERR_REFUSED);
	cr_expect_str_eq(o.r.say->code, "sign-in.wrong");
	office_close(&o);
}

Test(account, roles_are_words)
{
	AUTO(buf) struct buf out = BUF_INIT(128);
	uint32_t roles = 0;

	cr_assert_eq(web_roles_parse("konsulent, it", &roles), 0);
	cr_expect_eq(roles, WEB_IT | WEB_KONSULENT);
	web_roles_format(roles, &out);
	cr_expect_str_eq(buf_str(&out), "it konsulent");
	cr_expect_eq(web_roles_parse("", &roles), ERR_BADINPUT);
	cr_expect_eq(web_roles_parse("it root", &roles), ERR_BADINPUT);
	cr_expect_eq(roles, WEB_IT | WEB_KONSULENT, "untouched on failure");
}

struct tokens {
	struct arena *a;
	struct web_token *t;
	size_t n;
	size_t faults;
};

static void fault(void *arg, const char *what)
{
	struct tokens *t = arg;

	t->faults++;
	cr_log_error("%s", what);
}

static int tokens_in(struct store_txn *txn, void *arg)
{
	struct tokens *t = arg;
	int err = web_token_list(txn, t->a, &t->t, &t->n);

	return err ? err : web_check(txn, fault, t);
}

Test(token, is_listed_and_ends_with_its_account)
{
	const struct web_token session = {.account = "bo", .roles = WEB_IT},
			       program = {.note = "larm", .roles = WEB_READER};
	struct web_token made, other;
	const char *word, *password;
	struct office o;
	struct tokens t;

	office_open(&o);
	t = (struct tokens){.a = o.a};
	cr_assert_eq(web_account_add(o.st, &root, "bo", WEB_IT, 3, o.a, &password, &o.r), 0);
	cr_assert_eq(web_token_add(o.st, &root, &session, 5, o.a, &made, &word), 0);
	cr_expect_geq(strlen(word), 43, "256 bits");
	cr_assert_eq(web_token_add(o.st, &root, &program, 5, o.a, &other, &word), 0);
	cr_assert_eq(store_read(o.st, tokens_in, &t), 0);
	cr_expect_eq(t.n, 2);
	cr_assert_eq(web_account_reset(o.st, &root, "bo", 6, o.a, &password, &o.r), 0);
	cr_assert_eq(store_read(o.st, tokens_in, &t), 0);
	cr_assert_eq(t.n, 1);
	cr_expect_str_eq(t.t[0].note, "larm");
	cr_assert_eq(web_token_close(o.st, &root, other.id, 7), 0);
	cr_assert_eq(store_read(o.st, tokens_in, &t), 0);
	cr_expect_eq(t.n, 0);
	cr_expect_eq(t.faults, 0);
	cr_expect_eq(web_token_close(o.st, &root, "nosuch", 8), ERR_NOTFOUND);
	cr_expect_eq(web_token_end_elsewhere(o.st, &root, "nosuch", 8), ERR_NOTFOUND);
	cr_assert_eq(web_token_add(o.st, &root, &session, 9, o.a, &other, &word), 0);
	cr_assert_eq(web_token_end_elsewhere(o.st, &root, other.id, 9), 0);
	cr_assert_eq(store_read(o.st, tokens_in, &t), 0);
	cr_expect_eq(t.n, 0);
	office_close(&o);
}

Test(token, that_has_expired_is_cleared_away_by_the_next)
{
	const struct web_token short_one = {.roles = WEB_READER, .expires_at = 100},
			       lasting = {.roles = WEB_READER};
	struct web_token made;
	const char *word;
	struct office o;
	struct tokens t;

	office_open(&o);
	t = (struct tokens){.a = o.a};
	for (int64_t now = 5; now < 9; now++)
		cr_assert_eq(web_token_add(o.st, &root, &short_one, now, o.a, &made, &word), 0);
	cr_assert_eq(store_read(o.st, tokens_in, &t), 0);
	cr_expect_eq(t.n, 4);
	cr_assert_eq(web_token_add(o.st, &root, &lasting, 100, o.a, &made, &word), 0);
	cr_assert_eq(store_read(o.st, tokens_in, &t), 0);
	cr_expect_eq(t.n, 1);
	cr_expect_str_eq(t.t[0].id, made.id);
	cr_expect_eq(t.faults, 0);
	office_close(&o);
}
