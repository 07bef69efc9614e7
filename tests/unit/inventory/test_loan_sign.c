/* SPDX-License-Identifier: EUPL-1.2 */
/* Which signatures a loan waits for, from its rule to the paper that is signed: loan_rules.c,
 * loan_work.c, loan_change.c, and the doors of the scan box. */
#include "tests/unit/inventory/counter.h"

#include "inventory/agreement_int.h"

static struct counter c;

/* Door bells are signed for both ways, magnifiers only when they go out. */
static void begin(void)
{
	struct inv_rule rule = {.why = "test", .product = "ringklocka"};
	uint64_t id;

	counter_open(&c);
	rule.set[INV_TERM_SIGN_IN] = 1 + 1;
	cr_assert_eq(inv_rule_put(c.inv, &c.by, &rule, &c.r, &id), 0, "%s", counter_said(&c));
}

static void end(void)
{
	counter_end(&c);
}

static unsigned waits(uint64_t loan)
{
	struct counter_look l = counter_look(&c, loan, NULL, NULL);

	return inv_loan_unsigned(&l.f.loan);
}

static const char *draft(uint64_t loan, bool of_return)
{
	const struct people_caller by = {&counter_anna, PEOPLE_LIBRARY, c.by.now};
	const struct inv_loan_ask_paper ask = {
		.loan = loan, .organisation = "Testkommun", .of_return = of_return};
	char id[INV_AGREEMENT_ID];

	cr_assert_eq(inv_loan_agreement_make(c.inv, c.people, &by, &ask, &c.r, id), 0, "%s",
		counter_said(&c));
	return arena_strdup(c.a, id);
}

static void sign(const char *id)
{
	const struct people_caller by = {&counter_anna, PEOPLE_LIBRARY, c.by.now};
	const struct inv_signing s = {.way = "paper", .signer = "self", .identity = "known"};

	cr_assert_eq(inv_agreement_sign(c.inv, c.people, &by, id, &s, &c.r), 0, "%s",
		counter_said(&c));
}

static void revoke(const char *id)
{
	const struct people_caller by = {&counter_anna, PEOPLE_LIBRARY, c.by.now};

	cr_assert_eq(inv_agreement_void(c.inv, &by, id, "fel person", &c.r), 0, "%s",
		counter_said(&c));
}

static struct inv_scanned scan(const char *raw)
{
	return counter_scan(&c, raw, NULL);
}

static bool leads_to(const struct inv_scanned *s, const char *act)
{
	for (size_t i = 0; i < s->door_count; i++) {
		if (strcmp(s->doors[i].act, act) == 0)
			return s->doors[i].label != NULL;
	}
	return false;
}

struct listed {
	unsigned zones;
	size_t n;
	uint64_t first;
};

static int listed_in(struct store_txn *txn, void *arg)
{
	struct listed *l = arg;
	const struct inv_loan_ask ask = {
		.order = INV_LOANS_UNSIGNED, .zones = l->zones, .most = 10};
	struct inv_loan_row *rows;
	const char *next;
	int err = inv_loan_list(txn, c.a, &ask, &rows, &l->n, &next);

	l->first = err == 0 && l->n ? rows[0].loan.id : 0;
	return err;
}

static struct listed listed(unsigned zones)
{
	struct listed l = {.zones = zones};

	cr_assert_eq(store_read(c.st, listed_in, &l), 0);
	return l;
}

Test(loan_sign, is_listed_while_it_waits_in_its_own_zone, .init = begin, .fini = end, .timeout = 300)
{
	struct inv_out_result one, two;
	struct inv_in_result in;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &one, "VB-0001"), 0);
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &two, "VB-0007"), 0);
	cr_expect_eq(listed(PEOPLE_LIBRARY).n, 2);
	cr_expect_eq(listed(PEOPLE_CARE).n, 0);
	sign(draft(one.loan, false));
	cr_expect_eq(listed(PEOPLE_LIBRARY).first, two.loan);
	cr_assert_eq(counter_back(&c, "VB-0007", &in), 0);
	cr_expect_eq(listed(PEOPLE_LIBRARY).n, 0, "over, and it needed none to come back");
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	cr_expect_eq(listed(PEOPLE_LIBRARY).first, one.loan);
	counter_check(&c);
	/* a store of before there were such rows */
	cr_assert_eq(inv_layout_renew(c.st), 0);
	cr_expect_eq(listed(PEOPLE_LIBRARY).n, 1);
}

