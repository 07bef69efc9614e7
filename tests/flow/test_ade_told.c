/* SPDX-License-Identifier: EUPL-1.2 */
/* What people read of Apple's side: each fault by the name under which `./dev run` switches it, a deadline of moving
 * in, the lifeguard's rows, and what stands in the form of a lost iPad before anybody has typed. */
#include "tests/flow/ade.h"

#include "base/clock.h"
#include "base/text.h"

#define S1 "C02AAAAAAAA1"
#define S2 "C02AAAAAAAA2"

static void begin(void)
{
	ade_begin_set((const char *const[]){"ade.answer_time=1s", NULL});
	cr_assert_eq(token_in(5).status, 0);
	add(S1);
	cr_expect_null(doc_str(synced(), "trouble"));
}

TestSuite(ade_told, .init = begin, .fini = ade_end, .timeout = 300);

static void expect_told(const char *path, const char *name, const char *code)
{
	const struct doc *d = in_swedish(path);
	const char *text = doc_str(d, "trouble_text");

	cr_expect_str_eq(doc_str(d, "trouble"), code, "%s", name);
	cr_assert(is_sentence(text), "%s", name);
	cr_expect(page_says("/apple", text), "%s: the page says it", name);
}

static void fault(const char *name, const char *serial)
{
	cr_assert_eq(device_assignment_switch(da, name, serial), 0, "%s", name);
}

static void well(const char *name)
{
	fault(DEVICE_ASSIGNMENT_WELL, NULL);
	cr_expect_null(doc_str(synced(), "trouble"), "after %s", name);
}

static struct device_assignment_counts counts(void)
{
	struct device_assignment_counts c;

	device_assignment_counts(da, &c);
	return c;
}

static bool is_logged(void *words)
{
	return strstr(flow_log(&f), words) != NULL;
}

static bool lifeguard_has(const char *what)
{
	const struct doc *list = doc_list(in_swedish("/api/v1/lifeguard"), "deadlines");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_str(doc_list_object(list, i), "what"), what))
			return true;
	}
	return false;
}

/* --- of all: told until it is over --- */

static const struct named {
	const char *name, *code;
	const char *date; /* among those that can silence the fleet; NULL: it passes */
} of_all[] = {
	{"token-expired", "token_expired", "ade_refused"},
	{"token-foreign", "token_rejected", "ade_refused"},
	{"token-unknown", "consumer_key_unknown", "ade_refused"},
	{"terms", "T_C_NOT_SIGNED", "terms"},
	{"denied", "ACCESS_DENIED", "ade_refused"},
	{"busy", "HTTP_429", NULL},
	{"unavailable", "HTTP_503", NULL},
	{"broken", "HTTP_500", NULL},
	{"unreadable", "UNREADABLE", NULL},
	{"cut", "NET_UNREACHABLE", NULL},
	{"silent", "NET_TIMEOUT", NULL},
	{"cursor-loop", "SAME_CURSOR", NULL},
};

Test(ade_told, each_fault_is_switched_by_its_name)
{
	for (size_t i = 0; i < sizeof(of_all) / sizeof(of_all[0]); i++) {
		const struct named *x = &of_all[i];

		fault(x->name, NULL);
		(void)synced();
		expect_told("/api/v1/ade", x->name, x->code);
		cr_expect(flow_until(is_logged, (void *)arena_printf(f.a,
						"event=ade.trouble code=%s", x->code)),
			"%s", flow_log(&f));
		cr_expect_eq(lifeguard_has(x->date ? x->date : "ade_refused"), x->date != NULL,
			"%s", x->name);
		well(x->name);
		cr_expect_not(x->date && lifeguard_has(x->date), "%s", x->name);
	}
	cr_expect_not_null(status(S1).profile);
}

/* --- what mends itself: nobody has to do anything --- */

static const char *const mended[] = {"sessions", "cursor-expired", "cursor-invalid",
	"cursor-exhausted", "profile-forgotten"};

/* Nobody is gone because Apple told of nobody. */
static void asked_for_all(void)
{
	cr_expect_null(doc_str(FLOW_JSON(&f, "ade", "sync", "--full"), "trouble"));
	cr_expect_not(doc_has(in_swedish("/api/v1/ade/devices/" S1), "gone"));
	cr_expect_str_eq(item_state(S1), "delivered");
}

