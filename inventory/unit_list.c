/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists of units with filters, from the index that narrows most. The index by product and that by
 * place have the state before the serial number; without a state in the question their stretches,
 * one a state, are read side by side, the smallest serial number first.
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define READ_PAST 4000 /* units that other filters leave out, for one page */

struct stream {
	struct store_iter it;
	const char *serial; /* the next one; NULL: at its end */
	const char *at;     /* its key in hexadecimal, where the serial number alone is no place */
};

struct streams {
	struct store_txn *txn;
	struct arena *a;
	enum store_table t;
	bool down, by_key; /* `after` is a key of the index in hexadecimal */
	struct stream s[INV_STATES];
	unsigned n;
};

static void streams_close(struct streams *ss)
{
	for (unsigned i = 0; i < ss->n; i++)
		store_iter_release(&ss->s[i].it);
}
AUTO_RELEASE(streams, streams_close)

static int serial_of(
	enum store_table t, struct bytes k, struct bytes v, struct arena *a, const char **ret)
{
	const char *x, *serial;
	int state, err = 0;
	int64_t t_end;

	switch (t) {
	case INV_BY_ITEM:
		*ret = arena_strndup(a, v.p, v.n);
		return 0;
	case INV_BY_PRODUCT:
	case INV_BY_PLACE:
		err = store_key_parse(k, "scs", &x, &state, &serial);
		break;
	case INV_BY_STATE:
		err = store_key_parse(k, "cs", &state, &serial);
		break;
	case INV_BY_LEASE:
		err = store_key_parse(k, "ss", &x, &serial);
		break;
	case INV_BY_LEASE_END:
		err = store_key_parse(k, "ts", &t_end, &serial);
		break;
	default:
		err = store_key_parse(k, "s", &serial);
	}
	if (err == 0)
		*ret = arena_strdup(a, serial);
	return err;
}

static int advance(struct streams *ss, struct stream *s)
{
	struct bytes k, v;
	int err = ss->down ? store_iter_prev(&s->it, &k, &v) : store_iter_next(&s->it, &k, &v);

	s->serial = NULL;
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (ss->by_key)
		s->at = text_hex(ss->a, k);
	return serial_of(ss->t, k, v, ss->a, &s->serial);
}

/* One stretch of the table, begun behind `after` (already a whole key). */
static int open_stream(
	struct streams *ss, const struct store_key *prefix, const struct store_key *after)
{
	struct stream *s = &ss->s[ss->n];
	int err = store_iter_init(&s->it, ss->txn, ss->t, prefix);

	if (err)
		return err;
	ss->n++;
	if (after) {
		struct store_key from = *after;

		/* Going down, the one before `after` is next as it is. */
		if (!ss->down)
			inv_key_behind(&from);
		store_iter_seek(&s->it, &from);
	}
	return advance(ss, s);
}

static int open_by_id(struct streams *ss, const char *id, unsigned state, const char *after)
{
	int err = 0;

	for (unsigned s = state ? state : 1; err == 0 && s < (state ? state + 1 : INV_STATES);
		s++) {
		struct store_key prefix = store_key("sc", id, (int)s);
		struct store_key from = store_key("scs", id, (int)s, after ? after : "");

		err = open_stream(ss, &prefix, after ? &from : NULL);
	}
	return err;
}

/* The whole of an index whose order was asked for, or one stretch of it. */
static int open_by_key(struct streams *ss, enum store_table t, const struct store_key *prefix,
	const char *after)
{
	struct store_key from = {0};
	struct bytes b;

	ss->t = t;
	ss->by_key = true;
	if (!after)
		return open_stream(ss, prefix, NULL);
	if (text_parse_hex(ss->a, bytes_of_str(after), &b) != 0 || b.n == 0 || b.n >= STORE_KEY_MAX)
		return ERR_BADINPUT;
	memcpy(from.b, b.p, b.n);
	from.n = (uint16_t)b.n;
	return open_stream(ss, prefix, &from);
}

static int streams_open(
	struct streams *ss, const struct inv_filter *f, const char *product, const char *after)
{
	struct store_key prefix, from;

	ss->down = f->down;
	prefix = store_key("c", (int)f->state);
	if (f->order == INV_BY_LIFE)
		return open_by_key(ss, INV_BY_STATE, f->state ? &prefix : NULL, after);
	if (f->order == INV_BY_END)
		return open_by_key(ss, INV_BY_LEASE_END, NULL, after);
	from = store_key("s", after ? after : "");
	if (f->order == INV_BY_NUMBER) {
		ss->t = INV_BY_ITEM;
		return open_stream(ss, NULL, after ? &from : NULL);
	}
	if (product || f->place) {
		ss->t = product ? INV_BY_PRODUCT : INV_BY_PLACE;
		return open_by_id(ss, product ? product : f->place, f->state, after);
	}
	if (f->lease) {
		ss->t = INV_BY_LEASE;
		prefix = store_key("s", f->lease);
		from = store_key("ss", f->lease, after ? after : "");
		return open_stream(ss, &prefix, after ? &from : NULL);
	}
	if (!f->state) {
		ss->t = INV_UNIT;
		return open_stream(ss, NULL, after ? &from : NULL);
	}
	ss->t = INV_BY_STATE;
	prefix = store_key("c", (int)f->state);
	from = store_key("cs", (int)f->state, after ? after : "");
	return open_stream(ss, &prefix, after ? &from : NULL);
}

