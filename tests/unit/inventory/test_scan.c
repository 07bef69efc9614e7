/* SPDX-License-Identifier: EUPL-1.2 */
/* The scan box against a whole store: every kind of code, and a scan that is told twice. */
#include "tests/unit/inventory/counter.h"

#include "inventory/agreement.h"

static struct counter c;

static void begin(void)
{
	counter_open(&c);
}

static void end(void)
{
	counter_end(&c);
}

static struct inv_scanned scan_as(const char *raw, const char *key)
{
	return counter_scan(&c, raw, key);
}

/* What it did; of a no, the sentence's code. */
static const char *did(const char *raw)
{
	struct inv_scanned s = scan_as(raw, NULL);

	return s.tone == INV_TONE_YES ? s.did : s.said.say->code;
}

static const char *add_person(const char *card)
{
	const struct people_edit who = {.zone = PEOPLE_LIBRARY,
		.kind = "senior",
		.given = "Test",
		.family = "Person",
		.card = card};
	const struct people_caller by = {&counter_anna, PEOPLE_ZONES, COUNTER_NOW - 1000};
	char id[PEOPLE_ID];

	cr_assert_eq(people_add(c.people, &by, &who, id, &c.r), 0, "%s", counter_said(&c));
	return arena_strdup(c.a, id);
}

static void add_place(const char *id)
{
	const struct inv_place p = {
		.id = id, .kind = INV_PLACE_DESK, .name = {"Disken", "Tiski", "The desk"}};

	cr_assert_eq(inv_place_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW - 1000), &p, true, &c.r), 0,
		"%s", counter_said(&c));
}

/* Its code, as it is printed. */
static const char *add_agreement(uint64_t loan)
{
	const struct people_caller by = {&counter_anna, PEOPLE_LIBRARY, c.by.now};
	const struct inv_loan_ask_paper ask = {.loan = loan, .organisation = "Testkommun"};
	char id[INV_AGREEMENT_ID];

	cr_assert_eq(inv_loan_agreement_make(c.inv, c.people, &by, &ask, &c.r, id), 0, "%s",
		counter_said(&c));
	return arena_printf(c.a, "A-%s", id + 1);
}

Test(scan, takes_every_kind_of_code_that_is_printed, .init = begin, .fini = end)
{
	char number[INV_LOAN_NUMBER];
	const char *agreement, *person;
	struct inv_scanned s;
	uint64_t loan;

	add_place("disken");
	person = add_person("KTEST0001");
	cr_expect_str_eq(did("P-DISKEN\r"), "place");
	cr_expect_str_eq(did("P-NOWHERE\r"), "scan.no-place");
	cr_expect_str_eq(did("KTEST0001\r\n"), "borrower");
	cr_expect_str_eq(did("VB-0001\t"), "added");
	cr_expect_str_eq(did("vb0002\r\n"), "scan.near");
	cr_expect_str_eq(did("VB-0002VB-0002\r"), "added");
	s = scan_as("C-KLAR\r", NULL);
	cr_assert_str_eq(s.did, "lent");
	loan = s.loan;
	cr_expect_str_eq(did("C-SKRIV"), "print");
	cr_expect_str_eq(did(inv_loan_number(loan, number)), "loan");
	cr_expect_str_eq(did("L-10008"), "scan.bad-loan");
	/* the agreement of that loan leads to it, however its letters were typed */
	agreement = add_agreement(loan);
	s = scan_as(agreement, NULL);
	cr_expect_str_eq(s.did, "loan");
	cr_expect_eq(s.loan, loan);
	cr_expect_str_eq(did("A-NOSUCH"), "scan.no-agreement");
	c.by.zones = PEOPLE_CARE;
	cr_expect_str_eq(did(agreement), "scan.no-agreement", "nothing of another zone");
	c.by.zones = PEOPLE_LIBRARY;
	/* found by name, chosen from the own page: by the id in its address */
	cr_expect_str_eq(did("C-AVBRYT"), "cleared");
	cr_expect_str_eq(did(person), "borrower");
	cr_expect_str_eq(did("bnosuchone1"), "scan.unknown");
	/* in the mode of renewing it renews */
	cr_expect_str_eq(did("C-AVBRYT"), "cleared");
	cr_expect_str_eq(did("C-OMLAN"), "mode");
	cr_expect_str_eq(did(agreement), "renew.same");
	c.by.now += 7 * DAY_S;
	cr_expect_str_eq(did(agreement), "renewed");
	cr_expect_str_eq(did("C-ANGRA"), "undone");
	cr_expect_str_eq(did("C-RETUR"), "mode");
	cr_expect_str_eq(did("VB-0001"), "returned");
	cr_expect_str_eq(did("C-ANGRA"), "undone");
	cr_expect_str_eq(did("C-LAN"), "mode");
	cr_expect_str_eq(did("C-NOSUCH"), "scan.unknown");
}

