/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

struct asking {
	const char *words;
	struct inv_found *f;
	size_t n;
};

static int ask_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct asking *q = out;

	return inv_search(txn, a, q->words, 20, &q->f, &q->n);
}

static void fill(struct shelf *s)
{
	unsigned made, there;
	const char *serial;
	struct inv_fields f = INV_FIELDS_NONE;

	SHELF_OK(s, inv_catalogue_load(s->inv, &anna, 1000, &made, &there));
	shelf_place(s, "motesplats-norr", INV_PLACE_DESK, "Mötesplats Åsboholm", NULL);
	serial = shelf_thing(s, "tradlos-ringklocka", NULL);
	cr_assert_str_eq(serial, "VB-000001");
	f.note = "Blå etikett på undersidan";
	f.maker_serial = "RK99887766";
	SHELF_OK(s, inv_unit_change(s->inv, &SHELF_ACT(serial, 1100), &f, &s->r));
	shelf_thing(s, "sensorlampa", NULL);
	shelf_place(s, "bussen", INV_PLACE_DESK, "Mötesplatsen på hjul", NULL);
	shelf_place(s, "stadsbib", INV_PLACE_DESK, "Stadsbiblioteket", NULL);
	shelf_import(s, "serial,item_number,imei\nDMPX1234,INV-000417,356938035643809\n", 0);
}

static const struct {
	const char *words, *first;
	bool slip;
} cases[] = {
	{"VB-000001", "VB-000001"},
	{"vb-000001\r", "VB-000001"},
	{"VB000001", "VB-000001", true},
	{"VB-1", "VB-000001", true},
	{"VB-00000l", "VB-000001", true},
	{"356938035643809", "DMPX1234"},
	{"3809", "DMPX1234"},
	{"DMPX", "DMPX1234"},
	{"inv-0004", "DMPX1234"},
	{"RK998", "VB-000001"},
	{"ringklocka", "tradlos-ringklocka"},
	{"RINGKLOCKA", "tradlos-ringklocka"},
	{"ringkl", "tradlos-ringklocka"},
	{"ringklcka", "tradlos-ringklocka", true},
	{"rnigklocka", "tradlos-ringklocka", true},
	{"trådlös ringklocka", "tradlos-ringklocka"},
	{"ovikello", "tradlos-ringklocka"},
	{"förstoringsglas", "forstoringsglas-belysning"},
	{"forstoringsglas", "forstoringsglas-belysning", true},
	{"åsboholm", "motesplats-norr"},
	{"asboholm", "motesplats-norr", true},
	{"undersidan", "VB-000001"},
	{"blå etikett", "VB-000001"},
	{"armband", "aktivitetsarmband"},
	{"ARMBAND", "aktivitetsarmband"},
	{"armban", "aktivitetsarmband"},
	{"tivitetsarmb", "aktivitetsarmband"},
	{"armbamd", "aktivitetsarmband", true},
	{"armbadn", "aktivitetsarmband", true},
	{"aktivitetsarmban", "aktivitetsarmband"},
	{"aktivitetsarmbad", "aktivitetsarmband", true},
	{"trygghetslarmt", "trygghetslarm-inomhus", true},
	{"ringklocak", "tradlos-ringklocka", true},
	{"bussen", "bussen"},
	{"Bussen", "bussen"},
	{"motesplats-norr", "motesplats-norr"},
	{"tradlos", "tradlos-ringklocka", true},
	{"Anna Vanligsson", NULL},
	{"xyzzyplugh", NULL},
	{"", NULL},
	{"<script>", NULL},
};

Test(search, codes_words_and_slips)
{
	struct shelf s;

	shelf_open(&s);
	fill(&s);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct asking q = {.words = cases[i].words};

		cr_assert_eq(shelf_read(&s, ask_in, &q), 0, "%s", cases[i].words);
		if (!cases[i].first) {
			cr_expect_eq(q.n, 0, "%s found %s", cases[i].words, q.n ? q.f[0].id : "");
			continue;
		}
		cr_assert_gt(q.n, 0, "nothing for %s", cases[i].words);
		cr_expect_str_eq(
			q.f[0].id, cases[i].first, "%s found %s", cases[i].words, q.f[0].id);
		cr_expect_eq(q.f[0].slip, cases[i].slip, "%s", cases[i].words);
	}
	shelf_close(&s);
}

