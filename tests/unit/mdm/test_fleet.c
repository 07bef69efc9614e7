/* SPDX-License-Identifier: EUPL-1.2 */
/* mdm/fleet.c, fleet_db.c, fleet_fit.c: the fleet's list, few and many, in each order; its index, with
 * what an older store did not have. */
#include "tests/unit/mdm/ipads.h"
#include "tests/unit/store/clear_rows.h"

#include "base/text.h"
#include "mdm/desired_int.h"
#include "mdm/queue_int.h"

#define IPADS 2600 /* more than are gathered */

static unsigned faults, faults_expected;
static void fault(void *arg, const char *what)
{
	(void)arg;
	faults += strstr(what, "fleet's list") != NULL;
}

static int check_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	faults = 0;
	return mdm_fleet_check(txn, fault, NULL);
}

static void open_fleet(void)
{
	house_open();
	cr_assert_eq(mdm_layout_renew(house.m), 0);
}

/* These iPads are bare records: of the checks, only that of the list holds. */
static void close_fleet(void)
{
	cr_assert_eq(store_read(house.st, check_in, NULL), 0);
	cr_expect_eq(faults, faults_expected);
	house_close();
}

TestSuite(fleet, .init = open_fleet, .fini = close_fleet, .timeout = 120);

/* S0000 … in the order of their numbers; UDIDs the other way round. Versions 9.1, 17.4, 18.2 in turn;
 * each tenth has left, each hundredth nobody knows. */
static int put_in(struct store_txn *txn, void *arg)
{
	const unsigned *n = arg;
	static const char *const os[] = {"18.2", "9.1", "17.4"};
	int err = 0;

	for (unsigned i = 0; err == 0 && i < *n; i++) {
		struct mdm_enrollment e = {.udid = arena_printf(house.a, "U-%04u", 9999 - i),
			.serial = arena_printf(house.a, "S%04u", i),
			.state = i % 10 == 9 ? MDM_CHECKED_OUT : MDM_ENROLLED,
			.trusted = i % 100 != 0,
			.os_version = os[i % 3],
			.product = i % 2 ? "iPad14,1" : "iPad13,18",
			.topic = HOUSE_TOPIC};
		struct store_key seen = store_key("t", HOUSE_NOW - i * 60), k;

		k = store_key("s", e.udid);
		err = store_put(txn, MDM_SEEN, &k, bytes_of(seen.b, seen.n));
		if (err == 0)
			err = mdm_enrollment_put(txn, &e);
		if (err == 0)
			err = mdm_serial_put(txn, e.serial, e.udid);
	}
	return err;
}

static void put(unsigned n)
{
	cr_assert_eq(store_write(house.st, put_in, &n), 0);
}

struct asked {
	struct mdm_fleet_ask ask;
	struct mdm_fleet_page p;
	int err;
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;

	x->err = mdm_fleet_list(house.m, txn, house.a, &x->ask, &x->p);
	return 0;
}

/* All of them, page by page: "S0001 S0002 "; what the pages were is counted. */
static unsigned pages;
static const char *all(struct mdm_fleet_ask ask)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	struct asked x = {.ask = ask};

	pages = 0;
	x.ask.most = ask.most = ask.most ? ask.most : 7;
	do {
		cr_assert_eq(store_read(house.st, list_in, &x), 0);
		cr_assert_eq(x.err, 0);
		cr_assert_leq(x.p.n, ask.most);
		for (size_t i = 0; i < x.p.n; i++)
			buf_printf(&b, "%s ", x.p.at[i].serial);
		x.ask.after = x.p.next;
		pages++;
	} while (x.p.next && pages < 100);
	return arena_strdup(house.a, buf_str(&b));
}
#define ALL(...) all((struct mdm_fleet_ask){__VA_ARGS__})

static unsigned count(const char *list)
{
	unsigned n = 0;

	for (; *list; list++)
		n += *list == ' ';
	return n;
}

