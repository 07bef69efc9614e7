/* SPDX-License-Identifier: EUPL-1.2 */
#include "inventory/handout_int.h"

#include "base/day.h"
#include "base/text.h"

#include <criterion/criterion.h>

#define NOW 1795252320

Test(handout_rules, needs)
{
	static const struct {
		struct inv_ready_facts f;
		unsigned needs;
	} rows[] = {
		{{.named = true, .unit = INV_IN_STOCK}, 0},
		{{.named = true, .unit = INV_AWAITING, .waits_here = true}, 0},
		{{.named = true, .unit = INV_AWAITING}, INV_NEED_STATE},
		{{.named = true, .unit = INV_LOST}, INV_NEED_STATE},
		{{.on_shelf = 2}, INV_NEED_THING},
		{{.on_shelf = 0}, INV_NEED_NONE},
		{{.named = true, .unit = INV_IN_STOCK, .blocked = true}, INV_NEED_BORROWER},
		{{.named = true, .unit = INV_IN_STOCK, .ipad = true}, INV_NEED_ENROL},
		{{.named = true, .unit = INV_IN_STOCK, .ipad = true, .enrolled = true,
			 .battery = 80, .told_at = NOW - 60},
			0},
		{{.named = true, .unit = INV_IN_STOCK, .ipad = true, .enrolled = true,
			 .battery = 49, .told_at = NOW - 60},
			INV_NEED_CHARGE},
		{{.named = true, .unit = INV_IN_STOCK, .ipad = true, .enrolled = true,
			 .battery = 80, .told_at = NOW - 4 * DAY_S},
			INV_NEED_CHARGE},
		{{.on_shelf = 1, .ipad = true}, INV_NEED_THING},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct inv_ready_facts f = rows[i].f;

		f.now = NOW;
		f.at = NOW + 3600;
		f.own_text = true;
		cr_expect_eq(inv_ready_decide(&f), rows[i].needs, "row %zu", i);
		f.at = NOW - 3 * 3600;
		f.own_text = false;
		cr_expect_eq(inv_ready_decide(&f),
			rows[i].needs | INV_NEED_TIME | INV_NEED_AGREEMENT, "row %zu", i);
	}
}

Test(handout_rules, when)
{
	struct refusal r = {0};

	cr_expect_eq(inv_handout_when_decide(NOW, NOW, &r), 0);
	cr_expect_eq(inv_handout_when_decide(NOW - 3600, NOW, &r), 0, "it is being done");
	cr_expect_eq(inv_handout_when_decide(NOW - 3 * 3600, NOW, &r), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "handout.past");
	cr_expect_eq(inv_handout_when_decide(NOW + 366 * DAY_S, NOW, &r), 0);
	cr_expect_eq(inv_handout_when_decide(NOW + 367 * DAY_S, NOW, &r), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "handout.far");
}

Test(handout_rules, each_need_has_its_word_and_sentence)
{
	for (unsigned i = 0; i < INV_NEEDS; i++) {
		cr_assert_not_null(inv_need_say(i));
		cr_expect(!text_empty(inv_need_name(i)));
		for (int l = 0; l < SAY_LANGS; l++)
			cr_expect_gt(strlen(say_plain(inv_need_say(i), (enum say_lang)l)), 10);
	}
	cr_expect_null(inv_need_say(INV_NEEDS));
	cr_expect_str_eq(inv_handout_state_name(INV_HANDOUT_PLANNED), "planned");
	cr_expect_str_eq(inv_handout_state_name(99), "unknown");
}
