/* SPDX-License-Identifier: EUPL-1.2 */
#include "inventory/inventory_int.h"

#include <criterion/criterion.h>

#define DAY 86400
#define T0 INT64_C(1795252320)

/* What an iPad that was enrolled long ago looks like. */
#define HERE .state = MDM_ENROLLED, .authenticated_at = 5, .enrolled_at = 6, .battery = 80

static const struct {
	const char *what;
	struct inv_return r;
	struct inv_return_seen s;
	bool stepped;
	uint32_t phase, proof;
} steps[] = {
	{"it is asked first", {.phase = INV_RETURN_ASKING, .erase = MDM_YES, .opened_at = T0},
		{.facts = {HERE, .asking = true}, .now = T0}, false, INV_RETURN_ASKING},
	{"it leaves Lost Mode first",
		{.phase = INV_RETURN_ASKING, .erase = MDM_YES, .opened_at = T0},
		{.facts = {HERE, .lost = MDM_LOST_LEAVING}, .now = T0}, false, INV_RETURN_ASKING},
	{"a week is enough to answer",
		{.phase = INV_RETURN_ASKING, .erase = MDM_YES, .opened_at = T0},
		{.facts = {HERE, .asking = true}, .now = T0 + 7 * DAY}, true, INV_RETURN_ERASING},
	{"no week is over by a clock that leapt",
		{.phase = INV_RETURN_ASKING, .erase = MDM_YES, .opened_at = T0},
		{.facts = {HERE, .asking = true}, .now = T0 + 900 * DAY, .leapt = true}, false,
		INV_RETURN_ASKING},
	{"nor two", {.phase = INV_RETURN_ERASING, .erasing_at = T0},
		{.facts = {HERE, .erasing = true}, .now = T0 + 900 * DAY, .leapt = true}, false,
		INV_RETURN_ERASING},
	{"it has answered", {.phase = INV_RETURN_ASKING, .erase = MDM_YES, .opened_at = T0},
		{.facts = {HERE, .told_at = T0, .lock = MDM_LOCK_OFF}, .now = T0}, true,
		INV_RETURN_ERASING},
	{"its lock is on", {.phase = INV_RETURN_ASKING, .erase = MDM_YES, .opened_at = T0},
		{.facts = {HERE, .told_at = T0, .lock = MDM_LOCK_ON}, .now = T0}, true,
		INV_RETURN_LOCKED},
	{"its lock was put on in the second in which it had told that there was none",
		{.phase = INV_RETURN_ASKING,
			.erase = MDM_YES,
			.opened_at = T0,
			.told_at = T0,
			.lock = MDM_LOCK_OFF},
		{.facts = {HERE, .told_at = T0, .lock = MDM_LOCK_ON}, .now = T0}, true,
		INV_RETURN_LOCKED},
	{"the lock stays",
		{.phase = INV_RETURN_LOCKED, .erase = MDM_YES, .lock = MDM_LOCK_ON, .told_at = T0},
		{.facts = {HERE, .told_at = T0 + 9, .lock = MDM_LOCK_ON}, .now = T0 + 9}, false,
		INV_RETURN_LOCKED},
	{"the lock is gone",
		{.phase = INV_RETURN_LOCKED, .erase = MDM_YES, .lock = MDM_LOCK_ON, .told_at = T0},
		{.facts = {HERE, .told_at = T0 + 9, .lock = MDM_LOCK_OFF}, .now = T0 + 9}, true,
		INV_RETURN_ERASING},
	{"no erase was chosen", {.phase = INV_RETURN_ASKING, .erase = MDM_NO, .opened_at = T0},
		{.facts = {HERE, .told_at = T0}, .now = T0}, true, INV_RETURN_JUDGING},
	{"it has left us", {.phase = INV_RETURN_ASKING, .erase = MDM_YES, .opened_at = T0},
		{.facts = {.state = MDM_CHECKED_OUT, .battery = -1}, .now = T0}, true,
		INV_RETURN_JUDGING},
	{"the erase waits", {.phase = INV_RETURN_ERASING, .erasing_at = T0},
		{.facts = {HERE, .erasing = true}, .now = T0 + DAY}, false, INV_RETURN_ERASING},
	{"it said yes", {.phase = INV_RETURN_ERASING, .erasing_at = T0},
		{.facts = {HERE}, .ended = MDM_ACKNOWLEDGED, .now = T0 + 9}, true,
		INV_RETURN_ERASED, INV_PROOF_SAID},
	{"it said no", {.phase = INV_RETURN_ERASING, .erasing_at = T0},
		{.facts = {HERE}, .ended = MDM_ERROR, .now = T0 + 9}, true, INV_RETURN_JUDGING,
		INV_PROOF_REFUSED},
	{"nobody answered in time", {.phase = INV_RETURN_ERASING, .erasing_at = T0},
		{.facts = {HERE}, .ended = MDM_EXPIRED, .now = T0 + 9}, true, INV_RETURN_JUDGING,
		INV_PROOF_SILENT},
	{"silent for two weeks", {.phase = INV_RETURN_ERASING, .erasing_at = T0},
		{.facts = {HERE, .erasing = true}, .now = T0 + 14 * DAY}, true, INV_RETURN_JUDGING,
		INV_PROOF_SILENT},
	{"a late yes counts",
		{.phase = INV_RETURN_JUDGING, .proof = INV_PROOF_SILENT, .erasing_at = T0},
		{.facts = {HERE}, .ended = MDM_ACKNOWLEDGED, .now = T0 + 99 * DAY}, true,
		INV_RETURN_ERASED, INV_PROOF_SAID},
	{"an order that was taken back before its time is no end",
		{.phase = INV_RETURN_ASKING, .erase = MDM_YES, .opened_at = T0},
		{.facts = {HERE, .asking = true}, .ended = MDM_CANCELLED, .now = T0}, false,
		INV_RETURN_ASKING},
	{"enrolled anew without a word", {.phase = INV_RETURN_ERASING, .erasing_at = T0},
		{.facts = {.state = MDM_ENROLLED, .authenticated_at = T0 + 5}, .now = T0 + 9}, true,
		INV_RETURN_JUDGING, INV_PROOF_ANEW},
	{"erased and quiet", {.phase = INV_RETURN_ERASED, .proof = INV_PROOF_SAID, .erased_at = T0},
		{.facts = {HERE, .erased_at = T0}, .now = T0 + 30 * DAY}, false, INV_RETURN_ERASED,
		INV_PROOF_SAID},
	{"erased in the second in which it enrolled",
		{.phase = INV_RETURN_ERASED, .proof = INV_PROOF_SAID, .erased_at = T0},
		{.facts = {.state = MDM_ENROLLED, .enrolled_at = T0, .erased_at = T0}, .now = T0},
		false, INV_RETURN_ERASED, INV_PROOF_SAID},
	{"erased and back", {.phase = INV_RETURN_ERASED, .proof = INV_PROOF_SAID, .erased_at = T0},
		{.facts = {.state = MDM_ENROLLED, .enrolled_at = T0 + 60}, .now = T0 + 60}, true,
		INV_RETURN_JUDGING, INV_PROOF_BACK},
	{"back after it was given up",
		{.phase = INV_RETURN_JUDGING, .proof = INV_PROOF_SAID, .erased_at = T0},
		{.facts = {.state = MDM_ENROLLED, .enrolled_at = T0 + 60}, .now = T0 + 60}, true,
		INV_RETURN_JUDGING, INV_PROOF_BACK},
	{"said so, and speaks as before",
		{.phase = INV_RETURN_ERASED, .proof = INV_PROOF_SAID, .erased_at = T0},
		{.facts = {HERE}, .now = T0 + 9}, true, INV_RETURN_JUDGING, INV_PROOF_SPOKE},
	{"Return to Service that did not come",
		{.phase = INV_RETURN_ERASED,
			.proof = INV_PROOF_SAID,
			.erased_at = T0,
			.service = true},
		{.facts = {HERE, .erased_at = T0}, .now = T0 + DAY}, true, INV_RETURN_JUDGING,
		INV_PROOF_SAID},
	{"what is done stays", {.phase = INV_RETURN_DONE, .erased_at = T0},
		{.facts = {HERE}, .ended = MDM_ACKNOWLEDGED, .now = T0 + 9}, false,
		INV_RETURN_DONE},
};

