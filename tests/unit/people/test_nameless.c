/* SPDX-License-Identifier: EUPL-1.2 */
/* A service that knows nobody: the card, and nothing of who has it. */
#include "base/rec.h"
#include "tests/unit/people/desk.h"

#define DECISION "SN 2026/12 § 4"

static void knows_nobody(struct desk *d)
{
	const struct people_policy x = {.zone = PEOPLE_CARE, .kind = "dropin", .keep_days = 900,
		.needs_days = 90, .no_identity = true, .decision = DECISION};

	cr_assert_eq(people_policy_set(d->p, &d->care, &x, &d->r), 0);
}

/* Each field of a person, how it is written, and whether a card alone may have it. */
struct of_person {
	uint16_t number; /* in the record */
	size_t member;   /* of people_edit */
	const char *value;
	bool stays;
};
#define AT(member_) offsetof(struct people_edit, member_)
static const struct of_person of_person[] = {
	{1, AT(given), "Anna", false},
	{2, AT(family), "Ek", false},
	{3, AT(identity), "200905271474", false}, /* the kind of it */
	{4, AT(identity), "200905271474", false},
	{5, AT(phone), "033-35 70 00", false},
	{6, AT(email), "anna@exempel.se", false},
	{7, AT(care_of), "Bo Ek", false},
	{8, AT(street), "Storgatan 1", false},
	{9, AT(postcode), "501 80", false},
	{10, AT(city), "Borås", false},
	{11, AT(card), "LAN10442", true},
	{12, AT(channel), "phone", true},
	{13, AT(note), "Annas syster ringer", false},
};
#define PAD 99

static const struct of_person *row_of(uint16_t number)
{
	for (size_t i = 0; i < sizeof(of_person) / sizeof(of_person[0]); i++) {
		if (of_person[i].number == number)
			return &of_person[i];
	}
	return NULL;
}

static struct people_edit edit_with(const struct of_person *row)
{
	struct people_edit x = {.zone = PEOPLE_CARE, .kind = "dropin"};

	memcpy((char *)&x + row->member, &row->value, sizeof(row->value));
	return x;
}

static void expect_added(struct desk *d, const struct of_person *row)
{
	const struct people_edit want = edit_with(row);
	char id[PEOPLE_ID];
	int err = people_add(d->p, &d->care, &want, id, &d->r);

	if (row->stays) {
		cr_expect_eq(err, 0, "%s", row->value);
		return;
	}
	cr_expect_eq(err, ERR_REFUSED, "%s", row->value);
	if (err == ERR_REFUSED)
		cr_expect_str_eq(d->r.say->code, "borrower.no_identity", "%s", row->value);
}

static void expect_changed(struct desk *d, const char *id, const struct of_person *row)
{
	struct people_edit want = edit_with(row);
	int err;

	want.card = row->stays && row->member == AT(card) ? "LAN10444" : NULL;
	err = people_change(d->p, &d->care, id, &want, &d->r);
	cr_expect_eq(err, row->stays ? 0 : ERR_REFUSED, "%s", row->value);
}

/* A field that is new in the record has no row above, and is told here until somebody has said whether
 * such a service may keep it. */
Test(nameless, no_field_of_a_person_is_kept_but_the_card)
{
	const struct rec_field *f;
	struct desk d;
	const char *id;
	size_t asked = 0;

	desk_open(&d);
	knows_nobody(&d);
	id = desk_add(&d, &d.care, (struct people_edit){.kind = "dropin", .card = "LAN10443"});
	for (f = people_person_rec.fields; f->kind != REC_KIND_END; f++) {
		const struct of_person *row = row_of(f->number);

		if (f->number == PAD)
			continue;
		cr_assert_not_null(row, "field %u of a person: may a nameless service keep it?",
			f->number);
		expect_added(&d, row);
		expect_changed(&d, id, row);
		asked++;
	}
	cr_expect_eq(asked, sizeof(of_person) / sizeof(of_person[0]));
	desk_close(&d);
}

/* The same by the bytes of the record, also of what no form writes. */
Test(nameless, what_is_bare_is_asked_of_the_whole_record)
{
	for (const struct rec_field *f = people_person_rec.fields; f->kind != REC_KIND_END; f++) {
		const char *text = "x";
		const uint32_t number = 1;
		struct people_person x = {0};
		const struct of_person *row = row_of(f->number);

		cr_assert(f->kind == REC_KIND_STR || f->kind == REC_KIND_U32 || f->number == PAD);
		if (f->kind == REC_KIND_STR)
			memcpy((char *)&x + f->offset, &text, sizeof(text));
		if (f->kind == REC_KIND_U32)
			memcpy((char *)&x + f->offset, &number, sizeof(number));
		cr_expect_eq(people_person_is_bare(&x), f->number == PAD || (row && row->stays), "%u",
			f->number);
	}
}

