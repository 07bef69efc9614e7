/* SPDX-License-Identifier: EUPL-1.2 */
/* A borrower's state, open loans and end. */
#include "people/people_int.h"

int people_due_renew(
	struct store_txn *txn, struct arena *a, struct people_borrower *b, struct people_policy *ret)
{
	int err = people_policy_get(txn, a, (enum people_zone)b->zone, b->kind, ret);

	if (err == 0)
		people_due_set(ret, b);
	return err;
}

int people_loans_add(struct people *p, struct store_txn *txn, const char *id, int by, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct people_borrower before, b;
	struct people_policy policy;
	int err = people_borrower_get(txn, a, id, &before);

	if (err)
		return err;
	b = before;
	if (by < 0 && b.open_loans < (uint32_t)-by)
		return ERR_CONFLICT;
	b.open_loans += (uint32_t)by;
	if (now > b.last_at)
		b.last_at = now;
	err = people_due_renew(txn, a, &b, &policy);
	return err ? err : people_borrower_put(txn, &before, &b);
}

int people_asked(struct people *p, struct store_txn *txn, const char *id, int64_t now)
{
	return people_loans_add(p, txn, id, 0, now);
}

struct setting {
	struct people *p;
	const struct people_caller *who;
	const char *id, *reason;
	enum people_state to;
	struct refusal *r;
};

static int add_audit(struct store_txn *txn, struct arena *a, const struct setting *s,
	const struct people_borrower *b)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "to", people_state_name((enum people_state)b->state));
	doc_set_str(d, "reason", b->reason);
	doc_format(d, &text);
	return audit_add(txn, s->who->who, s->who->now, "borrower.state", b->id, buf_str(&text));
}

static int set(struct store_txn *txn, struct arena *a, const struct setting *s)
{
	struct people_borrower before, b;
	int err = people_get(s->p, txn, a, s->who->zones, s->id, &before);

	if (err == 0 && before.state == PEOPLE_ERASED)
		err = ERR_NOTFOUND;
	if (err)
		return err;
	if (s->to < PEOPLE_ACTIVE || s->to > PEOPLE_EXPIRED)
		return refuse(s->r, &people_say_bad_field, "state", NULL, NULL);
	if (s->to == PEOPLE_ACTIVE ? !text_empty(s->reason) && !people_code_is(s->reason)
				   : !people_code_is(s->reason))
		return refuse(s->r, &people_say_bad_field, "reason", NULL, NULL);
	b = before;
	b.state = s->to;
	b.reason = s->to == PEOPLE_ACTIVE ? NULL : s->reason;
	b.changed_at = s->who->now;
	b.version++;
	err = people_borrower_put(txn, &before, &b);
	return err ? err : add_audit(txn, a, s, &b);
}

static int set_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct setting *s = arg;

	return refusal_keep(s->r, set(txn, a, s));
}

int people_state_set(struct people *p, const struct people_caller *who, const char *id,
	enum people_state to, const char *reason, struct refusal *r)
{
	struct setting s = {p, who, id, reason, to, r};

	*r = (struct refusal){0};
	return store_write(p->st, set_in, &s);
}

/* --- the end of it --- */

int people_wipe_in(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_borrower *b, const char *reason,
	const char *decision)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(a);
	struct people_borrower gone = {.id = b->id,
		.zone = b->zone,
		.kind = b->kind,
		.state = PEOPLE_ERASED,
		.reason = reason,
		.made_at = b->made_at,
		.changed_at = who->now,
		.last_at = b->last_at,
		.version = b->version + 1};
	int err =
		people_index_move(txn, (enum people_zone)b->zone, b->id, b->keys, bytes_of("", 0));

	if (err == 0)
		err = people_said_wipe(txn, b->id);
	if (err == 0)
		err = people_borrower_put(txn, b, &gone);
	if (err)
		return err;
	doc_set_str(d, "reason", reason);
	if (!text_empty(decision))
		doc_set_str(d, "decision", decision);
	doc_format(d, &text);
	return audit_add(txn, who->who, who->now, "borrower.erased", b->id, buf_str(&text));
}

static int erase(struct store_txn *txn, struct arena *a, const struct setting *s)
{
	struct people_borrower b;
	int err = people_get(s->p, txn, a, s->who->zones, s->id, &b);

	if (err == 0 && b.state == PEOPLE_ERASED)
		err = ERR_NOTFOUND;
	if (err)
		return err;
	if (!people_code_is(s->reason))
		return refuse(s->r, &people_say_bad_field, "reason", NULL, NULL);
	if (b.open_loans)
		return refuse(s->r, &people_say_loans_open, arena_printf(a, "%u", b.open_loans),
			NULL, NULL);
	return people_wipe_in(s->p, txn, a, s->who, &b, s->reason, NULL);
}

static int erase_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct setting *s = arg;

	return refusal_keep(s->r, erase(txn, a, s));
}

int people_erase(struct people *p, const struct people_caller *who, const char *id,
	const char *reason, struct refusal *r)
{
	struct setting s = {p, who, id, reason, PEOPLE_ERASED, r};

	*r = (struct refusal){0};
	return store_write(p->st, erase_in, &s);
}
