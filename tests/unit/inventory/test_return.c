/* SPDX-License-Identifier: EUPL-1.2 */
/* An iPad that comes back: asked, erased, judged. */
#include "inventory/inventory_int.h"
#include "tests/unit/inventory/shelf_mdm.h"

#define FACTS(level, lock)                                                             \
	"<key>QueryResponses</key><dict><key>BatteryLevel</key><real>" level "</real>" \
	"<key>IsActivationLockEnabled</key><" lock "/></dict>"

static void open_all(void)
{
	shelf_mdm_open("serial,state\n" Q_SERIAL ",in_stock\nLAMP1,in_stock\n");
}

static void fault(void *arg, const char *what)
{
	cr_expect(false, "%s", what);
}

static int check_in(struct store_txn *txn, void *arg)
{
	return inv_check(txn, fault, NULL);
}

static void close_all(void)
{
	cr_expect_eq(q_read(check_in, NULL), 0);
	inv_close(inv);
	house_close();
}

TestSuite(back, .init = open_all, .fini = close_all);

#define ACT(c) ((struct inv_act){.who = &q.who, .code = (c), .now = q.now})

static int mark(enum inv_state to, enum mdm_choice erase)
{
	const struct inv_mark m = {.to = to, .erase = erase, .preserve_data_plan = MDM_YES};

	return inv_mark(inv, &ACT(Q_SERIAL), &m, &q.r);
}

static int judge(enum inv_verdict v, bool looked)
{
	const struct inv_judgement j = {.verdict = v, .looked = looked};

	return inv_return_finish(inv, &ACT(Q_SERIAL), &j, &q.r);
}

struct now {
	struct inv_return r;
	struct inv_unit u;
	struct inv_event *e;
	size_t n;
	struct inv_task *tasks;
	size_t task_count;
};

static int now_in(struct store_txn *txn, void *arg)
{
	struct now *x = arg;
	int err = inv_unit_get(txn, house.a, Q_SERIAL, &x->u);

	if (err == 0)
		err = inv_return_get(txn, house.a, Q_SERIAL, &x->r);
	if (err == 0)
		err = inv_history_list(txn, Q_SERIAL, STORE_PIECE_N(house.a, 0, 50), &x->e, &x->n);
	return err ? err : inv_task_list(txn, house.a, true, 50, &x->tasks, &x->task_count);
}

static struct now now(void)
{
	struct now x;

	cr_assert_eq(q_read(now_in, &x), 0);
	return x;
}

static void expect(uint32_t phase, uint32_t proof)
{
	struct now x = now();

	cr_expect_eq(x.r.phase, phase, "%s", inv_return_phase_name(x.r.phase));
	cr_expect_eq(x.r.proof, proof, "%s", inv_proof_name(x.r.proof));
}

/* The session in which it tells how it is, up to what it is handed next. */
static const char *tell(const char *facts)
{
	cr_assert_str_eq(q_poll(), "DeviceInformation");
	cr_assert_str_eq(
		q_answer(q_next_uuid(), "Acknowledged", facts), "ActivationLockBypassCode");
	return q_answer(q_next_uuid(), "Error", "");
}

static int enrolled_in(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment *e = arg;
	int err = mdm_enrollment_put(txn, e);

	return err ? err : mdm_event_enrolled(house.m, txn, e, q.now);
}

/* As Authenticate and TokenUpdate leave it. */
static void enrol_anew(void)
{
	struct mdm_enrollment e = q_enrollment();

	e.authenticated_at = e.enrolled_at = q.now;
	cr_assert_eq(q_write(enrolled_in, &e), 0);
}

static void take_back(void)
{
	cr_assert_eq(mark(INV_ON_LOAN, MDM_NOT_CHOSEN), 0);
	q.now += 100;
	cr_assert_eq(mark(INV_IN_STOCK, MDM_YES), 0, "%s", q.r.say ? q.r.say->code : "");
	expect(INV_RETURN_ASKING, INV_PROOF_NONE);
}

