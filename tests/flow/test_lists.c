/* SPDX-License-Identifier: EUPL-1.2 */
/* Each list as a document, a page and two kinds of files: sifted and in another order, all four have
 * the same rows. And whom a safety notice concerns: opened one by one, and written down. */
#include "tests/flow/view.h"

Test(lists, each_is_a_page_a_document_and_two_files_of_the_same_rows, .timeout = 300, .init = begin,
	.fini = end)
{
	static const struct view views[] = {
		{"/faults", "faults", "", 3, "symptom", "Åskar"},
		{"/faults", "faults", "?sort=symptom", 3, "symptom", "Blinkar"},
		{"/faults", "faults", "?sort=-symptom", 3, "symptom", "Åskar"},
		{"/faults", "faults", "?state=at_service", 1, "symptom", "Blinkar"},
		{"/faults", "faults", "?state=closed", 1, "symptom", "Gammalt"},
		{"/faults", "faults", "?all=yes&sort=-symptom", 4, "symptom", "Åskar"},
		{"/faults", "faults", "?q=zirp&place=disk&product=tradlos-ringklocka", 1, "symptom",
			"Zirpar"},
		{"/faults", "faults", "?older=7", 0, NULL, NULL},
		{"/faults", "faults", "?place=buss", 0, NULL, NULL},
		/* two are what the hand-outs have reserved */
		{"/holds", "holds", "?all=yes", 4, "state", "waiting"},
		{"/holds", "holds", "?all=yes&paused=no", 3, "state", "waiting"},
		{"/holds", "holds", "?product=gps-klocka&sort=-made", 2, "title",
			NULL},
		{"/holds", "holds", "?state=ready", 0, NULL, NULL},
		{"/safety-notices", "notices", "", 2, "title", "Ärgar"},
		{"/safety-notices", "notices", "?sort=title", 2, "title", "Blir varm"},
		{"/safety-notices", "notices", "?product=tradlos-ringklocka&left=yes", 1, "title",
			"Blir varm"},
		{"/safety-notices/1", "items", "?handled=no&sort=-unit_title", 3, "open", NULL},
		{"/safety-notices/1", "items", "?lent=no", 1, "serial", "VB-000004"},
		{"/products", "products", "?category=outdoors&kind=thing&lendable=yes", 1, "id",
			"gps-klocka"},
		{"/products", "products", "?in_stock=yes&sort=-in_stock", 1, "id",
			"gps-klocka"},
		{"/products", "products", "?q=gps&lendable=yes&sort=price_text", 1, "id",
			"gps-klocka"},
		{"/places", "places", "?sort=-count&closed=no", 2, "id", "disk"},
		{"/places", "places", "?kind=bus", 1, "id", "buss"},
		{"/transfers", "transfers", "?to=buss&product=tradlos-ringklocka", 1, "serial",
			"VB-000004"},
		{"/transfers", "transfers", "?from=buss&sort=unit_title", 0, NULL, NULL},
		{"/sims", "sims", "?state=active&sort=-msisdn", 2, "msisdn", NULL},
		{"/sims", "sims", "?late=yes", 1, NULL, NULL},
		{"/leases", "leases", "", 2, "id", "L-1"},
		{"/leases", "leases", "?sort=-supplier", 2, "id", "L-1"},
		{"/leases", "leases", "?late=yes", 1, "id", "L-2"},
		{"/deliveries", "deliveries", "?closed=no&agrees=no&sort=-expected", 2, "id", "D-2"},
		{"/deliveries", "deliveries", "?late=yes", 1, "id", "D-1"},
		{"/handouts", "handouts", "?sort=-at", 2, "product", "vr-glasogon"},
		{"/handouts", "handouts", "?sort=title&product=vr-glasogon&place=disk", 1, "product",
			"vr-glasogon"},
		{"/handouts", "handouts", "?sort=title&ready=yes", 0, NULL, NULL},
		{"/handouts", "handouts", "?sort=title&day=2020-03-02", 0, NULL, NULL},
		{"/returns", "returns", "", 0, NULL, NULL},
		{"/returns", "returns", "?phase=locked&sort=-stage", 0, NULL, NULL},
		{"/mailings", "mailings", "?kind=link&stage=planned&sort=title", 0, NULL, NULL},
		{"/safety-notices/1/calls", "calls", "?lent=yes&sort=lent_loan", 3, "serial",
			"VB-000001"},
	};

	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
		expect_view(&views[i]);
}

