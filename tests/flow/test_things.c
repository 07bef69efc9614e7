/* SPDX-License-Identifier: EUPL-1.2 */
/* Things over real HTTP and the command line: from the catalogue to a kit that came back short. */
#include "tests/flow/callers.h"

static const char *reader;

static void begin(void)
{
	lending_desk();
	reader = token("reader");
	FLOW_EXPECT(&b.f, 0, "place", "add", "buss", "Bussen", "--kind", "bus");
}

static const char *first_of(struct doc *d, const char *list, const char *key)
{
	return doc_str(doc_list_object(doc_list(d, list), 0), key);
}

/* A recall by the day of making or by lot: what nobody wrote down is read from the label, not passed over. */
static void unknown_is_found_where_the_product_is_known(void)
{
	struct doc *d;

	call(200, library, "POST", "/api/v1/items/VB-000001", "{\"lot\":\"L7\",\"made_day\":\"2025-03-01\"}");
	call(200, library, "POST", "/api/v1/safety-notices",
		"{\"title\":\"Laddaren\",\"product\":\"tradlos-ringklocka\",\"lot\":\"L7\",\"made_from\":\"2025-01-01\"}");
	d = call(200, reader, "GET", "/api/v1/safety-notices/1", NULL);
	cr_assert_eq(doc_list_size(doc_list(d, "items")), 2);
	for (size_t i = 0; i < 2; i++) {
		const struct doc *hit = doc_list_object(doc_list(d, "items"), i);

		cr_expect_eq(doc_bool(hit, "unsure", false), text_equal(doc_str(hit, "serial"), "VB-000002"));
	}
	d = call(200, reader, "GET", "/api/v1/safety-notices/1?check=yes", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "items")), 1);
	/* of no product: it would be every thing there is */
	call(200, library, "POST", "/api/v1/safety-notices", "{\"title\":\"Sats\",\"lot\":\"L8\"}");
	d = call(200, reader, "GET", "/api/v1/safety-notices/2", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "items")), 0);
}

Test(things, a_librarian_adds_finds_counts_and_mends, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d;
	int64_t next = 0;

	d = call(200, library, "POST", "/api/v1/items",
		"{\"product\":\"tradlos-ringklocka\",\"place\":\"disk\",\"count\":2}");
	cr_assert_str_eq(doc_list_str(doc_list(d, "serials"), 1), "VB-000002");
	call(200, library, "POST", "/api/v1/items/VB-000001/codes",
		"{\"kind\":\"gs1\",\"code\":\"04006381333931/ABC\"}");
	d = call(200, reader, "GET", "/api/v1/search?q=04006381333931%2FABC", NULL);
	d = call(200, reader, "GET", "/api/v1/search?q=rinklocka", NULL);
	cr_expect_str_eq(first_of(d, "found", "id"), "tradlos-ringklocka");
	d = call(200, reader, "GET", "/api/v1/search?q=vb-2", NULL);
	cr_expect_str_eq(first_of(d, "found", "id"), "VB-000002");
	call(200, library, "POST", "/api/v1/items/VB-000001",
		"{\"condition\":\"worn\",\"note\":\"repa\"}");
	cr_expect_str_eq(
		doc_str(call(200, reader, "GET", "/api/v1/items/VB-000001", NULL), "condition"),
		"worn");

	call(200, library, "POST", "/api/v1/items/VB-000001/parts", "{}");
	call(200, library, "POST", "/api/v1/items/VB-000001/parts/count",
		"{\"parts\":[{\"position\":2,\"present\":0,\"note\":\"mottagaren saknas\"}]}");
	d = call(200, reader, "GET", "/api/v1/items/VB-000001/parts", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "parts")), 3);
	refused(library, "/api/v1/items/VB-000001/parts", "{}", "kit.begun");

	call(200, library, "POST", "/api/v1/items/VB-000002/send", "{\"to\":\"buss\"}");
	d = call(200, reader, "GET", "/api/v1/transfers?to=buss", NULL);
	cr_expect_str_eq(first_of(d, "transfers", "serial"), "VB-000002");
	cr_expect_null(doc_value(d, "next"), "that was all");
	d = call(200, reader, "GET", "/api/v1/transfers?most=1", NULL);
	cr_expect_eq(doc_int(d, "next", &next), 0, "a full piece says where the next begins");
	d = call(200, reader, "GET",
		arena_printf(b.f.a, "/api/v1/transfers?most=1&after=%d", (int)next), NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "transfers")), 0);
	call(200, library, "POST", "/api/v1/items/VB-000002/arrive", "{\"place\":\"buss\"}");
	refused(library, "/api/v1/items/VB-000002/arrive", "{\"place\":\"buss\"}",
		"transfer.not-in-transit");

	d = call(200, library, "POST", "/api/v1/items/VB-000002/faults", "{\"symptom\":\"tyst\"}");
	cr_expect_str_eq(doc_str(d, "fault"), "1");
	refused(library, "/api/v1/faults/1", "{\"state\":\"closed\"}", "fault.outcome-needed");
	call(200, library, "POST", "/api/v1/faults/1",
		"{\"state\":\"closed\",\"outcome\":\"nytt batteri\"}");
	call(403, reader, "POST", "/api/v1/items/VB-000002/faults", "{\"symptom\":\"tyst\"}");
	refused(library, "/api/v1/items/VB-000002/photos", "no picture at all", "photo.bad");

	unknown_is_found_where_the_product_is_known();
	d = call(200, library, "POST", "/api/v1/safety-notices",
		"{\"title\":\"Blir varm\",\"product\":\"tradlos-ringklocka\",\"stop\":true}");
	d = call(200, reader, "GET", "/api/v1/safety-notices/3", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "items")), 2);
	refused(library, "/api/v1/safety-notices/3/close", NULL, "notice.left");
	call(200, library, "POST", "/api/v1/safety-notices/3/items/VB-000001", "{}");
	FLOW_EXPECT(&b.f, 0, "notice", "handle", "3", "VB-000002");
	call(200, library, "POST", "/api/v1/safety-notices/3/close", NULL);
	cr_expect_str_eq(
		doc_str(call(200, reader, "GET", "/api/v1/items/VB-000002", NULL), "state"),
		"stopped");
}

