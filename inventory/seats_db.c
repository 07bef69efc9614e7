/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_SEATS  q at, s place -> struct inv_seats
 */
#include "inventory/handout_int.h"

#include "base/rec.h"
#include "base/text.h"

#define PIECE 100 /* hand-outs of one moment that are looked at together */

static const struct rec_field seats_fields[] = {
	REC_I64(1, struct inv_seats, at),
	REC_STR(2, struct inv_seats, place),
	REC_U32(3, struct inv_seats, seats),
	REC_U32(4, struct inv_seats, version),
	REC_I64(5, struct inv_seats, changed_at),
	REC_STR(6, struct inv_seats, changed_by),
	REC_END,
};
const struct rec_type inv_seats_rec = REC_TYPE(struct inv_seats, 1, seats_fields);

static struct store_key key_of(int64_t at, const char *place)
{
	return store_key("qs", (uint64_t)at, place);
}

int inv_seats_get(struct store_txn *txn, struct arena *a, int64_t at, const char *place,
	struct inv_seats *ret)
{
	struct store_key k = key_of(at, place);

	return k.bad ? ERR_NOTFOUND : inv_rec_get(txn, INV_SEATS, &k, &inv_seats_rec, a, ret);
}

int inv_seats_put(
	struct store_txn *txn, const struct inv_seats *before, const struct inv_seats *now)
{
	const struct inv_seats *s = now ? now : before;
	struct store_key k = key_of(s->at, s->place);

	return now ? inv_rec_put(txn, INV_SEATS, &k, &inv_seats_rec, now)
		   : store_del(txn, INV_SEATS, &k);
}

int inv_seats_booked(struct store_txn *txn, struct arena *a, const struct inv_seats *s,
	uint64_t but, uint32_t *ret)
{
	struct inv_handout_ask ask = {
		.zones = PEOPLE_ZONES, .from = s->at, .to = s->at + 1, .most = PIECE};
	uint32_t n = 0;
	int err;

	do {
		struct inv_handouts list = {0};

		err = inv_handout_list(txn, a, &ask, &list);
		for (size_t i = 0; err == 0 && i < list.n; i++)
			n += list.rows[i].id != but && text_equal(list.rows[i].place, s->place);
		ask.after = list.next;
	} while (err == 0 && ask.after);
	if (err == 0)
		*ret = n;
	return err;
}

static int take_row(
	struct store_txn *txn, struct arena *a, struct bytes v, struct inv_seats_list *list)
{
	struct inv_seats *s = &list->rows[list->n];
	int err = rec_decode(&inv_seats_rec, v, a, s);

	if (err == 0)
		err = inv_seats_booked(txn, a, s, 0, &s->booked);
	list->n += err == 0;
	return err;
}

int inv_seats_list(struct store_txn *txn, struct arena *a, int64_t from, size_t most,
	struct inv_seats_list *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct inv_seats_list list = {.rows = ARENA_ARRAY(a, struct inv_seats, most + 1)};
	struct store_key at = store_key("q", (uint64_t)from);
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_SEATS, NULL);

	if (err)
		return err;
	store_iter_seek(&it, &at);
	while ((err = store_iter_next(&it, &k, &v)) == 0) {
		list.more = list.n == most;
		err = list.more ? ERR_NOTFOUND : take_row(txn, a, v, &list);
		if (err)
			break;
	}
	if (err != ERR_NOTFOUND)
		return err;
	*ret = list;
	return 0;
}
