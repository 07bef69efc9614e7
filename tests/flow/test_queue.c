/* SPDX-License-Identifier: EUPL-1.2 */
/* The line of one iPad: order, not now, cancelling, growing old, and answers that are no answers.
 */
#include "base/text.h"

#include <stdlib.h>
#include <time.h>

#include "tests/flow/one_ipad.h"

static const char *ask(const char *json)
{
	return doc_str(FLOW_JSON(&f, "device", "command", serial, "--ask", json), "uuid");
}

static size_t waiting(void)
{
	return doc_list_size(doc_list(FLOW_JSON(&f, "device", "why", serial), "queue"));
}

static const struct doc *command(const char *uuid)
{
	return flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/commands/%s", uuid), NULL);
}

static void expect_state(const char *uuid, const char *state)
{
	const struct doc *d = command(uuid);

	cr_expect_str_eq(doc_str(d, "state"), state, "%s: %s", doc_str(d, "request_type"),
		doc_str(d, "why"));
}

/* "device why" in each language, as a colleague in each country would read it. */
static void expect_why(const char *const said[3])
{
	static const char *const langs[] = {"sv_SE.UTF-8", "fi_FI.UTF-8", "en_GB.UTF-8"};

	for (size_t i = 0; i < 3; i++) {
		const char *out;

		setenv("LC_ALL", langs[i], 1);
		out = FLOW_EXPECT(&f, 0, "device", "why", serial);
		cr_expect_not_null(strstr(out, said[i]), "%s: %s", langs[i], out);
	}
	unsetenv("LC_ALL");
}

#define PLIST(body)                                                                    \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict>" body \
	"</dict></plist>"
#define REQUEST(type) "<key>RequestType</key><string>" type "</string>"

/* --- a locked iPad --- */

Test(queue, not_now_waits_and_the_ipad_asks_again, .timeout = 300, .init = begin, .fini = end)
{
	const char *settings, *info;
	uint64_t commands;

	ipad_lock(p);
	info = ask("{\"request\":\"CertificateList\"}");
	settings = ask("{\"request\":\"DeviceInformation\"}");
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	expect_state(settings, "acknowledged");
	cr_expect_eq(ipad_counters(p)->not_now, 1, "handed out once in a session");
	expect_why((const char *const[]){"låst", "lukittu", "locked"});
	cr_expect_eq(waiting(), 1);
	commands = ipad_counters(p)->commands;
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_eq(ipad_counters(p)->commands, commands + 1, "tried once more in a new session");
	ipad_unlock(p);
	cr_expect(ipad_has_work(p), "NotNow was its last word: it calls by itself");
	cr_assert_eq(ipad_work(p), 0, "%s", ipad_why(p));
	expect_state(info, "acknowledged");
	cr_expect_eq(waiting(), 0);
}

Test(queue, keeps_its_order, .timeout = 300, .init = begin, .fini = end)
{
	static const char *const asks[] = {"{\"request\":\"SecurityInfo\"}",
		"{\"request\":\"ProfileList\"}", "{\"request\":\"CertificateList\"}",
		"{\"request\":\"Settings\",\"device_name\":\"Lånepadda 7\"}"};
	const char *uuids[4];
	const struct doc *list;

	for (size_t i = 0; i < 4; i++)
		uuids[i] = ask(asks[i]);
	list = FLOW_JSON(&f, "device", "why", serial);
	for (size_t i = 0; i < 4; i++)
		cr_expect_str_eq(
			doc_str(doc_list_object(doc_list(list, "queue"), i), "uuid"), uuids[i]);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	list = FLOW_JSON(&f, "device", "show", serial);
	for (size_t i = 0; i < 4; i++)
		cr_expect_str_eq(doc_str(doc_list_object(doc_list(list, "done"), i), "uuid"),
			uuids[3 - i], "newest first");
	cr_expect_str_eq(ipad_state(p)->name, "Lånepadda 7");
}

