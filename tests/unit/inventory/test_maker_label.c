/* SPDX-License-Identifier: EUPL-1.2 */
/* A maker's label says GTIN, serial number, lot and last day in one (GS1): wherever it is scanned, each is kept. */
#include "counter.h"

#define LABEL "]d2010400638133393121SN77\x1d""10L7\x1d""17271231"

static struct inv_unit found(struct counter *c, const char *code)
{
	struct inv_scanned s = counter_scan(c, code, NULL);

	cr_assert_not_null(s.serial, "%s: %s", code, s.said.say ? s.said.say->code : "");
	counter_scan(c, "C-AVBRYT", NULL);
	return counter_look(c, 0, s.serial, NULL).u;
}

static void expect_all(struct counter *c, const char *serial)
{
	static const char *const spelled[] = {LABEL, "(01)04006381333931(21)SN77", "SN77"};

	for (size_t i = 0; i < sizeof(spelled) / sizeof(spelled[0]); i++) {
		struct inv_unit u = found(c, spelled[i]);

		cr_expect_str_eq(u.serial, serial, "%s", spelled[i]);
		cr_expect_str_eq(u.lot, "L7");
		cr_expect_eq(u.expires_day, on("2027-12-31"));
	}
}

static const char *make(struct counter *c, const char *serial, const char *maker_serial)
{
	struct inv_new n = {.f = INV_FIELDS_NONE, .serial = serial};
	const char **serials;

	n.f.product_id = "lupp";
	n.f.maker_serial = maker_serial;
	cr_assert_eq(inv_unit_make(c->inv, &counter_anna, &n, COUNTER_NOW, c->a, &c->r, &serials), 0, "%s",
		counter_said(c));
	return serials[0];
}

Test(maker_label, of_a_new_thing)
{
	struct counter c;

	counter_open(&c);
	expect_all(&c, make(&c, NULL, LABEL));
	counter_end(&c);
}

Test(maker_label, as_the_number_of_a_new_thing)
{
	struct counter c;

	counter_open(&c);
	make(&c, LABEL, NULL);
	expect_all(&c, "SN77");
	counter_end(&c);
}

Test(maker_label, as_one_of_its_codes)
{
	const struct inv_code code = {INV_CODE_GS1, LABEL};
	struct counter c;
	struct inv_unit u;

	counter_open(&c);
	cr_assert_eq(inv_code_add(c.inv,
			     &(struct inv_act){.who = &counter_anna, .code = "VB-0008", .now = COUNTER_NOW},
			     &code, &c.r),
		0, "%s", counter_said(&c));
	u = found(&c, LABEL);
	cr_expect_str_eq(u.serial, "VB-0008");
	cr_expect_str_eq(u.lot, "L7");
	cr_expect_eq(u.expires_day, on("2027-12-31"));
	counter_end(&c);
}

Test(maker_label, what_is_known_already_stays)
{
	struct inv_new n = {.f = INV_FIELDS_NONE};
	const char **serials;
	struct counter c;

	counter_open(&c);
	n.f.product_id = "lupp";
	n.f.lot = "EGEN";
	n.f.maker_serial = LABEL;
	cr_assert_eq(inv_unit_make(c.inv, &counter_anna, &n, COUNTER_NOW, c.a, &c.r, &serials), 0);
	cr_expect_str_eq(found(&c, "SN77").lot, "EGEN");
	counter_end(&c);
}

