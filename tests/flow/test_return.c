/* SPDX-License-Identifier: EUPL-1.2 */
/* An iPad comes back: asked, unlocked, erased, proved, judged, and handed to the next. */
#include "tests/flow/flow.h"

#include "base/clock.h"

static struct flow f;
static struct ipad *p;
static const char *serial;

static void cellular(struct ipad_model *m)
{
	m->imei = "356789012345678";
	m->esim = true;
}

static void begin(void)
{
	f = (struct flow){0};
	flow_start(&f);
	p = flow_ipad(&f, 7, NULL, cellular);
	serial = flow_serial(p);
	flow_own(&f, p);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "on_loan");
}

static void end(void)
{
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
	flow_stop(&f);
}

static struct doc *back(void)
{
	return flow_api(
		&f, 200, "GET", arena_printf(f.a, "/api/v1/devices/%s/return", serial), NULL);
}

static void expect(const char *phase, const char *proof)
{
	struct doc *d = back();

	cr_expect_str_eq(doc_str(d, "phase"), phase, "%s", doc_str(d, "text"));
	cr_expect_str_eq(doc_str(d, "proof"), proof, "%s", doc_str(d, "text"));
}

static bool wake_until_erased(void *arg)
{
	return ipad_wake(p) == 0 && ipad_counters(p)->erases > 0;
}

static const char *finish(int status, const char *body)
{
	struct doc *d = flow_api(&f, status, "POST",
		arena_printf(f.a, "/api/v1/devices/%s/return/finish", serial), body);

	return doc_str(d, "code");
}

Test(back, into_service_and_to_the_next_borrower, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d;

	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/devices/%s/returned", serial),
		"{\"erase\":\"yes\",\"preserve_data_plan\":\"yes\",\"return_to_service\":\"yes\","
		"\"wifi_profile\":\"PHBsaXN0Lz4=\"}");
	expect("asking", "none");
	FLOW_EXPECT(&f, 3, "item", "mark", serial, "on_loan");
	cr_expect_str_eq(finish(409, "{\"verdict\":\"lend\"}"), "return.unproved");
	cr_assert(flow_until(wake_until_erased, NULL), "%s\n%s", ipad_why(p), flow_log(&f));
	expect("erased", "said");
	cr_expect(ipad_state(p)->kept_plan && !ipad_state(p)->plan_lost);
	cr_assert_eq(ipad_work(p), 0, "it enrols by itself: %s\n%s", ipad_why(p), flow_log(&f));
	cr_assert(ipad_state(p)->enrolled);
	expect("judging", "back");
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	d = back();
	cr_expect_str_eq(doc_str(doc_object(d, "advice"), "verdict"), "lend");
	d = FLOW_JSON(&f, "return", "list");
	cr_expect_eq(doc_list_size(doc_list(d, "returns")), 1);
	cr_expect_null(finish(200, "{\"verdict\":\"lend\",\"note\":\"utan repor\"}"));
	cr_expect_str_eq(finish(409, "{\"verdict\":\"lend\"}"), "return.none");
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "on_loan");
	d = FLOW_JSON(&f, "return", "show", serial);
	cr_expect_str_eq(doc_str(d, "verdict"), "lend");
	cr_expect(text_starts(doc_str(d, "closed_by"), "token:"));
}

/* Is this slot wanted on it, or known to be there? */
static bool has(const char *kind, const char *id)
{
	const struct doc *list = doc_list(
		flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/devices/%s/desired", serial),
			NULL),
		"desired");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *d = doc_list_object(list, i);

		if (text_equal(doc_str(d, "kind"), kind) && text_equal(doc_str(d, "id"), id))
			return true;
	}
	return false;
}

/* The preset made for one person, and a link to her alone that waits for its day. Its id. */
static const char *put_own(void)
{
	char day[CLOCK_TEXT];

	clock_format_utc(clock_now() + 86400, day);
	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/devices/%s/preset", serial),
		"{\"small_text\":\"no\",\"hands\":\"yes\"}");
	FLOW_EXPECT(&f, 0, "desired", "put", "profile", "lock-screen", "--item", serial, "--spec",
		"{\"type\":\"lock-screen\",\"footnote\":\"033-35 70 00\"}");
	return doc_str(
		flow_api(&f, 201, "POST", "/api/v1/mailings",
			arena_printf(f.a,
				"{\"kind\":\"link\",\"item\":\"%s\",\"title\":\"Till Anna\","
				"\"url\":\"https://anna.example.se/\",\"at\":\"%s\"}",
				serial, day)),
		"id");
}

