/* SPDX-License-Identifier: EUPL-1.2 */
/* INV_LAST  s account, s desk -> struct inv_last, with the images of what was there before, and the
 * whole record of the act it lies on top of */
#include "inventory/circulation_int.h"

#include "base/rec.h"
#include "base/text.h"

#define LAST_MOST (1u << 20)
#define IMAGE_MOST 131072

struct stored {
	struct inv_last last;
	struct bytes images;
	struct bytes below;
	struct bytes unknown;
};

static const struct rec_field last_fields[] = {
	REC_I64(1, struct stored, last.id),
	REC_STR(2, struct stored, last.actor),
	REC_STR(3, struct stored, last.desk),
	REC_STR(4, struct stored, last.act),
	REC_I64(5, struct stored, last.loan),
	REC_STR(6, struct stored, last.serial),
	REC_U32(7, struct stored, last.count),
	REC_I64(8, struct stored, last.at),
	REC_BYTES(9, struct stored, images),
	REC_BYTES(10, struct stored, below),
	REC_END,
};
static const struct rec_type last_rec = REC_TYPE(struct stored, 1, last_fields);

static const struct rec_field image_fields[] = {
	REC_U32(1, struct inv_image, kind),
	REC_I64(2, struct inv_image, id),
	REC_U32(3, struct inv_image, line),
	REC_U32(4, struct inv_image, part),
	REC_STR(5, struct inv_image, serial),
	REC_U32(6, struct inv_image, version),
	REC_U32(7, struct inv_image, state),
	REC_BYTES(8, struct inv_image, record),
	REC_WORDS(9, struct inv_image, note),
	REC_END,
};
static const struct rec_type image_rec =
	REC_TYPE_WORDS("inv.image", struct inv_image, 1, image_fields);

/* Images stand one behind the other, each after its length. */
int inv_image_add(struct store_txn *txn, struct buf *out, const struct inv_image *x)
{
	AUTO(buf) struct buf v = BUF_INIT(IMAGE_MOST);
	struct store_key n;
	int err = store_rec_encode(txn, &image_rec, x, &v);

	if (err)
		return err;
	n = store_key("u", (uint32_t)v.n);
	buf_add(out, n.b, n.n);
	buf_add_bytes(out, buf_bytes(&v));
	return buf_ok(out) ? 0 : ERR_TOOBIG;
}

int inv_image_next(
	struct store_txn *txn, struct bytes *in, struct arena *a, struct inv_image *ret)
{
	uint32_t n;
	int err;

	if (in->n == 0)
		return ERR_NOTFOUND;
	if (in->n < 4 || store_key_parse(bytes_of(in->p, 4), "u", &n) != 0 || n > in->n - 4)
		return ERR_CORRUPT;
	*in = bytes_of(in->p + 4, in->n - 4);
	err = store_rec_decode(txn, &image_rec, bytes_of(in->p, n), a, ret);
	if (err)
		return err;
	*in = bytes_of(in->p + n, in->n - n);
	return 0;
}

int inv_last_put(
	struct store_txn *txn, const struct inv_last *l, struct bytes images, bool on_top)
{
	struct store_key k = store_key("ss", l->actor, l->desk ? l->desk : "");
	struct stored s = {.last = *l, .images = images};
	AUTO(buf) struct buf v = BUF_INIT(LAST_MOST);
	int err = on_top ? store_get(txn, INV_LAST, &k, &s.below) : 0;

	if (err && err != ERR_NOTFOUND)
		return err;
	err = store_rec_encode(txn, &last_rec, &s, &v);
	return err ? err : store_put(txn, INV_LAST, &k, buf_bytes(&v));
}

int inv_last_load(struct store_txn *txn, struct arena *a, const char *actor, const char *desk,
	struct inv_last *ret, struct bytes *ret_images)
{
	struct store_key k = store_key("ss", actor, desk ? desk : "");
	struct stored s;
	struct bytes v;
	int err = store_get(txn, INV_LAST, &k, &v);

	if (err == 0)
		err = store_rec_decode(txn, &last_rec, v, a, &s);
	if (err)
		return err;
	*ret = s.last;
	ret->label = text_empty(ret->serial) ? NULL : inv_unit_label_of(txn, a, ret->serial);
	if (ret_images)
		*ret_images = s.images;
	return 0;
}

int inv_last_get(struct store_txn *txn, struct arena *a, const char *actor, const char *desk,
	struct inv_last *ret)
{
	return inv_last_load(txn, a, actor, desk, ret, NULL);
}

int inv_last_del(struct store_txn *txn, const char *actor, const char *desk)
{
	struct store_key k = store_key("ss", actor, desk ? desk : "");
	AUTO(arena) struct arena *a = arena_new();
	struct stored s = {0};
	struct bytes v;
	int err = store_get(txn, INV_LAST, &k, &v);

	if (err == 0)
		err = store_rec_decode(txn, &last_rec, v, a, &s);
	if (err)
		return err;
	return s.below.n ? store_put(txn, INV_LAST, &k, s.below) : store_del(txn, INV_LAST, &k);
}