Test(scan, renews_what_comes_next_when_the_loan_on_the_desk_is_all_back, .init = begin,
	.fini = end)
{
	add_person("KTEST0001");
	cr_expect_str_eq(did("KTEST0001"), "borrower");
	cr_expect_str_eq(did("VB-0001"), "added");
	cr_expect_str_eq(did("C-KLAR"), "lent");
	cr_expect_str_eq(did("C-AVBRYT"), "cleared");
	cr_expect_str_eq(did("KTEST0001"), "borrower");
	cr_expect_str_eq(did("VB-0002"), "added");
	cr_expect_str_eq(did("C-KLAR"), "lent");
	cr_expect_str_eq(did("C-RETUR"), "mode");
	cr_expect_str_eq(did("VB-0001"), "returned");
	cr_expect_str_eq(did("C-OMLAN"), "mode");
	c.by.now += 7 * DAY_S;
	cr_expect_str_eq(did("VB-0002"), "renewed");
	c.by.now += 7 * DAY_S;
	cr_expect_str_eq(did("C-OMLAN"), "renewed", "its loan is on the desk, and out");
}

static void expect_said(const char *raw, const char *sv, const char *fi, const char *en)
{
	const char *const want[] = {[SAY_SV] = sv, [SAY_FI] = fi, [SAY_EN] = en};
	struct inv_scanned s = scan_as(raw, NULL);

	for (enum say_lang i = 0; i < SAY_LANGS; i++) {
		const char *said = refusal_text(c.a, i, &s.said);

		cr_expect(strstr(said, want[i]), "%s: not of \"%s\"", said, want[i]);
	}
}

static int last_in(struct store_txn *txn, void *arg)
{
	return inv_last_get(txn, c.a, counter_anna.actor, c.by.desk, arg);
}

/* What C-ANGRA would undo, in Swedish. */
static const char *undoable(void)
{
	struct inv_last last;

	cr_assert_eq(store_read(c.st, last_in, &last), 0);
	return inv_last_text(c.a, SAY_SV, &last);
}

Test(scan, says_one_thing_as_one_and_two_as_two, .init = begin, .fini = end)
{
	struct inv_scanned s;
	char number[INV_LOAN_NUMBER];

	add_person("KTEST0001");
	did("KTEST0001");
	did("VB-0001");
	expect_said("C-KLAR", "Utlämnat: 1 sak på", "Luovutettu: 1 esine lain", "Lent: 1 thing on");
	cr_expect(strstr(undoable(), "utlämning av 1 sak till"), "%s", undoable());
	c.by.now += 7 * DAY_S;
	expect_said("C-OMLAN", "Omlånat: 1 sak, åter", "Uusittu: 1 esine, pal", "Renewed: 1 thing, due");
	cr_expect(strstr(undoable(), "omlån av 1 sak på"), "%s", undoable());
	did("C-AVBRYT");
	did("KTEST0001");
	did("VB-0002");
	did("VB-0003");
	s = scan_as("C-KLAR", NULL);
	cr_expect(strstr(undoable(), "utlämning av 2 saker till"), "%s", undoable());
	did("C-LAN");
	inv_loan_number(s.loan, number);
	expect_said(number, ": 2 saker ute", ": 2 esinettä lainassa", ": 2 things out");
	did("C-RETUR");
	did("VB-0003");
	expect_said(number, ": 1 sak ute", ": 1 esine lainassa", ": 1 thing out");
}

static int open_lines_in(struct store_txn *txn, void *arg)
{
	struct inv_loan_counts n;
	int err = inv_loan_count(txn, &n);

	if (err == 0)
		*(uint64_t *)arg = n.open_lines;
	return err;
}

static uint64_t open_lines(void)
{
	uint64_t n = 0;

	cr_assert_eq(store_read(c.st, open_lines_in, &n), 0);
	return n;
}

static int answers_in(struct store_txn *txn, void *arg)
{
	return store_count(txn, INV_SCAN_ANSWER, arg);
}

static uint64_t answers(void)
{
	uint64_t n = 0;

	cr_assert_eq(store_read(c.st, answers_in, &n), 0);
	return n;
}

