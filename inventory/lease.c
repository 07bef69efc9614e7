/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was agreed with suppliers.
 *
 * INV_LEASE  s id -> struct inv_lease
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

static const struct rec_field lease_fields[] = {
	REC_STR(1, struct inv_lease, id),
	REC_STR(2, struct inv_lease, supplier),
	REC_STR(3, struct inv_lease, agreement),
	REC_STR(4, struct inv_lease, funding),
	REC_STR(5, struct inv_lease, terms),
	REC_U32(6, struct inv_lease, start_day),
	REC_U32(7, struct inv_lease, end_day),
	REC_U32(8, struct inv_lease, months),
	REC_U32(9, struct inv_lease, notice_days),
	REC_I64(10, struct inv_lease, monthly_ore),
	REC_I64(11, struct inv_lease, residual_ore),
	REC_BOOL(12, struct inv_lease, closed),
	REC_I64(13, struct inv_lease, made_at),
	REC_I64(14, struct inv_lease, changed_at),
	REC_END,
};
static const struct rec_type lease_rec = REC_TYPE(struct inv_lease, 1, lease_fields);

int32_t inv_lease_end(const struct inv_lease *l)
{
	if (l->end_day || !l->start_day || !l->months)
		return l->end_day;
	return day_add_months(l->start_day, (int)l->months) - 1;
}

int inv_lease_get(struct store_txn *txn, struct arena *a, const char *id, struct inv_lease *ret)
{
	struct store_key k = store_key("s", id);
	struct inv_lease l;
	int err = inv_rec_get(txn, INV_LEASE, &k, &lease_rec, a, &l);

	if (err == 0)
		*ret = l;
	return err;
}

int inv_lease_list(struct store_txn *txn, const struct store_piece *piece, struct inv_lease **ret,
	size_t *ret_n)
{
	static const struct store_list list = {.table = INV_LEASE, .type = &lease_rec};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

bool inv_agreed_fits(const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (texts[i] && strlen(texts[i]) > 2000)
			return false;
	}
	return true;
}

/* What is on it and has not gone back. */
static int still_here(struct store_txn *txn, const char *id, uint64_t *ret)
{
	uint64_t n[INV_STATES], all = 0;
	int err = inv_count_lease(txn, id, n);

	for (unsigned s = 1; err == 0 && s < INV_STATES; s++)
		all += inv_state_is_ours(s) ? n[s] : 0;
	if (err == 0)
		*ret = all;
	return err;
}

/* It is over when nothing of it is left here. */
static int may_close(struct store_txn *txn, struct inv_job *j, struct arena *a,
	const struct inv_lease *l, const struct inv_lease *before)
{
	uint64_t n = 0;
	int err = l->closed && !before->closed ? still_here(txn, l->id, &n) : 0;

	if (err || n == 0)
		return err;
	return refuse(j->r, &inv_say_lease_holds, l->id,
		arena_printf(a, "%llu", (unsigned long long)n), NULL);
}

int inv_agreed_id(struct arena *a, const char *text, const char **ret, struct refusal *r)
{
	if (text && strchr(text, '/')) /* it is a part of an address */
		return refusal_keep(r, refuse(r, &inv_say_id_slash, text, NULL, NULL));
	if (text && inv_code_parse(a, text, ret) == 0)
		return 0;
	return refusal_keep(r, refuse(r, &inv_say_bad_code, text ? text : "", NULL, NULL));
}

static int put_lease_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct inv_lease before = {0}, l = *(const struct inv_lease *)j->ask;
	struct store_key k = store_key("s", l.id);
	int err = inv_lease_get(txn, a, l.id, &before);

	(void)none;
	if (err && err != ERR_NOTFOUND)
		return err;
	l.made_at = err == 0 ? before.made_at : j->now;
	l.changed_at = j->now;
	l.unknown = before.unknown;
	err = may_close(txn, j, a, &l, &before);
	if (err == 0)
		err = inv_rec_put(txn, INV_LEASE, &k, &lease_rec, &l);
	return err ? err
		   : audit_add(txn, j->who, j->now, "lease.put", l.id,
			     inv_detail(a, "supplier", l.supplier, "agreement", l.agreement, NULL));
}

