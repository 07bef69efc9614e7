/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said of things (fields.c), and their further codes (unit_code.c). */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

/* A shelf with one thing on it. */
static const char *open_with_bell(struct shelf *s)
{
	shelf_open(s);
	shelf_product(s, "ringklocka", INV_KIND_THING, "Trådlös ringklocka");
	return shelf_thing(s, "ringklocka", NULL);
}

Test(fields, things_get_numbers_of_their_products_series)
{
	struct inv_new n = {.f = INV_FIELDS_NONE, .count = 3};
	const char **serials;
	struct shelf s;

	shelf_open(&s);
	shelf_product(&s, "ringklocka", INV_KIND_THING, "Trådlös ringklocka");
	shelf_place(&s, "disk", INV_PLACE_DESK, "Disken", NULL);
	n.f.product_id = "Ringklocka";
	n.f.place = "disk";
	SHELF_OK(&s, inv_unit_make(s.inv, &anna, &n, 1000, s.a, &s.r, &serials));
	cr_expect_str_eq(serials[0], "VB-000001");
	cr_expect_str_eq(serials[2], "VB-000003");
	cr_expect_str_eq(shelf_find(&s, "vb-000002").u.home, "disk");
	cr_expect_eq(shelf_find(&s, "vb-000002").u.kind, INV_KIND_THING);
	n.f.imei = "356938035643809";
	SHELF_REFUSED(&s, inv_unit_make(s.inv, &anna, &n, 1000, s.a, &s.r, &serials),
		"unit.codes-of-many");
	n.count = 1;
	n.f.note = "hos 19121212-1212";
	SHELF_REFUSED(
		&s, inv_unit_make(s.inv, &anna, &n, 1000, s.a, &s.r, &serials), "note.identity");
	n.f.note = NULL;
	n.f.product_id = "nosuch";
	SHELF_REFUSED(
		&s, inv_unit_make(s.inv, &anna, &n, 1000, s.a, &s.r, &serials), "product.unknown");
	n.f.product_id = "ringklocka";
	n.f.place = "nowhere";
	SHELF_REFUSED(
		&s, inv_unit_make(s.inv, &anna, &n, 1000, s.a, &s.r, &serials), "place.unknown");
	n.state = INV_ON_LOAN;
	SHELF_REFUSED(
		&s, inv_unit_make(s.inv, &anna, &n, 1000, s.a, &s.r, &serials), "unit.begin-state");
	shelf_close(&s);
}

Test(fields, a_number_that_somebody_else_has_is_refused)
{
	struct inv_fields f = INV_FIELDS_NONE;
	const char *one, *two;
	struct shelf s;

	one = open_with_bell(&s);
	two = shelf_thing(&s, "ringklocka", NULL);
	f.item_number = one;
	SHELF_REFUSED(
		&s, inv_unit_change(s.inv, &SHELF_ACT(two, 2000), &f, &s.r), "unit.code-taken");
	f.item_number = NULL;
	f.maker_serial = "mk-7";
	f.condition = INV_CONDITION_WORN;
	f.note = "Repa på sidan";
	SHELF_OK(&s, inv_unit_change(s.inv, &SHELF_ACT(two, 2000), &f, &s.r));
	cr_expect_str_eq(shelf_find(&s, "MK-7").u.serial, two);
	cr_expect_str_eq(shelf_find(&s, two).events[0].kind, "changed");
	cr_expect_str_eq(shelf_find(&s, two).events[0].text, "note maker_serial condition");
	f = INV_FIELDS_NONE;
	f.maker_serial = "";
	SHELF_OK(&s, inv_unit_change(s.inv, &SHELF_ACT(two, 2000), &f, &s.r));
	cr_expect_null(shelf_find(&s, two).u.maker_serial);
	cr_expect_eq(shelf_find(&s, two).u.condition, INV_CONDITION_WORN);
	shelf_close(&s);
}