static size_t place_of(const struct asking *q, const char *id)
{
	for (size_t i = 0; i < q->n; i++) {
		if (text_equal(q->f[i].id, id))
			return i;
	}
	return SIZE_MAX;
}

/* Words that are or begin so come before words that end so, and both are there. */
Test(search, the_end_of_a_word_is_found_after_its_beginning)
{
	static const struct {
		const char *words, *begins, *ends;
	} both[] = {
		{"klocka", "gps-klocka", "tradlos-ringklocka"},
		{"biblioteket", "batterier", "stadsbib"},
	};
	struct shelf s;

	shelf_open(&s);
	fill(&s);
	for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
		struct asking q = {.words = both[i].words};
		size_t first, then;

		cr_assert_eq(shelf_read(&s, ask_in, &q), 0);
		first = place_of(&q, both[i].begins);
		then = place_of(&q, both[i].ends);
		cr_assert_neq(then, SIZE_MAX, "%s", both[i].words);
		cr_expect_lt(first, then, "%s", both[i].words);
		cr_expect_not(q.f[then].slip);
	}
	shelf_close(&s);
}

Test(search, what_is_changed_is_found_anew)
{
	struct inv_fields f = INV_FIELDS_NONE;
	struct asking q = {.words = "undersidan"};
	char longest[1001] = "";
	struct shelf s;

	shelf_open(&s);
	fill(&s);
	f.note = "";
	SHELF_OK(&s, inv_unit_change(s.inv, &SHELF_ACT("VB-000001", 1200), &f, &s.r));
	cr_assert_eq(shelf_read(&s, ask_in, &q), 0);
	cr_expect_eq(q.n, 0);
	q.words = "undersidam";
	cr_assert_eq(shelf_read(&s, ask_in, &q), 0);
	cr_expect_eq(q.n, 0, "its parts are gone with the word");
	memset(longest, 'x', sizeof(longest) - 1);
	q.words = longest;
	cr_expect_eq(shelf_read(&s, ask_in, &q), 0, "longer than any id");
	cr_expect_eq(q.n, 0);
	q.words = "\xff";
	cr_expect_eq(shelf_read(&s, ask_in, &q), ERR_BADINPUT);
	shelf_is_sound(&s);
	shelf_close(&s);
}

struct open_faults {
	struct inv_fault *f;
	size_t n;
};

static int open_faults_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct open_faults *o = out;

	return inv_fault_open(txn, STORE_PIECE(a, NULL, 2), &o->f, &o->n);
}

Test(search, open_faults_are_read_newest_first_and_no_more_than_asked)
{
	static const char *const symptoms[] = {"Ringer inte", "Blinkar", "Zirpar", "Sprucken"};
	struct inv_act later = {.who = &anna, .now = 3000};
	struct inv_fault closed = {.state = INV_FAULT_CLOSED, .outcome = "Nytt batteri"};
	struct open_faults o = {0};
	const char *one;
	struct shelf s;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Lampa");
	one = shelf_thing(&s, "lampa", NULL);
	for (size_t i = 0; i < 4; i++) {
		struct inv_fault f = {.symptom = symptoms[i], .channel = "phone"};

		SHELF_OK(&s, inv_fault_add(s.inv, &SHELF_ACT(one, 2000), &f, &s.r, &closed.id));
	}
	SHELF_OK(&s, inv_fault_step(s.inv, &later, &closed, &s.r));
	cr_assert_eq(shelf_read(&s, open_faults_in, &o), 0);
	cr_assert_eq(o.n, 2);
	cr_expect_str_eq(o.f[0].symptom, "Zirpar");
	cr_expect_str_eq(o.f[1].symptom, "Blinkar");
	shelf_close(&s);
}
