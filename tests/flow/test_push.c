/* SPDX-License-Identifier: EUPL-1.2 */
/* What Apple's push service may answer, and that no iPad is lost by it. */
#include "tests/flow/flow.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdlib.h>
#include <time.h>

static struct flow f;
static struct ipad *p;

static void begin(void)
{
	f = (struct flow){0};
	setenv("LC_ALL", "C.UTF-8", 1);
	flow_start(&f);
	p = flow_ours(&f, 7, NULL);
}

static void end(void)
{
	cr_expect(ipad_state(p)->enrolled);
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
	flow_stop(&f);
}

/* --- waiting for the stand-in to have been asked --- */

struct count {
	uint64_t requests, accepted; /* more than these */
};

static struct count counted(void)
{
	struct push_service_counts n;

	push_service_get_counts(f.push, &n);
	return (struct count){n.requests, n.accepted};
}

static bool asked(void *arg)
{
	return counted().requests > ((struct count *)arg)->requests;
}

static bool accepted(void *arg)
{
	return counted().accepted > ((struct count *)arg)->accepted;
}

static void add(void)
{
	FLOW_EXPECT(&f, 0, "device", "command", flow_serial(p), "--ask",
		"{\"request\":\"ProfileList\"}");
}

static void add_and_expect(const char *name)
{
	struct count before = counted();

	add();
	cr_expect(flow_until(accepted, &before), "%s: no push afterwards\n%s", name, flow_log(&f));
	cr_assert_eq(ipad_wake(p), 0, "%s: %s", name, ipad_why(p));
}

struct told {
	const char *words, *last;
};

static bool why_says(void *arg)
{
	struct told *t = arg;

	t->last = FLOW_EXPECT(&f, 0, "device", "why", flow_serial(p));
	return strstr(t->last, t->words) != NULL;
}

static void expect_why(const char *name, const char *words)
{
	struct told t = {.words = words};

	cr_expect(flow_until(why_says, &t), "%s: %s", name, t.last);
}

/* --- one push refused --- */

static const struct {
	int status;
	const char *reason;
	int dead_since_s; /* timestamp of a 410, from now */
	unsigned retry_after_s;
	const char *why;
	bool again; /* tried anew by itself */
} answers[] = {
	{429, "TooManyRequests", 0, 1, "could not be reached (TooManyRequests", true},
	{503, "ServiceUnavailable", 0, 1, "could not be reached (ServiceUnavailable", true},
	{500, "InternalServerError", 0, 0, "InternalServerError", false},
	{400, "BadDeviceToken", 0, 0, "is dead (BadDeviceToken", false},
	{400, "DeviceTokenNotForTopic", 0, 0, "does not belong to this enrolment", false},
	{410, "Unregistered", 3600, 0, "is dead (Unregistered", false},
	{410, "Unregistered", -86400, 0, "could not be reached (Unregistered", false},
	{400, "BadPriority", 0, 0, "the fault is ours", false},
	{418, "SomethingNew", 0, 0, "SomethingNew", false},
};

static void refuse_one(size_t i)
{
	struct push_service_faults faults = {.every = 1};
	struct count before = counted();

	faults.answer = (struct push_service_answer){answers[i].status, answers[i].reason,
		answers[i].dead_since_s ? (clock_now() + answers[i].dead_since_s) * 1000 : 0,
		answers[i].retry_after_s};
	push_service_set_faults(f.push, &faults);
	add();
	cr_assert(flow_until(asked, &before), "%s", answers[i].reason);
	expect_why(answers[i].reason, answers[i].why);
	push_service_set_faults(f.push, &(struct push_service_faults){0});
	if (answers[i].again)
		cr_expect(flow_until(accepted, &before), "%s: not tried again", answers[i].reason);
	/* Whatever Apple thinks of its address: an iPad that calls is served. */
	cr_expect_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	add_and_expect(answers[i].reason);
}

Test(push, a_refusal_ends_nothing, .timeout = 300, .init = begin, .fini = end)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		refuse_one(i);
}

