/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Things that go from place to place.
 *
 * INV_TRANSFER       q id                   -> struct inv_transfer
 * INV_TRANSFER_OPEN  s destination, q id    -> serial
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

static const struct rec_field transfer_fields[] = {
	REC_I64(1, struct inv_transfer, id),
	REC_STR(2, struct inv_transfer, serial),
	REC_STR(3, struct inv_transfer, from),
	REC_STR(4, struct inv_transfer, to),
	REC_WORDS(5, struct inv_transfer, note),
	REC_I64(6, struct inv_transfer, sent_at),
	REC_I64(7, struct inv_transfer, arrived_at),
	REC_STR(8, struct inv_transfer, sent_by),
	REC_STR(9, struct inv_transfer, arrived_by),
	REC_STR(10, struct inv_transfer, arrived_to),
	REC_END,
};
const struct rec_type inv_transfer_rec =
	REC_TYPE_WORDS("inv.transfer", struct inv_transfer, 1, transfer_fields);

static int transfer_put(struct store_txn *txn, const struct inv_transfer *t)
{
	struct store_key k = store_key("q", t->id);

	return inv_rec_put(txn, INV_TRANSFER, &k, &inv_transfer_rec, t);
}

static int transfer_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_transfer *ret)
{
	struct store_key k = store_key("q", id);

	return inv_rec_get(txn, INV_TRANSFER, &k, &inv_transfer_rec, a, ret);
}

/* A place by the id as people write it. */
static int place_of(struct store_txn *txn, struct arena *a, const char *s, struct inv_place *ret,
	struct refusal *r)
{
	const char *id;
	int err = inv_product_id_parse(a, s ? s : "", &id);

	if (err == 0)
		err = inv_place_get(txn, a, id, ret);
	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		return refuse(r, &inv_say_no_place, s ? s : "", NULL, NULL);
	if (err == 0 && ret->closed)
		return refuse(r, &inv_say_place_closed, ret->id, NULL, NULL);
	return err;
}

struct sending {
	const char *to, *note;
	uint64_t id;
};

static int send_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	struct sending *s = j->out;
	const struct inv_mark mark = {.to = INV_IN_TRANSIT};
	struct inv_transfer t = {.serial = u->serial,
		.from = u->place,
		.note = s->note,
		.sent_at = j->now,
		.sent_by = j->who->actor};
	struct inv_place place;
	struct store_key k;
	int err = inv_zone_admit(txn, j->zones, u->serial, j->r);

	if (err == 0)
		err = place_of(txn, a, s->to, &place, j->r);
	if (err == 0 && text_equal(u->place, place.id))
		err = refuse(j->r, &inv_say_there_already, inv_unit_label(u), place.id, NULL);
	if (err == 0 && u->kit)
		err = refuse(j->r, &inv_say_goes_with_kit, inv_unit_label(u),
			inv_unit_label_of(txn, a, u->kit), NULL);
	if (err == 0)
		err = inv_mark_decide(u, &mark, j->r);
	if (err == 0)
		err = inv_series_next(txn, "transfer", &t.id);
	if (err)
		return err;
	t.to = place.id;
	err = inv_unit_move(j->inv, txn, j->who, u,
		&(struct inv_move){.to = INV_IN_TRANSIT,
			.act = "item.send",
			.event = "sent",
			.text = place.id,
			.bound_for = place.id},
		j->now, j->r, &j->woken);
	if (err == 0)
		err = transfer_put(txn, &t);
	k = store_key("sq", t.to, t.id);
	s->id = t.id;
	return err ? err : store_put(txn, INV_TRANSFER_OPEN, &k, bytes_of_str(u->serial));
}

int inv_transfer_send(struct inv *inv, const struct inv_act *act, const char *to, const char *note,
	struct refusal *r, uint64_t *ret_id)
{
	struct sending s = {.to = to, .note = note};
	struct inv_job j = INV_JOB(inv, act, r, send_in, NULL, &s);
	int err;

	*r = (struct refusal){0};
	if (note && strlen(note) > 500)
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	if (inv_words_decide(note, act->now, r))
		return ERR_REFUSED;
	err = inv_job_unit(&j);
	if (err == 0)
		*ret_id = s.id;
	return err;
}

/* The open transfer of a unit, by where it goes. */
static int open_of(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u, struct inv_transfer *ret)
{
	struct store_key prefix = store_key("s", u->bound_for ? u->bound_for : "");
	AUTO(store_iter) struct store_iter it = {0};
	const char *to;
	struct bytes k, v;
	uint64_t id;
	int err = store_iter_init(&it, txn, INV_TRANSFER_OPEN, &prefix);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		if (!bytes_equal(v, bytes_of_str(u->serial)))
			continue;
		err = store_key_parse(k, "sq", &to, &id);
		return err ? err : transfer_get(txn, a, id, ret);
	}
	return err;
}

