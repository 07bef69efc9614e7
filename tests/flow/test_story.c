/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The life of one leased iPad, told once from the box to the next borrower: each chapter is what
 * staff do, and what they then see by command line, API and history.
 */
#include "tests/flow/flow.h"

#include "tests/fake/device_assignment.h"
#include "tests/unit/mdm/books.h"

#include <stdio.h>

static struct flow f;
static struct device_assignment *da;
static struct ipad *p;
static const char *serial;
static char settings[2][160];
static bool reporting; /* its iPadOS tells of itself without being asked each time */

static void cellular(struct ipad_model *m)
{
	m->imei = "356789012345678";
	m->esim = true;
}

static void begin_so(const char *reports)
{
	cr_assert_eq(device_assignment_start(0, &da), 0);
	snprintf(settings[0], sizeof(settings[0]), "ade.url=%s", device_assignment_url(da));
	snprintf(settings[1], sizeof(settings[1]), "ade.unlock_url=%s", device_assignment_url(da));
	f = (struct flow){.set = {settings[0], settings[1], "ade.device_ca=device_ca.pem",
				  "mailing.quiet=", "public.url=https://ipad.example.se", reports}};
	flow_start(&f);
	flow_file(&f, "device_ca.pem", device_assignment_ca(da));
	p = flow_ipad(&f, 3, NULL, cellular);
	serial = flow_serial(p);
}

static void begin(void)
{
	begin_so(NULL);
}

static void begin_reporting(void)
{
	reporting = true;
	begin_so("mdm.reports=true");
}

static void end(void)
{
	flow_expect_well(&f);
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
	flow_stop(&f);
	device_assignment_stop(da);
}

static struct doc *of_item(const char *what)
{
	return flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/%s/%s", what, serial), NULL);
}

static void expect_state(const char *state)
{
	cr_expect_str_eq(doc_str(of_item("items"), "state"), state);
	cr_expect_str_eq(doc_str(FLOW_JSON(&f, "item", "show", serial), "state"), state);
}

static struct device_assignment_status at_apple(void)
{
	struct device_assignment_status s;

	cr_assert_eq(device_assignment_status(da, f.a, serial, &s), 0);
	return s;
}

static bool has_profile(void *arg)
{
	(void)arg;
	return at_apple().profile != NULL;
}

static bool is_locked(void *arg)
{
	(void)arg;
	return at_apple().locked;
}

static bool is_open(void *arg)
{
	(void)arg;
	return !at_apple().locked;
}

static bool let_out(void *arg)
{
	(void)arg;
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	return !ipad_state(p)->awaiting;
}

static bool is_subscribed(void *arg)
{
	const char *type;

	(void)arg;
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	type = ipad_declaration_type(p, "se.hylla.mdm.declaration._status");
	return type && text_equal(type, "com.apple.configuration.management.status-subscriptions");
}

/* Where reports are on, it was told what to report, and does. */
static void it_reports(void)
{
	int status = 0;

	if (!reporting)
		return;
	cr_assert(flow_until(is_subscribed, NULL), "%s", flow_log(&f));
	cr_assert_eq(ipad_status_send(p, NULL, &status), 0, "%s", ipad_why(p));
	cr_expect_eq(status, 200);
	cr_expect_geq(doc_list_size(doc_list(doc_object(of_item("devices"), "report"), "items")), 1,
		"%s", flow_log(&f));
}

/* --- the chapters --- */

static void the_box_is_opened(void)
{
	const char *pem = doc_str(FLOW_JSON(&f, "ade", "key"), "certificate");
	const char *token = device_assignment_token(da, f.a, pem, 365);
	const struct assigned_device d = {.serial = serial,
		.model = "iPad (10th generation)",
		.description = "IPAD 10.9 64GB",
		.color = "SILVER",
		.imei = "356789012345678"};

	FLOW_EXPECT(&f, 0, "ade", "token", flow_file(&f, "token.p7m", token));
	device_assignment_add(da, &d);
	FLOW_EXPECT(&f, 0, "ade", "sync");
	expect_state("delivered");
	cr_assert(flow_until(has_profile, NULL));
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s\n%s", ipad_why(p), flow_log(&f));
	cr_expect(ipad_state(p)->awaiting, "it waits at the gate");
	cr_assert(flow_until(let_out, NULL), "%s", flow_log(&f));
	it_reports();
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "in_stock");
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "on_loan");
	expect_state("on_loan");
}

