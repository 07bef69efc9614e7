/* SPDX-License-Identifier: EUPL-1.2 */
/* Who is next, and how many things holds claim. Pure. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#define YEAR_DAYS 366

/* A reservation takes what comes in from some days before it begins, to be sure of one. */
#define AHEAD_DAYS 3

size_t inv_hold_choose(const struct inv_hold *queue, size_t n, int32_t today)
{
	for (size_t i = 0; i < n; i++) {
		const struct inv_hold *h = &queue[i];

		if (h->state != INV_HOLD_WAITING || h->paused)
			continue;
		if (h->from > today + AHEAD_DAYS || (h->to && h->to < today))
			continue;
		return i;
	}
	return n;
}

size_t inv_hold_fill(const struct inv_hold *queue, size_t n, const char *borrower)
{
	size_t found = n;

	for (size_t i = 0; i < n; i++) {
		if (!text_equal(queue[i].borrower, borrower))
			continue;
		if (found == n || queue[i].start < queue[found].start)
			found = i;
	}
	return found;
}

size_t inv_hold_claims(
	const struct inv_hold *queue, size_t n, int32_t day, uint32_t loan_days, uint64_t but)
{
	size_t claims = 0;

	for (size_t i = 0; i < n; i++) {
		const struct inv_hold *h = &queue[i];
		int32_t end = h->to ? h->to : h->start + (int32_t)loan_days;

		if (h->id == but || h->paused || !inv_hold_is_active(h->state))
			continue;
		/* One that nobody could serve yet goes on waiting. */
		if (!h->to && end < day)
			end = day;
		claims += h->start <= day && day <= end;
	}
	return claims;
}

int inv_hold_days_decide(int32_t from, int32_t to, int32_t today, struct refusal *r)
{
	if (!from && !to)
		return 0;
	if (!from || !to)
		return refuse(r, &inv_say_hold_both, NULL, NULL, NULL);
	if (to < from) {
		refuse(r, &inv_say_hold_turned, NULL, NULL, NULL);
		day_format(from, r->kept[0]);
		day_format(to, r->kept[1]);
		return ERR_REFUSED;
	}
	if (from < today) {
		refuse(r, &inv_say_hold_past, NULL, NULL, NULL);
		day_format(from, r->kept[0]);
		return ERR_REFUSED;
	}
	if (to <= from + YEAR_DAYS)
		return 0;
	refuse(r, &inv_say_hold_long, NULL, NULL, NULL);
	day_format(from + YEAR_DAYS, r->kept[0]);
	return ERR_REFUSED;
}
