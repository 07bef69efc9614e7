/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of agreements share. */
#ifndef INVENTORY_AGREEMENT_INT_H
#define INVENTORY_AGREEMENT_INT_H

#include "inventory/agreement.h"
#include "inventory/inventory_int.h"
#include "settings/settings.h"

#define INV_TEXT_MOST (32u << 10)
#define INV_AGREEMENTS_MOST 20 /* of one loan */

/* --- agreement_start.c: the texts the program comes with --- */
void inv_wording_start(enum inv_text kind, enum say_lang lang, struct inv_wording *ret);

/* --- agreement_db.c --- */
int inv_wording_add(struct store_txn *txn, const struct inv_wording *t) MUST_CHECK;
int inv_agreement_load(struct store_txn *txn, struct arena *a, const char *id,
	struct inv_agreement *ret) MUST_CHECK;
int inv_agreement_put(struct store_txn *txn, const struct inv_agreement *before,
	const struct inv_agreement *x) MUST_CHECK;
int inv_agreement_drop(struct store_txn *txn, const struct inv_agreement *x) MUST_CHECK;
int inv_agreement_due(struct store_txn *txn, struct arena *a, int64_t before, size_t most,
	struct inv_agreement **ret, size_t *ret_n) MUST_CHECK;

/* How many signed ones are forgotten before then; at most 10 000 are counted. */
int inv_agreement_due_signed(struct store_txn *txn, int64_t before, size_t *ret) MUST_CHECK;
/* In the order of their ids. */
int inv_agreement_page(struct store_txn *txn, const struct store_piece *piece,
	struct inv_agreement **ret, size_t *ret_n) MUST_CHECK;

/* --- agreement.c --- */
int inv_agreement_audit(struct store_txn *txn, struct arena *a, const struct people_caller *who,
	const char *act, const struct inv_agreement *x) MUST_CHECK;

/* --- agreement_loan.c --- */
struct inv_loan;
/* ERR_NOTFOUND: its loan is not there. */
int inv_agreement_loan_get(struct store_txn *txn, struct arena *a, const struct inv_agreement *x,
	struct inv_loan *ret) MUST_CHECK;
int inv_agreement_tell_loan(
	struct store_txn *txn, struct arena *a, const struct inv_agreement *x) MUST_CHECK;
/* It holds no more: the loan has the newest other that does, or none. */
int inv_agreement_leave_loan(
	struct store_txn *txn, struct arena *a, const struct inv_agreement *x) MUST_CHECK;

/* --- agreement_msg.c: frozen content --- */
struct inv_frozen {
	const char *title[INV_TEXTS], *body[INV_TEXTS];
	size_t texts;
	struct inv_paper paper;
	const char *salt; /* so that the hash gives no name away */
};
void inv_frozen_format(struct arena *a, const struct inv_frozen *f, struct buf *out);
int inv_frozen_parse(struct arena *a, struct bytes in, struct inv_frozen *ret) MUST_CHECK;

/* --- agreement_words.c --- */
/* "tisdag 8 december 2026" */
const char *inv_day_words(struct arena *a, enum say_lang lang, int32_t day);
/* A paragraph with its fields filled in, without the sentences that have one of which nothing is known;
 * "": none is left. */
const char *inv_field_fill(struct arena *a, const struct inv_paper *p, const char *line);
/* The first field that there is not; NULL: all are known. */
const char *inv_field_unknown(struct arena *a, const char *body);
extern const struct say inv_word_number, inv_word_thing, inv_word_condition, inv_word_price,
	inv_word_due, inv_word_last_day, inv_word_last_day_of, inv_word_last_day_first,
	inv_word_last_day_more, inv_word_first_day, inv_word_signature, inv_word_sign_staff, inv_word_loan,
	inv_word_signed_paper, inv_word_signed_typed, inv_word_sign_kept, inv_word_sign_unkept, inv_word_identity, inv_word_agreement, inv_word_sum, inv_word_slip,
	inv_word_slip_return, inv_word_borrower, inv_word_missing, inv_word_left_behind, inv_word_questions,
	inv_word_price_list, inv_word_the_borrower, inv_word_thanks,
	inv_word_bring_to, inv_word_call_us, inv_word_void, inv_word_void_from;

/* --- agreement_sheet.c: blocks of a sheet --- */
#define INV_BLOCKS 600
struct inv_sheet {
	struct arena *a;
	const struct inv_paper *paper;
	struct print_block block[INV_BLOCKS];
	size_t n;
	const char *mark; /* of each page; NULL: none */
};
void inv_sheet_add(struct inv_sheet *s, enum print_kind kind, const char *label, const char *text);
void inv_sheet_items(struct inv_sheet *s, bool with_prices);
/* --- agreement_days.c --- */
/* The last day in very large type; where they differ each, with what is to be back by then. */
void inv_sheet_due(struct inv_sheet *s);
/* Its last day within a line; where they differ the first, and that it is the first. */
const char *inv_due_words(struct arena *a, const struct inv_paper *p);
void inv_sheet_body(struct inv_sheet *s, const char *body);
int inv_sheet_print(const struct inv_sheet *s, enum print_paper size, unsigned percent,
	const char *title, struct buf *out) MUST_CHECK;

extern const struct say inv_say_agreement_signed, inv_say_bad_ink, inv_say_bad_name,
	inv_say_bad_way, inv_say_bad_signer, inv_say_signer_may_not, inv_say_signer_which, inv_say_bad_identity, inv_say_wording_field,
	inv_say_wording_items, inv_say_wording_empty, inv_say_wording_changed, inv_say_paper_empty,
	inv_say_agreement_void, inv_say_void_reason, inv_say_nothing_left;

#endif