Test(return_rules, each_step)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct inv_return r = steps[i].r;

		cr_expect_eq(
			inv_return_step(&steps[i].s, &r), steps[i].stepped, "%s", steps[i].what);
		cr_expect_eq(r.phase, steps[i].phase, "%s: %s", steps[i].what,
			inv_return_phase_name(r.phase));
		cr_expect_eq(
			r.proof, steps[i].proof, "%s: %s", steps[i].what, inv_proof_name(r.proof));
	}
}

/* Whatever is seen, in whatever order, it comes to rest. */
Test(return_rules, no_two_steps_lead_in_a_circle)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		for (size_t j = 0; j < sizeof(steps) / sizeof(steps[0]); j++) {
			struct inv_return r = steps[i].r;
			struct inv_return_seen s = steps[j].s;
			unsigned n = 0;

			s.ended = 0;
			while (inv_return_step(&s, &r))
				cr_assert_lt(n++, 8, "%s, then %s", steps[i].what, steps[j].what);
		}
	}
}

static enum inv_verdict advised(struct inv_return r, struct inv_unit u)
{
	struct inv_advice x;

	inv_return_advise(&r, &u, T0, &x);
	cr_expect(x.count >= 1 && x.count <= 3);
	for (size_t i = 0; i < x.count; i++)
		cr_expect_not_null(x.why[i]->text[SAY_FI]);
	return x.verdict;
}

