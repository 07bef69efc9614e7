/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists that were read in, and how to undo one.
 *
 * INV_IMPORT       q id           -> struct inv_imported
 * INV_IMPORT_LINE  q id, s serial -> number of its history then (q), and the record it had before;
 *                                    only the number: the list made it
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

static const struct rec_field fields[] = {
	REC_I64(1, struct inv_imported, id),
	REC_I64(2, struct inv_imported, at),
	REC_STR(3, struct inv_imported, by),
	REC_U32(4, struct inv_imported, made),
	REC_U32(5, struct inv_imported, changed),
	REC_I64(6, struct inv_imported, undone_at),
	REC_STR(7, struct inv_imported, undone_by),
	REC_END,
};
static const struct rec_type rec = REC_TYPE(struct inv_imported, 1, fields);

int inv_imported_line(struct store_txn *txn, uint64_t id, const struct inv_unit *before,
	const struct inv_unit *u)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key seq = store_key("q", u->history_seq), k = store_key("qs", id, u->serial);
	AUTO(buf) struct buf out = BUF_INIT(65536 + sizeof(seq.b));
	struct bytes was = {0};
	int err = before ? inv_unit_encode(txn, a, before, &was) : 0;

	buf_add(&out, seq.b, seq.n);
	buf_add(&out, was.p ? (const void *)was.p : "", was.n);
	return err ? err : store_put(txn, INV_IMPORT_LINE, &k, buf_bytes(&out));
}

static int seal_line(struct store_txn *txn, const struct store_key *k, struct bytes v)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(65536 + 8);
	struct inv_unit u;
	struct bytes was;
	bool clear = false;
	int err = v.n < 8 ? ERR_CORRUPT : 0;

	if (err == 0 && v.n > 8)
		err = rec_words_clear(&inv_unit_rec, bytes_of(v.p + 8, v.n - 8), &clear);
	if (err || !clear)
		return err;
	err = inv_unit_decode(txn, bytes_of(v.p + 8, v.n - 8), a, &u);
	if (err == 0)
		err = inv_unit_encode(txn, a, &u, &was);
	if (err)
		return err;
	buf_add(&out, v.p, 8);
	buf_add_bytes(&out, was);
	return buf_ok(&out) ? store_put(txn, INV_IMPORT_LINE, k, buf_bytes(&out)) : ERR_TOOBIG;
}

int inv_imported_seal(struct store_txn *txn, const struct store_key *after, size_t most,
	struct store_key *ret_last, bool *ret_more)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key from = *after, k = *after;
	struct bytes key, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_IMPORT_LINE, NULL);

	if (err == 0 && from.n) {
		inv_key_behind(&from);
		store_iter_seek(&it, &from);
	}
	while (err == 0 && n < most && (err = store_iter_next(&it, &key, &v)) == 0) {
		n++;
		k.n = (uint16_t)key.n;
		memcpy(k.b, key.p, key.n);
		err = seal_line(txn, &k, v);
	}
	*ret_last = k;
	*ret_more = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int drop_lines(struct store_txn *txn, uint64_t id)
{
	struct store_key prefix = store_key("q", id);

	return inv_rows_drop(txn, INV_IMPORT_LINE, &prefix);
}

/* Those before the last INV_IMPORTS_KEPT; numbers of lists that changed nothing are not there. */
static int drop_old(struct store_txn *txn)
{
	AUTO(store_iter) struct store_iter it = {0};
	uint64_t n, id;
	struct bytes k, v;
	int err = store_count(txn, INV_IMPORT, &n);

	if (err || n <= INV_IMPORTS_KEPT)
		return err;
	err = store_iter_init(&it, txn, INV_IMPORT, NULL);
	for (; err == 0 && n > INV_IMPORTS_KEPT; n--) {
		struct store_key key;

		err = store_iter_next(&it, &k, &v);
		if (err == 0)
			err = store_key_parse(k, "q", &id);
		if (err == 0)
			err = drop_lines(txn, id);
		key = store_key("q", err ? 0 : id);
		if (err == 0)
			err = store_del(txn, INV_IMPORT, &key);
	}
	return err;
}

static int put(struct store_txn *txn, const struct inv_imported *i)
{
	struct store_key k = store_key("q", i->id);

	return inv_rec_put(txn, INV_IMPORT, &k, &rec, i);
}

int inv_imported_add(struct store_txn *txn, const struct inv_imported *i)
{
	int err = put(txn, i);

	return err ? err : drop_old(txn);
}

int inv_imported_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_imported *ret)
{
	struct store_key k = store_key("q", id);

	return inv_rec_get(txn, INV_IMPORT, &k, &rec, a, ret);
}

int inv_imported_list(struct store_txn *txn, const struct store_piece *piece,
	struct inv_imported **ret, size_t *ret_n)
{
	static const struct store_list list = {
		.table = INV_IMPORT, .newest_first = true, .type = &rec};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

/* --- what one did --- */

struct line {
	const char *serial;
	uint64_t seq;      /* of its history when the list had been read in */
	struct bytes was;  /* its record before; empty: it was made */
	struct inv_unit u; /* now; serial NULL: it is gone */
};

static int read_line(
	struct store_txn *txn, struct arena *a, struct store_iter *it, struct line *ret)
{
	struct bytes k, v;
	uint64_t id;
	int err = store_iter_next(it, &k, &v);

