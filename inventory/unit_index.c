/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The indexes of units, made of the unit's record alone, so that they can be made anew and checked
 * (how many there are of each: unit_tally.c):
 *
 * INV_BY_PRODUCT  s product id, s serial                  -> inv_unit_counted() (c)
 * INV_BY_PLACE    s place id, s serial                    -> state (c)
 * INV_BY_LEASE    s lease, s serial                       -> state (c)
 * INV_BY_DELIVERY s delivery, s serial                    -> enum inv_stage (c)
 * INV_BY_LEASE_END  t when, s serial                      -> empty
 * INV_ENDING      a table of moments: the same of enrolled iPads, counted
 * INV_IN_KIT      s serial of the kit, s serial           -> empty
 * INV_CODE        s code, c kind, c 'u' or 'p', s id      -> empty
 * INV_CODE_TAIL   s code backwards, s serial              -> empty
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

/* Rows are few (a dozen or two): put together for before and after, and the difference written. */
struct rows {
	struct arena *a;
	struct row {
		enum store_table t;
		struct store_key k;
		uint8_t state; /* or stage: its value; 0: it has none */
		struct row *next;
	} * first;
};

static void add(struct rows *r, enum store_table t, struct store_key k)
{
	struct row *row = ARENA_NEW(r->a, struct row);

	*row = (struct row){.t = t, .k = k, .next = r->first};
	r->first = row;
}

static void add_as(struct rows *r, enum store_table t, const char *id, const struct inv_unit *u,
	uint8_t as)
{
	if (text_empty(id))
		return;
	add(r, t, store_key("ss", id, u->serial));
	r->first->state = as;
}

static void add_state(struct rows *r, enum store_table t, const char *id, const struct inv_unit *u)
{
	add_as(r, t, id, u, (uint8_t)u->state);
}

static struct bytes value_of(const struct row *row)
{
	return bytes_of(&row->state, row->state != 0);
}

const char *inv_code_backwards(struct arena *a, const char *code)
{
	size_t n = strlen(code);
	char *out = arena_alloc(a, n + 1);

	for (size_t i = 0; i < n; i++)
		out[i] = code[n - 1 - i];
	return out;
}

/* One thing may have a code twice: as its IMEI, and as a further code of it. `kind` 0: of any. */
static bool has_code(const struct inv_code *codes, size_t n, const char *code, unsigned kind)
{
	for (size_t i = 0; i < n; i++) {
		if (text_equal(codes[i].code, code) && (kind == 0 || codes[i].kind == kind))
			return true;
	}
	return false;
}

/* Codes that stand in tables of their own are found there whole; here they are found by their end,
 * and the item number and serial number by their beginning in their own tables. */
static int add_codes(struct rows *r, const struct inv_unit *u)
{
	struct inv_code *codes;
	size_t n;
	int err = inv_unit_codes(r->a, u, &codes, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		const struct inv_code *c = &codes[i];

		if (c->kind != INV_CODE_ITEM && c->kind != INV_CODE_SERIAL &&
			!has_code(codes, i, c->code, c->kind))
			add(r, INV_CODE, store_key("sccs", c->code, (int)c->kind, 'u', u->serial));
		if (!has_code(codes, i, c->code, 0))
			add(r, INV_CODE_TAIL,
				store_key("ss", inv_code_backwards(r->a, c->code), u->serial));
	}
	return err;
}

enum inv_stage inv_unit_stage(const struct inv_unit *u)
{
	if (u->received_at)
		return u->announced ? INV_STAGE_RECEIVED : INV_STAGE_UNLISTED;
	if (u->state == INV_ORDERED || (u->state == INV_DELIVERED && u->announced))
		return INV_STAGE_ANNOUNCED;
	return INV_STAGE_RECEIVED; /* in use: so it came */
}

/* What stands on agreements with suppliers. */
static void add_agreements(struct rows *r, const struct inv_unit *u)
{
	add_state(r, INV_BY_LEASE, u->lease, u);
	add_state(r, INV_BY_DELIVERY, u->delivery, u);
	if (!text_empty(u->delivery))
		r->first->state = (uint8_t)inv_unit_stage(u);
}

