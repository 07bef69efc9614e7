/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What comes from suppliers. Three numbers must agree: how many were ordered, which ones the
 * supplier announced, and which ones were scanned when the boxes were opened. The last two are
 * counted from the things themselves (unit_index.c).
 *
 * INV_DELIVERY  s id -> struct inv_delivery
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

static const struct rec_field delivery_fields[] = {
	REC_STR(1, struct inv_delivery, id),
	REC_STR(2, struct inv_delivery, order),
	REC_STR(3, struct inv_delivery, supplier),
	REC_STR(4, struct inv_delivery, lease),
	REC_STR(5, struct inv_delivery, product_id),
	REC_STR(6, struct inv_delivery, place),
	REC_WORDS(7, struct inv_delivery, note),
	REC_U32(8, struct inv_delivery, expected_day),
	REC_U32(9, struct inv_delivery, expected),
	REC_BOOL(11, struct inv_delivery, closed),
	REC_I64(12, struct inv_delivery, made_at),
	REC_I64(13, struct inv_delivery, changed_at),
	REC_END,
};
const struct rec_type inv_delivery_rec =
	REC_TYPE_WORDS("inv.delivery", struct inv_delivery, 1, delivery_fields);

static int count_in_stages(struct store_txn *txn, struct inv_delivery *d)
{
	uint64_t n[INV_STATES];
	int err = inv_count_delivery(txn, d->id, n);

	if (err)
		return err;
	d->awaited = (uint32_t)n[INV_STAGE_ANNOUNCED];
	d->unlisted = (uint32_t)n[INV_STAGE_UNLISTED];
	d->announced = d->awaited + (uint32_t)n[INV_STAGE_RECEIVED];
	d->received = d->unlisted + (uint32_t)n[INV_STAGE_RECEIVED];
	return 0;
}

int inv_delivery_get(
	struct store_txn *txn, struct arena *a, const char *id, struct inv_delivery *ret)
{
	struct store_key k = store_key("s", id);
	struct inv_delivery d;
	int err = inv_rec_get(txn, INV_DELIVERY, &k, &inv_delivery_rec, a, &d);

	if (err == 0)
		err = count_in_stages(txn, &d);
	if (err == 0)
		*ret = d;
	return err;
}

int inv_delivery_list(struct store_txn *txn, const struct store_piece *piece,
	struct inv_delivery **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = INV_DELIVERY, .type = &inv_delivery_rec};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);
	struct inv_delivery *d = rows.at;

	for (size_t i = 0; err == 0 && i < rows.n; i++)
		err = count_in_stages(txn, &d[i]);
	if (err)
		return err;
	*ret = d;
	*ret_n = rows.n;
	return 0;
}

bool inv_delivery_agrees(const struct inv_delivery *d)
{
	return d->awaited == 0 && d->unlisted == 0 && d->received == d->expected;
}

static int take_unit(const struct store_row *row, void *ret)
{
	const char *of, *serial;
	int err = store_key_parse(row->key, "ss", &of, &serial);

	return err ? err : inv_unit_get(row->txn, row->a, serial, ret);
}

int inv_delivery_units(struct store_txn *txn, const char *delivery,
	const struct store_piece *piece, struct inv_unit **ret, size_t *ret_n)
{
	static const struct store_list list = {
		.table = INV_BY_DELIVERY, .size = sizeof(struct inv_unit), .take = take_unit};
	struct store_key of = store_key("s", delivery);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &of, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

/* --- a delivery, new or changed --- */

static int may_close(struct inv_job *j, const struct inv_delivery *d, bool was_closed)
{
	if (!d->closed || was_closed || inv_delivery_agrees(d))
		return 0;
	return refuse(j->r, &inv_say_delivery_differs, d->id, NULL, NULL);
}

static int put_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
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
	d.changed_at = j->now;
	d.unknown = before.unknown;
	f.product_id = d.product_id;
	f.place = d.place;
	err = inv_fields_apply(txn, a, &f, &probe, j->r);
	d.product_id = probe.product_id;
	d.place = probe.place;
	if (err == 0)
		err = count_in_stages(txn, &d);
	if (err == 0)
		err = may_close(j, &d, before.closed);
	if (err == 0)
		err = inv_rec_put(txn, INV_DELIVERY, &k, &inv_delivery_rec, &d);
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
		.inv = inv, .who = who, .now = now, .r = r, .fn = put_in, .ask = &clean};

	*r = (struct refusal){0};
	if (inv_agreed_id(a, d->id, &clean.id, r) != 0)
		return ERR_REFUSED;
	if (!text_empty(d->lease) && inv_agreed_id(a, d->lease, &clean.lease, r) != 0)
		return ERR_REFUSED;
	if (!inv_agreed_fits(texts, 4) || d->expected > 100000)
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	return inv_job_run(&j);
}

