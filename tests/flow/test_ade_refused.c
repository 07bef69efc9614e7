/* SPDX-License-Identifier: EUPL-1.2 */
/* Each answer that Apple documents for what we ask of device assignment, beside "yes": told in words
 * wherever somebody looks, never taken for a success, nothing half-done, and gone with its cause. */
#include "tests/flow/ade.h"

#include "base/text.h"

#define S1 "C02AAAAAAAA1"
#define S2 "C02AAAAAAAA2"
#define S3 "C02AAAAAAAA3"
#define S4 "C02AAAAAAAA4"

struct answer {
	int status;
	const char *body, *code; /* what people find */
};

/* Any call may be answered so. */
static const struct answer common[] = {
	{400, "\"MALFORMED_REQUEST_BODY\"", "MALFORMED_REQUEST_BODY"},
	{400, "\"USER_AGENT_MISSING\"", "USER_AGENT_MISSING"},
	{400, "\"USER_AGENT_INVALID\"", "USER_AGENT_INVALID"},
	{401, "\"UNAUTHORIZED\"", "UNAUTHORIZED"},
	{403, "\"FORBIDDEN\"", "FORBIDDEN"},
	{403, "\"ACCESS_DENIED\"", "ACCESS_DENIED"},
	{403, "\"T_C_NOT_SIGNED\"", "T_C_NOT_SIGNED"},
	{404, "", "HTTP_404"},
	{405, "", "HTTP_405"},
	{429, "", "HTTP_429"},
	{500, "<html>Internal Server Error</html>", "HTTP_500"},
	{503, "", "HTTP_503"},
	{200, "", "UNREADABLE"},
	{200, "{\"devices\":", "UNREADABLE"},
};
#define COMMON (sizeof(common) / sizeof(common[0]))

static const struct answer of_define[] = {
	{400, "\"CONFIG_NAME_REQUIRED\"", "CONFIG_NAME_REQUIRED"},
	{400, "\"CONFIG_NAME_INVALID\"", "CONFIG_NAME_INVALID"},
	{400, "\"CONFIG_URL_REQUIRED\"", "CONFIG_URL_REQUIRED"},
	{400, "\"CONFIG_URL_INVALID\"", "CONFIG_URL_INVALID"},
	{400, "\"DEPARTMENT_INVALID\"", "DEPARTMENT_INVALID"},
	{400, "\"DESCRIPTION_INVALID\"", "DESCRIPTION_INVALID"},
	{400, "\"FLAGS_INVALID\"", "FLAGS_INVALID"},
	{400, "\"LOCALE_INVALID\"", "LOCALE_INVALID"},
	{400, "\"MAGIC_INVALID\"", "MAGIC_INVALID"},
	{400, "\"SUPPORT_EMAIL_INVALID\"", "SUPPORT_EMAIL_INVALID"},
	{400, "\"SUPPORT_PHONE_INVALID\"", "SUPPORT_PHONE_INVALID"},
	{200, "{\"devices\":{}}", "UNREADABLE"},
};

static const struct answer of_devices[] = {
	{400, "\"DEVICE_ID_REQUIRED\"", "DEVICE_ID_REQUIRED"},
};

/* --- told in words, wherever somebody looks --- */

static void told(const char *code)
{
	const struct doc *d = in_swedish("/api/v1/ade");
	const char *text = doc_str(d, "trouble_text");

	cr_expect_str_eq(doc_str(d, "trouble"), code);
	cr_expect(is_sentence(text), "%s: %s", code, text);
	cr_expect(text && page_says("/apple", text), "%s: the page", code);
	d = FLOW_JSON(&f, "ade", "show");
	cr_expect(is_sentence(doc_str(d, "trouble_text")), "%s", code);
	cr_expect(strstr(FLOW_EXPECT(&f, 0, "ade", "show"), doc_str(d, "trouble_text")),
		"%s: the command line", code);
}

static void told_of_device(const char *serial, const char *code)
{
	const char *path = arena_printf(f.a, "/api/v1/ade/devices/%s", serial);
	const struct doc *d = in_swedish(path);
	const char *text = doc_str(d, "trouble_text");

	cr_expect_str_eq(doc_str(d, "trouble"), code, "%s", serial);
	cr_expect(is_sentence(text), "%s: %s", code, text);
	cr_expect(text && page_says(arena_printf(f.a, "/apple/devices/%s", serial), text), "%s",
		code);
	cr_expect(text && page_says("/apple", text), "%s", code);
}

