/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_PRODUCT       s id                  -> struct inv_product
 * INV_PRODUCT_NAME  s sort key, s id      -> empty
 * INV_SHOWN         s sort key, s id      -> empty; of those in the open catalogue
 */
#include "inventory/inventory_int.h"

#include "base/fold.h"
#include "base/text.h"
#include "people/people.h"

#include <ctype.h>

static const struct rec_field product_fields[] = {
	REC_STR(1, struct inv_product, id),
	REC_U32(2, struct inv_product, kind),
	REC_STR(3, struct inv_product, name[SAY_SV]),
	REC_STR(4, struct inv_product, name[SAY_FI]),
	REC_STR(5, struct inv_product, name[SAY_EN]),
	REC_STR(6, struct inv_product, about[SAY_SV]),
	REC_STR(7, struct inv_product, about[SAY_FI]),
	REC_STR(8, struct inv_product, about[SAY_EN]),
	REC_STR(9, struct inv_product, help[SAY_SV]),
	REC_STR(10, struct inv_product, help[SAY_FI]),
	REC_STR(11, struct inv_product, help[SAY_EN]),
	REC_STR(12, struct inv_product, category),
	REC_STR(13, struct inv_product, maker),
	REC_STR(14, struct inv_product, model),
	REC_STR(15, struct inv_product, gtin),
	REC_STR(16, struct inv_product, iso9999),
	REC_I64(17, struct inv_product, price_ore),
	REC_U32(18, struct inv_product, loan_days),
	REC_U32(19, struct inv_product, zone),
	REC_U32(20, struct inv_product, privacy),
	REC_U32(21, struct inv_product, life),
	REC_BOOL(22, struct inv_product, lendable),
	REC_BOOL(23, struct inv_product, display_only),
	REC_BOOL(24, struct inv_product, prescribed),
	REC_BOOL(25, struct inv_product, sold),
	REC_I64(26, struct inv_product, sold_ore),
	REC_STR(27, struct inv_product, sold_where),
	REC_STR(28, struct inv_product, prefix),
	REC_I64(29, struct inv_product, photo),
	REC_I64(30, struct inv_product, made_at),
	REC_I64(31, struct inv_product, changed_at),
	REC_U32(32, struct inv_product, rating_sum),
	REC_U32(33, struct inv_product, ratings),
	REC_BOOL(34, struct inv_product, starter),
	REC_U32(35, struct inv_product, version),
	REC_U32(36, struct inv_product, shown_kept),
	REC_END,
};
static const struct rec_type product_rec = REC_TYPE(struct inv_product, 1, product_fields);

/* Small letters, digits and hyphens; what people type comes down to that. */
int inv_product_id_parse(struct arena *a, const char *s, const char **ret)
{
	size_t n = s ? strlen(s) : 0;
	char *out = arena_strdup(a, s ? s : "");

	if (n == 0 || n > INV_CODE_MAX)
		return ERR_BADINPUT;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (!isalnum(c) && c != '-')
			return ERR_BADINPUT;
		out[i] = (char)tolower(c);
	}
	if (out[0] == '-' || out[n - 1] == '-')
		return ERR_BADINPUT;
	*ret = out;
	return 0;
}

bool inv_product_shown_at_first(const struct inv_product *p)
{
	return p->starter && p->zone == PEOPLE_LIBRARY && p->lendable && !p->display_only &&
	       !p->prescribed && p->kind != INV_KIND_IPAD && p->kind != INV_KIND_SIM;
}

int inv_product_get(struct store_txn *txn, struct arena *a, const char *id, struct inv_product *ret)
{
	struct store_key k = store_key("s", id);
	struct inv_product p;
	int err = inv_rec_get(txn, INV_PRODUCT, &k, &product_rec, a, &p);

	/* one from before there were any */
	if (err == 0 && p.version == 0)
		p.version = 1;
	if (err)
		return err;
	p.shown = p.shown_kept ? p.shown_kept == INV_SHOWN_YES : inv_product_shown_at_first(&p);
	*ret = p;
	return 0;
}

bool inv_product_is_shown(const struct inv_product *p)
{
	return p->shown && p->life != INV_LIFE_END;
}

static struct store_key name_key(struct arena *a, const struct inv_product *p)
{
	return store_key("ss", fold_sort_key(a, inv_product_name(p, SAY_SV)), p->id);
}

int inv_product_listed(struct store_txn *txn, const struct inv_product *p, bool *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key k = name_key(a, p);
	struct bytes v;
	int err = store_get(txn, INV_SHOWN, &k, &v);

	if (err == 0 || err == ERR_NOTFOUND)
		*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_product_index_shown(
	struct store_txn *txn, const struct inv_product *before, const struct inv_product *p)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key k;
	int err = 0;

	if (store_txn_is_before(txn, 3)) /* whose server would not keep them: step 11 of layout.c */
		return 0;
	if (before && inv_product_is_shown(before)) {
		k = name_key(a, before);
		err = inv_row_del(txn, INV_SHOWN, &k);
	}
	if (err || !p || !inv_product_is_shown(p))
		return err;
	k = name_key(a, p);
	return inv_row_put(txn, INV_SHOWN, &k);
}

static void words_of(struct arena *a, const struct inv_product *p, struct inv_words *w)
{
	const struct say *category = inv_category_say(p->category);

	for (unsigned l = 0; l < SAY_LANGS; l++)
		inv_words_add(a, w, p->name[l]);
	inv_words_add(a, w, p->maker);
	inv_words_add(a, w, p->model);
	for (unsigned l = 0; category && l < SAY_LANGS; l++)
		inv_words_add(a, w, category->text[l]);
	for (unsigned l = 0; l < SAY_LANGS; l++)
		inv_words_add(a, w, p->about[l]);
}

