/* SPDX-License-Identifier: EUPL-1.2 */
/* Days on which a thing can be brought back. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#define YEAR_DAYS 366

/* A place that is gone is open as any other. */
static int is_open(struct store_txn *txn, const char *place, int32_t day, bool *ret)
{
	int err = ERR_NOTFOUND;

	if (!text_empty(place))
		err = inv_place_is_open(txn, place, day, ret);
	if (err != ERR_NOTFOUND)
		return err;
	*ret = inv_usually_open(day);
	return 0;
}

static int open_day(struct store_txn *txn, const char *place, int32_t day, int step, int32_t *ret)
{
	for (int32_t n = 0, d = day; n < YEAR_DAYS; n++, d += step) {
		bool open;
		int err = is_open(txn, place, d, &open);

		if (err)
			return err;
		if (open) {
			*ret = d;
			return 0;
		}
	}
	*ret = day;
	return 0;
}

int inv_open_day(struct store_txn *txn, const char *place, int32_t day, int32_t *ret)
{
	return open_day(txn, place, day, 1, ret);
}

int inv_open_day_before(struct store_txn *txn, const char *place, int32_t day, int32_t *ret)
{
	return open_day(txn, place, day, -1, ret);
}
