/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_STANDING, serial -> how that iPad stands against what it should have; those that have
 * everything have none. MDM_STANDING_IN, (group, how, serial) -> nothing, and MDM_STANDING_COUNT,
 * (group, how) -> how many of these: for each group the iPad is in, MDM_GROUP_ALL with them.
 */
#include "mdm/desired_int.h"

#include "base/rec.h"
#include "base/text.h"

static const struct rec_field standing_fields[] = {REC_U32(1, struct mdm_standing, stands),
	REC_BOOL(2, struct mdm_standing, held), REC_BOOL(3, struct mdm_standing, unable), REC_END};
static const struct rec_type standing_rec = REC_TYPE(struct mdm_standing, 1, standing_fields);

const char *mdm_stands_name(enum mdm_stands s)
{
	static const char *const names[MDM_STANDS] = {"done", "waiting", "failed"};

	return s < MDM_STANDS ? names[s] : "unknown";
}

int mdm_standing_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_standing *ret)
{
	struct store_key k = store_key("s", serial);
	struct mdm_standing x = {0};
	struct bytes v;
	int err = store_get(txn, MDM_STANDING, &k, &v);

	if (err == 0)
		err = rec_decode(&standing_rec, v, a, &x);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = x;
	return 0;
}

int mdm_stands_get(
	struct store_txn *txn, struct arena *a, const char *serial, enum mdm_stands *ret)
{
	struct mdm_standing x;
	int err = mdm_standing_get(txn, a, serial, &x);

	if (err == 0)
		*ret = (enum mdm_stands)x.stands;
	return err;
}

static int row_put(struct store_txn *txn, const char *serial, const struct mdm_standing *x)
{
	struct store_key k = store_key("s", serial);
	AUTO(buf) struct buf b = BUF_INIT(4096);
	int err;

	if (x->stands == MDM_STANDS_DONE) {
		err = store_del(txn, MDM_STANDING, &k);
		return err == ERR_NOTFOUND ? 0 : err;
	}
	rec_encode(&standing_rec, x, &b);
	return buf_ok(&b) ? store_put(txn, MDM_STANDING, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

/* --- counters --- */

int mdm_standing_counter(
	struct store_txn *txn, const char *group, uint32_t stands, uint64_t *ret)
{
	struct store_key k = store_key("sc", group, (int)stands);
	struct bytes v;
	int err = store_get(txn, MDM_STANDING_COUNT, &k, &v);

	if (err == ERR_NOTFOUND) {
		*ret = 0;
		return 0;
	}
	return err ? err : store_key_parse(v, "q", ret);
}

static int counter_add(struct store_txn *txn, const char *group, uint32_t stands, bool more)
{
	struct store_key k = store_key("sc", group, (int)stands), v;
	uint64_t n;
	int err = mdm_standing_counter(txn, group, stands, &n);

	if (err == 0 && !more && n == 0)
		err = ERR_CORRUPT;
	if (err)
		return err;
	n = more ? n + 1 : n - 1;
	if (n == 0)
		return store_del(txn, MDM_STANDING_COUNT, &k);
	v = store_key("q", n);
	return store_put(txn, MDM_STANDING_COUNT, &k, bytes_of(v.b, v.n));
}

int mdm_layout_done(struct store_txn *txn, enum mdm_layout step, bool *ret)
{
	uint64_t n;
	int err = mdm_standing_counter(txn, MDM_STANDING_LAYOUT, step, &n);

	if (err == 0)
		*ret = n > 0;
	return err;
}

int mdm_layout_set(struct store_txn *txn, enum mdm_layout step)
{
	return counter_add(txn, MDM_STANDING_LAYOUT, step, true);
}

int mdm_stands_count(struct store_txn *txn, const struct mdm_group *g, uint64_t ret[MDM_STANDS])
{
	uint64_t n[MDM_STANDS] = {g->members};

	for (uint32_t s = MDM_STANDS_WAITING; s < MDM_STANDS; s++) {
		int err = mdm_standing_counter(txn, g->name, s, &n[s]);

		if (err)
			return err;
		n[MDM_STANDS_DONE] -= n[s] < n[MDM_STANDS_DONE] ? n[s] : n[MDM_STANDS_DONE];
	}
	memcpy(ret, n, sizeof(n));
	return 0;
}

/* --- in groups --- */

int mdm_standing_in(
	struct store_txn *txn, const char *group, uint32_t stands, const char *serial)
{
	struct store_key k = store_key("scs", group, (int)stands, serial);
	struct bytes v;

	return store_get(txn, MDM_STANDING_IN, &k, &v);
}

static int in_set(
	struct store_txn *txn, const char *group, uint32_t stands, const char *serial, bool in)
{
	struct store_key k = store_key("scs", group, (int)stands, serial);
	int err;

	if (stands == MDM_STANDS_DONE)
		return 0;
	err = in ? store_add(txn, MDM_STANDING_IN, &k, bytes_of("", 0))
		 : store_del(txn, MDM_STANDING_IN, &k);
	if (err)
		return err == ERR_EXISTS || err == ERR_NOTFOUND ? 0 : err;
	return counter_add(txn, group, stands, in);
}

int mdm_standing_member(struct store_txn *txn, const char *group, const char *serial, bool in)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_standing x;
	int err = mdm_standing_get(txn, a, serial, &x);

	return err ? err : in_set(txn, group, x.stands, serial, in);
}

static int in_move(
	struct store_txn *txn, const char *group, const char *serial, uint32_t from, uint32_t to)
{
	int err = in_set(txn, group, from, serial, false);

	return err ? err : in_set(txn, group, to, serial, true);
}

static int everywhere_move(
	struct store_txn *txn, struct arena *a, const char *serial, uint32_t from, uint32_t to)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key of = store_key("s", serial);
	struct bytes key, value;
	const char *self, *group, *udid;
	int err = mdm_serial_get(txn, a, serial, &udid);

	if (err == 0)
		err = in_move(txn, MDM_GROUP_ALL, serial, from, to);
	if (err == 0 || err == ERR_NOTFOUND)
		err = store_iter_init(&it, txn, MDM_MEMBER_OF, &of);
	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		err = store_key_parse(key, "ss", &self, &group);
		if (err == 0)
			err = in_move(txn, arena_strdup(a, group), serial, from, to);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_standing_put(struct store_txn *txn, const char *serial, const struct mdm_standing *x)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_standing was;
	int err = mdm_standing_get(txn, a, serial, &was);

	if (err || (was.stands == x->stands && was.held == x->held && was.unable == x->unable))
		return err;
	err = row_put(txn, serial, x);
	if (err || was.stands == x->stands)
		return err;
	return everywhere_move(txn, a, serial, was.stands, x->stands);
}

static int third_take(const struct store_row *row, void *ret)
{
	const char *group, *serial;
	int stands;
	int err = store_key_parse(row->key, "scs", &group, &stands, &serial);

	if (err == 0)
		*(const char **)ret = arena_strdup(row->a, serial);
	return err;
}

int mdm_stands_list(struct store_txn *txn, const struct mdm_stands_ask *ask,
	const struct store_piece *piece, const char ***ret, size_t *ret_n)
{
	static const struct store_list list = {
		.table = MDM_STANDING_IN, .size = sizeof(char *), .take = third_take};
	struct store_key of = store_key("sc", ask->group, (int)ask->stands);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &of, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}
