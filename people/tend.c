/* SPDX-License-Identifier: EUPL-1.2 */
/* The timer that erases those whose time is up. */
#include "people/people_int.h"

#include "base/metric.h"

#define WAITING_MOST 2000 /* for two people, before those that the timer erases */

/* --- the timer --- */

static struct metric erased = METRIC_COUNTER(
	"hylla_people_erased_total", "Borrowers, or their needs, erased since their time was up");

void people_metrics_list(void)
{
	metric_list(&erased);
}

struct tending {
	struct people *p;
	int64_t now;
	size_t most, n;
};

int people_needs_wipe_in(struct store_txn *txn, const struct people_caller *who,
	const struct people_borrower *before)
{
	struct people_borrower b = *before;
	int err;

	b.needs = bytes_of("", 0);
	b.needs_at = 0;
	b.version++;
	err = people_borrower_put(txn, before, &b);
	return err ? err : audit_add(txn, who->who, who->now, "borrower.needs_erased", b.id, NULL);
}

/* The rule may have changed since the date was set: then the date follows first. Whom two people
 * are to confirm stays where it is, and is not counted. */
static int tend_one(struct tending *t, struct store_txn *txn, struct arena *a,
	const struct people_borrower *was)
{
	static const struct audit_who server = {.actor = "server", .via = "server"};
	const struct people_caller who = {&server, PEOPLE_ZONES, t->now};
	struct people_borrower b = *was;
	struct people_policy policy;
	int err = people_due_renew(txn, a, &b, &policy);

	if (err)
		return err;
	if (people_due_of(&b) && people_due_of(&b) < t->now && policy.by_protocol)
		return people_due_of(&b) == people_due_of(was) ? 0
							       : people_borrower_put(txn, was, &b);
	t->n++;
	if (b.erase_at && b.erase_at < t->now)
		return people_wipe_in(t->p, txn, a, &who, was, "time", policy.decision);
	if (b.needs_at && b.needs_at < t->now)
		return people_needs_wipe_in(txn, &who, was);
	return people_borrower_put(txn, was, &b);
}

static int tend_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tending *t = arg;
	struct people_borrower *b;
	size_t n;
	int err = people_due_list(
		t->p, txn, a, PEOPLE_ZONES, t->now, t->most + WAITING_MOST, &b, &n);

	t->n = 0;
	for (size_t i = 0; err == 0 && i < n && t->n < t->most; i++)
		err = tend_one(t, txn, a, &b[i]);
	return err;
}

int people_tend(struct people *p, int64_t now, size_t most, size_t *ret_n)
{
	struct tending t = {p, now, most, 0};
	int err = people_policy_tend(p, now);

	if (err == 0)
		err = store_write(p->st, tend_in, &t);
	if (err)
		return err;
	metric_add(&erased, (int64_t)t.n);
	*ret_n = t.n;
	return 0;
}
