/* SPDX-License-Identifier: EUPL-1.2 */
/* Do the indexes of things say what their records say? And those made anew from the records. */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define STEP 300

struct checking {
	struct store_txn *txn;
	struct arena *a;
	store_fault *fault;
	void *arg;
	const char *who; /* whose row is at work */
	uint64_t rows[STORE_TABLE_COUNT];
	uint64_t sims[INV_STATES]; /* that were seen, by state */
};

static void tell(struct checking *c, const char *what)
{
	c->fault(c->arg, arena_printf(c->a, "inventory: %s: %s", c->who, what));
}

static int row_is_there(
	void *arg, enum store_table t, const struct store_key *k, struct bytes value)
{
	struct checking *c = arg;
	struct bytes v;
	int err = store_get(c->txn, t, k, &v);

	c->rows[t]++;
	if (err == ERR_NOTFOUND) {
		tell(c, arena_printf(c->a, "a row is missing in index %d", (int)t));
		return 0;
	}
	if (err == 0 && !bytes_equal(v, value))
		tell(c, arena_printf(c->a, "a row says another state in index %d", (int)t));
	return err;
}

/* Those of iPads that are enrolled are counted. */
static int ending_is_there(struct checking *c, const struct inv_unit *u)
{
	int64_t at = inv_unit_ending(u);
	struct bytes name;
	int err = at ? store_time_get(c->txn, INV_ENDING, at, u->serial, &name) : ERR_NOTFOUND;

	c->rows[INV_ENDING] += at != 0;
	if (err == ERR_NOTFOUND && at)
		tell(c, "is not counted by when its lease ends");
	return err == ERR_NOTFOUND ? 0 : err;
}

static int product_is_there(struct checking *c, const struct inv_unit *u)
{
	struct inv_product p;
	int err = text_empty(u->product_id) ? 0 : inv_product_get(c->txn, c->a, u->product_id, &p);

	if (err == ERR_NOTFOUND)
		tell(c, "is of a product that does not exist");
	else if (err)
		return err;
	return 0;
}

static int kit_adds_up(struct checking *c, const struct inv_unit *u)
{
	struct inv_part *parts;
	size_t n;
	int err = u->parts ? inv_kit_parts(c->txn, c->a, u->serial, &parts, &n) : ERR_NOTFOUND;

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (n != u->parts)
		tell(c, "has another number of parts than it says");
	for (size_t i = 0; i < n; i++) {
		struct inv_unit part;

		if (text_empty(parts[i].unit))
			continue;
		err = inv_unit_get(c->txn, c->a, parts[i].unit, &part);
		if (err && err != ERR_NOTFOUND)
			return err;
		if (err || !text_equal(part.kit, u->serial))
			tell(c, "has a part that does not know of it");
	}
	return 0;
}

static int check_units(struct checking *c)
{
	AUTO(arena) struct arena *page = arena_new();
	struct inv_list_ask ask = {.most = STEP};
	struct inv_unit *units;
	size_t n = STEP;
	int err = 0;

	while (err == 0 && n == STEP) {
		err = inv_unit_list(c->txn, page, &ask, &units, &n);
		for (size_t i = 0; err == 0 && i < n; i++) {
			c->who = units[i].serial;
			c->sims[units[i].state] += units[i].kind == INV_KIND_SIM;
			err = inv_unit_rows(c->txn, page, &units[i], row_is_there, c);
			if (err == 0)
				err = ending_is_there(c, &units[i]);
			if (err == 0)
				err = product_is_there(c, &units[i]);
			if (err == 0)
				err = kit_adds_up(c, &units[i]);
		}
		if (err == 0 && n)
			ask.after = arena_strdup(c->a, units[n - 1].serial);
		arena_reset(page);
	}
	return err;
}

/* No rows but those that were asked for. Codes and words are other things' too. */
static int check_counts(struct checking *c)
{
	static const enum store_table tables[] = {
		INV_BY_PRODUCT, INV_BY_PLACE, INV_BY_LEASE, INV_BY_LEASE_END, INV_BY_DELIVERY,
		INV_IN_KIT, INV_CODE_TAIL};
	int err = 0;

	c->who = "indexes";
	for (size_t i = 0; err == 0 && i < sizeof(tables) / sizeof(tables[0]); i++) {
		uint64_t n;

		err = store_count(c->txn, tables[i], &n);
		if (err == 0 && n != c->rows[tables[i]])
			tell(c, arena_printf(
					c->a, "index %d has rows without a unit", (int)tables[i]));
	}
	return err;
}

static enum store_table index_of(int what)
{
	switch (what) {
	case 'p':
		return INV_BY_PRODUCT;
	case 'l':
		return INV_BY_PLACE;
	default:
		return what == 'a' ? INV_BY_LEASE : INV_BY_DELIVERY;
	}
}

