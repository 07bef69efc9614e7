/* SPDX-License-Identifier: EUPL-1.2 */
/* When a borrower's time is up. */
#include "people/people_int.h"

static int64_t after(const struct people_borrower *b, uint32_t days)
{
	int64_t from = b->last_at ? b->last_at : b->made_at;

	return days && !b->open_loans ? from + (int64_t)days * PEOPLE_DAY_S : 0;
}

void people_due_set(const struct people_policy *x, struct people_borrower *b)
{
	bool gone = b->state == PEOPLE_ERASED;

	b->erase_at = gone ? 0 : after(b, x->keep_days);
	b->needs_at = gone || b->needs.n == 0 ? 0 : after(b, x->needs_days);
}

/* 0 days are for ever. */
static bool is_shorter(uint32_t now, uint32_t next)
{
	return next && (!now || next < now);
}

bool people_policy_shortens(const struct people_policy *now, const struct people_policy *next)
{
	return is_shorter(now->keep_days, next->keep_days) ||
	       is_shorter(now->needs_days, next->needs_days) ||
	       (now->by_protocol && !next->by_protocol);
}

/* Why, in words where it is one of ours. */
static int refuse_state(
	const struct say *say, const struct people_borrower *b, struct refusal *r)
{
	refuse(r, say, b->reason ? b->reason : "-", NULL, NULL);
	r->arg_say[0] = people_reason_say(b->reason);
	return ERR_REFUSED;
}

int people_loan_decide(const struct people_borrower *b, struct refusal *r)
{
	switch (b->state) {
	case PEOPLE_ACTIVE:
		return 0;
	case PEOPLE_BLOCKED:
		return refuse_state(&people_say_blocked, b, r);
	case PEOPLE_EXPIRED:
		return refuse_state(&people_say_expired, b, r);
	default:
		return refuse(r, &people_say_erased, NULL, NULL, NULL);
	}
}
