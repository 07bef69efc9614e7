/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose loan a thing is on, asked inside the transaction that acts on it. */
#include "inventory/circulation_int.h"

static int decide(const struct inv_loan *loan, unsigned zones, struct refusal *r)
{
	if (loan->zone & zones)
		return 0;
	refuse(r, &inv_say_loan_zone, NULL, NULL, NULL);
	inv_loan_number(loan->id, r->kept[0]);
	return ERR_REFUSED;
}

/* What is on no loan, or unknown, is for the act to judge. */
int inv_zone_admit(
	struct store_txn *txn, unsigned zones, const char *serial, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_loan_line line;
	struct inv_loan loan;
	int err = zones ? inv_loan_of_unit(txn, a, serial, &loan, &line) : ERR_NOTFOUND;

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
