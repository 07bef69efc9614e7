/* SPDX-License-Identifier: EUPL-1.2 */
/* Protected identities: in no list, on no paper, each look told. */
#include "tests/unit/people/desk.h"

struct notices {
	struct people_notice *x;
	size_t n;
	unsigned zones;
	bool open;
};

static int notices_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct notices *j = arg;

	return people_notice_list(
		txn, j->zones, j->open, STORE_PIECE(d->a, NULL, 50), &j->x, &j->n);
}

/* As the officer reads them. */
static int read_in(struct desk *d, struct store_txn *txn, void *arg)
{
	const struct people_caller officer = {&desk_bo, PEOPLE_CARE, d->care.now};
	struct notices *j = arg;
	int err = notices_in(d, txn, j);

	return err ? err : people_notice_open(d->p, txn, d->a, &officer, j->x, j->n);
}

struct acts {
	const char *id, *act;
	struct audit_record *x;
	size_t all, n; /* of the borrower, and of these of this act */
};

static int acts_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct acts *j = arg;
	int err = audit_list(txn, j->id, STORE_PIECE_N(d->a, 0, 100), &j->x, &j->all);

	j->n = 0;
	for (size_t i = 0; err == 0 && i < j->all; i++)
		j->n += text_equal(j->x[i].act, j->act);
	return err;
}

static size_t acts(struct desk *d, const char *id, const char *act)
{
	struct acts j = {.id = id, .act = act};

	cr_assert_eq(desk_run(d, acts_in, &j), 0);
	return j.n;
}

static size_t notices(struct desk *d, unsigned zones, bool open)
{
	struct notices j = {.zones = zones, .open = open};

	cr_assert_eq(desk_run(d, notices_in, &j), 0);
	return j.n;
}

static const char *add(struct desk *d)
{
	return desk_add(d, &d->care,
		(struct people_edit){.given = "Maria",
			.family = "Hemlig",
			.identity = "19701063-2391",
			.phone = "070-123 45 67",
			.street = "Gömda gatan 1",
			.city = "Borås",
			.card = "KORT9",
			.protect = PEOPLE_YES});
}

Test(protected, is_found_by_card_and_never_by_name)
{
	struct desk d;
	const char *id;

	desk_open(&d);
	id = add(&d);
	cr_expect(desk_finds(&d, &d.care, "kort9"));
	cr_expect(desk_finds(&d, &d.care, "197010632391"));
	cr_expect_eq(desk_search(&d, &d.care, "hemlig").n, 0);
	cr_expect_eq(desk_search(&d, &d.care, "maria hemlig").n, 0);
	/* protected later: the name leaves the index */
	{
		const char *later = desk_add(
			&d, &d.care, (struct people_edit){.given = "Eva", .family = "Senare"});
		struct people_edit edit = {.protect = PEOPLE_YES};

		cr_expect_eq(desk_search(&d, &d.care, "senare").n, 1);
		cr_assert_eq(people_change(d.p, &d.care, later, &edit, &d.r), 0);
		cr_expect_eq(desk_search(&d, &d.care, "senare").n, 0);
		edit.protect = PEOPLE_NO;
		cr_assert_eq(people_change(d.p, &d.care, later, &edit, &d.r), 0);
		cr_expect_eq(desk_search(&d, &d.care, "senare").n, 1);
		cr_expect_eq(notices(&d, PEOPLE_CARE, true), 1, "the officer hears of it");
	}
	cr_expect_not_null(id);
	desk_close(&d);
}

static int phone_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct people_borrower *b;

	return people_by_phone(d->p, txn, d->a, PEOPLE_CARE, "0701234567", &b, arg);
}

static int address_in(struct desk *d, struct store_txn *txn, void *arg)
{
	const struct people_look look = {.why = PEOPLE_WHY_LETTER, .words = "brevet om lånet"};
	struct desk_read *j = arg;
	struct people_address x;
	int err = people_address_of(d->p, txn, d->a, j->who, &look, j->id, &x, &d->r);

	if (err == 0) {
		cr_expect_null(x.name);
		cr_expect_null(x.line[0]);
		err = people_short_name(d->p, txn, d->a, j->who, j->id, SAY_SV, &j->shown);
	}
	return err;
}

Test(protected, has_no_name_on_paper)
{
	struct desk d;
	struct desk_read j;
	size_t n = 99;

	desk_open(&d);
	j = (struct desk_read){.who = &d.care, .id = add(&d)};
	cr_assert_eq(desk_run(&d, address_in, &j), 0);
	cr_expect_str_eq(j.shown, "Skyddad identitet");
	cr_assert_eq(desk_run(&d, phone_in, &n), 0);
	cr_expect_eq(n, 0);
	cr_expect_eq(notices(&d, PEOPLE_CARE, true), 0, "nothing was opened");
	desk_close(&d);
}

