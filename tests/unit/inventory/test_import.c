/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

Test(import, makes_changes_and_leaves_alone)
{
	struct shelf s;
	struct inv_import_report r;

	shelf_open(&s);
	r = shelf_import(&s, "serial,item_number,lease_end\nA1,0001,2029-11-30\nA2,0002,\n", 0);
	cr_expect_eq(r.made, 2);
	cr_expect_str_eq(shelf_find(&s, "A1").u.item_number, "0001", "leading zeros stay");
	cr_expect_eq(shelf_find(&s, "A1").u.state, INV_DELIVERED);
	cr_expect_gt(shelf_find(&s, "A1").u.lease_ends_at, 1800000000);
	r = shelf_import(&s, "serial,product\nA1,iPad\nA2,\n", 0);
	cr_expect_eq(r.changed, 1);
	cr_expect_eq(r.same, 1);
	cr_expect_str_eq(
		shelf_find(&s, "A1").u.item_number, "0001", "an absent column clears nothing");
	shelf_close(&s);
}

Test(import, every_fault_is_told_with_its_line_and_nothing_is_taken)
{
	static const struct {
		const char *csv, *says;
		size_t line;
	} cases[] = {
		{"serial\nA1\nA!1\n", "serial number", 3},
		{"serial\nA1\n\nA1\n", "earlier line", 4},
		{"serial,state\nA1,sold\n", "not known", 2},
		{"serial,lease_end\nA1,30/11-2029\n", "no date", 2},
		{"serial,state\nA1,stolen\n", "by itself", 2},
		{"serial,item_number\nB1,TAKEN\n", "another thing", 2},
		{"serial,item_number\nB1,Z9\n", "another thing", 2}, /* Z9's own serial number */
		{"serial\nTAKEN\n", "another thing", 2},
		{"serial,imei\nB1,12;34\n", "characters", 2},
		{"serial,note\n,x\n", "serial number", 2},
		{"serial,note\nA1,hos 19121212-1212\n", "personnummer", 2},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct shelf s;
		struct inv_import_report r;

		shelf_open(&s);
		shelf_import(&s, "serial,item_number\nZ9,TAKEN\n", 0);
		r = shelf_import(&s, cases[i].csv, ERR_REFUSED);
		cr_assert_eq(r.fault_count, 1, "%s: %zu faults", cases[i].csv, r.fault_count);
		cr_expect_eq(r.faults[0].line, cases[i].line, "%s: line %zu", cases[i].csv,
			r.faults[0].line);
		cr_expect(strstr(r.faults[0].text, cases[i].says), "%s: %s", cases[i].csv,
			r.faults[0].text);
		cr_expect_eq(r.refused, 1);
		cr_expect_str_eq(shelf_find(&s, "Z9").u.serial, "Z9");
		shelf_close(&s);
	}
}

Test(import, a_file_that_is_no_list_is_refused_whole)
{
	static const char *const files[] = {
		"", "name,price\nx,1\n", "serial\n\"A1\n", "serial\n\xff\xfe\n"};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct shelf s;
		struct inv_import_report r;

		shelf_open(&s);
		r = shelf_import(&s, files[i], ERR_BADINPUT);
		cr_expect_geq(r.fault_count, 1, "file %zu", i);
		shelf_close(&s);
	}
}

Test(import, good_rows_alone_and_dry_runs)
{
	static const char csv[] = "serial\nA1\n?\nA2\n";
	struct inv_import_report r = {0};
	struct shelf s;

	shelf_open(&s);
	cr_assert_eq(
		inv_import_csv(s.inv, &anna, bytes_of_str(csv), true, true, SAY_SV, 1, s.a, &r), 0);
	cr_expect_eq(r.made, 2);
	cr_expect_eq(r.refused, 1);
	r = shelf_import(&s, "serial\nA0\n", 0);
	cr_expect_eq(r.made, 1, "the dry run wrote nothing: A0 is the first");
	cr_assert_eq(
		inv_import_csv(s.inv, &anna, bytes_of_str(csv), true, false, SAY_SV, 1, s.a, &r),
		0);
	cr_expect_eq(r.made, 2);
	cr_expect_str_eq(shelf_find(&s, "A2").u.serial, "A2");
	shelf_close(&s);
}

Test(import, states_set_by_an_act_are_left_alone)
{
	struct inv_mark mark = {.to = INV_ON_LOAN};
	struct shelf s;
	struct inv_import_report r;

	shelf_open(&s);
	shelf_import(&s, "serial\nA1\n", 0);
	cr_assert_eq(inv_mark(s.inv, &SHELF_ACT("A1", 2), &mark, &s.r), 0);
	r = shelf_import(&s, "serial,note\nA1,skal\n", 0);
	cr_expect_eq(r.changed, 1);
	cr_expect_eq(shelf_find(&s, "A1").u.state, INV_ON_LOAN);
	r = shelf_import(&s, "serial,state\nA1,in_stock\n", ERR_REFUSED);
	cr_expect(strstr(r.faults[0].text, "on loan"));
	shelf_close(&s);
}

Test(import, formulas_and_markup_are_only_text)
{
	struct shelf s;

	shelf_open(&s);
	shelf_import(
		&s, "serial,note\nA1,\"=cmd|' /C calc'!A0\"\nA2,<script>alert(1)</script>\n", 0);
	cr_expect_str_eq(shelf_find(&s, "A1").u.note, "=cmd|' /C calc'!A0");
	cr_expect_str_eq(shelf_find(&s, "A2").u.note, "<script>alert(1)</script>");
	shelf_close(&s);
}

Test(import, things_of_the_library_are_known_by_our_number)
{
	struct inv_import_report r;
	struct shelf s;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Sensorlampa");
	shelf_place(&s, "disk", INV_PLACE_DESK, "Disken", NULL);
	r = shelf_import(&s,
		"inventarienummer;produkt_id;plats;tillverkarnummer;parti;skick;köpt;pris\n"
		"VB-000001;Lampa;disk;MK1;L7;sliten;2026-02-03;199,50\n"
		"VB-000002;lampa;;;;;;\n",
		0);
	cr_expect_eq(r.made, 2);
	cr_expect_str_eq(shelf_find(&s, "MK1").u.serial, "VB-000001");
	cr_expect_eq(shelf_find(&s, "VB-000001").u.price_ore, 19950);
	cr_expect_eq(shelf_find(&s, "VB-000001").u.condition, INV_CONDITION_WORN);
	cr_expect_eq(shelf_find(&s, "VB-000001").u.bought_day, day_from_date(2026, 2, 3));
	cr_expect_eq(shelf_find(&s, "VB-000002").u.kind, INV_KIND_THING);
	r = shelf_import(&s,
		"item_number,product_id,place\nVB-3,nosuch,\nVB-4,lampa,nowhere\n"
		"VB-5,lampa,disk\n,lampa,disk\n",
		ERR_REFUSED);
	cr_expect_eq(r.refused, 3);
	cr_expect_eq(r.fault_count, 3);
	r = shelf_import(&s,
		"item_number,price,made_day,condition\nVB-6,12.3,,\nVB-7,,3 maj,\n"
		"VB-8,,,so-so\n",
		ERR_REFUSED);
	cr_expect_eq(r.refused, 3);
	shelf_is_sound(&s);
	shelf_close(&s);
}