Test(back, the_next_borrower_inherits_nothing, .timeout = 300, .init = begin, .fini = end)
{
	const char *sent = put_own();
	struct doc *d;

	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/devices/%s/returned", serial),
		"{\"erase\":\"yes\",\"preserve_data_plan\":\"yes\",\"return_to_service\":\"yes\"}");
	cr_expect(has("setting", "accessibility"), "not erased yet");
	cr_assert(flow_until(wake_until_erased, NULL), "%s\n%s", ipad_why(p), flow_log(&f));
	cr_expect_not_null(doc_str(back(), "cleaned"));
	cr_assert_eq(ipad_work(p), 0, "it enrols by itself: %s\n%s", ipad_why(p), flow_log(&f));
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_null(finish(200, "{\"verdict\":\"lend\"}"));
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "on_loan");
	cr_expect_not(has("setting", "accessibility"));
	cr_expect(has("profile", "lock-screen"), "the iPad's own words");
	d = flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/mailings/%s", sent), NULL);
	cr_expect_str_eq(doc_str(d, "state"), "withdrawn");
	cr_expect(doc_bool(d, "returned", false));
	flow_expect_well(&f);
}

Test(back, without_service_a_person_looks, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d;

	FLOW_EXPECT(&f, 2, "return", "finish", serial, "sell");
	FLOW_EXPECT(&f, 4, "return", "show", serial);
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "returned", "--erase", "yes",
		"--preserve-data-plan", "no");
	FLOW_EXPECT(&f, 0, "return", "go", serial);
	FLOW_EXPECT(&f, 3, "return", "go", serial);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_eq(ipad_counters(p)->erases, 1);
	cr_expect(ipad_state(p)->plan_lost);
	expect("erased", "said");
	FLOW_EXPECT(&f, 0, "return", "finish", serial, "lessor", "--note", "i kartong");
	d = FLOW_JSON(&f, "item", "show", serial);
	cr_expect_str_eq(doc_str(d, "state"), "returned_to_lessor");
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "history"), 0), "kind"), "return");
	flow_api(&f, 400, "GET", "/api/v1/returns?after=nonsense", NULL);
	cr_expect_eq(doc_list_size(doc_list(
			     flow_api(&f, 200, "GET", "/api/v1/returns", NULL), "returns")),
		0);
}

/* Found after it was lost: Lost Mode ends before it is erased. */
Test(back, a_lost_one_that_came_back, .timeout = 300, .init = begin, .fini = end)
{
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--phone", "033");
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(ipad_state(p)->lost);
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "returned", "--erase", "yes",
		"--preserve-data-plan", "yes");
	cr_assert(flow_until(wake_until_erased, NULL), "%s\n%s", ipad_why(p), flow_log(&f));
	expect("erased", "said");
	FLOW_EXPECT(&f, 0, "return", "finish", serial, "repair");
}

/* What it reported of battery and parts while it was lent is in the verdict when it comes back. */
Test(back, worn_battery_and_foreign_parts, .timeout = 300, .fini = end)
{
	static const char report[] =
		"{\"StatusItems\":{\"device\":{\"power\":{\"battery-health\":"
		"\"service-recommended\"},\"system\":{\"health\":{\"Display\":\"non-genuine\","
		"\"FaceID\":\"error\",\"Camera\":\"ok\"}}}},\"Errors\":[]}";
	struct doc *d, *advice;
	const char *said;
	int status = 0;

	f = (struct flow){.set = {"mdm.reports=true"}};
	flow_start(&f);
	p = flow_ipad(&f, 7, NULL, cellular);
	serial = flow_serial(p);
	flow_own(&f, p);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_str_eq(ipad_declaration_type(p, "se.hylla.mdm.declaration._status"),
		"com.apple.configuration.management.status-subscriptions");
	cr_assert_eq(ipad_status_send(p, report, &status), 0);
	cr_assert_eq(status, 200);
	said = FLOW_EXPECT(&f, 0, "device", "show", serial);
	cr_expect(
		strstr(said, "wants service") && strstr(said, "Display: not Apple's"), "%s", said);
	d = flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/devices/%s", serial), NULL);
	cr_expect_geq(doc_list_size(doc_list(doc_object(d, "report"), "items")), 2);
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "on_loan");
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "returned", "--erase", "yes",
		"--preserve-data-plan", "no");
	cr_assert(flow_until(wake_until_erased, NULL), "%s", ipad_why(p));
	d = back();
	cr_expect_str_eq(doc_str(d, "battery_health"), "service-recommended");
	cr_expect_str_eq(doc_str(d, "faulty_parts"), "Display FaceID");
	advice = doc_object(d, "advice");
	cr_expect_str_eq(doc_str(advice, "verdict"), "repair");
	cr_expect_geq(doc_list_size(doc_list(advice, "why")), 2);
	FLOW_EXPECT(&f, 0, "return", "finish", serial, "repair");
}
