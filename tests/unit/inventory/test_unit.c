/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

static const char delivery[] = "serienummer;inventarienummer;status;iccid\n"
			       "DMPX1;INV-0001;i lager;8946000000000000001\n"
			       "dmpx 2;INV-0002;levererad;\n";

static int mark_as(struct shelf *s, const char *code, enum inv_state to)
{
	struct inv_mark mark = {.to = to, .phone = "033-35 70 00"};

	return inv_mark(s->inv, &SHELF_ACT(code, 2000), &mark, &s->r);
}

Test(unit, is_found_by_serial_and_by_item_number)
{
	struct shelf s;

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	cr_expect_str_eq(shelf_find(&s, "inv-0002").u.serial, "DMPX2");
	cr_expect_str_eq(shelf_find(&s, "dmpx2").u.item_number, "INV-0002");
	cr_expect_eq(shelf_find(&s, "DMPX1").u.state, INV_IN_STOCK);
	shelf_close(&s);
}

Test(unit, lost_and_found_are_told_in_history_tasks_and_audit)
{
	struct shelf s;
	struct shelf_find f;

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	cr_assert_eq(mark_as(&s, "DMPX1", INV_ON_LOAN), 0);
	cr_assert_eq(mark_as(&s, "DMPX1", INV_STOLEN), 0);
	f = shelf_find(&s, "DMPX1");
	cr_expect_eq(f.u.state, INV_STOLEN);
	cr_expect_eq(f.n, 3);
	cr_expect_str_eq(f.events[0].actor, "anna");
	cr_expect_eq(f.events[0].from, INV_ON_LOAN);
	cr_assert_eq(f.task_count, 1);
	cr_expect_str_eq(f.tasks[0].kind, "sim.stop");
	cr_expect_str_eq(f.tasks[0].detail, "8946000000000000001");

	cr_assert_eq(inv_found(s.inv, &SHELF_ACT("INV-0001", 3000), &s.r), 0);
	f = shelf_find(&s, "DMPX1");
	cr_expect_eq(f.u.state, INV_ON_LOAN, "found goes back to where it was");
	cr_expect_eq(f.task_count, 0, "nobody had stopped the SIM yet: nothing to open");
	shelf_close(&s);
}

Test(unit, what_is_noted_of_a_mark_is_told_in_history_without_a_persons_number)
{
	struct inv_mark mark = {.to = INV_REPAIR, .note = "hos 19121212-1212"};
	struct shelf s;

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	SHELF_REFUSED(&s, inv_mark(s.inv, &SHELF_ACT("DMPX1", 2000), &mark, &s.r), "note.identity");
	cr_expect_eq(shelf_find(&s, "DMPX1").u.state, INV_IN_STOCK);
	mark.note = "glaset sprack";
	SHELF_OK(&s, inv_mark(s.inv, &SHELF_ACT("DMPX1", 2000), &mark, &s.r));
	cr_expect_str_eq(shelf_find(&s, "DMPX1").events[0].text, "glaset sprack");
	/* lost already: the words change, and what is noted of that is told as well */
	cr_assert_eq(mark_as(&s, "DMPX1", INV_LOST), 0);
	mark = (struct inv_mark){.to = INV_LOST, .phone = "033-35 70 01", .note = "de ringde"};
	SHELF_OK(&s, inv_mark(s.inv, &SHELF_ACT("DMPX1", 2000), &mark, &s.r));
	cr_expect_str_eq(shelf_find(&s, "DMPX1").events[0].text, "de ringde");
	cr_expect_str_eq(shelf_find(&s, "DMPX1").events[0].kind, "note");
	shelf_close(&s);
}

