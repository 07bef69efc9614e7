/* SPDX-License-Identifier: EUPL-1.2 */
/* What check out has looked at, between its two files: loan_look.c decides, loan_out.c writes. */
#ifndef INVENTORY_LOAN_OUT_INT_H
#define INVENTORY_LOAN_OUT_INT_H

#include "inventory/circulation_int.h"

struct inv_leaving_item { /* one thing on its way out */
	const struct inv_out_item *ask;
	struct inv_unit u;
	struct inv_product p;
	struct inv_terms terms;
	int32_t due, lease; /* the last day of its lease; 0: none */
	int32_t asked;      /* the closed day that was chosen; 0: none was */
	bool by_lease;      /* that made the loan shorter */
	struct inv_hold shelf, fills; /* id 0: none */
	size_t waiting;               /* holds of the product */
	struct inv_part *parts;
	size_t part_count;
};

struct inv_leaving {
	const struct inv_out *out;
	struct people_borrower b;
	struct inv_leaving_item *items;
	size_t n, open_lines;
	int32_t days_late, start;
	int64_t happened; /* 0: now */
	const char *back_place, *swap_serial;
	bool swap_out; /* what it stands in for is still lent, and counts for one */
	bool trying; /* only asked; nobody may be named yet */
};

/* Everything is looked at and decided, nothing is written: what the scan box asks before anybody is
 * named as well. With ERR_REFUSED `ret` says which thing it is about. In w's arena. */
int inv_out_look(struct inv_work *w, struct inv_leaving *l, struct inv_out_result *ret) MUST_CHECK;

#endif
