/* SPDX-License-Identifier: EUPL-1.2 */
/* Each no of the desk, by its code: what was done before it, and what was then asked for. */
#include "tests/unit/inventory/counter.h"

#include "inventory/things.h"

static struct counter c;
static struct inv_out_result out;
static struct inv_in_result in;

static void begin(void)
{
	counter_open(&c);
}

static void end(void)
{
	counter_end(&c);
}

static const struct inv_act *act_on(const char *serial)
{
	struct inv_act *x = ARENA_ARRAY(c.a, struct inv_act, 1);

	*x = (struct inv_act){.who = &counter_anna, .code = serial, .now = c.by.now};
	return x;
}

static void change(const char *serial, struct inv_fields f)
{
	cr_assert_eq(inv_unit_change(c.inv, act_on(serial), &f, &c.r), 0, "%s", counter_said(&c));
}

static void expect_no(const char *code, int err)
{
	cr_expect_eq(err, ERR_REFUSED, "%s: %s", code, err_name(err));
	cr_expect_str_eq(counter_said(&c), code);
	for (int l = 0; err == ERR_REFUSED && l < SAY_LANGS; l++)
		cr_expect_null(strstr(refusal_text(c.a, (enum say_lang)l, &c.r), "{"), "%s: a word is missing", code);
	c.r = (struct refusal){0};
}

static void add_rule(int term, uint32_t value)
{
	struct inv_rule rule = {.why = "test"};
	uint64_t id;

	rule.set[term] = value + 1;
	cr_assert_eq(inv_rule_put(c.inv, &c.by, &rule, &c.r, &id), 0, "%s", counter_said(&c));
}

static int lend(int borrower, const char *serial)
{
	return COUNTER_LEND(&c, borrower, 0, &out, serial);
}

static void lent(int borrower, const char *serial)
{
	cr_assert_eq(lend(borrower, serial), 0, "%s", counter_said(&c));
}

/* --- what may not be lent --- */

static int of_display(void)
{
	struct inv_fields f = INV_FIELDS_NONE;

	f.display = 1;
	change("VB-0001", f);
	return lend(0, "VB-0001");
}

static int of_the_other_service(void)
{
	struct inv_fields f = INV_FIELDS_NONE;

	f.zone = PEOPLE_CARE;
	change("VB-0001", f);
	c.by.zones = PEOPLE_ZONES;
	return lend(0, "VB-0001");
}

static int of_what_is_never_lent(void)
{
	const struct inv_product p = {.id = "ringklocka",
		.kind = INV_KIND_THING,
		.name = {"Ringklocka", "Ovikello", "Doorbell"},
		.category = "larm",
		.life = INV_LIFE_USE,
		.privacy = INV_PRIVACY_NONE};

	cr_assert_eq(inv_product_put(c.inv, ACT_OF(&counter_anna, c.by.now), &p, false, &c.r), 0, "%s", counter_said(&c));
	return lend(0, "VB-0001");
}

static int of_one_more(void)
{
	add_rule(INV_TERM_LIMIT, 1);
	lent(0, "VB-0001");
	return lend(0, "VB-0002");
}

static int of_somebody_late(void)
{
	add_rule(INV_TERM_STOP_LATE_DAYS, 3);
	lent(0, "VB-0001");
	c.by.now += 200 * DAY_S;
	return lend(0, "VB-0002");
}

static int of_what_another_waits_for(void)
{
	const struct inv_hold_want want = {.borrower = c.borrower[1], .product = "ringklocka", .yes = ~0u};
	uint64_t id;

	cr_assert_eq(inv_hold_add(c.inv, &c.by, &want, &c.r, &id), 0, "%s", counter_said(&c));
	cr_assert_eq(inv_hold_pick(c.inv, &c.by, "VB-0001", &c.r, &id), 0, "%s", counter_said(&c));
	return lend(0, "VB-0001");
}

/* --- what is out --- */

static int claimed_twice(void)
{
	lent(0, "VB-0001");
	cr_assert_eq(inv_claim(c.inv, &c.by, "VB-0001", false, &c.r), 0, "%s", counter_said(&c));
	return inv_claim(c.inv, &c.by, "VB-0001", false, &c.r);
}

static int claimed_when_lost(void)
{
	const struct inv_mark words = {.phone = "033-35 70 00"};

	lent(0, "VB-0001");
	cr_assert_eq(inv_loan_lost(c.inv, &c.by, "VB-0001", false, &words, &c.r), 0, "%s", counter_said(&c));
	return inv_claim(c.inv, &c.by, "VB-0001", false, &c.r);
}

static int swapped_for(const char *serial)
{
	const struct inv_out_item item = {.code = serial};
	const struct inv_out how = {.kind = INV_LOAN_SWAP,
		.borrower = c.borrower[0],
		.items = &item,
		.item_count = 1,
		.swap_of = out.loan,
		.swap_serial = "VB-0001"};
	struct inv_out_result res;

	return inv_check_out(c.inv, &c.by, &how, &c.r, &res);
}

static int back_before_its_swap(void)
{
	lent(0, "VB-0001");
	cr_assert_eq(swapped_for("VB-0002"), 0, "%s", counter_said(&c));
	return counter_back(&c, "VB-0001", &in);
}

static int swapped_twice(void)
{
	lent(0, "VB-0001");
	cr_assert_eq(swapped_for("VB-0002"), 0, "%s", counter_said(&c));
	return swapped_for("VB-0003");
}

