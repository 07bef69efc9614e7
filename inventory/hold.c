/* SPDX-License-Identifier: EUPL-1.2 */
/* Holds and reservations: made, paused, moved, cancelled, and served by what comes in. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#include <stdio.h>

/* Between two places in a queue there is room for moving others in between. */
#define ORDER_STEP (1ull << 20)
#define NOTE_MOST 500

/* --- made --- */

static int end_hold(struct inv_work *w, const char *act, const struct inv_hold *h)
{
	const struct inv_last last = {
		.act = act, .serial = arena_printf(w->a, "hold:%llu", (unsigned long long)h->id)};
	struct doc *d = doc_new(w->a);

	doc_set_str(d, "product", h->product);
	return inv_work_end(w, &last, d);
}

static int decide_free(struct inv_work *w, const struct inv_hold_want *want)
{
	struct inv_free f;
	int err;

	if (!want->from || (want->yes & INV_YES_HOLD))
		return 0;
	err = inv_free_between(w->txn, w->a, want->product, want->from, want->to, w->today, &f);
	if (err || f.free > 0)
		return err;
	refuse(w->r, &inv_say_hold_full, NULL, NULL, NULL);
	day_format(f.fullest, w->r->kept[0]);
	return ERR_REFUSED;
}

/* A plain hold twice for the same would be a slip; two spans of days may be meant. */
static int decide_twice(struct inv_work *w, const struct inv_hold_want *want)
{
	struct inv_hold *queue;
	size_t n;
	int err = inv_hold_queue(w->txn, w->a, want->product, &queue, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (text_equal(queue[i].borrower, want->borrower) && queue[i].from == want->from)
			return refuse(w->r, &inv_say_hold_has, NULL, NULL, NULL);
	}
	return err;
}

struct hold_job {
	const struct inv_hold_want *want;
	uint64_t id;
	bool paused;
	int32_t until;
	size_t to;
};

static int load_product(
	struct inv_work *w, const struct inv_hold_want *want, struct inv_product *ret)
{
	int err = text_empty(want->product) ? ERR_NOTFOUND
					    : inv_product_get(w->txn, w->a, want->product, ret);

	if (err == ERR_NOTFOUND || (err == 0 && (!ret->lendable || ret->display_only)))
		return refuse(w->r, &inv_say_hold_product, want->product, NULL, NULL);
	return err;
}

static int decide_add(struct inv_work *w, const struct inv_hold_want *want,
	struct people_borrower *b, struct inv_terms *terms)
{
	struct inv_product p;
	struct inv_rule_case c = {.place = want->place, .product = &p};
	int err = inv_work_borrower(w, want->borrower, b);

	if (err == 0)
		err = people_loan_decide(b, w->r);
	if (err == 0)
		err = load_product(w, want, &p);
	if (err == 0)
		err = inv_hold_days_decide(want->from, want->to, w->today, w->r);
	if (err == 0)
		err = decide_twice(w, want);
	if (err == 0)
		err = decide_free(w, want);
	if (err == 0)
		err = inv_work_said(w, b->id, want->note, NOTE_MOST);
	c.zone = b->zone;
	c.borrower_kind = b->kind;
	return err ? err : inv_work_terms(w, &c, terms);
}

/* Whoever reserves for longer than one loan lasts has to renew in between, or lend it otherwise than by the rules. */
static int decide_length(struct inv_work *w, const struct inv_hold_want *want, const struct inv_terms *terms)
{
	int32_t due;
	int err = want->from && !(want->yes & INV_YES_HOLD)
			  ? inv_open_day(w->txn, want->place, inv_due_decide(terms, want->from), &due)
			  : ERR_NOTFOUND;

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (want->to <= due)
		return 0;
	refuse(w->r, &inv_say_hold_longer, NULL, NULL, NULL);
	day_format(want->from, w->r->kept[0]);
	day_format(due, w->r->kept[1]);
	return ERR_REFUSED;
}

/* `asks`: whether it may be so long. What a hand-out keeps is kept for a while after its day, however long a loan is. */
static int make_hold(struct inv_work *w, const struct inv_hold_want *want, bool asks, struct inv_hold *ret)
{
	struct people_borrower b;
	struct inv_terms terms;
	struct inv_hold h = {0};
	int err = decide_add(w, want, &b, &terms);

	if (err == 0 && asks)
		err = decide_length(w, want, &terms);
	if (err == 0)
		err = inv_hold_next_id(w->txn, &h.id);
	if (err)
		return err;
	h.zone = b.zone;
	h.state = INV_HOLD_WAITING;
	h.borrower = b.id;
	h.product = want->product;
	h.place = want->place;
	h.from = want->from;
	h.to = want->to;
	h.start = want->from ? want->from : w->today;
	h.order = h.id * ORDER_STEP;
	h.hold_days = terms.value[INV_TERM_HOLD_DAYS];
	h.made_at = w->now;
	h.made_by = w->who->actor;
	h.note = want->note;
	*ret = h;
	err = inv_work_hold(w, NULL, ret);
	return err ? err : inv_work_asked(w, ret->borrower);
}

