/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(queue_db, .init = house_store, .fini = house_close);

static struct mdm_command command(const char *uuid, int64_t expires_at)
{
	return (struct mdm_command){.uuid = uuid,
		.udid = Q_UDID,
		.serial = Q_SERIAL,
		.request_type = "ProfileList",
		.request = MDM_PROFILE_LIST,
		.state = MDM_QUEUED,
		.plist = bytes_of_str("<message/>"),
		.made_at = q.now,
		.expires_at = expires_at,
		.made_by = "anna"};
}

#define CHECK(expr_) cr_assert_eq((expr_), 0)

static int adds_and_walks(struct store_txn *txn, void *arg)
{
	static const char *const want[] = {"H1", "H2", "A", "B"};
	struct mdm_command a = command("A", q.now + 50), b = command("B", q.now + 10);
	struct mdm_command h1 = command("H1", q.now + 90), h2 = command("H2", q.now + 95), c;
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	struct bytes plist;
	const char *uuid;
	int64_t at;

	CHECK(mdm_line_add(txn, &a, MDM_LANE_LINE));
	CHECK(mdm_line_add(txn, &h1, MDM_LANE_HEAD));
	CHECK(mdm_line_add(txn, &b, MDM_LANE_LINE));
	CHECK(mdm_line_add(txn, &h2, MDM_LANE_HEAD));
	cr_assert_eq(h2.order, 4, "numbers rise whatever the lane");
	CHECK(mdm_line_walk_init(&w, txn, Q_UDID));
	for (int i = 0; i < 4; i++) {
		CHECK(mdm_line_walk_next(&w, house.a, &c));
		cr_assert_str_eq(c.uuid, want[i]);
		cr_assert_eq(c.lane, i < 2 ? MDM_LANE_HEAD : MDM_LANE_LINE);
	}
	cr_assert_eq(mdm_line_walk_next(&w, house.a, &c), ERR_NOTFOUND);
	CHECK(mdm_due_first(txn, house.a, q.now + 10, &uuid, &at));
	cr_assert_str_eq(uuid, "B");
	cr_assert_eq(mdm_due_first(txn, house.a, q.now + 9, &uuid, &at), ERR_NOTFOUND);
	CHECK(mdm_command_find(txn, house.a, "B", &c));
	cr_assert_eq(c.lane, MDM_LANE_LINE);
	CHECK(mdm_line_plist(txn, &c, house.a, &plist));
	cr_assert(bytes_equal(plist, bytes_of_str("<message/>")));
	cr_assert_eq(mdm_line_add(txn, &a, MDM_LANE_LINE), ERR_EXISTS, "a UUID is used once");
	return 0;
}

Test(queue_db, the_head_lane_goes_first_and_numbers_rise)
{
	cr_assert_eq(q_write(adds_and_walks, NULL), 0);
}

static int finishes(struct store_txn *txn, void *arg)
{
	struct mdm_command a = command("A", q.now + 50), b = command("B", q.now + 60), c, *list;
	struct bytes plist;
	uint64_t n = 9;
	size_t len;

	CHECK(mdm_line_add(txn, &a, MDM_LANE_LINE));
	CHECK(mdm_line_add(txn, &b, MDM_LANE_LINE));
	b.put_off_count = 3;
	CHECK(mdm_line_put(txn, &b));
	a.state = MDM_ACKNOWLEDGED;
	a.answer = bytes_of_str("yes");
	a.error_code = 7;
	CHECK(mdm_line_finish(txn, &a));
	cr_assert_eq(mdm_line_finish(txn, &a), ERR_NOTFOUND, "only once");
	CHECK(mdm_command_find(txn, house.a, "A", &c));
	cr_assert_eq(c.lane, MDM_LANE_DONE);
	cr_assert(bytes_equal(c.answer, bytes_of_str("yes")));
	cr_assert_eq(c.error_code, 7);
	cr_assert_str_eq(c.made_by, "anna");
	cr_assert_eq(mdm_line_plist(txn, &c, house.a, &plist), ERR_CORRUPT);
	CHECK(mdm_command_find(txn, house.a, "B", &c));
	cr_assert_eq(c.put_off_count, 3);
	CHECK(store_count(txn, MDM_COMMAND_DUE, &n));
	cr_assert_eq(n, 1, "only what waits is due");
	CHECK(store_count(txn, MDM_QUEUE, &n));
	cr_assert_eq(n, 3, "head and message of the other, and this one's record");
	CHECK(mdm_command_history(txn, Q_UDID, STORE_PIECE_N(house.a, 0, 10), &list, &len));
	cr_assert_eq(len, 1);
	cr_assert_eq(list[0].order, 1);
	return 0;
}

