/* SPDX-License-Identifier: EUPL-1.2 */
/* What a scan does once its meaning is decided, and what is said of it. */
#include "inventory/scan_int.h"

#include "base/text.h"

#include <stdio.h>

#define FETCH_READ 100
#define FETCH_MOST 8

static void said(struct inv_scanning *s, const char *did, const struct say *say)
{
	s->ret->tone = INV_TONE_YES;
	s->ret->did = did;
	s->ret->said = (struct refusal){.say = say};
}

static void keep(struct inv_scanning *s, size_t i, const char *text)
{
	text_copy(s->ret->said.kept[i], SAY_KEPT, text ? text : "");
}

static void keep_number(struct inv_scanning *s, size_t i, uint64_t n)
{
	snprintf(s->ret->said.kept[i], SAY_KEPT, "%llu", (unsigned long long)n);
}

static void keep_day(struct inv_scanning *s, size_t i, int32_t day)
{
	if (day)
		day_format(day, s->ret->said.kept[i]);
	else
		keep(s, i, "-");
}

static void keep_thing(struct inv_scanning *s, const char *name)
{
	keep(s, 0, inv_unit_label(&s->u));
	keep(s, 1, text_empty(name) ? inv_unit_label(&s->u) : name);
}

/* What is to be done next about the loan, though nothing was refused. */
static void door(struct inv_scanned *ret, const char *act)
{
	ret->doors[ret->door_count++] = (struct inv_door){act, inv_door_say(act), NULL};
}

static struct inv_desk_line line_of_unit(const struct inv_scanning *s, const char *name)
{
	return (struct inv_desk_line){
		.serial = s->u.serial,
		.item_number = s->u.item_number,
		.product = s->u.product_id,
		.name = name,
	};
}

/* --- what a scan does --- */

typedef int act_fn(struct inv_work *w, struct inv_scanning *s);

static int do_add(struct inv_work *w, struct inv_scanning *s)
{
	struct inv_desk *d = &s->ret->desk;
	struct inv_out_item items[INV_DESK_LINES + 1] = {0};
	struct inv_out out = {
		.borrower = d->borrower, .place = d->place, .items = items, .yes = d->yes | s->yes};
	struct inv_desk_line line;
	struct inv_out_result res;
	struct inv_product p;
	bool lending = d->mode == INV_DESK_LEND || d->mode == INV_DESK_IDLE;
	int err;

	if (lending && d->line_count >= INV_DESK_LINES) {
		refuse(w->r, &inv_say_scan_full, NULL, NULL, NULL);
		snprintf(w->r->kept[0], SAY_KEPT, "%d", INV_DESK_LINES);
		return ERR_REFUSED;
	}
	for (uint32_t i = 0; lending && i < d->line_count; i++)
		items[out.item_count++].code = d->lines[i].serial;
	items[out.item_count++].code = s->u.serial;
	inv_desk_how_fill(d, &out);
	err = inv_out_try(w, &out, &res);
	if (err == 0)
		err = inv_desk_turn(w, &s->ret->desk, INV_DESK_LEND);
	if (err == 0)
		err = inv_unit_product(w->txn, w->a, &s->u, &p);
	if (err)
		return err;
	line = line_of_unit(s, inv_product_name(&p, SAY_SV));
	line.due = res.item_due[out.item_count - 1];
	line.by_lease = res.item_by_lease[out.item_count - 1];
	line.parts = s->u.parts;
	line.parts_missing = s->u.parts_missing;
	d->loan = 0;
	d->yes |= s->yes;
	said(s, "added", line.by_lease ? &inv_say_did_added_lease : &inv_say_did_added);
	keep_thing(s, line.name);
	keep_day(s, 2, line.due);
	err = inv_desk_line_add(w, &s->ret->desk, &line);
	return err ? err : inv_desk_keep(w, &s->ret->desk);
}

