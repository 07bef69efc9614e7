/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Photos, in the store like everything else, so that one backup has all.
 *
 * INV_PHOTO     q id, u piece       -> piece 0: struct inv_photo; 1, 2, …: its bytes
 * INV_PHOTO_OF  s object, q id      -> empty; those removed under "removed" until their day is over
 */
#include "inventory/circulation_int.h"
#include "inventory/inventory_int.h"

#include "base/digest.h"
#include "base/text.h"

#define LOAN "loan:"
#define PIECE (64u << 10)
#define OF_ONE 40 /* photos of one thing */
#define REMOVED_MOST 100 /* read at a time */

static const struct rec_field photo_fields[] = {
	REC_I64(1, struct inv_photo, id),
	REC_STR(2, struct inv_photo, object),
	REC_STR(3, struct inv_photo, type),
	REC_WORDS(4, struct inv_photo, note),
	REC_STR(5, struct inv_photo, made_by),
	REC_U32(6, struct inv_photo, width),
	REC_U32(7, struct inv_photo, height),
	REC_U32(8, struct inv_photo, bytes),
	REC_I64(9, struct inv_photo, made_at),
	REC_FIXED(10, struct inv_photo, sha256),
	REC_I64(11, struct inv_photo, removed_at),
	REC_END,
};
const struct rec_type inv_photo_rec =
	REC_TYPE_WORDS("inv.photo", struct inv_photo, 1, photo_fields);

int inv_photo_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_photo *ret)
{
	struct store_key k = store_key("qu", id, 0u);
	struct inv_photo p;
	int err = inv_rec_get(txn, INV_PHOTO, &k, &inv_photo_rec, a, &p);

	if (err == 0)
		*ret = p;
	return err;
}

int inv_photo_read(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_photo *ret,
	struct bytes *ret_content)
{
	struct inv_photo p;
	uint8_t *all;
	size_t at = 0;
	int err = inv_photo_get(txn, a, id, &p);

	if (err)
		return err;
	if (p.removed_at)
		return ERR_NOTFOUND;
	if (p.bytes > INV_PHOTO_BYTES)
		return ERR_CORRUPT;
	all = arena_alloc_raw(a, p.bytes + 1);
	for (uint32_t piece = 1; err == 0 && at < p.bytes; piece++) {
		struct store_key k = store_key("qu", id, piece);
		struct bytes v;

		err = store_get(txn, INV_PHOTO, &k, &v);
		if (err || v.n > p.bytes - at || v.n == 0)
			return ERR_CORRUPT;
		memcpy(all + at, v.p, v.n);
		at += v.n;
	}
	*ret = p;
	*ret_content = bytes_of(all, p.bytes);
	return err;
}

static int take_photo(const struct store_row *row, void *ret)
{
	uint64_t id;
	int err = inv_key_number(row->key, &id);

	return err ? err : inv_photo_get(row->txn, row->a, id, ret);
}

int inv_photo_list(struct store_txn *txn, const char *object, const struct store_piece *piece,
	struct inv_photo **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = INV_PHOTO_OF,
		.newest_first = true,
		.size = sizeof(struct inv_photo),
		.take = take_photo};
	struct store_key of = store_key("s", object);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &of, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

struct adding {
	struct inv_photo p;
	struct bytes content;
};

/* What a photo may be of, and that it is there; a unit and a product remember their newest. */
static int link_object(
	struct store_txn *txn, struct inv_job *j, struct arena *a, const struct inv_photo *p)
{
	struct inv_product product, product_before;
	const char *of = strchr(p->object, ':');
	struct inv_unit u, before;
	int err;

	if (text_starts(p->object, "unit:")) {
		const struct inv_event e = {.kind = "photo",
			.text = arena_printf(a, "%llu", (unsigned long long)p->id)};

		err = inv_unit_get(txn, a, of + 1, &u);
		if (err == ERR_NOTFOUND)
			return refuse(j->r, &inv_say_no_unit, of + 1, NULL, NULL);
		before = u;
		u.photo = p->id;
		return err ? err : inv_unit_save(txn, j, &before, &u, &e, NULL);
	}
	if (!text_starts(p->object, "product:"))
		return 0;
	err = inv_product_get(txn, a, of + 1, &product);
	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_no_product, of + 1, NULL, NULL);
	product_before = product;
	product.photo = p->id;
	return err ? err : inv_product_write(txn, &product_before, &product);
}

int inv_photo_admit(struct store_txn *txn, unsigned zones, const char *object)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_loan loan;
	uint64_t id;
	int err;

	if (!text_starts(object, LOAN))
		return 0;
	if (inv_loan_number_parse(object + strlen(LOAN), &id) != 0)
		return ERR_NOTFOUND;
	err = inv_loan_get(txn, a, id, &loan);
	return err == 0 && zones && !(loan.zone & zones) ? ERR_NOTFOUND : err;
}

/* Whose picture it is to change: of a thing that another service has lent it is theirs, and so is one
 * of what was wrong with it; of a loan it is the loan's zone alone. */
