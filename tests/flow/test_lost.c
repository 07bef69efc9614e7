/* SPDX-License-Identifier: EUPL-1.2 */
/* Lost while it is silent: weeks pass, and it is locked when it calls. */
#include "tests/flow/flow.h"

#define WEEK (7 * 86400)

static struct flow f;

static void begin(void)
{
	f = (struct flow){0};
	flow_start(&f);
}

static void end(void)
{
	flow_stop(&f);
}

TestSuite(lost, .init = begin, .fini = end, .timeout = 300);

static void clock_at(struct ipad *p, int64_t shift_s)
{
	flow_server_stop(&f);
	f.clock_shift_s = shift_s;
	flow_server_start(&f);
	ipad_clock_set(p, shift_s);
}

static const struct doc *lost_of(const char *serial)
{
	return doc_object(FLOW_JSON(&f, "device", "show", serial), "lost");
}

static const char *page_of(const char *path)
{
	const struct client_header headers[] = {
		{"Authorization", arena_printf(f.a, "Bearer %s", f.token)},
		{"Accept", "text/html"}, {"Accept-Language", "en"}};
	const struct client_request rq = {
		.method = "GET", .path = path, .headers = headers, .header_count = 3};

	return flow_ask(&f, f.staff_port, &rq).body;
}

static bool is_lost(void *arg)
{
	struct ipad *p = arg;

	return ipad_wake(p) == 0 && ipad_state(p)->lost;
}

Test(lost, silent_for_weeks_it_says_since_when_and_locks_when_it_calls)
{
	struct ipad *p = flow_ours(&f, 31, NULL);
	const char *serial = flow_serial(p), *said;

	clock_at(p, WEEK);
	said = FLOW_EXPECT(&f, 0, "device", "lost", serial);
	cr_expect_not_null(strstr(said, "Waits since"), "%s", said);
	cr_expect_str_eq(doc_str(lost_of(serial), "phase"), "wanted");
	cr_expect_not(text_empty(doc_str(lost_of(serial), "message")), "the house's words");
	clock_at(p, 6 * (int64_t)WEEK);
	cr_expect_str_eq(doc_str(lost_of(serial), "phase"), "wanted");
	said = doc_str(lost_of(serial), "waits");
	cr_assert_not_null(said);
	cr_expect_not_null(strstr(said, "It was last heard"), "%s", said);
	said = FLOW_EXPECT(&f, 0, "device", "show", serial);
	cr_expect_not_null(strstr(said, "Waits since"), "%s", said);
	said = page_of(arena_printf(f.a, "/devices/%s", serial));
	cr_expect_not_null(strstr(said, "Waits since"), "%s", said);
	cr_expect_not(ipad_state(p)->lost);
	cr_assert(flow_until(is_lost, p), "%s", flow_log(&f));
	cr_expect_str_eq(doc_str(lost_of(serial), "phase"), "on");
	cr_expect_null(doc_str(lost_of(serial), "waits"));
	said = FLOW_EXPECT(&f, 0, "item", "show", serial);
	cr_expect_not_null(strstr(said, "Locked as lost: done"), "%s", said);
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
	flow_expect_well(&f);
}

static void unsupervised(struct ipad_model *m)
{
	m->supervised = false;
}

Test(lost, one_that_is_not_supervised_is_told_the_truth)
{
	struct ipad *p = flow_ipad(&f, 32, NULL, unsupervised);
	const char *serial = flow_serial(p), *said;

	flow_own(&f, p);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/devices/%s/lost", serial), "{}");
	said = doc_str(lost_of(serial), "hindrance");
	cr_assert_not_null(said);
	cr_expect_not_null(strstr(said, "not supervised"), "%s", said);
	cr_expect_null(doc_str(lost_of(serial), "waits"));
	cr_expect_not(text_empty(doc_str(lost_of(serial), "message")), "the same words by the API");
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	said = FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen");
	cr_expect_not_null(strstr(said, "Lost Mode is not possible"), "%s", said);
	cr_expect_null(strstr(said, "follows when"), "%s", said);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_not(ipad_state(p)->lost);
	ipad_free(p);
}