Test(scan, that_is_told_twice_is_done_once, .init = begin, .fini = end)
{
	struct inv_out_result out;
	struct inv_scanned s;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	s = scan_as("VB-0001\r", "key-0001");
	cr_assert_str_eq(s.did, "returned");
	cr_expect_not(s.again);
	cr_expect_eq(open_lines(), 1);
	/* The answer was lost: it is given again, in each language, and nothing is done. */
	s = scan_as("VB-0001\r", "key-0001");
	cr_expect(s.again);
	cr_expect_str_eq(s.did, "returned");
	cr_expect_eq(s.tone, INV_TONE_YES);
	cr_expect_eq(s.loan, out.loan);
	cr_expect(strstr(s.told[SAY_SV], "återlämnad"), "%s", s.told[SAY_SV]);
	cr_expect(strstr(s.told[SAY_EN], "is back"), "%s", s.told[SAY_EN]);
	cr_expect_eq(s.desk.line_count, 1);
	cr_expect_eq(open_lines(), 1);
	/* With another key, or another code under it, it is another scan. */
	s = scan_as("VB-0001\r", "key-0002");
	cr_expect_eq(s.tone, INV_TONE_NO);
	s = scan_as("VB-0002\r", "key-0001");
	cr_expect_not(s.again);
	cr_expect_eq(open_lines(), 0);
	/* Undone once, not twice: there would be something more to undo. */
	cr_expect_str_eq(scan_as("C-ANGRA", "key-0003").did, "undone");
	cr_expect_str_eq(scan_as("C-ANGRA", "key-0003").did, "undone");
	cr_expect_eq(open_lines(), 1);
}

Test(scan, of_a_burst_told_again_goes_on_where_it_was, .init = begin, .fini = end)
{
	struct inv_scanned s = scan_as("VB-0003\rVB-0004\rNOSUCH\rVB-0005\r", "burst-01");

	cr_expect_str_eq(s.key, "burst-01.2");
	cr_expect_str_eq(s.said.say->code, "scan.unknown");
	cr_expect_eq(s.desk.line_count, 2);
	s = scan_as("VB-0003\rVB-0004\rNOSUCH\rVB-0005\r", "burst-01");
	cr_expect(s.again);
	cr_expect_eq(s.tone, INV_TONE_NO);
	cr_expect_str_eq(s.said_code, "scan.unknown");
	cr_expect_gt(s.door_count, 0);
	cr_expect_str_eq(say_plain(s.doors[0].label, SAY_EN), "Search");
	cr_expect_eq(s.desk.line_count, 2);
}

Test(scan, is_recalled_by_its_own_desk_for_a_day, .init = begin, .fini = end)
{
	struct inv_scanned s = scan_as("VB-0003", "recall-1");
	char key[24];
	size_t n;

	cr_assert_eq(inv_scan_recall(c.inv, &c.by, "recall-1", c.a, &s), 0);
	cr_expect_str_eq(s.did, "added");
	cr_expect_str_eq(s.raw, "VB-0003");
	cr_expect_eq(s.desk.line_count, 1);
	c.by.desk = "annan";
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "recall-1", c.a, &s), ERR_NOTFOUND);
	c.by.desk = NULL;
	c.by.who = &counter_bo;
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "recall-1", c.a, &s), ERR_NOTFOUND);
	c.by.who = &counter_anna;
	/* A desk keeps its newest, and those of today. */
	for (int i = 0; i < 70; i++) {
		snprintf(key, sizeof(key), "many-%04d", i);
		c.by.now++;
		scan_as("C-AVBRYT", key);
	}
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "recall-1", c.a, &s), ERR_NOTFOUND);
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "many-0069", c.a, &s), 0);
	c.by.now += DAY_S;
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "many-0069", c.a, &s), ERR_NOTFOUND);
	cr_expect_eq(answers(), 64);
	cr_assert_eq(inv_circulation_tend(c.inv, c.by.now, 10, &n), 0);
	cr_expect_eq(answers(), 0);
}

