/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_int.h"

#include "base/rec.h"

static const struct rec_field meta_fields[] = {REC_U32(1, struct store_meta, schema),
	REC_I64(2, struct store_meta, created_at), REC_STR(3, struct store_meta, instance),
	REC_END};
static const struct rec_type meta_rec = REC_TYPE(struct store_meta, 1, meta_fields);

static const char *const table_names[] = {
#define X(id, name) name,
	STORE_TABLES(X)
#undef X
};

const char *store_table_name(enum store_table t)
{
	return table_names[t];
}

struct store_key store_meta_key(void)
{
	return store_key("s", "schema");
}

int store_meta_decode(struct bytes in, struct arena *a, struct store_meta *ret)
{
	return rec_decode(&meta_rec, in, a, ret);
}

void store_meta_encode(const struct store_meta *m, struct buf *out)
{
	rec_encode(&meta_rec, m, out);
}

int store_meta_admit(const struct store_meta *m)
{
	if (m->schema > STORE_SCHEMA)
		return ERR_NEWER;
	/* there is no layout before 1, so an empty number is damage */
	if (m->schema == 0 || !m->instance)
		return ERR_CORRUPT;
	return 0;
}
