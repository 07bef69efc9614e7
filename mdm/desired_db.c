/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_ITEM, (owner's kind, owner, kind, id) -> item; passwords may be in it, so that spec and blob
 * of profiles and declarations are sealed. MDM_APPLIED, (serial, kind, id) -> what that iPad has of the slot.
 */
#include "mdm/ddm_int.h"

#include "base/rec.h"

/* As it lies on disk. */
struct item_row {
	uint32_t priority;
	struct bytes spec, blob;
	int64_t made_at;
	const char *made_by;
	bool sealed;
	struct bytes unknown;
};
static const struct rec_field item_fields[] = {REC_U32(1, struct item_row, priority),
	REC_BYTES(2, struct item_row, spec), REC_BYTES(3, struct item_row, blob),
	REC_I64(4, struct item_row, made_at), REC_STR(5, struct item_row, made_by),
	REC_BOOL(6, struct item_row, sealed), REC_END};
static const struct rec_type item_rec = REC_TYPE(struct item_row, 1, item_fields);

static const struct rec_field applied_fields[] = {REC_U32(1, struct mdm_applied, state),
	REC_FIXED(2, struct mdm_applied, hash), REC_BOOL(3, struct mdm_applied, had),
	REC_BOOL(4, struct mdm_applied, mailing), REC_STR(5, struct mdm_applied, command),
	REC_STR(6, struct mdm_applied, error), REC_STR(7, struct mdm_applied, drift),
	REC_I64(8, struct mdm_applied, at), REC_I64(9, struct mdm_applied, retry_at),
	REC_U32(10, struct mdm_applied, tries), REC_FIXED(11, struct mdm_applied, kept), REC_END};
static const struct rec_type applied_rec = REC_TYPE(struct mdm_applied, 1, applied_fields);

/* --- items --- */

static struct store_key item_key(const struct mdm_item *x)
{
	return store_key("cscs", (int)x->owner_kind, x->owner, (int)x->kind, x->id);
}

/* What a sealed field is bound to. */
static const char *item_context(struct arena *a, const char *field, const struct mdm_item *x)
{
	return mdm_seal_context(
		a, field, arena_printf(a, "%u/%s/%u/%s", x->owner_kind, x->owner, x->kind, x->id));
}

static int field_seal(
	struct mdm *m, struct arena *a, const char *context, struct bytes plain, struct bytes *ret)
{
	if (plain.n == 0)
		return 0;
	return cert_seal(m->certs, context, plain, a, ret);
}

int mdm_item_store(struct mdm *m, struct store_txn *txn, const struct mdm_item *x)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(MDM_SPEC_MAX + MDM_BLOB_MAX + 65536);
	struct store_key k = item_key(x);
	struct item_row row = {.priority = x->priority,
		.spec = bytes_of_str(x->spec),
		.blob = x->blob,
		.made_at = x->made_at,
		.made_by = x->made_by,
		.sealed = x->kind == MDM_ITEM_PROFILE || x->kind == MDM_ITEM_DECLARATION,
		.unknown = x->unknown};
	int err = 0;

	if (row.sealed)
		err = field_seal(
			m, a, item_context(a, MDM_ITEM_SPEC_CONTEXT, x), row.spec, &row.spec);
	if (err == 0 && row.sealed)
		err = field_seal(
			m, a, item_context(a, MDM_ITEM_BLOB_CONTEXT, x), row.blob, &row.blob);
	if (err)
		return err;
	rec_encode(&item_rec, &row, &b);
	return buf_ok(&b) ? store_put(txn, MDM_ITEM, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int mdm_item_drop(struct store_txn *txn, const struct mdm_item *slot)
{
	struct store_key k = item_key(slot);

	return store_del(txn, MDM_ITEM, &k);
}

static int field_unseal(struct mdm *m, struct arena *a, const char *context, struct bytes *field)
{
	if (field->n == 0)
		return 0;
	return cert_unseal(m->certs, context, *field, a, field);
}

/* `x` has owner, kind and id. */
static int item_decode(struct mdm *m, struct arena *a, struct bytes v, struct mdm_item *x)
{
	struct item_row row = {0};
	int err = rec_decode(&item_rec, v, a, &row);

	if (err == 0 && row.sealed)
		err = field_unseal(m, a, item_context(a, MDM_ITEM_SPEC_CONTEXT, x), &row.spec);
	if (err == 0 && row.sealed)
		err = field_unseal(m, a, item_context(a, MDM_ITEM_BLOB_CONTEXT, x), &row.blob);
	if (err)
		return err;
	x->priority = row.priority;
	x->spec = arena_strndup(a, row.spec.p, row.spec.n);
	x->blob = row.blob;
	x->made_at = row.made_at;
	x->made_by = row.made_by;
	x->sealed = row.sealed;
	x->unknown = row.unknown;
	return 0;
}

int mdm_item_get(struct mdm *m, struct store_txn *txn, struct arena *a, const struct mdm_item *slot,
	struct mdm_item *ret)
{
	struct store_key k = item_key(slot);
	struct mdm_item x = {.owner_kind = slot->owner_kind,
		.kind = slot->kind,
		.owner = arena_strdup(a, slot->owner),
		.id = arena_strdup(a, slot->id)};
	struct bytes v;
	int err = store_get(txn, MDM_ITEM, &k, &v);

	if (err == 0)
		err = item_decode(m, a, v, &x);
	if (err == 0)
		*ret = x;
	return err;
}

int mdm_item_list(struct mdm *m, struct store_txn *txn, struct arena *a,
	enum mdm_owner_kind owner_kind, const char *owner, struct mdm_item **ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key all = store_key("cs", (int)owner_kind, owner);
	struct mdm_item *list = ARENA_ARRAY(a, struct mdm_item, MDM_SET_MAX);
	struct bytes key, value;
	size_t n = 0;
	int err = store_iter_init(&it, txn, MDM_ITEM, &all);

	while (err == 0 && n < MDM_SET_MAX && (err = store_iter_next(&it, &key, &value)) == 0) {
		struct mdm_item x = {.owner_kind = owner_kind, .owner = arena_strdup(a, owner)};
		const char *of, *id;
		int owned, kind;

		err = store_key_parse(key, "cscs", &owned, &of, &kind, &id);
		if (err)
			break;
		x.kind = (uint32_t)kind;
		x.id = arena_strdup(a, id);
		err = item_decode(m, a, value, &x);
		if (err == 0)
			list[n++] = x;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

/* --- applied --- */

static struct store_key applied_key(const char *serial, uint32_t kind, const char *id)
{
	return store_key("scs", serial, (int)kind, id);
}

static int applied_decode(
	struct bytes v, uint32_t kind, const char *id, struct arena *a, struct mdm_applied *ret)
{
	struct mdm_applied x = {0};
	int err = rec_decode(&applied_rec, v, a, &x);

	x.kind = kind;
	x.id = arena_strdup(a, id);
	if (err == 0)
		*ret = x;
	return err;
}

int mdm_applied_get(struct store_txn *txn, struct arena *a, const char *serial, uint32_t kind,
	const char *id, struct mdm_applied *ret)
{
	struct store_key k = applied_key(serial, kind, id);
	struct bytes v;
	int err = store_get(txn, MDM_APPLIED, &k, &v);

	return err ? err : applied_decode(v, kind, id, a, ret);
}

int mdm_applied_put(struct store_txn *txn, const char *serial, const struct mdm_applied *x)
{
	struct store_key k = applied_key(serial, x->kind, x->id);
	AUTO(buf) struct buf b = BUF_INIT(8192);

	rec_encode(&applied_rec, x, &b);
	return buf_ok(&b) ? store_put(txn, MDM_APPLIED, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int mdm_applied_del(struct store_txn *txn, const char *serial, uint32_t kind, const char *id)
{
	struct store_key k = applied_key(serial, kind, id);
	int err = store_del(txn, MDM_APPLIED, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}

#define APPLIED_MOST 1000

int mdm_applied_list(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_applied **ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key all = store_key("s", serial);
	struct mdm_applied *list = NULL;
	size_t n = 0, room = 0;
	struct bytes key, value;
	int err = store_iter_init(&it, txn, MDM_APPLIED, &all);

	while (err == 0 && n < APPLIED_MOST && (err = store_iter_next(&it, &key, &value)) == 0) {
		const char *of, *id;
		int kind;

		if (n == room) {
			struct mdm_applied *more;

			room = room ? room * 2 : 16;
			more = ARENA_ARRAY(a, struct mdm_applied, room);
			if (n)
				memcpy(more, list, n * sizeof(*list));
			list = more;
		}
		err = store_key_parse(key, "scs", &of, &kind, &id);
		if (err == 0)
			err = applied_decode(value, (uint32_t)kind, id, a, &list[n]);
		n += err == 0;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

static int applied_forget(struct store_txn *txn, const char *serial, bool *ret_had)
{
	for (;;) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_applied *list;
		size_t n;
		int err = mdm_applied_list(txn, a, serial, &list, &n);

		for (size_t i = 0; err == 0 && i < n; i++)
			err = mdm_applied_del(txn, serial, list[i].kind, list[i].id);
		*ret_had |= err == 0 && n > 0;
		if (err || n < APPLIED_MOST)
			return err;
	}
}

int mdm_desired_forget(struct store_txn *txn, const char *serial)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_standing x = {0};
	bool had = false;
	int err = mdm_standing_get(txn, a, serial, &x);

	if (err == 0)
		err = applied_forget(txn, serial, &had);
	if (err == 0)
		err = mdm_ddm_forget(txn, serial);
	if (err)
		return err;
	return had || x.stands != MDM_STANDS_DONE ? mdm_standing_forgotten(txn, serial)
						  : mdm_standing_settle(txn, serial);
}
