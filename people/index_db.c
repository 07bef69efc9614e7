/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PEOPLE_INDEX  u number of the sealing key, c zone, c kind, b hash, s id -> empty
 * PEOPLE_META   s "index" -> struct people_meta
 *
 * The hash is HMAC-SHA-256 with a key derived from the sealing key for the zone and the kind, cut:
 * to 16 octets where it must be one borrower's alone, to 16 and 12 bits for names.
 */
#include "people/people_int.h"

#include "base/digest.h"
#include "base/rec.h"

static const struct rec_field meta_fields[] = {
	REC_U32(1, struct people_meta, now),
	REC_U32(2, struct people_meta, next),
	REC_STR(3, struct people_meta, at),
	REC_END,
};
static const struct rec_type meta_rec = REC_TYPE(struct people_meta, 1, meta_fields);

int people_meta_get(
	struct people *p, struct store_txn *txn, struct arena *a, struct people_meta *ret)
{
	struct store_key k = store_key("s", "index");
	struct people_meta m = {.now = p->mac[p->mac_n - 1].id};
	struct bytes v;
	int err = store_get(txn, PEOPLE_META, &k, &v);

	if (err == 0)
		err = rec_decode(&meta_rec, v, a, &m);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = m;
	return 0;
}

int people_meta_put(struct store_txn *txn, const struct people_meta *m)
{
	struct store_key k = store_key("s", "index");
	AUTO(buf) struct buf v = BUF_INIT(4096);

	rec_encode(&meta_rec, m, &v);
	return store_put(txn, PEOPLE_META, &k, buf_bytes(&v));
}

/* The first row settles which key the index is made with: a newer one that comes to the file later
 * has made none of them. */
int people_meta_keep(struct store_txn *txn, const struct people_meta *m)
{
	struct store_key k = store_key("s", "index");
	struct bytes v;
	int err = store_get(txn, PEOPLE_META, &k, &v);

	return err == ERR_NOTFOUND ? people_meta_put(txn, m) : err;
}

/* How many octets of the hash are kept, and how many of the bits. */
static size_t hash_size(enum people_key kind)
{
	return kind >= PEOPLE_KEY_SOUND ? 2 : PEOPLE_HASH;
}

/* RFC 2104; the key is no longer than a block. */
static void hmac(const uint8_t key[32], struct bytes in, uint8_t out[DIGEST_BYTES])
{
	uint8_t pad[64];
	struct digest d;

	memset(pad, 0x36, sizeof(pad));
	for (size_t i = 0; i < 32; i++)
		pad[i] ^= key[i];
	digest_init(&d);
	digest_add(&d, pad, sizeof(pad));
	digest_add(&d, in.p, in.n);
	digest_finish(&d, out);
	for (size_t i = 0; i < sizeof(pad); i++)
		pad[i] ^= 0x36 ^ 0x5c;
	digest_init(&d);
	digest_add(&d, pad, sizeof(pad));
	digest_add(&d, out, DIGEST_BYTES);
	digest_finish(&d, out);
	mem_wipe(pad, sizeof(pad));
}

/* ERR_CRYPTO: the sealing key of that number is gone. */
static int keyed_hash(struct people *p, uint32_t key, enum people_zone z, enum people_key kind,
	struct bytes in, uint8_t out[PEOPLE_HASH])
{
	uint8_t full[DIGEST_BYTES];

	for (size_t i = 0; i < p->mac_n; i++) {
		if (p->mac[i].id != key)
			continue;
		hmac(p->mac[i].key[z - 1][kind], in, full);
		if (kind == PEOPLE_KEY_BEGIN)
			full[0] &= 0x0f;
		memcpy(out, full, PEOPLE_HASH);
		return 0;
	}
	return ERR_CRYPTO;
}

static void add_u32(struct buf *out, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_add_char(out, (char)(v >> shift));
}

static uint32_t get_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* One row of a borrower's, as it stands in its record. */
struct row {
	uint32_t key;
	int kind;
	const uint8_t *hash;
	size_t hash_n;
};

struct row_walk {
	struct bytes left;
	uint32_t key;
};

static int walk_init(struct row_walk *w, struct bytes rows)
{
	*w = (struct row_walk){.left = rows};
	if (rows.n == 0)
		return 0;
	if (rows.n < 4)
		return ERR_CORRUPT;
	w->key = get_u32(rows.p);
	w->left = bytes_of(rows.p + 4, rows.n - 4);
	return 0;
}

static int walk_next(struct row_walk *w, struct row *ret)
{
	if (w->left.n == 0)
		return ERR_NOTFOUND;
	*ret = (struct row){.key = w->key, .kind = w->left.p[0], .hash = w->left.p + 1};
	if (ret->kind == 0 || ret->kind >= PEOPLE_KEYS)
		return ERR_CORRUPT;
	ret->hash_n = hash_size((enum people_key)ret->kind);
	if (w->left.n < 1 + ret->hash_n)
		return ERR_CORRUPT;
	w->left = bytes_of(ret->hash + ret->hash_n, w->left.n - 1 - ret->hash_n);
	return 0;
}

static bool rows_have(struct bytes rows, int kind, const uint8_t *hash)
{
	struct row_walk w;
	struct row row;
	int err = walk_init(&w, rows);

	while (err == 0 && (err = walk_next(&w, &row)) == 0) {
		if (row.kind == kind && memcmp(row.hash, hash, row.hash_n) == 0)
			return true;
	}
	return false;
}