/* Where the one that waits for it fetches it, if that is another place than this desk's. */
static int fetched_at(struct inv_work *w, const struct inv_scanning *s, uint64_t hold, const char **ret)
{
	const char *here = s->ret->desk.place;
	struct inv_place p;
	struct inv_hold h;
	int err = hold ? inv_hold_get(w->txn, w->a, hold, &h) : ERR_NOTFOUND;

	*ret = NULL;
	if (err == 0 && (text_empty(h.place) || text_empty(here) || text_equal(h.place, here)))
		return 0;
	if (err == 0)
		err = inv_place_get(w->txn, w->a, h.place, &p);
	if (err == 0)
		*ret = inv_place_name(&p, SAY_SV);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* What is to be done with it comes first: what is missing, who waits, what is to be looked at. */
static const struct say *returned_say(const struct inv_in_result *res, const char *at)
{
	const bool one = res->parts_missing == 1, found = res->was_lost;

	if (res->parts_missing && found)
		return one ? &inv_say_did_found_short_one : &inv_say_did_found_short;
	if (res->parts_missing)
		return one ? &inv_say_did_returned_short_one : &inv_say_did_returned_short;
	if (res->hold && at)
		return &inv_say_did_hold_at;
	if (res->hold)
		return found ? &inv_say_did_found_hold : &inv_say_did_hold;
	if (res->handed_in)
		return found ? &inv_say_did_found_handed_in : &inv_say_did_handed_in;
	if (found)
		return &inv_say_did_found;
	return res->days_late == 1 ? &inv_say_did_returned_late_one
	       : res->days_late    ? &inv_say_did_returned_late
				   : &inv_say_did_returned;
}

static int say_returned(struct inv_work *w, struct inv_scanning *s, const struct inv_in_result *res)
{
	const char *at;
	int err = fetched_at(w, s, res->hold, &at);

	said(s, "returned", returned_say(res, at));
	keep_thing(s, s->line.name);
	if (res->parts_missing)
		keep_number(s, 2, res->parts_missing);
	else if (at)
		keep(s, 2, at);
	else if (res->days_late)
		keep_number(s, 2, (uint64_t)res->days_late);
	return err;
}

static int do_return(struct inv_work *w, struct inv_scanning *s)
{
	const struct inv_in in = {.code = s->u.serial,
		.place = s->ret->desk.place,
		.happened_at = s->ret->desk.how.happened_at,
		.back_reason = s->ret->desk.how.back_reason,
		.asks_parts = true,
		.yes = s->yes};
	struct inv_desk_line line = line_of_unit(s, s->line.name);
	struct inv_in_result res;
	int err = inv_in_in(w, &in, &res);

	if (err == 0)
		err = inv_desk_turn(w, &s->ret->desk, INV_DESK_RETURN);
	if (err)
		return err;
	/* A long queue of returns: what was taken back first leaves the desk first. */
	if (s->ret->desk.line_count >= INV_DESK_LINES)
		err = inv_desk_drop(w, &s->ret->desk, s->ret->desk.lines[0].no);
	if (err == 0)
		err = say_returned(w, s, &res);
	line.due = s->line.due;
	line.loan = res.loan;
	line.parts = s->line.parts;
	line.parts_missing = res.parts_missing;
	line.handed_in = res.handed_in;
	line.back = res.back;
	line.hold = res.hold;
	s->ret->loan = s->ret->desk.loan = res.loan;
	if (res.asks_sign)
		door(s->ret, "sign_return");
	if (err == 0)
		err = inv_desk_line_add(w, &s->ret->desk, &line);
	return err ? err : inv_desk_keep(w, &s->ret->desk);
}

/* What was late lies on the desk until somebody says why, or goes on. */
static int lay_late(struct inv_work *w, struct inv_scanning *s, const struct inv_loan_full *was,
	const struct inv_loan_full *is)
{
	struct inv_desk *d = &s->ret->desk;
	uint32_t no = d->line_count ? d->lines[d->line_count - 1].no : 0;
	int err = 0;

	if (d->line_count + was->line_count > INV_DESK_LINES) {
		err = inv_desk_drop(w, d, 0);
		d->line_count = 0;
	}
	for (size_t i = 0; err == 0 && i < was->line_count; i++) {
		const struct inv_loan_line *l = &is->lines[i];
		struct inv_desk_line line = {.no = no + 1,
			.serial = l->serial,
			.item_number = l->item_number,
			.product = l->product,
			.name = l->name,
			.due = l->due,
			.loan = l->loan,
			.was_due = was->lines[i].due};

		if (line.was_due >= w->today || l->renewals == was->lines[i].renewals)
			continue;
		err = inv_desk_line_put(w->txn, d->account, d->desk, &line);
		no++;
	}
	return err;
}

static int renew(struct inv_work *w, struct inv_scanning *s, uint64_t loan, uint32_t line)
{
	const struct inv_renewal how = {.loan = loan, .line = line, .yes = s->yes};
	struct inv_loan_full was = {0}, is;
	char number[INV_LOAN_NUMBER];
	struct inv_renewed res;
	int err = inv_loan_load(w->txn, w->a, loan, &was);

	if (err == 0 || err == ERR_NOTFOUND)
		err = inv_renew_in(w, &how, &res);
	if (err == 0)
		err = inv_loan_load(w->txn, w->a, loan, &is);
	if (err == 0)
		err = inv_desk_turn(w, &s->ret->desk, INV_DESK_RENEW);
	if (err == 0)
		err = lay_late(w, s, &was, &is);
	if (err)
		return err;
	s->ret->loan = s->ret->desk.loan = loan;
	said(s, "renewed", res.lines == 1 ? &inv_say_did_renewed_one : &inv_say_did_renewed);
	keep_number(s, 0, res.lines);
	keep_day(s, 1, res.due);
	keep(s, 2, inv_loan_number(loan, number));
	return inv_desk_keep(w, &s->ret->desk);
}

static int do_renew(struct inv_work *w, struct inv_scanning *s)
{
	return renew(w, s, s->loan.id, s->line.no);
}

static int do_borrower(struct inv_work *w, struct inv_scanning *s)
{
	struct inv_desk *d = &s->ret->desk;
	bool bundle = d->line_count && d->mode == INV_DESK_LEND;
	int err;

	if (bundle && d->borrower && !text_equal(d->borrower, s->b.id))
		return refuse(w->r, &inv_say_scan_other_person, NULL, NULL, NULL);
	err = people_loan_decide(&s->b, w->r);
	if (err == 0)
		err = inv_desk_turn(w, &s->ret->desk, INV_DESK_LEND);
	if (err)
		return err;
	d->borrower = s->ret->borrower = arena_strdup(s->a, s->b.id);
	d->zone = s->b.zone;
	d->loan = 0;
	said(s, "borrower", &inv_say_did_borrower);
	return inv_desk_keep(w, &s->ret->desk);
}

static int loan_scanned(struct inv_work *w, struct inv_scanning *s, uint64_t *ret)
{
	const struct inv_scan_asker by = {w->inv, w->txn, w->a, w->by->zones, w->now};
	int err = inv_scan_loan(&by, s->scan, ret);

	if (err == ERR_NOTFOUND)
		return refuse(w->r, &inv_say_scan_no_agreement, s->scan->raw, NULL, NULL);
	return err == ERR_BADINPUT ? refuse(w->r, &inv_say_scan_bad_loan, s->scan->raw, NULL, NULL)
				   : err;
}

static int do_loan(struct inv_work *w, struct inv_scanning *s)
{
	char number[INV_LOAN_NUMBER];
	struct inv_loan loan;
	uint64_t id = 0;
	int err = loan_scanned(w, s, &id);

	if (err == 0)
		err = inv_work_loan_get(w, id, &loan);
	if (err)
		return err;
	if (s->ret->desk.mode == INV_DESK_RENEW)
		return renew(w, s, id, 0);
	s->ret->loan = s->ret->desk.loan = id;
	said(s, "loan", loan.open == 1 ? &inv_say_did_loan_one : &inv_say_did_loan);
	keep(s, 0, inv_loan_number(id, number));
	keep_number(s, 1, loan.open);
	keep_day(s, 2, loan.due);
	return inv_desk_keep(w, &s->ret->desk);
}

static int do_place(struct inv_work *w, struct inv_scanning *s)
{
	struct inv_place p;
	int err = inv_place_get(w->txn, w->a, s->hits[0].id, &p);

	if (err)
		return err;
	if (p.closed)
		return refuse(w->r, &inv_say_scan_place_closed, inv_place_name(&p, SAY_SV), NULL, NULL);
	if (p.zone && !(p.zone & w->by->zones))
		return refuse(w->r, &inv_say_scan_place_zone, inv_place_name(&p, SAY_SV), NULL, NULL);
	s->ret->desk.place = arena_strdup(s->a, p.id);
	s->ret->desk.only = NULL;
	said(s, "place", &inv_say_did_place);
	keep(s, 0, inv_place_name(&p, SAY_SV));
	return inv_desk_keep(w, &s->ret->desk);
}

static int do_lend(struct inv_work *w, struct inv_scanning *s)
{
	struct inv_out more = {.yes = s->yes};
	uint32_t n = s->ret->desk.line_count;
	char number[INV_LOAN_NUMBER];
	struct inv_out_result res;
	int err = inv_desk_lend_in(w, &s->ret->desk, &more, &res);

	if (err)
		return err;
	s->ret->loan = res.loan;
	if (res.asks_sign)
		door(s->ret, "sign");
	said(s, "lent", n == 1 ? &inv_say_did_lent_one : &inv_say_did_lent);
	keep_number(s, 0, n);
	keep(s, 1, inv_loan_number(res.loan, number));
	keep_day(s, 2, res.due);
	return inv_desk_keep(w, &s->ret->desk);
}

static int do_undo(struct inv_work *w, struct inv_scanning *s)
{
	struct inv_desk *d = &s->ret->desk;
	struct inv_last last;
	int err = inv_undo_in(w, 0, s->a, &last);

	if (err == 0)
		err = inv_desk_undone(w, d, &last);
	if (err)
		return err;
	if (text_equal(last.act, "loan.out"))
		d->loan = 0;
	said(s, "undone", &inv_say_did_undone);
	return inv_desk_keep(w, &s->ret->desk);
}

static int do_mode(struct inv_work *w, struct inv_scanning *s)
{
	enum inv_desk_mode mode = s->scan->command == INV_SCAN_RETURN  ? INV_DESK_RETURN
				  : s->scan->command == INV_SCAN_RENEW ? INV_DESK_RENEW
								       : INV_DESK_LEND;
	int err;

	if (s->ret->desk.line_count && s->ret->desk.mode == INV_DESK_LEND && mode != INV_DESK_LEND)
		return refuse(w->r, &inv_say_scan_other_person, NULL, NULL, NULL);
	err = inv_desk_turn(w, &s->ret->desk, mode);
	s->ret->desk.loan = 0;
	said(s, "mode",
		mode == INV_DESK_RETURN  ? &inv_say_did_mode_return
		: mode == INV_DESK_RENEW ? &inv_say_did_mode_renew
					 : &inv_say_did_mode_lend);
	return err ? err : inv_desk_keep(w, &s->ret->desk);
}

/* The loan on the desk; of one that is all back there is nothing to renew: then what comes is. */
static int do_renew_loan(struct inv_work *w, struct inv_scanning *s)
{
	struct inv_loan loan;
	int err = inv_work_loan_get(w, s->ret->desk.loan, &loan);

	if (err)
		return err;
	return loan.open ? renew(w, s, loan.id, 0) : do_mode(w, s);
}

static int do_clear(struct inv_work *w, struct inv_scanning *s)
{
	int err = inv_desk_clear_in(w, &s->ret->desk);

	said(s, "cleared", &inv_say_did_clear);
	return err ? err : inv_desk_keep(w, &s->ret->desk);
}

static int do_print(struct inv_work *w, struct inv_scanning *s)
{
	char number[INV_LOAN_NUMBER];

	(void)w;
	s->ret->loan = s->ret->desk.loan;
	said(s, "print", &inv_say_did_print);
	keep(s, 0, inv_loan_number(s->ret->loan, number));
	return 0;
}

static int do_choose(struct inv_work *w, struct inv_scanning *s)
{
	s->ret->choices = s->hits;
	s->ret->choice_count = s->f.hit_count;
	return refuse(w->r, &inv_say_scan_several, s->scan->raw, NULL, NULL);
}

/* What can be fetched of a product: here first, then elsewhere, and of both those in order first. */
static bool can_fetch(const struct inv_scanning *s, const struct inv_unit *u, bool here, bool in_order)
{
	const struct inv_desk *d = &s->ret->desk;
	bool is_here = !text_empty(d->place) && text_equal(u->place, d->place);
	bool lies = false;

	for (uint32_t i = 0; i < d->line_count; i++)
		lies |= text_equal(d->lines[i].serial, u->serial);
	return is_here == here && inv_unit_is_in_order(u) == in_order && !lies && !u->display && text_empty(u->kit);
}

/* Never guessed which: those that are in are offered, and people take one in their hand. */
static int do_product(struct inv_work *w, struct inv_scanning *s)
{
	const struct inv_filter ask = {
		.product = s->hits[0].id, .state = INV_IN_STOCK, .most = FETCH_READ};
	struct inv_hit *fetch = ARENA_ARRAY(s->a, struct inv_hit, FETCH_MOST);
	struct inv_product p;
	struct inv_unit *u;
	const char *next;
	size_t n, m = 0;
	int err = inv_unit_filter(w->txn, s->a, &ask, &u, &n, &next);

	if (err == 0)
		err = inv_product_get(w->txn, w->a, ask.product, &p);
	if (err)
		return err;
	for (int round = 0; round < 4; round++) {
		for (size_t i = 0; i < n && m < FETCH_MOST; i++) {
			if (can_fetch(s, &u[i], round < 2, round % 2 == 0))
				fetch[m++] = (struct inv_hit){INV_HIT_UNIT, INV_CODE_GTIN, u[i].serial};
		}
	}
	s->ret->choices = fetch;
	s->ret->choice_count = m;
	refuse(w->r, m ? &inv_say_scan_product_in : &inv_say_scan_product_out, NULL, NULL, NULL);
	text_copy(w->r->kept[0], SAY_KEPT, inv_product_name(&p, SAY_SV));
	return ERR_REFUSED;
}

static int do_refuse(struct inv_work *w, struct inv_scanning *s)
{
	*w->r = s->r;
	if (s->f.near) {
		s->ret->choices = s->hits;
		s->ret->choice_count = s->f.hit_count;
	}
	return ERR_REFUSED;
}

static act_fn *const acts[] = {
	[INV_DO_ADD] = do_add,
	[INV_DO_RETURN] = do_return,
	[INV_DO_RENEW] = do_renew,
	[INV_DO_RENEW_LOAN] = do_renew_loan,
	[INV_DO_BORROWER] = do_borrower,
	[INV_DO_LOAN] = do_loan,
	[INV_DO_PLACE] = do_place,
	[INV_DO_LEND] = do_lend,
	[INV_DO_UNDO] = do_undo,
	[INV_DO_MODE] = do_mode,
	[INV_DO_CLEAR] = do_clear,
	[INV_DO_PRINT] = do_print,
	[INV_DO_CHOOSE] = do_choose,
	[INV_DO_PRODUCT] = do_product,
	[INV_DO_REFUSE] = do_refuse,
};

int inv_scanning_act(struct inv_work *w, struct inv_scanning *s, enum inv_scan_act act)
{
	return acts[act](w, s);
}
