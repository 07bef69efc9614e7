/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_DDM, serial -> which manifest is this iPad's, which it was told of, which came before.
 * MDM_MANIFEST, token -> its declarations, and how many iPads lean on it. MDM_DECLARATION, server
 * token -> its JSON, and how many manifests lean on it. MDM_STATUS, serial -> what it reported.
 */
#include "mdm/ddm_int.h"

#include "base/rec.h"
#include "base/text.h"

static const struct rec_field ddm_fields[] = {REC_STR(1, struct mdm_ddm, token),
	REC_STR(2, struct mdm_ddm, given), REC_I64(3, struct mdm_ddm, made_at),
	REC_STR(4, struct mdm_ddm, before), REC_END};
static const struct rec_type ddm_rec = REC_TYPE(struct mdm_ddm, 1, ddm_fields);

/* A manifest or a declaration. */
struct held {
	const char *json;
	int64_t refs;
	struct bytes profile; /* sealed */
	struct bytes unknown;
};
static const struct rec_field held_fields[] = {REC_STR(1, struct held, json),
	REC_I64(2, struct held, refs), REC_BYTES(3, struct held, profile), REC_END};
static const struct rec_type held_rec = REC_TYPE(struct held, 1, held_fields);

static const struct rec_field status_fields[] = {REC_STR(1, struct mdm_report, json),
	REC_I64(2, struct mdm_report, at), REC_I64(3, struct mdm_report, ignored), REC_END};
static const struct rec_type status_rec = REC_TYPE(struct mdm_report, 1, status_fields);

/* --- held --- */

static int held_get(struct store_txn *txn, enum store_table t, struct arena *a, const char *key,
	struct held *ret)
{
	struct store_key k = store_key("s", key);
	struct held h = {0};
	struct bytes v;
	int err = store_get(txn, t, &k, &v);

	if (err == 0)
		err = rec_decode(&held_rec, v, a, &h);
	if (err == 0)
		*ret = h;
	return err;
}

static int held_put(
	struct store_txn *txn, enum store_table t, const char *key, const struct held *h)
{
	struct store_key k = store_key("s", key);
	AUTO(buf) struct buf b = BUF_INIT(MDM_MESSAGE_MAX + MDM_SPEC_MAX + 65536);

	rec_encode(&held_rec, h, &b);
	return buf_ok(&b) ? store_put(txn, t, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

/* One more; *ret_new: it was not there, and was made. */
static int held_hold(struct store_txn *txn, enum store_table t, const char *key,
	const struct held *made, bool *ret_new)
{
	AUTO(arena) struct arena *a = arena_new();
	struct held h;
	int err = held_get(txn, t, a, key, &h);

	*ret_new = err == ERR_NOTFOUND;
	if (*ret_new) {
		h = *made;
		err = 0;
	}
	h.refs++;
	return err ? err : held_put(txn, t, key, &h);
}

/* One less; *ret_gone: that was the last. */
static int held_drop(struct store_txn *txn, enum store_table t, const char *key, bool *ret_gone)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key k = store_key("s", key);
	struct held h;
	int err = held_get(txn, t, a, key, &h);

	*ret_gone = false;
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (--h.refs > 0)
		return held_put(txn, t, key, &h);
	*ret_gone = true;
	return store_del(txn, t, &k);
}

/* --- manifests --- */

static const char *manifest_json(struct arena *a, const struct mdm_declaration *list, size_t n)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	struct doc *d = doc_new(a), *rows = doc_set_list(d, "rows");

	for (size_t i = 0; i < n; i++) {
		struct doc *row = doc_add_object(rows);

		doc_set_int(row, "class", list[i].class);
		doc_set_str(row, "id", list[i].identifier);
		doc_set_str(row, "token", list[i].server_token);
	}
	doc_format(d, &b);
	return arena_strdup(a, buf_str(&b));
}

static int rows_parse(
	struct arena *a, const char *json, struct mdm_manifest_row **ret, size_t *ret_n)
{
	struct mdm_manifest_row *rows;
	const struct doc *list;
	struct doc *d;
	size_t n;

	if (!json || doc_parse(a, bytes_of_str(json), &d) != 0)
		return ERR_CORRUPT;
	list = doc_list(d, "rows");
	n = doc_list_size(list);
	rows = ARENA_ARRAY(a, struct mdm_manifest_row, n ? n : 1);
	for (size_t i = 0; i < n; i++) {
		const struct doc *row = doc_list_object(list, i);
		int64_t class;

		if (!row || doc_int(row, "class", &class) != 0 || class < 0 || class >= MDM_CLASSES)
			return ERR_CORRUPT;
		rows[i] = (struct mdm_manifest_row){.class = (enum mdm_declaration_class) class,
			.identifier = doc_str(row, "id"),
			.server_token = doc_str(row, "token")};
		if (!rows[i].identifier || !rows[i].server_token)
			return ERR_CORRUPT;
	}
	*ret = rows;
	*ret_n = n;
	return 0;
}