Test(fleet, orders_and_their_pages)
{
	put(9);
	cr_expect_str_eq(
		ALL(.most = 7), "S0000 S0001 S0002 S0003 S0004 S0005 S0006 S0007 S0008 ");
	cr_expect_eq(pages, 2);
	cr_expect_str_eq(ALL(.down = true),
		"S0008 S0007 S0006 S0005 S0004 S0003 S0002 S0001 S0000 ");
	cr_expect_str_eq(ALL(.order = MDM_FLEET_BY_SEEN),
		"S0008 S0007 S0006 S0005 S0004 S0003 S0002 S0001 S0000 ", "the most silent first");
	cr_expect_str_eq(ALL(.order = MDM_FLEET_BY_OS),
		"S0007 S0004 S0001 S0008 S0005 S0002 S0006 S0003 S0000 ", "9.1 before 17.4");
	cr_expect_str_eq(ALL(.order = MDM_FLEET_BY_MODEL, .down = true),
		"S0001 S0003 S0005 S0007 S0000 S0002 S0004 S0006 S0008 ");
	cr_expect_str_eq(ALL(.os = "17.4", .down = true), "S0008 S0005 S0002 ");
	cr_expect_str_eq(ALL(.os = "017.4"), "S0002 S0005 S0008 ", "a version is its numbers");
	cr_expect_str_eq(ALL(.model = "iPad14,1", .os = "9.1"), "S0001 S0007 ");
	cr_expect_str_eq(ALL(.model = "iPad99,9"), "");
}

Test(fleet, states)
{
	put(120);
	cr_expect_eq(count(ALL(.state = MDM_FLEET_LEFT)), 12);
	cr_expect_eq(count(ALL(.state = MDM_FLEET_ENROLLED)), 108);
	cr_expect_str_eq(ALL(.state = MDM_FLEET_STRANGER), "S0000 S0100 ");
	cr_expect_str_eq(ALL(.state = MDM_FLEET_SILENT, .silent_before = HOUSE_NOW - 116 * 60),
		"S0116 S0117 S0118 ", "the hundred and nineteenth has left");
	cr_expect_str_eq(ALL(.state = MDM_FLEET_LOST), "");
	cr_expect_str_eq(ALL(.state = MDM_FLEET_LINE), "");
}

static int mark_in(struct store_txn *txn, void *arg)
{
	const struct mdm_standing failed = {.stands = MDM_STANDS_FAILED};
	const struct mdm_standing waits = {.stands = MDM_STANDS_WAITING};
	struct mdm_lost lost = {.serial = "S0031", .phase = MDM_LOST_WANTED};
	struct mdm_lost found = {.serial = "S0032", .phase = MDM_LOST_LEAVING};
	bool changed;
	int err = mdm_standing_put(txn, "S0007", &failed);

	(void)arg;
	if (err == 0)
		err = mdm_standing_put(txn, "S0011", &waits);
	if (err == 0)
		err = mdm_lost_put(txn, &lost);
	if (err == 0)
		err = mdm_lost_put(txn, &found);
	for (unsigned i = 5; err == 0 && i < 12; i++)
		err = mdm_member_put(txn, "g", arena_printf(house.a, "S%04u", i), &changed);
	if (err == 0) /* one that never came */
		err = mdm_member_put(txn, "g", "S9999", &changed);
	return err;
}

static int line_in(struct store_txn *txn, void *arg)
{
	struct mdm_command done = {.udid = "U-9994",
		.serial = "S0005",
		.uuid = "DONE",
		.request_type = "ProfileList",
		.state = MDM_ACKNOWLEDGED};
	struct mdm_command waits = {.udid = "U-9993",
		.serial = "S0006",
		.uuid = "WAITS",
		.request_type = "ProfileList",
		.plist = bytes_of_str("<plist/>"),
		.expires_at = HOUSE_NOW + 60};
	int err = mdm_done_add(txn, &done);

	(void)arg;
	return err ? err : mdm_line_add(txn, &waits, MDM_LANE_LINE);
}

Test(fleet, a_command_that_is_done_waits_for_nothing)
{
	put(20);
	cr_assert_eq(store_write(house.st, line_in, NULL), 0);
	cr_expect_str_eq(ALL(.state = MDM_FLEET_LINE), "S0006 ");
}