struct kept {
	const char *loan;
	struct inv_agreement *x;
	size_t n;
};

static int kept_in(struct store_txn *txn, void *arg)
{
	struct kept *k = arg;

	return inv_agreement_list(txn, c.a, PEOPLE_LIBRARY, k->loan, &k->x, &k->n);
}

static struct kept kept(uint64_t loan)
{
	char number[INV_LOAN_NUMBER];
	struct kept k = {.loan = inv_loan_number(loan, number)};

	cr_assert_eq(store_read(c.st, kept_in, &k), 0);
	return k;
}

static size_t papers(uint64_t loan)
{
	return kept(loan).n;
}

/* Their ids are random, and a desk is quick: in one second often enough. */
Test(loan_sign, a_loan_comes_before_its_return_of_the_same_second, .init = begin, .fini = end, .timeout = 300)
{
	for (size_t i = 0; i < 8; i++) {
		const char *code = i % 2 ? "VB-0001" : "VB-0007";
		struct inv_out_result out;
		struct inv_in_result in;
		struct kept k;

		cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, code), 0);
		sign(draft(out.loan, false));
		cr_assert_eq(counter_back(&c, code, &in), 0);
		sign(draft(out.loan, true));
		k = kept(out.loan);
		cr_assert_eq(k.n, 2);
		cr_expect(k.x[0].made_at == k.x[1].made_at && !k.x[0].of_return && k.x[1].of_return);
	}
}

struct paper_ask {
	const char *id;
	struct inv_agreement x;
};

static int paper_in(struct store_txn *txn, void *arg)
{
	struct paper_ask *p = arg;

	return inv_agreement_get(txn, c.a, PEOPLE_LIBRARY, p->id, &p->x);
}

static struct inv_agreement paper(const char *id)
{
	struct paper_ask p = {.id = id};

	cr_assert_eq(store_read(c.st, paper_in, &p), 0);
	return p.x;
}

/* A return is signed when the thing is back, and so mostly when the loan is over. */
Test(loan_sign, what_is_signed_when_the_loan_is_over_is_forgotten_too, .init = begin, .fini = end, .timeout = 300)
{
	struct inv_out_result out;
	struct inv_in_result in;
	const char *first, *late;
	int64_t closed;
	size_t n;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	sign(first = draft(out.loan, false));
	cr_expect_eq(paper(first).forget_at, 0, "the loan is open");
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	closed = c.by.now;
	c.by.now += 3600;
	sign(late = draft(out.loan, true));
	cr_expect_eq(paper(first).forget_at, closed + 730 * (int64_t)DAY_S);
	cr_expect_eq(paper(late).forget_at, closed + 730 * (int64_t)DAY_S);
	cr_assert_eq(inv_agreement_tend(c.inv, closed + 731 * (int64_t)DAY_S, 10, &n), 0);
	cr_expect_eq(n, 2);
	cr_expect_eq(papers(out.loan), 0);
}

static int unknown_time_in(struct store_txn *txn, void *arg)
{
	struct inv_agreement was, now;
	int err = inv_agreement_get(txn, c.a, PEOPLE_LIBRARY, arg, &was);

	now = was;
	now.forget_at = 0;
	return err ? err : inv_agreement_put(txn, &was, &now);
}

/* A program before this one left such papers without a time: they get theirs. */
Test(loan_sign, what_an_older_program_left_without_a_time_gets_one, .init = begin, .fini = end, .timeout = 300)
{
	struct inv_out_result out;
	struct inv_in_result in;
	const char *late;
	size_t n;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	sign(late = draft(out.loan, true));
	cr_assert_eq(store_write(c.st, unknown_time_in, (void *)late), 0);
	cr_assert_eq(inv_agreement_tend(c.inv, c.by.now, 10, &n), 0);
	cr_expect_eq(paper(late).forget_at, c.by.now + 730 * (int64_t)DAY_S);
}

