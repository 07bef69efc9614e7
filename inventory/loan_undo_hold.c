/* SPDX-License-Identifier: EUPL-1.2 */
/* Undone: what an act did to who waits, and to what is planned to be handed out. */
#include "inventory/handout_int.h"

static const struct say hold_built = {"undo.built", {
	"Något har hänt med reservationen sedan dess, så det går inte att ångra. Rätta det för hand.",
	"Varaukselle on tapahtunut jotain sen jälkeen, joten sitä ei voi perua. Korjaa käsin.",
	"Something has happened to the hold since, so it cannot be undone. Correct it by hand."}};

/* What lay ready for it may lie ready for somebody else by now. */
static int admit_ready(struct inv_work *w, const struct inv_hold *was)
{
	struct inv_hold other;
	int err = was->state == INV_HOLD_READY
			  ? inv_hold_of_unit(w->txn, w->a, was->serial, &other)
			  : ERR_NOTFOUND;

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	/* or for one that the same act gave it to */
	for (size_t i = 0; i < w->undoing_n; i++) {
		if (w->undoing[i].kind == INV_IMAGE_HOLD && w->undoing[i].id == other.id)
			return 0;
	}
	return other.id == was->id ? 0 : inv_undo_refuse_built(w, inv_unit_label_of(w->txn, w->a, was->serial));
}

int inv_undo_hold_admit(struct inv_work *w, const struct inv_image *x, struct inv_hold *ret,
	struct inv_hold *ret_was)
{
	int err = inv_hold_get(w->txn, w->a, x->id, ret);

	*ret_was = (struct inv_hold){0};
	if (err == ERR_NOTFOUND || (err == 0 && ret->version != x->version))
		return refuse(w->r, &hold_built, NULL, NULL, NULL);
	if (err == 0 && x->record.n)
		err = store_rec_decode(w->txn, &inv_hold_rec, x->record, w->a, ret_was);
	return err ? err : admit_ready(w, ret_was);
}

int inv_undo_hold(struct inv_work *w, const struct inv_image *x)
{
	struct inv_hold now, was;
	int err = inv_undo_hold_admit(w, x, &now, &was);

	return err ? err : inv_hold_put(w->txn, &now, x->record.n ? &was : NULL);
}

int inv_undo_handout_admit(struct inv_work *w, const struct inv_image *x, struct inv_handout *ret_now,
	struct inv_handout *ret_was)
{
	bool there = x->record.n != 0;
	int err = inv_handout_get(w->txn, w->a, x->id, ret_now);

	if (err == ERR_NOTFOUND || (err == 0 && ret_now->version != x->version))
		return refuse(w->r, &inv_say_handout_over, NULL, NULL, NULL);
	if (err == 0 && there)
		err = store_rec_decode(w->txn, &inv_handout_rec, x->record, w->a, ret_was);
	/* Its seat may be somebody else's by now; a loan is undone all the same. */
	return err == 0 && there && ret_now->state != INV_HANDOUT_DONE
		       ? inv_seats_admit(w, ret_was)
		       : err;
}

int inv_undo_handout(struct inv_work *w, const struct inv_image *x)
{
	struct inv_handout now, was;
	int err = inv_undo_handout_admit(w, x, &now, &was);

	return err ? err : inv_handout_put(w->txn, &now, x->record.n ? &was : NULL);
}
