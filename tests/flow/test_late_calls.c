/* SPDX-License-Identifier: EUPL-1.2 */
/* What is late: whom to call, what came of it, and what may be opened for that. */
#include "tests/flow/callers.h"

#include "base/clock.h"
#include "base/day.h"
#include "inventory/circulation.h"
#include "base/text.h"

static const char *reader, *anna, *secret, *olle;

static size_t count_list(const struct doc *d, const char *key)
{
	return doc_list_size(doc_list(d, key));
}

#define LATER 40 /* days: all that is lent here is late by then */

static const char *lend(const char *who, const char *to, const char *thing, int days)
{
	char day[DAY_TEXT];
	struct doc *d = call(200, who, "POST", "/api/v1/loans",
		arena_printf(b.f.a,
			"{\"borrower\":\"%s\",\"things\":[{\"code\":\"%s\",\"due\":\"%s\"}],"
			"\"place\":\"disk\",\"yes\":\"parts\"}",
			to, thing, day_format(day_of_time(clock_now()) + days, day)));

	return doc_str(d, "loan");
}

static void pass_days(int days)
{
	flow_server_stop(&b.f);
	b.f.clock_shift_s += (int64_t)days * 86400;
	flow_server_start(&b.f);
}

static void begin(void)
{
	lending_desk();
	reader = token("reader");
	call(200, library, "POST", "/api/v1/items",
		"{\"product\":\"tradlos-ringklocka\",\"place\":\"disk\",\"count\":4}");
	call(200, library, "POST", "/api/v1/items",
		"{\"product\":\"gps-klocka\",\"place\":\"disk\",\"count\":2}");
	anna = borrower(library, "library",
		"\"given\":\"Anna\",\"family\":\"Ros\",\"card\":\"KANNA0001\",\"phone\":\"0701740601\","
		"\"lang\":\"fi\"");
	secret = borrower(library, "library",
		"\"given\":\"Disa\",\"family\":\"Hemlig\",\"card\":\"KDISA0001\",\"protected\":true");
	olle = borrower(care, "care", "\"given\":\"Olle\",\"family\":\"Vård\",\"card\":\"KOLLE0001\"");
}

/* Three loans of Anna's, one of somebody protected, one of the care zone. Returns Anna's first. */
static const char *make_late(void)
{
	const char *first = lend(library, anna, "VB-000001", 1);

	lend(library, anna, "VB-000005", 3);
	lend(library, anna, "VB-000002", 20);
	lend(library, secret, "VB-000003", 10);
	call(200, b.f.token, "POST", "/api/v1/items/VB-000004", "{\"zone\":\"care\"}");
	lend(care, olle, "VB-000004", 5);
	pass_days(LATER);
	sign_in_new(&b, "lisa", "bibliotek");
	return first;
}

static const char *listed(const char *who, const char *query, size_t n, struct doc **ret)
{
	struct doc *d = call(
		200, who, "GET", arena_printf(b.f.a, "/api/v1/loans/calls%s", query), NULL);

	cr_expect_eq(count_list(d, "calls"), n, "%s: %zu", query, count_list(d, "calls"));
	if (ret)
		*ret = d;
	return n ? doc_str(doc_list_object(doc_list(d, "calls"), 0), "borrower") : NULL;
}

static const struct doc *row_of(const struct doc *d, const char *who)
{
	const struct doc *list = doc_list(d, "calls");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_str(doc_list_object(list, i), "borrower"), who))
			return doc_list_object(list, i);
	}
	cr_assert_fail("no row of %s", who);
	return NULL;
}

static size_t looks(void)
{
	return count_list(
		call(200, b.f.token, "GET", "/api/v1/audit?act=borrower.look&most=500", NULL),
		"records");
}

