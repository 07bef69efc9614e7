/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "audit/audit_int.h"
#include "base/digest.h"

TestSuite(audit, .init = test_setup, .fini = test_teardown);

static const struct audit_who anna = {.actor = "anna", .via = "api", .request = 17};

struct act {
	struct audit_who who;
	const char *act, *object, *detail;
	int64_t at;
	int end_with;
};

static int add_fn(struct store_txn *txn, void *arg)
{
	struct act *a = arg;
	int err = audit_add(txn, &a->who, a->at, a->act, a->object, a->detail);

	return err != 0 ? err : a->end_with;
}

static int add(const char *act, const char *object)
{
	struct act a = {.who = anna, .act = act, .object = object, .at = 1000};

	return store_write(test_store, add_fn, &a);
}

struct list {
	struct arena *arena;
	const char *object;
	uint64_t before;
	size_t most, n;
	struct audit_record *r;
};

static int list_fn(struct store_txn *txn, void *arg)
{
	struct list *l = arg;

	return audit_list(
		txn, l->object, STORE_PIECE_N(l->arena, l->before, l->most), &l->r, &l->n);
}

struct check {
	uint64_t count, bad;
	int err;
};

static int check_fn(struct store_txn *txn, void *arg)
{
	struct check *c = arg;

	c->err = audit_check(txn, true, &c->count, &c->bad);
	return 0;
}

static struct check check(void)
{
	struct check c = {0};

	cr_assert_eq(store_read(test_store, check_fn, &c), 0);
	return c;
}

Test(audit, what_is_added_is_listed_newest_first)
{
	AUTO(arena) struct arena *a = arena_new();
	struct list l = {.arena = a, .most = 10};
	struct act full = {.who = anna,
		.act = "device.lost",
		.object = "SN1",
		.detail = "{\"reason\":\"left on the bus\"}",
		.at = 1795000000};

	cr_assert_eq(store_read(test_store, list_fn, &l), 0);
	cr_assert_eq(l.n, 0);
	cr_assert_eq(add("item.mark", "SN1"), 0);
	cr_assert_eq(store_write(test_store, add_fn, &full), 0);
	cr_assert_eq(add("item.mark", "SN2"), 0);
	cr_assert_eq(store_read(test_store, list_fn, &l), 0);
	cr_assert_eq(l.n, 3);
	cr_assert_str_eq(l.r[0].object, "SN2");
	cr_assert_null(l.r[0].detail);
	cr_assert_eq(l.r[1].seq, 2);
	cr_assert_eq(l.r[1].at, 1795000000);
	cr_assert_str_eq(l.r[1].actor, "anna");
	cr_assert_str_eq(l.r[1].via, "api");
	cr_assert_eq(l.r[1].request, 17);
	cr_assert_str_eq(l.r[1].act, "device.lost");
	cr_assert_str_eq(l.r[1].detail, full.detail);
	cr_assert_eq(l.r[2].seq, 1);
}

Test(audit, lists_are_bounded_and_go_on_where_they_ended)
{
	AUTO(arena) struct arena *a = arena_new();
	static const char *const objects[] = {"SN1", "SN10", "SN"};
	size_t seen[3] = {0};

	for (int i = 0; i < 30; i++)
		cr_assert_eq(add("item.mark", objects[i % 3]), 0);
	for (int o = -1; o < 3; o++) {
		struct list l = {.arena = a, .object = o < 0 ? NULL : objects[o], .most = 7};
		uint64_t before = 31;

		do {
			cr_assert_eq(store_read(test_store, list_fn, &l), 0);
			cr_assert_leq(l.n, 7);
			for (size_t i = 0; i < l.n; i++) {
				cr_assert_lt(l.r[i].seq, before, "newest first");
				before = l.r[i].seq;
				if (o >= 0) {
					cr_assert_str_eq(l.r[i].object, objects[o]);
					seen[o]++;
				}
			}
			l.before = before;
		} while (l.n == 7);
		cr_assert_eq(before, o < 0 ? 1 : (uint64_t)o + 1, "to the oldest");
	}
	for (int o = 0; o < 3; o++)
		cr_assert_eq(seen[o], 10, "%s", objects[o]);
}

