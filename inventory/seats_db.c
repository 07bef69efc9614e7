/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_SEATS  q at, s place -> struct inv_seats
 */
#include "inventory/handout_int.h"

#include "base/doc.h"
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

/* Whoever gets two things then sits on one seat. */
static bool takes_a_seat(const struct inv_seats *s, const struct inv_handout *h, const char *but)
{
	return text_equal(h->place, s->place) && !text_empty(h->borrower) &&
	       !text_equal(h->borrower, but);
}

int inv_seats_booked(
	struct store_txn *txn, const struct inv_seats *s, const char *but, uint32_t *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_handout_ask ask = {
		.zones = PEOPLE_ZONES, .from = s->at, .to = s->at + 1, .most = PIECE};
	struct doc *who = doc_new(a);
	uint32_t n = 0;
	int err;

	do {
		struct inv_handouts list = {0};

		err = inv_handout_list(txn, a, &ask, &list);
		for (size_t i = 0; err == 0 && i < list.n; i++) {
			const struct inv_handout *h = &list.rows[i];

			if (!takes_a_seat(s, h, but) || doc_has(who, h->borrower))
				continue;
			doc_set_bool(who, h->borrower, true);
			n++;
		}
		ask.after = list.next;
	} while (err == 0 && ask.after);
	if (err == 0)
		*ret = n;
	return err;
}

/* From `from` on and, where there is one, before `to`; at places of `zones`, or at all. */
struct span {
	int64_t from, to;
	unsigned zones;
	size_t most;
};

/* A place that is gone is nobody's. */
static int is_theirs(
	struct store_txn *txn, struct arena *a, const char *id, unsigned zones, bool *ret)
{
	struct inv_place p;
	int err = zones ? inv_place_get(txn, a, id, &p) : ERR_NOTFOUND;

	*ret = err == ERR_NOTFOUND || inv_zone_is_theirs(p.zone, zones);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int read_rows(struct store_txn *txn, struct arena *a, const struct span *of,
	struct inv_seats_list *list)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key from = store_key("q", (uint64_t)of->from);
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_SEATS, NULL);

	list->rows = ARENA_ARRAY(a, struct inv_seats, of->most + 1);
	if (err)
		return err;
	store_iter_seek(&it, &from);
	while ((err = store_iter_next(&it, &k, &v)) == 0) {
		struct inv_seats *s = &list->rows[list->n];
		bool theirs = false;

		err = store_rec_decode(txn, &inv_seats_rec, v, a, s);
		if (err || (of->to && s->at >= of->to))
			break;
		err = is_theirs(txn, a, s->place, of->zones, &theirs);
		list->more = theirs && list->n == of->most;
		if (err || list->more)
			break;
		list->n += theirs;
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_seats_past(struct store_txn *txn, struct arena *a, int64_t before, size_t most,
	struct inv_seats_list *ret)
{
	const struct span past = {.to = before, .most = most};
	struct inv_seats_list list = {0};
	int err = read_rows(txn, a, &past, &list);

	if (err == 0)
		*ret = list;
	return err;
}

int inv_seats_list(struct store_txn *txn, struct arena *a, const struct inv_seats_ask *ask,
	struct inv_seats_list *ret)
{
	const struct span coming = {.from = ask->from, .zones = ask->zones, .most = ask->most};
	struct inv_seats_list list = {0};
	int err = read_rows(txn, a, &coming, &list);

	for (size_t i = 0; err == 0 && i < list.n; i++)
		err = inv_seats_booked(txn, &list.rows[i], NULL, &list.rows[i].booked);
	if (err == 0)
		*ret = list;
	return err;
}
