/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_ADE         s name    -> "key", "token", "state": one of each
 * MDM_ADE_DEVICE  s serial  -> struct mdm_ade_device
 */
#include "mdm/ade_int.h"

#include "base/rec.h"

#define RECORD_MAX (256 * 1024)

static const struct rec_field key_fields[] = {
	REC_STR(1, struct ade_key, cert_pem),
	REC_BYTES(2, struct ade_key, sealed_key),
	REC_I64(3, struct ade_key, made_at),
	REC_BOOL(4, struct ade_key, used),
	REC_END,
};
static const struct rec_type key_rec = REC_TYPE(struct ade_key, 1, key_fields);

static const struct rec_field token_fields[] = {
	REC_BYTES(1, struct ade_sealed_token, sealed),
	REC_I64(2, struct ade_sealed_token, expires_at),
	REC_I64(3, struct ade_sealed_token, imported_at),
	REC_END,
};
static const struct rec_type token_rec = REC_TYPE(struct ade_sealed_token, 1, token_fields);

static const struct rec_field state_fields[] = {
	REC_BOOL(1, struct mdm_ade_state, has_key),
	REC_BOOL(2, struct mdm_ade_state, has_token),
	REC_I64(3, struct mdm_ade_state, token_expires_at),
	REC_I64(4, struct mdm_ade_state, token_at),
	REC_STR(5, struct mdm_ade_state, server_name),
	REC_STR(6, struct mdm_ade_state, server_uuid),
	REC_STR(7, struct mdm_ade_state, organisation),
	REC_STR(8, struct mdm_ade_state, profile_uuid),
	REC_STR(9, struct mdm_ade_state, profile_hash),
	REC_I64(10, struct mdm_ade_state, profile_at),
	REC_STR(11, struct mdm_ade_state, cursor),
	REC_BOOL(12, struct mdm_ade_state, fetched),
	REC_I64(13, struct mdm_ade_state, run),
	REC_I64(14, struct mdm_ade_state, run_at),
	REC_STR(15, struct mdm_ade_state, sweep),
	REC_BOOL(16, struct mdm_ade_state, sweeping),
	REC_I64(17, struct mdm_ade_state, asked_at),
	REC_I64(18, struct mdm_ade_state, synced_at),
	REC_I64(19, struct mdm_ade_state, tried_at),
	REC_STR(20, struct mdm_ade_state, trouble),
	REC_I64(21, struct mdm_ade_state, trouble_at),
	REC_I64(22, struct mdm_ade_state, retry_at),
	REC_U32(23, struct mdm_ade_state, failures),
	REC_I64(24, struct mdm_ade_state, devices),
	REC_I64(25, struct mdm_ade_state, answered_at),
	REC_U32(26, struct mdm_ade_state, trouble_of),
	REC_I64(27, struct mdm_ade_state, failing_at),
	REC_END,
};
static const struct rec_type state_rec = REC_TYPE(struct mdm_ade_state, 1, state_fields);

static const struct rec_field device_fields[] = {
	REC_STR(1, struct mdm_ade_device, serial),
	REC_STR(2, struct mdm_ade_device, model),
	REC_STR(3, struct mdm_ade_device, description),
	REC_STR(4, struct mdm_ade_device, color),
	REC_STR(5, struct mdm_ade_device, family),
	REC_STR(6, struct mdm_ade_device, os),
	REC_STR(7, struct mdm_ade_device, asset_tag),
	REC_STR(8, struct mdm_ade_device, imei),
	REC_STR(9, struct mdm_ade_device, meid),
	REC_STR(10, struct mdm_ade_device, eid),
	REC_STR(11, struct mdm_ade_device, wifi_mac),
	REC_STR(12, struct mdm_ade_device, bluetooth_mac),
	REC_STR(13, struct mdm_ade_device, profile_uuid),
	REC_STR(14, struct mdm_ade_device, profile_status),
	REC_I64(15, struct mdm_ade_device, assigned_at),
	REC_I64(16, struct mdm_ade_device, op_at),
	REC_I64(17, struct mdm_ade_device, run),
	REC_I64(18, struct mdm_ade_device, first_at),
	REC_I64(19, struct mdm_ade_device, changed_at),
	REC_I64(20, struct mdm_ade_device, gone_at),
	REC_BOOL(21, struct mdm_ade_device, is_replacement),
	REC_BOOL(22, struct mdm_ade_device, is_replaced),
	REC_STR(23, struct mdm_ade_device, replaces),
	REC_I64(24, struct mdm_ade_device, due_at),
	REC_U32(25, struct mdm_ade_device, tries),
	REC_STR(26, struct mdm_ade_device, trouble),
	REC_STR(27, struct mdm_ade_device, disown_by),
	REC_I64(28, struct mdm_ade_device, disown_asked_at),
	REC_I64(29, struct mdm_ade_device, disown_at),
	REC_I64(30, struct mdm_ade_device, migrate_by),
	REC_END,
};
static const struct rec_type device_rec = REC_TYPE(struct mdm_ade_device, 1, device_fields);

