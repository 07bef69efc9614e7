/* SPDX-License-Identifier: EUPL-1.2 */
/* WEB_ALARM  s what, s name -> struct web_alarm */
#include "web/web_int.h"

#include "base/rec.h"

static const struct rec_field fields[] = {
	REC_I64(1, struct web_alarm, at),
	REC_U32(2, struct web_alarm, step),
	REC_I64(3, struct web_alarm, told_at),
	REC_END,
};
static const struct rec_type alarm_rec = REC_TYPE(struct web_alarm, 1, fields);

static struct store_key key_of(const struct web_deadline *d)
{
	return store_key("ss", web_end_name(d->what), d->name ? d->name : "");
}

int web_alarm_get(
	struct store_txn *txn, struct arena *a, const struct web_deadline *d, struct web_alarm *ret)
{
	struct store_key k = key_of(d);
	struct web_alarm x;
	struct bytes v;
	int err = store_get(txn, WEB_ALARM, &k, &v);

	if (err == 0)
		err = rec_decode(&alarm_rec, v, a, &x);
	if (err == 0)
		*ret = x;
	return err;
}

int web_alarm_put(struct store_txn *txn, const struct web_deadline *d, const struct web_alarm *x)
{
	struct store_key k = key_of(d);
	AUTO(buf) struct buf v = BUF_INIT(1024);

	rec_encode(&alarm_rec, x, &v);
	return buf_ok(&v) ? store_put(txn, WEB_ALARM, &k, buf_bytes(&v)) : ERR_TOOBIG;
}