Test(queue, a_command_is_cancelled_or_grows_old, .timeout = 300, .init = begin, .fini = end)
{
	const char *cancelled = ask("{\"request\":\"SecurityInfo\"}");
	const char *old = ask("{\"request\":\"ProfileList\",\"life\":\"60s\"}");
	const char *fresh = ask("{\"request\":\"CertificateList\"}");

	FLOW_EXPECT(&f, 0, "device", "cancel", cancelled);
	FLOW_EXPECT(&f, 3, "device", "cancel", cancelled);
	FLOW_EXPECT(&f, 4, "device", "cancel", "00000000-0000-4000-8000-000000000000");
	flow_server_stop(&f);
	f.clock_shift_s = 120;
	flow_server_start(&f);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	expect_state(cancelled, "cancelled");
	expect_state(fresh, "acknowledged");
	cr_expect_neq(
		strcmp(doc_str(command(old), "state"), "acknowledged"), 0, "was given too late");
	FLOW_EXPECT(&f, 3, "device", "cancel", fresh);
}

/* --- what is refused before it stands in line --- */

static const struct {
	const char *name;
	const char *plist; /* or */
	const char *ask;
	int status;
	const char *says;
} refusals[] = {
	{"erase without choices", NULL, "{\"request\":\"EraseDevice\"}", 3, "eSIM"},
	{"erase with one choice", NULL, "{\"request\":\"EraseDevice\",\"preserve_data_plan\":true}",
		3, "eSIM"},
	{"usage of apps", PLIST(REQUEST("InstalledApplicationList")), NULL, 3, "never"},
	{"mirroring",
		PLIST(REQUEST("RequestMirroring") "<key>DestinationName</key><string>x</string>"),
		NULL, 3, "never"},
	{"restrictions", PLIST(REQUEST("Restrictions")), NULL, 3, "given up"},
	{"an unknown command", PLIST(REQUEST("ReadAllMail")), NULL, 3, "ReadAllMail"},
	{"an unknown key", PLIST(REQUEST("RestartDevice") "<key>Quietly</key><true/>"), NULL, 3,
		"Quietly"},
	{"the wrong type", PLIST(REQUEST("DeviceLock") "<key>Message</key><integer>1</integer>"),
		NULL, 3, "string"},
	{"position, by itself", PLIST(REQUEST("DeviceLocation")), NULL, 3, NULL},
	{"lost mode, by itself",
		PLIST(REQUEST("EnableLostMode") "<key>Message</key><string>x</string>"), NULL, 3,
		NULL},
	{"no property list", "{}", NULL, 3, NULL},
	{"nothing", "", NULL, 3, NULL},
	{"JSON's unknown key", NULL, "{\"request\":\"DeviceLock\",\"loud\":1}", 2, "loud"},
	{"JSON's unknown request", NULL, "{\"request\":\"InstalledApplicationList\"}", 2,
		"request"},
	{"the enrolment profile", NULL,
		"{\"request\":\"RemoveProfile\",\"identifier\":\"se.hylla.mdm\"}", 3, "enrolment"},
	{"a sound when not lost", NULL, "{\"request\":\"PlayLostModeSound\"}", 3, "Lost Mode"},
};

