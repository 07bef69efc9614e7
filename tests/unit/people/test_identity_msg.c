/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers from the tax agency's series for tests (last four 238x to 239x, 98xx), and made-up ones
 * whose check digit is right. */
#include "tests/unit/people/desk.h"

static const struct {
	const char *in, *out;
	enum people_identity_kind kind;
	int year;
} good[] = {
	{"189001019802", "189001019802", PEOPLE_PERSONNUMMER, 1890},
	{"19090527+1474", "190905271474", PEOPLE_PERSONNUMMER, 1909},
	{"090527+1474", "190905271474", PEOPLE_PERSONNUMMER, 1909},
	{"19090527-1474", "190905271474", PEOPLE_PERSONNUMMER, 1909},
	{"701063-2391", "197010632391", PEOPLE_SAMORDNING, 1970},
	{"7010632391", "197010632391", PEOPLE_SAMORDNING, 1970},
	{"  19701063 2391 ", "197010632391", PEOPLE_SAMORDNING, 1970},
};

Test(identity_msg, takes_what_people_write)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct people_identity x;

		cr_assert_eq(people_identity_parse(good[i].in, DESK_NOW, &x), 0, "%s", good[i].in);
		cr_expect_str_eq(x.text, good[i].out, "%s", good[i].in);
		cr_expect_eq(x.kind, good[i].kind, "%s", good[i].in);
		cr_expect_eq(x.year, good[i].year, "%s", good[i].in);
	}
}

Test(identity_msg, refuses_what_is_none)
{
	static const char *const bad[] = {NULL, "", "1", "19090527-1475", "190905271475",
		"19090532-1474", "20990101-2391", "701063-239", "70106-32391", "7010632391x",
		"701063--2391", "701063+-2391", "0000000000", "000000000000", "19700230-2396",
		"７０１０６３２３９１", "1970106323912"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct people_identity x;

		cr_expect_eq(people_identity_parse(bad[i], DESK_NOW, &x), ERR_BADINPUT, "%s",
			bad[i] ? bad[i] : "NULL");
	}
}

/* Looked for by a number that nobody can have: not somebody new, but read wrongly. */
Test(identity_msg, a_slip_is_told_from_other_numbers)
{
	static const char *const slips[] = {"19090527-1475", "190905271475", "701063-2392", "7010632392", "19090532-1474"};
	static const char *const others[] = {NULL, "", "Anna", "190905271474", "7010632391", "0701234567", "033-35 70 00",
		"990905271475", "K123456789", "70106323"};

	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++)
		cr_expect(people_identity_is_slip(slips[i], DESK_NOW), "%s", slips[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		cr_expect_not(people_identity_is_slip(others[i], DESK_NOW), "%zu", i);
}

/* The lost '+' makes a child of somebody of 117: that is asked, never taken. */
Test(identity_msg, the_lost_plus_is_doubtful)
{
	struct people_identity x;

	cr_assert_eq(people_identity_parse("090527-1474", DESK_NOW, &x), 0);
	cr_expect_eq(x.year, 2009);
	cr_expect(people_identity_is_doubtful("090527-1474", DESK_NOW));
	cr_expect(people_identity_is_doubtful("0905271474", DESK_NOW));
	cr_expect_not(people_identity_is_doubtful("090527+1474", DESK_NOW));
	cr_expect_not(people_identity_is_doubtful("200905271474", DESK_NOW));
	cr_expect_not(people_identity_is_doubtful("701063-2391", DESK_NOW));
	people_identity_make_older(&x);
	cr_expect_str_eq(x.text, "190905271474");
	cr_expect_eq(x.year, 1909);
}

/* The mark changes with the year of the hundredth birthday, not with the day. */
Test(identity_msg, a_hundred_on_new_years_day)
{
	static const struct {
		int64_t now;
		int year;
	} when[] = {{1767222000 - 86400 * 2, 1826}, {1767225600, 1926}};

	for (size_t i = 0; i < 2; i++) {
		struct people_identity x;
		int err = people_identity_parse("261231+1239", when[i].now, &x);

		if (err == 0)
			cr_expect_eq(x.year, when[i].year);
	}
}

Test(identity_msg, tells_the_series_for_tests)
{
	struct people_identity x;

	cr_assert_eq(people_identity_parse("189001019802", DESK_NOW, &x), 0);
	cr_expect(x.is_test);
	cr_assert_eq(people_identity_parse("197010632391", DESK_NOW, &x), 0);
	cr_expect_not(x.is_test);
}

Test(identity_msg, reserve_numbers_have_many_forms)
{
	struct people_identity x;

	cr_assert_eq(people_reserve_parse("19500101-z12a", &x), 0);
	cr_expect_str_eq(x.text, "19500101Z12A");
	cr_expect_eq(x.kind, PEOPLE_RESERVE);
	cr_expect_eq(people_reserve_parse("abc", &x), ERR_BADINPUT);
	cr_expect_eq(people_reserve_parse("123456789012345678901", &x), ERR_BADINPUT);
	cr_expect_eq(people_reserve_parse("12345å", &x), ERR_BADINPUT);
}

Test(identity_msg, contacts_get_one_form)
{
	static const struct {
		const char *in, *out;
	} phones[] = {{"033-35 70 00", "+4633357000"}, {"+46 (0)70-123 45 67", "+46701234567"},
		{"0046701234567", "+46701234567"}, {"070/1234567", "+46701234567"},
		{"+358 40 1234567", "+358401234567"}, {"112", NULL}, {"", NULL}, {"07x", NULL},
		{"+0701234567", NULL}, {"070123456789012345", NULL}};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(phones) / sizeof(phones[0]); i++) {
		const char *out = NULL;
		int err = people_phone_parse(a, phones[i].in, &out);

		cr_expect_eq(err, phones[i].out ? 0 : ERR_BADINPUT, "%s", phones[i].in);
		if (err == 0 && phones[i].out)
			cr_expect_str_eq(out, phones[i].out);
	}
	cr_expect(people_email_is("anna.svensson@example.se"));
	cr_expect_not(people_email_is("anna@"));
	cr_expect_not(people_email_is("a b@example.se"));
	cr_expect_not(people_email_is("a@b@example.se"));
	cr_expect(people_has_number("ringde 033-35 70 00"));
	cr_expect_not(people_has_number("lån 10442 den 3 maj"));
}

Test(identity_msg, is_seen_in_a_text)
{
	static const struct {
		const char *text;
		bool has;
	} rows[] = {{"lånad av 19701063-2391", true}, {"197010632391", true}, {"pnr:701063-2391.", true},
		{"(7010632391)", true}, {"701063+2391", true}, {"serienummer A7010632391", false},
		{"7010632391X", false}, {"070-123 45 67", false}, {"0701234567", false},
		{"701063-2392", false}, {"7010 632391", false}, {"EAN 7310865004703", false},
		{"2026-11-22", false}, {"INV-0001, L-10009", false}, {"70-10632391", false}, {"", false},
		{NULL, false}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(people_text_has_identity(rows[i].text, 1795000000), rows[i].has, "%s",
			rows[i].text ? rows[i].text : "(none)");
}
