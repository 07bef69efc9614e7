/* SPDX-License-Identifier: EUPL-1.2 */
/* What a scan means, by what is scanned and by what stands on the desk. */
#include "tests/unit/inventory/counter.h"

Test(scan_rules, meaning_is_decided_by_the_state)
{
	static const struct inv_unit unit = {.serial = "U1", .item_number = "VB-0001"};
	static const struct inv_unit handed = {.serial = "U1", .state = INV_HANDED_IN};
	static const struct inv_unit lost = {.serial = "U1", .state = INV_LOST};
	static const struct inv_unit part = {.serial = "U2", .kit = "U1"};
	static const struct inv_hit one = {INV_HIT_UNIT, INV_CODE_ITEM, "U1"};
	static const struct inv_hit product = {INV_HIT_PRODUCT, INV_CODE_GTIN, "p"};
	static const struct inv_hit place = {INV_HIT_PLACE, 0, "disk"};
	static const struct inv_scan code = {.kind = INV_SCAN_CODE, .text = "X", .raw = "X"};
	static const struct inv_scan worn = {
		.kind = INV_SCAN_CODE, .text = "X", .raw = "X", .bad_check = true};
	static const struct inv_scan loan = {.kind = INV_SCAN_LOAN, .text = "10009"};
	static const struct inv_scan done = {.kind = INV_SCAN_COMMAND, .command = INV_SCAN_DONE};
	static const struct inv_scan renew = {.kind = INV_SCAN_COMMAND, .command = INV_SCAN_RENEW};
	static const struct inv_desk idle = {.mode = INV_DESK_IDLE};
	static const struct inv_desk open = {.mode = INV_DESK_IDLE, .loan = 1000};
	static const struct inv_desk bundle = {
		.mode = INV_DESK_LEND, .borrower = "b", .line_count = 1};
	static const struct inv_desk chosen = {.mode = INV_DESK_LEND, .borrower = "b"};
	static const struct inv_desk nobody = {.mode = INV_DESK_LEND, .line_count = 1};
	static const struct inv_desk taking = {.mode = INV_DESK_RETURN, .line_count = 3};
	static const struct inv_desk renewing = {.mode = INV_DESK_RENEW};
	static const struct {
		struct inv_scan_facts f;
		enum inv_scan_act act;
		const char *code;
	} cases[] = {
		{{&code, &idle, &one, 1, .unit = &unit}, INV_DO_ADD, NULL},
		{{&code, &bundle, &one, 1, .unit = &unit}, INV_DO_ADD, NULL},
		{{&code, &bundle, &one, 1, .unit = &unit, .on_desk = true}, INV_DO_REFUSE,
			"loan.twice"},
		{{&code, &idle, &one, 1, .unit = &unit, .out = true}, INV_DO_RETURN, NULL},
		{{&code, &taking, &one, 1, .unit = &unit, .out = true}, INV_DO_RETURN, NULL},
		{{&code, &bundle, &one, 1, .unit = &unit, .out = true}, INV_DO_REFUSE,
			"scan.in-bundle"},
		{{&code, &bundle, &one, 1, .unit = &lost, .out = true}, INV_DO_REFUSE, "scan.away"},
		{{&code, &bundle, &one, 1, .unit = &unit, .out = true, .foreign = true}, INV_DO_RETURN, NULL},
		{{&code, &chosen, &one, 1, .unit = &unit, .out = true}, INV_DO_REFUSE, "scan.chosen"},
		{{&code, &chosen, &one, 1, .unit = &unit, .out = true, .theirs = true}, INV_DO_RETURN, NULL},
		{{&code, &chosen, &one, 1, .unit = &lost, .out = true}, INV_DO_REFUSE, "scan.away"},
		{{&code, &chosen, &one, 1, .unit = &unit}, INV_DO_ADD, NULL},
		{{&code, &taking, &one, 1, .unit = &unit}, INV_DO_REFUSE, "loan.not-out"},
		{{&code, &taking, &one, 1, .unit = &handed}, INV_DO_REFUSE, "loan.in-already"},
		{{&code, &renewing, &one, 1, .unit = &unit, .out = true}, INV_DO_RENEW, NULL},
		{{&code, &renewing, &one, 1, .unit = &unit}, INV_DO_REFUSE, "loan.not-out"},
		{{&code, &idle, &one, 1, .unit = &part}, INV_DO_REFUSE, "loan.part-of-kit"},
		{{&code, &idle, &product, 1}, INV_DO_PRODUCT, NULL},
		{{&code, &taking, &product, 1}, INV_DO_REFUSE, "scan.product"},
		{{&code, &renewing, &product, 1}, INV_DO_REFUSE, "scan.product"},
		{{&code, &idle, &place, 1}, INV_DO_PLACE, NULL},
		{{&code, &idle, &one, 2}, INV_DO_CHOOSE, NULL},
		{{&code, &idle, NULL, 0}, INV_DO_REFUSE, "scan.unknown"},
		{{&worn, &idle, NULL, 0}, INV_DO_REFUSE, "scan.worn"},
		{{&worn, &idle, &one, 1, .unit = &unit}, INV_DO_ADD, NULL},
		{{&code, &idle, &one, 1, .near = true}, INV_DO_REFUSE, "scan.near"},
		{{&code, &idle, NULL, 0, .card = true}, INV_DO_BORROWER, NULL},
		{{&loan, &idle, NULL, 0}, INV_DO_LOAN, NULL},
		{{&done, &bundle, NULL, 0}, INV_DO_LEND, NULL},
		{{&done, &nobody, NULL, 0}, INV_DO_REFUSE, "scan.nobody"},
		{{&done, &taking, NULL, 0}, INV_DO_CLEAR, NULL},
		{{&renew, &open, NULL, 0}, INV_DO_RENEW_LOAN, NULL},
		{{&renew, &idle, NULL, 0}, INV_DO_MODE, NULL},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct refusal r = {0};
		struct inv_door doors[INV_DOORS];
		enum inv_scan_act act = inv_scan_decide(&cases[i].f, &r);

		cr_expect_eq(act, cases[i].act, "case %zu: %d", i, act);
		if (!cases[i].code)
			continue;
		cr_assert_not_null(r.say, "case %zu", i);
		cr_expect_str_eq(r.say->code, cases[i].code, "case %zu", i);
		cr_expect_gt(inv_scan_doors(&r, cases[i].f.desk, "X", doors), 0);
		cr_expect_not_null(doors[0].label->text[SAY_FI]);
	}
}