int mdm_manifest_get(struct store_txn *txn, struct arena *a, const char *token,
	struct mdm_manifest_row **ret, size_t *ret_n)
{
	struct held h;
	int err = held_get(txn, MDM_MANIFEST, a, token, &h);

	return err ? err : rows_parse(a, h.json, ret, ret_n);
}

int mdm_manifest_hold(
	struct store_txn *txn, const char *token, const struct mdm_declaration *list, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct held there = {0};
	bool made;
	int err = held_get(txn, MDM_MANIFEST, a, token, &there);

	if (err && err != ERR_NOTFOUND)
		return err;
	if (err)
		there.json = manifest_json(a, list, n);
	err = held_hold(txn, MDM_MANIFEST, token, &there, &made);
	for (size_t i = 0; err == 0 && made && i < n; i++) {
		const struct held one = {
			.json = mdm_declaration_json(a, &list[i]), .profile = list[i].profile};
		bool fresh;

		err = held_hold(txn, MDM_DECLARATION, list[i].server_token, &one, &fresh);
	}
	return err;
}

int mdm_manifest_drop(struct store_txn *txn, const char *token)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_manifest_row *rows;
	bool gone;
	size_t n;
	int err = mdm_manifest_get(txn, a, token, &rows, &n);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = held_drop(txn, MDM_MANIFEST, token, &gone);
	for (size_t i = 0; err == 0 && gone && i < n; i++) {
		bool last;

		err = held_drop(txn, MDM_DECLARATION, rows[i].server_token, &last);
	}
	return err;
}

int mdm_declaration_get(
	struct store_txn *txn, struct arena *a, const char *server_token, const char **ret_json)
{
	struct held h;
	int err = held_get(txn, MDM_DECLARATION, a, server_token, &h);

	if (err == 0)
		*ret_json = h.json;
	return err;
}

int mdm_declared_get(
	struct store_txn *txn, struct arena *a, const char *server_token, struct bytes *ret)
{
	struct held h;
	int err = held_get(txn, MDM_DECLARATION, a, server_token, &h);

	if (err == 0)
		*ret = h.profile;
	return err;
}

int mdm_held_refs(struct store_txn *txn, enum store_table t, const char *token, int64_t *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct held h;
	int err = held_get(txn, t, a, token, &h);

	if (err == 0)
		*ret = h.refs;
	return err;
}

/* --- one iPad --- */

int mdm_ddm_get(struct store_txn *txn, struct arena *a, const char *serial, struct mdm_ddm *ret)
{
	struct store_key k = store_key("s", serial);
	struct mdm_ddm x = {0};
	struct bytes v;
	int err = store_get(txn, MDM_DDM, &k, &v);

	if (err == 0)
		err = rec_decode(&ddm_rec, v, a, &x);
	if (err == 0)
		*ret = x;
	return err;
}

int mdm_ddm_put(struct store_txn *txn, const char *serial, const struct mdm_ddm *x)
{
	struct store_key k = store_key("s", serial);
	AUTO(buf) struct buf b = BUF_INIT(8192);

	rec_encode(&ddm_rec, x, &b);
	return buf_ok(&b) ? store_put(txn, MDM_DDM, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

static int before_drop(struct store_txn *txn, struct arena *a, const char *before)
{
	int err = 0;

	while (err == 0 && before && *before) {
		size_t n = strcspn(before, " ");

		err = mdm_manifest_drop(txn, arena_strndup(a, before, n));
		before += n;
		before += strspn(before, " ");
		before += strcspn(before, " "); /* its time */
		before += strspn(before, " ");
	}
	return err;
}

static int ignore_absent(int err)
{
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_ddm_forget(struct store_txn *txn, const char *serial)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key k = store_key("s", serial);
	struct mdm_ddm x;
	int err = ignore_absent(store_del(txn, MDM_STATUS, &k));

	if (err == 0)
		err = mdm_ddm_get(txn, a, serial, &x);
	if (err)
		return ignore_absent(err);
	err = before_drop(txn, a, x.before);
	if (err == 0)
		err = mdm_manifest_drop(txn, x.token);
	return err ? err : ignore_absent(store_del(txn, MDM_DDM, &k));
}

/* --- status --- */

int mdm_report_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_report *ret)
{
	struct store_key k = store_key("s", serial);
	struct mdm_report x = {0};
	struct bytes v;
	int err = store_get(txn, MDM_STATUS, &k, &v);

	if (err == 0)
		err = rec_decode(&status_rec, v, a, &x);
	if (err == 0)
		*ret = x;
	return err;
}

int mdm_report_put(struct store_txn *txn, const char *serial, const struct mdm_report *x)
{
	struct store_key k = store_key("s", serial);
	AUTO(buf) struct buf b = BUF_INIT(MDM_STATUS_KEPT_MOST + 4096);

	rec_encode(&status_rec, x, &b);
	return buf_ok(&b) ? store_put(txn, MDM_STATUS, &k, buf_bytes(&b)) : ERR_TOOBIG;
}