Test(scan, that_did_nothing_writes_nothing_and_is_told_again, .init = begin, .fini = end)
{
	uint64_t before = store_version(c.st);
	struct inv_scanned s = scan_as("NOSUCH-1", "no-00001");

	cr_expect_eq(s.tone, INV_TONE_NO);
	cr_expect_not(s.again);
	cr_expect_eq(store_version(c.st), before);
	s = scan_as("NOSUCH-1", "no-00001");
	cr_expect(s.again);
	cr_expect_str_eq(s.said_code, "scan.unknown");
	cr_expect_eq(answers(), 0);
	cr_assert_eq(inv_scan_recall(c.inv, &c.by, "no-00001", c.a, &s), 0);
	cr_expect_str_eq(s.raw, "NOSUCH-1");
	cr_expect_eq(s.tone, INV_TONE_NO);
	/* The next under the same key does something: that is what is told from then on. */
	cr_expect_str_eq(scan_as("VB-0003", "no-00001").did, "added");
	cr_assert_eq(inv_scan_recall(c.inv, &c.by, "no-00001", c.a, &s), 0);
	cr_expect_str_eq(s.did, "added");
	cr_expect(scan_as("VB-0003", "no-00001").again);
	cr_assert_eq(inv_scan_recall(c.inv, &c.by, "no-00001", c.a, &s), 0);
	/* Another's key of the same name is another key, and yesterday's is forgotten. */
	scan_as("NOSUCH-2", "no-00002");
	c.by.who = &counter_bo;
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "no-00002", c.a, &s), ERR_NOTFOUND);
	c.by.who = &counter_anna;
	c.by.now += DAY_S;
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "no-00002", c.a, &s), ERR_NOTFOUND);
}

Test(scan, of_more_noes_than_are_kept, .init = begin, .fini = end)
{
	struct inv_scanned s;
	char key[24];

	for (int i = 0; i < 300; i++) {
		snprintf(key, sizeof(key), "noes-%04d", i);
		scan_as("NOSUCH-1", key);
	}
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "noes-0043", c.a, &s), ERR_NOTFOUND);
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "noes-0044", c.a, &s), 0);
	cr_expect_eq(inv_scan_recall(c.inv, &c.by, "noes-0299", c.a, &s), 0);
}

/* A bell of a button and a receiver, lent. */
static void lend_bell(const char *code)
{
	static const struct inv_part parts[] = {{.pos = 1, .name = "knapp", .expected = 1},
		{.pos = 2, .name = "mottagare", .expected = 1},
		{.pos = 3, .name = "batteri", .expected = 2, .consumable = true}};
	const struct inv_act act = {&counter_anna, code, COUNTER_NOW};
	struct inv_out_result out;

	cr_assert_eq(inv_template_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), "ringklocka", parts, 3,
			     &c.r),
		0, "%s", counter_said(&c));
	cr_assert_eq(inv_kit_begin(c.inv, &act, &c.r), 0, "%s", counter_said(&c));
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, code), 0, "%s", counter_said(&c));
}

/* One came back, and of another's kit it is asked: the card that renews means neither loan by itself. */
Test(scan, a_question_about_anothers_thing_leaves_the_loan_before_it, .init = begin, .fini = end)
{
	struct inv_out_result out;
	struct inv_scanned s;

	lend_bell("VB-0001");
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &out, "VB-0007", "VB-0008"), 0, "%s", counter_said(&c));
	c.by.now += 7 * DAY_S;
	cr_expect_eq(counter_scan(&c, "VB-0007", NULL).desk.loan, out.loan);
	s = counter_scan(&c, "VB-0001", NULL);
	cr_expect_eq(s.tone, INV_TONE_ASK);
	cr_expect_eq(s.desk.loan, 0);
	s = counter_scan(&c, "C-OMLAN", NULL);
	cr_expect_str_neq(s.did, "renewed");
	cr_expect_eq(counter_look(&c, out.loan, NULL, NULL).f.lines[1].renewals, 0);
	s = counter_scan(&c, "VB-0008", NULL);
	cr_expect_str_eq(s.did, "renewed", "what comes is meant");
}

Test(scan, of_a_kit_that_comes_back_asks_whether_all_is_there, .init = begin, .fini = end)
{
	struct inv_scan_ask ask = {bytes_of_str("VB-0001"), INV_YES_SWAP, "kit-00001"};
	struct inv_scanned s;

	lend_bell("VB-0001");
	cr_assert_eq(inv_scan(c.inv, &c.by, &ask, c.a, &s), 0);
	cr_expect_eq(s.tone, INV_TONE_ASK);
	cr_expect_eq(s.asks, INV_YES_WHOLE | INV_YES_SWAP, "what was answered goes along");
	cr_expect_str_eq(refusal_text(c.a, SAY_SV, &s.said),
		"Är allt med till VB-0001? knapp, mottagare.", "batteries need not come back");
	cr_assert_eq(s.door_count, 2);
	cr_expect_str_eq(s.doors[0].act, "whole");
	cr_expect_str_eq(s.doors[1].act, "missing");
	cr_expect_neq(s.loan, 0, "the door leads to the loan");
	cr_expect_eq(s.desk.line_count, 0);
	cr_expect_eq(counter_look(&c, 0, "VB-0001", NULL).u.state, INV_ON_LOAN);
	ask.yes = s.asks;
	ask.key = "kit-00002";
	cr_assert_eq(inv_scan(c.inv, &c.by, &ask, c.a, &s), 0);
	cr_expect_str_eq(s.did, "returned");
	cr_expect_eq(counter_look(&c, 0, "VB-0001", NULL).u.state, INV_IN_STOCK);
	cr_expect_eq(counter_look(&c, 0, "VB-0001", NULL).u.parts_missing, 0);
}

