/* SPDX-License-Identifier: EUPL-1.2 */
/* INV_PART  c 'u' or 'p', s serial or product id, u position -> struct inv_part */
#include "inventory/inventory_int.h"

#include "base/text.h"

static const struct rec_field part_fields[] = {
	REC_STR(1, struct inv_part, kit),
	REC_U32(2, struct inv_part, pos),
	REC_STR(3, struct inv_part, name),
	REC_STR(4, struct inv_part, product),
	REC_STR(5, struct inv_part, unit),
	REC_U32(6, struct inv_part, expected),
	REC_U32(7, struct inv_part, present),
	REC_BOOL(8, struct inv_part, consumable),
	REC_BOOL(9, struct inv_part, optional),
	REC_WORDS(10, struct inv_part, note),
	REC_END,
};
const struct rec_type inv_part_rec =
	REC_TYPE_WORDS("inv.part", struct inv_part, 1, part_fields);

int inv_part_put(struct store_txn *txn, int whose, const struct inv_part *p)
{
	struct store_key k = store_key("csu", whose, p->kit, p->pos);

	return inv_rec_put(txn, INV_PART, &k, &inv_part_rec, p);
}

int inv_part_del(struct store_txn *txn, int whose, const struct inv_part *p)
{
	struct store_key k = store_key("csu", whose, p->kit, p->pos);

	return store_del(txn, INV_PART, &k);
}

static int list(struct store_txn *txn, struct arena *a, int whose, const char *id,
	struct inv_part **ret, size_t *ret_n)
{
	struct store_key prefix = store_key("cs", whose, id);
	struct inv_part *parts = ARENA_ARRAY(a, struct inv_part, INV_PARTS);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_PART, &prefix);

	while (err == 0 && n < INV_PARTS && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_rec_decode(txn, &inv_part_rec, v, a, &parts[n]);
		if (err == 0)
			n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = parts;
	*ret_n = n;
	return 0;
}

int inv_kit_parts(struct store_txn *txn, struct arena *a, const char *serial, struct inv_part **ret,
	size_t *ret_n)
{
	return list(txn, a, 'u', serial, ret, ret_n);
}

int inv_template_parts(struct store_txn *txn, struct arena *a, const char *product_id,
	struct inv_part **ret, size_t *ret_n)
{
	return list(txn, a, 'p', product_id, ret, ret_n);
}

int inv_template_clear(struct store_txn *txn, const char *product_id)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_part *parts;
	size_t n;
	int err = inv_template_parts(txn, a, product_id, &parts, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = inv_part_del(txn, 'p', &parts[i]);
	return err;
}

int inv_kit_units(struct store_txn *txn, struct arena *a, const char *serial, const char ***ret,
	size_t *ret_n)
{
	struct store_key prefix = store_key("s", serial);
	const char **serials = ARENA_ARRAY(a, const char *, INV_PARTS);
	AUTO(store_iter) struct store_iter it = {0};
	const char *kit, *part;
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_IN_KIT, &prefix);

	while (err == 0 && n < INV_PARTS && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "ss", &kit, &part);
		if (err == 0)
			serials[n++] = arena_strdup(a, part);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = serials;
	*ret_n = n;
	return 0;
}
