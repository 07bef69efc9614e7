/* SPDX-License-Identifier: EUPL-1.2 */
/* Apple's device assignment: from the server token to an iPad that enrols by itself, and all that
 * Apple may answer on the way. */
#include "tests/flow/ade.h"
#include "tests/flow/browser.h"

#include "base/text.h"
#include "tests/fake/mail_service.h"

#include <stdio.h>
#include <stdlib.h>

static void begin_set(const char *const *more)
{
	ade_begin_set(more);
}

static void begin(void)
{
	ade_begin();
}

static void end(void)
{
	ade_end();
}

static bool let_out(void *arg)
{
	struct ipad *p = arg;

	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	return !ipad_state(p)->awaiting;
}

Test(ade, a_box_is_opened_and_the_ipad_enrols_by_itself, .init = begin, .fini = end)
{
	struct ipad *p = flow_ipad(&f, 3, NULL, NULL);
	const char *serial = flow_serial(p);
	struct device_assignment_counts counts;
	struct doc *d;

	cr_assert_eq(FLOW_RUN(&f, "ade", "sync").status, 3, "no token yet");
	cr_assert_eq(token_in(365).status, 0);
	add(serial);
	d = synced();
	cr_expect_null(doc_str(d, "trouble"));
	cr_expect_str_eq(doc_str(d, "organisation"), "Demokommunen");
	/* It is in the inventory before anybody has touched it. */
	d = FLOW_JSON(&f, "item", "show", serial);
	cr_expect_str_eq(doc_str(d, "state"), "delivered");
	cr_expect_str_eq(doc_str(d, "product"), "IPAD 10.9 64GB");
	cr_expect_str_eq(doc_str(d, "imei"), "350000000000017");
	cr_expect_str_eq(doc_str(d, "color"), "SILVER");
	cr_expect_str_eq(doc_str(d, "color_text"), "silver");
	cr_expect_str_eq(doc_str(d, "eid"), "89049032000000000000000000000017");
	cr_expect(page_says(arena_printf(f.a, "/items/%s", serial), "<dd>silver</dd>"));
	cr_assert(flow_until(has_profile, (void *)serial));
	/* An iPadOS that is too old updates first; then it waits at the gate till its set-up is
	 * done. */
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s\n%s", ipad_why(p), flow_log(&f));
	cr_expect_str_eq(ipad_model(p)->os_version, "18.2");
	cr_expect(ipad_state(p)->enrolled);
	cr_expect(ipad_state(p)->awaiting);
	cr_assert(flow_until(let_out, p));
	d = doc_object(FLOW_JSON(&f, "device", "show", serial), "mdm");
	cr_expect_str_eq(doc_str(d, "state"), "enrolled");
	cr_expect(page_says(arena_printf(f.a, "/devices/%s", serial), "<dd>silver</dd>"));
	cr_expect(page_says(arena_printf(f.a, "/devices/%s", serial),
		"89049032000000000000000000000017"));
	cr_expect(doc_bool(d, "trusted", false));
	cr_expect_not(doc_bool(d, "awaiting_configuration", true));
	device_assignment_counts(da, &counts);
	cr_expect_eq(counts.profiles, 1);
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
}

Test(ade, stolen_is_locked_at_apple_and_found_is_opened_again, .init = begin, .fini = end)
{
	struct ipad *p = flow_ipad(&f, 4, NULL, NULL), *thief;
	const char *serial = flow_serial(p);
	struct doc *d;

	cr_assert_eq(token_in(365).status, 0);
	add(serial);
	synced();
	cr_assert(flow_until(has_profile, (void *)serial));
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s", ipad_why(p));
	cr_assert(flow_until(let_out, p));
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen", "--message", "Tillhör kommunen");
	cr_assert(flow_until(is_locked, (void *)serial));
	cr_expect_str_eq(status(serial).lost_message, "Tillhör kommunen");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect(ipad_state(p)->lost);
	/* Erased by whoever has it, it does not get past Apple. */
	thief = flow_ipad(&f, 4, NULL, NULL);
	cr_expect_eq(ipad_enrol_assigned(thief, da), ERR_DENIED);
	d = flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/ade/devices/%s", serial), NULL);
	cr_expect_str_eq(doc_str(doc_object(d, "activation_lock"), "state"), "locked");
	/* The code is told to the right role only, and opens it. */
	d = flow_api(
		&f, 200, "GET", arena_printf(f.a, "/api/v1/devices/%s/bypass-code", serial), NULL);
	cr_assert_not_null(doc_str(d, "server_code"));
	cr_expect_eq(strlen(doc_str(d, "server_code")), 31);
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	cr_assert(flow_until(is_unlocked, (void *)serial));
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_not(ipad_state(p)->lost);
	ipad_free(thief);
	ipad_free(p);
}

