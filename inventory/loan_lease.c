/* SPDX-License-Identifier: EUPL-1.2 */
/* The lessor gets a leased thing back on its lease's last day: no loan of it lasts longer. A day that
 * somebody chose is one on which it can be brought back. */
#include "inventory/circulation_int.h"

#include "base/text.h"

static void sooner(const struct inv_unit *u, int32_t *last)
{
	int32_t day = u->lease_ends_at ? day_of_time(u->lease_ends_at) : 0;

	if (day && (*last == 0 || day < *last))
		*last = day;
}

int inv_lease_last(struct store_txn *txn, struct arena *a, const struct inv_unit *u, int32_t *ret)
{
	struct inv_part *parts;
	struct inv_unit part;
	size_t n = 0;
	int32_t last = 0;
	int err = u->parts ? inv_kit_parts(txn, a, u->serial, &parts, &n) : 0;

	sooner(u, &last);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (text_empty(parts[i].unit))
			continue;
		err = inv_unit_get(txn, a, parts[i].unit, &part);
		if (err == 0)
			sooner(&part, &last);
		else if (err == ERR_NOTFOUND)
			err = 0;
	}
	if (err == 0)
		*ret = last;
	return err;
}

int inv_lease_shorten(struct store_txn *txn, const char *place, int32_t last, int32_t *due)
{
	if (last == 0 || *due <= last)
		return 0;
	return inv_open_day_before(txn, place, last, due);
}

int inv_day_chosen(struct store_txn *txn, struct inv_chosen_day *d)
{
	const int32_t asked = d->due;
	int32_t open;
	int err;

	if (asked < d->today || (d->lease && asked > d->lease))
		return 0;
	err = inv_open_day(txn, d->place, asked, &open);
	if (err)
		return err;
	d->due = open;
	err = inv_lease_shorten(txn, d->place, d->lease, &d->due);
	d->by_lease = d->due < open;
	d->asked = d->due == asked ? 0 : asked;
	return err;
}