static int index_words(struct store_txn *txn, struct arena *a, const struct inv_product *before,
	const struct inv_product *p)
{
	struct inv_words was = {0}, now = {0};

	if (before)
		words_of(a, before, &was);
	if (p)
		words_of(a, p, &now);
	return inv_words_index(txn, INV_WORD_PRODUCT, p ? p->id : before->id, &was, &now);
}

/* `p` NULL: it goes. */
static int index_all(
	struct store_txn *txn, const struct inv_product *before, const struct inv_product *p)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key k;
	int err = 0;

	if (before) {
		k = name_key(a, before);
		err = inv_row_del(txn, INV_PRODUCT_NAME, &k);
	}
	if (err == 0 && p) {
		k = name_key(a, p);
		err = inv_row_put(txn, INV_PRODUCT_NAME, &k);
	}
	if (err == 0)
		err = inv_product_index_shown(txn, before, p);
	if (err == 0)
		err = inv_product_codes_index(txn, before, p);
	return err ? err : index_words(txn, a, before, p);
}

int inv_product_write(
	struct store_txn *txn, const struct inv_product *before, const struct inv_product *p)
{
	struct store_key k = store_key("s", p->id);
	struct inv_product kept = *p;
	int err = index_all(txn, before, p);

	kept.shown_kept = p->shown ? INV_SHOWN_YES : INV_SHOWN_NO;
	return err ? err : inv_rec_put(txn, INV_PRODUCT, &k, &product_rec, &kept);
}

int inv_product_drop(struct store_txn *txn, const struct inv_product *p)
{
	struct store_key k = store_key("s", p->id);
	int err = index_all(txn, p, NULL);

	return err ? err : store_del(txn, INV_PRODUCT, &k);
}

int inv_product_rate(struct store_txn *txn, const char *id, unsigned stars)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key k = store_key("s", id);
	struct inv_product p;
	int err = inv_product_get(txn, a, id, &p);

	if (err)
		return err;
	if (stars < 1 || stars > 5)
		return ERR_BADINPUT;
	p.rating_sum += stars;
	p.ratings++;
	return inv_rec_put(txn, INV_PRODUCT, &k, &product_rec, &p);
}

int inv_product_price(struct store_txn *txn, const char *id, int64_t ore)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key k = store_key("s", id);
	struct inv_product p;
	int err = inv_product_get(txn, a, id, &p);

	if (err)
		return err;
	p.price_ore = ore;
	return inv_rec_put(txn, INV_PRODUCT, &k, &product_rec, &p);
}

const char *inv_product_name(const struct inv_product *p, enum say_lang lang)
{
	if (!text_empty(p->name[lang]))
		return p->name[lang];
	return text_empty(p->name[SAY_SV]) ? p->id : p->name[SAY_SV];
}

int inv_unit_product(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u, struct inv_product *ret)
{
	struct inv_product p = {
		.kind = u->kind ? u->kind : INV_KIND_IPAD,
		.name[SAY_SV] = u->product,
		.model = u->product,
		.lendable = true,
	};

	if (!text_empty(u->product_id))
		return inv_product_get(txn, a, u->product_id, ret);
	*ret = p;
	return 0;
}

static bool fits(const struct inv_product_ask *ask, const struct inv_product *p)
{
	return (!ask->category || text_equal(ask->category, p->category)) &&
	       (!ask->kind || ask->kind == p->kind) && (!ask->life || ask->life == p->life) &&
	       (!ask->shown_only || inv_product_is_shown(p)) &&
	       (!ask->lendable_only || (p->lendable && p->life != INV_LIFE_END));
}

/* A cursor is the product id: the name's row is found by its record. One that is not shown is, to those who see
 * what is shown, as none. */
static int seek_behind(struct store_txn *txn, struct arena *a, const struct inv_product_ask *ask,
	struct store_iter *it)
{
	struct inv_product p;
	struct store_key k;
	int err = inv_product_get(txn, a, ask->after, &p);

	if (err == ERR_NOTFOUND || (err == 0 && ask->shown_only && !inv_product_is_shown(&p)))
		return ERR_BADINPUT;
	if (err)
		return err;
	k = name_key(a, &p);
	inv_key_behind(&k);
	store_iter_seek(it, &k);
	return 0;
}

int inv_product_list(struct store_txn *txn, struct arena *a, const struct inv_product_ask *ask,
	struct inv_product **ret, size_t *ret_n, const char **ret_next)
{
	struct inv_product *list = ARENA_ARRAY(a, struct inv_product, ask->most + 1);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	const char *name, *id;
	size_t n = 0;
	bool listed = ask->shown_only && !store_txn_is_before(txn, 3);
	int err = store_iter_init(&it, txn, listed ? INV_SHOWN : INV_PRODUCT_NAME, NULL);

	if (err == 0 && ask->after)
		err = seek_behind(txn, a, ask, &it);
	while (err == 0 && n < ask->most && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "ss", &name, &id);
		if (err == 0)
			err = inv_product_get(txn, a, id, &list[n]);
		if (err == 0 && fits(ask, &list[n]))
			n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	*ret_next = err == 0 && n ? list[n - 1].id : NULL;
	return 0;
}
