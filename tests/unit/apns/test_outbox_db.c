/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/apns/apns_test.h"

#define NOW 1800000000

static struct place pl;
static bool broken_on_purpose;

static void setup(void)
{
	place_init(&pl);
}

static void teardown(void)
{
	if (!broken_on_purpose)
		cr_assert_eq(place_faults(&pl), 0);
	place_release(&pl);
}

TestSuite(outbox_db, .init = setup, .fini = teardown);

static void wish_at(const char *id, int64_t now, bool stale)
{
	struct wishing wi = {.ids = &id, .n = 1, .now = now, .stale = stale};

	cr_assert_eq(store_write(pl.st, wish_fn, &wi), 0);
}

static int withdraw_fn(struct store_txn *txn, void *arg)
{
	return apns_withdraw(txn, arg);
}

static void withdraw(const char *id)
{
	cr_assert_eq(store_write(pl.st, withdraw_fn, (void *)(uintptr_t)id), 0);
}

struct due_read {
	struct apns_due_ask ask;
	struct apns_batch *b;
	struct apns_due due;
};

static int due_fn(struct store_txn *txn, void *arg)
{
	struct due_read *d = arg;

	return apns_outbox_due(txn, &d->ask, d->b, &d->due);
}

/* The ids that are due, joined by blanks. */
static const char *due_ids(struct due_read *d, struct arena *a)
{
	const char *ids = "";

	d->b = apns_batch_new();
	cr_assert_eq(store_read(pl.st, due_fn, d), 0);
	for (size_t i = 0; i < d->b->n; i++)
		ids = arena_printf(a, "%s%s%s", ids, i ? " " : "", d->b->push[i].wish.id);
	apns_batch_free(d->b);
	return ids;
}

Test(outbox_db, a_wish_comes_back_whole)
{
	AUTO(arena) struct arena *a = arena_new();
	uint8_t token[32];
	struct apns_wish want = wish_make("IPAD-1", token), w;

	cr_expect_eq(wish_read(&pl, a, "IPAD-1", &w), ERR_NOTFOUND);
	wish_at("IPAD-1", NOW, false);
	cr_assert_eq(wish_read(&pl, a, "IPAD-1", &w), 0);
	cr_expect_str_eq(w.id, "IPAD-1");
	cr_expect(bytes_equal(w.token, want.token));
	cr_expect_str_eq(w.magic, want.magic);
	cr_expect_str_eq(w.topic, TOPIC);
	cr_expect_eq(w.token_at_ms, want.token_at_ms);
	cr_expect_eq(w.wished_at, NOW);
	cr_expect_eq(w.due_at, NOW);
	cr_expect(w.urgent);
	cr_expect_neq(w.mark, 0);
}

Test(outbox_db, one_wish_an_ipad)
{
	AUTO(arena) struct arena *a = arena_new();
	struct due_read d = {.ask = {.now = NOW + 100, .most = APNS_BATCH}};
	struct apns_wish first, second;

	wish_at("A", NOW, false);
	cr_assert_eq(wish_read(&pl, a, "A", &first), 0);
	wish_at("A", NOW + 5, false);
	cr_assert_eq(wish_read(&pl, a, "A", &second), 0);
	cr_expect_str_eq(due_ids(&d, a), "A", "not twice");
	cr_expect_eq(second.due_at, NOW + 5);
	cr_expect_eq(second.wished_at, NOW);
	cr_expect_neq(first.mark, second.mark);
	wish_at("A", NOW + 9, true);
	cr_assert_eq(wish_read(&pl, a, "A", &first), 0);
	cr_expect_eq(first.due_at, NOW + 5, "a stale wish keeps the time");
	cr_expect_eq(first.mark, second.mark);
}

Test(outbox_db, withdrawn_is_gone)
{
	AUTO(arena) struct arena *a = arena_new();
	struct due_read d = {.ask = {.now = NOW, .most = APNS_BATCH}};
	struct apns_wish w;

	withdraw("A");
	wish_at("A", NOW, false);
	wish_at("B", NOW, false);
	withdraw("A");
	cr_expect_eq(wish_read(&pl, a, "A", &w), ERR_NOTFOUND);
	cr_expect_str_eq(due_ids(&d, a), "B");
	withdraw("A");
}

Test(outbox_db, nonsense_is_refused_and_nothing_written)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *id = "A";
	struct wishing wi = {.ids = &id, .n = 1, .now = NOW, .topic = "a b"};
	struct apns_wish w;

	cr_expect_eq(store_write(pl.st, wish_fn, &wi), ERR_BADINPUT);
	wi.topic = TOPIC;
	wi.magic = "\xff";
	cr_expect_eq(store_write(pl.st, wish_fn, &wi), ERR_BADINPUT);
	cr_expect_eq(wish_read(&pl, a, "A", &w), ERR_NOTFOUND);
}

