/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The scan box. Each scan is one transaction: what stands on the desk is loaded, the code looked
 * up, its meaning decided, the act done, and the desk stored again; so nothing that was scanned is
 * lost when a session ends or a browser dies. What refuses leaves the desk as it was.
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

#include <stdio.h>

struct scanning {
	const struct inv_scan *scan;
	unsigned yes;
	struct arena *a; /* the caller's: for what is told */
	struct inv_scanned *ret;
	/* looked up */
	struct inv_hit *hits;
	struct inv_unit u;
	struct inv_loan loan;
	struct inv_loan_line line;
	struct people_borrower b;
	struct inv_scan_facts f;
	struct refusal r; /* of a rule, before anything was written */
};

static void said(struct scanning *s, const char *did, const struct say *say)
{
	s->ret->tone = INV_TONE_YES;
	s->ret->did = did;
	s->ret->said = (struct refusal){.say = say};
}

static void keep(struct scanning *s, size_t i, const char *text)
{
	text_copy(s->ret->said.kept[i], SAY_KEPT, text ? text : "");
}

static void keep_number(struct scanning *s, size_t i, uint64_t n)
{
	snprintf(s->ret->said.kept[i], SAY_KEPT, "%llu", (unsigned long long)n);
}

static void keep_day(struct scanning *s, size_t i, int32_t day)
{
	if (day)
		day_format(day, s->ret->said.kept[i]);
	else
		keep(s, i, "-");
}

static void keep_thing(struct scanning *s, const char *name)
{
	keep(s, 0, inv_unit_label(&s->u));
	keep(s, 1, text_empty(name) ? inv_unit_label(&s->u) : name);
}

/* --- looking up --- */

/* A loan card may be scanned without its mark; what has ten digits or more may be a number that
 * stands on an identity card. */
static int find_card(struct inv_work *w, struct scanning *s)
{
	const struct inv_scan *scan = s->scan;
	unsigned zones = w->by->zones;
	const char *text = scan->text;
	int err;

	if (!w->inv->people || text_empty(text))
		return 0;
	if (scan->kind == INV_SCAN_CARD)
		text = arena_printf(w->a, "K%s", scan->text);
	err = people_by_card(w->inv->people, w->txn, w->a, zones, text, &s->b);
	if (err == ERR_NOTFOUND && scan->kind == INV_SCAN_CARD)
		err = people_by_card(w->inv->people, w->txn, w->a, zones, scan->text, &s->b);
	if ((err == ERR_NOTFOUND || err == ERR_BADINPUT) && strlen(text) >= 10)
		err = people_by_identity(
			w->inv->people, w->txn, w->a, zones, scan->raw, w->now, &s->b);
	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		return 0;
	s->f.card = err == 0;
	return err;
}

static bool may_be_card(const struct inv_scan *s)
{
	return s->kind == INV_SCAN_CARD || s->kind == INV_SCAN_CODE;
}

