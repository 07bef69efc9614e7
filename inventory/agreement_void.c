/* SPDX-License-Identifier: EUPL-1.2 */
/* An agreement that does not hold: a draft that nobody will sign, or one that was signed in error. */
#include "inventory/agreement_int.h"

#include "base/text.h"

#define REASON_BYTES 500

struct voiding {
	const struct people_caller *who;
	const char *id, *reason;
	struct refusal *r;
};

/* Nobody signs a paper twice without being told why; a draft was never seen to hold. */
static int decide(const struct voiding *j, const struct inv_agreement *x)
{
	if (x->state == INV_AGREEMENT_VOID)
		return refuse(j->r, &inv_say_agreement_void, NULL, NULL, NULL);
	if (j->reason ? strlen(j->reason) > REASON_BYTES || !text_is_utf8(bytes_of_str(j->reason))
		      : x->state == INV_AGREEMENT_SIGNED)
		return refuse(j->r, &inv_say_void_reason, NULL, NULL, NULL);
	return inv_words_decide(j->reason, j->who->now, j->r);
}

static int void_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct voiding *j = arg;
	struct inv_agreement before, x;
	int err = inv_agreement_get(txn, a, j->who->zones, j->id, &before);

	if (err == 0)
		err = decide(j, &before);
	if (err)
		return refusal_keep(j->r, err);
	x = before;
	x.state = INV_AGREEMENT_VOID;
	x.void_at = j->who->now;
	x.void_by = j->who->who->actor;
	x.void_why = j->reason;
	err = inv_agreement_put(txn, &before, &x);
	if (err == 0 && before.state == INV_AGREEMENT_SIGNED)
		err = inv_agreement_leave_loan(txn, a, &x);
	return err ? err : inv_agreement_audit(txn, a, j->who, "agreement.void", &x);
}

int inv_agreement_undone_in(
	struct store_txn *txn, struct arena *a, const struct people_caller *who, const char *loan)
{
	struct inv_agreement *all;
	size_t n;
	int err = inv_agreement_list(txn, a, PEOPLE_ZONES, loan, &all, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct inv_agreement x = all[i];

		if (x.state != INV_AGREEMENT_DRAFT)
			continue;
		x.state = INV_AGREEMENT_VOID;
		x.void_at = who->now;
		x.void_by = who->who->actor;
		err = inv_agreement_put(txn, &all[i], &x);
		if (err == 0)
			err = inv_agreement_audit(txn, a, who, "agreement.void", &x);
	}
	return err;
}

int inv_agreement_void(struct inv *inv, const struct people_caller *who, const char *id,
	const char *reason, struct refusal *r)
{
	struct voiding j = {who, id, text_empty(reason) ? NULL : reason, r};

	*r = (struct refusal){0};
	return store_write(inv->st, void_in, &j);
}