/* Each count of a product, a place, a lease and a delivery, from its index. */
static int check_tally(struct checking *c)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, c->txn, INV_TALLY, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		AUTO(store_iter) struct store_iter rows = {0};
		struct store_key prefix;
		const char *id;
		int what, state;
		uint64_t told, n = 0;

		err = store_key_parse(k, "csc", &what, &id, &state);
		if (err == 0)
			err = store_key_parse(v, "q", &told);
		if (err == 0 && what == 'k')
			continue;
		c->who = arena_strdup(c->a, err ? "tally" : id);
		prefix = store_key("s", c->who);
		if (err == 0)
			err = store_iter_init(&rows, c->txn, index_of(what), &prefix);
		while (err == 0 && (err = store_iter_next(&rows, &k, &v)) == 0)
			n += v.n == 1 && v.p[0] == state;
		if (err == ERR_NOTFOUND)
			err = 0;
		if (err == 0 && n != told)
			tell(c, "the count of its units is wrong");
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_sims(struct checking *c)
{
	uint64_t told[INV_STATES];
	int err = inv_count_sims(c->txn, told);

	c->who = "SIMs";
	for (unsigned s = 1; err == 0 && s < INV_STATES; s++) {
		if (told[s] != c->sims[s])
			tell(c, "the count of them is wrong");
	}
	return err;
}

/* What is shown has its row, and nothing else has. */
static int check_shown(struct checking *c)
{
	struct inv_product_ask ask = {.most = STEP};
	uint64_t shown = 0, rows = 0;
	struct inv_product *p;
	int err = 0;

	c->who = "products";
	do {
		size_t n;

		err = inv_product_list(c->txn, c->a, &ask, &p, &n, &ask.after);
		for (size_t i = 0; err == 0 && i < n; i++) {
			bool is = inv_product_is_shown(&p[i]), listed = false;

			shown += is;
			err = inv_product_listed(c->txn, &p[i], &listed);
			if (err == 0 && is != listed)
				tell(c, arena_printf(c->a, "%s is shown or listed as shown, not both",
						p[i].id));
		}
	} while (err == 0 && ask.after);
	if (err == 0)
		err = store_count(c->txn, INV_SHOWN, &rows);
	if (err == 0 && rows != shown)
		tell(c, "more are listed as shown than are");
	return err;
}

static void adds_not_up(void *arg, const char *what)
{
	tell(arg, what);
}

static int check_endings(struct checking *c)
{
	uint64_t rows = 0;
	int err;

	c->who = "ends of leases";
	err = store_time_check(c->txn, INV_ENDING, adds_not_up, c, &rows);
	if (err == 0 && rows != c->rows[INV_ENDING])
		tell(c, "more of them are counted than are");
	return err;
}

int inv_check_things(struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct checking c = {.txn = txn, .a = a, .fault = fault, .arg = arg};
	int err = check_units(&c);

	if (err == 0)
		err = check_counts(&c);
	if (err == 0)
		err = check_endings(&c);
	if (err == 0 && !store_txn_is_before(txn, 3))
		err = check_sims(&c);
	if (err == 0 && !store_txn_is_before(txn, 3))
		err = check_shown(&c);
	return err ? err : check_tally(&c);
}

/* --- made anew --- */

struct anew {
	const char *after;
	struct arena *keep;
	bool done;
};

/* A unit that no index knows gets all its rows; one that is whole is left alone. */
static int renew_one(struct store_txn *txn, struct arena *a, const struct inv_unit *u)
{
	struct store_key k = store_key("ss",
		inv_code_backwards(a, text_empty(u->item_number) ? u->serial : u->item_number),
		u->serial);
	struct bytes v;
	int err = store_get(txn, INV_CODE_TAIL, &k, &v);

	return err == ERR_NOTFOUND ? inv_unit_index(txn, NULL, u) : err;
}

static int renew_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct anew *w = arg;
	struct inv_list_ask ask = {.after = w->after, .most = STEP};
	struct inv_unit *units;
	size_t n;
	int err = inv_unit_list(txn, a, &ask, &units, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = renew_one(txn, a, &units[i]);
	w->done = n < STEP;
	if (err == 0 && n)
		w->after = arena_strdup(w->keep, units[n - 1].serial);
	return err;
}

int inv_reindex(struct inv *inv)
{
	AUTO(arena) struct arena *keep = arena_new();
	struct anew w = {.keep = keep};
	int err = 0;

	while (err == 0 && !w.done)
		err = store_write(inv->st, renew_in, &w);
	return err;
}
