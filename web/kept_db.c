/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * WEB_KEPT  t until, b hash (16) -> a form that was kept (kept.c), sealed as it is
 *
 * For a round to the provider, which a form cannot walk along: the page goes there with its name
 * alone. The same form is one row, however often its page is shown.
 */
#include "web/pin_int.h"

#include "base/text.h"

#define DROP_MOST 50  /* at a time, of those that are too old */
#define ROWS_MOST 400 /* else who sends forms without end would fill the disk */

static struct store_key key_of(int64_t until, const uint8_t hash[WEB_KEPT_HASH])
{
	return store_key("tb", until, hash, (size_t)WEB_KEPT_HASH);
}

static int drop_old(struct store_txn *txn, int64_t now)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key old[DROP_MOST];
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, WEB_KEPT, NULL);

	while (err == 0 && n < DROP_MOST && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct bytes hash;
		int64_t until;

		err = store_key_parse(k, "tb", &until, &hash);
		if (err || until >= now)
			break;
		if (hash.n != WEB_KEPT_HASH)
			return ERR_CORRUPT;
		old[n++] = key_of(until, hash.p);
	}
	if (err == ERR_NOTFOUND)
		err = 0;
	for (size_t i = 0; err == 0 && i < n; i++)
		err = store_del(txn, WEB_KEPT, &old[i]);
	return err;
}

/* Room for one more: the oldest goes. */
static int make_room(struct store_txn *txn)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key oldest;
	struct bytes k, v, hash;
	int64_t until;
	uint64_t n;
	int err = store_count(txn, WEB_KEPT, &n);

	if (err || n < ROWS_MOST)
		return err;
	err = store_iter_init(&it, txn, WEB_KEPT, NULL);
	if (err == 0)
		err = store_iter_next(&it, &k, &v);
	if (err == 0)
		err = store_key_parse(k, "tb", &until, &hash);
	if (err == 0 && hash.n != WEB_KEPT_HASH)
		err = ERR_CORRUPT;
	if (err)
		return err;
	oldest = key_of(until, hash.p);
	return store_del(txn, WEB_KEPT, &oldest);
}

static int is_there(struct store_txn *txn, const struct store_key *k)
{
	struct bytes v;

	return store_get(txn, WEB_KEPT, k, &v);
}

int web_kept_put(struct store_txn *txn, int64_t until, const uint8_t hash[WEB_KEPT_HASH],
	const char *text, int64_t now)
{
	struct store_key k = key_of(until, hash);
	int err = drop_old(txn, now);

	if (err == 0)
		err = is_there(txn, &k);
	if (err != ERR_NOTFOUND)
		return err;
	err = make_room(txn);
	return err ? err : store_put(txn, WEB_KEPT, &k, bytes_of_str(text));
}

int web_kept_get(struct store_txn *txn, struct arena *a, int64_t until,
	const uint8_t hash[WEB_KEPT_HASH], const char **ret)
{
	struct store_key k = key_of(until, hash);
	struct bytes v;
	int err = store_get(txn, WEB_KEPT, &k, &v);

	if (err == 0)
		*ret = arena_strndup(a, v.p, v.n);
	return err;
}