Test(loan_sign, a_draft_of_a_loan_that_was_undone_is_signed_by_nobody, .init = begin, .fini = end, .timeout = 300)
{
	const struct people_caller by = {&counter_anna, PEOPLE_LIBRARY, COUNTER_NOW};
	const struct inv_signing s = {.way = "paper", .signer = "self", .identity = "known"};
	struct inv_out_result out;
	struct inv_last last;
	const char *id;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	id = draft(out.loan, false);
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), 0, "%s", counter_said(&c));
	cr_expect_eq(paper(id).state, INV_AGREEMENT_VOID);
	cr_expect_eq(inv_agreement_sign(c.inv, c.people, &by, id, &s, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "agreement.void");
}

static int sign_for(const char *id, const char *signer, uint32_t relative)
{
	const struct people_caller by = {&counter_anna, PEOPLE_LIBRARY, c.by.now};
	const struct inv_signing s = {
		.way = "paper", .signer = signer, .relative = relative, .identity = "id_card"};

	return inv_agreement_sign(c.inv, c.people, &by, id, &s, &c.r);
}

Test(loan_sign, a_relative_signs_who_may_fetch, .init = begin, .fini = end, .timeout = 300)
{
	const struct people_caller by = {&counter_anna, PEOPLE_LIBRARY, COUNTER_NOW};
	struct people_relative x = {
		.name = "Eva Ek", .relation = "relative", .scope = PEOPLE_MAY_KNOW};
	struct inv_out_result out;
	const char *id;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	id = draft(out.loan, false);
	cr_expect_eq(sign_for(id, "relative", 0), ERR_REFUSED, "there is none");
	cr_assert_eq(people_relative_add(c.people, &by, c.borrower[0], &x, &c.r), 0);
	cr_expect_eq(sign_for(id, "relative", 1), ERR_REFUSED, "who may be told, and no more");
	cr_expect_str_eq(c.r.say->code, "agreement.signer_may_not");
	for (int l = 0; l < SAY_LANGS; l++)
		cr_expect_gt(strlen(refusal_text(c.a, (enum say_lang)l, &c.r)), 40);
	x.scope = PEOPLE_MAY_COLLECT;
	cr_assert_eq(people_relative_add(c.people, &by, c.borrower[0], &x, &c.r), 0);
	cr_assert_eq(people_relative_add(c.people, &by, c.borrower[0], &x, &c.r), 0);
	cr_expect_eq(sign_for(id, "relative", 0), ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "agreement.signer_which");
	cr_expect_eq(sign_for(id, "guardian", 2), ERR_REFUSED, "is not that");
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_OUT);
	/* taken away since the page was opened */
	cr_assert_eq(people_relative_del(c.people, &by, c.borrower[0], 3, &c.r), 0);
	cr_expect_eq(sign_for(id, "relative", 3), ERR_REFUSED);
	cr_expect_eq(sign_for(id, "relative", 2), 0, "%s", counter_said(&c));
	cr_expect_eq(waits(out.loan), 0);
}

Test(loan_sign, a_text_is_made_ready_once, .init = begin, .fini = end, .timeout = 300)
{
	const struct people_caller by = {&counter_anna, PEOPLE_LIBRARY, COUNTER_NOW};
	const struct people_caller care = {&counter_anna, PEOPLE_CARE, COUNTER_NOW};
	struct inv_loan_ask_paper ask = {.organisation = "Testkommun"};
	struct inv_out_result out;
	const char *id;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	ask.loan = out.loan;
	cr_expect_eq(inv_loan_agreement_ready(c.inv, c.people, &care, &ask, &c.r), ERR_NOTFOUND);
	cr_expect_eq(papers(out.loan), 0, "another zone makes nothing");
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(inv_loan_agreement_ready(c.inv, c.people, &by, &ask, &c.r), 0, "%s",
			counter_said(&c));
		cr_expect_eq(papers(out.loan), 1);
	}
	id = draft(out.loan, false);
	cr_expect_eq(papers(out.loan), 2, "who asks for a new one has it");
	sign(id);
	cr_assert_eq(inv_loan_agreement_ready(c.inv, c.people, &by, &ask, &c.r), 0);
	cr_expect_eq(papers(out.loan), 2);
}

