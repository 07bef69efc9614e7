/* SPDX-License-Identifier: EUPL-1.2 */
/* May a unit go from one state to another? Pure. */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define BIT(s) (1u << (s))

/* What can happen to anything that is in the house. */
#define ANY_OF_OURS                                                                        \
	(BIT(INV_LOST) | BIT(INV_STOLEN) | BIT(INV_REPAIR) | BIT(INV_RETURNED_TO_LESSOR) | \
		BIT(INV_DISCARDED) | BIT(INV_STOPPED) | BIT(INV_MISSING))

/* Where staff may take a unit from each state by marking it. Lost and stolen are left by "found"
 * alone, so that the iPad's lock and the SIM follow. */
static const unsigned next_states[INV_STATES] = {
	[INV_ORDERED] = BIT(INV_DELIVERED) | BIT(INV_IN_STOCK) | BIT(INV_DISCARDED),
	[INV_DELIVERED] = ANY_OF_OURS | BIT(INV_IN_STOCK) | BIT(INV_ON_LOAN) | BIT(INV_AWAITING) |
			  BIT(INV_IN_TRANSIT),
	[INV_IN_STOCK] = ANY_OF_OURS | BIT(INV_ON_LOAN) | BIT(INV_AWAITING) | BIT(INV_IN_TRANSIT),
	[INV_ON_LOAN] = ANY_OF_OURS | BIT(INV_IN_STOCK) | BIT(INV_HANDED_IN),
	[INV_LOST] = BIT(INV_STOLEN) | BIT(INV_DISCARDED),
	[INV_STOLEN] = BIT(INV_LOST) | BIT(INV_DISCARDED),
	[INV_REPAIR] = ANY_OF_OURS | BIT(INV_IN_STOCK) | BIT(INV_ON_LOAN) | BIT(INV_HANDED_IN),
	[INV_RETURNED_TO_LESSOR] = BIT(INV_IN_STOCK),
	[INV_DISCARDED] = BIT(INV_IN_STOCK),
	[INV_QUARANTINED] = BIT(INV_DELIVERED) | BIT(INV_IN_STOCK) | BIT(INV_DISCARDED),
	[INV_HANDED_IN] = ANY_OF_OURS | BIT(INV_IN_STOCK) | BIT(INV_ON_LOAN) | BIT(INV_AWAITING) |
			  BIT(INV_IN_TRANSIT),
	[INV_AWAITING] = ANY_OF_OURS | BIT(INV_IN_STOCK) | BIT(INV_ON_LOAN) | BIT(INV_IN_TRANSIT),
	[INV_IN_TRANSIT] = ANY_OF_OURS | BIT(INV_IN_STOCK) | BIT(INV_AWAITING),
	[INV_STOPPED] = BIT(INV_IN_STOCK) | BIT(INV_REPAIR) | BIT(INV_RETURNED_TO_LESSOR) |
			BIT(INV_DISCARDED) | BIT(INV_LOST) | BIT(INV_STOLEN) | BIT(INV_MISSING),
	[INV_MISSING] = BIT(INV_IN_STOCK) | BIT(INV_ON_LOAN) | BIT(INV_HANDED_IN) | BIT(INV_LOST) |
			BIT(INV_STOLEN) | BIT(INV_DISCARDED) | BIT(INV_STOPPED),
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

bool inv_unit_may_enrol(const struct inv_unit *u)
{
	return u->kind == 0 || u->kind == INV_KIND_IPAD;
}

#define EVERYBODY (INV_DUTY_IT | INV_DUTY_CARE | INV_DUTY_LIBRARY | INV_DUTY_ADMIN)
#define CARE_AND_MACHINES (INV_DUTY_IT | INV_DUTY_CARE | INV_DUTY_ADMIN)
#define MACHINES (INV_DUTY_IT | INV_DUTY_ADMIN)

/* Who may bring a thing into a state; and who more, when it is one of the library's own: a lamp that
 * is gone is theirs to say, but an iPad is locked and a subscription stopped by the same word. */
static const struct {
	unsigned duties, own;
} duties_to[INV_STATES] = {
	[INV_ORDERED] = {MACHINES, 0},
	[INV_DELIVERED] = {CARE_AND_MACHINES, 0},
	[INV_IN_STOCK] = {EVERYBODY, 0},
	[INV_ON_LOAN] = {EVERYBODY, 0},
	[INV_LOST] = {CARE_AND_MACHINES, INV_DUTY_LIBRARY},
	[INV_STOLEN] = {CARE_AND_MACHINES, INV_DUTY_LIBRARY},
	[INV_REPAIR] = {EVERYBODY, 0},
	[INV_RETURNED_TO_LESSOR] = {CARE_AND_MACHINES, 0},
	[INV_DISCARDED] = {CARE_AND_MACHINES, INV_DUTY_LIBRARY},
	[INV_HANDED_IN] = {EVERYBODY, 0},
	[INV_AWAITING] = {EVERYBODY, 0},
	[INV_IN_TRANSIT] = {EVERYBODY, 0},
	[INV_STOPPED] = {EVERYBODY, 0},
	[INV_MISSING] = {EVERYBODY, 0},
};

/* Who may take it out of one: what is a stranger's, or has left us, is for those who answer for
 * the machines; what was stopped for safety is let go by those who stopped it; what was lost is
 * found by those who may say that it is. */
static unsigned duties_from(bool own, unsigned from)
{
	if (!inv_state_is_ours(from))
		return MACHINES;
	if (inv_state_is_away(from))
		return duties_to[from].duties | (own ? duties_to[from].own : 0);
	return from == INV_STOPPED ? CARE_AND_MACHINES : EVERYBODY;
}

unsigned inv_state_duties(bool own, unsigned from, unsigned to)
{
	if (to >= INV_STATES)
		return 0;
	return (duties_to[to].duties | (own ? duties_to[to].own : 0)) & duties_from(own, from);
}

/* A refusal that names the unit, its state, and the state wanted. */
static int refuse_state(
	struct refusal *r, const struct say *say, const struct inv_unit *u, enum inv_state to)
{
	refuse(r, say, inv_unit_label(u), NULL, NULL);
	r->arg_say[1] = inv_state_say((enum inv_state)u->state);
	r->arg_say[2] = inv_state_say(to);
	return ERR_REFUSED;
}

/* Of a thing without a screen nobody is asked what is to stand on it. */
static int decide_words(const struct inv_unit *u, const struct inv_mark *mark, struct refusal *r)
{
	bool screen = inv_state_is_away(mark->to) && inv_unit_may_enrol(u);

	if (screen && text_empty(mark->message) && text_empty(mark->phone))
		return refuse(r, &inv_say_words_needed, inv_unit_label(u), NULL, NULL);
	return 0;
}

#define POLICE_MOST 40

/* A letter and a digit are in each; what has no letter may be a personnummer. */
int inv_police_decide(const char *number, struct refusal *r)
{
	bool letter = false, digit = false, other = false;
	size_t n = number ? strlen(number) : 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)number[i];

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
			letter = true;
		else if (c >= '0' && c <= '9')
			digit = true;
		else if (c != '-' && c != '/' && c != ' ')
			other = true;
	}
	return letter && digit && !other && n <= POLICE_MOST
		       ? 0
		       : refuse(r, &inv_say_police, n <= 100 ? number : "…", "40", NULL);
}