/* `as`: what its row by product says. */
static void add_places(struct rows *r, const struct inv_unit *u, uint8_t as)
{
	add_as(r, INV_BY_PRODUCT, u->product_id, u, as);
	add_state(r, INV_BY_PLACE, u->place, u);
	add_agreements(r, u);
	if (u->lease_ends_at)
		add(r, INV_BY_LEASE_END, store_key("ts", u->lease_ends_at, u->serial));
	if (!text_empty(u->kit))
		add(r, INV_IN_KIT, store_key("ss", u->kit, u->serial));
}

static bool same_codes(const struct inv_unit *a, const struct inv_unit *b)
{
	return text_equal(a->item_number, b->item_number) && text_equal(a->imei, b->imei) &&
	       text_equal(a->maker_serial, b->maker_serial) && text_equal(a->codes, b->codes) &&
	       text_equal(a->sim, b->sim);
}

static bool same_words(const struct inv_unit *a, const struct inv_unit *b)
{
	return text_equal(a->note, b->note) && text_equal(a->product, b->product) &&
	       text_equal(a->condition_note, b->condition_note) && text_equal(a->lot, b->lot) &&
	       text_equal(a->model, b->model) && text_equal(a->supplier, b->supplier);
}

static void words_of(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u, struct inv_words *w)
{
	w->n = 0;
	inv_words_add(a, w, u->product_id ? NULL : u->product);
	inv_words_add(a, w, u->model);
	inv_words_add(a, w, u->lot);
	inv_words_add(a, w, u->supplier);
	inv_words_add_typed(txn, a, w, u->note);
	inv_words_add_typed(txn, a, w, u->condition_note);
}

/* Step 15 of layout.c: the words of notes were there in clear. */
int inv_unit_index_typed(struct store_txn *txn, struct arena *a, const struct inv_unit *u)
{
	struct inv_words clear = {0}, now = {0};

	words_of(txn, a, u, &now);
	inv_words_add(a, &clear, u->note);
	inv_words_add(a, &clear, u->condition_note);
	return inv_words_index(txn, INV_WORD_UNIT, u->serial, &clear, &now);
}

static const struct row *same_key(const struct rows *r, const struct row *row)
{
	for (const struct row *o = r->first; o; o = o->next) {
		if (o->t == row->t && o->k.n == row->k.n && memcmp(o->k.b, row->k.b, o->k.n) == 0)
			return o;
	}
	return NULL;
}

static int write_difference(
	struct store_txn *txn, const struct rows *before, const struct rows *now)
{
	int err = 0;

	for (const struct row *o = before->first; err == 0 && o; o = o->next) {
		if (!same_key(now, o))
			err = inv_row_del(txn, o->t, &o->k);
	}
	for (const struct row *o = now->first; err == 0 && o; o = o->next) {
		const struct row *was = same_key(before, o);

		if (!was || was->state != o->state)
			err = store_put(txn, o->t, &o->k, value_of(o));
	}
	return err;
}

/* --- when the leases of enrolled iPads end --- */

int64_t inv_unit_ending(const struct inv_unit *u)
{
	return u && u->enrolled ? u->lease_ends_at : 0;
}

static int move_ending(
	struct store_txn *txn, const struct inv_unit *before, const struct inv_unit *u)
{
	int64_t from = inv_unit_ending(before), to = inv_unit_ending(u);
	int err = 0;

	if (from == to)
		return 0;
	if (from)
		err = store_time_del(txn, INV_ENDING, from, before->serial);
	return err || !to ? err : store_time_add(txn, INV_ENDING, to, u->serial, u->serial);
}

int inv_unit_index_ending(struct store_txn *txn, struct arena *a, const struct inv_unit *u)
{
	(void)a;
	return move_ending(txn, NULL, u);
}

int inv_ending_look(struct store_txn *txn, struct arena *a, const struct store_span *span,
	struct store_look *ret)
{
	return store_time_look(txn, INV_ENDING, a, span, ret);
}

