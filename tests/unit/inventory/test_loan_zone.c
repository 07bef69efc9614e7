/* SPDX-License-Identifier: EUPL-1.2 */
/* What is on another service's loan is left alone, whoever came first. */
#include "tests/unit/inventory/counter.h"

#include <pthread.h>
#include <stdatomic.h>

#define THING "VB-0001"

static struct inv_act act_of(unsigned zones)
{
	return (struct inv_act){
		.who = &counter_bo, .code = THING, .now = COUNTER_NOW, .zones = zones};
}

static void refused_with_number(struct counter *c, int err, const char *number)
{
	cr_expect_eq(err, ERR_REFUSED);
	cr_assert_not_null(c->r.say);
	cr_expect_str_eq(c->r.say->code, "loan.other-zone");
	cr_expect_not_null(strstr(refusal_text(c->a, SAY_EN, &c->r), number));
}

/* A JPEG of 64 by 32, as far as anybody looks. */
static const uint8_t picture[] = {0xff, 0xd8, 0xff, 0xc0, 0x00, 0x0b, 0x08, 0x00, 0x20, 0x00, 0x40,
	0x01, 0x01, 0x11, 0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00, '0', '1',
	0xff, 0xd9};

/* A picture of a loan is the loan's: its zone alone adds and sees it, it can be put back for a day, and
 * it goes with whose loan it was. */
struct seen {
	const char *object;
	size_t n;
	int admitted[2];
	bool tells; /* something besides the picture is in its bytes */
};

/* As a telephone makes it: where it was taken and by what, before the picture itself. */
static struct bytes with_place(struct arena *a)
{
	static const char told[] = "\xff\xe1\x00\x1e" "Exif\0\0MM\0*\0\0\0\x08GPS 57.7N 12.9E";
	const size_t n = 4 + 28;
	uint8_t *p = arena_alloc_raw(a, n + sizeof(picture));

	memcpy(p, picture, 2);
	memcpy(p + 2, told, n);
	memcpy(p + 2 + n, picture + 2, sizeof(picture) - 2);
	return bytes_of(p, n + sizeof(picture));
}

static int seen_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct seen *s = arg;
	struct inv_photo *p;
	struct bytes content;
	int err = inv_photo_list(txn, s->object, STORE_PIECE(a, NULL, 9), &p, &s->n);

	for (size_t i = 0; err == 0 && i < s->n; i++) {
		err = inv_photo_read(txn, a, p[i].id, &p[i], &content);
		if (err == 0 && memmem(content.p, content.n, "GPS", 3))
			s->tells = true;
	}
	s->admitted[0] = inv_photo_admit(txn, INV_ZONED | PEOPLE_LIBRARY, s->object);
	s->admitted[1] = inv_photo_admit(txn, INV_ZONED | PEOPLE_CARE, s->object);
	return err;
}