static struct ipad *box_opened(unsigned number);

static bool is_settled(void *serial)
{
	struct doc *d = flow_api(&f, 200, "GET",
		arena_printf(f.a, "/api/v1/devices/%s", (const char *)serial), NULL);

	return doc_str(doc_object(d, "activation_lock"), "lock_message") != NULL;
}

/* It turned up after it was given up: ours again, it is as good as found. */
Test(ade, written_off_while_stolen_and_taken_back_it_is_open_again, .init = begin, .fini = end)
{
	struct ipad *p = box_opened(12);
	const char *serial = flow_serial(p);

	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen", "--message", "Tillhör kommunen",
		"--phone", "018-10 00 00");
	cr_assert(flow_until(is_locked, (void *)serial));
	cr_expect_str_eq(status(serial).lost_message, "Tillhör kommunen 018-10 00 00");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect(ipad_state(p)->lost);
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "discarded");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect(ipad_state(p)->lost, "given up, it stays locked");
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "in_stock");
	cr_assert(flow_until(is_unlocked, (void *)serial));
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_not(ipad_state(p)->lost);
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--message", "Borta igen");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_str_eq(ipad_state(p)->lost_message, "Borta igen");
	/* Other words, and then a thief after all. */
	FLOW_EXPECT(&f, 3, "device", "lost", serial, "--message", "Borta igen");
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--message", "Hittelön");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_str_eq(ipad_state(p)->lost_message, "Hittelön");
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_str_eq(ipad_state(p)->lost_message, "Hittelön", "the house's words are for who has none");
	cr_assert(flow_until(is_locked, (void *)serial));
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen", "--phone", "112");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_str_eq(ipad_state(p)->lost_message, "Hittelön");
	cr_expect_str_eq(ipad_state(p)->lost_phone, "112");
	/* Apple takes no other words once it has locked it, and the page says which it has. */
	cr_expect_str_eq(status(serial).lost_message, "Hittelön");
	cr_assert(flow_until(is_settled, (void *)serial));
	cr_expect(page_says(arena_printf(f.a, "/devices/%s", serial), "Apples lås: ”Hittelön”"));
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
}

static struct ipad *box_opened(unsigned number)
{
	struct ipad *p = flow_ipad(&f, number, NULL, NULL);
	const char *serial = flow_serial(p);

	cr_assert_eq(token_in(365).status, 0);
	add(serial);
	synced();
	cr_assert(flow_until(has_profile, (void *)serial));
	cr_assert_eq(ipad_enrol_assigned(p, da), 0, "%s", ipad_why(p));
	cr_assert(flow_until(let_out, p));
	return p;
}

static const char *open_lock(const char *serial, int status, const char *body)
{
	return doc_str(flow_api(&f, status, "POST",
			       arena_printf(f.a, "/api/v1/devices/%s/open-lock", serial), body),
		"code");
}

/* As the iPad's page asks for it. */
static void open_lock_by_form(const char *serial)
{
	struct browser b = {.f = f};
	const char *page = arena_printf(f.a, "/devices/%s", serial);
	const char *action = arena_printf(f.a, "%s/open-lock", page);
	struct flow_reply r;

	sign_in_first(&b);
	r = visit(&b, "GET", page, NULL);
	cr_assert_not_null(strstr(r.body, arena_printf(f.a, "action=\"%s\"", action)), "%s", r.body);
	expect(&b, 303, "POST", action,
		form(&b, arena_printf(f.a, "reason=flytt+till+boende&next=%s", page)));
}

static bool lock_is(const char *serial, const char *state)
{
	struct doc *d =
		flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/devices/%s", serial), NULL);

	return text_equal(doc_str(doc_object(d, "activation_lock"), "state"), state);
}

static bool not_opened(void *serial)
{
	return lock_is(serial, "not opened");
}

static bool erased(void *arg)
{
	struct ipad *p = arg;

	return ipad_wake(p) == 0 && ipad_counters(p)->erases > 0;
}

/* The borrower's own account: Apple opens the lock for the code that the iPad told when it was new,
 * and the return that waited for it goes on. */