Test(protected, each_look_needs_words_and_is_told)
{
	static const struct people_look no[] = {{.why = PEOPLE_WHY_DESK, .words = NULL}, {.why = PEOPLE_WHY_DESK, .words = "kort"},
		{.why = PEOPLE_WHY_DESK, .words = "          "},
		{.why = PEOPLE_WHY_LIST, .words = "listan över dagens lån"},
		{.why = PEOPLE_WHY_CALL, .words = "ringde om 19701063-2391"}};
	struct desk d;
	struct desk_read j;
	struct notices seen = {.zones = PEOPLE_CARE, .open = true};

	desk_open(&d);
	j = (struct desk_read){.who = &d.care, .id = add(&d)};
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
		j.look = no[i];
		cr_expect_eq(desk_run(&d, desk_read_in, &j), ERR_REFUSED, "%zu", i);
	}
	cr_expect_eq(notices(&d, PEOPLE_CARE, true), 0);
	j.look = (struct people_look){.why = PEOPLE_WHY_CALL, .words = "ringde och bad om ny tid"};
	for (size_t i = 0; i < 2; i++) {
		cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
		d.care.now += 30;
	}
	cr_expect_str_eq(j.x.family, "Hemlig");
	cr_assert_eq(desk_run(&d, notices_in, &seen), 0);
	cr_assert_eq(seen.n, 2, "each look, also the same again");
	cr_expect_str_eq(seen.x[0].actor, "anna");
	cr_expect_null(seen.x[0].words, "nobody opened them");
	cr_expect_eq(notices(&d, PEOPLE_LIBRARY, true), 0);
	cr_expect_eq(people_notice_seen(d.p, &d.library, PEOPLE_CARE, seen.x[0].number, &d.r),
		ERR_NOTFOUND);
	cr_expect_eq(
		people_notice_seen(d.p, &d.care, PEOPLE_CARE, seen.x[0].number, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.own_look");
	d.library.zones = PEOPLE_ZONES;
	cr_assert_eq(people_notice_seen(d.p, &d.library, PEOPLE_CARE, seen.x[0].number, &d.r), 0);
	cr_expect_eq(notices(&d, PEOPLE_CARE, true), 1);
	cr_expect_eq(notices(&d, PEOPLE_CARE, false), 2);
	desk_close(&d);
}

Test(protected, an_extract_needs_two)
{
	static const struct audit_who program = {.actor = "token:T1", .via = "api"};
	struct desk d;
	struct doc *x;
	struct people_caller bo;
	const char *id;

	desk_open(&d);
	x = doc_new(d.a);
	id = add(&d);
	bo = (struct people_caller){&desk_bo, PEOPLE_CARE, DESK_NOW + 60};
	cr_expect_eq(people_extract(d.p, &d.care, id, NULL, d.a, x, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.no_words");
	for (int i = 0; i < 2; i++) {
		cr_expect_eq(people_extract(d.p, &d.care, id, "begäran kom med brev", d.a, x, &d.r),
			ERR_REFUSED);
		cr_expect_str_eq(d.r.say->code, "borrower.second_person");
	}
	cr_expect_not(doc_has(x, "person"));
	bo.who = &program;
	cr_expect_eq(
		people_extract(d.p, &bo, id, "begäran kom med brev", d.a, x, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.person_needed");
	bo.who = &desk_bo;
	cr_assert_eq(people_extract(d.p, &bo, id, "begäran kom med brev", d.a, x, &d.r), 0);
	cr_expect_str_eq(doc_str(doc_object(x, "person"), "family"), "Hemlig");
	/* used up */
	cr_expect_eq(
		people_extract(d.p, &bo, id, "begäran kom med brev", d.a, x, &d.r), ERR_REFUSED);
	desk_close(&d);
}

Test(protected, words_are_sealed_read_by_the_officer_and_erased_with_the_borrower)
{
	struct notices seen = {.zones = PEOPLE_CARE, .open = true};
	struct acts looks = {.act = "borrower.look"};
	struct desk_read j;
	struct desk d;

	desk_open(&d);
	j = (struct desk_read){.who = &d.care, .id = add(&d)};
	j.look = (struct people_look){.why = PEOPLE_WHY_CALL, .words = "Maria ringde om ny tid"};
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
	j.look.words = "Maria ringde en gång till";
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0, "other words in the same second");
	looks.id = j.id;
	cr_assert_eq(desk_run(&d, acts_in, &looks), 0);
	cr_assert_eq(looks.n, 2);
	for (size_t i = 0; i < looks.all; i++)
		cr_expect(!looks.x[i].detail || !strstr(looks.x[i].detail, "Maria"), "%s",
			looks.x[i].detail);
	for (int i = 0; i < 2; i++)
		cr_assert_eq(desk_run(&d, read_in, &seen), 0);
	cr_assert_eq(seen.n, 2);
	cr_expect_str_eq(seen.x[0].words, "Maria ringde en gång till");
	cr_expect_str_eq(seen.x[1].words, "Maria ringde om ny tid");
	cr_expect_eq(acts(&d, j.id, "borrower.look_words"), 1, "one reading, asked for twice");
	desk_check(&d);
	cr_assert_eq(people_erase(d.p, &d.care, j.id, "asked", &d.r), 0);
	cr_assert_eq(desk_run(&d, read_in, &seen), 0);
	cr_assert_eq(seen.n, 2, "that somebody looked stays");
	cr_expect_null(seen.x[0].words);
	cr_expect_str_eq(seen.x[0].why, "call");
	desk_close(&d);
}

/* A look of an ordinary borrower may have words as well. */
Test(protected, words_of_any_look_stand_in_the_extract)
{
	struct desk_read j;
	struct desk d;
	struct doc *x, *act;

	desk_open(&d);
	j = (struct desk_read){.who = &d.care,
		.id = desk_add(&d, &d.care, (struct people_edit){.given = "Eva", .family = "Öppen"})};
	j.look = (struct people_look){.why = PEOPLE_WHY_CALL, .words = "dottern Karin ringde"};
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
	x = doc_new(d.a);
	cr_assert_eq(people_extract(d.p, &d.care, j.id, NULL, d.a, x, &d.r), 0);
	for (size_t i = 0; (act = doc_list_object(doc_list(x, "acts"), i)); i++) {
		if (doc_has(act, "words"))
			break;
	}
	cr_assert_not_null(act);
	cr_expect_str_eq(doc_str(act, "words"), "dottern Karin ringde");
	cr_expect_null(strstr(doc_str(act, "detail"), "Karin"));
	desk_close(&d);
}

/* --- in pieces --- */

struct pieces {
	char seen[128];
};

static int pieces_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct pieces *j = arg;
	const char *after = NULL, *all = "";
	struct people_notice *x;
	size_t n = 1;
	int err = 0;

	while (err == 0 && n) {
		err = people_notice_list(
			txn, PEOPLE_ZONES, false, STORE_PIECE(d->a, after, 1), &x, &n);
		if (err == 0 && n)
			after = people_notice_cursor(d->a, &x[0]);
		if (err == 0 && n)
			all = arena_printf(d->a, "%s%s ", all, after);
	}
	text_copy(j->seen, sizeof(j->seen), all);
	return err;
}

static int wrong_piece_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct people_notice *x;
	size_t n;

	return people_notice_list(txn, PEOPLE_ZONES, false, STORE_PIECE(d->a, arg, 1), &x, &n);
}

static void look_at(struct desk *d, struct people_caller *who, const char *id, size_t n)
{
	struct desk_read j = {.who = who,
		.id = id,
		.look = {.why = PEOPLE_WHY_CALL, .words = "ringde och bad om ny tid"}};

	for (size_t i = 0; i < n; i++) {
		cr_assert_eq(desk_run(d, desk_read_in, &j), 0);
		who->now += 30;
	}
}

Test(protected, looks_go_on_behind_the_last_one_zone_by_zone)
{
	static const char *const wrong[] = {"care", "care-", "care-0", "care-x", "home-1", "-1", "7",
		"careandmuchmorethanthat-1"};
	struct people_edit hidden = {.given = "Bo", .family = "Gömd", .protect = PEOPLE_YES};
	struct pieces j = {0};
	struct desk d;

	desk_open(&d);
	look_at(&d, &d.care, add(&d), 3);
	look_at(&d, &d.library, desk_add(&d, &d.library, hidden), 2);
	cr_assert_eq(desk_run(&d, pieces_in, &j), 0);
	cr_expect_str_eq(j.seen, "care-3 care-2 care-1 library-2 library-1 ");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		cr_expect_eq(desk_run(&d, wrong_piece_in, (void *)(uintptr_t)wrong[i]), ERR_BADINPUT,
			"%s", wrong[i]);
	desk_close(&d);
}
