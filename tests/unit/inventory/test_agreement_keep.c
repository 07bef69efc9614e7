/* SPDX-License-Identifier: EUPL-1.2 */
/* How long agreements are kept, and what another time does to those that lie there. */
#include "inventory/circulation_int.h"
#include "tests/unit/inventory/papers.h"

/* Signed on paper. */
static const char *sign(struct room *m, const char *loan)
{
	const struct inv_signing how = {"paper", NULL, "self", "passport"};
	const char *id;

	m->paper.loan = loan;
	id = make(m, borrower(m, false));
	cr_assert_eq(inv_agreement_sign(m->inv, m->d.p, &m->d.care, id, &how, &m->r), 0);
	return id;
}

#define DAYS(n) ((n) * (int64_t)86400)

struct closing {
	struct inv_loan loan;
	const char *number, *id;
	struct inv_agreement x;
};

static int close_loan_in(struct store_txn *txn, void *arg)
{
	struct closing *c = arg;
	int err = inv_loan_put(txn, NULL, &c->loan);

	return err ? err : inv_agreement_closed_in(txn, c->number, c->loan.closed_at);
}

static int close_again_in(struct store_txn *txn, void *arg)
{
	struct closing *c = arg;

	return inv_agreement_closed_in(txn, c->number, c->loan.closed_at);
}

static int kept_until_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct closing *c = arg;

	return inv_agreement_get(txn, d->a, PEOPLE_ZONES, c->id, &c->x);
}

static int64_t kept_until(struct room *m, struct closing *c)
{
	cr_assert_eq(desk_run(&m->d, kept_until_in, c), 0);
	return c->x.forget_at;
}

static void keep(struct settings *s, const char *days, int64_t now)
{
	static const struct audit_who anna = {.actor = "anna", .via = "api"};
	const struct setting_ask ask = {
		.x = SETTING_AGREEMENT_DAYS, .value = days, .why = "beslut"};
	struct refusal r;

	cr_assert_eq(settings_set(s, &anna, &ask, now, &r), 0, "%s", r.say ? r.say->code : "no reason");
}

static size_t forgotten(struct room *m, int64_t now)
{
	size_t n;

	cr_assert_eq(inv_agreement_tend(m->inv, now, 10, &n), 0);
	return n;
}

/* A longer time keeps at once; a shorter one lets go of nothing before its week is over. */
Test(agreement_keep, is_kept_as_long_as_the_setting_in_force_says, .timeout = 60)
{
	struct closing c = {.loan = {.id = 7, .zone = PEOPLE_CARE, .place = "disk",
				    .closed_at = DESK_NOW, .happened_at = DESK_NOW}};
	char number[INV_LOAN_NUMBER];
	struct settings *s;
	struct room m;

	room_open(&m);
	cr_assert_eq(settings_open(m.d.st, NULL, &s), 0);
	c.number = inv_loan_number(c.loan.id, number);
	c.id = sign(&m, c.number);
	cr_assert_eq(store_write(m.d.st, close_loan_in, &c), 0);
	cr_expect_eq(kept_until(&m, &c), DESK_NOW + DAYS(730));
	keep(s, "900", DESK_NOW);
	cr_expect_eq(forgotten(&m, DESK_NOW + DAYS(1)), 0);
	cr_expect_eq(kept_until(&m, &c), DESK_NOW + DAYS(900));
	/* shorter than what is past: nobody's is gone within the week, nor is it of those that
	 * close meanwhile */
	keep(s, "30", DESK_NOW + DAYS(40));
	cr_expect_eq(forgotten(&m, DESK_NOW + DAYS(46)), 0);
	cr_assert_eq(store_write(m.d.st, close_again_in, &c), 0);
	cr_expect_eq(kept_until(&m, &c), DESK_NOW + DAYS(900));
	cr_assert_eq(settings_tend(s, DESK_NOW + DAYS(46)), 0);
	cr_expect_eq(forgotten(&m, DESK_NOW + DAYS(46)), 0);
	/* then it is */
	cr_assert_eq(settings_tend(s, DESK_NOW + DAYS(47)), 0);
	cr_expect_eq(forgotten(&m, DESK_NOW + DAYS(47)), 1);
	settings_close(s);
	room_close(&m);
}
