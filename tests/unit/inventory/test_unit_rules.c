/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "inventory/inventory_int.h"

#include <criterion/criterion.h>

static int decide(enum inv_state from, struct inv_mark mark, struct refusal *r)
{
	const struct inv_unit u = {.serial = "S1", .state = from};

	return inv_mark_decide(&u, &mark, r);
}

/* What each state may become; every other pair is refused. */
#define OURS " lost stolen repair returned_to_lessor discarded stopped missing "
static const char *const allowed[INV_STATES] = {
	[INV_ORDERED] = "delivered in_stock discarded",
	[INV_DELIVERED] = OURS "in_stock on_loan awaiting in_transit",
	[INV_IN_STOCK] = OURS "on_loan awaiting in_transit",
	[INV_ON_LOAN] = OURS "in_stock handed_in",
	[INV_LOST] = "lost stolen discarded" /* to itself with new words */,
	[INV_STOLEN] = "lost stolen discarded",
	[INV_REPAIR] = "lost stolen returned_to_lessor discarded stopped missing in_stock on_loan "
		       "handed_in",
	[INV_RETURNED_TO_LESSOR] = "in_stock",
	[INV_DISCARDED] = "in_stock",
	[INV_QUARANTINED] = "delivered in_stock discarded",
	[INV_HANDED_IN] = OURS "in_stock on_loan awaiting in_transit",
	[INV_AWAITING] = OURS "in_stock on_loan in_transit",
	[INV_IN_TRANSIT] = OURS "in_stock awaiting",
	[INV_STOPPED] = "in_stock repair returned_to_lessor discarded lost stolen missing",
	[INV_MISSING] = "in_stock on_loan handed_in lost stolen discarded stopped",
};

static bool listed(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at += n) {
		if ((at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	}
	return false;
}

Test(unit_rules, every_pair_of_states)
{
	for (unsigned from = 1; from < INV_STATES; from++) {
		for (unsigned to = 1; to < INV_STATES; to++) {
			struct inv_mark mark = {.to = (enum inv_state)to, .phone = "033"};
			struct refusal r = {0};
			int err = decide((enum inv_state)from, mark, &r);
			bool may = listed(allowed[from], inv_state_name((enum inv_state)to));

			cr_expect_eq(err, may ? 0 : ERR_REFUSED, "%s to %s",
				inv_state_name((enum inv_state)from),
				inv_state_name((enum inv_state)to));
			cr_expect_eq(r.say != NULL, !may);
		}
	}
}

Test(unit_rules, a_refusal_names_the_state_in_each_language)
{
	AUTO(arena) struct arena *a = arena_new();
	struct refusal r;

	cr_assert_eq(decide(INV_LOST, (struct inv_mark){.to = INV_ON_LOAN}, &r), ERR_REFUSED);
	cr_expect(strstr(refusal_text(a, SAY_SV, &r), "borttappad"));
	cr_expect(strstr(refusal_text(a, SAY_FI, &r), "kadonnut"));
	cr_expect(strstr(refusal_text(a, SAY_EN, &r), "S1 is lost"));
	cr_expect_str_eq(r.say->code, "unit.found-first");
}

Test(unit_rules, lost_needs_words_for_the_finder)
{
	struct refusal r;

	cr_assert_eq(decide(INV_ON_LOAN, (struct inv_mark){.to = INV_LOST}, &r), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "unit.words-needed");
	cr_expect_eq(decide(INV_ON_LOAN, (struct inv_mark){.to = INV_LOST, .message = "x"}, &r), 0);
}

Test(unit_rules, what_has_no_screen_is_lost_without_words)
{
	static const unsigned kinds[] = {INV_KIND_THING, INV_KIND_SIM, INV_KIND_KIT};
	struct inv_mark mark = {.to = INV_STOLEN};
	struct inv_unit u = {.serial = "S1", .state = INV_ON_LOAN, .kind = INV_KIND_IPAD};
	struct refusal r;

	cr_expect_eq(inv_mark_decide(&u, &mark, &r), ERR_REFUSED);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		u.kind = kinds[i];
		cr_expect_eq(inv_mark_decide(&u, &mark, &r), 0, "kind %u", kinds[i]);
	}
}

Test(unit_rules, an_enrolled_ipad_is_erased_by_choice_only)
{
	const struct inv_unit u = {.serial = "S1", .state = INV_ON_LOAN, .enrolled = true};
	struct inv_mark mark = {.to = INV_IN_STOCK};
	struct refusal r;

	cr_assert_eq(inv_mark_decide(&u, &mark, &r), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "unit.choose-erase");
	mark.erase = MDM_YES;
	cr_assert_eq(inv_mark_decide(&u, &mark, &r), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "unit.choose-plan");
	mark.preserve_data_plan = MDM_NO;
	cr_expect_eq(inv_mark_decide(&u, &mark, &r), 0);
	mark = (struct inv_mark){.to = INV_IN_STOCK, .erase = MDM_NO};
	cr_expect_eq(inv_mark_decide(&u, &mark, &r), 0);
}

