/* SPDX-License-Identifier: EUPL-1.2 */
/* What people read of Apple's side: each fault by the name under which `./dev run` switches it, a deadline of moving
 * in, the lifeguard's rows, and what stands in the form of a lost iPad before anybody has typed. */
#include "tests/flow/ade.h"

#include "base/clock.h"
#include "base/text.h"

#define S1 "C02AAAAAAAA1"
#define S2 "C02AAAAAAAA2"

static void begin(void)
{
	ade_begin();
	cr_assert_eq(token_in(5).status, 0);
	add(S1);
	cr_expect_null(doc_str(synced(), "trouble"));
}

TestSuite(ade_told, .init = begin, .fini = ade_end, .timeout = 300);

static void expect_told(const char *path, const char *name, const char *code)
{
	const struct doc *d = in_swedish(path);
	const char *text = doc_str(d, "trouble_text");

	cr_expect_str_eq(doc_str(d, "trouble"), code, "%s", name);
	cr_assert(is_sentence(text), "%s", name);
	cr_expect(page_says("/apple", text), "%s: the page says it", name);
}

Test(ade_told, each_fault_is_switched_by_its_name)
{
	static const struct {
		const char *name, *code;
	} rows[] = {
		{"token-expired", "token_expired"},
		{"token-foreign", "token_rejected"},
		{"terms", "T_C_NOT_SIGNED"},
		{"busy", "HTTP_429"},
		{"unavailable", "HTTP_503"},
		{"unreadable", "UNREADABLE"},
		{"cursor-loop", "SAME_CURSOR"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_assert_eq(device_assignment_switch(da, rows[i].name, NULL), 0, "%s", rows[i].name);
		(void)synced();
		expect_told("/api/v1/ade", rows[i].name, rows[i].code);
		cr_assert_eq(device_assignment_switch(da, DEVICE_ASSIGNMENT_WELL, NULL), 0);
		cr_expect_null(doc_str(synced(), "trouble"), "%s", rows[i].name);
	}
}

/* What mends itself: nobody has to do anything. */
Test(ade_told, a_fault_that_mends_itself_is_not_told)
{
	static const char *const names[] = {
		"sessions", "cursor-expired", "cursor-invalid", "profile-forgotten"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		cr_assert_eq(device_assignment_switch(da, names[i], NULL), 0, "%s", names[i]);
		cr_expect_null(doc_str(synced(), "trouble"), "%s", names[i]);
	}
}

Test(ade_told, a_fault_of_one_ipad_is_told_of_that_one)
{
	const char *path = "/api/v1/ade/devices/" S2;

	cr_expect_eq(device_assignment_switch(da, "no-such-fault", NULL), ERR_NOTFOUND);
	cr_expect_eq(device_assignment_switch(da, "failed", NULL), ERR_NOTFOUND, "whose?");
	add(S2);
	cr_assert_eq(device_assignment_switch(da, "failed", S2), 0);
	(void)synced();
	expect_told(path, "failed", "FAILED");
	cr_expect(page_says("/apple/devices/" S2, doc_str(in_swedish(path), "trouble_text")));
}

/* The day by which an iPad must have left its former server: its own page, the list, the API. */
Test(ade_told, a_deadline_of_moving_in)
{
	const struct assigned_device d = {.serial = S2,
		.model = "iPad (10th generation)",
		.migrate_by = clock_now() + 20 * INT64_C(86400)};
	char text[CLOCK_TEXT];

	device_assignment_add(da, &d);
	(void)synced();
	cr_expect_str_eq(doc_str(flow_api(&f, 200, "GET", "/api/v1/ade/devices/" S2, NULL), "migrate_by"),
		clock_format_utc(d.migrate_by, text));
	cr_expect(page_says("/devices/" S2, "Ska ha lämnat servern före oss senast"));
	cr_expect_not(page_says("/devices/" S1, "Ska ha lämnat servern före oss senast"));
}

/* The page says each row as the API does; a token of five days is among them. */
Test(ade_told, the_lifeguards_rows_by_api_and_by_page)
{
	const struct doc *list = doc_list(in_swedish("/api/v1/lifeguard"), "deadlines");
	bool token = false;

	cr_assert_gt(doc_list_size(list), 1);
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *row = doc_list_object(list, i);
		const char *sentence = doc_str(row, "sentence");

		cr_expect(is_sentence(sentence), "%s: %s", doc_str(row, "what"), sentence);
		cr_expect(sentence && page_says("/lifeguard", sentence), "%s", sentence);
		token = token || text_equal(doc_str(row, "what"), "ade_token");
	}
	cr_expect(token);
}

/* A finder reads the number and whom to call: both stand there before anybody types. */
Test(ade_told, the_footnote_of_a_lost_ipad_is_filled_in)
{
	const char *csv = flow_file(&f, "saker.csv", "serienummer;inventarienummer\n" S1 ";INV-0042\n");

	FLOW_EXPECT(&f, 0, "item", "import", csv);
	cr_expect(page_says("/devices/" S1 "/lost", "name=\"footnote\""));
	cr_expect(page_says("/devices/" S1 "/lost", "value=\"INV-0042"));
}
