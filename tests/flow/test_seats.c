/* SPDX-License-Identifier: EUPL-1.2 */
/* Seats of a group of hand-outs over real HTTP: both zones take a seat, and nobody else sees whose. */
#include "base/clock.h"
#include "tests/flow/callers.h"

static const char *planned(const char *who, const char *thing, const char *at)
{
	return arena_printf(b.f.a,
		"{\"borrower\":\"%s\",\"thing\":\"%s\",\"place\":\"disk\",\"at\":\"%s\"}", who,
		thing, at);
}

static struct doc *row(const char *who)
{
	struct doc *d = call(200, who, "GET", "/api/v1/handouts/seats", NULL);

	return doc_list_object(doc_list(d, "seats"), 0);
}

static int64_t number(const struct doc *d, const char *key)
{
	int64_t n = -1;

	cr_assert_eq(doc_int(d, key, &n), 0, "%s", key);
	return n;
}

Test(seats, one_too_many_is_refused_and_moved, .timeout = 300)
{
	char at[CLOCK_TEXT], later[CLOCK_TEXT];
	const char *one, *other, *csv;
	struct doc *d;

	flow_start(&b.f);
	FLOW_EXPECT(&b.f, 0, "place", "add", "disk", "Disken", "--lends");
	FLOW_EXPECT(&b.f, 0, "item", "import",
		flow_file(&b.f, "things.csv",
			"serial,item_number,state\nVBX1,VB-1,in_stock\nVBX2,VB-2,in_stock\n"));
	library = token("bibliotek");
	care = token("konsulent");
	one = borrower(library, "library", "\"given\":\"Test\",\"family\":\"Person\"");
	other = borrower(care, "care", "\"given\":\"Test\",\"family\":\"Person\"");
	clock_format_utc(clock_now() + 3600, at);
	clock_format_utc(clock_now() + 7200, later);
	call(403, token("it"), "GET", "/api/v1/handouts/seats", NULL);
	call(400, library, "POST", "/api/v1/handouts/seats", "{\"seats\":\"många\"}");
	call(200, library, "POST", "/api/v1/handouts/seats",
		arena_printf(b.f.a, "{\"at\":\"%s\",\"place\":\"disk\",\"seats\":1}", at));
	d = call(400, library, "POST", "/api/v1/handouts/seats",
		arena_printf(b.f.a, "{\"at\":\"%s\",\"place\":\"disk\"}", at));
	cr_expect_eq(number(row(library), "seats"), 1, "no number is not none");
	d = call(200, library, "POST", "/api/v1/handouts", planned(one, "VB-1", at));
	one = arena_printf(b.f.a, "/api/v1/handouts/%lld/move", (long long)number(d, "handout"));
	d = call(409, care, "POST", "/api/v1/handouts", planned(other, "VB-2", at));
	cr_expect_str_eq(doc_str(d, "code"), "seats.full");
	d = row(care);
	cr_expect_eq(number(d, "booked"), 1);
	cr_expect_eq(number(d, "left"), 0);
	cr_expect(doc_bool(d, "full", false));
	cr_expect_not(doc_has(d, "borrower"));
	csv = flow_call(&b.f, "GET", "/api/v1/handouts/seats?format=csv", care, NULL).body;
	cr_expect(strstr(csv, "\"Disken\";\"1\";\"1\";\"0\""), "%s", csv);
	call(200, library, "POST", one, arena_printf(b.f.a, "{\"at\":\"%s\"}", later));
	cr_expect_eq(number(row(care), "left"), 1);
	call(200, care, "POST", "/api/v1/handouts", planned(other, "VB-2", at));
	d = call(409, library, "POST", one, arena_printf(b.f.a, "{\"at\":\"%s\"}", at));
	cr_expect_str_eq(doc_str(d, "code"), "seats.full");
	end();
}