Test(late_calls, are_one_row_a_borrower_and_open_nobody_unasked, .timeout = 300, .init = begin,
	.fini = end)
{
	const char *first = make_late();
	size_t before = looks();
	const struct doc *row;
	struct flow_reply r;
	struct doc *d;
	int64_t n = 0;

	cr_expect_str_eq(listed(library, "", 2, &d), anna, "the longest late first");
	row = row_of(d, anna);
	cr_expect_str_eq(doc_str(row, "loan"), first);
	cr_expect_eq(doc_int(row, "count", &n), 0);
	cr_expect_eq(n, 3, "of all three loans");
	cr_expect_not_null(strstr(doc_str(row, "things"), "ringklocka"), "%s", doc_str(row, "things"));
	cr_expect_str_eq(doc_str(row, "lang"), "fi");
	cr_expect_not(doc_has(row, "name"));
	cr_expect_eq(looks(), before);
	listed(library, "?names=yes", 2, &d);
	cr_expect_str_eq(doc_str(row_of(d, anna), "name"), "Anna Ros");
	cr_expect_not_null(strstr(doc_str(row_of(d, anna), "phone"), "1740601"));
	cr_expect_null(strstr(doc_str(row_of(d, secret), "name"), "Disa"), "a word");
	cr_expect_not(doc_has(row_of(d, secret), "phone"), "no number of a protected identity");
	cr_expect_eq(looks(), before + 1, "one person, one look");
	cr_expect_str_eq(listed(care, "", 1, NULL), olle, "each service its own");
	call(403, reader, "GET", "/api/v1/loans/calls", NULL);
	call(403, token("it"), "GET", "/api/v1/loans/calls", NULL);
	r = visit(&b, "GET", "/loans/calls?format=csv", NULL);
	cr_expect_null(strstr(r.body, "Anna"), "nobody asked for names");
	r = visit(&b, "GET", "/loans/calls?names=yes&format=csv", NULL);
	cr_expect_not_null(strstr(r.body, "Anna Ros"));
	cr_expect_null(strstr(r.body, "Disa"));
	cr_expect_null(strstr(r.body, "Olle"));
	r = visit(&b, "GET", "/loans/calls?format=xlsx", NULL);
	cr_expect_eq(r.status, 200);
	cr_expect(text_starts(r.body, "PK"));
}

Test(late_calls, are_sifted_by_what_and_where_and_since_when, .timeout = 300, .init = begin,
	.fini = end)
{
	struct doc *d;

	make_late();
	cr_expect_str_eq(listed(library, "?product=gps-klocka", 1, NULL), anna);
	listed(library, "?product=tradlos-ringklocka", 2, NULL);
	listed(library, "?place=disk", 2, NULL);
	listed(library, "?place=buss", 0, NULL);
	listed(library, "?older=7", 2, NULL);
	listed(library, "?older=365", 0, NULL);
	listed(library, "?sort=-contacted", 2, NULL);
	/* piece by piece nobody comes twice, though more of theirs is late */
	cr_expect_str_eq(listed(library, "?most=1", 1, &d), anna);
	cr_expect_str_eq(listed(library,
				 arena_printf(b.f.a, "?most=1&after=%s", doc_str(d, "next")), 1, &d),
		secret);
	listed(library, arena_printf(b.f.a, "?most=1&after=%s", doc_str(d, "next")), 0, NULL);
	/* what is reported lost is no matter of a call */
	call(200, care, "POST", "/api/v1/items/VB-000004/lost-on-loan",
		"{\"phone\":\"033-35 70 00\"}");
	listed(care, "", 0, NULL);
}

static void noted(int status, const char *who, const char *loan, const char *body)
{
	call(status, who, "POST", arena_printf(b.f.a, "/api/v1/loans/%s/called", loan), body);
}

Test(late_calls, are_noted_and_called_again_when_a_promise_is_broken, .timeout = 300, .init = begin,
	.fini = end)
{
	const char *first = make_late();
	char day[DAY_TEXT];
	const char *promise = arena_printf(b.f.a, "{\"contact\":\"promised\",\"promised\":\"%s\"}",
		day_format(day_of_time(clock_now()) + LATER + 2, day));
	struct flow_reply r;
	struct doc *d;

	noted(400, library, first, "{\"contact\":\"perhaps\"}");
	noted(400, library, first, "{}");
	noted(409, library, first, "{\"contact\":\"promised\"}");
	noted(409, care, first, promise);
	noted(404, library, "nothing", promise);
	listed(library, "?call_now=yes", 2, NULL);
	noted(200, library, first, "{\"contact\":\"no_answer\"}");
	noted(200, library, first, promise);
	cr_expect_str_eq(listed(library, "?call_now=yes", 1, NULL), secret);
	cr_expect_str_eq(listed(library, "?call_now=no", 1, &d), anna);
	cr_expect_str_eq(doc_str(row_of(d, anna), "contact"), "promised");
	cr_expect_str_eq(doc_str(row_of(d, anna), "promised"), day);
	listed(library, "?broken=yes", 0, NULL);
	r = visit(&b, "GET", "/loans/calls", NULL);
	cr_expect_not_null(strstr(r.body, "lovade lämna tillbaka"), "%s", r.body);
	r = visit(&b, "GET", arena_printf(b.f.a, "/loans/%s", first), NULL);
	cr_expect_not_null(strstr(r.body, "lovade lämna tillbaka"), "%s", r.body);
	pass_days(4);
	cr_expect_str_eq(listed(library, "?broken=yes", 1, NULL), anna);
	listed(library, "?call_now=yes", 2, NULL);
}

