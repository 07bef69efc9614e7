/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_LOAN       q loan                  -> struct inv_loan
 * INV_LOAN_LINE  q loan, u line          -> struct inv_loan_line
 * INV_LOAN_PART  q loan, u line, u part  -> struct inv_loan_part
 */
#include "inventory/circulation_int.h"

#include "base/rec.h"
#include "base/text.h"

#define RECORD_MOST 65536

static const struct rec_field loan_fields[] = {
	REC_I64(1, struct inv_loan, id),
	REC_U32(2, struct inv_loan, zone),
	REC_U32(3, struct inv_loan, kind),
	REC_STR(4, struct inv_loan, borrower),
	REC_STR(5, struct inv_loan, place),
	REC_STR(6, struct inv_loan, place_back),
	REC_I64(7, struct inv_loan, happened_at),
	REC_I64(8, struct inv_loan, registered_at),
	REC_STR(9, struct inv_loan, registered_by),
	REC_WORDS(10, struct inv_loan, back_reason),
	REC_U32(11, struct inv_loan, lines),
	REC_U32(12, struct inv_loan, open),
	REC_U32(13, struct inv_loan, due),
	REC_BOOL(14, struct inv_loan, sign_out),
	REC_BOOL(15, struct inv_loan, sign_in),
	REC_STR(16, struct inv_loan, agreement),
	REC_STR(17, struct inv_loan, return_agreement),
	REC_I64(18, struct inv_loan, swap_of),
	REC_STR(19, struct inv_loan, swap_serial),
	REC_I64(20, struct inv_loan, fault),
	REC_U32(21, struct inv_loan, warned),
	REC_I64(22, struct inv_loan, closed_at),
	REC_I64(23, struct inv_loan, forget_at),
	REC_I64(24, struct inv_loan, forgotten_at),
	REC_U32(25, struct inv_loan, version),
	REC_I64(26, struct inv_loan, back_unsigned),
	REC_END,
};
const struct rec_type inv_loan_rec =
	REC_TYPE_WORDS("inv.loan", struct inv_loan, 1, loan_fields);

static const struct rec_field line_fields[] = {
	REC_I64(1, struct inv_loan_line, loan),
	REC_U32(2, struct inv_loan_line, no),
	REC_STR(3, struct inv_loan_line, serial),
	REC_STR(4, struct inv_loan_line, item_number),
	REC_STR(5, struct inv_loan_line, product),
	REC_STR(6, struct inv_loan_line, name),
	REC_U32(7, struct inv_loan_line, state),
	REC_U32(8, struct inv_loan_line, due),
	REC_U32(9, struct inv_loan_line, first_due),
	REC_U32(10, struct inv_loan_line, renewals),
	REC_I64(11, struct inv_loan_line, out_at),
	REC_I64(12, struct inv_loan_line, out_registered_at),
	REC_STR(13, struct inv_loan_line, out_by),
	REC_U32(14, struct inv_loan_line, out_condition),
	REC_U32(15, struct inv_loan_line, in_condition),
	REC_WORDS(16, struct inv_loan_line, out_note),
	REC_WORDS(17, struct inv_loan_line, in_note),
	REC_I64(18, struct inv_loan_line, in_at),
	REC_I64(19, struct inv_loan_line, in_registered_at),
	REC_STR(20, struct inv_loan_line, in_by),
	REC_STR(21, struct inv_loan_line, in_place),
	REC_I64(22, struct inv_loan_line, inspected_at),
	REC_STR(23, struct inv_loan_line, inspected_by),
	REC_I64(24, struct inv_loan_line, claimed_at),
	REC_I64(25, struct inv_loan_line, lost_at),
	REC_WORDS(26, struct inv_loan_line, end_reason),
	REC_WORDS(27, struct inv_loan_line, late_reason),
	REC_U32(28, struct inv_loan_line, parts),
	REC_U32(29, struct inv_loan_line, parts_missing),
	REC_I64(30, struct inv_loan_line, hold),
	REC_I64(31, struct inv_loan_line, terms.replacement_ore),
	REC_STR(32, struct inv_loan_line, replaced_by),
	REC_STR(33, struct inv_loan_line, replaces),
	REC_U32(34, struct inv_loan_line, zone),
	REC_STR(35, struct inv_loan_line, place),
	REC_STR(36, struct inv_loan_line, borrower_kind),
	REC_BOOL(37, struct inv_loan_line, counted),
	REC_U32(38, struct inv_loan_line, terms.price_list),
	REC_U32(39, struct inv_loan_line, contact),
	REC_U32(40, struct inv_loan_line, contacts),
	REC_I64(41, struct inv_loan_line, contact_at),
	REC_STR(42, struct inv_loan_line, contact_by),
	REC_U32(43, struct inv_loan_line, promised),
	REC_BOOL(44, struct inv_loan_line, reason_counted),
	REC_U32(45, struct inv_loan_line, due_asked),
	INV_TERM_FIELDS(struct inv_loan_line, terms.value),
	REC_END,
};
const struct rec_type inv_line_rec =
	REC_TYPE_WORDS("inv.loan_line", struct inv_loan_line, 1, line_fields);