Test(loan_zone, a_picture_of_a_loan_is_the_loans, .timeout = 300)
{
	struct inv_act library = {.who = &counter_anna, .now = COUNTER_NOW,
		.zones = INV_ZONED | PEOPLE_LIBRARY};
	struct inv_act care = library;
	struct inv_out_result out;
	struct seen s = {0};
	struct bytes photo;
	struct counter c;
	uint64_t id;
	size_t n;

	care.zones = INV_ZONED | PEOPLE_CARE;
	counter_open(&c);
	photo = with_place(c.a);
	cr_assert_not_null(memmem(photo.p, photo.n, "GPS", 3));
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	s.object = inv_loan_photos(c.a, out.loan);
	cr_expect_eq(inv_photo_add(c.inv, &care, s.object, NULL, photo, &c.r, &id), ERR_NOTFOUND);
	cr_assert_eq(inv_photo_add(c.inv, &library, s.object, "repa", photo, &c.r, &id), 0);
	cr_assert_eq(store_read(c.st, seen_in, &s), 0);
	cr_expect_eq(s.n, 1);
	cr_expect_not(s.tells, "where it was taken is not kept");
	cr_expect_eq(s.admitted[0], 0);
	cr_expect_eq(s.admitted[1], ERR_NOTFOUND);
	cr_expect_eq(inv_photo_del(c.inv, &care, id, &c.r), ERR_NOTFOUND);
	cr_assert_eq(inv_photo_del(c.inv, &library, id, &c.r), 0);
	cr_expect_eq(inv_photo_del(c.inv, &library, id, &c.r), ERR_NOTFOUND);
	cr_assert_eq(inv_photo_restore(c.inv, &library, id, &c.r), 0);
	cr_assert_eq(store_read(c.st, seen_in, &s), 0);
	cr_expect_eq(s.n, 1, "put back");
	cr_assert_eq(inv_photo_del(c.inv, &library, id, &c.r), 0);
	cr_assert_eq(inv_circulation_tend(c.inv, COUNTER_NOW + DAY_S + 1, 100, &n), 0);
	cr_expect_eq(inv_photo_restore(c.inv, &library, id, &c.r), ERR_NOTFOUND, "a day is over");
	cr_assert_eq(inv_photo_add(c.inv, &library, s.object, NULL, photo, &c.r, &id), 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &(struct inv_in_result){0}), 0);
	cr_assert_eq(inv_circulation_tend(c.inv, COUNTER_NOW + 4000 * (int64_t)DAY_S, 100, &n), 0);
	cr_assert_eq(store_read(c.st, seen_in, &s), 0);
	cr_expect_eq(s.n, 0, "forgotten with the loan");
	cr_expect_eq(inv_photo_add(c.inv, &library, s.object, NULL, photo, &c.r, &id), ERR_REFUSED,
		"nothing would forget it");
	cr_expect_str_eq(c.r.say->code, "photo.forgotten");
	counter_check(&c);
	counter_close(&c);
}

static uint64_t photo_of(struct counter *c, const struct inv_act *act, const char *object)
{
	uint64_t id = 0;

	cr_assert_eq(inv_photo_add(c->inv, act, object, NULL,
			     bytes_of(picture, sizeof(picture)), &c->r, &id),
		0, "%s", counter_said(c));
	return id;
}

/* However many others were removed: of whose loan is forgotten nothing waits to be put back. */
Test(loan_zone, a_removed_picture_is_forgotten_among_many, .timeout = 300)
{
	const int64_t later = COUNTER_NOW + 4000 * (int64_t)DAY_S;
	struct inv_act act = act_of(0);
	struct inv_out_result out;
	struct counter c;
	uint64_t id;
	size_t n;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, THING), 0);
	act.now = later;
	for (size_t i = 0; i < 101; i++) {
		id = photo_of(&c, &act, "unit:VB-0002");
		cr_assert_eq(inv_photo_del(c.inv, &act, id, &c.r), 0);
	}
	id = photo_of(&c, &act, inv_loan_photos(c.a, out.loan));
	cr_assert_eq(inv_photo_del(c.inv, &act, id, &c.r), 0);
	cr_assert_eq(counter_back(&c, THING, &(struct inv_in_result){0}), 0);
	cr_assert_eq(inv_circulation_tend(c.inv, later, 100, &n), 0);
	cr_expect_eq(inv_photo_restore(c.inv, &act, id, &c.r), ERR_NOTFOUND);
	cr_expect_eq(inv_photo_restore(c.inv, &act, id - 1, &c.r), 0, "the others have their day");
	counter_check(&c);
	counter_close(&c);
}

/* Few go at a time, and those whose day is over go first, wherever they stand. */
Test(loan_zone, a_removed_picture_goes_when_its_day_is_over)
{
	static const size_t old[] = {0, 3};
	struct inv_act act = act_of(0);
	uint64_t ids[4];
	struct counter c;
	size_t n;

	for (size_t o = 0; o < 2; o++) {
		counter_open(&c);
		for (size_t i = 0; i < 4; i++)
			ids[i] = photo_of(&c, &act, "unit:VB-0002");
		for (size_t i = 0; i < 4; i++) {
			act.now = COUNTER_NOW + (i == old[o] ? 0 : DAY_S - 10);
			cr_assert_eq(inv_photo_del(c.inv, &act, ids[i], &c.r), 0);
		}
		cr_assert_eq(inv_circulation_tend(c.inv, COUNTER_NOW + DAY_S + 1, 2, &n), 0);
		for (size_t i = 0; i < 4; i++)
			cr_expect_eq(inv_photo_restore(c.inv, &act, ids[i], &c.r),
				i == old[o] ? ERR_NOTFOUND : 0, "%zu of %zu", i, old[o]);
		counter_close(&c);
	}
}

