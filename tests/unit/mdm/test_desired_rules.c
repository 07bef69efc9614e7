/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/desired_int.h"
#include "tests/unit/mdm/house.h"

#define NOW 1000

Test(desired_rules, what_to_do_with_a_slot)
{
	static const struct {
		struct mdm_slot s;
		enum mdm_slot_act act;
	} cases[] = {
		{{.wanted = true}, MDM_SLOT_APPLY},
		{{.known = true, .wanted = true, .same = true, .applied.state = MDM_APPLIED_ON},
			MDM_SLOT_NOTHING},
		{{.known = true, .wanted = true, .same = true, .applied.state = MDM_APPLIED_SENT},
			MDM_SLOT_NOTHING},
		{{.known = true, .wanted = true, .applied.state = MDM_APPLIED_SENT},
			MDM_SLOT_REPLACE},
		{{.known = true, .wanted = true, .applied.state = MDM_APPLIED_ON}, MDM_SLOT_APPLY},
		{{.known = true,
			 .wanted = true,
			 .same = true,
			 .again = true,
			 .applied.state = MDM_APPLIED_ON},
			MDM_SLOT_APPLY},
		{{.known = true,
			 .wanted = true,
			 .same = true,
			 .applied = {.state = MDM_APPLIED_FAILED, .retry_at = NOW + 1}},
			MDM_SLOT_NOTHING},
		{{.known = true,
			 .wanted = true,
			 .same = true,
			 .applied = {.state = MDM_APPLIED_FAILED, .retry_at = NOW}},
			MDM_SLOT_APPLY},
		{{.known = true, .wanted = true, .same = true, .applied.state = MDM_APPLIED_FAILED},
			MDM_SLOT_NOTHING},
		{{.known = true,
			 .wanted = true,
			 .same = true,
			 .applied.state = MDM_APPLIED_LEAVING},
			MDM_SLOT_REPLACE},
		{{.known = true,
			 .wanted = true,
			 .applied = {.state = MDM_APPLIED_ON, .had = true, .mailing = true}},
			MDM_SLOT_NOTHING},
		/* not wanted any more */
		{{.known = false}, MDM_SLOT_NOTHING},
		{{.known = true, .removable = true, .applied.state = MDM_APPLIED_SENT},
			MDM_SLOT_CANCEL},
		{{.known = true,
			 .removable = true,
			 .handed = true,
			 .applied.state = MDM_APPLIED_SENT},
			MDM_SLOT_UNSEND},
		{{.known = true,
			 .removable = true,
			 .applied = {.state = MDM_APPLIED_SENT, .had = true}},
			MDM_SLOT_UNSEND},
		{{.known = true,
			 .removable = true,
			 .applied = {.state = MDM_APPLIED_ON, .had = true}},
			MDM_SLOT_REMOVE},
		{{.known = true, .applied = {.state = MDM_APPLIED_ON, .had = true}},
			MDM_SLOT_FORGET},
		{{.known = true, .removable = true, .applied.state = MDM_APPLIED_FAILED},
			MDM_SLOT_FORGET},
		{{.known = true,
			 .removable = true,
			 .applied = {.state = MDM_APPLIED_FAILED, .had = true}},
			MDM_SLOT_REMOVE},
		{{.known = true, .removable = true, .applied.state = MDM_APPLIED_LEAVING},
			MDM_SLOT_NOTHING},
		{{.known = true,
			 .removable = true,
			 .applied = {.state = MDM_APPLIED_LEAVING, .retry_at = NOW}},
			MDM_SLOT_REMOVE},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct mdm_slot s = cases[i].s;

		s.now = NOW;
		cr_expect_eq(
			mdm_slot_decide(&s), cases[i].act, "case %zu: %d", i, mdm_slot_decide(&s));
	}
}

Test(desired_rules, which_of_two_counts)
{
	const struct mdm_item low = {.owner_kind = MDM_OF_GROUP, .owner = "b"};
	const struct mdm_item high = {.owner_kind = MDM_OF_GROUP, .owner = "c", .priority = 5};
	const struct mdm_item first = {.owner_kind = MDM_OF_GROUP, .owner = "a"};
	const struct mdm_item own = {.owner_kind = MDM_OF_IPAD, .owner = "S"};

	cr_expect(mdm_item_wins(&low, &high));
	cr_expect_not(mdm_item_wins(&high, &low));
	cr_expect(mdm_item_wins(&low, &first));
	cr_expect(mdm_item_wins(&high, &own));
	cr_expect_not(mdm_item_wins(&own, &high));
}

Test(desired_rules, names)
{
	AUTO(arena) struct arena *a = arena_new();
	uint32_t kind;
	const char *id;

	cr_expect(mdm_group_name_ok("rond-3"));
	cr_expect_not(mdm_group_name_ok("Rond"));
	cr_expect_not(mdm_group_name_ok(""));
	cr_expect_not(mdm_group_name_ok(NULL));
	cr_expect(mdm_item_id_ok("wifi.hemma"));
	cr_expect_not(mdm_item_id_ok("a/b"));
	cr_expect_eq(mdm_slot_parse(a, "web-clip/boras", &kind, &id), 0);
	cr_expect_eq(kind, MDM_ITEM_WEB_CLIP);
	cr_expect_str_eq(id, "boras");
	cr_expect_str_eq(mdm_slot_name(a, kind, id), "web-clip/boras");
	cr_expect_eq(mdm_slot_parse(a, "boras", &kind, &id), ERR_BADINPUT);
	cr_expect_eq(mdm_slot_parse(a, "x/boras", &kind, &id), ERR_BADINPUT);
}

Test(desired_rules, gaps_grow_and_end)
{
	int64_t before = 0;

	for (uint32_t i = 1; i <= 5; i++) {
		cr_expect_gt(mdm_slot_retry_s(i), before);
		before = mdm_slot_retry_s(i);
	}
	cr_expect_eq(mdm_slot_retry_s(6), 0);
	cr_expect_eq(mdm_slot_retry_s(0), 0);
}