static int admit(
	struct store_txn *txn, const struct inv_job *j, struct arena *a, const char *object)
{
	const char *of = strchr(object, ':') + 1;
	struct inv_fault f;
	uint64_t id;
	int err;

	if (text_starts(object, "unit:"))
		return inv_zone_admit(txn, j->zones, of, j->r);
	if (!text_starts(object, "fault:"))
		return inv_photo_admit(txn, j->zones, object);
	err = text_parse_u64(of, &id) == 0 ? inv_fault_get(txn, a, id, &f) : ERR_NOTFOUND;
	return err ? err : inv_zone_admit(txn, j->zones, f.serial, j->r);
}

static const struct say say_forgotten = {"photo.forgotten",
	{"Lånet är avslutat och glömt, och dess bilder borttagna. Lägg bilden på saken i stället.",
		"Laina on päättynyt ja unohdettu, ja sen kuvat on poistettu. Lisää kuva esineeseen.",
		"The loan is over and forgotten, and its pictures are gone. Add the picture to the thing "
		"instead."}};

/* What comes to a loan after it was forgotten, nothing would forget. */
static int admit_more(
	struct store_txn *txn, const struct inv_job *j, struct arena *a, const char *object)
{
	struct inv_loan loan;
	uint64_t id;
	int err = admit(txn, j, a, object);

	if (err || !text_starts(object, LOAN))
		return err;
	err = inv_loan_number_parse(object + strlen(LOAN), &id) == 0 ? 0 : ERR_NOTFOUND;
	if (err == 0)
		err = inv_loan_get(txn, a, id, &loan);
	if (err == 0 && loan.forgotten_at)
		return refuse(j->r, &say_forgotten, NULL, NULL, NULL);
	return err;
}

static int add_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	struct adding *ad = j->out;
	struct inv_photo p = ad->p, *there;
	struct store_key k;
	size_t n;
	int err = admit_more(txn, j, a, p.object);

	(void)none;
	if (err == 0)
		err = inv_photo_list(txn, p.object, STORE_PIECE(a, NULL, OF_ONE), &there, &n);
	if (err == 0 && n >= OF_ONE)
		return refuse(j->r, &inv_say_photos_many, NULL, NULL, NULL);
	if (err == 0)
		err = inv_series_next(txn, "photo", &p.id);
	if (err)
		return err;
	k = store_key("qu", p.id, 0u);
	err = inv_rec_put(txn, INV_PHOTO, &k, &inv_photo_rec, &p);
	for (uint32_t piece = 1; err == 0 && (piece - 1) * PIECE < ad->content.n; piece++) {
		size_t at = (size_t)(piece - 1) * PIECE, left = ad->content.n - at;

		k = store_key("qu", p.id, piece);
		err = store_put(txn, INV_PHOTO, &k,
			bytes_of(ad->content.p + at, left < PIECE ? left : PIECE));
	}
	k = store_key("sq", p.object, p.id);
	if (err == 0)
		err = inv_row_put(txn, INV_PHOTO_OF, &k);
	if (err == 0)
		err = link_object(txn, j, a, &p);
	ad->p.id = p.id;
	return err ? err : audit_add(txn, j->who, j->now, "photo.add", p.object, NULL);
}

static bool object_fits(const char *object)
{
	return strlen(object) <= 80 &&
	       (text_starts(object, "unit:") || text_starts(object, "product:") ||
		       text_starts(object, "fault:") || text_starts(object, LOAN));
}

int inv_photo_add(struct inv *inv, const struct inv_act *act, const char *object, const char *note,
	struct bytes content, struct refusal *r, uint64_t *ret_id)
{
	AUTO(arena) struct arena *a = arena_new();
	struct adding ad = {
		.p = {.object = object, .note = note, .made_by = act->who->actor, .made_at = act->now}};
	struct inv_job j = INV_JOB(inv, act, r, add_in, NULL, &ad);
	struct inv_picture picture;
	int err;

	*r = (struct refusal){0};
	if (content.n > INV_PHOTO_BYTES)
		return refuse(r, &inv_say_photo_large, NULL, NULL, NULL);
	if (!object_fits(object) || (note && strlen(note) > 500))
		return refuse(r, &inv_say_text_long, NULL, NULL, NULL);
	if (inv_words_decide(note, act->now, r))
		return ERR_REFUSED;
	err = inv_picture_parse(a, content, &picture);
	if (err)
		return refuse(r, err == ERR_TOOBIG ? &inv_say_photo_large : &inv_say_photo_bad,
			NULL, NULL, NULL);
	ad.content = picture.content;
	ad.p.type = picture.type;
	ad.p.width = picture.width;
	ad.p.height = picture.height;
	ad.p.bytes = (uint32_t)picture.content.n;
	digest_of(picture.content, ad.p.sha256);
	err = inv_job_run(&j);
	if (err == 0)
		*ret_id = ad.p.id;
	return err;
}

/* --- removed, put back, gone --- */

const char *inv_loan_photos(struct arena *a, uint64_t loan)
{
	char number[INV_LOAN_NUMBER];

	return arena_printf(a, LOAN "%s", inv_loan_number(loan, number));
}