Test(back, asked_erased_back_and_lent_again)
{
	struct now x;

	take_back();
	cr_expect_eq(mark(INV_ON_LOAN, MDM_NOT_CHOSEN), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "return.open");
	cr_expect_eq(judge(INV_VERDICT_LEND, false), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "return.unproved");
	cr_assert_str_eq(tell(FACTS("0.5", "false")), "EraseDevice");
	expect(INV_RETURN_ERASING, INV_PROOF_NONE);
	q.now += 5;
	q_answer(q_next_uuid(), "Acknowledged", "");
	expect(INV_RETURN_ERASED, INV_PROOF_SAID);
	cr_assert_eq(inv_tend(inv, q.now + 60), 0);
	expect(INV_RETURN_ERASED, INV_PROOF_SAID);
	q.now += 300;
	enrol_anew();
	expect(INV_RETURN_JUDGING, INV_PROOF_BACK);
	cr_expect_eq(now().r.battery, 51);
	cr_assert_eq(judge(INV_VERDICT_CHARGE, false), 0);
	x = now();
	cr_expect_eq(x.r.phase, INV_RETURN_DONE);
	cr_expect_eq(x.u.state, INV_IN_STOCK);
	cr_assert_eq(x.task_count, 1);
	cr_expect_str_eq(x.tasks[0].kind, "charge");
	cr_expect_str_eq(x.e[0].kind, "return");
	cr_expect_str_eq(x.e[0].text, "charge");
	cr_expect_eq(judge(INV_VERDICT_LEND, true), ERR_REFUSED, "once");
	cr_assert_eq(mark(INV_ON_LOAN, MDM_NOT_CHOSEN), 0);
}

Test(back, a_lock_that_is_on_holds_the_erase)
{
	take_back();
	cr_assert_null(tell(FACTS("0.5", "true")));
	expect(INV_RETURN_LOCKED, INV_PROOF_NONE);
	cr_assert_eq(inv_tend(inv, q.now + 60), 0);
	cr_expect_eq(q_line().n, 0, "not asked again at once");
	q.now += 1000;
	cr_assert_eq(inv_tend(inv, q.now), 0);
	cr_assert_str_eq(tell(FACTS("0.5", "false")), "EraseDevice");
	expect(INV_RETURN_ERASING, INV_PROOF_NONE);
}

Test(back, a_person_need_not_wait)
{
	take_back();
	cr_assert_eq(inv_return_go(inv, &ACT(Q_SERIAL), false, &q.r), 0);
	expect(INV_RETURN_ERASING, INV_PROOF_NONE);
	cr_expect_eq(q_line().n, 3);
	cr_expect_eq(inv_return_go(inv, &ACT(Q_SERIAL), false, &q.r), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "return.nothing-waits");
	cr_expect_eq(inv_return_go(inv, &ACT("LAMP1"), false, &q.r), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "return.none");
	cr_expect_eq(inv_return_go(inv, &ACT("NOSUCH"), false, &q.r), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "unit.unknown");
}

Test(back, what_says_so_and_speaks_as_before_is_not_erased)
{
	take_back();
	cr_assert_str_eq(tell(FACTS("0.5", "false")), "EraseDevice");
	q_answer(q_next_uuid(), "Acknowledged", "");
	q.now += 30;
	q_poll();
	cr_assert_eq(inv_tend(inv, q.now), 0);
	expect(INV_RETURN_JUDGING, INV_PROOF_SPOKE);
	cr_expect_eq(judge(INV_VERDICT_LESSOR, false), ERR_REFUSED);
	cr_assert_eq(judge(INV_VERDICT_REPAIR, false), 0);
	cr_expect_eq(now().u.state, INV_REPAIR);
}

/* What it put off while it lay locked ends with its erase, and says nothing of it. */
Test(back, what_still_waits_in_its_line_does_not_speak_for_it)
{
	take_back();
	cr_assert_str_eq(tell(FACTS("0.5", "false")), "EraseDevice");
	cr_assert_eq(q_ask((struct mdm_ask){.request = MDM_DEVICE_INFORMATION}), 0);
	q_answer(q_next_uuid(), "Acknowledged", "");
	expect(INV_RETURN_ERASED, INV_PROOF_SAID);
	q.now += 30;
	enrol_anew();
	expect(INV_RETURN_JUDGING, INV_PROOF_BACK);
}

/* The week in which it may answer is not over because the clock says so. */
Test(back, a_clock_that_leaps_erases_nothing)
{
	bool steady;

	take_back();
	cr_assert_eq(audit_clock_watch(house.st, q.now, &steady), 0);
	q.now += 900 * INT64_C(86400);
	cr_assert_eq(audit_clock_watch(house.st, q.now, &steady), 0);
	cr_assert_not(steady);
	cr_assert_eq(inv_tend(inv, q.now), 0);
	expect(INV_RETURN_ASKING, INV_PROOF_NONE);
	cr_assert_eq(audit_clock_confirm(house.st, &q.who, q.now, &q.r), 0);
	cr_assert_eq(inv_tend(inv, q.now), 0);
	expect(INV_RETURN_ERASING, INV_PROOF_NONE);
}