Test(outbox_db, due_in_order_and_in_parts)
{
	AUTO(arena) struct arena *a = arena_new();
	struct due_read d = {.ask = {.now = NOW, .most = 2}};

	cr_expect_str_eq(due_ids(&d, a), "");
	cr_expect_eq(d.due.next_at, INT64_MAX);
	wish_at("C", NOW - 2, false);
	wish_at("A", NOW - 1, false);
	wish_at("B", NOW - 1, false);
	wish_at("D", NOW, false);
	wish_at("LATER", NOW + 1, false);
	cr_expect_str_eq(due_ids(&d, a), "C A");
	cr_expect(d.due.more);
	d.ask.after = d.due.last;
	cr_expect_str_eq(due_ids(&d, a), "B D");
	cr_expect_not(d.due.more);
	cr_expect_eq(d.due.next_at, NOW + 1);
	d.ask.after = d.due.last;
	cr_expect_str_eq(due_ids(&d, a), "");
}

Test(outbox_db, the_place_in_the_list_may_have_been_deleted)
{
	AUTO(arena) struct arena *a = arena_new();
	struct due_read d = {.ask = {.now = NOW, .most = 1}};

	wish_at("A", NOW, false);
	wish_at("B", NOW, false);
	cr_expect_str_eq(due_ids(&d, a), "A");
	withdraw("A");
	d.ask.after = d.due.last;
	cr_expect_str_eq(due_ids(&d, a), "B");
}

static bool skip_b(void *ctx, const char *id)
{
	++*(int *)ctx;
	return strcmp(id, "B") == 0;
}

Test(outbox_db, what_is_on_its_way_is_passed_over)
{
	AUTO(arena) struct arena *a = arena_new();
	int asked = 0;
	struct due_read d = {.ask = {.now = NOW, .most = 9, .skip = skip_b, .ctx = &asked}};

	wish_at("A", NOW, false);
	wish_at("B", NOW, false);
	wish_at("C", NOW, false);
	cr_expect_str_eq(due_ids(&d, a), "A C");
	cr_expect_eq(asked, 3);
}

/* --- settling --- */

struct settling {
	struct apns_push push;
	struct arena *arena;
	struct apns_wish w;
	int64_t now;
};

static int settle_fn(struct store_txn *txn, void *arg)
{
	struct settling *s = arg;

	return apns_outbox_settle(txn, s->arena, &s->push, 0, s->now, &s->w);
}

static int settle(struct settling *s, const char *id, int status, const char *reason)
{
	s->now = NOW + 10;
	s->push.answer = (struct apns_answer){.status = status, .reason = reason};
	if (!s->push.wish.id)
		cr_assert_eq(wish_read(&pl, s->arena, id, &s->push.wish), 0);
	return store_write(pl.st, settle_fn, s);
}

Test(outbox_db, sent_is_due_again_later)
{
	AUTO(arena) struct arena *a = arena_new();
	struct due_read d = {.ask = {.now = NOW + 10, .most = 9}};
	struct settling s = {.arena = a};
	struct apns_wish w;

	wish_at("A", NOW, false);
	cr_assert_eq(settle(&s, "A", 200, NULL), 0);
	cr_assert_eq(wish_read(&pl, a, "A", &w), 0);
	cr_expect_eq(w.due_at, NOW + 10 + 3600);
	cr_expect_eq(w.sent_at, NOW + 10);
	cr_expect_eq(w.sent_count, 1);
	cr_expect_eq(w.verdict, APNS_SENT);
	cr_expect_eq(s.w.due_at, w.due_at);
	cr_expect_str_eq(due_ids(&d, a), "");
	d.ask.now = w.due_at;
	cr_expect_str_eq(due_ids(&d, a), "A");
}

Test(outbox_db, refused_stays_to_tell_why)
{
	static const struct {
		int status;
		const char *reason;
		enum apns_verdict v;
	} rows[] = {{410, "Unregistered", APNS_GONE}, {400, "BadDeviceToken", APNS_BAD_TOKEN},
		{400, "TopicDisallowed", APNS_BAD_TOPIC}};
	struct due_read d = {.ask = {.now = INT64_MAX, .most = 9}};

	for (size_t i = 0; i < 3; i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct settling s = {.arena = a};
		struct apns_wish w;

		wish_at("A", NOW, false);
		cr_assert_eq(settle(&s, "A", rows[i].status, rows[i].reason), 0);
		cr_assert_eq(wish_read(&pl, a, "A", &w), 0);
		cr_expect_eq(w.verdict, rows[i].v);
		cr_expect_str_eq(w.reason, rows[i].reason);
		cr_expect_eq(w.due_at, 0);
		cr_expect_str_eq(due_ids(&d, a), "");
		cr_expect_eq(place_faults(&pl), 0);
	}
}