Test(ade, the_borrowers_own_lock_is_opened_by_the_ipads_code, .init = begin, .fini = end)
{
	const struct device_assignment_fault busy = {.path = "/escrowKeyUnlock",
		.status = 503,
		.headers = "Retry-After: 1\r\n",
		.times = 1};
	struct ipad *p = box_opened(5);
	const char *serial = flow_serial(p);

	cr_expect_str_eq(open_lock(serial, 409, "{}"), "activation.reason");
	FLOW_EXPECT(&f, 0, "device", "command", serial, "--ask",
		"{\"request\":\"ActivationLockBypassCode\"}");
	cr_assert_eq(ipad_wake(p), 0);
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "on_loan");
	/* Nothing may be under way that it answered before the lock. */
	cr_assert_eq(ipad_wake(p), 0);
	ipad_account_lock(p, true);
	device_assignment_account_lock(da, serial, ipad_bypass_code(p));
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "returned", "--erase", "yes",
		"--preserve-data-plan", "no");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_str_eq(doc_str(FLOW_JSON(&f, "return", "show", serial), "phase"), "locked");
	FLOW_EXPECT(&f, 3, "return", "go", serial);
	cr_expect_not_null(strstr(FLOW_EXPECT(&f, 0, "device", "command", serial, "--preview", "--ask",
					  "{\"request\":\"EraseDevice\",\"preserve_data_plan\":\"no\","
					  "\"return_to_service\":\"no\"}"),
		"Activation Lock is on"));
	cr_expect_eq(ipad_counters(p)->erases, 0);
	device_assignment_fault(da, &busy);
	cr_expect_not_null(strstr(FLOW_EXPECT(&f, 0, "device", "show", serial), "it tells that one is on"));
	FLOW_EXPECT(&f, 3, "device", "open-lock", serial);
	open_lock_by_form(serial);
	cr_assert(flow_until(is_unlocked, (void *)serial));
	ipad_account_lock(p, false);
	cr_assert(flow_until(erased, p));
	cr_expect(strstr(FLOW_EXPECT(&f, 0, "audit"), "device.activation.opened"));
	ipad_free(p);
}

Test(ade, a_lock_that_no_code_opens_is_told_in_words, .init = begin, .fini = end)
{
	struct ipad *p = box_opened(6);
	const char *serial = flow_serial(p), *said;

	FLOW_EXPECT(&f, 0, "device", "command", serial, "--ask",
		"{\"request\":\"ActivationLockBypassCode\"}");
	ipad_account_lock(p, true);
	device_assignment_account_lock(da, serial, "0AAAA-AAAAA-AAAA-AAAA-AAAA-AAAA");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_null(open_lock(serial, 200, "{\"reason\":\"flytt\"}"));
	cr_assert(flow_until(not_opened, (void *)serial));
	cr_expect(status(serial).locked);
	said = FLOW_EXPECT(&f, 0, "device", "show", serial);
	cr_expect(strstr(said, "Apple took none of the codes"), "%s", said);
	/* Tried anew by whoever asks anew; a theft makes it a lock of ours. */
	cr_expect_null(open_lock(serial, 200, "{\"reason\":\"ny kod\"}"));
	cr_assert(flow_until(not_opened, (void *)serial));
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen", "--message", "Kommunens");
	cr_expect_str_eq(open_lock(serial, 409, "{\"reason\":\"flytt\"}"), "activation.ours");
	ipad_free(p);
}

#define ERASE \
	"{\"request\":\"EraseDevice\",\"preserve_data_plan\":\"no\",\"return_to_service\":\"no\"}"

static struct doc *erase_ask(const char *serial, int status, const char *body)
{
	return flow_api(&f, status, "POST",
		arena_printf(f.a, "/api/v1/devices/%s/commands", serial), body);
}

static const char *why_of(const char *uuid)
{
	return doc_str(
		flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/commands/%s", uuid), NULL),
		"why");
}

/* By hand, without a return: the lock is opened first, and the erase follows by itself. */
Test(ade, an_erase_by_hand_waits_for_the_lock, .init = begin, .fini = end)
{
	const struct device_assignment_fault busy = {
		.path = "/escrowKeyUnlock", .status = 503, .headers = "Retry-After: 2\r\n", .times = 1};
	struct ipad *p = box_opened(7);
	const char *serial = flow_serial(p), *uuid, *said;

	FLOW_EXPECT(&f, 0, "device", "command", serial, "--ask",
		"{\"request\":\"ActivationLockBypassCode\"}");
	cr_assert_eq(ipad_wake(p), 0);
	ipad_account_lock(p, true);
	device_assignment_account_lock(da, serial, ipad_bypass_code(p));
	FLOW_EXPECT(&f, 0, "device", "command", serial, "--ask",
		"{\"request\":\"DeviceInformation\"}");
	cr_assert_eq(ipad_wake(p), 0);
	device_assignment_fault(da, &busy);
	uuid = doc_str(erase_ask(serial, 202, ERASE), "uuid");
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_eq(ipad_counters(p)->erases, 0, "not before its lock is open");
	cr_expect_not_null(strstr(why_of(uuid), "Activation Lock"), "%s", why_of(uuid));
	cr_assert(flow_until(is_unlocked, (void *)serial));
	ipad_account_lock(p, false);
	cr_assert(flow_until(erased, p));
	cr_expect(strstr(FLOW_EXPECT(&f, 0, "audit"), "device.activation.open"));
	said = FLOW_EXPECT(&f, 0, "item", "show", serial);
	cr_expect_not_null(strstr(said, "Activation Lock was opened"), "%s", said);
	cr_expect_not_null(strstr(said, "Let out of Setup Assistant: done"), "%s", said);
	ipad_free(p);
}

