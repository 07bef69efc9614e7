/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The fleet's list. What a filter names is few or many: few, by an index of its own, are gathered and
 * put in order; many are met soon in the order asked for, which is walked with the filters as
 * questions. Either way what is read for one page is bounded, and a place to go on is the key in the
 * order's index, so that the two ways can follow each other.
 */
#include "mdm/fleet_int.h"

#include "base/text.h"

#include <stdlib.h>

#define GATHER_MOST 2000
#define READ_PAST 4000 /* rows that filters leave out, for one page */

static const char *const state_names[MDM_FLEET_STATES] = {
	NULL, "enrolled", "left", "stranger", "silent", "lost", "line", "waiting", "failed"};

const char *mdm_fleet_state_name(enum mdm_fleet_state s)
{
	return (unsigned)s < MDM_FLEET_STATES ? state_names[s] : NULL;
}

int mdm_fleet_state_parse(const char *s, enum mdm_fleet_state *ret)
{
	for (unsigned i = 1; i < MDM_FLEET_STATES; i++) {
		if (!text_equal(s, state_names[i]))
			continue;
		*ret = (enum mdm_fleet_state)i;
		return 0;
	}
	return ERR_BADINPUT;
}

struct place {
	struct bytes key;
	const char *udid;
};
struct places {
	struct place *at;
	size_t n, cap;
};

/* --- few: gathered from the index of a filter --- */

struct source {
	enum store_table t;
	struct store_key prefix;
	size_t skip;  /* octets between the prefix and the name */
	bool by_udid; /* the name; else a serial number */
};

static void add_source(struct source *list, size_t *n, enum store_table t, struct store_key prefix)
{
	list[(*n)++] = (struct source){.t = t,
		.prefix = prefix,
		.by_udid = t == MDM_FLEET,
		.skip = prefix.n == 1 && t == MDM_FLEET ? 8 : 0};
}

/* Those that narrow most come first. */
static size_t sources_of(const struct mdm_fleet_ask *ask, struct source ret[4])
{
	const char *group = ask->group ? ask->group : MDM_GROUP_ALL;
	size_t n = 0;

	if (ask->state == MDM_FLEET_LOST)
		add_source(ret, &n, MDM_LOST, (struct store_key){0});
	if (ask->state == MDM_FLEET_WAITING || ask->state == MDM_FLEET_FAILED)
		add_source(ret, &n, MDM_STANDING_IN,
			store_key("sc", group,
				ask->state == MDM_FLEET_FAILED ? MDM_STANDS_FAILED
							       : MDM_STANDS_WAITING));
	if (ask->state == MDM_FLEET_LEFT || ask->state == MDM_FLEET_STRANGER)
		add_source(ret, &n, MDM_FLEET,
			store_key("cs", MDM_FLEET_MATTER, mdm_fleet_state_name(ask->state)));
	if (ask->state == MDM_FLEET_SILENT)
		add_source(ret, &n, MDM_FLEET, store_key("c", MDM_FLEET_BY_SEEN));
	if (ask->state == MDM_FLEET_LINE)
		add_source(ret, &n, MDM_QUEUE, (struct store_key){0});
	if (!text_equal(group, MDM_GROUP_ALL))
		add_source(ret, &n, MDM_MEMBER, store_key("s", group));
	if (ask->os)
		add_source(ret, &n, MDM_FLEET, mdm_fleet_prefix(MDM_FLEET_BY_OS, ask->os));
	if (ask->model)
		add_source(ret, &n, MDM_FLEET, mdm_fleet_prefix(MDM_FLEET_BY_MODEL, ask->model));
	return n;
}

struct names {
	const char **at;
	size_t n;
	bool many;
};

static void names_add(struct names *l, const char *name)
{
	if (l->n == GATHER_MOST)
		l->many = true;
	else
		l->at[l->n++] = name;
}

/* The line has many rows for an iPad. */
static int gather_lines(struct mdm_sift *s, struct names *l)
{
	const char *udid = NULL;
	int err = 0;

	while (!l->many && (err = mdm_queue_next_udid(s->txn, s->a, udid, &udid)) == 0)
		names_add(l, udid);
	return err == ERR_NOTFOUND ? 0 : err;
}

static bool is_past(const struct mdm_sift *s, const struct source *from, struct bytes key)
{
	int64_t at;
	int order;
	struct bytes rest;

	return from->skip && (store_key_parse(key, "ctb", &order, &at, &rest) != 0 ||
				     at > s->ask->silent_before);
}