static int find_unit(struct inv_work *w, struct scanning *s)
{
	int err = inv_unit_get(w->txn, w->a, s->hits[0].id, &s->u);

	if (err)
		return err;
	s->f.unit = &s->u;
	err = inv_loan_of_unit(w->txn, w->a, s->u.serial, &s->loan, &s->line);
	s->f.out = err == 0;
	for (uint32_t i = 0; i < s->ret->desk.line_count; i++)
		s->f.on_desk |= text_equal(s->ret->desk.lines[i].serial, s->u.serial);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int find(struct inv_work *w, struct scanning *s)
{
	size_t n = 0;
	int err = 0;

	s->f = (struct inv_scan_facts){.scan = s->scan, .desk = &s->ret->desk};
	if (s->scan->kind == INV_SCAN_BAD || s->scan->kind == INV_SCAN_COMMAND)
		return 0;
	if (s->scan->kind != INV_SCAN_LOAN && s->scan->kind != INV_SCAN_AGREEMENT)
		err = inv_scan_find(w->txn, s->a, s->scan, &s->hits, &n);
	if (err == 0 && n == 0 && may_be_card(s->scan))
		err = find_card(w, s);
	if (err == 0 && n == 0 && !s->f.card && s->scan->kind == INV_SCAN_CODE) {
		err = inv_scan_near(w->txn, s->a, s->scan, &s->hits, &n);
		s->f.near = n != 0;
	}
	s->f.hits = s->hits;
	s->f.hit_count = n;
	if (err == 0 && n == 1 && !s->f.near && s->hits[0].kind == INV_HIT_UNIT)
		err = find_unit(w, s);
	return err;
}

/* --- the desk --- */

static int put_desk(struct inv_work *w, struct scanning *s)
{
	s->ret->desk.changed_at = w->now;
	s->ret->desk.version++;
	return inv_desk_put(w->txn, &s->ret->desk);
}

static int add_line(struct inv_work *w, struct scanning *s, const struct inv_desk_line *l)
{
	struct inv_desk *d = &s->ret->desk;
	struct inv_desk_line line = *l;
	int err;

	line.no = d->line_count ? d->lines[d->line_count - 1].no + 1 : 1;
	err = inv_desk_line_put(w->txn, d->account, d->desk, &line);
	return err;
}

static int drop_lines(struct inv_work *w, const struct inv_desk *d, uint32_t no)
{
	int err = 0;

	for (uint32_t i = 0; err == 0 && i < d->line_count; i++) {
		if (no == 0 || d->lines[i].no == no)
			err = inv_desk_line_del(w->txn, d->account, d->desk, d->lines[i].no);
	}
	return err;
}

/* Taking back and lending do not lie on a desk together. */
static int turn_to(struct inv_work *w, struct scanning *s, enum inv_desk_mode mode)
{
	struct inv_desk *d = &s->ret->desk;
	int err = 0;

	if (d->mode != (uint32_t)mode && d->line_count) {
		err = drop_lines(w, d, 0);
		d->line_count = 0;
	}
	if (mode == INV_DESK_RETURN || mode == INV_DESK_RENEW)
		d->borrower = NULL;
	if (d->mode != (uint32_t)mode)
		d->yes = 0;
	d->mode = mode;
	return err;
}

static struct inv_desk_line line_of_unit(const struct scanning *s, const char *name)
{
	return (struct inv_desk_line){
		.serial = s->u.serial,
		.item_number = s->u.item_number,
		.product = s->u.product_id,
		.name = name,
	};
}

/* --- what a scan does --- */

typedef int act_fn(struct inv_work *w, struct scanning *s);

static int do_add(struct inv_work *w, struct scanning *s)
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
	err = inv_out_try(w, &out, &res);
	if (err == 0)
		err = turn_to(w, s, INV_DESK_LEND);
	if (err == 0)
		err = inv_unit_product(w->txn, w->a, &s->u, &p);
	if (err)
		return err;
	line = line_of_unit(s, inv_product_name(&p, SAY_SV));
	line.due = res.due;
	line.parts = s->u.parts;
	line.parts_missing = s->u.parts_missing;
	d->loan = 0;
	d->yes |= s->yes;
	said(s, "added", &inv_say_did_added);
	keep_thing(s, line.name);
	keep_day(s, 2, line.due);
	err = add_line(w, s, &line);
	return err ? err : put_desk(w, s);
}

static void say_returned(struct scanning *s, const struct inv_in_result *res)
{
	const struct say *say = res->was_lost        ? &inv_say_did_found
				: res->parts_missing ? &inv_say_did_returned_short
				: res->hold          ? &inv_say_did_hold
				: res->handed_in     ? &inv_say_did_handed_in
				: res->days_late     ? &inv_say_did_returned_late
						     : &inv_say_did_returned;

	said(s, "returned", say);
	keep_thing(s, s->line.name);
	if (res->parts_missing)
		keep_number(s, 2, res->parts_missing);
	else if (res->days_late)
		keep_number(s, 2, (uint64_t)res->days_late);
}

static int do_return(struct inv_work *w, struct scanning *s)
{
	const struct inv_in in = {.code = s->u.serial, .place = s->ret->desk.place, .yes = s->yes};
	struct inv_desk_line line = line_of_unit(s, s->line.name);
	struct inv_in_result res;
	int err = inv_in_in(w, &in, &res);

	if (err == 0)
		err = turn_to(w, s, INV_DESK_RETURN);
	if (err)
		return err;
	/* A long queue of returns: what was taken back first leaves the desk first. */
	if (s->ret->desk.line_count >= INV_DESK_LINES)
		err = drop_lines(w, &s->ret->desk, s->ret->desk.lines[0].no);
	line.due = s->line.due;
	line.loan = res.loan;
	line.parts = s->line.parts;
	line.parts_missing = res.parts_missing;
	line.handed_in = res.handed_in;
	line.hold = res.hold;
	s->ret->loan = s->ret->desk.loan = res.loan;
	say_returned(s, &res);
	if (err == 0)
		err = add_line(w, s, &line);
	return err ? err : put_desk(w, s);
}

