/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * WEB_GUESS  s "secret"           -> 32 random octets
 *            u bucket of a name   -> struct web_guess
 *
 * Anybody can invent names without end, so they share 65 536 buckets. Which names share one is
 * known to nobody who does not know the secret.
 */
#include "web/web_int.h"

#include "base/digest.h"
#include "base/random.h"
#include "base/rec.h"

#define SECRET 32

static const struct rec_field guess_fields[] = {
	REC_U32(1, struct web_guess, wrong_count),
	REC_I64(2, struct web_guess, wrong_at),
	REC_END,
};
static const struct rec_type guess_rec = REC_TYPE(struct web_guess, 1, guess_fields);

static struct store_key bucket_key(struct bytes secret, const char *name)
{
	struct digest d;
	uint8_t hash[DIGEST_BYTES];

	digest_init(&d);
	digest_add(&d, secret.p, secret.n);
	digest_add(&d, name, strlen(name));
	digest_finish(&d, hash);
	return store_key("u", (uint32_t)hash[0] << 8 | hash[1]);
}

int web_guess_get(
	struct store_txn *txn, struct arena *a, const char *name, struct web_guess *ret)
{
	struct store_key k = store_key("s", "secret");
	struct bytes v;
	int err = store_get(txn, WEB_GUESS, &k, &v);

	if (err == 0) {
		k = bucket_key(v, name);
		err = store_get(txn, WEB_GUESS, &k, &v);
	}
	if (err == ERR_NOTFOUND) {
		*ret = (struct web_guess){0};
		return 0;
	}
	return err ? err : rec_decode(&guess_rec, v, a, ret);
}

/* The key of the name's bucket; draws the secret when there is none yet. */
static int key_make(struct store_txn *txn, const char *name, struct store_key *ret)
{
	struct store_key k = store_key("s", "secret");
	uint8_t secret[SECRET];
	struct bytes v;
	int err = store_get(txn, WEB_GUESS, &k, &v);

	if (err == ERR_NOTFOUND) {
		random_bytes(secret, sizeof(secret));
		v = bytes_of(secret, sizeof(secret));
		err = store_put(txn, WEB_GUESS, &k, v);
	}
	if (err == 0)
		*ret = bucket_key(v, name);
	return err;
}

int web_guess_put(struct store_txn *txn, const char *name, const struct web_guess *g)
{
	AUTO(buf) struct buf v = BUF_INIT(1024);
	struct store_key k;
	int err = key_make(txn, name, &k);

	if (err)
		return err;
	rec_encode(&guess_rec, g, &v);
	return buf_ok(&v) ? store_put(txn, WEB_GUESS, &k, buf_bytes(&v)) : ERR_TOOBIG;
}