/* --- what is done to one piece of it --- */

/* The piece's own number: of a maker's label, which says more, the serial number. */
static const char *number_of(struct arena *a, const struct inv_job *j)
{
	const struct inv_scan *label = inv_label_read(a, j->code);

	return label ? label->serial : j->code;
}

/* A piece that was on no list: made as the delivery says. */
static int make_piece(struct store_txn *txn, struct inv_job *j, struct arena *a,
	const struct inv_delivery *d, struct inv_unit *u)
{
	struct inv_fields f = INV_FIELDS_NONE;
	int err;

	if (inv_code_parse(a, number_of(a, j), &u->serial) != 0)
		return refuse(j->r, &inv_say_bad_code, j->code, NULL, NULL);
	f.product_id = d->product_id;
	f.place = d->place;
	f.lease = d->lease;
	f.supplier = d->supplier;
	f.delivery = d->id;
	f.ownership = text_empty(d->lease) ? INV_OWNED : INV_LEASED;
	err = inv_fields_apply(txn, a, &f, u, j->r);
	if (err == 0 && u->product_id && u->kind != INV_KIND_IPAD) {
		u->maker_serial = u->serial;
		err = inv_item_number_next(txn, a, NULL, &u->item_number);
		u->serial = u->item_number;
	}
	u->home = u->place;
	inv_label_fill(inv_label_read(a, j->code), u);
	if (err == 0)
		err = inv_lease_take(txn, a, u);
	return err ? err : inv_unit_add(txn, j, u, u->announced ? "announced" : "delivered");
}

/* What is known of the thing already stays. */
static int join(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u,
	const struct inv_delivery *d)
{
	struct inv_fields f = INV_FIELDS_NONE;
	int err;

	f.delivery = d->id;
	f.lease = text_empty(u->lease) ? d->lease : NULL;
	f.place = text_empty(u->place) ? d->place : NULL;
	f.product_id = text_empty(u->product_id) ? d->product_id : NULL;
	f.supplier = text_empty(u->supplier) ? d->supplier : NULL;
	err = inv_fields_apply(txn, a, &f, u, j->r);
	if (!u->ownership)
		u->ownership = text_empty(u->lease) ? INV_OWNED : INV_LEASED;
	return err ? err : inv_lease_take(txn, a, u);
}

/* On its way: on a list, assigned by its maker, or a stranger that enrolled before it was scanned. */
static bool is_coming(const struct inv_unit *u)
{
	return u->state == INV_ORDERED || u->state == INV_QUARANTINED ||
	       (u->state == INV_DELIVERED && !u->received_at);
}

static int trust(struct store_txn *txn, struct inv_job *j, const struct inv_unit *u, bool trusted)
{
	if (!j->inv->mdm)
		return 0;
	j->woken = true;
	return mdm_trust_set(j->inv->mdm, txn, u->serial, trusted, j->now);
}

static int receive_known(struct store_txn *txn, struct inv_job *j, struct arena *a,
	struct inv_unit *u, const struct inv_delivery *d)
{
	const struct inv_event e = {
		.kind = "delivered", .text = d->id, .from = u->state, .to = INV_DELIVERED};
	const struct inv_unit before = *u;
	int err;

