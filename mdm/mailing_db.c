/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_MAILING, id -> mailing; ids begin with the time, so that they sort by it. MDM_MAILING_DUE,
 * (time, id) -> nothing: those that have not begun. MDM_RECIPIENT, (mailing, serial) -> how it
 * stands; MDM_MAILING_OF, (serial, mailing) -> nothing. MDM_LINK, SHA-256 of a word -> its mailing
 * and whether it was used; no time and no iPad.
 */
#include "mdm/media_int.h"

#include "base/rec.h"
#include "base/text.h"

static const struct rec_field mailing_fields[] = {REC_U32(1, struct mdm_mailing, kind),
	REC_U32(2, struct mdm_mailing, state), REC_STR(3, struct mdm_mailing, title),
	REC_STR(4, struct mdm_mailing, group), REC_STR(5, struct mdm_mailing, serial),
	REC_STR(6, struct mdm_mailing, url), REC_STR(7, struct mdm_mailing, media),
	REC_I64(8, struct mdm_mailing, remove_after_s), REC_I64(9, struct mdm_mailing, starts_at),
	REC_I64(10, struct mdm_mailing, made_at), REC_I64(11, struct mdm_mailing, ended_at),
	REC_STR(12, struct mdm_mailing, made_by), REC_I64(13, struct mdm_mailing, total),
	REC_I64(14, struct mdm_mailing, delivered), REC_I64(15, struct mdm_mailing, failed),
	REC_I64(16, struct mdm_mailing, opened), REC_STR(17, struct mdm_mailing, media_before),
	REC_U32(18, struct mdm_mailing, version), REC_FIXED(19, struct mdm_mailing, item_hash),
	REC_I64(20, struct mdm_mailing, changed_at), REC_STR(21, struct mdm_mailing, changed_by),
	REC_I64(22, struct mdm_mailing, older),
	REC_BOOL(23, struct mdm_mailing, returned), REC_END};
static const struct rec_type mailing_rec = REC_TYPE(struct mdm_mailing, 1, mailing_fields);

static const struct rec_field recipient_fields[] = {
	REC_U32(1, struct mdm_recipient, state), REC_I64(2, struct mdm_recipient, at),
	REC_U32(3, struct mdm_recipient, version), REC_BOOL(4, struct mdm_recipient, older), REC_END};
static const struct rec_type recipient_rec = REC_TYPE(struct mdm_recipient, 1, recipient_fields);

struct link {
	const char *mailing;
	bool used;
	struct bytes unknown;
};
static const struct rec_field link_fields[] = {
	REC_STR(1, struct link, mailing), REC_BOOL(2, struct link, used), REC_END};
static const struct rec_type link_rec = REC_TYPE(struct link, 1, link_fields);

static int row_put(struct store_txn *txn, enum store_table t, const struct store_key *k,
	const struct rec_type *type, const void *x)
{
	AUTO(buf) struct buf b = BUF_INIT(16384);

	rec_encode(type, x, &b);
	return buf_ok(&b) ? store_put(txn, t, k, buf_bytes(&b)) : ERR_TOOBIG;
}

/* --- mailings --- */

int mdm_mailing_put(struct store_txn *txn, const struct mdm_mailing *x)
{
	struct store_key k = store_key("s", x->id);

	return row_put(txn, MDM_MAILING, &k, &mailing_rec, x);
}

static int mailing_decode(struct bytes v, const char *id, struct arena *a, struct mdm_mailing *ret)
{
	struct mdm_mailing x = {0};
	int err = rec_decode(&mailing_rec, v, a, &x);

	x.id = arena_strdup(a, id);
	if (err == 0)
		*ret = x;
	return err;
}

int mdm_mailing_get(struct store_txn *txn, struct arena *a, const char *id, struct mdm_mailing *ret)
{
	struct store_key k = store_key("s", id);
	struct bytes v;
	int err = store_get(txn, MDM_MAILING, &k, &v);

	if (err)
		return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
	return mailing_decode(v, id, a, ret);
}

static int mailing_take(const struct store_row *row, void *ret)
{
	const char *name;
	int err = store_key_parse(row->key, "s", &name);

	return err ? err : mailing_decode(row->value, name, row->a, ret);
}

int mdm_mailing_list(struct store_txn *txn, const struct store_piece *piece,
	struct mdm_mailing **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = MDM_MAILING,
		.newest_first = true,
		.size = sizeof(struct mdm_mailing),
		.take = mailing_take};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

int mdm_mailing_due(struct store_txn *txn, struct arena *a, int64_t now, const char **ret_id)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	const char *id;
	int64_t at;
	int err = store_iter_init(&it, txn, MDM_MAILING_DUE, NULL);

	if (err == 0)
		err = store_iter_next(&it, &key, &value);
	if (err == 0)
		err = store_key_parse(key, "ts", &at, &id);
	if (err == 0 && at > now)
		err = ERR_NOTFOUND;
	if (err == 0)
		*ret_id = arena_strdup(a, id);
	return err;
}

int mdm_mailing_due_put(struct store_txn *txn, int64_t at, const char *id)
{
	struct store_key k = store_key("ts", at, id);

	return store_put(txn, MDM_MAILING_DUE, &k, bytes_of("", 0));
}