Test(audit, nobody_and_nothing_are_refused)
{
	static const struct act bad[] = {
		{.who = {.actor = NULL, .via = "cli"}, .act = "task.done", .object = "o"},
		{.who = {.actor = "", .via = "cli"}, .act = "task.done", .object = "o"},
		{.who = {.actor = "x", .via = NULL}, .act = "task.done", .object = "o"},
		{.who = {.actor = "x", .via = "cli"}, .act = "", .object = "o"},
		{.who = {.actor = "x", .via = "cli"}, .act = "task.done", .object = NULL},
	};
	static char big[70000], longer[600];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct act a = bad[i];

		cr_assert_eq(store_write(test_store, add_fn, &a), ERR_BADINPUT, "%zu", i);
	}
	memset(longer, 'o', sizeof(longer) - 1);
	cr_assert_eq(add("task.done", longer), ERR_BADINPUT);
	memset(big, 'd', sizeof(big) - 1);
	cr_assert_eq(store_write(test_store, add_fn,
			     &(struct act){.who = anna, .act = "task.done", .object = "o", .detail = big}),
		ERR_TOOBIG);
	cr_assert_eq(test_count(AUDIT_LOG), 0);
}

Test(audit, what_is_rolled_back_was_never_written)
{
	struct act a = {.who = anna, .act = "task.done", .object = "o", .end_with = ERR_REFUSED};

	cr_assert_eq(add("task.done", "o"), 0);
	cr_assert_eq(store_write(test_store, add_fn, &a), ERR_REFUSED);
	cr_assert_eq(add("task.done", "o"), 0);
	cr_assert_eq(check().err, 0);
	cr_assert_eq(check().count, 2);
}

/* --- tampering, as somebody with the store in hand could --- */

enum { RECORDS = 12 };

struct tamper {
	uint64_t seq;
	enum { CHANGE, DROP, SWAP, INSERT, DROP_INDEX, EXTRA_INDEX, DROP_ACT, EXTRA_ACT, REWRITE } how;
};

static int record_get(struct store_txn *txn, uint64_t seq, struct bytes *ret)
{
	struct store_key k = store_key("q", seq);

	return store_get(txn, AUDIT_LOG, &k, ret);
}

static void record_set(struct store_txn *txn, uint64_t seq, struct bytes value)
{
	struct store_key k = store_key("q", seq);

	cr_assert_eq(store_put(txn, AUDIT_LOG, &k, value), 0);
}

static void change_actor(struct store_txn *txn, struct arena *a, uint64_t seq)
{
	AUTO(buf) struct buf out = BUF_INIT(4096);
	struct audit_record r = {0};
	struct bytes v;

	cr_assert_eq(record_get(txn, seq, &v), 0);
	cr_assert_eq(rec_decode(&audit_rec, v, a, &r), 0);
	r.actor = "somebody else";
	cr_assert_eq(rec_encode_words(&audit_rec, NULL, &r, &out), 0);
	record_set(txn, seq, buf_bytes(&out));
}

static int tamper_fn(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tamper *t = arg;
	struct store_key log = store_key("q", t->seq), index = store_key("sq", "SN", t->seq);
	struct store_key beyond = store_key("sq", "SN", t->seq + RECORDS);
	struct store_key act = store_key("sq", t->seq % 2 ? "device.lost" : "item.mark", t->seq);
	struct store_key other = store_key("sq", "loan.out", t->seq);
	struct bytes one = {0}, two = {0};

	switch (t->how) {
	case CHANGE:
		change_actor(txn, a, t->seq);
		return 0;
	case DROP:
		return store_del(txn, AUDIT_LOG, &log);
	case SWAP:
		cr_assert_eq(record_get(txn, t->seq, &one), 0);
		one = arena_bytes(a, one);
		cr_assert_eq(record_get(txn, t->seq % RECORDS + 1, &two), 0);
		two = arena_bytes(a, two);
		record_set(txn, t->seq, two);
		record_set(txn, t->seq % RECORDS + 1, one);
		return 0;
	case INSERT:
		cr_assert_eq(record_get(txn, t->seq, &one), 0);
		record_set(txn, RECORDS + 1, one);
		return 0;
	case DROP_INDEX:
		return store_del(txn, AUDIT_BY_OBJECT, &index);
	case EXTRA_INDEX:
		return store_put(txn, AUDIT_BY_OBJECT, &beyond, bytes_of("", 0));
	case DROP_ACT:
		return store_del(txn, AUDIT_BY_ACT, &act);
	case EXTRA_ACT:
		return store_put(txn, AUDIT_BY_ACT, &other, bytes_of("", 0));
	case REWRITE: /* together with its index entry */
		cr_assert_eq(store_del(txn, AUDIT_BY_OBJECT, &index), 0);
		return store_del(txn, AUDIT_LOG, &log);
	}
	return ERR_INTERNAL;
}

