/* SPDX-License-Identifier: EUPL-1.2 */
/* What bears a scanned code: a thing, a place, a borrower, or what only looks much like it. */
#include "inventory/scan_int.h"

#include "base/text.h"

static int find_card(struct inv_work *w, struct inv_scanning *s)
{
	const struct inv_scan_asker by = {w->inv, w->txn, w->a, w->by->zones, w->now};
	int err = inv_scan_borrower(&by, s->scan, &s->b);

	s->f.card = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int find_unit(struct inv_work *w, struct inv_scanning *s)
{
	int err = inv_unit_get(w->txn, w->a, s->hits[0].id, &s->u);

	if (err)
		return err;
	s->f.unit = &s->u;
	if (!text_empty(s->u.kit))
		s->f.kit = inv_unit_label_of(w->txn, w->a, s->u.kit);
	err = inv_loan_of_unit(w->txn, w->a, s->u.serial, &s->loan, &s->line);
	s->f.out = err == 0;
	s->f.theirs = s->f.out && text_equal(s->loan.borrower, s->ret->desk.borrower);
	s->f.foreign = s->f.out && !(s->loan.zone & w->by->zones);
	for (uint32_t i = 0; i < s->ret->desk.line_count; i++)
		s->f.on_desk |= text_equal(s->ret->desk.lines[i].serial, s->u.serial);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The number of a SIM card is named by the SIM and by the thing that it sits in: at a desk the thing
 * is meant. */
static int keep_host(struct inv_work *w, struct inv_scanning *s, size_t *n)
{
	for (size_t i = 0; *n == 2 && i < 2; i++) {
		struct inv_unit u;
		int err = s->hits[i].kind == INV_HIT_UNIT
				  ? inv_unit_get(w->txn, w->a, s->hits[i].id, &u)
				  : ERR_NOTFOUND;

		if (err && err != ERR_NOTFOUND)
			return err;
		if (err == 0 && text_equal(u.kit, s->hits[1 - i].id)) {
			s->hits[0] = s->hits[1 - i];
			*n = 1;
		}
	}
	return 0;
}

int inv_scanning_find(struct inv_work *w, struct inv_scanning *s)
{
	size_t n = 0;
	int err = 0;

	s->f = (struct inv_scan_facts){.scan = s->scan, .desk = &s->ret->desk};
	if (s->scan->kind == INV_SCAN_BAD || s->scan->kind == INV_SCAN_COMMAND)
		return 0;
	if (s->scan->kind != INV_SCAN_LOAN && s->scan->kind != INV_SCAN_AGREEMENT)
		err = inv_scan_find(w->txn, s->a, s->scan, &s->hits, &n);
	if (err == 0)
		err = keep_host(w, s, &n);
	if (err == 0 && n == 0)
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
