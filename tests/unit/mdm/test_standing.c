/* SPDX-License-Identifier: EUPL-1.2 */
/* mdm/standing.c, standing_db.c, standing_check.c: counters against a count of everybody. */
#include "tests/unit/mdm/desired.h"
#include "tests/unit/store/clear_rows.h"

TestSuite(standing, .init = q_open, .fini = d_close);

#define IPADS 7 /* the last two are never enrolled */
#define ENROLLED 5
#define STEPS 400

static const char *const serials[IPADS] = {"A1", "A2", "A3", "A4", "A5", "B1", "B2"};
static const char *const groups[] = {"en", "tva", "tre"};
static uint32_t dice = 20261;

static uint32_t roll(uint32_t sides)
{
	dice = dice * 1664525u + 1013904223u;
	return (dice >> 16) % sides;
}

static struct mdm_enrollment ipad(uint32_t i, uint32_t state)
{
	struct mdm_enrollment e = q_enrollment();

	e.serial = serials[i];
	e.udid = arena_printf(house.a, "UDID-%s", serials[i]);
	e.state = state;
	memset(e.identity, (int)i + 2, sizeof(e.identity));
	return e;
}

/* --- the slow count, by what people are shown --- */

struct slow {
	const char *group;
	uint64_t n[MDM_STANDS], counted[MDM_STANDS];
};

static int one_stands(struct store_txn *txn, const char *serial, enum mdm_stands *ret)
{
	struct mdm_desired *list;
	const char *hindrance;
	size_t n;
	int err = mdm_desired_list(
		house.m, txn, house.a, serial, SAY_EN, q.now, &list, &n, &hindrance);

	*ret = MDM_STANDS_DONE;
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (list[i].state == MDM_APPLIED_FAILED || list[i].state == MDM_APPLIED_UNABLE)
			*ret = MDM_STANDS_FAILED;
		else if (list[i].state != MDM_APPLIED_ON && *ret == MDM_STANDS_DONE)
			*ret = MDM_STANDS_WAITING;
	}
	return err;
}

static int slow_in(struct store_txn *txn, void *arg)
{
	struct slow *s = arg;
	struct mdm_group g;
	const char **members, **listed;
	size_t n, listed_n;
	int err = mdm_group_get(txn, house.a, s->group, &g);

	if (err == 0)
		err = mdm_member_list(txn, s->group, STORE_PIECE(house.a, NULL, 100), &members, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		enum mdm_stands how;

		err = one_stands(txn, members[i], &how);
		s->n[how]++;
	}
	if (err == 0)
		err = mdm_stands_count(txn, &g, s->counted);
	for (int how = MDM_STANDS_WAITING; err == 0 && how < MDM_STANDS; how++) {
		err = mdm_stands_list(txn,
			&(const struct mdm_stands_ask){s->group, (enum mdm_stands)how},
			STORE_PIECE(house.a, NULL, 100), &listed, &listed_n);
		cr_expect_eq(listed_n, s->counted[how], "%s: the list is as long", s->group);
	}
	return err;
}

static struct slow look(const char *group, const char *after)
{
	struct slow s = {.group = group};
	int err = q_read(slow_in, &s);

	cr_assert(err == 0 || err == ERR_NOTFOUND, "%s", err_name(err));
	for (int how = 0; err == 0 && how < MDM_STANDS; how++)
		cr_assert_eq(s.counted[how], s.n[how], "%s after %s: %s: %d counted, %d are",
			group, after, mdm_stands_name((enum mdm_stands)how), (int)s.counted[how],
			(int)s.n[how]);
	return s;
}

static void look_all(const char *after)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		look(groups[i], after);
	look(MDM_GROUP_ALL, after);
	d_check();
}

/* --- what happens --- */

struct happening {
	uint32_t ipad;
	bool well;
};

/* The first command of ours in its line ends, one way or the other. */
static int report_in(struct store_txn *txn, void *arg)
{
	const struct happening *h = arg;
	struct mdm_enrollment e = ipad(h->ipad, MDM_ENROLLED);
	struct mdm_applied *list;
	struct mdm_command c;
	size_t n;
	int err = mdm_applied_list(txn, house.a, e.serial, &list, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (list[i].state != MDM_APPLIED_SENT && list[i].state != MDM_APPLIED_LEAVING)
			continue;
		err = mdm_command_find(txn, house.a, list[i].command, &c);
		if (err || !mdm_command_is_live(&c))
			return err;
		c.state = h->well ? MDM_ACKNOWLEDGED : MDM_ERROR;
		c.error = h->well ? NULL : "4001";
		return mdm_queue_finish(house.m, txn, &e, &c, q.now);
	}
	return err;
}

static int leave_in(struct store_txn *txn, void *arg)
{
	const struct happening *h = arg;
	struct mdm_enrollment e = ipad(h->ipad, MDM_CHECKED_OUT);
	int err = mdm_queue_forget(house.m, txn, e.udid, q.now);

	if (err == 0)
		err = mdm_desired_forget(txn, e.serial);
	return err ? err : mdm_enrollment_put(txn, &e);
}

static int back_in(struct store_txn *txn, void *arg)
{
	const struct happening *h = arg;
	struct mdm_enrollment e = ipad(h->ipad, MDM_ENROLLED);
	int err = mdm_enrollment_put(txn, &e);

	return err ? err : mdm_setup_queue(house.m, txn, &e, q.now);
}

