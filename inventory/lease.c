/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was agreed with suppliers, and what comes from them.
 *
 * INV_LEASE     s id -> struct inv_lease
 * INV_DELIVERY  s id -> struct inv_delivery
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

static const struct rec_field delivery_fields[] = {
	REC_STR(1, struct inv_delivery, id),
	REC_STR(2, struct inv_delivery, order),
	REC_STR(3, struct inv_delivery, supplier),
	REC_STR(4, struct inv_delivery, lease),
	REC_STR(5, struct inv_delivery, product_id),
	REC_STR(6, struct inv_delivery, place),
	REC_STR(7, struct inv_delivery, note),
	REC_U32(8, struct inv_delivery, expected_day),
	REC_U32(9, struct inv_delivery, expected),
	REC_U32(10, struct inv_delivery, received),
	REC_BOOL(11, struct inv_delivery, closed),
	REC_I64(12, struct inv_delivery, made_at),
	REC_I64(13, struct inv_delivery, changed_at),
	REC_END,
};
static const struct rec_type delivery_rec = REC_TYPE(struct inv_delivery, 1, delivery_fields);

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

int inv_delivery_get(
	struct store_txn *txn, struct arena *a, const char *id, struct inv_delivery *ret)
{
	struct store_key k = store_key("s", id);
	struct inv_delivery d;
	int err = inv_rec_get(txn, INV_DELIVERY, &k, &delivery_rec, a, &d);

	if (err == 0)
		*ret = d;
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

int inv_delivery_list(struct store_txn *txn, const struct store_piece *piece,
	struct inv_delivery **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = INV_DELIVERY, .type = &delivery_rec};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

static bool fits(const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (texts[i] && strlen(texts[i]) > 2000)
			return false;
	}
	return true;
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
	if (!l->id || inv_code_parse(a, l->id, &clean.id) != 0)
		return refusal_keep(
			r, refuse(r, &inv_say_bad_code, l->id ? l->id : "", NULL, NULL));
	if (!fits(texts, 4))
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	if (l->monthly_ore < 0 || l->residual_ore < 0 || l->months > 600 ||
		(l->end_day && l->end_day < l->start_day))
		return refuse(r, &inv_say_number_bad, NULL, NULL, NULL);
	return inv_job_run(&j);
}

static int put_delivery_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct inv_delivery before = {0}, d = *(const struct inv_delivery *)j->ask;
	struct store_key k = store_key("s", d.id);
	struct inv_fields f = INV_FIELDS_NONE;
	struct inv_unit probe = {.serial = ""};
	int err = inv_delivery_get(txn, a, d.id, &before);

	(void)none;
	if (err && err != ERR_NOTFOUND)
		return err;
	d.made_at = err == 0 ? before.made_at : j->now;
	d.received = before.received;
	d.changed_at = j->now;
	d.unknown = before.unknown;
	f.product_id = d.product_id;
	f.place = d.place;
	err = inv_fields_apply(txn, a, &f, &probe, j->r);
	d.product_id = probe.product_id;
	d.place = probe.place;
	if (err == 0)
		err = inv_rec_put(txn, INV_DELIVERY, &k, &delivery_rec, &d);
	return err ? err
		   : audit_add(txn, j->who, j->now, "delivery.put", d.id,
			     inv_detail(a, "order", d.order, NULL));
}

int inv_delivery_put(struct inv *inv, const struct audit_who *who, const struct inv_delivery *d,
	int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *const texts[] = {d->order, d->supplier, d->lease, d->note};
	struct inv_delivery clean = *d;
	struct inv_job j = {
		.inv = inv, .who = who, .now = now, .r = r, .fn = put_delivery_in, .ask = &clean};

	*r = (struct refusal){0};
	if (!d->id || inv_code_parse(a, d->id, &clean.id) != 0)
		return refusal_keep(
			r, refuse(r, &inv_say_bad_code, d->id ? d->id : "", NULL, NULL));
	if (!text_empty(d->lease) && inv_code_parse(a, d->lease, &clean.lease) != 0)
		return refusal_keep(r, refuse(r, &inv_say_bad_code, d->lease, NULL, NULL));
	if (!fits(texts, 4) || d->expected > 100000)
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	return inv_job_run(&j);
}

/* A piece that was on no list: made as the delivery says. */
static int receive_new(
	struct store_txn *txn, struct inv_job *j, struct arena *a, const struct inv_delivery *d)
{
	struct inv_fields f = INV_FIELDS_NONE;
	struct inv_unit u = {.state = INV_DELIVERED};
	int err;

	if (inv_code_parse(a, j->code, &u.serial) != 0)
		return refuse(j->r, &inv_say_bad_code, j->code, NULL, NULL);
	f.product_id = d->product_id;
	f.place = d->place;
	f.lease = d->lease;
	f.supplier = d->supplier;
	f.delivery = d->id;
	f.ownership = text_empty(d->lease) ? INV_OWNED : INV_LEASED;
	err = inv_fields_apply(txn, a, &f, &u, j->r);
	if (err == 0 && u.product_id && u.kind != INV_KIND_IPAD) {
		u.maker_serial = u.serial;
		err = inv_item_number_next(txn, a, NULL, &u.item_number);
		u.serial = u.item_number;
	}
	u.home = u.place;
	return err ? err : inv_unit_add(txn, j, &u, "delivered");
}

static int receive_known(
	struct store_txn *txn, struct inv_job *j, struct inv_unit *u, const struct inv_delivery *d)
{
	const struct inv_event e = {
		.kind = "delivered", .text = d->id, .from = u->state, .to = INV_DELIVERED};
	const struct inv_unit before = *u;

	if (u->state != INV_ORDERED && u->state != INV_QUARANTINED)
		return refuse(j->r, &inv_say_received, u->serial, NULL, NULL);
	u->state = INV_DELIVERED;
	u->delivery = d->id;
	if (text_empty(u->lease))
		u->lease = d->lease;
	if (text_empty(u->place))
		u->place = d->place;
	if (before.state == INV_QUARANTINED && j->inv->mdm) {
		int err = mdm_trust_set(j->inv->mdm, txn, u->serial, true, j->now);

		if (err)
			return err;
		j->woken = true;
	}
	return inv_unit_save(txn, j, &before, u, &e, NULL);
}

static int receive_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct inv_delivery d;
	struct inv_unit u;
	struct store_key k;
	const char *id;
	int err = inv_code_parse(a, j->ask, &id);

	(void)none;
	if (err == 0)
		err = inv_delivery_get(txn, a, id, &d);
	if (err)
		return refuse(j->r, &inv_say_no_delivery, j->ask, NULL, NULL);
	if (d.closed)
		return refuse(j->r, &inv_say_delivery_closed, d.id, NULL, NULL);
	err = inv_unit_find(txn, a, j->code, &u);
	if (err == 0)
		err = receive_known(txn, j, &u, &d);
	else if (err == ERR_NOTFOUND)
		err = receive_new(txn, j, a, &d);
	if (err)
		return err;
	d.received++;
	d.changed_at = j->now;
	k = store_key("s", d.id);
	err = inv_rec_put(txn, INV_DELIVERY, &k, &delivery_rec, &d);
	return err ? err
		   : audit_add(txn, j->who, j->now, "delivery.receive", d.id,
			     inv_detail(a, "code", j->code, NULL));
}

int inv_delivery_receive(
	struct inv *inv, const struct inv_act *act, const char *delivery, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, receive_in, delivery, NULL);

	return inv_job_run(&j);
}
