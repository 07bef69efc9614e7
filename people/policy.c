/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules of how long: one that lets go of what is kept waits before it counts; then all are counted
 * anew by it (sweep.c). */
#include "people/people_int.h"

#define DAYS_MOST (100 * 366)

struct setting {
	struct people *p;
	const struct people_caller *who;
	const struct people_policy *want;
	struct refusal *r;
};

static int audit_policy(struct store_txn *txn, const struct people_caller *who, const char *act,
	const struct people_policy *x)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "kind", x->kind ? x->kind : "");
	doc_set_int(d, "keep_days", x->keep_days);
	doc_set_int(d, "needs_days", x->needs_days);
	doc_set_bool(d, "no_identity", x->no_identity);
	doc_set_bool(d, "by_protocol", x->by_protocol);
	doc_set_str(d, "decision", x->decision);
	if (x->counts_at)
		doc_set_time(d, "counts_at", x->counts_at);
	doc_format(d, &text);
	return audit_add(txn, who->who, who->now, act,
		arena_printf(a, "policy:%s", people_zone_name((enum people_zone)x->zone)),
		buf_str(&text));
}

static const char *wrong_field(const struct people_policy *x)
{
	if (x->zone != PEOPLE_CARE && x->zone != PEOPLE_LIBRARY)
		return "zone";
	if (!text_empty(x->kind) && !people_code_is(x->kind))
		return "kind";
	if (x->keep_days > DAYS_MOST)
		return "keep_days";
	if (x->needs_days > DAYS_MOST)
		return "needs_days";
	return text_empty(x->decision) || !people_lines_are(x->decision, PEOPLE_TEXT) ? "decision"
										      : NULL;
}

static int put_now(struct store_txn *txn, const struct people_caller *who,
	const struct people_policy *x)
{
	int err = people_policy_unwait(txn, x);

	if (err == 0 || err == ERR_NOTFOUND)
		err = people_policy_put(txn, x);
	if (err == 0)
		err = people_sweep_begin(txn, who->now);
	return err ? err : audit_policy(txn, who, "borrower.policy", x);
}

static int put_later(struct store_txn *txn, const struct people_caller *who,
	struct people_policy *x)
{
	int err;

	x->counts_at = who->now + PEOPLE_WAIT_S;
	err = people_policy_wait(txn, x);
	return err ? err : audit_policy(txn, who, "borrower.policy_wait", x);
}

static int set_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct setting *s = arg;
	struct people_policy x = *s->want, now;
	const char *wrong = wrong_field(&x);
	int err;

	if (wrong)
		return refuse(s->r, &people_say_bad_field, wrong, NULL, NULL);
	x.changed_at = s->who->now;
	x.changed_by = s->who->who->actor;
	x.counts_at = 0;
	err = people_policy_get(txn, a, (enum people_zone)x.zone, x.kind, &now);
	if (err)
		return err;
	return people_policy_shortens(&now, &x) ? put_later(txn, s->who, &x)
						 : put_now(txn, s->who, &x);
}

int people_policy_set(struct people *p, const struct people_caller *who,
	const struct people_policy *want, struct refusal *r)
{
	struct setting s = {p, who, want, r};

	*r = (struct refusal){0};
	return store_write(p->st, set_in, &s);
}

/* --- what waits --- */

static int withdraw_in(struct store_txn *txn, void *arg)
{
	const struct setting *s = arg;
	int err = people_policy_unwait(txn, s->want);

	return err ? err : audit_policy(txn, s->who, "borrower.policy_withdraw", s->want);
}

int people_policy_withdraw(struct people *p, const struct people_caller *who, enum people_zone zone,
	const char *kind)
{
	const struct people_policy which = {.zone = zone, .kind = kind};
	struct setting s = {p, who, &which, NULL};

	return store_write(p->st, withdraw_in, &s);
}

static int tend_in(struct store_txn *txn, void *arg)
{
	static const struct audit_who server = {.actor = "server", .via = "server"};
	AUTO(arena) struct arena *a = arena_new();
	const struct people_caller who = {&server, PEOPLE_ZONES, *(const int64_t *)arg};
	struct people_policy *x;
	size_t n;
	int err = people_policy_waiting(txn, a, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (x[i].counts_at <= who.now)
			err = put_now(txn, &who, &x[i]);
	}
	return err;
}

int people_policy_tend(struct people *p, int64_t now)
{
	return store_write(p->st, tend_in, &now);
}
