/* SPDX-License-Identifier: EUPL-1.2 */
/* RSA keys, alone or from a pool. */
#include "tests/fake/ipad_int.h"

#include <openssl/rsa.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define POOL_BITS 2048

struct ipad_keys {
	EVP_PKEY **keys;
	unsigned count;
	atomic_uint next;
};

static EVP_PKEY *key_make(unsigned bits)
{
	EVP_PKEY *key = EVP_RSA_gen(bits);

	if (!key)
		abort(); /* no entropy, no memory: nothing a test could do about it */
	return key;
}

static void *pool_fill(void *arg)
{
	struct ipad_keys *k = arg;
	unsigned i;

	while ((i = atomic_fetch_add(&k->next, 1)) < k->count)
		k->keys[i] = key_make(POOL_BITS);
	return NULL;
}

struct ipad_keys *ipad_keys_new(unsigned count)
{
	struct ipad_keys *k = mem_zalloc(sizeof(*k));
	pthread_t helper;
	bool helped;

	k->count = count ? count : 1;
	k->keys = mem_zalloc(k->count * sizeof(*k->keys));
	helped = pthread_create(&helper, NULL, pool_fill, k) == 0;
	pool_fill(k);
	if (helped)
		pthread_join(helper, NULL);
	atomic_store(&k->next, 0);
	return k;
}

void ipad_keys_free(struct ipad_keys *k)
{
	if (!k)
		return;
	for (unsigned i = 0; i < k->count; i++)
		EVP_PKEY_free(k->keys[i]);
	free(k->keys);
	free(k);
}

EVP_PKEY *ipad_key_get(struct ipad_keys *k, unsigned bits)
{
	EVP_PKEY *key;

	if (!k || bits != POOL_BITS)
		return key_make(bits);
	key = k->keys[atomic_fetch_add(&k->next, 1) % k->count];
	EVP_PKEY_up_ref(key);
	return key;
}

void ipad_pair_release(struct ipad_pair *pair)
{
	EVP_PKEY_free(pair->key);
	X509_free(pair->cert);
	*pair = (struct ipad_pair){0};
}