Test(fields, further_codes_come_and_go)
{
	static const struct {
		struct inv_code c;
		const char *refused;
	} cases[] = {
		{{INV_CODE_OTHER, "00017"}, NULL},
		{{INV_CODE_OTHER, "00017"}, "unit.code-there"},
		{{INV_CODE_IMEI, "356938035643809"}, NULL},
		{{INV_CODE_IMEI, "356938035643800"}, "unit.code-digit"},
		{{INV_CODE_ICCID, "123"}, "unit.code-digit"},
		{{INV_CODE_ITEM, "X1"}, "unit.code-kind"},
		{{INV_CODE_SERIAL, "00012345"}, "unit.code-kind"},
		{{INV_CODE_GS1, "04006381333931/ABC"}, NULL},
		/* a label as it is scanned, with its lot and last day */
		{{INV_CODE_OTHER, "]d2010400638133393121XYZ\x1d" "10L7\x1d" "17271231"}, NULL},
		{{INV_CODE_GS1, "04006381333931/XYZ"}, "unit.code-there"},
		{{INV_CODE_OTHER, "(01)04006381333931(21)XYZ"}, "unit.code-there"},
		/* the product's, on all of its kind; but a number of sixteen digits may be an IMEI */
		{{INV_CODE_GS1, "(01)04006381333931"}, "unit.code-product"},
		{{INV_CODE_OTHER, "0104006381333931"}, "unit.code-product"},
		{{INV_CODE_MAKER_SERIAL, "]d20104006381333931" "10L7\x1d" "17271231"}, "unit.code-product"},
		{{INV_CODE_IMEI, "0104006381333931"}, NULL},
		{{INV_CODE_GTIN, "7312345678901"}, "unit.code-digit"},
		{{INV_CODE_GTIN, "abc"}, "unit.code-digit"},
		{{INV_CODE_GTIN, "4006381333931"}, NULL},
		{{INV_CODE_GS1, "(01)07312345678906(21)Q2"}, "unit.code-digit"},
		{{INV_CODE_GS1, "04006381333930/Q2"}, "unit.code-digit"},
		{{INV_CODE_GS1, "04006381333931/"}, "unit.code-digit"},
		{{INV_CODE_GS1, "QWERTY"}, "unit.code-digit"},
		{{INV_CODE_OTHER, "a b"}, "import.bad-code"},
		{{INV_CODE_OTHER, "\xc3\xa5"}, "import.bad-code"},
	};
	const char *one;
	struct shelf s;

	one = open_with_bell(&s);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int err = inv_code_add(s.inv, &SHELF_ACT(one, 2000), &cases[i].c, &s.r);

		cr_expect_eq(err, cases[i].refused ? ERR_REFUSED : 0, "case %zu", i);
		if (cases[i].refused && s.r.say)
			cr_expect_str_eq(s.r.say->code, cases[i].refused);
	}
	cr_expect_str_eq(shelf_find(&s, "00017").u.serial, one);
	cr_expect_str_eq(shelf_find(&s, "356938035643809").u.serial, one);
	SHELF_OK(&s, inv_code_drop(s.inv, &SHELF_ACT(one, 2000), "00017", &s.r));
	SHELF_REFUSED(&s, inv_code_drop(s.inv, &SHELF_ACT(one, 2000), "00017", &s.r),
		"unit.code-not-there");
	cr_expect_str_eq(shelf_find(&s, "356938035643809").u.serial, one);
	shelf_is_sound(&s);
	shelf_close(&s);
}

