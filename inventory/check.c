/* SPDX-License-Identifier: EUPL-1.2 */
/* Do the indexes and counts say what the units say? */
#include "inventory/agreement.h"
#include "inventory/circulation_int.h"

#include "base/text.h"

struct checking {
	struct store_txn *txn;
	struct arena *a;
	store_fault *fault;
	void *arg;
	uint64_t counted[INV_STATES];
	uint64_t with_item;
};

static void tell(struct checking *c, const char *what, const char *serial)
{
	c->fault(c->arg, arena_printf(c->a, "inventory: %s: %s", serial, what));
}

static int check_unit(struct checking *c, const struct inv_unit *u)
{
	struct store_key k = store_key("cs", (int)u->state, u->serial);
	struct inv_hold h;
	struct bytes v;
	int err;

	if (u->state == 0 || u->state >= INV_STATES) {
		tell(c, "has a state that does not exist", u->serial);
		return 0;
	}
	c->counted[u->state]++;
	err = store_get(c->txn, INV_BY_STATE, &k, &v);
	if (err == ERR_NOTFOUND)
		tell(c, "is missing in the index by state", u->serial);
	else if (err)
		return err;
	if (u->state == INV_AWAITING) {
		err = inv_hold_of_unit(c->txn, c->a, u->serial, &h);
		if (err == ERR_NOTFOUND)
			tell(c, "stands ready for nobody", u->serial);
		else if (err)
			return err;
	}
	if (text_empty(u->item_number))
		return 0;
	c->with_item++;
	k = store_key("s", u->item_number);
	err = store_get(c->txn, INV_BY_ITEM, &k, &v);
	if (err && err != ERR_NOTFOUND)
		return err;
	if (err || !bytes_equal(v, bytes_of_str(u->serial)))
		tell(c, "its item number leads elsewhere", u->serial);
	return 0;
}

static int check_counts(struct checking *c)
{
	uint64_t kept[INV_STATES], n;
	int err = inv_count_by_state(c->txn, kept);

	for (unsigned s = 1; err == 0 && s < INV_STATES; s++) {
		if (kept[s] != c->counted[s])
			tell(c, "the count of a state is wrong", inv_state_name((enum inv_state)s));
	}
	if (err == 0)
		err = store_count(c->txn, INV_BY_ITEM, &n);
	if (err == 0 && n != c->with_item)
		tell(c, "item numbers without a unit", "index");
	return err;
}

/* Each row of the index leads to a return that is open, and each open return has its row. */
static int check_return_row(struct checking *c, struct bytes key)
{
	struct inv_return r;
	const char *serial;
	int64_t at;
	int err = store_key_parse(key, "ts", &at, &serial);

	if (err == 0)
		err = inv_return_get(c->txn, c->a, serial, &r);
	if (err == 0 && r.phase != INV_RETURN_DONE && r.opened_at == at)
		return 0;
	if (err && err != ERR_NOTFOUND && err != ERR_CORRUPT)
		return err;
	tell(c, "is listed as on its way back and is not", err ? "?" : r.serial);
	return 0;
}

static int check_return(struct checking *c, struct bytes key)
{
	struct inv_return r;
	struct store_key k;
	const char *serial;
	struct bytes v;
	uint64_t number;
	int err = store_key_parse(key, "sq", &serial, &number);

	if (err == 0)
		err = inv_return_get(c->txn, c->a, serial, &r);
	if (err || r.number != number || r.phase == INV_RETURN_DONE)
		return err;
	k = store_key("ts", r.opened_at, r.serial);
	err = store_get(c->txn, INV_RETURN_OPEN, &k, &v);
	if (err == ERR_NOTFOUND)
		tell(c, "is on its way back and not listed so", serial);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_returns(
	struct checking *c, enum store_table t, int (*one)(struct checking *c, struct bytes key))
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, c->txn, t, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0)
		err = one(c, k);
	return err == ERR_NOTFOUND ? 0 : err;
}

static const struct store_ref refs[] = {
	{"inventory: a photo that is not there", INV_PHOTO_OF, "sq", INV_PHOTO, "qu", "1z"},
	{"inventory: a piece of a photo that is not there", INV_PHOTO, "qu", INV_PHOTO, "qu", "0z"},
	{"inventory: a return of no thing", INV_RETURN, "sq", INV_UNIT, "s", "0"},
	{"inventory: history of no thing", INV_HISTORY, "sq", INV_UNIT, "s", "0"},
	{NULL, 0, NULL, 0, NULL, NULL},
};

int inv_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct checking c = {.txn = txn, .a = a, .fault = fault, .arg = arg};
	struct inv_list_ask ask = {.most = 500};
	AUTO(arena) struct arena *page = arena_new();
	struct inv_unit *units;
	size_t n;
	int err;

	do {
		err = inv_unit_list(txn, page, &ask, &units, &n);
		for (size_t i = 0; err == 0 && i < n; i++)
			err = check_unit(&c, &units[i]);
		if (err == 0 && n)
			ask.after = arena_strdup(a, units[n - 1].serial);
		arena_reset(page);
	} while (err == 0 && n == ask.most);
	if (err == 0)
		err = check_returns(&c, INV_RETURN_OPEN, check_return_row);
	if (err == 0)
		err = check_returns(&c, INV_RETURN, check_return);
	if (err == 0)
		err = inv_circulation_check(txn, fault, arg);
	if (err == 0)
		err = inv_agreement_check(txn, fault, arg);
	if (err == 0)
		err = inv_check_things(txn, fault, arg);
	if (err == 0)
		err = inv_price_check(txn, fault, arg);
	if (err == 0)
		err = store_refs_check(txn, refs, fault, arg);
	return err ? err : check_counts(&c);
}