Test(things, what_is_wrong_is_said_by_field_and_nothing_is_changed, .timeout = 300, .init = begin,
	.fini = end)
{
	static const struct {
		const char *path, *body, *field;
	} cases[] = {
		{"/api/v1/items", "{\"count\":0}", "count"},
		{"/api/v1/items", "{\"nosuch\":1}", "nosuch"},
		{"/api/v1/items", "{\"state\":\"gone\"}", "state"},
		{"/api/v1/products", "{\"id\":\"x\",\"kind\":\"spaceship\"}", "kind"},
		{"/api/v1/products", "{\"name\":\"x\"}", "id"},
		{"/api/v1/products", "{\"id\":\"x\",\"price_ore\":-5}", "price_ore"},
		{"/api/v1/places/disk/closed", "{\"from\":\"jul\"}", "from"},
		{"/api/v1/safety-notices", "{\"title\":\"x\",\"made_from\":\"3 maj\"}",
			"made_from"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct doc *d = call(400, library, "POST", cases[i].path, cases[i].body);

		cr_expect_str_eq(doc_str(d, "field"), cases[i].field, "case %zu", i);
	}
	call(404, library, "GET", "/api/v1/products/nosuch", NULL);
	call(404, library, "GET", "/api/v1/photos/99", NULL);
	call(404, library, "GET", "/api/v1/photos/x", NULL);
}

/* The code is nowhere but in the answer to who asked with a reason. */
Test(things, a_pin_is_sealed_and_read_with_a_reason, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d;

	d = call(200, care, "POST", "/api/v1/sims",
		"{\"iccid\":\"8946071512360089522\",\"msisdn\":\"070-123 45 67\",\"pin\":\"7391\","
		"\"puk\":\"55667788\",\"operator\":\"Tele\",\"monthly_ore\":9900}");
	cr_assert_str_eq(doc_str(d, "serial"), "SIM-000001");
	d = call(200, care, "GET", "/api/v1/sims/46701234567", NULL);
	cr_expect(doc_bool(d, "has_pin", false));
	cr_expect_null(doc_str(d, "pin"));
	call(403, library, "POST", "/api/v1/sims/SIM-000001/codes", "{\"reason\":\"x\"}");
	call(409, care, "POST", "/api/v1/sims/SIM-000001/codes", "{}");
	d = call(200, care, "POST", "/api/v1/sims/SIM-000001/codes", "{\"reason\":\"ny platta\"}");
	cr_expect_str_eq(doc_str(d, "pin"), "7391");
	cr_expect_str_eq(doc_str(d, "puk"), "55667788");
	d = FLOW_JSON(&b.f, "audit", "--object", "SIM-000001");
	cr_expect_str_eq(first_of(d, "records", "act"), "sim.codes-read");
}

/* An iPad names the card in it, as the SIM itself does: its number is the SIM's, and at a desk the
 * iPad is meant. */
Test(things, a_cards_number_is_the_sims_own, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d;

	call(200, care, "POST", "/api/v1/items", "{\"serial\":\"DMPX000077Q1\"}");
	call(200, care, "POST", "/api/v1/sims", "{\"iccid\":\"8946071512360089522\"}");
	call(200, care, "POST", "/api/v1/items/DMPX000077Q1/parts",
		"{\"name\":\"SIM\",\"expected\":1,\"unit\":\"SIM-000001\"}");
	call(200, care, "POST", "/api/v1/items/DMPX000077Q1",
		"{\"sim\":\"8946071512360089522\"}");
	d = call(200, care, "GET", "/api/v1/sims/8946071512360089522", NULL);
	cr_expect_str_eq(doc_str(d, "serial"), "SIM-000001");
	cr_expect_str_eq(doc_str(d, "in_unit"), "DMPX000077Q1");
	d = call(200, care, "POST", "/api/v1/scan",
		"{\"desk\":\"d1\",\"code\":\"8946071512360089522\"}");
	cr_expect_not_null(strstr(doc_str(d, "text"), "DMPX000077Q1"), "%s", doc_str(d, "text"));
}

/* --- lists --- */

static size_t count_of(const char *query)
{
	const char *path = arena_printf(b.f.a, "/api/v1/items?%s", query);

	return doc_list_size(doc_list(call(200, reader, "GET", path, NULL), "items"));
}

Test(things, lists_are_sifted_sorted_and_fetched, .timeout = 300, .init = begin, .fini = end)
{
	static const char *const none[] = {"sort=colour", "sort=-product", "state=gone",
		"kind=horse", "sort=lease_ends&after=xyz"};
	struct flow_reply r;

	call(200, library, "POST", "/api/v1/items",
		"{\"product\":\"tradlos-ringklocka\",\"place\":\"disk\",\"count\":3}");
	call(200, library, "POST", "/api/v1/items",
		"{\"product\":\"sensorlampa\",\"place\":\"buss\",\"count\":2,\"note\":\"=1+1\"}");
	cr_expect_eq(count_of("product=sensorlampa"), 2);
	cr_expect_eq(count_of("place=disk&sort=-item_number"), 3);
	cr_expect_eq(count_of("place=disk&product=sensorlampa"), 0);
	cr_expect_eq(count_of("kind=thing&sort=product"), 5);
	cr_expect_eq(count_of("sort=-state&most=2"), 2);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		call(400, reader, "GET", arena_printf(b.f.a, "/api/v1/items?%s", none[i]), NULL);
	r = flow_call(&b.f, "GET", "/api/v1/items?format=csv", reader, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect(strstr(r.body, "\"'=1+1\""), "no formula: %s", r.body);
	r = flow_call(&b.f, "GET", "/api/v1/items?format=xlsx", reader, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect(strstr(r.head, "spreadsheetml"));
	cr_expect(strstr(r.head, "items.xlsx"));
}

Test(things, many_are_chosen_for_one_act, .timeout = 300, .init = begin, .fini = end)
{
	static const char path[] = "/api/v1/items/chosen";
	struct flow_reply r;
	struct doc *d;
	int64_t n = 0;

	call(200, library, "POST", "/api/v1/items",
		"{\"product\":\"tradlos-ringklocka\",\"place\":\"disk\",\"count\":3}");
	d = call(200, library, "POST", "/api/v1/items/chosen?preview=yes",
		"{\"act\":\"in_stock\",\"codes\":[\"VB-000001\",\"NOSUCH\"]}");
	cr_expect_eq(doc_int(d, "refused", &n), 0);
	cr_expect_eq(n, 2, "one is in stock already, one is not there");
	d = call(200, library, "POST", path,
		"{\"act\":\"move\",\"to\":\"buss\",\"codes\":[\"VB-000001\",\"VB-000002\",\"NOSUCH\"]}");
	cr_expect_eq(doc_int(d, "done", &n), 0);
	cr_expect_eq(n, 2);
	cr_expect_str_eq(first_of(d, "refused_items", "code"), "NOSUCH");
	cr_expect_eq(count_of("place=buss"), 2);
	r = flow_call(&b.f, "POST", path, library, "{\"act\":\"labels\",\"codes\":[\"VB-000001\"]}");
	cr_expect_eq(r.status, 200);
	cr_expect(strstr(r.head, "application/pdf"));
	call(403, reader, "POST", path, "{\"act\":\"labels\",\"codes\":[\"VB-000001\"]}");
	call(403, library, "POST", path,
		"{\"act\":\"group\",\"group\":\"x\",\"codes\":[\"VB-000001\"]}");
	call(400, library, "POST", path, "{\"act\":\"burn\",\"codes\":[\"VB-000001\"]}");
	call(400, library, "POST", path, "{\"act\":\"move\",\"codes\":[\"VB-000001\"]}");
	call(400, library, "POST", path, "{\"act\":\"labels\",\"codes\":[]}");
}
