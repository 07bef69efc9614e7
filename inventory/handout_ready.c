/* SPDX-License-Identifier: EUPL-1.2 */
/* What a planned hand-out reserves, and what it still needs. */
#include "inventory/agreement.h"
#include "inventory/handout_int.h"

#include "base/text.h"

/* For so long what is reserved is kept; one that was missed is moved or cancelled within a week. */
#define KEEP_DAYS 7

/* --- the reservation --- */

/* A hold of the borrower's that is for this: a plain one, or one for that day. */
static int find_hold(struct inv_work *w, const struct inv_handout *h, uint64_t *ret)
{
	struct inv_hold *queue;
	size_t n;
	int err = inv_hold_queue(w->txn, w->a, h->product, &queue, &n);

	*ret = 0;
	for (size_t i = 0; err == 0 && i < n && *ret == 0; i++) {
		const struct inv_hold *x = &queue[i];
		bool other_thing = h->serial && x->serial && !text_equal(x->serial, h->serial);

		if (text_equal(x->borrower, h->borrower) && !other_thing &&
			(x->from == 0 || x->from == day_of_time(h->at)))
			*ret = x->id;
	}
	return err;
}

static int make_hold(struct inv_work *w, struct inv_handout *h, unsigned yes)
{
	int32_t day = day_of_time(h->at);
	const struct inv_hold_want want = {.borrower = h->borrower,
		.product = h->product,
		.place = h->place,
		.from = day,
		.to = day + KEEP_DAYS,
		.yes = yes};

	h->hold_made = true;
	return inv_hold_add_in(w, &want, &h->hold);
}

/* The thing stands on the shelf for this hold, and goes to nobody else. */
static int set_aside(struct inv_work *w, struct inv_handout *h, struct inv_unit *u)
{
	const struct inv_move shelf = {.to = INV_AWAITING, .event = "hold.ready"};
	struct inv_hold was, now;
	int err = inv_hold_get(w->txn, w->a, h->hold, &was);

	if (err || (was.state == INV_HOLD_READY && text_equal(was.serial, u->serial)))
		return err;
	if (u->state != INV_IN_STOCK && u->state != INV_DELIVERED) {
		refuse(w->r, &inv_say_state_stops, inv_unit_label(u), NULL, NULL);
		w->r->arg_say[1] = inv_state_say(u->state);
		return ERR_REFUSED;
	}
	now = was;
	now.state = INV_HOLD_READY;
	now.serial = u->serial;
	now.served_at = w->now;
	err = inv_open_day(w->txn, now.place, day_of_time(h->at) + KEEP_DAYS, &now.ready_until);
	if (err == 0)
		err = inv_work_hold(w, &was, &now);
	return err ? err : inv_work_move(w, u, &shelf);
}

int inv_handout_reserve(
	struct inv_work *w, struct inv_handout *h, struct inv_unit *u, unsigned yes)
{
	int err;

	if (!h->product)
		return 0;
	err = find_hold(w, h, &h->hold);
	if (err == 0 && h->hold == 0)
		err = make_hold(w, h, yes | (u ? INV_YES_HOLD : 0u));
	return err || !u ? err : set_aside(w, h, u);
}

/* The new one stands there first: what comes off the shelf goes to the next in the queue, which might
 * be this very hold. */
static int swap_thing(struct inv_work *w, struct inv_handout *h, const struct inv_hold *hold,
	struct inv_unit *u)
{
	bool ready = hold->state == INV_HOLD_READY;
	int err = 0;

	if (u)
		err = set_aside(w, h, u);
	else if (ready)
		err = inv_hold_untake(w, hold);
	if (err || !ready || (u && text_equal(hold->serial, u->serial)))
		return err;
	return inv_hold_off_shelf(w, hold->serial);
}

int inv_handout_swap(struct inv_work *w, const struct inv_handout *was, struct inv_handout *h,
	struct inv_unit *u, unsigned yes)
{
	struct inv_hold hold = {0};
	int err = was->hold ? inv_hold_get(w->txn, w->a, was->hold, &hold) : ERR_NOTFOUND;

	if (err && err != ERR_NOTFOUND)
		return err;
	if (err == 0 && inv_hold_is_active(hold.state) && text_equal(was->product, h->product))
		return swap_thing(w, h, &hold, u);
	err = was->hold_made ? inv_hold_end_in(w, was->hold) : 0;
	h->hold = 0;
	h->hold_made = false;
	return err ? err : inv_handout_reserve(w, h, u, yes);
}

