/* SPDX-License-Identifier: EUPL-1.2 */
/* The price table as a version makes it, read. */
#include "inventory/price_int.h"

#include "base/text.h"

struct reading {
	struct store_txn *txn;
	struct arena *a;
	const struct inv_price_ask *ask;
	struct inv_price_at at, before;
	struct inv_price_rows *to;
};

static int place_of(struct reading *rd)
{
	struct inv_price_list x;
	uint32_t version = rd->ask->version;
	int err = version ? 0 : inv_price_in_force(rd->txn, &version);

	if (err || !version)
		return err;
	err = inv_price_list_get(rd->txn, rd->a, version, &x);
	if (err)
		return err;
	rd->at = (struct inv_price_at){x.from, version};
	rd->before = (struct inv_price_at){x.from, version - 1};
	return 0;
}

/* Both from the order of days: what a withdrawn version said is given by who reads what it says. */
static int put_row(struct reading *rd, const char *product, const char *name)
{
	struct inv_price_row *row = &rd->to->row[rd->to->n];
	uint32_t by;
	int err;

	*row = (struct inv_price_row){.product = product, .name = name};
	err = inv_price_of(rd->txn, product, &rd->at, &row->ore, &row->said_by);
	if (err == 0)
		err = inv_price_of(rd->txn, product, &rd->before, &row->before, &by);
	rd->to->n += err == 0;
	return err;
}

static int read_products(struct reading *rd)
{
	const struct inv_price_ask *ask = rd->ask;
	const struct inv_product_ask which = {
		.category = ask->category, .after = ask->after, .most = ask->most};
	struct inv_product *p;
	size_t n;
	int err = inv_product_list(rd->txn, rd->a, &which, &p, &n, &rd->to->next);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = put_row(rd, p[i].id, inv_product_name(&p[i], ask->lang));
	return err;
}

static int read_said(struct reading *rd)
{
	const struct inv_price_ask *ask = rd->ask;
	struct inv_price_said said = {.after = ask->after, .most = ask->most};
	int err = inv_price_said(rd->txn, rd->a, rd->at.version, &said);

	for (size_t i = 0; err == 0 && i < said.n; i++) {
		const struct inv_price *x = &said.price[i];
		struct inv_product p = {.id = x->product};

		err = inv_product_get(rd->txn, rd->a, x->product, &p);
		if (err == 0 || err == ERR_NOTFOUND)
			err = put_row(rd, x->product, inv_product_name(&p, ask->lang));
		if (err == 0) {
			rd->to->row[i].ore = x->ore;
			rd->to->row[i].said_by = rd->at.version;
		}
	}
	rd->to->next = err == 0 && said.n && said.n == ask->most ? said.price[said.n - 1].product : NULL;
	return err;
}

int inv_price_table(struct store_txn *txn, struct arena *a, const struct inv_price_ask *ask,
	struct inv_price_rows *ret)
{
	struct inv_price_rows rows = {.row = ARENA_ARRAY(a, struct inv_price_row, ask->most + 1)};
	struct reading rd = {.txn = txn, .a = a, .ask = ask, .to = &rows};
	int err = place_of(&rd);

	if (err == 0)
		err = ask->said_only ? read_said(&rd) : read_products(&rd);
	if (err == 0)
		*ret = rows;
	return err;
}