static struct doc *ade_device(const char *serial)
{
	return in_swedish(arena_printf(f.a, "/api/v1/ade/devices/%s", serial));
}

/* --- a path and its answers --- */

struct trial {
	const char *path;
	void (*nothing_done)(void);
};

/* Asked for anew: whatever still has to be done is tried. */
static void answer_one(const struct trial *t, const struct answer *x)
{
	const struct device_assignment_fault fault = {
		.path = t->path, .status = x->status, .body = x->body};

	device_assignment_fault(da, &fault);
	synced();
	told(x->code);
	t->nothing_done();
	device_assignment_fault(da, NULL);
}

static void answer_each(const struct trial *t, const struct answer *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		answer_one(t, &list[i]);
	for (size_t i = 0; i < COMMON; i++)
		answer_one(t, &common[i]);
}

static void well_again(void)
{
	cr_expect_null(doc_str(synced(), "trouble"));
	cr_expect_null(doc_str(in_swedish("/api/v1/ade"), "trouble_text"));
}

/* --- the profile --- */

static struct device_assignment_counts counts(void)
{
	struct device_assignment_counts c;

	device_assignment_counts(da, &c);
	return c;
}

static void none_has_a_profile(void)
{
	cr_expect_null(status(S1).profile);
	cr_expect_null(doc_str(ade_device(S1), "profile"));
	cr_expect(doc_has(ade_device(S1), "profile_due"), "it is still to be done");
}

static void none_defined(void)
{
	cr_expect_eq(counts().profiles, 0);
	none_has_a_profile();
}

Test(ade_refused, defining_the_profile, .timeout = 300, .init = ade_begin, .fini = ade_end)
{
	static const struct trial t = {"/profile", none_defined};
	const struct device_assignment_fault first = {
		.path = t.path, .status = 400, .body = "\"CONFIG_NAME_INVALID\""};

	device_assignment_fault(da, &first);
	cr_assert_eq(token_in(365).status, 0);
	add(S1);
	synced();
	answer_each(&t, of_define, sizeof(of_define) / sizeof(of_define[0]));
	well_again();
	cr_assert(flow_until(has_profile, (void *)S1));
	cr_expect_eq(counts().profiles, 1);
	cr_expect_str_eq(item_state(S1), "delivered");
}

static void none_assigned(void)
{
	none_has_a_profile();
	cr_expect_eq(counts().assigns, 0);
}

Test(ade_refused, assigning_the_profile, .timeout = 300, .init = ade_begin, .fini = ade_end)
{
	static const struct trial t = {"/profile/devices", none_assigned};
	const struct device_assignment_fault first = {
		.path = t.path, .status = 400, .body = "\"DEVICE_ID_REQUIRED\""};
	/* It died at Apple: defined anew at once, and not for ever. */
	static const struct answer gone[] = {
		{400, "\"PROFILE_UUID_REQUIRED\"", "PROFILE_UUID_REQUIRED"},
		{400, "\"PROFILE_NOT_FOUND\"", "PROFILE_NOT_FOUND"},
		{404, "\"PROFILE_NOT_FOUND\"", "PROFILE_NOT_FOUND"},
	};
	unsigned before;

	device_assignment_fault(da, &first);
	cr_assert_eq(token_in(365).status, 0);
	add(S1);
	synced();
	answer_each(&t, of_devices, sizeof(of_devices) / sizeof(of_devices[0]));
	for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++) {
		before = counts().profiles;
		answer_one(&t, &gone[i]);
		cr_expect_leq(counts().profiles - before, 2, "defined %u times",
			counts().profiles - before);
	}
	well_again();
	cr_assert(flow_until(has_profile, (void *)S1));
}

/* --- of each device --- */

static bool has_trouble(void *serial)
{
	return doc_str(ade_device(serial), "trouble") != NULL;
}

