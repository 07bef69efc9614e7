/* SPDX-License-Identifier: EUPL-1.2 */
/* Agreements at a model's desk: made, signed on the screen, by keyboard and on paper, declared void; and what is true of
 * each for as long as it is kept. */
#ifndef TEST_MODEL_PAPERS_H
#define TEST_MODEL_PAPERS_H

#include "inventory/agreement_int.h"
#include "tests/unit/inventory/model_end.h"

static struct people_caller model_caller(const struct model *m)
{
	return (struct people_caller){m->c.by.who, m->c.by.zones, m->c.by.now};
}

/* One of the newest, mostly. */
static uint64_t some_loan(struct model *m)
{
	const uint64_t back = any(m, any(m, 4) ? 8 : 200);

	return m->newest_loan > back ? m->newest_loan - back : 7;
}

/* One that is so, mostly. */
static struct model_paper *some_paper(struct model *m, unsigned state)
{
	struct model_paper *p = NULL;

	for (int i = 0; i < 5 && (!p || p->state != state); i++) {
		const uint32_t back = any(m, any(m, 6) ? 8 : 200);

		p = m->papers > back ? &m->paper[m->papers - 1 - back] : p;
	}
	return p;
}

static bool paper_is_theirs(const struct model *m, const struct model_paper *p)
{
	return (p->zone & m->c.by.zones) != 0;
}

/* Nobody learns that there is one of the other service. */
static void count_paper(struct model *m, int err)
{
	if (err == ERR_NOTFOUND)
		cr_assert_eq(model_sums(m).seq, m->seq, "act %d: %s: not found, and written down", m->act, m->doing);
	else
		count(m, err);
	m->elsewhere += err == ERR_NOTFOUND;
}

struct paper_look {
	struct model *m;
	const char *id;
	struct inv_agreement x;
	int err;
};

static int paper_look_in(struct store_txn *txn, void *arg)
{
	struct paper_look *l = arg;

	l->err = inv_agreement_get(txn, l->m->c.a, PEOPLE_ZONES, l->id, &l->x);
	return 0;
}

static struct paper_look paper_look(struct model *m, const char *id)
{
	struct paper_look l = {.m = m, .id = id};

	cr_assert_eq(store_read(m->c.st, paper_look_in, &l), 0);
	return l;
}

/* What was agreed on is as it was when it was made; it is signed once and void once, by somebody; and it goes when its time
 * is up, never before. Of a hand-out that was undone the drafts are void by that. */
static void check_paper(struct store_txn *txn, struct model *m, struct model_paper *p)
{
	struct inv_agreement x;
	struct inv_loan loan;
	uint8_t sealed[32];
	int err = inv_agreement_get(txn, m->c.a, PEOPLE_ZONES, p->id, &x), there;

	if (err == ERR_NOTFOUND) {
		cr_assert(p->gone || (p->forget_at && p->forget_at <= m->c.by.now), "act %d: %s: %s is gone", m->act,
			m->doing, p->id);
		p->gone = true;
		return;
	}
	cr_assert_eq(err, 0);
	cr_assert_not(p->gone);
	there = inv_loan_get(txn, m->c.a, p->loan, &loan);
	if (there == ERR_NOTFOUND && p->state == INV_AGREEMENT_DRAFT)
		p->state = INV_AGREEMENT_VOID;
	cert_sha256(x.content, sealed);
	cr_assert_arr_eq(x.hash, p->hash, sizeof(p->hash), "act %d: %s: what was agreed on is another", m->act, m->doing);
	cr_assert_arr_eq(sealed, p->sealed, sizeof(sealed), "act %d: %s: it was written anew", m->act, m->doing);
	cr_assert_eq(x.state, p->state, "act %d: %s: %s is %s, and was %s", m->act, m->doing, p->id,
		inv_agreement_state_name(x.state), inv_agreement_state_name(p->state));
	cr_assert_eq(x.signed_at, p->signed_at);
	cr_assert_eq(x.made_at, p->made_at);
	cr_assert_eq(x.of_return, p->of_return);
	p->forget_at = x.forget_at;
	if (p->signed_at) {
		cr_assert_eq(there, 0, "act %d: %s: its loan is undone, and it is signed", m->act, m->doing);
		cr_assert(!loan.closed_at || x.forget_at, "act %d: %s: kept for ever", m->act, m->doing);
	} else {
		cr_assert(x.forget_at, "act %d: %s: a draft for ever", m->act, m->doing);
	}
}