Test(outbox_db, an_answer_does_not_touch_what_changed_meanwhile)
{
	AUTO(arena) struct arena *a = arena_new();
	struct settling s = {.arena = a};
	struct apns_wish w;

	wish_at("A", NOW, false);
	cr_assert_eq(wish_read(&pl, a, "A", &s.push.wish), 0);
	wish_at("A", NOW, false);
	cr_expect_eq(settle(&s, "A", 200, NULL), ERR_CONFLICT, "renewed in the same second");
	cr_assert_eq(wish_read(&pl, a, "A", &w), 0);
	cr_expect_eq(w.due_at, NOW);
	cr_expect_eq(w.sent_count, 0);
	withdraw("A");
	cr_expect_eq(settle(&s, "A", 200, NULL), ERR_CONFLICT, "withdrawn");
	cr_expect_eq(wish_read(&pl, a, "A", &w), ERR_NOTFOUND);
	wish_at("A", NOW, false);
	cr_expect_eq(settle(&s, "A", 410, "Unregistered"), ERR_CONFLICT, "withdrawn and wished");
	cr_assert_eq(wish_read(&pl, a, "A", &w), 0);
	cr_expect_eq(w.verdict, APNS_NOT_TRIED);
}

/* --- another certificate --- */

struct reviving {
	struct arena *arena;
	const char *from, *found;
};

static int find_fn(struct store_txn *txn, void *arg)
{
	struct reviving *r = arg;

	return apns_outbox_refused(txn, r->arena, r->from, &r->found);
}

static int revive_fn(struct store_txn *txn, void *arg)
{
	struct reviving *r = arg;

	return apns_outbox_revive(txn, r->found, 2, NOW + 99);
}

Test(outbox_db, refused_topics_come_back_and_nothing_else)
{
	static const char *const ids[] = {"A", "B", "C", "D", "E"};
	AUTO(arena) struct arena *a = arena_new();
	struct reviving r = {.arena = a, .from = ""};
	struct due_read d = {.ask = {.now = NOW + 99, .most = 9}};

	for (size_t i = 0; i < 5; i++) {
		struct settling s = {.arena = a};

		wish_at(ids[i], NOW, false);
		cr_assert_eq(settle(&s, ids[i], 400,
				     i % 2 ? "BadDeviceToken" : "DeviceTokenNotForTopic"),
			0);
	}
	cr_assert_eq(store_read(pl.st, find_fn, &r), 0);
	cr_expect_str_eq(r.found, "A");
	cr_assert_eq(store_write(pl.st, revive_fn, &r), 0);
	cr_expect_str_eq(due_ids(&d, a), "A", "two rows were looked at");
	r.from = r.found;
	while (store_read(pl.st, find_fn, &r) == 0)
		cr_assert_eq(store_write(pl.st, revive_fn, &r), 0);
	cr_expect_str_eq(due_ids(&d, a), "A C E");
}

/* --- the check --- */

static int break_fn(struct store_txn *txn, void *arg)
{
	struct store_key row = store_key("s", "A"), due = store_key("ts", (int64_t)NOW, "B");
	struct store_key stray = store_key("ts", (int64_t)NOW, "STRAY");
	int rc = store_put(txn, APNS_OUTBOX, &row, bytes_of("\x01garbage", 8));

	if (rc == 0)
		rc = store_del(txn, APNS_DUE, &due);
	return rc ? rc : store_put(txn, APNS_DUE, &stray, bytes_of(NULL, 0));
}

Test(outbox_db, the_check_finds_what_is_broken)
{
	AUTO(arena) struct arena *a = arena_new();
	struct due_read d = {.ask = {.now = NOW, .most = 9}};

	wish_at("A", NOW, false);
	wish_at("B", NOW, false);
	wish_at("C", NOW, false);
	cr_expect_eq(place_faults(&pl), 0);
	cr_assert_eq(store_write(pl.st, break_fn, NULL), 0);
	cr_expect_eq(place_faults(&pl), 3, "A cannot be read, B has no entry, one entry too many");
	cr_expect_str_eq(due_ids(&d, a), "C", "what is broken does not stop the rest");
	cr_expect_eq(d.due.broken, 2);
	broken_on_purpose = true;
}
