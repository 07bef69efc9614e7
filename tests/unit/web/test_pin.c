/* SPDX-License-Identifier: EUPL-1.2 */
/* A shared desk over a store: chosen, locked, opened, changed, guessed at. */
#include "tests/unit/web/office.h"

#include "base/text.h"
#include "web/pin_int.h"

#define NOW 1800000000
#define DESK "stationsdisk"

static struct desk {
	struct arena *a;
	struct refusal r;
	int64_t now;
} desk;

static const struct audit_who root = {.actor = "it", .via = "page"};

static const char *arrive(const char *name, const char *station)
{
	const struct audit_who who = {.actor = name, .via = "page"};
	const struct web_token want = {.account = name,
		.note = "session",
		.roles = WEB_BIBLIOTEK,
		.expires_at = desk.now + WEB_SESSION_S,
		.used_at = desk.now,
		.full_at = desk.now,
		.browser = true,
		.station = station};
	struct web_token t;
	const char *word;

	cr_assert_eq(web_token_add(house.st, &who, &want, desk.now, desk.a, &t, &word), 0);
	return t.id;
}

static void desk_open(void)
{
	const char *password;

	office_open(&(struct web_options){0});
	desk = (struct desk){.a = arena_new(), .now = NOW};
	cr_assert_eq(web_account_add(house.st, &root, "anna", WEB_BIBLIOTEK, NOW, desk.a, &password,
			     &desk.r),
		0);
	cr_assert_eq(web_account_add(
			     house.st, &root, "bo", WEB_BIBLIOTEK, NOW, desk.a, &password, &desk.r),
		0);
}

static void desk_close(void)
{
	arena_free(desk.a);
	office_close();
}

static int choose(const char *name, const char *token, const char *pin)
{
	const struct audit_who who = {.actor = name, .via = "page"};
	const struct web_pin_ask ask = {
		.who = &who, .account = name, .token_id = token, .pin = pin, .now = desk.now};

	return web_pin_set(office.w, &ask, &desk.r);
}

static const char *word_of_opened;

static int unlock(const char *name, const char *station, const char *pin)
{
	const struct audit_who who = {.actor = name, .via = "sign-in"};
	const struct web_pin_ask ask = {
		.who = &who, .account = name, .station = station, .pin = pin, .now = desk.now};
	uint32_t roles;

	return web_pin_unlock(office.w, &ask, desk.a, &word_of_opened, &roles, &desk.r);
}

static void refused(int err, const char *code)
{
	cr_assert_eq(err, ERR_REFUSED, "%d", err);
	cr_expect_str_eq(desk.r.say->code, code);
}

struct look {
	const char *id;
	struct web_token t;
	int err;
};

static int look_in(struct store_txn *txn, void *arg)
{
	struct look *l = arg;

	l->err = web_token_by_id(txn, desk.a, l->id, &l->t);
	return 0;
}

static struct web_token token(const char *id)
{
	struct look l = {.id = id};

	cr_assert_eq(store_read(house.st, look_in, &l), 0);
	cr_assert_eq(l.err, 0);
	return l.t;
}

static void lock(const char *id)
{
	const struct web_pin_ask ask = {.token_id = id, .now = desk.now};

	cr_assert_eq(web_session_lock(office.w, &ask), 0);
}

Test(pin, opens_the_session_that_was_left)
{
	const char *id, *other;

	desk_open();
	id = arrive("anna", DESK);
	refused(choose("anna", id, "1234"), "pin.simple");
	refused(unlock("anna", DESK, "4711"), "pin.none");
	cr_assert_eq(choose("anna", id, "4711"), 0);
	lock(id);
	cr_expect_neq(token(id).locked_at, 0);
	refused(unlock("anna", DESK, "4712"), "pin.wrong");
	cr_expect_eq(token(id).pin_wrong, 1);
	refused(unlock("anna", "elsewhere", "4711"), "pin.none");
	cr_assert_eq(unlock("anna", DESK, "4711"), 0);
	cr_expect_eq(token(id).locked_at, 0);
	cr_expect_eq(token(id).pin_wrong, 0);
	/* a colleague opens: who was here is locked */
	other = arrive("bo", DESK);
	cr_assert_eq(choose("bo", other, "2957"), 0);
	lock(other);
	cr_assert_eq(unlock("bo", DESK, "2957"), 0);
	cr_expect_neq(token(id).locked_at, 0);
	cr_expect_eq(token(other).locked_at, 0);
	desk_close();
}

