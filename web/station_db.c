/* SPDX-License-Identifier: EUPL-1.2 */
/* WEB_STATIONS  s id -> struct web_station */
#include "web/pin_int.h"

#include "base/rec.h"

static const struct rec_field station_fields[] = {
	REC_STR(1, struct web_station, name),
	REC_END,
};
static const struct rec_type station_rec = REC_TYPE(struct web_station, 1, station_fields);

int web_station_get(struct store_txn *txn, struct arena *a, const char *id, struct web_station *ret)
{
	struct store_key k = store_key("s", id);
	struct bytes v;
	int err = store_get(txn, WEB_STATIONS, &k, &v);

	if (err == ERR_NOTFOUND) {
		*ret = (struct web_station){0};
		return 0;
	}
	return err ? err : rec_decode(&station_rec, v, a, ret);
}

int web_station_put(struct store_txn *txn, const char *id, const struct web_station *x)
{
	struct store_key k = store_key("s", id);
	AUTO(buf) struct buf v = BUF_INIT(1024);

	rec_encode(&station_rec, x, &v);
	return buf_ok(&v) ? store_put(txn, WEB_STATIONS, &k, buf_bytes(&v)) : ERR_TOOBIG;
}
