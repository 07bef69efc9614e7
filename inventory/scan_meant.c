/* SPDX-License-Identifier: EUPL-1.2 */
/* What a code can mean that no thing, product or place has: a borrower's card, a loan, an agreement. The
 * desk and the box on every other page ask it here, so that both know the same codes. */
#include "inventory/agreement.h"
#include "inventory/circulation_int.h"

#include "base/text.h"

#include <ctype.h>

#define BORROWER_ID 11

/* Whoever was found by name is chosen from the own page, by the id that stands in its address. */
static int borrower_by_id(
	const struct inv_scan_asker *by, const struct inv_scan *scan, struct people_borrower *ret)
{
	const char *id = scan->raw;

	if (!id || *id != 'b' || strlen(id) != BORROWER_ID)
		return ERR_NOTFOUND;
	return people_get(by->inv->people, by->txn, by->a, by->zones, id, ret);
}

/* One personnummer of twelve digits in ten has a maker's check digit as well. */
static bool may_name_a_borrower(const struct inv_scan *scan)
{
	return scan->kind == INV_SCAN_CARD || scan->kind == INV_SCAN_CODE || scan->kind == INV_SCAN_GTIN;
}

int inv_scan_borrower(
	const struct inv_scan_asker *by, const struct inv_scan *scan, struct people_borrower *ret)
{
	bool card = scan->kind == INV_SCAN_CARD;
	const char *text = card ? arena_printf(by->a, "K%s", scan->text) : scan->text;
	struct people *p = by->inv->people;
	int err;

	if (!p || text_empty(scan->text) || !by->zones || !may_name_a_borrower(scan))
		return ERR_NOTFOUND;
	err = people_by_card(p, by->txn, by->a, by->zones, text, ret);
	if (err == ERR_NOTFOUND && card)
		err = people_by_card(p, by->txn, by->a, by->zones, scan->text, ret);
	if ((err == ERR_NOTFOUND || err == ERR_BADINPUT) && strlen(text) >= 10)
		err = people_by_identity(p, by->txn, by->a, by->zones, scan->raw, by->now, ret);
	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		err = borrower_by_id(by, scan, ret);
	return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
}

/* "A-" and the agreement's id without its first letter, which all of them share. */
static int loan_of_agreement(const struct inv_scan_asker *by, const char *text, uint64_t *ret)
{
	char *id = arena_printf(by->a, "a%s", text);
	struct inv_agreement x;
	int err;

	for (char *c = id; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	err = inv_agreement_get(by->txn, by->a, by->zones, id, &x);
	return err ? err : inv_loan_number_parse(x.loan, ret) == 0 ? 0 : ERR_CORRUPT;
}

int inv_scan_loan(const struct inv_scan_asker *by, const struct inv_scan *scan, uint64_t *ret)
{
	/* typed without its hyphen */
	bool typed = scan->kind == INV_SCAN_CODE && scan->text[0] == 'L';

	if (scan->kind == INV_SCAN_AGREEMENT)
		return loan_of_agreement(by, scan->text, ret);
	if (scan->kind == INV_SCAN_LOAN)
		return inv_loan_number_parse(scan->text, ret);
	return typed && inv_loan_number_parse(scan->text, ret) == 0 ? 0 : ERR_NOTFOUND;
}
