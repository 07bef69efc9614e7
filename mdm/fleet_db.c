/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_FLEET: each enrolment once in each order of the fleet's list, (order, what it is ordered by,
 * UDID) -> serial number; and once as 'x', (what is the matter, UDID), when it is not enrolled or
 * nobody knows it. It follows the enrolments' records and the times on disk, whoever writes them.
 */
#include "mdm/check_int.h"
#include "mdm/mdm_int.h"

#include "base/text.h"

#include <stdio.h>

#define OS_MOST 100

/* "17.4.1" so that its order is the order of its numbers: each of five digits at least. */
static void os_key(const char *os, char ret[OS_MOST])
{
	const char *s = os ? os : "";

	for (size_t n = 0; *s && n + 16 < OS_MOST; n = strlen(ret)) {
		size_t digits = strspn(s, "0123456789");
		size_t take = digits == 0 ? 1 : digits < 9 ? digits : 9;
		size_t zeros = digits && digits < 5 ? 5 - digits : 0;

		snprintf(ret + n, OS_MOST - n, "%.*s%.*s", (int)zeros, "00000", (int)take, s);
		s += take;
	}
}

struct store_key mdm_fleet_key(enum mdm_fleet_order order, const struct mdm_fleet_place *p)
{
	char os[OS_MOST] = "";

	switch (order) {
	case MDM_FLEET_BY_SEEN:
		return store_key("cts", order, p->seen, p->udid);
	case MDM_FLEET_BY_OS:
		os_key(p->os, os);
		return store_key("css", order, os, p->udid);
	case MDM_FLEET_BY_MODEL:
		return store_key("css", order, p->model ? p->model : "", p->udid);
	default:
		return store_key("css", order, p->serial ? p->serial : "", p->udid);
	}
}

struct store_key mdm_fleet_prefix(enum mdm_fleet_order order, const char *value)
{
	char os[OS_MOST] = "";

	if (order == MDM_FLEET_BY_OS)
		os_key(value, os);
	return store_key("cs", order, order == MDM_FLEET_BY_OS ? os : value);
}

/* --- its rows --- */

static const enum mdm_fleet_order orders[] = {
	MDM_FLEET_BY_SERIAL, MDM_FLEET_BY_OS, MDM_FLEET_BY_MODEL};
#define ORDERS (sizeof(orders) / sizeof(orders[0]))

/* What is the matter with it; NULL: nothing. */
static const char *matter(const struct mdm_counted *c)
{
	if (c->state != MDM_ENROLLED)
		return mdm_fleet_state_name(MDM_FLEET_LEFT);
	return c->trusted ? NULL : mdm_fleet_state_name(MDM_FLEET_STRANGER);
}

static struct mdm_fleet_place place_of(const char *udid, const struct mdm_counted *c)
{
	return (struct mdm_fleet_place){
		.udid = udid, .serial = c->serial, .os = c->os_version, .model = c->product};
}

static int row_del(struct store_txn *txn, const struct store_key *k)
{
	int err = store_del(txn, MDM_FLEET, k);

	return err == ERR_NOTFOUND ? 0 : err;
}

static int order_move(struct store_txn *txn, const struct store_key *was,
	const struct store_key *is, const char *serial)
{
	int err = 0;

	if (was && was->n == is->n && memcmp(was->b, is->b, is->n) == 0)
		return 0;
	if (was)
		err = row_del(txn, was);
	return err ? err : store_put(txn, MDM_FLEET, is, bytes_of_str(serial));
}

static int matter_move(struct store_txn *txn, const char *udid, const struct mdm_counted *was,
	const struct mdm_counted *is)
{
	const char *from = was ? matter(was) : NULL, *to = matter(is);
	struct store_key k;
	int err = 0;

	if (text_equal(from, to))
		return 0;
	if (from) {
		k = store_key("css", MDM_FLEET_MATTER, from, udid);
		err = row_del(txn, &k);
	}
	if (err || !to)
		return err;
	k = store_key("css", MDM_FLEET_MATTER, to, udid);
	return store_put(txn, MDM_FLEET, &k, bytes_of_str(is->serial));
}

