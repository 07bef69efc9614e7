/* SPDX-License-Identifier: EUPL-1.2 */
/* For audit/audit_list.c and audit/audit_layout.c. */
#include "store_test.h"

#include "audit/audit.h"
#include "base/text.h"

TestSuite(audit_list, .init = test_setup, .fini = test_teardown);

enum { RECORDS = 700, PIECE = 9 };
static const char *const acts[] = {
	"loan.out", "loan.in", "item.mark", "borrower.look", "loan.renew", "loan.out", "loan.out"};
static const char *const objects[] = {"10001", "SN1", "SN2", "SN1", "SN", "SN1"};

static const char *act_of(uint64_t seq)
{
	return acts[seq * seq % 7];
}

static const char *object_of(uint64_t seq)
{
	return objects[seq * 5 % 11 % 6];
}

static const char *actor_of(uint64_t seq)
{
	static const char *const actors[] = {"anna", "ann", "server"};

	return actors[seq * 7 % 5 % 3];
}

/* Three acts in the same second. */
static int64_t time_of(uint64_t seq)
{
	return (int64_t)(1000 + seq / 3);
}

static int fill_in(struct store_txn *txn, void *arg)
{
	int err = 0;

	for (uint64_t seq = 1; err == 0 && seq <= RECORDS; seq++) {
		const struct audit_who who = {.actor = actor_of(seq), .via = "api"};

		err = audit_add(txn, &who, time_of(seq), act_of(seq), object_of(seq), NULL);
	}
	return err;
}

/* As one reads who reads all. */
static bool is_wanted(const struct audit_ask *ask, uint64_t seq)
{
	const struct audit_act *x = audit_act_find(act_of(seq));

	return (!ask->actor || text_equal(ask->actor, actor_of(seq))) &&
	       (!ask->from || time_of(seq) >= ask->from) &&
	       (!ask->to || time_of(seq) < ask->to) && (!ask->object || text_equal(ask->object, object_of(seq))) &&
	       (!ask->act || text_equal(ask->act, act_of(seq))) &&
	       (!ask->about || text_equal(ask->about, x->about));
}

static uint64_t next_wanted(const struct audit_ask *ask, uint64_t seq)
{
	do {
		seq += ask->oldest_first ? 1 : -1;
	} while (seq > 0 && seq <= RECORDS && !is_wanted(ask, seq));
	return seq > RECORDS ? 0 : seq;
}

static int walk_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct audit_ask *ask = arg;
	uint64_t want = next_wanted(ask, ask->oldest_first ? 0 : RECORDS + 1), after = 0;
	struct audit_record *r;
	size_t n;

	do {
		cr_assert_eq(audit_find(txn, ask, STORE_PIECE_N(a, after, PIECE), &r, &n), 0);
		for (size_t i = 0; i < n; i++) {
			cr_assert_eq(r[i].seq, want, "%d %d", (int)r[i].seq, (int)want);
			cr_assert_str_eq(r[i].act, act_of(want));
			after = r[i].seq;
			want = next_wanted(ask, want);
		}
	} while (n == PIECE);
	cr_assert_eq(want, 0, "to the end");
	return 0;
}

Test(audit_list, each_filter_and_all_of_them_give_what_reading_all_gives)
{
	static const char *const of[] = {NULL, "SN1", "10001", "nobody"};
	static const char *const by[] = {NULL, "loan.out", "item.mark", "fault.add"};
	static const char *const about[] = {NULL, "loan", "borrower", "nothing"};

	cr_assert_eq(store_write(test_store, fill_in, NULL), 0);
	for (int i = 0; i < 128; i++) {
		struct audit_ask ask = {.object = of[i % 4],
			.act = by[i / 4 % 4],
			.about = about[i / 16 % 4],
			.oldest_first = i / 64};

		cr_assert_eq(store_read(test_store, walk_in, &ask), 0);
	}
}

Test(audit_list, who_and_when_too_and_together_with_the_rest)
{
	static const char *const who[] = {NULL, "anna", "ann", "nobody"};
	static const int64_t from[] = {0, 1, 1000, 1050, 1233, 1234, 5000};
	static const int64_t to[] = {0, 1, 1001, 1050, 1100, 1234, 5000};

	cr_assert_eq(store_write(test_store, fill_in, NULL), 0);
	for (int i = 0; i < 4 * 7 * 7 * 4; i++) {
		struct audit_ask ask = {.actor = who[i % 4],
			.from = from[i / 4 % 7],
			.to = to[i / 28 % 7],
			.act = i / 196 % 2 ? "loan.out" : NULL,
			.object = i % 3 ? NULL : "SN1",
			.oldest_first = i / 392};

		cr_assert_eq(store_read(test_store, walk_in, &ask), 0);
	}
}

