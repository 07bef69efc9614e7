/* SPDX-License-Identifier: EUPL-1.2 */
/* Is the clock to be believed by what erases and ends? Pure. */
#include "audit/audit_int.h"

static bool is_far(int64_t a, int64_t b)
{
	return a - b > AUDIT_CLOCK_LEAP_S || b - a > AUDIT_CLOCK_LEAP_S;
}

static void believe(struct audit_clock *c)
{
	c->from = 0;
	c->leapt_at = 0;
}

/* It leapt once and leaps again: back to where time went on meanwhile, or elsewhere. */
static void leap_again(struct audit_clock *c, int64_t now)
{
	int64_t right = c->from + (c->seen_at - c->leapt_at);

	if (!is_far(right, now)) {
		believe(c);
		return;
	}
	c->from = right;
	c->leapt_at = now;
}

bool audit_clock_step(struct audit_clock *c, int64_t now)
{
	bool leaps = c->seen_at && is_far(c->seen_at, now);

	if (leaps && c->leapt_at) {
		leap_again(c, now);
	} else if (leaps) {
		c->from = c->seen_at;
		c->leapt_at = now;
	} else if (c->leapt_at && now - c->leapt_at >= AUDIT_CLOCK_WAIT_S) {
		believe(c);
	}
	c->seen_at = now;
	return c->leapt_at == 0;
}