Test(ade_refused, one_device_hinders_no_other, .timeout = 300, .init = ade_begin, .fini = ade_end)
{
	static const struct {
		const char *serial, *word, *code;
	} rows[] = {{S1, NULL, NULL}, {S2, "NOT_ACCESSIBLE", "NOT_ACCESSIBLE"},
		{S3, "FAILED", "FAILED"}, {S4, "", "NOT_MENTIONED"}};

	/* They are there before there is a profile to give. */
	cr_assert_eq(token_in(365).status, 0);
	for (size_t i = 0; i < 4; i++) {
		add(rows[i].serial);
		device_assignment_word(da, rows[i].serial, rows[i].word);
	}
	cr_expect_null(doc_str(synced(), "trouble"), "it is theirs alone");
	cr_assert(flow_until(has_profile, (void *)S1));
	for (size_t i = 1; i < 4; i++) {
		cr_assert(flow_until(has_trouble, (void *)rows[i].serial));
		told_of_device(rows[i].serial, rows[i].code);
		cr_expect_null(status(rows[i].serial).profile);
		cr_expect_null(doc_str(ade_device(rows[i].serial), "profile"));
	}
	cr_expect_null(doc_str(ade_device(S1), "trouble"));
	for (size_t i = 1; i < 4; i++) {
		device_assignment_word(da, rows[i].serial, NULL);
		FLOW_EXPECT(&f, 0, "ade", "assign", rows[i].serial);
	}
	synced();
	for (size_t i = 1; i < 4; i++) {
		cr_assert(flow_until(has_profile, (void *)rows[i].serial));
		cr_expect_null(doc_str(ade_device(rows[i].serial), "trouble"));
	}
}

/* --- released for good --- */

static void none_released(void)
{
	cr_expect_not(status(S1).disowned);
	cr_expect_not(doc_has(ade_device(S1), "gone"));
	cr_expect_str_eq(item_state(S1), "delivered");
	cr_expect_eq(counts().disowns, 0);
}

static bool is_released(void *serial)
{
	return doc_has(ade_device(serial), "gone");
}

static void release(const char *serial)
{
	FLOW_EXPECT(&f, 0, "ade", "disown", serial);
	FLOW_EXPECT(&f, 0, "ade", "disown", serial, "--confirm");
}

Test(ade_refused, releasing, .timeout = 300, .init = ade_begin, .fini = ade_end)
{
	static const struct trial t = {"/devices/disown", none_released};
	const struct device_assignment_fault first = {
		.path = t.path, .status = 400, .body = "\"DEVICE_ID_REQUIRED\""};
	static const char *const words[] = {"NOT_ACCESSIBLE", "FAILED", ""};

	cr_assert_eq(token_in(365).status, 0);
	add(S1);
	for (size_t i = 0; i < 3; i++)
		add((const char *const[]){S2, S3, S4}[i]);
	synced();
	cr_assert(flow_until(has_profile, (void *)S1));
	device_assignment_fault(da, &first);
	release(S1);
	answer_each(&t, of_devices, sizeof(of_devices) / sizeof(of_devices[0]));
	well_again();
	cr_assert(flow_until(is_released, (void *)S1));
	cr_expect(status(S1).disowned);
	for (size_t i = 0; i < 3; i++) {
		const char *serial = ((const char *const[]){S2, S3, S4})[i];

		device_assignment_word(da, serial, words[i]);
		release(serial);
		cr_assert(flow_until(has_trouble, (void *)serial));
		told_of_device(serial, words[i][0] ? words[i] : "NOT_MENTIONED");
		cr_expect_not(is_released((void *)serial));
		cr_expect_not(status(serial).disowned);
		device_assignment_word(da, serial, NULL);
	}
	time_passes(2 * 86400);
	cr_assert(flow_until(is_released, (void *)S4), "%s", flow_log(&f));
	cr_expect(is_released((void *)S2));
	cr_expect(is_released((void *)S3));
}

/* --- locked at Apple --- */

