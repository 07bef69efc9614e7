/* SPDX-License-Identifier: EUPL-1.2 */
/* How many to call, counted for the first page of everybody: what it takes may not grow with what is
 * late. */
#include "http/http_int.h"
#include "tests/unit/inventory/counter.h"
#include "web/start_int.h"

static int count_in(struct store_txn *txn, void *arg)
{
	return web_start_calls(txn, arg);
}

static int64_t count(struct counter *c, struct arena *a)
{
	const struct web_caller anna = {.who = counter_anna, .roles = WEB_BIBLIOTEK};
	struct http_exchange x = {0};
	struct http_request rq = {.arena = a, .now = c->by.now, .who = &anna, .x = &x};
	struct api_read job = {.rq = &rq, .d = doc_new(a)};
	int64_t n = -1;

	cr_assert_eq(store_read(c->st, count_in, &job), 0);
	cr_assert_eq(doc_int(job.d, "calls", &n), 0);
	return n;
}

Test(loan_calls, take_no_memory_for_each_late_line)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_out_result out;
	struct counter c;

	counter_open(&c);
	cr_expect_eq(count(&c, a), 0);
	cr_assert_eq(COUNTER_LEND(&c, 0, INV_YES_LIMIT, &out, "VB-0001", "VB-0002", "VB-0003", "VB-0004",
			     "VB-0007", "VB-0008"),
		0, "%s", counter_said(&c));
	cr_assert_eq(COUNTER_LEND(&c, 1, INV_YES_LIMIT, &out, "VB-0005", "VB-0006"), 0, "%s",
		counter_said(&c));
	c.by.now += 400 * (int64_t)DAY_S;
	arena_reset(a);
	cr_expect_eq(count(&c, a), 2, "a borrower is called once");
	cr_expect_lt(arena_used(a), 16384, "%zu", arena_used(a));
	counter_close(&c);
}