Test(ade, an_erase_by_hand_is_refused_by_a_lock_that_nobody_here_can_open, .init = begin,
	.fini = end)
{
	struct ipad *p = box_opened(8);
	const char *serial = flow_serial(p), *said;
	struct doc *d;

	FLOW_EXPECT(&f, 0, "device", "command", serial, "--ask",
		"{\"request\":\"ActivationLockBypassCode\"}");
	ipad_account_lock(p, true);
	device_assignment_account_lock(da, serial, "0AAAA-AAAAA-AAAA-AAAA-AAAA-AAAA");
	FLOW_EXPECT(&f, 0, "device", "command", serial, "--ask",
		"{\"request\":\"DeviceInformation\"}");
	cr_assert_eq(ipad_wake(p), 0);
	FLOW_EXPECT(&f, 0, "device", "open-lock", serial, "--reason", "skrotas");
	cr_assert(flow_until(not_opened, (void *)serial));
	cr_assert_eq(ipad_wake(p), 0);
	d = erase_ask(serial, 409, ERASE);
	cr_expect_str_eq(doc_str(d, "code"), "ask.erase-locked");
	FLOW_EXPECT(&f, 3, "device", "erase", serial, "--preserve-data-plan", "no",
		"--return-to-service", "no");
	FLOW_EXPECT(&f, 3, "device", "erase", serial, "--preserve-data-plan", "no",
		"--return-to-service", "no", "--although-locked");
	cr_expect(page_says(arena_printf(f.a, "/devices/%s/erase", serial), "although_locked"));
	FLOW_EXPECT(&f, 0, "device", "erase", serial, "--preserve-data-plan", "no",
		"--return-to-service", "no", "--although-locked", "--reason", "skrotas");
	cr_assert(flow_until(erased, p));
	said = FLOW_EXPECT(&f, 0, "audit", "--json");
	cr_expect_not_null(strstr(said, "skrotas"), "%s", said);
	ipad_free(p);
}

/* When it was locked, and when it left Setup Assistant: what came first has the lower number. */
struct order {
	unsigned n, lost, configured;
};

static void order_note(void *ctx, struct ipad *p, enum ipad_event event, const char *detail)
{
	struct order *o = ctx;

	(void)p;
	(void)detail;
	o->n++;
	if (event == IPAD_EV_LOST && !o->lost)
		o->lost = o->n;
	if (event == IPAD_EV_CONFIGURED && !o->configured)
		o->configured = o->n;
}

static const char *lost_phase(const char *serial)
{
	return doc_str(doc_object(FLOW_JSON(&f, "device", "show", serial), "lost"), "phase");
}

/* By a cable and not by us: the server knows nothing of it until the iPad is there anew. */
Test(ade, one_that_its_thief_erased_is_locked_before_its_gate_opens, .init = begin, .fini = end)
{
	struct order o = {0};
	const struct ipad_options watched = {.tell = order_note, .tell_ctx = &o};
	struct ipad *p = box_opened(8), *thief = flow_ipad(&f, 8, &watched, NULL);
	const char *serial = flow_serial(p);

	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--message", "Hör av dig");
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_assert(ipad_state(p)->lost);
	cr_assert_str_eq(lost_phase(serial), "on");
	cr_assert_eq(ipad_enrol_assigned(thief, da), 0, "%s\n%s", ipad_why(thief), flow_log(&f));
	cr_expect(ipad_state(thief)->awaiting);
	cr_expect_not(ipad_state(thief)->lost);
	cr_assert(flow_until(let_out, thief), "%s", flow_log(&f));
	cr_expect(ipad_state(thief)->lost, "lost again");
	cr_expect_str_eq(ipad_state(thief)->lost_message, "Hör av dig");
	cr_expect_gt(o.lost, 0);
	cr_expect_gt(o.configured, o.lost, "let out at %u, lost at %u", o.configured, o.lost);
	cr_expect_str_eq(lost_phase(serial), "on");
	cr_expect_null(strstr(FLOW_EXPECT(&f, 0, "item", "show", serial), "EraseDevice"));
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	cr_assert_eq(ipad_wake(thief), 0, "%s", ipad_why(thief));
	cr_expect_not(ipad_state(thief)->lost);
	cr_expect_eq(ipad_counters(thief)->violations, 0, "%s", ipad_why(thief));
	ipad_free(thief);
	ipad_free(p);
}