Test(loan_sign, waits_for_what_the_rules_say_until_it_is_signed, .init = begin, .fini = end, .timeout = 300)
{
	const struct people_caller by = {&counter_anna, PEOPLE_LIBRARY, COUNTER_NOW};
	struct inv_out_result out;
	struct inv_in_result in;
	const char *id;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0007"), 0);
	cr_expect(out.asks_sign);
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_OUT);
	sign(draft(out.loan, false));
	cr_expect_eq(waits(out.loan), 0);
	cr_assert_eq(counter_back(&c, "VB-0007", &in), 0);
	cr_expect_not(in.asks_sign, "a magnifier comes back without");
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	cr_expect(in.asks_sign);
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_IN);
	id = draft(out.loan, true);
	sign(id);
	cr_expect_eq(waits(out.loan), 0);
	/* what does not hold is asked for anew */
	cr_assert_eq(inv_agreement_void(c.inv, &by, id, "fel person", &c.r), 0);
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_IN);
}

Test(loan_sign, of_a_return_does_not_cover_what_came_back_later, .init = begin, .fini = end, .timeout = 300)
{
	struct inv_out_result out;
	struct inv_in_result in;
	struct inv_last last;
	const char *early;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_OUT | INV_UNSIGNED_IN);
	early = draft(out.loan, true);
	c.by.now += 60;
	cr_assert_eq(counter_back(&c, "VB-0002", &in), 0);
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_IN, "over: its hand-out is no question any longer");
	sign(early);
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_IN);
	sign(draft(out.loan, true));
	cr_expect_eq(waits(out.loan), 0);
	/* a return that was undone is not signed for */
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &out, "VB-0001"), 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	cr_expect(waits(out.loan) & INV_UNSIGNED_IN);
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), 0, "%s", counter_said(&c));
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_OUT);
}

/* Each paper of a return signs for what had come back by then: the later one void, the earlier one
 * does not cover what came between. */
Test(loan_sign, a_later_paper_that_is_void_waits_again, .init = begin, .fini = end, .timeout = 300)
{
	struct inv_out_result out;
	struct inv_in_result in;
	const char *first, *second;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	sign(first = draft(out.loan, true));
	c.by.now += 60;
	cr_assert_eq(counter_back(&c, "VB-0002", &in), 0);
	sign(second = draft(out.loan, true));
	cr_expect_eq(waits(out.loan), 0);
	revoke(first);
	cr_expect_eq(waits(out.loan), 0, "the second says all of it");
	revoke(second);
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_IN);
	sign(first = draft(out.loan, true));
	c.by.now += 60;
	sign(second = draft(out.loan, true));
	revoke(second);
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_IN, "asked for again, rather than forgotten");
	sign(draft(out.loan, true));
	cr_expect_eq(waits(out.loan), 0);
}

Test(loan_sign, what_came_between_waits_when_the_later_is_void, .init = begin, .fini = end, .timeout = 300)
{
	struct inv_out_result out;
	struct inv_in_result in;
	const char *second;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	sign(draft(out.loan, true));
	c.by.now += 60;
	cr_assert_eq(counter_back(&c, "VB-0002", &in), 0);
	second = draft(out.loan, true);
	sign(second);
	cr_expect_eq(waits(out.loan), 0);
	revoke(second);
	cr_expect_eq(waits(out.loan), INV_UNSIGNED_IN, "the first was made before it came");
}

Test(loan_sign, is_a_door_where_a_scan_did_what_is_to_be_signed, .init = begin, .fini = end, .timeout = 300)
{
	struct inv_out_result out;
	struct inv_scanned s;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0007"), 0);
	s = scan("VB-0007");
	cr_expect_str_eq(s.did, "returned");
	cr_expect_not(leads_to(&s, "sign_return"));
	s = scan("VB-0001");
	cr_expect_str_eq(s.did, "returned");
	cr_expect(leads_to(&s, "sign_return"));
	cr_expect_eq(s.loan, out.loan);
}
