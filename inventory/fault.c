/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is broken, from "it does not ring" to closed.
 *
 * INV_FAULT            q id             -> struct inv_fault
 * INV_FAULT_BY_UNIT    s serial, q id   -> empty
 * INV_FAULT_OPEN_ONES  q id             -> empty
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

static const struct rec_field fault_fields[] = {
	REC_I64(1, struct inv_fault, id),
	REC_STR(2, struct inv_fault, serial),
	REC_U32(3, struct inv_fault, state),
	REC_WORDS(4, struct inv_fault, symptom),
	REC_WORDS(5, struct inv_fault, tried),
	REC_WORDS(6, struct inv_fault, outcome),
	REC_STR(7, struct inv_fault, channel),
	REC_STR(8, struct inv_fault, loan),
	REC_STR(9, struct inv_fault, swap_unit),
	REC_STR(10, struct inv_fault, swap_loan),
	REC_I64(11, struct inv_fault, made_at),
	REC_I64(12, struct inv_fault, changed_at),
	REC_I64(13, struct inv_fault, closed_at),
	REC_STR(14, struct inv_fault, made_by),
	REC_STR(15, struct inv_fault, closed_by),
	REC_END,
};
const struct rec_type inv_fault_rec =
	REC_TYPE_WORDS("inv.fault", struct inv_fault, 1, fault_fields);

int inv_fault_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_fault *ret)
{
	struct store_key k = store_key("q", id);
	struct inv_fault f;
	int err = inv_rec_get(txn, INV_FAULT, &k, &inv_fault_rec, a, &f);

	if (err == 0)
		*ret = f;
	return err;
}

static int fault_put(struct store_txn *txn, const struct inv_fault *f)
{
	struct store_key k = store_key("q", f->id);

	return inv_rec_put(txn, INV_FAULT, &k, &inv_fault_rec, f);
}

static int add_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	const struct inv_unit before = *u;
	struct inv_event e = {.kind = "fault"};
	struct inv_fault f = *(const struct inv_fault *)j->ask;
	struct store_key k;
	int err = inv_zone_admit(txn, j->zones, u->serial, j->r);

	if (err == 0)
		err = inv_series_next(txn, "fault", &f.id);
	if (err)
		return err;
	f.serial = u->serial;
	f.state = f.state ? f.state : INV_FAULT_OPEN;
	f.loan = text_empty(f.loan) ? u->loan : f.loan;
	f.made_at = f.changed_at = j->now;
	f.made_by = j->who->actor;
	e.text = arena_printf(a, "%llu", (unsigned long long)f.id);
	u->faults_open++;
	k = store_key("sq", u->serial, f.id);
	err = inv_row_put(txn, INV_FAULT_BY_UNIT, &k);
	k = store_key("q", f.id);
	if (err == 0)
		err = inv_row_put(txn, INV_FAULT_OPEN_ONES, &k);
	if (err == 0)
		err = fault_put(txn, &f);
	*(uint64_t *)j->out = f.id;
	return err ? err : inv_unit_save(txn, j, &before, u, &e, "fault.add");
}

static bool texts_fit(const struct inv_fault *f)
{
	return (!f->symptom || strlen(f->symptom) <= 2000) &&
	       (!f->tried || strlen(f->tried) <= 2000) &&
	       (!f->outcome || strlen(f->outcome) <= 2000) &&
	       (!f->channel || strlen(f->channel) <= 60);
}

static int words_decide(const struct inv_fault *f, int64_t now, struct refusal *r)
{
	int err = inv_words_decide(f->symptom, now, r);

	if (err == 0)
		err = inv_words_decide(f->tried, now, r);
	return err ? err : inv_words_decide(f->outcome, now, r);
}

int inv_fault_add(struct inv *inv, const struct inv_act *act, const struct inv_fault *f,
	struct refusal *r, uint64_t *ret_id)
{
	uint64_t id = 0;
	struct inv_job j = INV_JOB(inv, act, r, add_in, f, &id);
	int err;

	*r = (struct refusal){0};
	if (text_empty(f->symptom))
		return refuse(r, &inv_say_symptom_needed, NULL, NULL, NULL);
	if (!texts_fit(f))
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	if (words_decide(f, act->now, r))
		return ERR_REFUSED;
	err = inv_job_unit(&j);
	if (err == 0)
		*ret_id = id;
	return err;
}

