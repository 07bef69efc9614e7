/* SPDX-License-Identifier: EUPL-1.2 */
/* What a code means beside things: a borrower, a loan; for the desk and for the box on every page. */
#include "tests/unit/inventory/counter.h"

#include "inventory/agreement.h"

static struct counter c;

static void begin(void)
{
	counter_open(&c);
}

static void end(void)
{
	counter_close(&c);
}

static const char *add_numbered(const char *card, const char *identity)
{
	const struct people_edit who = {.zone = PEOPLE_LIBRARY,
		.kind = "senior",
		.given = "Test",
		.family = "Person",
		.identity = identity,
		.card = card};
	const struct people_caller by = {&counter_anna, PEOPLE_ZONES, COUNTER_NOW - 1000};
	char id[PEOPLE_ID];

	cr_assert_eq(people_add(c.people, &by, &who, id, &c.r), 0, "%s", counter_said(&c));
	return arena_strdup(c.a, id);
}

static const char *add_person(const char *card)
{
	return add_numbered(card, NULL);
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

struct asking {
	const char *raw;
	unsigned zones;
	struct people_borrower b;
	uint64_t loan;
	int err_borrower, err_loan;
};

static int ask_in(struct store_txn *txn, void *arg)
{
	struct asking *q = arg;
	const struct inv_scan_asker by = {c.inv, txn, c.a, q->zones, COUNTER_NOW};
	struct inv_scan *scans;
	size_t n;

	cr_assert_eq(inv_scan_parse(c.a, bytes_of_str(q->raw), &scans, &n), 0);
	q->err_borrower = inv_scan_borrower(&by, scans, &q->b);
	q->err_loan = inv_scan_loan(&by, scans, &q->loan);
	return 0;
}

static struct asking ask(const char *raw, unsigned zones)
{
	struct asking q = {.raw = raw, .zones = zones};

	cr_assert_eq(store_read(c.st, ask_in, &q), 0);
	return q;
}

Test(scan_meant, a_card_leads_to_its_borrower_however_it_is_typed, .init = begin, .fini = end)
{
	const char *id = add_person("KTEST0001");
	static const char *const ways[] = {"KTEST0001", "K-TEST0001", "ktest0001", "K+TEST0001"};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct asking q = ask(ways[i], PEOPLE_LIBRARY);

		cr_expect_eq(q.err_borrower, 0, "%s", ways[i]);
		cr_expect_str_eq(q.b.id, id);
		cr_expect_eq(ask(ways[i], PEOPLE_CARE).err_borrower, ERR_NOTFOUND, "another zone");
		cr_expect_eq(ask(ways[i], 0).err_borrower, ERR_NOTFOUND, "who sees nobody");
	}
	cr_expect_eq(ask(id, PEOPLE_LIBRARY).err_borrower, 0);
	cr_expect_eq(ask("VB-0001", PEOPLE_LIBRARY).err_borrower, ERR_NOTFOUND);
	cr_expect_eq(ask("K-NOSUCH", PEOPLE_LIBRARY).err_borrower, ERR_NOTFOUND);
}

Test(scan_meant, who_is_a_hundred_is_found_however_the_number_is_typed, .init = begin, .fini = end)
{
	const char *id = add_numbered("KTEST0002", "192003169816");
	static const char *const ways[] = {"192003169816", "19200316-9816", "200316+9816",
		"200316-9816", "2003169816", "200316 9816"};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct asking q = ask(ways[i], PEOPLE_LIBRARY);

		cr_assert_eq(q.err_borrower, 0, "%s", ways[i]);
		cr_expect_str_eq(q.b.id, id);
	}
	cr_expect_eq(ask("202003169816", PEOPLE_LIBRARY).err_borrower, ERR_NOTFOUND, "a child");
}

Test(scan_meant, a_number_that_could_be_a_makers_code_is_a_borrowers, .init = begin, .fini = end)
{
	const char *id = add_numbered("KTEST0003", "193004229161");
	struct asking q = ask("193004229161", PEOPLE_LIBRARY);

	cr_assert_eq(q.err_borrower, 0);
	cr_expect_str_eq(q.b.id, id);
	cr_expect_eq(ask("193005269166", PEOPLE_LIBRARY).err_borrower, ERR_NOTFOUND, "nobody's");
	cr_expect_eq(ask("4006381333931", PEOPLE_LIBRARY).err_borrower, ERR_NOTFOUND, "a maker's");
}

Test(scan_meant, a_card_that_could_be_a_makers_label_is_a_borrowers, .init = begin, .fini = end)
{
	const char *id = add_person("0104006381333931");
	struct asking q = ask("0104006381333931", PEOPLE_LIBRARY);

	cr_assert_eq(q.err_borrower, 0);
	cr_expect_str_eq(q.b.id, id);
}

Test(scan_meant, a_loan_is_found_by_its_number_and_its_agreement, .init = begin, .fini = end)
{
	char number[INV_LOAN_NUMBER];
	struct inv_out_result res;
	const char *agreement;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &res, "VB-0001"), 0);
	agreement = add_agreement(res.loan);
	inv_loan_number(res.loan, number);
	cr_expect_eq(ask(number, PEOPLE_LIBRARY).loan, res.loan);
	cr_expect_eq(ask(arena_printf(c.a, "l%s", number + 2), PEOPLE_LIBRARY).loan, res.loan);
	cr_expect_eq(ask(agreement, PEOPLE_LIBRARY).loan, res.loan);
	cr_expect_eq(ask(agreement, PEOPLE_CARE).err_loan, ERR_NOTFOUND, "another zone");
	cr_expect_eq(ask("L-10008", PEOPLE_LIBRARY).err_loan, ERR_BADINPUT, "its check digit");
	cr_expect_eq(ask("A-NOSUCH", PEOPLE_LIBRARY).err_loan, ERR_NOTFOUND);
	cr_expect_eq(ask("LUPP", PEOPLE_LIBRARY).err_loan, ERR_NOTFOUND);
}