Test(pin, three_wrong_ones_end_it)
{
	const char *id;

	desk_open();
	id = arrive("anna", DESK);
	cr_assert_eq(choose("anna", id, "4711"), 0);
	lock(id);
	refused(unlock("anna", DESK, "0001"), "pin.wrong");
	refused(unlock("anna", DESK, "0002"), "pin.wrong");
	refused(unlock("anna", DESK, "0003"), "pin.out");
	cr_expect_neq(token(id).closed_at, 0);
	refused(unlock("anna", DESK, "4711"), "pin.none");
	desk_close();
}

Test(pin, counts_for_a_shift_and_is_chosen_soon_after_signing_in)
{
	const char *id;

	desk_open();
	id = arrive("anna", DESK);
	desk.now += WEB_PIN_FRESH_S + 1;
	refused(choose("anna", id, "4711"), "pin.not-fresh");
	desk.now -= 2;
	cr_assert_eq(choose("anna", id, "4711"), 0);
	desk.now = NOW + 10 * 3600 - 1;
	cr_expect_eq(unlock("anna", DESK, "4711"), 0, "idle for hours, within the shift");
	desk.now += 1;
	lock(id);
	refused(unlock("anna", DESK, "4711"), "pin.none");
	desk_close();
}

Test(pin, without_one_again)
{
	const struct audit_who who = {.actor = "anna", .via = "page"};
	struct web_pin_ask ask = {.who = &who, .account = "anna", .now = NOW};

	desk_open();
	ask.token_id = arrive("anna", DESK);
	cr_assert_eq(choose("anna", ask.token_id, "4711"), 0);
	lock(ask.token_id);
	cr_assert_eq(web_pin_drop(office.w, &ask), 0);
	refused(unlock("anna", DESK, "4711"), "pin.none");
	desk_close();
}

static int count_in(struct store_txn *txn, void *arg)
{
	return store_count(txn, WEB_TOKEN, arg);
}

/* Whoever comes and goes all day leaves nothing that grows. */
Test(pin, sessions_that_ended_are_dropped)
{
	const char *id;
	uint64_t n = 0;

	desk_open();
	for (int i = 0; i < 5; i++) {
		id = arrive("anna", DESK);
		cr_assert_eq(web_token_close(house.st, &root, id, desk.now), 0);
	}
	cr_assert_eq(web_token_close(house.st, &root, id, desk.now), 0, "twice is no fault");
	cr_assert_eq(store_read(house.st, count_in, &n), 0);
	cr_expect_eq(n, 5);
	desk.now += 7 * 86400 + 1;
	arrive("anna", DESK);
	cr_assert_eq(store_read(house.st, count_in, &n), 0);
	cr_expect_eq(n, 1);
	desk_close();
}

struct listed {
	struct arena *a;
	struct web_token *t;
	size_t n;
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct listed *x = arg;

	return web_token_list(txn, x->a, &x->t, &x->n);
}

/* The page of one that ended by itself finds its owner again, and no list shows it. */
Test(pin, sessions_that_ran_out_are_known_for_a_week)
{
	struct listed x = {0};
	uint64_t n = 0;

	desk_open();
	x.a = arena_new();
	arrive("anna", DESK);
	desk.now += WEB_SESSION_S + 1;
	arrive("anna", DESK);
	cr_assert_eq(store_read(house.st, count_in, &n), 0);
	cr_expect_eq(n, 2);
	cr_assert_eq(store_read(house.st, list_in, &x), 0);
	cr_expect_eq(x.n, 1);
	arena_free(x.a);
	desk_close();
}

Test(pin, what_was_kept_is_for_its_owner_or_an_equal)
{
	const struct web_kept k = {.account = "anna", .roles = WEB_BIBLIOTEK, .station = DESK};
	const struct web_kept nowhere = {.account = "anna", .roles = WEB_BIBLIOTEK};

	cr_expect(web_kept_may(&k, "anna", WEB_READER, NULL), "her own");
	cr_expect(web_kept_may(&k, "bo", WEB_BIBLIOTEK | WEB_IT, DESK));
	cr_expect_not(web_kept_may(&k, "bo", WEB_KONSULENT, DESK), "the other zone");
	cr_expect_not(web_kept_may(&k, "bo", 0, DESK));
	cr_expect_not(web_kept_may(&k, "bo", WEB_BIBLIOTEK, "elsewhere"), "sent to him");
	cr_expect_not(web_kept_may(&nowhere, "bo", WEB_BIBLIOTEK, NULL));
}