static int gather(struct mdm_sift *s, const struct source *from, struct names *l)
{
	AUTO(store_iter) struct store_iter it = {0};
	size_t cut = from->prefix.n + from->skip;
	struct bytes k, v;
	int err;

	*l = (struct names){.at = ARENA_ARRAY(s->a, const char *, GATHER_MOST)};
	if (from->t == MDM_QUEUE)
		return gather_lines(s, l);
	err = store_iter_init(&it, s->txn, from->t, from->prefix.n ? &from->prefix : NULL);
	while (err == 0 && !l->many && (err = store_iter_next(&it, &k, &v)) == 0) {
		if (is_past(s, from, k))
			return 0;
		if (k.n <= cut + 1)
			return ERR_CORRUPT;
		names_add(l, arena_strndup(s->a, (const char *)k.p + cut, k.n - cut - 1));
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int met_of(struct mdm_sift *s, const struct source *from, const char *name, struct mdm_met *ret)
{
	struct mdm_counted c;
	int err;

	if (!from->by_udid && from->t != MDM_QUEUE) {
		ret->serial = name;
		return mdm_serial_get(s->txn, s->scratch, name, &ret->udid);
	}
	ret->udid = name;
	err = mdm_counted_get(s->txn, s->scratch, name, &c);
	ret->serial = err == 0 && c.serial ? c.serial : "";
	return err;
}

static int place_of(struct mdm_sift *s, const struct mdm_enrollment *e, struct place *ret)
{
	struct mdm_fleet_place p = {
		.udid = e->udid, .serial = e->serial, .os = e->os_version, .model = e->product};
	struct store_key k;
	int err = mdm_seen_on_disk(s->txn, e->udid, &p.seen);

	if (err)
		return err;
	k = mdm_fleet_key(s->order, &p);
	ret->key = arena_bytes(s->a, bytes_of(k.b, k.n));
	ret->udid = arena_strdup(s->a, e->udid);
	return 0;
}

static int order_up(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	size_t n = a->key.n < b->key.n ? a->key.n : b->key.n;
	int c = memcmp(a->key.p, b->key.p, n);

	return c ? c : (a->key.n > b->key.n) - (a->key.n < b->key.n);
}

static int order_down(const void *x, const void *y)
{
	return order_up(y, x);
}

/* Behind `after`, in the order asked for, one more than the page. */
static int few(struct mdm_sift *s, const struct source *from, const struct names *l,
	const struct place *after, struct places *ret)
{
	int (*order)(const void *, const void *) = s->ask->down ? order_down : order_up;
	struct place *all = ARENA_ARRAY(s->a, struct place, l->n + 1);
	size_t n = 0;
	int err = 0;

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		struct mdm_enrollment e;
		struct mdm_met x;
		bool good = false;

		arena_reset(s->scratch);
		err = met_of(s, from, l->at[i], &x);
		if (err == 0)
			err = mdm_fleet_fit(s, &x, &e, &good);
		if (err == ERR_NOTFOUND)
			err = 0; /* never enrolled */
		if (err == 0 && good)
			err = place_of(s, &e, &all[n++]);
	}
	if (err)
		return err;
	qsort(all, n, sizeof(*all), order);
	for (size_t i = 0; i < n && ret->n < ret->cap; i++) {
		if (!after || order(&all[i], after) > 0)
			ret->at[ret->n++] = all[i];
	}
	return 0;
}

/* --- many: met in the order asked for --- */

static int met_parse(struct mdm_sift *s, struct bytes k, struct bytes v, struct mdm_met *ret)
{
	bool timed = s->order == MDM_FLEET_BY_SEEN;
	const char *value;
	int64_t at;
	int c;

	ret->serial = arena_strndup(s->scratch, v.p, v.n);
	return timed ? store_key_parse(k, "cts", &c, &at, &ret->udid)
		     : store_key_parse(k, "css", &c, &value, &ret->udid);
}

static int look_at(struct mdm_sift *s, struct bytes k, struct bytes v, struct places *ret)
{
	struct mdm_enrollment e;
	struct mdm_met x;
	bool good = false;
	int err = met_parse(s, k, v, &x);

	if (err == 0)
		err = mdm_fleet_fit(s, &x, &e, &good);
	if (err == 0 && good)
		ret->at[ret->n++] = (struct place){
			arena_bytes(s->a, k), arena_strdup(s->a, e.udid)};
	return err;
}

static struct store_key walk_prefix(const struct mdm_sift *s)
{
	if (s->order == MDM_FLEET_BY_OS && s->ask->os)
		return mdm_fleet_prefix(s->order, s->ask->os);
	if (s->order == MDM_FLEET_BY_MODEL && s->ask->model)
		return mdm_fleet_prefix(s->order, s->ask->model);
	return store_key("c", s->order);
}

static void walk_begin(struct store_iter *it, const struct place *after, bool down)
{
	struct store_key from = {0};

	if (!after)
		return;
	memcpy(from.b, after->key.p, after->key.n);
	from.n = (uint16_t)after->key.n;
	if (!down)
		from.b[from.n++] = 0; /* just behind it */
	store_iter_seek(it, &from);
}

/* *ret_stopped: where, when it gave up for now. */
static int many(struct mdm_sift *s, const struct place *after, struct places *ret,
	struct bytes *ret_stopped)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key prefix = walk_prefix(s);
	struct bytes k = {0}, v;
	size_t read = 0;
	int err = store_iter_init(&it, s->txn, MDM_FLEET, &prefix);

	if (err)
		return err;
	walk_begin(&it, after, s->ask->down);
	while (err == 0 && ret->n < ret->cap) {
		err = s->ask->down ? store_iter_prev(&it, &k, &v) : store_iter_next(&it, &k, &v);
		if (err)
			break;
		arena_reset(s->scratch);
		err = look_at(s, k, v, ret);
		if (err == 0 && ++read == READ_PAST && ret->n < ret->cap) {
			*ret_stopped = arena_bytes(s->a, k);
			return 0;
		}
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- a page --- */

static int after_parse(struct mdm_sift *s, struct place *ret)
{
	struct bytes b;

	if (text_parse_hex(s->a, bytes_of_str(s->ask->after), &b) != 0 || b.n < 2 ||
		b.n >= STORE_KEY_MAX || *(const uint8_t *)b.p != (uint8_t)s->order)
		return ERR_BADINPUT;
	ret->key = b;
	return 0;
}

static int places_find(struct mdm_sift *s, const struct place *after, struct places *ret,
	struct bytes *ret_stopped)
{
	struct source sources[4];
	size_t n = sources_of(s->ask, sources);
	struct names names;

	for (size_t i = 0; i < n; i++) {
		int err = gather(s, &sources[i], &names);

		if (err)
			return err;
		if (!names.many)
			return few(s, &sources[i], &names, after, ret);
	}
	return many(s, after, ret, ret_stopped);
}

int mdm_fleet_list(struct mdm *m, struct store_txn *txn, struct arena *a,
	const struct mdm_fleet_ask *ask, struct mdm_fleet_page *ret)
{
	AUTO(arena) struct arena *work = arena_new();
	AUTO(arena) struct arena *scratch = arena_new();
	struct mdm_sift s = {
		m, txn, work, scratch, ask, ask->order ? ask->order : MDM_FLEET_BY_SERIAL};
	struct places p = {
		.at = ARENA_ARRAY(work, struct place, ask->most + 1), .cap = ask->most + 1};
	struct mdm_enrollment *list;
	struct place after;
	struct bytes next = {0};
	int err = ask->after ? after_parse(&s, &after) : 0;

	if (err == 0)
		err = places_find(&s, ask->after ? &after : NULL, &p, &next);
	if (err == 0 && p.n > ask->most) {
		p.n = ask->most;
		next = p.at[p.n - 1].key;
	}
	list = ARENA_ARRAY(a, struct mdm_enrollment, p.n + 1);
	for (size_t i = 0; err == 0 && i < p.n; i++)
		err = mdm_enrollment_get(txn, a, p.at[i].udid, &list[i]);
	if (err)
		return err;
	*ret = (struct mdm_fleet_page){list, p.n, next.n ? text_hex(a, next) : NULL};
	return 0;
}

/* --- what there is to sift by --- */

/* The first row of each value; from there to behind all of its rows. */
int mdm_fleet_values(struct store_txn *txn, enum mdm_fleet_order of, const struct store_piece *first,
	const char ***ret, size_t *ret_n)
{
	struct arena *a = first->a;
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key prefix = store_key("c", of), behind;
	const char **list = ARENA_ARRAY(a, const char *, first->most + 1), *value, *udid;
	struct mdm_counted c;
	struct bytes k, v;
	size_t n = 0;
	int order, err = store_iter_init(&it, txn, MDM_FLEET, &prefix);

	while (err == 0 && n < first->most && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "css", &order, &value, &udid);
		if (err)
			break;
		behind = store_key("cs", of, arena_strdup(a, value));
		behind.b[behind.n - 1] = 1; /* no text of ours has an octet below it */
		err = mdm_counted_get(txn, a, arena_strdup(a, udid), &c);
		if (err)
			break;
		value = of == MDM_FLEET_BY_OS ? c.os_version : c.product;
		if (!text_empty(value))
			list[n++] = value;
		store_iter_seek(&it, &behind);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

int mdm_fleet_count(struct store_txn *txn, enum mdm_fleet_state s, uint64_t *ret)
{
	switch (s) {
	case MDM_FLEET_ANY:
		return store_count(txn, MDM_BY_SERIAL, ret);
	case MDM_FLEET_ENROLLED:
		return mdm_enrolled_count(txn, ret);
	case MDM_FLEET_WAITING:
		return mdm_standing_counter(txn, MDM_GROUP_ALL, MDM_STANDS_WAITING, ret);
	case MDM_FLEET_FAILED:
		return mdm_standing_counter(txn, MDM_GROUP_ALL, MDM_STANDS_FAILED, ret);
	default:
		return ERR_NOTFOUND;
	}
}
