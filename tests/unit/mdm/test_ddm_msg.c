/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ddm_int.h"
#include "tests/unit/mdm/house.h"

#include "base/text.h"

static const char *merge(struct arena *a, const char *before, const char *report, size_t *ignored)
{
	const char *after = NULL;
	int err = mdm_status_merge(a, before, bytes_of_str(report), &after, ignored);

	cr_assert_eq(err, 0, "%s: %d", report, err);
	return after;
}

Test(ddm_msg, ours_is_kept_and_the_rest_dropped)
{
	AUTO(arena) struct arena *a = arena_new();
	size_t ignored;
	const char *s = merge(a, NULL,
		"{\"StatusItems\":{\"device\":{\"operating-system\":{\"version\":\"18.2\"},"
		"\"colour\":\"red\"},\"account\":{\"list\":{\"mail\":{\"incoming\":[{\"host\":"
		"\"secret\"}]}}},\"app\":{\"managed\":{\"list\":[]}}},\"Errors\":[{\"StatusItem\":"
		"\"device.model.family\",\"Reasons\":[{\"Code\":\"Error.No\"}]},{\"StatusItem\":"
		"\"account.list.mail\"}]}",
		&ignored);

	cr_expect_eq(ignored, 3);
	cr_expect(strstr(s, "\"device.operating-system.version\":\"18.2\""));
	cr_expect(strstr(s, "Error.No"));
	cr_expect_null(strstr(s, "secret"), "accounts are nobody's business");
	cr_expect_null(strstr(s, "account"));
}

Test(ddm_msg, reports_are_merged_and_full_ones_replace)
{
	AUTO(arena) struct arena *a = arena_new();
	size_t ignored;
	const char *s = merge(a, NULL,
		"{\"StatusItems\":{\"device\":{\"model\":{\"family\":\"iPad\"}},\"management\":"
		"{\"declarations\":{\"configurations\":[{\"identifier\":\"a\",\"valid\":\"valid\"},"
		"{\"identifier\":\"b\",\"valid\":\"valid\"}]}}},\"Errors\":[]}",
		&ignored);
	struct mdm_declaration_state st;
	struct doc *d;

	s = merge(a, s,
		"{\"StatusItems\":{\"management\":{\"declarations\":{\"configurations\":["
		"{\"identifier\":\"a\",\"valid\":\"invalid\"},{\"identifier\":\"b\",\"_removed\":"
		"true}]}}},\"Errors\":[]}",
		&ignored);
	cr_assert_eq(doc_parse(a, bytes_of_str(s), &d), 0);
	cr_expect_str_eq(doc_str(d, "device.model.family"), "iPad", "what was not told stays");
	cr_assert(mdm_status_of(d, MDM_CLASS_CONFIGURATION, "a", &st));
	cr_expect_str_eq(st.valid, "invalid");
	cr_expect_not(mdm_status_of(d, MDM_CLASS_CONFIGURATION, "b", &st));
	s = merge(a, s, "{\"StatusItems\":{},\"Errors\":[],\"FullReport\":true}", &ignored);
	cr_assert_eq(doc_parse(a, bytes_of_str(s), &d), 0);
	cr_expect_not(doc_has(d, "device.model.family"));
}

Test(ddm_msg, an_error_stays_until_its_item_is_told)
{
	AUTO(arena) struct arena *a = arena_new();
	size_t ignored;
	const char *s = merge(a, NULL,
		"{\"StatusItems\":{},\"Errors\":[{\"StatusItem\":\"device.model.family\",\"Reasons\":"
		"[{\"Code\":\"Error.No\",\"Description\":\"It is not known.\"}]},"
		"{\"StatusItem\":\"passcode.is-present\"}]}",
		&ignored);

	cr_expect(strstr(s, "Error.No: It is not known."));
	s = merge(a, s, "{\"StatusItems\":{},\"Errors\":[]}", &ignored);
	cr_expect(strstr(s, "Error.No: It is not known."), "%s", s);
	s = merge(a, s,
		"{\"StatusItems\":{},\"Errors\":[{\"StatusItem\":\"device.model.family\"}]}",
		&ignored);
	cr_expect_null(strstr(s, "Error.No"), "it fails otherwise now");
	cr_expect(strstr(s, "passcode.is-present"));
	s = merge(a, s,
		"{\"StatusItems\":{\"device\":{\"model\":{\"family\":\"iPad\"}}},\"Errors\":[]}",
		&ignored);
	cr_expect_null(strstr(s, "\"item\":\"device.model.family\""), "%s", s);
	s = merge(a, s, "{\"StatusItems\":{},\"Errors\":[],\"FullReport\":true}", &ignored);
	cr_expect_null(strstr(s, "passcode.is-present"));
}

