/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a return goes from here, what the house advises, and what may be said of it. Pure. */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define DAY_S 86400
#define ASK_MOST_S (7 * DAY_S)    /* then the erase joins what waits for it */
#define SILENT_S (14 * DAY_S)     /* then somebody has to look */
#define BACK_MOST_S DAY_S         /* Return to Service takes minutes */
#define LEASE_SOON_S (60 * DAY_S) /* shorter than a loan is worth handing out for */
#define BATTERY_LOW 20            /* percent */

static bool is_over(const struct inv_return_seen *s, int64_t since, int64_t after_s)
{
	return !s->leapt && s->now - since >= after_s;
}

static bool is_enrolled(const struct mdm_return_facts *f)
{
	return f->state == MDM_ENROLLED;
}

static uint32_t battery_of(uint32_t told)
{
	static const uint32_t here[] = {[MDM_BATTERY_NORMAL] = INV_BATTERY_NORMAL,
		[MDM_BATTERY_SERVICE] = INV_BATTERY_SERVICE,
		[MDM_BATTERY_FOREIGN] = INV_BATTERY_FOREIGN};

	return told < sizeof(here) / sizeof(here[0]) ? here[told] : INV_BATTERY_UNKNOWN;
}

/* What it reported outlives its erase, which makes it forget. */
static void health_take(const struct mdm_return_facts *f, struct inv_return *r)
{
	if (!f->health_at || f->health_at < r->health_at)
		return;
	r->health_at = f->health_at;
	r->battery_health = battery_of(f->battery_health);
	r->faulty_parts = f->faulty_parts;
}

/* What was told in the same second may be the newer word: an answer from before the lock was put
 * on would else let the erase begin. */
static void facts_take(const struct mdm_return_facts *f, struct inv_return *r)
{
	health_take(f, r);
	if (!f->told_at || f->told_at < r->told_at)
		return;
	r->told_at = f->told_at;
	r->lock = f->lock;
	r->battery = f->battery < 0 ? 0 : (uint32_t)f->battery + 1;
}

/* --- one step; true when it led somewhere --- */

static bool step_to(struct inv_return *r, enum inv_return_phase phase, enum inv_proof proof)
{
	r->phase = phase;
	r->proof = proof;
	return true;
}

static bool step_erase(struct inv_return *r, int64_t now)
{
	r->erasing_at = now;
	return step_to(r, INV_RETURN_ERASING, INV_PROOF_NONE);
}

static bool step_asking(const struct inv_return_seen *s, struct inv_return *r)
{
	const struct mdm_return_facts *f = &s->facts;
	bool waits = f->asking || f->lost == MDM_LOST_LEAVING;

	if (!is_enrolled(f) || f->erased_at)
		return step_to(r, INV_RETURN_JUDGING, INV_PROOF_NONE);
	if (waits && !is_over(s, r->opened_at, ASK_MOST_S))
		return false;
	if (r->erase != MDM_YES)
		return step_to(r, INV_RETURN_JUDGING, INV_PROOF_NONE);
	if (r->lock == MDM_LOCK_ON || f->our_lock)
		return step_to(r, INV_RETURN_LOCKED, INV_PROOF_NONE);
	return step_erase(r, s->now);
}

static bool step_locked(const struct inv_return_seen *s, struct inv_return *r)
{
	if (!is_enrolled(&s->facts))
		return step_to(r, INV_RETURN_JUDGING, INV_PROOF_NONE);
	return r->lock == MDM_LOCK_ON || s->facts.our_lock ? false : step_erase(r, s->now);
}

/* What its EraseDevice came to. */
static bool step_ended(const struct inv_return_seen *s, struct inv_return *r)
{
	if (s->ended == MDM_ACKNOWLEDGED) {
		r->erased_at = s->now;
		return step_to(r, INV_RETURN_ERASED, INV_PROOF_SAID);
	}
	if (r->phase != INV_RETURN_ERASING)
		return false;
	switch (s->ended) {
	case MDM_EXPIRED:
		return step_to(r, INV_RETURN_JUDGING, INV_PROOF_SILENT);
	default:
		return step_to(r, INV_RETURN_JUDGING, INV_PROOF_REFUSED);
	}
}

static bool step_erasing(const struct inv_return_seen *s, struct inv_return *r)
{
	const struct mdm_return_facts *f = &s->facts;

	if (f->authenticated_at > r->erasing_at)
		return step_to(r, INV_RETURN_JUDGING, INV_PROOF_ANEW);
	if (!is_over(s, r->erasing_at, SILENT_S))
		return false;
	return step_to(r, INV_RETURN_JUDGING, INV_PROOF_SILENT);
}

static bool step_back(const struct inv_return_seen *s, struct inv_return *r)
{
	r->back_at = s->facts.enrolled_at;
	return step_to(r, INV_RETURN_JUDGING, INV_PROOF_BACK);
}

/* Not the enrolment that the erase ended, even where that was of the same second. */
static bool is_enrolled_anew(const struct mdm_return_facts *f, const struct inv_return *r)
{
	return is_enrolled(f) && f->erased_at == 0 && f->enrolled_at >= r->erased_at;
}

static bool step_erased(const struct inv_return_seen *s, struct inv_return *r)
{
	const struct mdm_return_facts *f = &s->facts;

	if (is_enrolled_anew(f, r))
		return step_back(s, r);
	if (is_enrolled(f) && f->erased_at == 0)
		return step_to(r, INV_RETURN_JUDGING, INV_PROOF_SPOKE);
	if (r->service && is_over(s, r->erased_at, BACK_MOST_S))
		return step_to(r, INV_RETURN_JUDGING, INV_PROOF_SAID);
	return false;
}

