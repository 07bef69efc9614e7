/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_DESK       s account, s desk        -> struct inv_desk
 * INV_DESK_LINE  s account, s desk, u no  -> struct inv_desk_line
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

static const struct rec_field desk_fields[] = {
	REC_STR(1, struct inv_desk, account),
	REC_STR(2, struct inv_desk, desk),
	REC_U32(3, struct inv_desk, mode),
	REC_STR(4, struct inv_desk, place),
	REC_STR(5, struct inv_desk, borrower),
	REC_U32(6, struct inv_desk, zone),
	REC_I64(7, struct inv_desk, loan),
	REC_U32(8, struct inv_desk, line_count),
	REC_U32(9, struct inv_desk, yes),
	REC_I64(10, struct inv_desk, changed_at),
	REC_U32(11, struct inv_desk, version),
	REC_U32(12, struct inv_desk, how.kind),
	REC_I64(13, struct inv_desk, how.happened_at),
	REC_WORDS(14, struct inv_desk, how.back_reason),
	REC_STR(15, struct inv_desk, how.place_back),
	REC_END,
};
const struct rec_type inv_desk_rec =
	REC_TYPE_WORDS("inv.desk", struct inv_desk, 1, desk_fields);

static const struct rec_field line_fields[] = {
	REC_U32(1, struct inv_desk_line, no),
	REC_STR(2, struct inv_desk_line, serial),
	REC_STR(3, struct inv_desk_line, item_number),
	REC_STR(4, struct inv_desk_line, product),
	REC_STR(5, struct inv_desk_line, name),
	REC_U32(6, struct inv_desk_line, due),
	REC_I64(7, struct inv_desk_line, loan),
	REC_U32(8, struct inv_desk_line, parts),
	REC_U32(9, struct inv_desk_line, parts_missing),
	REC_BOOL(10, struct inv_desk_line, handed_in),
	REC_I64(11, struct inv_desk_line, hold),
	REC_U32(12, struct inv_desk_line, condition),
	REC_WORDS(13, struct inv_desk_line, note),
	REC_U32(14, struct inv_desk_line, back),
	REC_WORDS(15, struct inv_desk_line, reason),
	REC_U32(16, struct inv_desk_line, was_due),
	REC_BOOL(17, struct inv_desk_line, by_lease),
	REC_END,
};
const struct rec_type inv_desk_line_rec =
	REC_TYPE_WORDS("inv.desk_line", struct inv_desk_line, 1, line_fields);

static int load_lines(struct store_txn *txn, struct arena *a, struct inv_desk *d)
{
	struct store_key prefix = store_key("ss", d->account, d->desk);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	uint32_t n = 0;
	int err = store_iter_init(&it, txn, INV_DESK_LINE, &prefix);

	d->lines = ARENA_ARRAY(a, struct inv_desk_line, INV_DESK_LINES + 1);
	while (err == 0 && n < INV_DESK_LINES) {
		err = store_iter_next(&it, &k, &v);
		if (err == 0)
			err = store_rec_decode(txn, &inv_desk_line_rec, v, a, &d->lines[n]);
		n += err == 0;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	d->line_count = n;
	return 0;
}

int inv_desk_load(struct store_txn *txn, struct arena *a, const char *account, const char *desk,
	struct inv_desk *ret)
{
	struct store_key k = store_key("ss", account, desk ? desk : "");
	struct inv_desk d = {0};
	struct bytes v;
	int err = store_get(txn, INV_DESK, &k, &v);

	if (err == 0)
		err = store_rec_decode(txn, &inv_desk_rec, v, a, &d);
	if (err && err != ERR_NOTFOUND)
		return err;
	d.account = account;
	d.desk = desk ? desk : "";
	err = load_lines(txn, a, &d);
	if (err == 0)
		*ret = d;
	return err;
}

int inv_desk_put(struct store_txn *txn, const struct inv_desk *d)
{
	struct store_key k = store_key("ss", d->account, d->desk);
	struct inv_desk kept = *d;

	if (text_equal(d->place, d->only))
		kept.place = NULL;
	return inv_rec_put(txn, INV_DESK, &k, &inv_desk_rec, &kept);
}

int inv_desk_line_put(
	struct store_txn *txn, const char *account, const char *desk, const struct inv_desk_line *l)
{
	struct store_key k = store_key("ssu", account, desk, l->no);

	return inv_rec_put(txn, INV_DESK_LINE, &k, &inv_desk_line_rec, l);
}

int inv_desk_line_del(struct store_txn *txn, const char *account, const char *desk, uint32_t no)
{
	struct store_key k = store_key("ssu", account, desk, no);

	return inv_row_del(txn, INV_DESK_LINE, &k);
}