Test(loan_zone, every_act_asks_whose_loan_it_is)
{
	const struct inv_act care = act_of(INV_ZONED | PEOPLE_CARE), none = act_of(INV_ZONED),
			     library = act_of(INV_ZONED | PEOPLE_LIBRARY), house = act_of(0);
	const struct inv_mark stock = {.to = INV_IN_STOCK}, words = {.message = "x"};
	const struct inv_code code = {.kind = INV_CODE_OTHER, .code = "4711-X"};
	const struct bytes png = bytes_of(picture, sizeof(picture));
	struct inv_fault f = {.symptom = "Ringer inte"};
	struct inv_fields fields = INV_FIELDS_NONE;
	struct inv_out_result out;
	const char *object;
	struct counter c;
	uint64_t id = 0;

	fields.note = "x";
	counter_open(&c);
	object = arena_printf(c.a, "unit:%s", THING);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, THING), 0);
	refused_with_number(&c, inv_mark(c.inv, &care, &stock, &c.r), "L-1000");
	refused_with_number(&c, inv_lost(c.inv, &care, false, &words, &c.r), "L-1000");
	refused_with_number(&c, inv_returned(c.inv, &none, &stock, &c.r), "L-1000");
	refused_with_number(&c, inv_locate_ask(c.inv, &care, "search", &c.r), "L-1000");
	refused_with_number(&c, inv_transfer_send(c.inv, &care, "x", NULL, &c.r, &id), "L-1000");
	refused_with_number(&c, inv_transfer_arrive(c.inv, &care, "x", &c.r), "L-1000");
	refused_with_number(&c, inv_unit_shelve(c.inv, &care, "x", &c.r), "L-1000");
	refused_with_number(&c, inv_fault_add(c.inv, &care, &f, &c.r, &id), "L-1000");
	/* nor does another service write on it, code it or take its picture */
	refused_with_number(&c, inv_unit_note(c.inv, &care, "x", &c.r), "L-1000");
	refused_with_number(&c, inv_code_add(c.inv, &care, &code, &c.r), "L-1000");
	refused_with_number(&c, inv_unit_change(c.inv, &care, &fields, &c.r), "L-1000");
	cr_assert_eq(inv_code_add(c.inv, &library, &code, &c.r), 0);
	refused_with_number(&c, inv_code_drop(c.inv, &care, code.code, &c.r), "L-1000");
	cr_expect_eq(inv_unit_note(c.inv, &library, "x", &c.r), 0);
	refused_with_number(&c, inv_photo_add(c.inv, &care, object, NULL, png, &c.r, &id), "L-1000");
	cr_assert_eq(inv_photo_add(c.inv, &library, object, NULL, png, &c.r, &id), 0);
	refused_with_number(&c, inv_photo_del(c.inv, &care, id, &c.r), "L-1000");
	/* whose it is may, and those who answer for the machines */
	cr_assert_eq(inv_fault_add(c.inv, &library, &f, &c.r, &id), 0);
	f = (struct inv_fault){.id = id, .outcome = "Nytt batteri"};
	refused_with_number(&c, inv_fault_step(c.inv, &care, &f, &c.r), "L-1000");
	cr_assert_eq(inv_fault_step(c.inv, &house, &f, &c.r), 0);
	cr_assert_eq(inv_lost(c.inv, &library, false, &words, &c.r), 0);
	refused_with_number(&c, inv_found(c.inv, &care, &c.r), "L-1000");
	cr_assert_eq(inv_found(c.inv, &house, &c.r), 0);
	/* on no loan it is everybody's */
	cr_assert_eq(inv_mark(c.inv, &library, &stock, &c.r), 0);
	cr_expect_eq(inv_fault_add(c.inv, &care, &(struct inv_fault){.symptom = "x"}, &c.r, &id), 0);
	counter_close(&c);
}