Test(late_calls, have_pages_that_open_one_person_at_a_time, .timeout = 300, .init = begin,
	.fini = end)
{
	const char *first = make_late(), *path = arena_printf(b.f.a, "/loans/calls/%s", first);
	size_t before = looks();
	struct flow_reply r = visit(&b, "GET", "/", NULL);

	cr_expect_not_null(strstr(r.body, "ringa om det som är försenat: 2"), "%s", r.body);
	r = visit(&b, "GET", path, NULL);
	cr_expect_not_null(strstr(r.body, "value=\"no_answer\""), "%s", r.body);
	cr_expect_null(strstr(r.body, "Anna"));
	cr_expect_eq(looks(), before);
	r = visit(&b, "GET", arena_printf(b.f.a, "%s?names=yes", path), NULL);
	cr_expect_not_null(strstr(r.body, "Anna Ros"));
	cr_expect_not_null(strstr(r.body, "href=\"tel:"));
	cr_expect_eq(looks(), before + 1);
	r = visit(&b, "POST", path, form(&b, "contact=promised"));
	cr_expect_eq(r.status, 409, "%d", r.status);
	cr_expect_not_null(strstr(r.body, "vilken dag"), "%s", r.body);
	r = visit(&b, "POST", path, form(&b, "contact=reached&next=/loans/calls?done=called"));
	cr_expect_eq(r.status, 303, "%s", r.body);
	r = visit(&b, "GET", "/", NULL);
	cr_expect_not_null(strstr(r.body, "ringa om det som är försenat: 1"), "%s", r.body);
	r = visit(&b, "GET", "/loans/calls/L-99999", NULL);
	cr_expect_eq(r.status, 404);
}

Test(late_calls, end_in_a_letter_that_is_noted_as_sent, .timeout = 300, .init = begin, .fini = end)
{
	const char *first = make_late();
	const char *page = arena_printf(b.f.a, "/loans/calls/%s/reminder", first);
	const char *api = arena_printf(b.f.a, "/api/v1/loans/%s/reminder", first);
	struct flow_reply r = flow_call(&b.f, "GET", api, library, NULL);
	struct doc *d;

	cr_assert_eq(r.status, 200, "%s", r.body);
	cr_expect(text_starts(r.body, "%PDF"));
	call(404, care, "GET", api, NULL);
	call(403, reader, "GET", api, NULL);
	call(409, library, "GET", arena_printf(b.f.a, "%s?things=VB-000003", api), NULL);
	r = visit(&b, "GET", page, NULL);
	cr_expect_not_null(strstr(r.body, "name=\"things\" value=\"VB-000005\" checked"), "%s", r.body);
	r = visit(&b, "POST", page, form(&b, "contact=letter&things=VB-000001&things=VB-000005"));
	cr_assert_eq(r.status, 303, "%s", r.body);
	cr_expect_not_null(strstr(b.place, "/reminder?things=VB-000001"), "%s", b.place);
	r = visit(&b, "GET", b.place, NULL);
	cr_expect(text_starts(r.body, "%PDF"), "%d", r.status);
	listed(library, "?call_now=no", 1, &d);
	cr_expect_str_eq(doc_str(row_of(d, anna), "contact"), "letter");
	d = call(200, library, "GET", arena_printf(b.f.a, "/api/v1/loans/%s", first), NULL);
	cr_expect_str_eq(
		doc_str(doc_list_object(doc_list(d, "lines"), 0), "contact"), "letter");
}

/* As lisa, with --json; the exit status must be this. */
static struct doc *as_lisa(int status, const char *const *arguments)
{
	struct flow_said said = flow_run(&b.f, "fyra helt olika ord\n", arguments);
	struct doc *d = NULL;

	cr_assert_eq(said.status, status, "%d\n%s%s", said.status, said.out, said.err);
	if (said.out[0] == '{')
		cr_assert_eq(doc_parse(b.f.a, bytes_of_str(said.out), &d), 0, "%s", said.out);
	return d;
}
#define LISA(status, ...) \
	as_lisa((status), (const char *const[]){__VA_ARGS__, "--as", "lisa", "--json", NULL})