/* A file asks for as many as it can hold. */
Test(fleet, a_page_costs_what_is_on_it)
{
	struct asked x = {.ask = {.most = 20000}};
	size_t before;

	put(3);
	before = arena_used(house.a);
	cr_assert_eq(store_read(house.st, list_in, &x), 0);
	cr_assert_eq(x.p.n, 3);
	cr_expect_lt(arena_used(house.a) - before, 32 * 1024);
}

Test(fleet, what_other_indexes_say)
{
	put(40);
	cr_assert_eq(store_write(house.st, mark_in, NULL), 0);
	cr_expect_str_eq(ALL(.state = MDM_FLEET_LOST), "S0031 ");
	cr_expect_str_eq(ALL(.state = MDM_FLEET_FAILED), "S0007 ");
	cr_expect_str_eq(ALL(.state = MDM_FLEET_WAITING, .group = "g"), "S0011 ");
	cr_expect_str_eq(ALL(.group = "g", .down = true),
		"S0011 S0010 S0009 S0008 S0007 S0006 S0005 ");
	cr_expect_str_eq(ALL(.group = "g", .state = MDM_FLEET_LEFT), "S0009 ");
	cr_expect_str_eq(ALL(.group = "g", .state = MDM_FLEET_LOST), "");
	cr_expect_str_eq(ALL(.group = "nobody"), "");
	cr_expect_eq(count(ALL(.group = MDM_GROUP_ALL)), 40);
}

static int fits_seven(struct store_txn *txn, const char *serial, void *arg, bool *ret)
{
	(void)txn;
	*(unsigned *)arg += 1;
	*ret = serial[4] == '7';
	return 0;
}

/* The same questions, few and many: the answers do not differ. */
Test(fleet, many_are_met_in_the_order)
{
	unsigned asked = 0;

	put(IPADS);
	cr_expect_eq(count(ALL(.most = 100)), IPADS);
	cr_expect_eq(count(ALL(.most = 100, .state = MDM_FLEET_ENROLLED,
			     .order = MDM_FLEET_BY_SEEN, .down = true)),
		IPADS - IPADS / 10);
	cr_expect_eq(count(ALL(.most = 100, .model = "iPad14,1")), IPADS / 2);
	cr_expect_eq(count(ALL(.most = 100, .state = MDM_FLEET_SILENT,
			     .silent_before = HOUSE_NOW, .order = MDM_FLEET_BY_OS)),
		IPADS - IPADS / 10);
	cr_expect_eq(count(ALL(.most = 100, .fits = fits_seven, .arg = &asked)), IPADS / 10);
	cr_expect_lt(asked, 2 * IPADS, "%u", asked);
	cr_expect_eq(pages, 3);
}

Test(fleet, a_place_to_go_on_that_is_none)
{
	static const char *const bad[] = {"", "S0001", "zz", "74", "6e5330303031"};
	struct asked x = {.ask = {.most = 5, .order = MDM_FLEET_BY_OS}};

	put(3);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		x.ask.after = bad[i];
		cr_assert_eq(store_read(house.st, list_in, &x), 0);
		cr_expect_eq(x.err, ERR_BADINPUT, "%s", bad[i]);
	}
}

/* --- what is heard and told moves it --- */

Test(fleet, follows_an_iPad_through_its_enrolment)
{
	IPADS_IDENTITY(1, .serial = "S1");
	IPADS_IDENTITY(2, .serial = "S1");
	cr_assert_eq(ipads_say(1, ipads_authenticate("U-1", "S1")), 0);
	cr_expect_str_eq(ALL(.state = MDM_FLEET_LEFT), "S1 ", "not wholly enrolled yet");
	cr_assert_eq(ipads_say(1, ipads_token("U-1", "token")), 0);
	cr_expect_str_eq(ALL(.state = MDM_FLEET_LEFT), "");
	cr_expect_str_eq(ALL(.os = "18.2", .order = MDM_FLEET_BY_SEEN), "S1 ");
	ipads_now += 100;
	cr_assert_eq(ipads_say(1, ipads_other(MDM_CHECKIN_CHECK_OUT, "U-1")), 0);
	cr_assert_eq(mdm_flush(house.m), 0);
	cr_expect_str_eq(ALL(.state = MDM_FLEET_LEFT, .order = MDM_FLEET_BY_SEEN), "S1 ");
	ipads_enrol(2, "U-2", "S1");
	cr_assert_eq(mdm_flush(house.m), 0);
	cr_expect_str_eq(ALL(.most = 7), "S1 ", "came again under another UDID: once");
	ipads_now -= 100;
}

