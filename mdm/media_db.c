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

int mdm_media_list(struct store_txn *txn, struct arena *a, const char *after, size_t most,
	struct mdm_media **ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key behind = store_key("sc", after ? after : "", 0);
	struct mdm_media *list = ARENA_ARRAY(a, struct mdm_media, most ? most : 1);
	struct bytes key, v;
	const char *id;
	size_t n = 0;
	int err = store_iter_init(&it, txn, MDM_MEDIA, NULL);

	if (err == 0 && after)
		store_iter_seek(&it, &behind);
	while (err == 0 && n < most && (err = store_iter_next(&it, &key, &v)) == 0) {
		err = store_key_parse(key, "s", &id);
		if (err == 0)
			err = rec_decode(&media_rec, v, a, &list[n]);
		if (err == 0)
			list[n++].id = arena_strdup(a, id);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
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
