/* SPDX-License-Identifier: EUPL-1.2 */
/* Planned hand-outs: made, moved, cancelled, begun at a desk, done by a loan. */
#include "inventory/handout_int.h"
#include "inventory/scan_int.h"

#include "base/text.h"

#include <stdio.h>

/* A loan within a week of it is the one that was planned. */
#define NEAR_S (7LL * DAY_S)
#define LAPSE_S (30LL * DAY_S)
#define OF_ONE 50 /* planned for one borrower that are looked at */

static const char *word_of(struct inv_work *w, uint64_t id)
{
	return arena_printf(w->a, "handout:%llu", (unsigned long long)id);
}

static const char *note_name(struct arena *a, uint64_t id)
{
	return arena_printf(a, "handout/%llu/note", (unsigned long long)id);
}

static int end_act(struct inv_work *w, const char *act, const struct inv_handout *h)
{
	const struct inv_last last = {.act = act, .serial = word_of(w, h->id)};
	struct doc *d = doc_new(w->a);

	doc_set_time(d, "at", h->at);
	if (h->product)
		doc_set_str(d, "product", h->product);
	if (h->serial)
		doc_set_str(d, "thing", h->serial);
	return inv_work_end(w, &last, d);
}

/* --- made --- */

struct handout_job {
	const struct inv_handout_want *want;
	uint64_t id;
	struct arena *a;
	const char *code;
};

int inv_handout_place_admit(struct inv_work *w, const char *place)
{
	struct inv_place p;
	int err = text_empty(place) ? 0 : inv_place_get(w->txn, w->a, place, &p);

	if (err == ERR_NOTFOUND)
		return refuse(w->r, &inv_say_handout_place, place, NULL, NULL);
	if (err || text_empty(place) || inv_zone_is_theirs(p.zone, INV_ZONED | w->by->zones))
		return err;
	return refuse(w->r, &inv_say_handout_zone, inv_place_name(&p, SAY_SV), NULL, NULL);
}

static int note_ok(struct inv_work *w, const char *note)
{
	if (!note || strlen(note) <= INV_HANDOUT_NOTE_MOST)
		return 0;
	refuse(w->r, &inv_say_handout_note, NULL, NULL, NULL);
	snprintf(w->r->kept[0], SAY_KEPT, "%d", INV_HANDOUT_NOTE_MOST);
	return ERR_REFUSED;
}

/* A thing brings its product along. */
static int decide_what(struct inv_work *w, const struct inv_handout_want *want,
	struct inv_handout *h, struct inv_unit *u)
{
	int err;

	h->product = text_empty(want->product) ? NULL : want->product;
	if (text_empty(want->thing))
		return h->product ? 0 : refuse(w->r, &inv_say_handout_what, NULL, NULL, NULL);
	err = inv_work_unit(w, want->thing, u);
	if (err)
		return err;
	if (u->display)
		return refuse(w->r, &inv_say_display, inv_unit_label(u), NULL, NULL);
	h->serial = u->serial;
	h->product = text_empty(u->product_id) ? NULL : u->product_id;
	return 0;
}

static int decide_twice(struct inv_work *w, const struct inv_handout *h)
{
	const struct inv_handout_ask ask = {.borrower = h->borrower,
		.zones = PEOPLE_ZONES,
		.from = day_start(day_of_time(h->at)),
		.to = day_end(day_of_time(h->at)) + 1,
		.most = OF_ONE};
	struct inv_handouts list;
	int err = inv_handout_list(w->txn, w->a, &ask, &list);

	for (size_t i = 0; err == 0 && i < list.n; i++) {
		if (list.rows[i].id != h->id && text_equal(list.rows[i].product, h->product) &&
			text_equal(list.rows[i].serial, h->serial))
			return refuse(w->r, &inv_say_handout_twice, NULL, NULL, NULL);
	}
	return err;
}