static int renew(struct inv_work *w, struct scanning *s, uint64_t loan, uint32_t line)
{
	struct inv_renewed res;
	int err = inv_renew_in(w, loan, line, s->yes, &res);

	if (err == 0)
		err = turn_to(w, s, INV_DESK_RENEW);
	if (err)
		return err;
	s->ret->loan = s->ret->desk.loan = loan;
	said(s, "renewed", &inv_say_did_renewed);
	keep_number(s, 0, res.lines);
	keep_day(s, 1, res.due);
	return put_desk(w, s);
}

static int do_renew(struct inv_work *w, struct scanning *s)
{
	return renew(w, s, s->loan.id, s->line.no);
}

static int do_renew_loan(struct inv_work *w, struct scanning *s)
{
	return renew(w, s, s->ret->desk.loan, 0);
}

static int do_borrower(struct inv_work *w, struct scanning *s)
{
	struct inv_desk *d = &s->ret->desk;
	bool bundle = d->line_count && d->mode == INV_DESK_LEND;
	int err;

	if (bundle && d->borrower && !text_equal(d->borrower, s->b.id))
		return refuse(w->r, &inv_say_scan_other_person, NULL, NULL, NULL);
	err = people_loan_decide(&s->b, w->r);
	if (err == 0)
		err = turn_to(w, s, INV_DESK_LEND);
	if (err)
		return err;
	d->borrower = s->ret->borrower = arena_strdup(s->a, s->b.id);
	d->zone = s->b.zone;
	d->loan = 0;
	said(s, "borrower", &inv_say_did_borrower);
	return put_desk(w, s);
}

static int do_loan(struct inv_work *w, struct scanning *s)
{
	char number[INV_LOAN_NUMBER];
	struct inv_loan loan;
	uint64_t id;
	int err;

	if (s->scan->kind == INV_SCAN_AGREEMENT)
		return refuse(w->r, &inv_say_scan_no_agreement, s->scan->raw, NULL, NULL);
	if (inv_loan_number_parse(s->scan->text, &id) != 0)
		return refuse(w->r, &inv_say_scan_bad_loan, s->scan->raw, NULL, NULL);
	err = inv_work_loan_get(w, id, &loan);
	if (err)
		return err;
	if (s->ret->desk.mode == INV_DESK_RENEW)
		return renew(w, s, id, 0);
	s->ret->loan = s->ret->desk.loan = id;
	said(s, "loan", &inv_say_did_loan);
	keep(s, 0, inv_loan_number(id, number));
	keep_number(s, 1, loan.open);
	keep_day(s, 2, loan.due);
	return put_desk(w, s);
}

static int do_place(struct inv_work *w, struct scanning *s)
{
	struct inv_place p;
	int err = inv_place_get(w->txn, w->a, s->hits[0].id, &p);

	if (err)
		return err;
	s->ret->desk.place = arena_strdup(s->a, p.id);
	said(s, "place", &inv_say_did_place);
	keep(s, 0, inv_place_name(&p, SAY_SV));
	return put_desk(w, s);
}

static int lend(struct inv_work *w, struct inv_desk *d, const struct inv_out *more,
	struct inv_out_result *res)
{
	struct inv_out_item items[INV_DESK_LINES] = {0};
	struct inv_out out = more ? *more : (struct inv_out){0};
	int err;

	if (d->mode != INV_DESK_LEND || d->line_count == 0)
		return refuse(w->r, &inv_say_scan_nothing, NULL, NULL, NULL);
	if (text_empty(d->borrower))
		return refuse(w->r, &inv_say_scan_nobody, NULL, NULL, NULL);
	for (uint32_t i = 0; i < d->line_count; i++)
		items[i].code = d->lines[i].serial;
	out.items = items;
	out.item_count = d->line_count;
	out.borrower = d->borrower;
	if (text_empty(out.place))
		out.place = d->place;
	out.yes |= d->yes;
	err = inv_out_in(w, &out, res);
	if (err == 0)
		err = drop_lines(w, d, 0);
	if (err)
		return err;
	d->line_count = 0;
	d->borrower = NULL;
	d->mode = INV_DESK_IDLE;
	d->yes = 0;
	d->loan = res->loan;
	return 0;
}