	if (!is_coming(u))
		return refuse(j->r, &inv_say_received, inv_unit_label(u), NULL, NULL);
	/* announced for another delivery and in this box: here it was on no list */
	if (!text_empty(u->delivery) && !text_equal(u->delivery, d->id))
		u->announced = false;
	else
		u->announced = u->announced || u->state == INV_ORDERED;
	err = join(txn, j, a, u, d);
	inv_label_fill(inv_label_read(a, j->code), u);
	u->state_before = u->state;
	u->state = INV_DELIVERED;
	u->received_at = j->now;
	if (err == 0 && before.state == INV_QUARANTINED)
		err = trust(txn, j, u, true);
	if (err == 0)
		err = inv_unit_save(txn, j, &before, u, &e, NULL);
	return err ? err : inv_notice_meet(txn, a, u, j->now);
}

/* What is done to a delivery; the piece is the job's code. */
struct doing {
	const char *delivery;     /* as somebody wrote it */
	const char *const *codes; /* announced */
	size_t n;
	enum inv_settle how;
};

/* One that takes more. */
static int open_delivery(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_delivery *ret)
{
	const struct doing *of = j->ask;
	const char *id;
	int err = inv_code_parse(a, of->delivery, &id);

	if (err == 0)
		err = inv_delivery_get(txn, a, id, ret);
	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		return refuse(j->r, &inv_say_no_delivery, of->delivery, NULL, NULL);
	if (err == 0 && ret->closed)
		return refuse(j->r, &inv_say_delivery_closed, ret->id, NULL, NULL);
	return err;
}

static int done(struct store_txn *txn, struct inv_job *j, struct arena *a, const char *act,
	const struct inv_delivery *d)
{
	return audit_add(txn, j->who, j->now, act, d->id, inv_detail(a, "code", number_of(a, j), NULL));
}

static int receive_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct inv_delivery d;
	struct inv_unit u;
	int err = open_delivery(txn, j, a, &d);

	(void)none;
	if (err)
		return err;
	err = inv_unit_find(txn, a, number_of(a, j), &u);
	if (err == 0)
		err = receive_known(txn, j, a, &u, &d);
	else if (err == ERR_NOTFOUND) {
		u = (struct inv_unit){.state = INV_DELIVERED, .received_at = j->now};
		err = make_piece(txn, j, a, &d, &u);
	} else if (err == ERR_CONFLICT)
		err = refuse(j->r, &inv_say_ambiguous, j->code, NULL, NULL);
	return err ? err : done(txn, j, a, "delivery.receive", &d);
}

int inv_delivery_receive(
	struct inv *inv, const struct inv_act *act, const char *delivery, struct refusal *r)
{
	const struct doing of = {.delivery = delivery};
	struct inv_job j = INV_JOB(inv, act, r, receive_in, &of, NULL);

	return inv_job_run(&j);
}

/* --- the supplier's list --- */

static int announce_known(struct store_txn *txn, struct inv_job *j, struct arena *a,
	struct inv_unit *u, const struct inv_delivery *d)
{
	const struct inv_event e = {.kind = "announced", .text = d->id};
	const struct inv_unit before = *u;
	int err;

	if (text_equal(u->delivery, d->id) && !u->announced && u->received_at) {
		u->announced = true; /* the list came after the box */
		return inv_unit_save(txn, j, &before, u, &e, NULL);
	}
	if (text_equal(u->delivery, d->id) && u->announced)
		return 0;
	if (!is_coming(u))
		return refuse(j->r, &inv_say_received, inv_unit_label(u), NULL, NULL);
	err = join(txn, j, a, u, d);
	u->announced = true;
	if (err == 0 && u->state == INV_QUARANTINED) {
		u->state = INV_DELIVERED;
		err = trust(txn, j, u, true);
	}
	return err ? err : inv_unit_save(txn, j, &before, u, &e, NULL);
}

static int announce_one(
	struct store_txn *txn, struct inv_job *j, struct arena *a, const struct inv_delivery *d)
{
	struct inv_unit u;
	int err = inv_unit_find(txn, a, number_of(a, j), &u);

	if (err == 0)
		return announce_known(txn, j, a, &u, d);
	if (err == ERR_CONFLICT)
		return refuse(j->r, &inv_say_ambiguous, j->code, NULL, NULL);
	if (err != ERR_NOTFOUND)
		return err;
	u = (struct inv_unit){.state = INV_ORDERED, .announced = true};
	return make_piece(txn, j, a, d, &u);
}