static int decide_add(struct inv_work *w, const struct inv_handout_want *want,
	struct inv_handout *h, struct inv_unit *u)
{
	struct people_borrower b;
	int err = inv_work_borrower(w, want->borrower, &b);

	if (err == 0)
		err = people_loan_decide(&b, w->r);
	if (err == 0)
		err = inv_handout_when_decide(want->at, w->now, w->r);
	if (err == 0)
		err = inv_handout_place_admit(w, want->place);
	if (err == 0)
		err = note_ok(w, want->note);
	if (err == 0)
		err = decide_what(w, want, h, u);
	if (err)
		return err;
	h->zone = b.zone;
	h->borrower = b.id;
	h->at = want->at;
	h->place = text_empty(want->place) ? NULL : want->place;
	h->staff = text_empty(want->staff) ? w->who->actor : want->staff;
	err = decide_twice(w, h);
	return err ? err : inv_seats_admit(w, h);
}

static int seal_note(struct inv_work *w, const char *note, struct inv_handout *h)
{
	if (text_empty(note))
		return 0;
	if (!w->inv->people)
		return ERR_UNSUPPORTED;
	return people_paper_seal(w->inv->people, w->a, note_name(w->a, h->id),
		bytes_of_str(note), &h->note);
}

static int add_in(struct inv_work *w, void *arg)
{
	struct handout_job *j = arg;
	struct inv_handout h = {.state = INV_HANDOUT_PLANNED};
	struct inv_unit u = {0};
	int err = decide_add(w, j->want, &h, &u);

	if (err == 0)
		err = inv_handout_next_id(w->txn, &h.id);
	if (err == 0)
		err = inv_handout_reserve(w, &h, h.serial ? &u : NULL, j->want->yes);
	if (err == 0)
		err = seal_note(w, j->want->note, &h);
	if (err)
		return err;
	h.made_at = w->now;
	h.made_by = w->who->actor;
	j->id = h.id;
	err = inv_work_handout(w, NULL, &h);
	if (err == 0)
		err = inv_work_asked(w, h.borrower);
	return err ? err : end_act(w, "handout.add", &h);
}

int inv_handout_add(struct inv *inv, const struct inv_desk_who *by,
	const struct inv_handout_want *want, struct refusal *r, uint64_t *ret_id)
{
	struct handout_job j = {.want = want};
	int err = inv_work_run(inv, by, r, add_in, &j);

	if (err == 0)
		*ret_id = j.id;
	return err;
}

/* --- changed --- */

static int load_planned(struct inv_work *w, uint64_t id, struct inv_handout *ret)
{
	int err = inv_handout_get(w->txn, w->a, id, ret);

	if (err == ERR_NOTFOUND || (err == 0 && !(ret->zone & w->by->zones)))
		return refuse(w->r, &inv_say_no_handout, NULL, NULL, NULL);
	if (err == 0 && ret->state != INV_HANDOUT_PLANNED)
		return refuse(w->r, &inv_say_handout_over, NULL, NULL, NULL);
	return err;
}

static int move_in(struct inv_work *w, void *arg)
{
	struct handout_job *j = arg;
	const struct inv_handout_want *want = j->want;
	struct inv_handout was, now;
	int err = load_planned(w, j->id, &was);

	if (err == 0 && want->at)
		err = inv_handout_when_decide(want->at, w->now, w->r);
	if (err == 0)
		err = inv_handout_place_admit(w, want->place);
	if (err)
		return err;
	now = was;
	now.at = want->at ? want->at : was.at;
	now.staff = text_empty(want->staff) ? was.staff : want->staff;
	if (want->place)
		now.place = *want->place ? want->place : NULL;
	if (now.at != was.at || !text_equal(now.place, was.place))
		err = inv_seats_admit(w, &now);
	if (err == 0 && day_of_time(now.at) != day_of_time(was.at))
		err = inv_handout_shift(w, &now);
	if (err == 0)
		err = inv_work_handout(w, &was, &now);
	return err ? err : end_act(w, "handout.move", &now);
}

