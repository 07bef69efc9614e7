/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"

#include "base/rec.h"
#include "base/text.h"

#define RECORD_MAX 4096

static const struct rec_field identity_fields[] = {
	REC_FIXED(1, struct cert_identity, serial),
	REC_STR(2, struct cert_identity, device_serial),
	REC_STR(3, struct cert_identity, udid),
	REC_STR(4, struct cert_identity, invitation),
	REC_U32(5, struct cert_identity, purpose),
	REC_I64(6, struct cert_identity, issued_at),
	REC_I64(7, struct cert_identity, not_before),
	REC_I64(8, struct cert_identity, not_after),
	REC_I64(9, struct cert_identity, revoked_at),
	REC_U32(10, struct cert_identity, revoked_reason),
	REC_END,
};
static const struct rec_type identity_rec = REC_TYPE(struct cert_identity, 1, identity_fields);

static const struct rec_field revoked_fields[] = {
	REC_FIXED(1, struct cert_revoked, serial),
	REC_I64(2, struct cert_revoked, at),
	REC_I64(3, struct cert_revoked, not_after),
	REC_U32(4, struct cert_revoked, reason),
	REC_END,
};
static const struct rec_type revoked_rec = REC_TYPE(struct cert_revoked, 1, revoked_fields);

static struct store_key identity_key(const uint8_t fingerprint[CERT_FINGERPRINT])
{
	return store_key("b", fingerprint, (size_t)CERT_FINGERPRINT);
}

static struct store_key expiry_key(int64_t not_after, const uint8_t fingerprint[CERT_FINGERPRINT])
{
	return store_key("tb", not_after, fingerprint, (size_t)CERT_FINGERPRINT);
}

int cert_identity_get(struct store_txn *txn, struct arena *a,
	const uint8_t fingerprint[CERT_FINGERPRINT], struct cert_identity *ret)
{
	struct store_key key = identity_key(fingerprint);
	struct cert_identity id = {0};
	struct bytes value;
	int err = store_get(txn, CERT_IDENTITY, &key, &value);

	if (!err)
		err = rec_decode(&identity_rec, value, a, &id);
	if (err)
		return err;
	memcpy(id.fingerprint, fingerprint, CERT_FINGERPRINT);
	*ret = id;
	return 0;
}

static int put(struct store_txn *txn, const struct cert_identity *id)
{
	AUTO(buf) struct buf b = BUF_INIT(RECORD_MAX);
	struct store_key key = identity_key(id->fingerprint);

	rec_encode(&identity_rec, id, &b);
	if (!buf_ok(&b))
		return ERR_TOOBIG;
	return store_put(txn, CERT_IDENTITY, &key, buf_bytes(&b));
}

static int add_revoked(struct store_txn *txn, const struct cert_identity *id)
{
	AUTO(buf) struct buf b = BUF_INIT(RECORD_MAX);
	struct store_key key = identity_key(id->fingerprint);
	struct cert_revoked r = {
		.at = id->revoked_at, .not_after = id->not_after, .reason = id->revoked_reason};

	memcpy(r.serial, id->serial, CERT_SERIAL);
	rec_encode(&revoked_rec, &r, &b);
	return store_put(txn, CERT_REVOKED, &key, buf_bytes(&b));
}

int cert_identity_add(struct store_txn *txn, const struct cert_identity *id)
{
	struct store_key key = identity_key(id->fingerprint);
	struct store_key due = expiry_key(id->not_after, id->fingerprint);
	struct bytes there;
	int err = store_get(txn, CERT_IDENTITY, &key, &there);

	if (err != ERR_NOTFOUND)
		return err ? err : ERR_EXISTS;
	err = put(txn, id);
	if (err)
		return err;
	if (id->revoked_at)
		return add_revoked(txn, id);
	return store_add(txn, CERT_BY_EXPIRY, &due, bytes_of(NULL, 0));
}

int cert_identity_adopt(struct store_txn *txn, const struct cert_identity *id)
{
	return cert_identity_add(txn, id);
}

