/* SPDX-License-Identifier: EUPL-1.2 */
/* One scan on its way: what the files of the scan box share with each other. */
#ifndef INVENTORY_SCAN_INT_H
#define INVENTORY_SCAN_INT_H

#include "inventory/circulation_int.h"

struct inv_scanning {
	const struct inv_scan *scan;
	unsigned yes;
	const struct inv_desk_who *by;
	const char *key; /* of this scan; NULL: none */
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

/* --- scan_answer_db.c: what was answered, by the scan's own key --- */
struct inv_told {
	const char *raw;
	uint32_t yes, tone, asks;
	const char *did, *code, *text[SAY_LANGS]; /* code: of the sentence */
	const char *serial, *borrower;
	uint64_t loan;
	const char *doors, *choices; /* a line each */
	struct bytes unknown;
};
struct store_key inv_told_key(const struct inv_desk_who *by, const char *key);
void inv_told_encode(const struct inv_told *t, struct buf *out);
int inv_told_decode(struct bytes in, struct arena *a, struct inv_told *ret) MUST_CHECK;
int inv_told_get(struct inv *inv, struct store_txn *txn, const struct inv_desk_who *by,
	const char *key, struct arena *a, struct inv_told *ret) MUST_CHECK;
int inv_told_put(struct inv *inv, struct store_txn *txn, const struct inv_desk_who *by,
	const char *key, const struct inv_told *told) MUST_CHECK;

/* --- scan_no.c: the same of what did nothing, in memory --- */
void inv_no_keep(struct inv *inv, const struct inv_desk_who *by, const char *key,
	const struct inv_told *told);
/* ERR_NOTFOUND. */
int inv_no_get(struct inv *inv, const struct inv_desk_who *by, const char *key, struct arena *a,
	struct inv_told *ret) MUST_CHECK;
/* The scan of that key has done something now. */
void inv_no_forget(struct inv *inv, const struct inv_desk_who *by, const char *key);

/* --- scan_again.c: an answer as it is kept, and back --- */
/* Keeps what *s->ret says under its key; nothing without one. */
int inv_again_keep(struct inv *inv, struct store_txn *txn, const struct inv_desk_who *by,
	const struct inv_scanning *s) MUST_CHECK;
/* Keeps what refused, without the store. */
void inv_again_remember(struct inv *inv, const struct inv_desk_who *by, const struct inv_scanning *s);
/* Was this very scan answered before? Then *s->ret is what was said. ERR_NOTFOUND. */
int inv_again_find(struct inv *inv, struct store_txn *txn, const struct inv_desk_who *by,
	struct inv_scanning *s) MUST_CHECK;

/* --- scan_find.c: what bears the code, on this desk --- */
int inv_scanning_find(struct inv_work *w, struct inv_scanning *s) MUST_CHECK;

/* --- scan_act.c: does what was decided, and says it --- */
int inv_scanning_act(struct inv_work *w, struct inv_scanning *s, enum inv_scan_act act) MUST_CHECK;

/* --- desk.c: what stands on it --- */
/* Where it stands, into `place`: as it was chosen, while that place is in use; else the only one that
 * lends to these zones. NULL: somebody must choose. (desk_place.c) */
int inv_desk_stand(struct store_txn *txn, struct arena *a, unsigned zones,
	struct inv_desk *d) MUST_CHECK;
/* What was said on another day is gone. (desk_how.c) */
void inv_desk_how_end(struct inv_desk *desk, int32_t today);
/* inv_desk_see() in an act. */
int inv_desk_load_in(struct inv_work *w, struct arena *a, struct inv_desk *ret) MUST_CHECK;
int inv_desk_keep(struct inv_work *w, struct inv_desk *d) MUST_CHECK;
int inv_desk_line_add(
	struct inv_work *w, const struct inv_desk *d, const struct inv_desk_line *l) MUST_CHECK;
/* The line of that number; 0: all. */
int inv_desk_drop(struct inv_work *w, const struct inv_desk *d, uint32_t no) MUST_CHECK;
/* Taking back and lending do not lie on a desk together. */
int inv_desk_turn(struct inv_work *w, struct inv_desk *d, enum inv_desk_mode mode) MUST_CHECK;
/* What was said of how it is lent, where the loan does not say it itself. */
void inv_desk_how_fill(const struct inv_desk *d, struct inv_out *out);
int inv_desk_clear_in(struct inv_work *w, struct inv_desk *d) MUST_CHECK;
int inv_desk_lend_in(struct inv_work *w, struct inv_desk *d, const struct inv_out *more,
	struct inv_out_result *ret) MUST_CHECK;

#endif