/* --- our certificate --- */

static const char *import(const char *topic, int days, const char *sentence, int status)
{
	char *cert, *key;
	const char *cert_path, *key_path;

	cr_assert_eq(push_service_make_client(&f.certs, topic, days, NULL, &cert, &key), 0);
	cert_path = flow_file(&f, "new.pem", cert);
	key_path = flow_file(&f, "new.key", key);
	free(cert);
	free(key);
	if (!sentence)
		return FLOW_EXPECT(&f, status, "push-cert", "import", cert_path, "--key", key_path);
	return FLOW_EXPECT(&f, status, "push-cert", "import", cert_path, "--key", key_path,
		"--accept-loss", sentence);
}

Test(push, a_refused_certificate_is_replaced_without_restart, .timeout = 300, .init = begin,
	.fini = end)
{
	const struct timespec moment = {.tv_nsec = 300 * 1000 * 1000};
	struct push_service_faults faults = {
		.every = 1, .answer = {.status = 403, .reason = "BadCertificate"}};
	struct count before = counted();

	push_service_set_faults(f.push, &faults);
	add();
	cr_assert(flow_until(asked, &before));
	expect_why("BadCertificate", "does not accept our push certificate (BadCertificate)");
	push_service_set_faults(f.push, &(struct push_service_faults){0});
	nanosleep(&moment, NULL);
	before = counted();
	add();
	nanosleep(&moment, NULL);
	cr_expect_eq(counted().requests, before.requests, "all stands still until it is replaced");
	import(f.topic, 365, NULL, 0);
	cr_expect(flow_until(accepted, &before), "not taken into use\n%s", flow_log(&f));
	cr_assert_eq(ipad_wake(p), 0);
}

Test(push, another_topic_needs_the_sentence, .timeout = 300, .init = begin, .fini = end)
{
	const char *other = "com.apple.mgmt.External.ffffffff-0000-4000-8000-00000000000f";

	import(other, 365, NULL, 3);
	import(other, 365, "yes", 3);
	import(other, 365, "I give up 2 iPads", 3);
	import(f.topic, -1, NULL, 3);
	cr_expect_str_eq(doc_str(FLOW_JSON(&f, "push-cert", "show"), "topic"), f.topic);
	add_and_expect("after refusals");
	import(other, 365, "I give up 1 iPads", 0);
	add();
	expect_why("another topic", "does not belong to this enrolment");
	import(f.topic, 365, NULL, 0);
	add_and_expect("the right one again");
}

/* --- the line to Apple --- */

Test(push, the_connection_may_end_in_any_way, .timeout = 300, .init = begin, .fini = end)
{
	static const struct push_service_faults rows[] = {
		{.goaway_after = 1},
		{.goaway_after = 1, .goaway_reason = "IdleTimeout"},
		{.goaway_after = 1, .goaway_lost = 1, .goaway_reason = "Shutdown"},
		{.reset_after = 1},
		{.refuse = 2},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct count before = counted();

		push_service_set_faults(f.push, &rows[i]);
		add();
		flow_until(asked, &before);
		cr_assert_eq(ipad_wake(p), 0);
		push_service_set_faults(f.push, &(struct push_service_faults){0});
		add_and_expect(arena_printf(f.a, "connection fault %zu", i));
	}
}

/* Its stand-in goes away, and comes back at the same place. */
Test(push, apple_is_down_and_comes_back, .timeout = 300, .init = begin, .fini = end)
{
	struct push_service_options o = {.port = push_service_port(f.push),
		.ca_pem = f.certs.ca_pem,
		.cert_pem = f.certs.server_cert_pem,
		.key_pem = f.certs.server_key_pem};
	struct count none = {0};

	push_service_stop(f.push);
	f.push = NULL;
	add();
	cr_assert_eq(push_service_start(&o, &f.push), 0);
	cr_expect(flow_until(accepted, &none), "not tried again\n%s", flow_log(&f));
	cr_assert_eq(ipad_wake(p), 0);
}