static const struct answer of_lock[] = {
	{400, "\"DEVICE_ID_REQUIRED\"", "DEVICE_ID_REQUIRED"},
	{400, "\"ESCROW_KEY_INVALID\"", "ESCROW_KEY_INVALID"},
	{200, "{\"response_status\":\"NOT_ACCESSIBLE\"}", "NOT_ACCESSIBLE"},
	{200, "{\"response_status\":\"ORG_NOT_SUPPORTED\"}", "ORG_NOT_SUPPORTED"},
	{200, "{\"response_status\":\"DEVICE_NOT_SUPPORTED\"}", "DEVICE_NOT_SUPPORTED"},
	{200, "{\"response_status\":\"FAILED\"}", "FAILED"},
};
#define OF_LOCK (sizeof(of_lock) / sizeof(of_lock[0]))

static const char *lock_path(size_t i)
{
	return arena_printf(f.a, "/devices/C02LOCK%05zu", i);
}

static struct doc *lock_of(size_t i)
{
	return doc_object(in_swedish(arena_printf(f.a, "/api/v1%s", lock_path(i))),
		"activation_lock");
}

/* Of this device, or of all that we ask Apple. */
static void lock_refused(size_t i, const struct answer *x)
{
	const struct device_assignment_fault fault = {
		.path = "/device/activationlock", .status = x->status, .body = x->body};
	const char *serial = lock_path(i) + strlen("/devices/");
	const char *text;

	device_assignment_fault(da, &fault);
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen", "--message", "Kommunens");
	synced();
	cr_expect_str_eq(doc_str(lock_of(i), "state"), "lock wanted", "%s", x->code);
	cr_expect_not(status(serial).locked);
	if (!doc_has(lock_of(i), "trouble")) {
		told(x->code);
		return;
	}
	text = doc_str(lock_of(i), "trouble_text");
	cr_expect_str_eq(doc_str(lock_of(i), "trouble"), x->code);
	cr_expect(is_sentence(text), "%s: %s", x->code, text);
	cr_expect(text && page_says(lock_path(i), text), "%s: the page", x->code);
	text = doc_str(doc_object(FLOW_JSON(&f, "device", "show", serial), "activation_lock"),
		"trouble_text");
	cr_expect(text && strstr(FLOW_EXPECT(&f, 0, "device", "show", serial), text),
		"%s: the command line", x->code);
}

static bool locked_here(void *i)
{
	return text_equal(doc_str(lock_of(*(size_t *)i), "state"), "locked");
}

Test(ade_refused, locking_what_was_stolen, .timeout = 600, .init = ade_begin, .fini = ade_end)
{
	cr_assert_eq(token_in(365).status, 0);
	for (size_t i = 0; i < OF_LOCK + COMMON; i++)
		add(lock_path(i) + strlen("/devices/"));
	synced();
	for (size_t i = 0; i < OF_LOCK + COMMON; i++)
		lock_refused(i, i < OF_LOCK ? &of_lock[i] : &common[i - OF_LOCK]);
	device_assignment_fault(da, NULL);
	time_passes(2 * 86400);
	for (size_t i = 0; i < OF_LOCK + COMMON; i++)
		cr_expect(flow_until(locked_here, &i), "%zu\n%s", i, flow_log(&f));
	well_again();
}

/* An answer that nobody foresaw is this one's trouble: the list and the others go on. */
Test(ade_refused, a_lock_that_is_answered_oddly_holds_nothing_up, .timeout = 600,
	.init = ade_begin, .fini = ade_end)
{
	static const struct device_assignment_fault odd[] = {
		{.path = "/device/activationlock", .status = 405},
		{.path = "/device/activationlock", .status = 400, .body = "\"PROFILE_NOT_FOUND\""},
	};
	static const char *const codes[] = {"HTTP_405", "PROFILE_NOT_FOUND"};
	static const char *const others[] = {S1, S2};

	cr_assert_eq(token_in(365).status, 0);
	for (size_t i = 0; i < 2; i++) {
		const char *serial = lock_path(i) + strlen("/devices/");

		add(serial);
		synced();
		device_assignment_fault(da, &odd[i]);
		FLOW_EXPECT(&f, 0, "device", "lost", serial, "--stolen", "--message", "Kommunens");
		synced();
		cr_expect_str_eq(doc_str(lock_of(i), "trouble"), codes[i]);
		add(others[i]);
		cr_expect_null(doc_str(synced(), "trouble"));
		cr_expect_not_null(status(others[i]).profile, "%s", others[i]);
	}
}