int inv_handout_move(struct inv *inv, const struct inv_desk_who *by, uint64_t id,
	const struct inv_handout_want *want, struct refusal *r)
{
	struct handout_job j = {.want = want, .id = id};

	return inv_work_run(inv, by, r, move_in, &j);
}

static int choose_in(struct inv_work *w, void *arg)
{
	struct handout_job *j = arg;
	struct inv_handout was, now;
	struct inv_unit u = {0};
	int err = load_planned(w, j->id, &was);

	if (err)
		return err;
	now = was;
	now.product = now.serial = NULL;
	err = decide_what(w, j->want, &now, &u);
	if (err == 0 && text_equal(was.product, now.product) && text_equal(was.serial, now.serial))
		return refuse(w->r, &inv_say_handout_same, NULL, NULL, NULL);
	if (err == 0)
		err = decide_twice(w, &now);
	if (err == 0)
		err = inv_handout_swap(w, &was, &now, now.serial ? &u : NULL, j->want->yes);
	if (err == 0)
		err = inv_work_handout(w, &was, &now);
	return err ? err : end_act(w, "handout.choose", &now);
}

int inv_handout_choose(struct inv *inv, const struct inv_desk_who *by, uint64_t id,
	const struct inv_handout_want *want, struct refusal *r)
{
	struct handout_job j = {.want = want, .id = id};

	return inv_work_run(inv, by, r, choose_in, &j);
}

/* Over: nobody is left to remember, and what it reserved is free. */
static int end_one(struct inv_work *w, const struct inv_handout *h, enum inv_handout_state state,
	uint64_t loan)
{
	struct inv_handout now = *h;
	int err;

	now.state = state;
	now.loan = loan;
	now.borrower = NULL;
	now.note = bytes_of(NULL, 0);
	err = inv_work_handout(w, h, &now);
	return err || !h->hold_made ? err : inv_hold_end_in(w, h->hold);
}

static int cancel_in(struct inv_work *w, void *arg)
{
	struct handout_job *j = arg;
	struct inv_handout h;
	int err = load_planned(w, j->id, &h);

	if (err == 0)
		err = end_one(w, &h, INV_HANDOUT_CANCELLED, 0);
	return err ? err : end_act(w, "handout.cancel", &h);
}

int inv_handout_cancel(
	struct inv *inv, const struct inv_desk_who *by, uint64_t id, struct refusal *r)
{
	struct handout_job j = {.id = id};

	return inv_work_run(inv, by, r, cancel_in, &j);
}

/* --- begun at a desk --- */

static bool lies_there(const struct inv_desk *d, const char *serial)
{
	for (uint32_t i = 0; i < d->line_count; i++) {
		if (text_equal(d->lines[i].serial, serial))
			return true;
	}
	return false;
}

static int start_in(struct inv_work *w, void *arg)
{
	struct handout_job *j = arg;
	const char *serial;
	struct inv_handout h;
	struct inv_desk d;
	int err = load_planned(w, j->id, &h);

	j->code = NULL;
	w->plain = true;
	if (err == 0)
		err = inv_desk_load_in(w, w->a, &d);
	if (err == 0 && d.mode == INV_DESK_LEND && d.line_count && !text_empty(d.borrower) &&
		!text_equal(d.borrower, h.borrower))
		return refuse(w->r, &inv_say_scan_other_person, NULL, NULL, NULL);
	if (err == 0)
		err = inv_desk_turn(w, &d, INV_DESK_LEND);
	if (err == 0)
		err = inv_handout_serial(w->txn, w->a, &h, &serial);
	if (err)
		return err;
	d.borrower = h.borrower;
	d.zone = h.zone;
	d.loan = 0;
	if (h.place)
		d.place = h.place;
	if (serial && !lies_there(&d, serial))
		j->code = arena_strdup(j->a, serial);
	return inv_desk_keep(w, &d);
}