static int do_lend(struct inv_work *w, struct scanning *s)
{
	struct inv_out more = {.yes = s->yes};
	uint32_t n = s->ret->desk.line_count;
	char number[INV_LOAN_NUMBER];
	struct inv_out_result res;
	int err = lend(w, &s->ret->desk, &more, &res);

	if (err)
		return err;
	s->ret->loan = res.loan;
	said(s, "lent", &inv_say_did_lent);
	keep_number(s, 0, n);
	keep(s, 1, inv_loan_number(res.loan, number));
	keep_day(s, 2, res.due);
	return put_desk(w, s);
}

/* What the undone act left on the desk goes with it. */
static int do_undo(struct inv_work *w, struct scanning *s)
{
	struct inv_desk *d = &s->ret->desk;
	struct inv_last last;
	int err = inv_undo_in(w, 0, s->a, &last);

	for (uint32_t i = 0; err == 0 && i < d->line_count; i++) {
		if (last.loan && d->lines[i].loan == last.loan &&
			text_equal(d->lines[i].serial, last.serial))
			err = drop_lines(w, d, d->lines[i].no);
	}
	if (err)
		return err;
	if (text_equal(last.act, "loan.out"))
		d->loan = 0;
	said(s, "undone", &inv_say_did_undone);
	return put_desk(w, s);
}

static int do_mode(struct inv_work *w, struct scanning *s)
{
	enum inv_desk_mode mode = s->scan->command == INV_SCAN_RETURN  ? INV_DESK_RETURN
				  : s->scan->command == INV_SCAN_RENEW ? INV_DESK_RENEW
								       : INV_DESK_LEND;
	int err;

	if (s->ret->desk.line_count && s->ret->desk.mode == INV_DESK_LEND && mode != INV_DESK_LEND)
		return refuse(w->r, &inv_say_scan_other_person, NULL, NULL, NULL);
	err = turn_to(w, s, mode);
	s->ret->desk.loan = 0;
	said(s, "mode",
		mode == INV_DESK_RETURN  ? &inv_say_did_mode_return
		: mode == INV_DESK_RENEW ? &inv_say_did_mode_renew
					 : &inv_say_did_mode_lend);
	return err ? err : put_desk(w, s);
}

static int clear(struct inv_work *w, struct inv_desk *d)
{
	int err = drop_lines(w, d, 0);

	d->line_count = 0;
	d->borrower = NULL;
	d->zone = 0;
	d->loan = 0;
	d->yes = 0;
	d->mode = INV_DESK_IDLE;
	return err;
}

static int do_clear(struct inv_work *w, struct scanning *s)
{
	int err = clear(w, &s->ret->desk);

	said(s, "cleared", &inv_say_did_clear);
	return err ? err : put_desk(w, s);
}

static int do_print(struct inv_work *w, struct scanning *s)
{
	char number[INV_LOAN_NUMBER];

	(void)w;
	s->ret->loan = s->ret->desk.loan;
	said(s, "print", &inv_say_did_print);
	keep(s, 0, inv_loan_number(s->ret->loan, number));
	return 0;
}

static int do_choose(struct inv_work *w, struct scanning *s)
{
	s->ret->choices = s->hits;
	s->ret->choice_count = s->f.hit_count;
	return refuse(w->r, &inv_say_scan_several, s->scan->raw, NULL, NULL);
}

static int do_refuse(struct inv_work *w, struct scanning *s)
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
	[INV_DO_REFUSE] = do_refuse,
};

static int scan_in(struct inv_work *w, void *arg)
{
	struct scanning *s = arg;
	enum inv_scan_act act;
	int err;

	*s->ret = (struct inv_scanned){0};
	s->r = (struct refusal){0};
	s->hits = NULL;
	err = inv_desk_load(w->txn, s->a, w->who->actor, w->by->desk, &s->ret->desk);
	if (err == 0)
		err = find(w, s);
	if (err)
		return err;
	act = inv_scan_decide(&s->f, &s->r);
	if (s->f.unit)
		s->ret->serial = arena_strdup(s->a, s->u.serial);
	if (s->f.out && (s->loan.zone & w->by->zones))
		s->ret->loan = s->loan.id;
	return acts[act](w, s);
}

