/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answers to nothing we asked. They stand in an iPad's history among the finished commands, which
 * is as long as it may be; so that an iPad that invents them cannot push out what people asked of
 * it, there are few places for them, and the newest takes that of the one before it.
 * MDM_LATEST (strange, UDID) -> their places, oldest first, as numbers with blanks between.
 */
#include "mdm/queue_int.h"

#include "base/text.h"

struct places {
	uint64_t at[MDM_STRANGE_KEPT];
	size_t n;
};

/* Those that history has not let go of. */
static int places_load(struct store_txn *txn, struct arena *a, const char *udid, struct places *ret)
{
	struct mdm_latest_value v = {0};
	int err = mdm_latest_get(txn, a, MDM_LATEST_STRANGE, udid, &v);
	const char *s = v.json ? v.json : "";

	ret->n = 0;
	while (err == 0 && *s && ret->n < MDM_STRANGE_KEPT) {
		size_t n = strcspn(s, " ");
		bool there = false;

		if (text_parse_u64(arena_strndup(a, s, n), &ret->at[ret->n]) != 0)
			return ERR_CORRUPT;
		err = mdm_done_is_strange(txn, udid, ret->at[ret->n], &there);
		ret->n += there;
		s += n + strspn(s + n, " ");
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int places_save(struct store_txn *txn, const struct mdm_command *c, const struct places *p)
{
	AUTO(buf) struct buf b = BUF_INIT(1024);
	struct mdm_latest_value v = {.told_at = c->done_at};

	for (size_t i = 0; i < p->n; i++)
		buf_printf(&b, "%s%llu", i ? " " : "", (unsigned long long)p->at[i]);
	v.json = buf_str(&b);
	return mdm_latest_put(txn, MDM_LATEST_STRANGE, c->udid, &v);
}

int mdm_strange_add(struct store_txn *txn, struct mdm_command *c)
{
	AUTO(arena) struct arena *a = arena_new();
	struct places p;
	int err = places_load(txn, a, c->udid, &p);

	if (err)
		return err;
	if (p.n == MDM_STRANGE_KEPT)
		return mdm_done_replace(txn, c, p.at[p.n - 1]);
	err = mdm_done_add(txn, c);
	p.at[p.n++] = (uint64_t)c->order;
	return err ? err : places_save(txn, c, &p);
}