#define REMOVED "removed"

/* The first made first. */
static int list_removed(struct store_txn *txn, const struct store_piece *piece,
	struct inv_photo **ret, size_t *ret_n)
{
	static const struct store_list list = {
		.table = INV_PHOTO_OF, .size = sizeof(struct inv_photo), .take = take_photo};
	struct store_key of = store_key("s", REMOVED);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &of, piece, &rows);

	*ret = rows.at;
	*ret_n = err ? 0 : rows.n;
	return err;
}

static int move_row(struct store_txn *txn, uint64_t id, const char *from, const char *to)
{
	struct store_key k = store_key("sq", from, id);
	int err = inv_row_del(txn, INV_PHOTO_OF, &k);

	k = store_key("sq", to, id);
	return err ? err : inv_row_put(txn, INV_PHOTO_OF, &k);
}

static int mark_in(struct store_txn *txn, struct inv_job *j, struct arena *a, bool removed)
{
	uint64_t id = *(const uint64_t *)j->ask;
	struct store_key k = store_key("qu", id, 0u);
	struct inv_photo p;
	int err = inv_photo_get(txn, a, id, &p);

	if (err == 0 && (p.removed_at != 0) == removed)
		return ERR_NOTFOUND;
	if (err == 0)
		err = removed ? admit(txn, j, a, p.object) : admit_more(txn, j, a, p.object);
	if (err == 0)
		err = removed ? move_row(txn, id, p.object, REMOVED)
			      : move_row(txn, id, REMOVED, p.object);
	p.removed_at = removed ? j->now : 0;
	if (err == 0)
		err = inv_rec_put(txn, INV_PHOTO, &k, &inv_photo_rec, &p);
	return err ? err
		   : audit_add(txn, j->who, j->now, removed ? "photo.delete" : "photo.restore",
			     p.object, NULL);
}

static int del_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	(void)none;
	return mark_in(txn, j, a, true);
}

static int restore_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	(void)none;
	return mark_in(txn, j, a, false);
}

int inv_photo_del(struct inv *inv, const struct inv_act *act, uint64_t id, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, del_in, &id, NULL);

	return inv_job_run(&j);
}

int inv_photo_restore(struct inv *inv, const struct inv_act *act, uint64_t id, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, restore_in, &id, NULL);

	return inv_job_run(&j);
}

/* Its pieces and its row; nothing of it is left. */
static int erase(struct store_txn *txn, const char *row, uint64_t id)
{
	struct store_key prefix = store_key("q", id), k = store_key("sq", row, id);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, v;
	int err = inv_row_del(txn, INV_PHOTO_OF, &k);

	if (err == 0)
		err = store_iter_init(&it, txn, INV_PHOTO, &prefix);
	while (err == 0 && (err = store_iter_next(&it, &key, &v)) == 0) {
		uint64_t photo;
		uint32_t piece;

		err = store_key_parse(key, "qu", &photo, &piece);
		k = store_key("qu", id, piece);
		if (err == 0)
			err = store_del(txn, INV_PHOTO, &k);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* All that are removed are gone through, a piece at a time: how many a day has is nobody's promise. */
static int forget_removed(struct store_txn *txn, const char *object)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_photo *x;
	uint64_t after = 0;
	size_t n = REMOVED_MOST;
	int err = 0;

	while (err == 0 && n == REMOVED_MOST) {
		arena_reset(a);
		err = list_removed(txn, STORE_PIECE_N(a, after, REMOVED_MOST), &x, &n);
		for (size_t i = 0; err == 0 && i < n; i++) {
			after = x[i].id;
			if (text_equal(x[i].object, object))
				err = erase(txn, REMOVED, x[i].id);
		}
	}
	return err;
}

int inv_photos_forget(struct store_txn *txn, struct arena *a, const char *object)
{
	struct inv_photo *x;
	size_t n;
	int err = inv_photo_list(txn, object, STORE_PIECE(a, NULL, OF_ONE), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = erase(txn, object, x[i].id);
	return err ? err : forget_removed(txn, object);
}

static int tend_piece(struct store_txn *txn, const struct inv_photo *x, size_t n, int64_t now,
	size_t *ret_n)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (x[i].removed_at + DAY_S > now)
			continue;
		err = erase(txn, REMOVED, x[i].id);
		*ret_n += err == 0;
	}
	return err;
}

/* Those whose day is not over may stand before those whose is: one goes on till some are gone. */
int inv_photos_tend(
	struct store_txn *txn, struct arena *a, int64_t now, size_t most, size_t *ret_n)
{
	const size_t before = *ret_n;
	struct inv_photo *x;
	uint64_t after = 0;
	size_t n = most;
	int err = 0;

	while (err == 0 && n == most && n > 0 && *ret_n == before) {
		err = list_removed(txn, STORE_PIECE_N(a, after, most), &x, &n);
		after = n ? x[n - 1].id : 0;
		if (err == 0)
			err = tend_piece(txn, x, n, now, ret_n);
	}
	return err;
}
