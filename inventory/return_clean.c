/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the last borrower had of their own on an iPad ends when it is proved that it was erased, and
 * at the latest when a person ends its return: until then the erase may still be taken back. One
 * whose loan goes on, as while it is mended, keeps it.
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

bool inv_return_is_clean(const struct inv_return *r)
{
	return r->erased_at || r->proof == INV_PROOF_ANEW || r->phase == INV_RETURN_DONE;
}

/* Is it somebody's still? In a bag the line is the bag's. */
static int lent_find(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u, bool *ret)
{
	bool bag = !text_empty(u->kit) && !text_empty(u->loan);
	struct inv_loan loan;
	struct inv_loan_line line;
	int err = inv_loan_of_unit(txn, a, bag ? u->kit : u->serial, &loan, &line);

	*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int tell(struct store_txn *txn, struct inv_unit *u, const char *actor, int64_t now)
{
	const struct inv_event e = {.at = now, .actor = actor, .kind = "cleaned"};
	const struct inv_unit before = *u;
	int err = inv_history_add(txn, u, &e);

	return err ? err : inv_unit_put(txn, &before, u);
}

int inv_return_clean(struct inv *inv, struct store_txn *txn, struct inv_return *r,
	const struct audit_who *who, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct refusal none = {0};
	struct inv_unit u;
	bool lent = false;
	size_t n = 0;
	int err;

	if (!inv->mdm || r->cleaned_at || !inv_return_is_clean(r))
		return 0;
	err = inv_unit_get(txn, a, r->serial, &u);
	if (err == 0)
		err = lent_find(txn, a, &u, &lent);
	if (err || lent)
		return err;
	r->cleaned_at = now;
	err = mdm_desired_clean(
		inv->mdm, &(struct mdm_act){txn, who, now, &none}, r->serial, &n);
	return err || n == 0 ? err : tell(txn, &u, who->actor, now);
}
