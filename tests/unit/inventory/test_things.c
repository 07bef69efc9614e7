/* SPDX-License-Identifier: EUPL-1.2 */
/* Products, places, transfers, faults, notices, photos, leases: each one's way through its life. */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

struct listing {
	struct inv_product *p;
	struct inv_place *l;
	struct inv_fault *f;
	struct inv_notice *n;
	struct inv_notice_hit *h;
	struct inv_transfer *t;
	struct inv_photo *ph;
	struct inv_closed_day *c;
	struct bytes content;
	size_t count;
	const char *next, *word;
	uint64_t id;
	bool open;
};

static int products_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct listing *l = out;
	const struct inv_product_ask ask = {.after = l->next, .most = 3};

	return inv_product_list(txn, a, &ask, &l->p, &l->count, &l->next);
}

Test(things, products_come_in_swedish_order)
{
	static const char *const names[][2] = {{"z", "Zon"}, {"a-ring", "Ångkokare"},
		{"o", "Ögonlupp"}, {"ae", "Äggklocka"}, {"ten", "Timer 10"}, {"two", "Timer 2"},
		{"a", "Armband"}};
	static const char *const order[] = {"a", "two", "ten", "z", "a-ring", "ae", "o"};
	struct listing l = {0};
	struct shelf s;
	size_t seen = 0;

	shelf_open(&s);
	for (size_t i = 0; i < 7; i++)
		shelf_product(&s, names[i][0], INV_KIND_THING, names[i][1]);
	do {
		cr_assert_eq(shelf_read(&s, products_in, &l), 0);
		for (size_t i = 0; i < l.count; i++)
			cr_expect_str_eq(l.p[i].id, order[seen++]);
	} while (l.next);
	cr_expect_eq(seen, 7);
	shelf_close(&s);
}

Test(things, a_product_is_judged_before_it_is_kept)
{
	struct inv_product p = {.id = "Klocka",
		.kind = INV_KIND_THING,
		.name = {"Klocka"},
		.gtin = "4006381333931"};
	struct listing l = {0};
	struct shelf s;

	shelf_open(&s);
	SHELF_OK(&s, inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, true, &s.r));
	SHELF_REFUSED(&s, inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, true, &s.r), "product.exists");
	shelf_thing(&s, "klocka", NULL);
	p.kind = INV_KIND_IPAD;
	SHELF_REFUSED(
		&s, inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, false, &s.r), "product.kind-fixed");
	SHELF_REFUSED(&s, inv_product_del(s.inv, ACT_OF(&anna, 1000), "klocka", &s.r), "product.used");
	p.id = "annan";
	SHELF_REFUSED(
		&s, inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, true, &s.r), "product.gtin-taken");
	p.gtin = "4006381333930";
	SHELF_REFUSED(&s, inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, true, &s.r), "product.gtin-bad");
	p.gtin = NULL;
	p.id = "a/b";
	SHELF_REFUSED(&s, inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, true, &s.r), "thing.id-bad");
	p.id = "annan";
	p.name[SAY_SV] = "";
	SHELF_REFUSED(&s, inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, true, &s.r), "thing.name-needed");
	p.name[SAY_SV] = "Annan";
	SHELF_OK(&s, inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, true, &s.r));
	SHELF_OK(&s, inv_product_del(s.inv, ACT_OF(&anna, 1000), "annan", &s.r));
	cr_assert_eq(shelf_read(&s, products_in, &l), 0);
	cr_expect_eq(l.count, 1);
	cr_expect_str_eq(l.p[0].gtin, "04006381333931");
	shelf_close(&s);
}

static int open_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct listing *l = out;

	(void)a;
	return inv_place_is_open(txn, l->word, (int32_t)l->id, &l->open);
}

static bool is_open(struct shelf *s, const char *place, int year, int month, int day)
{
	struct listing l = {.word = place, .id = (uint64_t)day_from_date(year, month, day)};

	cr_assert_eq(shelf_read(s, open_in, &l), 0);
	return l.open;
}