/* --- what Apple may answer --- */

Test(ade, every_documented_answer_is_told_in_words_and_lived_through, .init = begin, .fini = end)
{
	static const struct {
		const char *path;
		int status;
		const char *body, *trouble; /* NULL: it goes well all the same */
	} cases[] = {
		{"/account", 403, "\"T_C_NOT_SIGNED\"", "T_C_NOT_SIGNED"},
		{"/session", 403, "T_C_NOT_SIGNED", "T_C_NOT_SIGNED"},
		{"/session", 401, "oauth_problem=token_rejected", "token_rejected"},
		{"/session", 401, "oauth_problem=consumer_key_unknown", "consumer_key_unknown"},
		{"/session", 400, "oauth_problem_adviser=bad", "HTTP_400"},
		{"/account", 403, "\"ACCESS_DENIED\"", "ACCESS_DENIED"},
		{"/account", 403, "FORBIDDEN", "FORBIDDEN"},
		{"/devices/sync", 400, "\"INVALID_CURSOR\"", NULL},
		{"/devices/sync", 400, "\"EXPIRED_CURSOR\"", NULL},
		{"/devices/sync", 400, "\"CURSOR_REQUIRED\"", NULL},
		{"/devices/sync", 400, "\"EXHAUSTED_CURSOR\"", NULL},
		{"/devices/sync", 429, "", "HTTP_429"},
		{"/devices/sync", 503, "<html>busy</html>", "HTTP_503"},
		{"/devices/sync", 400, "\"MALFORMED_REQUEST_BODY\"", "MALFORMED_REQUEST_BODY"},
		{"/devices/sync", 200, "{\"devices\":", "UNREADABLE"},
		{"/devices/sync", 200, "{\"devices\":[]}", "UNREADABLE"},
		{"/devices/sync", 200, "", "UNREADABLE"},
	};

	cr_assert_eq(token_in(365).status, 0);
	add("C02AAAAAAAA1");
	synced();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct device_assignment_fault fault = {.path = cases[i].path,
			.status = cases[i].status,
			.body = cases[i].body,
			.times = cases[i].trouble ? 0 : 1};
		struct doc *d;

		device_assignment_end_sessions(da);
		device_assignment_fault(da, &fault);
		d = synced();
		if (cases[i].trouble) {
			cr_expect_str_eq(doc_str(d, "trouble"), cases[i].trouble, "%zu", i);
			cr_expect(strlen(doc_str(d, "trouble_text")) > 20, "%zu", i);
		} else {
			cr_expect_null(doc_str(d, "trouble"), "%zu: %s", i, doc_str(d, "trouble"));
		}
		device_assignment_fault(da, NULL);
	}
	cr_expect_null(doc_str(synced(), "trouble"), "and then it goes on");
	cr_expect_str_eq(item_state("C02AAAAAAAA1"), "delivered");
}

/* --- the token is refused, or over: a row of the lifeguard, and a mail --- */

static struct mail_service *sink;
static char mail_port[32];

static void begin_with_mail(void)
{
	cr_assert_eq(mail_service_start(&(struct mail_service_options){0}, &sink), 0);
	snprintf(mail_port, sizeof(mail_port), "mail.port=%u", mail_service_port(sink));
	begin_set((const char *const[]){mail_port, "mail.host=127.0.0.1", "mail.security=plain",
			     "mail.from=hylla@kommun.example",
			     "alarm.to=it@kommun.example", NULL});
}

static void end_with_mail(void)
{
	end();
	mail_service_stop(sink);
}

/* The lifeguard's row of a name; NULL: there is none. */
static struct doc *row_of(const char *what)
{
	struct doc *list = doc_list(flow_api(&f, 200, "GET", "/api/v1/lifeguard", NULL), "deadlines");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		struct doc *d = doc_list_object(list, i);

		if (text_equal(doc_str(d, "what"), what))
			return d;
	}
	return NULL;
}

/* Of a token that Apple takes no more. */
static struct doc *refused_row(void)
{
	return row_of("ade_refused");
}

/* The worker looks at its start and each hour: it was told at the start before this one, or now. */
static void mail_expect(const char *what)
{
	struct mail_service_mail m;
	size_t i = 0;
	bool told = false;

	flow_server_stop(&f);
	flow_server_start(&f);
	for (; !told && mail_service_wait(sink, i, 60000, &m); i++)
		told = strstr(m.text, what) != NULL;
	cr_expect(told, "no mail of it");
}

