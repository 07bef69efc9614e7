/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists of units with filters, from the index that narrows most. The indexes by product and by
 * place say the state beside the serial number: what is in another one is passed over there.
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define READ_PAST 4000 /* units that other filters leave out, for one page */

struct walk {
	struct store_txn *txn;
	struct arena *a;
	enum store_table t;
	bool down, by_key; /* `after` is a key of the index in hexadecimal */
	unsigned state;    /* that its rows must say; 0: any. With or without a mark */
	struct store_iter it;
	const char *serial; /* the next one; NULL: at its end */
	const char *at;     /* its key in hexadecimal, where the serial number alone is no place */
};

static void walk_close(struct walk *w)
{
	store_iter_release(&w->it);
}
AUTO_RELEASE(walk, walk_close)

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
	case INV_BY_LEASE:
		err = store_key_parse(k, "ss", &x, &serial);
		break;
	case INV_BY_STATE:
		err = store_key_parse(k, "cs", &state, &serial);
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

static int advance(struct walk *w)
{
	struct bytes k, v;
	int err;

	w->serial = NULL;
	do {
		err = w->down ? store_iter_prev(&w->it, &k, &v) : store_iter_next(&w->it, &k, &v);
	} while (err == 0 && w->state && (v.n != 1 || inv_counted_state(v.p[0]) != w->state));
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (w->by_key)
		w->at = text_hex(w->a, k);
	return serial_of(w->t, k, v, w->a, &w->serial);
}

/* One stretch of the table, begun behind `after` (already a whole key). */
static int open_stretch(
	struct walk *w, const struct store_key *prefix, const struct store_key *after)
{
	int err = store_iter_init(&w->it, w->txn, w->t, prefix);

	if (err)
		return err;
	if (after) {
		struct store_key from = *after;

		/* Going down, the one before `after` is next as it is. */
		if (!w->down)
			inv_key_behind(&from);
		store_iter_seek(&w->it, &from);
	}
	return advance(w);
}

static int open_by_id(struct walk *w, enum store_table t, const char *id, const char *after)
{
	struct store_key prefix = store_key("s", id), from;

	w->t = t;
	from = store_key("ss", id, after ? after : "");
	return open_stretch(w, &prefix, after ? &from : NULL);
}

/* The whole of an index whose order was asked for, or one stretch of it. */
static int open_by_key(
	struct walk *w, enum store_table t, const struct store_key *prefix, const char *after)
{
	struct store_key from = {0};
	struct bytes b;

	w->t = t;
	w->by_key = true;
	if (!after)
		return open_stretch(w, prefix, NULL);
	if (text_parse_hex(w->a, bytes_of_str(after), &b) != 0 || b.n == 0 || b.n >= STORE_KEY_MAX)
		return ERR_BADINPUT;
	memcpy(from.b, b.p, b.n);
	from.n = (uint16_t)b.n;
	return open_stretch(w, prefix, &from);
}

static int walk_open(
	struct walk *w, const struct inv_filter *f, const char *product, const char *after)
{
	struct store_key prefix, from;

	w->down = f->down;
	prefix = store_key("c", (int)f->state);
	if (f->order == INV_BY_LIFE)
		return open_by_key(w, INV_BY_STATE, f->state ? &prefix : NULL, after);
	if (f->order == INV_BY_END)
		return open_by_key(w, INV_BY_LEASE_END, NULL, after);
	from = store_key("s", after ? after : "");
	if (f->order == INV_BY_NUMBER) {
		w->t = INV_BY_ITEM;
		return open_stretch(w, NULL, after ? &from : NULL);
	}
	if (product || f->place) {
		w->state = (unsigned)f->state;
		return open_by_id(w, product ? INV_BY_PRODUCT : INV_BY_PLACE,
			product ? product : f->place, after);
	}
	if (f->lease)
		return open_by_id(w, INV_BY_LEASE, f->lease, after);
	if (!f->state) {
		w->t = INV_UNIT;
		return open_stretch(w, NULL, after ? &from : NULL);
	}
	w->t = INV_BY_STATE;
	prefix = store_key("c", (int)f->state);
	from = store_key("cs", (int)f->state, after ? after : "");
	return open_stretch(w, &prefix, after ? &from : NULL);
}

/* The place to go on behind it in *ret_at; NULL: the serial number is it. */
static int walk_next(struct walk *w, const char **ret, const char **ret_at)
{
	if (!w->serial)
		return ERR_NOTFOUND;
	*ret = w->serial;
	*ret_at = w->at;
	return advance(w);
}

/* One of a product that is for display alone is so too. */
static int fits_display(struct store_txn *txn, struct arena *a, const struct inv_filter *f,
	const struct inv_unit *u, bool *ret)
{
	struct inv_product p = {0};
	int err = u->display || text_empty(u->product_id) ? 0 : inv_product_get(txn, a, u->product_id, &p);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = (u->display || (err == 0 && p.display_only)) == (f->display > 0);
	return 0;
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
	if (*ret && f->display)
		err = fits_display(txn, a, f, u, ret);
	if (err || !*ret || !f->zone || zone == f->zone)
		return err;
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
	AUTO(walk) struct walk w = {.txn = txn, .a = a};
	int err = walk_open(&w, f, product, after);

	while (err == 0) {
		const char *serial, *at;
		bool good;

		if (p->n == p->most || p->read >= READ_PAST) {
			p->more = true;
			return 0;
		}
		err = walk_next(&w, &serial, &at);
		if (err)
			break;
		err = inv_unit_get(txn, a, serial, &p->units[p->n]);
		if (err == 0)
			err = fits(txn, a, f, &p->units[p->n], &good);
		if (err)
			break;
		p->read++;
		p->last = at ? at : w.t == INV_BY_ITEM ? p->units[p->n].item_number : serial;
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
	err = (f->category || by_name) && !f->product ? fill_category(txn, a, f, &p)
						      : fill(txn, a, f, f->product, f->after, &p);
	if (err)
		return err;
	*ret = p.units;
	*ret_n = p.n;
	*ret_next = p.more ? (p.last ? p.last : f->after) : NULL;
	return 0;
}

#define PRODUCTS_AT_A_TIME 100

int inv_count_kind(
	struct store_txn *txn, struct arena *a, unsigned kind, uint64_t ret[INV_STATES])
{
	struct inv_product_ask ask = {.kind = kind, .most = PRODUCTS_AT_A_TIME};
	uint64_t all[INV_STATES] = {0}, one[INV_STATES];
	struct inv_product *p;
	size_t n;
	int err;

	do {
		err = inv_product_list(txn, a, &ask, &p, &n, &ask.after);
		for (size_t i = 0; err == 0 && i < n; i++) {
			err = inv_count_product(txn, p[i].id, one);
			for (unsigned s = 1; err == 0 && s < INV_STATES; s++)
				all[s] += one[s];
		}
	} while (err == 0 && ask.after);
	if (err == 0)
		memcpy(ret, all, sizeof(all));
	return err;
}