/* While somebody is to look, the iPad may still come with better proof. */
static bool step_judging(const struct inv_return_seen *s, struct inv_return *r)
{
	const struct mdm_return_facts *f = &s->facts;
	bool said = r->proof == INV_PROOF_SAID;
	bool waits = r->proof == INV_PROOF_REFUSED || r->proof == INV_PROOF_SILENT;

	if (said && is_enrolled_anew(f, r))
		return step_back(s, r);
	if (waits && f->authenticated_at > r->erasing_at)
		return step_to(r, INV_RETURN_JUDGING, INV_PROOF_ANEW);
	return false;
}

bool inv_return_step(const struct inv_return_seen *s, struct inv_return *r)
{
	facts_take(&s->facts, r);
	if (s->ended)
		return r->phase == INV_RETURN_DONE ? false : step_ended(s, r);
	switch (r->phase) {
	case INV_RETURN_ASKING:
		return step_asking(s, r);
	case INV_RETURN_LOCKED:
		return step_locked(s, r);
	case INV_RETURN_ERASING:
		return step_erasing(s, r);
	case INV_RETURN_ERASED:
		return step_erased(s, r);
	case INV_RETURN_JUDGING:
		return step_judging(s, r);
	default:
		return false;
	}
}

/* --- advice --- */

static void advise(struct inv_advice *x, enum inv_verdict verdict, const struct say *why)
{
	if (x->count == 0)
		x->verdict = verdict;
	if (x->count < sizeof(x->why) / sizeof(x->why[0]))
		x->why[x->count++] = why;
}

static void advise_condition(const struct inv_return *r, struct inv_advice *x)
{
	if (!text_empty(r->faulty_parts))
		advise(x, INV_VERDICT_REPAIR, &inv_say_advice_parts);
	if (r->battery_health == INV_BATTERY_SERVICE)
		advise(x, INV_VERDICT_REPAIR, &inv_say_advice_battery_worn);
	if (r->battery_health == INV_BATTERY_FOREIGN)
		advise(x, INV_VERDICT_REPAIR, &inv_say_advice_battery_foreign);
}

static void advise_proof(const struct inv_return *r, struct inv_advice *x)
{
	switch (r->proof) {
	case INV_PROOF_SILENT:
		advise(x, INV_VERDICT_CHARGE, &inv_say_advice_silent);
		break;
	case INV_PROOF_SPOKE:
	case INV_PROOF_REFUSED:
		advise(x, INV_VERDICT_NONE, &inv_say_advice_by_hand);
		break;
	case INV_PROOF_ANEW:
	case INV_PROOF_NONE:
		advise(x, INV_VERDICT_NONE, &inv_say_advice_look);
		break;
	default:
		break;
	}
}

void inv_return_advise(
	const struct inv_return *r, const struct inv_unit *u, int64_t now, struct inv_advice *ret)
{
	struct inv_advice x = {0};

	advise_condition(r, &x);
	if (r->phase < INV_RETURN_ERASED)
		advise(&x, INV_VERDICT_NONE, &inv_say_advice_wait);
	else
		advise_proof(r, &x);
	if (u->state == INV_RETURNED_TO_LESSOR)
		advise(&x, INV_VERDICT_LESSOR, &inv_say_advice_lessor);
	else if (u->lease_ends_at && u->lease_ends_at - now < LEASE_SOON_S)
		advise(&x, INV_VERDICT_LESSOR, &inv_say_advice_lease);
	if (r->battery && r->battery - 1 < BATTERY_LOW)
		advise(&x, INV_VERDICT_CHARGE, &inv_say_advice_charge);
	if (x.count == 0)
		advise(&x, INV_VERDICT_LEND, &inv_say_advice_lend);
	*ret = x;
}

/* --- a person's word --- */

int inv_return_decide(const struct inv_return *r, const char *label,
	const struct inv_judgement *j, struct refusal *ret)
{
	bool proved = r->proof == INV_PROOF_BACK || r->proof == INV_PROOF_SAID;

	if (r->phase == INV_RETURN_DONE)
		return refuse(ret, &inv_say_return_none, label, NULL, NULL);
	if (j->verdict == INV_VERDICT_NONE || j->verdict >= INV_VERDICTS)
		return refuse(ret, &inv_say_return_verdict, label, NULL, NULL);
	if (j->verdict == INV_VERDICT_REPAIR || j->looked)
		return 0;
	if (r->lock == MDM_LOCK_ON && r->proof != INV_PROOF_BACK)
		return refuse(ret, &inv_say_return_locked, label, NULL, NULL);
	if (!proved)
		return refuse(ret, &inv_say_return_unproved, label, NULL, NULL);
	return 0;
}

int inv_return_go_decide(
	const struct inv_return *r, const char *label, bool although_locked, struct refusal *ret)
{
	if (r->phase == INV_RETURN_DONE)
		return refuse(ret, &inv_say_return_none, label, NULL, NULL);
	if (r->phase > INV_RETURN_LOCKED || r->erase != MDM_YES)
		return refuse(ret, &inv_say_return_nothing_waits, label, NULL, NULL);
	if (r->lock == MDM_LOCK_ON && !although_locked)
		return refuse(ret, &inv_say_return_go_locked, label, NULL, NULL);
	return 0;
}