Test(things, a_place_is_open_as_its_week_its_parents_and_the_holidays_say)
{
	struct inv_place p = {.id = "buss",
		.kind = INV_PLACE_BUS,
		.name = {"Bussen"},
		.open_days = 0x42,
		.parent = "hus"}; /* Tuesday, Sunday */
	struct shelf s;

	shelf_open(&s);
	SHELF_REFUSED(&s, inv_place_put(s.inv, ACT_OF(&anna, 1000), &p, true, &s.r), "place.unknown");
	shelf_place(&s, "hus", INV_PLACE_DESK, "Huset", NULL);
	shelf_place(&s, "hylla", INV_PLACE_SHELF, "Hylla 1", "hus");
	SHELF_OK(&s, inv_place_put(s.inv, ACT_OF(&anna, 1000), &p, true, &s.r));
	cr_expect(is_open(&s, "hus", 2026, 11, 20));
	cr_expect_not(is_open(&s, "hus", 2026, 11, 21), "a Saturday");
	cr_expect_not(is_open(&s, "hylla", 2026, 12, 25), "a holiday");
	cr_expect(is_open(&s, "buss", 2026, 11, 24));
	cr_expect_not(is_open(&s, "buss", 2026, 11, 25));
	SHELF_OK(&s, inv_place_close_days(s.inv, ACT_OF(&anna, 1000), "hus", day_from_date(2026, 11, 23),
			     day_from_date(2026, 11, 24), "Inventering", &s.r));
	cr_expect_not(is_open(&s, "hylla", 2026, 11, 23));
	cr_expect_not(is_open(&s, "buss", 2026, 11, 24), "its house is closed");
	SHELF_OK(&s, inv_place_close_days(s.inv, ACT_OF(&anna, 1000), "hus", day_from_date(2026, 11, 23),
			     day_from_date(2026, 11, 23), NULL, &s.r));
	cr_expect(is_open(&s, "hylla", 2026, 11, 23));
	SHELF_REFUSED(&s, inv_place_close_days(s.inv, ACT_OF(&anna, 1), "hus", 20000, 19999, "x", &s.r),
		"place.days-bad");
	p = (struct inv_place){
		.id = "hus", .kind = INV_PLACE_DESK, .name = {"Huset"}, .parent = "hylla"};
	SHELF_REFUSED(&s, inv_place_put(s.inv, ACT_OF(&anna, 1000), &p, false, &s.r), "place.round");
	shelf_close(&s);
}

static int transfers_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct listing *l = out;

	return inv_transfer_list(
		txn, l->word, STORE_PIECE_N(a, l->id, 10), &l->t, &l->count);
}

Test(things, a_piece_of_all_that_is_sent_begins_behind_the_one_before)
{
	struct listing l = {0};
	struct shelf s;
	uint64_t to_desk, to_bus;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Lampa");
	shelf_place(&s, "disk", INV_PLACE_DESK, "Disken", NULL);
	shelf_place(&s, "buss", INV_PLACE_BUS, "Bussen", NULL);
	SHELF_OK(&s, inv_transfer_send(s.inv, &SHELF_ACT(shelf_thing(&s, "lampa", "buss"), 2000),
			     "disk", NULL, &s.r, &to_desk));
	SHELF_OK(&s, inv_transfer_send(s.inv, &SHELF_ACT(shelf_thing(&s, "lampa", "disk"), 2000),
			     "buss", NULL, &s.r, &to_bus));
	cr_assert_eq(shelf_read(&s, transfers_in, &l), 0);
	cr_assert_eq(l.count, 2);
	cr_expect_eq(l.t[0].id, to_bus, "by place");
	l.id = to_bus;
	cr_assert_eq(shelf_read(&s, transfers_in, &l), 0);
	cr_assert_eq(l.count, 1);
	cr_expect_eq(l.t[0].id, to_desk);
	l.id = to_desk;
	cr_assert_eq(shelf_read(&s, transfers_in, &l), 0);
	cr_expect_eq(l.count, 0);
	l.id = 77;
	cr_expect_eq(shelf_read(&s, transfers_in, &l), ERR_BADINPUT);
	shelf_close(&s);
}