int cert_identity_bind(
	struct store_txn *txn, const uint8_t fingerprint[CERT_FINGERPRINT], const char *udid)
{
	AUTO(arena) struct arena *a = arena_new();
	struct cert_identity id;
	int err = cert_identity_get(txn, a, fingerprint, &id);

	if (err)
		return err;
	if (!text_empty(id.udid))
		return text_equal(id.udid, udid) ? 0 : ERR_CONFLICT;
	id.udid = udid;
	return put(txn, &id);
}

int cert_identity_revoke(struct store_txn *txn, const uint8_t fingerprint[CERT_FINGERPRINT],
	uint32_t reason, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct cert_identity id;
	struct store_key due;
	int err = cert_identity_get(txn, a, fingerprint, &id);

	if (err || id.revoked_at) /* the first revocation is the one that counts */
		return err;
	id.revoked_at = now;
	id.revoked_reason = reason;
	due = expiry_key(id.not_after, fingerprint);
	err = store_del(txn, CERT_BY_EXPIRY, &due);
	if (!err)
		err = add_revoked(txn, &id);
	return err ? err : put(txn, &id);
}

/* A row of the expiry index. */
static int due_parse(struct bytes key, int64_t *ret_at, struct bytes *ret_fingerprint)
{
	struct bytes fingerprint;
	int64_t at;

	if (store_key_parse(key, "tb", &at, &fingerprint) || fingerprint.n != CERT_FINGERPRINT)
		return ERR_CORRUPT;
	*ret_at = at;
	*ret_fingerprint = fingerprint;
	return 0;
}

/* Moves behind the row of `after`. */
static void seek_behind(struct store_iter *it, const struct cert_identity *after)
{
	uint8_t next[CERT_FINGERPRINT + 1] = {0};
	struct store_key from;

	memcpy(next, after->fingerprint, CERT_FINGERPRINT);
	from = store_key("tb", after->not_after, next, sizeof(next));
	store_iter_seek(it, &from);
}

int cert_identity_expiring(struct store_txn *txn, struct arena *a, int64_t before,
	const struct cert_identity *after, size_t most, struct cert_identity **ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct cert_identity *list = ARENA_ARRAY(a, struct cert_identity, most ? most : 1);
	struct bytes key, value, fingerprint;
	size_t n = 0;
	int64_t at;
	int err = store_iter_init(&it, txn, CERT_BY_EXPIRY, NULL);

	if (!err && after)
		seek_behind(&it, after);
	while (!err && n < most) {
		err = store_iter_next(&it, &key, &value);
		if (!err)
			err = due_parse(key, &at, &fingerprint);
		if (!err && at >= before)
			break;
		if (!err && cert_identity_get(txn, a, fingerprint.p, &list[n++]))
			err = ERR_CORRUPT;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

int cert_revoked_decode(
	struct bytes key, struct bytes value, struct arena *a, struct cert_revoked *ret)
{
	struct cert_revoked r = {0};
	int err = rec_decode(&revoked_rec, value, a, &r);

	if (err)
		return err;
	if (key.n != CERT_FINGERPRINT)
		return ERR_CORRUPT;
	memcpy(r.fingerprint, key.p, CERT_FINGERPRINT);
	*ret = r;
	return 0;
}

int cert_revoked_list(struct store_txn *txn, struct arena *a, int64_t now,
	struct cert_revoked **ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct cert_revoked *list = NULL, r;
	struct bytes key, value;
	uint64_t room = 0;
	size_t n = 0;
	int err = store_count(txn, CERT_REVOKED, &room);

	if (!err)
		err = store_iter_init(&it, txn, CERT_REVOKED, NULL);
	if (err)
		return err;
	list = ARENA_ARRAY(a, struct cert_revoked, room + 1);
	while (n < room && !(err = store_iter_next(&it, &key, &value))) {
		err = cert_revoked_decode(key, value, a, &r);
		if (err)
			return err;
		if (r.not_after > now)
			list[n++] = r;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}
