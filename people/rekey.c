/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Moving to a newer sealing key, some borrowers a call: each is sealed anew and its rows of the
 * index are made with the new key. Meanwhile whoever searches looks under both. What is only
 * sealed (not indexed) opens with any key of the file.
 */
#include "people/people_int.h"

struct rekeying {
	struct people *p;
	size_t most;
	uint64_t left;
};

static int seal_again(struct people *p, struct arena *a, const char *id, enum people_group g,
	struct bytes *sealed)
{
	struct bytes plain;
	int err;

	if (sealed->n == 0)
		return 0;
	err = people_unseal(p, a, id, g, *sealed, &plain);
	return err ? err : people_seal(p, a, id, g, plain, sealed);
}

static int move_one(struct people *p, struct store_txn *txn, struct arena *a, uint32_t key,
	const struct people_borrower *before)
{
	AUTO(buf) struct buf rows = BUF_INIT(4096);
	struct people_borrower b = *before;
	struct people_person x;
	int err = people_person_open(p, a, &b, &x);

	if (err == 0)
		err = seal_again(p, a, b.id, PEOPLE_GROUP_PERSON, &b.person);
	if (err == 0)
		err = seal_again(p, a, b.id, PEOPLE_GROUP_NEEDS, &b.needs);
	if (err == 0)
		err = seal_again(p, a, b.id, PEOPLE_GROUP_RELATIVES, &b.relatives);
	if (err == 0)
		err = seal_again(p, a, b.id, PEOPLE_GROUP_CONSENTS, &b.consents);
	if (err == 0)
		err = people_rows_of(p, key, &b, &x, &rows);
	if (err)
		return err;
	b.keys = buf_bytes(&rows);
	err = people_index_move(txn, (enum people_zone)b.zone, b.id, before->keys, b.keys);
	return err ? err : people_borrower_put(txn, before, &b);
}

static int rekey_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct rekeying *j = arg;
	struct people *p = j->p;
	struct people_borrower *b;
	struct people_meta m;
	uint32_t newest = p->mac[p->mac_n - 1].id;
	uint64_t all = 0;
	size_t n;
	int err = people_meta_get(p, txn, a, &m);

	j->left = 0;
	if (err || (m.now == newest && !m.next))
		return err ? err : people_meta_put(txn, &m);
	if (!m.next) {
		m.next = newest;
		m.at = NULL;
	}
	err = people_borrower_list(txn, STORE_PIECE(a, m.at, j->most), &b, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = move_one(p, txn, a, m.next, &b[i]);
	if (err == 0)
		err = store_count(txn, PEOPLE_BORROWER, &all);
	if (err)
		return err;
	if (n == j->most) {
		m.at = b[n - 1].id;
		j->left = all / j->most + 1;
	} else {
		m = (struct people_meta){.now = m.next, .unknown = m.unknown};
	}
	return people_meta_put(txn, &m);
}

int people_rekey(struct people *p, size_t most, uint64_t *ret_left)
{
	struct rekeying j = {p, most, 0};
	int err = store_write(p->st, rekey_in, &j);

	if (err == 0)
		*ret_left = j.left;
	return err;
}