struct paper_check {
	struct model *m;
	struct model_paper *p;
};

static int paper_check_in(struct store_txn *txn, void *arg)
{
	struct paper_check *c = arg;

	check_paper(txn, c->m, c->p);
	return 0;
}

/* One to do something with: it may be gone since it was seen. */
static struct model_paper *paper_that(struct model *m, unsigned state)
{
	struct paper_check c = {m, some_paper(m, state)};

	if (c.p)
		cr_assert_eq(store_read(m->c.st, paper_check_in, &c), 0);
	return c.p;
}

static void make_paper(struct model *m)
{
	const struct people_caller who = model_caller(m);
	const int t = thing_that(m, true);
	const bool of_return = any(m, 2) != 0;
	const struct inv_loan_ask_paper ask = {.loan = of_return || !m->thing[t].loan ? some_loan(m) : m->thing[t].loan,
		.of_return = of_return,
		.organisation = "Testkommun"};
	struct model_paper *p = &m->paper[m->papers];
	struct paper_look l;
	int err = m->papers == MODEL_PAPERS
			  ? ERR_NOTFOUND
			  : inv_loan_agreement_make(m->c.inv, m->c.people, &who, &ask, &m->c.r, p->id);

	count_paper(m, err);
	if (err)
		return;
	m->papers++;
	l = paper_look(m, p->id);
	cr_assert_eq(l.err, 0);
	memcpy(p->hash, l.x.hash, sizeof(p->hash));
	cert_sha256(l.x.content, p->sealed);
	p->state = INV_AGREEMENT_DRAFT;
	p->of_return = ask.of_return;
	p->zone = l.x.zone;
	p->loan = ask.loan;
	p->made_at = m->c.by.now;
	cr_assert(paper_is_theirs(m, p), "act %d: made of the other service's loan", m->act);
}

static void sign_paper(struct model *m)
{
	static const struct inv_signing ways[] = {
		{"screen", "1000 400;12 300,15 304,80 20,200 160;20 31,22 35,300 120", "self", "id_card", 0},
		{"typed", "Test Person", "self", "known", 0}, {"paper", NULL, "self", "passport", 0},
		{"screen", NULL, "self", "id_card", 0}, {"paper", NULL, "relative", "known", 0}};
	const uint32_t way = any(m, 8) % 5;
	const struct people_caller who = model_caller(m);
	struct model_paper *p = paper_that(m, INV_AGREEMENT_DRAFT);
	int err = inv_agreement_sign(m->c.inv, m->c.people, &who, p ? p->id : "a1", &ways[way], &m->c.r);

	count_paper(m, err);
	if (!p)
		return;
	cr_assert_eq(err == 0, paper_is_theirs(m, p) && p->state == INV_AGREEMENT_DRAFT && !p->gone && way < 3,
		"act %d: signing answers %s (%s)", m->act, err_name(err), counter_said(&m->c));
	if (err)
		return;
	p->state = INV_AGREEMENT_SIGNED;
	p->signed_at = m->c.by.now;
	m->signed_papers++;
}

static void void_paper(struct model *m)
{
	static const char *const why[] = {NULL, "fel sak stod där", "den gamla skrevs under av misstag"};
	const struct people_caller who = model_caller(m);
	const char *reason = why[any(m, 3)];
	struct model_paper *p = paper_that(m, any(m, 3) ? INV_AGREEMENT_VOID : INV_AGREEMENT_SIGNED);
	int err = inv_agreement_void(m->c.inv, &who, p ? p->id : "a1", reason, &m->c.r);

	count_paper(m, err);
	if (!p)
		return;
	cr_assert_eq(err == 0,
		paper_is_theirs(m, p) && !p->gone && p->state != INV_AGREEMENT_VOID &&
			(p->state == INV_AGREEMENT_DRAFT || reason),
		"act %d: void answers %s (%s)", m->act, err_name(err), counter_said(&m->c));
	if (err)
		return;
	p->state = INV_AGREEMENT_VOID;
	m->voided += p->signed_at != 0;
}

/* --- which are waited for --- */

struct held {
	bool out, in; /* a signature of it holds */
	bool doubt;   /* of a return: one that was signed does not hold */
	int64_t in_at;
};

