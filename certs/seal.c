/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sealed values: version (1 octet), number of the key (4, big-endian), nonce (12), the encrypted
 * text, tag (16). The first five octets and the context are authenticated with it.
 */
#include "certs/seal_int.h"

#include "base/random.h"

#define VERSION 1
#define HEAD 5
#define NONCE 12
#define TAG 16
#define LABEL_SEAL "hylla seal"
#define LABEL_HASH "hylla keyed hash"

static void hmac(const uint8_t key[32], struct bytes in, uint8_t out[32])
{
	size_t n = 0;

	if (!EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, key, 32, in.p, in.n, out, 32, &n) ||
		n != 32)
		abort();
}

void cert_ring_add(struct cert_ring *r, uint32_t id, const uint8_t key[CERT_RING_KEY])
{
	struct cert_ring_key *k = &r->key[r->n++];

	k->id = id;
	hmac(key, bytes_of_str(LABEL_SEAL), k->seal);
	hmac(key, bytes_of_str(LABEL_HASH), k->hash);
}

void cert_ring_free(struct cert_ring *r)
{
	if (r)
		mem_wipe(r, sizeof(*r));
	free(r);
}

static const struct cert_ring_key *newest(const struct cert_ring *r)
{
	const struct cert_ring_key *best = &r->key[0];

	for (size_t i = 1; i < r->n; i++) {
		if (r->key[i].id > best->id)
			best = &r->key[i];
	}
	return best;
}

static const struct cert_ring_key *oldest(const struct cert_ring *r)
{
	const struct cert_ring_key *best = &r->key[0];

	for (size_t i = 1; i < r->n; i++) {
		if (r->key[i].id < best->id)
			best = &r->key[i];
	}
	return best;
}

static const struct cert_ring_key *by_id(const struct cert_ring *r, uint32_t id)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->key[i].id == id)
			return &r->key[i];
	}
	return NULL;
}

/* One run of the cipher: the authenticated head and context, then the text. */
static int run(EVP_CIPHER_CTX *ctx, const uint8_t *head, const char *context, struct bytes in,
	uint8_t *out)
{
	int n = 0;

	if (EVP_CipherUpdate(ctx, NULL, &n, head, HEAD) != 1 ||
		EVP_CipherUpdate(ctx, NULL, &n, (const uint8_t *)context, (int)strlen(context)) !=
			1)
		return ERR_CRYPTO;
	if (in.n && EVP_CipherUpdate(ctx, out, &n, in.p, (int)in.n) != 1)
		return ERR_CRYPTO;
	return 0;
}

int cert_ring_seal(const struct cert_ring *r, const char *context, struct bytes plain,
	struct arena *a, struct bytes *ret)
{
	AUTO(EVP_CIPHER_CTX) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	const struct cert_ring_key *key = newest(r);
	uint8_t *out, *nonce, *text, rest[TAG];
	size_t n = HEAD + NONCE + plain.n + TAG;
	int none = 0;

	if (plain.n > CERT_INPUT_MAX)
		return ERR_TOOBIG;
	out = arena_alloc(a, n);
	nonce = out + HEAD;
	text = nonce + NONCE;
	out[0] = VERSION;
	for (int i = 0; i < 4; i++)
		out[1 + i] = (uint8_t)(key->id >> (24 - 8 * i));
	random_bytes(nonce, NONCE);
	if (!ctx || EVP_CipherInit_ex(ctx, EVP_aes_256_gcm(), NULL, key->seal, nonce, 1) != 1 ||
		run(ctx, out, context, plain, text) || EVP_CipherFinal_ex(ctx, rest, &none) != 1 ||
		EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG, text + plain.n) != 1)
		return cert_fail(ERR_INTERNAL);
	*ret = bytes_of(out, n);
	return 0;
}

int cert_ring_unseal(const struct cert_ring *r, const char *context, struct bytes sealed,
	struct arena *a, struct bytes *ret)
{
	AUTO(EVP_CIPHER_CTX) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	const struct cert_ring_key *key;
	uint8_t *out, tag[TAG], rest[TAG];
	struct bytes text;
	int none = 0;

	if (sealed.n < HEAD + NONCE + TAG || sealed.n > CERT_INPUT_MAX + HEAD + NONCE + TAG ||
		sealed.p[0] != VERSION)
		return ERR_CRYPTO;
	key = by_id(r, (uint32_t)sealed.p[1] << 24 | (uint32_t)sealed.p[2] << 16 |
			       (uint32_t)sealed.p[3] << 8 | sealed.p[4]);
	if (!key)
		return ERR_CRYPTO;
	text = bytes_of(sealed.p + HEAD + NONCE, sealed.n - HEAD - NONCE - TAG);
	memcpy(tag, text.p + text.n, TAG);
	out = arena_alloc(a, text.n + 1); /* a NUL behind: much of what is sealed is text */
	if (!ctx ||
		EVP_CipherInit_ex(ctx, EVP_aes_256_gcm(), NULL, key->seal, sealed.p + HEAD, 0) !=
			1 ||
		run(ctx, sealed.p, context, text, out) ||
		EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, TAG, tag) != 1 ||
		EVP_CipherFinal_ex(ctx, rest, &none) != 1) {
		mem_wipe(out, text.n);
		return cert_fail(ERR_CRYPTO);
	}
	*ret = bytes_of(out, text.n);
	return 0;
}

static void hash_with(
	const struct cert_ring_key *k, const char *context, struct bytes in, uint8_t out[32])
{
	uint8_t key[32];

	hmac(k->hash, bytes_of_str(context), key);
	hmac(key, in, out);
	mem_wipe(key, sizeof(key));
}

void cert_ring_hash(
	const struct cert_ring *r, const char *context, struct bytes in, uint8_t out[32])
{
	hash_with(oldest(r), context, in, out);
}

int cert_keyed_hash_by(
	struct certs *c, uint32_t key, const char *context, struct bytes in, uint8_t out[32])
{
	const struct cert_ring_key *k = by_id(c->ring, key);

	if (!k)
		return ERR_NOTFOUND;
	hash_with(k, context, in, out);
	return 0;
}

size_t cert_seal_keys(struct certs *c, uint32_t ret[CERT_SEAL_KEYS])
{
	size_t n = c->ring->n;

	_Static_assert(CERT_SEAL_KEYS == CERT_RING_MAX, "all of the ring");
	for (size_t i = 0; i < n; i++) {
		size_t at = i;

		for (; at && ret[at - 1] > c->ring->key[i].id; at--)
			ret[at] = ret[at - 1];
		ret[at] = c->ring->key[i].id;
	}
	return n;
}

int cert_seal(struct certs *c, const char *context, struct bytes plain, struct arena *a,
	struct bytes *ret)
{
	return cert_ring_seal(c->ring, context, plain, a, ret);
}

int cert_unseal(struct certs *c, const char *context, struct bytes sealed, struct arena *a,
	struct bytes *ret)
{
	return cert_ring_unseal(c->ring, context, sealed, a, ret);
}

void cert_keyed_hash(struct certs *c, const char *context, struct bytes in, uint8_t out[32])
{
	cert_ring_hash(c->ring, context, in, out);
}
