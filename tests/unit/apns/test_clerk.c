/* SPDX-License-Identifier: EUPL-1.2 */
/* What happens to a wish while its push is under way, and to records that cannot be settled. */
#include "tests/unit/apns/apns_test.h"

static struct place pl;

static void setup(void)
{
	place_init(&pl);
	place_found(&pl);
	place_import(&pl, pl.pem.client_cert_pem, pl.pem.client_key_pem);
	place_serve(&pl, (struct push_service_options){.port = 0});
}

static void teardown(void)
{
	cr_assert_eq(place_faults(&pl), 0);
	place_release(&pl);
}

TestSuite(clerk, .init = setup, .fini = teardown);

static uint64_t requests(void)
{
	struct push_service_counts n;

	push_service_get_counts(pl.service, &n);
	return n.requests;
}

static void wait_requests(uint64_t n)
{
	for (int i = 0; i < 30000 && requests() < n; i++)
		usleep(2000);
	cr_assert_geq(requests(), n);
}

/* A wish whose push has been received and is not answered before we say so. */
static void begin(void)
{
	push_service_set_faults(pl.service, &(struct push_service_faults){.hold = true});
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "IPAD");
	wait_requests(1);
}

static void answer(void)
{
	push_service_set_faults(pl.service, &(struct push_service_faults){0});
}

static int withdraw_fn(struct store_txn *txn, void *arg)
{
	return apns_withdraw(txn, "IPAD");
}

Test(clerk, withdrawn_in_flight_stays_withdrawn)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_state s;
	struct apns_wish w;

	begin();
	cr_assert_eq(store_write(pl.st, withdraw_fn, NULL), 0);
	answer();
	for (int i = 0; i < 12000; i++) {
		apns_state_get(pl.ap, &s);
		if (s.sent)
			break;
		usleep(5000);
	}
	cr_expect_eq(s.sent, 1);
	cr_expect_eq(wish_read(&pl, a, "IPAD", &w), ERR_NOTFOUND);
	usleep(100000);
	cr_expect_eq(requests(), 1);
}

Test(clerk, a_fresh_wish_in_flight_gets_its_own_push)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;

	begin();
	wish_one(&pl, "IPAD");
	answer();
	wait_requests(2);
	cr_assert(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
	cr_expect_eq(w.sent_count, 1);
	usleep(150000);
	cr_expect_eq(requests(), 2);
}

static int stale_fn(struct store_txn *txn, void *arg)
{
	struct wishing wi = {.ids = (const char *[]){"IPAD"},
		.n = 1,
		.now = clock_now(),
		.stale = true,
		.salt = *(uint8_t *)arg};

	return wish_fn(txn, &wi);
}

Test(clerk, the_same_address_again_in_flight_changes_nothing)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;
	uint8_t salt = 0;

	begin();
	cr_assert_eq(store_write(pl.st, stale_fn, &salt), 0);
	answer();
	cr_assert(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
	usleep(50000);
	cr_expect_eq(requests(), 1);
}

static bool old_token_is_gone(void *ctx, const char *token_hex, struct push_service_answer *ret)
{
	static int n;

	*ret = (struct push_service_answer){410, "Unregistered", 4000000000000, 0};
	return n++ == 0;
}

Test(clerk, gone_for_the_old_token_does_not_hit_the_new_one)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;
	uint8_t salt = 1;

	push_service_stop(pl.service);
	place_serve(&pl, (struct push_service_options){.decide = old_token_is_gone});
	begin();
	cr_assert_eq(store_write(pl.st, stale_fn, &salt), 0);
	answer();
	cr_assert(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
	cr_expect_eq(requests(), 2);
}

/* --- a listener who fails --- */

static int told;

static int on_settled(void *ctx, struct store_txn *txn, const struct apns_wish *w, int64_t now)
{
	if (strcmp(w->id, "00008030-0000000000000003") == 0)
		return ERR_CORRUPT;
	told++;
	return 0;
}

Test(clerk, a_listener_who_fails_stops_nobody_else)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_events ev = {.settled = on_settled};
	struct wishing wi = {.n = 10, .now = clock_now()};
	struct apns_wish w;

	cr_assert_eq(store_write(pl.st, wish_fn, &wi), 0);
	place_work(&pl, &ev, &quick);
	cr_expect(wish_becomes(&pl, a, "00008030-0000000000000009", APNS_SENT, &w));
	cr_expect(wish_becomes(&pl, a, "00008030-0000000000000003", APNS_SENT, &w),
		"or it would be pushed for ever");
	usleep(100000);
	cr_expect_eq(requests(), 10);
	cr_expect_geq(told, 9);
}

/* --- topics --- */

Test(clerk, a_wish_for_another_topic_waits_for_its_certificate)
{
	AUTO(arena) struct arena *a = arena_new();
	struct wishing wi = {.n = 3, .now = clock_now(), .topic = OTHER_TOPIC};
	struct apns_state s;
	struct apns_wish w;

	cr_assert_eq(store_write(pl.st, wish_fn, &wi), 0);
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "RIGHT");
	cr_assert(wish_becomes(&pl, a, "RIGHT", APNS_SENT, &w));
	cr_assert(wish_becomes(&pl, a, "00008030-0000000000000001", APNS_BAD_TOPIC, &w));
	cr_expect_str_eq(w.reason, APNS_REASON_OTHER_TOPIC);
	cr_expect_eq(w.due_at, 0);
	cr_expect_eq(requests(), 1, "Apple would take it and drop it");
	s.alarm = NULL;
	for (int i = 0; i < 30000 && !s.alarm; i++) {
		usleep(2000);
		apns_state_get(pl.ap, &s);
	}
	cr_expect_str_eq(s.alarm ? s.alarm : "-", APNS_REASON_OTHER_TOPIC);
	cr_expect_not(s.stopped_by_cert);
	place_import_new(&pl, OTHER_TOPIC, 365);
	cr_expect(wish_becomes(&pl, a, "00008030-0000000000000001", APNS_SENT, &w));
	cr_expect(wish_becomes(&pl, a, "00008030-0000000000000002", APNS_SENT, &w));
}

/* --- store trouble --- */

static int fails_left = 3;

static int on_settled_busy(void *ctx, struct store_txn *txn, const struct apns_wish *w, int64_t now)
{
	return fails_left > 0 && fails_left-- ? ERR_NOSPACE : 0;
}

Test(clerk, a_full_disk_is_waited_out_without_sending_again, .timeout = 300)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_events ev = {.settled = on_settled_busy};
	struct apns_wish w;

	fails_left = 2;
	place_work(&pl, &ev, &quick);
	wish_one(&pl, "IPAD");
	cr_expect(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
	cr_expect_eq(requests(), 1);
}
