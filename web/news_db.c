/* SPDX-License-Identifier: EUPL-1.2 */
/* WEB_NEWS  q number -> struct web_news */
#include "web/event_int.h"

#include "base/rec.h"

static const struct rec_field fields[] = {
	REC_I64(1, struct web_news, at),
	REC_STR(2, struct web_news, topic),
	REC_STR(3, struct web_news, udid),
	REC_STR(4, struct web_news, serial),
	REC_STR(5, struct web_news, push_topic),
	REC_STR(6, struct web_news, os_version),
	REC_STR(7, struct web_news, build),
	REC_STR(8, struct web_news, product),
	REC_STR(9, struct web_news, command),
	REC_STR(10, struct web_news, request),
	REC_STR(11, struct web_news, status),
	REC_BYTES(12, struct web_news, answer),
	REC_BOOL(13, struct web_news, call),
	REC_END,
};
static const struct rec_type news_rec = REC_TYPE(struct web_news, 1, fields);

int web_news_head(struct store_txn *txn, uint64_t *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	uint64_t last = 0;
	int err = store_iter_init(&it, txn, WEB_NEWS, NULL);

	if (err == 0)
		err = store_iter_prev(&it, &k, &v);
	if (err == 0)
		err = store_key_parse(k, "q", &last);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = last;
	return 0;
}

int web_news_add(struct store_txn *txn, struct web_news *n)
{
	AUTO(buf) struct buf v = BUF_INIT(96 * 1024);
	struct store_key k;
	uint64_t last;
	int err = web_news_head(txn, &last);

	if (err)
		return err;
	n->seq = last + 1;
	k = store_key("q", n->seq);
	rec_encode(&news_rec, n, &v);
	err = buf_ok(&v) ? store_put(txn, WEB_NEWS, &k, buf_bytes(&v)) : ERR_TOOBIG;
	if (err || n->seq <= WEB_NEWS_MOST)
		return err;
	k = store_key("q", n->seq - WEB_NEWS_MOST);
	err = store_del(txn, WEB_NEWS, &k);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int news_take(const struct store_row *row, void *ret)
{
	struct web_news *x = ret;
	int err = rec_decode(&news_rec, row->value, row->a, x);

	return err ? err : store_key_parse(row->key, "q", &x->seq);
}

int web_news_follow(struct store_txn *txn, const struct store_piece *piece, struct web_news **ret,
	size_t *ret_n)
{
	static const struct store_list list = {
		.table = WEB_NEWS, .size = sizeof(struct web_news), .take = news_take};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}