int inv_handout_start(struct inv *inv, const struct inv_desk_who *by, struct inv_handout_begin *x,
	struct refusal *r)
{
	struct handout_job j = {.id = x->id, .a = x->a};
	int err = inv_work_run(inv, by, r, start_in, &j);

	if (err == 0)
		x->code = j.code;
	return err;
}

/* --- done --- */

/* This very thing first; else one of its product, the soonest. */
static const struct inv_handout *find_meant(
	const struct inv_handout *rows, size_t n, const char *serial, const char *product)
{
	for (size_t i = 0; i < n; i++) {
		if (rows[i].serial && text_equal(rows[i].serial, serial))
			return &rows[i];
	}
	for (size_t i = 0; i < n; i++) {
		if (rows[i].product && text_equal(rows[i].product, product))
			return &rows[i];
	}
	return NULL;
}

int inv_handout_fill(struct inv_work *w, const struct inv_loan *loan, const char *serial,
	const char *product)
{
	const struct inv_handout_ask ask = {.borrower = loan->borrower,
		.zones = loan->zone,
		.to = w->now + NEAR_S,
		.most = OF_ONE};
	const struct inv_handout *meant;
	struct inv_handouts list;
	int err;

	if (text_empty(loan->borrower))
		return 0;
	err = inv_handout_list(w->txn, w->a, &ask, &list);
	meant = err ? NULL : find_meant(list.rows, list.n, serial, product);
	return meant ? end_one(w, meant, INV_HANDOUT_DONE, loan->id) : err;
}

/* --- on a timer --- */

static int is_erased(struct inv_work *w, const struct inv_handout *h, bool *ret)
{
	struct people_borrower b;
	int err = w->inv->people ? people_get(w->inv->people, w->txn, w->a, PEOPLE_ZONES,
					   h->borrower, &b)
				 : 0;

	*ret = err == ERR_NOTFOUND ||
	       (err == 0 && w->inv->people && b.state == PEOPLE_ERASED);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int tend_one(struct inv_work *w, const struct inv_handout *h, size_t *ended)
{
	bool erased;
	int err = is_erased(w, h, &erased);

	if (err || (!erased && h->at >= w->now - LAPSE_S))
		return err;
	*ended += 1;
	err = end_one(w, h, erased ? INV_HANDOUT_CANCELLED : INV_HANDOUT_LAPSED, 0);
	return err ? err : end_act(w, "handout.lapse", h);
}

/* All that are planned are looked at: whose borrower is gone may be the last of them. */
int inv_handout_tend_in(struct inv_work *w, size_t most)
{
	struct inv_handout_ask ask = {.zones = PEOPLE_ZONES, .most = most};
	size_t ended = 0;
	int err;

	w->plain = true;
	do {
		struct inv_handouts list = {0};

		err = inv_handout_list(w->txn, w->a, &ask, &list);
		for (size_t i = 0; err == 0 && i < list.n; i++)
			err = tend_one(w, &list.rows[i], &ended);
		ask.after = list.next;
	} while (err == 0 && ask.after && ended < most);
	return err ? err : inv_seats_tend_in(w, w->now - LAPSE_S);
}

/* --- the words beside it --- */

int inv_handout_note(const struct inv_handout_look *l, const struct people_caller *who,
	const struct inv_handout *h, const char **ret)
{
	const struct people_look look = {.why = PEOPLE_WHY_DESK};
	struct refusal r;
	struct bytes plain;
	int err;

	*ret = NULL;
	if (h->note.n == 0 || text_empty(h->borrower) || !l->inv->people)
		return 0;
	err = people_paper_open(l->inv->people, l->txn, l->a, who, &look, h->borrower, note_name(l->a, h->id),
		h->note, &plain, &r);
	if (err == 0)
		*ret = arena_strndup(l->a, plain.p, plain.n);
	return err;
}