int inv_unit_index(struct store_txn *txn, const struct inv_unit *before, const struct inv_unit *u)
{
	AUTO(arena) struct arena *a = arena_new();
	struct rows was = {.a = a}, now = {.a = a};
	struct inv_words words_before = {0}, words = {0};
	uint8_t as = 0;
	int err = before ? inv_unit_counted_kept(txn, before, &as) : 0;

	if (err == 0 && u)
		add_places(&now, u, inv_unit_counted(txn, u));
	if (err == 0 && before)
		add_places(&was, before, as);
	if (err == 0 && (!before || !u || !same_codes(before, u))) {
		err = u ? add_codes(&now, u) : 0;
		if (err == 0 && before)
			err = add_codes(&was, before);
	}
	if (err == 0)
		err = write_difference(txn, &was, &now);
	if (err == 0)
		err = inv_tally_move(txn, before, as, u);
	if (err == 0)
		err = move_ending(txn, before, u);
	if (err || (before && u && same_words(before, u) && text_equal(before->product_id, u->product_id)))
		return err;
	if (u)
		words_of(txn, a, u, &words);
	if (before)
		words_of(txn, a, before, &words_before);
	return inv_words_index(txn, INV_WORD_UNIT, u ? u->serial : before->serial, &words_before,
		&words);
}

int inv_unit_rows(struct store_txn *txn, struct arena *a, const struct inv_unit *u, inv_row_fn *fn,
	void *arg)
{
	struct rows now = {.a = a};
	struct inv_words words = {0};
	int err = add_codes(&now, u);

	add_places(&now, u, inv_unit_counted(txn, u));
	words_of(txn, a, u, &words);
	for (size_t i = 0; i < words.n; i++)
		add(&now, INV_WORD, store_key("scs", words.word[i], INV_WORD_UNIT, u->serial));
	for (const struct row *o = now.first; err == 0 && o; o = o->next)
		err = fn(arg, o->t, &o->k, value_of(o));
	return err;
}

/* One that says nothing yet is made to; *ret_did: it was so. */
static int fill_row(struct store_txn *txn, const struct row *row, bool *ret_did)
{
	struct bytes v = {0};
	int err = store_get(txn, row->t, &row->k, &v);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_did = err == ERR_NOTFOUND || v.n == 0;
	return *ret_did ? store_put(txn, row->t, &row->k, value_of(row)) : 0;
}

int inv_unit_index_states(struct store_txn *txn, struct arena *a, const struct inv_unit *u)
{
	struct rows now = {.a = a};
	bool did;
	int err = 0;

	add_state(&now, INV_BY_PRODUCT, u->product_id, u);
	add_state(&now, INV_BY_PLACE, u->place, u);
	for (const struct row *o = now.first; err == 0 && o; o = o->next)
		err = fill_row(txn, o, &did);
	return err;
}

int inv_unit_index_apart(struct store_txn *txn, struct arena *a, const struct inv_unit *u)
{
	struct rows was = {.a = a}, now = {.a = a};
	uint8_t as;
	int err = inv_unit_counted_kept(txn, u, &as);

	if (err || as == inv_unit_counted(txn, u))
		return err;
	add_as(&was, INV_BY_PRODUCT, u->product_id, u, as);
	add_as(&now, INV_BY_PRODUCT, u->product_id, u, inv_unit_counted(txn, u));
	err = write_difference(txn, &was, &now);
	return err ? err : inv_tally_move(txn, u, as, u);
}

/* A row that says nothing is not counted yet. */
static int count_row(struct store_txn *txn, const struct row *row, int what, const char *id)
{
	bool did;
	int err = fill_row(txn, row, &did);

	return err || !did ? err : inv_tally_add(txn, what, id, row->state, 1);
}

int inv_unit_index_agreements(struct store_txn *txn, struct arena *a, const struct inv_unit *u)
{
	struct rows now = {.a = a};
	int err = 0;

	add_agreements(&now, u);
	for (const struct row *o = now.first; err == 0 && o; o = o->next)
		err = o->t == INV_BY_LEASE ? count_row(txn, o, 'a', u->lease)
					   : count_row(txn, o, 'd', u->delivery);
	return err;
}

int inv_product_codes_index(
	struct store_txn *txn, const struct inv_product *before, const struct inv_product *p)
{
	struct store_key k;
	int err = 0;

	if (before && !text_empty(before->gtin) && (!p || !text_equal(before->gtin, p->gtin))) {
		k = store_key("sccs", before->gtin, INV_CODE_GTIN, 'p', before->id);
		err = inv_row_del(txn, INV_CODE, &k);
	}
	if (err || !p || text_empty(p->gtin))
		return err;
	k = store_key("sccs", p->gtin, INV_CODE_GTIN, 'p', p->id);
	return inv_row_put(txn, INV_CODE, &k);
}