static int group_del_in(struct store_txn *txn, void *arg)
{
	return mdm_group_del(house.m, txn, &q.who, arg, q.now, &q.r);
}

static const char *wish_change(const char *group)
{
	static const char *const names[] = {"{\"name\":\"Ett\"}", "{\"name\":\"Tre\"}"};
	struct mdm_item item = roll(2)
		? d_item(MDM_OF_GROUP, group, MDM_ITEM_PROFILE, "wifi", D_WIFI)
		: d_item(MDM_OF_GROUP, group, MDM_ITEM_SETTING, "device-name", names[roll(2)]);

	if (roll(3) == 0)
		(void)!d_del(item);
	else
		(void)!d_put(item);
	return "a wish";
}

static const char *step(void)
{
	struct happening h = {.ipad = roll(ENROLLED), .well = roll(3) > 0};
	const char *group = groups[roll(3)];

	switch (roll(12)) {
	case 0:
	case 1:
		(void)!d_member(group, serials[roll(IPADS)], true);
		return "in";
	case 2:
		(void)!d_member(group, serials[roll(IPADS)], false);
		return "out";
	case 3:
	case 4:
		return wish_change(group);
	case 5:
		cr_assert_eq(q_write(leave_in, &h), 0);
		return "it left";
	case 6:
		cr_assert_eq(q_write(back_in, &h), 0);
		return "it came back";
	case 7:
		(void)!q_write(roll(4) ? d_group_in : group_del_in, (void *)(uintptr_t)group);
		return "groups";
	default:
		cr_assert_eq(q_write(report_in, &h), 0);
		return "a report";
	}
}

static void fleet_enrol(void)
{
	for (uint32_t i = 0; i < ENROLLED; i++) {
		struct mdm_enrollment e = ipad(i, MDM_ENROLLED);

		q_enroll(&e);
	}
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		cr_assert_eq(d_group(groups[i]), 0);
}

Test(standing, counters_are_as_if_everybody_were_looked_at)
{
	uint64_t met[MDM_STANDS] = {0};

	fleet_enrol();
	for (int i = 0; i < STEPS; i++) {
		const char *after = step();

		if (roll(20) == 0)
			q.now += 3700; /* what was refused is tried again */
		d_tend();
		look_all(after);
		for (int how = 0; how < MDM_STANDS; how++)
			met[how] += look(groups[0], after).n[how];
	}
	for (int how = 0; how < MDM_STANDS; how++)
		cr_expect_gt(met[how], 20, "%s was met", mdm_stands_name((enum mdm_stands)how));
	q.now = HOUSE_NOW;
}

/* --- an older store --- */

static int empty_in(struct store_txn *txn, void *arg)
{
	static const enum store_table tables[] = {
		MDM_STANDING, MDM_STANDING_IN, MDM_STANDING_COUNT};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(tables) / sizeof(tables[0]); i++)
		err = clear_rows(txn, tables[i], NULL);
	return err;
}

Test(standing, an_older_store_is_counted_once)
{
	struct happening h = {.ipad = 0, .well = true};

	fleet_enrol();
	for (uint32_t i = 0; i < IPADS; i++)
		cr_assert_eq(d_member("en", serials[i], true), 0);
	cr_assert_eq(d_put(d_item(MDM_OF_GROUP, "en", MDM_ITEM_PROFILE, "wifi", D_WIFI)), 0);
	d_tend();
	cr_assert_eq(q_write(report_in, &h), 0);
	h = (struct happening){.ipad = 1, .well = false};
	cr_assert_eq(q_write(report_in, &h), 0);
	look_all("before");
	cr_assert_eq(q_write(empty_in, NULL), 0);
	cr_assert_eq(mdm_layout_renew(house.m), 0);
	look_all("filled");
	cr_expect_eq(look("en", "filled").n[MDM_STANDS_DONE], 1);
	cr_expect_eq(look("en", "filled").n[MDM_STANDS_FAILED], 1);
	cr_assert_eq(mdm_layout_renew(house.m), 0, "and no more");
	look_all("again");
}

/* --- the check sees what is wrong --- */

static unsigned faults;

static void fault_count(void *arg, const char *what)
{
	(void)arg;
	(void)what;
	faults++;
}

static int faults_in(struct store_txn *txn, void *arg)
{
	return mdm_standing_check(txn, fault_count, arg);
}

struct count_set {
	const char *group;
	uint64_t n;
};

static int count_set_in(struct store_txn *txn, void *arg)
{
	const struct count_set *x = arg;
	struct store_key k = store_key("sc", x->group, MDM_STANDS_WAITING), v = store_key("q", x->n);

	return store_put(txn, MDM_STANDING_COUNT, &k, bytes_of(v.b, v.n));
}

Test(standing, a_wrong_counter_is_told)
{
	struct count_set x = {"en", 7};

	fleet_enrol();
	cr_assert_eq(d_member("en", "A1", true), 0);
	cr_assert_eq(d_put(d_item(MDM_OF_GROUP, "en", MDM_ITEM_PROFILE, "wifi", D_WIFI)), 0);
	d_tend();
	cr_assert_eq(q_read(faults_in, NULL), 0);
	cr_expect_eq(faults, 0);
	cr_assert_eq(q_write(count_set_in, &x), 0);
	cr_assert_eq(q_read(faults_in, NULL), 0);
	cr_expect_eq(faults, 1);
	x.n = 1;
	cr_assert_eq(q_write(count_set_in, &x), 0);
}