/* Announced by its serial number, it is the same one when its label is scanned. */
Test(maker_label, of_what_is_delivered)
{
	const struct inv_act house = {.who = &counter_anna, .code = "BEST-1", .now = COUNTER_NOW};
	const struct inv_act piece = {.who = &counter_anna, .code = LABEL, .now = COUNTER_NOW};
	const struct inv_delivery d = {.id = "BEST-1", .product_id = "lupp", .expected = 1};
	static const char *const codes[] = {"SN77"};
	struct counter c;

	counter_open(&c);
	cr_assert_eq(inv_delivery_put(c.inv, &counter_anna, &d, COUNTER_NOW, &c.r), 0, "%s", counter_said(&c));
	cr_assert_eq(inv_delivery_announce(c.inv, &house, codes, 1, &c.r), 0, "%s", counter_said(&c));
	cr_assert_eq(inv_delivery_receive(c.inv, &piece, "BEST-1", &c.r), 0, "%s", counter_said(&c));
	cr_expect_eq(inv_delivery_receive(c.inv, &piece, "BEST-1", &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "delivery.received", "the same, not another");
	cr_expect_str_eq(found(&c, LABEL).maker_serial, "SN77");
	expect_all(&c, found(&c, "SN77").serial);
	counter_end(&c);
}

/* Thirteen digits on the box and fourteen in a label are one GTIN. */
Test(maker_label, a_things_own_gtin_is_found_however_it_is_written)
{
	static const char *const spelled[] = {"4006381333931", "04006381333931", "(01)04006381333931", "0104006381333931"};
	const struct inv_code code = {INV_CODE_GTIN, "4006381333931"};
	struct counter c;

	counter_open(&c);
	cr_assert_eq(inv_code_add(c.inv,
			     &(struct inv_act){.who = &counter_anna, .code = "VB-0009", .now = COUNTER_NOW},
			     &code, &c.r),
		0, "%s", counter_said(&c));
	for (size_t i = 0; i < sizeof(spelled) / sizeof(spelled[0]); i++)
		cr_expect_str_eq(found(&c, spelled[i]).serial, "VB-0009", "%s", spelled[i]);
	counter_end(&c);
}

/* A month that there is not is no wrong check digit. */
Test(maker_label, what_cannot_be_is_told_as_what_it_is)
{
	const struct inv_code code = {INV_CODE_GS1, "(01)04006381333931(21)SN77(17)271331"};
	struct counter c;

	counter_open(&c);
	cr_expect_eq(inv_code_add(c.inv,
			     &(struct inv_act){.who = &counter_anna, .code = "VB-0009", .now = COUNTER_NOW},
			     &code, &c.r),
		ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "scan.bad-gs1");
	counter_end(&c);
}

static int sure_in(struct store_txn *txn, void *arg)
{
	struct inv_notice_hit *hits;
	size_t n;
	int err = inv_notice_hits(txn, 1, STORE_PIECE(((struct counter *)arg)->a, NULL, 50), &hits, &n);

	if (err)
		return err;
	for (size_t i = 0; i < n; i++) {
		if (text_equal(hits[i].serial, "VB-0008"))
			((struct counter *)arg)->faults = hits[i].unsure ? 1 : 2;
	}
	return 0;
}

/* Warned of by its lot, it is sure once its label was scanned. */
Test(maker_label, tells_a_safety_notice_what_it_did_not_know)
{
	const struct inv_code code = {INV_CODE_GS1, LABEL};
	const struct inv_notice warning = {.title = "Lot L7", .product_id = "lupp", .lot = "L7"};
	struct counter c;
	uint64_t id;

	counter_open(&c);
	cr_assert_eq(inv_notice_add(c.inv, &counter_anna, &warning, COUNTER_NOW, &c.r, &id), 0, "%s", counter_said(&c));
	cr_assert_eq(store_read(c.st, sure_in, &c), 0);
	cr_expect_eq(c.faults, 1, "nobody wrote its lot down");
	cr_assert_eq(inv_code_add(c.inv,
			     &(struct inv_act){.who = &counter_anna, .code = "VB-0008", .now = COUNTER_NOW},
			     &code, &c.r),
		0, "%s", counter_said(&c));
	cr_assert_eq(store_read(c.st, sure_in, &c), 0);
	cr_expect_eq(c.faults, 2, "read from its label");
	c.faults = 0;
	counter_end(&c);
}