static int actors_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const char **x;
	size_t n;

	cr_assert_eq(audit_actors(txn, a, 10, &x, &n), 0);
	cr_assert_eq(n, 3);
	cr_expect_str_eq(x[0], "ann");
	cr_expect_str_eq(x[1], "anna");
	cr_expect_str_eq(x[2], "server");
	cr_assert_eq(audit_actors(txn, a, 2, &x, &n), 0);
	cr_expect_eq(n, 2);
	return 0;
}

Test(audit_list, each_who_is_told_once)
{
	cr_assert_eq(store_write(test_store, fill_in, NULL), 0);
	cr_assert_eq(store_read(test_store, actors_in, NULL), 0);
}

static int leap_in(struct store_txn *txn, void *arg)
{
	const struct audit_who who = {.actor = "anna", .via = "api"};
	static const int64_t at[] = {100, 200, 9000, 300, 400};
	int err = 0;

	for (size_t i = 0; err == 0 && i < 5; i++)
		err = audit_add(txn, &who, at[i], "loan.out", "SN1", NULL);
	return err;
}

static int leapt_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct audit_ask ask = {.from = 150, .to = 450};
	struct audit_record *r;
	size_t n;

	cr_assert_eq(audit_find(txn, &ask, STORE_PIECE_N(a, 0, 10), &r, &n), 0);
	for (size_t i = 0; i < n; i++)
		cr_expect(r[i].at >= 150 && r[i].at < 450, "%d was not asked for", (int)r[i].at);
	return 0;
}

Test(audit_list, a_clock_that_stood_wrong_puts_nothing_where_it_does_not_belong)
{
	cr_assert_eq(store_write(test_store, leap_in, NULL), 0);
	cr_assert_eq(store_read(test_store, leapt_in, NULL), 0);
}

/* --- a store of before --- */

static int make_older(struct store_txn *txn, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	const enum store_table t = *(enum store_table *)arg;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, t, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct store_key key = {.n = (uint16_t)k.n};

		memcpy(key.b, k.p, k.n);
		err = store_del(txn, t, &key);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_in(struct store_txn *txn, void *arg)
{
	uint64_t count, bad;
	int *indexed = arg; /* and what came of it */

	*indexed = audit_check(txn, *indexed, &count, &bad);
	return 0;
}

static int check(bool indexed)
{
	int err = indexed;

	cr_assert_eq(store_read(test_store, check_in, &err), 0);
	return err;
}

Test(audit_list, records_of_before_come_into_the_index)
{
	struct audit_ask ask = {.act = "item.mark", .actor = "ann"};
	enum store_table tables[] = {AUDIT_BY_ACT, AUDIT_BY_ACTOR};

	cr_assert_eq(store_write(test_store, fill_in, NULL), 0);
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(store_write(test_store, make_older, &tables[i]), 0);
		cr_assert_eq(test_count(tables[i]), 0);
		cr_assert_eq(check(true), ERR_CORRUPT);
		cr_assert_eq(check(false), 0, "the chain holds");
		cr_assert_eq(audit_layout_renew(test_store), 0);
		cr_assert_eq(test_count(tables[i]), RECORDS);
		cr_assert_eq(check(true), 0);
		cr_assert_eq(store_read(test_store, walk_in, &ask), 0);
	}
	cr_assert_eq(audit_layout_renew(test_store), 0, "and once is enough");
}

Test(audit_list, every_act_stands_once_and_with_its_kin)
{
	for (const struct audit_act *x = audit_acts; x->name; x++) {
		cr_expect_eq(audit_act_find(x->name), x, "%s stands twice", x->name);
		for (const struct audit_act *y = audit_acts; y < x; y++)
			cr_expect(text_equal(x[-1].about, x->about) ||
					  !text_equal(y->about, x->about),
				"%s stands apart from its kin", x->name);
	}
	cr_expect_null(audit_act_find("no.such-act"));
	cr_expect_null(audit_act_find(NULL));
}