static bool comes_first(const struct streams *ss, const struct stream *x, const struct stream *y)
{
	int order = strcmp(x->serial, y->serial);

	return ss->down ? order > 0 : order < 0;
}

/* The place to go on behind it in *ret_at; NULL: the serial number is it. */
static int streams_next(struct streams *ss, const char **ret, const char **ret_at)
{
	struct stream *least = NULL;

	for (unsigned i = 0; i < ss->n; i++) {
		struct stream *s = &ss->s[i];

		/* One stretch has its own order; several are by serial number. */
		if (s->serial && (!least || comes_first(ss, s, least)))
			least = s;
	}
	if (!least)
		return ERR_NOTFOUND;
	*ret = least->serial;
	*ret_at = least->at;
	return advance(ss, least);
}

static int fits(struct store_txn *txn, struct arena *a, const struct inv_filter *f,
	const struct inv_unit *u, bool *ret)
{
	uint32_t kind = u->kind ? u->kind : INV_KIND_IPAD, zone = u->zone;
	struct inv_product p;
	int err = 0;

	*ret = (!f->state || u->state == (uint32_t)f->state) &&
	       (!f->product || text_equal(f->product, u->product_id)) &&
	       (!f->place || text_equal(f->place, u->place)) &&
	       (!f->lease || text_equal(f->lease, u->lease)) && (!f->kind || f->kind == kind);
	if (!*ret || !f->zone || zone == f->zone)
		return 0;
	if (zone == 0) {
		err = inv_unit_product(txn, a, u, &p);
		zone = err ? 0 : p.zone;
	}
	*ret = zone == f->zone || (zone == 0 && kind == INV_KIND_IPAD && f->zone == 1);
	return err;
}

struct page {
	struct inv_unit *units;
	size_t n, most, read;
	const char *last; /* where to go on */
	bool more;
};

/* Fills the page from one question without a category. */
static int fill(struct store_txn *txn, struct arena *a, const struct inv_filter *f,
	const char *product, const char *after, struct page *p)
{
	AUTO(streams) struct streams ss = {.txn = txn, .a = a};
	int err = streams_open(&ss, f, product, after);

	while (err == 0) {
		const char *serial, *at;
		bool good;

		if (p->n == p->most || p->read >= READ_PAST) {
			p->more = true;
			return 0;
		}
		err = streams_next(&ss, &serial, &at);
		if (err)
			break;
		err = inv_unit_get(txn, a, serial, &p->units[p->n]);
		if (err == 0)
			err = fits(txn, a, f, &p->units[p->n], &good);
		if (err)
			break;
		p->read++;
		p->last = at ? at : ss.t == INV_BY_ITEM ? p->units[p->n].item_number : serial;
		p->n += good;
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The products of a category one after the other; a place to go on names both. */
static int fill_category(
	struct store_txn *txn, struct arena *a, const struct inv_filter *f, struct page *p)
{
	const char *slash = f->after ? strchr(f->after, '/') : NULL;
	const char *after = slash ? slash + 1 : NULL;
	struct inv_product_ask ask = {.category = f->category, .most = 1};
	struct inv_product *products;
	const char *next, *product;
	size_t n;
	int err = 0;

	if (f->after && !slash)
		return ERR_BADINPUT;
	product = slash ? arena_strndup(a, f->after, (size_t)(slash - f->after)) : NULL;
	while (err == 0) {
		if (product) {
			err = fill(txn, a, f, product, after, p);
			if (err == 0 && p->more) {
				p->last = arena_printf(a, "%s/%s", product, p->last ? p->last : "");
				return 0;
			}
			ask.after = product;
			p->last = NULL;
			after = NULL;
		}
		if (err == 0)
			err = inv_product_list(txn, a, &ask, &products, &n, &next);
		if (err || n == 0)
			break;
		product = products[0].id;
	}
	return err;
}

int inv_unit_filter(struct store_txn *txn, struct arena *a, const struct inv_filter *f,
	struct inv_unit **ret, size_t *ret_n, const char **ret_next)
{
	struct page p = {.units = ARENA_ARRAY(a, struct inv_unit, f->most + 1), .most = f->most};
	bool by_name = f->order == INV_BY_PRODUCT_NAME;
	int err;

	if (by_name && f->down)
		return ERR_BADINPUT;
	err = (f->category || by_name) && !f->product
		      ? fill_category(txn, a, f, &p)
		      : fill(txn, a, f, f->product, f->after, &p);
	if (err)
		return err;
	*ret = p.units;
	*ret_n = p.n;
	*ret_next = p.more ? (p.last ? p.last : f->after) : NULL;
	return 0;
}