static int load_in(struct store_txn *txn, void *arg)
{
	struct scanning *s = arg;

	return inv_desk_load(txn, s->a, s->ret->desk.account, s->ret->desk.desk, &s->ret->desk);
}

/* A no, or a question: what was said, the ways out, and the desk as it was. */
static void tell_refusal(struct scanning *s, const struct refusal *r)
{
	struct inv_scanned *ret = s->ret;

	ret->asks = inv_refusal_asks(r);
	ret->tone = ret->asks || ret->choice_count ? INV_TONE_ASK : INV_TONE_NO;
	ret->did = "refused";
	ret->said = *r;
	ret->door_count = inv_scan_doors(
		r, &ret->desk, ret->serial ? ret->serial : s->scan->text, ret->doors);
}

static int scan_one(
	struct inv *inv, const struct inv_desk_who *by, struct scanning *s, struct inv_scanned *ret)
{
	struct refusal r;
	int err;

	s->ret = ret;
	err = inv_work_run(inv, by, &r, scan_in, s);
	if (err && err != ERR_REFUSED)
		return err;
	ret->desk.account = by->who->actor;
	ret->desk.desk = by->desk ? by->desk : "";
	if (err == ERR_REFUSED)
		tell_refusal(s, &r);
	return store_read(inv->st, load_in, s);
}

/* Not even bytes to look at: nothing was scanned, or far too much. */
static int refuse_bytes(struct inv *inv, const struct inv_desk_who *by, int why, struct scanning *s,
	struct inv_scanned *ret)
{
	static const struct inv_scan none = {.kind = INV_SCAN_BAD};
	struct refusal r = {0};

	*ret = (struct inv_scanned){
		.desk = {.account = by->who->actor, .desk = by->desk ? by->desk : ""}};
	s->ret = ret;
	s->scan = &none;
	refuse(&r, why == ERR_TOOBIG ? &inv_say_scan_long : &inv_say_scan_empty, NULL, NULL, NULL);
	tell_refusal(s, &r);
	return store_read(inv->st, load_in, s);
}

int inv_scan(struct inv *inv, const struct inv_desk_who *by, struct bytes raw, unsigned yes,
	struct arena *a, struct inv_scanned *ret)
{
	struct scanning s = {.a = a, .yes = yes};
	struct inv_scan *scans;
	size_t n;
	int err = inv_scan_parse(a, raw, &scans, &n);

	if (err == ERR_TOOBIG || err == ERR_BADINPUT)
		return refuse_bytes(inv, by, err, &s, ret);
	for (size_t i = 0; err == 0 && i < n; i++) {
		s.scan = &scans[i];
		err = scan_one(inv, by, &s, ret);
		if (err == 0 && ret->tone != INV_TONE_YES)
			break;
	}
	return err;
}

/* --- the desk by itself --- */

struct desk_job {
	uint32_t no;
	const struct inv_out *more;
	struct inv_out_result *ret;
};

static int clear_in(struct inv_work *w, void *arg)
{
	struct desk_job *j = arg;
	struct inv_desk d;
	int err = inv_desk_load(w->txn, w->a, w->who->actor, w->by->desk, &d);

	if (err == 0)
		err = j->no ? drop_lines(w, &d, j->no) : clear(w, &d);
	d.changed_at = w->now;
	d.version++;
	return err ? err : inv_desk_put(w->txn, &d);
}

int inv_desk_clear(struct inv *inv, const struct inv_desk_who *by, uint32_t no)
{
	struct desk_job j = {.no = no};
	struct refusal r;

	return inv_work_run(inv, by, &r, clear_in, &j);
}

static int lend_in(struct inv_work *w, void *arg)
{
	struct desk_job *j = arg;
	struct inv_desk d;
	int err = inv_desk_load(w->txn, w->a, w->who->actor, w->by->desk, &d);

	*j->ret = (struct inv_out_result){.bad_item = err ? 0 : d.line_count};
	if (err == 0)
		err = lend(w, &d, j->more, j->ret);
	d.changed_at = w->now;
	d.version++;
	return err ? err : inv_desk_put(w->txn, &d);
}

int inv_desk_lend(struct inv *inv, const struct inv_desk_who *by, const struct inv_out *more,
	struct refusal *r, struct inv_out_result *ret)
{
	struct desk_job j = {.more = more, .ret = ret};

	return inv_work_run(inv, by, r, lend_in, &j);
}