Test(queue_db, a_finished_one_moves_to_history)
{
	cr_assert_eq(q_write(finishes, NULL), 0);
}

static int history_fill(struct store_txn *txn, void *arg)
{
	const size_t *n = arg;

	for (size_t i = 0; i < *n; i++) {
		struct mdm_command c = command(arena_printf(house.a, "C%zu", i), q.now);

		c.state = MDM_ACKNOWLEDGED;
		c.done_at = q.now + (int64_t)i;
		CHECK(mdm_done_add(txn, &c));
	}
	return 0;
}

static int pages(struct store_txn *txn, void *arg)
{
	struct mdm_command *list;
	uint64_t before = 0;
	size_t seen = 0, n;

	do {
		CHECK(mdm_command_history(
			txn, Q_UDID, STORE_PIECE_N(house.a, before, 7), &list, &n));
		for (size_t i = 0; i < n; i++, seen++)
			cr_assert_str_eq(list[i].uuid, arena_printf(house.a, "C%zu", 19 - seen));
		before = n ? list[n - 1].order : 0;
	} while (n == 7);
	cr_assert_eq(seen, 20);
	CHECK(mdm_command_history(txn, "other", STORE_PIECE_N(house.a, 0, 7), &list, &n));
	cr_assert_eq(n, 0);
	return 0;
}

Test(queue_db, history_is_read_by_the_page)
{
	size_t n = 20;

	cr_assert_eq(q_write(history_fill, &n), 0);
	cr_assert_eq(q_read(pages, NULL), 0);
}

static int prunes(struct store_txn *txn, void *arg)
{
	struct mdm_command c;
	const char *udid;
	uint64_t left;
	size_t n;

	CHECK(mdm_done_prune(txn, Q_UDID, q.now, 3, &n));
	cr_assert_eq(n, 3, "too many, a bounded piece at a time");
	CHECK(mdm_done_prune(txn, Q_UDID, q.now, 100, &n));
	cr_assert_eq(n, 2);
	cr_assert_eq(mdm_command_find(txn, house.a, "C0", &c), ERR_NOTFOUND);
	CHECK(mdm_command_find(txn, house.a, "C5", &c));
	CHECK(mdm_done_prune(txn, Q_UDID, q.now + MDM_HISTORY_LIFE_S + 15, 100, &n));
	cr_assert_eq(n, 10, "too old");
	CHECK(store_count(txn, MDM_QUEUE, &left));
	cr_assert_eq(left, MDM_HISTORY_MAX - 10);
	CHECK(store_count(txn, MDM_COMMAND, &left));
	cr_assert_eq(left, MDM_HISTORY_MAX - 10, "and what pointed at them");
	CHECK(mdm_queue_next_udid(txn, house.a, NULL, &udid));
	cr_assert_str_eq(udid, Q_UDID);
	cr_assert_eq(mdm_queue_next_udid(txn, house.a, udid, &udid), ERR_NOTFOUND);
	return 0;
}

Test(queue_db, history_is_bounded)
{
	size_t n = MDM_HISTORY_MAX + 5;

	cr_assert_eq(q_write(history_fill, &n), 0);
	cr_assert_eq(q_write(prunes, NULL), 0);
}

static int strangers(struct store_txn *txn, void *arg)
{
	struct mdm_command mine = command("A", q.now + 5), theirs = command("A", 0), c;

	CHECK(mdm_line_add(txn, &mine, MDM_LANE_LINE));
	theirs.udid = "another";
	theirs.state = MDM_ERROR;
	CHECK(mdm_done_add(txn, &theirs));
	CHECK(mdm_command_find(txn, house.a, "A", &c));
	cr_assert_str_eq(c.udid, Q_UDID, "an iPad cannot take over another's command");
	cr_assert_eq(mdm_command_find(txn, house.a, "", &c), ERR_NOTFOUND);
	return 0;
}

Test(queue_db, a_uuid_stays_its_owners)
{
	cr_assert_eq(q_write(strangers, NULL), 0);
}
