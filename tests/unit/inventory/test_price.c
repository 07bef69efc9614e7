/* SPDX-License-Identifier: EUPL-1.2 */
/* The price table: price.c, price_db.c, price_table.c, price_check.c. */
#include "base/day.h"
#include "counter.h"
#include "inventory/agreement_int.h"
#include "inventory/price_int.h"

static struct counter c;

static void open_counter(void)
{
	counter_open(&c);
}

static void close_counter(void)
{
	counter_close(&c);
}

TestSuite(price, .init = open_counter, .fini = close_counter, .timeout = 60);

#define TODAY day_of_time(COUNTER_NOW)
#define AT(day) (COUNTER_NOW + (day) * (int64_t)DAY_S)

static const struct inv_price_by now_anna = {&counter_anna, COUNTER_NOW};

static int say(const struct inv_price *price, size_t n, int32_t from, uint32_t *ret)
{
	const struct inv_price_want want = {.from = from, .why = "Beslut 2026-11", .price = price, .n = n};

	return inv_price_put(c.inv, &now_anna, &want, &c.r, ret);
}

static uint32_t undone;

static int undo(const struct audit_who *who, uint32_t version, const char *why, int64_t now)
{
	const struct inv_price_by by = {who, now};
	const struct inv_price_back back = {version, why};

	return inv_price_undo(c.inv, &by, &back, &c.r, &undone);
}

struct peek {
	const char *product;
	struct inv_product p;
	uint32_t version;
	struct inv_price_ask ask;
	struct inv_price_rows t;
	struct inv_price_list list;
};

static int peek_in(struct store_txn *txn, void *arg)
{
	struct peek *k = arg;
	int err = inv_price_in_force(txn, &k->version);

	if (err == 0 && k->product)
		err = inv_product_get(txn, c.a, k->product, &k->p);
	if (err == 0)
		err = inv_price_table(txn, c.a, &k->ask, &k->t);
	if (err == 0 && k->ask.version)
		err = inv_price_list_get(txn, c.a, k->ask.version, &k->list);
	return err;
}

static struct peek look(uint32_t version, bool said_only)
{
	struct peek k = {.ask = {.version = version, .said_only = said_only, .most = 100}};

	cr_assert_eq(store_read(c.st, peek_in, &k), 0);
	return k;
}

static int64_t price_of(const char *product)
{
	struct peek k = {.product = product, .ask = {.most = 1}};

	cr_assert_eq(store_read(c.st, peek_in, &k), 0);
	return k.p.price_ore;
}

static uint32_t in_force(void)
{
	return look(0, false).version;
}

static void fault(void *arg, const char *what)
{
	(void)arg;
	(void)what;
	c.faults++;
}

static int check_in(struct store_txn *txn, void *arg)
{
	return inv_price_check(txn, fault, arg);
}

static size_t faults(void)
{
	c.faults = 0;
	cr_assert_eq(store_read(c.st, check_in, NULL), 0);
	return c.faults;
}

/* Three products were put one by one: three versions, each of one price. */
Test(price, each_product_that_is_put_says_its_price)
{
	struct peek k = look(2, true);

	cr_expect_eq(in_force(), 3);
	cr_assert_eq(k.t.n, 1);
	cr_expect_str_eq(k.t.row[0].product, "lupp");
	cr_expect_eq(k.t.row[0].before, 0);
	cr_expect_eq(k.t.row[0].ore, 19900);
	cr_expect_str_eq(k.list.way, "product");
	cr_expect_str_eq(k.list.made_by, "anna");
	cr_expect_eq(faults(), 0);
}

Test(price, a_version_says_only_what_becomes_another)
{
	const struct inv_price three[] = {{"lupp", 25000}, {"platta", 500000}, {"ringklocka", 19900}};
	struct peek k;
	uint32_t version;

	cr_assert_eq(say(three, 3, 0, &version), 0);
	cr_expect_eq(version, 4);
	cr_expect_eq(price_of("platta"), 500000);
	cr_expect_eq(price_of("ringklocka"), 19900);
	k = look(4, true);
	cr_assert_eq(k.t.n, 2);
	cr_expect_eq(k.t.row[1].before, 19900);
	cr_expect_str_eq(k.list.why, "Beslut 2026-11");
	/* the table of then and of now, all products, by name */
	k = look(3, false);
	cr_assert_eq(k.t.n, 3);
	cr_expect_eq(k.t.row[0].ore, 19900);
	k = look(0, false);
	cr_expect_str_eq(k.t.row[1].product, "platta");
	cr_expect_eq(k.t.row[1].ore, 500000);
	cr_expect_eq(k.t.row[1].said_by, 4);
	cr_expect_eq(faults(), 0);
}