/* Each is on one piece in the world: nobody else's number, whichever way it comes in. */
Test(fields, an_imei_and_a_labels_serial_number_are_one_things_alone)
{
	static const struct inv_code alone[] = {{INV_CODE_IMEI, "356938035643809"},
		{INV_CODE_GS1, "(01)04006381333931(21)XYZ"}};
	static const struct inv_code shared[] = {{INV_CODE_GTIN, "4006381333931"}, {INV_CODE_OTHER, "LOT-7"},
		{INV_CODE_MAKER_SERIAL, "7"}};
	struct inv_new n = {.f = INV_FIELDS_NONE};
	struct inv_fields f = INV_FIELDS_NONE;
	const char *one, *two, **serials;
	struct shelf s;

	one = open_with_bell(&s);
	two = shelf_thing(&s, "ringklocka", NULL);
	for (size_t i = 0; i < 2; i++) {
		SHELF_OK(&s, inv_code_add(s.inv, &SHELF_ACT(one, 2000), &alone[i], &s.r));
		SHELF_REFUSED(&s, inv_code_add(s.inv, &SHELF_ACT(two, 2000), &alone[i], &s.r), "unit.code-held");
		cr_expect_not_null(strstr(refusal_text(s.a, SAY_SV, &s.r), one));
	}
	for (size_t i = 0; i < 3; i++) {
		SHELF_OK(&s, inv_code_add(s.inv, &SHELF_ACT(one, 2000), &shared[i], &s.r));
		SHELF_OK(&s, inv_code_add(s.inv, &SHELF_ACT(two, 2000), &shared[i], &s.r));
	}
	f.imei = "356938035643809";
	SHELF_REFUSED(&s, inv_unit_change(s.inv, &SHELF_ACT(two, 2000), &f, &s.r), "unit.code-held");
	n.f.product_id = "ringklocka";
	n.f.imei = "356938035643809";
	SHELF_REFUSED(&s, inv_unit_make(s.inv, &anna, &n, 2000, s.a, &s.r, &serials), "unit.code-held");
	shelf_import(&s, "serial;imei\nNEW1;356938035643809\n", ERR_REFUSED);
	shelf_import(&s, "serial;imei\nNEW2;490154203237518\nNEW3;490154203237518\n", ERR_REFUSED);
	SHELF_OK(&s, inv_code_drop(s.inv, &SHELF_ACT(one, 2000), "04006381333931/XYZ", &s.r));
	SHELF_OK(&s, inv_code_add(s.inv, &SHELF_ACT(two, 2000), &alone[1], &s.r));
	/* the thing that has it may have it in both places, and then in one */
	SHELF_OK(&s, inv_unit_change(s.inv, &SHELF_ACT(one, 2000), &f, &s.r));
	shelf_is_sound(&s);
	SHELF_OK(&s, inv_code_drop(s.inv, &SHELF_ACT(one, 2000), "356938035643809", &s.r));
	shelf_is_sound(&s);
	shelf_close(&s);
}

static int give_imei(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_unit before, u;
	int err = inv_unit_get(txn, a, arg, &before);

	u = before;
	u.imei = "356938035643809";
	return err ? err : inv_unit_put(txn, &before, &u);
}