#define BACK .phase = INV_RETURN_JUDGING, .proof = INV_PROOF_BACK

Test(return_rules, the_house_advises)
{
	const struct inv_unit u = {.state = INV_IN_STOCK};
	const struct inv_unit ending = {.state = INV_IN_STOCK, .lease_ends_at = T0 + 30 * DAY};
	const struct inv_unit lessors = {.state = INV_RETURNED_TO_LESSOR};

	cr_expect_eq(advised((struct inv_return){BACK, .battery = 81}, u), INV_VERDICT_LEND);
	cr_expect_eq(advised((struct inv_return){BACK}, u), INV_VERDICT_LEND);
	cr_expect_eq(advised((struct inv_return){BACK, .battery = 12}, u), INV_VERDICT_CHARGE);
	cr_expect_eq(advised((struct inv_return){BACK, .battery = 1}, u), INV_VERDICT_CHARGE);
	cr_expect_eq(advised((struct inv_return){BACK, .battery = 81}, ending), INV_VERDICT_LESSOR);
	cr_expect_eq(advised((struct inv_return){BACK}, lessors), INV_VERDICT_LESSOR);
	cr_expect_eq(advised((struct inv_return){BACK, .faulty_parts = "Camera"}, ending),
		INV_VERDICT_REPAIR);
	cr_expect_eq(advised((struct inv_return){BACK, .battery_health = INV_BATTERY_SERVICE}, u),
		INV_VERDICT_REPAIR);
	cr_expect_eq(advised((struct inv_return){BACK, .battery_health = INV_BATTERY_NORMAL}, u),
		INV_VERDICT_LEND);
	cr_expect_eq(
		advised((struct inv_return){.phase = INV_RETURN_JUDGING, .proof = INV_PROOF_SILENT},
			u),
		INV_VERDICT_CHARGE);
	cr_expect_eq(
		advised((struct inv_return){.phase = INV_RETURN_JUDGING, .proof = INV_PROOF_SPOKE},
			u),
		INV_VERDICT_NONE);
	cr_expect_eq(
		advised((struct inv_return){.phase = INV_RETURN_ERASING}, u), INV_VERDICT_NONE);
}

static const char *refused(struct inv_return r, enum inv_verdict v, bool looked)
{
	const struct inv_judgement j = {.verdict = v, .looked = looked};
	struct refusal why = {0};

	return inv_return_decide(&r, "PADDA-1", &j, &why) ? why.say->code : "fine";
}