int people_rows_add(struct people_rows *rows, enum people_key kind, struct bytes value)
{
	uint8_t hash[PEOPLE_HASH];
	int err = keyed_hash(rows->p, rows->key, rows->zone, kind, value, hash);

	if (err || rows_have(buf_bytes(rows->out), kind, hash))
		return err;
	if (rows->out->n == 0)
		add_u32(rows->out, rows->key);
	buf_add_char(rows->out, (char)kind);
	buf_add(rows->out, hash, hash_size(kind));
	return 0;
}

/* Without an id: the prefix of all that have this hash. */
static struct store_key row_key(enum people_zone z, const struct row *row, const char *id)
{
	struct store_key k = store_key("uccb", row->key, (int)z, row->kind, row->hash, row->hash_n);
	size_t n = id ? strlen(id) + 1 : 0;

	if (k.n + n > STORE_KEY_MAX) {
		k.bad = true;
		return k;
	}
	if (n)
		memcpy(k.b + k.n, id, n);
	k.n = (uint16_t)(k.n + n);
	return k;
}

/* Somebody else has it. */
static int row_is_free(struct store_txn *txn, enum people_zone z, const struct row *row)
{
	struct store_key prefix = row_key(z, row, NULL);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err;

	if (row->kind != PEOPLE_KEY_IDENTITY && row->kind != PEOPLE_KEY_CARD)
		return 0;
	err = store_iter_init(&it, txn, PEOPLE_INDEX, &prefix);
	if (err == 0)
		err = store_iter_next(&it, &k, &v);
	return err == ERR_NOTFOUND ? 0 : err ? err : ERR_EXISTS;
}

static int rows_do(
	struct store_txn *txn, enum people_zone z, const char *id, struct bytes rows, bool put)
{
	struct row_walk w;
	struct row row;
	int err = walk_init(&w, rows);

	while (err == 0 && (err = walk_next(&w, &row)) == 0) {
		struct store_key k = row_key(z, &row, id);

		if (put) {
			err = row_is_free(txn, z, &row);
			if (err == 0)
				err = store_put(txn, PEOPLE_INDEX, &k, bytes_of("", 0));
		} else {
			err = store_del(txn, PEOPLE_INDEX, &k);
			err = err == ERR_NOTFOUND ? ERR_CORRUPT : err;
		}
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int people_index_move(struct store_txn *txn, enum people_zone z, const char *id,
	struct bytes before, struct bytes rows)
{
	int err;

	if (bytes_equal(before, rows))
		return 0;
	err = rows_do(txn, z, id, before, false);
	return err ? err : rows_do(txn, z, id, rows, true);
}

int people_index_holds(struct store_txn *txn, enum people_zone z, const char *id, struct bytes rows,
	size_t *ret_n, bool *ret_all)
{
	struct row_walk w;
	struct row row;
	struct bytes v;
	size_t n = 0;
	bool all = true;
	int err = walk_init(&w, rows);

	while (err == 0 && (err = walk_next(&w, &row)) == 0) {
		struct store_key k = row_key(z, &row, id);

		n++;
		err = store_get(txn, PEOPLE_INDEX, &k, &v);
		if (err == ERR_NOTFOUND) {
			all = false;
			err = 0;
		}
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_n = n;
	*ret_all = all;
	return 0;
}

static int list_rows(
	struct store_txn *txn, enum people_zone z, const struct row *row, struct people_ids *ids)
{
	struct store_key prefix = row_key(z, row, NULL);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, PEOPLE_INDEX, &prefix);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		if (ids->n == ids->most) {
			ids->cut = true;
			return 0;
		}
		if (k.n <= prefix.n || k.p[k.n - 1] != 0)
			return ERR_CORRUPT;
		ids->id[ids->n++] = arena_strndup(ids->a, k.p + prefix.n, k.n - prefix.n - 1);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* While the index is moved to another key, half of it is found under each. */
static size_t keys_of(const struct people_meta *m, uint32_t ret[2])
{
	ret[0] = m->now;
	ret[1] = m->next;
	return m->next ? 2 : 1;
}

int people_index_list(struct people *p, struct store_txn *txn, const struct people_meta *m,
	enum people_zone z, enum people_key kind, struct bytes value, struct people_ids *ids)
{
	uint8_t hash[PEOPLE_HASH];
	uint32_t key[2];
	size_t n = keys_of(m, key);
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct row row = {key[i], kind, hash, hash_size(kind)};

		err = keyed_hash(p, key[i], z, kind, value, hash);
		if (err == 0)
			err = list_rows(txn, z, &row, ids);
	}
	return err;
}

int people_index_has(struct people *p, struct store_txn *txn, const struct people_meta *m,
	enum people_zone z, enum people_key kind, struct bytes value, const char *id, bool *ret)
{
	uint8_t hash[PEOPLE_HASH];
	uint32_t key[2];
	size_t n = keys_of(m, key);
	int err = ERR_NOTFOUND;

	for (size_t i = 0; err == ERR_NOTFOUND && i < n; i++) {
		struct row row = {key[i], kind, hash, hash_size(kind)};
		struct store_key k;
		struct bytes v;

		err = keyed_hash(p, key[i], z, kind, value, hash);
		if (err)
			return err;
		k = row_key(z, &row, id);
		err = store_get(txn, PEOPLE_INDEX, &k, &v);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err == 0;
	return 0;
}