/* Two that share one since before it was refused: each is changed and listed as ever, the number with it. */
Test(fields, things_that_share_an_imei_already_go_on)
{
	struct inv_fields f = INV_FIELDS_NONE;
	struct shelf s;

	shelf_open(&s);
	shelf_import(&s, "serial\nOLD1\nOLD2\n", 0);
	cr_assert_eq(store_write(s.st, give_imei, (void *)"OLD1"), 0);
	cr_assert_eq(store_write(s.st, give_imei, (void *)"OLD2"), 0);
	f.imei = "356938035643809";
	f.note = "Repa";
	SHELF_OK(&s, inv_unit_change(s.inv, &SHELF_ACT("OLD2", 2000), &f, &s.r));
	cr_expect_eq(shelf_import(&s, "serial;imei;note\nOLD1;356938035643809;Ny\n", 0).changed, 1);
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(fields, a_scanned_gs1_label_is_found_again_in_small_letters_too)
{
	static const struct {
		struct inv_code given;
		const char *kept;
	} cases[] = {
		{{INV_CODE_OTHER, "(01)04006381333931(21)abc1(10)LOT7(17)271231"},
			"04006381333931/ABC1"},
		{{INV_CODE_GS1, "]d2010400638133393121ABC2\x1d"
				"10LOT7\x1d"
				"17271231"},
			"04006381333931/ABC2"},
		{{INV_CODE_MAKER_SERIAL, "]C1010400638133393117271231"
					 "21ABC3"},
			"04006381333931/ABC3"},
		{{INV_CODE_GS1, "04006381333931/abc4"}, "04006381333931/ABC4"},
	};
	const char *one;
	struct shelf s;

	one = open_with_bell(&s);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		SHELF_OK(&s, inv_code_add(s.inv, &SHELF_ACT(one, 2000), &cases[i].given, &s.r));
		cr_expect_str_eq(shelf_find(&s, cases[i].kept).u.serial, one);
		SHELF_REFUSED(&s, inv_code_add(s.inv, &SHELF_ACT(one, 2000), &cases[i].given, &s.r),
			"unit.code-there");
	}
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(fields, notes_are_kept_in_the_story)
{
	const char *one;
	struct shelf s;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Lampa");
	one = shelf_thing(&s, "lampa", NULL);
	SHELF_OK(&s, inv_unit_note(s.inv, &SHELF_ACT(one, 2000), "Torkad av", &s.r));
	cr_expect_str_eq(shelf_find(&s, one).events[0].text, "Torkad av");
	SHELF_REFUSED(&s, inv_unit_note(s.inv, &SHELF_ACT(one, 2000), "", &s.r), "thing.text-long");
	SHELF_REFUSED(
		&s, inv_unit_note(s.inv, &SHELF_ACT("NOSUCH", 2000), "x", &s.r), "unit.unknown");
	shelf_close(&s);
}

/* Lines as a browser sends them, and a tab out of a sheet, are text. */
Test(fields, a_note_has_nothing_that_is_not_seen)
{
	static const char *const fine[] = {"Rad ett\r\nrad två\n", "Hylla\t3", "Bra \xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd",
		"\u05de\u05e0\u05d5\u05e8\u05d4", "\u0644\u0645\u0628\u0629 3"};
	static const char *const odd[] = {"a\x1b[1m", "a\x07", "a\x7f", "a\u202e", "a\u2066b", "a\rb"};
	const char *one;
	struct shelf s;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Lampa");
	one = shelf_thing(&s, "lampa", NULL);
	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++) {
		SHELF_OK(&s, inv_unit_note(s.inv, &SHELF_ACT(one, 2000), fine[i], &s.r));
		cr_expect_str_eq(shelf_find(&s, one).events[0].text, fine[i]);
	}
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		SHELF_REFUSED(&s, inv_unit_note(s.inv, &SHELF_ACT(one, 2000), odd[i], &s.r), "thing.text-odd");
	shelf_close(&s);
}

Test(fields, what_is_not_seen_is_not_written)
{
	static const struct {
		const char *name, *about;
		bool fine;
	} rows[] = {
		{"Lampa\tstor", NULL, false},
		{"Lampa\r", NULL, false},
		{"Lampa\nstor", NULL, false},
		{"Lampa \u202Erots", NULL, false},
		{"\u05de\u05e0\u05d5\u05e8\u05d4 \u0645\u0635\u0628\u0627\u062d", "rad\r\nrad\nrad", true},
		{"Lampa", "rad\rrad", false},
		{"Lampa", "\u2066rad", false},
		{"Lampa", "\x1b[1m", false},
	};
	struct shelf s;

	shelf_open(&s);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct inv_product p = {.id = "lampa", .kind = INV_KIND_THING,
			.name = {rows[i].name}, .about = {rows[i].about}};
		const struct inv_place d = {.id = "disken", .kind = INV_PLACE_DESK,
			.name = {rows[i].name}, .hours = rows[i].about};

		cr_expect_eq(inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, false, &s.r),
			rows[i].fine ? 0 : ERR_REFUSED, "%zu", i);
		cr_expect_eq(inv_place_put(s.inv, ACT_OF(&anna, 1000), &d, false, &s.r),
			rows[i].fine ? 0 : ERR_REFUSED, "%zu", i);
		cr_expect(rows[i].fine || strcmp(s.r.say->code, "thing.text-odd") == 0, "%zu", i);
	}
	shelf_close(&s);
}