/* The desk says how many of a borrower's loans are late; the list of the unsigned has all that wait. */
Test(late_calls, are_told_at_the_desk_and_unsigned_loans_are_a_list, .timeout = 300, .init = begin,
	.fini = end)
{
	const char *loan;
	struct doc *d;
	int64_t n = 0;
	size_t all;

	make_late();
	call(200, library, "POST", "/api/v1/scan", "{\"code\":\"KANNA0001\",\"desk\":\"d\"}");
	d = call(200, library, "GET", "/api/v1/desk?desk=d", NULL);
	cr_assert_eq(doc_int(doc_object(d, "who"), "late_loans", &n), 0, "%s", flow_log(&b.f));
	cr_expect_eq(n, 3);
	/* the page has the newest first, the command line the oldest */
	loan = lend(library, anna, "VB-000006", LATER + 30);
	d = call(200, library, "GET", "/api/v1/loans?show=unsigned", NULL);
	all = count_list(d, "loans");
	cr_assert_eq(all, 5);
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "loans"), 0), "loan"), loan);
	d = call(200, care, "GET", "/api/v1/loans?show=unsigned", NULL);
	cr_expect_eq(count_list(d, "loans"), 1, "each service its own");
	d = LISA(0, "loan", "list", "--unsigned");
	cr_assert_eq(count_list(d, "loans"), all);
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "loans"), 4), "loan"), loan);
	d = call(201, library, "POST", arena_printf(b.f.a, "/api/v1/loans/%s/agreements", loan), "{}");
	call(200, library, "POST",
		arena_printf(b.f.a, "/api/v1/agreements/%s/sign", doc_str(d, "id")),
		"{\"way\":\"paper\",\"signer\":\"self\",\"identity\":\"known\"}");
	cr_expect_eq(count_list(LISA(0, "loan", "list", "--unsigned"), "loans"), all - 1);
	LISA(2, "loan", "list", "--unsigned", "--thing", "VB-000006");
	d = LISA(0, "loan", "calls");
	cr_expect_eq(count_list(d, "calls"), 2);
}

Test(late_calls, a_renewal_of_what_is_late_asks_why, .timeout = 300, .init = begin, .fini = end)
{
	const char *first = make_late(), *page = arena_printf(b.f.a, "/loans/%s", first);
	const struct doc *line;
	struct flow_reply r;
	struct doc *d;
	char day[DAY_TEXT];

	call(200, library, "POST", "/api/v1/scan", "{\"code\":\"C-OMLAN\",\"desk\":\"d\"}");
	d = call(200, library, "POST", "/api/v1/scan", "{\"code\":\"VB-000001\",\"desk\":\"d\"}");
	cr_assert_str_eq(doc_str(d, "did"), "renewed", "%s", doc_str(d, "text"));
	d = call(200, library, "GET", "/api/v1/desk?desk=d", NULL);
	line = doc_list_object(doc_list(d, "lines"), 0);
	cr_expect_not_null(doc_str(line, "was_due"));
	call(200, library, "POST", "/api/v1/desk/look",
		"{\"desk\":\"d\",\"line\":1,\"reason\":\"closed\"}");
	r = visit(&b, "GET", page, NULL);
	cr_expect_not_null(strstr(r.body, "det var stängt här"), "%s", r.body);
	call(200, library, "POST", "/api/v1/desk/undo", "{\"desk\":\"d\"}");
	call(200, library, "POST", "/api/v1/desk/undo", "{\"desk\":\"d\"}");
	d = call(200, library, "GET", "/api/v1/desk?desk=d", NULL);
	cr_expect_eq(count_list(d, "lines"), 0);
	r = visit(&b, "GET", page, NULL);
	cr_expect_not_null(strstr(r.body, "id=\"f-renew-1\" name=\"late_reason\""), "%s", r.body);
	r = visit(&b, "POST", arena_printf(b.f.a, "%s/renew", page),
		form(&b, arena_printf(b.f.a, "line=1&late_reason=transport&next=%s", page)));
	cr_assert_eq(r.status, 303, "%s", r.body);
	r = visit(&b, "GET", page, NULL);
	cr_expect_not_null(strstr(r.body, "kunde inte ta sig hit"), "%s", r.body);
	cr_expect_null(strstr(r.body, "id=\"f-renew-1\""), "late no longer");
	/* and the desk's own page asks of what it renewed */
	expect(&b, 303, "POST", "/desk/scan", form(&b, "code=C-OMLAN&key=omlan-0001"));
	expect(&b, 303, "POST", "/desk/scan", form(&b, "code=VB-000002&key=omlan-0002"));
	r = visit(&b, "GET", "/desk", NULL);
	cr_expect_not_null(strstr(r.body, "name=\"reason\""), "%s", r.body);
	/* none of it would gain by another one today */
	LISA(3, "loan", "renew", first, "--late-reason", "away");
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/loans/%s/due", first),
		arena_printf(b.f.a, "{\"line\":1,\"due\":\"%s\",\"reason\":\"flyttar\"}",
			day_format(day_of_time(clock_now()) + LATER + 2, day)));
	LISA(0, "loan", "renew", first, "--late-reason", "away");
}

