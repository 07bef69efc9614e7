/* SPDX-License-Identifier: EUPL-1.2 */
/* Why things come back late or early, counted by the acts: undone with them, and once in a store of an older program. */
#include "tests/unit/inventory/counter.h"

#include "base/text.h"
#include "store/store_int.h"

static struct counter c;
static struct inv_out_result lent;

static void begin(void)
{
	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &lent, "VB-0001", "VB-0002", "VB-0003"), 0);
}

static void end(void)
{
	counter_end(&c);
}

struct asking {
	struct inv_stat_ask ask;
	const char *id;
	uint64_t n;
};

static int sum_in(struct store_txn *txn, void *arg)
{
	struct asking *j = arg;
	struct inv_stat_told t;
	int err = inv_stat_list(txn, c.a, &j->ask, &t);

	j->n = 0;
	for (size_t i = 0; err == 0 && i < t.n; i++)
		j->n += text_equal(t.list[i].id, j->id) ? t.list[i].n : 0;
	return err;
}

static uint64_t sum(enum inv_stat what, const char *id)
{
	struct asking j = {{what, INV_STAT_REASON, 0, 202001, 209912}, id, 0};

	cr_assert_eq(store_read(c.st, sum_in, &j), 0);
	return j.n;
}

static void back(const char *code, const char *late, const char *early)
{
	const struct inv_in in = {.code = code, .late_reason = late, .early_reason = early, .yes = ~0u};
	struct inv_in_result res;

	cr_assert_eq(inv_check_in(c.inv, &c.by, &in, &c.r, &res), 0, "%s", counter_said(&c));
}

Test(stat_db, a_reason_is_counted_and_taken_back, .init = begin, .fini = end)
{
	struct inv_last last;

	back("VB-0001", NULL, "no-use");
	cr_expect_eq(sum(INV_STAT_EARLY, "no-use"), 1);
	c.by.now += 100 * DAY_S;
	back("VB-0002", "away", NULL);
	cr_expect_eq(sum(INV_STAT_LATE, "away"), 1);
	counter_check(&c);
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), 0, "%s", counter_said(&c));
	cr_expect_eq(sum(INV_STAT_LATE, "away"), 0, "undone");
	cr_expect_eq(sum(INV_STAT_EARLY, "no-use"), 1);
	back("VB-0002", "tappade bort nyckeln", NULL);
	back("VB-0003", NULL, NULL);
	cr_expect_eq(sum(INV_STAT_LATE, "other"), 1);
	cr_expect_eq(sum(INV_STAT_LATE, "none"), 1);
}

/* As an older program left it. */
static int age_in(struct store_txn *txn, void *arg)
{
	struct store_key layout = store_key("s", "=layout"), done = store_key("q", (uint64_t)13);
	int err = 0;

	(void)arg;
	for (uint32_t no = 1; err == 0 && no <= 3; no++) {
		struct inv_loan_line was, now;

		err = inv_line_get(txn, c.a, lent.loan, no, &was);
		now = was;
		now.reason_counted = false;
		if (err == 0)
			err = inv_line_put(txn, &was, &now);
	}
	return err ? err : store_put(txn, INV_SERIES, &layout, bytes_of(done.b, done.n));
}

Test(stat_db, a_store_of_an_older_program_is_counted_once, .init = begin, .fini = end)
{
	struct inv_last last;

	back("VB-0001", NULL, "no-use");
	cr_assert_eq(store_write(c.st, age_in, NULL), 0);
	cr_expect_eq(sum(INV_STAT_EARLY, "no-use"), 0);
	counter_check(&c);
	/* its server runs still, and this is a newer command line */
	c.st->schema = 3;
	c.by.now += 100 * DAY_S;
	back("VB-0002", "away", NULL);
	cr_expect_eq(sum(INV_STAT_LATE, "away"), 0);
	counter_check(&c);
	/* now this one is there: before its turn an act brings its own line along */
	c.st->schema = STORE_SCHEMA;
	back("VB-0003", "need", NULL);
	cr_expect_eq(sum(INV_STAT_LATE, "need"), 1);
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), 0, "%s", counter_said(&c));
	cr_expect_eq(sum(INV_STAT_LATE, "need"), 0);
	back("VB-0003", "need", NULL);
	for (int again = 0; again < 2; again++) {
		cr_assert_eq(inv_layout_renew(c.st), 0);
		cr_expect_eq(sum(INV_STAT_EARLY, "no-use"), 1);
		cr_expect_eq(sum(INV_STAT_LATE, "away"), 1);
		cr_expect_eq(sum(INV_STAT_LATE, "need"), 1);
		counter_check(&c);
		if (!again)
			cr_assert_eq(store_write(c.st, age_in, NULL), 0);
	}
	cr_expect_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), ERR_REFUSED,
		"what was done before the update was kept in clear, and is kept no more");
	cr_expect_eq(sum(INV_STAT_LATE, "need"), 1);
}

