/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/desired_int.h"

#include "base/rec.h"

#define RECORD_BYTES_MOST (256 << 10)

static const struct rec_field fields[] = {
	REC_STR(1, struct mdm_enrollment, udid),
	REC_STR(2, struct mdm_enrollment, serial),
	REC_U32(3, struct mdm_enrollment, state),
	REC_BOOL(4, struct mdm_enrollment, trusted),
	REC_STR(5, struct mdm_enrollment, topic),
	REC_BYTES(6, struct mdm_enrollment, push_token),
	REC_STR(7, struct mdm_enrollment, push_magic),
	REC_I64(8, struct mdm_enrollment, token_at_ms),
	REC_BYTES(9, struct mdm_enrollment, unlock_token),
	REC_BYTES(10, struct mdm_enrollment, bootstrap_token),
	REC_FIXED(11, struct mdm_enrollment, identity),
	REC_FIXED(12, struct mdm_enrollment, identity_before),
	REC_I64(13, struct mdm_enrollment, identity_ends_at),
	REC_STR(14, struct mdm_enrollment, os_version),
	REC_STR(15, struct mdm_enrollment, build),
	REC_STR(16, struct mdm_enrollment, product),
	REC_STR(17, struct mdm_enrollment, imei),
	REC_STR(18, struct mdm_enrollment, meid),
	REC_U32(19, struct mdm_enrollment, supervised),
	REC_BOOL(20, struct mdm_enrollment, awaiting_configuration),
	REC_I64(21, struct mdm_enrollment, authenticated_at),
	REC_I64(22, struct mdm_enrollment, enrolled_at),
	REC_I64(23, struct mdm_enrollment, checked_out_at),
	REC_U32(24, struct mdm_enrollment, session),
	REC_BOOL(25, struct mdm_enrollment, put_off),
	REC_STR(26, struct mdm_enrollment, invitation),
	REC_I64(27, struct mdm_enrollment, told_at),
	REC_I64(28, struct mdm_enrollment, erased_at),
	REC_END,
};
static const struct rec_type enrollment_rec = REC_TYPE(struct mdm_enrollment, 1, fields);

/* The same record, by the few fields that are counted. */
static const struct rec_field counted_fields[] = {
	REC_STR(2, struct mdm_counted, serial),
	REC_U32(3, struct mdm_counted, state),
	REC_BOOL(4, struct mdm_counted, trusted),
	REC_I64(13, struct mdm_counted, ends_at),
	REC_STR(14, struct mdm_counted, os_version),
	REC_STR(16, struct mdm_counted, product),
	REC_END,
};
static const struct rec_type counted_rec = REC_TYPE(struct mdm_counted, 1, counted_fields);

const char *mdm_seal_context(struct arena *a, const char *field, const char *key)
{
	return arena_printf(a, "%s:%s", field, key);
}

int mdm_enrollment_decode(struct bytes value, struct arena *a, struct mdm_enrollment *ret)
{
	struct mdm_enrollment e;
	int err = rec_decode(&enrollment_rec, value, a, &e);

	if (err == 0)
		*ret = e;
	return err;
}

int mdm_enrollment_get(
	struct store_txn *txn, struct arena *a, const char *udid, struct mdm_enrollment *ret)
{
	struct store_key k = store_key("s", udid);
	struct bytes value;
	int err = store_get(txn, MDM_ENROLLMENT, &k, &value);

	return err != 0 ? err : mdm_enrollment_decode(value, a, ret);
}

struct mdm_counted mdm_counted_of(const struct mdm_enrollment *e)
{
	return (struct mdm_counted){.serial = e->serial,
		.state = e->state,
		.trusted = e->trusted,
		.ends_at = e->identity_ends_at,
		.os_version = e->os_version,
		.product = e->product};
}

static int counts_follow(
	struct store_txn *txn, const struct store_key *k, const struct mdm_enrollment *e)
{
	const struct mdm_counted is = mdm_counted_of(e);
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_counted was;
	struct bytes value;
	bool there;
	int err = store_get(txn, MDM_ENROLLMENT, k, &value);

	there = err == 0;
	if (there)
		err = rec_decode(&counted_rec, value, a, &was);
	if (err && err != ERR_NOTFOUND)
		return err;
	err = mdm_ending_move(txn, e->udid, there ? &was : NULL, &is);
	return err ? err : mdm_fleet_move(txn, e->udid, there ? &was : NULL, &is);
}

