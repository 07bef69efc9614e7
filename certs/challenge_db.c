/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"

#include "base/rec.h"
#include "base/text.h"

#define RECORD_MAX 16384
#define SECRET 24
#define DROP_AT_ONCE 8

static const struct rec_field challenge_fields[] = {
	REC_FIXED(1, struct cert_challenge, hash),
	REC_STR(2, struct cert_challenge, device_serial),
	REC_STR(3, struct cert_challenge, udid),
	REC_STR(4, struct cert_challenge, invitation),
	REC_I64(5, struct cert_challenge, expires_at),
	REC_I64(6, struct cert_challenge, used_at),
	REC_FIXED(7, struct cert_challenge, used_key),
	REC_FIXED(8, struct cert_challenge, fingerprint),
	REC_BYTES(9, struct cert_challenge, certificate),
	REC_END,
};
static const struct rec_type challenge_rec = REC_TYPE(struct cert_challenge, 1, challenge_fields);

static struct store_key challenge_key(const uint8_t hash[32])
{
	return store_key("b", hash, (size_t)CERT_CHALLENGE_KEY);
}

static struct store_key due_key(int64_t expires_at, const uint8_t hash[32])
{
	return store_key("tb", expires_at, hash, (size_t)CERT_CHALLENGE_KEY);
}

int cert_challenge_decode(struct bytes value, struct arena *a, struct cert_challenge *ret)
{
	struct cert_challenge ch = {0};
	int err = rec_decode(&challenge_rec, value, a, &ch);

	if (!err)
		*ret = ch;
	return err;
}

int cert_challenge_get(
	struct store_txn *txn, struct arena *a, const char *word, struct cert_challenge *ret)
{
	struct cert_challenge ch;
	struct store_key key;
	struct bytes value;
	uint8_t hash[32];
	int err;

	cert_sha256(bytes_of_str(word), hash);
	key = challenge_key(hash);
	err = store_get(txn, CERT_CHALLENGE, &key, &value);
	if (!err)
		err = cert_challenge_decode(value, a, &ch);
	if (err)
		return err;
	/* the key is half of the hash: the other half is compared without telling how far */
	if (!cert_secret_equal(bytes_of(hash, 32), bytes_of(ch.hash, 32)))
		return ERR_NOTFOUND;
	*ret = ch;
	return 0;
}

int cert_challenge_put(struct store_txn *txn, const struct cert_challenge *ch)
{
	AUTO(buf) struct buf b = BUF_INIT(RECORD_MAX);
	struct store_key key = challenge_key(ch->hash);

	rec_encode(&challenge_rec, ch, &b);
	if (!buf_ok(&b))
		return ERR_TOOBIG;
	return store_put(txn, CERT_CHALLENGE, &key, buf_bytes(&b));
}

/* Removes the first row of the index when it is past; ERR_NOTFOUND when there is none. */
static int drop_one(struct store_txn *txn, struct store_iter *it, int64_t now)
{
	struct bytes row, value, hash;
	struct store_key due, key;
	int64_t at;
	int err = store_iter_next(it, &row, &value);

	if (err)
		return err;
	if (store_key_parse(row, "tb", &at, &hash) || hash.n != CERT_CHALLENGE_KEY)
		return ERR_CORRUPT;
	if (at > now)
		return ERR_NOTFOUND;
	due = store_key("tb", at, hash.p, hash.n);
	key = store_key("b", hash.p, hash.n);
	err = store_del(txn, CERT_CHALLENGE, &key);
	if (err && err != ERR_NOTFOUND)
		return err;
	return store_del(txn, CERT_CHALLENGE_DUE, &due);
}

/* A few at a time: whoever adds one pays for clearing away. */
static int drop_expired(struct store_txn *txn, int64_t now)
{
	AUTO(store_iter) struct store_iter it = {0};
	int err = store_iter_init(&it, txn, CERT_CHALLENGE_DUE, NULL);

	for (int i = 0; i < DROP_AT_ONCE && !err; i++)
		err = drop_one(txn, &it, now);
	return err == ERR_NOTFOUND ? 0 : err;
}

int cert_challenge_add(struct store_txn *txn, struct arena *a, const struct cert_challenge_ask *ask,
	const uint8_t secret[SECRET], int64_t now, const char **ret_word)
{
	const char *word = text_base64url(a, bytes_of(secret, SECRET));
	struct cert_challenge ch = {
		.device_serial = ask->device_serial,
		.udid = ask->udid,
		.invitation = ask->invitation,
		.expires_at = ask->expires_at,
	};
	struct store_key due;
	int err = drop_expired(txn, now);

	if (err)
		return err;
	cert_sha256(bytes_of_str(word), ch.hash);
	due = due_key(ch.expires_at, ch.hash);
	err = store_add(txn, CERT_CHALLENGE_DUE, &due, bytes_of(NULL, 0));
	if (!err)
		err = cert_challenge_put(txn, &ch);
	if (err)
		return err;
	*ret_word = word;
	return 0;
}

const char *cert_challenge_subject(struct arena *a, const char *word)
{
	uint8_t hash[32];

	/* another hash than the one that is stored, so that neither leads to the other */
	cert_sha256(bytes_of_str(arena_printf(a, "hylla subject %s", word)), hash);
	return arena_printf(a, "hylla-%s", text_hex(a, bytes_of(hash, 10)));
}