static const struct rec_field part_fields[] = {
	REC_I64(1, struct inv_loan_part, loan),
	REC_U32(2, struct inv_loan_part, line),
	REC_U32(3, struct inv_loan_part, no),
	REC_STR(4, struct inv_loan_part, name),
	REC_STR(5, struct inv_loan_part, serial),
	REC_U32(6, struct inv_loan_part, count),
	REC_U32(7, struct inv_loan_part, back),
	REC_BOOL(8, struct inv_loan_part, consumable),
	REC_WORDS(9, struct inv_loan_part, note),
	REC_END,
};
const struct rec_type inv_loan_part_rec =
	REC_TYPE_WORDS("inv.loan_part", struct inv_loan_part, 1, part_fields);

/* --- read --- */

int inv_loan_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_loan *ret)
{
	struct store_key k = store_key("q", id);
	struct bytes v;
	int err = store_get(txn, INV_LOAN, &k, &v);

	return err ? err : store_rec_decode(txn, &inv_loan_rec, v, a, ret);
}

int inv_line_get(struct store_txn *txn, struct arena *a, uint64_t loan, uint32_t no,
	struct inv_loan_line *ret)
{
	struct store_key k = store_key("qu", loan, no);
	struct bytes v;
	int err = store_get(txn, INV_LOAN_LINE, &k, &v);

	return err ? err : store_rec_decode(txn, &inv_line_rec, v, a, ret);
}

/* Decodes all records below a key, `size` bytes each, into one array. */
static int load_below(struct store_txn *txn, struct arena *a, const struct store_key *prefix,
	enum store_table t, const struct rec_type *type, void **ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	size_t n = 0, room = 8;
	uint8_t *all = arena_alloc_array(a, room, type->size);
	struct bytes k, v;
	int err = store_iter_init(&it, txn, t, prefix);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		if (n == room) {
			uint8_t *more = arena_alloc_array(a, room * 2, type->size);

			memcpy(more, all, n * type->size);
			all = more;
			room *= 2;
		}
		err = store_rec_decode(txn, type, v, a, all + n * type->size);
		n++;
	}
	if (err != ERR_NOTFOUND)
		return err;
	*ret = all;
	*ret_n = n;
	return 0;
}

int inv_loan_parts(struct store_txn *txn, struct arena *a, uint64_t loan, uint32_t line,
	struct inv_loan_part **ret, size_t *ret_n)
{
	struct store_key k = line ? store_key("qu", loan, line) : store_key("q", loan);
	void *all;
	int err = load_below(txn, a, &k, INV_LOAN_PART, &inv_loan_part_rec, &all, ret_n);

	if (err == 0)
		*ret = all;
	return err;
}

int inv_loan_load(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_loan_full *ret)
{
	struct store_key k = store_key("q", id);
	struct inv_loan_full f = {0};
	void *lines;
	int err = inv_loan_get(txn, a, id, &f.loan);

	if (err == 0)
		err = load_below(txn, a, &k, INV_LOAN_LINE, &inv_line_rec, &lines, &f.line_count);
	if (err == 0)
		err = inv_loan_parts(txn, a, id, 0, &f.parts, &f.part_count);
	if (err)
		return err;
	f.lines = lines;
	*ret = f;
	return 0;
}

/* --- write --- */

static int put_record(struct store_txn *txn, enum store_table t, const struct store_key *k,
	const struct rec_type *type, const void *record)
{
	AUTO(buf) struct buf v = BUF_INIT(RECORD_MOST);
	int err = store_rec_encode(txn, type, record, &v);

	return err ? err : store_put(txn, t, k, buf_bytes(&v));
}

int inv_loan_put(struct store_txn *txn, const struct inv_loan *before, const struct inv_loan *now)
{
	struct store_key k = store_key("q", now ? now->id : before->id);
	int err = inv_loan_index(txn, before, now);

	if (err)
		return err;
	return now ? put_record(txn, INV_LOAN, &k, &inv_loan_rec, now) : store_del(txn, INV_LOAN, &k);
}

/* An older server would not move the figures: step 14 of layout.c. */
void inv_line_mark(const struct store_txn *txn, struct inv_loan_line *now)
{
	now->reason_counted |= !store_txn_is_before(txn, 4);
}

int inv_line_put(
	struct store_txn *txn, const struct inv_loan_line *before, const struct inv_loan_line *now)
{
	const struct inv_loan_line *one = now ? now : before;
	struct store_key k = store_key("qu", one->loan, one->no);
	int err = inv_line_index(txn, before, now);

	if (err == 0)
		err = inv_stat_line(txn, before, now);
	if (err)
		return err;
	return now ? put_record(txn, INV_LOAN_LINE, &k, &inv_line_rec, now)
		   : store_del(txn, INV_LOAN_LINE, &k);
}

int inv_loan_part_put(struct store_txn *txn, const struct inv_loan_part *p)
{
	struct store_key k = store_key("quu", p->loan, p->line, p->no);

	return put_record(txn, INV_LOAN_PART, &k, &inv_loan_part_rec, p);
}

int inv_loan_part_del(struct store_txn *txn, uint64_t loan, uint32_t line, uint32_t no)
{
	struct store_key k = store_key("quu", loan, line, no);

	return store_del(txn, INV_LOAN_PART, &k);
}

/* The first number, so that all have five digits with the last that checks. */
#define FIRST_LOAN 1000

int inv_loan_next_id(struct store_txn *txn, uint64_t *ret)
{
	uint64_t last;
	int err = inv_counted_get(txn, INV_COUNT_LAST_ID, &last);

	if (err)
		return err;
	err = inv_counted_add(txn, INV_COUNT_LAST_ID, last ? 1 : FIRST_LOAN);
	if (err == 0)
		*ret = last ? last + 1 : FIRST_LOAN;
	return err;
}