int mdm_mailing_due_del(struct store_txn *txn, int64_t at, const char *id)
{
	struct store_key k = store_key("ts", at, id);
	int err = store_del(txn, MDM_MAILING_DUE, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- recipients --- */

int mdm_recipient_get(struct store_txn *txn, struct arena *a, const char *mailing,
	const char *serial, struct mdm_recipient *ret)
{
	struct store_key k = store_key("ss", mailing, serial);
	struct mdm_recipient x = {0};
	struct bytes v;
	int err = store_get(txn, MDM_RECIPIENT, &k, &v);

	if (err == 0)
		err = rec_decode(&recipient_rec, v, a, &x);
	if (err == 0)
		*ret = x;
	return err;
}

int mdm_recipient_put(struct store_txn *txn, const char *mailing, const char *serial,
	const struct mdm_recipient *x)
{
	struct store_key k = store_key("ss", mailing, serial),
			 of = store_key("ss", serial, mailing);
	int err = row_put(txn, MDM_RECIPIENT, &k, &recipient_rec, x);

	return err ? err : store_put(txn, MDM_MAILING_OF, &of, bytes_of("", 0));
}

int mdm_recipients_list(struct store_txn *txn, const char *mailing, const struct store_piece *piece,
	const char ***ret, size_t *ret_n)
{
	static const struct store_list list = {
		.table = MDM_RECIPIENT, .size = sizeof(char *), .take = mdm_second_take};
	struct store_key of = store_key("s", mailing);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &of, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

#define MAILINGS_OF_MOST 1000

int mdm_mailings_of(struct store_txn *txn, struct arena *a, const char *serial, const char ***ret,
	size_t *ret_n)
{
	static const struct store_list list = {
		.table = MDM_MAILING_OF, .size = sizeof(char *), .take = mdm_second_take};
	struct store_key of = store_key("s", serial);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &of, STORE_PIECE(a, NULL, MAILINGS_OF_MOST), &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

/* Those that have not begun have no recipients: found among what is due. */
static int planned_to(struct store_txn *txn, struct arena *a, const char *serial,
	const char **list, size_t *n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	int err = store_iter_init(&it, txn, MDM_MAILING_DUE, NULL);

	while (err == 0 && *n < MAILINGS_OF_MOST &&
		(err = store_iter_next(&it, &key, &value)) == 0) {
		struct mdm_mailing x;
		const char *id;
		int64_t at;

		err = store_key_parse(key, "ts", &at, &id);
		if (err == 0)
			err = mdm_mailing_get(txn, a, id, &x);
		if (err == 0 && text_equal(x.serial, serial))
			list[(*n)++] = x.id;
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_mailings_to(struct store_txn *txn, struct arena *a, const char *serial, const char ***ret,
	size_t *ret_n)
{
	const char **of, **list = ARENA_ARRAY(a, const char *, MAILINGS_OF_MOST);
	size_t all, n = 0;
	int err = mdm_mailings_of(txn, a, serial, &of, &all);

	for (size_t i = 0; err == 0 && i < all; i++) {
		struct mdm_mailing x;

		err = mdm_mailing_get(txn, a, of[i], &x);
		if (err == 0 && x.state == MDM_MAILING_RUNNING && text_equal(x.serial, serial))
			list[n++] = x.id;
	}
	if (err == 0)
		err = planned_to(txn, a, serial, list, &n);
	if (err == 0) {
		*ret = list;
		*ret_n = n;
	}
	return err;
}

/* --- links --- */

static struct store_key link_key(const char *word, uint8_t hash[DIGEST_BYTES])
{
	digest_of(bytes_of_str(word), hash);
	return store_key("b", hash, (size_t)DIGEST_BYTES);
}

int mdm_link_put(struct store_txn *txn, const char *word, const char *mailing)
{
	uint8_t hash[DIGEST_BYTES];
	struct store_key k = link_key(word, hash);
	const struct link x = {.mailing = mailing};

	return row_put(txn, MDM_LINK, &k, &link_rec, &x);
}

int mdm_link_mailing(struct bytes record, struct arena *a, const char **ret)
{
	struct link x = {0};
	int err = rec_decode(&link_rec, record, a, &x);

	if (err == 0 && !x.mailing)
		err = ERR_CORRUPT;
	if (err == 0)
		*ret = x.mailing;
	return err;
}

int mdm_link_again(
	struct store_txn *txn, struct arena *a, const char *word, const char **ret_mailing)
{
	uint8_t hash[DIGEST_BYTES];
	struct store_key k = link_key(word, hash);
	struct bytes v;
	int err = store_get(txn, MDM_LINK, &k, &v);

	return err ? err : mdm_link_mailing(v, a, ret_mailing);
}

int mdm_link_take(
	struct store_txn *txn, struct arena *a, const char *word, const char **ret_mailing)
{
	uint8_t hash[DIGEST_BYTES];
	struct store_key k = link_key(word, hash);
	struct link x = {0};
	struct bytes v;
	int err = store_get(txn, MDM_LINK, &k, &v);

	if (err == 0)
		err = rec_decode(&link_rec, v, a, &x);
	if (err)
		return err;
	if (x.used)
		return ERR_EXPIRED;
	x.used = true;
	err = row_put(txn, MDM_LINK, &k, &link_rec, &x);
	if (err == 0)
		*ret_mailing = x.mailing;
	return err;
}