/* What goes to the next borrower is not erased in their hands. */
Test(back, seen_with_own_eyes_the_waiting_erase_is_taken_back)
{
	take_back();
	cr_assert_eq(inv_return_go(inv, &ACT(Q_SERIAL), false, &q.r), 0);
	q.now += 15 * 86400;
	cr_assert_eq(inv_tend(inv, q.now), 0);
	expect(INV_RETURN_JUDGING, INV_PROOF_SILENT);
	cr_assert_eq(judge(INV_VERDICT_LEND, true), 0, "%s", q.r.say ? q.r.say->code : "");
	for (size_t i = 0; i < q_line().n; i++)
		cr_expect_str_neq(q_line().c[i].request_type, "EraseDevice");
}

Test(back, to_the_lessor_and_home_again)
{
	cr_assert_eq(mark(INV_RETURNED_TO_LESSOR, MDM_YES), 0);
	cr_assert_str_eq(tell(FACTS("0.5", "false")), "EraseDevice");
	q_answer(q_next_uuid(), "Acknowledged", "");
	cr_assert_eq(judge(INV_VERDICT_LESSOR, false), 0);
	cr_expect_eq(now().u.state, INV_RETURNED_TO_LESSOR);
}

Test(back, without_an_erase_somebody_must_look)
{
	cr_assert_eq(mark(INV_ON_LOAN, MDM_NOT_CHOSEN), 0);
	cr_assert_eq(mark(INV_IN_STOCK, MDM_NO), 0);
	cr_assert_null(tell(FACTS("0.1", "true")));
	expect(INV_RETURN_JUDGING, INV_PROOF_NONE);
	cr_expect_eq(judge(INV_VERDICT_LEND, false), ERR_REFUSED);
	cr_assert_eq(judge(INV_VERDICT_LEND, true), 0);
}

struct opening {
	const char *code;
	struct inv_return_ask ask;
};

static int opening_in(struct store_txn *txn, void *arg)
{
	struct opening *o = arg;

	return inv_return_open(inv, txn, &ACT(o->code), &o->ask, &q.r);
}

Test(back, opened_by_a_check_in)
{
	struct opening o = {.code = Q_SERIAL, .ask = {.erase = MDM_YES, .loan = "10442"}};
	struct opening lamp = {.code = "LAMP1", .ask = {.erase = MDM_NOT_CHOSEN}};

	cr_expect_eq(q_write(opening_in, &o), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "unit.choose-plan");
	o.ask.preserve_data_plan = MDM_NO;
	cr_assert_eq(q_write(opening_in, &o), 0);
	cr_expect_str_eq(now().r.loan, "10442");
	cr_assert_eq(q_write(opening_in, &o), 0, "again: the new choices stand");
	cr_expect_eq(now().r.number, 2);
	cr_assert_eq(q_write(opening_in, &lamp), 0, "a lamp has no return");
	q.r = (struct refusal){0};
	o.ask.erase = MDM_NOT_CHOSEN;
	cr_expect_eq(q_write(opening_in, &o), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "unit.choose-erase");
}

/* --- what was the borrower's own --- */

struct own {
	const char *serial, *mailing;
	size_t n;
	struct mdm_mailing sent;
};

static int own_in(struct store_txn *txn, void *arg)
{
	struct own *x = arg;
	struct mdm_item *items;
	int err = mdm_item_list(house.m, txn, house.a, MDM_OF_IPAD, x->serial, &items, &x->n);

	return err || !x->mailing ? err : mdm_mailing_get(txn, house.a, x->mailing, &x->sent);
}

static struct own own_of(const char *serial, const char *mailing)
{
	struct own x = {.serial = serial, .mailing = mailing};

	cr_assert_eq(q_read(own_in, &x), 0);
	return x;
}

static int send_in(struct store_txn *txn, void *arg)
{
	const struct mdm_mailing want = {.kind = MDM_MAILING_LINK,
		.title = "Till Anna",
		.serial = Q_SERIAL,
		.url = "https://anna.example.se/",
		.starts_at = q.now + 86400};

	return mdm_mailing_add(
		house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, &want, house.a, arg);
}