Test(unit, a_stopped_sim_is_to_be_opened_again)
{
	struct shelf s;
	struct shelf_find f;

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	cr_assert_eq(mark_as(&s, "DMPX1", INV_LOST), 0);
	f = shelf_find(&s, "DMPX1");
	cr_assert_eq(f.task_count, 1);
	cr_assert_eq(inv_task_done(s.inv, &SHELF_ACT("DMPX1", 2500), f.tasks[0].id, &s.r), 0);
	cr_expect_eq(inv_task_done(s.inv, &SHELF_ACT("DMPX1", 2500), f.tasks[0].id, &s.r), ERR_REFUSED);
	cr_expect_eq(inv_task_done(s.inv, &SHELF_ACT("DMPX1", 2500), 999, &s.r), ERR_NOTFOUND);
	cr_assert_eq(inv_found(s.inv, &SHELF_ACT("DMPX1", 3000), &s.r), 0);
	f = shelf_find(&s, "DMPX1");
	cr_assert_eq(f.task_count, 1);
	cr_expect_str_eq(f.tasks[0].kind, "sim.open");
	shelf_close(&s);
}

Test(unit, a_refused_act_changes_nothing)
{
	struct shelf s;
	struct shelf_find before, after;

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	before = shelf_find(&s, "DMPX1");
	cr_assert_eq(mark_as(&s, "DMPX1", INV_IN_STOCK), ERR_REFUSED);
	cr_expect_str_eq(s.r.say->code, "unit.same-state");
	cr_expect(strstr(refusal_text(s.a, SAY_EN, &s.r), "INV-0001 is in stock already"));
	cr_assert_eq(inv_found(s.inv, &SHELF_ACT("DMPX1", 3000), &s.r), ERR_REFUSED);
	cr_expect_str_eq(s.r.say->code, "unit.not-lost");
	cr_assert_eq(mark_as(&s, "NOSUCH", INV_LOST), ERR_REFUSED);
	cr_expect_str_eq(s.r.say->code, "unit.unknown");
	after = shelf_find(&s, "DMPX1");
	cr_expect_eq(after.n, before.n);
	cr_expect_eq(after.u.changed_at, before.u.changed_at);
	shelf_close(&s);
}

struct hearing {
	struct shelf *s;
	const char *serial;
	bool trusted;
	struct mdm_command c;
};

static int enrol_in(struct store_txn *txn, void *arg)
{
	struct hearing *h = arg;
	struct mdm_events ev = inv_mdm_events(h->s->inv);
	struct mdm_enrollment e = {.udid = "U1", .serial = h->serial, .product = "iPad13,18"};
	int err = ev.enrolling(ev.ctx, txn, &e, &h->trusted, 5000);

	if (err == 0)
		err = ev.enrolled(ev.ctx, txn, &e, 5001);
	if (err == 0 && h->c.request)
		err = ev.command_done(ev.ctx, txn, &e, &h->c, 5002);
	return err;
}

Test(unit, an_unknown_serial_is_quarantined_until_somebody_says_it_is_ours)
{
	struct shelf s;
	struct hearing h = {.s = &s, .serial = "STRANGE1", .trusted = true};
	struct shelf_find f;

	shelf_open(&s);
	cr_assert_eq(store_write(s.st, enrol_in, &h), 0);
	cr_expect_not(h.trusted);
	f = shelf_find(&s, "STRANGE1");
	cr_expect_eq(f.u.state, INV_QUARANTINED);
	cr_expect(f.u.enrolled);
	cr_assert_eq(mark_as(&s, "STRANGE1", INV_ON_LOAN), ERR_REFUSED);
	cr_expect_str_eq(s.r.say->code, "unit.quarantined");
	cr_assert_eq(mark_as(&s, "STRANGE1", INV_DELIVERED), 0);
	cr_assert_eq(store_write(s.st, enrol_in, &h), 0);
	cr_expect(h.trusted);
	shelf_close(&s);
}

/* To mdm they are two iPads: the second may not speak for the first one's thing. */
Test(unit, another_spelling_of_a_serial_is_another_ipad)
{
	struct shelf s;
	struct hearing h = {.s = &s, .serial = "dmpx1", .trusted = true};

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	cr_assert_eq(store_write(s.st, enrol_in, &h), 0);
	cr_expect_not(h.trusted);
	cr_expect_not(shelf_find(&s, "DMPX1").u.enrolled);
	shelf_close(&s);
}