static void hold_at(const char *place)
{
	const struct inv_hold_want want = {.borrower = c.borrower[1], .product = "ringklocka", .place = place};
	uint64_t id;

	cr_assert_eq(inv_hold_add(c.inv, &c.by, &want, &c.r, &id), 0, "%s", counter_said(&c));
}

/* Back by a scan at "disk"; what it says of it, and of what place. */
static void expect_back(bool lost, const char *waits, const char *code, const char *place)
{
	const struct inv_mark words = {.phone = "033-35 70 00"};
	struct inv_out_result out;
	struct inv_scanned s;

	counter_open(&c);
	add_place("disk");
	add_place("filial");
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0, "%s", counter_said(&c));
	if (lost)
		cr_assert_eq(inv_loan_lost(c.inv, &c.by, "VB-0001", false, &words, &c.r), 0);
	if (waits)
		hold_at(waits);
	cr_assert_str_eq(did("P-disk"), "place");
	s = scan_as("VB-0001", NULL);
	cr_expect_str_eq(s.did, "returned");
	cr_expect_str_eq(s.said.say->code, code);
	cr_expect_eq(strstr(refusal_text(c.a, SAY_EN, &s.said), place) != NULL, true, "%s",
		refusal_text(c.a, SAY_EN, &s.said));
	counter_check(&c);
	counter_close(&c);
}

/* The hold shelf is where it will be fetched, and what was gone is set aside like anything else. */
Test(scan, of_what_comes_back_says_what_to_do_with_it)
{
	expect_back(false, NULL, "did.returned", "is back.");
	expect_back(false, "disk", "did.hold", "hold shelf");
	expect_back(false, "filial", "did.hold-at", "send it there");
	expect_back(true, NULL, "did.found", "here again.");
	expect_back(true, "disk", "did.found-hold", "hold shelf");
}

Test(scan, keys_have_a_form)
{
	cr_expect(inv_scan_key_ok("0b6f0a8c-3a51-4a58-9d6c-0a3c5b7d9e11"));
	cr_expect_not(inv_scan_key_ok(NULL));
	cr_expect_not(inv_scan_key_ok("short"));
	cr_expect_not(inv_scan_key_ok("with a blank"));
	cr_expect_not(inv_scan_key_ok("12345678901234567890123456789012345678901"));
	cr_expect_null(inv_door_say("no-such-door"));
}

/* Its case was missed at the desk. What the inspection counts is what stands; what it leaves, stays. */
static uint32_t missing_after(const struct inv_in_part *counted, size_t n)
{
	static const struct inv_part parts[] = {{.pos = 1, .name = "fodral", .expected = 1},
		{.pos = 2, .name = "laddare", .expected = 1}};
	const struct inv_act act = {&counter_anna, "VB-0012", COUNTER_NOW};
	const struct inv_in_part gone = {.no = 1};
	const struct inv_in in = {.code = "VB-0012", .parts = &gone, .part_count = 1};
	const struct inv_inspect x = {.code = "VB-0012", .parts = counted, .part_count = n};
	struct inv_out_result out;
	struct inv_in_result res;
	uint32_t missing;

	counter_open(&c);
	cr_assert_eq(
		inv_template_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), "platta", parts, 2, &c.r), 0);
	cr_assert_eq(inv_kit_begin(c.inv, &act, &c.r), 0, "%s", counter_said(&c));
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012"), 0, "%s", counter_said(&c));
	cr_assert_eq(inv_check_in(c.inv, &c.by, &in, &c.r, &res), 0, "%s", counter_said(&c));
	cr_assert(res.handed_in && res.parts_missing == 1);
	cr_assert_eq(inv_inspected(c.inv, &c.by, &x, &c.r, &res), 0, "%s", counter_said(&c));
	missing = counter_look(&c, 0, "VB-0012", NULL).u.parts_missing;
	counter_check(&c);
	counter_close(&c);
	return missing;
}

Test(scan, of_a_kit_is_counted_anew_when_it_is_inspected)
{
	const struct inv_in_part both[] = {{.no = 1}, {.no = 2}};

	cr_expect_eq(missing_after(NULL, 0), 1);
	cr_expect_eq(missing_after(both, 0), 0, "all of it turned up");
	cr_expect_eq(missing_after(both, 2), 2);
}