static void take_back(struct ipad *p, const char *erase)
{
	const char *serial = flow_serial(p);

	FLOW_EXPECT(&b.f, 0, "item", "mark", serial, "on_loan");
	call(200, b.f.token, "POST", arena_printf(b.f.a, "/api/v1/devices/%s/returned", serial),
		arena_printf(b.f.a, "{\"erase\":\"%s\",\"preserve_data_plan\":\"no\"}", erase));
}

static void mail(const char *kind, const char *title, const char *more)
{
	call(201, b.f.token, "POST", "/api/v1/mailings",
		arena_printf(b.f.a,
			"{\"kind\":\"%s\",\"title\":\"%s\",\"url\":\"https://example.se/\",%s}", kind,
			title, more));
}

struct sending {
	struct ipad *p;
	int64_t delivered;
};

/* Two have reached the iPad; the third waits for its day. */
static bool arrived(void *arg)
{
	struct sending *x = arg;
	const struct doc *list;
	int64_t n = 0;

	x->delivered = 0;
	cr_assert_eq(ipad_wake(x->p), 0, "%s", ipad_why(x->p));
	list = doc_list(call(200, b.f.token, "GET", "/api/v1/mailings", NULL), "mailings");
	for (size_t i = 0; i < doc_list_size(list); i++)
		x->delivered += doc_int(doc_list_object(list, i), "delivered", &n) == 0 ? n : 0;
	return x->delivered == 2;
}

static void mail_three(struct ipad *p)
{
	const char *to = arena_printf(b.f.a, "\"item\":\"%s\"", flow_serial(p));
	struct sending x = {.p = p};
	char at[CLOCK_TEXT];

	mail("survey", "Enkät", "\"group\":\"all\"");
	mail("link", "Adventslänk", to);
	mail("link", "Öppet hus",
		arena_printf(b.f.a, "%s,\"at\":\"%s\"", to,
			clock_format_utc(clock_now() + 30 * 86400, at)));
	cr_assert(flow_until(arrived, &x), "%s", flow_log(&b.f));
}

/* One that is not to be erased answers, and is looked at by a person. */
static bool waits_for_a_person(void *arg)
{
	const struct doc *d;

	cr_assert_eq(ipad_wake(arg), 0, "%s", ipad_why(arg));
	d = call(200, b.f.token, "GET", "/api/v1/returns?phase=judging", NULL);
	return doc_list_size(doc_list(d, "returns")) == 1;
}

Test(lists, returns_and_mailings_too, .timeout = 300, .init = begin, .fini = end)
{
	struct ipad *asked = flow_ours(&b.f, 7, NULL), *kept = flow_ipad(&b.f, 8, NULL, NULL);
	const char *one = flow_serial(asked), *other = flow_serial(kept);
	const struct view views[] = {
		{"/returns", "returns", "", 2, "unit_title", NULL},
		{"/returns", "returns", "?sort=-stage", 2, "serial", other},
		{"/returns", "returns", "?sort=stage", 2, "serial", one},
		{"/returns", "returns", "?phase=asking", 1, "serial", one},
		{"/returns", "returns", "?phase=judging&sort=advised", 1, "serial", other},
		{"/returns", "returns",
			arena_printf(b.f.a, "?q=%s&sort=place_name", other), 1, "serial", other},
		{"/returns", "returns", "?older=7", 0, NULL, NULL},
		{"/returns", "returns", "?place=buss", 0, NULL, NULL},
		{"/mailings", "mailings", "", 3, "title", NULL},
		{"/mailings", "mailings", "?sort=title", 3, "title", "Adventslänk"},
		{"/mailings", "mailings", "?sort=-title", 3, "title", "Öppet hus"},
		{"/mailings", "mailings", "?sort=-starts", 3, "title", "Öppet hus"},
		{"/mailings", "mailings", "?sort=delivered", 3, "title", "Öppet hus"},
		{"/mailings", "mailings", "?kind=survey", 1, "title", "Enkät"},
		{"/mailings", "mailings", "?stage=over&sort=title", 2, "title", "Adventslänk"},
		{"/mailings", "mailings", "?stage=planned", 1, "title", "Öppet hus"},
		{"/mailings", "mailings", "?kind=link&failed=no&sort=title", 2, "title",
			"Adventslänk"},
		{"/mailings", "mailings", "?q=advent", 1, "title", "Adventslänk"},
		{"/mailings", "mailings", "?failed=yes", 0, NULL, NULL},
		{"/mailings", "mailings", "?older=30&sort=made_by", 0, NULL, NULL},
	};

	mail_three(asked);
	flow_own(&b.f, kept);
	flow_enrol(&b.f, kept);
	take_back(kept, "no");
	cr_assert(flow_until(waits_for_a_person, kept), "%s", flow_log(&b.f));
	take_back(asked, "yes");
	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
		expect_view(&views[i]);
	ipad_free(asked);
	ipad_free(kept);
}