/* A preset, a network and the iPad's name; and a link that has not begun. Its id. */
static const char *put_own(void)
{
	struct mdm_mailing made = {0};

	cr_assert_eq(d_put(d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_SETTING, "accessibility",
			     "{\"text_size\":11,\"voice_over\":true}")),
		0);
	cr_assert_eq(d_put(d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_SETTING, "device-name",
			     "{\"name\":\"Platta 12\"}")),
		0);
	cr_assert_eq(d_put(d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_PROFILE, "wifi", D_WIFI)), 0);
	q_obey();
	cr_assert_eq(q_write(send_in, &made), 0);
	return made.id;
}

static size_t count_in_line(const char *type)
{
	size_t n = 0;

	for (size_t i = 0; i < q_line().n; i++)
		n += text_equal(q_line().c[i].request_type, type);
	return n;
}

static size_t cleaned_told(void)
{
	struct now x = now();
	size_t n = 0;

	for (size_t i = 0; i < x.n; i++)
		n += text_equal(x.e[i].kind, "cleaned");
	return n;
}

Test(back, what_was_the_borrowers_own_goes_with_the_erase)
{
	const char *sent = put_own();

	take_back();
	cr_assert_str_eq(tell(FACTS("0.5", "false")), "EraseDevice");
	cr_expect_eq(own_of(Q_SERIAL, sent).n, 3, "not erased yet");
	cr_expect_eq(own_of(Q_SERIAL, sent).sent.state, MDM_MAILING_PLANNED);
	q_answer(q_next_uuid(), "Acknowledged", "");
	cr_expect_eq(own_of(Q_SERIAL, sent).n, 1, "its name");
	cr_expect_eq(own_of(Q_SERIAL, sent).sent.state, MDM_MAILING_WITHDRAWN);
	cr_expect(own_of(Q_SERIAL, sent).sent.returned);
	cr_expect_eq(now().r.cleaned_at, q.now);
	q.now += 300;
	enrol_anew();
	q.now += 2 * 86400;
	d_tend();
	cr_expect_eq(count_in_line("InstallProfile"), 0, "neither the network nor the link");
	cr_expect_eq(count_in_line("Settings"), 1, "its name alone");
	cr_assert_eq(judge(INV_VERDICT_LEND, false), 0);
	cr_expect_eq(cleaned_told(), 1, "once");
}

Test(back, erased_by_hand_it_goes_when_the_return_ends)
{
	const char *sent = put_own();

	cr_assert_eq(mark(INV_ON_LOAN, MDM_NOT_CHOSEN), 0);
	cr_assert_eq(mark(INV_IN_STOCK, MDM_NO), 0);
	cr_assert_null(tell(FACTS("0.5", "false")));
	cr_expect_eq(own_of(Q_SERIAL, sent).n, 3);
	cr_assert_eq(judge(INV_VERDICT_LEND, true), 0);
	cr_expect_eq(own_of(Q_SERIAL, sent).n, 1);
	cr_expect(own_of(Q_SERIAL, sent).sent.returned);
	cr_expect_eq(cleaned_told(), 1);
}

static int swap_in(struct store_txn *txn, void *arg)
{
	return mdm_desired_move(house.m, txn, &q.who, Q_SERIAL, arg, q.now, &q.r);
}

/* Set up anew without a return, it is the borrower's still; so is the one that takes its place. */
Test(back, a_reset_and_a_swap_keep_it)
{
	const char *sent = put_own();

	cr_assert_eq(mark(INV_ON_LOAN, MDM_NOT_CHOSEN), 0);
	q.now += 100;
	enrol_anew();
	cr_expect_eq(own_of(Q_SERIAL, sent).n, 3);
	cr_expect_eq(own_of(Q_SERIAL, sent).sent.state, MDM_MAILING_PLANNED);
	q_obey();
	cr_assert_eq(q_write(swap_in, (void *)(uintptr_t) "C39NEW000001"), 0);
	d_tend();
	q_obey();
	q.now += 100;
	cr_assert_eq(mark(INV_IN_STOCK, MDM_YES), 0);
	cr_assert_str_eq(tell(FACTS("0.5", "false")), "EraseDevice");
	q_answer(q_next_uuid(), "Acknowledged", "");
	cr_expect_eq(own_of("C39NEW000001", NULL).n, 3);
}