Test(price, what_cannot_be_is_refused)
{
	const struct inv_price ok = {"lupp", 25000}, same = {"lupp", 19900}, none = {"kamel", 100},
			       less = {"lupp", -2}, more = {"lupp", INV_PRICE_MOST + 1};
	const struct inv_price twice[] = {{"lupp", 25000}, {"lupp", 26000}};
	const struct {
		struct inv_price_want want;
		const char *code;
	} rows[] = {{{.why = "x", .price = &same, .n = 1}, "price.same"},
		{{.why = "x", .price = &none, .n = 1}, "product.unknown"},
		{{.why = "x", .price = &less, .n = 1}, "price.sum"},
		{{.why = "x", .price = &more, .n = 1}, "price.sum"},
		{{.why = "x", .price = twice, .n = 2}, "price.twice"},
		{{.why = "", .price = &ok, .n = 1}, "price.why"},
		{{.why = "\xff", .price = &ok, .n = 1}, "price.why"},
		{{.why = "x", .price = &ok, .n = 0}, "price.none"},
		{{.why = "x", .from = TODAY - 1, .price = &ok, .n = 1}, "price.past"},
		{{.why = "x", .from = TODAY + 4000, .price = &ok, .n = 1}, "price.past"}};
	const struct inv_price_want stale = {.seen = 2, .why = "x", .price = &ok, .n = 1};
	uint32_t version;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_eq(inv_price_put(c.inv, &now_anna, &rows[i].want, &c.r, &version),
			ERR_REFUSED, "%zu", i);
		cr_expect_str_eq(c.r.say->code, rows[i].code);
	}
	cr_expect_eq(
		inv_price_put(c.inv, &now_anna, &stale, &c.r, &version), ERR_CONFLICT);
	cr_expect_eq(in_force(), 3);
}

Test(price, a_planned_version_waits_for_its_day)
{
	const struct inv_price later = {"lupp", 30000}, now = {"lupp", 26000};
	uint32_t planned, version;

	cr_assert_eq(say(&later, 1, TODAY + 10, &planned), 0);
	cr_expect_eq(price_of("lupp"), 19900);
	cr_assert_eq(say(&now, 1, 0, &version), 0);
	cr_expect_eq(version, planned + 1);
	cr_expect_eq(price_of("lupp"), 26000);
	cr_expect_eq(faults(), 0);
	cr_assert_eq(inv_price_tend(c.inv, AT(9)), 0);
	cr_expect_eq(in_force(), version);
	cr_assert_eq(inv_price_tend(c.inv, AT(10)), 0);
	cr_expect_eq(in_force(), planned, "though its number is lower, its day is later");
	cr_expect_eq(price_of("lupp"), 30000);
	cr_expect_eq(look(planned, true).list.in_force_at, AT(10));
	cr_expect_eq(look(planned, true).t.row[0].before, 26000);
	cr_expect_eq(faults(), 0);
}

Test(price, a_planned_version_is_withdrawn_and_still_read)
{
	const struct inv_price later = {"lupp", 30000};
	uint32_t planned;

	cr_assert_eq(say(&later, 1, TODAY + 10, &planned), 0);
	cr_assert_eq(undo(&counter_bo, planned, "fel", COUNTER_NOW), 0);
	cr_expect_eq(undone, planned);
	cr_assert_eq(inv_price_tend(c.inv, AT(11)), 0);
	cr_expect_eq(price_of("lupp"), 19900);
	cr_expect_str_eq(look(planned, true).list.withdrawn_by, "bo");
	cr_expect_eq(look(planned, true).t.row[0].ore, 30000);
	cr_expect_eq(undo(&counter_bo, planned, "fel", COUNTER_NOW),
		ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "price.gone");
	cr_expect_eq(faults(), 0);
}

/* What another version said since stays. */
Test(price, one_in_force_is_taken_back_by_a_new_one)
{
	const struct inv_price two[] = {{"lupp", 25000}, {"platta", 500000}}, one = {"platta", 600000};
	uint32_t version, again;

	cr_assert_eq(say(two, 2, 0, &version), 0);
	cr_assert_eq(say(&one, 1, 0, &again), 0);
	cr_expect_eq(
		undo(&counter_anna, version, "", COUNTER_NOW), ERR_REFUSED);
	cr_assert_eq(undo(&counter_anna, version, "fel", AT(1)), 0);
	cr_expect_eq(undone, again + 1);
	cr_expect_eq(price_of("lupp"), 19900);
	cr_expect_eq(price_of("platta"), 600000);
	cr_expect_eq(look(undone, true).list.undoes, version);
	cr_expect_eq(undo(&counter_anna, version, "fel", AT(1)),
		ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "price.over");
	cr_expect_eq(faults(), 0);
}

Test(price, a_product_that_is_changed_without_a_price_keeps_its_own)
{
	struct inv_product p = {.id = "lupp",
		.kind = INV_KIND_THING,
		.name = {"Lupp"},
		.price_ore = INV_PRICE_AS_IS,
		.lendable = true};

	cr_assert_eq(inv_product_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), &p, false, &c.r), 0);
	cr_expect_eq(price_of("lupp"), 19900);
	cr_expect_eq(in_force(), 3);
	p.price_ore = 20000;
	cr_assert_eq(inv_product_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), &p, false, &c.r), 0);
	cr_expect_eq(in_force(), 4);
	cr_expect_eq(faults(), 0);
}

