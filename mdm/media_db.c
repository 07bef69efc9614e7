/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_MEDIA, id -> what it is. MDM_PIECE, (id, number) -> a quarter of a mebibyte of it: in the
 * store, so that one backup is whole.
 */
#include "mdm/media_int.h"

#include "base/rec.h"

static const struct rec_field media_fields[] = {REC_STR(1, struct mdm_media, name),
	REC_STR(2, struct mdm_media, title), REC_STR(3, struct mdm_media, author),
	REC_U32(4, struct mdm_media, kind), REC_I64(5, struct mdm_media, bytes),
	REC_FIXED(6, struct mdm_media, hash), REC_I64(7, struct mdm_media, made_at),
	REC_STR(8, struct mdm_media, made_by), REC_END};
static const struct rec_type media_rec = REC_TYPE(struct mdm_media, 1, media_fields);

int mdm_media_put(struct store_txn *txn, const struct mdm_media *x)
{
	struct store_key k = store_key("s", x->id);
	AUTO(buf) struct buf b = BUF_INIT(8192);

	rec_encode(&media_rec, x, &b);
	return buf_ok(&b) ? store_put(txn, MDM_MEDIA, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int mdm_media_get(struct store_txn *txn, struct arena *a, const char *id, struct mdm_media *ret)
{
	struct store_key k = store_key("s", id);
	struct mdm_media x = {0};
	struct bytes v;
	int err = store_get(txn, MDM_MEDIA, &k, &v);

	if (err == 0)
		err = rec_decode(&media_rec, v, a, &x);
	x.id = arena_strdup(a, id);
	if (err == 0)
		*ret = x;
	return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
}

static int media_take(const struct store_row *row, void *ret)
{
	struct mdm_media *x = ret;
	const char *id;
	int err = store_key_parse(row->key, "s", &id);

	if (err == 0)
		err = rec_decode(&media_rec, row->value, row->a, x);
	if (err == 0)
		x->id = arena_strdup(row->a, id);
	return err;
}

int mdm_media_list(struct store_txn *txn, const struct store_piece *piece, struct mdm_media **ret,
	size_t *ret_n)
{
	static const struct store_list list = {
		.table = MDM_MEDIA, .size = sizeof(struct mdm_media), .take = media_take};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

int mdm_piece_put(struct store_txn *txn, const char *id, uint32_t n, struct bytes piece)
{
	struct store_key k = store_key("su", id, n);

	return store_put(txn, MDM_PIECE, &k, piece);
}

int mdm_piece_get(struct store_txn *txn, const char *id, uint32_t n, struct bytes *ret)
{
	struct store_key k = store_key("su", id, n);

	return store_get(txn, MDM_PIECE, &k, ret);
}

int mdm_media_drop(struct store_txn *txn, const struct mdm_media *x)
{
	struct store_key k = store_key("s", x->id);
	int err = store_del(txn, MDM_MEDIA, &k);

	for (uint32_t n = 0; err == 0 && (int64_t)n * MDM_PIECE_BYTES < x->bytes; n++) {
		k = store_key("su", x->id, n);
		err = store_del(txn, MDM_PIECE, &k);
	}
	return err;
}