static int decide_police(const struct inv_unit *u, const struct inv_mark *mark, struct refusal *r)
{
	if (text_empty(mark->police))
		return 0;
	if (!inv_state_is_away(mark->to))
		return refuse_state(r, &inv_say_police_not_away, u, mark->to);
	return inv_police_decide(mark->police, r);
}

/* Does it leave its borrower, or us? */
static bool leaves(const struct inv_unit *u, enum inv_state to)
{
	return to == INV_RETURNED_TO_LESSOR || (to == INV_IN_STOCK && u->state == INV_ON_LOAN);
}

/* One that is only laid down is decided about when somebody looks at it, or at once. */
bool inv_mark_returns(const struct inv_unit *u, const struct inv_mark *mark, enum inv_state to)
{
	bool laid_down = to == INV_HANDED_IN && u->state == INV_ON_LOAN;

	return mark->erase == MDM_YES || leaves(u, to) ||
	       (laid_down && mark->erase != MDM_NOT_CHOSEN);
}

/* An enrolled iPad that leaves its borrower is erased or not by choice, never by accident. */
static int decide_erase(const struct inv_unit *u, const struct inv_mark *mark, struct refusal *r)
{
	if (!leaves(u, mark->to) || !u->enrolled)
		return 0;
	if (mark->erase == MDM_NOT_CHOSEN)
		return refuse(r, &inv_say_choose_erase, inv_unit_label(u), NULL, NULL);
	if (mark->erase == MDM_YES && mark->preserve_data_plan == MDM_NOT_CHOSEN)
		return refuse(r, &inv_say_choose_plan, inv_unit_label(u), NULL, NULL);
	return 0;
}

/* An iPad that is lost already may get other words on its screen; whether they are others is asked
 * where they are kept. */
static bool has_new_words(const struct inv_unit *u, const struct inv_mark *mark)
{
	return u->state == (uint32_t)mark->to && inv_state_is_away(u->state) &&
	       inv_unit_may_enrol(u) && !mark->house_words &&
	       !(text_empty(mark->message) && text_empty(mark->phone) &&
		       text_empty(mark->footnote));
}

int inv_mark_decide(const struct inv_unit *u, const struct inv_mark *mark, struct refusal *r)
{
	bool ends = mark->to == INV_DISCARDED;
	int err = decide_police(u, mark, r);

	if (err)
		return err;
	if (has_new_words(u, mark))
		return 0;
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

const char *inv_unit_label(const struct inv_unit *u)
{
	return text_empty(u->item_number) ? u->serial : u->item_number;
}

bool inv_unit_is_in_order(const struct inv_unit *u)
{
	return !u->parts_missing && !u->faults_open && u->condition < INV_CONDITION_POOR;
}