static struct held held(struct model *m, uint64_t loan)
{
	struct held h = {0};

	for (unsigned i = 0; i < m->papers; i++) {
		const struct model_paper *p = &m->paper[i];

		if (p->loan != loan || !p->signed_at)
			continue;
		h.doubt |= p->of_return && p->state == INV_AGREEMENT_VOID;
		if (p->state != INV_AGREEMENT_SIGNED)
			continue;
		h.out |= !p->of_return;
		h.in |= p->of_return;
		h.in_at = p->of_return && p->made_at > h.in_at ? p->made_at : h.in_at;
	}
	return h;
}

/* Which signatures a loan waits for, from what came back when and from what was signed, not from the loan. Where a signature
 * of a return was declared void it may be asked for again what an older one says. */
static unsigned check_waits(struct model *m, const struct inv_loan_full *f)
{
	const struct held h = held(m, f->loan.id);
	const unsigned waits = inv_loan_unsigned(&f->loan);
	bool out = false, in = false;
	int64_t back = 0;

	for (size_t i = 0; i < f->line_count; i++) {
		const struct inv_loan_line *l = &f->lines[i];

		out |= l->terms.value[INV_TERM_SIGN_OUT] != 0;
		if ((l->state == INV_LINE_IN || l->state == INV_LINE_HANDED_IN) && l->terms.value[INV_TERM_SIGN_IN] &&
			l->in_registered_at > back)
			back = l->in_registered_at;
	}
	in = back && (!h.in || h.in_at < back) && f->loan.borrower;
	out &= f->loan.open && !h.out && f->loan.borrower;
	cr_assert_eq((waits & INV_UNSIGNED_OUT) != 0, out, "act %d: %s: loan %llu, its hand-out", m->act, m->doing,
		(unsigned long long)f->loan.id);
	cr_assert((waits & INV_UNSIGNED_IN) ? in || h.doubt : !in, "act %d: %s: loan %llu, its return", m->act, m->doing,
		(unsigned long long)f->loan.id);
	return waits;
}

static unsigned check_loan_waits(struct store_txn *txn, struct model *m, uint64_t id)
{
	struct inv_loan_full f;
	int err = inv_loan_load(txn, m->c.a, id, &f);

	if (err == ERR_NOTFOUND)
		return 0;
	cr_assert_eq(err, 0);
	return check_waits(m, &f);
}

/* After each act: some of them. */
static int papers_some_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;

	for (unsigned i = 0; i < 3 && i < m->papers; i++)
		check_paper(txn, m, &m->paper[m->papers - 1 - i]);
	for (uint64_t i = 0; i < 3 && i < m->newest_loan; i++)
		check_loan_waits(txn, m, m->newest_loan - i);
	return 0;
}

/* Now and then: all, and the list of those that wait, a page of five at a time. */
static int papers_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;
	struct inv_loan_ask ask = {.order = INV_LOANS_UNSIGNED, .zones = PEOPLE_ZONES, .most = 5};
	size_t wait = 0, listed = 0;

	for (unsigned i = 0; i < m->papers; i++)
		check_paper(txn, m, &m->paper[i]);
	for (uint64_t id = m->first_loan; m->first_loan && id <= m->newest_loan; id++)
		wait += check_loan_waits(txn, m, id) != 0;
	do {
		struct inv_loan_row *rows;
		size_t n;

		cr_assert_eq(inv_loan_list(txn, m->c.a, &ask, &rows, &n, &ask.after), 0);
		for (size_t i = 0; i < n; i++)
			cr_assert(inv_loan_unsigned(&rows[i].loan));
		listed += n;
	} while (ask.after);
	cr_assert_eq(listed, wait, "%zu wait, %zu are listed", wait, listed);
	return 0;
}

/* What was signed can be read, and is what was signed. */
static void read_paper(struct model *m)
{
	const struct people_caller who = {&counter_anna, PEOPLE_ZONES, m->c.by.now};
	const struct print_block *blocks;
	struct model_paper *p = paper_that(m, INV_AGREEMENT_SIGNED);
	size_t n = 0;

	if (!p || p->gone)
		return;
	cr_assert_eq(inv_agreement_blocks(m->c.inv, m->c.people, &who, p->id, m->c.a, &blocks, &n, &m->c.r), 0, "%s",
		counter_said(&m->c));
	cr_assert_gt(n, 3);
}

#endif