Test(unit_rules, states_are_read_in_every_language)
{
	static const struct {
		const char *text;
		enum inv_state state;
	} words[] = {{"in_stock", INV_IN_STOCK}, {"I LAGER", INV_IN_STOCK},
		{"utlånad", INV_ON_LOAN}, {"varastettu", INV_STOLEN},
		{"returned to the lessor", INV_RETURNED_TO_LESSOR}};
	enum inv_state s;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		cr_expect_eq(inv_state_parse(words[i].text, &s), 0, "%s", words[i].text);
		cr_expect_eq(s, words[i].state, "%s", words[i].text);
	}
	cr_expect_eq(inv_state_parse("", &s), ERR_BADINPUT);
	cr_expect_eq(inv_state_parse("sold", &s), ERR_BADINPUT);
}

/* Each state's way in, for each of the duties alone. */
Test(unit_rules, who_may_bring_a_thing_into_a_state)
{
	static const struct {
		bool own;
		unsigned from, to, duty;
		bool may;
	} cases[] = {
		{false, INV_IN_STOCK, INV_ON_LOAN, INV_DUTY_LIBRARY, true},
		{false, INV_ON_LOAN, INV_HANDED_IN, INV_DUTY_LIBRARY, true},
		{false, INV_IN_STOCK, INV_STOPPED, INV_DUTY_LIBRARY, true},
		{false, INV_STOPPED, INV_IN_STOCK, INV_DUTY_LIBRARY, false},
		{false, INV_STOPPED, INV_IN_STOCK, INV_DUTY_CARE, true},
		{false, INV_ON_LOAN, INV_STOLEN, INV_DUTY_LIBRARY, false},
		{true, INV_ON_LOAN, INV_STOLEN, INV_DUTY_LIBRARY, true},
		{true, INV_ON_LOAN, INV_LOST, INV_DUTY_LIBRARY, true},
		{true, INV_LOST, INV_DISCARDED, INV_DUTY_LIBRARY, true},
		{true, INV_LOST, INV_IN_STOCK, INV_DUTY_LIBRARY, true},
		{true, INV_STOLEN, INV_ON_LOAN, INV_DUTY_LIBRARY, true},
		{false, INV_LOST, INV_IN_STOCK, INV_DUTY_LIBRARY, false},
		{false, INV_LOST, INV_IN_STOCK, INV_DUTY_CARE, true},
		{true, INV_STOPPED, INV_DISCARDED, INV_DUTY_LIBRARY, false},
		{true, INV_IN_STOCK, INV_RETURNED_TO_LESSOR, INV_DUTY_LIBRARY, false},
		{true, INV_ON_LOAN, INV_STOLEN, 0, false},
		{false, INV_ON_LOAN, INV_STOLEN, INV_DUTY_CARE, true},
		{false, INV_ON_LOAN, INV_RETURNED_TO_LESSOR, INV_DUTY_CARE, true},
		{false, INV_QUARANTINED, INV_DELIVERED, INV_DUTY_CARE, false},
		{false, INV_QUARANTINED, INV_DELIVERED, INV_DUTY_IT, true},
		{false, INV_DISCARDED, INV_IN_STOCK, INV_DUTY_LIBRARY, false},
		{true, INV_DISCARDED, INV_IN_STOCK, INV_DUTY_LIBRARY, false},
		{false, INV_IN_STOCK, INV_ORDERED, INV_DUTY_CARE, false},
		{false, INV_IN_STOCK, INV_QUARANTINED, INV_DUTY_ADMIN, false},
		{false, INV_IN_STOCK, INV_ON_LOAN, 0, false},
		{false, INV_IN_STOCK, INV_STATES, INV_DUTY_ADMIN, false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq((inv_state_duties(cases[i].own, cases[i].from, cases[i].to) &
				     cases[i].duty) != 0,
			cases[i].may, "case %zu", i);
}

Test(unit_rules, a_police_reports_number_has_letters_and_digits)
{
	static const struct {
		const char *number;
		bool good;
	} cases[] = {{"5000-K123456-26", true}, {"K12345-20", true}, {"k 1/2", true}, {"", false},
		{NULL, false}, {"19400101-1234", false}, {"anmäld", false}, {"K1<b>", false},
		{"K1\n2", false}, {"K123456789012345678901234567890123456789", true},
		{"K1234567890123456789012345678901234567890", false}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct refusal r = {0};

		cr_expect_eq(inv_police_decide(cases[i].number, &r) == 0, cases[i].good, "%s",
			cases[i].number);
	}
}
