/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * When a rule of how long comes into force, all are counted anew by it: some at a time, from the first
 * id to the last. How far it has come stands in the store in the same transaction as what was counted,
 * so that a stop in the middle loses nothing. A store of an older program is counted once.
 */
#include "people/people_int.h"

int people_sweep_begin(struct store_txn *txn, int64_t now)
{
	struct people_sweep x = {.under_way = true, .begun_at = now};
	int err = store_count(txn, PEOPLE_BORROWER, &x.all);

	return err ? err : people_sweep_put(txn, &x);
}

struct stepping {
	struct people *p;
	int64_t now;
	size_t most;
	bool more;
};

static int count_anew(struct store_txn *txn, struct arena *a, struct people_borrower *was)
{
	struct people_borrower b = *was;
	struct people_policy policy;
	int err = people_due_renew(txn, a, &b, &policy);

	if (err || (b.erase_at == was->erase_at && b.needs_at == was->needs_at))
		return err;
	return people_borrower_put(txn, was, &b);
}

static int sweep_end(struct store_txn *txn, struct arena *a, struct people_sweep *x, int64_t now)
{
	static const struct audit_who server = {.actor = "server", .via = "server"};

	x->under_way = false;
	x->after = NULL;
	return audit_add(txn, &server, now, "borrower.policy_reached", "policy",
		arena_printf(a, "{\"count\":%llu}", (unsigned long long)x->done));
}

static int walk_on(struct stepping *s, struct store_txn *txn, struct arena *a,
	struct people_sweep *x)
{
	struct people_borrower *b;
	size_t n;
	int err = people_borrower_list(txn, STORE_PIECE(a, x->after, s->most), &b, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = count_anew(txn, a, &b[i]);
	if (err)
		return err;
	x->done += n;
	s->more = n == s->most;
	if (s->more)
		x->after = b[n - 1].id;
	else
		err = sweep_end(txn, a, x, s->now);
	return err ? err : people_sweep_put(txn, x);
}

static int step_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct stepping *s = arg;
	struct people_sweep x;
	int err = people_sweep_get(txn, a, &x);

	s->more = false;
	if (err == ERR_NOTFOUND) {
		s->more = true;
		return people_sweep_begin(txn, s->now);
	}
	return err || !x.under_way ? err : walk_on(s, txn, a, &x);
}

static int ask_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct people_sweep x;
	bool *ret = arg;
	int err = people_sweep_get(txn, a, &x);

	*ret = err == ERR_NOTFOUND || (err == 0 && x.under_way);
	return err == ERR_NOTFOUND ? 0 : err;
}

int people_sweep_step(struct people *p, int64_t now, size_t most, bool *ret_more)
{
	struct stepping s = {p, now, most, false};
	int err = store_read(p->st, ask_in, &s.more);

	if (err == 0 && s.more)
		err = store_write(p->st, step_in, &s);
	if (err == 0)
		*ret_more = s.more;
	return err;
}