int inv_transfer_end(struct store_txn *txn, struct arena *a, const struct inv_unit *u,
	const char *at, const char *by, int64_t now)
{
	struct inv_transfer t;
	struct store_key k;
	int err = open_of(txn, a, u, &t);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	k = store_key("sq", t.to, t.id);
	t.arrived_at = now;
	t.arrived_by = by;
	t.arrived_to = at;
	err = store_del(txn, INV_TRANSFER_OPEN, &k);
	return err ? err : transfer_put(txn, &t);
}

/* What lies in a bag that is on its way comes with the bag: whoever holds the one holds the other. */
static int decide_bag(struct store_txn *txn, struct inv_job *j, struct arena *a, const struct inv_unit *u)
{
	struct inv_unit bag;
	int err = u->kit ? inv_unit_get(txn, a, u->kit, &bag) : ERR_NOTFOUND;

	if (err == 0 && bag.state == INV_IN_TRANSIT)
		return refuse(j->r, &inv_say_goes_with_kit, inv_unit_label(u),
			inv_unit_label_of(txn, a, u->kit), NULL);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int arrive_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	struct inv_place place;
	int err = inv_zone_admit(txn, j->zones, u->serial, j->r);

	if (err == 0 && u->state != INV_IN_TRANSIT)
		err = refuse(j->r, &inv_say_not_in_transit, inv_unit_label(u), NULL, NULL);
	if (err == 0)
		err = place_of(txn, a, j->ask, &place, j->r);
	if (err == 0)
		err = decide_bag(txn, j, a, u);
	/* The move out of transit ends the transfer. */
	if (err == 0)
		err = inv_unit_move(j->inv, txn, j->who, u,
			&(struct inv_move){.to = INV_IN_STOCK,
				.act = "item.arrive",
				.event = "arrived",
				.text = place.id,
				.place = place.id},
			j->now, j->r, &j->woken);
	return err;
}

int inv_transfer_arrive(
	struct inv *inv, const struct inv_act *act, const char *at, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, arrive_in, at, NULL);

	return inv_job_unit(&j);
}

/* Where one of all (`to` NULL) stands: with the others to its place. */
static int seek_behind(struct store_txn *txn, struct arena *a, const char *to, uint64_t after,
	struct store_iter *it)
{
	struct inv_transfer t = {.to = to};
	struct store_key from;
	int err = to ? 0 : transfer_get(txn, a, after, &t);

	if (err)
		return err == ERR_NOTFOUND ? ERR_BADINPUT : err;
	from = store_key("sq", t.to, after + 1);
	store_iter_seek(it, &from);
	return 0;
}

int inv_transfer_list(struct store_txn *txn, const char *to, const struct store_piece *piece,
	struct inv_transfer **ret, size_t *ret_n)
{
	struct store_key prefix = store_key("s", to ? to : "");
	struct inv_transfer *list = ARENA_ARRAY(piece->a, struct inv_transfer, piece->most + 1);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	uint64_t id;
	int err = store_iter_init(&it, txn, INV_TRANSFER_OPEN, to ? &prefix : NULL);

	if (err == 0 && piece->after_n)
		err = seek_behind(txn, piece->a, to, piece->after_n, &it);
	while (err == 0 && n < piece->most && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = inv_key_number(k, &id);
		if (err == 0)
			err = transfer_get(txn, piece->a, id, &list[n]);
		if (err == 0)
			n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

/* On another shelf: no transfer, since whoever scans has it in the hand. */
static int shelve_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	struct inv_place place;
	int err = inv_zone_admit(txn, j->zones, u->serial, j->r);

	if (err == 0)
		err = place_of(txn, a, j->ask, &place, j->r);
	if (err == 0 && u->state != INV_IN_STOCK && u->state != INV_DELIVERED &&
		u->state != INV_HANDED_IN && u->state != INV_AWAITING && u->state != INV_REPAIR)
		err = refuse(j->r, &inv_say_not_here, inv_unit_label(u), NULL, NULL);
	if (err == 0 && u->kit)
		err = refuse(j->r, &inv_say_goes_with_kit, inv_unit_label(u),
			inv_unit_label_of(txn, a, u->kit), NULL);
	if (err == 0)
		err = inv_unit_move(j->inv, txn, j->who, u,
			&(struct inv_move){.to = (enum inv_state)u->state,
				.act = "item.shelve",
				.event = "shelved",
				.text = place.id,
				.place = place.id},
			j->now, j->r, &j->woken);
	return err;
}

int inv_unit_shelve(
	struct inv *inv, const struct inv_act *act, const char *place, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, shelve_in, place, NULL);

	return inv_job_unit(&j);
}