Test(return_rules, what_a_person_may_say)
{
	const struct inv_return back = {BACK},
				said = {.phase = INV_RETURN_ERASED, .proof = INV_PROOF_SAID};
	const struct inv_return silent = {.phase = INV_RETURN_JUDGING, .proof = INV_PROOF_SILENT};
	const struct inv_return locked = {
		.phase = INV_RETURN_JUDGING, .proof = INV_PROOF_SAID, .lock = MDM_LOCK_ON};
	const struct inv_return done = {.phase = INV_RETURN_DONE, .proof = INV_PROOF_BACK};

	for (unsigned v = INV_VERDICT_LEND; v < INV_VERDICTS; v++) {
		bool repair = v == INV_VERDICT_REPAIR;

		cr_expect_str_eq(refused(back, v, false), "fine");
		cr_expect_str_eq(refused(said, v, false), "fine");
		cr_expect_str_eq(refused(silent, v, true), "fine");
		cr_expect_str_eq(refused(locked, v, true), "fine");
		cr_expect_str_eq(refused(silent, v, false), repair ? "fine" : "return.unproved");
		cr_expect_str_eq(refused(locked, v, false), repair ? "fine" : "return.locked");
		cr_expect_str_eq(refused(done, v, true), "return.none");
	}
	cr_expect_str_eq(refused(back, INV_VERDICT_NONE, true), "return.verdict");
	cr_expect_str_eq(refused(back, INV_VERDICTS, true), "return.verdict");
}

Test(return_rules, only_what_waits_is_told_to_go)
{
	struct refusal why = {0};

	for (unsigned p = INV_RETURN_ASKING; p < INV_RETURN_PHASES; p++) {
		struct inv_return r = {.phase = p, .erase = MDM_YES};
		bool waits = p == INV_RETURN_ASKING || p == INV_RETURN_LOCKED;

		cr_expect_eq(inv_return_go_decide(&r, "PADDA-1", false, &why), waits ? 0 : ERR_REFUSED);
		r.lock = MDM_LOCK_ON;
		cr_expect_eq(inv_return_go_decide(&r, "PADDA-1", false, &why), ERR_REFUSED);
		cr_expect_eq(inv_return_go_decide(&r, "PADDA-1", true, &why), waits ? 0 : ERR_REFUSED);
		r.erase = MDM_NO;
		cr_expect_eq(inv_return_go_decide(&r, "PADDA-1", true, &why), ERR_REFUSED);
	}
}

Test(return_rules, each_standing_has_a_sentence_in_each_language)
{
	AUTO(arena) struct arena *a = arena_new();

	for (uint32_t phase = 0; phase <= INV_RETURN_PHASES; phase++) {
		for (uint32_t proof = 0; proof <= INV_PROOFS; proof++) {
			struct inv_return r = {.phase = phase, .proof = proof, .told_at = T0};

			for (int l = 0; l < SAY_LANGS; l++) {
				const char *s = inv_return_why(a, &r, (enum say_lang)l, T0);

				cr_expect(strlen(s) > 8 && !strchr(s, '{'), "%s", s);
			}
		}
	}
}

Test(return_rules, words_are_stable)
{
	enum inv_verdict v;

	cr_expect_eq(inv_verdict_parse("Repair", &v), 0);
	cr_expect_eq(v, INV_VERDICT_REPAIR);
	cr_expect_eq(inv_verdict_parse("none", &v), ERR_BADINPUT);
	cr_expect_str_eq(inv_verdict_name(INV_VERDICT_LESSOR), "lessor");
	cr_expect_str_eq(inv_verdict_name(77), "unknown");
	cr_expect_str_eq(inv_return_phase_name(0), "unknown");
	cr_expect_str_eq(inv_proof_name(INV_PROOF_BACK), "back");
}

Test(return_rules, the_health_it_reported_outlives_its_erase)
{
	struct inv_return r = {.phase = INV_RETURN_ERASED, .proof = INV_PROOF_SAID};
	struct inv_return_seen s = {.now = T0,
		.facts = {.health_at = T0 - 10,
			.battery_health = MDM_BATTERY_SERVICE,
			.faulty_parts = "Display"}};
	const struct inv_unit u = {.state = INV_IN_STOCK};
	struct inv_advice x;

	(void)inv_return_step(&s, &r);
	cr_expect_eq(r.battery_health, INV_BATTERY_SERVICE);
	cr_expect_str_eq(r.faulty_parts, "Display");
	s.facts.health_at = 0;
	s.facts.battery_health = 0;
	s.facts.faulty_parts = NULL;
	(void)inv_return_step(&s, &r);
	cr_expect_eq(r.battery_health, INV_BATTERY_SERVICE, "forgotten by the iPad alone");
	inv_return_advise(&r, &u, T0, &x);
	cr_expect_eq(x.verdict, INV_VERDICT_REPAIR);
}
