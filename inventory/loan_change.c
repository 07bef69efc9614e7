/* SPDX-License-Identifier: EUPL-1.2 */
/* What happens to a loan while it is out: renewed, due another day, claimed, lost, written off. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#include <stdio.h>

static int reason_needed(struct inv_work *w, const char *s)
{
	return text_empty(s) ? refuse(w->r, &inv_say_reason, NULL, NULL, NULL) : 0;
}

static int end_line(struct inv_work *w, const char *act, const struct inv_loan_line *l,
	const char *key, const char *value)
{
	const struct inv_last last = {.act = act, .loan = l->loan, .serial = l->serial, .count = 1};
	struct doc *d = doc_new(w->a);

	doc_set_str(d, "thing", l->serial);
	if (key && value)
		doc_set_str(d, key, value);
	return inv_work_end(w, &last, d);
}

/* --- renew --- */

struct renew_job {
	const struct inv_renewal *how;
	struct inv_renewed *ret;
};

/* How many are free of the product without this one, which is counted as out: a promise to others
 * until the new day stops it. */
static int load_free(struct inv_work *w, const struct inv_loan_line *l, int32_t until, int64_t *ret)
{
	struct inv_hold *queue;
	struct inv_free f;
	size_t n;
	int err;

	*ret = 0;
	if (text_empty(l->product))
		return 0;
	err = inv_hold_queue(w->txn, w->a, l->product, &queue, &n);
	if (err || n == 0)
		return err;
	err = inv_free_between(w->txn, w->a, l->product, w->today, until, w->today, &f);
	if (err == 0)
		*ret = f.free;
	return err;
}