int inv_hold_add_in(struct inv_work *w, const struct inv_hold_want *want, uint64_t *ret_id)
{
	struct inv_hold h;
	int err = make_hold(w, want, false, &h);

	if (err == 0)
		*ret_id = h.id;
	return err;
}

static int add_in(struct inv_work *w, void *arg)
{
	struct hold_job *j = arg;
	struct inv_hold h;
	int err = make_hold(w, j->want, true, &h);

	if (err)
		return err;
	j->id = h.id;
	return end_hold(w, "hold.add", &h);
}

int inv_hold_add(struct inv *inv, const struct inv_desk_who *by, const struct inv_hold_want *want,
	struct refusal *r, uint64_t *ret_id)
{
	struct hold_job j = {.want = want};
	int err = inv_work_run(inv, by, r, add_in, &j);

	if (err == 0)
		*ret_id = j.id;
	return err;
}

/* --- changed --- */

static int load_active(struct inv_work *w, uint64_t id, struct inv_hold *ret)
{
	int err = inv_hold_get(w->txn, w->a, id, ret);

	if (err == ERR_NOTFOUND || (err == 0 && !(ret->zone & w->by->zones)))
		return refuse(w->r, &inv_say_no_hold, NULL, NULL, NULL);
	if (err == 0 && !inv_hold_is_active(ret->state)) {
		refuse(w->r, &inv_say_hold_over, NULL, NULL, NULL);
		w->r->arg_say[0] = inv_hold_state_say(ret->state);
		return ERR_REFUSED;
	}
	return err;
}

int inv_hold_untake(struct inv_work *w, const struct inv_hold *h)
{
	struct inv_hold now = *h;

	now.state = INV_HOLD_WAITING;
	now.serial = NULL;
	now.ready_until = 0;
	now.served_at = 0;
	return inv_work_hold(w, h, &now);
}

/* What stood on the shelf for it goes to the next, or back to stock. */
int inv_hold_off_shelf(struct inv_work *w, const char *serial)
{
	const struct inv_move back = {.to = INV_IN_STOCK, .event = "hold.off"};
	struct inv_unit u;
	uint64_t next;
	int err = inv_unit_get(w->txn, w->a, serial, &u);

	if (err || u.state != INV_AWAITING)
		return err == ERR_NOTFOUND ? 0 : err;
	err = inv_work_move(w, &u, &back);
	return err ? err : inv_hold_take(w, &u, &next);
}

static int end_one(struct inv_work *w, const struct inv_hold *h, enum inv_hold_state state)
{
	struct inv_hold now = *h;
	int err;

	now.state = state;
	now.ready_until = 0;
	now.serial = NULL;
	now.borrower = NULL; /* nothing is left to remember for */
	err = inv_work_hold(w, h, &now);
	return err || h->state != INV_HOLD_READY ? err : inv_hold_off_shelf(w, h->serial);
}

int inv_hold_end_in(struct inv_work *w, uint64_t id)
{
	struct inv_hold h;
	int err = inv_hold_get(w->txn, w->a, id, &h);

	if (err || !inv_hold_is_active(h.state))
		return err == ERR_NOTFOUND ? 0 : err;
	return end_one(w, &h, INV_HOLD_CANCELLED);
}

static int cancel_in(struct inv_work *w, void *arg)
{
	struct hold_job *j = arg;
	struct inv_hold h;
	int err = load_active(w, j->id, &h);

	if (err == 0)
		err = end_one(w, &h, INV_HOLD_CANCELLED);
	return err ? err : end_hold(w, "hold.cancel", &h);
}

int inv_hold_cancel(struct inv *inv, const struct inv_desk_who *by, uint64_t id, struct refusal *r)
{
	struct hold_job j = {.id = id};

	return inv_work_run(inv, by, r, cancel_in, &j);
}

static int pause_in(struct inv_work *w, void *arg)
{
	struct hold_job *j = arg;
	struct inv_hold h, now;
	int err = load_active(w, j->id, &h);

	if (err)
		return err;
	if (h.state == INV_HOLD_READY)
		return refuse(w->r, &inv_say_hold_paused, NULL, NULL, NULL);
	if (j->until && j->until <= w->today)
		return refuse(w->r, &inv_say_hold_until, NULL, NULL, NULL);
	now = h;
	now.paused = j->paused;
	now.paused_until = j->paused ? j->until : 0;
	err = inv_work_hold(w, &h, &now);
	return err ? err : end_hold(w, j->paused ? "hold.pause" : "hold.resume", &now);
}

