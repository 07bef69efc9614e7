/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How long agreements are kept: by a setting, counted from the day the loan was closed. When that
 * setting is changed, those that lie there get their new day, a page a transaction; for how many
 * days that was done stands in INV_SERIES under "=agreement-kept". 0: not yet by this program; those before it knew no
 * time for what was signed when its loan was over, and counted under "=agreement-days".
 */
#include "inventory/agreement_int.h"

#include "base/text.h"
#include "inventory/circulation.h"

#define PAGE 200

int inv_agreement_closed_in(struct store_txn *txn, const char *loan, int64_t closed_at)
{
	int64_t days;
	int err = setting_number_in(txn, SETTING_AGREEMENT_DAYS, &days);

	return err ? err
		   : inv_agreement_keep_in(
			     txn, loan, closed_at ? closed_at + days * (int64_t)DAY_S : 0);
}

int inv_agreement_keep_in(struct store_txn *txn, const char *loan, int64_t forget_at)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_agreement *x;
	size_t n;
	int err = inv_agreement_list(txn, a, PEOPLE_ZONES, loan, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct inv_agreement next = x[i];

		if (!next.signed_at) /* what was signed, also when it was declared void */
			continue;
		next.forget_at = forget_at;
		err = inv_agreement_put(txn, &x[i], &next);
	}
	return err;
}

/* A loan that was opened again (an undone return) keeps what was signed. */
static int forget(struct store_txn *txn, struct arena *a, const struct people_caller *who,
	const struct inv_agreement *x)
{
	struct inv_agreement keep = *x;
	struct inv_loan loan;
	int err = x->signed_at ? inv_agreement_loan_get(txn, a, x, &loan) : ERR_NOTFOUND;

	if (err == 0 && loan.closed_at == 0) {
		keep.forget_at = 0;
		return inv_agreement_put(txn, x, &keep);
	}
	if (err == 0 || err == ERR_NOTFOUND)
		err = inv_agreement_drop(txn, x);
	return err ? err : inv_agreement_audit(txn, a, who, "agreement.forgotten", x);
}

struct tending {
	int64_t now;
	size_t most, n;
};

static int tend_in(struct store_txn *txn, void *arg)
{
	static const struct audit_who server = {.actor = "server", .via = "server"};
	AUTO(arena) struct arena *a = arena_new();
	struct tending *t = arg;
	const struct people_caller who = {&server, PEOPLE_ZONES, t->now};
	struct inv_agreement *x;
	size_t n;
	int err = inv_agreement_due(txn, a, t->now, t->most, &x, &n);

	t->n = 0;
	for (; err == 0 && t->n < n; t->n++)
		err = forget(txn, a, &who, &x[t->n]);
	return err;
}

/* --- another time to keep --- */

struct retiming {
	char after[INV_AGREEMENT_ID]; /* where to begin */
	char next[INV_AGREEMENT_ID];  /* what this run gives back, since it may run twice */
	int64_t days;                 /* what is done for */
	bool more, needed;
};

static struct store_key done_key(void)
{
	return store_key("s", "=agreement-kept");
}

static int needed_in(struct store_txn *txn, void *arg)
{
	struct store_key k = done_key();
	struct retiming *r = arg;
	uint64_t done;
	int err = inv_number_get(txn, INV_SERIES, &k, &done);

	if (err == 0)
		err = setting_number_in(txn, SETTING_AGREEMENT_DAYS, &r->days);
	r->needed = err == 0 && (int64_t)done != r->days;
	return err;
}

static int retime_one(
	struct store_txn *txn, struct arena *a, const struct inv_agreement *x, int64_t days)
{
	struct inv_agreement next = *x;
	struct inv_loan loan;
	int err = inv_agreement_loan_get(txn, a, x, &loan);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (!x->signed_at || !loan.closed_at)
		return 0;
	next.forget_at = loan.closed_at + days * (int64_t)DAY_S;
	return inv_agreement_put(txn, x, &next);
}

static int all_done(struct store_txn *txn, int64_t days)
{
	struct store_key k = done_key();
	uint64_t done;
	int err = inv_number_get(txn, INV_SERIES, &k, &done);

	return err ? err : inv_number_add(txn, INV_SERIES, &k, (int)(days - (int64_t)done));
}

static int retime_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct retiming *r = arg;
	struct inv_agreement *x;
	size_t n;
	int err = inv_agreement_page(
		txn, STORE_PIECE(a, r->after[0] ? r->after : NULL, PAGE), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = retime_one(txn, a, &x[i], r->days);
	r->more = err == 0 && n == PAGE;
	if (r->more)
		text_copy(r->next, sizeof(r->next), x[n - 1].id);
	return err || r->more ? err : all_done(txn, r->days);
}

static int retime(struct inv *inv)
{
	struct retiming r = {.needed = false};
	int err = store_read(inv->st, needed_in, &r);

	r.more = r.needed;
	while (err == 0 && r.more) {
		err = store_write(inv->st, retime_in, &r);
		text_copy(r.after, sizeof(r.after), r.next);
	}
	return err;
}

int inv_agreement_tend(struct inv *inv, int64_t now, size_t most, size_t *ret_n)
{
	struct tending t = {now, most, 0};
	int err = retime(inv);

	if (err == 0)
		err = store_write(inv->st, tend_in, &t);

	if (err == 0)
		*ret_n = t.n;
	return err;
}

/* --- what a shorter time would forget --- */

int inv_agreement_count_due(struct store_txn *txn, int64_t days, int64_t now, size_t *ret)
{
	int64_t today;
	int err = setting_number_in(txn, SETTING_AGREEMENT_DAYS, &today);

	return err ? err
		   : inv_agreement_due_signed(txn, now + (today - days) * (int64_t)DAY_S, ret);
}