Test(ddm_msg, reasons_in_words)
{
	static const struct {
		const char *reason, *text;
	} cases[] = {
		{"{\"code\":\"Error.ConfigurationIsInvalid\"}",
			"one of its values is not accepted; mend it"},
		{"{\"code\":\"Error.UnknownPayloadKeys\",\"details\":{\"UnknownPayloadKeys\":"
		 "[\"A\",\"B.c\"]}}",
			"it has values that this version of iPadOS does not know; take them away, or "
			"update iPadOS; the iPad's own words: A, B.c"},
		{"{\"Code\":\"Error.Unknown\",\"Description\":\"Sorry.\",\"Details\":{}}",
			"the iPad itself does not know why; try again, and read its own words; the "
			"iPad's own words: Sorry."},
		{"{\"code\":\"Error.Tomorrow\",\"description\":\"No.\"}",
			"the iPad says no with the code Error.Tomorrow, which Hylla does not know; the "
			"iPad's own words: No."},
		{"{\"description\":\"It is so.\"}", "It is so."},
		{"{\"code\":\"odd code\"}", "odd code"},
		{"{}", NULL},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct doc *d;
		const char *text;

		cr_assert_eq(doc_parse(a, bytes_of_str(cases[i].reason), &d), 0);
		text = mdm_reason_text(a, mdm_reason_of(a, d), SAY_EN);
		cr_expect(text_equal(text, cases[i].text), "%s: %s", cases[i].reason,
			text ? text : "nothing");
	}
}

/* Each of Apple's codes has its sentence, in each language another. */
Test(ddm_msg, every_known_reason_in_three_languages)
{
	static const char *const codes[] = {"Error.ActivationFailed",
		"Error.AssetCannotBeDeserialized", "Error.AssetCannotBeDownloaded",
		"Error.AssetCannotBeVerified", "Error.ConfigurationCannotBeApplied",
		"Error.ConfigurationCannotBeDeserialized", "Error.ConfigurationFailed",
		"Error.ConfigurationIsInvalid", "Error.ConfigurationNotSupported",
		"Error.InvalidPayload", "Error.MissingAssets", "Error.MissingConfigurations",
		"Error.MissingState", "Error.PredicateFailed", "Error.UnableToEvaluatePredicate",
		"Error.UnableToParsePredicate", "Error.UnableToParsePredicateWithCustomOperator",
		"Error.Unknown", "Error.UnknownPayloadKeys", "Info.NotReferencedByActivation",
		"Info.NotReferencedByConfiguration", "Info.Predicate"};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		const char *sv = mdm_reason_text(a, codes[i], SAY_SV);
		const char *fi = mdm_reason_text(a, codes[i], SAY_FI);

		cr_expect_null(strstr(sv, codes[i]), "%s", sv);
		cr_expect_str_neq(sv, fi);
		cr_expect_str_neq(fi, mdm_reason_text(a, codes[i], SAY_EN));
	}
}

Test(ddm_msg, too_much)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(8 << 20);
	const char *after;
	size_t ignored;

	buf_add_str(&b, "{\"StatusItems\":{\"passcode\":{\"is-present\":\"");
	while (b.n < 200 << 10)
		buf_add_str(&b, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	buf_add_str(&b, "\"}},\"Errors\":[]}");
	cr_expect_eq(mdm_status_merge(a, NULL, buf_bytes(&b), &after, &ignored), ERR_TOOBIG);
	while (b.n < 5 << 20)
		buf_add_str(&b, "                                        ");
	cr_expect_eq(mdm_status_merge(a, NULL, buf_bytes(&b), &after, &ignored), ERR_TOOBIG);
}

Test(ddm_msg, health_in_apples_words)
{
	static const struct {
		const char *status, *faulty;
		uint32_t battery;
		bool told;
	} cases[] = {
		{"{}", NULL, MDM_BATTERY_UNKNOWN, false},
		{"{\"device.power.battery-health\":\"normal\"}", NULL, MDM_BATTERY_NORMAL, true},
		{"{\"device.power.battery-health\":\"unsupported\"}", NULL, MDM_BATTERY_UNKNOWN,
			true},
		{"{\"device.power.battery-health\":\"non-genuine\",\"device.system.health\":"
		 "{\"Baseband\":\"ok\",\"Display\":\"error\",\"two words\":\"error\",\"NFC\":7}}",
			"Display", MDM_BATTERY_FOREIGN, true},
		{"{\"device.system.health\":{\"Camera\":\"non-genuine\",\"TouchID\":\"error\"}}",
			"Camera TouchID", MDM_BATTERY_UNKNOWN, true},
		{"{\"device.system.health\":\"bad\",\"device.power.battery-health\":[]}", NULL,
			MDM_BATTERY_UNKNOWN, false},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct mdm_health h;
		struct doc *d;

		cr_assert_eq(doc_parse(a, bytes_of_str(cases[i].status), &d), 0);
		mdm_status_health(a, d, &h);
		cr_expect_eq(h.told, cases[i].told, "case %zu", i);
		cr_expect_eq(h.battery, cases[i].battery, "case %zu", i);
		cr_expect(text_equal(h.faulty_parts, cases[i].faulty) ||
				  (!h.faulty_parts && !cases[i].faulty),
			"case %zu: %s", i, h.faulty_parts);
	}
}
