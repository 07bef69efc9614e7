/* SPDX-License-Identifier: EUPL-1.2 */
/* A list that was read in, undone: as it was before, or nothing. */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

struct seen {
	struct arena *a;
	uint64_t id;
	struct inv_imported *list;
	struct inv_imported_thing *things;
	struct inv_found *found;
	size_t n, thing_n, found_n;
};

static int look_in(struct store_txn *txn, void *arg)
{
	struct seen *s = arg;
	int err = inv_imported_list(txn, STORE_PIECE(s->a, NULL, 100), &s->list, &s->n);

	if (err == 0)
		err = inv_imported_things(txn, s->a, s->id, 100, &s->things, &s->thing_n);
	return err ? err : inv_search(txn, s->a, "lampan", 10, &s->found, &s->found_n);
}

static struct seen look(struct shelf *s, uint64_t id)
{
	struct seen l = {.a = s->a, .id = id};

	cr_assert_eq(store_read(s->st, look_in, &l), 0);
	return l;
}

static int undo(struct shelf *s, uint64_t id)
{
	return inv_import_undo(s->inv, &SHELF_ACT(NULL, 3000), id, &s->r);
}

static int there_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_unit u;

	return inv_unit_find(txn, a, arg, &u);
}

Test(import_past, a_list_is_undone_as_if_it_had_never_been)
{
	struct inv_import_report r;
	struct seen l;
	struct shelf s;

	shelf_open(&s);
	shelf_import(&s, "serial,item_number,state,lease,note\nDMPX1,INV-1,in_stock,L-1,hel\n", 0);
	r = shelf_import(&s, "serial,item_number,lease,note\nDMPX1,INV-7,L-2,sprucken\n"
			     "DMPX2,INV-2,L-2,lampan\n", 0);
	cr_expect_eq(r.verdict_count, 2);
	cr_expect_eq(r.verdicts[0].what, INV_ROW_CHANGED);
	cr_expect_str_eq(r.verdicts[0].text, "item_number lease note");
	cr_expect_eq(r.verdicts[1].what, INV_ROW_MADE);
	l = look(&s, r.id);
	cr_expect_eq(l.n, 2);
	cr_expect_eq(l.list[0].id, r.id, "newest first");
	cr_assert_eq(l.thing_n, 2);
	cr_expect(!l.things[0].made && l.things[1].made && !l.things[0].touched);
	cr_expect_eq(l.found_n, 1);
	SHELF_OK(&s, undo(&s, r.id));
	cr_expect_str_eq(shelf_find(&s, "DMPX1").u.item_number, "INV-1");
	cr_expect_str_eq(shelf_find(&s, "DMPX1").u.note, "hel");
	cr_expect_eq(store_read(s.st, there_in, (void *)(uintptr_t) "DMPX2"), ERR_NOTFOUND);
	cr_expect_eq(store_read(s.st, there_in, (void *)(uintptr_t) "INV-2"), ERR_NOTFOUND);
	cr_expect_eq(look(&s, r.id).found_n, 0);
	SHELF_REFUSED(&s, undo(&s, r.id), "import.undone");
	SHELF_REFUSED(&s, undo(&s, 99), "import.gone");
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(import_past, nothing_is_undone_when_one_thing_has_gone_on)
{
	struct inv_import_report r;
	struct shelf s;

	shelf_open(&s);
	r = shelf_import(&s, "serial,state\nDMPX1,in_stock\nDMPX2,in_stock\n", 0);
	SHELF_OK(&s, inv_unit_note(s.inv, &SHELF_ACT("DMPX2", 2000), "repad", &s.r));
	cr_expect(look(&s, r.id).things[1].touched);
	SHELF_REFUSED(&s, undo(&s, r.id), "import.touched");
	cr_expect_eq(shelf_find(&s, "DMPX1").u.state, INV_IN_STOCK);
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(import_past, the_last_twenty_are_kept)
{
	struct inv_import_report r = {0};
	struct shelf s;
	uint64_t first = 0;

	shelf_open(&s);
	for (int i = 0; i < INV_IMPORTS_KEPT + 3; i++) {
		r = shelf_import(&s, arena_printf(s.a, "serial\nDMPX%03d\n", i), 0);
		first = first ? first : r.id;
	}
	cr_expect_eq(look(&s, r.id).n, INV_IMPORTS_KEPT);
	cr_expect_eq(look(&s, first).thing_n, 0, "its lines are gone with it");
	SHELF_REFUSED(&s, undo(&s, first), "import.gone");
	SHELF_OK(&s, undo(&s, r.id));
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(import_past, every_line_has_its_verdict)
{
	struct inv_import_report r;
	struct shelf s;

	shelf_open(&s);
	shelf_import(&s, "serial\nDMPX1\n", 0);
	r = shelf_import(&s, "serial,lease_end\nDMPX1,\nDMPX2,när som helst\nDMPX3,\nDMPX3,\n",
		ERR_REFUSED);
	cr_assert_eq(r.verdict_count, 4);
	for (size_t i = 0; i < 4; i++)
		cr_expect_eq(r.verdicts[i].line, i + 2);
	cr_expect_eq(r.verdicts[0].what, INV_ROW_SAME);
	cr_expect_eq(r.verdicts[1].what, INV_ROW_REFUSED);
	cr_expect_not_null(strstr(r.verdicts[1].text, "no date"));
	cr_expect_eq(r.verdicts[2].what, INV_ROW_MADE);
	cr_expect_eq(r.verdicts[3].what, INV_ROW_REFUSED);
	shelf_close(&s);
}