/* Three went away with their SIMs, one of them came back: each is somebody's task. */
static void make_tasks(void)
{
	static const char *const away[] = {"UPPG2", "UPPG1", "UPPG3"};

	FLOW_EXPECT(&b.f, 0, "item", "import",
		flow_file(&b.f, "own.csv",
			"serienummer;status;sim\n"
			"UPPG1;i lager;8946071512360089522\nUPPG2;i lager;8946071512345678902\n"
			"UPPG3;i lager;8946071512360089530\n"));
	for (size_t i = 0; i < 3; i++) {
		FLOW_EXPECT(&b.f, 0, "item", "mark", away[i], "on_loan");
		FLOW_EXPECT(&b.f, 0, "device", "lost", away[i], "--stolen", "--phone", "033");
	}
	FLOW_EXPECT(&b.f, 0, "task", "done", "2");
	FLOW_EXPECT(&b.f, 0, "device", "found", "UPPG1");
}

Test(lists, tasks_by_thing_age_and_kind, .timeout = 300, .init = begin, .fini = end)
{
	static const struct view views[] = {
		{"/tasks", "tasks", "", 3, "serial", "UPPG1"},
		{"/tasks", "tasks", "?sort=what", 3, "kind", "sim.open"},
		{"/tasks", "tasks", "?sort=-what", 3, "kind", "sim.stop"},
		{"/tasks", "tasks", "?sort=made", 3, NULL, NULL},
		{"/tasks", "tasks", "?kind=sim.open", 1, "serial", "UPPG1"},
		{"/tasks", "tasks", "?kind=sim.stop&sort=-serial", 2, "serial", "UPPG3"},
		{"/tasks", "tasks", "?kind=charge", 0, NULL, NULL},
		{"/tasks", "tasks", "?q=uppg3", 1, "serial", "UPPG3"},
		{"/tasks", "tasks", "?older=7", 0, NULL, NULL},
		{"/tasks", "tasks", "?all=yes", 4, "kind", "sim.open"},
		{"/tasks", "tasks", "?all=yes&sort=made", 4, "serial", "UPPG2"},
		{"/tasks", "tasks", "?all=yes&sort=-done", 4, "serial", "UPPG1"},
	};
	struct doc *d;

	make_tasks();
	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
		expect_view(&views[i]);
	/* both ways by its time from the index, a piece at a time */
	d = call(200, reader, "GET", "/api/v1/tasks?all=yes&sort=made&most=3", NULL);
	cr_assert_not_null(doc_str(d, "next"));
	d = call(200, reader, "GET",
		arena_printf(b.f.a, "/api/v1/tasks?all=yes&sort=made&most=3&after=%s",
			doc_str(d, "next")),
		NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "tasks")), 1);
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "tasks"), 0), "kind"), "sim.open");
	call(400, reader, "GET", "/api/v1/tasks?sort=done", NULL);
	call(400, reader, "GET", "/api/v1/tasks?kind=anything", NULL);
}

static const struct doc *task_of(const char *who, const char *serial)
{
	struct doc *d = call(200, who, "GET",
		arena_printf(b.f.a, "/api/v1/tasks?q=%s", serial), NULL);

	cr_assert_eq(doc_list_size(doc_list(d, "tasks")), 1, "%s", serial);
	return doc_list_object(doc_list(d, "tasks"), 0);
}

/* Signed in with other roles than the one who was. */
static void sign_in_as(const char *name, const char *roles)
{
	b.cookie = NULL;
	expect(&b, 303, "POST", "/sign-in",
		arena_printf(b.f.a, "name=%s&password=%s", name,
			doc_str(FLOW_JSON(&b.f, "user", "add", name, "--roles", roles),
				"one_time_password")));
	expect(&b, 200, "GET", "/password", NULL);
	expect(&b, 303, "POST", "/password",
		form(&b, "new_password=" OWN_PASSWORD "&again=" OWN_PASSWORD));
}