/* What lies in a bag has no line of its own, and is on the bag's loan all the same. */
Test(loan_zone, what_lies_in_a_bag_is_whose_the_bag_is)
{
	const struct inv_act bag = {.who = &counter_anna, .code = "VB-0012", .now = COUNTER_NOW};
	const struct inv_act care = act_of(INV_ZONED | PEOPLE_CARE),
			     library = act_of(INV_ZONED | PEOPLE_LIBRARY);
	const struct inv_mark words = {.message = "x"};
	struct inv_out_result out;
	struct counter c;

	counter_open(&c);
	cr_assert_eq(inv_kit_add(c.inv, &bag, &(struct inv_part){.unit = THING}, &c.r), 0);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012"), 0, "%s", counter_said(&c));
	refused_with_number(&c, inv_lost(c.inv, &care, false, &words, &c.r), "L-1000");
	refused_with_number(&c, inv_locate_ask(c.inv, &care, "search", &c.r), "L-1000");
	cr_expect_eq(inv_lost(c.inv, &library, false, &words, &c.r), 0, "%s", counter_said(&c));
	counter_close(&c);
}

struct number_ask {
	const char *number;
	unsigned zones;
	struct refusal r;
};

static int number_in(struct store_txn *txn, void *arg)
{
	struct number_ask *n = arg;

	return inv_zone_admit_loan(txn, n->zones, n->number, &n->r);
}

Test(loan_zone, a_return_asks_for_the_loan_it_comes_from)
{
	struct number_ask asks[] = {
		{"L-10000", INV_ZONED | PEOPLE_CARE, {0}},
		{"L-10000", INV_ZONED | PEOPLE_LIBRARY, {0}},
		{"L-10000", 0, {0}},
		{NULL, INV_ZONED, {0}},
		{"not a number", INV_ZONED, {0}},
		{"L-99999", INV_ZONED, {0}},
	};
	struct inv_out_result out;
	struct inv_in_result in;
	char number[INV_LOAN_NUMBER];
	struct counter c;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, THING), 0);
	cr_assert_eq(counter_back(&c, THING, &in), 0, "and it is closed");
	inv_loan_number(out.loan, number);
	for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
		if (i < 3)
			asks[i].number = number;
		cr_expect_eq(store_read(c.st, number_in, &asks[i]), i == 0 ? ERR_REFUSED : 0,
			"case %zu", i);
	}
	counter_close(&c);
}

/* Care lends it while the library, who saw it on the shelf, presses "lost". */
struct race {
	struct counter *c;
	_Atomic bool lending, pressed;
	int err;
	struct refusal r;
};

static int lend_in(struct store_txn *txn, void *arg)
{
	struct race *race = arg;
	const struct inv_loan loan = {.id = 700, .zone = PEOPLE_CARE, .lines = 1, .open = 1};
	const struct inv_loan_line line = {.loan = 700, .no = 1, .serial = THING, .state = INV_LINE_OUT};
	int err;

	atomic_store(&race->lending, true);
	while (!atomic_load(&race->pressed))
		sched_yield();
	err = inv_loan_put(txn, NULL, &loan);
	return err ? err : inv_line_put(txn, NULL, &line);
}

static void *press(void *arg)
{
	struct race *race = arg;
	const struct inv_act act = act_of(INV_ZONED | PEOPLE_LIBRARY);
	const struct inv_mark words = {.message = "x"};

	while (!atomic_load(&race->lending))
		sched_yield();
	atomic_store(&race->pressed, true);
	race->err = inv_lost(race->c->inv, &act, false, &words, &race->r);
	return NULL;
}

Test(loan_zone, is_asked_in_the_transaction_that_acts)
{
	struct counter c;
	struct race race = {.c = &c};
	pthread_t thread;

	counter_open(&c);
	cr_assert_eq(pthread_create(&thread, NULL, press, &race), 0);
	cr_assert_eq(store_write(c.st, lend_in, &race), 0);
	cr_assert_eq(pthread_join(thread, NULL), 0);
	cr_expect_eq(race.err, ERR_REFUSED);
	cr_expect_str_eq(race.r.say->code, "loan.other-zone");
	cr_expect_eq(counter_look(&c, 0, THING, NULL).u.state, INV_IN_STOCK);
	counter_close(&c);
}