int inv_handout_shift(struct inv_work *w, const struct inv_handout *h)
{
	struct inv_hold was, now;
	int err;

	if (!h->hold_made)
		return 0;
	err = inv_hold_get(w->txn, w->a, h->hold, &was);
	if (err || !inv_hold_is_active(was.state))
		return err == ERR_NOTFOUND ? 0 : err;
	now = was;
	now.from = day_of_time(h->at);
	now.start = now.from;
	now.to = now.from + KEEP_DAYS;
	if (was.state == INV_HOLD_READY)
		err = inv_open_day(w->txn, now.place, now.to, &now.ready_until);
	return err ? err : inv_work_hold(w, &was, &now);
}

/* --- the thing --- */

static int load_hold(struct store_txn *txn, struct arena *a, const struct inv_handout *h,
	struct inv_hold *ret)
{
	int err = h->hold ? inv_hold_get(txn, a, h->hold, ret) : ERR_NOTFOUND;

	if (err == ERR_NOTFOUND)
		*ret = (struct inv_hold){0};
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_handout_serial(struct store_txn *txn, struct arena *a, const struct inv_handout *h,
	const char **ret)
{
	struct inv_hold hold;
	int err = load_hold(txn, a, h, &hold);

	if (err == 0)
		*ret = hold.state == INV_HOLD_READY ? hold.serial : h->serial;
	return err;
}

/* --- what it needs --- */

static int look_at_thing(struct store_txn *txn, struct arena *a, const struct inv_handout *h,
	struct inv_ready_facts *f, struct inv_ready *ret)
{
	struct mdm_return_facts told;
	struct inv_hold hold;
	struct inv_unit u;
	int err = load_hold(txn, a, h, &hold);

	if (err == 0)
		err = inv_handout_serial(txn, a, h, &ret->serial);
	if (err || text_empty(ret->serial))
		return err;
	err = inv_unit_get(txn, a, ret->serial, &u);
	if (err)
		return err;
	f->named = true;
	f->unit = u.state;
	f->waits_here = hold.state == INV_HOLD_READY && text_equal(hold.serial, u.serial) &&
			u.state == INV_AWAITING;
	ret->number = inv_unit_label(&u);
	ret->ipad = f->ipad = u.kind == INV_KIND_IPAD || (u.kind == 0 && text_empty(u.product_id));
	if (!f->ipad)
		return 0;
	err = mdm_return_facts_get(txn, a, u.serial, &told);
	if (err)
		return err;
	f->enrolled = told.state == MDM_ENROLLED;
	f->told_at = told.told_at;
	f->battery = ret->battery = told.battery;
	return 0;
}

static int look_at_shelf(
	struct store_txn *txn, const struct inv_handout *h, struct inv_ready_facts *f)
{
	uint64_t by_state[INV_STATES];
	int err = h->product ? inv_count_product(txn, h->product, by_state) : ERR_NOTFOUND;

	if (err == 0)
		f->on_shelf = by_state[INV_IN_STOCK] + by_state[INV_DELIVERED];
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Where the rules ask for no signature there is no text to go through. */
static int look_at_text(struct inv_work *w, const struct inv_handout *h,
	const struct people_borrower *b, struct inv_ready_facts *f)
{
	struct inv_product p = {0};
	struct inv_rule_case c = {
		.zone = h->zone, .place = h->place, .product = &p, .borrower_kind = b->kind};
	struct inv_wording t;
	struct inv_terms terms;
	int err = h->product ? inv_product_get(w->txn, w->a, h->product, &p) : 0;

	if (err == 0)
		err = inv_work_terms(w, &c, &terms);
	if (err)
		return err;
	f->own_text = true;
	if (!terms.value[INV_TERM_SIGN_OUT])
		return 0;
	err = inv_wording_get(w->txn, w->a, INV_TEXT_LOAN, (enum say_lang)b->lang, 0, &t);
	if (err == 0)
		f->own_text = t.version > 0;
	return err;
}

int inv_handout_ready(
	const struct inv_handout_look *l, const struct inv_handout *h, struct inv_ready *ret)
{
	const struct inv_desk_who by = {.zones = h->zone, .now = l->now};
	struct inv_ready_facts f = {.at = h->at, .now = l->now, .battery = -1};
	struct people_borrower b = {0};
	AUTO(inv_work) struct inv_work w;
	struct refusal r = {0};
	int err;

	*ret = (struct inv_ready){.battery = -1};
	inv_work_init(&w, l->inv, l->txn, &by, &r);
	err = inv_work_borrower(&w, h->borrower, &b);
	f.blocked = err == ERR_REFUSED || (err == 0 && people_loan_decide(&b, &r) != 0);
	if (err && err != ERR_REFUSED)
		return err;
	err = look_at_thing(l->txn, l->a, h, &f, ret);
	if (err == 0)
		err = look_at_shelf(l->txn, h, &f);
	if (err == 0)
		err = look_at_text(&w, h, &b, &f);
	if (err == 0)
		ret->needs = inv_ready_decide(&f);
	return err;
}