static void expect_done_refused(int64_t id)
{
	struct flow_reply r;

	expect(&b, 200, "GET", "/items", NULL);
	r = visit(&b, "POST", arena_printf(b.f.a, "/tasks/%lld/done", (long long)id), form(&b, ""));
	cr_expect_eq(r.status, 409);
	cr_expect(strstr(r.body, "avslutar din roll inte"), "%s", r.body);
}

/* So many rows, of which so many can be ended there; and how often one is told who ends the others. */
static void expect_tasks(const char *page, size_t rows, size_t buttons, size_t told)
{
	struct flow_reply r = visit(&b, "GET", page, NULL);

	cr_expect_eq(count_of(r.body, "href=\"/items/UPPG"), rows, "%s", r.body);
	cr_expect_eq(count_of(r.body, "/done\""), buttons, "%s", r.body);
	cr_expect_eq(count_of(r.body, "avslutar din roll inte"), told, "%s", r.body);
}

Test(lists, a_task_is_offered_to_who_may_end_it, .timeout = 300, .init = begin, .fini = end)
{
	const struct doc *row, *d;
	int64_t id = 0;

	make_tasks();
	row = task_of(reader, "UPPG3");
	cr_expect_not(doc_bool(row, "may_end", true), "who only reads ends nothing");
	cr_expect(strstr(doc_str(row, "not_by_you"), "UPPG3"));
	cr_assert_eq(doc_int(row, "id", &id), 0);
	cr_expect_str_eq(doc_str(call(409, library, "POST",
					 arena_printf(b.f.a, "/api/v1/tasks/%lld/done", (long long)id), NULL),
				 "code"),
		"task.role");
	d = call(200, library, "GET", "/api/v1/tasks", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "tasks")), 0, "care's iPads are care's");
	cr_expect(doc_bool(task_of(care, "UPPG3"), "may_end", false));
	sign_in_as("bo", "bibliotek");
	expect_tasks("/tasks", 0, 0, 0);
	expect_tasks("/", 0, 0, 0);
	expect_done_refused(id);
	sign_in_as("rut", "reader");
	expect_tasks("/tasks", 3, 0, 1);
	sign_in_as("kim", "konsulent");
	expect_tasks("/tasks", 3, 3, 0);
	expect_tasks("/", 3, 3, 0);
	call(200, care, "POST", arena_printf(b.f.a, "/api/v1/tasks/%lld/done", (long long)id), NULL);
}

static const char *fault_place(void)
{
	struct doc *d = call(200, library, "GET", "/api/v1/faults?q=Knarrar", NULL);

	cr_assert_eq(doc_list_size(doc_list(d, "faults")), 1);
	return doc_str(doc_list_object(doc_list(d, "faults"), 0), "place_name");
}

Test(lists, what_is_lent_stands_at_no_place, .timeout = 300, .init = begin, .fini = end)
{
	struct flow_reply r;

	call(200, library, "POST", "/api/v1/items/VB-000001/faults", "{\"symptom\":\"Knarrar\"}");
	cr_expect_str_eq(fault_place(), "on loan, belongs at Lånedisken");
	call(200, library, "POST", "/api/v1/items/VB-000001", "{\"home\":\"buss\"}");
	cr_expect_str_eq(fault_place(), "on loan, stood last at Lånedisken");
	call(200, library, "POST", "/api/v1/items/VB-000001", "{\"home\":\"disk\"}");
	r = visit(&b, "GET", "/items/VB-000001", NULL);
	cr_expect(strstr(r.body, ">utlånad, hör hemma på Lånedisken</a>"), "%s", r.body);
	cr_expect_not(strstr(r.body, ">Lånedisken</a>"));
	r = visit(&b, "GET", "/products/tradlos-ringklocka", NULL);
	cr_expect(strstr(r.body, ">utlånad, hör hemma på Lånedisken</td>"), "%s", r.body);
	call(200, library, "POST", "/api/v1/items/VB-000001/check-in", "{\"place\":\"disk\"}");
	r = visit(&b, "GET", "/items/VB-000001", NULL);
	cr_expect(strstr(r.body, ">Lånedisken</a>"), "%s", r.body);
}

static const struct doc *loan_at(const char *query, size_t n, size_t i)
{
	struct doc *d = call(200, library, "GET", arena_printf(b.f.a, "/api/v1/loans%s", query), NULL);

	cr_assert_eq(doc_list_size(doc_list(d, "loans")), n, "%s", query);
	cr_expect_not(doc_has(d, "bounded"), "all of them were sorted");
	return doc_list_object(doc_list(d, "loans"), i);
}

