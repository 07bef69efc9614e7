/* SPDX-License-Identifier: EUPL-1.2 */
/* Until when a loan lasts, before closed days are skipped. Pure. */
#include "inventory/circulation_int.h"

#define SATURDAY 6

bool inv_usually_open(int32_t day)
{
	return day_weekday(day) < SATURDAY && !day_holiday(day);
}

int32_t inv_due_decide(const struct inv_terms *t, int32_t start)
{
	uint32_t months = t->value[INV_TERM_LOAN_MONTHS];

	return months ? day_add_months(start, (int)months)
		      : start + (int32_t)t->value[INV_TERM_LOAN_DAYS];
}

int32_t inv_renew_due_decide(const struct inv_terms *t, int32_t due, int32_t today)
{
	uint32_t days = t->value[INV_TERM_RENEW_DAYS];
	int32_t later;

	if (days == 0)
		days = t->value[INV_TERM_LOAN_DAYS];
	later = today + (int32_t)days;
	return later > due ? later : due;
}