/* Digits that nobody has may be a serial number as well as a worn barcode: both are said. */
Test(scan_rules, digits_nobody_has)
{
	static const struct inv_desk idle = {.mode = INV_DESK_IDLE};
	struct arena *a = arena_new();
	struct inv_scan *scan;
	struct inv_scan_facts f = {NULL, &idle, NULL, 0};
	struct refusal r = {0};
	struct inv_door doors[INV_DOORS];
	bool search = false, make = false;
	size_t scans;

	cr_assert_eq(inv_scan_parse(a, (struct bytes){(const uint8_t *)"00012345", 8}, &scan, &scans), 0);
	f.scan = scan;
	cr_assert_eq(inv_scan_decide(&f, &r), INV_DO_REFUSE);
	cr_expect_str_eq(r.say->code, "scan.worn");
	cr_expect_not_null(strstr(r.say->text[SAY_SV], "Ingen sak har koden {0}"));
	cr_expect_not_null(strstr(r.say->text[SAY_SV], "kan vara fel läst"));
	for (size_t i = 0, n = inv_scan_doors(&r, &idle, "00012345", doors); i < n; i++) {
		search |= text_equal(doors[i].act, "search");
		make |= text_equal(doors[i].act, "item_new");
	}
	cr_expect(search && make);
	arena_free(a);
}

Test(scan_rules, states_have_names)
{
	cr_expect_str_eq(inv_tone_name(INV_TONE_ASK), "ask");
	cr_expect_str_eq(inv_tone_name(77), "");
	cr_expect_str_eq(inv_desk_mode_name(INV_DESK_RETURN), "return");
	for (unsigned s = 1; s < INV_LINE_STATES; s++)
		cr_expect_str_neq(inv_line_state_name(s), "unknown");
	for (unsigned s = 1; s < INV_HOLD_STATES; s++)
		cr_expect_str_neq(inv_hold_state_name(s), "unknown");
}
