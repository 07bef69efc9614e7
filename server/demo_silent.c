/* SPDX-License-Identifier: EUPL-1.2 */
/* A few of the demonstration's lent iPads that nobody has heard for weeks: in a drawer, out of power.
 * They are none of those that are simulated, so no push wakes them. A chapter of the town's story. */
#include "base/day.h"
#include "server/town_int.h"
#include "tests/fake/past_ipad.h"

#define SPOKE_S (14 * 3600 + 20 * 60)

static int fall_silent(struct story *s, const struct thing *t, size_t i, int days)
{
	struct arena *a = s->cli->arena;
	const struct past_ipad x = {.serial = t->serial,
		.udid = arena_printf(a, "00008101-00DE40000000%04zu", i),
		.os_version = "17.6.1",
		.build = "21G93",
		.product = "iPad13,18",
		.enrolled_at = day_start(t->from) + TOWN_OPENS_S + 3600,
		.seen_at = day_start(s->today - days) + SPOKE_S};

	return past_ipad_enrol(s->cli->house.mdm, &x, a);
}

int town_silence_some(struct story *s)
{
	static const int days[TOWN_SILENT] = {11, 16, 23, 31, 45, 62};
	size_t n = 0;
	int err = 0;

	for (size_t i = s->ask->alive + 30; err == 0 && n < TOWN_SILENT && i < s->ipad_count; i += 17) {
		const struct thing *t = &s->things[i];

		if (t->loan && !t->gone && t->back > s->today)
			err = fall_silent(s, t, i, days[n++]);
	}
	return err;
}