Test(things, what_is_sent_is_in_transit_until_it_arrives_somewhere)
{
	struct listing l = {.word = "buss"};
	const char *one;
	struct shelf s;
	uint64_t id;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Lampa");
	shelf_place(&s, "disk", INV_PLACE_DESK, "Disken", NULL);
	shelf_place(&s, "buss", INV_PLACE_BUS, "Bussen", NULL);
	one = shelf_thing(&s, "lampa", "disk");
	SHELF_REFUSED(&s, inv_transfer_send(s.inv, &SHELF_ACT(one, 2), "disk", NULL, &s.r, &id),
		"transfer.there-already");
	SHELF_OK(&s, inv_transfer_send(s.inv, &SHELF_ACT(one, 2000), "buss", NULL, &s.r, &id));
	cr_expect_eq(shelf_find(&s, one).u.state, INV_IN_TRANSIT);
	cr_assert_eq(shelf_read(&s, transfers_in, &l), 0);
	cr_assert_eq(l.count, 1);
	cr_expect_str_eq(l.t[0].serial, one);
	SHELF_REFUSED(&s, inv_unit_shelve(s.inv, &SHELF_ACT(one, 2000), "disk", &s.r),
		"transfer.not-here");
	SHELF_OK(&s, inv_transfer_arrive(s.inv, &SHELF_ACT(one, 3000), "disk", &s.r));
	cr_expect_str_eq(
		shelf_find(&s, one).u.place, "disk", "where it came, not where it was sent");
	cr_expect_null(shelf_find(&s, one).u.bound_for);
	cr_assert_eq(shelf_read(&s, transfers_in, &l), 0);
	cr_expect_eq(l.count, 0);
	SHELF_REFUSED(&s, inv_transfer_arrive(s.inv, &SHELF_ACT(one, 3000), "disk", &s.r),
		"transfer.not-in-transit");
	SHELF_OK(&s, inv_unit_shelve(s.inv, &SHELF_ACT(one, 4000), "buss", &s.r));
	cr_expect_str_eq(shelf_find(&s, one).u.place, "buss");
	shelf_is_sound(&s);
	shelf_close(&s);
}

static int faults_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct listing *l = out;

	return inv_fault_list(txn, l->word, STORE_PIECE(a, NULL, 10), &l->f, &l->count);
}

Test(things, a_fault_is_open_until_its_outcome_is_written)
{
	struct inv_fault f = {.symptom = "Ringer inte", .channel = "phone"};
	struct listing l = {0};
	const char *one;
	struct shelf s;
	const struct inv_act later = {.who = &anna, .now = 3000};
	uint64_t id;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Lampa");
	one = shelf_thing(&s, "lampa", NULL);
	SHELF_OK(&s, inv_fault_add(s.inv, &SHELF_ACT(one, 2000), &f, &s.r, &id));
	cr_expect_eq(shelf_find(&s, one).u.faults_open, 1);
	cr_assert_eq(shelf_read(&s, faults_in, &l), 0);
	cr_assert_eq(l.count, 1);
	cr_expect_str_eq(l.f[0].symptom, "Ringer inte");
	f = (struct inv_fault){.id = id, .state = INV_FAULT_CLOSED};
	SHELF_REFUSED(&s, inv_fault_step(s.inv, &later, &f, &s.r), "fault.outcome-needed");
	f.outcome = "Nytt batteri";
	SHELF_OK(&s, inv_fault_step(s.inv, &later, &f, &s.r));
	SHELF_REFUSED(&s, inv_fault_step(s.inv, &later, &f, &s.r), "fault.closed");
	cr_expect_eq(shelf_find(&s, one).u.faults_open, 0);
	cr_assert_eq(shelf_read(&s, faults_in, &l), 0);
	cr_expect_eq(l.count, 0);
	l.word = one;
	cr_assert_eq(shelf_read(&s, faults_in, &l), 0);
	cr_expect_eq(l.f[0].closed_at, 3000);
	shelf_close(&s);
}

static int hits_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct listing *l = out;
	struct inv_notice n;
	int err = inv_notice_get(txn, a, l->id, &n);

	l->n = memcpy(arena_alloc(a, sizeof(n)), &n, sizeof(n));
	return err ? err : inv_notice_hits(
		txn, l->id, STORE_PIECE(a, NULL, 900), &l->h, &l->count);
}

