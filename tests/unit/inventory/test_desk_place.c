/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a desk stands (desk_place.c), and what is lent and taken back there. */
#include "tests/unit/inventory/counter.h"

#include "base/text.h"

static struct counter c;

static void put(const char *id, struct inv_place p)
{
	p.id = id;
	p.name[SAY_SV] = id;
	p.kind = INV_PLACE_DESK;
	cr_assert_eq(inv_place_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), &p, false, &c.r), 0, "%s",
		counter_said(&c));
}

static void begin(void)
{
	counter_open(&c);
	put("hylla-a", (struct inv_place){0});
	put("huset", (struct inv_place){.lends = true, .open_days = 0x10}); /* Fridays */
	put("stangt", (struct inv_place){.lends = true, .closed = true});
	put("omsorgen", (struct inv_place){.lends = true, .zone = PEOPLE_CARE});
}

static void end(void)
{
	counter_check(&c);
	counter_close(&c);
}

static struct inv_scanned scan(const char *raw)
{
	return counter_scan(&c, raw, NULL);
}

Test(desk_place, the_only_one_that_lends_is_taken_by_itself, .init = begin, .fini = end)
{
	struct inv_scanned s = scan(c.borrower[0]);
	struct counter_look l;

	cr_assert_not_null(s.desk.place);
	cr_expect_str_eq(s.desk.place, "huset");
	s = scan("VB-0001");
	cr_expect_eq(day_weekday(s.desk.lines[0].due), 5, "its closed days are heeded");
	s = scan("C-KLAR");
	l = counter_look(&c, s.loan, NULL, NULL);
	cr_expect_str_eq(l.f.loan.place, "huset");
	cr_expect_str_eq(l.f.loan.place_back, "huset");
	s = scan("VB-0001");
	cr_expect_str_eq(s.did, "returned");
	l = counter_look(&c, s.loan, NULL, NULL);
	cr_expect_str_eq(l.f.lines[0].in_place, "huset");
}

Test(desk_place, of_two_none_is_taken_and_what_is_chosen_stays, .init = begin, .fini = end)
{
	cr_assert_not_null(scan("VB-0001").desk.place);
	put("bussen", (struct inv_place){.lends = true});
	cr_expect_null(scan("VB-0002").desk.place, "it was not chosen, and is not kept");
	cr_expect_str_eq(scan("P-BUSSEN").did, "place");
	cr_expect_str_eq(scan("VB-0003").desk.place, "bussen");
	cr_assert_eq(inv_desk_clear(c.inv, &c.by, 0), 0);
	cr_expect_str_eq(scan(c.borrower[0]).desk.place, "bussen");
	/* and a shelf may be chosen by its label as ever */
	cr_expect_str_eq(scan("P-HYLLA-A").did, "place");
	cr_expect_str_eq(scan("VB-0001").desk.place, "hylla-a");
}

Test(desk_place, chosen_while_it_was_the_only_one_it_stays_chosen, .init = begin, .fini = end)
{
	cr_expect_str_eq(scan("P-HUSET").did, "place");
	put("bussen", (struct inv_place){.lends = true});
	cr_expect_str_eq(scan("VB-0001").desk.place, "huset");
}

Test(desk_place, a_place_that_is_closed_is_left, .init = begin, .fini = end)
{
	struct inv_scanned s = scan("P-STANGT");

	cr_expect_str_eq(s.said.say->code, "scan.place-closed");
	cr_expect_str_eq(s.desk.place, "huset", "and stays where it was");
	s = scan("P-OMSORGEN");
	cr_expect_str_eq(s.said.say->code, "scan.place-zone");
	cr_expect_str_eq(scan("P-HYLLA-A").did, "place");
	put("hylla-a", (struct inv_place){.closed = true});
	cr_expect_str_eq(scan("VB-0001").desk.place, "huset");
	put("huset", (struct inv_place){.closed = true});
	cr_expect_null(scan("VB-0002").desk.place);
}

Test(desk_place, one_that_became_another_services_is_left, .init = begin, .fini = end)
{
	put("bussen", (struct inv_place){.lends = true, .zone = PEOPLE_LIBRARY});
	cr_expect_str_eq(scan("P-BUSSEN").did, "place");
	cr_expect_str_eq(scan("VB-0001").desk.place, "bussen");
	put("bussen", (struct inv_place){.lends = true, .zone = PEOPLE_CARE});
	cr_expect_str_eq(scan("VB-0002").desk.place, "huset");
}

static int lending_in(struct store_txn *txn, void *arg)
{
	return inv_place_lending(txn, c.a, PEOPLE_ZONES, INV_LENDING_MOST, arg);
}

Test(desk_place, those_that_lend_are_found_behind_any_number_of_shelves, .init = begin, .fini = end)
{
	struct inv_lending l;

	for (int i = 0; i < 130; i++)
		put(arena_printf(c.a, "a-%03d", i), (struct inv_place){0});
	cr_assert_eq(store_read(c.st, lending_in, &l), 0);
	cr_assert_eq(l.n, 2);
	cr_expect_str_eq(l.place[0].id, "huset");
	cr_expect_str_eq(l.place[1].id, "omsorgen");
	for (int i = 0; i < INV_LENDING_MOST + 5; i++)
		put(arena_printf(c.a, "b-%03d", i), (struct inv_place){.lends = true});
	cr_assert_eq(store_read(c.st, lending_in, &l), 0);
	cr_expect_eq(l.n, INV_LENDING_MOST);
}