/* All of them or none: the refusal names the one. */
static int announce_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	const struct doing *list = j->ask;
	struct inv_delivery d;
	int err = open_delivery(txn, j, a, &d);

	(void)none;
	for (size_t i = 0; err == 0 && i < list->n; i++) {
		j->code = list->codes[i];
		err = announce_one(txn, j, a, &d);
	}
	j->code = NULL;
	return err ? err
		   : audit_add(txn, j->who, j->now, "delivery.announce", d.id,
			     inv_detail(a, "things", arena_printf(a, "%zu", list->n), NULL));
}

int inv_delivery_announce(struct inv *inv, const struct inv_act *act, const char *const *codes,
	size_t n, struct refusal *r)
{
	const struct doing list = {.delivery = act->code, .codes = codes, .n = n};
	struct inv_job j = INV_JOB(inv, act, r, announce_in, &list, NULL);

	*r = (struct refusal){0};
	if (n == 0 || n > INV_ANNOUNCED_MOST)
		return refuse(r, &inv_say_announce_none, NULL, NULL, NULL);
	return inv_job_run(&j);
}

/* --- a difference is settled --- */

/* Taken back: it was scanned by mistake, or does not belong to us. */
static int unreceive(struct store_txn *txn, struct inv_job *j, struct inv_unit *u)
{
	int err = 0;

	if (u->state != INV_DELIVERED || !u->received_at)
		return refuse(j->r, &inv_say_delivery_moved, inv_unit_label(u), NULL, NULL);
	u->received_at = 0;
	u->state = u->state_before ? u->state_before : INV_DISCARDED;
	u->state_before = 0;
	if (u->state == INV_QUARANTINED)
		err = trust(txn, j, u, false);
	if (!u->announced)
		u->delivery = NULL;
	return err;
}

static int settle(
	struct store_txn *txn, struct inv_job *j, struct inv_unit *u, enum inv_settle how)
{
	switch (how) {
	case INV_SETTLE_KEEP:
		u->announced = true;
		return u->received_at ? 0 : refuse(j->r, &inv_say_delivery_moved, inv_unit_label(u), NULL,
						    NULL);
	case INV_SETTLE_LATER:
		if (inv_unit_stage(u) != INV_STAGE_ANNOUNCED)
			return refuse(j->r, &inv_say_received, inv_unit_label(u), NULL, NULL);
		u->delivery = NULL;
		return 0;
	default:
		return unreceive(txn, j, u);
	}
}

static int settle_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	static const char *const words[] = {[INV_SETTLE_KEEP] = "delivery-kept",
		[INV_SETTLE_LATER] = "delivery-later",
		[INV_SETTLE_UNDO] = "delivery-undone"};
	static const char *const acts[] = {[INV_SETTLE_KEEP] = "delivery.keep",
		[INV_SETTLE_LATER] = "delivery.later",
		[INV_SETTLE_UNDO] = "delivery.undo"};
	enum inv_settle how = ((const struct doing *)j->ask)->how;
	struct inv_event e = {.kind = words[how]};
	const struct inv_unit before = *u;
	struct inv_delivery d;
	int err = open_delivery(txn, j, a, &d);

	if (err == 0 && !text_equal(u->delivery, d.id))
		return refuse(j->r, &inv_say_not_of_delivery, j->code, d.id, NULL);
	if (err == 0)
		err = settle(txn, j, u, how);
	e.text = d.id;
	if (before.state != u->state) {
		e.from = before.state;
		e.to = u->state;
	}
	if (err == 0)
		err = inv_unit_save(txn, j, &before, u, &e, NULL);
	return err ? err : done(txn, j, a, acts[how], &d);
}

int inv_delivery_settle(struct inv *inv, const struct inv_act *act, const char *delivery,
	enum inv_settle how, struct refusal *r)
{
	const struct doing of = {.delivery = delivery, .how = how};
	struct inv_job j = INV_JOB(inv, act, r, settle_in, &of, NULL);

	return inv_job_unit(&j);
}