Test(things, a_notice_finds_all_of_its_lot_and_those_that_come_later)
{
	struct inv_notice n = {
		.title = "Kan bli varm", .product_id = "lampa", .lot = "L7", .stop = true};
	struct inv_new make = {.f = INV_FIELDS_NONE, .count = 400};
	struct listing l = {0};
	const char **serials;
	struct shelf s;
	uint64_t id;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Lampa");
	make.f.product_id = "lampa";
	make.f.lot = "l7";
	SHELF_OK(&s, inv_unit_make(s.inv, &anna, &make, 1000, s.a, &s.r, &serials));
	make.f.lot = "L8";
	SHELF_OK(&s, inv_unit_make(s.inv, &anna, &make, 1000, s.a, &s.r, &serials));
	SHELF_OK(&s, inv_notice_add(s.inv, &anna, &n, 2000, &s.r, &id));
	l.id = id;
	cr_assert_eq(shelf_read(&s, hits_in, &l), 0);
	cr_expect_eq(l.count, 400);
	cr_expect_eq(l.n->hits, 400);
	cr_expect_not(l.n->looking);
	cr_expect_eq(shelf_find(&s, l.h[0].serial).u.state, INV_STOPPED);
	SHELF_REFUSED(&s, inv_notice_close(s.inv, &anna, id, 3000, &s.r), "notice.left");
	make.f.lot = "L7";
	make.count = 1;
	SHELF_OK(&s, inv_unit_make(s.inv, &anna, &make, 4000, s.a, &s.r, &serials));
	cr_assert_eq(shelf_read(&s, hits_in, &l), 0);
	cr_expect_eq(l.count, 401);
	for (size_t i = 0; i < l.count; i++)
		SHELF_OK(&s,
			inv_notice_handle(s.inv, &SHELF_ACT(l.h[i].serial, 5000), id, NULL, &s.r));
	SHELF_REFUSED(&s, inv_notice_handle(s.inv, &SHELF_ACT(l.h[0].serial, 5000), id, NULL, &s.r),
		"notice.not-this");
	SHELF_OK(&s, inv_notice_close(s.inv, &anna, id, 6000, &s.r));
	n = (struct inv_notice){.title = "Allt"};
	SHELF_REFUSED(&s, inv_notice_add(s.inv, &anna, &n, 2000, &s.r, &id), "notice.what");
	n = (struct inv_notice){.title = "Allt", .serial_from = "A10", .serial_to = "A9"};
	SHELF_REFUSED(&s, inv_notice_add(s.inv, &anna, &n, 2000, &s.r, &id), "notice.turned");
	n = (struct inv_notice){.title = "Allt", .product_id = "finns-inte"};
	SHELF_REFUSED(&s, inv_notice_add(s.inv, &anna, &n, 2000, &s.r, &id), "product.unknown");
	n.product_id = "Æ: inget som ett id får vara";
	SHELF_REFUSED(&s, inv_notice_add(s.inv, &anna, &n, 2000, &s.r, &id), "product.unknown");
	shelf_is_sound(&s);
	shelf_close(&s);
}

/* Of a notice's record what says that it is not through; the rest stays as it is. */
struct looking {
	bool looking;
	struct bytes unknown;
};

static int break_off_in(struct store_txn *txn, void *arg)
{
	static const struct rec_field fields[] = {REC_BOOL(16, struct looking, looking), REC_END};
	static const struct rec_type rec = REC_TYPE(struct looking, 1, fields);
	AUTO(arena) struct arena *a = arena_new();
	const struct listing *l = arg;
	struct store_key notice = store_key("q", l->id);
	struct store_key hit = store_key("qs", l->id, l->h[0].serial);
	struct looking at;
	int err = inv_rec_get(txn, INV_NOTICE, &notice, &rec, a, &at);

	at.looking = true;
	if (err == 0)
		err = inv_rec_put(txn, INV_NOTICE, &notice, &rec, &at);
	return err ? err : store_del(txn, INV_NOTICE_HIT, &hit);
}