Test(ade, a_token_that_apple_takes_no_more_is_a_row_and_a_mail, .timeout = 300,
	.init = begin_with_mail, .fini = end_with_mail)
{
	static const struct device_assignment_fault expired = {
		.path = "/session", .status = 401, .body = "oauth_problem=token_expired"};

	cr_assert_eq(token_in(365).status, 0);
	synced();
	cr_expect_null(refused_row());
	device_assignment_end_sessions(da);
	device_assignment_fault(da, &expired);
	cr_expect_str_eq(doc_str(synced(), "trouble"), "token_expired");
	cr_assert_not_null(refused_row());
	cr_expect_str_eq(doc_str(refused_row(), "light"), "over");
	cr_expect(page_says("/lifeguard", "Apple godtar inte nyckeln till enhetsregistret"));
	mail_expect("ade_refused-");
	device_assignment_fault(da, NULL);
	cr_assert_eq(token_in(365).status, 0);
	cr_expect_null(doc_str(synced(), "trouble"));
	cr_expect_null(refused_row(), "a new token ends it");
}

Test(ade, a_token_that_is_over_is_told_by_its_word, .timeout = 300, .init = begin_with_mail,
	.fini = end_with_mail)
{
	struct device_assignment_counts before, after;

	cr_assert_eq(token_in(30).status, 0);
	synced();
	flow_server_stop(&f);
	f.clock_shift_s = 40 * 86400;
	flow_server_start(&f);
	device_assignment_counts(da, &before);
	cr_expect_str_eq(doc_str(synced(), "trouble"), "TOKEN_EXPIRED");
	device_assignment_counts(da, &after);
	cr_expect_eq(before.sessions, after.sessions, "Apple is not asked with it");
	cr_assert_not_null(refused_row());
	mail_expect("ade_refused-");
}

static unsigned sessions(void)
{
	struct device_assignment_counts c;

	device_assignment_counts(da, &c);
	return c.sessions;
}

static bool more_sessions(void *before)
{
	return sessions() > *(unsigned *)before;
}

/* Five minutes on: the wait is over, and half an hour is not. A server that starts opens a session
 * with whatever it asks Apple first. */
static void later(void)
{
	unsigned before;

	flow_server_stop(&f);
	f.clock_shift_s += 300;
	before = sessions();
	flow_server_start(&f);
	cr_assert(flow_until(more_sessions, &before), "%s", flow_log(&f));
	flow_server_stop(&f);
	flow_server_start(&f);
}

static const char *trouble_now(void)
{
	return doc_str(FLOW_JSON(&f, "ade", "show"), "trouble");
}

Test(ade, the_same_cursor_with_more_to_follow_stops, .timeout = 300, .init = begin_with_mail,
	.fini = end_with_mail)
{
	struct device_assignment_counts before, after;

	cr_assert_eq(token_in(365).status, 0);
	add("C02AAAAAAAA1");
	synced();
	device_assignment_counts(da, &before);
	add("C02AAAAAAAA2");
	device_assignment_repeat(da, true);
	cr_expect_str_eq(doc_str(synced(), "trouble"), "SAME_CURSOR");
	device_assignment_counts(da, &after);
	cr_expect_leq(after.syncs - before.syncs, 2);
	cr_expect(strstr(flow_log(&f), "event=ade.stuck"));
	cr_expect_str_eq(item_state("C02AAAAAAAA2"), "delivered", "what the page told is kept");
	cr_assert_not_null(row_of("ade_still"));
	cr_expect(page_says("/lifeguard", "Apples enhetsregister står stilla (SAME_CURSOR)"));
	mail_expect("ade_still-");
	later();
	cr_expect_str_eq(trouble_now(), "SAME_CURSOR", "only the list itself ends it");
	device_assignment_repeat(da, false);
	cr_expect_null(doc_str(synced(), "trouble"));
	cr_expect_null(row_of("ade_still"));
}

/* A profile that Apple will not have, and an iPad that is stolen meanwhile. */
Test(ade, what_was_stolen_is_locked_though_apple_refuses_the_profile, .init = begin, .fini = end)
{
	static const struct device_assignment_fault refused = {
		.path = "/profile", .status = 400, .body = "\"CONFIG_NAME_INVALID\""};
	struct doc *d;

	device_assignment_fault(da, &refused);
	cr_assert_eq(token_in(365).status, 0);
	add("C02AAAAAAAA1");
	cr_expect_str_eq(doc_str(synced(), "trouble"), "CONFIG_NAME_INVALID");
	FLOW_EXPECT(&f, 0, "device", "lost", "C02AAAAAAAA1", "--stolen", "--message", "Kommunens");
	cr_assert(flow_until(is_locked, (void *)"C02AAAAAAAA1"), "%s", flow_log(&f));
	cr_expect_str_eq(trouble_now(), "CONFIG_NAME_INVALID");
	d = row_of("ade_still");
	cr_assert_not_null(d);
	cr_expect_str_eq(doc_str(d, "name"), "CONFIG_NAME_INVALID");
	device_assignment_fault(da, NULL);
	cr_expect_null(doc_str(synced(), "trouble"));
}

