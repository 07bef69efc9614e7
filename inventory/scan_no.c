/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was answered to a scan that did nothing: a no, or a question. It is told again by the scan's
 * own key like any other answer, but there is nothing in the store that it must not be apart
 * from: asked anew it would do no harm. So it is kept in memory, and whoever scans something
 * unknown waits for no disk. What was scanned may be a number of a person: it is wiped when it
 * goes. After a restart of the server it is gone.
 */
#include "inventory/scan_int.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define NOES 256 /* of all desks together */
#define KEPT_S DAY_S

struct no {
	struct store_key key; /* n 0: free */
	int64_t at;
	struct buf told;
};

struct inv_noes {
	pthread_mutex_t lock;
	size_t next;
	struct no ring[NOES];
};

struct inv_noes *inv_noes_new(void)
{
	struct inv_noes *n = mem_zalloc(sizeof(*n));

	pthread_mutex_init(&n->lock, NULL);
	return n;
}

static void forget(struct no *x)
{
	buf_release(&x->told);
	*x = (struct no){0};
}

void inv_noes_free(struct inv_noes *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < NOES; i++)
		forget(&n->ring[i]);
	pthread_mutex_destroy(&n->lock);
	free(n);
}

/* NULL: it is not there. With the lock held. */
static struct no *find(struct inv_noes *n, const struct store_key *key)
{
	for (size_t i = 0; i < NOES; i++) {
		struct no *x = &n->ring[i];

		if (x->key.n && x->key.n == key->n && !memcmp(x->key.b, key->b, key->n))
			return x;
	}
	return NULL;
}

void inv_no_keep(struct inv *inv, const struct inv_desk_who *by, const char *key,
	const struct inv_told *told)
{
	const struct store_key k = inv_told_key(by, key);
	struct inv_noes *n = inv->noes;
	struct no *x;

	pthread_mutex_lock(&n->lock);
	x = find(n, &k);
	if (!x)
		x = &n->ring[n->next++ % NOES];
	forget(x);
	*x = (struct no){.key = k, .at = by->now, .told = BUF_INIT_SECRET(65536)};
	inv_told_encode(told, &x->told);
	if (!buf_ok(&x->told))
		forget(x);
	pthread_mutex_unlock(&n->lock);
}

int inv_no_get(struct inv *inv, const struct inv_desk_who *by, const char *key, struct arena *a,
	struct inv_told *ret)
{
	const struct store_key k = inv_told_key(by, key);
	struct inv_noes *n = inv->noes;
	int err = ERR_NOTFOUND;
	struct no *x;

	pthread_mutex_lock(&n->lock);
	x = find(n, &k);
	if (x && x->at + KEPT_S > by->now)
		err = inv_told_decode(buf_bytes(&x->told), a, ret);
	pthread_mutex_unlock(&n->lock);
	return err;
}

void inv_no_forget(struct inv *inv, const struct inv_desk_who *by, const char *key)
{
	const struct store_key k = inv_told_key(by, key);
	struct inv_noes *n = inv->noes;
	struct no *x;

	pthread_mutex_lock(&n->lock);
	x = find(n, &k);
	if (x)
		forget(x);
	pthread_mutex_unlock(&n->lock);
}