Test(things, a_notice_that_was_broken_off_is_gone_on_with)
{
	struct inv_notice n = {.title = "Batteri", .serial_from = "SN-1", .serial_to = "SN-3"};
	struct listing l = {0};
	struct shelf s;

	shelf_open(&s);
	shelf_import(&s, "serial\nSN-1\nSN-2\nSN-3\n", 0);
	SHELF_OK(&s, inv_notice_add(s.inv, &anna, &n, 2000, &s.r, &l.id));
	cr_assert_eq(shelf_read(&s, hits_in, &l), 0);
	cr_assert_eq(store_write(s.st, break_off_in, &l), 0);
	cr_assert_eq(shelf_read(&s, hits_in, &l), 0);
	cr_expect_eq(l.count, 2);
	cr_expect(l.n->looking);
	cr_assert_eq(inv_notice_tend(s.inv, 3000), 0);
	cr_assert_eq(shelf_read(&s, hits_in, &l), 0);
	cr_expect_eq(l.count, 3);
	cr_expect_not(l.n->looking);
	shelf_close(&s);
}

/* Serial numbers count as numbers: 99 is before 100. */
Test(things, a_notice_knows_a_stretch_of_serial_numbers)
{
	struct inv_notice n = {.title = "Batteri", .serial_from = "SN-90", .serial_to = "SN-110"};
	struct listing l = {0};
	struct shelf s;

	shelf_open(&s);
	shelf_import(&s, "serial\nSN-9\nSN-90\nSN-99\nSN-100\nSN-110\nSN-111\nSN-1000\n", 0);
	SHELF_OK(&s, inv_notice_add(s.inv, &anna, &n, 2000, &s.r, &l.id));
	cr_assert_eq(shelf_read(&s, hits_in, &l), 0);
	cr_expect_eq(l.count, 4);
	shelf_close(&s);
}

static int photo_in(struct store_txn *txn, struct arena *a, void *out)
{
	struct listing *l = out;
	int err = inv_photo_list(
		txn, l->word, STORE_PIECE(a, NULL, 50), &l->ph, &l->count);

	if (err || l->count == 0)
		return err;
	return inv_photo_read(txn, a, l->ph[0].id, &l->ph[0], &l->content);
}

Test(things, a_photo_lies_in_the_store_in_pieces)
{
	AUTO(buf) struct buf jpeg = BUF_INIT(INV_PHOTO_BYTES + 1000);
	const struct inv_act act = {.who = &anna, .now = 2000};
	struct listing l = {0};
	const char *one;
	struct shelf s;
	uint64_t id;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Lampa");
	one = shelf_thing(&s, "lampa", NULL);
	buf_add(&jpeg, "\xff\xd8\xff\xc0\x00\x0b\x08\x00\x20\x00\x40\x01\x01\x11\x00", 15);
	buf_add(&jpeg, "\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00", 10);
	for (int i = 0; i < 50000; i++)
		buf_add(&jpeg, "0123", 4);
	buf_add(&jpeg, "\xff\xd9", 2);
	l.word = arena_printf(s.a, "unit:%s", one);
	SHELF_OK(&s, inv_photo_add(
			     s.inv, &act, l.word, "framsidan", buf_bytes(&jpeg), &s.r, &id));
	cr_assert_eq(shelf_read(&s, photo_in, &l), 0);
	cr_expect(bytes_equal(l.content, buf_bytes(&jpeg)));
	cr_expect_eq(l.ph[0].width, 64);
	cr_expect_eq(shelf_find(&s, one).u.photo, id);
	SHELF_REFUSED(&s,
		inv_photo_add(s.inv, &act, "unit:NOSUCH", NULL, buf_bytes(&jpeg), &s.r, &id),
		"unit.unknown");
	SHELF_REFUSED(&s,
		inv_photo_add(s.inv, &act, l.word, NULL, bytes_of_str("hello"), &s.r, &id),
		"photo.bad");
	cr_assert_not_null(buf_extend(&jpeg, INV_PHOTO_BYTES + 500 - jpeg.n));
	SHELF_REFUSED(&s, inv_photo_add(s.inv, &act, l.word, NULL, buf_bytes(&jpeg), &s.r, &id),
		"photo.large");
	SHELF_OK(&s, inv_photo_del(s.inv, &act, l.ph[0].id, &s.r));
	cr_assert_eq(shelf_read(&s, photo_in, &l), 0);
	cr_expect_eq(l.count, 0);
	shelf_close(&s);
}

