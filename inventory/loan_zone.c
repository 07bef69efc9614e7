/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose loan a thing is on, asked inside the transaction that acts on it. */
#include "inventory/circulation_int.h"

#include "base/text.h"

static int decide(const struct inv_loan *loan, unsigned zones, struct refusal *r)
{
	if (loan->zone & zones)
		return 0;
	refuse(r, &inv_say_loan_zone, NULL, NULL, NULL);
	inv_loan_number(loan->id, r->kept[0]);
	return ERR_REFUSED;
}

int inv_zone_loan_of(
	struct store_txn *txn, struct arena *a, const char *serial, struct inv_loan *ret)
{
	struct inv_loan_line line;
	struct inv_unit u;
	int err = inv_loan_of_unit(txn, a, serial, ret, &line);

	if (err != ERR_NOTFOUND)
		return err;
	err = inv_unit_get(txn, a, serial, &u);
	if (err)
		return err;
	return text_empty(u.kit) || text_empty(u.loan)
		       ? ERR_NOTFOUND
		       : inv_loan_of_unit(txn, a, u.kit, ret, &line);
}

/* What is on no loan, or unknown, is for the act to judge. */
int inv_zone_admit(
	struct store_txn *txn, unsigned zones, const char *serial, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_loan loan;
	int err = zones ? inv_zone_loan_of(txn, a, serial, &loan) : ERR_NOTFOUND;

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return decide(&loan, zones, r);
}

int inv_zone_admit_loan(
	struct store_txn *txn, unsigned zones, const char *number, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_loan loan;
	uint64_t id;
	int err = zones && number ? inv_loan_number_parse(number, &id) : ERR_NOTFOUND;

	if (err == 0)
		err = inv_loan_get(txn, a, id, &loan);
	if (err)
		return err == ERR_NOTFOUND || err == ERR_BADINPUT ? 0 : err;
	return decide(&loan, zones, r);
}