int inv_hold_pause(struct inv *inv, const struct inv_desk_who *by, uint64_t id, bool paused,
	int32_t until, struct refusal *r)
{
	struct hold_job j = {.id = id, .paused = paused, .until = until};

	return inv_work_run(inv, by, r, pause_in, &j);
}

/* Takes the day and a number between those of its new neighbours. */
static void place_between(
	struct inv_hold *h, const struct inv_hold *before, const struct inv_hold *after)
{
	uint64_t low, high;

	if (!before) {
		h->start = after->start;
		h->order = after->order - 1;
		return;
	}
	h->start = before->start;
	low = before->order;
	high = after && after->start == before->start ? after->order : low + 2 * ORDER_STEP;
	h->order = low + (high - low) / 2;
}

static int move_in(struct inv_work *w, void *arg)
{
	struct hold_job *j = arg;
	struct inv_hold h, now, *queue, *others;
	size_t n, m = 0;
	int err = load_active(w, j->id, &h);

	if (err == 0)
		err = inv_hold_queue(w->txn, w->a, h.product, &queue, &n);
	if (err)
		return err;
	if (j->to == 0 || j->to > n || h.from) {
		refuse(w->r, &inv_say_hold_place, NULL, NULL, NULL);
		snprintf(w->r->kept[0], SAY_KEPT, "%zu", n);
		return ERR_REFUSED;
	}
	others = ARENA_ARRAY(w->a, struct inv_hold, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (queue[i].id != h.id)
			others[m++] = queue[i];
	}
	now = h;
	if (m)
		place_between(&now, j->to > 1 ? &others[j->to - 2] : NULL,
			j->to <= m ? &others[j->to - 1] : NULL);
	err = inv_work_hold(w, &h, &now);
	return err ? err : end_hold(w, "hold.move", &now);
}

int inv_hold_move(
	struct inv *inv, const struct inv_desk_who *by, uint64_t id, size_t to, struct refusal *r)
{
	struct hold_job j = {.id = id, .to = to};

	return inv_work_run(inv, by, r, move_in, &j);
}

int inv_hold_place(struct store_txn *txn, struct arena *a, const struct inv_hold *h, size_t *ret)
{
	struct inv_hold *queue;
	size_t n, place = 0;
	int err = inv_hold_queue(txn, a, h->product, &queue, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (queue[i].id == h->id)
			place = i + 1;
	}
	if (err == 0)
		*ret = place;
	return err;
}

/* --- served --- */

int inv_hold_take(struct inv_work *w, struct inv_unit *u, uint64_t *ret_hold)
{
	const struct inv_move shelf = {.to = INV_AWAITING, .event = "hold.ready"};
	struct inv_hold *queue, now;
	size_t n, i;
	int err;

	*ret_hold = 0;
	if (text_empty(u->product_id) || u->display || !text_empty(u->kit))
		return 0;
	err = inv_hold_queue(w->txn, w->a, u->product_id, &queue, &n);
	if (err)
		return err;
	i = inv_hold_choose(queue, n, w->today);
	if (i == n)
		return 0;
	now = queue[i];
	now.state = INV_HOLD_READY;
	now.serial = u->serial;
	now.served_at = w->now;
	err = inv_open_day(w->txn, now.place,
		(now.from > w->today ? now.from : w->today) + (int32_t)now.hold_days,
		&now.ready_until);
	if (err == 0)
		err = inv_work_hold(w, &queue[i], &now);
	if (err == 0)
		err = inv_work_move(w, u, &shelf);
	if (err == 0)
		*ret_hold = now.id;
	return err;
}

/* --- on a timer --- */

static int tend_one(struct inv_work *w, const struct inv_hold *h)
{
	struct inv_hold now = *h;
	int err;

	if (h->state == INV_HOLD_WAITING && h->paused && h->paused_until &&
		(!h->to || h->paused_until <= h->to)) {
		now.paused = false;
		now.paused_until = 0;
		err = inv_work_hold(w, h, &now);
		return err ? err : end_hold(w, "hold.resume", &now);
	}
	err = end_one(w, h, INV_HOLD_LAPSED);
	return err ? err : end_hold(w, "hold.lapse", h);
}

int inv_hold_tend_in(struct inv_work *w, size_t most, size_t *ret_n)
{
	struct inv_hold *due;
	size_t n;
	int err = inv_hold_due(w->txn, w->a, w->today, most, &due, &n);

	w->plain = true;
	for (size_t i = 0; err == 0 && i < n; i++)
		err = tend_one(w, &due[i]);
	if (err == 0)
		*ret_n = n;
	return err;
}
