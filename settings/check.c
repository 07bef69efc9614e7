/* SPDX-License-Identifier: EUPL-1.2 */
/* Does each value say what its newest change says, and is no change missing? */
#include "settings/settings_int.h"

#include "base/text.h"

struct checking {
	struct store_txn *txn;
	store_fault *fault;
	void *arg;
	struct arena *a;
	const char *name; /* whose changes are gone through */
	uint32_t number;  /* of the newest of them */
	struct bytes last;
	uint64_t names;
};

static void tell(struct checking *c, const char *what)
{
	c->fault(c->arg, arena_printf(c->a, "settings: %s: %s", c->name, what));
}

/* All changes of a name were seen: its value is the last of them. */
static int end_name(struct checking *c)
{
	struct store_key k;
	struct bytes v;
	int err;

	if (!c->name)
		return 0;
	c->names++;
	k = store_key("s", c->name);
	err = store_get(c->txn, SETTING_VALUE, &k, &v);
	if (err && err != ERR_NOTFOUND)
		return err;
	if (err)
		tell(c, "was changed and has no value");
	else if (!bytes_equal(v, c->last))
		tell(c, "its value is not what its newest change says");
	return 0;
}

static int check_change(struct checking *c, struct bytes key, struct bytes value)
{
	const char *name;
	uint32_t number;
	int err = store_key_parse(key, "su", &name, &number);

	if (err == 0 && !text_equal(name, c->name)) {
		err = end_name(c);
		c->name = arena_strdup(c->a, name);
		c->number = 0;
	}
	if (err)
		return err;
	if (number != c->number + 1)
		tell(c, "a change is missing");
	c->number = number;
	c->last = value;
	return 0;
}

static int check_changes(struct checking *c)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	uint64_t values;
	int err = store_iter_init(&it, c->txn, SETTING_PAST, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0)
		err = check_change(c, k, v);
	if (err == ERR_NOTFOUND)
		err = end_name(c);
	if (err == 0)
		err = store_count(c->txn, SETTING_VALUE, &values);
	c->name = "all";
	if (err == 0 && values != c->names)
		tell(c, "a value has no change that made it");
	return err;
}

/* What waits is the next change, and lower than what counts. */
static int check_waiting(struct checking *c, enum setting x)
{
	struct setting_change next, last = {0};
	int err = setting_waiting(c->txn, c->a, x, &next);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = setting_last(c->txn, c->a, x, &last);
	if (err && err != ERR_NOTFOUND)
		return err;
	c->name = setting_row(x)->name;
	if (next.number != last.number + 1 || !next.counts_at)
		tell(c, "what waits is not its next change");
	return 0;
}

int setting_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct checking c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	int err = check_changes(&c);

	for (unsigned x = 0; err == 0 && x < SETTINGS; x++)
		err = check_waiting(&c, x);
	return err;
}