static void take(const char **field, const char *value)
{
	if (value)
		*field = value;
}

static int close_one(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_fault *f)
{
	const struct inv_event e = {.kind = "fault", .text = "closed"};
	struct store_key k = store_key("q", f->id);
	struct inv_unit before, u;
	int err = inv_unit_get(txn, a, f->serial, &u);

	if (err)
		return err;
	before = u;
	u.faults_open -= u.faults_open > 0;
	f->closed_at = j->now;
	f->closed_by = j->who->actor;
	err = inv_row_del(txn, INV_FAULT_OPEN_ONES, &k);
	return err ? err : inv_unit_save(txn, j, &before, &u, &e, NULL);
}

static int step_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	const struct inv_fault *want = j->ask;
	struct inv_fault f;
	int err = inv_fault_get(txn, a, want->id, &f);

	(void)none;
	if (err == 0)
		err = inv_zone_admit(txn, j->zones, f.serial, j->r);
	if (err)
		return err;
	if (f.state == INV_FAULT_CLOSED)
		return refuse(j->r, &inv_say_fault_closed, NULL, NULL, NULL);
	take(&f.symptom, want->symptom);
	take(&f.tried, want->tried);
	take(&f.outcome, want->outcome);
	take(&f.channel, want->channel);
	if (want->state)
		f.state = want->state;
	f.changed_at = j->now;
	if (f.state == INV_FAULT_CLOSED)
		err = text_empty(f.outcome)
			      ? refuse(j->r, &inv_say_outcome_needed, NULL, NULL, NULL)
			      : close_one(txn, j, a, &f);
	if (err == 0)
		err = fault_put(txn, &f);
	return err ? err
		   : audit_add(txn, j->who, j->now, "fault.step", f.serial,
			     inv_detail(a, "state", inv_fault_state_name(f.state), NULL));
}

int inv_fault_step(struct inv *inv, const struct inv_act *act, const struct inv_fault *f,
	struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, step_in, f, NULL);

	*r = (struct refusal){0};
	if (!texts_fit(f) || f->state >= INV_FAULT_STATES)
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	return words_decide(f, act->now, r) ? ERR_REFUSED : inv_job_run(&j);
}

int inv_fault_swap(struct store_txn *txn, uint64_t id, const char *swap_unit, const char *swap_loan,
	int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_fault f;
	int err = inv_fault_get(txn, a, id, &f);

	if (err)
		return err;
	f.swap_unit = swap_unit;
	f.swap_loan = swap_loan;
	f.changed_at = now;
	return fault_put(txn, &f);
}

static int take_fault(const struct store_row *row, void *ret)
{
	uint64_t id;
	int err = inv_key_number(row->key, &id);

	return err ? err : inv_fault_get(row->txn, row->a, id, ret);
}

int inv_fault_list(struct store_txn *txn, const char *serial, const struct store_piece *piece,
	struct inv_fault **ret, size_t *ret_n)
{
	static const struct store_list open = {
		.table = INV_FAULT_OPEN_ONES, .size = sizeof(struct inv_fault), .take = take_fault};
	static const struct store_list of_unit = {.table = INV_FAULT_BY_UNIT,
		.newest_first = true,
		.size = sizeof(struct inv_fault),
		.take = take_fault};
	struct store_key of = store_key("s", serial ? serial : "");
	struct store_rows rows = {0};
	int err = serial ? store_list_read(txn, &of_unit, &of, piece, &rows)
			 : store_list_read(txn, &open, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

int inv_fault_open(struct store_txn *txn, const struct store_piece *piece, struct inv_fault **ret,
	size_t *ret_n)
{
	static const struct store_list newest = {.table = INV_FAULT_OPEN_ONES,
		.newest_first = true,
		.size = sizeof(struct inv_fault),
		.take = take_fault};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &newest, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

int inv_fault_all(struct store_txn *txn, const struct store_piece *piece, struct inv_fault **ret,
	size_t *ret_n)
{
	static const struct store_list all = {
		.table = INV_FAULT, .newest_first = true, .type = &inv_fault_rec};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &all, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}