	if (err == 0)
		err = store_key_parse(k, "qs", &id, &ret->serial);
	if (err == 0 && v.n < 8)
		err = ERR_CORRUPT;
	if (err)
		return err;
	ret->serial = arena_strdup(a, ret->serial);
	err = store_key_parse(bytes_of(v.p, 8), "q", &ret->seq);
	ret->was = bytes_of(v.p + 8, v.n - 8);
	ret->u = (struct inv_unit){0};
	if (err == 0)
		err = inv_unit_get(txn, a, ret->serial, &ret->u);
	return err == ERR_NOTFOUND ? 0 : err;
}

static bool is_touched(const struct line *l)
{
	return !l->u.serial || l->u.history_seq != l->seq;
}

int inv_imported_things(struct store_txn *txn, struct arena *a, uint64_t id, size_t most,
	struct inv_imported_thing **ret, size_t *ret_n)
{
	struct inv_imported_thing *list = ARENA_ARRAY(a, struct inv_imported_thing, most + 1);
	struct store_key prefix = store_key("q", id);
	AUTO(store_iter) struct store_iter it = {0};
	struct line l;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_IMPORT_LINE, &prefix);

	while (err == 0 && n < most && (err = read_line(txn, a, &it, &l)) == 0)
		list[n++] = (struct inv_imported_thing){l.serial, l.was.n == 0, is_touched(&l)};
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

static int has_pictures(struct store_txn *txn, struct arena *a, const char *serial, bool *ret)
{
	struct inv_photo *p;
	size_t n = 0;
	int err = inv_photo_list(
		txn, arena_printf(a, "unit:%s", serial), STORE_PIECE(a, NULL, 1), &p, &n);

	*ret = n > 0;
	return err;
}

/* As it was, with a line in its history that says so. */
static int put_back(struct store_txn *txn, struct inv_job *j, struct arena *a, const struct line *l)
{
	const struct inv_event e = {.kind = "import-undone"};
	struct inv_unit u;
	int err = inv_unit_decode(txn, l->was, a, &u);

	if (err)
		return err;
	u.history_seq = l->u.history_seq;
	if (u.state == INV_QUARANTINED && l->u.state != INV_QUARANTINED && j->inv->mdm) {
		j->woken = true;
		err = mdm_trust_set(j->inv->mdm, txn, u.serial, false, j->now);
	}
	return err ? err : inv_unit_save(txn, j, &l->u, &u, &e, NULL);
}

static int undo_line(
	struct store_txn *txn, struct inv_job *j, struct arena *a, const struct line *l)
{
	bool pictures = false;
	int err = is_touched(l) ? 0 : has_pictures(txn, a, l->serial, &pictures);

	if (err)
		return err;
	if (is_touched(l) || (l->was.n == 0 && (pictures || l->u.enrolled)))
		return refuse(j->r, &inv_say_import_touched, l->serial, NULL, NULL);
	return l->was.n ? put_back(txn, j, a, l) : inv_unit_forget(txn, &l->u);
}

static int undo_lines(struct store_txn *txn, struct inv_job *j, uint64_t id)
{
	AUTO(arena) struct arena *page = arena_new();
	struct store_key prefix = store_key("q", id);
	AUTO(store_iter) struct store_iter it = {0};
	int err = store_iter_init(&it, txn, INV_IMPORT_LINE, &prefix);

	while (err == 0) {
		struct line l;

		err = read_line(txn, page, &it, &l);
		if (err == 0)
			err = refusal_keep(j->r, undo_line(txn, j, page, &l));
		arena_reset(page);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int undo_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	uint64_t id = *(const uint64_t *)j->ask;
	struct inv_imported i;
	int err = inv_imported_get(txn, a, id, &i);

	(void)none;
	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_import_gone, NULL, NULL, NULL);
	if (err == 0 && i.undone_at)
		return refuse(j->r, &inv_say_import_undone, NULL, NULL, NULL);
	if (err == 0)
		err = undo_lines(txn, j, id);
	if (err)
		return err;
	i.undone_at = j->now;
	i.undone_by = j->who->actor;
	err = put(txn, &i);
	return err ? err
		   : audit_add(txn, j->who, j->now, "item.import-undo",
			     arena_printf(a, "%llu", (unsigned long long)id), NULL);
}

int inv_import_undo(struct inv *inv, const struct inv_act *act, uint64_t id, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, undo_in, &id, NULL);

	return inv_job_run(&j);
}

int inv_import_read(struct arena *a, struct bytes file, struct bytes *ret_csv)
{
	AUTO(buf) struct buf out = BUF_INIT(32u << 20);
	int err;

	if (!inv_sheet_is(file)) {
		*ret_csv = file;
		return 0;
	}
	err = inv_sheet_csv(a, file, &out);
	if (err == 0)
		*ret_csv = bytes_of(arena_strndup(a, buf_str(&out), out.n), out.n);
	return err;
}
