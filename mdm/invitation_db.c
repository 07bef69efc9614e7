/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/mdm_int.h"

#include "base/rec.h"

static const struct rec_field fields[] = {
	REC_STR(1, struct mdm_invitation, id),
	REC_STR(2, struct mdm_invitation, serial),
	REC_WORDS(3, struct mdm_invitation, note),
	REC_U32(4, struct mdm_invitation, most),
	REC_U32(5, struct mdm_invitation, used),
	REC_I64(6, struct mdm_invitation, made_at),
	REC_I64(7, struct mdm_invitation, expires_at),
	REC_I64(8, struct mdm_invitation, closed_at),
	REC_STR(9, struct mdm_invitation, made_by),
	REC_BYTES(10, struct mdm_invitation, word_hash),
	REC_STR(11, struct mdm_invitation, awaiting),
	REC_U32(12, struct mdm_invitation, begun),
	REC_END,
};
const struct rec_type mdm_invitation_rec =
	REC_TYPE_WORDS("mdm.invitation", struct mdm_invitation, 1, fields);

static int invitation_decode(struct store_txn *txn, struct bytes value, struct arena *a,
	struct mdm_invitation *ret)
{
	struct mdm_invitation i;
	int err = store_rec_decode(txn, &mdm_invitation_rec, value, a, &i);

	if (err == 0)
		*ret = i;
	return err;
}

int mdm_invitation_get(
	struct store_txn *txn, struct arena *a, const char *id, struct mdm_invitation *ret)
{
	struct store_key k = store_key("s", id);
	struct bytes value;
	int err = store_get(txn, MDM_INVITATION, &k, &value);

	return err != 0 ? err : invitation_decode(txn, value, a, ret);
}

int mdm_invitation_put(struct store_txn *txn, const struct mdm_invitation *i)
{
	struct store_key k = store_key("s", i->id);
	AUTO(buf) struct buf b = BUF_INIT(65536);
	int err = store_rec_encode(txn, &mdm_invitation_rec, i, &b);

	return err ? err : store_put(txn, MDM_INVITATION, &k, buf_bytes(&b));
}

int mdm_invitation_list(struct store_txn *txn, bool newest_first, const struct store_piece *piece,
	struct mdm_invitation **ret, size_t *ret_n)
{
	const struct store_list list = {.table = MDM_INVITATION,
		.newest_first = newest_first,
		.type = &mdm_invitation_rec};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}
