/* SPDX-License-Identifier: EUPL-1.2 */
/* MDM_ACTIVATION, serial number -> the Activation Lock of ours, and its errand. */
#include "mdm/ade_int.h"

#include "base/rec.h"

static const struct rec_field fields[] = {
	REC_STR(1, struct mdm_activation, serial),
	REC_U32(2, struct mdm_activation, state),
	REC_BYTES(3, struct mdm_activation, code),
	REC_BYTES(4, struct mdm_activation, hash),
	REC_BYTES(5, struct mdm_activation, code_before),
	REC_WORDS(6, struct mdm_activation, message),
	REC_STR(7, struct mdm_activation, by),
	REC_I64(8, struct mdm_activation, asked_at),
	REC_I64(9, struct mdm_activation, settled_at),
	REC_I64(10, struct mdm_activation, due_at),
	REC_U32(11, struct mdm_activation, tries),
	REC_STR(12, struct mdm_activation, trouble),
	REC_WORDS(13, struct mdm_activation, reason),
	REC_STR(14, struct mdm_activation, sent),
	REC_END,
};
const struct rec_type mdm_activation_rec =
	REC_TYPE_WORDS("mdm.activation", struct mdm_activation, 1, fields);

int mdm_activation_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_activation *ret)
{
	struct store_key k = store_key("s", serial);
	struct mdm_activation v;
	struct bytes value;
	int err = store_get(txn, MDM_ACTIVATION, &k, &value);

	if (err == 0)
		err = store_rec_decode(txn, &mdm_activation_rec, value, a, &v);
	if (err == 0)
		*ret = v;
	return err;
}

static enum mdm_errand errand_of(const struct mdm_activation *v)
{
	return v->state == MDM_ACTIVATION_UNLOCK_WANTED ? MDM_ERRAND_UNLOCK : MDM_ERRAND_LOCK;
}

int mdm_activation_put(
	struct store_txn *txn, const struct mdm_activation *before, const struct mdm_activation *v)
{
	struct store_key k = store_key("s", v->serial);
	AUTO(buf) struct buf b = BUF_INIT(16384);
	int err = 0;

	if (before && before->due_at)
		err = mdm_errand_del(txn, errand_of(before), before->due_at, v->serial);
	if (err == 0 && v->due_at)
		err = mdm_errand_add(txn, errand_of(v), v->due_at, v->serial);
	if (err)
		return err;
	err = store_rec_encode(txn, &mdm_activation_rec, v, &b);
	return err ? err : store_put(txn, MDM_ACTIVATION, &k, buf_bytes(&b));
}