static void expect_thing(const char *query, size_t n, size_t i, const char *serial)
{
	cr_expect_str_eq(
		doc_str(doc_object(loan_at(query, n, i), "thing"), "serial"), serial, "%s", query);
}

Test(lists, open_loans_by_number_and_place_and_when_they_began, .timeout = 300, .init = begin,
	.fini = end)
{
	const char *who = borrower(library, "library",
		"\"given\":\"Bo\",\"family\":\"Ek\",\"card\":\"KBOEK0001\",\"phone\":\"0701740603\"");
	struct flow_reply r;
	struct doc *d;

	call(200, library, "POST", "/api/v1/loans",
		arena_printf(b.f.a,
			"{\"borrower\":\"%s\",\"things\":[\"VB-000005\"],\"place\":\"buss\","
			"\"yes\":\"hold\"}",
			who));
	expect_thing("?sort=number", 3, 0, "VB-000001");
	expect_thing("?sort=-number", 3, 0, "VB-000005");
	expect_thing("?sort=number&most=1&after=1", 1, 0, "VB-000002");
	expect_thing("?sort=-number&product=tradlos-ringklocka", 2, 0, "VB-000002");
	cr_expect_str_eq(doc_str(loan_at("?sort=place", 3, 0), "place_name"), "Bussen");
	cr_expect_str_eq(doc_str(loan_at("?sort=out", 3, 2), "zone"), "library");
	loan_at("?show=late&sort=out", 0, 0);
	d = call(200, library, "GET", "/api/v1/loans?sort=-out&most=2", NULL);
	cr_expect_str_eq(doc_str(d, "next"), "2");
	/* of all there ever were only by number, which has an index */
	expect_thing("?show=ever&sort=-number", 3, 0, "VB-000005");
	call(400, library, "GET", "/api/v1/loans?show=ever&sort=out", NULL);
	call(400, library, "GET", "/api/v1/loans?sort=out&after=x", NULL);
	call(400, library, "GET", "/api/v1/loans?sort=borrower", NULL);
	r = visit(&b, "GET", "/loans?sort=-out", NULL);
	cr_expect_eq(count_of(r.body, "<tr><th scope=\"row\""), 3);
	cr_expect_not_null(strstr(r.body, "aria-sort=\"descending\"><a href=\"/loans?sort=out\">"), "%s",
		r.body);
	cr_expect_not_null(strstr(r.body, "Bussen"));
	r = visit(&b, "GET", "/loans?sort=place&format=csv", NULL);
	cr_expect_eq(count_of(r.body, "\"L-1"), 3, "%s", r.body);
}

Test(lists, what_is_no_filter_or_order_is_refused_and_a_view_goes_on, .timeout = 300, .init = begin,
	.fini = end)
{
	static const char *const bad[] = {"/faults?state=mended", "/faults?sort=place",
		"/faults?all=no", "/holds?state=filled", "/faults?after=x", "/mailings?kind=letter", "/handouts?day=i+dag", "/returns?after=x",
		"/faults?sort=symptom&after=x", "/safety-notices/1?lent=perhaps"};
	struct doc *d;
	int64_t next = 0;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		call(400, b.f.token, "GET", arena_printf(b.f.a, "/api/v1%s", bad[i]), NULL);
	d = call(200, reader, "GET", "/api/v1/faults?sort=symptom&most=2", NULL);
	cr_assert_eq(doc_int(d, "next", &next), 0, "there is more");
	d = call(200, reader, "GET",
		arena_printf(b.f.a, "/api/v1/faults?sort=symptom&most=2&after=%d", (int)next), NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "faults")), 1);
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "faults"), 0), "symptom"), "Åskar");
	cr_expect_null(doc_value(d, "next"));
	/* what is chosen stands on the page in words, with the ways out */
	{
		struct flow_reply r = visit(&b, "GET", "/faults?state=closed&older=7&sort=-symptom", NULL);

		cr_expect_not_null(strstr(r.body, "href=\"/faults?older=7&amp;sort=-symptom\""), "%s",
			r.body);
		cr_expect_not_null(strstr(r.body, "<a href=\"/faults\">Rensa urvalet</a>"));
		cr_expect_not_null(strstr(r.body, "Inget i listan stämmer"));
		r = visit(&b, "GET", "/faults?sort=-symptom", NULL);
		cr_expect_not_null(strstr(r.body, "<th scope=\"col\" aria-sort=\"descending\"><a "
						  "href=\"/faults?sort=symptom\">"));
	}
}