static int keep_fn(struct store_txn *txn, void *arg)
{
	struct tamper *t = arg;
	int err = tamper_fn(txn, t);
	struct check c = {0};

	cr_assert_eq(err, 0);
	c.err = audit_check(txn, true, &c.count, &c.bad);
	cr_assert_eq(c.err, ERR_CORRUPT, "how %d, %d", t->how, (int)t->seq);
	cr_assert_geq(c.bad, 1);
	cr_assert_leq(c.bad, RECORDS + 1);
	return ERR_REFUSED; /* so that the next starts from the sound one */
}

Test(audit, whatever_is_changed_is_found)
{
	struct check c;

	for (int i = 0; i < RECORDS; i++)
		cr_assert_eq(add(i % 2 ? "item.mark" : "device.lost", "SN"), 0);
	c = check();
	cr_assert_eq(c.err, 0);
	cr_assert_eq(c.count, RECORDS);
	for (uint64_t seq = 1; seq <= RECORDS; seq++) {
		for (int how = CHANGE; how <= REWRITE; how++) {
			struct tamper t = {.seq = seq, .how = how};

			/* nothing inside can know that there was one more */
			if (seq == RECORDS && how == REWRITE)
				continue;
			cr_assert_eq(store_write(test_store, keep_fn, &t), ERR_REFUSED);
		}
	}
	cr_assert_eq(check().err, 0);
}

static int first_bad(struct store_txn *txn, void *arg)
{
	struct tamper t = {.seq = 5, .how = CHANGE};
	struct check *c = arg;

	cr_assert_eq(tamper_fn(txn, &t), 0);
	c->err = audit_check(txn, true, &c->count, &c->bad);
	return 0;
}

Test(audit, the_first_bad_link_is_named)
{
	struct check c = {0};

	for (int i = 0; i < RECORDS; i++)
		cr_assert_eq(add("item.mark", "SN"), 0);
	cr_assert_eq(store_write(test_store, first_bad, &c), 0);
	cr_assert_eq(c.err, ERR_CORRUPT);
	cr_assert_eq(c.bad, 5);
	cr_assert_eq(check().bad, 5);
}

Test(audit, the_chain_is_sha_256_of_the_stored_bytes)
{
	AUTO(arena) struct arena *a = arena_new();
	struct list l = {.arena = a, .most = 2};
	uint8_t zeros[32] = {0}, want[32];
	AUTO(buf) struct buf out = BUF_INIT(4096);

	cr_assert_eq(add("task.done", "o"), 0);
	cr_assert_eq(add("task.done", "o"), 0);
	cr_assert_eq(store_read(test_store, list_fn, &l), 0);
	cr_assert_arr_eq(l.r[1].before, zeros, 32);
	cr_assert_eq(rec_encode_words(&audit_rec, NULL, &l.r[1], &out), 0);
	digest_of(buf_bytes(&out), want);
	cr_assert_arr_eq(l.r[0].before, want, 32);
}

/* --- its head --- */

struct head {
	uint64_t seq;
	uint8_t hash[AUDIT_HASH];
};

static int head_fn(struct store_txn *txn, void *arg)
{
	struct head *h = arg;

	return audit_head(txn, &h->seq, h->hash);
}

static int newest_fn(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct audit_record *r;
	size_t n;

	cr_assert_eq(audit_list(txn, NULL, STORE_PIECE_N(a, 0, 1), &r, &n), 0);
	memcpy(arg, r->before, AUDIT_HASH);
	return 0;
}

Test(audit, the_head_is_what_the_next_record_carries)
{
	static const uint8_t none[AUDIT_HASH];
	struct head h = {.seq = 77};
	uint8_t before[AUDIT_HASH];

	cr_assert_eq(store_read(test_store, head_fn, &h), 0);
	cr_expect_eq(h.seq, 0);
	cr_expect_arr_eq(h.hash, none, AUDIT_HASH);
	cr_assert_eq(add("task.done", "x"), 0);
	cr_assert_eq(add("task.done", "y"), 0);
	cr_assert_eq(store_read(test_store, head_fn, &h), 0);
	cr_expect_eq(h.seq, 2);
	cr_assert_eq(add("task.done", "z"), 0);
	cr_assert_eq(store_read(test_store, newest_fn, before), 0);
	cr_expect_arr_eq(h.hash, before, AUDIT_HASH);
}

Test(audit, people_have_accounts)
{
	cr_expect(audit_is_person("anna"));
	cr_expect_not(audit_is_person("token:T1"));
	cr_expect_not(audit_is_person("cli:root"));
	cr_expect_not(audit_is_person("server"));
	cr_expect_not(audit_is_person("Device"));
	cr_expect_not(audit_is_person(""));
	cr_expect_not(audit_is_person(NULL));
}
