/* SPDX-License-Identifier: EUPL-1.2 */
/* One scan on its way: what the files of the scan box share with each other. */
#ifndef INVENTORY_SCAN_INT_H
#define INVENTORY_SCAN_INT_H

#include "inventory/circulation_int.h"

struct inv_scanning {
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

/* --- scan_find.c: what bears the code, on this desk --- */
int inv_scanning_find(struct inv_work *w, struct inv_scanning *s) MUST_CHECK;

/* --- scan_act.c: does what was decided, and says it --- */
int inv_scanning_act(struct inv_work *w, struct inv_scanning *s, enum inv_scan_act act) MUST_CHECK;

/* --- desk.c: what stands on it --- */
int inv_desk_keep(struct inv_work *w, struct inv_desk *d) MUST_CHECK;
int inv_desk_line_add(
	struct inv_work *w, const struct inv_desk *d, const struct inv_desk_line *l) MUST_CHECK;
/* The line of that number; 0: all. */
int inv_desk_drop(struct inv_work *w, const struct inv_desk *d, uint32_t no) MUST_CHECK;
/* Taking back and lending do not lie on a desk together. */
int inv_desk_turn(struct inv_work *w, struct inv_desk *d, enum inv_desk_mode mode) MUST_CHECK;
int inv_desk_clear_in(struct inv_work *w, struct inv_desk *d) MUST_CHECK;
int inv_desk_lend_in(struct inv_work *w, struct inv_desk *d, const struct inv_out *more,
	struct inv_out_result *ret) MUST_CHECK;

#endif
