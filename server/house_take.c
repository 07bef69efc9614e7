/* SPDX-License-Identifier: EUPL-1.2 */
/* A store of an older program becomes this one's, before anything else is written. */
#include "server/house.h"

#include "base/clock.h"
#include "base/log.h"
#include "inventory/inventory.h"
#include "settings/settings.h"

/* In a store that kept no clock yet, whatever came first would hide that it leapt. That the store
 * takes nothing now is told by the rounds, and stops no start. */
static void watch_clock(struct store *st)
{
	bool steady;
	int err = audit_clock_watch(st, clock_now(), &steady);

	if (err)
		log_event(LOG_ERROR, "clock.watch", "err=%s", err_name(err));
}

int house_take(struct store *st)
{
	unsigned dropped = 0;
	int err = audit_layout_renew(st); /* looks each time; before, `hylla check` leaves it out */

	if (err == 0)
		err = store_retire(st, &dropped);
	if (dropped)
		log_event(LOG_INFO, "store.retired", "tables=%u", dropped);
	if (err == 0)
		watch_clock(st);
	return err;
}

int house_renew(struct store *st)
{
	int err;

	if (store_is_older(st))
		return 0;
	err = setting_layout_renew(st);
	if (err == 0)
		err = inv_layout_renew(st);
	return err ? err : web_layout_renew(st);
}