static const struct doc *call_of(const struct doc *d, const char *serial)
{
	const struct doc *list = doc_list(d, "calls");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_str(doc_list_object(list, i), "serial"), serial))
			return doc_list_object(list, i);
	}
	cr_assert_fail("no row of %s", serial);
	return NULL;
}

static size_t looks(void)
{
	struct doc *d = call(200, b.f.token, "GET", "/api/v1/audit?act=borrower.look&most=500", NULL);

	return doc_list_size(doc_list(d, "records"));
}

Test(lists, whom_to_call_is_opened_one_by_one_in_ones_own_zone, .timeout = 300, .init = begin,
	.fini = end)
{
	const char *path = "/api/v1/safety-notices/1/calls";
	size_t before = looks();
	struct doc *d = call(200, library, "GET", path, NULL);
	struct flow_reply r;

	cr_expect_not(doc_has(call_of(d, "VB-000001"), "name"), "nobody asked for names");
	cr_expect_eq(looks(), before);
	d = call(200, library, "GET", arena_printf(b.f.a, "%s?names=yes", path), NULL);
	cr_expect_str_eq(doc_str(call_of(d, "VB-000001"), "name"), "Anna Ros");
	cr_expect_not_null(strstr(doc_str(call_of(d, "VB-000001"), "phone"), "1740601"));
	/* a protected identity is a word, whoever asks; of the other zone not even a number is told */
	cr_expect_null(strstr(doc_str(call_of(d, "VB-000002"), "name"), "Disa"));
	cr_expect_not(doc_has(call_of(d, "VB-000002"), "phone"));
	cr_expect_not(doc_has(call_of(d, "VB-000003"), "borrower"));
	cr_expect_not(doc_has(call_of(d, "VB-000003"), "lent_loan"));
	cr_expect_eq(looks(), before + 1, "one person, one look");
	d = call(200, care, "GET", arena_printf(b.f.a, "%s?names=yes", path), NULL);
	cr_expect_str_eq(doc_str(call_of(d, "VB-000003"), "name"), "Olle Vård");
	cr_expect_not(doc_has(call_of(d, "VB-000001"), "borrower"));
	cr_expect_eq(looks(), before + 2);
	r = visit(&b, "GET", "/safety-notices/1/calls?names=yes&lent=yes&format=csv", NULL);
	cr_expect_not_null(strstr(r.body, "Anna Ros"));
	cr_expect_null(strstr(r.body, "Disa"));
	cr_expect_null(strstr(r.body, "Olle"));
	cr_expect_eq(looks(), before + 3, "another who looks");
	/* of things alone, the notice says that one is lent and no more */
	d = call(200, library, "GET", "/api/v1/safety-notices/1?lent=yes", NULL);
	cr_assert_gt(doc_list_size(doc_list(d, "items")), 0);
	for (size_t i = 0; i < doc_list_size(doc_list(d, "items")); i++) {
		const struct doc *row = doc_list_object(doc_list(d, "items"), i);

		cr_expect(doc_bool(row, "lent", false));
		cr_expect_not(doc_has(row, "lent_loan") || doc_has(row, "borrower") ||
			      doc_has(row, "due"));
	}
	/* names stand in no address: there is nothing to type them in */
	r = visit(&b, "GET", "/safety-notices/1/calls", NULL);
	cr_expect_null(strstr(r.body, "id=\"s-q\""));
	cr_expect_not_null(strstr(r.body, "data-live-on"));
	call(403, reader, "GET", path, NULL);
	call(403, token("it"), "GET", path, NULL);
	call(404, library, "GET", "/api/v1/safety-notices/77/calls", NULL);
}

Test(lists, the_first_page_names_sims_apart, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d = call(200, reader, "GET", "/api/v1/status", NULL);
	int64_t all, sims;
	char words[64];

	cr_assert_eq(doc_int(doc_object(d, "items"), "in_stock", &all), 0);
	cr_assert_eq(doc_int(doc_object(d, "sims"), "in_stock", &sims), 0);
	cr_expect_eq(sims, 2);
	snprintf(words, sizeof(words), "<span class=\"figure\">%lld</span> i lager", (long long)(all - sims));
	cr_expect_not_null(strstr(visit(&b, "GET", "/", NULL).body, words), "%s", words);
	cr_expect_not_null(strstr(visit(&b, "GET", "/", NULL).body, "och 2 SIM-kort"));
}
