/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PEOPLE_BORROWER  s id -> struct people_borrower
 * PEOPLE_DUE       t when, s id -> empty: when its time is up
 */
#include "people/people_int.h"

#include "base/rec.h"

static const struct rec_field borrower_fields[] = {
	REC_STR(1, struct people_borrower, id),
	REC_U32(2, struct people_borrower, zone),
	REC_STR(3, struct people_borrower, kind),
	REC_U32(4, struct people_borrower, lang),
	REC_U32(5, struct people_borrower, state),
	REC_STR(6, struct people_borrower, reason),
	REC_BOOL(7, struct people_borrower, is_protected),
	REC_BOOL(8, struct people_borrower, no_identity),
	REC_U32(9, struct people_borrower, open_loans),
	REC_I64(10, struct people_borrower, made_at),
	REC_I64(11, struct people_borrower, changed_at),
	REC_I64(12, struct people_borrower, last_at),
	REC_I64(13, struct people_borrower, erase_at),
	REC_U32(14, struct people_borrower, version),
	REC_BYTES(15, struct people_borrower, person),
	REC_BYTES(16, struct people_borrower, needs),
	REC_BYTES(17, struct people_borrower, relatives),
	REC_BYTES(18, struct people_borrower, consents),
	REC_BYTES(19, struct people_borrower, keys),
	REC_STR(20, struct people_borrower, export_by),
	REC_I64(21, struct people_borrower, export_at),
	REC_I64(22, struct people_borrower, needs_at),
	REC_END,
};
static const struct rec_type borrower_rec = REC_TYPE(struct people_borrower, 1, borrower_fields);

static int decode(struct bytes v, struct arena *a, struct people_borrower *ret)
{
	struct people_borrower b;
	int err = rec_decode(&borrower_rec, v, a, &b);

	if (err)
		return err;
	if (text_empty(b.id) || (b.zone != PEOPLE_CARE && b.zone != PEOPLE_LIBRARY) ||
		b.lang >= SAY_LANGS)
		return ERR_CORRUPT;
	*ret = b;
	return 0;
}

int people_borrower_get(
	struct store_txn *txn, struct arena *a, const char *id, struct people_borrower *ret)
{
	struct store_key k = store_key("s", id);
	struct bytes v;
	int err = text_empty(id) || strlen(id) >= PEOPLE_ID
			  ? ERR_NOTFOUND
			  : store_get(txn, PEOPLE_BORROWER, &k, &v);

	return err ? err : decode(v, a, ret);
}

int64_t people_due_of(const struct people_borrower *b)
{
	if (b->needs_at && (!b->erase_at || b->needs_at < b->erase_at))
		return b->needs_at;
	return b->erase_at;
}

static int move_due(struct store_txn *txn, const struct people_borrower *before,
	const struct people_borrower *b)
{
	int64_t was = before ? people_due_of(before) : 0, is = people_due_of(b);
	struct store_key k;
	int err = 0;

	if (was == is)
		return 0;
	if (was) {
		k = store_key("ts", was, b->id);
		err = store_del(txn, PEOPLE_DUE, &k);
	}
	if (err || !is)
		return err;
	k = store_key("ts", is, b->id);
	return store_put(txn, PEOPLE_DUE, &k, bytes_of("", 0));
}

int people_borrower_put(
	struct store_txn *txn, const struct people_borrower *before, struct people_borrower *b)
{
	struct store_key k = store_key("s", b->id);
	AUTO(buf) struct buf v = BUF_INIT(256u << 10);
	int err = move_due(txn, before, b);

	if (err)
		return err;
	rec_encode(&borrower_rec, b, &v);
	if (!buf_ok(&v))
		return ERR_TOOBIG;
	return before ? store_put(txn, PEOPLE_BORROWER, &k, buf_bytes(&v))
		      : store_add(txn, PEOPLE_BORROWER, &k, buf_bytes(&v));
}

static int borrower_take(const struct store_row *row, void *ret)
{
	return decode(row->value, row->a, ret);
}

int people_borrower_list(struct store_txn *txn, const struct store_piece *piece,
	struct people_borrower **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = PEOPLE_BORROWER,
		.size = sizeof(struct people_borrower),
		.take = borrower_take};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

int people_due_list(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	int64_t before, size_t most, struct people_borrower **ret, size_t *ret_n)
{
	struct people_borrower *list = ARENA_ARRAY(a, struct people_borrower, most + 1);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, PEOPLE_DUE, NULL);

	while (err == 0 && n < most && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *id;
		int64_t at;

		err = store_key_parse(k, "ts", &at, &id);
		if (err || at >= before)
			break;
		err = people_borrower_get(txn, a, id, &list[n]);
		if (err == 0 && list[n].zone & zones)
			n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}