Test(unit, a_known_serial_is_trusted_and_its_story_tells_of_commands)
{
	struct shelf s;
	struct hearing h = {.s = &s,
		.serial = "DMPX1",
		.c = {.request = MDM_ENABLE_LOST_MODE,
			.request_type = "EnableLostMode",
			.state = MDM_ACKNOWLEDGED,
			.made_by = "anna"}};
	struct shelf_find f;

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	cr_assert_eq(store_write(s.st, enrol_in, &h), 0);
	cr_expect(h.trusted);
	f = shelf_find(&s, "DMPX1");
	cr_expect_str_eq(f.events[0].text, "EnableLostMode acknowledged");
	cr_expect_str_eq(f.events[0].actor, "anna");
	cr_expect_str_eq(f.events[1].kind, "enrolled");
	/* A query is no part of a thing's story. */
	h.c.request = MDM_DEVICE_INFORMATION;
	cr_assert_eq(store_write(s.st, enrol_in, &h), 0);
	cr_expect_str_eq(shelf_find(&s, "DMPX1").events[0].kind, "enrolled");
	shelf_close(&s);
}

/* What was wanted is so already: the story does not call it a failure. Any other error is one. */
Test(unit, a_lost_mode_that_was_over_already_has_not_failed_to_end)
{
	struct shelf s;
	struct hearing h = {.s = &s,
		.serial = "DMPX1",
		.c = {.request = MDM_DISABLE_LOST_MODE,
			.request_type = "DisableLostMode",
			.state = MDM_ERROR,
			.error_code = 12067,
			.made_by = "anna"}};

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	cr_assert_eq(store_write(s.st, enrol_in, &h), 0);
	cr_expect_str_eq(shelf_find(&s, "DMPX1").events[0].text, "DisableLostMode out_already");
	h.c.error_code = 12068;
	cr_assert_eq(store_write(s.st, enrol_in, &h), 0);
	cr_expect_str_eq(shelf_find(&s, "DMPX1").events[0].text, "DisableLostMode error");
	h.c.error_code = 12067;
	h.c.request = MDM_PLAY_LOST_MODE_SOUND;
	h.c.request_type = "PlayLostModeSound";
	cr_assert_eq(store_write(s.st, enrol_in, &h), 0);
	cr_expect_str_eq(shelf_find(&s, "DMPX1").events[0].text, "PlayLostModeSound error");
	shelf_close(&s);
}

struct paging {
	struct shelf *s;
	struct inv_list_ask ask;
	struct inv_unit *u;
	size_t n;
	uint64_t counts[INV_STATES];
};

static int page_in(struct store_txn *txn, void *arg)
{
	struct paging *p = arg;
	int err = inv_count_by_state(txn, p->counts);

	return err ? err : inv_unit_list(txn, p->s->a, &p->ask, &p->u, &p->n);
}

Test(unit, lists_go_page_by_page_and_counts_add_up)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	struct shelf s;
	struct paging p = {.s = &s, .ask = {.state = INV_IN_STOCK, .most = 7}};
	size_t seen = 0;
	const char *last = "";

	shelf_open(&s);
	buf_add_str(&csv, "serial,state\n");
	for (int i = 0; i < 40; i++)
		buf_printf(&csv, "S%03d,%s\n", i, i % 2 ? "in_stock" : "ordered");
	shelf_import(&s, buf_str(&csv), 0);
	do {
		cr_assert_eq(store_read(s.st, page_in, &p), 0);
		for (size_t i = 0; i < p.n; i++) {
			cr_expect_gt(strcmp(p.u[i].serial, last), 0);
			cr_expect_eq(p.u[i].state, INV_IN_STOCK);
			last = p.u[i].serial;
		}
		seen += p.n;
		p.ask.after = last;
	} while (p.n == 7);
	cr_expect_eq(seen, 20);
	cr_expect_eq(p.counts[INV_IN_STOCK], 20);
	cr_expect_eq(p.counts[INV_ORDERED], 20);
	shelf_close(&s);
}