static int lease_of(struct inv_work *w, const struct inv_loan_line *line, int32_t *ret)
{
	struct inv_unit u;
	int err = inv_unit_get(w->txn, w->a, line->serial, &u);

	if (err == 0)
		return inv_lease_last(w->txn, w->a, &u, ret);
	*ret = 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int load_due(struct inv_work *w, const struct inv_loan *loan,
	const struct inv_loan_line *line, struct inv_renew_facts *f)
{
	int err = lease_of(w, line, &f->lease);
	int32_t by_terms;

	if (err == 0)
		err = inv_open_day(w->txn, loan->place_back,
			inv_renew_due_decide(&line->terms, line->due, w->today), &by_terms);
	if (err)
		return err;
	f->due = by_terms;
	err = inv_lease_shorten(w->txn, loan->place_back, f->lease, &f->due);
	f->by_lease = f->due < by_terms;
	return err;
}

static int renew_one(struct inv_work *w, const struct renew_job *j, struct inv_loan *loan,
	const struct inv_loan_line *line)
{
	struct inv_loan_line now = *line;
	struct inv_renew_facts f = {.loan = loan, .line = line, .today = w->today, .yes = j->how->yes};
	int err = load_due(w, loan, line, &f);

	if (err == 0)
		err = load_free(w, line, f.due, &f.free);
	if (err == 0)
		err = inv_renew_decide(&f, w->r);
	if (err)
		return err;
	now.due = f.due;
	now.due_asked = 0;
	now.renewals++;
	if (line->due < w->today && !text_empty(j->how->late_reason))
		now.late_reason = j->how->late_reason;
	inv_contact_clear(&now);
	j->ret->lines++;
	if (f.due > j->ret->due)
		j->ret->due = f.due;
	return inv_work_line_change(w, loan, line, &now);
}

static int end_renew(struct inv_work *w, const struct renew_job *j)
{
	const struct inv_last last = {.act = "loan.renew", .loan = j->how->loan, .count = j->ret->lines};
	struct doc *d = doc_new(w->a);
	char day[DAY_TEXT];

	doc_set_str(d, "due", day_format(j->ret->due, day));
	return inv_work_end(w, &last, d);
}

int inv_renew_in(struct inv_work *w, const struct inv_renewal *how, struct inv_renewed *ret)
{
	const struct renew_job j = {how, ret};
	const uint32_t line = how->line;
	struct inv_loan_full f;
	struct inv_loan loan;
	size_t tried = 0, long_enough = 0;
	int err = inv_work_loan_get(w, how->loan, &loan);

	*ret = (struct inv_renewed){0};
	if (err == 0)
		err = inv_work_said(w, loan.borrower, how->late_reason, INV_WORDS_MOST);
	if (err == 0)
		err = inv_loan_load(w->txn, w->a, how->loan, &f);
	for (size_t i = 0; err == 0 && i < f.line_count; i++) {
		if (!inv_line_is_open(f.lines[i].state) || (line && f.lines[i].no != line))
			continue;
		tried++;
		err = renew_one(w, &j, &loan, &f.lines[i]);
		if (err == ERR_REFUSED && !line && w->r->say == &inv_say_renew_same) {
			long_enough++;
			err = 0; /* the others may gain */
		}
	}
	if (err)
		return err;
	if (long_enough && long_enough == tried)
		return ERR_REFUSED; /* as the last of them said */
	if (long_enough)
		*w->r = (struct refusal){0};
	if (tried == 0) {
		refuse(w->r, line ? &inv_say_line_gone : &inv_say_renew_none, NULL, NULL, NULL);
		inv_loan_number(how->loan, w->r->kept[0]);
		snprintf(w->r->kept[1], SAY_KEPT, "%u", line);
		return ERR_REFUSED;
	}
	return end_renew(w, &j);
}

static int renew_in(struct inv_work *w, void *arg)
{
	struct renew_job *j = arg;

	return inv_renew_in(w, j->how, j->ret);
}

int inv_renew(struct inv *inv, const struct inv_desk_who *by, const struct inv_renewal *how,
	struct refusal *r, struct inv_renewed *ret)
{
	struct renew_job j = {how, ret};

	return inv_work_run(inv, by, r, renew_in, &j);
}

/* --- another day --- */

struct due_job {
	uint64_t loan;
	uint32_t line;
	int32_t asked;
	int32_t *due; /* that holds */
	const char *reason;
};

static int find_line(struct inv_work *w, const struct due_job *j, struct inv_loan *loan,
	struct inv_loan_line *line)
{
	int err = inv_work_loan_get(w, j->loan, loan);

	if (err == 0)
		err = inv_line_get(w->txn, w->a, j->loan, j->line, line);
	if (err == ERR_NOTFOUND || (err == 0 && !inv_line_is_open(line->state))) {
		refuse(w->r, &inv_say_line_gone, NULL, NULL, NULL);
		inv_loan_number(j->loan, w->r->kept[0]);
		snprintf(w->r->kept[1], SAY_KEPT, "%u", j->line);
		return ERR_REFUSED;
	}
	return err;
}

/* The day that is chosen: it is to come, one that is open, and no later than its lease. */
static int decide_day(struct inv_work *w, const struct inv_loan *loan, struct inv_loan_line *line,
	int32_t due)
{
	struct inv_chosen_day d = {.place = loan->place_back, .today = w->today, .due = due};
	struct inv_due_facts f = {
		.label = text_empty(line->item_number) ? line->serial : line->item_number,
		.today = w->today};
	int err = lease_of(w, line, &d.lease);

	if (err == 0)
		err = inv_day_chosen(w->txn, &d);
	if (err)
		return err;
	f.due = line->due = d.due;
	f.lease = d.lease;
	f.by_lease = d.by_lease;
	line->due_asked = d.asked;
	return inv_due_day_decide(&f, w->r);
}

static int end_due(struct inv_work *w, const struct inv_loan_line *l)
{
	const struct inv_last last = {
		.act = "loan.due", .loan = l->loan, .serial = l->serial, .count = 1};
	struct doc *d = doc_new(w->a);
	char day[DAY_TEXT];

	doc_set_str(d, "thing", l->serial);
	doc_set_str(d, "due", day_format(l->due, day));
	if (l->due_asked)
		doc_set_str(d, "due_asked", day_format(l->due_asked, day));
	return inv_work_end(w, &last, d);
}

static int due_in(struct inv_work *w, void *arg)
{
	struct due_job *j = arg;
	struct inv_loan_line was, now;
	struct inv_loan loan;
	int err = reason_needed(w, j->reason);

	if (err == 0)
		err = find_line(w, j, &loan, &was);
	if (err == 0)
		err = inv_work_said(w, loan.borrower, j->reason, INV_WORDS_MOST);
	if (err)
		return err;
	now = was;
	err = decide_day(w, &loan, &now, j->asked);
	if (err)
		return err;
	inv_contact_clear(&now);
	now.late_reason = was.due < w->today ? j->reason : was.late_reason;
	err = inv_work_line_change(w, &loan, &was, &now);
	*j->due = now.due;
	return err ? err : end_due(w, &now);
}

int inv_due_change(struct inv *inv, const struct inv_desk_who *by, uint64_t loan, uint32_t line,
	int32_t *due, const char *reason, struct refusal *r)
{
	struct due_job j = {loan, line, *due, due, reason};

	return inv_work_run(inv, by, r, due_in, &j);
}

/* --- claimed, lost, written off --- */

struct thing_job {
	const char *code, *reason;
	bool no, stolen;
	const struct inv_mark *words;
};

static int claim_in(struct inv_work *w, void *arg)
{
	struct thing_job *j = arg;
	struct inv_unit u;
	struct inv_loan loan;
	struct inv_loan_line was, now;
	int err = inv_work_open(w, j->code, &u, &loan, &was);

	if (err)
		return err;
	if (j->no && was.state != INV_LINE_CLAIMED)
		return refuse(w->r, &inv_say_not_claimed, inv_unit_label(&u), NULL, NULL);
	if (!j->no && was.state == INV_LINE_CLAIMED)
		return refuse(w->r, &inv_say_claimed, inv_unit_label(&u), NULL, NULL);
	if (!j->no && was.state == INV_LINE_LOST)
		return refuse(w->r, &inv_say_lost_already, inv_unit_label(&u), NULL, NULL);
	now = was;
	now.state = j->no ? INV_LINE_OUT : INV_LINE_CLAIMED;
	now.claimed_at = j->no ? 0 : w->now;
	err = inv_work_line_change(w, &loan, &was, &now);
	return err ? err : end_line(w, j->no ? "loan.unclaim" : "loan.claim", &now, NULL, NULL);
}

int inv_claim(struct inv *inv, const struct inv_desk_who *by, const char *code, bool no,
	struct refusal *r)
{
	struct thing_job j = {.code = code, .no = no};

	return inv_work_run(inv, by, r, claim_in, &j);
}

static int lost_in(struct inv_work *w, void *arg)
{
	struct thing_job *j = arg;
	struct inv_mark mark = *j->words;
	const struct inv_move move = {.to = j->stolen ? INV_STOLEN : INV_LOST,
		.event = "loan.lost",
		.act = "item.mark",
		.mark = &mark};
	struct inv_unit u;
	struct inv_loan loan;
	struct inv_loan_line was, now;
	int err = inv_work_open(w, j->code, &u, &loan, &was);

	if (err == 0)
		err = inv_work_unnamed(w, loan.borrower, mark.note);
	if (err)
		return err;
	mark.to = move.to;
	err = inv_duty_admit(w->txn, &u, &mark, w->by->duties, w->r);
	if (err == 0)
		err = inv_mark_decide(&u, &mark, w->r);
	if (err)
		return err;
	now = was;
	now.state = INV_LINE_LOST;
	now.lost_at = w->now;
	err = inv_work_line_change(w, &loan, &was, &now);
	if (err == 0)
		err = inv_work_move(w, &u, &move);
	return err ? err : end_line(w, "loan.lost", &now, "to", inv_state_name(move.to));
}

int inv_loan_lost(struct inv *inv, const struct inv_desk_who *by, const char *code, bool stolen,
	const struct inv_mark *words, struct refusal *r)
{
	struct thing_job j = {.code = code, .stolen = stolen, .words = words};

	return inv_work_run(inv, by, r, lost_in, &j);
}

static int write_off_in(struct inv_work *w, void *arg)
{
	struct thing_job *j = arg;
	const struct inv_mark mark = {.to = INV_DISCARDED};
	const struct inv_move move = {.to = INV_DISCARDED, .event = "loan.written-off", .loan = ""};
	struct inv_unit u;
	struct inv_loan loan;
	struct inv_loan_line was, now;
	int err = reason_needed(w, j->reason);

	if (err == 0)
		err = inv_work_open(w, j->code, &u, &loan, &was);
	if (err == 0)
		err = inv_work_said(w, loan.borrower, j->reason, INV_WORDS_MOST);
	if (err == 0)
		err = inv_duty_admit(w->txn, &u, &mark, w->by->duties, w->r);
	if (err)
		return err;
	now = was;
	now.state = INV_LINE_WRITTEN_OFF;
	now.end_reason = j->reason;
	now.in_registered_at = w->now;
	err = inv_work_line_change(w, &loan, &was, &now);
	if (err == 0)
		err = inv_work_move(w, &u, &move);
	return err ? err : end_line(w, "loan.write-off", &now, NULL, NULL);
}

int inv_write_off(struct inv *inv, const struct inv_desk_who *by, const char *code,
	const char *reason, struct refusal *r)
{
	struct thing_job j = {.code = code, .reason = reason};

	return inv_work_run(inv, by, r, write_off_in, &j);
}

/* --- agreements --- */

/* What came back after the paper was made is not signed for by it. */
static void sign_return(struct inv_loan *l, const char *agreement, int64_t made_at)
{
	if (made_at >= l->back_unsigned)
		l->back_unsigned = 0;
	l->return_agreement = agreement;
}

int inv_loan_agreement_set(struct store_txn *txn, uint64_t loan, const char *agreement,
	bool of_return, int64_t made_at)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_loan was, now;
	int err = inv_loan_get(txn, a, loan, &was);

	if (err)
		return err;
	now = was;
	now.version++;
	if (of_return)
		sign_return(&now, agreement, made_at);
	else
		now.agreement = agreement;
	return inv_loan_put(txn, &was, &now);
}

/* What only the void paper signed for waits again; what came back later still does. */
static void unsign_return(struct inv_loan *l, const struct inv_unsigning *x)
{
	bool covered = x->holds && x->holds_made_at >= x->void_made_at;

	if (l->return_agreement && l->sign_in && !covered && x->void_made_at > l->back_unsigned)
		l->back_unsigned = x->void_made_at;
	l->return_agreement = x->holds;
}

int inv_loan_agreement_leave(struct store_txn *txn, uint64_t loan, const struct inv_unsigning *x)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_loan was, now;
	int err = inv_loan_get(txn, a, loan, &was);

	if (err)
		return err;
	now = was;
	now.version++;
	if (x->of_return)
		unsign_return(&now, x);
	else
		now.agreement = x->holds;
	return inv_loan_put(txn, &was, &now);
}
