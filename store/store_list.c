/* SPDX-License-Identifier: EUPL-1.2 */
/* A piece of a list, from a cursor on: the one walk behind every list that is shown in pieces. */
#include "store/store.h"

#include "base/mem.h"

#include <string.h>

static void key_append(struct store_key *k, const void *p, size_t n)
{
	if (k->bad || k->n + n > STORE_KEY_MAX) {
		k->bad = true;
		return;
	}
	memcpy(k->b + k->n, p, n);
	k->n = (uint16_t)(k->n + n);
}

/* Where the piece begins: before the record named (a walk back gives the one before it), or just
 * behind it. */
static struct store_key cursor_key(const struct store_list *l, const struct store_key *prefix,
	const struct store_piece *piece)
{
	struct store_key name = piece->after ? store_key("s", piece->after)
					     : store_key("q", piece->after_n);
	struct store_key k = prefix ? *prefix : store_key("");

	k.bad |= name.bad;
	key_append(&k, name.b, name.n);
	if (!l->newest_first)
		key_append(&k, "", 1);
	return k;
}

static size_t row_size(const struct store_list *l)
{
	return l->type ? l->type->size : l->size;
}

static int row_take(const struct store_list *l, const struct store_row *row, void *ret)
{
	int err = l->take ? l->take(row, ret)
			  : store_rec_decode(row->txn, l->type, row->value, row->a, ret);

	/* the list promised it */
	return err == ERR_NOTFOUND ? ERR_CORRUPT : err;
}

/* ERR_NOTFOUND: the list ends before the piece is full. */
static int rows_fill(const struct store_list *l, struct store_iter *it, struct store_row *row,
	size_t most, struct store_rows *rows)
{
	int err = 0;

	while (err == 0 && rows->n < most) {
		err = l->newest_first ? store_iter_prev(it, &row->key, &row->value)
				      : store_iter_next(it, &row->key, &row->value);
		if (err == 0)
			err = row_take(l, row, (uint8_t *)rows->at + rows->n * row_size(l));
		rows->n += err == 0;
	}
	return err;
}

int store_list_read(struct store_txn *txn, const struct store_list *l,
	const struct store_key *prefix, const struct store_piece *piece, struct store_rows *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_row row = {.txn = txn, .a = piece->a};
	struct store_rows rows = {
		.at = arena_alloc_array(piece->a, piece->most + 1, row_size(l))};
	int err = store_iter_init(&it, txn, l->table, prefix);

	if (err == 0 && (piece->after || piece->after_n)) {
		struct store_key from = cursor_key(l, prefix, piece);

		store_iter_seek(&it, &from);
	}
	if (err == 0)
		err = rows_fill(l, &it, &row, piece->most, &rows);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = rows;
	return 0;
}