static bool has_both(void *arg)
{
	const unsigned *before = arg;
	size_t bytes = 0;
	const char *book;

	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	book = ipad_book_state(p, NULL, &bytes);
	return ipad_state(p)->profiles > *before && book && text_equal(book, "Managed") &&
	       bytes == strlen(BOOK_PDF);
}

static void a_survey_and_a_book(void)
{
	unsigned before = ipad_state(p)->profiles;

	flow_api(&f, 201, "POST", "/api/v1/mailings",
		"{\"kind\":\"survey\",\"group\":\"all\",\"title\":\"Höstens enkät\","
		"\"url\":\"https://enkat.example.se/host\"}");
	FLOW_EXPECT(&f, 0, "mailing", "send", "media", "--item", serial, "--title", "Handbok",
		"--file", flow_file(&f, "handbok.pdf", BOOK_PDF));
	cr_assert(flow_until(has_both, &before), "%s", flow_log(&f));
}

/* It is gone, the finder erases it, and it asks for its profile again like any iPad of ours. */
static void gone_and_erased(void)
{
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--message", "Hör av dig");
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(ipad_state(p)->lost);
	FLOW_EXPECT(&f, 0, "device", "erase", serial, "--preserve-data-plan", "yes",
		"--return-to-service", "no");
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_not(ipad_state(p)->enrolled);
	cr_assert_not(ipad_state(p)->lost);
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s\n%s", ipad_why(p), flow_log(&f));
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect(ipad_state(p)->lost, "back, and in Lost Mode before it was let in");
	expect_state("lost");
}

/* Now it is known to be stolen: whoever erases it again does not get past Apple. */
static void stolen_and_found(void)
{
	struct ipad *erased;

	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen", "--message", "Hör av dig");
	cr_assert(flow_until(is_locked, NULL));
	expect_state("stolen");
	erased = flow_ipad(&f, 3, NULL, cellular);
	cr_expect_eq(ipad_enrol_assigned(erased, da), ERR_DENIED);
	ipad_free(erased);
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	cr_assert(flow_until(is_open, NULL));
	cr_assert(flow_until(let_out, NULL));
	cr_expect_not(ipad_state(p)->lost);
	it_reports();
	expect_state("on_loan");
}

static bool wake_until_erased(void *arg)
{
	const uint64_t *before = arg;

	return ipad_wake(p) == 0 && ipad_counters(p)->erases > *before;
}

static void returned_and_handed_on(void)
{
	uint64_t before = ipad_counters(p)->erases;

	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/devices/%s/returned", serial),
		"{\"erase\":\"yes\",\"preserve_data_plan\":\"yes\",\"return_to_service\":\"yes\","
		"\"wifi_profile\":\"PHBsaXN0Lz4=\"}");
	cr_assert(flow_until(wake_until_erased, &before), "%s\n%s", ipad_why(p), flow_log(&f));
	cr_assert_eq(ipad_work(p), 0, "it enrols by itself: %s\n%s", ipad_why(p), flow_log(&f));
	cr_assert(ipad_state(p)->enrolled);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	it_reports();
	FLOW_EXPECT(&f, 0, "return", "finish", serial, "lend");
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "on_loan");
	expect_state("on_loan");
}

static size_t told(const struct doc *history, const char *kind)
{
	size_t n = 0;

	for (size_t i = 0; i < doc_list_size(history); i++)
		n += text_equal(doc_str(doc_list_object(history, i), "kind"), kind);
	return n;
}

static void told_from_the_box_on(void)
{
	const struct doc *history;

	the_box_is_opened();
	a_survey_and_a_book();
	gone_and_erased();
	stolen_and_found();
	returned_and_handed_on();
	history = doc_list(FLOW_JSON(&f, "item", "show", serial), "history");
	cr_expect_geq(told(history, "enrolled"), 3, "the box, after the finder, after the return");
	cr_expect_geq(told(history, "state"), 6);
	cr_expect_geq(told(history, "return"), 1);
}

Test(story, from_the_box_to_the_next_borrower, .timeout = 600, .init = begin, .fini = end)
{
	told_from_the_box_on();
}

Test(story, the_same_of_one_that_reports_its_state, .timeout = 600, .init = begin_reporting,
	.fini = end)
{
	told_from_the_box_on();
}
