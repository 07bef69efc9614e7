/* SPDX-License-Identifier: EUPL-1.2 */
/* Do the products say what the price table says, and the table's parts what each other say? */
#include "inventory/price_int.h"

#define PAGE 200

struct checking {
	struct store_txn *txn;
	store_fault *fault;
	void *arg;
	struct arena *a;
	struct inv_price_at now;
	uint64_t said, ordered;
};

static void tell(struct checking *c, const char *what, const char *whose)
{
	c->fault(c->arg, arena_printf(c->a, "inventory: %s: %s", whose, what));
}

static int check_list(struct checking *c, const struct inv_price_list *x)
{
	const char *name = arena_printf(c->a, "prices, version %u", x->version);
	struct store_key k = store_key("uu", (uint32_t)x->from, x->version);
	struct inv_price_said said = {.most = x->prices + 1};
	struct bytes v;
	int err = inv_price_said(c->txn, c->a, x->version, &said);

	if (err)
		return err;
	if (said.n != x->prices)
		tell(c, "says another number of prices than it has", name);
	c->ordered += !x->withdrawn_at;
	c->said += x->withdrawn_at ? 0 : said.n;
	err = store_get(c->txn, INV_PRICE_FROM, &k, &v);
	if ((err == 0) == (x->withdrawn_at != 0))
		tell(c, "is not where its day is", name);
	for (size_t i = 0; !x->withdrawn_at && i < said.n; i++) {
		const struct inv_price_at at = {x->from, x->version};
		int64_t ore = -1;
		uint32_t by = 0;

		err = inv_price_of(c->txn, said.price[i].product, &at, &ore, &by);
		if (err)
			return err;
		if (by != x->version || ore != said.price[i].ore)
			tell(c, arena_printf(c->a, "what it says of %s is lost", said.price[i].product),
				name);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_lists(struct checking *c)
{
	uint32_t before = 0, newest, now;
	uint64_t ordered, of;
	struct inv_price_lists x = {0};
	int err = inv_price_newest(c->txn, &newest);

	do {
		err = err ? err : inv_price_list_all(c->txn, c->a, before, PAGE, &x);
		for (size_t i = 0; err == 0 && i < x.n; i++) {
			if (x.list[i].version > newest)
				tell(c, "a version is newer than the newest", "prices");
			err = check_list(c, &x.list[i]);
			before = x.list[i].version;
		}
	} while (err == 0 && x.n == PAGE);
	if (err == 0)
		err = inv_price_in_force(c->txn, &now);
	if (err == 0)
		err = store_count(c->txn, INV_PRICE_FROM, &ordered);
	if (err == 0)
		err = store_count(c->txn, INV_PRICE_OF, &of);
	if (err == 0 && (ordered != c->ordered || of != c->said))
		tell(c, "an index has versions that are not there", "prices");
	c->now = (struct inv_price_at){0, now};
	return err;
}

/* Where nothing is in force yet, products still say it alone. */
static int check_products(struct checking *c)
{
	struct inv_product_ask ask = {.most = PAGE};
	struct inv_product *p;
	size_t n;
	int err;

	do {
		err = inv_product_list(c->txn, c->a, &ask, &p, &n, &ask.after);
		for (size_t i = 0; err == 0 && i < n; i++) {
			int64_t ore;
			uint32_t by;

			err = inv_price_of(c->txn, p[i].id, &c->now, &ore, &by);
			if (err == 0 && ore != p[i].price_ore)
				tell(c, "its price is not the price table's", p[i].id);
		}
	} while (err == 0 && ask.after);
	return err;
}

int inv_price_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct checking c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	struct inv_price_list x;
	int err = check_lists(&c);

	if (err || c.now.version == 0)
		return err;
	err = inv_price_list_get(txn, a, c.now.version, &x);
	if (err == ERR_NOTFOUND) {
		tell(&c, "the version in force is not there", "prices");
		return 0;
	}
	c.now.day = x.from;
	return err ? err : check_products(&c);
}
