/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PEOPLE_SAID  s borrower, q number of the look's record in the audit log -> struct people_said
 *
 * The words of a look. The log is for ever and lies open to whoever reads it, so it has the kind of
 * the reason alone; the words may name somebody, stand here sealed, and go with the borrower.
 */
#include "people/people_int.h"

#include "base/rec.h"

static const struct rec_field said_fields[] = {REC_BYTES(1, struct people_said, sealed), REC_END};
static const struct rec_type said_rec = REC_TYPE(struct people_said, 1, said_fields);

int people_said_put(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_said *x)
{
	struct store_key k = store_key("sq", x->borrower, x->look);
	AUTO(buf) struct buf v = BUF_INIT(4096);
	struct people_said row = {.unknown = x->unknown};
	int err = people_said_seal(p, a, x, &row.sealed);

	if (err)
		return err;
	rec_encode(&said_rec, &row, &v);
	return buf_ok(&v) ? store_put(txn, PEOPLE_SAID, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

int people_said_get(struct people *p, struct store_txn *txn, struct arena *a,
	struct people_said *x)
{
	struct store_key k = store_key("sq", x->borrower, x->look);
	struct people_said row;
	struct bytes v;
	int err = store_get(txn, PEOPLE_SAID, &k, &v);

	if (err == 0)
		err = rec_decode(&said_rec, v, a, &row);
	if (err)
		return err;
	x->sealed = row.sealed;
	x->unknown = row.unknown;
	return people_said_open(p, a, x);
}

static int first_of(struct store_txn *txn, const char *borrower, uint64_t *ret_look)
{
	struct store_key of = store_key("s", borrower);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	const char *id;
	int err = store_iter_init(&it, txn, PEOPLE_SAID, &of);

	if (err == 0)
		err = store_iter_next(&it, &k, &v);
	return err ? err : store_key_parse(k, "sq", &id, ret_look);
}

int people_said_wipe(struct store_txn *txn, const char *borrower)
{
	uint64_t look = 0;
	int err;

	while ((err = first_of(txn, borrower, &look)) == 0) {
		struct store_key k = store_key("sq", borrower, look);

		err = store_del(txn, PEOPLE_SAID, &k);
		if (err)
			return err;
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int people_said_check(
	struct people *p, struct store_txn *txn, struct arena *a, const char *borrower, size_t *ret_n)
{
	struct store_key of = store_key("s", borrower);
	AUTO(store_iter) struct store_iter it = {0};
	struct people_said x = {.borrower = borrower};
	struct bytes k, v;
	const char *id;
	size_t n = 0;
	int err = store_iter_init(&it, txn, PEOPLE_SAID, &of);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "sq", &id, &x.look);
		if (err == 0)
			err = people_said_get(p, txn, a, &x);
		n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_n = n;
	return 0;
}
