/* SPDX-License-Identifier: EUPL-1.2 */
/* Do the figures say what the lines and holds say? Counted anew in memory, and held against them. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#include <stdlib.h>

struct inv_stat_truth {
	struct arena *a;
	struct entry {
		struct store_key k;
		uint64_t n;
	} **slot;
	size_t used, room; /* a power of two, never more than half full */
};

struct inv_stat_truth *inv_stat_truth_new(struct arena *a)
{
	struct inv_stat_truth *t = ARENA_NEW(a, struct inv_stat_truth);

	t->a = a;
	t->room = 1024;
	t->slot = ARENA_ARRAY(a, struct entry *, t->room);
	return t;
}

static size_t hash(const struct store_key *k)
{
	uint64_t h = 14695981039346656037u; /* FNV-1a */

	for (size_t i = 0; i < k->n; i++)
		h = (h ^ k->b[i]) * 1099511628211u;
	return (size_t)(h ^ (h >> 29));
}

static struct entry **find(struct inv_stat_truth *t, const struct store_key *k)
{
	size_t i = hash(k) & (t->room - 1);

	while (t->slot[i] &&
		(t->slot[i]->k.n != k->n || memcmp(t->slot[i]->k.b, k->b, k->n) != 0))
		i = (i + 1) & (t->room - 1);
	return &t->slot[i];
}

static void grow(struct inv_stat_truth *t)
{
	struct inv_stat_truth wider = *t;

	wider.room = t->room * 2;
	wider.slot = ARENA_ARRAY(t->a, struct entry *, wider.room);
	for (size_t i = 0; i < t->room; i++) {
		if (t->slot[i])
			*find(&wider, &t->slot[i]->k) = t->slot[i];
	}
	*t = wider;
}

void inv_stat_truth_add(struct inv_stat_truth *t, const struct inv_stat_rows *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct store_key k = inv_stat_key(&r->row[i]);
		struct entry **e = find(t, &k);

		if (!*e) {
			*e = ARENA_NEW(t->a, struct entry);
			(*e)->k = k;
			t->used++;
		}
		(*e)->n += r->row[i].n;
		if (t->used * 2 > t->room)
			grow(t);
	}
}

int inv_stat_truth_check(
	struct store_txn *txn, struct inv_stat_truth *t, const struct inv_faults *f)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t rows = 0;
	int err = store_iter_init(&it, txn, INV_STAT, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct store_key key = {.n = (uint16_t)k.n};
		struct entry **e;
		uint64_t n;

		memcpy(key.b, k.p, k.n);
		e = find(t, &key);
		err = store_key_parse(v, "q", &n);
		rows++;
		if (err == 0 && (!*e || (*e)->n != n))
			f->fn(f->arg, "statistics: a figure is not what the loans say");
	}
	if (err != ERR_NOTFOUND)
		return err;
	if (rows != t->used)
		f->fn(f->arg, "statistics: there are other figures than the loans say");
	return 0;
}