static bool is_alarmed(void *unused)
{
	return strstr(flow_log(&f), "event=ade.token") != NULL;
}

Test(ade, a_token_that_is_none_is_refused_in_words, .init = begin, .fini = end)
{
	struct flow_said said;

	said = FLOW_RUN(&f, "ade", "token", flow_file(&f, "x.p7m", "not a token at all, no"));
	cr_expect_eq(said.status, 3);
	cr_expect(strstr(said.err, "hylla ade key"));
	said = token_in(-1);
	cr_expect_eq(said.status, 3);
	cr_expect(strstr(said.err, "expired"), "%s", said.err);
	said = FLOW_RUN(&f, "ade", "token", flow_file(&f, "x.p7m", "not a token at all, no"));
	cr_expect_eq(said.status, 3);
	cr_expect(strstr(said.err, ".p7m"), "%s", said.err);
	cr_assert_eq(token_in(10).status, 0);
	synced();
	cr_expect(flow_until(is_alarmed, NULL), "ends within a month: alarmed");
}

Test(ade, another_servers_token_changes_nothing, .timeout = 300, .init = begin, .fini = end)
{
	struct device_assignment_counts before, after;
	struct doc *d;

	cr_assert_eq(token_in(365).status, 0);
	add("C02AAAAAAAA1");
	cr_expect_null(doc_str(synced(), "trouble"));
	cr_assert(flow_until(has_profile, (void *)"C02AAAAAAAA1"));
	device_assignment_other_server(da);
	d = synced();
	cr_expect_str_eq(doc_str(d, "trouble"), "OTHER_SERVER");
	cr_assert_not_null(row_of("ade_still"));
	/* What is due waits, although no sync is due. */
	device_assignment_counts(da, &before);
	FLOW_EXPECT(&f, 0, "ade", "assign", "C02AAAAAAAA1");
	later();
	device_assignment_counts(da, &after);
	cr_expect_eq(after.assigns, before.assigns, "nothing is done with a foreign token");
	cr_expect_str_eq(trouble_now(), "OTHER_SERVER");
	d = FLOW_JSON(&f, "ade", "sync", "--full");
	cr_expect_null(doc_str(d, "trouble"), "a person said that it is meant");
}

/* --- devices --- */

static bool is_gone(void *serial)
{
	struct doc *d = flow_api(&f, 200, "GET",
		arena_printf(f.a, "/api/v1/ade/devices/%s", (const char *)serial), NULL);

	return !doc_bool(d, "assigned", true);
}

Test(ade, devices_come_change_and_go, .init = begin, .fini = end)
{
	static const struct assigned_device swapped = {
		.serial = "C02NEWNEWNEW", .description = "IPAD", .replaces = "C02AAAAAAAA1"};
	struct doc *d;

	device_assignment_put_only(da, true);
	cr_assert_eq(token_in(365).status, 0);
	add("C02AAAAAAAA1");
	add("C02AAAAAAAA2");
	add("C02AAAAAAAA3");
	device_assignment_throttle(da, "C02AAAAAAAA3");
	d = synced();
	cr_expect(flow_until(has_profile, (void *)"C02AAAAAAAA1"));
	d = flow_api(&f, 200, "GET", "/api/v1/ade/devices/C02AAAAAAAA3", NULL);
	cr_expect_str_eq(doc_str(d, "trouble"), "THROTTLED");
	/* Taken away with an event, and without one: a full fetch sees what is not there. */
	device_assignment_remove(da, "C02AAAAAAAA2", false);
	synced();
	cr_expect(is_gone((void *)"C02AAAAAAAA2"));
	device_assignment_remove(da, "C02AAAAAAAA3", true);
	synced();
	cr_expect_not(is_gone((void *)"C02AAAAAAAA3"));
	FLOW_JSON(&f, "ade", "sync", "--full");
	cr_expect(is_gone((void *)"C02AAAAAAAA3"));
	/* Profiles that died at Apple are defined anew. */
	device_assignment_forget_profiles(da);
	FLOW_EXPECT(&f, 0, "ade", "assign", "C02AAAAAAAA1");
	synced();
	FLOW_JSON(&f, "ade", "sync");
	cr_expect(flow_until(has_profile, (void *)"C02AAAAAAAA1"));
	/* An exchanged iPad takes the place of the other. */
	FLOW_EXPECT(&f, 0, "item", "import",
		flow_file(&f, "lease.csv", "serial;lease\nC02AAAAAAAA1;LEASE-7\n"));
	device_assignment_add(da, &swapped);
	synced();
	d = FLOW_JSON(&f, "item", "show", "C02NEWNEWNEW");
	cr_expect_str_eq(doc_str(d, "lease"), "LEASE-7");
}