Test(ade_told, a_fault_that_mends_itself_is_not_told)
{
	for (size_t i = 0; i < sizeof(mended) / sizeof(mended[0]); i++) {
		unsigned before = counts().refused;

		fault(mended[i], NULL);
		/* the last is met by who is new, the one before by who asks for all */
		if (text_equal(mended[i], "profile-forgotten"))
			add(S2);
		if (text_equal(mended[i], "cursor-exhausted"))
			asked_for_all();
		cr_expect_null(doc_str(synced(), "trouble"), "%s", mended[i]);
		cr_expect_gt(counts().refused, before, "%s: it happened", mended[i]);
		cr_expect_not(doc_has(in_swedish("/api/v1/ade/devices/" S1), "gone"), "%s", mended[i]);
	}
	cr_expect(flow_until(has_profile, (void *)S2), "defined anew");
}

/* --- of one iPad --- */

static const struct {
	const char *name, *code;
} of_one[] = {
	{"throttled", "THROTTLED"}, {"failed", "FAILED"}, {"not-accessible", "NOT_ACCESSIBLE"}};

static bool is_named(const char *name)
{
	static const char *const others[] = {"as-it-stands", "profile-refused", "lock-refused",
		"unlock-refused", "unlock-unavailable"};
	bool found = false;

	for (size_t i = 0; i < sizeof(of_all) / sizeof(of_all[0]); i++)
		found = found || text_equal(of_all[i].name, name);
	for (size_t i = 0; i < sizeof(mended) / sizeof(mended[0]); i++)
		found = found || text_equal(mended[i], name);
	for (size_t i = 0; i < sizeof(of_one) / sizeof(of_one[0]); i++)
		found = found || text_equal(of_one[i].name, name);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		found = found || text_equal(others[i], name);
	return found;
}

Test(ade_told, a_fault_of_one_ipad_is_told_of_that_one)
{
	cr_expect_eq(device_assignment_switch(da, "no-such-fault", NULL), ERR_NOTFOUND);
	cr_expect_eq(device_assignment_switch(da, "failed", NULL), ERR_NOTFOUND, "whose?");
	for (size_t i = 0; i < sizeof(of_one) / sizeof(of_one[0]); i++) {
		const char *serial = arena_printf(f.a, "C02AAAAAAAB%zu", i);
		const char *path = arena_printf(f.a, "/api/v1/ade/devices/%s", serial);
		const char *page = arena_printf(f.a, "/apple/devices/%s", serial);

		add(serial);
		fault(of_one[i].name, serial);
		(void)synced();
		expect_told(path, of_one[i].name, of_one[i].code);
		cr_expect(page_says(page, doc_str(in_swedish(path), "trouble_text")));
		cr_expect_null(doc_str(in_swedish("/api/v1/ade"), "trouble"), "its own alone");
		fault(DEVICE_ASSIGNMENT_WELL, NULL);
		fault("as-it-stands", serial);
		FLOW_EXPECT(&f, 0, "ade", "assign", serial);
		(void)synced();
		cr_assert(flow_until(has_profile, (void *)(uintptr_t)serial), "%s", of_one[i].name);
		cr_expect_null(doc_str(in_swedish(path), "trouble"));
	}
	cr_expect_not_null(strstr(
		flow_call(&f, "GET", "/api/v1/ade/devices?format=csv", f.token, NULL).body, "C02AAAAAAAB0"));
	/* whoever adds a fault tries it here by its name */
	for (const struct device_assignment_named *x = device_assignment_faults; x->name; x++)
		cr_expect(is_named(x->name), "%s", x->name);
}

/* --- of one service --- */

Test(ade_told, a_profile_that_apple_does_not_take)
{
	fault("profile-forgotten", NULL);
	fault("profile-refused", NULL);
	add(S2);
	(void)synced();
	expect_told("/api/v1/ade", "profile-refused", "CONFIG_URL_INVALID");
	cr_expect_null(status(S2).profile);
	well("profile-refused");
	cr_expect(flow_until(has_profile, (void *)S2));
}