Test(nameless, needs_and_a_card_that_is_a_number_are_refused)
{
	struct people_edit want = {.zone = PEOPLE_CARE, .kind = "dropin", .needs = "ser dåligt"};
	struct desk d;
	char id[PEOPLE_ID];

	desk_open(&d);
	knows_nobody(&d);
	cr_expect_eq(people_add(d.p, &d.care, &want, id, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.no_identity");
	want.needs = NULL;
	want.card = "20090527-1474";
	cr_expect_eq(people_add(d.p, &d.care, &want, id, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.number_in_field");
	desk_close(&d);
}

Test(nameless, no_relative_and_no_name_of_who_answered)
{
	const struct people_relative bo = {.name = "Bo Ek", .relation = "relative"};
	struct people_consent told = {.kind = "informed", .about = "loan", .giver = "guardian",
		.giver_name = "Bo Ek"};
	struct desk d;
	const char *id;

	desk_open(&d);
	knows_nobody(&d);
	id = desk_add(&d, &d.care, (struct people_edit){.kind = "dropin"});
	cr_assert_eq(people_relative_add(d.p, &d.care, id, &bo, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.no_relatives");
	cr_expect_not_null(strstr(refusal_text(d.a, SAY_SV, &d.r), DECISION));
	cr_assert_eq(people_consent_add(d.p, &d.care, id, &told, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.no_giver");
	told.giver_name = NULL;
	cr_expect_eq(people_consent_add(d.p, &d.care, id, &told, &d.r), 0);
	desk_close(&d);
}

/* --- the rule comes later --- */

static struct desk_read read_of(struct desk *d, const char *id)
{
	struct desk_read j = {.who = &d->care, .id = id, .look = {.why = PEOPLE_WHY_CORRECT}};

	cr_assert_eq(desk_run(d, desk_read_in, &j), 0);
	return j;
}

static const struct people_edit whole = {.kind = "dropin", .given = "Anna", .family = "Ek",
	.identity = "200905271474", .phone = "033-35 70 00", .email = "anna@exempel.se",
	.care_of = "Bo Ek", .street = "Storgatan 1", .postcode = "501 80", .city = "Borås",
	.card = "LAN10445", .note = "ringer sent", .needs = "ser dåligt"};
static const struct people_edit cleared = {.given = "", .family = "", .identity = "", .phone = "",
	.email = "", .care_of = "", .street = "", .postcode = "", .city = "", .note = "",
	.needs = ""};

struct addressing {
	const char *id;
	struct people_address to;
};

static int address_in(struct desk *d, struct store_txn *txn, void *arg)
{
	static const struct people_look look = {.why = PEOPLE_WHY_LETTER};
	struct addressing *j = arg;

	return people_address_of(d->p, txn, d->a, &d->care, &look, j->id, &j->to, &d->r);
}

Test(nameless, who_has_a_name_from_before_is_cleared_with_the_first_change)
{
	const struct people_relative bo = {.name = "Bo Ek", .relation = "relative"};
	const struct people_edit lang = {.lang = "fi"};
	struct people_edit half = cleared;
	struct addressing letter;
	struct desk_read j;
	struct desk d;

	desk_open(&d);
	letter.id = desk_add(&d, &d.care, whole);
	cr_assert_eq(people_relative_add(d.p, &d.care, letter.id, &bo, &d.r), 0);
	knows_nobody(&d);
	/* known at once, of everybody the rule is about */
	j = read_of(&d, letter.id);
	cr_expect(j.b.no_identity);
	cr_expect_str_eq(j.shown, "Without a name");
	cr_expect_str_eq(j.x.given, "Anna", "it is there until it is cleared");
	cr_assert_eq(desk_run(&d, address_in, &letter), 0);
	cr_expect_null(letter.to.name);
	cr_expect_null(letter.to.line[0]);
	/* told how */
	cr_assert_eq(people_change(d.p, &d.care, letter.id, &lang, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.no_identity");
	cr_expect_not_null(strstr(refusal_text(d.a, SAY_SV, &d.r), "Töm namn"));
	cr_expect_eq(people_change(d.p, &d.care, letter.id, &cleared, &d.r), ERR_REFUSED, "a relative");
	cr_assert_eq(people_relative_del(d.p, &d.care, letter.id, 1, &d.r), 0);
	half.care_of = NULL;
	cr_expect_eq(people_change(d.p, &d.care, letter.id, &half, &d.r), ERR_REFUSED);
	cr_assert_eq(people_change(d.p, &d.care, letter.id, &cleared, &d.r), 0);
	j = read_of(&d, letter.id);
	cr_expect(people_person_is_bare(&j.x));
	cr_expect_eq(j.b.needs.n, 0);
	cr_expect_eq(j.b.relatives.n, 0);
	cr_expect_eq(desk_search(&d, &d.care, "anna ek").n, 0);
	cr_expect(desk_finds(&d, &d.care, "LAN10445"));
	cr_assert_eq(people_change(d.p, &d.care, letter.id, &lang, &d.r), 0);
	desk_close(&d);
}

/* --- a number is no part of a name or an address, in any service --- */

Test(nameless, a_number_is_no_part_of_a_name_or_an_address)
{
	static const size_t texts[] = {AT(given), AT(family), AT(care_of), AT(street),
		AT(postcode), AT(city)};
	static const char *const number = "20090527-1474";
	const struct people_relative bo = {.name = "Bo 20090527-1474", .relation = "relative"};
	struct desk d;
	const char *id;

	desk_open(&d);
	id = desk_add(&d, &d.care, (struct people_edit){.given = "Anna", .family = "Ek"});
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct people_edit want = {0};

		memcpy((char *)&want + texts[i], &number, sizeof(number));
		cr_assert_eq(people_change(d.p, &d.care, id, &want, &d.r), ERR_REFUSED, "%zu", i);
		cr_expect_str_eq(d.r.say->code, "borrower.number_in_field", "%zu", i);
	}
	cr_assert_eq(people_relative_add(d.p, &d.care, id, &bo, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.number_in_field");
	desk_close(&d);
}