Test(price, the_starter_catalogue_is_one_version)
{
	unsigned made, there;

	cr_assert_eq(inv_catalogue_load(c.inv, &counter_anna, COUNTER_NOW, &made, &there), 0);
	cr_expect_eq(in_force(), 4);
	cr_expect_str_eq(look(4, true).list.way, "catalogue");
	cr_expect_gt(look(4, true).t.n, 20);
	cr_expect_eq(faults(), 0);
}

static int forget_table_in(struct store_txn *txn, void *arg)
{
	static const enum store_table all[] = {
		INV_PRICE_LIST, INV_PRICE_FROM, INV_PRICE, INV_PRICE_OF};
	const struct store_key none = {0};
	struct store_key k[] = {store_key("s", "=price-list"), store_key("s", "=price-now")};
	int err = 0;

	(void)arg;
	for (size_t i = 0; err == 0 && i < 4; i++)
		err = inv_rows_drop(txn, all[i], &none);
	for (size_t i = 0; err == 0 && i < 2; i++)
		err = store_del(txn, INV_SERIES, &k[i]);
	return err;
}

Test(price, a_store_from_before_the_table_gets_its_first_version)
{
	struct peek k;

	cr_assert_eq(store_write(c.st, forget_table_in, NULL), 0);
	cr_expect_eq(faults(), 0);
	cr_assert_eq(inv_price_tend(c.inv, AT(2)), 0);
	k = look(1, true);
	cr_expect_eq(k.version, 1);
	cr_expect_eq(k.t.n, 3);
	cr_expect_str_eq(k.list.way, "start");
	cr_expect_eq(price_of("platta"), 19900);
	cr_expect_eq(faults(), 0);
}

static int wrong_in(struct store_txn *txn, void *arg)
{
	const struct store_key of = store_key("suu", "lupp", (uint32_t)TODAY, 2);

	switch (*(int *)arg) {
	case 0:
		return inv_product_price(txn, "lupp", 77700);
	case 1:
		return store_del(txn, INV_PRICE_OF, &of);
	case 2:
		return inv_price_in_force_set(txn, 1);
	default:
		return inv_price_in_force_set(txn, 9);
	}
}

Test(price, check_tells_what_does_not_fit)
{
	for (int i = 0; i < 4; i++) {
		cr_assert_eq(store_write(c.st, wrong_in, &i), 0, "%d", i);
		cr_expect_gt(faults(), 0, "%d", i);
		close_counter();
		open_counter();
	}
}

/* The loan has the price of the day it was lent, whatever comes after. */
Test(price, a_loan_keeps_its_price_and_names_the_version)
{
	const struct inv_price other = {"lupp", 99900};
	struct inv_out_result out;
	struct counter_look l;
	uint32_t version;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0007"), 0, "%s", counter_said(&c));
	cr_assert_eq(say(&other, 1, 0, &version), 0);
	l = counter_look(&c, out.loan, NULL, NULL);
	cr_expect_eq(l.f.lines[0].terms.replacement_ore, 19900);
	cr_expect_eq(l.f.lines[0].terms.price_list, 3);
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &out, "VB-0008"), 0, "%s", counter_said(&c));
	l = counter_look(&c, out.loan, NULL, NULL);
	cr_expect_eq(l.f.lines[0].terms.replacement_ore, 99900);
	cr_expect_eq(l.f.lines[0].terms.price_list, version);
	counter_check(&c);
}

/* Each version of the price table once, under the prices; what was frozen is read as it was. */
Test(price_paper, prices_name_the_versions_they_are_of)
{
	const struct inv_paper_line line[] = {{.number = "1", .name = "a", .price_ore = 100, .price_list = 12, .price_from = 20795},
		{.number = "2", .name = "b", .price_ore = 200, .price_list = 12, .price_from = 20795},
		{.number = "3", .name = "c", .price_ore = 300},
		{.number = "4", .name = "d", .price_ore = 400, .price_list = 13, .price_from = 20796}};
	const struct inv_frozen f = {.title = {"Bilaga"}, .body = {"{prices}"}, .texts = 1, .salt = "s",
		.paper = {.loan = "L-1", .lang = SAY_SV, .line = line, .line_count = 4}};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf kept = BUF_INIT(65536);
	struct inv_sheet *s = arena_alloc(a, sizeof(*s));
	struct inv_frozen read;

	*s = (struct inv_sheet){.a = a};
	inv_frozen_format(a, &f, &kept);
	cr_assert_eq(inv_frozen_parse(a, buf_bytes(&kept), &read), 0);
	cr_expect_eq(read.paper.line[2].price_list, 0);
	cr_expect_eq(read.paper.line[3].price_from, 20796);
	s->paper = &read.paper;
	inv_sheet_body(s, "före\n{prices}\nefter");
	cr_assert_eq(s->n, 4);
	cr_expect_eq(s->block[1].kind, PRINT_TABLE);
	cr_expect_str_eq(s->block[2].text,
		"Priserna är ur prislista 12, som gäller från 8 december 2026. "
		"Priserna är ur prislista 13, som gäller från 9 december 2026.");
	cr_expect_str_eq(s->block[3].text, "efter");
}