/* One that is new: where the times on disk have it. */
static int heard_first(struct store_txn *txn, const char *udid, const char *serial)
{
	struct mdm_fleet_place p = {.udid = udid};
	struct store_key k;
	int err = mdm_seen_on_disk(txn, udid, &p.seen);

	if (err)
		return err;
	k = mdm_fleet_key(MDM_FLEET_BY_SEEN, &p);
	return store_put(txn, MDM_FLEET, &k, bytes_of_str(serial));
}

int mdm_fleet_move(struct store_txn *txn, const char *udid, const struct mdm_counted *was,
	const struct mdm_counted *is)
{
	struct mdm_fleet_place from = {0}, to = place_of(udid, is);
	int err;

	if (!is->serial)
		return 0;
	if (was)
		from = place_of(udid, was);
	err = was ? 0 : heard_first(txn, udid, is->serial);
	for (size_t i = 0; err == 0 && i < ORDERS; i++) {
		struct store_key a = mdm_fleet_key(orders[i], &from);
		struct store_key b = mdm_fleet_key(orders[i], &to);

		err = order_move(txn, was ? &a : NULL, &b, is->serial);
	}
	return err ? err : matter_move(txn, udid, was, is);
}

int mdm_fleet_heard(struct store_txn *txn, const char *udid, int64_t was, int64_t is)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_fleet_place from = {.udid = udid, .seen = was}, to = {udid, .seen = is};
	struct store_key k = mdm_fleet_key(MDM_FLEET_BY_SEEN, &from);
	struct store_key to_k = mdm_fleet_key(MDM_FLEET_BY_SEEN, &to);
	struct mdm_counted c;
	int err = mdm_counted_get(txn, a, udid, &c);

	if (err || !c.serial)
		return err == ERR_NOTFOUND ? 0 : err;
	return order_move(txn, &k, &to_k, c.serial);
}

static int fill_one(struct store_txn *txn, const struct mdm_enrollment *e)
{
	const struct mdm_counted is = mdm_counted_of(e);

	return mdm_fleet_move(txn, e->udid, NULL, &is);
}

int mdm_fleet_fill(struct mdm *m)
{
	return mdm_layout_each(m, fill_one);
}

/* --- check --- */

static int check_row(struct mdm_checking *c, const struct store_key *k, const char *udid,
	const char *serial)
{
	struct bytes v;
	int err = store_get(c->txn, MDM_FLEET, k, &v);

	c->count++;
	if (err == ERR_NOTFOUND || (err == 0 && !bytes_equal(v, bytes_of_str(serial))))
		mdm_check_tell(c, "is not in each order of the fleet's list", udid);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_one(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	static const enum mdm_fleet_order all[] = {MDM_FLEET_BY_SERIAL, MDM_FLEET_BY_OS,
		MDM_FLEET_BY_MODEL, MDM_FLEET_BY_SEEN};
	struct mdm_enrollment e;
	struct mdm_counted is;
	struct mdm_fleet_place p;
	struct store_key k;
	int err = mdm_enrollment_decode(value, c->a, &e);

	(void)key;
	if (err || !e.serial || !e.udid)
		return 0; /* what cannot be read is told by mdm_check() */
	is = mdm_counted_of(&e);
	p = place_of(e.udid, &is);
	err = mdm_seen_on_disk(c->txn, e.udid, &p.seen);
	for (size_t i = 0; err == 0 && i < sizeof(all) / sizeof(all[0]); i++) {
		k = mdm_fleet_key(all[i], &p);
		err = check_row(c, &k, e.udid, e.serial);
	}
	if (err || !matter(&is))
		return err;
	k = store_key("css", MDM_FLEET_MATTER, matter(&is), e.udid);
	return check_row(c, &k, e.udid, e.serial);
}

int mdm_fleet_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	static const struct mdm_check_walk walk = {MDM_ENROLLMENT, check_one};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checking c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	uint64_t rows = 0;
	bool done;
	int err = mdm_layout_done(txn, MDM_LAYOUT_FLEET, &done);

	/* not filled yet: the server does it at its start */
	if (err || !done)
		return err;
	err = mdm_check_walks(&c, &walk, 1);
	if (err == 0)
		err = store_count(txn, MDM_FLEET, &rows);
	if (err == 0 && rows != c.count)
		mdm_check_tell(&c, "more of them are in the fleet's list than are", "enrolments");
	return err;
}
