/* SPDX-License-Identifier: EUPL-1.2 */
/* Seats: how many are handed to at one time and place. */
#include "inventory/handout_int.h"

#include "base/text.h"

#include <stdio.h>

#define TEND_MOST 200

int inv_seats_admit(struct inv_work *w, const struct inv_handout *h)
{
	struct inv_seats s;
	uint32_t booked;
	int err = text_empty(h->place) ? ERR_NOTFOUND
				       : inv_seats_get(w->txn, w->a, h->at, h->place, &s);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = inv_seats_booked(w->txn, &s, h->borrower, &booked);
	return err ? err : inv_seats_decide(s.seats, booked, w->r);
}

static int refuse_count(struct inv_work *w, const struct say *say, uint32_t n)
{
	refuse(w->r, say, NULL, NULL, NULL);
	snprintf(w->r->kept[0], SAY_KEPT, "%u", n);
	return ERR_REFUSED;
}

/* Nobody who is booked loses the seat. */
static int fits(struct inv_work *w, const struct inv_seats *s)
{
	uint32_t booked;
	int err = inv_seats_booked(w->txn, s, NULL, &booked);

	return err == 0 && booked > s->seats ? refuse_count(w, &inv_say_seats_few, booked) : err;
}

static int decide_set(struct inv_work *w, const struct inv_seats *want)
{
	int err = inv_handout_when_decide(want->at, w->now, w->r);

	if (err == 0 && text_empty(want->place))
		return refuse(w->r, &inv_say_seats_where, NULL, NULL, NULL);
	if (err == 0)
		err = inv_handout_place_admit(w, want->place);
	if (err == 0 && want->seats > INV_SEATS_MOST)
		return refuse_count(w, &inv_say_seats_many, INV_SEATS_MOST);
	return err || want->seats == 0 ? err : fits(w, want);
}

static int end_act(struct inv_work *w, const struct inv_seats *s)
{
	const struct inv_last last = {
		.act = "handout.seats", .serial = arena_printf(w->a, "seats:%s", s->place)};
	struct doc *d = doc_new(w->a);

	doc_set_time(d, "at", s->at);
	doc_set_int(d, "seats", s->seats);
	return inv_work_end(w, &last, d);
}

static int set_in(struct inv_work *w, void *arg)
{
	const struct inv_seats *want = arg;
	struct inv_seats was, now = {.at = want->at, .place = want->place, .seats = want->seats};
	int err = decide_set(w, want);
	bool there;

	if (err)
		return err;
	err = inv_seats_get(w->txn, w->a, want->at, want->place, &was);
	there = err == 0;
	if (err && err != ERR_NOTFOUND)
		return err;
	if (want->seats == (there ? was.seats : 0))
		return 0;
	err = inv_work_seats(w, there ? &was : NULL, &now);
	return err ? err : end_act(w, &now);
}

int inv_seats_set(struct inv *inv, const struct inv_desk_who *by, const struct inv_seats *want,
	struct refusal *r)
{
	struct inv_seats given = *want;

	return inv_work_run(inv, by, r, set_in, &given);
}

int inv_seats_undoable(struct inv_work *w, const struct inv_image *x, struct inv_seats *ret_now,
	struct inv_seats *ret_was)
{
	bool there = x->record.n != 0;
	int err;

	*ret_now = *ret_was = (struct inv_seats){0};
	err = inv_seats_get(w->txn, w->a, (int64_t)x->id, x->serial, ret_now);
	if (err && err != ERR_NOTFOUND)
		return err;
	if (ret_now->version != x->version)
		return refuse(w->r, &inv_say_seats_changed, NULL, NULL, NULL);
	err = there ? store_rec_decode(w->txn, &inv_seats_rec, x->record, w->a, ret_was) : 0;
	return err == 0 && there ? fits(w, ret_was) : err;
}

int inv_seats_undo(struct inv_work *w, const struct inv_image *x)
{
	struct inv_seats now, was;
	int err = inv_seats_undoable(w, x, &now, &was);

	return err ? err : inv_seats_put(w->txn, &now, x->record.n ? &was : NULL);
}

int inv_seats_tend_in(struct inv_work *w, int64_t before)
{
	struct inv_seats_list list;
	int err = inv_seats_past(w->txn, w->a, before, TEND_MOST, &list);

	for (size_t i = 0; err == 0 && i < list.n; i++)
		err = inv_seats_put(w->txn, &list.rows[i], NULL);
	return err;
}