/* --- values, counts --- */

struct valued {
	const char **os;
	size_t n, models;
	uint64_t all;
};

static int values_in(struct store_txn *txn, void *arg)
{
	struct valued *v = arg;
	const char **models;
	uint64_t n;

	cr_assert_eq(mdm_fleet_values(txn, MDM_FLEET_BY_MODEL, STORE_PIECE(house.a, NULL, 9), &models,
			     &v->models),
		0);
	cr_assert_eq(mdm_fleet_values(txn, MDM_FLEET_BY_OS, STORE_PIECE(house.a, NULL, 2), &v->os,
			     &v->n),
		0);
	cr_expect_eq(v->n, 2, "no more than asked for");
	cr_assert_eq(mdm_fleet_count(txn, MDM_FLEET_ANY, &v->all), 0);
	cr_expect_eq(mdm_fleet_count(txn, MDM_FLEET_SILENT, &n), ERR_NOTFOUND);
	return mdm_fleet_values(
		txn, MDM_FLEET_BY_OS, STORE_PIECE(house.a, NULL, 9), &v->os, &v->n);
}

Test(fleet, values_there_are)
{
	struct valued v = {0};

	put(40);
	cr_assert_eq(store_read(house.st, values_in, &v), 0);
	cr_assert_eq(v.n, 3);
	cr_expect_str_eq(v.os[0], "9.1");
	cr_expect_str_eq(v.os[1], "17.4");
	cr_expect_str_eq(v.os[2], "18.2");
	cr_expect_eq(v.models, 2);
	cr_expect_eq(v.all, 40);
}

Test(fleet, names_of_states)
{
	enum mdm_fleet_state s;

	for (unsigned i = 1; i < MDM_FLEET_STATES; i++) {
		cr_assert_eq(mdm_fleet_state_parse(
				     mdm_fleet_state_name((enum mdm_fleet_state)i), &s), 0);
		cr_expect_eq((unsigned)s, i);
	}
	cr_expect_eq(mdm_fleet_state_parse("all", &s), ERR_BADINPUT);
	cr_expect_null(mdm_fleet_state_name(MDM_FLEET_ANY));
}

/* --- an older store, and the check --- */

static int spoil_in(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("css", MDM_FLEET_BY_SERIAL, "S0001", "U-9998");

	(void)arg;
	return store_del(txn, MDM_FLEET, &k);
}

static int forget_in(struct store_txn *txn, void *arg)
{
	struct store_key done = store_key("sc", MDM_STANDING_LAYOUT, MDM_LAYOUT_FLEET);
	int err = store_del(txn, MDM_STANDING_COUNT, &done);

	(void)arg;
	return err ? err : clear_rows(txn, MDM_FLEET, NULL);
}

Test(fleet, an_older_store_is_put_in_order_once)
{
	put(450);
	cr_assert_eq(store_write(house.st, forget_in, NULL), 0);
	cr_expect_str_eq(ALL(.most = 7), "");
	cr_assert_eq(mdm_layout_renew(house.m), 0);
	cr_expect_eq(count(ALL(.most = 90)), 450);
	cr_assert_eq(store_read(house.st, check_in, NULL), 0);
	cr_expect_eq(faults, 0);
	cr_assert_eq(store_write(house.st, spoil_in, NULL), 0);
	cr_assert_eq(store_read(house.st, check_in, NULL), 0);
	cr_expect_eq(faults, 2, "it, and the sum");
	faults_expected = 2;
}
