/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_PLACE       s id                -> struct inv_place
 * INV_PLACE_NAME  s sort key, s id    -> empty
 * INV_CLOSED_DAY  s place id, u day   -> why, as text
 */
#include "inventory/inventory_int.h"

#include "base/fold.h"
#include "base/text.h"

static const struct rec_field place_fields[] = {
	REC_STR(1, struct inv_place, id),
	REC_U32(2, struct inv_place, kind),
	REC_STR(3, struct inv_place, name[SAY_SV]),
	REC_STR(4, struct inv_place, name[SAY_FI]),
	REC_STR(5, struct inv_place, name[SAY_EN]),
	REC_STR(6, struct inv_place, parent),
	REC_STR(7, struct inv_place, address),
	REC_STR(8, struct inv_place, phone),
	REC_STR(9, struct inv_place, hours),
	REC_U32(10, struct inv_place, open_days),
	REC_U32(11, struct inv_place, zone),
	REC_BOOL(12, struct inv_place, lends),
	REC_BOOL(13, struct inv_place, offline),
	REC_BOOL(14, struct inv_place, closed),
	REC_BOOL(15, struct inv_place, open_on_holidays),
	REC_I64(16, struct inv_place, made_at),
	REC_I64(17, struct inv_place, changed_at),
	REC_U32(18, struct inv_place, version),
	REC_END,
};
static const struct rec_type place_rec = REC_TYPE(struct inv_place, 1, place_fields);

int inv_place_get(struct store_txn *txn, struct arena *a, const char *id, struct inv_place *ret)
{
	struct store_key k = store_key("s", id);
	struct inv_place p;
	int err = inv_rec_get(txn, INV_PLACE, &k, &place_rec, a, &p);

	/* one from before there were any */
	if (err == 0 && p.version == 0)
		p.version = 1;
	if (err == 0)
		*ret = p;
	return err;
}

const char *inv_place_name(const struct inv_place *p, enum say_lang lang)
{
	if (!text_empty(p->name[lang]))
		return p->name[lang];
	return text_empty(p->name[SAY_SV]) ? p->id : p->name[SAY_SV];
}

static const char *name_key(struct arena *a, const struct inv_place *p)
{
	return fold_sort_key(a, inv_place_name(p, SAY_SV));
}

static void words_of(struct arena *a, const struct inv_place *p, struct inv_words *w)
{
	for (unsigned l = 0; l < SAY_LANGS; l++)
		inv_words_add(a, w, p->name[l]);
	inv_words_add(a, w, p->address);
}

int inv_place_write(
	struct store_txn *txn, const struct inv_place *before, const struct inv_place *p)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_words was = {0}, now = {0};
	struct store_key k;
	int err = 0;

	if (before) {
		k = store_key("ss", name_key(a, before), before->id);
		err = inv_row_del(txn, INV_PLACE_NAME, &k);
		words_of(a, before, &was);
	}
	words_of(a, p, &now);
	k = store_key("ss", name_key(a, p), p->id);
	if (err == 0)
		err = inv_row_put(txn, INV_PLACE_NAME, &k);
	if (err == 0)
		err = inv_words_index(txn, INV_WORD_PLACE, p->id, &was, &now);
	k = store_key("s", p->id);
	return err ? err : inv_rec_put(txn, INV_PLACE, &k, &place_rec, p);
}

static int seek_behind(
	struct store_txn *txn, struct arena *a, const char *after, struct store_iter *it)
{
	struct inv_place p;
	struct store_key k;
	int err = inv_place_get(txn, a, after, &p);

	if (err)
		return err == ERR_NOTFOUND ? ERR_BADINPUT : err;
	k = store_key("ss", name_key(a, &p), p.id);
	inv_key_behind(&k);
	store_iter_seek(it, &k);
	return 0;
}

int inv_place_list(struct store_txn *txn, struct arena *a, const char *after, size_t most,
	struct inv_place **ret, size_t *ret_n, const char **ret_next)
{
	struct inv_place *places = ARENA_ARRAY(a, struct inv_place, most + 1);
	AUTO(store_iter) struct store_iter it = {0};
	const char *name, *id;
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_PLACE_NAME, NULL);

	if (err == 0 && after)
		err = seek_behind(txn, a, after, &it);
	while (err == 0 && n < most && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "ss", &name, &id);
		if (err == 0)
			err = inv_place_get(txn, a, id, &places[n]);
		if (err == 0)
			n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = places;
	*ret_n = n;
	*ret_next = err == 0 && n ? places[n - 1].id : NULL;
	return 0;
}

int inv_closed_day_put(struct store_txn *txn, const char *id, int32_t day, const char *why)
{
	struct store_key k = store_key("su", id, (uint32_t)day);

	return why ? store_put(txn, INV_CLOSED_DAY, &k, bytes_of_str(why))
		   : inv_row_del(txn, INV_CLOSED_DAY, &k);
}

int inv_place_closed_list(struct store_txn *txn, struct arena *a, const char *id, int32_t from,
	int32_t to, struct inv_closed_day **ret, size_t *ret_n)
{
	struct store_key prefix = store_key("s", id);
	struct store_key first = store_key("su", id, (uint32_t)(from > 0 ? from : 0));
	struct inv_closed_day *days = ARENA_ARRAY(a, struct inv_closed_day, INV_CLOSED_DAYS);
	AUTO(store_iter) struct store_iter it = {0};
	const char *place;
	struct bytes k, v;
	uint32_t day;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_CLOSED_DAY, &prefix);

	if (err == 0)
		store_iter_seek(&it, &first);
	while (err == 0 && n < INV_CLOSED_DAYS && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "su", &place, &day);
		if (err || (int32_t)day > to)
			break;
		days[n++] = (struct inv_closed_day){(int32_t)day, arena_strndup(a, v.p, v.n)};
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = days;
	*ret_n = n;
	return 0;
}

/* Its own week, or the nearest one above that has any; Monday to Friday at the top. */
static int is_open_at(
	struct store_txn *txn, const struct inv_place *p, int32_t day, uint32_t *week, bool *ret)
{
	struct store_key k = store_key("su", p->id, (uint32_t)day);
	struct bytes v;
	int err = store_get(txn, INV_CLOSED_DAY, &k, &v);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err == ERR_NOTFOUND && !p->closed;
	if (*week == 0)
		*week = p->open_days;
	return 0;
}

int inv_place_is_open(struct store_txn *txn, const char *id, int32_t day, bool *ret_open)
{
	AUTO(arena) struct arena *a = arena_new();
	bool open = true, holidays = false;
	struct inv_place p;
	uint32_t week = 0;
	int err = 0;

	for (unsigned up = 0; err == 0 && open && !text_empty(id) && up < INV_PLACES_DEEP; up++) {
		err = inv_place_get(txn, a, id, &p);
		if (err == 0)
			err = is_open_at(txn, &p, day, &week, &open);
		if (err == 0) {
			holidays = holidays || p.open_on_holidays;
			id = p.parent;
		}
	}
	if (err)
		return err;
	if (week == 0)
		week = 0x1f;
	open = open && (week & (1u << (day_weekday(day) - 1)));
	*ret_open = open && (holidays || !day_holiday(day));
	return 0;
}
