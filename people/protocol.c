/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Erasing by the plan as the archive law wants it: one of the staff draws the list up, another
 * confirms it, and what was erased, when, by whom and on which decision stays as a protocol without
 * anything personal. Between the two nothing is decided: who borrowed again meanwhile, or whose
 * rule became longer, is kept.
 */
#include "people/people_int.h"

#include <inttypes.h>

static const char *const states[] = {"", "proposed", "done", "withdrawn"};

const char *people_protocol_state_name(unsigned s)
{
	return s < sizeof(states) / sizeof(states[0]) ? states[s] : "";
}

struct keeping {
	struct people *p;
	const struct people_caller *who;
	enum people_zone zone;
	uint64_t number;
	struct refusal *r;
	struct people_protocol out;
};

/* --- drawn up --- */

static int newest(struct store_txn *txn, struct arena *a, enum people_zone zone,
	struct people_protocol *ret)
{
	struct people_protocol *list;
	size_t n;
	int err = people_protocol_list(txn, a, zone, &list, &n);

	if (err)
		return err;
	*ret = n ? list[0] : (struct people_protocol){0};
	return 0;
}

/* What of this borrower is due by the rule of today; false: nothing, since that became longer. */
static int row_of(struct store_txn *txn, struct arena *a, const struct people_borrower *was,
	int64_t now, struct people_protocol_row *ret)
{
	struct people_borrower b = *was;
	struct people_policy policy;
	int err = people_due_renew(txn, a, &b, &policy);

	if (err)
		return err;
	if (!(b.erase_at && b.erase_at < now) && !(b.needs_at && b.needs_at < now))
		return ERR_NOTFOUND;
	*ret = (struct people_protocol_row){.id = b.id,
		.kind = b.kind,
		.needs_only = !(b.erase_at && b.erase_at < now),
		.last_at = b.last_at,
		.decision = policy.decision};
	ret->due_at = ret->needs_only ? b.needs_at : b.erase_at;
	return 0;
}

static int put_rows(
	struct store_txn *txn, struct arena *a, struct keeping *j, struct people_protocol *x)
{
	struct people_borrower *b;
	size_t n;
	int err = people_due_list(
		j->p, txn, a, j->zone, j->who->now, PEOPLE_PROTOCOL_MOST, &b, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct people_protocol_row row;

		err = row_of(txn, a, &b[i], j->who->now, &row);
		if (err == ERR_NOTFOUND) {
			err = 0;
			continue;
		}
		if (err == 0)
			err = people_protocol_row_put(txn, x, &row);
		x->count++;
	}
	return err;
}

static int note(struct store_txn *txn, struct arena *a, const struct keeping *j,
	const struct people_protocol *x, const char *act)
{
	AUTO(buf) struct buf text = BUF_INIT(1024);
	struct doc *d = doc_new(a);

	doc_set_int(d, "count", x->count);
	if (x->state == PEOPLE_PROTOCOL_DONE) {
		doc_set_int(d, "erased", x->erased);
		doc_set_int(d, "needs_erased", x->needs_erased);
	}
	doc_format(d, &text);
	return audit_add(txn, j->who->who, j->who->now, act,
		arena_printf(a, "protocol:%s/%" PRIu64, people_zone_name(j->zone), x->number),
		buf_str(&text));
}

/* Else who makes a program's token, or sits at the server, would be two. */
static int person_check(const struct keeping *j)
{
	const char *actor = j->who->who->actor;

	return audit_is_person(actor) ? 0
				      : refuse(j->r, &people_say_person_needed, actor, NULL, NULL);
}

static int propose(struct store_txn *txn, struct arena *a, struct keeping *j)
{
	struct people_protocol last, x = {.zone = j->zone,
		.state = PEOPLE_PROTOCOL_PROPOSED,
		.made_at = j->who->now,
		.made_by = j->who->who->actor};
	int err = person_check(j);

	if (err == 0)
		err = newest(txn, a, j->zone, &last);
	if (err)
		return err;
	if (last.state == PEOPLE_PROTOCOL_PROPOSED)
		return refuse(j->r, &people_say_protocol_open,
			arena_printf(a, "%" PRIu64, last.number), NULL, NULL);
	x.number = last.number + 1;
	err = put_rows(txn, a, j, &x);
	if (err == 0 && x.count == 0)
		return refuse(j->r, &people_say_nobody_due, NULL, NULL, NULL);
	if (err == 0)
		err = people_protocol_put(txn, &x);
	if (err == 0)
		err = note(txn, a, j, &x, "borrower.protocol_proposed");
	j->out.number = x.number;
	return err;
}