Test(queue, refuses_what_must_not_be_sent, .timeout = 300, .init = begin, .fini = end)
{
	setenv("LC_ALL", "C.UTF-8", 1);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		const char *what = refusals[i].ask ? refusals[i].ask
						   : flow_file(&f, "raw.plist", refusals[i].plist);
		struct flow_said said = FLOW_RUN(&f, "device", "command", serial,
			refusals[i].ask ? "--ask" : "--plist", what);

		cr_expect_eq(said.status, refusals[i].status, "%s: %d %s", refusals[i].name,
			said.status, said.err);
		cr_expect(!refusals[i].says || strstr(said.err, refusals[i].says), "%s: %s",
			refusals[i].name, said.err);
	}
	cr_expect_eq(waiting(), 0);
	FLOW_EXPECT(&f, 0, "device", "command", serial, "--plist",
		flow_file(&f, "raw.plist", PLIST(REQUEST("ManagedMediaList"))));
	FLOW_EXPECT(&f, 0, "device", "lock", serial);
	FLOW_EXPECT(&f, 3, "device", "lock", serial);
	FLOW_EXPECT(&f, 2, "device", "erase", serial, "--preserve-data-plan", "perhaps");
	FLOW_EXPECT(&f, 3, "device", "erase", serial, "--preserve-data-plan", "yes");
	FLOW_EXPECT(&f, 0, "device", "erase", serial, "--preserve-data-plan", "yes",
		"--return-to-service", "no");
	FLOW_EXPECT(&f, 3, "device", "erase", serial, "--preserve-data-plan", "yes",
		"--return-to-service", "no");
	cr_expect_eq(waiting(), 3);
}

/* --- answers that are no answers --- */

Test(queue, a_wreck_or_a_broken_line_blocks_nothing, .timeout = 300, .init = begin, .fini = end)
{
	static const struct {
		enum ipad_fault fault;
		bool again; /* it is the iPad's to repeat */
	} rows[] = {{IPAD_FAULT_GARBAGE, false}, {IPAD_FAULT_TWICE, false},
		{IPAD_FAULT_BREAK_REQUEST, true}, {IPAD_FAULT_BREAK_REPLY, true}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *first = ask("{\"request\":\"SecurityInfo\"}");
		const char *second = ask("{\"request\":\"ProfileList\"}");
		int err;

		ipad_fault_at(p, rows[i].fault, 1, 1);
		err = ipad_wake(p);
		cr_expect_eq(err != 0, rows[i].again, "fault %d: %s", rows[i].fault, err_name(err));
		cr_expect_eq(ipad_has_work(p), rows[i].again);
		cr_expect_eq(ipad_work(p), 0, "%s", ipad_why(p));
		cr_expect_neq(strcmp(doc_str(command(first), "state"), "queued"), 0, "fault %d",
			rows[i].fault);
		expect_state(second, "acknowledged");
		cr_expect_eq(waiting(), 0, "fault %d", rows[i].fault);
	}
	FLOW_EXPECT(&f, 0, "check");
}

/* --- lost and found faster than the iPad calls --- */

Test(queue, lost_and_found_in_between_calls, .timeout = 300, .init = begin, .fini = end)
{
	static const struct {
		const char *acts[3];
		bool lost;
	} rows[] = {{{"lost"}, true}, {{"found", "lost", "found"}, false},
		{{"lost", "found"}, false}, {{"lost"}, true}, {{"found", "lost"}, true},
		{{"found"}, false}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t k = 0; k < 3 && rows[i].acts[k]; k++)
			FLOW_EXPECT(&f, 0, "device", rows[i].acts[k], serial);
		cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
		cr_expect_eq(ipad_state(p)->lost, rows[i].lost, "row %zu", i);
	}
}

/* --- one push, however many commands wait for it --- */

static uint64_t pushed_before;

static uint64_t pushes(void)
{
	struct push_service_counts n;

	push_service_get_counts(f.push, &n);
	return n.accepted;
}

static bool was_pushed(void *arg)
{
	(void)arg;
	return pushes() > pushed_before;
}

Test(queue, one_push_for_many, .timeout = 300, .init = begin, .fini = end)
{
	const struct timespec moment = {.tv_nsec = 300 * 1000 * 1000};

	flow_server_stop(&f);
	pushed_before = pushes();
	for (size_t i = 0; i < 5; i++)
		ask("{\"request\":\"ProfileList\"}");
	flow_server_start(&f);
	cr_assert(flow_until(was_pushed, NULL), "%s", flow_log(&f));
	nanosleep(&moment, NULL);
	cr_expect_eq(pushes(), pushed_before + 1);
	cr_expect_eq(waiting(), 5);
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_eq(waiting(), 0);
}
