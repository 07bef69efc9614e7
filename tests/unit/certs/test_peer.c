/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/cms_int.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <pthread.h>

#define BOUND 4096
#define THREADS 4

static struct cert_pub *some_key(void)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256");

	return cert_pub_of_key(key);
}

Test(peer, remembers_and_stays_bounded)
{
	AUTO(cert_pub) struct cert_pub *key = some_key();
	struct cert_peers *p = cert_peers_new();
	uint8_t(*prints)[CERT_FINGERPRINT] = mem_alloc(3 * BOUND * CERT_FINGERPRINT);
	struct cert_known known = {.key = key, .not_before = 1, .not_after = 2}, got;
	size_t there = 0;

	random_bytes(prints, 3 * BOUND * CERT_FINGERPRINT);
	for (int i = 0; i < 3 * BOUND; i++) {
		cr_assert_eq(cert_peers_get(p, prints[i], &got), ERR_NOTFOUND);
		known.not_after = i;
		cert_peers_put(p, prints[i], &known);
		cr_assert_eq(cert_peers_get(p, prints[i], &got), 0);
		cr_assert_eq(got.not_after, i);
		cert_pub_free(got.key);
	}
	for (int i = 0; i < 3 * BOUND; i++) {
		if (cert_peers_get(p, prints[i], &got))
			continue;
		there++;
		cert_pub_free(got.key);
	}
	cr_assert_leq(there, BOUND);
	cr_assert_geq(there, BOUND * 9 / 10);
	free(prints);
	cert_peers_free(p);
	cert_peers_free(NULL);
}

Test(peer, the_one_longest_unused_gives_way)
{
	AUTO(cert_pub) struct cert_pub *key = some_key();
	struct cert_peers *p = cert_peers_new();
	struct cert_known known = {.key = key}, got;
	uint8_t print[CERT_FINGERPRINT] = {0};

	/* all in the same place, which has room for four; the first is asked for in between */
	for (uint8_t i = 0; i < 12; i++) {
		print[31] = i;
		cert_peers_put(p, print, &known);
		print[31] = 0;
		cr_assert_eq(cert_peers_get(p, print, &got), 0, "after %d", i);
		cert_pub_free(got.key);
	}
	print[31] = 5;
	cr_assert_eq(cert_peers_get(p, print, &got), ERR_NOTFOUND);
	print[31] = 11;
	cr_assert_eq(cert_peers_get(p, print, &got), 0);
	cert_pub_free(got.key);
	cert_peers_free(p);
}

struct storm {
	struct cert_peers *p;
	struct cert_pub *key;
	unsigned wrong;
};

static void *storm(void *arg)
{
	struct storm *s = arg;
	uint8_t print[CERT_FINGERPRINT] = {0};
	struct cert_known known = {.key = s->key}, got;

	for (int i = 0; i < 20000; i++) {
		print[2] = (uint8_t)(i % 97);
		known.not_after = print[2];
		if (cert_peers_get(s->p, print, &got)) {
			cert_peers_put(s->p, print, &known);
			continue;
		}
		if (got.not_after != print[2] || got.key != s->key)
			__atomic_add_fetch(&s->wrong, 1, __ATOMIC_RELAXED);
		cert_pub_free(got.key);
	}
	return NULL;
}

Test(peer, many_threads_at_one_place)
{
	AUTO(cert_pub) struct cert_pub *key = some_key();
	struct storm s = {.p = cert_peers_new(), .key = key};
	pthread_t t[THREADS];

	for (int i = 0; i < THREADS; i++)
		cr_assert_eq(pthread_create(&t[i], NULL, storm, &s), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	cr_assert_eq(s.wrong, 0u);
	cert_peers_free(s.p);
}
