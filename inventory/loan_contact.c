/* SPDX-License-Identifier: EUPL-1.2 */
/* What is late with a borrower, and that they were called or written to about it. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#include <stdlib.h>

#define LOANS_MOST 200 /* open ones of one borrower */

static const struct say say_promise = {"loan.promise",
	{"Skriv vilken dag låntagaren lovade lämna tillbaka, från i dag och framåt. Lovades ingen "
	 "dag, välj ”svarade”.",
		"Kirjoita päivä, jona lainaaja lupasi palauttaa, tästä päivästä eteenpäin. Jos "
		"päivää ei luvattu, valitse ”vastasi”.",
		"Write the day the borrower promised, today or later. If no day was promised choose "
		"“answered”."}};
const struct say inv_say_none_late = {"loan.none-late",
	{"Inget av det är försenat längre. Ladda listan på nytt.",
		"Mikään siitä ei ole enää myöhässä. Lataa luettelo uudelleen.",
		"Nothing of it is late any longer. Load the list again."}};

/* --- all that is late --- */

static int by_due(const void *x, const void *y)
{
	const struct inv_loan_line *a = &((const struct inv_loan_row *)x)->line;
	const struct inv_loan_line *b = &((const struct inv_loan_row *)y)->line;

	if (a->due != b->due)
		return a->due < b->due ? -1 : 1;
	if (a->loan != b->loan)
		return a->loan < b->loan ? -1 : 1;
	return a->no < b->no ? -1 : a->no > b->no;
}

static void add_late(struct inv_late *l, const struct inv_loan_full *f, int32_t today)
{
	for (size_t i = 0; i < f->line_count; i++) {
		if (inv_line_is_late(&f->lines[i], today))
			l->rows[l->n++] = (struct inv_loan_row){f->loan, f->lines[i]};
	}
}

int inv_loan_late(struct store_txn *txn, const struct inv_loan *l, int32_t today, int32_t *ret_due)
{
	AUTO(arena) struct arena *a = NULL;
	struct inv_loan_full f;
	int err;

	*ret_due = 0;
	if (!l->due || l->due >= today) /* its earliest line's, and so no other is late */
		return 0;
	a = arena_new();
	err = inv_loan_load(txn, a, l->id, &f);
	for (size_t i = 0; err == 0 && i < f.line_count; i++) {
		if (inv_line_is_late(&f.lines[i], today) && (!*ret_due || f.lines[i].due < *ret_due))
			*ret_due = f.lines[i].due;
	}
	return err;
}

static const struct inv_loan_line *said_last(const struct inv_late *l)
{
	const struct inv_loan_line *last = NULL;

	for (size_t i = 0; i < l->n; i++) {
		const struct inv_loan_line *x = &l->rows[i].line;

		if (x->contact && (!last || x->contact_at > last->contact_at))
			last = x;
	}
	return last;
}

/* Their numbers only: the list itself is large, and most of what is lent is not late. */
static int list_late_loans(struct store_txn *txn, struct arena *a, const struct inv_late_ask *ask,
	uint64_t *ret, size_t *ret_n)
{
	const struct inv_loan_ask of = {.order = INV_LOANS_OF_BORROWER,
		.key = ask->borrower,
		.zones = ask->zones,
		.open_only = true,
		.most = LOANS_MOST};
	struct inv_loan_row *loans;
	const char *next;
	size_t n = 0;
	int err = inv_loan_list(txn, a, &of, &loans, &n, &next);

	*ret_n = 0;
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (loans[i].loan.due && loans[i].loan.due < ask->today)
			ret[(*ret_n)++] = loans[i].loan.id;
	}
	return err;
}

static size_t count_late(const struct inv_loan_full *f, int32_t today)
{
	size_t n = 0;

	for (size_t i = 0; i < f->line_count; i++)
		n += inv_line_is_late(&f->lines[i], today);
	return n;
}

int inv_late_of(struct store_txn *txn, struct arena *a, const struct inv_late_ask *ask,
	struct inv_late *ret)
{
	AUTO(arena) struct arena *scratch = arena_new();
	uint64_t ids[LOANS_MOST];
	struct inv_loan_full *loans;
	size_t n, lines = 0;
	int err = list_late_loans(txn, scratch, ask, ids, &n);

	if (err)
		return err;
	loans = ARENA_ARRAY(scratch, struct inv_loan_full, n + 1);
	for (size_t i = 0; err == 0 && i < n; i++) {
		err = inv_loan_load(txn, a, ids[i], &loans[i]);
		if (err == 0)
			lines += count_late(&loans[i], ask->today);
	}
	if (err)
		return err;
	*ret = (struct inv_late){.rows = ARENA_ARRAY(a, struct inv_loan_row, lines + 1)};
	for (size_t i = 0; i < n; i++)
		add_late(ret, &loans[i], ask->today);
	qsort(ret->rows, ret->n, sizeof(*ret->rows), by_due);
	ret->said = said_last(ret);
	return 0;
}

/* --- somebody was called --- */

static int end_contact(struct inv_work *w, const struct inv_loan_line *l)
{
	const struct inv_last last = {
		.act = "loan.contact", .loan = l->loan, .serial = l->serial, .count = 1};
	struct doc *d = doc_new(w->a);
	char day[DAY_TEXT];

	doc_set_str(d, "thing", l->serial);
	doc_set_str(d, "contact", inv_contact_name(l->contact));
	if (l->promised)
		doc_set_str(d, "promised", day_format(l->promised, day));
	return inv_work_end(w, &last, d);
}

static int note_line(struct inv_work *w, const struct inv_contacted *x, const struct inv_loan_line *was)
{
	struct inv_loan_line now = *was;
	struct inv_loan loan;
	int err = inv_work_loan_get(w, was->loan, &loan);

	if (err)
		return err;
	now.contact = x->how;
	now.contacts++;
	now.contact_at = w->now;
	now.contact_by = w->who->actor;
	now.promised = x->how == INV_CONTACT_PROMISED ? x->promised : 0;
	err = inv_work_line_change(w, &loan, was, &now);
	return err ? err : end_contact(w, &now);
}

static int contact_in(struct inv_work *w, void *arg)
{
	const struct inv_contacted *x = arg;
	struct inv_late_ask ask = {.zones = w->by->zones, .today = w->today};
	struct inv_late late = {0};
	struct inv_loan loan;
	size_t noted = 0;
	int err = inv_work_loan_get(w, x->loan, &loan);

	if (err)
		return err;
	if (x->how == INV_CONTACT_PROMISED && x->promised < w->today)
		return refuse(w->r, &say_promise, NULL, NULL, NULL);
	ask.borrower = loan.borrower;
	if (!text_empty(loan.borrower))
		err = inv_late_of(w->txn, w->a, &ask, &late);
	w->plain = true; /* a call is no act to undo, and must not hide the one that is */
	for (size_t i = 0; err == 0 && i < late.n; i++) {
		if (!inv_contact_meant(x->serials, late.rows[i].line.serial))
			continue;
		noted++;
		err = note_line(w, x, &late.rows[i].line);
	}
	return err || noted ? err : refuse(w->r, &inv_say_none_late, NULL, NULL, NULL);
}

int inv_contacted(struct inv *inv, const struct inv_desk_who *by, const struct inv_contacted *x,
	struct refusal *r)
{
	struct inv_contacted job = *x;

	return inv_work_run(inv, by, r, contact_in, &job);
}