struct naming {
	struct arena *a;
	const char *code, *serial;
};

static int name_in(struct store_txn *txn, void *arg)
{
	struct naming *n = arg;

	return inv_serial_find(txn, n->a, n->code, &n->serial);
}

Test(unit, a_code_leads_to_a_serial_number_and_a_stranger_s_to_itself)
{
	static const struct {
		const char *code, *serial;
	} cases[] = {
		{"inv-0002", "DMPX2"},
		{"dmpx1", "DMPX1"},
		{"GGHX9", "GGHX9"},
		{"no code \xff", "no code \xff"},
	};
	struct shelf s;

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct naming n = {.a = s.a, .code = cases[i].code};

		cr_assert_eq(store_read(s.st, name_in, &n), 0);
		cr_expect_str_eq(n.serial, cases[i].serial);
	}
	shelf_close(&s);
}

/* --- the police report --- */

static int stolen_with(struct shelf *s, const char *police)
{
	const struct inv_mark mark = {
		.to = INV_STOLEN, .phone = "033-35 70 00", .police = police};

	return inv_mark(s->inv, &SHELF_ACT("DMPX1", 2000), &mark, &s->r);
}

Test(unit, the_police_reports_number_goes_with_the_theft)
{
	struct shelf s;
	struct shelf_find f;

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	cr_expect_eq(stolen_with(&s, "19400101-1234"), ERR_REFUSED);
	cr_expect_str_eq(s.r.say->code, "unit.police");
	cr_expect_eq(shelf_find(&s, "DMPX1").u.state, INV_IN_STOCK, "all of it or nothing");
	cr_assert_eq(stolen_with(&s, "5000-K123456-26"), 0);
	f = shelf_find(&s, "DMPX1");
	cr_expect_str_eq(f.u.police, "5000-K123456-26");
	cr_expect_str_eq(f.events[0].kind, "police");
	cr_expect_str_eq(f.events[0].text, "5000-K123456-26");
	cr_assert_eq(mark_as(&s, "DMPX1", INV_DISCARDED), 0);
	cr_expect_str_eq(shelf_find(&s, "DMPX1").u.police, "5000-K123456-26", "given up, not closed");
	cr_assert_eq(mark_as(&s, "DMPX1", INV_IN_STOCK), 0);
	cr_expect_null(shelf_find(&s, "DMPX1").u.police, "the next theft has its own");
	shelf_close(&s);
}

Test(unit, the_number_may_come_later)
{
	struct shelf s;
	struct shelf_find f;

	shelf_open(&s);
	shelf_import(&s, delivery, 0);
	cr_expect_eq(inv_unit_police(s.inv, &SHELF_ACT("DMPX1", 2000), "K1", &s.r), ERR_REFUSED);
	cr_expect_str_eq(s.r.say->code, "unit.police-not-away");
	cr_assert_eq(stolen_with(&s, NULL), 0);
	cr_expect_null(shelf_find(&s, "DMPX1").u.police);
	cr_expect_eq(inv_unit_police(s.inv, &SHELF_ACT("DMPX1", 2000), "", &s.r), ERR_REFUSED);
	cr_assert_eq(inv_unit_police(s.inv, &SHELF_ACT("DMPX1", 2100), "5000-K99-26", &s.r), 0);
	f = shelf_find(&s, "DMPX1");
	cr_expect_str_eq(f.u.police, "5000-K99-26");
	cr_expect_str_eq(f.events[0].kind, "police");
	cr_assert_eq(inv_found(s.inv, &SHELF_ACT("DMPX1", 3000), &s.r), 0);
	cr_expect_null(shelf_find(&s, "DMPX1").u.police);
	shelf_close(&s);
}