/* How often the page says it. */
static size_t says(const char *page, const char *what)
{
	struct flow_reply r = visit(&b, "GET", page, NULL);
	size_t n = 0;

	for (const char *at = r.body; (at = strstr(at, what)) != NULL; at += strlen(what))
		n++;
	return n;
}

/* A chosen day on which the desk is closed becomes the next that is open, and both are told; one that became a
 * closed one since is told of. */
Test(late_calls, a_last_day_on_a_closed_one_is_moved, .timeout = 300, .init = begin, .fini = end)
{
	const char *loan = lend(library, anna, "VB-000001", 14);
	const char *page = arena_printf(b.f.a, "/loans/%s", loan), *api = arena_printf(b.f.a, "/api/v1%s", page);
	int32_t asked = day_of_time(clock_now()) + 20, holds;
	const struct doc *d, *line;
	char day[DAY_TEXT], held[DAY_TEXT];

	sign_in_new(&b, "lisa", "bibliotek");
	for (int set = 0; set < 2; set++) {
		while (inv_usually_open(asked) == (set == 1))
			asked++;
		for (holds = asked; !inv_usually_open(holds);)
			holds++;
		day_format(asked, day);
		day_format(holds, held);
		d = call(200, library, "POST", arena_printf(b.f.a, "%s/due", api),
			arena_printf(b.f.a, "{\"line\":1,\"due\":\"%s\",\"reason\":\"resa\"}", day));
		cr_expect_str_eq(doc_str(d, "due"), held);
		cr_expect_eq(doc_has(d, "text"), set == 1);
		line = doc_list_object(doc_list(call(200, library, "GET", api, NULL), "lines"), 0);
		cr_expect_str_eq(doc_str(line, "due"), held);
		cr_expect_not(doc_has(line, "opens"));
		cr_expect_eq(says(page, "är stängt; sista dag blev"), set);
		if (set)
			cr_expect_str_eq(doc_str(line, "due_asked"), day);
		else
			cr_expect_not(doc_has(line, "due_asked"));
	}
	d = call(200, library, "POST", "/api/v1/loans",
		arena_printf(b.f.a,
			"{\"borrower\":\"%s\",\"things\":[{\"code\":\"VB-000002\",\"due\":\"%s\"}],\"yes\":\"parts\"}",
			anna, day));
	cr_expect_str_eq(doc_str(d, "due"), held);
	line = doc_list_object(doc_list(d, "moved"), 0);
	cr_expect_str_eq(doc_str(line, "code"), "VB-000002");
	cr_expect_str_eq(doc_str(line, "due_asked"), day);
	cr_expect_str_eq(doc_str(line, "due"), held);
	call(200, b.f.token, "POST", "/api/v1/places/disk/closed",
		arena_printf(b.f.a, "{\"from\":\"%s\",\"why\":\"Inventering\"}", held));
	line = doc_list_object(doc_list(call(200, library, "GET", api, NULL), "lines"), 0);
	cr_expect(doc_has(line, "opens"));
	cr_expect_eq(says(page, "Stängt den dagen, öppet igen"), 1);
}