static int propose_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct keeping *j = arg;

	return refusal_keep(j->r, propose(txn, a, j));
}

int people_protocol_propose(struct people *p, const struct people_caller *who,
	enum people_zone zone, uint64_t *ret_number, struct refusal *r)
{
	struct keeping j = {.p = p, .who = who, .zone = zone, .r = r};
	int err;

	*r = (struct refusal){0};
	if (!(who->zones & zone))
		return ERR_NOTFOUND;
	err = store_write(p->st, propose_in, &j);
	if (err == 0)
		*ret_number = j.out.number;
	return err;
}

/* --- confirmed, or not --- */

/* One that is open. */
static int open_one(
	struct store_txn *txn, struct arena *a, struct keeping *j, struct people_protocol *x)
{
	int err = people_protocol_get(txn, a, j->zone, j->number, x);

	if (err == 0 && x->state != PEOPLE_PROTOCOL_PROPOSED)
		return refuse(j->r, &people_say_protocol_over, NULL, NULL, NULL);
	x->ended_at = j->who->now;
	x->ended_by = j->who->who->actor;
	return err;
}

/* Is it still due, and for the same? Then it goes; one of whom more is due now than the list said
 * waits for the next list. */
static int erase_row(struct store_txn *txn, struct arena *a, struct keeping *j,
	struct people_protocol *x, struct people_protocol_row *row)
{
	struct people_protocol_row now;
	struct people_borrower b;
	int err = people_get(j->p, txn, a, j->zone, row->id, &b);

	if (err == 0)
		err = b.state == PEOPLE_ERASED ? ERR_NOTFOUND
					       : row_of(txn, a, &b, j->who->now, &now);
	if (err || (now.needs_only && !row->needs_only))
		return err == ERR_NOTFOUND ? 0 : err;
	if (row->needs_only)
		err = b.needs.n ? people_needs_wipe_in(txn, j->who, &b) : 0;
	else
		err = people_wipe_in(j->p, txn, a, j->who, &b, "time", now.decision);
	if (err)
		return err;
	row->done = true;
	*(row->needs_only ? &x->needs_erased : &x->erased) += 1;
	return people_protocol_row_put(txn, x, row);
}

static int confirm(struct store_txn *txn, struct arena *a, struct keeping *j)
{
	struct people_protocol_row *row;
	struct people_protocol x;
	size_t n = 0;
	int err = person_check(j);

	if (err == 0)
		err = open_one(txn, a, j, &x);
	if (err)
		return err;
	if (text_equal_case(x.made_by, j->who->who->actor))
		return refuse(j->r, &people_say_protocol_second, NULL, NULL, NULL);
	err = people_protocol_rows(txn, a, &x, &row, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = erase_row(txn, a, j, &x, &row[i]);
	if (err)
		return err;
	x.state = PEOPLE_PROTOCOL_DONE;
	err = people_protocol_put(txn, &x);
	return err ? err : note(txn, a, j, &x, "borrower.protocol_confirmed");
}

static int confirm_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct keeping *j = arg;

	return refusal_keep(j->r, confirm(txn, a, j));
}

static int withdraw_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct keeping *j = arg;
	struct people_protocol x;
	int err = open_one(txn, a, j, &x);

	if (err)
		return refusal_keep(j->r, err);
	x.state = PEOPLE_PROTOCOL_WITHDRAWN;
	err = people_protocol_put(txn, &x);
	return err ? err : note(txn, a, j, &x, "borrower.protocol_withdrawn");
}

static int end(struct keeping *j, store_fn *fn)
{
	*j->r = (struct refusal){0};
	return j->who->zones & j->zone ? store_write(j->p->st, fn, j) : ERR_NOTFOUND;
}

int people_protocol_confirm(struct people *p, const struct people_caller *who,
	enum people_zone zone, uint64_t number, struct refusal *r)
{
	struct keeping j = {.p = p, .who = who, .zone = zone, .number = number, .r = r};

	return end(&j, confirm_in);
}

int people_protocol_withdraw(struct people *p, const struct people_caller *who,
	enum people_zone zone, uint64_t number, struct refusal *r)
{
	struct keeping j = {.p = p, .who = who, .zone = zone, .number = number, .r = r};

	return end(&j, withdraw_in);
}
