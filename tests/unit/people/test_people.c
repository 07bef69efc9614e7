/* SPDX-License-Identifier: EUPL-1.2 */
/* Adding, finding, changing, looking; the two zones; what lies in the file. */
#include "tests/unit/people/desk.h"

static const struct people_edit svensson = {.given = "Anna Maria",
	.family = "Svensson",
	.identity = "19701063-2391",
	.phone = "033-35 70 00",
	.email = "anna.maria@example.se",
	.street = "Storgatan 17",
	.postcode = "50180",
	.city = "Borås",
	.needs = "hör illa på vänster öra",
	.note = "vill bli ringd efter tolv",
	.lang = "fi"};

Test(people, is_found_again_and_opened)
{
	struct desk d;
	struct desk_read j;
	const char *id;

	desk_open(&d);
	id = desk_add(&d, &d.care, svensson);
	cr_expect(desk_finds(&d, &d.care, "197010632391"));
	cr_expect(desk_finds(&d, &d.care, "701063-2391"));
	cr_expect_not(desk_finds(&d, &d.care, "19090527+1474"));
	j = (struct desk_read){&d.care, id, {PEOPLE_WHY_DESK, NULL}};
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
	cr_expect_str_eq(j.x.given, "Anna Maria");
	cr_expect_str_eq(j.x.phone, "+4633357000");
	cr_expect_str_eq(j.x.postcode, "501 80");
	cr_expect_str_eq(j.x.identity, "197010632391");
	cr_expect_eq(j.b.lang, SAY_FI);
	cr_expect_str_eq(j.shown, "Anna S.");
	cr_expect(desk_finds(&d, &d.care, j.x.card));
	cr_expect_eq(j.looks, 2, "one for the desk, one for the list");
	j.looks = 0;
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
	cr_expect_eq(j.looks, 2, "the same look within minutes is one");
	d.care.now += 3600;
	j.looks = 0;
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
	cr_expect_eq(j.looks, 4);
	j.look.why = 0;
	cr_expect_eq(desk_run(&d, desk_read_in, &j), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.no_reason");
	/* A search noted its hits as lines of a list: that is no look at the person. */
	j.look.why = PEOPLE_WHY_LIST;
	cr_expect_eq(desk_run(&d, desk_read_in, &j), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.no_reason");
	desk_close(&d);
}

struct by_number {
	const char *number;
	struct people_borrower b;
};

static int by_number_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct by_number *n = arg;

	return people_by_identity(d->p, txn, d->a, PEOPLE_CARE, n->number, d->care.now, &n->b);
}

/* A child who is there is meant; else whoever is a hundred years older. */
Test(people, who_is_a_hundred_is_found_without_the_plus)
{
	struct people_edit old = svensson, child = svensson;
	struct by_number n = {.number = "090527-1474"};
	struct desk d;
	const char *id;

	desk_open(&d);
	old.identity = "090527+1474";
	id = desk_add(&d, &d.care, old);
	cr_expect(desk_finds(&d, &d.care, "090527+1474"));
	cr_expect(desk_finds(&d, &d.care, "090527-1474"));
	cr_expect(desk_finds(&d, &d.care, "0905271474"));
	cr_expect_not(desk_finds(&d, &d.care, "200905271474"), "twelve digits leave no doubt");
	cr_expect_not(desk_finds(&d, &d.library, "0905271474"), "another zone");
	cr_assert_eq(desk_run(&d, by_number_in, &n), 0);
	cr_expect_str_eq(n.b.id, id);
	child.identity = "200905271474";
	id = desk_add(&d, &d.care, child);
	cr_assert_eq(desk_run(&d, by_number_in, &n), 0);
	cr_expect_str_eq(n.b.id, id);
	desk_close(&d);
}

/* Whoever works in another zone finds nothing, by any way, and changes nothing. */
Test(people, another_zone_is_as_if_absent)
{
	struct desk d;
	struct desk_read j;
	struct people_edit edit = {.family = "Ek"};
	struct people_relative relative = {.name = "Bo", .relation = "relative"};
	struct people_consent consent = {.kind = "informed", .about = "loan", .giver = "self"};
	struct doc *extract;
	char id2[PEOPLE_ID];
	const char *id;

	desk_open(&d);
	extract = doc_new(d.a);
	id = desk_add(&d, &d.care, svensson);
	j = (struct desk_read){&d.care, id, {PEOPLE_WHY_DESK, NULL}};
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
	cr_expect_not(desk_finds(&d, &d.library, "197010632391"));
	cr_expect_not(desk_finds(&d, &d.library, j.x.card));
	cr_expect_eq(desk_search(&d, &d.library, "svensson").n, 0);
	cr_expect_eq(desk_search(&d, &d.care, "svensson").n, 1);
	j.who = &d.library;
	cr_expect_eq(desk_run(&d, desk_read_in, &j), ERR_NOTFOUND);
	cr_expect_eq(people_change(d.p, &d.library, id, &edit, &d.r), ERR_NOTFOUND);
	cr_expect_eq(people_state_set(d.p, &d.library, id, PEOPLE_BLOCKED, "unpaid", &d.r),
		ERR_NOTFOUND);
	cr_expect_eq(people_erase(d.p, &d.library, id, "asked", &d.r), ERR_NOTFOUND);
	cr_expect_eq(people_relative_add(d.p, &d.library, id, &relative, &d.r), ERR_NOTFOUND);
	cr_expect_eq(people_consent_add(d.p, &d.library, id, &consent, &d.r), ERR_NOTFOUND);
	cr_expect_eq(people_extract(d.p, &d.library, id, NULL, d.a, extract, &d.r), ERR_NOTFOUND);
	/* the same person there is another borrower; nobody learns of the first */
	cr_expect_str_neq(
		desk_add(&d, &d.library,
			(struct people_edit){
				.given = "Anna", .family = "Svensson", .identity = "197010632391"}),
		id);
	cr_expect_eq(desk_search(&d, &d.library, "svensson").n, 1);
	edit = svensson;
	edit.kind = "senior";
	edit.zone = PEOPLE_CARE;
	cr_expect_eq(people_add(d.p, &d.library, &edit, id2, &d.r), ERR_DENIED);
	desk_close(&d);
}

Test(people, a_number_or_card_is_one_borrowers)
{
	struct desk d;
	struct people_edit second = {
		.zone = PEOPLE_CARE, .kind = "senior", .given = "Eva", .identity = "197010632391"};
	char id2[PEOPLE_ID];
	const char *id;

	desk_open(&d);
	id = desk_add(&d, &d.care, svensson);
	cr_expect_eq(people_add(d.p, &d.care, &second, id2, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.identity_taken");
	cr_expect_not_null(strstr(refusal_text(d.a, SAY_SV, &d.r), id));
	second.identity = NULL;
	second.card = "LK-0042";
	desk_add(&d, &d.care, second);
	second.given = "Åsa";
	second.card = "lk 0042";
	cr_expect_eq(people_add(d.p, &d.care, &second, id2, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.card_taken");
	cr_expect(desk_finds(&d, &d.care, "lk0042"));
	desk_close(&d);
}

Test(people, changes_move_the_index)
{
	struct desk d;
	struct people_edit edit = {
		.family = "Bergqvist", .identity = "", .card = "NYTT1", .version = 1};
	const char *id;

	desk_open(&d);
	id = desk_add(&d, &d.care, svensson);
	cr_assert_eq(people_change(d.p, &d.care, id, &edit, &d.r), 0);
	cr_expect_eq(desk_search(&d, &d.care, "svensson").n, 0);
	cr_expect_eq(desk_search(&d, &d.care, "bergkvist").n, 1);
	cr_expect_not(desk_finds(&d, &d.care, "197010632391"));
	cr_expect(desk_finds(&d, &d.care, "nytt1"));
	/* a form that was left open */
	edit.family = "Ek";
	cr_expect_eq(people_change(d.p, &d.care, id, &edit, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.changed");
	edit = (struct people_edit){.email = "no address"};
	cr_expect_eq(people_change(d.p, &d.care, id, &edit, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.arg[0] ? d.r.arg[0] : d.r.kept[0], "email");
	edit = (struct people_edit){.identity = "090527-1474"};
	cr_expect_eq(people_change(d.p, &d.care, id, &edit, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.doubtful");
	desk_close(&d);
}

Test(people, needs_are_of_the_care_zone)
{
	struct desk d;
	struct people_edit want = {
		.zone = PEOPLE_LIBRARY, .kind = "senior", .given = "Eva", .needs = "ser dåligt"};
	char id[PEOPLE_ID];

	desk_open(&d);
	cr_expect_eq(people_add(d.p, &d.library, &want, id, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.zone_needs");
	desk_close(&d);
}

static void expect_search(struct desk *d, const char *words, const char *first)
{
	struct desk_search s = desk_search(d, &d->care, words);

	if (!first) {
		cr_expect_eq(s.n, 0, "%s finds %zu", words, s.n);
		return;
	}
	cr_assert_geq(s.n, 1, "%s finds nobody", words);
	cr_expect_str_eq(s.hit[0].family, first, "%s finds %s first", words, s.hit[0].family);
}

Test(people, are_found_by_name_with_slips)
{
	static const char *const names[][2] = {{"Anna", "Andersson"}, {"Åsa", "Öberg"},
		{"Kristina", "Gustavsson"}, {"Karl-Erik", "Nyström"}, {"Bo", "Ek"},
		{"Anna", "Karlsson"}, {"Иван", "Петров"}, {"Siv", "Lindqvist"}};
	struct desk d;

	desk_open(&d);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		desk_add(&d, &d.care,
			(struct people_edit){.given = names[i][0], .family = names[i][1]});
	expect_search(&d, "andersson", "Andersson");
	expect_search(&d, "anna ander", "Andersson");
	expect_search(&d, "ANDERSON", "Andersson");
	expect_search(&d, "adnersson", "Andersson");
	expect_search(&d, "asa oberg", "Öberg");
	expect_search(&d, "christina gustafsson", "Gustavsson");
	expect_search(&d, "nystrom karl", "Nyström");
	expect_search(&d, "nyst", "Nyström");
	expect_search(&d, "bo ek", "Ek");
	expect_search(&d, "anna carlson", "Karlsson");
	expect_search(&d, "петров", "Петров");
	expect_search(&d, "lindkvist", "Lindqvist");
	expect_search(&d, "linqvist", "Lindqvist");
	expect_search(&d, "zetterlund", NULL);
	expect_search(&d, "anna zetterlund", NULL);
	cr_expect_eq(desk_search(&d, &d.care, "anna").n, 2);
	desk_close(&d);
}

static int collector_in(struct desk *d, struct store_txn *txn, void *arg)
{
	static const struct {
		const char *relation;
		uint32_t number;
		int err;
		uint32_t ret;
	} rows[] = {{"relative", 1, 0, 1}, {"relative", 0, ERR_CONFLICT, 0}, {"relative", 3, 0, 3},
		{"relative", 2, ERR_NOTFOUND, 0}, {"guardian", 0, 0, 4}, {"guardian", 1, ERR_NOTFOUND, 0},
		{"representative", 0, ERR_NOTFOUND, 0}, {NULL, 0, ERR_NOTFOUND, 0}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct people_collector want = {arg, rows[i].relation, rows[i].number};
		uint32_t n = 0;

		cr_expect_eq(people_collector_find(d->p, txn, PEOPLE_CARE, &want, &n), rows[i].err,
			"%zu", i);
		cr_expect_eq(n, rows[i].ret, "%zu", i);
		cr_expect_eq(people_collector_find(d->p, txn, PEOPLE_LIBRARY, &want, &n),
			ERR_NOTFOUND, "of another zone");
	}
	return 0;
}

Test(people, who_may_collect_is_told_by_number)
{
	const struct people_relative all[] = {
		{.name = "Bo Svensson", .relation = "relative", .scope = PEOPLE_MAY_COLLECT},
		{.name = "Eva Svensson", .relation = "relative", .scope = PEOPLE_MAY_KNOW},
		{.name = "Per Svensson", .relation = "relative", .scope = PEOPLE_MAY_COLLECT},
		{.name = "Ada Ek", .relation = "guardian", .scope = PEOPLE_MAY_COLLECT}};
	struct desk d;
	const char *id;

	desk_open(&d);
	id = desk_add(&d, &d.care, svensson);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		cr_assert_eq(people_relative_add(d.p, &d.care, id, &all[i], &d.r), 0);
	cr_assert_eq(desk_run(&d, collector_in, (void *)id), 0);
	desk_close(&d);
}

Test(people, lists_of_relatives_and_consents)
{
	struct desk d;
	struct people_relative bo = {.name = "Bo Svensson",
		.phone = "070-123 45 67",
		.relation = "relative",
		.scope = PEOPLE_MAY_COLLECT | PEOPLE_MAY_BE_CALLED};
	struct people_consent told = {
		.kind = "informed", .about = "loan", .text = "lån 2026-1", .giver = "self"};
	struct doc *x, *list;
	const char *id;

	desk_open(&d);
	x = doc_new(d.a);
	id = desk_add(&d, &d.care, svensson);
	cr_assert_eq(people_relative_add(d.p, &d.care, id, &bo, &d.r), 0);
	bo.name = "Eva Svensson";
	cr_assert_eq(people_relative_add(d.p, &d.care, id, &bo, &d.r), 0);
	cr_assert_eq(people_relative_del(d.p, &d.care, id, 1, &d.r), 0);
	cr_expect_eq(people_relative_del(d.p, &d.care, id, 1, &d.r), ERR_NOTFOUND);
	bo.name = " ";
	cr_expect_eq(people_relative_add(d.p, &d.care, id, &bo, &d.r), ERR_REFUSED, "nobody's name");
	bo.name = "Eva Svensson";
	bo.relation = "Släkt!";
	cr_expect_eq(people_relative_add(d.p, &d.care, id, &bo, &d.r), ERR_REFUSED);
	cr_assert_eq(people_consent_add(d.p, &d.care, id, &told, &d.r), 0);
	cr_assert_eq(people_consent_withdraw(d.p, &d.care, id, 1, &d.r), 0);
	cr_expect_eq(people_consent_withdraw(d.p, &d.care, id, 1, &d.r), ERR_CONFLICT);
	told.given_at = DESK_NOW + 5;
	cr_expect_eq(people_consent_add(d.p, &d.care, id, &told, &d.r), ERR_REFUSED);
	cr_assert_eq(people_extract(d.p, &d.care, id, NULL, d.a, x, &d.r), 0);
	list = doc_list(x, "relatives");
	cr_assert_eq(doc_list_size(list), 1);
	cr_expect_str_eq(doc_str(doc_list_object(list, 0), "name"), "Eva Svensson");
	cr_expect_str_eq(doc_str(doc_list_object(list, 0), "phone"), "+46701234567");
	cr_expect_not(doc_bool(doc_list_object(list, 0), "may_know", true));
	list = doc_list(x, "consents");
	cr_assert_eq(doc_list_size(list), 1);
	cr_expect_not_null(doc_str(doc_list_object(list, 0), "withdrawn_at"));
	cr_expect_str_eq(doc_str(x, "needs"), "hör illa på vänster öra");
	cr_expect_geq(doc_list_size(doc_list(x, "acts")), 6);
	desk_close(&d);
}

static void expect_absent(struct desk *d, const char *what)
{
	AUTO(buf) struct buf file = BUF_INIT(64u << 20);

	cr_assert_eq(file_read(arena_printf(d->a, "%s/hylla.mdb", d->dir), &file), 0);
	cr_assert_gt(file.n, 10000);
	cr_expect_null(memmem(file.p, file.n, what, strlen(what)), "%s is in the store", what);
}

/* Whole words, folded words, sounds: none of them lies in the file. */
Test(people, nothing_personal_is_in_clear)
{
	static const char *const personal[] = {"Anna Maria", "Svensson", "svensson", "sfnsn",
		"197010632391", "7010632391", "+4633357000", "357000", "anna.maria", "Storgatan",
		"501 80", "Bor\xc3\xa5s", "vänster", "ringd", "Bosse", "LK0042", "Olofsson"};
	struct desk d;
	struct people_edit want = svensson, edit = {.family = "Olofsson"};
	struct people_relative bo = {.name = "Bosse", .relation = "relative"};
	const char *id;

	desk_open(&d);
	want.card = "LK0042";
	id = desk_add(&d, &d.care, want);
	cr_assert_eq(people_relative_add(d.p, &d.care, id, &bo, &d.r), 0);
	cr_assert_eq(people_change(d.p, &d.care, id, &edit, &d.r), 0);
	desk_search(&d, &d.care, "olofsson");
	for (size_t i = 0; i < sizeof(personal) / sizeof(personal[0]); i++)
		expect_absent(&d, personal[i]);
	desk_close(&d);
}

/* Another key: what was sealed and indexed follows; in between all is found. */
Test(people, moves_to_a_newer_key)
{
	struct desk d;
	struct desk_read j;
	uint64_t left;
	FILE *f;

	desk_open(&d);
	for (int i = 0; i < 10; i++)
		desk_add(&d, &d.care,
			(struct people_edit){.given = arena_printf(d.a, "Anna%c", 'a' + i),
				.family = "Nyström",
				.card = arena_printf(d.a, "KORT%d", i)});
	f = fopen(d.key, "a");
	cr_assert_not_null(f);
	fprintf(f, "key 2 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
	fclose(f);
	desk_reopen(&d);
	cr_assert_eq(people_rekey(d.p, 4, &left), 0);
	cr_expect_gt(left, 0);
	for (int i = 0; i < 10; i++)
		cr_expect(desk_finds(&d, &d.care, arena_printf(d.a, "kort%d", i)), "%d", i);
	cr_expect_eq(desk_search(&d, &d.care, "nystrom").n, 10);
	/* a card that stands under the old key is not free under the new */
	{
		struct people_edit want = {.zone = PEOPLE_CARE, .kind = "senior", .given = "Eva"};
		char id[PEOPLE_ID];

		for (int i = 0; i < 10; i++) {
			want.card = arena_printf(d.a, "KORT%d", i);
			cr_expect_eq(people_add(d.p, &d.care, &want, id, &d.r), ERR_REFUSED);
		}
	}
	while (left)
		cr_assert_eq(people_rekey(d.p, 4, &left), 0);
	cr_expect_eq(desk_search(&d, &d.care, "nystrom").n, 10);
	cr_assert_eq(people_rekey(d.p, 4, &left), 0);
	cr_expect_eq(left, 0);
	j = (struct desk_read){
		&d.care, desk_search(&d, &d.care, "annac").hit[0].id, {PEOPLE_WHY_DESK, NULL}};
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
	cr_expect_eq(j.b.person.p[4], 2, "sealed with the newer key");
	desk_close(&d);
}

Test(people, a_reason_given_a_moment_ago_still_holds)
{
	struct desk d;
	struct desk_read j;

	desk_open(&d);
	j = (struct desk_read){.who = &d.care,
		.id = desk_add(&d, &d.care, (struct people_edit){.given = "Anna", .family = "Ek"}),
		.look = {.again = true}};
	cr_expect_eq(desk_run(&d, desk_read_in, &j), ERR_REFUSED, "none was given");
	cr_expect_eq(desk_search(&d, &d.care, "anna ek").n, 1);
	cr_expect_eq(desk_run(&d, desk_read_in, &j), ERR_REFUSED, "a search is no reason");
	j.look = (struct people_look){.why = PEOPLE_WHY_CALL};
	cr_assert_eq(desk_run(&d, desk_read_in, &j), 0);
	j.look = (struct people_look){.again = true};
	d.care.now += 800;
	cr_expect_eq(desk_run(&d, desk_read_in, &j), 0);
	d.care.now += 101;
	cr_expect_eq(desk_run(&d, desk_read_in, &j), ERR_REFUSED, "a quarter of an hour is over");
	desk_close(&d);
}

static unsigned drawn;

/* The first card is drawn twice. */
static void card_again(char ret[PEOPLE_CARD])
{
	snprintf(ret, PEOPLE_CARD, "K%09u", drawn++ < 2 ? 1 : drawn);
}

Test(people, a_drawn_card_that_somebody_has_is_drawn_again)
{
	const struct people_edit want = {.zone = PEOPLE_CARE, .kind = "senior", .given = "Bo"};
	char one[PEOPLE_ID], two[PEOPLE_ID];
	struct people_edit typed = want;
	struct desk d;

	desk_open(&d);
	d.p->card_make = card_again;
	cr_assert_eq(people_add(d.p, &d.care, &want, one, &d.r), 0);
	cr_assert_eq(people_add(d.p, &d.care, &want, two, &d.r), 0, "another is drawn");
	cr_expect_str_neq(one, two);
	cr_expect_eq(drawn, 3);
	typed.card = "K000000001";
	cr_expect_eq(people_add(d.p, &d.care, &typed, two, &d.r), ERR_REFUSED, "a typed one is not");
	cr_expect_str_eq(d.r.say->code, "borrower.card_taken");
	desk_close(&d);
}

/* Of one line; a note may have several. Letters from right to left, and signs, are letters. */
Test(people, names_have_nothing_that_is_not_seen)
{
	static const struct {
		const char *s;
		bool name, note;
	} rows[] = {
		{"Anna-Karin O\u2019Hara", true, true},
		{"\u05de\u05e0\u05d5\u05e8\u05d4", true, true},
		{"\u0641\u0627\u0637\u0645\u0629", true, true},
		{"Bo \xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", true, true},
		{"Anna\nEk", false, true},
		{"Anna\tEk", false, true},
		{"Anna\r\nEk", false, true},
		{"Anna\x1b[1m", false, false},
		{"Anna\u202ekE", false, false},
		{"Anna\u2066", false, false},
	};
	struct desk d;
	const char *id;

	desk_open(&d);
	id = desk_add(&d, &d.care, svensson);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct people_edit name = {.given = rows[i].s}, note = {.note = rows[i].s};
		const struct people_relative bo = {.name = rows[i].s, .relation = "relative"};

		cr_expect_eq(people_change(d.p, &d.care, id, &name, &d.r), rows[i].name ? 0 : ERR_REFUSED,
			"name %zu", i);
		cr_expect(rows[i].name || strcmp(d.r.say->code, "borrower.text_odd") == 0, "%zu", i);
		cr_expect_eq(people_relative_add(d.p, &d.care, id, &bo, &d.r), rows[i].name ? 0 : ERR_REFUSED,
			"relative %zu", i);
		cr_expect(rows[i].name || strcmp(d.r.say->code, "borrower.text_odd") == 0, "%zu", i);
		cr_expect_eq(people_change(d.p, &d.care, id, &note, &d.r), rows[i].note ? 0 : ERR_REFUSED,
			"note %zu", i);
	}
	desk_close(&d);
}