Test(late_calls, end_with_why_it_was_late, .timeout = 300, .init = begin, .fini = end)
{
	const char *first = make_late(), *page = arena_printf(b.f.a, "/loans/%s", first);
	struct flow_reply r = visit(&b, "GET", page, NULL);

	cr_expect_not_null(strstr(r.body, "name=\"late_reason\""), "%s", r.body);
	cr_expect_not_null(strstr(r.body, "href=\"/loans/calls/L-"), "the way to call");
	cr_expect_null(strstr(r.body, "name=\"early_reason\""));
	r = visit(&b, "POST", arena_printf(b.f.a, "%s/things/VB-000001/check-in", page),
		form(&b, "late_reason=transport&next=/loans"));
	cr_assert_eq(r.status, 303, "%s", r.body);
	r = visit(&b, "GET", page, NULL);
	cr_expect_not_null(strstr(r.body, "kunde inte ta sig hit"), "%s", r.body);
	first = lend(library, anna, "VB-000006", LATER + 30);
	r = visit(&b, "GET", arena_printf(b.f.a, "/loans/%s", first), NULL);
	cr_expect_not_null(strstr(r.body, "name=\"early_reason\""), "%s", r.body);
	LISA(0, "loan", "in", "VB-000006", "--early-reason", "bought", "--yes");
	r = visit(&b, "GET", arena_printf(b.f.a, "/loans/%s", first), NULL);
	cr_expect_not_null(strstr(r.body, "har köpt en egen"), "%s", r.body);
}

static void lose(const char *code)
{
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/items/%s/lost-on-loan", code),
		"{\"stolen\":false}");
}

Test(late_calls, what_is_told_to_be_lost_is_late_no_longer, .timeout = 300, .init = begin, .fini = end)
{
	const char *first = make_late(), *page = arena_printf(b.f.a, "/loans/%s", first);
	struct doc *d = call(200, library, "GET", "/api/v1/loans?show=late", NULL);
	size_t late = count_list(d, "loans");
	int64_t was = 0;

	cr_assert_eq(doc_int(call(200, library, "GET", "/api/v1/statistics", NULL), "overdue_all", &was), 0);
	cr_expect_eq(says("/loans?show=late", "VB-000001"), says("/loans?show=late&sort=product", "VB-000001"));
	cr_expect_gt(says("/loans?show=late", "VB-000001"), 0);
	cr_expect_gt(says("/", "VB-000001"), 0);
	cr_expect_gt(says(page, "/loans/calls/"), 0);
	lose("VB-000001");
	d = call(200, library, "GET", "/api/v1/loans?show=late", NULL);
	cr_expect_eq(count_list(d, "loans"), late - 1);
	cr_expect_eq(says("/loans?show=late", "VB-000001"), 0);
	cr_expect_eq(says("/loans?show=late&sort=product", "VB-000001"), 0);
	cr_expect_eq(says("/loans?show=late&as=csv", "VB-000001"), 0);
	cr_expect_eq(says("/", "VB-000001"), 0);
	cr_expect_eq(says(page, "/loans/calls/"), 0, "nothing of it is late");
	cr_expect_gt(says("/items?state=lost", "VB-000001"), 0);
	cr_expect_gt(says("/loans", "VB-000001"), 0, "it is on loan as before");
	cr_expect_eq(was, 5);
	d = call(200, library, "GET", "/api/v1/statistics", NULL);
	cr_assert_not_null(doc_str(d, "overdue_all"));
	cr_expect_str_eq(doc_str(d, "overdue_all"), "fewer than 5", "four are not told");
}

Test(late_calls, a_renewal_of_all_asks_once_why, .timeout = 300, .init = begin, .fini = end)
{
	const char *first, *page;
	struct flow_reply r;
	struct doc *d;

	make_late();
	d = call(200, library, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"VB-000006\"],\"yes\":\"parts late limit\"}", anna));
	first = doc_str(d, "loan");
	page = arena_printf(b.f.a, "/loans/%s", first);
	cr_expect_eq(says(page, "id=\"f-renew\""), 0, "nothing is late");
	cr_expect_eq(says(page, ">Låna om allt</button>"), 1);
	pass_days(400);
	sign_in_new(&b, "berit", "bibliotek");
	cr_expect_eq(says(page, "id=\"f-renew\" name=\"late_reason\""), 1);
	cr_expect_eq(says(page, ">Låna om allt</button>"), 1);
	r = visit(&b, "POST", arena_printf(b.f.a, "%s/renew", page),
		form(&b, arena_printf(b.f.a, "late_reason=transport&next=%s", page)));
	cr_assert_eq(r.status, 303, "%s", r.body);
	cr_expect_gt(says(page, "kunde inte ta sig hit"), 0);
	cr_expect_eq(says(page, "id=\"f-renew\""), 0, "late no longer");
}