int inv_lease_put(struct inv *inv, const struct audit_who *who, const struct inv_lease *l,
	int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *const texts[] = {l->supplier, l->agreement, l->funding, l->terms};
	struct inv_lease clean = *l;
	struct inv_job j = {
		.inv = inv, .who = who, .now = now, .r = r, .fn = put_lease_in, .ask = &clean};

	*r = (struct refusal){0};
	if (inv_agreed_id(a, l->id, &clean.id, r) != 0)
		return ERR_REFUSED;
	if (!inv_agreed_fits(texts, 4))
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	if (l->monthly_ore < 0 || l->residual_ore < 0 || l->months > 600 ||
		(l->end_day && l->end_day < l->start_day))
		return refuse(r, &inv_say_number_bad, NULL, NULL, NULL);
	return inv_job_run(&j);
}

int inv_lease_named(struct store_txn *txn, struct arena *a, const char *text, const char **ret)
{
	struct inv_lease l;
	const char *id;
	int err = inv_code_parse(a, text, &id);

	if (err == 0)
		err = inv_lease_get(txn, a, id, &l);
	if (err == 0)
		*ret = l.id;
	return err == ERR_NOTFOUND || err == ERR_BADINPUT ? 0 : err;
}

int inv_lease_take(struct store_txn *txn, struct arena *a, struct inv_unit *u)
{
	struct inv_lease l;
	int err = text_empty(u->lease) || u->lease_ends_at
			  ? ERR_NOTFOUND
			  : inv_lease_get(txn, a, u->lease, &l);

	if (err == 0 && inv_lease_end(&l))
		u->lease_ends_at = day_start(inv_lease_end(&l));
	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- things whose end is another than their lease's --- */

#define FOLLOW_STEP 200

struct follow {
	const char *lease;
	int64_t ends_at;
	const char *after; /* where this step begins; NULL: at the first */
	const char *next;  /* in `keep`; NULL: that was the last step */
	struct arena *keep;
	size_t changed;
};

static int follow_one(
	struct store_txn *txn, struct inv_job *j, struct follow *f, struct inv_unit *u)
{
	const struct inv_event e = {.kind = "lease", .text = f->lease};
	const struct inv_unit before = *u;

	if (!inv_state_is_ours(u->state) || u->lease_ends_at == f->ends_at)
		return 0;
	u->lease_ends_at = f->ends_at;
	f->changed++;
	return inv_unit_save(txn, j, &before, u, &e, NULL);
}

static int follow_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct follow *f = j->out;
	struct inv_filter which = {.lease = f->lease, .after = f->after, .most = FOLLOW_STEP};
	struct inv_unit *u;
	const char *next;
	size_t n;
	int err = inv_unit_filter(txn, a, &which, &u, &n, &next);

	(void)none;
	f->changed = 0;
	for (size_t i = 0; err == 0 && i < n; i++)
		err = follow_one(txn, j, f, &u[i]);
	if (err == 0)
		f->next = next ? arena_strdup(f->keep, next) : NULL;
	return err || !f->changed
		       ? err
		       : audit_add(txn, j->who, j->now, "lease.follow", f->lease,
				 inv_detail(a, "things", arena_printf(a, "%zu", f->changed), NULL));
}

struct lease_read {
	struct arena *a;
	const char *id;
	struct inv_lease l;
};

static int lease_in(struct store_txn *txn, void *arg)
{
	struct lease_read *r = arg;

	return inv_lease_get(txn, r->a, r->id, &r->l);
}

int inv_lease_follow(struct inv *inv, const struct inv_act *act, struct refusal *r, size_t *ret_n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct lease_read rd = {.a = a, .id = ""};
	struct follow f = {.keep = a};
	struct inv_job j = INV_JOB(inv, act, r, follow_in, NULL, &f);
	size_t all = 0;
	int err = inv_code_parse(a, act->code, &rd.id);

	*r = (struct refusal){0};
	if (err == 0)
		err = store_read(inv->st, lease_in, &rd);
	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		return refusal_keep(r, refuse(r, &inv_say_no_lease, act->code, NULL, NULL));
	if (err == 0 && !inv_lease_end(&rd.l))
		return refusal_keep(r, refuse(r, &inv_say_lease_endless, rd.id, NULL, NULL));
	f.lease = rd.id;
	f.ends_at = err ? 0 : day_start(inv_lease_end(&rd.l));
	do {
		f.after = f.next;
		if (err == 0)
			err = inv_job_run(&j);
		all += f.changed;
	} while (err == 0 && f.next);
	if (err == 0)
		*ret_n = all;
	return err;
}
