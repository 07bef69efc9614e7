/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(queue_check, .init = q_open, .fini = house_close);

static char faults[4096];

static void note(void *arg, const char *what)
{
	strncat(faults, what, sizeof(faults) - strlen(faults) - 2);
	strncat(faults, "\n", 2);
}

static int check_in(struct store_txn *txn, void *arg)
{
	faults[0] = '\0';
	return mdm_queue_check(txn, note, NULL);
}

struct harm {
	enum store_table table;
	struct store_key key;
	const char *put; /* NULL: deleted */
	const char *fault;
};

static int harm_in(struct store_txn *txn, void *arg)
{
	const struct harm *h = arg;

	return h->put ? store_put(txn, h->table, &h->key, bytes_of_str(h->put))
		      : store_del(txn, h->table, &h->key);
}

static int harm_and_check(struct store_txn *txn, void *arg)
{
	int err = harm_in(txn, arg);

	cr_assert_eq(err, 0);
	cr_assert_eq(check_in(txn, NULL), 0);
	return ERR_CONFLICT; /* undone */
}

Test(queue_check, tells_each_fault)
{
	const char *a = q_add(MDM_PROFILE_LIST), *b = q_add(MDM_SECURITY_INFO);
	int64_t due;

	q_poll();
	q_ack(a);
	cr_assert_eq(q_lost(), 0);
	q_check();
	due = q_get(b).expires_at;
	const struct harm cases[] = {
		{MDM_COMMAND_DUE, store_key("ts", due, b), NULL, "not for its end"},
		{MDM_COMMAND_DUE, store_key("ts", due + 1, b), "", "does not wait"},
		{MDM_COMMAND_DUE, store_key("ts", due, "none"), "", "is due, but unknown"},
		{MDM_COMMAND_DUE, store_key("c", 1), "", "due index is broken"},
		{MDM_COMMAND, store_key("s", b), NULL, "is not found"},
		{MDM_COMMAND, store_key("s", "none"), "x", "has no record"},
		{MDM_QUEUE, store_key("scqc", Q_UDID, 2, (uint64_t)2, 1), NULL, "has no message"},
		{MDM_QUEUE, store_key("scqc", Q_UDID, 2, (uint64_t)2, 0), NULL, "has no record"},
		{MDM_QUEUE, store_key("scqc", Q_UDID, 2, (uint64_t)2, 0), "x", "cannot be read"},
		{MDM_QUEUE, store_key("c", 1), "x", "queue is broken"},
		{MDM_QUEUE, store_key("scqc", Q_UDID, 0, (uint64_t)1, 0), NULL, "has no record"},
		{MDM_QUEUE, store_key("scqc", Q_UDID, 0, (uint64_t)1, 0), "x", "cannot be read"},
		{MDM_LOST, store_key("s", Q_SERIAL), "x", "cannot be read"},
		{MDM_LOST, store_key("c", 1), "x", "lost states is broken"},
		{MDM_LOCATION, store_key("s", "none"), "x", "cannot be read"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct harm h = cases[i];

		cr_assert_eq(q_write(harm_and_check, &h), ERR_CONFLICT);
		cr_assert(strstr(faults, h.fault), "case %zu: %s", i, faults);
	}
	q_check();
}

static int place_left(struct store_txn *txn, void *arg)
{
	const struct mdm_location_row row = {.serial = "S2", .purpose = "p"};

	cr_assert_eq(mdm_location_row_put(txn, &row), 0);
	return check_in(txn, NULL);
}

Test(queue_check, a_place_of_one_that_is_not_lost_is_a_fault)
{
	cr_assert_eq(q_write(place_left, NULL), 0);
	cr_assert(strstr(faults, "its location is kept"));
}