/* The borrower of the one has the other: the loan, its agreement and its day stay. */
Test(ade, a_swapped_ipad_inherits_its_loan, .init = begin, .fini = end)
{
	static const struct assigned_device swapped = {
		.serial = "C02NEWNEWNEW", .description = "IPAD", .replaces = "C02AAAAAAAA1"};
	const char *borrower, *loan, *due;
	struct doc *d, *line;

	cr_assert_eq(token_in(365).status, 0);
	add("C02AAAAAAAA1");
	synced();
	d = flow_api(&f, 201, "POST", "/api/v1/borrowers",
		"{\"zone\":\"library\",\"kind\":\"senior\",\"given\":\"Test\",\"family\":"
		"\"Person\"}");
	borrower = doc_str(d, "id");
	d = flow_api(&f, 200, "POST", "/api/v1/loans",
		arena_printf(f.a, "{\"borrower\":\"%s\",\"things\":[\"C02AAAAAAAA1\"]}", borrower));
	loan = doc_str(d, "loan");
	due = doc_str(d, "due");
	flow_api(&f, 201, "POST", arena_printf(f.a, "/api/v1/loans/%s/agreements", loan), "{}");
	device_assignment_add(da, &swapped);
	synced();
	d = flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/loans/%s", loan), NULL);
	cr_assert_eq(doc_list_size(doc_list(d, "lines")), 2);
	line = doc_list_object(doc_list(d, "lines"), 0);
	cr_expect_str_eq(doc_str(line, "state"), "replaced");
	cr_expect_str_eq(doc_str(line, "replaced_by"), swapped.serial);
	line = doc_list_object(doc_list(d, "lines"), 1);
	cr_expect_str_eq(doc_str(line, "serial"), swapped.serial);
	cr_expect_str_eq(doc_str(line, "state"), "out");
	cr_expect_str_eq(doc_str(line, "due"), due);
	cr_expect_str_eq(item_state(swapped.serial), "on_loan");
	cr_expect_str_eq(item_state("C02AAAAAAAA1"), "discarded");
	d = flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/agreements?loan=%s", loan), NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "agreements")), 1);
}

Test(ade, releasing_takes_two_words, .init = begin, .fini = end)
{
	const char *serial = "C02AAAAAAAA1";

	cr_assert_eq(token_in(365).status, 0);
	add(serial);
	synced();
	FLOW_EXPECT(&f, 3, "ade", "disown", serial, "--confirm");
	FLOW_EXPECT(&f, 3, "ade", "disown", "C02NOTTHERE1");
	FLOW_EXPECT(&f, 0, "ade", "disown", serial);
	cr_expect_not(status(serial).disowned);
	FLOW_EXPECT(&f, 0, "ade", "disown", serial, "--confirm");
	cr_assert(flow_until(is_gone, (void *)serial));
	cr_expect(status(serial).disowned);
}

/* --- who asks for a profile --- */

static int ask_profile(struct bytes body)
{
	const struct client_request rq = {.method = "POST", .path = "/ade", .body = body};

	return flow_ask(&f, f.device_port, &rq).status;
}

static struct bytes info(const char *serial, bool stranger)
{
	const char *plist = arena_printf(f.a,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>"
		"<key>SERIAL</key><string>%s</string><key>UDID</key><string>0000-1</string>"
		"</dict></plist>",
		serial);

	return device_assignment_sign(da, f.a, bytes_of_str(plist), stranger);
}

Test(ade, nobody_else_gets_a_profile, .init = begin, .fini = end)
{
	cr_assert_eq(token_in(365).status, 0);
	add("C02AAAAAAAA1");
	synced();
	cr_expect_eq(ask_profile(info("C02AAAAAAAA1", false)), 200);
	cr_expect_eq(ask_profile(info("C02AAAAAAAA1", true)), 400, "signed by nobody");
	cr_expect_eq(
		ask_profile(info("C02NOTTHERE1", false)), 503, "not assigned, for all we know");
	cr_expect_eq(ask_profile(bytes_of_str("garbage")), 400);
	cr_expect_eq(ask_profile(bytes_of(NULL, 0)), 400);
	cr_expect_eq(
		ask_profile(device_assignment_sign(da, f.a, bytes_of_str("no plist"), false)), 400);
	cr_expect_eq(ask_profile(info("C02 AAA", false)), 400);
}
