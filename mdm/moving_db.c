/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_MOVED  s UDID              -> struct mdm_moved
 * MDM_PIN    b fingerprint (32)  -> UDID, until that identity is renewed or revoked
 */
#include "mdm/moving_int.h"

#include "base/rec.h"

static const struct rec_field fields[] = {
	REC_STR(1, struct mdm_moved, udid),
	REC_STR(2, struct mdm_moved, profile_id),
	REC_STR(3, struct mdm_moved, server_url),
	REC_STR(4, struct mdm_moved, checkin_url),
	REC_I64(5, struct mdm_moved, rights),
	REC_STR(6, struct mdm_moved, source),
	REC_I64(7, struct mdm_moved, moved_at),
	REC_END,
};
static const struct rec_type moved_rec = REC_TYPE(struct mdm_moved, 1, fields);

int mdm_moved_put(struct store_txn *txn, const struct mdm_moved *x)
{
	struct store_key k = store_key("s", x->udid);
	AUTO(buf) struct buf v = BUF_INIT(16384);

	rec_encode(&moved_rec, x, &v);
	return buf_ok(&v) ? store_put(txn, MDM_MOVED, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

int mdm_moved_get(struct store_txn *txn, struct arena *a, const char *udid, struct mdm_moved *ret)
{
	struct store_key k = store_key("s", udid);
	struct mdm_moved x;
	struct bytes v;
	int err = store_get(txn, MDM_MOVED, &k, &v);

	if (err == 0)
		err = rec_decode(&moved_rec, v, a, &x);
	if (err == 0)
		*ret = x;
	return err;
}

int mdm_moved_del(struct store_txn *txn, const char *udid)
{
	struct store_key k = store_key("s", udid);
	int err = store_del(txn, MDM_MOVED, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}

static struct store_key pin_key(const uint8_t fingerprint[CERT_FINGERPRINT])
{
	return store_key("b", fingerprint, (size_t)CERT_FINGERPRINT);
}

int mdm_pin_put(
	struct store_txn *txn, const uint8_t fingerprint[CERT_FINGERPRINT], const char *udid)
{
	struct store_key k = pin_key(fingerprint);

	return store_put(txn, MDM_PIN, &k, bytes_of_str(udid));
}

int mdm_pin_del(struct store_txn *txn, const uint8_t fingerprint[CERT_FINGERPRINT])
{
	struct store_key k = pin_key(fingerprint);
	int err = store_del(txn, MDM_PIN, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_pin_get(struct store_txn *txn, struct arena *a, const uint8_t fingerprint[CERT_FINGERPRINT],
	const char **ret_udid)
{
	struct store_key k = pin_key(fingerprint);
	struct bytes v;
	int err = store_get(txn, MDM_PIN, &k, &v);

	if (err == 0)
		*ret_udid = arena_strndup(a, v.p, v.n);
	return err;
}