static int named_get(struct store_txn *txn, const char *name, const struct rec_type *type,
	struct arena *a, void *ret)
{
	struct store_key k = store_key("s", name);
	struct bytes value;
	int err = store_get(txn, MDM_ADE, &k, &value);

	return err ? err : rec_decode(type, value, a, ret);
}

static int named_put(
	struct store_txn *txn, const char *name, const struct rec_type *type, const void *record)
{
	struct store_key k = store_key("s", name);
	AUTO(buf) struct buf b = BUF_INIT(RECORD_MAX);

	rec_encode(type, record, &b);
	return buf_ok(&b) ? store_put(txn, MDM_ADE, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int ade_key_get(struct store_txn *txn, struct arena *a, struct ade_key *ret)
{
	return named_get(txn, "key", &key_rec, a, ret);
}

int ade_key_put(struct store_txn *txn, const struct ade_key *k)
{
	return named_put(txn, "key", &key_rec, k);
}

int ade_sealed_token_get(struct store_txn *txn, struct arena *a, struct ade_sealed_token *ret)
{
	return named_get(txn, "token", &token_rec, a, ret);
}

int ade_sealed_token_put(struct store_txn *txn, const struct ade_sealed_token *t)
{
	return named_put(txn, "token", &token_rec, t);
}

int mdm_ade_state_get(struct store_txn *txn, struct arena *a, struct mdm_ade_state *ret)
{
	struct mdm_ade_state s = {0};
	int err = named_get(txn, "state", &state_rec, a, &s);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err ? (struct mdm_ade_state){0} : s;
	return 0;
}

int ade_state_put(struct store_txn *txn, const struct mdm_ade_state *s)
{
	return named_put(txn, "state", &state_rec, s);
}

/* --- devices --- */

int ade_device_decode(struct bytes value, struct arena *a, struct mdm_ade_device *ret)
{
	struct mdm_ade_device d;
	int err = rec_decode(&device_rec, value, a, &d);

	if (err == 0)
		*ret = d;
	return err;
}

int mdm_ade_device_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_ade_device *ret)
{
	struct store_key k = store_key("s", serial);
	struct bytes value;
	int err = store_get(txn, MDM_ADE_DEVICE, &k, &value);

	return err ? err : ade_device_decode(value, a, ret);
}

int ade_device_put(
	struct store_txn *txn, const struct mdm_ade_device *before, const struct mdm_ade_device *d)
{
	struct store_key k = store_key("s", d->serial);
	AUTO(buf) struct buf b = BUF_INIT(RECORD_MAX);
	int64_t was = before ? before->due_at : 0;
	int err = 0;

	if (was && was != d->due_at)
		err = mdm_errand_del(txn, MDM_ERRAND_ASSIGN, was, d->serial);
	if (err == 0 && d->due_at && was != d->due_at)
		err = mdm_errand_add(txn, MDM_ERRAND_ASSIGN, d->due_at, d->serial);
	if (err)
		return err;
	rec_encode(&device_rec, d, &b);
	return buf_ok(&b) ? store_put(txn, MDM_ADE_DEVICE, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

static int device_take(const struct store_row *row, void *ret)
{
	return ade_device_decode(row->value, row->a, ret);
}

int mdm_ade_device_list(struct store_txn *txn, const struct store_piece *piece,
	struct mdm_ade_device **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = MDM_ADE_DEVICE,
		.size = sizeof(struct mdm_ade_device),
		.take = device_take};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

int mdm_ade_device_count(struct store_txn *txn, uint64_t *ret)
{
	return store_count(txn, MDM_ADE_DEVICE, ret);
}