static int renew(void)
{
	struct inv_renewed re;

	return counter_renew(&c, out.loan, 0, &re);
}

static int renewed_when_back(void)
{
	lent(0, "VB-0001");
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0, "%s", counter_said(&c));
	return renew();
}

static int renewed_when_lost(void)
{
	const struct inv_mark words = {.phone = "033-35 70 00"};

	lent(0, "VB-0001");
	cr_assert_eq(inv_loan_lost(c.inv, &c.by, "VB-0001", false, &words, &c.r), 0, "%s", counter_said(&c));
	return renew();
}

/* --- holds, places, kits --- */

static int a_hold_of_before(void)
{
	const struct inv_hold_want want = {.borrower = c.borrower[1], .product = "ringklocka", .yes = ~0u};
	uint64_t id;

	cr_assert_eq(inv_hold_add(c.inv, &c.by, &want, &c.r, &id), 0, "%s", counter_said(&c));
	cr_assert_eq(inv_hold_cancel(c.inv, &c.by, id, &c.r), 0, "%s", counter_said(&c));
	return inv_hold_cancel(c.inv, &c.by, id, &c.r);
}

static void add_place(const char *id)
{
	const struct inv_place p = {.id = id, .kind = INV_PLACE_DESK, .name = {id, id, id}, .lends = true};

	cr_assert_eq(inv_place_put(c.inv, ACT_OF(&counter_anna, c.by.now), &p, true, &c.r), 0, "%s", counter_said(&c));
}

static int placed_under_way(void)
{
	struct inv_fields f = INV_FIELDS_NONE;
	uint64_t id;

	add_place("disk");
	add_place("filial");
	cr_assert_eq(inv_transfer_send(c.inv, act_on("VB-0001"), "disk", NULL, &c.r, &id), 0, "%s", counter_said(&c));
	f.place = "filial";
	return inv_unit_change(c.inv, act_on("VB-0001"), &f, &c.r);
}

static int sent_without_its_kit(void)
{
	const struct inv_part part = {.unit = "VB-0001"};
	uint64_t id;

	add_place("disk");
	cr_assert_eq(inv_kit_add(c.inv, act_on("VB-0002"), &part, &c.r), 0, "%s", counter_said(&c));
	return inv_transfer_send(c.inv, act_on("VB-0001"), "disk", NULL, &c.r, &id);
}

Test(refused, each_no_has_its_code)
{
	static const struct {
		const char *code;
		int (*fn)(void);
	} tries[] = {{"loan.display", of_display}, {"loan.item-zone", of_the_other_service},
		{"loan.not-lendable", of_what_is_never_lent}, {"loan.limit", of_one_more},
		{"loan.late", of_somebody_late}, {"loan.awaited", of_what_another_waits_for},
		{"loan.claimed", claimed_twice}, {"loan.lost-already", claimed_when_lost},
		{"loan.swap-first", back_before_its_swap}, {"loan.swapped", swapped_twice},
		{"renew.none", renewed_when_back}, {"renew.state", renewed_when_lost}, {"hold.over", a_hold_of_before},
		{"unit.in-transit", placed_under_way}, {"kit.part-of-kit", sent_without_its_kit}};

	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		begin();
		expect_no(tries[i].code, tries[i].fn());
		end();
	}
}

/* --- the scan box --- */

static void expect_scanned(const char *code, const char *raw)
{
	struct inv_scanned s = counter_scan(&c, raw, NULL);

	cr_expect_neq(s.tone, INV_TONE_YES, "%s", raw);
	cr_assert_not_null(s.said.say, "%s", code);
	cr_expect_str_eq(s.said.say->code, code);
	cr_expect_null(strstr(refusal_text(c.a, SAY_SV, &s.said), "{"));
	cr_expect_gt(s.door_count, 0, "%s has no door", code);
}

/* Two makers gave one number. */
static void number_by_maker(const char *serial)
{
	struct inv_fields f = INV_FIELDS_NONE;

	f.maker_serial = "TV4711";
	change(serial, f);
}

Test(refused, a_scan_too_says_no_by_its_code, .init = begin, .fini = end)
{
	char *much = ARENA_ARRAY(c.a, char, 20001);

	memset(much, 'A', 20000);
	expect_scanned("scan.bad", "https://example.se/");
	expect_scanned("scan.long", much);
	expect_scanned("scan.no-card", "K-12345678");
	number_by_maker("VB-0001");
	number_by_maker("VB-0007");
	expect_scanned("scan.several", "TV4711");
}

static const char *many(int i)
{
	return arena_printf(c.a, "MANGA-%03d", i);
}

static int many_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	for (int i = 0; i <= INV_DESK_LINES; i++) {
		const struct inv_unit u = {.serial = many(i),
			.item_number = many(i),
			.state = INV_IN_STOCK,
			.product_id = "lupp",
			.condition = INV_CONDITION_GOOD};
		int err = inv_unit_put(txn, NULL, &u);

		if (err)
			return err;
	}
	return 0;
}

Test(refused, a_desk_holds_so_many, .init = begin, .fini = end)
{
	cr_assert_eq(store_write(c.st, many_in, NULL), 0);
	add_rule(INV_TERM_LIMIT, 0);
	for (int i = 0; i < INV_DESK_LINES; i++) {
		struct inv_scanned s = counter_scan(&c, many(i), NULL);

		cr_assert_eq(s.tone, INV_TONE_YES, "%d: %s", i, s.said.say ? s.said.say->code : "");
	}
	expect_scanned("scan.full", many(INV_DESK_LINES));
}