/* The line of the lock on the iPad's page, as the API tells it. */
static const char *lock_told(const char *key)
{
	return doc_str(doc_object(in_swedish("/api/v1/devices/" S1), "activation_lock"), key);
}

static bool lock_trouble_is(void *code)
{
	return text_equal(lock_told("trouble"), code);
}

Test(ade_told, a_lock_that_apple_does_not_set_and_then_does_not_open)
{
	static const struct {
		const char *name, *code;
	} unlocks[] = {{"unlock-refused", "UNLOCK_REFUSED"}, {"unlock-unavailable", "HTTP_503"}};

	fault("lock-refused", NULL);
	FLOW_EXPECT(&f, 0, "device", "lost", S1, "--stolen", "--message", "Kommunens");
	(void)synced();
	expect_told("/api/v1/ade", "lock-refused", "ACCESS_DENIED");
	cr_expect_str_eq(lock_told("state"), "lock wanted");
	cr_expect_not(status(S1).locked);
	well("lock-refused");
	cr_assert(flow_until(is_locked, (void *)S1), "%s", flow_log(&f));
	fault(unlocks[0].name, NULL);
	FLOW_EXPECT(&f, 0, "device", "found", S1);
	for (size_t i = 0; i < 2; i++) {
		fault(unlocks[i].name, NULL);
		time_passes(2 * 86400);
		cr_assert(flow_until(lock_trouble_is, (void *)(uintptr_t)unlocks[i].code), "%s: %s",
			unlocks[i].name, flow_log(&f));
		cr_expect_str_eq(lock_told("state"), "unlock wanted");
		cr_expect(is_sentence(lock_told("trouble_text")), "%s", lock_told("trouble_text"));
		cr_expect_null(strstr(lock_told("trouble_text"), "token"), "of no concern here");
		cr_expect(page_says("/devices/" S1, lock_told("trouble_text")));
		cr_expect(status(S1).locked);
	}
	well("unlock-unavailable");
	time_passes(2 * 86400);
	cr_expect(flow_until(is_unlocked, (void *)S1), "%s", flow_log(&f));
}

/* The day by which an iPad must have left its former server: its own page, the list, the API. */
Test(ade_told, a_deadline_of_moving_in)
{
	const struct assigned_device d = {.serial = S2,
		.model = "iPad (10th generation)",
		.migrate_by = clock_now() + 20 * INT64_C(86400)};
	char text[CLOCK_TEXT];

	device_assignment_add(da, &d);
	(void)synced();
	cr_expect_str_eq(doc_str(flow_api(&f, 200, "GET", "/api/v1/ade/devices/" S2, NULL), "migrate_by"),
		clock_format_utc(d.migrate_by, text));
	cr_expect(page_says("/devices/" S2, "Ska ha lämnat servern före oss senast"));
	cr_expect_not(page_says("/devices/" S1, "Ska ha lämnat servern före oss senast"));
}

/* The page says each row as the API does; a token of five days is among them. */
Test(ade_told, the_lifeguards_rows_by_api_and_by_page)
{
	const struct doc *list = doc_list(in_swedish("/api/v1/lifeguard"), "deadlines");
	bool token = false;

	cr_assert_gt(doc_list_size(list), 1);
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *row = doc_list_object(list, i);
		const char *sentence = doc_str(row, "sentence");

		cr_expect(is_sentence(sentence), "%s: %s", doc_str(row, "what"), sentence);
		cr_expect(sentence && page_says("/lifeguard", sentence), "%s", sentence);
		token = token || text_equal(doc_str(row, "what"), "ade_token");
	}
	cr_expect(token);
}

/* A finder reads the number and whom to call: both stand there before anybody types. */
Test(ade_told, the_footnote_of_a_lost_ipad_is_filled_in)
{
	const char *csv = flow_file(&f, "saker.csv", "serienummer;inventarienummer\n" S1 ";INV-0042\n");

	FLOW_EXPECT(&f, 0, "item", "import", csv);
	cr_expect(page_says("/devices/" S1 "/lost", "name=\"footnote\""));
	cr_expect(page_says("/devices/" S1 "/lost", "value=\"INV-0042"));
}
