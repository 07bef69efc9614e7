/* SPDX-License-Identifier: EUPL-1.2 */
/* The starter catalogue: catalogue.c, catalogue_help.c. */
#include "base/text.h"
#include "counter.h"
#include "inventory/catalogue_int.h"

static struct counter c;

static void open_counter(void)
{
	counter_open(&c);
}

static void close_counter(void)
{
	counter_close(&c);
}

TestSuite(catalogue, .init = open_counter, .fini = close_counter, .timeout = 60);

struct shelf {
	struct inv_product *p;
	size_t n;
	const char *kit;
	struct inv_part *parts;
	size_t part_count;
};

static int products_in(struct store_txn *txn, void *arg)
{
	struct shelf *s = arg;
	const struct inv_product_ask ask = {.most = 200};
	const char *next;

	return inv_product_list(txn, c.a, &ask, &s->p, &s->n, &next);
}

static int parts_in(struct store_txn *txn, void *arg)
{
	struct shelf *s = arg;

	return inv_template_parts(txn, c.a, s->kit, &s->parts, &s->part_count);
}

static struct shelf load(unsigned *ret_new, unsigned *ret_there)
{
	struct shelf s = {0};

	cr_assert_eq(inv_catalogue_load(c.inv, &counter_anna, COUNTER_NOW, ret_new, ret_there), 0);
	cr_assert_eq(store_read(c.st, products_in, &s), 0);
	return s;
}

static const struct inv_product *find(const struct shelf *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++) {
		if (text_equal(s->p[i].id, id))
			return &s->p[i];
	}
	cr_assert(false, "no %s", id);
	return NULL;
}

static size_t starters_n(const struct shelf *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->p[i].starter;
	return n;
}

Test(catalogue, has_the_nine_and_each_family_that_is_named)
{
	static const char *const lent[] = {"medicinpaminnare", "sensorlampa", "fjarrstyrda-eluttag",
		"nyckelhittare", "tradlos-ringklocka", "forstoringsglas-belysning", "korttidstimer",
		"gps-klocka", "aktivitetsarmband"};
	static const char *const named[] = {"trygghetskamera", "handelsebaserad-tillsyn",
		"vitala-tecken-sensor", "fall-larm", "trygghetslarm-inomhus", "trygghetslarm-mobilt",
		"lakemedelsautomat", "passivt-larm-sang", "trapplarm", "dorrlarm", "gps-sensor",
		"gps-larm", "aktivitetsskarm", "traningsprogram", "vr-glasogon", "smarta-textilier",
		"digitalt-hembesok", "robotdammsugare", "digitalt-las", "smart-belysning",
		"smart-kylskap", "spisvakt", "rostassistent", "social-robot", "digital-motesplats",
		"blodtrycksmatare", "vag", "egenmonitorering", "trygghetssystem-boende",
		"demovaska", "surfplatta", "mobilabonnemang"};
	unsigned made, there;
	const struct shelf s = load(&made, &there);

	for (size_t i = 0; i < sizeof(lent) / sizeof(lent[0]); i++) {
		cr_expect(find(&s, lent[i])->lendable, "%s", lent[i]);
		cr_expect_eq(find(&s, lent[i])->loan_days, 42, "%s: six weeks", lent[i]);
	}
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		find(&s, named[i]);
	cr_expect(find(&s, "vag")->prescribed && !find(&s, "vag")->lendable);
	cr_expect(find(&s, "smart-kylskap")->display_only);
	cr_expect_eq(made, starters_n(&s));
	cr_expect_eq(there, 0);
}

Test(catalogue, says_in_each_language_what_a_thing_is_and_how_to_hand_it_out)
{
	unsigned made, there;
	const struct shelf s = load(&made, &there);

	for (size_t i = 0; i < s.n; i++) {
		const struct inv_product *p = &s.p[i];

		if (!p->starter) /* of this test's own desk */
			continue;
		for (unsigned l = 0; l < SAY_LANGS; l++) {
			cr_expect(!text_empty(p->name[l]) && !text_empty(p->about[l]), "%s %u",
				p->id, l);
			cr_expect(text_equal(p->category, "spare") || !text_empty(p->help[l]),
				"%s has no help in language %u", p->id, l);
		}
	}
	cr_expect_null(inv_starter_help("nosuch", SAY_SV));
}

Test(catalogue, knows_what_a_thing_is_made_of)
{
	unsigned made, there;
	struct shelf s = load(&made, &there);

	s.kit = "trapplarm";
	cr_assert_eq(store_read(c.st, parts_in, &s), 0);
	cr_assert_eq(s.part_count, 3);
	cr_expect_str_eq(s.parts[0].name, "Sensor");
	cr_expect_eq(s.parts[0].expected, 2);
	cr_expect(s.parts[2].consumable);
}

Test(catalogue, leaves_alone_what_is_there)
{
	unsigned made, there, again, then;

	load(&made, &there);
	load(&again, &then);
	cr_expect_eq(again, 0);
	cr_expect_eq(then, made);
}
