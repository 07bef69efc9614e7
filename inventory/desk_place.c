/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where a desk stands: at the place whose label was scanned, or that was chosen from the list; at the
 * only place that lends, where there is one alone. That one is not kept with the desk: once there are
 * two, somebody says which.
 */
#include "inventory/scan_int.h"

#include "base/text.h"

#define READ_AT_ONCE 100

bool inv_place_lends(const struct inv_place *p, unsigned zones)
{
	return p->lends && !p->closed && (!p->zone || (p->zone & zones));
}

int inv_place_lending(struct store_txn *txn, struct arena *a, unsigned zones, size_t most,
	struct inv_lending *ret)
{
	const char *next = NULL;

	ret->n = 0;
	do {
		struct inv_place *p;
		size_t got;
		int err = inv_place_list(txn, a, next, READ_AT_ONCE, &p, &got, &next);

		if (err)
			return err;
		for (size_t i = 0; i < got && ret->n < most; i++) {
			if (inv_place_lends(&p[i], zones))
				ret->place[ret->n++] = p[i];
		}
	} while (next && ret->n < most);
	return 0;
}

/* Chosen, still in use, and of no other service. */
static int still_there(
	struct store_txn *txn, struct arena *a, const char *id, unsigned zones, bool *ret)
{
	struct inv_place p;
	int err = text_empty(id) ? ERR_NOTFOUND : inv_place_get(txn, a, id, &p);

	*ret = err == 0 && !p.closed && (!p.zone || (p.zone & zones));
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_desk_stand(struct store_txn *txn, struct arena *a, unsigned zones, struct inv_desk *d)
{
	struct inv_lending few;
	bool stands;
	int err = still_there(txn, a, d->place, zones, &stands);

	if (err || stands)
		return err;
	d->place = d->only = NULL;
	err = inv_place_lending(txn, a, zones, 2, &few);
	if (err == 0 && few.n == 1)
		d->place = d->only = few.place[0].id;
	return err;
}