struct listing {
	struct inv_stat_ask ask;
	struct inv_stat_told told;
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct listing *j = arg;

	return inv_stat_list(txn, c.a, &j->ask, &j->told);
}

static struct inv_stat_told listed(enum inv_stat what, enum inv_stat_by by)
{
	struct listing j = {.ask = {what, by, 0, 202001, 209912}};

	cr_assert_eq(store_read(c.st, list_in, &j), 0);
	return j.told;
}

/* Days of one return are how long that one was out. */
Test(stat_db, few_are_told_in_no_list_nor_their_days, .init = begin, .fini = end)
{
	struct inv_out_result out;
	struct inv_stat_told j;

	c.by.now += 3 * (int64_t)DAY_S;
	back("VB-0001", NULL, "no-use");
	j = listed(INV_STAT_RETURNS, INV_STAT_ALL);
	cr_assert_eq(j.n, 1);
	cr_expect(j.list[0].few && j.total.few && j.total.n == 1);
	j = listed(INV_STAT_DAYS, INV_STAT_ALL);
	cr_assert_eq(j.n, 1);
	cr_expect(j.list[0].n == 3 && j.list[0].few && j.total.few);
	j = listed(INV_STAT_DAYS, INV_STAT_PRODUCT);
	cr_expect(j.n == 1 && j.list[0].few);
	for (unsigned i = 0; i < 4; i++) {
		cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
		c.by.now += 3 * (int64_t)DAY_S;
		back("VB-0001", NULL, "no-use");
	}
	j = listed(INV_STAT_RETURNS, INV_STAT_PRODUCT);
	cr_expect(j.n == 1 && j.list[0].n == 5 && !j.list[0].few && !j.total.few, "five are told");
	j = listed(INV_STAT_DAYS, INV_STAT_PRODUCT);
	cr_expect(j.n == 1 && j.list[0].n == 15 && !j.list[0].few && !j.total.few);
	cr_expect(j.list[0].of[INV_STAT_OF_LIBRARY] == 15 && j.list[0].of[INV_STAT_OF_CARE] == 0);
}

static struct inv_stat_told in_zone(unsigned zone, enum inv_stat_by by)
{
	struct listing j = {.ask = {INV_STAT_LOANS, by, zone, 202001, 209912}};

	cr_assert_eq(store_read(c.st, list_in, &j), 0);
	return j.told;
}

/* Care has three in all: told with the library's, the sum of both would tell them. */
Test(stat_db, a_zone_of_few_is_not_had_from_the_sums, .init = begin, .fini = end)
{
	struct inv_out_result out;
	struct inv_in_result in;

	for (int i = 0; i < 8; i++) {
		cr_assert_eq(COUNTER_LEND(&c, 0, ~0u, &out, "VB-0007"), 0, "%s", counter_said(&c));
		cr_assert_eq(counter_back(&c, "VB-0007", &in), 0);
	}
	cr_expect_not(in_zone(0, INV_STAT_ALL).total.few);
	c.by.zones = PEOPLE_ZONES;
	for (int i = 0; i < 3; i++) {
		cr_assert_eq(COUNTER_LEND(&c, COUNTER_BORROWERS - 1, ~0u, &out, "VB-0008"), 0, "%s", counter_said(&c));
		cr_assert_eq(counter_back(&c, "VB-0008", &in), 0);
	}
	cr_expect(in_zone(PEOPLE_CARE, INV_STAT_ALL).total.few);
	cr_expect(in_zone(0, INV_STAT_ALL).total.few, "both less the library's are care's");
	cr_expect_not(in_zone(PEOPLE_LIBRARY, INV_STAT_ALL).total.few);
}
