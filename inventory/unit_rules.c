/* SPDX-License-Identifier: EUPL-1.2 */
/* May a unit go from one state to another? Pure. */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define BIT(s) (1u << (s))

/* Where staff may take a unit from each state by marking it. Lost and stolen are left by "found"
 * alone, so that the iPad's lock and the SIM follow. */
static const unsigned next_states[INV_STATES] = {
	[INV_ORDERED] = BIT(INV_DELIVERED) | BIT(INV_IN_STOCK) | BIT(INV_DISCARDED),
	[INV_DELIVERED] = BIT(INV_IN_STOCK) | BIT(INV_ON_LOAN) | BIT(INV_LOST) | BIT(INV_STOLEN) |
			  BIT(INV_REPAIR) | BIT(INV_RETURNED_TO_LESSOR) | BIT(INV_DISCARDED),
	[INV_IN_STOCK] = BIT(INV_ON_LOAN) | BIT(INV_LOST) | BIT(INV_STOLEN) | BIT(INV_REPAIR) |
			 BIT(INV_RETURNED_TO_LESSOR) | BIT(INV_DISCARDED),
	[INV_ON_LOAN] = BIT(INV_IN_STOCK) | BIT(INV_LOST) | BIT(INV_STOLEN) | BIT(INV_REPAIR) |
			BIT(INV_RETURNED_TO_LESSOR) | BIT(INV_DISCARDED),
	[INV_LOST] = BIT(INV_STOLEN) | BIT(INV_DISCARDED),
	[INV_STOLEN] = BIT(INV_LOST) | BIT(INV_DISCARDED),
	[INV_REPAIR] = BIT(INV_IN_STOCK) | BIT(INV_ON_LOAN) | BIT(INV_LOST) | BIT(INV_STOLEN) |
		       BIT(INV_RETURNED_TO_LESSOR) | BIT(INV_DISCARDED),
	[INV_RETURNED_TO_LESSOR] = BIT(INV_IN_STOCK),
	[INV_DISCARDED] = BIT(INV_IN_STOCK),
	[INV_QUARANTINED] = BIT(INV_DELIVERED) | BIT(INV_IN_STOCK) | BIT(INV_DISCARDED),
};

bool inv_state_is_away(unsigned state)
{
	return state == INV_LOST || state == INV_STOLEN;
}

bool inv_state_is_ours(unsigned state)
{
	return state != INV_QUARANTINED && state != INV_RETURNED_TO_LESSOR &&
	       state != INV_DISCARDED;
}

/* A refusal that names the unit as it was asked for, its state, and the state wanted. */
static int refuse_state(
	struct refusal *r, const struct say *say, const struct inv_unit *u, enum inv_state to)
{
	refuse(r, say, u->serial, NULL, NULL);
	r->arg_say[1] = inv_state_say((enum inv_state)u->state);
	r->arg_say[2] = inv_state_say(to);
	return ERR_REFUSED;
}

static int decide_words(const struct inv_unit *u, const struct inv_mark *mark, struct refusal *r)
{
	if (inv_state_is_away(mark->to) && text_empty(mark->message) && text_empty(mark->phone))
		return refuse(r, &inv_say_words_needed, u->serial, NULL, NULL);
	return 0;
}

/* An enrolled iPad that leaves its borrower is erased or not by choice, never by accident. */
static int decide_erase(const struct inv_unit *u, const struct inv_mark *mark, struct refusal *r)
{
	bool leaves = mark->to == INV_RETURNED_TO_LESSOR ||
		      (mark->to == INV_IN_STOCK && u->state == INV_ON_LOAN);

	if (!leaves || !u->enrolled)
		return 0;
	if (mark->erase == MDM_NOT_CHOSEN)
		return refuse(r, &inv_say_choose_erase, u->serial, NULL, NULL);
	if (mark->erase == MDM_YES && mark->preserve_data_plan == MDM_NOT_CHOSEN)
		return refuse(r, &inv_say_choose_plan, u->serial, NULL, NULL);
	return 0;
}

int inv_mark_decide(const struct inv_unit *u, const struct inv_mark *mark, struct refusal *r)
{
	bool ends = mark->to == INV_DISCARDED;
	int err;

	if (u->state == (uint32_t)mark->to)
		return refuse_state(r, &inv_say_same_state, u, mark->to);
	if (inv_state_is_away(u->state) && !inv_state_is_away(mark->to) && !ends)
		return refuse_state(r, &inv_say_found_first, u, mark->to);
	if (u->state >= INV_STATES || !(next_states[u->state] & BIT(mark->to)))
		return refuse_state(r,
			u->state == INV_QUARANTINED ? &inv_say_quarantined : &inv_say_not_from, u,
			mark->to);
	err = decide_words(u, mark, r);
	return err ? err : decide_erase(u, mark, r);
}

int inv_found_decide(const struct inv_unit *u, struct refusal *r)
{
	if (!inv_state_is_away(u->state))
		return refuse_state(r, &inv_say_not_lost, u, INV_IN_STOCK);
	return 0;
}