int mdm_counted_get(
	struct store_txn *txn, struct arena *a, const char *udid, struct mdm_counted *ret)
{
	struct store_key k = store_key("s", udid);
	struct mdm_counted x;
	struct bytes value;
	int err = store_get(txn, MDM_ENROLLMENT, &k, &value);

	if (err == 0)
		err = rec_decode(&counted_rec, value, a, &x);
	if (err == 0)
		*ret = x;
	return err;
}

int mdm_enrollment_put(struct store_txn *txn, const struct mdm_enrollment *e)
{
	struct store_key k = store_key("s", e->udid);
	AUTO(buf) struct buf b = BUF_INIT_SECRET(RECORD_BYTES_MOST);
	int err = counts_follow(txn, &k, e);

	if (err)
		return err;
	rec_encode(&enrollment_rec, e, &b);
	return buf_ok(&b) ? store_put(txn, MDM_ENROLLMENT, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int mdm_enrollment_list(struct store_txn *txn, const struct store_piece *piece,
	struct mdm_enrollment **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = MDM_ENROLLMENT, .type = &enrollment_rec};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

/* --- by serial number --- */

int mdm_serial_put(struct store_txn *txn, const char *serial, const char *udid)
{
	struct store_key k = store_key("s", serial);
	int err = store_put(txn, MDM_BY_SERIAL, &k, bytes_of_str(udid));

	return err ? err : mdm_standing_member(txn, MDM_GROUP_ALL, serial, true);
}

int mdm_serial_get(
	struct store_txn *txn, struct arena *a, const char *serial, const char **ret_udid)
{
	struct store_key k = store_key("s", serial);
	struct bytes value;
	int err = store_get(txn, MDM_BY_SERIAL, &k, &value);

	if (err == 0)
		*ret_udid = arena_strndup(a, value.p, value.n);
	return err;
}

int mdm_enrollment_by_serial(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_enrollment *ret)
{
	const char *udid;
	int err = mdm_serial_get(txn, a, serial, &udid);

	return err != 0 ? err : mdm_enrollment_get(txn, a, udid, ret);
}

/* --- how many under a push topic --- */

static int count_decode(struct bytes value, uint64_t *ret)
{
	return store_key_parse(value, "q", ret);
}

static struct bytes count_encode(uint64_t count, struct store_key *mem)
{
	*mem = store_key("q", count);
	return bytes_of(mem->b, mem->n);
}

int mdm_topic_count(struct store_txn *txn, const char *topic, uint64_t *ret)
{
	struct store_key k = store_key("s", topic);
	struct bytes value;
	int err = store_get(txn, MDM_TOPIC, &k, &value);

	if (err == ERR_NOTFOUND) {
		*ret = 0;
		return 0;
	}
	return err != 0 ? err : count_decode(value, ret);
}

int mdm_topic_add(struct store_txn *txn, const char *topic, int by)
{
	struct store_key k = store_key("s", topic), mem;
	uint64_t count;
	int err = mdm_topic_count(txn, topic, &count);

	if (err != 0)
		return err;
	if (by < 0 && count < (uint64_t)-by)
		return ERR_CORRUPT;
	count += (uint64_t)by;
	if (count == 0)
		return store_del(txn, MDM_TOPIC, &k);
	return store_put(txn, MDM_TOPIC, &k, count_encode(count, &mem));
}

int mdm_topic_other(struct store_txn *txn, struct arena *a, const char *topic,
	const char **ret_topic, uint64_t *ret_count)
{
	AUTO(store_iter) struct store_iter it = {0};
	const char *best_name = NULL;
	struct bytes key, value;
	uint64_t best = 0, count;
	int err = store_iter_init(&it, txn, MDM_TOPIC, NULL);

	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		const char *name;

		err = store_key_parse(key, "s", &name);
		if (err == 0)
			err = count_decode(value, &count);
		if (err != 0 || strcmp(name, topic) == 0 || count <= best)
			continue;
		best = count;
		best_name = arena_strdup(a, name);
	}
	if (err != ERR_NOTFOUND || !best_name)
		return err;
	*ret_topic = best_name;
	*ret_count = best;
	return 0;
}

int mdm_enrolled_count(struct store_txn *txn, uint64_t *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	uint64_t all = 0;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, MDM_TOPIC, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *topic;
		uint64_t n;

		err = store_key_parse(k, "s", &topic);
		if (err == 0)
			err = mdm_topic_count(txn, topic, &n);
		if (err == 0)
			all += n;
	}
	if (err != ERR_NOTFOUND)
		return err;
	*ret = all;
	return 0;
}