Test(things, leases_end_and_deliveries_are_received)
{
	struct inv_lease lease = {.id = "l-7",
		.supplier = "Leasaren",
		.months = 36,
		.start_day = day_from_date(2026, 1, 31)};
	struct inv_delivery d = {.id = "d-1", .product_id = "surf", .lease = "L-7", .expected = 2};
	struct shelf s;

	shelf_open(&s);
	shelf_product(&s, "surf", INV_KIND_IPAD, "Surfplatta");
	cr_expect_eq(inv_lease_end(&lease), day_from_date(2029, 1, 30));
	SHELF_OK(&s, inv_lease_put(s.inv, &anna, &lease, 1000, &s.r));
	SHELF_OK(&s, inv_delivery_put(s.inv, &anna, &d, 1000, &s.r));
	shelf_import(&s, "serial,state\nDMPX1,ordered\n", 0);
	SHELF_OK(&s, inv_delivery_receive(s.inv, &SHELF_ACT("dmpx1", 2000), "D-1", &s.r));
	SHELF_OK(&s, inv_delivery_receive(s.inv, &SHELF_ACT("DMPX2", 2000), "d-1", &s.r));
	cr_expect_eq(shelf_find(&s, "DMPX1").u.state, INV_DELIVERED);
	cr_expect_str_eq(shelf_find(&s, "DMPX2").u.lease, "L-7");
	cr_expect_eq(shelf_find(&s, "DMPX2").u.ownership, INV_LEASED);
	SHELF_REFUSED(&s, inv_delivery_receive(s.inv, &SHELF_ACT("DMPX2", 2000), "d-1", &s.r),
		"delivery.received");
	SHELF_REFUSED(&s, inv_delivery_receive(s.inv, &SHELF_ACT("DMPX3", 2000), "d-9", &s.r),
		"delivery.unknown");
	shelf_is_sound(&s);
	shelf_close(&s);
}

static int unindex_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	for (int i = 0; i < 50; i++) {
		struct store_key k = store_key("ss", "1XPMD", "DMPX1");
		int err = store_del(txn, INV_CODE_TAIL, &k);

		if (err != ERR_NOTFOUND)
			return err;
	}
	return 0;
}

static void count_fault(void *arg, const char *what)
{
	(void)what;
	++*(size_t *)arg;
}

static int count_faults_in(struct store_txn *txn, struct arena *a, void *out)
{
	(void)a;
	return inv_check(txn, count_fault, out);
}

Test(things, indexes_are_made_anew_from_the_records)
{
	size_t faults = 0;
	struct shelf s;

	shelf_open(&s);
	shelf_import(&s, "serial\nDMPX1\nDMPX2\n", 0);
	cr_assert_eq(store_write(s.st, unindex_in, NULL), 0);
	cr_assert_eq(shelf_read(&s, count_faults_in, &faults), 0);
	cr_expect_eq(faults, 2);
	cr_assert_eq(inv_reindex(s.inv), 0);
	shelf_is_sound(&s);
	shelf_close(&s);
}

Test(things, who_began_from_what_has_changed_since_is_told)
{
	struct inv_product p = {.id = "lampa", .kind = INV_KIND_THING, .name = {"Lampa"}};
	struct inv_place d = {.id = "disken", .kind = INV_PLACE_DESK, .name = {"Disken"}};
	struct shelf s;

	shelf_open(&s);
	for (int i = 0; i < 2; i++, p.version = d.version = 1) {
		SHELF_OK(&s, inv_product_put(s.inv, ACT_OF(&anna, 1000), &p, i == 0, &s.r));
		SHELF_OK(&s, inv_place_put(s.inv, ACT_OF(&anna, 1000), &d, i == 0, &s.r));
	}
	SHELF_REFUSED(&s, inv_product_put(s.inv, ACT_OF(&anna, 1), &p, false, &s.r), "form.changed-since");
	SHELF_REFUSED(&s, inv_place_put(s.inv, ACT_OF(&anna, 1), &d, false, &s.r), "form.changed-since");
	shelf_close(&s);
}
