/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/house.h"

#include <pthread.h>

static void open_seen(void)
{
	house_store();
	house.m = mem_zalloc(sizeof(*house.m));
	house.m->st = house.st;
	house.m->seen = mdm_seen_new();
}

static void close_seen(void)
{
	mdm_seen_free(house.m->seen);
	free(house.m);
	house.m = NULL;
	house_close();
}

TestSuite(seen, .init = open_seen, .fini = close_seen);

struct question {
	const char *udid;
	int64_t at, disk;
};

static int ask_in(struct store_txn *txn, void *arg)
{
	struct question *q = arg;
	int err = mdm_seen_get(house.m, txn, q->udid, &q->at);

	return err != 0 ? err : mdm_seen_on_disk(txn, q->udid, &q->disk);
}

static struct question ask(const char *udid)
{
	struct question q = {.udid = udid};

	cr_assert_eq(store_read(house.st, ask_in, &q), 0);
	return q;
}

Test(seen, memory_first_then_disk)
{
	cr_assert_eq(ask("A").at, 0);
	mdm_seen_note(house.m->seen, "A", 100);
	mdm_seen_note(house.m->seen, "A", 90);
	cr_assert_eq(ask("A").at, 100, "the later one counts");
	cr_assert_eq(ask("A").disk, 0);
	cr_assert_eq(mdm_seen_flush(house.m->seen, house.st), 0);
	cr_assert_eq(ask("A").disk, 100);
	mdm_seen_note(house.m->seen, "A", 120);
	cr_assert_eq(ask("A").at, 120);
	cr_assert_eq(ask("A").disk, 100);
}

Test(seen, notes_cost_no_commit_and_a_flush_few)
{
	struct store_stat before, after;

	cr_assert_eq(store_stat(house.st, &before), 0);
	for (int i = 0; i < 5000; i++)
		mdm_seen_note(house.m->seen, arena_printf(house.a, "U-%d", i), 100 + i);
	cr_assert_eq(store_stat(house.st, &after), 0);
	cr_assert_eq(after.commits, before.commits);
	cr_assert_eq(mdm_seen_flush(house.m->seen, house.st), 0);
	cr_assert_eq(mdm_seen_flush(house.m->seen, house.st), 0, "nothing left to write");
	cr_assert_eq(store_stat(house.st, &after), 0);
	cr_assert_leq(after.commits - before.commits, 3);
	for (int i = 0; i < 5000; i++)
		cr_assert_eq(ask(arena_printf(house.a, "U-%d", i)).disk, 100 + i);
}

Test(seen, is_bounded)
{
	for (int i = 0; i < 300000; i++) {
		char udid[32];

		snprintf(udid, sizeof(udid), "U-%d", i);
		mdm_seen_note(house.m->seen, udid, 5);
	}
	mdm_seen_note(house.m->seen, "U-0", 9);
	cr_assert_eq(ask("U-0").at, 9, "a name that is there is still brought up to date");
}

Test(seen, odd_names_and_times_are_left_alone)
{
	char longer[MDM_UDID_MAX + 2];

	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	mdm_seen_note(house.m->seen, longer, 5);
	mdm_seen_note(house.m->seen, "A", 0);
	mdm_seen_note(house.m->seen, "A", -5);
	cr_assert_eq(ask(longer).at, 0);
	cr_assert_eq(ask("A").at, 0);
}

static void *noting(void *arg)
{
	for (int i = 0; i < 20000; i++) {
		char udid[32];

		snprintf(udid, sizeof(udid), "U-%d", i % 500);
		mdm_seen_note(house.m->seen, udid, i + 1);
	}
	return NULL;
}

Test(seen, threads_and_flushes_at_once)
{
	pthread_t t[4];

	for (int i = 0; i < 4; i++)
		cr_assert_eq(pthread_create(&t[i], NULL, noting, NULL), 0);
	for (int i = 0; i < 10; i++)
		cr_assert_eq(mdm_seen_flush(house.m->seen, house.st), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	cr_assert_eq(mdm_seen_flush(house.m->seen, house.st), 0);
	for (int i = 0; i < 500; i++)
		cr_assert_eq(ask(arena_printf(house.a, "U-%d", i)).disk, 19500 + i + 1);
}
